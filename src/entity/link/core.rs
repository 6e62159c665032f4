//! The part of a name that tells it from others.
//!
//! "Tập đoàn FPT", "FPT Corp." and "FPT" share the core "fpt": a company by
//! any other word. "Ngân hàng Phương Đông" is "Phương Đông" too, unless
//! something else is; "Samsung Electronics" is not "Samsung".

use super::group::{Candidates, Groups};
use super::hashing::TextMap;
use super::name::{Class, Name, Names};
use super::words::{BUSINESS_FIELDS, COMPANY_FORMS, INSTITUTION_HEADS, spaces, syllables};
use crate::entity::LinkRule;
use crate::span::slice;
use std::borrow::Cow;

/// Abbreviations inside names, spelled out.
#[rustfmt::skip]
fn in_full(syllable: &str) -> Option<&'static str> {
    Some(match syllable {
        "bv" => "bệnh viện",
        "cp" => "cổ phần",
        "ctcp" => "công ty cổ phần",
        "cty" => "công ty",
        "mtv" => "một thành viên",
        "tct" => "tổng công ty",
        "tmcp" => "thương mại cổ phần",
        "tnhh" => "trách nhiệm hữu hạn",
        "tp" => "thành phố",
        "ubnd" => "uỷ ban nhân dân",
        "đh" => "đại học",
        _ => return None,
    })
}

/// What stands behind a company's name and says no more than that it is one.
const COMPANY_TAILS: &[&str] = &["inc", "corp", "corporation", "ltd", "co ltd", "co", "llc", "plc", "gmbh", "jsc", "group", "holdings"];

/// Cities of the rank of a province: the city is all that has the name.
const CITIES: &[&str] = &["cần thơ", "hà nội", "hải phòng", "hồ chí minh", "hcm", "đà nẵng"];

/// Heads of what is a part of the organization named behind: "Văn phòng Chính
/// phủ" is not "Chính phủ".
const HEADS_OF_PARTS: &[&str] = &["ban", "ban quản lý", "chi nhánh", "cửa hàng", "hội đồng", "khoa", "phòng", "văn phòng"];

/// Joins names of one core, then those that differ in a head such as "Ngân
/// hàng" if only one other has it.
pub(super) fn join(names: &Names, groups: &mut Groups) {
    let cores: Vec<Cow<'_, str>> = names.list.iter().map(core).collect();
    // The first name of each core that is not itself a name.
    let mut by_core: TextMap<(Class, &str), usize> = TextMap::default();
    for (i, (name, core)) in names.list.iter().zip(&cores).enumerate().filter(|(_, (n, core))| **core != n.spelled) {
        let other = names.find(name.class, core).unwrap_or_else(|| *by_core.entry((name.class, core)).or_insert(i));
        join_by_length(names, groups, i, other);
    }
    let mut candidates = Candidates::default();
    for (long, (name, core)) in names.list.iter().zip(&cores).enumerate().filter(|(_, (n, _))| n.class == Class::Thing && n.syllables > 1) {
        let Some(rest) = without_institution(name, core) else { continue };
        // "Đại học Hà Nội" is not "Hà Nội".
        if names.find(Class::Place, rest).is_some() {
            continue;
        }
        if let Some(short) = names.find(Class::Thing, rest).or_else(|| by_core.get(&(Class::Thing, rest)).copied()) {
            candidates.add(short, long);
        }
    }
    candidates.join_unique(names, groups, LinkRule::ShortForm);
}

/// The shorter name is the one that was joined.
fn join_by_length(names: &Names, groups: &mut Groups, a: usize, b: usize) {
    let length = |i: usize| names.list.get(i).map_or((0, 0), |n| (n.syllables, n.spelled.len()));
    let (short, long) = if length(a) <= length(b) { (a, b) } else { (b, a) };
    groups.join(short, long, LinkRule::ShortForm);
}

