//! What the trainers of scoring see of an article: the same terms, bins and
//! signals that scoring itself reads.

use super::Scoring;
use super::background::TermKey;
use super::names::Naming;
use super::salience::{self, GROUPS};
use super::sheet::Sheet;
use super::terms::{TermCount, TermId, Terms};
use crate::article::{Article, Part};
use crate::document::{Document, GivenPart};
use crate::entity::link::written::Written;
use crate::entity::mention::{self, FoundMention, MentionBuffers};
use crate::model::Model;
use crate::normalize::Normalized;
use crate::select;
use crate::span::Span;
use crate::structure;
use crate::summary::Role;

/// An article as scoring sees it.
#[derive(Debug)]
pub struct Observed {
    /// Its sentences, in order.
    pub sentences: Vec<ObservedSentence>,
    /// The terms of its eligible sentences: number, key, bins of the salience
    /// tables.
    pub terms: Vec<(TermId, TermKey, [usize; GROUPS.len()])>,
    /// The key of every term.
    pub keys: Vec<TermKey>,
    /// For every term its salience, in units of 2⁻¹⁶.
    pub salience: Vec<i64>,
}

/// One sentence of it.
#[derive(Debug)]
pub struct ObservedSentence {
    /// Where it stands in the article's text.
    pub span: Span,
    /// Its role.
    pub role: Role,
    /// Its signals, in units of 2⁻¹⁶.
    pub signals: Vec<i64>,
    /// Its terms, each once.
    pub terms: Vec<TermId>,
    /// Whether selection would print it by itself.
    pub readable: bool,
}

/// Reads articles up to their signals, one after another.
#[derive(Debug)]
pub struct Observer {
    model: Model,
    document: Document,
    terms: Terms,
    naming: MentionBuffers,
    mentions: Vec<FoundMention>,
    written: Written,
}

impl Observer {
    /// An observer that reads with `model`.
    pub fn new(model: Model) -> Self {
        Self {
            model,
            document: Document::default(),
            terms: Terms::default(),
            naming: MentionBuffers::default(),
            mentions: Vec::new(),
            written: Written::default(),
        }
    }

    /// Reads one article.
    pub fn observe(&mut self, article: &Article<'_>) -> Observed {
        let normalized = Normalized::new(article.text());
        let start = |span: &Span| normalized.normalized_offset(span.start);
        let parts: Vec<GivenPart> = article.parts().iter().map(|(part, span)| GivenPart { part: *part, start: start(span) }).collect();
        let view = self.document.read(normalized.text(), &parts, &self.model);
        let part_at = |start: usize| parts.iter().rev().find(|p| p.start <= start).map(|p| p.part);
        let given: Vec<Option<Part>> = (0..view.sentences.len()).map(|s| part_at(view.sentence_bytes(s).0)).collect();
        mention::find(&view, self.model.recognizer(), &mut self.naming, &mut self.mentions);
        let mut roles = Vec::new();
        structure::assign(&view, &given, &self.model, &mut roles);
        self.terms.read(&view, self.model.segmenter().vocabulary(), self.model.words());
        self.written.read(view.text, &self.mentions);
        let naming = Naming { mentions: &self.mentions, written: &self.written };
        let roles = roles.iter().map(|r| r.role).collect();
        let sheet = Sheet::new(view, &self.terms, roles, &naming, self.model.scoring().salience());
        Observed::of(&sheet, &normalized)
    }
}

impl Observed {
    /// Reads off everything.
    fn of(sheet: &Sheet<'_>, normalized: &Normalized<'_>) -> Self {
        let sentence = |s: usize| {
            let (start, end) = sheet.view.sentence_bytes(s);
            ObservedSentence {
                span: normalized.raw_span(start, end),
                role: sheet.roles.get(s).copied().unwrap_or(Role::Body),
                signals: Scoring::signals(sheet, s),
                terms: rising(sheet.terms.of(s)),
                readable: select::reads_alone(sheet, s),
            }
        };
        let sentences = (0..sheet.roles.len()).map(sentence).collect();
        let all = sheet.terms.terms.len() as TermId;
        Self {
            sentences,
            terms: salience::rows(sheet),
            keys: sheet.terms.terms.iter().map(|t| t.key).collect(),
            salience: (0..all).map(|t| sheet.salience(t)).collect(),
        }
    }
}

/// Terms by rising number: the trainers add up in this order.
fn rising(counts: &[TermCount]) -> Vec<TermId> {
    let mut terms: Vec<TermId> = counts.iter().map(|c| c.term).collect();
    terms.sort_unstable();
    terms
}
