//! What the stages have found out about one text so far.
//!
//! Filled from left to right: tokens, their numbers, sentences, words. Later
//! stages read it through [`View`] and never change it.

use crate::article::Part;
use crate::model::Model;
use crate::segment::SegmentBuffers;
use crate::segment::phrases::{Numbered, Phrases};
use crate::segment::vocabulary::SyllableId;
use crate::sentence::glue::Title;
use crate::sentence::{self, TokenRange};
use crate::token::{self, Token};

/// Buffers for one text after another; they keep their memory.
#[derive(Debug, Default)]
pub struct Document {
    tokens: Vec<Token>,
    ids: Vec<SyllableId>,
    sentences: Vec<TokenRange>,
    continues: Vec<bool>,
    segmenting: SegmentBuffers,
}

/// One text as the stages after segmentation see it.
#[derive(Debug, Clone, Copy)]
pub struct View<'d> {
    /// The normalized text; all token offsets are bytes in it.
    pub text: &'d str,
    /// Its tokens.
    pub tokens: &'d [Token],
    /// For each token its syllable's number or its class's.
    pub ids: &'d [SyllableId],
    /// For each token whether it belongs to the word of the token before it.
    pub continues: &'d [bool],
    /// Its sentences; every token is in exactly one.
    pub sentences: &'d [TokenRange],
}

/// A part that the caller gave by itself, and where it starts in the
/// normalized text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GivenPart {
    /// Which part.
    pub part: Part,
    /// Its first byte.
    pub start: usize,
}

impl Document {
    /// Reads `text` up to its words. `parts` are those the caller gave, in
    /// order; no sentence crosses their borders.
    pub fn read<'d>(&'d mut self, text: &'d str, parts: &[GivenPart], model: &Model) -> View<'d> {
        self.read_with(text, parts, model, &Phrases::default())
    }

    /// The same, and joins a user's own words whatever the model says.
    pub(crate) fn read_with<'d>(&'d mut self, text: &'d str, parts: &[GivenPart], model: &Model, words: &Phrases) -> View<'d> {
        self.tokens.clear();
        self.ids.clear();
        self.sentences.clear();
        self.continues.clear();
        let segmenter = model.segmenter();
        let vocabulary = segmenter.vocabulary();
        token::tokenize_known(
            text,
            |letters| vocabulary.plain_word(letters),
            |token, id| {
                self.tokens.push(token);
                // Numbered where it lies: a token that is lent out is written
                // twice, and read again before it has arrived.
                let id = id.or_else(|| self.tokens.last().map(|token| vocabulary.id(text, token)));
                self.ids.extend(id);
            },
        );
        self.split(text, parts, model);
        for range in &self.sentences {
            let tokens = self.tokens.get(range.clone()).unwrap_or(&[]);
            let ids = self.ids.get(range.clone()).unwrap_or(&[]);
            segmenter.segment(tokens, ids, &mut self.segmenting, &mut self.continues);
        }
        // A user's words come last: they win over the built-in terms.
        let numbered = Numbered { text, tokens: &self.tokens, ids: &self.ids, vocabulary };
        for phrases in [model.terms(), words].into_iter().filter(|p| !p.is_empty()) {
            for range in &self.sentences {
                phrases.join(&numbered, range.clone(), &mut self.continues);
            }
        }
        View { text, tokens: &self.tokens, ids: &self.ids, continues: &self.continues, sentences: &self.sentences }
    }

    /// Splits into sentences, part by part where there are parts.
    fn split(&mut self, text: &str, parts: &[GivenPart], model: &Model) {
        let (mut start, mut title) = (0, 0..0);
        for (i, given) in parts.iter().enumerate() {
            let end = parts.get(i + 1).map_or(self.tokens.len(), |next| self.tokens.partition_point(|t| (t.start as usize) < next.start));
            let first = self.sentences.len();
            sentence::split(text, &self.tokens, start..end, &mut self.sentences);
            match given.part {
                Part::Title => title = start..end,
                Part::Body => self.find_hidden_borders(first, Some(title.clone()), model),
                _ => {}
            }
            start = end;
        }
        if parts.is_empty() {
            sentence::split(text, &self.tokens, 0..self.tokens.len(), &mut self.sentences);
            self.find_hidden_borders(0, None, model);
        }
    }

    /// Looks for hidden borders from the sentence `first` on. Where no title was
    /// given, one may open the text.
    fn find_hidden_borders(&mut self, first: usize, given_title: Option<TokenRange>, model: &Model) {
        let marked = self.sentences.split_off(first);
        let given = |range: TokenRange| self.tokens.get(range.clone()).zip(self.ids.get(range));
        let title = match given_title {
            None => Title::MayOpen,
            Some(range) => given(range).map_or(Title::Given(&[], &[]), |(tokens, ids)| Title::Given(tokens, ids)),
        };
        model.glue().split(&self.tokens, &self.ids, marked, &title, &mut self.sentences);
    }
}

impl View<'_> {
    /// The normalized bytes of a sentence.
    pub(crate) fn sentence_bytes(&self, sentence: usize) -> (usize, usize) {
        let range = self.sentences.get(sentence).cloned().unwrap_or_default();
        let tokens = self.tokens.get(range).unwrap_or(&[]);
        (tokens.first().map_or(0, |t| t.start as usize), tokens.last().map_or(0, |t| t.end as usize))
    }
}
