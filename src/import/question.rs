//! What a file leaves open and only a person can tell.

use serde::{Deserialize, Serialize};

/// A question about one source. It is asked only where the answer changes what is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Question {
    /// Does the day or the month come first? No date of the file decides.
    DateOrder {
        /// The column, or what the dates belong to ("messages").
        column: String,
        /// A few of the dates as written.
        examples: Vec<String>,
    },
    /// Whose list is this? Everyone in it is tied to its owner, whom the file does not name.
    WhoseList {
        /// The network that the owner's account is on ("instagram"); empty for address books.
        platform: String,
    },
    /// Does the last period (or period 0) mean "not adopted"? Everyone has a period, and that one holds
    /// everyone left.
    LastPeriod {
        /// The column.
        column: String,
        /// That period as written.
        period: String,
    },
    /// Are the people whom two graph files give the same numbers the same people?
    SameNumbers {
        /// Name of the other file.
        other: String,
        /// A few of the numbers.
        examples: Vec<String>,
        /// A number that stands for two names: the number, the name here, the name there.
        names: Option<[String; 3]>,
        /// What is assumed until somebody answers.
        assumed_same: bool,
    },
    /// What do the columns mean? Nobody can be read from this table without knowing.
    Columns,
}

impl Question {
    /// The question as asked.
    pub fn in_words(&self) -> String {
        match self {
            Self::DateOrder { column, examples } => format!(
                "Does the day or the month come first in {column:?}? It holds dates like {}.",
                examples.join(", ")
            ),
            Self::WhoseList { platform } if platform.is_empty() => {
                "Whose list is this? Everyone in it is tied to its owner, whom the file does not \
                 name."
                    .to_owned()
            }
            Self::WhoseList { platform } => format!(
                "Whose {} list is this? Everyone in it is tied to its owner, whom the file does \
                 not name.",
                as_written(platform)
            ),
            Self::LastPeriod { column, period } if period == "0" => format!(
                "Does 0 in {column:?} mean \"not adopted\"? Many begin with it, and nobody is \
                 without a period."
            ),
            Self::LastPeriod { column, period } => format!(
                "Does {period} in {column:?} mean \"not adopted\"? It is the last period, and \
                 nobody is without one."
            ),
            Self::SameNumbers { other, examples, names, assumed_same } => {
                let numbers = examples.join(", ");
                let names = names.as_ref().map_or_else(String::new, |[number, here, there]| {
                    format!(" {number} is {here:?} here and {there:?} there.")
                });
                let assumed = if *assumed_same { "the same people" } else { "different people" };
                format!(
                    "Are {numbers} … in this file the same people as {numbers} … in {other}? Both \
                     files only number their people.{names} Until you say, they are {assumed}."
                )
            }
            Self::Columns => "What do the columns of this table mean?".to_owned(),
        }
    }
}

/// A platform as it writes its own name.
fn as_written(platform: &str) -> String {
    let own = [
        "Instagram",
        "Facebook",
        "LinkedIn",
        "X",
        "TikTok",
        "YouTube",
        "GitHub",
        "Mastodon",
        "Bluesky",
        "Threads",
        "Snapchat",
        "Reddit",
        "AIM",
    ];
    let known = own.into_iter().find(|name| name.eq_ignore_ascii_case(platform));
    known.unwrap_or(platform).to_owned()
}
