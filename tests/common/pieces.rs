//! What texts are put together from, and how they are changed. The tests and
//! `fuzz/` share this file.

use super::invariants::nfd;

/// What news is made of, and what breaks readers of news.
pub const PIECES: &[&str] = &[
    "Microsoft",
    "Google",
    "Viettel",
    "iPhone 7 Plus",
    "Hà Nội",
    "TP.HCM",
    "TP.",
    "TS. Nguyễn Văn A",
    "ông Nadella",
    "công ty",
    "điện toán đám mây",
    "ra mắt",
    "hòa",
    "hoà",
    "khỏe",
    "thuỷ",
    "Ấn Độ",
    "ẤN ĐỘ",
    "Ðà Nẵng",
    "vừa",
    "mới",
    "Đó là",
    "Tuy nhiên,",
    "Ảnh:",
    "Theo:",
    "Xem thêm:",
    "5 tỷ USD",
    "22.990.000đ",
    "3.500",
    "1,5",
    "25/9/2016",
    "52%",
    "năm ngoái",
    "6,5 inch",
    "VnExpress.net",
    "https://a.vn/b?c=d",
    "a@b.vn",
    "#5G",
    "@ai",
    "Node.js",
    "v2.1.3",
    "AT&T",
    "Wi-Fi",
    "v.v.",
    "Yahoo!",
    ".",
    ". ",
    "…",
    "...",
    "?",
    "!",
    "!\"",
    ",",
    ";",
    ":",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "\u{ad}",
    "\0",
    "\u{301}",
    "\u{323}",
    "\u{200d}",
    "👨‍👩‍👧",
    "🇻🇳",
    "🇻",
    "e\u{302}\u{301}",
    "(",
    ")",
    "[",
    "]",
    "“",
    "”",
    "\"",
    "'",
    "«",
    "-",
    "–",
    "•",
    "1.",
    "a)",
    "/",
    "%",
    "$",
    "₫",
    "苹果",
    "한국",
    // Conjoining jamo: a whole syllable, a vowel, a final consonant.
    "\u{1112}\u{1161}\u{11ab}",
    "\u{1161}",
    "\u{11ab}",
    "ถั่ว",
    "привет",
    "ﬁ",
    "Ⅷ",
    "²",
    "\u{202e}",
    "İ",
    "ß",
    "\u{345}",
];

/// Another way to write the same text, or nearly so.
#[derive(Debug, Clone, Copy)]
pub enum Recoding {
    /// As it is.
    None,
    /// Decomposed.
    Nfd,
    /// In capitals.
    UpperCase,
    /// As typed in a hurry.
    NoDiacritics,
    /// With all line ends lost.
    OneLine,
}

/// `text` written so.
pub fn recoded(text: &str, recoding: Recoding) -> String {
    match recoding {
        Recoding::None => text.to_owned(),
        Recoding::Nfd => nfd(text),
        Recoding::UpperCase => text.to_uppercase(),
        Recoding::OneLine => text.replace('\n', ""),
        Recoding::NoDiacritics => {
            nfd(text).chars().filter(|c| !('\u{300}'..'\u{370}').contains(c)).map(|c| if c == 'đ' { 'd' } else { c }).collect()
        }
    }
}
