//! The envelope of model bytes, and a bounded little-endian reader.
//!
//! ```text
//! label "tomtat\0\0" (8 bytes) | format version u32
//! CRC-32 (IEEE) of all that follows u32
//! number of sections u32 | per section: tag [u8; 4], length u32
//! payload: the sections in order
//! ```
//!
//! All numbers are little-endian. Nothing may stand after the last section.
//! A length is checked against the bytes that are left before anything is
//! allocated for it.

#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

use crate::error::Error;

const LABEL: &[u8; 8] = b"tomtat\0\0";

/// Raised whenever the meaning of the bytes changes.
const FORMAT_VERSION: u32 = 1;

const MAX_SECTIONS: usize = 64;

/// Name of a section, four ASCII letters.
pub type Tag = [u8; 4];

/// Checks the envelope of `bytes` and gives its sections.
pub(crate) fn open(bytes: &[u8]) -> Result<Vec<(Tag, &[u8])>, Error> {
    let mut reader = Reader::new("header", bytes);
    if reader.take(LABEL.len())? != LABEL {
        return Err(Error::model("header", "these are no tomtat model bytes"));
    }
    check_version(reader.u32()?)?;
    let checksum = reader.u32()?;
    if crc32(reader.bytes) != checksum {
        return Err(Error::model("payload", "the checksum does not match: the bytes are damaged or cut off"));
    }
    let count = reader.u32()? as usize;
    if count > MAX_SECTIONS {
        return Err(Error::model("header", format!("{count} sections are more than the {MAX_SECTIONS} allowed")));
    }
    let mut lengths = Vec::with_capacity(count);
    for _ in 0..count {
        let tag: Tag = reader.array()?;
        lengths.push((tag, reader.u32()? as usize));
    }
    let payload = reader.rest();
    let expected = lengths.iter().fold(0_usize, |sum, (_, n)| sum.saturating_add(*n));
    if payload.len() != expected {
        return Err(Error::model("header", format!("{} bytes of payload where {expected} were announced", payload.len())));
    }
    let mut reader = Reader::new("payload", payload);
    lengths.into_iter().map(|(tag, n)| Ok((tag, reader.take(n)?))).collect()
}

fn check_version(version: u32) -> Result<(), Error> {
    match version.cmp(&FORMAT_VERSION) {
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Less => Err(Error::model(
            "header",
            format!("format {version} is too old for this version of tomtat; compute the model again with its tools"),
        )),
        std::cmp::Ordering::Greater => {
            Err(Error::model("header", format!("format {version} is newer than this version of tomtat reads; update tomtat")))
        }
    }
}

/// The envelope around `sections`.
pub fn seal(sections: &[(Tag, Vec<u8>)]) -> Vec<u8> {
    let mut body = Vec::new();
    put_u32(&mut body, sections.len() as u32);
    for (tag, bytes) in sections {
        body.extend_from_slice(tag);
        put_u32(&mut body, bytes.len() as u32);
    }
    for (_, bytes) in sections {
        body.extend_from_slice(bytes);
    }
    let mut out = LABEL.to_vec();
    put_u32(&mut out, FORMAT_VERSION);
    put_u32(&mut out, crc32(&body));
    out.extend_from_slice(&body);
    out
}

/// Appends `value`, little-endian.
pub(crate) fn put_u32(out: &mut Vec<u8>, value: u32) {
    out.extend_from_slice(&value.to_le_bytes());
}

/// Reads numbers from bytes, never past their end.
pub(crate) struct Reader<'b> {
    part: &'static str,
    bytes: &'b [u8],
}

impl<'b> Reader<'b> {
    /// A reader that names `part` in its errors.
    pub(crate) fn new(part: &'static str, bytes: &'b [u8]) -> Self {
        Self { part, bytes }
    }

    /// An error about this part.
    pub(crate) fn error(&self, problem: impl Into<String>) -> Error {
        Error::model(self.part, problem)
    }

