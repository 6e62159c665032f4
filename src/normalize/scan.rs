//! Which characters the normalizer may pass over, and a fast search for the
//! first one it may not.
//!
//! A *stable* character is left alone by every rule of the normalizer, starts
//! a composition but never continues one, and starts a grapheme cluster
//! wherever it follows another stable character. So between two stable
//! characters text can be cut safely, and text of stable characters alone
//! needs no work. Being left out of the set costs time, never correctness.

use crate::span::slice;

/// Whether `c` is stable; see the module's text.
#[inline]
pub(super) fn is_stable(c: char) -> bool {
    match c as u32 {
        0x0B..=0x0D | 0xAD | 0xD0 | 0xF0 => false,
        0..=0x7F | 0xA1..=0x2FF => true,
        // Greek and Cyrillic letters.
        0x388..=0x482 | 0x48A..=0x52F => true,
        // Latin with Vietnamese tones.
        0x1E00..=0x1EFF => true,
        // Dashes, quotes, ellipsis, per mille; then digits above and below, currency.
        0x2010..=0x2027 | 0x2030..=0x205E | 0x2070..=0x20C0 => true,
        // Arrows, operators, boxes, dingbats.
        0x2190..=0x2328 | 0x2400..=0x2ABF => true,
        // Chinese, Japanese and Korean without combining voice marks.
        0x3001..=0x3029 | 0x3041..=0x3096 | 0x30A0..=0x30FF => true,
        0x4E00..=0x9FFF | 0xAC00..=0xD7A3 | 0xFF01..=0xFF60 => true,
        // Pictographs without the skin colours.
        0x1F300..=0x1F3FA | 0x1F400..=0x1F64F | 0x1F680..=0x1F6FF | 0x1F900..=0x1F9FF => true,
        _ => false,
    }
}

/// Bytes looked at in one step of the fast search.
const BLOCK: usize = 64;

/// First position at or after `from` (a character border) with a character
/// that is not stable.
pub(super) fn next_unstable(text: &str, from: usize) -> Option<usize> {
    // In decomposed text the next such character is a few bytes away.
    let mut at = match scan_characters(text, from, BLOCK) {
        Scan::Unstable(found) => return Some(found),
        Scan::Clear(end) => end,
    };
    while at < text.len() {
        let block = at + clear_blocks(text.as_bytes().get(at..).unwrap_or(&[]));
        at = match scan_characters(text, character_start(text, block), BLOCK + 4) {
            Scan::Unstable(found) => return Some(found),
            Scan::Clear(end) => end,
        };
    }
    None
}

/// The end of the stretch around the unstable character at `from` that has to
/// be rewritten as a whole: the first border between two stable characters.
pub(super) fn region_end(text: &str, from: usize) -> usize {
    let mut previous_is_stable = false;
    for (offset, c) in slice(text, from..text.len()).char_indices() {
        let stable = is_stable(c);
        if stable && previous_is_stable {
            return from + offset;
        }
        previous_is_stable = stable;
    }
    text.len()
}

enum Scan {
    /// Here is a character that is not stable.
    Unstable(usize),
    /// All are stable up to this character border.
    Clear(usize),
}

/// Looks at the characters that start in `from..from + length`.
fn scan_characters(text: &str, from: usize, length: usize) -> Scan {
    for (offset, c) in slice(text, from..text.len()).char_indices() {
        if offset >= length {
            return Scan::Clear(from + offset);
        }
        if !is_stable(c) {
            return Scan::Unstable(from + offset);
        }
    }
    Scan::Clear(text.len())
}

