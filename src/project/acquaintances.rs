//! Who is ours and whom they know, from the evidence.
//!
//! The network mostly leaves the owner of an export out, because a star around them says nothing
//! about the others. For the way to somebody it is just what counts: so the same files are made
//! into a network once more, with the owners shown.

use super::{Decisions, Evidence, Results};
use crate::assemble::Owners;
use crate::network::{EvidenceKind, Network, PersonIndex, Tie, fact};
use crate::seeding::{Acquaintances, Known, Ours};

/// Owners of exports, and keepers of contact lists whom the network leaves out, with everyone they
/// know in it; where there are none, those who adopted already. Takes as long as making ties where anybody owns anything, else O(traces).
pub(super) fn derive(
    evidence: &Evidence,
    decisions: &Decisions,
    results: &Results,
) -> Acquaintances {
    if !has_owners(evidence) {
        return adopters(&results.network);
    }
    if decisions.tie_rules.owners == Owners::Shown {
        return known(&results.network, results);
    }
    let mut with_owners = decisions.clone();
    with_owners.tie_rules.owners = Owners::Shown;
    known(&Results::derive(evidence, &with_owners).network, results)
}

/// Where the files name no owner, whoever adopted already is on our side.
fn adopters(network: &Network) -> Acquaintances {
    let people = (0..).zip(&network.people).filter(|(_, who)| who.fact(fact::ADOPTED).is_some());
    let ours = people.map(|(person, who)| Ours { who: who.clone(), person: Some(person) });
    Acquaintances { ours: ours.collect(), known: Vec::new() }
}

fn has_owners(evidence: &Evidence) -> bool {
    let mut records = evidence.sources.iter().map(|source| &source.records);
    records.any(|records| {
        let mut kinds = records.ties.kinds();
        kinds.any(|kind| kind == EvidenceKind::Contact)
            || records.people.iter().any(|it| it.is_owner)
    })
}

/// `shown` holds everyone; who is an owner, or missing from the network, is ours.
fn known(shown: &Network, results: &Results) -> Acquaintances {
    let index: Vec<Option<PersonIndex>> =
        shown.people.iter().map(|who| results.person(&who.id)).collect();
    let mut found = Acquaintances::default();
    let mut number = vec![None; shown.people.len()];
    for (at, who) in shown.people.iter().enumerate() {
        if who.is_owner || index[at].is_none() {
            number[at] = u32::try_from(found.ours.len()).ok();
            found.ours.push(Ours { who: who.clone(), person: index[at] });
        }
    }
    for tie in &shown.ties {
        for (one, other) in [(tie.influencer, tie.audience), (tie.audience, tie.influencer)] {
            if let (Some(ours), Some(person)) = (number[one as usize], index[other as usize]) {
                found.known.push(Known {
                    ours,
                    person,
                    strength: (tie.mutual || tie.influencer == one).then_some(tie.strength),
                    words: shown.evidence_in_words(&tie),
                    last_message: last_message(shown, &tie),
                });
            }
        }
    }
    found
}

fn last_message(network: &Network, tie: &Tie) -> Option<jiff::civil::Date> {
    let written = |kind| matches!(kind, EvidenceKind::Message | EvidenceKind::Mail);
    network.evidence_of(tie).filter(|it| written(it.kind)).filter_map(|it| it.last_seen).max()
}
