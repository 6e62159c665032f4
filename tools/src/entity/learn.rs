//! A linear-chain conditional random field, learned online.
//!
//! Each zone of an article is a chain; weights follow the gradient of its
//! log-likelihood by FTRL-proximal (AdaGrad steps with L1 and L2 in closed
//! form), so that most weights end at exactly 0 and the model stays small.
//! One thread, a fixed order: the same input gives the same weights.

use super::data::Sample;
use crate::random::Random;
use tomtat::train::chain::{TAGS, Tag, may_follow};

/// Weights of a row, padded for even vectors.
pub const WIDTH: usize = 12;
pub type Row = [f32; WIDTH];

/// How to learn.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    pub passes: usize,
    pub rate: f32,
    pub l1: f32,
    pub l2: f32,
    pub beta: f32,
    /// Share of a token's features that a step of learning does without.
    pub dropout: f32,
    /// Where the order and the features left out begin.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { passes: 8, rate: 0.1, l1: 0.5, l2: 0.0, beta: 1.0, dropout: 0.0, seed: 1 }
    }
}

#[derive(Clone, Copy, Default)]
struct Cell {
    weights: Row,
    sums: Row,
    squares: Row,
}

impl Cell {
    fn update(&mut self, gradient: &Row, s: &Settings) {
        for (i, g) in gradient.iter().copied().enumerate() {
            let before = self.squares[i].sqrt();
            self.squares[i] += g * g;
            let after = self.squares[i].sqrt();
            self.sums[i] += g - (after - before) / s.rate * self.weights[i];
            let z = self.sums[i];
            let size = (z.abs() - s.l1).max(0.0);
            self.weights[i] = -size.copysign(z) / ((s.beta + after) / s.rate + s.l2);
        }
    }
}

/// A learned model in floats.
pub struct Model {
    pub rows: Vec<Row>,
    pub steps: [Row; TAGS],
}

