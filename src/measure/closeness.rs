//! Closeness and harmonic closeness: how soon a person's word is with everybody.

use super::description::{Measure, Method, Unit};
use super::distances::{Distances, Sums};
use super::survey::{Estimate, Sample};

pub(super) const CLOSENESS: Measure = Measure {
    key: "closeness",
    label: "closeness",
    question: "Whose word is soon with everyone they can reach?",
    meaning: "1 over the mean number of steps to those within reach along influence, times the \
              share of people within reach; all ties alike.",
    unit: Unit::Share,
    lowest_first: false,
    method: Method::Distances(closeness),
};

pub(super) const HARMONIC: Measure = Measure {
    key: "harmonic",
    label: "harmonic closeness",
    question: "Who hears and spreads fastest?",
    meaning: "1 over the number of steps to each other person along influence, added up; nobody \
              is left out where the network is in pieces; all ties alike.",
    unit: Unit::Number,
    lowest_first: false,
    method: Method::Distances(harmonic),
};

/// Share of others within reach over the mean distance to them; 0 for who reaches nobody.
/// Source: Wasserman & Faust 1994, formula 5.22.
fn closeness(distances: &Distances) -> Estimate {
    let targets = distances.targets as f64;
    // A draw may be the person, who is at no distance to themselves.
    let scale = if distances.bound.is_some() { 1.0 + 1.0 / distances.others as f64 } else { 1.0 };
    let of = |reached: f64, distance: f64| {
        if distance > 0.0 { scale * reached * reached / distance / targets } else { 0.0 }
    };
    let values = distances.sums.iter().map(|it| of(it.reached, it.distance)).collect();
    // Closeness is (share reached)² over the mean of distances, each with its own bound. That of
    // distances takes the longest met for the longest there is, as Eppstein & Wang's does.
    let error = |sums: &Sums| {
        let bound = distances.bound?;
        let (share, mean) = (sums.reached / targets, sums.distance / targets);
        let share_off = bound.around(share, share, 1.0);
        let range = distances.longest as f64;
        let mean_off = bound.around(mean, sums.distance_squared / targets, range);
        let value = of(sums.reached, sums.distance);
        let least = scale * (share - share_off).max(0.0).powi(2) / (mean + mean_off);
        // Nobody is nearer than one step, so closeness is at most the share within reach.
        let most_reached = (share + share_off).min(1.0);
        let shortest = (mean - mean_off).max(most_reached * most_reached);
        let most = (scale * most_reached.powi(2) / shortest).min(most_reached);
        Some((most - value).max(value - least))
    };
    Estimate { values, sample: sample(distances, error) }
}

/// Nearness to all others, added up. Source: Marchiori & Latora 2000.
fn harmonic(distances: &Distances) -> Estimate {
    let (targets, others) = (distances.targets.max(1) as f64, distances.others as f64);
    let scale = if distances.bound.is_some() { (others + 1.0) / targets } else { 1.0 };
    let values = distances.sums.iter().map(|it| it.nearness * scale).collect();
    let error = |sums: &Sums| {
        let bound = distances.bound?;
        let (mean, of_squares) = (sums.nearness / targets, sums.nearness_squared / targets);
        Some(bound.around(mean, of_squares, 1.0) * (others + 1.0))
    };
    Estimate { values, sample: sample(distances, error) }
}

/// The largest error of anybody.
fn sample(distances: &Distances, error: impl Fn(&Sums) -> Option<f64>) -> Option<Sample> {
    let error = distances.sums.iter().filter_map(error).reduce(f64::max)?;
    Some(Sample { size: distances.targets, error })
}
