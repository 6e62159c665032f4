//! How much a sentence is like the article's opening.

use super::line::Line;
use super::sheet::{ONE, ratio};
use crate::summary::Role;

/// Cosine with the first sentence that may be chosen; 0 for that one itself.
pub(super) fn similarity(line: &Line<'_, '_>) -> i64 {
    if line.sheet.first == Some(line.sentence) { 0 } else { line.sheet.lead_similarity(line.tally) }
}

/// The share of the lede's terms, by IDF, that stand in the sentence.
pub(super) fn lede_coverage(line: &Line<'_, '_>) -> i64 {
    ratio(line.tally.lede_idf, line.sheet.lede.total)
}

/// 1 for the lede: the editor's own summary.
pub(super) fn is_lede(line: &Line<'_, '_>) -> i64 {
    if line.role == Some(Role::Lede) { ONE } else { 0 }
}
