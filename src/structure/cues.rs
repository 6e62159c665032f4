//! The cues that tell what a sentence is for, one per entry, with its weight.
//!
//! A sentence gets the role whose cues weigh most; where none weighs more than
//! nothing, it is body. Weights are log odds in units of 1/16, for a role against
//! body; negative ones speak against the role. What a cue is was thought of by
//! reading articles; its weight is fitted by `tomtat-tools fit-roles`, which
//! writes the numbers of this table. The wording of captions is learned apart
//! (see `caption`) and enters in steps.

use super::facts::Facts;
use super::words::{Phrases, Words, classes};
use crate::summary::Role;
use crate::token::{Case, TokenKind};
use once_cell::sync::Lazy;

/// One cue.
pub(crate) struct Cue {
    /// Its name, as shown to users.
    pub(crate) name: &'static str,
    /// The role it speaks for.
    pub(crate) role: Role,
    /// How strongly.
    pub(crate) weight: i32,
    /// Whether a sentence has it.
    pub(crate) test: fn(&Facts<'_>) -> bool,
}

/// Makes of the list of cues their table and one function that runs all tests:
/// called through the table, a hundred tests a sentence are as many jumps to
/// places that the processor has to guess.
macro_rules! cues {
    ($(cue($name:literal, $role:ident, $weight:literal, $test:expr),)*) => {
        /// All cues.
        pub(crate) const CUES: &[Cue] = &[$(Cue { name: $name, role: Role::$role, weight: $weight, test: $test }),*];

        /// What a sentence's cues weigh together, by role.
        pub(super) fn weigh(facts: &Facts<'_>) -> Sums {
            let mut sums = Sums::default();
            $(sums.add(Role::$role, $weight, facts, $test);)*
            sums
        }
    };
}

/// The sums of weights by role.
#[derive(Default)]
pub(super) struct Sums {
    boilerplate: i32,
    caption: i32,
    heading: i32,
}

impl Sums {
    #[inline(always)]
    fn add(&mut self, role: Role, weight: i32, facts: &Facts<'_>, test: impl Fn(&Facts<'_>) -> bool) {
        let sum = match role {
            Role::Boilerplate => &mut self.boilerplate,
            Role::Caption => &mut self.caption,
            _ => &mut self.heading,
        };
        *sum += weight * i32::from(test(facts));
    }

    /// The role whose cues weigh most, if they weigh more than nothing.
    pub(super) fn heaviest(&self) -> Option<Role> {
        let sums = [(Role::Boilerplate, self.boilerplate), (Role::Caption, self.caption), (Role::Heading, self.heading)];
        // The first of equals.
        sums.into_iter().filter(|(_, sum)| *sum > 0).rev().max_by_key(|(_, sum)| *sum).map(|(role, _)| role)
    }
}

