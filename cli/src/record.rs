//! JSON lines in: one record a line, each an article or a fault.

use serde_json::Value;
use tomtat::{Article, Date};

/// A line of input, ready to be worked on.
#[derive(Debug)]
pub struct Record {
    /// The record's own `id`, whatever its type.
    pub id: Option<Value>,
    /// The article, or what is wrong with the line.
    pub article: Result<Article<'static>, String>,
}

impl Record {
    /// Reads one line.
    pub fn parse(line: &[u8]) -> Self {
        let fault = |id, problem: String| Self { id, article: Err(problem) };
        let text = match std::str::from_utf8(line) {
            Ok(text) => text,
            Err(e) => return fault(None, format!("not UTF-8 at byte {}", e.valid_up_to())),
        };
        match serde_json::from_str::<Value>(text) {
            Ok(Value::Object(mut fields)) => {
                let id = fields.remove("id");
                Self { id, article: article(&fields) }
            }
            Ok(_) => fault(None, "not a JSON object".to_owned()),
            Err(e) => fault(None, format!("not JSON: {e}")),
        }
    }
}

type Fields = serde_json::Map<String, Value>;

fn article(fields: &Fields) -> Result<Article<'static>, String> {
    let text = string(fields, "text")?;
    let parts = [string(fields, "title")?, string(fields, "lede")?, string(fields, "body")?];
    let article = match (text, parts) {
        (Some(text), _) => Article::from(text.to_owned()),
        (None, [None, None, None]) => return Err("none of text, title, lede, body is there".to_owned()),
        (None, parts) => {
            let [title, lede, body] = parts.map(Option::unwrap_or_default);
            Article::from_parts(title, lede, body)
        }
    };
    match string(fields, "published")? {
        None => Ok(article),
        Some(date) => Ok(article.published(date.parse::<Date>().map_err(|e| format!("published: {e}"))?)),
    }
}

/// A field's text; `None` where it is absent or null.
fn string<'f>(fields: &'f Fields, name: &str) -> Result<Option<&'f str>, String> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(format!("{name} is not a string")),
    }
}
