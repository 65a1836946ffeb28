//! How strong a tie is, from what was seen.

use jiff::civil::Date;

use super::TieRules;
use super::traces::Trace;
use crate::network::EvidenceKind;

/// Chance that influence passes in one step, from one trace shared by two people.
///
/// The order is that of trust in formats.md section 9; the numbers lie between the published
/// chances of a stranger (.005), a friendly (.010) and a friend (.040) of science.md 1.13, so
/// that one answered message or one referral already reads as a friend, a bare contact as
/// a stranger, and several traces add up.
fn base_chance(kind: EvidenceKind, answered: bool) -> f64 {
    match kind {
        EvidenceKind::Message | EvidenceKind::Mail if answered => 0.040,
        EvidenceKind::Referral => 0.035,
        EvidenceKind::Reporting => 0.030,
        EvidenceKind::GroupThread => 0.025,
        EvidenceKind::CloseFriend => 0.022,
        EvidenceKind::Meeting => 0.020,
        EvidenceKind::Mention => 0.015,
        EvidenceKind::Recommendation => 0.014,
        EvidenceKind::Endorsement => 0.012,
        EvidenceKind::SameOrder => 0.011,
        EvidenceKind::Message
        | EvidenceKind::Mail
        | EvidenceKind::Listed
        | EvidenceKind::ByHand => 0.010,
        EvidenceKind::Follow => 0.008,
        EvidenceKind::PooledContact => 0.007,
        EvidenceKind::Invitation | EvidenceKind::SameEvent => 0.006,
        EvidenceKind::Contact | EvidenceKind::SameCompany => 0.005,
        EvidenceKind::SameSchool => 0.004,
        EvidenceKind::SameTag => 0.003,
        EvidenceKind::SamePlace => 0.002,
    }
}

/// How many times a trace counts: by the trust in its kind, and less when it is old.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weighing<'a> {
    rules: &'a TieRules,
    newest: Option<Date>,
    half_life_days: Option<u32>,
}

impl<'a> Weighing<'a> {
    /// Age is counted back from the `newest` day on which any trace was seen.
    pub(super) fn new(rules: &'a TieRules, newest: Option<Date>) -> Self {
        Self { rules, newest, half_life_days: rules.half_life_days.filter(|&days| days > 0) }
    }

    fn trust(self, kind: EvidenceKind) -> f64 {
        self.rules.trust(kind)
    }

    fn share_left(self, trace: &Trace) -> f64 {
        match (self.half_life_days, self.newest, trace.last_seen) {
            (Some(half_life), Some(newest), Some(seen)) => {
                let days = f64::from(newest.since(seen).map_or(0, |span| span.get_days()));
                0.5_f64.powf(days / f64::from(half_life))
            }
            _ => 1.0,
        }
    }
}

/// Strength in the making: `1 - ∏ (1-p)^(trust · count/(group size - 1))`, science.md 1.13 ("from
/// counts"), with a trace among many counting for less. Trust is a number of times, so that
/// strengths stay chances.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strength {
    /// Chance that no trace passes influence on.
    none: f64,
}

impl Strength {
    pub(super) const ZERO: Self = Self { none: 1.0 };

    /// Adds `trace`; `answered` says that messages went both ways.
    pub(super) fn add(&mut self, trace: &Trace, answered: bool, weighing: Weighing<'_>) {
        let others = f64::from(trace.group_size - 1);
        let times = f64::from(trace.count) / others
            * weighing.share_left(trace)
            * weighing.trust(trace.kind);
        // Who adds a tie says how close it is.
        let stated = trace.value.filter(|_| trace.kind == EvidenceKind::ByHand);
        let chance = stated.unwrap_or_else(|| base_chance(trace.kind, answered));
        self.none *= power(1.0 - chance, times);
    }

    /// Adds `count` listed ties, or the chance that the file itself gives for them.
    pub(super) fn add_listed(&mut self, count: u32, value: Option<f64>, weighing: Weighing<'_>) {
        let none = match value {
            Some(chance) if (0.0..=1.0).contains(&chance) => 1.0 - chance,
            _ => power(1.0 - base_chance(EvidenceKind::Listed, false), f64::from(count)),
        };
        self.none *= power(none, weighing.trust(EvidenceKind::Listed));
    }

