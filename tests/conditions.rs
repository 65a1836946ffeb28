//! Seeds under conditions: against going through every allowed set, and against published numbers.

mod classics;

use std::collections::BTreeSet;
use std::sync::Arc;

use classics::{mutual, shared};
use jaywalk::diffusion::{Contagion, Model, Scenario, Threshold, TieProbability};
use jaywalk::network::{InfluenceArc, InfluenceGraph, PersonIndex};
use jaywalk::seeding::{
    Bound, Budget, Condition, ConditionCost, Costs, Goal, GroupRule, Least, SearchState,
    SeedChoice, SeedRequest, SeedSearch, Strategy,
};

fn cascade(p: f64) -> Contagion {
    Contagion::IndependentCascade(TieProbability::Uniform(p))
}

fn model(graph: InfluenceGraph, contagion: Contagion, steps: u32) -> Arc<Model> {
    let scenario = Scenario { contagion, steps, ..Scenario::default() };
    Arc::new(Model::new(Arc::new(graph), None, None, &scenario).expect("a sound scenario"))
}

fn choose(model: &Arc<Model>, request: SeedRequest) -> SeedChoice {
    SeedSearch::new(Arc::clone(model), request).expect("a sound request").run()
}

fn people(choice: &SeedChoice) -> Vec<PersonIndex> {
    choice.seeds.iter().map(|seed| seed.person).collect()
}

fn rule(label: &str, of: &[u32], bound: Bound) -> GroupRule {
    let count = of.iter().max().map_or(0, |&it| it + 1);
    GroupRule {
        label: label.to_owned(),
        names: (0..count).map(|it| format!("{label} {it}")).collect(),
        of: of.iter().map(|&it| Some(it)).collect(),
        bound,
    }
}

fn budget(costs: &[f64], most: f64) -> Budget {
    Budget { costs: Costs::new(costs.to_vec()), most: Some(most) }
}

/// Numbers by chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, below: u32) -> u32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).expect("31 bits") % below
    }
}

/// Exact reach of every set of people (bit by bit) in a cascade, by going through every set of live
/// arcs.
fn exact_reaches(people: u32, arcs: &[InfluenceArc]) -> Vec<f64> {
    let mut expected = vec![0.0; 1 << people];
    for live in 0..1_u32 << arcs.len() {
        let mut chance = 1.0;
        let mut reached_by: Vec<u32> = (0..people).map(|it| 1 << it).collect();
        for (number, arc) in arcs.iter().enumerate() {
            chance *= if live >> number & 1 == 1 { arc.value } else { 1.0 - arc.value };
        }
        if chance <= 0.0 {
            continue;
        }
        for _ in 0..people {
            for (number, arc) in arcs.iter().enumerate() {
                if live >> number & 1 == 1 {
                    reached_by[arc.influencer as usize] |= reached_by[arc.audience as usize];
                }
            }
        }
        for (seeds, expected) in expected.iter_mut().enumerate() {
            let of = |person: u32| {
                if seeds >> person & 1 == 1 { reached_by[person as usize] } else { 0 }
            };
            let reached = (0..people).map(of).fold(0, |all, it| all | it);
            *expected += chance * f64::from(reached.count_ones());
        }
    }
    expected
}

/// Whether a set meets a request, from the request's own words.
fn meets(request: &SeedRequest, seeds: &[PersonIndex]) -> bool {
    let in_groups = request.groups.iter().all(|rule| {
        (0..rule.names.len()).all(|group| {
            let of =
                |&&it: &&PersonIndex| rule.of[it as usize].map(|it| it as usize) == Some(group);
            let count = seeds.iter().filter(of).count();
            match rule.bound {
                Bound::AtMost(most) => count <= most,
                Bound::AtLeastOne => count >= 1,
            }
        })
    });
    let affordable = request.budget.as_ref().is_none_or(|budget| {
        let cost: Option<f64> = seeds.iter().map(|&it| budget.costs.of(it)).sum();
        cost.is_some_and(|cost| budget.most.is_none_or(|most| cost <= most + 1e-9))
    });
    !seeds.is_empty()
        && request.k.is_none_or(|k| seeds.len() <= k)
        && request.include.iter().all(|it| seeds.contains(it))
        && !request.exclude.iter().any(|it| seeds.contains(it))
        && in_groups
        && affordable
}

