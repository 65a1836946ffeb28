//! Changes of the tray of scenarios, each a step that can be undone.

use super::App;
use crate::ui::actions::TrayChange;

impl App {
    pub(super) fn change_tray(&mut self, change: TrayChange) {
        let tray = &self.project.decisions().tray;
        let name = |place: usize| tray.cases().get(place).map_or("", |it| it.name.as_str());
        let label = match &change {
            TrayChange::SwitchTo(place) => format!("Switch to {}", name(*place)),
            TrayChange::Duplicate(place) => format!("Duplicate {}", name(*place)),
            TrayChange::Rename(place, _) => format!("Rename {}", name(*place)),
            TrayChange::Remove(place) => format!("Delete {}", name(*place)),
            TrayChange::Compare(place, true) => format!("Compare {}", name(*place)),
            TrayChange::Compare(place, false) => format!("Leave {} out", name(*place)),
        };
        // Looking through scenarios one after the other is one step, not many.
        if let TrayChange::SwitchTo(place) = change {
            return self.change(&label, "switch scenario", |it| it.tray.switch_to(place));
        }
        self.decide(&label, |it| match change {
            TrayChange::SwitchTo(_) => {}
            TrayChange::Duplicate(place) => it.tray.duplicate(place),
            // The field has said already why a name cannot be had.
            TrayChange::Rename(place, name) => {
                let _ = it.tray.rename(place, &name);
            }
            TrayChange::Remove(place) => it.tray.remove(place),
            TrayChange::Compare(place, compared) => {
                it.tray.compare(place, compared);
            }
        });
    }

    /// Opens the comparison; what was not ticked is, as far as there is room, where nothing or one
    /// scenario was.
    pub(super) fn compare_scenarios(&mut self) {
        let tray = &self.project.decisions().tray;
        if tray.compared().count() < 2 && tray.cases().len() > 1 {
            self.decide("Compare scenarios", |it| {
                for place in 0..it.tray.cases().len() {
                    it.tray.compare(place, true);
                }
            });
        }
        self.show_window(crate::ui::actions::Window::Compare, true);
    }
}
