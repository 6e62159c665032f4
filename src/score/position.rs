//! Where a sentence stands among those that may be chosen.

use super::line::Line;
use super::sheet::{ONE, ratio};

/// 1 for the first sentence, 1/2 for the second, 1/3 for the third …
pub(super) fn early(line: &Line<'_, '_>) -> i64 {
    line.place.map_or(0, |p| ONE / (p + 1))
}

/// 0 at the start, towards 1 at the end.
pub(super) fn relative(line: &Line<'_, '_>) -> i64 {
    line.place.map_or(0, |p| ratio(p, line.sheet.eligible as i64))
}

/// 1 for the first sentence only.
pub(super) fn first(line: &Line<'_, '_>) -> i64 {
    if line.place == Some(0) { ONE } else { 0 }
}

/// 1 for the second sentence only.
pub(super) fn second(line: &Line<'_, '_>) -> i64 {
    if line.place == Some(1) { ONE } else { 0 }
}

/// 1 for the first sentence, falling to 0 at the ninth.
pub(super) fn opening(line: &Line<'_, '_>) -> i64 {
    line.place.map_or(0, |p| (8 - p).max(0) * ONE / 8)
}

/// 1 for the last sentence only.
pub(super) fn last(line: &Line<'_, '_>) -> i64 {
    if line.sheet.eligible > 1 && line.place == Some(line.sheet.eligible as i64 - 1) { ONE } else { 0 }
}
