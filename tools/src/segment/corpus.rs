//! Segmented lines → numbered sentences with a decision at each border, the
//! vocabulary and the lexicon.

use super::Options;
use super::learn::KeyMap;
use crate::corpus::lines;
use anyhow::Result;
use std::collections::HashMap;
use tomtat::train::features::{CaseCode, case_code, may_join};
use tomtat::train::rows::RowKey;
use tomtat::train::sounds::Sounds;
use tomtat::train::vocabulary::{FIRST_SYLLABLE, SyllableId, Vocabulary, unify_i};
use tomtat::train::{Token, TokenKind, canonical_syllable, tokenize};

/// The decision at the border before a token.
pub const SPLIT: u8 = 0;
pub const JOIN: u8 = 1;
/// The border must split, whatever the model says.
pub const FORCED: u8 = 2;

/// All sentences end to end.
#[derive(Default)]
pub struct Sentences {
    pub ids: Vec<SyllableId>,
    pub cases: Vec<CaseCode>,
    pub borders: Vec<u8>,
    pub starts: Vec<u32>,
}

impl Sentences {
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    pub fn range(&self, i: usize) -> std::ops::Range<usize> {
        let end = self.starts.get(i + 1).map_or(self.ids.len(), |e| *e as usize);
        self.starts[i] as usize..end
    }
}

/// How often each word of two to four tokens was seen, by its key.
#[derive(Default)]
pub struct Lexicon {
    counts: KeyMap<(u32, u8)>,
}

impl Lexicon {
    /// The class of an n-gram as a word when `less` of its occurrences are
    /// left out.
    pub fn class(&self, key: RowKey, less: u32) -> u8 {
        self.counts.get(&key).map_or(0, |(count, _)| word_class(count.saturating_sub(less)))
    }

    pub fn words(&self) -> impl Iterator<Item = (RowKey, u32, u8)> + '_ {
        self.counts.iter().map(|(k, (n, length))| (*k, *n, *length))
    }
}

fn word_class(count: u32) -> u8 {
    match count {
        0 => 0,
        1..=9 => 1,
        10..=99 => 2,
        _ => 3,
    }
}

/// Everything the learner reads.
pub struct Corpus {
    pub vocabulary: Vocabulary,
    pub lexicon: Lexicon,
    pub sounds: Sounds,
    pub sentences: Sentences,
    /// Sentences from here on are gold.
    pub first_gold: usize,
}

impl Corpus {
    pub fn read(options: &Options) -> Result<Self> {
        let vocabulary = vocabulary(options)?;
        eprintln!("{} syllables", vocabulary.len());
        let mut sentences = Sentences::default();
        each_silver(options, |line| push_sentence(line, &vocabulary, &mut sentences))?;
        let first_gold = sentences.len();
        for line in lines(&options.gold)? {
            push_sentence(&line?, &vocabulary, &mut sentences);
        }
        eprintln!("{} sentences, {} tokens", sentences.len(), sentences.ids.len());
        if options.correct > 0 {
            eprintln!("{} silver borders corrected", correct(&mut sentences, first_gold, options.correct));
        }
        let lexicon = lexicon(&sentences, first_gold, options);
        eprintln!("{} words of several syllables", lexicon.counts.len());
        Ok(Self { sounds: Sounds::new(&vocabulary), vocabulary, lexicon, sentences, first_gold })
    }
}

fn each_silver(options: &Options, mut visit: impl FnMut(&str)) -> Result<()> {
    for line in lines(&options.silver)?.step_by(options.every) {
        visit(&line?);
    }
    Ok(())
}

fn vocabulary(options: &Options) -> Result<Vocabulary> {
    let mut counts: HashMap<String, u32> = HashMap::new();
    let mut form = String::new();
    let mut count = |line: &str, weight: u32| {
        let (text, tokens) = plain(line);
        for token in &tokens {
            if canonical_form(&text, token, &mut form) {
                match counts.get_mut(&form) {
                    Some(n) => *n += weight,
                    None => _ = counts.insert(form.clone(), weight),
                }
            }
        }
    };
    each_silver(options, |line| count(line, 1))?;
    for line in lines(&options.gold)? {
        count(&line?, options.gold_copies as u32);
    }
    let mut forms: Vec<(String, u32)> = counts.into_iter().filter(|(form, n)| *n >= 3 && form.len() <= 40).collect();
    forms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    forms.truncate(options.syllables);
    Ok(Vocabulary::new(forms.iter().map(|(form, _)| form.as_str())))
}

/// Writes the canonical form of a token that may be in the vocabulary.
fn canonical_form(text: &str, token: &Token, form: &mut String) -> bool {
    match token.kind {
        TokenKind::Word | TokenKind::Abbreviation => {
            form.clear();
            canonical_syllable(token.of(text), form);
            unify_i(form);
        }
        TokenKind::Mixed | TokenKind::Foreign => {
            form.clear();
            form.push_str(&token.of(text).to_lowercase());
        }
        _ => return false,
    }
    true
}

