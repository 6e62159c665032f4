//! Fits the weights of the cues of roles: multinomial logistic regression of
//! the annotated role on the cues that a sentence has, body being what is left
//! where no cue speaks. Titles and ledes are found otherwise and not fitted.
//!
//! Every article is shown twice: as crawled, and on one line as the worst
//! crawls have it. The weights are written into the table of cues itself, in
//! units of 1/16.

use crate::corpus::{lines, news};
use anyhow::{Context, Result, bail, ensure};
use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use tomtat::train::roles::{cues, observe};
use tomtat::{Model, Role};

/// What to fit on and how.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Annotated texts (`entities/train.jsonl`).
    #[arg(long)]
    articles: PathBuf,
    /// What their sentences are for.
    #[arg(long, default_value = "tools/data/roles.tsv")]
    roles: PathBuf,
    /// Annotated articles to measure on (`entities/dev.jsonl`).
    #[arg(long)]
    dev: Option<PathBuf>,
    /// Short articles written for the project, each sentence with its role:
    /// they have what is too rare among the annotated ones.
    #[arg(long, default_value = "fixtures/cases/roles.tsv")]
    cases: PathBuf,
    /// The project's own articles with what is right (`source.txt`,
    /// `gold.json`).
    #[arg(long, default_value = "fixtures/articles")]
    fixtures: PathBuf,
    /// Articles with known bodies (`news/train.jsonl.zst`), of which some are
    /// shown a sentence a line and without full stops, as some crawls have them.
    #[arg(long)]
    news: PathBuf,
    /// The model files that sentences and captions are found with.
    #[arg(long, num_args = 1..)]
    model: Vec<PathBuf>,
    /// The table of cues, whose weights are written.
    #[arg(long, default_value = "src/structure/cues.rs")]
    cues: PathBuf,
    /// Pull of the weights towards 0.
    #[arg(long, default_value_t = 0.3)]
    ridge: f64,
    /// What is added to the log odds of captions and headings: a caption in a
    /// summary is worse than a sentence of the body lost.
    #[arg(long, default_value_t = 0.5)]
    favour: f64,
    /// Only measure.
    #[arg(long)]
    dry: bool,
}

/// Units of a weight per unit of log odds.
const UNITS: f64 = 16.0;

/// Parts of the annotated articles that are left out in turn.
const FOLDS: usize = 5;

/// The roles that are fitted; position 0 stands for body.
const ROLES: [(char, Option<Role>); 4] =
    [('B', None), ('C', Some(Role::Caption)), ('H', Some(Role::Heading)), ('X', Some(Role::Boilerplate))];

/// A sentence's cues and the position of its role among [`ROLES`].
struct Sample {
    cues: Vec<usize>,
    role: usize,
}

/// A text whose sentences have roles.
struct Annotated {
    text: String,
    sentences: Vec<(Range<usize>, char)>,
}

/// Fits, measures and writes the weights.
pub fn run(options: &Options) -> Result<()> {
    let files = options.model.iter().map(std::fs::read).collect::<std::io::Result<Vec<_>>>()?;
    let model = Model::for_training(&files)?;
    let articles = annotated(&options.articles, &options.roles)?;
    let given: Vec<Vec<Sample>> = articles.iter().map(|a| samples(&model, a)).collect();
    let in_line: Vec<Vec<Sample>> = articles.iter().map(|a| samples(&model, &on_one_line(a))).collect();
    let mut besides: Vec<Vec<Sample>> = bare_lines(&options.news)?.iter().map(|article| samples(&model, article)).collect();
    for _ in 0..CASE_TIMES {
        let written = cases(&options.cases)?.into_iter().chain(fixtures(&options.fixtures)?);
        besides.extend(written.map(|article| samples(&model, &article)));
    }
    let mut counts = [Counts::default(), Counts::default()];
    for fold in 0..FOLDS {
        let rest = |i: &usize| i % FOLDS != fold;
        let others = (0..articles.len()).filter(rest);
        let weights = fit(others.flat_map(|i| given[i].iter().chain(&in_line[i])).chain(besides.iter().flatten()), options);
        for i in (0..articles.len()).filter(|i| i % FOLDS == fold) {
            counts[0].add(&given[i], &weights);
            counts[1].add(&in_line[i], &weights);
        }
    }
    println!("cross-validated, as crawled: {}\ncross-validated, on one line: {}", counts[0], counts[1]);
    let weights = fit(given.iter().chain(&in_line).chain(&besides).flatten(), options);
    if let Some(dev) = &options.dev {
        measure(&model, &self::dev(dev)?, &weights);
    }
    if options.dry { Ok(()) } else { write(&options.cues, &weights) }
}

