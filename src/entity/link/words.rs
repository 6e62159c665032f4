//! The lists that linking looks words up in, and how a name is spelled there.
//!
//! All entries are spelled as [`spell`] spells a name: lower case, one tone
//! style, one space between syllables.

use crate::normalize::tone::canonical_syllable;
use crate::span::slice;
use once_cell::sync::Lazy;
use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

/// Words or phrases of a list.
pub(super) type Phrases = HashSet<&'static str, BuildHasherDefault<ListHasher>>;

/// A list whose phrases names may begin with.
pub(super) struct Heads {
    phrases: Phrases,
    /// Their first words: few names begin with one.
    first: Phrases,
}

impl Heads {
    fn new(file: &'static str) -> Self {
        let phrases: Phrases = entries(file).collect();
        Self { first: first_words(&[&phrases]), phrases }
    }

    /// Whether this is one of its phrases.
    pub(super) fn contains(&self, words: &str) -> bool {
        self.phrases.contains(words)
    }

    /// What follows the longest phrase at the start of `name`; `None` where
    /// there is no such phrase or nothing follows.
    pub(super) fn after<'n>(&self, name: &'n str) -> Option<&'n str> {
        let mut ends = spaces(name).take(LONGEST_PHRASE);
        let first = ends.next()?;
        if !self.first.contains(slice(name, 0..first)) {
            return None;
        }
        let longest = std::iter::once(first).chain(ends).filter(|end| self.phrases.contains(slice(name, 0..*end))).last()?;
        name.get(longest + 1..)
    }
}

/// FNV-1a: quick on short keys. What is in the lists is ours, so no text can
/// make it slow.
#[derive(Debug, Clone)]
pub(super) struct ListHasher(u64);

impl Default for ListHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for ListHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Companies by any other word: "công ty", "tập đoàn".
pub(super) static COMPANY_FORMS: Lazy<Heads> = Lazy::new(|| Heads::new(include_str!("../../lexicon/company_forms.txt")));

/// What kind of organization: "ngân hàng", "bộ".
pub(super) static INSTITUTION_HEADS: Lazy<Heads> = Lazy::new(|| Heads::new(include_str!("../../lexicon/institution_heads.txt")));

/// Fields of business: "công nghệ".
pub(super) static BUSINESS_FIELDS: Lazy<Heads> = Lazy::new(|| Heads::new(include_str!("../../lexicon/business_fields.txt")));

/// "gọi tắt là".
pub(super) static DEFINITION_CUES: Lazy<Phrases> = Lazy::new(|| entries(include_str!("../../lexicon/definition_cues.txt")).collect());

/// "giám đốc điều hành".
pub(super) static TITLES: Lazy<Phrases> = Lazy::new(|| entries(include_str!("../../lexicon/titles.txt")).collect());

/// Last words of titles and of fields of business: hardly a word of a text is
/// one, and the phrases that would end with it need not be looked up: two
/// fifths of the time of reading jobs.
static LAST_WORDS: Lazy<Phrases> =
    Lazy::new(|| TITLES.iter().chain(BUSINESS_FIELDS.phrases.iter()).filter_map(|phrase| phrase.rsplit(' ').next()).collect());

/// First words of titles, and of what says what kind of organization follows.
static FIRST_OF_TITLES: Lazy<Phrases> = Lazy::new(|| first_words(&[&TITLES]));
static FIRST_OF_HEADS: Lazy<Phrases> = Lazy::new(|| first_words(&[&COMPANY_FORMS.phrases, &INSTITUTION_HEADS.phrases]));

fn first_words(lists: &[&Phrases]) -> Phrases {
    lists.iter().flat_map(|list| list.iter()).filter_map(|phrase| phrase.split(' ').next()).collect()
}

/// Whether a title or a field of business may end with this word.
pub(super) fn may_end_title(word: &str) -> bool {
    LAST_WORDS.contains(word)
}

/// Whether a title may begin with this word.
pub(super) fn may_begin_title(word: &str) -> bool {
    FIRST_OF_TITLES.contains(word)
}

/// Whether the name of a kind of organization may begin with this word.
pub(super) fn may_begin_head(word: &str) -> bool {
    FIRST_OF_HEADS.contains(word)
}

/// Names of a list, spelled.
type Spelled = HashSet<Cow<'static, str>, BuildHasherDefault<ListHasher>>;

static BRANDS: Lazy<Spelled> = Lazy::new(|| spelled(include_str!("../../lexicon/brands.txt")));

static FAMILY_NAMES: Lazy<Spelled> = Lazy::new(|| spelled(include_str!("../../lexicon/family_names.txt")));

/// Whether this is a known maker's name.
pub(super) fn is_brand(spelled: &str) -> bool {
    BRANDS.contains(spelled)
}

