//! What is known of words apart from the weights: lists of names, clusters.
//!
//! Takes the vocabulary and tables of facts by key; gives for each token its
//! form and for a run of forms what the lists say. Promises: a form depends on
//! the spelling alone (lower case, one tone style), never on the number that a
//! vocabulary happens to give it, so that a new segmenter leaves the keys as
//! they are.

use super::table::KeyTable;
use crate::error::Error;
use crate::model::wire::Reader;
use crate::normalize::fold::lower_char;
use crate::normalize::tone::canonical_syllable;
use crate::segment::vocabulary::{FIRST_SYLLABLE, SyllableId, Vocabulary};
use crate::token::{Token, TokenKind};

/// Number of a spelling, the same for all letter cases and tone styles.
pub type Form = u32;

/// Forms below are classes of marks and numbers.
const FIRST_WORD_FORM: Form = 1 << 10;

/// Flags of a phrase beside its classes.
pub mod flags {
    /// A longer phrase starts with this one.
    pub const PREFIX: u32 = 1 << 31;
    /// A phrase that is a name in lower case starts with this one.
    pub const LOWER_START: u32 = 1 << 30;
    /// The capitalized first word of names that go on in lower case.
    pub const HEAD: u32 = 1 << 29;
    /// The phrase is a name in lower case too.
    pub const LOWER: u32 = 1 << 28;
    /// A syllable that is hardly ever a name or the start of one.
    pub const COMMON: u32 = 1 << 27;
    /// A frequent syllable that in small letters is never in a name.
    pub const BREAK: u32 = 1 << 26;
    /// A syllable that in small letters opens names that go on with a capital.
    pub const OPENS: u32 = 1 << 25;
    /// The classes.
    pub const CLASSES: u32 = (1 << 16) - 1;
}

/// Longest phrase in the lists.
pub const MAX_PHRASE: usize = 6;

/// A syllable of the vocabulary.
#[derive(Debug, Clone, Copy)]
struct Known {
    form: Form,
    /// As a word of its own, in small letters and with a capital.
    clusters: [u32; 2],
    /// As a phrase of its own.
    flags: u32,
}

/// What is known of a token.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// Its form.
    pub form: Form,
    /// As a word of its own, as [`Knowledge::clusters`] has them.
    pub clusters: u32,
    /// What the lists say of it as a phrase of its own; nothing of a token that
    /// starts no phrase.
    pub flags: u32,
}

/// Tokens that phrases start with.
const STARTS: u32 = TokenKind::Word.bit() | TokenKind::Mixed.bit();

/// The facts, ready for look-up.
#[derive(Debug)]
pub struct Knowledge {
    known: Vec<Known>,
    /// By number of syllable or class, apart because every token of a text asks
    /// for them; none for classes.
    flags: Vec<u32>,
    phrases: KeyTable,
    clusters: KeyTable,
}

impl Knowledge {
    /// The facts of these tables for a vocabulary.
    pub fn new(vocabulary: &Vocabulary, phrases: KeyTable, clusters: KeyTable) -> Self {
        let known = (0..vocabulary.len()).map(|i| {
            let form = vocabulary.form(FIRST_SYLLABLE.saturating_add(i as u16)).map_or(0, hash);
            let clusters = [false, true].map(|is_capital| clusters.get(cluster_key(form, is_capital)));
            Known { form, clusters, flags: phrases.get(form) }
        });
        let known: Vec<Known> = known.collect();
        let classes = std::iter::repeat_n(0, usize::from(FIRST_SYLLABLE));
        let flags = classes.chain(known.iter().map(|known| known.flags)).collect();
        Self { known, flags, phrases, clusters }
    }

    /// Reads the table of phrases and that of clusters.
    #[warn(clippy::arithmetic_side_effects)]
    pub(crate) fn read(reader: &mut Reader<'_>, vocabulary: &Vocabulary) -> Result<Self, Error> {
        let phrases = KeyTable::read(reader)?;
        let clusters = KeyTable::read(reader)?;
        Ok(Self::new(vocabulary, phrases, clusters))
    }

    /// The bytes that `read` reads.
    #[cfg(feature = "train")]
    pub fn write(&self, out: &mut Vec<u8>) {
        self.phrases.write(out);
        self.clusters.write(out);
    }

