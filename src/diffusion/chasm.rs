//! Stalled at a boundary: Moore's chasm (1991) as a test on a course of adoption.
//!
//! Rogers has no gap; Moore's claim is that the first 16 % do not refer the mainstream. Here a course
//! is stalled while one segment has more than 80 % adopters and another fewer than 5 %, for five
//! steps on end (science.md 1.10). Segments of fewer than ten people tell nothing: there one person
//! is more than such a share.

use super::{Contagion, Model, NEVER, Scratch, Threshold};
use crate::network::PersonIndex;

/// Most courses that are looked at.
const COURSES: u32 = 100;
/// Fewest people of a segment that is looked at.
const SMALLEST: usize = 10;
/// Steps on end that make a stall.
const STEPS: u32 = 5;

/// The boundary at which courses stall most often.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chasm {
    /// The segment that is nearly full (of those that are, the one with most ties across).
    pub full: u32,
    /// The one that is nearly empty.
    pub empty: u32,
    /// Sizes of both.
    pub people: [usize; 2],
    /// Adopters in both when the first stalled course ends.
    pub adopters: [usize; 2],
    /// Courses looked at.
    pub courses: u32,
    /// How many of them stall here.
    pub stalled: u32,
    /// How many of those went on later.
    pub crossed: u32,
    /// Step at which half of the stalled courses have stalled.
    pub since: u32,
    /// Pairs of people across whom the full segment could influence the empty one.
    pub ties: usize,
    /// People of the empty segment at those ties.
    pub listeners: usize,
    /// Most adopters that anybody in the empty segment who has not adopted listens to, in the first
    /// stalled course; a threshold by count would have to be as low as that.
    pub most_heard: u32,
    /// The largest share of people listened to that these are; the same for a threshold by share.
    pub highest_share: f64,
}

impl Chasm {
    /// Looks at the first 100 replicates of `model` from `seeds`. `segments` holds the segment of
    /// each person. `None` where no course stalls. O(replicates × (a run + steps × segments)).
    ///
    /// # Panics
    /// When `segments` is not as long as the network has people, or a seed is not in it.
    pub fn find(model: &Model, seeds: &[PersonIndex], segments: &[Option<u32>]) -> Option<Self> {
        assert_eq!(segments.len(), model.graph().people(), "one segment per person");
        let count = segments.iter().flatten().max().map_or(0, |&last| last as usize + 1);
        let mut sizes = vec![0; count];
        for &segment in segments.iter().flatten() {
            sizes[segment as usize] += 1;
        }
        let courses = if model.is_certain() { 1 } else { model.scenario().replicates.min(COURSES) };
        let mut scratch = model.scratch();
        let mut stalls: Vec<Vec<Stall>> = vec![Vec::new(); count];
        for course in 0..courses {
            model.run(seeds, course.into(), &mut scratch);
            let watch = Watch::over(&scratch, &sizes, segments, model.scenario().steps);
            for (segment, since) in watch.since.iter().enumerate() {
                if let Some(since) = *since {
                    let crossed = !is_empty(watch.adopters[segment], sizes[segment]);
                    stalls[segment].push(Stall { course, since, crossed });
                }
            }
        }
        let some = (0..count).filter(|&it| !stalls[it].is_empty());
        let empty = some.max_by_key(|&it| (stalls[it].len(), sizes[it], std::cmp::Reverse(it)))?;
        let stalls = &mut stalls[empty];
        // What is told of people, ties and numbers is read off one course.
        model.run(seeds, stalls[0].course.into(), &mut scratch);
        let watch = Watch::over(&scratch, &sizes, segments, model.scenario().steps);
        let across = Across::into(empty, model, segments, scratch.time_of_adoption());
        let full = (0..count)
            .filter(|&it| is_full(watch.adopters[it], sizes[it]))
            .max_by_key(|&it| (across.ties[it], sizes[it], std::cmp::Reverse(it)))?;
        stalls.sort_unstable_by_key(|it| it.since);
        let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        Some(Self {
            full: number(full),
            empty: number(empty),
            people: [sizes[full], sizes[empty]],
            adopters: [watch.adopters[full], watch.adopters[empty]],
            courses,
            stalled: number(stalls.len()),
            crossed: number(stalls.iter().filter(|it| it.crossed).count()),
            since: stalls[stalls.len() / 2].since,
            ties: across.ties[full],
            listeners: across.listeners[full],
            most_heard: across.most_heard,
            highest_share: across.highest_share,
        })
    }

