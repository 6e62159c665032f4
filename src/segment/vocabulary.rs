//! Syllables known to the model, by their text.
//!
//! A syllable's canonical form is lower case with the tone mark in the new
//! style ("hoà"); the table also answers for the old style ("hòa") and for
//! any letter case, so that all spellings of a syllable share one number.

use crate::error::Error;
use crate::hashed::free_slots;
use crate::model::wire::Reader;
use crate::normalize::fold::{has_own_letter, lower_char};
use crate::normalize::tone;
use crate::score::terms::text_hash;
use crate::token::{Case, Token, TokenKind, is_latin_letter};

/// Number of a syllable or of a class of other tokens.
pub type SyllableId = u16;

/// Stands before the first and after the last token of a sentence.
pub const EDGE: SyllableId = 1;
/// First number of the classes of tokens that are no known syllable.
const FIRST_CLASS: SyllableId = 2;
/// First number of the syllables.
pub const FIRST_SYLLABLE: SyllableId = 64;

/// Keys hold this many bytes; longer tokens go through `long`.
const KEY_BYTES: usize = 16;

/// One spelling of a syllable.
#[derive(Debug, Clone, Copy)]
struct Spelling {
    key: u128,
    id: SyllableId,
    /// Whether it is all small Latin letters, so that the scanner may take it
    /// for a word without looking at them.
    plain: bool,
}

/// From spellings to syllable numbers.
#[derive(Debug)]
pub struct Vocabulary {
    /// Open addressing over `keys`: a tag of 16 bits and a position in `keys`
    /// plus one; 0 is free. Small enough to stay in the cache.
    slots: Vec<u32>,
    mask: usize,
    /// Spellings of at most 16 bytes and their numbers, the common ones first.
    keys: Vec<Spelling>,
    /// Longer spellings, sorted.
    long: Vec<(Box<str>, SyllableId)>,
    /// Canonical forms; `FIRST_SYLLABLE` is at 0.
    forms: Forms,
    /// By form: the hash that words are numbered by (see `score::terms`).
    hashes: Vec<u64>,
    /// By form: whether it has a letter of Vietnamese alone. All its spellings
    /// have one then.
    marked: Vec<bool>,
}

/// Texts, one behind the other: few of the many are ever asked for.
#[derive(Debug, Default)]
struct Forms {
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
}

impl Forms {
    /// Reads `count` texts, each with its length in a byte before it.
    #[warn(clippy::arithmetic_side_effects)]
    fn read(reader: &mut Reader<'_>, count: usize) -> Result<Self, Error> {
        let (mut bytes, mut ends) = (Vec::new(), Vec::with_capacity(count));
        for _ in 0..count {
            let length = reader.u8()?;
            bytes.extend_from_slice(reader.take(usize::from(length))?);
            ends.push(bytes.len() as u32);
        }
        // In one go: asked for so little at a time, it takes ten times as long.
        let text = String::from_utf8(bytes).map_err(|_| reader.error("a syllable is not UTF-8"))?;
        if ends.iter().any(|end| !text.is_char_boundary(*end as usize)) {
            return Err(reader.error("a syllable is not UTF-8"));
        }
        Ok(Self { text, ends })
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn get(&self, at: usize) -> Option<&str> {
        let start = at.checked_sub(1).map_or(Some(&0), |before| self.ends.get(before))?;
        self.text.get(*start as usize..*self.ends.get(at)? as usize)
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|at| self.get(at))
    }
}

impl<'f> FromIterator<&'f str> for Forms {
    fn from_iter<I: IntoIterator<Item = &'f str>>(forms: I) -> Self {
        let mut this = Self::default();
        for form in forms {
            this.text.push_str(form);
            this.ends.push(this.text.len() as u32);
        }
        this
    }
}

