//! Bytes → text.
//!
//! Takes a whole document or one line, and gives UTF-8 text, or the offset of
//! the first byte that does not decode. UTF-8 without a byte-order mark is
//! given back as it is, so that spans index what the caller has; everything
//! else is marked as changed. Windows-1258, TCVN3 and VNI come out composed
//! (NFC). Never fails with `lossy`, where U+FFFD stands for what does not
//! decode.

pub mod tcvn3;
pub mod utf16;
pub mod vni;

use std::borrow::Cow;
use std::fmt;
use unicode_normalization::UnicodeNormalization as _;

/// An encoding that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum Encoding {
    /// UTF-8, or UTF-16 with a byte-order mark, or what a page declares.
    Auto,
    /// UTF-8.
    #[value(name = "utf-8", alias = "utf8")]
    Utf8,
    /// UTF-16; little-endian where no byte-order mark says otherwise.
    #[value(name = "utf-16", alias = "utf16")]
    Utf16,
    /// Vietnamese Windows, with combining tone marks.
    #[value(name = "windows-1258", alias = "cp1258")]
    Windows1258,
    /// TCVN 5712 (".VnTime" and other fonts whose names start with .Vn).
    Tcvn3,
    /// VNI for Windows ("VNI-Times").
    Vni,
}

/// A decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'b> {
    /// The text.
    pub text: Cow<'b, str>,
    /// Whether its bytes are not the ones that were given.
    pub changed: bool,
}

/// Bytes that do not decode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeFault {
    /// Name of the encoding.
    pub encoding: &'static str,
    /// Offset of the first such byte.
    pub offset: usize,
}

impl fmt::Display for DecodeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not {} at byte {}; name the right --encoding, or replace such bytes with --lossy", self.encoding, self.offset)
    }
}

/// What becomes of bytes that do not decode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undecodable {
    /// They are a fault.
    Refuse,
    /// U+FFFD stands in for them.
    Replace,
}

/// Decodes a document or a line.
///
/// # Errors
///
/// Where a byte does not decode and `undecodable` says to refuse it.
pub fn decode(bytes: &[u8], encoding: Encoding, undecodable: Undecodable) -> Result<Decoded<'_>, DecodeFault> {
    let changed = |text: String| Decoded { text: Cow::Owned(text), changed: true };
    match encoding {
        Encoding::Auto if utf16::has_mark(bytes) => utf16::decode(bytes, undecodable).map(changed),
        Encoding::Auto | Encoding::Utf8 => utf8(bytes, undecodable),
        Encoding::Utf16 => utf16::decode(bytes, undecodable).map(changed),
        Encoding::Windows1258 => Ok(changed(composed(&encoding_rs::WINDOWS_1258.decode_without_bom_handling(bytes).0))),
        Encoding::Tcvn3 => tcvn3::decode(bytes, undecodable).map(changed),
        Encoding::Vni => Ok(changed(vni::decode(bytes))),
    }
}

/// Decodes by a label as pages declare it ("windows-1258"); `None` where no
/// such encoding is known.
pub fn decode_declared(bytes: &[u8], label: &str) -> Option<String> {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes())?;
    let (text, _, _) = encoding.decode(bytes);
    Some(composed(&text))
}

/// The bytes of windows-1252's upper control range, which the legacy fonts
/// kept: quotation marks, dashes, the ellipsis.
fn western(byte: u8) -> char {
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&byte));
    text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn composed(text: &str) -> String {
    text.nfc().collect()
}

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

fn utf8(bytes: &[u8], undecodable: Undecodable) -> Result<Decoded<'_>, DecodeFault> {
    let marked = bytes.strip_prefix(UTF8_MARK);
    let content = marked.unwrap_or(bytes);
    match simdutf8::compat::from_utf8(content) {
        Ok(text) => Ok(Decoded { text: Cow::Borrowed(text), changed: marked.is_some() }),
        Err(_) if undecodable == Undecodable::Replace => Ok(Decoded { text: String::from_utf8_lossy(content), changed: true }),
        Err(e) => Err(DecodeFault { encoding: "UTF-8", offset: e.valid_up_to() + bytes.len() - content.len() }),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn utf8_is_left_alone_and_its_mark_taken_off() {
        let plain = decode("Hà Nội".as_bytes(), Encoding::Auto, Undecodable::Refuse).unwrap();
        assert!(!plain.changed && matches!(plain.text, Cow::Borrowed("Hà Nội")));
        let marked = decode("\u{FEFF}Huế".as_bytes(), Encoding::Auto, Undecodable::Refuse).unwrap();
        assert_eq!((marked.text.as_ref(), marked.changed), ("Huế", true));
    }

    #[test]
    fn the_offset_counts_from_the_first_byte() {
        let fault = decode(b"\xEF\xBB\xBFab\xFF", Encoding::Utf8, Undecodable::Refuse).unwrap_err();
        assert_eq!(fault.offset, 5);
        let replaced = decode(b"ab\xFF", Encoding::Utf8, Undecodable::Replace).unwrap();
        assert_eq!(replaced.text, "ab\u{FFFD}");
    }

    #[test]
    fn windows_1258_comes_out_composed() {
        // "Tiếng Việt", tone marks following their vowels.
        let decoded = decode(b"Ti\xEA\xECng Vi\xEA\xF2t, \xD0\xE0 N\xE3\xDEng", Encoding::Windows1258, Undecodable::Refuse).unwrap();
        assert_eq!(decoded.text, "Ti\u{1EBF}ng Vi\u{1EC7}t, Đà N\u{1EB5}ng");
    }

    #[test]
    fn declared_encodings_are_looked_up() {
        assert_eq!(decode_declared(b"caf\xE9", "ISO-8859-1").as_deref(), Some("café"));
        assert_eq!(decode_declared(b"", "no such thing"), None);
    }
}
