//! Trains the recognizer of names: articles, lists, clusters → `entity.bin`.

pub mod clusters;
mod data;
mod export;
mod learn;
mod lists;
mod measure;

use anyhow::{Context, Result};
use data::{Annotated, Article, Dictionary, Losses, Name, Sample, VoteFeatures};
use learn::{Learner, Model, Settings};
use measure::Counts;
use std::path::PathBuf;
use tomtat::Model as Base;
use tomtat::train::chain::Tag;
use tomtat::train::recognize::names_of;

/// What to train on and how.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Annotated articles to train on.
    #[arg(long)]
    train: PathBuf,
    /// Annotated articles to measure on; never trained on.
    #[arg(long)]
    dev: PathBuf,
    /// The models of the stages before: segment.bin, glue.bin.
    #[arg(long, num_args = 1.., required = true)]
    base: Vec<PathBuf>,
    /// The folder of the lists of names.
    #[arg(long)]
    lists: PathBuf,
    /// Clusters of words.
    #[arg(long)]
    clusters: Option<PathBuf>,
    /// Where to write the model.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Folds of the cross-validation; 0 for none.
    #[arg(long, default_value_t = 0)]
    folds: usize,
    #[arg(long, default_value_t = 8)]
    passes: usize,
    #[arg(long, default_value_t = 0.1)]
    rate: f32,
    #[arg(long, default_value_t = 0.5)]
    l1: f32,
    #[arg(long, default_value_t = 0.0)]
    l2: f32,
    /// Share of a token's features that a step of learning does without.
    #[arg(long, default_value_t = 0.0)]
    dropout: f32,
    /// Runs of learning whose weights are averaged.
    #[arg(long, default_value_t = 1)]
    seeds: u64,
    /// Features seen less often are left out.
    #[arg(long, default_value_t = 2)]
    least: u32,
    /// Bits of the number of buckets of the weights.
    #[arg(long, default_value_t = 15)]
    bits: u8,
    /// How the second pass is learned.
    #[arg(long, value_enum, default_value_t = Mode::Joint)]
    mode: Mode,
    /// Print what the cross-validation gets wrong.
    #[arg(long)]
    errors: bool,
    /// Print the names that the tokens lose.
    #[arg(long)]
    losses: bool,
}

/// Trains, measures, writes.
pub fn run(options: &Options) -> Result<()> {
    let base = base(&options.base)?;
    let (mut train, dev) = (Annotated::read(&options.train)?, Annotated::read(&options.dev)?);
    data::lower_some(&mut train, &lists::lower_case_names(&options.lists)?);
    let knowledge = lists::knowledge(&options.lists, options.clusters.as_deref(), &train, &base)?;
    let mut dictionary = Dictionary::default();
    let mut losses = Losses::default();
    let articles = Article::read_all(&train, &base, &knowledge, &mut dictionary, &mut losses);
    report(&losses, options.losses);
    let mut losses = Losses::default();
    let dev_articles = Article::read_all(&dev, &base, &knowledge, &mut Dictionary::default(), &mut losses);
    report(&losses, options.losses);
    drop(dev_articles);
    let dropped: Vec<bool> = dictionary.counts.iter().map(|n| *n < options.least).collect();
    eprintln!("{} features, {} kept", dropped.len(), dropped.iter().filter(|d| !**d).count());
    let settings = Settings {
        passes: options.passes,
        rate: options.rate,
        l1: options.l1,
        l2: options.l2,
        dropout: options.dropout,
        ..Settings::default()
    };
    if options.folds > 1 {
        println!("CV {}", cross_validate(&articles, options.folds, settings, options.seeds, &dropped, options.mode, options.errors));
    }
    let Some(out) = &options.out else { return Ok(()) };
    let all: Vec<&Article> = articles.iter().collect();
    let trained = train_passes(&all, settings, options.seeds, &dropped, options.mode);
    let bytes = export::export(&trained, &dictionary, knowledge, options.bits);
    std::fs::write(out, &bytes).with_context(|| out.display().to_string())?;
    println!("{} bytes; dev {}", bytes.len(), measure_model(&bytes, &base, &dev)?);
    Ok(())
}