impl Vocabulary {
    /// Reads: count u32, then each form with its length in a byte before it.
    #[warn(clippy::arithmetic_side_effects)]
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        let count = reader.count(1)?;
        if count > (u16::MAX - FIRST_SYLLABLE) as usize {
            return Err(reader.error(format!("{count} syllables are more than a number of 16 bits can tell apart")));
        }
        Ok(Self::with_forms(Forms::read(reader, count)?))
    }

    /// The bytes that `read` reads.
    #[cfg(feature = "train")]
    pub fn write(&self, out: &mut Vec<u8>) {
        crate::model::wire::put_u32(out, self.forms.len() as u32);
        for form in self.forms.iter() {
            out.push(form.len().min(255) as u8);
            out.extend_from_slice(&form.as_bytes()[..form.len().min(255)]);
        }
    }

    /// A vocabulary of canonical forms, numbered in their order.
    #[cfg(any(test, feature = "train"))]
    pub fn new<'f>(forms: impl IntoIterator<Item = &'f str>) -> Self {
        Self::with_forms(forms.into_iter().collect())
    }

    #[warn(clippy::arithmetic_side_effects)]
    fn with_forms(forms: Forms) -> Self {
        // At most half of the slots are ever taken: the old style adds few.
        let capacity = (forms.len().saturating_mul(5) / 2).next_power_of_two().max(16);
        let mut this = Self {
            slots: free_slots(capacity),
            mask: capacity.wrapping_sub(1),
            keys: Vec::with_capacity(forms.len().saturating_add(forms.len() / 16)),
            long: Vec::new(),
            forms: Forms::default(),
            hashes: Vec::with_capacity(forms.len()),
            marked: Vec::with_capacity(forms.len()),
        };
        for (form, id) in forms.iter().zip(FIRST_SYLLABLE..) {
            this.insert(form, id);
            this.marked.push(!form.is_ascii() && has_own_letter(form));
            this.hashes.push(text_hash(form.bytes()));
        }
        // Old-style spellings second: a canonical form always keeps its number.
        for (form, id) in forms.iter().zip(FIRST_SYLLABLE..) {
            for spelling in [tone::old_spelling(form), with_i(form)].iter().flatten() {
                this.insert(spelling, id);
            }
        }
        this.long.sort();
        this.forms = forms;
        this
    }

    #[warn(clippy::arithmetic_side_effects)]
    fn insert(&mut self, spelling: &str, id: SyllableId) {
        let Some(key) = pack(spelling.as_bytes()) else {
            self.long.push((Box::from(spelling), id));
            return;
        };
        let (tag, mut at) = place(key);
        let position = (self.keys.len() as u32).saturating_add(1);
        let is_room = position <= u32::from(u16::MAX) && self.keys.len().saturating_mul(4) <= self.slots.len().saturating_mul(3);
        while let Some(slot) = self.slots.get_mut(at & self.mask) {
            if *slot == 0 {
                if is_room {
                    *slot = tag | position;
                    self.keys.push(Spelling { key, id, plain: is_plain(spelling) });
                }
                return;
            }
            if *slot & 0xffff_0000 == tag && self.keys.get((*slot & 0xffff).wrapping_sub(1) as usize).is_some_and(|known| known.key == key)
            {
                return;
            }
            at = at.wrapping_add(1);
        }
    }

    /// How many syllables there are.
    pub fn len(&self) -> usize {
        self.forms.len()
    }

    /// Whether there is none.
    #[cfg(feature = "train")]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The canonical form of a syllable.
    pub fn form(&self, id: SyllableId) -> Option<&str> {
        self.forms.get(usize::from(id.checked_sub(FIRST_SYLLABLE)?))
    }

    /// The hash of a syllable's canonical form.
    pub(crate) fn hash(&self, id: SyllableId) -> Option<u64> {
        self.hashes.get(id.checked_sub(FIRST_SYLLABLE)? as usize).copied()
    }

    /// Whether it is a syllable with a letter that among the languages of Europe
    /// only Vietnamese has.
    pub(crate) fn is_marked(&self, id: SyllableId) -> bool {
        id.checked_sub(FIRST_SYLLABLE).and_then(|i| self.marked.get(usize::from(i))).is_some_and(|marked| *marked)
    }

    /// The number of a canonical lower-case spelling.
    pub fn get(&self, spelling: &str) -> Option<SyllableId> {
        match pack(spelling.as_bytes()) {
            Some(key) => self.get_key(key),
            None => self.long.binary_search_by(|(s, _)| s.as_ref().cmp(spelling)).ok().and_then(|i| self.long.get(i)).map(|(_, id)| *id),
        }
    }

    /// All numbers that [`id`](Self::id) may give a token that is this word in
    /// some letter case; classes of tokens aside.
    pub(crate) fn ids_of(&self, lower: &str) -> impl Iterator<Item = SyllableId> + use<> {
        [self.get(lower), self.canonical_id(lower)].into_iter().flatten()
    }

    /// The number of a word in small Latin letters, its first byte the lowest.
    #[inline]
    pub(crate) fn plain_word(&self, letters: u128) -> Option<SyllableId> {
        self.spelling(letters).filter(|spelling| spelling.plain).map(|spelling| spelling.id)
    }

    fn get_key(&self, key: u128) -> Option<SyllableId> {
        self.spelling(key).map(|spelling| spelling.id)
    }

    #[inline]
    fn spelling(&self, key: u128) -> Option<&Spelling> {
        let (tag, mut at) = place(key);
        loop {
            let slot = self.slots.get(at & self.mask).copied()?;
            if slot == 0 {
                return None;
            }
            if slot & 0xffff_0000 == tag {
                let spelling = self.keys.get((slot & 0xffff) as usize - 1)?;
                if spelling.key == key {
                    return Some(spelling);
                }
            }
            at += 1;
        }
    }

    /// The number of a token: its syllable's, or its class's.
    pub fn id(&self, text: &str, token: &Token) -> SyllableId {
        let known = match token.kind {
            TokenKind::Word | TokenKind::Abbreviation => self.word_id(token.of(text), token.case),
            TokenKind::Mixed | TokenKind::Foreign => self.folded_id(token.of(text)),
            _ => None,
        };
        known.unwrap_or_else(|| class_id(token, text))
    }

    fn word_id(&self, word: &str, case: Case) -> Option<SyllableId> {
        match (case, pack(word.as_bytes())) {
            (Case::Lower, Some(key)) => self.get_key(key).or_else(|| self.canonical_id(word)),
            (Case::Title, Some(key)) => self.get_key(lower_first(word, key)).or_else(|| self.canonical_id(word)),
            _ => self.folded_id(word),
        }
    }

    fn folded_id(&self, word: &str) -> Option<SyllableId> {
        if word.len() > MAX_FORM_BYTES {
            return None;
        }
        // Most are ASCII, and have one spelling only.
        if let Some(key) = pack(word.as_bytes()).filter(|_| word.is_ascii()) {
            return self.get_key(lower_ascii(key));
        }
        let lower: String = word.chars().map(lower_char).collect();
        self.get(&lower).or_else(|| self.canonical_id(word))
    }

    /// For misplaced marks, "tòan" or "Qúy": only words with such letters can
    /// have them.
    fn canonical_id(&self, word: &str) -> Option<SyllableId> {
        if word.is_ascii() || word.len() > MAX_FORM_BYTES {
            return None;
        }
        let mut canonical = String::new();
        tone::canonical_syllable(word, &mut canonical);
        unify_i(&mut canonical);
        self.get(&canonical)
    }
}

