//! Runs the stages in order: the only file that knows them all.

use crate::article::{Article, Part};
use crate::document::{Document, GivenPart, View};
use crate::entity::gazetteer::Gazetteer;
use crate::entity::link::written::Written;
use crate::entity::link::{self, Linking};
use crate::entity::mention::{self, FoundMention, MentionBuffers};
use crate::entity::{Entity, EntityKind};
use crate::error::Error;
use crate::language::{self, Language};
use crate::model::Model;
use crate::normalize::Normalized;
use crate::score::background::Idf;
use crate::score::keyword;
use crate::score::names::Naming;
use crate::score::sheet::Sheet;
use crate::score::stop_words::StopWords;
use crate::score::terms::Terms;
use crate::score::word_table::WordTable;
use crate::segment::phrases::{Numbered, Phrases};
use crate::select::budget::Length;
use crate::select::{self, Candidates, Choice, InCompany, budget, dangling};
use crate::span::Span;
use crate::structure::{self, Assigned};
use crate::summary::{Analysis, Contribution, Keyword, Role, Score, Sentence, Summary};
use crate::token::Token;
use regex::RegexSet;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization as _;

/// Bytes of a text (after NFC) that are read by default: 1 MiB, some three
/// hundred times the mean article.
const DEFAULT_MAX_INPUT: usize = 1 << 20;

/// Most bytes that `max_input` may allow: offsets inside have 32 bits.
const LARGEST_MAX_INPUT: usize = u32::MAX as usize / 2;

/// Summarizes articles. Cheap to clone; one serves all threads.
///
/// ```
/// use tomtat::{Length, Summarizer};
///
/// let summarizer = Summarizer::builder().length(Length::Sentences(1)).build()?;
/// let summary = summarizer.summarize("Hãng xe VinFast vừa mở nhà máy ở Hải Phòng. Nhà máy rộng 335 hecta.");
/// assert_eq!(summary.sentences.len(), 1);
/// # Ok::<(), tomtat::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Summarizer {
    settings: Arc<Settings>,
}

#[derive(Debug)]
struct Settings {
    model: Model,
    length: Length,
    max_input: usize,
    words: Phrases,
    focus: Phrases,
    boilerplate: Option<RegexSet>,
    /// What is known of words where a user's stop words or counts stand for
    /// the built-in ones.
    known: Option<WordTable>,
    gazetteer: Gazetteer,
}

/// Sets options; see [`Summarizer::builder`].
#[derive(Debug, Clone, Default)]
pub struct SummarizerBuilder {
    model: Option<Model>,
    length: Length,
    max_input: Option<usize>,
    stop_words: Option<Vec<String>>,
    words: Vec<String>,
    focus: Vec<String>,
    boilerplate: Vec<String>,
    background: Option<Idf>,
    gazetteer: Vec<(EntityKind, String)>,
}

impl SummarizerBuilder {
    /// How long a summary may be; three sentences by default.
    #[must_use]
    pub fn length(mut self, length: Length) -> Self {
        self.length = length;
        self
    }

    /// The model to use; the built-in one by default.
    #[must_use]
    pub fn model(mut self, model: Model) -> Self {
        self.model = Some(model);
        self
    }

    /// How many bytes of a text (after NFC) are read, 1 MiB by default. A
    /// longer text is read up to the last sentence end before, and the summary
    /// says so in `truncated`.
    #[must_use]
    pub fn max_input(mut self, bytes: usize) -> Self {
        self.max_input = Some(bytes);
        self
    }

    /// Words that no summary or keyword is about, instead of the built-in
    /// list. A word of several syllables has spaces between them.
    #[must_use]
    pub fn stop_words<I, S>(mut self, words: I) -> Self
    where
        I: IntoIterator<Item = S>,
        S: Into<String>,
    {
        self.stop_words = Some(words.into_iter().map(Into::into).collect());
        self
    }

