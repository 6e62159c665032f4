//! Units of measure: how they are written, and what they are in SI or bytes.
//!
//! Takes the place after a number, gives the longest unit that stands there.
//! Letters that differ only by case in meaning (`Mb` and `MB`, `m` and `M`)
//! are told apart; full names and long symbols are not ("Ghz", "MAH").
//! Factors are exact decimal fractions; a unit whose factor is not one (km/h,
//! degrees of angle) has none.

#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

use super::text::{byte, char_at, is_word_end, lower_letter, next_word, skip_blanks};
use crate::entity::value::{Amount, Decimal, Measure};
use crate::span::slice;

/// A unit found in the text.
pub(super) struct Unit {
    /// Its usual symbol.
    pub(super) symbol: String,
    /// The byte after it.
    pub(super) end: usize,
    /// Whether it never comes in thousands, so that "2.265" is a decimal.
    pub(super) small: bool,
    /// Whether "một" and other words may stand before it.
    pub(super) after_words: bool,
    factor: Option<(i128, u8, &'static str)>,
}

impl Unit {
    /// `amount` of this unit in SI units or bytes, where that is exact.
    pub(super) fn to_si(&self, amount: Amount) -> Option<Measure> {
        if self.symbol == "°C" {
            let zero = Decimal::new(27315, 2)?;
            return Some(Measure { amount: amount.map(|d| d.checked_add(zero))?, unit: "K".into() });
        }
        let (digits, scale, unit) = self.factor?;
        let factor = Decimal::new(digits, scale)?;
        Some(Measure { amount: amount.map(|d| d.checked_mul(factor))?, unit: unit.into() })
    }
}

/// How an entry is compared with the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    /// Letter by letter: `m`, `Mb`.
    Exact,
    /// Lower-cased: `inch`, `GHz`.
    Folded,
}
use Case::{Exact, Folded};

