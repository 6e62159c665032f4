//! ROUGE over syllables, as the yardstick defines it.

use std::collections::HashMap;

/// The unit of ROUGE: lower case, white-space separated, no outer marks, new
/// tone style.
pub fn syllables(text: &str) -> Vec<String> {
    let folded = tomtat::train::to_new_style(text);
    let words = folded.to_lowercase();
    words
        .split_whitespace()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
        .filter(|w| w.chars().any(char::is_alphanumeric))
        .collect()
}

/// ROUGE-1, ROUGE-2 and ROUGE-L F1, 0 to 1.
pub fn rouge(candidate: &[String], reference: &[String]) -> [f64; 3] {
    let lcs = longest_common_subsequence(candidate, reference);
    [ngram_f1(candidate, reference, 1), ngram_f1(candidate, reference, 2), f1(lcs, candidate.len(), reference.len())]
}

fn f1(overlap: usize, a: usize, b: usize) -> f64 {
    if overlap == 0 { 0.0 } else { 2.0 * overlap as f64 / (a + b) as f64 }
}

fn ngram_f1(a: &[String], b: &[String], n: usize) -> f64 {
    let mut counts: HashMap<&[String], usize> = HashMap::new();
    for gram in b.windows(n) {
        *counts.entry(gram).or_default() += 1;
    }
    let mut overlap = 0;
    for gram in a.windows(n) {
        if let Some(left) = counts.get_mut(gram).filter(|left| **left > 0) {
            *left -= 1;
            overlap += 1;
        }
    }
    f1(overlap, a.len().saturating_sub(n - 1), b.len().saturating_sub(n - 1))
}

fn longest_common_subsequence(a: &[String], b: &[String]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[b.len()]
}
