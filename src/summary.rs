//! What comes out: plain data that owns its strings, with serde.
//!
//! Field names and enum values are lower snake case in JSON and stay as they
//! are; new ones may be added.

use crate::entity::Entity;
use crate::span::Span;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What a sentence is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Role {
    /// The headline.
    Title,
    /// The summary paragraph under the headline.
    Lede,
    /// A subheading.
    Heading,
    /// A sentence of the article itself.
    Body,
    /// The text under a picture.
    Caption,
    /// Byline, credit, tags, "xem thêm", contact lines.
    Boilerplate,
}

/// An exact score, in units of 2⁻¹⁶.
///
/// Being integers, a sentence's contributions add up to its score to the last
/// bit. In JSON it is the decimal fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Score(i32);

impl Score {
    /// A score of `units` / 65536.
    pub const fn from_units(units: i32) -> Self {
        Self(units)
    }

    /// The score in units of 2⁻¹⁶.
    pub const fn units(self) -> i32 {
        self.0
    }

    /// The score as a number.
    pub fn to_f64(self) -> f64 {
        f64::from(self.0) / 65536.0
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.to_f64().fmt(f)
    }
}

impl Serialize for Score {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.to_f64())
    }
}

impl<'de> Deserialize<'de> for Score {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        // Saturates; NaN cannot be written in JSON and becomes 0.
        Ok(Self((number * 65536.0).round() as i32))
    }
}

/// What one signal added to a sentence's score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Contribution {
    /// Name of the signal.
    pub signal: Cow<'static, str>,
    /// What it added; negative where it took away.
    pub value: Score,
}

/// A sentence with what was found out about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Sentence {
    /// Where it stands in the article's text.
    #[serde(flatten)]
    pub span: Span,
    /// Its position among all sentences of the article, from 0.
    pub index: usize,
    /// What it is for.
    pub role: Role,
    /// Why it has that role: the name of the strongest cue.
    pub cue: Cow<'static, str>,
    /// How much a summary needs it.
    pub score: Score,
    /// The author's text, inner line ends included.
    pub text: String,
    /// What the score is made of; adds up to it exactly. Signals that add nothing
    /// are left out.
    pub why: Vec<Contribution>,
}

/// A word or term that says what the article is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Keyword {
    /// As first written in the article.
    pub text: String,
    /// Weight, the first keyword having 1.
    pub weight: Score,
}

/// A summary of one article.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Summary {
    /// The chosen sentences, joined by one space.
    pub text: String,
    /// The article's title, if one was given or found.
    pub title: Option<String>,
    /// The article's lede, if one was given or found.
    pub lede: Option<String>,
    /// The chosen sentences, in the article's order.
    pub sentences: Vec<Sentence>,
    /// Who and what the article is about, most salient first.
    pub entities: Vec<Entity>,
    /// Its most telling words, weightiest first.
    pub keywords: Vec<Keyword>,
    /// Whether the text was longer than `max_input` and only its beginning
    /// was read.
    pub truncated: bool,
    /// Whether the summary is longer than asked for, since the shortest
    /// eligible sentence is.
    pub over_budget: bool,
    /// Whether captions, headings, the title or boilerplate were chosen since
    /// the article has no lede and no body.
    pub fallback: bool,
    /// Whether the text does not look Vietnamese, or is typed without
    /// diacritics: words, names and roles are then guesses.
    pub language_doubtful: bool,
}

/// An article taken apart: every sentence, word and mention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Analysis {
    /// All sentences, in order; together with the white space between them
    /// they are the text. "&nbsp;" that a crawler left there is white space.
    pub sentences: Vec<Sentence>,
    /// All words, numbers and punctuation marks, in order. A word never
    /// crosses the border of a mention.
    pub words: Vec<Span>,
    /// Positions in `sentences` of those chosen for the summary, rising.
    pub chosen: Vec<usize>,
    /// The summary, as [`summarize`](crate::Summarizer::summarize) gives it.
    pub summary: Summary,
}
