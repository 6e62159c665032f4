//! What a number in the text says: amounts, currencies, units, dates.
//!
//! Values are exact. An amount is a decimal fraction as the author wrote it
//! ("5 tỷ USD" is 5000000000, "2,99 triệu" 2990000), never a float, and is
//! serialized as a decimal string. A conversion that a decimal fraction cannot
//! hold (20 km/h in m/s) is left out instead of rounded.
//!
//! A date that depends on the day the article was published stays symbolic
//! until [`DateValue::resolve`] is told that day. Finding mentions is left to
//! the recognizer.

#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

use crate::date::{Date, days_in_month};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// What a mention of a number says.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Value {
    /// An amount of money: "5 tỷ USD".
    Money {
        /// How much, in whole units of the currency.
        amount: Amount,
        /// Of which currency.
        currency: Currency,
    },
    /// A percentage: "52%".
    Percent {
        /// How many hundredths.
        amount: Amount,
    },
    /// A number with a unit of measure: "6,5 inch".
    Quantity {
        /// How many of the unit.
        amount: Amount,
        /// The unit's usual symbol: "inch", "mAh", "GB".
        unit: String,
        /// The same in SI units or bytes, where that is defined and exact.
        si: Option<Measure>,
    },
    /// Several sides of one thing: "1920 x 1080 pixel", "147 x 71 x 7,8 mm".
    Dimensions {
        /// The sides as written.
        sides: Vec<Decimal>,
        /// Their common unit's symbol; "px" where the text names none.
        unit: String,
    },
    /// A calendar point or period: "ngày 25/9", "năm ngoái".
    Date(DateValue),
}

/// An amount, or a range of amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Amount {
    /// The least it can be.
    pub low: Decimal,
    /// The most it can be; equal to `low` where the text gives no range.
    pub high: Decimal,
}

impl Amount {
    /// Exactly `value`.
    pub const fn exact(value: Decimal) -> Self {
        Self { low: value, high: value }
    }

    /// Both ends changed by `change`; `None` where it fails for one.
    pub(crate) fn map(self, change: impl Fn(Decimal) -> Option<Decimal>) -> Option<Self> {
        Some(Self { low: change(self.low)?, high: change(self.high)? })
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.low)?;
        if self.high != self.low {
            write!(f, "..{}", self.high)?;
        }
        Ok(())
    }
}

/// An amount of an SI unit or of bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Measure {
    /// How many of the unit.
    pub amount: Amount,
    /// Its symbol: "m", "kg", "m/s", "B" for bytes.
    pub unit: String,
}

/// An ISO 4217 currency code, such as `VND`.
///
/// Serialized as a string of three capital letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The code `letters`, or `None` where these are not three capital letters.
    pub const fn new(letters: [u8; 3]) -> Option<Self> {
        if letters[0].is_ascii_uppercase() && letters[1].is_ascii_uppercase() && letters[2].is_ascii_uppercase() {
            Some(Self(letters))
        } else {
            None
        }
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("")
    }
}

/// Why a text is not a [`Currency`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurrencyParseError;

impl fmt::Display for CurrencyParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a currency code: write three capital letters, for example VND")
    }
}

impl std::error::Error for CurrencyParseError {}

impl FromStr for Currency {
    type Err = CurrencyParseError;

    fn from_str(text: &str) -> Result<Self, CurrencyParseError> {
        text.as_bytes().try_into().ok().and_then(Self::new).ok_or(CurrencyParseError)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// An exact decimal fraction: `digits` / 10^`scale`.
///
/// Kept without trailing zeros after the point, so that equal numbers are
/// equal values. Serialized as a string: `"2990000"`, `"6.5"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    digits: i128,
    scale: u8,
}

/// Most digits after the point.
const MAX_SCALE: u8 = 30;

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self { digits: 0, scale: 0 };

    /// `digits` / 10^`scale`, or `None` where more than 30 digits stand after
    /// the point.
    #[expect(clippy::arithmetic_side_effects, reason = "the scale is above 0 where one is taken away")]
    pub const fn new(digits: i128, scale: u8) -> Option<Self> {
        let (mut digits, mut scale) = (digits, scale);
        while scale > 0 && digits % 10 == 0 {
            digits /= 10;
            scale -= 1;
        }
        if scale > MAX_SCALE { None } else { Some(Self { digits, scale }) }
    }

