//! What a number says, in a few words for the reader of a page.

use tomtat::Date;
use tomtat::value::{Anchor, DateValue, Value};

/// `value` in a few words: "5000000000 USD", "2026-11-23". A date that depends
/// on the day of publication is worked out where that is known.
pub fn value_text(value: &Value, published: Option<Date>) -> String {
    match value {
        Value::Money { amount, currency } => format!("{amount} {currency}"),
        Value::Percent { amount } => format!("{amount} %"),
        Value::Quantity { amount, unit, si } => match si {
            Some(si) if si.unit != *unit => format!("{amount} {unit} = {} {}", si.amount, si.unit),
            _ => format!("{amount} {unit}"),
        },
        Value::Dimensions { sides, unit } => {
            let sides: Vec<String> = sides.iter().map(ToString::to_string).collect();
            format!("{} {unit}", sides.join(" × "))
        }
        Value::Date(date) => match published {
            Some(day) => date_text(&date.resolve(day)),
            None => date_text(date),
        },
        // A kind of value this command does not know yet.
        other => serde_json::to_string(other).unwrap_or_default(),
    }
}

fn date_text(date: &DateValue) -> String {
    match date {
        DateValue::Day { year: Anchor::Known(year), month, day, .. } => format!("{year:04}-{month:02}-{day:02}"),
        DateValue::Day { month, day, .. } => format!("{day}/{month}, year not said"),
        DateValue::Month { year: Anchor::Known(year), month, .. } => format!("{year:04}-{month:02}"),
        DateValue::Month { month, .. } => format!("month {month}, year not said"),
        DateValue::Quarter { year: Anchor::Known(year), quarter, .. } => format!("{year:04}, quarter {quarter}"),
        DateValue::Year { year, .. } => year.to_string(),
        DateValue::Decade { first_year, .. } => format!("the {first_year}s"),
        DateValue::Century { century, .. } => format!("century {century}"),
        DateValue::Week { monday, .. } => format!("week of {monday}"),
        DateValue::Relative { unit, offset, .. } => format!("{unit:?} {offset:+} from publication").to_lowercase(),
        DateValue::Range { from, to } => format!("{} to {}", date_text(from), date_text(to)),
        other => serde_json::to_string(other).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn text(json: &str) -> String {
        value_text(&serde_json::from_str(json).unwrap(), None)
    }

    #[test]
    fn values_in_a_few_words() {
        let amount = r#"{"low":"5000000000","high":"5000000000"}"#;
        assert_eq!(text(&format!(r#"{{"money":{{"amount":{amount},"currency":"USD"}}}}"#)), "5000000000 USD");
        assert_eq!(text(r#"{"date":{"day":{"year":{"known":2026},"month":11,"day":3,"part":null}}}"#), "2026-11-03");
        assert_eq!(text(r#"{"date":{"relative":{"unit":"year","offset":-1,"part":null}}}"#), "year -1 from publication");
        let yesterday = serde_json::from_str(r#"{"date":{"relative":{"unit":"day","offset":-1,"part":null}}}"#).unwrap();
        assert_eq!(value_text(&yesterday, Date::new(2026, 11, 1)), "2026-10-31");
    }
}
