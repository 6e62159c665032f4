//! Dates in digits: "30/9", "12-6-2019", "15h30 ngày 20 tháng 5", "2016-2020".
//!
//! Takes the place of a digit, gives the date that starts there. Behind a head
//! word ("ngày", "sáng") any of "/", "-", "." separates; without one, a day and
//! month stand for a date only where something says so: a year, brackets, a
//! preposition of time, or a date just before. A bare number is a year only in
//! such a place too.

#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

use super::Found;
use super::date::{Read, date_found, phrase};
use super::number::{digits_end, range_sign};
use super::period::{month_number, units_ago, years};
use super::text::{byte, char_at, char_before, integer, is_clause_end, is_word_end, next_word, skip_blanks, skip_words, word_before};
use crate::date::Date;
use crate::entity::EntityKind;
use crate::entity::value::{Anchor, DateValue, Value};
use crate::span::slice;

/// A leap year, to check a day and month that have none.
const LEAP_YEAR: i32 = 2000;

/// A date that starts with the digit at `at`, no time of day before it.
pub(super) fn starts_with_digit(text: &str, at: usize, before: &[Found]) -> Option<Found> {
    if let Some(found) = units_ago(text, at) {
        return Some(found);
    }
    let (value, end) = bare(text, at, before)?;
    Some(date_found(text, at, end, value))
}

fn bare(text: &str, at: usize, before: &[Found]) -> Option<Read> {
    if let Some((value, end)) = iso(text, at) {
        return Some((value, end));
    }
    if let Some((value, end)) = lone_range(text, at).or_else(|| day_month(text, at)) {
        // "7-10 năm tới" counts years; "4-1-4-1" is how a team plays.
        let slashed = slice(text, at..end).contains('/');
        let range = matches!(value, DateValue::Range { .. });
        let dated = if slashed || (full_year(&value) && !range) { has_year(&value) } else { false };
        return (dated || ((slashed || !range) && is_dated_place(text, at, end, before))).then_some((value, end));
    }
    if let Some((value, end)) = day_and_month_word(text, at) {
        let dated = has_year(&value) || is_dated_place(text, at, end, before);
        return dated.then_some((value, end));
    }
    month_and_year(text, at, before).or_else(|| bare_years(text, at, before))
}

fn full_year(value: &DateValue) -> bool {
    matches!(value, DateValue::Day { year: Anchor::Known(_), .. })
}

fn has_year(value: &DateValue) -> bool {
    match value {
        DateValue::Day { year, .. } | DateValue::Month { year, .. } => matches!(year, Anchor::Known(_) | Anchor::Offset(_)),
        DateValue::Range { to, .. } => has_year(to),
        _ => false,
    }
}

/// "2017-05-20"
fn iso(text: &str, at: usize) -> Option<Read> {
    let (year, end) = integer(text, at, 4).filter(|(_, end)| end.saturating_sub(at) == 4)?;
    let (month, end) = (byte(text, end) == b'-').then(|| integer(text, end.saturating_add(1), 2))??;
    let (day, end) = (byte(text, end) == b'-').then(|| integer(text, end.saturating_add(1), 2))??;
    let value = checked_day(day, month, Anchor::Known(i32::try_from(year).ok()?))?;
    is_word_end(text, end).then_some((value, end))
}

// ---- day and month

/// "30/9", "30/9/2018", "12-6", "10.6", "27/4-7/5".
pub(super) fn day_month(text: &str, at: usize) -> Option<Read> {
    let (first, end) = one_day_month(text, at)?;
    let dash = skip_blanks(text, end);
    let place = range_sign(text, end).filter(|_| byte(text, dash) == b'-' || slice(text, dash..text.len()).starts_with('–'));
    let second = place.and_then(|place| one_day_month(text, place));
    Some(match second {
        Some((to, end)) => (DateValue::Range { from: Box::new(year_of(first, &to)), to: Box::new(to) }, end),
        None => (first, end),
    })
}

/// `value` in the year of `other`, where it names none itself.
fn year_of(value: DateValue, other: &DateValue) -> DateValue {
    match (value, other) {
        (DateValue::Day { year: Anchor::Nearest, month, day, part }, DateValue::Day { year, .. }) => {
            DateValue::Day { year: *year, month, day, part }
        }
        (value, _) => value,
    }
}

