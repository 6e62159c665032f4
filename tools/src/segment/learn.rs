//! Structured learning of the weights: decode with a margin, correct what
//! differs from the truth, average.
//!
//! Steps shrink with the number of updates a weight has had (AdaGrad with unit
//! gradients), and the model is the average of the weights over all sentences
//! seen: both in `f64` sums, since `f32` sums lose the average after 16
//! million steps.

use super::Options;
use super::corpus::{Corpus, FORCED, JOIN, Lexicon};
use crate::random::Random;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use tomtat::train::decode::{CONTEXTS, best_path};
use tomtat::train::features::{self, CaseCode, LexicalView, UNIGRAM_BORDERS, WordsHere};
use tomtat::train::rows::{ROW_WEIGHTS, RowKey};
use tomtat::train::sounds::Sounds;
use tomtat::train::vocabulary::{FIRST_SYLLABLE, SyllableId};

/// A hasher for row keys: they are numbers and mix themselves.
#[derive(Default, Clone, Copy)]
pub struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, value: u64) {
        self.0 = value.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        self.0 ^= self.0 >> 32;
    }
}

/// Maps by row key.
pub type KeyMap<V> = HashMap<RowKey, V, BuildHasherDefault<KeyHasher>>;

/// Weights with what their learning needs.
#[derive(Clone)]
struct Cell<const N: usize> {
    weights: [f32; N],
    updates: [f32; N],
    sums: [f64; N],
    since: u32,
}

impl<const N: usize> Default for Cell<N> {
    fn default() -> Self {
        Self { weights: [0.0; N], updates: [0.0; N], sums: [0.0; N], since: 0 }
    }
}

impl<const N: usize> Cell<N> {
    fn settle(&mut self, now: u32) {
        let span = f64::from(now - self.since);
        for (sum, weight) in self.sums.iter_mut().zip(self.weights) {
            *sum += f64::from(weight) * span;
        }
        self.since = now;
    }

    fn update(&mut self, i: usize, sign: f32, now: u32) {
        if self.since != now {
            self.settle(now);
        }
        self.updates[i] += 1.0;
        self.weights[i] += sign / self.updates[i].sqrt();
    }

    fn average(&self, now: u32) -> [f32; N] {
        if now == 0 {
            return self.weights;
        }
        let span = f64::from(now - self.since);
        std::array::from_fn(|i| ((self.sums[i] + f64::from(self.weights[i]) * span) / f64::from(now)) as f32)
    }
}

/// Weights at one moment.
pub struct Weights {
    pub unigrams: Vec<[f32; UNIGRAM_BORDERS]>,
    pub case_windows: Vec<f32>,
    pub lexical: Vec<f32>,
    pub edges: Vec<f32>,
    pub rows: KeyMap<[f32; ROW_WEIGHTS]>,
}

/// Where scores come from: the learner's present weights or an average.
pub trait Score {
    fn unigram(&self, id: SyllableId) -> Option<&[f32; UNIGRAM_BORDERS]>;
    fn row(&self, key: RowKey) -> Option<&[f32; ROW_WEIGHTS]>;
    fn case_window(&self, i: usize) -> f32;
    fn lexical(&self, i: usize) -> f32;
    fn edge(&self, i: usize) -> f32;
}

impl Score for Weights {
    fn unigram(&self, id: SyllableId) -> Option<&[f32; UNIGRAM_BORDERS]> {
        self.unigrams.get(id as usize)
    }
    fn row(&self, key: RowKey) -> Option<&[f32; ROW_WEIGHTS]> {
        self.rows.get(&key)
    }
    fn case_window(&self, i: usize) -> f32 {
        self.case_windows[i]
    }
    fn lexical(&self, i: usize) -> f32 {
        self.lexical[i]
    }
    fn edge(&self, i: usize) -> f32 {
        self.edges[i]
    }
}

/// A sentence on its edged strip, and the buffers to score it.
#[derive(Default)]
pub struct Strip {
    ids: Vec<SyllableId>,
    cases: Vec<CaseCode>,
    words: Vec<WordsHere>,
    scores: Vec<f32>,
    back: Vec<u8>,
    growing: Vec<u32>,
    /// The decisions found: border `b` before token `b + 1`.
    pub joined: Vec<bool>,
}

