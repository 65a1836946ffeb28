//! Which commands can be done as things stand.

use super::Command;
use crate::ui::state::Desk;

impl Command {
    /// Whether it can be done as things stand.
    pub fn is_possible(self, desk: &Desk<'_>) -> bool {
        let people = !desk.project.results().network.people.is_empty();
        match self {
            Self::Undo => desk.project.undo_label().is_some(),
            Self::Redo => desk.project.redo_label().is_some(),
            Self::FitSelection
            | Self::Focus
            | Self::SelectNeighbors
            | Self::SelectTwoSteps
            | Self::PinSelection
            | Self::HideSelection
            | Self::HideOthers
            | Self::LookAround
            | Self::GroupSelection
            | Self::LeaveOut
            | Self::SeedSelection
            | Self::MarkContacted
            | Self::MarkAdopted
            | Self::MarkDeclined
            | Self::ClearMarks => !desk.state.selected.is_empty(),
            Self::UnpinSelection => desk.is_pinned(&desk.state.selected),
            Self::ShowHidden => !desk.project.decisions().hidden.is_empty(),
            Self::ShowWay | Self::TieTwo => desk.state.selected.len() == 2,
            Self::UntieTwo => desk.are_tied(),
            Self::ImportReport => !desk.project.evidence().sources.is_empty(),
            Self::ImportChanges => desk.findings.last_import.is_some(),
            Self::MakePlan => desk.findings.forecast.is_some() && !desk.findings.forecast_is_stale,
            Self::ClearSeeds | Self::ShowOverlap => !desk.project.decisions().seeds().is_empty(),
            Self::UnpinAll => !desk.project.decisions().pins.is_empty(),
            Self::SelectClass(_)
            | Self::PlayPause
            | Self::StepForward
            | Self::StepBack
            | Self::FirstStep
            | Self::LastStep
            | Self::NextReplicate
            | Self::ShowConversions => desk.findings.course.is_some(),
            Self::ChooseSeeds
            | Self::CompareStrategies
            | Self::RunForecast
            | Self::WritePlan
            | Self::ExportTable
            | Self::SavePicture
            | Self::Find
            | Self::SelectAll
            | Self::SelectInverse
            | Self::Fit
            | Self::Rearrange => people,
            _ => true,
        }
    }
}
