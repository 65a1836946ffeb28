//! What reaches people from outside, drawn ahead: who adopts through which push, and when.
//!
//! A push of rate `r` gives everyone it reaches an alarm: an exponentially distributed amount of
//! `-ln(1-r)` per step to use up, so that in each step the chance is exactly `r`. Only those whose
//! alarm goes off in time cost anything. They are found by leaping from one to the next, in layers of
//! alarms: below 2⁻²⁰, then each layer twice as far. As the alarms of a layer do not depend
//! on the rate, two scenarios that differ in a rate meet the same alarms (common random numbers).

use super::playbook::{PlaybookPush, PushKind, Reaches};
use super::run::{Chances, skipped};
use super::{Playbook, ScenarioError};
use crate::network::{Network, PersonIndex};

/// Alarms of the first layer.
const FINEST: f64 = 1.0 / (1 << 20) as f64;

/// The pushes of a playbook, ready for one network.
#[derive(Debug)]
pub(super) struct Pushes {
    people: usize,
    each: Vec<Ready>,
}

#[derive(Debug)]
struct Ready {
    /// Its draws: the same as long as it is the same one of its kind.
    key: u64,
    /// Whom it reaches; `None` for everyone.
    reached: Option<Vec<PersonIndex>>,
    /// `-ln(1-r)`.
    rate: f64,
    from: u32,
    /// One past its last step.
    end: u32,
}

/// When an alarm goes off: at which step, and how far into it.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) struct Moment {
    pub(super) step: u32,
    /// In 0..1; below 0 for what is certain, in random order.
    pub(super) within: f64,
}

impl Moment {
    /// When a clock that uses up `rate` per step from the beginning of step `first` on has used up
    /// `alarm`. `order` is uniform, to tell apart what is certain.
    pub(super) fn at(first: u32, alarm: f64, rate: f64, order: f64) -> Self {
        if rate.is_infinite() {
            return Self { step: first, within: -order };
        }
        let steps = alarm / rate;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturating: a clock that stands still never goes off"
        )]
        let whole = steps as u32;
        Self { step: first.saturating_add(whole), within: steps.fract() }
    }
}

impl Pushes {
    /// Finds the people that the pushes of `playbook` reach within `horizon` steps. O(people · pushes
    /// with a rule), and a search per person who is named.
    ///
    /// # Errors
    /// A [`ScenarioError::Push`] when a push reaches nobody or somebody who is not there.
    pub(super) fn prepare(
        people: usize,
        network: Option<&Network>,
        playbook: &Playbook,
        horizon: u32,
    ) -> Result<Self, ScenarioError> {
        let each = playbook.pushes.iter().enumerate().map(|(at, push)| {
            let before = &playbook.pushes[..at];
            let number = before.iter().filter(|it| it.kind == push.kind).count();
            let kind = PushKind::ALL.iter().position(|it| *it == push.kind).unwrap_or_default();
            let last = push.until.unwrap_or(horizon).min(horizon);
            Ok(Ready {
                key: ((number * PushKind::ALL.len() + kind) as u64) << 48,
                reached: reached(push, people, network)?,
                rate: -(-push.rate).ln_1p(),
                from: push.from,
                end: last.saturating_add(1).max(push.from),
            })
        });
        Ok(Self { people, each: each.collect::<Result<_, _>>()? })
    }

    /// Calls `tell` with each person who would adopt through a push, the number of that push and when
    /// that would be: O(pushes + those people).
    pub(super) fn draw(&self, chances: &Chances, mut tell: impl FnMut(PersonIndex, usize, Moment)) {
        for (number, push) in self.each.iter().enumerate() {
            push.draw(self.people, chances, |person, moment| tell(person, number, moment));
        }
    }
}

impl Ready {
    fn draw(&self, people: usize, chances: &Chances, mut tell: impl FnMut(PersonIndex, Moment)) {
        let count = self.reached.as_ref().map_or(people, Vec::len) as u64;
        let steps = f64::from(self.end - self.from);
        let total = self.rate * steps;
        // Nothing times infinity is no number: no step, no alarm.
        if total.is_nan() || total <= 0.0 {
            return;
        }
        let person = |place: u64| match &self.reached {
            None => PersonIndex::try_from(place).ok(),
            Some(reached) => usize::try_from(place).ok().and_then(|it| reached.get(it).copied()),
        };
        let unit = |layer: u64, second: u64, place: u64| {
            chances.waiting.unit(self.key | layer << 40 | second << 39 | place)
        };
        if total.is_infinite() {
            for place in 0..count {
                if let Some(person) = person(place) {
                    tell(person, Moment::at(self.from, 0.0, self.rate, unit(255, 0, place)));
                }
            }
            return;
        }
        let (mut low, mut high) = (0.0, FINEST);
        for layer in 0.. {
            if low >= total {
                break;
            }
            let chance = -f64::exp_m1(low - high);
            let mut place = 0_u64;
            loop {
                place = place.saturating_add(skipped(unit(layer, 0, place), chance));
                if place >= count {
                    break;
                }
                let alarm = low - (-unit(layer, 1, place) * chance).ln_1p();
                if let Some(person) = person(place).filter(|_| alarm <= total) {
                    let moment = Moment::at(self.from, alarm, self.rate, 0.0);
                    if moment.step < self.end {
                        tell(person, moment);
                    }
                }
                place += 1;
            }
            (low, high) = (high, high * 2.0);
        }
    }
}

/// Whom a push reaches, in ascending order; `None` for everyone.
fn reached(
    push: &PlaybookPush,
    people: usize,
    network: Option<&Network>,
) -> Result<Option<Vec<PersonIndex>>, ScenarioError> {
    let refuse = |why: String| ScenarioError::Push { push: push.name.clone(), why };
    let reached = match &push.reaches {
        Reaches::Everyone => return Ok(None),
        Reaches::Where(rule) => {
            let everyone = network.map_or(&[][..], |it| &it.people);
            let picked: Vec<PersonIndex> = (0..)
                .zip(everyone)
                .filter(|(_, person)| rule.picks(person))
                .map(|(index, _)| index)
                .collect();
            if picked.is_empty() {
                return Err(refuse(format!("it reaches nobody ({})", rule.in_words())));
            }
            picked
        }
        Reaches::People(ids) => {
            let find = |id: &String| {
                let id = id.trim();
                let found = match network {
                    Some(network) => network.find(id),
                    None => id.parse().ok().filter(|&it: &PersonIndex| (it as usize) < people),
                };
                found.ok_or_else(|| {
                    let nobody = "who is not in the network by that id or name";
                    refuse(format!("it reaches \u{201c}{id}\u{201d}, {nobody}"))
                })
            };
            let mut found = ids.iter().map(find).collect::<Result<Vec<_>, _>>()?;
            found.sort_unstable();
            found.dedup();
            found
        }
    };
    Ok(Some(reached))
}
