//! Bodies for fuzzing: each takes any bytes and panics where the library or the
//! command breaks a promise.
//!
//! They know nothing of the fuzzer; `main` has a small one for the stable
//! toolchain. [`mutate`] changes inputs, [`invariants`] says what must hold.

// A panic is how a finding is told.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

#[path = "../../tests/common/envelope.rs"]
pub mod envelope;
#[path = "../../tests/common/invariants.rs"]
pub mod invariants;
pub mod mutate;
#[path = "../../tests/common/pieces.rs"]
pub mod pieces;
mod script;

use invariants::{check, check_again, check_forms, check_parts};
use std::cell::RefCell;
use std::sync::LazyLock;
use tomtat::{Article, Date, EntityKind, Idf, Length, Model, Summarizer, SummarizerBuilder, Worker};
use tomtat_cli::input::encoding::Encoding;
use tomtat_cli::input::feed::entries;
use tomtat_cli::input::lines::{Line, Lines};
use tomtat_cli::input::prepare::Reading;
use tomtat_cli::input::reader::undecodable;
use tomtat_cli::input::record::{Fields, Others};
use tomtat_cli::input::{Content, Item, Origin};

/// A body.
pub type Body = fn(&[u8]);

/// All bodies, by name.
pub const BODIES: [(&str, Body); 8] = [
    ("text", text),
    ("parts", parts),
    ("options", options),
    ("json_lines", json_lines),
    ("html", html),
    ("feed", feed),
    ("model", model),
    ("idf", idf),
];

/// The lengths that texts are summarized to.
const LENGTHS: [Length; 8] = [
    Length::Sentences(3),
    Length::Sentences(1),
    Length::Sentences(usize::MAX),
    Length::Syllables(1),
    Length::Syllables(60),
    Length::Characters(200),
    Length::Ratio(0.2),
    Length::Ratio(1.0),
];

static SUMMARIZERS: LazyLock<Vec<(Length, Summarizer)>> = LazyLock::new(|| {
    let of = |length| Summarizer::builder().length(length).build().expect("a sound length");
    LENGTHS.iter().map(|length| (*length, of(*length))).collect()
});

thread_local! {
    /// One worker per length, used for all inputs of this thread.
    static WORKERS: RefCell<Vec<Worker>> = RefCell::new(SUMMARIZERS.iter().map(|(_, s)| s.worker()).collect());
}

/// Everything that must hold of `article`, summarized to one of the lengths.
///
/// # Errors
///
/// Says what does not hold.
pub fn holds(article: &Article<'_>) -> Result<(), String> {
    // Any length for any text, but always the same one.
    let which = envelope::crc32(article.text().as_bytes()) as usize % LENGTHS.len();
    let (length, summarizer) = &SUMMARIZERS[which];
    let analysis = summarizer.analyze(article.clone());
    check(article.text(), &analysis, *length)?;
    // Taken out, so that a worker that panicked is never used again.
    let taken = WORKERS.with_borrow_mut(|all| std::mem::replace(&mut all[which], summarizer.worker()));
    let mut worker = taken;
    check_again(article, &analysis, summarizer, &mut worker)?;
    WORKERS.with_borrow_mut(|all| all[which] = worker);
    check_forms(article.text(), summarizer)
}

fn must_hold(article: &Article<'_>) {
    holds(article).unwrap_or_else(|problem| panic!("{problem}"));
}

/// Any bytes as a text.
pub fn text(bytes: &[u8]) {
    must_hold(&Article::from(String::from_utf8_lossy(bytes).into_owned()));
}

/// A date and the parts of an article: four bytes say the day and where the rest
/// is cut in three.
pub fn parts(bytes: &[u8]) {
    let Some((head, rest)) = bytes.split_first_chunk::<4>() else { return };
    let text = String::from_utf8_lossy(rest);
    let cut = |share: u8| (0..=text.len() * usize::from(share) / 255).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (first, second) = (cut(head[0].min(head[1])), cut(head[0].max(head[1])));
    let day = i32::from(i16::from_le_bytes([head[2], head[3]]));
    let article = Article::from_parts(&text[..first], &text[first..second], &text[second..]);
    let article = match Date::new(2016, 1, 1).and_then(|start| start.plus_days(day * 37)) {
        Some(date) => article.published(date),
        None => article,
    };
    must_hold(&article);
    check_parts(&article, &Summarizer::new().analyze(article.clone())).unwrap_or_else(|problem| panic!("{problem}"));
}

/// Options a line, as [`option`] reads them, then an empty line, then a text.
pub fn options(bytes: &[u8]) {
    let input = String::from_utf8_lossy(bytes);
    let (lines, text) = input.split_once("\n\n").unwrap_or((&input, FIXED));
    let (mut builder, mut length) = (Summarizer::builder(), Length::default());
    for line in lines.lines() {
        builder = option(builder, line, &mut length);
    }
    let summarizer = match builder.build() {
        Ok(summarizer) => summarizer,
        Err(refused) => return assert!(!refused.to_string().is_empty(), "a refusal that says nothing"),
    };
    let article = Article::from(text);
    let analysis = summarizer.analyze(article.clone());
    // Behind the last sentence of a text that is too long, nothing was read.
    let end = analysis.sentences.last().map_or(0, |last| last.span.end);
    let read = if analysis.summary.truncated { &text[..end] } else { text };
    let holds = check(read, &analysis, length)
        .and_then(|()| check_again(&article, &analysis, &summarizer, &mut summarizer.worker()))
        .and_then(|()| check_forms(text, &summarizer));
    holds.unwrap_or_else(|problem| panic!("{problem}"));
}

