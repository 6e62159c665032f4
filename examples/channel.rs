//! Summarizes what another thread fetches, through bounded channels: fetcher,
//! summarizer and writer each at their own pace, and whoever is ahead waits.
//!
//! ```text
//! cargo run --release --example channel -- fixtures/articles/*/source.txt
//! ```

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::{env, fs, io, thread};
use tomtat::{Summarizer, Summary};

/// Articles that may wait between two threads; memory is bounded by this.
const WAITING: usize = 8;

fn main() {
    let (to_summarizer, articles) = sync_channel(WAITING);
    let (to_writer, summaries) = sync_channel(WAITING);
    thread::scope(|scope| {
        scope.spawn(move || fetch(env::args().skip(1), &to_summarizer));
        scope.spawn(move || summarize(articles, &to_writer));
        write(summaries);
    });
}

/// Stands for a crawler: anything that has articles to give.
fn fetch(paths: impl Iterator<Item = String>, articles: &SyncSender<(String, io::Result<String>)>) {
    for path in paths {
        let text = fs::read_to_string(&path);
        if articles.send((path, text)).is_err() {
            return; // Nobody is interested any more.
        }
    }
}

/// A worker keeps its memory from article to article: one for each thread.
fn summarize(articles: Receiver<(String, io::Result<String>)>, summaries: &SyncSender<(String, io::Result<Summary>)>) {
    let mut worker = Summarizer::new().worker();
    for (path, text) in articles {
        if summaries.send((path, text.map(|text| worker.summarize(&text)))).is_err() {
            return;
        }
    }
}

fn write(summaries: Receiver<(String, io::Result<Summary>)>) {
    for (path, summary) in summaries {
        match summary {
            Ok(summary) => println!("{path}: {}", summary.text),
            Err(e) => eprintln!("{path}: {e}"),
        }
    }
}
