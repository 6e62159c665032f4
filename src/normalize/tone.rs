//! Where the tone mark stands: the new style ("hoà, khoẻ, thuỷ") and the old
//! one ("hòa, khỏe, thủy").
//!
//! Takes whole texts or single syllables. Touches only letter runs that are one
//! valid Vietnamese syllable with one tone mark, and puts the mark on the vowel
//! where the style wants it; so a mark on a wrong vowel ("tòan", "qúy", "nứơc")
//! is repaired too. Everything else stays byte for byte: foreign words, case,
//! spaces. The two styles differ in open syllables with "oa", "oe", "uy" only,
//! and not where the u belongs to "qu".
//!
//! A syllable is onset + nucleus + coda; [`is_onset`], [`codas_after`] and
//! [`coda`] are the tables of each.

use super::fold::lower_char;
use super::vowel::{ACUTE, DOT, LEVEL, Vowel};
use crate::span::slice;
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The text with every tone mark where the new style puts it: "hòa" → "hoà".
///
/// Misplaced marks are repaired ("tòan" → "toàn"); foreign words stay. The
/// result is NFC; text that is not NFC is composed first.
pub fn to_new_style(text: &str) -> Cow<'_, str> {
    restyle(text, Style::New)
}

/// The text with every tone mark where the old style puts it: "hoà" → "hòa".
///
/// Misplaced marks are repaired ("tòan" → "toàn"); foreign words stay. The
/// result is NFC; text that is not NFC is composed first.
pub fn to_old_style(text: &str) -> Cow<'_, str> {
    restyle(text, Style::Old)
}

/// Appends to `out` the one spelling under which a syllable is looked up:
/// lower case, new style, misplaced marks repaired. Takes NFC; what is no
/// Vietnamese syllable is only put in lower case.
pub fn canonical_syllable(syllable: &str, out: &mut String) {
    match Moved::of(syllable, Style::New) {
        Some(moved) => out.extend(moved.letters().map(lower_char)),
        None => out.extend(syllable.chars().map(lower_char)),
    }
}

/// The old-style spelling of a syllable in the new style and in lower case:
/// "hòa" for "hoà"; none for most.
pub(crate) fn old_spelling(syllable: &str) -> Option<String> {
    // The styles differ where the mark stands on the last of two vowels, and
    // nearly all other syllables are told by their last two letters.
    let mut backwards = syllable.chars().rev();
    let is_marked = backwards.next().is_some_and(|last| !last.is_ascii());
    let may_differ = is_marked && matches!(backwards.next(), Some('o' | 'u'));
    may_differ.then(|| Moved::of(syllable, Style::Old)).flatten().map(|moved| moved.letters().collect())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    New,
    Old,
}

fn restyle(text: &str, style: Style) -> Cow<'_, str> {
    if is_nfc(text) {
        return restyle_composed(text, style).map_or(Cow::Borrowed(text), Cow::Owned);
    }
    let composed: String = text.nfc().collect();
    Cow::Owned(restyle_composed(&composed, style).unwrap_or(composed))
}

/// The restyled text; `None` where nothing moves.
fn restyle_composed(text: &str, style: Style) -> Option<String> {
    let mut out = String::new();
    let mut copied = 0;
    for (start, run) in letter_runs(text) {
        if let Some(moved) = Moved::of(run, style) {
            out.push_str(slice(text, copied..start));
            out.extend(moved.letters());
            copied = start + run.len();
        }
    }
    if copied == 0 {
        return None;
    }
    out.push_str(slice(text, copied..text.len()));
    Some(out)
}

/// The runs of letters, each with its position. A combining mark that could
/// not be composed belongs to its run, which then is no syllable.
fn letter_runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_letter = |c: char| c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36F}');
    let mut rest = text;
    std::iter::from_fn(move || {
        let from_run = rest.trim_start_matches(|c| !is_letter(c));
        let after_run = from_run.trim_start_matches(is_letter);
        rest = after_run;
        let run = slice(from_run, 0..from_run.len() - after_run.len());
        (!run.is_empty()).then_some((text.len() - from_run.len(), run))
    })
}

/// Letters of the longest syllable, "nghiêng".
const LONGEST: usize = 7;

/// A valid syllable whose tone mark stands on another vowel than it should.
struct Moved<'s> {
    syllable: &'s str,
    tone: u8,
    /// Index of the letter that has the mark.
    from: usize,
    /// Index of the letter that should have it.
    to: usize,
}

impl<'s> Moved<'s> {
    /// `None` where `run` is no valid syllable, or its mark stands right.
    fn of(run: &'s str, style: Style) -> Option<Self> {
        let mut letters = ['\0'; LONGEST];
        let mut length = 0;
        let mut mark = None;
        let mut vowels = 0;
        for c in run.chars() {
            let vowel = Vowel::of(c);
            vowels += usize::from(vowel.is_some());
            *letters.get_mut(length)? = vowel.map_or_else(|| lower_char(c), Vowel::plain);
            if let Some(tone) = vowel.map(|vowel| vowel.tone).filter(|tone| *tone != LEVEL) {
                if mark.replace((length, tone)).is_some() {
                    return None;
                }
            }
            length += 1;
        }
        let (from, tone) = mark?;
        // A mark has no other place on one vowel.
        if vowels < 2 {
            return None;
        }
        let to = tone_place(letters.get(..length)?, tone, style)?;
        (from != to).then_some(Self { syllable: run, tone, from, to })
    }

