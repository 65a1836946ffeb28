//! Counts over many replicates, exact and mergeable.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::filling::Filling;
use super::lanes::{LANE_COUNT, LANES, Lanes};
use super::model::Scratch;

/// What a forecast is made of: integers only, so that merging the tallies of threads or of
/// shards gives the same forecast in any order and grouping.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    replicates: u64,
    /// How often each number of cumulative adopters was seen, per step.
    steps: Vec<Histogram>,
    /// Per person, when asked for.
    people: Option<Vec<PersonTally>>,
    /// How many more (or fewer) people stand there from each step on, over all replicates.
    #[serde(default)]
    standings: BTreeMap<Standing, Vec<i64>>,
    /// How many people adopted through each cause at each step, over all replicates.
    #[serde(default)]
    causes: Vec<Vec<u64>>,
    /// Per group of people, when asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    groups: Option<GroupTally>,
}

/// New adopters by step and group, over all replicates.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct GroupTally {
    /// People in each group.
    people: Vec<u32>,
    /// For each step, how many of each group adopted in it.
    new: Vec<Vec<u64>>,
    /// Group of each person; only who counts needs it, not who merges.
    #[serde(skip)]
    of: Arc<[Option<u32>]>,
}

impl PartialEq for GroupTally {
    fn eq(&self, other: &Self) -> bool {
        (&self.people, &self.new) == (&other.people, &other.new)
    }
}

impl Eq for GroupTally {}

impl GroupTally {
    fn add(&mut self, person: usize, step: usize, times: u64) {
        if let Some(group) = self.of[person] {
            self.at(step)[group as usize] += times;
        }
    }

    fn at(&mut self, step: usize) -> &mut [u64] {
        if self.new.len() <= step {
            self.new.resize(step + 1, vec![0; self.people.len()]);
        }
        &mut self.new[step]
    }

    fn merge(&mut self, other: &Self) {
        for (step, theirs) in other.new.iter().enumerate() {
            for (mine, theirs) in self.at(step).iter_mut().zip(theirs) {
                *mine += theirs;
            }
        }
    }
}

/// Where people may stand besides having adopted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Adopted, and talks about it no more.
    Silent,
    /// Adopted and gave up again.
    GaveUp,
    /// Heard of it and thinks about it.
    Thinking,
    /// Never will adopt.
    Sceptic,
    /// Took up the rival idea.
    Rival,
    /// Adopted because the plan had them do so then.
    Planned,
    /// Would adopt, and waits in line to be onboarded.
    Waiting,
}

impl Standing {
    /// Name in tables and on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Silent => "fell silent",
            Self::GaveUp => "gave up",
            Self::Thinking => "thinking",
            Self::Sceptic => "sceptics",
            Self::Rival => "took the rival's",
            Self::Planned => "adopted by plan",
            Self::Waiting => "waiting in line",
        }
    }
}

/// One person over many replicates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonTally {
    /// Replicates in which the person adopted.
    pub adoptions: u64,
    /// Sum of the steps of adoption over those replicates.
    pub steps: u64,
}

impl Tally {
    /// An empty tally; `per_person` is the number of people when each is to be counted.
    pub fn new(per_person: Option<usize>) -> Self {
        Self {
            people: per_person.map(|people| vec![PersonTally::default(); people]),
            ..Self::default()
        }
    }

    /// The same, which also counts the adopters of `groups` groups of people step by step;
    /// `of` holds the group of each person.
    #[must_use]
    pub fn by_group(self, of: &Arc<[Option<u32>]>, groups: usize) -> Self {
        let mut people = vec![0; groups];
        for &group in of.iter().flatten() {
            people[group as usize] += 1;
        }
        Self { groups: Some(GroupTally { people, new: Vec::new(), of: Arc::clone(of) }), ..self }
    }

    /// A tally that counts what this one counts, and has counted nothing yet.
    pub(super) fn emptied(&self) -> Self {
        let groups = self.groups.as_ref();
        Self {
            groups: groups.map(|it| GroupTally { new: Vec::new(), ..it.clone() }),
            ..Self::new(self.people.as_ref().map(Vec::len))
        }
    }

