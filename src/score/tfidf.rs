//! How much a sentence says that is rare elsewhere.

use super::line::Line;
use super::sheet::ONE;

/// Sum of the IDF of the sentence's terms, divided by 128. A sum, not a mean:
/// the mean chooses worse than chance.
pub(super) fn sum(line: &Line<'_, '_>) -> i64 {
    line.tally.tf_idf * ONE / (16 * 128)
}

/// Sum of IDF times the logarithm-like damping of how often the article uses
/// each term, divided by 256: what the article keeps talking about.
pub(super) fn damped(line: &Line<'_, '_>) -> i64 {
    line.tally.recurring * ONE / (16 * 16 * 256)
}

/// What `times` occurrences count, in units of 1/16: 16 for one, 64 at most.
pub(super) fn damping(times: usize) -> i64 {
    DAMPING.get(times).copied().unwrap_or(64)
}

/// 16 times the binary logarithm of 1 + n, computed beforehand.
const DAMPING: [i64; 16] = [0, 16, 25, 32, 37, 41, 45, 48, 51, 53, 55, 57, 59, 61, 63, 64];
