//! Whether a sentence may be printed by itself.
//!
//! Judged by its own marks and words and by the title, whatever its score.
//! References to other sentences are judged in [`dangling`](super::dangling).

use crate::score::sheet::{ONE, Sheet, ratio};
use crate::score::tally::Tally;
use crate::token::{Gap, Token, TokenKind};

/// How well a sentence reads by itself; worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fitness {
    /// It announces a list, is half a quotation, or only repeats the title.
    Never,
    /// A question, an item of a list, a roll of names, hardly a sentence or one
    /// without end.
    Poor,
    /// Anything else.
    Good,
}

/// A sentence that shares this much of its terms with the title says nothing
/// beyond it.
const ONLY_TITLE: i64 = ONE * 92 / 100;

/// Fewer words than this are hardly a sentence.
const LEAST_WORDS: i64 = 6;

/// More words, some ninety syllables, nobody reads in a summary: among 300
/// articles, readers chose three such sentences where the weights chose ten.
const MOST_WORDS: i64 = 65;

/// How well a sentence reads by itself.
pub(super) fn of(sheet: &Sheet<'_>, sentence: usize) -> Fitness {
    let (tokens, tally) = (sheet.tokens(sentence), sheet.tally(sentence));
    let only_title = sheet.title.total > 0 && ratio(tally.title_idf, tally.idf) >= ONLY_TITLE;
    if only_title || announces(tokens) || tally.quotes > 0 && is_half_quoted(sheet.view.text, tokens) {
        return Fitness::Never;
    }
    let unwieldy = !(LEAST_WORDS..=MOST_WORDS).contains(&tally.words);
    let asks = tally.questions > 0 && asks(tokens);
    if unwieldy || asks || is_list_item(tokens) || is_roll(tally) { Fitness::Poor } else { Fitness::Good }
}

/// Ends with a colon: what it announces comes after it.
fn announces(tokens: &[Token]) -> bool {
    tokens.last().is_some_and(|t| t.kind == TokenKind::Colon)
}

/// Ends with a question mark, or with one and a closing quotation mark.
fn asks(tokens: &[Token]) -> bool {
    tokens.iter().rev().take(2).any(|t| t.kind == TokenKind::Question)
}

/// "- …", "• …", "1. …".
fn is_list_item(tokens: &[Token]) -> bool {
    match tokens {
        [first, ..] if matches!(first.kind, TokenKind::Dash | TokenKind::Bullet) => true,
        [first, second, ..] if first.kind == TokenKind::Number => {
            matches!(second.kind, TokenKind::Stop | TokenKind::ParenClose | TokenKind::Slash)
        }
        _ => false,
    }
}

/// Marks between the names of a roll, at least.
const ROLL_MARKS: i64 = 4;

/// "Stoke: Butland; Johnson, Shawcross, Pieters; Cameron (Sobhi 81')…": more than
/// four of five words are names or numbers, with marks between them.
fn is_roll(tally: &Tally) -> bool {
    tally.list_marks >= ROLL_MARKS && tally.small * 5 < tally.syllables
}

/// Opens a quotation that another sentence closes, or closes one that another
/// opened. A mark whose side its shape does not tell opens where none is open;
/// a single mark behind a letter where none is open is an apostrophe.
fn is_half_quoted(text: &str, tokens: &[Token]) -> bool {
    let mut open = 0_i32;
    let (mut single_open, mut double_open) = (false, false);
    let quotes = |t: &&Token| matches!(t.kind, TokenKind::Quote | TokenKind::QuoteOpen | TokenKind::QuoteClose);
    for token in tokens.iter().filter(quotes) {
        let single = matches!(token.of(text), "'" | "’");
        match token.kind {
            TokenKind::QuoteClose if open == 0 && token.gap == Gap::None && single => {}
            TokenKind::Quote if single && !single_open && token.gap == Gap::None => {}
            TokenKind::QuoteOpen => open += 1,
            TokenKind::QuoteClose => open -= 1,
            TokenKind::Quote if single => single_open = !single_open,
            TokenKind::Quote => double_open = !double_open,
            _ => {}
        }
        if open < 0 {
            return true;
        }
    }
    open > 0 || single_open || double_open
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenize;

    fn tokens(text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        tokenize(text, &mut tokens);
        tokens
    }

    #[test]
    fn half_quotations() {
        for (text, half) in [
            ("Ông Nam nói: “Giá sẽ giảm.", true),
            ("Chúng tôi chưa bán\", ông Nam nói.", true),
            ("“Giá sẽ giảm”, ông Nam nói.", false),
            ("\"Giá sẽ giảm\", ông Nam nói về \"chiến dịch\" mới.", false),
            ("Hoa hậu H' Hen Niê đến Cư M’ gar.", false),
            ("Hãng gọi đây là “chiến dịch 'số 1'”.", false),
        ] {
            assert_eq!(is_half_quoted(text, &tokens(text)), half, "{text}");
        }
    }

    #[test]
    fn rolls_of_names() {
        let is_roll = |text: &str| super::is_roll(&Tally::of_tokens(&tokens(text)));
        assert!(is_roll("Sao Biển: Minh; Tuấn, Hùng, Dũng; Nam (Sơn 81), Long."));
        assert!(!is_roll("Việt Nam, Thái Lan, Indonesia, Lào, Malaysia và Philippines đều tăng giá bán điện."));
        assert!(!is_roll("Máy có màu đen, trắng, xanh, vàng, đỏ."));
    }

    #[test]
    fn announcements_questions_and_items() {
        assert!(announces(&tokens("Máy có ba phiên bản:")));
        assert!(!announces(&tokens("Giá bán: 3 triệu đồng.")));
        assert!(asks(&tokens("Vì sao Apple tăng giá?")));
        assert!(asks(&tokens("Ông hỏi: “Vì sao?”")));
        assert!(is_list_item(&tokens("- Màn hình 6 inch.")));
        assert!(is_list_item(&tokens("1. Bật xác thực.")));
        assert!(!is_list_item(&tokens("3 nhà mạng mở 5G.")));
    }
}