fn members(set: usize, people: u32) -> Vec<PersonIndex> {
    (0..people).filter(|it| set >> it & 1 == 1).collect()
}

/// Conditions by chance, among them some that nobody can fulfil.
fn by_chance(draw: &mut Chance, people: u32) -> SeedRequest {
    let mut request = SeedRequest { k: Some(1 + draw.below(4) as usize), ..SeedRequest::default() };
    let mut of = |groups| (0..people).map(|_| draw.below(groups)).collect::<Vec<u32>>();
    let (client, company) = (of(3), of(3));
    // Groups nobody is in are not groups.
    let dense = |of: &[u32]| {
        let known: BTreeSet<u32> = of.iter().copied().collect();
        let place = |it: &u32| u32::try_from(known.range(..it).count()).expect("few groups");
        of.iter().map(place).collect::<Vec<u32>>()
    };
    let (client, company) = (dense(&client), dense(&company));
    let kind = draw.below(8);
    if kind & 1 == 1 {
        let bound = Bound::AtMost(1 + draw.below(2) as usize);
        request.groups.push(rule("client", &client, bound));
    }
    if kind & 2 == 2 {
        let of = if draw.below(2) == 0 { &client } else { &company };
        request.groups.push(rule("company", of, Bound::AtLeastOne));
    }
    if kind & 4 == 4 {
        let costs: Vec<f64> = (0..people).map(|_| f64::from(1 + draw.below(5))).collect();
        request.budget = Some(budget(&costs, f64::from(1 + draw.below(10))));
        if draw.below(2) == 0 {
            request.k = None;
        }
    }
    if draw.below(4) == 0 {
        request.include.push(draw.below(people));
    }
    if draw.below(4) == 0 {
        request.exclude.push(draw.below(people));
    }
    request.exclude.retain(|it| !request.include.contains(it));
    request
}

#[test]
fn every_condition_is_met_and_the_choice_is_near_the_best_of_all_allowed_sets() {
    let mut draw = Chance(3);
    let (mut found_best, mut cases, mut refused) = (0, 0, 0);
    for case in 0..400 {
        let people_count = 4 + draw.below(3);
        let drawn: Vec<InfluenceArc> = (0..4 + draw.below(5))
            .map(|_| InfluenceArc {
                influencer: draw.below(people_count),
                audience: draw.below(people_count),
                ties: 1,
                value: 0.1 * f64::from(1 + draw.below(9)),
            })
            .collect();
        let graph = InfluenceGraph::from_arcs(people_count as usize, drawn);
        let arcs: Vec<InfluenceArc> = graph.iter_arcs().collect();
        let exact = exact_reaches(people_count, &arcs);
        let request = by_chance(&mut draw, people_count);
        let best = |request: &SeedRequest| {
            (1..exact.len())
                .filter(|&set| meets(request, &members(set, people_count)))
                .map(|set| exact[set])
                .fold(f64::NAN, f64::max)
        };
        let optimum = best(&request);
        let model = model(graph, Contagion::IndependentCascade(TieProbability::PerTie), 1000);
        let search = SeedSearch::new(model, request.clone());
        let Ok(search) = search else {
            let told = search.err().expect("refused").to_string();
            assert!(optimum.is_nan(), "case {case}: {request:?} can be met, but: {told}");
            refused += 1;
            continue;
        };
        assert!(!optimum.is_nan(), "case {case}: nobody can meet {request:?}");
        let choice = search.run();
        let seeds = people(&choice);
        assert!(meets(&request, &seeds), "case {case}: {seeds:?} for {request:?}");
        let reached = exact[seeds.iter().map(|it| 1_usize << it).sum::<usize>()];
        cases += 1;
        found_best += usize::from(reached >= optimum - 1e-9);
        // What chance does to the sets that seeds are chosen from.
        let slack = 0.98;
        let assured = choice.assured.unwrap_or(0.0);
        assert!(reached >= slack * assured * optimum, "case {case}: {reached} of {optimum}");
        let proven = choice.guarantee.expect("a cascade has a proof");
        assert!(proven <= reached / optimum + 1e-9, "case {case}: {proven} is not proven");
        for cost in &choice.conditions {
            let relaxed = best(&request.without(cost.condition));
            assert!(
                cost.costs >= 0.0 && cost.reach_without <= relaxed + 0.1,
                "case {case}: {cost:?}"
            );
        }
    }
    assert!(refused > 30 && cases > 250, "{refused} refused, {cases} chosen");
    assert!(found_best * 100 >= cases * 93, "the best set in {found_best} of {cases} cases");
}

