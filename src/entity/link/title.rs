//! Jobs and whom people work for, where the text says so in so many words.
//!
//! Reads the sentences that name a person, as pieces: mentions, small words,
//! punctuation. The patterns are fixed:
//!
//! - before the person: "CEO Satya Nadella", "CEO Apple Tim Cook", "Bộ trưởng
//!   Bộ TT&TT Nguyễn Mạnh Hùng", "đại diện MobiFone, bà Lưu Thị Hạnh,";
//! - behind: "của Microsoft", ", CEO Apple,", "- chuyên gia của NCSC", "(CEO
//!   Bkav)", "là CEO của Google".
//!
//! Nothing is concluded from words in between that no list has.

use super::Linking;
use super::core::{are_fields, is_generic};
use super::words::{TITLES, may_begin_head, may_begin_title, may_end_title, spell_syllable};
use crate::document::View;
use crate::entity::EntityKind;
use crate::entity::mention::FoundMention;
use crate::normalize::fold::lower_char;
use crate::span::slice;
use crate::structure::words::{Listed, Words};
use crate::token::{Case, Token, TokenKind};
use std::ops::Range;

/// What a sentence says of a person; ranges are bytes of the normalized text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Job {
    /// The words of the title.
    pub(super) title: Option<Range<usize>>,
    /// The mention of the organization, and all that says so.
    pub(super) tie: Option<(usize, Range<usize>)>,
}

/// What the linker knows of a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Person,
    Organization,
    Place,
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// In [`Sentence::words`].
    Word,
    Comma,
    Dash,
    Open,
    Close,
    Other,
    Mention(usize, Role),
}

#[derive(Debug, Clone)]
struct Piece {
    kind: Kind,
    bytes: Range<usize>,
    /// Where its spelling stands in [`Sentence::words`]; a bar there for what
    /// is no word.
    word: Range<usize>,
}

/// Buffers for one sentence after another.
#[derive(Debug, Default)]
struct Sentence {
    pieces: Vec<Piece>,
    words: String,
}

/// What is read for jobs.
struct Text<'t> {
    view: &'t View<'t>,
    mentions: &'t [FoundMention],
    /// Which syllables may be of a title; without it, all.
    listed: Option<&'t Listed>,
}

/// Calls `found` with the job of each person's mention that a sentence gives
/// one. `role` tells what the mention at a position is.
pub(super) fn find(linking: &Linking<'_>, role: impl Fn(usize) -> Role, mut found: impl FnMut(usize, Job)) {
    let Linking { view, mentions, titles, .. } = linking;
    let text = Text { view, mentions, listed: *titles };
    // Room for most sentences: growing costs more than it.
    let mut sentence = Sentence { pieces: Vec::with_capacity(64), words: String::with_capacity(512) };
    let mut next = 0;
    for range in view.sentences {
        let tokens = view.tokens.get(range.clone()).unwrap_or(&[]);
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { continue };
        while mentions.get(next).is_some_and(|m| m.start < first.start as usize) {
            next += 1;
        }
        let start = next;
        while mentions.get(next).is_some_and(|m| m.end <= last.end as usize) {
            next += 1;
        }
        if !(start..next).any(|i| mentions.get(i).is_some_and(|m| m.kind == EntityKind::Person)) {
            continue;
        }
        let pieces = || text.pieces(range.clone(), start..next, &role);
        if !may_say_job(&text, pieces()) {
            continue;
        }
        sentence.read(&text, pieces());
        for at in 0..sentence.pieces.len() {
            if let Some(Kind::Mention(mention, Role::Person)) = sentence.kind(at) {
                let job = sentence.job(at);
                if job != Job::default() {
                    found(mention, job);
                }
            }
        }
    }
}

/// Places of the lists in [`listed_words`].
const FIRST: usize = 0;
const SECOND: usize = 1;
const ALONE: usize = 2;
const TIE: usize = 3;

/// The first words of titles, the second ones, titles of one word, and what
/// ties a person to an organization without any.
pub(super) fn listed_words() -> [Words; 4] {
    let several = || TITLES.iter().filter(|title| title.contains(' '));
    let alone = TITLES.iter().filter(|title| !title.contains(' '));
    [
        Words::new(several().filter_map(|title| title.split(' ').next())),
        Words::new(several().filter_map(|title| title.split(' ').nth(1))),
        Words::new(alone.copied()),
        Words::new(TIES.iter().copied()),
    ]
}

