//! What the signals read: one text's terms with its roles, counted once.

use super::names::{self, Named, Naming};
use super::salience::{self, Facts, Salience};
use super::tally::{Row, Tally};
use super::terms::{Term, TermId, Terms};
use crate::document::View;
use crate::summary::Role;
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
    /// Terms of the title.
    pub(crate) title: TermSet,
    /// Terms of the lede.
    pub(crate) lede: TermSet,
    /// The title's pairs of neighbours, sorted.
    pub(crate) title_pairs: Vec<(TermId, TermId)>,
    /// Lengths of the vectors of the article and of the title.
    centroid_norm: i64,
    title_norm: i64,
    /// By term: what it adds to the sums of its sentences.
    pub(super) rows: Vec<Row>,
    /// For each sentence what the signals add up, once one of them has asked.
    tallies: Vec<OnceCell<Tally>>,
    nothing: Tally,
    /// What each sentence mentions.
    pub(crate) named: Vec<Named>,
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

    /// Whether the set has the term.
    pub(crate) fn contains(&self, term: TermId) -> bool {
        self.members.get(term as usize).copied().unwrap_or(false)
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
    /// Counts what the signals need; `salience` says how likely words are to be
    /// in a lede.
    pub(crate) fn new(view: View<'d>, terms: &'d Terms, roles: Vec<Role>, named: &Naming<'_>, salience: &Salience) -> Self {
        let mut sheet = Self {
            first: roles.iter().position(|r| is_eligible(*r)),
            places: places(&roles),
            eligible: roles.iter().filter(|r| is_eligible(**r)).count(),
            title: TermSet::of(terms, &roles, Role::Title),
            lede: TermSet::of(terms, &roles, Role::Lede),
            title_pairs: title_pairs(terms, &roles),
            centroid_norm: 0,
            title_norm: 0,
            rows: Vec::new(),
            tallies: vec![OnceCell::new(); roles.len()],
            nothing: Tally::default(),
            named: names::count(&view, named),
            focus: Vec::new(),
            view,
            terms,
            roles,
        };
        sheet.fill_rows(salience);
        sheet
    }

    fn fill_rows(&mut self, salience: &Salience) {
        let (facts, places) = (salience::gather(self), salience::places(self));
        let row = |((facts, term), number): ((&Facts, &Term), TermId)| {
            let (in_title, in_lede) = (self.title.contains(number), self.lede.contains(number));
            let salience = if facts.times > 0 { salience.of_term(self, &places, (term, in_title), facts) } else { 0 };
            Row::new(term, (in_title, in_lede), facts.times as i64, salience)
        };
        let mut rows: Vec<Row> = facts.iter().zip(&self.terms.terms).zip(0..).map(row).collect();
        let lead = self.first.map_or(&[][..], |first| self.terms.of(first));
        for count in lead {
            if let Some(row) = rows.get_mut(count.term as usize) {
                row.lead_dot = i64::from(count.count) * row.idf * row.idf;
            }
        }
        self.centroid_norm = norm(rows.iter().map(|row| i64::from(row.times) * row.idf));
        self.title_norm = norm(rows.iter().map(|row| row.title_idf));
        self.rows = rows;
    }

    /// Takes how often each sentence has what the reader asked for.
    pub(crate) fn with_focus(mut self, counts: Vec<usize>) -> Self {
        self.focus = counts;
        self
    }

    /// Similarity of a sentence to all eligible ones together.
    pub(super) fn centrality(&self, tally: &Tally) -> i64 {
        cosine(tally.centroid_dot, tally.norm, self.centroid_norm)
    }

    /// Similarity of a sentence to the title.
    pub(super) fn title_similarity(&self, tally: &Tally) -> i64 {
        cosine(tally.title_dot, tally.norm, self.title_norm)
    }

    /// Similarity of a sentence to the first eligible one (cosine of TF-IDF), 0
    /// to `ONE`.
    pub(super) fn lead_similarity(&self, tally: &Tally) -> i64 {
        self.first.map_or(0, |first| cosine(tally.lead_dot, tally.norm, self.tally(first).norm))
    }

    /// How likely a term is to be in a lede, 0 to `ONE`.
    pub(crate) fn salience(&self, term: TermId) -> i64 {
        self.rows.get(term as usize).map_or(0, |row| row.salient)
    }

    /// How often a term stands in eligible sentences.
    pub(crate) fn times(&self, term: TermId) -> i64 {
        self.rows.get(term as usize).map_or(0, |row| i64::from(row.times))
    }

    /// The same of all terms, in their order.
    pub(crate) fn times_of_terms(&self) -> impl Iterator<Item = u32> + '_ {
        self.rows.iter().map(|row| row.times)
    }

    /// What the signals add up over a sentence.
    pub(crate) fn tally(&self, sentence: usize) -> &Tally {
        self.tallies.get(sentence).map_or(&self.nothing, |tally| tally.get_or_init(|| Tally::of(self, sentence)))
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

/// The pairs of neighbours in the title, sorted.
fn title_pairs(terms: &Terms, roles: &[Role]) -> Vec<(TermId, TermId)> {
    let titles = roles.iter().enumerate().filter(|(_, r)| **r == Role::Title);
    let mut pairs: Vec<(TermId, TermId)> = titles.flat_map(|(s, _)| terms.pairs(s)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
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
