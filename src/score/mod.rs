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
mod names;
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
use sheet::{ONE, Sheet};

/// A signal: its name and how to read it off a sentence.
pub(crate) struct Signal {
    pub(crate) name: &'static str,
    read: fn(&Sheet<'_>, usize) -> i64,
}

/// All signals, in the order of their weights.
pub(crate) const SIGNALS: &[Signal] = &[
    Signal { name: "salient words", read: salience::words },
    Signal { name: "salient pairs", read: salience::pairs },
    Signal { name: "salience", read: salience::sum },
    Signal { name: "beyond the lede", read: salience::beyond_lede },
    Signal { name: "telling words", read: salience::telling },
    Signal { name: "title coverage", read: title::coverage },
    Signal { name: "title focus", read: title::focus },
    Signal { name: "title similarity", read: title::similarity },
    Signal { name: "title pairs", read: title::pairs },
    Signal { name: "early", read: position::early },
    Signal { name: "first", read: position::first },
    Signal { name: "second", read: position::second },
    Signal { name: "opening", read: position::opening },
    Signal { name: "relative position", read: position::relative },
    Signal { name: "last", read: position::last },
    Signal { name: "length", read: length::log },
    Signal { name: "short", read: length::short },
    Signal { name: "very short", read: length::very_short },
    Signal { name: "long", read: length::long },
    Signal { name: "very long", read: length::very_long },
    Signal { name: "tf-idf", read: tfidf::sum },
    Signal { name: "recurring words", read: tfidf::damped },
    Signal { name: "centrality", read: centrality::centrality },
    Signal { name: "like the lead", read: lead::similarity },
    Signal { name: "lede coverage", read: lead::lede_coverage },
    Signal { name: "question", read: form::question },
    Signal { name: "quotation", read: form::quotation },
    Signal { name: "announcement", read: form::announcement },
    Signal { name: "list item", read: form::list_item },
    Signal { name: "number", read: form::number_count },
    Signal { name: "numbers", read: form::numbers },
    Signal { name: "capitals", read: form::capitals },
    Signal { name: "names", read: names::names },
    Signal { name: "persons", read: names::persons },
    Signal { name: "organizations", read: names::organizations },
    Signal { name: "products", read: names::products },
    Signal { name: "main name", read: names::main_name },
    Signal { name: "main names", read: names::main_names_count },
    Signal { name: "money", read: names::money },
    Signal { name: "amounts", read: names::amounts },
    Signal { name: "date", read: names::date },
    Signal { name: "dates", read: names::dates },
    Signal { name: "in person", read: wording::in_person },
    Signal { name: "ahead", read: wording::ahead },
    Signal { name: "adds on", read: wording::adds_on },
    Signal { name: "announces", read: wording::announces },
    Signal { name: "cites", read: wording::cites },
    Signal { name: "supposes", read: wording::supposes },
    Signal { name: "points back", read: wording::points_back },
    Signal { name: "lede", read: lead::is_lede },
];

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
            if name != signal.name {
                return Err(reader.error(format!("a weight for {name:?} where {:?} is due", signal.name)));
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
    pub(crate) fn contributions(&self, sheet: &Sheet<'_>, sentence: usize) -> impl Iterator<Item = (&'static str, i64)> {
        sheet.guess_salience(&self.salience);
        let [titled, untitled, led] = &self.weights;
        let weights = match (sheet.lede.total > 0, sheet.title.total > 0) {
            (true, _) => led,
            (false, true) => titled,
            (false, false) => untitled,
        };
        let focus = focus::asked_for(sheet, sentence) * FOCUS_WEIGHT / ONE;
        SIGNALS
            .iter()
            .zip(weights)
            .map(move |(signal, weight)| (signal.name, (signal.read)(sheet, sentence) * i64::from(*weight) / ONE))
            .chain((focus > 0).then_some(("focus", focus)))
    }
}

/// The signals of a sentence, for the trainer.
#[cfg(feature = "train")]
pub(crate) fn signals(sheet: &Sheet<'_>, sentence: usize) -> Vec<i64> {
    SIGNALS.iter().map(|s| (s.read)(sheet, sentence)).collect()
}

#[cfg(feature = "train")]
impl Scoring {
    /// The signals of a sentence, for the trainer.
    pub(crate) fn signals(&self, sheet: &Sheet<'_>, sentence: usize) -> Vec<i64> {
        sheet.guess_salience(&self.salience);
        signals(sheet, sentence)
    }

    /// The bytes of a section with these weights, and these tables of
    /// [`salience`].
    pub fn write(weights: &[[i32; KINDS]], bins: &[f64], words: &[salience::LearnedWord]) -> Vec<u8> {
        let mut out = vec![SIGNALS.len() as u8];
        for (signal, columns) in SIGNALS.iter().zip(weights) {
            out.push(signal.name.len() as u8);
            out.extend_from_slice(signal.name.as_bytes());
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
        SIGNALS.iter().map(|s| s.name).collect()
    }
}
