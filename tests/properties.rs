//! What holds of every text, tried on thousands of made-up ones.
//!
//! The texts are the same in every run, so that a failure here is never chance.
//! More of them, and others: `TOMTAT_SEED=7 PROPTEST_CASES=2000 cargo test
//! --release --test properties`. A finding becomes a row in `fixtures/cases` or a
//! test in `tests/api.rs`.

#![cfg(feature = "builtin-model")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::invariants::check;
use common::invariants::{check_forms, check_parts};
use common::pieces::{PIECES, Recoding, recoded};
use common::summarizer;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tomtat::{Article, Length, Summarizer};

/// Texts tried by each test, unless the environment says otherwise.
const CASES: u32 = 256;

fn environment(name: &str, default: u32) -> u32 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// Tries `test` on texts from `texts`, always the same ones.
fn each<T: std::fmt::Debug>(texts: impl Strategy<Value = T>, test: impl Fn(&T) -> Result<(), String>) {
    let mut seed = [0; 32];
    seed[..4].copy_from_slice(&environment("TOMTAT_SEED", 1).to_le_bytes());
    let config = Config { cases: environment("PROPTEST_CASES", CASES), failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let tried = runner.run(&texts, |text| test(&text).map_err(TestCaseError::fail));
    if let Err(failure) = tried {
        panic!("{failure}");
    }
}

/// Any characters at all.
fn unicode() -> impl Strategy<Value = String> {
    prop::collection::vec(any::<char>(), 0..120).prop_map(String::from_iter)
}

/// Pieces of news put together at random, glued or not.
fn news() -> impl Strategy<Value = String> {
    let piece = (select(PIECES), select(&["", " ", " ", " "][..]));
    prop::collection::vec(piece, 0..90).prop_map(|pieces| pieces.iter().flat_map(|(piece, gap)| [*piece, *gap]).collect())
}

#[derive(Debug, Clone)]
enum Edit {
    Delete,
    Double,
    Swap,
    Insert(&'static str),
}

/// A stretch of a fixture article with some characters changed.
fn mutated() -> impl Strategy<Value = String> {
    use Recoding::{Nfd, NoDiacritics, OneLine, UpperCase};
    let edit = prop_oneof![Just(Edit::Delete), Just(Edit::Double), Just(Edit::Swap), select(PIECES).prop_map(Edit::Insert)];
    let edits = prop::collection::vec((any::<Index>(), edit), 0..24);
    let recoding = select(vec![Recoding::None, Recoding::None, Nfd, UpperCase, NoDiacritics, OneLine]);
    let texts: Vec<String> = common::fixtures().into_iter().map(|f| f.text).collect();
    (select(texts), any::<Index>(), 1..1200_usize, edits, recoding).prop_map(|(text, start, length, edits, recoding)| {
        let mut chars: Vec<char> = text.chars().collect();
        // Half of the stretches start with the title.
        let start = start.index(2 * chars.len()).saturating_sub(chars.len());
        chars.drain(..start);
        chars.truncate(length);
        edits.iter().for_each(|(at, edit)| apply(&mut chars, *at, edit));
        recoded(&String::from_iter(chars), recoding)
    })
}

fn apply(chars: &mut Vec<char>, at: Index, edit: &Edit) {
    if chars.len() < 2 {
        return;
    }
    let at = at.index(chars.len() - 1);
    match edit {
        Edit::Delete => drop(chars.remove(at)),
        Edit::Double => chars.insert(at, chars[at]),
        Edit::Swap => chars.swap(at, at + 1),
        Edit::Insert(piece) => drop(chars.splice(at..at, piece.chars())),
    }
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![1 => unicode(), 2 => news(), 3 => mutated()]
}

fn any_length() -> impl Strategy<Value = Length> {
    prop_oneof![
        (1..6_usize).prop_map(Length::Sentences),
        (1..120_usize).prop_map(Length::Syllables),
        (1..600_usize).prop_map(Length::Characters),
        (0.001..=1.0).prop_map(Length::Ratio),
    ]
}

fn holds(text: &String) -> Result<(), String> {
    check(text, &Summarizer::new().analyze(text), Length::default())
}

#[test]
fn any_characters() {
    each(unicode(), holds);
}

#[test]
fn anything_like_news() {
    each(news(), holds);
}

#[test]
fn articles_with_mistakes() {
    each(mutated(), holds);
}

#[test]
fn articles_as_they_are() {
    for fixture in common::fixtures() {
        for recoding in [Recoding::None, Recoding::Nfd, Recoding::UpperCase, Recoding::NoDiacritics, Recoding::OneLine] {
            let text = recoded(&fixture.text, recoding);
            holds(&text).unwrap_or_else(|e| panic!("{} ({recoding:?}): {e}", fixture.slug));
        }
    }
}

#[test]
fn no_summary_is_longer_than_asked_for() {
    each((any_text(), any_length()), |(text, length)| check(text, &summarizer(*length).analyze(text), *length));
}

#[test]
fn the_normalization_form_does_not_matter() {
    let summarizer = Summarizer::new();
    each(any_text(), |text| check_forms(text, &summarizer));
}

#[test]
fn a_used_worker_answers_like_a_new_one() {
    let summarizer = Summarizer::new();
    let worker = std::cell::RefCell::new(summarizer.worker());
    each((any_text(), any_text()), |(before, text)| {
        let mut worker = worker.borrow_mut();
        worker.summarize(before);
        let used = worker.analyze(text);
        if used == summarizer.analyze(text) { Ok(()) } else { Err("a used worker answers differently".to_owned()) }
    });
}

#[test]
fn parts_are_kept_apart() {
    each((news(), news(), mutated()), |(title, lede, body)| {
        let article = Article::from_parts(title, lede, body);
        let analysis = Summarizer::new().analyze(article.clone());
        check(article.text(), &analysis, Length::default())?;
        check_parts(&article, &analysis)
    });
}
