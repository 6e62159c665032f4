//! What can go wrong, and where it shows.

use std::fmt;

/// Why a [`Summarizer`](crate::Summarizer) could not be built or model bytes
/// were refused.
///
/// The type is opaque: what a caller can act on is *whose* fault it was, told
/// by [`is_option`](Error::is_option) and [`is_model`](Error::is_model); the
/// message says what to do about it. No text to be summarized ever brings an
/// error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Option { name: &'static str, problem: String },
    Model { part: String, problem: String },
}

impl Error {
    pub(crate) fn option(name: &'static str, problem: impl Into<String>) -> Self {
        Self { kind: Kind::Option { name, problem: problem.into() } }
    }

    pub(crate) fn model(part: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { kind: Kind::Model { part: part.into(), problem: problem.into() } }
    }

    /// Whether an option of the builder is out of its range.
    pub fn is_option(&self) -> bool {
        matches!(self.kind, Kind::Option { .. })
    }

    /// Whether the bytes of a model were refused.
    pub fn is_model(&self) -> bool {
        matches!(self.kind, Kind::Model { .. })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Option { name, problem } => write!(f, "option {name}: {problem}"),
            Kind::Model { part, problem } => write!(f, "model, {part}: {problem}"),
        }
    }
}

impl std::error::Error for Error {}