struct Entry {
    written: &'static str,
    symbol: &'static str,
    case: Case,
    factor: Option<(i128, u8, &'static str)>,
    small: bool,
    after_words: bool,
}

const fn entry(written: &'static str, symbol: &'static str, case: Case, factor: Option<(i128, u8, &'static str)>) -> Entry {
    Entry { written, symbol, case, factor, small: false, after_words: true }
}

impl Entry {
    const fn small(self) -> Self {
        Self { small: true, ..self }
    }

    /// A symbol or an everyday word: only after digits.
    const fn digits_only(self) -> Self {
        Self { after_words: false, ..self }
    }
}

/// Written forms in lower case, except those compared exactly.
#[rustfmt::skip]
static UNITS: &[Entry] = &[
    // Length
    entry("inch", "inch", Folded, Some((254, 4, "m"))).small(),
    entry("inches", "inch", Folded, Some((254, 4, "m"))).small(),
    entry("inchs", "inch", Folded, Some((254, 4, "m"))).small(),
    entry("in-sơ", "inch", Folded, Some((254, 4, "m"))).small(),
    entry("″", "inch", Exact, Some((254, 4, "m"))).small(),
    entry("km", "km", Folded, Some((1000, 0, "m"))),
    entry("kilomet", "km", Folded, Some((1000, 0, "m"))),
    entry("kilômét", "km", Folded, Some((1000, 0, "m"))),
    entry("ki-lô-mét", "km", Folded, Some((1000, 0, "m"))),
    entry("ki lô mét", "km", Folded, Some((1000, 0, "m"))),
    entry("cây số", "km", Folded, Some((1000, 0, "m"))),
    entry("m", "m", Exact, Some((1, 0, "m"))).digits_only(),
    entry("mét", "m", Folded, Some((1, 0, "m"))),
    entry("met", "m", Folded, Some((1, 0, "m"))).digits_only(),
    entry("dm", "dm", Exact, Some((1, 1, "m"))).digits_only(),
    entry("cm", "cm", Folded, Some((1, 2, "m"))),
    entry("centimet", "cm", Folded, Some((1, 2, "m"))),
    entry("xentimét", "cm", Folded, Some((1, 2, "m"))),
    entry("xen-ti-mét", "cm", Folded, Some((1, 2, "m"))),
    entry("mm", "mm", Folded, Some((1, 3, "m"))),
    entry("milimet", "mm", Folded, Some((1, 3, "m"))),
    entry("milimét", "mm", Folded, Some((1, 3, "m"))),
    entry("mi-li-mét", "mm", Folded, Some((1, 3, "m"))),
    entry("µm", "µm", Exact, Some((1, 6, "m"))),
    entry("μm", "µm", Exact, Some((1, 6, "m"))),
    entry("um", "µm", Exact, Some((1, 6, "m"))).digits_only(),
    entry("micromet", "µm", Folded, Some((1, 6, "m"))),
    entry("micrômét", "µm", Folded, Some((1, 6, "m"))),
    entry("micron", "µm", Folded, Some((1, 6, "m"))),
    entry("micrometer", "µm", Folded, Some((1, 6, "m"))),
    entry("nm", "nm", Exact, Some((1, 9, "m"))),
    entry("nanomet", "nm", Folded, Some((1, 9, "m"))),
    entry("nanomét", "nm", Folded, Some((1, 9, "m"))),
    entry("nano mét", "nm", Folded, Some((1, 9, "m"))),
    entry("nano met", "nm", Folded, Some((1, 9, "m"))),
    entry("nanometer", "nm", Folded, Some((1, 9, "m"))),
    entry("dặm", "mi", Folded, Some((1_609_344, 3, "m"))),
    entry("hải lý", "nmi", Folded, Some((1852, 0, "m"))),
    entry("hải lí", "nmi", Folded, Some((1852, 0, "m"))),
    entry("feet", "ft", Folded, Some((3048, 4, "m"))),
    entry("foot", "ft", Folded, Some((3048, 4, "m"))),
    entry("ft", "ft", Exact, Some((3048, 4, "m"))).digits_only(),
    entry("yard", "yd", Folded, Some((9144, 4, "m"))),
    entry("năm ánh sáng", "ly", Folded, Some((9_460_730_472_580_800, 0, "m"))),
    entry("parsec", "pc", Folded, None),
    // Area
    entry("km2", "km²", Folded, Some((1_000_000, 0, "m²"))),
    entry("km²", "km²", Folded, Some((1_000_000, 0, "m²"))),
    entry("km vuông", "km²", Folded, Some((1_000_000, 0, "m²"))),
    entry("kilomet vuông", "km²", Folded, Some((1_000_000, 0, "m²"))),
    entry("kilômét vuông", "km²", Folded, Some((1_000_000, 0, "m²"))),
    entry("cây số vuông", "km²", Folded, Some((1_000_000, 0, "m²"))),
    entry("dặm vuông", "mi²", Folded, Some((2_589_988_110_336, 6, "m²"))),
    entry("m2", "m²", Exact, Some((1, 0, "m²"))),
    entry("m²", "m²", Exact, Some((1, 0, "m²"))),
    entry("mét vuông", "m²", Folded, Some((1, 0, "m²"))),
    entry("met vuông", "m²", Folded, Some((1, 0, "m²"))),
    entry("cm2", "cm²", Folded, Some((1, 4, "m²"))),
    entry("cm²", "cm²", Folded, Some((1, 4, "m²"))),
    entry("mm2", "mm²", Folded, Some((1, 6, "m²"))),
    entry("mm²", "mm²", Folded, Some((1, 6, "m²"))),
    entry("ha", "ha", Exact, Some((10_000, 0, "m²"))).digits_only(),
    entry("hecta", "ha", Folded, Some((10_000, 0, "m²"))),
    entry("héc ta", "ha", Folded, Some((10_000, 0, "m²"))),
    entry("héc-ta", "ha", Folded, Some((10_000, 0, "m²"))),
    entry("hécta", "ha", Folded, Some((10_000, 0, "m²"))),
    entry("hectare", "ha", Folded, Some((10_000, 0, "m²"))),
    entry("feet vuông", "ft²", Folded, Some((9_290_304, 8, "m²"))),
    entry("foot vuông", "ft²", Folded, Some((9_290_304, 8, "m²"))),
    // Volume
    entry("m3", "m³", Exact, Some((1, 0, "m³"))),
    entry("m³", "m³", Exact, Some((1, 0, "m³"))),
    entry("mét khối", "m³", Folded, Some((1, 0, "m³"))),
    entry("met khối", "m³", Folded, Some((1, 0, "m³"))),
    entry("km3", "km³", Folded, Some((1_000_000_000, 0, "m³"))),
    entry("cm3", "cm³", Folded, Some((1, 6, "m³"))),
    entry("cm³", "cm³", Folded, Some((1, 6, "m³"))),
    entry("cc", "cm³", Folded, Some((1, 6, "m³"))).digits_only(),
    entry("phân khối", "cm³", Folded, Some((1, 6, "m³"))),
    entry("lít", "l", Folded, Some((1, 3, "m³"))),
    entry("lit", "l", Folded, Some((1, 3, "m³"))).digits_only(),
    entry("l", "l", Exact, Some((1, 3, "m³"))).digits_only(),
    entry("L", "l", Exact, Some((1, 3, "m³"))).digits_only(),
    entry("ml", "ml", Folded, Some((1, 6, "m³"))).digits_only(),
    entry("mililít", "ml", Folded, Some((1, 6, "m³"))),
    entry("gallon", "gal", Folded, Some((3_785_411_784, 12, "m³"))),
    // Mass
    entry("kg", "kg", Folded, Some((1, 0, "kg"))),
    entry("kilogram", "kg", Folded, Some((1, 0, "kg"))),
    entry("kilôgam", "kg", Folded, Some((1, 0, "kg"))),
    entry("ki-lô-gam", "kg", Folded, Some((1, 0, "kg"))),
    entry("ki-lô-gram", "kg", Folded, Some((1, 0, "kg"))),
    entry("g", "g", Exact, Some((1, 3, "kg"))).digits_only(),
    entry("gr", "g", Exact, Some((1, 3, "kg"))).digits_only(),
    entry("gram", "g", Folded, Some((1, 3, "kg"))),
    entry("gam", "g", Folded, Some((1, 3, "kg"))),
    entry("mg", "mg", Folded, Some((1, 6, "kg"))).digits_only(),
    entry("miligam", "mg", Folded, Some((1, 6, "kg"))),
    entry("microgam", "µg", Folded, Some((1, 9, "kg"))),
    entry("µg", "µg", Exact, Some((1, 9, "kg"))),
    entry("tấn", "t", Folded, Some((1000, 0, "kg"))),
    entry("tạ", "tạ", Folded, Some((100, 0, "kg"))).digits_only(),
    entry("pound", "lb", Folded, Some((45_359_237, 8, "kg"))),
    entry("ounce", "oz", Folded, Some((28_349_523_125, 12, "kg"))),
    entry("carat", "ct", Folded, Some((2, 4, "kg"))),
    entry("cara", "ct", Folded, Some((2, 4, "kg"))).digits_only(),
    // Speed and rotation
    entry("km/h", "km/h", Folded, None),
    entry("km/giờ", "km/h", Folded, None),
    entry("km / giờ", "km/h", Folded, None),
    entry("kilomet/giờ", "km/h", Folded, None),
    entry("km mỗi giờ", "km/h", Folded, None),
    entry("km một giờ", "km/h", Folded, None),
    entry("km/s", "km/s", Folded, Some((1000, 0, "m/s"))),
    entry("km/giây", "km/s", Folded, Some((1000, 0, "m/s"))),
    entry("m/s", "m/s", Folded, Some((1, 0, "m/s"))),
    entry("m/giây", "m/s", Folded, Some((1, 0, "m/s"))),
    entry("mét/giây", "m/s", Folded, Some((1, 0, "m/s"))),
    entry("dặm/giờ", "mph", Folded, Some((44_704, 5, "m/s"))),
    entry("dặm một giờ", "mph", Folded, Some((44_704, 5, "m/s"))),
    entry("dặm mỗi giờ", "mph", Folded, Some((44_704, 5, "m/s"))),
    entry("mph", "mph", Folded, Some((44_704, 5, "m/s"))),
    entry("hải lý/giờ", "kn", Folded, None),
    entry("vòng/phút", "rpm", Folded, None),
    entry("rpm", "rpm", Folded, None),
    entry("lít/100km", "l/100km", Folded, None),
    entry("lít/100 km", "l/100km", Folded, None),
    // Frequency, frames, picture
    entry("hz", "Hz", Folded, Some((1, 0, "Hz"))),
    entry("hertz", "Hz", Folded, Some((1, 0, "Hz"))),
    entry("khz", "kHz", Folded, Some((1000, 0, "Hz"))),
    entry("mhz", "MHz", Folded, Some((1_000_000, 0, "Hz"))),
    entry("megahertz", "MHz", Folded, Some((1_000_000, 0, "Hz"))),
    entry("ghz", "GHz", Folded, Some((1_000_000_000, 0, "Hz"))).small(),
    entry("gigahertz", "GHz", Folded, Some((1_000_000_000, 0, "Hz"))).small(),
    entry("thz", "THz", Folded, Some((1_000_000_000_000, 0, "Hz"))).small(),
    entry("fps", "fps", Folded, None),
    entry("khung hình/giây", "fps", Folded, None),
    entry("khung hình/ giây", "fps", Folded, None),
    entry("khung hình / giây", "fps", Folded, None),
    entry("khung hình mỗi giây", "fps", Folded, None),
    entry("khung hình trên giây", "fps", Folded, None),
    entry("hình/giây", "fps", Folded, None),
    entry("mp", "MP", Folded, Some((1_000_000, 0, "px"))),
    entry("mpx", "MP", Folded, Some((1_000_000, 0, "px"))),
    entry("mpix", "MP", Folded, Some((1_000_000, 0, "px"))),
    entry("megapixel", "MP", Folded, Some((1_000_000, 0, "px"))),
    entry("megapixels", "MP", Folded, Some((1_000_000, 0, "px"))),
    entry("mega pixel", "MP", Folded, Some((1_000_000, 0, "px"))),
    entry("\"chấm\"", "MP", Folded, Some((1_000_000, 0, "px"))).digits_only(),
    entry("chấm", "MP", Folded, Some((1_000_000, 0, "px"))).digits_only(),
    entry("pixel", "px", Folded, Some((1, 0, "px"))),
    entry("pixels", "px", Folded, Some((1, 0, "px"))),
    entry("px", "px", Exact, Some((1, 0, "px"))),
    entry("điểm ảnh", "px", Folded, Some((1, 0, "px"))),
    entry("ppi", "ppi", Folded, None),
    entry("dpi", "dpi", Folded, None),
    entry("pixel/inch", "ppi", Folded, None),
    entry("điểm ảnh/inch", "ppi", Folded, None),
    entry("điểm ảnh trên inch", "ppi", Folded, None),
    entry("điểm ảnh trên mỗi inch", "ppi", Folded, None),
    entry("pixel trên mỗi inch", "ppi", Folded, None),
    // Electricity, energy, power
    entry("mah", "mAh", Folded, Some((36, 1, "C"))),
    entry("ah", "Ah", Exact, Some((3600, 0, "C"))).digits_only(),
    entry("Ah", "Ah", Exact, Some((3600, 0, "C"))),
    entry("wh", "Wh", Folded, Some((3600, 0, "J"))),
    entry("kwh", "kWh", Folded, Some((3_600_000, 0, "J"))),
    entry("mwh", "MWh", Folded, Some((3_600_000_000, 0, "J"))),
    entry("gwh", "GWh", Folded, Some((3_600_000_000_000, 0, "J"))),
    entry("gigawatt-giờ", "GWh", Folded, Some((3_600_000_000_000, 0, "J"))),
    entry("kilowatt-giờ", "kWh", Folded, Some((3_600_000, 0, "J"))),
    entry("twh", "TWh", Folded, Some((3_600_000_000_000_000, 0, "J"))),
    entry("w", "W", Folded, Some((1, 0, "W"))).digits_only(),
    entry("watt", "W", Folded, Some((1, 0, "W"))),
    entry("watts", "W", Folded, Some((1, 0, "W"))),
    entry("oát", "W", Folded, Some((1, 0, "W"))),
    entry("mW", "mW", Exact, Some((1, 3, "W"))).digits_only(),
    entry("kw", "kW", Folded, Some((1000, 0, "W"))),
    entry("kilowatt", "kW", Folded, Some((1000, 0, "W"))),
    entry("MW", "MW", Exact, Some((1_000_000, 0, "W"))),
    entry("megawatt", "MW", Folded, Some((1_000_000, 0, "W"))),
    entry("gw", "GW", Folded, Some((1_000_000_000, 0, "W"))),
    entry("gigawatt", "GW", Folded, Some((1_000_000_000, 0, "W"))),
    entry("mã lực", "hp", Folded, None),
    entry("hp", "hp", Folded, None).digits_only(),
    entry("v", "V", Folded, Some((1, 0, "V"))).digits_only(),
    entry("vôn", "V", Folded, Some((1, 0, "V"))),
    entry("volt", "V", Folded, Some((1, 0, "V"))),
    entry("kv", "kV", Folded, Some((1000, 0, "V"))).digits_only(),
    entry("mV", "mV", Exact, Some((1, 3, "V"))).digits_only(),
    entry("A", "A", Exact, Some((1, 0, "A"))).digits_only(),
    entry("ampe", "A", Folded, Some((1, 0, "A"))),
    entry("mA", "mA", Exact, Some((1, 3, "A"))).digits_only(),
    entry("calo", "cal", Folded, Some((4184, 3, "J"))),
    entry("kcal", "kcal", Folded, Some((4184, 0, "J"))),
    entry("joule", "J", Folded, Some((1, 0, "J"))),
    // Light, sound, force, pressure
    entry("nit", "nit", Folded, Some((1, 0, "cd/m²"))),
    entry("nits", "nit", Folded, Some((1, 0, "cd/m²"))),
    entry("cd/m2", "cd/m²", Folded, Some((1, 0, "cd/m²"))),
    entry("lumen", "lm", Folded, Some((1, 0, "lm"))),
    entry("lumens", "lm", Folded, Some((1, 0, "lm"))),
    entry("lux", "lx", Folded, Some((1, 0, "lx"))),
    entry("db", "dB", Folded, None).digits_only(),
    entry("decibel", "dB", Folded, None),
    entry("Nm", "Nm", Exact, Some((1, 0, "Nm"))),
    entry("N.m", "Nm", Exact, Some((1, 0, "Nm"))),
    entry("newton", "N", Folded, Some((1, 0, "N"))),
    entry("bar", "bar", Exact, Some((100_000, 0, "Pa"))).digits_only(),
    entry("atm", "atm", Exact, Some((101_325, 0, "Pa"))).digits_only(),
    entry("psi", "psi", Folded, None).digits_only(),
    entry("hpa", "hPa", Folded, Some((100, 0, "Pa"))).digits_only(),
    entry("mpa", "MPa", Folded, Some((1_000_000, 0, "Pa"))).digits_only(),
    // Temperature and angle
    entry("độ c", "°C", Folded, None),
    entry("độ celsius", "°C", Folded, None),
    entry("độ bách phân", "°C", Folded, None),
    entry("°c", "°C", Folded, None),
    entry("ºc", "°C", Folded, None),
    entry("oC", "°C", Exact, None).digits_only(),
    entry("độ f", "°F", Folded, None),
    entry("°f", "°F", Folded, None),
    entry("độ kelvin", "K", Folded, Some((1, 0, "K"))),
    entry("độ k", "K", Folded, Some((1, 0, "K"))),
    entry("độ richter", "Richter", Folded, None),
    entry("độ rích-te", "Richter", Folded, None),
    entry("độ", "°", Folded, None).digits_only(),
    entry("°", "°", Exact, None).digits_only(),
    // Computing speed
    entry("gigaflop", "GFLOPS", Folded, None),
    entry("gigaflops", "GFLOPS", Folded, None),
    entry("gflops", "GFLOPS", Folded, None),
    entry("teraflop", "TFLOPS", Folded, None),
    entry("teraflops", "TFLOPS", Folded, None),
    entry("tflop", "TFLOPS", Folded, None),
    entry("tflops", "TFLOPS", Folded, None),
    entry("petaflop", "PFLOPS", Folded, None),
    entry("petaflops", "PFLOPS", Folded, None),
    entry("pflops", "PFLOPS", Folded, None),
    entry("exaflop", "EFLOPS", Folded, None),
    entry("exaflops", "EFLOPS", Folded, None),
];

/// The entries of each first byte as a chain: where it starts, and where it
/// goes on behind each entry. [`END`] ends it.
static CHAINS: ([u16; 256], [u16; UNITS.len()]) = chains();

const END: u16 = u16::MAX;

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "computed by the compiler: what does not fit would not compile"
)]
const fn chains() -> ([u16; 256], [u16; UNITS.len()]) {
    let mut first = [END; 256];
    let mut next = [END; UNITS.len()];
    let mut i = UNITS.len();
    while i > 0 {
        i -= 1;
        let byte = UNITS[i].written.as_bytes()[0].to_ascii_lowercase() as usize;
        next[i] = first[byte];
        first[byte] = i as u16;
    }
    (first, next)
}

