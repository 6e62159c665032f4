//! Answers for people: wrapped to the terminal's width and coloured there,
//! plain and unwrapped everywhere else.

use anstyle::{AnsiColor, Style};
use std::fmt::Write as _;
use tomtat::{Analysis, Article, Entity, EntityKind, Role, Sentence, Summary};

/// How text is shown.
#[derive(Debug, Clone, Copy, Default)]
pub struct Look {
    /// Columns to wrap to; `None` leaves lines whole.
    pub width: Option<usize>,
    /// Whether colours may be used.
    pub colour: Colour,
}

/// Whether colours may be used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Colour {
    /// Not at all.
    #[default]
    None,
    /// ANSI escape sequences.
    Ansi,
}

/// The headings under which entities are listed.
pub const KINDS: [(EntityKind, &str); 9] = [
    (EntityKind::Person, "People"),
    (EntityKind::Organization, "Organizations"),
    (EntityKind::Location, "Places"),
    (EntityKind::Product, "Products"),
    (EntityKind::Event, "Events"),
    (EntityKind::Money, "Money"),
    (EntityKind::Percent, "Percentages"),
    (EntityKind::Date, "Dates"),
    (EntityKind::Quantity, "Quantities"),
];

/// Most entities of a kind that a summary lists.
const LISTED: usize = 8;

const LABEL_WIDTH: usize = 15;

/// A summary.
pub fn summary(summary: &Summary, look: Look) -> String {
    let mut out = String::new();
    if let Some(title) = &summary.title {
        look.paragraph(&mut out, "", &one_line(title), bold());
        out.push('\n');
    }
    for sentence in &summary.sentences {
        look.paragraph(&mut out, "• ", &one_line(&sentence.text), Style::new());
    }
    if !summary.entities.is_empty() || !summary.keywords.is_empty() {
        out.push('\n');
    }
    entity_lists(&mut out, &summary.entities, Some(LISTED), look);
    let keywords: Vec<&str> = summary.keywords.iter().map(|k| k.text.as_str()).collect();
    look.labelled(&mut out, "Keywords", &keywords.join(", "), Style::new());
    notes(&mut out, summary, look);
    out
}

/// The entities of an article, by kind.
pub fn entities(summary: &Summary, look: Look) -> String {
    let mut out = String::new();
    entity_lists(&mut out, &summary.entities, None, look);
    notes(&mut out, summary, look);
    out
}

/// Every sentence with its role, score and mark.
pub fn analysis(analysis: &Analysis, look: Look) -> String {
    let mut out = String::new();
    for sentence in &analysis.sentences {
        let chosen = analysis.chosen.contains(&sentence.index);
        let mark = if chosen { '*' } else { ' ' };
        let head = format!("{mark} {:<11} {:6.3}  ", role_name(sentence.role), sentence.score.to_f64());
        look.paragraph(&mut out, &head, &one_line(&sentence.text), sentence_style(sentence, chosen));
    }
    out
}

/// The words of each sentence, a sentence a line, syllables joined by "_".
pub fn segment(article: &Article<'_>, analysis: &Analysis) -> String {
    let mut out = String::new();
    let mut words = analysis.words.iter().peekable();
    for sentence in &analysis.sentences {
        let mut first = true;
        while let Some(word) = words.next_if(|w| w.start < sentence.span.end) {
            if !first {
                out.push(' ');
            }
            first = false;
            out.push_str(&word.of(article.text()).split_whitespace().collect::<Vec<_>>().join("_"));
        }
        out.push('\n');
    }
    out
}

/// Why each sentence was chosen or not.
pub fn explain(analysis: &Analysis, look: Look) -> String {
    let mut out = String::new();
    for sentence in &analysis.sentences {
        let chosen = analysis.chosen.contains(&sentence.index);
        let mark = if chosen { '*' } else { ' ' };
        let head = format!("{mark} {:6.3}  ", sentence.score.to_f64());
        look.paragraph(&mut out, &head, &one_line(&sentence.text), sentence_style(sentence, chosen));
        let reasons = format!("{} ({}); {}", role_name(sentence.role), sentence.cue, signals(sentence));
        look.paragraph(&mut out, "          ", reasons.trim_end_matches("; "), dim());
    }
    out
}

/// The signals that changed the score, strongest first.
fn signals(sentence: &Sentence) -> String {
    let mut why: Vec<_> = sentence.why.iter().filter(|c| c.value.units() != 0).collect();
    why.sort_by_key(|c| std::cmp::Reverse(c.value.units().unsigned_abs()));
    why.iter().map(|c| format!("{} {:+.3}", c.signal, c.value.to_f64())).collect::<Vec<_>>().join(", ")
}

