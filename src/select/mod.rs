//! Scores → a summary: which sentences to print.
//!
//! Takes scored sentences and a budget, gives the chosen ones in the article's
//! order. Promises: never over the budget, with the one exception of a single
//! sentence where none fits; only lede and body, unless an article has neither;
//! no near-repeats; no sentence that dangles without what it refers to; the
//! same choice from the same scores.
//!
//! The set is built step by step: each time the sentence that adds most, its
//! score less what it repeats of those already chosen, and with what it says of
//! the title that they leave unsaid. A sentence that no
//! editor would print by itself ([`Fitness::Never`]) is only taken where there
//! is nothing else at all; one that reads badly ([`Fitness::Poor`]) only where
//! good ones are used up. One that refers back is only taken where the sentence
//! before it is chosen, or where an earlier chosen one says what that says.
//!
//! Work: sentences times chosen ones, up to [`EXACT_SENTENCES`]; beyond, one
//! pass from the highest score down that looks for repeats of the first
//! [`COMPARED`] chosen ones only.

pub(crate) mod budget;
pub(crate) mod dangling;
mod fitness;

use crate::score::background::IdfUnits;
use crate::score::sheet::{ONE, Sheet, is_eligible, ratio};
use crate::score::terms::{Term, TermId};
use crate::summary::Role;
use budget::Budget;
use fitness::Fitness;

/// A sentence that shares this much of its terms with a chosen one says the
/// same.
const SAME: i64 = ONE * 7 / 10;

/// What repeating a chosen sentence costs: this times the squared share of the
/// terms that are repeated, so that a name in common costs next to nothing.
/// Chosen on readers' choices, see tools/record/choice.md.
const REPETITION: i64 = ONE * 3 / 16;

/// What saying the whole title is worth to a set, so much of it as no chosen
/// sentence has said yet. Chosen like [`REPETITION`].
const TITLE: i64 = ONE / 16;

/// What the first sentence of the editor's own summary is worth to a set: twice
/// what scores spread by. A summary should open with the news, and readers'
/// choices neither gain nor lose by it (tools/record/choice.md).
const LEDE: i64 = ONE / 4;

/// So much of a sentence's terms must stand in an earlier chosen one for it to
/// count as said, and for what refers to it to be understood: the editor's
/// summary often tells first what the body tells again. See
/// tools/record/choice.md.
const SAID: i64 = ONE / 4;

/// Texts with more eligible sentences than this are chosen from in one pass.
pub(crate) const EXACT_SENTENCES: usize = 500;

/// With how many chosen sentences such a text's others are compared.
const COMPARED: usize = 16;

/// The sentences chosen, and how it came to them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Positions of the sentences, rising.
    pub(crate) chosen: Vec<usize>,
    /// What each of them lost to repetition and gained by the title, in the same
    /// order.
    pub(crate) in_company: Vec<InCompany>,
    pub(crate) over_budget: bool,
    pub(crate) fallback: bool,
}

/// What a sentence's company in the set makes of its score.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct InCompany {
    pub(crate) repetition: i64,
    pub(crate) title: i64,
    pub(crate) lede: i64,
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
    let mut search = Search::new(candidates, budget, &pool);
    for lowest in [Fitness::Good, Fitness::Poor] {
        if pool.len() <= EXACT_SENTENCES {
            while let Some(at) = search.best(lowest) {
                search.take(at);
            }
        } else {
            search.in_one_pass(lowest);
        }
    }
    let mut choice = Choice { fallback, ..search.finish() };
    if choice.chosen.is_empty() {
        if let Some(shortest) = pool.iter().copied().min_by_key(|s| (candidates.cost(*s), *s)) {
            choice.over_budget = candidates.cost(shortest) > budget.limit;
            choice.chosen.push(last_resort(candidates, &pool, budget.limit).unwrap_or(shortest));
            choice.in_company.push(InCompany::default());
        }
    }
    choice
}

/// The sentences to choose from, and whether they are not the eligible ones.
pub(crate) fn pool(roles: &[Role]) -> (Vec<usize>, bool) {
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

/// Whether a sentence may be chosen before all others: it reads well and
/// refers to nothing before it.
#[cfg(feature = "train")]
pub(crate) fn reads_alone(sheet: &Sheet<'_>, sentence: usize) -> bool {
    fitness::of(sheet, sentence) == Fitness::Good && !dangling::dangles(sheet.view.text, sheet.tokens(sentence))
}

/// A sentence of the pool on its way into the summary.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    sentence: usize,
    fitness: Fitness,
    chosen: bool,
    /// The largest share of its terms that one chosen sentence has.
    alike: i64,
    /// The same, of chosen sentences before it.
    said: i64,
    /// The share of the title that it says and no chosen sentence does.
    tells: i64,
    /// It is of the lede, and no chosen sentence is.
    opens: bool,
}

impl Candidate {
    fn in_company(&self) -> InCompany {
        InCompany {
            repetition: -(self.alike * self.alike / ONE * REPETITION / ONE),
            title: self.tells * TITLE / ONE,
            lede: if self.opens { LEDE } else { 0 },
        }
    }
}

