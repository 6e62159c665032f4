//! Words → entities: who, what, where, how much, when.
//!
//! Takes a text read up to its words. [`recognize`] finds the names, by a
//! learned chain over the tokens; [`pattern`] finds money, percentages, dates
//! and quantities with their values; [`mention`] lays both together, so that
//! mentions are disjoint and in order; [`gazetteer`] puts the names that a user
//! brings in their place; [`link`] groups them into entities.

pub mod chain;
mod employer;
pub mod features;
pub(crate) mod gazetteer;
pub mod glance;
pub mod knowledge;
pub(crate) mod link;
pub(crate) mod memory;
pub(crate) mod mention;
mod pattern;
#[cfg(feature = "train")]
pub mod reading;
pub mod recognize;
pub mod table;
pub mod value;
pub mod votes;
pub mod weights;

use crate::span::Span;
use crate::summary::Score;
use serde::{Deserialize, Serialize};
use value::Value;

/// What an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EntityKind {
    /// A person, by full name, given name or nickname.
    Person,
    /// A company, agency, team, school, media outlet.
    Organization,
    /// A country, city, region, street, building.
    Location,
    /// A product, service, platform, work, or technology of one maker.
    Product,
    /// A conference, competition, holiday, war, epidemic.
    Event,
    /// An amount of money: "5 tỷ USD".
    Money,
    /// A percentage: "52%".
    Percent,
    /// A calendar point or period: "ngày 25/9", "năm ngoái".
    Date,
    /// A number with a unit of measure: "6,5 inch".
    Quantity,
}

/// Why a mention was linked to an entity whose name it does not repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LinkRule {
    /// The text defines it: "Amazon Web Services (AWS)".
    Definition,
    /// The initials of the name: "AWS".
    Acronym,
    /// A part of the name: "ông Nadella" for Satya Nadella.
    ShortForm,
    /// The same name in another letter case or tone style.
    Variant,
}

/// One place where an entity is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Mention {
    /// Where.
    #[serde(flatten)]
    pub span: Span,
    /// What it is there: a company and its product may share a name.
    pub kind: EntityKind,
    /// The rule that linked it; `None` where it is the name itself.
    pub link: Option<LinkRule>,
}

/// A person's tie to an organization, as the text states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tie {
    /// Name of the organization.
    pub name: String,
    /// Its `id` among the entities.
    pub entity: usize,
    /// Where the text says so.
    pub span: Span,
}

/// Somebody or something that the article names, or a number it gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Entity {
    /// Number of the entity in this article, by first mention, from 0.
    pub id: usize,
    /// What it is: the most frequent kind of its mentions.
    pub kind: EntityKind,
    /// Its fullest name, as written.
    pub name: String,
    /// All places where it is named, in order.
    pub mentions: Vec<Mention>,
    /// A person's job as the text states it: "CEO".
    pub title: Option<String>,
    /// What a person belongs to, as the text states it.
    pub affiliation: Option<Tie>,
    /// What a number says.
    pub value: Option<Value>,
    /// How much the article is about it, 0 to 1.
    pub salience: Score,
}
