//! How a campaign goes out: seeds in waves with dates, what can be onboarded per step, nudges.
//!
//! People are named by id here, as decisions name them; [`Rollout::calendar`] makes the
//! [`Calendar`] of one network from it.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Calendar, Push, ScenarioError, StepUnit};
use crate::network::PersonIndex;
use crate::words::{counted, people};

/// Waves, limits and nudges of a scenario. Without any, all seeds adopt at step 0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rollout {
    /// The day step 0 falls on.
    pub start: Option<Date>,
    /// Waves in the person's order; seeds in none of them adopt at step 0.
    pub waves: Vec<Wave>,
    /// Most people who can be onboarded per step; see [`Calendar::capacity`].
    pub capacity: Option<u32>,
    /// Pushes at one step, see [`Push`].
    pub nudges: Vec<Nudge>,
}

/// Seeds who adopt at the same step: a pilot, a ring.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wave {
    /// What the person calls it.
    pub name: String,
    /// When its seeds adopt.
    pub step: u32,
    /// Ids of its seeds; who is no seed of the scenario is passed over.
    pub seeds: Vec<String>,
}

/// One push on everybody, or on the people of one group, who have not adopted by then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Nudge {
    /// Step at whose end it works.
    pub step: u32,
    /// Chance in 0..=1 that it moves a person.
    pub chance: f64,
    /// Whom it meets; `None` for everyone.
    #[serde(default)]
    pub only: Option<Group>,
}

/// People with the same entry in a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Name of the column.
    pub column: String,
    /// The entry.
    pub value: String,
}

/// A moment of a roll-out that is worth a line on a curve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub step: u32,
    /// What happens then.
    pub label: String,
    /// Whether it is a nudge rather than a wave.
    pub is_nudge: bool,
}

impl Rollout {
    /// Checks every number and name in it against a scenario of so many steps.
    ///
    /// # Errors
    /// A [`ScenarioError`] naming the first thing that makes no sense.
    pub fn check(&self, steps: u32) -> Result<(), ScenarioError> {
        if self.capacity == Some(0) {
            return Err(ScenarioError::NoCapacity);
        }
        let mut names = BTreeSet::new();
        let mut wave_of = std::collections::BTreeMap::new();
        for wave in &self.waves {
            let name = &wave.name;
            if name.trim().is_empty() || !names.insert(name) {
                return Err(ScenarioError::WaveName { name: name.clone() });
            }
            if wave.step > steps {
                let what = format!("The wave \u{201c}{name}\u{201d}");
                return Err(ScenarioError::AfterTheEnd { what, step: wave.step, steps });
            }
            for seed in &wave.seeds {
                if let Some(other) = wave_of.insert(seed, name) {
                    let (id, first, second) = (seed.clone(), other.clone(), name.clone());
                    return Err(ScenarioError::InTwoWaves { id, first, second });
                }
            }
        }
        for nudge in &self.nudges {
            // Written so that a value that is no number fails as well.
            if !(0.0..=1.0).contains(&nudge.chance) {
                let what = "The chance that a nudge moves a person";
                return Err(ScenarioError::OutsideUnit { what, value: nudge.chance });
            }
            if nudge.step > steps {
                let what = "The nudge".to_owned();
                return Err(ScenarioError::AfterTheEnd { what, step: nudge.step, steps });
            }
        }
        Ok(())
    }

    /// The same with people by their index: `find` gives it for an id (who is not there is left
    /// out), `members` for a group.
    ///
    /// # Errors
    /// What `members` answers for a group that nobody is in.
    pub fn calendar(
        &self,
        find: impl Fn(&str) -> Option<PersonIndex>,
        members: impl Fn(&Group) -> Result<Vec<PersonIndex>, ScenarioError>,
    ) -> Result<Calendar, ScenarioError> {
        let dated = |wave: &Wave| {
            let found = wave.seeds.iter().filter_map(|id| find(id));
            found.map(|it| (it, wave.step)).collect::<Vec<_>>()
        };
        let push = |nudge: &Nudge| {
            let people = nudge.only.as_ref().map(&members).transpose()?;
            Ok(Push { people, ..Push::pulse(nudge.step, nudge.chance) })
        };
        Ok(Calendar {
            // Who starts at step 0 anyway needs no date.
            dates: self.waves.iter().flat_map(dated).filter(|it| it.1 > 0).collect(),
            pushes: self.nudges.iter().map(push).collect::<Result<_, _>>()?,
            capacity: self.capacity,
            ..Calendar::default()
        })
    }

