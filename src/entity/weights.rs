//! The weights of the features, in one compact table.
//!
//! A feature has one row that holds its weight for every tag, so that one
//! look-up answers for all tags. Keys are 64-bit hashes; a row keeps 12 bits
//! of its key, so that one in some thousand features without a row gets that of
//! another.
//!
//! Most of what is asked has a row. Time goes into waiting for memory and into
//! branches that nothing foretells, so a row stands in one line of the cache
//! with its neighbours and nowhere else, and is taken out of it without a
//! branch. A row whose line is full is left out: the trainer puts the strongest
//! first.
//!
//! ```text
//! log2 of the number of buckets u8 | number of rows of each bucket u8
//! rows, bucket after bucket: fingerprint u16 | a weight i8 for each tag
//! ```

use super::chain::{HALF, OUTSIDE, Sums, TAGS, Tag, first_tag, inner_tag};
use crate::error::Error;
use crate::model::wire::Reader;

/// Rows in a bucket.
const BUCKET: usize = 5;

/// The scores of one token, a sum of rows.
pub type Scores = Sums;

/// A row as it is added: for each lane the weight of the outer tag and that of
/// the inner one, each more by `BIAS`. Lanes without a tag get the bytes behind.
type Row = [u8; 2 * HALF];

/// Makes weights numbers without a sign. Scores have it once for each of their
/// rows, for all tags alike, so that no choice between tags depends on it.
const BIAS: u8 = 0x80;

/// Bits of a fingerprint.
const PRINT_BITS: usize = 12;

/// Bytes of a line of the cache.
const LINE: usize = 64;

/// Where a bucket has its fingerprints.
const PRINTS: usize = LINE - size_of::<u64>();
const _: () = assert!(TAGS * BUCKET <= PRINTS && TAGS * (BUCKET - 1) + 2 * HALF <= LINE && PRINT_BITS * BUCKET <= 64);

/// 256 times the bytes of a row for each bit of a fingerprint, rounded up.
const ROW_BY_BIT: usize = TAGS * 256 / PRINT_BITS + 1;
const _: () = assert!(PRINT_BITS * (BUCKET - 1) * ROW_BY_BIT / 256 == TAGS * (BUCKET - 1));

/// One line of the cache: the rows, then their fingerprints in one number, so
/// that all are compared at once. Fingerprint 0 marks a free place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(align(64))]
struct Bucket([u8; LINE]);

/// Bytes of a row and its fingerprint, which stands before it.
const STORED: usize = size_of::<u16>() + TAGS;

/// What a feature without a row adds, wherever it is taken from.
static NOTHING: Bucket = Bucket([0; LINE]);

/// The tag that each byte of a row is the weight of.
const TAG_OF_BYTE: [Tag; TAGS] = [
    first_tag(0),
    inner_tag(0),
    first_tag(1),
    inner_tag(1),
    first_tag(2),
    inner_tag(2),
    first_tag(3),
    inner_tag(3),
    first_tag(4),
    inner_tag(4),
    OUTSIDE,
];

impl Bucket {
    #[inline]
    fn fingerprints(&self) -> u64 {
        self.0.last_chunk().map_or(0, |prints| u64::from_le_bytes(*prints))
    }

    #[inline]
    fn row(&self, start: usize) -> &Row {
        self.0.get(start..).and_then(|rest| rest.first_chunk()).unwrap_or(&[0; 2 * HALF])
    }

