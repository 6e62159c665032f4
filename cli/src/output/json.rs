//! Answers as JSON objects: what other programs read.
//!
//! Field names and their order are stable; [`schema`](mod@crate::schema)
//! describes them. Spans index the record's own text, or `article_text` where
//! the caller does not have it.

use crate::input::prepare::{Fault, Prepared};
use crate::input::record::Raw;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use tomtat::{Analysis, Entity, EntityKind, Role, Score, Sentence, Span, Summary};

/// What every answer has around its own fields.
#[derive(Serialize)]
pub struct Line<'a, T: Serialize> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Raw>,
    #[serde(flatten)]
    content: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    article_text: Option<&'a str>,
    #[serde(flatten)]
    kept: Kept<'a>,
}

/// Fields passed through, except such as the answer has itself.
struct Kept<'a> {
    fields: &'a [(String, Raw)],
    own: &'static [&'static str],
}

impl Serialize for Kept<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (i, (name, value)) in self.fields.iter().enumerate() {
            let again = self.fields.iter().skip(i + 1).any(|(other, _)| other == name);
            if !again && name != "article_text" && !self.own.contains(&name.as_str()) {
                map.serialize_entry(name, value)?;
            }
        }
        map.end()
    }
}

fn line<'a, T: Serialize>(prepared: &'a Prepared, content: T, own: &'static [&'static str]) -> Line<'a, T> {
    Line {
        id: prepared.id.as_ref(),
        content,
        article_text: prepared.carried.then(|| prepared.article.text()),
        kept: Kept { fields: &prepared.kept, own },
    }
}

const SUMMARY_FIELDS: &[&str] =
    &["id", "text", "title", "lede", "sentences", "entities", "keywords", "truncated", "over_budget", "fallback", "language_doubtful"];

/// The answer of `summarize`.
pub fn summary<'a>(prepared: &'a Prepared, summary: &'a Summary) -> Line<'a, &'a Summary> {
    line(prepared, summary, SUMMARY_FIELDS)
}

/// The fields of `analyze`.
#[derive(Serialize)]
pub struct AnalysisFields<'a> {
    sentences: Vec<SentenceFields<'a>>,
    words: &'a [Span],
    entities: Vec<MentionFields<'a>>,
    summary: &'a [usize],
    summary_text: &'a str,
    fallback: bool,
    truncated: bool,
    over_budget: bool,
    language_doubtful: bool,
}

#[derive(Serialize)]
struct SentenceFields<'a> {
    #[serde(flatten)]
    span: Span,
    role: Role,
    cue: &'a str,
    score: Score,
}

#[derive(Serialize)]
struct MentionFields<'a> {
    #[serde(flatten)]
    span: Span,
    kind: EntityKind,
    text: &'a str,
    id: usize,
}

const ANALYSIS_FIELDS: &[&str] =
    &["id", "sentences", "words", "entities", "summary", "summary_text", "fallback", "truncated", "over_budget", "language_doubtful"];

/// The answer of `analyze`.
pub fn analysis<'a>(prepared: &'a Prepared, analysis: &'a Analysis) -> Line<'a, AnalysisFields<'a>> {
    let Analysis { summary, sentences, words, chosen, .. } = analysis;
    let fields = AnalysisFields {
        sentences: sentences.iter().map(|s| SentenceFields { span: s.span, role: s.role, cue: &s.cue, score: s.score }).collect(),
        words,
        entities: mentions(prepared.article.text(), &summary.entities),
        summary: chosen,
        summary_text: &summary.text,
        fallback: summary.fallback,
        truncated: summary.truncated,
        over_budget: summary.over_budget,
        language_doubtful: summary.language_doubtful,
    };
    line(prepared, fields, ANALYSIS_FIELDS)
}

/// One entry a mention, in the order of the text.
fn mentions<'a>(text: &'a str, entities: &[Entity]) -> Vec<MentionFields<'a>> {
    let all = entities.iter().flat_map(|e| e.mentions.iter().map(|m| (m, e.id)));
    let mut found: Vec<MentionFields<'a>> =
        all.map(|(m, id)| MentionFields { span: m.span, kind: m.kind, text: m.span.of(text), id }).collect();
    found.sort_by_key(|m| m.span);
    found
}

/// The fields of `entities`.
#[derive(Serialize)]
pub struct EntitiesFields<'a> {
    entities: &'a [Entity],
    truncated: bool,
    language_doubtful: bool,
}

/// The answer of `entities`.
pub fn entities<'a>(prepared: &'a Prepared, summary: &'a Summary) -> Line<'a, EntitiesFields<'a>> {
    let Summary { entities, truncated, language_doubtful, .. } = summary;
    let fields = EntitiesFields { entities, truncated: *truncated, language_doubtful: *language_doubtful };
    line(prepared, fields, &["id", "entities", "truncated", "language_doubtful"])
}

/// The fields of `segment`.
#[derive(Serialize)]
pub struct SegmentFields<'a> {
    sentences: Vec<Span>,
    words: Vec<WordFields<'a>>,
    truncated: bool,
    language_doubtful: bool,
}

#[derive(Serialize)]
struct WordFields<'a> {
    #[serde(flatten)]
    span: Span,
    text: &'a str,
}

/// The answer of `segment`.
pub fn segment<'a>(prepared: &'a Prepared, analysis: &'a Analysis) -> Line<'a, SegmentFields<'a>> {
    let text = prepared.article.text();
    let fields = SegmentFields {
        sentences: analysis.sentences.iter().map(|s| s.span).collect(),
        words: analysis.words.iter().map(|w| WordFields { span: *w, text: w.of(text) }).collect(),
        truncated: analysis.summary.truncated,
        language_doubtful: analysis.summary.language_doubtful,
    };
    line(prepared, fields, &["id", "sentences", "words", "truncated", "language_doubtful"])
}

/// The fields of `explain`.
#[derive(Serialize)]
pub struct ExplainFields<'a> {
    sentences: Vec<ExplainedFields<'a>>,
    summary: &'a [usize],
    over_budget: bool,
    fallback: bool,
    truncated: bool,
    language_doubtful: bool,
}

#[derive(Serialize)]
struct ExplainedFields<'a> {
    #[serde(flatten)]
    sentence: &'a Sentence,
    chosen: bool,
}

const EXPLAIN_FIELDS: &[&str] = &["id", "sentences", "summary", "over_budget", "fallback", "truncated", "language_doubtful"];

/// The answer of `explain`.
pub fn explain<'a>(prepared: &'a Prepared, analysis: &'a Analysis) -> Line<'a, ExplainFields<'a>> {
    let Analysis { summary, sentences, chosen, .. } = analysis;
    let fields = ExplainFields {
        sentences: sentences.iter().map(|s| ExplainedFields { sentence: s, chosen: chosen.contains(&s.index) }).collect(),
        summary: chosen,
        over_budget: summary.over_budget,
        fallback: summary.fallback,
        truncated: summary.truncated,
        language_doubtful: summary.language_doubtful,
    };
    line(prepared, fields, EXPLAIN_FIELDS)
}

/// The object that takes the place of a record with a fault.
#[derive(Serialize)]
pub struct FaultLine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Raw>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    error: &'a str,
}

/// The object for a fault.
pub fn fault(fault: &Fault) -> FaultLine<'_> {
    FaultLine { id: fault.id.as_ref(), file: fault.file.as_deref(), line: fault.line, error: &fault.problem }
}
