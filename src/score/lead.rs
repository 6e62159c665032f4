//! How much a sentence is like the article's opening.

use super::sheet::{ONE, Sheet, ratio};
use crate::summary::Role;

/// Cosine with the first sentence that may be chosen; 0 for that one itself.
pub(super) fn similarity(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    match sheet.first {
        Some(first) if first != sentence => sheet.similarity(first, sentence),
        _ => 0,
    }
}

/// The share of the lede's terms, by IDF, that stand in the sentence.
pub(super) fn lede_coverage(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    ratio(sheet.tally(sentence).lede_idf, sheet.lede.total)
}

/// 1 for the lede: the editor's own summary.
pub(super) fn is_lede(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    if sheet.roles.get(sentence) == Some(&Role::Lede) { ONE } else { 0 }
}
