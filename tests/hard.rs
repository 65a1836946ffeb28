//! Networks that break maps, the whole way from ties to pixels: nothing is without a number, and nothing
//! hides the rest.

use std::collections::BTreeMap;
use std::sync::Arc;

use jaywalk::layout::{ForceLayout, LayoutSettings, LayoutState};
use jaywalk::network::{InfluenceArc, InfluenceGraph, Network, Person, Tie};
use jaywalk::picture::{
    Image, Look, Mark, Overlay, PlacedLabel, Point, Scene, View, font, labels, pdf, raster, svg,
};

fn graph(people: u32, ties: &[(u32, u32)]) -> Arc<InfluenceGraph> {
    let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 0.1 };
    let arcs = ties.iter().flat_map(|&(a, b)| [arc(a, b), arc(b, a)]);
    Arc::new(InfluenceGraph::from_arcs(people as usize, arcs))
}

fn network(people: u32, ties: &[(u32, u32)], name: impl Fn(u32) -> String) -> Network {
    let person =
        |it: u32| Person { id: it.to_string().into(), name: name(it).into(), ..Person::default() };
    Network {
        people: (0..people).map(person).collect(),
        ties: ties.iter().map(|&(a, b)| Tie { mutual: true, ..Tie::new(a, b, 0.02) }).collect(),
    }
}

/// Steps until everyone is at rest.
fn at_rest(graph: Arc<InfluenceGraph>, start: Option<&[Point]>) -> Vec<Point> {
    let mut map = ForceLayout::new(graph, LayoutSettings::default(), start, &BTreeMap::new());
    while map.step() == LayoutState::Moving {
        assert!(map.ticks() < 2_000, "it never comes to rest");
    }
    map.positions().to_vec()
}

/// Draws people at places in every format, and answers the picture with the names on it.
fn drawn(network: &Network, places: &[Point]) -> (Image, Vec<PlacedLabel>) {
    let scene = Scene::new(network, places, &Look::default(), &Overlay::default());
    let shown: Vec<Point> = scene.people.iter().map(|it| it.at).collect();
    assert!(shown.iter().flatten().all(|it| it.is_finite()));
    let view = View::fit(&shown, [900, 700], 40.0);
    let sheet = scene.sheet(&view);
    for mark in &sheet.marks {
        if let Mark::Node { center, radius, .. } = mark {
            assert!(center.iter().chain([radius]).all(|it| it.is_finite()));
        }
    }
    let document = svg::write(&sheet, "Map");
    // A crowd is a picture in letters, in which any word may occur.
    let drawn = document.lines().filter(|it| !it.starts_with("<image "));
    assert!(drawn.into_iter().all(|it| !it.contains("NaN") && !it.contains("inf")));
    assert!(!pdf::write(&sheet, "Map").is_empty());
    let names = labels::place(&scene, &view, 100, font::width);
    (raster::draw(&scene, &view), names)
}

/// Share of the canvas that something is drawn on.
fn inked(image: &Image) -> f64 {
    let ground = image.pixel(0, 0);
    let pixels = image.rgba.chunks_exact(4).filter(|it| it[..3] != ground).count();
    pixels as f64 / (image.rgba.len() / 4) as f64
}

fn extent(places: &[Point]) -> [f32; 2] {
    std::array::from_fn(|axis| {
        let along = || places.iter().map(|it| it[axis]);
        along().fold(f32::MIN, f32::max) - along().fold(f32::MAX, f32::min)
    })
}

