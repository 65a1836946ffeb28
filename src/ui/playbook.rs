//! The channel mix beside its formula: how strongly each channel works, how strong ties are, who is
//! there to be told, and where the numbers come from.

use std::ops::RangeInclusive;

use egui::emath::Numeric;
use egui::{ComboBox, RichText, Slider, Ui};

use super::actions::Action;
use super::columns::{self, ColumnsMemory};
use super::field::NumberField;
use super::person::capitalized;
use super::pushes::{self, PushesMemory};
use super::state::Desk;
use super::theme::palette;
use super::widgets::{card, counted, grouped, heading, hint};
use crate::diffusion::{
    CHANNELS, Contagion, Playbook, Scenario, StepUnit, TieStrength, Translators, rate, unit,
};

/// Shows the cards, where the scenario is a playbook; elsewhere the way there.
pub fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    columns: &mut ColumnsMemory,
    memory: &mut PushesMemory,
    actions: &mut Vec<Action>,
) {
    let before = desk.project.decisions().scenario();
    if before.contagion != Contagion::Playbook {
        return offer(ui, before, actions);
    }
    let mut scenario = before.clone();
    let mut what = None;
    card(ui, |ui| {
        heading(ui, "Playbook");
        what = what.or(ready_made(ui, desk, &mut scenario));
        formula(ui);
        what = what.or(channels(ui, desk, &mut scenario));
        what = what.or(strength(ui, &mut scenario));
        what = what.or(talk(ui, &mut scenario));
        sources(ui);
    });
    card(ui, |ui| {
        heading(ui, "Who is there, who sees it, who translates");
        what = what.or(presence(ui, &mut scenario));
        what = what.or(translators(ui, columns, &mut scenario));
    });
    what = what.or(pushes::show(ui, desk, columns, memory, &mut scenario, actions));
    if let Some(what) = what {
        actions.push(Action::SetScenario(Box::new(scenario), what));
    }
}

/// Under another model: what a playbook adds, and that nothing set there counts now.
fn offer(ui: &mut Ui, before: &Scenario, actions: &mut Vec<Action>) {
    card(ui, |ui| {
        heading(ui, "Playbook");
        hint(
            ui,
            "Channels, pushes from outside (press, adverts, a trade show) and the days of the week are a model of their own.",
        );
        let pushes = before.playbook.pushes.len();
        if pushes > 0 {
            let ink = palette(ui.visuals()).warn;
            let text = format!("Not counted now: {}", counted(pushes, "push", "pushes"));
            ui.label(RichText::new(text).small().color(ink));
        }
        if ui.button("Take the playbook").clicked() {
            let scenario = Scenario { contagion: Contagion::Playbook, ..before.clone() };
            actions.push(Action::SetScenario(Box::new(scenario), "Change the model"));
        }
    });
}