// The numbers are written by `tomtat-tools fit-roles`.
cues! {
    cue("rare", Boilerplate, -77, |_| true),
    cue("credit", Boilerplate, 143, is_credit),
    cue("picture note", Boilerplate, 92, is_picture_note),
    cue("source line", Boilerplate, 113, is_source_line),
    cue("byline", Boilerplate, 96, is_byline),
    cue("button", Boilerplate, 118, is_button),
    cue("written by", Boilerplate, 144, is_written_by),
    cue("see also", Boilerplate, 143, is_see_also),
    cue("contact", Boilerplate, 131, is_contact),
    cue("bracketed link", Boilerplate, 146, is_bracketed),
    cue("tags", Boilerplate, 121, is_tags),
    cue("date line", Boilerplate, 116, is_date_line),
    cue("last line", Boilerplate, 20, |f| f.after() == 0),
    cue("near the end", Boilerplate, 8, |f| f.after() < 3),
    cue("short and no full stop", Boilerplate, 25, |f| !f.ends_with_mark && f.words <= 6),
    cue("rare", Caption, -38, |_| true),
    cue("credit at the end", Caption, 83, ends_with_credit),
    cue("before a credit", Caption, 68, |f| f.before_credit),
    cue("stands twice", Caption, 69, stands_twice),
    cue("video", Caption, 112, is_video),
    cue("points into a picture", Caption, 112, points_into_picture),
    cue("names and jobs alone", Caption, 112, is_names_and_jobs),
    cue("says what the title says", Caption, 26, |f| f.setting.repeats_title()),
    cue("says what the title says at length", Caption, -41, |f| f.setting.repeats_title() && f.words > 18),
    cue("says what a neighbour says", Caption, 9, |f| f.setting.repeats_neighbour()),
    cue("no verb", Caption, 27, has_no_verb),
    cue("states nothing", Caption, -4, |f| f.stating == 0 && f.words >= 3),
    cue("states much", Caption, -7, |f| f.stating >= 3),
    cue("alone on its line", Caption, -31, |f| f.alone()),
    cue("set apart", Caption, 2, |f| f.set_apart()),
    cue("set apart, with full stop", Caption, -23, |f| f.set_apart() && f.ends_with_mark),
    cue("set apart, no title", Caption, 45, |f| f.set_apart() && f.ends_with_mark && !f.titled),
    cue("line without full stop, no title", Caption, -4, |f| f.alone() && f.lacks_mark() && !f.titled),
    cue("opens the text, set apart", Caption, 5, |f| f.index == 0 && f.set_apart()),
    cue("short line without full stop", Caption, -38, |f| f.alone() && f.lacks_mark() && f.words <= 8),
    cue("a fact with a colon", Caption, -31, states_fact),
    cue("runs on and worded so", Caption, -15, |f| f.runs_on() && f.caption > 0),
    cue("runs on and worded so", Caption, -13, |f| f.runs_on() && f.caption > 512),
    cue("set apart and short", Caption, 21, |f| f.set_apart() && f.words <= 25),
    cue("last line", Caption, 38, |f| f.alone() && f.after() == 0),
    cue("last line after boilerplate", Caption, 0, |f| f.alone() && f.after() == 0 && f.after_boilerplate),
    cue("opens the text and short", Caption, 17, |f| f.index == 0 && f.set_apart() && f.words <= 25),
    cue("after boilerplate", Caption, 7, |f| f.after_boilerplate),
    cue("no full stop", Caption, 12, |f| f.lacks_mark() && f.words >= 5),
    cue("runs into the next", Caption, 18, |f| f.runs_on() && f.words <= LONGEST_HEADING),
    cue("runs on at length", Caption, 24, |f| f.runs_on() && f.words > LONGEST_HEADING),
    cue("one line", Caption, -3, |f| f.text_in_one_line()),
    cue("goes on from before", Caption, -20, goes_on),
    cue("quotation", Caption, -3, |f| matches!(f.kind(0), Some(TokenKind::Quote | TokenKind::QuoteOpen))),
    cue("question", Caption, 27, |f| f.kind(f.tokens.len().wrapping_sub(1)) == Some(TokenKind::Question)),
    cue("colon at the end", Caption, -9, |f| f.is_colon(f.tokens.len().wrapping_sub(1))),
    cue("list item", Caption, -38, is_item),
    cue("short", Caption, -5, |f| f.words <= 10),
    cue("not long", Caption, 0, |f| f.words <= 18),
    cue("long", Caption, -10, |f| f.words > 26),
    cue("wording", Caption, 8, |f| f.caption > -512),
    cue("wording", Caption, 10, |f| f.caption > -256),
    cue("wording", Caption, 0, |f| f.caption > 0),
    cue("wording", Caption, 10, |f| f.caption > 256),
    cue("wording", Caption, 5, |f| f.caption > 512),
    cue("wording", Caption, 16, |f| f.caption > 768),
    cue("wording", Caption, 1, |f| f.caption > 1024),
    cue("wording", Caption, -23, |f| f.caption > 1536),
    cue("set apart and worded so", Caption, 19, |f| f.set_apart() && f.caption > 0),
    cue("set apart and worded so", Caption, -23, |f| f.set_apart() && f.caption > 512),
    cue("begins with a name", Caption, 12, begins_with_name),
    cue("has a comma", Caption, -10, |f| f.has(TokenKind::Comma)),
    cue("names the picture", Caption, 15, names_the_picture),
    cue("one line and short", Caption, 3, |f| f.text_in_one_line() && f.words <= 14),
    cue("one line and worded so", Caption, 10, |f| f.text_in_one_line() && f.caption > 256),
    cue("follows the lede", Caption, 7, |f| f.index == 2),
    cue("among the first", Caption, 1, |f| f.index < 6),
    cue("others are worded so", Caption, -6, |f| f.other_captions >= 1),
    cue("others are worded so", Caption, -1, |f| f.other_captions >= 3),
    cue("runs on as others do", Caption, 7, |f| f.runs_on() && f.others_run_on >= 2),
    cue("opens a line of several, with full stop", Caption, -18, |f| f.has_lines && f.starts_line && !f.ends_line && f.ends_with_mark),
    cue("opens a line of several, worded so", Caption, -2, |f| f.has_lines && f.starts_line && !f.ends_line && f.caption > 256),
    cue("ends a line of several, with full stop", Caption, -45, |f| f.has_lines && !f.starts_line && f.ends_line && f.ends_with_mark),
    cue("has a number", Caption, -2, |f| f.has(TokenKind::Number)),
    cue("full of capitals", Caption, -2, |f| f.capitals * 3 >= f.words),
    cue("states one thing", Caption, -4, |f| f.stating == 1),
    cue("set apart, states little", Caption, 4, |f| f.set_apart() && f.stating <= 1),
    cue("worded so, as others are", Caption, 6, |f| f.caption > 0 && f.other_captions >= 1),
    cue("before a paragraph", Caption, 11, |f| f.alone() && f.before_paragraph),
    cue("alone and worded so", Caption, 13, |f| f.alone() && f.caption > 256),
    cue("says what a neighbour says, worded so", Caption, -5, |f| f.setting.repeats_neighbour() && f.caption > 0),
    cue("rare", Heading, -19, |_| true),
    cue("heading line", Heading, 68, is_heading_line),
    cue("numbered line", Heading, 21, is_numbered_heading),
    cue("runs into the next", Heading, 51, |f| f.runs_on() && f.words <= LONGEST_HEADING),
    cue("runs into the next, numbered", Heading, 39, |f| f.runs_on() && starts_with_number(f)),
    cue("line without full stop, no title", Heading, -12, |f| f.alone() && f.lacks_mark() && !f.titled),
    cue("a line like all others", Heading, -22, |f| f.alone() && !f.set_apart()),
    cue("states much", Heading, -12, |f| f.stating >= 2),
    cue("goes on from before", Heading, -28, goes_on),
    cue("quotation", Heading, -20, |f| matches!(f.kind(0), Some(TokenKind::Quote | TokenKind::QuoteOpen))),
    cue("has a comma", Heading, -8, |f| f.has(TokenKind::Comma)),
    cue("runs on as others do", Heading, 15, |f| f.runs_on() && f.others_run_on >= 2),
    cue("before a paragraph", Heading, 40, |f| f.alone() && f.lacks_mark() && f.before_paragraph),
    cue("a fact with a colon", Heading, -38, states_fact),
    cue("a question", Heading, 44, |f| f.kind(f.tokens.len().wrapping_sub(1)) == Some(TokenKind::Question) && f.words <= 15),
    cue("question line", Heading, 57, |f| f.set_apart() && f.kind(f.tokens.len().wrapping_sub(1)) == Some(TokenKind::Question) && f.words <= 15 && f.after() > 1),
    cue("very short", Heading, -8, |f| f.words <= 6),
    cue("short", Heading, -11, |f| f.words <= 12),
    cue("states something", Heading, -21, |f| f.stating > 0 && f.words > 8),
    cue("as long as a sentence", Heading, -18, |f| f.words > 16),
    cue("worded like a caption", Heading, -20, |f| f.caption > 512),
    cue("in a list", Heading, -34, |f| f.in_list),
    cue("opens the text", Heading, -5, |f| f.index == 0),
    cue("near the end", Heading, -11, |f| f.after() < 2),
}

