//! Fits the weights of the signals: ridge regression of what a sentence shares
//! with the editor's lede (mean of ROUGE-1, -2 and -L) on its signals, both
//! less their means over the article, so that only the choice inside an
//! article counts. That gives the weights for articles with a title alone. Those
//! for articles with a lede, where the editor's summary is known already, and
//! for articles without title are fitted to what readers chose.

mod listwise;
mod salience;
mod telling;

use crate::corpus::news;
use crate::rouge::{rouge, syllables};
use anyhow::{Context, Result};
use salience::Example;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;
use telling::Rest;
use tomtat::train::terms::observed::{Observed, Observer};
use tomtat::train::terms::salience::LearnedWord;
use tomtat::train::{Scoring, seal};
use tomtat::{Article, Model, Role};

/// What to fit on and how.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Articles with editors' ledes (`news/train.jsonl.zst`).
    #[arg(long)]
    news: PathBuf,
    /// The other model files.
    #[arg(long, num_args = 1..)]
    model: Vec<PathBuf>,
    /// Where to write the weights.
    #[arg(long)]
    out: PathBuf,
    /// Use every n-th article.
    #[arg(long, default_value_t = 3)]
    every: usize,
    /// Articles with names (`entities/train.jsonl`): the texts of which
    /// `readers` tells the choice.
    #[arg(long)]
    annotated: PathBuf,
    /// What a reader chose: number of the article, starts of three sentences.
    #[arg(long, default_value = "tools/data/key_sentences.tsv")]
    readers: PathBuf,
    /// The penalty where the weights are fitted to readers' choices, on signals
    /// of variance 1.
    #[arg(long, default_value_t = 60.0)]
    readers_ridge: f64,
    /// Pull of what a word tells towards 0.
    #[arg(long, default_value_t = 0.001)]
    telling_penalty: f64,
    /// Passes over the words.
    #[arg(long, default_value_t = 2)]
    passes: usize,
    /// Weight of the penalty on large weights.
    #[arg(long, default_value_t = 1.0)]
    ridge: f64,
}

/// Sums from which the weights are solved.
struct Equations {
    matrix: Vec<Vec<f64>>,
    right: Vec<f64>,
}

impl Equations {
    fn new(n: usize) -> Self {
        Self { matrix: vec![vec![0.0; n]; n], right: vec![0.0; n] }
    }

    /// Adds the sentences of one article.
    fn add(&mut self, rows: &[(Vec<f64>, f64)]) {
        let n = self.right.len();
        let count = rows.len() as f64;
        let mean: Vec<f64> = (0..n).map(|i| rows.iter().map(|(x, _)| x[i]).sum::<f64>() / count).collect();
        let mean_target = rows.iter().map(|(_, y)| y).sum::<f64>() / count;
        for (x, y) in rows {
            for i in 0..n {
                let xi = x[i] - mean[i];
                self.right[i] += xi * (y - mean_target);
                for j in 0..=i {
                    self.matrix[i][j] += xi * (x[j] - mean[j]);
                }
            }
        }
    }

    /// Solves by Gaussian elimination with the penalty on the diagonal.
    fn solve(mut self, ridge: f64) -> Vec<f64> {
        let n = self.right.len();
        for i in 0..n {
            for j in i + 1..n {
                self.matrix[i][j] = self.matrix[j][i];
            }
            self.matrix[i][i] += ridge;
        }
        for i in 0..n {
            let pivot = (i..n).max_by(|a, b| self.matrix[*a][i].abs().total_cmp(&self.matrix[*b][i].abs())).unwrap_or(i);
            self.matrix.swap(i, pivot);
            self.right.swap(i, pivot);
            for row in i + 1..n {
                let factor = self.matrix[row][i] / self.matrix[i][i];
                for column in i..n {
                    self.matrix[row][column] -= factor * self.matrix[i][column];
                }
                self.right[row] -= factor * self.right[i];
            }
        }
        for i in (0..n).rev() {
            let known: f64 = (i + 1..n).map(|j| self.matrix[i][j] * self.right[j]).sum();
            self.right[i] = (self.right[i] - known) / self.matrix[i][i];
        }
        self.right
    }
}

/// An observer with the model files that are there so far.
fn observer(files: &[Vec<u8>]) -> Result<Observer> {
    Ok(Observer::new(Model::for_training(files)?))
}

/// Weights of the signals: with title, without, with lede.
type Columns = [Vec<f64>; 3];

/// All that is learned so far.
#[derive(Default)]
struct Learned {
    bins: Vec<f64>,
    words: Vec<LearnedWord>,
}

impl Learned {
    /// The section with these weights.
    fn bytes(&self, columns: &Columns) -> Vec<u8> {
        let units = |w: f64| (w * 65536.0).round() as i32;
        let weights: Vec<[i32; 3]> = (0..Scoring::names().len()).map(|i| [0, 1, 2].map(|c: usize| units(columns[c][i]))).collect();
        seal(&[(*b"SCOR", Scoring::write(&weights, &self.bins, &self.words))])
    }
}

