//! Tokens → names: persons, organizations, locations, products, events.
//!
//! Takes a text read up to its words, gives the names in it with their kinds.
//! Promises: a name never cuts a token and never crosses a sentence; names are
//! disjoint and in order; integer arithmetic only, the same names on every
//! machine; work linear in the text; total, whatever the text and whatever the
//! weights. Leaves numbers to the patterns and grouping to the links.
//!
//! The model is a linear chain: each token close to a capital or a known name
//! ([`super::glance`]) asks its questions ([`super::features`]), each answer
//! adds a row of weights ([`super::weights`]), and the best tags of each run of
//! such tokens are taken ([`super::chain`]).

use super::EntityKind;
use super::chain::{NAME_KINDS, Paths, Sums, TAGS, Tag, best_tags, inner_tag, kind_of};
use super::features::{self, HERE, JOINT_KEYS, PLACES};
use super::glance::{Glance, Sight, Zone};
use super::knowledge::Knowledge;
use super::memory::Memory;
use super::pattern::Openers;
#[cfg(feature = "train")]
use super::table::KeyTable;
use super::votes::Votes;
use super::weights::{Scores, Weights};
use crate::document::View;
use crate::error::Error;
use crate::model::wire::Reader;
use crate::segment::vocabulary::Vocabulary;
use crate::sentence::TokenRange;
use crate::token::TokenKind;
use std::slice::Iter;
use std::sync::atomic::{AtomicU32, Ordering};

/// One name in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameMention {
    /// First byte in the normalized text.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// What it names.
    pub kind: EntityKind,
    /// Its first token.
    pub first: usize,
    /// The token after its last.
    pub last: usize,
}

/// Buffers for one text after another.
#[derive(Debug, Default)]
pub struct NameBuffers {
    sight: Sight,
    /// Scores and tags of all zones, end to end.
    scores: Vec<Scores>,
    tags: Vec<Tag>,
    bests: Vec<Sums>,
    found: Vec<Tag>,
    votes: Votes,
    memory: Memory,
    /// Keys of what is asked of several tokens, of a few zones.
    keys: Vec<[u64; JOINT_KEYS]>,
}

/// Zones whose rows are fetched together: so many that one wait is for all,
/// and no more than the nearest cache keeps until they are added.
const ZONES_AT_ONCE: usize = 16;

/// The learned numbers of the recognizer.
#[derive(Debug)]
pub struct Recognizer {
    knowledge: Knowledge,
    paths: Paths,
    weights: Weights,
    openers: Openers,
    /// Tells it from other recognizers in this program.
    number: u32,
}

/// The next recognizer's number.
static NUMBERS: AtomicU32 = AtomicU32::new(1);

impl Recognizer {
    /// Reads the bytes that [`RecognizerParts::write`] writes. `vocabulary` is
    /// the segmenter's; any will do, the right names come with a good one.
    #[warn(clippy::arithmetic_side_effects)]
    pub(crate) fn read(bytes: &[u8], vocabulary: &Vocabulary) -> Result<Self, Error> {
        let mut reader = Reader::new("recognizer", bytes);
        let knowledge = Knowledge::read(&mut reader, vocabulary)?;
        let mut steps = [[0; TAGS]; TAGS];
        for row in &mut steps {
            for (step, value) in row.iter_mut().zip(reader.i16s(TAGS)?) {
                *step = value;
            }
        }
        let weights = Weights::read(&mut reader)?;
        reader.end()?;
        let number = NUMBERS.fetch_add(1, Ordering::Relaxed);
        Ok(Self { knowledge, paths: Paths::new(&steps), weights, openers: Openers::new(vocabulary), number })
    }

    /// Which syllables may open a number.
    pub(crate) fn openers(&self) -> &Openers {
        &self.openers
    }

    /// Appends the names of a text to `mentions`, in order.
    pub(crate) fn recognize(&self, view: &View<'_>, buffers: &mut NameBuffers, mentions: &mut Vec<NameMention>) {
        buffers.sight.look(view, &self.knowledge);
        self.first_pass(buffers);
        self.second_pass(buffers);
        let mut at = 0;
        for zone in &buffers.sight.zones {
            let end = at + zone.tokens.len();
            let tags = buffers.tags.get(at..end).unwrap_or(&[]);
            names_of(zone.tokens.start, tags, |kind, tokens| mentions.extend(mention(view, kind, tokens)));
            at = end;
        }
    }

