//! Words and terms of several words that say what an article is about.
//!
//! Takes a sheet, gives ranges of tokens with their weights, weightiest first:
//! at most [`MOST`], each as first written, the first with weight 1. Promises:
//! no stop words, no numbers, no fragment of a longer keyword, the same answer
//! for the same text. Work: linear, but for sorting.
//!
//! A term of several words is one whose neighbours recur together: at least
//! twice, and at least every other time that its rarer word is used. Recognized
//! names are terms as they are.

use super::sheet::{ONE, Sheet, is_eligible, ratio};
use super::terms::{NO_TERM, Occurrence, Term, TermId};
use super::tfidf::damping;
use crate::document::View;
use crate::normalize::fold::lower_char;
use crate::segment::vocabulary::FIRST_SYLLABLE;
use crate::summary::Role;
use crate::token::{Case, Token};
use std::cmp::Reverse;
use std::ops::Range;

/// Most keywords of an article.
pub(crate) const MOST: usize = 10;

/// Most words of a term.
const LONGEST: usize = 4;

/// What speaks for a word or term.
#[derive(Debug, Clone, Copy, Default)]
struct Candidate {
    /// How often it occurs; 0 where there is none.
    times: u32,
    in_title: bool,
    /// Tokens of its first occurrence: the first, and the one behind the last.
    start: u32,
    end: u32,
}

/// All candidates.
#[derive(Debug)]
struct Candidates {
    /// By term: that term alone; while they are counted, one more for what is
    /// no term.
    single: Vec<Candidate>,
    /// Occurrences of more terms than one.
    several: Vec<Several>,
    /// Their terms, one candidate after another: a list of its own for each
    /// would take most of the time.
    terms: Vec<TermId>,
}

/// One occurrence of several terms.
#[derive(Debug)]
struct Several {
    /// Its first two terms: most candidates differ in them.
    opening: u64,
    /// Its terms, in order, as positions in [`Candidates::terms`].
    terms: Range<usize>,
    candidate: Candidate,
}

/// The keywords of a text. `names` are the tokens of recognized names, in the
/// order of the text; without them capitalized neighbours have to recur.
pub(crate) fn keywords(sheet: &Sheet<'_>, names: &[Range<usize>]) -> Vec<(Range<usize>, i64)> {
    let mut ranked = rank(sheet, gather(sheet, names));
    let mut chosen: Vec<(i64, Range<usize>)> = Vec::with_capacity(MOST);
    for_each_by_rank(&mut ranked, |(Reverse(weight), start, end)| {
        let place = *start as usize..*end as usize;
        if !chosen.iter().any(|(_, other)| overlap(&sheet.view, other, &place)) {
            chosen.push((*weight, place));
        }
        chosen.len() < MOST
    });
    let top = chosen.first().map_or(0, |(weight, _)| *weight);
    chosen.into_iter().map(|(weight, place)| (place, ratio(weight, top))).collect()
}

/// What a candidate is ranked by: its weight, then its place.
type Ranked = (Reverse<i64>, u32, u32);

/// So many of the weightiest nearly always hold all that are chosen.
const ENOUGH: usize = 2 * MOST;

/// Visits candidates by rank as long as `visit` wants more. Of hundreds a dozen
/// are looked at, so that only these are sorted.
fn for_each_by_rank(ranked: &mut [Ranked], mut visit: impl FnMut(&Ranked) -> bool) {
    if ranked.len() > ENOUGH {
        ranked.select_nth_unstable(ENOUGH);
    }
    let (first, rest) = ranked.split_at_mut(ranked.len().min(ENOUGH));
    for part in [first, rest] {
        part.sort_unstable();
        if !part.iter().all(&mut visit) {
            return;
        }
    }
}

