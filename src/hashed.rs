//! What tables by hashes share.
//!
//! Some have weights without keys: a feature's hash says where its weight is.
//! Single facts live in the first half of such a table, pairs in the second, so
//! that the many pairs do not wear out the facts. Features that share a place
//! share a weight; the trainers learn with the same places, and live with it.

/// The slots of a table that is about to be filled, all free. They are written
/// here, as a page that the system gives zeroed costs two faults where it is
/// read before it is written.
pub(crate) fn free_slots<T: Copy + Default>(count: usize) -> Vec<T> {
    let mut slots = Vec::with_capacity(count);
    slots.resize(count, T::default());
    slots
}

/// Place of a single fact in a table of `weights`, a power of two.
pub(crate) fn fact(weights: usize, kind: u64, a: u64, b: u64) -> usize {
    hash(kind, a, b) & (weights / 2 - 1)
}

/// Place of a pair in a table of `weights`, a power of two.
pub(crate) fn pair(weights: usize, kind: u64, a: u64, b: u64) -> usize {
    fact(weights, kind, a, b) | (weights / 2)
}

fn hash(kind: u64, a: u64, b: u64) -> usize {
    let mixed = (kind << 40 ^ a << 20 ^ b).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed >> 40) as usize
}
