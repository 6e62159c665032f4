//! Weights by which a reader's choice is the likeliest: each chosen sentence
//! drawn from those of its article with probability proportional to the
//! exponential of its score (a conditional logit), found by Newton's method.

use super::{Equations, Rows};

/// Steps of Newton's method; it settles in fewer.
const STEPS: usize = 25;

/// The weights for articles of which the chosen sentences are worth 1, the
/// others 0. `penalty` pulls the weights of the signals, scaled to variance 1,
/// towards 0.
pub(super) fn fit(articles: &[Rows], penalty: f64) -> Vec<f64> {
    let spread = spreads(articles);
    let mut weights = vec![0.0; spread.len()];
    for _ in 0..STEPS {
        let mut equations = Equations::new(weights.len());
        for (right, weight) in equations.right.iter_mut().zip(&weights) {
            *right -= penalty * weight;
        }
        articles.iter().for_each(|rows| add(&mut equations, rows, &spread, &weights));
        let step = equations.solve(penalty);
        weights.iter_mut().zip(&step).for_each(|(weight, s)| *weight += s);
        if step.iter().all(|s| s.abs() < 1e-9) {
            break;
        }
    }
    weights.iter().zip(&spread).map(|(weight, s)| weight / s).collect()
}

/// Standard deviation of each signal over all sentences; 1 for one that never
/// changes.
fn spreads(articles: &[Rows]) -> Vec<f64> {
    let rows: Vec<&Vec<f64>> = articles.iter().flatten().map(|(x, _)| x).collect();
    let count = rows.len().max(1) as f64;
    let signals = rows.first().map_or(0, |x| x.len());
    let of = |i: usize| {
        let mean = rows.iter().map(|x| x[i]).sum::<f64>() / count;
        let spread = (rows.iter().map(|x| (x[i] - mean).powi(2)).sum::<f64>() / count).sqrt();
        if spread > 1e-9 { spread } else { 1.0 }
    };
    (0..signals).map(of).collect()
}

/// Adds the gradient and curvature of one article.
fn add(equations: &mut Equations, rows: &Rows, spread: &[f64], weights: &[f64]) {
    let chosen: f64 = rows.iter().map(|(_, y)| y).sum();
    if chosen == 0.0 || rows.len() < 2 {
        return;
    }
    let scaled: Vec<Vec<f64>> = rows.iter().map(|(x, _)| x.iter().zip(spread).map(|(v, s)| v / s).collect()).collect();
    let scores: Vec<f64> = scaled.iter().map(|x| x.iter().zip(weights).map(|(a, b)| a * b).sum()).collect();
    let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let odds: Vec<f64> = scores.iter().map(|s| (s - top).exp()).collect();
    let total: f64 = odds.iter().sum();
    let mean: Vec<f64> = (0..weights.len()).map(|i| scaled.iter().zip(&odds).map(|(x, o)| x[i] * o / total).sum()).collect();
    for ((x, (_, y)), o) in scaled.iter().zip(rows).zip(&odds) {
        let probability = o / total;
        for i in 0..weights.len() {
            equations.right[i] += x[i] * (y - chosen * probability);
            for j in 0..=i {
                equations.matrix[i][j] += chosen * probability * (x[i] - mean[i]) * (x[j] - mean[j]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_follow_the_choice() {
        // The first signal tells the choice three times of four, the second nothing.
        let article = |right: f64| -> Rows { vec![(vec![1.0, 0.5], right), (vec![0.0, 0.5], 1.0 - right)] };
        let articles = [article(1.0), article(1.0), article(1.0), article(0.0)];
        let weights = fit(&articles, 1e-6);
        // Odds of three to one: ln 3.
        assert!((weights[0] - 3_f64.ln()).abs() < 1e-3, "{weights:?}");
        assert!(weights[1].abs() < 1e-6, "{weights:?}");
    }
}