    /// The digits, without the point.
    pub const fn digits(self) -> i128 {
        self.digits
    }

    /// How many of the digits stand after the point, 0 to 30.
    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// The sum, unless it overflows.
    pub fn checked_add(self, other: Decimal) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        Self::new(self.at_scale(scale)?.checked_add(other.at_scale(scale)?)?, scale)
    }

    /// The product, unless it overflows.
    pub fn checked_mul(self, other: Decimal) -> Option<Self> {
        Self::new(self.digits.checked_mul(other.digits)?, self.scale.checked_add(other.scale)?)
    }

    /// The digits this number has when written with `scale` places.
    fn at_scale(self, scale: u8) -> Option<i128> {
        self.digits.checked_mul(10i128.checked_pow(u32::from(scale.checked_sub(self.scale)?))?)
    }
}

impl Ord for Decimal {
    #[expect(clippy::arithmetic_side_effects, reason = "a scale is at most 30, and 10^30 fits")]
    fn cmp(&self, other: &Self) -> Ordering {
        if self.scale == other.scale {
            return self.digits.cmp(&other.digits);
        }
        let whole = |d: &Decimal| d.digits.div_euclid(10i128.pow(u32::from(d.scale)));
        // A remainder is below 10^scale, so it fits at 30 places without overflow.
        let rest = |d: &Decimal| d.digits.rem_euclid(10i128.pow(u32::from(d.scale))) * 10i128.pow(u32::from(MAX_SCALE - d.scale));
        whole(self).cmp(&whole(other)).then_with(|| rest(self).cmp(&rest(other)))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        if self.scale == 0 {
            return write!(f, "{}", self.digits);
        }
        let one = 10u128.pow(u32::from(self.scale));
        let digits = self.digits.unsigned_abs();
        let (whole, fraction) = (digits.checked_div(one).unwrap_or(0), digits.checked_rem(one).unwrap_or(0));
        write!(f, "{sign}{whole}.{fraction:0width$}", width = usize::from(self.scale))
    }
}

/// Why a text is not a [`Decimal`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecimalParseError;

impl fmt::Display for DecimalParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a decimal number: write digits with at most one point, for example -12.5, with at most 30 places")
    }
}

impl std::error::Error for DecimalParseError {}

impl FromStr for Decimal {
    type Err = DecimalParseError;

    fn from_str(text: &str) -> Result<Self, DecimalParseError> {
        parse_decimal(text).ok_or(DecimalParseError)
    }
}

/// Reads `-12.5`: no grouping, no exponent, digits on both sides of the point.
fn parse_decimal(text: &str) -> Option<Decimal> {
    let (negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits_only = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !digits_only(whole) || !digits_only(fraction) {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > usize::from(MAX_SCALE) {
        return None;
    }
    let scale = u8::try_from(fraction.len()).ok()?;
    let digits = whole.parse::<i128>().ok()?.checked_mul(10i128.checked_pow(u32::from(scale))?)?;
    let digits = digits.checked_add(if fraction.is_empty() { 0 } else { fraction.parse().ok()? })?;
    Decimal::new(if negative { digits.checked_neg()? } else { digits }, scale)
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// Which year (month, week) a date belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Anchor {
    /// The year the text names.
    Known(i32),
    /// So many after the one of publication: "tháng 11 năm ngoái" is -1.
    Offset(i32),
    /// Not said: the one that brings the date closest to the publication.
    Nearest,
    /// Not said, but gone by: "hồi tháng 4", "ngày 5/9 vừa qua".
    Past,
    /// Not said, but still to come: "ngày 7/11 tới".
    Coming,
}

/// What a relative date counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DateUnit {
    /// "hôm qua"
    Day,
    /// "tuần trước"
    Week,
    /// "tháng tới"
    Month,
    /// "quý này"
    Quarter,
    /// "năm ngoái"
    Year,
    /// "thập kỷ này"
    Decade,
    /// "thế kỷ trước"
    Century,
}

/// A part of the day or of a longer period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DatePart {
    /// "đầu tháng 4"
    Start,
    /// "giữa năm", "trung tuần tháng 5"
    Middle,
    /// "cuối tuần"
    End,
    /// "nửa đầu năm 2018"
    FirstHalf,
    /// "nửa cuối năm 2018"
    SecondHalf,
    /// "sáng 6/2", "rạng sáng nay"
    Morning,
    /// "trưa nay"
    Noon,
    /// "chiều 27/5"
    Afternoon,
    /// "tối qua"
    Evening,
    /// "đêm qua"
    Night,
}

