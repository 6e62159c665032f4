//! An article: a text with what is already known of it.

use crate::date::Date;
use crate::span::Span;
use std::borrow::Cow;

/// A part of an article that was given by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Part {
    /// The headline.
    Title,
    /// The summary paragraph under the headline.
    Lede,
    /// The rest.
    Body,
}

/// A text to be summarized, with its title, lede and day of publication where
/// they are known.
///
/// All spans in the output index [`text`](Article::text).
///
/// ```
/// use tomtat::{Article, Date};
///
/// let article = Article::from_parts("Tin mới", "", "Hãng vừa mở cửa hàng.").published(Date::new(2017, 8, 25).unwrap());
/// assert_eq!(article.text(), "Tin mới\nHãng vừa mở cửa hàng.");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article<'a> {
    text: Cow<'a, str>,
    parts: Vec<(Part, Span)>,
    published: Option<Date>,
}

impl<'a> Article<'a> {
    /// An article of which only the text is known.
    pub fn new(text: &'a str) -> Self {
        Self { text: Cow::Borrowed(text), parts: Vec::new(), published: None }
    }

    /// An article in parts; one of white space only counts as absent. The
    /// text is the others, joined by a line end.
    pub fn from_parts(title: &str, lede: &str, body: &str) -> Self {
        let mut text = String::with_capacity(title.len() + lede.len() + body.len() + 2);
        let mut parts = Vec::new();
        for (part, piece) in [(Part::Title, title), (Part::Lede, lede), (Part::Body, body)] {
            if piece.trim().is_empty() {
                continue;
            }
            if !text.is_empty() {
                text.push('\n');
            }
            let start = text.len();
            text.push_str(piece);
            parts.push((part, Span::new(start, text.len())));
        }
        Self { text: Cow::Owned(text), parts, published: None }
    }

    /// The same article, published on `date`: relative dates in the text
    /// ("hôm qua") resolve against it.
    #[must_use]
    pub fn published(mut self, date: Date) -> Self {
        self.published = Some(date);
        self
    }

    /// The one text that all spans index.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The day of publication, if known.
    pub fn publication_date(&self) -> Option<Date> {
        self.published
    }

    /// Which part a span lies in, and the range inside that part as it was
    /// given; `None` for an article without parts or a span across two.
    pub fn locate(&self, span: Span) -> Option<(Part, Span)> {
        let (part, whole) = self.parts.iter().find(|(_, whole)| whole.contains(span))?;
        Some((*part, Span::new(span.start - whole.start, span.end - whole.start)))
    }

    /// The parts and where they lie in the text.
    pub(crate) fn parts(&self) -> &[(Part, Span)] {
        &self.parts
    }
}

impl<'a> From<&'a str> for Article<'a> {
    fn from(text: &'a str) -> Self {
        Self::new(text)
    }
}

impl<'a> From<&'a String> for Article<'a> {
    fn from(text: &'a String) -> Self {
        Self::new(text)
    }
}

impl From<String> for Article<'_> {
    fn from(text: String) -> Self {
        Self { text: Cow::Owned(text), parts: Vec::new(), published: None }
    }
}
