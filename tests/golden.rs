//! What the library says of each article in `fixtures/articles`, in two columns:
//! `expected.json` is what we output, `gold.json` what is right.
//!
//! Where the output changed on purpose:
//!
//! ```sh
//! TOMTAT_UPDATE=1 cargo test --test golden
//! ```
//!
//! writes the new `expected.json` files. Read the difference before you commit it,
//! and put the figures of the evaluation before and after into the same change:
//! an expectation that moved without a better figure is a regression.

#![cfg(feature = "builtin-model")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::invariants::nfc;
use common::{Fixture, fixtures};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use tomtat::{Analysis, Article, Date, Summarizer};

/// Floors, a little below what is reached: percent over all articles. Raise them
/// when the library gets better.
const ROLES_RIGHT: f64 = 97.0;
const MENTIONS_F1: f64 = 88.0;
const CHOSEN_ALLOWED: f64 = 98.0;

/// What a reader says of an article.
struct Gold {
    published: Date,
    /// Role and text of each sentence.
    sentences: Vec<(String, String)>,
    /// Kind and text of each mention.
    mentions: Vec<(String, String)>,
    allowed: Vec<usize>,
    best: Vec<usize>,
}

impl Gold {
    fn read(fixture: &Fixture) -> Self {
        let path = fixture.directory.join("gold.json");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let gold: Value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let list = |name: &str| gold[name].as_array().unwrap_or_else(|| panic!("{}: no {name}", path.display())).clone();
        let text = |value: &Value| nfc(value.as_str().unwrap());
        let pairs = |name: &str, key: &str| list(name).iter().map(|v| (text(&v[key]), text(&v["text"]))).collect();
        let positions = |name: &str| list(name).iter().map(|v| v.as_u64().unwrap() as usize).collect();
        Self {
            published: gold["published"].as_str().unwrap().parse().unwrap(),
            sentences: pairs("sentences", "role"),
            mentions: pairs("entities", "kind"),
            allowed: positions("allowed"),
            best: positions("best"),
        }
    }
}

fn analyze(fixture: &Fixture, gold: &Gold) -> Analysis {
    let analysis = Summarizer::new().analyze(Article::new(&fixture.text).published(gold.published));
    common::invariants::check(&fixture.text, &analysis, tomtat::Length::default()).unwrap_or_else(|e| panic!("{}: {e}", fixture.slug));
    analysis
}

fn name_of(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

#[test]
fn output_is_as_expected() {
    let update = std::env::var_os("TOMTAT_UPDATE").is_some();
    let mut differences = String::new();
    for fixture in fixtures() {
        let got = written(&analyze(&fixture, &Gold::read(&fixture)));
        let path = fixture.directory.join("expected.json");
        if update {
            std::fs::write(&path, got).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            continue;
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if expected != got {
            let _ = writeln!(differences, "\n{}\n{}", path.display(), difference(&expected, &got));
        }
    }
    assert!(
        differences.is_empty(),
        "The output changed (- expected, + now). If it is better, run TOMTAT_UPDATE=1 cargo test --test golden.\n{differences}"
    );
}

/// What we output, one sentence, entity or keyword a line.
fn written(analysis: &Analysis) -> String {
    let summary = &analysis.summary;
    let sentences = analysis.sentences.iter().map(|s| json!({ "role": s.role, "text": s.text }));
    let entities = summary.entities.iter().map(|e| {
        let mentions: Vec<String> = e.mentions.iter().map(|m| format!("{}..{}", m.span.start, m.span.end)).collect();
        let tie = e.affiliation.as_ref().map(|tie| tie.name.as_str());
        let mut entity = json!({ "kind": e.kind, "name": e.name, "mentions": mentions.join(" ") });
        let more = [("title", json!(e.title)), ("affiliation", json!(tie)), ("value", json!(e.value))];
        more.into_iter().filter(|(_, value)| !value.is_null()).for_each(|(key, value)| entity[key] = value);
        entity
    });
    let keywords = summary.keywords.iter().map(|k| json!(k.text));
    let mut out = String::from("{\n");
    push_list(&mut out, "sentences", sentences);
    push_list(&mut out, "entities", entities);
    push_list(&mut out, "keywords", keywords);
    let flags = [
        ("truncated", summary.truncated),
        ("over_budget", summary.over_budget),
        ("fallback", summary.fallback),
        ("language_doubtful", summary.language_doubtful),
    ];
    let raised: Vec<&str> = flags.iter().filter(|(_, raised)| *raised).map(|(name, _)| *name).collect();
    let _ = writeln!(out, "  \"raised\": {},", json!(raised));
    let _ = writeln!(out, "  \"chosen\": {},", json!(analysis.chosen));
    let _ = writeln!(out, "  \"summary\": {}\n}}", json!(summary.text));
    out
}

fn push_list(out: &mut String, name: &str, items: impl Iterator<Item = Value>) {
    let lines: Vec<String> = items.map(|item| format!("    {item}")).collect();
    let _ = match lines.as_slice() {
        [] => writeln!(out, "  \"{name}\": [],"),
        lines => writeln!(out, "  \"{name}\": [\n{}\n  ],", lines.join(",\n")),
    };
}

/// The lines that only one of the two has, in order.
fn difference(expected: &str, got: &str) -> String {
    let (a, b): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), got.lines().collect());
    // common[i][j]: length of the longest common sequence of a[i..] and b[j..].
    let mut common = vec![vec![0_u32; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            common[i][j] = if a[i] == b[j] { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, String::new());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            (i, j) = (i + 1, j + 1);
        } else if i < a.len() && (j == b.len() || common[i + 1][j] >= common[i][j + 1]) {
            let _ = writeln!(out, "- {}", a[i].trim_start());
            i += 1;
        } else {
            let _ = writeln!(out, "+ {}", b[j].trim_start());
            j += 1;
        }
    }
    out
}

