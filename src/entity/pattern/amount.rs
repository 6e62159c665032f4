//! Money, percentages and quantities.
//!
//! Takes the place of a number (or of a currency sign before one), gives the
//! mention that starts there. A number alone is never one: it takes a currency,
//! a percent sign or a unit of measure, or, for money only, a price said just
//! before ("giá 22,99 triệu") or an amount of the same scale that names its
//! currency ("315,5 tỉ USD … 309 tỉ").

#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

use super::number::{Numeral, Reading, digits_end, numeral};
use super::text::{byte, char_at, is_clause_end, is_word_end, next_word, skip_blanks, skip_words, word_at, word_before, word_if};
use super::unit::{Unit, after_number};
use super::{Found, found};
use crate::entity::EntityKind;
use crate::entity::value::{Amount, Currency, Decimal, Value};
use crate::span::slice;

/// How far back the currency of a bare "309 tỉ" may stand, in bytes.
const NEAR: usize = 160;

/// The amount that starts at `at` with a digit or a number word.
pub(super) fn amount(text: &str, at: usize, before: &[Found]) -> Option<Found> {
    if let Some(found) = composed(text, at) {
        return Some(found);
    }
    let numeral = numeral(text, at)?;
    // "1.218 USD một ounce" is a price for each.
    if numeral.is_words()
        && before.last().is_some_and(|last| last.kind == EntityKind::Money && at.checked_sub(last.end).is_some_and(|gap| gap <= 1))
    {
        return None;
    }
    // "Note 8 - 10 triệu": where the range is none, the first number may be.
    with_unit(text, at, &numeral)
        .or_else(|| bare_money(text, at, &numeral, before))
        .or_else(|| numeral.is_range().then(|| with_unit(text, at, &numeral.first())).flatten())
}

/// What goes on right behind the digits: "4K", "126 x 294 pixel", "8/16 MP".
fn composed(text: &str, at: usize) -> Option<Found> {
    if !byte(text, at).is_ascii_digit() {
        return None;
    }
    let end = digits_end(text, at);
    match byte(text, end) {
        b'K' | b'k' | b'p' | b'P' | b'i' => resolution(text, at),
        b'/' => list(text, at),
        b' ' | 0xC2 | 0xC3 | b'x' | b'X' | b'*' if times(text, end).is_some() => dimensions(text, at),
        _ => None,
    }
}

fn with_unit(text: &str, at: usize, numeral: &Numeral) -> Option<Found> {
    percent(text, at, numeral).or_else(|| money(text, at, numeral)).or_else(|| quantity(text, at, numeral))
}

// ---- percent

fn percent(text: &str, at: usize, numeral: &Numeral) -> Option<Found> {
    let first_end = percent_sign(text, numeral.end)?;
    let low = numeral.amount(text, Reading::Percent)?;
    // "30%-50%", both signs written and one dash between.
    let second = (byte(text, first_end) == b'-').then(|| super::number::numeral(text, first_end.saturating_add(1))).flatten();
    let second = second.and_then(|n| Some((n.amount(text, Reading::Percent)?, percent_sign(text, n.end)?)));
    let (amount, end) = match second {
        Some((high, end)) if low.high < high.low => (Amount { low: low.low, high: high.high }, end),
        _ => (low, first_end),
    };
    Some(found(at, end, EntityKind::Percent, Value::Percent { amount }))
}

fn percent_sign(text: &str, at: usize) -> Option<usize> {
    let sign = skip_blanks(text, at);
    if byte(text, sign) == b'%' {
        return Some(sign.saturating_add(1));
    }
    let word = word_if(text, sign, b"p\xC4");
    match word.as_str() {
        "phần" => skip_words(text, word.end, &["trăm"]),
        "điểm" => skip_words(text, word.end, &["phần", "trăm"]),
        _ => None,
    }
}

// ---- money

fn money(text: &str, at: usize, numeral: &Numeral) -> Option<Found> {
    let (currency, end) = currency_behind(text, numeral)?;
    let amount = numeral.amount(text, Reading::Grouped)?;
    money_found(at, end, amount, currency)
}

fn money_found(at: usize, end: usize, amount: Amount, code: &str) -> Option<Found> {
    let currency: Currency = code.parse().ok()?;
    // A cent is a hundredth of a dollar: the only fraction that has a name of its own here.
    Some(found(at, end, EntityKind::Money, Value::Money { amount, currency }))
}