#[test]
fn a_bound_costs_what_it_keeps_out() {
    // Two stars, one of them of two hubs that share no listener; all ties are certain.
    let ties = [(0, 2..8), (1, 8..12), (12, 13..15)];
    let arcs = ties.into_iter().flat_map(|(influencer, audience)| {
        audience.map(move |audience| InfluenceArc { influencer, audience, ties: 1, value: 1.0 })
    });
    let model = model(InfluenceGraph::from_arcs(15, arcs), cascade(1.0), 1000);
    let mut of = [0; 15];
    of[12..].fill(1);
    let request = SeedRequest {
        groups: vec![rule("company", &of, Bound::AtMost(1))],
        exclude: vec![5],
        ..SeedRequest::best(2)
    };
    let choice = choose(&model, request);
    assert_eq!(people(&choice), [0, 12], "7 and 3");
    let [never, bound] = &choice.conditions[..] else { panic!("two conditions") };
    assert_eq!((never.condition, bound.condition), (Condition::Never, Condition::Group(0)));
    assert!((bound.reach_without - 12.0).abs() < 0.3 && (bound.costs - 2.0).abs() < 0.3);
    assert_eq!(bound.in_words(), "at most 1 per company costs 2 people");
    assert_eq!(never.in_words(), "leaving out 1 person costs hardly anyone");
    assert_eq!(choice.assured, Some(0.5));
}

#[test]
fn money_goes_where_it_reaches_most() {
    // One dear hub with ten listeners, five cheap ones with four each.
    let hubs = (0..6).map(|it| if it == 0 { (0, 6..16) } else { (it, 12 + 4 * it..16 + 4 * it) });
    let arcs = hubs.flat_map(|(influencer, audience)| {
        audience.map(move |audience| InfluenceArc { influencer, audience, ties: 1, value: 1.0 })
    });
    let model = model(InfluenceGraph::from_arcs(36, arcs), cascade(1.0), 1000);
    let mut costs = vec![50.0; 36];
    costs[0] = 100.0;
    costs[1..6].fill(20.0);
    let buy = |most, k| {
        let choice = choose(
            &model,
            SeedRequest { k, budget: Some(budget(&costs, most)), ..SeedRequest::default() },
        );
        (people(&choice), choice)
    };
    let (mut seeds, choice) = buy(100.0, None);
    seeds.sort_unstable();
    assert_eq!(seeds, [1, 2, 3, 4, 5], "25 people instead of 11");
    assert_eq!(choice.spent, Some(100.0));
    let per_thousand = choice.per_thousand().expect("something was spent");
    assert!((per_thousand - 10.0 * choice.reach.mean).abs() < 1e-9);
    assert!((per_thousand - 250.0).abs() < 3.0, "{per_thousand}");
    let (seeds, choice) = buy(100.0, Some(1));
    assert_eq!(seeds, [0], "11 people with one seed");
    assert_eq!(choice.conditions.len(), 1);
    assert!(choice.conditions[0].costs < 0.5, "one seed is as good without the budget");
    let (seeds, choice) = buy(60.0, Some(1));
    assert_eq!(seeds.len(), 1);
    assert_eq!(choice.conditions[0].in_words(), "a budget of 60 costs 6 people");
}

