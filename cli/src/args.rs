//! The command line: what may be asked for, in clap's terms.
//!
//! Takes the program's arguments and gives plain settings. A value out of its
//! range is refused here or by the library's builder, both with exit status 2;
//! the work is left to [`run`](crate::run()).

use crate::input::encoding::Encoding;
use crate::input::kind::Kind;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use tomtat::Length;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "tomtat", version, about = "Summarizes Vietnamese technology news", after_help = EXAMPLES, after_long_help = LONG_HELP)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  tomtat summarize article.txt                          for people
  tomtat summarize --format jsonl < in.jsonl > out.jsonl  for programs
  tomtat report news/ -o report.html                    to look at

`tomtat help summarize` tells about inputs and options.";

const LONG_HELP: &str = "\
Examples:
  tomtat summarize article.txt                          for people
  tomtat summarize --format jsonl < in.jsonl > out.jsonl  for programs
  tomtat report news/ -o report.html                    to look at

Inputs: files, folders (all that is known in them, sorted by name) and standard
input, where `-` or nothing is named. Plain text, JSON lines, HTML pages, RSS and
Atom feeds, each also as .gz or .zst; recognized by name, then by content.

A JSON record is {\"id\": …, \"text\": …} or {\"id\": …, \"title\": …, \"lede\": …,
\"body\": …, \"published\": \"2026-11-23\"}.

Exit status: 0 all good (or the reader of the output went away), 1 some records
failed, 2 wrong usage, 3 input or output error, 130 interrupted.

Colours are for terminals only; NO_COLOR switches them off.";

/// What to do with each article.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The key sentences, entities and keywords of each article.
    #[command(after_help = "\
Examples:
  tomtat summarize article.txt
  tomtat summarize --sentences 1 page.html feed.xml
  tomtat summarize --focus giá --boilerplate '^Tải ứng dụng' article.txt
  zcat crawl.jsonl.gz | tomtat summarize --format jsonl | jq -r .text
  tomtat summarize --format jsonl --resume -o out.jsonl crawl.jsonl.zst")]
    Summarize(Both),
    /// Every sentence with its role and score, every word and mention.
    #[command(after_help = "\
Examples:
  tomtat analyze article.txt
  tomtat analyze --format jsonl < articles.jsonl > analyses.jsonl")]
    Analyze(Both),
    /// Who and what each article is about: names, amounts, dates.
    #[command(after_help = "\
Examples:
  tomtat entities article.txt
  tomtat entities --format jsonl news/ | jq -r '.entities[] | select(.kind == \"organization\") | .name'")]
    Entities(Common),
    /// The words of each article, one sentence a line, the syllables of a word joined by _.
    #[command(after_help = "\
Examples:
  tomtat segment article.txt
  tomtat segment --format jsonl < articles.jsonl > words.jsonl")]
    Segment(Common),
    /// Why each sentence was chosen or not: its role and the signals in its score.
    #[command(after_help = "\
Examples:
  tomtat explain article.txt
  tomtat explain --format json page.html")]
    Explain(Both),
    /// One HTML page that shows all of this, to look at in a browser.
    #[command(after_help = "\
Examples:
  tomtat report article.txt -o report.html
  tomtat report news/ -o report.html
  tomtat report --sentences 5 feed.xml > report.html")]
    Report(Page),
    /// The JSON Schema of what a command writes.
    #[command(after_help = "Example:\n  tomtat schema summarize > summarize.schema.json")]
    Schema {
        /// Whose output.
        #[arg(value_enum)]
        of: SchemaOf,
    },
    /// A completion script for your shell.
    #[command(after_help = "Example:\n  tomtat completions bash > ~/.local/share/bash-completion/completions/tomtat")]
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// The manual page, in roff.
    #[command(after_help = "Example:\n  tomtat man > tomtat.1 && man ./tomtat.1")]
    Man {
        /// The page of one subcommand instead.
        subcommand: Option<String>,
    },
}

/// Options of a command that writes summaries in several formats.
#[derive(Debug, Clone, Args)]
pub struct Both {
    #[allow(missing_docs)]
    #[command(flatten)]
    pub common: Common,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub budget: Budget,
}

/// Options of `report`.
#[derive(Debug, Clone, Args)]
pub struct Page {
    #[allow(missing_docs)]
    #[command(flatten)]
    pub inputs: Inputs,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub working: Working,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub budget: Budget,
}

/// Options of every command that writes records.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// What to write; with `jsonl`, standard input is JSON lines.
    #[arg(long, value_enum, default_value_t = Format::Text, help_heading = "Output")]
    pub format: Format,
    /// Go on after the last run of the same command, however it ended; needs -o.
    #[arg(long, requires = "output", help_heading = "Output")]
    pub resume: bool,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub inputs: Inputs,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub working: Working,
}