/// The start of the character that the byte at `at` belongs to.
fn character_start(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

/// How many bytes of `bytes`, which start with a character, are whole blocks
/// of characters the automaton knows as stable.
fn clear_blocks(bytes: &[u8]) -> usize {
    let mut state = START;
    let mut clear = 0;
    for block in bytes.chunks_exact(BLOCK) {
        if state != START || !is_plain_ascii(block) {
            state = block.iter().fold(state, |state, byte| step(state, *byte));
            if state == STOP {
                break;
            }
        }
        clear += BLOCK;
    }
    clear
}

/// Whether the block is ASCII without carriage return and the two control
/// characters beside it. No early exit: the loop becomes vector code.
fn is_plain_ascii(block: &[u8]) -> bool {
    block.iter().fold(true, |plain, byte| plain & (*byte < 0x80) & !(0x0B..=0x0D).contains(byte))
}

// The automaton reads UTF-8 byte by byte without a branch. A state is a bit
// offset, the row of a byte holds the next state of each state at its offset.
const START: u64 = 0;
const STOP: u64 = 6;
const ONE_MORE: u64 = 12;
const TWO_MORE: u64 = 18;
const AFTER_C2: u64 = 24;
const AFTER_C3: u64 = 30;
const AFTER_E1: u64 = 36;
const AFTER_E2: u64 = 42;
const AFTER_E2_80: u64 = 48;

#[inline]
fn step(state: u64, byte: u8) -> u64 {
    // A row exists for every byte; the default is never taken.
    (ROWS.get(usize::from(byte)).copied().unwrap_or(0) >> (state & 63)) & 63
}

static ROWS: [u64; 256] = rows();

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "computed by the compiler: what does not fit would not compile"
)]
const fn rows() -> [u64; 256] {
    let states = [START, STOP, ONE_MORE, TWO_MORE, AFTER_C2, AFTER_C3, AFTER_E1, AFTER_E2, AFTER_E2_80];
    let mut rows = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut i = 0;
        while i < states.len() {
            rows[byte] |= next_state(states[i], byte as u8) << states[i];
            i += 1;
        }
        byte += 1;
    }
    rows
}

/// A part of [`is_stable`], on bytes: what is frequent in Vietnamese news.
const fn next_state(state: u64, byte: u8) -> u64 {
    match (state, byte) {
        (START, 0x0B..=0x0D) => STOP,
        (START, 0..=0x7F) => START,
        (START, 0xC2) => AFTER_C2,
        (START, 0xC3) => AFTER_C3,
        (START, 0xC4..=0xCB) => ONE_MORE,
        (START, 0xE1) => AFTER_E1,
        (START, 0xE2) => AFTER_E2,
        (START, 0xE5..=0xE9) => TWO_MORE,
        (ONE_MORE, 0x80..=0xBF) => START,
        (TWO_MORE, 0x80..=0xBF) => ONE_MORE,
        // Not the no-break space and the soft hyphen.
        (AFTER_C2, 0xA1..=0xAC | 0xAE..=0xBF) => START,
        // Not the two letters that stand in for Đ and đ.
        (AFTER_C3, 0x80..=0x8F | 0x91..=0xAF | 0xB1..=0xBF) => START,
        (AFTER_E1, 0xB8..=0xBB) => ONE_MORE,
        (AFTER_E2, 0x80) => AFTER_E2_80,
        // Arrows and operators; boxes and dingbats.
        (AFTER_E2, 0x87..=0x8B | 0x94..=0x9F) => ONE_MORE,
        (AFTER_E2_80, 0x90..=0xA7 | 0xB0..=0xBF) => START,
        _ => STOP,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::{IsNormalized, UnicodeNormalization, char, is_nfc_quick};
    use unicode_segmentation::UnicodeSegmentation;

    fn clusters(text: &str) -> usize {
        text.graphemes(true).count()
    }

    #[test]
    fn stable_characters_keep_the_promise() {
        for c in ('\0'..=char::MAX).filter(|c| is_stable(*c)) {
            assert!(c.nfc().eq([c]) && char::canonical_combining_class(c) == 0, "{c:?}");
            assert!(is_nfc_quick([c].into_iter()) == IsNormalized::Yes, "{c:?}");
            assert!(!c.is_whitespace() || c == ' ' || c == '\n' || c == '\t', "{c:?}");
            for other in ['a', '\n', '한', '😀', 'か'] {
                assert_eq!(clusters(&format!("{c}{other}")), 2, "{c:?}");
                assert_eq!(clusters(&format!("{other}{c}")), 2, "{c:?}");
            }
        }
    }

    #[test]
    fn automaton_accepts_stable_characters_only() {
        for c in '\0'..=char::MAX {
            let end = c.encode_utf8(&mut [0; 4]).bytes().fold(START, step);
            assert!(end == STOP || end == START, "{c:?}");
            assert!(end == STOP || is_stable(c), "{c:?}");
            if Some(c) == char::from_u32(0x1EA0) {
                assert_eq!(end, START);
            }
        }
    }

    #[test]
    fn search_finds_what_a_plain_loop_finds() {
        for length in 0..300 {
            for odd in ['\u{A0}', '\u{301}', '\r', '\u{1F1FB}'] {
                let mut text = "ếa“ b".chars().cycle().take(length).collect::<String>();
                let expected = text.len();
                assert_eq!(next_unstable(&text, 0), None);
                text.push(odd);
                text.push_str(&"ế漢x".repeat(40));
                assert_eq!(next_unstable(&text, 0), Some(expected));
            }
        }
    }
}
