//! Whom to engage first, what each of them brings, and why.

use egui::{ComboBox, RichText, Ui};

use super::actions::{Action, Work};
use super::budget;
use super::columns::{self, ColumnsMemory, RuleWords, RulesMemory};
use super::commands::Command;
use super::conditions;
use super::icon::{self, Icon};
use super::reasons;
use super::segments;
use super::state::{Desk, SeedFinding};
use super::text::shown_name;
use super::theme::{figure, palette};
use super::widgets::{card, counted, grouped, heading, hint, meter, primary_button};
use crate::network::PersonIndex;
use crate::seeding::{Strategy, money};

/// What the panel remembers between frames.
#[derive(Debug, Default)]
pub struct SeedsMemory {
    /// The rule about exclusion that is being made.
    rules: RulesMemory,
}

/// Shows the panel.
pub fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    columns: &mut ColumnsMemory,
    memory: &mut SeedsMemory,
    actions: &mut Vec<Action>,
) {
    settings(ui, desk, actions);
    super::field::reason(ui, desk.findings.refusal.as_deref());
    chosen(ui, desk, actions);
    budget::show(ui, desk, columns, actions);
    conditions::show(ui, desk, columns, actions);
    segments::show(ui, desk, columns, actions);
    exclusions(ui, desk, columns, memory, actions);
}

fn chosen(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let seeds = desk.project.seeds();
    if seeds.is_empty() {
        card(ui, |ui| {
            heading(ui, "No seeds yet");
            hint(
                ui,
                "Seeds are the people to engage first. Choose them by reach, or add anyone from the map with a right click.",
            );
        });
        return;
    }
    if let Some(finding) = &desk.findings.seeds {
        reach(ui, desk, finding, actions);
    } else if desk.is_busy(Work::Reach) {
        hint(ui, "Estimating what these people reach…");
    }
    list(ui, desk, &seeds, actions);
}

fn settings(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    card(ui, |ui| {
        heading(ui, "Choose seeds");
        hint(ui, "The people whose start carries farthest (seed set of largest expected reach)");
        ui.add_space(4.0);
        let people = desk.project.results().network.people.len();
        budget::aim(ui, desk, actions);
        ui.horizontal(|ui| {
            let label = ui.label("Pick by");
            let width = ui.available_width() - 4.0;
            ComboBox::from_id_salt("strategy")
                .selected_text(desk.project.decisions().seed_settings.strategy.label())
                .width(width)
                .show_ui(ui, |ui| {
                    for strategy in Strategy::ALL {
                        let chosen = strategy == desk.project.decisions().seed_settings.strategy;
                        if ui.selectable_label(chosen, strategy.label()).clicked() {
                            actions.push(Action::SetStrategy(strategy));
                        }
                    }
                })
                .response
                .labelled_by(label.id);
        });
        ui.add_space(4.0);
        if desk.is_busy(Work::Seeds) {
            working(ui, desk, Work::Seeds, actions);
        } else if primary_button(ui, "Choose seeds", people > 0).clicked() {
            actions.push(Action::Do(Command::ChooseSeeds));
        }
        if desk.findings.seed_check.as_ref().is_some_and(|it| it.refusal.is_some()) {
            hint(ui, "As things stand no choice can be made; the reason stands beside the setting");
        }
        if desk.project.results().too_thin_to_rank {
            let ink = palette(ui.visuals()).warn;
            let text = "So few people are tied here that a ranking tells little.";
            ui.add(egui::Label::new(RichText::new(text).small().color(ink)).wrap());
        }
    });
}

/// From whom seeds are never chosen.
fn exclusions(
    ui: &mut Ui,
    desk: &Desk<'_>,
    columns: &mut ColumnsMemory,
    memory: &mut SeedsMemory,
    actions: &mut Vec<Action>,
) {
    let network = &desk.project.results().network;
    let rules = &desk.project.decisions().seed_settings.exclude_where;
    if columns.columns().is_empty() && rules.is_empty() {
        return;
    }
    card(ui, |ui| {
        heading(ui, "Never choose");
        hint(ui, "People whom the search leaves out; they can still be reached");
        let words = RuleWords { choose: "Leave out by", remove: "Remove exclusion" };
        let own = &mut memory.rules;
        if let Some(rules) = columns::rules(ui, words, (network, rules), (columns, own)) {
            actions.push(Action::SetExclusions(rules));
        }
    });
}

