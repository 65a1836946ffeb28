//! A request checked against a network: who may be a seed, and which sets of them are allowed.

use fixedbitset::FixedBitSet;

use super::conditions::{Bound, Condition, GroupRule};
use super::error::SeedingError;
use super::prices::Costs;
use super::request::{Least, SeedRequest};
use super::room::{Needs, Room};
use crate::network::PersonIndex;

/// Who may be a seed, and which sets of them are allowed.
#[derive(Clone, Debug)]
pub(super) struct Places {
    /// Most seeds: as many as asked for, or fewer where fewer people may be one.
    pub k: usize,
    /// Who comes first, without repetition.
    pub required: Vec<PersonIndex>,
    /// Who may take the places that are left.
    pub open_to: FixedBitSet,
    /// What people cost, where they do not all cost the same.
    pub purse: Option<Purse>,
    /// What is asked of groups.
    pub rules: Vec<GroupRule>,
    /// Groups that must have a seed.
    pub needs: Needs,
    /// People who, together with those required, give every group its seed.
    pub completion: Vec<PersonIndex>,
    /// When to stop before all places are taken.
    pub goal: Option<Target>,
}

/// What people cost, and the money there is.
#[derive(Clone, Debug)]
pub(super) struct Purse {
    pub costs: Costs,
    /// May be infinite.
    pub budget: f64,
}

/// A reach at which no more seeds are needed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Target {
    /// Expected adopters.
    pub reach: f64,
    pub least: Least,
}

impl Purse {
    pub(super) fn cost(&self, person: PersonIndex) -> f64 {
        self.costs.of(person).unwrap_or(f64::INFINITY)
    }

    /// Sums of prices are not exact.
    pub(super) fn slack(&self) -> f64 {
        if self.budget.is_finite() { 1e-9 * self.budget } else { 0.0 }
    }
}

/// Nodes of the search for seeds that give every group its own.
const PATIENCE: usize = 20_000;

impl Places {
    /// O(people · rules), and more where several rules ask for seeds of groups.
    ///
    /// # Errors
    /// Everything that [`SeedingError`] describes.
    pub(super) fn check(request: &SeedRequest, people: usize) -> Result<Self, SeedingError> {
        check_numbers(request, people)?;
        let mut open_to = FixedBitSet::with_capacity(people);
        match &request.within {
            Some(circle) => open_to.extend(circle.people.iter().map(|&it| it as usize)),
            None => open_to.insert_range(..),
        }
        for &person in &request.exclude {
            open_to.remove(person as usize);
        }
        let mut required = Vec::new();
        let mut listed = FixedBitSet::with_capacity(people);
        for &person in &request.include {
            if request.exclude.contains(&person) {
                return Err(SeedingError::Contradiction(person));
            }
            open_to.remove(person as usize);
            if !listed.put(person as usize) {
                required.push(person);
            }
        }
        let asked = request.k.unwrap_or(usize::MAX);
        if required.len() > asked {
            return Err(SeedingError::TooManyRequired { required: required.len(), k: asked });
        }
        if required.is_empty() && open_to.is_clear() {
            return Err(match &request.within {
                Some(circle) => SeedingError::NobodyWithin(circle.label.clone()),
                None => SeedingError::NobodyLeft,
            });
        }
        // Sums of many shares are not exact.
        let reach = |share: f64| share * people as f64 * (1.0 - 1e-9);
        let goal = request.goal.map(|goal| Target { reach: reach(goal.share), least: goal.least });
        let mut k = asked;
        let purse = purse(request, &required, &mut open_to, &mut k)?;
        check_bounds(&request.groups, &required)?;
        let k = k.min(required.len() + open_to.count_ones(..));
        let rules = request.groups.clone();
        let needs = Needs::of(&rules, &required, &open_to, purse.as_ref())?;
        let mut places =
            Self { k, required, open_to, purse, rules, needs, completion: Vec::new(), goal };
        places.completion = places.complete(request)?;
        Ok(places)
    }

