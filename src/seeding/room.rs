//! What is left while seeds are chosen: places, money, and room in each group.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

use super::conditions::{Bound, GroupRule};
use super::error::SeedingError;
use super::places::{Places, Purse};
use crate::network::PersonIndex;

/// Groups that must have a seed, and who could be it.
///
/// People in the same groups are of one *kind*: of a kind only the cheapest who is free need be
/// tried.
#[derive(Clone, Debug, Default)]
pub(super) struct Needs {
    /// Those with the fewest candidates first.
    all: Vec<Need>,
    /// For each kind its people, the cheapest first.
    kinds: Vec<Vec<PersonIndex>>,
}

#[derive(Clone, Debug)]
struct Need {
    rule: usize,
    group: usize,
    /// Kinds of people who are in the group.
    kinds: Vec<usize>,
    /// What the cheapest of them costs.
    cheapest: f64,
}

impl Needs {
    /// # Errors
    /// [`SeedingError::NobodyOfGroup`] for the first group that nobody can be the seed of.
    pub(super) fn of(
        rules: &[GroupRule],
        required: &[PersonIndex],
        open_to: &FixedBitSet,
        purse: Option<&Purse>,
    ) -> Result<Self, SeedingError> {
        let asking: Vec<usize> =
            (0..rules.len()).filter(|&rule| rules[rule].bound == Bound::AtLeastOne).collect();
        if asking.is_empty() {
            return Ok(Self::default());
        }
        let mut numbers: BTreeMap<Vec<Option<u32>>, usize> = BTreeMap::new();
        let mut kinds: Vec<Vec<PersonIndex>> = Vec::new();
        for person in open_to.ones() {
            let groups = rules.iter().map(|rule| rule.of[person]).collect();
            let kind = *numbers.entry(groups).or_insert_with(|| {
                kinds.push(Vec::new());
                kinds.len() - 1
            });
            kinds[kind]
                .push(PersonIndex::try_from(person).expect("people are numbered below 2^32"));
        }
        let cost = |person: PersonIndex| purse.map_or(0.0, |it| it.cost(person));
        for people in &mut kinds {
            people.sort_by(|&a, &b| cost(a).total_cmp(&cost(b)).then(a.cmp(&b)));
        }
        let mut all = Vec::new();
        for &rule in &asking {
            let mut of_group = vec![Vec::new(); rules[rule].names.len()];
            for (groups, &kind) in &numbers {
                if let Some(group) = groups[rule] {
                    of_group[group as usize].push(kind);
                }
            }
            let mut is_met = vec![false; of_group.len()];
            for group in required.iter().filter_map(|&it| rules[rule].group(it)) {
                is_met[group] = true;
            }
            for (group, of_group) in of_group.into_iter().enumerate() {
                if of_group.is_empty() && !is_met[group] {
                    return Err(SeedingError::NobodyOfGroup {
                        label: rules[rule].label.clone(),
                        group: rules[rule].names[group].clone(),
                    });
                }
                let cheapest = of_group.iter().map(|&kind| cost(kinds[kind][0]));
                let cheapest = cheapest.min_by(f64::total_cmp).unwrap_or(0.0);
                all.push(Need { rule, group, kinds: of_group, cheapest });
            }
        }
        let candidates = |need: &Need| need.kinds.iter().map(|&it| kinds[it].len()).sum::<usize>();
        all.sort_by_key(candidates);
        Ok(Self { all, kinds })
    }

    fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// A set of seeds in the making. At any moment it can be completed to an allowed set.
pub(super) struct Room<'a> {
    places: &'a Places,
    seeds: Vec<PersonIndex>,
    is_in: FixedBitSet,
    /// People who are in, the ones tried out included.
    count: usize,
    money: f64,
    /// People who are in, by rule and group.
    counts: Vec<Vec<usize>>,
    /// Groups that need a seed and have none.
    unmet: usize,
    /// People who would give those groups theirs.
    completion: Vec<PersonIndex>,
}

/// Nodes of the search for another completion when somebody is to join.
const PATIENCE: usize = 300;

impl<'a> Room<'a> {
    /// With nobody in, the required people neither.
    pub(super) fn empty(places: &'a Places) -> Self {
        let counts = places.rules.iter().map(|rule| vec![0; rule.names.len()]).collect();
        Self {
            places,
            seeds: Vec::new(),
            is_in: FixedBitSet::with_capacity(places.open_to.len()),
            count: 0,
            money: places.purse.as_ref().map_or(0.0, |it| it.budget),
            counts,
            unmet: places.needs.all.len(),
            completion: Vec::new(),
        }
    }

