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
use super::features::QUESTIONS;
use crate::error::Error;
use crate::model::wire::Reader;

/// Rows in a bucket.
const BUCKET: usize = 4;

/// Lanes of the scores of one token: one for each tag, and some that mean
/// nothing, as whole vectors of a machine are added.
pub const ROW_WEIGHTS: usize = 16;

/// The scores of one token, a sum of rows.
pub type Scores = [i16; ROW_WEIGHTS];

/// A row as it is added: the bytes behind its weights are the next row's.
type Row = [u8; ROW_WEIGHTS];

/// Where a bucket has its first row, and bytes from one row to the next.
const ROWS: usize = 2 * BUCKET;
const STRIDE: usize = 12;
const _: () = assert!(TAGS <= STRIDE && ROWS + STRIDE * (BUCKET - 1) + ROW_WEIGHTS <= LINE);

/// Bytes of a line of the cache.
const LINE: usize = 64;

/// Stands for a row that is not there.
const NOTHING: &Row = &[0; ROW_WEIGHTS];

/// One line of the cache: the fingerprints of the rows, so that all are compared
/// at once, then the rows. Fingerprint 0 marks a free place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(align(64))]
struct Bucket([u8; LINE]);

impl Bucket {
    #[inline]
    fn fingerprints(&self) -> u64 {
        self.0.first_chunk().map_or(0, |prints| u64::from_le_bytes(*prints))
    }

    /// The row of a fingerprint, or [`NOTHING`]. No fingerprint is in a bucket
    /// twice, but for bytes that no trainer wrote: those find the first.
    #[inline]
    fn find(&self, fingerprint: u16) -> (&Row, bool) {
        const EACH: u64 = 0x0001_0001_0001_0001;
        let other = self.fingerprints() ^ (EACH * u64::from(fingerprint));
        // The highest bit of each lane that is 0, and of some above the first.
        let equal = other.wrapping_sub(EACH) & !other & (EACH << 15);
        let row = self.row(equal.trailing_zeros() as usize / 16 % BUCKET);
        (if equal != 0 { row } else { NOTHING }, equal != 0)
    }

    #[inline]
    fn row(&self, place: usize) -> &Row {
        self.0.get(ROWS + STRIDE * place..).and_then(|rest| rest.first_chunk()).unwrap_or(NOTHING)
    }

    #[inline]
    fn is_full(&self) -> bool {
        self.fingerprints() >> 48 != 0
    }

    fn set(&mut self, place: usize, fingerprint: u16, weights: &[u8]) {
        let print = self.0.iter_mut().skip(place.saturating_mul(2));
        print.zip(fingerprint.to_le_bytes()).for_each(|(byte, part)| *byte = part);
        let row = self.0.iter_mut().skip(place.saturating_mul(STRIDE).saturating_add(ROWS));
        row.zip(weights).for_each(|(byte, weight)| *byte = *weight);
    }
}

/// Adds a row.
#[inline]
fn add_row(row: &Row, scores: &mut Scores) {
    for (score, weight) in scores.iter_mut().zip(row) {
        *score = score.wrapping_add(i16::from(*weight as i8));
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
            let mut bucket = Bucket([0; LINE]);
            for place in 0..usize::from(*count) {
                let fingerprint = reader.u16()?.max(1);
                bucket.set(place, fingerprint, reader.take(TAGS)?);
            }
            buckets.push(bucket);
        }
        Ok(Self { buckets })
    }

    /// Adds to `scores` the rows of those features that have one. What is not
    /// in its own bucket is sought in the next afterwards: whether it is cannot
    /// be foretold, and a wrong guess for each key costs more.
    #[inline]
    pub fn add(&self, keys: &[u64], scores: &mut Scores) {
        let mask = self.buckets.len().wrapping_sub(1);
        // A copy stays in registers.
        let mut sum = *scores;
        let mut beyond = [0; QUESTIONS];
        let mut missing = 0;
        for key in keys {
            let place = Place(*key);
            let Some(bucket) = self.buckets.get(place.bucket(mask)) else { break };
            let (row, found) = bucket.find(place.fingerprint());
            add_row(row, &mut sum);
            if let Some(slot) = beyond.get_mut(missing) {
                *slot = *key;
            }
            missing += usize::from(!found & bucket.is_full());
        }
        for key in beyond.iter().take(missing) {
            let place = Place(*key);
            let Some(bucket) = self.buckets.get((place.bucket(mask) + 1) & mask) else { break };
            add_row(bucket.find(place.fingerprint()).0, &mut sum);
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