/// Most words of a heading.
const LONGEST_HEADING: usize = 22;

/// What sentences may begin with, list by list; see [`Facts::begins`].
const OPENINGS: &[(Lists, &[&str])] = &[
    (GOES_ON, GOING_ON),
    (PICTURE, PICTURES),
    (CREDIT, CREDITS),
    (PHOTO, &["ảnh"]),
    (SOURCE, &["nguồn"]),
    (FOLLOWING, &["theo"]),
    (WRITTEN_BY, &["bởi"]),
    (VIDEO, &["video", "clip"]),
    (SEE_MORE, &["xem thêm"]),
    (INVITATION, INVITATIONS),
    (CONTACT, CONTACTS),
    (TELEPHONE, TELEPHONES),
    (TAGGED, TAGS),
    (READER, &["bạn"]),
];

/// What may stand anywhere in them; see [`Facts::contains`].
const INSIDE: &[(Lists, &[&str])] = &[
    (LEAVE_COMMENT, &["để lại bình luận"]),
    (TO_CONTACT, &["liên hệ", "truy cập", "cho chúng tôi"]),
    (BESIDE, &["bên phải )", "bên trái )", "từ trái sang", "từ trái qua", "trong ảnh )", "ngoài cùng bên"]),
    (JOB, &["ceo", "giám đốc", "chủ tịch", "nhà sáng lập", "đồng sáng lập", "bộ trưởng", "thứ trưởng", "cục trưởng"]),
    (CREDIT_WORD, &["ảnh", "nguồn"]),
];

