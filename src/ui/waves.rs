//! The roll-out: seeds in waves with dates, how many can be onboarded at a time, and nudges.

use egui::{CollapsingHeader, ComboBox, RichText, TextEdit, Ui};

use super::actions::Action;
use super::columns::ColumnsMemory;
use super::field::{self, NumberField};
use super::icon::{self, Icon};
use super::person::capitalized;
use super::state::Desk;
use super::text::shown_name;
use super::theme::{palette, title};
use super::widgets::{card, counted, hint};
use crate::diffusion::{Group, Nudge, Rollout, Scenario, StepUnit, Wave};

/// Columns, and entries of each, that a nudge may be aimed at.
const MOST_COLUMNS: usize = 6;
const MOST_GROUPS: usize = 12;

const REMOVE: &str = "Remove a wave";

/// What the card remembers between frames.
#[derive(Debug)]
pub struct WavesMemory {
    /// Seeds of each wave, and steps from one to the next, where they are split.
    per_wave: u32,
    every: u32,
    /// Why the seeds could not be split as asked.
    split_refused: Option<String>,
    /// Name or date being typed, and why it was refused.
    typing: Option<Typing>,
    /// Whose seeds are listed.
    open: Option<Listed>,
}

impl Default for WavesMemory {
    fn default() -> Self {
        Self { per_wave: 5, every: 1, split_refused: None, typing: None, open: None }
    }
}

/// The place of a wave, or none for the seeds in no wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Listed(Option<usize>);

#[derive(Debug)]
struct Typing {
    what: Typed,
    text: String,
    refused: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Typed {
    StartDate,
    NameOf(usize),
}

/// Shows the card.
pub fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    columns: &mut ColumnsMemory,
    memory: &mut WavesMemory,
    actions: &mut Vec<Action>,
) {
    let scenario = desk.project.decisions().scenario();
    let mut changed = scenario.clone();
    let what = card(ui, |ui| {
        // Closed at first, so that the curve stays in sight of who does without.
        let title = RichText::new("Waves").text_style(title()).strong();
        let header = CollapsingHeader::new(title).id_salt("waves");
        let is_used = scenario.rollout != Rollout::default();
        let body = header.default_open(is_used).show(ui, |ui| {
            let waves = waves(ui, desk, memory, &mut changed);
            let split = split(ui, desk, columns, memory, &mut changed);
            ui.add_space(4.0);
            let start = start(ui, memory, &mut changed.rollout);
            let capacity = capacity(ui, &mut changed);
            let nudges = nudges(ui, columns, &mut changed);
            waves.or(split).or(start).or(capacity).or(nudges)
        });
        body.body_returned.flatten()
    });
    if let Some(what) = what {
        actions.push(Action::SetScenario(Box::new(changed), what));
    }
}

/// Whether the scenario would still make sense after a change of its roll-out.
fn checked(scenario: &Scenario, change: impl FnOnce(&mut Rollout)) -> Result<(), String> {
    let mut rollout = scenario.rollout.clone();
    change(&mut rollout);
    rollout.check(scenario.steps).map_err(|error| error.to_string())
}

fn whole(number: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a field for whole numbers has read it"
    )]
    let whole = number as u32;
    whole
}

/// Every wave with its seeds; says what was changed.
fn waves(
    ui: &mut Ui,
    desk: &Desk<'_>,
    memory: &mut WavesMemory,
    scenario: &mut Scenario,
) -> Option<&'static str> {
    let seeds = desk.project.decisions().seeds().to_vec();
    let mut what = None;
    if scenario.rollout.waves.is_empty() {
        hint(
            ui,
            format!(
                "{} at the start. Split them into a pilot and rings to see what a slower roll-out costs.",
                counted(seeds.len(), "seed adopts", "seeds adopt")
            ),
        );
    } else {
        let without: Vec<&String> =
            seeds.iter().filter(|it| scenario.rollout.wave_of(it).is_none()).collect();
        if !without.is_empty() {
            ui.horizontal(|ui| {
                ui.label("In no wave");
                hint(ui, "at the start");
                members_button(ui, without.len(), None, memory);
            });
        }
        what = what.or(members(ui, desk, None, memory, scenario));
        for place in 0..scenario.rollout.waves.len() {
            let changed = wave(ui, &seeds, place, memory, scenario);
            what = what.or(changed);
            if changed == Some(REMOVE) {
                break;
            }
            what = what.or(members(ui, desk, Some(place), memory, scenario));
        }
    }
    let tip = "A wave without seeds yet; move seeds into it from the others";
    if ui.button("Add a wave").on_hover_text(tip).clicked() {
        let rollout = &mut scenario.rollout;
        let last = rollout.waves.last().map(|it| it.step.saturating_add(memory.every));
        let step = last.unwrap_or(0).min(scenario.steps);
        let name = rollout.next_name();
        rollout.waves.push(Wave { name, step, seeds: Vec::new() });
        what = Some("Add a wave");
    }
    what
}

