//! Unlabelled articles → clusters of words that stand in the same contexts.
//!
//! Skip-gram vectors with negative samples over the segmenter's words, then
//! spherical k-means at two granularities. One thread for the vectors, a fixed
//! order everywhere: the same articles give the same clusters.

use crate::corpus::lines;
use crate::random::Random;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use tomtat::train::reading::Reading;

/// What to read and how to cluster.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Articles: JSON lines with title, lede, body, captions.
    #[arg(long, num_args = 1.., required = true)]
    articles: Vec<PathBuf>,
    /// The models of the stages before: segment.bin, glue.bin.
    #[arg(long, num_args = 1.., required = true)]
    base: Vec<PathBuf>,
    /// Where to write the clusters: a line "key coarse fine" for each word.
    #[arg(long)]
    out: PathBuf,
    /// Words seen less often are left out.
    #[arg(long, default_value_t = 8)]
    least: u32,
    /// Words at most.
    #[arg(long, default_value_t = 60_000)]
    words: usize,
    /// Numbers of clusters, coarse and fine.
    #[arg(long, num_args = 2, default_values_t = [128, 1024])]
    clusters: Vec<usize>,
    /// Passes over the articles.
    #[arg(long, default_value_t = 3)]
    passes: usize,
    /// Words to either side that count as context.
    #[arg(long, default_value_t = 3)]
    window: usize,
}

const DIMENSIONS: usize = 64;
type Vector = [f32; DIMENSIONS];

/// An article of either crawl.
#[derive(Deserialize)]
pub struct RawArticle {
    title: Option<String>,
    lede: Option<String>,
    #[serde(default)]
    body: Lines,
    #[serde(default)]
    captions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Lines {
    One(String),
    Many(Vec<String>),
}

impl Default for Lines {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl RawArticle {
    /// Its parts, one a line.
    pub fn text(&self) -> String {
        let mut parts: Vec<&str> = self.title.iter().chain(&self.lede).map(String::as_str).collect();
        match &self.body {
            Lines::One(text) => parts.push(text),
            Lines::Many(lines) => parts.extend(lines.iter().map(String::as_str)),
        }
        parts.extend(self.captions.iter().map(String::as_str));
        parts.join("\n")
    }
}

/// Calls `visit` with the text of each article.
pub fn each_article(paths: &[PathBuf], mut visit: impl FnMut(&str)) -> Result<()> {
    for path in paths {
        for line in lines(path)? {
            let article: RawArticle = serde_json::from_str(&line?).with_context(|| path.display().to_string())?;
            visit(&article.text());
        }
    }
    Ok(())
}

/// Reads, learns, clusters, writes.
pub fn run(options: &Options) -> Result<()> {
    let corpus = Corpus::read(options)?;
    eprintln!("{} words, {} in all", corpus.counts.len(), corpus.sequence.len());
    let vectors = SkipGram::new(&corpus, options.window).learn(&corpus, options);
    let coarse = k_means(&vectors, options.clusters[0]);
    let fine = k_means(&vectors, options.clusters[1]);
    let mut out = std::io::BufWriter::new(std::fs::File::create(&options.out)?);
    for ((key, coarse), fine) in corpus.keys.iter().zip(&coarse).zip(&fine) {
        writeln!(out, "{key}\t{}\t{}", coarse + 1, fine + 1)?;
    }
    if let Some(folder) = std::env::var_os("CLUSTER_SAMPLE") {
        sample(&corpus, &fine, Path::new(&folder))?;
    }
    Ok(())
}

/// For the eye: some words of each cluster.
fn sample(corpus: &Corpus, fine: &[usize], path: &Path) -> Result<()> {
    let mut by_cluster: HashMap<usize, Vec<&str>> = HashMap::new();
    for (word, cluster) in corpus.spellings.iter().zip(fine) {
        let words = by_cluster.entry(*cluster).or_default();
        if words.len() < 25 {
            words.push(word);
        }
    }
    let mut rows: Vec<_> = by_cluster.into_iter().collect();
    rows.sort();
    let text: String = rows.into_iter().map(|(c, words)| format!("{c}\t{}\n", words.join(" | "))).collect();
    Ok(std::fs::write(path, text)?)
}

/// All articles as word numbers; `BREAK` stands between sentences.
struct Corpus {
    keys: Vec<u32>,
    spellings: Vec<String>,
    counts: Vec<u32>,
    sequence: Vec<u32>,
}

const BREAK: u32 = u32::MAX;

impl Corpus {
    fn read(options: &Options) -> Result<Self> {
        let base = super::base(&options.base)?;
        let knowledge = tomtat::train::reading::knowledge(&base, Default::default(), Default::default());
        let mut reading = Reading::default();
        let mut numbers: HashMap<u32, u32> = HashMap::new();
        let mut words: Vec<(u32, u32, String)> = Vec::new();
        let mut sequence = Vec::new();
        each_article(&options.articles, |text| {
            reading.words(text, &base, &knowledge, |word| {
                let Some((key, spelling)) = word else {
                    sequence.push(BREAK);
                    return;
                };
                let number = *numbers.entry(key).or_insert_with(|| {
                    words.push((key, 0, spelling.to_owned()));
                    words.len() as u32 - 1
                });
                words[number as usize].1 += 1;
                sequence.push(number);
            });
        })?;
        Ok(Self::frequent(words, sequence, options))
    }