fn one_day_month(text: &str, at: usize) -> Option<Read> {
    let (day, end) = integer(text, at, 2)?;
    let sign = byte(text, end);
    if !matches!(sign, b'/' | b'-' | b'.') {
        return None;
    }
    let (month, end) = integer(text, end.saturating_add(1), 2)?;
    let full = (byte(text, end) == sign).then(|| year_digits(text, end.saturating_add(1))).flatten();
    let (value, end) = match full {
        // "5/25/2017" can only be the American order.
        Some((year, end)) => (checked_day(day, month, Anchor::Known(year)).or_else(|| checked_day(month, day, Anchor::Known(year)))?, end),
        None => {
            let (year, year_end) = year_word(text, end).unwrap_or((Anchor::Nearest, end));
            (checked_day(day, month, year)?, year_end)
        }
    };
    stands(text, end).then_some((value, end))
}

/// Whether a date in digits may end at `at`: nothing goes on the number.
fn stands(text: &str, at: usize) -> bool {
    let goes_on = matches!(byte(text, at), b'.' | b',' | b':') && byte(text, at.saturating_add(1)).is_ascii_digit();
    // "04/2021/NĐ-CP" numbers a decree.
    let goes_on = goes_on || (byte(text, at) == b'/' && char_at(text, at.saturating_add(1)).is_some_and(char::is_alphanumeric));
    is_word_end(text, at) && !goes_on && byte(text, at) != b'%'
}

/// Four digits, or two for a year of this or the last century: "12/5/17".
#[expect(clippy::arithmetic_side_effects, reason = "two digits are at most 99")]
fn year_digits(text: &str, at: usize) -> Option<(i32, usize)> {
    if let Some(read) = year(text, at) {
        return Some(read);
    }
    let (short, end) = integer(text, at, 2).filter(|(_, end)| end.saturating_sub(at) == 2)?;
    let short = i32::try_from(short).ok()?;
    Some((if short < 60 { 2000 + short } else { 1900 + short }, end))
}

fn checked_day(day: u32, month: u32, year: Anchor) -> Option<DateValue> {
    let (day, month) = (u8::try_from(day).ok()?, u8::try_from(month).ok()?);
    let check = if let Anchor::Known(year) = year { year } else { LEAP_YEAR };
    Date::new(check, month, day)?;
    Some(DateValue::Day { year, month, day, part: None })
}

/// "20 tháng 5", "20 tháng 5 năm 2017".
fn day_and_month_word(text: &str, at: usize) -> Option<Read> {
    let (day, end) = integer(text, at, 2)?;
    let head = skip_words(text, end, &["tháng"])?;
    let (month, end) = month_number(text, skip_blanks(text, head))?;
    let (year, end) = year_spec(text, end).unwrap_or((Anchor::Nearest, end));
    let value = checked_day(day, u32::from(month), year)?;
    stands(text, end).then_some((value, end))
}

/// "5-10/7", "16 đến 20/5/2018", "5 - 10 tháng 7": the month stands once.
fn lone_range(text: &str, at: usize) -> Option<Read> {
    let (first, end) = integer(text, at, 2)?;
    let place = range_sign(text, end)?;
    let (to, end) = one_day_month(text, place).filter(|_| is_slashed(text, place)).or_else(|| day_and_month_word(text, place))?;
    let DateValue::Day { year, month, day, .. } = to else {
        return None;
    };
    let from = checked_day(first, u32::from(month), year).filter(|_| first < u32::from(day))?;
    Some((DateValue::Range { from: Box::new(from), to: Box::new(to) }, end))
}

/// Whether the day at `at` is followed by a slash: in "12-6-2019" the first
/// dash is no range.
fn is_slashed(text: &str, at: usize) -> bool {
    byte(text, digits_end(text, at)) == b'/'
}

