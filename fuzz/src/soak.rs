//! Very many articles through one worker: does it forget them all?

use crate::articles::{self, Parts};
use anyhow::{Context as _, ensure};
use std::fs;
use std::path::PathBuf;
use std::time::Instant;
use tomtat::{Article, Summarizer, Summary, Worker};
use tomtat_fuzz::mutate::Random;
use tomtat_fuzz::pieces::PIECES;

/// Which articles and how many.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// JSON lines with title, lede, body
    #[arg(long)]
    articles: PathBuf,
    /// Articles to summarize; those of the file again and again, changed
    #[arg(long, default_value_t = 1_000_000)]
    count: usize,
    /// Other changes for every seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// After so many articles the first one is summarized again, and the same.
const PROBE_EVERY: usize = 1000;

/// Bytes of a page of memory, as on all common machines.
const PAGE: u64 = 4096;

/// Runs all articles; an error if one is lost, an answer changes or memory grows.
pub fn run(options: &Options) -> anyhow::Result<()> {
    let articles = articles::read(&options.articles)?;
    let [title, lede, body] = articles.first().context("there are no articles")?;
    let probe = Article::from_parts(title, lede, body);
    let mut worker = Summarizer::new().worker();
    let expected = worker.summarize(probe.clone());
    let mut random = Random::new(options.seed);
    let started = Instant::now();
    let (mut answered, mut after_warming) = (0, None);
    for i in 0..options.count {
        let parts = articles.get(i % articles.len()).context("an article")?;
        answered += usize::from(is_answer(&summarize(&mut worker, parts, &mut random)));
        if i % PROBE_EVERY == 0 {
            ensure!(worker.summarize(probe.clone()) == expected, "after {i} articles the first one has another summary");
        }
        if (i + 1) % (options.count / 10).max(1) == 0 {
            let resident = resident_bytes()?;
            let first = *after_warming.get_or_insert(resident);
            let rate = (i + 1) as f64 / started.elapsed().as_secs_f64();
            println!("{} articles, {rate:.0} a second, {:.1} MB resident", i + 1, resident as f64 / 1e6);
            ensure!(resident <= first + first / 10, "memory grew from {first} to {resident} bytes");
        }
    }
    ensure!(answered == options.count, "{answered} of {} articles were answered", options.count);
    Ok(())
}

/// Summarizes with a piece put into the body, at another place every time.
fn summarize(worker: &mut Worker, parts: &Parts, random: &mut Random) -> Summary {
    let [title, lede, body] = parts;
    let at = random.below(body.len() + 1);
    let at = (0..=at).rev().find(|at| body.is_char_boundary(*at)).unwrap_or(0);
    let (before, after) = body.split_at(at);
    let body = [before, random.of(PIECES), after].concat();
    worker.summarize(Article::from_parts(title, lede, &body))
}

/// Every article of the news has a summary.
fn is_answer(summary: &Summary) -> bool {
    !summary.text.is_empty() && !summary.sentences.is_empty()
}

fn resident_bytes() -> anyhow::Result<u64> {
    let sizes = fs::read_to_string("/proc/self/statm")?;
    let pages = sizes.split(' ').nth(1).context("statm has no second number")?;
    Ok(pages.parse::<u64>()? * PAGE)
}
