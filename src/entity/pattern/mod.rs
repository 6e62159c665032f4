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
    /// What it says.
    pub(crate) value: Value,
}

fn found(start: usize, end: usize, kind: EntityKind, value: Value) -> Found {
    Found { start, end, kind, value }
}

/// Appends the mentions in a text with these tokens, sorted by place and
/// disjoint. A mention starts where a token does.
pub(crate) fn find(text: &str, tokens: &[Token], found: &mut Vec<Found>) {
    let from = found.len();
    let mut at = 0;
    for token in tokens {
        crate::work::count(1);
        let start = token.start as usize;
        let Some(head) = head(text, token).filter(|_| start >= at) else {
            continue;
        };
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

/// Lower case; [`text::word_at`] folds the text's own.
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

/// The head words by [`slot`]: the first one of each slot, and the next one
/// behind each. Almost every other word is turned away by one look-up.
static SLOTS: ([u8; 4096], [u8; HEADS.len()]) = slots();

/// Ends a chain of [`SLOTS`].
const NONE: u8 = u8::MAX;

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "computed by the compiler: what does not fit would not compile"
)]
const fn slots() -> ([u8; 4096], [u8; HEADS.len()]) {
    assert!(HEADS.len() < NONE as usize);
    let mut first = [NONE; 4096];
    let mut next = [NONE; HEADS.len()];
    let mut i = 0;
    while i < HEADS.len() {
        let word = HEADS[i].0.as_bytes();
        let mut head = 0;
        let mut at = word.len();
        while at > 0 {
            at -= 1;
            head = head << 8 | word[at] as u64;
        }
        let slot = slot(head, word.len());
        next[i] = first[slot];
        first[slot] = i as u8;
        i += 1;
    }
    (first, next)
}

/// A bit in each byte of a word of the machine.
const EACH: u64 = 0x0101_0101_0101_0101;

/// The lowest bit of each of eight bytes that is `byte`, and perhaps of some
/// above the first of them.
#[expect(clippy::arithmetic_side_effects, reason = "EACH times a byte fills no more than eight bytes")]
const fn lowest_bits(bytes: u64, byte: u8) -> u64 {
    let other = bytes ^ (byte as u64 * EACH);
    (other.wrapping_sub(EACH) & !other & (0x80 * EACH)) >> 7
}

/// The slot of a word of `len` bytes of which these are the first eight, the
/// first one lowest; the same for both cases of its letters: those of ASCII
/// differ in bit 5, "đ" and most accented letters in their last byte's bits 0 or
/// 5, "Ư" and "ư" are 0xC6 with 0xAF and with 0xB0.
const fn slot(bytes: u64, len: usize) -> usize {
    let bytes = if len < 8 { bytes & !u64::MAX.wrapping_shl(len.wrapping_mul(8) as u32) } else { bytes };
    let is_horn = lowest_bits(bytes, 0xAF) & (lowest_bits(bytes, 0xC6) << 8);
    let folded = (bytes ^ is_horn.wrapping_mul(0xAF ^ 0xB0)) & (0xDE * EACH);
    ((folded ^ (len as u64)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 52) as usize
}

/// What a token can open.
#[inline]
fn head(text: &str, token: &Token) -> Option<Head> {
    let start = token.start as usize;
    match token.kind {
        TokenKind::Word => word_head(text, start, token.end as usize),
        TokenKind::Number | TokenKind::Mixed => text::byte(text, start).is_ascii_digit().then_some(Head::Digit),
        TokenKind::Currency => Some(Head::Currency),
        _ => None,
    }
}

/// What the word `start..end` can open.
#[inline]
fn word_head(text: &str, start: usize, end: usize) -> Option<Head> {
    let slot = slot(eight(text.as_bytes(), start), end.saturating_sub(start));
    let mut index = *SLOTS.0.get(slot)?;
    if index == NONE {
        return None;
    }
    let word = text::word_at(text, start);
    while let Some((head, kind)) = HEADS.get(usize::from(index)) {
        if word.as_str() == *head && word.end == end {
            return Some(*kind);
        }
        index = SLOTS.1.get(usize::from(index)).copied().unwrap_or(NONE);
    }
    None
}

/// The eight bytes from `start` on, zeros behind the end.
fn eight(bytes: &[u8], start: usize) -> u64 {
    let rest = bytes.get(start..).unwrap_or(&[]);
    match rest.first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => rest.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)),
    }
}

#[cfg(test)]
mod tests;
