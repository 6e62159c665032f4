//! What is written, by format.

use serde::Serialize;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use tomtat::{Analysis, Article, EntityKind, Role, Span, Summary};

/// A summary as a JSON object; `id` first.
#[derive(Serialize)]
pub(crate) struct SummaryLine<'s> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'s Value>,
    #[serde(flatten)]
    summary: &'s Summary,
}

/// The JSON object for a summary.
pub(crate) fn summary<'s>(id: Option<&'s Value>, summary: &'s Summary) -> SummaryLine<'s> {
    SummaryLine { id, summary }
}

/// An analysis as a JSON object.
#[derive(Serialize)]
pub(crate) struct AnalysisLine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    sentences: Vec<SentenceLine<'a>>,
    words: &'a [Span],
    entities: Vec<EntityLine<'a>>,
    summary: &'a [usize],
    summary_text: &'a str,
    fallback: bool,
    truncated: bool,
    language_doubtful: bool,
}

#[derive(Serialize)]
struct SentenceLine<'a> {
    #[serde(flatten)]
    span: Span,
    role: Role,
    cue: &'a str,
    score: tomtat::Score,
}

#[derive(Serialize)]
struct EntityLine<'a> {
    #[serde(flatten)]
    span: Span,
    kind: EntityKind,
    text: &'a str,
    id: usize,
}

/// The JSON object for an analysis.
pub(crate) fn analysis<'a>(id: Option<&'a Value>, article: &'a Article<'_>, analysis: &'a Analysis) -> AnalysisLine<'a> {
    let mentions = analysis.summary.entities.iter().flat_map(|e| e.mentions.iter().map(|m| (m, e.id)));
    let mut entities: Vec<EntityLine<'_>> =
        mentions.map(|(m, id)| EntityLine { span: m.span, kind: m.kind, text: m.span.of(article.text()), id }).collect();
    entities.sort_by_key(|e| e.span);
    AnalysisLine {
        id,
        sentences: analysis.sentences.iter().map(|s| SentenceLine { span: s.span, role: s.role, cue: &s.cue, score: s.score }).collect(),
        words: &analysis.words,
        entities,
        summary: &analysis.chosen,
        summary_text: &analysis.summary.text,
        fallback: analysis.summary.fallback,
        truncated: analysis.summary.truncated,
        language_doubtful: analysis.summary.language_doubtful,
    }
}

/// The JSON object that takes the place of a record with a fault.
pub(crate) fn fault(id: Option<&Value>, line: u64, problem: &str) -> Value {
    let mut object = Map::new();
    if let Some(id) = id {
        object.insert("id".to_owned(), id.clone());
    }
    object.insert("line".to_owned(), json!(line));
    object.insert("error".to_owned(), json!(problem));
    Value::Object(object)
}

/// A summary for people.
pub(crate) fn summary_text(summary: &Summary) -> String {
    let mut out = String::new();
    if let Some(title) = &summary.title {
        let _ = writeln!(out, "{title}\n");
    }
    for sentence in &summary.sentences {
        let _ = writeln!(out, "• {}", one_line(&sentence.text));
    }
    let names: Vec<String> = summary.entities.iter().take(12).map(|e| format!("{} ({})", one_line(&e.name), kind_name(e.kind))).collect();
    if !names.is_empty() {
        let _ = writeln!(out, "\nEntities: {}", names.join(", "));
    }
    let keywords: Vec<&str> = summary.keywords.iter().map(|k| k.text.as_str()).collect();
    if !keywords.is_empty() {
        let _ = writeln!(out, "Keywords: {}", keywords.join(", "));
    }
    out
}

/// An analysis for people: every sentence with role, score and mark.
pub(crate) fn analysis_text(analysis: &Analysis) -> String {
    let mut out = String::new();
    for sentence in &analysis.sentences {
        let mark = if analysis.chosen.contains(&sentence.index) { '*' } else { ' ' };
        let role = json!(sentence.role);
        let _ = writeln!(out, "{mark} {:<11} {:6.3}  {}", role.as_str().unwrap_or(""), sentence.score.to_f64(), one_line(&sentence.text));
    }
    out
}

fn kind_name(kind: EntityKind) -> String {
    json!(kind).as_str().unwrap_or("").to_owned()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