    /// Words that are always joined, whatever the model says, in any letter
    /// case and tone style: names of products, terms of a trade. Where two
    /// overlap, the longer one wins, then the one further left.
    ///
    /// ```
    /// use tomtat::Summarizer;
    ///
    /// let summarizer = Summarizer::builder().words(["sạc siêu nhanh"]).build()?;
    /// let text = "Máy có sạc siêu nhanh.";
    /// let words: Vec<&str> = summarizer.segment(text).iter().map(|span| span.of(text)).collect();
    /// assert_eq!(words, ["Máy", "có", "sạc siêu nhanh", "."]);
    /// # Ok::<(), tomtat::Error>(())
    /// ```
    #[must_use]
    pub fn words<I, S>(mut self, words: I) -> Self
    where
        I: IntoIterator<Item = S>,
        S: Into<String>,
    {
        self.words.extend(words.into_iter().map(Into::into));
        self
    }

    /// What the reader asks for: words or names that lean the choice towards
    /// the sentences that have them, in any letter case and tone style. A
    /// sentence's share of it stands among its signals as "focus".
    ///
    /// ```
    /// use tomtat::{Length, Summarizer};
    ///
    /// let summarizer = Summarizer::builder().length(Length::Sentences(1)).focus(["giá", "Flipkart"]).build()?;
    /// let summary = summarizer.summarize("Hãng vừa ra mắt điện thoại mới tại Hà Nội hôm nay. Giá của máy là 5 triệu đồng tại Việt Nam.");
    /// assert_eq!(summary.text, "Giá của máy là 5 triệu đồng tại Việt Nam.");
    /// # Ok::<(), tomtat::Error>(())
    /// ```
    #[must_use]
    pub fn focus<I, S>(mut self, words: I) -> Self
    where
        I: IntoIterator<Item = S>,
        S: Into<String>,
    {
        self.focus.extend(words.into_iter().map(Into::into));
        self
    }

    /// Regular expressions for what a site prints into every article: a
    /// sentence in which one matches is [`Role::Boilerplate`], unless it was
    /// given as title or lede. The syntax is that of the crate `regex`; texts
    /// are matched after NFC.
    ///
    /// ```
    /// use tomtat::{Role, Summarizer};
    ///
    /// let summarizer = Summarizer::builder().boilerplate(["^Tải ứng dụng .* tại đây"]).build()?;
    /// let analysis = summarizer.analyze("Google mở văn phòng ở Hà Nội hôm 10/5. Tải ứng dụng của báo tại đây.");
    /// assert_eq!(analysis.sentences[1].role, Role::Boilerplate);
    /// # Ok::<(), tomtat::Error>(())
    /// ```
    #[must_use]
    pub fn boilerplate<I, S>(mut self, patterns: I) -> Self
    where
        I: IntoIterator<Item = S>,
        S: Into<String>,
    {
        self.boilerplate.extend(patterns.into_iter().map(Into::into));
        self
    }

    /// How common words are in a feed of one's own, instead of in Vietnamese
    /// news at large; see [`Idf`].
    #[must_use]
    pub fn background(mut self, idf: &Idf) -> Self {
        self.background = Some(idf.clone());
        self
    }

    /// Names that are always recognized, and always as this kind, in any
    /// letter case and tone style, whatever the model says: the companies of a
    /// portfolio, the products of a shop. Where two overlap, the longer one
    /// wins, then the one further left; of a name that is given twice, the last
    /// kind holds. May be called once for each kind.
    ///
    /// ```
    /// use tomtat::{EntityKind, Summarizer};
    ///
    /// let summarizer = Summarizer::builder().gazetteer(EntityKind::Product, ["bút thông minh"]).build()?;
    /// let summary = summarizer.summarize("Chiếc bút thông minh đã bán hết.");
    /// assert_eq!(summary.entities[0].name, "bút thông minh");
    /// assert_eq!(summary.entities[0].kind, EntityKind::Product);
    /// # Ok::<(), tomtat::Error>(())
    /// ```
    #[must_use]
    pub fn gazetteer<I, S>(mut self, kind: EntityKind, names: I) -> Self
    where
        I: IntoIterator<Item = S>,
        S: Into<String>,
    {
        self.gazetteer.extend(names.into_iter().map(|name| (kind, name.into())));
        self
    }

