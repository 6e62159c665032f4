//! VNI for Windows: what documents in fonts named "VNI-…" use.
//!
//! A letter with marks is a base letter and one byte for all its marks; a few
//! have a byte of their own. Every byte has a meaning, so nothing fails. What
//! cannot be recovered: a foreign word in which such a pair stands by chance
//! ("naïve" reads "naïve" only as "nạve"), and western letters that VNI took
//! over (ô, ö, ñ, í, ì, ó, ò, æ, î).

use super::{composed, western};

/// Decodes a document or a line; total.
pub fn decode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        rest = tail;
        let base = alone(*first);
        text.push(base);
        if let [second, after @ ..] = tail
            && let Some(marks) = marks(base, *second)
        {
            text.push_str(marks);
            rest = after;
        }
    }
    composed(&text)
}

/// The letter of a byte that stands alone.
fn alone(byte: u8) -> char {
    match byte {
        0xD4 => 'Ơ',
        0xD6 => 'Ư',
        0xD1 => 'Đ',
        0xCD => 'Í',
        0xCC => 'Ì',
        0xC6 => 'Ỉ',
        0xD3 => 'Ĩ',
        0xD2 => 'Ị',
        0xCE => 'Ỵ',
        0xF4 => 'ơ',
        0xF6 => 'ư',
        0xF1 => 'đ',
        0xED => 'í',
        0xEC => 'ì',
        0xE6 => 'ỉ',
        0xF3 => 'ĩ',
        0xF2 => 'ị',
        0xEE => 'ỵ',
        0x80.. => western(byte),
        _ => char::from(byte),
    }
}

/// The combining marks that a second byte adds to `base`; `None` where it is
/// a letter of its own. Its letter case does not matter.
fn marks(base: char, second: u8) -> Option<&'static str> {
    // Capital and small letters of windows-1252 lie 0x20 apart.
    let small = if second >= 0xC0 { second | 0x20 } else { return None };
    let tone = match small {
        0xF9 => "\u{301}",
        0xF8 => "\u{300}",
        0xFB => "\u{309}",
        0xF5 => "\u{303}",
        0xEF => "\u{323}",
        _ => "",
    };
    match base {
        'a' | 'A' if tone.is_empty() => breve(small).or(circumflex(small)),
        'e' | 'E' | 'o' | 'O' if tone.is_empty() => circumflex(small),
        'a' | 'A' | 'e' | 'E' | 'o' | 'O' | 'u' | 'U' | 'y' | 'Y' | 'ơ' | 'Ơ' | 'ư' | 'Ư' => Some(tone).filter(|t| !t.is_empty()),
        _ => None,
    }
}

fn breve(small: u8) -> Option<&'static str> {
    Some(match small {
        0xEA => "\u{306}",
        0xE9 => "\u{306}\u{301}",
        0xE8 => "\u{306}\u{300}",
        0xFA => "\u{306}\u{309}",
        0xFC => "\u{306}\u{303}",
        0xEB => "\u{306}\u{323}",
        _ => return None,
    })
}

fn circumflex(small: u8) -> Option<&'static str> {
    Some(match small {
        0xE2 => "\u{302}",
        0xE1 => "\u{302}\u{301}",
        0xE0 => "\u{302}\u{300}",
        0xE5 => "\u{302}\u{309}",
        0xE3 => "\u{302}\u{303}",
        0xE4 => "\u{302}\u{323}",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn of_latin1(text: &str) -> Vec<u8> {
        text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
    }

    #[test]
    fn every_letter_in_both_cases() {
        let rows = [
            ("aùaøaûaõaï", "áàảãạ"),
            ("aêaéaèaúaüaë", "ăắằẳẵặ"),
            ("aâaáaàaåaãaä", "âấầẩẫậ"),
            ("eùeøeûeõeï", "éèẻẽẹ"),
            ("eâeáeàeåeãeä", "êếềểễệ"),
            ("íìæóò", "íìỉĩị"),
            ("oùoøoûoõoï", "óòỏõọ"),
            ("oâoáoàoåoãoä", "ôốồổỗộ"),
            ("ôôùôøôûôõôï", "ơớờởỡợ"),
            ("uùuøuûuõuï", "úùủũụ"),
            ("ööùöøöûöõöï", "ưứừửữự"),
            ("yùyøyûyõî", "ýỳỷỹỵ"),
            ("ñ", "đ"),
        ];
        for (stored, letters) in rows {
            assert_eq!(decode(&of_latin1(stored)), letters);
            assert_eq!(decode(&of_latin1(&stored.to_uppercase())), letters.to_uppercase());
        }
    }

    #[test]
    fn a_sentence() {
        assert_eq!(decode(&of_latin1("coâng ngheä thoâng tin ôû Vieät Nam")), "công nghệ thông tin ở Việt Nam");
        assert_eq!(decode(b"\x93Ti\xE1\x94"), "“Tiá”");
    }
}
