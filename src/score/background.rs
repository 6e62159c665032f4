//! How common words are in news at large: the background of TF-IDF.

use crate::error::Error;
use crate::model::wire::Reader;

/// Number of a word: a hash of its canonical syllables.
pub type TermKey = u32;

/// Inverse document frequency, in units of 1/16 of a natural logarithm.
pub(crate) type IdfUnits = u8;

/// The built-in document frequencies.
#[derive(Debug)]
pub struct Background {
    /// Open addressing over the keys; 0 is free.
    slots: Vec<(TermKey, IdfUnits)>,
    mask: usize,
    /// For words that the table does not have.
    unknown: IdfUnits,
}

impl Background {
    /// Reads: IDF of unknown words u8, count u32, then per word its key u32 and
    /// its IDF u8, keys rising.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new("document frequencies", bytes);
        let unknown = reader.u8()?;
        let count = reader.count(5)?;
        let capacity = (count * 2).next_power_of_two().max(16);
        let mut this = Self { slots: vec![(0, 0); capacity], mask: capacity - 1, unknown };
        let mut last = 0;
        for _ in 0..count {
            let key = reader.u32()?;
            if key <= last {
                return Err(reader.error("keys do not rise"));
            }
            last = key;
            this.insert(key, reader.u8()?);
        }
        reader.end()?;
        Ok(this)
    }

    fn insert(&mut self, key: TermKey, idf: IdfUnits) {
        let mut at = key as usize & self.mask;
        // At most half of the slots are taken, so a free one is met.
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.0 == 0 {
                *slot = (key, idf);
                return;
            }
            at = (at + 1) & self.mask;
        }
    }

    /// The IDF of a word.
    pub(crate) fn idf(&self, key: TermKey) -> IdfUnits {
        let mut at = key as usize & self.mask;
        while let Some((stored, idf)) = self.slots.get(at).copied() {
            if stored == key {
                return idf;
            }
            if stored == 0 {
                break;
            }
            at = (at + 1) & self.mask;
        }
        self.unknown
    }
}
