//! What the signals add up over a sentence, added up in one pass.
//!
//! A dozen signals are sums over the same terms, and some more over the same
//! tokens: each with a pass of its own took twice the time. What a term adds is
//! reckoned once for the article and stands in one row.

use super::sheet::{ONE, Sheet};
use super::terms::{Term, TermCount, TermId};
use super::tfidf::damping;
use super::wording::Classes;
use crate::token::{Case, Token, TokenKind};

/// What one term adds to the sums of a sentence that has it; IDF in units of
/// 1/16, salience in units of 2⁻¹⁶.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Row {
    /// Its IDF; the same if it is in the title, and in the lede.
    pub(super) idf: i64,
    pub(super) title_idf: i64,
    pub(super) lede_idf: i64,
    /// IDF times the damped count in the article.
    pub(super) recurring: i64,
    /// Its salience if it has an IDF, and if the lede lacks it.
    pub(super) salience: i64,
    pub(super) beyond_lede: i64,
    /// Its salience, whatever it is, and times its syllables.
    pub(super) salient: i64,
    pub(super) salient_syllables: i64,
    /// What it tells.
    pub(super) telling: i64,
    /// For each occurrence: products with the vectors of the article, of the
    /// title and of the first eligible sentence.
    pub(super) centroid_dot: i64,
    pub(super) title_dot: i64,
    pub(super) lead_dot: i64,
    /// How often it stands in eligible sentences.
    pub(super) times: u32,
    pub(super) in_title: bool,
    pub(super) classes: Classes,
}

/// Sums over one sentence; those of [`Row`] by the same names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    pub(crate) idf: i64,
    pub(crate) title_idf: i64,
    pub(crate) lede_idf: i64,
    pub(crate) recurring: i64,
    pub(crate) salience: i64,
    pub(crate) beyond_lede: i64,
    pub(crate) salient: i64,
    pub(crate) salient_syllables: i64,
    pub(crate) telling: i64,
    pub(crate) centroid_dot: i64,
    pub(crate) title_dot: i64,
    pub(crate) lead_dot: i64,
    pub(crate) classes: Classes,
    /// Number of terms.
    pub(crate) terms: i64,
    /// Count times IDF, and the length of the vector of these products.
    pub(crate) tf_idf: i64,
    pub(crate) norm: i64,
    /// Salience of pairs of neighbours, and how many of them the title has.
    pub(crate) salient_between: i64,
    pub(crate) title_pairs: i64,
    /// Words, syllables, numbers, capitalized tokens, question marks.
    pub(crate) words: i64,
    pub(crate) syllables: i64,
    pub(crate) numbers: i64,
    pub(crate) capitals: i64,
    pub(crate) questions: i64,
    /// Syllables in small letters, marks between the items of a list, quotation
    /// marks.
    pub(crate) small: i64,
    pub(crate) list_marks: i64,
    pub(crate) quotes: i64,
}

impl Row {
    /// What a term adds that stands `times` in the eligible sentences; the
    /// product with the first sentence is left open.
    #[inline]
    pub(super) fn new(Term { known, length, .. }: &Term, (in_title, in_lede): (bool, bool), times: i64, salience: i64) -> Self {
        let of = |is: bool, value: i64| i64::from(is) * value;
        let idf = i64::from(known.idf);
        let with_idf = of(idf > 0, salience);
        Self {
            idf,
            title_idf: of(in_title, idf),
            lede_idf: of(in_lede, idf),
            recurring: damping(times as usize) * idf,
            salience: with_idf,
            beyond_lede: of(!in_lede, with_idf),
            salient: salience,
            salient_syllables: salience * *length as i64,
            telling: of(times > 0, i64::from(known.telling)),
            centroid_dot: times * idf * idf,
            title_dot: of(in_title, idf * idf),
            lead_dot: 0,
            times: times as u32,
            in_title,
            classes: known.classes,
        }
    }
}

impl Tally {
    pub(super) fn of(sheet: &Sheet<'_>, sentence: usize) -> Self {
        let mut this = Self::default();
        this.add_terms(sheet, sheet.terms.of(sentence));
        this.add_pairs(sheet, sentence);
        let range = sheet.view.sentences.get(sentence).cloned().unwrap_or_default();
        this.add_tokens(sheet.tokens(sentence), sheet.view.continues.get(range).unwrap_or(&[]));
        this
    }

    /// The sums of tokens alone, each a word.
    #[cfg(test)]
    pub(crate) fn of_tokens(tokens: &[Token]) -> Self {
        let mut this = Self::default();
        this.add_tokens(tokens, &vec![false; tokens.len()]);
        this
    }

    fn add_terms(&mut self, sheet: &Sheet<'_>, counts: &[TermCount]) {
        let mut squares = 0_u64;
        self.terms = counts.len() as i64;
        for TermCount { term, count } in counts {
            let (Some(row), count) = (sheet.rows.get(*term as usize), i64::from(*count)) else { continue };
            self.idf += row.idf;
            self.title_idf += row.title_idf;
            self.lede_idf += row.lede_idf;
            self.recurring += row.recurring;
            self.salience += row.salience;
            self.beyond_lede += row.beyond_lede;
            self.salient += row.salient;
            self.salient_syllables += row.salient_syllables;
            self.telling += row.telling;
            self.centroid_dot += count * row.centroid_dot;
            self.title_dot += count * row.title_dot;
            self.lead_dot += count * row.lead_dot;
            self.classes |= row.classes;
            let product = count * row.idf;
            self.tf_idf += product;
            squares = squares.saturating_add((product * product) as u64);
        }
        self.norm = squares.isqrt() as i64;
    }

