//! How long a sentence is.

use super::sheet::{ONE, Sheet};

/// Binary logarithm of the number of words, divided by 8.
pub(super) fn log(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    let words = sheet.lengths.get(sentence).copied().unwrap_or(0);
    log2(words as u64 + 1) / 8
}

/// 1 for a sentence of fewer than six words: hardly ever one to print.
pub(super) fn very_short(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    if sheet.lengths.get(sentence).is_some_and(|n| *n < 6) { ONE } else { 0 }
}

/// 1 for a sentence of more than fifty words.
pub(super) fn very_long(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    if sheet.lengths.get(sentence).is_some_and(|n| *n > 50) { ONE } else { 0 }
}

/// Binary logarithm in units of 2⁻¹⁶, straight between powers of two: exact on
/// every machine and at most 0.09 off.
fn log2(n: u64) -> i64 {
    let n = n.max(1);
    let whole = i64::from(n.ilog2());
    let power = 1_i64 << whole;
    whole * ONE + (n as i64 - power) * ONE / power
}