/// Small words that are counted; see [`Small`](super::facts::Small).
const SMALL: &[(u16, &[&str])] =
    &[(IS_STATING, STATING), (IS_BYLINE_LINK, BYLINE_LINKS), (IS_JOB_LINK, JOB_LINKS), (IS_BESIDE, &["bên", "từ", "trong", "ngoài"])];

/// A set of the lists above.
pub(super) type Lists = u32;

const GOES_ON: Lists = 1;
const PICTURE: Lists = 1 << 1;
const CREDIT: Lists = 1 << 2;
pub(super) const PHOTO: Lists = 1 << 3;
const SOURCE: Lists = 1 << 4;
const FOLLOWING: Lists = 1 << 5;
const WRITTEN_BY: Lists = 1 << 6;
const VIDEO: Lists = 1 << 7;
const SEE_MORE: Lists = 1 << 8;
const INVITATION: Lists = 1 << 9;
const CONTACT: Lists = 1 << 10;
const TELEPHONE: Lists = 1 << 11;
const TAGGED: Lists = 1 << 12;
pub(super) const READER: Lists = 1 << 13;
const LEAVE_COMMENT: Lists = 1 << 14;
const TO_CONTACT: Lists = 1 << 15;
const BESIDE: Lists = 1 << 16;
const JOB: Lists = 1 << 17;
const CREDIT_WORD: Lists = 1 << 18;

pub(super) const IS_STATING: u16 = 1;
pub(super) const IS_BYLINE_LINK: u16 = 1 << 1;
pub(super) const IS_JOB_LINK: u16 = 1 << 2;
pub(super) const IS_BESIDE: u16 = 1 << 3;
/// A phrase that counts wherever it stands begins with it.
pub(super) const OPENS_INSIDE: u16 = 1 << 4;

/// The lists above, ready for use.
pub(super) struct Lexicon {
    pub(super) words: Words,
    pub(super) openings: Phrases<Lists>,
    pub(super) inside: Phrases<Lists>,
    /// By the number of a word.
    pub(super) classes: Vec<u16>,
}

