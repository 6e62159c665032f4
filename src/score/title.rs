//! How much of the title a sentence says.

use super::line::Line;
use super::sheet::ratio;

/// The share of the title's terms, by IDF, that stand in the sentence.
pub(super) fn coverage(line: &Line<'_, '_>) -> i64 {
    ratio(line.tally.title_idf, line.sheet.title.total)
}

/// The share of the sentence's terms, by IDF, that stand in the title.
pub(super) fn focus(line: &Line<'_, '_>) -> i64 {
    ratio(line.tally.title_idf, line.tally.idf)
}

/// Cosine of the sentence's TF-IDF vector with the title's.
pub(super) fn similarity(line: &Line<'_, '_>) -> i64 {
    line.sheet.title_similarity(line.tally)
}

/// The share of the title's pairs of neighbours that stand in the sentence.
pub(super) fn pairs(line: &Line<'_, '_>) -> i64 {
    let all = line.sheet.title_pairs.len() as i64;
    ratio(line.tally.title_pairs.min(all), all)
}
