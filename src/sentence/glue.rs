//! Borders that no mark shows: title|lede, caption|body, heading|body.
//!
//! Takes one sentence as the marks have it and says where, if anywhere, two
//! texts were run together: "…cuộc chiến đám mây | Microsoft vừa ký kết…". A
//! linear model compares all places where a sentence could begin (a capital, a
//! digit or a quote after a word) with "nowhere": what stands on both sides,
//! the letter cases, how far the sentence's ends are, and whether the text to
//! the right repeats the one to the left, as a lede repeats its title.
//!
//! Promises: integer arithmetic, work linear in the tokens (a place looks at
//! most [`REACH`] tokens back). The weights are computed from articles whose
//! titles, ledes and captions are known apart, glued on purpose; see
//! `tools/src/glue.rs`.

use super::TokenRange;
use crate::error::Error;
use crate::model::wire::Reader;
use crate::segment::vocabulary::{FIRST_SYLLABLE, SyllableId};
use crate::token::{Gap, Token, TokenKind};

/// Size of the table of weights.
pub const GLUE_WEIGHTS: usize = 1 << 15;

/// How many tokens to the left are searched for repetitions.
const REACH: usize = 60;

/// Longest sentence that is looked at, in tokens; longer ones are lists or
/// tables, and no title is.
const LONGEST: usize = 200;

/// The learned weights.
#[derive(Debug)]
pub struct Glue {
    weights: Vec<i16>,
}

/// One sentence to be looked at.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'d> {
    /// The text's tokens.
    pub tokens: &'d [Token],
    /// Their numbers.
    pub ids: &'d [SyllableId],
    /// Whether it is the first of the text: a title may open it.
    pub first: bool,
}

impl Glue {
    /// Reads `GLUE_WEIGHTS` numbers of 16 bits.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new("hidden borders", bytes);
        let weights = reader.i16s(GLUE_WEIGHTS)?;
        reader.end()?;
        Ok(Self { weights })
    }

    /// Appends the `marked` sentences to `sentences`, those that hide a border
    /// in pieces. Where `may_open_with_title`, the first may hide the border
    /// behind a title.
    pub(crate) fn split(&self, tokens: &[Token], ids: &[SyllableId], marked: Vec<TokenRange>, may_open_with_title: bool, sentences: &mut Vec<TokenRange>) {
        for (i, range) in marked.into_iter().enumerate() {
            let mut first = may_open_with_title && i == 0;
            let mut start = range.start;
            // Each round either ends or moves `start` on.
            while let Some(at) = self.border(tokens, ids, start..range.end, first) {
                sentences.push(start..at);
                start = at;
                first = false;
            }
            sentences.push(start..range.end);
        }
    }

    fn border(&self, tokens: &[Token], ids: &[SyllableId], range: TokenRange, first: bool) -> Option<usize> {
        let start = range.start;
        let candidate = Candidate { tokens: tokens.get(range.clone())?, ids: ids.get(range)?, first };
        let (at, score) = candidate
            .places()
            .map(|at| {
                let mut sum = 0;
                candidate.features(at, |feature| sum += i32::from(self.weights.get(feature).copied().unwrap_or(0)));
                (at, sum)
            })
            .max_by_key(|(at, score)| (*score, std::cmp::Reverse(*at)))?;
        (score > 0).then_some(start + at)
    }
}

