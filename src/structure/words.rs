//! The few words that cues are made of, as numbers, and phrases of them.
//!
//! Hundreds of phrases are looked for in every sentence. Each token is looked up
//! once; its number says at once which phrases may start there, mostly none.

use crate::normalize::fold::lower_char;
use crate::segment::vocabulary::{FIRST_SYLLABLE, SyllableId, Vocabulary, is_without_letters, pack};
use crate::token::{Case, Token};

/// Number of a word of a list; [`NONE`] for any other.
pub(crate) type Number = u16;

/// The number of a word that is in no list.
pub(crate) const NONE: Number = 0;

/// From words to numbers.
#[derive(Debug)]
pub(crate) struct Words {
    /// Open addressing over the words' bytes; 0 is free.
    slots: Vec<(u128, Number)>,
    count: Number,
    /// Which [`trait_of`] the words have: most tokens of a text have none of
    /// these, and are ruled out before their bytes are gathered.
    traits: Vec<bool>,
}

/// How many traits are told apart, a power of two.
const TRAITS: usize = 4096;

/// A number of a few of a word's bytes.
fn trait_of(word: &[u8]) -> usize {
    let (length, byte) = (word.len(), |at: usize| word.get(at).map_or(0, |byte| usize::from(*byte)));
    (byte(0) << 6 ^ byte(length / 2) << 3 ^ byte(length.wrapping_sub(1)) ^ length << 9) & (TRAITS - 1)
}

impl Words {
    /// The different ones of these words, in lower case and of at most 16 bytes.
    pub(crate) fn new<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut traits = vec![false; TRAITS];
        let mut note = |word: &str| {
            if let Some(slot) = traits.get_mut(trait_of(word.as_bytes())) {
                *slot = true;
            }
        };
        let mut keys: Vec<u128> = words.inspect(|word| note(word)).filter_map(|word| pack(word.as_bytes())).collect();
        keys.sort_unstable();
        keys.dedup();
        let mut this = Self { slots: vec![(0, NONE); (keys.len() * 4).next_power_of_two()], count: 0, traits };
        for key in keys {
            let place = this.place(key);
            this.count += 1;
            if let Some(slot) = this.slots.get_mut(place) {
                *slot = (key, this.count);
            }
        }
        this
    }

    /// The words, in lower case.
    fn each(&self) -> impl Iterator<Item = String> {
        let spelled = |key: &u128| String::from_utf8_lossy(&key.to_le_bytes()).trim_end_matches('\0').to_owned();
        self.slots.iter().filter(|(_, number)| *number != NONE).map(move |(key, _)| spelled(key))
    }

    /// Numbers lie below this.
    pub(crate) fn limit(&self) -> usize {
        usize::from(self.count) + 1
    }

    /// The number of a word in lower case.
    pub(crate) fn number(&self, word: &str) -> Number {
        let may_be = self.traits.get(trait_of(word.as_bytes())).is_some_and(|known| *known);
        if may_be { pack(word.as_bytes()).map_or(NONE, |key| self.get(key)) } else { NONE }
    }

    /// The number of a token, whatever its letter case.
    pub(crate) fn of(&self, text: &str, token: &Token) -> Number {
        let word = token.of(text);
        let is_lower = token.case == Case::Lower || matches!(word.as_bytes(), [mark] if !mark.is_ascii_uppercase());
        if is_lower { self.number(word) } else { pack_lower(word).map_or(NONE, |key| self.get(key)) }
    }

    fn get(&self, key: u128) -> Number {
        self.slots.get(self.place(key)).map_or(NONE, |(_, number)| *number)
    }

    /// Where the key is, or the free place where it would be: at most a quarter
    /// of the places are taken, so one is met.
    fn place(&self, key: u128) -> usize {
        let mask = self.slots.len().wrapping_sub(1);
        let mixed = (key as u64 ^ ((key >> 64) as u64).rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut at = (mixed >> 40) as usize & mask;
        while self.slots.get(at).is_some_and(|(stored, _)| *stored != key && *stored != 0) {
            at = (at + 1) & mask;
        }
        at
    }
}

/// The numbers that the syllables of a vocabulary have in lists of words: the
/// letters of a known syllable need not be looked at, in whatever letter case
/// or tone style it is written.
#[derive(Debug)]
pub(crate) struct Listed {
    /// By list, then by syllable.
    lists: Vec<Vec<Number>>,
}

/// Stands for a number that only the letters tell.
const LETTERS_TELL: Number = Number::MAX;

impl Listed {
    /// The numbers in these lists.
    pub(crate) fn new(vocabulary: &Vocabulary, lists: &[&Words]) -> Self {
        let classes = usize::from(FIRST_SYLLABLE);
        let number_all = |words: &&Words| {
            let mut numbers = vec![NONE; classes + vocabulary.len()];
            // A class of tokens says nothing of their letters, but whether there
            // are any.
            let lettered = words.each().all(|word| word.starts_with(char::is_alphabetic));
            let letters_tell = |class: SyllableId| !(lettered && is_without_letters(class));
            for (number, _) in numbers.iter_mut().zip(0..FIRST_SYLLABLE).filter(|(_, class)| letters_tell(*class)) {
                *number = LETTERS_TELL;
            }
            for word in words.each() {
                for id in vocabulary.ids_of(&word) {
                    if let Some(slot) = numbers.get_mut(usize::from(id)) {
                        let number = words.number(&word);
                        // Two spellings of one syllable, each listed by itself.
                        *slot = if *slot == NONE || *slot == number { number } else { LETTERS_TELL };
                    }
                }
            }
            numbers
        };
        Self { lists: lists.iter().map(number_all).collect() }
    }

