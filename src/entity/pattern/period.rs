//! Periods: weeks, months, quarters, years, seasons, decades, centuries.
//!
//! Takes the place of a unit's name or of a count before one, gives the date
//! that starts there: "tháng 9/2018", "quý III", "năm ngoái", "thế kỷ 21", "3
//! năm trước", "6 tháng đầu năm". A unit that is counted ("5 năm qua"), that
//! repeats ("mỗi tháng") or that is relative to another point than the
//! publication ("năm sau đó") is no date. Parts of periods and the open year
//! are left to [`date`](super::date).

#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

use super::Found;
use super::date::{Read, date_found};
use super::number::{cardinal, range_sign};
use super::numeric::{decade_of, year, year_spec};
use super::text::{
    Word, byte, integer, is_clause_end, is_word_end, next_word, next_word_if, skip_blanks, skip_words, word_at, word_before,
};
use crate::entity::value::{Anchor, DateUnit, DateValue, Season};
use crate::span::slice;

/// What opens with "tuần", "tháng", "quý", "năm", "mùa", "thế kỷ"…
pub(super) fn period(text: &str, word: &Word) -> Option<Read> {
    match word.as_str() {
        "tuần" => relative_period(text, word.start, word.end, DateUnit::Week),
        "tháng" => month(text, word.end).or_else(|| relative_period(text, word.start, word.end, DateUnit::Month)),
        // "ông Phạm Sỹ Quý sau…" is a name.
        "quý" | "quí" => quarter(text, word.end).or_else(|| {
            if word.capital && word_before(text, word.start).capital {
                None
            } else {
                relative_period(text, word.start, word.end, DateUnit::Quarter)
            }
        }),
        "năm" => named_year(text, word).or_else(|| relative_period(text, word.start, word.end, DateUnit::Year)),
        "thập" => decade(text, word),
        "thế" => century(text, word),
        "mùa" => season(text, word.end, skip_blanks(text, word.end)),
        "hè" => season(text, word.start, word.start),
        "niên" => school_year(text, skip_words(text, word.end, &["khóa"]).or_else(|| skip_words(text, word.end, &["khoá"]))?),
        _ => None,
    }
}

/// Behind a unit: "trước", "này", "tới", "vừa qua"; how many units from now.
pub(super) fn relative_word(text: &str, at: usize) -> Option<(i32, usize)> {
    let next = next_word(text, at);
    let offset = match next.as_str() {
        "trước" | "qua" | "rồi" => -1,
        "này" => 0,
        "tới" | "sau" => 1,
        "vừa" => {
            let second = next_word(text, next.end);
            return matches!(second.as_str(), "qua" | "rồi").then_some((-1, second.end));
        }
        _ => return None,
    };
    Some((offset, next.end))
}

/// "tuần trước", "năm ngoái", "tháng này"; the unit's name is `start..end`.
fn relative_period(text: &str, start: usize, end: usize, unit: DateUnit) -> Option<Read> {
    let next = next_word(text, end);
    let (offset, end) = match (unit, next.as_str()) {
        (DateUnit::Year, "ngoái") => (-1, next.end),
        (DateUnit::Year, "nay") => (0, next.end),
        (DateUnit::Year, "kia" | "kìa") => (-2, next.end),
        (DateUnit::Year, "này") => return None,
        _ => relative_word(text, end)?,
    };
    let after = next_word(text, end);
    // Relative to another point: "năm sau đó", "tuần trước khi".
    let other_point = matches!(after.as_str(), "đó" | "khi" | "nữa" | "ấy" | "lúc");
    // "iPhone 7 năm ngoái" counts nothing: these words never stand behind a number of years.
    let single = matches!(next.as_str(), "ngoái" | "nay" | "kia");
    (!other_point && (single || !is_counted(text, start))).then_some((DateValue::Relative { unit, offset, part: None }, end))
}

/// Whether a count or a repetition stands before a unit: "nhiều năm trước",
/// "mỗi tháng này", "5 năm qua".
fn is_counted(text: &str, start: usize) -> bool {
    #[rustfmt::skip]
    const COUNTS: &[&str] = &[
        "nhiều", "vài", "mấy", "mỗi", "những", "các", "hàng", "từng", "suốt", "bao", "nửa", "rưỡi", "chục", "trăm", "nghìn", "ngàn", "triệu", "tỷ", "tỉ",
        "một", "hai", "ba", "bốn", "sáu", "bảy", "tám", "chín", "mười", "lăm", "mươi",
    ];
    follows_digit(text, start) || COUNTS.contains(&word_before(text, start).as_str())
}