impl Candidate<'_> {
    /// Positions in the sentence where another text could begin.
    pub fn places(&self) -> impl Iterator<Item = usize> + '_ {
        let length = if self.tokens.len() > LONGEST { 0 } else { self.tokens.len() };
        (2..length).filter(|at| self.is_place(*at))
    }

    fn is_place(&self, at: usize) -> bool {
        let (Some(left), Some(right)) = (self.tokens.get(at - 1), self.tokens.get(at)) else { return false };
        let ends = left.kind.is_wordlike() || left.kind.closes() || matches!(left.kind, TokenKind::Percent | TokenKind::Ellipsis | TokenKind::Exclamation | TokenKind::Question);
        let starts = match right.kind {
            TokenKind::Word | TokenKind::Abbreviation => right.is_capitalized() || right.case == crate::token::Case::Mixed,
            TokenKind::Number | TokenKind::Mixed => true,
            TokenKind::QuoteOpen | TokenKind::Quote => true,
            _ => false,
        };
        ends && starts
    }

    /// Calls `visit` with the index of each feature of the place `at`.
    pub fn features(&self, at: usize, mut visit: impl FnMut(usize)) {
        let role = u64::from(self.first);
        let mut push = |kind: u64, a: u64, b: u64| visit(index(kind << 1 | role, a, b));
        let id = |i: usize| self.ids.get(i).map_or(0, |id| u64::from(*id));
        let before = |n: usize| if n <= at { id(at - n) } else { 0 };
        let here = id(at);
        push(0, 0, 0);
        push(1, here, 0);
        push(2, here, id(at + 1));
        push(3, before(1), 0);
        push(4, before(2), before(1));
        push(5, before(1), here);
        push(6, self.case_pattern(at), 0);
        push(7, bucket(at), 0);
        push(8, bucket(self.tokens.len() - at.min(self.tokens.len())), 0);
        push(9, bucket(at), bucket(self.tokens.len() - at.min(self.tokens.len())));
        push(10, self.ending(), bucket(self.tokens.len()));
        push(11, self.repetition(at), 0);
        push(12, self.repetition(at), bucket(at));
        push(13, u64::from(self.tokens.get(at).is_some_and(|t| t.gap == Gap::None)), 0);
        push(14, self.ending(), self.case_pattern(at) & 0x1ff);
        push(15, self.commas(at), 0);
    }

    /// Cases of two tokens to the left and three from the place on.
    fn case_pattern(&self, at: usize) -> u64 {
        (0..5).fold(0, |sum, i| {
            let code = (at + i).checked_sub(2).and_then(|i| self.tokens.get(i)).map_or(7, |t| t.case as u64);
            sum << 3 | code
        })
    }

    /// What the sentence ends with: 0 a mark, 1 a word, 2 a word before a
    /// line end.
    fn ending(&self) -> u64 {
        self.tokens.last().map_or(0, |t| u64::from(!(t.kind.ends_sentence() || t.kind.closes() || t.kind == TokenKind::Colon)))
    }

    /// Whether the tokens at the place stand to the left already: bit 0 the
    /// first one, bit 1 the first two, bit 2 at the very start of the sentence.
    fn repetition(&self, at: usize) -> u64 {
        let (Some(here), next) = (self.ids.get(at), self.ids.get(at + 1)) else { return 0 };
        if *here < FIRST_SYLLABLE && self.tokens.get(at).is_none_or(|t| !t.is_capitalized()) {
            return 0;
        }
        let left = self.ids.get(at.saturating_sub(REACH)..at).unwrap_or(&[]);
        let one = left.contains(here);
        let two = next.is_some_and(|next| left.windows(2).any(|w| w == [*here, *next]));
        let start = self.ids.first() == Some(here);
        u64::from(one) | u64::from(two) << 1 | u64::from(start) << 2
    }

    fn commas(&self, at: usize) -> u64 {
        let left = self.tokens.get(at.saturating_sub(REACH)..at).unwrap_or(&[]);
        left.iter().filter(|t| t.kind == TokenKind::Comma).count().min(3) as u64
    }
}

/// A length in classes that grow with it.
fn bucket(length: usize) -> u64 {
    match length {
        0..=12 => length as u64,
        13..=15 => 13,
        16..=19 => 14,
        20..=25 => 15,
        26..=35 => 16,
        36..=50 => 17,
        _ => 18,
    }
}

fn index(kind: u64, a: u64, b: u64) -> usize {
    let mixed = (kind << 40 ^ a << 20 ^ b).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed >> 40) as usize & (GLUE_WEIGHTS - 1)
}
