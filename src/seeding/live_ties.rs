//! Which ties into a person are live, drawn backwards.
//!
//! A cascade keeps each tie with its own chance; what a person could be reached from is a search
//! along live ties against the direction of influence. In the linear threshold model a person
//! listens to at most one live tie, so that the search is a walk (Kempe, Kleinberg & Tardos 2003).
//! Both stop at the scenario's last step, so that reach means the same as in a forecast.

use rand::Rng;

use crate::diffusion::{Contagion, Model};
use crate::network::PersonIndex;
use crate::random::Stream;

/// Groups of fewer ties are tossed one by one: a leap costs as much as a few coins.
const FEW: usize = 6;
/// Above this chance leaps are too short to pay.
const OFTEN: f64 = 0.2;

/// The ties into everyone, prepared for drawing live ones.
pub(super) enum LiveTies {
    Cascade(Cascade),
    Threshold(Walk),
}

impl LiveTies {
    /// Prepares the ties of `model`, in O(arcs log(longest row)); `None` where no reverse set
    /// exists (all other models).
    pub(super) fn prepare(model: &Model) -> Option<Self> {
        match model.scenario().contagion {
            Contagion::IndependentCascade(_) => Some(Self::Cascade(Cascade::prepare(model))),
            Contagion::LinearThreshold(_) => Some(Self::Threshold(Walk::prepare(model))),
            _ => None,
        }
    }

    /// Appends to `members` everyone from whom a contagion reaches `root` in time, `root` first.
    pub(super) fn draw(
        &self,
        root: PersonIndex,
        rng: &mut Stream,
        met: &mut Met,
        members: &mut Vec<PersonIndex>,
    ) {
        met.forget_all();
        met.is_new(root);
        members.push(root);
        match self {
            Self::Cascade(cascade) => cascade.search(rng, met, members),
            Self::Threshold(walk) => walk.walk(root, rng, met, members),
        }
    }
}

/// Who is in the set being drawn; forgetting costs nothing.
pub(super) struct Met {
    when: Vec<u32>,
    now: u32,
}

impl Met {
    pub(super) fn new(people: usize) -> Self {
        Self { when: vec![0; people], now: 0 }
    }

    fn forget_all(&mut self) {
        self.now = self.now.checked_add(1).unwrap_or_else(|| {
            self.when.fill(0);
            1
        });
    }

    /// True the first time that `person` is met.
    fn is_new(&mut self, person: PersonIndex) -> bool {
        std::mem::replace(&mut self.when[person as usize], self.now) != self.now
    }
}

/// Ties of the cascades, in rows of who influences a person.
///
/// A row is cut into groups of similar chance (within a factor of two). Inside a group the draw
/// leaps from one candidate to the next by a geometric number, as if every tie had the group's
/// largest chance, and keeps the candidate with the ratio of the two: only live ties cost time
/// (subset sampling, Guo et al. 2020).
pub(super) struct Cascade {
    row_start: Vec<u32>,
    groups: Vec<Group>,
    ties: Vec<Tie>,
    horizon: u32,
}

struct Group {
    start: u32,
    end: u32,
    /// 1/ln(1-p), below 0, for the largest chance p of the group; 0 where every tie is tossed.
    leap: f32,
    /// Chance that no leap lands inside the group.
    none: f32,
}

#[derive(Clone, Copy)]
struct Tie {
    influencer: PersonIndex,
    /// Kept when 32 random bits are at most this; relative to the group's chance when leaping.
    keep: u32,
}

impl Cascade {
    fn prepare(model: &Model) -> Self {
        let graph = model.graph();
        let mut cascade = Self {
            row_start: vec![0],
            groups: Vec::new(),
            ties: Vec::with_capacity(graph.arcs()),
            horizon: model.scenario().steps,
        };
        for person in (0..).take(graph.people()) {
            let mut row: Vec<(f64, PersonIndex)> = graph
                .influences_on(person)
                .iter()
                .zip(graph.arcs_into(person))
                .map(|(&influencer, &arc)| (model.probability(arc as usize), influencer))
                .filter(|&(chance, _)| chance > 0.0)
                .collect();
            row.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            cascade.push_row(&row);
        }
        cascade
    }

    /// Adds one person's row, sorted from the largest chance down.
    fn push_row(&mut self, row: &[(f64, PersonIndex)]) {
        let tossed = row
            .chunk_by(|a, b| same_group(row, a.0, b.0))
            .take_while(|group| group.len() < FEW || group[0].0 > OFTEN)
            .map(<[_]>::len)
            .sum();
        let (toss, leap) = row.split_at(tossed);
        if !toss.is_empty() {
            self.push_group(toss, None);
        }
        for group in leap.chunk_by(|a, b| same_group(row, a.0, b.0)) {
            self.push_group(group, Some(group[0].0));
        }
        self.row_start.push(index(self.groups.len()));
    }

    fn push_group(&mut self, ties: &[(f64, PersonIndex)], most: Option<f64>) {
        let start = index(self.ties.len());
        self.ties.extend(ties.iter().map(|&(chance, influencer)| Tie {
            influencer,
            keep: keep(chance / most.unwrap_or(1.0)),
        }));
        let ln_missed = most.map(|chance| (-chance).ln_1p());
        self.groups.push(Group {
            start,
            end: index(self.ties.len()),
            leap: ln_missed.map_or(0.0, |ln| single(1.0 / ln)),
            none: ln_missed.map_or(0.0, |ln| single((ln * ties.len() as f64).exp())),
        });
    }

