//! Onsets and rhymes: reduplicated syllables make one word.
//!
//! "nhớp nháp" (same onset), "heo hắt", "thủng thẳng", "rít rịt" (same onset
//! and rhyme but for the tone): most such words are too rare for any lexicon,
//! but their sound gives them away.

use super::vocabulary::{FIRST_SYLLABLE, SyllableId, Vocabulary};
use crate::normalize::fold::fold_char;

/// Onset and rhyme of a syllable, each a number; 0 is none.
type Sound = (u8, u16);

/// The sounds of all syllables of a vocabulary, by number.
#[derive(Debug)]
pub struct Sounds {
    sounds: Vec<Sound>,
}

impl Sounds {
    /// The sounds of the syllables of `vocabulary`.
    pub fn new(vocabulary: &Vocabulary) -> Self {
        let ids = (0..vocabulary.len()).map(|i| FIRST_SYLLABLE.saturating_add(i as u16));
        Self { sounds: ids.map(|id| vocabulary.form(id).map_or((0, 0), sound)).collect() }
    }

    /// How two syllables echo each other: bit 0 the onset, bit 1 the rhyme,
    /// its vowels without marks.
    #[inline]
    pub fn echo(&self, left: SyllableId, right: SyllableId) -> u8 {
        let of = |id: SyllableId| id.checked_sub(FIRST_SYLLABLE).and_then(|i| self.sounds.get(i as usize)).copied().unwrap_or((0, 0));
        let (l, r) = (of(left), of(right));
        u8::from(l.0 != 0 && l.0 == r.0) | u8::from(l.1 != 0 && l.1 == r.1) << 1
    }
}

/// Only syllables that carry a mark somewhere are surely Vietnamese; the
/// others may be, and their sounds are compared all the same.
fn sound(form: &str) -> Sound {
    let (length, number) = onset(form.as_bytes());
    let rest = form.get(length..).unwrap_or("");
    // "gì": the i of the onset is the vowel too.
    (number, if length > 0 && rest.is_empty() { 0 } else { rhyme(rest) })
}

/// The length of the onset in bytes, and its number: a letter, a capital for
/// one of two letters. Onsets that sound alike share a number.
fn onset(form: &[u8]) -> (usize, u8) {
    match form {
        [b'n', b'g', b'h', ..] => (3, b'N'),
        [b'n', b'g', ..] => (2, b'N'),
        [b'n', b'h', ..] => (2, b'H'),
        [b'c', b'h', ..] => (2, b'C'),
        [b'k', b'h', ..] => (2, b'K'),
        [b'p', b'h', ..] => (2, b'P'),
        [b't', b'h', ..] => (2, b'T'),
        [b't', b'r', ..] => (2, b'R'),
        [b'g', b'i', ..] => (2, b'I'),
        [b'g', b'h', ..] => (2, b'g'),
        [b'q', b'u', ..] => (2, b'c'),
        [b'k', ..] => (1, b'c'),
        // "đ".
        [0xc4, 0x91, ..] => (2, b'D'),
        [letter @ (b'b' | b'c' | b'd' | b'g' | b'h' | b'l'..=b'n' | b'p' | b'r'..=b't' | b'v' | b'x'), ..] => (1, *letter),
        _ => (0, 0),
    }
}

/// A number for the rhyme, without tone and vowel marks.
fn rhyme(rest: &str) -> u16 {
    let with = |hash: u32, letter: char| (hash ^ letter as u32).wrapping_mul(0x0100_0193);
    // Most of a vocabulary are foreign words.
    let hash = if rest.is_ascii() {
        rest.bytes().fold(0x811c_9dc5, |hash, byte| with(hash, char::from(byte.to_ascii_lowercase())))
    } else {
        rest.chars().map(fold_char).fold(0x811c_9dc5, with)
    };
    ((hash ^ hash >> 16) as u16).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn onsets_that_sound_alike_have_one_number() {
        let number = |form: &str| sound(form).0;
        for (left, right) in [("nghe", "nga"), ("ghi", "ga"), ("kê", "ca"), ("quê", "ca"), ("đa", "đi"), ("an", "ơi")] {
            assert_eq!(number(left), number(right), "{left} {right}");
        }
        let different = ["an", "ba", "ca", "cha", "da", "đa", "ga", "gia", "ha", "kha", "la", "ma", "na", "nga", "nha", "pa", "pha"];
        let different = different.iter().chain(&["ra", "sa", "ta", "tha", "tra", "va", "xa"]).map(|form| number(form));
        assert_eq!(different.collect::<std::collections::BTreeSet<_>>().len(), 24);
        assert_eq!(sound("gì").1, rhyme("i"));
        assert_eq!([sound("ch").1, sound("gi").1], [0, 0]);
    }
}
