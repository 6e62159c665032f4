//! `tomtat-fuzz`: tries hostile inputs on the stable toolchain.

// What a developer runs may print.
#![allow(clippy::print_stdout)]

mod articles;
mod driver;
mod soak;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Tries hostile inputs on tomtat.
#[derive(Debug, Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Any bytes as a text
    Text(driver::Options),
    /// A date and the parts of an article
    Parts(driver::Options),
    /// Options of a user, and a text
    Options(driver::Options),
    /// A stream of JSON lines
    #[command(name = "json_lines")]
    JsonLines(driver::Options),
    /// A page
    Html(driver::Options),
    /// An RSS, Atom or JSON feed
    Feed(driver::Options),
    /// Changes to the built-in model
    Model(driver::Options),
    /// Changes to document counts
    Idf(driver::Options),
    /// What must hold, tried on articles and five mutations of each
    Invariants(articles::Options),
    /// Very many articles through one worker: count and memory
    Soak(soak::Options),
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Text(options) => driver::run("text", &options),
        Command::Parts(options) => driver::run("parts", &options),
        Command::Options(options) => driver::run("options", &options),
        Command::JsonLines(options) => driver::run("json_lines", &options),
        Command::Html(options) => driver::run("html", &options),
        Command::Feed(options) => driver::run("feed", &options),
        Command::Model(options) => driver::run("model", &options),
        Command::Idf(options) => driver::run("idf", &options),
        Command::Invariants(options) => articles::run(&options),
        Command::Soak(options) => soak::run(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("tomtat-fuzz: {problem:#}");
            ExitCode::FAILURE
        }
    }
}
