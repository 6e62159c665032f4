//! A user's own names.
//!
//! Takes names with their kinds as the user wrote them, finds them in a text in
//! any letter case and tone style, and puts them in place of whatever the
//! recognizer and the patterns found there. Promises: whole tokens, within one
//! sentence and one line; the longest name wins, then the leftmost; work is
//! linear in the tokens times the names that share a first syllable.

use super::EntityKind;
use super::chain::NAME_KINDS;
use super::mention::FoundMention;
use crate::document::View;
use crate::error::Error;
use crate::normalize::Normalized;
use crate::segment::phrases::{Numbered, Phrases};
use crate::segment::vocabulary::Vocabulary;

/// Names by their syllables; the label of a phrase is the place of its kind
/// among `NAME_KINDS`.
#[derive(Debug, Default)]
pub(crate) struct Gazetteer {
    names: Phrases,
}

impl Gazetteer {
    /// The names of a user. Where one was given twice, the last kind holds.
    pub(crate) fn new(names: &[(EntityKind, String)], vocabulary: &Vocabulary) -> Result<Self, Error> {
        let mut this = Self::default();
        for (kind, name) in names {
            let label = NAME_KINDS.iter().position(|k| k == kind);
            let Some(label) = label else {
                return Err(Error::option("gazetteer", format!("{kind:?} is found by its pattern; give a kind of names")));
            };
            this.names.add_name(Normalized::new(name).text(), label as u8, vocabulary);
        }
        Ok(this)
    }

    /// Puts the names in place of the mentions they overlap.
    pub(crate) fn apply(&self, view: &View<'_>, vocabulary: &Vocabulary, mentions: &mut Vec<FoundMention>) {
        if self.names.is_empty() {
            return;
        }
        let numbered = Numbered { text: view.text, tokens: view.tokens, ids: view.ids, vocabulary };
        let mut names = Vec::new();
        for sentence in view.sentences {
            self.names.find(&numbered, sentence.clone(), |found| names.extend(mention(view, &found.tokens, found.label)));
        }
        names.sort_unstable_by_key(|name| name.start);
        mentions.retain(|mention| {
            let after = names.partition_point(|name| name.end <= mention.start);
            names.get(after).is_none_or(|name| mention.end <= name.start)
        });
        mentions.append(&mut names);
        mentions.sort_by_key(|mention| mention.start);
    }
}

fn mention(view: &View<'_>, tokens: &std::ops::Range<usize>, label: u8) -> Option<FoundMention> {
    let (first, last) = (view.tokens.get(tokens.start)?, view.tokens.get(tokens.end.checked_sub(1)?)?);
    let kind = *NAME_KINDS.get(usize::from(label))?;
    Some(FoundMention { start: first.start as usize, end: last.end as usize, kind, value: None })
}
