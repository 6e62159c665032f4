//! One command line, from beginning to end.
//!
//! Takes the parsed arguments, gives the exit status; what goes wrong is told
//! on standard error, one line each.

use crate::args::{Both, Budget, Cli, Command, Common, Format, Inputs, OnError, Page, Working};
use crate::engine::{self, Answer, End, Lane, News};
use crate::input::prepare::Reading;
use crate::input::reader::{Reader, undecodable};
use crate::input::record::{Fields, Others};
use crate::input::source::{self, Source};
use crate::input::{Item, kind};
use crate::output::destination::Destination;
use crate::output::progress::Progress;
use crate::output::state::{self, Settings, State};
use crate::output::text::{Colour, Look};
use crate::output::{Action, Renderer, report};
use crate::schema;
use crate::status::{Failure, Status};
use clap::CommandFactory as _;
use std::env;
use std::fs;
use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tomtat::{Model, Summarizer};

/// Runs the command; faults go to standard error, one line each.
pub fn run(cli: &Cli) -> Status {
    let result = match &cli.command {
        Command::Summarize(Both { common, budget }) => Job::new(Action::Summarize, common, Some(budget)).run(),
        Command::Analyze(Both { common, budget }) => Job::new(Action::Analyze, common, Some(budget)).run(),
        Command::Explain(Both { common, budget }) => Job::new(Action::Explain, common, Some(budget)).run(),
        Command::Entities(common) => Job::new(Action::Entities, common, None).run(),
        Command::Segment(common) => Job::new(Action::Segment, common, None).run(),
        Command::Report(page) => Job::report(page).run(),
        Command::Schema { of } => print(&schema::file(*of)),
        Command::Completions { shell } => print(&completions(*shell)),
        Command::Man { subcommand } => manual(subcommand.as_deref()).and_then(|page| print(&page)),
    };
    result.unwrap_or_else(|failure| {
        if !failure.message.is_empty() {
            eprintln!("tomtat: {}", failure.message);
        }
        failure.status
    })
}

fn print(text: &str) -> Result<Status, Failure> {
    Destination::standard().write(text)?;
    Ok(Status::Done)
}

