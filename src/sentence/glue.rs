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
use crate::hashed;
use crate::model::wire::Reader;
use crate::segment::vocabulary::{FIRST_SYLLABLE, SyllableId};
use crate::token::{Case, Gap, Token, TokenKind};

/// Size of the table of weights: one half for single facts, one for pairs of
/// syllables, so that the many pairs do not blur the few facts.
pub const GLUE_WEIGHTS: usize = 1 << 17;

/// How many tokens to the left are searched for repetitions.
const REACH: usize = 60;

/// How many tokens to the right are searched for on the left.
const PREVIEW: usize = 16;

/// Longest sentence that is looked at, in tokens; longer ones are lists or
/// tables, and no title is.
const LONGEST: usize = 200;

/// The learned weights, and the sums of those that always come together: a
/// place asks eleven times and not twenty: a sixth of the time of this file.
#[derive(Debug)]
pub struct Glue {
    weights: Vec<i16>,
    /// By role and the classes of the lengths to both sides.
    lengths: Vec<i32>,
    /// By role, what is repeated and the class of the length to the left.
    repetitions: Vec<i32>,
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

/// Least score of a border, in units of 2⁻⁸ of log odds. Most texts of one line
/// do open with a title, and one run into its lede is worse than one cut short.
const LEAST_AFTER_TITLE: i32 = -200;

/// Elsewhere hidden borders are rarer than in training, and a sentence split
/// in error is lost to the summary; see `tools/record/structure.md`.
const LEAST_ELSEWHERE: i32 = 512;

impl Glue {
    /// Reads `GLUE_WEIGHTS` numbers of 16 bits.
    #[warn(clippy::arithmetic_side_effects)]
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new("hidden borders", bytes);
        let weights = reader.i16s(GLUE_WEIGHTS)?;
        reader.end()?;
        let lengths = sums_by_class(&weights, BUCKETS, length_features);
        let repetitions = sums_by_class(&weights, REPETITIONS, repetition_features);
        Ok(Self { lengths, repetitions, weights })
    }

    /// Appends the `marked` sentences to `sentences`, those that hide a border
    /// in pieces.
    pub(crate) fn split(
        &self,
        tokens: &[Token],
        ids: &[SyllableId],
        marked: Vec<TokenRange>,
        title: &Title<'_>,
        sentences: &mut Vec<TokenRange>,
    ) {
        let mut pieces = Vec::new();
        for (i, range) in marked.into_iter().enumerate() {
            let opens = matches!(title, Title::MayOpen) && i == 0 && !is_line_without_mark(tokens, &range);
            // The one to look at next is the last. Each round takes one out or
            // puts two smaller ones in.
            pieces.push(range);
            while let Some(range) = pieces.pop() {
                let first = opens && range.start == 0;
                match self.border(tokens, ids, range.clone(), first, title) {
                    Some(at) => pieces.extend([at..range.end, range.start..at]),
                    None => sentences.push(range),
                }
            }
        }
    }

    fn border(&self, tokens: &[Token], ids: &[SyllableId], range: TokenRange, first: bool, title: &Title<'_>) -> Option<usize> {
        let start = range.start;
        crate::work::count(range.len());
        let candidate = Candidate { tokens: tokens.get(range.clone())?, ids: ids.get(range)?, first };
        let repeated = title.repeated_by(&candidate);
        let sentence = self.sum(candidate.sentence_features());
        let mut marks = MarksBefore::default();
        let (at, score) = candidate
            .places()
            .map(|at| {
                let sum = sentence + self.score(&candidate, at, marks.code(candidate.tokens, at));
                (at, if repeated == Some(at) { sum + REPEATED } else { sum })
            })
            .max_by_key(|(at, score)| (*score, std::cmp::Reverse(*at)))?;
        let least = if first { LEAST_AFTER_TITLE } else { LEAST_ELSEWHERE };
        (score > least).then_some(start + at)
    }

