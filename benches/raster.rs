//! Drawing 10,000 to 5,000,000 people with five ties each at 1380 × 1000, on one and on two threads.
//!
//! Seconds on two busy cores, for each new view of a map of 1,000,000 and of 5,000,000 people: as a crowd
//! 0.15 and 0.20 (all as discs: 1.8 and more), halfway to people 0.27 and 0.42, from near 0.33 and 0.69.
//! A new scene, which a change of places or colors asks for, takes 2.2 and 8 to 12.

use divan::Bencher;
use jaywalk::network::{Groups, Network, Person, PersonIndex, Tie};
use jaywalk::picture::{Look, Overlay, Point, Scene, View, font, labels, raster};
use jaywalk::random::{Purpose, stream};
use rand::RngExt;

const TIES_PER_PERSON: usize = 5;
const GROUPS: u32 = 20;

fn main() {
    divan::main();
}

/// Groups of people around a spiral, most ties inside a group.
fn network(people: u32) -> (Network, Vec<Point>, Groups) {
    let mut chance = stream(1, Purpose::Layout, 0);
    let center = |group: u32| {
        let (sine, cosine) = (group as f32 * 2.4).sin_cos();
        let radius = 220.0 * (group as f32).sqrt();
        [radius * cosine, radius * sine]
    };
    let positions = (0..people)
        .map(|person| {
            let [x, y] = center(person % GROUPS);
            let mut spread = || (0..4).map(|_| chance.random::<f32>() - 0.5).sum::<f32>() * 200.0;
            [x + spread(), y + spread()]
        })
        .collect();
    let mut end = || chance.random_range(0..people);
    let count = people as usize * TIES_PER_PERSON;
    let ties = (0..count)
        .map(|number| {
            let influencer = end();
            let anyone = end();
            let near = anyone - anyone % GROUPS + influencer % GROUPS;
            let audience: PersonIndex = if number % 8 == 0 { anyone } else { near % people };
            Tie { mutual: true, ..Tie::new(influencer, audience, 0.02) }
        })
        .collect();
    let everyone = (0..people)
        .map(|it| Person {
            id: it.to_string().into(),
            name: format!("Person {it}").into(),
            ..Person::default()
        })
        .collect();
    let groups = Groups {
        names: (0..GROUPS).map(|it| format!("Group {it}")).collect(),
        of: (0..people).map(|it| Some(it % GROUPS)).collect(),
        are_ranges: false,
    };
    (Network { people: everyone, ties }, positions, groups)
}

/// Without names and legend, as the window asks for it, and with them, as files have it.
fn look(complete: bool) -> Look {
    Look { labels: complete, legend: complete, ..Look::default() }
}

#[divan::bench(args = [10_000, 100_000, 1_000_000, 5_000_000], sample_count = 3)]
fn scene(bencher: Bencher<'_, '_>, people: u32) {
    let (network, positions, neighborhoods) = network(people);
    let overlay = Overlay { neighborhoods: Some(&neighborhoods), ..Overlay::default() };
    bencher.bench(|| Scene::new(&network, &positions, &look(false), &overlay));
}

#[divan::bench(
    args = [
        (10_000, 1, false),
        (10_000, 2, false),
        (10_000, 2, true),
        (100_000, 2, false),
        (1_000_000, 2, false),
    ],
    sample_count = 5,
)]
fn draw(bencher: Bencher<'_, '_>, (people, threads, complete): (u32, usize, bool)) {
    let (network, positions, neighborhoods) = network(people);
    let overlay = Overlay { neighborhoods: Some(&neighborhoods), ..Overlay::default() };
    let scene = Scene::new(&network, &positions, &look(complete), &overlay);
    let view = View::fit(&positions, [1380, 1000], 40.0);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    bencher.bench(|| pool.install(|| raster::draw(&scene, &view)));
}

/// A million people and five million, seen whole and so many times closer: as a crowd, on the way
/// from the crowd to people, and as people.
#[divan::bench(
    args = [
        (1_000_000, 1.0),
        (1_000_000, 2.0),
        (1_000_000, 16.0),
        (5_000_000, 1.0),
        (5_000_000, 4.0),
        (5_000_000, 32.0),
    ],
    sample_count = 3,
)]
fn crowd(bencher: Bencher<'_, '_>, (people, closer): (u32, f32)) {
    let (network, positions, neighborhoods) = network(people);
    let overlay = Overlay { neighborhoods: Some(&neighborhoods), ..Overlay::default() };
    let scene = Scene::new(&network, &positions, &look(false), &overlay);
    let view = View::fit(&positions, [1380, 1000], 40.0);
    let view = view.zoomed_at([500.0, 400.0], closer);
    if let Some(folder) = std::env::var_os("JAYWALK_PICTURES") {
        let file = format!("crowd-{people}-{closer}.png");
        let path = std::path::Path::new(&folder).join(file);
        raster::draw(&scene, &view).write_png(&path).expect("the picture is written");
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("threads");
    bencher.bench(|| pool.install(|| raster::draw(&scene, &view)));
}

#[divan::bench(args = [10_000, 100_000, 1_000_000], sample_count = 5)]
fn names(bencher: Bencher<'_, '_>, people: u32) {
    let (network, positions, neighborhoods) = network(people);
    let overlay = Overlay { neighborhoods: Some(&neighborhoods), ..Overlay::default() };
    let scene = Scene::new(&network, &positions, &look(false), &overlay);
    let view = View::fit(&positions, [1380, 1000], 40.0);
    bencher.bench(|| labels::place(&scene, &view, 120, font::width));
}
