//! From what was decided about seeds to what a search is asked on the present network.

use super::warm::reachable_warmly;
use super::{Project, SeedSettings};
use crate::network::{Person, PersonIndex};
use crate::seeding::{Budget, Circle, Costs, Goal, GroupRule, PriceError, SeedRequest, Strategy};

impl Project {
    /// What a search for seeds is asked, for the people who are in the network. O(people + ties),
    /// and the time to find neighborhoods where there are groups or captains are asked for.
    ///
    /// # Errors
    /// [`PriceError`] when prices make no sense for these people, or a budget has none.
    pub fn seed_request(&self) -> Result<SeedRequest, PriceError> {
        self.seed_request_of(&self.decisions.seed_settings)
    }

    /// The same under other settings than those decided.
    ///
    /// # Errors
    /// As [`Self::seed_request`].
    pub fn seed_request_of(&self, settings: &SeedSettings) -> Result<SeedRequest, PriceError> {
        let results = &self.results;
        let include = results.people(&settings.include);
        let costs = self.seed_costs_of(settings)?;
        let budget = costs.map(|costs| Budget { costs, most: settings.budget });
        // Finding them takes longer than a search where there are millions of people.
        let asks_for_them = !settings.groups.is_empty() || settings.strategy == Strategy::Captains;
        let neighborhoods = asks_for_them.then(|| self.neighborhoods());
        let groups = settings.groups.iter().filter_map(|it| {
            let around = neighborhoods.as_ref()?;
            Some(GroupRule::new(&it.by, it.bound, &results.network, around))
        });
        let within = settings.warm.as_ref().map(|warm| Circle {
            label: warm.in_words(),
            people: reachable_warmly(warm, self).into(),
        });
        Ok(SeedRequest {
            k: settings.k,
            epsilon: settings.epsilon,
            exclude: self.excluded_by(settings, &include),
            include,
            within,
            budget,
            groups: groups.collect(),
            goal: settings.goal.map(|it| Goal { share: it.share, least: it.least }),
            strategy: settings.strategy,
            neighborhoods: neighborhoods.as_ref().map(|it| it.of.clone().into()),
        })
    }

    /// What people cost as seeds; `None` where nothing is said about that.
    ///
    /// # Errors
    /// As [`Self::seed_request`].
    pub fn seed_costs(&self) -> Result<Option<Costs>, PriceError> {
        self.seed_costs_of(&self.decisions.seed_settings)
    }

    fn seed_costs_of(&self, settings: &SeedSettings) -> Result<Option<Costs>, PriceError> {
        if !settings.prices.are_given() && settings.budget.is_none() {
            return Ok(None);
        }
        settings.prices.of(&self.results.network, self.results.graph()).map(Some)
    }

    /// Who must not be a seed, by name or by what they have in a column.
    pub fn excluded(&self) -> Vec<PersonIndex> {
        let settings = &self.decisions.seed_settings;
        self.excluded_by(settings, &self.results.people(&settings.include))
    }

    fn excluded_by(&self, settings: &SeedSettings, include: &[PersonIndex]) -> Vec<PersonIndex> {
        let mut excluded = self.results.people(&settings.exclude);
        let settled = self.settled();
        excluded.extend(settled.into_iter().filter(|person| !include.contains(person)));
        if !settings.exclude_where.is_empty() {
            let is_out = |person: &Person| settings.exclude_where.iter().any(|it| it.picks(person));
            let people = (0..).zip(&self.results.network.people);
            let picked = people.filter(|(_, person)| is_out(person)).map(|(index, _)| index);
            // Who was asked for by name stays.
            excluded.extend(picked.filter(|person| !include.contains(person)));
            excluded.sort_unstable();
            excluded.dedup();
        }
        excluded
    }
}
