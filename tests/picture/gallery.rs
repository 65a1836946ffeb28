//! Pictures of small, large and odd networks, in both themes, from files to pixels.
//!
//! With `JAYWALK_SCREENSHOTS` set they are kept in `target/gallery`, to be looked at.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use jaywalk::import::{self, Answers, Input};
use jaywalk::layout::{ForceLayout, LayoutSettings, LayoutState};
use jaywalk::picture::{Look, Mark, Overlay, Point, Scene, Sheet, Theme, raster};
use jaywalk::project::{self, Decisions, Project};

use crate::classics::karate_ties;

const SIZE: [u32; 2] = [1200, 800];

fn project(files: &[Input]) -> Project {
    let sources = import::read(files, &Answers::default(), &mut |_| ControlFlow::Continue(()))
        .expect("it is read");
    Project::import(sources, Decisions::default()).0
}

fn table(name: &str, text: String) -> Project {
    project(&[Input::Bytes { name: name.to_owned(), bytes: text.into_bytes() }])
}

/// A list of ties between people by number, who have invented names.
fn ties(ties: impl IntoIterator<Item = (u32, u32)>) -> Project {
    let row = |(one, other)| format!("{},{}", invented(one), invented(other));
    let rows: Vec<String> = ties.into_iter().map(row).collect();
    table("ties.csv", format!("source,target\n{}\n", rows.join("\n")))
}

/// The name of somebody who does not exist.
fn invented(number: u32) -> String {
    const FIRST: [&str; 24] = [
        "Ada", "Bo", "Cleo", "Dov", "Edda", "Finn", "Gia", "Hal", "Ida", "Jon", "Kaia", "Leo",
        "Mira", "Nils", "Oona", "Pia", "Quin", "Rhea", "Sol", "Tove", "Ugo", "Vera", "Wim", "Zoe",
    ];
    const LAST: [&str; 21] = [
        "Ash", "Birch", "Cedar", "Dale", "Elm", "Fern", "Grove", "Heath", "Ivy", "Juniper",
        "Knoll", "Larch", "Maple", "Nettle", "Oak", "Pine", "Reed", "Sedge", "Thorn", "Vale",
        "Willow",
    ];
    let (first, last) = (FIRST[number as usize % 24], LAST[number as usize / 24 % 21]);
    match number / (24 * 21) {
        0 => format!("{first} {last}"),
        more => format!("{first} {last} {more}"),
    }
}

/// Everyone in forty groups of fifty, most ties within the group, some to the next.
fn two_thousand() -> Project {
    let mut rows = Vec::new();
    for person in 0..2000_u32 {
        let (group, place) = (person / 50, person % 50);
        for step in [1, 3, 7, 11 + group % 5] {
            rows.push((person, group * 50 + (place + step) % 50));
        }
        if place % 3 == 0 {
            rows.push((person, ((group * 7 + place) % 40) * 50 + place));
        }
        // Everybody knows the few at the heart of the group.
        rows.push((group * 50 + place % 4, person));
    }
    ties(rows.into_iter().filter(|(one, other)| one != other))
}

fn positions(project: &Project) -> Vec<Point> {
    let graph = Arc::clone(project.results().graph());
    let settings = LayoutSettings::default();
    let mut layout = ForceLayout::new(graph, settings, None, &project.pins());
    while layout.step() == LayoutState::Moving {}
    layout.positions().to_vec()
}

/// Draws the map in both themes, and keeps the pictures where that is asked for.
fn drawn(name: &str, project: &Project) -> [Sheet; 2] {
    let positions = positions(project);
    let neighborhoods = project.neighborhoods();
    let seeds = project.seeds();
    let overlay =
        Overlay { neighborhoods: Some(&neighborhoods), seeds: &seeds, ..Overlay::default() };
    [Theme::Light, Theme::Dark].map(|theme| {
        let look = Look { theme, ..Look::default() };
        let scene = Scene::new(&project.results().network, &positions, &look, &overlay);
        let view = scene.framed(SIZE);
        let sheet = scene.sheet(&view);
        let image = raster::paint(&sheet);
        if std::env::var_os("JAYWALK_SCREENSHOTS").is_some() {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/gallery");
            std::fs::create_dir_all(&folder).expect("the folder can be made");
            let theme = if theme == Theme::Dark { "dark" } else { "light" };
            let path = folder.join(format!("{name}-{theme}.png"));
            image.write_png(&path).expect("the picture can be written");
        }
        sheet
    })
}

