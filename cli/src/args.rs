//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Vietnamese news in, summaries out.
#[derive(Debug, Parser)]
#[command(name = "tomtat", version, about = "Summarizes Vietnamese technology news")]
#[command(after_help = "Examples:\n  tomtat summarize article.txt\n  tomtat summarize --format jsonl < articles.jsonl > summaries.jsonl\n  tomtat analyze --format json article.txt")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do with each article.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The key sentences, entities and keywords of each article.
    Summarize(Options),
    /// Every sentence with its role and score, every word and mention.
    Analyze(Options),
}

impl Command {
    /// The options, which all commands share.
    pub fn options(&self) -> &Options {
        match self {
            Self::Summarize(options) | Self::Analyze(options) => options,
        }
    }
}

/// Options of all commands.
#[derive(Debug, Args)]
pub struct Options {
    /// Files to read, one article each; standard input where there is none.
    pub files: Vec<PathBuf>,
    /// What to write; with `jsonl`, standard input is JSON lines.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Sentences in a summary, at most.
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = at_least_one)]
    pub sentences: usize,
    /// Threads to work with; all cores by default.
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub threads: Option<usize>,
}

/// What to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// One indented JSON object an article.
    Json,
    /// One JSON object a line.
    Jsonl,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("must be at least 1".to_owned()),
        Ok(n) => Ok(n),
        Err(_) => Err("must be a whole number, at least 1".to_owned()),
    }
}