/// The entries that start with these two bytes, in either case, and those of
/// one byte.
fn entries_from(first: u8, second: u8) -> impl Iterator<Item = &'static Entry> {
    // "Đ" and "đ" differ in their second byte only; other capitals beyond ASCII open no unit.
    let mut index = CHAINS.0.get(usize::from(first.to_ascii_lowercase())).copied().unwrap_or(END);
    let chain = std::iter::from_fn(move || {
        let entry = UNITS.get(usize::from(index))?;
        index = CHAINS.1.get(usize::from(index)).copied().unwrap_or(END);
        Some(entry)
    });
    chain.filter(move |entry| entry.written.as_bytes().get(1).is_none_or(|b| (b ^ second) & 0xDE == 0))
}

/// Words that make "độ" the head of something else: "2 độ tuổi".
const NOT_DEGREES: &[&str] = &["tuổi", "phân", "bền", "sáng", "trễ", "khó", "dài", "cao", "dày", "mỏng", "nét"];

/// The longest unit at `at`, which is behind a number and its blanks.
pub(super) fn unit(text: &str, at: usize) -> Option<Unit> {
    let table = entries_from(byte(text, at), byte(text, at.saturating_add(1)))
        .filter_map(|entry| matches(entry, text, at).map(|end| (entry, end)))
        .max_by_key(|(_, end)| *end);
    let data = data_unit(text, at);
    match (table, data) {
        (Some((entry, end)), data) if data.as_ref().is_none_or(|unit| unit.end < end) => {
            let next = next_word(text, end);
            let other_word = match entry.written {
                "độ" => NOT_DEGREES.contains(&next.as_str()),
                "tấn" => matches!(next.as_str(), "công"),
                "gam" | "chấm" => matches!(next.as_str(), "màu" | "dứt" | "điểm"),
                _ => false,
            };
            if other_word {
                return None;
            }
            Some(Unit { symbol: entry.symbol.into(), end, small: entry.small, after_words: entry.after_words, factor: entry.factor })
        }
        (_, data) => data,
    }
}

