//! Lossy keys: lower case, and lower case without accents.
//!
//! Takes text in any form, gives keys for look-up. Different words share a
//! key ("bán", "bàn", "bạn"), so keys are never shown. One character gives
//! one character; combining marks vanish from a key, so that composed and
//! decomposed text give the same.

use unicode_normalization::char::decompose_canonical;

/// Lower case without accents; "đ" gives "d".
///
/// `fold_key("Đà Nẵng")` is "da nang".
pub fn fold_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    key.extend(text.chars().filter(|c| !is_accent(*c)).map(fold_char));
    key
}

/// The lower-case letter under all accents; `c` itself where there is none.
#[inline]
pub(crate) fn fold_char(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let base = match c as usize {
        point @ LATIN_START..LATIN_END => LATIN.get(point - LATIN_START),
        point @ EXTENDED_START..EXTENDED_END => EXTENDED.get(point - EXTENDED_START),
        _ => return fold_other(c),
    };
    match base {
        Some(letter) if *letter != b'.' => char::from(*letter),
        _ => lower_char(c),
    }
}

/// The lower case of `c` where it is one character, else `c` itself.
#[inline]
pub(crate) fn lower_char(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let point = c as u32;
    let is_upper = match point {
        0xC0..=0xDE => point != 0xD7,
        0xDF..=0xFF => return c,
        // Pairs, capital first: "Ă", "Đ", "Ĩ", "Ũ"; "Ơ"; Vietnamese tones.
        0x100..=0x12F | 0x132..=0x137 | 0x14A..=0x177 | 0x1A0..=0x1A1 | 0x1E00..=0x1E95 | 0x1EA0..=0x1EFF => point & 1 == 0,
        0x139..=0x148 | 0x1AF..=0x1B0 => point & 1 == 1,
        // Punctuation, Chinese and Japanese have no case.
        0x2010..=0x205E | 0x3000..=0x9FFF => return c,
        _ => return lower_other(c),
    };
    let distance = if point < 0x100 { 0x20 } else { 1 };
    if is_upper { char::from_u32(point + distance).unwrap_or(c) } else { c }
}

fn lower_other(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// Letters of other scripts: the base letter where all that follows it in the
/// decomposition are accents.
fn fold_other(c: char) -> char {
    let mut base = None;
    let mut only_accents = true;
    decompose_canonical(c, |part| match base {
        None => base = Some(part),
        Some(_) => only_accents &= is_accent(part),
    });
    lower_char(base.filter(|_| only_accents).unwrap_or(c))
}

/// The combining marks of alphabets.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

const LATIN_START: usize = 0xC0;
const LATIN_END: usize = 0x250;
const EXTENDED_START: usize = 0x1E00;
const EXTENDED_END: usize = 0x1F00;

/// The letter under the accent or stroke of U+00C0..=U+024F; a dot where the
/// character is no accented ASCII letter.
static LATIN: [u8; LATIN_END - LATIN_START] = *b"\
aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkk.llllll.\
.llnnnnnn...oooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz.\
................................oo.............uu...............\
.............aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa....\
aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............\
................";

/// The same for U+1E00..=U+1EFF.
static EXTENDED: [u8; EXTENDED_END - EXTENDED_START] = *b"\
aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm\
mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv\
wwwwwwwwwwxxxxyyzzzzzzhtwy......aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee\
eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

/// Letters of Vietnamese alone among the languages of Europe, and tone marks
/// that French or Spanish would not put on a whole syllable.
pub(crate) fn has_own_letter(word: &str) -> bool {
    let bytes = word.as_bytes();
    // By bytes, as most letters are ASCII: À to Ý and à to ý, then Ă ă Đ đ Ĩ ĩ,
    // Ũ ũ, Ơ ơ Ư ư, then U+1EA0 to U+1EF9.
    bytes.iter().zip(bytes.iter().skip(1)).enumerate().any(|(at, (lead, next))| match lead {
        0..=0xc2 => false,
        0xc3 => matches!(next, 0x80..=0x9d | 0xa0..=0xbd),
        0xc4 => matches!(next, 0x82 | 0x83 | 0x90 | 0x91 | 0xa8 | 0xa9),
        0xc5 => matches!(next, 0xa8 | 0xa9),
        0xc6 => matches!(next, 0xa0 | 0xa1 | 0xaf | 0xb0),
        0xe1 => match (next, bytes.get(at + 2)) {
            (0xba, Some(last)) => *last >= 0xa0,
            (0xbb, Some(last)) => *last <= 0xb9,
            _ => false,
        },
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Failures, rows};
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn lower_case_is_that_of_the_standard_library() {
        for c in '\0'..=char::MAX {
            assert_eq!(lower_char(c), lower_other(c), "{c:?}");
        }
    }

    #[test]
    fn tables_agree_with_decomposition() {
        let strokes = "ĐđÐðØøŁłĦħŦŧı";
        for c in ('\u{C0}'..='\u{24F}').chain('\u{1E00}'..='\u{1EFF}').filter(|c| !strokes.contains(*c)) {
            let base = c.nfd().next().unwrap_or(c);
            let expected = if base.is_ascii_alphabetic() { base.to_ascii_lowercase() } else { lower_char(c) };
            assert_eq!(fold_char(c), expected, "{c:?}");
        }
    }

    #[test]
    fn folding_twice_changes_nothing_and_forms_agree() {
        for c in '\0'..=char::MAX {
            let key = fold_key(c.encode_utf8(&mut [0; 4]));
            assert_eq!(fold_key(&key), key, "{c:?}");
        }
        for text in ["Đường Nguyễn Huệ", "ĐẶNG LÊ NGUYÊN VŨ", "Йошкар-Ола, Ελλάδα", "한국"] {
            assert_eq!(fold_key(&text.nfc().collect::<String>()), fold_key(text));
        }
        assert_eq!(fold_key(&"Nguyễn Huệ Йό".nfd().collect::<String>()), fold_key("Nguyễn Huệ Йό"));
    }

    #[test]
    fn table() {
        let mut failures = Failures::default();
        for row in rows("fold.tsv") {
            failures.check(&row, row.cell(1), &fold_key(row.cell(0)));
        }
        failures.finish("Look at the tables in `src/normalize/fold.rs`.");
    }

    #[test]
    fn own_letters_by_bytes_are_those_by_characters() {
        let own = |c: char| matches!(c, 'à'..='ý' | 'À'..='Ý' | 'ă' | 'Ă' | 'đ' | 'Đ' | 'ĩ' | 'Ĩ' | 'ũ' | 'Ũ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1ea0}'..='\u{1ef9}');
        assert!(('\0'..=char::MAX).all(|c| has_own_letter(&format!("a{c}b")) == own(c)));
    }
}
