//! What a token looks like to the recognizer, and which tokens it looks at.
//!
//! Takes a text read up to its words, gives a [`Glance`] for each token of the
//! sentences that may hold names, and the zones: runs of tokens close to a
//! capital, a foreign word or a name of the lists, without the marks and small
//! words beside them that are never in a name. Promises: zones lie within
//! sentences, are disjoint and in order. All tokens outside zones are outside
//! names; most tokens of an article are, and cost next to nothing.

use super::knowledge::{Form, Knowledge, MAX_PHRASE, flags, join};
use crate::document::View;
use crate::segment::vocabulary::SyllableId;
use crate::sentence::TokenRange;
use crate::token::{Case, Gap, Token, TokenKind};

/// One token as the features see it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Glance {
    /// The spelling.
    pub form: Form,
    /// The word that the token belongs to.
    pub word: Form,
    /// The nearest word to the left, and to the right, that is neither a
    /// capital nor a number: what the run of capitals stands in.
    pub around: [Form; 2],
    /// Tokens from there, at most 3.
    pub depth: [u8; 2],
    /// Letter case and kind.
    pub shape: u8,
    /// Place in the word: 0 alone, 1 first, 2 later.
    pub place: u8,
    /// Whether nothing wordlike stands before it in the sentence.
    pub first: bool,
    /// Clusters of the word, coarse and fine.
    pub clusters: [u16; 2],
    /// Classes of the phrases it is in: as first token in the lower half, as
    /// later token in the upper.
    pub lists: u32,
    /// First two, first three, last two, last three letters; 0 for tokens
    /// that carry none.
    pub affixes: [Form; 4],
}

/// Glances of a text and its zones.
#[derive(Debug, Default)]
pub struct Sight {
    /// One for each token and perhaps more; only those close to a zone are
    /// filled.
    pub glances: Vec<Glance>,
    /// Runs of tokens that may hold names, each with the sentence it is in.
    pub zones: Vec<Zone>,
    spelling: String,
}

/// A run of tokens to be tagged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// The tokens.
    pub tokens: TokenRange,
    /// Its sentence.
    pub sentence: TokenRange,
}

/// Tokens after a trigger that belong to its zone.
const AFTER: usize = 1;
/// Tokens after a head ("Cục") that belong to its zone.
const AFTER_HEAD: usize = 9;

impl Sight {
    /// Looks at a text.
    pub fn look(&mut self, view: &View<'_>, knowledge: &Knowledge) {
        // What is not filled again is not read, so old glances may stay.
        if self.glances.len() < view.tokens.len() {
            self.glances.resize(view.tokens.len(), Glance::default());
        }
        self.zones.clear();
        for sentence in view.sentences {
            let first = self.zones.len();
            let capitals = self.find_zones(view, knowledge, sentence);
            self.fill_sentence(view, knowledge, sentence, (first, capitals));
        }
    }

    /// Finds the zones of a sentence, and how many words it has in capitals.
    fn find_zones(&mut self, view: &View<'_>, knowledge: &Knowledge, sentence: &TokenRange) -> usize {
        let Some(tokens) = view.tokens.get(sentence.clone()) else { return 0 };
        let Some(ids) = view.ids.get(sentence.clone()) else { return 0 };
        let mut capitals = 0;
        // After a head a name may go on over commas and over any word: "Bộ Lao
        // động, Thương binh và Xã hội".
        let goes_on = |at: usize, reach: usize| match (tokens.get(at), ids.get(at)) {
            (Some(token), Some(id)) if reach == AFTER => goes_on(token, view.text, knowledge.syllable_flags(*id)),
            (Some(token), _) => goes_on(token, view.text, 0) || token.kind == TokenKind::Comma,
            _ => false,
        };
        let mut zone: Option<TokenRange> = None;
        for (i, (token, id)) in tokens.iter().zip(ids).enumerate() {
            let known = knowledge.syllable_flags(*id);
            if !may_trigger(token, known, *id) {
                continue;
            }
            // All words in capitals may be triggers.
            capitals += usize::from((token.kind == TokenKind::Word) & matches!(token.case, Case::Upper | Case::Initial));
            let reach = reach(token, view.text, known);
            if reach == 0 || known & flags::COMMON != 0 && is_plain_start(tokens, i) {
                continue;
            }
            let after = (i + 1..=i + reach).take_while(|at| goes_on(*at, reach)).count();
            let (opens, links) = match i.checked_sub(1).and_then(|at| Some((tokens.get(at)?, ids.get(at)?))) {
                Some((token, id)) => before(token, knowledge.syllable_flags(*id)),
                None => (false, false),
            };
            let start = sentence.start + i - usize::from(opens);
            let mut end = i + 1 + after;
            // A number at the end may belong to the name, with what follows.
            while tokens.get(end - 1).is_some_and(|token| token.kind == TokenKind::Number) && goes_on(end, AFTER) {
                end += 1;
            }
            let end = sentence.start + end;
            match &mut zone {
                Some(zone) if start <= zone.end + usize::from(links) => {
                    zone.end = zone.end.max(end);
                }
                _ => {
                    self.push_zone(zone, sentence);
                    zone = Some(start..end);
                }
            }
        }
        self.push_zone(zone, sentence);
        capitals
    }

