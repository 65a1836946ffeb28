//! Columns of what is known of people: which are worth grouping by, and rules made of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{ComboBox, DragValue, ScrollArea, Ui};

use super::icon::{self, Icon};
use super::person::capitalized;
use super::text::shown_name;
use super::widgets::{grouped, hint};
use crate::network::{Column, ColumnKind, Groups, Network, fact};
use crate::project::{ColumnRule, Picks};

/// Values listed to choose from; the most frequent ones.
const MOST_VALUES: usize = 200;

/// What views remember of the columns of one network: counting them takes a while.
#[derive(Debug, Default)]
pub struct ColumnsMemory {
    network: Option<Arc<Network>>,
    columns: Vec<(String, Column)>,
    groups: Option<(String, Groups)>,
}

impl ColumnsMemory {
    /// Columns worth grouping by, the most widely known first.
    pub fn columns(&mut self, network: &Arc<Network>) -> &[(String, Column)] {
        self.keep_up_with(network);
        &self.columns
    }

    /// The groups that one column makes.
    pub fn groups(&mut self, network: &Arc<Network>, column: &str) -> &Groups {
        self.keep_up_with(network);
        if self.groups.as_ref().is_some_and(|(known, _)| known != column) {
            self.groups = None;
        }
        let make = || (column.to_owned(), Groups::of(&network.people, column));
        &self.groups.get_or_insert_with(make).1
    }

    fn keep_up_with(&mut self, network: &Arc<Network>) {
        if !self.network.as_ref().is_some_and(|it| Arc::ptr_eq(it, network)) {
            self.network = Some(Arc::clone(network));
            self.columns = worth_grouping_by(network);
            self.groups = None;
        }
    }
}

fn worth_grouping_by(network: &Network) -> Vec<(String, Column)> {
    let people = &network.people;
    let names: BTreeSet<&str> = people.iter().flat_map(|it| it.facts.columns()).collect();
    let mut columns: Vec<(String, Column)> = names
        .into_iter()
        .map(|name| (name.to_owned(), Column::of(people, name)))
        // Whoever makes a group means it, however few are in it.
        .filter(|(name, column)| name == fact::GROUP || column.tells_groups(people.len()))
        .collect();
    columns.sort_by_key(|(_, column)| std::cmp::Reverse(column.known));
    columns
}

/// A menu of columns; answers which one was chosen.
pub fn menu(
    ui: &mut Ui,
    (label, now): (&str, Option<&str>),
    (none, network): (&str, &Arc<Network>),
    memory: &mut ColumnsMemory,
) -> Option<Option<String>> {
    let mut chosen = None;
    ui.horizontal(|ui| {
        let label = ui.label(label);
        let width = (ui.available_width() - 14.0).max(80.0);
        let shown = now.map_or_else(|| none.to_owned(), capitalized);
        ComboBox::from_id_salt(label.id)
            .selected_text(shown)
            .width(width)
            .show_ui(ui, |ui| {
                if ui.selectable_label(now.is_none(), none).clicked() {
                    chosen = Some(None);
                }
                for (column, _) in memory.columns(network) {
                    let here = now == Some(column.as_str());
                    if ui.selectable_label(here, capitalized(column)).clicked() {
                        chosen = Some(Some(column.clone()));
                    }
                }
            })
            .response
            .labelled_by(label.id);
    });
    chosen
}

/// How a list of rules speaks of itself.
#[derive(Clone, Copy, Debug)]
pub struct RuleWords {
    /// Before the menu of columns: "Filter by".
    pub choose: &'static str,
    /// Before a rule on the button that takes it away: "Remove filter".
    pub remove: &'static str,
}

/// Shows rules as chips, and a place to make or change one; answers the rules when they changed.
pub fn rules(
    ui: &mut Ui,
    words: RuleWords,
    (network, rules): (&Arc<Network>, &[ColumnRule]),
    (memory, open): (&mut ColumnsMemory, &mut Option<String>),
) -> Option<Vec<ColumnRule>> {
    let mut changed = None;
    for (at, rule) in rules.iter().enumerate() {
        ui.horizontal(|ui| {
            let text = capitalized(&rule.in_words());
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let name = format!("{} {text}", words.remove);
                if icon::small_button(ui, Icon::Close, &name, words.remove).clicked() {
                    let mut rest = rules.to_vec();
                    rest.remove(at);
                    changed = Some(rest);
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let chip = ui.add(egui::Label::new(shown_name(&text)).truncate());
                    if chip.on_hover_text("Click to change").clicked() {
                        *open = Some(rule.column.clone());
                    }
                });
            });
        });
    }
    if let Some(chosen) = menu(ui, (words.choose, open.as_deref()), ("a column…", network), memory)
    {
        *open = chosen;
    }
    let Some(column) = open.clone() else { return changed };
    let rule = rules.iter().find(|it| it.column == column);
    let told = memory.columns(network).iter().find(|(name, _)| *name == column);
    if let Some((_, told)) = told {
        let people = network.people.len();
        let edit = editor(ui, (&column, told, people), rule.map(|it| &it.picks));
        if let Some(edit) = edit {
            let mut all: Vec<ColumnRule> =
                rules.iter().filter(|it| it.column != column).cloned().collect();
            if let Edit::Set(picks) = edit {
                all.push(ColumnRule { column, picks });
            }
            changed = Some(all);
        }
    }
    changed
}

