//! What the segmenter looks at, shared by trainer and predictor.
//!
//! A sentence is a strip of tokens between two edges. Border `b` lies
//! before token `b`; the model asks of each border whether the tokens on both
//! sides belong to one word. It sees three tokens to either side: all n-grams
//! of one to four tokens that touch the window, the letter cases around the
//! border, what the lexicon knows of the words that could cover it, end or
//! start at it, and the two decisions before it.

use super::decode::CONTEXTS;
use super::rows::RowKey;
use super::vocabulary::SyllableId;
use crate::token::{Case, Token, TokenKind};

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
#[cfg(feature = "train")]
pub fn may_join(left: &Token, right: &Token) -> bool {
    codes_may_join(case_code(left, false), case_code(right, false)) && right.gap < crate::token::Gap::Line
}

/// Calls `visit(first_border, length, key)` for every n-gram of two to four
/// tokens of `ids`, whose first and last are [`EDGE`](super::vocabulary::EDGE).
/// The weights of its row belong to the borders from `first_border` on. Longer
/// n-grams are asked for only where `visit` said that some start like the
/// shorter one. `growing` is a buffer.
#[cfg(feature = "train")]
pub fn for_each_ngram(ids: &[SyllableId], growing: &mut Vec<u32>, mut visit: impl FnMut(usize, NgramLength, RowKey) -> bool) {
    for_each_pair(ids, growing, |at, key| visit(at, 2, key));
    for length in 3..=MAX_NGRAM {
        let keys: Vec<RowKey> = longer_keys(ids, growing, length).collect();
        grow(growing, |nth, start| keys.get(nth).is_some_and(|key| visit(longer_border(start, length), length, *key)));
    }
}

/// The pairs among the n-grams: they come in the order of their borders.
/// `growing` gets those that longer ones start like.
///
/// All n-grams of one length come before those of the next: their rows do not
/// wait for each other, so the memory serves many at a time.
#[inline]
pub(super) fn for_each_pair(ids: &[SyllableId], growing: &mut Vec<u32>, mut visit: impl FnMut(usize, RowKey) -> bool) {
    growing.clear();
    growing.resize(ids.len(), 0);
    // Every start is written and only counted where it goes on growing: whether
    // it does cannot be foretold.
    let mut grown = 0;
    for (at, pair) in ids.windows(2).enumerate() {
        crate::work::count(1);
        // The strip of borders is shifted by one against the tokens, so that a
        // bigram at the left edge has a place for all its weights.
        let grows = visit(at, RowKey::new(pair));
        if let Some(slot) = growing.get_mut(grown) {
            *slot = at as u32;
        }
        grown += usize::from(grows);
    }
    growing.truncate(grown);
}

/// The keys of the n-grams of this length, three or more, that begin where
/// `growing` says. At the end of the sentence there may be fewer of them.
pub(super) fn longer_keys(ids: &[SyllableId], growing: &[u32], length: NgramLength) -> impl Iterator<Item = RowKey> {
    growing.iter().map_while(move |start| ids.get(*start as usize..*start as usize + length).map(RowKey::new))
}

/// The first border that sees the n-gram of three or more tokens from `start`.
pub(super) fn longer_border(start: usize, length: NgramLength) -> usize {
    start + length - 2
}

