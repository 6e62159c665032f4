//! The public interface: its traits, its errors, its JSON, and texts that are no
//! articles.

#![cfg(feature = "builtin-model")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use serde_json::{Value, json};
use std::cell::Cell;
use std::fmt::Debug;
use std::panic::{RefUnwindSafe, UnwindSafe};
use tomtat::{
    Analysis, Article, Contribution, Date, Entity, EntityKind, Error, Keyword, Length, LinkRule, Mention, Model, Part, Role, Score,
    Sentence, Span, Summaries, Summarizer, SummarizerBuilder, Summary, Tie, Worker, value,
};

const ARTICLE: &str = "Viettel thử nghiệm mạng 5G tại Hà Nội\n\
    Tập đoàn Viettel vừa phát sóng thử nghiệm mạng 5G tại ba quận của Hà Nội với vốn 20 triệu USD.\n\
    Tốc độ tải về đạt 1,2 Gbps, cao hơn 4G khoảng 10 lần. Dịch vụ dự kiến mở cửa vào cuối năm 2020.\n\
    Ảnh: Minh Anh";

#[test]
fn all_types_can_go_to_other_threads() {
    fn everywhere<T: Send + Sync + UnwindSafe + RefUnwindSafe + Debug>() {}
    everywhere::<Analysis>();
    everywhere::<Article<'_>>();
    everywhere::<Contribution>();
    everywhere::<Date>();
    everywhere::<Entity>();
    everywhere::<EntityKind>();
    everywhere::<Error>();
    everywhere::<Keyword>();
    everywhere::<Length>();
    everywhere::<LinkRule>();
    everywhere::<Mention>();
    everywhere::<Model>();
    everywhere::<Part>();
    everywhere::<Role>();
    everywhere::<Score>();
    everywhere::<Sentence>();
    everywhere::<Span>();
    everywhere::<Summaries<std::vec::IntoIter<String>>>();
    everywhere::<Summarizer>();
    everywhere::<SummarizerBuilder>();
    everywhere::<Summary>();
    everywhere::<Tie>();
    everywhere::<Worker>();
    everywhere::<value::Value>();
    everywhere::<value::DateValue>();
    everywhere::<value::Decimal>();
    everywhere::<value::Amount>();
    everywhere::<value::Currency>();
    everywhere::<value::Measure>();
}

#[test]
fn all_types_but_workers_can_be_cloned() {
    fn cloned<T: Clone>() {}
    cloned::<Analysis>();
    cloned::<Article<'_>>();
    cloned::<Entity>();
    cloned::<Error>();
    cloned::<Model>();
    cloned::<Summarizer>();
    cloned::<SummarizerBuilder>();
    cloned::<Summary>();
    fn error<T: std::error::Error>() {}
    error::<Error>();
}

#[test]
fn one_summarizer_serves_all_threads() {
    let summarizer = Summarizer::new();
    let expected = summarizer.summarize(ARTICLE);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| summarizer.clone().summarize(ARTICLE))).collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap(), expected);
        }
    });
}

#[test]
fn the_shortest_call_is_the_default_summarizer() {
    let summary = tomtat::summarize(ARTICLE);
    assert_eq!(summary, Summarizer::new().summarize(ARTICLE));
    assert_eq!(summary, Summarizer::default().summarize(ARTICLE.to_owned()));
    assert_eq!(summary, Summarizer::builder().build().unwrap().analyze(ARTICLE).summary);
    assert_eq!(Length::default(), Length::Sentences(3));
}

#[test]
fn json_goes_both_ways() {
    let analysis = Summarizer::new().analyze(Article::new(ARTICLE).published(Date::new(2019, 5, 10).unwrap()));
    let written = serde_json::to_string(&analysis).unwrap();
    assert_eq!(serde_json::from_str::<Analysis>(&written).unwrap(), analysis);
    let summary = serde_json::to_string(&analysis.summary).unwrap();
    assert_eq!(serde_json::from_str::<Summary>(&summary).unwrap(), analysis.summary);
    for fixture in common::fixtures() {
        let analysis = Summarizer::new().analyze(&fixture.text);
        let written = serde_json::to_string(&analysis).unwrap();
        assert_eq!(serde_json::from_str::<Analysis>(&written).unwrap(), analysis, "{}", fixture.slug);
    }
}

