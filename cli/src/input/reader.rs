//! Sources → batches of items, in order.
//!
//! Takes the sources and gives batches: of a stream what has arrived, at most
//! so many lines and bytes; of a folder a few files. A source that cannot be
//! read is one item with a fault, or, where it is the only one, a failure.
//! Decoding, except of UTF-16 streams, is left to the threads that work.

use super::encoding::utf16::{self, Transcoder};
use super::encoding::{Encoding, Undecodable};
use super::kind::{self, Kind};
use super::lines::{Line, Lines};
use super::open::{self, Input};
use super::prepare::Reading;
use super::source::Source;
use super::{Content, Item, Origin, feed};
use crate::status::{Failure, plain};
use serde::de::IgnoredAny;
use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Items in a batch: enough to keep the threads from waiting for each other.
const BATCH_ITEMS: usize = 32;

/// Bytes after which a batch is full, whatever its items.
const BATCH_BYTES: usize = 1 << 18;

/// Reads sources.
pub struct Reader {
    sources: VecDeque<Source>,
    alone: bool,
    reading: Reading,
    counter: Arc<AtomicU64>,
    open: Option<Open>,
    /// Items still to be passed over: an earlier run has answered them.
    skip: u64,
}

/// The source at hand.
enum Open {
    Stream(Arc<Origin>, Lines<Box<dyn Read + Send>>, u64),
    Ready(std::vec::IntoIter<Item>),
}

impl Reader {
    /// Reads `sources`, passing over the first `skip` items; the bytes read,
    /// as stored, are added to `counter`.
    pub fn new(sources: Vec<Source>, reading: Reading, skip: u64, counter: Arc<AtomicU64>) -> Self {
        Self { alone: sources.len() == 1, sources: sources.into(), reading, counter, open: None, skip }
    }

    /// The next batch; `None` at the end.
    ///
    /// # Errors
    ///
    /// Where the only source cannot be read.
    pub fn next_batch(&mut self) -> Result<Option<Vec<Item>>, Failure> {
        let mut batch = Vec::new();
        let mut size = 0;
        while batch.len() < BATCH_ITEMS && size < BATCH_BYTES && (batch.is_empty() || self.has_arrived()) {
            let Some(item) = self.next_item()? else { break };
            if self.skip > 0 {
                self.skip -= 1;
                continue;
            }
            size += item.size();
            batch.push(item);
        }
        Ok((!batch.is_empty()).then_some(batch))
    }

    /// Whether the next item can be had without waiting for a slow stream.
    fn has_arrived(&self) -> bool {
        match &self.open {
            Some(Open::Stream(_, lines, _)) => lines.has_arrived(),
            Some(Open::Ready(_)) => true,
            None => self.sources.front().is_none_or(|s| s.path.is_some()),
        }
    }

    fn next_item(&mut self) -> Result<Option<Item>, Failure> {
        loop {
            match &mut self.open {
                Some(Open::Ready(items)) => {
                    if let Some(item) = items.next() {
                        return Ok(Some(item));
                    }
                }
                Some(Open::Stream(origin, lines, number)) => match next_line(lines, number) {
                    Ok(Some(line)) => return Ok(Some(stream_item(origin, line, *number, self.reading.longest))),
                    Ok(None) => {}
                    Err(e) => {
                        let origin = Arc::clone(origin);
                        self.open = None;
                        return unreadable(origin, &e).map(Some);
                    }
                },
                None => {}
            }
            match self.sources.pop_front() {
                None => return Ok(None),
                Some(source) => self.open = Some(self.start(&source)?),
            }
        }
    }

    fn start(&self, source: &Source) -> Result<Open, Failure> {
        let file = source.path.as_ref().map(|p| p.display().to_string());
        let origin = Arc::new(Origin { file, alone: self.alone });
        match self.opened(source, &origin) {
            Ok(open) => Ok(open),
            Err(e) => Ok(Open::Ready(vec![unreadable(origin, &e)?].into_iter())),
        }
    }

    fn opened(&self, source: &Source, origin: &Arc<Origin>) -> io::Result<Open> {
        let mut input = open::open(source, &self.counter)?;
        let start = input.fill_buf()?;
        let kind = source.kind.unwrap_or_else(|| kind::by_content(start));
        let kind = if kind == Kind::Json && starts_with_a_whole_record(start) { Kind::Jsonl } else { kind };
        if kind == Kind::Jsonl {
            let lines = Lines::new(self.utf8_stream(input)?, self.reading.longest);
            return Ok(Open::Stream(Arc::clone(origin), lines, 0));
        }
        let Some(bytes) = self.whole(input)? else {
            let problem = too_long(self.reading.longest);
            return if self.alone { Err(io::Error::other(problem)) } else { Ok(ready(origin, vec![Content::Fault(problem)])) };
        };
        let contents = match kind {
            Kind::Text => vec![Content::Text(bytes)],
            Kind::Html => vec![Content::Html(bytes)],
            Kind::Feed => self.entries(&bytes),
            Kind::Json | Kind::Jsonl => self.records(&bytes),
        };
        match contents.as_slice() {
            // A whole input that cannot be read, and the only one.
            [Content::Fault(problem)] if self.alone => Err(io::Error::other(problem.clone())),
            _ => Ok(ready(origin, contents)),
        }
    }

