//! Neighborhoods: what they are and are called, their captains, and how they fill.

use std::sync::Arc;

use egui::Context;

use super::App;
use super::background::{Answer, Shared, in_pool, waker};
use super::request::SpreadRequest;
use crate::diffusion::{Ensemble, Filling};
use crate::jobs::{Cancelled, Control, Job};
use crate::measure::GroupedTies;
use crate::network::{Groups, Network, PersonIndex};
use crate::project::NeighborhoodRules;
use crate::seeding::{CaptainSearch, SearchState};
use crate::ui::actions::{Action, Window};
use crate::ui::state::NeighborhoodFinding;
use crate::ui::toast::Tone;
use crate::ui::widgets::counted;

/// What the known neighborhoods, captains and fill levels follow from.
#[derive(Default)]
pub struct FollowedNeighborhoods {
    named: Option<(Shared<Network>, Option<String>, NeighborhoodRules)>,
    captains: Option<(SpreadRequest, SameParts, Vec<PersonIndex>)>,
    filling: Option<(SpreadRequest, SameParts, u32)>,
}

/// Groups that equal others of the same people, whatever they are called.
#[derive(Clone)]
pub struct SameParts(Arc<Groups>);

impl SameParts {
    /// Everyone's group without those that are not listed, and how many are.
    pub fn listed(&self) -> (Arc<[Option<u32>]>, usize) {
        let count = self.0.worth_listing();
        let of = self.0.of.iter().map(|group| group.filter(|&it| (it as usize) < count));
        (of.collect(), count)
    }
}

impl PartialEq for SameParts {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.of == other.0.of
    }
}

impl App {
    /// Finds neighborhoods by their names; finding them at all was a job's.
    pub(super) fn follow_neighborhoods(&mut self) {
        let decisions = self.project.decisions();
        let network = Shared(Arc::clone(&self.project.results().network));
        let column = decisions.neighborhood_column().map(str::to_owned);
        let request = (network, column, decisions.neighborhoods.clone());
        if self.followed.neighborhoods.named.as_ref() == Some(&request) {
            return;
        }
        self.followed.neighborhoods.named = Some(request);
        let now = self.project.neighborhoods();
        if now != self.findings.neighborhoods {
            self.findings.neighborhoods = now;
            // The reasons of seeds speak of neighborhoods.
            self.followed.reach = None;
        }
    }

    /// Looks for captains while somebody looks at neighborhoods.
    pub(super) fn follow_captains(&mut self, ctx: &Context) {
        if !self.state.windows.contains(&Window::Neighborhoods) {
            return;
        }
        let mut spread = SpreadRequest::of(&self.project).once();
        spread.seeds.clear();
        let groups = SameParts(Arc::clone(&self.findings.neighborhoods));
        let excluded = self.project.excluded();
        let request = (spread, groups, excluded);
        if self.followed.neighborhoods.captains.as_ref() == Some(&request) {
            return;
        }
        self.findings.captains = None;
        self.followed.neighborhoods.captains = Some(request.clone());
        let network = Arc::clone(&self.project.results().network);
        self.jobs.captains = Some(Job::spawn("captains", waker(ctx), move |control| {
            in_pool(|| look_for_captains(request, &network, control))
        }));
    }

    /// The neighborhoods, where somebody looks at how they fill.
    pub(super) fn neighborhoods_looked_at(&self) -> Option<SameParts> {
        let looked_at = self.project.decisions().look.hulls
            || self.state.windows.contains(&Window::Neighborhoods);
        let groups = &self.findings.neighborhoods;
        let is_of_these = groups.of.len() == self.project.results().network.people.len();
        (looked_at && is_of_these).then(|| SameParts(Arc::clone(groups)))
    }

