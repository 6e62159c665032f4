//! Dates that open with a word: "ngày", "tháng", "cuối", "sáng", "hôm"…
//!
//! Takes the place of a head word, gives the mention that starts there. The
//! mention keeps its head noun and part of day ("sáng 6/2", "cuối tháng
//! 11/2017") and leaves out "vừa qua" and "tới" behind a date that needs no
//! such word; they only tell which year is meant. Where nothing but that word
//! makes it a date ("tuần tới", "năm qua"), it is inside. Durations ("trong 3
//! năm"), what is relative to another point than the publication ("năm sau
//! đó") and what repeats ("mỗi tháng") are none.

#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

use super::number::cardinal;
use super::numeric::{after_day_head, day_month, year, year_spec};
use super::period::{follows_digit, month_number, period, relative_word};
use super::text::{Word, byte, integer, is_word_end, next_word, skip_blanks, skip_words, word_at, word_before};
use super::{Found, found};
use crate::entity::EntityKind;
use crate::entity::value::{Anchor, DatePart, DateUnit, DateValue, Value, Weekday};

/// A date read at some place, and the byte after it.
pub(super) type Read = (DateValue, usize);

/// The date that starts with the head word at `at`.
pub(super) fn date(text: &str, at: usize) -> Option<Found> {
    let (value, end) = phrase(text, at)?;
    Some(date_found(text, decade_start(text, at, &value), end, value))
}

/// A found date, its open year settled by the words around it.
pub(super) fn date_found(text: &str, start: usize, end: usize, value: DateValue) -> Found {
    found(start, end, EntityKind::Date, Value::Date(lean(text, start, end, value)))
}

/// "những năm 1990": the plural is part of the name.
fn decade_start(text: &str, at: usize, value: &DateValue) -> usize {
    if !matches!(value, DateValue::Decade { .. }) {
        return at;
    }
    let word = word_before(text, at);
    if word.as_str() == "những" { word.start } else { at }
}

/// What the head word at `at` opens.
pub(super) fn phrase(text: &str, at: usize) -> Option<Read> {
    let word = word_at(text, at);
    match word.as_str() {
        "ngày" => day(text, &word),
        "hôm" => that_day(text, word.end),
        "sáng" | "trưa" | "chiều" | "tối" | "đêm" | "khuya" | "rạng" => part_of_day(text, &word),
        "đầu" | "giữa" | "cuối" | "trung" | "thượng" | "hạ" | "nửa" => part_of_period(text, &word),
        "thứ" | "chủ" => weekday_alone(text, at),
        _ => period(text, &word),
    }
}

// ---- days

/// Behind "ngày": "25/9", "hôm qua", "mai", "chủ nhật thứ hai của tháng 5".
fn day(text: &str, head: &Word) -> Option<Read> {
    let next = next_word(text, head.end);
    match next.as_str() {
        "hôm" => that_day(text, next.end),
        "mai" => Some((days_from_now(1), next.end)),
        "kia" | "mốt" if word_before(text, head.start).as_str() != "một" => Some((days_from_now(2), next.end)),
        // "4 ngày thứ Ba", "3 ngày 2 đêm" count days.
        "thứ" | "chủ" => weekday_alone(text, next.start).filter(|_| !follows_digit(text, head.start)),
        "" => {
            let read = after_day_head(text, skip_blanks(text, head.end))?;
            let counted = matches!(read.0, DateValue::DayOfMonth { .. }) && follows_digit(text, head.start);
            (!counted).then_some(read)
        }
        _ => None,
    }
}

fn days_from_now(offset: i32) -> DateValue {
    DateValue::Relative { unit: DateUnit::Day, offset, part: None }
}

/// Behind "hôm": "nay", "qua", "kia", "12/7", "thứ Hai".
fn that_day(text: &str, at: usize) -> Option<Read> {
    let next = next_word(text, at);
    let offset = match next.as_str() {
        "nay" => 0,
        "qua" => -1,
        "kia" | "kìa" => -2,
        "thứ" | "chủ" => return weekday_of_week(text, next.start),
        "" => return after_day_head(text, skip_blanks(text, at)),
        _ => return None,
    };
    Some(named_day(text, offset, next.end))
}

