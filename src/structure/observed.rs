//! What the trainer of cue weights sees of a text: which cues its sentences
//! have, by the code that the cues themselves run.

use super::cues::CUES;
use super::facts;
use crate::document::Document;
use crate::model::Model;
use crate::normalize::Normalized;
use crate::span::Span;
use crate::summary::Role;

/// A sentence and the positions of its cues among [`cues`].
#[derive(Debug)]
pub struct ObservedSentence {
    /// Where it stands in the text.
    pub span: Span,
    /// Its cues.
    pub cues: Vec<usize>,
}

/// Name, role and weight of every cue, in the order of the table.
pub fn cues() -> Vec<(&'static str, Role, i32)> {
    CUES.iter().map(|cue| (cue.name, cue.role, cue.weight)).collect()
}

/// The sentences of a text with their cues.
pub fn observe(model: &Model, text: &str) -> Vec<ObservedSentence> {
    let normalized = Normalized::new(text);
    let mut document = Document::default();
    let view = document.read(normalized.text(), &[], model);
    let facts = facts::gather(&view, model);
    let sentence = |(i, facts): (usize, &facts::Facts<'_>)| {
        let (start, end) = view.sentence_bytes(i);
        let has = |cue: &usize| CUES.get(*cue).is_some_and(|cue| (cue.test)(facts));
        ObservedSentence { span: normalized.raw_span(start, end), cues: (0..CUES.len()).filter(has).collect() }
    };
    facts.iter().enumerate().map(sentence).collect()
}
