//! What the stages have found out about one text so far.
//!
//! Filled from left to right: tokens, their numbers, sentences, words. Later
//! stages read it through [`View`] and never change it.

use crate::segment::vocabulary::SyllableId;
use crate::segment::{SegmentBuffers, Segmenter};
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

impl Document {
    /// Reads `text` up to its words.
    pub fn read<'d>(&'d mut self, text: &'d str, segmenter: &Segmenter) -> View<'d> {
        self.tokens.clear();
        self.ids.clear();
        self.sentences.clear();
        self.continues.clear();
        token::tokenize(text, &mut self.tokens);
        segmenter.intern(text, &self.tokens, &mut self.ids);
        sentence::split(text, &self.tokens, &mut self.sentences);
        for range in &self.sentences {
            let tokens = self.tokens.get(range.clone()).unwrap_or(&[]);
            let ids = self.ids.get(range.clone()).unwrap_or(&[]);
            segmenter.segment(tokens, ids, &mut self.segmenting, &mut self.continues);
        }
        View { text, tokens: &self.tokens, ids: &self.ids, continues: &self.continues, sentences: &self.sentences }
    }
}