    /// Keeps the frequent words, most frequent first.
    fn frequent(words: Vec<(u32, u32, String)>, sequence: Vec<u32>, options: &Options) -> Self {
        let mut order: Vec<usize> = (0..words.len()).filter(|i| words[*i].1 >= options.least).collect();
        order.sort_by(|a, b| words[*b].1.cmp(&words[*a].1).then(a.cmp(b)));
        order.truncate(options.words);
        let mut renumber = vec![BREAK - 1; words.len()];
        for (new, old) in order.iter().enumerate() {
            renumber[*old] = new as u32;
        }
        let kept = sequence.into_iter().map(|n| if n == BREAK { BREAK } else { renumber[n as usize] });
        Self {
            sequence: kept.filter(|n| *n != BREAK - 1).collect(),
            keys: order.iter().map(|i| words[*i].0).collect(),
            counts: order.iter().map(|i| words[*i].1).collect(),
            spellings: order.iter().map(|i| words[*i].2.clone()).collect(),
        }
    }
}

struct SkipGram {
    inner: Vec<Vector>,
    /// For each place in the window the vectors of all words.
    outer: Vec<Vector>,
    /// Words to draw negative samples from, by count to the power of 3/4.
    urn: Vec<u32>,
    /// Chance of keeping a word, in 2⁻³².
    keep: Vec<u64>,
    sigmoid: Vec<f32>,
}

impl SkipGram {
    fn new(corpus: &Corpus, window: usize) -> Self {
        let mut random = Random(7);
        let words = corpus.counts.len();
        let mut draw = || random.below(1 << 24) as f32 / (1 << 24) as f32 - 0.5;
        let inner = (0..words).map(|_| std::array::from_fn(|_| draw() / DIMENSIONS as f32)).collect();
        let weight = |n: u32| f64::from(n).powf(0.75);
        let total: f64 = corpus.counts.iter().map(|n| weight(*n)).sum();
        let mut urn = Vec::new();
        for (i, n) in corpus.counts.iter().enumerate() {
            let share = (weight(*n) / total * 4e6).ceil() as usize;
            urn.extend(std::iter::repeat_n(i as u32, share));
        }
        let all: f64 = corpus.counts.iter().map(|n| f64::from(*n)).sum();
        let keep = |n: &u32| {
            let ratio = 1e-4 * all / f64::from(*n);
            ((ratio.sqrt() + ratio).min(1.0) * f64::from(u32::MAX)) as u64
        };
        let sigmoid = (0..1024).map(|i| 1.0 / (1.0 + (-(i as f32 / 1024.0 * 12.0 - 6.0)).exp())).collect();
        Self { inner, outer: vec![[0.0; DIMENSIONS]; words * 2 * window], urn, keep: corpus.counts.iter().map(keep).collect(), sigmoid }
    }

