//! What the signals read: one text's terms with its roles, counted once.

use super::names::{self, Named};
use super::salience::Salience;
use super::tally::Tally;
use super::terms::{TermCount, TermId, Terms};
use super::wording::{self, Classes};
use crate::document::View;
use crate::entity::mention::FoundMention;
use crate::summary::Role;
use crate::token::TokenKind;
use std::cell::OnceCell;

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
    /// The first eligible sentence.
    pub(crate) first: Option<usize>,
    /// Number of eligible sentences.
    pub(crate) eligible: usize,
    /// Number of words, by sentence.
    pub(crate) lengths: Vec<usize>,
    /// Number of syllables, by sentence.
    syllables: Vec<i64>,
    /// Length of the term vector, by sentence, in IDF units.
    norms: Vec<i64>,
    /// Terms of the title.
    pub(crate) title: TermSet,
    /// Terms of the lede.
    pub(crate) lede: TermSet,
    /// Counts over all eligible sentences.
    pub(crate) centroid: Vec<i64>,
    centroid_norm: i64,
    /// Length of the title's term vector, and its pairs of neighbours, sorted.
    title_norm: i64,
    pub(crate) title_pairs: Vec<(TermId, TermId)>,
    /// For each term how likely it is to be in a lede, and what it tells of its
    /// sentence: filled when the sheet is first scored, by the tables that
    /// score it.
    salience: OnceCell<Vec<(i64, i64)>>,
    /// For each sentence what the signals add up, once one of them has asked.
    tallies: Vec<OnceCell<Tally>>,
    /// What each sentence mentions.
    pub(crate) named: Vec<Named>,
    /// The kinds of words in each sentence.
    pub(crate) wording: Vec<Classes>,
    /// How often a sentence has what the reader asked for; empty where nobody
    /// asked.
    pub(crate) focus: Vec<usize>,
}

/// A set of terms with the sum of their IDF.
#[derive(Debug, Default, Clone)]
pub(crate) struct TermSet {
    members: Vec<bool>,
    /// Sum of the members' IDF, in units of 1/16.
    pub(crate) total: i64,
}

impl TermSet {
    fn of(terms: &Terms, roles: &[Role], wanted: Role) -> Self {
        let mut set = Self::default();
        for (sentence, _) in roles.iter().enumerate().filter(|(_, role)| **role == wanted) {
            set.add(terms, sentence);
        }
        set
    }

    fn add(&mut self, terms: &Terms, sentence: usize) {
        self.members.resize(terms.terms.len(), false);
        for count in terms.of(sentence) {
            if let Some(slot) = self.members.get_mut(count.term as usize).filter(|slot| !**slot) {
                *slot = true;
                self.total += terms.idf(count.term);
            }
        }
    }

