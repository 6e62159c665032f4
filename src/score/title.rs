//! How much of the title a sentence says.

use super::sheet::Sheet;

/// The share of the title's terms, by IDF, that stand in the sentence.
pub(super) fn coverage(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    sheet.title.covered_by(sheet.terms, sheet.terms.of(sentence))
}

/// The share of the sentence's terms, by IDF, that stand in the title.
pub(super) fn focus(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    sheet.title.share_of(sheet.terms, sheet.terms.of(sentence))
}
