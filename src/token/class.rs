//! Classes of bytes and characters for the token scanner.

use super::TokenKind;

/// What an ASCII byte is to the scanner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Byte {
    /// White space or a control character.
    Space,
    /// `\n`.
    Line,
    /// A small letter.
    Small,
    /// A capital letter.
    Capital,
    /// A digit.
    Digit,
    /// A mark or symbol.
    Mark,
    /// Part of a longer character.
    Long,
}

const fn classify(byte: u8) -> Byte {
    match byte {
        b'\n' => Byte::Line,
        0..=b' ' | 0x7f => Byte::Space,
        b'a'..=b'z' => Byte::Small,
        b'A'..=b'Z' => Byte::Capital,
        b'0'..=b'9' => Byte::Digit,
        0x80.. => Byte::Long,
        _ => Byte::Mark,
    }
}

#[expect(clippy::indexing_slicing, reason = "computed by the compiler: an index past the end would not compile")]
const TABLE: [Byte; 256] = {
    let mut table = [Byte::Mark; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = classify(i as u8);
        i += 1;
    }
    table
};

/// The class of a byte.
#[expect(clippy::indexing_slicing, reason = "a byte is less than the table's 256")]
pub(super) fn byte_class(byte: u8) -> Byte {
    TABLE[byte as usize]
}

/// Whether `c` is a letter of the Latin script outside ASCII that forms a
/// grapheme cluster of its own with any other such letter.
pub fn is_latin_letter(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' => true,
        '×' | '÷' => false,
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => true,
        _ => false,
    }
}

/// The kind of a mark, ASCII or not.
pub(super) fn mark_kind(c: char) -> TokenKind {
    match c {
        '.' => TokenKind::Stop,
        '…' => TokenKind::Ellipsis,
        '?' | '？' => TokenKind::Question,
        '!' | '！' => TokenKind::Exclamation,
        ',' | '，' | '、' => TokenKind::Comma,
        ';' => TokenKind::Semicolon,
        ':' | '：' => TokenKind::Colon,
        '“' | '‘' | '«' | '„' | '‚' | '「' | '『' => TokenKind::QuoteOpen,
        '”' | '’' | '»' | '‟' | '」' | '』' => TokenKind::QuoteClose,
        '"' | '\'' | '`' | '´' | '′' | '″' => TokenKind::Quote,
        '(' | '[' | '{' => TokenKind::ParenOpen,
        ')' | ']' | '}' => TokenKind::ParenClose,
        '-' | '\u{2010}'..='\u{2015}' | '−' => TokenKind::Dash,
        '/' | '\\' => TokenKind::Slash,
        '%' | '‰' => TokenKind::Percent,
        '$' | '¢' | '£' | '¥' | '\u{20a0}'..='\u{20cf}' => TokenKind::Currency,
        '•' | '‣' | '·' | '●' | '○' | '■' | '□' | '▪' | '▫' | '►' | '▶' | '▸' | '◆' | '◇' | '★' | '☆' | '✓' | '✔' | '➤' | '*' | '§' => {
            TokenKind::Bullet
        }
        '。' => TokenKind::Stop,
        _ => TokenKind::Symbol,
    }
}
