//! UTF-16: whole documents, and a reader that turns a stream into UTF-8.
//!
//! A byte-order mark decides the byte order; without one it is little-endian.

use super::{DecodeFault, Undecodable};
use encoding_rs::{DecoderResult, UTF_16BE, UTF_16LE};
use std::io::{self, BufRead, Read};

/// Whether the bytes start with a UTF-16 byte-order mark.
pub fn has_mark(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF")
}

/// Decodes a whole document; the mark is taken off.
///
/// # Errors
///
/// Where a surrogate stands alone or a unit is cut, unless these are replaced.
pub fn decode(bytes: &[u8], undecodable: Undecodable) -> Result<String, DecodeFault> {
    let mut text = String::new();
    Transcoder::new(bytes, undecodable).read_to_string(&mut text).map_err(|e| offset_of(&e))?;
    Ok(text)
}

fn offset_of(error: &io::Error) -> DecodeFault {
    let inner = error.get_ref().and_then(|e| e.downcast_ref::<DecodeFault>());
    inner.cloned().unwrap_or(DecodeFault { encoding: "UTF-16", offset: 0 })
}

impl std::error::Error for DecodeFault {}

/// A reader of UTF-16 that is a reader of UTF-8.
pub struct Transcoder<R> {
    input: R,
    decoder: Option<encoding_rs::Decoder>,
    undecodable: Undecodable,
    /// Bytes of input taken so far.
    offset: usize,
    out: Vec<u8>,
    given: usize,
    finished: bool,
}

impl<R: BufRead> Transcoder<R> {
    /// Reads `input`, whose mark is looked at first.
    pub fn new(input: R, undecodable: Undecodable) -> Self {
        Self { input, decoder: None, undecodable, offset: 0, out: Vec::new(), given: 0, finished: false }
    }

    fn decoder(&mut self) -> io::Result<&mut encoding_rs::Decoder> {
        let big = self.input.fill_buf()?.starts_with(b"\xFE\xFF");
        let encoding = if big { UTF_16BE } else { UTF_16LE };
        Ok(self.decoder.get_or_insert_with(|| encoding.new_decoder_with_bom_removal()))
    }

    fn refill(&mut self) -> io::Result<()> {
        if self.decoder.is_none() {
            self.decoder()?;
        }
        let source = self.input.fill_buf()?;
        let last = source.is_empty();
        self.out.resize(4096, 0);
        let Some(decoder) = self.decoder.as_mut() else { return Ok(()) };
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(source, &mut self.out, last);
        self.out.truncate(written);
        self.given = 0;
        self.input.consume(read);
        self.offset += read;
        match result {
            DecoderResult::Malformed(bad, after) => self.malformed(usize::from(bad) + usize::from(after))?,
            DecoderResult::InputEmpty => self.finished = last,
            DecoderResult::OutputFull => {}
        }
        Ok(())
    }

    fn malformed(&mut self, back: usize) -> io::Result<()> {
        if self.undecodable == Undecodable::Replace {
            self.out.extend_from_slice("\u{FFFD}".as_bytes());
            return Ok(());
        }
        let fault = DecodeFault { encoding: "UTF-16", offset: self.offset.saturating_sub(back) };
        Err(io::Error::new(io::ErrorKind::InvalidData, fault))
    }
}

impl<R: BufRead> Read for Transcoder<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.out.len() && !self.finished {
            self.refill()?;
        }
        let rest = self.out.get(self.given..).unwrap_or_default();
        let n = rest.len().min(into.len());
        let (Some(from), Some(to)) = (rest.get(..n), into.get_mut(..n)) else { return Ok(0) };
        to.copy_from_slice(from);
        self.given += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn bytes(text: &str, big: bool) -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(|u: u16| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn both_byte_orders() {
        for big in [false, true] {
            let given = bytes("Đà Nẵng 😀", big);
            assert!(has_mark(&given));
            assert_eq!(decode(&given, Undecodable::Refuse).unwrap(), "Đà Nẵng 😀");
        }
    }

    #[test]
    fn a_long_stream_in_small_reads() {
        let text = "Mạng 5G phủ sóng toàn quốc. ".repeat(2000);
        let given = bytes(&text, false);
        let small = io::BufReader::with_capacity(7, given.as_slice());
        let mut out = String::new();
        Transcoder::new(small, Undecodable::Refuse).read_to_string(&mut out).unwrap();
        assert_eq!(out, text);
    }

    #[test]
    fn a_cut_unit_and_a_lone_surrogate_are_found() {
        let mut given = bytes("ab", false);
        given.push(0x41);
        assert_eq!(decode(&given, Undecodable::Refuse).unwrap_err().offset, 6);
        assert_eq!(decode(&given, Undecodable::Replace).unwrap(), "ab\u{FFFD}");
        let lone = b"\xFF\xFEa\x00\x00\xD8b\x00";
        assert_eq!(decode(lone, Undecodable::Refuse).unwrap_err().offset, 4);
    }
}
