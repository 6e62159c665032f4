//! The cues that tell what a sentence is for, one per entry, with its weight.
//!
//! A sentence gets the role whose cues weigh most, if they weigh at least
//! [`THRESHOLD`]; else it is body. Weights are small whole numbers, set by hand
//! from the figures in `tools/record/`; the wording of captions alone is learned
//! (see `caption`).

use super::facts::Facts;
use crate::summary::Role;
use crate::token::{Case, TokenKind};

/// Least sum of weights for a role other than body.
pub(crate) const THRESHOLD: i32 = 4;

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

/// All cues.
pub(crate) const CUES: &[Cue] = &[
    Cue { name: "credit", role: Role::Boilerplate, weight: 7, test: is_credit },
    Cue { name: "picture note", role: Role::Boilerplate, weight: 6, test: is_picture_note },
    Cue { name: "source line", role: Role::Boilerplate, weight: 6, test: is_source_line },
    Cue { name: "byline", role: Role::Boilerplate, weight: 6, test: is_byline },
    Cue { name: "see also", role: Role::Boilerplate, weight: 6, test: is_see_also },
    Cue { name: "contact", role: Role::Boilerplate, weight: 5, test: is_contact },
    Cue { name: "bracketed link", role: Role::Boilerplate, weight: 6, test: is_bracketed },
    Cue { name: "tags", role: Role::Boilerplate, weight: 6, test: is_tags },
    Cue { name: "date line", role: Role::Boilerplate, weight: 6, test: is_date_line },
    Cue { name: "credit at the end", role: Role::Caption, weight: 6, test: ends_with_credit },
    Cue { name: "stands twice", role: Role::Caption, weight: 5, test: |f| f.repeated },
    Cue {
        name: "video",
        role: Role::Caption,
        weight: 5,
        test: |f| f.after_opening("video").or(f.after_opening("clip")).is_some_and(|i| f.is_colon(i)),
    },
    Cue { name: "points into a picture", role: Role::Caption, weight: 4, test: points_into_picture },
    Cue { name: "names and jobs, no verb", role: Role::Caption, weight: 7, test: is_names_and_jobs },
    Cue { name: "alone on its line", role: Role::Caption, weight: 1, test: |f| f.alone() },
    Cue { name: "last line", role: Role::Caption, weight: 1, test: |f| f.alone() && f.after() == 0 },
    Cue { name: "no full stop", role: Role::Caption, weight: 1, test: |f| !f.ends_with_mark && f.words >= 5 },
    Cue { name: "heading line", role: Role::Heading, weight: 4, test: is_heading_line },
    Cue { name: "numbered line", role: Role::Heading, weight: 4, test: is_numbered_heading },
    Cue {
        name: "question line",
        role: Role::Heading,
        weight: 2,
        test: |f| f.alone() && f.kind(f.tokens.len().wrapping_sub(1)) == Some(TokenKind::Question) && f.words <= 15 && f.after() > 1,
    },
];

/// "Ảnh: Getty", "Nguồn: …", "(Nguồn: CNET)", "Tham khảo: …".
fn is_credit(f: &Facts<'_>) -> bool {
    const OPENINGS: &[&str] = &[
        "ảnh",
        "nguồn",
        "tham khảo",
        "nguồn ảnh",
        "ảnh minh họa",
        "ảnh minh hoạ",
        "theo",
        "đồ họa",
        "đồ hoạ",
        "photo",
        "source",
        "tác giả",
        "bài và ảnh",
        "nguồn tham khảo",
    ];
    f.words <= 14 && OPENINGS.iter().any(|o| f.after_opening(o).is_some_and(|i| f.is_colon(i)))
}

/// "Ảnh minh họa.", "Ảnh cắt từ clip.", "Nguồn Internet".
fn is_picture_note(f: &Facts<'_>) -> bool {
    let opens = ["ảnh", "nguồn"].iter().any(|o| f.begins_with(o));
    opens && f.words <= 6
}

/// "Theo Reuters", "(Theo AFP)": a source and nothing else.
fn is_source_line(f: &Facts<'_>) -> bool {
    let Some(at) = f.after_opening("theo") else { return false };
    let small = f.tokens.iter().skip(at).filter(|t| t.case == Case::Lower && t.kind == TokenKind::Word).count();
    f.words <= 7 && small <= 1 && !f.tokens.iter().any(|t| t.kind == TokenKind::Comma)
}