    /// Breadth first, so that the horizon is a number of levels.
    fn search(&self, rng: &mut Stream, met: &mut Met, members: &mut Vec<PersonIndex>) {
        let mut at = members.len() - 1;
        for _ in 0..self.horizon {
            let level_end = members.len();
            if at == level_end {
                break;
            }
            while at < level_end {
                let person = members[at] as usize;
                at += 1;
                let row = self.row_start[person] as usize..self.row_start[person + 1] as usize;
                for group in &self.groups[row] {
                    self.draw_group(group, rng, |influencer| {
                        if met.is_new(influencer) {
                            members.push(influencer);
                        }
                    });
                }
            }
        }
    }

    fn draw_group(&self, group: &Group, rng: &mut Stream, mut live: impl FnMut(PersonIndex)) {
        let mut ties = &self.ties[group.start as usize..group.end as usize];
        if group.leap >= 0.0 {
            for tie in ties {
                if bits(rng) <= tie.keep {
                    live(tie.influencer);
                }
            }
            return;
        }
        let mut uniform = unit(rng);
        // The first leap mostly ends the row; no logarithm is needed to see that.
        if uniform <= group.none {
            return;
        }
        loop {
            let leap = place(f64::from(uniform.ln() * group.leap));
            let Some(tie) = ties.get(leap) else { return };
            if tie.keep == u32::MAX || bits(rng) <= tie.keep {
                live(tie.influencer);
            }
            ties = &ties[leap + 1..];
            uniform = unit(rng);
        }
    }
}

/// Chances count as similar when they are in the same power of two below the row's largest.
fn same_group(row: &[(f64, PersonIndex)], a: f64, b: f64) -> bool {
    let most = row[0].0;
    (most / a).log2().floor() >= (most / b).log2().floor()
}

/// Rows of the linear threshold model: sums of the weights up to and including each tie.
pub(super) struct Walk {
    row_start: Vec<u32>,
    influencers: Vec<PersonIndex>,
    up_to: Vec<f64>,
    /// Per row, one over the weight of a tie where all weigh the same, else 0.
    one_over_weight: Vec<f64>,
    presence: f64,
    horizon: u64,
}

impl Walk {
    fn prepare(model: &Model) -> Self {
        let graph = model.graph();
        let mut walk = Self {
            row_start: vec![0],
            influencers: Vec::with_capacity(graph.arcs()),
            up_to: Vec::with_capacity(graph.arcs()),
            one_over_weight: Vec::with_capacity(graph.people()),
            presence: model.scenario().presence,
            horizon: model.scenario().steps.into(),
        };
        for person in (0..).take(graph.people()) {
            let arcs = graph.arcs_into(person);
            let weights = || arcs.iter().map(|&arc| model.weight(arc as usize));
            let first = weights().next().unwrap_or(0.0);
            let even = first > 0.0 && weights().all(|weight| (weight - first).abs() < 1e-12);
            walk.one_over_weight.push(if even { 1.0 / first } else { 0.0 });
            let mut sum = 0.0;
            for (&influencer, weight) in graph.influences_on(person).iter().zip(weights()) {
                sum += weight;
                walk.influencers.push(influencer);
                walk.up_to.push(sum);
            }
            // Weights meant to sum to 1 leave no gap to fall into by rounding.
            if let Some(last) = walk.up_to.last_mut().filter(|_| sum > 1.0 - 1e-9) {
                *last = f64::INFINITY;
            }
            walk.row_start.push(index(walk.influencers.len()));
        }
        walk
    }

    fn walk(
        &self,
        root: PersonIndex,
        rng: &mut Stream,
        met: &mut Met,
        members: &mut Vec<PersonIndex>,
    ) {
        let mut person = root as usize;
        let mut steps = 0;
        loop {
            // Someone convinced adopts in the next step in which they are present.
            steps += 1 + self.steps_absent(rng);
            let row = self.row_start[person] as usize..self.row_start[person + 1] as usize;
            let heard = f64::from(bits(rng)) / 2_f64.powi(32);
            let even = self.one_over_weight[person];
            let live = if even > 0.0 {
                place(heard * even)
            } else {
                self.up_to[row.clone()].partition_point(|&up_to| up_to <= heard)
            };
            let Some(&influencer) = self.influencers[row].get(live) else { return };
            if steps > self.horizon || !met.is_new(influencer) {
                return;
            }
            members.push(influencer);
            person = influencer as usize;
        }
    }

    /// Steps missed before the first one in which a person is present.
    fn steps_absent(&self, rng: &mut Stream) -> u64 {
        if self.presence >= 1.0 {
            return 0;
        }
        if self.presence <= 0.0 {
            return self.horizon;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a wait is at least 0 and at most the horizon"
        )]
        let missed =
            (f64::from(unit(rng)).ln() / (-self.presence).ln_1p()).min(self.horizon as f64) as u64;
        missed
    }
}

/// A place in a row, rounded down; one that is too large is beyond every row.
fn place(value: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at least 0, and saturates"
    )]
    let place = value as usize;
    place
}

/// 32 random bits.
fn bits(rng: &mut Stream) -> u32 {
    rng.next_u32()
}

/// Uniform in (0, 1].
fn unit(rng: &mut Stream) -> f32 {
    ((bits(rng) >> 8) + 1) as f32 / (1_u32 << 24) as f32
}

/// `bits <= keep(chance)` happens with `chance`; chances of 0 are not asked for.
fn keep(chance: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates: chance 1 always keeps"
    )]
    let keep = (chance * 2_f64.powi(32) - 1.0).round() as u32;
    keep
}

#[expect(clippy::cast_possible_truncation, reason = "six digits of a chance are plenty")]
fn single(value: f64) -> f32 {
    value as f32
}

fn index(position: usize) -> u32 {
    u32::try_from(position).expect("fewer than 2^32 arcs")
}
