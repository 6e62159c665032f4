//! Words and terms of several words that say what an article is about.
//!
//! Takes a sheet, gives ranges of tokens with their weights, weightiest first:
//! at most [`MOST`], each as first written, the first with weight 1. Promises:
//! no stop words, no numbers, no fragment of a longer keyword, the same answer
//! for the same text. Work: linear, but for sorting.
//!
//! A term of several words is one whose neighbours recur together: at least
//! twice, and at least every other time that its rarer word is used. Recognized
//! names are terms as they are.

use super::sheet::{ONE, Sheet, ratio};
use super::terms::{Occurrence, TermId};
use super::tfidf::damping;
use crate::summary::Role;
use crate::token::Case;
use std::cmp::Reverse;
use std::ops::Range;

/// Most keywords of an article.
pub(crate) const MOST: usize = 10;

/// Most words of a term.
const LONGEST: usize = 4;

/// A word or term with what speaks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Candidate {
    /// Its terms, in order.
    terms: Vec<TermId>,
    /// Tokens of its first occurrence.
    first: Range<usize>,
    /// How often it occurs.
    times: usize,
    in_title: bool,
}

/// The keywords of a text. `names` are the tokens of recognized names, in the
/// order of the text; without them capitalized neighbours have to recur.
pub(crate) fn keywords(sheet: &Sheet<'_>, names: &[Range<usize>]) -> Vec<(Range<usize>, i64)> {
    let mut candidates = gather(sheet, names);
    candidates.retain(|c| sheet.view.tokens.get(c.first.clone()).is_some_and(|tokens| tokens.iter().any(|t| t.end - t.start > 1)));
    let mut ranked: Vec<(i64, Candidate)> = candidates.into_iter().map(|c| (weight(sheet, &c), c)).collect();
    ranked.sort_by_key(|(weight, c)| (Reverse(*weight), c.first.start));
    let mut chosen: Vec<(i64, Candidate)> = Vec::new();
    for (weight, candidate) in ranked {
        if chosen.len() < MOST && weight > 0 && !chosen.iter().any(|(_, c)| overlaps(c, &candidate)) {
            chosen.push((weight, candidate));
        }
    }
    let top = chosen.first().map_or(0, |(weight, _)| *weight);
    chosen.into_iter().map(|(weight, c)| (c.first, ratio(weight, top))).collect()
}

/// One word or term after another, counted.
fn gather(sheet: &Sheet<'_>, names: &[Range<usize>]) -> Vec<Candidate> {
    let pairs = recurring_pairs(sheet);
    let mut found: Vec<Candidate> = Vec::new();
    for (sentence, role) in sheet.roles.iter().enumerate() {
        if matches!(role, Role::Caption | Role::Boilerplate) {
            continue;
        }
        let words = sheet.terms.in_order(sentence);
        let mut at = 0;
        while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
            let length = term_length(sheet, rest, &pairs, names);
            let terms: Vec<TermId> = rest.iter().take(length.max(1)).filter_map(|w| content(sheet, w)).collect();
            if let (false, Some(first), Some(last)) = (terms.is_empty(), rest.first(), rest.get(length.max(1) - 1)) {
                found.push(Candidate { terms, first: first.tokens.start..last.tokens.end, times: 1, in_title: *role == Role::Title });
            }
            at += length.max(1);
        }
    }
    counted(found)
}

/// Number of words of the term that opens `words`; 0 for a word that is none.
fn term_length(sheet: &Sheet<'_>, words: &[Occurrence], pairs: &[(TermId, TermId)], names: &[Range<usize>]) -> usize {
    let Some(first) = words.first() else { return 0 };
    let named = names.binary_search_by_key(&first.tokens.start, |n| n.start).ok().and_then(|at| names.get(at));
    if let Some(name) = named {
        return words.iter().take_while(|w| w.tokens.end <= name.end).count();
    }
    if content(sheet, first).is_none() {
        return 0;
    }
    let joined = |pair: &[Occurrence]| match pair {
        [a, b] => content(sheet, a).zip(content(sheet, b)).is_some_and(|pair| pairs.binary_search(&pair).is_ok()),
        _ => false,
    };
    1 + words.windows(2).take(LONGEST - 1).take_while(|pair| joined(pair)).count()
}

/// The word's term, unless it is a stop word or a number.
fn content(sheet: &Sheet<'_>, word: &Occurrence) -> Option<TermId> {
    word.term.filter(|term| sheet.terms.idf(*term) > 0)
}

