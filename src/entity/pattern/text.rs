//! Looking at the text from a byte position.
//!
//! Every function takes the article and a position and gives what stands
//! there: a word in lower case, a run of digits, the place after white space.
//! All look a bounded number of bytes ahead or back, so that a recognizer that
//! calls a bounded number of them at each word stays linear. None of them
//! panics on a position outside the text or inside a character.

#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

use crate::span::slice;

/// Longest word that any pattern knows, in bytes; a longer one reads as "".
const MAX_WORD: usize = 24;

/// How far back [`word_before`] looks.
const MAX_BACK: usize = 32;

/// One word of letters, in lower case.
pub(super) struct Word<'t> {
    /// The letters as written, where these are in lower case already.
    written: Option<&'t str>,
    /// Otherwise their lower case.
    bytes: [u8; MAX_WORD],
    len: usize,
    /// Its first byte in the text.
    pub(super) start: usize,
    /// The byte after its last one; equal to `start` where there is no word.
    pub(super) end: usize,
    /// Whether it is written with a capital.
    pub(super) capital: bool,
}

impl Word<'_> {
    /// No word, at this place.
    fn none(at: usize) -> Self {
        Word { written: Some(""), bytes: [0; MAX_WORD], len: 0, start: at, end: at, capital: false }
    }

    pub(super) fn as_str(&self) -> &str {
        self.written.unwrap_or_else(|| self.bytes.get(..self.len).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or(""))
    }

    fn lower(&mut self, letters: &str) {
        for c in letters.chars() {
            let c = lower_letter(c).unwrap_or(c);
            let Some(place) = self.bytes.get_mut(self.len..self.len.saturating_add(c.len_utf8())) else {
                self.len = 0;
                return;
            };
            self.len = self.len.saturating_add(c.encode_utf8(place).len());
        }
    }
}

/// The letters that start at `at`, lower-cased; empty where there are none or
/// too many.
pub(super) fn word_at(text: &str, at: usize) -> Word<'_> {
    let rest = slice(text, at..text.len());
    let (mut len, mut small, mut capital) = (0, true, false);
    // Most letters are ASCII: only the others are decoded.
    while let Some(byte) = rest.as_bytes().get(len).copied().filter(|_| len <= MAX_WORD) {
        let (upper, bytes) = match byte {
            b'a'..=b'z' => (false, 1),
            b'A'..=b'Z' => (true, 1),
            0x80.. => match slice(rest, len..rest.len()).chars().next().and_then(|c| Some((lower_letter(c)? != c, c.len_utf8()))) {
                Some(letter) => letter,
                None => break,
            },
            _ => break,
        };
        small &= !upper;
        capital |= upper && len == 0;
        len = len.saturating_add(bytes);
    }
    let none = Word { capital, ..Word::none(at) };
    if len == 0 || len > MAX_WORD {
        return none;
    }
    let letters = slice(rest, 0..len);
    let mut word = Word { written: small.then_some(letters), end: at.saturating_add(len), ..none };
    if !small {
        word.lower(letters);
    }
    word
}

/// The lower case of a letter, `None` for what is no letter. The letters of
/// Vietnamese are decided without a table: most of the text's are asked here.
#[inline]
pub(super) fn lower_letter(c: char) -> Option<char> {
    let code = u32::from(c);
    match code {
        0x61..=0x7A | 0xE0..=0xF6 | 0xF8..=0xFF => Some(c),
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE => char::from_u32(code.wrapping_add(0x20)),
        0..=0xA9 | 0xD7 | 0xF7 => None,
        // Ă, Đ, Ĩ, Ũ, Ơ and all with two marks: capital even, small odd.
        0x102 | 0x103 | 0x110 | 0x111 | 0x128 | 0x129 | 0x168 | 0x169 | 0x1A0 | 0x1A1 | 0x1EA0..=0x1EF9 => char::from_u32(code | 1),
        0x1AF | 0x1B0 => Some('ư'),
        _ if c.is_alphabetic() => c.to_lowercase().next(),
        _ => None,
    }
}

