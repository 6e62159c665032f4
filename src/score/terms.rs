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

/// What stands for marks and addresses among terms.
pub(crate) const NO_TERM: TermId = TermId::MAX;

/// A word as it stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Occurrence {
    /// Its term, or [`NO_TERM`].
    pub(crate) term: TermId,
    /// Its first token, and the token behind its last.
    pub(crate) start: u32,
    pub(crate) end: u32,
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
    /// By term: its key, and whether it is a number, which has no IDF.
    keys: Vec<(TermKey, bool)>,
    counts: Vec<TermCount>,
    /// By term: where in `counts` it was counted last.
    latest: Vec<usize>,
    sentences: Vec<Range<usize>>,
    /// All words in the order of the text, and which of them each sentence has.
    sequence: Vec<Occurrence>,
    sequences: Vec<Range<usize>>,
    numbers: Numbers,
}

/// From keys to the numbers of terms: open addressing over the keys, which are
/// hashes already.
#[derive(Debug, Default)]
struct Numbers {
    /// Key and number in one; 0 is free, as no key is 0.
    slots: Vec<u64>,
}

/// Places of the table for a text; those of a mean article suffice with half.
const FEWEST_SLOTS: usize = 1024;

impl Numbers {
    fn clear(&mut self) {
        self.slots.truncate(FEWEST_SLOTS);
        self.slots.fill(0);
        self.slots.resize(FEWEST_SLOTS, 0);
    }

    /// The number of a key; where it has none, `next`, which is the number of
    /// keys before it.
    #[inline]
    fn of(&mut self, key: TermKey, next: TermId) -> TermId {
        // Half of the places stay free, so that one is met.
        if next as usize * 2 >= self.slots.len() {
            self.grow();
        }
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = key as usize & mask;
        loop {
            match self.slots.get_mut(at) {
                Some(slot) if *slot == 0 => {
                    *slot = u64::from(key) << 32 | u64::from(next);
                    return next;
                }
                Some(slot) if (*slot >> 32) as TermKey == key => return *slot as TermId,
                Some(_) => at = (at + 1) & mask,
                None => return next,
            }
        }
    }

    #[cold]
    fn grow(&mut self) {
        let larger = vec![0; (self.slots.len() * 2).max(FEWEST_SLOTS)];
        for stored in std::mem::replace(&mut self.slots, larger).into_iter().filter(|slot| *slot > 0) {
            let mask = self.slots.len().wrapping_sub(1);
            let mut at = (stored >> 32) as usize & mask;
            while self.slots.get(at).is_some_and(|slot| *slot > 0) {
                at = (at + 1) & mask;
            }
            if let Some(slot) = self.slots.get_mut(at) {
                *slot = stored;
            }
        }
    }
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
        self.latest.clear();
        self.sentences.clear();
        self.sequence.clear();
        self.sequences.clear();
        self.numbers.clear();
        self.keys.clear();
        for range in view.sentences {
            let (start, first) = (self.counts.len(), self.sequence.len());
            for word in words(view, range.clone()) {
                crate::work::count(word.len());
                let term = match term_key(view, word.clone(), vocabulary) {
                    Some(key) => self.count(key, &word, start, false),
                    None => number_key(view, &word).map_or(NO_TERM, |key| self.count(key, &word, start, true)),
                };
                self.sequence.push(Occurrence { term, start: word.start as u32, end: word.end as u32 });
            }
            self.sentences.push(start..self.counts.len());
            self.sequences.push(first..self.sequence.len());
        }
        self.look_up(table);
    }

    /// Asks what is known of each term. The table is larger than the near caches,
    /// and a loop that does nothing else waits for many of its rows at a time.
    fn look_up(&mut self, table: &WordTable) {
        for (term, (key, is_number)) in self.terms.iter_mut().zip(&self.keys) {
            term.known = table.get(*key);
            if *is_number {
                term.known.idf = 0;
            }
        }
    }

    /// Counts a word of the sentence whose counts begin at `start`.
    #[inline]
    fn count(&mut self, key: TermKey, word: &Range<usize>, start: usize, is_number: bool) -> TermId {
        let next = self.terms.len() as TermId;
        let term = self.numbers.of(key, next);
        let behind = self.counts.len();
        if term == next {
            self.terms.push(Term {
                #[cfg(feature = "train")]
                key,
                known: Known::default(),
                first: word.start,
                length: word.len(),
            });
            self.keys.push((key, is_number));
            self.latest.push(behind);
        } else if let Some(latest) = self.latest.get_mut(term as usize) {
            // Counted in this sentence before?
            if let Some(count) = self.counts.get_mut(*latest).filter(|_| *latest >= start) {
                count.count = count.count.saturating_add(1);
                return term;
            }
            *latest = behind;
        }
        self.counts.push(TermCount { term, count: 1 });
        term
    }

    /// The terms of a sentence, each once, by their first occurrence there.
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
            [a, b] if a.term != NO_TERM && b.term != NO_TERM => Some((a.term, b.term)),
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
    let (tokens, ids) = (view.tokens.get(word.clone())?, view.ids.get(word)?);
    let mut hash = 0_u64;
    for (token, id) in tokens.iter().zip(ids) {
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
#[inline]
pub(crate) fn syllable_hash(text: &str, token: &Token, id: SyllableId, vocabulary: &Vocabulary) -> u64 {
    vocabulary.hash(id).unwrap_or_else(|| unknown_hash(token.of(text)))
}

/// The hash of a syllable that the vocabulary lacks.
#[inline(never)]
fn unknown_hash(word: &str) -> u64 {
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
