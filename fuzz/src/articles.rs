//! What must hold, tried on articles of a file.

use anyhow::Context as _;
use serde_json::Value;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::Instant;
use tomtat::{Article, Summarizer};
use tomtat_fuzz::holds;
use tomtat_fuzz::invariants::check_parts;
use tomtat_fuzz::mutate::{Diet, Random, mutated};

/// Which articles.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// JSON lines with title, lede, body
    #[arg(long)]
    articles: PathBuf,
    /// Other mutations for every seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only so many articles
    #[arg(long)]
    count: Option<usize>,
}

/// Title, lede and body.
pub type Parts = [String; 3];

/// Reads all articles of a file.
pub fn read(path: &Path) -> anyhow::Result<Vec<Parts>> {
    let lines = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    lines.lines().map(parts).collect()
}

fn parts(line: &str) -> anyhow::Result<Parts> {
    let record: Value = serde_json::from_str(line)?;
    Ok(["title", "lede", "body"].map(|name| record.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()))
}

/// Mutations tried of each article.
const MUTATIONS: usize = 5;

/// At most so many findings are printed.
const MOST_PRINTED: usize = 40;

/// Checks all articles; an error if anything does not hold.
pub fn run(options: &Options) -> anyhow::Result<()> {
    let mut articles = read(&options.articles)?;
    articles.truncate(options.count.unwrap_or(usize::MAX));
    let mut random = Random::new(options.seed);
    let started = Instant::now();
    let (mut tried, mut findings) = (0_usize, 0_usize);
    for (i, article) in articles.iter().enumerate() {
        let other = articles.get(random.below(articles.len())).context("an article")?;
        for mutation in 0..=MUTATIONS {
            let parts = if mutation == 0 { article.clone() } else { changed(article, other, &mut random) };
            tried += 1;
            if let Err(problem) = check(&parts) {
                findings += 1;
                if findings <= MOST_PRINTED {
                    println!("line {}, mutation {mutation}: {problem}", i + 1);
                }
            }
        }
        if (i + 1) % 500 == 0 || i + 1 == articles.len() {
            println!("{} articles, {tried} texts, {findings} findings, {:.0} s", i + 1, started.elapsed().as_secs_f64());
        }
    }
    anyhow::ensure!(findings == 0, "{findings} of {tried} texts break a promise");
    Ok(())
}

/// One of the parts mutated.
fn changed(article: &Parts, other: &Parts, random: &mut Random) -> Parts {
    let mut parts = article.clone();
    // Most of it is body.
    let which = [0, 1, 2, 2].get(random.below(4)).copied().unwrap_or(2);
    if let (Some(part), Some(other)) = (parts.get_mut(which), other.get(which)) {
        let bytes = mutated(part.as_bytes(), other.as_bytes(), Diet::Text, random);
        *part = String::from_utf8_lossy(&bytes).into_owned();
    }
    parts
}

fn check(parts: &Parts) -> Result<(), String> {
    let [title, lede, body] = parts;
    let done = catch_unwind(|| {
        let article = Article::from_parts(title, lede, body);
        check_parts(&article, &Summarizer::new().analyze(article.clone()))?;
        // Also as a text whose parts are to be found.
        holds(&article).and_then(|()| holds(&Article::new(article.text())))
    });
    done.unwrap_or_else(|_| Err("a panic".to_owned()))
}
