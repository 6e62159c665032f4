//! All that scoring knows of single words, in one table.
//!
//! IDF, the odds of the lede, what a word tells and its class of wording come
//! from four lists. Each list looked up by itself costs a miss of the cache for
//! every term of a text; here one look-up answers for all, and guessing the
//! salience takes a third less.

use super::background::{Background, IdfUnits, TermKey};
use super::salience::Salience;
use super::stop_words::StopWords;
use super::wording::{self, Classes};

/// What is known of one word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Known {
    /// Its inverse document frequency; 0 for stop words.
    pub(crate) idf: IdfUnits,
    /// Log odds of being in the lede, in units of 1/16.
    pub(crate) odds: i8,
    /// What it tells of the sentence it stands in: whether that says what a
    /// lede says; in units of 1/16.
    pub(crate) telling: i8,
    /// Its classes of wording.
    pub(crate) classes: Classes,
}

/// From the keys of words to what is known of them.
#[derive(Debug)]
pub(crate) struct WordTable {
    /// Open addressing over the keys; 0 is free. Keys are hashes, so their
    /// highest bits say where they stand: lists by rising keys are put in from
    /// left to right.
    slots: Vec<(TermKey, Known)>,
    shift: u32,
    /// For words that the table does not have.
    unknown: Known,
}

impl WordTable {
    /// Puts the lists together.
    pub(crate) fn new(background: &Background, salience: &Salience, stop_words: &StopWords) -> Self {
        let words = background.words().len() + salience.words().len() + wording::words().len() + stop_words.keys().len();
        let unknown = Known { idf: background.unknown(), ..Known::default() };
        let capacity = (words * 2).next_power_of_two().max(16);
        let mut this = Self { slots: vec![(0, Known::default()); capacity], shift: u32::BITS - capacity.trailing_zeros(), unknown };
        for (key, idf) in background.words() {
            this.change(*key, |known| known.idf = *idf);
        }
        for (key, word) in salience.words() {
            this.change(*key, |known| (known.odds, known.telling) = (word.odds, word.telling));
        }
        for (key, classes) in wording::words() {
            this.change(*key, |known| known.classes |= *classes);
        }
        // Last: whatever else is known of a stop word, its IDF is 0.
        for key in stop_words.keys() {
            this.change(*key, |known| known.idf = 0);
        }
        this
    }

    fn change(&mut self, key: TermKey, change: impl FnOnce(&mut Known)) {
        let (place, unknown) = (self.place(key), self.unknown);
        let Some((stored, known)) = self.slots.get_mut(place) else { return };
        if *stored == 0 {
            (*stored, *known) = (key, unknown);
        }
        change(known);
    }

    /// What is known of a word.
    pub(crate) fn get(&self, key: TermKey) -> Known {
        self.slots.get(self.place(key)).filter(|(stored, _)| *stored == key).map_or(self.unknown, |(_, known)| *known)
    }

    /// Where the key is, or the free place where it would be: at most half of
    /// the places are taken, so one is met.
    fn place(&self, key: TermKey) -> usize {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = (key >> self.shift) as usize;
        while self.slots.get(at).is_some_and(|(stored, _)| *stored != key && *stored != 0) {
            at = (at + 1) & mask;
        }
        at
    }
}

#[cfg(all(test, feature = "builtin-model"))]
mod tests {
    use super::*;
    use crate::model::Model;
    use crate::score::terms::key_of_syllables;

    #[test]
    fn one_slot_says_what_all_lists_say() {
        let model = Model::builtin();
        let (background, salience) = (model.background(), model.scoring().salience());
        let table = WordTable::new(background, salience, &StopWords::new(["theo"].into_iter()));
        let key = |word: &str| key_of_syllables(word.split(' '));
        let theo = table.get(key("theo"));
        assert_eq!((theo.idf, theo.classes), (0, 1 << 4));
        assert_eq!(table.get(key("không ở đâu có")), Known { idf: background.unknown(), ..Known::default() });
        let stop = key("theo");
        assert!(background.words().iter().all(|(key, idf)| *key == stop || table.get(*key).idf == *idf));
        assert!(salience.words().iter().all(|(key, word)| (table.get(*key).odds, table.get(*key).telling) == (word.odds, word.telling)));
    }
}