/// The name without what says only that it is a company or a city.
fn core(name: &Name) -> Cow<'_, str> {
    let spelled = match name.class {
        Class::Thing | Class::Place if name.syllables > 1 || name.spelled == "tphcm" => spelled_out(&name.spelled),
        _ => return Cow::Borrowed(&name.spelled),
    };
    if name.class == Class::Place {
        return without_city(spelled);
    }
    let bare = without_tail(without_company(&spelled));
    // What is left of "Công ty Điện tử" is no name.
    if bare.len() == spelled.len() || BUSINESS_FIELDS.contains(bare) { spelled } else { Cow::Owned(bare.to_owned()) }
}

/// The name with its abbreviations spelled out; one that is an abbreviation
/// from end to end stays.
pub(super) fn spelled_out(spelled: &str) -> Cow<'_, str> {
    if spaces(spelled).next().is_none() || !syllables(spelled).any(|s| in_full(s).is_some()) {
        return Cow::Borrowed(spelled);
    }
    let all: Vec<&str> = syllables(spelled).map(|s| in_full(s).unwrap_or(s)).collect();
    Cow::Owned(all.join(" "))
}

fn without_company(mut name: &str) -> &str {
    while let Some(rest) = COMPANY_FORMS.after(name) {
        name = rest;
    }
    name
}

fn without_tail(mut name: &str) -> &str {
    while let Some((rest, _)) = name.rsplit_once(' ').filter(|(_, tail)| COMPANY_TAILS.contains(tail)) {
        name = rest;
    }
    name
}

fn without_city(spelled: Cow<'_, str>) -> Cow<'_, str> {
    let city = match spelled.as_ref() {
        "tphcm" => Some("hồ chí minh"),
        name => name.strip_prefix("thành phố ").filter(|rest| CITIES.contains(rest)),
    };
    match city {
        Some("hcm") => Cow::Borrowed("hồ chí minh"),
        Some(city) => Cow::Owned(city.to_owned()),
        None => spelled,
    }
}

/// What follows the head of an institution or the fields of a company.
fn without_institution<'n>(name: &Name, core: &'n str) -> Option<&'n str> {
    if let Some(rest) = INSTITUTION_HEADS.after(core) {
        let head = slice(core, 0..core.len() - rest.len() - 1);
        return (!HEADS_OF_PARTS.contains(&head)).then_some(rest);
    }
    let is_company = core.len() < name.spelled.len() || name.syllables > 1 && COMPANY_FORMS.after(&name.spelled).is_some();
    let mut rest = core;
    while let Some(shorter) = BUSINESS_FIELDS.after(rest.strip_prefix("và ").unwrap_or(rest)) {
        rest = shorter;
    }
    (is_company && rest.len() < core.len()).then_some(rest)
}

/// What follows the head of a company or institution, and whether there is
/// one: "Bộ Thông tin và Truyền thông" gives "thông tin và truyền thông".
pub(super) fn after_head(spelled: &str) -> Option<&str> {
    INSTITUTION_HEADS.after(spelled).or_else(|| {
        let rest = without_company(spelled);
        (rest.len() < spelled.len()).then_some(rest)
    })
}

/// Whether these words say no more than what kind of organization follows:
/// "công ty", "hãng bảo mật".
pub(super) fn is_generic(words: &str) -> bool {
    let is_head = |w: &str| COMPANY_FORMS.contains(w) || INSTITUTION_HEADS.contains(w);
    if is_head(words) {
        return true;
    }
    crate::work::count(words.len());
    let heads = spaces(words).filter(|at| is_head(slice(words, 0..*at)));
    heads.map(|at| slice(words, at + 1..words.len())).any(are_fields)
}

/// Whether these words are fields of business, one after another.
pub(super) fn are_fields(words: &str) -> bool {
    crate::work::count(words.len());
    let mut rest = words;
    while !BUSINESS_FIELDS.contains(rest) {
        match BUSINESS_FIELDS.after(rest.strip_prefix("và ").unwrap_or(rest)) {
            Some(shorter) => rest = shorter,
            None => return false,
        }
    }
    true
}