    /// With the required people in.
    pub(super) fn new(places: &'a Places) -> Self {
        let mut room = Self::empty(places);
        for &person in &places.required {
            room.enter(person);
        }
        room.seeds.clone_from(&places.required);
        room.completion.clone_from(&places.completion);
        room
    }

    pub(super) fn seeds(&self) -> &[PersonIndex] {
        &self.seeds
    }

    /// The seeds, with those who complete them.
    pub(super) fn into_seeds(mut self) -> Vec<PersonIndex> {
        self.seeds.append(&mut self.completion);
        self.seeds
    }

    pub(super) fn is_full(&self) -> bool {
        self.seeds.len() >= self.places.k
    }

    /// Groups that need a seed and have none.
    pub(super) fn unmet(&self) -> usize {
        self.unmet
    }

    /// Whether a group that needs a seed would get one.
    pub(super) fn helps(&self, person: PersonIndex) -> bool {
        let mut rules = self.places.rules.iter().zip(&self.counts);
        self.unmet > 0
            && rules.any(|(rule, counts)| {
                rule.bound == Bound::AtLeastOne
                    && rule.group(person).is_some_and(|group| counts[group] == 0)
            })
    }

    /// Makes `person` a seed if they may be one and the set can still be completed; says whether.
    /// Who is refused once stays refused, whoever else becomes a seed.
    pub(super) fn take(&mut self, person: PersonIndex) -> bool {
        if self.is_in.contains(person as usize) || !self.places.open_to.contains(person as usize) {
            return false;
        }
        self.enter(person);
        if !self.is_sound(&[person]) || !self.keep_completion(person) {
            self.leave(person);
            return false;
        }
        self.seeds.push(person);
        true
    }

    /// Whether [`Self::take`] would make `person` a seed.
    pub(super) fn admits(&mut self, person: PersonIndex) -> bool {
        let before = self.completion.clone();
        let admitted = self.take(person);
        if admitted {
            self.seeds.pop();
            self.leave(person);
            self.completion = before;
        }
        admitted
    }

    /// Finds who completes the set now that `person` is in.
    fn keep_completion(&mut self, person: PersonIndex) -> bool {
        if self.completion.is_empty() {
            return true;
        }
        let mut rest = self.completion.clone();
        rest.retain(|&it| it != person);
        for &it in &rest {
            self.enter(it);
        }
        let cost = |it: PersonIndex| self.places.purse.as_ref().map_or(0.0, |purse| purse.cost(it));
        rest.sort_by(|&a, &b| cost(b).total_cmp(&cost(a)).then(a.cmp(&b)));
        rest.retain(|&it| {
            let is_needed = !self.is_spare(it);
            if !is_needed {
                self.leave(it);
            }
            is_needed
        });
        let fits = self.is_sound(&rest) && self.is_sound(&[person]);
        for &it in &rest {
            self.leave(it);
        }
        if fits {
            self.completion = rest;
            return true;
        }
        // Where there is none, the one before holds as long as this person stays out.
        let found = self.solve(PATIENCE);
        let can_be_completed = found.is_some();
        if let Some(found) = found {
            self.completion = found;
        }
        can_be_completed
    }

    /// Whether every group that needs a seed would have one without this person.
    fn is_spare(&self, person: PersonIndex) -> bool {
        self.places.rules.iter().zip(&self.counts).all(|(rule, counts)| {
            rule.bound != Bound::AtLeastOne
                || rule.group(person).is_none_or(|group| counts[group] > 1)
        })
    }

    /// Whether places, money and the groups of `people`, who are in, suffice.
    pub(super) fn is_sound(&self, people: &[PersonIndex]) -> bool {
        let slack = self.places.purse.as_ref().map_or(0.0, Purse::slack);
        let in_bounds = |&person: &PersonIndex| {
            self.places.rules.iter().zip(&self.counts).all(|(rule, counts)| match rule.bound {
                Bound::AtMost(most) => rule.group(person).is_none_or(|it| counts[it] <= most),
                Bound::AtLeastOne => true,
            })
        };
        self.count <= self.places.k && self.money >= -slack && people.iter().all(in_bounds)
    }

    /// Counts somebody in, allowed or not.
    pub(super) fn enter(&mut self, person: PersonIndex) {
        self.is_in.insert(person as usize);
        self.count += 1;
        self.money -= self.cost(person);
        for (rule, counts) in self.places.rules.iter().zip(&mut self.counts) {
            if let Some(group) = rule.group(person) {
                counts[group] += 1;
                if rule.bound == Bound::AtLeastOne && counts[group] == 1 {
                    self.unmet -= 1;
                }
            }
        }
    }

