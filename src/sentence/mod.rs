//! Tokens → sentences, from surface forms alone.
//!
//! Takes the tokens of a text, gives ranges of tokens that are sentences.
//! Promises: every token belongs to exactly one sentence, in order; one pass,
//! linear in the tokens. Leaves to [`glue`] the borders that no mark shows and
//! to `structure` what a sentence is for.
//!
//! A sentence ends
//! - at a line end, unless the next line goes on in lower case as wrapped
//!   lines do;
//! - after ".", "?", "!" or "…" and the quotes and brackets that close behind
//!   it, where what follows can start a sentence, whether or not white space
//!   stands between ("Ấn Độ.Microsoft").

pub(crate) mod abbrev;
pub mod glue;

use crate::token::{Case, Gap, Token, TokenKind};
use crate::work;
use std::ops::Range;

/// Tokens of one sentence.
pub type TokenRange = Range<usize>;

/// Appends the sentences of the tokens in `range` to `sentences`.
pub(crate) fn split(text: &str, tokens: &[Token], range: TokenRange, sentences: &mut Vec<TokenRange>) {
    let mut start = range.start;
    let behind = tokens.get(range.clone()).unwrap_or(&[]).windows(2);
    for (next, both) in (range.start + 1..).zip(behind) {
        if !is_inside(both) && ends_before(text, tokens, start, next) {
            sentences.push(start..next);
            start = next;
        }
    }
    if start < range.end {
        sentences.push(start..range.end);
    }
}

/// Kinds of the last token of a sentence that no line end closes.
const MAY_END: u32 = TokenKind::Stop.bit()
    | TokenKind::Ellipsis.bit()
    | TokenKind::Question.bit()
    | TokenKind::Exclamation.bit()
    | TokenKind::QuoteClose.bit()
    | TokenKind::Quote.bit()
    | TokenKind::ParenClose.bit()
    | TokenKind::Abbreviation.bit()
    | TokenKind::Colon.bit();

/// Whether the border between two tokens is none of a sentence, whatever stands
/// around them: nearly all are settled so.
fn is_inside(both: &[Token]) -> bool {
    let [last, first] = both else { return false };
    work::count(1);
    (first.gap < Gap::Line) & !first.is_capitalized() & !last.kind.is_in(MAY_END)
}

/// Whether a sentence that begins at token `start` ends before token `next`.
fn ends_before(text: &str, tokens: &[Token], start: usize, next: usize) -> bool {
    work::count(1);
    let (Some(last), Some(first)) = (tokens.get(next - 1), tokens.get(next)) else { return false };
    if first.gap >= Gap::Line {
        return !is_wrapped(text, tokens, start, last, first);
    }
    if first.is_capitalized() && is_label(text, tokens, next, last) {
        return true;
    }
    if last.kind == TokenKind::Colon {
        return opens_list(text, tokens, next) || first.is_capitalized() && ends_invitation(text, tokens, next);
    }
    // "[A link to another article] The text goes on."
    if last.kind == TokenKind::ParenClose && first.is_capitalized() && last.of(text) == "]" {
        return tokens.get(start).is_some_and(|t| t.of(text) == "[");
    }
    if !last.kind.is_in(MAY_END) {
        return false;
    }
    let Some(end) = terminator(tokens, start, next) else { return false };
    let Some(mark) = tokens.get(end) else { return false };
    can_start(text, tokens, start, next, mark) && !is_list_number(tokens, start, end) && !continues_quote(text, tokens, end, next)
}

/// A line that goes on with a small letter continues the one before, unless
/// that one ended like a sentence or a list's introduction.
fn is_wrapped(text: &str, tokens: &[Token], start: usize, last: &Token, first: &Token) -> bool {
    // "TP.⏎Hà Nội": no sentence ends with a title.
    if last.kind == TokenKind::Abbreviation && first.gap == Gap::Line && abbrev::is_title(last.of(text).trim_end_matches('.')) {
        return first.is_capitalized();
    }
    let list_mark = tokens.get(start).is_some_and(|t| matches!(t.kind, TokenKind::Dash | TokenKind::Bullet));
    let open = matches!(last.kind, TokenKind::Comma) || last.kind.is_wordlike();
    first.gap == Gap::Line
        && first.case == Case::Lower
        && first.kind == TokenKind::Word
        && open
        && !list_mark
        && !is_list_letter(text, first)
}

