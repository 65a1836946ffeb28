//! The state of one running replicate, reused from one to the next without clearing everyone.

use rand::Rng;

use super::calendar::Calendar;
use super::course::{Course, Newcomer};
use super::replicate::{NEVER, Replicate};
use super::tally::Standing;
use super::witness::Witness;
use crate::network::{InfluenceGraph, PersonIndex};
use crate::random::{Draws, Purpose, stream};

/// While a replicate runs: time of somebody who has come to adopt and waits in line.
const WAITING: u32 = NEVER - 1;
/// The same of somebody who cannot adopt any more.
const RULED_OUT: u32 = NEVER - 2;

/// Who adopted when, in the replicate at hand.
///
/// Adopters are listed in the order of adoption, so that the ones of the last step are a slice,
/// and so that the next replicate undoes only what this one did.
#[derive(Debug)]
pub(super) struct Run {
    time: Vec<u32>,
    adopters: Vec<PersonIndex>,
    /// Cumulative adopters at the end of each finished step.
    cumulative: Vec<u32>,
    moves: Vec<Move>,
    /// Number of the cause of each adopter, in their order; empty in models that tell none.
    causes: Vec<u16>,
    horizon: u32,
    /// Where the model has a calendar.
    course: Option<Box<Course>>,
    /// Whether who comes to adopt has to wait.
    has_line: bool,
    /// Whose time may be no time of adoption.
    marked: Vec<PersonIndex>,
    /// How many of the first adopters had adopted before the start.
    before: usize,
    /// Where it is to be told who moved whom.
    witness: Option<Box<Witness>>,
}

/// People who begin or cease, at a step, to stand somewhere besides having adopted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Move {
    pub(super) standing: Standing,
    pub(super) step: u32,
    pub(super) people: i64,
}

impl Run {
    pub(super) fn new(people: usize, horizon: u32) -> Self {
        Self {
            time: vec![NEVER; people],
            adopters: Vec::new(),
            cumulative: Vec::new(),
            moves: Vec::new(),
            causes: Vec::new(),
            horizon,
            course: None,
            has_line: false,
            marked: Vec::new(),
            before: 0,
            witness: None,
        }
    }

    /// Notes that `people` more stand there from `step` on; after the horizon nothing is noted.
    pub(super) fn note(&mut self, standing: Standing, step: u64, people: i64) {
        if let Some(step) = u32::try_from(step).ok().filter(|&step| step <= self.horizon) {
            self.moves.push(Move { standing, step, people });
        }
    }

    pub(super) fn moves(&self) -> &[Move] {
        &self.moves
    }

    pub(super) fn causes(&self) -> &[u16] {
        &self.causes
    }

    /// To be kept as long as the list of adopters.
    pub(super) fn causes_mut(&mut self) -> &mut Vec<u16> {
        &mut self.causes
    }

    /// Forgets the replicate before and has the adopters of step 0 adopt: `seeds`, as far as the
    /// calendar of the model has no other date for them, and whom else it names.
    pub(super) fn begin(
        &mut self,
        seeds: &[PersonIndex],
        calendar: Option<&Calendar>,
        chances: &Chances,
    ) {
        for person in self.adopters.drain(..) {
            self.time[person as usize] = NEVER;
        }
        self.cumulative.clear();
        self.moves.clear();
        self.causes.clear();
        self.before = 0;
        match calendar {
            None => {
                for &seed in seeds {
                    self.adopt(seed, 0);
                }
            }
            Some(calendar) => self.begin_calendar(seeds, calendar, chances),
        }
        self.finish_step();
    }

    fn begin_calendar(&mut self, seeds: &[PersonIndex], calendar: &Calendar, chances: &Chances) {
        let mut course = self.course.take().unwrap_or_else(|| Box::new(Course::new(self.horizon)));
        course.begin(seeds, calendar, chances, self.time.len());
        self.has_line = course.has_line();
        for &person in &calendar.never {
            self.mark(person, RULED_OUT);
        }
        let (just_now, earlier): (Vec<_>, Vec<_>) =
            calendar.before.iter().partition(|&&(_, ago)| ago == 0);
        for (person, ago) in earlier.into_iter().chain(just_now) {
            if !self.has_adopted(person) {
                self.time[person as usize] = 0;
                self.adopters.push(person);
                if ago > 0 {
                    course.note_earlier(ago);
                }
            }
        }
        self.before = self.adopters.len();
        self.course = Some(course);
    }

