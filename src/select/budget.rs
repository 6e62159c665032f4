//! How long a summary may be, and what a sentence takes of it.

#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

use crate::document::View;
use crate::error::Error;
use crate::score::sheet::is_eligible;
use crate::summary::Role;
use std::ops::Range;

/// How long a summary may be.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Length {
    /// At most so many sentences.
    Sentences(usize),
    /// At most so many syllables: words of one syllable, numbers, foreign
    /// words.
    Syllables(usize),
    /// At most so many characters after NFC, the spaces between sentences
    /// included.
    Characters(usize),
    /// At most this share of the syllables of lede and body; above 0, at most
    /// 1.
    Ratio(f64),
}

impl Default for Length {
    /// Three sentences.
    fn default() -> Self {
        Self::Sentences(3)
    }
}

impl Length {
    /// An error where the length is none.
    pub(crate) fn check(self) -> Result<(), Error> {
        let problem = match self {
            Self::Sentences(0) | Self::Syllables(0) | Self::Characters(0) => "must be at least 1",
            Self::Ratio(r) if !(r > 0.0 && r <= 1.0) => "a ratio must be above 0 and at most 1",
            _ => return Ok(()),
        };
        Err(Error::option("length", problem))
    }
}

/// A length in the unit that costs are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Budget {
    /// Units there are.
    pub(crate) limit: usize,
    /// Units between two sentences.
    joint: usize,
}

impl Budget {
    /// What joining one more to `chosen` sentences takes.
    pub(crate) fn joint(&self, chosen: usize) -> usize {
        if chosen == 0 { 0 } else { self.joint }
    }

    /// What is left for a sentence's own text.
    pub(crate) fn with_joint(&self, left: usize, chosen: usize) -> usize {
        left.saturating_sub(self.joint(chosen))
    }
}

/// The budget for a text and what each of its sentences costs; `characters` says
/// how many a sentence has as its author wrote it, after NFC.
pub(crate) fn plan(length: Length, view: &View<'_>, roles: &[Role], characters: impl Fn(usize) -> usize) -> (Budget, Vec<usize>) {
    let costs = |unit: &dyn Fn(Range<usize>) -> usize| -> Vec<usize> { view.sentences.iter().map(|r| unit(r.clone())).collect() };
    let syllables = |range: Range<usize>| view.tokens.get(range).unwrap_or(&[]).iter().filter(|t| t.kind.is_wordlike()).count();
    match length {
        Length::Sentences(limit) => (Budget { limit, joint: 0 }, costs(&|_| 1)),
        Length::Syllables(limit) => (Budget { limit, joint: 0 }, costs(&syllables)),
        Length::Characters(limit) => (Budget { limit, joint: 1 }, (0..view.sentences.len()).map(characters).collect()),
        Length::Ratio(ratio) => {
            let costs = costs(&syllables);
            let total: usize = costs.iter().zip(roles).filter(|(_, role)| is_eligible(**role)).map(|(cost, _)| cost).sum();
            // Checked to lie in 0..=1, so the product fits.
            (Budget { limit: (total as f64 * ratio) as usize, joint: 0 }, costs)
        }
    }
}
