//! Kinds, packings and encodings of input all lead to the same answer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{ARTICLE, Folder, answers, code, fixture, records, run, stderr, stdout};
use serde_json::Value;
use std::io::Write as _;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn field(output: &std::process::Output, name: &str) -> Vec<Value> {
    assert_eq!(code(output), 0, "{}", stderr(output));
    answers(output).iter().map(|a| a[name].clone()).collect()
}

#[test]
fn pages_and_feeds_say_what_their_plain_text_says() {
    for (markup, plain) in [
        ("menu-and-adverts/page.html", "menu-and-adverts/plain.txt"),
        ("plain-markup/page.html", "plain-markup/plain.txt"),
        ("rss/feed.xml", "rss/plain.jsonl"),
        ("atom/feed.atom", "atom/plain.jsonl"),
    ] {
        let read = |name: &str| run(&["summarize", "--format", "jsonl", &fixture(&format!("pages/{name}"))], b"");
        for name in ["text", "title"] {
            assert_eq!(field(&read(markup), name), field(&read(plain), name), "{name} of {markup}");
        }
    }
}

#[test]
fn spans_index_the_text_that_the_answer_carries() {
    let output = run(&["segment", "--format", "jsonl", &fixture("pages/menu-and-adverts/page.html")], b"");
    let answer = &answers(&output)[0];
    let text = answer["article_text"].as_str().unwrap();
    let plain = std::fs::read_to_string(fixture("pages/menu-and-adverts/plain.txt")).unwrap();
    assert_eq!(text, plain.trim_end());
    for word in answer["words"].as_array().unwrap() {
        let at = |name: &str| usize::try_from(word[name].as_u64().unwrap()).unwrap();
        assert_eq!(&text[at("start")..at("end")], word["text"].as_str().unwrap());
    }
    // UTF-8 text is with the caller already.
    let plain = run(&["segment", "--format", "jsonl", &fixture("pages/menu-and-adverts/plain.txt")], b"");
    assert!(answers(&plain)[0].get("article_text").is_none());
}

#[test]
fn packed_inputs_by_name_and_by_content() {
    let folder = Folder::new("packed");
    let input = records(3);
    let expected = run(&["summarize", "--format", "jsonl"], input.as_bytes()).stdout;
    let packed = [gzip(input.as_bytes()), zstd::encode_all(input.as_bytes(), 1).unwrap()];
    for (name, bytes) in [("a.jsonl.gz", &packed[0]), ("b.jsonl.zst", &packed[1]), ("c", &packed[0]), ("d", &packed[1])] {
        let file = folder.file(name, bytes);
        assert_eq!(run(&["summarize", "--format", "jsonl", &file], b"").stdout, expected, "{name}");
    }
    assert_eq!(run(&["summarize", "--format", "jsonl"], &packed[1]).stdout, expected);
    let out = folder.path("out.jsonl.zst");
    assert_eq!(code(&run(&["summarize", "--format", "jsonl", "-o", out.to_str().unwrap()], input.as_bytes())), 0);
    assert_eq!(zstd::decode_all(std::fs::read(&out).unwrap().as_slice()).unwrap(), expected);
}

#[test]
fn a_folder_is_read_in_order() {
    let folder = Folder::new("folder");
    folder.file("b/one.txt", ARTICLE);
    folder.file("a.txt", ARTICLE);
    folder.file("c.jsonl", records(2));
    folder.file("style.css", "p {}");
    let ids = field(&run(&["summarize", "--format", "jsonl", &folder.name()], b""), "id");
    let names = [format!("{}/a.txt", folder.name()), format!("{}/b/one.txt", folder.name())];
    assert_eq!(ids, [Value::from(names[0].clone()), Value::from(names[1].clone()), 0.into(), 1.into()]);
}

