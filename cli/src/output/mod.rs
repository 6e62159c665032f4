//! Answers → bytes, and where these go.
//!
//! - [`json`] for programs, [`text`] for people, [`report`] for the eye;
//! - [`destination`] writes, [`state`] lets a killed run go on;
//! - [`progress`] keeps somebody who waits informed.

pub mod destination;
pub mod json;
pub mod progress;
pub mod report;
pub mod state;
pub mod text;

use crate::args::Format;
use crate::input::prepare::{Fault, Prepared};
use serde::Serialize;
use text::Look;
use tomtat::{Analysis, Summary, Worker};

/// What is made of each article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // The commands of the same names.
pub enum Action {
    Summarize,
    Analyze,
    Entities,
    Segment,
    Explain,
    Report,
}

/// Renders answers.
#[derive(Debug, Clone, Copy)]
pub struct Renderer {
    /// What is made of each article.
    pub action: Action,
    /// In which format; a report has only one.
    pub format: Format,
    /// How text is shown.
    pub look: Look,
    /// Whether texts need the names of their articles above them.
    pub named: bool,
}

impl Renderer {
    /// Appends what is written for one article; gives its title for a list.
    pub fn article(&self, worker: &mut Worker, prepared: &Prepared, out: &mut Vec<u8>) -> Option<String> {
        let article = prepared.article.clone();
        if self.action == Action::Report {
            let section = report::article(prepared, &worker.analyze(article));
            out.extend(section.html.into_bytes());
            return Some(section.title);
        }
        if let Some(id) = prepared.id.as_ref().filter(|_| self.named && self.format == Format::Text) {
            out.extend(format!("== {} ==\n", text::one_line(id.get().trim_matches('"'))).into_bytes());
        }
        match self.action {
            // A summary alone is less work than an analysis.
            Action::Summarize | Action::Entities => self.summary(prepared, &worker.summarize(article), out),
            _ => self.analysis(prepared, &worker.analyze(article), out),
        }
        None
    }

    fn summary(&self, prepared: &Prepared, summary: &Summary, out: &mut Vec<u8>) {
        match (self.format, self.action) {
            (Format::Text, Action::Entities) => out.extend(text::entities(summary, self.look).into_bytes()),
            (Format::Text, _) => out.extend(text::summary(summary, self.look).into_bytes()),
            (_, Action::Entities) => self.json(&json::entities(prepared, summary), out),
            _ => self.json(&json::summary(prepared, summary), out),
        }
    }

    fn analysis(&self, prepared: &Prepared, analysis: &Analysis, out: &mut Vec<u8>) {
        match (self.format, self.action) {
            (Format::Text, Action::Segment) => out.extend(text::segment(&prepared.article, analysis).into_bytes()),
            (Format::Text, Action::Analyze) => out.extend(text::analysis(analysis, self.look).into_bytes()),
            (Format::Text, _) => out.extend(text::explain(analysis, self.look).into_bytes()),
            (_, Action::Segment) => self.json(&json::segment(prepared, analysis), out),
            (_, Action::Analyze) => self.json(&json::analysis(prepared, analysis), out),
            _ => self.json(&json::explain(prepared, analysis), out),
        }
    }

    /// Whether the format has a place for a record with a fault.
    pub fn shows_faults(&self) -> bool {
        self.action == Action::Report || self.format != Format::Text
    }

    /// Appends what is written in the place of a record with a fault, where
    /// the format has a place for it.
    pub fn fault(&self, fault: &Fault, out: &mut Vec<u8>) {
        match (self.action, self.format) {
            (Action::Report, _) => out.extend(report::fault(fault).into_bytes()),
            (_, Format::Text) => {}
            _ => self.json(&json::fault(fault), out),
        }
    }

    /// What stands between two answers.
    pub fn separator(&self) -> &'static str {
        if self.format == Format::Text && self.action != Action::Report { "\n" } else { "" }
    }

    fn json(&self, value: &impl Serialize, out: &mut Vec<u8>) {
        let start = out.len();
        let written = if self.format == Format::Json {
            serde_json::to_writer_pretty(&mut *out, value)
        } else {
            serde_json::to_writer(&mut *out, value)
        };
        if written.is_err() {
            out.truncate(start);
        }
        out.push(b'\n');
    }
}