fn measure(model: &Model, articles: &[Annotated], weights: &[f64]) {
    let mut counts = [Counts::default(), Counts::default()];
    for article in articles {
        counts[0].add(&samples(model, article), weights);
        counts[1].add(&samples(model, &on_one_line(article)), weights);
    }
    println!("development set, as crawled: {}\ndevelopment set, on one line: {}", counts[0], counts[1]);
}

/// The articles of which `roles` tells what their sentences are for.
fn annotated(articles: &Path, roles: &Path) -> Result<Vec<Annotated>> {
    let texts: Vec<String> = lines(articles)?.map(|line| text(&line?)).collect::<Result<_>>()?;
    let mut out = Vec::new();
    for line in lines(roles)? {
        let line = line?;
        let cells: Vec<&str> = line.split('\t').collect();
        if line.starts_with('#') {
            continue;
        }
        let [number, letters, spans] = cells[..] else { bail!("three columns: {line}") };
        let text = texts.get(number.parse::<usize>()?).context("no such article")?.clone();
        let spans = spans.split(' ').map(span).collect::<Result<Vec<_>>>()?;
        ensure!(spans.len() == letters.len(), "as many letters as sentences: {line}");
        out.push(Annotated { text, sentences: spans.into_iter().zip(letters.chars()).collect() });
    }
    Ok(out)
}

/// Of how many articles one is shown without full stops, and how many of its
/// sentences lose theirs: one in so many keeps it.
const ARTICLES_PER_BARE: usize = 3000;
const LINES_PER_STOP: usize = 3;

/// Bodies of news articles a sentence a line, most of them without full stop.
fn bare_lines(path: &Path) -> Result<Vec<Annotated>> {
    let mut out = Vec::new();
    for (n, article) in news(path)?.enumerate() {
        let article = article?;
        if n % ARTICLES_PER_BARE != 0 {
            continue;
        }
        let mut shown = Annotated { text: String::new(), sentences: Vec::new() };
        shown.push(&article.title, 'T');
        shown.push(&article.lede, 'S');
        for (i, sentence) in article.body.iter().enumerate() {
            let bare = sentence.trim().trim_end_matches(['.', ' ']);
            shown.push(if i % LINES_PER_STOP == 0 { sentence } else { bare }, 'B');
        }
        out.push(shown);
    }
    Ok(out)
}

/// How often a written case is shown.
const CASE_TIMES: usize = 4;

/// The written cases: a text with "‖" between sentences, and the roles.
fn cases(path: &Path) -> Result<Vec<Annotated>> {
    let mut out = Vec::new();
    for line in lines(path)? {
        let line = line?;
        let cells: Vec<&str> = line.split('\t').collect();
        let [text, letters, _] = cells[..] else { continue };
        let mut letters = letters.chars();
        let mut case = Annotated { text: String::new(), sentences: Vec::new() };
        for piece in text.replace("\\n", "\n").split('‖') {
            let start = case.text.len() + piece.len() - piece.trim_start().len();
            case.text.push_str(piece);
            if !piece.trim().is_empty() {
                case.sentences.push((start..case.text.trim_end().len(), letters.next().context("as many letters as sentences")?));
            }
        }
        out.push(case);
    }
    Ok(out)
}

/// The project's own articles, in the order of their names.
fn fixtures(path: &Path) -> Result<Vec<Annotated>> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    folders.retain(|folder| folder.join("gold.json").exists());
    folders.sort();
    folders.iter().map(|folder| fixture(folder)).collect()
}

