//! Filters that were kept: take one, keep the one at hand, rename, delete.

use egui::{ComboBox, Key, TextEdit, Ui};

use crate::project::Filters;
use crate::ui::actions::{Action, FilterChange};
use crate::ui::field::reason;
use crate::ui::icon::{self, Icon};
use crate::ui::state::Desk;
use crate::ui::text::shown_name;

/// A name that is being typed.
#[derive(Debug)]
pub struct Naming {
    /// Place of the filter that gets it; `None` keeps the one at hand.
    at: Option<usize>,
    text: String,
    /// True until the field has taken the keyboard.
    begins: bool,
}

/// Shows the menu of what was kept, and what can be done with it.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, naming: &mut Option<Naming>, actions: &mut Vec<Action>) {
    let filters = &desk.project.decisions().filters;
    if filters.now.is_empty() && filters.named.is_empty() {
        *naming = None;
        return;
    }
    let current = filters.named.iter().position(|it| it.filter == filters.now);
    ui.horizontal(|ui| {
        let name = match current {
            Some(at) => shown_name(&filters.named[at].name),
            None if filters.now.is_empty() => "Everyone".to_owned(),
            None => "Not kept".to_owned(),
        };
        let buttons = if current.is_some() { 2.0 } else { 1.0 };
        let width = (ui.available_width() - buttons * 26.0 - 8.0).max(80.0);
        let menu = ComboBox::from_id_salt("kept filters").selected_text(name).width(width);
        let menu = menu.truncate().show_ui(ui, |ui| {
            if ui.selectable_label(filters.now.is_empty(), "Everyone").clicked() {
                actions.push(Action::SetFilter(Box::default(), false));
                ui.close();
            }
            for (at, named) in filters.named.iter().enumerate() {
                let item = ui.selectable_label(current == Some(at), shown_name(&named.name));
                let tip = shown_name(&named.filter.in_words());
                if item.on_hover_text(tip).clicked() {
                    actions.push(Action::ChangeFilters(FilterChange::Use(at)));
                    ui.close();
                }
            }
        });
        menu.response.on_hover_text("Filters that were kept").accessible_name("Kept filters");
        let mut begin = |at: Option<usize>, text: &str| {
            *naming = Some(Naming { at, text: text.to_owned(), begins: true });
        };
        if let Some(at) = current {
            if icon::small_button(ui, Icon::Pen, "Rename filter", "Rename").clicked() {
                begin(Some(at), &filters.named[at].name);
            }
            if icon::small_button(ui, Icon::Close, "Delete filter", "Keep it no longer").clicked() {
                actions.push(Action::ChangeFilters(FilterChange::Remove(at)));
            }
        } else if !filters.now.is_empty() {
            let tip = "Keep this filter under a name";
            if icon::small_button(ui, Icon::Plus, "Keep filter", tip).clicked() {
                begin(None, "");
            }
        }
    });
    if let Some(now) = naming
        && name_field(ui, filters, now, actions)
    {
        *naming = None;
    }
}

/// The field; true when it is done with.
fn name_field(
    ui: &mut Ui,
    filters: &Filters,
    naming: &mut Naming,
    actions: &mut Vec<Action>,
) -> bool {
    let mut done = false;
    let name = naming.text.trim().to_owned();
    let outcome = match naming.at {
        Some(at) => filters.clone().rename(at, &name),
        None => filters.clone().keep(&name),
    };
    ui.horizontal(|ui| {
        let replaces = naming.at.is_none() && filters.find(&name).is_some();
        let verb = match naming.at {
            Some(_) => "Rename",
            None if replaces => "Replace",
            None => "Keep",
        };
        let width = (ui.available_width() - 78.0).max(60.0);
        let field = TextEdit::singleline(&mut naming.text).hint_text("Name").desired_width(width);
        let field = ui.add(field).accessible_name("Name of the filter");
        if std::mem::take(&mut naming.begins) {
            field.request_focus();
        }
        let (enter, escape) =
            ui.input(|input| (input.key_pressed(Key::Enter), input.key_pressed(Key::Escape)));
        let entered = field.lost_focus() && enter;
        let button = ui.add_enabled(outcome.is_ok(), egui::Button::new(verb));
        if outcome.is_ok() && (button.clicked() || entered) {
            let change = match naming.at {
                Some(at) => FilterChange::Rename(at, name.clone()),
                None => FilterChange::Keep(name.clone()),
            };
            actions.push(Action::ChangeFilters(change));
            done = true;
        }
        done |= escape && (field.has_focus() || field.lost_focus());
    });
    if let Err(why) = outcome
        && !name.is_empty()
    {
        reason(ui, Some(&format!("{why}.")));
    }
    done
}
