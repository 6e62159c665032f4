//! JSON Schema of what the commands write.
//!
//! Built here by hand and written to `cli/schema/` by a test, which also holds
//! real output against it. The version rises when a field is taken away or
//! changes its meaning; fields that are added leave it as it is, so readers
//! must pass over names they do not know.

use crate::args::SchemaOf;
use serde_json::{Map, Value, json};

/// Version of the fields and their meaning.
pub const VERSION: u32 = 1;

/// Every schema: whose, and the name of its file.
pub const ALL: [(SchemaOf, &str); 6] = [
    (SchemaOf::Summarize, "summarize"),
    (SchemaOf::Analyze, "analyze"),
    (SchemaOf::Entities, "entities"),
    (SchemaOf::Segment, "segment"),
    (SchemaOf::Explain, "explain"),
    (SchemaOf::Fault, "fault"),
];

/// The schema as it stands in its file.
pub fn file(of: SchemaOf) -> String {
    let mut text = serde_json::to_string_pretty(&schema(of)).unwrap_or_default();
    text.push('\n');
    text
}

/// The schema of one line of output.
pub fn schema(of: SchemaOf) -> Value {
    let (name, about, fields) = match of {
        SchemaOf::Summarize => ("summarize", "The key sentences, entities and keywords of an article", summarize()),
        SchemaOf::Analyze => ("analyze", "An article taken apart", analyze()),
        SchemaOf::Entities => ("entities", "Who and what an article is about", entities()),
        SchemaOf::Segment => ("segment", "The words of an article", segment()),
        SchemaOf::Explain => ("explain", "Why each sentence was chosen or not", explain()),
        SchemaOf::Fault => ("fault", "Takes the place of a record that cannot be read", fault()),
    };
    let mut schema = fields.value();
    if let Value::Object(map) = &mut schema {
        let mut whole = Map::new();
        whole.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        whole.insert("$comment".to_owned(), json!("GENERATED: UPDATE_SCHEMA=1 cargo test -p tomtat-cli --test schema"));
        whole.insert("$id".to_owned(), json!(format!("urn:tomtat:{name}:v{VERSION}")));
        whole.insert("title".to_owned(), json!(format!("tomtat {name}, version {VERSION}")));
        whole.insert("description".to_owned(), json!(about));
        whole.append(map);
        return Value::Object(whole);
    }
    schema
}

