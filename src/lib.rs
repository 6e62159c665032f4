//! Vietnamese technology news, summarized.
#![forbid(unsafe_code)]

mod entity;
mod normalize;
mod span;
#[cfg(test)]
mod testing;

pub use span::Span;
