//! What the cues look at: facts about one sentence in its place.

use super::caption::{Setting, settings};
use super::cues::{self, IS_BESIDE, IS_BYLINE_LINK, IS_JOB_LINK, IS_STATING, LEXICON, Lists, OPENS_INSIDE};
use super::words::{Listed, Number};
use crate::document::View;
use crate::model::Model;
use crate::segment::vocabulary::SyllableId;
use crate::token::{Case, Gap, Token, TokenKind};

/// Facts about one sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts<'d> {
    /// The normalized text.
    pub(crate) text: &'d str,
    /// The sentence's tokens.
    pub(crate) tokens: &'d [Token],
    /// The kinds of its tokens, a bit each.
    kinds: u32,
    /// The lists of phrases that it begins with, and those of them behind whose
    /// phrase a colon stands.
    begins: Lists,
    labelled: Lists,
    /// The lists of phrases that stand in it.
    inside: Lists,
    /// How many small words it has.
    pub(crate) small: Small,
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
    /// Where the same sentence stands elsewhere in the text, if it does: the
    /// first of the others.
    pub(crate) copy: Option<usize>,
    /// The learned log odds that it is a caption, in units of 2⁻⁸.
    pub(crate) caption: i32,
    /// Whether the text has more than one line.
    pub(crate) has_lines: bool,
    /// Whether most of the text is one line.
    pub(crate) few_lines: bool,
    /// What its place tells about captions.
    pub(crate) setting: Setting,
    /// Words in it that nearly every statement has.
    pub(crate) stating: usize,
    /// Whether a title opens the text.
    pub(crate) titled: bool,
    /// Whether a line of several sentences, or a long one, comes next.
    pub(crate) before_paragraph: bool,
    /// How many other sentences are worded like captions.
    pub(crate) other_captions: usize,
    /// How many other sentences run into the next.
    pub(crate) others_run_on: usize,
    /// Whether a photo credit follows on the same line, or on the next where it
    /// has its own too.
    pub(crate) before_credit: bool,
    /// Whether a credit, an author or the like stands before it.
    pub(crate) after_boilerplate: bool,
    /// Whether a line beside it looks like a heading too: all are a list.
    pub(crate) in_list: bool,
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

    /// Whether it is alone on its line, and sentences of this text as a rule
    /// are not.
    pub(crate) fn set_apart(&self) -> bool {
        self.setting.is_set_apart()
    }

    /// Whether it lacks a full stop that others have.
    pub(crate) fn lacks_mark(&self) -> bool {
        !self.ends_with_mark && self.setting.has_stops()
    }

    /// Whether the next sentence follows on the same line, and no mark
    /// between.
    pub(crate) fn runs_on(&self) -> bool {
        let last = self.tokens.last().map(|t| t.kind);
        let open = !matches!(last, Some(TokenKind::Colon | TokenKind::Semicolon | TokenKind::Comma | TokenKind::Dash));
        !self.ends_line && self.lacks_mark() && open && self.after() > 0
    }

    /// Whether the whole text, or all but its title and lede, is one line.
    pub(crate) fn text_in_one_line(&self) -> bool {
        self.few_lines
    }

    /// Whether it could be a title: titles have no full stop at their end.
    pub(crate) fn is_title(&self) -> bool {
        let last = self.tokens.last().map(|t| t.kind);
        let stops = matches!(last, Some(TokenKind::Stop | TokenKind::Colon | TokenKind::Semicolon | TokenKind::Comma));
        !stops && (1..=LONGEST_TITLE_WORDS).contains(&self.words)
    }

    /// Sentences after it.
    pub(crate) fn after(&self) -> usize {
        self.count - self.index - 1
    }

    /// Whether it has a token of this kind.
    pub(crate) fn has(&self, kind: TokenKind) -> bool {
        self.kinds & kind.bit() != 0
    }

    /// Whether the sentence begins with a phrase of one of these lists.
    pub(crate) fn begins(&self, lists: Lists) -> bool {
        self.begins & lists != 0
    }

    /// Whether a colon follows such a phrase.
    pub(crate) fn labelled(&self, lists: Lists) -> bool {
        self.labelled & lists != 0
    }

    /// Whether a phrase of one of these lists stands in the sentence.
    pub(crate) fn contains(&self, lists: Lists) -> bool {
        self.inside & lists != 0
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

/// No title is longer.
const LONGEST_TITLE_WORDS: usize = 32;

/// Equality of a word with a lower-case pattern, whatever its letter case and
/// tone style.
pub(crate) fn same_word(word: &str, pattern: &str) -> bool {
    use crate::normalize::fold::lower_char;
    // Two ASCII letters that differ decide at once, as they mostly do.
    if let (Some(a), Some(b)) = (word.bytes().next(), pattern.bytes().next()) {
        if a.is_ascii() && b.is_ascii() && !a.eq_ignore_ascii_case(&b) {
            return false;
        }
    }
    word.len() <= 2 * pattern.len() + 2 && word.chars().map(lower_char).eq(pattern.chars())
}

/// Counts of words in small letters.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Small {
    /// All.
    pub(crate) all: usize,
    /// Those that may link names in a byline.
    pub(crate) byline_links: usize,
    /// Those that may link names and jobs.
    pub(crate) job_links: usize,
    /// "bên", "từ", "trong", "ngoài".
    pub(crate) beside: usize,
}

