//! Pushes from outside: what reaches whom, when and how strongly.

use egui::{ComboBox, RichText, TextEdit, Ui};

use super::actions::{Action, Selecting};
use super::columns::{self, ColumnsMemory, RuleWords, RulesMemory};
use super::field;
use super::icon::{self, Icon};
use super::playbook::number;
use super::state::Desk;
use super::text::shown_name;
use super::theme::palette;
use super::widgets::{card, counted, heading, hint};
use crate::diffusion::{PlaybookPush, PushKind, Reaches, Scenario, StepUnit};
use crate::network::{Person, PersonIndex};
use crate::project::ColumnRule;

/// What the card remembers between frames.
#[derive(Debug, Default)]
pub struct PushesMemory {
    /// Place of the push that is being changed.
    open: Option<usize>,
    /// Its name as it is being typed.
    name: String,
    /// The rule that is being made.
    rules: RulesMemory,
}

const WHAT: &str = "Change the pushes from outside";

/// Shows the card; says what was changed.
pub fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    columns: &mut ColumnsMemory,
    memory: &mut PushesMemory,
    scenario: &mut Scenario,
    actions: &mut Vec<Action>,
) -> Option<&'static str> {
    let mut changed = None;
    card(ui, |ui| {
        heading(ui, "Pushes from outside");
        hint(ui, "Each moves everyone it reaches with chance r per step, whoever they know");
        let (unit, horizon) = (scenario.step_unit, scenario.steps);
        let pushes = &mut scenario.playbook.pushes;
        if memory.open.is_some_and(|open| open >= pushes.len()) {
            memory.open = None;
        }
        let mut removed = None;
        for (at, push) in pushes.iter_mut().enumerate() {
            match row(ui, push, unit, memory.open == Some(at)) {
                Some(Clicked::Remove) => removed = Some(at),
                Some(Clicked::Open) if memory.open == Some(at) => memory.open = None,
                Some(Clicked::Open) => open(memory, at, push),
                None => {}
            }
            if push.from > horizon {
                let ink = palette(ui.visuals()).warn;
                let text = format!("Begins after the last {} that is simulated", unit.word(1));
                ui.label(RichText::new(text).small().color(ink));
            }
            if memory.open == Some(at) && editor(ui, desk, (columns, memory), (push, unit), actions)
            {
                changed = Some(WHAT);
            }
        }
        if let Some(at) = removed {
            pushes.remove(at);
            memory.open = None;
            changed = Some("Remove a push from outside");
        }
        if let Some(kind) = add(ui) {
            let mut push = PlaybookPush::usual(kind, usual_reach(desk, kind));
            push.name = free_name(pushes, &push.name);
            open(memory, pushes.len(), &push);
            pushes.push(push);
            changed = Some("Add a push from outside");
        }
    });
    changed
}

enum Clicked {
    Open,
    Remove,
}

fn open(memory: &mut PushesMemory, at: usize, push: &PlaybookPush) {
    memory.open = Some(at);
    memory.name.clone_from(&push.name);
    memory.rules.open = match &push.reaches {
        Reaches::Where(rule) => Some(rule.column.clone()),
        _ => None,
    };
}

/// Name and numbers of a push in one line each.
fn row(ui: &mut Ui, push: &PlaybookPush, unit: StepUnit, is_open: bool) -> Option<Clicked> {
    let mut clicked = None;
    ui.horizontal(|ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let name = format!("Remove push {}", push.name);
            if icon::small_button(ui, Icon::Close, &name, "Remove").clicked() {
                clicked = Some(Clicked::Remove);
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let text = RichText::new(shown_name(&push.name));
                let text = if is_open { text.strong() } else { text };
                let tip = if is_open { "Close" } else { "Change" };
                if ui.link(text).on_hover_text(tip).clicked() {
                    clicked = Some(Clicked::Open);
                }
            });
        });
    });
    hint(ui, push.in_words(unit));
    clicked
}

fn add(ui: &mut Ui) -> Option<PushKind> {
    let mut chosen = None;
    let width = ui.available_width() - 4.0;
    ComboBox::from_id_salt("add push")
        .selected_text("Add a push…")
        .width(width)
        .show_ui(ui, |ui| {
            for kind in PushKind::ALL {
                if ui.selectable_label(false, kind.label()).clicked() {
                    chosen = Some(kind);
                }
            }
        })
        .response
        .accessible_name("Add a push");
    chosen
}