pub(super) static LEXICON: Lazy<Lexicon> = Lazy::new(|| {
    let phrases = |lists: &'static [(Lists, &'static [&'static str])]| {
        lists.iter().flat_map(|(list, phrases)| phrases.iter().map(move |phrase| (*phrase, *list)))
    };
    let all = phrases(OPENINGS).chain(phrases(INSIDE)).flat_map(|(phrase, _)| phrase.split(' '));
    let words = Words::new(all.chain(SMALL.iter().flat_map(|(_, list)| list.iter().copied())));
    let first: Vec<&str> = phrases(INSIDE).filter_map(|(phrase, _)| phrase.split(' ').next()).collect();
    Lexicon {
        openings: Phrases::new(&words, phrases(OPENINGS)),
        inside: Phrases::new(&words, phrases(INSIDE)),
        classes: classes(&words, SMALL.iter().copied().chain([(OPENS_INSIDE, first.as_slice())])),
        words,
    }
});

/// "Tuy nhiên, …", "Nó …", "Theo đó …".
#[rustfmt::skip]
const GOING_ON: &[&str] = &[
    "tuy nhiên", "nhưng", "theo đó", "do đó", "vì vậy", "vì thế", "bên cạnh", "ngoài ra", "đồng thời", "trong khi", "trong đó", "mặc dù",
    "điều này", "nó", "theo", "còn", "sau đó", "đặc biệt", "trước đó", "hiện tại", "hiện nay", "cụ thể", "và", "nếu", "khi", "tại",
    "trước", "sau", "với", "để", "ngoài",
];

/// "Hình ảnh …", "Chân dung …", "Một mẫu …".
#[rustfmt::skip]
const PICTURES: &[&str] = &[
    "hình ảnh", "hình", "ảnh", "bức ảnh", "chân dung", "giao diện", "màn hình", "logo", "biểu tượng", "sơ đồ", "biểu đồ", "đồ họa",
    "một góc", "một mẫu", "một chiếc", "một trong", "cận cảnh", "toàn cảnh", "hiện trường", "bản thiết kế", "ý tưởng", "concept",
    "trụ sở", "thiết kế", "cụm camera", "bảng", "các đại biểu", "quang cảnh", "khung cảnh", "minh họa", "mẫu", "những", "các",
];

/// "Ảnh: …", "Nguồn: …", "Theo: …".
#[rustfmt::skip]
const CREDITS: &[&str] = &[
    "ảnh", "nguồn", "tham khảo", "nguồn ảnh", "ảnh minh họa", "ảnh minh hoạ", "theo", "đồ họa", "đồ hoạ", "photo", "source", "tác giả",
    "bài và ảnh", "nguồn tham khảo",
];

/// "Xem thêm", "Mời độc giả …".
#[rustfmt::skip]
const INVITATIONS: &[&str] = &[
    "xem thêm", "đọc thêm", "xem hướng dẫn", "tin liên quan", "bài liên quan", "có thể bạn quan tâm", "bài viết liên quan",
    "mời độc giả", "mời bạn đọc", "mời bạn gửi", "mời bạn để lại", "hãy để lại bình luận", "mời các bạn", "theo dõi chúng tôi",
    "nhấn vào đây", "bấm vào đây", "độc giả có thể xem", "tải về tại", "chi tiết tại đây", "chi tiết vui lòng", "nhấp chuột vào ảnh",
    "tải tại đây",
];

/// "Hotline: …", "Website: …".
#[rustfmt::skip]
const CONTACTS: &[&str] = &[
    "hotline", "website", "email", "e-mail", "fanpage", "facebook", "địa chỉ", "liên hệ", "tổng đài", "web", "đường dây nóng",
];

/// The same where a number follows.
#[rustfmt::skip]
const TELEPHONES: &[&str] = &[
    "điện thoại", "tel", "zalo",
];

/// "Từ khóa: …".
#[rustfmt::skip]
const TAGS: &[&str] = &[
    "từ khóa", "từ khoá", "tags", "tag", "chủ đề", "thẻ",
];

/// Small words between names in a byline.
#[rustfmt::skip]
const BYLINE_LINKS: &[&str] = &[
    "theo", "và", "tổng", "hợp", "dịch", "lược", "ảnh", "biên", "thực", "hiện", "trí",
];

