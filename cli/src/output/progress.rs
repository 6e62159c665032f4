//! A progress bar on standard error, for terminals only.
//!
//! Shows up after a second, so that short runs stay quiet, and never where the
//! output itself goes to the terminal.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const QUIET: Duration = Duration::from_secs(1);

/// Shows how far a run has come.
pub struct Progress {
    /// Bytes to be read, as stored; 0 where unknown.
    total: u64,
    read: Arc<AtomicU64>,
    started: Instant,
    bar: Option<ProgressBar>,
    wanted: bool,
}

impl Progress {
    /// For inputs of `total` bytes, of which `read` counts those read.
    pub fn new(total: u64, read: Arc<AtomicU64>, output_is_terminal: bool) -> Self {
        let wanted = io::stderr().is_terminal() && !output_is_terminal;
        Self { total, read, started: Instant::now(), bar: None, wanted }
    }

    /// Shows that so many records were answered.
    pub fn show(&mut self, records: u64) {
        if !self.wanted || self.started.elapsed() < QUIET {
            return;
        }
        let total = self.total;
        let bar = self.bar.get_or_insert_with(|| new_bar(total));
        bar.set_position(self.read.load(Ordering::Relaxed));
        let rate = records as f64 / self.started.elapsed().as_secs_f64();
        bar.set_message(format!("{records} articles, {rate:.0}/s"));
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    /// A line on standard error that does not tear the bar.
    pub fn say(&self, line: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| eprintln!("tomtat: {line}")),
            None => eprintln!("tomtat: {line}"),
        }
    }
}

fn new_bar(total: u64) -> ProgressBar {
    let (bar, template) = if total > 0 {
        (ProgressBar::new(total), "{bar:30} {bytes}/{total_bytes}  {msg}  {eta} left")
    } else {
        (ProgressBar::new_spinner(), "{spinner} {bytes}  {msg}  {elapsed}")
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}
