//! What a person decided about ties and identities.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::import::{Direction, PersonKey};
use crate::network::{Channel, EvidenceKind};

/// Which evidence makes ties, and how much it is trusted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, from = "SavedRules")]
pub struct TieRules {
    /// Kinds of evidence that a person switched on or off; the others go by what they are
    /// ([`TieRules::is_on`]).
    pub switched: BTreeMap<EvidenceKind, bool>,
    /// How much a kind is trusted, where a person changed it ([`TieRules::trust`]).
    pub trusted: BTreeMap<EvidenceKind, f64>,
    /// Channels whose traces make no ties; `None` stands for traces of which no file tells where.
    pub channels_off: BTreeSet<Option<Channel>>,
    /// What happens to those whose exports these are.
    pub owners: Owners,
    /// What a row of a list means that does not say it itself.
    pub listed_row: ListedRow,
    /// Days after which a trace counts half; `None` lets nothing fade. Age is counted back from
    /// the newest trace of all, so that a project looks the same next year.
    pub half_life_days: Option<u32>,
}

impl TieRules {
    /// The size up to which people of one company or event are tied without being asked: in a
    /// small network it helps more than it clutters.
    pub const SMALL: usize = 50;

    /// The most a kind can be trusted, as a multiple of its place in the order of trust.
    pub const MOST_TRUST: f64 = 3.0;

    /// Whether evidence of `kind` makes ties in a network of `people` people. What people were
    /// seen doing does until it is switched off. Of the likenesses only company and event do, and
    /// only in a small network; what is not trusted at all does not.
    pub fn is_on(&self, kind: EvidenceKind, people: usize) -> bool {
        let by_default = match kind {
            EvidenceKind::SameCompany | EvidenceKind::SameEvent => people <= Self::SMALL,
            other => other.is_observed(),
        };
        self.trust(kind) > 0.0 && self.switched.get(&kind).copied().unwrap_or(by_default)
    }

    /// Whether what was seen in `channel` makes ties.
    pub fn is_channel_on(&self, channel: Option<Channel>) -> bool {
        !self.channels_off.contains(&channel)
    }

    /// Lets what was seen in `channel` make ties, or not.
    pub fn set_channel(&mut self, channel: Option<Channel>, on: bool) {
        if on {
            self.channels_off.remove(&channel);
        } else {
            self.channels_off.insert(channel);
        }
    }

    /// Switches evidence of `kind` on or off.
    pub fn set(&mut self, kind: EvidenceKind, on: bool) {
        self.switched.insert(kind, on);
        if on && self.trust(kind) <= 0.0 {
            self.trusted.remove(&kind);
        }
    }

    /// How many times a trace of `kind` counts, from 0 to [`TieRules::MOST_TRUST`]; 1 keeps the
    /// order of trust in formats.md section 9.
    pub fn trust(&self, kind: EvidenceKind) -> f64 {
        self.trusted.get(&kind).map_or(1.0, |factor| factor.clamp(0.0, Self::MOST_TRUST))
    }

    /// Trusts `kind` more or less; at 1 the decision is forgotten.
    pub fn set_trust(&mut self, kind: EvidenceKind, factor: f64) {
        let factor = if factor.is_finite() { factor.clamp(0.0, Self::MOST_TRUST) } else { 1.0 };
        if (factor - 1.0).abs() < 1e-9 {
            self.trusted.remove(&kind);
        } else {
            self.trusted.insert(kind, factor);
        }
    }
}

/// Rules as a project file holds them. Version 1 had a list of kinds that were off, and one
/// likeness only, with a switch of its own.
#[derive(Deserialize, Default)]
#[serde(default)]
struct SavedRules {
    switched: BTreeMap<EvidenceKind, bool>,
    trusted: BTreeMap<EvidenceKind, f64>,
    channels_off: BTreeSet<Option<Channel>>,
    off: BTreeSet<EvidenceKind>,
    same_company: Option<bool>,
    owners: Owners,
    listed_row: ListedRow,
    half_life_days: Option<u32>,
}

