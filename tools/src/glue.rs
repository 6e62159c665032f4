//! Trains the finder of hidden borders on articles whose parts are known.
//!
//! Titles and ledes, captions and body sentences are glued on purpose, and
//! sentences that hide no border are shown beside them. The model is a
//! softmax over the places of a sentence and "nowhere" (score 0), learned by
//! stochastic gradient descent with AdaGrad steps.

use crate::corpus::news;
use crate::random::Random;
use anyhow::{Context, Result};
use std::path::PathBuf;
use tomtat::train::glue::{Candidate, GLUE_WEIGHTS};
use tomtat::train::vocabulary::SyllableId;
use tomtat::train::{Segmenter, Token, seal, tokenize};

/// What to train on and how.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Articles with known parts (`news/train.jsonl.zst`).
    #[arg(long)]
    news: PathBuf,
    /// The segmenter, for its syllable numbers.
    #[arg(long)]
    segmenter: PathBuf,
    /// Where to write the model.
    #[arg(long)]
    out: PathBuf,
    /// Passes over the samples.
    #[arg(long, default_value_t = 4)]
    passes: usize,
}

/// A sentence and the token at which another text begins in it.
struct Sample {
    tokens: Vec<Token>,
    ids: Vec<SyllableId>,
    first: bool,
    border: Option<usize>,
}

/// Trains and writes the model.
pub fn run(options: &Options) -> Result<()> {
    let segmenter = Segmenter::from_envelope(&std::fs::read(&options.segmenter)?)?;
    let mut samples = Vec::new();
    let mut random = Random(1);
    for article in news(&options.news)? {
        samples.extend(article_samples(&article?, &segmenter, &mut random));
    }
    random.shuffle(&mut samples);
    let held_out = samples.split_off(samples.len() - samples.len() / 20);
    eprintln!("{} samples, {} held out", samples.len(), held_out.len());
    let mut learner = Learner { weights: vec![0.0; GLUE_WEIGHTS], squares: vec![1e-6; GLUE_WEIGHTS] };
    for pass in 1..=options.passes {
        for sample in &samples {
            learner.learn(sample);
        }
        eprintln!("pass {pass}: first {}, others {}", learner.measure(&held_out, true), learner.measure(&held_out, false));
        random.shuffle(&mut samples);
    }
    let bytes: Vec<u8> = learner.weights.iter().flat_map(|w| ((w * 256.0).round().clamp(-32_000.0, 32_000.0) as i16).to_le_bytes()).collect();
    std::fs::write(&options.out, seal(&[(*b"GLUE", bytes)])).with_context(|| options.out.display().to_string())
}

fn article_samples(article: &crate::corpus::NewsArticle, segmenter: &Segmenter, random: &mut Random) -> Vec<Sample> {
    let mut out = Vec::new();
    let title = article.title.trim();
    let lede = first_sentence(article.lede.trim());
    if title.is_empty() || lede.is_empty() {
        return out;
    }
    match random.below(4) {
        0 => out.push(sample(segmenter, None, title, true)),
        1 => out.push(sample(segmenter, None, lede, true)),
        _ => out.push(sample(segmenter, Some(title), lede, true)),
    }
    for caption in article.captions.iter().take(2) {
        let caption = caption.trim().trim_end_matches(['.', ' ']);
        if caption.is_empty() || article.body.is_empty() {
            continue;
        }
        let next = &article.body[random.below(article.body.len() as u64) as usize];
        match random.below(3) {
            0 => out.push(sample(segmenter, None, caption, false)),
            _ => out.push(sample(segmenter, Some(caption), next, false)),
        }
    }
    for sentence in article.body.iter().take(12) {
        out.push(sample(segmenter, None, sentence, false));
    }
    out.retain(|s| s.tokens.len() >= 3);
    out
}

/// The text up to its first full stop: what the marks would leave together.
fn first_sentence(text: &str) -> &str {
    text.split_inclusive(". ").next().unwrap_or(text).trim()
}

fn sample(segmenter: &Segmenter, left: Option<&str>, right: &str, first: bool) -> Sample {
    let text = left.map_or_else(|| right.to_owned(), |left| format!("{left} {right}"));
    let (mut tokens, mut ids) = (Vec::new(), Vec::new());
    tokenize(&text, &mut tokens);
    segmenter.number(&text, &tokens, &mut ids);
    let border = left.and_then(|left| tokens.iter().position(|t| t.start as usize > left.len()));
    Sample { tokens, ids, first, border }
}

struct Learner {
    weights: Vec<f32>,
    squares: Vec<f32>,
}

impl Learner {
    /// Scores of the places, each with its features.
    fn scores(&self, sample: &Sample) -> Vec<(usize, f32, Vec<usize>)> {
        let candidate = Candidate { tokens: &sample.tokens, ids: &sample.ids, first: sample.first };
        candidate
            .places()
            .map(|at| {
                let mut features = Vec::new();
                candidate.features(at, |f| features.push(f));
                (at, features.iter().map(|f| self.weights[*f]).sum(), features)
            })
            .collect()
    }

    fn learn(&mut self, sample: &Sample) {
        let scores = self.scores(sample);
        if sample.border.is_some_and(|b| scores.iter().all(|(at, ..)| *at != b)) {
            return;
        }
        let top = scores.iter().fold(0.0_f32, |m, (_, s, _)| m.max(*s));
        let total: f32 = (-top).exp() + scores.iter().map(|(_, s, _)| (s - top).exp()).sum::<f32>();
        for (at, score, features) in scores {
            let gradient = (score - top).exp() / total - f32::from(u8::from(sample.border == Some(at)));
            if gradient.abs() < 1e-4 {
                continue;
            }
            for f in features {
                self.squares[f] += gradient * gradient;
                self.weights[f] -= 0.1 * gradient / self.squares[f].sqrt();
            }
        }
    }

    /// Precision, recall and F1 of the borders found.
    fn measure(&self, samples: &[Sample], first: bool) -> String {
        let (mut right, mut found, mut true_borders) = (0, 0, 0);
        for sample in samples.iter().filter(|s| s.first == first) {
            let best = self.scores(sample).into_iter().filter(|(_, s, _)| *s > 0.0).max_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, ..)| at);
            found += usize::from(best.is_some());
            true_borders += usize::from(sample.border.is_some());
            right += usize::from(best.is_some() && best == sample.border);
        }
        let share = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
        format!("precision {:.1} recall {:.1}", share(right, found), share(right, true_borders))
    }
}