/// A star comes to rest as a disc around its center, with everyone apart.
fn star(people: u32) {
    let ties: Vec<_> = (1..people).map(|it| (0, it)).collect();
    let places = at_rest(graph(people, &ties), None);
    assert!(places.iter().flatten().all(|it| it.is_finite()));
    let [width, height] = extent(&places);
    let room = width * height / people as f32;
    assert!((20.0 * 20.0..200.0 * 200.0).contains(&room), "{room} square units each");
    // The center is in the middle.
    let off = (0..2).map(|axis| {
        let mean = places.iter().map(|it| f64::from(it[axis])).sum::<f64>() / f64::from(people);
        (f64::from(places[0][axis]) - mean).abs()
    });
    assert!(off.fold(0.0, f64::max) < f64::from(0.2 * width.min(height)), "{:?}", places[0]);
    let network = network(people, &ties, |it| format!("Person {it}"));
    let (image, names) = drawn(&network, &places);
    assert!((0.1..0.95).contains(&inked(&image)), "{}", inked(&image));
    // In the thick of a crowd a name would cover too many.
    let center_has_one = names.iter().any(|it| it.person == 0);
    assert!(center_has_one || people > 20_000, "whom all are tied to has a name");
}

#[test]
fn a_star_of_three_thousand_is_a_disc_around_its_center() {
    star(3_000);
}

#[test]
fn a_star_of_fifty_thousand_comes_to_rest_as_a_disc_around_its_center() {
    star(50_000);
}

#[test]
fn five_hundred_who_all_know_each_other_are_apart_and_seen() {
    let ties: Vec<_> = (1..500_u32).flat_map(|a| (0..a).map(move |b| (a, b))).collect();
    let places = at_rest(graph(500, &ties), None);
    let [width, height] = extent(&places);
    assert!(width > 400.0 && height > 300.0, "{width} × {height}");
    let near = places.iter().enumerate().flat_map(|(at, one)| {
        let others = places.iter().skip(at + 1);
        others.map(move |other| (one[0] - other[0]).hypot(one[1] - other[1]))
    });
    let closest = near.fold(f32::MAX, f32::min);
    assert!(closest > 8.0, "two people {closest} apart");
    let (image, _) = drawn(&network(500, &ties, |it| format!("Person {it}")), &places);
    // A hundred thousand ties fade behind the people instead of covering them.
    let at = |point: Point| View::fit(&places, [900, 700], 40.0).to_screen(point);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "on the canvas")]
    let pixel = |point: Point| image.pixel(at(point)[0] as u32, at(point)[1] as u32);
    let middle = pixel(places[250]);
    let same = places.iter().filter(|it| pixel(**it) == middle).count();
    assert!(same > 400, "{same} of 500 people have their own color in the middle");
}

#[test]
fn people_at_one_point_come_apart_and_impossible_places_hide_nobody() {
    let ties: Vec<_> = (1..60_u32).map(|it| (it / 2, it)).collect();
    let mut start = vec![[3.0, 4.0]; 60];
    start[7] = [f32::NAN, 0.0];
    start[8] = [f32::INFINITY, f32::NEG_INFINITY];
    start[9] = [f32::MAX, f32::MIN];
    let places = at_rest(graph(60, &ties), Some(&start));
    let [width, height] = extent(&places);
    assert!(width > 100.0 && width < 5_000.0 && height > 60.0 && height < 5_000.0);
    // The same places straight onto the map: whoever has none is drawn at the origin.
    let network = network(60, &ties, |it| format!("Person {it}"));
    for places in [&start[..9], &start[..0], &places[..]] {
        let (image, _) = drawn(&network, places);
        assert!(inked(&image) > 0.000_1, "somebody is seen");
    }
}

#[test]
fn names_of_three_hundred_letters_in_any_script_leave_room_for_others() {
    let scripts = ["語", "ن", "ก", "ß", "👩‍👩‍👧", "\u{202e}x", "क्षि", "e\u{301}\u{302}\u{303}"];
    let ties: Vec<_> = (1..40_u32).map(|it| (it / 2, it)).collect();
    let name = |it: u32| match scripts.get(it as usize) {
        Some(letter) => letter.repeat(300),
        None => format!("Person {it}"),
    };
    let network = network(40, &ties, name);
    let places = at_rest(graph(40, &ties), None);
    let (image, names) = drawn(&network, &places);
    assert!(inked(&image) < 0.5, "no name covers the map");
    assert!(names.iter().all(|it| it.size[0] < 400.0 && it.text.chars().count() < 100));
    let plain = names.iter().filter(|it| it.text.starts_with("Person ")).count();
    assert!(plain >= 15, "{plain} of 32 plain names");
}
