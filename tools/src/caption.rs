//! Trains the wording of captions against that of body sentences.

use crate::corpus::news;
use crate::random::Random;
use anyhow::{Context, Result};
use std::path::PathBuf;
use tomtat::train::caption::{CAPTION_WEIGHTS, features};
use tomtat::train::{Segmenter, seal, tokenize};

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

struct Sample {
    features: Vec<u32>,
    caption: bool,
}

/// Trains and writes the model.
pub fn run(options: &Options) -> Result<()> {
    let segmenter = Segmenter::from_envelope(&std::fs::read(&options.segmenter)?)?;
    let mut random = Random(2);
    let mut samples = Vec::new();
    for article in news(&options.news)? {
        let article = article?;
        // As many body sentences as captions, so that the odds are even.
        for caption in article.captions.iter().take(3) {
            samples.push(sample(&segmenter, caption, true));
            if !article.body.is_empty() {
                let body = &article.body[random.below(article.body.len() as u64) as usize];
                samples.push(sample(&segmenter, body, false));
            }
        }
    }
    random.shuffle(&mut samples);
    let held_out = samples.split_off(samples.len() - samples.len() / 20);
    let mut weights = vec![0.0_f32; CAPTION_WEIGHTS];
    let mut squares = vec![1e-6_f32; CAPTION_WEIGHTS];
    for pass in 1..=options.passes {
        for sample in &samples {
            let score: f32 = sample.features.iter().map(|f| weights[*f as usize]).sum();
            let gradient = 1.0 / (1.0 + (-score).exp()) - f32::from(u8::from(sample.caption));
            for f in &sample.features {
                let f = *f as usize;
                squares[f] += gradient * gradient;
                weights[f] -= 0.05 * gradient / squares[f].sqrt();
            }
        }
        let right = held_out.iter().filter(|s| (s.features.iter().map(|f| weights[*f as usize]).sum::<f32>() > 0.0) == s.caption).count();
        eprintln!("pass {pass}: {} samples, held out {:.2}% right", samples.len(), 100.0 * right as f64 / held_out.len() as f64);
        random.shuffle(&mut samples);
    }
    let bytes: Vec<u8> = weights.iter().flat_map(|w| ((w * 256.0).round().clamp(-32_000.0, 32_000.0) as i16).to_le_bytes()).collect();
    std::fs::write(&options.out, seal(&[(*b"CAPT", bytes)])).with_context(|| options.out.display().to_string())
}

fn sample(segmenter: &Segmenter, text: &str, caption: bool) -> Sample {
    let (mut tokens, mut ids, mut indices) = (Vec::new(), Vec::new(), Vec::new());
    tokenize(text, &mut tokens);
    segmenter.number(text, &tokens, &mut ids);
    features(&tokens, &ids, |f| indices.push(f as u32));
    Sample { features: indices, caption }
}
