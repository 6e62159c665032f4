//! Mutates a corpus until the time is over or a body panics.

use anyhow::{Context as _, bail};
use std::any::Any;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tomtat_fuzz::mutate::{Diet, Random, mutated};
use tomtat_fuzz::{BODIES, Body, envelope};

/// How a body is run.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// How long, in seconds
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Other inputs for every seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Inputs to start from [default: those of the package]
    #[arg(long)]
    corpus: Option<PathBuf>,
    /// Writes every input down before it is tried, for what no one can catch (a
    /// full stack, an endless loop)
    #[arg(long)]
    keep_last: bool,
    /// Tries these inputs and nothing else
    inputs: Vec<PathBuf>,
}

/// An input that takes longer is a finding.
const SLOWEST: Duration = Duration::from_secs(5);

struct Run {
    name: &'static str,
    body: Body,
    findings: PathBuf,
    keep_last: bool,
    tried: u64,
    slowest: Duration,
}

/// Runs one body.
pub fn run(name: &'static str, options: &Options) -> anyhow::Result<()> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let body = BODIES.iter().find(|(known, _)| *known == name).map(|(_, body)| *body).context("there is no such body")?;
    let findings = package.join("findings");
    let mut run = Run { name, body, findings, keep_last: options.keep_last, tried: 0, slowest: Duration::ZERO };
    if !options.inputs.is_empty() {
        return options.inputs.iter().try_for_each(|path| run.check(&fs::read(path).with_context(|| path.display().to_string())?));
    }
    let directory = options.corpus.clone().unwrap_or_else(|| package.join("corpus").join(name));
    let corpus = read_all(&directory)?;
    let started = Instant::now();
    let result = run.fuzz(&corpus, options.seed, started + Duration::from_secs(options.seconds));
    let seconds = started.elapsed().as_secs_f64();
    println!("{name}: {} inputs in {seconds:.0} s, slowest {:.0} ms, seed {}", run.tried, run.slowest.as_secs_f64() * 1e3, options.seed);
    result
}

/// The files of a folder in the order of their names.
fn read_all(directory: &Path) -> anyhow::Result<Vec<Vec<u8>>> {
    let entries = fs::read_dir(directory).with_context(|| directory.display().to_string())?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.sort();
    let corpus: Vec<Vec<u8>> = paths.iter().map(fs::read).collect::<Result<_, _>>()?;
    if corpus.is_empty() {
        bail!("{} is empty", directory.display());
    }
    Ok(corpus)
}

fn diet(name: &str) -> Diet {
    match name {
        "json_lines" => Diet::Json,
        "html" | "feed" => Diet::Html,
        "model" | "idf" => Diet::Bytes,
        _ => Diet::Text,
    }
}

impl Run {
    fn fuzz(&mut self, corpus: &[Vec<u8>], seed: u64, end: Instant) -> anyhow::Result<()> {
        corpus.iter().try_for_each(|input| self.check(input))?;
        let mut random = Random::new(seed);
        while Instant::now() < end {
            let (one, other) = (random.below(corpus.len()), random.below(corpus.len()));
            let (one, other) = (corpus.get(one).context("an input")?, corpus.get(other).context("an input")?);
            let input = mutated(one, other, diet(self.name), &mut random);
            self.check(&input)?;
        }
        Ok(())
    }

    /// Tries one input; keeps it if it is a finding.
    fn check(&mut self, input: &[u8]) -> anyhow::Result<()> {
        if self.keep_last {
            self.keep(input, "last")?;
        }
        let started = Instant::now();
        let done = catch_unwind(|| (self.body)(input));
        let took = started.elapsed();
        self.tried += 1;
        self.slowest = self.slowest.max(took);
        let problem = match done {
            Ok(()) if took <= SLOWEST => return Ok(()),
            Ok(()) => format!("took {:.1} s", took.as_secs_f64()),
            Err(panic) => message(panic.as_ref()),
        };
        let kept = self.keep(input, &format!("{:08x}", envelope::crc32(input)))?;
        bail!("{}: {problem}\n{}", self.name, kept.display())
    }

    fn keep(&self, input: &[u8], mark: &str) -> anyhow::Result<PathBuf> {
        fs::create_dir_all(&self.findings)?;
        let path = self.findings.join(format!("{}-{mark}", self.name));
        fs::write(&path, input)?;
        Ok(path)
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic".to_owned())
}