/// Whether this is a Vietnamese family name.
pub(super) fn is_family_name(spelled: &str) -> bool {
    FAMILY_NAMES.contains(spelled)
}

/// Most syllables of a phrase in the lists.
pub(super) const LONGEST_PHRASE: usize = 9;

/// Where the syllables of a spelled name end, but for the last: by its bytes,
/// as names are too short for a search to pay.
pub(super) fn spaces(spelled: &str) -> impl DoubleEndedIterator<Item = usize> + '_ {
    spelled.as_bytes().iter().enumerate().filter(|(_, byte)| **byte == b' ').map(|(at, _)| at)
}

/// The syllables of a spelled name.
pub(super) fn syllables(spelled: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    spaces(spelled).chain([spelled.len()]).map(move |end| {
        let syllable = slice(spelled, from..end);
        from = end + 1;
        syllable
    })
}

/// The entries of a lexicon file: one a line, without comments.
fn entries(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with("# "))
}

fn spelled(file: &'static str) -> Spelled {
    let mut out = Spelled::with_capacity_and_hasher(entries(file).count(), BuildHasherDefault::default());
    let mut name = String::new();
    for entry in entries(file) {
        name.clear();
        spell(entry, &mut name);
        out.insert(if name == entry { Cow::Borrowed(entry) } else { Cow::Owned(name.clone()) });
    }
    out
}

/// Appends the syllables of `written` to `out` with one space between: lower
/// case, new tone style, without hyphens, quotes and the full stops of
/// abbreviations.
pub(super) fn spell(written: &str, out: &mut String) {
    let start = out.len();
    let mut add = |piece: &str| {
        if piece.is_empty() {
            return;
        }
        if out.len() > start {
            out.push(' ');
        }
        spell_syllable(piece, out);
    };
    for piece in written.split(is_border) {
        if piece.bytes().any(|byte| matches!(byte, b'.' | b',')) {
            without_stops(piece).for_each(&mut add);
        } else {
            add(piece);
        }
    }
    if out.len() == start {
        out.push_str(written);
    }
}

/// Appends one syllable as the lists spell it.
pub(super) fn spell_syllable(syllable: &str, out: &mut String) {
    // Without accents there is no tone mark to move.
    if syllable.is_ascii() {
        let start = out.len();
        out.push_str(syllable);
        if let Some(added) = out.get_mut(start..) {
            added.make_ascii_lowercase();
        }
    } else {
        canonical_syllable(syllable, out);
    }
}

fn is_border(c: char) -> bool {
    // Most are letters.
    if c.is_ascii_alphanumeric() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') {
        return false;
    }
    c.is_whitespace() || matches!(c, '-' | '–' | '—' | '"' | '“' | '”' | '(' | ')' | '·' | ':' | '…')
}

/// The parts of "T.Thủy"; "7.0" and "No.1" stay whole.
fn without_stops(piece: &str) -> impl Iterator<Item = &str> {
    let whole = piece.bytes().any(|b| b.is_ascii_digit());
    let trimmed = piece.trim_matches(['.', ',']);
    trimmed.split(move |c| !whole && (c == '.' || c == ','))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_canonical() {
        let lists = [
            include_str!("../../lexicon/company_forms.txt"),
            include_str!("../../lexicon/institution_heads.txt"),
            include_str!("../../lexicon/business_fields.txt"),
            include_str!("../../lexicon/definition_cues.txt"),
            include_str!("../../lexicon/titles.txt"),
        ];
        for list in lists {
            let all: Vec<&str> = entries(list).collect();
            assert!(all.is_sorted(), "not sorted: {:?}", all.windows(2).find(|w| w[0] > w[1]));
            for entry in all {
                let canonical: Vec<String> = entry
                    .split(' ')
                    .map(|syllable| {
                        let mut out = String::new();
                        canonical_syllable(syllable, &mut out);
                        out
                    })
                    .collect();
                assert_eq!(canonical.join(" "), entry);
                assert!(canonical.len() <= LONGEST_PHRASE, "{entry} is longer than LONGEST_PHRASE");
            }
        }
    }

    #[test]
    fn names_are_spelled_one_way() {
        for (written, expected) in [
            ("Hòa  Lạc", "hoà lạc"),
            ("TP.HCM", "tp hcm"),
            ("Covid-19", "covid 19"),
            ("Android 7.0", "android 7.0"),
            ("Lê \"Zeno\" Quốc Bảo", "lê zeno quốc bảo"),
            ("TT&TT", "tt&tt"),
            ("Galaxy S8+", "galaxy s8+"),
            ("...", "..."),
        ] {
            let mut out = String::new();
            spell(written, &mut out);
            assert_eq!(out, expected);
        }
    }
}