/// One wave: its name, when it starts, how many it has.
fn wave(
    ui: &mut Ui,
    seeds: &[String],
    place: usize,
    memory: &mut WavesMemory,
    scenario: &mut Scenario,
) -> Option<&'static str> {
    let mut what = None;
    let mut refused = None;
    let unit = scenario.step_unit;
    ui.horizontal(|ui| {
        if let Some(name) = name(ui, place, memory, scenario) {
            scenario.rollout.waves[place].name = name;
            what = Some("Rename a wave");
        }
        ui.label(unit.word(1));
        let was = scenario.clone();
        let check = |it: f64| checked(&was, |rollout| rollout.waves[place].step = whole(it));
        let last = f64::from(scenario.steps);
        let title = format!("Start of {}", scenario.rollout.waves[place].name);
        let field = NumberField::new(&title, 0.0..=last, &check);
        let edited = field.inline(ui, &mut scenario.rollout.waves[place].step);
        if edited.changed {
            what = Some("Move a wave");
        }
        refused = edited.refused;
        let wave = &scenario.rollout.waves[place];
        let here = wave.seeds.iter().filter(|it| seeds.contains(it)).count();
        members_button(ui, here, Some(place), memory);
        let tip = format!("Give up {}: its seeds adopt at the start", wave.name);
        let name = format!("Remove {}", wave.name);
        if icon::small_button(ui, Icon::Close, &name, &tip).clicked() {
            what = Some(REMOVE);
        }
    });
    let typed = memory.typing.as_ref().filter(|it| it.what == Typed::NameOf(place));
    field::reason(ui, typed.and_then(|it| it.refused.as_deref()));
    field::reason(ui, refused.as_deref());
    if let Some(day) = day(scenario, scenario.rollout.waves[place].step) {
        hint(ui, format!("from {day}"));
    }
    if what == Some(REMOVE) {
        scenario.rollout.waves.remove(place);
        memory.open = None;
    }
    what
}

/// The field for a wave's name; answers the new name once it is typed.
fn name(
    ui: &mut Ui,
    place: usize,
    memory: &mut WavesMemory,
    scenario: &Scenario,
) -> Option<String> {
    let now = &scenario.rollout.waves[place].name;
    typed(ui, Typed::NameOf(place), (now, "Name of the wave"), 66.0, memory, |text| {
        let name = text.trim().to_owned();
        checked(scenario, |rollout| rollout.waves[place].name.clone_from(&name))?;
        Ok(name)
    })
}

/// A field of text that is taken when it is left; `read` says what it means or why it is refused.
fn typed<T>(
    ui: &mut Ui,
    what: Typed,
    (now, label): (&str, &str),
    width: f32,
    memory: &mut WavesMemory,
    read: impl FnOnce(&str) -> Result<T, String>,
) -> Option<T> {
    let here = memory.typing.as_ref().filter(|it| it.what == what);
    let mut text = here.map_or_else(|| now.to_owned(), |it| it.text.clone());
    let hint = if what == Typed::StartDate { "2027-01-31" } else { "" };
    let edit = TextEdit::singleline(&mut text).desired_width(width).hint_text(hint);
    let response = ui.add(edit).accessible_name(label);
    if response.has_focus() || response.changed() {
        let refused = memory.typing.take().filter(|it| it.what == what).and_then(|it| it.refused);
        memory.typing = Some(Typing { what, text: text.clone(), refused });
    }
    if !response.lost_focus() || text == now {
        if response.lost_focus() {
            memory.typing = None;
        }
        return None;
    }
    match read(&text) {
        Ok(value) => {
            memory.typing = None;
            Some(value)
        }
        Err(why) => {
            memory.typing = Some(Typing { what, text, refused: Some(why) });
            None
        }
    }
}