/// A season of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Season {
    /// "mùa xuân"
    Spring,
    /// "mùa hè", "mùa hạ"
    Summer,
    /// "mùa thu"
    Autumn,
    /// "mùa đông"
    Winter,
}

impl Season {
    /// The month that it is taken to begin in.
    const fn first_month(self) -> u8 {
        match self {
            Self::Spring => 1,
            Self::Summer => 4,
            Self::Autumn => 7,
            Self::Winter => 10,
        }
    }
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // The names say all.
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// A calendar point or period, absolute or relative to the publication.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[allow(missing_docs)] // The fields mean the same in every variant.
pub enum DateValue {
    /// "ngày 25/9", "sáng 6/2/2017"
    Day { year: Anchor, month: u8, day: u8, part: Option<DatePart> },
    /// "ngày 25 tháng trước": a day of a month that only the publication tells.
    DayOfMonth { month: Anchor, day: u8, part: Option<DatePart> },
    /// "hôm thứ Hai", "Chủ nhật tuần trước"
    DayOfWeek { week: Anchor, weekday: Weekday, part: Option<DatePart> },
    /// "Chủ nhật thứ hai của tháng 5"
    NthDayOfWeek { year: Anchor, month: u8, weekday: Weekday, nth: u8 },
    /// A known week; only [`DateValue::resolve`] makes it.
    Week { monday: Date, part: Option<DatePart> },
    /// "tháng 9/2018"
    Month { year: Anchor, month: u8, part: Option<DatePart> },
    /// "quý III/2016"
    Quarter { year: Anchor, quarter: u8, part: Option<DatePart> },
    /// "mùa hè 2017"
    Season { year: Anchor, season: Season, part: Option<DatePart> },
    /// "năm 2015"
    Year { year: i32, part: Option<DatePart> },
    /// "thập niên 1990"; `first_year` is 1990.
    Decade { first_year: i32, part: Option<DatePart> },
    /// "thế kỷ 21"
    Century { century: i32, part: Option<DatePart> },
    /// "hôm qua", "đầu năm sau": so many units after the one of publication.
    Relative { unit: DateUnit, offset: i32, part: Option<DatePart> },
    /// "27/4-7/5", "6 tháng đầu năm": both ends belong to it.
    Range { from: Box<DateValue>, to: Box<DateValue> },
}

impl DateValue {
    /// The same date made absolute, for an article published on `published`.
    ///
    /// Where the text does not say the year, the one that brings the date
    /// closest to the publication is taken, or the last (next) one where the
    /// text says "hồi", "vừa qua" ("tới"). A bare weekday is the last one up
    /// to the publication. What has no answer (29 February in a common year,
    /// a year outside 1 to 9999) stays as it is.
    pub fn resolve(&self, published: Date) -> DateValue {
        self.resolved(published).unwrap_or_else(|| self.clone())
    }