    /// Makes `person` adopt at `step`, or come to the end of the line, unless they did before or
    /// cannot.
    pub(super) fn adopt(&mut self, person: PersonIndex, step: u32) {
        if self.has_adopted(person) {
            return;
        }
        if self.witness.is_some() {
            self.see_coming(person);
        }
        if self.has_line {
            self.join_line(person);
        } else {
            self.time[person as usize] = step;
            self.adopters.push(person);
        }
    }

    #[cold]
    fn see_coming(&mut self, person: PersonIndex) {
        let is_start = self.cumulative.is_empty();
        if let Some(witness) = self.witness.as_mut().filter(|_| !is_start) {
            witness.come(person);
        }
    }

    /// Has `witness` see the next replicate.
    pub(super) fn watch(&mut self, witness: Witness) {
        self.witness = Some(Box::new(witness));
    }

    /// Hands back whoever saw the replicate.
    pub(super) fn unwatch(&mut self) -> Option<Witness> {
        self.witness.take().map(|it| *it)
    }

    /// Whether somebody sees who moves whom.
    pub(super) fn is_watched(&self) -> bool {
        self.witness.is_some()
    }

    /// `by` has `person` adopt at step `due`, unless something else does before.
    pub(super) fn saw(&mut self, person: PersonIndex, by: PersonIndex, due: u64) {
        if let Some(witness) = &mut self.witness {
            witness.saw(person, by, due);
        }
    }

    /// `person` has seen enough by the step closed last.
    pub(super) fn saw_enough(&mut self, person: PersonIndex) {
        let step = self.next_step() - 1;
        if let Some(witness) = &mut self.witness {
            witness.tip(person, step);
        }
    }

    /// Notes who of the adopters at `positions`, of the step closed last, were last straws: along arcs
    /// that `weighs` accepts.
    pub(super) fn saw_last_straws(
        &mut self,
        graph: &InfluenceGraph,
        positions: std::ops::Range<usize>,
        weighs: impl Fn(usize) -> bool,
    ) {
        let step = self.next_step() - 1;
        if let Some(witness) = &mut self.witness {
            for &by in &self.adopters[positions] {
                witness.weigh(graph, by, step, &weighs);
            }
        }
    }

    /// Draws who had `person` adopt at the step under way, among all adopters they listen to; `alone` is
    /// the chance that nobody had.
    pub(super) fn saw_swayed(&mut self, graph: &InfluenceGraph, person: PersonIndex, alone: f64) {
        let step = self.next_step();
        if let Some(witness) = &mut self.witness {
            witness.draw(graph, &self.time, (person, step), alone);
        }
    }

    #[cold]
    fn join_line(&mut self, person: PersonIndex) {
        if let Some(course) = &mut self.course {
            course.come(person, false);
            self.mark_waiting(person);
        }
    }

    /// Makes somebody adopt at `step` who has been found not to have, and not to be ruled out.
    pub(super) fn onboard(&mut self, newcomer: Newcomer, step: u32) {
        self.time[newcomer.person as usize] = step;
        self.adopters.push(newcomer.person);
        if newcomer.by_plan {
            self.note(Standing::Planned, step.into(), 1);
        }
    }

    pub(super) fn mark_waiting(&mut self, person: PersonIndex) {
        self.mark(person, WAITING);
    }

    /// Sees to it that `person`, who has not adopted, never does. Only calendars could make them.
    pub(super) fn rule_out(&mut self, person: PersonIndex) {
        if self.course.is_some() {
            self.mark(person, RULED_OUT);
        }
    }

    fn mark(&mut self, person: PersonIndex, mark: u32) {
        self.time[person as usize] = mark;
        self.marked.push(person);
    }