    /// Who gives every group its seed.
    fn complete(&self, request: &SeedRequest) -> Result<Vec<PersonIndex>, SeedingError> {
        let mut room = Room::new(self);
        if let Some((label, needed)) = room.lacks_places() {
            return Err(SeedingError::TooFewPlaces { label, needed, k: self.k });
        }
        if let Some((label, needed)) = room.lacks_money() {
            let budget = self.purse.as_ref().map_or(0.0, |it| it.budget);
            return Err(SeedingError::TooLittleMoney { label, needed, budget });
        }
        room.solve(PATIENCE).ok_or_else(|| {
            let mut told: Vec<String> = self.rules.iter().map(GroupRule::in_words).collect();
            if let Some(k) = request.k {
                told.push(crate::words::counted(k, "seed", "seeds"));
            }
            if let Some(most) = request.budget.as_ref().and_then(|it| it.most) {
                told.push(super::conditions::budget_in_words(most));
            }
            SeedingError::Unfulfillable(told.join(", "))
        })
    }

    /// Places left after the required people.
    pub(super) fn open(&self) -> usize {
        self.k - self.required.len()
    }

    /// The required people, then the first of `ranked` who may be seeds, as many as there may be.
    pub(super) fn fill(&self, ranked: impl IntoIterator<Item = PersonIndex>) -> Vec<PersonIndex> {
        let mut room = Room::new(self);
        for person in ranked {
            if room.is_full() {
                break;
            }
            room.take(person);
        }
        room.into_seeds()
    }

    /// Whether no more seeds are to be found than these, however many there are.
    pub(super) fn is_filled(&self, seeds: &[PersonIndex]) -> bool {
        let is_open_ended = self.purse.is_some() || self.goal.is_some() || !self.rules.is_empty();
        seeds.len() >= self.k
            || (is_open_ended && seeds.len() > self.required.len() && self.allows(seeds))
    }

    /// Whether exactly these people, all different, would be an allowed set of seeds.
    pub(super) fn allows(&self, seeds: &[PersonIndex]) -> bool {
        let mut room = Room::empty(self);
        for &seed in seeds {
            room.enter(seed);
        }
        let may_be =
            |it: &PersonIndex| self.open_to.contains(*it as usize) || self.required.contains(it);
        seeds.iter().all(may_be)
            && self.required.iter().all(|it| seeds.contains(it))
            && room.is_sound(seeds)
            && room.unmet() == 0
    }

    /// Whether one allowed set with its reach is better than another: it reaches more, or it
    /// reaches the goal with less.
    pub(super) fn prefers(&self, one: (&[PersonIndex], f64), other: (&[PersonIndex], f64)) -> bool {
        let Some(goal) = self.goal else { return one.1 > other.1 };
        let is_met = |it: (&[PersonIndex], f64)| it.1 >= goal.reach;
        match (is_met(one), is_met(other)) {
            (true, true) => match (goal.least, &self.purse) {
                (Least::Money, Some(purse)) => {
                    purse.costs.total(one.0) < purse.costs.total(other.0)
                }
                _ => one.0.len() < other.0.len(),
            },
            (true, false) => true,
            (false, true) => false,
            (false, false) => one.1 > other.1,
        }
    }

    /// Whether nothing but their number binds the seeds.
    pub(super) fn is_plain(&self) -> bool {
        self.purse.is_none() && self.rules.is_empty()
    }

    /// The share of the best reach that the greedy choice has for certain, whatever the network,
    /// when reach is known exactly and shows diminishing returns; `None` where no such share is
    /// known.
    ///
    /// - Only a number of seeds: 1-1/e (Nemhauser, Wolsey & Fisher 1978).
    /// - Bounds on groups: 1/(p+1) for p different divisions into groups, each a matroid (Fisher,
    ///   Nemhauser & Wolsey 1978). Sets that can still give every group of one division its seed
    ///   are a matroid too (El Halabi et al. 2020).
    /// - Only a budget: half of 1-1/e for the better of the choice by gain and the choice by gain
    ///   for the money (Leskovec et al. 2007).
    pub(super) fn assured(&self) -> Option<f64> {
        let mut divisions: Vec<&GroupRule> = Vec::new();
        for rule in &self.rules {
            if !divisions.iter().any(|it| it.of == rule.of) {
                divisions.push(rule);
            }
        }
        let asks = self.rules.iter().any(|it| it.bound == Bound::AtLeastOne);
        let is_capped = self.k < self.required.len() + self.open_to.count_ones(..);
        match (&self.purse, divisions.len()) {
            (None, 0) => Some(super::bounds::GREEDY_SHARE),
            (None, 1) => Some(0.5),
            (None, count) if !asks => Some(1.0 / (count as f64 + 1.0)),
            (Some(_), 0) if !is_capped => Some(0.5 * super::bounds::GREEDY_SHARE),
            _ => None,
        }
    }

