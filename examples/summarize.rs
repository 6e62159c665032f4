//! Summarizes one article: a file, or standard input where none is named.
//!
//! ```text
//! cargo run --release --example summarize -- fixtures/articles/fused-lede/source.txt
//! cargo run --release --example summarize -- --json fixtures/articles/fused-lede/source.txt
//! ```

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::process::ExitCode;
use tomtat::{Entity, Summary};

const USAGE: &str = "usage: summarize [--json] [FILE]";

/// Entities shown on a terminal; JSON has them all.
const SHOWN_ENTITIES: usize = 12;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("summarize: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let (json, file) = arguments()?;
    let text = read(file.as_deref())?;

    let summary = tomtat::summarize(&text);

    let mut output = if json { serde_json::to_string_pretty(&summary).map_err(|e| e.to_string())? } else { page(&summary) };
    output.push('\n');
    std::io::stdout().write_all(output.as_bytes()).map_err(|e| format!("standard output: {e}"))
}

/// Whether to write JSON, and the file to read.
fn arguments() -> Result<(bool, Option<String>), String> {
    let (mut json, mut file) = (false, None);
    for argument in std::env::args_os().skip(1) {
        match argument.to_string_lossy().as_ref() {
            "--json" => json = true,
            option if option.starts_with('-') && option != "-" => return Err(format!("unknown option {option}; {USAGE}")),
            name if file.is_none() => file = Some(name.to_owned()),
            _ => return Err(format!("one article at a time; {USAGE}")),
        }
    }
    Ok((json, file.filter(|name| name != "-")))
}

fn read(file: Option<&str>) -> Result<String, String> {
    let mut bytes = Vec::new();
    let name = file.unwrap_or("standard input");
    let read = match file {
        Some(path) => std::fs::read(path).map(|read| bytes = read),
        None => std::io::stdin().read_to_end(&mut bytes).map(|_| ()),
    };
    read.map_err(|e| format!("{name}: {e}"))?;
    String::from_utf8(bytes).map_err(|e| format!("{name} is not UTF-8: byte {} is wrong; convert it first", e.utf8_error().valid_up_to()))
}

/// The summary as text for people.
fn page(summary: &Summary) -> String {
    let mut page = String::new();
    if let Some(title) = &summary.title {
        let _ = writeln!(page, "{title}\n");
    }
    for sentence in &summary.sentences {
        let _ = writeln!(page, "  • {}", sentence.text);
    }
    if !summary.entities.is_empty() {
        page.push_str("\nWho and what\n");
        summary.entities.iter().take(SHOWN_ENTITIES).for_each(|entity| push_entity(&mut page, entity));
    }
    let keywords: Vec<&str> = summary.keywords.iter().map(|k| k.text.as_str()).collect();
    if !keywords.is_empty() {
        let _ = writeln!(page, "\nKeywords: {}", keywords.join(", "));
    }
    for note in notes(summary) {
        let _ = writeln!(page, "\nNote: {note}");
    }
    page.trim_end().to_owned()
}

fn push_entity(page: &mut String, entity: &Entity) {
    let kind = format!("{:?}", entity.kind).to_lowercase();
    let _ = write!(page, "  {kind:<13}{}", entity.name);
    if entity.mentions.len() > 1 {
        let _ = write!(page, " ×{}", entity.mentions.len());
    }
    let tie = entity.affiliation.as_ref().map(|tie| tie.name.as_str());
    let about: Vec<&str> = entity.title.as_deref().into_iter().chain(tie).collect();
    if !about.is_empty() {
        let _ = write!(page, " ({})", about.join(", "));
    }
    page.push('\n');
}

/// What a reader should know before trusting the summary.
fn notes(summary: &Summary) -> impl Iterator<Item = &'static str> {
    let notes = [
        (summary.truncated, "the text is very long; only its beginning was read"),
        (summary.over_budget, "even the shortest sentence is longer than asked for"),
        (summary.fallback, "the text has no running text; captions or headings are shown instead"),
        (summary.language_doubtful, "this does not look like Vietnamese with its diacritics; take it as a guess"),
    ];
    notes.into_iter().filter(|(holds, _)| *holds).map(|(_, note)| note)
}