fn fixture(folder: &Path) -> Result<Annotated> {
    let text = std::fs::read_to_string(folder.join("source.txt"))?;
    let gold: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(folder.join("gold.json"))?)?;
    let mut sentences: Vec<(Range<usize>, char)> = Vec::new();
    for sentence in gold["sentences"].as_array().into_iter().flatten() {
        let wanted = sentence["text"].as_str().unwrap_or_default();
        let letter = match sentence["role"].as_str() {
            Some("title") => 'T',
            Some("lede") => 'S',
            Some("heading") => 'H',
            Some("caption") => 'C',
            Some("boilerplate") => 'X',
            _ => 'B',
        };
        let from = sentences.last().map_or(0, |(span, _)| span.end);
        let Some(start) = text[from..].find(wanted).map(|at| from + at) else { continue };
        sentences.push((start..start + wanted.len(), letter));
    }
    Ok(Annotated { text, sentences })
}

impl Annotated {
    fn push(&mut self, line: &str, role: char) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(line.trim());
        self.sentences.push((start..self.text.len(), role));
    }
}

fn text(line: &str) -> Result<String> {
    let article: serde_json::Value = serde_json::from_str(line)?;
    Ok(article["text"].as_str().unwrap_or_default().to_owned())
}

fn span(cell: &str) -> Result<Range<usize>> {
    let (start, end) = cell.split_once('-').context("start-end")?;
    Ok(start.parse()?..end.parse()?)
}

fn dev(path: &Path) -> Result<Vec<Annotated>> {
    let mut out = Vec::new();
    for line in lines(path)? {
        let line = line?;
        let article: serde_json::Value = serde_json::from_str(&line)?;
        let at = |s: &serde_json::Value, key: &str| s[key].as_u64().unwrap_or(0) as usize;
        let role = |s: &serde_json::Value| s["role"].as_str().and_then(|r| r.chars().next()).unwrap_or('M');
        let sentences = article["sentences"].as_array().map(|all| all.iter().map(|s| (at(s, "start")..at(s, "end"), role(s))).collect());
        out.push(Annotated { text: text(&line)?, sentences: sentences.unwrap_or_default() });
    }
    Ok(out)
}

/// The article as the worst crawls have it: one line, and no space between
/// lede and body.
fn on_one_line(article: &Annotated) -> Annotated {
    let mut out = Annotated { text: String::new(), sentences: Vec::new() };
    let mut before = None;
    for (span, role) in &article.sentences {
        if !matches!((before, role), (None, _) | (Some('S'), 'B')) {
            out.text.push(' ');
        }
        let start = out.text.len();
        let words: Vec<&str> = article.text[span.clone()].split_whitespace().collect();
        out.text.push_str(&words.join(" "));
        out.sentences.push((start..out.text.len(), *role));
        before = Some(*role);
    }
    out
}

/// The sentences found that begin where an annotated one does.
fn samples(model: &Model, article: &Annotated) -> Vec<Sample> {
    let roles: HashMap<usize, char> = article.sentences.iter().map(|(span, role)| (span.start, *role)).collect();
    let sample = |sentence: tomtat::train::roles::ObservedSentence| {
        let letter = roles.get(&sentence.span.start)?;
        let role = ROLES.iter().position(|(l, _)| l == letter)?;
        Some(Sample { cues: sentence.cues, role })
    };
    observe(model, &article.text).into_iter().filter_map(sample).collect()
}

/// Steps of the fit.
const STEPS: usize = 600;

/// Weights of the cues that make the samples' roles likely.
fn fit<'s>(samples: impl Iterator<Item = &'s Sample>, options: &Options) -> Vec<f64> {
    let ridge = options.ridge;
    let samples: Vec<&Sample> = samples.collect();
    let role_of = cue_roles();
    let prior = priors();
    let mut weights = prior.clone();
    let mut squares = vec![1e-9; role_of.len()];
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> = weights.iter().zip(&prior).map(|(weight, prior)| ridge * (weight - prior)).collect();
        for sample in &samples {
            let odds = odds(&sample.cues, &weights, &role_of);
            for cue in &sample.cues {
                let role = role_of[*cue];
                gradient[*cue] += odds[role] - f64::from(u8::from(sample.role == role));
            }
        }
        for ((weight, square), gradient) in weights.iter_mut().zip(&mut squares).zip(gradient) {
            *square += gradient * gradient;
            *weight -= 0.3 * gradient / square.sqrt();
        }
    }
    for ((name, role, _), weight) in cues().iter().zip(&mut weights) {
        if *name == "rare" && *role != Role::Boilerplate {
            *weight += options.favour;
        }
    }
    weights
}

