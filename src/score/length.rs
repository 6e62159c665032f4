//! How long a sentence is.

use super::line::Line;
use super::sheet::ONE;

/// Binary logarithm of the number of words, divided by 8.
pub(super) fn log(line: &Line<'_, '_>) -> i64 {
    log2(line.tally.words as u64 + 1) / 8
}

/// 1 for a sentence of fewer than six words: hardly ever one to print.
pub(super) fn very_short(line: &Line<'_, '_>) -> i64 {
    if line.tally.words < 6 { ONE } else { 0 }
}

/// How far a sentence lies below sixteen words, divided by 16.
pub(super) fn short(line: &Line<'_, '_>) -> i64 {
    (16 - line.tally.words).max(0) * ONE / 16
}

/// How far it lies beyond thirty words, at most forty, divided by 32.
pub(super) fn long(line: &Line<'_, '_>) -> i64 {
    (line.tally.words - 30).clamp(0, 40) * ONE / 32
}

/// 1 for a sentence of more than fifty words.
pub(super) fn very_long(line: &Line<'_, '_>) -> i64 {
    if line.tally.words > 50 { ONE } else { 0 }
}

/// Binary logarithm in units of 2⁻¹⁶, straight between powers of two: exact on
/// every machine and at most 0.09 off.
fn log2(n: u64) -> i64 {
    let n = n.max(1);
    let whole = i64::from(n.ilog2());
    let power = 1_i64 << whole;
    whole * ONE + (n as i64 - power) * ONE / power
}
