//! Sentences that open with a reference to what stands before them.
//!
//! "Đó là…", "Ông cũng…", "Hai công ty này…", "Tuy nhiên…": printed without
//! their predecessor they start in the middle of a thought. Judged by the
//! first words alone.

use crate::normalize::fold::lower_char;
use crate::score::stop_words::entries;
use crate::structure::same_word;
use crate::token::{Case, Token, TokenKind};
use once_cell::sync::Lazy;
use std::collections::HashMap;

/// How far into a sentence a "này" or "đó" still refers back to the sentence
/// before, in tokens.
const REACH: usize = 7;

/// Phrases that refer back whatever follows, but for a capital: "Song song",
/// "Đó Đây Travel".
static OPENINGS: &str = include_str!("../lexicon/dangling_openings.txt");

/// Pronouns and bare nouns that refer back where one of [`VERBS`] follows.
const SUBJECTS: &[&str] = &[
    "ông",
    "bà",
    "anh",
    "chị",
    "cô",
    "hãng",
    "công ty",
    "tập đoàn",
    "cậu",
    "em",
    "vị này",
    "đại diện hãng",
    "máy",
    "sản phẩm",
    "thiết bị",
];

/// Words after a subject that make it a whole one.
const VERBS: &[&str] = &[
    "cho",
    "cũng",
    "nói",
    "là",
    "bày",
    "sẽ",
    "đã",
    "từng",
    "còn",
    "khẳng",
    "nhấn",
    "chia",
    "nhận",
    "tin",
    "bắt",
    "bị",
    "được",
    "muốn",
    "hy",
    "hi",
    "kể",
    "thừa",
    "tiết",
    "giải",
    "tỏ",
    "đang",
    "không",
    "thêm",
    "vẫn",
    "lại",
    "chưa",
    "mong",
    "ta",
    "ấy",
    "có",
    "vừa",
    "phải",
    "luôn",
    "thường",
    "dự",
    "đưa",
    "yêu",
    "đặt",
    "hiện",
    "và",
    "thì",
    "rất",
    "mới",
];

/// Subjects that such a word makes another noun: "hãng tin", and the country
/// in "Anh vừa cấm".
const NOT_ALONE: &[(&str, &str)] = &[("hãng", "tin"), ("anh", "vừa")];

/// Whether a sentence with these tokens dangles when its predecessor is left
/// out.
pub(crate) fn dangles(text: &str, tokens: &[Token]) -> bool {
    let start = tokens.iter().take_while(|t| !t.kind.is_wordlike()).count();
    crate::work::count(start + 1);
    let Some(tokens) = tokens.get(start..).filter(|t| !t.is_empty()) else { return false };
    opens_with_phrase(text, tokens) || subject_alone(text, tokens) || points_back(text, tokens) || counts_back(text, tokens)
}

/// Number of tokens of `phrase` at the start of `tokens`, 0 where they differ.
fn opens_with(text: &str, tokens: &[Token], phrase: &str) -> usize {
    let mut count = 0;
    for word in phrase.split(' ') {
        if !tokens.get(count).is_some_and(|t| same_word(t.of(text), word)) {
            return 0;
        }
        count += 1;
    }
    count
}

/// An opening, and the words after which it is none.
type Opening = (&'static str, &'static str);

/// The openings by their first letter: nearly every sentence is refused by it.
static BY_LETTER: Lazy<HashMap<char, Vec<Opening>>> = Lazy::new(|| {
    let mut out: HashMap<char, Vec<Opening>> = HashMap::new();
    for entry in entries(OPENINGS) {
        let opening = entry.split_once(" - ").unwrap_or((entry, ""));
        out.entry(first_letter(entry)).or_default().push(opening);
    }
    out
});

fn first_letter(text: &str) -> char {
    text.chars().next().map_or(' ', lower_char)
}

fn opens_with_phrase(text: &str, tokens: &[Token]) -> bool {
    let Some(first) = tokens.first() else { return false };
    BY_LETTER.get(&first_letter(first.of(text))).into_iter().flatten().any(|(phrase, except)| {
        let length = opens_with(text, tokens, phrase);
        let next = tokens.get(length);
        let named = next.is_some_and(|t| t.kind == TokenKind::Word && t.case != Case::Lower);
        let excepted = next.is_some_and(|t| except.split(',').any(|word| !word.is_empty() && same_word(t.of(text), word)));
        length > 0 && !named && !excepted
    })
}

