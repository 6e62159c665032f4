//! Tokens → words: which syllables belong together.
//!
//! Takes the tokens of a sentence, gives for each whether it continues the
//! word of the token before it. Promises: integer arithmetic only, the same
//! words on every machine; work linear in the tokens; a token is never cut.
//! Leaves the tokens themselves to `token` and names of several words to
//! `entity`.
//!
//! The model is linear: every n-gram of syllables adds its weights to the
//! borders it touches ([`rows`]), cases and lexicon add theirs
//! ([`features`]), and the best path over all borders is taken ([`decode`]).

pub mod decode;
pub mod features;
pub(crate) mod phrases;
pub mod rows;
pub mod sounds;
pub mod vocabulary;

use crate::error::Error;
use crate::model::wire::Reader;
use crate::token::Token;
use decode::CONTEXTS;
use features::{CaseCode, LexicalView, WordsHere};
use rows::{ROW_WEIGHTS, Rows};
use sounds::Sounds;
use vocabulary::{SyllableId, Vocabulary};

/// Weights of one token by itself, padded to eight for even rows.
type UnigramRow = [i8; 8];

/// The learned numbers of the segmenter.
#[derive(Debug)]
pub struct Segmenter {
    vocabulary: Vocabulary,
    sounds: Sounds,
    unigrams: Vec<UnigramRow>,
    rows: Rows,
    case_windows: Vec<i16>,
    lexical: Vec<[i16; CONTEXTS]>,
    edges: Vec<[i16; CONTEXTS]>,
}

/// Buffers that `Segmenter::segment` reuses.
#[derive(Debug, Default)]
pub(crate) struct SegmentBuffers {
    cases: Vec<CaseCode>,
    edged: Vec<SyllableId>,
    scores: Vec<i32>,
    words: Vec<WordsHere>,
    growing: Vec<u32>,
    back: Vec<u8>,
    joined: Vec<bool>,
}

impl Segmenter {
    /// Reads the bytes that [`SegmenterParts::write`] writes.
    #[warn(clippy::arithmetic_side_effects)]
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new("segmenter", bytes);
        let vocabulary = Vocabulary::read(&mut reader)?;
        let ids = vocabulary.len().saturating_add(vocabulary::FIRST_SYLLABLE as usize);
        let unigrams = reader.take(ids.saturating_mul(features::UNIGRAM_BORDERS))?;
        let unigrams = unigrams.chunks_exact(features::UNIGRAM_BORDERS).map(padded).collect();
        let case_windows = reader.i16s(features::CASE_WINDOWS)?;
        let lexical = features::by_context(&reader.i16s(features::LEXICAL)?);
        let edges = features::by_context(&reader.i16s(features::EDGES)?);
        let rows = Rows::read(&mut reader)?;
        reader.end()?;
        Ok(Self { sounds: Sounds::new(&vocabulary), vocabulary, unigrams, rows, case_windows, lexical, edges })
    }

    /// The syllables that the model knows.
    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Appends to `ids` the number of each token.
    pub(crate) fn intern(&self, text: &str, tokens: &[Token], ids: &mut Vec<SyllableId>) {
        ids.extend(tokens.iter().map(|t| self.vocabulary.id(text, t)));
    }

    /// Appends to `continues` for each token of a sentence whether it belongs
    /// to the same word as the token before it. `ids` is parallel to `tokens`.
    pub(crate) fn segment(&self, tokens: &[Token], ids: &[SyllableId], buffers: &mut SegmentBuffers, continues: &mut Vec<bool>) {
        self.score(tokens, ids, buffers);
        let SegmentBuffers { cases, edged, scores, words, back, joined, .. } = buffers;
        decode::best_path(tokens.len().saturating_sub(1), back, joined, |border| {
            let (left, right) = (tokens.get(border)?, tokens.get(border + 1)?);
            if !features::may_join(left, right) {
                return None;
            }
            // Token `border + 1` has index `border + 2` on the edged strip.
            let b = border + 2;
            let id = |i: usize| edged.get(i).copied().unwrap_or(0);
            let view = LexicalView::new(words, self.sounds.echo(id(b - 1), id(b)), b);
            let lexical = self.lexical.get(view.number())?;
            let edge = self.edges.get(features::edge_index(0, cases, b))?;
            let score = i64::from(*scores.get(b + 1)?);
            let part = |weights: &[i16; CONTEXTS], c: usize| i64::from(weights.get(c).copied().unwrap_or(0));
            Some(std::array::from_fn(|c| score + part(lexical, c) + part(edge, c)))
        });
        if !tokens.is_empty() {
            continues.push(false);
            continues.extend_from_slice(joined);
        }
    }

    /// Fills the strip of border scores: the score of border `b` of the edged
    /// strip is at `b + 1`.
    fn score(&self, tokens: &[Token], ids: &[SyllableId], buffers: &mut SegmentBuffers) {
        let SegmentBuffers { cases, edged, scores, words, growing, .. } = buffers;
        edged.clear();
        cases.clear();
        features::push_edge(edged, cases);
        edged.extend_from_slice(ids);
        cases.extend(tokens.iter().enumerate().map(|(i, t)| features::case_code(t, i == 0)));
        features::push_edge(edged, cases);
        scores.clear();
        scores.resize(edged.len() + 8, 0);
        words.clear();
        words.resize(edged.len(), WordsHere::default());
        for (i, id) in edged.iter().enumerate() {
            if let Some(weights) = self.unigrams.get(*id as usize) {
                add(scores, i.wrapping_sub(1), weights.get(..features::UNIGRAM_BORDERS).unwrap_or(&[]));
            }
        }
        features::for_each_ngram(edged, growing, |at, length, key| {
            let Some(row) = self.rows.get(key) else { return false };
            add(scores, at, row.weights().get(..features::borders_seen(length).min(ROW_WEIGHTS)).unwrap_or(&[]));
            let start = at + 2 - length;
            if let Some(class) = words.get_mut(start).and_then(|w| w.classes.get_mut(length - 2)) {
                *class = row.word();
            }
            row.extends()
        });
        self.score_cases(cases, edged, scores);
    }

    fn score_cases(&self, cases: &[CaseCode], edged: &[SyllableId], scores: &mut [i32]) {
        for b in 2..edged.len().saturating_sub(1) {
            let window = self.case_windows.get(features::case_window(cases, b)).copied().unwrap_or(0);
            add_one(scores, b + 1, i32::from(window));
            let side = |i: usize| Some((edged.get(i).copied()?, cases.get(i).copied()?));
            let (Some(left), Some(right)) = (side(b - 1), side(b)) else { continue };
            for key in features::capital_keys(left, right).into_iter().flatten() {
                if let Some(row) = self.rows.get(key) {
                    add_one(scores, b + 1, i32::from(row.weights()[0]));
                }
            }
        }
    }
}