/// Behind "ngày" or "hôm": everything above, and a day whose month is told
/// elsewhere ("ngày 25 cùng tháng", "ngày 25 và 26/5", "ngày 25").
pub(super) fn after_day_head(text: &str, at: usize) -> Option<Read> {
    let full = lone_range(text, at).or_else(|| day_month(text, at)).or_else(|| day_and_month_word(text, at));
    if full.is_some() {
        return full;
    }
    let (number, end) = integer(text, at, 2)?;
    let day = u8::try_from(number).ok().filter(|day| (1..=31).contains(day))?;
    let of = |month, end| Some((DateValue::DayOfMonth { month, day, part: None }, end));
    if let Some(end) = skip_words(text, end, &["cùng", "tháng"]) {
        return of(Anchor::Nearest, end);
    }
    if let Some(month) = skip_words(text, end, &["tháng"]) {
        let word = next_word(text, month);
        match word.as_str() {
            "này" => return of(Anchor::Offset(0), word.end),
            "trước" => return of(Anchor::Offset(-1), word.end),
            "tới" | "sau" => return of(Anchor::Offset(1), word.end),
            _ => {}
        }
    }
    if let Some(DateValue::Day { year, month, .. }) = joined_day(text, end) {
        return Some((checked_day(number, u32::from(month), year)?, end));
    }
    // "ngày 2 lần" counts; "ngày 5G" is no date.
    let counts = matches!(
        next_word(text, end).as_str(),
        "lần" | "bữa" | "viên" | "tiếng" | "giờ" | "buổi" | "ly" | "tháng" | "người" | "triệu" | "tỷ" | "tỉ"
    );
    (!counts && stands(text, end) && byte(text, end) != b'-').then(|| of(Anchor::Nearest, end))?
}

/// The day behind "và": "ngày 25 và 26/5" says the month of both.
fn joined_day(text: &str, at: usize) -> Option<DateValue> {
    let and = skip_words(text, at, &["và"]).or_else(|| (byte(text, at) == b',').then_some(at.saturating_add(1)))?;
    one_day_month(text, skip_blanks(text, and)).map(|(value, _)| value)
}

// ---- what makes bare digits a date

/// Whether bare digits `at..end` stand where a date does.
fn is_dated_place(text: &str, at: usize, end: usize, before: &[Found]) -> bool {
    if slice(text, at..end).contains('.') {
        return false;
    }
    let slashed = !slice(text, at..end).contains('-') || slice(text, at..end).contains('/');
    // "(6-1)" is a score.
    if (slashed && in_brackets(text, at, end)) || follows_date(text, at, before) {
        return true;
    }
    let word = word_before(text, at);
    match word.as_str() {
        // "tỷ lệ là 2/5"
        "là" if matches!(word_before(text, word.start).as_str(), "lệ" | "số") => false,
        "vào" | "hồi" | "hôm" | "đợt" | "dịp" | "lễ" => slashed && !is_fraction(text, at, end),
        "từ" | "đến" | "tới" | "trước" | "sau" | "và" | "là" | "trong" | "qua" | "hết" | "kể" | "ngay" => {
            slashed && !is_fraction_like(text, at, end)
        }
        _ => false,
    }
}

/// "(21/6)", "(21/6,", "[10-4]".
fn in_brackets(text: &str, at: usize, end: usize) -> bool {
    matches!(char_before(text, at), Some('(' | '[')) && matches!(byte(text, end), b')' | b']' | b',') && !is_fraction(text, at, end)
}

/// Whether a date ends just before `at`: "tối qua, 10-4", "năm 2015 và 2016".
fn follows_date(text: &str, at: usize, before: &[Found]) -> bool {
    let Some(last) = before.last().filter(|last| last.kind == EntityKind::Date && last.end <= at) else {
        return false;
    };
    matches!(slice(text, last.end..at), ", " | " (" | " và " | " hoặc " | " hay " | " - " | " đến " | " tới " | ", ngày " | " và ngày ")
}

/// "1/2", "2/3", "24/7", "50/50": smaller over larger, or a set phrase.
fn is_fraction(text: &str, at: usize, end: usize) -> bool {
    matches!(slice(text, at..end), "24/7" | "24/24" | "1/2" | "1/3" | "2/3" | "1/4" | "3/4" | "1/5" | "2/5" | "1/10" | "50/50")
        && !is_clause_end(text, end)
}

/// A fraction by its form, unless the clause ends behind it: "tới 2/3 lực lượng".
fn is_fraction_like(text: &str, at: usize, end: usize) -> bool {
    let Some((first, slash)) = integer(text, at, 2) else {
        return false;
    };
    let second = integer(text, slash.saturating_add(1), 2).map_or(0, |(n, _)| n);
    first < second && second <= 12 && first <= 9 && !is_clause_end(text, end) && !follows_range(text, end)
}

/// "từ 1/7 đến 31/12": the other end of a range says that this is a date.
fn follows_range(text: &str, end: usize) -> bool {
    range_sign(text, end).is_some_and(|at| one_day_month(text, at).is_some())
        || matches!(next_word(text, end).as_str(), "đến" | "tới" | "trở")
}

// ---- months and years

