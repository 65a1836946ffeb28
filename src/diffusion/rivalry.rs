//! Two ideas that compete for the same people, each spreading as a cascade.
//!
//! Whoever comes first wins a person for good (competitive cascades: Bharathi, Kempe & Salek 2007;
//! Carnes et al. 2007). When both come at the same step, [`Meeting`] decides.

use super::cascade::Cascade;
use super::run::{Chances, Run};
use super::scenario::Meeting;
use super::tally::Standing;
use crate::network::{InfluenceGraph, PersonIndex};

/// The rule, its numbers, and where the rival starts.
#[derive(Debug)]
pub(super) struct Rivalry {
    pub(super) ties: Cascade,
    pub(super) meeting: Meeting,
    /// Whom the rival starts with; empty for as many of the best connected as there are seeds.
    pub(super) rivals: Vec<PersonIndex>,
    /// Everyone, the best connected first.
    by_audience: Vec<PersonIndex>,
}

/// Who holds the rival idea, and who is being tried by whom.
#[derive(Debug, Default)]
pub(super) struct Contest {
    holds_rival: Vec<bool>,
    rivals: Vec<PersonIndex>,
    tries: Vec<Tries>,
    tried: Vec<PersonIndex>,
}

/// Live ties into a person from those who have just adopted.
#[derive(Clone, Copy, Debug, Default)]
struct Tries {
    ours: u32,
    theirs: u32,
}

impl Contest {
    pub(super) fn new(people: usize) -> Self {
        Self {
            holds_rival: vec![false; people],
            tries: vec![Tries::default(); people],
            ..Self::default()
        }
    }

    fn win(&mut self, person: PersonIndex, step: u32, run: &mut Run) {
        if !run.has_adopted(person) && !self.holds_rival[person as usize] {
            self.holds_rival[person as usize] = true;
            self.rivals.push(person);
            run.rule_out(person);
            run.note(Standing::Rival, step.into(), 1);
        }
    }
}

impl Rivalry {
    pub(super) fn new(
        graph: &InfluenceGraph,
        ties: Cascade,
        meeting: Meeting,
        rivals: Vec<PersonIndex>,
    ) -> Self {
        let mut by_audience: Vec<PersonIndex> = (0..).take(graph.people()).collect();
        by_audience.sort_by_key(|&it| (std::cmp::Reverse(graph.audience_of(it).len()), it));
        Self { ties, meeting, rivals, by_audience }
    }

    /// Runs one replicate: O(arcs out of adopters of either idea).
    pub(super) fn spread(
        &self,
        graph: &InfluenceGraph,
        run: &mut Run,
        contest: &mut Contest,
        chances: &Chances,
        horizon: u32,
    ) {
        if self.rivals.is_empty() {
            let others = self.by_audience.iter().filter(|&&it| !run.is_spoken_for(it));
            let start: Vec<PersonIndex> = others.take(run.starters()).copied().collect();
            for person in start {
                contest.win(person, 0, run);
            }
        } else {
            for &person in &self.rivals {
                contest.win(person, 0, run);
            }
        }
        let mut newest_rivals = 0;
        for step in 1..=horizon {
            let theirs = newest_rivals..contest.rivals.len();
            newest_rivals = theirs.end;
            if run.newest_to_try().is_empty() && theirs.is_empty() && !run.is_open() {
                break;
            }
            for position in run.newest_to_try() {
                self.try_ties(graph, run.adopter(position), true, run, contest, chances);
            }
            for position in theirs {
                self.try_ties(graph, contest.rivals[position], false, run, contest, chances);
            }
            for person in std::mem::take(&mut contest.tried) {
                let Tries { ours, theirs } = std::mem::take(&mut contest.tries[person as usize]);
                let ours_wins = match self.meeting {
                    _ if ours == 0 || theirs == 0 => f64::from(u8::from(theirs == 0)),
                    Meeting::FirstCome => f64::from(ours) / f64::from(ours + theirs),
                    Meeting::Weighted(share) => share,
                };
                if chances.waiting.unit(person.into()) <= ours_wins {
                    run.adopt(person, step);
                } else {
                    contest.win(person, step, run);
                }
            }
            run.finish_step();
        }
        for person in contest.rivals.drain(..) {
            contest.holds_rival[person as usize] = false;
        }
    }

    fn try_ties(
        &self,
        graph: &InfluenceGraph,
        influencer: PersonIndex,
        is_ours: bool,
        run: &mut Run,
        contest: &mut Contest,
        chances: &Chances,
    ) {
        let row = graph.arcs_from(influencer);
        for (arc, &person) in row.zip(graph.audience_of(influencer)) {
            let decided = run.has_adopted(person) || contest.holds_rival[person as usize];
            let chance = self.ties.probability(graph, arc);
            if decided || chances.influence.unit(arc as u64) > chance {
                continue;
            }
            if is_ours {
                run.saw(person, influencer, run.next_step().into());
            }
            let tries = &mut contest.tries[person as usize];
            if tries.ours + tries.theirs == 0 {
                contest.tried.push(person);
            }
            *(if is_ours { &mut tries.ours } else { &mut tries.theirs }) += 1;
        }
    }
}
