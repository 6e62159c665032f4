//! How likely a word of the body is to stand in the editor's lede.
//!
//! Takes a text's terms with their roles and places, gives each term a
//! probability in units of 2⁻¹⁶. It is learned from articles whose lede is
//! known: a sum of table entries, one for each group of bins that the term
//! falls into and one for the word itself, turned into a probability by a table
//! computed beforehand. Linear in the text.

use super::background::TermKey;
use super::line::Line;
use super::sheet::{ONE, Sheet};
#[cfg(feature = "train")]
use super::terms::TermId;
use super::terms::{Term, TermCount};
use crate::error::Error;
use crate::model::wire::Reader;
use crate::token::Case;

/// Number of bins in each group; their entries follow each other in the table.
pub(crate) const GROUPS: [usize; 7] = [36, 48, 24, 24, 40, 21, 18];

/// Entries in all groups together.
pub const ENTRIES: usize = 211;

/// Steps of the table of probabilities: from −8 to 8 by 1/16.
const STEPS: usize = 257;

/// The learned tables.
#[derive(Debug)]
pub(crate) struct Salience {
    /// Log odds by bin, in units of 1/256; filled up to what a byte can name.
    bins: [i16; 256],
    /// Probabilities, by log odds.
    probabilities: [u16; STEPS],
    /// Words with numbers of their own, keys rising.
    words: Vec<(TermKey, Word)>,
}

/// What is learned of one word, in units of 1/16.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Word {
    /// Log odds of being in the lede.
    pub(crate) odds: i8,
    /// What it tells of the sentence it stands in: whether that says what a
    /// lede says.
    pub(crate) telling: i8,
}

/// What is known of one term of an article.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Facts {
    /// How often it stands in the eligible sentences, and in how many of them.
    pub(super) times: usize,
    spread: usize,
    /// Its first eligible sentence.
    first: usize,
    /// Most terms of the title that a sentence with it has.
    company: usize,
}

impl Salience {
    /// Reads: the bins i16, the probabilities u16, number of words u32, then
    /// per word its key u32, its log odds i8 and what it tells i8, keys rising.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        let mut this = Self { bins: [0; 256], probabilities: [0; STEPS], words: Vec::new() };
        for bin in this.bins.iter_mut().take(ENTRIES) {
            *bin = reader.u16()? as i16;
        }
        for probability in &mut this.probabilities {
            *probability = reader.u16()?;
        }
        let mut last = 0;
        let words = reader.items()?;
        this.words.reserve_exact(words.len());
        for [a, b, c, d, odds, telling] in words {
            let key = u32::from_le_bytes([a, b, c, d]);
            if key <= last {
                return Err(reader.error("words do not rise"));
            }
            last = key;
            this.words.push((key, Word { odds: odds as i8, telling: telling as i8 }));
        }
        Ok(this)
    }

    /// The words with numbers of their own.
    pub(crate) fn words(&self) -> &[(TermKey, Word)] {
        &self.words
    }

    /// How likely a term with these facts is to be in a lede, in units of 2⁻¹⁶.
    #[inline]
    pub(super) fn of_term(&self, sheet: &Sheet<'_>, places: &[Place], (term, in_title): (&Term, bool), facts: &Facts) -> i64 {
        let bins = bins(sheet, places, (term, in_title), facts);
        let sum: i32 = bins.iter().map(|bin| i32::from(self.bins.get(usize::from(*bin)).copied().unwrap_or(0))).sum();
        let step = (sum + i32::from(term.known.odds) * 16) / 16 + STEPS as i32 / 2;
        let step = step.clamp(0, STEPS as i32 - 1) as usize;
        self.probabilities.get(step).map_or(0, |p| i64::from(*p))
    }
}

/// Goes through the eligible sentences once.
pub(crate) fn gather(sheet: &Sheet<'_>) -> Vec<Facts> {
    let mut facts = vec![Facts::default(); sheet.terms.terms.len()];
    // From the last to the first, so that a term is left with its first place:
    // whether it was met before cannot be foretold.
    for (sentence, place) in sheet.places.iter().enumerate().rev() {
        let Some(place) = place else { continue };
        let counts = sheet.terms.of(sentence);
        let is_shared = |c: &TermCount| sheet.title.contains(c.term) & (sheet.terms.idf(c.term) > 0);
        let shared = if sheet.title.total > 0 { counts.iter().map(|c| usize::from(is_shared(c))).sum() } else { 0 };
        for count in counts {
            let Some(facts) = facts.get_mut(count.term as usize) else { continue };
            facts.times += usize::from(count.count);
            facts.spread += 1;
            facts.first = *place;
            facts.company = facts.company.max(shared);
        }
    }
    facts
}

/// Where terms fall whose first occurrence is at one place.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Place {
    absolute: usize,
    relative: usize,
}

/// For each place among the eligible sentences where its terms fall: most terms
/// share theirs with others.
pub(crate) fn places(sheet: &Sheet<'_>) -> Vec<Place> {
    let many = step(sheet.eligible, &[8, 14, 22, 35]);
    let place = |at: usize| Place {
        absolute: step(at, &[0, 1, 2, 3, 4, 5, 7, 10, 15, 22, 35]),
        relative: (at * 8 / sheet.eligible.max(1)).min(7) * 5 + many,
    };
    (0..sheet.eligible).map(place).collect()
}

