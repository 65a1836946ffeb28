//! Participation: over how many segments, or channels, a person's contacts are spread.

use super::description::{Measure, Method, Unit};
use super::subject::Subject;
use crate::network::{Channel, Network};

pub(super) const BY_SEGMENT: Measure = Measure {
    key: "participation",
    label: "participation by segment",
    question: "Who speaks to several segments?",
    meaning: "1 less the squared shares of each segment in the person's contacts: 0 when all are \
              in one, near 1 when spread over many; neighborhoods stand in where no segments are \
              told; undefined without contacts in any.",
    unit: Unit::Share,
    lowest_first: false,
    method: Method::People(by_segment),
};

pub(super) const BY_CHANNEL: Measure = Measure {
    key: "participation_channels",
    label: "participation by channel",
    question: "Who translates between online and offline?",
    meaning: "1 less the squared shares of each channel in the person's contacts, a contact on \
              two channels counting on both: 0 when all are on one; undefined without contacts \
              on a known channel.",
    unit: Unit::Share,
    lowest_first: false,
    method: Method::People(by_channel),
};

/// `1 - Σ_s (k_is/k_i)²` over segments s, k counting contacts. Source: Guimerà & Amaral 2005.
fn by_segment(subject: &Subject<'_>) -> Vec<f64> {
    let circles = subject.circles();
    let mut tally: Vec<u32> = Vec::new();
    let mut of = |person: usize| {
        tally.clear();
        tally.extend(circles.of(person).iter().filter_map(|&it| subject.segment(it as usize)));
        tally.sort_unstable();
        spread(tally.chunk_by(|a, b| a == b).map(|alike| alike.len() as f64))
    };
    (0..circles.len()).map(&mut of).collect()
}

fn by_channel(subject: &Subject<'_>) -> Vec<f64> {
    let Some(network) = subject.network else { return vec![f64::NAN; subject.people()] };
    contacts_by_channel(network)
        .into_iter()
        .map(|contacts| spread(contacts.into_iter().map(f64::from)))
        .collect()
}

/// Contacts of each person on each channel, in the order of [`Channel::ALL`].
fn contacts_by_channel(network: &Network) -> Vec<[u32; Channel::ALL.len()]> {
    let mut contacts = vec![[0; Channel::ALL.len()]; network.people.len()];
    let mut last = (None, [false; Channel::ALL.len()]);
    for tie in &network.ties {
        // The one or two ties of a pair stand side by side; a channel of both counts once.
        let pair = Some((tie.influencer.min(tie.audience), tie.influencer.max(tie.audience)));
        if last.0 != pair {
            last = (pair, [false; Channel::ALL.len()]);
        }
        for channel in network.channels_of(&tie) {
            let at = channel as usize;
            if !std::mem::replace(&mut last.1[at], true) {
                contacts[tie.influencer as usize][at] += 1;
                contacts[tie.audience as usize][at] += 1;
            }
        }
    }
    contacts
}

/// 1 less the squared shares of `parts`.
fn spread(parts: impl Iterator<Item = f64>) -> f64 {
    let (all, squares) = parts.fold((0.0, 0.0), |(all, squares), it| (all + it, squares + it * it));
    1.0 - squares / (all * all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{
        EvidenceKind, InfluenceArc, InfluenceGraph, Person, Tie, TieEvidence, Ties,
    };

    #[test]
    fn contacts_in_three_segments_and_none() {
        let arc = |audience| InfluenceArc { influencer: 0, audience, ties: 1, value: 1.0 };
        let graph = InfluenceGraph::from_arcs(6, [1, 2, 3, 4, 5].map(arc));
        let segments = vec![Some(0), Some(7), Some(7), Some(8), None, Some(9)];
        let subject = Subject::new(&graph).with_segments(segments);
        let found = by_segment(&subject);
        // Two, one and one of four contacts who are in a segment.
        assert!((found[0] - (1.0 - 6.0 / 16.0)).abs() < 1e-15);
        assert_eq!(found[1..2], [0.0]);
    }

    #[test]
    fn a_translator_has_contacts_on_two_channels() {
        let on = |channel| TieEvidence {
            kind: EvidenceKind::Contact,
            channel: Some(channel),
            source: 0,
            count: 1,
            group_size: 2,
            last_seen: None,
        };
        let mut ties = Ties::default();
        ties.push(Tie::new(0, 1, 0.1), [on(Channel::Online)]);
        ties.push(Tie::new(1, 0, 0.1), [on(Channel::Online)]);
        ties.push(Tie::new(0, 2, 0.1), [on(Channel::Online), on(Channel::FaceToFace)]);
        ties.push(Tie::new(0, 3, 0.1), []);
        let network = Network { people: vec![Person::default(); 5], ties };
        let graph = network.influence_graph();
        let found = by_channel(&Subject::new(&graph).with_network(&network));
        // Person 0 has two contacts online and one of them also face to face.
        assert!((found[0] - (1.0 - 5.0 / 9.0)).abs() < 1e-15);
        assert_eq!((found[1], found[2]), (0.0, 0.5));
        assert!(found[3].is_nan() && found[4].is_nan());
        assert!(by_channel(&Subject::new(&graph)).iter().all(|it| it.is_nan()));
    }
}
