//! Who, what, where, how much, when.

use serde::{Deserialize, Serialize};

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
