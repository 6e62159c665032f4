//! An item → an article to be worked on, or a fault.
//!
//! This is what the working threads do before the library's part: decode,
//! parse JSON, take an article out of a page.

use super::encoding::{self, Decoded, Encoding, Undecodable, decode};
use super::html;
use super::record::{Fields, Raw, Record};
use super::{Content, Extracted, Item};
use serde_json::value::to_raw_value;
use tomtat::Article;

/// How inputs are read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Names of the fields of a record.
    pub fields: Fields,
    /// The inputs' encoding.
    pub encoding: Encoding,
    /// What becomes of bytes that do not decode.
    pub undecodable: Undecodable,
    /// Longest line or document, in bytes.
    pub longest: usize,
}

/// An article to be worked on.
#[derive(Debug)]
pub struct Prepared {
    /// The record's id, the entry's, or the file's name.
    pub id: Option<Raw>,
    /// The article.
    pub article: Article<'static>,
    /// Fields to be passed through.
    pub kept: Vec<(String, Raw)>,
    /// Whether the output must carry the text that its spans index, since the
    /// caller does not have it.
    pub carried: bool,
}

/// What is wrong with an item.
#[derive(Debug)]
pub struct Fault {
    /// The record's id, where it could be read.
    pub id: Option<Raw>,
    /// The file, if it is one.
    pub file: Option<String>,
    /// Line of a stream, from 1.
    pub line: Option<u64>,
    /// What is wrong and, where that is not plain, what to do.
    pub problem: String,
    /// Whether the whole of the only input is at fault.
    pub whole: bool,
}

impl Fault {
    /// The fault in one line, for standard error.
    pub fn message(&self) -> String {
        match (&self.file, self.line) {
            (Some(file), Some(line)) => format!("{file}, line {line}: {}", self.problem),
            (Some(file), None) => format!("{file}: {}", self.problem),
            (None, Some(line)) => format!("line {line}: {}", self.problem),
            (None, None) => format!("standard input: {}", self.problem),
        }
    }
}

impl Reading {
    /// Makes an article of `item`.
    ///
    /// # Errors
    ///
    /// Where its bytes do not decode or are no record.
    pub fn prepare(&self, item: Item) -> Result<Prepared, Box<Fault>> {
        let Item { origin, line, content } = item;
        let name = origin.file.as_ref().and_then(|f| to_raw_value(f).ok());
        let whole = origin.alone && !matches!(content, Content::Record(_)) && line.is_none();
        let fault = |id, problem| Box::new(Fault { id, file: origin.file.clone(), line, problem, whole });
        match content {
            Content::Record(bytes) => self.record(&bytes).map_err(|(id, problem)| fault(id, problem)),
            Content::Text(bytes) => self.text(name.clone(), &bytes).map_err(|problem| fault(name, problem)),
            Content::Html(bytes) => self.page(name.clone(), &bytes).map_err(|problem| fault(name, problem)),
            Content::Entry(found) => Ok(entry(name, *found)),
            Content::Fault(problem) => Err(fault(name.filter(|_| line.is_none()), problem)),
        }
    }

    fn record(&self, bytes: &[u8]) -> Result<Prepared, (Option<Raw>, String)> {
        let decoded = self.decode(bytes).map_err(|problem| (None, problem))?;
        let record = Record::parse(&decoded.text, &self.fields);
        match record.article {
            Ok(article) => Ok(Prepared { id: record.id, article, kept: record.kept, carried: decoded.changed }),
            Err(problem) => Err((record.id, problem)),
        }
    }

    fn text(&self, id: Option<Raw>, bytes: &[u8]) -> Result<Prepared, String> {
        let decoded = self.decode(bytes)?;
        let article = Article::from(decoded.text.into_owned());
        Ok(Prepared { id, article, kept: Vec::new(), carried: decoded.changed })
    }

    fn page(&self, id: Option<Raw>, bytes: &[u8]) -> Result<Prepared, String> {
        let text = self.decode_markup(bytes)?;
        Ok(page(id, html::article(&text)))
    }

    /// Decodes a document or a line.
    ///
    /// # Errors
    ///
    /// The message for a byte that does not decode.
    pub fn decode<'b>(&self, bytes: &'b [u8]) -> Result<Decoded<'b>, String> {
        decode(bytes, self.encoding, self.undecodable).map_err(|fault| fault.to_string())
    }

    /// Decodes a page or a feed; where nothing is asked for and it is not
    /// UTF-8, by what it declares.
    ///
    /// # Errors
    ///
    /// The message for a byte that does not decode.
    pub fn decode_markup(&self, bytes: &[u8]) -> Result<String, String> {
        match decode(bytes, self.encoding, Undecodable::Refuse) {
            Ok(decoded) => Ok(decoded.text.into_owned()),
            Err(fault) => {
                let declared = html::declared_encoding(bytes).filter(|_| self.encoding == Encoding::Auto);
                if let Some(text) = declared.and_then(|label| encoding::decode_declared(bytes, &label)) {
                    return Ok(text);
                }
                match self.undecodable {
                    Undecodable::Refuse => Err(fault.to_string()),
                    Undecodable::Replace => self.decode(bytes).map(|d| d.text.into_owned()),
                }
            }
        }
    }
}

/// A web page. One that does not mark its lede has it at the start of its text
/// all the same: there it is looked for as in plain text.
fn page(name: Option<Raw>, found: Extracted) -> Prepared {
    if !found.lede.is_empty() {
        return entry(name, found);
    }
    let text = format!("{}\n{}", found.title, found.body).trim().to_owned();
    prepared(name, Article::from(text), found)
}

/// An entry of a feed, whose parts are what they are called.
fn entry(name: Option<Raw>, found: Extracted) -> Prepared {
    prepared(name, Article::from_parts(&found.title, &found.lede, &found.body), found)
}

fn prepared(name: Option<Raw>, article: Article<'static>, found: Extracted) -> Prepared {
    let article = match found.published {
        Some(date) => article.published(date),
        None => article,
    };
    let id = found.id.and_then(|id| to_raw_value(&id).ok()).or(name);
    Prepared { id, article, kept: Vec::new(), carried: true }
}
