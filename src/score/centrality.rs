//! How much a sentence is like the rest of the article.

use super::line::Line;

/// Cosine of the sentence's TF-IDF vector with that of the whole article. One
/// comparison a sentence: long articles stay linear.
pub(super) fn centrality(line: &Line<'_, '_>) -> i64 {
    line.sheet.centrality(line.tally)
}