/// "9/2018"; with a dash ("9-2018") only behind a preposition or a date.
fn month_and_year(text: &str, at: usize, before: &[Found]) -> Option<Read> {
    let (month, end) = month_number(text, at)?;
    let sign = byte(text, end);
    if !matches!(sign, b'/' | b'-') {
        return None;
    }
    let before_word = word_before(text, at);
    // "tỷ lệ 1/2000" is a map's.
    let (year, end) = year(text, end.saturating_add(1)).filter(|(year, _)| (1900..2100).contains(year) && before_word.as_str() != "lệ")?;
    let value = DateValue::Month { year: Anchor::Known(year), month, part: None };
    let dated = sign == b'/' || follows_date(text, at, before) || matches!(before_word.as_str(), "từ" | "đến" | "tới" | "vào");
    (dated && stands(text, end)).then_some((value, end))
}

/// A year of four digits, 1000 to 2199, with nothing after it that would make
/// it a number.
pub(super) fn year(text: &str, at: usize) -> Option<(i32, usize)> {
    let (number, end) = integer(text, at, 4).filter(|(n, end)| end.saturating_sub(at) == 4 && (1000..2200).contains(n))?;
    let goes_on = matches!(byte(text, end), b'.' | b',') && byte(text, end.saturating_add(1)).is_ascii_digit();
    (is_word_end(text, end) && !goes_on).then_some((i32::try_from(number).ok()?, end))
}

/// "1990", "90": the first year of a decade.
#[expect(clippy::arithmetic_side_effects, reason = "two digits are at most 99")]
pub(super) fn decade_of(text: &str, at: usize) -> Option<(i32, usize)> {
    if let Some((year, end)) = year(text, at) {
        return (year % 10 == 0).then_some((year, end));
    }
    let (short, end) = integer(text, at, 2).filter(|(n, end)| end.saturating_sub(at) == 2 && n % 10 == 0)?;
    let short = i32::try_from(short).ok()?;
    is_word_end(text, end).then_some((if short < 30 { 2000 + short } else { 1900 + short }, end))
}

/// What tells the year behind a month or quarter: "/2017", " - 2018", "năm
/// 2017", "năm ngoái", "2017".
pub(super) fn year_spec(text: &str, at: usize) -> Option<(Anchor, usize)> {
    let sign = skip_blanks(text, at);
    if matches!(byte(text, sign), b'/' | b'-' | b'.') {
        let place = skip_blanks(text, sign.saturating_add(1));
        // A dot ends sentences: only glued on both sides does it separate.
        let glued = sign == at && place == sign.saturating_add(1);
        if byte(text, sign) == b'.' && !glued {
            return None;
        }
        return year(text, place).map(|(year, end)| (Anchor::Known(year), end));
    }
    if let Some(read) = year_word(text, at) {
        return Some(read);
    }
    // "tháng 4 2017", but not "tháng 4 2000 người".
    let (known, end) = year(text, sign).filter(|(year, _)| (1900..2100).contains(year))?;
    is_clause_end(text, end).then_some((Anchor::Known(known), end))
}

/// "năm 2017", "năm ngoái".
fn year_word(text: &str, at: usize) -> Option<(Anchor, usize)> {
    let head = skip_words(text, at, &["năm"])?;
    if let Some((year, end)) = year(text, skip_blanks(text, head)) {
        return Some((Anchor::Known(year), end));
    }
    let word = next_word(text, head);
    let offset = match word.as_str() {
        "nay" | "này" => 0,
        "ngoái" | "trước" => -1,
        "tới" | "sau" => 1,
        "kia" => -2,
        _ => return None,
    };
    let other_point = matches!(next_word(text, word.end).as_str(), "đó" | "khi");
    (!other_point).then_some((Anchor::Offset(offset), word.end))
}

/// "2016-2020", and one year where a date stands: "(2016)", "năm 2015 và 2016",
/// "từ 2016 đến nay", "vào 2018,".
fn bare_years(text: &str, at: usize, before: &[Found]) -> Option<Read> {
    let (value, end) = years(text, at)?;
    let recent = |year: i32| (1900..2100).contains(&year);
    let dated = match &value {
        DateValue::Range { from, to } => {
            matches!((&**from, &**to), (DateValue::Year { year: a, .. }, DateValue::Year { year: b, .. }) if recent(*a) && recent(*b))
        }
        DateValue::Year { year, .. } => recent(*year) && is_year_place(text, at, end, before),
        _ => false,
    };
    (dated && byte(text, end) != b'%' && !(matches!(byte(text, end), b'-' | b'/') && byte(text, end.saturating_add(1)).is_ascii_digit()))
        .then_some((value, end))
}

