//! "&nbsp;" that a crawler left in the text: a space for whoever reads a page.
//!
//! Takes a text that is normalized but for that. It comes last, because only
//! then does it stand there as one, however the author composed the letters
//! beside it; and because a space takes its place, no new one can come up.

use super::rewrite::parts_from;
use super::{Edit, Normalized, Output};
use crate::span::slice;
use crate::work;
use std::ops::Range;

/// Browsers read it without its semicolon too, and so do crawled texts have it.
const NO_BREAK_SPACE: &str = "&nbsp";

/// The text with a space for each of them.
pub(super) fn to_spaces(normalized: Normalized<'_>) -> Normalized<'_> {
    let text = normalized.text();
    let mut entities = text.match_indices(NO_BREAK_SPACE).filter_map(|(at, _)| entity(text, at)).peekable();
    if entities.peek().is_none() {
        return normalized;
    }
    let mut output = Output { raw: normalized.raw, ..Output::default() };
    let mut edits = normalized.edits.iter().peekable();
    let keep = |output: &mut Output<'_>, edit: &Edit| {
        output.replace(edit.raw_start, edit.raw_end, slice(text, edit.norm_start..edit.norm_end));
    };
    for found in entities {
        work::count(found.len());
        let raw = normalized.raw_span(found.start, found.end);
        while let Some(edit) = edits.next_if(|edit| edit.raw_end <= raw.start) {
            keep(&mut output, edit);
        }
        while edits.next_if(|edit| edit.raw_start < raw.end).is_some() {}
        output.replace(raw.start, raw.end, " ");
    }
    edits.for_each(|edit| keep(&mut output, edit));
    output.finish()
}

/// The bytes of the entity at `at`, unless it shares a cluster with what stands
/// beside it.
fn entity(text: &str, at: usize) -> Option<Range<usize>> {
    let name = at + NO_BREAK_SPACE.len();
    let semicolon = slice(text, name..text.len()).starts_with(';').then_some(name + 1);
    let end = semicolon.filter(|end| is_border(text, *end)).unwrap_or(name);
    (is_border(text, at) && is_border(text, end)).then_some(at..end)
}

/// Whether a cluster border lies at `at`: the characters of an entity join no
/// others than the one beside them.
fn is_border(text: &str, at: usize) -> bool {
    let before = slice(text, 0..at);
    before.is_empty() || slice(text, at..text.len()).chars().next().is_none_or(|after| parts_from(before, after))
}
