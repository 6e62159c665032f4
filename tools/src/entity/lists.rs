//! Lists of names → tables of phrases.

use super::data::Annotated;
use crate::corpus::lines;
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;
use tomtat::Model as Base;
use tomtat::train::Case;
use tomtat::train::knowledge::{Form, Knowledge, MAX_PHRASE, flags};
use tomtat::train::reading::{Reading, knowledge as build, phrase_keys};
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
    ("event_heads.txt", 1 << 9 | flags::HEAD),
    ("places.txt", 1 << 10),
    ("companies.txt", 1 << 11),
    ("products.txt", 1 << 12),
];

/// The facts of all lists in a folder.
pub fn knowledge(folder: &Path, clusters: Option<&Path>, articles: &[Annotated], base: &Base) -> Result<Knowledge> {
    let empty = build(base, KeyTable::default(), KeyTable::default());
    let mut phrases: BTreeMap<Form, u32> = BTreeMap::new();
    let mut small: BTreeSet<Form> = BTreeSet::new();
    for (file, classes) in LISTS {
        for line in lines(&folder.join(file))? {
            let line = line?;
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let keys = phrase_keys(&line, base, &empty);
            if keys.is_empty() || keys.len() > MAX_PHRASE {
                continue;
            }
            let words = line.split(' ').filter(|word| word.starts_with(char::is_lowercase));
            small.extend(words.flat_map(|word| phrase_keys(word, base, &empty)));
            let lower = if classes & flags::LOWER != 0 { flags::LOWER_START } else { 0 };
            for (i, key) in keys.iter().enumerate() {
                let last = i + 1 == keys.len();
                *phrases.entry(*key).or_default() |= if last { *classes } else { flags::PREFIX | lower };
            }
        }
    }
    for (form, uses) in uses(articles, &empty, base) {
        let flags = uses.flags() & if small.contains(&form) { !flags::BREAK } else { u32::MAX };
        *phrases.entry(form).or_default() |= flags;
    }
    phrases.retain(|_, facts| *facts != 0);
    let entries: Vec<(Form, u32)> = phrases.into_iter().collect();
    Ok(build(base, KeyTable::new(entries.iter().copied()), clusters.map_or(Ok(KeyTable::default()), read_clusters)?))
}

/// The names that may be written in small letters.
pub fn lower_case_names(folder: &Path) -> Result<HashSet<String>> {
    lines(&folder.join("lower_case_names.txt"))?.collect()
}

/// How a form is written in the training articles.
#[derive(Default)]
struct Use {
    lower: u32,
    /// In small letters inside a name.
    lower_in_name: u32,
    /// In small letters at the head of one.
    lower_opens: u32,
    upper: u32,
    opens_name: bool,
}

impl Use {
    /// Common is what is seen in small letters, hardly in capitals inside a
    /// sentence, and never at the head of a name that goes on in small letters.
    fn flags(&self) -> u32 {
        let seen = self.lower >= 8;
        let is_common = seen && self.upper * 50 <= self.lower && !self.opens_name;
        let is_break = self.lower >= 20 && self.lower_in_name == 0;
        let opens = self.lower_opens >= 2;
        let flags = [(opens, flags::OPENS), (is_common, flags::COMMON), (is_break, flags::BREAK)];
        flags.into_iter().filter(|(holds, _)| *holds).fold(0, |all, (_, flag)| all | flag)
    }
}

/// How all forms are written.
fn uses(articles: &[Annotated], knowledge: &Knowledge, base: &Base) -> BTreeMap<Form, Use> {
    let mut uses: BTreeMap<Form, Use> = BTreeMap::new();
    let mut reading = Reading::default();
    for article in articles {
        let names = article.names();
        reading.look(&article.text, base, knowledge, |view, _, raw| {
            let mut spelling = String::new();
            for sentence in view.sentences {
                for i in sentence.clone() {
                    let token = &view.tokens[i];
                    let entry = uses.entry(knowledge.form(view.text, token, view.ids[i], &mut spelling)).or_default();
                    let lower = token.case == Case::Lower;
                    let is_in_name = names.iter().any(|n| n.0 <= raw[i].start && raw[i].start < n.1);
                    entry.lower += u32::from(lower);
                    let starts_name = names.iter().any(|n| n.0 == raw[i].start);
                    entry.lower_in_name += u32::from(lower && is_in_name);
                    entry.lower_opens += u32::from(lower && starts_name);
                    entry.upper += u32::from(!lower && i > sentence.start);
                    let next_lower = view.tokens.get(i + 1).is_some_and(|t| t.case == Case::Lower);
                    entry.opens_name |= !lower && next_lower && starts_name;
                }
            }
        });
    }
    uses
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
    Ok(KeyTable::new(entries.iter().copied()))
}