/// What a term weighs where sentences are compared: its IDF, or nothing.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    /// If the sentence chosen last has it.
    repeated: IdfUnits,
    /// If the title has it and no chosen sentence.
    unsaid: IdfUnits,
}

/// The set that is being built.
struct Search<'s, 'd> {
    candidates: &'s Candidates<'s, 'd>,
    budget: &'s Budget,
    pool: Vec<Candidate>,
    /// By term.
    weights: Vec<Weight>,
    left: usize,
    chosen: usize,
}

impl<'s, 'd> Search<'s, 'd> {
    fn new(candidates: &'s Candidates<'s, 'd>, budget: &'s Budget, pool: &[usize]) -> Self {
        let fitness = |s: usize| fitness::of(candidates.sheet, s);
        let tells = |s: usize| ratio(candidates.sheet.tally(s).title_idf, candidates.sheet.title.total);
        let opens = |s: usize| candidates.sheet.roles.get(s) == Some(&Role::Lede);
        let candidate =
            |s: usize| Candidate { sentence: s, fitness: fitness(s), chosen: false, alike: 0, said: 0, tells: tells(s), opens: opens(s) };
        let pool = pool.iter().map(|s| candidate(*s)).collect();
        Self { candidates, budget, pool, weights: Vec::new(), left: budget.limit, chosen: 0 }
    }

    /// Place in the pool of the sentence that adds most.
    fn best(&self, lowest: Fitness) -> Option<usize> {
        let open = (0..self.pool.len()).filter(|at| self.may_take(*at, lowest));
        open.max_by_key(|at| (self.value(*at), std::cmp::Reverse(*at)))
    }

    fn value(&self, at: usize) -> i64 {
        self.pool.get(at).map_or(0, |c| {
            let InCompany { repetition, title, lede } = c.in_company();
            self.candidates.score(c.sentence) + repetition + title + lede
        })
    }

    fn may_take(&self, at: usize, lowest: Fitness) -> bool {
        crate::work::count(1);
        let Some(candidate) = self.pool.get(at) else { return false };
        let dangles = self.candidates.dangling.get(candidate.sentence).copied().unwrap_or(false);
        let introduced = || at.checked_sub(1).and_then(|before| self.pool.get(before)).is_some_and(|c| c.chosen || c.said >= SAID);
        let reads = !dangles || introduced();
        !candidate.chosen && self.fits(candidate) && candidate.fitness >= lowest && candidate.alike < SAME && reads
    }

    /// Whether a sentence fits into what is left of the budget.
    fn fits(&self, candidate: &Candidate) -> bool {
        self.candidates.cost(candidate.sentence) <= self.budget.with_joint(self.left, self.chosen)
    }

    /// Chooses the sentence at a place in the pool.
    fn take(&mut self, at: usize) {
        let Some(candidate) = self.pool.get_mut(at) else { return };
        candidate.chosen = true;
        let (sentence, opens) = (candidate.sentence, candidate.opens);
        self.left = self.left.saturating_sub(self.candidates.cost(sentence) + self.budget.joint(self.chosen));
        self.chosen += 1;
        // Behind the last sentence that fits, nobody asks what the others add.
        let goes_on = || self.pool.iter().any(|c| !c.chosen && self.fits(c));
        if (self.chosen <= COMPARED || self.pool.len() <= EXACT_SENTENCES) && goes_on() {
            let sheet = self.candidates.sheet;
            self.weigh(sentence);
            for other in self.pool.iter_mut().filter(|c| !c.chosen) {
                crate::work::count(1);
                let (mut repeated, mut unsaid) = (0, 0);
                for count in sheet.terms.of(other.sentence) {
                    let weight = self.weights.get(count.term as usize).copied().unwrap_or_default();
                    repeated += i64::from(weight.repeated);
                    unsaid += i64::from(weight.unsaid);
                }
                let shared = ratio(repeated, sheet.tally(other.sentence).idf);
                other.alike = other.alike.max(shared);
                if sentence < other.sentence {
                    other.said = other.said.max(shared);
                }
                other.opens &= !opens;
                other.tells = ratio(unsaid, sheet.title.total);
            }
            self.forget(sentence);
        }
    }

    /// Weighs the terms for a sentence that was chosen now.
    fn weigh(&mut self, sentence: usize) {
        let sheet = self.candidates.sheet;
        if self.weights.is_empty() {
            let unsaid = |(term, t): (TermId, &Term)| if sheet.title.contains(term) { t.known.idf } else { 0 };
            self.weights = (0..).zip(&sheet.terms.terms).map(|term| Weight { repeated: 0, unsaid: unsaid(term) }).collect();
        }
        for count in sheet.terms.of(sentence) {
            if let Some(weight) = self.weights.get_mut(count.term as usize) {
                *weight = Weight { repeated: sheet.terms.known(count.term).idf, unsaid: 0 };
            }
        }
    }

    /// Sentences are not compared with this one again.
    fn forget(&mut self, sentence: usize) {
        for count in self.candidates.sheet.terms.of(sentence) {
            if let Some(weight) = self.weights.get_mut(count.term as usize) {
                weight.repeated = 0;
            }
        }
    }

