//! What goes wrong, and what the command then says and does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{ARTICLE, Folder, answers, code, records, run, start, stderr, stdout, tomtat};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::Stdio;

const JSONL: &[&str] = &["summarize", "--format", "jsonl"];

/// One line on standard error, nothing on standard output.
fn one_clear_line(output: &std::process::Output, says: &str) {
    let message = stderr(output);
    assert_eq!(message.lines().count(), 1, "{message}");
    assert!(message.starts_with("tomtat: ") && message.contains(says), "{message}");
    assert!(output.stdout.is_empty());
}

#[test]
fn a_bad_line_takes_its_place() {
    let input = "{\"id\":1,\"text\":\"Viettel mở mạng 5G.\"}\n\nkhông phải JSON\n{\"id\":3}\n{\"id\":[4],\"text\":5}\n{\"id\":5,\"text\":\"a\",\"published\":\"2026-02-30\"}\n";
    let output = run(JSONL, input.as_bytes());
    assert_eq!(code(&output), 1);
    let answers = answers(&output);
    assert_eq!(answers.len(), 5);
    assert_eq!(answers[0]["id"], 1);
    assert_eq!(answers[1]["line"], 3);
    assert!(answers[1]["error"].as_str().unwrap().starts_with("not JSON"));
    assert_eq!(answers[2], serde_json::json!({"id": 3, "line": 4, "error": "none of text, title, lede, body is there"}));
    assert_eq!(answers[3]["id"], serde_json::json!([4]));
    assert_eq!(answers[3]["error"], "text is not a string");
    assert!(answers[4]["error"].as_str().unwrap().starts_with("published: not a calendar date"));
    assert_eq!(stderr(&output), "tomtat: 4 of 5 records failed; their answers say why\n");
}

#[test]
fn bad_lines_are_skipped_or_end_the_run() {
    let input = "{\"id\":1,\"text\":\"a\"}\nx\n{\"id\":2,\"text\":\"b\"}\n";
    let skipped = run(&[JSONL, &["--on-error", "skip"]].concat(), input.as_bytes());
    assert_eq!((code(&skipped), answers(&skipped).len()), (1, 2));
    assert!(stderr(&skipped).starts_with("tomtat: line 2: not JSON"));
    let failed = run(&[JSONL, &["--on-error", "fail"]].concat(), input.as_bytes());
    assert_eq!((code(&failed), answers(&failed).len()), (1, 1));
    assert!(stderr(&failed).starts_with("tomtat: line 2: not JSON"));
}

#[test]
fn a_line_of_fifty_megabytes() {
    let long = "Mạng 5G phủ sóng. ".repeat(50_000_000 / 22);
    let input = format!("{{\"id\":1,\"text\":\"{long}\"}}\n{{\"id\":2,\"text\":\"b\"}}\n");
    assert!(input.len() > 50_000_000);
    let read = answers(&run(&[JSONL, &["--max-input", "20000"]].concat(), input.as_bytes()));
    assert_eq!((read[0]["truncated"].clone(), read[1]["id"].clone()), (true.into(), 2.into()));
    let refused = run(&[JSONL, &["--max-record", "1000000"]].concat(), input.as_bytes());
    assert_eq!(code(&refused), 1);
    let refused = answers(&refused);
    assert_eq!(refused[0]["error"], "longer than 1000000 bytes; allow more with --max-record");
    assert_eq!(refused[1]["id"], 2);
}

#[test]
fn bytes_that_do_not_decode() {
    let folder = Folder::new("utf8");
    let file = folder.file("bad.txt", b"Vi\xFFt");
    for format in ["text", "json", "jsonl"] {
        let output = run(&["summarize", "--format", format, &file], b"");
        assert_eq!(code(&output), 3);
        one_clear_line(&output, "bad.txt: not UTF-8 at byte 2");
    }
    let output = run(&["analyze"], b"Vi\xFFt");
    assert_eq!(code(&output), 3);
    one_clear_line(&output, "standard input: not UTF-8 at byte 2");
    let lossy = run(&["segment", "--lossy"], b"Vi\xFFt Nam");
    assert_eq!((code(&lossy), stdout(&lossy).contains('\u{FFFD}')), (0, true));
    let line = run(JSONL, b"{\"text\":\"\xFF\"}\n");
    assert_eq!((code(&line), answers(&line).len()), (1, 1));
    // Among several, a file with a fault takes its place like a record.
    let good = folder.file("good.txt", ARTICLE);
    let both = run(&["summarize", "--format", "jsonl", &file, &good], b"");
    assert_eq!(code(&both), 1);
    let both = answers(&both);
    assert_eq!(both[0]["file"], file);
    assert_eq!(both[1]["id"], good);
}

