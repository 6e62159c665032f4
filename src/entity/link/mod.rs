//! Mentions → entities: who and what is meant, their jobs, how much the
//! article is about them.
//!
//! Takes the mentions of a text with its tokens, sentences and their roles;
//! gives entities, most salient first. Promises: nothing is linked on a guess
//! (a short name that fits two things is linked to none), each linked mention
//! says by which rule, persons are linked to persons only, and the work is
//! near-linear in mentions and tokens. What a mention is and what a number
//! says is left to the stages before.
//!
//! The rules, in order: what the text defines ([`definition`]), names of one
//! core ([`core`]), parts of names ([`short`]), initials ([`acronym`]); equal
//! names are one from the start ([`name`]). [`title`] reads the jobs,
//! [`salience`] weighs.

mod acronym;
mod core;
mod definition;
mod group;
mod hashing;
mod name;
mod salience;
mod short;
#[cfg(test)]
mod tests;
mod title;
mod words;
pub(crate) mod written;

use super::mention::FoundMention;
use super::value::Value;
use super::{Entity, EntityKind, LinkRule, Mention, Tie};
use crate::date::Date;
use crate::document::View;
use crate::span::{Span, slice};
use crate::structure::words::{Listed, Words};
use crate::summary::{Role, Score};
use group::Groups;
use hashing::{TextHash, TextMap};
use name::{Form, NO_FORM, Names};
use salience::Places;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;
use title::Job;
use written::Written;

/// What the linker reads.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Linking<'l> {
    /// The normalized text with its tokens and sentences.
    pub(crate) view: View<'l>,
    /// Its mentions, in order, and which of them are written alike.
    pub(crate) mentions: &'l [FoundMention],
    pub(crate) written: &'l Written,
    /// The roles of its sentences.
    pub(crate) roles: &'l [Role],
    /// Which syllables may be of a title, if that is known.
    pub(crate) titles: Option<&'l Listed>,
    /// The day of publication: relative dates resolve against it.
    pub(crate) published: Option<Date>,
}

/// The words of the lists of titles, by the bits of [`Linking::titles`].
pub(crate) fn title_words() -> [Words; 4] {
    title::listed_words()
}

/// Groups mentions into entities, most salient first. `raw` maps a range of
/// the normalized text to the author's bytes, `shown` gives their text.
pub(crate) fn link(linking: &Linking<'_>, raw: impl Fn(usize, usize) -> Span, shown: impl Fn(Span) -> String) -> Vec<Entity> {
    let roles = roles_of_mentions(linking);
    let text = linking.view.text;
    let names = Names::gather(text, linking.mentions, linking.written, |i| roles.get(i) == Some(&Role::Boilerplate));
    let mut groups = Groups::new(&names);
    definition::join(text, linking.mentions, &names, &mut groups);
    core::join(&names, &mut groups);
    short::join_products(&names, &mut groups);
    acronym::join(text, &names, &mut groups);
    short::join_persons(&names, &mut groups);
    let mut draft = Draft::new(linking, &names, &mut groups);
    draft.count(linking, &roles);
    draft.read_jobs(linking);
    draft.finish(linking, &names, &groups, raw, shown)
}

/// For each mention the role of its sentence.
fn roles_of_mentions(linking: &Linking<'_>) -> Vec<Role> {
    let mut sentence = 0;
    let end = |s: usize| {
        let last = linking.view.sentences.get(s).and_then(|range| linking.view.tokens.get(range.end.wrapping_sub(1)));
        last.map(|t| t.end as usize)
    };
    let role = |mention: &FoundMention| {
        while end(sentence).is_some_and(|end| end <= mention.start) {
            sentence += 1;
        }
        linking.roles.get(sentence).copied().unwrap_or(Role::Body)
    };
    linking.mentions.iter().map(role).collect()
}

/// An entity before it is written out.
#[derive(Debug)]
struct Sketch {
    /// Position of the form that is its name, for names.
    form: Option<usize>,
    has_value: bool,
    /// First mention.
    first: usize,
    kinds: [u32; 9],
    kind: EntityKind,
    places: Places,
    job: Job,
}

/// The entities of an article, by first mention.
#[derive(Debug)]
struct Draft {
    sketches: Vec<Sketch>,
    /// For each mention its entity.
    of_mention: Vec<usize>,
}