fn completions(shell: clap_complete::Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "tomtat", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

fn manual(subcommand: Option<&str>) -> Result<String, Failure> {
    let mut command = Cli::command();
    command.build();
    if let Some(name) = subcommand {
        let found = command.find_subcommand(name);
        let found = found.ok_or_else(|| Failure::usage(format!("there is no subcommand {name}; see tomtat --help")))?;
        command = found.clone();
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).map_err(|e| Failure::io("manual page", &e))?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

/// A command that works on articles.
struct Job<'c> {
    action: Action,
    format: Format,
    resume: bool,
    inputs: &'c Inputs,
    working: &'c Working,
    budget: Option<&'c Budget>,
}

/// How often the state file is replaced, at most.
const SAVE_EVERY: Duration = Duration::from_millis(250);

impl<'c> Job<'c> {
    fn new(action: Action, common: &'c Common, budget: Option<&'c Budget>) -> Self {
        Self { action, format: common.format, resume: common.resume, inputs: &common.inputs, working: &common.working, budget }
    }

    fn report(page: &'c Page) -> Self {
        let Page { inputs, working, budget } = page;
        Self { action: Action::Report, format: Format::Text, resume: false, inputs, working, budget: Some(budget) }
    }

    fn run(&self) -> Result<Status, Failure> {
        let (summarizer, model_id) = self.summarizer()?;
        let sources = self.sources()?;
        let settings = self.settings(model_id);
        let interrupted = on_interrupt();
        let counter = Arc::new(AtomicU64::new(0));
        let mut writing = self.writing(&sources, settings, &counter)?;
        let renderer = self.renderer(&sources);
        let total = sources.len();
        let reader = Reader::new(sources, self.reading(), writing.state.records, counter);
        let lanes = (0..self.threads(total)).map(|_| lane(&summarizer, renderer, self.reading(), self.working.on_error)).collect();
        writing.begin(renderer)?;
        let end = engine::run(reader, lanes, &interrupted, |news| writing.take(news));
        writing.end(end)
    }

    fn summarizer(&self) -> Result<(Summarizer, u32), Failure> {
        let model = match &self.working.model {
            None => Model::builtin(),
            Some(path) => {
                let bytes = fs::read(path).map_err(|e| Failure::io(path.display(), &e))?;
                Model::from_bytes(&bytes).map_err(|e| Failure::usage(format!("{}: {e}", path.display())))?
            }
        };
        let id = model.id();
        let Working { word, boilerplate, focus, .. } = self.working;
        let mut builder = Summarizer::builder().model(model).words(word).boilerplate(boilerplate).focus(focus);
        if let Some(budget) = self.budget {
            builder = builder.length(budget.length());
        }
        if let Some(bytes) = self.working.max_input {
            builder = builder.max_input(bytes);
        }
        let summarizer = builder.build().map_err(|e| Failure::usage(e.to_string()))?;
        Ok((summarizer, id))
    }

    fn sources(&self) -> Result<Vec<Source>, Failure> {
        let own: Vec<_> = self.working.output.iter().flat_map(|o| [o.clone(), state::path(o)]).collect();
        let mut sources = source::find(&self.inputs.paths, self.inputs.from, &own)?;
        if let Some(path) = sources.iter().filter_map(|s| s.path.as_deref()).find(|path| source::is_own(path, &own)) {
            return Err(Failure::usage(format!("{} is both input and output; name another file for -o", path.display())));
        }
        for source in &mut sources {
            // `--format jsonl` means JSON lines on both ends.
            if source.path.is_none() && source.kind.is_none() && self.format == Format::Jsonl {
                source.kind = Some(kind::Kind::Jsonl);
            }
        }
        Ok(sources)
    }

    fn reading(&self) -> Reading {
        let Inputs { id_field, text_field, title_field, lede_field, body_field, published_field, .. } = self.inputs;
        Reading {
            fields: Fields {
                id: id_field.clone(),
                text: text_field.clone(),
                title: title_field.clone(),
                lede: lede_field.clone(),
                body: body_field.clone(),
                published: published_field.clone(),
                others: if self.inputs.keep_fields { Others::Keep } else { Others::Drop },
            },
            encoding: self.inputs.encoding,
            undecodable: undecodable(self.inputs.lossy),
            longest: self.inputs.max_record,
        }
    }

    /// All that decides what is written, for the state file.
    fn settings(&self, model_id: u32) -> Settings {
        let Inputs { paths, from, keep_fields, .. } = self.inputs;
        let Reading { fields, encoding, undecodable, longest } = self.reading();
        let names = [&fields.id, &fields.text, &fields.title, &fields.lede, &fields.body, &fields.published];
        let on_error = self.working.on_error;
        let pairs = [
            ("command", format!("{:?}", self.action)),
            ("inputs", format!("{paths:?}")),
            ("--from", format!("{from:?}")),
            ("--encoding", format!("{encoding:?}")),
            ("--lossy", format!("{undecodable:?}")),
            ("--keep-fields", format!("{keep_fields}")),
            ("--max-record", longest.to_string()),
            ("names of fields", format!("{names:?}")),
            ("--format", format!("{:?}", self.format)),
            ("--on-error", format!("{on_error:?}")),
            ("--max-input", format!("{:?}", self.working.max_input)),
            ("--word", format!("{:?}", self.working.word)),
            ("--boilerplate", format!("{:?}", self.working.boilerplate)),
            ("--focus", format!("{:?}", self.working.focus)),
            ("length", format!("{:?}", self.budget.map(Budget::length))),
            ("model", format!("{model_id:08x}")),
            ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ];
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    fn threads(&self, sources: usize) -> usize {
        let asked = self.working.threads.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
        // One short file needs no second thread; a stream may.
        let single = sources == 1 && self.inputs.paths.first().is_some_and(|p| kind::by_name(p) == Some(kind::Kind::Text));
        if single { 1 } else { asked }
    }

    fn renderer(&self, sources: &[Source]) -> Renderer {
        let stream = sources.iter().any(|s| !matches!(s.kind, Some(kind::Kind::Text | kind::Kind::Html)) && s.path.is_some());
        let to_terminal = self.working.output.is_none() && io::stdout().is_terminal();
        Renderer { action: self.action, format: self.format, look: look(to_terminal), named: sources.len() > 1 || stream }
    }

    fn writing(&self, sources: &[Source], settings: Settings, counter: &Arc<AtomicU64>) -> Result<Writing<'c>, Failure> {
        let output = self.working.output.as_deref();
        let to_terminal = output.is_none() && io::stdout().is_terminal();
        if self.action == Action::Report && to_terminal {
            return Err(Failure::usage("a page is for a browser; name a file: -o report.html"));
        }
        let (destination, state) = match output {
            None => (Destination::standard(), State::new(settings)),
            Some(path) => self.file(path, settings)?,
        };
        // Only a regular file can be cut and gone on with.
        let saves = output.filter(|path| {
            let plain = kind::Packing::of_name(path) == kind::Packing::Plain;
            plain && self.action != Action::Report && fs::metadata(path).is_ok_and(|m| m.is_file())
        });
        let progress = Progress::new(sources.iter().map(|s| s.size).sum(), Arc::clone(counter), to_terminal);
        let keep = if self.resume { KeepState::Always } else { KeepState::WhileUnfinished };
        Ok(Writing {
            destination,
            renderer: None,
            progress,
            saves,
            keep,
            state,
            saved: Instant::now(),
            unsaved: false,
            titles: Vec::new(),
            on_error: self.working.on_error,
        })
    }

    fn file(&self, path: &Path, settings: Settings) -> Result<(Destination, State), Failure> {
        if self.resume {
            if kind::Packing::of_name(path) != kind::Packing::Plain {
                return Err(Failure::usage(format!("{}: compressed output cannot be resumed; name a plain file", path.display())));
            }
            if let Some(state) = State::last(path, &settings)? {
                return Ok((Destination::reopen(path, state.bytes)?, state));
            }
        }
        // An older state must not outlive the file that it speaks of.
        if fs::metadata(path).is_ok_and(|m| m.is_file()) {
            state::remove(path)?;
        }
        Ok((Destination::create(path)?, State::new(settings)))
    }
}

/// Lines longer than this are hard to read, however wide the terminal.
const WIDEST: usize = 100;

fn look(to_terminal: bool) -> Look {
    if !to_terminal {
        return Look::default();
    }
    let no_colour = env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty()) || env::var_os("TERM").is_some_and(|v| v == "dumb");
    let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0).min(WIDEST));
    Look { width: Some(width), colour: if no_colour { Colour::None } else { Colour::Ansi } }
}