/// Field names are a promise. Whoever adds one adds it here; whoever has to
/// change one breaks his users.
#[test]
fn json_fields_have_these_names() {
    let analysis = serde_json::to_value(Summarizer::new().analyze(ARTICLE)).unwrap();
    assert_eq!(names(&analysis), ["sentences", "words", "chosen", "summary"]);
    assert_eq!(names(&analysis["words"][0]), ["start", "end"]);
    assert_eq!(names(&analysis["sentences"][0]), ["start", "end", "index", "role", "cue", "score", "text", "why"]);
    assert_eq!(names(&analysis["sentences"][0]["why"][0]), ["signal", "value"]);
    let summary = &analysis["summary"];
    let fields =
        ["text", "title", "lede", "sentences", "entities", "keywords", "truncated", "over_budget", "fallback", "language_doubtful"];
    assert_eq!(names(summary), fields);
    let entity = &summary["entities"][0];
    assert_eq!(names(entity), ["id", "kind", "name", "mentions", "title", "affiliation", "value", "salience"]);
    assert_eq!(names(&entity["mentions"][0]), ["start", "end", "kind", "link"]);
    assert_eq!(names(&summary["keywords"][0]), ["text", "weight"]);
}

fn names(object: &Value) -> Vec<&str> {
    object.as_object().unwrap_or_else(|| panic!("no object: {object}")).keys().map(String::as_str).collect()
}

#[test]
fn json_values_have_these_names() {
    fn written<T: serde::Serialize>(values: &[T]) -> Value {
        serde_json::to_value(values).unwrap()
    }
    let roles = [Role::Title, Role::Lede, Role::Heading, Role::Body, Role::Caption, Role::Boilerplate];
    assert_eq!(written(&roles), json!(["title", "lede", "heading", "body", "caption", "boilerplate"]));
    use EntityKind::{Date, Event, Location, Money, Organization, Percent, Person, Product, Quantity};
    let kinds = [Person, Organization, Location, Product, Event, Money, Percent, Date, Quantity];
    assert_eq!(written(&kinds), json!(["person", "organization", "location", "product", "event", "money", "percent", "date", "quantity"]));
    let rules = [LinkRule::Definition, LinkRule::Acronym, LinkRule::ShortForm, LinkRule::Variant];
    assert_eq!(written(&rules), json!(["definition", "acronym", "short_form", "variant"]));
    assert_eq!(written(&[Score::from_units(65536), Score::from_units(-16384)]), json!([1.0, -0.25]));
    assert_eq!(written(&[tomtat::Date::new(2017, 8, 5).unwrap()]), json!(["2017-08-05"]));
    assert_eq!(written(&[Span::new(3, 7)]), json!([{ "start": 3, "end": 7 }]));
}

#[test]
fn options_out_of_range_are_refused() {
    let lengths = [
        Length::Sentences(0),
        Length::Syllables(0),
        Length::Characters(0),
        Length::Ratio(0.0),
        Length::Ratio(-0.5),
        Length::Ratio(1.1),
        Length::Ratio(f64::NAN),
        Length::Ratio(f64::INFINITY),
    ];
    for length in lengths {
        let error = Summarizer::builder().length(length).build().unwrap_err();
        assert!(error.is_option() && !error.is_model(), "{length:?}: {error}");
        assert!(error.to_string().contains("length"), "{length:?}: {error}");
    }
    for bytes in [0, usize::MAX] {
        let error = Summarizer::builder().max_input(bytes).build().unwrap_err();
        assert!(error.is_option() && error.to_string().contains("max_input"), "{bytes}: {error}");
    }
    for length in
        [Length::Sentences(usize::MAX), Length::Syllables(1), Length::Characters(1), Length::Ratio(f64::MIN_POSITIVE), Length::Ratio(1.0)]
    {
        let summary = Summarizer::builder().length(length).max_input(1).build().unwrap().summarize(ARTICLE);
        assert!(summary.truncated, "{length:?}");
    }
}

