//! Hashing of what a text says.
//!
//! Keys are names of a few bytes, on which the standard hash is slow. This one
//! reads eight bytes at a time; it begins with a number that no text can know,
//! so that none can make its names collide. Nothing goes through a map in its
//! order: the same text gives the same entities.

use once_cell::sync::Lazy;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};

/// A map from names or values of a text.
pub(super) type TextMap<K, V> = HashMap<K, V, TextHash>;

static SECRET: Lazy<u64> = Lazy::new(|| RandomState::new().hash_one(0_u8));

/// Makes the hashers of a map.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextHash(u64);

impl Default for TextHash {
    fn default() -> Self {
        Self(*SECRET)
    }
}

impl BuildHasher for TextHash {
    type Hasher = TextHasher;

    fn build_hasher(&self) -> TextHasher {
        TextHasher { state: self.0, secret: self.0.rotate_left(32) | 1 }
    }
}

/// Multiplies into 128 bits and folds them.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextHasher {
    state: u64,
    secret: u64,
}

impl TextHasher {
    fn mix(&mut self, word: u64) {
        let product = u128::from(self.state ^ word) * u128::from(self.secret ^ 0x9e37_79b9_7f4a_7c15);
        self.state = (product >> 64) as u64 ^ product as u64 ^ self.secret;
    }
}

/// Hashes byte by byte what is not written in one piece.
#[derive(Debug, Clone, Copy)]
pub(super) struct KeyHash {
    state: u64,
    factor: u64,
}

impl KeyHash {
    /// The hash of nothing, of so many kinds of nothing.
    pub(super) fn new(kind: usize) -> Self {
        Self { state: *SECRET ^ kind as u64, factor: *SECRET | 1 }
    }

    pub(super) fn add(&mut self, byte: u8) {
        self.state = (self.state ^ u64::from(byte)).wrapping_mul(self.factor).rotate_left(23);
    }

    pub(super) fn finish(self) -> u64 {
        self.state ^ self.state >> 32
    }
}

/// The hash of a text.
pub(super) fn hash_text(text: &str) -> u64 {
    let mut hasher = TextHash::default().build_hasher();
    hasher.write(text.as_bytes());
    hasher.finish()
}

impl Hasher for TextHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut words = bytes.chunks_exact(8);
        for word in &mut words {
            self.mix(word.try_into().map_or(0, u64::from_le_bytes));
        }
        let rest = words.remainder().iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte));
        self.mix(rest ^ (bytes.len() as u64) << 56);
    }

    fn write_u8(&mut self, number: u8) {
        self.mix(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.mix(number);
    }

    fn write_usize(&mut self, number: usize) {
        self.mix(number as u64);
    }

    fn write_isize(&mut self, number: isize) {
        self.mix(number as u64);
    }

    fn finish(&self) -> u64 {
        self.state
    }
}
