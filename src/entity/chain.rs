//! Tags of a run of tokens, and the best sequence of them.
//!
//! Tag 0 is "outside"; then comes for each kind a tag for the first token of a
//! name, then for each kind one for the others. An inner tag follows only a tag
//! of its own kind. Ties go to the lower tag, so that the same scores give the same names
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
    1 + kind as Tag
}

/// The tag of the other tokens of a name.
pub const fn inner_tag(kind: usize) -> Tag {
    first_tag(kind) + KINDS as Tag
}

/// The index of a tag's kind.
pub const fn kind_of(tag: Tag) -> Option<usize> {
    if tag == OUTSIDE || tag as usize >= TAGS { None } else { Some((tag as usize - 1) % KINDS) }
}

/// Whether the tag is that of a token inside a name, after its first.
pub const fn is_inner(tag: Tag) -> bool {
    tag >= inner_tag(0)
}

/// Whether `next` may stand after `tag`.
pub const fn may_follow(tag: Tag, next: Tag) -> bool {
    !is_inner(next) || tag == next || tag + KINDS as Tag == next
}

/// For each tag before and each tag after the weight of that step.
pub type Steps<S> = [[S; TAGS]; TAGS];

/// Tags and their padding: whole vectors of a machine.
pub const LANES: usize = 16;

/// One value for each tag.
pub type Lanes = [i16; LANES];

/// No path goes there.
const NEVER: i16 = i16::MIN;

/// Lanes for the tags that any other may stand before, and for the inner tags.
const HALF: usize = LANES / 2;
const _: () = assert!(KINDS < HALF && inner_tag(0) as usize + HALF <= LANES);

/// Steps as the search reads them. Inner tags, which two may stand before, are
/// kept apart from those that any may stand before.
#[derive(Debug, Clone)]
pub struct Paths {
    /// From each tag to "outside" and to the first tags.
    to_outer: [[i16; HALF]; TAGS],
    /// To the inner tags from the first ones, and from themselves.
    to_inner: [[i16; HALF]; 2],
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
        let inner = |from: fn(usize) -> Tag| std::array::from_fn(|kind| step(from(kind) as usize, inner_tag(kind) as usize));
        Self {
            to_outer: std::array::from_fn(|tag| std::array::from_fn(|next| step(tag, next))),
            to_inner: [inner(first_tag), inner(inner_tag)],
        }
    }

    /// For each tag the best sum of a tag before and the step from there, and
    /// the lowest tag that has it.
    #[inline]
    fn ahead(&self, best: &Lanes) -> (Lanes, Back) {
        let (mut ahead, mut back) = ([NEVER; LANES], [0; LANES]);
        let (mut outer, mut outer_back) = ([NEVER; HALF], [0; HALF]);
        for (tag, (before, row)) in best.iter().zip(&self.to_outer).enumerate() {
            for ((slot, back), step) in outer.iter_mut().zip(&mut outer_back).zip(row) {
                let sum = before.saturating_add(*step);
                *back = if sum > *slot { tag as i16 } else { *back };
                *slot = sum.max(*slot);
            }
        }
        let (first, inner) = (half(best, first_tag(0)), half(best, inner_tag(0)));
        let [from_first, from_inner] = &self.to_inner;
        let (begun, gone_on) = (sum(first, from_first), sum(inner, from_inner));
        let (mut longer, mut longer_back) = (begun, [0; HALF]);
        let kinds = longer.iter_mut().zip(&mut longer_back).zip(begun.iter().zip(gone_on)).zip(0..);
        for (((slot, back), (begun, gone_on)), kind) in kinds {
            *back = i16::from(if gone_on > *begun { inner_tag(0) } else { first_tag(0) }) + kind;
            *slot = gone_on.max(*begun);
        }
        put(&mut ahead, OUTSIDE, &outer);
        put(&mut back, OUTSIDE, &outer_back);
        put(&mut ahead, inner_tag(0), &longer);
        put(&mut back, inner_tag(0), &longer_back);
        (ahead, back)
    }
}

#[inline]
fn sum(mut sums: [i16; HALF], steps: &[i16; HALF]) -> [i16; HALF] {
    sums.iter_mut().zip(steps).for_each(|(sum, step)| *sum = sum.saturating_add(*step));
    sums
}

/// The lanes from that of `tag` on.
#[inline]
fn half(lanes: &Lanes, tag: Tag) -> [i16; HALF] {
    lanes.get(tag as usize..).and_then(|rest| rest.first_chunk()).copied().unwrap_or([NEVER; HALF])
}

/// Sets the lanes from that of `tag` on.
#[inline]
fn put(lanes: &mut Lanes, tag: Tag, half: &[i16; HALF]) {
    if let Some(lanes) = lanes.get_mut(tag as usize..).and_then(|rest| rest.first_chunk_mut()) {
        *lanes = *half;
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
