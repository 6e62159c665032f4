//! Works on items in threads and gives the answers in input order.
//!
//! One thread reads ahead, `threads` work, the caller's thread takes the
//! answers. What is in hand is bounded by batches, so that memory does not grow
//! with the input, and a batch is handed on as soon as it has been read. The
//! bytes do not depend on the number of threads. A thread that waits for a slow
//! input does not keep the run from ending: threads are left behind, not
//! joined.

use crate::input::Item;
use crate::input::reader::Reader;
use crate::status::{Failure, Status};
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// What was made of a batch.
#[derive(Debug, Default)]
pub struct Answer {
    /// What is to be written.
    pub bytes: Vec<u8>,
    /// Items that were worked on, faults included.
    pub records: u64,
    /// What was wrong with some of them, a line each.
    pub faults: Vec<String>,
    /// Titles of the articles, where the page needs a list of them.
    pub titles: Vec<String>,
    /// Ends the run after this answer.
    pub stop: Option<Failure>,
}

impl Answer {
    /// Appends `separator` where something stands before it.
    pub fn separate(&mut self, separator: &str) {
        if !self.bytes.is_empty() {
            self.bytes.extend_from_slice(separator.as_bytes());
        }
    }
}

/// A thread's part: makes answers of batches.
pub type Lane = Box<dyn FnMut(Vec<Item>) -> Answer + Send>;

/// How the work ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// With the input.
    Finished,
    /// Before it, when asked to.
    Interrupted,
}

/// Some news from the engine.
pub enum News {
    /// The next answer.
    Answer(Answer),
    /// Nothing happened for a while.
    Waiting,
}

/// What lies ahead, in input order.
enum Ahead {
    Answer(Receiver<Answer>),
    Failed(Failure),
    End,
}

type Job = (Vec<Item>, Sender<Answer>);

/// HTML parsers and JSON of nested arrays use the stack.
const STACK_BYTES: usize = 8 << 20;

/// How often somebody who waits looks up.
const PATIENCE: Duration = Duration::from_millis(100);

/// Works on all that `reader` gives, in as many threads as there are lanes.
///
/// # Errors
///
/// Where reading fails, a thread is lost, or `take` fails.
pub fn run(
    reader: Reader,
    lanes: Vec<Lane>,
    interrupted: &Arc<AtomicBool>,
    mut take: impl FnMut(News) -> Result<(), Failure>,
) -> Result<End, Failure> {
    let ahead = start(reader, lanes, interrupted)?;
    loop {
        match ahead.recv_timeout(PATIENCE) {
            Ok(Ahead::Answer(answer)) => take(News::Answer(answer.recv().map_err(|_| lost())?))?,
            Ok(Ahead::Failed(failure)) => return Err(failure),
            Ok(Ahead::End) => return Ok(End::Finished),
            Err(RecvTimeoutError::Timeout) if interrupted.load(Ordering::Relaxed) => return Ok(End::Interrupted),
            Err(RecvTimeoutError::Timeout) => take(News::Waiting)?,
            Err(RecvTimeoutError::Disconnected) if interrupted.load(Ordering::Relaxed) => return Ok(End::Interrupted),
            Err(RecvTimeoutError::Disconnected) => return Err(lost()),
        }
    }
}

fn lost() -> Failure {
    Failure { status: Status::Io, message: "a working thread was lost; please report the input that did it".to_owned() }
}

fn start(reader: Reader, lanes: Vec<Lane>, interrupted: &Arc<AtomicBool>) -> Result<Receiver<Ahead>, Failure> {
    let in_hand = lanes.len() * 3;
    let (order, ahead) = sync_channel(in_hand);
    let (jobs, queue) = sync_channel::<Job>(lanes.len());
    let queue = Arc::new(Mutex::new(queue));
    for lane in lanes {
        let queue = Arc::clone(&queue);
        spawn(move || work(lane, &queue))?;
    }
    let interrupted = Arc::clone(interrupted);
    spawn(move || read_ahead(reader, &order, &jobs, &interrupted))?;
    Ok(ahead)
}

fn spawn(body: impl FnOnce() + Send + 'static) -> Result<(), Failure> {
    let started = thread::Builder::new().stack_size(STACK_BYTES).spawn(body);
    started.map(drop).map_err(|e: io::Error| Failure::io("cannot start a thread; ask for fewer with --threads", &e))
}

fn read_ahead(mut reader: Reader, order: &SyncSender<Ahead>, jobs: &SyncSender<Job>, interrupted: &AtomicBool) {
    while !interrupted.load(Ordering::Relaxed) {
        let batch = match reader.next_batch() {
            Ok(Some(batch)) => batch,
            Ok(None) => {
                let _ = order.send(Ahead::End);
                return;
            }
            Err(failure) => {
                let _ = order.send(Ahead::Failed(failure));
                return;
            }
        };
        let (done, answer) = channel();
        if order.send(Ahead::Answer(answer)).is_err() || jobs.send((batch, done)).is_err() {
            return;
        }
    }
}

fn work(mut lane: Lane, queue: &Mutex<Receiver<Job>>) {
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((batch, done)) = job else { return };
        if done.send(lane(batch)).is_err() {
            return;
        }
    }
}