impl Draft {
    fn new(linking: &Linking<'_>, names: &Names, groups: &mut Groups) -> Self {
        let values = linking.mentions.iter().filter(|m| m.value.is_some()).count();
        let mut draft =
            Self { sketches: Vec::with_capacity(names.list.len() + values), of_mention: Vec::with_capacity(linking.mentions.len()) };
        let mut of_group: Vec<Option<usize>> = vec![None; names.list.len()];
        let mut of_value: TextMap<Cow<'_, Value>, usize> = TextMap::with_capacity_and_hasher(values, TextHash::default());
        let best = best_forms(linking.view.text, names, groups);
        for (i, mention) in linking.mentions.iter().enumerate() {
            let next = draft.sketches.len();
            let name = names.of_mention(i).map(|name| groups.root(name));
            let entity = match (name, &mention.value) {
                (Some(name), _) => of_group.get_mut(name).map_or(next, |slot| *slot.get_or_insert(next)),
                (None, Some(value)) => *of_value.entry(resolved(value, linking.published)).or_insert(next),
                (None, None) => next,
            };
            if entity == next {
                draft.sketches.push(Sketch {
                    form: name.and_then(|name| best.get(name).copied().flatten()),
                    has_value: mention.value.is_some(),
                    first: i,
                    kinds: [0; 9],
                    kind: mention.kind,
                    places: Places::default(),
                    job: Job::default(),
                });
            }
            draft.of_mention.push(entity);
        }
        draft
    }

    /// Counts kinds and places, and settles the kinds.
    fn count(&mut self, linking: &Linking<'_>, roles: &[Role]) {
        for ((mention, role), entity) in linking.mentions.iter().zip(roles).zip(&self.of_mention) {
            let Some(sketch) = self.sketches.get_mut(*entity) else { continue };
            sketch.places.count(*role);
            if let Some(count) = sketch.kinds.get_mut(mention.kind as usize) {
                *count += 1;
            }
        }
        // Of kinds that are equally frequent, the one that comes first.
        for (mention, entity) in linking.mentions.iter().zip(&self.of_mention).rev() {
            let Some(sketch) = self.sketches.get_mut(*entity) else { continue };
            let count = |kind: EntityKind| sketch.kinds.get(kind as usize).copied().unwrap_or(0);
            if count(mention.kind) >= count(sketch.kind) {
                sketch.kind = mention.kind;
            }
        }
    }

    fn read_jobs(&mut self, linking: &Linking<'_>) {
        let kind = |i: usize| self.of_mention.get(i).and_then(|e| self.sketches.get(*e)).map(|s| s.kind);
        let role = |i: usize| match linking.mentions.get(i).map(|m| m.kind) {
            Some(EntityKind::Person) => title::Role::Person,
            Some(EntityKind::Organization) => title::Role::Organization,
            Some(EntityKind::Product) if kind(i) == Some(EntityKind::Organization) => title::Role::Organization,
            Some(EntityKind::Location) => title::Role::Place,
            _ => title::Role::Other,
        };
        let mut jobs: Vec<(usize, Job)> = Vec::new();
        title::find(linking, role, |mention, job| jobs.push((mention, job)));
        for (mention, job) in jobs {
            let sketch = self.of_mention.get(mention).and_then(|e| self.sketches.get_mut(*e));
            if let Some(sketch) = sketch {
                sketch.learn(job, linking.view.text);
            }
        }
    }

    fn finish(
        &self,
        linking: &Linking<'_>,
        names: &Names,
        groups: &Groups,
        raw: impl Fn(usize, usize) -> Span,
        shown: impl Fn(Span) -> String,
    ) -> Vec<Entity> {
        let shown_range = |range: &Range<usize>| shown(raw(range.start, range.end));
        let order = self.by_salience(linking);
        let mut place_of = vec![0; order.len()];
        let mut entities: Vec<Entity> = Vec::with_capacity(order.len());
        for (place, (Reverse(salience), id)) in order.into_iter().enumerate() {
            let (Some(sketch), Some(slot)) = (self.sketches.get(id), place_of.get_mut(id)) else { continue };
            *slot = place;
            entities.push(Entity {
                id,
                kind: sketch.kind,
                name: shown_range(&self.name_of(sketch, linking, names)),
                mentions: Vec::with_capacity(sketch.kinds.iter().sum::<u32>() as usize),
                title: sketch.job.title.as_ref().map(shown_range),
                affiliation: self.tie(sketch, linking, names, shown_range, &raw),
                value: self.value_of(sketch, linking),
                salience,
            });
        }
        for (i, (mention, entity)) in linking.mentions.iter().zip(&self.of_mention).enumerate() {
            let link = self.sketches.get(*entity).and_then(|sketch| self.rule(i, sketch, linking, names, groups));
            if let Some(entity) = place_of.get(*entity).and_then(|place| entities.get_mut(*place)) {
                entity.mentions.push(Mention { span: raw(mention.start, mention.end), kind: mention.kind, link });
            }
        }
        entities
    }

    /// All entities, most salient first.
    fn by_salience(&self, linking: &Linking<'_>) -> Vec<(Reverse<Score>, usize)> {
        let length = linking.view.text.len();
        let salience = |sketch: &Sketch| {
            let first = linking.mentions.get(sketch.first).map_or(0, |m| m.start);
            salience::salience(sketch.kind, sketch.has_value, sketch.places, first, length)
        };
        let mut order: Vec<(Reverse<Score>, usize)> = self.sketches.iter().map(|s| Reverse(salience(s))).zip(0..).collect();
        order.sort_unstable();
        order
    }

