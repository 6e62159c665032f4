//! Mentions → entities: which ones name the same thing.
//!
//! Never links on a guess: mentions are joined where they are the same name,
//! letter case and tone style aside, and are both names or both numbers.

use super::mention::FoundMention;
use super::{Entity, EntityKind, LinkRule, Mention};
use crate::normalize::fold::lower_char;
use crate::normalize::tone;
use crate::span::{Span, slice};
use crate::summary::Score;
use std::collections::HashMap;

/// What the linker reads.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Linking<'l> {
    /// The normalized text.
    pub(crate) text: &'l str,
    /// Its mentions, in order.
    pub(crate) mentions: &'l [FoundMention],
}

/// Groups mentions into entities, most salient first. `raw` maps a range of
/// the normalized text to the author's bytes, `shown` gives their text.
pub(crate) fn link(linking: &Linking<'_>, raw: impl Fn(usize, usize) -> Span, shown: impl Fn(Span) -> String) -> Vec<Entity> {
    let mut groups: Vec<Entity> = Vec::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for mention in linking.mentions {
        let written = slice(linking.text, mention.start..mention.end);
        let key = match &mention.value {
            Some(_) => format!("{:?} {}", mention.kind, canonical(written)),
            None => canonical(written),
        };
        let span = raw(mention.start, mention.end);
        let id = *by_name.entry(key).or_insert_with(|| {
            let id = groups.len();
            let name = shown(span);
            groups.push(Entity { id, kind: mention.kind, name, mentions: Vec::new(), title: None, affiliation: None, value: mention.value.clone(), salience: Score::default() });
            id
        });
        if let Some(entity) = groups.get_mut(id) {
            let link = (shown(span) != entity.name).then_some(LinkRule::Variant);
            entity.mentions.push(Mention { span, kind: mention.kind, link });
        }
    }
    for entity in &mut groups {
        entity.kind = most_frequent_kind(entity);
    }
    let total = linking.text.len().max(1);
    for entity in &mut groups {
        entity.salience = salience(entity, total);
    }
    groups.sort_by_key(|e| (std::cmp::Reverse(e.salience), e.id));
    groups
}

/// Lower case, new tone style, one space between syllables.
fn canonical(name: &str) -> String {
    let lower: String = name.split_whitespace().collect::<Vec<_>>().join(" ").chars().map(lower_char).collect();
    tone::to_new_style(&lower).into_owned()
}

fn most_frequent_kind(entity: &Entity) -> EntityKind {
    let count = |kind: EntityKind| entity.mentions.iter().filter(|m| m.kind == kind).count();
    let mut best = entity.kind;
    for mention in &entity.mentions {
        if count(mention.kind) > count(best) {
            best = mention.kind;
        }
    }
    best
}

/// Grows with the number of mentions, less and less, and with how early the
/// first one stands; numbers count half.
fn salience(entity: &Entity, text_bytes: usize) -> Score {
    const ONE: i64 = 1 << 16;
    let mentions = entity.mentions.len() as i64;
    let often = ONE * mentions / (mentions + 3);
    let first = entity.mentions.first().map_or(text_bytes, |m| m.span.start).min(text_bytes);
    let early = ONE - ONE * first as i64 / text_bytes as i64;
    let sum = (often * 3 + early) / 4;
    Score::from_units(if entity.value.is_some() { sum / 2 } else { sum } as i32)
}
