//! Raw text → normalized text with a way back.
//!
//! Takes any text and gives what all later stages read:
//! - composed (NFC), with the tone and shape marks of Vietnamese letters in any
//!   order and doubled tone marks joined to the one letter that is meant;
//! - "Ð" and "ð" (Icelandic) as "Đ" and "đ";
//! - every line end as '\n', every other white space but the tab as a space, and
//!   so "&nbsp;", with or without its semicolon, that a crawler left there;
//! - without zero-width spaces, soft hyphens, word joiners and byte order
//!   marks, without joiners and non-joiners after Latin letters, and without
//!   marks of a newer Unicode than `unicode-segmentation` knows.
//!
//! Quotes, dashes, letter case and the author's tone placement stay.
//!
//! Promises: total and linear, whatever the text; the same result for NFC and
//! NFD forms of a text; normalizing twice changes nothing; a range between
//! cluster borders of the normalized text maps to one between extended
//! grapheme cluster borders of the raw text, and order is kept. A text that
//! needs no change is borrowed.
//!
//! Leaves to others: tone placement ([`tone`]), lossy keys ([`fold`]).

mod clean;
pub(crate) mod fold;
mod html_space;
mod quick;
mod rewrite;
mod scan;
pub(crate) mod tone;
mod vowel;

#[cfg(test)]
mod tests;

use crate::span::{Span, slice};
use crate::work;
use std::borrow::Cow;

/// One stretch of raw text, whole clusters, and the normalized text in its
/// place; one of the two ranges may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Edit {
    norm_start: usize,
    norm_end: usize,
    raw_start: usize,
    raw_end: usize,
}

/// A text after normalization, with the map back to its raw bytes.
#[derive(Debug, Clone)]
pub(crate) struct Normalized<'t> {
    raw: &'t str,
    text: Cow<'t, str>,
    /// In the order of the text, without overlap.
    edits: Vec<Edit>,
}

impl<'t> Normalized<'t> {
    /// Normalizes `raw`; see the module's text.
    pub(crate) fn new(raw: &'t str) -> Self {
        let mut builder = Builder::new(raw);
        let mut from = 0;
        while let Some(at) = scan::next_unstable(raw, from) {
            work::count(at - from + 1);
            from = match quick::edit(raw, from, at) {
                Some(edit) => builder.apply(&edit),
                None => builder.rewrite(from, at),
            };
        }
        html_space::to_spaces(builder.output.finish())
    }

    /// The normalized text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The text as the author wrote it.
    #[cfg(test)]
    fn raw(&self) -> &'t str {
        self.raw
    }

    /// The raw bytes behind the bytes `start..end` of the normalized text.
    ///
    /// A border inside a changed stretch snaps outward, to the whole stretch.
    /// Removed characters beside the range stay outside it. An empty range
    /// gives an empty one; offsets after the end count as the end.
    pub(crate) fn raw_span(&self, start: usize, end: usize) -> Span {
        let end = end.min(self.text.len());
        let raw_start = self.raw_start(start.min(self.text.len()));
        if start >= end {
            return Span::new(raw_start, raw_start);
        }
        Span::new(raw_start, self.raw_end(end))
    }

    /// The author's text of a span.
    pub(crate) fn raw_slice(&self, span: Span) -> &'t str {
        slice(self.raw, span.start..span.end)
    }

    /// The first position of the normalized text at or after the byte `raw` of
    /// the raw text.
    pub(crate) fn normalized_offset(&self, raw: usize) -> usize {
        let raw = (raw.min(self.raw.len())..self.raw.len()).find(|i| self.raw.is_char_boundary(*i)).unwrap_or(self.raw.len());
        let before = self.edits.partition_point(|edit| edit.raw_start < raw);
        match self.edit_before(before) {
            // Inside a replaced stretch that begins with white space, such as a
            // line end with a mark behind it, the rest is what is meant.
            Some(edit) if raw < edit.raw_end => {
                let stretch = slice(&self.text, edit.norm_start..edit.norm_end);
                if stretch.starts_with(char::is_whitespace) { edit.norm_end - stretch.trim_start().len() } else { edit.norm_end }
            }
            Some(edit) => edit.norm_end + raw.saturating_sub(edit.raw_end),
            None => raw,
        }
    }

    /// The raw position of a range that starts at `offset`.
    fn raw_start(&self, offset: usize) -> usize {
        let before = self.edits.partition_point(|edit| edit.norm_start <= offset);
        match self.edit_before(before) {
            Some(edit) if offset < edit.norm_end => edit.raw_start,
            Some(edit) => edit.raw_end + (offset - edit.norm_end),
            None => offset,
        }
    }

    /// The raw position of a range that is not empty and ends at `offset`.
    fn raw_end(&self, offset: usize) -> usize {
        let before = self.edits.partition_point(|edit| edit.norm_start < offset);
        match self.edit_before(before) {
            Some(edit) => edit.raw_end + offset.saturating_sub(edit.norm_end),
            None => offset,
        }
    }

    /// The last of the first `count` edits.
    fn edit_before(&self, count: usize) -> Option<&Edit> {
        self.edits.get(count.checked_sub(1)?)
    }
}

