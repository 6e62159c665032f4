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

use super::sheet::{ONE, Sheet, ratio};
use super::terms::{NO_TERM, Occurrence, TermId};
use super::tfidf::damping;
use crate::document::View;
use crate::normalize::fold::lower_char;
use crate::segment::vocabulary::FIRST_SYLLABLE;
use crate::summary::Role;
use crate::token::Case;
use std::cmp::Reverse;
use std::ops::Range;

/// Most keywords of an article.
pub(crate) const MOST: usize = 10;

/// Most words of a term.
const LONGEST: usize = 4;

/// A word or term with what speaks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Candidate {
    /// Its terms, in order, as positions in [`Candidates::terms`].
    terms: Range<usize>,
    /// Tokens of its first occurrence.
    first: Range<usize>,
    /// How often it occurs.
    times: usize,
    in_title: bool,
}

/// All candidates, each once.
#[derive(Debug, Default)]
struct Candidates {
    /// The terms of one candidate after another: a list of its own for each
    /// would take most of the time.
    terms: Vec<TermId>,
    all: Vec<Candidate>,
    /// By term: which candidate is that term alone, plus one; 0 for none.
    single: Vec<usize>,
}

/// The keywords of a text. `names` are the tokens of recognized names, in the
/// order of the text; without them capitalized neighbours have to recur.
pub(crate) fn keywords(sheet: &Sheet<'_>, names: &[Range<usize>]) -> Vec<(Range<usize>, i64)> {
    let candidates = gather(sheet, names);
    let mut ranked: Vec<Ranked<'_>> = Vec::with_capacity(candidates.all.len());
    for candidate in candidates.all.iter().filter(|c| is_shown(sheet, c)) {
        let weight = weight(sheet, &candidates, candidate);
        if weight > 0 {
            ranked.push((Reverse(weight), candidate.first.start, candidate));
        }
    }
    let mut chosen: Vec<(i64, &Candidate)> = Vec::with_capacity(MOST);
    for_each_by_rank(&mut ranked, |(Reverse(weight), _, candidate)| {
        if !chosen.iter().any(|(_, c)| overlap(&sheet.view, &c.first, &candidate.first)) {
            chosen.push((*weight, candidate));
        }
        chosen.len() < MOST
    });
    let top = chosen.first().map_or(0, |(weight, _)| *weight);
    chosen.into_iter().map(|(weight, c)| (c.first.clone(), ratio(weight, top))).collect()
}

/// A candidate with what it is ranked by: its weight, then its place.
type Ranked<'c> = (Reverse<i64>, usize, &'c Candidate);

/// So many of the weightiest nearly always hold all that are chosen.
const ENOUGH: usize = 3 * MOST;

/// Visits candidates by rank as long as `visit` wants more. Of hundreds a dozen
/// are looked at, so that only these are sorted.
fn for_each_by_rank<'c>(ranked: &mut [Ranked<'c>], mut visit: impl FnMut(&Ranked<'c>) -> bool) {
    let by_rank = |a: &Ranked<'_>, b: &Ranked<'_>| (a.0, a.1).cmp(&(b.0, b.1));
    if ranked.len() > ENOUGH {
        ranked.select_nth_unstable_by(ENOUGH, by_rank);
    }
    let (first, rest) = ranked.split_at_mut(ranked.len().min(ENOUGH));
    for part in [first, rest] {
        part.sort_unstable_by(by_rank);
        if !part.iter().all(&mut visit) {
            return;
        }
    }
}

/// Whether a candidate has more than single letters.
fn is_shown(sheet: &Sheet<'_>, candidate: &Candidate) -> bool {
    sheet.view.tokens.get(candidate.first.clone()).is_some_and(|tokens| tokens.iter().any(|t| t.end - t.start > 1))
}

/// One word or term after another, counted.
fn gather(sheet: &Sheet<'_>, names: &[Range<usize>]) -> Candidates {
    let words = Words::of(sheet);
    let pairs = Pairs::of(sheet, &words);
    let mut found = Candidates { single: vec![0; sheet.terms.terms.len()], ..Candidates::default() };
    let mut several = Vec::new();
    let mut names = names.iter().peekable();
    for sentence in &words.sentences {
        let mut rest = (sentence.places, sentence.contents(&words));
        while let Some(first) = rest.0.first() {
            let start = first.start as usize;
            while names.next_if(|name| name.start < start).is_some() {}
            let length = match names.peek().filter(|name| name.start == start) {
                Some(name) => rest.0.iter().take_while(|word| word.end as usize <= name.end).count().max(1),
                None => pairs.term_length(rest.1),
            };
            let (places, places_after) = rest.0.split_at(length.min(rest.0.len()));
            let (contents, contents_after) = rest.1.split_at(length.min(rest.1.len()));
            found.add(places, contents, sentence.in_title, &mut several);
            rest = (places_after, contents_after);
        }
    }
    found.add_several(several);
    found
}

/// The words that may be keywords, gathered once for all that counts them.
struct Words<'s> {
    /// Of one word after another its term, or [`NO_TERM`] for stop words, numbers
    /// and marks.
    contents: Vec<TermId>,
    sentences: Vec<Sentence<'s>>,
}

/// A sentence whose words may be keywords.
struct Sentence<'s> {
    /// Its words as they stand in the text.
    places: &'s [Occurrence],
    /// Where its words begin in [`Words::contents`].
    start: usize,
    in_title: bool,
}

