//! How much a sentence looks like a picture caption.
//!
//! Captions name what is seen ("Chiếc X tại sự kiện Y.") and seldom say what
//! happened; they often repeat in other words what a sentence beside them
//! says, and stand where no sentence of the body would. Which words and places
//! do so is learned from articles whose captions are known apart from their
//! bodies. Logistic regression over hashed words, pairs of words and facts
//! about the place; integer weights in units of 2⁻⁸.
//!
//! Promises: work linear in the tokens; a sentence is compared with at most
//! [`WINDOW`] sentences on each side.

use crate::error::Error;
use crate::hashed;
use crate::model::wire::Reader;
use crate::segment::vocabulary::SyllableId;
use crate::sentence::TokenRange;
use crate::token::{Case, Gap, Token, TokenKind};

/// Size of the table of weights: one half for single facts, one for pairs of
/// words, so that the many pairs do not blur the few facts.
pub const CAPTION_WEIGHTS: usize = 1 << 16;

/// The learned weights.
#[derive(Debug)]
pub struct CaptionWords {
    weights: Vec<i16>,
}

impl CaptionWords {
    /// Reads `CAPTION_WEIGHTS` numbers of 16 bits.
    #[warn(clippy::arithmetic_side_effects)]
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new("captions", bytes);
        let weights = reader.i16s(CAPTION_WEIGHTS)?;
        reader.end()?;
        Ok(Self { weights })
    }

    /// The logarithm of the odds that this sentence is a caption, in units of
    /// 2⁻⁸.
    pub(crate) fn score(&self, tokens: &[Token], ids: &[SyllableId], setting: &Setting) -> i32 {
        let mut sum = 0;
        features(tokens, ids, setting, |f| sum += i32::from(self.weights.get(f).copied().unwrap_or(0)));
        sum
    }
}

/// What a sentence's place tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Setting {
    /// How it stands among the lines: 0 the text has but one line, 1 it shares
    /// its line, 2 it is alone on its line like nearly all, 3 it is alone on
    /// its line and others are not.
    line: u8,
    /// How much of it stands in the next sentence, in eighths.
    in_next: u8,
    /// How much of it stands in one of the sentences around it, in eighths.
    in_others: u8,
    /// How much of it stands in the first sentence of the text, in eighths.
    in_title: u8,
    /// Whether the text came without its full stops, so that the lack of one
    /// says nothing.
    without_stops: bool,
}

impl Setting {
    /// Whether the sentence is alone on its line and others are not.
    pub(crate) fn is_set_apart(&self) -> bool {
        self.line == 3
    }

    /// Whether the lack of a full stop says something.
    pub(crate) fn has_stops(&self) -> bool {
        !self.without_stops
    }

    /// Whether the sentence says what one beside it says.
    pub(crate) fn repeats_neighbour(&self) -> bool {
        self.in_others >= 3
    }

    /// Whether the sentence says what the title says.
    pub(crate) fn repeats_title(&self) -> bool {
        self.in_title >= 3
    }
}

/// Fewest tokens of a sentence too long for a heading.
const LONG: usize = 18;

/// How many sentences on each side a sentence is compared with.
const WINDOW: usize = 6;

/// Sentences at the start that none is compared with: title and lede, which
/// the body's first sentences repeat as a matter of course.
const OPENING: usize = 2;

/// Which pairs of syllables a sentence has, as a set that may confuse some.
#[derive(Debug, Default)]
struct Pairs {
    bits: [u64; 8],
    /// How many bits are set: each sentence is compared with a dozen others.
    all: u32,
}

impl Pairs {
    /// How many bits both have. All words are counted, those without a bit too:
    /// which ones have none cannot be guessed.
    fn in_common(&self, other: &Self) -> u32 {
        self.bits.iter().zip(&other.bits).map(|(a, b)| (a & b).count_ones()).sum()
    }

    /// How many eighths of the bits these are.
    fn eighths(&self, bits: u32) -> u8 {
        (bits * 8 / self.all.max(4)) as u8
    }
}