    fn learn(mut self, corpus: &Corpus, options: &Options) -> Vec<Vector> {
        let mut random = Random(8);
        let total = (corpus.sequence.len() * options.passes) as f32;
        let mut done = 0_usize;
        let mut sentence: Vec<u32> = Vec::new();
        for _ in 0..options.passes {
            for word in corpus.sequence.iter().chain([&BREAK]) {
                done += 1;
                if *word != BREAK {
                    if random.below(1 << 32) <= self.keep[*word as usize] {
                        sentence.push(*word);
                    }
                    continue;
                }
                let rate = (0.03 * (1.0 - done as f32 / total)).max(1e-4);
                self.learn_sentence(&sentence, options.window, rate, &mut random);
                sentence.clear();
            }
        }
        self.inner
    }

    fn learn_sentence(&mut self, sentence: &[u32], window: usize, rate: f32, random: &mut Random) {
        for (i, center) in sentence.iter().enumerate() {
            let reach = 1 + random.below(window as u64) as usize;
            let first = i.saturating_sub(reach);
            for (j, context) in sentence.iter().enumerate().take(i + reach + 1).skip(first).filter(|(j, _)| *j != i) {
                let place = if j < i { window + j - i } else { window + j - i - 1 };
                self.learn_pair(*center, *context, place, rate, random);
            }
        }
    }

    fn learn_pair(&mut self, center: u32, context: u32, place: usize, rate: f32, random: &mut Random) {
        let mut change = [0.0; DIMENSIONS];
        let inner = &mut self.inner[center as usize];
        for sample in 0..6 {
            let word = if sample == 0 { context } else { self.urn[random.below(self.urn.len() as u64) as usize] };
            if sample > 0 && word == context {
                continue;
            }
            let outer = &mut self.outer[place * self.keep.len() + word as usize];
            let score = dot(inner, outer);
            let place = ((score + 6.0) * (1024.0 / 12.0)).clamp(0.0, 1023.0) as usize;
            let step = (f32::from(sample == 0) - self.sigmoid[place]) * rate;
            for k in 0..DIMENSIONS {
                change[k] += step * outer[k];
                outer[k] += step * inner[k];
            }
        }
        for (value, change) in inner.iter_mut().zip(change) {
            *value += change;
        }
    }
}

/// The dot product, in eight sums so that it runs in vectors.
fn dot(a: &Vector, b: &Vector) -> f32 {
    let mut sums = [0.0_f32; 8];
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for k in 0..8 {
            sums[k] += a[k] * b[k];
        }
    }
    sums.iter().sum()
}

fn unit(vector: &Vector) -> Vector {
    let length = dot(vector, vector).sqrt().max(1e-9);
    vector.map(|v| v / length)
}

/// Spherical k-means; the first centers are words spread over the ranks.
fn k_means(vectors: &[Vector], k: usize) -> Vec<usize> {
    let points: Vec<Vector> = vectors.iter().map(unit).collect();
    let mut random = Random(9);
    let mut order: Vec<usize> = (0..points.len()).collect();
    random.shuffle(&mut order);
    let mut centers: Vec<Vector> = order.iter().take(k).map(|i| points[*i]).collect();
    let mut nearest = vec![0; points.len()];
    for _ in 0..15 {
        let half = points.len() / 2;
        let (left, right) = nearest.split_at_mut(half);
        std::thread::scope(|scope| {
            scope.spawn(|| assign(&points[..half], &centers, left));
            assign(&points[half..], &centers, right);
        });
        let mut sums = vec![[0.0; DIMENSIONS]; centers.len()];
        for (point, center) in points.iter().zip(&nearest) {
            for (sum, value) in sums[*center].iter_mut().zip(point) {
                *sum += value;
            }
        }
        for (center, sum) in centers.iter_mut().zip(&sums) {
            if dot(sum, sum) > 0.0 {
                *center = unit(sum);
            }
        }
    }
    nearest
}

fn assign(points: &[Vector], centers: &[Vector], nearest: &mut [usize]) {
    for (point, nearest) in points.iter().zip(nearest) {
        let mut best = (f32::MIN, 0);
        for (i, center) in centers.iter().enumerate() {
            let value = dot(point, center);
            if value > best.0 {
                best = (value, i);
            }
        }
        *nearest = best.1;
    }
}