/// The text of a segmented line and its tokens.
pub fn plain(line: &str) -> (String, Vec<Token>) {
    let text = line.replace('_', " ");
    let mut tokens = Vec::new();
    tokenize(&text, &mut tokens);
    (text, tokens)
}

/// Characters of `text` that are not white space, by the byte they start at:
/// the coordinate in which two segmentations are compared.
pub fn visible_offsets(text: &str, tokens: &[Token]) -> Vec<usize> {
    let mut offsets = Vec::with_capacity(tokens.len());
    let (mut byte, mut visible) = (0, 0);
    for token in tokens {
        let between = &text[byte..token.start as usize];
        visible += between.chars().filter(|c| !c.is_whitespace()).count();
        offsets.push(visible);
        visible += token.of(text).chars().count();
        byte = token.end as usize;
    }
    offsets
}

/// Offsets of the words' first characters in the same coordinate.
pub fn word_starts(line: &str) -> Vec<usize> {
    let mut at = 0;
    line.split_whitespace()
        .map(|word| {
            let start = at;
            at += word.chars().filter(|c| *c != '_').count();
            start
        })
        .collect()
}

fn push_sentence(line: &str, vocabulary: &Vocabulary, sentences: &mut Sentences) {
    let (text, tokens) = plain(line);
    if tokens.is_empty() {
        return;
    }
    let starts = word_starts(line);
    sentences.starts.push(sentences.ids.len() as u32);
    for (i, (token, offset)) in tokens.iter().zip(visible_offsets(&text, &tokens)).enumerate() {
        sentences.ids.push(vocabulary.id(&text, token));
        sentences.cases.push(case_code(token, i == 0));
        let possible = i > 0 && may_join(&tokens[i - 1], token);
        sentences.borders.push(match (possible, starts.binary_search(&offset)) {
            (false, _) => FORCED,
            (true, Ok(_)) => SPLIT,
            (true, Err(_)) => JOIN,
        });
    }
}

/// Where the gold lines always treat a pair of syllables one way, at least
/// `least` times, and the silver ones another, the silver ones are corrected:
/// their segmenter learned other habits ("người dân" as one word). Gives the
/// number of borders changed.
fn correct(sentences: &mut Sentences, first_gold: usize, least: u32) -> usize {
    let mut habits = KeyMap::<[u32; 2]>::default();
    for i in first_gold..sentences.len() {
        let range = sentences.range(i);
        for at in range.start + 1..range.end {
            if let Some(joined) = sentences.pair(&range, at) {
                habits.entry(RowKey::new(&sentences.ids[at - 1..=at])).or_default()[usize::from(joined)] += 1;
            }
        }
    }
    let mut changed = 0;
    for i in 0..first_gold {
        let range = sentences.range(i);
        for at in range.start + 1..range.end {
            let Some(joined) = sentences.pair(&range, at) else { continue };
            let habit = habits.get(&RowKey::new(&sentences.ids[at - 1..=at])).copied().unwrap_or_default();
            let other = habit[usize::from(!joined)];
            if other >= least && habit[usize::from(joined)] == 0 {
                sentences.borders[at] = if joined { SPLIT } else { JOIN };
                changed += 1;
            }
        }
    }
    changed
}

impl Sentences {
    /// Whether the tokens before and at `at` are one word of just these two
    /// (true) or two words of one token each (false); `None` where they are
    /// neither, or no small-letter syllables.
    fn pair(&self, range: &std::ops::Range<usize>, at: usize) -> Option<bool> {
        let closed = |border: usize| border <= range.start || border >= range.end || self.borders[border] != JOIN;
        let small = self.cases[at] == LOWER && self.ids[at - 1] >= FIRST_SYLLABLE && self.ids[at] >= FIRST_SYLLABLE;
        (small && self.borders[at] != FORCED && closed(at - 1) && closed(at + 1)).then(|| self.borders[at] == JOIN)
    }
}

/// Counts the words of two to four known syllables.
fn lexicon(sentences: &Sentences, first_gold: usize, options: &Options) -> Lexicon {
    let mut lexicon = Lexicon::default();
    let mut small = KeyMap::<()>::default();
    for i in 0..sentences.len() {
        let range = sentences.range(i);
        let weight = if i >= first_gold { options.gold_copies as u32 } else { 1 };
        let mut start = range.start;
        for at in range.start + 1..=range.end {
            if at < range.end && sentences.borders[at] == JOIN {
                continue;
            }
            let word = &sentences.ids[start..at];
            if (2..=4).contains(&word.len()) && word.iter().all(|id| *id >= FIRST_SYLLABLE) {
                let key = RowKey::new(word);
                let entry = lexicon.counts.entry(key).or_insert((0, word.len() as u8));
                entry.0 += weight;
                if sentences.cases[at - 1] == LOWER {
                    small.insert(key, ());
                }
            }
            start = at;
        }
    }
    lexicon.counts.retain(|key, (count, _)| *count >= options.least_names || small.contains_key(key));
    lexicon
}

/// The case code of a small-letter token.
const LOWER: CaseCode = 1;
