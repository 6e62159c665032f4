//! The weights of the features, in one compact table.
//!
//! A feature has one row that holds its weight for every tag, so that one
//! look-up answers for all tags. Keys are 64-bit hashes; a row keeps 16 bits
//! of its key, which one look-up in some ten thousand mistakes.
//!
//! Most of what is asked has a row. Time goes into waiting for memory and into
//! branches that nothing foretells, so a row stands in one line of the cache
//! with its neighbours, and is taken out of it without a branch.
//!
//! ```text
//! log2 of the number of buckets u8 | number of rows of each bucket u8
//! rows, bucket after bucket: fingerprint u16 | a weight i8 for each tag
//! ```

use super::chain::TAGS;
use crate::error::Error;
use crate::model::wire::Reader;

/// Rows in a bucket.
const BUCKET: usize = 4;

/// Lanes of a row: a weight for each tag, nothing, and last the fingerprint.
/// Whole vectors of a machine are added, so the lanes from `TAGS` on of a sum
/// mean nothing.
pub const ROW_WEIGHTS: usize = 16;

/// The scores of one token, a sum of rows.
pub type Scores = [i16; ROW_WEIGHTS];

/// A row; fingerprint 0 marks a free place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[repr(align(16))]
struct Row([i8; ROW_WEIGHTS]);

impl Row {
    #[inline]
    fn fingerprint(&self) -> u16 {
        u16::from_le_bytes([self.0[ROW_WEIGHTS - 2] as u8, self.0[ROW_WEIGHTS - 1] as u8])
    }

    fn set_fingerprint(&mut self, fingerprint: u16) {
        let [low, high] = fingerprint.to_le_bytes();
        self.0[ROW_WEIGHTS - 2] = low as i8;
        self.0[ROW_WEIGHTS - 1] = high as i8;
    }

    /// Adds the lanes that `kept`, all ones or all zeros, lets through.
    #[inline]
    fn add(&self, kept: i16, scores: &mut Scores) {
        for (score, weight) in scores.iter_mut().zip(self.0) {
            *score = score.wrapping_add(i16::from(weight) & kept);
        }
    }
}

/// One line of the cache.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[repr(align(64))]
struct Bucket([Row; BUCKET]);

impl Bucket {
    /// The row of a fingerprint and all ones, or some row and all zeros. No
    /// fingerprint is in a bucket twice, but for bytes that no trainer wrote:
    /// those find some row.
    #[inline]
    fn find(&self, fingerprint: u16) -> (&Row, i16) {
        let [first, second, third, fourth] = &self.0;
        let is = |row: &Row| row.fingerprint() == fingerprint;
        let place = usize::from(is(second)) + 2 * usize::from(is(third)) + 3 * usize::from(is(fourth));
        let found = is(first) | (place != 0);
        (self.0.get(place % BUCKET).unwrap_or(first), -i16::from(found))
    }

    #[inline]
    fn is_full(&self) -> bool {
        self.0[BUCKET - 1].fingerprint() != 0
    }
}

/// The rows of all features.
#[derive(Debug)]
pub struct Weights {
    /// A power of two of them. A row whose bucket is full stands in the next.
    buckets: Vec<Bucket>,
}

/// What a key is looked up by: its lowest bits choose the bucket, the highest
/// 16 are the fingerprint.
#[derive(Clone, Copy)]
struct Place(u64);

impl Place {
    fn bucket(self, mask: usize) -> usize {
        self.0 as usize & mask
    }

    fn fingerprint(self) -> u16 {
        ((self.0 >> 48) as u16).max(1)
    }
}

