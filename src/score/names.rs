//! How many names a sentence has.

use super::sheet::{ONE, Sheet};

/// Number of names, at most six, divided by 8: who acts on whom. Names are the
/// recognizer's mentions where the sheet was given them, runs of capitalized
/// words otherwise.
pub(super) fn count(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    sheet.names.get(sentence).map_or(0, |n| (*n).min(6) as i64 * ONE / 8)
}
