//! What views ask for. They push; `app::apply` alone carries out, first in first out.

use std::path::PathBuf;

use super::commands::Command;

/// One wish of the person at the window.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A command from a menu or a key.
    Do(Command),
    /// Files, folders or zips to import, or one project to open.
    OpenPaths(Vec<PathBuf>),
    /// Show a panel on the right.
    ShowTab(Tab),
    /// Follow the system, or always light or dark.
    SetTheme(egui::ThemePreference),
    /// Open or close a window.
    ShowWindow(Window, bool),
}

/// The panels on the right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Facts, ties and measures of the selected person.
    Person,
    /// Whom to engage first.
    #[default]
    Seeds,
    /// What would happen then.
    Forecast,
}

impl Tab {
    /// Every tab, from left to right.
    pub const ALL: [Self; 3] = [Self::Person, Self::Seeds, Self::Forecast];

    /// Name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Seeds => "Seeds",
            Self::Forecast => "Forecast",
        }
    }
}

/// What can lie over the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Window {
    /// Where to start.
    Welcome,
    /// Keys and gestures.
    Keys,
}
