//! The best sequence of decisions, by dynamic programming.
//!
//! A decision's score depends on the two before it, so the search keeps one
//! best path for each pair of last decisions. Ties go to "split" and to the
//! path with fewer joins before it: the same scores give the same words on
//! every machine.

use std::ops::Add;

/// Decisions before a border: bit 0 the last, bit 1 the one before it; a set
/// bit is a join.
pub type Context = usize;

/// Contexts there are.
pub const CONTEXTS: usize = 4;

/// Finds for `borders` borders in a row the decisions with the greatest sum of
/// `join(border, context)` over the joined ones, and writes them to `joined`.
/// `join` gives `None` where a border must split.
pub fn best_path<S>(borders: usize, back: &mut Vec<u8>, joined: &mut Vec<bool>, mut join: impl FnMut(usize, Context) -> Option<S>)
where
    S: Copy + Default + PartialOrd + Add<Output = S>,
{
    back.clear();
    joined.clear();
    joined.resize(borders, false);
    // best[c]: the score of the best path that ends in context c.
    let mut best: [Option<S>; CONTEXTS] = [Some(S::default()), None, None, None];
    for border in 0..borders {
        crate::work::count(1);
        let mut next: [Option<S>; CONTEXTS] = [None; CONTEXTS];
        let mut from = 0_u8;
        for (context, score) in best.iter().enumerate() {
            let Some(score) = *score else { continue };
            let older = (context >> 1) as u8;
            let split = (context << 1) & 3;
            offer(&mut next, &mut from, split, score, older);
            if let Some(gain) = join(border, context) {
                offer(&mut next, &mut from, split | 1, score + gain, older);
            }
        }
        back.push(from);
        best = next;
    }
    trace(best, back, joined);
}

/// Takes a path into context `to` if it beats what is there. `from` holds for
/// each context the bit that fell out of it.
fn offer<S: Copy + PartialOrd>(next: &mut [Option<S>; CONTEXTS], from: &mut u8, to: Context, score: S, older: u8) {
    let Some(slot) = next.get_mut(to) else { return };
    if slot.is_none_or(|there| score > there) {
        *slot = Some(score);
        *from = *from & !(1 << to) | older << to;
    }
}

fn trace<S: Copy + PartialOrd>(best: [Option<S>; CONTEXTS], back: &[u8], joined: &mut [bool]) {
    let mut context = 0;
    let mut top: Option<S> = None;
    for (c, score) in best.into_iter().enumerate() {
        if let Some(score) = score {
            if top.is_none_or(|t| score > t) {
                (top, context) = (Some(score), c);
            }
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
    fn brute_force(borders: usize, join: impl Fn(usize, Context) -> Option<i32>) -> i32 {
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
            let join = |b: usize, c: Context| ((b + round) % 5 != 0).then(|| scores[b][c]);
            let (mut back, mut joined) = (Vec::new(), Vec::new());
            best_path(8, &mut back, &mut joined, join);
            let got = joined.iter().enumerate().filter(|(_, j)| **j).map(|(b, _)| {
                let context = usize::from(b > 0 && joined[b - 1]) | usize::from(b > 1 && joined[b - 2]) << 1;
                join(b, context).unwrap_or(-10_000)
            });
            assert_eq!(got.sum::<i32>(), brute_force(8, join));
        }
    }
}