    /// The syllable with the mark where it should stand.
    fn letters(&self) -> impl Iterator<Item = char> {
        self.syllable.chars().enumerate().map(|(index, c)| {
            let tone = if index == self.to { self.tone } else { LEVEL };
            match Vowel::of(c) {
                Some(vowel) if index == self.to || index == self.from => vowel.with_tone(tone).letter(),
                _ => c,
            }
        })
    }
}

/// The index of the letter that carries the tone in a syllable, given in lower
/// case without its tone; `None` where that is no valid syllable.
fn tone_place(syllable: &[char], tone: u8, style: Style) -> Option<usize> {
    let onset_length = onset_length(syllable)?;
    let (onset, rime) = syllable.split_at_checked(onset_length)?;
    let (nucleus, last) = rime.split_at_checked(rime.iter().take_while(|c| is_vowel(**c)).count())?;
    let coda = coda(last)?;
    let fits = is_onset(onset) && codas_after(nucleus) & coda != 0;
    let stopped = coda & (C | CH | P | T) != 0;
    if !fits || (stopped && tone != ACUTE && tone != DOT) {
        return None;
    }
    Some(onset_length + place_in_nucleus(nucleus, coda, style))
}

/// How many letters belong to the onset; "qu", and "gi" before a vowel, do.
fn onset_length(syllable: &[char]) -> Option<usize> {
    match syllable {
        ['q', 'u', ..] => Some(2),
        ['g', 'i', next, ..] if is_vowel(*next) => Some(2),
        _ => syllable.iter().position(|c| is_vowel(*c)),
    }
}

