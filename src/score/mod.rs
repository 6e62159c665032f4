//! Sentences → scores, signal by signal.
//!
//! Takes terms and roles, gives each sentence a score and what it is made of.
//! A score is the sum of signals times learned weights, all integers in units
//! of 2⁻¹⁶; the contributions add up to it exactly. Promises: linear in the
//! text. Leaves the choice to `select`.
//!
//! One signal per file; a new one is a file and a line in [`SIGNALS`].

pub mod background;
mod centrality;
mod form;
mod lead;
mod length;
mod position;
pub(crate) mod sheet;
pub(crate) mod stop_words;
pub mod terms;
mod tfidf;
mod title;

use crate::error::Error;
use crate::model::wire::Reader;
use crate::summary::Role;
use sheet::{ONE, Sheet};

/// A signal: its name and how to read it off a sentence.
pub(crate) struct Signal {
    pub(crate) name: &'static str,
    read: fn(&Sheet<'_>, usize) -> i64,
}

/// All signals, in the order of their weights.
pub(crate) const SIGNALS: &[Signal] = &[
    Signal { name: "title coverage", read: title::coverage },
    Signal { name: "title focus", read: title::focus },
    Signal { name: "early", read: position::early },
    Signal { name: "first", read: position::first },
    Signal { name: "relative position", read: position::relative },
    Signal { name: "length", read: length::log },
    Signal { name: "very short", read: length::very_short },
    Signal { name: "very long", read: length::very_long },
    Signal { name: "tf-idf", read: tfidf::sum },
    Signal { name: "recurring words", read: tfidf::damped },
    Signal { name: "centrality", read: centrality::centrality },
    Signal { name: "like the lead", read: lead::similarity },
    Signal { name: "lede coverage", read: lead::lede_coverage },
    Signal { name: "question", read: form::question },
    Signal { name: "quotation", read: form::quotation },
    Signal { name: "numbers", read: form::numbers },
    Signal { name: "capitals", read: form::capitals },
];

/// The learned weights of the signals.
#[derive(Debug)]
pub struct Scoring {
    /// For articles with a title.
    titled: Vec<i32>,
    /// For articles without.
    untitled: Vec<i32>,
}

/// What the lede's being the editor's own summary is worth.
const LEDE_BONUS: i64 = ONE / 4;

impl Scoring {
    /// Reads: number of signals u8, then per signal its name and its two
    /// weights i32 in units of 2⁻¹⁶.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new("scoring", bytes);
        let count = reader.u8()? as usize;
        if count != SIGNALS.len() {
            return Err(reader.error(format!("weights for {count} signals where there are {}", SIGNALS.len())));
        }
        let mut this = Self { titled: Vec::new(), untitled: Vec::new() };
        for signal in SIGNALS {
            let name = reader.short_text()?;
            if name != signal.name {
                return Err(reader.error(format!("a weight for {name:?} where {:?} is due", signal.name)));
            }
            this.titled.push(reader.u32()? as i32);
            this.untitled.push(reader.u32()? as i32);
        }
        reader.end()?;
        Ok(this)
    }

    /// The contributions to a sentence's score, in the order of [`SIGNALS`],
    /// the lede's own value last.
    pub(crate) fn contributions(&self, sheet: &Sheet<'_>, sentence: usize) -> impl Iterator<Item = (&'static str, i64)> {
        let weights = if sheet.title.total > 0 { &self.titled } else { &self.untitled };
        let lede = sheet.roles.get(sentence) == Some(&Role::Lede);
        SIGNALS
            .iter()
            .zip(weights)
            .map(move |(signal, weight)| (signal.name, (signal.read)(sheet, sentence) * i64::from(*weight) / ONE))
            .chain(lede.then_some(("lede", LEDE_BONUS)))
    }
}

/// The signals of a sentence, for the trainer.
#[cfg(feature = "train")]
pub(crate) fn signals(sheet: &Sheet<'_>, sentence: usize) -> Vec<i64> {
    SIGNALS.iter().map(|s| (s.read)(sheet, sentence)).collect()
}

#[cfg(feature = "train")]
impl Scoring {
    /// The bytes of a section with these weights, titled and untitled.
    pub fn write(weights: &[(i32, i32)]) -> Vec<u8> {
        let mut out = vec![SIGNALS.len() as u8];
        for (signal, (titled, untitled)) in SIGNALS.iter().zip(weights) {
            out.push(signal.name.len() as u8);
            out.extend_from_slice(signal.name.as_bytes());
            out.extend_from_slice(&titled.to_le_bytes());
            out.extend_from_slice(&untitled.to_le_bytes());
        }
        out
    }

    /// A section whose weights are all 0.
    pub(crate) fn blank() -> Vec<u8> {
        Self::write(&vec![(0, 0); SIGNALS.len()])
    }

    /// Names of the signals, in the order of their weights.
    pub fn names() -> Vec<&'static str> {
        SIGNALS.iter().map(|s| s.name).collect()
    }
}