    /// The chance that influence passes.
    pub(super) fn chance(self) -> f64 {
        1.0 - self.none
    }
}

/// `base` so many `times`; most often once, which needs no exponential function.
fn power(base: f64, times: f64) -> f64 {
    if times.to_bits() == 1.0_f64.to_bits() { base } else { base.powf(times) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assemble::traces::Way;
    use jiff::civil::date;

    fn trace(kind: EvidenceKind, count: u32, group_size: u32) -> Trace {
        Trace {
            low: 0,
            high: 1,
            kind,
            channel: None,
            source: 0,
            way: Way::BothLowFirst,
            count,
            group_size,
            value: None,
            last_seen: None,
            star_of: None,
        }
    }

    fn strength(traces: &[Trace], rules: &TieRules) -> f64 {
        let newest = traces.iter().filter_map(|trace| trace.last_seen).max();
        let weighing = Weighing::new(rules, newest);
        let mut strength = Strength::ZERO;
        for trace in traces {
            strength.add(trace, true, weighing);
        }
        strength.chance()
    }

    #[test]
    fn chances_keep_the_order_of_trust() {
        use EvidenceKind::{
            Contact, Endorsement, GroupThread, Mention, Message, PooledContact, Referral,
            Reporting, SameCompany,
        };
        let order = [
            Message,
            Referral,
            Reporting,
            GroupThread,
            Mention,
            Endorsement,
            PooledContact,
            Contact,
        ];
        assert!(order.windows(2).all(|it| base_chance(it[0], true) > base_chance(it[1], true)));
        assert!(base_chance(SameCompany, true) <= base_chance(Contact, true));
        assert!(base_chance(Message, true) > base_chance(Message, false));
    }

    #[test]
    fn traces_add_up_as_independent_chances() {
        let rules = TieRules::default();
        let three = strength(&[trace(EvidenceKind::Message, 3, 2)], &rules);
        assert!((three - (1.0 - 0.96_f64.powi(3))).abs() < 1e-12);
        let both = [trace(EvidenceKind::Message, 1, 2), trace(EvidenceKind::Contact, 1, 2)];
        assert!((strength(&both, &rules) - (1.0 - 0.96 * 0.995)).abs() < 1e-12);
    }

    #[test]
    fn a_group_of_five_shares_a_trace_among_four_others() {
        let rules = TieRules::default();
        let four_in_five = strength(&[trace(EvidenceKind::GroupThread, 4, 5)], &rules);
        assert!((four_in_five - 0.025).abs() < 1e-12);
    }

    #[test]
    fn trust_counts_a_trace_more_or_less_often() {
        let message = [trace(EvidenceKind::Message, 1, 2)];
        let mut rules = TieRules::default();
        rules.set_trust(EvidenceKind::Message, 3.0);
        assert!((strength(&message, &rules) - (1.0 - 0.96_f64.powi(3))).abs() < 1e-12);
        rules.set_trust(EvidenceKind::Message, 0.5);
        assert!((strength(&message, &rules) - (1.0 - 0.96_f64.sqrt())).abs() < 1e-12);
        rules.set_trust(EvidenceKind::Listed, 2.0);
        let mut listed = Strength::ZERO;
        listed.add_listed(1, Some(0.5), Weighing::new(&rules, None));
        assert!((listed.chance() - 0.75).abs() < 1e-12);
        let mut sure = Strength::ZERO;
        sure.add_listed(1, Some(1.0), Weighing::new(&rules, None));
        assert!((sure.chance() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_trace_one_half_life_old_counts_half() {
        let mut old = trace(EvidenceKind::Message, 2, 2);
        old.last_seen = Some(date(2025, 1, 1));
        let mut new = old;
        new.last_seen = Some(date(2025, 4, 11));
        let traces = [old, new];
        let kept = strength(&traces, &TieRules::default());
        assert!((kept - (1.0 - 0.96_f64.powi(4))).abs() < 1e-12);
        let rules = TieRules { half_life_days: Some(100), ..TieRules::default() };
        let faded = strength(&traces, &rules);
        assert!((faded - (1.0 - 0.96_f64.powi(3))).abs() < 1e-12);
    }
}