/// Cues that name the thing outright, though most are rare: their weights are
/// pulled towards certainty, those of all others towards nothing.
const OUTRIGHT: &[&str] = &[
    "credit",
    "picture note",
    "source line",
    "byline",
    "button",
    "written by",
    "see also",
    "contact",
    "bracketed link",
    "tags",
    "date line",
    "video",
    "points into a picture",
    "names and jobs alone",
];

/// Log odds of a cue that is certain.
const CERTAIN: f64 = 7.0;

fn priors() -> Vec<f64> {
    cues().iter().map(|(name, ..)| if OUTRIGHT.contains(name) { CERTAIN } else { 0.0 }).collect()
}

/// For every cue the position of its role among [`ROLES`].
fn cue_roles() -> Vec<usize> {
    cues().iter().map(|(_, role, _)| ROLES.iter().position(|(_, r)| *r == Some(*role)).unwrap_or(0)).collect()
}

fn sums(cues: &[usize], weights: &[f64], role_of: &[usize]) -> [f64; ROLES.len()] {
    let mut sums = [0.0; ROLES.len()];
    for cue in cues {
        sums[role_of[*cue]] += weights[*cue];
    }
    sums
}

/// How likely each role is.
fn odds(cues: &[usize], weights: &[f64], role_of: &[usize]) -> [f64; ROLES.len()] {
    let sums = sums(cues, weights, role_of);
    let top = sums.iter().copied().fold(f64::MIN, f64::max);
    let powers = sums.map(|sum| (sum - top).exp());
    let total: f64 = powers.iter().sum();
    powers.map(|power| power / total)
}

/// Sentences of each role: right, found, annotated.
#[derive(Default)]
struct Counts([[usize; 3]; ROLES.len()]);

impl Counts {
    fn add(&mut self, samples: &[Sample], weights: &[f64]) {
        let role_of = cue_roles();
        for sample in samples {
            let sums = sums(&sample.cues, weights, &role_of);
            let found = (0..sums.len()).max_by(|a, b| sums[*a].total_cmp(&sums[*b])).unwrap_or(0);
            self.0[found][0] += usize::from(found == sample.role);
            self.0[found][1] += 1;
            self.0[sample.role][2] += 1;
        }
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
        let total = |i: usize| self.0.iter().map(|c| c[i]).sum::<usize>();
        write!(f, "accuracy {:.2}", share(total(0), total(2)))?;
        for ((letter, _), [right, found, all]) in ROLES.iter().zip(self.0) {
            write!(f, "  {letter} {:.1}/{:.1}/{:.1}", share(right, found), share(right, all), share(2 * right, found + all))?;
        }
        Ok(())
    }
}

/// Writes the weights into the table: the number behind the role of each cue.
fn write(path: &Path, weights: &[f64]) -> Result<()> {
    let source = std::fs::read_to_string(path)?;
    let mut weights = weights.iter();
    let mut out = String::with_capacity(source.len());
    for line in source.lines() {
        out.push_str(&if line.starts_with("    cue(\"") { with_weight(line, weights.next())? } else { line.to_owned() });
        out.push('\n');
    }
    ensure!(weights.next().is_none(), "fewer lines than cues in {}", path.display());
    std::fs::write(path, out).with_context(|| path.display().to_string())
}

fn with_weight(line: &str, weight: Option<&f64>) -> Result<String> {
    let weight = (weight.context("more lines than cues")? * UNITS).round() as i32;
    // A name may have commas in it.
    let (name, rest) = line.rsplit_once("\", ").with_context(|| format!("no cue: {line}"))?;
    let mut cells = rest.splitn(3, ", ");
    let (Some(role), Some(_), Some(test)) = (cells.next(), cells.next(), cells.next()) else { bail!("no cue: {line}") };
    Ok(format!("{name}\", {role}, {weight}, {test}"))
}