#[test]
fn encodings_lead_to_the_same_text() {
    let utf16: Vec<u8> = std::iter::once(0xFEFF).chain(ARTICLE.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let expected = stdout(&run(&["segment"], ARTICLE.as_bytes()));
    assert_eq!(stdout(&run(&["segment"], &utf16)), expected);
    assert_eq!(stdout(&run(&["segment"], format!("\u{FEFF}{ARTICLE}").as_bytes())), expected);
    let lines: Vec<u8> = std::iter::once(0xFEFF).chain(records(40).encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(field(&run(&["summarize", "--format", "jsonl"], &lines), "id").len(), 40);
    for (encoding, bytes) in [
        ("tcvn3", &b"C\xABng ngh\xD6 th\xABng tin"[..]),
        ("vni", &b"Co\xE2ng nghe\xE4 tho\xE2ng tin"[..]),
        ("windows-1258", &b"C\xF4ng ngh\xEA\xF2 th\xF4ng tin"[..]),
    ] {
        let output = run(&["segment", "--encoding", encoding], bytes);
        assert_eq!(stdout(&output), stdout(&run(&["segment"], "Công nghệ thông tin".as_bytes())), "{encoding}");
    }
}

#[test]
fn a_page_says_itself_how_it_is_encoded() {
    let page = b"<html><head><meta charset='windows-1258'><title>M\xE1y t\xEDnh</title></head><body><p>Ng\xEA\xECu m\xE1y n\xF3ng, h\xE3y t\xE3\xECt m\xE1y.</p></body></html>";
    let output = run(&["summarize", "--format", "json"], page);
    assert!(stdout(&output).contains("Ng\u{1EBF}u máy nóng"), "{}", stdout(&output));
}

#[test]
fn json_in_all_its_shapes() {
    let pretty = "{\n  \"id\": 7,\n  \"text\": \"Viettel mở mạng 5G.\",\n  \"n\": [1,\n 2]\n}\n";
    let output = run(&["summarize", "--format", "jsonl", "--from", "json", "--keep-fields"], pretty.as_bytes());
    assert_eq!((field(&output, "id"), field(&output, "n")), (vec![7.into()], vec![serde_json::json!([1, 2])]));
    let list = format!("[{pretty}, {pretty}, 5]");
    let folder = Folder::new("json");
    let output = run(&["summarize", "--format", "jsonl", &folder.file("list.json", list)], b"");
    assert_eq!(code(&output), 1);
    assert_eq!(answers(&output)[2]["error"], "not a JSON object");
    let lines = run(&["summarize", "--format", "jsonl", &folder.file("lines.json", records(2))], b"");
    assert_eq!(field(&lines, "id").len(), 2);
}

#[test]
fn fields_have_names_of_the_callers_choice() {
    let input = "{\"_id\":\"x\",\"tiêu đề\":\"Viettel mở mạng 5G\",\"nội dung\":\"Mạng đạt 1,2 Gbps.\",\"ngày\":\"20260612\",\"text\":9,\"số\":1.50}\n";
    let names = [
        "--id-field",
        "_id",
        "--title-field",
        "tiêu đề",
        "--body-field",
        "nội dung",
        "--published-field",
        "ngày",
        "--text-field",
        "toàn văn",
    ];
    let output = run(&[&["summarize", "--format", "jsonl", "--keep-fields"], &names[..]].concat(), input.as_bytes());
    let answer = &answers(&output)[0];
    assert_eq!((&answer["id"], &answer["title"]), (&"x".into(), &"Viettel mở mạng 5G".into()));
    assert_eq!(answer["text"], "Mạng đạt 1,2 Gbps.", "the answer's own fields win");
    assert!(stdout(&output).contains("\"số\":1.50"), "as it was written");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let input = records(300) + "hỏng\n" + &records(50);
    for command in ["summarize", "analyze", "entities", "segment", "explain"] {
        let outputs = ["1", "2", "5"].map(|n| run(&[command, "--format", "jsonl", "--threads", n], input.as_bytes()).stdout);
        assert!(outputs[0] == outputs[1] && outputs[0] == outputs[2], "{command}");
    }
}

#[test]
fn text_is_plain_where_no_terminal_is() {
    for command in ["summarize", "analyze", "entities", "segment", "explain"] {
        let text = stdout(&run(&[command], ARTICLE.as_bytes()));
        assert!(!text.is_empty() && !text.contains('\u{1b}'), "{command}");
    }
    let several = stdout(&run(&["summarize", "--from", "jsonl", "-"], records(2).as_bytes()));
    assert!(several.contains("Trạm 5G thứ 0") && several.contains("\n\nTrạm 5G thứ 1"), "{several}");
}

#[test]
fn helps_on_every_command() {
    for command in ["summarize", "analyze", "entities", "segment", "explain", "report", "schema", "completions", "man"] {
        assert!(stdout(&run(&[command, "--help"], b"")).contains("Example"), "{command}");
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(stdout(&run(&["completions", shell], b"")).contains("summarize"));
    }
    assert!(stdout(&run(&["man"], b"")).starts_with(".ie"));
    assert!(stdout(&run(&["man", "report"], b"")).contains("tomtat-report"));
}
