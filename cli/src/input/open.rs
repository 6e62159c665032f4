//! Opens a source: counts its bytes for the progress bar, unpacks it, and
//! shows its first bytes without taking them.

use super::kind::Packing;
use super::source::Source;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes asked for at a time.
const BUFFER: usize = 1 << 16;

/// An unpacked input.
pub type Input = BufReader<Box<dyn Read + Send>>;

/// Opens `source`; the bytes read of it, as stored, are added to `counter`.
///
/// # Errors
///
/// Where it cannot be opened or its first bytes cannot be read.
pub fn open(source: &Source, counter: &Arc<AtomicU64>) -> io::Result<Input> {
    let stored: Box<dyn Read + Send> = match &source.path {
        None => Box::new(io::stdin()),
        Some(path) => Box::new(File::open(path)?),
    };
    let counted = Counted { inner: stored, counter: Arc::clone(counter) };
    unpack(BufReader::with_capacity(BUFFER, Box::new(counted)))
}

/// Unpacks by content; a second layer is left as it is.
///
/// # Errors
///
/// Where the first bytes cannot be read.
pub fn unpack(mut stored: Input) -> io::Result<Input> {
    let unpacked: Box<dyn Read + Send> = match Packing::of_content(stored.fill_buf()?) {
        Packing::Plain => return Ok(stored),
        Packing::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(stored)),
        Packing::Zstandard => Box::new(zstd::stream::read::Decoder::with_buffer(stored)?),
    };
    Ok(BufReader::with_capacity(BUFFER, unpacked))
}

struct Counted {
    inner: Box<dyn Read + Send>,
    counter: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(into)?;
        self.counter.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::io::Write as _;

    fn read(bytes: Vec<u8>) -> io::Result<String> {
        let mut text = String::new();
        unpack(BufReader::new(Box::new(io::Cursor::new(bytes))))?.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn all_packings_give_the_same() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all("Huế".as_bytes()).unwrap();
        let gzip = gzip.finish().unwrap();
        let mut twice = gzip.clone();
        twice.extend_from_slice(&gzip);
        assert_eq!(read("Huế".into()).unwrap(), "Huế");
        assert_eq!(read(gzip.clone()).unwrap(), "Huế");
        assert_eq!(read(twice).unwrap(), "HuếHuế");
        assert_eq!(read(zstd::encode_all("Huế".as_bytes(), 1).unwrap()).unwrap(), "Huế");
        assert!(read(gzip[..gzip.len() - 5].to_vec()).is_err());
    }
}
