//! The command `tomtat`.

use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    // Bad options: clap prints one clear message and ends with status 2.
    let cli = tomtat_cli::Cli::parse();
    ExitCode::from(tomtat_cli::run(&cli).code())
}
