//! The weights of syllable n-grams, in one compact table.
//!
//! An n-gram (two to four tokens) has one row: its weights for every border it
//! can be seen from, and what the lexicon knows of it as a word. Adding whole
//! rows to a strip of border scores costs one look-up an n-gram, where single
//! features would cost one a border; the table of some hundred thousand rows of
//! eight bytes stays in the cache.
//!
//! ```text
//! bucket: eight fingerprints (16 bits each) | eight rows
//! row: flags (8 bits) | five weights (8 each, signed)
//! ```

use crate::error::Error;
use crate::model::wire::Reader;
use crate::segment::vocabulary::SyllableId;

/// Weights of a row.
pub const ROW_WEIGHTS: usize = 5;

/// Rows in a bucket.
const BUCKET: usize = 8;

/// Flag: an n-gram with one token more starts with this one.
const EXTENDS: u8 = 0x80;

/// What the table says of one n-gram: its flags in the lowest byte, then the
/// weights. All zero where it says nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Row(u64);

impl Row {
    /// A row of its parts; `word` is below 4.
    #[cfg(any(test, feature = "train"))]
    pub fn new(word: u8, extends: bool, weights: [i8; ROW_WEIGHTS]) -> Self {
        let [a, b, c, d, e] = weights.map(|w| w as u8);
        Self::from_bytes([(word & 0x03) | if extends { EXTENDS } else { 0 }, a, b, c, d, e])
    }

    fn from_bytes([flags, a, b, c, d, e]: RowBytes) -> Self {
        Self(u64::from_le_bytes([flags, a, b, c, d, e, 0, 0]))
    }

    /// How common the n-gram is as a word: 0 it is none, 1 rare … 3 frequent.
    pub fn word(self) -> u8 {
        self.0 as u8 & 0x03
    }

    /// Whether a longer n-gram starts with this one.
    pub fn extends(self) -> bool {
        self.0 as u8 & EXTENDS != 0
    }

    /// The weight for the leftmost border.
    pub fn first_weight(self) -> i8 {
        (self.0 >> 8) as i8
    }

    /// The weights for the borders from left to right.
    #[inline]
    pub(super) fn weights(self) -> [i8; ROW_WEIGHTS] {
        let [_, a, b, c, d, e, ..] = self.0.to_le_bytes();
        [a, b, c, d, e].map(|w| w as i8)
    }
}

/// A row as it is stored: flags, then weights.
type RowBytes = [u8; 1 + ROW_WEIGHTS];

/// Eight rows in one line of the cache, their fingerprints first so that all
/// are compared at once; 0 marks a free row.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
struct Bucket {
    fingerprints: [u16; BUCKET],
    rows: [RowBytes; BUCKET],
}

/// Bytes of a row and its fingerprint, which stands before it.
const STORED: usize = size_of::<u16>() + size_of::<RowBytes>();

impl Bucket {
    /// The bucket of these rows.
    fn of(stored: &[u8]) -> Self {
        let mut bucket = Self::default();
        for (stored, (fingerprint, row)) in stored.chunks_exact(STORED).zip(bucket.fingerprints.iter_mut().zip(&mut bucket.rows)) {
            if let [low, high, bytes @ ..] = stored {
                *fingerprint = u16::from_le_bytes([*low, *high]);
                *row = bytes.try_into().unwrap_or_default();
            }
        }
        bucket
    }

    /// 0 and the row in this lane; 1 and an empty one where it is none. By
    /// arithmetic: whether a row is there cannot be foretold.
    #[inline]
    fn row(&self, lane: usize) -> (u64, Row) {
        let row = self.rows.get(lane % BUCKET).copied().map_or(Row(0), Row::from_bytes);
        let missing = (lane / BUCKET) as u64;
        (missing, Row(row.0 & missing.wrapping_sub(1)))
    }

    #[cfg(any(test, feature = "train"))]
    fn taken(&self) -> usize {
        self.fingerprints.iter().filter(|f| **f != 0).count()
    }
}

/// Look-up of an n-gram that has begun.
#[derive(Debug)]
pub(super) struct LookUp {
    fingerprints: [u16; BUCKET],
    at: u32,
    fingerprint: u16,
}

/// The first of a bucket's lanes with this fingerprint; [`BUCKET`] where there
/// is none. Four comparisons at a time, and no early exit.
#[inline]
fn lane_among(&[a, b, c, d, e, f, g, h]: &[u16; BUCKET], fingerprint: u16) -> usize {
    let first = lane_of([a, b, c, d], fingerprint);
    let second = BUCKET / 2 + lane_of([e, f, g, h], fingerprint);
    if first < BUCKET / 2 { first } else { second }
}

