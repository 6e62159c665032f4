//! Splits a stream into lines, holding at most one line and one buffer.
//!
//! A line longer than the limit is passed over without being held. What has
//! arrived is known apart from what is still to come, so that a caller can
//! hand on the lines of a slow stream at once.

use std::io::{self, Read};

const BUFFER: usize = 1 << 16;

/// A line, without its end.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// It is longer than the limit.
    TooLong,
}

/// Reads lines.
pub struct Lines<R> {
    input: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    longest: usize,
}

impl<R: Read> Lines<R> {
    /// Reads lines of at most `longest` bytes.
    pub fn new(input: R, longest: usize) -> Self {
        Self { input, buffer: vec![0; BUFFER], start: 0, end: 0, longest }
    }

    /// Whether the next line has arrived as a whole.
    pub fn has_arrived(&self) -> bool {
        memchr::memchr(b'\n', self.arrived()).is_some()
    }

    fn arrived(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    /// The next line; `None` at the end.
    ///
    /// # Errors
    ///
    /// Where reading fails.
    pub fn next_line(&mut self) -> io::Result<Option<Line>> {
        let mut line = Vec::new();
        let mut length = 0_usize;
        loop {
            let arrived = self.arrived();
            let (piece, ends) = match memchr::memchr(b'\n', arrived) {
                Some(at) => (arrived.get(..at).unwrap_or_default(), true),
                None => (arrived, false),
            };
            length += piece.len();
            if length <= self.longest {
                line.extend_from_slice(piece);
            } else {
                line = Vec::new();
            }
            self.start += piece.len() + usize::from(ends);
            if ends {
                return Ok(Some(self.finished(line, length)));
            }
            if !self.refill()? {
                return Ok((length > 0).then(|| self.finished(line, length)));
            }
        }
    }

    fn finished(&self, mut line: Vec<u8>, length: usize) -> Line {
        if length > self.longest {
            return Line::TooLong;
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Line::Bytes(line)
    }

    /// Fills the empty buffer; false at the end of the input.
    fn refill(&mut self) -> io::Result<bool> {
        (self.start, self.end) = (0, 0);
        loop {
            match self.input.read(&mut self.buffer) {
                Ok(n) => {
                    self.end = n;
                    return Ok(n > 0);
                }
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn all(text: &[u8], longest: usize) -> Vec<Line> {
        let mut lines = Lines::new(text, longest);
        std::iter::from_fn(|| lines.next_line().unwrap()).collect()
    }

    fn bytes(text: &str) -> Line {
        Line::Bytes(text.as_bytes().to_vec())
    }

    #[test]
    fn ends_of_all_sorts() {
        assert_eq!(all(b"a\r\n\nb", 9), [bytes("a"), bytes(""), bytes("b")]);
        assert_eq!(all(b"a\n", 9), [bytes("a")]);
        assert_eq!(all(b"", 9), []);
    }

    #[test]
    fn a_giant_is_passed_over() {
        let mut text = b"first\n".to_vec();
        text.extend(vec![b'x'; 300_000]);
        text.extend(b"\nlast\n");
        assert_eq!(all(&text, 100), [bytes("first"), Line::TooLong, bytes("last")]);
    }

    #[test]
    fn knows_what_has_arrived() {
        let mut lines = Lines::new(&b"a\nb"[..], 9);
        assert!(!lines.has_arrived());
        lines.next_line().unwrap();
        assert!(!lines.has_arrived(), "b may still go on");
    }
}
