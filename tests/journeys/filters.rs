//! Whom the map shows.

use crate::stage::{click, on_the_sample, settle};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

#[test]
fn a_filter_hides_people_and_keeps_them_in_the_network() {
    let mut window = on_the_sample();
    let network = window.state().project().results().network.clone();
    click(&mut window, "Show only by");
    click(&mut window, "Company");
    let of = |person: &jaywalk::network::Person| person.fact("company").map(str::to_owned);
    let company = network.people.iter().find_map(of).expect("somebody has a company");
    let colleagues = network.people.iter().filter(|it| of(it).as_ref() == Some(&company)).count();
    click(&mut window, &format!("{company} ({colleagues})"));
    let hidden = window.state().findings().hidden.count;
    assert_eq!(hidden, network.people.len() - colleagues);
    assert!(window.query_by_label_contains(&format!("· {hidden} hidden")).is_some());
    assert_eq!(window.state().project().results().network.people.len(), network.people.len());
    assert_eq!(window.state().project().undo_label(), Some("Show only by company"));
    click(&mut window, &format!("Remove filter Company: {company}"));
    assert_eq!(window.state().findings().hidden.count, 0);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(window.state().findings().hidden.count, hidden);
}
