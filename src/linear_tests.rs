//! Hostile text costs linear work: twice the text, at most 2.2 times the units.
//!
//! Every stage counts its units through [`crate::work`]. A pattern that fails here
//! is quadratic somewhere; to find where, count one stage after the other.

use crate::work::units_of;
use crate::{Length, Summarizer};

/// Bytes of the shorter text: enough to be past all fixed bounds inside.
const BYTES: usize = 24 << 10;

/// Greatest growth of the work where the text doubles.
const GROWTH: f64 = 2.2;

/// Name, what stands before, and what is repeated.
const PATTERNS: &[(&str, &str, &str)] = &[
    ("spaces after a full stop", "a.", " "),
    ("full stops and spaces", "Viettel", ". "),
    ("full stops", "Viettel", "."),
    ("letters and full stops", "", "a."),
    ("capitals and full stops", "", "A."),
    ("abbreviations", "", "TP."),
    ("abbreviations and spaces", "", "TS. "),
    ("straight quotes", "a.", "\""),
    ("closing quotes", "a.", "”"),
    ("unclosed quotes", "", "“Viettel "),
    ("closing brackets", "a.", ")"),
    ("opening brackets", "", "("),
    ("bracketed words", "", "(a) "),
    ("one long number", "", "1"),
    ("grouped digits", "", "1.000."),
    ("digits and full stops", "", "1.1.1."),
    ("digits and slashes", "", "1/"),
    ("digits and hyphens", "", "1-"),
    ("dates", "", "25/9/2016 "),
    ("amounts", "", "5 tỷ USD "),
    ("currency signs", "", "$"),
    ("percents", "", "5%"),
    ("number words", "", "hai mươi ba triệu "),
    ("date words", "", "ngày tháng năm "),
    ("combining marks", "a", "\u{301}"),
    ("different combining marks", "a", "\u{301}\u{323}\u{302}"),
    ("letters with marks, decomposed", "", "Vie\u{302}\u{323}t Nam la\u{300} "),
    ("spaces with marks", "", " \u{301}"),
    ("line ends with marks", "", "\r\n\u{301}"),
    ("capitals", "", "A"),
    ("capital words", "", "Apple "),
    ("names of two words", "", "Hà Nội "),
    ("capital acronyms", "", "AWS "),
    ("the same small word", "Apple ", "a "),
    ("the same unknown word", "", "xyzzy "),
    ("two words in turn", "", "Apple công ty "),
    ("a name after a comma", "", "Apple, "),
    ("one endless word", "", "nghiêng"),
    ("one endless line", "", "công ty ra mắt sản phẩm mới "),
    ("short lines", "", "a\n"),
    ("short lines of capitals", "", "Apple\n"),
    ("empty lines", "a", "\n"),
    ("carriage returns", "a", "\r\n"),
    ("list marks", "", "- "),
    ("list items", "", "- a\n"),
    ("bullets", "", "•"),
    ("numbered items", "", "1. a\n"),
    ("the same sentence", "", "Viettel mở mạng 5G tại Hà Nội. "),
    ("the same glued sentence", "", "Viettel mở mạng 5G tại Hà Nội."),
    ("a caption again and again", "", "Ảnh: Viettel.\n"),
    ("dangling openings", "", "Đó là. "),
    ("questions", "", "Ai? "),
    ("an address without end", "http://", "a"),
    ("an address of dots", "", "a.vn."),
    ("schemes", "", "a://"),
    ("closing marks after an address", "http://a.vn", ")"),
    ("at signs", "", "a@"),
    ("hosts after at signs", "", "a@a.a@"),
    ("handles", "", "#a"),
    ("underscores", "#a", "_"),
    ("hyphens", "", "a-"),
    ("ampersands", "", "A&"),
    ("apostrophes", "", "a'"),
    ("slashes", "", "a/"),
    ("zero-width spaces", "a", "\u{200b}"),
    ("zero-width spaces in words", "", "a\u{200b}"),
    ("joined emoji", "", "👨‍👩‍👧"),
    ("joiners", "👨", "\u{200d}"),
    ("regional indicators", "", "🇻"),
    ("emoji", "", "😀"),
    ("tabs", "a", "\t"),
    ("null bytes", "a", "\0"),
    ("null bytes between letters", "", "a\0"),
    ("no-break spaces", "", "a\u{a0}"),
    ("no-break spaces as HTML writes them", "", "a&nbsp;"),
    ("ideographs", "", "苹"),
    ("another script", "", "привет"),
    ("Thai", "", "ถั่ว"),
    ("lost spaces", "", "nhàApple"),
    ("digits glued to words", "", "năm2019Theo"),
    ("byte order marks", "", "\u{feff}"),
    ("texts that run backwards", "", "\u{202e}a "),
];

fn text(before: &str, unit: &str, bytes: usize) -> String {
    let mut text = before.to_owned();
    text.push_str(&unit.repeat(bytes / unit.len()));
    text
}

/// The patterns whose work grows too fast with `summarizer`.
fn too_fast(summarizer: &Summarizer) -> Vec<String> {
    let work = |before: &str, unit: &str, bytes: usize| {
        let text = text(before, unit, bytes);
        units_of(|| drop(summarizer.analyze(&text))) as f64
    };
    let grown = PATTERNS.iter().map(|(name, before, unit)| (name, work(before, unit, BYTES), work(before, unit, 2 * BYTES)));
    grown
        .filter(|(_, once, twice)| *twice > GROWTH * *once)
        .map(|(name, once, twice)| format!("{name}: {once} units, then {twice}"))
        .collect()
}

#[test]
#[cfg(feature = "builtin-model")]
fn hostile_text_costs_linear_work() {
    let slow = too_fast(&Summarizer::new());
    assert!(slow.is_empty(), "{} of {} patterns:\n{}", slow.len(), PATTERNS.len(), slow.join("\n"));
}

/// A long summary has many sentences to compare; that must not cost more either.
#[test]
#[cfg(feature = "builtin-model")]
fn long_summaries_cost_linear_work() {
    let lengths = [Length::Ratio(0.3), Length::Sentences(usize::MAX), Length::Characters(1 << 30)];
    for length in lengths {
        let summarizer = Summarizer::builder().length(length).build().unwrap();
        let slow = too_fast(&summarizer);
        assert!(slow.is_empty(), "{length:?}: {} of {} patterns:\n{}", slow.len(), PATTERNS.len(), slow.join("\n"));
    }
}

/// Work is counted at all: a stage whose counter got lost would look linear.
#[test]
#[cfg(feature = "builtin-model")]
fn work_is_counted() {
    let text = text("", "Viettel mở mạng 5G tại Hà Nội với 5 tỷ USD. ", BYTES);
    let units = units_of(|| drop(Summarizer::new().analyze(&text)));
    assert!(units > 3 * BYTES as u64, "{units} units for {} bytes", text.len());
}
