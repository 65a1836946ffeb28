//! The playbook at work: word of mouth in channels, and pushes from outside.
//!
//! Each tie has an alarm of its own: an exponentially distributed amount to use up, at
//! `-ln(1 - p·s·a(t)·v)` per step from the step after its influencer adopted. Rates add up where
//! chances to miss multiply, so that whoever adopts at the first alarm does so with exactly
//! the chance of the noisy-OR formula ([`super::playbook`]), and the first of several alarms within
//! a step is each cause's in proportion to its rate. A tie whose alarm lies beyond the
//! horizon costs a draw and a comparison, all others a logarithm; pushes are drawn ahead.

use super::playbook::{CHANNELS, Playbook, TieStrength};
use super::pushes::{Moment, Pushes};
use super::run::{Agenda, Chances, Run};
use super::{Cause, Scenario, ScenarioError};
use crate::network::{Closeness, EvidenceKind, InfluenceGraph, Network, PersonIndex, Tie};

/// The rule and its numbers.
#[derive(Debug)]
pub(super) struct Campaign {
    pushes: Pushes,
    /// Kind of each arc: arcs alike in everything that matters here are of one kind.
    kind_of: Vec<u32>,
    kinds: Vec<TieKind>,
    /// Rate of each kind on each day of the calendar, kind after kind.
    rates: Vec<f64>,
    days: usize,
    presence: Vec<f64>,
    playbook: Playbook,
    talk_steps: u32,
}

/// What ties of one kind have in common.
#[derive(Clone, Copy, Debug)]
struct TieKind {
    /// A uniform draw below it is an alarm that never goes off in time.
    never_below: f64,
    tries: Tries,
    /// Everything but the channel and presence.
    strength: f64,
}

/// Tries at each step in each channel, in the order of [`CHANNELS`]: 0 where a tie was not seen, 1
/// where it was, and more where a file lists it several times and that shall count.
type Tries = [u32; CHANNELS.len()];

/// What set off an alarm.
#[derive(Clone, Copy, Debug, Default)]
enum Origin {
    #[default]
    Nothing,
    Push(u16),
    Arc(u32),
}

/// The earliest alarm of everyone so far.
#[derive(Debug, Default)]
pub(super) struct Alarms {
    first: Vec<Alarm>,
    touched: Vec<PersonIndex>,
}

#[derive(Clone, Copy, Debug)]
struct Alarm {
    moment: Moment,
    origin: Origin,
    /// Whether it went off; from then on it is what made the person adopt.
    has_rung: bool,
}

impl Alarm {
    const NEVER: Self = Self::new(Moment { step: u32::MAX, within: 2.0 }, Origin::Nothing);

    const fn new(moment: Moment, origin: Origin) -> Self {
        Self { moment, origin, has_rung: false }
    }
}

impl Alarms {
    pub(super) fn new(people: usize) -> Self {
        Self { first: vec![Alarm::NEVER; people], touched: Vec::new() }
    }

    /// Notes an alarm where it is the person's earliest.
    fn set(&mut self, person: PersonIndex, alarm: Alarm, agenda: &mut Agenda) {
        let first = &mut self.first[person as usize];
        if alarm.moment >= first.moment {
            return;
        }
        if matches!(first.origin, Origin::Nothing) {
            self.touched.push(person);
        }
        if alarm.moment.step < first.moment.step {
            agenda.note(person, alarm.moment.step.into());
        }
        *first = alarm;
    }

    fn reset(&mut self) {
        for person in self.touched.drain(..) {
            self.first[person as usize] = Alarm::NEVER;
        }
    }
}