/// Small words between names and jobs; any other may be a verb.
#[rustfmt::skip]
const JOB_LINKS: &[&str] = &[
    "của", "và", "cùng", "nhà", "đồng", "sáng", "lập", "kiêm", "giám", "đốc", "tổng", "phó", "điều", "hành", "chủ", "tịch", "tập",
    "đoàn", "công", "ty", "hãng", "ông", "bà", "bộ", "thứ", "cục", "trưởng", "với", "bên", "phải", "trái", "tại", "ở",
];

/// Verbs, auxiliaries and connectives of statements.
#[rustfmt::skip]
const STATING: &[&str] = &[
    "ai", "biết", "bán", "bắt", "bị", "bỏ", "bởi", "chiếm", "cho", "chúng", "chưa", "chỉ", "còn", "có", "cũng", "cần", "do", "dùng", "dự",
    "giúp", "giảm", "gây", "gì", "gọi", "hay", "hiểu", "hiện", "hoặc", "hãy", "hơn", "hỏi", "khi", "khiến", "khuyên", "không", "kiến",
    "luôn", "là", "làm", "lại", "mong", "mua", "muốn", "mà", "mới", "nghĩ", "nhưng", "nhận", "nào", "này", "nên", "nói", "nếu", "phải",
    "ra", "rất", "rằng", "rồi", "sẽ", "sử", "theo", "thêm", "thì", "thấy", "thể", "tin", "trả", "trở", "tuy", "tăng", "tạo", "tới", "từng",
    "vì", "vẫn", "vậy", "vừa", "xin", "đang", "đi", "đây", "đã", "đó", "được", "đạt", "đến", "đều",
];

/// Twice on lines of their own, or twice in a row, or in the text and at its
/// very end: crawls give a caption again as the picture's text. Elsewhere an
/// author repeats himself, as he does with title and lede.
fn stands_twice(f: &Facts<'_>) -> bool {
    f.copy.is_some_and(|other| {
        let at_end = f.count.saturating_sub(other.max(f.index)) <= 2;
        let opening = other.min(f.index) < 2;
        !opening && (f.alone() || other.abs_diff(f.index) == 1 || !f.has_lines && at_end)
    })
}

/// A short sentence without any of the words that nearly every statement has:
/// "Concept iPhone 8 với màn hình tràn cạnh."
fn has_no_verb(f: &Facts<'_>) -> bool {
    let plain = matches!(f.kind(0), Some(TokenKind::Word | TokenKind::Mixed | TokenKind::Foreign));
    (3..=16).contains(&f.words) && plain && f.capitals > 0 && f.index > 0 && f.stating == 0
}

/// "Tuy nhiên, …", "Nó …", "Theo đó …": tied to the sentence before.
fn goes_on(f: &Facts<'_>) -> bool {
    f.begins(GOES_ON)
}

/// "1. Dung lượng miễn phí có hạn".
fn starts_with_number(f: &Facts<'_>) -> bool {
    f.kind(0) == Some(TokenKind::Number) && f.word(0).len() <= 2 && matches!(f.word(1), "." | ")" | "/")
}

/// "Điểm: 7,5/10", "Realme 8: Hơn 7 triệu đồng": a fact, no heading.
fn states_fact(f: &Facts<'_>) -> bool {
    let after_colon = || f.tokens.iter().skip_while(|t| t.kind != TokenKind::Colon);
    f.has(TokenKind::Colon) && f.has(TokenKind::Number) && after_colon().any(|t| t.kind == TokenKind::Number)
}

/// "Galaxy S8 và …": two capitals or a capital and a number.
fn begins_with_name(f: &Facts<'_>) -> bool {
    let named = |i: usize| f.tokens.get(i).is_some_and(|t| t.is_capitalized() || t.case == Case::Mixed || t.kind == TokenKind::Number);
    let first = f.tokens.first().is_some_and(|t| t.kind.is_wordlike() && t.kind != TokenKind::Number);
    first && named(0) && named(1)
}