/// Fits and writes the weights. The salience of words, what words tell, and
/// the weights are learned from different articles, since each stands on what
/// was learned before.
pub fn run(options: &Options) -> Result<()> {
    let files = options.model.iter().map(std::fs::read).collect::<Result<Vec<_>, _>>()?;
    let none = || vec![0.0; Scoring::names().len()];
    let zero = [none(), none(), none()];
    let mut learned = Learned::default();
    let (bins, words) = salience(options, &files)?;
    learned.bins = bins;
    learned.words = words.iter().map(|(k, odds)| (*k, *odds, 0.0)).collect();
    let so_far = |learned: &Learned| [files.clone(), vec![learned.bytes(&zero)]].concat();
    let telling = telling(options, &so_far(&learned))?;
    let odds: BTreeMap<u32, f64> = words.into_iter().collect();
    let keys: BTreeSet<u32> = odds.keys().chain(telling.keys()).copied().collect();
    let number = |map: &BTreeMap<u32, f64>, key: u32| map.get(&key).copied().unwrap_or(0.0);
    learned.words = keys.iter().map(|k| (*k, number(&odds, *k), number(&telling, *k))).collect();
    let columns = weights(options, &so_far(&learned))?;
    for (i, name) in Scoring::names().iter().enumerate() {
        eprintln!("{name:22} {:9.4} {:9.4} {:9.4}", columns[0][i], columns[1][i], columns[2][i]);
    }
    std::fs::write(&options.out, learned.bytes(&columns)).with_context(|| options.out.display().to_string())
}

/// Weights of the bins, and of single words by their keys.
type Salience = (Vec<f64>, Vec<(u32, f64)>);

/// Learns the salience of words, with and without title.
fn salience(options: &Options, files: &[Vec<u8>]) -> Result<Salience> {
    let mut observer = observer(files)?;
    let mut examples = Vec::new();
    for article in news(&options.news)?.skip(1).step_by(options.every) {
        let article = article?;
        let lede = observer.observe(&Article::from_parts("", "", &article.lede));
        let lede: HashSet<u32> = lede.terms.iter().map(|(_, key, _)| *key).collect();
        let body = article.body.join("\n");
        for title in [article.title.as_str(), ""] {
            let seen = observer.observe(&Article::from_parts(title, "", &body));
            examples.extend(seen.terms.iter().map(|(_, key, bins)| Example {
                key: *key,
                bins: bins.map(|b| b as u16),
                in_lede: lede.contains(key),
            }));
        }
    }
    Ok(salience::fit(&examples, options.passes))
}

/// Learns what words tell of their sentence beyond the other signals.
fn telling(options: &Options, files: &[Vec<u8>]) -> Result<BTreeMap<u32, f64>> {
    let mut articles = Vec::new();
    let mut equations = Equations::new(Scoring::names().len());
    each_article(options, files, 2, |title, seen, worth| {
        let rows = rows(seen, worth);
        if title && rows.len() > 1 {
            equations.add(&rows);
            let eligible = seen.sentences.iter().filter(|s| is_eligible(s.role));
            let words: Vec<Vec<u32>> =
                eligible.map(|s| s.terms.iter().filter_map(|t| seen.keys.get(*t as usize).copied()).collect()).collect();
            articles.push((rows, words));
        }
    })?;
    let weights = equations.solve(options.ridge);
    let sentences: Vec<Rest> = articles.into_iter().flat_map(|(rows, words)| unexplained(&weights, &rows, words)).collect();
    Ok(telling::fit(&sentences, options.passes, options.telling_penalty))
}

/// What the weights leave of each sentence's worth.
fn unexplained(weights: &[f64], rows: &Rows, words: Vec<Vec<u32>>) -> Vec<Rest> {
    let rests: Vec<f64> = rows.iter().map(|(x, y)| y - x.iter().zip(weights).map(|(a, b)| a * b).sum::<f64>()).collect();
    let mean = rests.iter().sum::<f64>() / rests.len() as f64;
    rests.iter().zip(words).map(|(rest, words)| Rest { words, rest: rest - mean }).collect()
}

/// Gives `see` the articles from `first` on, each with its title and without:
/// whether it has one, the article, and what each sentence shares with the
/// lede.
fn each_article(
    options: &Options,
    files: &[Vec<u8>],
    first: usize,
    mut see: impl FnMut(bool, &Observed, &dyn Fn(tomtat::Span) -> f64),
) -> Result<()> {
    let mut observer = observer(files)?;
    for article in news(&options.news)?.skip(first).step_by(options.every) {
        let article = article?;
        let lede = syllables(&article.lede);
        let body = article.body.join("\n");
        for title in [article.title.as_str(), ""] {
            let input = Article::from_parts(title, "", &body);
            let seen = observer.observe(&input);
            see(!title.is_empty(), &seen, &|span| rouge(&syllables(span.of(input.text())), &lede).iter().sum::<f64>() / 3.0);
        }
    }
    Ok(())
}

