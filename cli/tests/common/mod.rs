//! What the tests of the command share.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// The command, ready for arguments.
pub fn tomtat() -> Command {
    Command::new(env!("CARGO_BIN_EXE_tomtat"))
}

/// Runs the command on `input`.
pub fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = start(arguments, Stdio::piped());
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // From a thread: neither side may wait for the other for ever.
    let feeder = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    output
}

/// Starts the command with its output piped.
pub fn start(arguments: &[&str], stdin: Stdio) -> Child {
    tomtat().args(arguments).stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

pub fn code(output: &Output) -> i32 {
    output.status.code().expect("the command was killed")
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The answers, a JSON value a line.
pub fn answers(output: &Output) -> Vec<serde_json::Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A folder that goes away with the test.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tomtat-test-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file and gives its name.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path.display().to_string()
    }

    pub fn name(&self) -> String {
        self.0.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A file of the fixtures.
pub fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures").join(name).display().to_string()
}

pub const ARTICLE: &str = "Viettel thử nghiệm mạng 5G tại Hà Nội\n\
    Tập đoàn Viettel hôm 12/6 cho biết mạng 5G thử nghiệm đạt tốc độ 1,2 Gbps. Mạng phủ sóng 3 quận trung tâm.\n\
    Ông Trần Minh Đức, Giám đốc Viettel, nói chi phí cho đợt thử nghiệm là 450 tỷ đồng.\n";

/// So many different records, a line each.
pub fn records(count: usize) -> String {
    let record = |i: usize| {
        let (speed, cost, city) = (i % 9 + 1, i * 37 % 900 + 11, ["Hà Nội", "Huế", "Đà Nẵng", "Cần Thơ"][i % 4]);
        format!(
            "{{\"id\":{i},\"title\":\"Trạm 5G thứ {i} phát sóng tại {city}\",\"body\":\"Trạm số {i} đạt tốc độ {speed} Gbps tại {city}. \
             Chi phí là {cost} tỷ đồng, theo ông Trần Minh Đức.\",\"published\":\"2026-06-12\",\"nguồn\":{{\"trang\":{i}.50}}}}\n"
        )
    };
    (0..count).map(record).collect()
}
