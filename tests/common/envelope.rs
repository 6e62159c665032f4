//! A reader and writer of model bytes' envelope, apart from the library's own, so
//! that a change of the format is noticed. The tests and `fuzz/` share this file.

use std::sync::LazyLock;

const LABEL: &[u8; 8] = b"tomtat\0\0";
/// The format's version.
pub const VERSION: u32 = 1;

/// Bytes before the table of sections: label, version, checksum, count.
pub const HEADER: usize = 20;

/// One part of the bytes.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its name.
    pub tag: [u8; 4],
    /// Its content.
    pub bytes: Vec<u8>,
}

fn number(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
}

/// The sections of an envelope known to be sound.
pub fn open(bytes: &[u8]) -> Vec<Section> {
    assert_eq!((&bytes[..8], number(bytes, 8), number(bytes, 12)), (&LABEL[..], VERSION, crc32(&bytes[16..])));
    let count = number(bytes, 16) as usize;
    let mut at = HEADER + 8 * count;
    let read = (0..count).map(|i| {
        let entry = HEADER + 8 * i;
        let start = at;
        at += number(bytes, entry + 4) as usize;
        Section { tag: bytes[entry..entry + 4].try_into().unwrap(), bytes: bytes[start..at].to_vec() }
    });
    read.collect()
}

/// The envelope around `sections`.
pub fn seal(sections: &[Section]) -> Vec<u8> {
    let mut body = (sections.len() as u32).to_le_bytes().to_vec();
    for section in sections {
        body.extend(section.tag);
        body.extend((section.bytes.len() as u32).to_le_bytes());
    }
    sections.iter().for_each(|s| body.extend(&s.bytes));
    sealed(VERSION, &body)
}

/// Header and right checksum before `body`.
pub fn sealed(version: u32, body: &[u8]) -> Vec<u8> {
    [&LABEL[..], &version.to_le_bytes(), &crc32(body).to_le_bytes(), body].concat()
}

/// CRC-32 (IEEE 802.3).
pub fn crc32(bytes: &[u8]) -> u32 {
    static TABLE: LazyLock<[u32; 256]> = LazyLock::new(|| {
        std::array::from_fn(|i| (0..8).fold(i as u32, |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 }))
    });
    let table = &*TABLE;
    !bytes.iter().fold(u32::MAX, |crc, byte| (crc >> 8) ^ table[usize::from(crc as u8 ^ byte)])
}