fn report(losses: &Losses, with_examples: bool) {
    eprintln!(
        "{} names; lost: {} cut a token, {} cross a sentence, {} outside zones; {} of {} tokens in {} zones, {} at sentence starts",
        losses.names,
        losses.cut_token,
        losses.crossed_sentence,
        losses.outside_zone,
        losses.zone_tokens,
        losses.tokens,
        losses.zones,
        losses.openers
    );
    if with_examples {
        losses.examples.iter().for_each(|e| println!("{e}"));
    }
}

/// Every fold is predicted by a model of the others. Two folds at a time.
fn cross_validate(
    articles: &[Article],
    folds: usize,
    settings: Settings,
    seeds: u64,
    dropped: &[bool],
    mode: Mode,
    errors: bool,
) -> Counts {
    let fold = |k: usize| {
        let train: Vec<&Article> = articles.iter().enumerate().filter(|(i, _)| i % folds != k).map(|(_, a)| a).collect();
        let trained = train_passes(&train, settings, seeds, dropped, mode);
        let mut counts = Counts::default();
        for article in articles.iter().skip(k).step_by(folds) {
            let names = trained.predict(article);
            if errors {
                print_errors(article, &names);
            }
            counts.add(&article.names, &names);
        }
        counts
    };
    let mut total = Counts::default();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let parts = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    let mut counts = Counts::default();
                    loop {
                        let k = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                        if k >= folds {
                            return counts;
                        }
                        counts.merge(&fold(k));
                    }
                })
            })
            .collect();
        workers.into_iter().filter_map(|w| w.join().ok()).collect::<Vec<_>>()
    });
    parts.iter().for_each(|c| total.merge(c));
    total
}

/// Prints missed and wrong names in their context.
fn print_errors(article: &Article, names: &[Name]) {
    let text = &article.text;
    let clip = |at: usize| (at..text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len());
    let wrong = names.iter().filter(|n| !article.names.contains(n)).map(|n| ('+', *n));
    let missed = article.names.iter().filter(|n| !names.contains(n)).map(|n| ('-', *n));
    let mut all: Vec<(char, Name)> = wrong.chain(missed).collect();
    all.sort_by_key(|(sign, name)| (*name, *sign));
    for (sign, (start, end, kind)) in all {
        let around = format!(
            "{}[{}]{}",
            &text[clip(start.saturating_sub(50))..start],
            &text[start..end],
            &text[end..clip((end + 40).min(text.len()))]
        );
        println!("{sign} {} {start} {} {}", article.id, data::KIND_NAMES[kind], around.replace('\n', "⏎"));
    }
}

/// A model of both passes.
pub struct Trained {
    pub model: Model,
    /// Of the second pass, where it has weights of its own.
    pub second: Option<Model>,
    pub votes: Dictionary,
    /// Number of the first feature of the second pass.
    pub offset: u32,
}

/// How the second pass is learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Mode {
    /// There is none.
    None,
    /// One set of weights for both passes.
    Joint,
    /// Two sets.
    Separate,
}

/// Parts of the training articles for the first pass's honest tags.
const JACKKNIFE: usize = 4;

fn train_passes(articles: &[&Article], settings: Settings, seeds: u64, dropped: &[bool], mode: Mode) -> Trained {
    let offset = dropped.len() as u32;
    let first: Vec<Sample<'_>> = articles.iter().map(|article| Sample { article, votes: None }).collect();
    let mut votes = Dictionary::default();
    if mode == Mode::None {
        let model = Learner::new(dropped.len(), settings).learn(&first, dropped);
        return Trained { model, second: None, votes, offset };
    }
    let mut features: Vec<Option<VoteFeatures>> = articles.iter().map(|_| None).collect();
    for part in 0..JACKKNIFE {
        let others: Vec<Sample<'_>> = first.iter().enumerate().filter(|(i, _)| i % JACKKNIFE != part).map(|(_, s)| *s).collect();
        let model = Learner::new(dropped.len(), settings).learn(&others, dropped);
        for i in (part..articles.len()).step_by(JACKKNIFE) {
            let tags = decode_all(&model, first[i]);
            features[i] = Some(VoteFeatures::new(articles[i], &tags, |key| Some(votes.number(key) + offset)));
        }
    }
    let second: Vec<Sample<'_>> =
        articles.iter().zip(&features).map(|(article, votes)| Sample { article, votes: votes.as_ref() }).collect();
    let size = dropped.len() + votes.keys.len();
    if mode == Mode::Joint {
        let both: Vec<Sample<'_>> = first.iter().chain(&second).copied().collect();
        let model = Model::mean(size, settings, seeds, &both, dropped);
        return Trained { model, second: None, votes, offset };
    }
    let model = Learner::new(size, settings).learn(&first, dropped);
    let second = Learner::new(size, settings).learn(&second, dropped);
    Trained { model, second: Some(second), votes, offset }
}