fn is_year_place(text: &str, at: usize, end: usize, before: &[Found]) -> bool {
    if in_brackets(text, at, end) {
        return true;
    }
    let next = next_word(text, end);
    let goes_on = is_clause_end(text, end)
        || matches!(next.as_str(), "đến" | "tới" | "trở" | "và" | "khi" | "với" | "của" | "để" | "là" | "thì" | "nhưng" | "tại" | "ở");
    let opens_clause = matches!(next.as_str(), "là" | "cũng" | "được" | "sẽ" | "đã" | "chứng" | "đánh" | "vẫn");
    if follows_year(text, at, before) {
        let counted = matches!(
            next.as_str(),
            "người"
                | "xe"
                | "chiếc"
                | "tỷ"
                | "tỉ"
                | "triệu"
                | "lượt"
                | "máy"
                | "doanh"
                | "học"
                | "cán"
                | "thí"
                | "hộ"
                | "con"
                | "ca"
                | "nhân"
        );
        return !counted;
    }
    match word_before(text, at).as_str() {
        "từ" | "đến" | "tới" | "vào" | "hồi" | "trước" | "sau" | "trong" | "mùa" | "đoạn" => goes_on,
        "" => opens_clause && opens_sentence(text, at),
        _ => false,
    }
}

/// Whether a year or month ends just before: "các năm 2015 và 2016".
fn follows_year(text: &str, at: usize, before: &[Found]) -> bool {
    let yearly = |value: &DateValue| {
        matches!(value, DateValue::Year { .. } | DateValue::Month { year: Anchor::Known(_), .. } | DateValue::Range { .. })
    };
    let last = before.last().map(|found| &*found.value);
    matches!(last, Some(Value::Date(value)) if yearly(value)) && follows_date(text, at, before)
}

/// Whether a line starts at `at`, or a sentence ended just before it.
fn opens_sentence(text: &str, at: usize) -> bool {
    match slice(text, 0..at).trim_end_matches(' ').chars().next_back() {
        None => true,
        Some(c) => matches!(c, '\n' | '.' | '!' | '?' | '"' | '“'),
    }
}

// ---- time of day before a date

/// "15h30 ngày 20/5", "9 giờ sáng 6/2", "20:00 tối nay".
pub(super) fn time_and_date(text: &str, at: usize) -> Option<Found> {
    let end = time(text, at)?;
    // "8h - 11h30 ngày 5/6"
    let end = range_sign(text, end).and_then(|place| time(text, place)).unwrap_or(end);
    let place = skip_blanks(text, end);
    let (value, end) = phrase(text, place).filter(|(value, _)| is_day(value)).or_else(|| day_month(text, place))?;
    Some(date_found(text, at, end, value))
}

fn is_day(value: &DateValue) -> bool {
    match value {
        DateValue::Day { .. } | DateValue::DayOfMonth { .. } | DateValue::DayOfWeek { .. } => true,
        DateValue::Relative { unit, .. } => *unit == crate::entity::value::DateUnit::Day,
        DateValue::Range { from, .. } => is_day(from),
        _ => false,
    }
}

/// The end of a time of day: "15h30", "9 giờ", "9 giờ 30 phút", "20:00".
fn time(text: &str, at: usize) -> Option<usize> {
    let (_, end) = integer(text, at, 2).filter(|(hour, _)| *hour <= 24)?;
    let minutes = |at: usize| integer(text, at, 2).filter(|(minute, _)| *minute < 60).map(|(_, end)| end);
    let sign = byte(text, end);
    if sign == b':' {
        return minutes(end.saturating_add(1));
    }
    let (unit_end, spelled) =
        if matches!(sign, b'h' | b'g' | b'H') { (end.saturating_add(1), false) } else { (skip_words(text, end, &["giờ"])?, true) };
    let place = if spelled { skip_blanks(text, unit_end) } else { unit_end };
    // "9 giờ 6/2": these digits are the day.
    let end = minutes(place).filter(|end| !matches!(byte(text, *end), b'/' | b'-' | b'.')).unwrap_or(unit_end);
    let end = skip_words(text, end, &["phút"]).unwrap_or(end);
    let end = match char_at(text, end) {
        Some(mark @ ('\'' | 'p' | '’' | '′')) => end.saturating_add(mark.len_utf8()),
        _ => end,
    };
    is_word_end(text, end).then_some(end)
}
