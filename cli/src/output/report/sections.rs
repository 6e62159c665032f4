//! The sections of one article: notes, summary, text, keywords, entities,
//! signals.

use super::markup::{escaped, one_line};
use super::value::value_text;
use crate::output::text::{KINDS, kind_name, role_name};
use std::fmt::Write as _;
use tomtat::{Analysis, Article, Date, Entity, EntityKind, Mention, Role, Sentence, Span, Summary};

/// Warnings about the whole article.
pub fn notes(out: &mut String, summary: &Summary) {
    let notes = [
        (summary.truncated, "Only the beginning of this text was read."),
        (summary.over_budget, "No sentence fits the length asked for; this is the shortest."),
        (summary.fallback, "No lede and no body: the summary is the rest of the article."),
        (summary.language_doubtful, "This does not look like Vietnamese with its diacritics: all is a guess."),
    ];
    for (_, note) in notes.iter().filter(|(holds, _)| *holds) {
        let _ = writeln!(out, "<p class=\"note\">{note}</p>");
    }
}

/// The chosen sentences.
pub fn summary(out: &mut String, analysis: &Analysis) {
    out.push_str("<section class=\"summary\"><h3>Summary</h3>\n<ul lang=\"vi\">\n");
    for sentence in &analysis.summary.sentences {
        let _ = writeln!(out, "<li>{}</li>", escaped(&one_line(&sentence.text)));
    }
    if analysis.summary.sentences.is_empty() {
        out.push_str("<li class=\"grey\">Nothing to choose from.</li>\n");
    }
    out.push_str("</ul></section>\n");
}

/// The article itself, its sentences and mentions marked.
pub fn text(out: &mut String, article: &Article<'_>, analysis: &Analysis) {
    let text = article.text();
    let mut mentions: Vec<(&Mention, &Entity)> =
        analysis.summary.entities.iter().flat_map(|e| e.mentions.iter().map(move |m| (m, e))).collect();
    mentions.sort_by_key(|(m, _)| m.span);
    out.push_str("<section class=\"text\" lang=\"vi\"><h3 lang=\"en\">Article</h3>\n<p>");
    let mut last_end = 0;
    for sentence in &analysis.sentences {
        let gap = Span::new(last_end, sentence.span.start).of(text);
        if gap.contains('\n') {
            out.push_str("</p>\n<p>");
        } else if !gap.is_empty() {
            out.push(' ');
        }
        last_end = sentence.span.end;
        let inside = mentions.iter().filter(|(m, _)| sentence.span.contains(m.span));
        marked_sentence(out, article, sentence, inside, analysis.chosen.contains(&sentence.index));
    }
    out.push_str("</p>\n</section>\n");
}

fn marked_sentence<'m>(
    out: &mut String,
    article: &Article<'_>,
    sentence: &Sentence,
    mentions: impl Iterator<Item = &'m (&'m Mention, &'m Entity)>,
    chosen: bool,
) {
    let text = article.text();
    let role = role_name(sentence.role);
    let element = if chosen { "mark" } else { "span" };
    let hint = format!("{role} ({}); score {:.3}", sentence.cue, sentence.score.to_f64());
    let _ = write!(out, "<{element} class=\"s {role}\" title=\"{}\">", escaped(&hint));
    let mut from = sentence.span.start;
    for (mention, entity) in mentions.filter(|(m, _)| !m.span.is_empty()) {
        if mention.span.start < from {
            continue;
        }
        out.push_str(&escaped(Span::new(from, mention.span.start).of(text)));
        let kind = kind_name(mention.kind);
        let name = escaped(mention.span.of(text));
        let _ =
            write!(out, "<b class=\"e {kind}\" title=\"{}\">{name}</b>", escaped(&about(mention.kind, entity, article.publication_date())));
        from = mention.span.end;
    }
    out.push_str(&escaped(Span::new(from, sentence.span.end).of(text)));
    let _ = write!(out, "</{element}>");
}

/// What hovering over a mention says.
fn about(kind: EntityKind, entity: &Entity, published: Option<Date>) -> String {
    let mut out = format!("{}: {}", kind_name(kind), one_line(&entity.name));
    for detail in details(entity, published) {
        out.push_str("; ");
        out.push_str(&detail);
    }
    out
}

/// What is known of an entity beyond its name.
fn details(entity: &Entity, published: Option<Date>) -> Vec<String> {
    let tie = entity.affiliation.as_ref().map(|t| one_line(&t.name));
    let value = entity.value.as_ref().map(|v| value_text(v, published));
    // "72%" need not be told to be 72 %.
    let letters = |text: &str| text.split_whitespace().collect::<String>();
    let value = value.filter(|v| letters(v) != letters(&entity.name));
    [entity.title.as_deref().map(one_line), tie, value].into_iter().flatten().collect()
}

/// The keywords, each with a bar of its weight.
pub fn keywords(out: &mut String, summary: &Summary) {
    if summary.keywords.is_empty() {
        return;
    }
    out.push_str("<section><h3>Keywords</h3>\n<ul class=\"bars\">\n");
    for keyword in &summary.keywords {
        bar(out, &one_line(&keyword.text), "", "keyword", keyword.weight.to_f64());
    }
    out.push_str("</ul></section>\n");
}