/// So many right of so many.
#[derive(Default, Clone, Copy)]
struct Share {
    right: usize,
    all: usize,
}

impl Share {
    fn percent(self) -> f64 {
        100.0 * self.right as f64 / self.all.max(1) as f64
    }

    fn add(&mut self, other: Share) {
        self.right += other.right;
        self.all += other.all;
    }
}

/// How far an output agrees with what is right.
#[derive(Default, Clone, Copy)]
struct Agreement {
    /// Gold sentences with the same borders and role in the output.
    roles: Share,
    /// Chosen sentences that a reader allows.
    chosen: Share,
    /// Chosen sentences among the reader's own.
    best: Share,
    /// Twice the common mentions, of the mentions of both sides: F1.
    mentions: Share,
}

#[test]
fn output_agrees_with_readers() {
    let mut total = Agreement::default();
    let mut table = format!("{:<20} {:>7} {:>9} {:>8} {:>6}\n", "article", "roles", "mentions", "allowed", "best");
    for fixture in fixtures() {
        let gold = Gold::read(&fixture);
        let found = agreement(&fixture, &gold, &analyze(&fixture, &gold));
        push_row(&mut table, &fixture.slug, found);
        total.roles.add(found.roles);
        total.chosen.add(found.chosen);
        total.best.add(found.best);
        total.mentions.add(found.mentions);
    }
    push_row(&mut table, "all", total);
    println!("{table}");
    let floors =
        [("roles", total.roles, ROLES_RIGHT), ("mentions", total.mentions, MENTIONS_F1), ("allowed", total.chosen, CHOSEN_ALLOWED)];
    for (name, share, floor) in floors {
        assert!(
            share.percent() >= floor,
            "{name}: {:.1}% is below the floor of {floor}%. Look for the article that fell:\n{table}",
            share.percent()
        );
    }
}

fn push_row(table: &mut String, name: &str, found: Agreement) {
    let Agreement { roles, chosen, best, mentions } = found;
    let _ = writeln!(
        table,
        "{name:<20} {:>7.1} {:>9.1} {:>8.1} {:>6.1}",
        roles.percent(),
        mentions.percent(),
        chosen.percent(),
        best.percent()
    );
}

fn agreement(fixture: &Fixture, gold: &Gold, analysis: &Analysis) -> Agreement {
    let right = gold_places(fixture, gold);
    let ours: Vec<(usize, usize)> = analysis.sentences.iter().map(|s| place(&fixture.text, s.span.start, s.span.end)).collect();
    let at = |place: &(usize, usize)| ours.iter().position(|p| p == place);
    let roles = gold.sentences.iter().zip(&right).filter(|((role, _), place)| {
        let found = at(place).map(|i| name_of(analysis.sentences[i].role));
        found.as_ref() == Some(role)
    });
    let chosen: Vec<Option<usize>> = analysis.chosen.iter().map(|c| right.iter().position(|place| *place == ours[*c])).collect();
    let among = |list: &[usize]| Share { right: chosen.iter().flatten().filter(|c| list.contains(c)).count(), all: chosen.len() };
    Agreement {
        roles: Share { right: roles.count(), all: gold.sentences.len() },
        chosen: among(&gold.allowed),
        best: among(&gold.best),
        mentions: shared_mentions(fixture, gold, analysis),
    }
}

/// A place counted in characters of the NFC without white space, so that neither
/// the form nor the spaces at the ends matter.
fn place(text: &str, start: usize, end: usize) -> (usize, usize) {
    let before = solid(&text[..start]);
    (before, before + solid(&text[start..end]))
}

fn solid(text: &str) -> usize {
    nfc(text).chars().filter(|c| !c.is_whitespace()).count()
}

fn gold_places(fixture: &Fixture, gold: &Gold) -> Vec<(usize, usize)> {
    let lengths = gold.sentences.iter().map(|(_, text)| solid(text));
    let places: Vec<(usize, usize)> = lengths
        .scan(0, |end, length| {
            let start = *end;
            *end += length;
            Some((start, *end))
        })
        .collect();
    let (whole, all) = (solid(&fixture.text), places.last().map_or(0, |p| p.1));
    assert_eq!(whole, all, "{}: the sentences of gold.json are not the whole of source.txt", fixture.slug);
    places
}

fn shared_mentions(fixture: &Fixture, gold: &Gold, analysis: &Analysis) -> Share {
    let mut left: BTreeMap<(String, String), usize> = BTreeMap::new();
    gold.mentions.iter().for_each(|mention| *left.entry(mention.clone()).or_default() += 1);
    let (mut shared, mut ours) = (0, 0);
    for mention in analysis.summary.entities.iter().flat_map(|e| &e.mentions) {
        ours += 1;
        let key = (name_of(mention.kind), nfc(mention.span.of(&fixture.text)));
        if let Some(count) = left.get_mut(&key).filter(|count| **count > 0) {
            *count -= 1;
            shared += 1;
        }
    }
    Share { right: 2 * shared, all: ours + gold.mentions.len() }
}
