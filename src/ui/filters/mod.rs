//! Whom the map shows: rows of rules as chips.
//!
//! Rules of a row all have to hold ("and"), one row is enough ("or"), and each rule can be turned
//! round ("not").

mod channels;
mod fields;
mod saved;

use egui::{Frame, Margin, RichText, Ui};

use super::actions::Action;
use super::chip::{Chip, ChipClick};
use super::columns::ColumnsMemory;
use super::commands::Command;
use super::icon::{self, Icon};
use super::person::capitalized;
use super::picks::{self, Edit, PicksMemory};
use super::state::Desk;
use super::theme::palette;
use super::widgets::{card, counted, heading, hint};
use crate::project::{Field, Filter, Rule};
pub use channels::channel_in_words;
use saved::Naming;

/// What the card remembers between frames.
#[derive(Debug, Default)]
pub struct FiltersMemory {
    open: Option<Open>,
    picks: PicksMemory,
    naming: Option<Naming>,
}

/// The rule whose editor is open. It may be about to be made, or taken back meanwhile: then there is
/// no such rule at its place, and the first thing picked makes one.
#[derive(Clone, Debug)]
struct Open {
    row: usize,
    at: usize,
    field: Field,
    not: bool,
}

impl Open {
    /// The rule, if it is there.
    fn rule<'a>(&self, filter: &'a Filter) -> Option<&'a Rule> {
        filter.any_of.get(self.row)?.get(self.at).filter(|it| it.field == self.field)
    }
}

/// Shows the card.
pub fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    columns: &ColumnsMemory,
    memory: &mut FiltersMemory,
    actions: &mut Vec<Action>,
) {
    if desk.project.results().network.people.is_empty() {
        return;
    }
    card(ui, |ui| {
        heading(ui, "Filter");
        saved::show(ui, desk, &mut memory.naming, actions);
        let filter = &desk.project.decisions().filters.now;
        for row in 0..filter.any_of.len() {
            if row > 0 {
                hint(ui, "or");
            }
            show_row(ui, desk, (columns, memory), row, actions);
        }
        let new_row = filter.any_of.len();
        let label = if new_row == 0 { "Show only by…" } else { "or…" };
        let tip = "Show people who meet something else, too";
        if let Some(field) = add(ui, label, tip, columns) {
            memory.open = Some(Open { row: new_row, at: 0, field, not: false });
        }
        if memory.open.as_ref().is_some_and(|it| it.row >= new_row) {
            editor(ui, desk, (columns, memory), actions);
        }
        count(ui, desk, actions);
        channels::show(ui, desk, actions);
    });
}

/// A button with a menu of what to filter by.
fn add(ui: &mut Ui, label: &str, tip: &str, columns: &ColumnsMemory) -> Option<Field> {
    let menu = ui.menu_button(label, |ui| fields::menu(ui, columns));
    let chosen = menu.inner.flatten();
    menu.response.on_hover_text(tip);
    chosen
}

/// One row of chips, with the editor below when one of them is open.
fn show_row(
    ui: &mut Ui,
    desk: &Desk<'_>,
    (columns, memory): (&ColumnsMemory, &mut FiltersMemory),
    row: usize,
    actions: &mut Vec<Action>,
) {
    let filter = &desk.project.decisions().filters.now;
    let rules = &filter.any_of[row];
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (at, rule) in rules.iter().enumerate() {
            let is_open = memory.open.as_ref().is_some_and(|it| (it.row, it.at) == (row, at));
            let text = capitalized(&rule.in_words());
            let tip = format!("{}: click to change", fields::in_menu(&rule.field));
            let chip = Chip { text: &text, remove: "Remove filter", tip: &tip, is_open };
            match chip.show(ui) {
                Some(ChipClick::Open) if is_open => memory.open = None,
                Some(ChipClick::Open) => {
                    let (field, not) = (rule.field.clone(), rule.not);
                    memory.open = Some(Open { row, at, field, not });
                }
                Some(ChipClick::Remove) => {
                    memory.open = None;
                    actions.push(Action::SetFilter(Box::new(without(filter, row, at)), false));
                }
                None => {}
            }
        }
        if let Some(field) = add(ui, "and…", "Show only those of them who meet this, too", columns)
        {
            memory.open = Some(Open { row, at: rules.len(), field, not: false });
        }
    });
    for rule in rules {
        if let Some(why) = fields::why_unknown(desk, &rule.field) {
            hint(ui, format!("{}: {why}", capitalized(rule.field.label())));
        }
    }
    if memory.open.as_ref().is_some_and(|it| it.row == row) {
        editor(ui, desk, (columns, memory), actions);
    }
}

