//! Trains the finder of hidden borders on articles whose parts are known.
//!
//! Titles and ledes, captions and body sentences are glued on purpose, and
//! sentences that hide no border are shown beside them. The model is a
//! softmax over the places of a sentence and "nowhere" (score 0), learned by
//! stochastic gradient descent with AdaGrad steps.

use crate::corpus::news;
use crate::random::Random;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use tomtat::train::glue::{Candidate, GLUE_WEIGHTS};
use tomtat::train::vocabulary::SyllableId;
use tomtat::train::{Segmenter, Token, seal, tokenize};

/// What to train on and how.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Articles with known parts (`news/train.jsonl.zst`).
    #[arg(long)]
    news: PathBuf,
    /// Articles as crawled (`articles/raw_news.jsonl.zst`), for headings and
    /// the names that stand under articles.
    #[arg(long)]
    raw: PathBuf,
    /// Annotated articles that must not be learned from
    /// (`entities/dev.jsonl`).
    #[arg(long, num_args = 1..)]
    without: Vec<PathBuf>,
    /// The segmenter, for its syllable numbers.
    #[arg(long)]
    segmenter: PathBuf,
    /// Where to write the model.
    #[arg(long)]
    out: PathBuf,
    /// Passes over the samples.
    #[arg(long, default_value_t = 5)]
    passes: usize,
}

/// A sentence and the token at which another text begins in it.
struct Sample {
    tokens: Vec<Token>,
    ids: Vec<SyllableId>,
    first: bool,
    border: Option<usize>,
}

/// Trains and writes the model.
pub fn run(options: &Options) -> Result<()> {
    let segmenter = Segmenter::from_envelope(&std::fs::read(&options.segmenter)?)?;
    let lines = Lines::read(&options.raw, &options.without)?;
    eprintln!("{} headings, {} bylines", lines.headings.len(), lines.bylines.len());
    let mut maker = Maker { segmenter: &segmenter, lines: &lines, random: Random(1), out: Vec::new() };
    let mut held_out = Vec::new();
    for (i, article) in news(&options.news)?.enumerate() {
        let article = article?;
        if i % HELD_OUT == 0 {
            let mut own = Maker { segmenter: &segmenter, lines: &lines, random: Random(i as u64), out: Vec::new() };
            own.article(&article);
            held_out.extend(own.out);
            continue;
        }
        // What the library is for, several times: each time glued otherwise.
        for _ in 0..if article.tech { TECHNOLOGY_TIMES } else { 1 } {
            maker.article(&article);
        }
    }
    let (mut samples, mut random) = (maker.out, maker.random);
    samples.retain(|s| s.tokens.len() >= 3);
    random.shuffle(&mut samples);
    eprintln!("{} samples, {} held out", samples.len(), held_out.len());
    let mut learner = Learner { weights: vec![0.0; GLUE_WEIGHTS], squares: vec![1.0; GLUE_WEIGHTS] };
    for pass in 1..=options.passes {
        for sample in &samples {
            learner.learn(sample);
        }
        eprintln!("pass {pass}: first {}", learner.measure(&held_out, true, 0.0));
        random.shuffle(&mut samples);
    }
    for least in [-2.0, -1.5, -1.0, -0.5, 0.5] {
        eprintln!("first above {least}: {}", learner.measure(&held_out, true, least));
    }
    for least in [0.0, 0.5, 1.0, 1.5, 2.0, 3.0] {
        eprintln!("others above {least}: {}", learner.measure(&held_out, false, least));
    }
    let bytes: Vec<u8> =
        learner.weights.iter().flat_map(|w| ((w * 256.0).round().clamp(-32_000.0, 32_000.0) as i16).to_le_bytes()).collect();
    std::fs::write(&options.out, seal(&[(*b"GLUE", bytes)])).with_context(|| options.out.display().to_string())
}

/// Lines of raw articles that are no sentences.
pub(crate) struct Lines {
    /// Headings, and some captions among them.
    pub(crate) headings: Vec<String>,
    /// Names of authors.
    pub(crate) bylines: Vec<String>,
}

/// Most words of a heading, and of a byline.
const LONGEST_HEADING: usize = 14;
const LONGEST_BYLINE: usize = 4;

/// Fewest bytes of the paragraph after a heading.
const SHORTEST_PARAGRAPH: usize = 120;

impl Lines {
    /// Those of the raw articles that are not among the articles `without`.
    pub(crate) fn read(path: &Path, without: &[PathBuf]) -> Result<Self> {
        let mut this = Self { headings: Vec::new(), bylines: Vec::new() };
        for article in raw_articles(path, without)? {
            let lines: Vec<&str> = article.body.split('\n').map(str::trim).filter(|l| !l.is_empty()).collect();
            this.headings.extend(
                lines.windows(3).map(|w| (w[1], w[2])).filter(|(line, next)| is_heading(line, next)).map(|(line, _)| line.to_owned()),
            );
            this.bylines.extend(lines.iter().skip(3).rev().take(2).filter(|l| is_byline(l)).map(|l| (*l).to_owned()));
        }
        Ok(this)
    }
}