/// "Hình ảnh …", "Chân dung …", "Giao diện …", "Một mẫu …".
fn names_the_picture(f: &Facts<'_>) -> bool {
    f.begins(PICTURE) && !is_picture_note(f)
}

/// "Video: …", "Clip: …".
fn is_video(f: &Facts<'_>) -> bool {
    f.labelled(VIDEO)
}

/// A line that begins with a dash or a bullet.
fn is_item(f: &Facts<'_>) -> bool {
    matches!(f.kind(0), Some(TokenKind::Dash | TokenKind::Bullet | TokenKind::Symbol))
}

/// A photo credit, or a note about the picture.
pub(super) fn is_credit_or_note(f: &Facts<'_>) -> bool {
    is_credit(f) || is_picture_note(f)
}

/// Credits, authors, sources.
pub(super) fn is_boilerplate(f: &Facts<'_>) -> bool {
    is_credit(f) || is_picture_note(f) || is_byline(f) || is_source_line(f)
}

/// "Ảnh: Getty", "Nguồn: …", "(Nguồn: CNET)", "Tham khảo: …".
fn is_credit(f: &Facts<'_>) -> bool {
    f.labelled(CREDIT) && (f.words <= 14 || f.begins(PHOTO))
}

/// "Ảnh minh họa.", "Ảnh cắt từ clip.", "Nguồn Internet".
fn is_picture_note(f: &Facts<'_>) -> bool {
    let item = matches!(f.kind(0), Some(TokenKind::Dash | TokenKind::Bullet));
    f.begins(PHOTO | SOURCE) && !item && f.words <= 6
}

/// "Theo Reuters", "(Theo AFP)": a source and nothing else.
fn is_source_line(f: &Facts<'_>) -> bool {
    if !f.begins(FOLLOWING) || f.words > 7 {
        return false;
    }
    let rest = f.tokens.iter().skip(f.first_word() + 1);
    let small = rest.filter(|t| t.case == Case::Lower && t.kind == TokenKind::Word).count();
    let paper = f.after() == 0 && f.words <= 5 && !f.ends_with_mark;
    (small <= 1 || paper) && !f.has(TokenKind::Comma)
}

/// "Trường Thịnh", "Khánh Hồng (theo Mirror)", "T.ThủyTheo SoMag/NDTV": names
/// alone, near the end.
fn is_byline(f: &Facts<'_>) -> bool {
    let numbers = [TokenKind::Number, TokenKind::Comma, TokenKind::Percent, TokenKind::Colon].into_iter().any(|kind| f.has(kind));
    let near_end = f.after() < 4;
    let stops = f.tokens.last().is_some_and(|t| t.kind.ends_sentence());
    f.index > 1
        && near_end
        && (f.ends_line_or_text() || !f.has_lines || !f.ends_with_mark)
        && f.capitals > 0
        && f.small.all == f.small.byline_links
        && !numbers
        && f.words <= 10
        && !(stops && f.words > 4)
}

/// "Chia sẻ": what a page's buttons say.
fn is_button(f: &Facts<'_>) -> bool {
    const BUTTONS: &[&str] = &["chia sẻ", "thích", "bình luận", "in bài viết", "lưu bài viết", "quay lại"];
    /// Words of the longest.
    const LONGEST: usize = 3;
    f.alone() && f.tokens.len() <= LONGEST && BUTTONS.iter().any(|b| f.tokens.len() == b.split(' ').count() && f.begins_with(b))
}

/// "Bởi Trần Nam | 20/4/2023".
fn is_written_by(f: &Facts<'_>) -> bool {
    f.begins(WRITTEN_BY) && f.alone() && !f.ends_with_mark && f.words <= 9 && f.capitals * 2 > f.words
}

/// "Xem thêm: …", "Mời độc giả …".
fn is_see_also(f: &Facts<'_>) -> bool {
    f.labelled(SEE_MORE) || f.words <= 40 && f.contains(LEAVE_COMMENT) || f.words <= 30 && f.begins(INVITATION)
}

