//! Names and numbers → mentions: disjoint, in order, whole tokens.
//!
//! Where a name and a number overlap, the longer one is kept ("Windows 10" the
//! name, "25/9" the date), the name where they are equally long: the outermost
//! wins.

use super::pattern::{self, Found};
use super::recognize::{NameBuffers, NameMention, Recognizer};
use super::value::Value;
use super::{EntityKind, employer};
use crate::document::View;
use crate::span::slice;

/// One mention in the normalized text.
#[derive(Debug, Clone)]
pub(crate) struct FoundMention {
    /// First byte.
    pub(crate) start: usize,
    /// The byte after the last.
    pub(crate) end: usize,
    /// What it is.
    pub(crate) kind: EntityKind,
    /// What it says, if it is a number.
    pub(crate) value: Option<Box<Value>>,
}

/// Buffers for one text after another.
#[derive(Debug, Default)]
pub(crate) struct MentionBuffers {
    names: Vec<NameMention>,
    naming: NameBuffers,
    numbers: Vec<Found>,
}

/// Replaces `mentions` by those of `view`.
pub(crate) fn find(view: &View<'_>, recognizer: &Recognizer, buffers: &mut MentionBuffers, mentions: &mut Vec<FoundMention>) {
    let MentionBuffers { names, naming, numbers } = buffers;
    names.clear();
    numbers.clear();
    recognizer.recognize(view, naming, names);
    names.retain(|name| !is_email(slice(view.text, name.start..name.end)));
    pattern::find(view.text, (view.tokens, view.ids), recognizer.openers(), numbers);
    numbers.retain(|n| keeps_tokens_whole(view, n.start, n.end));
    mentions.clear();
    merge(view.text, names, std::mem::take(numbers), mentions);
    employer::correct(view, mentions);
}

/// Whether a name is an e-mail address, which no reader marks as one. A site
/// ("VnExpress.net", a link) and an account ("@theverge") are names.
fn is_email(name: &str) -> bool {
    let parts = name.split_once('@').filter(|_| !name.contains(char::is_whitespace));
    parts.is_some_and(|(account, host)| !account.is_empty() && host.contains('.'))
}

/// Whether no token and no sentence border is cut. Numbers are found in the
/// text, tokens by other rules; where they disagree the number is given up.
fn keeps_tokens_whole(view: &View<'_>, start: usize, end: usize) -> bool {
    let first = view.tokens.partition_point(|t| (t.end as usize) <= start);
    let last = view.tokens.partition_point(|t| (t.start as usize) < end);
    let whole = view.tokens.get(first).is_some_and(|t| t.start as usize == start)
        && last > 0
        && view.tokens.get(last - 1).is_some_and(|t| t.end as usize == end);
    let sentence = view.sentences.partition_point(|s| s.end <= first);
    whole && view.sentences.get(sentence).is_some_and(|s| s.start <= first && last <= s.end)
}

fn merge(text: &str, names: &[NameMention], numbers: Vec<Found>, mentions: &mut Vec<FoundMention>) {
    let name = |n: &NameMention| FoundMention { start: n.start, end: n.end, kind: n.kind, value: None };
    let mut names = names.iter().peekable();
    for number in numbers {
        while let Some(before) = names.next_if(|n| n.end <= number.start) {
            mentions.push(name(before));
        }
        let mut longest = number.end - number.start;
        let mut beaten = false;
        let mut overlapping = Vec::new();
        while let Some(n) = names.next_if(|n| n.start < number.end) {
            if let Some(end) = end_without(n, &number, text) {
                mentions.push(FoundMention { end, ..name(n) });
                continue;
            }
            beaten |= n.end - n.start >= longest;
            longest = longest.max(n.end - n.start);
            overlapping.push(name(n));
        }
        let already = mentions.last().is_some_and(|m| m.end > number.start);
        if beaten || already {
            mentions.append(&mut overlapping);
        } else {
            mentions.push(FoundMention { start: number.start, end: number.end, kind: number.kind, value: Some(number.value) });
        }
    }
    mentions.extend(names.map(name));
}

/// Units of what a device is sold with.
const SOLD_WITH: &[&str] = &["MB", "GB", "TB", "mAh", "MP", "W", "Hz", "inch"];

/// "iPhone 12 Pro 512GB": where the name of a product ends if the quantity at
/// its end is no part of it.
fn end_without(name: &NameMention, number: &Found, text: &str) -> Option<usize> {
    let Value::Quantity { unit, .. } = &*number.value else { return None };
    let is_at_end = name.kind == EntityKind::Product && name.start < number.start && name.end == number.end;
    let before = slice(text, name.start..number.start);
    let end = name.start.saturating_add(before.trim_end().len());
    (is_at_end && SOLD_WITH.contains(&unit.as_str()) && end < number.start).then_some(end)
}

#[cfg(all(test, feature = "builtin-model"))]
mod tests {
    use crate::testing::{marked, rows};

    /// Rows that the learned names may get wrong: what is left when a model is
    /// trained, no room for a worse one.
    const WRONG: usize = 5;

    #[test]
    fn mentions_as_people_mark_them() {
        let mut wrong = Vec::new();
        for row in rows("entities.tsv") {
            let (text, expected) = marked(row.cell(0));
            let entities = crate::summarize(&text).entities;
            let mentions = entities.iter().flat_map(|e| &e.mentions);
            let mut found: Vec<_> = mentions.map(|m| (m.span.start, m.span.end, format!("{:?}", m.kind).to_lowercase())).collect();
            found.sort();
            if !found.iter().map(|(start, end, kind)| (*start, *end, kind.as_str())).eq(expected) {
                wrong.push(format!("{}: {found:?}", row.place));
            }
        }
        assert!(wrong.len() <= WRONG, "{}", wrong.join("\n"));
    }
}