    fn push_zone(&mut self, tokens: Option<TokenRange>, sentence: &TokenRange) {
        self.zones.extend(tokens.map(|tokens| Zone { tokens, sentence: sentence.clone() }));
    }

    /// Fills the glances of the zones from `first` on and of their
    /// neighbours; they are all in one sentence.
    fn fill_sentence(&mut self, view: &View<'_>, knowledge: &Knowledge, sentence: &TokenRange, (first, capitals): (usize, usize)) {
        if first == self.zones.len() {
            return;
        }
        let shouting = is_shouting(view.tokens.get(sentence.clone()).unwrap_or(&[]), capitals);
        let mut filled = sentence.start;
        let mut next = first;
        while let Some(zone) = self.zones.get(next) {
            let mut end = zone.tokens.end;
            let start = zone.tokens.start.saturating_sub(BESIDE).max(filled);
            next += 1;
            while let Some(zone) = self.zones.get(next).filter(|zone| zone.tokens.start <= end + 2 * BESIDE) {
                end = zone.tokens.end;
                next += 1;
            }
            let stretch = whole_words(view, start..(end + BESIDE).min(sentence.end), sentence);
            filled = stretch.end;
            self.fill(view, knowledge, stretch.start == sentence.start, shouting, stretch);
        }
    }

    fn fill(&mut self, view: &View<'_>, knowledge: &Knowledge, opens: bool, shouting: bool, stretch: TokenRange) {
        let range = || stretch.clone();
        let (Some(tokens), Some(ids)) = (view.tokens.get(range()), view.ids.get(range())) else { return };
        let (Some(continues), Some(glances)) = (view.continues.get(range()), self.glances.get_mut(range())) else { return };
        // From right to left: a phrase needs the forms behind the token that it
        // starts with.
        for (at, (token, id)) in tokens.iter().zip(ids).enumerate().rev() {
            crate::work::count(1);
            let facts = knowledge.facts(view.text, token, *id, is_capital(token), &mut self.spelling);
            let Some(glance) = glances.get_mut(at) else { return };
            *glance = Glance {
                form: facts.form,
                word: facts.form,
                clusters: halves(facts.clusters),
                shape: shape(token, view.text, shouting),
                affixes: affixes(token, view.text),
                ..Glance::default()
            };
            let (counts, goes_on) = listed(token);
            // Most words are in no list.
            if facts.flags & (counts & (flags::CLASSES | flags::LOWER) | goes_on) != 0 {
                fill_phrases(glances, at, (facts.form, facts.flags), (counts, goes_on), tokens, knowledge);
            }
        }
        fill_words(glances, continues, tokens, knowledge);
        fill_places(glances, tokens, opens);
    }
}

/// Tokens beside a zone that its features see.
const BESIDE: usize = 2;

/// The range, widened to whole words within the sentence.
fn whole_words(view: &View<'_>, range: TokenRange, sentence: &TokenRange) -> TokenRange {
    let inside = |at: usize| at > sentence.start && at < sentence.end && view.continues.get(at).copied().unwrap_or(false);
    let start = (sentence.start..=range.start).rev().find(|at| !inside(*at)).unwrap_or(range.start);
    let end = (range.end..sentence.end).find(|at| !inside(*at)).unwrap_or(sentence.end);
    start..end
}

/// Whether a token may be in a name behind another: hardly any comma is, nor
/// any word such as "đã".
fn goes_on(token: &Token, text: &str, known: u32) -> bool {
    match token.kind {
        TokenKind::Word => token.case != Case::Lower || known & flags::BREAK == 0,
        TokenKind::Dash | TokenKind::Slash | TokenKind::Symbol | TokenKind::Percent => true,
        TokenKind::Handle => !is_topic(token, text),
        kind => kind.is_wordlike(),
    }
}

/// Whether a token may open a name that goes on with a capital, "bộ GTVT", and
/// whether it may stand between two parts of one: "Moto E (2015)".
fn before(token: &Token, known: u32) -> (bool, bool) {
    use TokenKind::{ParenClose, ParenOpen, Quote, QuoteClose, QuoteOpen};
    match token.kind {
        TokenKind::Word => (known & flags::OPENS != 0, known & flags::BREAK == 0),
        TokenKind::Number => (true, true),
        ParenOpen | ParenClose | Quote | QuoteOpen | QuoteClose => (false, true),
        _ => (false, false),
    }
}