/// An article as crawled.
#[derive(serde::Deserialize)]
pub(crate) struct RawArticle {
    pub(crate) title: Option<String>,
    pub(crate) lede: Option<String>,
    pub(crate) body: String,
}

/// The raw articles that are not among the articles `without`.
pub(crate) fn raw_articles(path: &Path, without: &[PathBuf]) -> Result<Vec<RawArticle>> {
    let mut kept_apart = std::collections::HashSet::new();
    for path in without {
        for line in crate::corpus::lines(path)? {
            let article: serde_json::Value = serde_json::from_str(&line?)?;
            kept_apart.extend(article["text"].as_str().unwrap_or_default().split('\n').map(|l| l.trim().to_owned()));
        }
    }
    let known = |text: &str| text.split('\n').any(|l| l.len() > SHORTEST_PARAGRAPH && kept_apart.contains(l.trim()));
    let mut out = Vec::new();
    for line in crate::corpus::lines(path)? {
        let article: RawArticle = serde_json::from_str(&line?)?;
        let title = article.title.as_deref().is_some_and(|t| kept_apart.contains(t.trim()));
        if !title && !known(&article.body) && !article.lede.as_deref().is_some_and(known) {
            out.push(article);
        }
    }
    Ok(out)
}

fn is_heading(line: &str, next: &str) -> bool {
    line.split(' ').count() <= LONGEST_HEADING
        && line.ends_with(char::is_alphanumeric)
        && !line.starts_with(['-', '+', '*'])
        && next.len() > SHORTEST_PARAGRAPH
}

fn is_byline(line: &str) -> bool {
    line.split(' ').count() <= LONGEST_BYLINE
        && line.ends_with(char::is_alphabetic)
        && line.split([' ', '-']).all(|w| w.is_empty() || w.starts_with(char::is_uppercase))
}

/// Agencies and papers, for simulated credits.
const SOURCES: &[&str] = &[
    "AFP",
    "Reuters",
    "CNN",
    "BBC",
    "The Verge",
    "Bloomberg",
    "CNBC",
    "TechCrunch",
    "Business Insider",
    "Phone Arena",
    "GSMArena",
    "Dân trí",
    "TTXVN",
    "BI/TechCrunch",
];

struct Maker<'a> {
    segmenter: &'a Segmenter,
    lines: &'a Lines,
    random: Random,
    out: Vec<Sample>,
}

/// One article in this many is held out.
const HELD_OUT: usize = 20;

/// How often an article on technology is shown.
const TECHNOLOGY_TIMES: usize = 4;

/// Body sentences of an article that are shown as they are.
const PLAIN_SENTENCES: usize = 20;