/// Whether a title, or a tie behind a person, may stand among these pieces:
/// without one there is no job.
fn may_say_job<'t>(text: &Text<'_>, pieces: impl Iterator<Item = (Kind, &'t Token, usize)>) -> bool {
    let (mut opened, mut after_person) = (false, false);
    for (kind, token, at) in pieces {
        if kind != Kind::Word {
            (opened, after_person) = (false, matches!(kind, Kind::Mention(_, Role::Person)));
            continue;
        }
        let id = text.view.ids.get(at).copied();
        let may_be = |list: usize| token.kind != TokenKind::Word || text.listed.zip(id).is_none_or(|(listed, id)| listed.may_be(id, list));
        if may_be(ALONE) | (opened & may_be(SECOND)) | (after_person & may_be(TIE)) {
            return true;
        }
        (opened, after_person) = (may_be(FIRST), false);
    }
    false
}

impl<'t> Text<'t> {
    /// The pieces of a sentence, each with its first token and the position of
    /// that; of tokens far from any person only that something is there.
    /// `inside` are the mentions of the sentence.
    fn pieces(
        &self,
        range: Range<usize>,
        inside: Range<usize>,
        role: &impl Fn(usize) -> Role,
    ) -> impl Iterator<Item = (Kind, &'t Token, usize)> {
        let mentions = self.mentions;
        let mut persons = mentions.get(inside.clone()).unwrap_or(&[]).iter().filter(|m| m.kind == EntityKind::Person).peekable();
        let mut inside = inside.peekable();
        let (mut skip_to, mut near_until) = (0, 0);
        self.view.tokens.get(range.clone()).unwrap_or(&[]).iter().zip(range.start..).filter_map(move |(token, at)| {
            crate::work::count(1);
            let (start, end) = (token.start as usize, token.end as usize);
            if start < skip_to {
                return None;
            }
            while let Some(person) = persons.next_if(|m| m.start < end + REACH_BYTES) {
                near_until = person.end + REACH_BYTES;
            }
            let mention = inside.next_if(|i| mentions.get(*i).is_some_and(|m| m.start <= start));
            let kind = if let Some((i, m)) = mention.and_then(|i| Some((i, mentions.get(i)?))) {
                skip_to = m.end;
                Kind::Mention(i, role(i))
            } else if start < near_until {
                kind_of(token)
            } else {
                Kind::Other
            };
            Some((kind, token, at))
        })
    }
}

impl Sentence {
    /// Reads the pieces and spells the words, with a bar for what is none: it
    /// keeps the words on both sides from making a phrase.
    fn read<'t>(&mut self, text: &Text<'_>, pieces: impl Iterator<Item = (Kind, &'t Token, usize)>) {
        self.pieces.clear();
        self.words.clear();
        let mut after_word = false;
        for (kind, token, _) in pieces {
            let bytes = match kind {
                Kind::Mention(i, _) => text.mentions.get(i).map_or(0..0, |m| m.start..m.end),
                _ => token.start as usize..token.end as usize,
            };
            let is_word = kind == Kind::Word;
            if is_word && after_word {
                self.words.push(' ');
            }
            let start = self.words.len();
            if is_word {
                spell_word(token.of(text.view.text).trim_end_matches('.'), token.case, &mut self.words);
            } else {
                self.words.push('|');
            }
            self.pieces.push(Piece { kind, bytes, word: start..self.words.len() });
            after_word = is_word;
        }
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.pieces.get(at).map(|p| p.kind)
    }

    /// The words of the pieces `range`, with bars for what is no word; empty
    /// past the end.
    fn phrase(&self, range: Range<usize>) -> &str {
        crate::work::count(range.len());
        let (Some(first), Some(last)) = (self.pieces.get(range.start), self.pieces.get(range.end.wrapping_sub(1))) else { return "" };
        slice(&self.words, first.word.start..last.word.end)
    }

    fn word(&self, at: usize) -> &str {
        self.phrase(at..at + 1)
    }

    fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let start = self.pieces.get(range.start).map_or(0, |p| p.bytes.start);
        let end = self.pieces.get(range.end.wrapping_sub(1)).map_or(start, |p| p.bytes.end);
        start..end
    }

    /// The job of the person at piece `at`.
    fn job(&self, at: usize) -> Job {
        let before = self.job_before(at).unwrap_or_default();
        if before.title.is_some() && before.tie.is_some() {
            return before;
        }
        let behind = self.job_behind(at, before.title.clone()).unwrap_or_default();
        // "CEO Tim Cook, chủ tịch Hiệp hội X": a title goes with its own tie.
        if behind.title.is_some() && behind.tie.is_some() {
            return behind;
        }
        Job { title: before.title.or(behind.title), tie: before.tie.or(behind.tie) }
    }

    fn job_before(&self, at: usize) -> Option<Job> {
        let mut end = at;
        while end > 0 && is_pronoun(self.word(end - 1)) {
            end -= 1;
        }
        let polite = end < at;
        if let Some(title) = self.title_ending(end) {
            return Some(Job { title: Some(self.bytes(title)), tie: None });
        }
        let end = self.before_apposition(at, end, polite)?;
        let name = end.checked_sub(1)?;
        match self.kind(name)? {
            Kind::Mention(mention, Role::Organization) => self.title_of_organization(name, mention, at),
            Kind::Mention(_, Role::Place) => self.title_of_place(name, at),
            Kind::Word if polite && end < at => Some(Job { title: Some(self.bytes(self.title_ending(end)?)), tie: None }),
            _ => None,
        }
    }

    /// Where what precedes the person ends: "CEO Apple | Tim Cook", "CEO Apple
    /// | - Tim Cook", "CEO của Apple | là Tim Cook", "đại diện MobiFone |, bà
    /// Lưu Thị Hạnh". After a comma alone a list may go on.
    fn before_apposition(&self, at: usize, end: usize, polite: bool) -> Option<usize> {
        let last = end.checked_sub(1)?;
        match self.kind(last)? {
            Kind::Comma if polite || self.is_apposition(at) => Some(last),
            Kind::Comma => None,
            Kind::Dash => Some(last),
            Kind::Word if self.word(last) == "là" => Some(last),
            _ => Some(end),
        }
    }

    /// Whether the person stands between commas and the sentence goes on in
    /// small words.
    fn is_apposition(&self, at: usize) -> bool {
        self.kind(at + 1) == Some(Kind::Comma) && VERBS.contains(&self.word(at + 2))
    }

    /// "CEO [của] [hãng] Apple | Tim Cook"
    fn title_of_organization(&self, name: usize, mention: usize, at: usize) -> Option<Job> {
        let title = self.title_before_name(name)?;
        let tie = (mention, self.bytes(title.start..at + 1));
        Some(Job { title: Some(self.bytes(title)), tie: Some(tie) })
    }

    /// "Tổng thống Mỹ | Donald Trump", "CEO Grab Việt Nam | Nguyễn Thái Hải Vân".
    fn title_of_place(&self, name: usize, at: usize) -> Option<Job> {
        if let Some(title) = self.title_before_name(name) {
            return Some(Job { title: Some(self.bytes(title)), tie: None });
        }
        let mut before = name.checked_sub(1)?;
        if matches!(self.word(before), "tại" | "ở") {
            before = before.checked_sub(1)?;
        }
        match self.kind(before)? {
            Kind::Mention(mention, Role::Organization) => self.title_of_organization(before, mention, at),
            _ => None,
        }
    }

    fn title_before_name(&self, name: usize) -> Option<Range<usize>> {
        let mut end = name;
        if let Some(start) = (end.saturating_sub(LONGEST_TITLE)..end).find(|s| is_generic(self.phrase(*s..end))) {
            // "chủ tịch ban quản trị": its last words are no head of a name.
            end = if self.title_ending(end).is_some() { end } else { start };
        }
        if end > 0 && is_link(self.word(end - 1)) {
            end -= 1;
        }
        self.title_ending(end)
    }

    fn job_behind(&self, at: usize, title: Option<Range<usize>>) -> Option<Job> {
        let next = at + 1;
        match self.kind(next)? {
            Kind::Word => self.tie_behind(at, title).or_else(|| self.is_job(at)),
            Kind::Comma | Kind::Dash => self.apposition(at, next + 1),
            Kind::Open => self.in_brackets(at, title),
            _ => None,
        }
    }

    /// "Satya Nadella | của Microsoft"; with a title also "tại", "ở".
    fn tie_behind(&self, at: usize, title: Option<Range<usize>>) -> Option<Job> {
        let word = self.word(at + 1);
        if !(TIES.contains(&word) || title.is_some() && is_link(word)) {
            return None;
        }
        let (name, mention) = self.organization_at(at + 2)?;
        let start = title.map_or(self.bytes(at..at + 1).start, |t| t.start);
        Some(Job { title: None, tie: Some((mention, start..self.bytes(name..name + 1).end)) })
    }

    /// "Sundar Pichai | hiện là CEO của Google"
    fn is_job(&self, at: usize) -> Option<Job> {
        let verb = (at + 2..at + 5).rev().find(|end| IS.contains(&self.phrase(at + 1..*end)))?;
        let title = self.title_starting(verb)?;
        match self.organization_behind(title.end) {
            Some((name, mention)) => Some(self.with_tie(at, title, name, mention)),
            None => self.closes(title.end).then(|| Job { title: Some(self.bytes(title)), tie: None }),
        }
    }

    /// "Tim Cook, | CEO Apple, …". A title that the next person has is not this
    /// one's, and "Theo ông Sơn, giám đốc FPT sẽ…" tells of somebody else.
    fn apposition(&self, at: usize, mut start: usize) -> Option<Job> {
        if let Some(length) = (1..=3).rev().find(|n| IS.contains(&self.phrase(start..start + n))) {
            start += length;
        } else if self.word(start) == "hiện" {
            start += 1;
        }
        let title = self.title_starting(start)?;
        match self.organization_behind(title.end) {
            Some((name, mention)) => {
                let sure = self.closes(name + 1) || !self.is_source(at) && self.kind(name + 1) == Some(Kind::Word);
                sure.then(|| self.with_tie(at, title, name, mention))
            }
            None => self.closes(self.generic_end(title.end)).then(|| Job { title: Some(self.bytes(title)), tie: None }),
        }
    }

    /// "Nguyễn Tử Quảng | (CEO Bkav)", "Giám đốc Nguyễn Văn A | (Bkav)".
    fn in_brackets(&self, at: usize, title: Option<Range<usize>>) -> Option<Job> {
        let start = at + 2;
        if let Some(inner) = self.title_starting(start) {
            let organization = self.organization_behind(inner.end);
            let end = organization.map_or(inner.end, |(name, _)| name + 1);
            if !matches!(self.kind(end), Some(Kind::Close | Kind::Comma)) {
                return None;
            }
            return Some(match organization {
                Some((name, mention)) => self.with_tie(at, inner, name, mention),
                None => Job { title: Some(self.bytes(inner)), tie: None },
            });
        }
        let title = title?;
        let (name, mention) = self.organization_at(start)?;
        let end = self.bytes(name..name + 2).end;
        (self.kind(name + 1) == Some(Kind::Close)).then_some(Job { title: None, tie: Some((mention, title.start..end)) })
    }

    fn with_tie(&self, at: usize, title: Range<usize>, name: usize, mention: usize) -> Job {
        Job { title: Some(self.bytes(title)), tie: Some((mention, self.bytes(at..name + 1))) }
    }

    /// Whether "theo" names the person as a source.
    fn is_source(&self, at: usize) -> bool {
        let before = (0..at).rev().find(|i| !is_pronoun(self.word(*i)));
        before.is_some_and(|i| self.word(i) == "theo")
    }

    /// "[của] [hãng] Apple" right behind a title.
    fn organization_behind(&self, at: usize) -> Option<(usize, usize)> {
        let linked = is_link(self.word(at));
        self.organization_at(at + usize::from(linked))
    }

    /// "[hãng] Apple" at `at`: the piece and its mention.
    fn organization_at(&self, at: usize) -> Option<(usize, usize)> {
        let name = self.generic_end(at);
        match self.kind(name)? {
            Kind::Mention(mention, Role::Organization) => Some((name, mention)),
            _ => None,
        }
    }

    /// Where a generic head at `at` ends; `at` itself where there is none.
    fn generic_end(&self, at: usize) -> usize {
        if !may_begin_head(self.word(at)) {
            return at;
        }
        (at + 1..=at + LONGEST_TITLE).rev().find(|end| is_generic(self.phrase(at..*end))).unwrap_or(at)
    }

    /// Whether an aside may end before piece `at`.
    fn closes(&self, at: usize) -> bool {
        !matches!(self.kind(at), Some(Kind::Word | Kind::Mention(..) | Kind::Open))
    }

    /// The title that ends before piece `end`.
    fn title_ending(&self, end: usize) -> Option<Range<usize>> {
        let mut start = self.unit_ending(end)?;
        // "nhà đồng sáng lập kiêm CEO"
        while let Some(earlier) = start.checked_sub(1).filter(|i| self.joins_titles(*i, start..end)).and_then(|i| self.unit_ending(i)) {
            start = earlier;
        }
        Some(start..end)
    }

    /// One title before piece `end`, its fields and "phó", "cựu" included.
    fn unit_ending(&self, end: usize) -> Option<usize> {
        if !may_end_title(self.word(end.checked_sub(1)?)) {
            return None;
        }
        let is_title = |s: usize, e: usize| TITLES.contains(self.phrase(s..e));
        let longest = |e: usize| (e.saturating_sub(LONGEST_TITLE)..e).find(|s| is_title(*s, e));
        let mut start = longest(end).or_else(|| {
            let fields = (end.saturating_sub(LONGEST_TITLE)..end).filter(|s| are_fields(self.phrase(*s..end)));
            fields.filter_map(longest).next()
        })?;
        while start > 0 && MODIFIERS.contains(&self.word(start - 1)) {
            start -= 1;
        }
        Some(start)
    }

    /// Whether the piece joins two titles of one person. "và" does for
    /// founders only: "Chủ tịch và Tổng giám đốc" are mostly two people.
    fn joins_titles(&self, at: usize, behind: Range<usize>) -> bool {
        match self.word(at) {
            "kiêm" => true,
            "và" => self.phrase(behind).ends_with("sáng lập") || self.phrase(at.saturating_sub(2)..at) == "sáng lập",
            _ => false,
        }
    }

    /// The title that starts at piece `start`.
    fn title_starting(&self, start: usize) -> Option<Range<usize>> {
        let mut end = self.unit_starting(start)?;
        while self.word(end) == "kiêm" || self.word(end) == "và" && self.phrase(start..end).ends_with("sáng lập") {
            let Some(further) = self.unit_starting(end + 1) else { break };
            end = further;
        }
        Some(start..end)
    }

    fn unit_starting(&self, start: usize) -> Option<usize> {
        let mut from = start;
        while MODIFIERS.contains(&self.word(from)) && !TITLES.contains(self.phrase(from..from + 2)) {
            from += 1;
        }
        if !may_begin_title(self.word(from)) {
            return None;
        }
        let end = (from + 1..=from + LONGEST_TITLE).rev().find(|end| TITLES.contains(self.phrase(from..*end)))?;
        let fields = (end + 1..=end + LONGEST_TITLE).rev().find(|further| are_fields(self.phrase(end..*further)));
        Some(fields.unwrap_or(end))
    }
}

