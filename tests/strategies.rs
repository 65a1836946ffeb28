//! Strategies on the same budget, against published numbers of the reference networks.

mod classics;

use std::sync::Arc;

use classics::{karate, mutual, shared};
use jaywalk::diffusion::{Contagion, Model, Scenario, Threshold, TieProbability};
use jaywalk::network::InfluenceGraph;
use jaywalk::seeding::{
    Broadcast, Budget, Claim, Costs, Goal, Least, SearchState, SeedRequest, SeedSearch,
    SeedingError, Strategy, StrategyRow, StrategyTable, StrategyTrial, Tactic, TrialError,
    TrialRequest,
};

fn model(graph: InfluenceGraph, contagion: Contagion) -> Arc<Model> {
    let scenario = Scenario { contagion, steps: 1000, ..Scenario::default() };
    Arc::new(Model::new(Arc::new(graph), None, None, &scenario).expect("a sound scenario"))
}

fn cascade(p: f64) -> Contagion {
    Contagion::IndependentCascade(TieProbability::Uniform(p))
}

fn request(k: usize, tactics: &[Tactic], replicates: u32) -> TrialRequest {
    TrialRequest {
        seeds: SeedRequest::best(k),
        tactics: tactics.to_vec(),
        chosen: Vec::new(),
        money: None,
        broadcast: Broadcast::default(),
        replicates,
    }
}

fn compared(model: &Arc<Model>, request: TrialRequest) -> StrategyTable {
    StrategyTrial::new(Arc::clone(model), request).expect("a sound request").run()
}

fn row(table: &StrategyTable, tactic: Tactic) -> &StrategyRow {
    table.row(tactic).unwrap_or_else(|| panic!("{tactic:?} in {table:?}"))
}

/// Standard error of a row's mean.
fn error_of(row: &StrategyRow) -> f64 {
    (row.reach.high - row.reach.mean) / 1.96
}

fn assert_near(row: &StrategyRow, expected: f64, its_error: f64) {
    let slack = 4.0 * error_of(row).hypot(its_error) + 1e-9;
    let found = row.reach.mean;
    assert!((found - expected).abs() <= slack, "{:?}: {found} ± {slack}, {expected}", row.tactic);
}

const HUBS: Tactic = Tactic::By(Strategy::Degree);
const RANDOM: Tactic = Tactic::By(Strategy::Random);
const FRIENDS: Tactic = Tactic::By(Strategy::FriendOfRandom);
const SMALL: Tactic = Tactic::By(Strategy::Small);
const BEST: Tactic = Tactic::By(Strategy::Best);

/// The graph of 1,000 people by preferential attachment, where the reference folder is.
fn preferential() -> Option<InfluenceGraph> {
    let text = std::fs::read_to_string(shared("data/graphs/ba1000_m3_edges.csv")?);
    let text = text.expect("readable reference data");
    let ties = text.lines().skip(1).map(|line| {
        let (one, other) = line.split_once(',').expect("two columns");
        let number = |it: &str| it.trim().parse::<u32>().expect("a number");
        (number(one), number(other))
    });
    Some(mutual(1000, ties.collect::<Vec<_>>(), 1.0))
}

#[test]
fn hubs_random_people_and_their_friends_reach_the_published_numbers() {
    // Ten seeds, p = .05 (science.md section 4 and 5.2): means and standard errors.
    let Some(graph) = preferential() else { return };
    let model = model(graph, cascade(0.05));
    let published = [
        (RANDOM, 16.607, 0.100),
        (FRIENDS, 23.525, 0.205),
        (HUBS, 44.968, 0.019),
        (Tactic::By(Strategy::Betweenness), 44.964, 0.019),
        (Tactic::By(Strategy::PageRank), 44.973, 0.019),
    ];
    let tactics = published.map(|it| it.0);
    let table = compared(&model, request(10, &tactics, 4000));
    for (tactic, expected, its_error) in published {
        assert_near(row(&table, tactic), expected, its_error);
    }
    assert_eq!(table.best().map(|it| it.reach.mean > 44.0), Some(true));
}

