//! What kind of sentence it is, by its marks.

use super::line::Line;
use super::sheet::{ONE, ratio};
use crate::token::TokenKind;

/// 1 for a question.
pub(super) fn question(line: &Line<'_, '_>) -> i64 {
    flag(line.tally.questions > 0)
}

/// 1 for a sentence that opens with a quotation mark.
pub(super) fn quotation(line: &Line<'_, '_>) -> i64 {
    flag(line.tokens.first().is_some_and(|t| matches!(t.kind, TokenKind::Quote | TokenKind::QuoteOpen)))
}

/// 1 for a sentence that ends with a colon: it announces what follows.
pub(super) fn announcement(line: &Line<'_, '_>) -> i64 {
    flag(line.tokens.last().is_some_and(|t| t.kind == TokenKind::Colon))
}

/// 1 for an item of a list: "- …", "• …", "1. …".
pub(super) fn list_item(line: &Line<'_, '_>) -> i64 {
    let mut kinds = line.tokens.iter().map(|t| t.kind);
    flag(match kinds.next() {
        Some(TokenKind::Dash | TokenKind::Bullet) => true,
        Some(TokenKind::Number) => matches!(kinds.next(), Some(TokenKind::Stop | TokenKind::ParenClose | TokenKind::Slash)),
        _ => false,
    })
}

/// Number of numbers, at most four, divided by 4.
pub(super) fn number_count(line: &Line<'_, '_>) -> i64 {
    line.tally.numbers.min(4) * ONE / 4
}

/// The share of numbers among the tokens.
pub(super) fn numbers(line: &Line<'_, '_>) -> i64 {
    ratio(line.tally.numbers, line.tokens.len() as i64)
}

/// The share of capitalized tokens.
pub(super) fn capitals(line: &Line<'_, '_>) -> i64 {
    ratio(line.tally.capitals, line.tokens.len() as i64)
}

fn flag(yes: bool) -> i64 {
    if yes { ONE } else { 0 }
}