/// "Trường Thịnh", "Khánh Hồng (theo Mirror)", "T.ThủyTheo SoMag/NDTV": names
/// alone, near the end.
fn is_byline(f: &Facts<'_>) -> bool {
    const LINKS: &[&str] = &["theo", "và", "tổng", "hợp", "dịch", "lược", "ảnh", "biên"];
    let small = f.tokens.iter().filter(|t| t.case == Case::Lower && t.kind == TokenKind::Word);
    let others = small.filter(|t| !LINKS.contains(&t.of(f.text))).count();
    let numbers =
        f.tokens.iter().filter(|t| matches!(t.kind, TokenKind::Number | TokenKind::Comma | TokenKind::Percent | TokenKind::Colon)).count();
    let near_end = f.after() < 4;
    let stops = f.tokens.last().is_some_and(|t| t.kind.ends_sentence());
    f.index > 1
        && near_end
        && f.ends_line_or_text()
        && f.capitals > 0
        && others == 0
        && numbers == 0
        && f.words <= 10
        && !(stops && f.words > 4)
}

/// "Xem thêm: …", "Mời độc giả …".
fn is_see_also(f: &Facts<'_>) -> bool {
    const OPENINGS: &[&str] = &[
        "xem thêm",
        "đọc thêm",
        "xem hướng dẫn",
        "tin liên quan",
        "bài liên quan",
        "có thể bạn quan tâm",
        "bài viết liên quan",
        "mời độc giả",
        "mời bạn đọc",
        "mời các bạn",
        "theo dõi chúng tôi",
        "nhấn vào đây",
        "bấm vào đây",
        "độc giả có thể xem",
        "tải về tại",
        "tải tại đây",
    ];
    OPENINGS.iter().any(|o| f.begins_with(o)) && f.words <= 30
}

/// "Hotline: …", "Website: …", "… xin vui lòng liên hệ:".
fn is_contact(f: &Facts<'_>) -> bool {
    const LABELS: &[&str] = &[
        "hotline",
        "website",
        "email",
        "e-mail",
        "fanpage",
        "facebook",
        "điện thoại",
        "địa chỉ",
        "tel",
        "liên hệ",
        "zalo",
        "tổng đài",
        "web",
        "đường dây nóng",
    ];
    let labelled = LABELS.iter().any(|o| f.after_opening(o).is_some_and(|i| f.is_colon(i)));
    let invites = f.kind(f.tokens.len().wrapping_sub(1)) == Some(TokenKind::Colon)
        && contains(f, &["liên", "hệ"]) | contains(f, &["truy", "cập"]) | contains(f, &["cho", "chúng", "tôi"]);
    let address_only = f.words <= 3 && f.tokens.iter().any(|t| t.kind == TokenKind::Address) && !f.ends_with_mark;
    f.words <= 25 && (labelled || invites || address_only)
}

fn contains(f: &Facts<'_>, words: &[&str]) -> bool {
    crate::work::count(f.tokens.len());
    f.tokens.windows(words.len()).any(|w| w.iter().zip(words).all(|(t, word)| super::facts::same_word(t.of(f.text), word)))
}

/// "[52% máy tính ở Việt Nam tồn tại lỗ hổng]": a link to another article.
fn is_bracketed(f: &Facts<'_>) -> bool {
    f.word(0) == "[" && f.word(f.tokens.len().wrapping_sub(1)) == "]" || f.word(0) == ">" && f.word(1) == ">"
}

/// "Từ khóa: …", "#5G #Viettel".
fn is_tags(f: &Facts<'_>) -> bool {
    const OPENINGS: &[&str] = &["từ khóa", "từ khoá", "tags", "tag", "chủ đề", "thẻ"];
    let labelled = OPENINGS.iter().any(|o| f.after_opening(o).is_some_and(|i| f.is_colon(i)));
    let handles = f.tokens.iter().filter(|t| t.kind == TokenKind::Handle).count();
    labelled || handles > 0 && handles * 2 >= f.words
}