/// Whether a token starts a sentence and goes on in lower case: its capital
/// says nothing.
fn is_plain_start(tokens: &[Token], i: usize) -> bool {
    let is_lower = |token: &Token| token.kind == TokenKind::Word && token.case == Case::Lower;
    i == 0 && tokens.first().is_some_and(|t| t.case == Case::Title || t.case == Case::Initial) && tokens.get(1).is_some_and(is_lower)
}

/// Whether a word that starts with this token is looked up as a capital one.
pub(super) fn is_capital(token: &Token) -> bool {
    !matches!(token.case, Case::Lower | Case::None)
}

/// Whether a token may be a trigger. Most are none, and which ones are cannot
/// be foretold: their kinds and cases are tested without a branch for each.
#[inline]
fn may_trigger(token: &Token, known: u32, id: SyllableId) -> bool {
    const WORDS: u32 = TokenKind::Word.bit() | TokenKind::Abbreviation.bit();
    const OTHERS: u32 = TokenKind::Mixed.bit() | TokenKind::Address.bit() | TokenKind::Foreign.bit() | TokenKind::Handle.bit();
    let is_word_trigger = is_capital(token) | (known & (flags::LOWER_START | flags::LOWER) != 0) | (id == UNKNOWN_ASCII_WORD);
    token.kind.is_in(if is_word_trigger { WORDS | OTHERS } else { OTHERS })
}

/// How many tokens after this one, which may be a trigger, its zone reaches; 0
/// where it is none.
fn reach(token: &Token, text: &str, known: u32) -> usize {
    match token.kind {
        TokenKind::Word | TokenKind::Abbreviation if is_capital(token) && known & flags::HEAD != 0 => AFTER_HEAD,
        TokenKind::Handle if is_topic(token, text) => 0,
        _ => AFTER,
    }
}

/// "#topic", and not "@name".
fn is_topic(token: &Token, text: &str) -> bool {
    token.of(text).starts_with('#')
}

/// The vocabulary's class of ASCII words in lower case that it does not know.
const UNKNOWN_ASCII_WORD: u16 = 32;

/// Most words are in capitals, of which there are so many: case says nothing
/// here.
fn is_shouting(tokens: &[Token], capitals: usize) -> bool {
    capitals >= 4 && capitals * 10 >= tokens.iter().filter(|t| t.kind == TokenKind::Word).count() * 7
}

/// Code of the letter case and kind of a token, below 64.
fn shape(token: &Token, text: &str, shouting: bool) -> u8 {
    match token.kind {
        TokenKind::Word | TokenKind::Abbreviation => word_shape(token, text, shouting),
        TokenKind::Mixed => mixed_shape(token.of(text), token.case),
        TokenKind::Number => 20 + number_shape(token.of(text)),
        kind => 28 + (kind as u8).min(35),
    }
}

fn word_shape(token: &Token, text: &str, shouting: bool) -> u8 {
    let ascii = u8::from(is_ascii(token, text));
    let is_title = token.case == Case::Title;
    if is_title | matches!(token.case, Case::None | Case::Lower) {
        return 2 + 2 * u8::from(is_title) + ascii;
    }
    match token.case {
        Case::Upper | Case::Initial if shouting && token.kind == TokenKind::Word => 1,
        Case::Initial => 10,
        Case::Upper if token.end - token.start <= 4 => 6 + ascii,
        Case::Upper => 8 + ascii,
        _ if starts_upper(token.of(text)) => 11,
        _ => 12,
    }
}

/// Whether a token has ASCII only: eight bytes at once, as most tokens have no
/// more.
#[inline]
fn is_ascii(token: &Token, text: &str) -> bool {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let unused = 8 - (token.end - token.start).clamp(1, 8);
    match text.as_bytes().get(token.start as usize..).and_then(|rest| rest.first_chunk()) {
        Some(first) if token.end - token.start <= 8 => u64::from_le_bytes(*first) & HIGH >> (8 * unused) == 0,
        _ => token.of(text).is_ascii(),
    }
}

fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// "5G", "121kg", "A12", "iOS14", "S8+".
fn mixed_shape(word: &str, case: Case) -> u8 {
    match (word.starts_with(|c: char| c.is_ascii_digit()), case) {
        (true, Case::Lower) => 13,
        (true, Case::Initial) => 14,
        (true, _) => 15,
        (false, Case::Lower) => 16,
        (false, Case::Initial) => 17,
        (false, _) if starts_upper(word) => 18,
        (false, _) => 19,
    }
}

fn number_shape(word: &str) -> u8 {
    if word.contains(['.', ',']) {
        0
    } else if word.contains(['/', '-']) {
        1
    } else {
        match word.len() {
            1 => 2,
            2 => 3,
            3 => 4,
            4 if word.starts_with("20") || word.starts_with("19") => 5,
            4 => 6,
            _ => 7,
        }
    }
}

