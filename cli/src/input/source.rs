//! Finds the inputs that a command line names.
//!
//! Takes paths, gives sources in a fixed order: as named, a folder's files
//! sorted by name, folders in it included. In folders only files of known
//! names are taken and hidden ones are passed over; links to folders are not
//! followed, so that no loop can arise. What is named but cannot be opened is
//! told before anything is written.

use super::kind::{Kind, by_name};
use crate::status::Failure;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// One input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The file; `None` for standard input.
    pub path: Option<PathBuf>,
    /// What it is, where that is known before it is opened.
    pub kind: Option<Kind>,
    /// Its size in bytes, as stored; 0 where unknown.
    pub size: u64,
}

/// The sources that `paths` name; standard input where they name none.
///
/// `own` are the files this run writes, which a folder must not give back.
///
/// # Errors
///
/// Where a path cannot be opened, or a folder holds nothing that is known.
pub fn find(paths: &[PathBuf], from: Option<Kind>, own: &[PathBuf]) -> Result<Vec<Source>, Failure> {
    let mut sources = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            sources.push(standard_input(from));
            continue;
        }
        let failure = |e: &io::Error| Failure::io(path.display(), e);
        if fs::metadata(path).map_err(|e| failure(&e))?.is_dir() {
            let before = sources.len();
            walk(path, from, own, &mut sources)?;
            if sources.len() == before {
                let known = "no .txt, .jsonl, .json, .html, .rss, .atom or .xml file (or one of these with .gz or .zst) in it";
                return Err(Failure::io(path.display(), &io::Error::new(io::ErrorKind::NotFound, known)));
            }
        } else {
            fs::File::open(path).map_err(|e| failure(&e))?;
            sources.push(file(path, from));
        }
    }
    if paths.is_empty() {
        sources.push(standard_input(from));
    }
    Ok(sources)
}

fn standard_input(kind: Option<Kind>) -> Source {
    Source { path: None, kind, size: 0 }
}

fn file(path: &Path, from: Option<Kind>) -> Source {
    let size = fs::metadata(path).map_or(0, |m| m.len());
    Source { path: Some(path.to_owned()), kind: from.or_else(|| by_name(path)), size }
}

/// Depth-first with a stack of its own: a deep tree is no trouble.
fn walk(folder: &Path, from: Option<Kind>, own: &[PathBuf], sources: &mut Vec<Source>) -> Result<(), Failure> {
    let mut pending = vec![folder.to_owned()];
    while let Some(path) = pending.pop() {
        let failure = |e: &io::Error| Failure::io(path.display(), e);
        if !fs::symlink_metadata(&path).map_err(|e| failure(&e))?.is_dir() && path != folder {
            if by_name(&path).is_some() && path.is_file() && !is_own(&path, own) {
                sources.push(file(&path, from));
            }
            continue;
        }
        let mut entries = Vec::new();
        for entry in fs::read_dir(&path).map_err(|e| failure(&e))? {
            let entry = entry.map_err(|e| failure(&e))?;
            if !entry.file_name().to_string_lossy().starts_with('.') {
                entries.push(entry.path());
            }
        }
        // The last one pushed is the first one taken.
        entries.sort_by(|a, b| b.cmp(a));
        pending.append(&mut entries);
    }
    Ok(())
}

/// Whether `path` is one of the files that this run writes.
pub fn is_own(path: &Path, own: &[PathBuf]) -> bool {
    let Ok(real) = path.canonicalize() else { return false };
    own.iter().any(|o| o.canonicalize().is_ok_and(|o| o == real))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn folders_are_sorted_and_pass_over_the_unknown() {
        let root = std::env::temp_dir().join(format!("tomtat-source-{}", std::process::id()));
        fs::create_dir_all(root.join("b/.hidden")).unwrap();
        for name in ["z.txt", "a.html", "b/c.jsonl.gz", "b/picture.png", "b/.hidden/x.txt", "out.jsonl"] {
            fs::write(root.join(name), "x").unwrap();
        }
        let found = find(std::slice::from_ref(&root), None, &[root.join("out.jsonl")]).unwrap();
        let names: Vec<String> =
            found.iter().map(|s| s.path.as_ref().unwrap().strip_prefix(&root).unwrap().display().to_string()).collect();
        assert_eq!(names, ["a.html", "b/c.jsonl.gz", "z.txt"]);
        fs::remove_dir_all(&root).unwrap();
        assert!(find(&[root], None, &[]).unwrap_err().message.contains("No such file"));
    }
}