/// Lets a person change the rule that is open.
fn editor(
    ui: &mut Ui,
    desk: &Desk<'_>,
    (columns, memory): (&ColumnsMemory, &mut FiltersMemory),
    actions: &mut Vec<Action>,
) {
    let filter = &desk.project.decisions().filters.now;
    let Some(open) = &mut memory.open else { return };
    let rule = open.rule(filter);
    if let Some(rule) = rule {
        open.not = rule.not;
    }
    let mut close = false;
    let mut edit = None;
    let frame = Frame::new().inner_margin(Margin { left: 10, right: 2, top: 2, bottom: 4 });
    let frame = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
            close = icon::small_button(ui, Icon::Close, "Close filter", "Done").clicked();
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Min), |ui| {
                let title = RichText::new(fields::in_menu(&open.field)).strong();
                ui.add(egui::Label::new(title).wrap());
            });
        });
        if let Some(choices) = fields::choices(desk, columns, &open.field) {
            edit = picks::editor(ui, &choices, rule.map(|it| &it.picks), &mut memory.picks);
        } else {
            if let Field::Measured(measure) = open.field
                && desk.state.measure_in_question != Some(measure)
            {
                actions.push(Action::AskForMeasure(measure));
            }
            hint(ui, fields::why_unknown(desk, &open.field).unwrap_or("Nobody has this now."));
        }
        let mut not = open.not;
        let label = "All but these (not)";
        if ui.checkbox(&mut not, label).changed() {
            open.not = not;
            if let Some(rule) = rule {
                let rule = Rule { not, ..rule.clone() };
                let changed = with(filter, open, Some(rule));
                actions.push(Action::SetFilter(Box::new(changed), false));
            }
        }
    });
    let bar = frame.response.rect;
    let stroke = egui::Stroke::new(2.0, palette(ui.visuals()).accent_soft);
    ui.painter().vline(bar.left() + 2.0, bar.y_range(), stroke);
    if let Some(edit) = edit {
        let (rule, dragged) = match edit {
            Edit::Set(picks, dragged) => {
                (Some(Rule { field: open.field.clone(), picks, not: open.not }), dragged)
            }
            Edit::Drop => (None, false),
        };
        let changed = with(filter, open, rule);
        actions.push(Action::SetFilter(Box::new(changed), dragged));
    }
    if close {
        memory.open = None;
    }
}

/// The filter with the open rule as it is to be, or without it. `open` goes where the rule is then.
fn with(filter: &Filter, open: &mut Open, rule: Option<Rule>) -> Filter {
    let is_there = open.rule(filter).is_some();
    let mut filter = filter.clone();
    match (rule, is_there) {
        (Some(rule), true) => filter.any_of[open.row][open.at] = rule,
        (Some(rule), false) => {
            if open.row >= filter.any_of.len() {
                open.row = filter.any_of.len();
                filter.any_of.push(Vec::new());
            }
            let row = &mut filter.any_of[open.row];
            open.at = row.len();
            row.push(rule);
        }
        (None, true) => {
            let rows = filter.any_of.len();
            filter = without(&filter, open.row, open.at);
            // The editor stays for another choice: behind the others of its row, or in a new one.
            if filter.any_of.len() < rows {
                open.row = filter.any_of.len();
            }
            open.at = filter.any_of.get(open.row).map_or(0, Vec::len);
        }
        (None, false) => {}
    }
    filter
}

