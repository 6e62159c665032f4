//! What kind of sentence it is, by its marks.

use super::sheet::{ONE, Sheet};
use crate::token::TokenKind;

/// 1 for a question.
pub(super) fn question(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    flag(sheet.tokens(sentence).iter().any(|t| t.kind == TokenKind::Question))
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
    let numbers = sheet.tokens(sentence).iter().filter(|t| matches!(t.kind, TokenKind::Number | TokenKind::Mixed));
    numbers.count().min(4) as i64 * ONE / 4
}

/// The share of numbers among the tokens.
pub(super) fn numbers(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    let tokens = sheet.tokens(sentence);
    let numbers = tokens.iter().filter(|t| matches!(t.kind, TokenKind::Number | TokenKind::Mixed)).count();
    super::sheet::ratio(numbers as i64, tokens.len() as i64)
}

/// The share of capitalized tokens.
pub(super) fn capitals(sheet: &Sheet<'_>, sentence: usize) -> i64 {
    let tokens = sheet.tokens(sentence);
    super::sheet::ratio(tokens.iter().filter(|t| t.is_capitalized()).count() as i64, tokens.len() as i64)
}

fn flag(yes: bool) -> i64 {
    if yes { ONE } else { 0 }
}