    /// Closes a step: who adopted in it is now [`Self::newest`].
    pub(super) fn finish_step(&mut self) {
        if let Some(mut course) = self.course.take() {
            course.close(self.next_step(), self);
            self.course = Some(course);
        }
        self.cumulative.push(count(self.adopters.len()));
    }

    /// Number of the step that comes next.
    pub(super) fn next_step(&self) -> u32 {
        count(self.cumulative.len())
    }

    /// Positions in the list of adopters of those of the step closed last.
    pub(super) fn newest(&self) -> std::ops::Range<usize> {
        let before = self.cumulative.len().checked_sub(2).map_or(0, |step| self.cumulative[step]);
        before as usize..self.adopters.len()
    }

    /// The same without those who adopted before the start, and have tried their ties since.
    pub(super) fn newest_to_try(&self) -> std::ops::Range<usize> {
        let newest = self.newest();
        newest.start.max(self.earlier().len())..newest.end
    }

    /// Steps since those adopted who had before the start; they are the first adopters.
    pub(super) fn earlier(&self) -> &[u32] {
        self.course.as_ref().map_or(&[], |course| course.ago())
    }

    /// Whether the adopter at a position of the list had adopted before the start.
    pub(super) fn was_before(&self, position: usize) -> bool {
        position < self.before
    }

    /// Who came by plan or push at the step closed last; may have to wait in line.
    pub(super) fn entered(&self) -> &[PersonIndex] {
        self.course.as_ref().map_or(&[], |course| course.entered())
    }

    /// Who cannot adopt, or waits in line.
    pub(super) fn ruled_out(&self) -> &[PersonIndex] {
        &self.marked
    }

    /// Whether somebody is still to adopt whom nobody has to move.
    pub(super) fn is_open(&self) -> bool {
        self.course.as_ref().is_some_and(|course| course.is_open())
    }

    /// People who adopt by plan or had adopted before the start.
    pub(super) fn starters(&self) -> usize {
        self.course.as_ref().map_or(self.adopters.len(), |course| course.starters())
    }

    /// Whether `person` adopts by plan, or because they were chosen to start.
    pub(super) fn is_planned(&self, person: PersonIndex) -> bool {
        self.course.as_ref().is_none_or(|course| course.expects(person))
    }

    /// Whether `person` has adopted or will by plan, or cannot.
    pub(super) fn is_spoken_for(&self, person: PersonIndex) -> bool {
        self.has_adopted(person) || self.course.as_ref().is_some_and(|it| it.expects(person))
    }

    /// The adopter at a position of the list.
    pub(super) fn adopter(&self, position: usize) -> PersonIndex {
        self.adopters[position]
    }

    /// Whether `person` has adopted, waits in line to, or cannot.
    pub(super) fn has_adopted(&self, person: PersonIndex) -> bool {
        self.time[person as usize] != NEVER
    }

    /// Whether `person` has adopted by the end of `step`.
    pub(super) fn has_adopted_by(&self, person: PersonIndex, step: u32) -> bool {
        self.time[person as usize] <= step
    }

    /// Drops closed steps at the end in which nobody adopted; who waits in line has not.
    pub(super) fn finish(&mut self) {
        for person in self.marked.drain(..) {
            let time = &mut self.time[person as usize];
            if [WAITING, RULED_OUT].contains(time) {
                *time = NEVER;
            }
        }
        let steps = self.adopters.last().map_or(0, |&last| self.time[last as usize]);
        self.cumulative.truncate(steps as usize + 1);
    }

    /// Has every adopter give up at each later step with this chance.
    pub(super) fn give_up(&mut self, churn: f64, chances: &Chances) {
        for position in 0..self.adopters.len() {
            let person = self.adopters[position];
            let stays = skipped(chances.leaving.unit(person.into()), churn);
            let step = u64::from(self.time[person as usize]).saturating_add(stays);
            self.note(Standing::GaveUp, step.saturating_add(1), 1);
        }
    }

