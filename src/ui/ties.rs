//! Which evidence makes ties, kind by kind: how much there is, whether it counts, and how much.

use egui::{ComboBox, RichText, Ui};

use super::actions::{Action, Work};
use super::field::{self, NumberField};
use super::state::Desk;
use super::theme::palette;
use super::widgets::{badge, card, grouped, heading, hint};
use crate::assemble::{KindCount, ListedRow, Owners, TieRules};
use crate::import::Source;
use crate::network::{Closeness, EvidenceKind};

/// What the card remembers between frames.
#[derive(Debug, Default)]
pub struct TiesMemory {
    /// The slider that was moved last, and where to: ties are made anew beside the window, and
    /// until they are the decisions tell where the slider was before.
    moved: Option<(EvidenceKind, f64)>,
}

/// Shows the card.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, memory: &mut TiesMemory, actions: &mut Vec<Action>) {
    card(ui, |ui| {
        heading(ui, "Ties");
        let results = desk.project.results();
        if results.kinds.is_empty() {
            hint(ui, "No traces of who knows whom yet.");
        }
        let asked = actions.len();
        for count in results.kinds.iter() {
            row(ui, count, memory, actions);
        }
        if actions.len() == asked && !desk.is_busy(Work::Rules) {
            memory.moved = None;
        }
        if !results.kinds.is_empty() {
            fading(ui, desk, actions);
        }
        listed_rows(ui, desk, actions);
        owners(ui, desk, actions);
    });
}

fn row(ui: &mut Ui, count: &KindCount, memory: &mut TiesMemory, actions: &mut Vec<Action>) {
    let KindCount { kind, ties, on, .. } = *count;
    ui.horizontal(|ui| {
        let mut wanted = on;
        let switch = ui.checkbox(&mut wanted, kind.label()).on_hover_text(explain(kind));
        if switch.changed() {
            actions.push(Action::SwitchKind(kind, wanted));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let colors = palette(ui.visuals());
            let ink = if on { colors.ink } else { colors.ink_soft };
            ui.label(RichText::new(grouped(ties)).small().color(ink));
            if kind.is_observed() {
                badge(ui, "observed", colors.good).on_hover_text("People were seen doing it");
            } else {
                badge(ui, "inferred", colors.warn).on_hover_text("Only inferred from a likeness");
            }
        });
    });
    if on {
        strength(ui, count, memory, actions);
    }
}

/// How much the kind is trusted, and how its ties read by themselves.
fn strength(ui: &mut Ui, count: &KindCount, memory: &mut TiesMemory, actions: &mut Vec<Action>) {
    let kind = count.kind;
    let mut refused = None;
    ui.horizontal(|ui| {
        ui.add_space(22.0);
        let moved = memory.moved.filter(|(moved, _)| *moved == kind);
        let mut trust = moved.map_or(count.trust, |(_, to)| to);
        ui.spacing_mut().slider_width = (ui.available_width() - 136.0).clamp(50.0, 140.0);
        let name = format!("Trust in {}", kind.label().to_lowercase());
        let check = |trust: f64| {
            let most = TieRules::MOST_TRUST;
            if (0.0..=most).contains(&trust) {
                return Ok(());
            }
            Err(format!("{name} is a multiple of the usual from 0 to {most}, not {trust}"))
        };
        let field = NumberField::new(&name, 0.0..=TieRules::MOST_TRUST, &check);
        let edited = field.on_rail().step(0.05).suffix("×").inline(ui, &mut trust);
        edited
            .response
            .accessible_name(&name)
            .on_hover_text("How much it counts, as a multiple of the usual; 0 switches it off");
        refused = edited.refused;
        if edited.changed {
            memory.moved = Some((kind, trust));
            actions.push(Action::SetTrust(kind, trust));
        }
        if let Some(strength) = count.mean_strength {
            let reads = Closeness::of_strength(strength).label();
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let chance = format!(
                    "By itself it passes influence on in {:.1} % of steps, on average",
                    100.0 * strength
                );
                hint(ui, reads).on_hover_text(chance);
            });
        }
    });
    field::reason(ui, refused.as_deref());
}

/// Half lives to choose from.
const HALF_LIVES: [(Option<u32>, &str); 6] = [
    (None, "Never"),
    (Some(730), "Half in 2 years"),
    (Some(365), "Half in a year"),
    (Some(183), "Half in 6 months"),
    (Some(91), "Half in 3 months"),
    (Some(30), "Half in a month"),
];

