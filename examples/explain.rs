//! Shows why each sentence of an article got its role and its score, and which
//! were chosen.
//!
//! ```text
//! cargo run --release --example explain -- fixtures/articles/fused-lede/source.txt
//! ```

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;
use tomtat::{Sentence, Summarizer};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args_os().skip(1).map(|a| a.to_string_lossy().into_owned()).collect();
    let [file] = arguments.as_slice() else {
        eprintln!("usage: explain FILE");
        return ExitCode::FAILURE;
    };
    let shown = std::fs::read_to_string(file).and_then(|text| std::io::stdout().write_all(explain(&text).as_bytes()));
    if let Err(problem) = shown {
        eprintln!("explain: {file}: {problem}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn explain(text: &str) -> String {
    let analysis = Summarizer::new().analyze(text);
    let mut page = String::from("Sentences marked * are the summary.\n");
    for sentence in &analysis.sentences {
        let mark = if analysis.chosen.contains(&sentence.index) { '*' } else { ' ' };
        let role = format!("{:?}", sentence.role).to_lowercase();
        let _ = writeln!(page, "\n{mark} {} {role}, since: {}", sentence.index, sentence.cue);
        let _ = writeln!(page, "    {}", sentence.text);
        push_score(&mut page, sentence);
    }
    page
}

/// Scores are whole numbers of 2⁻¹⁶, so the contributions add up exactly; the
/// greatest come first here.
fn push_score(page: &mut String, sentence: &Sentence) {
    let mut why: Vec<_> = sentence.why.iter().filter(|c| c.value.units() != 0).collect();
    why.sort_by_key(|c| std::cmp::Reverse(c.value.units().unsigned_abs()));
    let sum: i64 = sentence.why.iter().map(|c| i64::from(c.value.units())).sum();
    let _ = write!(page, "    score {:.3} =", sentence.score.to_f64());
    for contribution in why {
        let _ = write!(page, " {:+.3} {}", contribution.value.to_f64(), contribution.signal);
    }
    let adds_up = sum == i64::from(sentence.score.units());
    page.push_str(if adds_up { "\n" } else { " (does not add up: please report this)\n" });
}