/// A flag that Ctrl-C sets; a second Ctrl-C ends the program at once.
fn on_interrupt() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&flag);
    // Where no handler can be set, Ctrl-C does what it always does.
    let _ = ctrlc::set_handler(move || {
        if set.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(Status::Interrupted.code()));
        }
    });
    flag
}

/// What one thread does with its batches.
fn lane(summarizer: &Summarizer, renderer: Renderer, reading: Reading, on_error: OnError) -> Lane {
    let mut worker = summarizer.worker();
    let mut last = 0;
    Box::new(move |batch| {
        // Answers of one input are of a size: grown from nothing, they would be
        // copied again and again.
        let mut answer = Answer { bytes: Vec::with_capacity(last + last / 4), ..Answer::default() };
        for item in batch {
            answer.records += 1;
            if !answer_item(item, &mut worker, renderer, &reading, on_error, &mut answer) {
                break;
            }
        }
        last = answer.bytes.len();
        answer
    })
}

/// Adds the answer to one item; false where the run must end with it.
fn answer_item(
    item: Item,
    worker: &mut tomtat::Worker,
    renderer: Renderer,
    reading: &Reading,
    on_error: OnError,
    answer: &mut Answer,
) -> bool {
    match reading.prepare(item) {
        Ok(prepared) => {
            answer.separate(renderer.separator());
            answer.titles.extend(renderer.article(worker, &prepared, &mut answer.bytes));
        }
        Err(fault) if fault.whole => {
            answer.stop = Some(Failure { status: Status::Io, message: fault.message() });
            return false;
        }
        Err(fault) if on_error == OnError::Fail => {
            answer.stop = Some(Failure { status: Status::SomeFailed, message: fault.message() });
            return false;
        }
        Err(fault) if on_error == OnError::Object && renderer.shows_faults() => {
            answer.faults.push(String::new());
            answer.separate(renderer.separator());
            renderer.fault(&fault, &mut answer.bytes);
        }
        Err(fault) => answer.faults.push(fault.message()),
    }
    true
}

