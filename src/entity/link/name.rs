//! Mentions → names: what is written alike is one name.
//!
//! Two mentions have the same name where they differ in letter case, tone
//! style, spaces and hyphens alone, and may be one thing at all: a person is
//! never a company. One look-up per mention.

use super::hashing::KeyHash;
use super::words::{spaces, spell};
use super::written::Written;
use crate::entity::EntityKind;
use crate::entity::mention::FoundMention;
use crate::span::slice;

/// What may be one thing with what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Class {
    /// A person, with what the word before says.
    Person(Gender),
    /// An organization or a product: a company and its product share a name.
    Thing,
    /// A location.
    Place,
    /// An event.
    Event,
    /// A number without a value.
    Number,
}

/// What the pronoun before a person's name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Gender {
    /// There is none.
    Unsaid,
    /// "ông", "anh"
    Male,
    /// "bà", "chị", "cô"
    Female,
}

impl Class {
    fn of(kind: EntityKind, before: &str) -> Self {
        match kind {
            EntityKind::Person => Self::Person(gender(before)),
            EntityKind::Organization | EntityKind::Product => Self::Thing,
            EntityKind::Location => Self::Place,
            EntityKind::Event => Self::Event,
            _ => Self::Number,
        }
    }

    /// All classes have a number below this.
    const COUNT: usize = 7;

    fn number(self) -> usize {
        match self {
            Self::Person(gender) => gender as usize,
            Self::Thing => 3,
            Self::Place => 4,
            Self::Event => 5,
            Self::Number => 6,
        }
    }

    /// The first letter of what names of this class are looked up by.
    pub(super) fn mark(self) -> char {
        match self {
            Self::Person(Gender::Unsaid) => 'p',
            Self::Person(Gender::Male) => 'm',
            Self::Person(Gender::Female) => 'f',
            Self::Thing => 't',
            Self::Place => 'l',
            Self::Event => 'e',
            Self::Number => 'n',
        }
    }

    pub(super) fn is_person(self) -> bool {
        matches!(self, Self::Person(_))
    }
}

/// What the last word of `before` says of the person named next.
fn gender(before: &str) -> Gender {
    let trimmed = before.trim_end_matches(' ');
    let start = trimmed.char_indices().rev().take(4).take_while(|(_, c)| c.is_alphabetic()).last().map_or(trimmed.len(), |(at, _)| at);
    match slice(trimmed, start..trimmed.len()) {
        "ông" | "Ông" | "anh" | "chú" | "cậu" => Gender::Male,
        "bà" | "Bà" | "chị" | "Chị" | "cô" | "Cô" => Gender::Female,
        // "Anh" is a country too, unless it opens a sentence.
        "Anh" if opens_sentence(slice(trimmed, 0..start)) => Gender::Male,
        _ => Gender::Unsaid,
    }
}

fn opens_sentence(before: &str) -> bool {
    let last = before.trim_end_matches(' ').chars().next_back();
    last.is_none_or(|c| matches!(c, '.' | '!' | '?' | ':' | '\n' | '"' | '“' | '”' | '-' | '–' | '…'))
}

/// One way in which a name is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Position of the name in [`Names::list`].
    pub(super) name: usize,
    /// How often it is written so.
    pub(super) count: u32,
}

/// A name and what is known of its mentions.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) class: Class,
    /// Its syllables as [`spell`] spells them.
    pub(super) spelled: String,
    /// The hash of its key.
    hash: u64,
    pub(super) syllables: usize,
    /// Position of the form it was first written in.
    pub(super) first_form: usize,
    /// Whether it is always written in one word of capitals: "AWS", "TT&TT".
    pub(super) is_upper: bool,
    pub(super) as_organization: u32,
    pub(super) as_product: u32,
    /// Whether it stands anywhere but in bylines and credits.
    pub(super) in_running_text: bool,
}

/// The names of an article.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) list: Vec<Name>,
    pub(super) forms: Vec<Form>,
    /// For each mention its form; [`NO_FORM`] for numbers with a value.
    pub(super) form_of: Vec<usize>,
    /// Open addressing over the hashes of keys: positions in `list` plus one, 0
    /// for a free place; half of them stay free, so that one is met.
    slots: Vec<u32>,
}

/// A mention that is no name.
pub(super) const NO_FORM: usize = usize::MAX;