/// The tags of all zones, end to end.
fn decode_all(model: &Model, sample: Sample<'_>) -> Vec<Tag> {
    sample.article.zones.iter().flat_map(|zone| model.decode(sample, zone.clone())).collect()
}

impl Trained {
    fn predict(&self, article: &Article) -> Vec<Name> {
        let mut tags = decode_all(&self.model, Sample { article, votes: None });
        if !self.votes.keys.is_empty() {
            let features = VoteFeatures::new(article, &tags, |key| Some(self.votes.find(key)? + self.offset));
            let model = self.second.as_ref().unwrap_or(&self.model);
            tags = decode_all(model, Sample { article, votes: Some(&features) });
        }
        let mut names = Vec::new();
        for zone in &article.zones {
            names_of(zone.start, &tags[zone.clone()], |kind, range| {
                let (first, last) = (article.places[range.start], article.places[range.end - 1]);
                names.push((article.raw[first].start, article.raw[last].end, kind));
            });
        }
        names
    }
}

/// The model as the library reads it.
fn measure_model(bytes: &[u8], base: &Base, articles: &[Annotated]) -> Result<Counts> {
    use tomtat::train::{chain::NAME_KINDS, reading, recognize::NameBuffers};
    let recognizer = reading::recognizer(bytes, base)?;
    let (mut reading, mut buffers) = (reading::Reading::default(), NameBuffers::default());
    let mut counts = Counts::default();
    for article in articles {
        let names = reading.names(&article.text, base, &recognizer, &mut buffers);
        let names: Vec<Name> =
            names.into_iter().filter_map(|(raw, n)| Some((raw.start, raw.end, NAME_KINDS.iter().position(|k| *k == n.kind)?))).collect();
        counts.add(&article.names(), &names);
    }
    Ok(counts)
}

/// What to measure.
#[derive(Debug, clap::Args)]
pub struct MeasureOptions {
    /// The recognizer's model.
    #[arg(long)]
    model: PathBuf,
    /// The models of the stages before: segment.bin, glue.bin.
    #[arg(long, num_args = 1.., required = true)]
    base: Vec<PathBuf>,
    /// Annotated articles.
    #[arg(long)]
    dev: PathBuf,
    /// Unlabelled articles to time it on.
    #[arg(long)]
    articles: Option<PathBuf>,
}

/// Measures a model file: F1, and the time beyond segmentation.
pub fn measure(options: &MeasureOptions) -> Result<()> {
    let base = base(&options.base)?;
    let bytes = std::fs::read(&options.model)?;
    println!("{}", measure_model(&bytes, &base, &Annotated::read(&options.dev)?)?);
    let Some(path) = &options.articles else { return Ok(()) };
    let recognizer = tomtat::train::reading::recognizer(&bytes, &base)?;
    let mut texts = Vec::new();
    clusters::each_article(std::slice::from_ref(path), |text| texts.push(text.to_owned()))?;
    let (mut reading, mut buffers) = (tomtat::train::reading::Reading::default(), tomtat::train::recognize::NameBuffers::default());
    for _ in 0..3 {
        let size: usize = texts.iter().map(String::len).sum();
        let mut names = 0;
        let start = cpu_time();
        texts.iter().for_each(|text| reading.view(text, &base, |view| names += view.tokens.len()));
        let before = cpu_time();
        let tokens = std::mem::take(&mut names);
        texts.iter().for_each(|text| reading.view(text, &base, |view| names += recognizer.names(view, &mut buffers).len()));
        let [reading_time, all] = [before - start, cpu_time() - before].map(|ns| ns as f64 / size as f64);
        println!("{tokens} tokens, {names} names; {reading_time:.1} ns a byte up to the words, {:.1} for names", all - reading_time);
    }
    Ok(())
}

/// Nanoseconds that this thread has had a processor: others may want it too.
fn cpu_time() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// The stages before the recognizer.
fn base(paths: &[PathBuf]) -> Result<Base> {
    let files: Vec<Vec<u8>> = paths.iter().map(std::fs::read).collect::<Result<_, _>>()?;
    Ok(Base::for_training(&files)?)
}