/// The bins that a term falls into, as positions in the table of all entries.
#[inline]
pub(crate) fn bins(sheet: &Sheet<'_>, places: &[Place], (term, in_title): (&Term, bool), facts: &Facts) -> [u8; GROUPS.len()] {
    let title = title_state(sheet, in_title);
    let idf = usize::from(term.known.idf / 8).min(15);
    let syllables = term.length.clamp(1, 3) - 1;
    let first = facts.first;
    let Place { absolute, relative } = places.get(first).copied().unwrap_or_default();
    let many = usize::from(facts.times > 1);
    let spread = (facts.spread * 12 / sheet.eligible.max(1)).min(5);
    let inside = [
        (title * 6 + case_class(sheet, term)) * 2 + usize::from(first == 0),
        title * 16 + idf,
        syllables * 8 + facts.times.min(8).saturating_sub(1),
        many * 12 + absolute,
        relative,
        title * 7 + facts.company.min(6),
        title * 6 + spread,
    ];
    let mut start = 0;
    let mut out = [0; GROUPS.len()];
    for ((slot, bin), size) in out.iter_mut().zip(inside).zip(GROUPS) {
        *slot = (start + bin) as u8;
        start += size;
    }
    out
}

/// 0 where there is no title, 1 for a term beyond it, 2 for one of its own.
fn title_state(sheet: &Sheet<'_>, in_title: bool) -> usize {
    if sheet.title.total == 0 { 0 } else { 1 + usize::from(in_title) }
}

/// How the term's first occurrence is cased.
fn case_class(sheet: &Sheet<'_>, term: &Term) -> usize {
    match sheet.view.tokens.get(term.first).map_or(Case::None, |t| t.case) {
        Case::None => 0,
        Case::Lower => 1,
        Case::Title => 2,
        Case::Upper => 3,
        Case::Initial => 4,
        Case::Mixed => 5,
    }
}

/// The first step that `value` does not pass.
fn step(value: usize, steps: &[usize]) -> usize {
    steps.iter().position(|s| value <= *s).unwrap_or(steps.len())
}

/// Syllables of a lede on average: where a sentence's share of the lede's
/// words and its share of words in the lede weigh alike.
const LEDE_SYLLABLES: i64 = 32;

/// Expected F1 of the sentence's words against the lede's, as ROUGE-1 would
/// have it.
pub(super) fn words(line: &Line<'_, '_>) -> i64 {
    2 * line.tally.salient_syllables / (line.tally.syllables + LEDE_SYLLABLES)
}

/// Expected F1 of its pairs of neighbours, as ROUGE-2 would have it.
pub(super) fn pairs(line: &Line<'_, '_>) -> i64 {
    let tally = line.tally;
    // Inside a term of so many syllables there is one pair less.
    let inside = tally.salient_syllables - tally.salient;
    2 * (inside + tally.salient_between) / (tally.syllables + LEDE_SYLLABLES)
}

/// Sum over the sentence's words but for stop words and numbers, divided by 8.
pub(super) fn sum(line: &Line<'_, '_>) -> i64 {
    line.tally.salience / 8
}

/// The same over those that the lede does not have.
pub(super) fn beyond_lede(line: &Line<'_, '_>) -> i64 {
    line.tally.beyond_lede / 8
}

/// Mean of what the sentence's words tell, short sentences drawn towards 0.
pub(super) fn telling(line: &Line<'_, '_>) -> i64 {
    let tally = line.tally;
    tally.telling * ONE / (16 * (tally.terms + TELLING_DAMPING))
}

/// Words of no meaning that each sentence is taken to have besides its own.
pub const TELLING_DAMPING: i64 = 8;

/// What the trainer learned of one word: its key, its log odds, what it tells.
#[cfg(feature = "train")]
pub type LearnedWord = (TermKey, f64, f64);

#[cfg(feature = "train")]
impl Salience {
    /// The bytes of the tables: log odds of the bins, and words with their
    /// keys rising.
    pub(crate) fn write(bins: &[f64], words: &[LearnedWord]) -> Vec<u8> {
        let mut out = Vec::new();
        for odds in bins {
            out.extend_from_slice(&((odds * 256.0).round().clamp(-32768.0, 32767.0) as i16).to_le_bytes());
        }
        for step in 0..STEPS {
            let odds = (step as f64 - (STEPS / 2) as f64) / 16.0;
            out.extend_from_slice(&((65536.0 / (1.0 + (-odds).exp())).round().min(65535.0) as u16).to_le_bytes());
        }
        let unit = |value: f64| (value * 16.0).round().clamp(-127.0, 127.0) as i8;
        let words: Vec<(TermKey, i8, i8)> =
            words.iter().map(|(k, o, t)| (*k, unit(*o), unit(*t))).filter(|(_, o, t)| (*o, *t) != (0, 0)).collect();
        out.extend_from_slice(&(words.len() as u32).to_le_bytes());
        for (key, odds, telling) in words {
            out.extend_from_slice(&key.to_le_bytes());
            out.extend_from_slice(&[odds as u8, telling as u8]);
        }
        out
    }
}

/// The terms of a sheet's eligible sentences with their bins, for the trainer.
#[cfg(feature = "train")]
pub(crate) fn rows(sheet: &Sheet<'_>) -> Vec<(TermId, TermKey, [usize; GROUPS.len()])> {
    let (facts, places) = (gather(sheet), places(sheet));
    let seen = facts.iter().zip(&sheet.terms.terms).zip(0..).filter(|((facts, _), _)| facts.times > 0);
    let row = |((facts, term), number): ((&Facts, &Term), TermId)| {
        let bins = bins(sheet, &places, (term, sheet.title.contains(number)), facts);
        (number, term.key, bins.map(usize::from))
    };
    seen.map(row).collect()
}
