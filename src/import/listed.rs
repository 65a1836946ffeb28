//! What a row of an edge list, or an edge of a graph file, says of its tie.
//!
//! A probability is a tie's value. Weights that are whole numbers throughout (and not all 1) count
//! traces; any other weight is a value. A weight that changes over time, as Gephi writes it
//! (`<[2019, 2020, 1]; [2020, 2021, 3]>`), is read as its latest.

use super::reading::Reading;
use super::record::{Direction, TieRecord, TieRecords};
use crate::network::{Channel, EvidenceKind, TieValue};

/// Names of the column, key or attribute that holds the one end.
pub(super) const SOURCE: &[&str] = &[
    "source",
    "from",
    "vertex1",
    "ego",
    "src",
    "influencer",
    "sourceid",
    "fromid",
    "node1",
    "nodea",
    "person1",
    "persona",
    "sender",
    "follower",
    "nominator",
    "respondent",
    "chooser",
];
/// Names of what holds the other end.
pub(super) const TARGET: &[&str] = &[
    "target",
    "to",
    "vertex2",
    "alter",
    "dst",
    "audience",
    "targetid",
    "toid",
    "node2",
    "nodeb",
    "person2",
    "personb",
    "recipient",
    "destination",
    "followee",
    "followed",
    "nominee",
    "nominated",
    "chosen",
];
/// Names of the end that listens to the other one: who is named influences who names them.
pub(super) const LISTENERS: &[&str] = &["follower", "nominator", "respondent", "chooser"];
/// Names of what holds the probability that influence passes.
pub(super) const PROBABILITY: &[&str] = &["probability", "p", "prob", "influenceprobability"];
/// Names of what holds the weight, the surest first.
pub(super) const WEIGHT: &[&str] =
    &["weight", "edgeweight", "w", "strength", "value", "count", "messages"];
/// Names of what tells whether a tie has a direction.
pub(super) const TYPE: &[&str] = &["type", "directed", "edgetype"];
/// Names of what holds the channel.
pub(super) const CHANNEL: &[&str] = &["channel", "layer", "medium"];
/// Names of what says which kind of tie it is, in words.
pub(super) const RELATION: &[&str] = &["relationship", "relation"];

/// The words of one row, trimmed; empty where the file has none.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Words<'w> {
    pub probability: &'w str,
    pub weight: &'w str,
    /// `Directed`, `Undirected`, `true` …
    pub kind: &'w str,
    pub channel: &'w str,
    /// `Mentions`, `Follows` …
    pub relation: &'w str,
}

/// Makes ties of rows, and remembers what only all rows together tell.
#[derive(Default)]
pub(super) struct ListedTies {
    /// Rows name first who attends.
    follows: bool,
    /// There are probabilities, so weights are left alone.
    has_probability: bool,
    /// Some word said which kind of tie a row is.
    pub relation_told: bool,
    directed_rows: usize,
    undirected_rows: usize,
    told: Told,
}

/// What is told once, however many rows it concerns.
#[derive(Default)]
struct Told {
    unknown_kind: bool,
    unknown_channel: bool,
    change: bool,
}

impl ListedTies {
    /// For rows that name first who attends (a list of followers), or that have a probability.
    pub fn new(follows: bool, has_probability: bool) -> Self {
        Self { follows, has_probability, ..Self::default() }
    }

    /// The tie of a row of which nothing but its ends is known, without these.
    pub fn bare(&self) -> TieRecord {
        TieRecord::new(0, 0, self.usual_direction(), EvidenceKind::Listed)
    }

    /// The tie of one row, whose ends are not known yet.
    pub fn tie(&mut self, line: usize, words: Words<'_>, reading: &mut Reading) -> TieRecord {
        let (kind, direction) = self.kind_and_direction(line, words, reading);
        let mut tie = TieRecord::new(0, 0, direction, kind);
        if !words.probability.is_empty() {
            self.has_probability = true;
            tie.value = number(words.probability)
                .filter(|it| (0.0..=1.0).contains(it))
                .and_then(TieValue::new);
            if tie.value.is_none() {
                let text = words.probability;
                reading.warn(
                    line,
                    format!("probability {text:?} is not a number from 0 to 1; left out"),
                );
            }
        } else if !self.has_probability && !words.weight.is_empty() {
            tie.value = self.weight(line, words.weight, reading).and_then(TieValue::new);
        }
        if !words.channel.is_empty() {
            tie.channel = self.channel(line, words.channel, reading);
        }
        tie
    }