/// All candidates with their weights, each once.
fn rank(sheet: &Sheet<'_>, candidates: Candidates) -> Vec<Ranked> {
    let mut out = Vec::with_capacity(candidates.single.len() + candidates.several.len());
    let mut add = |candidate: &Candidate, idf: i64, salience: i64| {
        let tokens = sheet.view.tokens.get(candidate.start as usize..candidate.end as usize).unwrap_or(&[]);
        let weight = weight(candidate, tokens, idf, salience);
        if weight > 0 && is_shown(tokens) {
            out.push((Reverse(weight), candidate.start, candidate.end));
        }
    };
    for (candidate, term) in candidates.single.iter().zip(0..).filter(|(candidate, _)| candidate.times > 0) {
        add(candidate, sheet.terms.idf(term), sheet.salience(term));
    }
    let Candidates { mut several, terms, .. } = candidates;
    let of = |one: &Several| terms.get(one.terms.clone()).unwrap_or(&[]);
    several.sort_unstable_by(|a, b| {
        let by_terms = || of(a).cmp(of(b));
        a.opening.cmp(&b.opening).then_with(by_terms).then_with(|| a.candidate.start.cmp(&b.candidate.start))
    });
    // Equal ones as one, with the first's place.
    for same in several.chunk_by(|a, b| a.opening == b.opening && of(a) == of(b)) {
        let Some(first) = same.first() else { continue };
        let in_title = same.iter().any(|one| one.candidate.in_title);
        let candidate = Candidate { times: same.len() as u32, in_title, ..first.candidate };
        let idf = of(first).iter().map(|term| sheet.terms.idf(*term)).sum();
        let salience = of(first).iter().map(|term| sheet.salience(*term)).max().unwrap_or(0);
        add(&candidate, idf, salience);
    }
    out
}

/// Whether a candidate has more than single letters.
fn is_shown(tokens: &[Token]) -> bool {
    tokens.iter().any(|t| t.end - t.start > 1)
}

/// Whether words of these sentences may be keywords.
fn is_read(role: Role) -> bool {
    !matches!(role, Role::Caption | Role::Boilerplate)
}

/// One word or term after another, counted.
fn gather(sheet: &Sheet<'_>, names: &[Range<usize>]) -> Candidates {
    let uses = Uses::of(sheet);
    let mut found = Candidates {
        single: vec![Candidate::default(); sheet.terms.terms.len() + 1],
        several: Vec::with_capacity(64),
        terms: Vec::with_capacity(256),
    };
    let mut names = names.iter().map(|name| (name.start as u32, name.end as u32)).chain([(u32::MAX, 0)]);
    let mut name = names.next().unwrap_or_default();
    for (number, role) in sheet.roles.iter().enumerate().filter(|(_, role)| is_read(**role)) {
        let in_title = *role == Role::Title;
        let words = sheet.terms.in_order(number);
        let mut behind = 0;
        for (word, at) in words.iter().zip(0..) {
            if at < behind {
                continue;
            }
            while name.0 < word.start {
                name = names.next().unwrap_or((u32::MAX, 0));
            }
            let bits = uses.of_term(word.term);
            if name.0 != word.start && bits & OPENS == 0 {
                // Whether a word has content cannot be foretold: what has none is
                // counted as no term.
                let without = TermId::from(bits & CONTENT == 0).wrapping_neg();
                found.count(word.term | without, Candidate { times: 1, in_title, start: word.start, end: word.end });
                continue;
            }
            let rest = words.get(at..).unwrap_or(&[]);
            let length = match name.0 == word.start {
                true => rest.iter().take_while(|word| word.end <= name.1).count().max(1),
                false => uses.term_length(rest),
            };
            found.add(&uses, rest.get(..length).unwrap_or(rest), in_title);
            behind = at + length;
        }
    }
    found.single.truncate(sheet.terms.terms.len());
    found
}

impl Candidates {
    /// Counts words of a single term at once, and puts others into `several`.
    fn add(&mut self, uses: &Uses, words: &[Occurrence], in_title: bool) {
        let (Some(first), Some(last), start) = (words.first(), words.last(), self.terms.len()) else { return };
        self.terms.extend(words.iter().map(|word| word.term).filter(|term| uses.is(*term, CONTENT)));
        let candidate = Candidate { times: 1, in_title, start: first.start, end: last.end };
        match self.terms.get(start..) {
            None | Some([]) => {}
            Some(&[term]) => {
                self.terms.truncate(start);
                self.count(term, candidate);
            }
            Some([a, b, ..]) => {
                let opening = pair(*a, *b);
                self.several.push(Several { opening, terms: start..self.terms.len(), candidate });
            }
        }
    }

    /// Counts a candidate of a single term. Where it stood first is known from
    /// the first time, and 0 before.
    fn count(&mut self, term: TermId, candidate: Candidate) {
        let last = self.single.len().saturating_sub(1);
        let Some(known) = self.single.get_mut(last.min(term as usize)) else { return };
        let is_new = u32::from(known.times == 0).wrapping_neg();
        known.start |= candidate.start & is_new;
        known.end |= candidate.end & is_new;
        known.in_title |= candidate.in_title;
        known.times += 1;
    }
}

