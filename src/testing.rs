//! Reads the case tables in `fixtures/cases` for unit tests.

use std::fmt::Write as _;
use std::path::Path;

/// One row of a case table, its escapes resolved.
pub(crate) struct Row {
    /// Where the row stands, for messages: `tone.tsv:12`.
    pub(crate) place: String,
    /// The cells, in the order of the table's header.
    pub(crate) cells: Vec<String>,
}

impl Row {
    /// Cell `index`, or the empty string.
    pub(crate) fn cell(&self, index: usize) -> &str {
        self.cells.get(index).map_or("", String::as_str)
    }
}

/// The rows of `fixtures/cases/<name>`; fails where the table cannot be read
/// or is empty, so that a renamed file never passes in silence.
pub(crate) fn rows(name: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let rows: Vec<Row> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with("# ") && *line != "#")
        .map(|(i, line)| Row { place: format!("{name}:{}", i + 1), cells: line.split('\t').map(unescape).collect() })
        .collect();
    assert!(!rows.is_empty(), "{name} has no rows");
    rows
}

/// "[Apple|organization] kiện" → the text, and the start, end and kind of each
/// mention.
pub(crate) fn marked(cell: &str) -> (String, Vec<(usize, usize, &str)>) {
    let (mut text, mut mentions) = (String::new(), Vec::new());
    let mut rest = cell;
    while let Some((before, after)) = rest.split_once('[') {
        let (mark, behind) = after.split_once(']').expect("a mark without end");
        let (written, kind) = mark.rsplit_once('|').expect("a mark without kind");
        text.push_str(before);
        let start = text.len();
        text.push_str(written);
        mentions.push((start, text.len(), kind));
        rest = behind;
    }
    text.push_str(rest);
    (text, mentions)
}

/// Resolves `\n`, `\t`, `\r`, `\\` and `\u{XXXX}`.
fn unescape(cell: &str) -> String {
    let mut out = String::new();
    let mut chars = cell.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('\\') => out.push('\\'),
            Some('u') => {
                let hex: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                let code = u32::from_str_radix(&hex, 16).unwrap_or_else(|_| panic!("bad escape in {cell}"));
                out.push(char::from_u32(code).unwrap_or_else(|| panic!("no character {hex} in {cell}")));
            }
            other => panic!("unknown escape \\{other:?} in {cell}"),
        }
    }
    out
}

/// Collects failed rows, so that one run shows all of them.
#[derive(Default)]
pub(crate) struct Failures {
    total: usize,
    failed: usize,
    report: String,
}

impl Failures {
    /// Counts one row; `expected` is what is right, `got` what the code says.
    pub(crate) fn check(&mut self, row: &Row, expected: &str, got: &str) {
        self.total += 1;
        if expected != got {
            self.failed += 1;
            let _ = writeln!(self.report, "{}: expected {expected:?}\n    got {got:?}", row.place);
        }
    }

    /// For what is learned: lets at most `wrong` rows fail, and shows them when
    /// there are more.
    #[cfg(feature = "builtin-model")]
    pub(crate) fn finish_learned(self, wrong: usize, advice: &str) {
        assert!(self.failed <= wrong, "{} of {} rows failed, {wrong} are known to. {advice}\n{}", self.failed, self.total, self.report);
    }

    /// Fails the test with every failed row in the message.
    pub(crate) fn finish(self, advice: &str) {
        assert!(self.failed == 0, "{} of {} rows failed. {advice}\n{}", self.failed, self.total, self.report);
    }
}
