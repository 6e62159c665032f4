//! Bytes that are no model, or a damaged one, or one whose content is wrong under
//! a right checksum: refused with an error that names the part, or harmless.
//!
//! The format is written down in `src/model/wire.rs`. This file has its own reader
//! and writer of the envelope, so that a change of the format is noticed here.

#![cfg(feature = "builtin-model")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::envelope::{HEADER, Section, VERSION, crc32, open, seal, sealed};

use std::path::Path;
use std::sync::LazyLock;
use tomtat::{Error, Length, Model, Summarizer};

/// The sections of the built-in model.
static SECTIONS: LazyLock<Vec<Section>> = LazyLock::new(|| {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/model/data");
    let mut files: Vec<_> =
        std::fs::read_dir(directory).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension() == Some("bin".as_ref())).collect();
    files.sort();
    let sections: Vec<Section> = files.iter().flat_map(|file| open(&std::fs::read(file).unwrap())).collect();
    assert!(sections.len() >= 6, "{files:?}");
    sections
});

/// All of it in one envelope, as a user would pass it.
static WHOLE: LazyLock<Vec<u8>> = LazyLock::new(|| seal(&SECTIONS));

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

fn refused(bytes: &[u8], what: &str) -> Error {
    let error = Model::from_bytes(bytes).expect_err(what);
    assert!(error.is_model() && !error.is_option(), "{what}: {error}");
    let message = error.to_string();
    assert!(message.starts_with("model, ") && message.len() > "model, ".len(), "{what}: {message}");
    error
}

#[track_caller]
fn refused_for(bytes: &[u8], what: &str, reason: &str) {
    let message = refused(bytes, what).to_string();
    assert!(message.contains(reason), "{what}: {message:?} does not speak of {reason:?}");
}

#[test]
fn the_same_bytes_are_the_same_model() {
    assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    let model = Model::from_bytes(&WHOLE).unwrap();
    assert_eq!(model.id(), Model::from_bytes(&WHOLE).unwrap().id());
    let own = Summarizer::builder().model(model).build().unwrap();
    for fixture in common::fixtures() {
        assert_eq!(own.analyze(&fixture.text), Summarizer::new().analyze(&fixture.text), "{}", fixture.slug);
    }
}

#[test]
fn the_order_of_sections_does_not_matter() {
    let mut turned = SECTIONS.clone();
    turned.reverse();
    Model::from_bytes(&seal(&turned)).unwrap();
}

#[test]
fn other_bytes_are_no_model() {
    for bytes in [&b""[..], b"t", b"tomtat", b"tomtat\0\0", b"TOMTAT\0\0", b"{}", &[0; 64], &[0xff; 64]] {
        refused_for(bytes, "other bytes", "header");
    }
    refused_for(&sealed(VERSION, &0_u32.to_le_bytes()), "an empty model", "no such section");
}

#[test]
fn every_cut_is_refused() {
    for end in (0..HEADER + 8 * SECTIONS.len()).chain(sample(WHOLE.len(), 60)) {
        let error = refused(&WHOLE[..end], &format!("cut at {end}"));
        let part = if end < 16 { "header" } else { "payload" };
        assert!(error.to_string().contains(part), "cut at {end}: {error}");
    }
}

#[test]
fn every_flipped_byte_is_refused() {
    let mut bytes = WHOLE.clone();
    for at in (0..HEADER + 8 * SECTIONS.len()).chain(sample(WHOLE.len(), 60)) {
        for mask in [0x01, 0x80] {
            bytes[at] ^= mask;
            refused(&bytes, &format!("byte {at} flipped"));
            bytes[at] ^= mask;
        }
    }
}

#[test]
fn bytes_after_the_end_are_refused() {
    let mut bytes = WHOLE.clone();
    bytes.push(0);
    refused(&bytes, "a byte too many");
    // The same with a checksum that knows of it.
    let longer = [&WHOLE[16..], b"\0"].concat();
    refused_for(&sealed(VERSION, &longer), "a byte too many under a right checksum", "header");
    let shorter = &WHOLE[16..WHOLE.len() - 1];
    refused_for(&sealed(VERSION, shorter), "a byte too few under a right checksum", "header");
}

#[test]
fn other_versions_are_named() {
    let with = |version: u32| sealed(version, &WHOLE[16..]);
    refused_for(&with(0), "an old version", "format 0");
    refused_for(&with(VERSION + 1), "a new version", "update tomtat");
    refused_for(&with(u32::MAX), "a far version", "format 4294967295");
}