/// A relative day, or the calendar day written right behind it: "hôm nay 6/2".
fn named_day(text: &str, offset: i32, end: usize) -> Read {
    calendar_day(text, end).unwrap_or_else(|| (days_from_now(offset), end))
}

/// A day of the calendar right behind another name of it: "6/2", "ngày 19 tháng 4".
fn calendar_day(text: &str, at: usize) -> Option<Read> {
    match skip_words(text, at, &["ngày"]) {
        Some(head) => after_day_head(text, skip_blanks(text, head)).filter(|(value, _)| matches!(value, DateValue::Day { .. })),
        None => day_month(text, skip_blanks(text, at)),
    }
}

/// "sáng 6/2", "tối qua", "rạng sáng nay", "chiều thứ Hai", "đêm ngày 5/3".
fn part_of_day(text: &str, word: &Word) -> Option<Read> {
    let mut end = word.end;
    if word.as_str() == "rạng" {
        end = skip_words(text, end, &["sáng"])?;
    }
    let part = day_part(word.as_str())?;
    // "chiều tối 6/2", "sáng sớm nay"
    let second = next_word(text, end);
    if matches!(second.as_str(), "tối" | "sớm" | "muộn" | "khuya") {
        end = second.end;
    }
    let next = next_word(text, end);
    let (value, end) = match next.as_str() {
        "nay" => named_day(text, 0, next.end),
        "qua" => named_day(text, -1, next.end),
        "mai" => named_day(text, 1, next.end),
        "hôm" => that_day(text, next.end)?,
        "ngày" => day(text, &next)?,
        "thứ" | "chủ" => weekday_of_week(text, next.start)?,
        "" => day_month(text, skip_blanks(text, end))?,
        _ => return None,
    };
    Some((with_part(value, part), end))
}

fn day_part(word: &str) -> Option<DatePart> {
    Some(match word {
        "sáng" | "rạng" => DatePart::Morning,
        "trưa" => DatePart::Noon,
        "chiều" => DatePart::Afternoon,
        "tối" => DatePart::Evening,
        "đêm" | "khuya" => DatePart::Night,
        _ => return None,
    })
}

/// `value` narrowed to `new_part`; a range is narrowed at neither end.
pub(super) fn with_part(value: DateValue, new_part: DatePart) -> DateValue {
    let mut value = value;
    match &mut value {
        DateValue::Day { part, .. }
        | DateValue::DayOfMonth { part, .. }
        | DateValue::DayOfWeek { part, .. }
        | DateValue::Week { part, .. }
        | DateValue::Month { part, .. }
        | DateValue::Quarter { part, .. }
        | DateValue::Season { part, .. }
        | DateValue::Year { part, .. }
        | DateValue::Decade { part, .. }
        | DateValue::Century { part, .. }
        | DateValue::Relative { part, .. } => *part = Some(new_part),
        _ => {}
    }
    value
}

// ---- days of the week

/// "thứ Hai", "thứ 6", "Chủ nhật", and whether it is surely one: a capital, or
/// a name that is no ordinal.
fn weekday(text: &str, at: usize) -> Option<(Weekday, usize, bool)> {
    const NAMES: [Weekday; 7] =
        [Weekday::Sunday, Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday, Weekday::Saturday];
    let head = word_at(text, at);
    let next = next_word(text, head.end);
    if head.as_str() == "chủ" {
        return matches!(next.as_str(), "nhật" | "nhựt").then_some((Weekday::Sunday, next.end, true));
    }
    if head.as_str() != "thứ" {
        return None;
    }
    if let Some((number, end)) = integer(text, skip_blanks(text, head.end), 1) {
        let day = NAMES.get(number.checked_sub(1)? as usize).filter(|_| number > 1)?;
        return is_word_end(text, end).then_some((*day, end, false));
    }
    let number = match next.as_str() {
        "hai" => 1,
        "ba" => 2,
        "tư" => 3,
        "năm" => 4,
        "sáu" => 5,
        "bảy" | "bẩy" => 6,
        _ => return None,
    };
    // "thứ Năm 2018" would be a strange Thursday.
    Some((*NAMES.get(number)?, next.end, next.capital))
}

