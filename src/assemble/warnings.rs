//! What a person should know before trusting a network, in plain words.

use super::affinity::Alike;
use super::people::Conflict;
use super::{MergeSuggestion, Owners};
use crate::network::{EvidenceKind, Network};
use crate::words::{self, counted, grouped};

/// Below this share of people with a tie a ranking says more about who wrote things down than
/// about people.
const THIN: f64 = 0.1;

/// What the warnings are made of.
pub(super) struct Findings<'a> {
    pub tied: Tied,
    /// People whose exports were read, shown or not.
    pub owner_count: usize,
    pub ties_to_oneself: usize,
    pub conflicts: &'a [Conflict],
    pub suggestions: &'a [MergeSuggestion],
    /// Who is alike in which way.
    pub alike: &'a [Alike],
    /// Which kinds of evidence make ties.
    pub is_on: &'a dyn Fn(EvidenceKind) -> bool,
    /// Names of people by index before owners were left out.
    pub conflict_name: Option<&'a str>,
}

/// People besides owners, and how many of them have a tie.
#[derive(Clone, Copy)]
pub(super) struct Tied {
    others: usize,
    tied: usize,
}

impl Tied {
    /// A tie to an owner counts where exports overlap; the whole star of an owner says nothing.
    pub fn of(network: &Network, owners: Owners) -> Self {
        let people = &network.people;
        let mut is_tied = vec![false; people.len()];
        for [one, other] in network.ties.ends() {
            let (one, other) = (one as usize, other as usize);
            if owners != Owners::Shown || !people[one].is_owner && !people[other].is_owner {
                is_tied[one] = true;
                is_tied[other] = true;
            }
        }
        let others = people.iter().zip(is_tied).filter(|(person, _)| !person.is_owner);
        let (others, tied) =
            others.fold((0, 0), |(all, tied), (_, it)| (all + 1, tied + usize::from(it)));
        Self { others, tied }
    }

    /// True when too few people have a tie for a ranking.
    pub fn are_too_thin(self) -> bool {
        self.others > 0 && (self.tied as f64) < THIN * self.others as f64
    }
}

impl Findings<'_> {
    /// All warnings, the gravest first.
    pub fn in_words(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if self.tied.are_too_thin() {
            warnings.push(self.thin());
        }
        if let [.., _] = self.suggestions {
            let count = self.suggestions.len();
            warnings.push(format!(
                "{} of people may be the same person twice: decide under Network, Merge people.",
                counted(count, "pair", "pairs")
            ));
        }
        if let [first, ..] = self.conflicts {
            warnings.push(format!(
                "{} between files; the file imported first was believed (for example {} of {}: \
                 {}, not {}).",
                counted(self.conflicts.len(), "fact differs", "facts differ"),
                first.column,
                self.conflict_name.unwrap_or_default(),
                first.kept,
                first.dropped
            ));
        }
        let tied = self.alike.iter().filter(|it| (self.is_on)(it.likeness.kind));
        warnings.extend(tied.filter_map(too_large));
        if self.ties_to_oneself > 0 {
            warnings.push(format!(
                "{} a person to themselves; left out.",
                counted(self.ties_to_oneself, "tie leads from", "ties lead from")
            ));
        }
        warnings
    }

    fn thin(&self) -> String {
        let Tied { others: people, tied } = self.tied;
        let (besides, remedy) = match self.owner_count {
            0 => ("", "Import messages, a list of ties, or fields that say who referred whom."),
            1 => (" besides to you", "Import messages, or a colleague's export."),
            _ => (
                " besides to the owners of these exports",
                "Import messages, or exports of colleagues who know the same people.",
            ),
        };
        let few = if tied == 0 {
            format!("None of {} has a tie{besides}", words::people(people))
        } else {
            let have = if tied == 1 { "has" } else { "have" };
            format!("Only {} of {} {have} a tie{besides}", grouped(tied), words::people(people))
        };
        format!("{few}: too thin to rank. {remedy}")
    }
}

/// Which groups of one likeness are too large to be tied, the largest by name.
fn too_large(alike: &Alike) -> Option<String> {
    let (name, size) = alike.too_large.iter().max_by_key(|(_, size)| *size)?;
    let more = match alike.too_large.len() - 1 {
        0 => String::new(),
        more => format!(" ({} more are too large, too)", grouped(more)),
    };
    Some(format!(
        "People of the {} are tied only up to {} people; {name} has {}{more}.",
        alike.likeness.kind.label().to_lowercase(),
        alike.likeness.largest,
        grouped(*size)
    ))
}
