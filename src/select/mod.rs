//! Scores → a summary: which sentences to print.
//!
//! Takes scored sentences and a budget, gives the chosen ones in the article's
//! order. Promises: never over the budget, with the one exception of a single
//! sentence where none fits; only lede and body, unless an article has neither;
//! no near-repeats; no sentence that dangles without the one before it; the
//! same choice from the same scores.
//!
//! The set is built step by step: each time the sentence that adds most, its
//! score less what it repeats of those already chosen.

pub(crate) mod budget;
pub(crate) mod dangling;

use crate::score::sheet::{ONE, Sheet, is_eligible};
use crate::summary::Role;
use budget::Budget;

/// Sentences that are more alike than this say the same.
const SAME: i64 = ONE * 6 / 10;

/// What repeating a chosen sentence costs: this times their similarity.
const REPETITION: i64 = ONE * 3 / 10;

/// A sentence that shares this much of its terms with the title says nothing
/// beyond it.
const ONLY_TITLE: i64 = ONE * 92 / 100;

/// The sentences chosen, and how it came to them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Positions of the sentences, rising.
    pub(crate) chosen: Vec<usize>,
    /// What each of them lost to repetition, in the same order.
    pub(crate) repetition: Vec<i64>,
    pub(crate) over_budget: bool,
    pub(crate) fallback: bool,
}

/// What there is to choose from.
#[derive(Debug)]
pub(crate) struct Candidates<'s, 'd> {
    pub(crate) sheet: &'s Sheet<'d>,
    /// By sentence.
    pub(crate) scores: &'s [i64],
    /// By sentence: whether it dangles without its predecessor.
    pub(crate) dangling: &'s [bool],
    /// By sentence: what it takes of the budget.
    pub(crate) costs: &'s [usize],
}

/// Chooses sentences within `budget`.
pub(crate) fn choose(candidates: &Candidates<'_, '_>, budget: &Budget) -> Choice {
    let (pool, fallback) = pool(&candidates.sheet.roles);
    let mut choice = Choice { fallback, ..Choice::default() };
    let mut left = budget.limit;
    while let Some((sentence, repetition)) = best(candidates, &pool, &choice.chosen, budget.with_joint(left, choice.chosen.len())) {
        left = left.saturating_sub(candidates.cost(sentence) + budget.joint(choice.chosen.len()));
        let at = choice.chosen.partition_point(|c| *c < sentence);
        choice.chosen.insert(at, sentence);
        choice.repetition.insert(at, repetition);
    }
    if choice.chosen.is_empty() {
        if let Some(shortest) = pool.iter().copied().min_by_key(|s| (candidates.cost(*s), *s)) {
            choice.over_budget = candidates.cost(shortest) > budget.limit;
            let readable = last_resort(candidates, &pool, budget.limit).unwrap_or(shortest);
            choice.chosen.push(readable);
            choice.repetition.push(0);
        }
    }
    choice
}

/// The sentences to choose from, and whether they are not the eligible ones.
fn pool(roles: &[Role]) -> (Vec<usize>, bool) {
    let of = |test: &dyn Fn(Role) -> bool| -> Vec<usize> { roles.iter().enumerate().filter(|(_, r)| test(**r)).map(|(i, _)| i).collect() };
    let eligible = of(&is_eligible);
    if !eligible.is_empty() {
        return (eligible, false);
    }
    for role in [Role::Caption, Role::Heading, Role::Title, Role::Boilerplate] {
        let sentences = of(&|r| r == role);
        if !sentences.is_empty() {
            return (sentences, true);
        }
    }
    (Vec::new(), false)
}

/// Where every sentence dangles or repeats the title: the best that fits.
fn last_resort(candidates: &Candidates<'_, '_>, pool: &[usize], limit: usize) -> Option<usize> {
    let fitting = pool.iter().copied().filter(|s| candidates.cost(*s) <= limit);
    fitting.max_by_key(|s| (candidates.score(*s), std::cmp::Reverse(*s)))
}

/// The sentence that adds most and what it loses to repetition.
fn best(candidates: &Candidates<'_, '_>, pool: &[usize], chosen: &[usize], left: usize) -> Option<(usize, i64)> {
    let mut best: Option<(i64, usize, i64)> = None;
    for &sentence in pool {
        if chosen.contains(&sentence) || candidates.cost(sentence) > left || !candidates.stands_alone(sentence, chosen) {
            continue;
        }
        let alike = chosen.iter().map(|c| candidates.sheet.similarity(*c, sentence)).max().unwrap_or(0);
        if alike >= SAME {
            continue;
        }
        let repetition = alike * REPETITION / ONE;
        let value = candidates.score(sentence) - repetition;
        if best.is_none_or(|(top, ..)| value > top) {
            best = Some((value, sentence, repetition));
        }
    }
    best.map(|(_, sentence, repetition)| (sentence, repetition))
}

impl Candidates<'_, '_> {
    fn score(&self, sentence: usize) -> i64 {
        self.scores.get(sentence).copied().unwrap_or(0)
    }

    fn cost(&self, sentence: usize) -> usize {
        self.costs.get(sentence).copied().unwrap_or(usize::MAX)
    }

    /// Whether a reader who has only `chosen` before it understands it.
    fn stands_alone(&self, sentence: usize, chosen: &[usize]) -> bool {
        let dangles = self.dangling.get(sentence).copied().unwrap_or(false);
        let introduced = sentence.checked_sub(1).is_some_and(|before| chosen.contains(&before));
        let sheet = self.sheet;
        let only_title = sheet.title.total > 0 && sheet.title.share_of(sheet.terms, sheet.terms.of(sentence)) >= ONLY_TITLE;
        (!dangles || introduced) && !only_title
    }
}
