//! Is this Vietnamese?

use crate::document::View;
use crate::segment::vocabulary::Vocabulary;
use crate::token::TokenKind;

/// What a text seems to be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// Vietnamese with its diacritics.
    Vietnamese,
    /// Vietnamese typed without diacritics.
    Undiacritic,
    /// Something else, or too little to tell.
    Foreign,
}

/// Judges by the words: known syllables with marks speak for Vietnamese;
/// where there are none, words built like Vietnamese syllables for Vietnamese
/// without its marks.
pub(crate) fn detect(view: &View<'_>, vocabulary: &Vocabulary) -> Language {
    let words = view.tokens.iter().filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Foreign)).count();
    let mut marked = 0;
    for (token, id) in view.tokens.iter().zip(view.ids) {
        marked += usize::from((token.kind == TokenKind::Word) & vocabulary.is_marked(*id));
        // Mostly the first third of a text tells.
        if marked * 4 > words {
            return Language::Vietnamese;
        }
    }
    if marked == 0 && bare_syllables(view) * 10 > words * 7 { Language::Undiacritic } else { Language::Foreign }
}

/// Number of words that are built like Vietnamese syllables without marks.
fn bare_syllables(view: &View<'_>) -> usize {
    let words = view.tokens.iter().filter(|t| t.kind == TokenKind::Word).map(|t| t.of(view.text));
    words.filter(|word| word.is_ascii() && is_bare_syllable(word)).count()
}

/// Onsets, longest first; "" is one too.
const ONSETS: &[&str] = &[
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "g", "h", "k", "l", "m", "n", "p", "q", "r", "s",
    "t", "v", "x", "",
];

/// Vowels without marks.
const NUCLEI: &[&str] = &[
    "a", "ai", "ao", "au", "ay", "e", "eo", "eu", "i", "ia", "ie", "ieu", "iu", "o", "oa", "oai", "oay", "oe", "oi", "oo", "u", "ua",
    "uay", "ue", "ui", "uo", "uoi", "uou", "uu", "uy", "uya", "uye", "y", "ye", "yeu",
];

const CODAS: &[&str] = &["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];

fn is_bare_syllable(word: &str) -> bool {
    if word.len() > 7 {
        return false;
    }
    let lower = word.to_ascii_lowercase();
    ONSETS.iter().filter_map(|onset| lower.strip_prefix(onset)).any(|rest| {
        let vowels = rest.bytes().take_while(|b| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')).count();
        let (nucleus, coda) = rest.split_at(vowels);
        NUCLEI.contains(&nucleus) && CODAS.contains(&coda)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Failures, rows};

    #[test]
    #[cfg(feature = "builtin-model")]
    fn languages_as_people_tell_them() {
        let model = crate::Model::builtin();
        let mut failures = Failures::default();
        for row in rows("language.tsv") {
            let normalized = crate::normalize::Normalized::new(row.cell(0));
            let mut document = crate::document::Document::default();
            let view = document.read(normalized.text(), &[], &model);
            let got = match detect(&view, model.segmenter().vocabulary()) {
                Language::Vietnamese => "vietnamese",
                Language::Undiacritic => "undiacritic",
                Language::Foreign => "foreign",
            };
            failures.check(&row, row.cell(1), got);
        }
        failures.finish("Look at src/language.rs.");
    }
}
