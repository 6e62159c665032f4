//! The command `tomtat`, without its `main`: all that can be tested.
//!
//! Reads articles (files or standard input; plain text or JSON lines), gives
//! summaries or analyses (text, JSON, JSON lines) in input order, and turns
//! every fault into one clear line and an exit status.

mod args;
mod output;
mod record;
mod run;

pub use args::Cli;
pub use run::{Status, run};
