//! What a person decided about ties and identities.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::import::Direction;
use crate::network::EvidenceKind;

/// Which evidence makes ties.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TieRules {
    /// Kinds of evidence that are switched off.
    pub off: BTreeSet<EvidenceKind>,
    /// Whether people of the same company are tied; `None` decides by size: only networks of up
    /// to [`TieRules::SMALL`] people, where it helps more than it clutters.
    pub same_company: Option<bool>,
    /// What happens to those whose exports these are.
    pub owners: Owners,
    /// What a row of a list means that does not say it itself.
    pub listed_row: ListedRow,
    /// Days after which a trace counts half; `None` lets nothing fade. Age is counted back from
    /// the newest trace of all, so that a project looks the same next year.
    pub half_life_days: Option<u32>,
}

impl TieRules {
    /// The size up to which people of the same company are tied without being asked.
    pub const SMALL: usize = 50;

    /// Whether evidence of `kind` makes ties in a network of `people` people.
    pub fn is_on(&self, kind: EvidenceKind, people: usize) -> bool {
        match kind {
            EvidenceKind::SameCompany => self.same_company.unwrap_or(people <= Self::SMALL),
            other => !self.off.contains(&other),
        }
    }

    /// Switches evidence of `kind` on or off.
    pub fn set(&mut self, kind: EvidenceKind, on: bool) {
        if kind == EvidenceKind::SameCompany {
            self.same_company = Some(on);
        } else if on {
            self.off.remove(&kind);
        } else {
            self.off.insert(kind);
        }
    }
}

/// What a row `source,target` of an edge list means, where the file does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListedRow {
    /// The source influences the target.
    #[default]
    Influences,
    /// The source follows (listens to) the target.
    Follows,
    /// Influence passes both ways.
    BothWays,
}

impl ListedRow {
    /// Every meaning, in the order of menus.
    pub const ALL: [Self; 3] = [Self::Influences, Self::Follows, Self::BothWays];

    /// Name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Influences => "Source influences target",
            Self::Follows => "Source follows target",
            Self::BothWays => "Influence passes both ways",
        }
    }

    /// The direction of a row that leaves it open.
    pub(super) fn direction(self) -> Direction {
        match self {
            Self::Influences => Direction::Influence,
            Self::Follows => Direction::Attention,
            Self::BothWays => Direction::Mutual,
        }
    }
}

/// What becomes of the owners of exports, and of the stars around them (formats.md section 9:
/// an owner touches everyone they know and would win every comparison).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owners {
    /// No owner is shown.
    Hidden,
    /// An owner is tied only to those whom another pooled export knows as well (or who own
    /// one); a single export therefore hides its owner.
    #[default]
    WhereExportsOverlap,
    /// Owners are shown with everyone they know.
    Shown,
}

impl Owners {
    /// Every choice, in the order of menus.
    pub const ALL: [Self; 3] = [Self::Hidden, Self::WhereExportsOverlap, Self::Shown];

    /// Name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Hidden => "Hide owners",
            Self::WhereExportsOverlap => "Owners where exports overlap",
            Self::Shown => "Show owners with all contacts",
        }
    }
}

/// Who is the same person, as decided by hand: pairs of person ids, as they are without merges.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Merges {
    accepted: BTreeSet<(String, String)>,
    rejected: BTreeSet<(String, String)>,
}

impl Merges {
    /// These two are the same person.
    pub fn accept(&mut self, one: &str, other: &str) {
        let pair = ordered(one, other);
        self.rejected.remove(&pair);
        self.accepted.insert(pair);
    }

    /// These two are different people: stop suggesting it.
    pub fn reject(&mut self, one: &str, other: &str) {
        let pair = ordered(one, other);
        self.accepted.remove(&pair);
        self.rejected.insert(pair);
    }

    /// Forgets what was decided about these two.
    pub fn forget(&mut self, one: &str, other: &str) {
        let pair = ordered(one, other);
        self.accepted.remove(&pair);
        self.rejected.remove(&pair);
    }

    /// Pairs that are the same person.
    pub fn accepted(&self) -> impl Iterator<Item = (&str, &str)> {
        self.accepted.iter().map(|(one, other)| (one.as_str(), other.as_str()))
    }

    /// Whether these two were decided to be different people.
    pub fn is_rejected(&self, one: &str, other: &str) -> bool {
        self.rejected.contains(&ordered(one, other))
    }
}

fn ordered(one: &str, other: &str) -> (String, String) {
    (one.min(other).to_owned(), one.max(other).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_company_goes_by_size_until_somebody_decides() {
        let mut rules = TieRules::default();
        assert!(rules.is_on(EvidenceKind::SameCompany, 50));
        assert!(!rules.is_on(EvidenceKind::SameCompany, 51));
        rules.set(EvidenceKind::SameCompany, true);
        assert!(rules.is_on(EvidenceKind::SameCompany, 51));
        rules.set(EvidenceKind::Follow, false);
        assert!(!rules.is_on(EvidenceKind::Follow, 2));
        rules.set(EvidenceKind::Follow, true);
        assert!(rules.is_on(EvidenceKind::Follow, 2));
    }

    #[test]
    fn the_last_decision_on_a_pair_holds_whichever_way_round_it_is_named() {
        let mut merges = Merges::default();
        merges.accept("b", "a");
        merges.reject("a", "b");
        assert_eq!(merges.accepted().count(), 0);
        assert!(merges.is_rejected("b", "a"));
        merges.forget("b", "a");
        assert_eq!(merges, Merges::default());
    }
}