/// An object's fields, in order.
struct Fields(Vec<(&'static str, Value, Presence)>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    Always,
    Sometimes,
}

impl Fields {
    fn new() -> Self {
        Self(Vec::new())
    }

    fn always(mut self, name: &'static str, value: Value) -> Self {
        self.0.push((name, value, Presence::Always));
        self
    }

    fn sometimes(mut self, name: &'static str, value: Value) -> Self {
        self.0.push((name, value, Presence::Sometimes));
        self
    }

    /// The fields of a span go first.
    fn span() -> Self {
        Self::new().always("start", about(natural(), "first byte")).always("end", about(natural(), "the byte after the last one"))
    }

    fn value(self) -> Value {
        let required: Vec<&str> = self.0.iter().filter(|(_, _, p)| *p == Presence::Always).map(|(name, _, _)| *name).collect();
        let required = json!(required);
        let properties: Map<String, Value> = self.0.into_iter().map(|(name, value, _)| (name.to_owned(), value)).collect();
        json!({"type": "object", "properties": properties, "required": required})
    }
}

fn string() -> Value {
    json!({"type": "string"})
}

fn number() -> Value {
    json!({"type": "number"})
}

fn natural() -> Value {
    json!({"type": "integer", "minimum": 0})
}

fn integer() -> Value {
    json!({"type": "integer"})
}

fn flag() -> Value {
    json!({"type": "boolean"})
}

fn list(of: Value) -> Value {
    json!({"type": "array", "items": of})
}

fn nullable(of: Value) -> Value {
    json!({"anyOf": [of, {"type": "null"}]})
}

fn one_of(names: &[&str]) -> Value {
    json!({"enum": names})
}

fn about(mut value: Value, text: &str) -> Value {
    if let Value::Object(map) = &mut value {
        map.insert("description".to_owned(), json!(text));
    }
    value
}

/// A Rust enum whose variants hold something: an object with one field, named
/// after the variant.
fn variants(all: Vec<(&'static str, Value)>) -> Value {
    let all: Vec<Value> = all.into_iter().map(|(name, value)| Fields::new().always(name, value).value()).collect();
    json!({"anyOf": all})
}

fn kind() -> Value {
    one_of(&["person", "organization", "location", "product", "event", "money", "percent", "date", "quantity"])
}

fn role() -> Value {
    one_of(&["title", "lede", "heading", "body", "caption", "boilerplate"])
}

/// Fields around an answer's own.
fn answer(own: Fields) -> Fields {
    let id = about(json!({}), "the record's own id, whatever its type; a feed entry's id; else the file's name");
    let text = about(string(), "the text that spans index, where the input was not UTF-8 text or a JSON record in UTF-8");
    let mut fields = Fields::new().sometimes("id", id);
    fields.0.extend(own.0);
    fields.sometimes("article_text", text)
}

fn doubts(fields: Fields) -> Fields {
    fields
        .always("truncated", about(flag(), "the text is longer than --max-input; only its beginning was read"))
        .always("language_doubtful", about(flag(), "the text does not look like Vietnamese with its diacritics"))
}

fn choice(fields: Fields) -> Fields {
    fields
        .always("over_budget", about(flag(), "no sentence fits the length; the shortest was chosen"))
        .always("fallback", about(flag(), "the article has neither lede nor body; something else was chosen"))
}

fn sentence() -> Fields {
    Fields::span()
        .always("index", about(natural(), "position among all sentences"))
        .always("role", role())
        .always("cue", about(string(), "why it has that role"))
        .always("score", about(number(), "how much a summary needs it"))
        .always("text", string())
        .always("why", list(Fields::new().always("signal", string()).always("value", number()).value()))
}

fn entity() -> Value {
    let mention =
        Fields::span().always("kind", kind()).always("link", nullable(one_of(&["definition", "acronym", "short_form", "variant"])));
    let tie = Fields::new().always("name", string()).always("entity", natural()).always("span", Fields::span().value());
    Fields::new()
        .always("id", about(natural(), "number in this article, by first mention"))
        .always("kind", kind())
        .always("name", string())
        .always("mentions", list(mention.value()))
        .always("title", about(nullable(string()), "a person's job"))
        .always("affiliation", about(nullable(tie.value()), "what a person belongs to"))
        .always("value", about(nullable(value()), "what a number says"))
        .always("salience", about(json!({"type": "number", "minimum": 0, "maximum": 1}), "how much the article is about it"))
        .value()
}

fn decimal() -> Value {
    json!({"type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$"})
}

fn amount() -> Value {
    Fields::new().always("low", decimal()).always("high", decimal()).value()
}

fn value() -> Value {
    let measure = Fields::new().always("amount", amount()).always("unit", string()).value();
    let money = Fields::new().always("amount", amount()).always("currency", json!({"type": "string", "pattern": "^[A-Z]{3}$"}));
    let quantity = Fields::new().always("amount", amount()).always("unit", string()).always("si", nullable(measure));
    let dimensions = Fields::new().always("sides", list(decimal())).always("unit", string());
    variants(vec![
        ("money", money.value()),
        ("percent", Fields::new().always("amount", amount()).value()),
        ("quantity", quantity.value()),
        ("dimensions", dimensions.value()),
        ("date", date(2)),
    ])
}

/// A date; the ends of a range are dates again, so many levels deep.
fn date(depth: u8) -> Value {
    let parts = ["start", "middle", "end", "first_half", "second_half", "morning", "noon", "afternoon", "evening", "night"];
    let part = || nullable(one_of(&parts));
    let anchor = || {
        json!({"anyOf": [
            variants(vec![("known", integer()), ("offset", integer())]),
            one_of(&["nearest", "past", "coming"]),
        ]})
    };
    let weekday = || one_of(&["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]);
    let unit = one_of(&["day", "week", "month", "quarter", "year", "decade", "century"]);
    let of = |fields: &[(&'static str, Value)]| {
        let fields = fields.iter().fold(Fields::new(), |all, (name, value)| all.always(name, value.clone()));
        fields.value()
    };
    let year = || ("year", anchor());
    let mut all = vec![
        ("day", of(&[year(), ("month", natural()), ("day", natural()), ("part", part())])),
        ("day_of_month", of(&[("month", anchor()), ("day", natural()), ("part", part())])),
        ("day_of_week", of(&[("week", anchor()), ("weekday", weekday()), ("part", part())])),
        ("nth_day_of_week", of(&[year(), ("month", natural()), ("weekday", weekday()), ("nth", natural())])),
        ("week", of(&[("monday", json!({"type": "string", "format": "date"})), ("part", part())])),
        ("month", of(&[year(), ("month", natural()), ("part", part())])),
        ("quarter", of(&[year(), ("quarter", natural()), ("part", part())])),
        ("season", of(&[year(), ("season", one_of(&["spring", "summer", "autumn", "winter"])), ("part", part())])),
        ("year", of(&[("year", integer()), ("part", part())])),
        ("decade", of(&[("first_year", integer()), ("part", part())])),
        ("century", of(&[("century", integer()), ("part", part())])),
        ("relative", of(&[("unit", unit), ("offset", integer()), ("part", part())])),
    ];
    if depth > 0 {
        all.push(("range", of(&[("from", date(depth - 1)), ("to", date(depth - 1))])));
    }
    variants(all)
}

fn summarize() -> Fields {
    let keyword = Fields::new().always("text", string()).always("weight", about(number(), "the first keyword has 1"));
    let own = Fields::new()
        .always("text", about(string(), "the summary"))
        .always("title", nullable(string()))
        .always("lede", nullable(string()))
        .always("sentences", about(list(sentence().value()), "the chosen ones, in the article's order"))
        .always("entities", about(list(entity()), "most salient first"))
        .always("keywords", about(list(keyword.value()), "weightiest first"));
    answer(doubts(choice(own)))
}

fn analyze() -> Fields {
    let sentence = Fields::span().always("role", role()).always("cue", string()).always("score", number());
    let mention = Fields::span().always("kind", kind()).always("text", string()).always("id", natural());
    let own = Fields::new()
        .always("sentences", about(list(sentence.value()), "all of them"))
        .always("words", about(list(Fields::span().value()), "words, numbers, punctuation marks"))
        .always("entities", about(list(mention.value()), "one entry a mention; the same id, the same entity"))
        .always("summary", about(list(natural()), "positions of the chosen sentences"))
        .always("summary_text", string());
    answer(doubts(choice(own)))
}

fn entities() -> Fields {
    answer(doubts(Fields::new().always("entities", about(list(entity()), "most salient first"))))
}

fn segment() -> Fields {
    let own = Fields::new()
        .always("sentences", list(Fields::span().value()))
        .always("words", list(Fields::span().always("text", string()).value()));
    answer(doubts(own))
}

fn explain() -> Fields {
    let own = Fields::new()
        .always("sentences", about(list(sentence().always("chosen", flag()).value()), "all of them"))
        .always("summary", about(list(natural()), "positions of the chosen sentences"));
    answer(doubts(choice(own)))
}

fn fault() -> Fields {
    Fields::new()
        .sometimes("id", about(json!({}), "the record's own id, where it could be read"))
        .sometimes("file", about(string(), "the input file"))
        .sometimes("line", about(json!({"type": "integer", "minimum": 1}), "line of the input"))
        .always("error", about(string(), "what is wrong"))
}