/// A weekday where the word before has made clear that it is one.
fn weekday_of_week(text: &str, at: usize) -> Option<Read> {
    let (weekday, end, _) = weekday(text, at)?;
    Some(week_of(text, weekday, end))
}

/// "thứ Hai tuần trước", "thứ Hai ngày 5/6", or the weekday alone.
fn week_of(text: &str, weekday: Weekday, end: usize) -> Read {
    let week = next_word(text, end);
    if week.as_str() == "tuần" {
        if let Some((offset, end)) = relative_word(text, week.end) {
            return (DateValue::DayOfWeek { week: Anchor::Offset(offset), weekday, part: None }, end);
        }
    }
    if let Some(read) = calendar_day(text, end) {
        return read;
    }
    (DateValue::DayOfWeek { week: Anchor::Nearest, weekday, part: None }, end)
}

/// A weekday with nothing before it that says so: "thứ hai" is an ordinal too.
fn weekday_alone(text: &str, at: usize) -> Option<Read> {
    let (weekday, end, sure) = weekday(text, at)?;
    if let Some(read) = nth_of_month(text, weekday, end) {
        return Some(read);
    }
    let (value, value_end) = week_of(text, weekday, end);
    let ordinal = matches!(word_before(text, at).as_str(), "chiến" | "lần" | "hạng" | "đứng" | "số" | "đệ" | "lớn" | "vị" | "trí");
    let dated = value_end > end || date_in_brackets(text, end);
    (dated || (sure && !ordinal)).then_some((value, value_end))
}

/// "(5/6", ", 5/6", ", ngày 5/6" behind a weekday.
fn date_in_brackets(text: &str, at: usize) -> bool {
    let sign = skip_blanks(text, at);
    if !matches!(byte(text, sign), b'(' | b',') {
        return false;
    }
    calendar_day(text, sign.saturating_add(1)).is_some()
}

/// "Chủ nhật thứ hai của tháng 5"
fn nth_of_month(text: &str, weekday: Weekday, at: usize) -> Option<Read> {
    let place = skip_blanks(text, skip_words(text, at, &["thứ"])?);
    let (nth, end) =
        integer(text, place, 1).or_else(|| cardinal(text, place)).or_else(|| skip_words(text, place, &["tư"]).map(|end| (4, end)))?;
    let of = skip_words(text, end, &["của"]).unwrap_or(end);
    let month = skip_words(text, of, &["tháng"])?;
    let (month, end) = month_number(text, skip_blanks(text, month))?;
    let (year, end) = year_spec(text, end).unwrap_or((Anchor::Nearest, end));
    let nth = u8::try_from(nth).ok().filter(|nth| (1..=5).contains(nth))?;
    Some((DateValue::NthDayOfWeek { year, month, weekday, nth }, end))
}

// ---- parts of periods

