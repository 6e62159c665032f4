//! The weights of the features, in one compact table.
//!
//! A feature has one row that holds its weight for every tag, so that one
//! look-up answers for all tags. Keys are 64-bit hashes; a row keeps 16 bits
//! of its key, which one look-up in some ten thousand mistakes.
//!
//! ```text
//! row in the file: fingerprint u16 | a weight i8 for each tag
//! ```

use super::chain::TAGS;
use crate::error::Error;
use crate::model::wire::Reader;

/// Rows in a bucket: one line of the cache.
const BUCKET: usize = 4;

/// Weights in a row; those from `TAGS` on are 0.
pub const ROW_WEIGHTS: usize = 14;

/// The scores of one token, a sum of rows.
pub type Scores = [i16; ROW_WEIGHTS];

/// A row in memory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[repr(align(16))]
struct Row {
    /// 0 marks a free row.
    fingerprint: u16,
    weights: [i8; ROW_WEIGHTS],
}

/// The rows of all features.
#[derive(Debug)]
pub struct Weights {
    buckets: Vec<[Row; BUCKET]>,
    mask: usize,
}

/// Where a row stands: its bucket, and its fingerprint there.
fn place(key: u64) -> (usize, u16) {
    ((key >> 32) as usize, ((key & 0xffff) as u16).max(1))
}

impl Weights {
    /// Reads: log2 of the number of buckets u8, the number of rows of each
    /// bucket u8, and these.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        let bits = reader.u8()?;
        if bits > 20 {
            return Err(reader.error(format!("2^{bits} buckets of rows are too many")));
        }
        let counts = reader.take(1 << bits)?;
        let mut buckets = vec![[Row::default(); BUCKET]; 1 << bits];
        for (bucket, &count) in buckets.iter_mut().zip(counts) {
            if count as usize > BUCKET {
                return Err(reader.error(format!("{count} rows in a bucket of {BUCKET}")));
            }
            for row in bucket.iter_mut().take(count as usize) {
                row.fingerprint = reader.u16()?;
                for (weight, byte) in row.weights.iter_mut().zip(reader.take(TAGS)?) {
                    *weight = *byte as i8;
                }
            }
        }
        Ok(Self { buckets, mask: (1 << bits) - 1 })
    }

    /// Adds the row of the feature `key`, if it has one, to `scores`.
    #[inline]
    pub fn add(&self, key: u64, scores: &mut Scores) {
        let (at, fingerprint) = place(key);
        let Some(bucket) = self.buckets.get(at & self.mask) else { return };
        let row = match find(bucket, fingerprint) {
            Some(row) => row,
            // A bucket that was full when the table was made spills over.
            None if bucket[BUCKET - 1].fingerprint != 0 => {
                let next = self.buckets.get((at + 1) & self.mask);
                let Some(row) = next.and_then(|bucket| find(bucket, fingerprint)) else { return };
                row
            }
            None => return,
        };
        for (score, weight) in scores.iter_mut().zip(row.weights) {
            *score = score.wrapping_add(i16::from(weight));
        }
    }

    /// A table of 2^`bits` buckets, and how many rows found no place.
    #[cfg(any(test, feature = "train"))]
    pub fn build(rows: &[(u64, [i8; TAGS])], bits: u8) -> (Self, usize) {
        let mut this = Self { buckets: vec![[Row::default(); BUCKET]; 1 << bits], mask: (1 << bits) - 1 };
        let lost = rows.iter().filter(|(key, weights)| !this.insert(*key, weights)).count();
        (this, lost)
    }

    #[cfg(any(test, feature = "train"))]
    fn insert(&mut self, key: u64, weights: &[i8; TAGS]) -> bool {
        let (at, fingerprint) = place(key);
        let mut row = Row { fingerprint, ..Row::default() };
        row.weights[..TAGS].copy_from_slice(weights);
        for at in [at & self.mask, (at + 1) & self.mask] {
            if let Some(free) = self.buckets[at].iter_mut().find(|row| row.fingerprint == 0) {
                *free = row;
                return true;
            }
        }
        false
    }

    /// The bytes that `read` reads.
    #[cfg(any(test, feature = "train"))]
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        let taken = |bucket: &[Row; BUCKET]| bucket.iter().filter(|row| row.fingerprint != 0).count() as u8;
        out.push(self.buckets.len().trailing_zeros() as u8);
        out.extend(self.buckets.iter().map(taken));
        for row in self.buckets.iter().flatten().filter(|row| row.fingerprint != 0) {
            out.extend_from_slice(&row.fingerprint.to_le_bytes());
            out.extend(row.weights.iter().take(TAGS).map(|w| *w as u8));
        }
    }
}

#[inline]
fn find(bucket: &[Row; BUCKET], fingerprint: u16) -> Option<&Row> {
    bucket.iter().find(|row| row.fingerprint == fingerprint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_found_again_after_writing() {
        let key = |i: u64| (i ^ 0x5bd1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let rows: Vec<(u64, [i8; TAGS])> = (0..200).map(|i| (key(i), [i as i8; TAGS])).collect();
        let (table, lost) = Weights::build(&rows, 6);
        assert!(lost < 10);
        let mut bytes = Vec::new();
        table.write(&mut bytes);
        let read = Weights::read(&mut Reader::new("test", &bytes)).unwrap();
        assert_eq!(read.buckets, table.buckets);
        let mut scores = Scores::default();
        read.add(key(3), &mut scores);
        assert_eq!((scores[0], scores[TAGS]), (3, 0));
    }

    #[test]
    fn an_overfull_bucket_is_refused() {
        assert!(Weights::read(&mut Reader::new("test", &[0, 5])).is_err());
        assert!(Weights::read(&mut Reader::new("test", &[60])).is_err());
    }
}
