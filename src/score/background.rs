//! How common words are in news at large: the background of TF-IDF.
//!
//! [`Background`] is the list of words with their weights, [`Idf`] the counts
//! that a user collects to replace the built-in one.

#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

use crate::document::Document;
use crate::error::Error;
use crate::model::Model;
use crate::model::wire::{self, Reader};
use crate::normalize::Normalized;
use std::collections::{BTreeMap, BTreeSet};

/// Number of a word: a hash of its canonical syllables.
pub type TermKey = u32;

/// Inverse document frequency, in units of 1/16 of a natural logarithm.
pub(crate) type IdfUnits = u8;

/// The built-in document frequencies.
#[derive(Debug)]
pub struct Background {
    /// Words with their IDF, keys rising.
    words: Vec<(TermKey, IdfUnits)>,
    /// For words that the list does not have.
    unknown: IdfUnits,
}

impl Background {
    /// Reads: IDF of unknown words u8, count u32, then per word its key u32 and
    /// its IDF u8, keys rising.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new("document frequencies", bytes);
        let unknown = reader.u8()?;
        let words = reader.items()?;
        let mut this = Self { words: Vec::with_capacity(words.len()), unknown };
        let mut last = 0;
        for [a, b, c, d, idf] in words {
            let key = u32::from_le_bytes([a, b, c, d]);
            if key <= last {
                return Err(reader.error("keys do not rise"));
            }
            last = key;
            this.words.push((key, idf));
        }
        reader.end()?;
        Ok(this)
    }

    /// The words with their IDF.
    pub(crate) fn words(&self) -> &[(TermKey, IdfUnits)] {
        &self.words
    }

    /// The IDF of all other words.
    pub(crate) fn unknown(&self) -> IdfUnits {
        self.unknown
    }
}

/// How many articles of one's own feed have each word: a background to replace
/// the built-in one, so that what is common in that feed weighs little.
///
/// Words are told apart as the model's segmenter does; collect and use counts
/// with the same model.
///
/// ```
/// # #[cfg(feature = "builtin-model")] {
/// use tomtat::{Idf, Summarizer};
///
/// let mut idf = Idf::new();
/// idf.observe("Viettel vừa thử nghiệm mạng 5G tại Hà Nội.");
/// idf.observe("VNPT mở rộng mạng 5G.");
/// let again = Idf::from_bytes(&idf.to_bytes())?;
/// assert_eq!(again, idf);
/// let summarizer = Summarizer::builder().background(&again).build()?;
/// # let _ = summarizer;
/// # }
/// # Ok::<(), tomtat::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Idf {
    articles: u32,
    counts: BTreeMap<TermKey, u32>,
}

impl Idf {
    /// No articles yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts the words of one article, read by the built-in model.
    #[cfg(feature = "builtin-model")]
    pub fn observe(&mut self, text: &str) {
        self.observe_with(text, &Model::builtin());
    }

