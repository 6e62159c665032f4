//! Calendar dates.
//!
//! Takes and gives dates of the proleptic Gregorian calendar, years 1 to 9999.
//! A [`Date`] that exists is a valid one, and arithmetic that would leave the
//! range gives `None`. Times of day, zones and formatting for people are left
//! to others: an article is published on a day, and that is all we need.

#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar.
///
/// Serialized as the string `"2017-08-25"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

/// Why a text is not a [`Date`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateParseError;

impl fmt::Display for DateParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a calendar date: write it as YYYY-MM-DD or YYYYMMDD, for example 2017-08-25")
    }
}

impl std::error::Error for DateParseError {}

impl Date {
    /// The day `year`-`month`-`day`, or `None` where the calendar has no such day.
    pub const fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        if year < 1 || year > 9999 || day < 1 || day > days_in_month(year, month) {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// The year, 1 to 9999.
    pub const fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// The day `days` later, earlier where negative.
    pub fn plus_days(self, days: i32) -> Option<Self> {
        from_day_number(self.day_number().checked_add(i64::from(days))?)
    }

    /// How many days from `earlier` to this one; negative where it lies later.
    #[expect(clippy::arithmetic_side_effects, reason = "day numbers have at most seven digits")]
    pub const fn days_since(self, earlier: Date) -> i64 {
        self.day_number() - earlier.day_number()
    }

    /// Day of the week, 0 for Monday to 6 for Sunday.
    #[expect(clippy::arithmetic_side_effects, reason = "day numbers have at most seven digits")]
    pub const fn weekday(self) -> u8 {
        (self.day_number() + 2).rem_euclid(7) as u8
    }

    /// The Monday of this day's week, unless it lies before year 1.
    pub fn monday(self) -> Option<Self> {
        self.plus_days(0_i32.saturating_sub(i32::from(self.weekday())))
    }

    /// The first day of the month `months` later, as (year, month).
    #[expect(clippy::arithmetic_side_effects, reason = "a year is 1 to 9999 and `months` has 32 bits: far from the ends of i64")]
    pub(crate) const fn shifted_month(self, months: i32) -> (i32, u8) {
        let index = self.year as i64 * 12 + self.month as i64 - 1 + months as i64;
        (index.div_euclid(12) as i32, index.rem_euclid(12) as u8 + 1)
    }

    /// Days since 0000-03-01: with the year begun in March, a leap day is its
    /// last one and the months' lengths follow one linear formula.
    #[expect(clippy::arithmetic_side_effects, reason = "a year is 1 to 9999, a month and a day have two digits")]
    const fn day_number(self) -> i64 {
        let late = self.month > 2;
        let year = self.year as i64 - if late { 0 } else { 1 };
        let month = self.month as i64 + if late { -3 } else { 9 };
        year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * month + 2) / 5 + self.day as i64 - 1
    }
}

/// The inverse of [`Date::day_number`], by Howard Hinnant's `civil_from_days`.
#[expect(clippy::arithmetic_side_effects, reason = "a day number is that of a year 1 to 9999 and at most 32 bits more")]
fn from_day_number(number: i64) -> Option<Date> {
    let era = number.div_euclid(146_097);
    let day_of_era = number.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Date::new(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// Days in a month; 0 where there is no such month.
pub(crate) const fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        _ => 0,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = DateParseError;

    fn from_str(text: &str) -> Result<Self, DateParseError> {
        parse(text).ok_or(DateParseError)
    }
}

/// Reads `YYYY-MM-DD` or `YYYYMMDD`.
fn parse(text: &str) -> Option<Date> {
    let (year, month, day) = match text.len() {
        8 => (text.get(0..4)?, text.get(4..6)?, text.get(6..8)?),
        10 if text.get(4..5)? == "-" && text.get(7..8)? == "-" => (text.get(0..4)?, text.get(5..7)?, text.get(8..10)?),
        _ => return None,
    };
    // `parse` alone would accept a sign.
    let digits = [year, month, day].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    if !digits {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist() {
        assert!(Date::new(2016, 2, 29).is_some());
        assert!(Date::new(1900, 2, 29).is_none());
        assert!(Date::new(2000, 2, 29).is_some());
        for (year, month, day) in [(2017, 2, 29), (2017, 13, 1), (2017, 0, 1), (2017, 4, 31), (2017, 4, 0), (0, 1, 1), (10_000, 1, 1)] {
            assert_eq!(Date::new(year, month, day), None, "{year}-{month}-{day}");
        }
    }

    #[test]
    fn reads_both_forms_and_nothing_else() {
        let day = Date::new(2017, 8, 5);
        assert_eq!("2017-08-05".parse().ok(), day);
        assert_eq!("20170805".parse().ok(), day);
        for text in ["", "2017-8-5", "2017/08/05", "+2170805", "2017-08-32", "２017080", "2017-08-05 "] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
        assert_eq!(day.map(|d| d.to_string()).as_deref(), Some("2017-08-05"));
    }

    #[test]
    fn arithmetic_agrees_with_the_calendar_day_by_day() {
        let mut date = Date::new(1599, 12, 25).unwrap();
        let first = date;
        for step in 1..=200_000 {
            let next = date.plus_days(1).unwrap();
            let expected = Date::new(date.year, date.month, date.day + 1)
                .or(Date::new(date.year, date.month + 1, 1))
                .or(Date::new(date.year + 1, 1, 1))
                .unwrap();
            assert_eq!(next, expected);
            assert_eq!(next.days_since(first), step);
            assert_eq!(next.weekday(), (date.weekday() + 1) % 7);
            date = next;
        }
        // 2 September 1945 was a Sunday.
        assert_eq!(Date::new(1945, 9, 2).unwrap().weekday(), 6);
    }

    #[test]
    fn leaves_the_range_quietly() {
        assert_eq!(Date::new(9999, 12, 31).unwrap().plus_days(1), None);
        assert_eq!(Date::new(1, 1, 1).unwrap().plus_days(-1), None);
        assert_eq!(Date::new(2017, 1, 31).unwrap().shifted_month(-1), (2016, 12));
    }
}
