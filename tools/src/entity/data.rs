//! Annotated articles → features and tags of the tokens in zones.

use crate::corpus::lines;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::Path;
use tomtat::Model as Base;
use tomtat::train::chain::{KINDS, OUTSIDE, Tag, first_tag, inner_tag};
use tomtat::train::glance::Glance;
use tomtat::train::knowledge::Knowledge;
use tomtat::train::name_features::{all_keys, window};
use tomtat::train::reading::Reading;
use tomtat::train::votes::Votes;

#[derive(Deserialize)]
pub struct Annotated {
    pub id: String,
    pub text: String,
    entities: Vec<Annotation>,
}

#[derive(Deserialize)]
struct Annotation {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
}

/// The names of the kinds in the annotations, in the order of the tags.
pub const KIND_NAMES: [&str; KINDS] = ["PER", "ORG", "LOC", "PROD", "EVENT"];

/// A name: raw bytes and the index of its kind.
pub type Name = (usize, usize, usize);

impl Annotated {
    pub fn read(path: &Path) -> Result<Vec<Self>> {
        lines(path)?.map(|line| serde_json::from_str(&line?).with_context(|| path.display().to_string())).collect()
    }

    /// The annotated names.
    pub fn names(&self) -> Vec<Name> {
        let kind = |name: &str| KIND_NAMES.iter().position(|k| *k == name);
        self.entities.iter().filter_map(|e| Some((e.start, e.end, kind(&e.kind)?))).collect()
    }
}

/// Writes the names that are `listed` in small letters, in one of eight articles
/// that have any: news writes "realme", and hardly any annotated article does.
pub fn lower_some(articles: &mut [Annotated], listed: &HashSet<String>) {
    let mut seen = 0;
    for article in articles {
        let Some(text) = article.lower(listed) else { continue };
        seen += 1;
        if seen % LOWER_EVERY == 0 {
            article.text = text;
        }
    }
}

const LOWER_EVERY: usize = 8;

impl Annotated {
    /// The text with listed names in small letters, if it has any. Byte
    /// positions stay, as only ASCII letters change.
    fn lower(&self, listed: &HashSet<String>) -> Option<String> {
        let mut bytes = self.text.clone().into_bytes();
        for (start, end, _) in self.names() {
            if listed.contains(&self.text[start..end].to_ascii_lowercase()) {
                bytes[start..end].make_ascii_lowercase();
            }
        }
        String::from_utf8(bytes).ok().filter(|text| *text != self.text)
    }
}

/// Numbers the features by their keys.
#[derive(Default)]
pub struct Dictionary {
    numbers: HashMap<u64, u32>,
    pub keys: Vec<u64>,
    pub counts: Vec<u32>,
}

impl Dictionary {
    /// The number of a key that is known.
    pub fn find(&self, key: u64) -> Option<u32> {
        self.numbers.get(&key).copied()
    }

    pub fn number(&mut self, key: u64) -> u32 {
        let next = self.keys.len() as u32;
        let number = *self.numbers.entry(key).or_insert(next);
        if number == next {
            self.keys.push(key);
            self.counts.push(0);
        }
        self.counts[number as usize] += 1;
        number
    }
}

/// One article as the learner sees it.
#[derive(Default)]
pub struct Article {
    pub id: String,
    pub text: String,
    /// Ranges of `tags`.
    pub zones: Vec<Range<usize>>,
    /// For each token in a zone its number among the article's tokens.
    pub places: Vec<usize>,
    /// Raw bytes of all tokens.
    pub raw: Vec<Range<usize>>,
    /// True tags of the tokens in zones.
    pub tags: Vec<Tag>,
    /// Features of token `i` are `starts[i]..starts[i + 1]`.
    pub starts: Vec<usize>,
    pub features: Vec<u32>,
    /// The glances of the tokens in zones.
    pub glances: Vec<Glance>,
    /// All annotated names.
    pub names: Vec<Name>,
}

/// How many annotated names the tokens lose, and why.
#[derive(Debug, Default)]
pub struct Losses {
    pub names: usize,
    pub cut_token: usize,
    pub crossed_sentence: usize,
    pub outside_zone: usize,
    pub tokens: usize,
    pub zone_tokens: usize,
    pub zones: usize,
    pub openers: usize,
    pub examples: Vec<String>,
}

impl Article {
    pub fn features_of(&self, i: usize) -> &[u32] {
        &self.features[self.starts[i]..self.starts[i + 1]]
    }

    /// Reads articles; new features get numbers where `grow` says so.
    pub fn read_all(
        articles: &[Annotated],
        base: &Base,
        knowledge: &Knowledge,
        dictionary: &mut Dictionary,
        losses: &mut Losses,
    ) -> Vec<Self> {
        let mut reading = Reading::default();
        articles.iter().map(|a| Self::read(a, base, knowledge, dictionary, losses, &mut reading)).collect()
    }