/// The first of four numbers that is `sought`; 4 where none is.
#[inline]
fn lane_of(lanes: [u16; BUCKET / 2], sought: u16) -> usize {
    const ONES: u64 = 0x0001_0001_0001_0001;
    let [a, b, c, d] = lanes.map(u64::from);
    let differences = (a | b << 16 | c << 32 | d << 48) ^ u64::from(sought).wrapping_mul(ONES);
    // The lowest lane that is 0 is the lowest that borrows from its top bit.
    let zeros = differences.wrapping_sub(ONES) & !differences & ONES << 15;
    zeros.trailing_zeros() as usize / 16
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
fn place(key: RowKey) -> (usize, u16) {
    let mixed = key.mixed();
    ((mixed >> 40) as usize, (mixed as u16).max(1))
}

/// The rows of all n-grams.
#[derive(Debug)]
pub struct Rows {
    buckets: Vec<Bucket>,
    mask: usize,
}

impl Rows {
    /// Reads: log2 of the number of buckets u8, the number of rows of each
    /// bucket u8, then each row: fingerprint u16, flags u8, weights i8.
    #[warn(clippy::arithmetic_side_effects)]
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        let bits = reader.u8()?;
        if bits > 20 {
            return Err(reader.error(format!("2^{bits} buckets of rows are too many")));
        }
        let counts = reader.take(1 << bits)?;
        let mut buckets = Vec::with_capacity(counts.len());
        for &count in counts {
            if usize::from(count) > BUCKET {
                return Err(reader.error(format!("{count} rows in a bucket of {BUCKET}")));
            }
            buckets.push(Bucket::of(reader.take(usize::from(count).saturating_mul(STORED))?));
        }
        Ok(Self { mask: buckets.len().wrapping_sub(1), buckets })
    }

    /// The row of an n-gram, an empty one where the table says nothing of it.
    /// Looks into at most two buckets.
    #[inline]
    pub fn get(&self, key: RowKey) -> Row {
        self.finish(&self.begin(key))
    }

    /// The first half of [`get`](Self::get): what must be fetched from memory,
    /// and not looked at yet.
    #[inline]
    pub(super) fn begin(&self, key: RowKey) -> LookUp {
        let (at, fingerprint) = place(key);
        let fingerprints = self.buckets.get(at & self.mask).map_or([0; BUCKET], |bucket| bucket.fingerprints);
        LookUp { fingerprints, at: at as u32, fingerprint }
    }

    /// The second half.
    #[inline]
    pub(super) fn finish(&self, look_up: &LookUp) -> Row {
        let (at, fingerprint) = (look_up.at as usize, look_up.fingerprint);
        let Some(bucket) = self.buckets.get(at & self.mask) else { return Row::default() };
        let (missing, row) = bucket.row(lane_among(&look_up.fingerprints, fingerprint));
        // A bucket that was full when the table was made spills over. One
        // question, not two: whether a bucket is full cannot be foretold.
        let last = u64::from(look_up.fingerprints[BUCKET - 1]);
        if last >> (16 * (1 - missing)) != 0 { self.get_beyond(at, fingerprint) } else { row }
    }

    #[inline(never)]
    fn get_beyond(&self, at: usize, fingerprint: u16) -> Row {
        self.buckets.get((at + 1) & self.mask).map_or(Row::default(), |bucket| bucket.row(lane_among(&bucket.fingerprints, fingerprint)).1)
    }

    /// A table of 2^`bits` buckets, and how many rows found no place.
    #[cfg(any(test, feature = "train"))]
    pub fn build(rows: &[(RowKey, Row)], bits: u8) -> (Self, usize) {
        let mut this = Self { buckets: vec![Bucket::default(); 1 << bits], mask: (1 << bits) - 1 };
        let lost = rows.iter().filter(|(key, row)| !this.insert(*key, *row)).count();
        (this, lost)
    }

    #[cfg(any(test, feature = "train"))]
    fn insert(&mut self, key: RowKey, row: Row) -> bool {
        let (at, fingerprint) = place(key);
        for at in [at & self.mask, (at + 1) & self.mask] {
            let bucket = &mut self.buckets[at];
            let taken = bucket.taken();
            if taken < BUCKET {
                let [flags, a, b, c, d, e, ..] = row.0.to_le_bytes();
                (bucket.fingerprints[taken], bucket.rows[taken]) = (fingerprint, [flags, a, b, c, d, e]);
                return true;
            }
        }
        false
    }

    /// The bytes that `read` reads.
    #[cfg(any(test, feature = "train"))]
    pub fn write(&self, out: &mut Vec<u8>) {
        out.push(self.buckets.len().trailing_zeros() as u8);
        out.extend(self.buckets.iter().map(|b| b.taken() as u8));
        for bucket in &self.buckets {
            for (fingerprint, row) in bucket.fingerprints.iter().zip(&bucket.rows).take(bucket.taken()) {
                out.extend_from_slice(&fingerprint.to_le_bytes());
                out.extend_from_slice(row);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_again_after_writing() {
        let rows: Vec<(RowKey, Row)> =
            (1..400_u16).map(|i| (RowKey::new(&[i, i + 1]), Row::new((i % 4) as u8, i % 2 == 0, [i as i8; ROW_WEIGHTS]))).collect();
        let (table, lost) = Rows::build(&rows, 7);
        assert_eq!(lost, 0, "400 rows fit a table of 1024");
        let mut bytes = Vec::new();
        table.write(&mut bytes);
        let read = Rows::read(&mut Reader::new("test", &bytes)).unwrap();
        for (key, row) in rows {
            assert_eq!(read.get(key), row);
        }
        assert_eq!(read.get(RowKey::new(&[7, 7, 7])), Row::default());
    }

    #[test]
    fn an_overfull_bucket_is_refused() {
        assert!(Rows::read(&mut Reader::new("test", &[0, 9])).is_err());
        assert!(Rows::read(&mut Reader::new("test", &[60])).is_err());
    }
}
