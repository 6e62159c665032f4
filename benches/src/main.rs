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
use tomtat::train::{Document, Naming, normalized_length, tokenize};
use tomtat::{Article, Model, Summarizer};
use unicode_segmentation::UnicodeSegmentation as _;
use vtext::tokenize::{Tokenizer as _, UnicodeWordTokenizerParams, VTextTokenizerParams};

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
    /// Measure instead how long reading these model files takes.
    #[arg(long, num_args = 1..)]
    load: Vec<PathBuf>,
    /// Measure how the time per byte grows with the length of a text instead.
    #[arg(long)]
    growth: bool,
    /// Measure, for each number on standard input, how many nanoseconds the piece
    /// of the articles with that number takes instead.
    #[arg(long)]
    pieces: bool,
    /// Only contenders whose name contains this.
    #[arg(long, default_value = "")]
    only: String,
}

type Contender<'c> = (&'static str, Box<dyn FnMut(&str) -> usize + 'c>);

fn main() -> Result<()> {
    let options = Options::parse();
    if !options.load.is_empty() {
        return load(&options.load, options.rounds);
    }
    let texts = texts(&options)?;
    if options.growth {
        growth(&texts, options.rounds);
        return Ok(());
    }
    let mut contenders: Vec<Contender<'_>> = contenders()?;
    contenders.retain(|(name, _)| name.contains(&options.only));
    if options.pieces {
        return in_pieces(&texts, &mut contenders);
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} articles, {:.1} MB, median of {} rounds", texts.len(), bytes as f64 / 1e6, options.rounds);
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

/// Articles in a piece: some fifty milliseconds of summarizing, in which a
/// machine hardly changes its speed.
const PIECE: usize = 100;

/// Lets another program ask for one piece after the other, in turn with another
/// build; the numbers go round.
fn in_pieces(texts: &[String], contenders: &mut [Contender<'_>]) -> Result<()> {
    anyhow::ensure!(!texts.is_empty(), "there are no articles");
    let pieces: Vec<&[String]> = texts.chunks(PIECE).collect();
    for line in std::io::stdin().lines() {
        let number: usize = line?.trim().parse()?;
        let start = Instant::now();
        for (_, run) in contenders.iter_mut() {
            let found: usize = pieces[number % pieces.len()].iter().map(|text| run(text)).sum();
            std::hint::black_box(found);
        }
        println!("{}", start.elapsed().as_nanos());
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

fn contenders() -> Result<Vec<Contender<'static>>> {
    // It has rules of its own for English and French only.
    let vtext = VTextTokenizerParams::default().lang("any").build()?;
    let vtext_words = UnicodeWordTokenizerParams::default().build()?;
    let model = Model::builtin();
    let summarizer = Summarizer::new();
    let (mut segmenting, mut analyzing) = (summarizer.worker(), summarizer.worker());
    let mut summarizing = summarizer.worker();
    let (mut document, mut tokens) = (Document::default(), Vec::new());
    let (mut named, mut naming) = (Document::default(), Naming::default());
    let again = model.clone();
    Ok(vec![
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
        ("tomtat: read, names, numbers", Box::new(move |text| naming.count(&named.read(text, &[], &again), &again))),
        ("tomtat: raw text to words", Box::new(move |text| segmenting.segment(text).len())),
        ("tomtat: summarize", Box::new(move |text| summarizing.summarize(text).sentences.len())),
        ("tomtat: analyze", Box::new(move |text| analyzing.analyze(text).words.len())),
        ("charabia: segments", Box::new(|text| text.segment_str().count())),
        ("unicode-segmentation: words", Box::new(|text| text.unicode_words().count())),
        ("unicode-segmentation: bounds", Box::new(|text| text.split_word_bounds().count())),
        ("vtext: tokens", Box::new(move |text| vtext.tokenize(text).count())),
        ("vtext: words", Box::new(move |text| vtext_words.tokenize(text).count())),
    ])
}

/// Lengths of texts for the growth of time, in bytes.
const LENGTHS: [usize; 4] = [1 << 10, 10 << 10, 100 << 10, 1 << 20];

/// Prints nanoseconds per byte of summarizing texts of different lengths, each
/// round reading as many bytes of each length.
fn growth(texts: &[String], rounds: usize) {
    let summarizer = Summarizer::builder().max_input(4 << 20).build().unwrap_or_default();
    let mut worker = summarizer.worker();
    let whole = texts.join("\n");
    let samples = LENGTHS.map(|length| cut(&whole, length));
    let mut times = LENGTHS.map(|_| Vec::new());
    for _ in 0..=rounds {
        for (sample, times) in samples.iter().zip(&mut times) {
            let start = Instant::now();
            sample.iter().for_each(|text| drop(worker.summarize(*text)));
            let bytes: usize = sample.iter().map(|text| text.len()).sum();
            times.push(start.elapsed().as_secs_f64() * 1e9 / bytes as f64);
        }
    }
    for (length, mut times) in LENGTHS.iter().zip(times) {
        times.remove(0);
        times.sort_by(f64::total_cmp);
        println!("{length:8} bytes {:8.1} ns/byte", times[times.len() / 2]);
    }
}

/// The first 4 MiB of `text` in pieces of about `length` bytes, cut at line ends.
fn cut(text: &str, length: usize) -> Vec<&str> {
    let (mut out, mut start) = (Vec::new(), 0);
    for (at, _) in text.match_indices('\n').take_while(|(at, _)| *at < 4 << 20) {
        if at - start >= length {
            out.extend(text.get(start..at));
            start = at;
        }
    }
    out
}

/// Prints how long it takes from the bytes of model files to a model.
fn load(paths: &[PathBuf], rounds: usize) -> Result<()> {
    let files = paths.iter().map(std::fs::read).collect::<Result<Vec<_>, _>>()?;
    let mut times = Vec::new();
    for _ in 0..=rounds {
        let start = Instant::now();
        let model = Model::for_training(&files)?;
        times.push(start.elapsed().as_secs_f64() * 1e3);
        drop(model);
    }
    times.remove(0);
    times.sort_by(f64::total_cmp);
    println!("{:.1} ms, median of {rounds} rounds", times[times.len() / 2]);
    Ok(())
}
