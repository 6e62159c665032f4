//! The state file beside an output file: where to go on after a run that was
//! killed.
//!
//! `out.jsonl.state` says how many records were answered, how many bytes that
//! took, and under which settings. It is replaced as a whole, after the bytes
//! it speaks of have been written, so that it is never ahead of the output:
//! whatever the output has beyond is cut and made again. One kill at any byte
//! therefore loses no record and writes none twice.

use crate::status::{Failure, Status, plain};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Version of the file's format.
const VERSION: u32 = 1;

/// The settings that decide what is written, by name.
pub type Settings = BTreeMap<String, String>;

/// Where a run stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Version of the format.
    version: u32,
    /// Records that were answered or passed over.
    pub records: u64,
    /// How many of them had faults.
    pub faults: u64,
    /// Bytes of output that their answers took.
    pub bytes: u64,
    /// Settings of the run.
    settings: Settings,
}

impl State {
    /// The beginning of a run.
    pub fn new(settings: Settings) -> Self {
        Self { version: VERSION, records: 0, faults: 0, bytes: 0, settings }
    }

    /// Where the last run that wrote to `output` stopped, checked against the
    /// settings of this one and the file itself. `None` where there is nothing
    /// to go on from.
    ///
    /// # Errors
    ///
    /// Where going on could lose or double records.
    pub fn last(output: &Path, settings: &Settings) -> Result<Option<Self>, Failure> {
        let path = path(output);
        let length = match fs::metadata(output) {
            Ok(metadata) => metadata.len(),
            Err(e) if e.kind() == io::ErrorKind::NotFound => 0,
            Err(e) => return Err(Failure::io(output.display(), &e)),
        };
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == io::ErrorKind::NotFound && length == 0 => return Ok(None),
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                return Err(refusal(
                    output,
                    "has no state file: it is complete, or not from a run of this command; remove it to start over",
                ));
            }
            Err(e) => return Err(Failure::io(path.display(), &e)),
        };
        let state: Self =
            serde_json::from_str(&text).map_err(|_| refusal(&path, "is no state file; remove it and the output to start over"))?;
        state.check(output, length, settings)?;
        Ok(Some(state))
    }

    fn check(&self, output: &Path, length: u64, settings: &Settings) -> Result<(), Failure> {
        if self.version != VERSION {
            return Err(refusal(&path(output), "is of another version; remove it and the output to start over"));
        }
        let names = self.settings.keys().chain(settings.keys());
        let mut changed: Vec<&str> = names.filter(|n| self.settings.get(*n) != settings.get(*n)).map(String::as_str).collect();
        changed.sort_unstable();
        changed.dedup();
        if !changed.is_empty() {
            let what = changed.join(", ");
            return Err(refusal(
                output,
                &format!("cannot be resumed, since these changed: {what}; use the old ones, or remove it and its state file to start over"),
            ));
        }
        if length < self.bytes {
            return Err(refusal(output, "is shorter than its state file says; remove both to start over"));
        }
        Ok(())
    }

    /// Replaces the state file of `output`.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn save(&self, output: &Path) -> Result<(), Failure> {
        let path = path(output);
        let new = path.with_extension("state.new");
        let text = serde_json::to_string(self).unwrap_or_default();
        fs::write(&new, text).and_then(|()| fs::rename(&new, &path)).map_err(|e| Failure::io(path.display(), &e))
    }
}

/// Removes the state file of `output`, if there is one.
///
/// # Errors
///
/// Where there is one that cannot be removed.
pub fn remove(output: &Path) -> Result<(), Failure> {
    let path = path(output);
    match fs::remove_file(&path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => {
            Err(Failure { status: Status::Io, message: format!("{}: {}", path.display(), plain(&e)) })
        }
        _ => Ok(()),
    }
}

/// The state file of `output`.
pub fn path(output: &Path) -> PathBuf {
    let mut name = output.as_os_str().to_owned();
    name.push(".state");
    PathBuf::from(name)
}

fn refusal(path: &Path, problem: &str) -> Failure {
    Failure::usage(format!("{} {problem}", path.display()))
}
