//! What the rest of the article says of a word: the second pass.
//!
//! Takes the tags that a first pass gave to the tokens of an article, gives
//! for each token the keys of features that tell how the same word and the
//! same name were tagged elsewhere in it. Promises: an occurrence never votes
//! for itself; no allocation per token; work linear in the tokens. A name seen
//! clearly once ("Tập đoàn FPT") so informs its other mentions.

use super::chain::{KINDS, OUTSIDE, Tag, first_tag, is_inner, kind_of};
use super::features::{if_some, key};
use super::glance::{Glance, is_upright};
use super::knowledge::{Form, MAX_PHRASE, join};

/// The first question's number, above those of the first pass.
const FIRST_QUESTION: u32 = 100;

/// Votes by kind; the last are those for "outside".
type Counts = [u16; KINDS + 1];

/// The votes on one word or phrase.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    key: Form,
    /// The article that the slot belongs to; slots of others are free.
    article: u32,
    counts: Counts,
    /// How often the word was the first of a name.
    firsts: u16,
    /// A longer phrase starts like this one.
    is_prefix: bool,
}

/// The votes of one article after another.
#[derive(Debug, Default)]
pub struct Votes {
    slots: Vec<Slot>,
    /// How many slots this article uses, less one: a short article after a
    /// long one stays in few lines of the cache.
    mask: usize,
    article: u32,
    /// What is said of each token of the zone at hand; nothing of one before
    /// and one behind it.
    said: Vec<Said>,
}

/// The code of the votes on a token's word, 0 for none, and its name.
#[derive(Debug, Clone, Copy, Default)]
struct Said {
    word: u32,
    name: Phrase,
}

/// The longest name of the article that a token is in.
#[derive(Debug, Clone, Copy, Default)]
struct Phrase {
    /// 0 for none; else the code of the votes on it.
    code: u32,
    /// 1 at its first token, 2 later, 3 at its last.
    place: u32,
}

impl Votes {
    /// Begins an article of at most so many tokens in zones.
    pub fn begin(&mut self, tokens: usize) {
        let capacity = (tokens * 4).next_power_of_two().max(64);
        self.article = self.article.wrapping_add(1);
        if self.slots.len() < capacity || self.article == 0 {
            self.slots.clear();
            self.slots.resize(capacity, Slot::default());
            self.article = 1;
        }
        self.mask = capacity - 1;
    }

    /// Counts the tags of a zone.
    pub fn add(&mut self, zone: &[Glance], tags: &[Tag]) {
        let mut phrase = (0, OUTSIDE);
        for (i, (glance, tag)) in zone.iter().zip(tags).enumerate() {
            if *tag != OUTSIDE || is_upright(glance.shape) {
                if let Some(slot) = self.slot(glance.form) {
                    let at = kind_of(*tag).unwrap_or(KINDS);
                    add_one(slot.counts.get_mut(at));
                    slot.firsts += u16::from(*tag != OUTSIDE && !is_inner(*tag));
                }
            }
            if *tag == OUTSIDE {
                continue;
            }
            phrase.0 = if is_inner(*tag) { join(phrase.0, glance.form) } else { glance.form };
            phrase.1 = *tag;
            let ends = tags.get(i + 1).is_none_or(|next| !is_inner(*next));
            let Some(slot) = self.slot(phrase_key(phrase.0)) else { continue };
            if ends {
                add_one(kind_of(phrase.1).and_then(|kind| slot.counts.get_mut(kind)));
            } else {
                slot.is_prefix = true;
            }
        }
    }

    /// The slot of a key, taken if it is new.
    fn slot(&mut self, key: Form) -> Option<&mut Slot> {
        let mask = self.mask;
        let mut at = spread(key) & mask;
        // Fewer than half of the slots are ever taken.
        for _ in 0..=mask {
            let slot = self.slots.get(at)?;
            if slot.article != self.article || slot.key == key {
                break;
            }
            at = (at + 1) & mask;
        }
        let article = self.article;
        let slot = self.slots.get_mut(at)?;
        if slot.article != article {
            *slot = Slot { key, article, ..Slot::default() };
        }
        Some(slot)
    }

