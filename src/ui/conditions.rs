//! What sets of seeds are allowed: who must and must not be one, groups, introductions.

use egui::{ComboBox, Ui};

use super::actions::Action;
use super::budget::{change, drag, only_if, refusal};
use super::columns::ColumnsMemory;
use super::field::{NumberField, reason};
use super::icon::{self, Icon};
use super::person::capitalized;
use super::state::{Desk, Subject};
use super::text::shown_name;
use super::widgets::{card, heading, hint};
use crate::network::{Column, ColumnKind, fact};
use crate::project::{ColumnRule, GroupCondition, Picks, Warm, WarmFrom};
use crate::seeding::{Bound, GroupBy};

/// Entries of the column of tags that are offered as beginnings of introductions.
const MOST_TAGS: usize = 30;

/// Shows the card.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, columns: &mut ColumnsMemory, actions: &mut Vec<Action>) {
    card(ui, |ui| {
        heading(ui, "Conditions");
        hint(
            ui,
            "What every choice must keep to; the answer says what each of them costs in reach",
        );
        ui.add_space(2.0);
        named(ui, desk, actions);
        groups(ui, desk, columns, actions);
        warm(ui, desk, actions);
    });
}

/// Who must be a seed and who must not.
fn named(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let settings = &desk.project.decisions().seed_settings;
    let results = desk.project.results();
    let lists =
        [("Must be a seed", &settings.include, true), ("Never a seed", &settings.exclude, false)];
    for (title, ids, is_in) in lists {
        for id in ids {
            let person = results.person(id);
            let name = person.map_or(id.as_str(), |it| &*results.network.people[it as usize].name);
            ui.horizontal(|ui| {
                hint(ui, format!("{title}:"));
                let link = ui.link(shown_name(name));
                if let Some(person) = person.filter(|_| link.clicked()) {
                    actions.push(Action::GoTo(person));
                }
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let remove = format!("No longer “{title}”: {}", shown_name(name));
                    if icon::small_button(ui, Icon::Close, &remove, "Drop this condition").clicked()
                    {
                        mark(
                            desk,
                            actions,
                            std::slice::from_ref(id),
                            if is_in { Mark::NoMust } else { Mark::NoNever },
                        );
                    }
                });
            });
        }
    }
    let selected: Vec<String> = desk
        .state
        .selected
        .iter()
        .filter_map(|&it| Some(results.network.people.get(it as usize)?.id.to_string()))
        .collect();
    ui.horizontal_wrapped(|ui| {
        ui.add_enabled_ui(!selected.is_empty(), |ui| {
            if ui.small_button("Selected must be seeds").clicked() {
                mark(desk, actions, &selected, Mark::Must);
            }
            if ui.small_button("Selected never").clicked() {
                mark(desk, actions, &selected, Mark::Never);
            }
        });
    });
    refusal(ui, desk, &[Subject::Named]);
}

/// What is to become of people by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// They must be seeds.
    Must,
    /// They need not any more.
    NoMust,
    /// They must not be seeds.
    Never,
    /// They may be again.
    NoNever,
}

/// Marks people by id.
pub fn mark(desk: &Desk<'_>, actions: &mut Vec<Action>, ids: &[String], mark: Mark) {
    let label = match mark {
        Mark::Must => "Mark as a must-have seed",
        Mark::NoMust => "No longer a must-have seed",
        Mark::Never => "Mark as never a seed",
        Mark::NoNever => "Allow as a seed again",
    };
    change(desk, actions, label, |settings| {
        settings.include.retain(|it| !ids.contains(it));
        if mark != Mark::NoMust {
            settings.exclude.retain(|it| !ids.contains(it));
        }
        match mark {
            Mark::Must => settings.include.extend_from_slice(ids),
            Mark::Never => settings.exclude.extend_from_slice(ids),
            Mark::NoMust | Mark::NoNever => {}
        }
    });
}

