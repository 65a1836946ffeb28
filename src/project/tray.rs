//! The tray: scenarios side by side, each with its own seeds, one of them at hand.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::diffusion::Scenario;

/// One scenario of the tray: whom to start with and what to simulate, under a name. (The numbers
/// alone are a [`Scenario`].)
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Case {
    /// What the person calls it; no two cases of a tray have the same name.
    pub name: String,
    /// Ids of the seeds, in the order in which they were chosen.
    pub seeds: Vec<String>,
    /// What to simulate.
    pub scenario: Scenario,
    /// Whether it is laid beside the others.
    pub compared: bool,
    /// Whether it goes on from the present state: who has adopted has, who declined never will.
    pub from_today: bool,
}

impl Default for Case {
    fn default() -> Self {
        Self {
            name: "Scenario A".to_owned(),
            seeds: Vec::new(),
            scenario: Scenario::default(),
            compared: false,
            from_today: false,
        }
    }
}

impl Case {
    /// Makes the person of this id a seed, or no longer one.
    pub fn toggle_seed(&mut self, id: &str) {
        if self.is_seed(id) {
            self.seeds.retain(|seed| seed != id);
        } else {
            self.seeds.push(id.to_owned());
        }
    }

    /// Makes these the seeds, and lets them take the places in waves of those before.
    pub fn start_with(&mut self, seeds: Vec<String>) {
        self.scenario.rollout.replace_seeds(&seeds);
        self.seeds = seeds;
    }

    /// Whether the person of this id is a seed.
    pub fn is_seed(&self, id: &str) -> bool {
        self.seeds.iter().any(|seed| seed == id)
    }

    /// Every list of people that the case names by id, so that the ids can follow the people.
    pub(super) fn people_mut(&mut self) -> impl Iterator<Item = &mut Vec<String>> {
        std::iter::once(&mut self.seeds).chain(self.scenario.people_mut())
    }
}

/// The cases of a project, never none, and which of them is at hand: the one that panels show
/// and that decisions about seeds and scenario are about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Saved")]
pub struct Tray {
    #[serde(rename = "scenarios")]
    cases: Vec<Case>,
    #[serde(rename = "current_scenario")]
    current: usize,
}

impl Default for Tray {
    fn default() -> Self {
        Self { cases: vec![Case::default()], current: 0 }
    }
}

/// Why a case cannot have a name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing but blanks.
    #[error("A scenario needs a name")]
    Empty,
    /// Another case has it.
    #[error("Another scenario is called \u{201c}{0}\u{201d}")]
    Taken(String),
}

impl Tray {
    /// Most cases that can be told apart when their curves lie over each other.
    pub const MOST_COMPARED: usize = 6;

    /// Every case, in the person's order.
    pub fn cases(&self) -> &[Case] {
        &self.cases
    }

    /// Every case, to follow people to new ids.
    pub(super) fn cases_mut(&mut self) -> &mut [Case] {
        &mut self.cases
    }

    /// Place of the case at hand.
    pub fn current(&self) -> usize {
        self.current
    }

    /// The case at hand.
    pub fn case(&self) -> &Case {
        &self.cases[self.current]
    }

    /// The case at hand, to change.
    pub fn case_mut(&mut self) -> &mut Case {
        &mut self.cases[self.current]
    }

    /// Takes the case at this place to hand, if there is one.
    pub fn switch_to(&mut self, place: usize) {
        if place < self.cases.len() {
            self.current = place;
        }
    }

    /// Puts a copy of the case at this place behind it, under a name of its own, and takes the copy
    /// to hand.
    pub fn duplicate(&mut self, place: usize) {
        let Some(mut copy) = self.cases.get(place).cloned() else { return };
        copy.name = self.free_name(&copy.name);
        copy.compared = copy.compared && self.may_compare_more();
        self.current = place + 1;
        self.cases.insert(self.current, copy);
    }

    /// Calls the case at this place by another name, without the blanks around it.
    ///
    /// # Errors
    /// [`NameError`] when there is no name or another case has it; nothing changes then.
    pub fn rename(&mut self, place: usize, name: &str) -> Result<(), NameError> {
        let name = self.checked_name(place, name)?.to_owned();
        if let Some(case) = self.cases.get_mut(place) {
            case.name = name;
        }
        Ok(())
    }

    /// The name that the case at this place would have, if it may.
    ///
    /// # Errors
    /// As [`Self::rename`].
    pub fn checked_name<'a>(&self, place: usize, name: &'a str) -> Result<&'a str, NameError> {
        let name = name.trim();
        let mut others = self.cases.iter().enumerate().filter(|&(it, _)| it != place);
        if name.is_empty() {
            Err(NameError::Empty)
        } else if others.any(|(_, case)| case.name == name) {
            Err(NameError::Taken(name.to_owned()))
        } else {
            Ok(name)
        }
    }

    /// Takes the case at this place away; the last one stays.
    pub fn remove(&mut self, place: usize) {
        if place < self.cases.len() && self.cases.len() > 1 {
            self.cases.remove(place);
            let before = usize::from(self.current > place);
            self.current = (self.current - before).min(self.cases.len() - 1);
        }
    }

    /// Lays the case at this place beside the others, or no longer; says whether it could: there is
    /// room for [`Self::MOST_COMPARED`].
    pub fn compare(&mut self, place: usize, compared: bool) -> bool {
        let room = self.may_compare_more();
        match self.cases.get_mut(place) {
            Some(case) if !compared || case.compared || room => {
                case.compared = compared;
                true
            }
            _ => false,
        }
    }

    /// Whether there is room beside the cases that are compared.
    pub fn may_compare_more(&self) -> bool {
        self.compared().count() < Self::MOST_COMPARED
    }

    /// Places of the cases that are compared.
    pub fn compared(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.cases.len()).filter(|&it| self.cases[it].compared)
    }

    /// "Scenario B" after "Scenario A", "Managers 2" after "Managers"; the next that is free.
    fn free_name(&self, name: &str) -> String {
        let taken: BTreeSet<&str> = self.cases.iter().map(|it| it.name.as_str()).collect();
        let mut free = next_name(name);
        while taken.contains(free.as_str()) {
            free = next_name(&free);
        }
        free
    }
}