    /// The score of a place, without what is the same all over the sentence.
    fn score(&self, candidate: &Candidate<'_>, at: usize, marks: u64) -> i32 {
        let (role, left, right) = (usize::from(candidate.first), candidate.left(at) as usize, candidate.right(at) as usize);
        let repetition = candidate.repetition(at) as usize;
        let of_lengths = self.lengths.get((role * BUCKETS + left) * BUCKETS + right);
        let of_repetition = self.repetitions.get((role * REPETITIONS + repetition) * BUCKETS + left);
        let known = of_lengths.copied().unwrap_or(0) + of_repetition.copied().unwrap_or(0);
        known + self.sum(candidate.place_features(at, marks))
    }

    /// The sum of the weights of some features.
    fn sum(&self, features: impl IntoIterator<Item = usize>) -> i32 {
        features.into_iter().map(|feature| weight(&self.weights, feature)).sum()
    }
}

/// By role, class of the first kind and class of length: the sum of the weights
/// of some features.
fn sums_by_class<const N: usize>(weights: &[i16], classes: usize, features: fn(u64, u64, u64) -> [usize; N]) -> Vec<i32> {
    let all =
        (0..2).flat_map(|role| (0..classes as u64).flat_map(move |class| (0..BUCKETS as u64).map(move |length| (role, class, length))));
    all.map(|(role, class, length)| features(role, class, length).map(|feature| weight(weights, feature)).iter().sum()).collect()
}

fn weight(weights: &[i16], feature: usize) -> i32 {
    i32::from(weights.get(feature).copied().unwrap_or(0))
}

/// What is known of the title of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Title<'d> {
    /// It may open the text's first sentence.
    MayOpen,
    /// It was given apart: its tokens and their numbers.
    Given(&'d [Token], &'d [SyllableId]),
}

/// Fewest words of a title that no sentence begins with by chance.
const LEAST_REPEATED: usize = 5;

/// What a title said again adds to the log odds of a border behind it, in units
/// of 2⁻⁸. Of the raw articles whose body begins with the title, it parts
/// "…xuống vách núi | Một tổ chức…" and not "…cựu Thủ tướng Canada Jean Chretien".
const REPEATED: i32 = 1408;

impl Title<'_> {
    /// Where the sentence goes on behind the whole title, if it begins with it:
    /// some crawls put the title in front of the body once more.
    fn repeated_by(&self, sentence: &Candidate<'_>) -> Option<usize> {
        let Title::Given(tokens, ids) = self else { return None };
        let mut words = tokens.iter().zip(*ids).filter(|(t, _)| t.kind.is_wordlike());
        let mut count = 0_usize;
        for (at, (token, id)) in sentence.tokens.iter().zip(sentence.ids).enumerate() {
            crate::work::count(1);
            if !token.kind.is_wordlike() {
                continue;
            }
            match words.next() {
                Some(word) if is_same(word, (token, id)) => count += 1,
                Some(_) => return None,
                None => return (count >= LEAST_REPEATED).then_some(at),
            }
        }
        None
    }
}

/// Whether a sentence ends with its line and without a mark: a title by
/// itself, not one run into the lede.
fn is_line_without_mark(tokens: &[Token], range: &TokenRange) -> bool {
    let open = tokens.get(range.clone()).and_then(<[Token]>::last).is_some_and(|t| t.kind.is_wordlike());
    open && tokens.get(range.end).is_some_and(|t| t.gap >= Gap::Line)
}

/// Kinds that a text may end with before a hidden border.
const ENDS: u32 = TokenKind::Word.bit()
    | TokenKind::Abbreviation.bit()
    | TokenKind::Mixed.bit()
    | TokenKind::Number.bit()
    | TokenKind::Address.bit()
    | TokenKind::Handle.bit()
    | TokenKind::Foreign.bit()
    | TokenKind::QuoteClose.bit()
    | TokenKind::Quote.bit()
    | TokenKind::ParenClose.bit()
    | TokenKind::Percent.bit()
    | TokenKind::Ellipsis.bit()
    | TokenKind::Exclamation.bit()
    | TokenKind::Question.bit();

/// Kinds that a text may begin with behind a hidden border.
const STARTS: u32 = TokenKind::Number.bit() | TokenKind::Mixed.bit() | TokenKind::QuoteOpen.bit() | TokenKind::Quote.bit();

/// The same of words with a capital.
const STARTS_IN_CAPITALS: u32 = TokenKind::Word.bit() | TokenKind::Abbreviation.bit();