    fn resolved(&self, published: Date) -> Option<DateValue> {
        let known = |year| Anchor::Known(year);
        Some(match *self {
            DateValue::Day { year, month, day, part } => {
                let year = known(pick_year(year, published, |y| days(Date::new(y, month, day)?, 1))?);
                DateValue::Day { year, month, day, part }
            }
            DateValue::DayOfMonth { month, day, part } => day_of_month(month, day, published).map(|d| of_day(d, part))?,
            DateValue::DayOfWeek { week, weekday, part } => of_day(day_of_week(week, weekday, published)?, part),
            DateValue::NthDayOfWeek { year, month, weekday, nth } => {
                let find = |y| nth_day_of_week(y, month, weekday, nth);
                of_day(find(pick_year(year, published, |y| days(find(y)?, 1))?)?, None)
            }
            DateValue::Month { year, month, part } => {
                let year = known(pick_year(year, published, |y| days(Date::new(y, month, 1)?, i32::from(days_in_month(y, month))))?);
                DateValue::Month { year, month, part }
            }
            DateValue::Quarter { year, quarter, part } => {
                let first = |y| Date::new(y, quarter.checked_mul(3)?.checked_sub(2)?, 1);
                DateValue::Quarter { year: known(pick_year(year, published, |y| days(first(y)?, 91))?), quarter, part }
            }
            DateValue::Season { year, season, part } => {
                let first = |y| Date::new(y, season.first_month(), 1);
                DateValue::Season { year: known(pick_year(year, published, |y| days(first(y)?, 91))?), season, part }
            }
            DateValue::Relative { unit, offset, part } => relative(unit, offset, part, published)?,
            DateValue::Range { ref from, ref to } => {
                DateValue::Range { from: Box::new(from.resolve(published)), to: Box::new(to.resolve(published)) }
            }
            _ => return None,
        })
    }
}

/// First and last day of a period of `length` days.
fn days(first: Date, length: i32) -> Option<(Date, Date)> {
    // Most are single days.
    let last = if length == 1 { Some(first) } else { first.plus_days(length.checked_sub(1)?) };
    Some((first, last?))
}

/// The year meant by `anchor`; `period` gives the first and last day of the
/// date in a year.
fn pick_year(anchor: Anchor, published: Date, period: impl Fn(i32) -> Option<(Date, Date)>) -> Option<i32> {
    let around =
        (published.year().saturating_sub(4)..=published.year().saturating_add(4)).filter_map(|year| period(year).map(|days| (year, days)));
    match anchor {
        Anchor::Known(year) => Some(year),
        Anchor::Offset(offset) => published.year().checked_add(offset).filter(|year| period(*year).is_some()),
        Anchor::Nearest => around.min_by_key(|(_, days)| distance(*days, published)).map(|(year, _)| year),
        Anchor::Past => around.filter(|(_, (first, _))| *first <= published).last().map(|(year, _)| year),
        Anchor::Coming => around.filter(|(_, (_, last))| *last >= published).map(|(year, _)| year).next(),
    }
}

/// Days between a period and the publication, 0 inside it.
fn distance((first, last): (Date, Date), published: Date) -> i64 {
    first.days_since(published).max(published.days_since(last)).max(0)
}

fn of_day(date: Date, part: Option<DatePart>) -> DateValue {
    DateValue::Day { year: Anchor::Known(date.year()), month: date.month(), day: date.day(), part }
}

/// Day `day` of the month that `anchor` means.
fn day_of_month(anchor: Anchor, day: u8, published: Date) -> Option<Date> {
    let of = |months: i32| {
        let (year, month) = published.shifted_month(months);
        Date::new(year, month, day)
    };
    match anchor {
        Anchor::Known(_) => None,
        Anchor::Offset(months) => of(months),
        Anchor::Nearest => (-2..=2).filter_map(of).min_by_key(|date| date.days_since(published).abs()),
        Anchor::Past => (-2..=0).filter_map(of).rfind(|date| *date <= published),
        Anchor::Coming => (0..=2).filter_map(of).find(|date| *date >= published),
    }
}

/// The weekday of the week that `anchor` means; the last one where it is not said.
fn day_of_week(anchor: Anchor, weekday: Weekday, published: Date) -> Option<Date> {
    let of = |weeks: i32| published.monday()?.plus_days(weeks.checked_mul(7)?.checked_add(weekday as i32)?);
    match anchor {
        Anchor::Offset(weeks) => of(weeks),
        Anchor::Coming => of(0).filter(|date| *date >= published).or_else(|| of(1)),
        _ => of(0).filter(|date| *date <= published).or_else(|| of(-1)),
    }
}

#[expect(clippy::arithmetic_side_effects, reason = "a weekday is at most 6 and `nth` at most 255")]
fn nth_day_of_week(year: i32, month: u8, weekday: Weekday, nth: u8) -> Option<Date> {
    let first = Date::new(year, month, 1)?;
    let ahead = (weekday as i32 - i32::from(first.weekday())).rem_euclid(7);
    let date = first.plus_days(ahead + 7 * (i32::from(nth) - 1))?;
    (date.month() == month).then_some(date)
}

/// The period `offset` units after the one of publication.
fn relative(unit: DateUnit, offset: i32, part: Option<DatePart>, published: Date) -> Option<DateValue> {
    let (year, month) = (published.year(), published.month());
    let in_range = |year: i32| (1..=9999).contains(&year).then_some(year);
    Some(match unit {
        DateUnit::Day => of_day(published.plus_days(offset)?, part),
        DateUnit::Week => DateValue::Week { monday: published.monday()?.plus_days(offset.checked_mul(7)?)?, part },
        DateUnit::Month => {
            let (year, month) = published.shifted_month(offset);
            DateValue::Month { year: Anchor::Known(in_range(year)?), month, part }
        }
        DateUnit::Quarter => {
            let index = year.checked_mul(4)?.checked_add(i32::from(month.checked_sub(1)? / 3))?.checked_add(offset)?;
            let quarter = u8::try_from(index.rem_euclid(4).checked_add(1)?).ok()?;
            DateValue::Quarter { year: Anchor::Known(in_range(index.div_euclid(4))?), quarter, part }
        }
        DateUnit::Year => DateValue::Year { year: in_range(year.checked_add(offset)?)?, part },
        DateUnit::Decade => DateValue::Decade { first_year: in_range((year / 10).checked_add(offset)?.checked_mul(10)?)?, part },
        DateUnit::Century => DateValue::Century { century: (year.checked_add(99)? / 100).checked_add(offset)?, part },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_both_ways() {
        let five = Amount::exact(Decimal::new(5_000_000_000, 0).unwrap());
        let values = [
            Value::Money { amount: five, currency: "USD".parse().unwrap() },
            Value::Percent { amount: Amount { low: Decimal::new(305, 1).unwrap(), high: Decimal::new(50, 0).unwrap() } },
            Value::Date(DateValue::Relative { unit: DateUnit::Year, offset: -1, part: Some(DatePart::End) }),
            Value::Date(DateValue::Day { year: Anchor::Nearest, month: 9, day: 25, part: None }),
        ];
        let written: Vec<String> = values.iter().map(|v| serde_json::to_string(v).unwrap()).collect();
        assert_eq!(
            written,
            [
                r#"{"money":{"amount":{"low":"5000000000","high":"5000000000"},"currency":"USD"}}"#,
                r#"{"percent":{"amount":{"low":"30.5","high":"50"}}}"#,
                r#"{"date":{"relative":{"unit":"year","offset":-1,"part":"end"}}}"#,
                r#"{"date":{"day":{"year":"nearest","month":9,"day":25,"part":null}}}"#,
            ]
        );
        for (value, text) in values.iter().zip(&written) {
            assert_eq!(*value, serde_json::from_str::<Value>(text).unwrap());
        }
    }

    #[test]
    fn a_currency_is_three_capital_letters() {
        assert!("VND".parse::<Currency>().is_ok());
        for text in ["", "vnd", "VNDX", "V1D", "Đ"] {
            assert!(text.parse::<Currency>().is_err(), "{text}");
        }
    }

    #[test]
    fn decimals_are_exact_and_normal() {
        for (text, shown) in [("1.50", "1.5"), ("-0.05", "-0.05"), ("0", "0"), ("100", "100"), ("007.0", "7")] {
            assert_eq!(text.parse::<Decimal>().unwrap().to_string(), shown);
        }
        for text in ["", ".5", "5.", "1,5", "+1", "1e3", "--1", "1.2.3", "0.0000000000000000000000000000001"] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
        let sorted = ["-1.5", "-1.25", "-1", "0", "0.09", "0.1", "2", "10", "170141183460469231731687303715884105727"];
        let numbers: Vec<Decimal> = sorted.iter().map(|t| t.parse().unwrap()).collect();
        assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(Decimal::new(i128::MAX, 0).unwrap().checked_add(Decimal::new(1, 0).unwrap()), None);
        assert_eq!(Decimal::new(i128::MIN, 0).unwrap().to_string(), i128::MIN.to_string());
    }
}
