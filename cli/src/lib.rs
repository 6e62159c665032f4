//! The command `tomtat`, without its `main`: all that can be tested.
//!
//! Articles in (text, JSON lines, HTML, feeds; files, folders, standard
//! input), summaries and analyses out (text, JSON, JSON lines, one HTML page),
//! in input order, in constant memory, with every fault turned into one clear
//! line and an exit status.
//!
//! ```text
//! input ── items ──▶ engine (threads) ── answers, in order ──▶ output
//! ```
//!
//! - [`input`] finds inputs, recognizes and decodes them, gives items;
//! - [`engine`] reads ahead, works on items in threads, restores their order;
//! - [`output`] renders an answer and writes it where it belongs, resumably;
//! - [`run()`] ties these together for one command line.

pub mod args;
pub mod engine;
pub mod input;
pub mod output;
pub mod run;
pub mod schema;
pub mod status;

pub use args::Cli;
pub use run::run;
pub use status::Status;