    fn get(&self, key: Form) -> Option<&Slot> {
        let mask = self.mask;
        let mut at = spread(key) & mask;
        loop {
            let slot = self.slots.get(at).filter(|slot| slot.article == self.article)?;
            if slot.key == key {
                return Some(slot);
            }
            at = (at + 1) & mask;
        }
    }

    /// Finds the names of the article in a zone that had these tags, and says
    /// whether there is anything to vote on.
    pub fn look(&mut self, zone: &[Glance], tags: &[Tag]) -> bool {
        let mut said = std::mem::take(&mut self.said);
        said.clear();
        said.resize(zone.len() + 2, Said::default());
        let tokens = said.get_mut(1..).unwrap_or(&mut []);
        let mut any = 0;
        for ((said, glance), tag) in tokens.iter_mut().zip(zone).zip(tags) {
            said.word = self.word_code(glance, *tag);
            any |= said.word;
        }
        let mut start = 0;
        while start < zone.len() {
            let Some((end, code)) = self.longest(zone, tags, start) else {
                start += 1;
                continue;
            };
            for (i, said) in (start..end).zip(tokens.get_mut(start..end).unwrap_or(&mut [])) {
                let place = if i == start { 1 } else { 2 } + 2 * u32::from(i + 1 == end);
                said.name = Phrase { code, place };
            }
            any |= code;
            start = end;
        }
        self.said = said;
        any != 0
    }

    /// The end of the longest phrase from `start` that was a name elsewhere,
    /// and the code of the votes on it.
    fn longest(&self, zone: &[Glance], tags: &[Tag], start: usize) -> Option<(usize, u32)> {
        let mut found = None;
        let mut key = 0;
        for end in start + 1..=(start + MAX_PHRASE).min(zone.len()) {
            let form = zone.get(end - 1)?.form;
            key = if end == start + 1 { form } else { join(key, form) };
            let Some(slot) = self.get(phrase_key(key)) else { break };
            let mut counts = slot.counts;
            let own = own_name(tags, start).filter(|(own_end, _)| *own_end == end);
            if let Some(count) = own.and_then(|(_, kind)| counts.get_mut(kind)) {
                *count = count.saturating_sub(1);
            }
            if counts.iter().any(|n| *n > 0) {
                found = Some((end, code(&counts)));
            }
            if !slot.is_prefix {
                break;
            }
        }
        found
    }

    /// The code of the votes on the word at a token, without its own.
    fn word_code(&self, glance: &Glance, tag: Tag) -> u32 {
        let Some(slot) = self.get(glance.form) else { return 0 };
        let mut counts = slot.counts;
        if tag != OUTSIDE || is_upright(glance.shape) {
            if let Some(count) = counts.get_mut(kind_of(tag).unwrap_or(KINDS)) {
                *count = count.saturating_sub(1);
            }
        }
        let own_first = u16::from(tag != OUTSIDE && !is_inner(tag));
        let firsts = slot.firsts.saturating_sub(own_first);
        let names: u16 = counts.iter().take(KINDS).sum();
        let code = code(&counts);
        if code == 0 { 0 } else { code << 2 | u32::from(firsts * 2 > names) << 1 | u32::from(firsts * 2 < names) }
    }

    /// The votes at token `i` of the zone that `look` looked at.
    #[inline]
    pub fn at(&self, zone: &[Glance], tags: &[Tag], i: usize) -> VotesAt {
        let [left, here, right] = self.said.get(i..).and_then(|said| said.first_chunk()).copied().unwrap_or_default();
        VotesAt {
            words: [left.word, here.word, right.word],
            names: [left.name, here.name, right.name],
            shape: zone.get(i).map_or(0, |glance| u32::from(glance.shape)),
            tag: u32::from(tags.get(i).copied().unwrap_or(OUTSIDE)),
        }
    }
}

/// All that the second pass asks about at a token: the codes of the votes on
/// the words and on the names at its left, at itself and at its right, its
/// shape, and the tag it had.
#[derive(Debug, Clone, Copy)]
pub struct VotesAt {
    words: [u32; 3],
    names: [Phrase; 3],
    shape: u32,
    tag: u32,
}

const _: () = assert!(KINDS <= 6);

/// All of [`VotesAt`] in two numbers, to compare it at once.
pub(super) type VotesLook = [u64; 2];

