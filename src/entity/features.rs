//! What the recognizer asks of a token, shared by trainer and predictor.
//!
//! Takes the glances around a token, gives the keys of the features that hold
//! there. A key is a hash of the question's number and of what was seen; a
//! question that does not arise has none. Questions about one token of the
//! window alone stand apart from those about several, so that their sums can be
//! kept from one place to the next.

use super::glance::Glance;

/// Most questions that are asked at a time.
pub const QUESTIONS: usize = 16;

/// Tokens that the questions see: two to the left, the token, two to the right.
pub const PLACES: usize = 5;

/// The token's own place among them.
pub const HERE: usize = 2;

/// Numbers of the first questions about one place of the window, and about
/// several places.
const PLACE_QUESTIONS: usize = 8;
const JOINT_QUESTIONS: usize = 56;

/// Keys of one token's features.
pub type Keys = [u64; QUESTIONS];

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
    let seen = u64::from(a) | u64::from(b) << 32;
    let mixed = (seen ^ u64::from(family).wrapping_mul(0xd6e8_feb8_6659_fd93)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let place = (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let print = (place ^ u64::from(question)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (print & !u64::from(u32::MAX)) | (place >> 32)
}

/// Writes keys one after the other.
struct Writer<'k> {
    keys: &'k mut Keys,
    /// Number of the next question.
    next: usize,
    /// Keys written.
    count: usize,
}

impl Writer<'_> {
    #[inline]
    fn put(&mut self, a: u32, b: u32) {
        if let Some(slot) = self.keys.get_mut(self.count) {
            *slot = key(self.next as u32 + 1, a, b);
        }
        self.count += 1;
        self.next += 1;
    }

    /// The same in a family.
    #[inline]
    fn put_in(&mut self, family: u32, a: u32, b: u32) {
        if let Some(slot) = self.keys.get_mut(self.count) {
            *slot = family_key(family, self.next as u32 + 1, a, b);
        }
        self.count += 1;
        self.next += 1;
    }

    /// The same in a family, left out where `a` is 0.
    #[inline]
    fn put_some_in(&mut self, family: u32, a: u32) {
        self.put_in(family, a, 0);
        self.leave_out(a == 0);
    }

    /// Leaves the question out where `a` is 0.
    #[inline]
    fn put_some(&mut self, a: u32, b: u32) {
        self.put(a, b);
        self.leave_out(a == 0);
    }

    /// The next key takes the place of the last, if that one is not asked: no
    /// branch, as none can be foretold.
    #[inline]
    fn leave_out(&mut self, last: bool) {
        self.count -= usize::from(last);
    }
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
    let mut keys: Keys = [0; QUESTIONS];
    let mut all = joint_keys(window, &mut keys).to_vec();
    for (place, glance) in window.into_iter().enumerate() {
        all.extend_from_slice(place_keys(glance, place, &mut keys));
    }
    all
}

/// The keys of what is asked of one place of the window alone, written to
/// `keys`.
#[inline]
pub fn place_keys<'k>(glance: &Glance, place: usize, keys: &'k mut Keys) -> &'k [u64] {
    let mut writer = Writer { keys, next: PLACE_QUESTIONS + place * 4, count: 0 };
    let near = (1..PLACES - 1).contains(&place);
    writer.put_in(if near { FORM_FAMILY } else { FAR_FORM_FAMILY }, glance.form, 0);
    if near {
        writer.put_some_in(COARSE_FAMILY, u32::from(glance.clusters[0]));
        writer.put_some_in(FINE_FAMILY, u32::from(glance.clusters[1]));
        writer.put_some_in(LISTS_FAMILY, glance.lists);
    }
    if place == HERE {
        writer.next = PLACE_QUESTIONS + PLACES * 4;
        ask_own(&mut writer, glance);
    }
    let count = writer.count;
    keys.get(..count).unwrap_or(&[])
}

/// The keys of what is asked of several places together, written to `keys`.
#[inline]
pub fn joint_keys<'k>(window: Window<'_>, keys: &'k mut Keys) -> &'k [u64] {
    let mut writer = Writer { keys, next: JOINT_QUESTIONS, count: 0 };
    ask_forms(&mut writer, window);
    ask_shapes(&mut writer, window);
    ask_around(&mut writer, window[HERE]);
    ask_facts(&mut writer, window);
    let count = writer.count;
    keys.get(..count).unwrap_or(&[])
}

fn shapes([a, b, c]: [&Glance; 3]) -> u32 {
    u32::from(a.shape) << 16 | u32::from(b.shape) << 8 | u32::from(c.shape)
}

fn ask_own(writer: &mut Writer<'_>, here: &Glance) {
    let shape = u32::from(here.shape);
    writer.put(here.form, 1 + shape);
    writer.put_some(u32::from(here.place), here.word);
    writer.put(shape, u32::from(here.first));
    for affix in here.affixes {
        writer.put_some(affix, 0);
    }
    writer.put_some(u32::from(here.clusters[0]), shape);
    writer.put_some(u32::from(here.clusters[0]), here.form);
    writer.put_some(here.lists, shape);
}

fn ask_forms(writer: &mut Writer<'_>, [_, l1, here, r1, _]: Window<'_>) {
    writer.put_in(PAIR_FAMILY, l1.form, here.form);
    writer.put_in(PAIR_FAMILY, here.form, r1.form);
}

fn ask_shapes(writer: &mut Writer<'_>, [l2, l1, here, r1, r2]: Window<'_>) {
    let first = u32::from(here.first);
    writer.put(shapes([l1, here, r1]), first);
    writer.put(shapes([l2, l1, here]), u32::from(l1.first));
    writer.put(shapes([here, r1, r2]), first);
}

fn ask_around(writer: &mut Writer<'_>, here: &Glance) {
    writer.put(here.around[0], u32::from(here.depth[0]));
    writer.put(here.around[1], u32::from(here.depth[1]));
}

fn ask_facts(writer: &mut Writer<'_>, [_, l1, here, r1, _]: Window<'_>) {
    writer.put_some(u32::from(here.clusters[1]), u32::from(r1.clusters[1]));
    writer.put_some(here.lists, l1.lists);
    writer.put_some(here.lists, r1.lists);
}
