//! What must hold of every output, whatever the text. The tests and `fuzz/` share
//! this file.

use std::collections::BTreeSet;
use tomtat::{Analysis, Article, Length, Part, Role, Span, Summarizer, Worker};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation as _;

/// The composed form of a text.
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// The decomposed form of a text.
pub fn nfd(text: &str) -> String {
    text.nfd().collect()
}

/// Everything that must hold of the analysis of `text` with `length`, whatever
/// the text. The error says what does not.
pub fn check(text: &str, analysis: &Analysis, length: Length) -> Result<(), String> {
    check_spans(text, analysis)?;
    check_words(text, analysis)?;
    check_mentions(analysis)?;
    check_scores(analysis)?;
    check_choice(analysis)?;
    check_budget(text, analysis, length)
}

fn ensure(holds: bool, problem: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(problem()) }
}

/// Sorted, disjoint, not empty, on borders of grapheme clusters, without white
/// space at their ends; with what lies between them they are the text.
fn check_spans(text: &str, analysis: &Analysis) -> Result<(), String> {
    let borders = borders(text);
    let mut end = 0;
    for (i, sentence) in analysis.sentences.iter().enumerate() {
        ensure(sentence.index == i, || format!("sentence {i} says it is {}", sentence.index))?;
        check_piece(text, sentence.span, &borders, end)?;
        ensure(sentence.text == sentence.span.of(text), || format!("sentence {i} is not the author's text: {:?}", sentence.text))?;
        end = sentence.span.end;
    }
    check_gap(text, Span::new(end, text.len()))
}

fn borders(text: &str) -> BTreeSet<usize> {
    text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect()
}

/// One piece of a text that is cut into pieces with gaps; the piece before ended
/// at `end`.
fn check_piece(text: &str, span: Span, borders: &BTreeSet<usize>, end: usize) -> Result<(), String> {
    let piece = span.of(text);
    ensure(end <= span.start, || format!("{span:?} overlaps what ends at {end}"))?;
    ensure(!piece.is_empty(), || format!("{span:?} is empty or outside the text"))?;
    let clean = borders.contains(&span.start) && borders.contains(&span.end);
    ensure(clean, || format!("{span:?} cuts a grapheme cluster: {piece:?}"))?;
    ensure(piece.trim() == piece, || format!("{span:?} has white space at an end: {piece:?}"))?;
    check_gap(text, Span::new(end, span.start))
}

/// Between pieces stands nothing that anybody could read: white space, as HTML
/// writes it too, control and format characters, and marks on them.
fn check_gap(text: &str, gap: Span) -> Result<(), String> {
    let seen: String = gap.of(text).chars().filter(|c| !is_blank(*c) && !is_mark(*c)).collect();
    let seen = seen.replace("&nbsp;", "").replace("&nbsp", "");
    ensure(seen.is_empty(), || format!("{seen:?} at {gap:?} is in no piece"))
}

/// What joins the character before it, be that white space: marks and skin colours.
fn is_mark(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

fn is_blank(c: char) -> bool {
    // Format characters (Cf) that occur in running text, beside the default ignorable ones.
    let format = matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}');
    c.is_whitespace() || c.is_control() || format || matches!(c, '\u{180e}' | '\u{e0000}'..='\u{e007f}') || is_prepended(c)
}

/// Signs that join the letter behind them, or the space where there is none.
fn is_prepended(c: char) -> bool {
    let arabic = matches!(c, '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}');
    arabic
        || matches!(c, '\u{d4e}' | '\u{110bd}' | '\u{110cd}' | '\u{111c2}' | '\u{111c3}' | '\u{1193f}' | '\u{11941}' | '\u{11a3a}')
        || matches!(c, '\u{11a84}'..='\u{11a89}' | '\u{11d46}' | '\u{11f02}')
}

/// Words lie in sentences and make them up.
fn check_words(text: &str, analysis: &Analysis) -> Result<(), String> {
    let borders = borders(text);
    let mut words = analysis.words.iter().peekable();
    for sentence in &analysis.sentences {
        let mut end = sentence.span.start;
        while let Some(word) = words.next_if(|w| w.start < sentence.span.end) {
            ensure(sentence.span.contains(*word), || format!("word {word:?} is not inside sentence {:?}", sentence.span))?;
            check_piece(text, *word, &borders, end)?;
            end = word.end;
        }
        check_gap(text, Span::new(end, sentence.span.end))?;
    }
    ensure(words.next().is_none(), || "a word stands after the last sentence".to_owned())
}

