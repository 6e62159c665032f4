//! Words whose full stop does not end a sentence.

/// Whether `word`, written just so before a full stop, is an abbreviation.
pub(crate) fn is_abbreviation(word: &str) -> bool {
    is_initials(word)
        || ABBREVIATIONS.binary_search(&word).is_ok()
        || word.rsplit_once('.').is_some_and(|(_, last)| TITLES.binary_search(&last).is_ok())
}

/// "J.K", "U.S": capitals with full stops between.
fn is_initials(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase))
}

/// Whether a sentence may end with this abbreviation, its full stop included:
/// "v.v.", "Inc.", "a.m."; never with a title or a lone initial.
pub(crate) fn may_end_sentence(abbreviation: &str) -> bool {
    ENDINGS.binary_search(&abbreviation.trim_end_matches('.')).is_ok()
}

/// Whether a word in capitals after a lone initial starts a new sentence
/// ("ổ đĩa C. Sau đó…") and is no name ("J. Rowling").
pub(crate) fn is_starter(word: &str) -> bool {
    STARTERS.binary_search(&word).is_ok()
}

/// Whether no sentence ever ends after this abbreviation: it stands before a
/// name ("TP.", "PGS.TS.").
pub(crate) fn is_title(abbreviation: &str) -> bool {
    let last = abbreviation.rsplit_once('.').map_or(abbreviation, |(_, last)| last);
    last != "v" && TITLES.binary_search(&last).is_ok()
}

/// Whether a letter with a full stop is a word or a number that ends a
/// sentence: "châu Á.", "nước Ý.", "lần thứ I.".
pub(crate) fn is_letter_as_word(before: &str, letter: &str) -> bool {
    let letter = letter.trim_end_matches('.');
    matches!(letter, "Á" | "Ý") || matches!(letter, "I" | "V" | "X") && NUMBERED.binary_search(&before).is_ok()
}

/// Words before a Roman number. Sorted by bytes.
const NUMBERED: &[&str] = &["hạng", "khoá", "khóa", "kỳ", "loại", "lần", "phần", "quý", "thứ", "tập"];

/// Common first words of sentences that are no names. Sorted by bytes.
const STARTERS: &[&str] = &[
    "Bên", "Các", "Có", "Cũng", "Do", "Hiện", "Khi", "Mặc", "Mỗi", "Một", "Ngay", "Ngoài", "Nguồn", "Nhưng", "Những", "Nếu", "Sau", "Song",
    "Theo", "Trong", "Trước", "Tuy", "Tại", "Từ", "Vì", "Với", "Điều", "Đây", "Đó", "Để", "Ảnh",
];

/// Abbreviations that may end a sentence. Sorted by bytes.
const ENDINGS: &[&str] = &["AG", "Co", "Corp", "Inc", "Jr", "Ltd", "Sr", "TCN", "TNHH", "a.m", "etc", "p.m", "v.v", "vv"];

/// Abbreviations as written before their full stop. Sorted by bytes.
const ABBREVIATIONS: &[&str] = &[
    "AG", "Apr", "Aug", "BS", "Co", "Corp", "Dec", "Dr", "Feb", "GS", "Gen", "Inc", "Jan", "Jr", "Jul", "Jun", "KS", "KTS", "LS", "Lt",
    "Ltd", "Mr", "Mrs", "Ms", "NSND", "NSƯT", "NXB", "Nov", "Oct", "PGS", "PTS", "Ph", "Prof", "Sep", "Sept", "Sgt", "Sr", "St", "TCN",
    "TP", "TS", "TX", "Th", "ThS", "Tp", "Tr", "Ts", "TƯ", "VD", "Vd", "etc", "tp", "tr", "tx", "v", "v.v", "vs", "vv", "ĐH",
];

/// Titles and places that stand before a name, also after another
/// abbreviation ("PGS.TS."). Sorted by bytes.
const TITLES: &[&str] = &["BS", "CKII", "GS", "KS", "PGS", "TP", "TS", "TSKH", "ThS", "v"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!(
            [ABBREVIATIONS, TITLES, ENDINGS, STARTERS, NUMBERED].iter().all(|list| list.is_sorted()),
            "keep the lists sorted by bytes: binary search needs it"
        );
    }

    #[test]
    fn titles_chain() {
        assert!(is_abbreviation("TS") && is_abbreviation("PGS.TS") && is_abbreviation("v.v"));
        assert!(!is_abbreviation("Apple") && !is_abbreviation("USD"));
    }
}
