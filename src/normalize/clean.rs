//! The rules that look at one character: white space, stand-ins, invisible
//! characters. Everything that needs several characters is in `rewrite`.

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;

/// What becomes of one character before composition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cleaned {
    Keep,
    Become(char),
    Remove,
    /// A joiner or non-joiner: removed after Latin letters, where it only
    /// hides equal words from each other; emoji and Indic scripts need it.
    Joiner,
}

/// The rule for `c`. A line end of two characters is the caller's to see.
pub(super) fn rule(c: char) -> Cleaned {
    match c {
        ' ' | '\n' | '\t' => Cleaned::Keep,
        '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Cleaned::Become('\n'),
        '\u{D0}' => Cleaned::Become('Đ'),
        '\u{F0}' => Cleaned::Become('đ'),
        '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => Cleaned::Remove,
        '\u{200C}' | '\u{200D}' => Cleaned::Joiner,
        _ if c.is_whitespace() => Cleaned::Become(' '),
        _ if is_unknown_mark(c) => Cleaned::Remove,
        _ => Cleaned::Keep,
    }
}

/// Whether `c` is a mark of a newer Unicode than the rules of clusters know. The
/// tables of normalization sort it as a mark, so that it comes between a letter
/// and its hat, where those rules see the end of a cluster: NFC and NFD of a text
/// would have different letters, or one letter two tokens.
fn is_unknown_mark(c: char) -> bool {
    let has_always_been = matches!(c, '\0'..='\u{36F}');
    !has_always_been && canonical_combining_class(c) != 0 && String::from_iter(['a', c]).graphemes(true).count() > 1
}

/// Applies [`rule`] to running text.
#[derive(Debug, Default)]
pub(super) struct Cleaner {
    /// Whether the last character that stayed, marks aside, is a Latin letter.
    after_latin: bool,
    /// Whether the last character was a carriage return.
    after_return: bool,
}

impl Cleaner {
    /// Appends what stays of `part` to `out`. Parts follow each other in the
    /// text; the first one starts where no Latin letter comes before.
    pub(super) fn clean(&mut self, part: &str, out: &mut String) {
        for c in part.chars() {
            let ends_line_pair = c == '\n' && self.after_return;
            self.after_return = c == '\r';
            let kept = match rule(c) {
                Cleaned::Keep if ends_line_pair => continue,
                Cleaned::Keep => c,
                Cleaned::Become(other) => other,
                Cleaned::Remove => continue,
                Cleaned::Joiner if self.after_latin => continue,
                Cleaned::Joiner => c,
            };
            if !is_combining_mark(kept) {
                self.after_latin = is_latin(kept);
            }
            out.push(kept);
        }
    }
}

/// Whether `c` is a Latin letter. Kelvin and Ångström signs are, for their
/// compositions are the letters.
fn is_latin(c: char) -> bool {
    match c {
        'A'..='Z' | 'a'..='z' | '\u{212A}' | '\u{212B}' => true,
        '×' | '÷' => false,
        _ => matches!(c as u32, 0xC0..=0x24F | 0x1E00..=0x1EFF),
    }
}