    /// The bucket of these rows; a fingerprint that is none as the error.
    #[warn(clippy::arithmetic_side_effects)]
    fn of(stored: &[u8]) -> Result<Self, u16> {
        let (mut bucket, mut prints) = (Self([0; LINE]), 0_u64);
        let (rows, place_of_prints) = bucket.0.split_at_mut(PRINTS);
        for (place, (stored, row)) in stored.chunks_exact(STORED).zip(rows.chunks_exact_mut(TAGS)).enumerate() {
            let [low, high, weights @ ..] = stored else { continue };
            let fingerprint = u16::from_le_bytes([*low, *high]);
            if fingerprint == 0 || fingerprint >> PRINT_BITS != 0 {
                return Err(fingerprint);
            }
            prints |= u64::from(fingerprint).wrapping_shl(place.saturating_mul(PRINT_BITS) as u32);
            let by_lane = TAG_OF_BYTE.iter().map(|tag| weights.get(usize::from(*tag)).map_or(0, |weight| weight ^ BIAS));
            row.iter_mut().zip(by_lane).for_each(|(byte, weight)| *byte = weight);
        }
        place_of_prints.copy_from_slice(&prints.to_le_bytes());
        Ok(bucket)
    }
}

/// Where the row of a fingerprint begins, and whether it is there. No
/// fingerprint is in a bucket twice, but for bytes that no trainer wrote:
/// those find the first.
#[inline]
fn lane_among(fingerprints: u64, fingerprint: u16) -> (usize, bool) {
    const EACH: u64 = 0x0001_0010_0100_1001;
    const LAST: u64 = 1 << (PRINT_BITS * (BUCKET - 1));
    let other = fingerprints ^ (EACH * u64::from(fingerprint));
    // A bit for each lane that is 0, and for some above the first.
    let equal = (other.wrapping_sub(EACH) & !other) >> (PRINT_BITS - 1) & EACH;
    // From the bit to the row's first byte by a product, as divisions go.
    let bit = (equal | LAST).trailing_zeros() as usize;
    (bit * ROW_BY_BIT / 256, equal != 0)
}

/// A sum of rows on its way. Two weights are added at once as one number, and
/// the upper one of them by itself: what the lower ones carried is so known.
#[derive(Clone, Copy, Default)]
struct RowSum {
    both: [u16; HALF],
    upper: [u16; HALF],
}

impl RowSum {
    #[inline]
    fn add(&mut self, row: &Row) {
        for ((both, upper), pair) in self.both.iter_mut().zip(&mut self.upper).zip(row.chunks_exact(2)) {
            let pair = pair.first_chunk().map_or(0, |pair| u16::from_le_bytes(*pair));
            *both = both.wrapping_add(pair);
            *upper = upper.wrapping_add(pair >> 8);
        }
    }

    #[inline]
    fn add_to(self, [outer, inner]: &mut Scores) {
        for ((outer, inner), (both, upper)) in outer.iter_mut().zip(inner).zip(self.both.into_iter().zip(self.upper)) {
            let lower = both.wrapping_sub(upper << 8);
            *outer = outer.wrapping_add(lower as i16);
            *inner = inner.wrapping_add(upper as i16);
        }
    }
}

/// The rows of all features.
#[derive(Debug)]
pub struct Weights {
    /// A power of two of them.
    buckets: Vec<Bucket>,
}

/// What a key is looked up by: its lowest bits choose the bucket, the highest
/// are the fingerprint; fingerprint 0 has no row.
#[derive(Clone, Copy)]
struct Place(u64);

impl Place {
    fn bucket(self, mask: usize) -> usize {
        self.0 as usize & mask
    }

    fn fingerprint(self) -> u16 {
        (self.0 >> (64 - PRINT_BITS)) as u16
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
        let mut buckets = Vec::with_capacity(counts.len());
        for count in counts {
            if usize::from(*count) > BUCKET {
                return Err(reader.error(format!("{count} rows in a bucket of {BUCKET}")));
            }
            let bucket = Bucket::of(reader.take(usize::from(*count).saturating_mul(STORED))?);
            buckets.push(bucket.map_err(|print| reader.error(format!("{print} is no fingerprint of {PRINT_BITS} bits")))?);
        }
        Ok(Self { buckets })
    }

    /// Brings the rows of these features into the cache, all at once, for
    /// [`add`](Self::add).
    pub(super) fn fetch(&self, keys: &[u64]) {
        let mask = self.buckets.len().wrapping_sub(1);
        let fingerprints = |key: &u64| self.buckets.get(Place(*key).bucket(mask)).map_or(0, Bucket::fingerprints);
        // Nobody asks what is found, so it would not be looked for.
        std::hint::black_box(keys.iter().fold(0, |all, key| all ^ fingerprints(key)));
    }