/// Fits the weights for articles with title, without, and with lede.
fn weights(options: &Options, files: &[Vec<u8>]) -> Result<Columns> {
    let mut equations = Equations::new(Scoring::names().len());
    let mut articles = Vec::new();
    each_article(options, files, 0, |title, seen, worth| {
        let rows = rows(seen, worth);
        if title && rows.len() > 1 {
            equations.add(&rows);
            articles.push(rows);
        }
    })?;
    let titled = equations.solve(options.ridge);
    let [whole, untitled] = readers_choices(options, files)?;
    let fitted = |chosen: &[Rows]| scaled(listwise::fit(chosen, options.readers_ridge), chosen);
    Ok([scaled(titled, &articles), fitted(&untitled), fitted(&whole)])
}

/// Articles with the sentences that a reader chose, which are worth 1: as they
/// are, and without their titles.
fn readers_choices(options: &Options, files: &[Vec<u8>]) -> Result<[Vec<Rows>; 2]> {
    let mut observer = observer(files)?;
    let texts: BTreeMap<usize, String> = annotated_texts(&options.annotated)?.into_iter().enumerate().collect();
    let mut out = [Vec::new(), Vec::new()];
    for line in crate::corpus::lines(&options.readers)? {
        let line = line?;
        let Some((number, starts)) = line.split_once('\t').filter(|_| !line.starts_with('#')) else { continue };
        let starts: Vec<usize> = starts.split(' ').map(str::parse).collect::<Result<_, _>>()?;
        let text = texts.get(&number.parse()?).context("no such article")?;
        let whole = observer.observe(&Article::new(text));
        let title = whole.sentences.iter().filter(|s| s.role == Role::Title).map(|s| s.span.end).max().unwrap_or(0);
        let rest = observer.observe(&Article::new(text.get(title..).context("a title that ends inside a character")?));
        for (out, (seen, cut)) in out.iter_mut().zip([(&whole, 0), (&rest, title)]) {
            let chosen = |span: tomtat::Span| starts.iter().any(|s| (span.start + cut..span.end + cut).contains(s));
            out.push(rows(seen, |span| f64::from(u8::from(chosen(span)))));
        }
    }
    Ok(out)
}

/// Weights in units that make the scores of an article's sentences spread by
/// an eighth, so that what selection takes off weighs alike everywhere.
fn scaled(weights: Vec<f64>, articles: &[Rows]) -> Vec<f64> {
    let (mut squares, mut count) = (0.0, 0.0);
    for rows in articles {
        let scores: Vec<f64> = rows.iter().map(|(x, _)| x.iter().zip(&weights).map(|(a, b)| a * b).sum()).collect();
        let mean = scores.iter().sum::<f64>() / scores.len() as f64;
        squares += scores.iter().map(|s| (s - mean).powi(2)).sum::<f64>();
        count += scores.len() as f64;
    }
    let factor = 0.125 / (squares / count).sqrt();
    weights.into_iter().map(|w| w * factor).collect()
}

/// The signals of an article's sentences with what each is worth.
type Rows = Vec<(Vec<f64>, f64)>;

/// The signals of the sentences that may be chosen, with what each is worth.
fn rows(article: &Observed, worth: impl Fn(tomtat::Span) -> f64) -> Rows {
    let eligible = article.sentences.iter().filter(|s| is_eligible(s.role));
    eligible.map(|s| (s.signals.iter().map(|v| *v as f64 / 65536.0).collect(), worth(s.span))).collect()
}

fn is_eligible(role: Role) -> bool {
    matches!(role, Role::Body | Role::Lede)
}

/// Articles to look at.
#[derive(Debug, clap::Args)]
pub struct DumpOptions {
    /// JSON lines of articles: text, or title, lede and body.
    articles: PathBuf,
    /// The model files.
    #[arg(long, num_args = 1..)]
    model: Vec<PathBuf>,
}

#[derive(serde::Deserialize)]
struct Given {
    id: serde_json::Value,
    text: Option<String>,
    title: Option<String>,
    lede: Option<String>,
    body: Option<String>,
}

/// Writes what scoring sees of each article, as JSON lines.
pub fn dump(options: &DumpOptions) -> Result<()> {
    let files = options.model.iter().map(std::fs::read).collect::<Result<Vec<_>, _>>()?;
    let mut observer = observer(&files)?;
    for line in crate::corpus::lines(&options.articles)? {
        let given: Given = serde_json::from_str(&line?)?;
        let part = |p: &Option<String>| p.clone().unwrap_or_default();
        let article = match &given.text {
            Some(text) => Article::new(text),
            None => Article::from_parts(&part(&given.title), &part(&given.lede), &part(&given.body)),
        };
        let seen = observer.observe(&article);
        let sentences: Vec<_> =
            seen.sentences.iter().map(|s| serde_json::json!([s.span.start, s.span.end, s.role, s.signals, s.terms, s.readable])).collect();
        println!("{}", serde_json::json!({"id": given.id, "sentences": sentences, "salience": seen.salience}));
    }
    Ok(())
}

/// The texts of an `entities/*.jsonl` file, in its order.
fn annotated_texts(path: &std::path::Path) -> Result<Vec<String>> {
    #[derive(serde::Deserialize)]
    struct Annotated {
        text: String,
    }
    crate::corpus::lines(path)?.map(|line| Ok(serde_json::from_str::<Annotated>(&line?)?.text)).collect()
}