/// Whether a number in digits stands right before `at`.
pub(super) fn follows_digit(text: &str, at: usize) -> bool {
    slice(text, 0..at).trim_end_matches(' ').ends_with(|c: char| c.is_ascii_digit())
}

/// Behind "tháng": "9", "9/2018", "9-10/2015", "một", "11 năm ngoái".
fn month(text: &str, at: usize) -> Option<Read> {
    let place = skip_blanks(text, at);
    let (first, end) = month_number(text, place)?;
    if let Some(read) = month_range(text, first, end) {
        return Some(read);
    }
    let (year, end) = year_spec(text, end)
        .or_else(|| skip_words(text, end, &["này"]).map(|end| (Anchor::Offset(0), end)))
        .unwrap_or((Anchor::Nearest, end));
    // "tháng 10/10" or "tháng 3.5" is no month.
    let cut = matches!(byte(text, end), b'/' | b'.' | b'-') && byte(text, end.saturating_add(1)).is_ascii_digit();
    (!cut && is_word_end(text, end)).then_some((DateValue::Month { year, month: first, part: None }, end))
}

/// "9-10/2015", "6 đến tháng 8"'s first form only: the unit stands once.
fn month_range(text: &str, first: u8, at: usize) -> Option<Read> {
    let place = range_sign(text, at)?;
    let (last, end) = integer(text, place, 2)?;
    let last = u8::try_from(last).ok().filter(|last| first < *last && *last <= 12)?;
    let (year, end) = year_spec(text, end).unwrap_or((Anchor::Nearest, end));
    let cut = matches!(byte(text, end), b'/' | b'.' | b'-' | b',') && byte(text, end.saturating_add(1)).is_ascii_digit();
    // "tháng 6 đến 8 triệu" counts something.
    let follows = is_clause_end(text, end) || year != Anchor::Nearest || byte(text, at) == b'-';
    let of = |month| Box::new(DateValue::Month { year, month, part: None });
    (!cut && follows && is_word_end(text, end)).then(|| (DateValue::Range { from: of(first), to: of(last) }, end))
}

/// "9", "một", "mười hai", "giêng".
pub(super) fn month_number(text: &str, at: usize) -> Option<(u8, usize)> {
    if let Some((number, end)) = integer(text, at, 2) {
        return u8::try_from(number).ok().filter(|n| (1..=12).contains(n)).map(|n| (n, end));
    }
    let word = word_at(text, at);
    match word.as_str() {
        "giêng" => return Some((1, word.end)),
        "chạp" => return Some((12, word.end)),
        "tư" => return Some((4, word.end)),
        _ => {}
    }
    let (number, end) = cardinal(text, at)?;
    // "tháng năm" before digits is "a month, year", not May; capitals are names.
    let number = u8::try_from(number).ok().filter(|n| *n <= 12)?;
    let may_be_year = word.as_str() == "năm" && byte(text, skip_blanks(text, end)).is_ascii_digit();
    (!may_be_year && is_word_end(text, end)).then_some((number, end))
}

/// Behind "quý": "I", "3/2016", "đầu năm nay".
fn quarter(text: &str, at: usize) -> Option<Read> {
    let place = skip_blanks(text, at);
    let (quarter, end) = quarter_number(text, place)?;
    let (year, end) = year_spec(text, end).unwrap_or((Anchor::Nearest, end));
    is_word_end(text, end).then_some((DateValue::Quarter { year, quarter, part: None }, end))
}

fn quarter_number(text: &str, at: usize) -> Option<(u8, usize)> {
    if let Some((number, end)) = integer(text, at, 1) {
        return u8::try_from(number).ok().filter(|n| (1..=4).contains(n)).map(|n| (n, end));
    }
    let word = word_at(text, at);
    Some(match (word.as_str(), word.capital) {
        ("i", true) | ("một", _) => (1, word.end),
        ("ii", true) | ("hai", _) => (2, word.end),
        ("iii", true) | ("ba", _) => (3, word.end),
        ("iv", true) | ("tư" | "bốn", _) => (4, word.end),
        ("đầu" | "cuối", _) => {
            let tail = skip_words(text, word.end, &["tiên"]).unwrap_or(word.end);
            let tail = skip_words(text, tail, &["của"]).unwrap_or(tail);
            // The year must follow, and stays for the caller to read.
            year_spec(text, tail)?;
            (if word.as_str() == "đầu" { 1 } else { 4 }, tail)
        }
        _ => return None,
    })
}