impl Campaign {
    /// Prepares the playbook of `scenario`; `network` tells channels, strengths, segments and whom
    /// pushes reach. O(people + ties log(longest row)).
    ///
    /// # Errors
    /// Pushes that reach nobody, a tie whose chance exceeds 1, or segments that nobody is in.
    pub(super) fn prepare(
        graph: &InfluenceGraph,
        network: Option<&Network>,
        segments: Option<&[u32]>,
        scenario: &Scenario,
        name: &dyn Fn(PersonIndex) -> String,
    ) -> Result<Self, ScenarioError> {
        let Scenario { playbook, steps: horizon, visibility, .. } = scenario;
        let pushes = Pushes::prepare(graph.people(), network, playbook, *horizon)?;
        let (tries, strengths) = traits_of_arcs(graph, network, playbook.strength);
        let factor = playbook.translators.as_ref().map_or(1.0, |it| it.factor);
        let presence = playbook.presence(scenario.presence, scenario.step_unit);
        let talk_steps = playbook.talk_steps.unwrap_or(u32::MAX);
        let mut campaign = Self {
            pushes,
            kind_of: Vec::with_capacity(graph.arcs()),
            kinds: Vec::new(),
            rates: Vec::new(),
            days: presence.len(),
            presence,
            playbook: playbook.clone(),
            talk_steps,
        };
        let mut known = std::collections::BTreeMap::new();
        for (arc, it) in graph.iter_arcs().enumerate() {
            let mut strength = strengths.as_ref().map_or(1.0, |all| all[arc]) * visibility;
            if let Some(segments) = segments {
                let ends = [it.influencer, it.audience].map(|end| segments[end as usize]);
                let both_known = !ends.contains(&super::Model::NO_FIELD);
                if both_known && ends[0] != ends[1] {
                    strength *= factor;
                }
            }
            let tries = tries.as_ref().map_or_else(
                || untold(if playbook.strength == TieStrength::Alike { it.ties } else { 1 }),
                |all| all[arc],
            );
            let key = (tries, strength.to_bits());
            let next = u32::try_from(campaign.kinds.len()).unwrap_or(u32::MAX);
            let kind = *known.entry(key).or_insert(next);
            if kind == next {
                let tie = TieKind { never_below: 0.0, tries, strength };
                let ends = || (name(it.influencer), name(it.audience));
                campaign.add_kind(tie, *horizon, ends)?;
            }
            campaign.kind_of.push(kind);
        }
        Ok(campaign)
    }

    fn add_kind(
        &mut self,
        mut tie: TieKind,
        horizon: u32,
        ends: impl Fn() -> (String, String),
    ) -> Result<(), ScenarioError> {
        let mut highest = 0.0_f64;
        for &presence in &self.presence {
            let mut rate = 0.0;
            for (channel, tries) in CHANNELS.into_iter().zip(tie.tries) {
                let chance = self.playbook.channels.of(channel) * tie.strength * presence;
                if tries > 0 && !(0.0..=1.0).contains(&chance) {
                    let (influencer, audience) = ends();
                    return Err(ScenarioError::StrongTie { influencer, audience, chance });
                }
                rate += rate_of(chance, tries);
            }
            self.rates.push(rate);
            highest = highest.max(rate);
        }
        let tries = f64::from(self.talk_steps.min(horizon));
        tie.never_below = if highest > 0.0 { (-highest * tries).exp() } else { 2.0 };
        self.kinds.push(tie);
        Ok(())
    }

    /// What adopters may have adopted through, by the numbers that [`Run::causes`] holds.
    pub(super) fn causes(&self) -> Vec<Cause> {
        let channels = CHANNELS.map(|it| it.map_or(Cause::Untold, Cause::Channel));
        let pushes = self.playbook.pushes.iter().map(|push| Cause::Push(push.name.clone()));
        [Cause::Seed, Cause::Earlier, Cause::Nudge]
            .into_iter()
            .chain(channels)
            .chain(pushes)
            .collect()
    }

