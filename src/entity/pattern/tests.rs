use super::*;
use crate::date::Date;
use crate::entity::value::{Anchor, DatePart, DateUnit, DateValue, Measure, Weekday};
use crate::testing::{Failures, rows};

const NUMBERS: [EntityKind; 3] = [EntityKind::Money, EntityKind::Percent, EntityKind::Quantity];

/// The mentions of `kinds` in `text`.
fn found_in(text: &str, kinds: &[EntityKind]) -> Vec<Found> {
    let mut all = Vec::new();
    find_in(text, &mut all);
    all.retain(|found| kinds.contains(&found.kind));
    all
}

/// Several cells in one, `-` for none.
fn joined(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { "-".into() } else { parts.join(" | ") }
}

fn kind_name(kind: EntityKind) -> String {
    format!("{kind:?}").to_lowercase()
}

#[test]
fn numbers() {
    let mut failures = Failures::default();
    for row in rows("numbers.tsv") {
        let text = row.cell(0);
        let found = found_in(text, &NUMBERS);
        let mentions = joined(found.iter().map(|f| text[f.start..f.end].to_string()));
        let mut kinds: Vec<String> = found.iter().map(|f| kind_name(f.kind)).collect();
        kinds.dedup();
        let values = joined(found.iter().map(|f| shown(&f.value)));
        let got = format!("{mentions}\t{}\t{values}", joined(kinds.into_iter()));
        failures.check(&row, &row.cells[1..4].join("\t"), &got);
    }
    failures.finish("The header of fixtures/cases/numbers.tsv tells how values are written.");
}

#[test]
fn dates() {
    let mut failures = Failures::default();
    for row in rows("dates.tsv") {
        let text = row.cell(0);
        let found = found_in(text, &[EntityKind::Date]);
        let mentions = joined(found.iter().map(|f| text[f.start..f.end].to_string()));
        let values = joined(found.iter().map(|f| shown(&f.value)));
        let published: Option<Date> = row.cell(3).parse().ok();
        let resolved = published.map(|day| joined(found.iter().map(|f| shown(&resolved(&f.value, day)))));
        let got = format!("{mentions}\t{values}\t{}\t{}", row.cell(3), resolved.unwrap_or("-".into()));
        failures.check(&row, &row.cells[1..5].join("\t"), &got);
    }
    failures.finish("The header of fixtures/cases/dates.tsv tells how values are written.");
}

fn resolved(value: &Value, published: Date) -> Value {
    match value {
        Value::Date(date) => Value::Date(date.resolve(published)),
        other => other.clone(),
    }
}

#[test]
fn what_is_resolved_stays_so() {
    let published = "2017-06-07".parse().unwrap();
    let later = "2021-01-31".parse().unwrap();
    for row in rows("dates.tsv") {
        for found in found_in(row.cell(0), &[EntityKind::Date]) {
            let once = resolved(&found.value, published);
            assert_eq!(resolved(&once, later), once, "{}: {}", row.place, row.cell(0));
        }
    }
}

// ---- how the tables write values

fn shown(value: &Value) -> String {
    match value {
        Value::Money { amount, currency } => format!("{amount} {currency}"),
        Value::Percent { amount } => format!("{amount} %"),
        Value::Quantity { amount, unit, si: None } => format!("{amount} {unit}"),
        Value::Quantity { amount, unit, si: Some(Measure { amount: si, unit: si_unit }) } => format!("{amount} {unit} = {si} {si_unit}"),
        Value::Dimensions { sides, unit } => {
            let sides: Vec<String> = sides.iter().map(ToString::to_string).collect();
            format!("{} {unit}", sides.join(" x "))
        }
        Value::Date(date) => shown_date(date),
    }
}

fn shown_date(date: &DateValue) -> String {
    match date {
        DateValue::Day { year, month, day, part } => format!("{}-{month:02}-{day:02}{}", year_of(*year), part_of(*part)),
        DateValue::DayOfMonth { month, day, part } => format!("{}:{day}{}", anchor(*month, 'M'), part_of(*part)),
        DateValue::DayOfWeek { week, weekday, part } => format!("{}:{}{}", anchor(*week, 'W'), weekday_name(*weekday), part_of(*part)),
        DateValue::NthDayOfWeek { year, month, weekday, nth } => format!("{}-{month:02}:{}#{nth}", year_of(*year), weekday_name(*weekday)),
        DateValue::Week { monday, part } => format!("week {monday}{}", part_of(*part)),
        DateValue::Month { year, month, part } => format!("{}-{month:02}{}", year_of(*year), part_of(*part)),
        DateValue::Quarter { year, quarter, part } => format!("{}-Q{quarter}{}", year_of(*year), part_of(*part)),
        DateValue::Season { year, season, part } => {
            format!("{}-{}{}", year_of(*year), format!("{season:?}").to_lowercase(), part_of(*part))
        }
        DateValue::Year { year, part } => format!("{year}{}", part_of(*part)),
        DateValue::Decade { first_year, part } => format!("{first_year}s{}", part_of(*part)),
        DateValue::Century { century, part } => format!("c{century}{}", part_of(*part)),
        DateValue::Relative { unit, offset, part } => format!("{}{offset:+}{}", unit_name(*unit), part_of(*part)),
        DateValue::Range { from, to } => format!("{}..{}", shown_date(from), shown_date(to)),
    }
}