    /// The flags of a vocabulary syllable as a phrase of its own.
    #[inline]
    pub fn syllable_flags(&self, id: SyllableId) -> u32 {
        self.flags.get(usize::from(id)).copied().unwrap_or(0)
    }

    /// The form of a token.
    #[cfg(any(test, feature = "train"))]
    pub fn form(&self, text: &str, token: &Token, id: SyllableId, spelling: &mut String) -> Form {
        match id.checked_sub(FIRST_SYLLABLE).and_then(|i| self.known.get(i as usize)) {
            Some(known) => known.form,
            None => unknown_form(token.of(text), token.kind, id, spelling),
        }
    }

    /// All that is known of a token: most are syllables of the vocabulary, and
    /// have it in one place. `is_capital` chooses the clusters.
    #[inline]
    pub fn facts(&self, text: &str, token: &Token, id: SyllableId, is_capital: bool, spelling: &mut String) -> Facts {
        let starts = token.kind.is_in(STARTS);
        match id.checked_sub(FIRST_SYLLABLE).and_then(|i| self.known.get(i as usize)) {
            Some(Known { form, clusters: [small, capital], flags }) => {
                Facts { form: *form, clusters: if is_capital { *capital } else { *small }, flags: if starts { *flags } else { 0 } }
            }
            None => {
                let form = unknown_form(token.of(text), token.kind, id, spelling);
                let flags = if starts { self.phrases.get(form) } else { 0 };
                Facts { form, clusters: self.clusters(form, is_capital), flags }
            }
        }
    }

    /// What the lists say of a phrase.
    #[inline]
    pub fn phrase(&self, key: Form) -> u32 {
        self.phrases.get(key)
    }

    /// The clusters of a word: fine in the upper 16 bits, coarse in the lower.
    #[inline]
    pub fn clusters(&self, word: Form, is_capital: bool) -> u32 {
        self.clusters.get(cluster_key(word, is_capital))
    }
}

/// Key of a word in the table of clusters.
pub fn cluster_key(word: Form, is_capital: bool) -> Form {
    if is_capital { word.rotate_left(7) ^ 0x5bd1_e995 } else { word }
}

/// The key of a phrase and one more form; a phrase of one form has that form
/// as its key.
#[inline]
pub fn join(key: Form, form: Form) -> Form {
    (key.rotate_left(5) ^ form).wrapping_mul(0x9e37_79b1).max(FIRST_WORD_FORM)
}

/// The form of a token that is no syllable of the vocabulary.
#[cold]
fn unknown_form(word: &str, kind: TokenKind, id: SyllableId, spelling: &mut String) -> Form {
    if !kind.is_wordlike() {
        return kind as Form;
    }
    if kind == TokenKind::Number && word.len() > 2 {
        return 64 + Form::from(id);
    }
    spelling.clear();
    if word.is_ascii() {
        spelling.push_str(word);
        spelling.make_ascii_lowercase();
    } else if word.len() > MAX_SYLLABLE_BYTES {
        spelling.extend(word.chars().map(lower_char));
    } else {
        canonical_syllable(word, spelling);
    }
    hash(spelling)
}

/// Longer words are no syllables.
const MAX_SYLLABLE_BYTES: usize = 48;

/// The form of a canonical spelling.
fn hash(spelling: &str) -> Form {
    let mut state = 0x9ae1_6a3b_2f90_404f_u64;
    for chunk in spelling.as_bytes().chunks(8) {
        let word = chunk.iter().rev().fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
        state = (state ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        state ^= state >> 29;
    }
    state = state.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    ((state >> 32) as Form).max(FIRST_WORD_FORM)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_depend_on_spelling_only() {
        let empty = Knowledge::new(&Vocabulary::new([]), KeyTable::default(), KeyTable::default());
        let full = Vocabulary::new(["hoà", "apple"]);
        let known = Knowledge::new(&full, KeyTable::default(), KeyTable::default());
        let mut buffer = String::new();
        let text = "Hòa hoà HÒA Apple apple";
        let mut tokens = Vec::new();
        crate::token::tokenize(text, &mut tokens);
        let forms: Vec<Form> = tokens.iter().map(|t| empty.form(text, t, 3, &mut buffer)).collect();
        let same: Vec<Form> = tokens.iter().map(|t| known.form(text, t, full.id(text, t), &mut buffer)).collect();
        assert_eq!(forms, same);
        assert_eq!([forms[0], forms[0], forms[3]], [forms[1], forms[2], forms[4]]);
    }
}
