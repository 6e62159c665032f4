//! What the segmenter looks at, shared by trainer and predictor.
//!
//! A sentence is a strip of tokens between two [`EDGE`]s. Border `b` lies
//! before token `b`; the model asks of each border whether the tokens on both
//! sides belong to one word. It sees three tokens to either side: all n-grams
//! of one to four tokens that touch the window, the letter cases around the
//! border, what the lexicon knows of the words that could cover it, end or
//! start at it, and the two decisions before it.

use super::decode::CONTEXTS;
use super::rows::RowKey;
use super::vocabulary::{EDGE, SyllableId};
use crate::token::{Case, Gap, Token, TokenKind};

/// Borders that a token's own weights reach: two before it, the one at it and
/// three after.
pub const UNIGRAM_BORDERS: usize = 6;

/// Longest n-gram with a row.
pub const MAX_NGRAM: usize = 4;

/// Code of the letter case and kind of a token, below 8.
pub type CaseCode = u8;

const OTHER: CaseCode = 0;
const TITLE: CaseCode = 2;
const MIXED: CaseCode = 5;
const NUMBER: CaseCode = 6;
const FIRST_TITLE: CaseCode = 7;

/// Size of the table indexed by [`case_window`].
pub const CASE_WINDOWS: usize = 1 << 12;

/// Size of the table indexed by [`edge_index`].
pub const EDGES: usize = 4 * 64;

/// Size of the table indexed by [`LexicalView::index`].
pub const LEXICAL: usize = 4 * COVERS * 16 * 4;

const COVERS: usize = 19;

/// The case code of a token; `first` where it begins a sentence.
pub fn case_code(token: &Token, first: bool) -> CaseCode {
    match (token.kind, token.case) {
        (TokenKind::Number | TokenKind::Mixed, _) => NUMBER,
        (TokenKind::Word | TokenKind::Abbreviation | TokenKind::Foreign, case) => match case {
            Case::None | Case::Lower => 1,
            Case::Title if first => FIRST_TITLE,
            Case::Title => TITLE,
            Case::Upper => 3,
            Case::Initial => 4,
            Case::Mixed => MIXED,
        },
        _ => OTHER,
    }
}

/// Whether a word could ever join the two tokens.
pub fn may_join(left: &Token, right: &Token) -> bool {
    let part =
        |t: &Token| matches!(t.kind, TokenKind::Word | TokenKind::Abbreviation | TokenKind::Mixed | TokenKind::Number | TokenKind::Foreign);
    part(left) && part(right) && right.gap < Gap::Line
}

/// Calls `visit(first_border, length, key)` for every n-gram of two to four
/// tokens of `ids`, whose first and last are [`EDGE`]. The weights of its row
/// belong to the borders from `first_border` on. Longer n-grams are asked for
/// only where `visit` said that some start like the shorter one.
///
/// All n-grams of one length come before those of the next: their rows do not
/// wait for each other, so the memory serves many at a time. `growing` is a
/// buffer.
pub fn for_each_ngram(ids: &[SyllableId], growing: &mut Vec<u32>, mut visit: impl FnMut(usize, NgramLength, RowKey) -> bool) {
    growing.clear();
    for (at, pair) in ids.windows(2).enumerate() {
        crate::work::count(1);
        // The strip of borders is shifted by one against the tokens, so that a
        // bigram at the left edge has a place for all its weights.
        if visit(at, 2, RowKey::new(pair)) {
            growing.push(at as u32);
        }
    }
    for length in 3..=MAX_NGRAM {
        growing.retain(|at| {
            let at = *at as usize;
            crate::work::count(1);
            ids.get(at..at + length).is_some_and(|ngram| visit(at + length - 2, length, RowKey::new(ngram)))
        });
    }
}

/// Tokens in an n-gram.
pub type NgramLength = usize;

/// How many borders see an n-gram of this length.
pub const fn borders_seen(length: NgramLength) -> usize {
    7 - length
}