/// Leaves in `growing` the starts of which `visit(n, start)` says that a longer
/// n-gram begins there, too; `n` counts the starts.
#[inline]
pub(super) fn grow(growing: &mut Vec<u32>, mut visit: impl FnMut(usize, usize) -> bool) {
    let mut grown = 0;
    for nth in 0..growing.len() {
        let Some(start) = growing.get(nth).copied() else { break };
        crate::work::count(1);
        let grows = visit(nth, start as usize);
        if let Some(slot) = growing.get_mut(grown) {
            *slot = start;
        }
        grown += usize::from(grows);
    }
    growing.truncate(grown);
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

/// Index of the cases of two tokens to either side of a border.
pub fn case_window(cases: [CaseCode; 4]) -> usize {
    cases.iter().fold(0, |index, case| index << 3 | usize::from(*case))
}

/// Whether tokens of these codes could ever be joined on one line.
pub(super) fn codes_may_join(left: CaseCode, right: CaseCode) -> bool {
    (left != OTHER) & (right != OTHER)
}

/// Index of the cases beside a border.
pub(super) fn edge(left: CaseCode, right: CaseCode) -> usize {
    usize::from(left) << 3 | usize::from(right)
}

/// Index of the two decisions before a border and the cases beside it.
#[cfg(feature = "train")]
pub fn edge_index(context: usize, left: CaseCode, right: CaseCode) -> usize {
    context << 6 | edge(left, right)
}

/// How common the n-grams that start at a token are as words: two bits each
/// for those of two, three and four tokens; 0 is no word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WordsHere(u8);

impl WordsHere {
    /// Notes of what class, below 4, the n-gram of `length` tokens is.
    pub fn set(&mut self, length: NgramLength, class: u8) {
        self.0 |= (class & 3) << (2 * (length.clamp(2, MAX_NGRAM) - 2));
    }
}

/// Tokens at which a word may start that [`LexicalView`] sees: the one behind
/// the border and four before it.
pub(super) const SEEN: usize = 5;

/// A table of one part for each context, as one of rows for all contexts: one
/// look-up answers for all.
pub(super) fn by_context(table: &[i16]) -> Vec<[i16; CONTEXTS]> {
    let part = table.len() / CONTEXTS;
    let weight = |i: usize| table.get(i).copied().unwrap_or(0);
    (0..part).map(|i| std::array::from_fn(|context| weight(context.saturating_mul(part).saturating_add(i)))).collect()
}

/// By the classes of the words that could cover a border, two bits each in the
/// order of their worth: which one does. The longest counts; of two of one
/// length the one that starts earlier.
#[expect(clippy::indexing_slicing, reason = "computed by the compiler: an index past the end would not compile")]
const COVER: [u8; 1 << 12] = {
    // Where the bits of a word stand, the best word first: of four tokens from
    // three, two and one before the border, of three from two and one, of two.
    let shifts = [10, 8, 4, 6, 2, 0];
    let mut table = [0; 1 << 12];
    let mut i = 0;
    while i < table.len() {
        let mut place = 0;
        while place < shifts.len() && (i >> shifts[place]) & 3 == 0 {
            place += 1;
        }
        if place < shifts.len() {
            table[i] = ((i >> shifts[place]) & 3) as u8 + 3 * place as u8;
        }
        i += 1;
    }
    table
};

/// By three classes of two bits each, those of the shortest words last: the
/// length of the longest less one; 0 where there is none.
#[expect(clippy::indexing_slicing, reason = "computed by the compiler: an index past the end would not compile")]
const LONGEST: [u8; 1 << 6] = {
    let mut table = [0; 1 << 6];
    let mut i = 1;
    while i < table.len() {
        table[i] = i.ilog2() as u8 / 2 + 1;
        i += 1;
    }
    table
};

/// What the lexicon knows around one border, without the decisions before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LexicalView(usize);

impl LexicalView {
    /// The view from border `b`; `words` is parallel to the ids, `echo` says
    /// how the syllables beside the border echo each other.
    #[cfg(feature = "train")]
    pub fn new(words: &[WordsHere], echo: u8, b: usize) -> Self {
        // Near the edges of a sentence nothing starts beyond them.
        let here = std::array::from_fn(|i| (b + i).checked_sub(SEEN - 1).and_then(|at| words.get(at)).copied().unwrap_or_default());
        Self::of(here, echo)
    }

    /// The view from the border before the last of `words`.
    #[inline]
    pub(super) fn of(words: [WordsHere; SEEN], echo: u8) -> Self {
        let [WordsHere(fourth), WordsHere(third), WordsHere(second), WordsHere(first), WordsHere(behind)] = words;
        let covering = usize::from(first) | usize::from(second >> 2) << 6 | usize::from(third >> 4) << 10;
        let ending = second & 0x03 | third & 0x0c | fourth & 0x30;
        let cover = usize::from(COVER.get(covering).copied().unwrap_or(0));
        let longest = |classes: u8| usize::from(LONGEST.get(usize::from(classes)).copied().unwrap_or(0));
        Self(cover << 6 | longest(ending) << 4 | longest(behind) << 2 | usize::from(echo & 3))
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

#[cfg(feature = "train")]
/// The ids of a sentence between edges.
pub fn push_edge(ids: &mut Vec<SyllableId>, cases: &mut Vec<CaseCode>) {
    ids.push(super::vocabulary::EDGE);
    cases.push(OTHER);
}