    /// Says whether the rows have a direction, and turns whole-number weights into counts.
    pub fn finish(&self, reading: &mut Reading) {
        reading.directed = match (self.directed_rows, self.undirected_rows) {
            (0, 0) => self.follows.then_some(true),
            (directed, _) => Some(directed > 0),
        };
        if !self.has_probability {
            count_whole_weights(reading.ties_mut());
        }
    }

    fn kind_and_direction(
        &mut self,
        line: usize,
        words: Words<'_>,
        reading: &mut Reading,
    ) -> (EvidenceKind, Direction) {
        if words.kind.is_empty() && words.relation.is_empty() {
            return (EvidenceKind::Listed, self.usual_direction());
        }
        let told = is_directed(words.kind);
        match told {
            Some(true) => self.directed_rows += 1,
            Some(false) => self.undirected_rows += 1,
            None => {}
        }
        let relation = kind_named(words.relation)
            .or_else(|| if told.is_none() { kind_named(words.kind) } else { None });
        if let Some(kind) = relation {
            self.relation_told = true;
            return (kind, Direction::Attention);
        }
        if told.is_none() && !words.kind.is_empty() && !self.told.unknown_kind {
            self.told.unknown_kind = true;
            let text = words.kind;
            reading.warn(line, format!("type {text:?} is neither Directed nor Undirected"));
        }
        let direction = match told {
            Some(false) => Direction::Mutual,
            _ => self.usual_direction(),
        };
        (EvidenceKind::Listed, direction)
    }

    fn usual_direction(&self) -> Direction {
        if self.follows { Direction::Attention } else { Direction::Influence }
    }

    fn weight(&mut self, line: usize, text: &str, reading: &mut Reading) -> Option<f64> {
        let mut weight = number(text);
        if weight.is_none() {
            weight = latest(text);
            if weight.is_some() && !self.told.change {
                self.told.change = true;
                reading.note(line, "weights change over time; the latest of each tie counts");
            }
        }
        let weight = weight.filter(|it| *it >= 0.0);
        if weight.is_none() {
            reading.warn(line, format!("weight {text:?} is not a number of 0 or more; left out"));
        }
        weight
    }

    fn channel(&mut self, line: usize, text: &str, reading: &mut Reading) -> Option<Channel> {
        let channel = channel_named(text);
        if channel.is_none() && !self.told.unknown_channel {
            self.told.unknown_channel = true;
            reading.warn(
                line,
                format!("channel {text:?} is none of online, mail, phone, face to face, referral; left out"),
            );
        }
        channel
    }
}

/// What a word says about direction; `None` when it says nothing.
pub(super) fn is_directed(word: &str) -> Option<bool> {
    const DIRECTED: [&str; 8] = ["directed", "true", "yes", "1", "d", "t", "y", "arc"];
    const UNDIRECTED: [&str; 10] =
        ["undirected", "mutual", "false", "no", "0", "u", "f", "n", "both", "bidirectional"];
    let is_one_of = |words: &[&str]| words.iter().any(|it| it.eq_ignore_ascii_case(word));
    if word.is_empty() {
        None
    } else if is_one_of(&DIRECTED) {
        Some(true)
    } else if is_one_of(&UNDIRECTED) {
        Some(false)
    } else {
        None
    }
}

/// The kinds of tie that graphs of social networks name: all of them go to whom attention goes.
fn kind_named(word: &str) -> Option<EvidenceKind> {
    let begins_with =
        |start: &str| word.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start));
    if begins_with("follow") {
        Some(EvidenceKind::Follow)
    } else if ["mention", "repl", "retweet", "quote"].into_iter().any(begins_with) {
        Some(EvidenceKind::Mention)
    } else {
        None
    }
}

