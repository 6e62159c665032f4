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

/// Finds the tags with the greatest sum of scores and steps. Before the first
/// token and after the last all is outside.
pub fn best_tags<const W: usize>(scores: &[[i16; W]], steps: &Steps<i16>, back: &mut Vec<[Tag; TAGS]>, tags: &mut Vec<Tag>) {
    back.clear();
    tags.clear();
    let mut best = [i32::MIN / 2; TAGS];
    best[0] = 0;
    for score in scores {
        let mut next = [i32::MIN / 2; TAGS];
        let mut from = [OUTSIDE; TAGS];
        for (to, ((slot, from), score)) in next.iter_mut().zip(&mut from).zip(score).enumerate() {
            let (value, tag) = best_before(&best, steps, to);
            *slot = value + i32::from(*score);
            *from = tag;
        }
        back.push(from);
        best = next;
    }
    let (_, mut tag) = best_before(&best, steps, 0);
    for from in back.iter().rev() {
        tags.push(tag);
        tag = from.get(tag as usize).copied().unwrap_or(OUTSIDE);
    }
    tags.reverse();
}

/// The best score and tag before tag `to`.
#[inline]
fn best_before(best: &[i32; TAGS], steps: &Steps<i16>, to: usize) -> (i32, Tag) {
    let mut top = (i32::MIN, OUTSIDE);
    let mut offer = |tag: usize| {
        let step = steps.get(tag).and_then(|row| row.get(to)).copied().unwrap_or(0);
        let value = best.get(tag).copied().unwrap_or(i32::MIN / 2) + i32::from(step);
        if value > top.0 {
            top = (value, tag as Tag);
        }
    };
    if is_inner(to as Tag) {
        offer(to - 1);
        offer(to);
    } else {
        (0..TAGS).for_each(offer);
    }
    top
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
            best_tags(&scores, &steps, &mut back, &mut tags);
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
        best_tags::<TAGS>(&[], &[[0; TAGS]; TAGS], &mut back, &mut tags);
        assert!(tags.is_empty());
    }
}
