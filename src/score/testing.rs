//! Sheets for unit tests: a text read by the built-in model.

use super::names::Naming;
use super::sheet::Sheet;
use super::terms::Terms;
use crate::document::Document;
use crate::entity::link::written::Written;
use crate::entity::mention::{self, MentionBuffers};
use crate::model::Model;
use crate::normalize::Normalized;

/// Gives `see` the sheet of a text.
pub(crate) fn with_sheet<R>(text: &str, see: impl FnOnce(&Sheet<'_>) -> R) -> R {
    let model = Model::builtin();
    let normalized = Normalized::new(text);
    let mut document = Document::default();
    let view = document.read(normalized.text(), &[], &model);
    let (mut buffers, mut mentions) = (MentionBuffers::default(), Vec::new());
    mention::find(&view, model.recognizer(), &mut buffers, &mut mentions);
    let mut roles = Vec::new();
    crate::structure::assign(&view, &vec![None; view.sentences.len()], &model, &mut roles);
    let mut terms = Terms::default();
    terms.read(&view, model.segmenter().vocabulary(), model.words());
    let mut written = Written::default();
    written.read(view.text, &mentions);
    let naming = Naming { mentions: &mentions, written: &written };
    let sheet = Sheet::new(view, &terms, roles.iter().map(|r| r.role).collect(), &naming, model.scoring().salience());
    see(&sheet)
}
