//! Maintainers' programs, one subcommand each.

use clap::Parser;

#[derive(Parser)]
#[command(about = "Computes and measures what tomtat ships")]
enum Command {
    /// Cluster the words of unlabelled articles.
    ClusterWords(tomtat_tools::entity::clusters::Options),
    /// Train the recognizer of names.
    TrainEntity(tomtat_tools::entity::Options),
    /// Measure the recognizer of names.
    MeasureEntity(tomtat_tools::entity::MeasureOptions),
    /// Train the word segmenter.
    TrainSegment(tomtat_tools::segment::Options),
    /// Count document frequencies.
    CountDocuments(tomtat_tools::background::Options),
    /// Fit the weights of the scoring signals.
    FitScoring(tomtat_tools::scoring::Options),
    /// Show what scoring sees of articles, as JSON lines.
    ShowSignals(tomtat_tools::scoring::DumpOptions),
    /// Find technology terms of several words.
    MineTerms(tomtat_tools::terms::Options),
    /// Train the wording of captions.
    TrainCaption(tomtat_tools::caption::Options),
    /// Train the finder of hidden borders.
    TrainGlue(tomtat_tools::glue::Options),
    /// Fit the weights of the cues of roles.
    FitRoles(tomtat_tools::roles::Options),
}

fn main() -> anyhow::Result<()> {
    match Command::parse() {
        Command::ClusterWords(options) => tomtat_tools::entity::clusters::run(&options),
        Command::TrainEntity(options) => tomtat_tools::entity::run(&options),
        Command::MeasureEntity(options) => tomtat_tools::entity::measure(&options),
        Command::TrainSegment(options) => tomtat_tools::segment::run(&options),
        Command::CountDocuments(options) => tomtat_tools::background::run(&options),
        Command::FitScoring(options) => tomtat_tools::scoring::run(&options),
        Command::ShowSignals(options) => tomtat_tools::scoring::dump(&options),
        Command::MineTerms(options) => tomtat_tools::terms::run(&options),
        Command::TrainCaption(options) => tomtat_tools::caption::run(&options),
        Command::TrainGlue(options) => tomtat_tools::glue::run(&options),
        Command::FitRoles(options) => tomtat_tools::roles::run(&options),
    }
}