#[test]
fn how_little_it_takes_depends_on_the_time_there_is() {
    let path = |people: u32, steps| {
        let ties = (0..people - 1).map(|it| (it, it + 1));
        model(mutual(people as usize, ties, 1.0), cascade(1.0), steps)
    };
    let fewest = |model: &Arc<Model>, share| {
        let goal = Some(Goal { share, least: Least::Seeds });
        choose(model, SeedRequest { k: None, goal, ..SeedRequest::default() })
    };
    // Who chooses one after the other may need one more than the fewest there could be.
    let paths = [(5, 2, 1, 1), (5, 1, 2, 2), (6, 1, 2, 3), (9, 1, 3, 4), (9, 9, 1, 1)];
    for (people_count, steps, fewest_possible, most) in paths {
        let choice = fewest(&path(people_count, steps), 1.0);
        let goal = choice.goal.expect("there is one");
        let seeds = choice.seeds.len();
        assert!(goal.is_met, "{people_count} in {steps}");
        assert!((fewest_possible..=most).contains(&seeds), "{people_count} in {steps}: {seeds}");
        let at_least = goal.at_least.expect("a cascade");
        assert!(at_least <= fewest_possible as f64, "{at_least}");
        assert_eq!((choice.guarantee, choice.assured), (None, None));
    }
    // Ring of 20, everyone needs to see two (science.md 3.4): two neighbors are enough.
    let ties = (0..20).flat_map(|it| [(it, (it + 1) % 20), (it, (it + 2) % 20)]);
    let ring = model(mutual(20, ties, 1.0), Contagion::Permission(Threshold::Count(2)), 1000);
    let choice = fewest(&ring, 1.0);
    assert_eq!((choice.seeds.len(), choice.reach.mean), (2, 20.0));
    assert_eq!(choice.goal.expect("there is one").at_least, None);
}

#[test]
fn a_goal_out_of_reach_says_how_far_one_gets() {
    let two = mutual(6, [(0, 1), (1, 2), (3, 4), (4, 5)], 1.0);
    let model = model(two, cascade(1.0), 1000);
    let goal = Some(Goal { share: 0.9, least: Least::Seeds });
    let request = SeedRequest { k: None, goal, exclude: vec![3, 4, 5], ..SeedRequest::default() };
    let choice = choose(&model, request.clone());
    let answer = choice.goal.expect("there is one");
    assert!(!answer.is_met && (answer.wanted - 5.4).abs() < 1e-12);
    assert!((choice.reach.mean - 3.0).abs() < 0.1, "{:?}", choice.reach);
    let half = Some(Goal { share: 0.5, least: Least::Seeds });
    let choice = choose(&model, SeedRequest { goal: half, ..request });
    assert_eq!((choice.seeds.len(), choice.goal.expect("one").is_met), (1, true));
}

#[test]
fn the_least_money_is_not_the_fewest_seeds() {
    // Person 0 reaches all nine for 100; 1 and 2 reach four each besides themselves for 10.
    let arcs = [(0, 1..9), (1, 3..6), (2, 6..9)].into_iter().flat_map(|(influencer, audience)| {
        audience.map(move |audience| InfluenceArc { influencer, audience, ties: 1, value: 1.0 })
    });
    let model = model(InfluenceGraph::from_arcs(9, arcs), cascade(1.0), 1);
    let costs = [100.0, 10.0, 10.0, 70.0, 70.0, 70.0, 70.0, 70.0, 70.0];
    let with = |least, share| {
        let goal = Some(Goal { share, least });
        let budget = Some(Budget { costs: Costs::new(costs.to_vec()), most: None });
        choose(&model, SeedRequest { k: None, goal, budget, ..SeedRequest::default() })
    };
    assert_eq!(people(&with(Least::Seeds, 0.88)), [0]);
    let cheap = with(Least::Money, 0.88);
    assert_eq!((people(&cheap), cheap.spent), (vec![1, 2], Some(20.0)));
    let at_least = cheap.goal.expect("there is one").at_least.expect("a cascade");
    assert!(
        (at_least - 19.4).abs() < 0.3,
        "8 people at 4 for 10, less the part not needed: {at_least}"
    );
}