/// Walks through the raw text from one unstable character to the next.
#[derive(Default)]
struct Builder<'t> {
    output: Output<'t>,
    rewriter: rewrite::Rewriter,
}

impl<'t> Builder<'t> {
    fn new(raw: &'t str) -> Self {
        Self { output: Output { raw, ..Output::default() }, ..Self::default() }
    }

    /// Applies an edit of one stretch and says where it ends.
    fn apply(&mut self, edit: &quick::QuickEdit) -> usize {
        let mut buffer = [0; 4];
        let new = edit.replacement.map_or("", |c| c.encode_utf8(&mut buffer));
        self.output.replace(edit.start, edit.end, new);
        edit.end
    }

    /// Rewrites the stretch around the unstable character `at`, which starts
    /// with the character before it if that lies behind `from`; says where
    /// the stretch ends.
    fn rewrite(&mut self, from: usize, at: usize) -> usize {
        let raw = self.output.raw;
        let start = slice(raw, from..at).char_indices().next_back().map_or(at, |(offset, _)| from + offset);
        let end = scan::region_end(raw, at);
        let region = slice(raw, start..end);
        work::count(region.len());
        let (pieces, text) = self.rewriter.rewrite(region);
        for piece in pieces {
            let new = slice(text, piece.text.clone());
            if piece.whole || new != slice(region, piece.raw.clone()) {
                self.output.replace(start + piece.raw.start, start + piece.raw.end, new);
            }
        }
        end
    }
}

/// Collects edits; copies unchanged text only once there is one.
#[derive(Default)]
struct Output<'t> {
    raw: &'t str,
    text: String,
    edits: Vec<Edit>,
    /// Raw bytes that `text` accounts for.
    copied: usize,
}

impl<'t> Output<'t> {
    /// Adds the raw text up to `raw_start` and `new` in place of
    /// `raw_start..raw_end`.
    fn replace(&mut self, raw_start: usize, raw_end: usize, new: &str) {
        if self.edits.is_empty() {
            self.text.reserve(self.raw.len());
        }
        self.text.push_str(slice(self.raw, self.copied..raw_start));
        let norm_start = self.text.len();
        self.text.push_str(new);
        self.edits.push(Edit { norm_start, norm_end: self.text.len(), raw_start, raw_end });
        self.copied = raw_end;
    }

    fn finish(mut self) -> Normalized<'t> {
        if self.edits.is_empty() {
            return Normalized { raw: self.raw, text: Cow::Borrowed(self.raw), edits: self.edits };
        }
        self.text.push_str(slice(self.raw, self.copied..self.raw.len()));
        Normalized { raw: self.raw, text: Cow::Owned(self.text), edits: self.edits }
    }
}