#[test]
fn errors_are_one_line() {
    let option = Summarizer::builder().length(Length::Sentences(0)).build().unwrap_err();
    let model = Model::from_bytes(b"no model").unwrap_err();
    assert!(model.is_model() && !model.is_option(), "{model}");
    for error in [option, model] {
        assert!(!error.to_string().contains('\n') && !error.to_string().is_empty(), "{error}");
        assert_eq!(error, error.clone());
    }
}

#[test]
fn parts_are_joined_and_found_again() {
    let (title, lede, body) = ("Tin mới", " Hãng vừa mở cửa hàng. ", "Cửa hàng ở Huế.\nKhách rất đông.");
    let article = Article::from_parts(title, lede, body);
    assert_eq!(article.text(), "Tin mới\n Hãng vừa mở cửa hàng. \nCửa hàng ở Huế.\nKhách rất đông.");
    let at = |piece: &str| {
        let start = article.text().find(piece).unwrap();
        Span::new(start, start + piece.len())
    };
    assert_eq!(article.locate(at("Tin")), Some((Part::Title, Span::new(0, 3))));
    assert_eq!(article.locate(at("Hãng")), Some((Part::Lede, Span::new(1, 6))));
    let (part, span) = article.locate(at("Khách rất đông.")).unwrap();
    assert_eq!((part, span.of(body)), (Part::Body, "Khách rất đông."));
    assert_eq!(article.locate(Span::new(0, article.text().len())), None, "a span across parts");
    assert_eq!(article.locate(Span::new(0, 9999)), None, "a span past the end");
    assert_eq!(Article::new(ARTICLE).locate(Span::new(0, 7)), None, "a text without parts");
}

#[test]
fn blank_parts_are_absent() {
    assert_eq!(Article::from_parts("", " \n\t", "").text(), "");
    assert_eq!(Article::from_parts("", "\u{a0}", "Tin.").text(), "Tin.");
    assert_eq!(Article::from_parts("Tin", "", "Tin.").text(), "Tin\nTin.");
    assert!(Summarizer::new().summarize(Article::from_parts("", "", "")).sentences.is_empty());
}

#[test]
fn given_parts_keep_their_roles() {
    let article = Article::from_parts("Viettel mở mạng 5G", "Mạng phủ ba quận. Giá chưa công bố.", "Viettel vừa mở mạng 5G tại Hà Nội.");
    let analysis = Summarizer::new().analyze(article.clone());
    let roles: Vec<Role> = analysis.sentences.iter().map(|s| s.role).collect();
    assert_eq!(roles[..3], [Role::Title, Role::Lede, Role::Lede]);
    assert!(!matches!(roles[3..], [] | [Role::Title | Role::Lede, ..]), "{roles:?}");
    assert_eq!(analysis.summary.title.as_deref(), Some("Viettel mở mạng 5G"));
    assert_eq!(analysis.summary.lede.as_deref(), Some("Mạng phủ ba quận. Giá chưa công bố."));
    for sentence in &analysis.sentences {
        assert!(article.locate(sentence.span).is_some(), "a sentence crosses parts: {sentence:?}");
    }
    common::invariants::check(article.text(), &analysis, Length::default()).unwrap();
}

