//! What kind of sentence it is, by its marks.

use super::sheet::{ONE, Sheet, ratio};
use crate::token::TokenKind;

/// 1 for a question.
pub(super) fn question(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    flag(sheet.tally(sentence).questions > 0)
}

/// 1 for a sentence that opens with a quotation mark.
pub(super) fn quotation(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    flag(sheet.tokens(sentence).first().is_some_and(|t| matches!(t.kind, TokenKind::Quote | TokenKind::QuoteOpen)))
}

/// 1 for a sentence that ends with a colon: it announces what follows.
pub(super) fn announcement(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    flag(sheet.tokens(sentence).last().is_some_and(|t| t.kind == TokenKind::Colon))
}

/// 1 for an item of a list: "- …", "• …", "1. …".
pub(super) fn list_item(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    let mut kinds = sheet.tokens(sentence).iter().map(|t| t.kind);
    flag(match kinds.next() {
        Some(TokenKind::Dash | TokenKind::Bullet) => true,
        Some(TokenKind::Number) => matches!(kinds.next(), Some(TokenKind::Stop | TokenKind::ParenClose | TokenKind::Slash)),
        _ => false,
    })
}

/// Number of numbers, at most four, divided by 4.
pub(super) fn number_count(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    sheet.tally(sentence).numbers.min(4) * ONE / 4
}

/// The share of numbers among the tokens.
pub(super) fn numbers(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    let tally = sheet.tally(sentence);
    ratio(tally.numbers, tally.tokens)
}

/// The share of capitalized tokens.
pub(super) fn capitals(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    let tally = sheet.tally(sentence);
    ratio(tally.capitals, tally.tokens)
}

fn flag(yes: bool) -> i64 {
    if yes { ONE } else { 0 }
}