impl Maker<'_> {
    fn article(&mut self, article: &crate::corpus::NewsArticle) {
        let (title, lede) = (article.title.trim(), first_sentence(article.lede.trim()));
        if title.is_empty() || lede.is_empty() || article.body.is_empty() {
            return;
        }
        match self.random.below(8) {
            0 => self.push(None, title, true),
            1 => self.push(None, lede, true),
            2 => self.push(Some(title), article.body[0].trim(), true),
            _ => self.push(Some(title), lede, true),
        }
        self.captions(article);
        self.insertions(article);
        for sentence in article.body.iter().take(PLAIN_SENTENCES) {
            self.push(None, sentence.trim(), false);
        }
        self.push(None, lede, false);
    }

    /// Captions without a full stop, before a sentence or alone.
    fn captions(&mut self, article: &crate::corpus::NewsArticle) {
        for (i, caption) in article.captions.iter().enumerate().take(2) {
            let open = caption.trim().trim_end_matches(['.', ' ']);
            if open.is_empty() {
                continue;
            }
            match (self.random.below(8), article.captions.get(i + 1)) {
                (0, _) => self.push(None, open, false),
                (1, _) => self.push(None, caption.trim(), false),
                (2, Some(next)) => self.push(Some(open), next.trim(), false),
                _ => {
                    let next = self.body_sentence(article);
                    self.push(Some(open), &next, false);
                }
            }
        }
    }

    /// Headings, authors and credits, before a sentence or a caption.
    fn insertions(&mut self, article: &crate::corpus::NewsArticle) {
        if self.random.below(2) == 0 {
            let (heading, next) = (self.heading(), self.body_sentence(article));
            self.push(Some(&heading), &next, false);
        }
        match self.random.below(8) {
            0 => {
                let author = self.byline();
                let next = article.captions.first().cloned().unwrap_or_else(|| self.body_sentence(article));
                self.push(Some(&author), next.trim(), false);
            }
            1 => {
                let (name, next) = (self.name(), self.body_sentence(article));
                let opening = ["Ảnh", "Nguồn", "Ảnh"][self.random.below(3) as usize];
                self.push(Some(&format!("{opening}: {name}")), &next, false);
            }
            2 => {
                let (sentence, author) = (self.body_sentence(article), self.byline());
                self.push(Some(sentence.trim_end_matches(['.', ' '])), &author, false);
            }
            3 | 4 => {
                let author = self.byline();
                self.push(None, &author, false);
            }
            _ => {}
        }
    }

    fn body_sentence(&mut self, article: &crate::corpus::NewsArticle) -> String {
        article.body[self.random.below(article.body.len() as u64) as usize].trim().to_owned()
    }

    fn heading(&mut self) -> String {
        self.lines.headings[self.random.below(self.lines.headings.len() as u64) as usize].clone()
    }

    fn author(&mut self) -> String {
        self.lines.bylines[self.random.below(self.lines.bylines.len() as u64) as usize].clone()
    }

    fn source(&mut self) -> &'static str {
        SOURCES[self.random.below(SOURCES.len() as u64) as usize]
    }

    fn name(&mut self) -> String {
        if self.random.below(2) == 0 { self.author() } else { self.source().to_owned() }
    }

    fn byline(&mut self) -> String {
        let (author, source) = (self.author(), self.source());
        match self.random.below(4) {
            0 => format!("{author} (Theo {source})"),
            1 => format!("{author} Theo {source}"),
            2 => format!("Theo {source}"),
            _ => author,
        }
    }

    fn push(&mut self, left: Option<&str>, right: &str, first: bool) {
        self.out.push(sample(self.segmenter, left, right, first));
    }
}

/// The text up to its first full stop: what the marks would leave together.
fn first_sentence(text: &str) -> &str {
    text.split_inclusive(". ").next().unwrap_or(text).trim()
}

fn sample(segmenter: &Segmenter, left: Option<&str>, right: &str, first: bool) -> Sample {
    let text = left.map_or_else(|| right.to_owned(), |left| format!("{left} {right}"));
    let (mut tokens, mut ids) = (Vec::new(), Vec::new());
    tokenize(&text, &mut tokens);
    segmenter.number(&text, &tokens, &mut ids);
    let border = left.and_then(|left| tokens.iter().position(|t| t.start as usize > left.len()));
    Sample { tokens, ids, first, border }
}

struct Learner {
    weights: Vec<f32>,
    squares: Vec<f32>,
}

impl Learner {
    /// Scores of the places, each with its features.
    fn scores(&self, sample: &Sample) -> Vec<(usize, f32, Vec<usize>)> {
        let candidate = Candidate { tokens: &sample.tokens, ids: &sample.ids, first: sample.first };
        candidate
            .places()
            .map(|at| {
                let mut features = Vec::new();
                candidate.features(at, |f| features.push(f));
                (at, features.iter().map(|f| self.weights[*f]).sum(), features)
            })
            .collect()
    }

    fn learn(&mut self, sample: &Sample) {
        let scores = self.scores(sample);
        if sample.border.is_some_and(|b| scores.iter().all(|(at, ..)| *at != b)) {
            return;
        }
        let top = scores.iter().fold(0.0_f32, |m, (_, s, _)| m.max(*s));
        let total: f32 = (-top).exp() + scores.iter().map(|(_, s, _)| (s - top).exp()).sum::<f32>();
        for (at, score, features) in scores {
            let gradient = (score - top).exp() / total - f32::from(u8::from(sample.border == Some(at)));
            if gradient.abs() < 1e-4 {
                continue;
            }
            for f in features {
                self.squares[f] += gradient * gradient;
                self.weights[f] -= 0.3 * gradient / self.squares[f].sqrt();
            }
        }
    }

    /// Precision and recall of the borders found, of those that score more
    /// than `least`.
    fn measure(&self, samples: &[Sample], first: bool, least: f32) -> String {
        let (mut right, mut found, mut true_borders) = (0, 0, 0);
        for sample in samples.iter().filter(|s| s.first == first) {
            let best = self.scores(sample).into_iter().filter(|(_, s, _)| *s > least).max_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, ..)| at);
            found += usize::from(best.is_some());
            true_borders += usize::from(sample.border.is_some());
            right += usize::from(best.is_some() && best == sample.border);
        }
        let share = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
        format!("precision {:.1} recall {:.1}", share(right, found), share(right, true_borders))
    }
}