    /// Builds the summarizer.
    ///
    /// # Errors
    ///
    /// Where an option is out of its range, a pattern is no regular expression or
    /// a gazetteer is of a kind of numbers, or no model was given and the feature
    /// `builtin-model` is off.
    pub fn build(self) -> Result<Summarizer, Error> {
        self.length.check()?;
        let max_input = self.max_input.unwrap_or(DEFAULT_MAX_INPUT);
        if max_input == 0 || max_input > LARGEST_MAX_INPUT {
            return Err(Error::option("max_input", format!("must lie between 1 and {LARGEST_MAX_INPUT} bytes")));
        }
        let model = self.model.map_or_else(default_model, Ok)?;
        let known = known(self.stop_words.as_deref(), self.background.as_ref(), &model);
        let settings = Settings {
            length: self.length,
            max_input,
            words: phrases(&self.words, &model),
            focus: wanted(&self.focus, &model),
            boilerplate: patterns(&self.boilerplate)?,
            known,
            gazetteer: Gazetteer::new(&self.gazetteer, model.segmenter().vocabulary())?,
            model,
        };
        Ok(Summarizer { settings: Arc::new(settings) })
    }
}

/// What is known of words, with what a user puts in place of the built-in stop
/// words and counts; `None` where that is nothing.
fn known(stop_words: Option<&[String]>, idf: Option<&Idf>, model: &Model) -> Option<WordTable> {
    if stop_words.is_none() && idf.is_none() {
        return None;
    }
    let stop_words = stop_words.map_or_else(StopWords::built_in, StopWords::of_users);
    let own = idf.map(Idf::background);
    Some(WordTable::new(own.as_ref().unwrap_or(model.background()), model.scoring().salience(), &stop_words))
}

/// A user's words, normalized as texts are.
fn phrases(words: &[String], model: &Model) -> Phrases {
    let normalized: Vec<Normalized<'_>> = words.iter().map(|w| Normalized::new(w)).collect();
    let mut phrases = Phrases::default();
    phrases.add(normalized.iter().map(Normalized::text), model.segmenter().vocabulary());
    phrases
}

/// What a reader asks for, normalized as texts are.
fn wanted(words: &[String], model: &Model) -> Phrases {
    let mut phrases = Phrases::default();
    for word in words {
        phrases.add_name(Normalized::new(word).text(), 0, model.segmenter().vocabulary());
    }
    phrases
}

/// A user's regular expressions, normalized as texts are; `None` without any.
fn patterns(patterns: &[String]) -> Result<Option<RegexSet>, Error> {
    if patterns.is_empty() {
        return Ok(None);
    }
    let normalized = patterns.iter().map(|p| Normalized::new(p).text().to_owned());
    // The last line of the crate's message says what is wrong, the others where.
    let problem = |e: regex::Error| Error::option("boilerplate", e.to_string().lines().last().unwrap_or("").trim().to_owned());
    RegexSet::new(normalized).map(Some).map_err(problem)
}

#[cfg(feature = "builtin-model")]
fn default_model() -> Result<Model, Error> {
    Ok(Model::builtin())
}

#[cfg(not(feature = "builtin-model"))]
fn default_model() -> Result<Model, Error> {
    Err(Error::option("model", "give one, or switch the feature builtin-model on"))
}

#[cfg(feature = "builtin-model")]
impl Default for Summarizer {
    fn default() -> Self {
        Self::new()
    }
}

