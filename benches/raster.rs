//! Drawing 10,000 people and 50,000 ties at 1380 × 1000, on one and on two threads.

use divan::Bencher;
use jaywalk::network::{Groups, Network, Person, PersonIndex, Tie};
use jaywalk::picture::{Look, Overlay, Point, Scene, View, raster};
use jaywalk::random::{Purpose, stream};
use rand::RngExt;

const PEOPLE: u32 = 10_000;
const TIES: usize = 50_000;
const GROUPS: u32 = 20;

fn main() {
    divan::main();
}

/// Groups of people around a spiral, most ties inside a group.
fn network() -> (Network, Vec<Point>, Groups) {
    let mut chance = stream(1, Purpose::Layout, 0);
    let center = |group: u32| {
        let (sine, cosine) = (group as f32 * 2.4).sin_cos();
        let radius = 220.0 * (group as f32).sqrt();
        [radius * cosine, radius * sine]
    };
    let positions = (0..PEOPLE)
        .map(|person| {
            let [x, y] = center(person % GROUPS);
            let mut spread = || (0..4).map(|_| chance.random::<f32>() - 0.5).sum::<f32>() * 200.0;
            [x + spread(), y + spread()]
        })
        .collect();
    let mut end = || chance.random_range(0..PEOPLE);
    let ties = (0..TIES)
        .map(|number| {
            let influencer = end();
            let anyone = end();
            let near = anyone - anyone % GROUPS + influencer % GROUPS;
            let audience: PersonIndex = if number % 8 == 0 { anyone } else { near % PEOPLE };
            Tie { mutual: true, ..Tie::new(influencer, audience, 0.02) }
        })
        .collect();
    let people = (0..PEOPLE)
        .map(|it| Person {
            id: it.to_string().into(),
            name: format!("Person {it}").into(),
            ..Person::default()
        })
        .collect();
    let groups = Groups {
        names: (0..GROUPS).map(|it| format!("Group {it}")).collect(),
        of: (0..PEOPLE).map(|it| Some(it % GROUPS)).collect(),
        are_ranges: false,
    };
    (Network { people, ties }, positions, groups)
}

/// Without names and legend, as the window asks for it, and with them, as files have it.
fn look(complete: bool) -> Look {
    Look { labels: complete, legend: complete, ..Look::default() }
}

#[divan::bench]
fn scene(bencher: Bencher<'_, '_>) {
    let (network, positions, neighborhoods) = network();
    let overlay = Overlay { neighborhoods: Some(&neighborhoods), ..Overlay::default() };
    bencher.bench(|| Scene::new(&network, &positions, &look(false), &overlay));
}

#[divan::bench(args = [(1, false), (2, false), (2, true)])]
fn draw(bencher: Bencher<'_, '_>, (threads, complete): (usize, bool)) {
    let (network, positions, neighborhoods) = network();
    let overlay = Overlay { neighborhoods: Some(&neighborhoods), ..Overlay::default() };
    let scene = Scene::new(&network, &positions, &look(complete), &overlay);
    let view = View::fit(&positions, [1380, 1000], 40.0);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    bencher.bench(|| pool.install(|| raster::draw(&scene, &view)));
}