/// Whether a spelling is all small Latin letters.
fn is_plain(spelling: &str) -> bool {
    spelling.bytes().all(|byte| byte.is_ascii_lowercase()) || spelling.chars().all(|c| is_latin_letter(c) && lower_char(c) == c)
}

/// "i" and "y" with a tone, one to one.
const I_AND_Y: [(char, char); 6] = [('i', 'y'), ('ì', 'ỳ'), ('í', 'ý'), ('ỉ', 'ỷ'), ('ĩ', 'ỹ'), ('ị', 'ỵ')];

/// Onsets after which a lone "i" and "y" are two spellings of one syllable.
const I_ONSETS: [&str; 7] = ["h", "k", "l", "m", "s", "t", "qu"];

/// Spells a syllable such as "lí", "quí" or "tỉ" with "y". Bare "i" stays
/// after all but "qu": "hi", "ki", "ti" are syllables of their own.
pub fn unify_i(form: &mut String) {
    let Some(last) = form.chars().next_back() else { return };
    let Some((_, y)) = I_AND_Y.iter().find(|(i, _)| *i == last) else { return };
    let onset = form.get(..form.len() - last.len_utf8()).unwrap_or("");
    if I_ONSETS.contains(&onset) && (last != 'i' || onset == "qu") {
        form.pop();
        form.push(*y);
    }
}

/// The spelling with "i" that [`unify_i`] turns into this form.
fn with_i(form: &str) -> Option<String> {
    let last = form.chars().next_back()?;
    let (i, _) = I_AND_Y.iter().find(|(_, y)| *y == last)?;
    let mut spelling = form.get(..form.len() - last.len_utf8())?.to_owned();
    spelling.push(*i);
    let mut unified = spelling.clone();
    unify_i(&mut unified);
    (unified == form).then_some(spelling)
}

/// No syllable or foreign word of the vocabulary is longer.
const MAX_FORM_BYTES: usize = 48;

/// Number of the class of tokens of this kind, words and numbers aside.
pub(crate) const fn class_of(kind: TokenKind) -> SyllableId {
    FIRST_CLASS + kind as SyllableId
}