    /// Counts the words of one article, read by `model`.
    pub fn observe_with(&mut self, text: &str, model: &Model) {
        let normalized = Normalized::new(text);
        let mut document = Document::default();
        let view = document.read(normalized.text(), &[], model);
        let words = view.sentences.iter().flat_map(|sentence| super::terms::words(&view, sentence.clone()));
        let seen: BTreeSet<TermKey> =
            words.filter_map(|word| super::terms::term_key(&view, word, model.segmenter().vocabulary())).collect();
        self.articles = self.articles.saturating_add(1);
        for key in seen {
            let count = self.counts.entry(key).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// Number of articles counted.
    pub fn articles(&self) -> u32 {
        self.articles
    }

    /// Adds the counts of `other`: as if its articles had been observed here.
    pub fn merge(&mut self, other: &Self) {
        self.articles = self.articles.saturating_add(other.articles);
        for (key, more) in &other.counts {
            let count = self.counts.entry(*key).or_default();
            *count = count.saturating_add(*more);
        }
    }

    /// The counts as bytes: the envelope of model files around the number of
    /// articles u32, number of words u32, and per word its key and its count
    /// u32, keys rising.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.counts.len().saturating_mul(8).saturating_add(8));
        out.extend_from_slice(&self.articles.to_le_bytes());
        out.extend_from_slice(&(self.counts.len() as u32).to_le_bytes());
        for (key, count) in &self.counts {
            out.extend_from_slice(&key.to_le_bytes());
            out.extend_from_slice(&count.to_le_bytes());
        }
        wire::seal(&[(*b"IDFC", out)])
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote.
    ///
    /// # Errors
    ///
    /// Where the bytes are no such counts, are damaged or cut off, or come from
    /// another version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let sections = wire::open(bytes)?;
        let found = sections.iter().find(|(tag, _)| tag == b"IDFC").map(|(_, section)| *section);
        let section = found.ok_or_else(|| Error::model("document counts", "there is no such section"))?;
        let mut reader = Reader::new("document counts", section);
        let mut this = Self { articles: reader.u32()?, counts: BTreeMap::new() };
        let mut last = 0;
        for _ in 0..reader.count(8)? {
            let (key, count) = (reader.u32()?, reader.u32()?);
            if key <= last {
                return Err(reader.error("keys do not rise"));
            }
            if count == 0 || count > this.articles {
                return Err(reader.error("a word is in no article, or in more than there are"));
            }
            last = key;
            this.counts.insert(key, count);
        }
        reader.end()?;
        Ok(this)
    }

    /// The table to look words up in.
    pub(crate) fn background(&self) -> Background {
        let words = self.counts.iter().map(|(key, count)| (*key, idf_units(self.articles, *count))).collect();
        Background { words, unknown: idf_units(self.articles, 0) }
    }
}

/// 16 times the natural logarithm of (articles + 1) / (count + 1), at least 1:
/// 0 is for stop words.
#[expect(clippy::arithmetic_side_effects, reason = "both logarithms are below 2^21")]
fn idf_units(articles: u32, count: u32) -> IdfUnits {
    // ln 2 in units of 2⁻¹⁶.
    const LN_2: u64 = 45_426;
    let log = log2(u64::from(articles) + 1).saturating_sub(log2(u64::from(count) + 1));
    let units = (log * LN_2 * 16 + (1 << 31)) >> 32;
    units.clamp(1, 255) as IdfUnits
}

/// Binary logarithm in units of 2⁻¹⁶, digit by digit: whole numbers only, the
/// same on every machine. 0 for 0.
#[expect(clippy::arithmetic_side_effects, reason = "`rest` stays below 2^32, so its square fits; `whole` is at most 63")]
fn log2(n: u64) -> u64 {
    let Some(whole) = n.checked_ilog2() else { return 0 };
    // n / 2^whole, 1 to 2, with 31 binary places.
    let mut rest = if whole <= 31 { n << (31 - whole) } else { n >> (whole - 31) };
    let mut log = u64::from(whole);
    for _ in 0..16 {
        rest = (rest * rest) >> 31;
        log <<= 1;
        if rest >> 32 != 0 {
            rest >>= 1;
            log |= 1;
        }
    }
    log
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_in_whole_numbers() {
        for n in [1_u64, 2, 3, 5, 10, 1000, 56_745, u64::from(u32::MAX)] {
            let exact = (n as f64).log2() * 65536.0;
            assert!((log2(n) as f64 - exact).abs() <= 2.0, "log2({n}) = {} for {exact}", log2(n));
        }
        assert_eq!(idf_units(99, 0), 74);
        assert_eq!(idf_units(99, 99), 1);
    }

    #[cfg(feature = "builtin-model")]
    #[test]
    fn counts_merge_and_survive() {
        let texts = ["Viettel thử nghiệm mạng 5G.", "VNPT mở rộng mạng.", "Giá vàng tăng mạnh."];
        let mut all = Idf::new();
        texts.iter().for_each(|text| all.observe(text));
        let (mut left, mut right) = (Idf::new(), Idf::new());
        left.observe(texts[0]);
        texts[1..].iter().for_each(|text| right.observe(text));
        left.merge(&right);
        assert_eq!(left, all);
        assert_eq!(all.articles(), 3);
        assert_eq!(Idf::from_bytes(&all.to_bytes()).unwrap(), all);
    }

    #[cfg(feature = "builtin-model")]
    #[test]
    fn damaged_counts_are_refused() {
        let mut idf = Idf::new();
        idf.observe("Viettel thử nghiệm mạng 5G.");
        let bytes = idf.to_bytes();
        assert!(Idf::from_bytes(&bytes[..bytes.len() - 1]).is_err());
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x40;
            assert!(Idf::from_bytes(&damaged).is_err(), "byte {at}");
        }
    }

    #[cfg(feature = "builtin-model")]
    #[test]
    fn common_words_weigh_less() {
        let mut idf = Idf::new();
        idf.observe("Viettel thử nghiệm mạng.");
        idf.observe("VNPT mở rộng mạng.");
        let background = idf.background();
        let key = |word| super::super::terms::key_of_syllables(std::iter::once(word));
        let idf = |word| background.words().iter().find(|(k, _)| *k == key(word)).map_or(background.unknown(), |(_, idf)| *idf);
        assert!(idf("mạng") < idf("viettel"));
        assert!(idf("viettel") <= idf("zalo"));
    }
}
