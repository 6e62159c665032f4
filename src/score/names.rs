//! Whom and what a sentence names, and what numbers it gives.

use super::line::Line;
use super::sheet::ONE;
use crate::document::View;
use crate::entity::EntityKind;
use crate::entity::link::written::{NO_NAME, Written};
use crate::entity::mention::FoundMention;

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

/// The mentions of a text, and which of them are written alike.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Naming<'m> {
    pub(crate) mentions: &'m [FoundMention],
    pub(crate) written: &'m Written,
}

/// What each sentence mentions. Linear in the mentions.
pub(super) fn count(view: &View<'_>, Naming { mentions, written }: &Naming<'_>) -> Vec<Named> {
    let mut out = vec![Named::default(); view.sentences.len()];
    let main = main_names(written);
    let mut sentence = 0;
    let mut seen = 0_u8;
    let mut end = view.sentence_bytes(0).1;
    for (i, mention) in mentions.iter().enumerate() {
        while sentence + 1 < out.len() && end <= mention.start {
            (sentence, seen) = (sentence + 1, 0);
            end = view.sentence_bytes(sentence).1;
        }
        let Some(named) = out.get_mut(sentence) else { break };
        named.add(mention);
        let name = written.of(i);
        if let Some(place) = main.iter().position(|m| *m == name).filter(|_| name != NO_NAME) {
            let new = seen >> place & 1 == 0;
            seen |= 1 << place;
            named.main += u8::from(new);
            named.has_first |= place == 0;
        }
    }
    out
}

/// The names that stand most often, the earlier first where equal.
fn main_names(written: &Written) -> [u32; MAIN] {
    let mut main = [(0, NO_NAME); MAIN];
    for (spelling, number) in written.all().iter().zip(0..) {
        let place = main.iter().position(|(times, _)| spelling.times > *times);
        if let Some(behind) = place.and_then(|place| main.get_mut(place..)) {
            behind.rotate_right(1);
            if let Some(first) = behind.first_mut() {
                *first = (spelling.times, number);
            }
        }
    }
    main.map(|(_, number)| number)
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
pub(super) fn names(line: &Line<'_, '_>) -> i64 {
    of(line, |n| n.all.min(6), 8)
}

/// Number of people, at most three, divided by 4; so the following.
pub(super) fn persons(line: &Line<'_, '_>) -> i64 {
    of(line, |n| n.persons.min(3), 4)
}

pub(super) fn organizations(line: &Line<'_, '_>) -> i64 {
    of(line, |n| n.organizations.min(3), 4)
}

pub(super) fn products(line: &Line<'_, '_>) -> i64 {
    of(line, |n| n.products.min(3), 4)
}

pub(super) fn amounts(line: &Line<'_, '_>) -> i64 {
    of(line, |n| n.money.min(3), 4)
}

pub(super) fn dates(line: &Line<'_, '_>) -> i64 {
    of(line, |n| n.dates.min(3), 4)
}

/// 1 where an amount of money stands; so the following.
pub(super) fn money(line: &Line<'_, '_>) -> i64 {
    of(line, |n| n.money.min(1), 1)
}

pub(super) fn date(line: &Line<'_, '_>) -> i64 {
    of(line, |n| n.dates.min(1), 1)
}

/// 1 where the article's most frequent name stands.
pub(super) fn main_name(line: &Line<'_, '_>) -> i64 {
    of(line, |n| u8::from(n.has_first), 1)
}

/// How many of its three most frequent names stand there, divided by 4.
pub(super) fn main_names_count(line: &Line<'_, '_>) -> i64 {
    of(line, |n| n.main, 4)
}

fn of(line: &Line<'_, '_>, count: impl Fn(&Named) -> u8, unit: i64) -> i64 {
    i64::from(count(&line.named)) * ONE / unit
}

#[cfg(all(test, feature = "builtin-model"))]
mod tests {
    use super::*;
    use crate::score::testing::with_sheet;

    #[test]
    fn mentions_are_counted_by_sentence() {
        let text = "Google ra mắt Pixel 3 tại Hà Nội. Tim Cook của Apple nói về Google hôm 10/5. Giá là 5 triệu đồng đến 7 triệu đồng.";
        with_sheet(text, |sheet| {
            let read =
                |signal: fn(&Line<'_, '_>) -> i64, unit: i64| (0..3).map(|s| signal(&sheet.line(s)) * unit / ONE).collect::<Vec<_>>();
            assert_eq!(read(persons, 4), [0, 1, 0]);
            assert_eq!(read(main_name, 1), [1, 1, 0]);
            assert_eq!(read(date, 1), [0, 1, 0]);
            assert_eq!(read(money, 1), [0, 0, 1]);
        });
    }
}
