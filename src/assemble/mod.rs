//! F2: records of several sources → one network.
//!
//! Who is the same person, which traces make a tie and how strong it is, what becomes of the
//! owners of exports. Everything follows from the records and the person's decisions
//! ([`TieRules`], [`Merges`]); the order of rows in a file does not matter.

mod rules;

pub use rules::{Merges, Owners, TieRules};

use std::borrow::Borrow;

use crate::import::Source;
use crate::network::{EvidenceKind, Network};

/// What [`assemble`] makes of the sources.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assembled {
    /// People and ties.
    pub network: Network,
    /// People who were recognised in more than one source.
    pub merged: usize,
    /// People who may be the same, for a person to decide.
    pub suggestions: Vec<MergeSuggestion>,
    /// What a person should know before trusting the network, in plain words.
    pub warnings: Vec<String>,
    /// How many ties each kind of evidence speaks for, in the order of [`EvidenceKind::ALL`];
    /// kinds without any are left out.
    pub kinds: Vec<KindCount>,
    /// True when too few people are tied for a ranking to mean anything.
    pub too_thin_to_rank: bool,
}

/// Two people who may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeSuggestion {
    /// Id of the one, as [`Merges::accept`] takes it.
    pub one: String,
    /// Id of the other.
    pub other: String,
    /// Why, in plain words.
    pub reason: String,
}

/// How much one kind of evidence contributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindCount {
    /// The kind.
    pub kind: EvidenceKind,
    /// Pairs of people it speaks for, whether it is on or off.
    pub ties: usize,
    /// Whether it makes ties under the rules.
    pub on: bool,
}

/// Makes one network of `sources` (owned, borrowed or shared) under the person's decisions.
pub fn assemble<S: Borrow<Source>>(sources: &[S], rules: &TieRules, merges: &Merges) -> Assembled {
    let _ = (sources, rules, merges);
    Assembled::default()
}