    /// What an entity says, if it is a number: all its mentions say the same.
    fn value_of(&self, sketch: &Sketch, linking: &Linking<'_>) -> Option<Value> {
        let value = linking.mentions.get(sketch.first)?.value.as_ref()?;
        Some(resolved(value, linking.published).into_owned())
    }

    /// Where the name of an entity is written.
    fn name_of(&self, sketch: &Sketch, linking: &Linking<'_>, names: &Names) -> Range<usize> {
        match sketch.form.and_then(|form| names.forms.get(form)) {
            Some(form) => form.start..form.end,
            None => linking.mentions.get(sketch.first).map_or(0..0, |m| m.start..m.end),
        }
    }

    fn tie(
        &self,
        sketch: &Sketch,
        linking: &Linking<'_>,
        names: &Names,
        shown: impl Fn(&Range<usize>) -> String,
        raw: impl Fn(usize, usize) -> Span,
    ) -> Option<Tie> {
        let (mention, said) = sketch.job.tie.as_ref()?;
        let entity = *self.of_mention.get(*mention)?;
        let name = shown(&self.name_of(self.sketches.get(entity)?, linking, names));
        Some(Tie { name, entity, span: raw(said.start, said.end) })
    }

    /// Why a mention was linked; `None` where it is the entity's name.
    fn rule(&self, mention: usize, sketch: &Sketch, linking: &Linking<'_>, names: &Names, groups: &Groups) -> Option<LinkRule> {
        let (Some(form), Some(named)) = (names.form_of.get(mention).filter(|f| **f != NO_FORM), sketch.form) else {
            let found = linking.mentions.get(mention)?;
            let name = self.name_of(sketch, linking, names);
            let text = linking.view.text;
            return (slice(text, found.start..found.end) != slice(text, name)).then_some(LinkRule::Variant);
        };
        let (form, named) = (names.forms.get(*form)?, names.forms.get(named)?);
        let written = |f: &Form| slice(linking.view.text, f.start..f.end);
        if written(form) == written(named) {
            return None;
        }
        let (short, long) = (names.list.get(form.name)?, names.list.get(named.name)?);
        if form.name == named.name || short.spelled == long.spelled {
            return Some(LinkRule::Variant);
        }
        // A name that others were joined to has no rule of its own.
        let rule = groups.rule(form.name).filter(|r| *r != LinkRule::Variant);
        let by_initials = || acronym::stands_for(linking.view.text, names, short, long);
        Some(rule.unwrap_or_else(|| if by_initials() { LinkRule::Acronym } else { LinkRule::ShortForm }))
    }
}

impl Sketch {
    /// What says both title and tie counts most, then what comes first; "CEO"
    /// gives way to "nhà sáng lập kiêm CEO".
    fn learn(&mut self, job: Job, text: &str) {
        let complete = |job: &Job| job.title.is_some() && job.tie.is_some();
        if complete(&self.job) {
            if complete(&job) && is_fuller(text, &job.title, &self.job.title) {
                self.job = job;
            }
            return;
        }
        if complete(&job) {
            self.job = job;
            return;
        }
        self.job.title = self.job.title.take().or(job.title);
        self.job.tie = self.job.tie.take().or(job.tie);
    }
}

/// Whether the first title is the second with another one before it.
fn is_fuller(text: &str, full: &Option<Range<usize>>, part: &Option<Range<usize>>) -> bool {
    let (Some(full), Some(part)) = (full, part) else { return false };
    let earlier = slice(text, full.clone()).strip_suffix(slice(text, part.clone()));
    earlier.is_some_and(|earlier| earlier.trim_end().ends_with(" kiêm"))
}

/// For each group's root the form that is its name: the most syllables, no
/// capitals all over if there is another way to write it, the most frequent,
/// the first.
fn best_forms(text: &str, names: &Names, groups: &mut Groups) -> Vec<Option<usize>> {
    let rank = |form: &Form| {
        let name = names.list.get(form.name);
        let capitals = !slice(text, form.start..form.end).chars().any(char::is_lowercase);
        (name.map(|n| n.syllables), name.map(|n| n.spelled.chars().count()), !capitals, form.count)
    };
    let mut best: Vec<Option<usize>> = vec![None; names.list.len()];
    for (i, form) in names.forms.iter().enumerate() {
        let Some(slot) = best.get_mut(groups.root(form.name)) else { continue };
        // Most names are written in one way only.
        let other = slot.and_then(|other| names.forms.get(other));
        if other.is_none_or(|other| rank(form) > rank(other)) {
            *slot = Some(i);
        }
    }
    best
}

/// The value, relative dates made absolute where the publication is known.
fn resolved(value: &Value, published: Option<Date>) -> Cow<'_, Value> {
    match (value, published) {
        (Value::Date(date), Some(published)) => Cow::Owned(Value::Date(date.resolve(published))),
        _ => Cow::Borrowed(value),
    }
}
