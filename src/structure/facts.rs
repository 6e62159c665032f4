//! What the cues look at: facts about one sentence in its place.

use crate::document::View;
use crate::segment::vocabulary::SyllableId;
use crate::token::{Case, Gap, Token, TokenKind};
use std::collections::HashMap;

/// Facts about one sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts<'d> {
    /// The normalized text.
    pub(crate) text: &'d str,
    /// The sentence's tokens.
    pub(crate) tokens: &'d [Token],
    /// Their numbers.
    pub(crate) ids: &'d [SyllableId],
    /// Position among the sentences, from 0.
    pub(crate) index: usize,
    /// Number of sentences in the text.
    pub(crate) count: usize,
    /// Whether a line starts with it.
    pub(crate) starts_line: bool,
    /// Whether a line ends with it.
    pub(crate) ends_line: bool,
    /// Whether the next sentence follows without any space.
    pub(crate) glued_to_next: bool,
    /// Whether it ends with a full stop or the like.
    pub(crate) ends_with_mark: bool,
    /// Words, numbers and addresses in it.
    pub(crate) words: usize,
    /// Of these, how many begin with a capital.
    pub(crate) capitals: usize,
    /// Whether the same sentence stands elsewhere in the text too.
    pub(crate) repeated: bool,
    /// Whether the text has more than one line.
    pub(crate) has_lines: bool,
}

impl<'d> Facts<'d> {
    /// The text of token `i`, "" where there is none.
    pub(crate) fn word(&self, i: usize) -> &'d str {
        self.tokens.get(i).map_or("", |t| t.of(self.text))
    }

    /// The kind of token `i`.
    pub(crate) fn kind(&self, i: usize) -> Option<TokenKind> {
        self.tokens.get(i).map(|t| t.kind)
    }

    /// Position of the first token that is no bracket, dash or list mark.
    pub(crate) fn first_word(&self) -> usize {
        let opens = |t: &Token| !t.kind.is_wordlike();
        self.tokens.iter().take_while(|t| opens(t)).count()
    }

    /// Whether it is alone on its line.
    pub(crate) fn alone(&self) -> bool {
        self.has_lines && self.starts_line && self.ends_line
    }

    /// Sentences after it.
    pub(crate) fn after(&self) -> usize {
        self.count - self.index - 1
    }

    /// Whether the sentence begins with these words, in any letter case.
    pub(crate) fn begins_with(&self, words: &str) -> bool {
        let start = self.first_word();
        words.split(' ').enumerate().all(|(i, w)| same_word(self.word(start + i), w))
    }

    /// Position after `words` where the sentence begins with them.
    pub(crate) fn after_opening(&self, words: &str) -> Option<usize> {
        self.begins_with(words).then(|| self.first_word() + words.split(' ').count())
    }

    /// Whether the token at `i` is ":".
    pub(crate) fn is_colon(&self, i: usize) -> bool {
        self.kind(i) == Some(TokenKind::Colon)
    }
}

/// Equality of a word with a lower-case pattern, whatever its letter case and
/// tone style.
pub(crate) fn same_word(word: &str, pattern: &str) -> bool {
    use crate::normalize::fold::lower_char;
    word.len() <= 2 * pattern.len() + 2 && word.chars().map(lower_char).eq(pattern.chars())
}

/// The facts of all sentences.
pub(crate) fn gather<'d>(view: &View<'d>) -> Vec<Facts<'d>> {
    let has_lines = view.tokens.iter().skip(1).any(|t| t.gap >= Gap::Line);
    let count = view.sentences.len();
    let mut times: HashMap<&str, u32> = HashMap::new();
    let mut out: Vec<Facts<'d>> = Vec::with_capacity(count);
    for (index, range) in view.sentences.iter().enumerate() {
        let tokens = view.tokens.get(range.clone()).unwrap_or(&[]);
        let next = view.tokens.get(range.end);
        crate::work::count(tokens.len());
        let last = tokens.iter().rev().find(|t| !t.kind.closes());
        *times.entry(sentence_text(view.text, tokens)).or_default() += 1;
        out.push(Facts {
            text: view.text,
            tokens,
            ids: view.ids.get(range.clone()).unwrap_or(&[]),
            index,
            count,
            starts_line: tokens.first().is_some_and(|t| t.gap >= Gap::Line),
            ends_line: next.is_none_or(|t| t.gap >= Gap::Line),
            glued_to_next: next.is_some_and(|t| t.gap == Gap::None),
            ends_with_mark: last.is_some_and(|t| t.kind.ends_sentence() || t.kind == TokenKind::Abbreviation),
            words: tokens.iter().filter(|t| t.kind.is_wordlike()).count(),
            capitals: tokens.iter().filter(|t| t.is_capitalized() || t.case == Case::Mixed).count(),
            repeated: false,
            has_lines,
        });
    }
    for facts in &mut out {
        let repeated = times.get(sentence_text(view.text, facts.tokens)).is_some_and(|n| *n > 1);
        facts.repeated = repeated && facts.words >= 4;
    }
    out
}

fn sentence_text<'d>(text: &'d str, tokens: &[Token]) -> &'d str {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return "" };
    crate::span::slice(text, first.start as usize..last.end as usize)
}
