//! Who converted whom in one replicate.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::run::Run;
use super::witness::{Mover, Witness};
use super::{Cause, Contagion, Model, Replicate};
use crate::network::PersonIndex;

/// A forest: from those whom nobody moved to all whom they moved, and so on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversions {
    /// What it means to convert somebody here.
    pub rule: ConversionRule,
    /// Who converted each person; `None` for those who never adopt, and for [`Self::roots`].
    pub by: Vec<Option<PersonIndex>>,
    /// How many others converted each person just as well: of several the one with the strongest tie
    /// is named, unless the rule draws one.
    pub others: Vec<u32>,
    /// How many people each person converted, directly or through others.
    pub through: Vec<u32>,
    /// Whom each person converted, in the order of adoption: a row per person.
    row: Vec<usize>,
    converted: Vec<PersonIndex>,
    /// Adopters whom nobody converted, in the order of adoption.
    roots: Vec<PersonIndex>,
    /// What moved each of them.
    starts: BTreeMap<PersonIndex, Start>,
}

/// What it means to convert somebody, by the kind of contagion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConversionRule {
    /// To have tried, and to be the first with success.
    Try,
    /// To be the last adopter somebody had to see.
    LastStraw,
    /// To be drawn, in proportion to ties, from all adopters who swayed somebody together.
    Drawn,
}

/// What moved an adopter whom nobody converted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Start {
    /// Was chosen to start.
    Seed,
    /// Had adopted before the start.
    Earlier,
    /// A push that the calendar holds.
    Nudge,
    /// A push of the playbook, by its name.
    Push(String),
    /// Nothing from outside.
    OwnAccord,
}

impl ConversionRule {
    /// The rule of this kind of contagion.
    pub fn of(contagion: Contagion) -> Self {
        match contagion {
            Contagion::IndependentCascade(_)
            | Contagion::Fading { .. }
            | Contagion::Rivalry { .. }
            | Contagion::Playbook => Self::Try,
            Contagion::LinearThreshold(_) | Contagion::Permission(_) => Self::LastStraw,
            Contagion::Bass { .. } | Contagion::Seiz(_) => Self::Drawn,
        }
    }

    /// A sentence that tells what stands under whom.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Try => "Everyone stands under the person whose try succeeded first.",
            Self::LastStraw => {
                "Everyone stands under the last straw: the person whose adoption made those they had \
                 seen enough."
            }
            Self::Drawn => {
                "Everyone is swayed by all adopters they listen to together; who is named was drawn \
                 in proportion to ties."
            }
        }
    }

    /// What it means for `people`, already counted, that others converted them just as well.
    pub fn others_in_words(self, people: &str) -> String {
        match self {
            Self::Try => format!(
                "For {people} several tries succeeded at once (+1, +2 \u{2026}); the strongest tie is \
                 named."
            ),
            Self::LastStraw => format!(
                "For {people} several adopted at once and were the last straw together (+1, +2 \
                 \u{2026}); the strongest tie is named."
            ),
            Self::Drawn => format!("For {people} it might have been others (+1, +2 \u{2026})."),
        }
    }
}

impl Start {
    /// "chosen to start", "of their own accord".
    pub fn label(&self) -> &str {
        match self {
            Self::Seed => "chosen to start",
            Self::Earlier => "adopted before",
            Self::Nudge => "nudged",
            Self::Push(name) => name,
            Self::OwnAccord => "of their own accord",
        }
    }
}

impl Conversions {
    /// Runs replicate `index` of `model` from `seeds` and tells, beside its outcome (that of
    /// [`Model::replicate`]), who converted whom: O(people log people + arcs) besides the replicate.
    ///
    /// # Panics
    /// When a seed is not in the network; see [`Model::check_seeds`].
    pub fn watch(model: &Model, seeds: &[PersonIndex], index: u64) -> (Replicate, Self) {
        let (run, witness) = model.run_watched(seeds, index);
        let replicate = run.replicate();
        let causes = model.causes();
        let starts: BTreeMap<PersonIndex, Start> = (0..run.adopters().len())
            .map(|position| (run.adopter(position), start(&run, &witness, &causes, position)))
            .collect();
        let rule = ConversionRule::of(model.scenario().contagion);
        let movers = witness.movers(model.graph(), &replicate.time_of_adoption);
        let found = Self::of(rule, &replicate, &movers, starts);
        (replicate, found)
    }

    /// Joins who moved each person, and what had everyone adopt whom nobody moved.
    fn of(
        rule: ConversionRule,
        replicate: &Replicate,
        movers: &[Option<Mover>],
        mut starts: BTreeMap<PersonIndex, Start>,
    ) -> Self {
        let mut adopters: Vec<PersonIndex> = starts.keys().copied().collect();
        adopters.sort_by_key(|&it| (replicate.time_of_adoption[it as usize], it));
        starts.retain(|&person, _| movers[person as usize].is_none());
        let people = movers.len();
        let mut row = vec![0; people + 1];
        for mover in movers.iter().flatten() {
            row[mover.by as usize + 1] += 1;
        }
        for person in 0..people {
            row[person + 1] += row[person];
        }
        let (mut next, mut roots) = (row.clone(), Vec::new());
        let mut converted = vec![0; row[people]];
        for &person in &adopters {
            match movers[person as usize] {
                None => roots.push(person),
                Some(mover) => {
                    let place = &mut next[mover.by as usize];
                    converted[*place] = person;
                    *place += 1;
                }
            }
        }
        let mut through = vec![0; people];
        // Whoever was converted adopted later than by whom, so that the last come first here.
        for &person in adopters.iter().rev() {
            if let Some(mover) = movers[person as usize] {
                through[mover.by as usize] += through[person as usize] + 1;
            }
        }
        let by = movers.iter().map(|it| it.map(|it| it.by)).collect();
        let others = movers.iter().map(|it| it.map_or(0, |it| it.others)).collect();
        Self { rule, by, others, through, row, converted, roots, starts }
    }

    /// Adopters whom nobody converted, in the order of adoption.
    pub fn roots(&self) -> &[PersonIndex] {
        &self.roots
    }

    /// What had one of [`Self::roots`] adopt.
    pub fn start_of(&self, person: PersonIndex) -> Option<&Start> {
        self.starts.get(&person)
    }

    /// Whom `person` converted, in the order of adoption.
    pub fn converted_by(&self, person: PersonIndex) -> &[PersonIndex] {
        let at = person as usize;
        &self.converted[self.row[at]..self.row[at + 1]]
    }
}

/// What had the adopter at a position of the list adopt, if nobody did.
fn start(run: &Run, witness: &Witness, causes: &[Cause], position: usize) -> Start {
    let person = run.adopter(position);
    let cause = run.causes().get(position).and_then(|&it| causes.get(it as usize));
    match cause {
        Some(Cause::Push(name)) => Start::Push(name.clone()),
        _ if witness.has_come(person) => Start::OwnAccord,
        _ if run.was_before(position) => Start::Earlier,
        _ if run.is_planned(person) => Start::Seed,
        _ => Start::Nudge,
    }
}