    /// Scores all zones by themselves and tags them.
    fn first_pass(&self, buffers: &mut NameBuffers) {
        let NameBuffers { sight, scores, tags, bests, found, memory, keys, .. } = buffers;
        scores.clear();
        tags.clear();
        memory.begin(self.number);
        for zones in sight.zones.chunks(ZONES_AT_ONCE) {
            self.fetch(&sight.glances, zones, keys);
            let mut keys = keys.iter();
            for zone in zones {
                let at = scores.len();
                self.score(&sight.glances, zone, memory, &mut keys, scores);
                best_tags(scores.get(at..).unwrap_or(&[]), &self.paths, bests, found);
                tags.extend_from_slice(found);
            }
        }
    }

    /// Replaces `keys` by those of what is asked of several tokens at each token
    /// of the zones. Most rows are theirs, and wait for memory: all are fetched
    /// before the first is needed.
    fn fetch(&self, glances: &[Glance], zones: &[Zone], keys: &mut Vec<[u64; JOINT_KEYS]>) {
        keys.clear();
        for zone in zones {
            let Some(sentence) = glances.get(zone.sentence.clone()) else { return };
            let tokens = zone.tokens.start - zone.sentence.start..zone.tokens.end - zone.sentence.start;
            keys.extend(tokens.map(|i| features::joint_keys(features::window(sentence, i))));
        }
        self.weights.fetch(keys.as_flattened());
    }

    /// Adds what the article says of the words in each zone, and tags again.
    fn second_pass(&self, buffers: &mut NameBuffers) {
        let NameBuffers { sight, scores, tags, bests, found, votes, memory, .. } = buffers;
        votes.begin(tags.len());
        let mut at = 0;
        for zone in &sight.zones {
            let end = at + zone.tokens.len();
            votes.add(sight.glances.get(zone.tokens.clone()).unwrap_or(&[]), tags.get(at..end).unwrap_or(&[]));
            at = end;
        }
        at = 0;
        for zone in &sight.zones {
            let end = at + zone.tokens.len();
            let (Some(scores), Some(tags)) = (scores.get_mut(at..end), tags.get_mut(at..end)) else { return };
            let glances = sight.glances.get(zone.tokens.clone()).unwrap_or(&[]);
            at = end;
            if votes.look(glances, tags) {
                self.add_votes((votes, memory), glances, tags, scores);
                best_tags(scores, &self.paths, bests, found);
                tags.iter_mut().zip(found.iter()).for_each(|(tag, found)| *tag = *found);
            }
        }
    }

    fn add_votes(&self, (votes, memory): (&Votes, &mut Memory), glances: &[Glance], tags: &[Tag], scores: &mut [Scores]) {
        for (i, scores) in scores.iter_mut().enumerate() {
            let at = votes.at(glances, tags, i);
            if at.has_any() {
                let Some(sum) = memory.votes(&at, &self.weights) else { return };
                *scores = sum_of(*scores, *sum);
            }
        }
    }

    /// Appends the scores of the tokens of a zone, whose keys come next.
    fn score(
        &self,
        glances: &[Glance],
        zone: &Zone,
        memory: &mut Memory,
        keys: &mut Iter<'_, [u64; JOINT_KEYS]>,
        scores: &mut Vec<Scores>,
    ) {
        let Some(sentence) = glances.get(zone.sentence.clone()) else { return };
        let tokens = zone.tokens.len();
        let start = zone.tokens.start - zone.sentence.start;
        // Each token of the zone or beside it is looked up once and says its
        // part to all tokens that see it, be they in the zone or not: that
        // takes no branch. The sum for the first of them is then complete.
        let mut sums = [Scores::default(); PLACES];
        // Bit `p` says whether a token of the zone sees this one from place `p`.
        let mut seen_from = 0;
        for at in 0..tokens + 2 * HERE {
            let glance = (start + at).checked_sub(HERE).and_then(|i| sentence.get(i)).unwrap_or(&features::EDGE);
            seen_from = (seen_from << 1 | u8::from(at < tokens)) & ALL_PLACES;
            let Some(parts) = memory.places(glance, seen_from, &self.weights) else { return };
            sums = moved_on(sums, parts);
            let Some(i) = at.checked_sub(2 * HERE) else { continue };
            crate::work::count(1);
            let [sum, ..] = sums;
            let (Some(here), Some(joint)) = (sentence.get(start + i), keys.next()) else { return };
            let Some(own) = memory.own(here, &self.weights) else { return };
            let mut sum = sum_of(sum, *own);
            self.weights.add(joint, &mut sum);
            scores.push(sum);
        }
    }
}

