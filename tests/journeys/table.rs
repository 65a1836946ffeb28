//! The people table: the map in words.

use crate::common::{self, Window, wait};
use crate::stage::{click, file, on_the_sample, settle};
use egui::{Event, Key, Modifiers, OutputCommand, Role};
use egui_kittest::kittest::Queryable;
use jaywalk::network::fact;

fn open_table(window: &mut Window) {
    window.key_press(Key::F7);
    window.step();
    wait(window, |app| app.findings().table.is_some() && !app.is_busy());
    window.run_steps(2);
}

/// A window on an invented list of contacts, with the table open.
fn on_contacts() -> (tempfile::TempDir, Window) {
    let rows = "Id,Name,Company,Email,Cost,Manager\n\
                1,Zoë Ångström,Birch,zoe@birch.example,30,\n\
                2,Bo Li,Alder,bo@alder.example,200,1\n\
                3,Cy Moss,Alder,cy@alder.example,9,1\n\
                4,Dee Vos,Cedar,dee@cedar.example,,2\n\
                5,Ed Ott,,ed@ott.example,75,2\n";
    let (folder, path) = file("contacts.csv", rows);
    let mut window = common::open(vec![path], 1280.0, 800.0, egui::Theme::Light);
    wait(&mut window, |app| !app.is_busy());
    open_table(&mut window);
    (folder, window)
}

/// Names in the table, from the top.
fn listed(window: &Window) -> Vec<String> {
    let app = window.state();
    let rows = app.findings().table.clone().expect("a table");
    let people = &app.project().results().network.people;
    rows.people.iter().map(|&it| people[it as usize].name.to_string()).collect()
}

fn selected(window: &Window) -> Vec<String> {
    let app = window.state();
    let people = &app.project().results().network.people;
    app.view_state().selected.iter().map(|&it| people[it as usize].name.to_string()).collect()
}

fn click_row(window: &mut Window, name: &str, modifiers: Modifiers) {
    let at = window.get_by_role_and_label(Role::Row, name).rect().center();
    window.event(Event::ModifiersChanged(modifiers));
    window.hover_at(at);
    window.step();
    for pressed in [true, false] {
        let button = egui::PointerButton::Primary;
        window.event(Event::PointerButton { pos: at, button, pressed, modifiers });
        window.step();
    }
    window.event(Event::ModifiersChanged(Modifiers::NONE));
    window.run_steps(2);
}

fn fact_of(window: &Window, name: &str, column: &str) -> Option<String> {
    let people = &window.state().project().results().network.people;
    let who = people.iter().find(|it| *it.name == *name).expect("somebody of that name");
    who.fact(column).map(str::to_owned)
}

#[test]
fn the_table_lists_the_sample_and_its_role_in_the_case() {
    let mut window = on_the_sample();
    open_table(&mut window);
    let names = listed(&window);
    assert_eq!(names.len(), window.state().project().results().network.people.len());
    click(&mut window, "Sort by Seed");
    let first = listed(&window)[0].clone();
    let seed = window.state().project().seeds()[0] as usize;
    assert_eq!(first, &*window.state().project().results().network.people[seed].name);
    assert!(window.query_by_label(&format!("Seed of {first}: 1")).is_some());
    let told = format!("Adopts of {first}: 100.0 %");
    assert!(window.query_by_label(&told).is_some(), "a seed adopts in every course");
    common::picture(&mut window, "table");
    // What is selected on the map is selected in the table, and the other way round.
    let app = window.state();
    let id = app.project().results().network.people[seed].id.clone();
    let at = app.position_on_window(&id).expect("a place on the map");
    common::click_at(&mut window, at);
    settle(&mut window);
    assert_eq!(selected(&window), [first.as_str()]);
    let second = listed(&window)[1].clone();
    click_row(&mut window, &second, Modifiers::COMMAND);
    assert_eq!(selected(&window).len(), 2);
    window.key_press(Key::F7);
    settle(&mut window);
    assert!(window.query_by_label("Search in the table").is_none());
}

