//! Words → terms: numbers by which sentences are compared.
//!
//! A term is a word without letter case and tone style. Takes the words of a
//! text, gives for each sentence its terms with their counts. Marks are no
//! terms. Numbers and stop words have an IDF of 0: they count where the words
//! of a lede are guessed, and nowhere else.

use super::background::TermKey;
use super::word_table::{Known, WordTable};
use crate::document::View;
use crate::normalize::{fold::lower_char, tone};
use crate::segment::vocabulary::{SyllableId, Vocabulary};
use crate::token::{Token, TokenKind};
use std::collections::HashMap;
use std::ops::Range;

/// What else of scoring the trainers see.
#[cfg(feature = "train")]
pub use super::{observed, salience};

/// Position of a term among those of the text.
pub(crate) type TermId = u32;

/// How often a term stands in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TermCount {
    pub(crate) term: TermId,
    pub(crate) count: u16,
}

/// A word as it stands in its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Occurrence {
    /// Its term; `None` for marks and addresses.
    pub(crate) term: Option<TermId>,
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
}

/// A term of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Term {
    /// Its number among all words.
    #[cfg(feature = "train")]
    pub(crate) key: TermKey,
    /// What is known of it; the IDF of numbers is 0.
    pub(crate) known: Known,
    /// Tokens of its first occurrence.
    pub(crate) first: usize,
    /// Tokens in it.
    pub(crate) length: usize,
}

/// The terms of a text, sentence by sentence.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    /// All terms, in the order of their first occurrence.
    pub(crate) terms: Vec<Term>,
    counts: Vec<TermCount>,
    sentences: Vec<Range<usize>>,
    /// All words in the order of the text, and which of them each sentence has.
    sequence: Vec<Occurrence>,
    sequences: Vec<Range<usize>>,
    numbers: HashMap<TermKey, TermId, std::hash::BuildHasherDefault<KeyHasher>>,
}

/// Term keys are hashes already.
#[derive(Default)]
pub(crate) struct KeyHasher(u64);

impl std::hash::Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
    fn write_u32(&mut self, key: u32) {
        self.0 = u64::from(key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Terms {
    /// Reads the terms of `view`.
    pub(crate) fn read(&mut self, view: &View<'_>, vocabulary: &Vocabulary, table: &WordTable) {
        self.terms.clear();
        self.counts.clear();
        self.sentences.clear();
        self.sequence.clear();
        self.sequences.clear();
        self.numbers.clear();
        for range in view.sentences {
            let (start, first) = (self.counts.len(), self.sequence.len());
            for word in words(view, range.clone()) {
                crate::work::count(word.len());
                let term = match term_key(view, word.clone(), vocabulary) {
                    Some(key) => Some(self.count(key, &word, |key| table.get(key))),
                    None => number_key(view, &word).map(|key| self.count(key, &word, |key| Known { idf: 0, ..table.get(key) })),
                };
                self.sequence.push(Occurrence { term, tokens: word });
            }
            self.merge(start);
            self.sentences.push(start..self.counts.len());
            self.sequences.push(first..self.sequence.len());
        }
    }

    /// Counts a word; `known` is asked for a term's first occurrence only.
    fn count(&mut self, key: TermKey, word: &Range<usize>, known: impl FnOnce(TermKey) -> Known) -> TermId {
        let next = self.terms.len() as TermId;
        let term = *self.numbers.entry(key).or_insert(next);
        if term == next {
            self.terms.push(Term {
                #[cfg(feature = "train")]
                key,
                known: known(key),
                first: word.start,
                length: word.len(),
            });
        }
        self.counts.push(TermCount { term, count: 1 });
        term
    }

    /// Adds up the counts from `start` on, by term.
    fn merge(&mut self, start: usize) {
        let Some(sentence) = self.counts.get_mut(start..) else { return };
        sentence.sort_unstable_by_key(|c| c.term);
        let mut kept = 0_usize;
        for i in 0..sentence.len() {
            crate::work::count(1);
            let Some(next) = sentence.get(i).copied() else { break };
            match kept.checked_sub(1).and_then(|k| sentence.get_mut(k)) {
                Some(last) if last.term == next.term => last.count = last.count.saturating_add(next.count),
                _ => {
                    if let Some(slot) = sentence.get_mut(kept) {
                        *slot = next;
                    }
                    kept += 1;
                }
            }
        }
        self.counts.truncate(start + kept);
    }

    /// The terms of a sentence, by rising number.
    pub(crate) fn of(&self, sentence: usize) -> &[TermCount] {
        self.sentences.get(sentence).and_then(|r| self.counts.get(r.clone())).unwrap_or(&[])
    }

    /// The words of a sentence, in their order.
    pub(crate) fn in_order(&self, sentence: usize) -> &[Occurrence] {
        self.sequences.get(sentence).and_then(|r| self.sequence.get(r.clone())).unwrap_or(&[])
    }

    /// The pairs of terms that stand side by side in a sentence.
    pub(crate) fn pairs(&self, sentence: usize) -> impl Iterator<Item = (TermId, TermId)> {
        self.in_order(sentence).windows(2).filter_map(|pair| match pair {
            [a, b] => a.term.zip(b.term),
            _ => None,
        })
    }

    /// The IDF of a term, in units of 1/16.
    pub(crate) fn idf(&self, term: TermId) -> i64 {
        i64::from(self.known(term).idf)
    }

    /// What is known of a term.
    pub(crate) fn known(&self, term: TermId) -> Known {
        self.terms.get(term as usize).map_or(Known::default(), |t| t.known)
    }
}

/// The words of a sentence, as ranges of tokens.
pub fn words<'d>(view: &View<'d>, sentence: Range<usize>) -> impl Iterator<Item = Range<usize>> + use<'d> {
    let continues = view.continues;
    let mut at = sentence.start;
    std::iter::from_fn(move || {
        if at >= sentence.end {
            return None;
        }
        let start = at;
        at += 1;
        while at < sentence.end && continues.get(at).copied().unwrap_or(false) {
            at += 1;
        }
        Some(start..at)
    })
}