    /// The next `n` bytes.
    #[inline]
    pub(crate) fn take(&mut self, n: usize) -> Result<&'b [u8], Error> {
        let Some((head, tail)) = self.bytes.split_at_checked(n) else { return Err(self.cut_off(n)) };
        self.bytes = tail;
        Ok(head)
    }

    #[cold]
    fn cut_off(&self, n: usize) -> Error {
        self.error(format!("{n} bytes were announced, {} are left", self.bytes.len()))
    }

    /// All bytes that are left.
    pub(crate) fn rest(&mut self) -> &'b [u8] {
        std::mem::take(&mut self.bytes)
    }

    /// The next `N` bytes as an array.
    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let bytes = self.take(N)?;
        bytes.try_into().map_err(|_| self.error("a number is cut off"))
    }

    /// The next byte.
    pub(crate) fn u8(&mut self) -> Result<u8, Error> {
        Ok(u8::from_le_bytes(self.array()?))
    }

    /// The next two bytes.
    pub(crate) fn u16(&mut self) -> Result<u16, Error> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    /// The next four bytes.
    pub(crate) fn u32(&mut self) -> Result<u32, Error> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    /// The bytes of so many items as the number before them says, of `N` bytes
    /// each.
    pub(crate) fn items<const N: usize>(&mut self) -> Result<impl ExactSizeIterator<Item = [u8; N]> + 'b, Error> {
        let count = self.count(N)?;
        let bytes = self.take(count.saturating_mul(N))?;
        Ok(bytes.chunks_exact(N).map(|item| item.try_into().unwrap_or([0; N])))
    }

    /// A count of items of `size` bytes each, all of which must be left.
    pub(crate) fn count(&mut self, size: usize) -> Result<usize, Error> {
        let count = self.u32()? as usize;
        if count.saturating_mul(size) > self.bytes.len() {
            return Err(self.error(format!("{count} items of {size} bytes were announced, {} bytes are left", self.bytes.len())));
        }
        Ok(count)
    }

    /// A text with its length in one byte before it.
    pub(crate) fn short_text(&mut self) -> Result<&'b str, Error> {
        let n = self.u8()? as usize;
        let bytes = self.take(n)?;
        std::str::from_utf8(bytes).map_err(|_| self.error("a text is not UTF-8"))
    }

    /// `n` signed 16-bit numbers.
    pub(crate) fn i16s(&mut self, n: usize) -> Result<Vec<i16>, Error> {
        let bytes = self.take(n.saturating_mul(2))?;
        Ok(bytes.chunks_exact(2).map(|b| b.try_into().map_or(0, i16::from_le_bytes)).collect())
    }

    /// An error if anything is left.
    pub(crate) fn end(self) -> Result<(), Error> {
        if self.bytes.is_empty() { Ok(()) } else { Err(self.error(format!("{} bytes stand after the end", self.bytes.len()))) }
    }
}

/// CRC-32 (IEEE 802.3), of a long text by [`fold`] first.
#[expect(clippy::indexing_slicing, reason = "both indexes are masked to the tables' lengths")]
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    let table = |row: usize, byte: u32| CRC_TABLES[row & 7][(byte & 0xff) as usize];
    let (owed, rest) = fold(bytes);
    let mut owed = owed.into_iter();
    let mut crc = 0;
    let mut chunks = rest.chunks_exact(8);
    for chunk in &mut chunks {
        let word = u64::from_le_bytes(chunk.try_into().unwrap_or([0; 8])) ^ owed.next().unwrap_or(0);
        let low = (word as u32) ^ crc;
        let high = (word >> 32) as u32;
        crc = table(7, low) ^ table(6, low >> 8) ^ table(5, low >> 16) ^ table(4, low >> 24);
        crc ^= table(3, high) ^ table(2, high >> 8) ^ table(1, high >> 16) ^ table(0, high >> 24);
    }
    crc ^= owed.next().unwrap_or(0) as u32;
    for &byte in chunks.remainder() {
        crc = (crc >> 8) ^ table(0, crc ^ u32::from(byte));
    }
    !crc
}

/// How many words of 64 bits further on a word may be added, at all four places,
/// instead of where it stands: the polynomial of the checksum divides
/// x^300 + x^155 + x^117 + x^89 + 1. So it divides the square of that, which has
/// twice the powers and no others, and so on up to 64 times the powers.
const DISTANCES: [usize; 4] = [REACH, 211, 183, 145];
const REACH: usize = 300;

