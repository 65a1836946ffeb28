//! Which evidence makes ties, kind by kind.

use egui::{ComboBox, RichText, Ui};

use super::actions::Action;
use super::state::Desk;
use super::theme::palette;
use super::widgets::{badge, card, grouped, heading, hint};
use crate::assemble::{KindCount, ListedRow, Owners};
use crate::import::Source;
use crate::network::EvidenceKind;

/// Shows the card.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    card(ui, |ui| {
        heading(ui, "Ties");
        let results = desk.project.results();
        if results.kinds.is_empty() {
            hint(ui, "No traces of who knows whom yet.");
        }
        for count in results.kinds.iter() {
            row(ui, count, actions);
        }
        listed_rows(ui, desk, actions);
        owners(ui, desk, actions);
    });
}

fn row(ui: &mut Ui, count: &KindCount, actions: &mut Vec<Action>) {
    let KindCount { kind, ties, on } = *count;
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
}

fn explain(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Listed => "Rows of an edge list or graph file",
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
            && source.records.ties.first().is_some_and(|tie| tie.kind == EvidenceKind::Listed)
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
