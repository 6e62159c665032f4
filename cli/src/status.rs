//! How a run ends: exit statuses, and failures that end it early.

use std::fmt;
use std::io;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// All good, or the reader of the output went away.
    Done,
    /// Some records had faults.
    SomeFailed,
    /// An option is out of range.
    Usage,
    /// Something could not be read or written.
    Io,
    /// Ctrl-C.
    Interrupted,
}

impl Status {
    /// The exit status.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::SomeFailed => 1,
            Self::Usage => 2,
            Self::Io => 3,
            Self::Interrupted => 130,
        }
    }
}

/// Why a run ended early: one clear line, and the status to end with.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The exit status.
    pub status: Status,
    /// What happened and what to do, without a full stop. Empty where there is
    /// nothing to say.
    pub message: String,
}

impl Failure {
    /// Wrong usage.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { status: Status::Usage, message: message.into() }
    }

    /// Something named `name` could not be read or written. A pipe whose
    /// reader went away is no failure, and silent.
    pub fn io(name: impl fmt::Display, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self { status: Status::Done, message: String::new() };
        }
        Self { status: Status::Io, message: format!("{name}: {}", plain(error)) }
    }
}

/// An error's message without the operating system's number.
pub fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}
