//! A list of words or names, found in a text: a user's own words and technology
//! terms, which are always joined, a user's own names, and what a reader asks
//! for, which is counted.
//!
//! Takes phrases as they are written, finds them in a text whatever their letter
//! case and tone style. Where two overlap, the longer one wins, then the one
//! further left. Work is linear in the tokens times the phrases that share a
//! first syllable.

use super::vocabulary::{FIRST_SYLLABLE, SyllableId, Vocabulary};
use crate::score::terms::{KeyHasher, syllable_hash};
use crate::sentence::TokenRange;
use crate::token::{Gap, Token, tokenize};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// Phrases, by the hashes of their syllables.
#[derive(Debug, Clone, Default)]
pub(crate) struct Phrases {
    by_first: HashMap<u64, Vec<Phrase>, BuildHasherDefault<KeyHasher>>,
    /// By syllable number: whether a phrase may begin with it. Nearly none do,
    /// and they need not be looked up. A fiftieth of the work of a summary.
    may_begin: Vec<bool>,
}

#[derive(Debug, Clone)]
struct Phrase {
    hashes: Box<[u64]>,
    label: u8,
}

/// A phrase in a text: its tokens, and the label it was added with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoundPhrase {
    pub(crate) tokens: TokenRange,
    pub(crate) label: u8,
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
    /// Adds words to be joined; those of a single token need no joining and are
    /// left out.
    pub(crate) fn add<'w>(&mut self, words: impl Iterator<Item = &'w str>, vocabulary: &Vocabulary) {
        words.for_each(|word| self.insert(word, 0, 2, vocabulary));
    }

    /// Adds a name of any number of tokens.
    pub(crate) fn add_name(&mut self, name: &str, label: u8, vocabulary: &Vocabulary) {
        self.insert(name, label, 1, vocabulary);
    }

    fn insert(&mut self, phrase: &str, label: u8, least: usize, vocabulary: &Vocabulary) {
        let mut tokens = Vec::new();
        tokenize(phrase, &mut tokens);
        let ids: Vec<SyllableId> = tokens.iter().map(|t| vocabulary.id(phrase, t)).collect();
        let numbered = Numbered { text: phrase, tokens: &tokens, ids: &ids, vocabulary };
        let hashes: Vec<u64> = (0..tokens.len()).filter_map(|at| numbered.hash(at)).collect();
        let Some(first) = hashes.first().filter(|_| hashes.len() >= least) else { return };
        self.note_beginning(ids.first().copied().unwrap_or(0));
        let there = self.by_first.entry(*first).or_default();
        match there.iter_mut().find(|phrase| *phrase.hashes == *hashes) {
            Some(phrase) => phrase.label = label,
            None => there.push(Phrase { hashes: hashes.into_boxed_slice(), label }),
        }
    }

    /// All spellings of a syllable have one number. A token of a class may be of
    /// another class in other letter case, so all classes are noted.
    fn note_beginning(&mut self, id: SyllableId) {
        let ids = if id < FIRST_SYLLABLE { 0..=FIRST_SYLLABLE - 1 } else { id..=id };
        let length = usize::from(*ids.end()) + 1;
        self.may_begin.resize(self.may_begin.len().max(length), false);
        self.may_begin.get_mut(usize::from(*ids.start())..length).into_iter().flatten().for_each(|slot| *slot = true);
    }

    /// Whether there is nothing to find.
    pub(crate) fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }

    /// Joins the words found in a sentence. `continues` is that of the text.
    pub(crate) fn join(&self, numbered: &Numbered<'_>, sentence: TokenRange, continues: &mut [bool]) {
        self.find(numbered, sentence, |found| mark(continues, &found.tokens));
    }

    /// How often the phrases stand in a sentence.
    pub(crate) fn count(&self, numbered: &Numbered<'_>, sentence: TokenRange) -> usize {
        let mut count = 0;
        self.find(numbered, sentence, |_| count += 1);
        count
    }

    /// Calls `visit` with the phrases found in a sentence: the longest first,
    /// then the leftmost, and none that overlaps one before.
    pub(crate) fn find(&self, numbered: &Numbered<'_>, sentence: TokenRange, mut visit: impl FnMut(FoundPhrase)) {
        let mut found: Vec<FoundPhrase> = Vec::new();
        for start in sentence.clone() {
            let begins = numbered.ids.get(start).and_then(|id| self.may_begin.get(usize::from(*id))).is_some_and(|begins| *begins);
            let Some(candidates) = begins.then(|| numbered.hash(start)).flatten().and_then(|h| self.by_first.get(&h)) else { continue };
            let longest = candidates.iter().filter(|c| matches(numbered, start, sentence.end, &c.hashes)).max_by_key(|c| c.hashes.len());
            found.extend(longest.map(|c| FoundPhrase { tokens: start..start + c.hashes.len(), label: c.label }));
        }
        found.sort_unstable_by_key(|found| (std::cmp::Reverse(found.tokens.len()), found.tokens.start));
        let mut taken = vec![false; if found.is_empty() { 0 } else { sentence.len() }];
        for phrase in found {
            let place = phrase.tokens.start - sentence.start;
            let Some(slots) = taken.get_mut(place..place + phrase.tokens.len()).filter(|slots| !slots.contains(&true)) else { continue };
            slots.fill(true);
            visit(phrase);
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
