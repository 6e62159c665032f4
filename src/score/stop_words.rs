//! Words too common to tell sentences apart.

use super::background::TermKey;
use super::terms::key_of_syllables;
use crate::normalize::tone;

/// The keys of stop words, sorted.
#[derive(Debug, Clone)]
pub(crate) struct StopWords {
    keys: Vec<TermKey>,
}

static BUILT_IN: &str = include_str!("../lexicon/stop_words.txt");

impl StopWords {
    /// The built-in list.
    pub(crate) fn built_in() -> Self {
        Self::new(entries(BUILT_IN))
    }

    /// A list of words, canonical: lower case, new tone style.
    pub(crate) fn new<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut keys: Vec<TermKey> = words.map(|w| key_of_syllables(w.split(' '))).collect();
        keys.sort_unstable();
        Self { keys }
    }

    /// A user's list, in whatever letter case and tone style.
    pub(crate) fn of_users(words: &[String]) -> Self {
        let canonical: Vec<String> = words.iter().map(|w| canonical_word(w)).collect();
        Self::new(canonical.iter().map(String::as_str))
    }

    /// Their keys.
    pub(crate) fn keys(&self) -> &[TermKey] {
        &self.keys
    }
}

/// Lower case, new tone style, one space between syllables.
fn canonical_word(word: &str) -> String {
    let mut out = String::new();
    for syllable in word.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        tone::canonical_syllable(syllable, &mut out);
    }
    out
}

/// The entries of a lexicon file: one a line, without comments.
pub(crate) fn entries(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}