impl Summarizer {
    /// Built-in model, default options: three sentences.
    #[cfg(feature = "builtin-model")]
    pub fn new() -> Self {
        let settings = Settings {
            model: Model::builtin(),
            length: Length::default(),
            max_input: DEFAULT_MAX_INPUT,
            words: Phrases::default(),
            focus: Phrases::default(),
            boilerplate: None,
            known: None,
            gazetteer: Gazetteer::default(),
        };
        Self { settings: Arc::new(settings) }
    }

    /// Sets options one by one.
    pub fn builder() -> SummarizerBuilder {
        SummarizerBuilder::default()
    }

    /// Summarizes one article. Total: never fails, whatever the text.
    pub fn summarize<'a>(&self, article: impl Into<Article<'a>>) -> Summary {
        self.worker().summarize(article)
    }

    /// Takes one article apart: all sentences, words, mentions, scores.
    pub fn analyze<'a>(&self, article: impl Into<Article<'a>>) -> Analysis {
        self.worker().analyze(article)
    }

    /// The words of a text, as spans of its bytes; see [`Worker::segment`].
    pub fn segment(&self, text: &str) -> Vec<Span> {
        self.worker().segment(text)
    }

    /// A worker that reuses its buffers from article to article; one per
    /// thread.
    pub fn worker(&self) -> Worker {
        Worker {
            settings: Arc::clone(&self.settings),
            document: Document::default(),
            terms: Terms::default(),
            naming: MentionBuffers::default(),
            mentions: Vec::new(),
            written: Written::default(),
        }
    }

    /// Summaries of many articles, one after another: each is made when it is
    /// asked for, and only one article is held at a time.
    pub fn summaries<'a, I>(&self, articles: I) -> Summaries<I::IntoIter>
    where
        I: IntoIterator,
        I::Item: Into<Article<'a>>,
    {
        Summaries { worker: self.worker(), articles: articles.into_iter() }
    }
}

/// Summaries of the articles of an iterator; see [`Summarizer::summaries`].
#[derive(Debug)]
pub struct Summaries<I> {
    worker: Worker,
    articles: I,
}

impl<'a, I> Iterator for Summaries<I>
where
    I: Iterator,
    I::Item: Into<Article<'a>>,
{
    type Item = Summary;

    fn next(&mut self) -> Option<Summary> {
        self.articles.next().map(|article| self.worker.summarize(article))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.articles.size_hint()
    }
}

/// Summarizes articles one after another, reusing its buffers.
#[derive(Debug)]
pub struct Worker {
    settings: Arc<Settings>,
    document: Document,
    terms: Terms,
    naming: MentionBuffers,
    mentions: Vec<FoundMention>,
    written: Written,
}

/// A text longer than this leaves big buffers behind; they are given back.
const KEEP_BUFFERS_UP_TO: usize = 1 << 18;