#[test]
fn people_are_sorted_searched_and_selected_in_the_table() {
    let (_folder, mut window) = on_contacts();
    let by_name = ["Bo Li", "Cy Moss", "Dee Vos", "Ed Ott", "Zoë Ångström"];
    assert_eq!(listed(&window), by_name);
    click(&mut window, "Sort by Cost");
    let by_cost = ["Cy Moss", "Zoë Ångström", "Ed Ott", "Bo Li", "Dee Vos"];
    assert_eq!(listed(&window), by_cost, "9 before 30 before 200, and last who has none");
    click(&mut window, "Sort by Cost");
    assert_eq!(listed(&window), ["Bo Li", "Ed Ott", "Zoë Ångström", "Cy Moss", "Dee Vos"]);
    click(&mut window, "Sort by Name");

    click_row(&mut window, "Bo Li", Modifiers::NONE);
    click_row(&mut window, "Ed Ott", Modifiers::SHIFT);
    assert_eq!(selected(&window).len(), 4, "from the one to the other");
    click_row(&mut window, "Cy Moss", Modifiers::COMMAND);
    assert_eq!(selected(&window), ["Bo Li", "Dee Vos", "Ed Ott"]);

    // Keys: arrows walk, Shift widens, Enter shows on the map.
    click_row(&mut window, "Cy Moss", Modifiers::NONE);
    window.key_press(Key::ArrowDown);
    window.run_steps(2);
    assert_eq!(selected(&window), ["Dee Vos"]);
    window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    window.run_steps(2);
    assert_eq!(selected(&window), ["Dee Vos", "Ed Ott"]);
    window.key_press(Key::Home);
    window.run_steps(2);
    assert_eq!(selected(&window), ["Bo Li"]);
    assert!(window.state().view_state().follow);
    window.key_press(Key::Enter);
    settle(&mut window);
    assert!(!window.state().view_state().follow, "the map shows the neighborhood");

    window.get_by_label("Search in the table").focus();
    window.step();
    window.get_by_label("Search in the table").type_text("ALDER cy");
    window.step();
    wait(&mut window, |app| app.findings().table.as_ref().is_some_and(|it| it.people.len() == 1));
    assert_eq!(listed(&window), ["Cy Moss"]);
    window.get_by_label("Search in the table").type_text("xyz");
    wait(&mut window, |app| app.findings().table.as_ref().is_some_and(|it| it.people.is_empty()));
    assert!(window.query_by_label("Nobody has all of these words.").is_some());
}

#[test]
fn what_is_written_in_the_table_is_a_decision() {
    let (_folder, mut window) = on_contacts();
    let at = window.get_by_label("Company of Ed Ott: nothing").rect().center();
    common::click_at(&mut window, at);
    window.key_press(Key::F2);
    window.run_steps(3);
    window.get_by_label("New Company").type_text("Alder");
    window.step();
    window.key_press(Key::Enter);
    settle(&mut window);
    assert_eq!(fact_of(&window, "Ed Ott", fact::COMPANY).as_deref(), Some("Alder"));
    assert_eq!(window.state().project().undo_label(), Some("Company of Ed Ott"));
    assert!(window.query_by_label("Company of Ed Ott: Alder").is_some());

    // What makes no sense is refused, with the reason; Escape leaves all as it was.
    let at = window.get_by_label("Cost of Bo Li: 200").rect().center();
    common::click_at(&mut window, at);
    window.key_press(Key::F2);
    window.run_steps(3);
    window.get_by_label("New Cost").type_text("dear");
    window.run_steps(5);
    common::picture(&mut window, "table-refused");
    assert!(window.query_by_label("A number from 0 on, as 250").is_some());
    window.key_press(Key::Enter);
    window.run_steps(3);
    assert!(window.query_by_label("New Cost").is_some(), "it stays to be put right");
    window.key_press(Key::Escape);
    settle(&mut window);
    assert!(window.query_by_label("New Cost").is_none());
    assert_eq!(fact_of(&window, "Bo Li", fact::COST).as_deref(), Some("200"));

    // Notes about several people at once, by the menu.
    click_row(&mut window, "Bo Li", Modifiers::NONE);
    click_row(&mut window, "Cy Moss", Modifiers::COMMAND);
    window.get_by_label("Notes of Cy Moss: nothing").click_secondary();
    window.run_steps(3);
    window.get_by_label("Edit the notes of all 2").click_accesskit();
    window.run_steps(3);
    window.get_by_label("New Notes").type_text("met in May");
    window.step();
    window.key_press(Key::Enter);
    settle(&mut window);
    for name in ["Bo Li", "Cy Moss"] {
        assert_eq!(fact_of(&window, name, "notes").as_deref(), Some("met in May"));
    }
    assert_eq!(fact_of(&window, "Dee Vos", "notes"), None);
    assert_eq!(window.state().project().undo_label(), Some("Notes of 2 people"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(fact_of(&window, "Bo Li", "notes"), None);
    window.get_by_label("Company of Ed Ott: Alder").click_secondary();
    window.run_steps(3);
    click(&mut window, "Back to what the files say");
    assert_eq!(fact_of(&window, "Ed Ott", fact::COMPANY), None);
}

#[test]
fn rows_are_copied_and_the_table_is_written_without_formulas() {
    let rows = "Name,Company,Email\n=1+1,Alder,a@a.example\nBo Li,\"Al\tder\",b@a.example\n";
    let (folder, path) = file("contacts.csv", rows);
    let mut window = common::open(vec![path], 1280.0, 800.0, egui::Theme::Dark);
    wait(&mut window, |app| !app.is_busy());
    open_table(&mut window);
    click_row(&mut window, "Bo Li", Modifiers::NONE);
    click_row(&mut window, "=1+1", Modifiers::COMMAND);
    window.event(Event::Copy);
    window.step();
    let copied: Vec<String> = (window.output().platform_output.commands.iter())
        .filter_map(|it| match it {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
        .collect();
    let [copied] = &copied[..] else { panic!("one text: {copied:?}") };
    let lines: Vec<&str> = copied.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].starts_with("Name\t"), "{copied}");
    assert!(lines[1].starts_with("'=1+1\t") && lines[2].starts_with("Bo Li\t"), "{copied}");

    let out = folder.path().join("people");
    window.key_press(Key::F7);
    settle(&mut window);
    click(&mut window, "File");
    window.get_by_label_contains("Export the table").click_accesskit();
    settle(&mut window);
    window.get_by_label("Path").type_text(&out.to_string_lossy());
    window.step();
    click(&mut window, "Write");
    wait(&mut window, |app| !app.is_busy());
    let text = std::fs::read_to_string(out.with_extension("csv")).expect("it was written");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].starts_with("Id,Name,"), "{text}");
    assert!(lines[1].contains("'=1+1"), "{text}");
}

