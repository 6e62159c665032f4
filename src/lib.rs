//! Vietnamese technology news, summarized.
#![forbid(unsafe_code)]
// Tests may panic, and so may the trainers' side, which only `tools/` sees.
#![cfg_attr(not(any(test, feature = "train")), warn(clippy::indexing_slicing, clippy::string_slice, clippy::unreachable))]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod article;
mod date;
mod document;
mod entity;
mod error;
mod hashed;
mod language;
#[cfg(test)]
mod linear_tests;
mod model;
mod normalize;
mod score;
mod segment;
mod select;
mod sentence;
mod span;
mod structure;
mod summarizer;
mod summary;
#[cfg(test)]
mod testing;
mod token;
mod work;

/// The README's code, run as documentation tests.
#[cfg(all(doctest, feature = "builtin-model"))]
#[doc = include_str!("../README.md")]
mod readme {}

pub use article::{Article, Part};
pub use date::Date;
pub use entity::value;
pub use entity::{Entity, EntityKind, LinkRule, Mention, Tie};
pub use error::Error;
pub use model::Model;
pub use normalize::fold::fold_key;
pub use normalize::tone::{to_new_style, to_old_style};
pub use score::background::Idf;
pub use select::budget::Length;
pub use span::Span;
pub use summarizer::{Summaries, Summarizer, SummarizerBuilder, Worker};
pub use summary::{Analysis, Contribution, Keyword, Role, Score, Sentence, Summary};

/// Summarizes a text: built-in model, default options (three sentences).
///
/// Total: any text, no error, no panic; white space alone gives an empty
/// summary.
///
/// ```
/// let summary = tomtat::summarize("Viettel vừa thử nghiệm mạng 5G tại Hà Nội. Tốc độ đạt 1,2 Gbps.");
/// assert!(summary.text.starts_with("Viettel"));
/// ```
#[cfg(feature = "builtin-model")]
pub fn summarize(text: &str) -> Summary {
    Summarizer::new().summarize(text)
}

/// The words of a text, as spans of its bytes: built-in model.
///
/// ```
/// let text = "Hà Nội dùng trí tuệ nhân tạo.";
/// let words: Vec<&str> = tomtat::segment(text).iter().map(|span| span.of(text)).collect();
/// assert_eq!(words, ["Hà Nội", "dùng", "trí tuệ nhân tạo", "."]);
/// ```
#[cfg(feature = "builtin-model")]
pub fn segment(text: &str) -> Vec<Span> {
    Summarizer::new().segment(text)
}

/// Opens the feature code to the trainers in `tools/`. Not a public API: it
/// changes without notice.
#[cfg(feature = "train")]
#[doc(hidden)]
pub mod train {
    /// Bytes of the normalized text, for measuring that stage alone.
    pub fn normalized_length(text: &str) -> usize {
        crate::normalize::Normalized::new(text).text().len()
    }

    /// Finds names and numbers, for measuring that stage alone.
    #[derive(Debug, Default)]
    pub struct Naming(crate::entity::mention::MentionBuffers, Vec<crate::entity::mention::FoundMention>);

    impl Naming {
        /// How many mentions the text has.
        pub fn count(&mut self, view: &View<'_>, model: &crate::Model) -> usize {
            crate::entity::mention::find(view, model.recognizer(), &mut self.0, &mut self.1);
            self.1.len()
        }
    }

    pub use crate::document::{Document, GivenPart, View};
    pub use crate::entity::{chain, features as name_features, glance, knowledge, reading, recognize, table, votes, weights};
    pub use crate::model::wire::seal;
    pub use crate::normalize::tone::{canonical_syllable, to_new_style};
    pub use crate::score::{Scoring, terms};
    pub use crate::segment::{Segmenter, SegmenterParts, decode, features, rows, sounds, vocabulary};
    pub use crate::sentence::glue;
    pub use crate::structure::{caption, observed as roles};
    pub use crate::token::{Case, Gap, Token, TokenKind, tokenize};
}