#[test]
fn the_same_money_buys_one_hub_or_many_small_people_or_a_broadcast() {
    let Some(graph) = preferential() else { return };
    let budget = |base: f64, each: f64| {
        let price = |it| base + each * graph.audience_of(it).len() as f64;
        Some(Budget { costs: Costs::new((0..1000).map(price).collect()), most: Some(2000.0) })
    };
    let seeds = |k, budget| SeedRequest { k, budget, ..SeedRequest::default() };
    let (flat, by_follower) = (budget(200.0, 0.0), budget(0.0, 20.0));
    let model = model(graph.clone(), cascade(0.05));

    // 2,000 at a flat 200 are ten people of any kind.
    let tactics = [HUBS, RANDOM, SMALL, Tactic::Broadcast];
    let flat = TrialRequest { seeds: seeds(None, flat), ..request(1, &tactics, 4000) };
    let table = compared(&model, flat);
    assert_near(row(&table, HUBS), 44.964, 0.019);
    assert_near(row(&table, RANDOM), 16.446, 0.1);
    assert_near(row(&table, SMALL), 15.707, 0.02);
    assert_near(row(&table, Tactic::Broadcast), 16.351, 0.12);
    let per_thousand = |tactic| row(&table, tactic).per_thousand.expect("money was spent");
    assert!((per_thousand(HUBS) - 22.48).abs() < 0.2, "{}", per_thousand(HUBS));
    assert!(per_thousand(HUBS) > 2.0 * per_thousand(Tactic::Broadcast));

    // At 20 per follower they are one hub, or 34 people with three followers each: the reversal.
    let one = seeds(Some(1), by_follower.clone());
    let hub = TrialRequest { seeds: one, ..request(1, &[HUBS], 4000) };
    let many = TrialRequest { seeds: seeds(None, by_follower), ..request(1, &[SMALL, BEST], 4000) };
    let (hub, small) = (compared(&model, hub), compared(&model, many));
    assert_near(row(&hub, HUBS), 10.380, 0.03);
    assert_near(row(&small, SMALL), 49.125, 0.04);
    assert_eq!(row(&small, SMALL).cost, Some(2000.0));
    assert!(row(&small, SMALL).per_thousand > row(&hub, HUBS).per_thousand);
    // The best for the money keeps to it and is no worse than either.
    let best = row(&small, BEST);
    assert!(best.cost.is_some_and(|cost| cost <= 2000.0 + 1e-6), "{best:?}");
    assert!(best.reach.mean >= row(&small, SMALL).reach.mean - 0.5, "{best:?}");
}

#[test]
fn four_hubs_of_the_karate_club_are_not_the_best_four() {
    // Hubs 15.283, published greedy {33,0,25,16} 15.726 (science.md 3.3).
    let model = model(karate(0.1), cascade(0.2));
    let chosen = vec![33, 0, 25, 16];
    let request = TrialRequest { chosen, ..request(4, &[BEST, HUBS, Tactic::Chosen], 40_000) };
    let table = compared(&model, request);
    let (best, hubs) = (row(&table, BEST), row(&table, HUBS));
    assert_near(hubs, 15.283, 0.005);
    assert_near(row(&table, Tactic::Chosen), 15.726, 0.005);
    let difference = StrategyTable::difference(best, hubs);
    assert!(difference.low > 0.0, "{difference:?}");
    assert!((difference.mean - (best.reach.mean - hubs.reach.mean)).abs() < 1e-9);
    assert!(matches!(best.claim, Claim::Proven(share) if share > 0.5));
    assert_eq!((hubs.claim, row(&table, Tactic::Chosen).claim), (Claim::Rule, Claim::ByHand));
}

#[test]
fn the_same_chances_tell_a_difference_better_than_chances_of_one_s_own() {
    let model = model(karate(0.1), cascade(0.2));
    let table = compared(&model, request(4, &[BEST, HUBS], 2000));
    let (best, hubs) = (row(&table, BEST), row(&table, HUBS));
    let difference = StrategyTable::difference(best, hubs);
    let (paired, apart) = (difference.standard_error, difference.independent_standard_error);
    assert!(paired < 0.8 * apart, "paired {paired}, independent {apart}");
    assert!((apart - error_of(best).hypot(error_of(hubs))).abs() < 1e-9);
}

