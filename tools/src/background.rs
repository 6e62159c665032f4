//! Counts in how many articles each word occurs.

use crate::corpus::news;
use anyhow::{Context, Result};
use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use tomtat::Model;
use tomtat::train::{Document, seal, terms};

/// What to count and where to write it.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Articles (`news/train.jsonl.zst`).
    #[arg(long)]
    news: PathBuf,
    /// Model files that the words depend on (segmenter, hidden borders).
    #[arg(long, num_args = 1..)]
    model: Vec<PathBuf>,
    /// Where to write the table.
    #[arg(long)]
    out: PathBuf,
    /// Words in fewer articles are left out.
    #[arg(long, default_value_t = 5)]
    least: u32,
}

/// Counts and writes the table.
pub fn run(options: &Options) -> Result<()> {
    let files = options.model.iter().map(std::fs::read).collect::<Result<Vec<_>, _>>()?;
    let model = Model::for_training(&files)?;
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    let mut document = Document::default();
    let mut articles = 0_u32;
    for article in news(&options.news)? {
        let article = article?;
        let text = format!("{}\n{}\n{}", article.title, article.lede, article.body.join("\n"));
        let view = document.read(&text, &[], &model);
        let mut seen = HashSet::new();
        for sentence in view.sentences {
            for word in terms::words(&view, sentence.clone()) {
                seen.extend(terms::term_key(&view, word, model.vocabulary()));
            }
        }
        for key in seen {
            *counts.entry(key).or_default() += 1;
        }
        articles += 1;
    }
    counts.retain(|_, n| *n >= options.least);
    let idf = |n: f64| (16.0 * (f64::from(articles + 1) / (n + 1.0)).ln()).round().clamp(0.0, 255.0) as u8;
    let mut out = vec![idf(f64::from(options.least) / 2.0)];
    out.extend_from_slice(&(counts.len() as u32).to_le_bytes());
    for (key, n) in &counts {
        out.extend_from_slice(&key.to_le_bytes());
        out.push(idf(f64::from(*n)));
    }
    eprintln!("{articles} articles, {} words in {} or more of them", counts.len(), options.least);
    std::fs::write(&options.out, seal(&[(*b"IDFS", out)])).with_context(|| options.out.display().to_string())
}