/// The end of `entry` at `at`, where it stands there as a whole word.
fn matches(entry: &Entry, text: &str, at: usize) -> Option<usize> {
    let end = match entry.case {
        Exact => slice(text, at..text.len()).starts_with(entry.written).then(|| at.saturating_add(entry.written.len()))?,
        Folded => starts_with_folded(text, at, entry.written)?,
    };
    // "″" and "°" may stand before a letter; everything else ends a word.
    let ends = is_word_end(text, end) || !entry.written.ends_with(char::is_alphanumeric);
    ends.then_some(end)
}

fn starts_with_folded(text: &str, at: usize, written: &str) -> Option<usize> {
    let mut end = at;
    let mut chars = text.get(at..)?.chars();
    for expected in written.chars() {
        let c = chars.next()?;
        if c != expected && lower_letter(c) != Some(expected) {
            return None;
        }
        end = end.saturating_add(c.len_utf8());
    }
    Some(end)
}

/// Units of data and data rate, composed: a prefix, byte or bit, "per second".
fn data_unit(text: &str, at: usize) -> Option<Unit> {
    if !matches!(byte(text, at) | 0x20, b'k' | b'm' | b'g' | b't' | b'p' | b'e' | b'z' | b'b') {
        return None;
    }
    named_data_unit(text, at).or_else(|| {
        let (power, prefix) = match byte(text, at) {
            b'k' | b'K' => (3, "k"),
            b'm' | b'M' => (6, "M"),
            b'g' | b'G' => (9, "G"),
            b't' | b'T' => (12, "T"),
            b'P' => (15, "P"),
            b'E' => (18, "E"),
            b'Z' => (21, "Z"),
            _ => return None,
        };
        let kind = byte(text, at.saturating_add(1));
        // "gb", "mb": nobody means bits by all-small letters; "mB" neither.
        let bits = kind == b'b' && byte(text, at).is_ascii_uppercase() || slice(text, at.saturating_add(1)..at.saturating_add(4)) == "bit";
        let end =
            if slice(text, at.saturating_add(1)..at.saturating_add(4)) == "bit" { at.saturating_add(4) } else { at.saturating_add(2) };
        (kind == b'b' || kind == b'B').then(|| data(text, end, power, prefix, bits))?
    })
}