/// Whether a word of this shape is part of the run of capitals and numbers
/// that a name may be.
pub(super) fn is_upright(shape: u8) -> bool {
    (4..28).contains(&shape)
}

/// Keys of the first and last letters of words with capitals or digits.
fn affixes(token: &Token, text: &str) -> [Form; 4] {
    const OTHERS: u32 = TokenKind::Mixed.bit() | TokenKind::Address.bit() | TokenKind::Handle.bit();
    let takes = token.kind.is_in(OTHERS) | ((token.kind == TokenKind::Word) & (token.case != Case::Lower));
    if !takes | (token.end - token.start < 3) {
        return [0; 4];
    }
    let bytes = text.as_bytes().get(token.start as usize..token.end as usize).unwrap_or(&[]);
    let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) else { return [0; 4] };
    let letters = |bytes: &[u8; 3]| bytes.map(|byte| Form::from(byte.to_ascii_lowercase()));
    let ([a, b, c], [x, y, z]) = (letters(first), letters(last));
    let (head, tail) = (a << 8 | b, y << 8 | z);
    [head, head << 8 | c, tail, x << 16 | tail]
}

/// Sets what the words of several tokens are; the others are what their tokens
/// are.
fn fill_words(glances: &mut [Glance], continues: &[bool], tokens: &[Token], knowledge: &Knowledge) {
    let mut start = 0;
    while let Some(second) = continues.iter().skip(start + 1).position(|c| *c) {
        start += second;
        let more = continues.iter().skip(start + 1).take_while(|c| **c).count();
        let (Some(token), Some(word)) = (tokens.get(start), glances.get_mut(start..=start + more)) else { return };
        let Some(key) = word.iter().map(|glance| glance.form).reduce(join) else { return };
        let clusters = halves(knowledge.clusters(key, is_capital(token)));
        for (i, glance) in word.iter_mut().enumerate() {
            (glance.word, glance.clusters, glance.place) = (key, clusters, if i == 0 { 1 } else { 2 });
        }
        start += 1 + more;
    }
}

fn halves(clusters: u32) -> [u16; 2] {
    [clusters as u16, (clusters >> 16) as u16]
}

fn fill_places(glances: &mut [Glance], tokens: &[Token], mut first: bool) {
    let mut around = (0, 0_u8);
    for (glance, token) in glances.iter_mut().zip(tokens) {
        glance.first = first;
        first &= !token.kind.is_wordlike();
        (glance.around[0], glance.depth[0]) = around;
        around = beside(glance, around);
    }
    around = (0, 0);
    for glance in glances.iter_mut().rev() {
        (glance.around[1], glance.depth[1]) = around;
        around = beside(glance, around);
    }
}

/// The nearest word that the next token sees beyond this one, and how far it is.
/// Which tokens are upright cannot be foretold.
#[inline]
fn beside(glance: &Glance, (word, depth): (Form, u8)) -> (Form, u8) {
    let is_upright = is_upright(glance.shape);
    let beyond = Form::from(is_upright).wrapping_neg();
    (word & beyond | glance.word & !beyond, (depth + 1).min(3) * u8::from(is_upright))
}

/// The flags that a phrase which starts with this token counts by, and by which
/// it goes on: in small letters most names of the lists are none.
#[inline]
fn listed(token: &Token) -> (u32, u32) {
    let is_lower = token.case == Case::Lower;
    if is_lower { (flags::LOWER, flags::LOWER_START) } else { (u32::MAX, flags::PREFIX) }
}

/// Marks the phrases that start with a token, whose form and flags are known. A
/// phrase `counts` if it has such a flag, and another may start with it if it
/// has the flag `goes_on`.
fn fill_phrases(
    glances: &mut [Glance],
    start: usize,
    (form, found): (Form, u32),
    (counts, goes_on): (u32, u32),
    tokens: &[Token],
    knowledge: &Knowledge,
) {
    let (mut key, mut found, mut end) = (form, found, start + 1);
    loop {
        if found & counts != 0 {
            mark(glances.get_mut(start..end).unwrap_or(&mut []), found & flags::CLASSES);
        }
        if found & goes_on == 0 || end - start >= MAX_PHRASE || tokens.get(end).is_none_or(|t| t.gap >= Gap::Line) {
            return;
        }
        let Some(form) = glances.get(end).map(|g| g.form) else { return };
        crate::work::count(1);
        key = join(key, form);
        found = knowledge.phrase(key);
        end += 1;
    }
}

fn mark(phrase: &mut [Glance], classes: u32) {
    for (i, glance) in phrase.iter_mut().enumerate() {
        glance.lists |= if i == 0 { classes } else { classes << 16 };
    }
}
