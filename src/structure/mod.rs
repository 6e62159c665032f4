//! Sentences → roles: title, lede, heading, body, caption, boilerplate.
//!
//! Takes a text up to its words and what the caller knows of its parts; gives
//! each sentence a role and the cue that decided. Promises: one role for every
//! sentence; work linear in the tokens. What a cue is and weighs stands in
//! [`cues`], the learned wording of captions in [`caption`].

pub mod caption;
mod cues;
mod facts;

pub(crate) use facts::same_word;

use crate::article::Part;
use crate::document::View;
use crate::summary::Role;
use caption::CaptionWords;
use facts::Facts;

/// A sentence's role and the strongest cue for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Assigned {
    pub(crate) role: Role,
    pub(crate) cue: &'static str,
}

/// What a sentence is where nothing speaks for anything else.
pub(crate) const BODY: Assigned = Assigned { role: Role::Body, cue: "running text" };

/// Gives each sentence of `view` its role. `parts` says for each sentence which
/// part it was given in, if the article came in parts.
pub(crate) fn assign(view: &View<'_>, parts: &[Option<Part>], captions: &CaptionWords, roles: &mut Vec<Assigned>) {
    let facts = facts::gather(view);
    roles.clear();
    roles.extend(facts.iter().map(|f| by_cues(f, captions)));
    captions_before_credits(&facts, roles);
    if parts.iter().any(Option::is_some) {
        given_parts(parts, roles);
    } else {
        open(&facts, roles);
    }
    // A caption or heading that is the whole text is its body.
    if roles.iter().all(|r| r.role == Role::Heading) {
        roles.iter_mut().for_each(|r| *r = BODY);
    }
}

/// Gives the sentences that a user's patterns match to boilerplate, but for
/// what the caller gave as title or lede.
pub(crate) fn match_patterns(view: &View<'_>, patterns: &regex::RegexSet, roles: &mut [Assigned]) {
    for (index, role) in roles.iter_mut().enumerate().filter(|(_, r)| r.cue != GIVEN) {
        let (start, end) = view.sentence_bytes(index);
        if patterns.is_match(crate::span::slice(view.text, start..end)) {
            *role = Assigned { role: Role::Boilerplate, cue: "your pattern" };
        }
    }
}

/// The cue of a role that the caller gave.
const GIVEN: &str = "given";

/// The role whose cues weigh most.
fn by_cues(facts: &Facts<'_>, captions: &CaptionWords) -> Assigned {
    let mut best = (cues::THRESHOLD - 1, BODY);
    for role in [Role::Boilerplate, Role::Caption, Role::Heading] {
        let mut sum = 0;
        let mut strongest = (0, "wording");
        for cue in cues::CUES.iter().filter(|c| c.role == role && (c.test)(facts)) {
            crate::work::count(1);
            sum += cue.weight;
            if cue.weight > strongest.0 {
                strongest = (cue.weight, cue.name);
            }
        }
        if role == Role::Caption {
            let wording = caption_wording(facts, captions);
            sum += wording;
            if wording > strongest.0 {
                strongest = (wording, "wording");
            }
        }
        if sum > best.0 {
            best = (sum, Assigned { role, cue: strongest.1 });
        }
    }
    best.1
}

/// The learned log odds as a weight among the cues': 256 units are one.
fn caption_wording(facts: &Facts<'_>, captions: &CaptionWords) -> i32 {
    (captions.score(facts.tokens, facts.ids) / 256).clamp(-6, 6)
}

/// What stands right before a photo credit is its caption, if it is short.
fn captions_before_credits(facts: &[Facts<'_>], roles: &mut [Assigned]) {
    for next in 1..roles.len() {
        let credit = roles.get(next).is_some_and(|r| matches!(r.cue, "credit" | "picture note"));
        let photo = facts.get(next).is_some_and(|f| f.begins_with("ảnh"));
        let short = facts.get(next - 1).is_some_and(|f| f.words <= 35);
        if let Some(before) = roles.get_mut(next - 1).filter(|r| credit && photo && short && r.role == Role::Body) {
            *before = Assigned { role: Role::Caption, cue: "before a credit" };
        }
    }
}

fn given_parts(parts: &[Option<Part>], roles: &mut [Assigned]) {
    for (role, part) in roles.iter_mut().zip(parts) {
        match part {
            Some(Part::Title) => *role = Assigned { role: Role::Title, cue: GIVEN },
            Some(Part::Lede) => *role = Assigned { role: Role::Lede, cue: GIVEN },
            _ => {}
        }
    }
}

/// Finds the title and the lede at the start of a text.
fn open(facts: &[Facts<'_>], roles: &mut [Assigned]) {
    let mut next = 0;
    if facts.first().is_some_and(is_title) && facts.len() > 1 {
        set(roles, 0, Role::Title, "opens the text");
        next = 1;
    }
    // A date or byline may stand between title and lede.
    while roles.get(next).is_some_and(|r| r.role == Role::Boilerplate) {
        next += 1;
    }
    let Some(length) = lede_length(facts, roles, next) else { return };
    for i in next..next + length {
        if roles.get(i).is_some_and(|r| r.role != Role::Boilerplate) {
            set(roles, i, Role::Lede, "follows the title");
        }
    }
}

fn set(roles: &mut [Assigned], i: usize, role: Role, cue: &'static str) {
    if let Some(slot) = roles.get_mut(i) {
        *slot = Assigned { role, cue };
    }
}

/// Titles have no full stop at their end and are no longer than this.
const LONGEST_TITLE_WORDS: usize = 32;

fn is_title(facts: &Facts<'_>) -> bool {
    use crate::token::TokenKind;
    let last = facts.tokens.last().map(|t| t.kind);
    let stops = matches!(last, Some(TokenKind::Stop | TokenKind::Colon | TokenKind::Semicolon | TokenKind::Comma));
    !stops && (1..=LONGEST_TITLE_WORDS).contains(&facts.words)
}

/// Longest lede, in sentences.
const LONGEST_LEDE: usize = 3;

/// How many sentences from `start` on are the lede; `None` where there is none.
fn lede_length(facts: &[Facts<'_>], roles: &[Assigned], start: usize) -> Option<usize> {
    let rest = facts.get(start..)?;
    // What looks like a heading or caption does not open an article's text.
    if matches!(roles.get(start)?.role, Role::Heading) || rest.len() < 2 {
        return None;
    }
    let first = rest.first()?;
    if first.has_lines {
        let paragraph = rest.iter().position(|f| f.ends_line)? + 1;
        return (paragraph <= LONGEST_LEDE && paragraph < rest.len())
            .then_some(paragraph)
            .or(Some(usize::from(start > 0)))
            .filter(|n| *n > 0);
    }
    let glued = rest.iter().take(LONGEST_LEDE).position(|f| f.glued_to_next);
    Some(glued.map_or(1, |at| at + 1))
}
