//! Mentions → which of them are written alike.
//!
//! The text of each name is hashed once; whoever counts or compares names has
//! numbers. Linear in the bytes of the mentions.

use super::hashing::hash_text;
use crate::entity::mention::FoundMention;
use crate::span::slice;

/// Numbers of what is written alike, by first mention. Keeps its buffers from
/// text to text.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// For each mention the number of its text; [`NO_NAME`] for numbers with a
    /// value.
    of: Vec<u32>,
    all: Vec<Spelling>,
    /// Open addressing over the hashes: numbers plus one, 0 for a free place.
    slots: Vec<u32>,
}

/// What stands for a mention that is no name.
pub(crate) const NO_NAME: u32 = u32::MAX;

/// A way in which names are written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spelling {
    hash: u64,
    /// Where it stands first.
    start: usize,
    end: usize,
    /// How often.
    pub(crate) times: u32,
}

impl Written {
    /// Reads the mentions of a text.
    pub(crate) fn read(&mut self, text: &str, mentions: &[FoundMention]) {
        self.of.clear();
        self.all.clear();
        self.slots.clear();
        // Half of the places stay free, so that one is met.
        self.slots.resize((mentions.len() * 2).next_power_of_two().max(64), 0);
        for mention in mentions {
            let number = if mention.value.is_none() { self.number(text, mention) } else { NO_NAME };
            self.of.push(number);
        }
    }

    fn number(&mut self, text: &str, mention: &FoundMention) -> u32 {
        let written = slice(text, mention.start..mention.end);
        let hash = hash_text(written);
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(number) = self.slots.get(at).and_then(|slot| slot.checked_sub(1)) {
            let known = self.all.get_mut(number as usize);
            if let Some(known) = known.filter(|k| k.hash == hash && slice(text, k.start..k.end) == written) {
                known.times += 1;
                return number;
            }
            at = (at + 1) & mask;
        }
        self.all.push(Spelling { hash, start: mention.start, end: mention.end, times: 1 });
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = self.all.len() as u32;
        }
        self.all.len() as u32 - 1
    }

    /// The number of what a mention's text is, by its position; [`NO_NAME`] for
    /// numbers with a value.
    pub(crate) fn of(&self, mention: usize) -> u32 {
        self.of.get(mention).copied().unwrap_or(NO_NAME)
    }

    /// All ways in which names are written, by number.
    pub(crate) fn all(&self) -> &[Spelling] {
        &self.all
    }
}