/// The sums of the window's tokens one token on, with the parts that the last
/// of them says to all.
#[inline]
fn moved_on([_, a, b, c, d]: [Scores; PLACES], parts: &[Scores; PLACES]) -> [Scores; PLACES] {
    let [for_a, for_b, for_c, for_d, for_last] = *parts;
    [sum_of(a, for_a), sum_of(b, for_b), sum_of(c, for_c), sum_of(d, for_d), for_last]
}

/// By value, as then whole vectors are added.
#[inline]
fn sum_of(mut scores: Scores, part: Scores) -> Scores {
    for (scores, part) in scores.iter_mut().zip(part) {
        scores.iter_mut().zip(part).for_each(|(score, value)| *score = score.wrapping_add(value));
    }
    scores
}

/// A bit for each place of the window.
const ALL_PLACES: u8 = (1 << PLACES) - 1;

/// Calls `visit` for each name in a run of tags that starts at token `at`.
pub fn names_of(at: usize, tags: &[Tag], mut visit: impl FnMut(usize, TokenRange)) {
    let mut i = 0;
    while let Some(tag) = tags.get(i) {
        let Some(kind) = kind_of(*tag) else {
            i += 1;
            continue;
        };
        let inner = tags.iter().skip(i + 1).take_while(|tag| **tag == inner_tag(kind)).count();
        visit(kind, at + i..at + i + 1 + inner);
        i += 1 + inner;
    }
}

fn mention(view: &View<'_>, kind: usize, tokens: TokenRange) -> Option<NameMention> {
    let tokens = without_dividers(view, tokens);
    let first = view.tokens.get(tokens.start)?;
    let last = view.tokens.get(tokens.end.checked_sub(1)?).filter(|_| !tokens.is_empty())?;
    let kind = NAME_KINDS.get(kind).copied()?;
    Some(NameMention { start: first.start as usize, end: last.end as usize, kind, first: tokens.start, last: tokens.end })
}

/// Without signs at its ends that stand between two names and belong to none.
fn without_dividers(view: &View<'_>, mut tokens: TokenRange) -> TokenRange {
    let divides =
        |at: usize| view.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Symbol && matches!(t.of(view.text), "&" | "|" | "="));
    while !tokens.is_empty() && divides(tokens.end - 1) {
        tokens.end -= 1;
    }
    while !tokens.is_empty() && divides(tokens.start) {
        tokens.start += 1;
    }
    tokens
}

/// The parts of a recognizer as a trainer makes them.
#[cfg(feature = "train")]
#[derive(Debug)]
pub struct RecognizerParts {
    /// Lists and clusters.
    pub knowledge: Knowledge,
    /// Weights of the steps from tag to tag.
    pub steps: super::chain::Steps<i16>,
    /// Weights of the features.
    pub weights: super::weights::BuiltWeights,
}

#[cfg(feature = "train")]
impl RecognizerParts {
    /// The bytes of the model's section.
    pub fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.knowledge.write(&mut out);
        out.extend(self.steps.iter().flatten().flat_map(|w| w.to_le_bytes()));
        super::weights::write(&self.weights, &mut out);
        out
    }
}

#[cfg(feature = "train")]
impl RecognizerParts {
    /// A section without any knowledge.
    pub(crate) fn blank() -> Vec<u8> {
        let knowledge = Knowledge::new(&Vocabulary::new([]), KeyTable::default(), KeyTable::default());
        Self { knowledge, steps: [[0; TAGS]; TAGS], weights: Weights::build(&[], 0).0 }.write()
    }
}

#[cfg(feature = "train")]
impl Recognizer {
    /// Reads a sealed model that has a recognizer.
    pub fn from_envelope(bytes: &[u8], vocabulary: &Vocabulary) -> Result<Self, Error> {
        let sections = crate::model::wire::open(bytes)?;
        let section = sections.iter().find(|(tag, _)| tag == b"NAME");
        Self::read(section.ok_or_else(|| Error::model("recognizer", "there is no such section"))?.1, vocabulary)
    }

    /// The names of a text.
    pub fn names(&self, view: &View<'_>, buffers: &mut NameBuffers) -> Vec<NameMention> {
        let mut mentions = Vec::new();
        self.recognize(view, buffers, &mut mentions);
        mentions
    }
}