#[test]
fn a_sentence_of_a_hundred_syllables_is_chosen_last() {
    let halls: Vec<String> = (1..9).map(|i| format!("xưởng số {i} với dây chuyền lắp ráp và kho hàng")).collect();
    let endless = format!("Hãng An Phát mở nhà máy pin ở Hà Tĩnh trên khu đất rộng 30 ha ở thị xã Kỳ Anh gồm {}.", halls.join(", "));
    let plain = "Nhà máy của An Phát cho ra 5 GWh pin mỗi năm.";
    let summarizer = Summarizer::builder().length(Length::Sentences(1)).build().unwrap();
    let of = |body: &str| summarizer.summarize(Article::from_parts("Hãng An Phát mở nhà máy pin ở Hà Tĩnh", "", body)).text;
    assert_eq!(of(&format!("{endless} {plain} Người dân quanh vùng mong có thêm việc làm.")), plain);
    assert_eq!(of(&endless), endless, "where there is nothing else");
}

#[test]
fn a_title_said_again_before_the_body_is_no_part_of_its_first_sentence() {
    let title = "Hãng xe 'bí ẩn' mở nhà máy pin thứ hai ở miền Trung";
    let rest = "Các kỹ sư cho biết nhà máy có công suất 5 GWh mỗi năm. Vốn đầu tư là 4.000 tỷ đồng.";
    let sentences = |opening: &str| -> Vec<String> {
        let body = format!("{opening} {rest}");
        let article = Article::from_parts(title, "", &body);
        let text = article.text().to_owned();
        Summarizer::new().analyze(article).sentences.iter().skip(1).map(|s| s.span.of(&text).to_owned()).collect()
    };
    for again in [title, "Hãng xe \"bí ẩn\" mở nhà máy pin thứ hai ở miền Trung"] {
        assert_eq!(sentences(again)[..2], [again, "Các kỹ sư cho biết nhà máy có công suất 5 GWh mỗi năm."]);
    }
    let goes_on = "Hãng xe 'bí ẩn' mở nhà máy pin thứ hai ở miền Trung trong tháng này.";
    assert_eq!(sentences(goes_on)[0], goes_on);
}

#[test]
fn words_that_the_vocabulary_lacks_are_no_title_said_again_for_being_as_many() {
    let (title, other) = ("Google Launches Pixel Phones Worldwide", "Samsung Unveils Foldable Tablets Everywhere Người dùng");
    let body = format!("{other} phải chờ đến tháng sau.");
    let repeats = |title: &str| Summarizer::new().analyze(Article::from_parts(title, "", &body)).sentences[1].text.clone();
    assert_eq!(repeats(title), repeats("Giá điện thoại ở châu Á"));
}

#[test]
fn the_publication_day_is_kept() {
    let day = Date::new(2020, 2, 29).unwrap();
    assert_eq!(Article::new("x").publication_date(), None);
    assert_eq!(Article::new("x").published(day).publication_date(), Some(day));
    assert_eq!("2020-02-29".parse::<Date>().unwrap(), day);
    assert!("2019-02-29".parse::<Date>().is_err());
}

#[test]
fn summaries_are_made_when_asked_for() {
    let read = Cell::new(0);
    let articles = std::iter::repeat_with(|| {
        read.set(read.get() + 1);
        ARTICLE
    });
    let summarizer = Summarizer::new();
    // An endless iterator: only a lazy one comes back.
    let mut summaries = summarizer.summaries(articles);
    assert_eq!(read.get(), 0);
    assert_eq!(summaries.next(), Some(summarizer.summarize(ARTICLE)));
    assert_eq!(read.get(), 1);
    assert_eq!(summaries.by_ref().take(2).count(), 2);
    assert_eq!(read.get(), 3);
    assert_eq!(summarizer.summaries(vec![String::new(), ARTICLE.to_owned()]).count(), 2);
    assert_eq!(summarizer.summaries([ARTICLE; 4]).size_hint(), (4, Some(4)));
}

fn analyze(text: &str) -> Analysis {
    let analysis = Summarizer::new().analyze(text);
    common::invariants::check(text, &analysis, Length::default()).unwrap_or_else(|e| panic!("{text:?}: {e}"));
    analysis
}