    /// No allowed set of seeds gains more than this beyond the required ones, when everyone gains at
    /// most so much by themselves: the least of several problems, each with some conditions left
    /// out and solved exactly.
    pub(super) fn largest(&self, gains: &[(f64, PersonIndex)]) -> f64 {
        let mut all: Vec<(f64, PersonIndex)> = gains.to_vec();
        all.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut least: f64 = all.iter().take(self.open()).map(|it| it.0).sum();
        for rule in &self.rules {
            let Bound::AtMost(most) = rule.bound else { continue };
            let mut taken = vec![0; rule.names.len()];
            for &person in &self.required {
                if let Some(group) = rule.group(person) {
                    taken[group] += 1;
                }
            }
            let allowed = all.iter().filter(|&&(_, person)| match rule.group(person) {
                Some(group) => {
                    taken[group] += 1;
                    taken[group] <= most
                }
                None => true,
            });
            least = least.min(allowed.take(self.open()).map(|it| it.0).sum());
        }
        if let Some(purse) = self.purse.as_ref().filter(|it| it.budget.is_finite()) {
            let for_the_money = |&(gain, person): &(f64, PersonIndex)| gain / purse.cost(person);
            all.sort_by(|a, b| for_the_money(b).total_cmp(&for_the_money(a)));
            let mut money = purse.budget - purse.costs.total(&self.required) + purse.slack();
            let mut sum = 0.0;
            for (gain, person) in all {
                let cost = purse.cost(person);
                if cost > money {
                    sum += gain * (money / cost).max(0.0);
                    break;
                }
                money -= cost;
                sum += gain;
            }
            least = least.min(sum);
        }
        least
    }
}

fn check_numbers(request: &SeedRequest, people: usize) -> Result<(), SeedingError> {
    if people == 0 {
        return Err(SeedingError::EmptyNetwork);
    }
    if request.k == Some(0) {
        return Err(SeedingError::NoSeeds);
    }
    // Written so that values that are no numbers fail as well.
    if !(request.epsilon > 0.0 && request.epsilon < 1.0) {
        return Err(SeedingError::Epsilon(request.epsilon));
    }
    let most = request.budget.as_ref().and_then(|it| it.most);
    if let Some(budget) = most
        && !(budget > 0.0 && budget.is_finite())
    {
        return Err(SeedingError::Budget(budget));
    }
    if let Some(goal) = request.goal {
        if !(goal.share > 0.0 && goal.share <= 1.0) {
            return Err(SeedingError::Goal(goal.share));
        }
        if goal.least == Least::Money && request.budget.is_none() {
            return Err(SeedingError::GoalWithoutPrices);
        }
    }
    if request.k.is_none() && most.is_none() && request.goal.is_none() {
        return Err(SeedingError::NoLimit);
    }
    let mut everyone = request.include.iter().chain(&request.exclude);
    match everyone.find(|&&person| person as usize >= people) {
        Some(&person) => Err(SeedingError::UnknownPerson { person, people }),
        None => Ok(()),
    }
}