/// A trade show begins with the people who are selected.
fn usual_reach(desk: &Desk<'_>, kind: PushKind) -> Reaches {
    let selected = ids(desk);
    if kind == PushKind::TradeShow && !selected.is_empty() {
        Reaches::People(selected)
    } else {
        Reaches::Everyone
    }
}

/// Ids of the people who are selected.
fn ids(desk: &Desk<'_>) -> Vec<String> {
    let people = &desk.project.results().network.people;
    let id = |&person: &PersonIndex| people.get(person as usize).map(|it| it.id.to_string());
    desk.state.selected.iter().filter_map(id).collect()
}

fn free_name(pushes: &[PlaybookPush], name: &str) -> String {
    let is_free = |name: &str| pushes.iter().all(|it| it.name != name);
    let numbered = (2..).map(|number| format!("{name} {number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|it| is_free(it)).unwrap_or_default()
}

/// The settings of one push; says whether one was changed.
fn editor(
    ui: &mut Ui,
    desk: &Desk<'_>,
    (columns, memory): (&mut ColumnsMemory, &mut PushesMemory),
    (push, unit): (&mut PlaybookPush, StepUnit),
    actions: &mut Vec<Action>,
) -> bool {
    let mut changed = false;
    ui.indent("push", |ui| {
        changed |= name(ui, memory, push);
        changed |= times(ui, push, unit);
        let known = push.clone();
        let with = |it: f64| checked(PlaybookPush { rate: it, ..known.clone() });
        let rail = if push.rate > 0.1 { 0.0..=1.0 } else { 0.0..=0.1 };
        changed |= number(ui, "Chance per step (r)", rail, &with, &mut push.rate);
        changed |= reach(ui, desk, (columns, memory), push, actions);
    });
    changed
}

fn checked(push: PlaybookPush) -> Result<(), String> {
    // Whom it reaches is another field's matter.
    PlaybookPush { reaches: Reaches::Everyone, ..push }.check().map_err(|error| error.to_string())
}

fn name(ui: &mut Ui, memory: &mut PushesMemory, push: &mut PlaybookPush) -> bool {
    let label = ui.label("Name");
    let width = ui.available_width() - 8.0;
    let field = TextEdit::singleline(&mut memory.name).desired_width(width);
    ui.add(field).labelled_by(label.id);
    let named = PlaybookPush { name: memory.name.trim().to_owned(), ..push.clone() };
    match checked(named.clone()) {
        Ok(()) if named.name != push.name => {
            push.name = named.name;
            return true;
        }
        Ok(()) => {}
        Err(why) => field::reason(ui, Some(&why)),
    }
    false
}

fn times(ui: &mut Ui, push: &mut PlaybookPush, unit: StepUnit) -> bool {
    let known = push.clone();
    let was_pulse = push.until == Some(push.from);
    let mut changed = false;
    let name = format!("First {} (x)", unit.word(1));
    let with = |it: f64| {
        let from = whole(it);
        let until = if was_pulse { Some(from) } else { known.until };
        checked(PlaybookPush { from, until, ..known.clone() })
    };
    if number(ui, &name, 1.0..=52.0, &with, &mut push.from) {
        if was_pulse {
            push.until = Some(push.from);
        }
        changed = true;
    }
    let mut ends = push.until.is_some();
    if ui.checkbox(&mut ends, "Ends").changed() {
        push.until = ends.then_some(push.from);
        changed = true;
    }
    let known = push.clone();
    if let Some(until) = &mut push.until {
        let name = format!("Last {} (the first for a pulse)", unit.word(1));
        let with = |it: f64| checked(PlaybookPush { until: Some(whole(it)), ..known.clone() });
        let rail = f64::from(known.from)..=52.0_f64.max(f64::from(known.from));
        changed |= number(ui, &name, rail, &with, until);
    }
    changed
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturating")]
fn whole(number: f64) -> u32 {
    number as u32
}

fn reach(
    ui: &mut Ui,
    desk: &Desk<'_>,
    (columns, memory): (&mut ColumnsMemory, &mut PushesMemory),
    push: &mut PlaybookPush,
    actions: &mut Vec<Action>,
) -> bool {
    const NAMES: [&str; 3] = ["Everyone", "Whom a column picks", "Chosen people (attendees)"];
    let network = &desk.project.results().network;
    let now = match (&push.reaches, &memory.rules.open) {
        (Reaches::Where(_), _) | (Reaches::Everyone, Some(_)) => 1,
        (Reaches::Everyone, None) => 0,
        (Reaches::People(_), _) => 2,
    };
    let mut chosen = now;
    let label = ui.label("Reaches");
    let width = ui.available_width() - 8.0;
    ComboBox::from_id_salt("push reach")
        .selected_text(NAMES[now])
        .width(width)
        .show_ui(ui, |ui| {
            for (at, name) in NAMES.iter().enumerate() {
                ui.selectable_value(&mut chosen, at, *name);
            }
        })
        .response
        .labelled_by(label.id);
    let selected = ids(desk);
    if chosen != now {
        let first = || columns.columns().first().map(|(column, _)| column.clone());
        memory.rules.open = if chosen == 1 { first() } else { None };
        let before = push.reaches.clone();
        // Until people or entries are chosen it goes on to reach whom it reached.
        match chosen {
            2 if !selected.is_empty() => push.reaches = Reaches::People(selected),
            2 => {
                let text = "Select people on the map first, then choose this again.";
                field::reason(ui, Some(text));
            }
            _ => push.reaches = Reaches::Everyone,
        }
        return push.reaches != before;
    }
    match now {
        1 => by_column(ui, (columns, memory), network, push),
        2 => by_name(ui, desk, &selected, push, actions),
        _ => {
            hint(
                ui,
                "To have only attendees: select them on the map, or choose a column such as event or tags.",
            );
            false
        }
    }
}

fn by_column(
    ui: &mut Ui,
    (columns, memory): (&mut ColumnsMemory, &mut PushesMemory),
    network: &std::sync::Arc<crate::network::Network>,
    push: &mut PlaybookPush,
) -> bool {
    let rules: Vec<ColumnRule> = match &push.reaches {
        Reaches::Where(rule) => vec![rule.clone()],
        _ => Vec::new(),
    };
    let words = RuleWords { choose: "By", remove: "Remove rule" };
    let changed = columns::rules(ui, words, (network, &rules), (columns, &mut memory.rules));
    let reached = |rule: &ColumnRule| {
        network.people.iter().filter(|person: &&Person| rule.picks(person)).count()
    };
    match rules.first() {
        Some(rule) => {
            hint(ui, format!("Reaches {}", crate::words::people(reached(rule))));
        }
        None => {
            hint(ui, "Until an entry is chosen it reaches everyone.");
        }
    }
    let Some(mut rules) = changed else { return false };
    push.reaches = rules.pop().map_or(Reaches::Everyone, Reaches::Where);
    true
}

fn by_name(
    ui: &mut Ui,
    desk: &Desk<'_>,
    selected: &[String],
    push: &mut PlaybookPush,
    actions: &mut Vec<Action>,
) -> bool {
    let Reaches::People(people) = &mut push.reaches else { return false };
    let results = desk.project.results();
    let there: Vec<PersonIndex> = results.people(people);
    let gone = people.len() - there.len();
    let mut changed = false;
    ui.horizontal_wrapped(|ui| {
        ui.label(counted(people.len(), "person", "people"));
        if ui.link("Show").on_hover_text("Select them on the map").clicked() {
            actions.push(Action::Select(there, Selecting::Only));
        }
        let tip = "Reach the people who are selected on the map instead";
        let label = format!("Take the selection ({})", selected.len());
        let take = ui.add_enabled(!selected.is_empty(), egui::Button::new(label));
        if take.on_hover_text(tip).clicked() && people != selected {
            *people = selected.to_vec();
            changed = true;
        }
    });
    if gone > 0 {
        let text = format!("{} no longer in the network", counted(gone, "is", "are"));
        field::reason(ui, Some(&text));
        if gone < people.len() && ui.link("Leave them out").clicked() {
            people.retain(|id| results.person(id).is_some());
            changed = true;
        }
    }
    changed
}