/// "gigabyte", "terabit", "byte".
fn named_data_unit(text: &str, at: usize) -> Option<Unit> {
    const PREFIXES: [(&str, u8, &str); 8] = [
        ("kilo", 3, "k"),
        ("mega", 6, "M"),
        ("giga", 9, "G"),
        ("tera", 12, "T"),
        ("peta", 15, "P"),
        ("exa", 18, "E"),
        ("zetta", 21, "Z"),
        ("", 0, ""),
    ];
    let first = byte(text, at).to_ascii_lowercase();
    let mut may_be = PREFIXES.iter().filter(|(name, ..)| name.bytes().next().is_none_or(|byte| byte == first));
    may_be.find_map(|(name, power, prefix)| {
        let at = starts_with_folded(text, at, name)?;
        let bits = starts_with_folded(text, at, "bit").filter(|_| *power > 0);
        let bytes = starts_with_folded(text, at, "bytes").or_else(|| starts_with_folded(text, at, "byte"));
        data(text, bits.or(bytes)?, *power, prefix, bits.is_some())
    })
}

/// Finishes a unit of data whose base ends at `at`: "GB", "Gbps", "MB/giây".
fn data(text: &str, at: usize, power: u8, prefix: &str, bits: bool) -> Option<Unit> {
    const RATES: [&str; 7] = ["ps", "/s", "/giây", "/ giây", " / giây", " mỗi giây", " trên giây"];
    let rate = RATES.iter().find_map(|rate| starts_with_folded(text, at, rate)).filter(|end| is_word_end(text, *end));
    let end = rate.unwrap_or(at);
    if !is_word_end(text, end) {
        return None;
    }
    // "100 Mbps" and "100 mbps" are bits whatever the case of the b.
    let bits = bits
        || (rate.is_some()
            && slice(text, at..at.saturating_add(2)).eq_ignore_ascii_case("ps")
            && slice(text, at.saturating_sub(1)..at) == "b");
    let one = 10i128.checked_pow(u32::from(power))?;
    let (digits, scale) = if bits { (one.checked_mul(125)?, 3) } else { (one, 0) };
    let symbol = format!("{prefix}{}{}", if bits { "b" } else { "B" }, if rate.is_some() { if bits { "ps" } else { "/s" } } else { "" });
    let si = if rate.is_some() { "B/s" } else { "B" };
    Some(Unit { symbol, end, small: power >= 12, after_words: true, factor: Some((digits, scale, si)) })
}

