//! The menu of a right click on the map.

use egui::Response;

use super::{Canvas, MapMemory};
use crate::ui::actions::{Action, Tab};
use crate::ui::commands::Command;
use crate::ui::conditions::{self, Mark};
use crate::ui::text::shown_name;
use crate::ui::widgets::hint;

/// Shows the menu while it is open.
pub fn show(
    response: &Response,
    canvas: &Canvas<'_>,
    memory: &MapMemory,
    actions: &mut Vec<Action>,
) {
    response.context_menu(|ui| {
        let project = canvas.desk.project;
        let network = &project.results().network;
        let on = memory.menu_on.and_then(|it| Some((it, network.people.get(it as usize)?)));
        if let Some((person, who)) = on {
            hint(ui, shown_name(&who.name));
            let seed = project.decisions().case().is_seed(&who.id);
            let pinned = project.decisions().pins.contains_key(&*who.id);
            if ui.button(if seed { "No longer a seed" } else { "Make a seed" }).clicked() {
                actions.push(Action::ToggleSeed(person));
            }
            let settings = &project.decisions().seed_settings;
            let id = [who.id.to_string()];
            let must = settings.include.contains(&id[0]);
            let never = settings.exclude.contains(&id[0]);
            if ui.button(if must { "No longer a must-have" } else { "Must be a seed" }).clicked() {
                let mark = if must { Mark::NoMust } else { Mark::Must };
                conditions::mark(&canvas.desk, actions, &id, mark);
            }
            if ui.button(if never { "May be a seed again" } else { "Never a seed" }).clicked() {
                let mark = if never { Mark::NoNever } else { Mark::Never };
                conditions::mark(&canvas.desk, actions, &id, mark);
            }
            if ui.button("Show the neighborhood").clicked() {
                actions.push(Action::FocusOn(person));
            }
            if ui.button("Show facts and ties").clicked() {
                actions.push(Action::Select(vec![person], super::super::actions::Selecting::Only));
                actions.push(Action::ShowTab(Tab::Person));
            }
            crate::ui::learn::marks::menu(ui, &canvas.desk, &[person], actions);
            if pinned && ui.button("Release to the layout").clicked() {
                actions.push(Action::Unpin(vec![person]));
            }
        } else {
            for command in [Command::Fit, Command::SelectAll, Command::Rearrange, Command::UnpinAll]
            {
                if ui.button(command.words().label).clicked() {
                    actions.push(Action::Do(command));
                }
            }
        }
    });
}