/// Progress of a job with a way to stop it.
pub fn working(ui: &mut Ui, desk: &Desk<'_>, work: Work, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        let share = desk.progress(work).unwrap_or(0.0);
        let width = (ui.available_width() - 90.0).max(40.0);
        meter(ui, share, width);
        hint(ui, format!("{:.0} %", share * 100.0));
        let name = format!("Stop: {}", work.label());
        if icon::small_button(ui, Icon::Close, &name, "Stop").clicked() {
            actions.push(Action::Cancel(work));
        }
    });
}

fn reach(ui: &mut Ui, desk: &Desk<'_>, finding: &SeedFinding, actions: &mut Vec<Action>) {
    card(ui, |ui| {
        heading(ui, "Expected reach");
        let people = desk.project.results().network.people.len().max(1);
        let reach = finding.reach;
        ui.horizontal(|ui| {
            ui.label(RichText::new(format!("{:.0}", reach.mean)).text_style(figure()).strong());
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.add_space(5.0);
                hint(
                    ui,
                    format!(
                        "of {} people, {:.0} %",
                        grouped(people),
                        100.0 * reach.mean / people as f64
                    ),
                );
                hint(
                    ui,
                    format!("band {:.0} to {:.0} (95 % of the estimate)", reach.low, reach.high),
                );
            });
        });
        #[expect(clippy::cast_possible_truncation, reason = "a share for a bar")]
        let share = (reach.mean / people as f64) as f32;
        let width = ui.available_width();
        meter(ui, share, width);
        if finding.without_seeds >= 0.5 {
            hint(ui, format!("{:.0} of them would adopt without any seed", finding.without_seeds));
        }
        budget::value(ui, desk, reach.mean, finding.without_seeds);
        let seeds = desk.project.seeds();
        if let Some(choice) = desk.findings.choice.as_ref().filter(|it| it.seeds == seeds) {
            for line in &choice.lines {
                hint(ui, line);
            }
        }
        ui.horizontal_wrapped(|ui| {
            for command in [Command::CompareStrategies, Command::ShowOverlap] {
                let words = command.words();
                if ui.link(RichText::new(words.label).small()).on_hover_text(words.tip).clicked() {
                    actions.push(Action::Do(command));
                }
            }
        });
        match finding.guarantee {
            Some(share) => hint(
                ui,
                format!("Proven: at least {:.0} % of the best possible reach", share * 100.0),
            ),
            None => hint(
                ui,
                "No proof how near to the best this is: that exists only for an untouched choice under the cascade and linear threshold models, without waves, nudges, capacity or a present state",
            ),
        };
    });
}

fn list(ui: &mut Ui, desk: &Desk<'_>, seeds: &[PersonIndex], actions: &mut Vec<Action>) {
    let people = &desk.project.results().network.people;
    card(ui, |ui| {
        ui.horizontal(|ui| {
            heading(ui, &counted(seeds.len(), "seed", "seeds"));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.link("Clear").on_hover_text(Command::ClearSeeds.words().tip).clicked() {
                    actions.push(Action::Do(Command::ClearSeeds));
                }
            });
        });
        for (place, &person) in seeds.iter().enumerate() {
            let Some(who) = people.get(person as usize) else { continue };
            let row = desk
                .findings
                .seeds
                .as_ref()
                .and_then(|it| it.seeds.iter().find(|row| row.person == person));
            let name = shown_name(&who.name);
            ui.horizontal(|ui| {
                let ink = palette(ui.visuals()).ink_soft;
                ui.label(RichText::new(format!("{}", place + 1)).small().color(ink));
                if ui.link(&name).clicked() {
                    actions.push(Action::GoTo(person));
                }
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let remove = format!("Remove seed {name}");
                    if icon::small_button(ui, Icon::Close, &remove, "No longer a seed").clicked() {
                        actions.push(Action::ToggleSeed(person));
                    }
                    if let Some(row) = row {
                        let accent = palette(ui.visuals()).accent;
                        ui.label(
                            RichText::new(format!("+{:.1}", row.marginal_reach)).color(accent),
                        )
                        .on_hover_text(format!(
                            "People added to those the seeds above reach (marginal reach); \
                             {:.1} are brought by nobody else on the list (exclusive reach)",
                            row.only_reach
                        ));
                    }
                });
            });
            if let Some(row) = row {
                let check = desk.findings.seed_check.as_ref();
                let cost = check.and_then(|it| it.costs.as_ref()?.of(person));
                let cost = cost.map_or_else(String::new, |it| format!("Costs {}. ", money(it)));
                hint(ui, format!("{cost}{}", row.reason.line));
                reasons::show(ui, desk, row, actions);
            }
            ui.add_space(3.0);
        }
    });
}
