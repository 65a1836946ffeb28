//! The one place where actions are carried out, first in first out.

use egui::Context;

use super::App;
use super::files::Waiting;
use crate::layout::Point;
use crate::network::PersonIndex;
use crate::project::{ColumnRule, Marked};
use crate::ui::actions::{Action, Tab, TrayChange, Window};
use crate::ui::commands::Command;
use crate::ui::learn::actions::LearnAction;

impl App {
    /// Carries out what waits. While ties are being made anew the rest waits its turn, so that
    /// nothing is decided about a network that is about to be replaced.
    pub(super) fn apply_actions(&mut self, ctx: &Context) {
        self.hear_stop();
        while self.jobs.rules.is_none()
            && let Some(action) = self.actions.pop_front()
        {
            // A slider asks anew in every frame: only where it is by now matters.
            let overtaken = matches!(
                (&action, self.actions.front()),
                (Action::SetTrust(kind, _), Some(Action::SetTrust(next, _))) if kind == next
            );
            if !overtaken {
                self.apply(ctx, action);
            }
        }
    }

    fn apply(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::Do(command) => self.carry_out(ctx, command),
            Action::OpenPaths(paths) => self.open_paths(ctx, paths),
            Action::SaveTo(path) => self.save_to(ctx, path),
            Action::WritePlanTo(folder) => self.write_plan(ctx, folder),
            Action::Answer(answer) => self.answer(ctx, answer),
            Action::AnswerQuestions(answers) => self.answer_questions(ctx, answers.map(|it| *it)),
            Action::CancelQuestions => self.asking = None,
            Action::AskAgain(path) => self.ask_again(&path),
            Action::Cancel(work) => self.jobs.cancel(work),
            Action::RemoveSources(paths) => {
                self.rederive(ctx, move |project| project.remove_sources(&paths));
            }
            Action::ShowTab(tab) => self.show_tab(tab),
            Action::ShowWindow(window, open) => self.show_window(window, open),
            Action::SetTheme(preference) => ctx.set_theme(preference),
            Action::Dismiss(number) => self.toasts.retain(|it| it.number != number),

            Action::Select(people, how) => self.select(people, how),
            Action::Search(text) => self.state.search = text,
            Action::SetTable(view) => self.state.table = *view,
            Action::Write { people, column, text } => self.write(ctx, &people, &column, text),
            Action::WriteTableTo(path) => self.write_table(ctx, path),
            Action::SavePictureTo(path) => self.save_picture(ctx, path),
            Action::GoTo(person) => self.go_to(person),
            Action::Look(view) => {
                self.glide = None;
                self.state.view = view;
                self.state.follow = false;
            }
            Action::FocusOn(person) => self.focus_on(&[person]),
            Action::FocusOnNeighborhood(_)
            | Action::SelectNeighborhood(..)
            | Action::NameNeighborhood(..)
            | Action::SetNeighborhoods(_)
            | Action::SeedCaptains => self.change_neighborhoods(ctx, action),
            Action::SelectByLegend(entry, how) => self.select_by_legend(&entry, how),
            Action::Pin(places) => self.pin(&places),
            Action::Unpin(people) => self.unpin(&people),
            Action::ByHand(edit) => self.edit_by_hand(ctx, edit),
            Action::Hide(people) => self.hide(&people),
            Action::LookAround(around) => self.look_around(around),
            Action::ShowWay(ends) => self.show_way(ctx, ends),
            Action::SetLayout(layout, label) => {
                self.state.follow = true;
                self.change(label, label, |it| it.layout = *layout);
            }
            Action::SetLook(look, label) => {
                self.state.playback.step = None;
                self.state.playback.playing = false;
                self.decide(label, |it| it.look = look);
            }

            Action::SwitchKind(..)
            | Action::SwitchChannel(..)
            | Action::SetTrust(..)
            | Action::SetHalfLife(_)
            | Action::Merge { .. }
            | Action::MergeAlike(_)
            | Action::ShareKeys(_)
            | Action::SetOwners(_)
            | Action::SetListedRow(_) => self.change_ties(ctx, action),
            Action::ToggleSeed(person) => self.toggle_seed(person),
            Action::SetSeedSettings(settings, label, dragged) => {
                if dragged {
                    self.change(label, label, |it| it.seed_settings = *settings);
                } else {
                    self.decide(label, |it| it.seed_settings = *settings);
                }
            }
            Action::SetExclusions(rules) => {
                let label = told("Leave out", &rules, "Leave nobody out");
                self.change(&label.clone(), &label, |it| it.seed_settings.exclude_where = rules);
            }
            Action::SetFilter(filter, dragged) => self.set_filter(*filter, dragged),
            Action::AskForMeasure(measure) => self.state.measure_in_question = Some(measure),
            Action::ChangeFilters(change) => self.change_filters(change),
            Action::SetSegments(column) => {
                self.decide("Tell segments apart", |it| it.segment_by = column);
            }
            Action::SetStrategies(settings) => {
                let label = "Change the terms of the comparison";
                self.change(label, label, |it| it.strategies = *settings);
            }
            Action::UseSeeds(people, what) => self.use_seeds(&people, what),
            Action::SetStrategy(strategy) => {
                self.decide("Change how seeds are picked", |it| {
                    it.seed_settings.strategy = strategy;
                });
            }
            Action::ChangeTray(change) => self.change_tray(change),
            Action::SetScenario(scenario, what) => {
                self.change(what, what, |it| it.case_mut().scenario = *scenario);
            }

            Action::Learn(action) => self.learn(ctx, action),

            Action::ScrubTo(step) => self.scrub_to(step),
            Action::ShowReplicate(index) => {
                self.state.playback.replicate = index;
                self.state.playback.step.get_or_insert(u32::MAX);
            }
        }
    }

    fn carry_out(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::New => self.after_saving(ctx, Waiting::New),
            Command::Open => self.ask_for_path(ctx, Window::OpenPath),
            Command::OpenSample if self.untouched_sample => {
                self.state.windows.remove(&Window::Welcome);
            }
            Command::OpenSample => self.after_saving(ctx, Waiting::Sample),
            Command::Save => match self.project.path() {
                Some(path) => self.save_to(ctx, path.to_owned()),
                None => self.ask_for_path(ctx, Window::SavePath),
            },
            Command::SaveAs => self.ask_for_path(ctx, Window::SavePath),
            Command::WritePlan => self.ask_for_path(ctx, Window::PlanPath),
            Command::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            Command::Undo => self.walk_history(ctx, true),
            Command::Redo => self.walk_history(ctx, false),
            Command::Find => self.state.focus_search = true,
            Command::SelectAll
            | Command::SelectNeighbors
            | Command::SelectTwoSteps
            | Command::SelectInverse
            | Command::SelectClass(_)
            | Command::FitSelection
            | Command::Focus
            | Command::PinSelection
            | Command::UnpinSelection
            | Command::HideSelection
            | Command::HideOthers
            | Command::ShowHidden
            | Command::LookAround
            | Command::ShowWay
            | Command::AddPerson
            | Command::TieTwo
            | Command::UntieTwo
            | Command::GroupSelection
            | Command::LeaveOut => self.with_selection(ctx, command),
            Command::Escape => self.escape(),
            Command::Fit => self.glide_to_everyone(),
            Command::ZoomIn => self.zoom(1.3),
            Command::ZoomOut => self.zoom(1.0 / 1.3),
            Command::LargerText => ctx.set_zoom_factor((ctx.zoom_factor() + 0.1).min(2.5)),
            Command::SmallerText => ctx.set_zoom_factor((ctx.zoom_factor() - 0.1).max(0.6)),
            Command::ToggleMinimap => self.state.minimap = !self.state.minimap,
            Command::ToggleLeft => self.state.left_open = !self.state.left_open,
            Command::ToggleRight => self.state.right_open = !self.state.right_open,
            Command::ToggleTable => self.state.table.open = !self.state.table.open,
            Command::SavePicture => self.ask_for_path(ctx, Window::PicturePath),
            Command::ExportTable => {
                // What is not listed yet cannot be written: it is by the time there is a path.
                self.state.table.open = true;
                self.ask_for_path(ctx, Window::TablePath);
            }
            Command::Rearrange => {
                self.followed.arrangement += 1;
                self.state.follow = true;
            }
            Command::UnpinAll => self.decide("Release dragged people", |it| it.pins.clear()),
            Command::ImportReport => self.show_window(Window::ImportReport, true),
            Command::ImportChanges => self.show_window(Window::Changes, true),
            Command::Neighborhoods => self.show_window(Window::Neighborhoods, true),
            Command::MergePeople => self.show_window(Window::Merges, true),
            Command::ChooseSeeds => self.choose_seeds(ctx),
            Command::SeedSelection => self.seed_selection(),
            Command::CompareStrategies => self.compare_strategies(ctx),
            Command::ShowConversions => self.show_window(Window::Conversions, true),
            Command::ShowOverlap => self.show_window(Window::Overlap, true),
            Command::ClearSeeds => self.decide("Clear seeds", |it| it.case_mut().seeds.clear()),
            Command::RunForecast => self.run_forecast(ctx),
            Command::ShowLearn => {
                self.state.right_open = true;
                self.state.tab = Tab::Learn;
            }
            Command::MarkContacted => self.mark_selection(Some(Marked::Contacted)),
            Command::MarkAdopted => self.mark_selection(Some(Marked::Adopted)),
            Command::MarkDeclined => self.mark_selection(Some(Marked::Declined)),
            Command::ClearMarks => self.mark_selection(None),
            Command::MakePlan => self.learn(ctx, LearnAction::MakePlan),
            Command::DuplicateScenario => {
                self.change_tray(TrayChange::Duplicate(self.project.decisions().tray.current()));
            }
            Command::CompareScenarios => self.compare_scenarios(),
            Command::PlayPause => self.play_or_pause(ctx),
            Command::StepForward => self.step_by(1),
            Command::StepBack => self.step_by(-1),
            Command::FirstStep => self.scrub_to(0),
            Command::LastStep => self.scrub_to(u32::MAX),
            Command::NextReplicate => {
                let replicates = u64::from(self.project.decisions().scenario().replicates.max(1));
                self.state.playback.replicate = (self.state.playback.replicate + 1) % replicates;
                self.state.playback.step.get_or_insert(u32::MAX);
            }
            Command::Palette => self.toggle_window(Window::Palette),
            Command::Keys => self.toggle_window(Window::Keys),
            Command::Welcome => self.show_window(Window::Welcome, true),
        }
    }

    /// A decision that leaves the network as it is.
    pub(super) fn decide(
        &mut self,
        label: &str,
        change: impl FnOnce(&mut crate::project::Decisions),
    ) {
        if self.project.decide(label, change) {
            self.touched();
        }
    }

    /// The same for sliders: a whole drag is undone at once.
    pub(super) fn change(
        &mut self,
        label: &str,
        gesture: &str,
        change: impl FnOnce(&mut crate::project::Decisions),
    ) {
        if self.project.decide_in_gesture(label, gesture, change) {
            self.touched();
        }
    }

    /// Notes that the project is no longer what the program itself put there.
    pub(super) fn touched(&mut self) {
        self.untouched_sample = false;
        self.followed.autopilot = false;
    }

    /// Takes the last step back, or does again what was taken back last.
    fn walk_history(&mut self, ctx: &Context, back: bool) {
        let (label, verb) = if back {
            (self.project.undo_label(), "Undone")
        } else {
            (self.project.redo_label(), "Done again")
        };
        let Some(label) = label else { return };
        let text = format!("{verb}: {label}");
        self.rederive_and_say(
            ctx,
            Some(text),
            move |project| {
                if back { project.undo() } else { project.redo() }
            },
        );
    }

    fn toggle_window(&mut self, window: Window) {
        self.show_window(window, !self.state.windows.contains(&window));
    }

    pub(super) fn show_window(&mut self, window: Window, open: bool) {
        if open {
            self.state.windows.insert(window);
        } else {
            self.state.windows.remove(&window);
            if window == Window::SavePath && self.jobs.save.is_none() && !self.saves_next() {
                self.waiting = None;
            }
        }
    }

    /// Shows a panel; with the forecast the map takes the colors of adopters.
    fn show_tab(&mut self, tab: Tab) {
        if tab == Tab::Forecast && self.state.tab != tab {
            self.state.playback.step.get_or_insert(u32::MAX);
        }
        self.state.tab = tab;
    }

    /// Whether a save is on its way through the queue.
    fn saves_next(&self) -> bool {
        self.actions.iter().any(|it| matches!(it, Action::SaveTo(_)))
    }

    fn zoom(&mut self, factor: f32) {
        let [width, height] = self.state.view.size_px.map(|it| it as f32);
        self.glide_to(self.settled_view().zoomed_at([width / 2.0, height / 2.0], factor));
    }

    pub(super) fn ids(&self, people: &[PersonIndex]) -> Vec<String> {
        let all = &self.project.results().network.people;
        people.iter().filter_map(|&it| Some(all.get(it as usize)?.id.to_string())).collect()
    }

    fn pin(&mut self, places: &[(PersonIndex, Point)]) {
        // They stay where they were let go until the layout has heard of it.
        let mut positions = self.settled_positions().as_ref().clone();
        for &(person, place) in places {
            if let Some(position) = positions.get_mut(person as usize) {
                *position = place;
            }
        }
        self.stand_at(positions.into());
        self.memory.map.moved.clear();
        self.state.follow = false;
        let people: Vec<PersonIndex> = places.iter().map(|it| it.0).collect();
        let ids = self.ids(&people);
        let label = format!("Move {}", self.in_words(&people));
        let places = places.iter().map(|it| it.1);
        self.decide(&label, |it| it.pins.extend(ids.into_iter().zip(places)));
    }

    fn toggle_seed(&mut self, person: PersonIndex) {
        let Some(who) = self.project.results().network.people.get(person as usize) else { return };
        let (id, name) = (who.id.clone(), who.name.clone());
        let label = if self.project.decisions().case().is_seed(&id) {
            format!("Remove seed {name}")
        } else {
            format!("Add seed {name}")
        };
        self.decide(&label, |it| it.case_mut().toggle_seed(&id));
    }

    fn seed_selection(&mut self) {
        let ids = self.ids(&self.selected());
        self.decide("Make the selection seeds", |it| {
            let case = it.case_mut();
            for id in ids {
                if !case.is_seed(&id) {
                    case.seeds.push(id);
                }
            }
        });
        self.state.tab = Tab::Seeds;
    }
}

/// What a change of rules is called: by the columns they are about.
fn told(verb: &str, rules: &[ColumnRule], none: &str) -> String {
    let columns: Vec<&str> = rules.iter().map(|it| it.column.as_str()).collect();
    if columns.is_empty() { none.to_owned() } else { format!("{verb} by {}", columns.join(", ")) }
}
