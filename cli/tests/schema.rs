//! The schema files are what the command prints, and real output keeps to them.
//!
//! `UPDATE_SCHEMA=1 cargo test -p tomtat-cli --test schema` writes the files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{answers, fixture, run, stdout};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tomtat_cli::schema;

#[test]
fn the_files_are_up_to_date() {
    for (of, name) in schema::ALL {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schema/{name}.v{}.json", schema::VERSION));
        let now = schema::file(of);
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &now).unwrap();
        }
        let stored = fs::read_to_string(&path).unwrap_or_default();
        assert!(stored == now, "{name}: run this test with UPDATE_SCHEMA=1 and look at the difference");
        assert_eq!(stdout(&run(&["schema", name], b"")), now);
    }
}

#[test]
fn real_output_keeps_to_them() {
    let articles = fs::read_dir(fixture("articles")).unwrap().map(|e| e.unwrap().path().join("source.txt").display().to_string());
    let inputs: Vec<String> = articles.chain([fixture("pages")]).collect();
    for (of, name) in schema::ALL {
        if name == "fault" {
            continue;
        }
        let output = run(&[&[name, "--format", "jsonl"], inputs.iter().map(String::as_str).collect::<Vec<_>>().as_slice()].concat(), b"");
        let (schema, answers) = (schema::schema(of), answers(&output));
        assert!(answers.len() > 10);
        for answer in &answers {
            check(&schema, answer, name);
        }
    }
    let bad = run(&["summarize", "--format", "jsonl"], b"{\"id\":1}\nx\n\xFF\n");
    for answer in answers(&bad) {
        check(&schema::schema(schema::ALL[5].0), &answer, "fault");
    }
}

/// Panics where `value` does not keep to `schema`.
fn check(schema: &Value, value: &Value, place: &str) {
    if let Err(problem) = conforms(schema, value, place) {
        panic!("{problem}");
    }
}

/// As much of JSON Schema as ours use; unknown fields are not allowed, so that
/// each field of the output is described.
fn conforms(schema: &Value, value: &Value, place: &str) -> Result<(), String> {
    let wrong = |what: &str| Err(format!("{place}: {what}: {value}"));
    if let Some(choices) = schema.get("anyOf") {
        let problems: Vec<String> = choices.as_array().unwrap().iter().filter_map(|s| conforms(s, value, place).err()).collect();
        return if problems.len() < choices.as_array().unwrap().len() { Ok(()) } else { Err(problems.join("\n")) };
    }
    if let Some(names) = schema.get("enum") {
        return if names.as_array().unwrap().contains(value) { Ok(()) } else { wrong("none of the names") };
    }
    let number = value.as_f64().unwrap_or(0.0);
    if schema.get("minimum").is_some_and(|m| number < m.as_f64().unwrap())
        || schema.get("maximum").is_some_and(|m| number > m.as_f64().unwrap())
    {
        return wrong("out of range");
    }
    match schema.get("type").and_then(Value::as_str) {
        None => Ok(()),
        Some("string") if value.is_string() => Ok(()),
        Some("number") if value.is_number() => Ok(()),
        Some("integer") if value.is_i64() || value.is_u64() => Ok(()),
        Some("boolean") if value.is_boolean() => Ok(()),
        Some("null") if value.is_null() => Ok(()),
        Some("array") if value.is_array() => {
            value.as_array().unwrap().iter().enumerate().try_for_each(|(i, v)| conforms(&schema["items"], v, &format!("{place}[{i}]")))
        }
        Some("object") if value.is_object() => object(schema, value, place),
        Some(kind) => wrong(&format!("not of type {kind}")),
    }
}

fn object(schema: &Value, value: &Value, place: &str) -> Result<(), String> {
    let (properties, fields) = (schema["properties"].as_object().unwrap(), value.as_object().unwrap());
    for name in schema["required"].as_array().unwrap() {
        if !fields.contains_key(name.as_str().unwrap()) {
            return Err(format!("{place}: {name} is missing"));
        }
    }
    for (name, value) in fields {
        let place = format!("{place}.{name}");
        conforms(properties.get(name).ok_or(format!("{place} is not described"))?, value, &place)?;
    }
    Ok(())
}
