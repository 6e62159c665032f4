//! Onsets and rhymes: reduplicated syllables make one word.
//!
//! "nhớp nháp" (same onset), "heo hắt", "thủng thẳng", "rít rịt" (same onset
//! and rhyme but for the tone): most such words are too rare for any lexicon,
//! but their sound gives them away.

use super::vocabulary::{FIRST_SYLLABLE, SyllableId, Vocabulary};
use crate::normalize::fold::fold_char;

/// Onset and rhyme of a syllable; 0 is none.
type Sound = (u8, u16);

/// The sounds of all syllables of a vocabulary, by number.
#[derive(Debug)]
pub struct Sounds {
    sounds: Vec<Sound>,
}

/// Onsets, longest first.
const ONSETS: &[&str] = &[
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s",
    "t", "v", "x",
];

/// Onsets that sound alike share the first of them.
const SAME: &[(&str, &str)] = &[("ngh", "ng"), ("gh", "g"), ("k", "c"), ("qu", "c")];

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
    let Some(onset) = ONSETS.iter().find(|o| form.starts_with(**o)) else { return (0, rhyme(form)) };
    let class = SAME.iter().find(|(a, _)| a == onset).map_or(*onset, |(_, b)| b);
    let number = ONSETS.iter().position(|o| *o == class).map_or(0, |i| i as u8 + 1);
    let rest = form.get(onset.len()..).unwrap_or("");
    // "gì": the i of the onset is the vowel too.
    (number, if rest.is_empty() { 0 } else { rhyme(rest) })
}

/// A number for the rhyme, without tone and vowel marks.
fn rhyme(rest: &str) -> u16 {
    let hash = rest.chars().map(fold_char).fold(0x811c_9dc5_u32, |h, c| (h ^ c as u32).wrapping_mul(0x0100_0193));
    ((hash ^ hash >> 16) as u16).max(1)
}
