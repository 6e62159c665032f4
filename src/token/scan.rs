//! The scanner: one pass from left to right, a few characters of look-ahead.

use super::class::{Byte, byte_class, is_latin_letter, mark_kind};
use super::{Case, Gap, Token, TokenKind};
use crate::work;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// Appends the tokens of `text` to `tokens`. Texts of 4 GiB and more are read
/// up to there: offsets have 32 bits.
pub fn tokenize(text: &str, tokens: &mut Vec<Token>) {
    tokenize_known(text, |_| None::<()>, |token, _| tokens.push(token));
}

/// Calls `push` with each token, and with what is `known` of it if it is a word
/// that is known: nearly all are, and need no look at their letters one by one.
/// A fourteenth of the work of a summary.
///
/// `known` is asked for words of at most 16 bytes, all in small letters, the
/// first in the lowest byte. It may know none that has anything but letters.
pub(crate) fn tokenize_known<K>(text: &str, known: impl Fn(u128) -> Option<K>, mut push: impl FnMut(Token, Option<K>)) {
    let mut scanner = Scanner { text, bytes: text.as_bytes(), at: 0 };
    let mut gap = Gap::Paragraph;
    loop {
        gap = gap.max(scanner.skip_gap());
        let start = scanner.at;
        if start >= scanner.bytes.len() || start >= u32::MAX as usize {
            return;
        }
        work::count(1);
        let (kind, case, word) = if let Some((case, word)) = scanner.known_word(&known) {
            (TokenKind::Word, case, Some(word))
        } else if let Some((kind, case)) = scanner.plain_word().or_else(|| scanner.scan()) {
            (kind, case, None)
        } else {
            gap = gap.max(Gap::Space);
            continue;
        };
        push(Token { start: start as u32, end: scanner.at as u32, kind, case, gap }, word);
        gap = Gap::None;
    }
}

/// How many bytes from the lowest on are small ASCII letters or parts of longer
/// characters.
fn small_letters(bytes: u128) -> usize {
    const ONES: u128 = u128::MAX / 0xff;
    const TOPS: u128 = ONES << 7;
    // The top bit of a byte's sum says whether its lower seven reach a letter.
    let low = bytes & !TOPS;
    let from_a = low + ONES * (0x80 - b'a' as u128);
    let behind_z = low + ONES * (0x7f - b'z' as u128);
    let others = !(bytes | from_a & !behind_z) & TOPS;
    others.trailing_zeros() as usize / 8
}

/// A run of letters and digits, and what it is made of.
#[derive(Clone, Copy, Default)]
struct Run {
    end: usize,
    small: u32,
    capitals: u32,
    digits: u32,
    long: u32,
    starts_capital: bool,
}

impl Run {
    fn letters(&self) -> u32 {
        self.small + self.capitals
    }

    fn is_number(&self) -> bool {
        self.letters() == 0
    }

    fn is_ascii(&self) -> bool {
        self.long == 0
    }

    fn is_upper(&self) -> bool {
        self.small == 0 && self.capitals > 0
    }

    fn case(&self) -> Case {
        match (self.capitals, self.small) {
            (0, 0) => Case::None,
            (0, _) => Case::Lower,
            (1, 0) => Case::Initial,
            (_, 0) => Case::Upper,
            (1, _) if self.starts_capital => Case::Title,
            _ => Case::Mixed,
        }
    }

    /// This run and the one after a connector, taken as one word.
    fn with(&self, next: &Run) -> Run {
        Run {
            end: next.end,
            small: self.small + next.small,
            capitals: self.capitals + next.capitals,
            digits: self.digits + next.digits,
            long: self.long + next.long,
            starts_capital: self.starts_capital,
        }
    }
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
}