/// Two terms as one number.
fn pair(a: TermId, b: TermId) -> u64 {
    u64::from(a) << 32 | u64::from(b)
}

/// A term is no stop word, number or mark.
const CONTENT: u8 = 1;
/// It stands among the words, and at least twice.
const OCCURS: u8 = 1 << 3;
const RECURS: u8 = 1 << 1;
/// A pair of neighbours that belong together begins with it.
const OPENS: u8 = 1 << 2;

/// How the terms are used.
struct Uses {
    /// By term: the bits above; then none, for what is no term.
    terms: Vec<u8>,
    /// Pairs of neighbours that belong together, sorted.
    pairs: Vec<u64>,
}

impl Uses {
    fn of(sheet: &Sheet<'_>) -> Self {
        let mut this = Self { terms: of_terms(sheet), pairs: Vec::new() };
        let mut pairs = this.recurring_neighbours(sheet);
        pairs.sort_unstable();
        for same in pairs.chunk_by(|a, b| a == b).filter(|same| same.len() >= 2) {
            let Some(pair) = same.first().copied() else { continue };
            let first = (pair >> 32) as TermId;
            let rarer = sheet.times(first).min(sheet.times(pair as TermId));
            if 2 * same.len() as i64 >= rarer {
                this.pairs.push(pair);
                if let Some(bits) = this.terms.get_mut(first as usize) {
                    *bits |= OPENS;
                }
            }
        }
        this
    }

    /// All pairs of neighbours that recur by themselves, as a pair that recurs
    /// is made of terms that do: few are left to sort. No branches, since which
    /// words recur cannot be guessed.
    fn recurring_neighbours(&self, sheet: &Sheet<'_>) -> Vec<u64> {
        let mut pairs = vec![0; sheet.view.tokens.len()];
        let mut count = 0;
        for (number, _) in sheet.roles.iter().enumerate().filter(|(_, role)| is_read(**role)) {
            let (mut before, mut recurred) = (NO_TERM, 0);
            for word in sheet.terms.in_order(number) {
                let recurs = self.of_term(word.term) & RECURS;
                if let Some(slot) = pairs.get_mut(count) {
                    *slot = pair(before, word.term);
                }
                count += usize::from((recurs & recurred != 0) & (before != word.term));
                (before, recurred) = (word.term, recurs);
            }
        }
        pairs.truncate(count);
        pairs
    }

    /// What is said of a term, bit by bit.
    fn of_term(&self, term: TermId) -> u8 {
        // What is no term has the last bits, without a branch.
        let last = self.terms.len().saturating_sub(1);
        self.terms.get(last.min(term as usize)).copied().unwrap_or(0)
    }

    fn is(&self, term: TermId, bits: u8) -> bool {
        self.of_term(term) & bits != 0
    }

    /// Number of words of the term that opens `words`, the first of which opens
    /// a pair.
    fn term_length(&self, words: &[Occurrence]) -> usize {
        let joined = |words: &[Occurrence]| matches!(words, [a, b] if self.pairs.binary_search(&pair(a.term, b.term)).is_ok());
        1 + words.windows(2).take(LONGEST - 1).take_while(|pair| joined(pair)).count()
    }
}

/// Which terms have content, and which of them recur.
fn of_terms(sheet: &Sheet<'_>) -> Vec<u8> {
    let bits = |(term, times): (&Term, u32)| match (term.known.idf, times) {
        (0, _) => 0,
        (_, 0) => CONTENT,
        (_, 1) => CONTENT | OCCURS,
        _ => CONTENT | OCCURS | RECURS,
    };
    let mut all: Vec<u8> = Vec::with_capacity(sheet.terms.terms.len() + 1);
    all.extend(sheet.terms.terms.iter().zip(sheet.times_of_terms()).map(bits));
    all.push(0);
    // The sheet counts eligible sentences only.
    for (number, _) in sheet.roles.iter().enumerate().filter(|(_, role)| is_read(**role) && !is_eligible(**role)) {
        for count in sheet.terms.of(number) {
            if let Some(bits) = all.get_mut(count.term as usize).filter(|bits| **bits != 0) {
                *bits |= if *bits & OCCURS != 0 || count.count > 1 { OCCURS | RECURS } else { OCCURS };
            }
        }
    }
    all
}