    fn in_one_pass(&mut self, lowest: Fitness) {
        let mut order: Vec<usize> = (0..self.pool.len()).collect();
        order.sort_by_key(|at| (std::cmp::Reverse(self.value(*at)), *at));
        for at in order {
            if self.may_take(at, lowest) {
                self.take(at);
            }
        }
    }

    fn finish(self) -> Choice {
        let chosen = || self.pool.iter().filter(|c| c.chosen);
        Choice {
            chosen: chosen().map(|c| c.sentence).collect(),
            in_company: chosen().map(Candidate::in_company).collect(),
            ..Choice::default()
        }
    }
}

impl Candidates<'_, '_> {
    fn score(&self, sentence: usize) -> i64 {
        self.scores.get(sentence).copied().unwrap_or(0)
    }

    fn cost(&self, sentence: usize) -> usize {
        self.costs.get(sentence).copied().unwrap_or(usize::MAX)
    }
}

#[cfg(all(test, feature = "builtin-model"))]
mod tests {
    use super::budget::{Length, plan};
    use super::*;
    use crate::score::testing::with_sheet;

    /// Sentences chosen from a text, where each scores what `score` says.
    fn chosen(text: &str, length: Length, score: impl Fn(usize) -> i64) -> Choice {
        with_sheet(text, |sheet| {
            let (budget, costs) = plan(length, &sheet.view, &sheet.roles, |_| 1);
            let scores: Vec<i64> = (0..sheet.roles.len()).map(score).collect();
            let dangling: Vec<bool> = (0..sheet.roles.len()).map(|s| dangling::dangles(sheet.view.text, sheet.tokens(s))).collect();
            choose(&Candidates { sheet, scores: &scores, dangling: &dangling, costs: &costs }, &budget)
        })
    }

    const TEXT: &str = "Viettel vừa thử nghiệm mạng 5G tại Hà Nội hôm qua.\nTốc độ tải xuống của mạng đạt gần 1,5 Gbps.\n\
        Điều này khiến nhiều nhà mạng khác phải lo lắng.\nĐại diện VNPT dự kiến mở rộng vùng phủ sóng trong năm sau.\n\
        Viettel vừa thử nghiệm mạng 5G tại Hà Nội hôm qua.";

    #[test]
    fn the_best_in_the_order_of_the_article() {
        assert_eq!(chosen(TEXT, Length::Sentences(2), |s| [ONE, 0, 0, 2 * ONE, 0][s]).chosen, [0, 3]);
    }

    #[test]
    fn a_reference_only_with_what_it_refers_to() {
        assert_eq!(chosen(TEXT, Length::Sentences(1), |s| if s == 2 { ONE } else { -(s as i64) }).chosen, [0]);
        assert_eq!(chosen(TEXT, Length::Sentences(2), |s| [ONE, 0, 2 * ONE, 0, 0][s]).chosen, [0, 3]);
        assert_eq!(chosen(TEXT, Length::Sentences(4), |s| [0, ONE, 2 * ONE, 0, 0][s]).chosen, [0, 1, 2, 3]);
    }

    #[test]
    fn a_reference_with_a_chosen_sentence_that_says_what_it_refers_to() {
        let text = "Viettel vừa thử nghiệm mạng 5G tại Hà Nội.\nGiá cước sẽ được công bố sau.\n\
            Mạng 5G mà Viettel thử nghiệm tại Hà Nội dùng băng tần mới.\nTheo đó, tốc độ tải xuống đạt gần 1,5 Gbps.";
        assert_eq!(chosen(text, Length::Sentences(2), |s| [ONE, 0, 0, 2 * ONE][s]).chosen, [0, 3]);
        assert_eq!(chosen(text, Length::Sentences(2), |s| [0, ONE, -ONE, 2 * ONE][s]).chosen, [0, 1]);
    }

    #[test]
    fn nothing_twice() {
        let all = chosen(TEXT, Length::Sentences(9), |s| ONE - s as i64);
        assert_eq!(all.chosen, [0, 1, 2, 3]);
    }

    #[test]
    fn never_over_the_budget_but_for_one_sentence() {
        for limit in 1..60 {
            let choice = chosen(TEXT, Length::Syllables(limit), |s| s as i64);
            assert_eq!(choice.over_budget, limit < 10, "{limit}: {choice:?}");
            assert!(!choice.over_budget || choice.chosen.len() == 1);
        }
    }

    #[test]
    fn long_texts_in_one_pass() {
        let text: String = (0..700).map(|i| format!("Hãng số {i} vừa bán chiếc máy mã hiệu XK{i} tại tỉnh thứ {i}.\n")).collect();
        let choice = chosen(&text, Length::Sentences(3), |s| if s % 100 == 50 { ONE } else { 0 });
        assert_eq!(choice.chosen.len(), 3);
        assert_eq!(choice.chosen, chosen(&text, Length::Sentences(3), |s| if s % 100 == 50 { ONE } else { 0 }).chosen);
    }
}