/// "năm 2015", "năm 1985-2001", "những năm 90", "năm học 2016-2017", "năm tài chính 2018".
fn named_year(text: &str, word: &Word) -> Option<Read> {
    let place = skip_blanks(text, word.end);
    if byte(text, place).is_ascii_digit() {
        let decade = decade_of(text, place).filter(|_| word_before(text, word.start).as_str() == "những");
        return match decade {
            Some((first_year, end)) => Some((DateValue::Decade { first_year, part: None }, end)),
            None => years(text, place),
        };
    }
    let of = word_at(text, place);
    match of.as_str() {
        "học" => school_year(text, of.end),
        "tài" => {
            let next = next_word(text, of.end);
            matches!(next.as_str(), "chính" | "khóa" | "khoá").then(|| school_year(text, next.end))?
        }
        _ => None,
    }
}

/// "2016-2017" or "2018".
fn school_year(text: &str, at: usize) -> Option<Read> {
    years(text, skip_blanks(text, at))
}

/// One year, or a range of two joined by a dash or a slash.
pub(super) fn years(text: &str, at: usize) -> Option<Read> {
    let (first, end) = year(text, at)?;
    let value = |year| DateValue::Year { year, part: None };
    let sign = skip_blanks(text, end);
    let dash = if byte(text, sign) == b'/' {
        Some(sign.saturating_add(1))
    } else {
        range_sign(text, end).filter(|_| word_at(text, sign).as_str().is_empty())
    };
    let second = dash.and_then(|place| year(text, place)).filter(|(second, _)| *second > first && *second < first.saturating_add(200));
    Some(match second {
        Some((second, end)) => (DateValue::Range { from: Box::new(value(first)), to: Box::new(value(second)) }, end),
        None => (value(first), end),
    })
}

/// "thập niên 2020", "thập kỷ 90", "thập kỷ này".
fn decade(text: &str, word: &Word) -> Option<Read> {
    let unit = next_word(text, word.end);
    if !matches!(unit.as_str(), "niên" | "kỷ" | "kỉ") {
        return None;
    }
    if let Some((first_year, end)) = decade_of(text, skip_blanks(text, unit.end)) {
        return Some((DateValue::Decade { first_year, part: None }, end));
    }
    this_or_next(text, word, &unit, DateUnit::Decade)
}

/// "thế kỷ 21", "thế kỷ XIX", "thế kỷ trước".
fn century(text: &str, word: &Word) -> Option<Read> {
    let unit = next_word(text, word.end);
    if !matches!(unit.as_str(), "kỷ" | "kỉ") {
        return None;
    }
    let place = skip_blanks(text, unit.end);
    let place = skip_words(text, unit.end, &["thứ"]).map_or(place, |end| skip_blanks(text, end));
    let number = integer(text, place, 2).or_else(|| roman(text, place)).filter(|(n, end)| (1..=30).contains(n) && is_word_end(text, *end));
    match number {
        Some((number, end)) => Some((DateValue::Century { century: i32::try_from(number).ok()?, part: None }, end)),
        None => this_or_next(text, word, &unit, DateUnit::Century),
    }
}

/// "thế kỷ trước", "thập kỷ này"; not "hai thập kỷ trước", "thập kỷ qua".
fn this_or_next(text: &str, word: &Word, unit: &Word, of: DateUnit) -> Option<Read> {
    let next = next_word(text, unit.end);
    let passing = matches!(next.as_str(), "qua" | "vừa");
    if passing { None } else { relative_period(text, word.start, unit.end, of) }
}

fn roman(text: &str, at: usize) -> Option<(u32, usize)> {
    let word = word_at(text, at);
    let value = |c: char| match c {
        'i' => 1,
        'v' => 5,
        'x' => 10,
        _ => 0,
    };
    let letters: Vec<u32> = word.as_str().chars().map(value).collect();
    if letters.is_empty() || letters.contains(&0) || !word.capital {
        return None;
    }
    let next = letters.iter().skip(1).chain([&0]);
    let (plus, minus) = letters.iter().zip(next).fold((0_u32, 0_u32), |(plus, minus), (a, b)| {
        if a < b { (plus, minus.saturating_add(*a)) } else { (plus.saturating_add(*a), minus) }
    });
    Some((plus.checked_sub(minus)?, word.end))
}