impl Candidate<'_> {
    /// Positions in the sentence where another text could begin.
    pub fn places(&self) -> impl Iterator<Item = usize> + '_ {
        let length = if self.tokens.len() > LONGEST { 0 } else { self.tokens.len() };
        (1..length).filter(|at| self.is_place(*at))
    }

    fn is_place(&self, at: usize) -> bool {
        let (Some(left), Some(right)) = (self.tokens.get(at - 1), self.tokens.get(at)) else { return false };
        let is_capital = !matches!(right.case, Case::None | Case::Lower);
        let starts = right.kind.is_in(STARTS) | (right.kind.is_in(STARTS_IN_CAPITALS) & is_capital);
        left.kind.is_in(ENDS) & starts
    }

    /// Calls `visit` with the index of each feature of the place `at`.
    #[cfg(feature = "train")]
    pub fn features(&self, at: usize, mut visit: impl FnMut(usize)) {
        let role = u64::from(self.first);
        let marks = MarksBefore::default().code(self.tokens, at);
        self.sentence_features().into_iter().for_each(&mut visit);
        length_features(role, self.left(at), self.right(at)).into_iter().for_each(&mut visit);
        repetition_features(role, self.repetition(at), self.left(at)).into_iter().for_each(&mut visit);
        self.place_features(at, marks).for_each(visit);
    }

    /// Features that are the same at all places of the sentence.
    fn sentence_features(&self) -> [usize; 3] {
        let (first, length) = (self.ids.first().map_or(0, |id| u64::from(*id)), bucket(self.tokens.len()));
        [self.fact(0, 0, 0), self.fact(10, self.ending(), length), self.fact(18, first, 0)]
    }

    /// Features of one place, those of lengths and repetitions aside; `marks` is
    /// what [`MarksBefore`] says of it.
    #[inline]
    fn place_features(&self, at: usize, marks: u64) -> impl Iterator<Item = usize> {
        let role = u64::from(self.first);
        let id = |i: usize| self.ids.get(i).map_or(0, |id| u64::from(*id));
        let before = |n: usize| if n <= at { id(at - n) } else { 0 };
        let (here, last) = (id(at), before(1));
        let (cases, kinds) = (self.case_pattern(at), self.kinds(at));
        let (run, behind) = self.run_from(at);
        let glued = self.tokens.get(at).is_some_and(|t| t.gap == Gap::None);
        let always = [
            self.fact(1, here, 0),
            self.fact(3, last, 0),
            self.fact(6, cases, 0),
            self.fact(13, u64::from(glued), kinds),
            self.fact(14, self.ending(), cases & 0x1ff),
            self.fact(15, marks, 0),
            self.fact(16, kinds, cases >> 9),
            self.fact(17, run, behind),
            pair(2 << 1 | role, here, id(at + 1)),
            pair(4 << 1 | role, before(2), last),
            pair(5 << 1 | role, last, here),
        ];
        let of_first = self.first.then(|| self.fact(19, self.shared(at), self.left(at) / 3));
        always.into_iter().chain(of_first)
    }

    fn fact(&self, kind: u64, a: u64, b: u64) -> usize {
        fact(kind << 1 | u64::from(self.first), a, b)
    }

    /// The class of the length to the left of a place.
    fn left(&self, at: usize) -> u64 {
        bucket(at)
    }

    /// The class of the length from a place on.
    fn right(&self, at: usize) -> u64 {
        bucket(self.tokens.len() - at.min(self.tokens.len()))
    }

    /// How many capitals stand in a row from the place on, and the number of
    /// the first small word behind them: "Microsoft vừa", "Travis Kalanick là".
    fn run_from(&self, at: usize) -> (u64, u64) {
        let rest = self.tokens.get(at..(at + 6).min(self.tokens.len())).unwrap_or(&[]);
        let run = rest.iter().take_while(|t| t.case != Case::Lower).count();
        (run as u64, self.ids.get(at + run).map_or(0, |id| u64::from(*id)))
    }

    /// The kinds of the tokens on both sides.
    fn kinds(&self, at: usize) -> u64 {
        let kind = |i: Option<usize>| i.and_then(|i| self.tokens.get(i)).map_or(31, |t| t.kind as u64);
        kind(at.checked_sub(1)) << 5 | kind(Some(at))
    }

    /// How many syllables of the next tokens stand to the left already.
    fn shared(&self, at: usize) -> u64 {
        let left = self.ids.get(at.saturating_sub(REACH)..at).unwrap_or(&[]);
        let right = self.ids.get(at..(at + PREVIEW).min(self.ids.len())).unwrap_or(&[]);
        right.iter().filter(|id| **id >= FIRST_SYLLABLE && left.contains(id)).count() as u64
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
        if self.tokens.get(at).is_none_or(|t| t.case == Case::Lower || !t.kind.is_wordlike()) {
            return 0;
        }
        let (mut one, mut two) = (false, false);
        // Mostly the number is not there at all, which one look over them tells.
        let left = self.ids.get(at.saturating_sub(REACH)..at).unwrap_or(&[]);
        if self.ids.get(at).is_none_or(|here| !left.contains(here) && self.ids.first() != Some(here)) {
            crate::work::count(left.len());
            return 0;
        }
        for i in at.saturating_sub(REACH)..at {
            crate::work::count(1);
            let same = self.is_same(i, at);
            one |= same;
            two |= same && self.is_same(i + 1, at + 1);
        }
        u64::from(one) | u64::from(two) << 1 | u64::from(self.is_same(0, at)) << 2
    }

    fn is_same(&self, i: usize, j: usize) -> bool {
        let at = |i: usize| self.tokens.get(i).zip(self.ids.get(i));
        at(i).zip(at(j)).is_some_and(|(a, b)| is_same(a, b))
    }
}

