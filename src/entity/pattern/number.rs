//! Numbers as Vietnamese news writes them: digits, words, scales, ranges.
//!
//! Takes a position, gives a [`Numeral`]: one number or a range, with the
//! scale words behind it, not yet a value, because how "1.200" reads depends
//! on the unit that follows. [`Numeral::amount`] settles it:
//!
//! | written | reads as |
//! |---|---|
//! | `22.990.000`, `1,299,000` | groups of three, all with one sign: grouping |
//! | `2.946,62`, `1,299.99` | two signs: the last one, standing once, is the decimal one |
//! | `1,5`, `2.3`, `8.55` | one sign, other than three digits behind it: decimal |
//! | `0,125`, `0.125` | a zero in front: decimal |
//! | `1.200 đồng`, `4.000 mAh`, `1.200 tỷ` | point and three digits: grouping |
//! | `1,299 USD`, `3,505 mAh` | comma and three digits: grouping, for money and most units |
//! | `1,234 tỷ`, `99,982%` | comma and three digits before a scale word or percent sign: decimal |
//! | `2.265 GHz`, `6,125 inch` | either sign before a unit that never comes in thousands: decimal |
//! | `99.982%`, `1.200%` | point in a percentage: decimal where two or three digits stand before it |
//! | `1.2.3`, `192.168.1.1` | no number |

#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

use super::text::{Word, byte, char_at, char_before, is_word_end, next_word_if, skip_blanks, word_at, word_if};
use crate::entity::value::{Amount, Decimal};
use crate::span::slice;

/// Longest run of digits and signs read as a number, in bytes.
const MAX_DIGITS: usize = 28;

/// How a sign before exactly three digits reads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Grouping: "1.200 đồng", "1,299 USD".
    Grouped,
    /// Decimal: "2.265 GHz".
    Decimal,
    /// Percentages: see the table above.
    Percent,
}

/// One number of a numeral.
#[derive(Clone, Copy)]
struct Part {
    /// Where its digits stand; empty where it is written in words.
    digits: (usize, usize),
    /// Its value in words ("hai mươi", "nửa", "hàng triệu"), low and high.
    words: (Decimal, Decimal),
    /// The power of ten of its scale words: 9 for "tỷ".
    scale: u8,
    /// What "1 tỷ 200 triệu" or "2 triệu rưỡi" adds.
    extra: Decimal,
    end: usize,
}

/// A number or a range, with its scale words.
#[derive(Clone, Copy)]
pub(super) struct Numeral {
    low: Part,
    high: Option<Part>,
    pub(super) end: usize,
}

impl Numeral {
    /// Whether it is written in words, not digits.
    pub(super) fn is_words(&self) -> bool {
        self.low.digits.0 == self.low.digits.1
    }

    /// Whether a scale word belongs to it.
    pub(super) fn is_scaled(&self) -> bool {
        self.last().scale > 0 || self.low.scale > 0
    }

    /// The first number alone, for "30%-50%" and for a range that fails.
    pub(super) fn first(&self) -> Numeral {
        Numeral { high: None, end: self.low.end, ..*self }
    }

    pub(super) fn is_range(&self) -> bool {
        self.high.is_some()
    }

    fn last(&self) -> &Part {
        self.high.as_ref().unwrap_or(&self.low)
    }

    /// The value, once the unit behind it has said how to read it; `None` for
    /// digits that are no number, or a range that falls.
    pub(super) fn amount(&self, text: &str, reading: Reading) -> Option<Amount> {
        let Some(last) = &self.high else {
            let (low, high) = self.low.value(text, reading, self.low.scale)?;
            return Some(Amount { low, high });
        };
        let (_, high) = last.value(text, reading, last.scale)?;
        // "10-15 triệu": the scale behind the second number is the first one's too.
        let scale = if self.low.scale == 0 { last.scale } else { self.low.scale };
        let (low, _) = self.low.value(text, reading, scale)?;
        (low < high).then_some(Amount { low, high })
    }
}

impl Part {
    fn value(&self, text: &str, reading: Reading, scale: u8) -> Option<(Decimal, Decimal)> {
        let scaled = |d: Decimal| {
            if scale == 0 && self.extra == Decimal::ZERO {
                return Some(d);
            }
            let power = Decimal::new(10i128.checked_pow(u32::from(scale))?, 0)?;
            d.checked_mul(power)?.checked_add(self.extra)
        };
        let digits = slice(text, self.digits.0..self.digits.1);
        if digits.is_empty() {
            return Some((scaled(self.words.0)?, scaled(self.words.1)?));
        }
        let one = scaled(read_digits(digits, reading, scale > 0)?)?;
        Some((one, one))
    }
}

