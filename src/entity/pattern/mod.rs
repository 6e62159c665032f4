//! Finds money, percentages, dates and quantities, with their values.
//!
//! Takes an article in NFC and gives [`Found`] mentions, sorted and disjoint.
//! No span cuts a word, a number or a character. Time is linear in the text
//! whatever it says: a pattern is tried only at a token that can open one, and
//! looks a bounded number of words around it. Which of a mention and
//! an overlapping name wins is left to the recognizer.
//!
//! The text decides by itself, sentence by sentence: nothing here is learned.
//! - [`number`]: digits, number words, grouping and decimal signs, ranges
//! - [`amount`]: money, percentages, quantities; [`unit`]: units of measure
//! - [`date`]: days, weekdays and parts of periods; [`period`]: months, quarters,
//!   years; [`numeric`]: dates in digits

#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

mod amount;
mod date;
mod number;
mod numeric;
mod period;
mod text;
mod unit;

use super::EntityKind;
use super::value::Value;
use crate::segment::vocabulary::{FIRST_SYLLABLE, SyllableId, Vocabulary, class_of};
use crate::token::{Token, TokenKind};

/// A mention and what it says.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// First byte in the text.
    pub(crate) start: usize,
    /// The byte after the last one.
    pub(crate) end: usize,
    /// Money, percent, date or quantity.
    pub(crate) kind: EntityKind,
    /// What it says; boxed, as it is large and found long before it is wanted.
    pub(crate) value: Box<Value>,
}

fn found(start: usize, end: usize, kind: EntityKind, value: Value) -> Found {
    Found { start, end, kind, value: Box::new(value) }
}

/// What the syllables of a vocabulary can open: one look-up turns almost every
/// token away.
#[derive(Debug)]
pub(crate) struct Openers {
    /// By number of syllable or class: whether a token of it may open anything.
    may_open: Vec<bool>,
    /// By syllable.
    known: Vec<Option<Head>>,
    /// Head words that the vocabulary lacks.
    others: Vec<(&'static str, Head)>,
    /// The bytes of the longest of those.
    longest: usize,
}

impl Openers {
    /// Those of `vocabulary`.
    pub(crate) fn new(vocabulary: &Vocabulary) -> Self {
        let (mut known, mut others) = (vec![None; vocabulary.len()], Vec::new());
        for (word, head) in HEADS {
            match vocabulary.get(word).and_then(|id| known.get_mut(syllable(id)?)) {
                Some(known) => *known = Some(*head),
                None => others.push((*word, *head)),
            }
        }
        let starts_with_digit = |at: usize| {
            let form = u16::try_from(at).ok().and_then(|at| vocabulary.form(FIRST_SYLLABLE.saturating_add(at)));
            form.is_some_and(|form| form.starts_with(|c: char| c.is_ascii_digit()))
        };
        let syllables = known.iter().enumerate().map(|(at, head)| head.is_some() || starts_with_digit(at));
        let classes = (0..FIRST_SYLLABLE).map(|class| MARKS.iter().all(|mark| class_of(*mark) != class));
        let may_open = classes.chain(syllables).collect();
        let longest = others.iter().map(|(word, _)| word.len()).max().unwrap_or(0);
        Self { may_open, known, others, longest }
    }

    /// What a token can open.
    #[inline]
    fn head(&self, text: &str, token: &Token, id: SyllableId) -> Option<Head> {
        if self.may_open.get(usize::from(id)).is_some_and(|may_open| !may_open) {
            return None;
        }
        match token.kind {
            TokenKind::Word => match syllable(id).and_then(|at| self.known.get(at)) {
                Some(known) => *known,
                None => self.other(text, token),
            },
            TokenKind::Number | TokenKind::Mixed => text::byte(text, token.start as usize).is_ascii_digit().then_some(Head::Digit),
            TokenKind::Currency => Some(Head::Currency),
            _ => None,
        }
    }