#[test]
fn swaps_find_the_pair_that_greedy_choice_misses() {
    // Ten people need two to move and listen to 0 and 1; three need one and listen to 2.
    let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 1.0 };
    let arcs = (3..13).flat_map(|it| [arc(0, it), arc(1, it)]).chain((13..16).map(|it| arc(2, it)));
    let graph = InfluenceGraph::from_arcs(16, arcs);
    let thresholds: Vec<f64> = (0..16).map(|it| if it < 13 { 2.0 } else { 1.0 }).collect();
    let scenario =
        Scenario { contagion: Contagion::Permission(Threshold::PerPerson), ..Scenario::default() };
    let thresholds: Vec<f64> = thresholds
        .into_iter()
        .enumerate()
        .map(|(it, own)| if it < 3 { f64::NAN } else { own })
        .collect();
    let model = Model::new(Arc::new(graph), None, Some(&thresholds), &scenario).expect("sound");
    let model = Arc::new(model);
    let choice = choose(&model, SeedRequest::best(2));
    assert_eq!(people(&choice).into_iter().collect::<BTreeSet<_>>(), BTreeSet::from([0, 1]));
    assert!((choice.reach.mean - 12.0).abs() < 1e-9);
    // With one of the pair in another group of which nobody else may come, the pair is barred.
    let mut of = [1; 16];
    of[..2].fill(0);
    let request =
        SeedRequest { groups: vec![rule("team", &of, Bound::AtMost(1))], ..SeedRequest::best(2) };
    let choice = choose(&model, request);
    assert!((choice.reach.mean - 5.0).abs() < 1e-9, "{:?}", people(&choice));
    assert_eq!(choice.conditions[0].in_words(), "at most 1 per team costs 7 people");
    let costs: Vec<f64> = (0..16).map(|it| if it == 2 { 1.0 } else { 3.0 }).collect();
    let request =
        SeedRequest { k: None, budget: Some(budget(&costs, 6.0)), ..SeedRequest::default() };
    assert!((choose(&model, request).reach.mean - 12.0).abs() < 1e-9);
}

#[test]
fn a_search_under_conditions_answers_whenever_it_is_asked() {
    let ties = (0..60).flat_map(|it| [(it, (it + 1) % 60), (it, (it + 7) % 60)]);
    let graph = mutual(60, ties, 0.2);
    let of: Vec<u32> = (0..60).map(|it| it / 15).collect();
    let costs: Vec<f64> = (0..60).map(|it| f64::from(1 + it % 7)).collect();
    for contagion in [cascade(0.2), Contagion::Permission(Threshold::Count(2))] {
        let model = model(graph.clone(), contagion, 1000);
        for strategy in Strategy::ALL {
            let request = SeedRequest {
                budget: Some(budget(&costs, 20.0)),
                groups: vec![
                    rule("client", &of, Bound::AtLeastOne),
                    rule("client", &of, Bound::AtMost(2)),
                ],
                include: vec![3],
                strategy,
                ..SeedRequest::best(6)
            };
            for steps in [0, 1, 2, 5, 20] {
                let mut search =
                    SeedSearch::new(Arc::clone(&model), request.clone()).expect("sound");
                for _ in 0..steps {
                    if let SearchState::Searching { done, total } = search.step() {
                        assert!(done <= total, "{done} of {total}");
                    }
                }
                let seeds = people(&search.finish());
                assert!(meets(&request, &seeds), "{strategy:?}, {steps} steps: {seeds:?}");
            }
        }
    }
}

