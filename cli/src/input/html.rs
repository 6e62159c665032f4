//! Pages and fragments of HTML → text.
//!
//! Takes a decoded page and gives title, lede, body and day of publication. A
//! readability crate finds the article among menus and advertisements; here its
//! blocks become lines: paragraphs, headings, list items, captions. A page in
//! which no article is found gives all its text. Total: markup of any sort,
//! however broken or deep, gives something.

use super::Extracted;
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Metadata, Readability};
use tomtat::Date;

/// Deeper trees are read as text only: the readability crate walks trees by
/// recursion.
const DEEPEST: usize = 512;

/// Markup with more elements open at a time is not even parsed: HTML's rules
/// make that take quadratic time.
const MOST_OPEN: usize = 2_000;

/// Where Vietnamese and other news sites put the lede.
const LEDE: &str =
    "[class*=sapo], h2.description, p.description, .the-article-summary, .article-lead, .article__lead, .lead, .lede, .standfirst";

/// The article of a page.
pub fn article(page: &str) -> Extracted {
    if most_open(page) > MOST_OPEN {
        return Extracted { body: without_tags(page), ..Extracted::default() };
    }
    let document = Document::from(page);
    if is_deep(&document) {
        return Extracted { body: blocks(&document.root()).join("\n"), ..Extracted::default() };
    }
    let whole = blocks(&document.body().unwrap_or_else(|| document.root()));
    let heading = only_heading(&document);
    let marked_lede = marked_lede(&document);
    let day = marked_day(&document);
    let config = Config { char_threshold: 200, ..Config::default() };
    let Ok(mut readability) = Readability::with_document(document, None, Some(config)) else {
        return Extracted { body: whole.join("\n"), ..Extracted::default() };
    };
    let metadata = readability.get_article_metadata(readability.parse_json_ld());
    let (found, title) = match readability.parse() {
        Ok(found) => (blocks(&Document::fragment(found.content).root()), found.title),
        Err(_) => (whole, metadata.title.clone()),
    };
    let title = chosen_title(squeezed(&title), heading);
    let lede = marked_lede.or_else(|| described_lede(&metadata, &found)).filter(|l| *l != title).unwrap_or_default();
    let body: Vec<String> = found.into_iter().filter(|b| *b != title && *b != lede).collect();
    let published = metadata.published_time.as_deref().and_then(day_in_vietnam).or(day);
    Extracted { id: None, title, lede, body: body.join("\n"), published }
}

/// The text of a fragment, a block a line.
pub fn text_of_fragment(fragment: &str) -> String {
    if most_open(fragment) > MOST_OPEN {
        return without_tags(fragment);
    }
    blocks(&Document::fragment(fragment).root()).join("\n")
}

/// White space of any sort → single spaces.
pub fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The encoding that a page or feed declares in its first bytes.
pub fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(2048)).unwrap_or_default()).to_ascii_lowercase();
    let after = ["charset=", "encoding="].iter().find_map(|name| head.split_once(name)).map(|(_, after)| after)?;
    let label = after.trim_start_matches(['"', '\'', ' ']).split(['"', '\'', ' ', '>', ';', '/', '?']).next()?;
    (!label.is_empty()).then(|| label.to_owned())
}

/// How many elements are open at a time at most, roughly: of those whose end
/// may be left out, none is counted.
fn most_open(markup: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    for tag in markup.split('<').skip(1) {
        let closes = tag.starts_with('/');
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        if name.is_empty() || ENDLESS.iter().any(|e| e.eq_ignore_ascii_case(name)) {
            continue;
        }
        open = if closes { open.saturating_sub(1) } else { open + 1 };
        most = most.max(open);
    }
    most
}

/// Elements without an end, or whose end may be left out.
const ENDLESS: [&str; 32] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li", "td", "tr",
    "th", "dt", "dd", "option", "optgroup", "tbody", "thead", "tfoot", "colgroup", "rp", "rt", "html", "head", "body",
];

/// What stands between the tags.
fn without_tags(markup: &str) -> String {
    let pieces = markup.split('<').enumerate().map(|(i, piece)| match piece.split_once('>') {
        Some((_, text)) if i > 0 => text,
        _ if i > 0 => "",
        _ => piece,
    });
    pieces.map(squeezed).filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join("\n")
}

fn is_deep(document: &Document) -> bool {
    let mut deep = false;
    walk(&document.root(), &mut |_, step| {
        if let Step::Enter(depth) = step {
            deep |= depth > DEEPEST;
        }
        Descend::Into
    });
    deep
}

/// The page's heading of the first level, if there is just one.
fn only_heading(document: &Document) -> Option<String> {
    let headings = document.select("h1");
    let text = squeezed(&headings.text());
    (headings.length() == 1 && !text.is_empty()).then_some(text)
}

/// A page's title often has the site's name behind it; its heading has not.
fn chosen_title(title: String, heading: Option<String>) -> String {
    match heading {
        Some(heading) if title.is_empty() || title.contains(&heading) || heading.contains(&title) => heading,
        _ => title,
    }
}

fn marked_lede(document: &Document) -> Option<String> {
    let found = document.select_single(LEDE);
    let text = squeezed(&found.text());
    // Shorter ones are labels.
    (text.split(' ').count() >= 6).then_some(text)
}