/// Pairs of neighbours that belong together, sorted.
fn recurring_pairs(sheet: &Sheet<'_>) -> Vec<(TermId, TermId)> {
    let printed = sheet.roles.iter().enumerate().filter(|(_, role)| !matches!(role, Role::Caption | Role::Boilerplate));
    let all = printed.flat_map(|(s, _)| sheet.terms.pairs(s));
    let mut pairs: Vec<(TermId, TermId)> = all.filter(|(a, b)| a != b && sheet.terms.idf(*a) > 0 && sheet.terms.idf(*b) > 0).collect();
    pairs.sort_unstable();
    let times = |term: TermId| sheet.centroid.get(term as usize).copied().unwrap_or(0);
    let together = pairs.chunk_by(|a, b| a == b).filter(|same| {
        let rarer = same.first().map_or(0, |(a, b)| times(*a).min(times(*b)));
        same.len() >= 2 && 2 * same.len() as i64 >= rarer
    });
    together.filter_map(|same| same.first().copied()).collect()
}

/// Equal candidates as one, with the first's place.
fn counted(mut found: Vec<Candidate>) -> Vec<Candidate> {
    found.sort_by(|a, b| a.terms.cmp(&b.terms).then(a.first.start.cmp(&b.first.start)));
    found.dedup_by(|next, kept| {
        let same = next.terms == kept.terms;
        if same {
            kept.times += 1;
            kept.in_title |= next.in_title;
        }
        same
    });
    found
}

/// TF-IDF with damped counts; more for what the title or the beginning has,
/// less for a single syllable in small letters.
fn weight(sheet: &Sheet<'_>, candidate: &Candidate) -> i64 {
    let idf: i64 = candidate.terms.iter().map(|t| sheet.terms.idf(*t)).sum();
    let salience: i64 = candidate.terms.iter().map(|t| sheet.salience(*t)).max().unwrap_or(0);
    let tokens = sheet.view.tokens.get(candidate.first.clone()).unwrap_or(&[]);
    let plain = matches!(tokens, [only] if only.case == Case::Lower);
    let weight = damping(candidate.times) * idf * (ONE / 4 + salience);
    let weight = if candidate.in_title { weight * 3 / 2 } else { weight };
    if plain { weight / 2 } else { weight }
}

/// Whether one is a fragment of the other.
fn overlaps(a: &Candidate, b: &Candidate) -> bool {
    let (long, short) = if a.terms.len() >= b.terms.len() { (a, b) } else { (b, a) };
    long.terms.windows(short.terms.len()).any(|part| part == short.terms)
}

#[cfg(all(test, feature = "builtin-model"))]
mod tests {
    use super::*;
    use crate::score::testing::with_sheet;

    fn of(text: &str) -> Vec<(String, i64)> {
        with_sheet(text, |sheet| {
            let tokens = sheet.view.tokens;
            let shown = |r: Range<usize>| sheet.view.text[tokens[r.start].start as usize..tokens[r.end - 1].end as usize].to_owned();
            keywords(sheet, &[]).into_iter().map(|(range, weight)| (shown(range), weight)).collect()
        })
    }

    fn article(name: &str) -> Vec<(String, i64)> {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles").join(name).join("source.txt");
        of(&std::fs::read_to_string(path).unwrap())
    }

    #[test]
    fn say_what_the_article_is_about() {
        let names: Vec<String> = article("science").into_iter().map(|k| k.0).collect();
        assert!(names.iter().any(|k| k == "TOI-2719 b" || k == "TOI-2719"), "{names:?}");
        assert!(names.iter().any(|k| k.contains("hành tinh") || k.contains("Hành tinh")), "{names:?}");
    }

    #[test]
    fn are_ranked_whole_and_no_numbers() {
        for slug in ["science", "earnings", "ev-cars", "security-flaw", "startup-funding"] {
            let found = article(slug);
            assert!((5..=MOST).contains(&found.len()), "{slug}: {found:?}");
            assert_eq!(found[0].1, ONE, "{slug}");
            assert!(found.windows(2).all(|pair| pair[0].1 >= pair[1].1), "{slug}: {found:?}");
            assert!(found.iter().all(|(text, _)| text.chars().any(char::is_alphabetic)), "{slug}: {found:?}");
            for (i, (a, _)) in found.iter().enumerate() {
                let fragment = |b: &str| format!(" {b} ").to_lowercase().contains(&format!(" {a} ").to_lowercase());
                assert!(found.iter().enumerate().all(|(j, (b, _))| i == j || !fragment(b)), "{slug}: {a} in {found:?}");
            }
        }
    }

    #[test]
    fn of_nothing_are_none() {
        assert!(of("").is_empty());
        assert!(of("123 456.").is_empty());
    }
}