impl Model {
    /// The mean of what these seeds learn, two at a time: runs differ by some
    /// tenths of F1 by luck alone.
    pub fn mean(features: usize, settings: Settings, seeds: u64, samples: &[Sample<'_>], dropped: &[bool]) -> Self {
        let learn = |seed| Learner::new(features, Settings { seed, ..settings }).learn(samples, dropped);
        let mut models = Vec::new();
        for pair in (1..=seeds).collect::<Vec<_>>().chunks(2) {
            models.extend(std::thread::scope(|scope| {
                let workers: Vec<_> = pair.iter().map(|seed| scope.spawn(move || learn(*seed))).collect();
                workers.into_iter().map(|w| w.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect::<Vec<_>>()
            }));
        }
        let share = 1.0 / models.len() as f32;
        let mut mean = Self { rows: vec![[0.0; WIDTH]; features], steps: [[0.0; WIDTH]; TAGS] };
        for model in &models {
            let rows = mean.rows.iter_mut().zip(&model.rows).chain(mean.steps.iter_mut().zip(&model.steps));
            rows.for_each(|(sum, row)| sum.iter_mut().zip(row).for_each(|(sum, w)| *sum += w * share));
        }
        mean
    }
}

/// One chain's marginals.
#[derive(Default)]
struct Chain {
    scores: Vec<Row>,
    forward: Vec<Row>,
    backward: Vec<Row>,
    marginals: Vec<Row>,
    step_gradient: [Row; TAGS],
    /// Features of the zone that this step learns from, token after token.
    kept: Vec<u32>,
    /// The end of each token's features.
    ends: Vec<usize>,
}

pub struct Learner {
    cells: Vec<Cell>,
    steps: [Cell; TAGS],
    settings: Settings,
}

impl Learner {
    pub fn new(features: usize, settings: Settings) -> Self {
        Self { cells: vec![Cell::default(); features], steps: [Cell::default(); TAGS], settings }
    }

    /// Learns from these articles in `passes` passes.
    pub fn learn(mut self, samples: &[Sample<'_>], dropped: &[bool]) -> Model {
        let mut order: Vec<(usize, usize)> =
            samples.iter().enumerate().flat_map(|(a, sample)| (0..sample.article.zones.len()).map(move |z| (a, z))).collect();
        let mut random = Random(self.settings.seed);
        let mut chain = Chain::default();
        for _ in 0..self.settings.passes {
            random.shuffle(&mut order);
            for (a, z) in &order {
                let sample = samples[*a];
                self.learn_zone(sample, sample.article.zones[*z].clone(), dropped, &mut chain, &mut random);
            }
        }
        Model { rows: self.cells.iter().map(|c| c.weights).collect(), steps: self.steps.map(|c| c.weights) }
    }

    fn learn_zone(&mut self, sample: Sample<'_>, zone: std::ops::Range<usize>, dropped: &[bool], chain: &mut Chain, random: &mut Random) {
        let settings = self.settings;
        let scale = 1.0 / (1.0 - settings.dropout);
        chain.draw(sample, zone.clone(), dropped, settings.dropout, random);
        chain.scores.clear();
        let mut start = 0;
        for end in &chain.ends {
            let mut sum = [0.0; WIDTH];
            for f in &chain.kept[start..*end] {
                for (s, w) in sum.iter_mut().zip(&self.cells[*f as usize].weights) {
                    *s += w * scale;
                }
            }
            chain.scores.push(sum);
            start = *end;
        }
        let truth = &sample.article.tags[zone.clone()];
        let steps: [Row; TAGS] = std::array::from_fn(|j| {
            std::array::from_fn(|k| if k < TAGS && may_follow(j as Tag, k as Tag) { self.steps[j].weights[k].exp() } else { 0.0 })
        });
        chain.marginals(&steps, truth);
        let mut start = 0;
        for (gradient, end) in chain.marginals.iter().zip(&chain.ends) {
            if gradient.iter().any(|g| g.abs() >= 1e-4) {
                let gradient = gradient.map(|g| g * scale);
                for f in &chain.kept[start..*end] {
                    self.cells[*f as usize].update(&gradient, &settings);
                }
            }
            start = *end;
        }
        for (cell, gradient) in self.steps.iter_mut().zip(&chain.step_gradient) {
            cell.update(gradient, &settings);
        }
    }
}

impl Chain {
    /// Draws the features that are learned from.
    fn draw(&mut self, sample: Sample<'_>, zone: std::ops::Range<usize>, dropped: &[bool], dropout: f32, random: &mut Random) {
        let limit = (dropout * 65_536.0) as u64;
        self.kept.clear();
        self.ends.clear();
        for i in zone {
            let known = sample.features_of(i).filter(|f| !dropped.get(**f as usize).copied().unwrap_or(false));
            self.kept.extend(known.filter(|_| limit == 0 || random.below(65_536) >= limit));
            self.ends.push(self.kept.len());
        }
    }

    /// Fills the gradients: marginals less the truth.
    fn marginals(&mut self, steps: &[Row; TAGS], truth: &[Tag]) {
        let n = self.scores.len();
        self.forward.clear();
        self.backward.clear();
        self.marginals.clear();
        self.step_gradient = [[0.0; WIDTH]; TAGS];
        for score in &mut self.scores {
            let top = score[..TAGS].iter().fold(f32::MIN, |m, s| m.max(*s));
            for (k, s) in score.iter_mut().enumerate() {
                *s = if k < TAGS { (*s - top).exp() } else { 0.0 };
            }
        }
        let mut before = [0.0; WIDTH];
        before[0] = 1.0;
        for score in &self.scores {
            let mut next = [0.0; WIDTH];
            for j in 0..TAGS {
                for k in 0..WIDTH {
                    next[k] += before[j] * steps[j][k];
                }
            }
            let mut sum = 0.0;
            for k in 0..WIDTH {
                next[k] *= score[k];
                sum += next[k];
            }
            next.iter_mut().for_each(|v| *v /= sum);
            self.forward.push(next);
            before = next;
        }
        let mut after: Row = std::array::from_fn(|j| if j < TAGS { steps[j][0] } else { 0.0 });
        self.backward.resize(n, after);
        for i in (0..n).rev() {
            let sum: f32 = after.iter().sum();
            after.iter_mut().for_each(|v| *v /= sum);
            self.backward[i] = after;
            let weighted: Row = std::array::from_fn(|k| after[k] * self.scores[i][k]);
            after = std::array::from_fn(|j| if j < TAGS { (0..WIDTH).map(|k| steps[j][k] * weighted[k]).sum() } else { 0.0 });
        }
        let mut previous = [0.0; WIDTH];
        previous[0] = 1.0;
        let mut previous_tag = 0;
        for (i, tag) in truth.iter().map(|tag| *tag as usize).enumerate() {
            let mut both: Row = std::array::from_fn(|k| self.forward[i][k] * self.backward[i][k]);
            let sum: f32 = both.iter().sum();
            both.iter_mut().for_each(|v| *v /= sum);
            self.add_steps(steps, &previous, i);
            self.step_gradient[previous_tag][tag] -= 1.0;
            both[tag] -= 1.0;
            self.marginals.push(both);
            previous = self.forward[i];
            previous_tag = tag;
        }
        // The step to the outside after the last token.
        let total: f32 = (0..TAGS).map(|j| previous[j] * steps[j][0]).sum();
        for j in 0..TAGS {
            self.step_gradient[j][0] += previous[j] * steps[j][0] / total;
        }
        self.step_gradient[previous_tag][0] -= 1.0;
    }

    fn add_steps(&mut self, steps: &[Row; TAGS], previous: &Row, i: usize) {
        let weighted: Row = std::array::from_fn(|k| self.scores[i][k] * self.backward[i][k]);
        let mut total = 0.0;
        for j in 0..TAGS {
            for k in 0..TAGS {
                total += previous[j] * steps[j][k] * weighted[k];
            }
        }
        for j in 0..TAGS {
            for k in 0..TAGS {
                self.step_gradient[j][k] += previous[j] * steps[j][k] * weighted[k] / total;
            }
        }
    }
}

impl Model {
    /// The best tags of a zone.
    pub fn decode(&self, sample: Sample<'_>, zone: std::ops::Range<usize>) -> Vec<Tag> {
        let mut best = [f32::MIN / 2.0; TAGS];
        best[0] = 0.0;
        let mut back: Vec<[Tag; TAGS]> = Vec::new();
        for i in zone {
            let mut sum = [0.0; WIDTH];
            for f in sample.features_of(i) {
                for (s, w) in sum.iter_mut().zip(&self.rows[*f as usize]) {
                    *s += w;
                }
            }
            let mut next = [f32::MIN; TAGS];
            let mut from = [0; TAGS];
            for k in 0..TAGS {
                let (value, tag) = self.best_before(&best, k);
                next[k] = value + sum[k];
                from[k] = tag;
            }
            back.push(from);
            best = next;
        }
        let (_, mut tag) = self.best_before(&best, 0);
        let mut tags = Vec::new();
        for from in back.iter().rev() {
            tags.push(tag);
            tag = from[tag as usize];
        }
        tags.reverse();
        tags
    }

    fn best_before(&self, best: &[f32; TAGS], k: usize) -> (f32, Tag) {
        let mut top = (f32::MIN, 0);
        for j in (0..TAGS).filter(|j| may_follow(*j as Tag, k as Tag)) {
            let value = best[j] + self.steps[j][k];
            if value > top.0 {
                top = (value, j as Tag);
            }
        }
        top
    }
}