fn members_button(ui: &mut Ui, count: usize, place: Option<usize>, memory: &mut WavesMemory) {
    let open = memory.open == Some(Listed(place));
    let text = counted(count, "seed", "seeds");
    let button = egui::Button::selectable(open, RichText::new(text).small());
    if ui.add(button).on_hover_text("Who; move them to another wave").clicked() {
        memory.open = if open { None } else { Some(Listed(place)) };
    }
}

/// The seeds of one wave (or of none), each with a menu to move it elsewhere.
fn members(
    ui: &mut Ui,
    desk: &Desk<'_>,
    place: Option<usize>,
    memory: &WavesMemory,
    scenario: &mut Scenario,
) -> Option<&'static str> {
    if memory.open != Some(Listed(place)) {
        return None;
    }
    let mut what = None;
    let seeds = desk.project.decisions().seeds();
    let here: Vec<&String> =
        seeds.iter().filter(|it| scenario.rollout.wave_of(it) == place).collect();
    if here.is_empty() {
        hint(ui, "Nobody yet: open another wave and move seeds here.");
    }
    let title = |place: Option<usize>, rollout: &Rollout| {
        place.map_or_else(|| "at the start".to_owned(), |it| rollout.waves[it].name.clone())
    };
    let results = desk.project.results();
    for id in here {
        let person = results.person(id).and_then(|it| results.network.people.get(it as usize));
        let name = person.map_or(id.as_str(), |it| &*it.name);
        ui.horizontal(|ui| {
            ui.add_space(10.0);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let now = title(place, &scenario.rollout);
                let menu = ComboBox::from_id_salt(("wave of", id)).selected_text(now).width(92.0);
                let menu = menu.show_ui(ui, |ui| {
                    for other in
                        std::iter::once(None).chain((0..scenario.rollout.waves.len()).map(Some))
                    {
                        let text = title(other, &scenario.rollout);
                        if ui.selectable_label(other == place, text).clicked() && other != place {
                            scenario.rollout.move_seed(id, other);
                            what = Some("Move a seed to another wave");
                        }
                    }
                });
                menu.response.accessible_name(format!("Wave of {name}"));
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.add(egui::Label::new(shown_name(name)).truncate());
                });
            });
        });
    }
    what
}

/// Splitting all seeds anew: so many at a time, or by group.
fn split(
    ui: &mut Ui,
    desk: &Desk<'_>,
    columns: &mut ColumnsMemory,
    memory: &mut WavesMemory,
    scenario: &mut Scenario,
) -> Option<&'static str> {
    let seeds = desk.project.decisions().seeds().to_vec();
    if seeds.is_empty() {
        return None;
    }
    let mut what = None;
    let mut refused = Vec::new();
    let at_least_1 = |it: f64| if it >= 1.0 { Ok(()) } else { Err("At least 1".to_owned()) };
    ui.horizontal_wrapped(|ui| {
        ui.label("Split:");
        let field = NumberField::new("Seeds of each wave", 1.0..=100.0, &at_least_1);
        refused.push(field.inline(ui, &mut memory.per_wave).refused);
        ui.label("every");
        let field = NumberField::new("Steps between waves", 1.0..=52.0, &at_least_1);
        refused.push(field.inline(ui, &mut memory.every).refused);
        ui.label(scenario.step_unit.word(memory.every as usize));
        let tip = "In the order of the list of seeds: a pilot, then rings";
        if ui.button("by order").on_hover_text(tip).clicked() {
            let per_wave = memory.per_wave as usize;
            scenario.rollout.split_by_number(&seeds, per_wave, memory.every);
            what = Some("Split the seeds into waves");
        }
        let network = &desk.project.results().network;
        let names: Vec<String> = columns.columns().iter().map(|(name, _)| name.clone()).collect();
        if !names.is_empty() {
            let menu = ComboBox::from_id_salt("split by").selected_text("by…").width(56.0);
            let menu = menu.show_ui(ui, |ui| {
                for column in &names {
                    if ui.selectable_label(false, capitalized(column)).clicked() {
                        let groups = columns.groups(network, column);
                        let results = desk.project.results();
                        let group_of = |id: &str| {
                            let group = groups.of[results.person(id)? as usize]?;
                            groups.names.get(group as usize).cloned()
                        };
                        scenario.rollout.split_by_group(&seeds, group_of, memory.every);
                        what = Some("Split the seeds by group");
                    }
                }
            });
            menu.response.accessible_name("Split the seeds by a column");
        }
        if !scenario.rollout.waves.is_empty() && ui.button("all at once").clicked() {
            scenario.rollout.waves.clear();
            memory.open = None;
            what = Some("Have all seeds start at once");
        }
    });
    for why in &refused {
        field::reason(ui, why.as_deref());
    }
    if what.is_some() {
        // More waves than steps: said, instead of bent.
        let refusal = scenario.rollout.check(scenario.steps).err().map(|error| error.to_string());
        if refusal.is_some() {
            scenario.rollout = desk.project.decisions().scenario().rollout.clone();
            what = None;
        }
        memory.split_refused = refusal;
    }
    field::reason(ui, memory.split_refused.as_deref());
    what
}