/// Sets what a line says: its first letter names the option.
fn option(builder: SummarizerBuilder, line: &str, length: &mut Length) -> SummarizerBuilder {
    const KINDS: [EntityKind; 6] =
        [EntityKind::Person, EntityKind::Organization, EntityKind::Location, EntityKind::Product, EntityKind::Event, EntityKind::Money];
    let mut letters = line.chars();
    let (option, rest) = (letters.next(), letters.as_str());
    let names = || rest.split(',');
    let number = |text: &str| text.trim().parse().unwrap_or(0);
    match option {
        Some('w') => builder.words(names()),
        Some('s') => builder.stop_words(names()),
        Some('f') => builder.focus(names()),
        Some('b') => builder.boilerplate([rest]),
        Some('m') => builder.max_input(number(rest)),
        Some(digit @ '0'..='5') => builder.gazetteer(KINDS[digit as usize - '0' as usize], names()),
        Some('l') => {
            let count = rest.get(1..).map_or(0, number);
            *length = match rest.chars().next() {
                Some('y') => Length::Syllables(count),
                Some('c') => Length::Characters(count),
                Some('r') => Length::Ratio(rest[1..].trim().parse().unwrap_or(f64::NAN)),
                _ => Length::Sentences(count),
            };
            builder.length(*length)
        }
        _ => builder,
    }
}

fn reading() -> Reading {
    let fields = Fields { others: Others::Keep, ..Fields::default() };
    Reading { fields, encoding: Encoding::Auto, undecodable: undecodable(true), longest: 4096 }
}

fn prepared(content: Content) {
    let origin = Origin { file: Some("input".to_owned()), alone: true };
    match reading().prepare(Item { origin: origin.into(), line: Some(1), content }) {
        Ok(found) => must_hold(&found.article),
        Err(fault) => assert!(!fault.message().contains('\n'), "a fault of more than one line: {:?}", fault.message()),
    }
}

/// A stream of JSON lines, read as the command does.
pub fn json_lines(bytes: &[u8]) {
    let mut lines = Lines::new(bytes, reading().longest);
    while let Some(line) = lines.next_line().expect("bytes in memory can be read") {
        match line {
            Line::Bytes(line) => prepared(Content::Record(line)),
            Line::TooLong => {}
        }
    }
}

/// A page, read as the command does.
pub fn html(bytes: &[u8]) {
    prepared(Content::Html(bytes.to_vec()));
}

/// A feed, read as the command does.
pub fn feed(bytes: &[u8]) {
    match entries(&String::from_utf8_lossy(bytes)) {
        Ok(entries) => entries.into_iter().for_each(|entry| prepared(Content::Entry(Box::new(entry)))),
        Err(fault) => assert!(!fault.is_empty(), "a fault that says nothing"),
    }
}

/// A short text that passes through every stage.
const FIXED: &str = "Viettel mở mạng 5G tại Hà Nội\nHãng đầu tư 5 tỷ USD, ông Nguyễn Văn A nói hôm 25/9/2016.Ảnh: TP.HCM. \
                     Xem thêm: x.vn “Apple” @b #c 苹果 🎉 nha\u{323}c cu\u{309}a Microsoft... Công ty tăng 52%? Đó là 22.990.000đ!";

fn fixed_text_holds(summarizer: &Summarizer) {
    check(FIXED, &summarizer.analyze(FIXED), Length::default()).unwrap_or_else(|problem| panic!("{problem}"));
}

/// The sections of the built-in model.
static SECTIONS: LazyLock<Vec<envelope::Section>> = LazyLock::new(|| {
    let files: [&[u8]; 6] = [
        include_bytes!("../../src/model/data/segment.bin"),
        include_bytes!("../../src/model/data/glue.bin"),
        include_bytes!("../../src/model/data/caption.bin"),
        include_bytes!("../../src/model/data/background.bin"),
        include_bytes!("../../src/model/data/scoring.bin"),
        include_bytes!("../../src/model/data/entity.bin"),
    ];
    files.iter().flat_map(|file| envelope::open(file)).collect()
});

/// A script of changes to the built-in model, under a right checksum: refused, or
/// harmless.
pub fn model(bytes: &[u8]) {
    let mut sections = SECTIONS.clone();
    script::run(bytes, &mut sections);
    let Ok(model) = Model::from_bytes(&envelope::seal(&sections)) else { return };
    fixed_text_holds(&Summarizer::builder().model(model).build().expect("a model suffices"));
}

/// Counts of a few words.
static COUNTS: LazyLock<Vec<envelope::Section>> = LazyLock::new(|| {
    let mut idf = Idf::new();
    [FIXED, "Hãng mở mạng tại Hà Nội.", "VNPT mở rộng mạng 5G."].iter().for_each(|text| idf.observe(text));
    envelope::open(&idf.to_bytes())
});

/// A script of changes to document counts, under a right checksum: refused, or
/// harmless and written as they were read.
pub fn idf(bytes: &[u8]) {
    let mut sections = COUNTS.clone();
    script::run(bytes, &mut sections);
    let sealed = envelope::seal(&sections);
    let Ok(mut idf) = Idf::from_bytes(&sealed) else { return };
    assert_eq!(Idf::from_bytes(&idf.to_bytes()).as_ref(), Ok(&idf), "written counts are read differently");
    fixed_text_holds(&Summarizer::builder().background(&idf).build().expect("counts suffice"));
    idf.merge(&idf.clone());
    idf.observe(FIXED);
    fixed_text_holds(&Summarizer::builder().background(&idf).build().expect("counts suffice"));
}
