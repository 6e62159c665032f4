//! Sentences → scores, signal by signal.
//!
//! Takes terms and roles, gives each sentence a score and what it is made of.
//! A score is the sum of signals times learned weights, all integers in units
//! of 2⁻¹⁶; the contributions add up to it exactly. Promises: linear in the
//! text. Leaves the choice to `select`.
//!
//! One file per kind of signal; a new signal is a function there and a line in
//! [`SIGNALS`].

pub mod background;
mod centrality;
mod focus;
mod form;
pub(crate) mod keyword;
mod lead;
mod length;
pub(crate) mod line;
pub(crate) mod names;
#[cfg(feature = "train")]
pub mod observed;
mod position;
pub mod salience;
pub(crate) mod sheet;
pub(crate) mod stop_words;
pub(crate) mod tally;
pub mod terms;
#[cfg(all(test, feature = "builtin-model"))]
pub(crate) mod testing;
mod tfidf;
mod title;
pub(crate) mod word_table;
mod wording;

use crate::error::Error;
use crate::model::wire::Reader;
use line::Line;
use sheet::{ONE, Sheet};

/// Names the signals and reads them all: each by its name and how to read it off
/// a sentence. Calls through a table, sentence after sentence, would be guessed
/// wrong.
macro_rules! signals {
    ($($name:literal => $read:path,)*) => {
        /// All signals, in the order of their weights.
        pub(crate) const SIGNALS: &[&str] = &[$($name),*];

        /// The signals of a sentence.
        fn read_all(line: &Line<'_, '_>) -> [i64; SIGNALS.len()] {
            [$($read(line)),*]
        }
    };
}

signals! {
    "salient words" => salience::words,
    "salient pairs" => salience::pairs,
    "salience" => salience::sum,
    "beyond the lede" => salience::beyond_lede,
    "telling words" => salience::telling,
    "title coverage" => title::coverage,
    "title focus" => title::focus,
    "title similarity" => title::similarity,
    "title pairs" => title::pairs,
    "early" => position::early,
    "first" => position::first,
    "second" => position::second,
    "opening" => position::opening,
    "relative position" => position::relative,
    "last" => position::last,
    "length" => length::log,
    "short" => length::short,
    "very short" => length::very_short,
    "long" => length::long,
    "very long" => length::very_long,
    "tf-idf" => tfidf::sum,
    "recurring words" => tfidf::damped,
    "centrality" => centrality::centrality,
    "like the lead" => lead::similarity,
    "lede coverage" => lead::lede_coverage,
    "question" => form::question,
    "quotation" => form::quotation,
    "announcement" => form::announcement,
    "list item" => form::list_item,
    "number" => form::number_count,
    "numbers" => form::numbers,
    "capitals" => form::capitals,
    "names" => names::names,
    "persons" => names::persons,
    "organizations" => names::organizations,
    "products" => names::products,
    "main name" => names::main_name,
    "main names" => names::main_names_count,
    "money" => names::money,
    "amounts" => names::amounts,
    "date" => names::date,
    "dates" => names::dates,
    "in person" => wording::in_person,
    "ahead" => wording::ahead,
    "adds on" => wording::adds_on,
    "announces" => wording::announces,
    "cites" => wording::cites,
    "supposes" => wording::supposes,
    "points back" => wording::points_back,
    "lede" => lead::is_lede,
}

/// Weight of what the reader asked for. Scores spread by 1/8 inside an article:
/// a plain sentence that says it passes one without it that is four times the
/// spread ahead.
const FOCUS_WEIGHT: i64 = ONE / 2;

/// The weights for one kind of article, by signal.
pub(crate) const KINDS: usize = 3;

/// The learned weights of the signals and the salience of words.
#[derive(Debug)]
pub struct Scoring {
    /// For articles with a title, without a title, and with a lede.
    weights: [Vec<i32>; KINDS],
    salience: salience::Salience,
}

impl Scoring {
    /// Reads: number of signals u8, then per signal its name and its three
    /// weights i32 in units of 2⁻¹⁶; then the salience of words.
    #[warn(clippy::arithmetic_side_effects)]
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new("scoring", bytes);
        let count = reader.u8()? as usize;
        if count != SIGNALS.len() {
            return Err(reader.error(format!("weights for {count} signals where there are {}", SIGNALS.len())));
        }
        let mut weights = [const { Vec::new() }; KINDS];
        for signal in SIGNALS {
            let name = reader.short_text()?;
            if name != *signal {
                return Err(reader.error(format!("a weight for {name:?} where {signal:?} is due")));
            }
            for column in &mut weights {
                column.push(reader.u32()? as i32);
            }
        }
        let salience = salience::Salience::read(&mut reader)?;
        reader.end()?;
        Ok(Self { weights, salience })
    }

    /// What is learned of single words.
    pub(crate) fn salience(&self) -> &salience::Salience {
        &self.salience
    }

    /// The contributions to a sentence's score, in the order of [`SIGNALS`],
    /// the reader's wish last.
    pub(crate) fn contributions(&self, sheet: &Sheet<'_>, sentence: usize) -> impl Iterator<Item = (&'static str, i64)> + Clone + use<> {
        let line = sheet.line(sentence);
        let values = self.weighed(&line);
        let focus = focus(&line);
        SIGNALS.iter().copied().zip(values).chain((focus > 0).then_some(("focus", focus)))
    }

    /// A sentence's score: all contributions together.
    pub(crate) fn score(&self, sheet: &Sheet<'_>, sentence: usize) -> i64 {
        let line = sheet.line(sentence);
        self.weighed(&line).iter().sum::<i64>() + focus(&line)
    }

    /// The signals of a sentence times their weights.
    fn weighed(&self, line: &Line<'_, '_>) -> [i64; SIGNALS.len()] {
        let [titled, untitled, led] = &self.weights;
        let weights = match (line.sheet.lede.total > 0, line.sheet.title.total > 0) {
            (true, _) => led,
            (false, true) => titled,
            (false, false) => untitled,
        };
        let mut values = read_all(line);
        for (value, weight) in values.iter_mut().zip(weights) {
            *value = *value * i64::from(*weight) / ONE;
        }
        values
    }
}

/// What a sentence gains by what the reader asked for.
fn focus(line: &Line<'_, '_>) -> i64 {
    focus::asked_for(line) * FOCUS_WEIGHT / ONE
}

#[cfg(feature = "train")]
impl Scoring {
    /// The signals of a sentence, for the trainer.
    pub(crate) fn signals(sheet: &Sheet<'_>, sentence: usize) -> Vec<i64> {
        read_all(&sheet.line(sentence)).to_vec()
    }

    /// The bytes of a section with these weights, and these tables of
    /// [`salience`].
    pub fn write(weights: &[[i32; KINDS]], bins: &[f64], words: &[salience::LearnedWord]) -> Vec<u8> {
        let mut out = vec![SIGNALS.len() as u8];
        for (signal, columns) in SIGNALS.iter().zip(weights) {
            out.push(signal.len() as u8);
            out.extend_from_slice(signal.as_bytes());
            columns.iter().for_each(|w| out.extend_from_slice(&w.to_le_bytes()));
        }
        out.extend(salience::Salience::write(bins, words));
        out
    }

    /// A section that knows nothing.
    pub(crate) fn blank() -> Vec<u8> {
        Self::write(&vec![[0; KINDS]; SIGNALS.len()], &[0.0; salience::ENTRIES], &[])
    }

    /// Names of the signals, in the order of their weights.
    pub fn names() -> Vec<&'static str> {
        SIGNALS.to_vec()
    }
}