/// Words that are folded at a time; no distance is shorter.
const STEP: usize = 144;

/// Moves all words of a text but the last ones further on, many at a time and
/// without tables. Gives the last ones, and what is to be added to each of them
/// ("exclusive or").
fn fold(bytes: &[u8]) -> ([u64; REACH], &[u8]) {
    // The words before and those of this step.
    let mut window = [0; REACH + STEP];
    // The register is all ones at first, which is the same as the first four
    // bytes inverted.
    window[0] = u64::from(u32::MAX);
    let mut rest = bytes;
    while let Some((step, left)) = rest.split_at_checked(8 * STEP).filter(|(_, left)| left.len() >= 8 * REACH) {
        let (before, words) = window.split_at_mut(REACH);
        let bytes = step.chunks_exact(8).map(|bytes| u64::from_le_bytes(bytes.try_into().unwrap_or([0; 8])));
        let [a, b, c, d] = DISTANCES.map(|distance| moved_by(before, distance));
        for (word, ((((bytes, a), b), c), d)) in words.iter_mut().zip(bytes.zip(a).zip(b).zip(c).zip(d)) {
            *word = bytes ^ a ^ b ^ c ^ d;
        }
        window.copy_within(STEP.., 0);
        rest = left;
    }
    let mut owed = [0; REACH];
    for distance in DISTANCES {
        let before = moved_by(window.get(..REACH).unwrap_or(&[]), distance);
        owed.iter_mut().zip(before).for_each(|(word, before)| *word ^= *before);
    }
    (owed, rest)
}

/// Those of [`REACH`] words that at this distance come behind them.
fn moved_by(before: &[u64], distance: usize) -> &[u64] {
    before.get(REACH.saturating_sub(distance)..).unwrap_or(&[])
}

static CRC_TABLES: [[u32; 256]; 8] = crc_tables();

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "computed by the compiler: what does not fit would not compile"
)]
const fn crc_tables() -> [[u32; 256]; 8] {
    let mut tables = [[0; 256]; 8];
    let mut i = 0;
    while i < 256 {
        let mut crc = i as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
            bit += 1;
        }
        tables[0][i] = crc;
        i += 1;
    }
    let mut row = 1;
    while row < 8 {
        let mut i = 0;
        while i < 256 {
            let before = tables[row - 1][i];
            tables[row][i] = (before >> 8) ^ tables[0][(before & 0xff) as usize];
            i += 1;
        }
        row += 1;
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksum_of_the_standard_example() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn checksums_of_all_lengths_are_those_of_byte_after_byte() {
        let plain =
            |bytes: &[u8]| !bytes.iter().fold(u32::MAX, |crc, byte| (crc >> 8) ^ CRC_TABLES[0][((crc ^ u32::from(*byte)) & 0xff) as usize]);
        let bytes: Vec<u8> = (0..20_000_u32).map(|i| (i.wrapping_mul(0x9e37_79b1) >> 24) as u8).collect();
        let folded = 8 * (REACH + STEP);
        let lengths = (0..40).chain(folded - 9..folded + 9).chain(2 * folded..2 * folded + 9).chain([bytes.len()]);
        for length in lengths {
            assert_eq!(crc32(&bytes[..length]), plain(&bytes[..length]), "{length}");
        }
    }

    #[test]
    fn every_flip_and_cut_is_refused() {
        let bytes = seal(&[(*b"AAAA", b"hello there".to_vec()), (*b"BBBB", vec![1, 2, 3])]);
        assert_eq!(open(&bytes).map(|s| s.len()), Ok(2));
        for i in 0..bytes.len() {
            assert!(open(&bytes[..i]).is_err(), "cut at {i}");
            let mut flipped = bytes.clone();
            flipped[i] ^= 0x10;
            assert!(open(&flipped).is_err(), "flip at {i}");
        }
        let mut longer = bytes;
        longer.push(0);
        assert!(open(&longer).is_err());
    }
}
