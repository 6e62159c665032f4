//! RSS and Atom feeds: each entry becomes an article.
//!
//! Takes a decoded feed and gives its entries in order: the title, the
//! summary as the lede where the content does not begin with it, the content
//! (else the summary) as the body, the day of publication in Vietnam. What an
//! entry only links to is not fetched.

use super::{Extracted, html};
use feed_rs::model::Entry;
use tomtat::Date;

/// The entries of a feed.
///
/// # Errors
///
/// Where it is no feed.
pub fn entries(text: &str) -> Result<Vec<Extracted>, String> {
    // It is UTF-8 by now, whatever its declaration says.
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let content = match text.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or("", |(_, content)| content),
        None => text,
    };
    let parser = feed_rs::parser::Builder::new()
        // The default invents a new id every time.
        .id_generator(|links, title, _| {
            let link = links.first().map(|l| l.href.clone());
            link.or_else(|| title.as_ref().map(|t| t.content.clone())).unwrap_or_default()
        })
        .build();
    let feed = parser.parse(content.as_bytes()).map_err(|e| format!("not an RSS or Atom feed: {e}"))?;
    Ok(feed.entries.iter().map(entry).collect())
}

fn entry(entry: &Entry) -> Extracted {
    let title = entry.title.as_ref().map(|t| one_line(&t.content)).unwrap_or_default();
    let summary = entry.summary.as_ref().map(|s| html::text_of_fragment(&s.content)).unwrap_or_default();
    let content = entry.content.as_ref().and_then(|c| c.body.as_deref()).map(html::text_of_fragment).unwrap_or_default();
    let (lede, body) = if content.is_empty() { (String::new(), summary) } else { (lede(&summary, &content), content) };
    Extracted { id: Some(entry.id.clone()).filter(|id| !id.is_empty()), title, lede, body, published: published(entry) }
}

/// The summary, unless it is only how the content begins.
fn lede(summary: &str, content: &str) -> String {
    let (summary, content) = (html::squeezed(summary), html::squeezed(content));
    let beginning = summary.trim_end_matches(['…', '.', ']', '[', ' ']);
    if content.starts_with(beginning) { String::new() } else { summary }
}

/// Titles are text, though some feeds escape markup in them.
fn one_line(title: &str) -> String {
    html::squeezed(&html::text_of_fragment(title))
}

const SECONDS_A_DAY: i64 = 86_400;

/// The day in Vietnam, seven hours ahead of universal time.
fn published(entry: &Entry) -> Option<Date> {
    let seconds = entry.published.or(entry.updated)?.timestamp() + 7 * 3_600;
    Date::new(1970, 1, 1)?.plus_days(i32::try_from(seconds.div_euclid(SECONDS_A_DAY)).ok()?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn rss_with_content_and_without() {
        let feed = r#"<?xml version="1.0" encoding="utf-16"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>k</title>
          <item><title>Một &amp;amp; hai</title><guid>7</guid><pubDate>Mon, 23 Nov 2026 20:00:00 +0000</pubDate>
            <description>&lt;p&gt;Chỉ tóm tắt.&lt;/p&gt;</description></item>
          <item><title>Ba</title><link>https://example.com/3</link><description>Câu đầu [&amp;hellip;]</description>
            <content:encoded><![CDATA[<p>Câu đầu tiên.</p><p>Câu hai.</p>]]></content:encoded></item>
        </channel></rss>"#;
        let found = entries(feed).unwrap();
        assert_eq!(found.len(), 2);
        let first = found.first().unwrap();
        assert_eq!((first.title.as_str(), first.lede.as_str(), first.body.as_str()), ("Một & hai", "", "Chỉ tóm tắt."));
        assert_eq!((first.id.as_deref(), first.published), (Some("7"), Date::new(2026, 11, 24)));
        let second = found.last().unwrap();
        assert_eq!((second.lede.as_str(), second.body.as_str()), ("", "Câu đầu tiên.\nCâu hai."));
        assert_eq!(second.id.as_deref(), Some("https://example.com/3"));
    }

    #[test]
    fn what_is_no_feed_says_so() {
        assert!(entries("<html></html>").unwrap_err().starts_with("not an RSS or Atom feed"));
    }
}