    fn other(&self, text: &str, token: &Token) -> Option<Head> {
        if token.of(text).len() > self.longest {
            return None;
        }
        let word = text::word_at(text, token.start as usize);
        self.others.iter().find(|(head, _)| word.as_str() == *head).map(|(_, head)| *head)
    }
}

/// The place of a syllable among the known ones.
#[inline]
fn syllable(id: SyllableId) -> Option<usize> {
    id.checked_sub(FIRST_SYLLABLE).map(usize::from)
}

/// Appends the mentions in a text with these tokens and syllables, sorted by
/// place and disjoint. A mention starts where a token does.
pub(crate) fn find(text: &str, (tokens, ids): (&[Token], &[SyllableId]), openers: &Openers, found: &mut Vec<Found>) {
    let from = found.len();
    let mut at = 0;
    for (token, id) in tokens.iter().zip(ids) {
        crate::work::count(1);
        let Some(head) = openers.head(text, token, *id) else { continue };
        let start = token.start as usize;
        if start < at || head != Head::Digit && cuts_a_word(text, token) {
            continue;
        }
        if let Some(mention) = open(text, start, head, found.get(from..).unwrap_or(&[])) {
            at = mention.end;
            found.push(mention);
        } else if head == Head::Digit {
            at = number::digits_end(text, start);
        }
    }
}

/// Tries the patterns that the word or sign at `start` can open.
fn open(text: &str, start: usize, head: Head, before: &[Found]) -> Option<Found> {
    let mention = match head {
        Head::Digit if is_glued(text, start) && !follows_slash(text, start, before) => None,
        Head::Digit => numeric::time_and_date(text, start)
            .or_else(|| amount::amount(text, start, before))
            .or_else(|| numeric::starts_with_digit(text, start, before)),
        Head::Currency => amount::money_after_sign(text, start),
        Head::Date => date::date(text, start),
        Head::DateOrNumber => date::date(text, start).or_else(|| amount::amount(text, start, before)),
        Head::Number => period::units_ago(text, start).or_else(|| amount::amount(text, start, before)),
    }?;
    // Never between a letter and its mark, never before the last mention.
    let cuts = text::char_at(text, mention.end).is_some_and(text::is_mark);
    let free = before.last().is_none_or(|last| last.end <= mention.start);
    (free && !cuts).then_some(mention)
}

/// "8GB/256GB": the slash behind a mention opens the next one.
fn follows_slash(text: &str, start: usize, before: &[Found]) -> bool {
    text::char_before(text, start) == Some('/')
        && before.last().is_some_and(|last| last.end.saturating_add(1) == start && last.kind != EntityKind::Date)
}

/// Whether the number at `start` belongs to something before it: "A-53",
/// "/2017", "v_2", "1:30".
fn is_glued(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or("");
    let mut chars = before.chars().rev();
    match chars.next() {
        Some('/' | '_' | '=' | '#' | '&' | '@' | '\\' | '+') => chars.next().is_some_and(|c| !c.is_whitespace()),
        Some(':') => chars.next().is_some_and(|c| c.is_ascii_digit()),
        Some('-' | '.' | '\'' | ',') => {
            let word = before.get(..before.len().saturating_sub(1)).unwrap_or("");
            // "Ấn Độ.5 tỷ" is glued text, "Cortex-53" and "No.1" are names;
            // a name has a capital, a digit or one letter before the sign.
            let tail = word.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            crate::work::count(tail.len());
            tail.chars().count() == 1
                || tail.ends_with(|c: char| c.is_ascii_digit())
                || (before.ends_with('-') && tail.starts_with(char::is_uppercase))
        }
        _ => false,
    }
}

// ---- head words

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Head {
    Date,
    /// "năm" is a year and five, "nửa" half of a year and half of a million.
    DateOrNumber,
    Number,
    /// A currency sign or code, or a word that starts one.
    Currency,
    Digit,
}

/// Frequent marks, which open nothing.
const MARKS: &[TokenKind] = &[
    TokenKind::Stop,
    TokenKind::Comma,
    TokenKind::Colon,
    TokenKind::Quote,
    TokenKind::QuoteOpen,
    TokenKind::QuoteClose,
    TokenKind::ParenOpen,
    TokenKind::ParenClose,
    TokenKind::Dash,
    TokenKind::Slash,
];

/// Lower case, as the vocabulary has them.
static HEADS: &[(&str, Head)] = &[
    ("ngày", Head::Date),
    ("hôm", Head::Date),
    ("tuần", Head::Date),
    ("tháng", Head::Date),
    ("quý", Head::Date),
    ("quí", Head::Date),
    ("năm", Head::DateOrNumber),
    ("niên", Head::Date),
    ("thập", Head::Date),
    ("thế", Head::Date),
    ("mùa", Head::Date),
    ("hè", Head::Date),
    ("sáng", Head::Date),
    ("trưa", Head::Date),
    ("chiều", Head::Date),
    ("tối", Head::Date),
    ("đêm", Head::Date),
    ("khuya", Head::Date),
    ("rạng", Head::Date),
    ("đầu", Head::Date),
    ("giữa", Head::Date),
    ("cuối", Head::Date),
    ("nửa", Head::DateOrNumber),
    ("trung", Head::Date),
    ("thượng", Head::Date),
    ("hạ", Head::Date),
    ("thứ", Head::Date),
    ("chủ", Head::Date),
    ("một", Head::Number),
    ("hai", Head::Number),
    ("ba", Head::Number),
    ("bốn", Head::Number),
    ("sáu", Head::Number),
    ("bảy", Head::Number),
    ("bẩy", Head::Number),
    ("tám", Head::Number),
    ("chín", Head::Number),
    ("mười", Head::Number),
    ("hàng", Head::Number),
    ("vài", Head::Number),
    ("chục", Head::Number),
    ("trăm", Head::Number),
    ("usd", Head::Currency),
    ("us", Head::Currency),
    ("hk", Head::Currency),
    ("nt", Head::Currency),
    ("s", Head::Currency),
    ("a", Head::Currency),
    ("c", Head::Currency),
    ("r", Head::Currency),
];

/// Whether letters go on behind a token.
fn cuts_a_word(text: &str, token: &Token) -> bool {
    token.kind == TokenKind::Word && text::char_at(text, token.end as usize).is_some_and(|c| text::lower_letter(c).is_some())
}

/// Appends the mentions in `text`, with no vocabulary.
#[cfg(test)]
pub(crate) fn find_in(text: &str, found: &mut Vec<Found>) {
    let mut tokens = Vec::new();
    crate::token::tokenize(text, &mut tokens);
    let ids = vec![0; tokens.len()];
    find(text, (&tokens, &ids), &Openers::new(&Vocabulary::new([])), found);
}

#[cfg(test)]
mod tests;