/// Which vowel of the nucleus carries the tone.
fn place_in_nucleus(nucleus: &[char], coda: Codas, style: Style) -> usize {
    // "thuế", "trường", "nữa": the vowel with a hat, breve or horn, the last of two.
    if let Some(place) = nucleus.iter().rposition(|c| is_shaped(*c)) {
        return place;
    }
    match nucleus {
        // "oà" or "òa": the one difference between the styles.
        ['o', 'a' | 'e'] | ['u', 'y'] if coda == OPEN => usize::from(style == Style::New),
        // "mía", "của", "cáo".
        [_, _] if coda == OPEN => 0,
        // "toán", "huýt", "xoong"; "ngoài", "khuỷu".
        [_, _] | [_, _, _] => 1,
        _ => 0,
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y') || is_shaped(c)
}

fn is_shaped(c: char) -> bool {
    matches!(c, 'ă' | 'â' | 'ê' | 'ô' | 'ơ' | 'ư')
}

/// Table of onsets.
#[rustfmt::skip]
fn is_onset(onset: &[char]) -> bool {
    matches!(
        onset,
        [] | ['b'] | ['c'] | ['d'] | ['đ'] | ['g'] | ['h'] | ['k'] | ['l'] | ['m'] | ['n'] | ['p'] | ['r'] | ['s']
        | ['t'] | ['v'] | ['x']
        | ['c', 'h'] | ['g', 'h'] | ['g', 'i'] | ['k', 'h'] | ['n', 'g'] | ['n', 'h'] | ['p', 'h'] | ['q', 'u']
        | ['t', 'h'] | ['t', 'r'] | ['n', 'g', 'h']
    )
}

/// A set of codas.
type Codas = u16;

/// No coda.
const OPEN: Codas = 1;
const C: Codas = 1 << 1;
const CH: Codas = 1 << 2;
const M: Codas = 1 << 3;
const N: Codas = 1 << 4;
const NG: Codas = 1 << 5;
const NH: Codas = 1 << 6;
const P: Codas = 1 << 7;
const T: Codas = 1 << 8;

/// Table of codas.
fn coda(letters: &[char]) -> Option<Codas> {
    Some(match letters {
        [] => OPEN,
        ['c'] => C,
        ['c', 'h'] => CH,
        ['m'] => M,
        ['n'] => N,
        ['n', 'g'] => NG,
        ['n', 'h'] => NH,
        ['p'] => P,
        ['t'] => T,
        _ => return None,
    })
}

/// Table of nuclei, each with the codas that may follow it; the empty set for
/// what is no nucleus. Final glides ("cáo", "tôi") are part of the nucleus.
#[rustfmt::skip]
fn codas_after(nucleus: &[char]) -> Codas {
    match nucleus {
        ['a'] => OPEN | C | CH | M | N | NG | NH | P | T,
        ['ă'] | ['â'] => C | M | N | NG | P | T,
        ['e'] | ['o'] | ['ô'] | ['u'] => OPEN | C | M | N | NG | P | T,
        ['ê'] | ['i'] | ['y'] => OPEN | C | CH | M | N | NH | P | T,
        ['ơ'] => OPEN | C | M | N | NG | P | T,
        ['ư'] => OPEN | C | M | N | NG | P | T,

        ['a', 'i' | 'o' | 'u' | 'y'] | ['â', 'u' | 'y'] | ['e', 'o'] | ['ê', 'u'] => OPEN,
        ['i', 'a' | 'u'] | ['o' | 'ô' | 'ơ', 'i'] | ['u', 'a' | 'i'] | ['ư', 'a' | 'i' | 'u'] => OPEN,
        ['i' | 'y', 'ê'] => C | M | N | NG | P | T,
        ['o', 'a'] => OPEN | C | CH | M | N | NG | NH | P | T,
        ['o', 'ă'] => C | M | N | NG | P | T,
        ['o', 'e'] => OPEN | C | M | N | NG | P | T,
        ['o', 'o'] => C | N | NG,
        ['u', 'â'] => C | M | N | NG | P | T,
        ['u', 'ê'] => OPEN | C | CH | N | NH | T,
        ['u', 'ô'] => C | M | N | NG | P | T,
        ['u', 'ơ'] => OPEN | M | N | T,
        ['u', 'y'] => OPEN | C | CH | M | N | NH | P | T,
        ['ư', 'ơ'] => C | M | N | NG | P | T,

        ['i' | 'y', 'ê', 'u'] | ['o', 'a', 'i' | 'o' | 'y'] | ['o', 'e', 'o'] | ['u', 'â', 'y'] | ['u', 'ê', 'u'] => OPEN,
        ['u', 'ô', 'i'] | ['ư', 'ơ', 'i' | 'u'] | ['u', 'y', 'a' | 'u'] => OPEN,
        ['u', 'y', 'ê'] => N | T,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Failures, rows};
    use proptest::prelude::*;

    fn canonical(syllable: &str) -> String {
        let mut out = String::new();
        canonical_syllable(syllable, &mut out);
        out
    }

    #[test]
    fn table() {
        let mut failures = Failures::default();
        for row in rows("tone.tsv") {
            failures.check(&row, row.cell(1), &to_new_style(row.cell(0)));
            failures.check(&row, row.cell(2), &to_old_style(row.cell(0)));
            let words = |text: &str| text.split(' ').map(canonical).collect::<Vec<_>>().join(" ");
            failures.check(&row, &row.cell(1).to_lowercase(), &words(row.cell(0)));
        }
        failures.finish("Look at the tables and `place_in_nucleus` in `src/normalize/tone.rs`.");
    }

    #[test]
    fn old_spellings_of_single_syllables() {
        assert_eq!(old_spelling("hoà").as_deref(), Some("hòa"));
        assert_eq!(old_spelling("thuỷ").as_deref(), Some("thủy"));
        for none in ["hoa", "hoàn", "quý", "của", "chloé", "", "giá"] {
            assert_eq!(old_spelling(none), None, "{none}");
        }
    }

    #[test]
    fn text_that_needs_nothing_is_borrowed() {
        assert!(matches!(to_new_style("Hoà bình, São Paulo"), Cow::Borrowed(_)));
        assert_eq!(to_new_style("ho\u{300}a\u{301}"), "hòá");
        assert_eq!(to_new_style("Ho\u{300}a"), "Hoà");
    }

    #[test]
    fn a_canonical_syllable_is_appended() {
        let mut out = String::from("x_");
        canonical_syllable("HÒA", &mut out);
        assert_eq!(out, "x_hoà");
    }

    proptest! {
        #[test]
        fn styles_are_stable_and_lose_nothing(text in "[hqgtk]?[hi]?[oòóauùúàáeèéyỳýiìíơờưừêế]{1,3}(n|ng|t|c|ch| |-[Aa])?") {
            let text: String = text.nfc().collect();
            let new = to_new_style(&text).into_owned();
            let old = to_old_style(&text).into_owned();
            prop_assert_eq!(&to_new_style(&new), &new);
            prop_assert_eq!(&to_new_style(&old), &new);
            prop_assert_eq!(&to_old_style(&new), &old);
            prop_assert_eq!(super::super::fold::fold_key(&text), super::super::fold::fold_key(&new));
            prop_assert!(is_nfc(&new) && is_nfc(&old));
        }

        #[test]
        fn canonical_is_the_new_style_in_lower_case(syllable in "[HhKkqQ]?[oOòÒaAàÀeèuUùyỳ]{1,3}(n|NG)?") {
            let canonical = canonical(&syllable);
            prop_assert_eq!(&canonical, &to_new_style(&syllable).to_lowercase());
            prop_assert_eq!(old_spelling(&canonical).unwrap_or(canonical.clone()), to_old_style(&canonical));
        }

        #[test]
        fn any_text_is_taken(text in "\\PC*") {
            let _ = (to_new_style(&text), to_old_style(&text), canonical(&text), old_spelling(&text));
        }
    }
}
