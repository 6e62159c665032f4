//! Inputs → items: one item is one article, still undecoded where that can be
//! left to the working threads.
//!
//! - [`source`] finds the inputs that a command line names;
//! - [`kind`] recognizes them, [`open`] unpacks them;
//! - [`lines`] splits streams without ever holding more than one line;
//! - [`reader`] turns all of it into batches of [`Item`]s;
//! - [`prepare`] makes an article of an item: [`encoding`], [`record`],
//!   [`html`], [`feed`].

pub mod encoding;
pub mod feed;
pub mod html;
pub mod kind;
pub mod lines;
pub mod open;
pub mod prepare;
pub mod reader;
pub mod record;
pub mod source;

use std::sync::Arc;
use tomtat::Date;

/// Where an item comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file, as named; `None` for standard input.
    pub file: Option<String>,
    /// Whether it is the run's only input: a fault of the whole input then
    /// ends the run instead of taking a place in the output.
    pub alone: bool,
}

/// One article, or what is wrong with it.
#[derive(Debug)]
pub struct Item {
    /// Where it comes from.
    pub origin: Arc<Origin>,
    /// Line of a stream, from 1.
    pub line: Option<u64>,
    /// What was read.
    pub content: Content,
}

/// What was read.
#[derive(Debug)]
pub enum Content {
    /// A JSON record.
    Record(Vec<u8>),
    /// A whole plain text.
    Text(Vec<u8>),
    /// A whole page.
    Html(Vec<u8>),
    /// An entry of a feed.
    Entry(Box<Extracted>),
    /// It could not be read; the message says why.
    Fault(String),
}

/// An article taken out of markup.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extracted {
    /// The entry's own id; pages have none.
    pub id: Option<String>,
    /// The headline; empty where there is none.
    pub title: String,
    /// The lede; empty where there is none.
    pub lede: String,
    /// The rest, a paragraph, heading or caption a line.
    pub body: String,
    /// The day of publication, in Vietnam.
    pub published: Option<Date>,
}
