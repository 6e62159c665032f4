//! Maintainers' programs, one subcommand each.

use clap::Parser;

#[derive(Parser)]
#[command(about = "Computes and measures what tomtat ships")]
enum Command {
    /// Train the word segmenter.
    TrainSegment(tomtat_tools::segment::Options),
}

fn main() -> anyhow::Result<()> {
    match Command::parse() {
        Command::TrainSegment(options) => tomtat_tools::segment::run(&options),
    }
}
