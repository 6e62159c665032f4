//! For the trainers: a raw text read up to its words, and its zones.
//!
//! Takes raw text as annotations index it, gives what the recognizer sees and
//! for each token its bytes in the raw text. Leaves everything else to the
//! modules that users run; there is no second copy of any of it here.

use super::glance::{Sight, is_capital};
use super::knowledge::{Form, Knowledge, cluster_key, join};
use super::recognize::{NameBuffers, NameMention, Recognizer};
use super::table::KeyTable;
use crate::document::{Document, View};
use crate::model::Model;
use crate::normalize::Normalized;
use std::ops::Range;

/// Buffers to read one text after another.
#[derive(Debug, Default)]
pub struct Reading {
    document: Document,
    /// The glances and zones of the last text.
    pub sight: Sight,
}

impl Reading {
    /// Reads a raw text and looks at it; `visit` gets the view, the sight and
    /// the raw bytes of each token.
    pub fn look<R>(
        &mut self,
        raw: &str,
        model: &Model,
        knowledge: &Knowledge,
        visit: impl FnOnce(&View<'_>, &Sight, &[Range<usize>]) -> R,
    ) -> R {
        let normalized = Normalized::new(raw);
        let view = self.document.read(normalized.text(), &[], model);
        self.sight.look(&view, knowledge);
        visit(&view, &self.sight, &raw_tokens(&normalized, &view))
    }

    /// Reads a raw text up to its words.
    pub fn view<R>(&mut self, raw: &str, model: &Model, visit: impl FnOnce(&View<'_>) -> R) -> R {
        let normalized = Normalized::new(raw);
        visit(&self.document.read(normalized.text(), &[], model))
    }

    /// Calls `visit` with the cluster key and spelling of each word of a raw
    /// text, and with nothing after each sentence.
    pub fn words(&mut self, raw: &str, model: &Model, knowledge: &Knowledge, mut visit: impl FnMut(Option<(Form, &str)>)) {
        let normalized = Normalized::new(raw);
        let view = self.document.read(normalized.text(), &[], model);
        let mut spelling = String::new();
        for sentence in view.sentences {
            let mut at = sentence.start;
            while at < sentence.end {
                let end = (at + 1..sentence.end).find(|i| !view.continues[*i]).unwrap_or(sentence.end);
                let mut form = |i: usize| knowledge.form(view.text, &view.tokens[i], view.ids[i], &mut spelling);
                let first = form(at);
                let key = (at + 1..end).fold(first, |key, i| join(key, form(i)));
                let range = view.tokens[at].start as usize..view.tokens[end - 1].end as usize;
                visit(Some((cluster_key(key, is_capital(&view.tokens[at])), &view.text[range])));
                at = end;
            }
            visit(None);
        }
    }

    /// The names that a recognizer finds, with their raw bytes.
    pub fn names(
        &mut self,
        raw: &str,
        model: &Model,
        recognizer: &Recognizer,
        buffers: &mut NameBuffers,
    ) -> Vec<(Range<usize>, NameMention)> {
        let normalized = Normalized::new(raw);
        let view = self.document.read(normalized.text(), &[], model);
        let names = recognizer.names(&view, buffers);
        names.into_iter().map(|n| (raw_range(&normalized, n.start, n.end), n)).collect()
    }
}

fn raw_range(normalized: &Normalized<'_>, start: usize, end: usize) -> Range<usize> {
    let span = normalized.raw_span(start, end);
    span.start..span.end
}

fn raw_tokens(normalized: &Normalized<'_>, view: &View<'_>) -> Vec<Range<usize>> {
    view.tokens.iter().map(|t| raw_range(normalized, t.start as usize, t.end as usize)).collect()
}

/// The facts of these tables for the vocabulary of a model.
pub fn knowledge(model: &Model, phrases: KeyTable, clusters: KeyTable) -> Knowledge {
    Knowledge::new(model.vocabulary(), phrases, clusters)
}

/// The recognizer of a sealed model.
pub fn recognizer(bytes: &[u8], model: &Model) -> Result<Recognizer, crate::Error> {
    Recognizer::from_envelope(bytes, model.vocabulary())
}

/// The forms of the tokens of a phrase, and the key of each of its beginnings.
pub fn phrase_keys(phrase: &str, model: &Model, knowledge: &Knowledge) -> Vec<Form> {
    let normalized = Normalized::new(phrase);
    let mut document = Document::default();
    let view = document.read(normalized.text(), &[], model);
    let mut keys: Vec<Form> = Vec::new();
    let mut spelling = String::new();
    for (token, id) in view.tokens.iter().zip(view.ids) {
        let form = knowledge.form(view.text, token, *id, &mut spelling);
        keys.push(keys.last().map_or(form, |key| join(*key, form)));
    }
    keys
}