#[test]
fn answers_under_conditions_do_not_depend_on_threads() {
    let ties = (0..60).flat_map(|it| [(it, (it + 1) % 60), (it, (it + 7) % 60)]);
    let of: Vec<u32> = (0..60).map(|it| it / 6).collect();
    let costs: Vec<f64> = (0..60).map(|it| f64::from(1 + it % 5)).collect();
    for contagion in [cascade(0.2), Contagion::Permission(Threshold::Count(2))] {
        let model = model(mutual(60, ties.clone(), 0.2), contagion, 1000);
        let with = |threads| {
            let pool =
                rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            let request = SeedRequest {
                budget: Some(budget(&costs, 15.0)),
                groups: vec![rule("client", &of, Bound::AtMost(1))],
                ..SeedRequest::best(8)
            };
            let choice = pool.install(|| choose(&model, request));
            (choice.seeds, choice.reach, choice.guarantee, choice.conditions)
        };
        assert_eq!(with(1), with(2), "{contagion:?}");
        assert_eq!(with(1), with(8), "{contagion:?}");
    }
}

/// People with their group, and ties by which the first influences the second.
struct Villages {
    graph: InfluenceGraph,
    of: Vec<u32>,
    groups: usize,
}

/// Farmers or families in villages, no tie between two of them (science.md 3.1).
fn villages(name: &str) -> Option<Villages> {
    let read =
        |file: &str| std::fs::read_to_string(shared(&format!("data/diffusion/{file}"))?).ok();
    let rows = |text: &str| -> Vec<Vec<String>> {
        let cells = |line: &str| line.split(',').map(str::to_owned).collect();
        text.lines().skip(1).map(cells).collect()
    };
    let nodes = rows(&read(&format!("{name}_nodes.csv"))?);
    let place = |id: &str| nodes.iter().position(|row| row[0] == id);
    let known: BTreeSet<&str> = nodes.iter().map(|row| row[1].as_str()).collect();
    let of = nodes
        .iter()
        .map(|row| u32::try_from(known.range(..row[1].as_str()).count()).expect("few villages"));
    let arcs = rows(&read(&format!("{name}_edges.csv"))?).into_iter().filter_map(|row| {
        // Who names somebody listens to them.
        let (audience, influencer) = (place(&row[0])?, place(&row[1])?);
        let index = |it: usize| u32::try_from(it).expect("few people");
        Some(InfluenceArc {
            influencer: index(influencer),
            audience: index(audience),
            ties: 1,
            value: 0.1,
        })
    });
    let graph = InfluenceGraph::from_arcs(nodes.len(), arcs);
    Some(Villages { of: of.collect(), groups: known.len(), graph })
}

#[test]
fn where_no_tie_crosses_groups_one_champion_each_beats_the_best_known_overall() {
    // Five circles of unlike size and no tie between them: whoever is known best is in the largest.
    let sizes = [30, 20, 15, 10, 8];
    let mut ties = Vec::new();
    let mut of = Vec::new();
    let mut first = 0;
    for (group, &size) in (0..).zip(&sizes) {
        of.extend(std::iter::repeat_n(group, size as usize));
        let ring = (0..size).flat_map(|it| (1..=size / 6).map(move |far| (it, (it + far) % size)));
        ties.extend(ring.map(|(a, b)| (first + a, first + b)));
        first += size;
    }
    let invented = Villages { graph: mutual(of.len(), ties, 0.1), of, groups: sizes.len() };
    let mut all = vec![("invented", invented)];
    for name in ["kfamily", "brfarmers"] {
        all.extend(villages(name).map(|it| (name, it)));
    }
    for (name, Villages { graph, of, groups }) in all {
        let models = [
            Contagion::IndependentCascade(TieProbability::Weighted),
            Contagion::Permission(Threshold::Share(0.25)),
        ];
        for contagion in models {
            let model = model(graph.clone(), contagion, 1000);
            let champions = SeedRequest {
                groups: vec![rule("village", &of, Bound::AtLeastOne)],
                ..SeedRequest::best(groups)
            };
            let champions = choose(&model, champions);
            let villages: BTreeSet<u32> =
                people(&champions).iter().map(|&it| of[it as usize]).collect();
            assert_eq!((champions.seeds.len(), villages.len()), (groups, groups), "{name}");
            let known = SeedRequest { strategy: Strategy::Degree, ..SeedRequest::best(groups) };
            let known = choose(&model, known);
            assert!(
                champions.reach.low > known.reach.high,
                "{name}, {contagion:?}: {:?} against {:?}",
                champions.reach,
                known.reach
            );
        }
    }
}