fn kind_of(token: &Token) -> Kind {
    match token.kind {
        TokenKind::Comma => Kind::Comma,
        TokenKind::Dash => Kind::Dash,
        TokenKind::ParenOpen => Kind::Open,
        TokenKind::ParenClose => Kind::Close,
        TokenKind::Word | TokenKind::Abbreviation | TokenKind::Mixed | TokenKind::Handle => Kind::Word,
        _ => Kind::Other,
    }
}

/// Spells a word of running text. The two tone styles differ where an open
/// syllable ends in two vowels with the mark on the first ("hòa", "thủy"); all
/// others are only put in lower case.
fn spell_word(word: &str, case: Case, out: &mut String) {
    match word.as_bytes() {
        [.., 0x80..=0xff, b'a' | b'e' | b'y' | b'A' | b'E' | b'Y'] => spell_syllable(word, out),
        _ if case == Case::Lower => out.push_str(word),
        _ => out.extend(word.chars().map(lower_char)),
    }
}

/// How far from a person words are read, in bytes: more than any pattern
/// spans.
const REACH_BYTES: usize = 160;

/// Most words of a title or of what stands between it and a name.
const LONGEST_TITLE: usize = 6;

/// "CEO của Apple", "giám đốc tại FPT"
fn is_link(word: &str) -> bool {
    matches!(word, "của" | "tại" | "ở" | "thuộc")
}

/// The same where no title is said.
const TIES: &[&str] = &["của", "thuộc"];

/// Words before a name that are no job.
fn is_pronoun(word: &str) -> bool {
    matches!(word, "ông" | "bà" | "anh" | "chị" | "cô" | "chú" | "ts" | "ths" | "gs" | "pgs" | "gs.ts" | "pgs.ts" | "tiến" | "thạc")
}

/// Words that change a title and belong to it.
const MODIFIERS: &[&str] = &["cựu", "cố", "nguyên", "phó", "quyền", "tân", "đồng", "nữ"];

/// "Sundar Pichai là CEO": what is said for good, not "từng là", "trở thành".
const IS: &[&str] = &["là", "hiện là", "đang là", "hiện đang là", "giữ chức", "hiện giữ chức", "đang giữ chức"];

/// First words of what a person in apposition does next.
const VERBS: &[&str] = &[
    "cho", "nói", "chia", "khẳng", "nhận", "nhấn", "đã", "cũng", "sẽ", "vừa", "từng", "tuyên", "phát", "viết", "thừa", "tiết", "xác", "kể",
    "bày",
];
