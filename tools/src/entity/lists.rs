//! Lists of names → tables of phrases.

use crate::corpus::lines;
use anyhow::Result;
use std::collections::BTreeMap;
use std::path::Path;
use tomtat::train::Segmenter;
use tomtat::train::knowledge::{Form, Knowledge, MAX_PHRASE, flags};
use tomtat::train::reading::{knowledge as build, phrase_keys};
use tomtat::train::table::KeyTable;

/// File of a list, and what it says of its phrases.
const LISTS: &[(&str, u32)] = &[
    ("family_names.txt", 1),
    ("middle_names.txt", 1 << 1),
    ("given_names.txt", 1 << 2),
    ("territories.txt", 1 << 3),
    ("provinces.txt", 1 << 4),
    ("districts.txt", 1 << 5),
    ("brands.txt", 1 << 6),
    ("lower_case_names.txt", 1 << 7 | flags::LOWER),
    ("organization_heads.txt", 1 << 8 | flags::HEAD),
];

/// The facts of all lists in a folder.
pub fn knowledge(folder: &Path, clusters: Option<&Path>, segmenter: &Segmenter) -> Result<Knowledge> {
    let empty = build(segmenter, KeyTable::default(), KeyTable::default());
    let mut phrases: BTreeMap<Form, u32> = BTreeMap::new();
    for (file, classes) in LISTS {
        for line in lines(&folder.join(file))? {
            let line = line?;
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let keys = phrase_keys(&line, segmenter, &empty);
            if keys.is_empty() || keys.len() > MAX_PHRASE {
                continue;
            }
            let lower = if classes & flags::LOWER != 0 { flags::LOWER_START } else { 0 };
            for (i, key) in keys.iter().enumerate() {
                let last = i + 1 == keys.len();
                *phrases.entry(*key).or_default() |= if last { *classes } else { flags::PREFIX | lower };
            }
        }
    }
    let entries: Vec<(Form, u32)> = phrases.into_iter().collect();
    Ok(build(segmenter, KeyTable::new(&entries), clusters.map_or(Ok(KeyTable::default()), read_clusters)?))
}

/// Reads lines "key coarse fine".
fn read_clusters(path: &Path) -> Result<KeyTable> {
    let mut entries = Vec::new();
    for line in lines(path)? {
        let line = line?;
        let cells: Vec<u32> = line.split('\t').map(str::parse).collect::<Result<_, _>>()?;
        if let [key, coarse, fine] = cells[..] {
            entries.push((key, fine << 16 | coarse));
        }
    }
    Ok(KeyTable::new(&entries))
}
