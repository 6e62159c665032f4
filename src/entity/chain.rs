//! Tags of a run of tokens, and the best sequence of them.
//!
//! Tag 0 is "outside"; of each kind there is a tag for the first token of a
//! name and one for the others. An inner tag follows only a tag of its own
//! kind. Ties go to the lower tag, so that the same scores give the same names
//! everywhere.

use super::EntityKind;

/// Kinds of names.
pub const KINDS: usize = 5;

/// Tags there are: outside, and first and inner for each kind.
pub const TAGS: usize = 1 + 2 * KINDS;

/// Number of a tag.
pub type Tag = u8;

/// Outside all names.
pub const OUTSIDE: Tag = 0;

/// The kinds in the order of their tags.
pub const NAME_KINDS: [EntityKind; KINDS] =
    [EntityKind::Person, EntityKind::Organization, EntityKind::Location, EntityKind::Product, EntityKind::Event];

/// The tag of the first token of a name.
pub const fn first_tag(kind: usize) -> Tag {
    1 + 2 * kind as Tag
}

/// The index of a tag's kind.
pub const fn kind_of(tag: Tag) -> Option<usize> {
    if tag == OUTSIDE || tag as usize >= TAGS { None } else { Some((tag as usize - 1) / 2) }
}

/// Whether the tag is that of a token inside a name, after its first.
pub const fn is_inner(tag: Tag) -> bool {
    tag != OUTSIDE && tag % 2 == 0
}

/// Whether `next` may stand after `tag`.
pub const fn may_follow(tag: Tag, next: Tag) -> bool {
    !is_inner(next) || tag == next || tag + 1 == next
}

/// For each tag before and each tag after the weight of that step.
pub type Steps<S> = [[S; TAGS]; TAGS];

/// Tags and their padding: whole vectors of a machine.
pub const LANES: usize = 16;

/// One value for each tag.
pub type Lanes = [i16; LANES];

/// No path goes there.
const NEVER: i16 = i16::MIN;

/// Steps as the search reads them: what may not follow is never reached.
#[derive(Debug, Clone)]
pub struct Paths {
    /// For each tag the steps from it.
    from: [Lanes; TAGS],
    /// For each tag the lowest that may stand before it: where all paths are
    /// hopeless, that one is taken.
    first_before: Back,
}

/// For each tag the one before it on the best path there.
pub type Back = [i16; LANES];

impl Paths {
    /// The same steps.
    pub fn new(steps: &Steps<i16>) -> Self {
        let step = |tag: usize, next: usize| match steps.get(tag).and_then(|row| row.get(next)) {
            Some(step) if may_follow(tag as Tag, next as Tag) => *step,
            _ => NEVER,
        };
        let first_before = |next: usize| (0..TAGS).find(|tag| may_follow(*tag as Tag, next as Tag)).unwrap_or(0) as i16;
        Self {
            from: std::array::from_fn(|tag| std::array::from_fn(|next| step(tag, next))),
            first_before: std::array::from_fn(first_before),
        }
    }

    /// For each tag the best sum of a tag before and the step from there, and
    /// the lowest tag that has it.
    #[inline]
    fn ahead(&self, best: &Lanes) -> (Lanes, Back) {
        let mut ahead = [NEVER; LANES];
        let mut back = self.first_before;
        for (tag, (before, row)) in best.iter().zip(&self.from).enumerate() {
            for ((slot, back), step) in ahead.iter_mut().zip(&mut back).zip(row) {
                let sum = before.saturating_add(*step);
                *back = if sum > *slot { tag as i16 } else { *back };
                *slot = sum.max(*slot);
            }
        }
        (ahead, back)
    }
}

/// Finds the tags with the greatest sum of scores and steps. Before the first
/// token and after the last all is outside. Sums are kept relative to the best,
/// so that sixteen bits do: they saturate only where a path is hopeless.
pub fn best_tags<const W: usize>(scores: &[[i16; W]], paths: &Paths, backs: &mut Vec<Back>, tags: &mut Vec<Tag>) {
    backs.clear();
    tags.clear();
    let mut best = [NEVER; LANES];
    best[0] = 0;
    for score in scores {
        let (mut next, back) = paths.ahead(&best);
        backs.push(back);
        next.iter_mut().zip(score).for_each(|(sum, score)| *sum = sum.saturating_add(*score));
        let top = next.iter().take(TAGS).copied().fold(NEVER, i16::max);
        best = next.map(|sum| sum.saturating_sub(top));
    }
    let before = |back: &Back, tag: Tag| back.get(tag as usize).map_or(OUTSIDE, |tag| *tag as Tag);
    let mut tag = before(&paths.ahead(&best).1, OUTSIDE);
    for back in backs.iter().rev() {
        tags.push(tag);
        tag = before(back, tag);
    }
    tags.reverse();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(scores: &[[i16; TAGS]], steps: &Steps<i16>, tags: &[Tag]) -> Option<i32> {
        let mut before = OUTSIDE;
        let mut sum = 0;
        for (score, tag) in scores.iter().zip(tags).chain([(&[0; TAGS], &OUTSIDE)]) {
            if !may_follow(before, *tag) {
                return None;
            }
            sum += i32::from(score[*tag as usize]) + i32::from(steps[before as usize][*tag as usize]);
            before = *tag;
        }
        Some(sum)
    }

    #[test]
    fn finds_what_trying_all_sequences_finds() {
        let mut seed = 11_u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as i16 - 128
        };
        for _ in 0..20 {
            let steps: Steps<i16> = std::array::from_fn(|_| std::array::from_fn(|_| next()));
            let scores: Vec<[i16; TAGS]> = (0..4).map(|_| std::array::from_fn(|_| next())).collect();
            let (mut back, mut tags) = (Vec::new(), Vec::new());
            best_tags(&scores, &Paths::new(&steps), &mut back, &mut tags);
            let all = (0..TAGS.pow(4)).filter_map(|mut code| {
                let tags: [Tag; 4] = std::array::from_fn(|_| {
                    let tag = (code % TAGS) as Tag;
                    code /= TAGS;
                    tag
                });
                total(&scores, &steps, &tags)
            });
            assert_eq!(total(&scores, &steps, &tags), all.max());
        }
    }

    #[test]
    fn nothing_gives_nothing() {
        let (mut back, mut tags) = (Vec::new(), Vec::new());
        best_tags::<TAGS>(&[], &Paths::new(&[[0; TAGS]; TAGS]), &mut back, &mut tags);
        assert!(tags.is_empty());
    }
}
