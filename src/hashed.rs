//! Tables of weights without keys: a feature's hash says where its weight is.
//!
//! Single facts live in the first half of a table, pairs in the second, so that
//! the many pairs do not wear out the facts. Features that share a place share
//! a weight; the trainers learn with the same places, and live with it.

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