/// Whether tokens of this class, if it is one, have no letters: marks and
/// numbers.
pub(crate) fn is_without_letters(class: SyllableId) -> bool {
    const MARKS: std::ops::RangeInclusive<SyllableId> = TokenKind::Stop as SyllableId..=TokenKind::Percent as SyllableId;
    let class = class.wrapping_sub(FIRST_CLASS);
    MARKS.contains(&class) || NUMBERS.contains(&class)
}

/// What [`number_class`] gives.
const NUMBERS: std::ops::RangeInclusive<SyllableId> = 31..=36;

/// Number of the class of a token that is no known syllable.
fn class_id(token: &Token, text: &str) -> SyllableId {
    let class = match (token.kind, token.case) {
        (TokenKind::Word, Case::Title) => 26,
        (TokenKind::Word, Case::Upper) => 27,
        (TokenKind::Word, Case::Mixed) => 28,
        (TokenKind::Word, Case::Initial) => 29,
        (TokenKind::Word, _) if token.of(text).is_ascii() => 30,
        (TokenKind::Number, _) => number_class(token.of(text)),
        (kind, _) => return class_of(kind),
    };
    FIRST_CLASS + class
}

/// 31 for one or two digits, 32 for a year, 33 for other whole numbers, 34 for
/// a fraction or grouped number, 35 with a slash, 36 with a hyphen.
fn number_class(number: &str) -> SyllableId {
    if number.contains('/') {
        35
    } else if number.contains('-') {
        36
    } else if number.contains(['.', ',']) {
        34
    } else {
        match number.len() {
            1 | 2 => 31,
            4 if number.starts_with(['1', '2']) => 32,
            _ => 33,
        }
    }
}

/// Bytes of at most 16 as one number; `None` for more.
pub(crate) fn pack(bytes: &[u8]) -> Option<u128> {
    if bytes.len() > KEY_BYTES {
        return None;
    }
    // The first and the last bytes, where they meet twice the same: a copy of
    // a length that only the run knows is a call.
    let joined = |first: u64, last: u64, at: usize| u128::from(first) | u128::from(last) << (8 * at);
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return Some(joined(u64::from_le_bytes(*first), u64::from_le_bytes(*last), bytes.len() - 8));
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let half = |part: &[u8; 4]| u64::from(u32::from_le_bytes(*part));
        return Some(joined(half(first), half(last), bytes.len() - 4));
    }
    Some(bytes.iter().rev().fold(0, |key, byte| key << 8 | u128::from(*byte)))
}

/// The key of ASCII characters in lower case: all at once.
fn lower_ascii(key: u128) -> u128 {
    const EACH: u128 = u128::from_le_bytes([1; KEY_BYTES]);
    // A character from "A" on, and one behind "Z", reaches the highest bit.
    let from_a = key + EACH * u128::from(0x80 - b'A');
    let behind_z = key + EACH * u128::from(0x7f - b'Z');
    key | (from_a & !behind_z & EACH << 7) >> 2
}

/// The key with its first character in lower case. In Latin letters a pair of
/// cases has the same number of bytes.
fn lower_first(word: &str, key: u128) -> u128 {
    let Some(first) = word.chars().next() else { return key };
    if first.is_ascii() {
        return key | 0x20;
    }
    let lower = lower_char(first);
    if lower.len_utf8() != first.len_utf8() {
        return key;
    }
    let mut bytes = [0; KEY_BYTES];
    lower.encode_utf8(&mut bytes);
    let mask = (1_u128 << (8 * first.len_utf8())) - 1;
    (key & !mask) | u128::from_le_bytes(bytes)
}

/// Where a key may stand: its tag, in the upper half, and its first slot.
fn place(key: u128) -> (u32, usize) {
    let mixed = (key as u64 ^ ((key >> 64) as u64).rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed >> 32) as u32 & 0xffff_0000, (mixed >> 24) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_ascii_get_lower_case() {
        for characters in (0..=127_u8).collect::<Vec<u8>>().chunks(KEY_BYTES - 1) {
            let lower = characters.to_ascii_lowercase();
            assert_eq!(pack(characters).map(lower_ascii), pack(&lower), "{characters:?}");
        }
    }

    #[test]
    fn packed_bytes_are_all_there_in_their_order() {
        let bytes: Vec<u8> = (1..=17).collect();
        for length in 0..=KEY_BYTES {
            let mut expected = [0; KEY_BYTES];
            expected[..length].copy_from_slice(&bytes[..length]);
            assert_eq!(pack(&bytes[..length]), Some(u128::from_le_bytes(expected)), "{length}");
        }
        assert_eq!(pack(&bytes), None);
    }
}
