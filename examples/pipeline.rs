//! Summarizes a stream of articles on all cores: one article a line from standard
//! input, one JSON object a line to standard output, in the same order.
//!
//! A line is the text itself, or an object such as
//! `{"id": 7, "title": "…", "lede": "…", "body": "…", "published": "2017-08-25"}`
//! or `{"text": "…"}`. What cannot be read gives `{"line": 3, "error": "…"}` in
//! its place, and in the end an exit status other than 0.
//!
//! ```text
//! cargo run --release --example pipeline < fixtures/articles/fused-lede/source.txt
//! ```

use serde_json::{Value, json};
use std::io::{self, BufRead as _, Write as _};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use tomtat::{Article, Summarizer, Worker};

/// Lines that wait for each thread: enough to keep it busy, few enough to keep
/// memory flat however long the stream is.
const WAITING: usize = 32;

type Line = (usize, Vec<u8>);

fn main() -> ExitCode {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    match run(&Summarizer::new(), threads) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(bad) => {
            eprintln!("pipeline: {bad} lines could not be read; see their \"error\"");
            ExitCode::FAILURE
        }
        // Who reads our output has seen enough.
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("pipeline: {e}");
            ExitCode::FAILURE
        }
    }
}

/// Deals the lines out to the threads in turn and collects the answers in the
/// same turn: that alone keeps the order. Gives the number of bad lines.
fn run(summarizer: &Summarizer, threads: usize) -> io::Result<usize> {
    thread::scope(|scope| {
        let (mut inputs, mut outputs) = (Vec::new(), Vec::new());
        for _ in 0..threads {
            let (input, lines) = sync_channel(WAITING);
            let (answers, output) = sync_channel(WAITING);
            let worker = summarizer.worker();
            scope.spawn(move || work(worker, lines, &answers));
            inputs.push(input);
            outputs.push(output);
        }
        let reader = scope.spawn(move || deal(&inputs));
        let bad = collect(&outputs)?;
        // Without this, a reader whose workers have gone would be waited for.
        drop(outputs);
        reader.join().unwrap_or_else(|_| Err(io::Error::other("reading failed")))?;
        Ok(bad)
    })
}

/// Reads the lines and deals them out, until nobody takes them any more.
fn deal(inputs: &[SyncSender<Line>]) -> io::Result<()> {
    let lines = io::stdin().lock().split(b'\n');
    let filled = lines.zip(1..).filter(|(line, _)| line.as_ref().map_or(true, |l| !l.trim_ascii().is_empty()));
    for ((line, number), input) in filled.zip(inputs.iter().cycle()) {
        if input.send((number, line?)).is_err() {
            break;
        }
    }
    Ok(())
}

/// One thread: its worker keeps its buffers from article to article.
fn work(mut worker: Worker, lines: Receiver<Line>, answers: &SyncSender<Result<Value, Value>>) {
    let summaries =
        lines.into_iter().map(|(number, line)| answer(&mut worker, &line).map_err(|error| json!({ "line": number, "error": error })));
    for summary in summaries {
        if answers.send(summary).is_err() {
            break;
        }
    }
}

fn answer(worker: &mut Worker, line: &[u8]) -> Result<Value, String> {
    let line = std::str::from_utf8(line).map_err(|e| format!("not UTF-8: {e}"))?;
    if !line.trim_start().starts_with('{') {
        return Ok(json!({ "summary": worker.summarize(line) }));
    }
    let record: Value = serde_json::from_str(line).map_err(|e| format!("not JSON: {e}"))?;
    let summary = worker.summarize(article(&record)?);
    Ok(json!({ "id": record.get("id"), "summary": summary }))
}

fn article(record: &Value) -> Result<Article<'_>, String> {
    let field = |name| record.get(name).and_then(Value::as_str);
    let article = match field("text") {
        Some(text) => Article::new(text),
        None if ["title", "lede", "body"].iter().any(|name| field(name).is_some()) => {
            let part = |name| field(name).unwrap_or("");
            Article::from_parts(part("title"), part("lede"), part("body"))
        }
        None => return Err("neither \"text\" nor \"title\", \"lede\", \"body\"".to_owned()),
    };
    match field("published") {
        Some(day) => Ok(article.published(day.parse().map_err(|e| format!("published: {e}"))?)),
        None => Ok(article),
    }
}

/// Writes the answers; gives the number of bad lines.
fn collect(outputs: &[Receiver<Result<Value, Value>>]) -> io::Result<usize> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut bad = 0;
    for output in outputs.iter().cycle() {
        // The thread whose turn it is has no more: neither have the others.
        let Ok(answer) = output.recv() else { break };
        bad += usize::from(answer.is_err());
        writeln!(out, "{}", answer.unwrap_or_else(|error| error))?;
    }
    out.flush()?;
    Ok(bad)
}
