//! Choosing seeds, on what terms, and what the choice is worth.

use std::time::Duration;

use crate::common::{Window, wait};
use crate::stage::{click, first_seed, on_the_sample, settle};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use jaywalk::seeding::{Strategy, Tactic};

#[test]
fn seeds_are_added_undone_and_done_again() {
    let mut window = on_the_sample();
    let before = window.state().project().decisions().seeds().to_vec();
    let first = window.state().project().results().network.people[first_seed(&window)].name.clone();
    window.get_by_label(&format!("Remove seed {first}")).click();
    window.step();
    window.step();
    assert_eq!(window.state().project().seeds().len(), before.len() - 1);
    wait(&mut window, |app| !app.is_busy());
    let reach =
        |window: &Window| window.state().findings().seeds.as_ref().expect("reach").reach.mean;
    let less = reach(&window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    wait(&mut window, |app| !app.is_busy());
    assert_eq!(window.state().project().decisions().seeds(), before);
    assert!(reach(&window) > less);
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    wait(&mut window, |app| !app.is_busy());
    assert_eq!(window.state().project().seeds().len(), before.len() - 1);
}

#[test]
fn a_budget_asks_for_every_price_and_the_answer_says_what_conditions_cost() {
    let mut window = on_the_sample();
    let settings = |window: &Window| window.state().project().decisions().seed_settings.clone();
    let refusal = |window: &Window| {
        let check = window.state().findings().seed_check.clone().expect("it is checked");
        check.refusal.clone()
    };
    let pick = |window: &mut Window, menu: &str, entry: &str| {
        window.get_by_role_and_label(egui::Role::ComboBox, menu).click_accesskit();
        settle(window);
        window.get_by_role_and_label(egui::Role::Button, entry).click_accesskit();
        settle(window);
        std::thread::sleep(Duration::from_millis(200));
        settle(window);
    };
    pick(&mut window, "Find", "what a budget buys");
    assert_eq!((settings(&window).k, settings(&window).budget), (None, Some(1000.0)));
    let missing = refusal(&window).expect("not everybody has a price").text;
    assert!(missing.contains("have no entry in the column “cost”"), "{missing}");
    assert!(window.query_by_label(&missing).is_some(), "the reason stands on the screen");
    window.get_by_label("Leave out people without a price").click_accesskit();
    settle(&mut window);
    pick(&mut window, "At most 1 per", "Client");
    wait(&mut window, |app| {
        app.findings().seed_check.as_ref().is_some_and(|it| it.refusal.is_none())
    });
    window.get_by_role_and_label(egui::Role::Button, "Choose seeds").click_accesskit();
    settle(&mut window);
    wait(&mut window, |app| app.findings().choice.is_some() && !app.is_busy());
    let project = window.state().project();
    let costs = project.seed_costs().expect("sound prices").expect("prices");
    let seeds = project.seeds();
    assert!(!seeds.is_empty() && costs.total(&seeds) <= 1000.0, "{}", costs.total(&seeds));
    let clients: Vec<&str> = seeds
        .iter()
        .filter_map(|&it| project.results().network.people[it as usize].fact("client"))
        .collect();
    let different: std::collections::BTreeSet<&&str> = clients.iter().collect();
    assert_eq!(clients.len(), different.len(), "at most one per client: {clients:?}");
    let lines = window.state().findings().choice.as_ref().expect("a choice").lines.clone();
    assert!(lines[0].contains("adopters for each 1,000 spent"), "{lines:?}");
    assert!(lines.iter().any(|it| it.starts_with("At most 1 per client costs")), "{lines:?}");
    assert!(window.query_by_label(&lines[0]).is_some());
    // The seeds, then the condition.
    for _ in 0..2 {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        settle(&mut window);
    }
    assert!(settings(&window).groups.is_empty(), "conditions are undone like anything else");
}

#[test]
fn a_proof_holds_for_the_model_it_was_found_under() {
    let mut window = on_the_sample();
    let proof =
        |window: &Window| window.state().findings().seeds.as_ref().and_then(|it| it.guarantee);
    let found = proof(&window);
    assert!(found.is_some(), "the best set of a cascade");
    window.get_by_role_and_label(egui::Role::Tab, "Forecast").click_accesskit();
    settle(&mut window);
    click(&mut window, "How people come to adopt");
    click(&mut window, "Every tie has the same chance");
    window.get_by_role_and_label(egui::Role::Tab, "Seeds").click_accesskit();
    settle(&mut window);
    assert_eq!(proof(&window), None, "nobody searched under this model");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(proof(&window), found);
}

#[test]
fn seeds_are_never_chosen_from_whom_a_column_leaves_out() {
    let mut window = on_the_sample();
    click(&mut window, "Leave out by");
    click(&mut window, "Company");
    let first = window.state().project().seeds()[0];
    let of = |window: &Window, person: u32| {
        let person = &window.state().project().results().network.people[person as usize];
        person.fact("company").unwrap_or_default().to_owned()
    };
    let company = of(&window, first);
    let people = window.state().project().results().network.people.clone();
    let colleagues = people.iter().filter(|it| it.fact("company") == Some(&company)).count();
    click(&mut window, &format!("{company} ({colleagues})"));
    window.get_by_role_and_label(egui::Role::Button, "Choose seeds").click_accesskit();
    settle(&mut window);
    let seeds = window.state().project().seeds();
    assert_eq!(seeds.len(), 10);
    assert!(seeds.iter().all(|&it| of(&window, it) != company));
}

#[test]
fn segments_say_how_many_seeds_each_has() {
    let mut window = on_the_sample();
    click(&mut window, "Told apart by");
    click(&mut window, "Company");
    assert_eq!(window.state().project().decisions().segment_by.as_deref(), Some("company"));
    assert!(window.query_all_by_label("no seed").next().is_some());
    assert!(window.query_all_by_label("1 seed").next().is_some());
}

#[test]
fn strategies_are_compared_and_a_set_is_taken_over() {
    let mut window = on_the_sample();
    let before = window.state().project().seeds();
    click(&mut window, "Compare strategies");
    settle(&mut window);
    let table = window.state().findings().strategies.clone().expect("a table").table.clone();
    assert_eq!(table.rows.len(), 11);
    let people = window.state().project().results().network.people.len();
    assert_eq!(table.heads, Some(people), "without a price a broadcast goes to everyone");
    assert!(window.query_by_label_contains("No seed has a price yet").is_some());
    assert_eq!(table.replicates, 500);
    assert!(window.query_by_label("Strategies side by side").is_some());
    let hubs = table.row(Tactic::By(Strategy::Degree)).expect("hubs");
    let words = format!(
        "top degree: {:.1} adopters, in 8 of 10 runs {} to {}",
        hubs.reach.mean, hubs.p10, hubs.p90
    );
    assert!(window.query_by_label(&words).is_some(), "{words}");
    click(&mut window, "Use these seeds: top degree");
    assert_eq!(window.state().project().seeds(), hubs.seeds);
    assert_ne!(hubs.seeds, before);
    assert!(window.state().findings().strategies_are_stale, "the seeds are others now");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(window.state().project().seeds(), before);
    click(&mut window, "Say what a seed costs");
    assert!(window.query_by_label("A seed costs").is_some());
    click(&mut window, "Compare again");
    settle(&mut window);
    let table = window.state().findings().strategies.clone().expect("a table").table.clone();
    let cost = |tactic| table.row(tactic).and_then(|row| row.cost);
    let spent = cost(Tactic::Chosen).expect("a price");
    assert!((spent - 100.0 * before.len() as f64).abs() < 1e-9, "{spent}");
    assert_eq!(table.heads, Some(people), "1,000 reach 500 at 2 a head, more than there are");
}

#[test]
fn the_overlap_of_the_seeds_is_counted_while_it_is_looked_at() {
    let mut window = on_the_sample();
    assert!(window.state().findings().overlap.is_none());
    click(&mut window, "Overlap of the seeds");
    settle(&mut window);
    let found = window.state().findings().overlap.clone().expect("counted");
    assert_eq!(found.overlap.seeds, window.state().project().seeds());
    assert_eq!(found.paying.next.len(), 10);
    let reach = window.state().findings().seeds.as_ref().expect("reach").reach.mean;
    assert!((found.overlap.unique - reach).abs() < 1e-6, "on the same sets");
    assert!(found.overlap.gross() >= found.overlap.unique);
    assert!(window.query_by_label("Who reaches the same people").is_some());
}

#[test]
fn a_seed_tells_how_to_reach_them() {
    let mut window = on_the_sample();
    let fold = window.query_all_by_label("How to reach them").next().expect("a fold");
    fold.click();
    settle(&mut window);
    let finding = window.state().findings().seeds.clone().expect("reasons");
    let network = window.state().project().results().network.clone();
    let path = finding.seeds[0].reason.path.clone().expect("the sample has owners");
    let words = path.in_words(&network);
    assert!(window.query_by_label(&words).is_some(), "{words}");
}