fn people_on(sheet: &Sheet) -> usize {
    let on_canvas = |center: &Point| {
        (0..2).all(|axis| (0.0..=sheet.size_px[axis] as f32).contains(&center[axis]))
    };
    let drawn = sheet.marks.iter();
    drawn.filter(|it| matches!(it, Mark::Node { center, .. } if on_canvas(center))).count()
}

fn names_on(sheet: &Sheet) -> Vec<&str> {
    fn text(mark: &Mark) -> Option<&str> {
        if let Mark::Text { text, .. } = mark { Some(text) } else { None }
    }
    sheet.marks.iter().filter_map(text).collect()
}

#[test]
fn the_sample() {
    let project = project(&project::sample());
    for sheet in drawn("sample", &project) {
        assert!(people_on(&sheet) >= project.results().network.people.len());
        assert!(names_on(&sheet).len() > 60);
    }
}

#[test]
fn the_karate_club() {
    let project = ties(karate_ties());
    assert_eq!(project.results().network.people.len(), 34);
    for sheet in drawn("karate", &project) {
        let named = names_on(&sheet);
        let shown = (0..34).filter(|&it| named.contains(&invented(it).as_str())).count();
        assert_eq!(shown, 34, "there is room for everybody's name");
    }
}

#[test]
fn two_thousand_people() {
    let project = two_thousand();
    assert_eq!(project.results().network.people.len(), 2000);
    for sheet in drawn("two-thousand", &project) {
        assert!(people_on(&sheet) >= 2000);
    }
}

#[test]
fn a_star() {
    let project = ties((1..120).map(|leaf| (0, leaf)));
    for sheet in drawn("star", &project) {
        assert!(names_on(&sheet).contains(&"Ada Ash"), "the hub is named");
    }
}

#[test]
fn two_components() {
    let ring =
        |from: u32, people: u32| (0..people).map(move |it| (from + it, from + (it + 1) % people));
    let chords = (0..30).map(|it| (it, (it * 7 + 3) % 30)).filter(|(one, other)| one != other);
    let project = ties(ring(0, 30).chain(chords).chain(ring(30, 12)).chain([(30, 36), (33, 39)]));
    for sheet in drawn("two-components", &project) {
        assert!(people_on(&sheet) >= 42);
    }
}

#[test]
fn one_person() {
    let project = table("people.csv", "Name,Email\nAda Ash,ada@ash.example\n".to_owned());
    assert_eq!(project.results().network.people.len(), 1);
    for sheet in drawn("one-person", &project) {
        assert!(names_on(&sheet).contains(&"Ada Ash"));
    }
}

#[test]
fn nobody() {
    for sheet in drawn("nobody", &Project::default()) {
        assert_eq!((people_on(&sheet), names_on(&sheet).len()), (0, 0));
    }
}

#[test]
fn names_of_three_hundred_letters_hide_nobody() {
    let scripts =
        ["Wolfeschlegelstein", "Владимировна", "Παπαδόπουλος", "阿爾貝托", "محمدعبدالله", "ก็็็็็็"];
    let long = |number: u32| {
        let word = scripts[number as usize % scripts.len()];
        let text: String = word.chars().cycle().take(300).collect();
        format!("{number} {text}")
    };
    let rows: Vec<String> = (1..40).map(|it| format!("{},{}", long(it / 3), long(it))).collect();
    let project = table("ties.csv", format!("source,target\n{}\n", rows.join("\n")));
    assert_eq!(project.results().network.people.len(), 40);
    for sheet in drawn("long-names", &project) {
        let named = names_on(&sheet);
        let shown =
            named.iter().filter(|it| it.starts_with(|it: char| it.is_ascii_digit())).count();
        assert!(shown >= 20, "{shown} of 40 names are shown");
        assert!(named.iter().all(|it| it.chars().count() < 80));
    }
}
