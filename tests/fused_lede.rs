//! The traps of `fixtures/articles/fused-lede`, one by one. It is shaped like the
//! article this library was begun for: one line, no mark between title and lede,
//! no space between lede and body, a caption in the running text, openings that
//! refer back, a credit at the end. What stands here is what is right, by
//! `gold.json`; it never changes to please the library.

#![cfg(feature = "builtin-model")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::LazyLock;
use tomtat::value::{DateValue, Value};
use tomtat::{Analysis, Article, Date, Entity, EntityKind, LinkRule, Role, Sentence, Summarizer};

const TITLE: &str = "Google bất ngờ qua mặt Amazon trong cuộc đua giành khách hàng đám mây";
const LEDE: &str = "Google vừa ký được thỏa thuận độc quyền với sàn bán lẻ trực tuyến đông người dùng nhất Indonesia.";
const CAPTION: &str = "CEO Thomas Kurian của Google Cloud và nhà sáng lập kiêm CEO Bagas Wiratama của Pasarindo.";
const CREDIT: &str = "Theo: TechCrunch";

static TEXT: LazyLock<String> = LazyLock::new(|| {
    let fixture = common::fixtures().into_iter().find(|f| f.slug == "fused-lede").unwrap();
    // Copies made by editors end with a line end, the article does not.
    fixture.text.trim_end().to_owned()
});

static PUBLISHED: LazyLock<Date> = LazyLock::new(|| Date::new(2019, 6, 14).unwrap());

static ANALYSIS: LazyLock<Analysis> = LazyLock::new(|| Summarizer::new().analyze(Article::new(&TEXT).published(*PUBLISHED)));

fn sentence(text: &str) -> &'static Sentence {
    let found = ANALYSIS.sentences.iter().find(|s| s.text == text);
    let texts: Vec<&str> = ANALYSIS.sentences.iter().map(|s| s.text.as_str()).collect();
    found.unwrap_or_else(|| panic!("no sentence {text:?} among\n{}", texts.join("\n")))
}

fn is_chosen(text: &str) -> bool {
    ANALYSIS.chosen.contains(&sentence(text).index)
}

fn entity(name: &str) -> &'static Entity {
    let names: Vec<&str> = ANALYSIS.summary.entities.iter().map(|e| e.name.as_str()).collect();
    ANALYSIS.summary.entities.iter().find(|e| e.name == name).unwrap_or_else(|| panic!("no entity {name:?} among {names:?}"))
}

#[test]
fn the_article_is_one_line() {
    assert!(!TEXT.contains('\n'), "the fixture has lost its shape");
}

#[test]
fn title_and_lede_come_apart_without_a_mark() {
    assert_eq!(sentence(TITLE).role, Role::Title);
    assert_eq!(sentence(LEDE).role, Role::Lede);
    assert_eq!(ANALYSIS.summary.title.as_deref(), Some(TITLE));
    assert_eq!(ANALYSIS.summary.lede.as_deref(), Some(LEDE));
}

#[test]
fn the_glued_full_stop_ends_a_sentence() {
    assert!(TEXT.contains("Indonesia.Google"), "the fixture has lost its shape");
    let body = ANALYSIS.sentences.get(sentence(LEDE).index + 1).unwrap();
    assert!(body.text.starts_with("Google bất ngờ qua mặt đối thủ") && body.text.ends_with("Đông Nam Á."), "{body:?}");
    assert_eq!(body.role, Role::Body);
}

#[test]
fn the_caption_is_one_and_stays_out() {
    assert_eq!(sentence(CAPTION).role, Role::Caption);
    assert!(!is_chosen(CAPTION));
}

#[test]
fn the_credit_is_boilerplate_and_stays_out() {
    assert_eq!(sentence(CREDIT).role, Role::Boilerplate);
    assert!(!is_chosen(CREDIT));
}

#[test]
fn the_rest_is_body() {
    for sentence in &ANALYSIS.sentences {
        let role = match sentence.text.as_str() {
            TITLE => Role::Title,
            LEDE => Role::Lede,
            CAPTION => Role::Caption,
            CREDIT => Role::Boilerplate,
            _ => Role::Body,
        };
        assert_eq!(sentence.role, role, "{:?} (cue: {})", sentence.text, sentence.cue);
    }
    assert_eq!(ANALYSIS.sentences.len(), 18);
}

#[test]
fn three_sentences_are_chosen_from_lede_and_body() {
    let chosen = &ANALYSIS.summary.sentences;
    assert_eq!(chosen.len(), 3);
    assert!(chosen.iter().all(|s| matches!(s.role, Role::Lede | Role::Body)), "{chosen:?}");
    assert!(!ANALYSIS.summary.fallback && !ANALYSIS.summary.over_budget && !ANALYSIS.summary.language_doubtful);
}