/// The page's description, where it is a text of its own or a whole block.
fn described_lede(metadata: &Metadata, blocks: &[String]) -> Option<String> {
    let description = squeezed(metadata.excerpt.as_deref()?);
    let cut = description.ends_with('…') || description.ends_with("...");
    let begins = |block: &String| block.starts_with(&description) && *block != description;
    (!cut && description.split(' ').count() >= 6 && !blocks.iter().any(begins)).then_some(description)
}

fn marked_day(document: &Document) -> Option<Date> {
    let places = [("meta[itemprop=datePublished]", "content"), ("meta[name=pubdate]", "content"), ("time[datetime]", "datetime")];
    places.iter().find_map(|(place, name)| day_in_vietnam(&document.select_single(place).attr(name)?))
}

/// The day of a time such as `2026-11-23T20:15:00+07:00`: as written, but in
/// Vietnam, seven hours ahead, where it is given in universal time.
fn day_in_vietnam(time: &str) -> Option<Date> {
    let time = time.trim();
    let date: Date = time.get(..10)?.parse().ok()?;
    let universal = time.ends_with('Z') || time.ends_with("+00:00");
    let hour: u8 = time.get(11..13).and_then(|h| h.parse().ok()).unwrap_or(0);
    if universal && hour >= 17 { date.plus_days(1) } else { Some(date) }
}

/// The non-blank blocks of a tree, in order.
fn blocks(root: &NodeRef<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let mut current = String::new();
    walk(root, &mut |node, step| {
        if node.is_text() {
            if let Step::Enter(_) = step {
                current.push_str(&node.text());
            }
            return Descend::Into;
        }
        let name = node.node_name();
        let name = name.as_deref().unwrap_or("");
        if !INLINE.contains(&name) {
            close_block(&mut current, &mut found);
        }
        if UNREAD.contains(&name) { Descend::Past } else { Descend::Into }
    });
    close_block(&mut current, &mut found);
    found
}

fn close_block(current: &mut String, found: &mut Vec<String>) {
    let block = squeezed(current);
    current.clear();
    if !block.is_empty() {
        found.push(block);
    }
}

/// Elements within a line; all others begin a new one.
const INLINE: [&str; 35] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "u", "var", "wbr",
];

/// Elements whose content nobody reads.
const UNREAD: [&str; 16] = [
    "script", "style", "noscript", "template", "iframe", "svg", "math", "button", "select", "textarea", "form", "head", "object", "audio",
    "video", "nav",
];

enum Step {
    /// Into a node at this depth.
    Enter(usize),
    /// Out of it.
    Leave,
}

enum Descend {
    Into,
    Past,
}

/// Walks a tree without recursion: a deep one must not overflow the stack.
fn walk(root: &NodeRef<'_>, visit: &mut dyn FnMut(&NodeRef<'_>, Step) -> Descend) {
    let mut depth = 0;
    let mut next = root.first_child();
    while let Some(node) = next.take() {
        if let Descend::Into = visit(&node, Step::Enter(depth))
            && let Some(child) = node.first_child()
        {
            depth += 1;
            next = Some(child);
            continue;
        }
        let mut done = node;
        loop {
            visit(&done, Step::Leave);
            if let Some(sibling) = done.next_sibling() {
                next = Some(sibling);
                break;
            }
            match done.parent() {
                Some(parent) if parent.id != root.id => done = parent,
                _ => return,
            }
            depth = depth.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn blocks_are_lines() {
        let text = text_of_fragment(
            "<h2>Đề mục</h2><p>Câu <b>một</b>,\n&nbsp;tiếp.</p><figure><img><figcaption>Ảnh: A.</figcaption></figure>a<br>b<script>x</script>",
        );
        assert_eq!(text, "Đề mục\nCâu một, tiếp.\nẢnh: A.\na\nb");
    }

    #[test]
    fn any_depth_and_any_rubbish() {
        for count in [600, 1_900, 100_000] {
            for tag in ["<div>", "<b>", "<p><b>", "<table>"] {
                let deep = tag.repeat(count) + "Chữ";
                assert_eq!(article(&deep).body, "Chữ", "{count} {tag}");
                assert_eq!(text_of_fragment(&deep), "Chữ", "{count} {tag}");
            }
        }
        for page in ["", "<", "<html", "<p>Chữ", "<table><tr><td>a<td>b"] {
            article(page);
        }
    }

    #[test]
    fn declared_encodings() {
        assert_eq!(declared_encoding(b"<meta charset=\"windows-1258\">").as_deref(), Some("windows-1258"));
        assert_eq!(declared_encoding(b"<meta content='text/html; charset=utf-8'>").as_deref(), Some("utf-8"));
        assert_eq!(declared_encoding(b"<?xml version='1.0' encoding='ISO-8859-1'?>").as_deref(), Some("iso-8859-1"));
        assert_eq!(declared_encoding(b"<html>"), None);
    }

    #[test]
    fn the_day_is_vietnams() {
        let day = Date::new(2026, 11, 23);
        assert_eq!(day_in_vietnam("2026-11-23T23:15:00+07:00"), day);
        assert_eq!(day_in_vietnam("2026-11-22T18:15:00Z"), day);
        assert_eq!(day_in_vietnam("2026-11-23"), day);
        assert_eq!(day_in_vietnam("hôm qua"), None);
    }
}