impl From<SavedRules> for TieRules {
    fn from(saved: SavedRules) -> Self {
        let mut rules = Self {
            switched: saved.switched,
            trusted: BTreeMap::new(),
            channels_off: saved.channels_off,
            owners: saved.owners,
            listed_row: saved.listed_row,
            half_life_days: saved.half_life_days,
        };
        rules.switched.extend(saved.off.into_iter().map(|kind| (kind, false)));
        rules.switched.extend(saved.same_company.map(|on| (EvidenceKind::SameCompany, on)));
        for (kind, factor) in saved.trusted {
            rules.set_trust(kind, factor);
        }
        rules
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

/// Who is the same person, as decided by hand: pairs of person ids, as they are without merges,
/// and keys that turned out to say nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Merges {
    accepted: BTreeSet<(String, String)>,
    rejected: BTreeSet<(String, String)>,
    /// Keys that several people share (the mail address of a reception).
    shared_keys: BTreeSet<PersonKey>,
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

    /// Several people share this key: it joins nobody.
    pub fn share(&mut self, key: PersonKey) {
        self.shared_keys.insert(key);
    }

    /// Whether several people share this key.
    pub fn is_shared(&self, key: &PersonKey) -> bool {
        self.shared_keys.contains(key)
    }

    /// Pairs that are the same person.
    pub fn accepted(&self) -> impl Iterator<Item = (&str, &str)> {
        self.accepted.iter().map(|(one, other)| (one.as_str(), other.as_str()))
    }

    /// The same decisions about people under their new ids; those about people without one are
    /// forgotten.
    #[must_use]
    pub fn renamed(&self, new_id: impl Fn(&str) -> Option<String>) -> Self {
        let pairs = |pairs: &BTreeSet<(String, String)>| {
            let renamed = pairs.iter().filter_map(|(one, other)| {
                let (one, other) = (new_id(one)?, new_id(other)?);
                (one != other).then(|| ordered(&one, &other))
            });
            renamed.collect()
        };
        let shared_keys = self.shared_keys.clone();
        Self { accepted: pairs(&self.accepted), rejected: pairs(&self.rejected), shared_keys }
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
    fn likenesses_go_by_size_until_somebody_decides() {
        use EvidenceKind::{Follow, SameCompany, SameEvent, SamePlace};
        let mut rules = TieRules::default();
        assert!(rules.is_on(SameCompany, 50) && rules.is_on(SameEvent, 50));
        assert!(!rules.is_on(SameCompany, 51) && !rules.is_on(SameEvent, 51));
        assert!(!rules.is_on(SamePlace, 2));
        rules.set(SameCompany, true);
        rules.set(SamePlace, true);
        assert!(rules.is_on(SameCompany, 51) && rules.is_on(SamePlace, 51));
        rules.set(Follow, false);
        assert!(!rules.is_on(Follow, 2));
        rules.set(Follow, true);
        assert!(rules.is_on(Follow, 2));
    }

    #[test]
    fn what_is_not_trusted_at_all_is_off_until_it_is_switched_on_again() {
        let trusts = |rules: &TieRules, factor: f64| {
            (rules.trust(EvidenceKind::Follow) - factor).abs() < f64::EPSILON
        };
        let mut rules = TieRules::default();
        rules.set_trust(EvidenceKind::Follow, 0.0);
        assert!(!rules.is_on(EvidenceKind::Follow, 2));
        rules.set(EvidenceKind::Follow, true);
        assert!(rules.is_on(EvidenceKind::Follow, 2));
        assert!(trusts(&rules, 1.0));
        rules.set_trust(EvidenceKind::Follow, 99.0);
        assert!(trusts(&rules, TieRules::MOST_TRUST));
        rules.set_trust(EvidenceKind::Follow, f64::NAN);
        assert!(trusts(&rules, 1.0));
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