/// Share of the different words of the shorter sentence that the other has too.
fn common_words(a: &str, b: &str) -> f64 {
    let words = |text: &str| -> std::collections::BTreeSet<String> {
        text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    let (a, b) = (words(a), words(b));
    a.intersection(&b).count() as f64 / a.len().min(b.len()).max(1) as f64
}

#[test]
fn no_chosen_sentence_repeats_another() {
    let chosen = &ANALYSIS.summary.sentences;
    for (i, a) in chosen.iter().enumerate() {
        for b in chosen.iter().skip(i + 1) {
            let share = common_words(&a.text, &b.text);
            assert!(share < 0.6, "{:.0}% of the words are the same:\n{}\n{}", 100.0 * share, a.text, b.text);
        }
    }
}

#[test]
fn no_chosen_sentence_refers_to_one_left_out() {
    const DANGLING: &[&str] =
        &["Thỏa thuận giữa 2 công ty", "Cũng chính vì vậy", "Ông cũng", "Tuy nhiên", "Bước tiếp theo", "Về phần mình", "Đó là"];
    for opening in DANGLING {
        let written = ANALYSIS.sentences.iter().filter(|s| s.text.starts_with(opening)).count();
        assert_eq!(written, 1, "the fixture has lost its trap {opening:?}");
    }
    for sentence in &ANALYSIS.summary.sentences {
        let opens = DANGLING.iter().any(|opening| sentence.text.starts_with(opening));
        assert!(!opens, "a summary that begins anew with {:?}", sentence.text);
    }
}

#[test]
fn the_summary_says_who_won_whom_from_whom() {
    for name in ["Google", "Pasarindo", "Amazon"] {
        assert!(ANALYSIS.summary.text.contains(name), "no {name} in {:?}", ANALYSIS.summary.text);
    }
}

#[test]
fn every_entity_has_its_kind() {
    use EntityKind::{Location, Organization, Person, Product};
    let expected = [
        ("Google", Organization),
        ("Amazon", Organization),
        ("Amazon Web Services", Organization),
        ("Pasarindo", Organization),
        ("Alibaba Cloud", Organization),
        ("TechCrunch", Organization),
        ("Thomas Kurian", Person),
        ("Bagas Wiratama", Person),
        ("Indonesia", Location),
        ("Đông Nam Á", Location),
        ("Jakarta", Location),
        ("Mountain View", Location),
        ("California", Location),
        ("Google Cloud", Product),
        ("BigQuery", Product),
    ];
    let entities = &ANALYSIS.summary.entities;
    let kind = |name: &str| entities.iter().find(|e| e.name == name).map(|e| e.kind);
    let wrong: Vec<String> = expected
        .iter()
        .filter(|(name, k)| kind(name) != Some(*k))
        .map(|(name, k)| format!("{name}: {:?}, not {k:?}", kind(name)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_alias_leads_to_the_full_name() {
    let company = entity("Amazon Web Services");
    let aliases: Vec<_> = company.mentions.iter().filter(|m| m.span.of(&TEXT) == "AWS").collect();
    assert!(!aliases.is_empty(), "no AWS among {:?}", company.mentions);
    assert!(aliases.iter().all(|m| matches!(m.link, Some(LinkRule::Acronym | LinkRule::Definition))), "{aliases:?}");
}

#[test]
fn the_short_name_leads_to_the_person() {
    let founder = entity("Bagas Wiratama");
    let short = founder.mentions.iter().find(|m| m.span.of(&TEXT) == "Wiratama");
    assert_eq!(short.map(|m| m.link), Some(Some(LinkRule::ShortForm)), "{:?}", founder.mentions);
}

#[test]
fn persons_have_their_jobs() {
    for (name, company) in [("Thomas Kurian", "Google Cloud"), ("Bagas Wiratama", "Pasarindo")] {
        let person = entity(name);
        assert!(person.title.as_deref().is_some_and(|t| t.contains("CEO")), "{name}: {:?}", person.title);
        assert_eq!(person.affiliation.as_ref().map(|tie| tie.name.as_str()), Some(company), "{name}");
    }
}

#[test]
fn money_has_amount_and_currency() {
    for (written, amount) in [("450 triệu USD", "450000000"), ("3 tỷ USD", "3000000000")] {
        let Some(Value::Money { amount: found, currency }) = &entity(written).value else { panic!("{written} is no money") };
        assert_eq!((found.to_string().as_str(), currency.code()), (amount, "USD"), "{written}");
        assert_eq!(entity(written).kind, EntityKind::Money);
    }
}

#[test]
fn percents_are_found() {
    for written in ["60%", "20%"] {
        assert_eq!(entity(written).kind, EntityKind::Percent);
    }
}

#[test]
fn the_relative_date_is_resolved_by_the_publication() {
    let date = |written: &str| match &entity(written).value {
        Some(Value::Date(date)) => date.resolve(*PUBLISHED),
        other => panic!("{written} is no date: {other:?}"),
    };
    assert!(matches!(date("năm ngoái"), DateValue::Year { year: 2018, .. }), "{:?}", date("năm ngoái"));
    assert!(matches!(date("hôm 12/6"), DateValue::Day { month: 6, day: 12, .. }), "{:?}", date("hôm 12/6"));
    assert!(matches!(date("cuối năm 2020"), DateValue::Year { year: 2020, part: Some(_) }), "{:?}", date("cuối năm 2020"));
}