/// "hè 2017", "thu này", "xuân năm nay", behind "mùa" or alone; a season of
/// no year is no date.
fn season(text: &str, at: usize, place: usize) -> Option<Read> {
    let word = word_at(text, place);
    let season = match word.as_str() {
        "xuân" => Season::Spring,
        "hè" | "hạ" => Season::Summer,
        "thu" => Season::Autumn,
        "đông" => Season::Winter,
        _ => return None,
    };
    let (year, end) = year_spec(text, word.end)
        .or_else(|| year(text, skip_blanks(text, word.end)).map(|(year, end)| (Anchor::Known(year), end)))
        .or_else(|| {
            relative_word(text, word.end)
                .filter(|_| at != place || season == Season::Summer)
                .map(|(offset, end)| (Anchor::Offset(offset), end))
        })?;
    Some((DateValue::Season { year, season, part: None }, end))
}

// ---- counted back

/// "3 năm trước", "một tháng trước", "6 tháng đầu năm 2017".
pub(super) fn units_ago(text: &str, at: usize) -> Option<Found> {
    let (count, end) = integer(text, at, 3).or_else(|| cardinal(text, at))?;
    let word = next_word_if(text, end, b"ntq");
    let unit = match word.as_str() {
        "ngày" => DateUnit::Day,
        "tuần" => DateUnit::Week,
        "tháng" => DateUnit::Month,
        "quý" | "quí" => DateUnit::Quarter,
        "năm" => DateUnit::Year,
        "thập" => DateUnit::Decade,
        _ => return None,
    };
    let unit_end = if unit == DateUnit::Decade { skip_words(text, word.end, &["kỷ"])? } else { word.end };
    if let Some((value, end)) = months_of_year(text, count, unit, unit_end) {
        return Some(date_found(text, at, end, value));
    }
    let end = skip_words(text, unit_end, &["trước"])?;
    let end = skip_words(text, end, &["đây"]).unwrap_or(end);
    let offset = i32::try_from(count).ok().filter(|n| *n > 0)?.checked_neg()?;
    ends_ago(text, end).then(|| date_found(text, at, end, DateValue::Relative { unit, offset, part: None }))
}

/// Whether "trước" here means "ago": no event follows that it is before of.
fn ends_ago(text: &str, at: usize) -> bool {
    const GO_ON: &[&str] = &[
        "và", "của", "tại", "ở", "đã", "cho", "thì", "là", "nhưng", "với", "trên", "do", "bởi", "vẫn", "chỉ", "còn", "để", "khiến", "rằng",
        "mà", "cũng", "không", "từ", "có", "nên", "tôi", "ông", "anh", "chị", "cô", "bà", "họ", "chúng", "trong", "vì", "theo", "nhằm",
        "bị", "được", "về", "như", "đến",
    ];
    is_clause_end(text, at) || GO_ON.contains(&next_word(text, at).as_str())
}

/// "6 tháng đầu năm", "9 tháng đầu năm 2017", "3 tháng cuối năm nay".
fn months_of_year(text: &str, count: u32, unit: DateUnit, at: usize) -> Option<Read> {
    let months = u8::try_from(if unit == DateUnit::Quarter { count.checked_mul(3)? } else { count }).ok()?;
    let which = next_word(text, at);
    let early = match which.as_str() {
        "đầu" => true,
        "cuối" => false,
        _ => return None,
    };
    if !matches!(unit, DateUnit::Month | DateUnit::Quarter) || !(1..12).contains(&months) {
        return None;
    }
    let tail = skip_words(text, which.end, &["tiên"]).unwrap_or(which.end);
    let tail = skip_words(text, tail, &["của"]).unwrap_or(tail);
    let (year, end) = year_spec(text, tail).or_else(|| skip_words(text, tail, &["năm"]).map(|end| (Anchor::Offset(0), end)))?;
    let of = |month| Box::new(DateValue::Month { year, month, part: None });
    let (first, last) = if early { (1, months) } else { (13_u8.saturating_sub(months), 12) };
    Some((DateValue::Range { from: of(first), to: of(last) }, end))
}
