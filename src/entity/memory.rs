//! Sums of weights that were computed before.
//!
//! A third of the questions about a token are asked of one token alone, and the
//! same tokens come again and again, in an article and in the next. Takes a
//! glance, gives the sum of the rows of all such questions: for each place of
//! the window that the token may be seen from, and for the token itself, which
//! is asked for more that is seldom twice the same. The votes of an article say
//! few different things, so that two of three sums of theirs are known, too.
//! Promises: the same sums as without it; a fixed size; what it forgets is
//! computed again.

use super::features::{LAST, OwnLook, PLACES, PlaceKeys, PlaceLook, own_keys};
use super::glance::Glance;
use super::votes::{VotesAt, VotesLook};
use super::weights::{Scores, Weights};

/// Looks of each sort remembered: some 300 KB in all, which stay in the cache
/// beside the rest.
const SLOTS: usize = 1 << 10;

/// The tokens seen last, by what they look like.
#[derive(Debug, Default)]
pub struct Memory {
    /// The recognizer that the sums are of.
    owner: u32,
    places: Vec<PlaceSlot>,
    own: Vec<OwnSlot>,
    votes: Vec<VotesSlot>,
}

/// The sums of what a token is asked from each place.
#[derive(Debug, Clone, Default)]
struct PlaceSlot {
    look: PlaceLook,
    /// Bit `p` says whether the sum for place `p` is known.
    known: u8,
    /// That of the last place first: as tokens see this one from left to right.
    sums: [Scores; PLACES],
}

/// The sum of what a token is asked of itself. A free slot has the default look,
/// which no token has: no shape is 0.
#[derive(Debug, Clone, Default)]
struct OwnSlot {
    look: OwnLook,
    sum: Scores,
}

/// The sum of what is asked of the votes at a token. A free slot says that where
/// nothing is seen nothing is added.
#[derive(Debug, Clone, Default)]
struct VotesSlot {
    look: VotesLook,
    sum: Scores,
}

impl Memory {
    /// Forgets the sums of another recognizer.
    pub fn begin(&mut self, owner: u32) {
        if self.owner != owner || self.own.is_empty() {
            *self = Self {
                owner,
                places: vec![PlaceSlot::default(); SLOTS],
                own: vec![OwnSlot::default(); SLOTS],
                votes: vec![VotesSlot::default(); SLOTS],
            };
        }
    }

    /// The sums for the places of the tokens that see this one, from left to
    /// right. Only those of `asked`, bit `p` for place `p`, are sure to be right.
    /// `begin` comes before.
    #[inline]
    pub fn places(&mut self, glance: &Glance, asked: u8, weights: &Weights) -> Option<&[Scores; PLACES]> {
        let look = PlaceLook::new(glance);
        let slot = self.places.get_mut(home(look.mixed()))?;
        if !slot.look.is(&look) {
            slot.look = look;
            slot.known = 0;
        }
        if asked & !slot.known != 0 {
            slot.learn(asked, weights);
        }
        Some(&slot.sums)
    }

    /// The sum for the token itself. `begin` comes before.
    #[inline]
    pub fn own(&mut self, glance: &Glance, weights: &Weights) -> Option<&Scores> {
        let look = OwnLook::new(glance);
        let slot = self.own.get_mut(home(look.mixed()))?;
        if slot.look != look {
            slot.look = look;
            slot.sum = Scores::default();
            weights.add(&own_keys(glance), &mut slot.sum);
        }
        Some(&slot.sum)
    }

    /// The sum for the votes at a token. `begin` comes before.
    #[inline]
    pub fn votes(&mut self, at: &VotesAt, weights: &Weights) -> Option<&Scores> {
        let look = at.look();
        let [words, names] = look;
        let slot = self.votes.get_mut(home(words ^ names.rotate_left(20)))?;
        if slot.look != look {
            slot.look = look;
            slot.sum = Scores::default();
            if at.has_words() {
                weights.add(&at.word_keys(), &mut slot.sum);
            }
            if at.has_names() {
                weights.add(&at.name_keys(), &mut slot.sum);
            }
        }
        Some(&slot.sum)
    }
}

impl PlaceSlot {
    /// Computes those of the sums that are not known.
    fn learn(&mut self, asked: u8, weights: &Weights) {
        let keys = PlaceKeys::new(&self.look);
        let mut unknown = asked & !self.known;
        // From bit to bit: which of them are set cannot be foretold.
        while unknown != 0 {
            let place = unknown.trailing_zeros() as usize;
            unknown &= unknown - 1;
            let Some(sum) = LAST.checked_sub(place).and_then(|at| self.sums.get_mut(at)) else { continue };
            *sum = Scores::default();
            match place {
                0 | LAST => weights.add(&keys.far(place), sum),
                _ => {
                    weights.add(&keys.near(place), sum);
                    if let Some(lists) = keys.lists(place) {
                        weights.add(&[lists], sum);
                    }
                }
            }
        }
        self.known |= asked;
    }
}

fn home(mixed: u64) -> usize {
    (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize & (SLOTS - 1)
}
