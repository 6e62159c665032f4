//! Whom and what a sentence names, and what numbers it gives.

use super::sheet::{ONE, Sheet};
use crate::document::View;
use crate::entity::EntityKind;
use crate::entity::mention::FoundMention;
use crate::span::slice;
use std::collections::HashMap;

/// How many of the article's most frequent names are its main ones.
const MAIN: usize = 3;

/// What a sentence mentions.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Named {
    persons: u8,
    organizations: u8,
    products: u8,
    all: u8,
    money: u8,
    dates: u8,
    /// How many of the main names stand in it, and whether the first does.
    main: u8,
    has_first: bool,
}

/// What each sentence mentions. Linear in the mentions.
pub(super) fn count(view: &View<'_>, mentions: &[FoundMention]) -> Vec<Named> {
    let mut out = vec![Named::default(); view.sentences.len()];
    let main = main_names(view, mentions);
    let mut sentence = 0;
    let mut seen = 0_u8;
    for mention in mentions {
        while sentence + 1 < out.len() && view.sentence_bytes(sentence).1 <= mention.start {
            (sentence, seen) = (sentence + 1, 0);
        }
        let Some(named) = out.get_mut(sentence) else { break };
        named.add(mention);
        let name = slice(view.text, mention.start..mention.end);
        if let Some(place) = main.iter().position(|m| *m == name).filter(|_| mention.value.is_none()) {
            let new = seen >> place & 1 == 0;
            seen |= 1 << place;
            named.main += u8::from(new);
            named.has_first |= place == 0;
        }
    }
    out
}

/// The names that stand most often, the earlier first where equal.
fn main_names<'d>(view: &View<'d>, mentions: &[FoundMention]) -> Vec<&'d str> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut counts: Vec<(usize, &str)> = Vec::new();
    for mention in mentions.iter().filter(|m| m.value.is_none()) {
        let name = slice(view.text, mention.start..mention.end);
        let place = *places.entry(name).or_insert(counts.len());
        match counts.get_mut(place) {
            Some(count) => count.0 += 1,
            None => counts.push((1, name)),
        }
    }
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    counts.into_iter().take(MAIN).map(|(_, name)| name).collect()
}

impl Named {
    fn add(&mut self, mention: &FoundMention) {
        let count = match mention.kind {
            EntityKind::Person => Some(&mut self.persons),
            EntityKind::Organization => Some(&mut self.organizations),
            EntityKind::Product => Some(&mut self.products),
            EntityKind::Money => Some(&mut self.money),
            EntityKind::Date => Some(&mut self.dates),
            _ => None,
        };
        if let Some(count) = count {
            *count = count.saturating_add(1);
        }
        if mention.value.is_none() {
            self.all = self.all.saturating_add(1);
        }
    }
}

/// Number of names, at most six, divided by 8: who acts on whom.
pub(super) fn names(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    of(sheet, sentence, |n| n.all.min(6), 8)
}

/// Number of people, at most three, divided by 4; so the following.
pub(super) fn persons(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    of(sheet, sentence, |n| n.persons.min(3), 4)
}

pub(super) fn organizations(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    of(sheet, sentence, |n| n.organizations.min(3), 4)
}

pub(super) fn products(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    of(sheet, sentence, |n| n.products.min(3), 4)
}

pub(super) fn amounts(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    of(sheet, sentence, |n| n.money.min(3), 4)
}

pub(super) fn dates(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    of(sheet, sentence, |n| n.dates.min(3), 4)
}

/// 1 where an amount of money stands; so the following.
pub(super) fn money(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    of(sheet, sentence, |n| n.money.min(1), 1)
}

pub(super) fn date(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    of(sheet, sentence, |n| n.dates.min(1), 1)
}

/// 1 where the article's most frequent name stands.
pub(super) fn main_name(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    of(sheet, sentence, |n| u8::from(n.has_first), 1)
}

/// How many of its three most frequent names stand there, divided by 4.
pub(super) fn main_names_count(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    of(sheet, sentence, |n| n.main, 4)
}

fn of(sheet: &Sheet<'_>, sentence: usize, count: impl Fn(&Named) -> u8, unit: i64) -> i64 {
    sheet.named.get(sentence).map_or(0, |named| i64::from(count(named)) * ONE / unit)
}

#[cfg(all(test, feature = "builtin-model"))]
mod tests {
    use super::*;
    use crate::score::testing::with_sheet;

    #[test]
    fn mentions_are_counted_by_sentence() {
        let text = "Google ra mắt Pixel 3 tại Hà Nội. Tim Cook của Apple nói về Google hôm 10/5. Giá là 5 triệu đồng đến 7 triệu đồng.";
        with_sheet(text, |sheet| {
            let read = |signal: fn(&Sheet<'_>, usize) -> i64, unit: i64| (0..3).map(|s| signal(sheet, s) * unit / ONE).collect::<Vec<_>>();
            assert_eq!(read(persons, 4), [0, 1, 0]);
            assert_eq!(read(main_name, 1), [1, 1, 0]);
            assert_eq!(read(date, 1), [0, 1, 0]);
            assert_eq!(read(money, 1), [0, 0, 1]);
        });
    }
}
