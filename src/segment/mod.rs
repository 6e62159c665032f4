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
use crate::token::{Gap, Token};
use decode::CONTEXTS;
use features::{CaseCode, LexicalView, WordsHere};
use rows::{LookUp, Row, RowKey, Rows};
use sounds::Sounds;
use vocabulary::{EDGE, SyllableId, Vocabulary};

/// Borders that the weights of one row reach.
const REACHED: usize = 8;

/// Place of the border before a sentence's second token on the strip of scores,
/// which begins two borders before the sentence's first.
const FIRST_BORDER: usize = 4;

/// The row of an n-gram of more than two tokens.
#[derive(Debug, Clone, Default)]
struct FoundRow {
    /// The first border that it sees.
    at: u32,
    length: u32,
    row: Row,
}

/// A token as a border sees it; the default is the edge of a sentence.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    id: SyllableId,
    case: CaseCode,
    /// The words that start here.
    words: WordsHere,
    /// Whether the token before stands on the same line.
    on_line: bool,
}

impl Cell {
    fn new(token: &Token, id: SyllableId, first: bool) -> Self {
        Self { id, case: features::case_code(token, first), words: WordsHere::default(), on_line: token.gap < Gap::Line }
    }
}

/// The four tokens before a border and the two after it.
type Around = [Cell; AROUND];

const AROUND: usize = features::SEEN + 1;

/// Edges before the first token, so that all borders have as much before them.
const CELLS_BEFORE: usize = features::SEEN - 2;

/// The learned numbers of the segmenter.
#[derive(Debug)]
pub struct Segmenter {
    vocabulary: Vocabulary,
    sounds: Sounds,
    unigrams: Vec<Sums>,
    rows: Rows,
    case_windows: Vec<i16>,
    lexical: Vec<[i16; CONTEXTS]>,
    edges: Vec<[i16; CONTEXTS]>,
}

/// Buffers that `Segmenter::segment` reuses.
#[derive(Debug, Default)]
pub(crate) struct SegmentBuffers {
    cells: Vec<Cell>,
    edged: Vec<SyllableId>,
    scores: Vec<i32>,
    growing: Vec<u32>,
    begun: Vec<LookUp>,
    pairs: Vec<Row>,
    longer: Vec<FoundRow>,
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
        let unigrams = unigrams.chunks_exact(features::UNIGRAM_BORDERS).map(Sums::of_token).collect();
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
    #[cfg(any(test, feature = "train"))]
    pub(crate) fn intern(&self, text: &str, tokens: &[Token], ids: &mut Vec<SyllableId>) {
        ids.extend(tokens.iter().map(|t| self.vocabulary.id(text, t)));
    }

    /// Appends to `continues` for each token of a sentence whether it belongs
    /// to the same word as the token before it. `ids` is parallel to `tokens`.
    pub(crate) fn segment(&self, tokens: &[Token], ids: &[SyllableId], buffers: &mut SegmentBuffers, continues: &mut Vec<bool>) {
        self.score(tokens, ids, buffers);
        let SegmentBuffers { cells, scores, back, joined, .. } = buffers;
        decode::best_path(borders(cells, scores).map(|(ngrams, around)| self.gains(ngrams, around)), back, joined);
        if !tokens.is_empty() {
            continues.push(false);
            continues.extend_from_slice(joined);
        }
    }

    /// Lays the tokens out on the strip, and the scores of all n-grams.
    fn score(&self, tokens: &[Token], ids: &[SyllableId], buffers: &mut SegmentBuffers) {
        let SegmentBuffers { cells, edged, .. } = buffers;
        edged.clear();
        edged.push(EDGE);
        edged.extend_from_slice(ids);
        edged.push(EDGE);
        cells.clear();
        cells.resize(CELLS_BEFORE, Cell::default());
        cells.extend(tokens.iter().zip(ids).enumerate().map(|(i, (token, id))| Cell::new(token, *id, i == 0)));
        cells.push(Cell::default());
        self.score_ngrams(buffers);
    }

    /// The weights of all n-grams. Those of a token by itself and of a pair
    /// come in the order of the borders, so their sums are kept at hand and
    /// only what is complete is written.
    ///
    /// Rows are looked up before any is used: a loop that does nothing else
    /// has many look-ups under way at a time, and most of them wait for memory.
    fn score_ngrams(&self, buffers: &mut SegmentBuffers) {
        let SegmentBuffers { growing, scores, cells, begun, pairs, longer, edged, .. } = buffers;
        scores.clear();
        scores.resize(edged.len() + 2 * REACHED, 0);
        let unigram = |id: Option<&SyllableId>| id.and_then(|id| self.unigrams.get(usize::from(*id))).copied().unwrap_or_default();
        let mut sums = Sums::default();
        pairs.clear();
        begun.clear();
        begun.extend(edged.windows(2).map(|pair| self.rows.begin(RowKey::new(pair))));
        features::for_each_pair(edged, growing, |at, _| {
            let row = begun.get(at).map_or(Row::default(), |look_up| self.rows.finish(look_up));
            pairs.push(row);
            row.extends()
        });
        for (at, ((row, id), cell)) in pairs.iter().zip(edged.iter()).zip(cells.iter_mut().skip(CELLS_BEFORE - 1)).enumerate() {
            cell.words.set(2, row.word());
            sums = sums.plus(unigram(Some(id)));
            write(scores, at, sums.first());
            sums = sums.behind().plus(Sums::of_pair(*row));
        }
        // Behind the last pair: the last token by itself, and what reaches on.
        sums = sums.plus(unigram(edged.last()));
        for i in 0..REACHED {
            write(scores, edged.len().saturating_sub(1) + i, sums.first());
            sums = sums.behind();
        }
        longer.clear();
        // The same once more for each length.
        for length in 3..=features::MAX_NGRAM {
            begun.clear();
            begun.extend(features::longer_keys(edged, growing, length).map(|key| self.rows.begin(key)));
            let mut count = longer.len();
            longer.resize(count + growing.len(), FoundRow::default());
            features::grow(growing, |nth, start| {
                let row = begun.get(nth).map_or(Row::default(), |look_up| self.rows.finish(look_up));
                if let Some(found) = longer.get_mut(count) {
                    *found = FoundRow { at: features::longer_border(start, length) as u32, length: length as u32, row };
                }
                // Three of four say nothing, and which ones cannot be foretold.
                count += usize::from(row != Row::default());
                row.extends()
            });
            longer.truncate(count);
        }
        for found in longer.iter() {
            let (at, length) = (found.at as usize, found.length as usize);
            if let Some(cell) = cells.get_mut(at + 2 - length + CELLS_BEFORE - 1) {
                cell.words.set(length, found.row.word());
            }
            add(scores, at + 1, found.row, features::borders_seen(length));
        }
    }

