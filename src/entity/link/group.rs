//! Which names are one thing, and by which rule.

use super::name::{Class, Gender, Names};
use crate::entity::LinkRule;

/// Sets of names that grow together.
#[derive(Debug)]
pub(super) struct Groups {
    parent: Vec<usize>,
    rule: Vec<Option<LinkRule>>,
    /// For each root what is said of the gender: bit 0 male, bit 1 female.
    gender: Vec<u8>,
}

impl Groups {
    /// Each name alone.
    pub(super) fn new(names: &Names) -> Self {
        let gender = |class| match class {
            Class::Person(Gender::Male) => 1,
            Class::Person(Gender::Female) => 2,
            _ => 0,
        };
        Self {
            parent: (0..names.list.len()).collect(),
            rule: vec![None; names.list.len()],
            gender: names.list.iter().map(|n| gender(n.class)).collect(),
        }
    }

    /// The name that stands for the group of `name`.
    pub(super) fn root(&mut self, mut name: usize) -> usize {
        while let Some(parent) = self.parent.get(name).copied().filter(|p| *p != name) {
            crate::work::count(1);
            let above = self.parent.get(parent).copied().unwrap_or(parent);
            if let Some(slot) = self.parent.get_mut(name) {
                *slot = above;
            }
            name = above;
        }
        name
    }

    /// Joins `short` to `long`; the rule that joined a name first stays.
    pub(super) fn join(&mut self, short: usize, long: usize, rule: LinkRule) {
        let (from, to) = (self.root(short), self.root(long));
        if from == to {
            return;
        }
        let both = self.gender.get(from).copied().unwrap_or(0) | self.gender.get(to).copied().unwrap_or(0);
        if let Some(slot) = self.gender.get_mut(to) {
            *slot = both;
        }
        if let Some(slot) = self.parent.get_mut(from) {
            *slot = to;
        }
        if let Some(slot) = self.rule.get_mut(short) {
            slot.get_or_insert(rule);
        }
    }

    /// The rule that joined `name` to its group.
    pub(super) fn rule(&self, name: usize) -> Option<LinkRule> {
        self.rule.get(name).copied().flatten()
    }

    /// Whether the pronouns allow both to be one person.
    pub(super) fn may_be_one(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        self.gender.get(a).copied().unwrap_or(0) | self.gender.get(b).copied().unwrap_or(0) != 3
    }
}

/// "This short name may mean that long one", found by one rule.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    pairs: Vec<(usize, usize)>,
}

impl Candidates {
    pub(super) fn add(&mut self, short: usize, long: usize) {
        if short != long {
            self.pairs.push((short, long));
        }
    }

    /// Joins each short name to its long one if all that it may mean is one
    /// thing; longer short names first, so that "Thanh Sơn" has joined
    /// "Nguyễn Thanh Sơn" when "Sơn" looks for the one it means.
    pub(super) fn join_unique(self, names: &Names, groups: &mut Groups, rule: LinkRule) {
        crate::work::count(self.pairs.len());
        for run in self.sorted(names).chunk_by(|a, b| a.0 == b.0) {
            let Some(long) = only_group(run.iter().map(|(_, long)| *long), groups) else { continue };
            if let Some((short, _)) = run.first() {
                groups.join(*short, long, rule);
            }
        }
    }

    fn sorted(mut self, names: &Names) -> Vec<(usize, usize)> {
        let syllables = |name: usize| names.list.get(name).map_or(0, |n| n.syllables);
        self.pairs.sort_unstable_by_key(|(short, long)| (std::cmp::Reverse(syllables(*short)), *short, *long));
        self.pairs
    }
}

/// The first of `names` if all are in one group.
pub(super) fn only_group(mut names: impl Iterator<Item = usize>, groups: &mut Groups) -> Option<usize> {
    let first = names.next()?;
    let root = groups.root(first);
    names.all(|name| groups.root(name) == root).then_some(first)
}
