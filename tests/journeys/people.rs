//! Finding people, and what is known about them.

use crate::common::{self, Window, wait};
use crate::stage::{a_person, click, file, on_the_sample, settle};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use jaywalk::ui::actions::Tab;

#[test]
fn search_finds_and_selects() {
    let mut window = on_the_sample();
    let name = window.state().project().results().network.people[7].name.clone();
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.step();
    window.step();
    window.get_by_label("Find a person").type_text(&name.to_uppercase());
    window.step();
    window.key_press(Key::Enter);
    wait(&mut window, |app| !app.view_state().selected.is_empty());
    let state = window.state().view_state();
    assert_eq!(state.selected.iter().copied().collect::<Vec<_>>(), [7]);
    assert_eq!(state.tab, Tab::Person);
    assert!(window.query_all_by_label(&name).next().is_some());
}

#[test]
fn people_are_found_whatever_the_accents_by_company_and_by_handle_and_come_to_the_middle() {
    let rows = "Name,Company,Email,Handle\n\
                Łukasz Ångström,Birch,l@birch.example,lucky_luke\n\
                Bo Li,Żółw & Synowie,bo@alder.example,\n\
                Cy Moss,Alder,cy@alder.example,\n";
    let (_folder, path) = file("contacts.csv", rows);
    let mut window = common::open(vec![path], 1280.0, 800.0, egui::Theme::Light);
    wait(&mut window, |app| !app.is_busy());
    for (typed, name) in [
        ("lukasz ANGS", "Łukasz Ångström"),
        ("zolw", "Bo Li"),
        ("@lucky", "Łukasz Ångström"),
        ("moss cy", "Cy Moss"),
    ] {
        window.key_press_modifiers(Modifiers::COMMAND, Key::F);
        window.run_steps(2);
        window.get_by_label("Find a person").type_text(typed);
        window.step();
        wait(&mut window, |app| app.findings().hits.as_ref().is_some_and(|it| it.wanted == typed));
        window.key_press(Key::Enter);
        settle(&mut window);
        let app = window.state();
        let person = *app.view_state().selected.first().expect("somebody");
        let who = &app.project().results().network.people[person as usize];
        assert_eq!(&*who.name, name, "{typed}");
        let at = app.position_on_window(&who.id).expect("a place");
        let map = window.get_by_label_contains("Map of 3 people").rect();
        assert!(at.distance(map.center()) < 2.0, "{at:?} in {map:?}");
    }
}

#[test]
fn a_person_s_card_tells_the_evidence_of_each_tie_in_one_line() {
    let mut window = on_the_sample();
    let (_, at) = a_person(&window);
    common::click_at(&mut window, at);
    settle(&mut window);
    let person = *window.state().view_state().selected.first().expect("somebody");
    let network = window.state().project().results().network.clone();
    let mut ties: Vec<_> =
        (network.ties.iter()).filter(|it| [it.influencer, it.audience].contains(&person)).collect();
    ties.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    let words = jaywalk::ui::person::tie_in_words(&network, &ties[0]);
    assert!(words.contains(&network.evidence_in_words(&ties[0])), "{words}");
    assert!(window.query_all_by_label(&words).next().is_some(), "{words}");
}

#[test]
fn measures_are_taken_when_somebody_looks_at_them() {
    let mut window = on_the_sample();
    assert!(window.state().findings().measures.is_empty());
    let known = |window: &Window| -> Vec<&str> {
        window.state().findings().measures.iter().map(|it| it.measure.key).collect()
    };
    window.get_by_role_and_label(egui::Role::ComboBox, "Size").click_accesskit();
    settle(&mut window);
    click(&mut window, "Who is on the shortest way between others?");
    assert_eq!(known(&window), ["betweenness"]);
    assert_eq!(window.state().project().undo_label(), Some("Change sizes"));
    window.get_by_role_and_label(egui::Role::ComboBox, "Color").click_accesskit();
    settle(&mut window);
    click(&mut window, "Who sits in the dense core that keeps a buzz alive?");
    assert_eq!(known(&window), ["betweenness", "k_core"]);
    window.get_by_role_and_label(egui::Role::Tab, "Person").click();
    settle(&mut window);
    assert!(window.query_by_label("The network as a whole").is_some());
    assert!(window.query_by_label("How much of the network hangs together?").is_some());
    let (_, at) = a_person(&window);
    common::click_at(&mut window, at);
    settle(&mut window);
    settle(&mut window);
    assert!(known(&window).contains(&"pagerank"));
    assert!(window.query_by_label("More measures").is_some());
}
