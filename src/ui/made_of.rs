//! Which records a person is made of, and how to take them apart again.

use egui::Ui;

use super::actions::Action;
use super::sources::file_name;
use super::state::Desk;
use super::text::{plain, shown_name, shown_text};
use super::widgets::{card, counted, heading, hint};
use crate::import::{PersonKey, PersonRecord};
use crate::network::{Person, PersonIndex};

/// Records listed; the rest is counted.
const MOST: usize = 12;

/// Shows the card for a person of several records.
pub fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    person: PersonIndex,
    who: &Person,
    actions: &mut Vec<Action>,
) {
    let sources = &desk.project.evidence().sources;
    let records: Vec<(&str, &PersonRecord)> = (desk.project.results().entries.records_of(person))
        .iter()
        .filter_map(|&(source, record)| {
            let source = sources.get(source as usize)?;
            Some((source.path.as_str(), source.records.people.get(record as usize)?))
        })
        .collect();
    if records.len() < 2 {
        return;
    }
    card(ui, |ui| {
        heading(ui, &format!("Made of {}", counted(records.len(), "record", "records")));
        for (path, record) in records.iter().take(MOST) {
            let name = if record.name.is_empty() { &who.name } else { &record.name };
            let file = shown_text(&file_name(path));
            hint(ui, format!("{} in {file}", shown_name(name))).on_hover_text(shown_text(path));
        }
        if records.len() > MOST {
            hint(ui, format!("and {} more", records.len() - MOST));
        }
        by_hand(ui, desk, &who.id, actions);
        by_keys(ui, &records, actions);
    });
}

/// Pairs that a person joined.
fn by_hand(ui: &mut Ui, desk: &Desk<'_>, id: &str, actions: &mut Vec<Action>) {
    let joined = desk.project.results().entries.joined();
    let now = |entry: &str| joined.get(entry).map_or(entry.to_owned(), Clone::clone);
    for (one, other) in desk.project.decisions().merges.accepted().filter(|it| now(it.0) == id) {
        ui.horizontal_wrapped(|ui| {
            hint(ui, format!("Joined by hand: {} and {}", shown_name(one), shown_name(other)));
            let split = ui.small_button("Split").on_hover_text("They are two people after all");
            if split.accessible_name(format!("Split {} and {}", plain(one), plain(other))).clicked()
            {
                let (one, other) = (one.to_owned(), other.to_owned());
                actions.push(Action::Merge { one, other, same: false });
            }
        });
    }
}

/// Keys that more than one of the records has.
fn by_keys(ui: &mut Ui, records: &[(&str, &PersonRecord)], actions: &mut Vec<Action>) {
    let mut keys: Vec<&PersonKey> = records.iter().flat_map(|(_, it)| &it.keys).collect();
    keys.sort();
    let shared: Vec<&PersonKey> = keys
        .chunk_by(|one, next| one == next)
        .filter(|same| same.len() > 1 && kind(same[0]).is_some())
        .map(|same| same[0])
        .collect();
    if shared.is_empty() {
        return;
    }
    let told = shared.iter().filter_map(|key| Some(format!("{} {}", kind(key)?, key.short())));
    let told = told.collect::<Vec<_>>().join(", ");
    ui.horizontal_wrapped(|ui| {
        hint(ui, format!("Known by the same {told}"));
        let tip = "Several people share it (a reception, a family): it joins nobody any more";
        if ui.small_button("Split by this").on_hover_text(tip).clicked() {
            actions.push(Action::ShareKeys(shared.into_iter().cloned().collect()));
        }
    });
}

/// What a key is called; `None` for those that are no sign a person could judge.
fn kind(key: &PersonKey) -> Option<&'static str> {
    match key {
        PersonKey::Account(_) => Some("account"),
        PersonKey::Profile(_) => Some("profile"),
        PersonKey::Handle(_) => Some("account name"),
        PersonKey::Email(_) => Some("mail address"),
        PersonKey::Phone(_) => Some("phone number"),
        PersonKey::OwnerOf(_) | PersonKey::Node(_) | PersonKey::NameOnly(_) => None,
    }
}
