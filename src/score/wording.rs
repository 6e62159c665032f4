//! What kind of sentence it is, by single words.

use super::background::TermKey;
use super::line::Line;
use super::sheet::ONE;
use super::stop_words::entries;
use super::terms::key_of_syllables;
use once_cell::sync::Lazy;

static CUES: &str = include_str!("../lexicon/wording_cues.txt");

/// The classes that a sentence's words belong to, one bit each.
pub(crate) type Classes = u8;

/// Words with their classes, by rising key.
static WORDS: Lazy<Vec<(TermKey, Classes)>> = Lazy::new(|| {
    let classes = entries(CUES).zip(0_u32..).filter_map(|(line, class)| Some((line.split_once(": ")?.1, class)));
    let words = classes.flat_map(|(words, class)| words.split(", ").map(move |word| (word, 1 << class)));
    let mut out: Vec<_> = words.map(|(word, class)| (key_of_syllables(word.split(' ')), class)).collect();
    out.sort_unstable();
    out
});

/// Words with their classes.
pub(super) fn words() -> &'static [(TermKey, Classes)] {
    &WORDS
}

/// 1 where the speaker or the reader is meant: "tôi", "chúng ta", "bạn".
pub(super) fn in_person(line: &Line<'_, '_>) -> i64 {
    flag(line, 0)
}

/// 1 for what is to come: "sẽ", "dự kiến".
pub(super) fn ahead(line: &Line<'_, '_>) -> i64 {
    flag(line, 1)
}

/// 1 for what is added to something said before: "cũng", "ngoài ra".
pub(super) fn adds_on(line: &Line<'_, '_>) -> i64 {
    flag(line, 2)
}

/// 1 for news in its narrow sense: "công bố", "ra mắt".
pub(super) fn announces(line: &Line<'_, '_>) -> i64 {
    flag(line, 3)
}

/// 1 where a source is named: "theo".
pub(super) fn cites(line: &Line<'_, '_>) -> i64 {
    flag(line, 4)
}

/// 1 for what may be or might be: "có thể", "nếu".
pub(super) fn supposes(line: &Line<'_, '_>) -> i64 {
    flag(line, 5)
}

/// 1 for a sentence with a word for somebody or something named before.
pub(super) fn points_back(line: &Line<'_, '_>) -> i64 {
    flag(line, 6)
}

fn flag(line: &Line<'_, '_>, class: u32) -> i64 {
    i64::from(line.tally.classes >> class & 1) * ONE
}

#[cfg(all(test, feature = "builtin-model"))]
mod tests {
    use super::*;
    use crate::score::testing::with_sheet;

    #[test]
    fn words_tell_the_kind_of_sentence() {
        let text = "Chúng tôi rất vui. Hãng sẽ công bố giá. Ngoài ra, nếu cần có thể đổi máy. Theo Reuters, máy dùng chip mới.";
        let signals: [fn(&Line<'_, '_>) -> i64; 7] = [in_person, ahead, adds_on, announces, cites, supposes, points_back];
        let read = with_sheet(text, |sheet| (0..4).map(|s| signals.map(|signal| signal(&sheet.line(s)) / ONE)).collect::<Vec<_>>());
        let right = [[1, 0, 0, 0, 0, 0, 0], [0, 1, 0, 1, 0, 0, 1], [0, 0, 1, 0, 0, 1, 0], [0, 0, 0, 0, 1, 0, 0]];
        assert_eq!(read, right);
    }

    #[test]
    fn each_word_has_one_class() {
        assert!(WORDS.windows(2).all(|pair| matches!(pair, [a, b] if a.0 < b.0)));
        assert_eq!(entries(CUES).count(), 7);
    }
}
