//! What the normalizer promises, on hostile text.

use super::*;
use crate::testing::{Failures, rows};
use proptest::prelude::*;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;

/// The rules once more, written for clearness: one pass over the whole text
/// for each.
fn expected(raw: &str) -> String {
    let mut cleaned = String::new();
    let mut after_latin = false;
    for c in raw.replace("\r\n", "\n").chars() {
        let c = match c {
            '\u{200B}' | '\u{FEFF}' | '\u{AD}' | '\u{2060}' => continue,
            '\u{200C}' | '\u{200D}' if after_latin => continue,
            _ if canonical_combining_class(c) != 0 && format!("a{c}").graphemes(true).count() > 1 => continue,
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            '\n' | '\t' => c,
            'Ð' => 'Đ',
            'ð' => 'đ',
            _ if c.is_whitespace() => ' ',
            _ => c,
        };
        if !is_combining_mark(c) {
            let letter = c.nfc().next().unwrap_or(c);
            after_latin = letter.is_alphabetic() && matches!(letter as u32, 0x41..=0x24F | 0x1E00..=0x1EFF) && !"ªµº".contains(letter);
        }
        cleaned.push(c);
    }
    spaced(&mend(&cleaned.nfd().collect::<Vec<_>>()).iter().copied().nfc().collect::<String>())
}

/// A space for each "&nbsp;" whose characters stand by themselves.
fn spaced(text: &str) -> String {
    let clusters: Vec<&str> = text.graphemes(true).collect();
    let mut out = String::new();
    let mut rest = &clusters[..];
    while let [first, after @ ..] = rest {
        rest = match rest {
            ["&", "n", "b", "s", "p", ";", behind @ ..] | ["&", "n", "b", "s", "p", behind @ ..] => {
                out.push(' ');
                behind
            }
            _ => {
                out.push_str(first);
                after
            }
        };
    }
    out
}

/// Marks on Latin letters: shape before tone, no tone twice.
fn mend(decomposed: &[char]) -> Vec<char> {
    let mut out: Vec<char> = Vec::new();
    let mut rest = decomposed;
    while let [first, after @ ..] = rest {
        let count = after.iter().take_while(|c| canonical_combining_class(**c) != 0).count();
        let mut marks = after[..count].to_vec();
        if first.is_ascii_alphabetic() {
            let tones = ['\u{300}', '\u{301}', '\u{303}', '\u{309}'];
            let above = marks.iter().position(|c| canonical_combining_class(*c) == 230).unwrap_or(count);
            let run = marks[above..].iter().take_while(|c| tones.contains(c)).count();
            let shapes = match first.to_ascii_lowercase() {
                'a' => "\u{302}\u{306}",
                'e' | 'o' => "\u{302}",
                _ => "",
            };
            if marks.get(above + run).is_some_and(|c| shapes.contains(*c)) {
                marks[above..=above + run].rotate_right(1);
            }
            marks.dedup_by(|a, b| a == b && (tones.contains(a) || *a == '\u{323}'));
        }
        out.push(*first);
        out.append(&mut marks);
        rest = &after[count..];
    }
    out
}

fn cluster_borders(text: &str) -> BTreeSet<usize> {
    text.grapheme_indices(true).map(|(offset, _)| offset).chain([text.len()]).collect()
}

/// Every promise about the map, for one text.
fn check(raw: &str) {
    let normalized = Normalized::new(raw);
    let text = normalized.text();
    assert_eq!(text, expected(raw), "{raw:?}");
    assert_eq!(Normalized::new(text).text(), text, "normalizing twice, {raw:?}");
    assert_eq!(Normalized::new(&raw.nfd().collect::<String>()).text(), text, "from NFD, {raw:?}");
    assert_eq!(Normalized::new(&raw.nfc().collect::<String>()).text(), text, "from NFC, {raw:?}");
    assert_eq!(matches!(normalized.text, Cow::Borrowed(_)), normalized.edits.is_empty());
    check_edits(&normalized);
    check_spans(&normalized);
    check_offsets(&normalized);
}

