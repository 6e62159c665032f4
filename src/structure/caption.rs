//! How much a sentence's wording is that of a picture caption.
//!
//! Captions name what is seen ("Chiếc X tại sự kiện Y.") and seldom say what
//! happened; which words do which is learned from articles whose captions are
//! known apart from their bodies. Logistic regression over hashed words and
//! pairs of words; integer weights in units of 2⁻⁸.

use crate::error::Error;
use crate::model::wire::Reader;
use crate::segment::vocabulary::SyllableId;
use crate::token::Token;

/// Size of the table of weights.
pub const CAPTION_WEIGHTS: usize = 1 << 14;

/// The learned weights.
#[derive(Debug)]
pub struct CaptionWords {
    weights: Vec<i16>,
}

impl CaptionWords {
    /// Reads `CAPTION_WEIGHTS` numbers of 16 bits.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new("caption words", bytes);
        let weights = reader.i16s(CAPTION_WEIGHTS)?;
        reader.end()?;
        Ok(Self { weights })
    }

    /// The logarithm of the odds that these tokens are a caption, in units of
    /// 2⁻⁸, among as many captions as body sentences.
    pub(crate) fn score(&self, tokens: &[Token], ids: &[SyllableId]) -> i32 {
        let mut sum = 0;
        features(tokens, ids, |f| sum += i32::from(self.weights.get(f).copied().unwrap_or(0)));
        sum
    }
}

/// Longest stretch of a sentence that is looked at, in tokens.
const LONGEST: usize = 80;

/// Calls `visit` with the index of each feature of a sentence.
pub fn features(tokens: &[Token], ids: &[SyllableId], mut visit: impl FnMut(usize)) {
    let ids = ids.get(..ids.len().min(LONGEST)).unwrap_or(ids);
    let at = |i: usize| ids.get(i).map_or(0, |id| u64::from(*id));
    let capitals = tokens.iter().filter(|t| t.is_capitalized()).count();
    let ends = tokens.last().is_some_and(|t| t.kind.ends_sentence());
    let length = (tokens.len() as u64).min(60) / 4;
    visit(index(0, 0, 0));
    visit(index(1, length, u64::from(ends)));
    visit(index(2, at(0), 0));
    visit(index(3, at(0), at(1)));
    visit(index(4, at(ids.len().wrapping_sub(2)), at(ids.len().wrapping_sub(1))));
    visit(index(5, (capitals * 8 / tokens.len().max(1)) as u64, length / 2));
    for (i, id) in ids.iter().enumerate() {
        visit(index(6, u64::from(*id), 0));
        visit(index(7, u64::from(*id), at(i + 1)));
    }
}

fn index(kind: u64, a: u64, b: u64) -> usize {
    let mixed = (kind << 40 ^ a << 20 ^ b).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed >> 40) as usize & (CAPTION_WEIGHTS - 1)
}
