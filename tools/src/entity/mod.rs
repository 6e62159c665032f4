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
use tomtat::train::Segmenter;
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
    /// The segmenter's model.
    #[arg(long)]
    segmenter: PathBuf,
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
    /// Features seen less often are left out.
    #[arg(long, default_value_t = 2)]
    least: u32,
    /// Bits of the number of buckets of the weights.
    #[arg(long, default_value_t = 15)]
    bits: u8,
    /// How the second pass is learned.
    #[arg(long, value_enum, default_value_t = Mode::Joint)]
    mode: Mode,
    /// Print the names that the tokens lose.
    #[arg(long)]
    losses: bool,
}

/// Trains, measures, writes.
pub fn run(options: &Options) -> Result<()> {
    let segmenter = Segmenter::from_envelope(&std::fs::read(&options.segmenter)?)?;
    let knowledge = lists::knowledge(&options.lists, options.clusters.as_deref(), &segmenter)?;
    let (train, dev) = (Annotated::read(&options.train)?, Annotated::read(&options.dev)?);
    let mut dictionary = Dictionary::default();
    let mut losses = Losses::default();
    let articles = Article::read_all(&train, &segmenter, &knowledge, &mut dictionary, &mut losses);
    report(&losses, options.losses);
    let mut losses = Losses::default();
    let dev_articles = Article::read_all(&dev, &segmenter, &knowledge, &mut Dictionary::default(), &mut losses);
    report(&losses, options.losses);
    drop(dev_articles);
    let dropped: Vec<bool> = dictionary.counts.iter().map(|n| *n < options.least).collect();
    eprintln!("{} features, {} kept", dropped.len(), dropped.iter().filter(|d| !**d).count());
    let settings = Settings { passes: options.passes, rate: options.rate, l1: options.l1, l2: options.l2, ..Settings::default() };
    if options.folds > 1 {
        println!("CV {}", cross_validate(&articles, options.folds, settings, &dropped, options.mode));
    }
    let Some(out) = &options.out else { return Ok(()) };
    let all: Vec<&Article> = articles.iter().collect();
    let trained = train_passes(&all, settings, &dropped, options.mode);
    let bytes = export::export(&trained, &dictionary, knowledge, options.bits);
    std::fs::write(out, &bytes).with_context(|| out.display().to_string())?;
    println!("{} bytes; dev {}", bytes.len(), measure_model(&bytes, &segmenter, &dev)?);
    Ok(())
}

fn report(losses: &Losses, with_examples: bool) {
    eprintln!(
        "{} names; lost: {} cut a token, {} cross a sentence, {} outside zones; {} of {} tokens in zones",
        losses.names, losses.cut_token, losses.crossed_sentence, losses.outside_zone, losses.zone_tokens, losses.tokens
    );
    if with_examples {
        losses.examples.iter().for_each(|e| println!("{e}"));
    }
}

/// Every fold is predicted by a model of the others. Two folds at a time.
fn cross_validate(articles: &[Article], folds: usize, settings: Settings, dropped: &[bool], mode: Mode) -> Counts {
    let fold = |k: usize| {
        let train: Vec<&Article> = articles.iter().enumerate().filter(|(i, _)| i % folds != k).map(|(_, a)| a).collect();
        let trained = train_passes(&train, settings, dropped, mode);
        let mut counts = Counts::default();
        for article in articles.iter().skip(k).step_by(folds) {
            counts.add(&article.names, &trained.predict(article));
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

fn train_passes(articles: &[&Article], settings: Settings, dropped: &[bool], mode: Mode) -> Trained {
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
    let second: Vec<Sample<'_>> = articles.iter().zip(&features).map(|(article, votes)| Sample { article, votes: votes.as_ref() }).collect();
    let size = dropped.len() + votes.keys.len();
    if mode == Mode::Joint {
        let both: Vec<Sample<'_>> = first.iter().chain(&second).copied().collect();
        let model = Learner::new(size, settings).learn(&both, dropped);
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
fn measure_model(bytes: &[u8], segmenter: &Segmenter, articles: &[Annotated]) -> Result<Counts> {
    use tomtat::train::{chain::NAME_KINDS, reading, recognize::NameBuffers};
    let recognizer = reading::recognizer(bytes, segmenter)?;
    let (mut reading, mut buffers) = (reading::Reading::default(), NameBuffers::default());
    let mut counts = Counts::default();
    for article in articles {
        let names = reading.names(&article.text, segmenter, &recognizer, &mut buffers);
        let names: Vec<Name> = names.into_iter().filter_map(|(raw, n)| Some((raw.start, raw.end, NAME_KINDS.iter().position(|k| *k == n.kind)?))).collect();
        counts.add(&article.names(), &names);
    }
    Ok(counts)
}

/// SplitMix64: the order of articles must be the same everywhere.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            let j = (self.next() % (i as u64 + 1)) as usize;
            items.swap(i, j);
        }
    }
}