impl Weights {
    /// Reads the bytes that `write` writes.
    #[warn(clippy::arithmetic_side_effects)]
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        let bits = reader.u8()?;
        if bits > 20 {
            return Err(reader.error(format!("2^{bits} buckets of rows are too many")));
        }
        let counts = reader.take(1 << bits)?;
        let mut buckets = Vec::with_capacity(1 << bits);
        for count in counts {
            if *count as usize > BUCKET {
                return Err(reader.error(format!("{count} rows in a bucket of {BUCKET}")));
            }
            let mut bucket = Bucket::default();
            for row in bucket.0.iter_mut().take(usize::from(*count)) {
                row.set_fingerprint(reader.u16()?.max(1));
                row.0.iter_mut().zip(reader.take(TAGS)?).for_each(|(weight, byte)| *weight = *byte as i8);
            }
            buckets.push(bucket);
        }
        Ok(Self { buckets })
    }

    /// Adds to `scores` the rows of those features that have one.
    #[inline]
    pub fn add(&self, keys: &[u64], scores: &mut Scores) {
        let mask = self.buckets.len().wrapping_sub(1);
        // A copy stays in registers.
        let mut sum = *scores;
        for key in keys {
            let place = Place(*key);
            let at = place.bucket(mask);
            let Some(bucket) = self.buckets.get(at) else { break };
            let (mut row, mut kept) = bucket.find(place.fingerprint());
            if kept == 0 && bucket.is_full() {
                let Some(next) = self.buckets.get((at + 1) & mask) else { break };
                (row, kept) = next.find(place.fingerprint());
            }
            row.add(kept, &mut sum);
        }
        *scores = sum;
    }

    /// A table of 2^`bits` buckets, and how many rows found no place.
    #[cfg(any(test, feature = "train"))]
    pub fn build(rows: &[(u64, [i8; TAGS])], bits: u8) -> (BuiltWeights, usize) {
        let mask = (1_usize << bits) - 1;
        let mut built: BuiltWeights = vec![Vec::new(); 1 << bits];
        let mut lost = 0;
        for (key, weights) in rows {
            let place = Place(*key);
            let home = place.bucket(mask);
            let twin = [home, (home + 1) & mask].iter().any(|at| built[*at].iter().any(|row| row.0 == place.fingerprint()));
            let free = [home, (home + 1) & mask].into_iter().find(|at| built[*at].len() < BUCKET);
            match free {
                Some(at) if !twin => built[at].push((place.fingerprint(), *weights)),
                _ => lost += 1,
            }
        }
        (built, lost)
    }
}

/// For each bucket its rows: fingerprint and weights.
#[cfg(any(test, feature = "train"))]
pub type BuiltWeights = Vec<Vec<(u16, [i8; TAGS])>>;

/// The bytes that [`Weights::read`] reads.
#[cfg(any(test, feature = "train"))]
pub(crate) fn write(built: &BuiltWeights, out: &mut Vec<u8>) {
    out.push(built.len().trailing_zeros() as u8);
    out.extend(built.iter().map(|bucket| bucket.len() as u8));
    for (fingerprint, weights) in built.iter().flatten() {
        out.extend_from_slice(&fingerprint.to_le_bytes());
        out.extend(weights.iter().map(|w| *w as u8));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(i: u64) -> u64 {
        super::super::features::key(1, i as u32, 5)
    }

    #[test]
    fn a_row_is_found_again_after_writing() {
        let rows: Vec<(u64, [i8; TAGS])> = (0..200).map(|i| (key(i), [i as i8; TAGS])).collect();
        let (built, lost) = Weights::build(&rows, 6);
        assert!(lost < 8);
        let mut bytes = Vec::new();
        write(&built, &mut bytes);
        let mut reader = Reader::new("test", &bytes);
        let table = Weights::read(&mut reader).unwrap();
        reader.end().unwrap();
        for (known, row) in &rows[..100] {
            let mut scores = Scores::default();
            table.add(&[key(2000), *known], &mut scores);
            assert_eq!((scores[0], scores[TAGS]), (i16::from(row[0]), 0));
        }
        let mut scores = Scores::default();
        table.add(&[key(1000)], &mut scores);
        assert_eq!(scores, Scores::default());
    }

    #[test]
    fn an_overfull_table_is_refused() {
        let row = [1_u8; 2 + TAGS];
        let overfull: Vec<u8> = [0, 5].into_iter().chain(row.repeat(5)).collect();
        assert!(Weights::read(&mut Reader::new("test", &overfull)).is_err());
        assert!(Weights::read(&mut Reader::new("test", &overfull[..40])).is_err());
        assert!(Weights::read(&mut Reader::new("test", &[60])).is_err());
    }
}