fn year_of(year: Anchor) -> String {
    anchor(year, 'Y')
}

fn anchor(anchor: Anchor, unit: char) -> String {
    match anchor {
        Anchor::Known(year) => year.to_string(),
        Anchor::Offset(offset) => format!("{unit}{offset:+}"),
        Anchor::Nearest => "?".into(),
        Anchor::Past => "<".into(),
        Anchor::Coming => ">".into(),
    }
}

fn part_of(part: Option<DatePart>) -> String {
    part.map_or(String::new(), |part| format!("/{}", serde_json::to_string(&part).unwrap().trim_matches('"')))
}

fn unit_name(unit: DateUnit) -> String {
    format!("{unit:?}").to_lowercase()
}

fn weekday_name(weekday: Weekday) -> String {
    format!("{weekday:?}").to_lowercase()[..3].to_string()
}

// ---- promises

#[test]
fn every_head_word_is_found_in_both_cases() {
    let all = HEADS.iter().map(|(word, _)| *word);
    for vocabulary in [Vocabulary::new([]), Vocabulary::new(all)] {
        let openers = Openers::new(&vocabulary);
        for (word, kind) in HEADS {
            for text in [word.to_string(), word.to_uppercase()] {
                let mut tokens = Vec::new();
                crate::token::tokenize(&text, &mut tokens);
                let id = vocabulary.id(&text, &tokens[0]);
                assert_eq!(openers.head(&text, &tokens[0], id), Some(*kind), "{text}");
            }
        }
    }
}

/// Text that has caught such scanners before, and every row of the tables cut
/// at every character: sorted, disjoint, on character borders, and no panic.
#[test]
fn spans_hold_for_any_text() {
    let mut texts: Vec<String> =
        ["", "ngày", "5", "$", "từ 1", "1/", "15h", "năm 2017-", "99.", "0,", "đ", "\u{301}", "5\u{301} tỷ USD", "5 tỷ USD\u{301}"]
            .map(String::from)
            .into();
    for table in ["numbers.tsv", "dates.tsv"] {
        for row in rows(table) {
            let text = row.cell(0).to_string();
            texts.extend(text.char_indices().map(|(i, _)| text[i..].to_string()));
            texts.extend(text.char_indices().map(|(i, _)| text[..i].to_string()));
        }
    }
    for text in texts {
        let mut found = Vec::new();
        find_in(&text, &mut found);
        let mut at = 0;
        for f in &found {
            assert!(at <= f.start && f.start < f.end, "{text}");
            let span = text.get(f.start..f.end).unwrap_or_else(|| panic!("{text}: cuts a character"));
            assert_eq!(span, span.trim(), "{text}");
            assert!(!text::char_at(&text, f.end).is_some_and(text::is_mark), "{text}: cuts {span} from its mark");
            let (last, next) = (span.chars().next_back().unwrap(), text::char_at(&text, f.end).unwrap_or(' '));
            assert!(!(last.is_alphanumeric() && next.is_alphanumeric()) || last == '$', "{text}: {span} cuts a word");
            at = f.end;
        }
    }
}

/// Time grows with the text, not with its square. The bound is loose: a
/// quadratic scanner is slower by a factor of hundreds.
#[test]
fn linear_on_hostile_text() {
    for unit in [
        "1",
        "1.",
        "1,1",
        "1-",
        "1/",
        "1 ",
        " ",
        "a",
        "năm ",
        "từ 1 đến ",
        "5 tỷ ",
        "ngày 1",
        "$",
        "1x1",
        "\u{a0}",
        "hàng trăm ",
        "1%-",
        "(2017",
        "thứ hai ",
    ] {
        let text = unit.repeat(400_000 / unit.len());
        let started = std::time::Instant::now();
        find_in(&text, &mut Vec::new());
        assert!(started.elapsed().as_secs() < 4, "{unit:?} took {:?}", started.elapsed());
    }
}