#[test]
fn nothing_gives_nothing() {
    for text in ["", " ", "\n\n\t", "\u{feff}", "\u{a0}\u{2003}\u{3000}", "\u{0}\u{1}", "\u{200b}\u{200b}", "\r\n\r\n"] {
        let analysis = analyze(text);
        assert!(analysis.sentences.is_empty() && analysis.words.is_empty(), "{text:?} has {:?}", analysis.sentences);
        let summary = analysis.summary;
        assert_eq!((summary.text.as_str(), summary.title, summary.lede), ("", None, None), "{text:?}");
        assert!(summary.entities.is_empty() && summary.keywords.is_empty(), "{text:?}");
        assert!(!summary.truncated && !summary.over_budget && !summary.fallback, "{text:?}");
    }
}

#[test]
fn one_word_is_its_own_summary() {
    for text in ["Apple", "mây", "5G", "Hà", "  Viettel\n", "\"FPT\"", "a."] {
        assert_eq!(analyze(text).summary.text, text.trim(), "{text:?}");
    }
}

#[test]
fn other_languages_are_answered_in_doubt() {
    let texts = [
        "Apple has unveiled its new iPhone in California. The phone costs 999 dollars. It goes on sale in September. Analysts expect strong demand.",
        "苹果公司在加利福尼亚发布了新款手机。售价为九百九十九美元。手机将于九月开始销售。分析师预计需求强劲。",
        "Компания Apple представила новый смартфон. Он стоит 999 долларов. Продажи начнутся в сентябре.",
        "أعلنت شركة آبل عن هاتفها الجديد. يبلغ سعره 999 دولارا. تبدأ المبيعات في سبتمبر.",
        "แอปเปิลเปิดตัวไอโฟนรุ่นใหม่ ราคา 999 ดอลลาร์",
    ];
    for text in texts {
        let summary = analyze(text).summary;
        assert!(!summary.text.is_empty(), "{text}");
        assert!(summary.language_doubtful, "{text}");
    }
    assert!(!analyze(ARTICLE).summary.language_doubtful);
}

#[test]
fn signs_are_answered() {
    let texts = [
        "🎉",
        "🎉🎉🎉 👨‍👩‍👧‍👦 🇻🇳🇻🇳",
        "!!!",
        "…",
        "- - -",
        "1",
        "1. 2. 3.",
        "\"\"",
        "()",
        "•\n•\n•",
        "https://vnexpress.net",
        "@a #b",
        "😀. 😀. 😀.",
    ];
    for text in texts {
        assert!(!analyze(text).summary.text.is_empty(), "{text:?}");
    }
}

#[test]
fn null_bytes_are_characters_like_others() {
    analyze("Viettel\0 mở mạng 5G.\0\0 Tốc độ đạt 1,2 Gbps.\0");
    analyze("a\0b\0c");
    let zeros = "\0".repeat(10_000);
    assert!(analyze(&zeros).sentences.is_empty());
    assert_eq!(analyze(&format!("{zeros}Tin.{zeros}")).summary.text, "Tin.");
}

#[test]
fn captions_alone_are_answered() {
    let text = "Ảnh: Reuters.\nẢnh: Minh Anh.\nẢnh chụp màn hình.\nẢnh minh họa: AFP.";
    let analysis = analyze(text);
    assert!(!analysis.summary.text.is_empty());
    let eligible = analysis.sentences.iter().any(|s| matches!(s.role, Role::Lede | Role::Body));
    assert_eq!(analysis.summary.fallback, !eligible);
}

#[test]
fn big_texts_are_read_up_to_the_limit() {
    let text = "Viettel mở mạng 5G tại Hà Nội. ".repeat(100);
    let limit = 1000;
    let analysis = Summarizer::builder().max_input(limit).build().unwrap().analyze(&text);
    assert!(analysis.summary.truncated);
    let last = analysis.sentences.last().unwrap();
    assert!(last.span.end <= limit && last.text.ends_with('.'), "{last:?}");
    assert!(!Summarizer::builder().max_input(text.len()).build().unwrap().summarize(&text).truncated);
}

