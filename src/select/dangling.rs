//! Sentences that open with a reference to what stands before them.
//!
//! "Đó là…", "Ông cũng…", "Hai công ty này…", "Tuy nhiên…": printed without
//! their predecessor they start in the middle of a thought. Judged by the
//! first words alone.

use crate::score::stop_words::entries;
use crate::structure::words::{NONE, Number, Phrases, Words, classes};
use crate::token::{Case, Token, TokenKind};
use once_cell::sync::Lazy;

/// How far into a sentence a "này" or "đó" still refers back to the sentence
/// before, in tokens.
const REACH: usize = 7;

/// Phrases that refer back whatever follows, but for a capital: "Song song",
/// "Đó Đây Travel".
static OPENINGS: &str = include_str!("../lexicon/dangling_openings.txt");

/// Pronouns and bare nouns that refer back where one of [`VERBS`] follows.
/// Behind " - ": a verb that makes the subject another noun, "hãng tin", or the
/// country in "Anh vừa cấm".
const SUBJECTS: &[&str] = &[
    "ông",
    "bà",
    "anh - vừa",
    "chị",
    "cô",
    "hãng - tin",
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

/// How many and of what, but not who: "cả hai", "hai bên".
const COUNTS: &[&str] = &["hai", "ba", "2", "3", "cả hai", "cả 2", "cả ba"];
const GROUPS: &[&str] =
    &["công ty", "bên", "hãng", "nước", "đối thủ", "ông lớn", "tập đoàn", "doanh nghiệp", "người", "nhà", "gã khổng lồ"];

/// Occasions that say what they are only where more follows: "Tại cuộc họp, …".
const OCCASIONS: &[&str] = &[
    "tại buổi công bố",
    "tại buổi họp",
    "tại buổi họp báo",
    "tại buổi làm việc",
    "tại buổi lễ",
    "tại buổi ra mắt",
    "tại buổi tọa đàm",
    "tại cuộc họp",
    "tại cuộc họp báo",
    "tại cuộc gặp",
    "tại hội nghị",
    "tại hội thảo",
    "tại họp báo",
    "tại lễ công bố",
    "tại lễ ký kết",
    "tại lễ ra mắt",
    "tại phiên họp",
    "tại phiên tòa",
    "tại sự kiện",
    "tại tọa đàm",
];

/// Single words by what they do, a bit each.
const CLASSES: &[(u16, &[&str])] = &[
    (VERB, VERBS),
    (TIME, &["tuần", "tháng", "năm", "quý", "quí", "mùa", "dịp"]),
    (PREDICATE, &["cho", "đã", "sẽ", "được", "là", "cũng", "đang", "có", "không", "khiến", "chỉ"]),
    (KNOWN, &["này", "trên", "đều", "đã", "sẽ", "cũng", "vẫn", "được", "từng", "chưa", "không"]),
    (SOURCE, &["theo", "với", "còn"]),
    (THIS, &["này"]),
    (THAT, &["đó", "ấy"]),
    (ABOVE, &["trên"]),
    (THAN, &["hơn"]),
    (BETWEEN, &["giữa"]),
    (BOTH, &["cả"]),
    (SPEAKING, &["phát", "biểu"]),
];

const VERB: u16 = 1;
const TIME: u16 = 1 << 1;
const PREDICATE: u16 = 1 << 2;
const KNOWN: u16 = 1 << 3;
const SOURCE: u16 = 1 << 4;
const THIS: u16 = 1 << 5;
const THAT: u16 = 1 << 6;
const ABOVE: u16 = 1 << 7;
const THAN: u16 = 1 << 8;
const BETWEEN: u16 = 1 << 9;
const BOTH: u16 = 1 << 10;
const SPEAKING: u16 = 1 << 11;

/// The lists above, ready for use.
struct Lists {
    words: Words,
    /// By the number of a word.
    classes: Vec<u16>,
    /// Each with the words after which it is none.
    openings: Phrases<Box<[Number]>>,
    subjects: Phrases<Box<[Number]>>,
    counts: Phrases<()>,
    groups: Phrases<()>,
    occasions: Phrases<()>,
}

static LISTS: Lazy<Lists> = Lazy::new(|| {
    let with_exceptions = || entries(OPENINGS).chain(SUBJECTS.iter().copied());
    let phrases = with_exceptions()
        .flat_map(|entry| entry.split([' ', ',']))
        .chain([COUNTS, GROUPS, OCCASIONS].concat().into_iter().flat_map(|p| p.split(' ')));
    let words = Words::new(phrases.chain(CLASSES.iter().flat_map(|(_, list)| list.iter().copied())));
    let numbers = |list: &str| list.split(',').map(|word| words.number(word)).filter(|number| *number != NONE).collect();
    let excepted = |entry: &'static str| match entry.split_once(" - ") {
        Some((phrase, except)) => (phrase, numbers(except)),
        None => (entry, Box::default()),
    };
    Lists {
        classes: classes(&words, CLASSES.iter().copied()),
        openings: Phrases::new(&words, entries(OPENINGS).map(excepted)),
        subjects: Phrases::new(&words, SUBJECTS.iter().copied().map(excepted)),
        counts: Phrases::new(&words, COUNTS.iter().map(|phrase| (*phrase, ()))),
        groups: Phrases::new(&words, GROUPS.iter().map(|phrase| (*phrase, ()))),
        occasions: Phrases::new(&words, OCCASIONS.iter().map(|phrase| (*phrase, ()))),
        words,
    }
});