/// What people cost, where they do not all cost the same; takes out whoever cannot be paid, and
/// turns money into a number of seeds where it is nothing else.
fn purse(
    request: &SeedRequest,
    required: &[PersonIndex],
    open_to: &mut FixedBitSet,
    k: &mut usize,
) -> Result<Option<Purse>, SeedingError> {
    let Some(asked) = &request.budget else { return Ok(None) };
    let costs = &asked.costs;
    let budget = asked.most.unwrap_or(f64::INFINITY);
    let purse = Purse { costs: costs.clone(), budget };
    if let Some(&person) = required.iter().find(|&&it| costs.of(it).is_none()) {
        return Err(SeedingError::RequiredUnpriced(person));
    }
    let spent = costs.total(required);
    if spent > budget + purse.slack() {
        return Err(SeedingError::RequiredTooDear { costs: spent, budget });
    }
    let candidates: Vec<PersonIndex> = (0..)
        .take(costs.people())
        .filter(|&it: &PersonIndex| open_to.contains(it as usize))
        .collect();
    let cheapest = candidates.iter().filter_map(|&it| costs.of(it)).min_by(f64::total_cmp);
    for &person in &candidates {
        if !(spent + purse.cost(person) <= budget + purse.slack() && costs.of(person).is_some()) {
            open_to.remove(person as usize);
        }
    }
    if required.is_empty() && open_to.is_clear() {
        return Err(match cheapest {
            Some(cheapest) => SeedingError::NobodyAffordable { cheapest, budget },
            None => SeedingError::NobodyPriced,
        });
    }
    let mut prices = required.iter().copied().chain(candidates).filter_map(|it| costs.of(it));
    let first = prices.next().unwrap_or(0.0);
    #[expect(clippy::float_cmp, reason = "one price for all is the same number")]
    let alike = first > 0.0 && prices.all(|it| it == first);
    if alike {
        let affordable = ((budget + purse.slack()) / first).floor();
        if affordable < *k as f64 {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "positive and below another number of seeds"
            )]
            let affordable = affordable as usize;
            *k = affordable;
        }
        return Ok(None);
    }
    Ok(Some(purse))
}

/// What bounds ask of the required people alone.
fn check_bounds(rules: &[GroupRule], required: &[PersonIndex]) -> Result<(), SeedingError> {
    for rule in rules {
        if rule.names.is_empty() {
            return Err(SeedingError::NoGroups(rule.label.clone()));
        }
        let Bound::AtMost(most) = rule.bound else { continue };
        if most == 0 {
            return Err(SeedingError::ZeroBound(rule.label.clone()));
        }
        let mut counts = vec![0; rule.names.len()];
        for group in required.iter().filter_map(|&it| rule.group(it)) {
            counts[group] += 1;
        }
        if let Some(group) = counts.iter().position(|&count| count > most) {
            return Err(SeedingError::RequiredBeyondBound {
                label: rule.label.clone(),
                group: rule.names[group].clone(),
                required: counts[group],
                most,
            });
        }
    }
    Ok(())
}

impl SeedRequest {
    /// Whether a network of so many people has an allowed set of seeds; answers how many people may
    /// be one. O(people · rules), and more where several rules ask for seeds of groups.
    ///
    /// # Errors
    /// The [`SeedingError`] that a search would answer with.
    pub fn check(&self, people: usize) -> Result<usize, SeedingError> {
        let places = Places::check(self, people)?;
        Ok(places.required.len() + places.open_to.count_ones(..))
    }

    /// The conditions that can be dropped, in the order in which they are told.
    pub fn conditions(&self) -> Vec<Condition> {
        let mut conditions = Vec::new();
        if self.budget.as_ref().is_some_and(|it| it.most.is_some()) && self.k.is_some() {
            conditions.push(Condition::Budget);
        }
        if !self.include.is_empty() {
            conditions.push(Condition::MustHave);
        }
        if !self.exclude.is_empty() {
            conditions.push(Condition::Never);
        }
        if self.within.is_some() {
            conditions.push(Condition::Within);
        }
        conditions.extend((0..self.groups.len()).map(Condition::Group));
        conditions
    }

    /// The same request without one of its conditions.
    #[must_use]
    pub fn without(&self, condition: Condition) -> Self {
        let mut request = self.clone();
        match condition {
            Condition::MustHave => request.include.clear(),
            Condition::Never => request.exclude.clear(),
            Condition::Within => request.within = None,
            Condition::Budget => request.budget = None,
            Condition::Group(number) => {
                request.groups.remove(number);
            }
        }
        request
    }