impl<'s> Words<'s> {
    fn of(sheet: &'s Sheet<'_>) -> Self {
        let mut words = Self { contents: Vec::new(), sentences: Vec::with_capacity(sheet.roles.len()) };
        for (number, role) in sheet.roles.iter().enumerate().filter(|(_, role)| !matches!(role, Role::Caption | Role::Boilerplate)) {
            let (places, start) = (sheet.terms.in_order(number), words.contents.len());
            let content = |word: &Occurrence| if sheet.terms.idf(word.term) > 0 { word.term } else { NO_TERM };
            words.contents.extend(places.iter().map(content));
            words.sentences.push(Sentence { places, start, in_title: *role == Role::Title });
        }
        words
    }

    /// How often each term stands among the words, up to 2.
    fn recurring(&self, terms: usize) -> Vec<u8> {
        let mut times = vec![0_u8; terms];
        for term in &self.contents {
            if let Some(slot) = times.get_mut(*term as usize) {
                *slot = (*slot + 1).min(2);
            }
        }
        times
    }
}

impl Sentence<'_> {
    /// The terms of its words.
    fn contents<'w>(&self, words: &'w Words<'_>) -> &'w [TermId] {
        words.contents.get(self.start..self.start + self.places.len()).unwrap_or(&[])
    }
}

impl Candidates {
    fn terms_of(&self, candidate: &Candidate) -> &[TermId] {
        self.terms.get(candidate.terms.clone()).unwrap_or(&[])
    }

    /// Counts the words of a single term at once, and puts others into
    /// `several`.
    fn add(&mut self, words: &[Occurrence], contents: &[TermId], in_title: bool, several: &mut Vec<Candidate>) {
        let (start, (Some(first), Some(last))) = (self.terms.len(), (words.first(), words.last())) else { return };
        self.terms.extend(contents.iter().filter(|term| **term != NO_TERM));
        let candidate = Candidate { terms: start..self.terms.len(), first: first.start as usize..last.end as usize, times: 1, in_title };
        match self.terms.get(start..) {
            None | Some([]) => {}
            Some(&[term]) => self.count(term, candidate),
            Some(_) => several.push(candidate),
        }
    }

    /// Counts a candidate of a single term.
    fn count(&mut self, term: TermId, candidate: Candidate) {
        let Some(place) = self.single.get_mut(term as usize) else { return };
        match place.checked_sub(1).and_then(|at| self.all.get_mut(at)) {
            Some(known) => {
                known.times += 1;
                known.in_title |= candidate.in_title;
                self.terms.truncate(candidate.terms.start);
            }
            None => {
                self.all.push(candidate);
                *place = self.all.len();
            }
        }
    }

    /// Adds candidates of several terms: equal ones as one, with the first's
    /// place.
    fn add_several(&mut self, mut several: Vec<Candidate>) {
        several.sort_unstable_by(|a, b| self.terms_of(a).cmp(self.terms_of(b)).then(a.first.start.cmp(&b.first.start)));
        several.dedup_by(|next, kept| {
            let same = self.terms_of(next) == self.terms_of(kept);
            if same {
                kept.times += 1;
                kept.in_title |= next.in_title;
            }
            same
        });
        self.all.append(&mut several);
    }
}

/// Pairs of neighbours that belong together.
struct Pairs {
    /// Sorted.
    all: Vec<(TermId, TermId)>,
    /// By term: whether one begins with it.
    open: Vec<bool>,
}

impl Pairs {
    fn of(sheet: &Sheet<'_>, words: &Words<'_>) -> Self {
        let count = sheet.terms.terms.len();
        let recurs = words.recurring(count);
        let recurs = |term: TermId| recurs.get(term as usize).is_some_and(|times| *times > 1);
        let mut pairs: Vec<(TermId, TermId)> = Vec::new();
        // A pair that recurs is made of terms that do: few are left to sort.
        for contents in words.sentences.iter().map(|sentence| sentence.contents(words)) {
            let neighbours = contents.iter().copied().zip(contents.iter().copied().skip(1));
            pairs.extend(neighbours.filter(|(a, b)| a != b && recurs(*a) && recurs(*b)));
        }
        pairs.sort_unstable();
        let times = |term: TermId| sheet.times(term);
        let together = pairs.chunk_by(|a, b| a == b).filter(|same| {
            let rarer = same.first().map_or(0, |(a, b)| times(*a).min(times(*b)));
            same.len() >= 2 && 2 * same.len() as i64 >= rarer
        });
        let all: Vec<(TermId, TermId)> = together.filter_map(|same| same.first().copied()).collect();
        let mut open = vec![false; count];
        for (first, _) in &all {
            if let Some(slot) = open.get_mut(*first as usize) {
                *slot = true;
            }
        }
        Self { all, open }
    }

    fn open_with(&self, term: TermId) -> bool {
        self.open.get(term as usize).copied().unwrap_or(false)
    }

    /// Number of words of the term that opens `contents`: 1 for a word by
    /// itself, whatever it is.
    fn term_length(&self, contents: &[TermId]) -> usize {
        if !contents.first().is_some_and(|first| self.open_with(*first)) {
            return 1;
        }
        let joined = |pair: &[TermId]| matches!(pair, [a, b] if self.all.binary_search(&(*a, *b)).is_ok());
        1 + contents.windows(2).take(LONGEST - 1).take_while(|pair| joined(pair)).count()
    }
}

/// TF-IDF with damped counts; more for what the title or the beginning has,
/// less for a single syllable in small letters.
fn weight(sheet: &Sheet<'_>, candidates: &Candidates, candidate: &Candidate) -> i64 {
    let terms = candidates.terms_of(candidate);
    let idf: i64 = terms.iter().map(|t| sheet.terms.idf(*t)).sum();
    let salience: i64 = terms.iter().map(|t| sheet.salience(*t)).max().unwrap_or(0);
    let tokens = sheet.view.tokens.get(candidate.first.clone()).unwrap_or(&[]);
    let plain = matches!(tokens, [only] if only.case == Case::Lower);
    let weight = damping(candidate.times) * idf * (ONE / 4 + salience);
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