fn entity_lists(out: &mut String, entities: &[Entity], most: Option<usize>, look: Look) {
    for (kind, label) in KINDS {
        let all: Vec<&Entity> = entities.iter().filter(|e| e.kind == kind).collect();
        let shown = most.unwrap_or(all.len()).min(all.len());
        let mut names: Vec<String> = all.iter().take(shown).map(|e| entity(e)).collect();
        if shown < all.len() {
            names.push(format!("{} more", all.len() - shown));
        }
        look.labelled(out, label, &names.join(", "), kind_style(kind));
    }
}

/// "Satya Nadella (CEO, Microsoft) ×3"
fn entity(entity: &Entity) -> String {
    let mut out = one_line(&entity.name);
    let about = [entity.title.as_deref(), entity.affiliation.as_ref().map(|t| t.name.as_str())];
    let about: Vec<String> = about.into_iter().flatten().map(one_line).collect();
    if !about.is_empty() {
        let _ = write!(out, " ({})", about.join(", "));
    }
    if entity.mentions.len() > 1 {
        let _ = write!(out, " ×{}", entity.mentions.len());
    }
    out
}

fn notes(out: &mut String, summary: &Summary, look: Look) {
    let notes = [
        (summary.truncated, "The text is longer than --max-input; only its beginning was read."),
        (summary.over_budget, "No sentence fits the length asked for; this is the shortest."),
        (summary.fallback, "The article has neither lede nor body; this is the rest of it."),
        (summary.language_doubtful, "This does not look like Vietnamese with its diacritics; take it as a guess."),
    ];
    for (_, note) in notes.iter().filter(|(holds, _)| *holds) {
        look.paragraph(out, "! ", note, dim());
    }
}

impl Look {
    /// A paragraph with a hanging indent as deep as `head`.
    fn paragraph(self, out: &mut String, head: &str, text: &str, style: Style) {
        let indent = " ".repeat(textwrap::core::display_width(head));
        let Some(width) = self.width else {
            let _ = writeln!(out, "{head}{}", self.styled(text, style));
            return;
        };
        // Words are split at spaces only: Vietnamese has no hyphenation.
        let options = textwrap::Options::new(width.max(indent.len() + 20))
            .initial_indent(head)
            .subsequent_indent(&indent)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        for line in textwrap::wrap(text, options) {
            let _ = writeln!(out, "{}", self.styled(&line, style));
        }
    }

    /// A label and what it is about; nothing where that is empty.
    fn labelled(self, out: &mut String, label: &str, text: &str, style: Style) {
        if !text.is_empty() {
            self.paragraph(out, &format!("{label:<LABEL_WIDTH$}"), text, style);
        }
    }

    fn styled(self, text: &str, style: Style) -> String {
        match self.colour {
            Colour::Ansi if style != Style::new() => format!("{style}{text}{style:#}"),
            _ => text.to_owned(),
        }
    }
}

fn bold() -> Style {
    Style::new().bold()
}

fn dim() -> Style {
    Style::new().dimmed()
}

fn sentence_style(sentence: &Sentence, chosen: bool) -> Style {
    match sentence.role {
        _ if chosen => bold(),
        Role::Caption | Role::Boilerplate => dim(),
        _ => Style::new(),
    }
}

fn kind_style(kind: EntityKind) -> Style {
    let colour = match kind {
        EntityKind::Person => AnsiColor::Green,
        EntityKind::Organization => AnsiColor::Cyan,
        EntityKind::Location => AnsiColor::Yellow,
        EntityKind::Product => AnsiColor::Magenta,
        EntityKind::Event => AnsiColor::Red,
        _ => AnsiColor::Blue,
    };
    colour.on_default()
}

/// A role as it is written in JSON.
pub fn role_name(role: Role) -> String {
    serde_json::to_value(role).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A kind of entity as it is written in JSON.
pub fn kind_name(kind: EntityKind) -> String {
    serde_json::to_value(kind).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// White space of any sort → single spaces, and control characters, which a
/// terminal would obey, → U+FFFD.
pub fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_fit_and_hang() {
        let look = Look { width: Some(30), colour: Colour::None };
        let mut out = String::new();
        look.paragraph(&mut out, "• ", "Viettel vừa thử nghiệm mạng 5G tại Hà Nội và Đà Nẵng", Style::new());
        assert_eq!(out, "• Viettel vừa thử nghiệm mạng\n  5G tại Hà Nội và Đà Nẵng\n");
    }

    #[test]
    fn no_escape_sequence_of_an_article_reaches_the_terminal() {
        assert_eq!(one_line("a\u{1b}[31m\tb\u{85}\nc"), "a\u{FFFD}[31m b c");
    }

    #[test]
    fn colours_only_when_asked_for() {
        let plain = summary(&tomtat::summarize("Viettel mở rộng mạng 5G tại Hà Nội."), Look::default());
        assert!(!plain.contains('\u{1b}'));
    }
}