    fn leave(&mut self, person: PersonIndex) {
        self.is_in.remove(person as usize);
        self.count -= 1;
        self.money += self.cost(person);
        for (rule, counts) in self.places.rules.iter().zip(&mut self.counts) {
            if let Some(group) = rule.group(person) {
                counts[group] -= 1;
                if rule.bound == Bound::AtLeastOne && counts[group] == 0 {
                    self.unmet += 1;
                }
            }
        }
    }

    fn cost(&self, person: PersonIndex) -> f64 {
        self.places.purse.as_ref().map_or(0.0, |it| it.cost(person))
    }

    fn unmet_needs(&self) -> impl Iterator<Item = &'a Need> + use<'_, 'a> {
        let places = self.places;
        places.needs.all.iter().filter(|need| self.counts[need.rule][need.group] == 0)
    }

    /// The rule whose groups need more seeds than there are places, with the number needed.
    pub(super) fn lacks_places(&self) -> Option<(String, usize)> {
        let mut needed = BTreeMap::new();
        for need in self.unmet_needs() {
            *needed.entry(need.rule).or_insert(self.count) += 1;
        }
        let (rule, needed) = needed.into_iter().find(|&(_, needed)| needed > self.places.k)?;
        Some((self.places.rules[rule].label.clone(), needed))
    }

    /// The rule whose groups cost more than there is money, with what they cost.
    pub(super) fn lacks_money(&self) -> Option<(String, f64)> {
        let purse = self.places.purse.as_ref()?;
        let mut needed = BTreeMap::new();
        for need in self.unmet_needs() {
            *needed.entry(need.rule).or_insert(0.0) += need.cheapest;
        }
        let too_much = |&(_, needed): &(usize, f64)| needed > self.money + purse.slack();
        let (rule, needed) = needed.into_iter().find(too_much)?;
        let spent = purse.budget - self.money;
        Some((self.places.rules[rule].label.clone(), spent + needed))
    }

    /// People who give every group its seed within places, money and bounds; `None` where none were
    /// found in so many tries. Exact where one rule alone asks for seeds and no bound on other
    /// groups stands in the way.
    pub(super) fn solve(&mut self, patience: usize) -> Option<Vec<PersonIndex>> {
        if self.places.needs.is_empty() {
            return Some(Vec::new());
        }
        let mut patience = patience + self.unmet;
        // For each person tried, who else could have been tried instead.
        let mut tried: Vec<(PersonIndex, Vec<usize>)> = Vec::new();
        let mut options = self.options();
        loop {
            let stuck = match options.as_mut() {
                None => break,
                Some(kinds) => match kinds.pop() {
                    None => true,
                    Some(kind) => {
                        if let Some(person) = self.free_of(kind) {
                            patience = patience.saturating_sub(1);
                            let kinds = std::mem::take(kinds);
                            tried.push((person, kinds));
                            self.enter(person);
                            let hopeless = patience == 0
                                || self.lacks_places().is_some()
                                || self.lacks_money().is_some();
                            options = if hopeless { Some(Vec::new()) } else { self.options() };
                        }
                        false
                    }
                },
            };
            if stuck || patience == 0 {
                let (person, kinds) = tried.pop()?;
                self.leave(person);
                options = Some(if patience == 0 { Vec::new() } else { kinds });
            }
        }
        let found: Vec<PersonIndex> = tried.into_iter().map(|it| it.0).collect();
        found.iter().rev().for_each(|&it| self.leave(it));
        Some(found)
    }

    /// Kinds of people who would meet the need with the fewest candidates, the best last; `None` when
    /// every need is met.
    fn options(&self) -> Option<Vec<usize>> {
        let need = self.unmet_needs().next()?;
        let mut kinds: Vec<(f64, usize)> = need
            .kinds
            .iter()
            .filter_map(|&kind| {
                let person = self.free_of(kind)?;
                let rules = self.places.rules.iter().zip(&self.counts);
                let met = rules.filter(|(rule, counts)| {
                    rule.bound == Bound::AtLeastOne
                        && rule.group(person).is_some_and(|group| counts[group] == 0)
                });
                let price = if self.places.purse.is_some() { self.cost(person) } else { 1.0 };
                Some((price / met.count().max(1) as f64, kind))
            })
            .collect();
        kinds.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
        Some(kinds.into_iter().map(|it| it.1).collect())
    }

    /// The cheapest of a kind who can still join.
    fn free_of(&self, kind: usize) -> Option<PersonIndex> {
        let people = &self.places.needs.kinds[kind];
        let person = *people.iter().find(|&&it| !self.is_in.contains(it as usize))?;
        let has_room =
            self.places.rules.iter().zip(&self.counts).all(|(rule, counts)| match rule.bound {
                Bound::AtMost(most) => rule.group(person).is_none_or(|it| counts[it] < most),
                Bound::AtLeastOne => true,
            });
        let slack = self.places.purse.as_ref().map_or(0.0, Purse::slack);
        let affordable = self.cost(person) <= self.money + slack;
        (has_room && affordable && self.count < self.places.k).then_some(person)
    }
}