#[test]
fn a_condition_is_dear_even_where_no_single_swap_undoes_it() {
    // Ten people need both 0 and 1, four need both 2 and 3.
    let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 1.0 };
    let ten = (4..14).flat_map(|it| [arc(0, it), arc(1, it)]);
    let arcs = ten.chain((14..18).flat_map(|it| [arc(2, it), arc(3, it)]));
    let graph = Arc::new(InfluenceGraph::from_arcs(18, arcs));
    let contagion = Contagion::Permission(Threshold::Count(2));
    let scenario = Scenario { contagion, ..Scenario::default() };
    let model = Arc::new(Model::new(graph, None, None, &scenario).expect("sound"));
    let never = SeedRequest { exclude: vec![0, 1], ..SeedRequest::best(2) };
    let choice = choose(&model, never);
    assert!((choice.reach.mean - 6.0).abs() < 1e-9, "{:?}", people(&choice));
    assert!((choice.conditions[0].costs - 6.0).abs() < 1e-9, "{:?}", choice.conditions);
}

#[test]
fn a_goal_says_what_each_condition_adds_to_it() {
    // Three hubs with ten, five and five listeners: the first two make 17 of 23.
    let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 1.0 };
    let arcs = (3..13).map(|it| arc(0, it)).chain((13..18).map(|it| arc(1, it)));
    let arcs = arcs.chain((18..23).map(|it| arc(2, it)));
    let graph = Arc::new(InfluenceGraph::from_arcs(23, arcs));
    let models = [
        Contagion::IndependentCascade(TieProbability::Uniform(1.0)),
        Contagion::Permission(Threshold::Count(1)),
    ];
    for contagion in models {
        let scenario = Scenario { contagion, ..Scenario::default() };
        let model = Model::new(Arc::clone(&graph), None, None, &scenario).expect("sound");
        let model = Arc::new(model);
        let goal = |share, least| Some(Goal { share, least });
        let never = SeedRequest {
            k: None,
            exclude: vec![0],
            goal: goal(16.0 / 23.0, Least::Seeds),
            ..SeedRequest::default()
        };
        let choice = choose(&model, never.clone());
        assert_eq!(choice.seeds.len(), 6, "two hubs and four who have no other way");
        let told: Vec<String> = choice.conditions.iter().map(ConditionCost::in_words).collect();
        let expected = ["leaving out 1 person: the goal takes 4 more seeds"];
        assert_eq!(told, expected, "{contagion:?} {:?}", choice.conditions);
        // Out of reach with the condition, and within it without.
        let few = SeedRequest { k: Some(3), ..never.clone() };
        let told = choose(&model, few).conditions[0].in_words();
        assert_eq!(told, "leaving out 1 person: without this the goal would take 2 seeds");
        let money = SeedRequest {
            budget: Some(Budget { costs: Costs::new(vec![7.0; 23]), most: None }),
            goal: goal(16.0 / 23.0, Least::Money),
            ..never
        };
        let told = choose(&model, money).conditions[0].in_words();
        assert_eq!(told, "leaving out 1 person: the goal takes 28 more");
    }
}
