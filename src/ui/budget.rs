//! What the next search for seeds should come to, and what people cost.

use egui::{ComboBox, RichText, Ui};

use super::actions::Action;
use super::columns::ColumnsMemory;
use super::field::{NumberField, reason};
use super::person::capitalized;
use super::state::{Desk, Subject};
use super::theme::palette;
use super::widgets::{card, heading, hint};
use crate::network::{ColumnKind, fact};
use crate::project::{GoalSetting, SeedSettings};
use crate::seeding::{Fee, Least, Prices, candidates_in_words, money, per_thousand};
use crate::words;

/// What a choice ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aim {
    Number,
    Money,
    Both,
    FewestSeeds,
    LeastMoney,
}

impl Aim {
    const ALL: [Self; 5] =
        [Self::Number, Self::Money, Self::Both, Self::FewestSeeds, Self::LeastMoney];

    fn of(settings: &SeedSettings) -> Self {
        match (settings.goal, settings.budget, settings.k) {
            (Some(goal), ..) if goal.least == Least::Money => Self::LeastMoney,
            (Some(_), ..) => Self::FewestSeeds,
            (None, Some(_), Some(_)) => Self::Both,
            (None, Some(_), None) => Self::Money,
            _ => Self::Number,
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Number => "so many people",
            Self::Money => "what a budget buys",
            Self::Both => "so many within a budget",
            Self::FewestSeeds => "the fewest people for a goal",
            Self::LeastMoney => "the least money for a goal",
        }
    }

    fn apply(self, settings: &mut SeedSettings, has_costs: bool) {
        let k = settings.k.or(Some(10));
        let budget = settings.budget.or(Some(1000.0));
        let goal =
            settings.goal.unwrap_or(GoalSetting { share: 0.3, by_step: None, least: Least::Seeds });
        (settings.k, settings.budget, settings.goal) = match self {
            Self::Number => (k, None, None),
            Self::Money => (None, budget, None),
            Self::Both => (k, budget, None),
            Self::FewestSeeds => (None, None, Some(GoalSetting { least: Least::Seeds, ..goal })),
            Self::LeastMoney => (None, None, Some(GoalSetting { least: Least::Money, ..goal })),
        };
        let counts_money = matches!(self, Self::Money | Self::Both | Self::LeastMoney);
        if counts_money && !settings.prices.are_given() {
            settings.prices = if has_costs {
                Prices { column: Some(fact::COST.to_owned()), ..Prices::default() }
            } else {
                Prices::flat(100.0)
            };
        }
    }
}

/// Fields for how many seeds there may be, inside the card that chooses.
pub fn aim(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let settings = &desk.project.decisions().seed_settings;
    let aim = Aim::of(settings);
    ui.horizontal(|ui| {
        let label = ui.label("Find");
        let width = ui.available_width() - 4.0;
        ComboBox::from_id_salt("aim")
            .selected_text(aim.label())
            .width(width)
            .show_ui(ui, |ui| {
                for other in Aim::ALL {
                    if ui.selectable_label(other == aim, other.label()).clicked() && other != aim {
                        let people = &desk.project.results().network.people;
                        let has_costs = people.iter().any(|it| it.fact(fact::COST).is_some());
                        change(desk, actions, "Change what is looked for", |it| {
                            other.apply(it, has_costs);
                        });
                    }
                }
            })
            .response
            .labelled_by(label.id);
    });
    if let Some(mut k) = settings.k {
        let people = desk.project.results().network.people.len();
        let most = people.clamp(1, 200) as f64;
        let check = |k: f64| only_if(k >= 1.0, || "Choose at least 1 seed".to_owned());
        let field = NumberField::new("How many", 1.0..=most, &check).on_rail();
        if row(ui, "How many", field, &mut k) {
            drag(desk, actions, "Change the number of seeds", |it| it.k = Some(k));
        }
        if people > 0 && k > people {
            hint(
                ui,
                format!("There are only {}: all who may be a seed will be", words::people(people)),
            );
        }
    }
    if let Some(mut budget) = settings.budget {
        let check = |it: f64| {
            let why = || format!("The budget must be above 0, but is {}", money(it));
            only_if(it > 0.0 && it.is_finite(), why)
        };
        let field = NumberField::new("Budget", 1.0..=1e9, &check).speed(budget.max(10.0) / 100.0);
        if row(ui, "Budget", field, &mut budget) {
            drag(desk, actions, "Change the budget", |it| it.budget = Some(budget));
        }
    }
    refusal(ui, desk, &[Subject::Count, Subject::Budget]);
    if let Some(goal) = settings.goal {
        goal_fields(ui, desk, goal, actions);
    }
}

