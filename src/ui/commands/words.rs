//! What each command is called, what it says of itself and which key asks for it, in one
//! exhaustive match.

use egui::{Context, Key, KeyboardShortcut, Modifiers};

use super::Command;
use crate::diffusion::AdopterClass;

/// What a command says about itself.
pub struct Words {
    /// Menu entry, and "…" only when more input follows.
    pub label: &'static str,
    /// One plain sentence.
    pub tip: &'static str,
    /// Key, when there is one.
    pub keys: Option<KeyboardShortcut>,
}

impl Command {
    /// Label, tooltip and keys.
    #[expect(clippy::too_many_lines, reason = "one entry per command")]
    pub fn words(self) -> Words {
        let ctrl = Modifiers::COMMAND;
        let shift = Modifiers::COMMAND.plus(Modifiers::SHIFT);
        let plain = Modifiers::NONE;
        let (label, tip, keys) = match self {
            Self::New => ("New project", "Start with nothing", Some((ctrl, Key::N))),
            Self::Open => (
                "Open…",
                "Open exports, graph files, folders, zips or a project",
                Some((ctrl, Key::O)),
            ),
            Self::OpenSample => {
                ("Open the sample", "An invented trade association of about 400 people", None)
            }
            Self::Save => ("Save", "Save the project", Some((ctrl, Key::S))),
            Self::SaveAs => {
                ("Save as…", "Save the project under another name", Some((shift, Key::S)))
            }
            Self::WritePlan => (
                "Write the plan…",
                "Map, curve, tables and a one-page report, into a folder",
                Some((ctrl, Key::E)),
            ),
            Self::Quit => ("Quit", "Close the window", Some((ctrl, Key::Q))),
            Self::Undo => ("Undo", "Take back the last decision", Some((ctrl, Key::Z))),
            Self::Redo => ("Redo", "Do it again", Some((shift, Key::Z))),
            Self::Find => {
                ("Find a person", "Search names, companies and handles", Some((ctrl, Key::F)))
            }
            Self::SelectAll => (
                "Select everyone",
                "Everyone whom the map shows: with a filter, those whom it picks",
                Some((ctrl, Key::A)),
            ),
            Self::Escape => (
                "Select nobody",
                "Close what is open, or select nobody",
                Some((plain, Key::Escape)),
            ),
            Self::Fit => ("Show everyone", "Fit the whole map", Some((ctrl, Key::Num0))),
            Self::FitSelection => {
                ("Show the selection", "Fit the selected people", Some((ctrl, Key::Num9)))
            }
            Self::Focus => (
                "Show the neighborhood",
                "Fit the selected person and everyone tied to them",
                Some((plain, Key::Enter)),
            ),
            Self::ZoomIn => ("Zoom in", "Nearer", Some((plain, Key::Plus))),
            Self::ZoomOut => ("Zoom out", "Farther", Some((plain, Key::Minus))),
            Self::LargerText => {
                ("Larger text", "Larger text and controls", Some((ctrl, Key::Plus)))
            }
            Self::SmallerText => {
                ("Smaller text", "Smaller text and controls", Some((ctrl, Key::Minus)))
            }
            Self::ToggleMinimap => (
                "Mini-map",
                "Show or hide the whole map in a corner, while only part of it is seen",
                None,
            ),
            Self::ToggleLeft => {
                ("Left panel", "Show or hide sources, ties and legend", Some((plain, Key::F8)))
            }
            Self::ToggleRight => {
                ("Right panel", "Show or hide person, seeds and forecast", Some((plain, Key::F9)))
            }
            Self::ToggleTable => {
                ("People table", "Show or hide everyone line by line", Some((plain, Key::F7)))
            }
            Self::SavePicture => (
                "Save the picture…",
                "The map as it is seen now, with its legend, as PNG, SVG or PDF",
                Some((shift, Key::E)),
            ),
            Self::ExportTable => (
                "Export the table…",
                "Write the people table, as it is listed, into a CSV file",
                None,
            ),
            Self::Rearrange => {
                ("Arrange again", "Lay the map out from scratch", Some((ctrl, Key::L)))
            }
            Self::UnpinAll => ("Release dragged people", "Let the layout place them again", None),
            Self::ImportReport => {
                ("Import report", "What was read, kept and skipped, and why", Some((ctrl, Key::I)))
            }
            Self::ImportChanges => {
                ("What changed", "Who came, went or moved since the export before", None)
            }
            Self::MergePeople => {
                ("Merge people…", "Decide who is the same person twice", Some((ctrl, Key::M)))
            }
            Self::Neighborhoods => (
                "Neighborhoods",
                "Groups with many ties inside: names, captains, and how they fill",
                Some((ctrl, Key::G)),
            ),
            Self::ChooseSeeds => (
                "Choose seeds",
                "Find the people whose start reaches the most others",
                Some((shift, Key::K)),
            ),
            Self::SeedSelection => {
                ("Make the selection seeds", "Add the selected people to the seeds", None)
            }
            Self::ClearSeeds => ("Clear seeds", "Have no seeds", None),
            Self::CompareStrategies => (
                "Compare strategies",
                "What the same budget brings when it is spent in other ways",
                None,
            ),
            Self::ShowOverlap => (
                "Overlap of the seeds",
                "Who of them reaches the same people, and where the next one stops paying",
                None,
            ),
            Self::RunForecast => {
                ("Run the forecast", "Simulate adoption many times", Some((ctrl, Key::R)))
            }
            Self::DuplicateScenario => (
                "Duplicate the scenario",
                "Put a copy of it into the tray, to change one thing and compare",
                Some((ctrl, Key::D)),
            ),
            Self::CompareScenarios => (
                "Compare scenarios",
                "Lay scenarios over each other: curves, differences, what was decided otherwise",
                Some((ctrl, Key::T)),
            ),
            Self::PlayPause => (
                "Play or pause",
                "Watch one possible course step by step",
                Some((plain, Key::Space)),
            ),
            Self::StepForward => ("Step forward", "One step on", Some((plain, Key::ArrowRight))),
            Self::StepBack => ("Step back", "One step back", Some((plain, Key::ArrowLeft))),
            Self::FirstStep => ("First step", "Back to the seeds", Some((plain, Key::Home))),
            Self::LastStep => ("Last step", "To the end", Some((plain, Key::End))),
            Self::ShowConversions => (
                "Who converted whom",
                "The course that is watched as a tree, from the seeds on",
                None,
            ),
            Self::NextReplicate => {
                ("Another course", "Show the next replicate", Some((plain, Key::ArrowDown)))
            }
            Self::SelectNeighbors => (
                "Select neighbors too",
                "Add everyone tied to the selected people",
                Some((plain, Key::N)),
            ),
            Self::SelectTwoSteps => (
                "Select neighbors' neighbors too",
                "Add everyone within two ties of the selected people",
                Some((Modifiers::SHIFT, Key::N)),
            ),
            Self::SelectInverse => (
                "Select the others",
                "Everyone shown who is not selected (inverse)",
                Some((shift, Key::I)),
            ),
            Self::SelectClass(class) => (
                match class {
                    AdopterClass::Innovator => "Select innovators",
                    AdopterClass::EarlyAdopter => "Select early adopters",
                    AdopterClass::EarlyMajority => "Select the early majority",
                    AdopterClass::LateMajority => "Select the late majority",
                    AdopterClass::Laggard => "Select laggards",
                },
                "Everyone of this class in the course that is shown",
                None,
            ),
            Self::PinSelection => (
                "Keep in place",
                "The layout no longer moves the selected people (pin)",
                Some((plain, Key::P)),
            ),
            Self::UnpinSelection => (
                "Release to the layout",
                "The layout may move the selected people again (unpin)",
                Some((Modifiers::SHIFT, Key::P)),
            ),
            Self::HideSelection => (
                "Hide",
                "Take the selected people off the map; they stay in the network",
                Some((plain, Key::H)),
            ),
            Self::HideOthers => (
                "Hide everyone else",
                "Show only the selected people; the others stay in the network",
                Some((Modifiers::SHIFT, Key::H)),
            ),
            Self::ShowHidden => {
                ("Bring hidden people back", "Show everyone who was hidden by hand", None)
            }
            Self::LookAround => (
                "Look around them",
                "Show only who is within a few steps of the selected people (ego view)",
                Some((plain, Key::E)),
            ),
            Self::ShowWay => (
                "Show the way between two",
                "How word gets from one selected person to the other (shortest warm path)",
                Some((plain, Key::W)),
            ),
            Self::AddPerson => {
                ("Add a person…", "Somebody whom no file names", Some((plain, Key::Insert)))
            }
            Self::TieTwo => (
                "Tie the two…",
                "Say that two selected people know each other",
                Some((plain, Key::T)),
            ),
            Self::UntieTwo => (
                "Remove the tie of the two",
                "Leave out whatever ties two selected people; it can be brought back",
                None,
            ),
            Self::GroupSelection => (
                "Group…",
                "Give the selected people a group, to color, filter and part the network by",
                Some((plain, Key::G)),
            ),
            Self::LeaveOut => (
                "Remove from the network",
                "Leave the selected people out, with all their ties; they can be brought back",
                Some((plain, Key::Delete)),
            ),
            Self::MarkContacted => {
                ("Mark as contacted", "Somebody has spoken to the selected people", None)
            }
            Self::MarkAdopted => ("Mark as adopted", "The selected people have taken it up", None),
            Self::MarkDeclined => ("Mark as declined", "The selected people said no", None),
            Self::ClearMarks => {
                ("Take marks back", "Forget what was noted about the selected people", None)
            }
            Self::MakePlan => (
                "Make the forecast the plan",
                "Keep its curve, to measure what happens by it",
                None,
            ),
            Self::ShowLearn => (
                "What happened",
                "The observed curve, p and q, and the campaign",
                Some((ctrl, Key::J)),
            ),
            Self::Palette => ("Do anything…", "Find any command by its name", Some((ctrl, Key::K))),
            Self::Keys => ("Keys and gestures", "Every key and gesture", Some((plain, Key::F1))),
            Self::Welcome => ("Welcome", "Show the welcome card", None),
        };
        let keys = keys.map(|(modifiers, key)| KeyboardShortcut::new(modifiers, key));
        Words { label, tip, keys }
    }

    /// The key as written on this system, empty when there is none.
    pub fn keys_in_words(self, ctx: &Context) -> String {
        self.words().keys.map_or_else(String::new, |keys| ctx.format_shortcut(&keys))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_a_key_or_a_label() {
        let commands = Command::ALL;
        for (i, &a) in commands.iter().enumerate() {
            for &b in &commands[i + 1..] {
                assert_ne!(a.words().label, b.words().label);
                if let (Some(a_keys), Some(b_keys)) = (a.words().keys, b.words().keys) {
                    assert_ne!(a_keys, b_keys, "{a:?} and {b:?}");
                }
            }
        }
    }
}
