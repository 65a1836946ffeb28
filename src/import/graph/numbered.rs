//! Nodes that a file knows by number, with a name where it gives one: Pajek, UCINET, bare matrices.
//!
//! A number is only a place in one file, so where names tell the nodes apart, the name is the id.

use std::collections::{BTreeMap, BTreeSet};

use super::attributes::Attributes;
use super::build::GraphBuilder;

/// Nodes with neither name nor tie are told as long as they are no more than this, or than a tenth
/// of the bytes of the file: a few bytes can claim billions.
const MAX_UNTOLD: usize = 10_000;

/// Numbers from 1 to a count, some with names, in up to two modes.
#[derive(Default)]
pub(super) struct Numbered {
    count: usize,
    /// Nodes of the first of two modes; the count itself where there is one mode.
    first_mode: usize,
    /// Line and name by number.
    names: BTreeMap<usize, (usize, String)>,
    positions: BTreeMap<usize, u32>,
    names_are_ids: bool,
    max_untold: usize,
}

impl Numbered {
    /// Nodes 1 to `count`, of which those up to `first_mode` are of the first mode, in a file of so
    /// many bytes.
    pub fn new(count: usize, first_mode: usize, bytes: usize) -> Self {
        Self { count, first_mode, max_untold: MAX_UNTOLD.max(bytes / 10), ..Self::default() }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// How many are of the first mode.
    pub fn first_mode(&self) -> usize {
        self.first_mode
    }

    /// Names a number; the first name counts. False beyond the count.
    pub fn name(&mut self, line: usize, number: usize, name: &str) -> bool {
        let fits = (1..=self.count).contains(&number);
        if fits {
            self.names.entry(number).or_insert_with(|| (line, name.trim().to_owned()));
        }
        fits
    }

    /// Adds everyone who is named (or all, where they are few) in the order of their numbers.
    pub fn tell(&mut self, builder: &mut GraphBuilder<'_>) {
        let distinct: BTreeSet<&str> = self.names.values().map(|(_, name)| name.as_str()).collect();
        let is_number = |name: &str| name.parse::<usize>().is_ok();
        self.names_are_ids = distinct.len() == self.names.len()
            && !distinct.contains("")
            && (self.names.len() == self.count || !distinct.iter().any(|name| is_number(name)));
        let named: Vec<usize> = self.names.keys().copied().collect();
        let is_few = self.count <= self.max_untold;
        let numbers: Vec<usize> = if is_few { (1..=self.count).collect() } else { named };
        for number in numbers {
            if let Some((line, name)) = self.names.get(&number) {
                let id = self.id(number);
                builder.node(*line, &id, name, &Attributes::default());
            }
            self.position(number, builder);
        }
        if !is_few && self.count > self.names.len() {
            builder.reading.warn(
                0,
                format!(
                    "the file says {} nodes; those with neither name nor tie are left out",
                    self.count
                ),
            );
        }
    }

    /// The person of a number; `None` beyond the count.
    pub fn position(&mut self, number: usize, builder: &mut GraphBuilder<'_>) -> Option<u32> {
        if !(1..=self.count).contains(&number) {
            return None;
        }
        if let Some(&known) = self.positions.get(&number) {
            return Some(known);
        }
        let position = builder.end(&self.id(number))?;
        if self.first_mode < self.count {
            builder.fact(position, "mode", if number <= self.first_mode { "1" } else { "2" });
        }
        self.positions.insert(number, position);
        Some(position)
    }

    fn id(&self, number: usize) -> String {
        match self.names.get(&number) {
            Some((_, name)) if self.names_are_ids => name.clone(),
            _ => number.to_string(),
        }
    }
}
