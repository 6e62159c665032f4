//! Parts of names: "ông Nadella" for Satya Nadella, "Galaxy S8" for Samsung
//! Galaxy S8.

use super::group::{Candidates, Groups, only_group};
use super::hashing::{TextHash, TextMap};
use super::name::{Class, Name, Names};
use super::words::{is_brand, is_family_name, spaces, syllables};
use crate::entity::LinkRule;
use crate::span::slice;
use std::cmp::Reverse;

/// Names of more syllables are read up to here.
const LONGEST_NAME: usize = 8;

/// Joins models without their maker, and a model's designation ("S8") to the
/// only product that ends with it.
pub(super) fn join_products(names: &Names, groups: &mut Groups) {
    let mut candidates = Candidates::default();
    for (long, name) in names.list.iter().enumerate().filter(|(_, n)| n.as_product > 0 && n.syllables > 1) {
        for at in spaces(&name.spelled).take(LONGEST_NAME) {
            let (brand, rest) = (slice(&name.spelled, 0..at), slice(&name.spelled, at + 1..name.spelled.len()));
            let Some(short) = names.find(Class::Thing, rest).filter(|i| is_product(names, *i)) else { continue };
            if is_designation(rest) || is_model_word(rest) && is_maker(names, brand) {
                candidates.add(short, long);
            }
        }
    }
    candidates.join_unique(names, groups, LinkRule::ShortForm);
}

fn is_product(names: &Names, name: usize) -> bool {
    names.list.get(name).is_some_and(|n| n.as_product > 0)
}

/// Whether letters and digits stand together: "s8", "vf 9", "redmi 7a".
fn is_designation(rest: &str) -> bool {
    let has = |test: fn(&char) -> bool| rest.chars().any(|c| test(&c));
    has(char::is_ascii_digit) && has(|c| c.is_alphabetic())
}

/// Whether it is no bare number: "10" is not short for "Windows 10".
fn is_model_word(rest: &str) -> bool {
    rest.chars().any(char::is_alphabetic)
}

fn is_maker(names: &Names, brand: &str) -> bool {
    let in_article = names.find(Class::Thing, brand).and_then(|i| names.list.get(i));
    in_article.is_some_and(|n| n.as_organization > 0) || is_brand(brand)
}

/// Which end of the long name the short one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    /// "Nadella", "Sơn", "Thanh Sơn"
    Last,
    /// "Mark", "ông Nhậm"
    First,
}

/// Joins persons who are called by a part of their name, where only one person
/// of the article has it and the pronouns agree.
pub(super) fn join_persons(names: &Names, groups: &mut Groups) {
    let by_spelling = persons_by_spelling(names);
    join_genders(names, &by_spelling, groups);
    let mut found = pairs(names, &by_spelling);
    let length = |name: usize| names.list.get(name).map_or(0, |n| n.syllables);
    found.sort_unstable_by_key(|(short, end, long)| (Reverse(length(*short)), *short, *end, *long));
    for run in found.chunk_by(|a, b| a.0 == b.0) {
        let Some((short, ..)) = run.first() else { continue };
        if let Some(long) = only_person(run, names, groups) {
            groups.join(*short, long, LinkRule::ShortForm);
        }
    }
}

/// The names of one spelling by gender: unsaid, male, female.
type BySpelling<'n> = TextMap<&'n str, [Option<usize>; 3]>;

fn persons_by_spelling(names: &Names) -> BySpelling<'_> {
    let persons = names.list.iter().filter(|name| name.class.is_person()).count();
    let mut out: BySpelling<'_> = TextMap::with_capacity_and_hasher(persons, TextHash::default());
    for (i, name) in names.list.iter().enumerate() {
        let Class::Person(gender) = name.class else { continue };
        if let Some(slot) = out.entry(&name.spelled).or_default().get_mut(gender as usize) {
            *slot = Some(i);
        }
    }
    out
}

/// "ông Sơn" and "Sơn" are one, unless there is a "bà Sơn"; a full name is one
/// person's whatever the pronoun.
fn join_genders(names: &Names, by_spelling: &BySpelling<'_>, groups: &mut Groups) {
    for (i, name) in names.list.iter().enumerate().filter(|(_, n)| n.class.is_person()) {
        let Some([unsaid, male, female]) = by_spelling.get(name.spelled.as_str()) else { continue };
        if male.is_some() && female.is_some() && name.syllables < 3 {
            continue;
        }
        for other in [unsaid, male, female].into_iter().flatten() {
            groups.join(i, *other, LinkRule::Variant);
        }
    }
}

/// "This name may be that end of that name."
type Pair = (usize, End, usize);

fn pairs(names: &Names, by_spelling: &BySpelling<'_>) -> Vec<Pair> {
    let mut out = Vec::new();
    for (long, name) in names.list.iter().enumerate() {
        // Whoever signs the article is not meant in it.
        if !name.class.is_person() || name.syllables < 2 || !name.in_running_text {
            continue;
        }
        for at in spaces(&name.spelled).take(LONGEST_NAME) {
            let (first, last) = (slice(&name.spelled, 0..at), slice(&name.spelled, at + 1..name.spelled.len()));
            let mut add = |end, part: &str| {
                // "B.N" and "N." are initials that many have.
                if part.chars().nth(1).is_none() {
                    return;
                }
                let shorts = by_spelling.get(part).into_iter().flatten().flatten();
                out.extend(shorts.map(|short| (*short, end, long)));
            };
            add(End::Last, last);
            if is_called_by_first(name, first) {
                add(End::First, first);
            }
        }
    }
    out
}

/// Whether somebody may be called by the first part of this name. Vietnamese
/// are called by the last, Chinese and Koreans by the family name in front,
/// others by either.
fn is_called_by_first(name: &Name, first: &str) -> bool {
    let one = !first.contains(' ');
    let foreign = syllables(&name.spelled).any(looks_foreign);
    foreign || one && (name.syllables > 2 || is_family_name(first))
}

/// Whether a syllable cannot be Vietnamese.
fn looks_foreign(syllable: &str) -> bool {
    if syllable.contains(['f', 'j', 'w', 'z']) {
        return true;
    }
    if !syllable.is_ascii() {
        return false;
    }
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let vowels = syllable.split(|c| !is_vowel(c)).filter(|run| !run.is_empty()).count();
    let coda = syllable.trim_start_matches(|c| !is_vowel(c)).trim_start_matches(is_vowel);
    vowels != 1 || !matches!(coda, "" | "c" | "ch" | "m" | "n" | "ng" | "nh" | "p" | "t")
}

/// The person meant by a short name, if there is only one. A Vietnamese who
/// has it as given name comes before those who have it in front.
fn only_person(run: &[Pair], names: &Names, groups: &mut Groups) -> Option<usize> {
    let mut at = |end: End| -> Vec<usize> {
        let fits = |(short, e, long): &&Pair| *e == end && groups.may_be_one(*short, *long);
        run.iter().filter(fits).map(|(.., long)| *long).collect()
    };
    let (last, first) = (at(End::Last), at(End::First));
    let given = only_group(last.iter().copied(), groups);
    let vietnamese = given.and_then(|i| names.list.get(i)).and_then(|n| syllables(&n.spelled).next()).is_some_and(is_family_name);
    if vietnamese {
        return given;
    }
    only_group(last.into_iter().chain(first), groups)
}
