//! What the integration tests share: the fixtures and what must hold of every
//! output.

// Each test file uses a part of it.
#![allow(dead_code, unused_imports, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use tomtat::{Length, Summarizer};

pub mod envelope;
pub mod invariants;
pub mod pieces;

/// One article of `fixtures/articles`.
#[derive(Debug, Clone)]
pub struct Fixture {
    pub slug: String,
    pub directory: PathBuf,
    pub text: String,
}

/// All articles, by name.
pub fn fixtures() -> Vec<Fixture> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles");
    let mut found: Vec<Fixture> = std::fs::read_dir(&root)
        .unwrap_or_else(|e| panic!("{}: {e}", root.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|directory| Fixture {
            slug: directory.file_name().unwrap().to_string_lossy().into_owned(),
            text: std::fs::read_to_string(directory.join("source.txt")).unwrap_or_else(|e| panic!("{}: {e}", directory.display())),
            directory,
        })
        .collect();
    found.sort_by(|a, b| a.slug.cmp(&b.slug));
    assert!(found.len() >= 15, "only {} articles in {}", found.len(), root.display());
    found
}

/// A summarizer of this length with the built-in model.
pub fn summarizer(length: Length) -> Summarizer {
    Summarizer::builder().length(length).build().unwrap()
}