/// "Thứ ba, 14/3/2017, 08:15".
fn is_date_line(f: &Facts<'_>) -> bool {
    let numbers = f.tokens.iter().filter(|t| t.kind == TokenKind::Number).count();
    let dates = f.tokens.iter().filter(|t| t.kind == TokenKind::Number && t.of(f.text).matches(['/', '-']).count() == 2).count();
    dates > 0 && f.words <= 9 && numbers * 3 >= f.words && !f.tokens.last().is_some_and(|t| t.kind == TokenKind::Stop)
}

/// "… ở Thượng Hải - Ảnh: AFP", "… Ảnh: T.H".
fn ends_with_credit(f: &Facts<'_>) -> bool {
    let late = f.tokens.len().saturating_sub(10).max(3);
    let at = (late..f.tokens.len()).find(|i| matches!(f.word(*i), "Ảnh" | "ảnh" | "ẢNH" | "Nguồn"));
    at.is_some_and(|i| f.is_colon(i + 1) || matches!(f.kind(i - 1), Some(TokenKind::Dash | TokenKind::ParenOpen)))
}

/// "(bên phải)", "(từ trái sang)", "trong ảnh".
fn points_into_picture(f: &Facts<'_>) -> bool {
    const PHRASES: &[&[&str]] = &[
        &["bên", "phải", ")"],
        &["bên", "trái", ")"],
        &["từ", "trái", "sang"],
        &["từ", "trái", "qua"],
        &["trong", "ảnh", ")"],
        &["ngoài", "cùng", "bên"],
    ];
    f.words <= 45 && PHRASES.iter().any(|p| contains(f, p))
}

/// "CEO X của Y và nhà sáng lập Z của W.": who is seen, and nothing happens.
fn is_names_and_jobs(f: &Facts<'_>) -> bool {
    const JOBS: &[&str] = &["CEO", "giám đốc", "chủ tịch", "nhà sáng lập", "đồng sáng lập", "tổng giám đốc", "bộ trưởng", "thứ trưởng"];
    // Links between names and jobs; any other small word may be a verb.
    const LINKS: &[&str] = &[
        "của",
        "và",
        "cùng",
        "nhà",
        "đồng",
        "sáng",
        "lập",
        "kiêm",
        "giám",
        "đốc",
        "tổng",
        "phó",
        "điều",
        "hành",
        "chủ",
        "tịch",
        "tập",
        "đoàn",
        "công",
        "ty",
        "hãng",
        "ông",
        "bà",
        "bộ",
        "thứ",
        "trưởng",
        "với",
        "bên",
        "phải",
        "trái",
        "tại",
        "ở",
    ];
    let small = f.tokens.iter().filter(|t| t.case == Case::Lower && t.kind == TokenKind::Word);
    let job = JOBS.iter().any(|job| {
        let words: Vec<&str> = job.split(' ').collect();
        f.tokens
            .windows(words.len())
            .any(|w| w.iter().zip(&words).all(|(t, word)| t.of(f.text) == *word || super::facts::same_word(t.of(f.text), word)))
    });
    (6..=40).contains(&f.words) && f.index > 0 && job && small.clone().all(|t| LINKS.contains(&t.of(f.text))) && f.capitals >= 4
}

/// A short line without full stop between lines of text.
fn is_heading_line(f: &Facts<'_>) -> bool {
    let last = f.kind(f.tokens.len().wrapping_sub(1));
    let open = !f.ends_with_mark && !matches!(last, Some(TokenKind::Colon | TokenKind::Semicolon | TokenKind::Comma));
    let item = matches!(f.kind(0), Some(TokenKind::Dash | TokenKind::Bullet | TokenKind::Symbol));
    f.alone() && open && !item && (2..=22).contains(&f.words) && f.after() > 0 && f.index > 0
}

/// "1. Các thiết bị ngoại vi cần có".
fn is_numbered_heading(f: &Facts<'_>) -> bool {
    let number = f.kind(0) == Some(TokenKind::Number) && f.word(0).len() <= 2 && matches!(f.word(1), "." | ")" | "/");
    number && !f.ends_with_mark && (3..=20).contains(&f.words) && f.after() > 0
}

impl Facts<'_> {
    fn ends_line_or_text(&self) -> bool {
        self.ends_line || self.after() == 0
    }
}