impl VotesAt {
    /// Whether anything is asked.
    #[inline]
    pub fn has_any(&self) -> bool {
        self.words.into_iter().chain(self.names.map(|name| name.code)).fold(0, |any, code| any | code) != 0
    }

    /// The same for the same questions, and for no others: codes have eight bits
    /// (see [`code`]), as have places, shapes and tags.
    #[inline]
    pub(super) fn look(&self) -> VotesLook {
        let three = |[a, b, c]: [u32; 3]| u64::from(a) | u64::from(b) << 16 | u64::from(c) << 32;
        let names = self.names.map(|name| name.code | name.place << 8);
        [three(self.words) | u64::from(self.shape) << 48 | u64::from(self.tag) << 56, three(names)]
    }

    /// Whether anything is asked about words.
    pub fn has_words(&self) -> bool {
        self.words != [0; 3]
    }

    /// Whether anything is asked about names.
    pub fn has_names(&self) -> bool {
        self.names.iter().any(|name| name.code != 0)
    }

    /// The keys of what is asked about words; 0 where a question does not arise.
    #[inline]
    pub fn word_keys(&self) -> [u64; 7] {
        let [left, here, right] = self.words;
        [
            asked(0, here, 0),
            asked(1, here, 1 + self.shape),
            asked(2, left, here),
            asked(3, here, 1 + right),
            asked(4, left, 1 << 20),
            asked(5, right, 1 << 21),
            asked(11, here, 1 << 22 | self.tag),
        ]
    }

    /// The keys of what is asked about names; 0 where a question does not arise.
    #[inline]
    pub fn name_keys(&self) -> [u64; 6] {
        let [left, here, right] = self.names;
        [
            asked(6, here.code, here.place),
            asked(7, here.code, here.place << 8 | (1 + self.shape)),
            asked(8, here.code, here.place << 16 | (1 + self.words[1])),
            asked(9, left.code, left.place << 20),
            asked(10, right.code, right.place << 24),
            asked(12, here.code, 1 << 25 | here.place << 16 | self.tag),
        ]
    }

    /// All keys, for the trainer.
    #[cfg(feature = "train")]
    pub fn all_keys(&self) -> impl Iterator<Item = u64> + use<> {
        self.word_keys().into_iter().chain(self.name_keys()).filter(|key| *key != 0)
    }
}

/// The key of a question, by its number and the two things seen; 0 where the
/// first is not there.
#[inline]
fn asked(number: u32, a: u32, b: u32) -> u64 {
    if_some(a, key(FIRST_QUESTION + number, a, b))
}

/// Words and phrases share the table.
fn phrase_key(key: Form) -> Form {
    key ^ 0x8f1b_bcdc
}

fn spread(key: Form) -> usize {
    (u64::from(key).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize
}

fn add_one(count: Option<&mut u16>) {
    if let Some(count) = count {
        *count = count.saturating_add(1);
    }
}

/// The end and kind of the name that starts at `start`.
fn own_name(tags: &[Tag], start: usize) -> Option<(usize, usize)> {
    let kind = kind_of(*tags.get(start)?).filter(|kind| tags.get(start) == Some(&first_tag(*kind)))?;
    let inner = tags.iter().skip(start + 1).take_while(|tag| is_inner(**tag)).count();
    Some((start + 1 + inner, kind))
}

/// Code of votes: the kind with the most, how clearly, and the runner-up
/// where there is one. 0 for no votes. Eight bits for up to six kinds.
fn code(counts: &Counts) -> u32 {
    if *counts == [0; KINDS + 1] {
        return 0;
    }
    // The two highest, without a branch: of kinds with as many votes the first.
    let (mut top, mut next) = (0, 0);
    for (votes, kind) in counts.iter().zip(0_u32..) {
        let votes = u32::from(*votes) << 3 | (7 - kind);
        next = next.max(votes.min(top));
        top = top.max(votes);
    }
    let [top, next] = [top, next].map(|votes| (votes >> 3, 7 - (votes & 7)));
    let second = if next.0 == 0 { 7 } else { next.1 };
    let clear = u32::from(top.0 >= 2 * next.0.max(1)) + u32::from(top.0 >= 4);
    1 + (top.1 << 5 | second << 2 | clear)
}