    /// The score of a border whatever was decided before it.
    fn border_score(&self, ngrams: i32, around: &Around) -> i32 {
        ngrams + self.score_cases(around)
    }

    #[inline]
    fn score_cases(&self, &[.., before, left, right, after]: &Around) -> i32 {
        let window = features::case_window([before.case, left.case, right.case, after.case]);
        let mut score = self.case_windows.get(window).map_or(0, |w| i32::from(*w));
        for key in features::capital_keys((left.id, left.case), (right.id, right.case)).into_iter().flatten() {
            score += i32::from(self.rows.get(key).first_weight());
        }
        score
    }

    /// What joining at a border gains, by the decisions before it; `None` where
    /// nothing can be joined.
    fn gains(&self, ngrams: i32, around: &Around) -> Option<[i64; CONTEXTS]> {
        let &[.., left, right, _] = around;
        if !(features::codes_may_join(left.case, right.case) & right.on_line) {
            return None;
        }
        let score = self.border_score(ngrams, around);
        let view = LexicalView::of(
            std::array::from_fn(|i| around.get(i).map(|c| c.words).unwrap_or_default()),
            self.sounds.echo(left.id, right.id),
        );
        let lexical = self.lexical.get(view.number())?;
        let edge = self.edges.get(features::edge(left.case, right.case))?;
        let part = |weights: &[i16; CONTEXTS], c: usize| i64::from(weights.get(c).copied().unwrap_or(0));
        Some(std::array::from_fn(|c| i64::from(score) + part(lexical, c) + part(edge, c)))
    }
}

/// The sum of all n-grams for each border between two tokens, and what lies
/// around it.
fn borders<'b>(cells: &'b [Cell], scores: &'b [i32]) -> impl Iterator<Item = (i32, &'b Around)> {
    let around = cells.windows(AROUND).filter_map(<[Cell]>::first_chunk::<AROUND>);
    scores.get(FIRST_BORDER..).unwrap_or(&[]).iter().copied().zip(around)
}

/// The sums for [`REACHED`] borders in a row, sixteen bits each, as one number:
/// sums and rows of them are added as numbers are. Eighteen rows at most reach a
/// border, so that none overflows.
#[derive(Debug, Clone, Copy, Default)]
struct Sums(i128);

impl Sums {
    /// The weights of a token by itself.
    #[warn(clippy::arithmetic_side_effects)]
    fn of_token(weights: &[u8]) -> Self {
        Self(weights.iter().rev().fold(0_i128, |sums, weight| (sums << 16).wrapping_add(i128::from(*weight as i8))))
    }

    /// The weights of a pair. Four bytes at a time are made non-negative and
    /// spread, and what was added is taken away again.
    #[inline]
    fn of_pair(row: Row) -> Self {
        let [a, b, c, d, e] = row.weights();
        let raised = u64::from(u32::from_le_bytes([a, b, c, d].map(|w| w as u8 ^ 0x80)));
        let spread = (raised | raised << 16) & 0x0000_ffff_0000_ffff;
        let spread = (spread | spread << 8) & 0x00ff_00ff_00ff_00ff;
        let low = spread.wrapping_sub(0x0080_0080_0080_0080) as i64;
        Self(i128::from(low) + (i128::from(e) << 64))
    }

    fn plus(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }

    /// The sum for the first border.
    fn first(self) -> i16 {
        self.0 as i16
    }

    /// The sums for the borders behind the first.
    fn behind(self) -> Self {
        Self(self.0.wrapping_sub(i128::from(self.first())) >> 16)
    }
}

fn write(scores: &mut [i32], at: usize, sum: i16) {
    if let Some(score) = scores.get_mut(at) {
        *score += i32::from(sum);
    }
}

/// Adds the first weights of a longer n-gram's row, as many as `borders` see it,
/// to the scores from `at` on.
fn add(scores: &mut [i32], at: usize, row: Row, borders: usize) {
    const MOST: usize = features::borders_seen(3);
    if let Some(scores) = scores.get_mut(at..).and_then(|scores| scores.first_chunk_mut::<MOST>()) {
        for (i, (score, weight)) in scores.iter_mut().zip(row.weights()).enumerate() {
            *score += if i < borders { i32::from(weight) } else { 0 };
        }
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
            let scores = borders(&buffers.cells, &buffers.scores).map(|(ngrams, around)| segmenter.border_score(ngrams, around));
            let got: Vec<String> = scores.map(|score| score.to_string()).collect();
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
