//! Learns how likely a word of the body is to stand in the editor's lede:
//! logistic regression over the bins of `score::salience` and over the word
//! itself, by stochastic gradient descent with a falling step (AdaGrad), in
//! the order of the articles. Deterministic.

use std::collections::{BTreeMap, HashMap};
use tomtat::train::terms::salience::ENTRIES;

/// A word is given log odds of its own where it was seen in so many articles.
const LEAST_ARTICLES: u32 = 20;

/// Pull of a word's own log odds towards 0, per article it was seen in.
const WORD_PENALTY: f64 = 0.02;

/// One word of one article.
pub struct Example {
    /// The word.
    pub key: u32,
    /// Its bins.
    pub bins: [u16; 7],
    /// Whether the lede has it.
    pub in_lede: bool,
}

/// A weight with the sum of its squared gradients.
#[derive(Default, Clone, Copy)]
struct Weight {
    value: f64,
    squares: f64,
}

impl Weight {
    fn step(&mut self, gradient: f64, rate: f64) {
        self.squares += gradient * gradient;
        self.value -= rate * gradient / (self.squares.sqrt() + 1e-3);
    }
}

/// Log odds of the bins, and of words by rising key.
pub fn fit(examples: &[Example], passes: usize) -> (Vec<f64>, Vec<(u32, f64)>) {
    let mut seen: HashMap<u32, u32> = HashMap::new();
    examples.iter().for_each(|e| *seen.entry(e.key).or_default() += 1);
    let mut bins = vec![Weight::default(); ENTRIES];
    let mut words: BTreeMap<u32, Weight> =
        seen.iter().filter(|(_, n)| **n >= LEAST_ARTICLES).map(|(k, _)| (*k, Weight::default())).collect();
    for pass in 0..passes {
        let mut loss = 0.0;
        for example in examples {
            let word = words.get(&example.key).map_or(0.0, |w| w.value);
            let odds = word + example.bins.iter().map(|b| bins[usize::from(*b)].value).sum::<f64>();
            let p = 1.0 / (1.0 + (-odds).exp());
            let error = p - f64::from(u8::from(example.in_lede));
            loss -= if example.in_lede { p } else { 1.0 - p }.max(1e-9).ln();
            example.bins.iter().for_each(|b| bins[usize::from(*b)].step(error, 0.05));
            if let Some(weight) = words.get_mut(&example.key) {
                weight.step(error + WORD_PENALTY * weight.value, 0.05);
            }
        }
        eprintln!("salience, pass {}: loss {:.5}", pass + 1, loss / examples.len() as f64);
    }
    (bins.iter().map(|w| w.value).collect(), words.into_iter().map(|(k, w)| (k, w.value)).collect())
}