impl Names {
    /// Gathers the names of `mentions`; `is_byline` says of the mention at a
    /// position whether it stands in a byline or credit.
    pub(super) fn gather(text: &str, mentions: &[FoundMention], written: &Written, is_byline: impl Fn(usize) -> bool) -> Self {
        let different = written.all().len();
        let mut names = Self {
            list: Vec::with_capacity(different),
            forms: Vec::with_capacity(different),
            form_of: Vec::with_capacity(mentions.len()),
            slots: vec![0; (mentions.len() * 2).next_power_of_two()],
        };
        // By how it is written and by class: the form, plus one.
        let mut forms = vec![0_u32; different * Class::COUNT];
        for (i, mention) in mentions.iter().enumerate() {
            crate::work::count(mention.end - mention.start);
            if mention.value.is_some() {
                names.form_of.push(NO_FORM);
                continue;
            }
            let before = if mention.kind == EntityKind::Person { words_before(text, mention.start) } else { "" };
            let class = Class::of(mention.kind, before);
            let known = forms.get_mut(written.of(i) as usize * Class::COUNT + class.number());
            let form = match &known {
                Some(form) if **form > 0 => **form as usize - 1,
                _ => names.add_form(class, mention, slice(text, mention.start..mention.end)),
            };
            if let Some(known) = known {
                *known = form as u32 + 1;
            }
            names.form_of.push(form);
            names.count(form, mention.kind, !is_byline(i));
        }
        names
    }

    fn add_form(&mut self, class: Class, mention: &FoundMention, written: &str) -> usize {
        let form = self.forms.len();
        let mut spelled = String::with_capacity(written.len());
        spell(written, &mut spelled);
        let is_upper = is_upper_word(written);
        let hash = hash(class, &spelled);
        let name = match self.place(class, &spelled, hash) {
            (_, Some(name)) => name,
            (place, None) => {
                let syllables = 1 + spaces(&spelled).count();
                self.list.push(Name {
                    class,
                    spelled,
                    hash,
                    syllables,
                    first_form: form,
                    is_upper,
                    as_organization: 0,
                    as_product: 0,
                    in_running_text: false,
                });
                if let Some(slot) = self.slots.get_mut(place) {
                    *slot = self.list.len() as u32;
                }
                self.list.len() - 1
            }
        };
        if let Some(name) = self.list.get_mut(name) {
            name.is_upper &= is_upper;
        }
        self.forms.push(Form { start: mention.start, end: mention.end, name, count: 0 });
        form
    }

    /// Where a name is or would be among the slots, and the name if it is there.
    fn place(&self, class: Class, spelled: &str, hash: u64) -> (usize, Option<usize>) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(name) = self.slots.get(at).and_then(|slot| slot.checked_sub(1)) {
            let known = self.list.get(name as usize);
            if known.is_some_and(|k| k.hash == hash && k.class == class && key(&k.spelled).eq(key(spelled))) {
                return (at, Some(name as usize));
            }
            at = (at + 1) & mask;
        }
        (at, None)
    }

    fn count(&mut self, form: usize, kind: EntityKind, in_running_text: bool) {
        let Some(form) = self.forms.get_mut(form) else { return };
        form.count += 1;
        let Some(name) = self.list.get_mut(form.name) else { return };
        name.as_organization += u32::from(kind == EntityKind::Organization);
        name.as_product += u32::from(kind == EntityKind::Product);
        name.in_running_text |= in_running_text;
    }

    /// The name of a mention; `None` for numbers with a value.
    pub(super) fn of_mention(&self, mention: usize) -> Option<usize> {
        self.forms.get(*self.form_of.get(mention)?).map(|f| f.name)
    }

    /// The name with this class and these syllables.
    pub(super) fn find(&self, class: Class, spelled: &str) -> Option<usize> {
        self.place(class, spelled, hash(class, spelled)).1
    }
}

/// What stands right before `at`, far enough to tell a pronoun.
fn words_before(text: &str, at: usize) -> &str {
    let start = (at.saturating_sub(16)..=at).find(|i| text.is_char_boundary(*i)).unwrap_or(at);
    slice(text, start..at)
}

/// Names with one key are one name: the syllables without the spaces between,
/// but for one between digits ("iPhone 7", "iPhone7").
fn key(spelled: &str) -> impl Iterator<Item = u8> + '_ {
    let bytes = spelled.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is_kept = move |at: usize, byte: u8| byte != b' ' || is_digit(at.wrapping_sub(1)) && is_digit(at + 1);
    bytes.iter().copied().enumerate().filter(move |(at, byte)| is_kept(*at, *byte)).map(|(_, byte)| byte)
}

fn hash(class: Class, spelled: &str) -> u64 {
    let mut hash = KeyHash::new(class.number());
    key(spelled).for_each(|byte| hash.add(byte));
    hash.finish()
}

/// Two capitals or more, no small letter, no space.
pub(super) fn is_upper_word(written: &str) -> bool {
    let mut capitals = 0;
    for c in written.chars() {
        if c.is_ascii_lowercase() || c.is_lowercase() || c.is_whitespace() {
            return false;
        }
        capitals += usize::from(c.is_uppercase());
    }
    capitals >= 2
}