#[test]
fn a_search_for_thresholds_claims_nothing() {
    let ties = (0..20).flat_map(|it| [(it, (it + 1) % 20), (it, (it + 2) % 20)]);
    let model = model(mutual(20, ties, 1.0), Contagion::Permission(Threshold::Count(2)));
    let table = compared(&model, request(2, &[BEST, RANDOM, HUBS], 300));
    let best = row(&table, BEST);
    assert_eq!((best.claim, best.reach.mean), (Claim::Search, 20.0));
    assert_eq!((best.reach.low, best.reach.high), (20.0, 20.0), "nothing is left to chance");
    let random = row(&table, RANDOM);
    assert_eq!(random.claim, Claim::Chance);
    // The 80 of 190 pairs who are at most four apart convince the ring.
    assert_near(random, (80.0 * 20.0 + 110.0 * 2.0) / 190.0, 0.0);
    assert!(StrategyTable::difference(best, best).standard_error < 1e-12);
}

#[test]
fn chance_draws_anew_in_each_run_and_the_same_whatever_runs_beside() {
    let model = model(karate(0.1), cascade(0.0));
    let alone = compared(&model, request(3, &[RANDOM], 50));
    let beside = compared(&model, request(3, &[HUBS, FRIENDS, RANDOM], 50));
    assert_eq!(row(&alone, RANDOM), row(&beside, RANDOM));
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| compared(&model, request(3, &[FRIENDS, RANDOM, BEST], 50)))
    };
    assert_eq!(run(1), run(3));
    // Nothing spreads: three people are three people.
    assert_eq!((row(&alone, RANDOM).reach.mean, row(&alone, RANDOM).starters), (3.0, 3.0));
}

#[test]
fn a_broadcast_wins_its_share_and_costs_by_the_head() {
    let nobody_talks = model(InfluenceGraph::from_arcs(400, []), cascade(0.5));
    let terms = Broadcast { per_head: 2.0, response: 0.05 };
    let with = |money| {
        let request = TrialRequest {
            broadcast: terms,
            money: Some(money),
            ..request(5, &[Tactic::Broadcast], 4000)
        };
        compared(&nobody_talks, request).rows.remove(0)
    };
    let some = with(201.0);
    assert_near(&some, 100.0 * 0.05, 0.0);
    assert_eq!(some.cost, Some(200.0), "half a head cannot be reached");
    let all = with(10_000.0);
    assert_near(&all, 400.0 * 0.05, 0.0);
    assert_eq!(all.cost, Some(800.0), "nobody is reached twice");
}

#[test]
fn must_have_and_never_hold_for_every_strategy() {
    let model = model(karate(0.1), cascade(0.1));
    let seeds = SeedRequest { include: vec![16], exclude: vec![33, 0], ..SeedRequest::best(4) };
    let tactics: Vec<Tactic> = Strategy::ALL.into_iter().map(Tactic::By).collect();
    let table = compared(&model, TrialRequest { seeds, ..request(4, &tactics, 40) });
    assert_eq!(table.rows.len(), Strategy::ALL.len());
    for row in &table.rows {
        assert_eq!(row.seeds[0], 16, "{row:?}");
        assert!(row.seeds.len() == 4 && !row.seeds.iter().any(|it| [33, 0].contains(it)));
    }
}

#[test]
fn nonsense_is_refused_with_the_reason() {
    let model = model(karate(0.1), cascade(0.1));
    let refused = |request: TrialRequest| {
        StrategyTrial::new(Arc::clone(&model), request).err().expect("makes no sense")
    };
    let broadcast = |per_head, response| TrialRequest {
        broadcast: Broadcast { per_head, response },
        ..request(3, &[Tactic::Broadcast], 10)
    };
    assert_eq!(refused(request(0, &[HUBS], 10)), TrialError::Seeds(SeedingError::NoSeeds));
    assert_eq!(refused(request(3, &[], 10)), TrialError::NoTactics);
    assert_eq!(refused(request(3, &[HUBS], 0)), TrialError::NoReplicates);
    for price in [0.0, -2.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(refused(broadcast(price, 0.01)), TrialError::PerHead(_)));
    }
    for rate in [-0.1, 1.1, f64::NAN] {
        assert!(matches!(refused(broadcast(2.0, rate)), TrialError::Response(_)));
    }
    let poor = TrialRequest { money: Some(1.0), ..broadcast(2.0, 0.01) };
    assert!(refused(poor).to_string().contains("reaches nobody for 1"));
    let stranger = TrialRequest { chosen: vec![99], ..request(3, &[Tactic::Chosen], 10) };
    assert!(refused(stranger).to_string().contains("99 is not in the network of 34"));
}