    /// Counts the forecast by neighborhood where neighborhoods show. Where that began to be looked at
    /// only after it had run, the same is run again, so that the groups together are the forecast.
    pub(super) fn follow_filling(&mut self, ctx: &Context) {
        let forecast = self.findings.forecast.clone();
        let Some(forecast) = forecast.filter(|_| !self.findings.forecast_is_stale) else {
            self.findings.filling = None;
            self.followed.neighborhoods.filling = None;
            self.jobs.filling = None;
            return;
        };
        let Some(groups) = self.neighborhoods_looked_at() else { return };
        if self.jobs.forecast.is_some() {
            return;
        }
        let replicates = u32::try_from(forecast.replicates).unwrap_or(u32::MAX);
        let request = (SpreadRequest::of(&self.project), groups, replicates);
        if self.followed.neighborhoods.filling.as_ref() == Some(&request) {
            return;
        }
        self.findings.filling = None;
        self.followed.neighborhoods.filling = Some(request.clone());
        if self.followed.forecast.is_counted_by(&request.1) && forecast.filling.is_some() {
            self.findings.filling = forecast.filling.clone().map(Arc::new);
            return;
        }
        if request.0.is_idle() || request.1.0.worth_listing() == 0 {
            return;
        }
        let network = Arc::clone(&self.project.results().network);
        self.jobs.filling = Some(Job::spawn("filling", waker(ctx), move |control| {
            in_pool(|| fill(request, &network, control))
        }));
    }

    /// Carries out what is asked of neighborhoods.
    pub(super) fn change_neighborhoods(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::FocusOnNeighborhood(group) => {
                let members = self.members(group);
                self.fit(&members);
            }
            Action::SelectNeighborhood(group, how) => {
                let members = self.members(group);
                self.select(members, how);
            }
            Action::NameNeighborhood(group, name) => {
                match self.project.name_neighborhood(group, &name) {
                    Ok(true) => self.touched(),
                    Ok(false) => {}
                    Err(error) => self.say(ctx, Tone::Failed, error.to_string()),
                }
            }
            Action::SetNeighborhoods(column) => {
                self.decide("Change what neighborhoods are", |it| {
                    it.neighborhoods.are_segments = column.is_some();
                    it.segment_by = column.or_else(|| it.segment_by.take());
                });
            }
            Action::SeedCaptains => self.seed_captains(),
            _ => {}
        }
    }

    fn members(&self, group: u32) -> Vec<PersonIndex> {
        let groups = (0..).zip(&self.findings.neighborhoods.of);
        groups.filter(|(_, of)| **of == Some(group)).map(|(person, _)| person).collect()
    }

    fn seed_captains(&mut self) {
        let Some(found) = &self.findings.captains else { return };
        let people = &self.project.results().network.people;
        let ids: Vec<String> = found
            .captains
            .iter()
            .flatten()
            .filter_map(|it| Some(people.get(it.person as usize)?.id.to_string()))
            .collect();
        let label = format!("Make {} the seeds", counted(ids.len(), "captain", "captains"));
        self.decide(&label, |it| it.case_mut().start_with(ids));
        self.state.tab = crate::ui::actions::Tab::Seeds;
    }
}

fn look_for_captains(
    (spread, groups, excluded): (SpreadRequest, SameParts, Vec<PersonIndex>),
    network: &Network,
    control: &Control,
) -> Result<Answer<NeighborhoodFinding>, Cancelled> {
    let (of, count) = groups.listed();
    let ties = GroupedTies::of(&spread.graph.0, &groups.0.of, groups.0.names.len());
    let search = spread.model(network).and_then(|model| {
        CaptainSearch::new(&model, &of, count, &excluded).map_err(|error| error.to_string())
    });
    let mut search = match search {
        Ok(search) => search,
        Err(text) => return Ok(Err(text)),
    };
    while let SearchState::Searching { done, total } = search.step() {
        control.progress(done, total)?;
    }
    Ok(Ok(NeighborhoodFinding { ties, captains: search.finish() }))
}

fn fill(
    (spread, groups, replicates): (SpreadRequest, SameParts, u32),
    network: &Network,
    control: &Control,
) -> Result<Answer<Filling>, Cancelled> {
    let (of, count) = groups.listed();
    let ensemble = spread.model(network).and_then(|model| {
        let run = 0..replicates.min(model.scenario().replicates);
        Ensemble::shard(model, spread.seeds, false, run).map_err(|error| error.to_string())
    });
    let mut ensemble = match ensemble {
        Ok(ensemble) => ensemble.by_group(&of, count),
        Err(text) => return Ok(Err(text)),
    };
    while !ensemble.is_finished() {
        ensemble.step();
        control.progress(ensemble.done().into(), ensemble.total().into())?;
    }
    Ok(Ok(ensemble.forecast().filling.unwrap_or_default()))
}