    /// Mean adopters by group and step, if they were asked for.
    pub fn filling(&self) -> Option<Filling> {
        let groups = self.groups.as_ref()?;
        let mut new = groups.new.clone();
        new.resize(self.steps.len().max(new.len()).max(1), vec![0; groups.people.len()]);
        Some(Filling::of_new_adopters(groups.people.clone(), &new, self.replicates))
    }

    /// Whether both count the same things.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let people = |it: &Self| it.people.as_ref().map(Vec::len);
        let groups = |it: &Self| it.groups.as_ref().map(|it| it.people.clone());
        people(self) == people(other) && groups(self) == groups(other)
    }

    /// Replicates counted so far.
    pub fn replicates(&self) -> u64 {
        self.replicates
    }

    /// Cumulative adopters per step, up to the last step at which anybody adopted in any replicate.
    pub fn steps(&self) -> &[Histogram] {
        &self.steps
    }

    /// Steps from 0 to the last at which anybody who had not adopted came to stand elsewhere.
    pub(super) fn steps_of_others(&self) -> usize {
        let others = [Standing::Thinking, Standing::Sceptic, Standing::Rival];
        let lengths = others.iter().filter_map(|it| self.standings.get(it)).map(Vec::len);
        lengths.max().unwrap_or(0)
    }

    /// Sum over replicates of people standing there at the end of each of the first `steps` steps.
    pub fn standings(&self, steps: usize) -> impl Iterator<Item = (Standing, Vec<i64>)> + '_ {
        self.standings.iter().map(move |(&standing, moves)| {
            let mut standing_now = 0;
            let sums = (0..steps).map(|step| {
                standing_now += moves.get(step).copied().unwrap_or(0);
                standing_now
            });
            (standing, sums.collect())
        })
    }

    /// Counts per person, if they were asked for.
    pub fn people(&self) -> Option<&[PersonTally]> {
        self.people.as_deref()
    }

    /// Counts the replicate that `scratch` holds, `times` over.
    pub fn add(&mut self, scratch: &Scratch, times: u64) {
        let cumulative = scratch.cumulative_adopters();
        self.extend_to(cumulative.len());
        // After its last step a replicate stays as it is.
        let last = cumulative.last().copied().unwrap_or(0);
        let lasting = cumulative.iter().copied().chain(std::iter::repeat(last));
        for (step, adopters) in self.steps.iter_mut().zip(lasting) {
            step.add(adopters, times);
        }
        if let Some(people) = &mut self.people {
            for &person in scratch.adopters() {
                let tally = &mut people[person as usize];
                tally.adoptions += times;
                tally.steps += times * u64::from(scratch.time_of_adoption()[person as usize]);
            }
        }
        for (&person, &cause) in scratch.adopters().iter().zip(scratch.causes()) {
            let step = scratch.time_of_adoption()[person as usize] as usize;
            *self.adopters_through(cause.into(), step) += times;
        }
        if let Some(groups) = &mut self.groups {
            for &person in scratch.adopters() {
                let person = person as usize;
                groups.add(person, scratch.time_of_adoption()[person] as usize, times);
            }
        }
        for it in scratch.moves() {
            *self.moves_at(it.standing, it.step as usize) += it.people * times.cast_signed();
        }
        self.replicates += times;
    }

    /// People who adopted at `step` through the cause of this number, over all replicates.
    pub fn through(&self, cause: usize, step: usize) -> u64 {
        self.causes.get(cause).and_then(|steps| steps.get(step)).copied().unwrap_or(0)
    }

    fn adopters_through(&mut self, cause: usize, step: usize) -> &mut u64 {
        if self.causes.len() <= cause {
            self.causes.resize(cause + 1, Vec::new());
        }
        let steps = &mut self.causes[cause];
        if steps.len() <= step {
            steps.resize(step + 1, 0);
        }
        &mut steps[step]
    }

    fn moves_at(&mut self, standing: Standing, step: usize) -> &mut i64 {
        let moves = self.standings.entry(standing).or_default();
        if moves.len() <= step {
            moves.resize(step + 1, 0);
        }
        &mut moves[step]
    }

    /// Counts the replicates `indexes` that ran side by side in `lanes`; returns the adopters of each
    /// lane at its end.
    pub(super) fn add_lanes(&mut self, lanes: &Lanes, indexes: Range<u64>) -> [u32; LANE_COUNT] {
        self.extend_to(lanes.steps().count());
        let mut cumulative = [0_u32; LANE_COUNT];
        let mut adoptions = lanes.steps();
        for (number, step) in (0_u64..).zip(&mut self.steps) {
            let step_index = usize::try_from(number).unwrap_or(usize::MAX);
            // After its last step a replicate stays as it is.
            for adoption in adoptions.next().unwrap_or_default() {
                cumulative[adoption.lane as usize] += 1;
                if let Some(people) = &mut self.people {
                    let tally = &mut people[adoption.person as usize];
                    tally.adoptions += 1;
                    tally.steps += number;
                }
                if let Some(groups) = &mut self.groups {
                    groups.add(adoption.person as usize, step_index, 1);
                }
            }
            // Consecutive lanes of one block.
            let lanes = indexes.clone().map(|index| index % LANES);
            for lane in lanes.filter_map(|lane| usize::try_from(lane).ok()) {
                step.add(cumulative[lane], 1);
            }
        }
        self.replicates += indexes.end - indexes.start;
        cumulative
    }

    /// Adds the replicates of `other`, which must be different ones of the same scenario.
    pub fn merge(&mut self, other: &Self) {
        let steps = self.steps.len().max(other.steps.len());
        self.extend_to(steps);
        for (step, mine) in self.steps.iter_mut().enumerate() {
            // Where the other ends earlier, its last step lasts.
            if let Some(theirs) = other.steps.get(step).or(other.steps.last()) {
                mine.merge(theirs);
            }
        }
        if let (Some(mine), Some(theirs)) = (&mut self.people, &other.people) {
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                mine.adoptions += theirs.adoptions;
                mine.steps += theirs.steps;
            }
        }
        if let (Some(mine), Some(theirs)) = (&mut self.groups, &other.groups) {
            mine.merge(theirs);
        }
        for (&standing, moves) in &other.standings {
            for (step, people) in moves.iter().enumerate() {
                *self.moves_at(standing, step) += people;
            }
        }
        for (cause, steps) in other.causes.iter().enumerate() {
            for (step, &adopters) in steps.iter().enumerate() {
                *self.adopters_through(cause, step) += adopters;
            }
        }
        self.replicates += other.replicates;
    }

    /// After the last step counted nothing changed, so a later step repeats it.
    fn extend_to(&mut self, steps: usize) {
        if self.steps.len() < steps {
            let last = self.steps.last().cloned().unwrap_or_default();
            self.steps.resize(steps, last);
        }
    }
}

/// How often each value occurred, in ascending order of values.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Histogram {
    counts: Vec<(u32, u64)>,
    /// Values not yet sorted in; counting happens by the hundreds.
    #[serde(skip)]
    recent: Vec<(u32, u64)>,
}

impl Histogram {
    /// How many values may wait.
    const WAITING: usize = 512;

    fn add(&mut self, value: u32, times: u64) {
        self.recent.push((value, times));
        if self.recent.len() >= Self::WAITING {
            self.counts = self.sorted();
            self.recent.clear();
        }
    }

    fn merge(&mut self, other: &Self) {
        self.recent.extend_from_slice(&other.counts);
        self.recent.extend_from_slice(&other.recent);
        self.counts = self.sorted();
        self.recent.clear();
    }

    /// Every value with its number of occurrences, ascending.
    pub fn sorted(&self) -> Vec<(u32, u64)> {
        let mut all = [&self.counts[..], &self.recent[..]].concat();
        all.sort_unstable_by_key(|&(value, _)| value);
        all.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        all
    }
}

impl PartialEq for Histogram {
    fn eq(&self, other: &Self) -> bool {
        self.sorted() == other.sorted()
    }
}

impl Eq for Histogram {}