#[cfg(test)]
mod tests {
    use super::super::conditions::Budget;
    use super::super::prices::Costs;
    use super::super::request::SeedRequest;
    use super::*;

    fn rule(of: &[u32], bound: Bound) -> GroupRule {
        let count = of.iter().max().map_or(0, |&it| it + 1);
        GroupRule {
            label: "client".to_owned(),
            names: (0..count).map(|it| it.to_string()).collect(),
            of: of.iter().map(|&it| Some(it)).collect(),
            bound,
        }
    }

    fn places(request: &SeedRequest, people: usize) -> Places {
        Places::check(request, people).expect("a sound request")
    }

    #[test]
    fn places_are_kept_for_groups_without_a_seed() {
        let request = SeedRequest {
            groups: vec![rule(&[0, 0, 0, 1, 2], Bound::AtLeastOne)],
            ..SeedRequest::best(3)
        };
        let places = places(&request, 5);
        let mut room = Room::new(&places);
        assert!(room.take(1));
        assert!(!room.take(0), "the two places left belong to the other groups");
        assert!(room.helps(3) && !room.helps(2));
        assert!(room.take(4) && room.take(3) && room.is_full());
        assert_eq!(room.into_seeds(), [1, 4, 3]);
        assert_eq!(places.fill([0, 1, 2]), [0, 3, 4], "others come in to complete the set");
    }

    #[test]
    fn money_is_kept_for_groups_without_a_seed() {
        let costs = Costs::new(vec![5.0, 3.0, 9.0, 4.0, f64::NAN]);
        let request = SeedRequest {
            k: None,
            budget: Some(Budget { costs, most: Some(12.0) }),
            groups: vec![rule(&[0, 0, 1, 1, 1], Bound::AtLeastOne)],
            ..SeedRequest::default()
        };
        let places = places(&request, 5);
        let mut room = Room::new(&places);
        assert!(!room.take(4), "nobody can buy who is not for sale");
        assert!(room.take(0), "5 and at least 4 for the other group");
        assert!(!room.take(2), "14 is too much");
        assert!(room.take(1), "8 and at least 4");
        assert!(room.take(3));
        assert!(room.money.abs() < 1e-9);
        assert!(places.allows(&[1, 2]) && !places.allows(&[0, 2]) && !places.allows(&[0, 1]));
    }

    #[test]
    fn one_person_can_stand_for_several_groups() {
        // Two seeds for two clients and two sites: only 0 with 3, or 1 with 2.
        let request = SeedRequest {
            groups: vec![
                rule(&[0, 0, 1, 1], Bound::AtLeastOne),
                rule(&[0, 1, 0, 1], Bound::AtLeastOne),
            ],
            ..SeedRequest::best(2)
        };
        let places = places(&request, 4);
        for (first, second) in [(0, 3), (1, 2), (2, 1), (3, 0)] {
            let mut room = Room::new(&places);
            assert!(room.take(first));
            for other in 0..4 {
                assert_eq!(room.admits(other), other == second, "{first} with {other}");
            }
        }
    }

    #[test]
    fn bounds_on_other_groups_are_kept_while_completing() {
        // At least one per client, at most one per company: only one of the three ways fits.
        let client = rule(&[0, 0, 1, 1, 2], Bound::AtLeastOne);
        let company =
            GroupRule { label: "company".to_owned(), ..rule(&[0, 1, 1, 2, 2], Bound::AtMost(1)) };
        let request = SeedRequest { groups: vec![client, company], ..SeedRequest::best(3) };
        let places = places(&request, 5);
        let mut filled = places.fill([3, 1]);
        filled.sort_unstable();
        assert_eq!(filled, [0, 2, 4], "3 would leave 4 out");
        let mut room = Room::new(&places);
        assert!(!room.take(3) && !room.take(1) && room.take(0) && room.take(2) && room.take(4));
    }
}
