//! What an input is: by its name, then by its first bytes.

use std::path::Path;

/// A kind of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum Kind {
    /// One article as plain text.
    Text,
    /// JSON records, one a line.
    #[value(alias = "ndjson")]
    Jsonl,
    /// One JSON record, an array of them, or one a line.
    Json,
    /// A web page with one article.
    Html,
    /// An RSS or Atom feed, each entry an article.
    #[value(aliases = ["rss", "atom"])]
    Feed,
}

/// How the bytes of an input are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    Plain,
    /// gzip.
    Gzip,
    /// Zstandard.
    Zstandard,
}

impl Packing {
    /// By the first bytes.
    pub fn of_content(start: &[u8]) -> Self {
        if start.starts_with(b"\x1F\x8B") {
            Self::Gzip
        } else if start.starts_with(b"\x28\xB5\x2F\xFD") {
            Self::Zstandard
        } else {
            Self::Plain
        }
    }

    /// By the ending of a name.
    pub fn of_name(path: &Path) -> Self {
        match ending(path).as_deref() {
            Some("gz") => Self::Gzip,
            Some("zst" | "zstd") => Self::Zstandard,
            _ => Self::Plain,
        }
    }
}

fn ending(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

/// What a name says: `crawl.jsonl.gz` is JSON lines.
pub fn by_name(path: &Path) -> Option<Kind> {
    let unpacked = path.with_extension("");
    let path = if Packing::of_name(path) == Packing::Plain { path } else { &unpacked };
    match ending(path)?.as_str() {
        "txt" | "text" => Some(Kind::Text),
        "jsonl" | "ndjson" => Some(Kind::Jsonl),
        "json" => Some(Kind::Json),
        "html" | "htm" | "xhtml" => Some(Kind::Html),
        "rss" | "atom" | "xml" => Some(Kind::Feed),
        _ => None,
    }
}

/// What the first bytes say; plain text where they say nothing.
pub fn by_content(start: &[u8]) -> Kind {
    let head = String::from_utf8_lossy(start.get(..start.len().min(2048)).unwrap_or_default()).to_ascii_lowercase();
    let head = head.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    // In UTF-16 the ASCII letters stand between zeros.
    let plain: String = head.chars().filter(|c| *c != '\0' && *c != '\u{FFFD}').collect();
    if ["<rss", "<feed", "<rdf:rdf"].iter().any(|tag| plain.contains(tag)) && plain.starts_with('<') {
        Kind::Feed
    } else if is_html(&plain) {
        Kind::Html
    } else if plain.starts_with(['{', '[']) && plain.get(1..).is_some_and(|rest| rest.trim_start().starts_with(['"', '{'])) {
        Kind::Json
    } else {
        Kind::Text
    }
}

fn is_html(head: &str) -> bool {
    const TAGS: [&str; 10] = ["<!doctype html", "<html", "<head", "<body", "<article", "<div", "<p>", "<!--", "<meta", "<h1"];
    TAGS.iter().any(|tag| head.starts_with(tag)) || (head.starts_with("<?xml") && head.contains("<html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell() {
        for (name, kind) in [
            ("a.txt", Some(Kind::Text)),
            ("a.JSONL.gz", Some(Kind::Jsonl)),
            ("a.html.zst", Some(Kind::Html)),
            ("news.rss", Some(Kind::Feed)),
            ("picture.png", None),
            ("gz", None),
            ("a.gz", None),
        ] {
            assert_eq!(by_name(Path::new(name)), kind, "{name}");
        }
    }

    #[test]
    fn content_tells() {
        for (start, kind) in [
            ("  <!DOCTYPE html><html>", Kind::Html),
            ("<?xml version=\"1.0\"?><rss version=\"2.0\">", Kind::Feed),
            ("<feed xmlns=", Kind::Feed),
            ("{\"text\": \"a\"}\n", Kind::Json),
            ("[\n  {\"text\": \"a\"}\n", Kind::Json),
            ("[Video] Viettel", Kind::Text),
            ("{chưa rõ} là gì", Kind::Text),
            ("Viettel vừa <rss", Kind::Text),
            ("", Kind::Text),
        ] {
            assert_eq!(by_content(start.as_bytes()), kind, "{start}");
        }
        assert_eq!(by_content(b"\xFF\xFE<\0h\0t\0m\0l\0>\0"), Kind::Html);
    }
}