fn check_edits(normalized: &Normalized<'_>) {
    let borders = cluster_borders(normalized.raw());
    let (mut norm, mut raw) = (0, 0);
    for edit in &normalized.edits {
        assert!(norm <= edit.norm_start && raw <= edit.raw_start && edit.norm_start <= edit.norm_end, "{normalized:?}");
        let between = normalized.text().get(norm..edit.norm_start);
        assert!(between.is_some(), "{normalized:?}");
        assert_eq!(between, normalized.raw().get(raw..edit.raw_start), "{normalized:?}");
        assert!(edit.raw_start < edit.raw_end, "{normalized:?}");
        assert!(borders.contains(&edit.raw_start) && borders.contains(&edit.raw_end), "{normalized:?}");
        (norm, raw) = (edit.norm_end, edit.raw_end);
    }
    assert_eq!(normalized.text().get(norm..), normalized.raw().get(raw..), "{normalized:?}");
}

fn check_spans(normalized: &Normalized<'_>) {
    let raw_borders = cluster_borders(normalized.raw());
    let borders: Vec<usize> = cluster_borders(normalized.text()).into_iter().collect();
    let mut previous = Span::new(0, 0);
    for pair in borders.windows(2) {
        let span = normalized.raw_span(pair[0], pair[1]);
        assert!(raw_borders.contains(&span.start) && raw_borders.contains(&span.end), "{span:?} {normalized:?}");
        assert!(span.start < span.end && previous.end <= span.start || span == previous, "{previous:?} {span:?} {normalized:?}");
        let back = normalized.normalized_offset(span.start);
        assert!(back <= pair[0] && normalized.normalized_offset(span.end) >= pair[1], "{normalized:?}");
        assert_eq!(normalized.raw_span(pair[0], pair[0]).len(), 0);
        let piece = Normalized::new(span.of(normalized.raw())).text().to_owned();
        assert_eq!(Some(piece.as_str()), normalized.text().get(back..normalized.normalized_offset(span.end)), "{normalized:?}");
        previous = span;
    }
}

fn check_offsets(normalized: &Normalized<'_>) {
    let mut previous = 0;
    for raw in 0..=normalized.raw().len() + 3 {
        let offset = normalized.normalized_offset(raw);
        assert!(previous <= offset && normalized.text().is_char_boundary(offset), "{raw} {normalized:?}");
        previous = offset;
    }
    assert_eq!(previous, normalized.text().len());
}

/// Characters that have something to do with each other.
const NASTY: &[char] = &[
    'a',
    'e',
    'o',
    'u',
    'E',
    'đ',
    'ê',
    'ế',
    'ẹ',
    'ơ',
    'n',
    'Ð',
    'ð',
    ' ',
    '\n',
    '\r',
    '\t',
    '\u{B}',
    '\u{85}',
    '\u{A0}',
    '\u{2028}',
    '\u{3000}',
    '\u{2001}',
    '\u{1680}',
    '\u{200B}',
    '\u{200C}',
    '\u{200D}',
    '\u{FEFF}',
    '\u{AD}',
    '\u{2060}',
    '\u{300}',
    '\u{301}',
    '\u{302}',
    '\u{303}',
    '\u{306}',
    '\u{309}',
    '\u{323}',
    '\u{324}',
    '\u{31B}',
    '\u{308}',
    '\u{344}',
    '\u{341}',
    '\u{345}',
    '\u{34F}',
    '\u{FE0F}',
    '\u{212A}',
    '\u{212B}',
    '\u{2126}',
    '\u{338}',
    '=',
    '<',
    'か',
    '\u{3099}',
    '\u{1100}',
    '\u{1161}',
    '\u{11A8}',
    '가',
    '각',
    '\u{1F1FB}',
    '\u{1F1F3}',
    '👩',
    '❤',
    '\u{1F3FD}',
    '💻',
    '\u{915}',
    '\u{94D}',
    '\u{937}',
    '\u{93C}',
    '\u{958}',
    '\u{9C7}',
    '\u{9BE}',
    '\u{600}',
    '\u{110BD}',
    '\u{F900}',
    '\u{FB1D}',
    '\u{5B4}',
    'й',
    'и',
    'ᾳ',
    '\u{1FEE}',
    '漢',
    '’',
    '\u{2011}',
    '\u{E0061}',
    '\u{FFFD}',
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn nasty_text(chars in prop::collection::vec(prop::sample::select(NASTY), 0..24)) {
        check(&chars.iter().collect::<String>());
    }

    #[test]
    fn marked_letters(text in "[aeEoOuyn]?([aeEoôơuyâ][\u{300}\u{301}\u{302}\u{303}\u{306}\u{309}\u{323}\u{31B}\u{324}]{0,4}[bc \u{200B}\u{A0}]?){0,8}") {
        check(&text);
    }

    #[test]
    fn entities(text in "([&nbsp;a \u{AD}\u{A0}\u{301}\u{600}\r\n]{0,3}(&nbsp;?)?){0,5}") {
        check(&text);
    }

    #[test]
    fn any_text(text in any::<String>()) {
        check(&text);
    }
}

