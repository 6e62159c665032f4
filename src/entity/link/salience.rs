//! How much the article is about an entity, 0 to 1.
//!
//! Grows with the number of mentions, less and less, with how early the first
//! one stands, and where title and lede name it. Names lie above numbers:
//! what an article is about is never an amount.

use crate::entity::EntityKind;
use crate::summary::{Role, Score};

/// Where an entity is named.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Places {
    title: u32,
    lede: u32,
    body: u32,
    /// Captions, bylines and credits.
    margin: u32,
}

impl Places {
    /// Counts one mention in a sentence of this role.
    pub(super) fn count(&mut self, role: Role) {
        let place = match role {
            Role::Title => &mut self.title,
            Role::Lede => &mut self.lede,
            Role::Body | Role::Heading => &mut self.body,
            _ => &mut self.margin,
        };
        *place += 1;
    }
}

const ONE: i64 = 1 << 16;

/// The salience of an entity first named at byte `first` of `text_bytes`.
pub(super) fn salience(kind: EntityKind, is_number: bool, places: Places, first: usize, text_bytes: usize) -> Score {
    let running = i64::from(places.title + places.lede + places.body);
    let often = ONE * running / (running + 4);
    let length = text_bytes.max(1) as i64;
    let early = ONE - ONE * (first as i64).min(length) / length;
    let flag = |count: u32| if count > 0 { ONE } else { 0 };
    let mut sum = (often * 50 + early * 10 + flag(places.title) * 25 + flag(places.lede) * 15) / 100;
    if running == 0 {
        sum /= 4;
    }
    // Places and days are where things happen, seldom what they are about.
    let weight = if kind == EntityKind::Location { 1 } else { 2 };
    let above = if is_number { sum / 4 } else { ONE / 4 + sum * 3 / 4 * weight / 2 };
    Score::from_units(i32::try_from(above).unwrap_or(0))
}
