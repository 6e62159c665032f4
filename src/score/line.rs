//! One sentence with what its signals read.

use super::names::Named;
use super::sheet::Sheet;
use super::tally::Tally;
use crate::summary::Role;
use crate::token::Token;

/// A sentence of a [`Sheet`].
#[derive(Debug)]
pub(crate) struct Line<'s, 'd> {
    pub(super) sheet: &'s Sheet<'d>,
    /// Its position among all sentences.
    pub(super) sentence: usize,
    pub(super) role: Option<Role>,
    /// Its place among the eligible ones.
    pub(super) place: Option<i64>,
    pub(super) named: Named,
    pub(super) tally: &'s Tally,
    pub(super) tokens: &'d [Token],
}

impl<'d> Sheet<'d> {
    /// A sentence with what its signals read.
    pub(super) fn line(&self, sentence: usize) -> Line<'_, 'd> {
        Line {
            sheet: self,
            sentence,
            role: self.roles.get(sentence).copied(),
            place: self.places.get(sentence).copied().flatten().map(|place| place as i64),
            named: self.named.get(sentence).copied().unwrap_or_default(),
            tally: self.tally(sentence),
            tokens: self.tokens(sentence),
        }
    }
}