/// Features of the classes of the lengths to both sides of a place.
fn length_features(role: u64, left: u64, right: u64) -> [usize; 3] {
    [fact(7 << 1 | role, left, 0), fact(8 << 1 | role, right, 0), fact(9 << 1 | role, left, right)]
}

/// Features of what is repeated, and of the length to the left beside it.
fn repetition_features(role: u64, repetition: u64, left: u64) -> [usize; 2] {
    [fact(11 << 1 | role, repetition, 0), fact(12 << 1 | role, repetition, left)]
}

/// Commas to the left of a place, and whether a bracket or a quotation is open
/// there. Read on from one place to the next while all that is to the left is
/// seen.
#[derive(Debug, Default)]
struct MarksBefore {
    read: usize,
    commas: u64,
    quotes: u64,
    open: u64,
    colons: u64,
}

impl MarksBefore {
    /// What stands before the place `at`, which is behind the one asked for last.
    fn code(&mut self, tokens: &[Token], at: usize) -> u64 {
        if at > REACH {
            *self = Self { read: at - REACH, ..Self::default() };
        }
        for token in tokens.get(self.read..at).unwrap_or(&[]) {
            self.read_mark(token.kind);
        }
        self.read = at;
        self.commas.min(3) << 3 | self.quotes << 2 | self.open.min(1) << 1 | self.colons
    }

    fn read_mark(&mut self, kind: TokenKind) {
        match kind {
            TokenKind::Comma => self.commas += 1,
            TokenKind::Quote => self.quotes ^= 1,
            TokenKind::QuoteOpen | TokenKind::ParenOpen => self.open += 1,
            TokenKind::QuoteClose | TokenKind::ParenClose => self.open = self.open.saturating_sub(1),
            TokenKind::Colon => self.colons = 1,
            _ => {}
        }
    }
}

/// Whether two tokens are the same syllable; of words that have no number of
/// their own, whether they are as long and cased alike.
fn is_same((token, id): (&Token, &SyllableId), (other, other_id): (&Token, &SyllableId)) -> bool {
    let shape = |t: &Token| (t.end - t.start, t.case, t.kind);
    id == other_id && (*id >= FIRST_SYLLABLE || shape(token) == shape(other))
}

/// How many classes [`bucket`] has.
const BUCKETS: usize = 19;

/// How many answers [`Candidate::repetition`] has.
const REPETITIONS: usize = 8;

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

/// Index of a single fact, in the first half of the table.
fn fact(kind: u64, a: u64, b: u64) -> usize {
    hashed::fact(GLUE_WEIGHTS, kind, a, b)
}

/// Index of a pair of syllables, in the second half.
fn pair(kind: u64, a: u64, b: u64) -> usize {
    hashed::pair(GLUE_WEIGHTS, kind, a, b)
}