fn ready_made(ui: &mut Ui, desk: &Desk<'_>, scenario: &mut Scenario) -> Option<&'static str> {
    let network = &desk.project.results().network;
    let mut what = None;
    ui.horizontal(|ui| {
        let old = ui.button("Old playbook");
        if old.on_hover_text("Press release, static site, trade show").clicked() {
            scenario.playbook = Playbook::old_way(network);
            what = Some("Take the old playbook");
        }
        let new = ui.button("New playbook");
        let tip = "Seeds who talk, translators between segments, and a day on which everybody asks their own list";
        if new.on_hover_text(tip).clicked() {
            scenario.playbook = Playbook::new_way(network);
            what = Some("Take the new playbook");
        }
    });
    hint(ui, "Ready-made ones to start from; everything below can be changed.");
    what
}

fn formula(ui: &mut Ui) {
    hint(
        ui,
        "At each step somebody adopts unless every push that reaches them and every contact who has adopted fails to move them (noisy OR):",
    );
    let ink = palette(ui.visuals()).ink;
    let symbols = "h = 1 − ∏ (1 − r·x·reach)\n      · ∏ (1 − p·s·a·v)";
    ui.add(egui::Label::new(RichText::new(symbols).monospace().color(ink)).wrap());
    hint(
        ui,
        "r: rate of a push, x: whether it runs, reach: whether it reaches them · p: strength of the channel, s: of the tie, a: presence, v: visibility",
    );
    ui.add_space(4.0);
}

fn channels(ui: &mut Ui, desk: &Desk<'_>, scenario: &mut Scenario) -> Option<&'static str> {
    let counts = &desk.project.results().channels;
    let ties_in =
        |channel| counts.iter().find(|it| it.channel == channel).map_or(0, |count| count.ties);
    let mut changed = false;
    let mut one = |ui: &mut Ui, channel: Option<crate::network::Channel>| {
        let name = channel.map_or("Not told where", |it| match it.label() {
            "online" => "Online",
            "mail" => "Mail",
            "phone" => "Phone",
            "face to face" => "Face to face",
            _ => "Referral",
        });
        let ties = match ties_in(channel) {
            1 => "1 tie".to_owned(),
            count => format!("{} ties", grouped(count)),
        };
        let label = format!("{name} (p), {ties}");
        let check = |it: f64| unit(name, it).map_err(|error| error.to_string());
        let strength = scenario.playbook.channels.of_mut(channel);
        changed |= number(ui, &label, 0.0..=1.0, &check, strength);
    };
    for channel in CHANNELS.into_iter().filter(|&it| ties_in(it) > 0) {
        one(ui, channel);
    }
    if CHANNELS.into_iter().any(|it| ties_in(it) == 0) {
        egui::CollapsingHeader::new("Channels without ties").id_salt("unused channels").show(
            ui,
            |ui| {
                for channel in CHANNELS.into_iter().filter(|&it| ties_in(it) == 0) {
                    one(ui, channel);
                }
            },
        );
    }
    changed.then_some("Change the strength of a channel")
}

fn strength(ui: &mut Ui, scenario: &mut Scenario) -> Option<&'static str> {
    const NAMES: [(&str, &str); 3] = [
        ("Strangers, friendlies, friends", "Each class of ties has a chance per step (s)"),
        ("All ties alike", "The strength of the channel is the chance per step (s = 1)"),
        ("Each tie's own evidence", "The chance that follows from what was seen (s)"),
    ];
    let strength = &mut scenario.playbook.strength;
    let now = match strength {
        TieStrength::Classes { .. } => 0,
        TieStrength::Alike => 1,
        TieStrength::Own => 2,
    };
    let mut chosen = now;
    let label = ui.label("Strength of ties");
    let width = ui.available_width() - 4.0;
    ComboBox::from_id_salt("tie strength")
        .selected_text(NAMES[now].0)
        .width(width)
        .show_ui(ui, |ui| {
            for (at, (name, _)) in NAMES.iter().enumerate() {
                ui.selectable_value(&mut chosen, at, *name);
            }
        })
        .response
        .labelled_by(label.id);
    hint(ui, NAMES[now].1);
    if chosen != now {
        *strength = [TieStrength::GOLDENBERG, TieStrength::Alike, TieStrength::Own][chosen];
        return Some("Change how strong ties are");
    }
    let mut changed = false;
    if let TieStrength::Classes { stranger, friendly, friend } = strength {
        let classes = [("Stranger", stranger), ("Friendly", friendly), ("Friend", friend)];
        for (name, chance) in classes {
            let check = |it: f64| unit(name, it).map_err(|error| error.to_string());
            changed |= number(ui, name, 0.0..=0.1, &check, chance);
        }
        let face_to_face = scenario.playbook.channels.face_to_face;
        if let TieStrength::Classes { friend, .. } = scenario.playbook.strength {
            let step = scenario.step_unit.word(1);
            hint(ui, format!("A friend met face to face: {:.3} per {step}", face_to_face * friend));
        }
    }
    changed.then_some("Change how strong ties are")
}

fn talk(ui: &mut Ui, scenario: &mut Scenario) -> Option<&'static str> {
    let unit = scenario.step_unit;
    let steps = &mut scenario.playbook.talk_steps;
    let mut limited = steps.is_some();
    let mut changed = false;
    if ui.checkbox(&mut limited, "Adopters speak of it for a while only").changed() {
        *steps = limited.then_some(1);
        changed = true;
    }
    if let Some(steps) = steps {
        let name = format!("Number of {} (1: a single try, as in a cascade)", unit.word(2));
        let check = |it: f64| {
            if it >= 1.0 { Ok(()) } else { Err(format!("{name} must be 1 or more, but is {it}")) }
        };
        changed |= number(ui, &name, 1.0..=52.0, &check, steps);
    }
    changed.then_some("Change how long adopters speak of it")
}

fn presence(ui: &mut Ui, scenario: &mut Scenario) -> Option<&'static str> {
    let mut changed = false;
    let share = |ui: &mut Ui, name: &'static str, value: &mut f64| {
        let check = |it: f64| unit(name, it).map_err(|error| error.to_string());
        number(ui, name, 0.0..=1.0, &check, value)
    };
    changed |= share(ui, "Reachable at a step (presence a)", &mut scenario.presence);
    let mut by_day = scenario.playbook.week.is_some();
    if ui.checkbox(&mut by_day, "Days of the week differ").changed() {
        // The whole stays as it was.
        if by_day {
            scenario.playbook.week = Some([scenario.presence; 7]);
            scenario.presence = 1.0;
        } else if let Some(week) = scenario.playbook.week.take() {
            scenario.presence *= week.iter().sum::<f64>() / 7.0;
        }
        changed = true;
    }
    if let Some(week) = &mut scenario.playbook.week {
        changed |= days(ui, week);
        let mean = week.iter().sum::<f64>() / 7.0;
        hint(
            ui,
            match scenario.step_unit {
                StepUnit::Day => {
                    "Presence on each day, times the number above; step 1 is a Monday.".to_owned()
                }
                unit => format!(
                    "A {} takes the mean of its days, {mean:.2}, times the number above. Choose days as steps to see the rhythm.",
                    unit.word(1)
                ),
            },
        );
    }
    changed |= share(ui, "Adoption that others see (visibility v)", &mut scenario.visibility);
    changed.then_some("Change who is there and who sees it")
}

