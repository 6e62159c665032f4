//! A JSON record → an article.
//!
//! Takes one JSON object and the names of its fields, gives its id, its
//! article and the fields that are to be kept, or says what is wrong. Ids and
//! kept fields are passed through as they were written, digit for digit.

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use tomtat::{Article, Date};

/// Names of the fields, and what becomes of the others.
#[derive(Debug, Clone)]
pub struct Fields {
    /// Holds the id.
    pub id: String,
    /// Holds the whole text.
    pub text: String,
    /// Holds the title.
    pub title: String,
    /// Holds the lede.
    pub lede: String,
    /// Holds the body.
    pub body: String,
    /// Holds the day of publication.
    pub published: String,
    /// What becomes of the others.
    pub others: Others,
}

/// What becomes of fields that are not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// They are dropped.
    Drop,
    /// They stand in the answer.
    Keep,
}

impl Default for Fields {
    fn default() -> Self {
        let name = str::to_owned;
        Self {
            id: name("id"),
            text: name("text"),
            title: name("title"),
            lede: name("lede"),
            body: name("body"),
            published: name("published"),
            others: Others::Drop,
        }
    }
}

/// A value passed through as it was written.
pub type Raw = Box<RawValue>;

/// One record, ready to be worked on.
#[derive(Debug)]
pub struct Record {
    /// The record's own id, whatever its type.
    pub id: Option<Raw>,
    /// The article, or what is wrong with the record.
    pub article: Result<Article<'static>, String>,
    /// Fields to be passed through.
    pub kept: Vec<(String, Raw)>,
}

impl Record {
    /// Reads one JSON object.
    pub fn parse(text: &str, fields: &Fields) -> Self {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let found = deserializer.deserialize_any(RecordVisitor(fields)).and_then(|f| deserializer.end().map(|()| f));
        match found {
            Ok(Some(found)) => {
                let article = found.article(fields);
                Self { id: found.id, article, kept: found.kept }
            }
            Ok(None) => Self::fault("not a JSON object".to_owned()),
            Err(e) => Self::fault(format!("not JSON: {}", without_line(&e))),
        }
    }

    fn fault(problem: String) -> Self {
        Self { id: None, article: Err(problem), kept: Vec::new() }
    }
}

/// A record is one line, so that only the column helps.
fn without_line(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((problem, _)) => format!("{problem} at column {}", error.column()),
        None => text,
    }
}

/// What stands in a field that should hold text.
#[derive(Debug, Default)]
enum Content {
    #[default]
    Absent,
    Text(String),
    Other,
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ContentVisitor)
    }
}

struct ContentVisitor;

impl<'de> Visitor<'de> for ContentVisitor {
    type Value = Content;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Content, E> {
        Ok(Content::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Content, E> {
        Ok(Content::Text(text))
    }

    fn visit_unit<E>(self) -> Result<Content, E> {
        Ok(Content::Absent)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Content, E> {
        Ok(Content::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Content, E> {
        Ok(Content::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Content, E> {
        Ok(Content::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Content, E> {
        Ok(Content::Other)
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut items: A) -> Result<Content, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Content::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Content, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Content::Other)
    }
}

#[derive(Default)]
struct Found {
    id: Option<Raw>,
    text: Content,
    title: Content,
    lede: Content,
    body: Content,
    published: Content,
    kept: Vec<(String, Raw)>,
}

impl Found {
    fn article(&self, fields: &Fields) -> Result<Article<'static>, String> {
        let text = string(&self.text, &fields.text)?;
        let parts = [string(&self.title, &fields.title)?, string(&self.lede, &fields.lede)?, string(&self.body, &fields.body)?];
        let article = match (text, parts) {
            (Some(text), _) => Article::from(text.to_owned()),
            (None, [None, None, None]) => {
                let Fields { text, title, lede, body, .. } = fields;
                return Err(format!("none of {text}, {title}, {lede}, {body} is there"));
            }
            (None, parts) => {
                let [title, lede, body] = parts.map(Option::unwrap_or_default);
                Article::from_parts(title, lede, body)
            }
        };
        match string(&self.published, &fields.published)? {
            None => Ok(article),
            Some(date) => Ok(article.published(date.parse::<Date>().map_err(|e| format!("{}: {e}", fields.published))?)),
        }
    }
}

fn string<'f>(content: &'f Content, name: &str) -> Result<Option<&'f str>, String> {
    match content {
        Content::Absent => Ok(None),
        Content::Text(text) => Ok(Some(text)),
        Content::Other => Err(format!("{name} is not a string")),
    }
}

/// Reads an object; any other value is `None`.
struct RecordVisitor<'f>(&'f Fields);

impl<'de> Visitor<'de> for RecordVisitor<'_> {
    type Value = Option<Found>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Option<Found>, A::Error> {
        let mut found = Found::default();
        while let Some(name) = entries.next_key::<Cow<'de, str>>()? {
            let name = name.as_ref();
            let fields = self.0;
            if name == fields.id {
                found.id = Some(entries.next_value()?);
            } else if name == fields.text {
                found.text = entries.next_value()?;
            } else if name == fields.title {
                found.title = entries.next_value()?;
            } else if name == fields.lede {
                found.lede = entries.next_value()?;
            } else if name == fields.body {
                found.body = entries.next_value()?;
            } else if name == fields.published {
                found.published = entries.next_value()?;
            } else if fields.others == Others::Keep {
                found.kept.push((name.to_owned(), entries.next_value()?));
            } else {
                entries.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Some(found))
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn problem(line: &str) -> String {
        Record::parse(line, &Fields::default()).article.unwrap_err()
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(problem("[1]"), "not a JSON object");
        assert_eq!(problem("7"), "not a JSON object");
        assert_eq!(problem("{\"id\":1}"), "none of text, title, lede, body is there");
        assert_eq!(problem("{\"text\":3}"), "text is not a string");
        assert!(problem("{\"text\":\"a\",\"published\":\"2026-13-01\"}").starts_with("published: not a calendar date"));
        assert_eq!(problem("{\"text\":"), "not JSON: EOF while parsing a value at column 8");
        assert!(problem("{} x").starts_with("not JSON: trailing characters"));
    }

    #[test]
    fn the_id_is_known_wherever_it_stands() {
        let record = Record::parse("{\"text\":3,\"id\":12345678901234567890123}", &Fields::default());
        assert_eq!(record.id.unwrap().get(), "12345678901234567890123");
    }

    #[test]
    fn other_fields_are_kept_as_written() {
        let fields = Fields { others: Others::Keep, body: "content".to_owned(), ..Fields::default() };
        let record = Record::parse("{\"content\":\"a\",\"n\":1.50,\"body\":[ 1 ]}", &fields);
        assert_eq!(record.article.unwrap().text(), "a");
        let kept: Vec<(&str, &str)> = record.kept.iter().map(|(k, v)| (k.as_str(), v.get())).collect();
        assert_eq!(kept, [("n", "1.50"), ("body", "[ 1 ]")]);
    }

    #[test]
    fn null_and_blank_parts_count_as_absent() {
        let record = Record::parse("{\"title\":null,\"lede\":\" \",\"body\":\"b\"}", &Fields::default());
        assert_eq!(record.article.unwrap().text(), "b");
        let empty = Record::parse("{\"text\":\"\"}", &Fields::default());
        assert_eq!(empty.article.unwrap().text(), "");
    }
}