    /// Takes the terms of a sentence out. The total stays, so that shares are
    /// shares of the whole set.
    pub(crate) fn remove(&mut self, counts: &[TermCount]) {
        for count in counts {
            if let Some(slot) = self.members.get_mut(count.term as usize) {
                *slot = false;
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
    pub(crate) fn new(view: View<'d>, terms: &'d Terms, roles: Vec<Role>, mentions: &[FoundMention]) -> Self {
        let sentences = view.sentences.iter().cloned();
        let mut sheet = Self {
            first: roles.iter().position(|r| is_eligible(*r)),
            places: places(&roles),
            eligible: roles.iter().filter(|r| is_eligible(**r)).count(),
            lengths: sentences.clone().map(|r| word_count(&view, r)).collect(),
            syllables: sentences.map(|r| syllable_count(&view, r)).collect(),
            norms: (0..roles.len()).map(|s| norm(terms.of(s).iter().map(|c| i64::from(c.count) * terms.idf(c.term)))).collect(),
            named: names::count(&view, mentions),
            wording: wording::classes(terms, roles.len()),
            title: TermSet::of(terms, &roles, Role::Title),
            lede: TermSet::of(terms, &roles, Role::Lede),
            centroid: centroid(terms, &roles),
            centroid_norm: 0,
            title_norm: 0,
            title_pairs: title_pairs(terms, &roles),
            salience: OnceCell::new(),
            tallies: vec![OnceCell::new(); roles.len()],
            focus: Vec::new(),
            view,
            terms,
            roles,
        };
        sheet.centroid_norm = norm(sheet.centroid.iter().enumerate().map(|(t, n)| n * terms.idf(t as TermId)));
        sheet.title_norm =
            norm(terms.terms.iter().enumerate().filter(|(t, _)| sheet.title.contains(*t as TermId)).map(|(_, t)| i64::from(t.known.idf)));
        sheet
    }

    /// Takes how often each sentence has what the reader asked for.
    pub(crate) fn with_focus(mut self, counts: Vec<usize>) -> Self {
        self.focus = counts;
        self
    }

    /// The share of the terms of `b`, by IDF, that `a` has; 0 to `ONE`.
    pub(crate) fn overlap(&self, a: usize, b: usize) -> i64 {
        let mut left = self.terms.of(a).iter().peekable();
        let (mut shared, mut all) = (0, 0);
        for count in self.terms.of(b) {
            let idf = self.terms.idf(count.term);
            all += idf;
            while left.next_if(|l| l.term < count.term).is_some() {}
            if left.peek().is_some_and(|l| l.term == count.term) {
                shared += idf;
            }
        }
        ratio(shared, all)
    }

    /// Similarity of two sentences by their terms (cosine of TF-IDF), 0 to
    /// `ONE`.
    pub(crate) fn similarity(&self, a: usize, b: usize) -> i64 {
        let (mut left, mut right) = (self.terms.of(a).iter().peekable(), self.terms.of(b).iter().peekable());
        let mut dot = 0;
        while let (Some(l), Some(r)) = (left.peek(), right.peek()) {
            crate::work::count(1);
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
        cosine(self.tally(sentence).centroid_dot, self.norm(sentence), self.centroid_norm)
    }

    /// Similarity of a sentence to the title.
    pub(crate) fn title_similarity(&self, sentence: usize) -> i64 {
        cosine(self.tally(sentence).title_dot, self.norm(sentence), self.title_norm)
    }

    /// How likely a term is to be in a lede, 0 to `ONE`.
    pub(crate) fn salience(&self, term: TermId) -> i64 {
        self.guess(term).0
    }

    /// Guesses the salience of all terms, if that was not done before.
    pub(crate) fn guess_salience(&self, tables: &Salience) {
        self.salience.get_or_init(|| tables.of_terms(self));
    }

    /// How likely a term is to be in a lede, 0 to `ONE`, and what it tells of
    /// its sentence, in units of 1/16; 0 before the salience was guessed.
    pub(super) fn guess(&self, term: TermId) -> (i64, i64) {
        self.salience.get().and_then(|all| all.get(term as usize)).copied().unwrap_or((0, 0))
    }

    /// What the signals add up over a sentence; to be asked for after the
    /// salience was guessed.
    pub(super) fn tally(&self, sentence: usize) -> Tally {
        self.tallies.get(sentence).map_or_else(Tally::default, |tally| *tally.get_or_init(|| Tally::of(self, sentence)))
    }

    /// Number of syllables of a term.
    pub(crate) fn term_syllables(&self, term: TermId) -> i64 {
        self.terms.terms.get(term as usize).map_or(1, |t| t.length as i64)
    }

    /// Number of syllables of a sentence.
    pub(crate) fn syllables_of(&self, sentence: usize) -> i64 {
        self.syllables.get(sentence).copied().unwrap_or(0)
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

/// For each sentence its place among the eligible ones.
fn places(roles: &[Role]) -> Vec<Option<usize>> {
    let mut next = 0..;
    roles.iter().map(|role| if is_eligible(*role) { next.next() } else { None }).collect()
}

/// Counts of the terms over all eligible sentences.
fn centroid(terms: &Terms, roles: &[Role]) -> Vec<i64> {
    let mut counts = vec![0_i64; terms.terms.len()];
    for (sentence, _) in roles.iter().enumerate().filter(|(_, r)| is_eligible(**r)) {
        for count in terms.of(sentence) {
            if let Some(slot) = counts.get_mut(count.term as usize) {
                *slot += i64::from(count.count);
            }
        }
    }
    counts
}

/// The pairs of neighbours in the title, sorted.
fn title_pairs(terms: &Terms, roles: &[Role]) -> Vec<(TermId, TermId)> {
    let titles = roles.iter().enumerate().filter(|(_, r)| **r == Role::Title);
    let mut pairs: Vec<(TermId, TermId)> = titles.flat_map(|(s, _)| terms.pairs(s)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn syllable_count(view: &View<'_>, range: std::ops::Range<usize>) -> i64 {
    view.tokens.get(range).unwrap_or(&[]).iter().filter(|t| t.kind.is_wordlike()).count() as i64
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