/// The value of a run of digits, points and commas, by the table above.
fn read_digits(digits: &str, reading: Reading, scaled: bool) -> Option<Decimal> {
    let last_sign = digits.rfind(['.', ',']);
    let Some(at) = last_sign else {
        return digits.parse::<i128>().ok().and_then(|d| Decimal::new(d, 0));
    };
    let sign = byte(digits, at);
    let (whole, fraction) = (slice(digits, 0..at), slice(digits, at.saturating_add(1)..digits.len()));
    let decimal = if !whole.contains(['.', ',']) {
        fraction.len() != 3 || whole.starts_with('0') || whole.len() > 3 || is_decimal_sign(sign, whole, reading, scaled)
    } else if whole.bytes().any(|b| b == sign) {
        // The sign stands twice: grouping throughout.
        return grouped(digits, sign);
    } else {
        true
    };
    if !decimal {
        return grouped(digits, sign);
    }
    let whole = if whole.contains(['.', ',']) { grouped(whole, if sign == b'.' { b',' } else { b'.' })? } else { whole_number(whole)? };
    let scale = u8::try_from(fraction.len()).ok()?;
    let digits = whole.digits().checked_mul(10i128.checked_pow(u32::from(scale))?)?;
    Decimal::new(digits.checked_add(fraction.parse().ok()?)?, scale)
}

/// Whether one sign before exactly three digits is the decimal one.
fn is_decimal_sign(sign: u8, whole: &str, reading: Reading, scaled: bool) -> bool {
    match reading {
        Reading::Decimal => true,
        Reading::Percent => sign == b',' || whole.len() > 1,
        Reading::Grouped => scaled && sign == b',',
    }
}

/// Digits in groups of three, one to three in the first.
fn grouped(digits: &str, sign: u8) -> Option<Decimal> {
    let mut value: i128 = 0;
    for (i, group) in digits.split(char::from(sign)).enumerate() {
        let fits = if i == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 };
        if !fits {
            return None;
        }
        value = value.checked_mul(1000)?.checked_add(group.parse().ok()?)?;
    }
    Decimal::new(value, 0)
}

fn whole_number(digits: &str) -> Option<Decimal> {
    Decimal::new(digits.parse().ok()?, 0)
}

/// The end of the run of digits and single signs between digits at `at`,
/// however long.
pub(super) fn digits_end(text: &str, at: usize) -> usize {
    let mut end = at;
    loop {
        match byte(text, end) {
            b'0'..=b'9' => end = end.saturating_add(1),
            b'.' | b',' if end > at && byte(text, end.saturating_add(1)).is_ascii_digit() => end = end.saturating_add(1),
            _ => return end,
        }
    }
}

/// The numeral at `at`.
pub(super) fn numeral(text: &str, at: usize) -> Option<Numeral> {
    let low = part(text, at)?;
    let alone = Numeral { low, high: None, end: low.end };
    let high = range_sign(text, low.end).and_then(|at| part(text, at));
    let Some(high) = high.filter(|high| (high.digits.0 == high.digits.1) == alone.is_words()) else {
        return Some(alone);
    };
    let range = Numeral { low, high: Some(high), end: high.end };
    // A range must rise, read either way.
    let rises = range.amount(text, Reading::Grouped).is_some() || range.amount(text, Reading::Decimal).is_some();
    Some(if rises { range } else { alone })
}

/// The place after "-", "–", " - ", "~", "đến", "tới".
pub(super) fn range_sign(text: &str, at: usize) -> Option<usize> {
    let sign = skip_blanks(text, at);
    if let Some(dash @ ('-' | '–' | '~' | '—')) = char_at(text, sign) {
        return Some(skip_blanks(text, sign.saturating_add(dash.len_utf8())));
    }
    let word = word_if(text, sign, b"t\xC4");
    (sign > at && matches!(word.as_str(), "đến" | "tới")).then(|| skip_blanks(text, word.end))
}

/// One number with its scale words.
fn part(text: &str, at: usize) -> Option<Part> {
    let mut part = if byte(text, at).is_ascii_digit() { digits_part(text, at)? } else { words_part(text, at)? };
    let (scale, end) = scales(text, part.end);
    part.scale = part.scale.checked_add(scale)?;
    part.end = end;
    if scale > 0 {
        add_rest(text, &mut part, scale);
    }
    Some(part)
}

fn digits_part(text: &str, at: usize) -> Option<Part> {
    let end = digits_end(text, at);
    // A sign or a letter glued in front makes it a model, a version, a path.
    let glued = char_before(text, at).is_some_and(|c| c.is_ascii_digit() || c == '_');
    if end.saturating_sub(at) > MAX_DIGITS || glued {
        return None;
    }
    Some(Part { digits: (at, end), words: (Decimal::ZERO, Decimal::ZERO), scale: 0, extra: Decimal::ZERO, end })
}

/// The scale words at `at`, multiplied ("nghìn tỷ" is 12), and their end.
fn scales(text: &str, at: usize) -> (u8, usize) {
    let (mut total, mut end) = (0u8, at);
    for _ in 0..3 {
        let word = next_word_if(text, end, b"ctnv");
        match scale_of(word.as_str()) {
            Some(scale) if is_word_end(text, word.end) => {
                total = total.saturating_add(scale);
                end = word.end;
            }
            _ => break,
        }
    }
    (total, end)
}

