//! Learns which words tell that a sentence says what the lede says, beyond
//! what the other signals say: stochastic gradient descent on what these leave
//! unexplained. Deterministic.

use std::collections::{BTreeMap, HashMap};
use tomtat::train::terms::salience::TELLING_DAMPING;

/// A word needs so many sentences to be heard.
const LEAST_SENTENCES: u32 = 40;

/// A sentence: its words, and what the other signals leave of its worth.
pub struct Rest {
    /// Keys of its words, each once.
    pub words: Vec<u32>,
    /// Worth less the prediction, both less their means over the article.
    pub rest: f64,
}

/// What each word tells, by key, in units of the spread of the rests.
pub fn fit(sentences: &[Rest], passes: usize, penalty: f64) -> BTreeMap<u32, f64> {
    let mut seen: HashMap<u32, u32> = HashMap::new();
    sentences.iter().flat_map(|s| &s.words).for_each(|w| *seen.entry(*w).or_default() += 1);
    let spread = (sentences.iter().map(|s| s.rest * s.rest).sum::<f64>() / sentences.len() as f64).sqrt();
    let mut values: BTreeMap<u32, (f64, f64)> =
        seen.iter().filter(|(_, n)| **n >= LEAST_SENTENCES).map(|(k, _)| (*k, (0.0, 0.0))).collect();
    for pass in 0..passes {
        let mut loss = 0.0;
        for sentence in sentences {
            let scale = 1.0 / (sentence.words.len() as f64 + TELLING_DAMPING as f64);
            let guess: f64 = sentence.words.iter().filter_map(|w| values.get(w)).map(|v| v.0).sum::<f64>() * scale;
            let error = guess - sentence.rest / spread;
            loss += error * error;
            for word in &sentence.words {
                if let Some((value, squares)) = values.get_mut(word) {
                    let gradient = error * scale + penalty * *value;
                    *squares += gradient * gradient;
                    *value -= 0.2 * gradient / (squares.sqrt() + 1e-3);
                }
            }
        }
        eprintln!("telling words, pass {}: unexplained {:.4}", pass + 1, loss / sentences.len() as f64);
    }
    values.into_iter().map(|(k, v)| (k, v.0)).collect()
}
