//! What the recognizer asks of a token, shared by trainer and predictor.
//!
//! Takes the glances around a token, gives the keys of the features that hold
//! there. A key is a hash of the question's number and of what was seen; a
//! question that does not arise has key 0, which has no row: how many arise
//! cannot be foretold, and to look all of them up takes no branch. Questions
//! about one token of the window alone stand apart from those about several, so
//! that their sums can be kept from one place to the next.

use super::glance::Glance;
use super::knowledge::Form;

/// Tokens that the questions see: two to the left, the token, two to the right.
pub const PLACES: usize = 5;

/// The last place.
pub(super) const LAST: usize = PLACES - 1;

/// The token's own place among them.
pub const HERE: usize = 2;

/// Numbers of the first questions about one place of the window, and about
/// several places.
const PLACE_QUESTIONS: u32 = 9;
const JOINT_QUESTIONS: u32 = 57;

/// Stands before the first and after the last token of a sentence.
pub(super) const EDGE: Glance = Glance {
    form: 63,
    word: 63,
    around: [0; 2],
    depth: [0; 2],
    shape: 0,
    place: 0,
    first: false,
    clusters: [0; 2],
    lists: 0,
    affixes: [0; 4],
};

/// What is asked of the same things from several sides, such as of a form from
/// the places of the window, is one family: its rows stand in one line of the
/// cache, and the first that is read brings the others along. Questions outside
/// families are each their own.
const FORM_FAMILY: u32 = 200;
const FAR_FORM_FAMILY: u32 = 201;
const COARSE_FAMILY: u32 = 202;
const FINE_FAMILY: u32 = 203;
const LISTS_FAMILY: u32 = 204;
const PAIR_FAMILY: u32 = 205;

/// A key of two things seen, all bits spread.
#[inline]
pub fn key(question: u32, a: u32, b: u32) -> u64 {
    family_key(question, question, a, b)
}

/// The same within a family: the lower half, which chooses the place of a row,
/// does not depend on the question.
#[inline]
fn family_key(family: u32, question: u32, a: u32, b: u32) -> u64 {
    question_key(seen_key(family, a, b), question)
}

