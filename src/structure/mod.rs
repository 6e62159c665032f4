//! Sentences → roles: title, lede, heading, body, caption, boilerplate.
//!
//! Takes a text up to its words and what the caller knows of its parts; gives
//! each sentence a role and the cue that decided. Promises: one role for every
//! sentence; work linear in the tokens. What a cue is and weighs stands in
//! [`cues`], the learned wording of captions in [`caption`].

pub mod caption;
mod cues;
mod facts;
#[cfg(feature = "train")]
pub mod observed;
pub(crate) mod words;

pub(crate) use facts::same_word;

use crate::article::Part;
use crate::document::View;
use crate::model::Model;
use crate::summary::Role;
use crate::token::TokenKind;
use facts::Facts;

/// Places of the lists of words in [`words::Listed`].
pub(crate) const CUES: usize = 0;
pub(crate) const DANGLING: usize = 1;

/// The words of these lists, in their places.
pub(crate) fn listed_words() -> [&'static words::Words; 2] {
    [&cues::LEXICON.words, crate::select::dangling::words()]
}

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
pub(crate) fn assign(view: &View<'_>, parts: &[Option<Part>], model: &Model, roles: &mut Vec<Assigned>) {
    let facts = facts::gather(view, model);
    roles.clear();
    roles.extend(facts.iter().map(by_cues));
    between_boilerplate(&facts, roles);
    questions_to_readers(&facts, roles);
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

/// The role whose cues weigh most, and the strongest of them.
fn by_cues(facts: &Facts<'_>) -> Assigned {
    crate::work::count(cues::CUES.len());
    cues::weigh(facts).heaviest().map_or(BODY, |role| Assigned { role, cue: strongest_cue(facts, role) })
}

/// The name of the cue that speaks most strongly for a role.
fn strongest_cue(facts: &Facts<'_>, role: Role) -> &'static str {
    let strongest = cues::CUES.iter().fold((0, "wording"), |strongest, cue| {
        let stronger = cue.role == role && cue.weight > strongest.0 && (cue.test)(facts);
        if stronger { (cue.weight, cue.name) } else { strongest }
    });
    strongest.1
}

/// Most words of a line that belongs to the contact block around it.
const LONGEST_CONTACT_LINE: usize = 12;

/// A short line without full stop between two lines of a contact block is one
/// too: the name of the shop.
fn between_boilerplate(facts: &[Facts<'_>], roles: &mut [Assigned]) {
    let is_contact = |roles: &[Assigned], i: usize| roles.get(i).is_some_and(|r| r.cue == "contact");
    for i in 1..roles.len() {
        let short = facts.get(i).is_some_and(|f| !f.ends_with_mark && f.words <= LONGEST_CONTACT_LINE);
        if short && is_contact(roles, i - 1) && is_contact(roles, i + 1) {
            set(roles, i, Role::Boilerplate, "contact");
        }
    }
}

/// "Bạn có gặp lỗi này không?" right before an invitation to write belongs to
/// the invitation.
fn questions_to_readers(facts: &[Facts<'_>], roles: &mut [Assigned]) {
    for next in 1..roles.len() {
        let invites = roles.get(next).is_some_and(|r| r.cue == "see also");
        let asks =
            facts.get(next - 1).is_some_and(|f| f.begins(cues::READER) && f.tokens.last().is_some_and(|t| t.kind == TokenKind::Question));
        if invites && asks {
            set(roles, next - 1, Role::Boilerplate, "question to readers");
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
    if facts.first().is_some_and(Facts::is_title) && facts.len() > 1 {
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
            set(roles, i, Role::Lede, "opens the article");
        }
    }
}

fn set(roles: &mut [Assigned], i: usize, role: Role, cue: &'static str) {
    if let Some(slot) = roles.get_mut(i) {
        *slot = Assigned { role, cue };
    }
}

/// Longest lede, in sentences.
const LONGEST_LEDE: usize = 4;

/// How many sentences from `start` on are the lede; `None` where there is none.
/// Texts without a title come without a lede: they begin with the body.
fn lede_length(facts: &[Facts<'_>], roles: &[Assigned], start: usize) -> Option<usize> {
    let rest = facts.get(start..)?;
    if start == 0 || rest.len() < 2 || roles.get(start)?.role == Role::Heading {
        return None;
    }
    if let Some(length) = repeated_lede(rest, start) {
        return Some(length);
    }
    if rest.first()?.has_lines {
        let paragraph = rest.iter().position(|f| f.ends_line)? + 1;
        return Some(if paragraph <= LONGEST_LEDE && paragraph < rest.len() { paragraph } else { 1 });
    }
    let glued = rest.iter().take(LONGEST_LEDE).position(|f| f.glued_to_next);
    Some(glued.map_or(1, |at| at + 1))
}

/// A lede that the body begins with once more: the length of both together.
fn repeated_lede(rest: &[Facts<'_>], start: usize) -> Option<usize> {
    let once = rest.iter().take(LONGEST_LEDE).find_map(|f| f.copy.map(|copy| copy.saturating_sub(f.index)))?;
    if !(1..=LONGEST_LEDE).contains(&once) || once * 2 >= rest.len() {
        return None;
    }
    let repeats = |i: usize| rest.get(i).is_some_and(|f| f.words < 4 || f.copy == Some(start + i + once));
    (0..once).all(repeats).then_some(once * 2)
}

#[cfg(test)]
#[cfg(feature = "builtin-model")]
mod tests {
    use crate::summary::Role;
    use crate::testing::{Failures, rows};

    fn letter(role: Role) -> char {
        match role {
            Role::Title => 'T',
            Role::Lede => 'S',
            Role::Heading => 'H',
            Role::Body => 'B',
            Role::Caption => 'C',
            Role::Boilerplate => 'X',
        }
    }

    /// Short statements that name a place or a product, and captions with a
    /// clause: only a knowledge of verbs would tell them apart.
    const KNOWN_WRONG: usize = 4;

    #[test]
    fn roles_as_readers_see_them() {
        let summarizer = crate::Summarizer::new();
        let mut failures = Failures::default();
        for row in rows("roles.tsv") {
            let analysis = summarizer.analyze(row.cell(0).replace('‖', "").as_str());
            let pieces = row.cell(0).split('‖').map(str::trim).filter(|piece| !piece.is_empty());
            let expected: Vec<String> = pieces.zip(row.cell(1).chars()).map(|(piece, role)| format!("{role} {piece}")).collect();
            let got: Vec<String> = analysis.sentences.iter().map(|s| format!("{} {}", letter(s.role), s.text)).collect();
            failures.check(&row, &expected.join(" ‖ "), &got.join(" ‖ "));
        }
        failures.finish_learned(KNOWN_WRONG, "Look at the cues in src/structure/cues.rs: each sentence's `cue` says which decided.");
    }
}