/// TF-IDF with damped counts; more for what the title or the beginning has,
/// less for a single syllable in small letters.
fn weight(candidate: &Candidate, tokens: &[Token], idf: i64, salience: i64) -> i64 {
    let plain = matches!(tokens, [only] if only.case == Case::Lower);
    let weight = damping(candidate.times as usize) * idf * (ONE / 4 + salience);
    let weight = if candidate.in_title { weight * 3 / 2 } else { weight };
    if plain { weight / 2 } else { weight }
}

/// Whether one run of tokens is a fragment of the other: syllable by syllable,
/// since the same name may be cut into words in two ways.
fn overlap(view: &View<'_>, a: &Range<usize>, b: &Range<usize>) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let spare = long.len().saturating_sub(short.len());
    (0..=spare).any(|skip| long.clone().skip(skip).zip(short.clone()).all(|(x, y)| same_syllable(view, x, y)))
}

/// Whether two tokens are spelled alike, but for letter case and tone style.
fn same_syllable(view: &View<'_>, a: usize, b: usize) -> bool {
    crate::work::count(1);
    let (Some(id), Some(other)) = (view.ids.get(a), view.ids.get(b)) else { return false };
    let written = |at: usize| view.tokens.get(at).map_or("", |token| token.of(view.text));
    // Below the first syllable are classes of what the vocabulary lacks.
    id == other && (*id >= FIRST_SYLLABLE || written(a).chars().map(lower_char).eq(written(b).chars().map(lower_char)))
}

#[cfg(all(test, feature = "builtin-model"))]
mod tests {
    use super::*;
    use crate::score::testing::with_sheet;

    fn of(text: &str) -> Vec<(String, i64)> {
        with_sheet(text, |sheet| {
            let tokens = sheet.view.tokens;
            let shown = |r: Range<usize>| sheet.view.text[tokens[r.start].start as usize..tokens[r.end - 1].end as usize].to_owned();
            keywords(sheet, &[]).into_iter().map(|(range, weight)| (shown(range), weight)).collect()
        })
    }

    fn article(name: &str) -> Vec<(String, i64)> {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles").join(name).join("source.txt");
        of(&std::fs::read_to_string(path).unwrap())
    }

    #[test]
    fn say_what_the_article_is_about() {
        let names: Vec<String> = article("science").into_iter().map(|k| k.0).collect();
        assert!(names.iter().any(|k| k == "TOI-2719 b" || k == "TOI-2719"), "{names:?}");
        assert!(names.iter().any(|k| k.contains("hành tinh") || k.contains("Hành tinh")), "{names:?}");
    }

    #[test]
    fn are_ranked_whole_and_no_numbers() {
        for slug in ["science", "earnings", "ev-cars", "security-flaw", "startup-funding"] {
            let found = article(slug);
            assert!((5..=MOST).contains(&found.len()), "{slug}: {found:?}");
            assert_eq!(found[0].1, ONE, "{slug}");
            assert!(found.windows(2).all(|pair| pair[0].1 >= pair[1].1), "{slug}: {found:?}");
            assert!(found.iter().all(|(text, _)| text.chars().any(char::is_alphabetic)), "{slug}: {found:?}");
            for (i, (a, _)) in found.iter().enumerate() {
                let fragment = |b: &str| format!(" {b} ").to_lowercase().contains(&format!(" {a} ").to_lowercase());
                assert!(found.iter().enumerate().all(|(j, (b, _))| i == j || !fragment(b)), "{slug}: {a} in {found:?}");
            }
        }
    }

    #[test]
    fn a_name_cut_into_other_words_is_the_same_name() {
        with_sheet("Kênh YouTube Mai Phạm. Xem kênh Youtube Mai Phạm. Kênh YouTube Mai Hương. Kênh XQR Mai Phạm.", |sheet| {
            // Each sentence ends with a full stop, a token of its own.
            let (first, again, fragment) = (0..4, 6..10, 8..10);
            let (other, unknown) = (11..15, 16..20);
            assert_eq!(sheet.view.tokens[20].of(sheet.view.text), ".");
            for (a, b, expected) in [
                (&first, &again, true),
                (&fragment, &first, true),
                (&first, &other, false),
                (&first, &unknown, false),
                (&fragment, &unknown, true),
            ] {
                assert_eq!(overlap(&sheet.view, a, b), expected, "{a:?} {b:?}");
            }
        });
    }

    #[test]
    fn of_nothing_are_none() {
        assert!(of("").is_empty());
        assert!(of("123 456.").is_empty());
    }
}