/// The part of a key that is the same for all questions of a family.
#[inline]
fn seen_key(family: u32, a: u32, b: u32) -> u64 {
    let seen = u64::from(a) | u64::from(b) << 32;
    let mixed = (seen ^ u64::from(family).wrapping_mul(0xd6e8_feb8_6659_fd93)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

#[inline]
fn question_key(seen: u64, question: u32) -> u64 {
    let print = (seen ^ u64::from(question)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (print & !u64::from(u32::MAX)) | (seen >> 32)
}

/// 0 where `a` is 0: the question does not arise.
#[inline]
pub(super) fn if_some(a: u32, key: u64) -> u64 {
    if a == 0 { 0 } else { key }
}

/// What is seen around a token.
pub type Window<'g> = [&'g Glance; PLACES];

/// The window around token `i` of a sentence.
#[inline]
pub fn window(sentence: &[Glance], i: usize) -> Window<'_> {
    std::array::from_fn(|place| (i + place).checked_sub(HERE).and_then(|at| sentence.get(at)).unwrap_or(&EDGE))
}

/// All keys at a token, for the trainer.
#[cfg(feature = "train")]
pub fn all_keys(window: Window<'_>) -> Vec<u64> {
    let mut all = joint_keys(window).to_vec();
    for (place, glance) in window.into_iter().enumerate() {
        let keys = PlaceKeys::new(&PlaceLook::new(glance));
        match place {
            0 | LAST => all.extend(keys.far(place)),
            _ => {
                all.extend(keys.near(place));
                all.extend(keys.lists(place));
            }
        }
        if place == HERE {
            all.extend(own_keys(glance));
        }
    }
    all.retain(|key| *key != 0);
    all
}

/// What is asked of a place of the window alone sees this much of the token:
/// its form, its clusters and its lists.
#[derive(Debug, Clone, Copy, Default)]
pub struct PlaceLook {
    form: Form,
    clusters: [u16; 2],
    lists: u32,
}

impl PlaceLook {
    /// That of a token.
    #[inline]
    pub fn new(glance: &Glance) -> Self {
        Self { form: glance.form, clusters: glance.clusters, lists: glance.lists }
    }

    /// Whether all is equal: one branch, which is foretold better than three.
    #[inline]
    pub fn is(&self, other: &Self) -> bool {
        (self.form ^ other.form) | (self.both_clusters() ^ other.both_clusters()) | (self.lists ^ other.lists) == 0
    }

    #[inline]
    fn both_clusters(&self) -> u32 {
        let [coarse, fine] = self.clusters.map(u32::from);
        coarse | fine << 16
    }

    /// For a hash.
    #[inline]
    pub fn mixed(&self) -> u64 {
        u64::from(self.form) ^ u64::from(self.both_clusters()) << 16 ^ u64::from(self.lists) << 8
    }
}

/// The keys of what is asked of a place of the window alone, but for the place.
#[derive(Debug)]
pub struct PlaceKeys {
    far_form: u64,
    /// 0 where a question does not arise.
    near: [u64; 3],
    lists: Option<u64>,
}

impl PlaceKeys {
    /// Those of a token.
    pub fn new(look: &PlaceLook) -> Self {
        let [coarse, fine] = look.clusters.map(u32::from);
        Self {
            far_form: seen_key(FAR_FORM_FAMILY, look.form, 0),
            near: [
                seen_key(FORM_FAMILY, look.form, 0),
                if_some(coarse, seen_key(COARSE_FAMILY, coarse, 0)),
                if_some(fine, seen_key(FINE_FAMILY, fine, 0)),
            ],
            lists: (look.lists != 0).then(|| seen_key(LISTS_FAMILY, look.lists, 0)),
        }
    }

    /// The key for a place at the end of the window.
    pub fn far(&self, place: usize) -> [u64; 1] {
        [question_key(self.far_form, place_question(place))]
    }

    /// The keys for any other place, but for that of its lists.
    pub fn near(&self, place: usize) -> [u64; 3] {
        let [form, coarse, fine] = self.near;
        let first = place_question(place);
        let if_seen = |seen: u64, question| if seen == 0 { 0 } else { question_key(seen, question) };
        [question_key(form, first), if_seen(coarse, first + 1), if_seen(fine, first + 2)]
    }

    /// That of its lists. Few tokens are in any, which is mostly foretold.
    pub fn lists(&self, place: usize) -> Option<u64> {
        self.lists.map(|seen| question_key(seen, place_question(place) + 3))
    }
}

/// The number of the first question about a place.
fn place_question(place: usize) -> u32 {
    PLACE_QUESTIONS + place as u32 * 4
}

/// What is asked of the token itself alone sees this much of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OwnLook([u32; 6]);

impl OwnLook {
    /// That of a token.
    #[inline]
    pub fn new(glance: &Glance) -> Self {
        let [coarse, _] = glance.clusters;
        // The shorter head and tail are in the longer ones.
        let [_, head, _, tail] = glance.affixes;
        let small = u32::from(glance.shape) | u32::from(glance.place) << 8 | u32::from(glance.first) << 15 | u32::from(coarse) << 16;
        Self([glance.form, glance.word, glance.lists, head, tail, small])
    }

    /// For a hash.
    #[inline]
    pub fn mixed(&self) -> u64 {
        let [form, word, _, _, _, small] = self.0.map(u64::from);
        form ^ word << 24 ^ small << 12
    }
}

/// The keys of what is asked of the token itself alone.
pub fn own_keys(here: &Glance) -> [u64; 10] {
    const FIRST: u32 = PLACE_QUESTIONS + PLACES as u32 * 4;
    let shape = u32::from(here.shape);
    let coarse = u32::from(here.clusters[0]);
    let affix = |at: u32, affix: u32| if_some(affix, key(FIRST + 3 + at, affix, 0));
    let [head, longer_head, tail, longer_tail] = here.affixes;
    [
        key(FIRST, here.form, 1 + shape),
        if_some(u32::from(here.place), key(FIRST + 1, u32::from(here.place), here.word)),
        key(FIRST + 2, shape, u32::from(here.first)),
        affix(0, head),
        affix(1, longer_head),
        affix(2, tail),
        affix(3, longer_tail),
        if_some(coarse, key(FIRST + 7, coarse, shape)),
        if_some(coarse, key(FIRST + 8, coarse, here.form)),
        if_some(here.lists, key(FIRST + 9, here.lists, shape)),
    ]
}

/// How many questions are asked of several places together.
pub(super) const JOINT_KEYS: usize = 10;

/// The keys of what is asked of several places together.
#[inline]
pub fn joint_keys([l2, l1, here, r1, r2]: Window<'_>) -> [u64; JOINT_KEYS] {
    const FIRST: u32 = JOINT_QUESTIONS;
    let first = u32::from(here.first);
    let [fine, next_fine] = [here, r1].map(|glance| u32::from(glance.clusters[1]));
    [
        family_key(PAIR_FAMILY, FIRST, l1.form, here.form),
        family_key(PAIR_FAMILY, FIRST + 1, here.form, r1.form),
        key(FIRST + 2, shapes([l1, here, r1]), first),
        key(FIRST + 3, shapes([l2, l1, here]), u32::from(l1.first)),
        key(FIRST + 4, shapes([here, r1, r2]), first),
        key(FIRST + 5, here.around[0], u32::from(here.depth[0])),
        key(FIRST + 6, here.around[1], u32::from(here.depth[1])),
        if_some(fine, key(FIRST + 7, fine, next_fine)),
        if_some(here.lists, key(FIRST + 8, here.lists, l1.lists)),
        if_some(here.lists, key(FIRST + 9, here.lists, r1.lists)),
    ]
}

fn shapes([a, b, c]: [&Glance; 3]) -> u32 {
    u32::from(a.shape) << 16 | u32::from(b.shape) << 8 | u32::from(c.shape)
}
