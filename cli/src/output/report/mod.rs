//! Answers as one HTML page, to look at rather than read.
//!
//! The page holds everything itself: no script, no outside resource (its own
//! policy forbids them), light and dark. What an article says is escaped
//! everywhere, so that markup in it is shown and never obeyed.

mod markup;
mod sections;
mod value;

pub use markup::escaped;
pub use value::value_text;

use crate::input::prepare::{Fault, Prepared};
use markup::one_line;
use std::fmt::Write as _;
use tomtat::Analysis;

const STYLE: &str = include_str!("page.css");

/// One article's part of the page.
pub struct Section {
    /// The markup; begins with [`ARTICLE`].
    pub html: String,
    /// The title, for the list of contents.
    pub title: String,
}

/// How every section begins; escaped text never holds it. [`number`] gives it
/// an anchor.
const ARTICLE: &str = "<article>";

/// The beginning of the page.
pub fn head() -> String {
    let kinds: String =
        super::text::KINDS.iter().map(|(kind, label)| format!("<b class=\"e {}\">{label}</b> ", super::text::kind_name(*kind))).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>tomtat report</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header class=\"top\"><h1>tomtat report</h1>\n\
         <p class=\"legend\"><mark>Chosen sentence</mark> <span class=\"grey\">Caption, credit and the like</span> {kinds}</p></header>\n\
         <main>\n"
    )
}

/// One article.
pub fn article(prepared: &Prepared, analysis: &Analysis) -> Section {
    let id = prepared.id.as_ref().map(|id| id.get().trim_matches('"').to_owned());
    let summary = &analysis.summary;
    let title = summary.title.as_deref().map(one_line).or_else(|| id.clone()).unwrap_or_else(|| "Article".to_owned());
    let mut html = format!("{ARTICLE}\n<h2 lang=\"vi\">{}</h2>\n", escaped(&title));
    let about = [id, prepared.article.publication_date().map(|d| format!("published {d}"))];
    let about: Vec<String> = about.into_iter().flatten().map(|a| escaped(&a)).collect();
    let _ = writeln!(html, "<p class=\"about\">{}</p>", about.join(" · "));
    sections::notes(&mut html, summary);
    html.push_str("<div class=\"columns\">\n<div>\n");
    sections::summary(&mut html, analysis);
    sections::text(&mut html, &prepared.article, analysis);
    html.push_str("</div>\n<aside>\n");
    sections::keywords(&mut html, summary);
    sections::entities(&mut html, summary, prepared.article.publication_date());
    html.push_str("</aside>\n</div>\n");
    sections::signals(&mut html, analysis);
    html.push_str("</article>\n");
    Section { html, title }
}

/// A record that could not be read.
pub fn fault(fault: &Fault) -> String {
    format!("<section class=\"fault\"><h2>Not read</h2><p>{}</p></section>\n", escaped(&fault.message()))
}

/// Gives the sections in `html` anchors, counting on from `first`.
pub fn number(html: &str, first: usize) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    for (i, piece) in html.split(ARTICLE).enumerate() {
        if i > 0 {
            let _ = write!(out, "<article id=\"article-{}\">", first + i - 1);
        }
        out.push_str(piece);
    }
    out
}

/// The end of the page: the list of contents, shown at its top.
pub fn foot(titles: &[String]) -> String {
    let mut out = "</main>\n".to_owned();
    if titles.len() > 1 {
        out.push_str("<nav><h2>Articles</h2>\n<ol lang=\"vi\">\n");
        for (i, title) in titles.iter().enumerate() {
            let _ = writeln!(out, "<li><a href=\"#article-{i}\">{}</a></li>", escaped(title));
        }
        out.push_str("</ol></nav>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}
