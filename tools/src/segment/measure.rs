//! Word F1 on gold lines, by the definition of the yardstick: spans over the
//! characters that are not white space.

use super::corpus::{FORCED, Lexicon, SPLIT, plain, visible_offsets, word_starts};
use super::learn::{Strip, Weights};
use crate::corpus::lines;
use anyhow::Result;
use std::path::Path;
use tomtat::train::features::{CaseCode, case_code, may_join};
use tomtat::train::vocabulary::{SyllableId, Vocabulary};
use tomtat::train::{Segmenter, Token};

struct Line {
    tokens: Vec<Token>,
    text: String,
    ids: Vec<SyllableId>,
    cases: Vec<CaseCode>,
    borders: Vec<u8>,
    offsets: Vec<usize>,
    starts: Vec<usize>,
}

/// Gold lines to measure on.
pub struct Dev {
    lines: Vec<Line>,
}

impl Dev {
    pub fn read(path: &Path, vocabulary: &Vocabulary) -> Result<Self> {
        let mut out = Vec::new();
        for line in lines(path)? {
            let line = line?;
            let (text, tokens) = plain(&line);
            let possible = |i: usize| i > 0 && may_join(&tokens[i - 1], &tokens[i]);
            out.push(Line {
                ids: tokens.iter().map(|t| vocabulary.id(&text, t)).collect(),
                cases: tokens.iter().enumerate().map(|(i, t)| case_code(t, i == 0)).collect(),
                borders: (0..tokens.len()).map(|i| if possible(i) { SPLIT } else { FORCED }).collect(),
                offsets: visible_offsets(&text, &tokens),
                starts: word_starts(&line),
                tokens,
                text,
            });
        }
        Ok(Self { lines: out })
    }

    /// Word F1 with float weights.
    pub fn measure(&self, weights: &Weights, lexicon: &Lexicon) -> String {
        let mut strip = Strip::default();
        self.f1(|line| {
            strip.lay(&line.ids, &line.cases, Some(lexicon), None);
            strip.decode(weights, &line.borders, 0.0);
            std::iter::once(false).chain(strip.joined.iter().copied()).collect()
        })
    }

    /// Word F1 of the model as the library reads it.
    pub fn measure_model(&self, bytes: &[u8]) -> Result<String> {
        let segmenter = Segmenter::from_envelope(bytes)?;
        Ok(self.f1(|line| segmenter.decisions(&line.text, &line.tokens)))
    }

    fn f1(&self, mut decide: impl FnMut(&Line) -> Vec<bool>) -> String {
        let (mut right, mut predicted, mut gold) = (0, 0, 0);
        for line in self.lines.iter().filter(|l| !l.tokens.is_empty()) {
            let continues = decide(line);
            let mut starts: Vec<usize> = line.offsets.iter().zip(&continues).filter(|(_, c)| !**c).map(|(o, _)| *o).collect();
            let mut truth = line.starts.clone();
            predicted += starts.len();
            gold += truth.len();
            starts.push(usize::MAX);
            truth.push(usize::MAX);
            right += starts.windows(2).filter(|w| truth.windows(2).any(|t| t == *w)).count();
        }
        format!("F1 {:.3}", 200.0 * right as f64 / (predicted + gold) as f64)
    }
}
