//! The three frequent repairs, without the machinery of `rewrite`: one odd
//! space or stand-in letter, one invisible character, one vowel with its
//! combining marks, each followed by a stable character. Anything else is
//! left to `rewrite`, which would give the same for these.

use super::clean::{Cleaned, rule};
use super::scan::is_stable;
use super::vowel::Vowel;
use crate::span::slice;

/// The raw bytes `start..end`, whole clusters, become `replacement`.
pub(super) struct QuickEdit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) replacement: Option<char>,
}

/// The repair of the unstable character at `at`, before which all are stable
/// back to `from`, a border that is safe to cut.
pub(super) fn edit(raw: &str, from: usize, at: usize) -> Option<QuickEdit> {
    let mut rest = slice(raw, at..raw.len()).chars();
    let first = rest.next()?;
    let mut end = at + first.len_utf8();
    let replacement = match rule(first) {
        Cleaned::Become(c) => {
            if first == '\r' && rest.as_str().starts_with('\n') {
                rest.next();
                end += 1;
            }
            Some(c)
        }
        Cleaned::Remove => None,
        Cleaned::Keep => return compose(raw, from, at),
        Cleaned::Joiner => return None,
    };
    is_settled(rest.next()).then_some(QuickEdit { start: at, end, replacement })
}

/// The vowel before `at` together with all marks from `at` on.
fn compose(raw: &str, from: usize, at: usize) -> Option<QuickEdit> {
    let base = slice(raw, from..at).chars().next_back()?;
    let mut vowel = Vowel::of(base)?;
    let mut end = at;
    for c in slice(raw, at..raw.len()).chars() {
        match vowel.with_mark(c) {
            Some(joined) => vowel = joined,
            None if is_stable(c) => break,
            None => return None,
        }
        end += c.len_utf8();
    }
    Some(QuickEdit { start: at - base.len_utf8(), end, replacement: Some(vowel.letter()) })
}

/// Whether a cut before `next` is safe.
fn is_settled(next: Option<char>) -> bool {
    next.is_none_or(is_stable)
}