/// Of one sentence after another.
#[derive(Default)]
struct Buffers {
    /// The numbers of its words.
    numbers: Vec<Number>,
    /// The positions of those that a listed phrase may begin with.
    openings: Vec<usize>,
}

/// What one pass over the tokens of a sentence finds, for all cues.
#[derive(Default)]
struct Wording {
    kinds: u32,
    words: usize,
    capitals: usize,
    stating: usize,
    small: Small,
    begins: Lists,
    labelled: Lists,
    inside: Lists,
}

impl Wording {
    fn of(text: &str, tokens: &[Token], ids: &[SyllableId], listed: &Listed, buffers: &mut Buffers) -> Self {
        let lexicon = &*LEXICON;
        let mut this = Self::default();
        buffers.numbers.clear();
        buffers.openings.clear();
        buffers.numbers.extend(tokens.iter().zip(ids).enumerate().map(|(at, (token, id))| {
            this.count(token);
            let number = listed.number(*id, super::CUES).unwrap_or_else(|| lexicon.words.of(text, token));
            // Whether a word is listed cannot be guessed, so all are counted;
            // few open a phrase.
            let class = lexicon.classes.get(usize::from(number)).copied().unwrap_or(0);
            this.count_listed(token, class);
            if class & OPENS_INSIDE != 0 {
                buffers.openings.push(at);
            }
            number
        }));
        let first = tokens.iter().take_while(|t| !t.kind.is_wordlike()).count();
        for (list, length) in lexicon.openings.opening(buffers.numbers.get(first..).unwrap_or(&[])) {
            this.begins |= list;
            if tokens.get(first + length).is_some_and(|t| t.kind == TokenKind::Colon) {
                this.labelled |= list;
            }
        }
        for at in &buffers.openings {
            let found = lexicon.inside.opening(buffers.numbers.get(*at..).unwrap_or(&[]));
            this.inside = found.fold(this.inside, |all, (list, _)| all | list);
        }
        this
    }

    fn count(&mut self, token: &Token) {
        self.kinds |= token.kind.bit();
        self.words += usize::from(token.kind.is_wordlike());
        self.capitals += usize::from(token.is_capitalized() || token.case == Case::Mixed);
        self.small.all += usize::from(is_small(token));
    }

    /// Counts what only words of the lists can be.
    fn count_listed(&mut self, token: &Token, class: u16) {
        let is = |wanted: u16| class & wanted != 0;
        let (lower, small) = (token.case == Case::Lower, is_small(token));
        self.stating += usize::from(lower & is(IS_STATING));
        self.small.beside += usize::from(lower & is(IS_BESIDE));
        self.small.byline_links += usize::from(small & is(IS_BYLINE_LINK));
        self.small.job_links += usize::from(small & is(IS_JOB_LINK));
    }
}

/// Whether it is a word in small letters. No `&&`: which of the two fails
/// cannot be guessed.
fn is_small(token: &Token) -> bool {
    (token.case == Case::Lower) & (token.kind == TokenKind::Word)
}