#[test]
fn hostile_texts_of_megabytes_are_answered() {
    let ten_megabytes = "a.".repeat(5 << 20);
    assert!(Summarizer::new().summarize(&ten_megabytes).truncated);
    let raised = Summarizer::builder().max_input(16 << 20).build().unwrap();
    assert!(!raised.summarize(&ten_megabytes).truncated);
    let marks = format!("a{}", "\u{301}".repeat(100_000));
    assert!(!tomtat::summarize(&marks).text.is_empty());
}

#[test]
fn focus_leans_the_choice() {
    let text = "Samsung ra mắt Galaxy S9 tại Hà Nội hôm qua với nhiều cải tiến về máy ảnh và màn hình.\n\
        Máy dùng chip mới nhất của hãng và chạy Android 8.0 với giao diện được làm lại hoàn toàn.\n\
        Giá bán tại Việt Nam là 19,99 triệu đồng cho bản 64 GB.\n\
        Người dùng đặt trước từ hôm nay được tặng kèm một bộ sạc không dây.";
    let chosen = |words: &[&str]| {
        let summarizer = Summarizer::builder().length(Length::Sentences(1)).focus(words.iter().copied()).build().unwrap();
        summarizer.summarize(text).text
    };
    assert!(chosen(&["GIÁ BÁN"]).starts_with("Giá bán"), "{}", chosen(&["GIÁ BÁN"]));
    assert!(chosen(&["sạc không dây"]).contains("sạc không dây"));
    let analysis = Summarizer::builder().focus(["giá bán"]).build().unwrap().analyze(text);
    let has_focus = |s: &Sentence| s.why.iter().any(|c| c.signal == "focus");
    assert!(analysis.sentences.iter().all(|s| has_focus(s) == s.text.contains("Giá bán")));
}

#[test]
fn patterns_of_a_site_are_boilerplate() {
    let text = "Google mở văn phòng ở Hà Nội hôm 10/5. Nhấn vào đây để tải ứng dụng của báo.";
    let summarizer = Summarizer::builder().boilerplate(["(?i)^NHẤN VÀO ĐÂY"]).build().unwrap();
    let decomposed = common::invariants::nfd(text);
    for text in [text, &decomposed] {
        let analysis = summarizer.analyze(text);
        let last = analysis.sentences.last().unwrap();
        assert_eq!((last.role, &*last.cue), (Role::Boilerplate, "your pattern"));
    }
    let title = Article::from_parts("Nhấn vào đây", "", text);
    assert_eq!(summarizer.analyze(title).sentences[0].role, Role::Title);
    let wrong = Summarizer::builder().boilerplate(["(a"]).build().unwrap_err();
    assert!(wrong.is_option() && wrong.to_string().starts_with("option boilerplate: ") && wrong.to_string().contains("group"), "{wrong}");
    assert!(!wrong.to_string().contains('\n'));
}

#[test]
fn an_own_background_weighs_words() {
    // In a feed where every article names the network, that name tells nothing.
    let mut idf = tomtat::Idf::new();
    (0..50).for_each(|n| idf.observe(&format!("Viettel mở trạm số {n} tại tỉnh.")));
    let text = "Viettel thử nghiệm robot tại Hà Nội. Robot của Viettel giao hàng.";
    let keywords = |summarizer: &Summarizer| summarizer.summarize(text).keywords.into_iter().map(|k| k.text).collect::<Vec<_>>();
    let place = |words: &[String]| words.iter().position(|w| w == "Viettel").unwrap_or(usize::MAX);
    let own = Summarizer::builder().background(&idf).build().unwrap();
    let (before, after) = (keywords(&Summarizer::new()), keywords(&own));
    assert!(place(&after) > place(&before), "{before:?} {after:?}");
}

