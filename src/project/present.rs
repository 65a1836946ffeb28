//! Where things stand: who has adopted, since when, and who never will.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Decisions, Mark, Marked, Progress, Project};
use crate::diffusion::{Calendar, NEVER, StepUnit};
use crate::learning::{History, Method, NoHistory};
use crate::network::{Person, PersonIndex, fact};

/// How what happened is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LearnSettings {
    /// Length of a period where times are dates; `None` for what suits them.
    pub period: Option<StepUnit>,
    /// Whose curve is drawn.
    pub method: Method,
    /// Whether it is drawn with a market of its own.
    pub free_market: bool,
}

impl Default for LearnSettings {
    fn default() -> Self {
        Self { period: None, method: Method::Intervals, free_market: false }
    }
}

/// Adopters of whom nothing tells when they did are taken to have done so this long ago: their one
/// try of each tie is over.
const LONG_AGO: u32 = 1000;

/// What tells when each person adopted: a mark, or else the imported fact; `None` for who has not.
fn adoptions<'p>(
    people: &'p [Person],
    marks: &'p BTreeMap<String, Mark>,
) -> impl Iterator<Item = Option<Cow<'p, str>>> {
    people.iter().map(|person| match marks.get(&*person.id).and_then(Mark::now) {
        Some((Marked::Adopted, day)) => Some(day.to_string().into()),
        Some((Marked::Declined, _)) => None,
        // Somebody may be spoken to about more, who has adopted by what the file says.
        Some((Marked::Contacted, _)) | None => person.fact(fact::ADOPTED).map(Cow::from),
    })
}

/// Where things stand, for forecasts that go on from there: who has adopted, how many steps ago, and
/// who declined and never will. O(people).
pub fn present(people: &[Person], marks: &BTreeMap<String, Mark>, step: StepUnit) -> Calendar {
    let adoptions: Vec<Option<Cow<'_, str>>> = adoptions(people, marks).collect();
    let entries = || adoptions.iter().map(Option::as_deref);
    let has_declined = |person: &Person| {
        matches!(marks.get(&*person.id).and_then(Mark::now), Some((Marked::Declined, _)))
    };
    let never =
        (0..).zip(people).filter(|(_, person)| has_declined(person)).map(|it| it.0).collect();
    let before = if let Ok(history) = History::of(entries(), Some(step), None) {
        let last = history.periods - 1;
        let dated = (0..).zip(&history.times).filter(|it| *it.1 != NEVER);
        let undated = history.undated.iter().map(|&person| (person, LONG_AGO));
        dated.map(|(person, &time)| (person, last - time)).chain(undated).collect()
    } else {
        let undated = (0..).zip(entries()).filter(|it| it.1.is_some());
        undated.map(|(person, _)| (person, LONG_AGO)).collect()
    };
    Calendar { before, never, ..Calendar::default() }
}

impl Project {
    /// Who adopted in which period, marks included.
    ///
    /// # Errors
    /// [`NoHistory`] when nothing tells that or when anybody adopted.
    pub fn history(&self) -> Result<History, NoHistory> {
        let marks = &self.decisions.campaign.marks;
        let adoptions: Vec<Option<Cow<'_, str>>> =
            adoptions(&self.results.network.people, marks).collect();
        let entries = adoptions.iter().map(Option::as_deref);
        History::of(entries, self.decisions.learning.period, None)
    }

    /// Who cannot be won any more where the case at hand goes on from the present state: adopters and
    /// who declined.
    pub(super) fn settled(&self) -> Vec<PersonIndex> {
        let Decisions { campaign, .. } = &self.decisions;
        let case = self.decisions.case();
        if !case.from_today {
            return Vec::new();
        }
        let step = case.scenario.step_unit;
        let Calendar { before, never, .. } =
            present(&self.results.network.people, &campaign.marks, step);
        let mut settled: Vec<PersonIndex> =
            before.into_iter().map(|it| it.0).chain(never).collect();
        settled.sort_unstable();
        settled
    }

    /// How the campaign goes by its plan, up to `today`; `None` without a plan, or before it starts.
    pub fn progress(&self, today: Date) -> Option<Progress> {
        let campaign = &self.decisions.campaign;
        let plan = campaign.plan.as_ref()?;
        let days = adoptions(&self.results.network.people, &campaign.marks).flatten();
        Progress::of(plan, days.filter_map(|it| it.parse().ok()), today)
    }
}