#[test]
fn without_prices_a_broadcast_goes_to_everyone_and_says_what_a_seed_may_cost() {
    let model = model(karate(0.1), cascade(0.1));
    let mut unpriced = request(3, &[HUBS, RANDOM, Tactic::Broadcast], 4000);
    unpriced.broadcast = Broadcast { per_head: 2.0, response: 0.05 };
    let table = compared(&model, unpriced.clone());
    assert_eq!((table.heads, table.left_out.len()), (Some(34), 0));
    let (hubs, broadcast) = (row(&table, HUBS), row(&table, Tactic::Broadcast));
    assert_eq!((hubs.cost, broadcast.cost), (None, Some(68.0)));
    let price = table.fair_price(hubs).expect("both bring somebody");
    assert_eq!(table.fair_price(broadcast), None);
    assert!(table.in_words(None)[0].contains("No seed has a price yet: top degree"));
    // At that price both bring as many for the money.
    let costs = Costs::new(vec![price; 34]);
    let budget = Some(Budget { costs, most: None });
    let priced = TrialRequest {
        seeds: SeedRequest { budget, ..SeedRequest::best(3) },
        money: Some(68.0),
        ..unpriced
    };
    let table = compared(&model, priced);
    let per_thousand = |tactic| row(&table, tactic).per_thousand.expect("money was spent");
    let (hubs, broadcast) = (per_thousand(HUBS), per_thousand(Tactic::Broadcast));
    assert!((hubs / broadcast - 1.0).abs() < 1e-9, "{hubs} {broadcast}");
}

#[test]
fn with_a_goal_every_strategy_gets_what_the_goal_takes() {
    let model = model(karate(0.1), cascade(0.1));
    let goal = |least| Some(Goal { share: 0.4, least });
    let asked = SeedRequest { k: None, goal: goal(Least::Seeds), ..SeedRequest::default() };
    let choice = SeedSearch::new(Arc::clone(&model), asked.clone()).expect("sound").run();
    let tactics = [BEST, HUBS, RANDOM];
    let table = compared(&model, TrialRequest { seeds: asked, ..request(1, &tactics, 200) });
    let told = table.for_goal.expect("a goal");
    assert!(told.answer.is_met && told.seeds == choice.seeds.len() && told.seeds > 1);
    for row in &table.rows {
        assert_eq!(row.seeds.len(), told.seeds, "{row:?}");
    }
    let words = table.in_words(Some("week 12")).remove(0);
    assert!(words.starts_with("The goal of 14 people by week 12 takes"), "{words}");
    // Counted in money: whoever is dear takes the place of several.
    let costs = Costs::new((0..34).map(|it| 1.0 + f64::from(it)).collect());
    let asked = SeedRequest {
        k: None,
        budget: Some(Budget { costs, most: None }),
        goal: goal(Least::Money),
        ..SeedRequest::default()
    };
    let table = compared(&model, TrialRequest { seeds: asked, ..request(1, &tactics, 200) });
    let spent = table.for_goal.and_then(|it| it.spent).expect("prices are known");
    for row in &table.rows {
        assert!(row.cost.is_some_and(|it| it <= spent + 1e-9), "{row:?} for {spent}");
    }
    assert_eq!(row(&table, BEST).cost, Some(spent));
}

#[test]
fn it_tells_how_far_it_is_and_answers_whenever_it_is_asked() {
    let model = model(karate(0.1), cascade(0.1));
    for steps in [0, 1, 3, 6] {
        let tactics = [BEST, HUBS, Tactic::By(Strategy::Betweenness), RANDOM];
        let mut trial = StrategyTrial::new(Arc::clone(&model), request(3, &tactics, 100_000))
            .expect("a sound request");
        let mut before = 0;
        for _ in 0..steps {
            if let SearchState::Searching { done, total } = trial.step() {
                assert!(before <= done && done <= total, "{before} {done} of {total}");
                before = done;
            }
        }
        let table = trial.finish();
        assert!(table.rows.iter().all(|row| row.reach.mean >= 3.0));
    }
}
