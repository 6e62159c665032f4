//! F1 of exact spans and kinds, by the definition of the yardstick.

use super::data::{KIND_NAMES, Name};
use std::collections::BTreeSet;
use tomtat::train::chain::KINDS;

/// Counts for all names, spans alone, and each kind.
#[derive(Debug, Default, Clone, Copy)]
pub struct Counts {
    groups: [[usize; 3]; 2 + KINDS],
}

impl Counts {
    /// Counts one article.
    pub fn add(&mut self, gold: &[Name], predicted: &[Name]) {
        let gold: BTreeSet<Name> = gold.iter().copied().collect();
        let predicted: BTreeSet<Name> = predicted.iter().copied().collect();
        for (group, count) in self.groups.iter_mut().enumerate() {
            let view = |names: &BTreeSet<Name>| -> BTreeSet<Name> {
                match group {
                    0 => names.clone(),
                    1 => names.iter().map(|n| (n.0, n.1, 0)).collect(),
                    _ => names.iter().filter(|n| n.2 == group - 2).copied().collect(),
                }
            };
            let (g, p) = (view(&gold), view(&predicted));
            count[0] += g.intersection(&p).count();
            count[1] += p.len();
            count[2] += g.len();
        }
    }

    pub fn merge(&mut self, other: &Self) {
        for (a, b) in self.groups.iter_mut().flatten().zip(other.groups.iter().flatten()) {
            *a += b;
        }
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let f1 = |[right, predicted, gold]: [usize; 3]| 200.0 * right as f64 / (predicted + gold).max(1) as f64;
        let [right, predicted, gold] = self.groups[0];
        write!(
            f,
            "F1 {:.2} (P {:.2} R {:.2}) span {:.2}",
            f1(self.groups[0]),
            100.0 * right as f64 / predicted.max(1) as f64,
            100.0 * right as f64 / gold.max(1) as f64,
            f1(self.groups[1])
        )?;
        for (name, group) in KIND_NAMES.iter().zip(&self.groups[2..]) {
            write!(f, " {name} {:.2}", f1(*group))?;
        }
        Ok(())
    }
}
