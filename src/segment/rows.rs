//! The weights of syllable n-grams, in one compact table.
//!
//! An n-gram (two to four tokens) has one row: its weights for every border it
//! can be seen from, and what the lexicon knows of it as a word. Adding whole
//! rows to a strip of border scores costs one look-up an n-gram, where single
//! features would cost one a border; the table of some hundred thousand rows of
//! eight bytes stays in the cache.
//!
//! ```text
//! row: fingerprint (16 bits) | flags (8) | five weights (8 each, signed)
//! ```

use crate::error::Error;
use crate::model::wire::Reader;
use crate::segment::vocabulary::SyllableId;

/// Weights of a row.
pub const ROW_WEIGHTS: usize = 5;

/// Rows in a bucket: one line of the cache.
const BUCKET: usize = 8;

/// Flag: an n-gram with one token more starts with this one.
const EXTENDS: u8 = 0x80;

/// What the table says of one n-gram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row(u64);

impl Row {
    /// A row of its parts.
    #[cfg(any(test, feature = "train"))]
    pub fn new(word: u8, extends: bool, weights: [i8; ROW_WEIGHTS]) -> Self {
        let flags = (word & 0x0f) | if extends { EXTENDS } else { 0 };
        let weights = weights.iter().enumerate().fold(0_u64, |sum, (i, w)| sum | u64::from(*w as u8) << (24 + 8 * i));
        Self(u64::from(flags) << 16 | weights)
    }

    fn flags(self) -> u8 {
        (self.0 >> 16) as u8
    }

    /// How common the n-gram is as a word: 0 it is none, 1 rare … 3 frequent.
    pub fn word(self) -> u8 {
        self.flags() & 0x03
    }

    /// Whether a longer n-gram starts with this one.
    pub fn extends(self) -> bool {
        self.flags() & EXTENDS != 0
    }

    /// The weights, for the borders from left to right.
    pub fn weights(self) -> [i8; ROW_WEIGHTS] {
        [(self.0 >> 24) as i8, (self.0 >> 32) as i8, (self.0 >> 40) as i8, (self.0 >> 48) as i8, (self.0 >> 56) as i8]
    }
}

/// An n-gram of up to four tokens, packed into one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey(u64);

impl RowKey {
    /// The key of an n-gram. Token numbers are never 0, so that n-grams of
    /// different lengths differ.
    pub fn new(ngram: &[SyllableId]) -> Self {
        Self(ngram.iter().fold(0_u64, |key, id| key << 16 | u64::from(*id)))
    }

    /// The n-gram without its last token, if two or more are left.
    #[cfg(feature = "train")]
    pub fn prefix(self) -> Option<Self> {
        Some(Self(self.0 >> 16)).filter(|key| key.0 > 0xffff)
    }

    /// All bits spread over the whole number.
    pub fn mixed(self) -> u64 {
        let mixed = (self.0 ^ (self.0 >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed ^ (mixed >> 32)).wrapping_mul(0x94d0_49bb_1331_11eb)
    }
}

/// Where a row stands: its bucket, and its fingerprint there.
fn place(key: RowKey) -> (usize, u64) {
    let mixed = key.mixed();
    // A fingerprint is never 0: that marks a free row.
    ((mixed >> 40) as usize, (mixed & 0xffff).max(1))
}

/// The rows of all n-grams.
#[derive(Debug)]
pub struct Rows {
    slots: Vec<[u64; BUCKET]>,
    mask: usize,
}

impl Rows {
    /// Reads: log2 of the number of buckets u8, then for each bucket the number
    /// of its rows u8 and these.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        let bits = reader.u8()?;
        if bits > 20 {
            return Err(reader.error(format!("2^{bits} buckets of rows are too many")));
        }
        let buckets = 1_usize << bits;
        let counts = reader.take(buckets)?;
        let mut slots = vec![[0; BUCKET]; buckets];
        for (bucket, &count) in slots.iter_mut().zip(counts) {
            if count as usize > BUCKET {
                return Err(reader.error(format!("{count} rows in a bucket of {BUCKET}")));
            }
            for slot in bucket.iter_mut().take(count as usize) {
                *slot = reader.u64()?;
            }
        }
        Ok(Self { slots, mask: buckets - 1 })
    }

    /// The row of an n-gram. Looks into at most two buckets.
    pub fn get(&self, key: RowKey) -> Option<Row> {
        let (bucket, fingerprint) = place(key);
        let first = self.slots.get(bucket & self.mask)?;
        if let Some(row) = find(first, fingerprint) {
            return Some(row);
        }
        // A bucket that was full when the table was made spills into the next.
        if first[BUCKET - 1] == 0 {
            return None;
        }
        find(self.slots.get((bucket + 1) & self.mask)?, fingerprint)
    }

    /// A table of 2^`bits` buckets, and how many rows found no place.
    #[cfg(any(test, feature = "train"))]
    pub fn build(rows: &[(RowKey, Row)], bits: u8) -> (Self, usize) {
        let buckets = 1_usize << bits;
        let mut this = Self { slots: vec![[0; BUCKET]; buckets], mask: buckets - 1 };
        let lost = rows.iter().filter(|(key, row)| !this.insert(*key, *row)).count();
        (this, lost)
    }

    #[cfg(any(test, feature = "train"))]
    fn insert(&mut self, key: RowKey, row: Row) -> bool {
        let (bucket, fingerprint) = place(key);
        let value = row.0 & !0xffff | fingerprint;
        for bucket in [bucket & self.mask, (bucket + 1) & self.mask] {
            if let Some(slot) = self.slots[bucket].iter_mut().find(|s| **s == 0) {
                *slot = value;
                return true;
            }
        }
        false
    }

    /// The bytes that `read` reads.
    #[cfg(any(test, feature = "train"))]
    pub fn write(&self, out: &mut Vec<u8>) {
        out.push(self.slots.len().trailing_zeros() as u8);
        out.extend(self.slots.iter().map(|b| b.iter().filter(|s| **s != 0).count() as u8));
        for slot in self.slots.iter().flatten().filter(|s| **s != 0) {
            out.extend_from_slice(&slot.to_le_bytes());
        }
    }
}

fn find(bucket: &[u64; BUCKET], fingerprint: u64) -> Option<Row> {
    bucket.iter().find(|slot| **slot & 0xffff == fingerprint).map(|slot| Row(*slot & !0xffff))
}