fn goal_fields(ui: &mut Ui, desk: &Desk<'_>, goal: GoalSetting, actions: &mut Vec<Action>) {
    let mut set = |goal: GoalSetting| {
        drag(desk, actions, "Change the goal", |it| it.goal = Some(goal));
    };
    let check = |percent: f64| {
        let why = || format!("A goal is above 0 % and at most 100 %, not {percent} %");
        only_if(percent > 0.0 && percent <= 100.0, why)
    };
    let mut percent = (goal.share * 1000.0).round() / 10.0;
    let field = NumberField::new("Reach", 1.0..=100.0, &check).on_rail().suffix(" %");
    if row(ui, "Reach", field, &mut percent) {
        set(GoalSetting { share: percent / 100.0, ..goal });
    }
    let unit = desk.project.decisions().scenario().step_unit.word(1);
    let last = desk.project.decisions().scenario().steps;
    let mut is_timed = goal.by_step.is_some();
    ui.horizontal(|ui| {
        if ui.checkbox(&mut is_timed, format!("by {unit}")).changed() {
            set(GoalSetting { by_step: is_timed.then_some(last.min(12)), ..goal });
        }
        if let Some(mut step) = goal.by_step {
            let check = |step: f64| {
                only_if(step >= 1.0, || format!("Nobody but the seeds has adopted by {unit} 0"))
            };
            let name = format!("Goal by {unit}");
            let edited = NumberField::new(&name, 1.0..=200.0, &check).inline(ui, &mut step);
            if edited.changed {
                set(GoalSetting { by_step: Some(step), ..goal });
            }
            reason(ui, edited.refused.as_deref());
        } else {
            hint(ui, "(else by the end of what is simulated)");
        }
    });
    refusal(ui, desk, &[Subject::Goal]);
}

/// The card about prices.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, columns: &mut ColumnsMemory, actions: &mut Vec<Action>) {
    let settings = &desk.project.decisions().seed_settings;
    let prices = &settings.prices;
    card(ui, |ui| {
        heading(ui, "What a seed costs");
        hint(
            ui,
            "In any currency: a column of the file, a fee, or the fee where the file is silent",
        );
        ui.add_space(2.0);
        own_prices(ui, desk, columns, actions);
        fee(ui, desk, columns, actions);
        let unpriced = desk.findings.seed_check.as_ref().map_or(0, |it| it.unpriced);
        let may_lack_prices = prices.column.is_some() && prices.fee.is_none()
            || matches!(&prices.fee, Some(Fee::PerFollower { column: Some(_), .. }));
        if may_lack_prices {
            let mut leave_out = prices.leave_out_unpriced;
            if ui.checkbox(&mut leave_out, "Leave out people without a price").changed() {
                change(desk, actions, "Leave out people without a price", |it| {
                    it.prices.leave_out_unpriced = leave_out;
                });
            }
        }
        refusal(ui, desk, &[Subject::Prices]);
        if let Some(check) = &desk.findings.seed_check
            && check.refusal.is_none()
            && prices.are_given()
        {
            hint(ui, candidates_in_words(check.candidates, unpriced));
        }
    });
}

