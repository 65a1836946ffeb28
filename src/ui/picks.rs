//! Picking entries: a list to tick and search, or a range of numbers or days.

use std::borrow::Cow;
use std::collections::BTreeSet;

use egui::{ScrollArea, TextEdit, Ui};

use super::person::capitalized;
use super::spread::{self, Scale, Spread};
use super::state::MeasureColumn;
use super::text::shown_name;
use super::widgets::{grouped, hint};
use crate::measure::Unit;
use crate::network::{Column, ColumnKind, fold, number};
use crate::project::Picks;

/// Entries listed at once; more are found by searching.
const MOST_VALUES: usize = 100;

/// What there is to pick from.
pub struct Choices<'a> {
    /// "Company".
    pub name: String,
    /// What those without an entry are called, and how many they are.
    pub missing: (&'static str, usize),
    /// The entries.
    pub entries: Entries<'a>,
}

/// Entries to pick from.
pub enum Entries<'a> {
    /// Words, each with the number of people who have it.
    Words(Cow<'a, [(String, usize)]>),
    /// Text of which nothing is listed; it can be searched.
    Text,
    /// Numbers or days of a column.
    Column(&'a Column),
    /// A measure.
    Measure(&'a MeasureColumn),
}

impl<'a> Choices<'a> {
    /// The entries of a column.
    pub fn of_column(name: &str, column: &'a Column, people: usize) -> Self {
        let entries = match column.kind {
            ColumnKind::Number | ColumnKind::Date => Entries::Column(column),
            ColumnKind::Text if column.values.is_empty() => Entries::Text,
            ColumnKind::Text => Entries::Words(Cow::Borrowed(&column.values)),
        };
        Self { name: capitalized(name), missing: ("Not given", people - column.known), entries }
    }
}

/// What a person made of a rule.
pub enum Edit {
    /// The rule picks this now; true while a number is being dragged.
    Set(Picks, bool),
    /// The rule picks nothing any more, and goes.
    Drop,
}

/// What the editor remembers between frames.
#[derive(Debug, Default)]
pub struct PicksMemory {
    /// Name of what is being edited.
    about: String,
    search: String,
    /// With the number of people it was made of and where these are, to know when it is of others.
    spread: Option<((usize, usize), Spread)>,
}

/// Lets a person pick; answers what changed.
pub fn editor(
    ui: &mut Ui,
    choices: &Choices<'_>,
    now: Option<&Picks>,
    memory: &mut PicksMemory,
) -> Option<Edit> {
    if memory.about != choices.name {
        *memory = PicksMemory { about: choices.name.clone(), ..PicksMemory::default() };
        if let Some(Picks::Contains(text)) = now {
            memory.search.clone_from(text);
        }
    }
    match &choices.entries {
        Entries::Words(values) => words(ui, choices, values, now, memory),
        Entries::Text => text(ui, choices, now, memory),
        Entries::Column(column) => {
            let made_of = (std::ptr::from_ref(*column).addr(), column.known);
            let kind = column.kind;
            let numbers = || {
                let of = |(value, count): &(String, usize)| Some((kind.number(value)?, *count));
                column.values.iter().filter_map(of).collect()
            };
            numbers_or_none(ui, choices, (made_of, &numbers, &kind), now, memory)
        }
        Entries::Measure(measured) => {
            let values = &measured.estimate.values;
            let made_of = (std::ptr::from_ref(*measured).addr(), values.len());
            let numbers = || values.iter().map(|&value| (value, 1_usize)).collect();
            let scale = (made_of, &numbers as &dyn Fn() -> _, &measured.measure.unit as &dyn Scale);
            numbers_or_none(ui, choices, scale, now, memory)
        }
    }
}

/// A list to tick, the most frequent first, with a search.
fn words(
    ui: &mut Ui,
    choices: &Choices<'_>,
    values: &[(String, usize)],
    now: Option<&Picks>,
    memory: &mut PicksMemory,
) -> Option<Edit> {
    /// Lists up to here are seen at a glance.
    const SHORT: usize = 8;
    let mut edit = None;
    if values.len() > SHORT {
        search_field(ui, &format!("Search {}", choices.name), memory);
        edit = contains(ui, now, memory);
    }
    let picked = match now {
        Some(Picks::OneOf(values)) => values.clone(),
        _ => BTreeSet::new(),
    };
    let wanted = fold(memory.search.trim());
    let missing = (choices.missing.1 > 0).then(|| (String::new(), choices.missing.1));
    let mut found = values.iter().filter(|(value, _)| fold(value).contains(&wanted));
    // What is picked stays in sight however rare it is.
    let gone = picked.iter().filter(|it| !it.is_empty() && !values.iter().any(|(v, _)| v == *it));
    let gone: Vec<(String, usize)> = gone.map(|it| (it.clone(), 0)).collect();
    let shown: Vec<&(String, usize)> = found.by_ref().take(MOST_VALUES).collect();
    let rest = found.count();
    let nothing = shown.is_empty() && !wanted.is_empty();
    ScrollArea::vertical().id_salt(("values", &choices.name)).max_height(176.0).show(ui, |ui| {
        for (value, count) in gone.iter().chain(shown).chain(&missing) {
            let mut on = picked.contains(value);
            let label =
                if value.is_empty() { choices.missing.0.to_owned() } else { shown_name(value) };
            if ui.checkbox(&mut on, format!("{label} ({})", grouped(*count))).changed() {
                let mut values = picked.clone();
                if on {
                    values.insert(value.clone());
                } else {
                    values.remove(value);
                }
                edit = Some(if values.is_empty() {
                    Edit::Drop
                } else {
                    Edit::Set(Picks::OneOf(values), false)
                });
            }
        }
    });
    if nothing {
        hint(ui, "No entry has this in it");
    }
    if rest > 0 {
        hint(ui, format!("and {} rarer ones: search for them", grouped(rest)));
    }
    edit
}

fn search_field(ui: &mut Ui, name: &str, memory: &mut PicksMemory) -> egui::Response {
    let width = ui.available_width() - 8.0;
    let field = TextEdit::singleline(&mut memory.search).hint_text(name).desired_width(width);
    ui.add(field).accessible_name(name)
}

/// Offers to pick everything that has the searched text in it, now and later.
fn contains(ui: &mut Ui, now: Option<&Picks>, memory: &PicksMemory) -> Option<Edit> {
    let text = memory.search.trim();
    let mut on = matches!(now, Some(Picks::Contains(now)) if now == text);
    if text.is_empty() {
        return None;
    }
    let label = format!("Everything with “{text}” in it");
    ui.checkbox(&mut on, label)
        .changed()
        .then(|| if on { Edit::Set(Picks::Contains(text.to_owned()), false) } else { Edit::Drop })
}

/// A text to search for, which picks while it is typed.
fn text(
    ui: &mut Ui,
    choices: &Choices<'_>,
    now: Option<&Picks>,
    memory: &mut PicksMemory,
) -> Option<Edit> {
    let changed = search_field(ui, &format!("{} contains", choices.name), memory).changed();
    let text = memory.search.trim();
    if changed {
        let picks = || Edit::Set(Picks::Contains(text.to_owned()), true);
        return Some(if text.is_empty() { Edit::Drop } else { picks() });
    }
    missing(ui, choices, now)
}

/// Those without an entry, where there are any.
fn missing(ui: &mut Ui, choices: &Choices<'_>, now: Option<&Picks>) -> Option<Edit> {
    let (label, count) = choices.missing;
    let only_missing = Picks::OneOf(BTreeSet::from([String::new()]));
    let mut on = now == Some(&only_missing);
    if count == 0 && !on {
        return None;
    }
    let label = format!("{label} ({})", grouped(count));
    if !ui.checkbox(&mut on, label).changed() {
        return None;
    }
    Some(if on { Edit::Set(only_missing, false) } else { Edit::Drop })
}

/// What the bars are made of, the numbers with their counts, and how they are written.
type Numbers<'a> = ((usize, usize), &'a dyn Fn() -> Vec<(f64, usize)>, &'a dyn Scale);

fn numbers_or_none(
    ui: &mut Ui,
    choices: &Choices<'_>,
    (made_of, numbers, scale): Numbers<'_>,
    now: Option<&Picks>,
    memory: &mut PicksMemory,
) -> Option<Edit> {
    if memory.spread.as_ref().is_none_or(|(known, _)| *known != made_of) {
        memory.spread = Spread::of(&numbers()).map(|spread| (made_of, spread));
    }
    let Some((_, spread)) = &memory.spread else {
        hint(ui, "Nobody has a number here");
        return missing(ui, choices, now);
    };
    let is_days = matches!(&choices.entries, Entries::Column(it) if it.kind == ColumnKind::Date);
    let range = match now {
        Some(Picks::Numbers { low, high } | Picks::Days { low, high }) => (*low, *high),
        _ => spread.range(),
    };
    let changed = spread::range(ui, &choices.name, (spread, scale), range);
    let changed = changed.map(|((low, high), dragged)| {
        let picks = if is_days { Picks::Days { low, high } } else { Picks::Numbers { low, high } };
        Edit::Set(picks, dragged)
    });
    changed.or(missing(ui, choices, now))
}

impl Scale for ColumnKind {
    fn shown(&self, number: f64) -> String {
        (*self).shown(number)
    }

    fn read(&self, text: &str) -> Result<f64, String> {
        (*self).number(text).ok_or_else(|| match self {
            Self::Date => format!("“{text}” is no day; write it like 2026-11-30"),
            _ => format!("“{text}” is no number"),
        })
    }
}

impl Scale for Unit {
    fn shown(&self, number: f64) -> String {
        (*self).shown(number)
    }

    fn read(&self, text: &str) -> Result<f64, String> {
        let percent = if text.ends_with('%') { 0.01 } else { 1.0 };
        let read = number(text.trim_start_matches('+'));
        read.map(|it| it * percent).ok_or_else(|| format!("“{text}” is no number"))
    }
}