    /// Whether it is more than one course's bad luck: at least half of them stall here, and most of
    /// those for good.
    pub fn is_typical(&self) -> bool {
        2 * (self.stalled - self.crossed) >= self.courses
    }

    /// Rules like `contagion` that ask less of the people at the boundary, the nearest first:
    /// thresholds that somebody there would meet, or ties with a better chance. Empty for rules that
    /// have no such number.
    pub fn gentler(&self, contagion: Contagion) -> Vec<Contagion> {
        use super::TieProbability::Uniform;
        match contagion {
            Contagion::Permission(Threshold::Count(count)) => (1..=self.most_heard)
                .rev()
                .filter(|&it| it < count)
                .map(|it| Contagion::Permission(Threshold::Count(it)))
                .collect(),
            Contagion::Permission(Threshold::Share(share)) => {
                let heard = self.highest_share;
                let met = heard > 0.0 && heard < share;
                met.then_some(Contagion::Permission(Threshold::Share(heard))).into_iter().collect()
            }
            Contagion::IndependentCascade(Uniform(p)) if self.ties > 0 => [1.5, 2.0, 3.0, 5.0]
                .into_iter()
                .map(|factor| factor * p)
                .filter(|&it| it > p && it <= 1.0)
                .map(|it| Contagion::IndependentCascade(Uniform(it)))
                .collect(),
            _ => Vec::new(),
        }
    }
}

#[derive(Clone, Copy)]
struct Stall {
    course: u32,
    since: u32,
    crossed: bool,
}

fn is_full(adopters: usize, people: usize) -> bool {
    people >= SMALLEST && 5 * adopters > 4 * people
}

fn is_empty(adopters: usize, people: usize) -> bool {
    people >= SMALLEST && 20 * adopters < people
}

/// One course, step by step.
struct Watch<'a> {
    sizes: &'a [usize],
    adopters: Vec<usize>,
    /// Steps on end that a segment has been empty beside a full one.
    lasting: Vec<u32>,
    /// When the first stall of each segment began.
    since: Vec<Option<u32>>,
}

impl<'a> Watch<'a> {
    /// Watches the course that `scratch` holds to its end.
    fn over(scratch: &Scratch, sizes: &'a [usize], segments: &[Option<u32>], horizon: u32) -> Self {
        let count = sizes.len();
        let mut watch = Self {
            sizes,
            adopters: vec![0; count],
            lasting: vec![0; count],
            since: vec![None; count],
        };
        let time = |person: PersonIndex| scratch.time_of_adoption()[person as usize];
        let mut step = 0;
        for of_step in scratch.adopters().chunk_by(|&a, &b| time(a) == time(b)) {
            let next = time(of_step[0]);
            watch.pass(step, next - step);
            for &person in of_step {
                if let Some(segment) = segments[person as usize] {
                    watch.adopters[segment as usize] += 1;
                }
            }
            step = next;
        }
        // The last state stays as it is.
        watch.pass(step, horizon - step + 1);
        watch
    }

    /// What holds at the end of `step` holds for `steps` steps.
    fn pass(&mut self, step: u32, steps: u32) {
        if steps == 0 {
            return;
        }
        let each = || self.adopters.iter().zip(self.sizes);
        let any_full = each().any(|(&adopters, &people)| is_full(adopters, people));
        let empty: Vec<bool> =
            each().map(|(&adopters, &people)| any_full && is_empty(adopters, people)).collect();
        for (segment, stalls) in empty.into_iter().enumerate() {
            let before = self.lasting[segment];
            self.lasting[segment] = if stalls { before.saturating_add(steps) } else { 0 };
            if self.lasting[segment] >= STEPS && self.since[segment].is_none() {
                self.since[segment] = Some(step - before);
            }
        }
    }
}

/// What the people of an empty segment hear, from each other segment and in all.
struct Across {
    ties: Vec<usize>,
    listeners: Vec<usize>,
    most_heard: u32,
    highest_share: f64,
}