impl Strip {
    /// Lays out a sentence; `truth` (if known) leaves each occurrence of a word
    /// out of its own lexicon count.
    pub fn lay(&mut self, ids: &[SyllableId], cases: &[CaseCode], lexicon: Option<&Lexicon>, truth: Option<&[u8]>) {
        self.ids.clear();
        self.cases.clear();
        features::push_edge(&mut self.ids, &mut self.cases);
        self.ids.extend_from_slice(ids);
        self.cases.extend_from_slice(cases);
        features::push_edge(&mut self.ids, &mut self.cases);
        self.words.clear();
        self.words.resize(self.ids.len(), WordsHere::default());
        let Some(lexicon) = lexicon else { return };
        let Self { words, growing, .. } = self;
        features::for_each_ngram(&self.ids, growing, |at, length, key| {
            let start = at + 2 - length;
            let less = u32::from(truth.is_some_and(|t| is_word(t, start, length)));
            words[start].set(length, lexicon.class(key, less));
            true
        });
    }

    /// Finds the best decisions. `cost` is added where `truth` says no and
    /// taken away where it says yes, so that the right path must win by it.
    pub fn decode(&mut self, score: &impl Score, sounds: &Sounds, borders: &[u8], cost: f32) {
        self.add_scores(score);
        let Self { ids, cases, words, scores, back, joined, .. } = self;
        let scored = borders.iter().enumerate().skip(1).map(|(i, &truth)| {
            if truth == FORCED {
                return None;
            }
            let b = i + 1;
            let view = LexicalView::new(words, echoes(sounds, ids, b), b);
            let margin = if truth == JOIN { -cost } else { cost };
            Some(std::array::from_fn(|context| {
                let edge = score.edge(features::edge_index(context, cases[b - 1], cases[b]));
                scores[b + 1] + score.lexical(view.index(context)) + edge + margin
            }))
        });
        best_path(scored, back, joined);
    }

    /// The scores of the borders between tokens.
    pub fn border_scores(&mut self, score: &impl Score) -> &[f32] {
        self.add_scores(score);
        // Border `b` of the edged strip is at `b + 1`; the first lies between
        // the first two tokens.
        self.scores.get(3..self.ids.len().max(3)).unwrap_or(&[])
    }

    fn add_scores(&mut self, score: &impl Score) {
        let Self { ids, cases, scores, growing, .. } = self;
        scores.clear();
        scores.resize(ids.len() + 8, 0.0);
        for (i, id) in ids.iter().enumerate() {
            let Some(weights) = score.unigram(*id) else { continue };
            for (k, w) in weights.iter().enumerate().skip(usize::from(i == 0)) {
                scores[i + k - 1] += w;
            }
        }
        features::for_each_ngram(ids, growing, |at, length, key| {
            if let Some(weights) = score.row(key) {
                for (k, w) in weights.iter().take(features::borders_seen(length)).enumerate() {
                    scores[at + k] += w;
                }
            }
            true
        });
        for b in 2..ids.len() - 1 {
            scores[b + 1] += score.case_window(case_window(cases, b));
            for key in features::capital_keys((ids[b - 1], cases[b - 1]), (ids[b], cases[b])).into_iter().flatten() {
                scores[b + 1] += score.row(key).map_or(0.0, |w| w[0]);
            }
        }
    }
}

/// The index of the cases around border `b`.
fn case_window(cases: &[CaseCode], b: usize) -> usize {
    features::case_window([cases[b - 2], cases[b - 1], cases[b], cases[b + 1]])
}

/// How the syllables beside border `b` echo each other.
fn echoes(sounds: &Sounds, ids: &[SyllableId], b: usize) -> u8 {
    sounds.echo(ids[b - 1], ids[b])
}

/// Whether the n-gram at edged position `start` is exactly one word in truth.
fn is_word(truth: &[u8], start: usize, length: usize) -> bool {
    let Some(first) = start.checked_sub(1) else { return false };
    let end = first + length;
    end <= truth.len()
        && truth[first] != JOIN
        && truth[first + 1..end].iter().all(|b| *b == JOIN)
        && truth.get(end).is_none_or(|b| *b != JOIN)
}

