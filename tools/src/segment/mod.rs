//! Trains the word segmenter: corpus → weights → `segment.bin`.

mod corpus;
mod export;
mod learn;
mod measure;

use anyhow::{Context, Result};
use std::path::PathBuf;

/// What to train on and how.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Gold lines to train on: syllables of a word joined by "_".
    #[arg(long)]
    gold: PathBuf,
    /// Silver lines: the same form, segmented by another program.
    #[arg(long)]
    silver: PathBuf,
    /// Gold lines to measure on; never trained on.
    #[arg(long)]
    dev: PathBuf,
    /// Where to write the model.
    #[arg(long)]
    out: PathBuf,
    /// Where to write the trainer's own scores of the lines in `lines.txt`
    /// beside it: the library must reproduce them exactly.
    #[arg(long)]
    parity: Option<PathBuf>,
    /// Copies of the gold lines in each pass.
    #[arg(long, default_value_t = 15)]
    gold_copies: usize,
    /// Rows of n-grams in the model.
    #[arg(long, default_value_t = 150_000)]
    rows: usize,
    /// Syllables in the model.
    #[arg(long, default_value_t = 24_000)]
    syllables: usize,
    /// Passes before and after pruning.
    #[arg(long, num_args = 2, default_values_t = [1, 0])]
    passes: Vec<usize>,
    /// Read only every n-th silver line (for trying things out).
    #[arg(long, default_value_t = 1)]
    every: usize,
    /// Hamming margin that a right decision must have.
    #[arg(long, default_value_t = 3.0)]
    margin: f32,
    /// Share of sentences that are trained without the lexicon, in percent.
    #[arg(long, default_value_t = 5)]
    dropout: u32,
    /// Capitalized words seen less often than this stay out of the lexicon:
    /// their capitals say enough.
    #[arg(long, default_value_t = 10)]
    least_names: u32,
    /// How often the gold lines must treat a pair of syllables one way for the
    /// silver lines to be corrected; 0 leaves them as they are.
    #[arg(long, default_value_t = 2)]
    correct: u32,
    /// Bits of the number of buckets of the row table.
    #[arg(long, default_value_t = 15)]
    bits: u8,
}

/// Trains and writes the model.
pub fn run(options: &Options) -> Result<()> {
    let corpus = corpus::Corpus::read(options)?;
    let dev = measure::Dev::read(&options.dev, &corpus.vocabulary)?;
    let mut learner = learn::Learner::new(&corpus, options);
    for pass in 1..=options.passes[0] {
        learner.pass(&corpus, pass, options.gold_copies);
        eprintln!("pass {pass}: {} rows, dev {}", learner.row_count(), dev.measure(&learner.averaged(), &corpus));
    }
    learner.prune(options.rows);
    for pass in 1..=options.passes[1] {
        learner.pass(&corpus, options.passes[0] + pass, options.gold_copies);
        eprintln!("pass {pass} after pruning: dev {}", dev.measure(&learner.averaged(), &corpus));
    }
    let quantized = export::quantized(&learner);
    if let Some(parity) = &options.parity {
        let scores = measure::scores(&parity.with_file_name("lines.txt"), &quantized, &corpus)?;
        std::fs::write(parity, scores).with_context(|| parity.display().to_string())?;
    }
    let model = export::export(&quantized, &learner, &corpus, options);
    std::fs::write(&options.out, &model).with_context(|| options.out.display().to_string())?;
    eprintln!("{}: {} bytes; dev {}", options.out.display(), model.len(), dev.measure_model(&model)?);
    Ok(())
}
