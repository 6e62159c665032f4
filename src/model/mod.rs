//! The learned numbers, and the bytes they come in.

#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

pub(crate) mod wire;

use crate::entity::link::title_words;
use crate::entity::recognize::Recognizer;
use crate::error::Error;
use crate::score::Scoring;
use crate::score::background::Background;
use crate::score::stop_words::{StopWords, entries};
use crate::score::word_table::WordTable;
use crate::segment::Segmenter;
use crate::segment::phrases::Phrases;
use crate::segment::vocabulary::Vocabulary;
use crate::sentence::glue::Glue;
use crate::structure::caption::CaptionWords;
use crate::structure::listed_words;
use crate::structure::words::Listed;
use std::sync::Arc;

/// The learned numbers of all stages: cheap to clone, shared between threads.
#[derive(Debug, Clone)]
pub struct Model {
    parts: Arc<Parts>,
}

#[derive(Debug)]
struct Parts {
    segmenter: Segmenter,
    terms: Phrases,
    glue: Glue,
    captions: CaptionWords,
    background: Background,
    scoring: Scoring,
    words: WordTable,
    listed: Listed,
    titles: Listed,
    recognizer: Recognizer,
    id: u32,
}

#[cfg(feature = "builtin-model")]
mod builtin {
    use super::Model;
    use once_cell::sync::Lazy;

    // `static`, not `const`: a constant would be copied into the metadata of
    // every crate that uses it.
    static FILES: [&[u8]; 6] = [
        include_bytes!("data/segment.bin"),
        include_bytes!("data/glue.bin"),
        include_bytes!("data/caption.bin"),
        include_bytes!("data/background.bin"),
        include_bytes!("data/scoring.bin"),
        include_bytes!("data/entity.bin"),
    ];

    // The files are part of the library and a test reads them, so the one way
    // to get here with an error is a broken build.
    #[allow(clippy::expect_used)]
    pub(super) static MODEL: Lazy<Model> = Lazy::new(|| Model::from_files(&FILES).expect("the built-in model is sound"));
}

impl Model {
    /// The model that comes with the library. Read once, on first use.
    #[cfg(feature = "builtin-model")]
    pub fn builtin() -> Self {
        builtin::MODEL.clone()
    }

    /// Reads a model from bytes, all of whose content is checked first.
    ///
    /// # Errors
    ///
    /// Where the bytes are no model, are damaged or cut off, come from another
    /// version, or lack a part.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Self::from_files(&[bytes])
    }

    /// A number that tells models apart: a checksum of their bytes.
    pub fn id(&self) -> u32 {
        self.parts.id
    }

    fn from_files(files: &[&[u8]]) -> Result<Self, Error> {
        let mut sections = Vec::new();
        let mut id = 0_u32;
        for file in files {
            sections.extend(wire::open(file)?);
            // The envelope holds the checksum at bytes 12..16.
            let checksum = file.get(12..16).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes);
            id = id.rotate_left(7) ^ checksum;
        }
        Self::from_sections(&sections, id)
    }

    fn from_sections(sections: &[(wire::Tag, &[u8])], id: u32) -> Result<Self, Error> {
        let section = |tag: &[u8; 4], part: &'static str| {
            let found = sections.iter().find(|(t, _)| t == tag).map(|(_, bytes)| *bytes);
            found.ok_or_else(|| Error::model(part, "there is no such section"))
        };
        let segmenter = Segmenter::read(section(b"SEGM", "segmenter")?)?;
        let background = Background::read(section(b"IDFS", "document frequencies")?)?;
        let scoring = Scoring::read(section(b"SCOR", "scoring")?)?;
        let parts = Parts {
            recognizer: Recognizer::read(section(b"NAME", "recognizer")?, segmenter.vocabulary())?,
            terms: technology_terms(segmenter.vocabulary()),
            listed: Listed::new(segmenter.vocabulary(), &listed_words()),
            titles: Listed::new(segmenter.vocabulary(), &title_words().each_ref()),
            segmenter,
            glue: Glue::read(section(b"GLUE", "hidden borders")?)?,
            captions: CaptionWords::read(section(b"CAPT", "caption words")?)?,
            words: WordTable::new(&background, scoring.salience(), &StopWords::built_in()),
            background,
            scoring,
            id,
        };
        Ok(Self { parts: Arc::new(parts) })
    }

    /// Splits syllables into words.
    pub(crate) fn segmenter(&self) -> &Segmenter {
        &self.parts.segmenter
    }

    /// Technology terms that stay whole.
    pub(crate) fn terms(&self) -> &Phrases {
        &self.parts.terms
    }

    /// Finds hidden borders.
    pub(crate) fn glue(&self) -> &Glue {
        &self.parts.glue
    }

    /// Knows the wording of captions.
    pub(crate) fn captions(&self) -> &CaptionWords {
        &self.parts.captions
    }

    /// Knows how common words are.
    pub(crate) fn background(&self) -> &Background {
        &self.parts.background
    }

    /// Knows words one by one, with the built-in stop words.
    pub(crate) fn words(&self) -> &WordTable {
        &self.parts.words
    }

    /// Which syllables may be of a person's title.
    pub(crate) fn titles(&self) -> &Listed {
        &self.parts.titles
    }

    /// Knows which syllables the cues and other small lists of words have.
    pub(crate) fn listed(&self) -> &Listed {
        &self.parts.listed
    }

    /// Recognizes names.
    pub(crate) fn recognizer(&self) -> &Recognizer {
        &self.parts.recognizer
    }

    /// Weighs the signals.
    pub(crate) fn scoring(&self) -> &Scoring {
        &self.parts.scoring
    }
}

static TERMS: &str = include_str!("../lexicon/technology_terms.txt");

fn technology_terms(vocabulary: &Vocabulary) -> Phrases {
    let mut phrases = Phrases::default();
    // Behind each term stands how often it was seen.
    phrases.add(entries(TERMS).filter_map(|line| line.split('\t').next()), vocabulary);
    phrases
}

/// Reads models that lack some parts, for the trainers: what a trainer is
/// about to compute cannot be there yet.
#[cfg(feature = "train")]
impl Model {
    /// The syllables it knows.
    pub fn vocabulary(&self) -> &crate::segment::vocabulary::Vocabulary {
        self.segmenter().vocabulary()
    }

    /// A model of these files; a part that none of them has is empty.
    ///
    /// # Errors
    ///
    /// Where a part that is there cannot be read.
    pub fn for_training(files: &[Vec<u8>]) -> Result<Self, Error> {
        let mut sections = Vec::new();
        for file in files {
            sections.extend(wire::open(file)?);
        }
        let blanks = [
            (*b"GLUE", vec![0; 2 * crate::sentence::glue::GLUE_WEIGHTS]),
            (*b"CAPT", vec![0; 2 * crate::structure::caption::CAPTION_WEIGHTS]),
            (*b"IDFS", vec![0; 5]),
            (*b"SCOR", crate::score::Scoring::blank()),
            (*b"NAME", crate::entity::recognize::RecognizerParts::blank()),
        ];
        for (tag, bytes) in &blanks {
            sections.push((*tag, bytes));
        }
        Self::from_sections(&sections, 0)
    }
}
