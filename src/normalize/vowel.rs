//! The twelve Vietnamese vowel letters in six tones, as numbers.
//!
//! Takes one character, gives the vowel, the tone and the case it stands for,
//! and the way back. Knows precomposed letters only: combining marks are
//! joined by the normalizer before anything else looks at the text.

/// The five tones that are written, by their place in [`LETTERS`], and the
/// unwritten one.
pub(super) const LEVEL: u8 = 0;
pub(super) const GRAVE: u8 = 1;
pub(super) const ACUTE: u8 = 2;
pub(super) const HOOK: u8 = 3;
pub(super) const TILDE: u8 = 4;
pub(super) const DOT: u8 = 5;

/// Each row is one vowel: level, huyền, sắc, hỏi, ngã, nặng.
const LETTERS: [[char; 6]; 12] = [
    ['a', 'à', 'á', 'ả', 'ã', 'ạ'],
    ['ă', 'ằ', 'ắ', 'ẳ', 'ẵ', 'ặ'],
    ['â', 'ầ', 'ấ', 'ẩ', 'ẫ', 'ậ'],
    ['e', 'è', 'é', 'ẻ', 'ẽ', 'ẹ'],
    ['ê', 'ề', 'ế', 'ể', 'ễ', 'ệ'],
    ['i', 'ì', 'í', 'ỉ', 'ĩ', 'ị'],
    ['o', 'ò', 'ó', 'ỏ', 'õ', 'ọ'],
    ['ô', 'ồ', 'ố', 'ổ', 'ỗ', 'ộ'],
    ['ơ', 'ờ', 'ớ', 'ở', 'ỡ', 'ợ'],
    ['u', 'ù', 'ú', 'ủ', 'ũ', 'ụ'],
    ['ư', 'ừ', 'ứ', 'ử', 'ữ', 'ự'],
    ['y', 'ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ'],
];

const UPPER_LETTERS: [[char; 6]; 12] = [
    ['A', 'À', 'Á', 'Ả', 'Ã', 'Ạ'],
    ['Ă', 'Ằ', 'Ắ', 'Ẳ', 'Ẵ', 'Ặ'],
    ['Â', 'Ầ', 'Ấ', 'Ẩ', 'Ẫ', 'Ậ'],
    ['E', 'È', 'É', 'Ẻ', 'Ẽ', 'Ẹ'],
    ['Ê', 'Ề', 'Ế', 'Ể', 'Ễ', 'Ệ'],
    ['I', 'Ì', 'Í', 'Ỉ', 'Ĩ', 'Ị'],
    ['O', 'Ò', 'Ó', 'Ỏ', 'Õ', 'Ọ'],
    ['Ô', 'Ồ', 'Ố', 'Ổ', 'Ỗ', 'Ộ'],
    ['Ơ', 'Ờ', 'Ớ', 'Ở', 'Ỡ', 'Ợ'],
    ['U', 'Ù', 'Ú', 'Ủ', 'Ũ', 'Ụ'],
    ['Ư', 'Ừ', 'Ứ', 'Ử', 'Ữ', 'Ự'],
    ['Y', 'Ỳ', 'Ý', 'Ỷ', 'Ỹ', 'Ỵ'],
];

/// Code of every character below U+01B1, and of U+1EA0..=U+1EFF: 0 where it is
/// no vowel, else 1 + 6 × vowel + tone, with [`UPPER`] added for capitals.
static LOW_CODES: [u8; LOW_END] = codes::<LOW_END>(0);
static HIGH_CODES: [u8; 0x60] = codes::<0x60>(HIGH_START);
const LOW_END: usize = 0x1B1;
const HIGH_START: usize = 0x1EA0;
const UPPER: u8 = 0x80;

