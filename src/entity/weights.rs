//! The weights of the features, in one compact table.
//!
//! A feature has one row that holds its weight for every tag, so that one
//! look-up answers for all tags. Keys are 64-bit hashes; a row keeps 16 bits
//! of its key, which one look-up in some ten thousand mistakes. Most of what
//! is asked has no row: the fingerprints stand apart from the weights, close
//! together, and a look-up has no branch that depends on what it finds.
//!
//! ```text
//! log2 of the number of buckets u8 | number of rows of each bucket u8
//! fingerprints u16, bucket after bucket | rows, a weight i8 for each tag
//! ```

use super::chain::TAGS;
use crate::error::Error;
use crate::model::wire::Reader;

/// Rows in a bucket.
const BUCKET: usize = 8;

/// Bits of a fingerprint.
const LANE: u32 = 16;

/// The lowest bit of each fingerprint in a bucket.
const ONES: u128 = u128::MAX / (u16::MAX as u128);

/// Weights in a row; those from `TAGS` on are 0.
pub const ROW_WEIGHTS: usize = 16;

/// The scores of one token, a sum of rows.
pub type Scores = [i16; ROW_WEIGHTS];

type Row = [i8; ROW_WEIGHTS];

/// Fingerprints of one bucket, the first in the lowest bits; 0 is a free
/// place. And the number of its first row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Bucket {
    fingerprints: u128,
    start: u32,
}

/// The rows of all features.
#[derive(Debug)]
pub struct Weights {
    buckets: Vec<Bucket>,
    mask: usize,
    /// The first is that of all unknown features: zeros.
    rows: Vec<Row>,
}

/// Where a row stands: its bucket, and its fingerprint there.
#[inline]
fn place(key: u64) -> (usize, u16) {
    ((key >> 32) as usize, ((key & 0xffff) as u16).max(1))
}

impl Weights {
    /// Reads the bytes that `write` writes.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        let bits = reader.u8()?;
        if bits > 20 {
            return Err(reader.error(format!("2^{bits} buckets of rows are too many")));
        }
        let counts = reader.take(1 << bits)?;
        let mut buckets = Vec::with_capacity(1 << bits);
        let mut start = 1;
        for count in counts {
            if *count as usize > BUCKET {
                return Err(reader.error(format!("{count} rows in a bucket of {BUCKET}")));
            }
            let mut fingerprints = 0;
            for lane in 0..u32::from(*count) {
                fingerprints |= u128::from(reader.u16()?.max(1)) << (lane * LANE);
            }
            buckets.push(Bucket { fingerprints, start });
            start += u32::from(*count);
        }
        let weights = reader.take((start as usize - 1) * TAGS)?;
        let rows = weights.chunks_exact(TAGS).map(|row| std::array::from_fn(|i| row.get(i).map_or(0, |w| *w as i8)));
        Ok(Self { buckets, mask: (1 << bits) - 1, rows: std::iter::once(Row::default()).chain(rows).collect() })
    }

    /// Adds the row of the feature `key`, if it has one, to `scores`.
    #[inline]
    pub fn add(&self, key: u64, scores: &mut Scores) {
        let (at, fingerprint) = place(key);
        let Some(bucket) = self.buckets.get(at & self.mask) else { return };
        // A lane of zeros is where the fingerprints are equal; the lowest such
        // lane comes out right, whatever the borrow does to those above it.
        let different = bucket.fingerprints ^ (ONES * u128::from(fingerprint));
        let equal = different.wrapping_sub(ONES) & !different & (ONES << (LANE - 1));
        let lane = equal.trailing_zeros() / LANE;
        let number = if equal == 0 { 0 } else { bucket.start.wrapping_add(lane) };
        let Some(row) = self.rows.get(number as usize) else { return };
        for (score, weight) in scores.iter_mut().zip(row) {
            *score = score.wrapping_add(i16::from(*weight));
        }
    }

    /// A table of 2^`bits` buckets, and how many rows found no place.
    #[cfg(any(test, feature = "train"))]
    pub fn build(rows: &[(u64, [i8; TAGS])], bits: u8) -> (Self, usize) {
        let mask = (1 << bits) - 1;
        let mut buckets: Vec<Vec<(u16, Row)>> = vec![Vec::new(); 1 << bits];
        let mut lost = 0;
        for (key, weights) in rows {
            let (at, fingerprint) = place(*key);
            let bucket = &mut buckets[at & mask];
            let mut row = Row::default();
            row[..TAGS].copy_from_slice(weights);
            if bucket.len() == BUCKET || bucket.iter().any(|(there, _)| *there == fingerprint) {
                lost += 1;
            } else {
                bucket.push((fingerprint, row));
            }
        }
        let mut this = Self { buckets: Vec::new(), mask, rows: vec![Row::default()] };
        for bucket in buckets {
            let fingerprints = bucket.iter().rev().fold(0, |all, (fingerprint, _)| all << LANE | u128::from(*fingerprint));
            this.buckets.push(Bucket { fingerprints, start: this.rows.len() as u32 });
            this.rows.extend(bucket.into_iter().map(|(_, row)| row));
        }
        (this, lost)
    }

    /// The bytes that `read` reads.
    #[cfg(any(test, feature = "train"))]
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.push(self.buckets.len().trailing_zeros() as u8);
        let lanes = |bucket: &Bucket| (0..BUCKET as u32).map(|i| (bucket.fingerprints >> (i * LANE)) as u16).filter(|f| *f != 0).collect();
        let lanes: Vec<Vec<u16>> = self.buckets.iter().map(lanes).collect();
        out.extend(lanes.iter().map(|bucket| bucket.len() as u8));
        out.extend(lanes.iter().flatten().flat_map(|fingerprint| fingerprint.to_le_bytes()));
        out.extend(self.rows.iter().skip(1).flat_map(|row| row.iter().take(TAGS)).map(|w| *w as u8));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_found_again_after_writing() {
        let key = |i: u64| (i ^ 0x5bd1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let rows: Vec<(u64, [i8; TAGS])> = (0..200).map(|i| (key(i), [i as i8; TAGS])).collect();
        let (table, lost) = Weights::build(&rows, 6);
        assert_eq!(lost, 0);
        let mut bytes = Vec::new();
        table.write(&mut bytes);
        let mut reader = Reader::new("test", &bytes);
        let read = Weights::read(&mut reader).unwrap();
        reader.end().unwrap();
        assert_eq!((&read.buckets, &read.rows), (&table.buckets, &table.rows));
        for (key, row) in &rows {
            let mut scores = Scores::default();
            read.add(*key, &mut scores);
            assert_eq!((scores[0], scores[TAGS]), (i16::from(row[0]), 0));
        }
        let mut scores = Scores::default();
        read.add(key(1000), &mut scores);
        assert_eq!(scores, Scores::default());
    }

    #[test]
    fn an_overfull_bucket_is_refused() {
        assert!(Weights::read(&mut Reader::new("test", &[0, 9])).is_err());
        assert!(Weights::read(&mut Reader::new("test", &[60])).is_err());
        assert!(Weights::read(&mut Reader::new("test", &[0, 1, 7, 7, 1])).is_err());
    }
}