/// Counts on where a name ends in a single letter or in a number; else begins to count.
fn next_name(name: &str) -> String {
    let (stem, end) = name.rsplit_once(' ').unwrap_or((name, ""));
    if let ([letter @ b'A'..=b'Y'], false) = (end.as_bytes(), stem.is_empty()) {
        return format!("{stem} {}", char::from(letter + 1));
    }
    match end.parse::<u32>().ok().and_then(|it| it.checked_add(1)) {
        Some(next) if !stem.is_empty() => format!("{stem} {next}"),
        _ => format!("{name} 2"),
    }
}

/// What a file holds: a tray, or, before there were trays, the one scenario and its seeds.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Saved {
    scenarios: Vec<Case>,
    current_scenario: usize,
    seeds: Vec<String>,
    scenario: Scenario,
}

impl From<Saved> for Tray {
    fn from(saved: Saved) -> Self {
        let Saved { scenarios: mut cases, current_scenario: current, seeds, scenario } = saved;
        if cases.is_empty() {
            cases.push(Case { seeds, scenario, ..Case::default() });
        }
        let current = if current < cases.len() { current } else { 0 };
        let mut tray = Self { cases: Vec::new(), current };
        // A file that somebody wrote by hand may hold what the window would not have let happen.
        for mut case in cases {
            if tray.checked_name(usize::MAX, &case.name).is_err() {
                case.name = tray.free_name(&case.name);
            }
            case.compared = case.compared && tray.may_compare_more();
            tray.cases.push(case);
        }
        tray
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(tray: &Tray) -> Vec<&str> {
        tray.cases().iter().map(|it| it.name.as_str()).collect()
    }

    #[test]
    fn a_copy_stands_behind_its_model_and_is_at_hand() {
        let mut tray = Tray::default();
        tray.case_mut().toggle_seed("ana");
        tray.duplicate(0);
        assert_eq!((names(&tray), tray.current()), (vec!["Scenario A", "Scenario B"], 1));
        tray.case_mut().toggle_seed("bo");
        assert_eq!(tray.cases()[0].seeds, ["ana"], "the first is left alone");
        assert_eq!(tray.case().seeds, ["ana", "bo"]);
        tray.duplicate(0);
        assert_eq!(names(&tray), ["Scenario A", "Scenario C", "Scenario B"]);
        tray.duplicate(9);
        assert_eq!(tray.cases().len(), 3);
    }

    #[test]
    fn names_count_on() {
        for (name, next) in [
            ("Scenario A", "Scenario B"),
            ("Scenario Z", "Scenario Z 2"),
            ("Managers", "Managers 2"),
            ("Managers 2", "Managers 3"),
            ("A", "A 2"),
            ("7", "7 2"),
            (" 7", " 7 2"),
            ("Top 4294967295", "Top 4294967295 2"),
            ("Ülo Ü", "Ülo Ü 2"),
            ("", " 2"),
        ] {
            assert_eq!(next_name(name), next);
        }
    }

    #[test]
    fn a_name_is_something_and_nobody_elses() {
        let mut tray = Tray::default();
        tray.duplicate(0);
        assert_eq!(tray.rename(1, "  Managers "), Ok(()));
        assert_eq!(tray.rename(1, "Managers"), Ok(()), "its own name");
        assert_eq!(tray.rename(0, " \t"), Err(NameError::Empty));
        assert_eq!(tray.rename(0, "Managers"), Err(NameError::Taken("Managers".to_owned())));
        assert_eq!(names(&tray), ["Scenario A", "Managers"]);
    }

    #[test]
    fn the_last_case_stays_and_the_one_at_hand_stays_at_hand() {
        let mut tray = Tray::default();
        tray.remove(0);
        assert_eq!(tray.cases().len(), 1);
        tray.duplicate(0);
        tray.duplicate(1);
        tray.switch_to(1);
        tray.remove(0);
        assert_eq!((names(&tray), tray.current()), (vec!["Scenario B", "Scenario C"], 0));
        tray.switch_to(1);
        tray.remove(1);
        assert_eq!(tray.case().name, "Scenario B");
        tray.switch_to(5);
        assert_eq!(tray.current(), 0);
    }

    #[test]
    fn six_at_most_are_compared() {
        let mut tray = Tray::default();
        assert!(tray.compare(0, true));
        for place in 0..7 {
            tray.duplicate(place);
        }
        assert_eq!(tray.compared().collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);
        assert!(!tray.compare(7, true));
        assert!(tray.compare(5, true) && tray.compare(0, false) && tray.compare(7, true));
        assert!(!tray.compare(9, false), "there is none");
    }
}