/// The entities by kind, each with a bar of its salience.
pub fn entities(out: &mut String, summary: &Summary, published: Option<Date>) {
    if summary.entities.is_empty() {
        return;
    }
    out.push_str("<section><h3>Entities</h3>\n");
    for (kind, label) in KINDS {
        let all: Vec<&Entity> = summary.entities.iter().filter(|e| e.kind == kind).collect();
        if all.is_empty() {
            continue;
        }
        let _ = writeln!(out, "<h4>{label}</h4>\n<ul class=\"bars\">");
        for entity in all {
            let count = match entity.mentions.len() {
                0 | 1 => String::new(),
                n => format!("×{n}"),
            };
            let more: Vec<String> = Some(count).filter(|c| !c.is_empty()).into_iter().chain(details(entity, published)).collect();
            bar(out, &one_line(&entity.name), &more.join(", "), &kind_name(kind), entity.salience.to_f64());
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</section>\n");
}

fn bar(out: &mut String, name: &str, more: &str, class: &str, share: f64) {
    let width = (share.clamp(0.0, 1.0) * 100.0).round();
    let more = if more.is_empty() { String::new() } else { format!(" <small>{}</small>", escaped(more)) };
    let _ = writeln!(
        out,
        "<li title=\"{share:.3}\"><span lang=\"vi\">{}</span>{more}<i class=\"{class}\" style=\"width:{width}%\"></i></li>",
        escaped(name)
    );
}

/// For each sentence one bar, made of what each signal added or took away.
pub fn signals(out: &mut String, analysis: &Analysis) {
    let names = signal_names(analysis);
    let (low, high) = range(analysis);
    out.push_str("<details class=\"signals\"><summary>Why these sentences: the signals of each</summary>\n<p class=\"legend\">");
    for (i, name) in names.iter().enumerate() {
        let _ = write!(out, "<span><i class=\"g{}\"></i>{}</span> ", i % COLOURS, escaped(name));
    }
    out.push_str("</p>\n");
    for sentence in &analysis.sentences {
        let chosen = analysis.chosen.contains(&sentence.index);
        let class = if chosen { " chosen" } else { "" };
        let grey = if matches!(sentence.role, Role::Lede | Role::Body) { "" } else { " grey" };
        let text = escaped(&shortened(&one_line(&sentence.text)));
        let _ = write!(
            out,
            "<div class=\"row{class}{grey}\"><span class=\"score\">{:.3}</span><span class=\"role\">{}</span>",
            sentence.score.to_f64(),
            role_name(sentence.role)
        );
        stacked(out, sentence, &names, low, high);
        let _ = writeln!(out, "<span class=\"snippet\" lang=\"vi\">{text}</span></div>");
    }
    out.push_str("</details>\n");
}

/// Colours that the style sheet has for signals.
const COLOURS: usize = 12;

fn signal_names(analysis: &Analysis) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for contribution in analysis.sentences.iter().flat_map(|s| &s.why) {
        if contribution.value.units() != 0 && !names.contains(&&*contribution.signal) {
            names.push(&contribution.signal);
        }
    }
    names
}

/// The furthest that any sentence's bar reaches to either side.
fn range(analysis: &Analysis) -> (f64, f64) {
    analysis.sentences.iter().fold((0.0_f64, 0.0_f64), |(low, high), sentence| {
        let values = sentence.why.iter().map(|c| c.value.to_f64());
        let (down, up) = values.fold((0.0, 0.0), |(d, u), v| if v < 0.0 { (d + v, u) } else { (d, u + v) });
        (low.min(down), high.max(up))
    })
}

/// Segments to the left of zero take away, those to the right add.
fn stacked(out: &mut String, sentence: &Sentence, names: &[&str], low: f64, high: f64) {
    let whole = (high - low).max(f64::MIN_POSITIVE);
    let percent = |v: f64| v / whole * 100.0;
    let taken: f64 = sentence.why.iter().map(|c| c.value.to_f64().min(0.0)).sum();
    let _ = write!(out, "<span class=\"stack\"><i class=\"gap\" style=\"width:{:.2}%\"></i>", percent(taken - low));
    let (minus, plus): (Vec<_>, Vec<_>) = sentence.why.iter().filter(|c| c.value.units() != 0).partition(|c| c.value.units() < 0);
    for (group, class) in [(minus, "minus"), (plus, "plus")] {
        for contribution in group {
            let colour = names.iter().position(|n| *n == contribution.signal).unwrap_or(0) % COLOURS;
            let value = contribution.value.to_f64();
            let hint = escaped(&format!("{} {value:+.3}", contribution.signal));
            let _ = write!(out, "<i class=\"g{colour} {class}\" style=\"width:{:.2}%\" title=\"{hint}\"></i>", percent(value.abs()));
        }
        if class == "minus" {
            out.push_str("<i class=\"zero\"></i>");
        }
    }
    out.push_str("</span>");
}

const SNIPPET_CHARACTERS: usize = 90;

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SNIPPET_CHARACTERS) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or(text).trim_end()),
        None => text.to_owned(),
    }
}