impl Scanner<'_> {
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// Reads a word that is known. `None`, and nothing read, where there is none
    /// or something behind it could belong to it.
    #[inline]
    fn known_word<K>(&mut self, known: impl Fn(u128) -> Option<K>) -> Option<(Case, K)> {
        let start = self.at;
        let bytes: &[u8; 16] = self.bytes.get(start..)?.first_chunk()?;
        // What the first character is cannot be foretold, and need not be known:
        // known words have small letters only.
        let capital = bytes[0].is_ascii_uppercase();
        let bytes = u128::from_le_bytes(*bytes) | u128::from(capital) << 5;
        let length = small_letters(bytes);
        if length == 0 || !self.is_closed(start + length) {
            return None;
        }
        let word = known(bytes & u128::MAX.checked_shr(128 - 8 * length as u32)?)?;
        work::count(length);
        self.at = start + length;
        let case = match (capital, length) {
            (false, _) => Case::Lower,
            (true, 1) => Case::Initial,
            _ => Case::Title,
        };
        Some((case, word))
    }

    /// Reads a word in small letters, the first perhaps a capital, and nothing
    /// behind it that could belong to it. `None`, and nothing read, where it is
    /// anything else. A third of the work of tokens.
    #[inline]
    fn plain_word(&mut self) -> Option<(TokenKind, Case)> {
        let start = self.at;
        let (first, capital) = match self.byte(start) {
            b'a'..=b'z' => (1, false),
            b'A'..=b'Z' => (1, true),
            0x80.. => self.marked_letter(start)?,
            _ => return None,
        };
        let mut end = start + first;
        loop {
            match self.byte(end) {
                b'a'..=b'z' => end += 1,
                0xe2 => break,
                0x80.. => match self.marked_letter(end)? {
                    (length, false) => end += length,
                    _ => return None,
                },
                _ => break,
            }
        }
        work::count(end - start);
        if !self.is_closed(end) {
            return None;
        }
        self.at = end;
        let case = match capital {
            false => Case::Lower,
            true if end == start + first => Case::Initial,
            true => Case::Title,
        };
        Some((TokenKind::Word, case))
    }

    /// Whether nothing at `end` could belong to a word before it.
    #[inline]
    fn is_closed(&self, end: usize) -> bool {
        match self.byte(end) {
            b' ' => true,
            // Between two tokens, not inside one.
            b',' | b':' | b'-' | b'/' | b'\'' | b'&' => self.byte(end + 1) == b' ',
            // Dashes, closing quotes, an ellipsis.
            0xe2 => self.byte(end + 1) == 0x80 && matches!(self.byte(end + 2), 0x93 | 0x94 | 0x9d | 0xa6),
            byte => matches!(byte_class(byte), Byte::Mark | Byte::Space | Byte::Line) && !may_join(byte),
        }
    }

    /// Skips white space and control characters.
    fn skip_gap(&mut self) -> Gap {
        let mut gap = Gap::None;
        while self.at < self.bytes.len() {
            work::count(1);
            match byte_class(self.byte(self.at)) {
                Byte::Space => gap = gap.max(Gap::Space),
                Byte::Line if gap >= Gap::Line => gap = Gap::Paragraph,
                Byte::Line => gap = Gap::Line,
                _ => break,
            }
            // A space that carries a combining mark is one cluster with it.
            self.at = if self.byte(self.at + 1) < 0x80 { self.at + 1 } else { self.cluster_end(self.at, self.at + 1) };
        }
        gap
    }

    /// The end of the grapheme cluster whose last plain character lies in
    /// `start..end`: `end` itself unless an extending character follows.
    fn cluster_end(&self, start: usize, end: usize) -> usize {
        match self.byte(end) {
            0..=0x7f => return end,
            0xc3..=0xc9 => return end,
            0xe1 if matches!(self.byte(end + 1), 0xb8..=0xbb) => return end,
            _ => {}
        }
        let cluster = self.text.get(start..).and_then(|rest| rest.graphemes(true).next()).map_or(0, str::len);
        work::count(cluster);
        end.max(start + cluster)
    }

    /// Scans one token at `self.at`; `None` where it was only a gap after all.
    fn scan(&mut self) -> Option<(TokenKind, Case)> {
        match byte_class(self.byte(self.at)) {
            Byte::Small | Byte::Capital | Byte::Digit => Some(self.scan_word()),
            Byte::Mark => Some(self.scan_mark()),
            _ => self.scan_long(),
        }
    }

    fn scan_long(&mut self) -> Option<(TokenKind, Case)> {
        let Some(c) = self.char_at(self.at) else {
            self.at = self.bytes.len();
            return None;
        };
        if is_latin_letter(c) {
            return Some(self.scan_word());
        }
        let kind = mark_kind(c);
        if kind != TokenKind::Symbol {
            self.at = self.cluster_end(self.at, self.at + c.len_utf8());
            return Some((kind, Case::None));
        }
        let rest = self.text.get(self.at..).unwrap_or("");
        let cluster = rest.graphemes(true).next().unwrap_or(rest);
        if cluster.ends_with(char::is_whitespace) {
            // A sign that stands before a letter, as Arabic has them, and no
            // letter there: one cluster with the space, so part of the gap.
            self.at += cluster.len();
            return None;
        }
        // A sign of the sort above may also stand before any letter.
        if cluster.chars().any(|c| c.is_alphanumeric() && !is_combining_mark(c)) {
            self.at += foreign_word(rest).max(cluster.len());
            work::count(self.at - (self.text.len() - rest.len()));
            return Some((TokenKind::Foreign, Case::None));
        }
        self.at += cluster.len().max(1);
        (!cluster.chars().all(|c| c.is_whitespace() || c.is_control())).then_some((TokenKind::Symbol, Case::None))
    }

    fn scan_mark(&mut self) -> (TokenKind, Case) {
        let start = self.at;
        let byte = self.byte(start);
        let next = byte_class(self.byte(start + 1));
        if matches!(byte, b'@' | b'#') && matches!(next, Byte::Small | Byte::Capital | Byte::Long) {
            let run = self.run(start + 1);
            if run.letters() > 0 {
                self.at = self.handle_end(run.end);
                return (TokenKind::Handle, Case::None);
            }
        }
        if byte == b'.' && matches!(next, Byte::Capital) && self.is_dotted_name(start) {
            let run = self.run(start + 1);
            self.at = run.end;
            return (TokenKind::Word, run.case());
        }
        if byte == b'.' && self.byte(start + 1) == b'.' {
            let dots = self.bytes.iter().skip(start).take_while(|b| **b == b'.').count();
            work::count(dots);
            self.at = self.cluster_end(start + dots - 1, start + dots);
            return (TokenKind::Ellipsis, Case::None);
        }
        self.at = self.cluster_end(start, start + 1);
        (mark_kind(byte as char), Case::None)
    }

    /// ".NET": a name that begins with its dot, after a space, in capitals.
    fn is_dotted_name(&self, start: usize) -> bool {
        let before = if start == 0 { b' ' } else { self.byte(start - 1) };
        let run = self.run(start + 1);
        byte_class(before) == Byte::Space && run.is_ascii() && run.is_upper() && run.capitals >= 3
    }

    fn handle_end(&self, from: usize) -> usize {
        let mut end = from;
        while self.byte(end) == b'_' || self.byte(end).is_ascii_digit() {
            work::count(1);
            let run = self.run(end + 1);
            end = run.end.max(end + 1);
        }
        end
    }

    /// The longest run of letters and digits from `start` that belongs
    /// together. Breaks where a crawler lost a space: "hãngApple".
    fn run(&self, start: usize) -> Run {
        let mut run = Run { end: start, ..Run::default() };
        let mut after_small = false;
        while run.end < self.bytes.len() {
            work::count(1);
            let byte = self.byte(run.end);
            match byte_class(byte) {
                Byte::Small => {
                    if run.digits == 4 && run.letters() == 1 && run.capitals == 1 && self.is_glued_word(run.end) {
                        if let Some(end) = self.before_capital(start, run.end) {
                            return Run { end, digits: 4, ..Run::default() };
                        }
                    }
                    run.small += 1;
                    run.end += 1;
                    after_small = true;
                }
                Byte::Capital => {
                    if after_small && run.long > 0 {
                        return run;
                    }
                    run.starts_capital |= run.end == start;
                    run.capitals += 1;
                    run.end += 1;
                    after_small = false;
                }
                Byte::Digit => {
                    if run.letters() >= 3 && run.digits == 0 && self.is_decimal(run.end) {
                        return run;
                    }
                    run.digits += 1;
                    run.end += 1;
                    after_small = false;
                }
                Byte::Long => {
                    let Some((length, capital)) = self.long_letter(run.end) else {
                        let end = self.marks_end(start, run.end);
                        if end == run.end {
                            return run;
                        }
                        run.end = end;
                        continue;
                    };
                    if capital && after_small && (run.long > 0 || run.small >= 2 && run.capitals <= 1) {
                        return run;
                    }
                    run.starts_capital |= capital && run.end == start;
                    run.long += 1;
                    run.capitals += u32::from(capital);
                    run.small += u32::from(!capital);
                    run.end += length;
                    after_small = !capital;
                }
                _ => break,
            }
        }
        run
    }

    /// Length and case of the letter of several bytes at `at`, if it is one.
    fn long_letter(&self, at: usize) -> Option<(usize, bool)> {
        if let Some(letter) = self.marked_letter(at) {
            return Some(letter);
        }
        let c = self.char_at(at).filter(|c| is_latin_letter(*c))?;
        Some((c.len_utf8(), is_capital(c)))
    }

    /// The same for those that nearly all are: "Ạ" to "ỹ", "à" to "ÿ", "đ", "Đ",
    /// "ơ" and "ư". Their bytes tell.
    #[inline]
    fn marked_letter(&self, at: usize) -> Option<(usize, bool)> {
        match (self.byte(at), self.byte(at + 1)) {
            (0xc3, 0xa0..=0xb6 | 0xb8..=0xbf) | (0xc4, 0x91) | (0xc6, 0xa1 | 0xb0) => Some((2, false)),
            (0xc4, 0x90) => Some((2, true)),
            (0xe1, second) => match (second, self.byte(at + 2)) {
                (0xba, last @ 0xa0..) | (0xbb, last @ ..0xba) => Some((3, last & 1 == 0)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether three more small letters follow: "2019Theo", not "2000Hz".
    fn is_glued_word(&self, at: usize) -> bool {
        (0..3).all(|i| matches!(byte_class(self.byte(at + i)), Byte::Small | Byte::Long))
    }

    /// Where the capital that ends `start..end` begins, marks on it included;
    /// `None` where another character is the last.
    fn before_capital(&self, start: usize, end: usize) -> Option<usize> {
        let (at, last) = self.text.get(start..end)?.grapheme_indices(true).next_back()?;
        last.starts_with(is_capital).then_some(start + at)
    }

    /// Whether digits, a separator and a digit follow: "16,1".
    fn is_decimal(&self, at: usize) -> bool {
        let digits = self.bytes.iter().skip(at).take(4).take_while(|b| b.is_ascii_digit()).count();
        matches!(self.byte(at + digits), b',' | b'.') && self.byte(at + digits + 1).is_ascii_digit()
    }

    /// The end of the combining marks that follow the letter before `end`.
    fn marks_end(&self, start: usize, end: usize) -> usize {
        let letters = self.text.get(start..end).unwrap_or("");
        letters.char_indices().next_back().map_or(end, |(last, _)| self.cluster_end(start + last, end))
    }

    fn scan_word(&mut self) -> (TokenKind, Case) {
        let start = self.at;
        let first = self.run(start);
        // Most words end at a space: nothing can be joined to them.
        if !may_join(self.byte(first.end)) {
            self.at = first.end;
            return (word_kind(&first), first.case());
        }
        if let Some(end) = self.address_end(start, first.end) {
            self.at = end;
            return (TokenKind::Address, Case::None);
        }
        let (mut whole, mut last) = (first, first);
        let mut host = false;
        while let Some((next, is_host)) = self.joined_run(&whole, &last) {
            whole = whole.with(&next);
            last = next;
            host |= is_host;
        }
        self.at = whole.end;
        if host {
            return (TokenKind::Address, whole.case());
        }
        if self.byte(self.at) == b'.' && self.is_abbreviation(start, &whole, &last) {
            self.at = self.cluster_end(self.at, self.at + 1);
            return (TokenKind::Abbreviation, whole.case());
        }
        self.take_suffix(&whole);
        (word_kind(&whole), whole.case())
    }

    /// "S8+", "C++", "C#".
    fn take_suffix(&mut self, whole: &Run) {
        let plus = self.bytes.iter().skip(self.at).take(2).take_while(|b| **b == b'+').count();
        let sharp = usize::from(plus == 0 && self.byte(self.at) == b'#' && whole.capitals == 1 && whole.small == 0);
        let after = byte_class(self.byte(self.at + plus + sharp));
        if plus + sharp > 0 && whole.letters() > 0 && !matches!(after, Byte::Small | Byte::Capital | Byte::Digit | Byte::Long) {
            self.at += plus + sharp;
        }
    }

    /// The run after a connector where both belong to one token, and whether
    /// the connector makes them a host or file name.
    fn joined_run(&self, whole: &Run, last: &Run) -> Option<(Run, bool)> {
        let at = last.end;
        let byte = self.byte(at);
        let width = match byte {
            b'.' | b',' | b'-' | b'/' | b'&' | b'\'' | b'_' | b':' => 1,
            // U+2019 as an apostrophe.
            0xe2 if self.bytes.get(at..at + 3) == Some("’".as_bytes()) => 3,
            _ => return None,
        };
        let next = self.run(at + width);
        if next.end == at + width {
            return None;
        }
        let joins = match byte {
            b'.' => return self.joins_by_dot(whole, last, &next).map(|host| (next, host)),
            b',' => whole.is_number() && next.starts_digit(self.byte(at + 1)),
            b'-' => joins_by_hyphen(last, &next),
            b'/' => joins_by_slash(last, &next),
            b'&' => last.is_upper() && next.is_upper(),
            b':' => false,
            b'_' => true,
            _ => last.letters() > 0 && next.letters() > 0 && last.digits == 0 && next.letters() <= 8 && last.is_ascii(),
        };
        joins.then_some((next, false))
    }

    /// Some(true) for a host or file name, Some(false) for another join.
    fn joins_by_dot(&self, whole: &Run, last: &Run, next: &Run) -> Option<bool> {
        let right = self.text.get(last.end + 1..next.end).unwrap_or("");
        if last.is_number() && last.digits > 0 {
            return self.byte(last.end + 1).is_ascii_digit().then_some(false);
        }
        if next.digits > 0 && self.byte(last.end + 1).is_ascii_digit() {
            // "v2.1.3", "iOS14.5"; not "năm.2019".
            return (whole.digits > 0).then_some(false);
        }
        if last.letters() == 1 && next.letters() == 1 && last.digits + next.digits == 0 {
            // "v.v", "a.m", "J.K".
            return Some(false);
        }
        if next.capitals == 0 && next.is_ascii() && next.digits == 0 {
            let known = HOST_ENDINGS.binary_search(&right).is_ok();
            return (known || last.is_ascii() && last.letters() >= 2 && FILE_ENDINGS.binary_search(&right).is_ok()).then_some(true);
        }
        // "TP.HCM", "T.Ư", "PGS.TS", "U.S", "ASP.NET".
        (last.is_upper() && next.is_upper() && last.letters() <= 4 && next.letters() <= 4).then_some(false)
    }

    /// Whether the full stop after a word belongs to it.
    fn is_abbreviation(&self, start: usize, whole: &Run, last: &Run) -> bool {
        if last.digits > 0 || whole.letters() > 8 {
            return false;
        }
        let word = self.text.get(start..whole.end).unwrap_or("");
        let after = byte_class(self.byte(whole.end + 1));
        if whole.letters() == 1 && whole.capitals == 1 {
            // Words, not initials: "Đông Nam Á.", "nước Ý.".
            if matches!(word, "Á" | "Ý") {
                return false;
            }
            return !matches!(after, Byte::Line) && whole.end + 1 < self.bytes.len();
        }
        crate::sentence::abbrev::is_abbreviation(word)
    }

    /// The end of an address that begins at `start`: with a scheme, "www." or
    /// an "@" inside.
    fn address_end(&self, start: usize, end: usize) -> Option<usize> {
        let rest = self.bytes.get(end..)?;
        let scheme = rest.starts_with(b"://");
        let www = rest.first() == Some(&b'.') && self.text.get(start..end).is_some_and(|s| s.eq_ignore_ascii_case("www"));
        if scheme || www {
            return Some(self.trimmed_address(start, end, usize::MAX));
        }
        let at = match rest.first()? {
            b'@' => end,
            b'.' | b'-' | b'_' => {
                let local = rest.iter().take(40).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')).count();
                (rest.get(local) == Some(&b'@')).then_some(end + local)?
            }
            _ => return None,
        };
        let domain = self.trimmed_address(start, at + 1, MAX_DOMAIN_BYTES);
        self.text.get(at + 1..domain).is_some_and(|d| d.contains('.') && d.len() > 3).then_some(domain)
    }

    /// The end of the run of address characters, without closing marks.
    fn trimmed_address(&self, start: usize, from: usize, limit: usize) -> usize {
        let mut end = from;
        while end < self.bytes.len() && end - from < limit && is_address_byte(self.byte(end)) {
            end += 1;
        }
        work::count(end - from);
        while end > from && matches!(self.byte(end - 1), b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b'\'') {
            end -= 1;
        }
        self.cluster_end(end - 1, end).max(start + 1)
    }
}

impl Run {
    fn starts_digit(&self, first: u8) -> bool {
        first.is_ascii_digit() && self.digits > 0
    }
}

/// Whether a byte behind a run of letters and digits may make it part of a
/// longer token: an address, a compound, an abbreviation, "C++".
fn may_join(byte: u8) -> bool {
    matches!(byte, b'.' | b',' | b'-' | b'/' | b'&' | b'\'' | b'_' | b':' | b'@' | b'+' | b'#' | 0xe2)
}

fn is_address_byte(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'`' | b'{' | b'}' | b'|' | b'\\' | b'^')
}

fn word_kind(run: &Run) -> TokenKind {
    match (run.letters() > 0, run.digits > 0) {
        (true, true) => TokenKind::Mixed,
        (false, _) => TokenKind::Number,
        _ => TokenKind::Word,
    }
}

/// "Wi-Fi", "Covid-19", "Jong-un", "GD-ĐT", "10-15"; not "Nội-Hải".
fn joins_by_hyphen(last: &Run, next: &Run) -> bool {
    let numbers = last.is_number() && next.is_number();
    let compound = next.capitals == 0 && next.letters() > 0 && !last.is_number();
    let ascii = last.is_ascii() && next.is_ascii();
    let capitals = last.is_upper() && next.is_upper();
    numbers || compound || ascii || capitals
}

/// "25/9", "km/h".
fn joins_by_slash(last: &Run, next: &Run) -> bool {
    let numbers = last.is_number() && next.is_number();
    let unit =
        last.capitals <= 1 && last.letters() <= 4 && next.letters() == 1 && next.capitals == 0 && next.digits <= 1 && next.is_ascii();
    numbers || unit && last.letters() > 0
}

fn is_capital(c: char) -> bool {
    crate::normalize::fold::lower_char(c) != c
}

/// Bytes of the first word of `rest` in another script: a run of alphanumeric
/// clusters, an ideograph alone.
fn foreign_word(rest: &str) -> usize {
    let mut end = 0;
    for cluster in rest.graphemes(true) {
        let Some(c) = cluster.chars().next() else { break };
        if end > 0 && (is_latin_letter(c) || is_ideograph(c)) || !c.is_alphanumeric() || cluster.ends_with(char::is_whitespace) {
            break;
        }
        end += cluster.len();
        if is_ideograph(c) {
            break;
        }
    }
    end
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// No host name is longer (RFC 1035); the bound keeps "a@a@a@…" linear.
const MAX_DOMAIN_BYTES: usize = 253;

/// Last parts of host names, whatever stands before them. Sorted.
const HOST_ENDINGS: &[&str] =
    &["ai", "app", "asia", "biz", "com", "dev", "edu", "gov", "info", "io", "jp", "me", "net", "org", "tv", "uk", "us", "vn", "xyz"];

/// Last parts of file and project names, after an ASCII word. Sorted.
const FILE_ENDINGS: &[&str] = &[
    "ac", "apk", "cc", "cn", "co", "css", "de", "dll", "doc", "docx", "eu", "exe", "fm", "fr", "gg", "html", "it", "jpg", "js", "kr", "ly",
    "mp", "pdf", "php", "png", "py", "rs", "ru", "sh", "so", "th", "to", "tw", "txt", "xls", "xlsx", "zip",
];