/// What a person made of a rule.
enum Edit {
    /// The rule picks this now.
    Set(Picks),
    /// The rule picks everyone or nobody, and goes.
    Drop,
}

/// Lets a person pick entries; answers what changed.
fn editor(
    ui: &mut Ui,
    (name, column, people): (&str, &Column, usize),
    now: Option<&Picks>,
) -> Option<Edit> {
    match (column.kind, column.range()) {
        (kind @ (ColumnKind::Number | ColumnKind::Date), Some(whole)) => {
            range(ui, (name, kind), whole, now)
        }
        _ => values(ui, name, column, people, now),
    }
}

fn values(
    ui: &mut Ui,
    name: &str,
    column: &Column,
    people: usize,
    now: Option<&Picks>,
) -> Option<Edit> {
    let picked = match now {
        Some(Picks::OneOf(values)) => values.clone(),
        _ => BTreeSet::new(),
    };
    let mut changed = None;
    let missing = people - column.known;
    let missing = (missing > 0).then(|| (String::new(), missing));
    let shown = column.values.iter().take(MOST_VALUES).chain(&missing);
    ScrollArea::vertical().id_salt(("values", name)).max_height(170.0).show(ui, |ui| {
        for (value, count) in shown {
            let mut on = picked.contains(value);
            let label = if value.is_empty() { "Not given".to_owned() } else { shown_name(value) };
            if ui.checkbox(&mut on, format!("{label} ({})", grouped(*count))).changed() {
                let mut values = picked.clone();
                if on {
                    values.insert(value.clone());
                } else {
                    values.remove(value);
                }
                changed = Some(if values.is_empty() {
                    Edit::Drop
                } else {
                    Edit::Set(Picks::OneOf(values))
                });
            }
        }
    });
    if column.values.len() > MOST_VALUES {
        hint(ui, format!("and {} rarer ones", grouped(column.values.len() - MOST_VALUES)));
    }
    changed
}

fn range(
    ui: &mut Ui,
    (name, kind): (&str, ColumnKind),
    (least, greatest): (f64, f64),
    now: Option<&Picks>,
) -> Option<Edit> {
    let (mut low, mut high) = match now {
        Some(Picks::Numbers { low, high } | Picks::Days { low, high }) => (*low, *high),
        _ => (least, greatest),
    };
    let mut changed = false;
    ui.horizontal(|ui| {
        for (end, label) in [(&mut low, "from"), (&mut high, "to")] {
            let drag = DragValue::new(end)
                .range(least..=greatest)
                .speed(((greatest - least) / 200.0).max(0.01))
                .custom_formatter(|number, _| kind.shown(number))
                .custom_parser(|text| kind.number(text.trim()));
            ui.label(label);
            let drag = ui.add(drag).accessible_name(format!("{} {label}", capitalized(name)));
            changed |= drag.changed();
        }
    });
    changed.then(|| {
        let high = high.max(low);
        match kind {
            _ if low <= least && high >= greatest => Edit::Drop,
            ColumnKind::Date => Edit::Set(Picks::Days { low, high }),
            _ => Edit::Set(Picks::Numbers { low, high }),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Person;

    #[test]
    fn columns_that_name_everybody_or_nobody_are_not_offered() {
        let person = |i: usize| {
            let mut person = Person::default();
            person.facts.insert("client", format!("Client {}", i % 3));
            person.facts.insert("email", format!("p{i}@example.org"));
            person.facts.insert("followers", (i * 7).to_string());
            person.facts.insert("kind", "person");
            person
        };
        let network = Network { people: (0..30).map(person).collect(), ..Network::default() };
        let columns = worth_grouping_by(&network);
        let names: Vec<&str> = columns.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(names, ["client", "followers"]);
    }
}