    /// What is set here, each with its name, as a person reads it; nothing where nothing is set.
    pub fn settings(&self, unit: StepUnit) -> Vec<(&'static str, String)> {
        let at = |step: u32| match self.start.and_then(|start| unit.date(start, step)) {
            Some(date) => format!("{} {step} ({date})", unit.word(1)),
            None => format!("{} {step}", unit.word(1)),
        };
        let mut settings = Vec::new();
        if let Some(start) = self.start {
            settings.push(("Starts on", start.to_string()));
        }
        if !self.waves.is_empty() {
            let wave = |wave: &Wave| {
                let seeds = counted(wave.seeds.len(), "seed", "seeds");
                format!("{} at {} ({seeds})", wave.name, at(wave.step))
            };
            let told: Vec<String> = self.waves.iter().map(wave).collect();
            settings.push(("Waves", told.join(", ")));
        }
        if let Some(capacity) = self.capacity {
            let value = format!("{} at most, the others wait in line", people(capacity as usize));
            settings.push(("Onboarded per step (capacity)", value));
        }
        for nudge in &self.nudges {
            let percent = (nudge.chance * 1000.0).round() / 10.0;
            let whom = nudge.only.as_ref().map_or_else(
                || "everyone who has not adopted".to_owned(),
                |it| format!("those with {} {}", it.column, it.value),
            );
            settings.push(("Nudge", format!("{percent} % of {whom}, at {}", at(nudge.step))));
        }
        settings
    }

    /// Waves and nudges in the order of time, as lines on a curve. A wave at step 0 is where every
    /// curve begins.
    pub fn moments(&self) -> Vec<Moment> {
        let waves = self.waves.iter().filter(|it| it.step > 0).map(|it| Moment {
            step: it.step,
            label: it.name.clone(),
            is_nudge: false,
        });
        let nudges = self.nudges.iter().map(|it| {
            let percent = (it.chance * 1000.0).round() / 10.0;
            let whom = it.only.as_ref().map_or_else(String::new, |it| format!(" of {}", it.value));
            Moment { step: it.step, label: format!("nudge {percent} %{whom}"), is_nudge: true }
        });
        let mut moments: Vec<Moment> = waves.chain(nudges).collect();
        moments.sort_by_key(|it| it.step);
        moments
    }

    /// Place of the wave a seed is in.
    pub fn wave_of(&self, seed: &str) -> Option<usize> {
        self.waves.iter().position(|wave| wave.seeds.iter().any(|it| it == seed))
    }

    /// Puts a seed into the wave at `place`, or into none; out of any other.
    pub fn move_seed(&mut self, seed: &str, place: Option<usize>) {
        for wave in &mut self.waves {
            wave.seeds.retain(|it| it != seed);
        }
        if let Some(wave) = place.and_then(|it| self.waves.get_mut(it)) {
            wave.seeds.push(seed.to_owned());
        }
    }

    /// The name that the next wave would have: the first is the pilot, rings follow.
    pub fn next_name(&self) -> String {
        let taken = |name: &str| self.waves.iter().any(|it| it.name == name);
        let names = std::iter::once("Pilot".to_owned());
        let mut names = names.chain((1..).map(|ring| format!("Ring {ring}")));
        names.find(|it| !taken(it)).unwrap_or_default()
    }

    /// Waves of `per_wave` seeds each in their order, `every` so many steps one.
    pub fn split_by_number(&mut self, seeds: &[String], per_wave: usize, every: u32) {
        self.waves.clear();
        for some in seeds.chunks(per_wave.max(1)) {
            self.push_wave(self.next_name(), every, some.to_vec());
        }
    }

    /// One wave for each group, in the order in which they first occur among the seeds, `every` so
    /// many steps one; seeds without a group come last.
    pub fn split_by_group(
        &mut self,
        seeds: &[String],
        group_of: impl Fn(&str) -> Option<String>,
        every: u32,
    ) {
        let mut groups: Vec<(Option<String>, Vec<String>)> = Vec::new();
        for seed in seeds {
            let group = group_of(seed);
            match groups.iter_mut().find(|it| it.0 == group) {
                Some((_, members)) => members.push(seed.clone()),
                None => groups.push((group, vec![seed.clone()])),
            }
        }
        groups.sort_by_key(|it| it.0.is_none());
        self.waves.clear();
        for (name, members) in groups {
            self.push_wave(name.unwrap_or_else(|| "The others".to_owned()), every, members);
        }
    }