/// Keys of the rows that tie a syllable to the cases around a border, asked
/// only where both sides are capitalized: is "Hải Phòng" one name or two?
pub fn capital_keys(left: (SyllableId, CaseCode), right: (SyllableId, CaseCode)) -> Option<[RowKey; 2]> {
    let capital = |case: CaseCode| (TITLE..=MIXED).contains(&case) || case == FIRST_TITLE;
    if !capital(left.1) || !capital(right.1) {
        return None;
    }
    let cases = 0xff00 | u16::from(left.1) << 4 | u16::from(right.1);
    Some([RowKey::new(&[left.0, cases]), RowKey::new(&[cases, right.0])])
}

/// Index of the cases of two tokens to either side of border `b`; `cases` has
/// an edge on both ends as the ids have.
pub fn case_window(cases: &[CaseCode], b: usize) -> usize {
    let at = |i: usize| usize::from(cases.get(i).copied().unwrap_or(OTHER));
    at(b.wrapping_sub(2)) << 9 | at(b.wrapping_sub(1)) << 6 | at(b) << 3 | at(b + 1)
}

/// Index of the two decisions before border `b` and the cases beside it.
pub fn edge_index(context: usize, cases: &[CaseCode], b: usize) -> usize {
    let at = |i: usize| usize::from(cases.get(i).copied().unwrap_or(OTHER));
    context << 6 | at(b.wrapping_sub(1)) << 3 | at(b)
}

/// How common the n-grams that start at a token are as words; 0 is no word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WordsHere {
    /// Classes of the words of two, three and four tokens.
    pub classes: [u8; 3],
}

/// Tokens at which a word may start that [`LexicalView`] sees.
const SEEN: usize = 5;

/// A table of one part for each context, as one of rows for all contexts: one
/// look-up answers for all.
pub(super) fn by_context(table: &[i16]) -> Vec<[i16; CONTEXTS]> {
    let part = table.len() / CONTEXTS;
    let weight = |i: usize| table.get(i).copied().unwrap_or(0);
    (0..part).map(|i| std::array::from_fn(|context| weight(context.saturating_mul(part).saturating_add(i)))).collect()
}

/// What the lexicon knows around one border, without the decisions before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LexicalView(usize);

impl LexicalView {
    /// The view from border `b`; `words` is parallel to the ids, `echo` says
    /// how the syllables beside the border echo each other.
    pub fn new(words: &[WordsHere], echo: u8, b: usize) -> Self {
        let here: [WordsHere; SEEN] = match b.checked_sub(SEEN - 1).and_then(|from| words.get(from..)?.first_chunk()) {
            Some(here) => *here,
            // Near the edges of a sentence nothing starts beyond them.
            None => std::array::from_fn(|i| (b + i).checked_sub(SEEN - 1).and_then(|at| words.get(at)).copied().unwrap_or_default()),
        };
        let class = |back: usize, length: usize| -> usize {
            let start = here.get(SEEN - 1 - back).and_then(|w| w.classes.get(length - 2));
            usize::from(start.copied().unwrap_or(0))
        };
        // The last that is found counts: longest last; of two of one length the
        // one that starts earlier. No branch, as none can be foretold.
        let mut cover = 0;
        for (place, (length, back)) in [(4, 3), (4, 2), (4, 1), (3, 2), (3, 1), (2, 1)].into_iter().enumerate().rev() {
            let found = class(back, length);
            cover = if found > 0 { found + 3 * place } else { cover };
        }
        let longest = |back: fn(usize) -> usize| (2..=4).fold(0, |top, n| if class(back(n), n) > 0 { n - 1 } else { top });
        let (end, start) = (longest(|n| n), longest(|_| 0));
        Self((cover << 4 | end << 2 | start) << 2 | usize::from(echo & 3))
    }

    /// Index into the table of lexical weights after the decisions `context`.
    #[cfg(feature = "train")]
    pub fn index(self, context: usize) -> usize {
        context * (COVERS * 16 * 4) + self.0
    }

    /// Index into the same table by context.
    pub(super) fn number(self) -> usize {
        self.0
    }
}

/// The ids of a sentence between edges.
pub fn push_edge(ids: &mut Vec<SyllableId>, cases: &mut Vec<CaseCode>) {
    ids.push(EDGE);
    cases.push(OTHER);
}