/// Whole-number weights, not all of them 1, count traces.
fn count_whole_weights(ties: &mut TieRecords) {
    let weights = || ties.values().map(TieValue::get);
    let whole = weights().all(|it| it >= 1.0 && it.fract() == 0.0 && it <= f64::from(u32::MAX));
    if !whole || !weights().any(|it| it > 1.0) {
        return;
    }
    for at in 0..ties.len() {
        ties.update(at, |tie| {
            if let Some(weight) = tie.value.take().map(TieValue::get) {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "whole and within u32, checked above"
                )]
                let count = weight as u32;
                tie.count = count;
            }
        });
    }
}

/// A number with decimal point or comma, or a percentage.
pub(super) fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    if let Some(percent) = text.strip_suffix('%') {
        return number(percent).map(|it| it / 100.0);
    }
    let parsed = text.parse().or_else(|_| text.replacen(',', ".", 1).parse());
    parsed.ok().filter(|it: &f64| it.is_finite())
}

/// The last value of a weight over time: `<[from, to, value]; [when, value]>`.
fn latest(text: &str) -> Option<f64> {
    let spans = text.trim().strip_prefix('<')?.strip_suffix('>')?;
    let last = spans.rsplit(';').map(str::trim).find(|it| !it.is_empty())?;
    let (_, value) = last.trim_matches(['[', ']', '(', ')']).rsplit_once(',')?;
    number(value)
}

fn channel_named(text: &str) -> Option<Channel> {
    match super::clean::header_key(text).as_str() {
        "online" | "social" | "chat" | "web" | "message" => Some(Channel::Online),
        "mail" | "email" => Some(Channel::Mail),
        "phone" | "telephone" | "call" => Some(Channel::Phone),
        "facetoface" | "f2f" | "offline" | "inperson" | "meeting" | "event" | "office" => {
            Some(Channel::FaceToFace)
        }
        "referral" | "introduction" => Some(Channel::Referral),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ties of rows of a weight, a type and a relation: value, count, kind, direction.
    fn ties(rows: &[(&str, &str, &str)]) -> Vec<String> {
        let mut reading = Reading::default();
        let mut listed = ListedTies::default();
        for &(weight, kind, relation) in rows {
            let words = Words { weight, kind, relation, ..Words::default() };
            let tie = listed.tie(1, words, &mut reading);
            reading.tie(TieRecord { to: 1, ..tie });
        }
        listed.finish(&mut reading);
        let told =
            |it: TieRecord| format!("{:?} {} {:?} {:?}", it.value, it.count, it.kind, it.direction);
        reading.ties_mut().iter().map(told).collect()
    }

    #[test]
    fn weights_are_values_or_counts() {
        let influence = |told: &str| format!("{told} Listed Influence");
        let of = |weights: [&str; 2]| ties(&weights.map(|it| (it, "", "")));
        assert_eq!(of(["3", "1"]), [influence("None 3"), influence("None 1")]);
        assert_eq!(of(["1,33", "2"]), [influence("Some(1.33) 1"), influence("Some(2.0) 1")]);
        assert_eq!(
            of(["<[1.0, 2, 1]; [2.0, 3, 4.5]>", "<[2022-09-01, 3.0]>"]),
            [influence("Some(4.5) 1"), influence("Some(3.0) 1")]
        );
        assert_eq!(of(["<[]>", "-1"]), [influence("None 1"), influence("None 1")]);
    }

    #[test]
    fn words_tell_direction_and_kind() {
        for (kind, relation, expected) in [
            ("Directed", "", "Listed Influence"),
            ("undirected", "", "Listed Mutual"),
            ("Mutual", "", "Listed Mutual"),
            ("friend", "", "Listed Influence"),
            ("", "Followed", "Follow Attention"),
            ("", "Replies to", "Mention Attention"),
            ("Mentions", "", "Mention Attention"),
            ("", "Deputy chief", "Listed Influence"),
        ] {
            assert_eq!(ties(&[("", kind, relation)]), [format!("None 1 {expected}")], "{kind}");
        }
    }
}
