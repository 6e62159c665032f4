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
    /// What is written for one article, and its title for a list.
    pub fn article(&self, worker: &mut Worker, prepared: &Prepared) -> (String, Option<String>) {
        let article = prepared.article.clone();
        if self.action == Action::Report {
            let section = report::article(prepared, &worker.analyze(article));
            return (section.html, Some(section.title));
        }
        let text = match self.action {
            // A summary alone is less work than an analysis.
            Action::Summarize | Action::Entities => self.summary(prepared, &worker.summarize(article)),
            _ => self.analysis(prepared, &worker.analyze(article)),
        };
        match prepared.id.as_ref().filter(|_| self.named && self.format == Format::Text) {
            Some(id) => (format!("== {} ==\n{text}", text::one_line(id.get().trim_matches('"'))), None),
            None => (text, None),
        }
    }

    fn summary(&self, prepared: &Prepared, summary: &Summary) -> String {
        match (self.format, self.action) {
            (Format::Text, Action::Entities) => text::entities(summary, self.look),
            (Format::Text, _) => text::summary(summary, self.look),
            (_, Action::Entities) => self.json(&json::entities(prepared, summary)),
            _ => self.json(&json::summary(prepared, summary)),
        }
    }

    fn analysis(&self, prepared: &Prepared, analysis: &Analysis) -> String {
        match (self.format, self.action) {
            (Format::Text, Action::Segment) => text::segment(&prepared.article, analysis),
            (Format::Text, Action::Analyze) => text::analysis(analysis, self.look),
            (Format::Text, _) => text::explain(analysis, self.look),
            (_, Action::Segment) => self.json(&json::segment(prepared, analysis)),
            (_, Action::Analyze) => self.json(&json::analysis(prepared, analysis)),
            _ => self.json(&json::explain(prepared, analysis)),
        }
    }

    /// What is written in the place of a record with a fault; `None` where
    /// the format has no place for it.
    pub fn fault(&self, fault: &Fault) -> Option<String> {
        match (self.action, self.format) {
            (Action::Report, _) => Some(report::fault(fault)),
            (_, Format::Text) => None,
            _ => Some(self.json(&json::fault(fault))),
        }
    }

    /// What stands between two answers.
    pub fn separator(&self) -> &'static str {
        if self.format == Format::Text && self.action != Action::Report { "\n" } else { "" }
    }

    fn json(&self, value: &impl Serialize) -> String {
        let written = if self.format == Format::Json { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
        let mut text = written.unwrap_or_default();
        text.push('\n');
        text
    }
}