/// Whether the state file outlives a run that finished.
#[derive(Clone, Copy, PartialEq, Eq)]
enum KeepState {
    /// So that a longer input can be gone on with.
    Always,
    /// Only a run that was cut short needs it.
    WhileUnfinished,
}

/// The writing end of a run.
struct Writing<'c> {
    destination: Destination,
    renderer: Option<Renderer>,
    progress: Progress,
    saves: Option<&'c Path>,
    keep: KeepState,
    state: State,
    saved: Instant,
    /// Whether the state file is behind.
    unsaved: bool,
    titles: Vec<String>,
    on_error: OnError,
}

impl Writing<'_> {
    fn begin(&mut self, renderer: Renderer) -> Result<(), Failure> {
        self.renderer = Some(renderer);
        self.save()
    }

    fn is_report(&self) -> bool {
        self.renderer.is_some_and(|r| r.action == Action::Report)
    }

    fn take(&mut self, news: News) -> Result<(), Failure> {
        if let News::Answer(answer) = news {
            self.take_answer(answer)?;
        }
        if self.unsaved && self.saved.elapsed() >= SAVE_EVERY {
            self.save()?;
        }
        self.progress.show(self.state.records);
        Ok(())
    }

    fn take_answer(&mut self, answer: Answer) -> Result<(), Failure> {
        self.write(&answer)?;
        self.state.records += answer.records;
        self.state.faults += answer.faults.len() as u64;
        self.state.bytes = self.destination.written();
        self.unsaved = true;
        answer.faults.iter().filter(|f| !f.is_empty()).for_each(|f| self.progress.say(f));
        self.titles.extend(answer.titles);
        match answer.stop {
            None => Ok(()),
            Some(failure) => {
                // The record that ends the run was not answered.
                self.state.records -= 1;
                Err(failure)
            }
        }
    }

    fn write(&mut self, answer: &Answer) -> Result<(), Failure> {
        if answer.bytes.is_empty() {
            return Ok(());
        }
        if self.is_report() {
            if self.destination.written() == 0 {
                self.destination.write(report::head())?;
            }
            let section = String::from_utf8_lossy(&answer.bytes);
            return self.destination.write(report::number(&section, self.titles.len()));
        }
        if self.destination.written() > 0 {
            self.destination.write(self.renderer.map_or("", |r| r.separator()))?;
        }
        self.destination.write(&answer.bytes)
    }

    /// Replaces the state file, after the bytes it speaks of are safe.
    fn save(&mut self) -> Result<(), Failure> {
        if let Some(path) = self.saves {
            self.destination.sync()?;
            self.state.save(path)?;
            self.saved = Instant::now();
        }
        self.unsaved = false;
        Ok(())
    }

    fn end(mut self, end: Result<End, Failure>) -> Result<Status, Failure> {
        self.progress.finish();
        let end = match end {
            Ok(end) => end,
            Err(failure) => {
                // The disk may be full: then the last state that was saved holds.
                let _ = self.save();
                return Err(failure);
            }
        };
        if self.is_report() {
            if self.destination.written() == 0 {
                self.destination.write(report::head())?;
            }
            self.destination.write(report::foot(&self.titles))?;
        }
        self.save()?;
        let status = self.status(end);
        if let (Some(path), End::Finished, KeepState::WhileUnfinished) = (self.saves, end, self.keep) {
            state::remove(path)?;
        }
        self.destination.finish()?;
        Ok(status)
    }

    fn status(&self, end: End) -> Status {
        let State { records, faults, .. } = self.state;
        if end == End::Interrupted {
            let advice = if self.saves.is_some() { "; the same command with --resume goes on from there" } else { "" };
            self.progress.say(&format!("interrupted after {records} articles{advice}"));
            return Status::Interrupted;
        }
        if faults == 0 {
            return Status::Done;
        }
        let place = match self.on_error {
            OnError::Object if self.renderer.is_some_and(|r| r.format != Format::Text) => "their answers say why",
            _ => "see above",
        };
        self.progress.say(&format!("{faults} of {records} records failed; {place}"));
        Status::SomeFailed
    }
}
