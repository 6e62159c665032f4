//! Throughput of each stage and of the whole, beside other crates, on the same
//! texts in the same run.
//!
//!     cargo run --release -p tomtat-benches -- --articles ARTICLES.jsonl
//!
//! Every contender runs once in each round, one after another, so that a
//! machine that changes its speed changes it for all; the median over the
//! rounds is printed, in MB/s of article text, with the number of pieces found:
//! a timing counts only if the answer is right.

use anyhow::Result;
use charabia::Segment as _;
use clap::Parser;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tomtat::train::{Document, normalized_length, tokenize};
use tomtat::{Article, Model, Summarizer};
use unicode_segmentation::UnicodeSegmentation as _;

#[derive(Parser)]
struct Options {
    /// Articles, one JSON object with title, lede, body a line; plain or .zst.
    #[arg(long)]
    articles: PathBuf,
    /// How many of them.
    #[arg(long, default_value_t = 2000)]
    count: usize,
    /// Rounds; the median is printed.
    #[arg(long, default_value_t = 7)]
    rounds: usize,
    /// Only contenders whose name contains this.
    #[arg(long, default_value = "")]
    only: String,
}

type Contender<'c> = (&'static str, Box<dyn FnMut(&str) -> usize + 'c>);

fn main() -> Result<()> {
    let options = Options::parse();
    let texts = texts(&options)?;
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} articles, {:.1} MB, median of {} rounds", texts.len(), bytes as f64 / 1e6, options.rounds);
    let mut contenders: Vec<Contender<'_>> = contenders();
    contenders.retain(|(name, _)| name.contains(&options.only));
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); contenders.len()];
    let mut pieces = vec![0; contenders.len()];
    for _ in 0..=options.rounds {
        for (i, (_, run)) in contenders.iter_mut().enumerate() {
            let start = Instant::now();
            pieces[i] = texts.iter().map(|text| run(text)).sum();
            times[i].push(start.elapsed());
        }
    }
    for ((name, _), (mut times, pieces)) in contenders.iter().zip(times.into_iter().zip(pieces)) {
        // The first round warms caches up and is not counted.
        times.remove(0);
        times.sort();
        let median = times[times.len() / 2].as_secs_f64();
        println!("{name:32} {:9.1} MB/s {:10.0} articles/s {pieces:10} pieces", bytes as f64 / 1e6 / median, texts.len() as f64 / median);
    }
    Ok(())
}

fn texts(options: &Options) -> Result<Vec<String>> {
    let bytes = std::fs::read(&options.articles)?;
    let bytes = if options.articles.extension().is_some_and(|e| e == "zst") { zstd::decode_all(&bytes[..])? } else { bytes };
    let mut out = Vec::new();
    for line in String::from_utf8(bytes)?.lines().take(options.count) {
        let record: serde_json::Value = serde_json::from_str(line)?;
        let part = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
        out.push(Article::from_parts(&part("title"), &part("lede"), &part("body")).text().to_owned());
    }
    Ok(out)
}

fn contenders() -> Vec<Contender<'static>> {
    let model = Model::builtin();
    let summarizer = Summarizer::new();
    let (mut segmenting, mut analyzing) = (summarizer.worker(), summarizer.worker());
    let (mut document, mut tokens) = (Document::default(), Vec::new());
    vec![
        ("tomtat: normalize", Box::new(normalized_length)),
        (
            "tomtat: tokens",
            Box::new(move |text| {
                tokens.clear();
                tokenize(text, &mut tokens);
                tokens.len()
            }),
        ),
        ("tomtat: read (tokens to words)", Box::new(move |text| document.read(text, &[], &model).sentences.len())),
        ("tomtat: raw text to words", Box::new(move |text| segmenting.segment(text).len())),
        ("tomtat: analyze", Box::new(move |text| analyzing.analyze(text).words.len())),
        ("charabia: segments", Box::new(|text| text.segment_str().count())),
        ("unicode-segmentation: words", Box::new(|text| text.unicode_words().count())),
        ("unicode-segmentation: bounds", Box::new(|text| text.split_word_bounds().count())),
    ]
}
