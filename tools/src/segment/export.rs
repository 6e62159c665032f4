//! Float weights → the integers of the model file.

use super::Options;
use super::corpus::Corpus;
use super::learn::{KeyMap, Learner, Weights};
use std::collections::HashSet;
use std::collections::hash_map::Entry;
use tomtat::train::rows::{ROW_WEIGHTS, Row, RowKey, Rows};
use tomtat::train::{SegmenterParts, seal, vocabulary::Vocabulary};

/// A weight of this size becomes 127.
const LARGEST_WEIGHT: f32 = 4.0;

/// The averaged weights, rounded to the whole numbers of the model file.
pub fn quantized(learner: &Learner) -> Weights {
    let mut weights = learner.averaged();
    let scale = 127.0 / LARGEST_WEIGHT;
    let small = |w: f32| (w * scale).round().clamp(-127.0, 127.0);
    let wide = |w: &mut f32| *w = (*w * scale).round().clamp(-32_000.0, 32_000.0);
    weights.unigrams.iter_mut().for_each(|row| *row = row.map(small));
    weights.rows.values_mut().for_each(|row| *row = row.map(small));
    for table in [&mut weights.case_windows, &mut weights.lexical, &mut weights.edges] {
        table.iter_mut().for_each(wide);
    }
    weights
}

/// The model's bytes.
pub fn export(weights: &Weights, learner: &Learner, corpus: &Corpus, options: &Options) -> Vec<u8> {
    // Rounded already: these only change the type.
    let small = |w: f32| w as i8;
    let wide = |w: &f32| *w as i16;
    // Every row with its word class; rows of words only come last, most
    // common first, so that the rarest are lost where the table is full.
    let mut rows: KeyMap<(u8, [i8; ROW_WEIGHTS])> = KeyMap::default();
    let mut order = Vec::new();
    for key in learner.keys() {
        let quantized = weights.rows[key].map(small);
        if quantized != [0; ROW_WEIGHTS] && rows.insert(*key, (0, quantized)).is_none() {
            order.push(*key);
        }
    }
    let mut words: Vec<_> = corpus.lexicon.words().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then(a.2.cmp(&b.2)).then(a.0.cmp(&b.0)));
    for (key, _, _) in words {
        rows.entry(key)
            .or_insert_with(|| {
                order.push(key);
                (0, [0; ROW_WEIGHTS])
            })
            .0 = corpus.lexicon.class(key, 0);
    }
    let extended = add_prefixes(&mut rows, &mut order);
    let table: Vec<_> = order.iter().map(|key| (*key, Row::new(rows[key].0, extended.contains(key), rows[key].1))).collect();
    let (rows, lost) = Rows::build(&table, options.bits);
    eprintln!("{} rows, {lost} of them found no place", table.len());
    let parts = SegmenterParts {
        vocabulary: Vocabulary::new((0..corpus.vocabulary.len()).filter_map(|i| corpus.vocabulary.form(i as u16 + 64))),
        unigrams: weights.unigrams.iter().map(|w| w.map(small)).collect(),
        case_windows: weights.case_windows.iter().map(wide).collect(),
        lexical: weights.lexical.iter().map(wide).collect(),
        edges: weights.edges.iter().map(wide).collect(),
        rows,
    };
    seal(&[(*b"SEGM", parts.write())])
}

/// Longer n-grams are looked for only where the shorter one has a row that
/// says so: gives those, and adds the rows that are missing, at the front.
fn add_prefixes(rows: &mut KeyMap<(u8, [i8; ROW_WEIGHTS])>, order: &mut Vec<RowKey>) -> HashSet<RowKey> {
    let mut extended = HashSet::new();
    let mut missing = Vec::new();
    for key in order.iter() {
        let mut prefix = key.prefix();
        while let Some(key) = prefix {
            extended.insert(key);
            if let Entry::Vacant(slot) = rows.entry(key) {
                slot.insert((0, [0; ROW_WEIGHTS]));
                missing.push(key);
            }
            prefix = key.prefix();
        }
    }
    missing.append(order);
    *order = missing;
    extended
}