fn padded(weights: &[u8]) -> UnigramRow {
    std::array::from_fn(|i| weights.get(i).map_or(0, |w| *w as i8))
}

/// Adds a row of weights to the scores from `at` on; `at` may be one before
/// the strip's first.
fn add(scores: &mut [i32], at: usize, weights: &[i8]) {
    let skip = usize::from(at == usize::MAX);
    for (score, weight) in scores.iter_mut().skip(at.wrapping_add(skip)).zip(weights.iter().skip(skip)) {
        *score += i32::from(*weight);
    }
}

fn add_one(scores: &mut [i32], at: usize, weight: i32) {
    if let Some(score) = scores.get_mut(at) {
        *score += weight;
    }
}

#[cfg(all(test, feature = "builtin-model"))]
mod tests {
    use super::*;
    use crate::testing::{Failures, rows};
    use crate::token::tokenize;

    /// The trainer's scores, written by the trainer's own code, come out of the
    /// library to the last unit.
    #[test]
    fn scores_are_the_trainers() {
        let model = crate::Model::builtin();
        let segmenter = model.segmenter();
        let mut failures = Failures::default();
        for row in rows("../parity/segment.tsv") {
            let (mut tokens, mut ids, mut buffers) = (Vec::new(), Vec::new(), SegmentBuffers::default());
            tokenize(row.cell(0), &mut tokens);
            segmenter.intern(row.cell(0), &tokens, &mut ids);
            segmenter.score(&tokens, &ids, &mut buffers);
            let scores = buffers.scores.get(3..tokens.len() + 2).unwrap_or(&[]);
            let got: Vec<String> = scores.iter().map(ToString::to_string).collect();
            failures.check(&row, row.cell(1), &got.join(" "));
        }
        failures.finish("Was segment.bin trained without writing fixtures/parity/segment.tsv anew?");
    }

    #[test]
    fn words_as_people_join_them() {
        let mut failures = Failures::default();
        let summarizer = crate::Summarizer::new();
        for row in rows("words.tsv") {
            let text = row.cell(0);
            let words: Vec<String> =
                summarizer.segment(text).iter().map(|w| w.of(text).split_whitespace().collect::<Vec<_>>().join("_")).collect();
            failures.check(&row, row.cell(1), &words.join(" "));
        }
        // "học sinh học" still becomes one word.
        failures.finish_learned(1, "Is it the token (src/token), the model, or a missing term (src/lexicon)?");
    }
}

/// The parts of a segmenter as a trainer makes them.
#[cfg(feature = "train")]
#[derive(Debug)]
pub struct SegmenterParts {
    /// Syllables, in the order of their numbers.
    pub vocabulary: Vocabulary,
    /// By syllable number: weights for the borders around it.
    pub unigrams: Vec<[i8; features::UNIGRAM_BORDERS]>,
    /// By [`features::case_window`].
    pub case_windows: Vec<i16>,
    /// By [`LexicalView::index`].
    pub lexical: Vec<i16>,
    /// By [`features::edge_index`].
    pub edges: Vec<i16>,
    /// Rows of n-grams.
    pub rows: Rows,
}

#[cfg(feature = "train")]
impl SegmenterParts {
    /// The bytes of the model's section.
    pub fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.vocabulary.write(&mut out);
        out.extend(self.unigrams.iter().flatten().map(|w| *w as u8));
        for table in [&self.case_windows, &self.lexical, &self.edges] {
            out.extend(table.iter().flat_map(|w| w.to_le_bytes()));
        }
        self.rows.write(&mut out);
        out
    }
}

#[cfg(feature = "train")]
impl Segmenter {
    /// Reads a sealed model that has a segmenter.
    pub fn from_envelope(bytes: &[u8]) -> Result<Self, Error> {
        let sections = crate::model::wire::open(bytes)?;
        let section = sections.iter().find(|(tag, _)| tag == b"SEGM");
        Self::read(section.ok_or_else(|| Error::model("segmenter", "there is no such section"))?.1)
    }

    /// The number of each token.
    pub fn number(&self, text: &str, tokens: &[Token], ids: &mut Vec<SyllableId>) {
        self.intern(text, tokens, ids);
    }

    /// The decisions for one sentence.
    pub fn decisions(&self, text: &str, tokens: &[Token]) -> Vec<bool> {
        let (mut ids, mut continues) = (Vec::new(), Vec::new());
        self.intern(text, tokens, &mut ids);
        self.segment(tokens, &ids, &mut SegmentBuffers::default(), &mut continues);
        continues
    }
}
