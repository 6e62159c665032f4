//! Float weights → the integers of the model file.

use super::Trained;
use super::data::Dictionary;
use tomtat::train::chain::TAGS;
use tomtat::train::knowledge::Knowledge;
use tomtat::train::recognize::RecognizerParts;
use tomtat::train::seal;
use tomtat::train::weights::Weights;

/// A weight of this size becomes 127.
const LARGEST_WEIGHT: f32 = 3.0;

/// The model's bytes.
pub fn export(trained: &Trained, dictionary: &Dictionary, knowledge: Knowledge, bits: u8) -> Vec<u8> {
    let model = &trained.model;
    let scale = 127.0 / LARGEST_WEIGHT;
    let mut rows: Vec<(f32, u64, [i8; TAGS])> = Vec::new();
    for (row, key) in model.rows.iter().zip(dictionary.keys.iter().chain(&trained.votes.keys)) {
        let quantized = std::array::from_fn(|i| (row[i] * scale).round().clamp(-127.0, 127.0) as i8);
        if quantized != [0; TAGS] {
            rows.push((row.iter().map(|w| w.abs()).sum(), *key, quantized));
        }
    }
    // The weakest come last and are lost where the table is full.
    rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let rows: Vec<(u64, [i8; TAGS])> = rows.into_iter().map(|(_, key, row)| (key, row)).collect();
    let (weights, lost) = Weights::build(&rows, bits);
    eprintln!("{} rows, {lost} of them found no place", rows.len());
    let steps = std::array::from_fn(|j| std::array::from_fn(|k| (model.steps[j][k] * scale).round().clamp(-32_000.0, 32_000.0) as i16));
    seal(&[(*b"NAME", RecognizerParts { knowledge, steps, weights }.write())])
}
