//! A run that is killed at any byte goes on as if nothing had happened.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{Folder, code, records, run, stderr, tomtat};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{ChildStdin, Stdio};
use std::thread;
use std::time::Duration;

/// Every seventh line is bad, so that records and lines of output part ways.
fn input() -> Vec<String> {
    let good = records(48);
    good.lines().enumerate().map(|(i, line)| if i % 7 == 3 { "hỏng\n".to_owned() } else { format!("{line}\n") }).collect()
}

/// Waits for something that comes in milliseconds, unless it never comes.
fn wait_until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..20_000 {
        if holds() {
            return;
        }
        thread::sleep(Duration::from_millis(1));
    }
    panic!("waited in vain for {what}");
}

fn length(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |m| m.len())
}

fn saved_bytes(output: &Path) -> u64 {
    let text = fs::read_to_string(format!("{}.state", output.display())).unwrap_or_default();
    serde_json::from_str::<serde_json::Value>(&text).map_or(0, |state| state["bytes"].as_u64().unwrap())
}

fn feed(stdin: &mut ChildStdin, lines: &[String]) {
    stdin.write_all(lines.concat().as_bytes()).unwrap();
}

/// Kills a run when its output has `byte` bytes, tears the output there, goes
/// on, and gives what came out.
fn killed_at(byte: u64, on_error: &str, folder: &Folder) -> Vec<u8> {
    let lines = input();
    let output = folder.path(&format!("{on_error}-{byte}.jsonl"));
    let name = output.to_str().unwrap();
    let arguments = ["summarize", "--format", "jsonl", "--resume", "--on-error", on_error, "-o", name];
    let mut child = tomtat().args(arguments).stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // The first lines trickle in, so that the state is saved on the way.
    feed(&mut stdin, &lines[..6]);
    wait_until("the state file", || saved_bytes(&output) > 0);
    feed(&mut stdin, &lines[6..]);
    wait_until("the output", || length(&output) >= byte);
    child.kill().unwrap();
    child.wait().unwrap();
    let torn = byte.max(saved_bytes(&output));
    fs::OpenOptions::new().write(true).open(&output).unwrap().set_len(torn).unwrap();
    let resumed = run(&arguments, lines.concat().as_bytes());
    assert_eq!(code(&resumed), 1, "{}", stderr(&resumed));
    assert!(stderr(&resumed).ends_with("tomtat: 7 of 48 records failed; their answers say why\n") || on_error == "skip");
    fs::read(&output).unwrap()
}

#[test]
fn killed_at_twenty_bytes_and_resumed() {
    let folder = Folder::new("resume");
    for on_error in ["object", "skip"] {
        let whole = run(&["summarize", "--format", "jsonl", "--on-error", on_error], input().concat().as_bytes()).stdout;
        // Pseudo-random, by a linear congruential generator.
        let seeds = std::iter::successors(Some(20_261_124_u64), |s| Some(s.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1)));
        let bytes: Vec<u64> = seeds.skip(1).map(|s| (s >> 33) % whole.len() as u64).take(10).collect();
        thread::scope(|scope| {
            for few in bytes.chunks(3) {
                let (folder, whole) = (&folder, &whole);
                scope.spawn(move || {
                    for byte in few {
                        assert!(killed_at(*byte, on_error, folder) == *whole, "{on_error}, killed at byte {byte}: the output differs");
                    }
                });
            }
        });
    }
}

#[test]
fn going_on_with_a_longer_input() {
    let folder = Folder::new("longer");
    let input = folder.file("in.jsonl", records(3));
    let output = folder.path("out.jsonl");
    let arguments = ["entities", "--format", "jsonl", "--resume", "-o", output.to_str().unwrap(), &input];
    assert_eq!(code(&run(&arguments, b"")), 0);
    let three = fs::read(&output).unwrap();
    assert_eq!(code(&run(&arguments, b"")), 0);
    assert_eq!(fs::read(&output).unwrap(), three, "nothing new, nothing done");
    folder.file("in.jsonl", records(5));
    assert_eq!(code(&run(&arguments, b"")), 0);
    let five = run(&["entities", "--format", "jsonl", &input], b"").stdout;
    assert_eq!(fs::read(&output).unwrap(), five);
}

#[test]
fn refused_where_records_could_be_lost_or_doubled() {
    let folder = Folder::new("refused");
    let output = folder.path("out.jsonl").display().to_string();
    let input = records(2);
    let resumed = |more: &[&str]| run(&[&["summarize", "--format", "jsonl", "--resume", "-o", &output], more].concat(), input.as_bytes());
    let refused = |output: &std::process::Output, says: &str| {
        assert_eq!(code(output), 2, "{says}");
        assert!(stderr(output).contains(says), "{}", stderr(output));
    };
    assert_eq!(code(&resumed(&[])), 0);
    refused(&resumed(&["--sentences", "5"]), "since these changed: length;");
    refused(&resumed(&["--keep-fields", "--on-error", "skip"]), "since these changed: --keep-fields, --on-error;");
    assert_eq!(code(&resumed(&["--threads", "1"])), 0, "threads change nothing");
    fs::write(&output, "{").unwrap();
    refused(&resumed(&[]), "is shorter than its state file says");
    fs::write(format!("{output}.state"), "x").unwrap();
    refused(&resumed(&[]), "is no state file");
    fs::remove_file(format!("{output}.state")).unwrap();
    refused(&resumed(&[]), "has no state file");
    let packed = folder.path("out.jsonl.gz").display().to_string();
    let output = run(&["summarize", "--format", "jsonl", "--resume", "-o", &packed], input.as_bytes());
    refused(&output, "compressed output cannot be resumed");
}

#[test]
fn a_run_that_ends_well_leaves_no_state_unless_asked() {
    let folder = Folder::new("no-state");
    let output = folder.path("out.jsonl");
    let name = output.display().to_string();
    assert_eq!(code(&run(&["summarize", "--format", "jsonl", "-o", &name], records(2).as_bytes())), 0);
    assert!(output.exists() && !folder.path("out.jsonl.state").exists());
    assert_eq!(code(&run(&["summarize", "--format", "jsonl", "--on-error", "fail", "-o", &name], b"x\n")), 1);
    assert!(folder.path("out.jsonl.state").exists(), "this one can be gone on with");
}