    /// The outcome, once the replicate is finished.
    pub(super) fn replicate(&self) -> Replicate {
        Replicate { time_of_adoption: self.time.clone(), steps: count(self.cumulative.len() - 1) }
    }

    pub(super) fn time_of_adoption(&self) -> &[u32] {
        &self.time
    }

    pub(super) fn adopters(&self) -> &[PersonIndex] {
        &self.adopters
    }

    pub(super) fn cumulative(&self) -> &[u32] {
        &self.cumulative
    }
}

/// People and steps are counted in 32 bits everywhere.
pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).expect("fewer than 2^32 people and steps")
}

/// Who is due at which step: a calendar with one page per step up to the horizon.
///
/// Pages are emptied as they are read, so an agenda that was read to its end is ready for the
/// next replicate.
#[derive(Debug)]
pub(super) struct Agenda {
    pages: Vec<Vec<PersonIndex>>,
    pending: usize,
}

impl Agenda {
    pub(super) fn new(horizon: u32) -> Self {
        Self { pages: vec![Vec::new(); horizon as usize + 1], pending: 0 }
    }

    /// Notes that `person` is due at `step`; after the horizon nobody is due any more.
    pub(super) fn note(&mut self, person: PersonIndex, step: u64) {
        let page = usize::try_from(step).ok().and_then(|step| self.pages.get_mut(step));
        if let Some(page) = page {
            page.push(person);
            self.pending += 1;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pending == 0
    }

    /// Everyone noted for `step`, who stays noted.
    pub(super) fn due(&self, step: u32) -> &[PersonIndex] {
        &self.pages[step as usize]
    }

    /// Everyone noted for `step`.
    pub(super) fn take(&mut self, step: u32) -> Vec<PersonIndex> {
        let page = std::mem::take(&mut self.pages[step as usize]);
        self.pending -= page.len();
        page
    }

    /// Forgets what is noted for later.
    pub(super) fn clear(&mut self) {
        if self.pending > 0 {
            self.pages.iter_mut().for_each(Vec::clear);
            self.pending = 0;
        }
    }

    /// Everyone due at `step` adopts then; who adopted earlier is passed over.
    pub(super) fn settle(&mut self, step: u32, run: &mut Run) {
        let page = &mut self.pages[step as usize];
        self.pending -= page.len();
        for person in page.drain(..) {
            run.adopt(person, step);
        }
    }
}

/// What the chances of one replicate are drawn from.
///
/// A draw belongs to a person or an arc, never to a place in time, so that the same replicate
/// with one more seed meets the same chances: its adopters can only become more and earlier.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chances {
    /// Coins of ties, thresholds and inner clocks of people.
    pub(super) influence: Draws,
    /// How long people who would act stay away, and who acts without anybody's influence.
    pub(super) waiting: Draws,
    /// How long adopters stay.
    pub(super) leaving: Draws,
    /// Whom pushes move, and places in line.
    pub(super) plan: Draws,
}

impl Chances {
    pub(super) fn of_replicate(rng_seed: u64, index: u64) -> Self {
        let mut stream = stream(rng_seed, Purpose::Replicate, index);
        let mut draws = || Draws::new(stream.next_u64());
        Self { influence: draws(), waiting: draws(), leaving: draws(), plan: draws() }
    }

    /// Steps that `person` misses before the first at which they are present, when they are
    /// present with chance `presence` at each; `u64::MAX` when they never are.
    pub(super) fn missed_steps(&self, person: PersonIndex, presence: f64) -> u64 {
        if presence >= 1.0 { 0 } else { skipped(self.waiting.unit(person.into()), presence) }
    }
}

/// Failures before the first success of chance `p`, from one uniform number in (0, 1]: the
/// geometric distribution by inversion.
pub(super) fn skipped(uniform: f64, p: f64) -> u64 {
    let failures = uniform.ln() / (-p).ln_1p();
    // 0/0 where p is 0 and the draw is 1: a chance of zero never succeeds.
    if failures.is_nan() {
        return u64::MAX;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not negative, and saturating is what is wanted"
    )]
    let whole = failures as u64;
    whole
}