/// "Ông cũng…", "Công ty cho biết…", "Theo ông, …".
fn subject_alone(text: &str, tokens: &[Token]) -> bool {
    let skip = ["theo", "với", "còn"].iter().map(|p| opens_with(text, tokens, p)).max().unwrap_or(0);
    let Some(tokens) = tokens.get(skip..) else { return false };
    SUBJECTS.iter().any(|subject| {
        let length = opens_with(text, tokens, subject);
        let Some(next) = tokens.get(length).filter(|_| length > 0) else { return false };
        if NOT_ALONE.iter().any(|(noun, after)| noun == subject && same_word(next.of(text), after)) {
            return false;
        }
        next.kind == TokenKind::Comma && skip > 0 || next.case == Case::Lower && VERBS.iter().any(|v| same_word(next.of(text), v))
    })
}

/// "Hai công ty này", "Một trong số đó", "Con số trên": a pointer back near the
/// start, before anything is named.
fn points_back(text: &str, tokens: &[Token]) -> bool {
    for (i, token) in tokens.iter().enumerate().take(REACH) {
        if !token.kind.is_wordlike() || i > 0 && names(token) {
            return false;
        }
        let word = token.of(text);
        let before = |w: &str| i > 0 && tokens.get(i - 1).is_some_and(|t| same_word(t.of(text), w));
        let time = ["tuần", "tháng", "năm", "quý", "quí", "mùa", "dịp"].iter().any(|w| before(w));
        if i > 0 && (same_word(word, "này") && !time || same_word(word, "đó") || same_word(word, "ấy")) {
            return true;
        }
        let above = i > 1 && same_word(word, "trên") && tokens.get(i + 1).is_some_and(|t| starts_predicate(text, t));
        if above && !before("hơn") {
            return true;
        }
    }
    false
}

/// Whether a token names somebody or something. A short acronym such as "CEO"
/// in "Vị CEO này" does not.
fn names(token: &Token) -> bool {
    match token.case {
        Case::Title | Case::Mixed => true,
        Case::Upper => token.end - token.start > 4,
        _ => matches!(token.kind, TokenKind::Mixed | TokenKind::Address),
    }
}

fn starts_predicate(text: &str, token: &Token) -> bool {
    token.kind == TokenKind::Comma
        || ["cho", "đã", "sẽ", "được", "là", "cũng", "đang", "có", "không", "khiến", "chỉ"].iter().any(|w| same_word(token.of(text), w))
}

/// "Thỏa thuận giữa 2 công ty", "Cả hai", "Hai bên": how many, but not who.
fn counts_back(text: &str, tokens: &[Token]) -> bool {
    const COUNTS: &[&str] = &["hai", "ba", "2", "3", "cả hai", "cả 2", "cả ba"];
    const GROUPS: &[&str] =
        &["công ty", "bên", "hãng", "nước", "đối thủ", "ông lớn", "tập đoàn", "doanh nghiệp", "người", "nhà", "gã khổng lồ"];
    (0..5).filter_map(|at| tokens.get(at..).map(|rest| (at, rest))).any(|(at, rest)| {
        let opens = at == 0 || tokens.get(at - 1).is_some_and(|t| same_word(t.of(text), "giữa"));
        let count = COUNTS.iter().map(|c| opens_with(text, rest, c)).max().unwrap_or(0);
        let Some(after) = rest.get(count..).filter(|_| opens && count > 0) else { return false };
        let group = GROUPS.iter().map(|g| opens_with(text, after, g)).max().unwrap_or(0);
        let bare = rest.first().is_some_and(|t| same_word(t.of(text), "cả"));
        let named = after.iter().take(group + 2).skip(group).any(names);
        let known = after.get(group).is_some_and(|t| {
            ["này", "trên", "đều", "đã", "sẽ", "cũng", "vẫn", "được", "từng", "chưa", "không"].iter().any(|w| same_word(t.of(text), w))
        });
        !named && (group > 0 && (known || at > 0) || bare && group == 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Failures, rows};
    use crate::token::tokenize;

    #[test]
    fn openings_as_people_judge_them() {
        let mut failures = Failures::default();
        for row in rows("dangling.tsv") {
            let mut tokens = Vec::new();
            tokenize(row.cell(0), &mut tokens);
            failures.check(&row, row.cell(1), if dangles(row.cell(0), &tokens) { "yes" } else { "no" });
        }
        failures.finish("Look at src/lexicon/dangling_openings.txt first.");
    }
}