/// The filter without one rule, and without its row when nothing else is in it.
fn without(filter: &Filter, row: usize, at: usize) -> Filter {
    let mut filter = filter.clone();
    filter.any_of[row].remove(at);
    filter.any_of.retain(|rules| !rules.is_empty());
    filter
}

/// How many are shown and hidden, and a way to take those shown to hand.
fn count(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let hidden = &desk.findings.hidden;
    if desk.project.decisions().filters.now.is_empty() && hidden.count == 0 {
        return;
    }
    let shown = desk.project.results().network.people.len() - hidden.count;
    ui.horizontal(|ui| {
        ui.label(format!("{} shown", crate::words::people(shown)));
        let select = ui.add_enabled(shown > 0, egui::Button::new("Select").small());
        if select.on_hover_text("Select everyone who is shown").clicked() {
            actions.push(Action::Do(Command::SelectAll));
        }
    });
    if hidden.count > 0 {
        let people = crate::words::people(hidden.count);
        let ties = counted(hidden.ties, "tie", "ties");
        let stay = "They stay in the network and the forecast.";
        hint(ui, format!("{people} and {ties} hidden. {stay}"));
    }
    if hidden.by_hand > 0 {
        ui.horizontal_wrapped(|ui| {
            hint(ui, format!("{} hidden by hand", crate::words::people(hidden.by_hand)));
            let words = Command::ShowHidden.words();
            if ui.small_button("Bring them back").on_hover_text(words.tip).clicked() {
                actions.push(Action::Do(Command::ShowHidden));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Picks;

    fn rule(column: &str) -> Rule {
        let picks = Picks::Contains("a".to_owned());
        Rule { field: Field::Column(column.to_owned()), picks, not: false }
    }

    fn open(row: usize, at: usize, column: &str) -> Open {
        Open { row, at, field: Field::Column(column.to_owned()), not: false }
    }

    #[test]
    fn the_open_rule_is_made_changed_and_dropped_where_it_is() {
        let mut place = open(0, 0, "client");
        let one = with(&Filter::default(), &mut place, Some(rule("client")));
        assert_eq!(one.in_words(), "client: contains “a”");
        let mut and = open(0, 1, "site");
        let two = with(&one, &mut and, Some(rule("site")));
        assert_eq!(two.in_words(), "client: contains “a” and site: contains “a”");
        let not = Rule { not: true, ..rule("site") };
        let two = with(&two, &mut and, Some(not));
        let mut or = open(1, 0, "tags");
        let three = with(&two, &mut or, Some(rule("tags")));
        assert_eq!(
            three.in_words(),
            "client: contains “a” and not site: contains “a” or tags: contains “a”"
        );
        // A rule that is dropped leaves its editor where it can be made again.
        let dropped = with(&with(&three, &mut place, None), &mut and, None);
        assert_eq!(dropped.in_words(), "not site: contains “a” or tags: contains “a”", "not there");
        let again = with(&dropped, &mut place, Some(rule("client")));
        assert_eq!(
            again.in_words(),
            "not site: contains “a” and client: contains “a” or tags: contains “a”"
        );
    }

    #[test]
    fn a_rule_taken_back_meanwhile_does_no_harm() {
        let mut gone = open(4, 7, "client");
        assert_eq!(with(&Filter::default(), &mut gone, None), Filter::default());
        let made = with(&Filter::default(), &mut gone, Some(rule("client")));
        assert_eq!((made.any_of.len(), gone.row, gone.at), (1, 0, 0));
        let mut alone = open(0, 0, "client");
        assert_eq!(with(&made, &mut alone, None), Filter::default());
        assert_eq!((alone.row, alone.at), (0, 0));
    }
}