    /// Runs one replicate: O(arcs out of adopters + people who react to a push).
    pub(super) fn spread(
        &self,
        graph: &InfluenceGraph,
        run: &mut Run,
        alarms: &mut Alarms,
        agenda: &mut Agenda,
        chances: &Chances,
        horizon: u32,
    ) {
        self.tell_causes(run, alarms, chances);
        self.pushes.draw(chances, |person, push, moment| {
            if !run.has_adopted(person) {
                let origin = Origin::Push(u16::try_from(push).unwrap_or(u16::MAX));
                alarms.set(person, Alarm::new(moment, origin), agenda);
            }
        });
        loop {
            let step = run.next_step() - 1;
            for position in run.newest() {
                let influencer = run.adopter(position);
                // Who adopted before the start has talked for a while.
                let ago = run.earlier().get(position).copied().unwrap_or(0);
                let talk_steps = self.talk_steps.saturating_sub(ago);
                let row = graph.arcs_from(influencer);
                for (arc, &person) in (0_u32..).skip(row.start).zip(graph.audience_of(influencer)) {
                    let draw = chances.influence.unit(arc.into());
                    if draw < self.kinds[self.kind_of[arc as usize] as usize].never_below {
                        continue;
                    }
                    if run.has_adopted(person) {
                        continue;
                    }
                    let moment = self.moment(arc, draw, step, chances);
                    if let Some(moment) = moment.filter(|it| it.step - step <= talk_steps) {
                        alarms.set(person, Alarm::new(moment, Origin::Arc(arc)), agenda);
                    }
                }
            }
            if (agenda.is_empty() && !run.is_open()) || step == horizon {
                break;
            }
            for person in agenda.take(step + 1) {
                if !run.has_adopted(person) {
                    let alarm = &mut alarms.first[person as usize];
                    alarm.has_rung = true;
                    if let Origin::Arc(arc) = alarm.origin
                        && run.is_watched()
                    {
                        let by = graph.influencer_at(arc as usize);
                        run.saw(person, by, (step + 1).into());
                    }
                    run.adopt(person, step + 1);
                }
            }
            run.finish_step();
            self.tell_causes(run, alarms, chances);
        }
        alarms.reset();
    }

    /// Notes the causes of those who adopted at the step closed last. A person's own alarm counts if it
    /// went off before a plan or a nudge had them come.
    fn tell_causes(&self, run: &mut Run, alarms: &Alarms, chances: &Chances) {
        for position in run.newest() {
            let person = run.adopter(position);
            let alarm = &alarms.first[person as usize];
            let cause = if alarm.has_rung {
                self.cause(alarm, chances)
            } else if run.was_before(position) {
                EARLIER
            } else if run.is_planned(person) {
                SEED
            } else {
                NUDGE
            };
            run.causes_mut().push(cause);
        }
    }

    /// When the alarm of `arc` goes off whose influencer adopted at `step`, if ever.
    fn moment(&self, arc: u32, draw: f64, step: u32, chances: &Chances) -> Option<Moment> {
        let kind = self.kind_of[arc as usize] as usize;
        let rates = &self.rates[kind * self.days..(kind + 1) * self.days];
        let alarm = -draw.ln();
        let order = || chances.influence.unit(ORDER | u64::from(arc));
        let moment = match rates {
            [rate] if rate.is_infinite() => Moment::at(step + 1, alarm, *rate, order()),
            [rate] => Moment::at(step + 1, alarm, *rate, 0.0),
            _ => return within_calendar(step + 1, alarm, rates, order),
        };
        Some(moment)
    }

    /// Number of the cause that an alarm stands for.
    fn cause(&self, alarm: &Alarm, chances: &Chances) -> u16 {
        match alarm.origin {
            Origin::Nothing => SEED,
            Origin::Push(push) => push.saturating_add(FIRST_PUSH),
            Origin::Arc(arc) => {
                let kind = &self.kinds[self.kind_of[arc as usize] as usize];
                let draw = || chances.influence.unit(CHANNEL | u64::from(arc));
                self.channel(kind, alarm.moment.step, draw)
            }
        }
    }

    /// The channel in which a tie of this kind passed influence on at `step`: each in proportion to
    /// its rate.
    fn channel(&self, kind: &TieKind, step: u32, draw: impl Fn() -> f64) -> u16 {
        let presence = self.presence[(step as usize - 1) % self.days];
        let mut rates = kind.tries.map(f64::from);
        if rates.iter().filter(|&&rate| rate > 0.0).count() > 1 {
            for ((rate, tries), channel) in rates.iter_mut().zip(kind.tries).zip(CHANNELS) {
                let chance = self.playbook.channels.of(channel) * kind.strength * presence;
                *rate = rate_of(chance, tries);
            }
        }
        if rates.iter().any(|rate| rate.is_infinite()) {
            rates = rates.map(|rate| if rate.is_infinite() { 1.0 } else { 0.0 });
        }
        let mut left = draw() * rates.iter().sum::<f64>();
        let mut chosen = 0;
        for (place, &rate) in (0..).zip(&rates) {
            if rate > 0.0 && left > 0.0 {
                chosen = place;
                left -= rate;
            }
        }
        FIRST_CHANNEL + chosen
    }
}