/// The currency behind a number, and its end.
fn currency_behind(text: &str, numeral: &Numeral) -> Option<(&'static str, usize)> {
    let place = skip_blanks(text, numeral.end);
    if let Some((code, len)) = sign(text, place) {
        return Some((code, place.saturating_add(len)));
    }
    let word = word_at(text, place);
    if word.as_str().is_empty() || !is_word_end(text, word.end) {
        return None;
    }
    let (code, end) = currency_word(text, &word)?;
    let small = numeral.is_words() && !numeral.is_scaled();
    is_currency_here(text, word.as_str(), end, numeral, small).then_some((code, end))
}

/// A currency named by `word` and what belongs to it ("đô la Mỹ").
fn currency_word(text: &str, word: &super::text::Word) -> Option<(&'static str, usize)> {
    let then = |words: &[&str]| skip_words(text, word.end, words);
    let dashed = |tail: &str| {
        (byte(text, word.end) == b'-').then(|| word_at(text, word.end.saturating_add(1))).filter(|w| w.as_str() == tail).map(|w| w.end)
    };
    Some(match word.as_str() {
        "đồng" => ("VND", then(&["việt", "nam"]).unwrap_or(word.end)),
        "đ" | "vnđ" | "vnd" => ("VND", word.end),
        "đô" => dollars(text, then(&["la"]).or_else(|| dashed("la")).unwrap_or(word.end)),
        "đôla" | "dollar" | "dollars" | "đola" => dollars(text, word.end),
        "mỹ" => ("USD", then(&["kim"])?),
        "usd" => ("USD", word.end),
        "bảng" => ("GBP", then(&["anh"]).unwrap_or(word.end)),
        "euro" | "eur" | "euros" => ("EUR", word.end),
        "yên" | "yen" => ("JPY", then(&["nhật"]).unwrap_or(word.end)),
        "won" => ("KRW", then(&["hàn", "quốc"]).or_else(|| then(&["hàn"])).unwrap_or(word.end)),
        "nhân" => ("CNY", then(&["dân", "tệ"])?),
        "ndt" | "tệ" | "cny" | "rmb" => ("CNY", word.end),
        "rupee" | "rupees" | "inr" => ("INR", then(&["ấn", "độ"]).unwrap_or(word.end)),
        "rupiah" => ("IDR", word.end),
        "baht" | "bath" => ("THB", word.end),
        "ringgit" => ("MYR", word.end),
        "rúp" | "ruble" | "rúpe" | "rub" => ("RUB", word.end),
        "franc" => ("CHF", then(&["thụy", "sĩ"]).or_else(|| then(&["thuỵ", "sĩ"])).or_else(|| then(&["thụy", "sỹ"])).unwrap_or(word.end)),
        "peso" => ("PHP", word.end),
        "krona" | "kronor" => ("SEK", word.end),
        "shekel" => ("ILS", word.end),
        "dirham" => ("AED", word.end),
        "gbp" => ("GBP", word.end),
        "jpy" => ("JPY", word.end),
        "krw" => ("KRW", word.end),
        "sgd" => ("SGD", word.end),
        "hkd" => ("HKD", word.end),
        "aud" => ("AUD", word.end),
        "cad" => ("CAD", word.end),
        "chf" => ("CHF", word.end),
        "thb" => ("THB", word.end),
        "twd" => ("TWD", word.end),
        "myr" => ("MYR", word.end),
        _ => return None,
    })
}

/// Whose dollars: "đô la Singapore".
fn dollars(text: &str, at: usize) -> (&'static str, usize) {
    const OF: [(&[&str], &str); 11] = [
        (&["mỹ"], "USD"),
        (&["singapore"], "SGD"),
        (&["sing"], "SGD"),
        (&["hồng", "kông"], "HKD"),
        (&["hong", "kong"], "HKD"),
        (&["hồng", "công"], "HKD"),
        (&["úc"], "AUD"),
        (&["australia"], "AUD"),
        (&["canada"], "CAD"),
        (&["đài", "loan"], "TWD"),
        (&["new", "zealand"], "NZD"),
    ];
    OF.iter().find_map(|(words, code)| skip_words(text, at, words).map(|end| (*code, end))).unwrap_or(("USD", at))
}