#[test]
fn lengths_that_lie_are_refused() {
    let table = |count: u32, lengths: &[u32]| {
        let mut body = count.to_le_bytes().to_vec();
        lengths.iter().for_each(|n| body.extend([&b"SEGM"[..], &n.to_le_bytes()].concat()));
        sealed(VERSION, &body)
    };
    for bytes in
        [table(u32::MAX, &[]), table(65, &[]), table(1, &[]), table(1, &[u32::MAX]), table(2, &[u32::MAX, 1]), table(2, &[u32::MAX; 2])]
    {
        refused_for(&bytes, "lengths that lie", "header");
    }
}

#[test]
fn every_part_must_be_there() {
    for missing in 0..SECTIONS.len() {
        let mut rest = SECTIONS.clone();
        let tag = String::from_utf8_lossy(&rest.remove(missing).tag).into_owned();
        refused_for(&seal(&rest), &format!("without {tag}"), "no such section");
    }
}

/// Positions below `length`: the ends and some in between.
fn sample(length: usize, count: usize) -> impl Iterator<Item = usize> {
    let mut numbers = Numbers(length as u64);
    (0..count).map(move |i| if i < 4 { length - 1 - i } else { numbers.below(length) })
}

/// A model with a right checksum is refused by name or does no harm.
fn judge(section: usize, bytes: Vec<u8>, what: &str) {
    let mut sections = SECTIONS.clone();
    let tag = String::from_utf8_lossy(&sections[section].tag).into_owned();
    sections[section].bytes = bytes;
    let what = format!("{tag} {what}");
    let whole = seal(&sections);
    let Ok(model) = Model::from_bytes(&whole) else {
        refused(&whole, &what);
        return;
    };
    let summarizer = Summarizer::builder().model(model).build().unwrap();
    for text in TEXTS.iter() {
        let analysis = summarizer.analyze(text);
        common::invariants::check(text, &analysis, Length::default()).unwrap_or_else(|e| panic!("{what}: {e}"));
    }
}

/// Short texts that pass through every stage.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let whole = |slug: &str| common::fixtures().into_iter().find(|f| f.slug == slug).unwrap().text;
    vec![whole("fused-lede"), whole("glued-captions"), "TP.HCM 5 tỷ USD “a” @b #c x.vn 苹果 🎉".to_owned(), String::new()]
});

#[test]
fn cut_sections_are_refused() {
    for (i, section) in SECTIONS.iter().enumerate() {
        for end in [0, 1, 2, section.bytes.len() / 2, section.bytes.len() - 1] {
            let mut sections = SECTIONS.clone();
            sections[i].bytes.truncate(end);
            refused(&seal(&sections), &format!("{} cut at {end}", String::from_utf8_lossy(&section.tag)));
        }
        let mut sections = SECTIONS.clone();
        sections[i].bytes.push(0);
        refused_for(&seal(&sections), "a byte more in a section", "after the end");
    }
}

#[test]
fn wrong_content_is_harmless() {
    let mut numbers = Numbers(7);
    for (i, section) in SECTIONS.iter().enumerate() {
        let length = section.bytes.len();
        for byte in [0x00, 0x7f, 0x80, 0xff] {
            judge(i, vec![byte; length], &format!("all {byte:#x}"));
        }
        for place in ["start", "anywhere"] {
            for round in 0..3 {
                let mut bytes = section.bytes.clone();
                for _ in 0..=length / 200 {
                    let at = numbers.below(if place == "start" { length.min(64) } else { length });
                    bytes[at] = numbers.below(256) as u8;
                }
                judge(i, bytes, &format!("changed at {place}, round {round}"));
            }
        }
    }
}

#[test]
fn extreme_weights_are_harmless() {
    let mut numbers = Numbers(11);
    for (i, section) in SECTIONS.iter().enumerate() {
        // Headers stay right, so that the weights behind them are reached.
        for keep in [64, section.bytes.len() / 2] {
            let mut bytes = section.bytes.clone();
            for byte in bytes.iter_mut().skip(keep) {
                *byte = [0x7f, 0x80, 0x00, 0xff][numbers.below(4)];
            }
            judge(i, bytes, &format!("extreme after {keep}"));
        }
    }
}

#[test]
fn sections_twice_or_unknown_do_no_harm() {
    let mut sections = SECTIONS.clone();
    sections.push(Section { tag: *b"ZZZZ", bytes: vec![1, 2, 3] });
    sections.push(Section { tag: SECTIONS[0].tag, bytes: vec![] });
    if let Err(error) = Model::from_bytes(&seal(&sections)) {
        assert!(error.is_model(), "{error}");
    }
}