    /// A condition of this request in words.
    pub fn in_words(&self, condition: Condition) -> String {
        let people = |it: &[PersonIndex]| crate::words::people(it.len());
        match condition {
            Condition::MustHave => format!("having {} as seeds", people(&self.include)),
            Condition::Never => format!("leaving out {}", people(&self.exclude)),
            Condition::Within => {
                self.within.as_ref().map_or_else(String::new, |it| it.label.clone())
            }
            Condition::Budget => {
                let most = self.budget.as_ref().and_then(|it| it.most).unwrap_or(f64::INFINITY);
                super::conditions::budget_in_words(most)
            }
            Condition::Group(number) => self.groups[number].in_words(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::conditions::{Budget, Circle};
    use super::super::request::Goal;
    use super::*;

    fn refused(request: &SeedRequest, people: usize) -> SeedingError {
        Places::check(request, people).expect_err("makes no sense")
    }

    #[test]
    fn requests_that_make_no_sense_are_refused_by_name() {
        let best = SeedRequest::best;
        assert_eq!(refused(&best(3), 0), SeedingError::EmptyNetwork);
        assert_eq!(refused(&best(0), 5), SeedingError::NoSeeds);
        for epsilon in [0.0, 1.0, -1.0, f64::NAN] {
            assert!(matches!(
                refused(&SeedRequest { epsilon, ..best(1) }, 5),
                SeedingError::Epsilon(_)
            ));
        }
        let far = SeedRequest { exclude: vec![5], ..best(1) };
        assert_eq!(refused(&far, 5), SeedingError::UnknownPerson { person: 5, people: 5 });
        let both = SeedRequest { include: vec![2], exclude: vec![2], ..best(1) };
        assert_eq!(refused(&both, 5), SeedingError::Contradiction(2));
        let many = SeedRequest { include: vec![1, 2, 3], ..best(2) };
        assert_eq!(refused(&many, 5), SeedingError::TooManyRequired { required: 3, k: 2 });
        let none = SeedRequest { exclude: vec![0, 1], ..best(2) };
        assert_eq!(refused(&none, 2), SeedingError::NobodyLeft);
    }

    fn rule(of: &[Option<u32>], bound: Bound) -> GroupRule {
        let count = of.iter().flatten().max().map_or(0, |&it| it + 1);
        GroupRule {
            label: "client".to_owned(),
            names: (0..count).map(|it| format!("Client {it}")).collect(),
            of: of.into(),
            bound,
        }
    }

    fn paying(costs: &[f64], most: f64) -> SeedRequest {
        let budget = Budget { costs: Costs::new(costs.to_vec()), most: Some(most) };
        SeedRequest { k: None, budget: Some(budget), ..SeedRequest::default() }
    }

    #[test]
    fn conditions_that_nobody_fulfils_are_refused_with_which_and_why() {
        let told = |request: &SeedRequest, people| refused(request, people).to_string();
        let unlimited = SeedRequest { k: None, ..SeedRequest::default() };
        assert_eq!(refused(&unlimited, 3), SeedingError::NoLimit);
        for budget in [0.0, -5.0, f64::NAN, f64::INFINITY] {
            let found = refused(&paying(&[1.0, 2.0], budget), 2);
            assert!(matches!(found, SeedingError::Budget(_)), "{found}");
        }
        let dear = told(&paying(&[30.0, 20.0], 10.0), 2);
        assert!(dear.contains("cheapest person who may be a seed costs 20, more than the budget"));
        assert_eq!(refused(&paying(&[f64::NAN; 2], 10.0), 2), SeedingError::NobodyPriced);
        let required = SeedRequest { include: vec![0, 1], ..paying(&[6.0, 5.0, 1.0], 10.0) };
        assert!(told(&required, 3).contains("must-have people alone cost 11, more than"));
        let unpriced = SeedRequest { include: vec![0], ..paying(&[f64::NAN, 5.0], 10.0) };
        assert_eq!(refused(&unpriced, 2), SeedingError::RequiredUnpriced(0));

        let two = [Some(0), Some(0), Some(1), None];
        let grouped = |bound, request| SeedRequest { groups: vec![rule(&two, bound)], ..request };
        let zero = grouped(Bound::AtMost(0), SeedRequest::best(1));
        assert!(told(&zero, 4).contains("At most 0 per client"));
        let crowded = SeedRequest { include: vec![0, 1], ..SeedRequest::best(3) };
        let crowded = told(&grouped(Bound::AtMost(1), crowded), 4);
        assert!(crowded.contains("2 must-have people have the client Client 0, but at most 1"));
        let needed = grouped(Bound::AtLeastOne, SeedRequest::best(1));
        assert!(told(&needed, 4).contains("At least one per client needs 2 seeds"));
        let gone = SeedRequest { exclude: vec![2], ..SeedRequest::best(3) };
        let gone = told(&grouped(Bound::AtLeastOne, gone), 4);
        assert!(gone.contains("nobody with the client Client 1 may be a seed"), "{gone}");
        let poor = grouped(Bound::AtLeastOne, paying(&[5.0, 4.0, 7.0, 1.0], 10.0));
        assert!(told(&poor, 4).contains("At least one per client costs at least 11"));
        let none = SeedRequest {
            groups: vec![rule(&[None; 4], Bound::AtMost(1))],
            ..SeedRequest::best(1)
        };
        assert_eq!(refused(&none, 4), SeedingError::NoGroups("client".to_owned()));
        let label = "only people within 2 steps of the owners".to_owned();
        let circle = Circle { label, people: [].into() };
        let nobody = SeedRequest { within: Some(circle), ..SeedRequest::best(1) };
        assert!(told(&nobody, 4).contains("within 2 steps of the owners leaves nobody"));
        // One seed for both clients of the one column and both of the other.
        let apart = SeedRequest {
            groups: vec![
                rule(&[Some(0), Some(1), Some(0), Some(1)], Bound::AtLeastOne),
                rule(&[Some(0), Some(0), Some(1), Some(1)], Bound::AtMost(1)),
            ],
            include: vec![0],
            exclude: vec![3],
            ..SeedRequest::best(2)
        };
        let apart = told(&apart, 4);
        assert!(
            apart.contains("at least one per client, at most 1 per client, 2 seeds"),
            "{apart}"
        );
        for share in [0.0, 1.01, f64::NAN] {
            let goal = Some(Goal { share, least: Least::Seeds });
            let found = refused(&SeedRequest { goal, ..SeedRequest::default() }, 4);
            assert!(matches!(found, SeedingError::Goal(_)), "{found}");
        }
        let goal = Some(Goal { share: 0.5, least: Least::Money });
        let unpaid = SeedRequest { goal, ..SeedRequest::default() };
        assert_eq!(refused(&unpaid, 4), SeedingError::GoalWithoutPrices);
    }

    #[test]
    fn one_price_for_all_makes_money_a_number_of_seeds() {
        let places = Places::check(&paying(&[0.1; 9], 0.3), 9).expect("a sound request");
        assert_eq!((places.k, places.is_plain()), (3, true));
        let unlike = Places::check(&paying(&[1.0, 2.0, 50.0], 10.0), 3).expect("a sound request");
        assert_eq!((unlike.k, unlike.is_plain()), (2, false), "the third is out of reach");
    }

    #[test]
    fn no_allowed_set_gains_more_than_the_bound() {
        let gains: Vec<(f64, PersonIndex)> = vec![(6.0, 0), (5.0, 1), (4.0, 2), (3.0, 3)];
        let groups = [Some(0), Some(0), Some(1), None];
        let request =
            SeedRequest { groups: vec![rule(&groups, Bound::AtMost(1))], ..SeedRequest::best(3) };
        let places = Places::check(&request, 4).expect("a sound request");
        assert!((places.largest(&gains) - 13.0).abs() < 1e-12, "6, 4 and 3");
        let places = Places::check(&paying(&[6.0, 1.0, 2.0, 1.0], 6.0), 4).expect("sound");
        // 5 and 3 for 1 each, 4 for 2, and a third of 6 for the 2 left.
        assert!((places.largest(&gains) - 14.0).abs() < 1e-6);
    }

    #[test]
    fn more_seeds_than_people_means_everyone() {
        let request =
            SeedRequest { include: vec![3, 1, 3], exclude: vec![0], ..SeedRequest::best(99) };
        let places = Places::check(&request, 4).expect("a sound request");
        assert_eq!((places.k, places.open()), (3, 1));
        assert_eq!(places.fill([0, 1, 2]), [3, 1, 2]);
    }
}
