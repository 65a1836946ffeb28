//! A campaign under way: what has become of people, and what the plan was.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::diffusion::{Forecast, StepUnit};
use crate::learning::Timeline;

/// What can be noted about a person while a campaign runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Marked {
    /// Somebody has spoken to them.
    Contacted,
    /// They have taken it up.
    Adopted,
    /// They have said no for good.
    Declined,
}

impl Marked {
    /// Every mark, in the order in which they come about.
    pub const ALL: [Self; 3] = [Self::Contacted, Self::Adopted, Self::Declined];

    /// Name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Contacted => "contacted",
            Self::Adopted => "adopted",
            Self::Declined => "declined",
        }
    }
}

/// What was noted about one person, and on which day it was so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mark {
    /// Since when somebody has spoken to them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contacted: Option<Date>,
    /// Since when they have adopted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adopted: Option<Date>,
    /// Since when they have declined.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declined: Option<Date>,
}

impl Mark {
    /// How things stand with them, and since when.
    pub fn now(&self) -> Option<(Marked, Date)> {
        let with = |day: Option<Date>, marked| day.map(|day| (marked, day));
        with(self.adopted, Marked::Adopted)
            .or(with(self.declined, Marked::Declined))
            .or(with(self.contacted, Marked::Contacted))
    }

    /// Notes how things stand from `day` on. An answer takes the place of the one before; who is
    /// contacted again has given none yet.
    fn note(&mut self, marked: Marked, day: Date) {
        match marked {
            Marked::Contacted => *self = Self { contacted: Some(day), ..Self::default() },
            Marked::Adopted => (self.adopted, self.declined) = (Some(day), None),
            Marked::Declined => (self.adopted, self.declined) = (None, Some(day)),
        }
    }
}

/// The forecast that was made a plan: what was promised stays as it was, whatever is learned later.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Name of the scenario it was made from.
    pub scenario: String,
    /// Day of step 0.
    pub starts: Date,
    /// Length of a step.
    pub step_unit: StepUnit,
    /// Adopters that the forecast began with, seeds aside; they are no success of the campaign.
    pub before: usize,
    /// Expected adopters by the end of each step from 0 on, those before included.
    pub steps: Vec<PlannedStep>,
}

/// One step of a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PlannedStep {
    /// Mean.
    pub mean: f64,
    /// One course in ten has fewer.
    pub low: u32,
    /// One course in ten has more.
    pub high: u32,
}

impl Plan {
    /// Makes a forecast of `steps` steps a plan. `before` of its adopters had adopted before.
    pub fn of(
        forecast: &Forecast,
        (scenario, step_unit, steps): (&str, StepUnit, u32),
        starts: Date,
        before: usize,
    ) -> Self {
        let step = |at: u32| {
            // A forecast ends where nobody adopts any more.
            let told = forecast.steps.get(at as usize).or(forecast.steps.last());
            told.map_or_else(PlannedStep::default, |it| PlannedStep {
                mean: it.cumulative_mean,
                low: it.p10,
                high: it.p90,
            })
        };
        let scenario = scenario.to_owned();
        Self { scenario, starts, step_unit, before, steps: (0..=steps).map(step).collect() }
    }

    fn timeline(&self) -> Timeline {
        Timeline::Days { first: self.starts, unit: self.step_unit }
    }

    /// The step that `day` lies in: 1 in the first week. `None` before the start.
    pub fn step_at(&self, day: Date) -> Option<usize> {
        let period = self.timeline().period_of(day)?;
        usize::try_from(period).ok().map(|it| it + 1)
    }

    /// What was promised for the end of a step, without those who had adopted before; after the last
    /// step it stays as it is.
    pub fn promised(&self, step: usize) -> PlannedStep {
        let told = self.steps.get(step).or(self.steps.last()).copied().unwrap_or_default();
        let before = u32::try_from(self.before).unwrap_or(u32::MAX);
        PlannedStep {
            mean: (told.mean - self.before as f64).max(0.0),
            low: told.low.saturating_sub(before),
            high: told.high.saturating_sub(before),
        }
    }
}

/// A campaign: marks about people by id, and the plan when there is one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Campaign {
    /// What was noted, by the id of the person.
    pub marks: BTreeMap<String, Mark>,
    /// What was promised.
    pub plan: Option<Plan>,
}

impl Campaign {
    /// Notes how things stand with the person of this id from `day` on; `None` takes back all that was
    /// noted.
    pub fn mark(&mut self, id: &str, marked: Option<Marked>, day: Date) {
        match marked {
            Some(marked) => self.marks.entry(id.to_owned()).or_default().note(marked, day),
            None => {
                self.marks.remove(id);
            }
        }
    }

    /// How things stand with the person of this id.
    pub fn standing(&self, id: &str) -> Option<(Marked, Date)> {
        self.marks.get(id)?.now()
    }

    /// How many people are marked so.
    pub fn count(&self, marked: Marked) -> usize {
        self.marks.values().filter(|it| it.now().is_some_and(|(it, _)| it == marked)).count()
    }

    /// Has marks follow people to their new ids. Where two become one, the later news counts.
    pub(super) fn rename(&mut self, new_id: impl Fn(&str) -> Option<String>) {
        for (id, mark) in std::mem::take(&mut self.marks) {
            let Some(id) = new_id(&id) else { continue };
            let since = |it: &Mark| it.now().map(|(_, day)| day);
            let kept = self.marks.entry(id).or_insert(mark);
            if since(kept) < since(&mark) {
                *kept = mark;
            }
        }
    }
}

/// How a campaign goes, measured by its plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Progress {
    /// Length of a step.
    pub step_unit: StepUnit,
    /// Step by step, as long as the plan goes or longer.
    pub steps: Vec<ProgressStep>,
    /// The step that is under way: a figure that will still grow.
    pub under_way: usize,
}

