//! Trains the finder of captions on articles whose captions are known.
//!
//! Each article is laid out as one of the ways that crawls have: paragraphs
//! of some sentences with the captions on lines of their own; a sentence a
//! line with the caption after the lede or at the very end; or the whole body
//! on one line with the captions in it.

use crate::corpus::{NewsArticle, news};
use crate::glue::{Lines, RawArticle, raw_articles};
use crate::random::Random;
use anyhow::{Context, Result};
use std::path::PathBuf;
use tomtat::train::caption::{CAPTION_WEIGHTS, features, settings};
use tomtat::train::{Segmenter, seal, tokenize};

/// What to train on and how.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Articles with known parts (`news/train.jsonl.zst`).
    #[arg(long)]
    news: PathBuf,
    /// Articles as crawled (`articles/raw_news.jsonl.zst`), for headings and
    /// the names that stand under articles.
    #[arg(long)]
    raw: PathBuf,
    /// Annotated articles that must not be learned from
    /// (`entities/dev.jsonl`).
    #[arg(long, num_args = 1..)]
    without: Vec<PathBuf>,
    /// The segmenter, for its syllable numbers.
    #[arg(long)]
    segmenter: PathBuf,
    /// Where to write the model.
    #[arg(long)]
    out: PathBuf,
    /// Passes over the samples.
    #[arg(long, default_value_t = 1)]
    passes: usize,
}

#[derive(Clone)]
struct Sample {
    features: Vec<u32>,
    caption: bool,
}

/// One article in this many is held out.
const HELD_OUT: usize = 20;

/// How often an article on technology is laid out.
const TECHNOLOGY_TIMES: usize = 3;

/// A line between paragraphs that scores more than this, in log odds, is taken
/// for a caption, not for a heading.
const MOST_OF_HEADING: f32 = 1.0;

/// Of how many sentences of the body one is learned from.
const SENTENCES_PER_SAMPLE: u64 = 10;

/// How often an article whose captions have credits is shown.
const CREDITED_TIMES: usize = 2;

/// Trains and writes the model.
pub fn run(options: &Options) -> Result<()> {
    let segmenter = Segmenter::from_envelope(&std::fs::read(&options.segmenter)?)?;
    let mut lines = Lines::read(&options.raw, &options.without)?;
    let articles: Vec<NewsArticle> = news(&options.news)?.collect::<Result<_>>()?;
    let articles: Vec<NewsArticle> = articles.into_iter().filter(|a| !a.captions.is_empty() && a.body.len() >= 4).collect();
    // Among the lines that stand like headings are captions. A first model
    // that has seen no headings tells which.
    let headings = std::mem::take(&mut lines.headings);
    let mut credited = Vec::new();
    for article in raw_articles(&options.raw, &options.without)? {
        credited.extend(credited_captions(&article, &segmenter));
    }
    eprintln!("{} sentences of articles with credits, {} captions", credited.len(), credited.iter().filter(|s| s.caption).count());
    let first = train(&articles, &lines, &credited, &segmenter, FIRST_PASSES);
    let context = &articles[0].body;
    let (all, mut kept) = (headings.len(), headings);
    kept.retain(|heading| score(&heading_sample(heading, context, &segmenter), &first) < MOST_OF_HEADING);
    eprintln!("{} of {all} headings kept", kept.len());
    lines.headings = kept;
    let weights = train(&articles, &lines, &credited, &segmenter, options.passes);
    let bytes: Vec<u8> = weights.iter().flat_map(|w| ((w * 256.0).round().clamp(-32_000.0, 32_000.0) as i16).to_le_bytes()).collect();
    std::fs::write(&options.out, seal(&[(*b"CAPT", bytes)])).with_context(|| options.out.display().to_string())
}

/// Passes of the model that tells captions from headings.
const FIRST_PASSES: usize = 2;

/// A heading between two paragraphs.
fn heading_sample(heading: &str, body: &[String], segmenter: &Segmenter) -> Sample {
    let mut layout = Layout::default();
    for (i, (gap, text)) in
        [("", body[0].as_str()), (" ", &body[1]), ("\n", heading), ("\n", &body[2]), (" ", &body[3])].into_iter().enumerate()
    {
        layout.push(gap, text, if i == 2 { Piece::Sentence } else { Piece::Other });
    }
    layout.samples(segmenter).pop().unwrap_or(Sample { features: Vec::new(), caption: false })
}

