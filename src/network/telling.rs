//! A tie's evidence as people tell it: "12 messages, 2 meetings, same company".

use jiff::civil::Date;

use super::{Channel, EvidenceKind, Network, Tie, TieEvidence};

impl Network {
    /// The evidence of a tie in one line, the most trusted kind first, whichever sources it is
    /// from.
    pub fn evidence_in_words(&self, tie: &Tie) -> String {
        in_words(&self.evidence_of(tie).collect::<Vec<_>>())
    }

    /// The channels a tie was seen in, in the order of [`Channel::ALL`].
    pub fn channels_of(&self, tie: &Tie) -> Vec<Channel> {
        let seen = |channel: &Channel| self.evidence_of(tie).any(|it| it.channel == Some(*channel));
        Channel::ALL.into_iter().filter(seen).collect()
    }

    /// When a tie was last seen, as far as its evidence is dated.
    pub fn last_seen(&self, tie: &Tie) -> Option<Date> {
        self.evidence_of(tie).filter_map(|it| it.last_seen).max()
    }

    /// Whether the two were ever seen doing anything together, or are only alike.
    pub fn is_observed(&self, tie: &Tie) -> bool {
        self.evidence_of(tie).any(|it| it.kind.is_observed())
    }

    /// Whether nothing but a likeness speaks for the tie.
    pub fn is_inferred(&self, tie: &Tie) -> bool {
        self.evidence_of(tie).len() > 0 && !self.is_observed(tie)
    }
}

fn in_words(evidence: &[TieEvidence]) -> String {
    let told = EvidenceKind::ALL.into_iter().filter_map(|kind| {
        let of_kind = || evidence.iter().filter(|it| it.kind == kind);
        let smallest_group = of_kind().map(|it| it.group_size).min()?;
        let count = of_kind().fold(0_u32, |sum, it| sum.saturating_add(it.count));
        let words = kind.in_words(count);
        let among = kind.is_observed() && smallest_group > 2;
        Some(if among { format!("{words} among {smallest_group}") } else { words })
    });
    told.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn evidence(kind: EvidenceKind, source: u32, count: u32, group_size: u32) -> TieEvidence {
        TieEvidence { kind, channel: None, source, count, group_size, last_seen: None }
    }

    fn network(evidence: Vec<TieEvidence>) -> Network {
        let mut network = Network::default();
        network.ties.push(Tie { mutual: true, ..Tie::new(0, 1, 0.1) }, evidence);
        network
    }

    #[test]
    fn kinds_are_told_once_over_all_sources_the_most_trusted_first() {
        use EvidenceKind::{GroupThread, Meeting, Message, SameCompany, SameTag};
        let network = network(vec![
            evidence(SameCompany, 0, 1, 12),
            evidence(Message, 0, 7, 2),
            evidence(Message, 3, 5, 2),
            evidence(Meeting, 1, 2, 2),
            evidence(GroupThread, 1, 1, 5),
            evidence(SameTag, 1, 3, 9),
        ]);
        assert_eq!(
            network.evidence_in_words(&network.ties.get(0)),
            "12 messages, 1 group message among 5, 2 meetings, same company, 3 tags in common"
        );
    }

    #[test]
    fn a_tie_keeps_its_channels_and_its_last_day() {
        let mut told = [
            evidence(EvidenceKind::Meeting, 0, 1, 2),
            evidence(EvidenceKind::Message, 0, 1, 2),
            evidence(EvidenceKind::Message, 1, 1, 2),
        ];
        told[0].channel = Some(Channel::FaceToFace);
        told[1].channel = Some(Channel::Online);
        told[2].channel = Some(Channel::Online);
        told[1].last_seen = Some(date(2026, 3, 1));
        told[2].last_seen = Some(date(2025, 3, 1));
        let network = network(told.into());
        let tie = &network.ties.get(0);
        assert_eq!(network.channels_of(tie), [Channel::Online, Channel::FaceToFace]);
        assert_eq!(network.last_seen(tie), Some(date(2026, 3, 1)));
        assert!(network.is_observed(tie));
    }
}
