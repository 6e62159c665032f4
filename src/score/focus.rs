//! How much a sentence says of what the reader asked for.

use super::line::Line;
use super::sheet::ONE;

/// 0 without a wish or for a sentence that has nothing of it; 1 for one
/// mention, 3/2 for two, 2 for more.
pub(super) fn asked_for(line: &Line<'_, '_>) -> i64 {
    match line.sheet.focus.get(line.sentence) {
        None | Some(0) => 0,
        Some(1) => ONE,
        Some(2) => ONE * 3 / 2,
        Some(_) => ONE * 2,
    }
}