/// The day of step 0.
fn start(ui: &mut Ui, memory: &mut WavesMemory, rollout: &mut Rollout) -> Option<&'static str> {
    let mut what = None;
    ui.horizontal(|ui| {
        ui.label("Starts on");
        let now = rollout.start.map_or_else(String::new, |it| it.to_string());
        let read = |text: &str| match text.trim() {
            "" => Ok(None),
            text => text
                .parse()
                .map(Some)
                .map_err(|_| format!("\u{201c}{text}\u{201d} is no day; write it as 2027-01-31")),
        };
        let label = (now.as_str(), "Day of the start");
        if let Some(day) = typed(ui, Typed::StartDate, label, 92.0, memory, read) {
            rollout.start = day;
            what = Some("Set the start");
        }
        hint(ui, "year-month-day");
    });
    let typed = memory.typing.as_ref().filter(|it| it.what == Typed::StartDate);
    field::reason(ui, typed.and_then(|it| it.refused.as_deref()));
    what
}

/// How many can be onboarded at a time.
fn capacity(ui: &mut Ui, scenario: &mut Scenario) -> Option<&'static str> {
    let mut what = None;
    let mut refused = None;
    ui.horizontal(|ui| {
        let mut limited = scenario.rollout.capacity.is_some();
        let tip = "Who comes beyond that waits in line and influences nobody yet";
        if ui.checkbox(&mut limited, "Onboard at most").on_hover_text(tip).changed() {
            scenario.rollout.capacity = limited.then_some(5);
            what = Some("Limit the onboarding");
        }
        let was = scenario.clone();
        if let Some(capacity) = &mut scenario.rollout.capacity {
            let check = |it: f64| checked(&was, |rollout| rollout.capacity = Some(whole(it)));
            let field = NumberField::new("People onboarded per step", 1.0..=1000.0, &check);
            let edited = field.inline(ui, capacity);
            if edited.changed {
                what = Some("Change the onboarding capacity");
            }
            refused = edited.refused;
            ui.label(format!("per {}", scenario.step_unit.word(1)));
        }
    });
    field::reason(ui, refused.as_deref());
    what
}