    fn add_pairs(&mut self, sheet: &Sheet<'_>, sentence: usize) {
        let mut before: Option<(TermId, &Row)> = None;
        for word in sheet.terms.in_order(sentence) {
            let this = sheet.rows.get(word.term as usize).map(|row| (word.term, row));
            if let (Some((a, left)), Some((b, right))) = (before, this) {
                self.salient_between += left.salient * right.salient / ONE;
                if left.in_title && right.in_title {
                    self.title_pairs += i64::from(sheet.title_pairs.binary_search(&(a, b)).is_ok());
                }
            }
            before = this;
        }
    }

    fn add_tokens(&mut self, tokens: &[Token], continues: &[bool]) {
        // No lane runs over before 255 tokens.
        for (tokens, continues) in tokens.chunks(255).zip(continues.chunks(255)) {
            let lanes = tokens.iter().zip(continues).map(|(token, continues)| lanes(token, *continues)).sum::<u64>().to_le_bytes();
            let [words, syllables, numbers, capitals, questions, small, list_marks, quotes] = lanes.map(i64::from);
            self.words += words;
            self.syllables += syllables;
            self.numbers += numbers;
            self.capitals += capitals;
            self.questions += questions;
            self.small += small;
            self.list_marks += list_marks;
            self.quotes += quotes;
        }
    }
}

/// What a token counts as, one byte for each: begins a word, syllable, number,
/// capitalized, question mark, syllable in small letters, mark of a list,
/// quotation mark.
#[inline]
fn lanes(token: &Token, continues: bool) -> u64 {
    let kind = KINDS.get(token.kind as usize).copied().unwrap_or(0);
    let case = CASES.get(token.case as usize).copied().unwrap_or(0);
    kind & case & !u64::from(continues)
}

/// All lanes.
const ALL: u64 = 0x0101_0101_0101_0101;

/// What tokens of a kind may count as.
#[expect(clippy::indexing_slicing, reason = "computed by the compiler: an index past the end would not compile")]
static KINDS: [u64; 32] = {
    use TokenKind::*;
    const SYLLABLE: u64 = 0x0000_0100_0000_0101 | CAPITALIZED;
    const CAPITALIZED: u64 = 1 << 24;
    let mut table = [CAPITALIZED; 32];
    table[Word as usize] = SYLLABLE;
    table[Abbreviation as usize] = SYLLABLE;
    table[Mixed as usize] = SYLLABLE | 1 << 16;
    table[Number as usize] = SYLLABLE | 1 << 16;
    // An address is no word.
    table[Address as usize] = SYLLABLE & !1;
    table[Handle as usize] = SYLLABLE;
    table[Foreign as usize] = SYLLABLE;
    table[Question as usize] |= 1 << 32;
    table[Comma as usize] |= 1 << 48;
    table[Semicolon as usize] |= 1 << 48;
    table[Quote as usize] |= 1 << 56;
    table[QuoteOpen as usize] |= 1 << 56;
    table[QuoteClose as usize] |= 1 << 56;
    table
};

/// What tokens of a letter case may count as.
#[expect(clippy::indexing_slicing, reason = "computed by the compiler: an index past the end would not compile")]
static CASES: [u64; 8] = {
    let mut table = [ALL & !(1 << 24 | 1 << 40); 8];
    table[Case::Lower as usize] |= 1 << 40;
    table[Case::Title as usize] |= 1 << 24;
    table[Case::Upper as usize] |= 1 << 24;
    table[Case::Initial as usize] |= 1 << 24;
    table
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenize;

    #[test]
    fn tokens_are_counted_as_their_kinds_say() {
        let text = "“Ông Nam” bán 5G, 3 xe; giá VnExpress.net? ".repeat(50);
        let mut tokens = Vec::new();
        tokenize(&text, &mut tokens);
        let continues: Vec<bool> = (0..tokens.len()).map(|at| at % 3 == 1).collect();
        let mut tally = Tally::default();
        tally.add_tokens(&tokens, &continues);
        let count = |is: &dyn Fn(&Token) -> bool| tokens.iter().filter(|t| is(t)).count() as i64;
        let words = tokens.iter().zip(&continues).filter(|(t, c)| t.kind.is_wordlike() && t.kind != TokenKind::Address && !**c);
        assert_eq!(tally.words, words.count() as i64);
        assert_eq!(tally.syllables, count(&|t| t.kind.is_wordlike()));
        assert_eq!(tally.numbers, count(&|t| matches!(t.kind, TokenKind::Number | TokenKind::Mixed)));
        assert_eq!(tally.capitals, count(&Token::is_capitalized));
        assert_eq!(tally.questions, count(&|t| t.kind == TokenKind::Question));
        assert_eq!(tally.small, count(&|t| t.kind.is_wordlike() && t.case == Case::Lower));
        assert_eq!(tally.list_marks, count(&|t| matches!(t.kind, TokenKind::Comma | TokenKind::Semicolon)));
        assert_eq!(tally.quotes, count(&|t| matches!(t.kind, TokenKind::Quote | TokenKind::QuoteOpen | TokenKind::QuoteClose)));
    }
}