/// Whether a word that is also something else is a currency behind this number.
fn is_currency_here(text: &str, word: &str, end: usize, numeral: &Numeral, small: bool) -> bool {
    // "2 triệu đồng tiền phạt" is money, "hai đồng tiền" are not; "2.000 đồng nghiệp" never.
    const PEOPLE: &[&str] = &["nghiệp", "minh", "bào", "đội", "chí", "phạm", "hương", "môn", "xu", "coin"];
    const DONG_HEADS: &[&str] = &[
        "sáng", "hồ", "tiền", "loạt", "tác", "thời", "bộ", "hành", "giả", "chủ", "thuận", "lõa", "đẳng", "ruộng", "dạng", "vị", "đô",
        "euro", "yên", "bitcoin", "rúp",
    ];
    const TABLE_HEADS: &[&str] = &["xếp", "đấu", "điện", "điều", "giá", "màu", "mạch", "tin", "số", "biểu", "cân", "tính", "chữ", "kê"];
    let next = next_word(text, end);
    match word {
        "đồng" => {
            let few = !numeral.is_scaled() && numeral.amount(text, Reading::Grouped).is_some_and(|amount| amount.high.digits() < 100);
            let head = PEOPLE.contains(&next.as_str()) || (few && DONG_HEADS.contains(&next.as_str()));
            let name = small && next.capital;
            !head && !name
        }
        "bảng" => !small && (numeral.is_scaled() || !TABLE_HEADS.contains(&next.as_str())),
        "đô" => !matches!(next.as_str(), "thị" | "vật" | "đốc" | "hộ"),
        "yên" | "won" | "tệ" | "mỹ" => !small,
        // "6 đ.Lê Lợi" is an address.
        "đ" => {
            let address = byte(text, end) == b'.' && char_at(text, end.saturating_add(1)).is_some_and(char::is_alphanumeric);
            !numeral.is_words() && !address
        }
        _ => true,
    }
}

/// A currency sign and its length.
fn sign(text: &str, at: usize) -> Option<(&'static str, usize)> {
    const SIGNS: [(&str, &str); 13] = [
        ("US$", "USD"),
        ("S$", "SGD"),
        ("HK$", "HKD"),
        ("NT$", "TWD"),
        ("A$", "AUD"),
        ("C$", "CAD"),
        ("R$", "BRL"),
        ("$", "USD"),
        ("€", "EUR"),
        ("£", "GBP"),
        ("¥", "JPY"),
        ("₫", "VND"),
        ("₩", "KRW"),
    ];
    // Mostly a small letter stands there.
    if byte(text, at).is_ascii_lowercase() {
        return None;
    }
    let rest = slice(text, at..text.len());
    SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)).map(|(sign, code)| (*code, sign.len()))
}

/// Money whose currency stands in front, a sign or a code: "$699", "USD 699".
pub(super) fn money_after_sign(text: &str, at: usize) -> Option<Found> {
    let (code, place) = match sign(text, at) {
        Some((code, len)) => (code, at.saturating_add(len)),
        None => ("USD", skip_words(text, at, &["usd"])?),
    };
    let place = skip_blanks(text, place);
    if !byte(text, place).is_ascii_digit() {
        return None;
    }
    let numeral = numeral(text, place)?;
    // "$30-$40"
    let mut amount = numeral.amount(text, Reading::Grouped)?;
    let mut end = numeral.end;
    if let Some((power, letter_end)) = letter_scale(text, end) {
        let one = Decimal::new(power, 0)?;
        amount = numeral.amount(text, Reading::Decimal)?.map(|d| d.checked_mul(one))?;
        end = letter_end;
    }
    // "$5 tỷ USD" names it twice.
    let twice = currency_behind(text, &numeral).filter(|(again, _)| end == numeral.end && *again == code);
    money_found(at, twice.map_or(end, |(_, end)| end), amount, code)
}

/// "$5M", "£134m", "$1.2B", "$300K".
fn letter_scale(text: &str, at: usize) -> Option<(i128, usize)> {
    let (power, len) = match slice(text, at..at.saturating_add(2)) {
        "bn" => (1_000_000_000, 2),
        "tr" => (1_000_000, 2),
        _ => match byte(text, at) {
            b'K' | b'k' => (1_000, 1),
            b'M' | b'm' => (1_000_000, 1),
            b'B' => (1_000_000_000, 1),
            _ => return None,
        },
    };
    is_word_end(text, at.saturating_add(len)).then_some((power, at.saturating_add(len)))
}

