//! TCVN 5712:1993, third table (VN3): what documents in fonts named ".Vn…" use.
//!
//! Each byte above 0xA0 is one letter. Its capitals cannot be told from its
//! small letters where a vowel carries a tone: the fonts of capitals (".VnTimeH")
//! drew capitals on the bytes of the small letters, so that "HÀ NỘI" was
//! stored as "Hà NộI". What a font said is not in the text; such letters come
//! out small. Bytes 0x80 to 0x9F are windows-1252's punctuation.

use super::{DecodeFault, Undecodable, composed, western};

/// The letter of each byte from 0xA1; a space where the table has none.
const LETTERS: &str =
    "ĂÂÊÔƠƯĐăâêôơưđ \u{300}\u{309}\u{303}\u{301}\u{323}àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ ";

/// Decodes a document or a line.
///
/// # Errors
///
/// Where a byte has no letter, unless it is replaced.
pub fn decode(bytes: &[u8], undecodable: Undecodable) -> Result<String, DecodeFault> {
    let table: Vec<char> = LETTERS.chars().collect();
    let mut text = String::with_capacity(bytes.len() * 2);
    for (offset, byte) in bytes.iter().enumerate() {
        match letter(&table, *byte) {
            Some(letter) => text.push(letter),
            None if undecodable == Undecodable::Replace => text.push(char::REPLACEMENT_CHARACTER),
            None => return Err(DecodeFault { encoding: "TCVN3", offset }),
        }
    }
    Ok(composed(&text))
}

fn letter(table: &[char], byte: u8) -> Option<char> {
    match byte {
        0x00..=0x7F => Some(char::from(byte)),
        0x80..=0x9F => Some(western(byte)),
        0xA0 => Some('\u{A0}'),
        _ => table.get(usize::from(byte) - 0xA1).copied().filter(|c| *c != ' '),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn of_latin1(text: &str) -> Vec<u8> {
        text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
    }

    #[test]
    fn every_letter_stands_at_its_byte() {
        assert_eq!(LETTERS.chars().count(), 0xFF - 0xA1 + 1);
        // Vowel by vowel, in the order grave, acute, hook, tilde, dot.
        let rows = [
            ("µ¸¶·¹", "àáảãạ"),
            ("¨»¾¼½Æ", "ăằắẳẵặ"),
            ("©ÇÊÈÉË", "âầấẩẫậ"),
            ("ÌÐÎÏÑ", "èéẻẽẹ"),
            ("ªÒÕÓÔÖ", "êềếểễệ"),
            ("×ÝØÜÞ", "ìíỉĩị"),
            ("ßãáâä", "òóỏõọ"),
            ("«åèæçé", "ôồốổỗộ"),
            ("¬êíëìî", "ơờớởỡợ"),
            ("ïóñòô", "ùúủũụ"),
            ("\u{AD}õøö÷ù", "ưừứửữự"),
            ("úýûüþ", "ỳýỷỹỵ"),
            ("®¡¢§£¤¥¦", "đĂÂĐÊÔƠƯ"),
        ];
        for (stored, letters) in rows {
            assert_eq!(decode(&of_latin1(stored), Undecodable::Refuse).unwrap(), letters);
        }
    }

    #[test]
    fn a_sentence_and_what_is_lost() {
        assert_eq!(decode(&of_latin1("c«ng nghÖ th«ng tin ë ViÖt Nam"), Undecodable::Refuse).unwrap(), "công nghệ thông tin ở Việt Nam");
        assert_eq!(decode(&of_latin1("Hµ NéI"), Undecodable::Refuse).unwrap(), "Hà NộI");
        assert_eq!(decode(b"a\xC0", Undecodable::Refuse).unwrap_err().offset, 1);
        assert_eq!(decode(b"a\xC0", Undecodable::Replace).unwrap(), "a\u{FFFD}");
    }
}
