//! Survey tables in which everybody names others in columns side by side: `id,toa,net1,net2,net3`.
//!
//! Who is named influences who names them (science.md 0.1). Columns of several questions, `net1_1 …
//! net2_1 …`, all count: two questions that name the same person are two ties.

use std::collections::BTreeMap;

use super::clean::shown;
use super::reading::Reading;
use super::record::PersonKey;
use super::tie_records::{Direction, TieRecord};
use crate::network::EvidenceKind;

/// What such columns are called, before their numbers.
const STEMS: &[&str] = &[
    "net",
    "network",
    "nom",
    "nomin",
    "nominee",
    "nominated",
    "nomination",
    "named",
    "namedperson",
    "alter",
    "alterid",
    "friend",
    "advice",
    "adviser",
    "advisor",
    "discuss",
    "discussion",
    "peer",
    "talk",
    "talksto",
    "leader",
    "contactid",
];

/// Positions of the columns in which others are named; empty unless there are two or more.
pub(super) fn columns(keys: &[String]) -> Vec<usize> {
    let is_one = |key: &String| {
        let stem = key.trim_end_matches(|c: char| c.is_ascii_digit());
        stem.len() < key.len() && STEMS.contains(&stem)
    };
    let found: Vec<usize> = (0..keys.len()).filter(|&at| is_one(&keys[at])).collect();
    if found.len() > 1 { found } else { Vec::new() }
}

/// Who named whom, gathered row by row.
#[derive(Default)]
pub(super) struct Nominations {
    named: Vec<(u32, String)>,
}

impl Nominations {
    /// Notes that the person at this position names somebody in `cell`; `among` makes that an id
    /// of the whole table.
    pub fn note(&mut self, by: u32, cell: &str, among: &dyn Fn(&str) -> String) {
        let named = shown(cell);
        let nobody = ["", "0", ".", "-", "na", "n/a", "nan", "null", "none", "-1", "99", "999"];
        if !nobody.contains(&named.to_lowercase().as_str()) {
            // Software writes whole numbers with a fraction where some are missing.
            self.named.push((by, among(named.strip_suffix(".0").unwrap_or(&named))));
        }
    }

    /// Makes ties of the namings of people who are in the table; the others are counted.
    pub fn finish(self, reading: &mut Reading) {
        let mut position: BTreeMap<&str, Option<u32>> = BTreeMap::new();
        let mut strangers = 0;
        let mut ties = Vec::new();
        for (by, named) in &self.named {
            let at = *position
                .entry(named)
                .or_insert_with(|| reading.find(&PersonKey::Node(named.as_str().into())));
            match at {
                Some(at) if at != *by => {
                    ties.push(TieRecord::new(*by, at, Direction::Attention, EvidenceKind::Listed));
                }
                Some(_) => {}
                None => strangers += 1,
            }
        }
        for tie in ties {
            reading.tie(tie);
        }
        if strangers > 0 {
            reading.note(
                0,
                format!("left out where people who are not in this table are named: {strangers}"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_name_others_come_in_numbers() {
        let keys = |header: &str| header.split(',').map(str::to_owned).collect::<Vec<String>>();
        assert_eq!(columns(&keys("id,toa,net11,net12,net21")), [2, 3, 4]);
        assert_eq!(columns(&keys("name,friend1,friend2,age")), [1, 2]);
        assert!(columns(&keys("id,net1,phone1,phone2")).is_empty());
        assert!(columns(&keys("net,friend,id")).is_empty());
    }
}