/// The settings of all sentences of a text.
pub fn settings(tokens: &[Token], ids: &[SyllableId], sentences: &[TokenRange]) -> Vec<Setting> {
    let pairs: Vec<Pairs> = sentences.iter().map(|range| pairs(ids.get(range.clone()).unwrap_or(&[]))).collect();
    let most = most_in_common(&pairs);
    let shared = |i: usize, j: usize| pairs.get(i).zip(pairs.get(j)).map_or(0, |(a, b)| a.eighths(a.in_common(b)));
    let starts = |i: usize| sentences.get(i).is_none_or(|r| tokens.get(r.start).is_none_or(|t| t.gap >= Gap::Line));
    let alone = (0..sentences.len()).filter(|i| starts(*i) && starts(i + 1)).count();
    let lines = (0..sentences.len()).filter(|i| starts(*i)).count();
    let ends = |r: &TokenRange| tokens.get(r.clone()).and_then(<[Token]>::last).is_some_and(|t| t.kind.ends_sentence() || t.kind.closes());
    // Headings are short and have no full stop; long sentences tell.
    let long = sentences.iter().filter(|r| r.len() >= LONG);
    let (long, open) = long.fold((0, 0), |(long, open), r| (long + 1, open + usize::from(!ends(r))));
    let setting = |i: usize| Setting {
        line: match (lines, starts(i) && starts(i + 1)) {
            (0 | 1, _) => 0,
            (_, false) => 1,
            _ if alone * 5 > sentences.len() * 4 => 2,
            _ => 3,
        },
        in_next: if i < OPENING { 0 } else { shared(i, i + 1) },
        in_others: pairs.get(i).zip(most.get(i)).map_or(0, |(pairs, most)| pairs.eighths(*most)),
        in_title: if i == 0 { 0 } else { shared(i, 0) },
        without_stops: open * 3 > long,
    };
    (0..sentences.len()).map(setting).collect()
}

fn pairs(ids: &[SyllableId]) -> Pairs {
    let mut set = Pairs::default();
    for pair in ids.windows(2) {
        if let [a, b] = pair {
            let mixed = (u64::from(*a) << 16 | u64::from(*b)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 55;
            if let Some(word) = set.bits.get_mut((mixed >> 6) as usize) {
                *word |= 1 << (mixed & 63);
            }
        }
    }
    set.all = set.bits.iter().map(|word| word.count_ones()).sum();
    set
}

/// How much each sentence has in common with that of the sentences around it
/// with which it has most.
fn most_in_common(pairs: &[Pairs]) -> Vec<u32> {
    let mut most = vec![0; pairs.len()];
    for (i, a) in pairs.iter().enumerate() {
        let mut most_of_a = 0;
        // Those before it have been compared with it already.
        for (b, most_of_b) in pairs.iter().zip(&mut most).skip(i + 1).take(WINDOW) {
            let both = a.in_common(b);
            most_of_a = both.max(most_of_a);
            *most_of_b = (*most_of_b).max(if i < OPENING { 0 } else { both });
        }
        if let Some(most) = most.get_mut(i) {
            *most = most_of_a.max(*most);
        }
    }
    most
}

/// Longest stretch of a sentence that is looked at, in tokens.
const LONGEST: usize = 80;

/// Calls `visit` with the index of each feature of a sentence.
pub fn features(tokens: &[Token], ids: &[SyllableId], setting: &Setting, mut visit: impl FnMut(usize)) {
    let ids = ids.get(..ids.len().min(LONGEST)).unwrap_or(ids);
    let at = |i: usize| ids.get(i).map_or(0, |id| u64::from(*id));
    let capitals = tokens.iter().filter(|t| t.is_capitalized() || t.case == Case::Mixed).count();
    let ends = u64::from(setting.without_stops || tokens.last().is_some_and(|t| t.kind.ends_sentence()));
    let length = (tokens.len() as u64).min(60) / 4;
    let share = (capitals * 8 / tokens.len().max(1)) as u64;
    visit(fact(0, 0, 0));
    visit(fact(1, length, ends));
    visit(fact(2, at(0), 0));
    visit(pair(3, at(0), at(1)));
    visit(pair(4, at(ids.len().wrapping_sub(2)), at(ids.len().wrapping_sub(1))));
    visit(fact(5, share, length / 2));
    visit(fact(10, u64::from(setting.in_next), 0));
    visit(fact(11, u64::from(setting.in_others), length / 3));
    visit(fact(13, quotes(tokens), ends));
    visit(fact(14, share, ends << 8 | u64::from(setting.in_others)));
    let mut word = |here: u64, behind: u64| {
        visit(fact(6, here, 0));
        visit(pair(7, here, behind));
    };
    for both in ids.windows(2) {
        if let [here, behind] = both {
            word(u64::from(*here), u64::from(*behind));
        }
    }
    if let Some(last) = ids.last() {
        word(u64::from(*last), 0);
    }
}

/// Whether the sentence has quotation marks, commas, digits.
fn quotes(tokens: &[Token]) -> u64 {
    tokens.iter().take(LONGEST).fold(0, |seen, token| {
        seen | match token.kind {
            TokenKind::Quote | TokenKind::QuoteOpen => 1,
            TokenKind::Comma => 2,
            TokenKind::Number => 4,
            TokenKind::Colon => 8,
            TokenKind::ParenOpen => 16,
            _ => 0,
        }
    })
}

/// Index of a single fact, in the first half of the table.
fn fact(kind: u64, a: u64, b: u64) -> usize {
    hashed::fact(CAPTION_WEIGHTS, kind, a, b)
}

/// Index of a pair of words, in the second half.
fn pair(kind: u64, a: u64, b: u64) -> usize {
    hashed::pair(CAPTION_WEIGHTS, kind, a, b)
}
