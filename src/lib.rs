//! Vietnamese technology news, summarized.
#![forbid(unsafe_code)]

mod document;
mod entity;
mod error;
mod model;
mod normalize;
mod segment;
mod sentence;
mod span;
#[cfg(test)]
mod testing;
mod token;

pub use error::Error;
pub use span::Span;

/// Opens the feature code to the trainers in `tools/`. Not a public API: it
/// changes without notice.
#[cfg(feature = "train")]
#[doc(hidden)]
pub mod train {
    pub use crate::document::{Document, View};
    pub use crate::model::wire::seal;
    pub use crate::normalize::tone::canonical_syllable;
    pub use crate::segment::{Segmenter, SegmenterParts, decode, features, rows, vocabulary};
    pub use crate::token::{Case, Gap, Token, TokenKind, tokenize};
}