/// Mentions are whole words of one sentence, in order and disjoint.
fn check_mentions(analysis: &Analysis) -> Result<(), String> {
    let starts: BTreeSet<usize> = analysis.words.iter().map(|w| w.start).collect();
    let ends: BTreeSet<usize> = analysis.words.iter().map(|w| w.end).collect();
    let entities = &analysis.summary.entities;
    let mut all: Vec<Span> = Vec::new();
    let mut ids = BTreeSet::new();
    for entity in entities {
        ensure(ids.insert(entity.id), || format!("two entities have id {}", entity.id))?;
        ensure(!entity.mentions.is_empty(), || format!("{:?} is mentioned nowhere", entity.name))?;
        ensure(entity.mentions.windows(2).all(|m| m[0].span.end <= m[1].span.start), || {
            format!("mentions of {:?} are out of order", entity.name)
        })?;
        let salience = entity.salience.to_f64();
        ensure((0.0..=1.0).contains(&salience), || format!("salience of {:?} is {salience}", entity.name))?;
        all.extend(entity.mentions.iter().map(|m| m.span));
    }
    let known = |id| entities.iter().any(|e| e.id == id);
    ensure(entities.iter().flat_map(|e| &e.affiliation).all(|tie| known(tie.entity)), || "a tie leads to no entity".to_owned())?;
    all.sort();
    ensure(all.windows(2).all(|m| m[0].end <= m[1].start), || format!("mentions overlap: {all:?}"))?;
    for mention in all {
        ensure(starts.contains(&mention.start) && ends.contains(&mention.end), || format!("mention {mention:?} cuts a word"))?;
        let inside = analysis.sentences.iter().any(|s| s.span.contains(mention));
        ensure(inside, || format!("mention {mention:?} lies in no sentence"))?;
    }
    Ok(())
}

fn check_scores(analysis: &Analysis) -> Result<(), String> {
    for sentence in analysis.sentences.iter().chain(&analysis.summary.sentences) {
        let sum: i64 = sentence.why.iter().map(|c| i64::from(c.value.units())).sum();
        let score = i64::from(sentence.score.units());
        ensure(sum == score, || format!("sentence {} has score {score}, its contributions add up to {sum}", sentence.index))?;
    }
    Ok(())
}

fn check_choice(analysis: &Analysis) -> Result<(), String> {
    let (summary, chosen) = (&analysis.summary, &analysis.chosen);
    ensure(chosen.windows(2).all(|c| c[0] < c[1]), || format!("chosen out of order: {chosen:?}"))?;
    let sentences: Vec<_> = chosen.iter().filter_map(|c| analysis.sentences.get(*c)).cloned().collect();
    ensure(sentences == summary.sentences, || "the summary's sentences are not the chosen ones".to_owned())?;
    let joined: Vec<&str> = sentences.iter().map(|s| s.text.as_str()).collect();
    ensure(summary.text == joined.join(" "), || "the summary's text is not its sentences joined by one space".to_owned())?;
    ensure(chosen.is_empty() == analysis.sentences.is_empty(), || {
        format!("{} of {} sentences chosen", chosen.len(), analysis.sentences.len())
    })?;
    let eligible = |role| matches!(role, Role::Lede | Role::Body);
    let any_eligible = analysis.sentences.iter().any(|s| eligible(s.role));
    ensure(summary.fallback == (!any_eligible && !chosen.is_empty()), || format!("fallback is {}", summary.fallback))?;
    let roles: Vec<Role> = sentences.iter().map(|s| s.role).collect();
    ensure(summary.fallback || roles.iter().all(|r| eligible(*r)), || format!("chosen are {roles:?}"))
}