/// A number on a rail; says whether it was changed.
pub(super) fn number<N: Numeric>(
    ui: &mut Ui,
    name: &str,
    rail: RangeInclusive<f64>,
    check: &dyn Fn(f64) -> Result<(), String>,
    value: &mut N,
) -> bool {
    NumberField::new(name, rail, check).on_rail().show(ui, value)
}

/// Seven upright sliders.
fn days(ui: &mut Ui, week: &mut [f64; 7]) -> bool {
    const NAMES: [(&str, &str); 7] = [
        ("Mo", "Monday"),
        ("Tu", "Tuesday"),
        ("We", "Wednesday"),
        ("Th", "Thursday"),
        ("Fr", "Friday"),
        ("Sa", "Saturday"),
        ("Su", "Sunday"),
    ];
    let mut changed = false;
    let width = ui.available_width() / 7.0 - 1.0;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 1.0;
        ui.spacing_mut().slider_width = 56.0;
        for ((short, name), day) in NAMES.iter().zip(week) {
            let size = egui::vec2(width, 96.0);
            let column = egui::Layout::top_down(egui::Align::Center);
            ui.allocate_ui_with_layout(size, column, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                let slider = Slider::new(day, 0.0..=1.0).vertical().show_value(false).step_by(0.05);
                let response = ui.add(slider).on_hover_text(format!("{name}: drag up or down"));
                let label = format!("Presence on {name}");
                ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(label));
                changed |= response.changed();
                ui.label(RichText::new(*short).small());
                ui.label(RichText::new(format!("{:.0} %", *day * 100.0)).small());
            });
        }
    });
    changed
}

fn translators(
    ui: &mut Ui,
    columns: &ColumnsMemory,
    scenario: &mut Scenario,
) -> Option<&'static str> {
    let what = "Change the translators' bonus";
    let bonus = &mut scenario.playbook.translators;
    if columns.columns().is_empty() && bonus.is_none() {
        return None;
    }
    let now = bonus.as_ref().map(|it| it.column.as_str());
    let menu = ("Translators between", now);
    if let Some(chosen) = columns::menu(ui, menu, "no segments", columns) {
        let factor = bonus.as_ref().map_or(2.0, |it| it.factor);
        *bonus = chosen.map(|column| Translators { column, factor });
        return Some(what);
    }
    let Some(bonus) = bonus else {
        hint(ui, "Choose a column: ties whose ends differ in it can count for more or less.");
        return None;
    };
    let name = "Ties across count so many times (factor)";
    let check = |it: f64| rate(name, it).map_err(|error| error.to_string());
    let changed = number(ui, name, 0.0..=5.0, &check, &mut bonus.factor);
    let column = capitalized(&bonus.column);
    hint(ui, format!("{column}: the chance of a tie between two entries times this factor"));
    changed.then_some(what)
}

/// What is published, and what is not.
fn sources(ui: &mut Ui) {
    const PUBLISHED: [&str; 6] = [
        "Goldenberg, Libai & Muller 2001 vary word of mouth per period from .005 to .015 (weak ties) and .01 to .07 (strong ties), adverts from .0005 to .01; .005, .010 and .040 lie in the middle. They find that weak ties matter as much as strong ones, and adverts mainly early.",
        "Ryan & Gross (hybrid corn, as cited): first heard from salesmen 49 %, from neighbors 14.6 %; most influential neighbors 45.5 %, salesmen 32 %.",
        "Keller Fay: over 90 % of word of mouth in the US is offline, under 8 % online; with Google: 82 % face to face, 12 % by phone, 5 % online. These are shares of talk, not chances per tie.",
        "Toole et al. 2012: mass media grew Twitter's base two to four times.",
        "Hill et al. 2006: who knows a customer is three to five times as likely to become one.",
        "Leskovec et al. 2007: recommendations by mail are not very effective on average and do not spread far.",
    ];
    egui::CollapsingHeader::new("Where the numbers come from").id_salt("playbook sources").show(
        ui,
        |ui| {
            hint(ui, "Published:");
            for text in PUBLISHED {
                hint(ui, format!("• {text}"));
            }
            hint(
                ui,
                "Defaults that nobody has measured: that mail and online talk work half as well as talk face to face (phone three quarters), the rates of press release, trade show and mobilisation day, and the translators' factor of 2. Put your own numbers there.",
            );
        },
    );
}