/// The codes of the `N` characters from `first` on; computed at build time.
#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "computed by the compiler: what does not fit would not compile"
)]
const fn codes<const N: usize>(first: usize) -> [u8; N] {
    let mut table = [0; N];
    let mut index = 0;
    while index < 72 {
        let (vowel, tone) = (index / 6, index % 6);
        let lower = LETTERS[vowel][tone] as usize;
        let upper = UPPER_LETTERS[vowel][tone] as usize;
        if lower >= first && lower - first < N {
            table[lower - first] = index as u8 + 1;
        }
        if upper >= first && upper - first < N {
            table[upper - first] = (index as u8 + 1) | UPPER;
        }
        index += 1;
    }
    table
}

/// A vowel letter taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Vowel {
    /// Row of [`LETTERS`].
    row: u8,
    /// Column of [`LETTERS`]: [`LEVEL`] to [`DOT`].
    pub(super) tone: u8,
    upper: bool,
}

impl Vowel {
    /// The vowel that `letter` writes; `None` for anything else.
    #[inline]
    pub(super) fn of(letter: char) -> Option<Self> {
        let point = letter as usize;
        let code =
            if point < LOW_END { LOW_CODES.get(point).copied()? } else { HIGH_CODES.get(point.wrapping_sub(HIGH_START)).copied()? };
        let number = (code & !UPPER).checked_sub(1)?;
        Some(Self { row: number / 6, tone: number % 6, upper: code & UPPER != 0 })
    }

    /// The letter that writes this vowel.
    #[inline]
    pub(super) fn letter(self) -> char {
        let letters = if self.upper { &UPPER_LETTERS } else { &LETTERS };
        letters.get(usize::from(self.row)).and_then(|row| row.get(usize::from(self.tone))).copied().unwrap_or('\u{FFFD}')
    }

    /// The same vowel in lower case without a tone: "Ế" → 'ê'.
    #[inline]
    pub(super) fn plain(self) -> char {
        Self { tone: LEVEL, upper: false, ..self }.letter()
    }

    /// The same vowel in another tone.
    #[inline]
    pub(super) fn with_tone(self, tone: u8) -> Self {
        Self { tone, ..self }
    }

    /// The vowel with a combining mark joined to it: a tone where it has none
    /// or has the same one, a hat, breve or horn where Vietnamese has that
    /// letter. `None` for every other combination.
    pub(super) fn with_mark(self, mark: char) -> Option<Self> {
        let tone = match mark {
            '\u{300}' => GRAVE,
            '\u{301}' => ACUTE,
            '\u{309}' => HOOK,
            '\u{303}' => TILDE,
            '\u{323}' => DOT,
            _ => return self.with_shape(mark),
        };
        (self.tone == LEVEL || self.tone == tone).then_some(Self { tone, ..self })
    }

    /// The vowel with a hat, breve or horn.
    fn with_shape(self, mark: char) -> Option<Self> {
        let shaped = match (mark, self.plain()) {
            ('\u{302}', 'a') => 'â',
            ('\u{302}', 'e') => 'ê',
            ('\u{302}', 'o') => 'ô',
            ('\u{306}', 'a') => 'ă',
            ('\u{31B}', 'o') => 'ơ',
            ('\u{31B}', 'u') => 'ư',
            _ => return None,
        };
        Self::of(shaped).map(|vowel| Self { row: vowel.row, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn letters_are_found_and_written_back() {
        for letter in LETTERS.iter().chain(&UPPER_LETTERS).flatten() {
            assert_eq!(Vowel::of(*letter).map(Vowel::letter), Some(*letter));
        }
        let found = ('\0'..=char::MAX).filter(|c| Vowel::of(*c).is_some()).count();
        assert_eq!(found, 144);
    }

    #[test]
    fn marks_in_any_order_give_the_letter() {
        for letter in LETTERS.iter().chain(&UPPER_LETTERS).flatten() {
            let mut parts = letter.nfd();
            let base = parts.next().and_then(Vowel::of);
            let marks: Vec<char> = parts.collect();
            for order in [marks.clone(), marks.iter().rev().copied().collect()] {
                let joined = order.iter().fold(base, |vowel, mark| vowel?.with_mark(*mark));
                assert_eq!(joined.map(Vowel::letter), Some(*letter));
            }
        }
    }
}