/// What is read, and how.
#[derive(Debug, Clone, Args)]
pub struct Inputs {
    /// Files and folders; standard input where none is named, or for `-`.
    #[arg(value_name = "INPUT")]
    pub paths: Vec<PathBuf>,
    /// What the inputs are, where name and content do not tell.
    #[arg(long, value_enum, value_name = "KIND", help_heading = "Input")]
    pub from: Option<Kind>,
    /// How the inputs are encoded.
    #[arg(long, value_enum, default_value_t = Encoding::Auto, help_heading = "Input")]
    pub encoding: Encoding,
    /// Replace bytes that do not decode by U+FFFD instead of refusing them.
    #[arg(long, help_heading = "Input")]
    pub lossy: bool,
    /// Pass the other fields of a JSON record through to its answer.
    #[arg(long, help_heading = "Input")]
    pub keep_fields: bool,
    /// Longest record or file that is read; a longer one is a fault.
    #[arg(long, value_name = "BYTES", default_value_t = 64 << 20, value_parser = at_least_one, help_heading = "Input")]
    pub max_record: usize,
    /// Field of a JSON record that holds its id.
    #[arg(long, value_name = "NAME", default_value = "id", help_heading = "Input")]
    pub id_field: String,
    /// Field that holds the whole text.
    #[arg(long, value_name = "NAME", default_value = "text", help_heading = "Input")]
    pub text_field: String,
    /// Field that holds the title.
    #[arg(long, value_name = "NAME", default_value = "title", help_heading = "Input")]
    pub title_field: String,
    /// Field that holds the lede.
    #[arg(long, value_name = "NAME", default_value = "lede", help_heading = "Input")]
    pub lede_field: String,
    /// Field that holds the body.
    #[arg(long, value_name = "NAME", default_value = "body", help_heading = "Input")]
    pub body_field: String,
    /// Field that holds the day of publication: YYYY-MM-DD or YYYYMMDD.
    #[arg(long, value_name = "NAME", default_value = "published", help_heading = "Input")]
    pub published_field: String,
}

/// Where the output goes and how the work is done.
#[derive(Debug, Clone, Args)]
pub struct Working {
    /// File to write instead of standard output; .gz and .zst are compressed.
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// What becomes of a record that cannot be read.
    #[arg(long, value_enum, default_value_t = OnError::Object, help_heading = "Output")]
    pub on_error: OnError,
    /// Threads to work with; all cores by default.
    #[arg(long, value_name = "N", value_parser = at_least_one, help_heading = "Work")]
    pub threads: Option<usize>,
    /// Model file to use instead of the built-in one.
    #[arg(long, value_name = "FILE", help_heading = "Work")]
    pub model: Option<PathBuf>,
    /// Bytes of a text that are read; a longer one is marked as truncated.
    #[arg(long, value_name = "BYTES", value_parser = at_least_one, help_heading = "Work")]
    pub max_input: Option<usize>,
    /// A word that is never taken apart; may be given several times.
    #[arg(long, value_name = "WORD", help_heading = "Reading")]
    pub word: Vec<String>,
    /// A regular expression for sentences that the site prints into every article; may be given several times.
    #[arg(long, value_name = "REGEX", help_heading = "Reading")]
    pub boilerplate: Vec<String>,
    /// A word or name to lean the choice of sentences towards; may be given several times.
    #[arg(long, value_name = "WORD", help_heading = "Reading")]
    pub focus: Vec<String>,
}

/// How long a summary may be: one of these.
#[derive(Debug, Clone, Args)]
#[group(multiple = false)]
pub struct Budget {
    /// Sentences in a summary, at most [default: 3].
    #[arg(long, value_name = "N", value_parser = at_least_one, help_heading = "Length")]
    pub sentences: Option<usize>,
    /// Syllables in a summary, at most.
    #[arg(long, value_name = "N", value_parser = at_least_one, help_heading = "Length")]
    pub syllables: Option<usize>,
    /// Characters in a summary, at most.
    #[arg(long, value_name = "N", value_parser = at_least_one, help_heading = "Length")]
    pub characters: Option<usize>,
    /// Share of the article's syllables, above 0 and at most 1.
    #[arg(long, value_name = "SHARE", help_heading = "Length")]
    pub ratio: Option<f64>,
}

impl Budget {
    /// The length that was asked for; three sentences where none was.
    pub fn length(&self) -> Length {
        let counted = self.sentences.map(Length::Sentences).or(self.syllables.map(Length::Syllables));
        let counted = counted.or(self.characters.map(Length::Characters));
        counted.or(self.ratio.map(Length::Ratio)).unwrap_or_default()
    }
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

/// What becomes of a record that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnError {
    /// An object with "error" takes its place; in text, a message on standard error.
    Object,
    /// It is left out, with a message on standard error.
    Skip,
    /// The run ends there.
    Fail,
}

/// What a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)] // The names say all.
pub enum SchemaOf {
    Summarize,
    Analyze,
    Entities,
    Segment,
    Explain,
    Fault,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("must be at least 1".to_owned()),
        Ok(n) => Ok(n),
        Err(_) => Err("must be a whole number, at least 1".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_length_is_the_one_that_was_given() {
        let none = Budget { sentences: None, syllables: None, characters: None, ratio: None };
        assert_eq!(none.length(), Length::default());
        assert_eq!(Budget { ratio: Some(0.2), ..none }.length(), Length::Ratio(0.2));
    }
}