/// The weights while they are learned.
pub struct Learner {
    unigrams: Vec<Cell<UNIGRAM_BORDERS>>,
    case_windows: Vec<Cell<1>>,
    lexical: Vec<Cell<1>>,
    edges: Vec<Cell<1>>,
    rows: KeyMap<u32>,
    cells: Vec<Cell<ROW_WEIGHTS>>,
    keys: Vec<RowKey>,
    frozen: bool,
    now: u32,
    margin: f32,
    dropout: u32,
}

impl Score for Learner {
    fn unigram(&self, id: SyllableId) -> Option<&[f32; UNIGRAM_BORDERS]> {
        self.unigrams.get(id as usize).map(|c| &c.weights)
    }
    fn row(&self, key: RowKey) -> Option<&[f32; ROW_WEIGHTS]> {
        self.rows.get(&key).map(|i| &self.cells[*i as usize].weights)
    }
    fn case_window(&self, i: usize) -> f32 {
        self.case_windows[i].weights[0]
    }
    fn lexical(&self, i: usize) -> f32 {
        self.lexical[i].weights[0]
    }
    fn edge(&self, i: usize) -> f32 {
        self.edges[i].weights[0]
    }
}

impl Learner {
    pub fn new(corpus: &Corpus, options: &Options) -> Self {
        Self {
            unigrams: vec![Cell::default(); corpus.vocabulary.len() + FIRST_SYLLABLE as usize],
            case_windows: vec![Cell::default(); features::CASE_WINDOWS],
            lexical: vec![Cell::default(); features::LEXICAL],
            edges: vec![Cell::default(); features::EDGES],
            rows: KeyMap::default(),
            cells: Vec::new(),
            keys: Vec::new(),
            frozen: false,
            now: 0,
            margin: options.margin,
            dropout: options.dropout,
        }
    }

    pub fn row_count(&self) -> usize {
        self.cells.len()
    }

    /// One pass, gold copies spread among the silver sentences.
    pub fn pass(&mut self, corpus: &Corpus, pass: usize, gold_copies: usize) {
        let silver = corpus.first_gold;
        let gold = corpus.sentences.len() - silver;
        let mut order: Vec<u32> = (0..silver as u32).collect();
        for _ in 0..gold_copies {
            order.extend((silver..silver + gold).map(|i| i as u32));
        }
        let mut random = Random(pass as u64);
        random.shuffle(&mut order);
        let mut strip = Strip::default();
        let (mut wrong, mut total) = (0, 0);
        for (done, i) in order.iter().enumerate() {
            let hide = random.below(100) < u64::from(self.dropout);
            wrong += self.learn(corpus, *i as usize, hide, &mut strip);
            total += corpus.sentences.range(*i as usize).len();
            if done % 200_000 == 199_999 {
                eprintln!(
                    "  {} of {} sentences, {:.3}% of borders corrected, {} rows",
                    done + 1,
                    order.len(),
                    100.0 * wrong as f64 / total as f64,
                    self.cells.len()
                );
                (wrong, total) = (0, 0);
            }
        }
    }

    /// Learns from one sentence; gives the number of borders corrected.
    fn learn(&mut self, corpus: &Corpus, i: usize, hide: bool, strip: &mut Strip) -> usize {
        let range = corpus.sentences.range(i);
        let borders = &corpus.sentences.borders[range.clone()];
        self.now += 1;
        if borders.len() < 2 {
            return 0;
        }
        let lexicon = (!hide).then_some(&corpus.lexicon);
        strip.lay(&corpus.sentences.ids[range.clone()], &corpus.sentences.cases[range], lexicon, Some(borders));
        strip.decode(self, &corpus.sounds, borders, self.margin);
        let mut wrong = 0;
        let mut contexts = [0; 2];
        for border in 0..borders.len() - 1 {
            let decisions = [borders[border + 1] == JOIN, strip.joined[border]];
            let signs = [1.0, -1.0];
            if decisions[0] != decisions[1] {
                wrong += 1;
                self.update_border(strip, border + 2, if decisions[0] { 1.0 } else { -1.0 });
            }
            if decisions[0] != decisions[1] || contexts[0] != contexts[1] {
                for ((joined, context), sign) in decisions.into_iter().zip(contexts).zip(signs) {
                    if joined {
                        self.update_context(strip, &corpus.sounds, border + 2, context, sign);
                    }
                }
            }
            for (context, joined) in contexts.iter_mut().zip(decisions) {
                *context = (*context << 1 | usize::from(joined)) % CONTEXTS;
            }
        }
        wrong
    }

