//! Sums of weights that were computed before.
//!
//! A third of the questions about a token are asked of one token alone, seen
//! from each place of the window, and the same tokens come again and again, in
//! an article and in the next. Takes a glance, gives the sum of the rows of all
//! such questions for each place of the window. Promises: the same sums as without it; a
//! fixed size; what it forgets is computed again.

use super::features::{Keys, PLACES, QUESTIONS, place_keys};
use super::glance::Glance;
use super::weights::{Scores, Weights};

/// Glances remembered: some 500 KB, which stay in the cache beside the rest.
const SLOTS: usize = 1 << 11;

/// The glances seen last, by what they look like.
#[derive(Debug, Default)]
pub struct Memory {
    /// The recognizer that the sums are of.
    owner: u32,
    slots: Vec<Slot>,
}

/// The sums for one token.
#[derive(Debug, Clone, Default)]
pub struct Slot {
    glance: Glance,
    /// Bit `p` says whether the sum for place `p` is known.
    known: u8,
    sums: [Scores; PLACES],
}

impl Memory {
    /// Forgets the sums of another recognizer.
    pub fn begin(&mut self, owner: u32) {
        if self.owner != owner || self.slots.is_empty() {
            self.owner = owner;
            self.slots.clear();
            self.slots.resize(SLOTS, Slot::default());
        }
    }

    /// The sums for a token; `begin` comes before.
    #[inline]
    pub fn sums(&mut self, glance: &Glance) -> Option<&mut Slot> {
        let slot = self.slots.get_mut(home(glance))?;
        if !slot.glance.looks_like(glance) {
            slot.glance = *glance;
            slot.known = 0;
        }
        Some(slot)
    }
}

impl Slot {
    /// Adds the sum for the token seen at `place` to `scores`.
    #[inline]
    pub fn add(&mut self, place: usize, weights: &Weights, scores: &mut Scores) {
        let Some(sum) = self.sums.get_mut(place) else { return };
        if self.known >> place & 1 == 0 {
            self.known |= 1 << place;
            *sum = Scores::default();
            let mut keys: Keys = [0; QUESTIONS];
            weights.add(place_keys(&self.glance, place, &mut keys), sum);
        }
        scores.iter_mut().zip(sum.iter()).for_each(|(score, value)| *score = score.wrapping_add(*value));
    }
}

fn home(glance: &Glance) -> usize {
    let seen = u64::from(glance.form) ^ u64::from(glance.word) << 24 ^ u64::from(glance.shape) << 12;
    (seen.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize & (SLOTS - 1)
}
