//! Fits the weights of the signals: ridge regression of what a sentence shares
//! with the editor's lede (mean of ROUGE-1, -2 and -L) on its signals, both
//! less their means over the article, so that only the choice inside an
//! article counts. Once for articles with a title and once without.

use crate::corpus::news;
use crate::rouge::{rouge, syllables};
use anyhow::{Context, Result};
use std::path::PathBuf;
use tomtat::train::{Scoring, seal};
use tomtat::{Article, Model, Role, Summarizer};

/// What to fit on and how.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Articles with editors' ledes (`news/train.jsonl.zst`).
    #[arg(long)]
    news: PathBuf,
    /// The other model files.
    #[arg(long, num_args = 1..)]
    model: Vec<PathBuf>,
    /// Where to write the weights.
    #[arg(long)]
    out: PathBuf,
    /// Use every n-th article.
    #[arg(long, default_value_t = 3)]
    every: usize,
    /// Weight of the penalty on large weights.
    #[arg(long, default_value_t = 1.0)]
    ridge: f64,
}

/// Sums from which the weights are solved.
struct Equations {
    matrix: Vec<Vec<f64>>,
    right: Vec<f64>,
}

impl Equations {
    fn new(n: usize) -> Self {
        Self { matrix: vec![vec![0.0; n]; n], right: vec![0.0; n] }
    }

    /// Adds the sentences of one article.
    fn add(&mut self, rows: &[(Vec<f64>, f64)]) {
        let n = self.right.len();
        let count = rows.len() as f64;
        let mean: Vec<f64> = (0..n).map(|i| rows.iter().map(|(x, _)| x[i]).sum::<f64>() / count).collect();
        let mean_target = rows.iter().map(|(_, y)| y).sum::<f64>() / count;
        for (x, y) in rows {
            for i in 0..n {
                let xi = x[i] - mean[i];
                self.right[i] += xi * (y - mean_target);
                for j in 0..=i {
                    self.matrix[i][j] += xi * (x[j] - mean[j]);
                }
            }
        }
    }

    /// Solves by Gaussian elimination with the penalty on the diagonal.
    fn solve(mut self, ridge: f64) -> Vec<f64> {
        let n = self.right.len();
        for i in 0..n {
            for j in i + 1..n {
                self.matrix[i][j] = self.matrix[j][i];
            }
            self.matrix[i][i] += ridge;
        }
        for i in 0..n {
            let pivot = (i..n).max_by(|a, b| self.matrix[*a][i].abs().total_cmp(&self.matrix[*b][i].abs())).unwrap_or(i);
            self.matrix.swap(i, pivot);
            self.right.swap(i, pivot);
            for row in i + 1..n {
                let factor = self.matrix[row][i] / self.matrix[i][i];
                for column in i..n {
                    self.matrix[row][column] -= factor * self.matrix[i][column];
                }
                self.right[row] -= factor * self.right[i];
            }
        }
        for i in (0..n).rev() {
            let known: f64 = (i + 1..n).map(|j| self.matrix[i][j] * self.right[j]).sum();
            self.right[i] = (self.right[i] - known) / self.matrix[i][i];
        }
        self.right
    }
}

/// Fits and writes the weights.
pub fn run(options: &Options) -> Result<()> {
    let files = options.model.iter().map(std::fs::read).collect::<Result<Vec<_>, _>>()?;
    let model = Model::for_training(&files)?;
    let mut worker = Summarizer::builder().model(model).build()?.worker();
    let names = Scoring::names();
    let mut equations = [Equations::new(names.len()), Equations::new(names.len())];
    for article in news(&options.news)?.step_by(options.every) {
        let article = article?;
        let lede = syllables(&article.lede);
        let body = article.body.join("\n");
        for (title, equations) in [article.title.as_str(), ""].into_iter().zip(&mut equations) {
            let input = Article::from_parts(title, "", &body);
            let rows: Vec<(Vec<f64>, f64)> = worker
                .signals(&input)
                .into_iter()
                .filter(|(_, role, _)| matches!(role, Role::Body | Role::Lede))
                .map(|(span, _, signals)| {
                    let target = rouge(&syllables(span.of(input.text())), &lede).iter().sum::<f64>() / 3.0;
                    (signals.into_iter().map(|v| v as f64 / 65536.0).collect(), target)
                })
                .collect();
            if rows.len() > 1 {
                equations.add(&rows);
            }
        }
    }
    let [titled, untitled] = equations.map(|e| e.solve(options.ridge));
    let units = |w: f64| (w * 65536.0).round() as i32;
    let mut weights = Vec::new();
    for ((name, a), b) in names.iter().zip(&titled).zip(&untitled) {
        eprintln!("{name:22} {a:9.4} {b:9.4}");
        weights.push((units(*a), units(*b)));
    }
    std::fs::write(&options.out, seal(&[(*b"SCOR", Scoring::write(&weights))])).with_context(|| options.out.display().to_string())
}