/// The key of a word, or `None` for numbers, addresses and marks.
pub fn term_key(view: &View<'_>, word: Range<usize>, vocabulary: &Vocabulary) -> Option<TermKey> {
    let mut hash = 0_u64;
    for at in word {
        let (token, id) = (view.tokens.get(at)?, view.ids.get(at)?);
        if !matches!(token.kind, TokenKind::Word | TokenKind::Abbreviation | TokenKind::Mixed | TokenKind::Foreign) {
            return None;
        }
        hash = (hash.rotate_left(23) ^ syllable_hash(view.text, token, *id, vocabulary)).wrapping_mul(0x2545_f491_4f6c_dd1d);
    }
    Some(finish(hash))
}

/// The key of a number.
fn number_key(view: &View<'_>, word: &Range<usize>) -> Option<TermKey> {
    let token = view.tokens.get(word.start).filter(|t| t.kind == TokenKind::Number)?;
    Some(finish(text_hash(token.of(view.text).bytes()).wrapping_mul(0x2545_f491_4f6c_dd1d)))
}

/// The key of a word given by its canonical syllables.
pub(crate) fn key_of_syllables<'s>(syllables: impl Iterator<Item = &'s str>) -> TermKey {
    finish(syllables.fold(0_u64, |hash, s| (hash.rotate_left(23) ^ text_hash(s.bytes())).wrapping_mul(0x2545_f491_4f6c_dd1d)))
}

fn finish(hash: u64) -> TermKey {
    ((hash >> 32) as u32).max(1)
}

/// The hash of one token's canonical form.
pub(crate) fn syllable_hash(text: &str, token: &Token, id: SyllableId, vocabulary: &Vocabulary) -> u64 {
    if let Some(hash) = vocabulary.hash(id) {
        return hash;
    }
    let word = token.of(text);
    if word.is_ascii() {
        return text_hash(word.bytes().map(|b| b.to_ascii_lowercase()));
    }
    let mut canonical = String::new();
    tone::canonical_syllable(word, &mut canonical);
    if canonical.is_empty() {
        canonical.extend(word.chars().map(lower_char));
    }
    text_hash(canonical.bytes())
}

/// FNV-1a with 64 bits.
pub(crate) fn text_hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