#[test]
fn nothing_at_all() {
    let folder = Folder::new("empty");
    let file = folder.file("empty.txt", "");
    for arguments in [vec!["summarize", file.as_str()], vec!["summarize"], vec!["summarize", "--format", "jsonl"], vec!["segment"]] {
        let output = run(&arguments, b"");
        assert_eq!((code(&output), stderr(&output)), (0, String::new()), "{arguments:?}");
    }
    let page = run(&["report"], b"");
    assert!(stdout(&page).contains("Nothing to choose from"));
}

#[test]
fn inputs_that_are_not_there() {
    let output = run(&["summarize", "no-such-file.txt"], b"");
    assert_eq!(code(&output), 3);
    one_clear_line(&output, "no-such-file.txt: No such file or directory");
    let folder = Folder::new("nothing-known");
    folder.file("picture.png", "x");
    let output = run(&["summarize", &folder.name()], b"");
    assert_eq!(code(&output), 3);
    one_clear_line(&output, "no .txt, .jsonl");
    // A missing one among good ones leaves no half output.
    let good = folder.file("a.txt", ARTICLE);
    let output = run(&["summarize", &good, "no-such-file.txt"], b"");
    assert_eq!(code(&output), 3);
    one_clear_line(&output, "no-such-file.txt");
}

#[test]
fn a_torn_archive() {
    let folder = Folder::new("torn");
    let mut packed = zstd::encode_all(ARTICLE.as_bytes(), 1).unwrap();
    packed.truncate(packed.len() - 9);
    let file = folder.file("a.txt.zst", packed);
    let output = run(&["summarize", &file], b"");
    assert_eq!(code(&output), 3);
    one_clear_line(&output, "a.txt.zst: ");
}

#[test]
fn options_out_of_range() {
    for arguments in [
        vec!["summarize", "--sentences", "0"],
        vec!["summarize", "--sentences", "three"],
        vec!["summarize", "--ratio", "1.5"],
        vec!["summarize", "--ratio", "NaN"],
        vec!["summarize", "--ratio", "0.5", "--sentences", "2"],
        vec!["summarize", "--threads", "0"],
        vec!["summarize", "--max-input", "99999999999"],
        vec!["summarize", "--format", "yaml"],
        vec!["summarize", "--resume"],
        vec!["sumarize"],
        vec![],
    ] {
        let output = run(&arguments, ARTICLE.as_bytes());
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
}

#[test]
fn a_model_that_is_none() {
    let folder = Folder::new("model");
    let model = folder.file("model.bin", "no model");
    let output = run(&["summarize", "--model", &model], ARTICLE.as_bytes());
    assert_eq!(code(&output), 2);
    one_clear_line(&output, "model.bin: ");
    assert_eq!(code(&run(&["summarize", "--model", "no-such.bin"], b"")), 3);
}

#[test]
fn a_reader_that_goes_away() {
    let mut child = start(JSONL, Stdio::piped());
    let mut stdin = child.stdin.take().unwrap();
    let feeder = std::thread::spawn(move || {
        let _ = stdin.write_all(records(3000).as_bytes());
    });
    let mut first = String::new();
    let mut reader = BufReader::new(child.stdout.take().unwrap());
    reader.read_line(&mut first).unwrap();
    drop(reader);
    let mut message = String::new();
    child.stderr.take().unwrap().read_to_string(&mut message).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(message, "");
    feeder.join().unwrap();
    assert!(first.starts_with("{\"id\":0,"));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut child = tomtat().args(JSONL).stdin(Stdio::piped()).stdout(full).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(records(1).as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 3);
    one_clear_line(&output, "standard output: No space left on device");
    let output = run(&["summarize", "-o", "/dev/full"], ARTICLE.as_bytes());
    assert_eq!(code(&output), 3);
    one_clear_line(&output, "/dev/full: No space left on device");
}

#[test]
fn an_output_that_cannot_be_written() {
    let folder = Folder::new("unwritable");
    let place = folder.path("no/such/folder/out.jsonl");
    let output = run(&[JSONL, &["-o", place.to_str().unwrap()]].concat(), records(1).as_bytes());
    assert_eq!(code(&output), 3);
    one_clear_line(&output, "out.jsonl: No such file or directory");
    let output = run(&["summarize", "-o", &folder.name()], ARTICLE.as_bytes());
    assert_eq!(code(&output), 3);
    let same = folder.file("a.txt", ARTICLE);
    let output = run(&["summarize", "-o", &same, &same], b"");
    assert_eq!(code(&output), 2);
    one_clear_line(&output, "is both input and output");
    assert_eq!(std::fs::read_to_string(&same).unwrap(), ARTICLE);
}

#[test]
#[cfg(unix)]
fn an_interrupt_finishes_what_is_in_hand() {
    let mut child = start(JSONL, Stdio::piped());
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(records(3).as_bytes()).unwrap();
    let mut reader = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    for _ in 0..3 {
        // Each line is there although the input is still open.
        reader.read_line(&mut line).unwrap();
    }
    let kill = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(kill.success());
    let mut message = String::new();
    child.stderr.take().unwrap().read_to_string(&mut message).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(message, "tomtat: interrupted after 3 articles\n");
    drop(stdin);
}
