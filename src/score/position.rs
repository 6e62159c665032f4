//! Where a sentence stands among those that may be chosen.

use super::sheet::{ONE, Sheet, ratio};

/// 1 for the first sentence, 1/2 for the second, 1/3 for the third …
pub(super) fn early(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    place(sheet, sentence).map_or(0, |p| ONE / (p + 1))
}

/// 0 at the start, towards 1 at the end.
pub(super) fn relative(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    place(sheet, sentence).map_or(0, |p| ratio(p, sheet.eligible as i64))
}

/// 1 for the first sentence only.
pub(super) fn first(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    if place(sheet, sentence) == Some(0) { ONE } else { 0 }
}

/// 1 for the second sentence only.
pub(super) fn second(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    if place(sheet, sentence) == Some(1) { ONE } else { 0 }
}

/// 1 for the first sentence, falling to 0 at the ninth.
pub(super) fn opening(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    place(sheet, sentence).map_or(0, |p| (8 - p).max(0) * ONE / 8)
}

/// 1 for the last sentence only.
pub(super) fn last(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    if sheet.eligible > 1 && place(sheet, sentence) == Some(sheet.eligible as i64 - 1) { ONE } else { 0 }
}

fn place(sheet: &Sheet<'_>, sentence: usize) -> Option<i64> {
    sheet.places.get(sentence).copied().flatten().map(|p| p as i64)
}
