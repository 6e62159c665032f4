//! How much a sentence is like the rest of the article.

use super::sheet::Sheet;

/// Cosine of the sentence's TF-IDF vector with that of the whole article. One
/// comparison a sentence: long articles stay linear.
pub(super) fn centrality(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    sheet.centrality(sentence)
}