/// "giá 22,99 triệu", "309 tỉ" after "315,5 tỉ USD": money without a currency.
fn bare_money(text: &str, at: usize, numeral: &Numeral, before: &[Found]) -> Option<Found> {
    // "giá 300k"; "m" would be metres.
    let letter = letter_scale(text, numeral.end).filter(|_| !numeral.is_scaled() && byte(text, numeral.end) != b'm' && is_price(text, at));
    if let Some((power, end)) = letter {
        let one = Decimal::new(power, 0)?;
        return money_found(at, end, numeral.amount(text, Reading::Decimal)?.map(|d| d.checked_mul(one))?, "VND");
    }
    if !numeral.is_scaled() || numeral.is_words() || !stands_alone(text, numeral.end) {
        return None;
    }
    let amount = numeral.amount(text, Reading::Grouped)?;
    let last =
        before.last().filter(|found| at.checked_sub(found.end).is_some_and(|gap| gap < NEAR) && !slice(text, found.end..at).contains('\n'));
    let money_before = last.and_then(|found| match &*found.value {
        Value::Money { amount: other, currency } => comparable(amount, *other).then_some(*currency),
        _ => None,
    });
    match money_before {
        Some(currency) => Some(found(at, numeral.end, EntityKind::Money, Value::Money { amount, currency })),
        None => is_price(text, at).then(|| money_found(at, numeral.end, amount, "VND"))?,
    }
}

/// Whether a price is announced before `at`: "giá", "trị giá chỉ", "giá từ".
fn is_price(text: &str, at: usize) -> bool {
    let mut at = at;
    for _ in 0..4 {
        let word = word_before(text, at);
        match word.as_str() {
            "giá" => return true,
            "chỉ" | "từ" | "là" | "khoảng" | "hơn" | "gần" | "dưới" | "trên" | "bán" | "rẻ" | "tầm" | "còn" | "đến" | "tới" | "lên"
            | "niêm" | "yết" => {}
            _ => return false,
        }
        at = word.start;
    }
    false
}

/// Whether no counted noun follows: the clause ends, or a word that cannot be one.
fn stands_alone(text: &str, at: usize) -> bool {
    const GO_ON: &[&str] = &[
        "và", "cho", "so", "lên", "xuống", "trong", "vào", "từ", "đến", "tới", "nhưng", "còn", "để", "ở", "tại", "với", "của", "là", "thì",
        "hoặc", "hay", "mỗi", "nên", "sau", "trước", "khi", "mà", "đã", "bạn", "cùng",
    ];
    is_clause_end(text, at) || byte(text, at) == b'/' || GO_ON.contains(&next_word(text, at).as_str())
}

/// Whether two amounts lie within a factor of fifty.
fn comparable(one: Amount, other: Amount) -> bool {
    let Some(fifty) = Decimal::new(50, 0) else {
        return false;
    };
    let near = |a: Decimal, b: Decimal| a.checked_mul(fifty).is_some_and(|a| a >= b);
    near(one.high, other.low) && near(other.high, one.low)
}

// ---- quantity

fn quantity(text: &str, at: usize, numeral: &Numeral) -> Option<Found> {
    let unit = after_number(text, numeral.end)?;
    if numeral.is_words() && !unit.after_words {
        return None;
    }
    let amount = numeral.amount(text, reading(&unit))?;
    Some(quantity_found(text, at, amount, &unit))
}

fn reading(unit: &Unit) -> Reading {
    if unit.small { Reading::Decimal } else { Reading::Grouped }
}

fn quantity_found(text: &str, at: usize, amount: Amount, unit: &Unit) -> Found {
    let (start, amount) = below_zero(text, at, amount, unit);
    let value = Value::Quantity { amount, unit: unit.symbol.clone(), si: unit.to_si(amount) };
    found(start, unit.end, EntityKind::Quantity, value)
}

/// "-20 độ C", "âm 20 độ C": the sign belongs to a temperature.
fn below_zero(text: &str, at: usize, amount: Amount, unit: &Unit) -> (usize, Amount) {
    if !matches!(unit.symbol.as_str(), "°C" | "°F" | "°") || amount.low != amount.high {
        return (at, amount);
    }
    let word = word_before(text, at);
    let dash = slice(text, 0..at).strip_suffix(['-', '−']);
    let start = match dash {
        Some(rest) if rest.is_empty() || rest.ends_with([' ', '(', '\n']) => rest.len(),
        _ if word.as_str() == "âm" => word.start,
        _ => return (at, amount),
    };
    let negated = amount.low.digits().checked_neg().and_then(|digits| Decimal::new(digits, amount.low.scale()));
    negated.map_or((at, amount), |low| (start, Amount::exact(low)))
}