impl Worker {
    /// Summarizes one article. Total: never fails, whatever the text.
    pub fn summarize<'a>(&mut self, article: impl Into<Article<'a>>) -> Summary {
        self.read(&article.into(), |reading| reading.summary(&reading.choose()))
    }

    /// Takes one article apart: more work than [`summarize`](Self::summarize),
    /// since every sentence and word is written down.
    pub fn analyze<'a>(&mut self, article: impl Into<Article<'a>>) -> Analysis {
        self.read(&article.into(), |reading| reading.analysis())
    }

    /// The words of a text and nothing more: words, numbers and marks in
    /// order, as spans of the text's bytes.
    ///
    /// Names are not looked for; [`Analysis::words`] also ends a word where a
    /// name ends. A text longer than `max_input` is read up to there.
    pub fn segment(&mut self, text: &str) -> Vec<Span> {
        let Self { settings, document, .. } = self;
        let normalized = Normalized::new(text);
        let (beginning, _) = beginning(normalized.text(), settings.max_input);
        let view = document.read_with(beginning, &[], &settings.model, &settings.words);
        let words = view.sentences.iter().flat_map(|range| crate::score::terms::words(&view, range.clone()));
        words.filter_map(|word| word_span(&view, word, &normalized)).collect()
    }

    /// Reads an article and gives `write` what was read.
    fn read<R>(&mut self, article: &Article<'_>, write: impl FnOnce(&Reading<'_, '_>) -> R) -> R {
        let normalized = Normalized::new(article.text());
        let Self { settings, document, terms, naming: buffers, mentions, written } = self;
        let (text, truncated) = beginning(normalized.text(), settings.max_input);
        let parts: Vec<GivenPart> =
            article.parts().iter().map(|(part, span)| GivenPart { part: *part, start: normalized.normalized_offset(span.start) }).collect();
        let mut view = document.read_with(text, &parts, &settings.model, &settings.words);
        if truncated {
            view = without_last_sentence(view);
        }
        mention::find(&view, settings.model.recognizer(), buffers, mentions);
        settings.gazetteer.apply(&view, settings.model.segmenter().vocabulary(), mentions);
        let mut roles = Vec::new();
        structure::assign(&view, &given(&view, &parts), &settings.model, &mut roles);
        if let Some(patterns) = &settings.boilerplate {
            structure::match_patterns(&view, patterns, &mut roles);
        }
        let vocabulary = settings.model.segmenter().vocabulary();
        terms.read(&view, vocabulary, settings.known.as_ref().unwrap_or(settings.model.words()));
        written.read(view.text, mentions);
        let naming = Naming { mentions, written };
        let mut sheet = Sheet::new(view, terms, roles.iter().map(|r| r.role).collect(), &naming, settings.model.scoring().salience());
        if !settings.focus.is_empty() {
            let numbered = Numbered { text: view.text, tokens: view.tokens, ids: view.ids, vocabulary };
            sheet = sheet.with_focus(view.sentences.iter().map(|s| settings.focus.count(&numbered, s.clone())).collect());
        }
        let written = write(&Reading { article, normalized: &normalized, settings, sheet, roles, mentions, written, truncated });
        if article.text().len() > KEEP_BUFFERS_UP_TO {
            (self.document, self.terms, self.naming, self.mentions, self.written) = Default::default();
        }
        written
    }
}

/// The tokens of a mention.
fn tokens_of(view: &View<'_>, mention: &FoundMention) -> std::ops::Range<usize> {
    let start = view.tokens.partition_point(|t| (t.start as usize) < mention.start);
    let inside = view.tokens.iter().skip(start).take_while(|t| (t.start as usize) < mention.end);
    start..start + inside.count()
}

/// The author's bytes behind a range of the normalized text, without white
/// space at the ends: a replaced stretch may begin or end with some, and it
/// belongs to no span.
fn raw_span(normalized: &Normalized<'_>, start: usize, end: usize) -> Span {
    let span = normalized.raw_span(start, end);
    let piece = normalized.raw_slice(span);
    // Mostly ASCII at both ends, and no white space; 0xc3 opens "À" to "ÿ",
    // 0xc4 "Đ".
    if let [b'!'..=b'~' | 0xc3 | 0xc4, .., b'!'..=b'~'] = piece.as_bytes() {
        return span;
    }
    let start = span.end - piece.trim_start().len();
    Span::new(start, start + piece.trim().len())
}

fn word_span(view: &View<'_>, word: std::ops::Range<usize>, normalized: &Normalized<'_>) -> Option<Span> {
    let (first, last) = (view.tokens.get(word.start)?, view.tokens.get(word.end.checked_sub(1)?)?);
    Some(raw_span(normalized, first.start as usize, last.end as usize))
}

/// At most `max` bytes of `text`, and whether something was cut off.
fn beginning(text: &str, max: usize) -> (&str, bool) {
    if text.len() <= max {
        return (text, false);
    }
    let end = (0..=max).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    (crate::span::slice(text, 0..end), true)
}

