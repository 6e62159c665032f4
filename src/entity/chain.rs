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

/// No path goes there.
const NEVER: i16 = i16::MIN;

/// Lanes for the tags that any other may stand before, and for the inner tags:
/// a whole vector of a machine.
pub const HALF: usize = 8;
const _: () = assert!(KINDS < HALF);

/// One value for each tag: the first tags by kind and outside, then the inner
/// tags by kind. The other lanes have no tag: no path goes through them,
/// whatever their scores.
pub type Sums = [[i16; HALF]; 2];

/// Steps as the search reads them. Inner tags, which two may stand before, are
/// kept apart from those that any may stand before.
#[derive(Debug, Clone)]
pub struct Paths {
    /// To the first tags and to "outside", from each of these, and from the
    /// inner tags.
    to_outer: ([[i16; HALF]; KINDS + 1], [[i16; HALF]; KINDS]),
    /// To the inner tags from the first ones, and from themselves.
    to_inner: [[i16; HALF]; 2],
    /// The same, for each tag from all, for the way back.
    from: [Sums; TAGS],
    /// The tag of each lane; what no tag has is above all.
    tags: Sums,
}

impl Paths {
    /// The same steps.
    pub fn new(steps: &Steps<i16>) -> Self {
        let step = |tag: Option<Tag>, next: Option<Tag>| {
            let (tag, next) = tag.zip(next)?;
            let step = steps.get(tag as usize)?.get(next as usize)?;
            may_follow(tag, next).then_some(*step)
        };
        let halves = |step: &dyn Fn(Option<Tag>) -> Option<i16>| -> Sums {
            std::array::from_fn(|half| std::array::from_fn(|lane| step(tag_of(half, lane)).unwrap_or(NEVER)))
        };
        let to_outer = |tag| {
            let [outer, _] = halves(&|next| step(Some(tag), next));
            outer
        };
        let to_inner = |half| std::array::from_fn(|lane| step(tag_of(half, lane), tag_of(1, lane)).unwrap_or(NEVER));
        Self {
            to_outer: (
                std::array::from_fn(|lane| tag_of(0, lane).map_or([NEVER; HALF], to_outer)),
                std::array::from_fn(|kind| to_outer(inner_tag(kind))),
            ),
            to_inner: [to_inner(0), to_inner(1)],
            from: std::array::from_fn(|next| halves(&|tag| step(tag, Some(next as Tag)))),
            tags: std::array::from_fn(|half| std::array::from_fn(|lane| tag_of(half, lane).map_or(i16::MAX, i16::from))),
        }
    }

    /// For each tag the step to it from before the first token.
    #[inline]
    fn begin(&self) -> Sums {
        let ([.., from_outside], _) = &self.to_outer;
        [*from_outside, [NEVER; HALF]]
    }

    /// For each tag the best sum of a tag before and the step from there.
    #[inline]
    fn ahead(&self, [outer, inner]: &Sums) -> Sums {
        let (rows, inner_rows) = &self.to_outer;
        let best = |best, (before, row): (&i16, &[i16; HALF])| greater(best, sum([*before; HALF], row));
        let to_outer = outer.iter().zip(rows).fold([NEVER; HALF], best);
        let to_outer = inner.iter().zip(inner_rows).fold(to_outer, best);
        let [from_first, from_inner] = &self.to_inner;
        [to_outer, greater(sum(*outer, from_first), sum(*inner, from_inner))]
    }

    /// The tag before `next` on the best path there, the lowest of several.
    /// Which it is cannot be foretold: all lanes are looked at, without a branch.
    #[inline]
    fn before(&self, [outer, inner]: &Sums, next: Tag) -> Tag {
        let Some([from_outer, from_inner]) = self.from.get(next as usize) else { return OUTSIDE };
        let (outer, inner) = (sum(*outer, from_outer), sum(*inner, from_inner));
        let top = greatest(greater(outer, inner));
        let [outer_tags, inner_tags] = &self.tags;
        lowest(equal(outer, top, outer_tags), equal(inner, top, inner_tags)) as Tag
    }
}

/// The tag that has this lane.
pub fn tag_of(half: usize, lane: usize) -> Option<Tag> {
    match (half, lane) {
        (0, KINDS) => Some(OUTSIDE),
        (0, 0..KINDS) => Some(first_tag(lane)),
        (1, 0..KINDS) => Some(inner_tag(lane)),
        _ => None,
    }
}

#[inline]
fn sum(mut sums: [i16; HALF], others: &[i16; HALF]) -> [i16; HALF] {
    sums.iter_mut().zip(others).for_each(|(sum, other)| *sum = sum.saturating_add(*other));
    sums
}

#[inline]
fn greater(mut sums: [i16; HALF], others: [i16; HALF]) -> [i16; HALF] {
    sums.iter_mut().zip(others).for_each(|(sum, other)| *sum = other.max(*sum));
    sums
}

#[inline]
fn greatest(sums: [i16; HALF]) -> i16 {
    sums.into_iter().fold(NEVER, i16::max)
}

/// The tags of the lanes that are `top`.
#[inline]
fn equal(sums: [i16; HALF], top: i16, tags: &[i16; HALF]) -> [i16; HALF] {
    let mut equal = *tags;
    equal.iter_mut().zip(sums).for_each(|(tag, sum)| *tag = if sum == top { *tag } else { i16::MAX });
    equal
}

#[inline]
fn lowest(mut tags: [i16; HALF], others: [i16; HALF]) -> i16 {
    tags.iter_mut().zip(others).for_each(|(tag, other)| *tag = other.min(*tag));
    tags.into_iter().fold(i16::MAX, i16::min)
}

/// Finds the tags with the greatest sum of scores and steps. Before the first
/// token and after the last all is outside. Sums are kept relative to the best,
/// so that sixteen bits do: they saturate only where a path is hopeless.
///
/// The way there keeps sums only, `bests`, and the way back asks of the few
/// tags on the path where they came from.
pub fn best_tags(scores: &[Sums], paths: &Paths, bests: &mut Vec<Sums>, tags: &mut Vec<Tag>) {
    bests.clear();
    tags.clear();
    let Some((first, rest)) = scores.split_first() else { return };
    let mut best = scored(paths.begin(), first);
    bests.push(best);
    for scores in rest {
        best = scored(paths.ahead(&best), scores);
        bests.push(best);
    }
    let mut tag = OUTSIDE;
    for best in bests.iter().rev() {
        tag = paths.before(best, tag);
        tags.push(tag);
    }
    tags.reverse();
}

/// The sums with the scores of a token, relative to the best.
#[inline]
fn scored([outer, inner]: Sums, [outer_score, inner_score]: &Sums) -> Sums {
    let (outer, inner) = (sum(outer, outer_score), sum(inner, inner_score));
    let top = greatest(greater(outer, inner));
    [outer, inner].map(|half| half.map(|sum| sum.saturating_sub(top)))
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
            let (mut bests, mut tags) = (Vec::new(), Vec::new());
            // What stands in lanes without a tag does not matter.
            let lanes = |row: &[i16; TAGS]| {
                std::array::from_fn(|half| std::array::from_fn(|lane| tag_of(half, lane).map_or(99, |tag| row[usize::from(tag)])))
            };
            let wide: Vec<Sums> = scores.iter().map(lanes).collect();
            best_tags(&wide, &Paths::new(&steps), &mut bests, &mut tags);
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
        let (mut bests, mut tags) = (Vec::new(), Vec::new());
        best_tags(&[], &Paths::new(&[[0; TAGS]; TAGS]), &mut bests, &mut tags);
        assert!(tags.is_empty());
    }
}