    fn update_context(&mut self, strip: &Strip, sounds: &Sounds, b: usize, context: usize, sign: f32) {
        let view = LexicalView::new(&strip.words, echoes(sounds, &strip.ids, b), b).index(context);
        self.lexical[view].update(0, sign, self.now);
        self.edges[features::edge_index(context, strip.cases[b - 1], strip.cases[b])].update(0, sign, self.now);
    }

    fn update_border(&mut self, strip: &Strip, b: usize, sign: f32) {
        let now = self.now;
        let ids = &strip.ids;
        for i in b.saturating_sub(3)..(b + 3).min(ids.len()) {
            self.unigrams[ids[i] as usize].update(b + 2 - i, sign, now);
        }
        for length in 2..=features::MAX_NGRAM {
            for i in b.saturating_sub(3)..=b + 3 - length {
                let Some(ngram) = ids.get(i..i + length) else { break };
                self.update_row(RowKey::new(ngram), b + 3 - i - length, sign);
            }
        }
        self.case_windows[case_window(&strip.cases, b)].update(0, sign, now);
        for key in features::capital_keys((ids[b - 1], strip.cases[b - 1]), (ids[b], strip.cases[b])).into_iter().flatten() {
            self.update_row(key, 0, sign);
        }
    }

    fn update_row(&mut self, key: RowKey, weight: usize, sign: f32) {
        let index = match self.rows.get(&key) {
            Some(i) => *i as usize,
            None if self.frozen => return,
            None => {
                self.rows.insert(key, self.cells.len() as u32);
                self.cells.push(Cell { since: self.now, ..Cell::default() });
                self.keys.push(key);
                self.cells.len() - 1
            }
        };
        self.cells[index].update(weight, sign, self.now);
    }

    /// The averages so far.
    pub fn averaged(&self) -> Weights {
        let flat = |cells: &[Cell<1>]| cells.iter().map(|c| c.average(self.now)[0]).collect();
        Weights {
            unigrams: self.unigrams.iter().map(|c| c.average(self.now)).collect(),
            case_windows: flat(&self.case_windows),
            lexical: flat(&self.lexical),
            edges: flat(&self.edges),
            rows: self.keys.iter().zip(&self.cells).map(|(key, cell)| (*key, cell.average(self.now))).collect(),
        }
    }

    /// Keeps the `keep` rows with the greatest averaged weights and learns no
    /// new ones from here on; averages start anew from where they stand.
    pub fn prune(&mut self, keep: usize) {
        let strength = |cell: &Cell<ROW_WEIGHTS>| {
            let average = cell.average(self.now);
            let updates: f32 = cell.updates.iter().sum();
            average.iter().fold(0.0_f32, |m, w| m.max(w.abs())) * updates.sqrt()
        };
        let mut ranked: Vec<(f32, usize)> = self.cells.iter().enumerate().map(|(i, c)| (strength(c), i)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.truncate(keep);
        let mut kept: Vec<usize> = ranked.into_iter().map(|(_, i)| i).collect();
        kept.sort_unstable();
        self.cells = kept.iter().map(|i| self.cells[*i].clone()).collect();
        self.keys = kept.iter().map(|i| self.keys[*i]).collect();
        self.rows = self.keys.iter().enumerate().map(|(i, key)| (*key, i as u32)).collect();
        self.restart();
        self.frozen = true;
    }

    fn restart(&mut self) {
        let now = self.now;
        let reset = |cell: &mut Cell<1>| {
            let average = cell.average(now);
            *cell = Cell { weights: average, updates: cell.updates, ..Cell::default() };
        };
        self.case_windows.iter_mut().for_each(reset);
        self.lexical.iter_mut().for_each(reset);
        self.edges.iter_mut().for_each(reset);
        for cell in &mut self.unigrams {
            *cell = Cell { weights: cell.average(now), updates: cell.updates, ..Cell::default() };
        }
        for cell in &mut self.cells {
            *cell = Cell { weights: cell.average(now), updates: cell.updates, ..Cell::default() };
        }
        self.now = 0;
    }

    /// The key of each row, in the order they were first needed.
    pub fn keys(&self) -> &[RowKey] {
        &self.keys
    }
}