/// The facts of all sentences.
pub(crate) fn gather<'d>(view: &View<'d>, model: &Model) -> Vec<Facts<'d>> {
    let lines = view.tokens.iter().skip(1).filter(|t| t.gap >= Gap::Line).count();
    let has_lines = lines > 0;
    let settings = settings(view.tokens, view.ids, view.sentences);
    let mut out: Vec<Facts<'d>> = Vec::with_capacity(view.sentences.len());
    let mut buffers = Buffers::default();
    for (index, (range, setting)) in view.sentences.iter().zip(settings).enumerate() {
        let tokens = view.tokens.get(range.clone()).unwrap_or(&[]);
        let ids = view.ids.get(range.clone()).unwrap_or(&[]);
        let next = view.tokens.get(range.end);
        crate::work::count(tokens.len());
        let wording = Wording::of(view.text, tokens, ids, model.listed(), &mut buffers);
        let last = tokens.iter().rev().find(|t| !t.kind.closes());
        out.push(Facts {
            text: view.text,
            tokens,
            kinds: wording.kinds,
            begins: wording.begins,
            labelled: wording.labelled,
            inside: wording.inside,
            small: wording.small,
            index,
            count: view.sentences.len(),
            starts_line: tokens.first().is_some_and(|t| t.gap >= Gap::Line),
            ends_line: next.is_none_or(|t| t.gap >= Gap::Line),
            glued_to_next: next.is_some_and(|t| t.gap == Gap::None),
            ends_with_mark: last.is_some_and(|t| t.kind.ends_sentence() || t.kind == TokenKind::Abbreviation),
            words: wording.words,
            capitals: wording.capitals,
            copy: None,
            caption: model.captions().score(tokens, ids, &setting),
            has_lines,
            few_lines: lines * FEW <= view.sentences.len(),
            setting,
            stating: wording.stating,
            titled: false,
            before_paragraph: false,
            other_captions: 0,
            others_run_on: 0,
            before_credit: false,
            after_boilerplate: false,
            in_list: false,
        });
    }
    find_copies(&mut out);
    look_around(&mut out);
    out
}

/// What the sentences beside a sentence are.
fn look_around(facts: &mut [Facts<'_>]) {
    let credit: Vec<bool> = facts.iter().map(|f| f.begins(cues::PHOTO) && cues::is_credit_or_note(f)).collect();
    let other: Vec<bool> = facts.iter().map(cues::is_boilerplate).collect();
    let open: Vec<bool> = facts.iter().map(cues::is_heading_line).collect();
    let starts: Vec<bool> = facts.iter().map(|f| f.starts_line).collect();
    let titled = facts.first().is_some_and(Facts::is_title);
    let paragraph: Vec<bool> = facts.iter().map(|f| f.starts_line && (!f.ends_line || f.words >= LONG_LINE)).collect();
    let worded = facts.iter().filter(|f| f.caption > WORDED).count();
    let running = facts.iter().filter(|f| f.runs_on()).count();
    let is = |list: &[bool], i: Option<usize>| i.and_then(|i| list.get(i)).copied().unwrap_or(false);
    for (i, f) in facts.iter_mut().enumerate() {
        let (before, after) = (i.checked_sub(1), Some(i + 1));
        // A credit on a line of its own belongs to what has its own line too.
        let apart = is(&starts, after) && !f.starts_line;
        f.titled = titled;
        f.other_captions = worded - usize::from(f.caption > WORDED);
        f.others_run_on = running - usize::from(f.runs_on());
        f.before_paragraph = is(&paragraph, after);
        f.before_credit = is(&credit, after) && !apart && f.words <= LONGEST_BEFORE_CREDIT;
        f.after_boilerplate = is(&other, before);
        f.in_list = is(&open, before) || is(&open, after);
    }
}

/// Log odds of a sentence that is worded like a caption, in units of 2⁻⁸.
const WORDED: i32 = 768;

/// Fewest words of a sentence that is a paragraph by itself.
const LONG_LINE: usize = 20;

/// Most words of a caption that a credit follows.
const LONGEST_BEFORE_CREDIT: usize = 35;

/// Fewest sentences a line has, on average, of a text with few lines.
const FEW: usize = 5;

/// Fewest words of a sentence that counts as said twice.
const SHORTEST_COPY: usize = 4;

fn find_copies(facts: &mut [Facts<'_>]) {
    let long = facts.iter().enumerate().filter(|(_, f)| f.words >= SHORTEST_COPY);
    let texts = long.map(|(i, f)| (sentence_text(f.text, f.tokens), i));
    // Nearly always the length decides; texts are compared where it is the same.
    let mut texts: Vec<(usize, &str, usize)> = texts.map(|(text, i)| (text.len(), text, i)).collect();
    texts.sort_unstable();
    for copies in texts.chunk_by(|a, b| a.1 == b.1).filter(|copies| copies.len() > 1) {
        for (nth, (_, _, i)) in copies.iter().enumerate() {
            // The first of the others.
            let other = copies.get(usize::from(nth == 0)).map(|(_, _, other)| *other);
            if let Some(slot) = facts.get_mut(*i) {
                slot.copy = other;
            }
        }
    }
}

fn sentence_text<'d>(text: &'d str, tokens: &[Token]) -> &'d str {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return "" };
    crate::span::slice(text, first.start as usize..last.end as usize)
}