#[test]
fn a_measure_is_taken_when_its_column_is_switched_on_and_a_column_can_go() {
    let (_folder, mut window) = on_contacts();
    assert!(window.query_by_label("Sort by Degree").is_none());
    click(&mut window, "Columns");
    click(&mut window, "Who knows the most people?");
    window.key_press(Key::Escape);
    settle(&mut window);
    click(&mut window, "Sort by Degree");
    assert_eq!(listed(&window)[4], "Bo Li", "he knows the most");
    click(&mut window, "Columns");
    click(&mut window, "Email");
    window.key_press(Key::Escape);
    settle(&mut window);
    assert!(window.query_by_label("Sort by Email").is_none());
}

#[test]
fn who_is_filtered_out_is_listed_only_when_asked_for() {
    let mut window = on_the_sample();
    open_table(&mut window);
    let everyone = listed(&window).len();
    click(&mut window, "Show only by…");
    click(&mut window, "Company");
    let people = window.state().project().results().network.people.clone();
    let of = |person: &jaywalk::network::Person| person.fact(fact::COMPANY).map(str::to_owned);
    let company = people.iter().find_map(of).expect("somebody has a company");
    let colleagues = people.iter().filter(|it| of(it).as_ref() == Some(&company)).count();
    click(&mut window, &format!("{company} ({colleagues})"));
    wait(&mut window, |app| {
        app.findings().table.as_ref().is_some_and(|it| it.people.len() == colleagues)
    });
    window.run_steps(2);
    assert!(window.query_by_label(&format!("{colleagues} of {everyone} listed")).is_some());
    click(&mut window, "All people");
    wait(&mut window, |app| {
        app.findings().table.as_ref().is_some_and(|it| it.people.len() == everyone)
    });
}

#[test]
fn nobody_one_person_and_names_in_any_script_break_nothing() {
    let mut window = common::open(vec![], 1024.0, 700.0, egui::Theme::Dark);
    wait(&mut window, |app| !app.is_busy());
    window.get_by_label("Close welcome").click();
    window.step();
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    settle(&mut window);
    window.key_press(Key::F7);
    settle(&mut window);
    assert!(window.query_by_label_contains("Nobody is here yet").is_some());

    let long: String = "Ωμέγα שלום 王小明 ".chars().cycle().take(300).collect();
    let rows = format!("Name,Company,Email\n{long},\"دار النشر\nline two\",x@x.example\n");
    let (_folder, path) = file("one.csv", &rows);
    crate::stage::drop_file(&mut window, &path);
    wait(&mut window, |app| app.findings().table.is_some());
    window.run_steps(3);
    assert_eq!(listed(&window).len(), 1);
    click(&mut window, "Sort by Company");
    common::picture(&mut window, "table-one-person");
}
