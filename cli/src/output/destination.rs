//! Where the output goes: standard output, or a file, packed or resumable.
//!
//! Writes whole answers, so that every line is out as soon as it is known.
//! Every failure names the place.

use crate::input::kind::Packing;
use crate::status::Failure;
use std::fs::{File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write};
use std::path::Path;

/// A place to write to.
pub struct Destination {
    name: String,
    out: Out,
    written: u64,
}

enum Out {
    Standard(io::Stdout),
    File(File),
    Gzip(flate2::write::GzEncoder<File>),
    Zstandard(zstd::stream::write::Encoder<'static, File>),
}

impl Destination {
    /// Standard output.
    pub fn standard() -> Self {
        Self { name: "standard output".to_owned(), out: Out::Standard(io::stdout()), written: 0 }
    }

    /// A new file, or an old one emptied.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn create(path: &Path) -> Result<Self, Failure> {
        let failure = |e: &io::Error| Failure::io(path.display(), e);
        let file = File::create(path).map_err(|e| failure(&e))?;
        let out = match Packing::of_name(path) {
            Packing::Plain => Out::File(file),
            Packing::Gzip => Out::Gzip(flate2::write::GzEncoder::new(file, flate2::Compression::default())),
            Packing::Zstandard => Out::Zstandard(zstd::stream::write::Encoder::new(file, 3).map_err(|e| failure(&e))?),
        };
        Ok(Self { name: path.display().to_string(), out, written: 0 })
    }

    /// A file of which the first `bytes` bytes stay and the rest is cut.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn reopen(path: &Path, bytes: u64) -> Result<Self, Failure> {
        let open = || -> io::Result<File> {
            let mut file = OpenOptions::new().write(true).open(path)?;
            file.set_len(bytes)?;
            file.seek(SeekFrom::End(0))?;
            Ok(file)
        };
        let file = open().map_err(|e| Failure::io(path.display(), &e))?;
        Ok(Self { name: path.display().to_string(), out: Out::File(file), written: bytes })
    }

    /// Bytes written, before packing, those of an earlier run included.
    pub fn written(&self) -> u64 {
        self.written
    }

    /// Writes `bytes` and sees to it that readers get them.
    ///
    /// # Errors
    ///
    /// Where that fails.
    pub fn write(&mut self, bytes: impl AsRef<[u8]>) -> Result<(), Failure> {
        let bytes = bytes.as_ref();
        let result = match &mut self.out {
            Out::Standard(out) => {
                let mut out = out.lock();
                out.write_all(bytes).and_then(|()| out.flush())
            }
            Out::File(out) => out.write_all(bytes),
            Out::Gzip(out) => out.write_all(bytes),
            Out::Zstandard(out) => out.write_all(bytes),
        };
        self.written += bytes.len() as u64;
        result.map_err(|e| Failure::io(&self.name, &e))
    }

    /// Sees to it that what was written survives a loss of power.
    ///
    /// # Errors
    ///
    /// Where that fails.
    pub fn sync(&self) -> Result<(), Failure> {
        match &self.out {
            Out::File(file) => file.sync_data().map_err(|e| Failure::io(&self.name, &e)),
            _ => Ok(()),
        }
    }

    /// Ends the output.
    ///
    /// # Errors
    ///
    /// Where its last bytes cannot be written.
    pub fn finish(self) -> Result<(), Failure> {
        let result = match self.out {
            Out::Standard(_) | Out::File(_) => Ok(()),
            Out::Gzip(out) => out.finish().map(drop),
            Out::Zstandard(out) => out.finish().map(drop),
        };
        result.map_err(|e| Failure::io(&self.name, &e))
    }
}
