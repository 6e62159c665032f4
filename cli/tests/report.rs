//! The page: whole in itself, and safe whatever an article says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{ARTICLE, Folder, code, fixture, run, stdout};

#[test]
fn needs_nothing_from_outside() {
    let page = stdout(&run(&["report", &fixture("pages")], b""));
    for forbidden in ["<script", "<link", "<img", "src=", "url(", "@import", "http-equiv=\"refresh\""] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    assert!(page.contains("default-src 'none'") && page.contains("prefers-color-scheme: dark"));
    assert_eq!(page.matches("<article id=").count(), page.matches("<li><a href=\"#article-").count());
    assert!(page.trim_end().ends_with("</html>"));
}

#[test]
fn shows_markup_and_never_obeys_it() {
    let hostile = "<script>alert(1)</script> Hãng Viettel </style></article> mở \"mạng\" 5G <article>\n\
        <img src=x onerror='alert(2)'> Viettel cho biết <b>tốc độ</b> đạt 1,2 Gbps & phủ sóng 95% dân số \u{202E}từ ngày 25/9/2026.\n";
    let folder = Folder::new("hostile");
    let input = serde_json::json!({"id": "\"><script>alert(3)</script>", "title": hostile, "body": hostile}).to_string();
    let file = folder.file("a.jsonl", input + "\n<script>alert(4)</script>\n");
    let page = run(&["report", &file], b"");
    assert_eq!(code(&page), 1, "the second line is no record");
    let page = stdout(&page);
    for forbidden in ["<script", "<img", "onerror='", "\u{202E}", "alert(3)</script>"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    assert_eq!(page.matches("<article").count(), 1);
    assert_eq!(page.matches("</article>").count(), 1);
    assert_eq!(page.matches("</style>").count(), 1);
    assert!(page.contains("Not read"));
}

#[test]
fn marks_what_was_found() {
    let page = stdout(&run(&["report"], ARTICLE.as_bytes()));
    assert!(page.contains("<mark class=\"s "));
    assert!(page.contains("class=\"e organization\" title=\"organization: "));
    assert!(page.contains("450000000000 VND"), "values on hover");
    assert!(page.contains("<details class=\"signals\">"));
}