fn fading(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    ui.add_space(2.0);
    let label = hint(ui, "Old traces fade");
    let now = desk.project.decisions().tie_rules.half_life_days;
    let known = HALF_LIVES.iter().find(|(days, _)| *days == now).map(|(_, label)| *label);
    let shown =
        known.map_or_else(|| format!("Half in {} days", now.unwrap_or_default()), str::to_owned);
    let width = ui.available_width() - 4.0;
    ComboBox::from_id_salt("fading")
        .selected_text(shown)
        .width(width)
        .show_ui(ui, |ui| {
            for (days, label) in HALF_LIVES {
                if ui.selectable_label(days == now, label).clicked() && days != now {
                    actions.push(Action::SetHalfLife(days));
                }
            }
        })
        .response
        .labelled_by(label.id)
        .on_hover_text("Age is counted back from the newest trace; traces without a date stay");
}

fn explain(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Listed => "Rows of an edge list or graph file",
        EvidenceKind::ByHand => "Somebody here said so",
        EvidenceKind::Message => "Direct messages between the two",
        EvidenceKind::Mail => "Mail between the two",
        EvidenceKind::Meeting => "Meetings that both attended",
        EvidenceKind::CloseFriend => "One chose the other as a close friend",
        EvidenceKind::SameOrder => "Their tickets were bought together",
        EvidenceKind::Referral => "One referred or introduced the other",
        EvidenceKind::Reporting => "One reports to the other, or assists them",
        EvidenceKind::GroupThread => "Messages that went to both",
        EvidenceKind::Mention => "One mentioned, answered, passed on or reacted to the other",
        EvidenceKind::Endorsement => "One endorsed a skill of the other",
        EvidenceKind::Recommendation => "One recommended the other in writing",
        EvidenceKind::Follow => "One follows the other",
        EvidenceKind::Invitation => "One invited the other to connect",
        EvidenceKind::PooledContact => {
            "In the contact list of a colleague whose export is here too"
        }
        EvidenceKind::Contact => "In the contact list of the owner: a star around them",
        EvidenceKind::SameCompany => {
            "They work for the same company, which does not prove that they talk"
        }
        EvidenceKind::SameEvent => "They attended the same event, perhaps without meeting",
        EvidenceKind::SameSchool => "They went to the same school, perhaps years apart",
        EvidenceKind::SamePlace => "They are in the same place, which says little",
        EvidenceKind::SameTag => "They bear the same tag",
    }
}

/// Asked only where a list leaves it open.
fn listed_rows(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let leaves_it_open = |source: &Source| {
        source.records.directed.is_none()
            && source.records.ties.iter().next().is_some_and(|tie| tie.kind == EvidenceKind::Listed)
    };
    if !desk.project.evidence().sources.iter().any(|source| leaves_it_open(source)) {
        return;
    }
    ui.add_space(2.0);
    let label = hint(ui, "A row “source, target” means");
    let now = desk.project.decisions().tie_rules.listed_row;
    let width = ui.available_width() - 4.0;
    ComboBox::from_id_salt("listed rows")
        .selected_text(now.label())
        .width(width)
        .show_ui(ui, |ui| {
            for meaning in ListedRow::ALL {
                if ui.selectable_label(meaning == now, meaning.label()).clicked() {
                    actions.push(Action::SetListedRow(meaning));
                }
            }
        })
        .response
        .labelled_by(label.id)
        .on_hover_text("The file does not say which way its ties go");
}

fn owners(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let exports = desk.project.evidence().sources.iter();
    if !exports.into_iter().any(|it| it.records.people.iter().any(|person| person.is_owner)) {
        return;
    }
    ui.add_space(2.0);
    let label = hint(ui, "Owners of the exports");
    let now = desk.project.decisions().tie_rules.owners;
    let width = ui.available_width() - 4.0;
    ComboBox::from_id_salt("owners")
        .selected_text(now.label())
        .width(width)
        .show_ui(ui, |ui| {
            for owners in Owners::ALL {
                if ui.selectable_label(owners == now, owners.label()).clicked() {
                    actions.push(Action::SetOwners(owners));
                }
            }
        })
        .response
        .labelled_by(label.id)
        .on_hover_text(
            "A contact export is a star around its owner, who would win every comparison",
        );
}
