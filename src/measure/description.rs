//! What a measure is: the question it answers, and how to read its number.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::distances::Distances;
use super::subject::Subject;
use super::survey::{Estimate, Survey};
use super::{MEASURES, find};
use crate::network::InfluenceGraph;

/// One question about people or about the whole network, answered in numbers.
///
/// Each measure describes itself in its own file; [`MEASURES`] lists them all, and whoever offers
/// measures walks that list.
pub struct Measure {
    /// Name in JSON, in saved projects and on the command line.
    pub key: &'static str,
    /// The term of art.
    pub label: &'static str,
    /// The question the number answers, in plain words.
    pub question: &'static str,
    /// What the number is: which way influence is followed, what ties weigh, what it is over.
    pub meaning: &'static str,
    /// What the number counts.
    pub unit: Unit,
    /// Whether the lowest number answers the question, as with constraint.
    pub lowest_first: bool,
    pub(super) method: Method,
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// People (or groups of them), 0 or more.
    Count,
    /// A share of something, in 0..=1.
    Share,
    /// A balance, in -1..=1.
    Balance,
    /// Any other number.
    Number,
}

impl Unit {
    /// A number in as many digits as tell something: "12", "38.9 %", "+0.25", "0.0123".
    pub fn shown(self, value: f64) -> String {
        match self {
            _ if value.is_nan() => "–".to_owned(),
            Self::Count => format!("{value:.0}"),
            Self::Share if value > 0.0 && value < 0.001 => format!("{:.4} %", 100.0 * value),
            Self::Share => format!("{:.1} %", 100.0 * value),
            Self::Balance => format!("{value:+.2}"),
            Self::Number if value.fract() == 0.0 || value.abs() >= 100.0 => format!("{value:.0}"),
            Self::Number if value.abs() >= 1.0 => format!("{value:.1}"),
            Self::Number => format!("{value:.4}"),
        }
    }
}

/// How a measure is worked out.
pub(super) enum Method {
    /// One number per person, at once.
    People(fn(&Subject<'_>) -> Vec<f64>),
    /// One number for the whole network, at once.
    Network(fn(&Subject<'_>) -> f64),
    /// One number per person, read off everyone's distances, which are searched once for all.
    Distances(fn(&Distances) -> Estimate),
    /// One number per person, by a long search of paths.
    Betweenness,
}

impl Measure {
    /// Whether there is one number per person, and not only one for the whole network.
    pub fn is_of_people(&self) -> bool {
        !matches!(self.method, Method::Network(_))
    }

    /// Whether it takes no longer than reading all ties some hundred times.
    pub fn is_quick(&self) -> bool {
        matches!(self.method, Method::People(_) | Method::Network(_))
    }

    /// The numbers for everyone in `graph`, in person order, or the one of the network; NaN where
    /// undefined. Takes as long as it takes; [`Survey`] does the same in steps.
    pub fn compute(&'static self, graph: &InfluenceGraph) -> Vec<f64> {
        self.of(&Subject::new(graph)).values
    }

    /// As [`Self::compute`], of more than a graph, with the error where the numbers are estimates.
    pub fn of(&'static self, subject: &Subject<'_>) -> Estimate {
        let mut survey = Survey::new(subject, [self]);
        while !survey.is_done() {
            survey.step();
        }
        survey.finish().remove(0).estimate
    }
}

impl fmt::Debug for Measure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.key)
    }
}

impl PartialEq for Measure {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Measure {}

impl Serialize for Measure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key)
    }
}

impl<'de> Deserialize<'de> for &'static Measure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = String::deserialize(deserializer)?;
        find(&key).ok_or_else(|| {
            let known: Vec<&str> = MEASURES.iter().map(|it| it.key).collect();
            de::Error::custom(format!(
                "there is no measure \"{key}\"; there are {}",
                known.join(", ")
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_the_digits_that_tell_something() {
        let shown = |unit: Unit, value| unit.shown(value);
        assert_eq!(shown(Unit::Count, 12.0), "12");
        assert_eq!(shown(Unit::Share, 0.38889), "38.9 %");
        assert_eq!(shown(Unit::Share, 0.000_25), "0.0250 %");
        assert_eq!(shown(Unit::Balance, 0.25), "+0.25");
        assert_eq!(shown(Unit::Number, 1234.5678), "1235");
        assert_eq!(shown(Unit::Number, 0.01234), "0.0123");
        assert_eq!(shown(Unit::Share, f64::NAN), "–");
    }

    #[test]
    fn a_saved_measure_is_its_key() {
        let measure = find("betweenness").unwrap();
        assert_eq!(serde_json::to_string(measure).unwrap(), "\"betweenness\"");
        assert_eq!(serde_json::from_str::<&'static Measure>("\"betweenness\"").unwrap(), measure);
        let error = serde_json::from_str::<&'static Measure>("\"charm\"").unwrap_err();
        assert!(error.to_string().contains("no measure \"charm\"; there are degree, audience"));
    }
}
