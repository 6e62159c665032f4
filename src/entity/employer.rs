//! Persons that are none: the X in "CEO Nam Trần của X".
//!
//! Nobody is the director of a person. Where a name stands behind a job, its
//! holder and "của", it is the organization that the job is at, and what the
//! chain took for a person of that name, there or elsewhere, is none.

use super::EntityKind;
use super::mention::FoundMention;
use crate::document::View;
use crate::span::slice;
use crate::structure::same_word;

/// Words of jobs that are held at an organization.
const JOBS: &[&str] = &["ceo", "cto", "cfo", "coo", "chủ tịch", "giám đốc", "sáng lập"];

/// How many tokens before a name its job may begin.
const REACH: usize = 5;

/// Corrects the kinds of `mentions`.
pub(super) fn correct(view: &View<'_>, mentions: &mut [FoundMention]) {
    let mut employers: Vec<&str> = Vec::new();
    for pair in mentions.windows(2) {
        let [holder, employer] = pair else { continue };
        let may_be = holder.kind == EntityKind::Person && matches!(employer.kind, EntityKind::Person | EntityKind::Organization);
        if may_be && same_word(slice(view.text, holder.end..employer.start).trim(), "của") && has_job(view, holder) {
            employers.push(slice(view.text, employer.start..employer.end));
        }
    }
    if employers.is_empty() {
        return;
    }
    employers.sort_unstable();
    for mention in mentions.iter_mut().filter(|m| m.kind == EntityKind::Person) {
        if employers.binary_search(&slice(view.text, mention.start..mention.end)).is_ok() {
            mention.kind = EntityKind::Organization;
        }
    }
}

/// Whether a job stands right before the name.
fn has_job(view: &View<'_>, holder: &FoundMention) -> bool {
    let end = view.tokens.partition_point(|t| (t.start as usize) < holder.start);
    let before = view.tokens.get(end.saturating_sub(REACH)..end).unwrap_or(&[]);
    JOBS.iter().any(|job| {
        let length = job.split(' ').count();
        before.windows(length).any(|words| words.iter().zip(job.split(' ')).all(|(token, word)| same_word(token.of(view.text), word)))
    })
}

#[cfg(all(test, feature = "builtin-model"))]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::model::Model;

    /// The kinds after correction where the chain has found two persons.
    fn kinds(text: &str, names: [&str; 2]) -> [EntityKind; 2] {
        let model = Model::builtin();
        let mut document = Document::default();
        let view = document.read(text, &[], &model);
        let mention = |name: &str| {
            let start = text.find(name).unwrap();
            FoundMention { start, end: start + name.len(), kind: EntityKind::Person, value: None }
        };
        let mut mentions = names.map(mention);
        correct(&view, &mut mentions);
        mentions.map(|m| m.kind)
    }

    #[test]
    fn a_job_is_held_at_an_organization() {
        use EntityKind::{Organization, Person};
        assert_eq!(kinds("Nhà sáng lập kiêm CEO Bảo Trâm của Tigonet", ["Bảo Trâm", "Tigonet"]), [Person, Organization]);
        assert_eq!(kinds("Phó Chủ tịch Minh Hải của Tigonet", ["Minh Hải", "Tigonet"]), [Person, Organization]);
        assert_eq!(kinds("Diễn viên Bảo Trâm của Minh Hải", ["Bảo Trâm", "Minh Hải"]), [Person, Person]);
        assert_eq!(kinds("CEO Bảo Trâm và Minh Hải", ["Bảo Trâm", "Minh Hải"]), [Person, Person]);
    }

    #[test]
    fn an_employer_is_no_person_elsewhere() {
        use EntityKind::{Organization, Person};
        let text = "Tigonet lớn nhất vùng. CEO Bảo Trâm của Tigonet";
        let model = Model::builtin();
        let mut document = Document::default();
        let view = document.read(text, &[], &model);
        let employer = text.rfind("Tigonet").unwrap();
        let holder = text.find("Bảo Trâm").unwrap();
        let mention = |start, length, kind| FoundMention { start, end: start + length, kind, value: None };
        let mut mentions = [mention(0, 7, Person), mention(holder, "Bảo Trâm".len(), Person), mention(employer, 7, Organization)];
        correct(&view, &mut mentions);
        assert_eq!(mentions.map(|m| m.kind), [Organization, Person, Organization]);
    }
}
