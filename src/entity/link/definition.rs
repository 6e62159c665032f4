//! Names that the text itself calls the same: "Ngân hàng TMCP Quốc Dân (NCB)",
//! "Amazon Web Services, gọi tắt là AWS".
//!
//! Brackets alone say little: they hold parents ("Cục An toàn thông tin (Bộ
//! TT&TT)") and places ("Paris (Pháp)") too. So what they hold must look like
//! another name of the same: its initials, a part of it, or one word of its
//! own behind an institution's long name.

use super::acronym::is_acronym_of;
use super::core::{after_head, spelled_out};
use super::group::{Groups, only_group};
use super::name::{Class, Name, Names};
use super::words::DEFINITION_CUES;
use crate::entity::mention::FoundMention;
use crate::entity::{EntityKind, LinkRule};
use crate::span::slice;
use std::borrow::Cow;

/// Longest text between a name and its other name, in bytes.
const LONGEST_CUE: usize = 48;

/// Joins what the text calls the same. A short name that the text gives to two
/// things belongs to none.
pub(super) fn join(text: &str, mentions: &[FoundMention], names: &Names, groups: &mut Groups) {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (i, pair) in mentions.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        if second.start - first.end > LONGEST_CUE {
            continue;
        }
        let (Some(a), Some(b)) = (names.of_mention(i), names.of_mention(i + 1)) else { continue };
        if a != b && defines(text, (first, a), (second, b), names) {
            found.push(short_first(names, a, b));
        }
    }
    found.sort_unstable();
    for run in found.chunk_by(|a, b| a.0 == b.0) {
        let Some((short, long)) = run.first() else { continue };
        if only_group(run.iter().map(|(_, long)| *long), groups).is_some() {
            groups.join(*short, *long, LinkRule::Definition);
        }
    }
}

fn short_first(names: &Names, a: usize, b: usize) -> (usize, usize) {
    let length = |i: usize| names.list.get(i).map_or((0, 0), |n| (n.syllables, n.spelled.len()));
    if length(a) < length(b) { (a, b) } else { (b, a) }
}

fn defines(text: &str, first: (&FoundMention, usize), second: (&FoundMention, usize), names: &Names) -> bool {
    let (Some(a), Some(b)) = (names.list.get(first.1), names.list.get(second.1)) else { return false };
    if a.class != b.class && !(a.class.is_person() && b.class.is_person()) {
        return false;
    }
    let between = slice(text, first.0.end..second.0.start).trim();
    crate::work::count(1 + between.len());
    let (bracket, cue) = match between.strip_prefix('(') {
        Some(rest) => (true, rest),
        None => (false, between.trim_start_matches([',', '-', '–'])),
    };
    let cue = cue.trim_end_matches(['"', '“', '‘', '\'', ':', ' ']).trim_start();
    if !cue.is_empty() {
        return is_cue(cue, bracket);
    }
    let behind = text.get(second.0.end..).unwrap_or("").trim_start_matches(' ');
    // "(LienVietPostBank - mã LPB)", "(NIH, Mỹ)": the name may go on with what else it has.
    let closed = behind.starts_with(')') || a.class == Class::Thing && behind.starts_with([',', '-', '–', ';']);
    bracket && between == "(" && closed && is_other_name((first.0.kind, a), (second.0.kind, b))
}

fn is_cue(written: &str, bracket: bool) -> bool {
    let cue = if written.contains(char::is_uppercase) { Cow::Owned(written.to_lowercase()) } else { Cow::Borrowed(written) };
    DEFINITION_CUES.contains(cue.as_ref()) && (bracket || !cue.starts_with("tức"))
}

/// Whether the second name, alone in brackets, looks like another name of the
/// first.
fn is_other_name((kind, long): (EntityKind, &Name), (other_kind, short): (EntityKind, &Name)) -> bool {
    if is_acronym_of(short, long) || is_acronym_of(long, short) {
        return true;
    }
    match long.class {
        Class::Person(_) => true,
        Class::Event => long.syllables >= 4 && EVENT_HEADS.iter().any(|head| starts_with(&long.spelled, head)),
        Class::Thing => kind == EntityKind::Organization && other_kind == kind && is_institutions_other_name(long, short),
        _ => false,
    }
}

/// First words of the Vietnamese names of conferences; their English names
/// stand in brackets behind.
const EVENT_HEADS: &[&str] = &["cuộc thi", "diễn đàn", "hội chợ", "hội nghị", "hội thảo", "liên hoan", "ngày", "triển lãm"];

/// Parts of larger institutions, which may stand in brackets behind them.
const PARTS: &[&str] = &[
    "ban",
    "bệnh viện",
    "chi nhánh",
    "cục",
    "khoa",
    "nhóm",
    "phòng",
    "sở",
    "trung tâm",
    "trường",
    "viện",
    "văn phòng",
    "vụ",
    "đại học",
    "đội",
];

/// Words that show that an institution is a country's or the world's own, no
/// part of another.
const WIDE: &[&str] = &[
    "anh",
    "châu âu",
    "hoa kỳ",
    "hàn quốc",
    "liên bang",
    "mỹ",
    "nga",
    "nhật bản",
    "pháp",
    "quốc gia",
    "quốc tế",
    "thế giới",
    "toàn cầu",
    "trung quốc",
    "trung ương",
    "việt nam",
    "úc",
    "đức",
    "ấn độ",
    "đài loan",
    "singapore",
    "thái lan",
];

fn is_institutions_other_name(long: &Name, short: &Name) -> bool {
    let full = spelled_out(&long.spelled);
    if long.syllables < 2 || after_head(&short.spelled).is_some() {
        return false;
    }
    // "Viễn thông MobiFone (MobiFone)", "Công ty Bán lẻ Phương Nam (Phương Nam Digital)".
    let rest = after_head(&full);
    if let Some(last) = full.rsplit(' ').next() {
        if short.syllables == 1 && last == short.spelled {
            return true;
        }
    }
    let last_two = full.rmatch_indices(' ').nth(1).and_then(|(at, _)| full.get(at + 1..));
    if rest.is_some() && short.syllables > 1 && last_two.is_some_and(|two| starts_with(&short.spelled, two)) {
        return true;
    }
    let wide = WIDE.iter().any(|word| ends_with_or_holds(&full, word));
    let is_part = PARTS.iter().any(|part| starts_with(&full, part));
    let own_words = rest.unwrap_or(&full).matches(' ').count() + 1;
    let enough = if short.is_upper { 2 } else { 3 };
    short.syllables == 1 && own_words >= enough && (wide || rest.is_some() && !is_part)
}

fn starts_with(name: &str, words: &str) -> bool {
    name.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn ends_with_or_holds(name: &str, words: &str) -> bool {
    name.match_indices(words).any(|(at, _)| {
        let before = slice(name, 0..at);
        let after = slice(name, at + words.len()..name.len());
        before.ends_with(' ') && (after.is_empty() || after.starts_with(' '))
    })
}