    /// Lets `seeds` take the place of those before: whoever is in a wave stays there, and the others take
    /// the places that became free, the first of them in the earliest wave; who is left over joins
    /// the last wave. Without waves nothing changes.
    pub fn replace_seeds(&mut self, seeds: &[String]) {
        let newcomers = seeds.iter().filter(|it| self.wave_of(it).is_none()).cloned();
        let mut newcomers = newcomers.collect::<Vec<_>>().into_iter();
        let mut by_time: Vec<&mut Wave> = self.waves.iter_mut().collect();
        by_time.sort_by_key(|it| it.step);
        for wave in &mut by_time {
            let places = wave.seeds.len();
            wave.seeds.retain(|it| seeds.contains(it));
            let free = places - wave.seeds.len();
            wave.seeds.extend(newcomers.by_ref().take(free));
        }
        if let Some(last) = by_time.last_mut() {
            last.seeds.extend(newcomers);
        }
    }

    fn push_wave(&mut self, name: String, every: u32, seeds: Vec<String>) {
        let step = self.waves.last().map_or(0, |it| it.step.saturating_add(every));
        self.waves.push(Wave { name, step, seeds });
    }
}

impl StepUnit {
    /// The day on which `step` begins when step 0 begins on `start`; `None` after the year 9999.
    /// Months end on their last day where they have fewer days than the start asks for.
    pub fn date(self, start: Date, step: u32) -> Option<Date> {
        let steps = i64::from(step);
        let span = match self {
            Self::Day => steps.days(),
            Self::Week => steps.weeks(),
            // More months than calendars know would be no span.
            Self::Month | Self::Quarter | Self::Year => {
                i32::try_from(steps * self.months()).ok().filter(|it| *it < 120_000)?.months()
            }
        };
        start.checked_add(span).ok()
    }

    fn months(self) -> i64 {
        match self {
            Self::Year => 12,
            Self::Quarter => 3,
            Self::Month | Self::Week | Self::Day => 1,
        }
    }

