//! Facts by key: a hash table of 32-bit keys and 32-bit values.
//!
//! Takes keys that [`super::features`] makes of one or several word forms,
//! gives what is known of them. Promises: a look-up touches one short run of
//! slots, is total, and finds nothing where nothing was put (but for the odds
//! of two of some ten thousand keys being equal in 32 bits).

use crate::error::Error;
use crate::hashed::free_slots;
use crate::model::wire::Reader;

/// Open addressing; key 0 is free. Most keys are hashes, and their highest bits
/// say where they stand: what is read by rising keys is written from left to
/// right.
#[derive(Debug, Default)]
pub struct KeyTable {
    slots: Vec<(u32, u32)>,
    mask: usize,
    shift: u32,
}

impl KeyTable {
    /// A table of these entries; of two with one key the first stays. Key 0
    /// cannot be stored.
    #[warn(clippy::arithmetic_side_effects)]
    pub fn new(entries: impl ExactSizeIterator<Item = (u32, u32)>) -> Self {
        let capacity = entries.len().saturating_mul(2).next_power_of_two().max(4);
        let shift = u32::BITS.saturating_sub(capacity.trailing_zeros());
        let mut this = Self { slots: free_slots(capacity), mask: capacity.wrapping_sub(1), shift };
        for (key, value) in entries.filter(|(key, _)| *key != 0) {
            this.insert(key, value);
        }
        this
    }

    /// Where the search for a key begins. Small keys, the classes of marks and
    /// numbers, have their lowest bits only to keep apart.
    #[inline]
    fn home(&self, key: u32) -> usize {
        ((key >> self.shift) as usize + (key & 63) as usize) & self.mask
    }

    fn insert(&mut self, key: u32, value: u32) {
        let mut at = self.home(key);
        // At most half of the slots are ever taken, so a free one is met.
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.0 == key {
                return;
            }
            if slot.0 == 0 {
                *slot = (key, value);
                return;
            }
            at = (at + 1) & self.mask;
        }
    }

    /// What is known of `key`; 0 where nothing is.
    #[inline]
    pub fn get(&self, key: u32) -> u32 {
        let mut at = self.home(key);
        loop {
            match self.slots.get(at) {
                Some((stored, value)) if *stored == key => return *value,
                Some((0, _)) | None => return 0,
                Some(_) => at = (at + 1) & self.mask,
            }
        }
    }

    /// Reads: count u32, then for each entry its key u32 and value u32.
    #[warn(clippy::arithmetic_side_effects)]
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        let entries = reader.items::<8>()?;
        Ok(Self::new(entries.map(|[a, b, c, d, value @ ..]| (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes(value)))))
    }

    /// The bytes that `read` reads, by rising key.
    #[cfg(any(test, feature = "train"))]
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        let mut entries: Vec<_> = self.slots.iter().filter(|(key, _)| *key != 0).collect();
        entries.sort_unstable();
        crate::model::wire::put_u32(out, entries.len() as u32);
        for (key, value) in entries {
            crate::model::wire::put_u32(out, *key);
            crate::model::wire::put_u32(out, *value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_put_and_nothing_else() {
        let entries: Vec<(u32, u32)> = (1..500_u32).map(|i| (i.wrapping_mul(0x9e37_79b1), i)).collect();
        let table = KeyTable::new(entries.iter().copied());
        let mut bytes = Vec::new();
        table.write(&mut bytes);
        let table = KeyTable::read(&mut Reader::new("test", &bytes)).unwrap();
        assert!(entries.iter().all(|(key, value)| table.get(*key) == *value));
        assert_eq!(table.get(5), 0);
        assert_eq!(KeyTable::default().get(5), 0);
        assert!(KeyTable::read(&mut Reader::new("test", &bytes[..bytes.len() - 1])).is_err());
    }
}
