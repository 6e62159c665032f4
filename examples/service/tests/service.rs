//! The service over a real connection, started as a user would start it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tomtat-service")).arg("127.0.0.1:0").stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit_once("http://").unwrap().1.to_owned();
        Self { child, address }
    }

    /// Status and body of the answer to a POST.
    fn post(&self, kind: &str, body: &[u8]) -> (u16, serde_json::Value) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let head = format!(
            "POST /summaries HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        // A body that is too long may be refused before it is through.
        let _ = stream.write_all(body);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8(answer).unwrap();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        let body = answer.split_once("\r\n\r\n").unwrap().1;
        (status, serde_json::from_str(body).unwrap_or_default())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const BODY: &str = "Viettel vừa thử nghiệm mạng 5G tại Hà Nội. Tốc độ đạt 1,2 Gbps.";

#[test]
fn articles_get_their_summary() {
    let server = Server::start();
    let request = serde_json::json!({"title": "Viettel thử nghiệm 5G", "body": BODY, "published": "2026-06-12"});
    let (status, answer) = server.post("application/json", request.to_string().as_bytes());
    assert_eq!(status, 200);
    let summary: tomtat::Summary = serde_json::from_value(answer).unwrap();
    assert_eq!(summary.title.as_deref(), Some("Viettel thử nghiệm 5G"));
    let (status, answer) = server.post("text/plain; charset=utf-8", BODY.as_bytes());
    assert_eq!((status, answer["text"].clone()), (200, tomtat::summarize(BODY).text.into()));
}

#[test]
fn what_is_wrong_is_said() {
    let server = Server::start();
    for (kind, body, status, says) in [
        ("application/json", &b"{"[..], 400, "not an article in JSON"),
        ("application/json", b"{}", 422, "send text, or some of title, lede, body"),
        ("application/json", b"{\"text\":\"a\",\"published\":\"2026-02-30\"}", 400, "not a calendar date"),
        ("text/plain", b"\xFF", 400, "not UTF-8 at byte 0"),
    ] {
        let (found, answer) = server.post(kind, body);
        assert_eq!(found, status);
        assert!(answer["error"].as_str().unwrap().contains(says), "{answer}");
    }
    let (status, _) = server.post("text/plain", &vec![b'a'; tomtat_service::BODY_LIMIT_BYTES + 1]);
    assert_eq!(status, 413);
}

#[test]
#[cfg(unix)]
fn it_stops_when_told_to() {
    let mut server = Server::start();
    let kill = Command::new("kill").args(["-TERM", &server.child.id().to_string()]).status().unwrap();
    assert!(kill.success());
    assert!(server.child.wait().unwrap().success());
}
