//! Changes inputs at random, the same way for the same seed.

use crate::pieces::{PIECES, Recoding, recoded};

/// Numbers that look random: SplitMix64.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// Other numbers for every seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; 0 if there is none.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.number() % limit.max(1) as u64) as usize
    }

    /// True once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of `items`, none of which means the default.
    pub fn of<T: Copy + Default>(&mut self, items: &[T]) -> T {
        items.get(self.below(items.len())).copied().unwrap_or_default()
    }
}

/// What an input is made of, and so what may be put into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Diet {
    /// Text of news.
    Text,
    /// Text with the tokens of JSON.
    Json,
    /// Text with the tags of HTML.
    Html,
    /// Bytes of no language.
    Bytes,
}

/// Letters and marks in which normalization can go wrong.
const LETTERS: &[&str] = &[
    "ế",
    "Ề",
    "ữ",
    "ợ",
    "đ",
    "Đ",
    "Ð",
    "ð",
    "e\u{302}\u{301}",
    "e\u{301}\u{302}",
    "o\u{31b}\u{323}",
    "u\u{323}\u{31b}",
    "a\u{306}",
    "\u{300}",
    "\u{303}",
    "\u{309}",
    "\u{31b}",
    "\u{302}",
    "\u{306}",
    "\u{1112}\u{1161}\u{11ab}",
    "\u{1100}",
    "\u{1161}",
    "\u{11a8}",
    "가",
    "각",
    "か\u{3099}",
    "\u{212b}",
    "\u{212a}",
    "\u{340}",
    "\u{344}",
    "\u{2126}",
    "\u{fb1d}",
    "\u{1d15e}",
    "\u{f73}",
    "\u{e48}",
    "क\u{93c}",
    "\u{915}\u{94d}\u{200d}",
    "\u{600}",
    "\u{110bd}",
    "\u{fe0f}",
    "\u{1f3fb}",
    "\u{e0061}",
    "\u{85}",
    "\u{2028}",
    "\u{b}",
    "\u{c}",
    "\u{fffd}",
    "\u{10ffff}",
];

const JSON: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "null",
    "true",
    "-1e999",
    "1.50",
    "\\u0000",
    "\\ud83d",
    "\\udfff",
    "\\\"",
    "\\",
    "{\"text\":\"",
    "\"title\":\"",
    "\"lede\":\"",
    "\"body\":\"",
    "\"id\":",
    "\"published\":\"2026-02-29\"",
    "\"published\":\"2016-09-25\"",
    "\"}\n{\"",
    "\n",
    "\r\n",
    "\u{feff}",
    "{}",
    "[[[[[[[[[[[[[[[[",
    "{\"a\":{\"a\":{\"a\":",
];

const HTML: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<h1>",
    "</h1>",
    "<h2 class=\"sapo\">",
    "</h2>",
    "<title>",
    "</title>",
    "<article>",
    "</article>",
    "<table>",
    "<tr><td>",
    "<b>",
    "</b>",
    "<a href=\"/a\">",
    "</a>",
    "<figure>",
    "<figcaption>",
    "<script>",
    "</script>",
    "<style>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<svg>",
    "<math>",
    "<template>",
    "<select><option>",
    "<textarea>",
    "<noscript>",
    "<br>",
    "<img alt=\"x\">",
    "&nbsp;",
    "&amp;",
    "&#0;",
    "&#x110000;",
    "&",
    "<",
    ">",
    "\"",
    "'",
    "<meta charset=windows-1258>",
    "<meta name=description content=\"",
    "<meta itemprop=datePublished content=\"2016-09-25T20:00:00Z\">",
    "<time datetime=\"9999-12-31T23:00:00Z\">",
    "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"headline\":\"a\"}</script>",
    "<html>",
    "<body>",
    "</body>",
    "<frameset>",
    "<plaintext>",
    "<form>",
    "<li>",
    "<ul>",
];

/// The longest input: longer ones are cut.
const LONGEST: usize = 16 << 10;

/// The longest stretch that is taken of an input.
const STRETCH: usize = 3000;

