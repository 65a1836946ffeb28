//! Columns of what is known of people: which are worth grouping by, and rules made of them.

use std::sync::Arc;

use egui::{ComboBox, Ui};

use super::chip::{Chip, ChipClick};
use super::person::capitalized;
use super::picks::{self, Choices, Edit, PicksMemory};
use crate::network::{Groups, Network, fact};
use crate::project::{ColumnRule, KnownColumn, Results};

/// What views remember of the columns of one network.
#[derive(Debug, Default)]
pub struct ColumnsMemory {
    network: Option<Arc<Network>>,
    all: Arc<[KnownColumn]>,
    columns: Vec<KnownColumn>,
    groups: Option<(String, Groups)>,
}

impl ColumnsMemory {
    /// Columns worth grouping by, the most widely known first.
    pub fn columns(&self) -> &[KnownColumn] {
        &self.columns
    }

    /// Every column, the most widely known first.
    pub fn all(&self) -> &[KnownColumn] {
        &self.all
    }

    /// The groups that one column makes.
    pub fn groups(&mut self, network: &Network, column: &str) -> &Groups {
        if self.groups.as_ref().is_some_and(|(known, _)| known != column) {
            self.groups = None;
        }
        let make = || (column.to_owned(), Groups::of(&network.people, column));
        &self.groups.get_or_insert_with(make).1
    }

    /// Forgets what is of another network. Once per frame, before any view asks.
    pub fn keep_up_with(&mut self, results: &Results) {
        if !self.network.as_ref().is_some_and(|it| Arc::ptr_eq(it, &results.network)) {
            let people = results.network.people.len();
            self.network = Some(Arc::clone(&results.network));
            self.all = Arc::clone(results.columns());
            // Whoever makes a group means it, however few are in it.
            let is_worth =
                |(name, column): &&KnownColumn| name == fact::GROUP || column.tells_groups(people);
            self.columns = self.all.iter().filter(is_worth).cloned().collect();
            self.groups = None;
        }
    }
}

/// A menu of columns; answers which one was chosen.
pub fn menu(
    ui: &mut Ui,
    (label, now): (&str, Option<&str>),
    none: &str,
    memory: &ColumnsMemory,
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
                for (column, _) in memory.columns() {
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

/// Which rule of a list is open, and how far its editor is.
#[derive(Debug, Default)]
pub struct RulesMemory {
    /// Column of the rule that is open.
    pub open: Option<String>,
    picks: PicksMemory,
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
    (memory, own): (&ColumnsMemory, &mut RulesMemory),
) -> Option<Vec<ColumnRule>> {
    let mut changed = None;
    ui.horizontal_wrapped(|ui| {
        for (at, rule) in rules.iter().enumerate() {
            let text = capitalized(&rule.in_words());
            let chip = Chip {
                text: &text,
                remove: words.remove,
                tip: "Click to change",
                is_open: own.open.as_ref() == Some(&rule.column),
            };
            match chip.show(ui) {
                Some(ChipClick::Open) => own.open = Some(rule.column.clone()),
                Some(ChipClick::Remove) => {
                    let mut rest = rules.to_vec();
                    rest.remove(at);
                    changed = Some(rest);
                }
                None => {}
            }
        }
    });
    if let Some(chosen) = menu(ui, (words.choose, own.open.as_deref()), "a column…", memory) {
        own.open = chosen;
    }
    let Some(column) = own.open.clone() else { return changed };
    let rule = rules.iter().find(|it| it.column == column);
    let told = memory.columns().iter().find(|(name, _)| *name == column);
    if let Some((_, told)) = told {
        let source = Choices::of_column(&column, told, network.people.len());
        let edit = picks::editor(ui, &source, rule.map(|it| &it.picks), &mut own.picks);
        if let Some(edit) = edit {
            let mut all: Vec<ColumnRule> =
                rules.iter().filter(|it| it.column != column).cloned().collect();
            if let Edit::Set(picks, _) = edit {
                all.push(ColumnRule { column, picks });
            }
            changed = Some(all);
        }
    }
    changed
}
