//! What the recognizer asks of a token, shared by trainer and predictor.
//!
//! Takes the glances of a sentence and a position, gives the keys of the
//! features that hold there. A key is a hash of the question's number and of
//! what was seen; 0 stands for a question that does not arise.

use super::glance::Glance;

/// Questions about one token.
pub const QUESTIONS: usize = 49;

/// Keys of one token's features.
pub type Keys = [u64; QUESTIONS];

/// Stands before the first and after the last token of a sentence.
const EDGE: Glance = Glance {
    form: 63,
    word: 63,
    beside: [0; 2],
    around: [0; 2],
    depth: [0; 2],
    shape: 0,
    place: 0,
    first: false,
    clusters: [0; 2],
    lists: 0,
    affixes: [0; 4],
};

/// A key of two things seen, all bits spread.
#[inline]
pub fn key(question: u32, a: u32, b: u32) -> u64 {
    let seen = u64::from(a) | u64::from(b) << 32;
    let mixed = (seen ^ u64::from(question).wrapping_mul(0xd6e8_feb8_6659_fd93)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

/// Writes keys one after the other.
struct Writer<'k> {
    keys: &'k mut Keys,
    next: usize,
}

impl Writer<'_> {
    #[inline]
    fn put(&mut self, a: u32, b: u32) {
        if let Some(slot) = self.keys.get_mut(self.next) {
            *slot = key(self.next as u32 + 1, a, b);
        }
        self.next += 1;
    }

    /// Leaves the question out where `a` is 0.
    #[inline]
    fn put_some(&mut self, a: u32, b: u32) {
        if a != 0 {
            self.put(a, b);
        } else {
            self.next += 1;
        }
    }
}

/// The keys at token `i` of a sentence.
#[inline]
pub fn keys(sentence: &[Glance], i: usize, keys: &mut Keys) {
    *keys = [0; QUESTIONS];
    let at = |offset: usize| (i + offset).checked_sub(2).and_then(|at| sentence.get(at)).unwrap_or(&EDGE);
    let window = [at(0), at(1), at(2), at(3), at(4)];
    let mut writer = Writer { keys, next: 0 };
    ask_forms(&mut writer, window);
    ask_shapes(&mut writer, window);
    ask_around(&mut writer, window);
    ask_facts(&mut writer, window);
}

fn ask_forms(writer: &mut Writer<'_>, [l2, l1, here, r1, r2]: [&Glance; 5]) {
    let shape = u32::from(here.shape);
    writer.put(here.form, shape);
    writer.put(l1.form, 0);
    writer.put(r1.form, 0);
    writer.put(l2.form, 0);
    writer.put(r2.form, 0);
    writer.put(l1.form, here.form);
    writer.put(here.form, r1.form);
    writer.put_some(u32::from(here.place), here.word);
    writer.put(here.beside[0], shape);
    writer.put(here.beside[1], shape);
    writer.put(l1.form, shape);
    writer.put(r1.form, shape);
}

fn ask_shapes(writer: &mut Writer<'_>, [l2, l1, here, r1, r2]: [&Glance; 5]) {
    let shapes = |a: &Glance, b: &Glance, c: &Glance| u32::from(a.shape) << 16 | u32::from(b.shape) << 8 | u32::from(c.shape);
    let first = u32::from(here.first);
    writer.put(u32::from(here.shape), first);
    writer.put(shapes(l1, here, r1), first);
    writer.put(shapes(l2, l1, here), u32::from(l1.first));
    writer.put(shapes(here, r1, r2), first);
    for affix in here.affixes {
        writer.put_some(affix, 0);
    }
}

fn ask_around(writer: &mut Writer<'_>, [_, _, here, _, _]: [&Glance; 5]) {
    let depth = here.depth.map(u32::from);
    let [left, right] = here.around;
    writer.put(left, depth[0]);
    writer.put(right, depth[1]);
    writer.put(left, right);
    writer.put(left, here.form);
    writer.put(right, here.form);
}

fn ask_facts(writer: &mut Writer<'_>, [l2, l1, here, r1, r2]: [&Glance; 5]) {
    let both = |g: &Glance, level: usize| u32::from(g.clusters.get(level).copied().unwrap_or(0));
    for level in [0, 1] {
        let [l2, l1, here, r1, r2] = [l2, l1, here, r1, r2].map(|g| both(g, level));
        writer.put_some(here, 0);
        writer.put_some(l1, 0);
        writer.put_some(r1, 0);
        writer.put_some(l2, 0);
        writer.put_some(r2, 0);
        writer.put_some(l1, here);
        writer.put_some(here, r1);
        writer.put_some(l1, r1);
    }
    let shape = u32::from(here.shape);
    writer.put_some(both(here, 0), shape);
    writer.put_some(both(here, 0), here.form);
    writer.put_some(here.lists, 0);
    writer.put_some(l1.lists, 0);
    writer.put_some(r1.lists, 0);
    writer.put_some(here.lists, l1.lists);
    writer.put_some(here.lists, r1.lists);
    writer.put_some(here.lists, shape);
}