/// Never over the budget; with one exception, which says so and has one sentence.
fn check_budget(text: &str, analysis: &Analysis, length: Length) -> Result<(), String> {
    let summary = &analysis.summary;
    if summary.over_budget {
        return ensure(summary.sentences.len() == 1, || format!("over budget with {} sentences", summary.sentences.len()));
    }
    let (limit, used) = match length {
        Length::Sentences(n) => (n, summary.sentences.len()),
        Length::Characters(n) => (n, nfc(&summary.text).chars().count()),
        Length::Syllables(n) => (n, least_syllables(text, analysis, &analysis.chosen)),
        Length::Ratio(r) => ((most_syllables(analysis) as f64 * r) as usize, least_syllables(text, analysis, &analysis.chosen)),
        _ => return Ok(()),
    };
    ensure(used <= limit, || format!("{used} of at most {limit} by {length:?}"))
}

/// At least so many syllables do the sentences have: words cut at white space.
/// The library also counts those that stand together without space.
fn least_syllables(text: &str, analysis: &Analysis, sentences: &[usize]) -> usize {
    let chosen = |word: &Span| sentences.iter().filter_map(|s| analysis.sentences.get(*s)).any(|s| s.span.contains(*word));
    let syllables =
        |word: &Span| word.of(text).split_whitespace().filter(|s| s.chars().any(|c| c.is_alphanumeric() && !is_combining_mark(c))).count();
    analysis.words.iter().filter(|w| chosen(w)).map(syllables).sum()
}

/// No more syllables than this are in lede and body: a syllable has a letter or digit.
fn most_syllables(analysis: &Analysis) -> usize {
    let eligible = analysis.sentences.iter().filter(|s| matches!(s.role, Role::Lede | Role::Body));
    eligible.flat_map(|s| s.text.chars()).filter(|c| c.is_alphanumeric()).count()
}

/// What must not depend on the form: borders, roles, choice, names.
pub fn without_bytes(analysis: &Analysis) -> String {
    let mut out = String::new();
    for sentence in &analysis.sentences {
        out += &format!("{:?} {} {}\n", sentence.role, sentence.score, nfc(&sentence.text));
    }
    let summary = &analysis.summary;
    for entity in &summary.entities {
        out += &format!("{:?} {} {} {:?}\n", entity.kind, nfc(&entity.name), entity.mentions.len(), entity.value);
    }
    let keywords: Vec<String> = summary.keywords.iter().map(|k| nfc(&k.text)).collect();
    out + &format!("{:?} {keywords:?} {} words {}", analysis.chosen, analysis.words.len(), summary.language_doubtful)
}

/// The normalization form of a text changes nothing but bytes.
pub fn check_forms(text: &str, summarizer: &Summarizer) -> Result<(), String> {
    let of = |text: &str| without_bytes(&summarizer.analyze(text));
    let (composed, decomposed) = (of(&nfc(text)), of(&nfd(text)));
    let difference = composed.lines().zip(decomposed.lines()).find(|(a, b)| a != b);
    ensure(composed == decomposed, || format!("NFC and NFD differ: {difference:?}"))
}

/// `worker`, used before, answers like a new one, and a summary is what the
/// analysis says.
pub fn check_again(article: &Article<'_>, analysis: &Analysis, summarizer: &Summarizer, worker: &mut Worker) -> Result<(), String> {
    ensure(worker.analyze(article.clone()) == *analysis, || "a used worker answers differently".to_owned())?;
    ensure(worker.summarize(article.clone()) == analysis.summary, || "the summary is not the analysis's".to_owned())?;
    ensure(summarizer.analyze(article.clone()) == *analysis, || "the same text gives something else".to_owned())
}

/// Sentences of an article in parts lie in one part and have a role of it.
pub fn check_parts(article: &Article<'_>, analysis: &Analysis) -> Result<(), String> {
    for sentence in &analysis.sentences {
        let part = article.locate(sentence.span).map(|(part, _)| part);
        let fits = match part {
            Some(Part::Title) => sentence.role == Role::Title,
            Some(Part::Lede) => sentence.role == Role::Lede,
            Some(_) => !matches!(sentence.role, Role::Title | Role::Lede),
            None => false,
        };
        ensure(fits, || format!("{part:?} has a {:?}: {:?}", sentence.role, sentence.text))?;
    }
    Ok(())
}
