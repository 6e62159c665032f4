//! How much of the title a sentence says.

use super::sheet::{Sheet, ratio};

/// The share of the title's terms, by IDF, that stand in the sentence.
pub(super) fn coverage(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    ratio(sheet.tally(sentence).title_idf, sheet.title.total)
}

/// The share of the sentence's terms, by IDF, that stand in the title.
pub(super) fn focus(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    let tally = sheet.tally(sentence);
    ratio(tally.title_idf, tally.idf)
}

/// Cosine of the sentence's TF-IDF vector with the title's.
pub(super) fn similarity(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    sheet.title_similarity(sentence)
}

/// The share of the title's pairs of neighbours that stand in the sentence.
pub(super) fn pairs(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    let all = sheet.title_pairs.len() as i64;
    ratio(sheet.tally(sentence).title_pairs.min(all), all)
}
