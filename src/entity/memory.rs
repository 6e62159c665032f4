//! Sums of weights that were computed before.
//!
//! A third of the questions about a token are asked of one token alone, seen
//! from each place of the window, and the same tokens come again and again, in
//! an article and in the next. Takes a glance, gives the sum of the rows of all
//! such questions for each place of the window. Promises: the same sums as
//! without it; a fixed size; what it forgets is computed again.

use super::features::{HERE, LAST, PLACES, far_keys, near_keys, own_keys};
use super::glance::Glance;
use super::weights::{Scores, Weights};

/// Glances remembered: some 250 KB, which stay in the cache beside the rest.
const SLOTS: usize = 1 << 10;

/// The glances seen last, by what they look like.
#[derive(Debug, Default)]
pub struct Memory {
    /// The recognizer that the sums are of.
    owner: u32,
    slots: Vec<Slot>,
}

/// The sums for one token.
#[derive(Debug, Clone, Default)]
struct Slot {
    glance: Glance,
    /// Bit `p` says whether the sum for place `p` is known.
    known: u8,
    /// That of the last place first: as tokens see this one from left to right.
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

    /// Adds to the scores of the tokens that see this one, from left to right,
    /// its sums for their places. Only sums for the places of `asked`, bit `p`
    /// for place `p`, are sure to be right. `begin` comes before.
    #[inline]
    pub fn add(&mut self, glance: &Glance, asked: u8, weights: &Weights, scores: &mut [Scores; PLACES]) {
        let Some(slot) = self.slots.get_mut(home(glance)) else { return };
        if !slot.glance.looks_like(glance) {
            slot.glance = *glance;
            slot.known = 0;
        }
        if asked & !slot.known != 0 {
            slot.learn(asked, weights);
        }
        for (scores, sum) in scores.iter_mut().zip(&slot.sums) {
            *scores = sum_of(*scores, *sum);
        }
    }
}

/// By value, as then whole vectors are added.
#[inline]
fn sum_of(mut scores: Scores, sum: Scores) -> Scores {
    scores.iter_mut().zip(sum).for_each(|(score, value)| *score = score.wrapping_add(value));
    scores
}

impl Slot {
    /// Computes those of the sums that are not known.
    fn learn(&mut self, asked: u8, weights: &Weights) {
        for (place, sum) in self.sums.iter_mut().rev().enumerate() {
            if (asked & !self.known) >> place & 1 != 0 {
                *sum = Scores::default();
                match place {
                    HERE => {
                        weights.add(&near_keys(&self.glance, place), sum);
                        weights.add(&own_keys(&self.glance), sum);
                    }
                    0 | LAST => weights.add(&far_keys(&self.glance, place), sum),
                    _ => weights.add(&near_keys(&self.glance, place), sum),
                }
            }
        }
        self.known |= asked;
    }
}

fn home(glance: &Glance) -> usize {
    let seen = u64::from(glance.form) ^ u64::from(glance.word) << 24 ^ u64::from(glance.shape) << 12;
    (seen.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize & (SLOTS - 1)
}