/// The kinds of the mentions of `name` in the summary of `text`.
fn kinds_of(summarizer: &Summarizer, text: &str, name: &str) -> Vec<EntityKind> {
    let entities = summarizer.summarize(text).entities;
    entities.iter().flat_map(|e| &e.mentions).filter(|m| m.span.of(text) == name).map(|m| m.kind).collect()
}

#[test]
fn a_users_names_are_always_recognized_with_their_kind() {
    let summarizer = Summarizer::builder()
        .gazetteer(EntityKind::Event, ["mùa hè xanh", "hè xanh rì rào"])
        .gazetteer(EntityKind::Product, ["Viettel", "hoà bình xanh"])
        .build()
        .unwrap();
    let kinds = |text: &str, name: &str| kinds_of(&summarizer, text, name);
    assert_eq!(kinds("Các bạn trẻ dự Mùa hè xanh ở Huế.", "Mùa hè xanh"), [EntityKind::Event], "any letter case");
    assert_eq!(kinds("Gói Hòa Bình Xanh đã có.", "Hòa Bình Xanh"), [EntityKind::Product], "any tone style");
    assert_eq!(kinds("Tập đoàn Viettel có lãi.", "Viettel"), [EntityKind::Product], "whatever the model says");
    assert_eq!(kinds("Họ dự mùa hè xanh rì rào.", "hè xanh rì rào"), [EntityKind::Event], "the longer one");
    assert_eq!(kinds("Họ dự mùa\nhè xanh.", "mùa\nhè xanh"), [], "not across lines");
}

#[test]
fn the_last_kind_of_a_name_holds() {
    let twice =
        Summarizer::builder().gazetteer(EntityKind::Product, ["sao mai"]).gazetteer(EntityKind::Event, ["Sao Mai"]).build().unwrap();
    assert_eq!(kinds_of(&twice, "Cuộc thi Sao Mai đã xong.", "Sao Mai"), [EntityKind::Event]);
}

#[test]
fn a_gazetteer_is_of_names() {
    let error = Summarizer::builder().gazetteer(EntityKind::Money, ["năm tỷ"]).build().unwrap_err();
    assert!(error.is_option() && error.to_string().contains("gazetteer"), "{error}");
}

#[test]
fn characters_are_counted_as_written() {
    // Soft hyphens are left out where words are read, but stand in the summary.
    let text = "Viet\u{ad}tel thử\u{ad} ng\u{ad}hi\u{ad}ệm mạng\u{ad} 5G. Hãng bán máy.";
    for limit in 1..60 {
        let summary = common::summarizer(Length::Characters(limit)).summarize(text);
        let used = common::invariants::nfc(&summary.text).chars().count();
        assert!(used <= limit || summary.over_budget, "{used} of {limit}");
    }
}

#[test]
fn a_prepended_sign_does_not_hide_a_letter() {
    // U+0600 is one cluster with the letter behind it, and the cluster a syllable.
    let analysis = Summarizer::builder().length(Length::Syllables(3)).build().unwrap().analyze("Th\u{600}eo hãng Apple.");
    assert!(analysis.summary.over_budget);
}

#[test]
fn spaces_that_html_writes_are_white_space() {
    let text = "&nbspViettel mở mạng 5G tại Hà Nội.&nbsp;&nb\u{AD}sp;Giá&nbsplà 2 tỷ đồng.\n&nbsp;";
    let sentences = analyze(text).sentences;
    assert_eq!(sentences.iter().map(|s| &*s.text).collect::<Vec<_>>(), ["Viettel mở mạng 5G tại Hà Nội.", "Giá&nbsplà 2 tỷ đồng."]);
    let blank = Article::from_parts("&nbsp;", "&nbsp;", "&nbsp;&nbsp");
    assert_eq!(Summarizer::new().summarize(blank).text, "");
    let article = Article::from_parts("&nbsp;", "&nbsp;", "Viettel mở mạng 5G tại Hà Nội.");
    assert_eq!(Summarizer::new().summarize(article).text, "Viettel mở mạng 5G tại Hà Nội.");
}