/// A text that was cut somewhere ends with the sentence before.
fn without_last_sentence(view: View<'_>) -> View<'_> {
    match view.sentences {
        [whole @ .., _] if !whole.is_empty() => View { sentences: whole, ..view },
        _ => view,
    }
}

/// For each sentence the part it was given in.
fn given(view: &View<'_>, parts: &[GivenPart]) -> Vec<Option<Part>> {
    let part_at = |start: usize| parts.iter().rev().find(|p| p.start <= start).map(|p| p.part);
    (0..view.sentences.len()).map(|s| part_at(view.sentence_bytes(s).0)).collect()
}

/// A text whose sentences have roles and terms.
struct Reading<'r, 'd> {
    article: &'r Article<'r>,
    normalized: &'r Normalized<'r>,
    settings: &'r Settings,
    sheet: Sheet<'d>,
    roles: Vec<Assigned>,
    mentions: &'r [FoundMention],
    written: &'r Written,
    truncated: bool,
}

impl Reading<'_, '_> {
    fn summary(&self, choice: &Choice) -> Summary {
        let chosen: Vec<Sentence> = choice.chosen.iter().zip(&choice.in_company).map(|(s, company)| self.sentence(*s, *company)).collect();
        let texts: Vec<&str> = chosen.iter().map(|s| s.text.as_str()).collect();
        Summary {
            text: texts.join(" "),
            title: self.joined(Role::Title),
            lede: self.joined(Role::Lede),
            sentences: chosen,
            entities: self.entities(),
            keywords: self.keywords(),
            truncated: self.truncated,
            over_budget: choice.over_budget,
            fallback: choice.fallback,
            language_doubtful: language::detect(&self.sheet.view, self.settings.model.segmenter().vocabulary()) == Language::Foreign,
        }
    }

    fn analysis(&self) -> Analysis {
        let choice = self.choose();
        let summary = self.summary(&choice);
        let mut chosen = summary.sentences.iter().peekable();
        let sentence = |s: usize| match chosen.next_if(|c| c.index == s) {
            Some(chosen) => chosen.clone(),
            None => self.sentence(s, InCompany::default()),
        };
        let sentences = (0..self.sheet.roles.len()).map(sentence).collect();
        Analysis { words: self.words(), chosen: choice.chosen, summary, sentences }
    }

    fn text_of(&self, sentence: usize) -> (Span, &str) {
        let (start, end) = self.sheet.view.sentence_bytes(sentence);
        let span = raw_span(self.normalized, start, end);
        (span, span.of(self.article.text()))
    }

    /// A sentence with what its company in the summary makes of its score.
    fn sentence(&self, index: usize, company: InCompany) -> Sentence {
        let (span, text) = self.text_of(index);
        let assigned = self.roles.get(index).copied().unwrap_or(structure::BODY);
        let alone = self.settings.model.scoring().contributions(&self.sheet, index);
        let together = [("repetition", company.repetition), ("tells of the title", company.title), ("opens with the lede", company.lede)];
        let contribution = |(signal, value): (&'static str, i64)| Contribution { signal: signal.into(), value: units(value) };
        let all = alone.chain(together).filter(|(_, value)| *value != 0);
        let mut why: Vec<Contribution> = Vec::with_capacity(all.clone().count());
        why.extend(all.map(contribution));
        let score = units(why.iter().map(|c| i64::from(c.value.units())).sum());
        Sentence { span, index, role: assigned.role, cue: assigned.cue.into(), score, text: text.to_owned(), why }
    }

    /// How many characters a sentence has after NFC. More than normalized ones
    /// where soft hyphens and other invisible characters were left out.
    fn characters(&self, index: usize) -> usize {
        let (_, text) = self.text_of(index);
        crate::work::count(text.len());
        text.nfc().count()
    }

    fn choose(&self) -> Choice {
        let Sheet { view, roles, .. } = &self.sheet;
        let (budget, costs) = budget::plan(self.settings.length, view, roles, |sentence| self.characters(sentence));
        let (scoring, listed) = (self.settings.model.scoring(), self.settings.model.listed());
        // Only what may be chosen is scored.
        let pool = select::pool(roles).0;
        let mut scores = vec![0; roles.len()];
        let mut dangling = vec![false; roles.len()];
        for sentence in pool {
            if let (Some(score), Some(dangles)) = (scores.get_mut(sentence), dangling.get_mut(sentence)) {
                *score = scoring.score(&self.sheet, sentence);
                let ids = view.sentences.get(sentence).and_then(|range| view.ids.get(range.clone())).unwrap_or(&[]);
                let may_be = |at: usize| ids.get(at).is_none_or(|id| listed.may_be(*id, structure::DANGLING));
                *dangles = dangling::dangles_where(view.text, self.sheet.tokens(sentence), may_be);
            }
        }
        select::choose(&Candidates { sheet: &self.sheet, scores: &scores, dangling: &dangling, costs: &costs }, &budget)
    }

    /// The sentences of a role, joined.
    fn joined(&self, role: Role) -> Option<String> {
        let sentences = self.roles.iter().enumerate().filter(|(_, r)| r.role == role);
        let found: Vec<&str> = sentences.map(|(s, _)| self.text_of(s).1).collect();
        (!found.is_empty()).then(|| found.join(" "))
    }

    fn keywords(&self) -> Vec<Keyword> {
        let view = self.sheet.view;
        let mut names = Vec::with_capacity(self.mentions.len());
        names.extend(self.mentions.iter().filter(|m| m.value.is_none()).map(|m| tokens_of(&view, m)));
        let terms = keyword::keywords(&self.sheet, &names).into_iter();
        terms
            .filter_map(|(words, weight)| {
                let text = word_span(&view, words, self.normalized)?.of(self.article.text()).to_owned();
                Some(Keyword { text, weight: units(weight) })
            })
            .collect()
    }

    fn entities(&self) -> Vec<Entity> {
        let text = self.article.text();
        let linking = Linking {
            view: self.sheet.view,
            mentions: self.mentions,
            written: self.written,
            roles: &self.sheet.roles,
            titles: Some(self.settings.model.titles()),
            published: self.article.publication_date(),
        };
        link::link(&linking, |start, end| raw_span(self.normalized, start, end), |span| span.of(text).to_owned())
    }

    fn words(&self) -> Vec<Span> {
        let view = self.sheet.view;
        let mut out = Vec::with_capacity(view.tokens.len());
        let mut mentions = self.mentions.iter().peekable();
        for range in view.sentences {
            for word in crate::score::terms::words(&view, range.clone()) {
                self.push_cut(view.tokens.get(word).unwrap_or(&[]), &mut mentions, &mut out);
            }
        }
        out
    }

    /// Pushes a word, in pieces where a mention begins or ends inside it.
    fn push_cut<'m>(
        &self,
        word: &[Token],
        mentions: &mut std::iter::Peekable<impl Iterator<Item = &'m FoundMention>>,
        out: &mut Vec<Span>,
    ) {
        let mut start = None;
        for (i, token) in word.iter().enumerate() {
            let (from, to) = (token.start as usize, token.end as usize);
            let first = *start.get_or_insert(from);
            while mentions.next_if(|m| m.end <= from).is_some() {}
            let next = word.get(i + 1).map(|t| t.start as usize);
            let mention = mentions.peek();
            let ends = mention.is_some_and(|m| m.end == to);
            let begins = next.is_some_and(|next| mention.is_some_and(|m| m.start == next));
            if next.is_none() || ends || begins {
                out.push(raw_span(self.normalized, first, to));
                start = None;
            }
        }
    }
}

fn units(value: i64) -> Score {
    Score::from_units(value.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32)
}