fn own_prices(
    ui: &mut Ui,
    desk: &Desk<'_>,
    columns: &mut ColumnsMemory,
    actions: &mut Vec<Action>,
) {
    let now = desk.project.decisions().seed_settings.prices.column.clone();
    let numbers = number_columns(columns, now.as_deref());
    if numbers.is_empty() {
        return;
    }
    if let Some(chosen) = menu(ui, "Own price", now.as_deref(), "in no column", &numbers) {
        change(desk, actions, "Change where prices are", |it| it.prices.column = chosen);
    }
}

fn fee(ui: &mut Ui, desk: &Desk<'_>, columns: &mut ColumnsMemory, actions: &mut Vec<Action>) {
    let prices = &desk.project.decisions().seed_settings.prices;
    let else_word = if prices.column.is_some() { "Else" } else { "Fee" };
    let kinds = ["nothing is said", "the same for everyone", "by followers"];
    let kind = match &prices.fee {
        None => 0,
        Some(Fee::Flat(_)) => 1,
        Some(Fee::PerFollower { .. }) => 2,
    };
    ui.horizontal(|ui| {
        let label = ui.label(else_word);
        let width = ui.available_width() - 4.0;
        ComboBox::from_id_salt("fee")
            .selected_text(kinds[kind])
            .width(width)
            .show_ui(ui, |ui| {
                for (other, name) in kinds.into_iter().enumerate() {
                    if ui.selectable_label(other == kind, name).clicked() && other != kind {
                        let fee = match other {
                            0 => None,
                            1 => Some(Fee::Flat(100.0)),
                            _ => Some(Fee::PerFollower { base: 0.0, each: 10.0, column: None }),
                        };
                        change(desk, actions, "Change the fee", |it| it.prices.fee = fee);
                    }
                }
            })
            .response
            .labelled_by(label.id);
    });
    let check = |it: f64| {
        only_if(it >= 0.0 && it.is_finite(), || format!("A fee must be 0 or more, but is {it}"))
    };
    let set = |fee: Fee, actions: &mut Vec<Action>| {
        drag(desk, actions, "Change the fee", |it| it.prices.fee = Some(fee));
    };
    match prices.fee.clone() {
        None => {}
        Some(Fee::Flat(mut fee)) => {
            let field = NumberField::new("Each", 0.0..=1e9, &check).speed(fee.max(10.0) / 100.0);
            if row(ui, "Each", field, &mut fee) {
                set(Fee::Flat(fee), actions);
            }
        }
        Some(Fee::PerFollower { mut base, mut each, column }) => {
            let speed = each.max(1.0) / 100.0;
            let field = NumberField::new("Per follower", 0.0..=1e6, &check).speed(speed);
            if row(ui, "Per follower", field, &mut each) {
                set(Fee::PerFollower { base, each, column: column.clone() }, actions);
            }
            let field = NumberField::new("Plus", 0.0..=1e9, &check).speed(base.max(10.0) / 100.0);
            if row(ui, "Plus", field, &mut base) {
                set(Fee::PerFollower { base, each, column: column.clone() }, actions);
            }
            let numbers = number_columns(columns, column.as_deref());
            let none = "people here who listen to them";
            if let Some(chosen) = menu(ui, "Followers", column.as_deref(), none, &numbers) {
                set(Fee::PerFollower { base, each, column: chosen }, actions);
            }
        }
    }
}

/// Columns of numbers, and the one at hand in any case.
fn number_columns(columns: &ColumnsMemory, now: Option<&str>) -> Vec<String> {
    let known = columns.columns().iter();
    let numbers = known.filter(|(_, column)| column.kind == ColumnKind::Number);
    let mut names: Vec<String> = numbers.map(|(name, _)| name.clone()).collect();
    names.sort_by_key(|name| (name != fact::COST, name.clone()));
    if let Some(now) = now.filter(|now| !names.iter().any(|it| it == now)) {
        names.push(now.to_owned());
    }
    names
}

