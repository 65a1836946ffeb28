//! Whether the next search for seeds could be made, worked out beside the window while a person
//! decides.

use std::sync::Arc;

use egui::Context;

use super::App;
use super::background::{Shared, in_pool, waker};
use crate::jobs::Job;
use crate::network::Network;
use crate::project::{Project, SeedSettings};
use crate::seeding::{Costs, SeedingError};
use crate::ui::state::{Refusal, SeedCheck, Subject};

/// What a check depends on.
pub type SeedQuestion = (Shared<Network>, SeedSettings);

impl App {
    /// Checks anew when people or settings changed.
    pub(super) fn follow_seed_check(&mut self, ctx: &Context) {
        let network = Shared(Arc::clone(&self.project.results().network));
        let question = (network, self.project.decisions().seed_settings.clone());
        if self.followed.seed_check.as_ref() == Some(&question) {
            return;
        }
        self.followed.seed_check = Some(question);
        let project = self.project.clone();
        self.jobs.seed_check =
            Some(Job::spawn("conditions", waker(ctx), move |_| Ok(in_pool(|| check(&project)))));
    }
}

fn check(project: &Project) -> SeedCheck {
    let refused =
        |about, text| SeedCheck { refusal: Some(Refusal { about, text }), ..SeedCheck::default() };
    let request = match project.seed_request() {
        Ok(request) => request,
        Err(error) => return refused(Subject::Prices, error.to_string()),
    };
    let network = &project.results().network;
    let costs = request.budget.as_ref().map(|it| it.costs.clone());
    let unpriced = costs.as_ref().map_or(0, Costs::unpriced);
    let checked = SeedCheck { costs, unpriced, ..SeedCheck::default() };
    match request.check(network.people.len()) {
        Ok(candidates) => SeedCheck { candidates, ..checked },
        // That is said elsewhere already.
        Err(SeedingError::EmptyNetwork) => checked,
        Err(error) => {
            let refusal = Refusal { about: subject(&error), text: error.about(network) };
            SeedCheck { refusal: Some(refusal), ..checked }
        }
    }
}

/// The settings that an error is about.
fn subject(error: &SeedingError) -> Subject {
    match error {
        SeedingError::Budget(_)
        | SeedingError::NobodyAffordable { .. }
        | SeedingError::RequiredTooDear { .. } => Subject::Budget,
        SeedingError::NobodyPriced
        | SeedingError::RequiredUnpriced(_)
        | SeedingError::GoalWithoutPrices => Subject::Prices,
        SeedingError::Contradiction(_)
        | SeedingError::UnknownPerson { .. }
        | SeedingError::NobodyLeft
        | SeedingError::TooManyRequired { .. } => Subject::Named,
        SeedingError::ZeroBound(_)
        | SeedingError::RequiredBeyondBound { .. }
        | SeedingError::NoGroups(_)
        | SeedingError::NobodyOfGroup { .. }
        | SeedingError::TooFewPlaces { .. }
        | SeedingError::TooLittleMoney { .. }
        | SeedingError::Unfulfillable(_) => Subject::Groups,
        SeedingError::NobodyWithin(_) => Subject::Warm,
        SeedingError::Goal(_) => Subject::Goal,
        SeedingError::EmptyNetwork
        | SeedingError::NoSeeds
        | SeedingError::NoLimit
        | SeedingError::Epsilon(_) => Subject::Count,
    }
}