/// Pushes at one step.
fn nudges(ui: &mut Ui, columns: &ColumnsMemory, scenario: &mut Scenario) -> Option<&'static str> {
    let mut what = None;
    let mut gone = None;
    for place in 0..scenario.rollout.nudges.len() {
        let was = scenario.clone();
        let mut refused = Vec::new();
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let unit = scenario.step_unit.word(1);
            let nudge = &mut scenario.rollout.nudges[place];
            ui.label(format!("Nudge, {unit}"));
            let check = |it: f64| checked(&was, |rollout| rollout.nudges[place].step = whole(it));
            let title = format!("Time of nudge {}", place + 1);
            let field = NumberField::new(&title, 0.0..=f64::from(was.steps), &check);
            let edited = field.inline(ui, &mut nudge.step);
            refused.push(edited.refused);
            let check = |it: f64| checked(&was, |rollout| rollout.nudges[place].chance = it);
            let title = format!("Chance of nudge {}", place + 1);
            let field = NumberField::new(&title, 0.0..=1.0, &check).speed(0.005);
            ui.label("moves");
            let chance = field.inline(ui, &mut nudge.chance);
            refused.push(chance.refused);
            if edited.changed || chance.changed {
                what = Some("Change a nudge");
            }
            let name = format!("Remove nudge {}", place + 1);
            if icon::small_button(ui, Icon::Close, &name, "Remove the nudge").clicked() {
                gone = Some(place);
            }
        });
        for why in &refused {
            field::reason(ui, why.as_deref());
        }
        if aim(ui, columns, (place, &mut scenario.rollout.nudges[place])) {
            what = Some("Aim a nudge");
        }
    }
    if let Some(place) = gone {
        scenario.rollout.nudges.remove(place);
        what = Some("Remove a nudge");
    }
    let tip = "At one step, move a share of those who have not adopted by then";
    if ui.button("Add a nudge").on_hover_text(tip).clicked() {
        let step = 6.min(scenario.steps);
        scenario.rollout.nudges.push(Nudge { step, chance: 0.1, only: None });
        what = Some("Add a nudge");
    }
    what
}

/// Whom a nudge meets.
fn aim(ui: &mut Ui, columns: &ColumnsMemory, (place, nudge): (usize, &mut Nudge)) -> bool {
    let known = columns.columns();
    if known.is_empty() && nudge.only.is_none() {
        return false;
    }
    let mut changed = false;
    ui.horizontal(|ui| {
        ui.add_space(10.0);
        let label = ui.label("of");
        let now = nudge.only.as_ref().map_or_else(
            || "everyone".to_owned(),
            |it| format!("{}: {}", capitalized(&it.column), shown_name(&it.value)),
        );
        let width = (ui.available_width() - 14.0).max(80.0);
        let menu = ComboBox::from_id_salt(("nudge", place)).selected_text(now).width(width);
        menu.show_ui(ui, |ui| {
            changed |= ui.selectable_value(&mut nudge.only, None, "everyone").clicked();
            for (column, told) in known.iter().take(MOST_COLUMNS) {
                for (value, people) in told.values.iter().take(MOST_GROUPS) {
                    let group = Group { column: column.clone(), value: value.clone() };
                    let text = format!("{}: {} ({people})", capitalized(column), shown_name(value));
                    changed |= ui.selectable_value(&mut nudge.only, Some(group), text).clicked();
                }
            }
        })
        .response
        .labelled_by(label.id);
    });
    changed
}

/// The day on which a step begins, where the start is known.
pub fn day(scenario: &Scenario, step: u32) -> Option<String> {
    let date = scenario.step_unit.date(scenario.rollout.start?, step)?;
    Some(date.strftime("%-d %b %Y").to_string())
}

/// What a step is called on an axis: its number, or its day where the start is known.
pub fn axis_label(scenario: &Scenario, step: f64) -> String {
    let number =
        if step.fract().abs() < 1e-9 && step >= 0.0 { whole(step) } else { return String::new() };
    let short = |unit: StepUnit| if unit == StepUnit::Year { "%Y" } else { "%-d %b" };
    let date = scenario.rollout.start.and_then(|it| scenario.step_unit.date(it, number));
    match date {
        Some(date) => date.strftime(short(scenario.step_unit)).to_string(),
        None => number.to_string(),
    }
}

/// Ink of a moment's line.
pub fn moment_ink(ui: &Ui, is_nudge: bool) -> egui::Color32 {
    let colors = palette(ui.visuals());
    if is_nudge { colors.warn } else { colors.good }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_name_days_where_the_start_is_known() {
        let mut scenario = Scenario::default();
        let label = |scenario: &Scenario, step| axis_label(scenario, step);
        assert_eq!([label(&scenario, 4.0), label(&scenario, 0.5)], ["4", ""]);
        scenario.rollout.start = Some(jiff::civil::date(2027, 1, 4));
        assert_eq!(label(&scenario, 4.0), "1 Feb");
        assert_eq!(day(&scenario, 8).as_deref(), Some("1 Mar 2027"));
        scenario.step_unit = StepUnit::Year;
        assert_eq!(label(&scenario, 4.0), "2031");
    }
}
