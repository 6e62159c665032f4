//! What the signals add up over a sentence, added up in one pass.
//!
//! A dozen signals are sums over the same terms, and some more over the same
//! tokens: each with a pass of its own took twice the time.

use super::sheet::{ONE, Sheet};
use super::terms::{TermCount, TermId};
use super::tfidf::damping;
use crate::token::TokenKind;

/// Sums over one sentence; IDF in units of 1/16, salience in units of 2⁻¹⁶.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    /// Number of terms.
    pub(crate) terms: i64,
    /// IDF of the terms; of those in the title; of those in the lede.
    pub(crate) idf: i64,
    pub(crate) title_idf: i64,
    pub(crate) lede_idf: i64,
    /// Count times IDF.
    pub(crate) tf_idf: i64,
    /// IDF times the damped count in the article.
    pub(crate) recurring: i64,
    /// Products with the vectors of the title and of the article.
    pub(crate) title_dot: i64,
    pub(crate) centroid_dot: i64,
    /// Salience of the syllables, and of their pairs inside a term.
    pub(crate) salient_syllables: i64,
    pub(crate) salient_inside: i64,
    /// Salience of words with an IDF, and of those that the lede lacks.
    pub(crate) salience: i64,
    pub(crate) beyond_lede: i64,
    /// What the terms tell.
    pub(crate) telling: i64,
    /// Salience of pairs of neighbours, and how many of them the title has.
    pub(crate) salient_between: i64,
    pub(crate) title_pairs: i64,
    /// Tokens: all, numbers, capitalized ones, question marks.
    pub(crate) tokens: i64,
    pub(crate) numbers: i64,
    pub(crate) capitals: i64,
    pub(crate) questions: i64,
}

impl Tally {
    pub(super) fn of(sheet: &Sheet<'_>, sentence: usize) -> Self {
        let mut this = Self::default();
        for count in sheet.terms.of(sentence) {
            this.add_term(sheet, *count);
        }
        for pair in sheet.terms.pairs(sentence) {
            this.add_pair(sheet, pair);
        }
        for token in sheet.tokens(sentence) {
            this.tokens += 1;
            this.numbers += i64::from(matches!(token.kind, TokenKind::Number | TokenKind::Mixed));
            this.capitals += i64::from(token.is_capitalized());
            this.questions += i64::from(token.kind == TokenKind::Question);
        }
        this
    }

    fn add_term(&mut self, sheet: &Sheet<'_>, TermCount { term, count }: TermCount) {
        let (idf, count) = (sheet.terms.idf(term), i64::from(count));
        let (salience, telling) = sheet.guess(term);
        let syllables = sheet.term_syllables(term);
        self.terms += 1;
        self.telling += telling;
        self.salient_syllables += salience * syllables;
        self.salient_inside += salience * (syllables - 1);
        // All that follows is a multiple of the IDF, or left out without one.
        if idf == 0 {
            return;
        }
        let times = sheet.centroid.get(term as usize).copied().unwrap_or(0);
        self.idf += idf;
        self.tf_idf += count * idf;
        self.recurring += damping(times as usize) * idf;
        self.centroid_dot += count * times * idf * idf;
        self.salience += salience;
        if sheet.title.contains(term) {
            self.title_idf += idf;
            self.title_dot += count * idf * idf;
        }
        if sheet.lede.contains(term) {
            self.lede_idf += idf;
        } else {
            self.beyond_lede += salience;
        }
    }

    fn add_pair(&mut self, sheet: &Sheet<'_>, (a, b): (TermId, TermId)) {
        self.salient_between += sheet.guess(a).0 * sheet.guess(b).0 / ONE;
        if !sheet.title_pairs.is_empty() && sheet.title.contains(a) && sheet.title.contains(b) {
            self.title_pairs += i64::from(sheet.title_pairs.binary_search(&(a, b)).is_ok());
        }
    }
}
