//! Bytes as a script that changes the sections of model bytes.
//!
//! A change is six bytes: section, what, place (3 bytes, little-endian), value.
//! Few bytes change few things, so that much of what is accepted is nearly right.

use crate::envelope::Section;

/// Places that count as the section's beginning, where its lengths stand.
const BEGINNING: usize = 64;

/// The most that one change writes, inserts or removes.
const STRETCH: usize = 4096;

/// Runs the script; what is left at its end is no change.
pub fn run(script: &[u8], sections: &mut [Section]) {
    for change in script.chunks_exact(6) {
        let &[section, what, low, middle, high, value] = change else { continue };
        let count = sections.len().max(1);
        if let Some(section) = sections.get_mut(usize::from(section) % count) {
            apply(&mut section.bytes, what, usize::from(low) | usize::from(middle) << 8 | usize::from(high) << 16, value);
        }
    }
}

fn apply(bytes: &mut Vec<u8>, what: u8, place: usize, value: u8) {
    // Every second change is to the beginning.
    let range = if what & 1 == 0 { bytes.len().min(BEGINNING) } else { bytes.len() };
    if range == 0 {
        return bytes.push(value);
    }
    let at = place % range;
    let end = bytes.len().min(at + STRETCH.min(usize::from(value) * 16 + 1));
    match (what >> 1) % 8 {
        0 => bytes[at] = value,
        1 => bytes[at] ^= 1 << (value % 8),
        2 => bytes[at] = bytes[at].wrapping_add(value),
        3 => bytes[at..end].fill(value),
        4 => bytes[at..end].reverse(),
        5 => drop(bytes.drain(at..end)),
        6 => bytes.insert(at, value),
        _ => extreme(&mut bytes[at..end], value),
    }
}

/// The greatest and least numbers of 16 and 32 bits in turn.
fn extreme(bytes: &mut [u8], value: u8) {
    let pattern: &[u8] = match value % 4 {
        0 => &[0xff, 0x7f],
        1 => &[0x00, 0x80],
        2 => &[0xff, 0xff, 0xff, 0x7f],
        _ => &[0x00, 0x00, 0x00, 0x80],
    };
    bytes.iter_mut().zip(pattern.iter().cycle()).for_each(|(byte, new)| *byte = *new);
}