/// Numbers of causes: those by plan, the channels, and the pushes in their order.
const SEED: u16 = 0;
const EARLIER: u16 = 1;
const NUDGE: u16 = 2;
const FIRST_CHANNEL: u16 = 3;
const FIRST_PUSH: u16 = FIRST_CHANNEL + 6;
const _: () = assert!(CHANNELS.len() == 6);

/// Further draws of an arc.
const ORDER: u64 = 1 << 62;
const CHANNEL: u64 = 1 << 63;

/// As [`Moment::at`], where the rate goes round with the days of the calendar.
fn within_calendar(
    first: u32,
    alarm: f64,
    rates: &[f64],
    order: impl Fn() -> f64,
) -> Option<Moment> {
    let days = u32::try_from(rates.len()).ok()?;
    let round: f64 = rates.iter().sum();
    if round <= 0.0 {
        return None;
    }
    let mut left = alarm;
    let mut step = first;
    if round.is_finite() {
        let rounds = (alarm / round).floor();
        left -= rounds * round;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturating")]
        let rounds = rounds as u32;
        step = step.saturating_add(rounds.saturating_mul(days));
    }
    // Twice round at most: what rounding left over may not fit into the first.
    for _ in 0..2 * days {
        let rate = rates[(step - 1) as usize % rates.len()];
        if rate > 0.0 && left <= rate {
            return Some(Moment::at(step, left, rate, order()));
        }
        left -= rate;
        step = step.saturating_add(1);
    }
    None
}

fn rate_of(chance: f64, tries: u32) -> f64 {
    if tries == 0 { 0.0 } else { -(-chance).ln_1p() * f64::from(tries) }
}

fn untold(tries: u32) -> Tries {
    let mut all = [0; CHANNELS.len()];
    all[CHANNELS.len() - 1] = tries;
    all
}

/// Tries and strength of every arc, as far as the network tells them.
fn traits_of_arcs(
    graph: &InfluenceGraph,
    network: Option<&Network>,
    rule: TieStrength,
) -> (Option<Vec<Tries>>, Option<Vec<f64>>) {
    let strength = |strength: f64| match rule {
        TieStrength::Alike => 1.0,
        TieStrength::Own => strength,
        TieStrength::Classes { stranger, friendly, friend } => {
            match Closeness::of_strength(strength) {
                Closeness::Stranger => stranger,
                Closeness::Friendly => friendly,
                Closeness::Friend => friend,
            }
        }
    };
    let Some(network) = network else {
        let strengths = graph.iter_arcs().map(|arc| strength(arc.value)).collect();
        return (None, Some(strengths));
    };
    let mut tries = vec![[0; CHANNELS.len()]; graph.arcs()];
    let mut strengths = vec![0.0; graph.arcs()];
    for tie in &network.ties {
        let tries_of_tie = tries_of(network, &tie, rule == TieStrength::Alike);
        let forth = (tie.influencer, tie.audience);
        let back = (tie.audience, tie.influencer);
        for (influencer, audience) in [forth, back].into_iter().take(1 + usize::from(tie.mutual)) {
            // Not there where only peers of the same field count.
            if let Ok(place) = graph.audience_of(influencer).binary_search(&audience) {
                let arc = graph.arcs_from(influencer).start + place;
                tries[arc] = tries_of_tie;
                strengths[arc] = strength(tie.strength);
            }
        }
    }
    (Some(tries), Some(strengths))
}

/// In which channels a tie was seen. Where parallel ties `count`, each row that lists the tie is
/// a try of its own; elsewhere strength speaks for them already.
fn tries_of(network: &Network, tie: &Tie, count: bool) -> Tries {
    let mut seen = [0; CHANNELS.len()];
    for piece in network.evidence_of(tie) {
        let place = CHANNELS.iter().position(|it| it.is_some() && *it == piece.channel);
        if let Some(tries) = place.map(|place| &mut seen[place]) {
            let listed = count && piece.kind == EvidenceKind::Listed;
            *tries = if listed { *tries + piece.count } else { (*tries).max(1) };
        }
    }
    if seen.iter().all(|&tries| tries == 0) {
        return untold(if count { tie.parallel } else { 1 });
    }
    seen
}