/// "…các bước sau: 1. Mở ứng dụng": the first item of a numbered list.
fn opens_list(text: &str, tokens: &[Token], next: usize) -> bool {
    let (Some(number), Some(stop), Some(word)) = (tokens.get(next), tokens.get(next + 1), tokens.get(next + 2)) else { return false };
    number.of(text) == "1" && stop.kind == TokenKind::Stop && stop.gap == Gap::None && word.is_capitalized() && word.gap == Gap::Space
}

/// "Thông tin chi tiết xin liên hệ: Công ty…": what follows is an address.
fn ends_invitation(text: &str, tokens: &[Token], next: usize) -> bool {
    let word = |back: usize| next.checked_sub(back).and_then(|i| tokens.get(i)).map_or("", |t| t.of(text));
    matches!((word(3), word(2)), ("liên", "hệ") | ("truy", "cập"))
}

/// "… Hotline: 1900 0000 Website: vidu.vn": the lines of a contact block that
/// lost their ends, each behind a name, a number, an address or a colon.
fn is_label(text: &str, tokens: &[Token], next: usize, last: &Token) -> bool {
    let word = |i: usize| tokens.get(i).map_or("", |t| t.of(text));
    let is_colon = |i: usize| tokens.get(i).is_some_and(|t| t.kind == TokenKind::Colon);
    let one = is_colon(next + 1) && CONTACT_LABELS.contains(&word(next));
    let two = is_colon(next + 2) && matches!((word(next), word(next + 1)), ("Điện", "thoại") | ("Địa", "chỉ"));
    (one || two)
        && (last.kind == TokenKind::Address || last.case != Case::Lower && (last.kind.is_wordlike() || last.kind == TokenKind::Colon))
}

/// Words that open a line of a contact block, before a colon.
const CONTACT_LABELS: &[&str] = &["Hotline", "Website", "Web", "Email", "E-mail", "Fanpage", "Facebook", "Tel", "ĐT"];

/// "a)" or "b." on a line of its own starts an item.
fn is_list_letter(text: &str, token: &Token) -> bool {
    token.end - token.start == 1 && matches!(text.as_bytes().get(token.end as usize), Some(b')' | b'.'))
}

/// The token before `next` that ends a sentence, looking back over what
/// closes behind it: `.”` or `?)`.
fn terminator(tokens: &[Token], start: usize, next: usize) -> Option<usize> {
    let mut at = next.checked_sub(1)?;
    let earliest = next.saturating_sub(4).max(start);
    while at > earliest && tokens.get(at)?.kind.closes() && tokens.get(at)?.gap == Gap::None {
        at -= 1;
    }
    let token = tokens.get(at)?;
    (token.kind.ends_sentence() || token.kind == TokenKind::Abbreviation && at + 1 == next).then_some(at)
}

/// Whether token `next` can start a sentence after `mark`.
fn can_start(text: &str, tokens: &[Token], start: usize, next: usize, mark: &Token) -> bool {
    let Some(first) = tokens.get(next) else { return false };
    if mark.kind == TokenKind::Abbreviation {
        let before = next.checked_sub(2).and_then(|i| tokens.get(i)).map_or("", |t| t.of(text));
        return can_follow_abbreviation(first.of(text), mark.of(text), first)
            || first.is_capitalized() && abbrev::is_letter_as_word(before, mark.of(text));
    }
    let follower = tokens.get(next + 1);
    match first.kind {
        // "chỉ trong… 133 giây" holds its breath.
        TokenKind::Number if mark.kind == TokenKind::Ellipsis => false,
        _ if first.kind.ends_sentence() || matches!(first.kind, TokenKind::Comma | TokenKind::Semicolon | TokenKind::Colon) => false,
        TokenKind::QuoteClose | TokenKind::ParenClose => false,
        TokenKind::Quote if first.gap == Gap::None => opens_quote(tokens, start, next),
        TokenKind::Quote | TokenKind::QuoteOpen | TokenKind::ParenOpen => follower.is_none_or(starts_upright),
        // "…!" - Bà Hoa chia sẻ: the speaker follows the dash.
        TokenKind::Dash => {
            mark.kind == TokenKind::Stop && first.gap != Gap::None && follower.is_some_and(|t| t.is_capitalized() && t.gap == Gap::Space)
        }
        TokenKind::Number | TokenKind::Mixed => first.gap != Gap::None || mark.kind == TokenKind::Stop,
        TokenKind::Word | TokenKind::Abbreviation | TokenKind::Foreign => {
            (first.case != Case::Lower || is_small_start(text, tokens, next, mark))
                && !(mark.kind == TokenKind::Exclamation && is_mark_in_name(text, tokens, next))
        }
        TokenKind::Slash | TokenKind::Percent => false,
        _ => first.gap != Gap::None,
    }
}

