//! Input → output, and what went wrong on the way.

use crate::args::{Cli, Command, Format, Options};
use crate::output;
use crate::record::Record;
use serde::Serialize;
use serde_json::Value;
use std::fs;
use std::io::{self, BufRead, BufWriter, Read, Write};
use std::sync::mpsc;
use std::thread;
use tomtat::{Article, Length, Summarizer, Worker};

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// All good.
    Done,
    /// Some records had faults.
    SomeFailed,
    /// An option is out of range.
    Usage,
    /// A file could not be read or written.
    Io,
}

impl Status {
    /// The exit status.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::SomeFailed => 1,
            Self::Usage => 2,
            Self::Io => 3,
        }
    }
}

/// Runs the command; faults go to standard error, one line each.
pub fn run(cli: &Cli) -> Status {
    let options = cli.command.options();
    let summarizer = match Summarizer::builder().length(Length::Sentences(options.sentences)).build() {
        Ok(summarizer) => summarizer,
        Err(e) => return complain(Status::Usage, &e),
    };
    let task = Task { summarizer, analyze: matches!(cli.command, Command::Analyze(_)), format: options.format };
    let result = if options.files.is_empty() { task.standard_input(options) } else { task.files(options) };
    result.unwrap_or_else(|e| if e.kind() == io::ErrorKind::BrokenPipe { Status::Done } else { complain(Status::Io, &e) })
}

fn complain(status: Status, problem: &dyn std::fmt::Display) -> Status {
    eprintln!("tomtat: {problem}");
    status
}

struct Task {
    summarizer: Summarizer,
    analyze: bool,
    format: Format,
}

impl Task {
    /// All files are read before anything is written: a missing one among
    /// them leaves no half output.
    fn files(&self, options: &Options) -> io::Result<Status> {
        let mut texts = Vec::new();
        for path in &options.files {
            let bytes = fs::read(path).map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", path.display())))?;
            texts.push((path.display().to_string(), utf8(bytes, &path.display())?));
        }
        let mut out = BufWriter::new(io::stdout().lock());
        let mut worker = self.summarizer.worker();
        for (i, (name, text)) in texts.iter().enumerate() {
            if i > 0 && self.format == Format::Text {
                writeln!(out)?;
            }
            let id = (texts.len() > 1 || self.format == Format::Jsonl).then(|| Value::String(name.clone()));
            out.write_all(self.answer(&mut worker, id.as_ref(), &Article::new(text)).as_bytes())?;
        }
        out.flush()?;
        Ok(Status::Done)
    }

    fn standard_input(&self, options: &Options) -> io::Result<Status> {
        if self.format == Format::Jsonl {
            return self.json_lines(options);
        }
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        let text = utf8(bytes, &"standard input")?;
        let mut out = io::stdout().lock();
        out.write_all(self.answer(&mut self.summarizer.worker(), None, &Article::new(&text)).as_bytes())?;
        out.flush()?;
        Ok(Status::Done)
    }

    /// Reads records in batches, works on them with all threads and writes the
    /// answers in input order; never holds more than a few batches.
    fn json_lines(&self, options: &Options) -> io::Result<Status> {
        let threads = options.threads.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
        let mut input = io::stdin().lock();
        let mut out = BufWriter::new(io::stdout().lock());
        let mut failed = false;
        thread::scope(|scope| {
            let lanes: Vec<Lane> = (0..threads).map(|_| self.lane(scope)).collect();
            let (mut sent, mut received) = (0_usize, 0_usize);
            let mut line_number = 0;
            let mut open = true;
            while open || received < sent {
                // Every lane holds at most two batches.
                while open && sent - received < 2 * threads {
                    let batch = read_batch(&mut input, &mut line_number)?;
                    open = !batch.is_empty();
                    if open && lanes[sent % threads].input.send(batch).is_ok() {
                        sent += 1;
                    }
                }
                if received < sent {
                    let answer = lanes[received % threads].output.recv().map_err(io::Error::other)?;
                    received += 1;
                    failed |= answer.failed;
                    out.write_all(answer.text.as_bytes())?;
                    out.flush()?;
                }
            }
            Ok::<(), io::Error>(())
        })?;
        out.flush()?;
        Ok(if failed { Status::SomeFailed } else { Status::Done })
    }

    fn lane<'s>(&'s self, scope: &'s thread::Scope<'s, '_>) -> Lane {
        let (input, batches) = mpsc::channel::<Vec<Line>>();
        let (answers, output) = mpsc::channel();
        scope.spawn(move || {
            let mut worker = self.summarizer.worker();
            for batch in batches {
                let mut answer = Answer::default();
                for line in batch {
                    self.line(&mut worker, &line, &mut answer);
                }
                if answers.send(answer).is_err() {
                    return;
                }
            }
        });
        Lane { input, output }
    }

    fn line(&self, worker: &mut Worker, line: &Line, answer: &mut Answer) {
        let record = Record::parse(&line.bytes);
        match &record.article {
            Ok(article) => answer.text.push_str(&self.answer(worker, record.id.as_ref(), article)),
            Err(problem) => {
                answer.failed = true;
                answer.text.push_str(&json_line(&output::fault(record.id.as_ref(), line.number, problem)));
            }
        }
    }

    /// What is written for one article.
    fn answer(&self, worker: &mut Worker, id: Option<&Value>, article: &Article<'_>) -> String {
        let analysis = worker.analyze(article.clone());
        match (self.format, self.analyze) {
            (Format::Text, false) => output::summary_text(&analysis.summary),
            (Format::Text, true) => output::analysis_text(&analysis),
            (Format::Json, false) => json_pretty(&output::summary(id, &analysis.summary)),
            (Format::Json, true) => json_pretty(&output::analysis(id, article, &analysis)),
            (Format::Jsonl, false) => json_line(&output::summary(id, &analysis.summary)),
            (Format::Jsonl, true) => json_line(&output::analysis(id, article, &analysis)),
        }
    }
}

struct Line {
    number: u64,
    bytes: Vec<u8>,
}

struct Lane {
    input: mpsc::Sender<Vec<Line>>,
    output: mpsc::Receiver<Answer>,
}

#[derive(Default)]
struct Answer {
    text: String,
    failed: bool,
}

/// Lines in a batch: enough to keep the threads from waiting for each other.
const BATCH_LINES: usize = 16;

/// Bytes after which a batch is full, whatever its lines.
const BATCH_BYTES: usize = 1 << 18;

fn read_batch(input: &mut impl BufRead, number: &mut u64) -> io::Result<Vec<Line>> {
    let mut batch = Vec::new();
    let mut size = 0;
    while batch.len() < BATCH_LINES && size < BATCH_BYTES {
        let mut bytes = Vec::new();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            break;
        }
        *number += 1;
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        size += bytes.len();
        batch.push(Line { number: *number, bytes });
    }
    Ok(batch)
}

fn utf8(bytes: Vec<u8>, name: &dyn std::fmt::Display) -> io::Result<String> {
    String::from_utf8(bytes).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, format!("{name}: not UTF-8 at byte {}", e.utf8_error().valid_up_to())))
}

fn json_line(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string(value).unwrap_or_default();
    text.push('\n');
    text
}

fn json_pretty(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