    /// The step in which `date` lies when step 0 begins on `start`; `None` before it.
    pub fn step_of(self, start: Date, date: Date) -> Option<u32> {
        let days = start.until(date).ok()?.get_days();
        match self {
            Self::Day => u32::try_from(days).ok(),
            Self::Week => u32::try_from(days.div_euclid(7)).ok(),
            Self::Month | Self::Quarter | Self::Year => {
                let months = 12 * (i64::from(date.year()) - i64::from(start.year()))
                    + (i64::from(date.month()) - i64::from(start.month()));
                let step = u32::try_from(months.div_euclid(self.months())).ok()?;
                if self.date(start, step)? <= date { Some(step) } else { step.checked_sub(1) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn ids(names: &str) -> Vec<String> {
        names.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn seeds_are_split_into_a_pilot_and_rings() {
        let mut rollout = Rollout::default();
        rollout.split_by_number(&ids("a b c d e"), 2, 4);
        let told: Vec<_> = rollout
            .waves
            .iter()
            .map(|it| (it.name.as_str(), it.step, it.seeds.join(" ")))
            .collect();
        let expected = [("Pilot", 0, "a b"), ("Ring 1", 4, "c d"), ("Ring 2", 8, "e")];
        assert_eq!(told, expected.map(|(name, step, seeds)| (name, step, seeds.to_owned())));
        assert_eq!(rollout.next_name(), "Ring 3");
        rollout.move_seed("c", Some(2));
        rollout.move_seed("a", None);
        let seeds: Vec<String> = rollout.waves.iter().map(|it| it.seeds.join(" ")).collect();
        assert_eq!(seeds, ["b", "d", "e c"]);
        assert_eq!((rollout.wave_of("c"), rollout.wave_of("a")), (Some(2), None));
        let client = |id: &str| match id {
            "a" | "d" => Some("Alder".to_owned()),
            "b" => None,
            _ => Some("Birch".to_owned()),
        };
        rollout.split_by_group(&ids("b a c d e"), client, 1);
        let told: Vec<_> = rollout
            .waves
            .iter()
            .map(|it| (it.name.as_str(), it.step, it.seeds.join(" ")))
            .collect();
        let expected = [("Alder", 0, "a d"), ("Birch", 1, "c e"), ("The others", 2, "b")];
        assert_eq!(told, expected.map(|(name, step, seeds)| (name, step, seeds.to_owned())));
    }

    #[test]
    fn new_seeds_take_the_places_of_those_before() {
        let mut rollout = Rollout::default();
        rollout.replace_seeds(&ids("a b"));
        assert_eq!(rollout, Rollout::default(), "no waves, nothing to join");
        rollout.split_by_number(&ids("a b c d e"), 2, 4);
        rollout.waves.swap(0, 2);
        rollout.replace_seeds(&ids("x d y a z v w"));
        let told: Vec<String> = rollout.waves.iter().map(|it| it.seeds.join(" ")).collect();
        // In time: the pilot lost b, ring 1 lost c, ring 2 (one place) lost e.
        assert_eq!(told, ["z v w", "d y", "a x"]);
        rollout.replace_seeds(&[]);
        assert!(rollout.waves.iter().all(|it| it.seeds.is_empty()));
    }

    #[test]
    fn what_is_set_is_told() {
        let mut rollout = Rollout::default();
        assert_eq!(rollout.settings(StepUnit::Week), []);
        rollout.split_by_number(&ids("a b c"), 2, 4);
        rollout.capacity = Some(1);
        rollout.start = Some(date(2027, 1, 4));
        let only = Some(Group { column: "client".to_owned(), value: "Alder".to_owned() });
        rollout.nudges.push(Nudge { step: 6, chance: 0.025, only });
        let told: Vec<String> = rollout
            .settings(StepUnit::Week)
            .into_iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        let expected = [
            "Starts on: 2027-01-04",
            "Waves: Pilot at week 0 (2027-01-04) (2 seeds), Ring 1 at week 4 (2027-02-01) (1 seed)",
            "Onboarded per step (capacity): 1 person at most, the others wait in line",
            "Nudge: 2.5 % of those with client Alder, at week 6 (2027-02-15)",
        ];
        assert_eq!(told, expected);
        let told: Vec<(u32, String)> =
            rollout.moments().into_iter().map(|it| (it.step, it.label)).collect();
        let expected = [(4, "Ring 1"), (6, "nudge 2.5 % of Alder")];
        assert_eq!(told, expected.map(|(step, label)| (step, label.to_owned())));
    }

    #[test]
    fn steps_have_dates_and_dates_have_steps() {
        let start = date(2027, 1, 31);
        assert_eq!(StepUnit::Day.date(start, 1), Some(date(2027, 2, 1)));
        assert_eq!(StepUnit::Week.date(start, 2), Some(date(2027, 2, 14)));
        assert_eq!(StepUnit::Month.date(start, 1), Some(date(2027, 2, 28)));
        assert_eq!(StepUnit::Month.date(start, 2), Some(date(2027, 3, 31)));
        assert_eq!(StepUnit::Month.date(start, 100_000), None, "after the last year there is");
        for unit in StepUnit::ALL {
            for step in [0, 1, 2, 7, 12, 53] {
                let day = unit.date(start, step).expect("near");
                assert_eq!(unit.step_of(start, day), Some(step), "{unit:?} {step}");
                let before = day.yesterday().expect("near");
                assert_eq!(unit.step_of(start, before), step.checked_sub(1), "{unit:?} {step}");
            }
        }
        assert_eq!(StepUnit::Week.step_of(start, date(2027, 2, 13)), Some(1));
    }

    #[test]
    fn rollouts_that_make_no_sense_are_refused_by_name() {
        let refused = |rollout: Rollout| rollout.check(10).expect_err("nonsense").to_string();
        let wave =
            |name: &str, step, seeds: &str| Wave { name: name.to_owned(), step, seeds: ids(seeds) };
        let waves = |waves: Vec<Wave>| Rollout { waves, ..Rollout::default() };
        assert_eq!(waves(vec![wave("Pilot", 10, "a"), wave("Ring 1", 3, "b")]).check(10), Ok(()));
        assert!(refused(waves(vec![wave("Ring 2", 11, "a")])).contains("Ring 2"));
        assert!(refused(waves(vec![wave(" ", 1, "a")])).contains("name"));
        assert!(refused(waves(vec![wave("A", 1, ""), wave("A", 2, "")])).contains("name"));
        let twice = refused(waves(vec![wave("A", 1, "x"), wave("B", 2, "y x")]));
        assert!(twice.contains('x') && twice.contains('A') && twice.contains('B'), "{twice}");
        let none = Rollout { capacity: Some(0), ..Rollout::default() };
        assert!(refused(none).contains("At least 1"));
        for (step, chance) in [(1, -0.1), (1, 1.5), (1, f64::NAN), (11, 0.5)] {
            let nudges = vec![Nudge { step, chance, only: None }];
            assert!(refused(Rollout { nudges, ..Rollout::default() }).contains("nudge"));
        }
    }
}