/// A menu of columns; answers which one was chosen.
pub fn menu(
    ui: &mut Ui,
    label: &str,
    now: Option<&str>,
    none: &str,
    columns: &[String],
) -> Option<Option<String>> {
    let mut chosen = None;
    ui.horizontal(|ui| {
        let name = ui.label(label);
        let width = ui.available_width() - 4.0;
        ComboBox::from_id_salt(name.id)
            .selected_text(now.map_or_else(|| none.to_owned(), capitalized))
            .width(width)
            .show_ui(ui, |ui| {
                if ui.selectable_label(now.is_none(), none).clicked() {
                    chosen = Some(None);
                }
                for column in columns {
                    let here = now == Some(column.as_str());
                    if ui.selectable_label(here, capitalized(column)).clicked() {
                        chosen = Some(Some(column.clone()));
                    }
                }
            })
            .response
            .labelled_by(name.id);
    });
    chosen
}

/// What the seeds cost and bring for that, inside the card about reach.
pub fn value(ui: &mut Ui, desk: &Desk<'_>, reach: f64, without_seeds: f64) {
    let Some(costs) = desk.findings.seed_check.as_ref().and_then(|it| it.costs.as_ref()) else {
        return;
    };
    let seeds = desk.project.seeds();
    let known = |it: &&u32| (**it as usize) < costs.people();
    let seeds: Vec<u32> = seeds.iter().filter(known).copied().collect();
    let spent = costs.total(&seeds);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(format!("Costs {}", money(spent))).strong());
        if let Some(value) = per_thousand(reach - without_seeds, spent) {
            hint(ui, format!("{value:.1} adopters per 1,000 spent"));
        }
    });
    let unpriced = seeds.iter().filter(|&&it| costs.of(it).is_none()).count();
    if unpriced > 0 {
        let ink = palette(ui.visuals()).warn;
        let text = format!("without the {unpriced} of them who have no price");
        ui.label(RichText::new(text).small().color(ink));
    }
}

/// A number field beside its name, and below it why a number was refused.
fn row<N: egui::emath::Numeric>(
    ui: &mut Ui,
    name: &str,
    field: NumberField<'_>,
    value: &mut N,
) -> bool {
    let edited = ui
        .horizontal(|ui| {
            let label = ui.label(name);
            let edited = field.inline(ui, value);
            edited.response.clone().labelled_by(label.id);
            edited
        })
        .inner;
    reason(ui, edited.refused.as_deref());
    edited.changed
}

/// What a field takes, and why not anything else.
///
/// # Errors
/// The reason, when it does not take it.
pub fn only_if(takes: bool, why: impl FnOnce() -> String) -> Result<(), String> {
    if takes { Ok(()) } else { Err(why()) }
}

/// Why a search could not be made, beside what is to blame.
pub fn refusal(ui: &mut Ui, desk: &Desk<'_>, about: &[Subject]) {
    let refusal = desk.findings.seed_check.as_ref().and_then(|it| it.refusal.as_ref());
    let refusal = refusal.filter(|it| about.contains(&it.about));
    reason(ui, refusal.map(|it| it.text.as_str()));
}

/// Asks for settings with one change.
pub fn change(
    desk: &Desk<'_>,
    actions: &mut Vec<Action>,
    label: &'static str,
    change: impl FnOnce(&mut SeedSettings),
) {
    push(desk, actions, (label, false), change);
}

/// The same for a number that may come in dozens while it is dragged.
pub fn drag(
    desk: &Desk<'_>,
    actions: &mut Vec<Action>,
    label: &'static str,
    change: impl FnOnce(&mut SeedSettings),
) {
    push(desk, actions, (label, true), change);
}

fn push(
    desk: &Desk<'_>,
    actions: &mut Vec<Action>,
    (label, dragged): (&'static str, bool),
    change: impl FnOnce(&mut SeedSettings),
) {
    let mut settings = desk.project.decisions().seed_settings.clone();
    change(&mut settings);
    actions.push(Action::SetSeedSettings(Box::new(settings), label, dragged));
}
