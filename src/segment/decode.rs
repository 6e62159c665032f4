//! The best sequence of decisions, by dynamic programming.
//!
//! A decision's score depends on the two before it, so the search keeps one
//! best path for each pair of last decisions. Ties go to "split" and to the
//! path with fewer joins before it: the same scores give the same words on
//! every machine.

use std::ops::Add;

/// Contexts there are: the decisions before a border, bit 0 the last, bit 1 the
/// one before it; a set bit is a join.
pub const CONTEXTS: usize = 4;

/// Sums of scores. Those of the library are integers wide enough for any text.
pub trait Sum: Copy + Default + PartialOrd + Add<Output = Self> {
    /// No path goes there: below all sums, with room for a few scores more.
    const NEVER: Self;
}

impl Sum for i64 {
    const NEVER: Self = i64::MIN / 4;
}

impl Sum for f32 {
    const NEVER: Self = -1e30;
}

/// Finds the decisions with the greatest sum of the joined borders' scores, by
/// context, and writes them to `joined`; `None` stands for a border that must
/// split.
///
/// Both paths to a context are always compared, without a branch: which is
/// better cannot be foretold, and a wrong guess costs more than the sums.
pub fn best_path<S: Sum>(borders: impl Iterator<Item = Option<[S; CONTEXTS]>>, back: &mut Vec<u8>, joined: &mut Vec<bool>) {
    back.clear();
    // best[c]: the score of the best path that ends in context c.
    let mut best = [S::default(), S::NEVER, S::NEVER, S::NEVER];
    back.extend(borders.map(|border| {
        crate::work::count(1);
        // Of the contexts with one last decision, the one that splits before
        // it or the one that joins.
        let [split, join_last] = [better(best[0], best[2]), better(best[1], best[3])];
        let mut from = u8::from(split.1) | u8::from(join_last.1) << 2;
        let mut next = [split.0, S::NEVER, join_last.0, S::NEVER];
        if let Some(gain) = border {
            let joined_after = [better(best[0] + gain[0], best[2] + gain[2]), better(best[1] + gain[1], best[3] + gain[3])];
            from |= u8::from(joined_after[0].1) << 1 | u8::from(joined_after[1].1) << 3;
            (next[1], next[3]) = (joined_after[0].0, joined_after[1].0);
        }
        best = next;
        from
    }));
    joined.clear();
    joined.resize(back.len(), false);
    trace(best, back, joined);
}

/// The better of two sums, the first where they are equal, and whether it is
/// the second.
#[inline]
fn better<S: Sum>(first: S, second: S) -> (S, bool) {
    let is_second = second > first;
    (if is_second { second } else { first }, is_second)
}

/// `back` holds for each border and context the bit that fell out of it.
fn trace<S: Sum>(best: [S; CONTEXTS], back: &[u8], joined: &mut [bool]) {
    let mut context = 0;
    let mut top = S::NEVER;
    for (c, score) in best.into_iter().enumerate() {
        if score > top {
            (top, context) = (score, c);
        }
    }
    for (slot, from) in joined.iter_mut().zip(back).rev() {
        *slot = context & 1 == 1;
        context = context >> 1 | (usize::from(*from >> context) & 1) << 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All paths, tried one by one.
    fn brute_force(borders: usize, join: impl Fn(usize, usize) -> Option<i32>) -> i32 {
        (0..1_usize << borders)
            .filter_map(|path| {
                (0..borders).try_fold(0, |sum, b| {
                    let bit = |i: usize| path >> i & 1;
                    let context = if b > 0 { bit(b - 1) } else { 0 } | if b > 1 { bit(b - 2) << 1 } else { 0 };
                    if bit(b) == 1 { join(b, context).map(|g| sum + g) } else { Some(sum) }
                })
            })
            .max()
            .unwrap_or(0)
    }

    #[test]
    fn finds_what_trying_all_paths_finds() {
        let mut seed = 7_u32;
        for round in 0..300 {
            let scores: Vec<[i32; 4]> = (0..8)
                .map(|_| {
                    std::array::from_fn(|_| {
                        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        (seed >> 24) as i32 - 128
                    })
                })
                .collect();
            let join = |b: usize, c: usize| ((b + round) % 5 != 0).then(|| scores[b][c]);
            let (mut back, mut joined) = (Vec::new(), Vec::new());
            let borders = (0..8).map(|b| join(b, 0).map(|_| std::array::from_fn(|c| i64::from(scores[b][c]))));
            best_path(borders, &mut back, &mut joined);
            let got = joined.iter().enumerate().filter(|(_, j)| **j).map(|(b, _)| {
                let context = usize::from(b > 0 && joined[b - 1]) | usize::from(b > 1 && joined[b - 2]) << 1;
                join(b, context).unwrap_or(-10_000)
            });
            assert_eq!(got.sum::<i32>(), brute_force(8, join));
        }
    }
}