/// The place of the unit behind a number: after blanks, or after one hyphen
/// ("5-inch", "15 - inch"), where only a unit of several letters may follow.
pub(super) fn after_number(text: &str, at: usize) -> Option<Unit> {
    let place = skip_blanks(text, at);
    if byte(text, place) == b'-' {
        let behind = skip_blanks(text, place.saturating_add(1));
        let spaced = place > at || behind > place.saturating_add(1);
        return unit(text, behind).filter(|unit| unit.end.saturating_sub(behind) > 1 && (!spaced || unit.symbol == "inch"));
    }
    let found = unit(text, place)?;
    let written = slice(text, place..found.end);
    // "1A" and "5 A" number roads and classes: only "2,4A" is surely a current.
    let label = match written {
        "A" => place > at || !is_fraction(text, at),
        "v" | "L" | "w" => place > at,
        _ => false,
    };
    // "V-League", "V.League"
    let name = written.len() == 1
        && matches!(byte(text, found.end), b'-' | b'.')
        && char_at(text, found.end.saturating_add(1)).is_some_and(|c| c.is_alphabetic());
    (!label && !name).then_some(found)
}

/// Whether the number that ends at `at` has a decimal part of one or two digits.
fn is_fraction(text: &str, at: usize) -> bool {
    let sign = |back: usize| {
        at.checked_sub(back)
            .is_some_and(|place| matches!(byte(text, place), b'.' | b',') && byte(text, place.saturating_add(1)).is_ascii_digit())
    };
    sign(2) || sign(3)
}