/// The word at `at` where its first byte, in lower case, is one of `first`;
/// else an empty one. Spares reading a word that cannot be the one looked for.
#[inline]
pub(super) fn word_if<'t>(text: &'t str, at: usize, first: &[u8]) -> Word<'t> {
    let fits = first.contains(&byte(text, at).to_ascii_lowercase());
    if fits { word_at(text, at) } else { Word::none(text.len()) }
}

/// That after at most three blanks.
pub(super) fn next_word_if<'t>(text: &'t str, at: usize, first: &[u8]) -> Word<'t> {
    word_if(text, skip_blanks(text, at), first)
}

/// The word after at most three blanks.
pub(super) fn next_word(text: &str, at: usize) -> Word<'_> {
    word_at(text, skip_blanks(text, at))
}

/// `at` moved over `words`, each in lower case and after blanks.
pub(super) fn skip_words(text: &str, at: usize, words: &[&str]) -> Option<usize> {
    words.iter().try_fold(at, |at, expected| {
        let word = next_word(text, at);
        (word.as_str() == *expected).then_some(word.end)
    })
}

/// `at` moved over at most three blanks on the same line.
pub(super) fn skip_blanks(text: &str, at: usize) -> usize {
    let mut at = at;
    for _ in 0..3 {
        match byte(text, at) {
            b' ' | b'\t' => at = at.saturating_add(1),
            0xC2 if byte(text, at.saturating_add(1)) == 0xA0 => at = at.saturating_add(2),
            _ => break,
        }
    }
    at
}

/// The byte at `at`, 0 behind the end.
pub(super) fn byte(text: &str, at: usize) -> u8 {
    text.as_bytes().get(at).copied().unwrap_or(0)
}

/// The character at `at`.
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The character before `at`.
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// Whether no letter, digit or combining mark follows at `at`.
pub(super) fn is_word_end(text: &str, at: usize) -> bool {
    !char_at(text, at).is_some_and(|c| c.is_alphanumeric() || c == '_' || is_mark(c))
}

/// Whether `c` belongs to the character before it.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{20d0}'..='\u{20f0}')
}

/// The word before `at` on the same line, with only blanks between, in lower
/// case; "" where something else stands there.
pub(super) fn word_before(text: &str, at: usize) -> Word<'_> {
    let trimmed = slice(text, 0..at).trim_end_matches([' ', '\u{a0}']);
    if at.saturating_sub(trimmed.len()) > 3 {
        return word_at(text, text.len());
    }
    let mut start = trimmed.len();
    for c in trimmed.chars().rev() {
        if lower_letter(c).is_none() || trimmed.len().saturating_sub(start) > MAX_BACK {
            break;
        }
        start = start.saturating_sub(c.len_utf8());
    }
    word_at(text, start)
}

/// A whole number of at most `most` digits that stands alone: no letter, digit
/// or decimal part follows or the digits go on. Gives its value and its end.
pub(super) fn integer(text: &str, at: usize, most: usize) -> Option<(u32, usize)> {
    let (mut value, mut end) = (0_u32, at);
    while byte(text, end).is_ascii_digit() && end.saturating_sub(at) <= most {
        value = value.checked_mul(10)?.checked_add(u32::from(byte(text, end) & 0xF))?;
        end = end.saturating_add(1);
    }
    (end > at && end.saturating_sub(at) <= most).then_some((value, end))
}

/// Whether a sentence or clause may end at `at`: punctuation, a line end, the
/// end of the text.
pub(super) fn is_clause_end(text: &str, at: usize) -> bool {
    match char_at(text, skip_blanks(text, at)) {
        None => true,
        Some('.' | ',') => !byte(text, at.saturating_add(1)).is_ascii_digit(),
        Some(c) => matches!(c, ';' | ':' | ')' | ']' | '!' | '?' | '\n' | '\r' | '"' | '”' | '…' | '–' | '-'),
    }
}