/// "4K", "1080p", "4K@60fps": classes of picture resolution.
fn resolution(text: &str, at: usize) -> Option<Found> {
    let end = digits_end(text, at);
    let number: i128 = slice(text, at..end).parse().ok()?;
    let symbol = match byte(text, end) {
        b'K' if matches!(number, 2..=4 | 6 | 8 | 16) || (number == 5 && is_screen(text, at)) => "K",
        b'k' if matches!(number, 2 | 4 | 8) => "K",
        b'p' | b'P' if matches!(number, 144 | 240 | 360 | 480 | 540 | 576 | 720 | 768 | 900 | 960 | 1080 | 1440 | 2160 | 4320) => "p",
        b'i' if matches!(number, 480 | 576 | 1080) => "i",
        _ => return None,
    };
    let mut end = end.saturating_add(1);
    if !is_word_end(text, end) {
        return None;
    }
    if byte(text, end) == b'@' {
        let digits = end.saturating_add(1);
        let rate = digits_end(text, digits);
        end = after_number(text, rate).filter(|unit| rate > digits && unit.symbol == "fps").map_or(end, |unit| unit.end);
    }
    let value = Value::Quantity { amount: Amount::exact(Decimal::new(number, 0)?), unit: symbol.into(), si: None };
    Some(found(at, end, EntityKind::Quantity, value))
}

/// Whether a screen or a picture is spoken of before "5K", which is a set of
/// rules against an epidemic too.
fn is_screen(text: &str, at: usize) -> bool {
    matches!(
        word_before(text, at).as_str(),
        "giải"
            | "hình"
            | "bản"
            | "inch"
            | "video"
            | "phim"
            | "quay"
            | "chuẩn"
            | "retina"
            | "nét"
            | "tv"
            | "hd"
            | "uhd"
            | "cỡ"
            | "display"
            | "studio"
    )
}

/// "126 x 294 pixel", "12.000x9.000", "147 x 71 x 7,8 mm", "1/1,52 inch" is [`list`]'s.
fn dimensions(text: &str, at: usize) -> Option<Found> {
    let mut ends = vec![digits_end(text, at)];
    let mut starts = vec![at];
    while ends.len() < 4 {
        let Some(next) = ends.last().and_then(|end| times(text, *end)) else {
            break;
        };
        starts.push(next);
        ends.push(digits_end(text, next));
    }
    let end = ends.last().copied().filter(|end| ends.len() > 1 && *end > at)?;
    let unit = after_number(text, end);
    if unit.is_none() && !is_word_end(text, end) {
        return None;
    }
    let reading = unit.as_ref().map_or(Reading::Grouped, reading);
    let side = |(start, end): (&usize, &usize)| numeral(slice(text, 0..*end), *start)?.amount(text, reading).map(|amount| amount.low);
    let sides: Vec<Decimal> = starts.iter().zip(&ends).map(side).collect::<Option<_>>()?;
    // Without a unit only a picture's resolution is clear: "4x4" is a drive.
    let hundred = Decimal::new(100, 0)?;
    if unit.is_none() && (sides.len() != 2 || sides.iter().any(|side| *side < hundred)) {
        return None;
    }
    let (symbol, end) = unit.map_or(("px".into(), end), |unit| (unit.symbol, unit.end));
    Some(found(at, end, EntityKind::Quantity, Value::Dimensions { sides, unit: symbol }))
}

/// The place of the next side, behind "x", "×", " x ".
fn times(text: &str, at: usize) -> Option<usize> {
    let sign = skip_blanks(text, at);
    let len = match char_at(text, sign)? {
        'x' | 'X' | '*' => 1,
        '×' => '×'.len_utf8(),
        _ => return None,
    };
    let next = skip_blanks(text, sign.saturating_add(len));
    byte(text, next).is_ascii_digit().then_some(next)
}

/// "8/16 MP", "32/64/128 GB", "1/1,52 inch": several numbers, one unit.
fn list(text: &str, at: usize) -> Option<Found> {
    let mut end = digits_end(text, at);
    let mut numbers = vec![(at, end)];
    while byte(text, end) == b'/' && byte(text, end.saturating_add(1)).is_ascii_digit() && numbers.len() < 5 {
        let next = end.saturating_add(1);
        end = digits_end(text, next);
        numbers.push((next, end));
    }
    if numbers.len() < 2 {
        return None;
    }
    let unit = after_number(text, end)?;
    let value =
        |(start, end): &(usize, usize)| numeral(slice(text, 0..*end), *start)?.amount(text, reading(&unit)).map(|amount| amount.low);
    let values: Vec<Decimal> = numbers.iter().map(value).collect::<Option<_>>()?;
    let (low, high) = (values.iter().min().copied()?, values.iter().max().copied()?);
    // A fraction of an inch is how the size of a camera's sensor is given.
    if unit.symbol == "inch" && values.first() == Decimal::new(1, 0).as_ref() {
        let value = Value::Quantity { amount: Amount::exact(high), unit: "1/inch".into(), si: None };
        return Some(found(at, unit.end, EntityKind::Quantity, value));
    }
    Some(quantity_found(text, at, Amount { low, high }, &unit))
}