impl Across {
    fn into(empty: usize, model: &Model, segments: &[Option<u32>], times: &[u32]) -> Self {
        let graph = model.graph();
        let count = segments.iter().flatten().max().map_or(0, |&last| last as usize + 1);
        let mut found = Self {
            ties: vec![0; count],
            listeners: vec![0; count],
            most_heard: 0,
            highest_share: 0.0,
        };
        let mut from = vec![0; count];
        for person in (0..).take(graph.people()) {
            if segments[person as usize].is_none_or(|it| it as usize != empty) {
                continue;
            }
            let listened_to = graph.influences_on(person);
            from.fill(0);
            for &other in listened_to {
                if let Some(segment) = segments[other as usize] {
                    from[segment as usize] += 1;
                }
            }
            for (segment, &ties) in from.iter().enumerate() {
                found.ties[segment] += ties;
                found.listeners[segment] += usize::from(ties > 0);
            }
            if times[person as usize] == NEVER && !listened_to.is_empty() {
                let heard = listened_to.iter().filter(|&&it| times[it as usize] != NEVER).count();
                found.most_heard = found.most_heard.max(u32::try_from(heard).unwrap_or(u32::MAX));
                let share = heard as f64 / listened_to.len() as f64;
                found.highest_share = found.highest_share.max(share);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diffusion::{Calendar, Scenario};
    use crate::network::{InfluenceArc, InfluenceGraph};

    /// Two complete groups of ten, with a tie from 9 to 10 and one from 8 to 10.
    fn two_groups() -> (Arc<InfluenceGraph>, Vec<Option<u32>>) {
        let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 1.0 };
        let within = (0..20_u32).flat_map(|a| {
            (0..20).filter(move |b| a != *b && a / 10 == b / 10).map(move |b| (a, b))
        });
        let arcs = within.chain([(9, 10), (8, 10)]).map(|(a, b)| arc(a, b));
        let segments = (0..20).map(|it| Some(it / 10)).collect();
        (Arc::new(InfluenceGraph::from_arcs(20, arcs)), segments)
    }

    fn model(contagion: Contagion, steps: u32) -> Model {
        let scenario = Scenario { contagion, steps, ..Scenario::default() };
        Model::new(two_groups().0, None, None, &scenario).expect("makes sense")
    }

    #[test]
    fn a_boundary_with_too_few_ties_stalls() {
        let three = model(Contagion::Permission(Threshold::Count(3)), 20);
        let segments = two_groups().1;
        let chasm = Chasm::find(&three, &[0, 1, 2], &segments).expect("two ties are too few");
        let expected = Chasm {
            full: 0,
            empty: 1,
            people: [10, 10],
            adopters: [10, 0],
            courses: 1,
            stalled: 1,
            crossed: 0,
            since: 1,
            ties: 2,
            listeners: 1,
            most_heard: 2,
            highest_share: 2.0 / 11.0,
        };
        assert_eq!(chasm, expected);
        assert!(chasm.is_typical());
        let gentler = chasm.gentler(three.scenario().contagion);
        let counts = [2, 1].map(|it| Contagion::Permission(Threshold::Count(it)));
        assert_eq!(gentler, counts);
        // At 2, the listener follows at step 2, and nobody else over there hears of two.
        let two = model(counts[0], 20);
        assert!(Chasm::find(&two, &[0, 1, 2], &segments).is_none(), "one in ten is not empty");
        let share = Contagion::Permission(Threshold::Share(0.25));
        let fifth = [Contagion::Permission(Threshold::Share(2.0 / 11.0))];
        assert_eq!(chasm.gentler(share), fifth);
    }

    #[test]
    fn a_stall_lasts_five_steps_and_may_end() {
        let segments = two_groups().1;
        let three = Contagion::Permission(Threshold::Count(3));
        // Full at step 1: five steps are over at step 5.
        assert!(Chasm::find(&model(three, 4), &[0, 1, 2], &segments).is_none());
        assert!(Chasm::find(&model(three, 5), &[0, 1, 2], &segments).is_some());
        let later = |step| {
            let given = vec![(10, step), (11, step), (12, step)];
            let calendar = Calendar { given, ..Calendar::default() };
            model(three, 30).with_calendar(calendar).expect("makes sense")
        };
        assert!(Chasm::find(&later(5), &[0, 1, 2], &segments).is_none(), "four steps");
        let crossed = Chasm::find(&later(6), &[0, 1, 2], &segments).expect("five steps");
        assert_eq!((crossed.stalled, crossed.crossed, crossed.since), (1, 1, 1));
        assert!(!crossed.is_typical());
    }

    #[test]
    fn small_segments_and_people_without_one_tell_nothing() {
        let three = model(Contagion::Permission(Threshold::Count(3)), 20);
        let mut segments = two_groups().1;
        segments[19] = None;
        assert!(Chasm::find(&three, &[0, 1, 2], &segments).is_none(), "nine people");
        assert!(Chasm::find(&three, &[0, 1, 2], &[None; 20]).is_none());
    }
}