/// "cuối tháng 11", "đầu năm", "trung tuần tháng 5", "nửa đầu 2018".
fn part_of_period(text: &str, word: &Word) -> Option<Read> {
    let then = |words: &[&str]| skip_words(text, word.end, words);
    let (part, end) = match word.as_str() {
        "đầu" => (DatePart::Start, word.end),
        "giữa" => (DatePart::Middle, word.end),
        "cuối" => (DatePart::End, word.end),
        "thượng" => (DatePart::Start, then(&["tuần"])?),
        "trung" => (DatePart::Middle, then(&["tuần"])?),
        "hạ" => (DatePart::End, then(&["tuần"])?),
        _ => match then(&["đầu"]) {
            Some(end) => (DatePart::FirstHalf, end),
            None => match then(&["đêm"]) {
                Some(end) => {
                    return Some(with_part_of(part_of_day(text, &word_at(text, end.saturating_sub("đêm".len())))?, DatePart::Night));
                }
                None => (DatePart::SecondHalf, then(&["cuối"]).or_else(|| then(&["sau"]))?),
            },
        },
    };
    let end = skip_words(text, end, &["của"]).unwrap_or(end);
    let next = next_word(text, end);
    let (value, end) = match next.as_str() {
        "" => {
            let (year, end) = year(text, skip_blanks(text, end))?;
            (DateValue::Year { year, part: None }, end)
        }
        "ngày" => day(text, &next)?,
        "những" => period(text, &next_word(text, next.end)).filter(|(value, _)| matches!(value, DateValue::Decade { .. }))?,
        _ => period(text, &next).or_else(|| bare_unit(text, &next))?,
    };
    // "bắt đầu tuần làm việc", "hàng đầu năm 2017"
    let before = word_before(text, word.start);
    let compound = matches!(before.as_str(), "bắt" | "ban" | "lần" | "hàng" | "dẫn" | "đứng" | "bước" | "đối" | "đi" | "mở" | "khởi");
    (!compound || part != DatePart::Start).then(|| (with_part(value, part), end))
}

fn with_part_of((value, end): Read, part: DatePart) -> Read {
    (with_part(value, part), end)
}

/// "cuối tuần", "đầu năm": the unit itself, of the publication.
fn bare_unit(text: &str, word: &Word) -> Option<Read> {
    let unit = match word.as_str() {
        "tuần" => DateUnit::Week,
        "tháng" => DateUnit::Month,
        "quý" | "quí" => DateUnit::Quarter,
        "năm" => DateUnit::Year,
        _ => return None,
    };
    // "đầu năm học", "cuối năm thứ nhất", "đầu năm đó" are something else.
    let next = next_word(text, word.end);
    let other = matches!(next.as_str(), "thứ" | "học" | "đó" | "ấy" | "sau" | "trước" | "tuổi" | "cuối" | "đầu" | "châu");
    (!other && is_word_end(text, word.end)).then_some((DateValue::Relative { unit, offset: 0, part: None }, word.end))
}

// ---- which year

/// Settles a year that the text leaves open by the words around the date:
/// "hồi tháng 4", "ngày 5/9 vừa qua", "ngày 7/11 tới".
fn lean(text: &str, start: usize, end: usize, value: DateValue) -> DateValue {
    let after = next_word(text, end);
    let coming = match after.as_str() {
        "sắp" => true,
        "tới" => {
            let then = next_word(text, after.end);
            // "từ 5/6 tới 10/6" is a range.
            !matches!(then.as_str(), "ngày" | "tháng" | "năm" | "nay" | "hết" | "quý" | "cuối" | "đầu" | "giữa")
                && !byte(text, skip_blanks(text, after.end)).is_ascii_digit()
        }
        _ => false,
    };
    let past = matches!(after.as_str(), "vừa" | "qua") || word_before(text, start).as_str() == "hồi";
    let new = match (coming, past) {
        (true, _) => Anchor::Coming,
        (_, true) => Anchor::Past,
        _ => return value,
    };
    with_anchor(value, new)
}

/// `value` with an open anchor replaced.
fn with_anchor(value: DateValue, new: Anchor) -> DateValue {
    let mut value = value;
    match &mut value {
        DateValue::Day { year: anchor, .. }
        | DateValue::DayOfMonth { month: anchor, .. }
        | DateValue::DayOfWeek { week: anchor, .. }
        | DateValue::NthDayOfWeek { year: anchor, .. }
        | DateValue::Month { year: anchor, .. }
        | DateValue::Quarter { year: anchor, .. }
            if *anchor == Anchor::Nearest =>
        {
            *anchor = new;
        }
        DateValue::Range { from, to } => {
            **from = with_anchor((**from).clone(), new);
            **to = with_anchor((**to).clone(), new);
        }
        _ => {}
    }
    value
}