    /// Adds to `scores` the rows of those features that have one. In place, as a
    /// call costs as much as a row.
    #[inline(always)]
    pub fn add<const N: usize>(&self, keys: &[u64; N], scores: &mut Scores) {
        let mask = self.buckets.len().wrapping_sub(1);
        let mut sum = RowSum::default();
        for key in keys {
            let place = Place(*key);
            let Some(bucket) = self.buckets.get(place.bucket(mask)) else { break };
            let (row, is_there) = lane_among(bucket.fingerprints(), place.fingerprint());
            // Without a branch: it would wait for the line and then have
            // guessed wrong.
            let bucket = if is_there { bucket } else { &NOTHING };
            sum.add(bucket.row(row));
        }
        sum.add_to(scores);
    }

    /// A table of 2^`bits` buckets, and how many rows found no place; the first
    /// rows find theirs first.
    #[cfg(any(test, feature = "train"))]
    pub fn build(rows: &[(u64, [i8; TAGS])], bits: u8) -> (BuiltWeights, usize) {
        let mask = (1_usize << bits) - 1;
        let mut built: BuiltWeights = vec![Vec::new(); 1 << bits];
        let mut lost = 0;
        for (key, weights) in rows {
            let place = Place(*key);
            let bucket = &mut built[place.bucket(mask)];
            let twin = bucket.iter().any(|row| row.0 == place.fingerprint());
            if twin || place.fingerprint() == 0 || bucket.len() == BUCKET {
                lost += 1;
            } else {
                bucket.push((place.fingerprint(), *weights));
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

    /// Not by the table that the rows were written by.
    fn by_tag(scores: &Scores) -> [i16; TAGS] {
        let mut by_tag = [0; TAGS];
        for (half, lanes) in scores.iter().enumerate() {
            for (lane, score) in lanes.iter().enumerate() {
                if let Some(tag) = super::super::chain::tag_of(half, lane) {
                    by_tag[usize::from(tag)] = *score;
                }
            }
        }
        by_tag
    }

    #[test]
    fn a_row_is_found_again_after_writing() {
        let rows: Vec<(u64, [i8; TAGS])> =
            (1..200).map(|i| (key(i), std::array::from_fn(|tag| (i as i8).wrapping_add(tag as i8 * 9)))).collect();
        let (built, lost) = Weights::build(&rows, 7);
        assert!(lost < 8);
        let mut bytes = Vec::new();
        write(&built, &mut bytes);
        let mut reader = Reader::new("test", &bytes);
        let table = Weights::read(&mut reader).unwrap();
        reader.end().unwrap();
        let found = rows.iter().filter(|(known, row)| {
            let mut scores = Scores::default();
            table.add(&[key(2000), *known, 0], &mut scores);
            by_tag(&scores) == row.map(|weight| i16::from(weight) + i16::from(BIAS))
        });
        assert_eq!(found.count(), rows.len() - lost);
        let mut scores = Scores::default();
        table.add(&[key(1000)], &mut scores);
        assert_eq!(by_tag(&scores), [0; TAGS]);
    }

    #[test]
    fn bytes_that_no_trainer_wrote_are_refused() {
        let row = [1_u8; 2 + TAGS];
        let overfull: Vec<u8> = [0, 6].into_iter().chain(row.repeat(6)).collect();
        assert!(Weights::read(&mut Reader::new("test", &overfull)).is_err());
        assert!(Weights::read(&mut Reader::new("test", &overfull[..40])).is_err());
        assert!(Weights::read(&mut Reader::new("test", &[60])).is_err());
        let long_print: Vec<u8> = [0, 1, 0xff, 0xff].into_iter().chain([1; TAGS]).collect();
        assert!(Weights::read(&mut Reader::new("test", &long_print)).is_err());
    }
}
