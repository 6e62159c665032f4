//! The cases of `fixtures/cases/links.tsv` and what they cannot say.

use super::*;
use crate::entity::pattern;
use crate::sentence;
use crate::testing::{Failures, Row, marked, rows};
use crate::token::{self, Token};
use std::fmt::Write as _;

/// A text whose mentions are marked as `[text|kind]`.
struct Marked {
    text: String,
    mentions: Vec<FoundMention>,
}

fn kind_of(name: &str) -> EntityKind {
    let json = format!("\"{name}\"");
    serde_json::from_str(&json).unwrap_or_else(|_| panic!("no such kind: {name}"))
}

fn read(cell: &str) -> Marked {
    let (text, marks) = marked(cell);
    let mention = |(start, end, kind)| FoundMention { start, end, kind: kind_of(kind), value: None };
    let mut mentions = marks.into_iter().map(mention).collect::<Vec<_>>();
    give_values(&text, &mut mentions);
    Marked { text, mentions }
}

fn give_values(text: &str, mentions: &mut [FoundMention]) {
    let mut found = Vec::new();
    pattern::find_in(text, &mut found);
    for number in found {
        if let Some(mention) = mentions.iter_mut().find(|m| m.start == number.start && m.end == number.end) {
            mention.value = Some(number.value);
        }
    }
}

fn link_marked(marked: &Marked, role: Role, published: Option<Date>) -> Vec<Entity> {
    let mut tokens: Vec<Token> = Vec::new();
    token::tokenize(&marked.text, &mut tokens);
    let mut sentences = Vec::new();
    sentence::split(&marked.text, &tokens, 0..tokens.len(), &mut sentences);
    let roles = vec![role; sentences.len()];
    let view = View { text: &marked.text, tokens: &tokens, ids: &[], continues: &[], sentences: &sentences };
    let mut written = Written::default();
    written.read(&marked.text, &marked.mentions);
    let linking = Linking { view, mentions: &marked.mentions, written: &written, roles: &roles, titles: None, published };
    link(&linking, Span::new, |span| span.of(&marked.text).to_owned())
}

/// The entities as the table writes them.
fn shown(marked: &Marked, mut entities: Vec<Entity>) -> String {
    entities.sort_by_key(|e| e.id);
    let all: Vec<String> = entities.iter().filter_map(|e| shown_entity(marked, e)).collect();
    if all.is_empty() { "-".to_owned() } else { all.join(" / ") }
}

