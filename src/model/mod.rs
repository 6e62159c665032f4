//! The learned numbers, and the bytes they come in.

pub(crate) mod wire;

use crate::error::Error;
use crate::segment::Segmenter;
use std::sync::Arc;

/// The learned numbers of all stages: cheap to clone, shared between threads.
#[derive(Debug, Clone)]
pub struct Model {
    parts: Arc<Parts>,
}

#[derive(Debug)]
struct Parts {
    segmenter: Segmenter,
}

#[cfg(feature = "builtin-model")]
static SEGMENT: &[u8] = include_bytes!("data/segment.bin");

impl Model {
    /// The model that comes with the library.
    #[cfg(feature = "builtin-model")]
    pub(crate) fn builtin() -> Result<Self, Error> {
        Self::from_files(&[SEGMENT])
    }

    fn from_files(files: &[&[u8]]) -> Result<Self, Error> {
        let mut sections = Vec::new();
        for file in files {
            sections.extend(wire::open(file)?);
        }
        Self::from_sections(&sections)
    }

    fn from_sections(sections: &[(wire::Tag, &[u8])]) -> Result<Self, Error> {
        let section = |tag: &[u8; 4], part: &'static str| {
            let found = sections.iter().find(|(t, _)| t == tag).map(|(_, bytes)| *bytes);
            found.ok_or_else(|| Error::model(part, "there is no such section"))
        };
        let parts = Parts { segmenter: Segmenter::read(section(b"SEGM", "segmenter")?)? };
        Ok(Self { parts: Arc::new(parts) })
    }

    /// The segmenter.
    pub(crate) fn segmenter(&self) -> &Segmenter {
        &self.parts.segmenter
    }
}
