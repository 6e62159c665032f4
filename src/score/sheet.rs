//! What the signals read: one text's terms with its roles, counted once.

use super::terms::{TermCount, TermId, Terms};
use crate::document::View;
use crate::summary::Role;
use crate::token::TokenKind;

/// One, in units of 2⁻¹⁶.
pub(crate) const ONE: i64 = 1 << 16;

/// A text with what the signals need of it.
#[derive(Debug)]
pub(crate) struct Sheet<'d> {
    /// The text up to its words.
    pub(crate) view: View<'d>,
    /// Its terms.
    pub(crate) terms: &'d Terms,
    /// Roles, by sentence.
    pub(crate) roles: Vec<Role>,
    /// For each sentence its place among the eligible ones.
    pub(crate) places: Vec<Option<usize>>,
    /// Number of eligible sentences.
    pub(crate) eligible: usize,
    /// Number of words, by sentence.
    pub(crate) lengths: Vec<usize>,
    /// Length of the term vector, by sentence, in IDF units.
    norms: Vec<i64>,
    /// Terms of the title.
    pub(crate) title: TermSet,
    /// Terms of the lede.
    pub(crate) lede: TermSet,
    /// Counts over all eligible sentences.
    pub(crate) centroid: Vec<i64>,
    centroid_norm: i64,
}

/// A set of terms with the sum of their IDF.
#[derive(Debug, Default)]
pub(crate) struct TermSet {
    members: Vec<bool>,
    /// Sum of the members' IDF, in units of 1/16.
    pub(crate) total: i64,
}

impl TermSet {
    fn add(&mut self, terms: &Terms, sentence: usize) {
        self.members.resize(terms.terms.len(), false);
        for count in terms.of(sentence) {
            if let Some(slot) = self.members.get_mut(count.term as usize).filter(|slot| !**slot) {
                *slot = true;
                self.total += terms.idf(count.term);
            }
        }
    }

    /// Whether the set has the term.
    pub(crate) fn contains(&self, term: TermId) -> bool {
        self.members.get(term as usize).copied().unwrap_or(false)
    }

    /// The share of the set, by IDF, that a sentence's terms cover; 0 to `ONE`.
    pub(crate) fn covered_by(&self, terms: &Terms, counts: &[TermCount]) -> i64 {
        let sum: i64 = counts.iter().filter(|c| self.contains(c.term)).map(|c| terms.idf(c.term)).sum();
        ratio(sum, self.total)
    }

    /// The share of a sentence's terms, by IDF, that the set has; 0 to `ONE`.
    pub(crate) fn share_of(&self, terms: &Terms, counts: &[TermCount]) -> i64 {
        let shared: i64 = counts.iter().filter(|c| self.contains(c.term)).map(|c| terms.idf(c.term)).sum();
        ratio(shared, counts.iter().map(|c| terms.idf(c.term)).sum())
    }
}

/// `part / whole` in units of 2⁻¹⁶; 0 where there is no whole.
pub(crate) fn ratio(part: i64, whole: i64) -> i64 {
    if whole > 0 { part * ONE / whole } else { 0 }
}

/// Whether sentences of this role may be chosen before any other.
pub(crate) fn is_eligible(role: Role) -> bool {
    matches!(role, Role::Lede | Role::Body)
}

impl<'d> Sheet<'d> {
    /// Counts what the signals need.
    pub(crate) fn new(view: View<'d>, terms: &'d Terms, roles: Vec<Role>) -> Self {
        let mut places = Vec::with_capacity(roles.len());
        let (mut title, mut lede) = (TermSet::default(), TermSet::default());
        let mut centroid = vec![0_i64; terms.terms.len()];
        let mut eligible = 0;
        for (sentence, role) in roles.iter().enumerate() {
            places.push(is_eligible(*role).then_some(eligible));
            match role {
                Role::Title => title.add(terms, sentence),
                Role::Lede => lede.add(terms, sentence),
                _ => {}
            }
            if is_eligible(*role) {
                eligible += 1;
                for count in terms.of(sentence) {
                    if let Some(slot) = centroid.get_mut(count.term as usize) {
                        *slot += i64::from(count.count);
                    }
                }
            }
        }
        let norms = (0..roles.len()).map(|s| norm(terms.of(s).iter().map(|c| i64::from(c.count) * terms.idf(c.term)))).collect();
        let centroid_norm = norm(centroid.iter().enumerate().map(|(t, n)| n * terms.idf(t as TermId)));
        let lengths = view.sentences.iter().map(|r| word_count(&view, r.clone())).collect();
        Self { view, terms, roles, places, eligible, lengths, norms, title, lede, centroid, centroid_norm }
    }

    /// Similarity of two sentences by their terms (cosine of TF-IDF), 0 to
    /// `ONE`.
    pub(crate) fn similarity(&self, a: usize, b: usize) -> i64 {
        let (mut left, mut right) = (self.terms.of(a).iter().peekable(), self.terms.of(b).iter().peekable());
        let mut dot = 0;
        while let (Some(l), Some(r)) = (left.peek(), right.peek()) {
            match l.term.cmp(&r.term) {
                std::cmp::Ordering::Less => _ = left.next(),
                std::cmp::Ordering::Greater => _ = right.next(),
                std::cmp::Ordering::Equal => {
                    let idf = self.terms.idf(l.term);
                    dot += i64::from(l.count) * i64::from(r.count) * idf * idf;
                    left.next();
                    right.next();
                }
            }
        }
        cosine(dot, self.norm(a), self.norm(b))
    }

    /// Similarity of a sentence to all eligible ones together.
    pub(crate) fn centrality(&self, sentence: usize) -> i64 {
        let dot = self.terms.of(sentence).iter().map(|c| {
            let idf = self.terms.idf(c.term);
            i64::from(c.count) * self.centroid.get(c.term as usize).copied().unwrap_or(0) * idf * idf
        });
        cosine(dot.sum(), self.norm(sentence), self.centroid_norm)
    }

    fn norm(&self, sentence: usize) -> i64 {
        self.norms.get(sentence).copied().unwrap_or(0)
    }

    /// The tokens of a sentence.
    pub(crate) fn tokens(&self, sentence: usize) -> &'d [crate::token::Token] {
        let tokens = self.view.tokens;
        self.view.sentences.get(sentence).and_then(|r| tokens.get(r.clone())).unwrap_or(&[])
    }
}

fn word_count(view: &View<'_>, range: std::ops::Range<usize>) -> usize {
    range.filter(|at| is_word_start(view, *at)).count()
}

fn is_word_start(view: &View<'_>, at: usize) -> bool {
    let wordlike = view.tokens.get(at).is_some_and(|t| t.kind.is_wordlike() && t.kind != TokenKind::Address);
    wordlike && !view.continues.get(at).copied().unwrap_or(false)
}

/// Length of a vector; whole numbers in, whole number out.
fn norm(values: impl Iterator<Item = i64>) -> i64 {
    let squares: u64 = values.map(|v| (v * v) as u64).fold(0, u64::saturating_add);
    squares.isqrt() as i64
}

fn cosine(dot: i64, a: i64, b: i64) -> i64 {
    let product = i128::from(a) * i128::from(b);
    if product > 0 { (i128::from(dot) * i128::from(ONE) / product).min(i128::from(ONE)) as i64 } else { 0 }
}