fn shown_entity(marked: &Marked, entity: &Entity) -> Option<String> {
    let mut forms: Vec<String> = Vec::new();
    for mention in &entity.mentions {
        let Some(rule) = mention.link else { continue };
        let rule = serde_json::to_string(&rule).expect("a rule has a name");
        let form = format!("{}:{}", mention.span.of(&marked.text), rule.trim_matches('"'));
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    let mut out = entity.name.clone();
    if !forms.is_empty() {
        let _ = write!(out, " = {}", forms.join(", "));
    }
    if let Some(title) = &entity.title {
        let _ = write!(out, "; title={title}");
    }
    if let Some(tie) = &entity.affiliation {
        let _ = write!(out, "; of={}", tie.name);
    }
    (out != entity.name).then_some(out)
}

#[test]
fn links_as_people_make_them() {
    let mut failures = Failures::default();
    for row in rows("links.tsv") {
        let marked = read(row.cell(0));
        let published = Some(row.cell(3)).filter(|c| !c.is_empty()).map(|c| c.parse().expect("a date"));
        let entities = link_marked(&marked, Role::Body, published);
        check_promises(&row, &marked, &entities);
        failures.check(&row, row.cell(1), &shown(&marked, entities));
    }
    failures.finish("Look at the rules in src/entity/link/ and the lists in src/lexicon/.");
}

/// What holds of all entities.
fn check_promises(row: &Row, marked: &Marked, entities: &[Entity]) {
    let place = &row.place;
    let mut ids: Vec<usize> = entities.iter().map(|e| e.id).collect();
    assert!(entities.is_sorted_by_key(|e| (std::cmp::Reverse(e.salience), e.id)), "{place}: not by salience");
    ids.sort_unstable();
    assert!(ids.iter().copied().eq(0..ids.len()), "{place}: ids have gaps");
    let count: usize = entities.iter().map(|e| e.mentions.len()).sum();
    assert_eq!(count, marked.mentions.len(), "{place}: mentions were lost");
    for entity in entities {
        let persons = entity.mentions.iter().filter(|m| m.kind == EntityKind::Person).count();
        assert!(persons == 0 || persons == entity.mentions.len(), "{place}: a person is something else");
        assert!(entity.mentions.is_sorted_by_key(|m| m.span.start), "{place}: mentions not in order");
        for mention in &entity.mentions {
            assert_eq!(mention.link.is_none(), mention.span.of(&marked.text) == entity.name, "{place}: {}", entity.name);
        }
        if let Some(tie) = &entity.affiliation {
            let other = entities.iter().find(|e| e.id == tie.entity).expect("a tie leads to an entity");
            assert_eq!(other.name, tie.name, "{place}");
        }
    }
}

#[test]
fn the_most_frequent_kind_is_the_entitys() {
    let marked = read("[Zalo|product] có mã thanh toán. [Zalo|organization] báo lãi. [Zalo|organization] tuyển người.");
    let entities = link_marked(&marked, Role::Body, None);
    assert_eq!(entities.len(), 1);
    assert_eq!(entities[0].kind, EntityKind::Organization);
    assert_eq!(entities[0].mentions[0].kind, EntityKind::Product);
}

#[test]
fn a_tie_says_where_it_stands() {
    let marked = read("Hôm qua, CEO [Satya Nadella|person] của [Microsoft|organization] tới thăm.");
    let entities = link_marked(&marked, Role::Body, None);
    let tie = entities.iter().find_map(|e| e.affiliation.as_ref()).expect("a tie");
    assert_eq!(tie.span.of(&marked.text), "CEO Satya Nadella của Microsoft");
}

#[test]
fn dates_resolve_against_the_publication() {
    let marked = read("Doanh thu [năm ngoái|date] tăng.");
    let value = |published| serde_json::to_string(&link_marked(&marked, Role::Body, published)[0].value).expect("a value");
    assert!(value(Date::new(2017, 8, 25)).contains("2016"));
    assert!(value(None).contains("\"offset\":-1"));
}

#[test]
fn names_lie_above_numbers() {
    let marked = read("[5 tỷ USD|money] là giá. [5 tỷ USD|money] là nhiều. [5 tỷ USD|money] đó thuộc về [Apple|organization].");
    let entities = link_marked(&marked, Role::Title, None);
    assert_eq!(entities[0].name, "Apple");
    let one = 1 << 16;
    assert!(entities.iter().all(|e| (0..=one).contains(&e.salience.units())));
}

#[test]
fn signatures_are_not_meant() {
    let marked = read("[Nguyễn Văn Minh|person] kiện. Ông [Minh|person] thắng.\n[Hoài Minh|person]");
    let mut tokens: Vec<Token> = Vec::new();
    token::tokenize(&marked.text, &mut tokens);
    let mut sentences = Vec::new();
    sentence::split(&marked.text, &tokens, 0..tokens.len(), &mut sentences);
    let roles = [Role::Body, Role::Body, Role::Boilerplate];
    let view = View { text: &marked.text, tokens: &tokens, ids: &[], continues: &[], sentences: &sentences };
    let mut written = Written::default();
    written.read(&marked.text, &marked.mentions);
    let linking = Linking { view, mentions: &marked.mentions, written: &written, roles: &roles, titles: None, published: None };
    let entities = link(&linking, Span::new, |span| span.of(&marked.text).to_owned());
    assert_eq!(shown(&marked, entities), "Nguyễn Văn Minh = Minh:short_form");
}

/// Texts made to have many of what a rule looks at; each must be done in a
/// time that only near-linear work reaches.
#[test]
fn many_mentions_take_linear_time() {
    let patterns: [&dyn Fn(usize) -> String; 6] = [
        &|i| format!("Ông [Nguyễn Văn S{i}|person] gặp ông [Sơn|person], CEO [Công ty S{i}|organization]. "),
        &|i| format!("[Trần A{i} Sơn|person] gặp [Sơn|person]. "),
        &|i| format!("[Ngân hàng N{i}|organization] ([NCB|organization]) "),
        &|i| format!("[Samsung Galaxy S{i}|product] [S{i}|product] "),
        &|i| format!("[A{} B{} C|organization] [ABC|organization] ", i % 100, i / 100),
        &|i| format!("CEO kiêm giám đốc [Công ty Sao|organization] [X{i} Sao|person], "),
    ];
    for pattern in patterns {
        let cell: String = (0..12_000).map(pattern).collect();
        let marked = read(&cell);
        let entities = link_marked(&marked, Role::Body, None);
        assert!(!entities.is_empty());
    }
}

#[test]
fn nothing_gives_nothing() {
    assert!(link_marked(&read(""), Role::Body, None).is_empty());
    assert!(link_marked(&read("không có tên nào"), Role::Body, None).is_empty());
    assert_eq!(link_marked(&read("[...|organization] [–|person]"), Role::Body, None).len(), 2);
}