/// How many tokens from the first word on are looked at.
const HEAD: usize = 12;

/// The beginning of a sentence.
#[derive(Clone, Copy)]
struct Head<'t> {
    /// From the first word on.
    tokens: &'t [Token],
    /// Numbers of the first [`HEAD`] of them.
    numbers: [Number; HEAD],
    lists: &'static Lists,
}

/// The words of all lists.
pub(crate) fn words() -> &'static Words {
    &LISTS.words
}

/// Whether a sentence with these tokens dangles when its predecessor is left
/// out.
#[cfg(any(test, feature = "train"))]
pub(crate) fn dangles(text: &str, tokens: &[Token]) -> bool {
    dangles_where(text, tokens, |_| true)
}

/// The same where it is known of some tokens that they are no words of the
/// lists.
pub(crate) fn dangles_where(text: &str, tokens: &[Token], may_be_listed: impl Fn(usize) -> bool) -> bool {
    let start = tokens.iter().take_while(|t| !t.kind.is_wordlike()).count();
    crate::work::count(start + 1);
    let Some(tokens) = tokens.get(start..).filter(|t| !t.is_empty()) else { return false };
    let lists = &*LISTS;
    let mut numbers = [NONE; HEAD];
    for ((number, token), at) in numbers.iter_mut().zip(tokens).zip(start..) {
        if may_be_listed(at) {
            *number = lists.words.of(text, token);
        }
    }
    let head = Head { tokens, numbers, lists };
    head.opens_with_phrase() || head.subject_alone() || head.occasion_alone() || head.points_back() || head.counts_back()
}

impl Head<'_> {
    fn number(&self, at: usize) -> Number {
        self.numbers.get(at).copied().unwrap_or(NONE)
    }

    fn rest(&self, at: usize) -> &[Number] {
        self.numbers.get(at..).unwrap_or(&[])
    }

    /// Whether the word at `at` is in one of these classes.
    fn is(&self, at: usize, classes: u16) -> bool {
        self.lists.classes.get(usize::from(self.number(at))).is_some_and(|of_word| of_word & classes != 0)
    }

    fn opens_with_phrase(&self) -> bool {
        self.lists.openings.opening(&self.numbers).any(|(except, length)| {
            let named = self.tokens.get(length).is_some_and(|t| t.kind == TokenKind::Word && t.case != Case::Lower);
            !named && !except.contains(&self.number(length))
        })
    }

    /// "Ông cũng…", "Công ty cho biết…", "Theo ông, …".
    fn subject_alone(&self) -> bool {
        let skip = usize::from(self.is(0, SOURCE));
        self.lists.subjects.opening(self.rest(skip)).any(|(except, length)| {
            let at = skip + length;
            let Some(next) = self.tokens.get(at).filter(|_| !except.contains(&self.number(at))) else { return false };
            next.kind == TokenKind::Comma && skip > 0 || next.case == Case::Lower && self.is(at, VERB)
        })
    }

    /// "Tại cuộc họp, …", "Phát biểu tại hội nghị, …": which one was said before.
    fn occasion_alone(&self) -> bool {
        let skip = if self.is(0, SPEAKING) && self.is(1, SPEAKING) { 2 } else { 0 };
        let occasions = self.lists.occasions.opening(self.rest(skip));
        occasions.into_iter().any(|(_, length)| self.tokens.get(skip + length).is_some_and(|t| t.kind == TokenKind::Comma))
    }

    /// "Hai công ty này", "Một trong số đó", "Con số trên": a pointer back near
    /// the start, before anything is named.
    fn points_back(&self) -> bool {
        for (i, token) in self.tokens.iter().enumerate().take(REACH) {
            if !token.kind.is_wordlike() || i > 0 && names(token) {
                return false;
            }
            let before = |classes: u16| i > 0 && self.is(i - 1, classes);
            if i > 0 && (self.is(i, THIS) && !before(TIME) || self.is(i, THAT)) {
                return true;
            }
            if i > 1 && self.is(i, ABOVE) && self.starts_predicate(i + 1) && !before(THAN) {
                return true;
            }
        }
        false
    }

    fn starts_predicate(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Comma) || self.is(at, PREDICATE)
    }

    /// "Thỏa thuận giữa 2 công ty", "Cả hai", "Hai bên": how many, but not who.
    fn counts_back(&self) -> bool {
        (0..5).any(|at| {
            let opens = at == 0 || self.is(at - 1, BETWEEN);
            let Some(count) = longest(&self.lists.counts, self.rest(at)).filter(|_| opens) else { return false };
            let after = at + count;
            let group = longest(&self.lists.groups, self.rest(after)).unwrap_or(0);
            let named = self.tokens.iter().skip(after + group).take(2).any(names);
            let known = self.is(after + group, KNOWN);
            !named && (group > 0 && (known || at > 0) || self.is(at, BOTH) && group == 0)
        })
    }
}

/// The most words of a phrase that `numbers` begin with.
fn longest(phrases: &Phrases<()>, numbers: &[Number]) -> Option<usize> {
    phrases.opening(numbers).map(|(_, length)| length).max()
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
