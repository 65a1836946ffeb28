//! Every command of the window.
//!
//! Menus, keys, the palette and the key help all read this one list, so they cannot disagree. What a
//! command is called stands in `words`, when it can be done in `possible`.

mod possible;
mod words;

pub use words::Words;

use crate::diffusion::AdopterClass;

/// Something a person can ask for from a menu or by a key, without further arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Command {
    /// Start an empty project.
    New,
    /// Open exports or a project.
    Open,
    /// Open the bundled sample.
    OpenSample,
    /// Save the project.
    Save,
    /// Save the project under another name.
    SaveAs,
    /// Write map, curve, tables and report into a folder.
    WritePlan,
    /// Close the window.
    Quit,
    /// Take back the last decision.
    Undo,
    /// Do it again.
    Redo,
    /// Find a person by name.
    Find,
    /// Select everyone.
    SelectAll,
    /// Close what is open, or select nobody.
    Escape,
    /// Select everyone tied to the selected people, too.
    SelectNeighbors,
    /// And everyone tied to those.
    SelectTwoSteps,
    /// Select the others instead.
    SelectInverse,
    /// Select everyone of a class of adopters.
    SelectClass(AdopterClass),
    /// Keep the selected people where they are.
    PinSelection,
    /// Give them back to the layout.
    UnpinSelection,
    /// Show the selected people no longer.
    HideSelection,
    /// Show nobody else.
    HideOthers,
    /// Show whom somebody hid.
    ShowHidden,
    /// Show only who is near the selected people.
    LookAround,
    /// How word gets from one of two selected people to the other.
    ShowWay,
    /// Add somebody whom no file names.
    AddPerson,
    /// Add a tie between two selected people.
    TieTwo,
    /// Leave out whatever ties two selected people.
    UntieTwo,
    /// Give the selected people a name in common.
    GroupSelection,
    /// Leave the selected people out of the network.
    LeaveOut,
    /// Show everyone.
    Fit,
    /// Show the selected people.
    FitSelection,
    /// Show the selected person's neighborhood.
    Focus,
    /// Nearer.
    ZoomIn,
    /// Farther.
    ZoomOut,
    /// Larger text and controls.
    LargerText,
    /// Smaller text and controls.
    SmallerText,
    /// Show or hide the mini-map.
    ToggleMinimap,
    /// Show or hide the left panel.
    ToggleLeft,
    /// Show or hide the right panel.
    ToggleRight,
    /// Show or hide the people table.
    ToggleTable,
    /// Write the people table into a file.
    ExportTable,
    /// Save the map as it is seen.
    SavePicture,
    /// Arrange the map again from scratch.
    Rearrange,
    /// Give dragged people back to the layout.
    UnpinAll,
    /// What the last import read, kept and skipped.
    ImportReport,
    /// What the last import changed.
    ImportChanges,
    /// Decide who is the same person.
    MergePeople,
    /// Neighborhoods, their captains and how they fill.
    Neighborhoods,
    /// Choose seeds.
    ChooseSeeds,
    /// Make the selected people seeds.
    SeedSelection,
    /// Have no seeds.
    ClearSeeds,
    /// Compare strategies.
    CompareStrategies,
    /// Show the overlap of the seeds.
    ShowOverlap,
    /// Run the forecast.
    RunForecast,
    /// Put a copy of the scenario at hand into the tray.
    DuplicateScenario,
    /// Lay scenarios over each other.
    CompareScenarios,
    /// Play or pause a replicate.
    PlayPause,
    /// One step on.
    StepForward,
    /// One step back.
    StepBack,
    /// To the first step.
    FirstStep,
    /// To the last step.
    LastStep,
    /// The next replicate.
    NextReplicate,
    /// Show who converted whom in it.
    ShowConversions,
    /// Show what happened so far.
    ShowLearn,
    /// Note that the selected people were spoken to.
    MarkContacted,
    /// Note that they adopted.
    MarkAdopted,
    /// Note that they declined.
    MarkDeclined,
    /// Take back what was noted.
    ClearMarks,
    /// Measure what happens by this forecast.
    MakePlan,
    /// Find a command by name.
    Palette,
    /// Keys and gestures.
    Keys,
    /// The welcome card.
    Welcome,
}

impl Command {
    /// Every command, in the order of the key help.
    pub const ALL: [Self; 75] = [
        Self::New,
        Self::Open,
        Self::OpenSample,
        Self::Save,
        Self::SaveAs,
        Self::WritePlan,
        Self::Quit,
        Self::Undo,
        Self::Redo,
        Self::Find,
        Self::SelectAll,
        Self::Escape,
        Self::SelectNeighbors,
        Self::SelectTwoSteps,
        Self::SelectInverse,
        Self::SelectClass(AdopterClass::Innovator),
        Self::SelectClass(AdopterClass::EarlyAdopter),
        Self::SelectClass(AdopterClass::EarlyMajority),
        Self::SelectClass(AdopterClass::LateMajority),
        Self::SelectClass(AdopterClass::Laggard),
        Self::PinSelection,
        Self::UnpinSelection,
        Self::HideSelection,
        Self::HideOthers,
        Self::ShowHidden,
        Self::LookAround,
        Self::ShowWay,
        Self::AddPerson,
        Self::TieTwo,
        Self::UntieTwo,
        Self::GroupSelection,
        Self::LeaveOut,
        Self::Fit,
        Self::FitSelection,
        Self::Focus,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::LargerText,
        Self::SmallerText,
        Self::ToggleMinimap,
        Self::ToggleLeft,
        Self::ToggleRight,
        Self::ToggleTable,
        Self::ExportTable,
        Self::SavePicture,
        Self::Rearrange,
        Self::UnpinAll,
        Self::ImportReport,
        Self::ImportChanges,
        Self::MergePeople,
        Self::Neighborhoods,
        Self::ChooseSeeds,
        Self::SeedSelection,
        Self::ClearSeeds,
        Self::CompareStrategies,
        Self::ShowOverlap,
        Self::RunForecast,
        Self::DuplicateScenario,
        Self::CompareScenarios,
        Self::PlayPause,
        Self::StepForward,
        Self::StepBack,
        Self::FirstStep,
        Self::LastStep,
        Self::NextReplicate,
        Self::ShowConversions,
        Self::ShowLearn,
        Self::MarkContacted,
        Self::MarkAdopted,
        Self::MarkDeclined,
        Self::ClearMarks,
        Self::MakePlan,
        Self::Palette,
        Self::Keys,
        Self::Welcome,
    ];
}
