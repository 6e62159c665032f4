//! A list of words, found in a text: a user's own words and technology terms,
//! which are always joined, and what a reader asks for, which is counted.
//!
//! Takes words as they are written, finds them in a text whatever their letter
//! case and tone style. Where two overlap, the longer one wins, then the one
//! further left. Work is linear in the tokens times the words that share a
//! first syllable.

use super::vocabulary::{SyllableId, Vocabulary};
use crate::score::terms::{KeyHasher, syllable_hash};
use crate::sentence::TokenRange;
use crate::token::{Gap, Token, tokenize};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// Words by the hashes of their syllables.
#[derive(Debug, Clone, Default)]
pub(crate) struct Phrases {
    by_first: HashMap<u64, Vec<Box<[u64]>>, BuildHasherDefault<KeyHasher>>,
}

/// A text's tokens and their numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Numbered<'d> {
    pub(crate) text: &'d str,
    pub(crate) tokens: &'d [Token],
    pub(crate) ids: &'d [SyllableId],
    pub(crate) vocabulary: &'d Vocabulary,
}

impl Numbered<'_> {
    fn hash(&self, at: usize) -> Option<u64> {
        Some(syllable_hash(self.text, self.tokens.get(at)?, *self.ids.get(at)?, self.vocabulary))
    }
}

impl Phrases {
    /// Adds words.
    pub(crate) fn add<'w>(&mut self, words: impl Iterator<Item = &'w str>, vocabulary: &Vocabulary) {
        let mut tokens = Vec::new();
        for word in words {
            tokens.clear();
            tokenize(word, &mut tokens);
            let ids: Vec<SyllableId> = tokens.iter().map(|t| vocabulary.id(word, t)).collect();
            let numbered = Numbered { text: word, tokens: &tokens, ids: &ids, vocabulary };
            let hashes: Vec<u64> = (0..tokens.len()).filter_map(|at| numbered.hash(at)).collect();
            if let Some(first) = hashes.first() {
                self.by_first.entry(*first).or_default().push(hashes.into_boxed_slice());
            }
        }
    }

    /// Whether there is nothing to find.
    pub(crate) fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }

    /// Joins the words found in a sentence. `continues` is that of the text.
    pub(crate) fn join(&self, numbered: &Numbered<'_>, sentence: TokenRange, continues: &mut [bool]) {
        self.find(numbered, sentence, |found| mark(continues, &found));
    }

    /// How often the words stand in a sentence.
    pub(crate) fn count(&self, numbered: &Numbered<'_>, sentence: TokenRange) -> usize {
        let mut count = 0;
        self.find(numbered, sentence, |_| count += 1);
        count
    }

    /// Gives `see` the words found, longest first, then leftmost; none overlaps
    /// another.
    fn find(&self, numbered: &Numbered<'_>, sentence: TokenRange, mut see: impl FnMut(TokenRange)) {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for start in sentence.clone() {
            let Some(candidates) = numbered.hash(start).and_then(|h| self.by_first.get(&h)) else { continue };
            let longest = candidates.iter().filter(|c| matches(numbered, start, sentence.end, c)).map(|c| c.len()).max();
            found.extend(longest.map(|length| (length, start)));
        }
        found.sort_unstable_by_key(|(length, start)| (std::cmp::Reverse(*length), *start));
        let mut taken = vec![false; if found.is_empty() { 0 } else { sentence.len() }];
        for (length, start) in found {
            let place = start - sentence.start;
            let Some(slots) = taken.get_mut(place..place + length).filter(|slots| !slots.contains(&true)) else { continue };
            slots.fill(true);
            see(start..start + length);
        }
    }
}

fn matches(numbered: &Numbered<'_>, start: usize, end: usize, word: &[u64]) -> bool {
    let on_one_line = |at: usize| at == start || numbered.tokens.get(at).is_some_and(|t| t.gap < Gap::Line);
    start + word.len() <= end && word.iter().enumerate().all(|(i, hash)| on_one_line(start + i) && numbered.hash(start + i) == Some(*hash))
}

/// The first token begins a word, the others continue it, the next begins one.
fn mark(continues: &mut [bool], range: &TokenRange) {
    if let Some(next) = continues.get_mut(range.end) {
        *next = false;
    }
    for (i, slot) in continues.get_mut(range.clone()).into_iter().flatten().enumerate() {
        *slot = i > 0;
    }
}
