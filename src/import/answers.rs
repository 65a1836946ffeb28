//! What a person answered where a file leaves something open.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Answers to questions about files, by the path of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// Files whose dates put the day first (`03/04/2024` is the third of April) or, with `false`,
    /// the month.
    pub day_first: BTreeMap<String, bool>,
}