fn groups(ui: &mut Ui, desk: &Desk<'_>, columns: &mut ColumnsMemory, actions: &mut Vec<Action>) {
    let settings = &desk.project.decisions().seed_settings;
    for (at, condition) in settings.groups.iter().enumerate() {
        let mut refused = None;
        ui.horizontal(|ui| {
            if let Bound::AtMost(mut most) = condition.bound {
                let check = |it: f64| {
                    let why = || "At most 0 leaves nobody: rule people out instead".to_owned();
                    only_if(it >= 1.0, why)
                };
                ui.label("At most");
                let name = format!("At most per {}", condition.by.label());
                let edited = NumberField::new(&name, 1.0..=50.0, &check).inline(ui, &mut most);
                if edited.changed {
                    drag(desk, actions, "Change a condition on groups", |it| {
                        it.groups[at].bound = Bound::AtMost(most);
                    });
                }
                refused = edited.refused;
                ui.label(format!("per {}", condition.by.label()));
            } else {
                ui.label(condition.in_words());
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let remove = format!("Drop: {}", condition.in_words());
                if icon::small_button(ui, Icon::Close, &remove, "Drop this condition").clicked() {
                    change(desk, actions, "Drop a condition on groups", |it| {
                        it.groups.remove(at);
                    });
                }
            });
        });
        reason(ui, refused.as_deref());
    }
    for (label, bound) in
        [("At most 1 per", Bound::AtMost(1)), ("At least one per", Bound::AtLeastOne)]
    {
        if let Some(by) = menu(ui, label, columns) {
            let condition = GroupCondition { by, bound };
            let same = |it: &GroupCondition| {
                it.by == condition.by
                    && (it.bound == Bound::AtLeastOne) == (bound == Bound::AtLeastOne)
            };
            if !settings.groups.iter().any(same) {
                change(desk, actions, "Add a condition on groups", |it| it.groups.push(condition));
            }
        }
    }
    refusal(ui, desk, &[Subject::Groups]);
}

/// A menu of what divides people into groups.
fn menu(ui: &mut Ui, label: &str, columns: &ColumnsMemory) -> Option<GroupBy> {
    let mut chosen = None;
    ui.horizontal(|ui| {
        let name = ui.label(label);
        let width = ui.available_width() - 4.0;
        ComboBox::from_id_salt(name.id)
            .selected_text("a column…")
            .width(width)
            .show_ui(ui, |ui| {
                let known = columns.columns().iter();
                let told = known.filter(|(_, column)| column.kind == ColumnKind::Text);
                let by_column = told.map(|(name, _)| GroupBy::Column(name.clone()));
                for by in by_column.chain([GroupBy::Neighborhood]) {
                    if ui.selectable_label(false, capitalized(by.label())).clicked() {
                        chosen = Some(by);
                    }
                }
            })
            .response
            .labelled_by(name.id);
    });
    chosen
}

fn warm(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let now = desk.project.decisions().seed_settings.warm.clone();
    let mut on = now.is_some();
    let text = "Only people I can be introduced to";
    if ui.checkbox(&mut on, text).changed() {
        let warm = on.then_some(Warm { from: WarmFrom::Owners, steps: 2 });
        change(desk, actions, "Change who can be introduced", |it| it.warm = warm);
    }
    if let Some(warm) = now {
        let mut steps = warm.steps;
        let any = |_: f64| Ok(());
        ui.horizontal(|ui| {
            ui.label("within");
            let field = NumberField::new("Introductions", 0.0..=6.0, &any);
            if field.inline(ui, &mut steps).changed {
                let warm = Warm { steps, ..warm.clone() };
                drag(desk, actions, "Change who can be introduced", |it| it.warm = Some(warm));
            }
            ui.label(if steps == 1 { "step of" } else { "steps of" });
            if let Some(from) = beginnings(ui, desk, &warm) {
                let warm = Warm { from, ..warm };
                change(desk, actions, "Change who can be introduced", |it| it.warm = Some(warm));
            }
        });
        hint(
            ui,
            "A step leads to people who listen to those before; 1 is whom they know themselves",
        );
    }
    refusal(ui, desk, &[Subject::Warm]);
}

/// A menu of where introductions begin.
fn beginnings(ui: &mut Ui, desk: &Desk<'_>, warm: &Warm) -> Option<WarmFrom> {
    let label = |from: &WarmFrom| match from {
        WarmFrom::Owners => "the owners of the exports".to_owned(),
        WarmFrom::Picked(rule) => rule.in_words(),
    };
    let mut chosen = None;
    let width = ui.available_width() - 4.0;
    ComboBox::from_id_salt("introductions").selected_text(label(&warm.from)).width(width).show_ui(
        ui,
        |ui| {
            let tags = Column::of(&desk.project.results().network.people, fact::TAGS);
            let tagged = tags.values.into_iter().take(MOST_TAGS).map(|(tag, _)| {
                WarmFrom::Picked(ColumnRule {
                    column: fact::TAGS.to_owned(),
                    picks: Picks::OneOf([tag].into()),
                })
            });
            for from in std::iter::once(WarmFrom::Owners).chain(tagged) {
                if ui.selectable_label(from == warm.from, label(&from)).clicked() {
                    chosen = Some(from);
                }
            }
        },
    );
    chosen.filter(|it| *it != warm.from)
}
