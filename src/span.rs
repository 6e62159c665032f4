//! Byte ranges in an article's text.
//!
//! A [`Span`] is all that a stage hands to the next about a place in the text.
//! This is the only file that slices text by offset: everything else goes
//! through [`slice`], which gives the empty string for a range that does not
//! fit instead of panicking.

#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A half-open byte range `start..end` in an article's text.
///
/// Spans in the output lie on the borders of extended grapheme clusters, so
/// that slicing the text with one never cuts a character or its accents.
///
/// ```
/// use tomtat::Span;
///
/// let span = Span::new(0, 3);
/// assert_eq!(span.of("Mỹ cấm"), "M\u{1ef9}".get(0..3).unwrap_or(""));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte of the range.
    pub start: usize,
    /// The byte after the last one of the range.
    pub end: usize,
}

impl Span {
    /// The range `start..end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Length in bytes; 0 where `end` lies before `start`.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the range has no bytes.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether the two ranges share at least one byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside this range.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The text of this range, or the empty string where the range does not
    /// fit `text` or would cut a character.
    pub fn of(self, text: &str) -> &str {
        slice(text, self.start..self.end)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// `text[range]`, or the empty string where the range does not fit or would
/// cut a character.
pub(crate) fn slice(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or("")
}
