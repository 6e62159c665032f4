//! Normalized text → tokens: syllables, numbers, marks, addresses.
//!
//! Takes NFC text, gives [`Token`]s in text order with the kind, the letter
//! case and the gap before each. Promises: tokens are disjoint, never empty,
//! never begin or end with white space, lie on the borders of extended grapheme
//! clusters, and everything between them is white space or control characters;
//! the work is linear in the text. Leaves to others what a syllable means
//! (`segment`) and where sentences end (`sentence`).
//!
//! A token is the smallest piece that any later stage may cut at. "3.500",
//! "25/9/2016", "Node.js", "AT&T", "Wi-Fi" and "TP.HCM" are one token each;
//! text that a crawler glued ("Ấn Độ.Microsoft", "hãngApple", "Mexico16,1")
//! comes apart.

mod class;
mod scan;

pub(crate) use class::is_latin_letter;
pub use scan::tokenize;
pub(crate) use scan::tokenize_known;

/// One token, by its bytes in the normalized text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// What it is.
    pub kind: TokenKind,
    /// How its letters are cased.
    pub case: Case,
    /// What stands between it and the token before.
    pub gap: Gap,
}

impl Token {
    /// The token's text.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        crate::span::slice(text, self.start as usize..self.end as usize)
    }

    /// Whether its first letter is a capital.
    pub fn is_capitalized(&self) -> bool {
        matches!(self.case, Case::Title | Case::Upper | Case::Initial)
    }
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum TokenKind {
    /// Letters, with what may stand inside a word ("Wi-Fi", "AT&T").
    Word,
    /// An abbreviation with its full stop: "TP.", "TS.", "J.".
    Abbreviation,
    /// Letters and digits: "5G", "121kg", "A12".
    Mixed,
    /// Digits with separators: "3.500", "1,5", "25/9/2016", "10-15".
    Number,
    /// A web or e-mail address, a host or file name: "VnExpress.net".
    Address,
    /// "@name" or "#topic".
    Handle,
    /// ".".
    Stop,
    /// "…" or a run of full stops.
    Ellipsis,
    /// "?".
    Question,
    /// "!".
    Exclamation,
    /// ",".
    Comma,
    /// ";".
    Semicolon,
    /// ":".
    Colon,
    /// "“", "‘", "«".
    QuoteOpen,
    /// "”", "’", "»".
    QuoteClose,
    /// A quote whose side its shape does not tell: '"' or "'".
    Quote,
    /// "(", "[", "{".
    ParenOpen,
    /// ")", "]", "}".
    ParenClose,
    /// "-", "–", "—".
    Dash,
    /// "/".
    Slash,
    /// "%", "‰".
    Percent,
    /// "$", "€", "₫".
    Currency,
    /// "•", "►" and other list marks, "*".
    Bullet,
    /// Any other symbol or emoji.
    Symbol,
    /// A word in another script.
    Foreign,
}

impl TokenKind {
    /// Whether the token carries letters or digits.
    pub fn is_wordlike(self) -> bool {
        matches!(self, Self::Word | Self::Abbreviation | Self::Mixed | Self::Number | Self::Address | Self::Handle | Self::Foreign)
    }

    /// Its bit in a set of kinds: one test where a comparison with each would be
    /// as many branches.
    #[inline]
    pub(crate) const fn bit(self) -> u32 {
        1 << self as u32
    }

    /// Whether it is one of a set of kinds.
    #[inline]
    pub(crate) const fn is_in(self, kinds: u32) -> bool {
        kinds & self.bit() != 0
    }

    /// Whether a sentence may end with it.
    pub fn ends_sentence(self) -> bool {
        matches!(self, Self::Stop | Self::Ellipsis | Self::Question | Self::Exclamation)
    }

    /// Whether it closes a quotation or parenthesis.
    pub fn closes(self) -> bool {
        matches!(self, Self::QuoteClose | Self::Quote | Self::ParenClose)
    }
}

/// How a token's letters are cased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Case {
    /// No letter of a cased script.
    None,
    /// All small: "mây".
    Lower,
    /// One capital, then small: "Mây".
    Title,
    /// Two or more capitals, none small: "AWS".
    Upper,
    /// A single capital: "A", "J.".
    Initial,
    /// Anything else: "iPhone", "VnExpress".
    Mixed,
}

/// What stands between a token and the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Gap {
    /// Nothing: glued.
    None,
    /// White space on one line.
    Space,
    /// One line end.
    Line,
    /// Two line ends or more; also the start of the text.
    Paragraph,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Failures, rows};

    #[test]
    fn tokens_as_people_split_them() {
        let mut failures = Failures::default();
        for row in rows("tokens.tsv") {
            let text = row.cell(0);
            let mut tokens = Vec::new();
            tokenize(text, &mut tokens);
            let got: Vec<&str> = tokens.iter().map(|t| t.of(text)).collect();
            failures.check(&row, row.cell(1), &got.join("·"));
        }
        failures.finish("Look at the joins in src/token/scan.rs.");
    }
}