/// One step of a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ProgressStep {
    /// Number of the step; step 1 is the first week.
    pub step: usize,
    /// What was promised for its end.
    pub promised: PlannedStep,
    /// Who adopted from the start to its end; `None` where it lies ahead.
    pub actual: Option<usize>,
}

impl Progress {
    /// Counts people who adopted on these days by the steps of `plan`, up to `today`. `None` before
    /// the plan starts.
    pub fn of(plan: &Plan, days: impl IntoIterator<Item = Date>, today: Date) -> Option<Self> {
        let under_way = plan.step_at(today)?;
        let steps = plan.steps.len().max(under_way + 1);
        let mut new = vec![0; steps];
        for step in days.into_iter().filter_map(|day| plan.step_at(day)) {
            if let Some(count) = new.get_mut(step) {
                *count += 1;
            }
        }
        let steps = (0..steps)
            .map(|step| ProgressStep {
                step,
                promised: plan.promised(step),
                actual: (step <= under_way).then(|| new[..=step].iter().sum()),
            })
            .collect();
        Some(Self { step_unit: plan.step_unit, steps, under_way })
    }

    /// "Week 6: 41 adopted, plan said 52 (40 to 63): as planned." The last whole step, or the first
    /// one so far.
    pub fn in_words(&self) -> String {
        let whole = self.under_way.saturating_sub(1).max(1);
        let so_far = if whole == self.under_way { " so far" } else { "" };
        let Some(step) = self.steps.get(whole) else { return String::new() };
        let actual = step.actual.unwrap_or(0);
        let PlannedStep { mean, low, high } = step.promised;
        let verdict = if actual < low as usize {
            "behind the plan"
        } else if actual > high as usize {
            "ahead of the plan"
        } else {
            "as planned"
        };
        let mut unit = self.step_unit.word(1).to_owned();
        unit[..1].make_ascii_uppercase();
        format!(
            "{unit} {whole}{so_far}: {actual} adopted, plan said {mean:.0} ({low} to {high}): {verdict}."
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diffusion::StepSummary;

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn the_last_answer_counts_and_the_contact_stays_known() {
        let mut campaign = Campaign::default();
        campaign.mark("ana", Some(Marked::Contacted), day("2026-03-02"));
        campaign.mark("ana", Some(Marked::Declined), day("2026-03-09"));
        campaign.mark("ana", Some(Marked::Adopted), day("2026-03-16"));
        campaign.mark("bo", Some(Marked::Declined), day("2026-03-09"));
        assert_eq!(campaign.standing("ana"), Some((Marked::Adopted, day("2026-03-16"))));
        assert_eq!(campaign.marks["ana"].contacted, Some(day("2026-03-02")));
        assert_eq!(Marked::ALL.map(|it| campaign.count(it)), [0, 1, 1]);
        campaign.mark("ana", Some(Marked::Contacted), day("2026-04-01"));
        assert_eq!(campaign.standing("ana"), Some((Marked::Contacted, day("2026-04-01"))));
        campaign.mark("ana", None, day("2026-04-01"));
        assert_eq!((campaign.standing("ana"), campaign.standing("cy")), (None, None));
    }

    #[test]
    fn marks_follow_people_and_the_later_news_counts() {
        let mut campaign = Campaign::default();
        campaign.mark("a", Some(Marked::Contacted), day("2026-03-02"));
        campaign.mark("b", Some(Marked::Declined), day("2026-03-09"));
        campaign.mark("gone", Some(Marked::Adopted), day("2026-03-09"));
        campaign.rename(|id| (id != "gone").then(|| "ana".to_owned()));
        assert_eq!(campaign.marks.len(), 1);
        assert_eq!(campaign.standing("ana"), Some((Marked::Declined, day("2026-03-09"))));
    }

    #[test]
    fn a_campaign_is_measured_by_its_plan() {
        let step = |step, cumulative_mean, p10, p90| StepSummary {
            step,
            cumulative_mean,
            p10,
            p90,
            ..StepSummary::default()
        };
        let forecast = Forecast {
            steps: vec![step(0, 12.0, 12, 12), step(1, 15.4, 14, 17), step(2, 18.0, 15, 21)],
            ..Forecast::default()
        };
        let plan = Plan::of(&forecast, ("Scenario A", StepUnit::Week, 4), day("2026-03-04"), 10);
        assert_eq!(plan.steps.len(), 5, "it stays where it ends");
        let days = ["2026-02-01", "2026-03-04", "2026-03-10", "2026-03-11", "2026-03-20"].map(day);
        let progress = Progress::of(&plan, days, day("2026-03-19")).expect("it has begun");
        assert_eq!(progress.under_way, 3);
        let actual: Vec<_> = progress.steps.iter().map(|it| it.actual).collect();
        assert_eq!(actual, [Some(0), Some(2), Some(3), Some(4), None]);
        assert_eq!(progress.steps[1].promised, PlannedStep { mean: 5.4, low: 4, high: 7 });
        assert_eq!(
            progress.in_words(),
            "Week 2: 3 adopted, plan said 8 (5 to 11): behind the plan."
        );
        let first = Progress::of(&plan, days, day("2026-03-05")).expect("it has begun");
        assert_eq!(
            first.in_words(),
            "Week 1 so far: 2 adopted, plan said 5 (4 to 7): behind the plan."
        );
        assert_eq!(Progress::of(&plan, days, day("2026-03-03")), None);
        let later = Progress::of(&plan, days, day("2026-05-01")).expect("it has begun");
        assert_eq!(later.steps.len(), 10, "a campaign may go on after its plan");
    }
}