    /// The number of a token of this syllable in a list; `None` where only its
    /// letters tell.
    #[inline]
    pub(crate) fn number(&self, id: SyllableId, list: usize) -> Option<Number> {
        let number = self.lists.get(list).and_then(|numbers| numbers.get(usize::from(id)));
        number.copied().filter(|number| *number != LETTERS_TELL)
    }

    /// Whether a token of this syllable may be a word of a list.
    pub(crate) fn may_be(&self, id: SyllableId, list: usize) -> bool {
        self.number(id, list) != Some(NONE)
    }
}

/// The bytes of a word in lower case as one number; `None` for more than 16.
fn pack_lower(word: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    let mut length = 0;
    for c in word.chars().map(lower_char) {
        let end = length + c.len_utf8();
        c.encode_utf8(bytes.get_mut(length..end)?);
        length = end;
    }
    Some(u128::from_le_bytes(bytes))
}

/// Phrases with something said of each, by their first word.
#[derive(Debug)]
pub(crate) struct Phrases<T> {
    by_first: Vec<Vec<Phrase<T>>>,
}

#[derive(Debug)]
struct Phrase<T> {
    rest: Box<[Number]>,
    about: T,
}

impl<T> Phrases<T> {
    /// Phrases whose words have numbers in `words`.
    pub(crate) fn new<'p>(words: &Words, phrases: impl Iterator<Item = (&'p str, T)>) -> Self {
        let mut by_first: Vec<Vec<Phrase<T>>> = Vec::new();
        by_first.resize_with(words.limit(), Vec::new);
        for (phrase, about) in phrases {
            let mut numbers = phrase.split(' ').map(|word| words.number(word));
            let first = numbers.next().unwrap_or(NONE);
            if let Some(there) = by_first.get_mut(usize::from(first)) {
                there.push(Phrase { rest: numbers.collect(), about });
            }
        }
        Self { by_first }
    }

    /// The phrases that `numbers` begin with, each with its number of words.
    pub(crate) fn opening<'n>(&'n self, numbers: &'n [Number]) -> impl Iterator<Item = (&'n T, usize)> {
        let (first, rest) = numbers.split_first().map_or((NONE, numbers), |(first, rest)| (*first, rest));
        let there = self.by_first.get(usize::from(first)).map_or(&[][..], Vec::as_slice);
        there.iter().filter(|phrase| rest.starts_with(&phrase.rest)).map(|phrase| (&phrase.about, 1 + phrase.rest.len()))
    }
}

/// For each number the classes that its word is in, one bit each.
pub(crate) fn classes<'c>(words: &Words, lists: impl Iterator<Item = (u16, &'c [&'c str])>) -> Vec<u16> {
    let mut out = vec![0; words.limit()];
    for (class, list) in lists {
        for word in list {
            if let Some(slot) = out.get_mut(usize::from(words.number(word))) {
                *slot |= class;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenize;

    #[cfg(feature = "builtin-model")]
    #[test]
    fn a_syllable_has_the_number_of_its_letters() {
        let model = crate::model::Model::builtin();
        let vocabulary = model.segmenter().vocabulary();
        for (list, words) in super::super::listed_words().iter().enumerate() {
            for word in words.each() {
                let title: String = word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect();
                for written in [&word, &title, &word.to_uppercase()] {
                    let mut tokens = Vec::new();
                    tokenize(written, &mut tokens);
                    let [token] = tokens.as_slice() else { continue };
                    let id = vocabulary.id(written, token);
                    let number = words.of(written, token);
                    assert!(model.listed().number(id, list).is_none_or(|by_syllable| by_syllable == number), "{written}");
                }
            }
        }
    }

    #[test]
    fn phrases_are_found_in_any_letter_case() {
        let words = Words::new(["theo", "đó", "để", "lại"].into_iter());
        let phrases = Phrases::new(&words, [("theo", 1), ("theo đó", 2), ("để lại", 3)].into_iter());
        let found = |text: &str| {
            let mut tokens = Vec::new();
            tokenize(text, &mut tokens);
            let numbers: Vec<Number> = tokens.iter().map(|t| words.of(text, t)).collect();
            phrases.opening(&numbers).map(|(about, length)| (*about, length)).collect::<Vec<_>>()
        };
        assert_eq!(found("THEO Đó, hãng"), [(1, 1), (2, 2)]);
        assert_eq!(found("Để lại"), [(3, 2)]);
        assert_eq!(found("Để"), []);
        assert_eq!(found("Một chiếc máy"), []);
        assert_eq!(found(""), []);
    }
}