/// "Hotline: …", "Website: …", "… xin vui lòng liên hệ:".
fn is_contact(f: &Facts<'_>) -> bool {
    let number = |label: &&str| f.after_opening(label).is_some_and(|i| f.is_colon(i) && f.word(i + 1).starts_with(['0', '1', '+', '(']));
    let labelled = f.labelled(CONTACT) || f.labelled(TELEPHONE) && TELEPHONES.iter().any(number);
    let invites = f.kind(f.tokens.len().wrapping_sub(1)) == Some(TokenKind::Colon) && f.contains(TO_CONTACT);
    let address_only = f.words <= 3 && f.has(TokenKind::Address) && !f.ends_with_mark;
    f.words <= 25 && (labelled || invites || address_only)
}

/// "[52% máy tính ở Việt Nam tồn tại lỗ hổng]": a link to another article.
fn is_bracketed(f: &Facts<'_>) -> bool {
    f.word(0) == "[" && f.word(f.tokens.len().wrapping_sub(1)) == "]" || f.word(0) == ">" && f.word(1) == ">"
}

/// "Từ khóa: …", "#5G #Viettel".
fn is_tags(f: &Facts<'_>) -> bool {
    let handles = || f.tokens.iter().filter(|t| t.kind == TokenKind::Handle).count();
    f.labelled(TAGGED) || f.has(TokenKind::Handle) && handles() * 2 >= f.words
}

/// "Thứ ba, 14/3/2017, 08:15".
fn is_date_line(f: &Facts<'_>) -> bool {
    if f.words > 9 || !f.has(TokenKind::Number) {
        return false;
    }
    let numbers = || f.tokens.iter().filter(|t| t.kind == TokenKind::Number);
    let dated = numbers().any(|t| t.of(f.text).matches(['/', '-']).count() == 2);
    dated && numbers().count() * 3 >= f.words && !f.tokens.last().is_some_and(|t| t.kind == TokenKind::Stop)
}

/// "… ở Thượng Hải - Ảnh: AFP", "… Ảnh: T.H".
fn ends_with_credit(f: &Facts<'_>) -> bool {
    if !f.contains(CREDIT_WORD) {
        return false;
    }
    let late = f.tokens.len().saturating_sub(10).max(3);
    let at = (late..f.tokens.len()).find(|i| matches!(f.word(*i), "Ảnh" | "ảnh" | "ẢNH" | "Nguồn"));
    at.is_some_and(|i| f.is_colon(i + 1) || matches!(f.kind(i - 1), Some(TokenKind::Dash | TokenKind::ParenOpen)))
}

/// "(bên phải)", "(từ trái sang)", "trong ảnh".
fn points_into_picture(f: &Facts<'_>) -> bool {
    f.words <= 45 && f.small.beside > 0 && f.contains(BESIDE)
}

/// "CEO X của Y và nhà sáng lập Z của W.": who is seen, and nothing happens.
fn is_names_and_jobs(f: &Facts<'_>) -> bool {
    let nothing_happens = f.small.all == f.small.job_links;
    (6..=40).contains(&f.words) && f.index > 0 && f.capitals >= 4 && nothing_happens && f.contains(JOB)
}

/// A short line without full stop between lines of text.
pub(super) fn is_heading_line(f: &Facts<'_>) -> bool {
    let last = f.kind(f.tokens.len().wrapping_sub(1));
    let open = f.lacks_mark() && !matches!(last, Some(TokenKind::Colon | TokenKind::Semicolon | TokenKind::Comma));
    let item = is_item(f);
    f.alone() && open && !item && !states_fact(f) && (2..=LONGEST_HEADING).contains(&f.words) && f.after() > 0 && f.index > 0
}

/// "1. Các thiết bị ngoại vi cần có".
fn is_numbered_heading(f: &Facts<'_>) -> bool {
    starts_with_number(f) && !f.ends_with_mark && (3..=20).contains(&f.words) && f.after() > 0
}

impl Facts<'_> {
    fn ends_line_or_text(&self) -> bool {
        self.ends_line || self.after() == 0
    }
}
