//! Whom the map shows.

use crate::common::{self, Window};
use crate::stage::{click, drop_file, file, on_the_sample, settle};
use egui::{Key, Modifiers, PointerButton};
use egui_kittest::kittest::Queryable;

fn company(window: &Window) -> (String, usize) {
    let people = &window.state().project().results().network.people;
    let of = |person: &jaywalk::network::Person| person.fact("company").map(str::to_owned);
    let company = people.iter().find_map(of).expect("somebody has a company");
    let colleagues = people.iter().filter(|it| of(it).as_ref() == Some(&company)).count();
    (company, colleagues)
}

fn shown(window: &Window) -> usize {
    let app = window.state();
    app.project().results().network.people.len() - app.findings().hidden.count
}

fn undo(window: &mut Window) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(window);
}

fn type_into(window: &mut Window, label: &str, text: &str) {
    let field = window.get_by_label(label);
    field.focus();
    settle(window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.get_by_label(label).type_text(text);
    settle(window);
    window.key_press(Key::Enter);
    settle(window);
}

/// Invented people of three clients with costs and dates.
fn on_a_list() -> (tempfile::TempDir, Window) {
    let row = |i: usize| {
        let client = ["Alder", "Birch", "Cedar"][i % 3];
        let (cost, day) = (i * 10, i + 1);
        format!("Person {i},p{i}@example.org,{client},{cost},2026-01-{day:02}\n")
    };
    let rows = (0..30).map(row).collect::<Vec<_>>().concat();
    let rows = format!("Name,Email,Client,Cost,Started\n{rows}");
    let (folder, path) = file("contacts.csv", &rows);
    let mut window = on_the_sample();
    drop_file(&mut window, &path);
    (folder, window)
}

#[test]
fn a_filter_hides_people_and_keeps_them_in_the_network() {
    let mut window = on_the_sample();
    let network = window.state().project().results().network.clone();
    let (company, colleagues) = company(&window);
    click(&mut window, "Show only by…");
    click(&mut window, "Company");
    click(&mut window, &format!("{company} ({colleagues})"));
    assert_eq!(shown(&window), colleagues);
    let hidden = &window.state().findings().hidden;
    let outside = |it: &jaywalk::network::Tie| {
        [it.influencer, it.audience].iter().any(|&end| hidden.people[end as usize])
    };
    assert_eq!(hidden.ties, network.ties.iter().filter(outside).count());
    let count = format!("· {} hidden", hidden.count);
    assert!(window.query_by_label_contains(&count).is_some());
    assert_eq!(window.state().project().results().network.people.len(), network.people.len());
    assert_eq!(window.state().project().undo_label(), Some("Show only by company"));
    click(&mut window, &format!("Remove filter Company: {company}"));
    assert_eq!(shown(&window), network.people.len());
    undo(&mut window);
    assert_eq!(shown(&window), colleagues);
    click(&mut window, "Select");
    assert_eq!(window.state().view_state().selected.len(), colleagues);
}

#[test]
fn a_range_is_typed_dragged_and_refused_with_the_reason() {
    let (_folder, mut window) = on_a_list();
    click(&mut window, "Show only by…");
    click(&mut window, "Cost");
    type_into(&mut window, "Cost from", "100");
    assert_eq!(shown(&window), 20, "costs 100 to 290");
    type_into(&mut window, "Cost to", "1000");
    assert_eq!(shown(&window), 20, "a bound may lie beyond what anybody costs");
    assert!(window.query_by_label("Cost: 100 – 1000").is_some());
    type_into(&mut window, "Cost from", "2000");
    assert_eq!(shown(&window), 20);
    let why = "From 2000 would be above to 1000. It stays 100.";
    assert!(window.query_by_label(why).is_some());
    type_into(&mut window, "Cost from", "cheap");
    assert!(window.query_by_label("“cheap” is no number. It stays 100.").is_some());
    type_into(&mut window, "Cost from", "280");
    assert_eq!(shown(&window), 2);
    assert!(window.query_by_label_contains("It stays").is_none(), "taken");
    // The lower handle is nearer to where the drag begins and follows it to the middle.
    let steps = window.state().project().undo_label().map(str::to_owned);
    let bars = window.get_by_label_contains("Cost of 30 people").rect();
    let at = |share: f32| egui::pos2(bars.left() + share * bars.width(), bars.bottom() - 4.0);
    common::drag(&mut window, PointerButton::Primary, Modifiers::NONE, at(0.9), at(0.5));
    settle(&mut window);
    let now = shown(&window);
    assert!((14..=16).contains(&now), "{now} {steps:?}");
    undo(&mut window);
    assert_eq!(shown(&window), 2, "the whole drag is one step");
}

#[test]
fn rules_are_joined_by_and_or_and_not() {
    let (_folder, mut window) = on_a_list();
    click(&mut window, "Show only by…");
    click(&mut window, "Client");
    click(&mut window, "Alder (10)");
    assert_eq!(shown(&window), 10);
    click(&mut window, "and…");
    click(&mut window, "Started");
    type_into(&mut window, "Started from", "2026-01-16");
    assert_eq!(shown(&window), 5, "Alder's of the second half");
    click(&mut window, "or…");
    click(&mut window, "Email");
    window.get_by_label("Email contains").focus();
    settle(&mut window);
    window.get_by_label("Email contains").type_text("P1@");
    settle(&mut window);
    assert_eq!(shown(&window), 6, "and somebody of Birch");
    click(&mut window, "Client: Alder");
    click(&mut window, "All but these (not)");
    assert_eq!(shown(&window), 11, "all but Alder's of the second half, and the same somebody");
    let words = window.state().project().decisions().filters.now.in_words();
    assert_eq!(
        words,
        "not client: Alder and Started: 2026-01-16 – 2026-01-30 or email: contains “P1@”"
    );
    undo(&mut window);
    assert_eq!(shown(&window), 6);
}

#[test]
fn measures_and_what_people_are_here_filter_too() {
    let mut window = on_the_sample();
    click(&mut window, "Show only by…");
    click(&mut window, "Who knows the most people?");
    type_into(&mut window, "Degree from", "20");
    let graph = window.state().project().results().graph().clone();
    let degree = jaywalk::measure::find("degree").expect("a measure").compute(&graph);
    let expected = degree.iter().filter(|&&it| it >= 20.0).count();
    assert!(expected > 0 && expected < degree.len());
    assert_eq!(shown(&window), expected);
    undo(&mut window);
    click(&mut window, "Close filter");
    click(&mut window, "Show only by…");
    click(&mut window, "Seed");
    click(&mut window, "yes (10)");
    assert_eq!(shown(&window), 10);
    click(&mut window, "Remove filter Seed: yes");
    click(&mut window, "Show only by…");
    click(&mut window, "Adopter class");
    let classes = &window.state().findings().course.as_ref().expect("a course").classes;
    let laggard = Some(jaywalk::diffusion::AdopterClass::Laggard);
    let laggards = classes.iter().filter(|it| **it == laggard).count();
    click(&mut window, &format!("laggards ({laggards})"));
    assert_eq!(shown(&window), laggards);
}

#[test]
fn a_filter_is_kept_under_a_name_taken_again_renamed_and_deleted() {
    let (_folder, mut window) = on_a_list();
    let now = |window: &Window| window.state().project().decisions().filters.clone();
    click(&mut window, "Show only by…");
    click(&mut window, "Client");
    click(&mut window, "Birch (10)");
    click(&mut window, "Keep filter");
    window.get_by_label("Name of the filter").type_text("Birch people");
    settle(&mut window);
    click(&mut window, "Keep");
    assert_eq!(now(&window).current().map(|it| it.name.as_str()), Some("Birch people"));
    click(&mut window, "Cedar (10)");
    assert_eq!(shown(&window), 20);
    click(&mut window, "Kept filters");
    click(&mut window, "Birch people");
    assert_eq!(shown(&window), 10);
    click(&mut window, "Rename filter");
    type_into(&mut window, "Name of the filter", "Those of Birch");
    assert_eq!(now(&window).named[0].name, "Those of Birch");
    click(&mut window, "Kept filters");
    click(&mut window, "Everyone");
    assert_eq!(shown(&window), 30);
    click(&mut window, "Kept filters");
    click(&mut window, "Those of Birch");
    click(&mut window, "Delete filter");
    assert!(now(&window).named.is_empty());
    assert_eq!(shown(&window), 10, "what is shown stays");
    undo(&mut window);
    assert_eq!(now(&window).named.len(), 1);
}

/// The panel with everything it can show, where room is scarce.
#[test]
fn the_filter_is_pictured() {
    let mut window = common::open(Vec::new(), 1024.0, 700.0, egui::Theme::Dark);
    common::wait(&mut window, |app| app.findings().forecast.is_some() && !app.is_busy());
    click(&mut window, "Close welcome");
    click(&mut window, "Show only by…");
    click(&mut window, "Company");
    let (company, colleagues) = company(&window);
    click(&mut window, &format!("{company} ({colleagues})"));
    click(&mut window, "All but these (not)");
    click(&mut window, "and…");
    click(&mut window, "Seed");
    click(&mut window, "no (394)");
    click(&mut window, "or…");
    click(&mut window, "Who knows the most people?");
    type_into(&mut window, "Degree from", "12");
    window.get_by_label("Select").scroll_to_me();
    settle(&mut window);
    let panel = window.get_by_label("Select").rect();
    for label in ["Close filter", "Degree from", "Degree to", "or…"] {
        let rect = window.get_by_label(label).rect();
        assert!(rect.left() > 0.0 && rect.right() < 246.0, "{label} is clipped at {rect:?}");
    }
    assert!(panel.right() < 246.0);
    common::picture(&mut window, "filter");
}
