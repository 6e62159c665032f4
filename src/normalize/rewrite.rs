//! Rewrites one stretch of raw text, cluster by cluster.
//!
//! Takes a stretch whose ends are safe to cut (see `scan`), gives the smallest
//! pieces that can be replaced one by one: each covers whole grapheme clusters
//! of the raw text, is composed without regard to its neighbours, and the
//! borders between pieces are cluster borders in the normalized text too.
//! Linear, but for sorting the marks on one letter.

use super::clean::Cleaner;
use crate::span::slice;
use std::ops::Range;
use unicode_normalization::char::{canonical_combining_class, decompose_canonical};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation;

/// A stretch of the region and what it becomes.
#[derive(Debug)]
pub(super) struct Piece {
    /// Bytes of the region.
    pub(super) raw: Range<usize>,
    /// Bytes of the region's new text.
    pub(super) text: Range<usize>,
    /// Clusters of the new text would cut clusters of the raw text here, so
    /// the piece counts as one whole even where its text stays.
    pub(super) whole: bool,
}

/// Buffers that are used again for each region.
#[derive(Debug, Default)]
pub(super) struct Rewriter {
    cleaned: String,
    text: String,
    pieces: Vec<Piece>,
    marks: Vec<char>,
}

impl Rewriter {
    /// The pieces of `region` and its new text.
    pub(super) fn rewrite(&mut self, region: &str) -> (&[Piece], &str) {
        self.clean(region);
        self.compose();
        if self.text == region {
            self.pieces.clear();
        } else {
            self.join_clusters();
        }
        (&self.pieces, &self.text)
    }

    /// Fills `cleaned`, and `pieces` with ranges of it.
    fn clean(&mut self, region: &str) {
        self.cleaned.clear();
        self.pieces.clear();
        let mut cleaner = Cleaner::default();
        for (offset, cluster) in region.grapheme_indices(true) {
            let start = self.cleaned.len();
            cleaner.clean(cluster, &mut self.cleaned);
            let text = start..self.cleaned.len();
            let first = slice(&self.cleaned, text.clone()).chars().next().filter(|c| !starts_composition(*c));
            let joins = first.is_some_and(|c| !parts_from(slice(&self.cleaned, 0..start), c));
            let piece = Piece { raw: offset..offset + cluster.len(), text, whole: false };
            if joins { absorb(&mut self.pieces, piece) } else { self.pieces.push(piece) }
        }
    }

    /// Fills `text` and turns the ranges in `pieces` to ranges of it.
    fn compose(&mut self) {
        self.text.clear();
        for piece in &mut self.pieces {
            let start = self.text.len();
            let cleaned = slice(&self.cleaned, piece.text.clone());
            self.text.extend(cleaned.nfc());
            if has_loose_mark(slice(&self.text, start..self.text.len())) {
                self.text.truncate(start);
                repair(cleaned, &mut self.marks);
                self.text.extend(self.marks.drain(..).nfc());
            }
            piece.text = start..self.text.len();
        }
    }

    /// Joins pieces whose border is no cluster border in the new text: what
    /// was removed or replaced may have kept two clusters apart.
    fn join_clusters(&mut self) {
        let mut borders = self.text.grapheme_indices(true).map(|(offset, _)| offset).peekable();
        let mut joined = Vec::with_capacity(self.pieces.len());
        for mut piece in self.pieces.drain(..) {
            if piece.text.is_empty() {
                joined.push(piece);
                continue;
            }
            let at_border = borders.next_if_eq(&piece.text.start).is_some();
            while borders.next_if(|border| *border < piece.text.end).is_some() {
                piece.whole = true;
            }
            if at_border {
                joined.push(piece);
            } else {
                piece.whole = true;
                absorb(&mut joined, piece);
            }
        }
        self.pieces = joined;
    }
}

/// Adds `piece` as a continuation of the last piece that has text, removed
/// characters between them included.
fn absorb(pieces: &mut Vec<Piece>, mut piece: Piece) {
    while let Some(last) = pieces.pop() {
        let found_text = !last.text.is_empty();
        piece.raw.start = last.raw.start;
        piece.text.start = last.text.start;
        piece.whole |= last.whole;
        if found_text {
            break;
        }
    }
    pieces.push(piece);
}

/// Whether nothing before `c` can compose with it or be sorted behind it.
fn starts_composition(c: char) -> bool {
    let mut first = None;
    decompose_canonical(c, |part| {
        first.get_or_insert(part);
    });
    first.is_some_and(|first| canonical_combining_class(first) == 0 && is_nfc_quick(std::iter::once(first)) == IsNormalized::Yes)
}

/// Whether a cluster border lies between `before` and `c`, as behind a line end
/// or another control character: nothing composes across it.
pub(super) fn parts_from(before: &str, c: char) -> bool {
    before.chars().next_back().is_some_and(|last| String::from_iter([last, c]).graphemes(true).count() > 1)
}

/// Whether composed text still has a mark of [`repair`]'s concern: cheap, and
/// false for nearly everything.
fn has_loose_mark(composed: &str) -> bool {
    composed.chars().any(|c| is_tone(c) || is_shape(c))
}

/// The canonical decomposition of `text`, in which on a Latin letter
/// - a hat or breve typed after the tone goes before it ("é" + hat is meant to
///   be "ế", which Unicode keeps apart),
/// - a tone mark right behind the same tone mark is dropped.
fn repair(text: &str, out: &mut Vec<char>) {
    out.clear();
    let mut letter = None;
    for c in text.nfd() {
        if canonical_combining_class(c) == 0 {
            letter = c.is_ascii_alphabetic().then(|| Letter { base: c.to_ascii_lowercase(), tones: None });
            out.push(c);
            continue;
        }
        match letter.as_mut() {
            Some(_) if is_tone(c) && out.last() == Some(&c) => {}
            Some(letter) => out.insert(letter.place(c, out.len()), c),
            None => out.push(c),
        }
    }
}

/// A Latin letter while its marks are read.
struct Letter {
    base: char,
    /// Where its marks above start and whether all of them are tones so far.
    tones: Option<(usize, bool)>,
}

impl Letter {
    /// Where among the characters so far, `end` of them, `mark` should stand.
    /// Gives a place before the end at most once per letter.
    fn place(&mut self, mark: char, end: usize) -> usize {
        if canonical_combining_class(mark) != ABOVE {
            return end;
        }
        match self.tones {
            Some((start, true)) if self.takes(mark) => {
                self.tones = Some((start, false));
                start
            }
            Some((start, only_tones)) => {
                self.tones = Some((start, only_tones && is_tone(mark)));
                end
            }
            None => {
                self.tones = Some((end, is_tone(mark)));
                end
            }
        }
    }

    /// Whether Vietnamese has this letter with this hat or breve.
    fn takes(&self, shape: char) -> bool {
        match self.base {
            'a' => is_shape(shape),
            'e' | 'o' => shape == '\u{302}',
            _ => false,
        }
    }
}

/// The combining class of marks above a letter.
const ABOVE: u8 = 230;

fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

fn is_shape(c: char) -> bool {
    matches!(c, '\u{302}' | '\u{306}')
}