/// `input`, or a stretch of it, with one to eight changes; `other` is another input to
/// take from.
pub fn mutated(input: &[u8], other: &[u8], diet: Diet, random: &mut Random) -> Vec<u8> {
    let mut bytes = stretch(input, diet, random);
    for _ in 0..=random.below(8) {
        change(&mut bytes, other, diet, random);
    }
    if diet != Diet::Bytes && random.once_in(4) {
        bytes = recode(&bytes, random);
    }
    bytes.truncate(LONGEST);
    bytes
}

/// All of a short input; of a long one often a part, for more inputs in a second.
fn stretch(input: &[u8], diet: Diet, random: &mut Random) -> Vec<u8> {
    if input.len() <= STRETCH || diet == Diet::Bytes || random.once_in(8) {
        return input.to_vec();
    }
    // Half of them start at the beginning, where title and lede are.
    let start = if random.once_in(2) { 0 } else { place(input, random) };
    let end = (start + 1 + random.below(STRETCH)).min(input.len());
    input.get(start..end).unwrap_or_default().to_vec()
}

/// A place in `bytes`, mostly between two characters.
fn place(bytes: &[u8], random: &mut Random) -> usize {
    let at = random.below(bytes.len() + 1);
    if random.once_in(16) {
        return at;
    }
    // A byte that continues a character is 10xxxxxx.
    (0..=at).rev().find(|i| bytes.get(*i).is_none_or(|b| b & 0xc0 != 0x80)).unwrap_or(at)
}

/// Two places in order, most often near each other.
fn two_places(bytes: &[u8], random: &mut Random) -> (usize, usize) {
    let start = place(bytes, random);
    let reach = [2, 8, 40, 400].get(random.below(4)).copied().unwrap_or(2);
    let rest = bytes.get(start..).unwrap_or_default();
    let end = start + place(rest.get(..rest.len().min(reach)).unwrap_or_default(), random);
    (start, end)
}

fn change(bytes: &mut Vec<u8>, other: &[u8], diet: Diet, random: &mut Random) {
    let (start, end) = two_places(bytes, random);
    match random.below(8) {
        0 => flip(bytes, random),
        1 => drop(bytes.drain(start..end)),
        2 => {
            let twice = bytes.get(start..end).unwrap_or_default().to_vec();
            bytes.splice(end..end, twice);
        }
        3 => {
            let moved: Vec<u8> = bytes.drain(start..end).collect();
            let to = place(bytes, random);
            bytes.splice(to..to, moved);
        }
        4 => {
            let (from, to) = two_places(other, random);
            bytes.splice(start..start, other.get(from..to).unwrap_or_default().iter().copied());
        }
        _ => {
            let new = insertion(diet, random);
            bytes.splice(start..start, new);
        }
    }
}

/// In text a flipped bit mostly makes a replacement character, so it is rare.
fn flip(bytes: &mut [u8], random: &mut Random) {
    let at = random.below(bytes.len());
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= 1 << random.below(8);
    }
}

/// Something to put in, once in a while many times over.
fn insertion(diet: Diet, random: &mut Random) -> Vec<u8> {
    let piece = match diet {
        Diet::Bytes => return (0..=random.below(6)).map(|_| random.number() as u8).collect(),
        Diet::Json if random.once_in(2) => random.of(JSON),
        Diet::Html if random.once_in(2) => random.of(HTML),
        _ if random.once_in(2) => random.of(LETTERS),
        _ => random.of(PIECES),
    };
    let times = if random.once_in(64) { 1 + random.below(400) } else { 1 };
    let character = char::from_u32(random.below(0x11_0000) as u32).filter(|_| random.once_in(16));
    match character {
        Some(character) => character.to_string().into_bytes(),
        None => piece.repeat(times).into_bytes(),
    }
}

fn recode(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let recoding = match random.below(5) {
        0 | 1 => Recoding::Nfd,
        2 => Recoding::UpperCase,
        3 => Recoding::NoDiacritics,
        _ => Recoding::OneLine,
    };
    recoded(&text, recoding).into_bytes()
}