    fn utf8_stream(&self, mut input: Input) -> io::Result<Box<dyn Read + Send>> {
        let wide = match self.reading.encoding {
            Encoding::Utf16 => true,
            Encoding::Auto => utf16::has_mark(input.fill_buf()?),
            _ => false,
        };
        Ok(if wide { Box::new(Transcoder::new(input, self.reading.undecodable)) } else { Box::new(input) })
    }

    /// All bytes of a document, unless they are too many.
    fn whole(&self, input: Input) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        let most = self.reading.longest as u64;
        input.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok((bytes.len() as u64 <= most).then_some(bytes))
    }

    fn entries(&self, bytes: &[u8]) -> Vec<Content> {
        let text = match self.reading.decode_markup(bytes) {
            Ok(text) => text,
            Err(problem) => return vec![Content::Fault(problem)],
        };
        match feed::entries(&text) {
            Ok(entries) => entries.into_iter().map(|e| Content::Entry(Box::new(e))).collect(),
            Err(problem) => vec![Content::Fault(problem)],
        }
    }

    fn records(&self, bytes: &[u8]) -> Vec<Content> {
        let decoded = match self.reading.decode(bytes) {
            Ok(decoded) => decoded,
            Err(problem) => return vec![Content::Fault(problem)],
        };
        // Through `Value`, so that no line end is left between the tokens.
        let compact = |value: &serde_json::Value| Content::Record(value.to_string().into_bytes());
        match serde_json::from_str(&decoded.text) {
            Ok(serde_json::Value::Array(values)) => values.iter().map(compact).collect(),
            Ok(value) => vec![compact(&value)],
            Err(e) => vec![Content::Fault(format!("not JSON: {e}; records one a line need --from jsonl"))],
        }
    }
}

impl Item {
    fn size(&self) -> usize {
        match &self.content {
            Content::Record(bytes) | Content::Text(bytes) | Content::Html(bytes) => bytes.len(),
            Content::Entry(entry) => entry.body.len(),
            Content::Fault(problem) => problem.len(),
        }
    }
}

fn ready(origin: &Arc<Origin>, contents: Vec<Content>) -> Open {
    let items = contents.into_iter().map(|content| Item { origin: Arc::clone(origin), line: None, content });
    Open::Ready(items.collect::<Vec<_>>().into_iter())
}

/// The next line that is not blank.
fn next_line(lines: &mut Lines<Box<dyn Read + Send>>, number: &mut u64) -> io::Result<Option<Line>> {
    while let Some(line) = lines.next_line()? {
        *number += 1;
        let blank = matches!(&line, Line::Bytes(bytes) if bytes.iter().all(u8::is_ascii_whitespace));
        if !blank {
            return Ok(Some(line));
        }
    }
    Ok(None)
}

fn stream_item(origin: &Arc<Origin>, line: Line, number: u64, longest: usize) -> Item {
    let content = match line {
        Line::Bytes(bytes) => Content::Record(bytes),
        Line::TooLong => Content::Fault(too_long(longest)),
    };
    Item { origin: Arc::clone(origin), line: Some(number), content }
}

fn too_long(longest: usize) -> String {
    format!("longer than {longest} bytes; allow more with --max-record")
}

/// A source that cannot be read (on): an item, or a failure where it is alone.
fn unreadable(origin: Arc<Origin>, error: &io::Error) -> Result<Item, Failure> {
    if origin.alone {
        return Err(Failure::io(origin.file.as_deref().unwrap_or("standard input"), error));
    }
    Ok(Item { origin, line: None, content: Content::Fault(plain(error)) })
}

fn starts_with_a_whole_record(start: &[u8]) -> bool {
    let first = start.split(|b| *b == b'\n').map(<[u8]>::trim_ascii).find(|line| !line.is_empty());
    first.is_some_and(|line| line.starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(line).is_ok())
}

/// What becomes of undecodable bytes, by the option `--lossy`.
pub fn undecodable(lossy: bool) -> Undecodable {
    if lossy { Undecodable::Replace } else { Undecodable::Refuse }
}