fn can_follow_abbreviation(word: &str, abbreviation: &str, token: &Token) -> bool {
    let capital = token.is_capitalized() && token.kind == TokenKind::Word;
    capital && (abbrev::may_end_sentence(abbreviation) || abbrev::is_starter(word))
}

/// "…công nghệ."Tôi yêu…": a quote glued on both sides opens a quotation where
/// none is open in the sentence before.
fn opens_quote(tokens: &[Token], start: usize, next: usize) -> bool {
    let before = tokens.get(start..next).unwrap_or(&[]);
    let quotes = before.iter().rev().take(LONGEST_QUOTATION).filter(|t| t.kind == TokenKind::Quote).count();
    quotes % 2 == 0 && tokens.get(next + 1).is_some_and(|t| t.is_capitalized() && t.gap == Gap::None)
}

/// How many tokens back an open quotation is looked for.
const LONGEST_QUOTATION: usize = 100;

/// "…hơn thế nữa. realme 8 có…", "…kết quả. ông cho biết": a full stop and a
/// space between two words in small letters are a border all the same, where
/// both words are long enough to be no abbreviation or item letter.
fn is_small_start(text: &str, tokens: &[Token], next: usize, mark: &Token) -> bool {
    let (Some(before), Some(first)) = (next.checked_sub(2).and_then(|i| tokens.get(i)), tokens.get(next)) else { return false };
    let long =
        |t: &Token| t.case == Case::Lower && t.kind == TokenKind::Word && t.of(text).chars().nth(2).is_some() && !t.of(text).contains('.');
    mark.kind == TokenKind::Stop && mark.gap == Gap::None && first.gap == Gap::Space && long(before) && long(first)
}

/// Whether a token after an opening mark looks like the start of a sentence.
fn starts_upright(token: &Token) -> bool {
    !matches!(token.case, Case::Lower)
}

/// "Yahoo! Messenger", "Jeopardy! của": the mark belongs to a name that stands
/// in capitals right before it, after a word that is none.
fn is_mark_in_name(text: &str, tokens: &[Token], next: usize) -> bool {
    let Some(name) = next.checked_sub(2).and_then(|i| tokens.get(i)) else { return false };
    NAMES_WITH_MARK.contains(&name.of(text))
}

/// Names that carry an exclamation mark.
const NAMES_WITH_MARK: &[&str] = &["Yahoo", "Jeopardy", "Joomla", "Yum"];

/// "1." or "a." that opens a list item is no sentence.
fn is_list_number(tokens: &[Token], start: usize, end: usize) -> bool {
    let Some(first) = tokens.get(start) else { return false };
    end == start + 1 && (first.kind == TokenKind::Number && first.end - first.start <= 2 || first.end - first.start == 1)
}

/// Whether the quote or bracket that closes behind the mark is followed by
/// more of the same sentence: `“Thật tuyệt!” - ông nói`.
fn continues_quote(text: &str, tokens: &[Token], end: usize, next: usize) -> bool {
    let closed = next > end + 1;
    let Some(first) = tokens.get(next) else { return false };
    closed && (first.kind == TokenKind::Dash || first.case == Case::Lower && first.kind == TokenKind::Word) && !first.of(text).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Failures, rows};
    use crate::token::tokenize;

    #[test]
    fn sentences_as_people_split_them() {
        let mut failures = Failures::default();
        for row in rows("sentence.tsv") {
            let text: String = row.cell(0).replace('‖', "");
            let text = crate::normalize::Normalized::new(&text).text().to_owned();
            let (mut tokens, mut sentences) = (Vec::new(), Vec::new());
            tokenize(&text, &mut tokens);
            split(&text, &tokens, 0..tokens.len(), &mut sentences);
            let got: Vec<&str> = sentences.iter().map(|s| &text[tokens[s.start].start as usize..tokens[s.end - 1].end as usize]).collect();
            let expected: Vec<&str> = row.cell(0).split('‖').map(str::trim).filter(|s| !s.is_empty()).collect();
            failures.check(&row, &expected.join(" ‖ "), &got.join(" ‖ "));
        }
        failures.finish("Look at ends_before in src/sentence/mod.rs.");
    }
}
