//! Names by their initials: "AWS" for Amazon Web Services, "Bộ TT&TT" for Bộ
//! Thông tin và Truyền thông.

use super::core::{after_head, spelled_out};
use super::group::{Candidates, Groups};
use super::hashing::TextMap;
use super::name::{Class, Name, Names, is_upper_word};
use super::words::{spaces, syllables};
use crate::entity::LinkRule;
use crate::normalize::fold::fold_char;
use crate::span::slice;

/// Joins each name of capitals to the only name that has these initials.
pub(super) fn join(text: &str, names: &Names, groups: &mut Groups) {
    let mut wanted: TextMap<String, usize> = TextMap::default();
    let mut first_letters = 0;
    for (i, name) in names.list.iter().enumerate() {
        if let Some(letters) = acronym(text, names, name) {
            first_letters |= letters.chars().nth(1).map_or(0, letter);
            wanted.entry(letters).or_insert(i);
        }
    }
    if wanted.is_empty() {
        return;
    }
    let mut candidates = Candidates::default();
    for (long, name) in names.list.iter().enumerate().filter(|(_, n)| n.syllables > 1 && may_have_acronym(n.class)) {
        if first_letters_of(name) & first_letters == 0 {
            continue;
        }
        each_initials(name, |initials| {
            let short = wanted.get(initials).filter(|short| names.list.get(**short).is_some_and(|n| !holds(name, n)));
            if let Some(short) = short {
                candidates.add(*short, long);
            }
        });
    }
    candidates.join_unique(names, groups, LinkRule::Acronym);
}

/// Whether the short name is a word of the long one: "LG G8" does not explain
/// "LG".
fn holds(long: &Name, short: &Name) -> bool {
    syllables(&long.spelled).any(|syllable| syllable == short.spelled)
}

/// Persons and numbers are not called by their initials.
fn may_have_acronym(class: Class) -> bool {
    !class.is_person() && class != Class::Number
}

/// A letter as one of 64 bits, with others.
fn letter(c: char) -> u64 {
    1 << (fold_char(c) as u32 % 64)
}

/// The letters that initials of a name may begin with, and more.
fn first_letters_of(name: &Name) -> u64 {
    let full = spelled_out(&name.spelled);
    syllables(&full).filter_map(|syllable| syllable.chars().next()).fold(letter('&'), |all, first| all | letter(first))
}

/// What an acronym is looked up by, behind the mark of its class: "aws", "bộ
/// tt&tt"; `None` for other names.
fn acronym(text: &str, names: &Names, name: &Name) -> Option<String> {
    if !may_have_acronym(name.class) {
        return None;
    }
    if name.is_upper {
        return Some(with_mark(name, "", &name.spelled));
    }
    if name.syllables == 1 {
        return None;
    }
    let form = names.forms.get(name.first_form)?;
    let last = slice(text, form.start..form.end).split_whitespace().next_back()?;
    if !is_upper_word(last) {
        return None;
    }
    let rest = after_head(&name.spelled).filter(|rest| spaces(rest).count() <= 1)?;
    Some(with_mark(name, slice(&name.spelled, 0..name.spelled.len() - rest.len()), rest))
}

fn with_mark(name: &Name, head: &str, letters: &str) -> String {
    let mut out = String::with_capacity(8);
    out.push(name.class.mark());
    out.push_str(head);
    out.extend(letters.chars().filter(|c| *c != ' ').map(fold_char));
    out
}

/// Calls `found` with each way to take the initials of a name, behind the mark
/// of its class: with and without its head, and the head in full.
fn each_initials(name: &Name, mut found: impl FnMut(&str)) {
    let full = spelled_out(&name.spelled);
    let mut out = String::with_capacity(32);
    out.push(name.class.mark());
    initials_of(&full, &mut out, &mut found);
    if let Some(rest) = after_head(&full) {
        initials_of(rest, &mut out, &mut found);
        out.push_str(slice(&full, 0..full.len() - rest.len()));
        initials_of(rest, &mut out, &mut found);
    }
}

/// All initials; those without "và"; those with "&" for "và"; each appended to
/// what `out` begins with, which is left as it was.
fn initials_of(name: &str, out: &mut String, found: &mut impl FnMut(&str)) {
    if !name.contains(' ') {
        return;
    }
    let start = out.len();
    let is_and = |s: &str| matches!(s, "và" | "and" | "&");
    let is_small = |s: &str| is_and(s) || matches!(s, "of" | "the" | "for" | "in" | "về" | "của");
    let first = |s: &str| s.chars().next().map(fold_char);
    let mut give = |letters: &mut dyn Iterator<Item = char>| {
        out.truncate(start);
        out.extend(letters);
        if out.len() > start + 1 {
            found(out);
        }
        out.truncate(start);
    };
    give(&mut syllables(name).filter_map(first));
    if syllables(name).any(is_small) {
        give(&mut syllables(name).filter(|s| !is_small(s)).filter_map(first));
        give(&mut syllables(name).filter_map(|s| if is_and(s) { Some('&') } else { first(s) }));
    }
}

/// Whether `short` is made of the initials of `long`.
pub(super) fn is_acronym_of(short: &Name, long: &Name) -> bool {
    !holds(long, short) && has_initials(&with_mark(short, "", &short.spelled), long)
}

/// Whether a name of capitals, behind a head or not, has the initials of
/// another.
pub(super) fn stands_for(text: &str, names: &Names, short: &Name, long: &Name) -> bool {
    acronym(text, names, short).is_some_and(|letters| has_initials(&letters, long))
}

fn has_initials(letters: &str, long: &Name) -> bool {
    let mut matches = false;
    if long.syllables > 1 {
        each_initials(long, |initials| matches |= initials == letters);
    }
    matches
}
