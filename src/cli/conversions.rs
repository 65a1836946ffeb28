//! Who converted whom in one course of a simulation.

use serde_json::{Value, json};

use super::CliError;
use super::output::table;
use crate::diffusion::{Conversions, Model, NEVER, Replicate, Start, StepUnit};
use crate::network::{Network, PersonIndex};

/// One course and who converted whom in it.
pub struct Told {
    number: u64,
    replicate: Replicate,
    found: Conversions,
}

impl Told {
    /// Runs the course with this number, counted from 1.
    pub fn new(model: &Model, seeds: &[PersonIndex], number: u64) -> Result<Self, CliError> {
        let courses = u64::from(model.scenario().replicates);
        if number > courses {
            return Err(CliError::Usage(format!(
                "--conversions {number}: there are courses 1 to {courses}"
            )));
        }
        let (replicate, found) = Conversions::watch(model, seeds, number - 1);
        Ok(Self { number, replicate, found })
    }

    /// Adopters in the order of adoption.
    fn adopters(&self) -> Vec<PersonIndex> {
        let times = &self.replicate.time_of_adoption;
        let mut adopters: Vec<PersonIndex> =
            (0..).zip(times).filter(|it| *it.1 != NEVER).map(|it| it.0).collect();
        adopters.sort_by_key(|&it| (times[it as usize], it));
        adopters
    }

    pub fn json(&self, network: &Network) -> Value {
        let person = |it: PersonIndex| &network.people[it as usize];
        let row = |it: PersonIndex| {
            let at = it as usize;
            json!({
                "id": person(it).id.to_string(),
                "name": person(it).name.to_string(),
                "step": self.replicate.time_of_adoption[at],
                "by": self.found.by[at].map(|by| person(by).id.to_string()),
                "start": self.found.start_of(it).map(Start::label),
                "others": self.found.others[at],
                "through": self.found.through[at],
            })
        };
        let people: Vec<Value> = self.adopters().into_iter().map(row).collect();
        json!({ "course": self.number, "people": people })
    }

    pub fn text(&self, network: &Network, unit: StepUnit) -> String {
        let name = |it: PersonIndex| network.people[it as usize].name.to_string();
        let row = |it: PersonIndex| {
            let at = it as usize;
            let by = match (self.found.by[at], self.found.others[at]) {
                (None, _) => self
                    .found
                    .start_of(it)
                    .map_or_else(String::new, |it| format!("– ({})", it.label())),
                (Some(by), 0) => name(by),
                (Some(by), others) => format!("{} (or {others} others)", name(by)),
            };
            let step = self.replicate.time_of_adoption[at].to_string();
            vec![name(it), step, by, self.found.through[at].to_string()]
        };
        let rows: Vec<Vec<String>> = self.adopters().into_iter().map(row).collect();
        let header = ["adopter", unit.word(1), "converted by", "through them"];
        let rule = self.found.rule.in_words();
        format!("course {}\n{rule}\n{}", self.number, table(&header, &rows))
    }
}