fn train(articles: &[NewsArticle], lines: &Lines, credited: &[Sample], segmenter: &Segmenter, passes: usize) -> Vec<f32> {
    let mut random = Random(2);
    let (mut samples, mut held_out) = (Vec::new(), Vec::new());
    for (i, article) in articles.iter().enumerate() {
        let out = if i % HELD_OUT == 0 { &mut held_out } else { &mut samples };
        for _ in 0..if article.tech { TECHNOLOGY_TIMES } else { 1 } {
            out.extend(layout(article, lines, &mut random).samples(segmenter));
        }
    }
    eprintln!("{} samples, {} held out", samples.len(), held_out.len());
    for _ in 0..CREDITED_TIMES {
        samples.extend_from_slice(credited);
    }
    // As good as even odds: else the words that no caption happens to have
    // would all speak against one.
    samples.retain(|s| s.caption || random.below(SENTENCES_PER_SAMPLE) == 0);
    let mut weights = vec![0.0_f32; CAPTION_WEIGHTS];
    let mut squares = vec![1.0_f32; CAPTION_WEIGHTS];
    for pass in 1..=passes {
        random.shuffle(&mut samples);
        for sample in &samples {
            learn(sample, &mut weights, &mut squares);
        }
        eprintln!("pass {pass}: {}", measure(&held_out, &weights, 0.0));
    }
    for least in [1.0, 2.0, 3.0, 4.0] {
        eprintln!("above {least}: {}", measure(&held_out, &weights, least));
    }
    weights
}

fn score(sample: &Sample, weights: &[f32]) -> f32 {
    sample.features.iter().map(|f| weights[*f as usize]).sum()
}

fn learn(sample: &Sample, weights: &mut [f32], squares: &mut [f32]) {
    let gradient = 1.0 / (1.0 + (-score(sample, weights)).exp()) - f32::from(u8::from(sample.caption));
    if gradient.abs() < 1e-3 {
        return;
    }
    for f in &sample.features {
        let f = *f as usize;
        squares[f] += gradient * gradient;
        weights[f] -= 0.2 * gradient / squares[f].sqrt();
    }
}

/// Precision and recall of the captions that score more than `least`.
fn measure(samples: &[Sample], weights: &[f32], least: f32) -> String {
    let (mut right, mut found, mut captions) = (0, 0, 0);
    for sample in samples {
        let taken = score(sample, weights) > least;
        found += usize::from(taken);
        captions += usize::from(sample.caption);
        right += usize::from(taken && sample.caption);
    }
    let share = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
    format!("precision {:.1} recall {:.1} F1 {:.1}", share(right, found), share(right, captions), share(2 * right, found + captions))
}

/// What a piece of a laid-out article is.
#[derive(Clone, Copy, PartialEq)]
enum Piece {
    Caption,
    Sentence,
    /// Title, author: not learned from.
    Other,
}

/// An article's pieces in order, each with what stands before it.
#[derive(Default)]
struct Layout {
    text: String,
    pieces: Vec<(std::ops::Range<usize>, Piece)>,
}

impl Layout {
    fn push(&mut self, gap: &str, text: &str, piece: Piece) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str(gap);
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.pieces.push((start..self.text.len(), piece));
    }

    fn samples(&self, segmenter: &Segmenter) -> Vec<Sample> {
        let (mut tokens, mut ids) = (Vec::new(), Vec::new());
        tokenize(&self.text, &mut tokens);
        segmenter.number(&self.text, &tokens, &mut ids);
        let at = |byte: usize| tokens.partition_point(|t| (t.start as usize) < byte);
        let sentences: Vec<_> = self.pieces.iter().map(|(bytes, _)| at(bytes.start)..at(bytes.end)).collect();
        let settings = settings(&tokens, &ids, &sentences);
        let mut out = Vec::new();
        for ((range, setting), (_, piece)) in sentences.iter().zip(&settings).zip(&self.pieces) {
            if *piece != Piece::Other && range.len() > 1 {
                let mut indices = Vec::new();
                features(&tokens[range.clone()], &ids[range.clone()], setting, |f| indices.push(f as u32));
                out.push(Sample { features: indices, caption: *piece == Piece::Caption });
            }
        }
        out
    }
}

/// Articles with headings, in a hundred, and the odds of one before a
/// sentence of theirs, one in so many.
const WITH_HEADINGS: u64 = 25;
const SENTENCES_PER_HEADING: u64 = 6;

fn layout(article: &NewsArticle, lines: &Lines, random: &mut Random) -> Layout {
    let style = random.below(3);
    let captions = placed(article, random, style);
    let mut out = Layout::default();
    let in_line = style == 2;
    let before_body = if in_line && random.below(3) == 0 { " " } else { "\n" };
    let has_headings = random.below(100) < WITH_HEADINGS && !lines.headings.is_empty();
    if random.below(4) != 0 {
        out.push("\n", &article.title, Piece::Other);
        out.push(before_body, &article.lede, Piece::Other);
    }
    let author = (random.below(3) != 0).then(|| one_of(&lines.bylines, random));
    let mut new_line = true;
    for (i, sentence) in article.body.iter().enumerate() {
        let heading = has_headings && i > 0 && random.below(SENTENCES_PER_HEADING) == 0;
        let heading = heading.then(|| one_of(&lines.headings, random));
        for (text, piece) in before(i, &captions, heading) {
            let gap = gap(in_line, i == 0, true, before_body);
            out.push(gap, text, piece);
            new_line = !in_line;
        }
        out.push(gap(in_line, i == 0 && new_line, new_line, before_body), sentence, Piece::Sentence);
        new_line = style == 1 || random.below(2) == 0;
    }
    let gap = if in_line { " " } else { "\n" };
    out.push(gap, author.unwrap_or_default(), Piece::Other);
    for (_, caption) in captions.iter().filter(|(at, _)| *at >= article.body.len()) {
        out.push(gap, caption, Piece::Caption);
    }
    out
}

