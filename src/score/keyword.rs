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
use super::terms::{Occurrence, TermId};
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
    let mut ranked: Vec<(Reverse<i64>, usize, &Candidate)> = Vec::with_capacity(candidates.all.len());
    for candidate in candidates.all.iter().filter(|c| is_shown(sheet, c)) {
        let weight = weight(sheet, &candidates, candidate);
        if weight > 0 {
            ranked.push((Reverse(weight), candidate.first.start, candidate));
        }
    }
    ranked.sort_unstable_by_key(|(weight, start, _)| (*weight, *start));
    let mut chosen: Vec<(i64, &Candidate)> = Vec::new();
    for (Reverse(weight), _, candidate) in ranked {
        if chosen.len() == MOST {
            break;
        }
        if !chosen.iter().any(|(_, c)| overlap(&sheet.view, &c.first, &candidate.first)) {
            chosen.push((weight, candidate));
        }
    }
    let top = chosen.first().map_or(0, |(weight, _)| *weight);
    chosen.into_iter().map(|(weight, c)| (c.first.clone(), ratio(weight, top))).collect()
}

/// Whether a candidate has more than single letters.
fn is_shown(sheet: &Sheet<'_>, candidate: &Candidate) -> bool {
    sheet.view.tokens.get(candidate.first.clone()).is_some_and(|tokens| tokens.iter().any(|t| t.end - t.start > 1))
}

/// One word or term after another, counted.
fn gather(sheet: &Sheet<'_>, names: &[Range<usize>]) -> Candidates {
    let pairs = Pairs::of(sheet);
    let mut found = Candidates { single: vec![0; sheet.terms.terms.len()], ..Candidates::default() };
    let mut several = Vec::new();
    let mut names = names.iter().peekable();
    for sentence in printed(sheet) {
        let in_title = sheet.roles.get(sentence) == Some(&Role::Title);
        let words = sheet.terms.in_order(sentence);
        let mut at = 0;
        while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
            let start = rest.first().map_or(0, |word| word.tokens.start);
            while names.next_if(|name| name.start < start).is_some() {}
            let name = names.peek().filter(|name| name.start == start).copied();
            let length = term_length(sheet, rest, &pairs, name).max(1);
            found.add(sheet, rest.get(..length).unwrap_or(rest), in_title, &mut several);
            at += length;
        }
    }
    found.add_several(several);
    found
}

/// The sentences whose words may be keywords.
fn printed(sheet: &Sheet<'_>) -> impl Iterator<Item = usize> {
    sheet.roles.iter().enumerate().filter(|(_, role)| !matches!(role, Role::Caption | Role::Boilerplate)).map(|(sentence, _)| sentence)
}

impl Candidates {
    fn terms_of(&self, candidate: &Candidate) -> &[TermId] {
        self.terms.get(candidate.terms.clone()).unwrap_or(&[])
    }

    /// Counts the words of a single term at once, and puts others into
    /// `several`.
    fn add(&mut self, sheet: &Sheet<'_>, words: &[Occurrence], in_title: bool, several: &mut Vec<Candidate>) {
        let (start, (Some(first), Some(last))) = (self.terms.len(), (words.first(), words.last())) else { return };
        self.terms.extend(words.iter().filter_map(|word| content(sheet, word)));
        let candidate = Candidate { terms: start..self.terms.len(), first: first.tokens.start..last.tokens.end, times: 1, in_title };
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

/// Number of words of the term that opens `words`, which is `name` where that
/// starts there; 0 for a word that is none.
fn term_length(sheet: &Sheet<'_>, words: &[Occurrence], pairs: &Pairs, name: Option<&Range<usize>>) -> usize {
    if let Some(name) = name {
        return words.iter().take_while(|w| w.tokens.end <= name.end).count();
    }
    let Some(first) = words.first().and_then(|first| content(sheet, first)) else { return 0 };
    if !pairs.open_with(first) {
        return 1;
    }
    let joined = |pair: &[Occurrence]| match pair {
        [a, b] => content(sheet, a).zip(content(sheet, b)).is_some_and(|pair| pairs.all.binary_search(&pair).is_ok()),
        _ => false,
    };
    1 + words.windows(2).take(LONGEST - 1).take_while(|pair| joined(pair)).count()
}

/// The word's term, unless it is a stop word or a number.
fn content(sheet: &Sheet<'_>, word: &Occurrence) -> Option<TermId> {
    word.term.filter(|term| sheet.terms.idf(*term) > 0)
}

/// Pairs of neighbours that belong together.
struct Pairs {
    /// Sorted.
    all: Vec<(TermId, TermId)>,
    /// By term: whether one begins with it.
    open: Vec<bool>,
}

impl Pairs {
    fn of(sheet: &Sheet<'_>) -> Self {
        let recurs = recurring(sheet);
        let recurs = |term: TermId| recurs.get(term as usize).is_some_and(|times| *times > 1);
        let content = |(a, b): &(TermId, TermId)| a != b && recurs(*a) && recurs(*b);
        let mut pairs: Vec<(TermId, TermId)> = printed(sheet).flat_map(|s| sheet.terms.pairs(s)).filter(content).collect();
        pairs.sort_unstable();
        let times = |term: TermId| sheet.centroid.get(term as usize).copied().unwrap_or(0);
        let together = pairs.chunk_by(|a, b| a == b).filter(|same| {
            let rarer = same.first().map_or(0, |(a, b)| times(*a).min(times(*b)));
            same.len() >= 2 && 2 * same.len() as i64 >= rarer
        });
        let all: Vec<(TermId, TermId)> = together.filter_map(|same| same.first().copied()).collect();
        let mut open = vec![false; sheet.terms.terms.len()];
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
}

/// How often each term stands among the words, up to 2; 0 for stop words and
/// numbers. A pair that recurs is made of terms that do: few are left to sort.
fn recurring(sheet: &Sheet<'_>) -> Vec<u8> {
    let mut times = vec![0_u8; sheet.terms.terms.len()];
    for word in printed(sheet).flat_map(|sentence| sheet.terms.in_order(sentence)) {
        if let Some(slot) = content(sheet, word).and_then(|term| times.get_mut(term as usize)) {
            *slot = (*slot + 1).min(2);
        }
    }
    times
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
