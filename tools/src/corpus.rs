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

/// An article whose parts are known.
#[derive(Debug, serde::Deserialize)]
pub struct NewsArticle {
    /// The headline.
    pub title: String,
    /// The editor's summary.
    pub lede: String,
    /// Sentences of the body.
    pub body: Vec<String>,
    /// Picture captions.
    pub captions: Vec<String>,
    /// Whether it is about technology.
    pub tech: bool,
}

/// The articles of a `news/*.jsonl.zst` file.
pub fn news(path: &Path) -> Result<impl Iterator<Item = Result<NewsArticle>>> {
    Ok(lines(path)?.map(|line| Ok(serde_json::from_str(&line?)?)))
}