fn one_of<'t>(texts: &'t [String], random: &mut Random) -> &'t str {
    &texts[random.below(texts.len() as u64) as usize]
}

/// What stands before body sentence `i`: captions, and a heading, which is
/// learned as no caption.
fn before<'t>(i: usize, captions: &'t [(usize, String)], heading: Option<&'t str>) -> impl Iterator<Item = (&'t str, Piece)> {
    let captions = captions.iter().filter(move |(at, _)| *at == i).map(|(_, caption)| (caption.as_str(), Piece::Caption));
    captions.chain(heading.map(|heading| (heading, Piece::Sentence)))
}

/// What stands before a piece of the body.
fn gap(in_line: bool, opens_body: bool, new_line: bool, before_body: &'static str) -> &'static str {
    match (in_line, opens_body, new_line) {
        (true, true, _) => before_body,
        (true, false, _) | (false, _, false) => " ",
        (false, _, true) => "\n",
    }
}

/// The captions, each with the position of the body sentence it stands before.
fn placed(article: &NewsArticle, random: &mut Random, style: u64) -> Vec<(usize, String)> {
    let count = if style == 1 { 1 } else { 1 + random.below(3) as usize };
    let length = article.body.len();
    let mut out = Vec::new();
    for caption in article.captions.iter().take(count) {
        let at = match random.below(10) {
            0..=2 => 0,
            _ if style == 1 => length,
            3..=6 => most_alike(caption, &article.body),
            _ => random.below(length as u64) as usize,
        };
        let open = random.below(4) == 0;
        out.push((at, if open { caption.trim().trim_end_matches(['.', ' ']).to_owned() } else { caption.clone() }));
    }
    out
}

/// The body sentence that has most of the caption's words.
fn most_alike(caption: &str, body: &[String]) -> usize {
    let alike = |sentence: &String| caption.split(' ').filter(|word| sentence.contains(word)).count();
    body.iter().enumerate().max_by_key(|(i, sentence)| (alike(sentence), std::cmp::Reverse(*i))).map_or(0, |(i, _)| i)
}

/// An article as crawled in which photo credits tell the captions: each stands
/// right before its credit. The credits themselves are taken out, so that what
/// is learned is how a caption without one looks.
fn credited_captions(article: &RawArticle, segmenter: &Segmenter) -> Vec<Sample> {
    let mut out = Layout::default();
    for part in [&article.title, &article.lede].into_iter().flatten() {
        out.push("\n", part, Piece::Other);
    }
    for line in article.body.lines() {
        let mut gap = "\n";
        for sentence in rough_sentences(line) {
            match credit(sentence) {
                Some(at) if at >= SHORTEST_CAPTION => out.push(gap, sentence[..at].trim_end_matches([' ', '(', '-', '–']), Piece::Caption),
                Some(_) => out.pieces.last_mut().into_iter().filter(|p| p.1 == Piece::Sentence).for_each(|p| p.1 = Piece::Caption),
                None => out.push(gap, sentence, Piece::Sentence),
            }
            gap = " ";
        }
    }
    let has_captions = out.pieces.iter().any(|(_, piece)| *piece == Piece::Caption);
    if has_captions { out.samples(segmenter) } else { Vec::new() }
}

/// Fewest bytes of a caption before its credit in one sentence.
const SHORTEST_CAPTION: usize = 15;

/// Where a photo credit begins in a sentence.
fn credit(sentence: &str) -> Option<usize> {
    ["Ảnh: ", "ẢNH: ", "(Ảnh", "(ảnh", "- Ảnh", "– Ảnh", "Ảnh minh họa", "Ảnh minh hoạ"].iter().filter_map(|mark| sentence.find(mark)).min()
}

/// A line's sentences, by full stop, space and capital alone.
fn rough_sentences(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line.trim();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let ends = |(at, mark): (usize, &str)| {
            let next = rest[at + mark.len()..].chars().next();
            next.is_some_and(char::is_uppercase).then_some(at + mark.len())
        };
        let end = rest.match_indices(". ").find_map(ends).unwrap_or(rest.len());
        let (sentence, others) = rest.split_at(end);
        rest = others;
        Some(sentence.trim())
    })
}