#[test]
fn table() {
    let mut failures = Failures::default();
    for row in rows("normalize.tsv") {
        failures.check(&row, row.cell(1), Normalized::new(row.cell(0)).text());
        check(row.cell(0));
    }
    failures.finish("Look at `clean::rule` for one character, `rewrite` for several.");
}

#[test]
fn pairs_of_all_interesting_characters() {
    for first in NASTY {
        for second in NASTY {
            check(&format!("a{first}{second}b"));
            check(&format!("{first}a{second}"));
        }
    }
}

/// Among them those of a newer Unicode than the rules of clusters know.
#[test]
fn all_marks_before_a_hat() {
    for mark in ('\u{300}'..=char::MAX).filter(|c| canonical_combining_class(*c) != 0) {
        check(&format!("mo{mark}\u{302} hình"));
        check(&format!("m\u{F4}{mark} hình"));
    }
}

#[test]
fn removed_characters_belong_to_neither_side() {
    let normalized = Normalized::new("Micro\u{200B}soft \u{FEFF}Nga");
    assert_eq!(normalized.text(), "Microsoft Nga");
    assert_eq!(normalized.raw_span(0, 5), Span::new(0, 5));
    assert_eq!(normalized.raw_span(5, 9), Span::new(8, 12));
    assert_eq!(normalized.raw_span(0, 9), Span::new(0, 12));
    assert_eq!(normalized.raw_span(10, 13), Span::new(16, 19));
    let marked = Normalized::new("e\u{301}\u{200B}b");
    assert_eq!((marked.raw_span(0, 2), marked.raw_span(2, 3)), (Span::new(0, 3), Span::new(6, 7)));
}

#[test]
fn ranges_inside_a_change_snap_outward() {
    let normalized = Normalized::new("x e\u{301}\u{301} y");
    assert_eq!(normalized.text(), "x é y");
    assert_eq!(normalized.raw_span(2, 3), Span::new(2, 7));
    assert_eq!(normalized.raw_span(3, 5), Span::new(2, 8));
    assert_eq!(normalized.raw_span(9, 99), Span::new(9, 9));
    assert_eq!(normalized.raw_span(4, 2), Span::new(7, 7));
    assert_eq!(normalized.normalized_offset(3), 4);
}

#[test]
fn clean_text_is_borrowed() {
    for text in ["", "Ấn Độ.Microsoft “5 tỷ” – 👨\u{200D}💻 한국어", "हिन्दी नमस्ते", "\u{301}"]
    {
        let normalized = Normalized::new(text);
        assert!(matches!(normalized.text, Cow::Borrowed(_)) && normalized.edits.is_empty(), "{text}");
    }
}

#[test]
fn long_runs_are_linear() {
    // Quadratic work on any of these takes minutes.
    let runs =
        ["\u{301}", "\u{323}\u{324}", "\u{301}\u{300}", "\u{200B}", "\u{200D}", "a\u{301}", "a\u{A0}", "\r", "\u{1F1FB}", "\u{B}\u{301}"];
    for run in runs {
        let long = run.repeat(100_000);
        for raw in [long.clone(), format!("a{long}"), format!("e{long}\u{302}{long}"), format!("a\u{200B}{long}\u{A0}")] {
            let normalized = Normalized::new(&raw);
            assert_eq!(normalized.text(), expected(&raw));
            check_edits(&normalized);
        }
    }
    let below_then_above = format!("a{}{}", "\u{324}".repeat(100_000), "\u{302}".repeat(100_000));
    assert_eq!(Normalized::new(&below_then_above).text(), expected(&below_then_above));
    for joined in ["👩\u{200D}", "\u{915}\u{94D}", "\u{915}\u{93C}\u{94D}\u{200D}", "\u{600}", "\u{1100}"] {
        let raw = format!("{}\u{A0}", joined.repeat(100_000));
        assert_eq!(Normalized::new(&raw).text(), expected(&raw));
    }
}