fn scale_of(word: &str) -> Option<u8> {
    Some(match word {
        "chục" => 1,
        "trăm" => 2,
        "nghìn" | "ngàn" => 3,
        "vạn" => 4,
        "triệu" | "tr" => 6,
        "tỷ" | "tỉ" => 9,
        _ => return None,
    })
}

/// "1 tỷ 200 triệu", "5 triệu 990 nghìn", "2 triệu rưỡi".
fn add_rest(text: &str, part: &mut Part, scale: u8) {
    let rưỡi = next_word_if(text, part.end, b"r");
    if rưỡi.as_str() == "rưỡi" {
        if let Some(half) = 10i128.checked_pow(u32::from(scale)).and_then(|d| Decimal::new(d / 2, 0)) {
            part.extra = half;
            part.end = rưỡi.end;
        }
        return;
    }
    let at = skip_blanks(text, part.end);
    let end = digits_end(text, at);
    let (lower, rest_end) = scales(text, end);
    if end == at || end.saturating_sub(at) > 3 || lower == 0 || lower >= scale {
        return;
    }
    let one = 10i128.checked_pow(u32::from(lower));
    let digits = slice(text, at..end).parse::<i128>().ok().zip(one).and_then(|(digits, one)| digits.checked_mul(one));
    if let Some(rest) = digits.and_then(|digits| Decimal::new(digits, 0)) {
        part.extra = rest;
        part.end = rest_end;
    }
}

/// "hai mươi lăm", "nửa", "vài", "hàng", "chục".
fn words_part(text: &str, at: usize) -> Option<Part> {
    let word = word_at(text, at);
    let exact = |value: u32, end| (i128::from(value), i128::from(value), 0, end);
    let (low, high, places, end) = match word.as_str() {
        "nửa" => (5, 5, 1, word.end),
        "vài" | "mấy" => (2, 9, 0, word.end),
        // One order of magnitude: "hàng triệu" is from one to ten million.
        "hàng" => (1, 10, 0, word.end),
        "chục" | "trăm" => exact(1, word.start),
        _ => {
            let (value, end) = cardinal_of(text, &word)?;
            exact(value, end)
        }
    };
    let words = (Decimal::new(low, places)?, Decimal::new(high, places)?);
    // These four mean nothing without a scale word.
    let needs_scale = matches!(word.as_str(), "hàng" | "nửa" | "vài" | "mấy");
    if needs_scale && scales(text, end).0 == 0 {
        return None;
    }
    Some(Part { digits: (at, at), words, scale: 0, extra: Decimal::ZERO, end })
}

/// A number in words up to ninety-nine, "hai mươi lăm", and its end.
pub(super) fn cardinal(text: &str, at: usize) -> Option<(u32, usize)> {
    cardinal_of(text, &word_at(text, at))
}

/// That which starts with the word `first`.
#[expect(clippy::arithmetic_side_effects, reason = "a digit is at most 10: no result above 110")]
fn cardinal_of(text: &str, first: &Word) -> Option<(u32, usize)> {
    let ones = digit_of(first.as_str())?;
    if ones == 10 {
        let second = next_word_if(text, first.end, LAST_DIGITS);
        return Some(match last_digit_of(second.as_str()) {
            Some(digit) if digit != 1 || second.as_str() == "một" => (10 + digit, second.end),
            _ => (10, first.end),
        });
    }
    // Most are "một", which stands before no tens.
    if ones < 2 {
        return Some((ones, first.end));
    }
    let tens = next_word_if(text, first.end, b"m");
    if tens.as_str() != "mươi" {
        return Some((ones, first.end));
    }
    let last = next_word_if(text, tens.end, LAST_DIGITS);
    Some(match last_digit_of(last.as_str()) {
        Some(digit) => (ones * 10 + digit, last.end),
        None => (ones * 10, tens.end),
    })
}

fn digit_of(word: &str) -> Option<u32> {
    Some(match word {
        "một" => 1,
        "hai" => 2,
        "ba" => 3,
        "bốn" => 4,
        "năm" => 5,
        "sáu" => 6,
        "bảy" | "bẩy" => 7,
        "tám" => 8,
        "chín" => 9,
        "mười" => 10,
        _ => return None,
    })
}

/// First letters of what [`last_digit_of`] knows.
const LAST_DIGITS: &[u8] = b"bchlmnst";

/// The digit behind "mười" or "mươi".
fn last_digit_of(word: &str) -> Option<u32> {
    match word {
        "mốt" => Some(1),
        "tư" => Some(4),
        "lăm" | "nhăm" => Some(5),
        "mười" | "năm" => None,
        _ => digit_of(word),
    }
}
