//! How much of the title a sentence says.

use super::sheet::{Sheet, ratio};

/// The share of the title's terms, by IDF, that stand in the sentence.
pub(super) fn coverage(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    sheet.title.covered_by(sheet.terms, sheet.terms.of(sentence))
}

/// The share of the sentence's terms, by IDF, that stand in the title.
pub(super) fn focus(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    sheet.title.share_of(sheet.terms, sheet.terms.of(sentence))
}

/// Cosine of the sentence's TF-IDF vector with the title's.
pub(super) fn similarity(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    sheet.title_similarity(sentence)
}

/// The share of the title's pairs of neighbours that stand in the sentence.
pub(super) fn pairs(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    if sheet.title_pairs.is_empty() {
        return 0;
    }
    let shared = sheet.terms.pairs(sentence).filter(|pair| sheet.title_pairs.binary_search(pair).is_ok());
    ratio((shared.count() as i64).min(sheet.title_pairs.len() as i64), sheet.title_pairs.len() as i64)
}