    fn read(
        annotated: &Annotated,
        base: &Base,
        knowledge: &Knowledge,
        dictionary: &mut Dictionary,
        losses: &mut Losses,
        reading: &mut Reading,
    ) -> Self {
        let mut this =
            Self { id: annotated.id.clone(), text: annotated.text.clone(), names: annotated.names(), starts: vec![0], ..Self::default() };
        reading.look(&annotated.text, base, knowledge, |view, sight, raw| {
            this.raw = raw.to_vec();
            let mut at = vec![usize::MAX; raw.len()];
            for zone in &sight.zones {
                let start = this.places.len();
                let sentence = &sight.glances[zone.sentence.clone()];
                for token in zone.tokens.clone() {
                    at[token] = this.places.len();
                    this.places.push(token);
                    this.glances.push(sight.glances[token]);
                    let window = window(sentence, token - zone.sentence.start);
                    this.features.extend(all_keys(window).into_iter().map(|k| dictionary.number(k)));
                    this.starts.push(this.features.len());
                }
                this.zones.push(start..this.places.len());
            }
            this.tags = vec![OUTSIDE; this.places.len()];
            losses.tokens += raw.len();
            losses.zone_tokens += this.places.len();
            losses.zones += this.zones.len();
            losses.openers += sight.zones.iter().filter(|z| z.tokens.start == z.sentence.start).count();
            for (start, end, kind) in &this.names {
                losses.names += 1;
                let cause = place(raw, *start, *end, view.sentences, &at).map(|range| {
                    for (i, place) in range.enumerate() {
                        this.tags[place] = if i > 0 { inner_tag(*kind) } else { first_tag(*kind) };
                    }
                });
                if let Err(count) = cause {
                    *match count {
                        Loss::CutToken => &mut losses.cut_token,
                        Loss::CrossedSentence => &mut losses.crossed_sentence,
                        Loss::OutsideZone => &mut losses.outside_zone,
                    } += 1;
                    let around = annotated.text.get(start.saturating_sub(8)..*end + 8).unwrap_or("");
                    losses.examples.push(format!("{count:?} {} {:?} in {around:?}", KIND_NAMES[*kind], &annotated.text[*start..*end]));
                }
            }
        });
        this
    }
}

#[derive(Debug)]
enum Loss {
    CutToken,
    CrossedSentence,
    OutsideZone,
}

/// Where in the zones a name stands.
fn place(raw: &[Range<usize>], start: usize, end: usize, sentences: &[Range<usize>], at: &[usize]) -> Result<Range<usize>, Loss> {
    let first = raw.binary_search_by_key(&start, |r| r.start).map_err(|_| Loss::CutToken)?;
    let last = raw.binary_search_by_key(&end, |r| r.end).map_err(|_| Loss::CutToken)?;
    let sentence = sentences.iter().find(|s| s.contains(&first)).ok_or(Loss::CrossedSentence)?;
    if !sentence.contains(&last) || last < first {
        return Err(Loss::CrossedSentence);
    }
    if at[first..=last].contains(&usize::MAX) {
        return Err(Loss::OutsideZone);
    }
    Ok(at[first]..at[last] + 1)
}

/// Features of the second pass, parallel to an article's tokens in zones.
pub struct VoteFeatures {
    starts: Vec<usize>,
    features: Vec<u32>,
}

impl VoteFeatures {
    /// The features that tags of a first pass give. `number` gives the
    /// number of a key.
    pub fn new(article: &Article, tags: &[Tag], mut number: impl FnMut(u64) -> Option<u32>) -> Self {
        let mut votes = Votes::default();
        votes.begin(tags.len());
        for zone in &article.zones {
            votes.add(&article.glances[zone.clone()], &tags[zone.clone()]);
        }
        let mut this = Self { starts: vec![0], features: Vec::new() };
        for zone in &article.zones {
            let (glances, tags) = (&article.glances[zone.clone()], &tags[zone.clone()]);
            votes.look(glances, tags);
            for i in 0..glances.len() {
                let known = votes.at(glances, tags, i).all_keys().filter_map(&mut number);
                this.features.extend(known);
                this.starts.push(this.features.len());
            }
        }
        this
    }

    fn of(&self, i: usize) -> &[u32] {
        &self.features[self.starts[i]..self.starts[i + 1]]
    }
}

/// An article in one of the passes.
#[derive(Clone, Copy)]
pub struct Sample<'a> {
    pub article: &'a Article,
    pub votes: Option<&'a VoteFeatures>,
}

impl Sample<'_> {
    pub fn features_of(&self, i: usize) -> impl Iterator<Item = &u32> {
        self.article.features_of(i).iter().chain(self.votes.map_or(&[][..], |v| v.of(i)))
    }
}
