//! Reads the corpora: segmented lines, news articles, annotated articles.

use anyhow::{Context, Result};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Lines of a text file, plain or `.zst`.
pub fn lines(path: &Path) -> Result<impl Iterator<Item = Result<String>>> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    let reader: Box<dyn Read> = match path.extension() {
        Some(e) if e == "zst" => Box::new(zstd::Decoder::new(file)?),
        _ => Box::new(file),
    };
    Ok(BufReader::with_capacity(1 << 20, reader).lines().map(|l| Ok(l?)))
}
