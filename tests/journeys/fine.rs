//! A screen with two pixels per point: everything where it is on any other, and twice as sharp.

use crate::common::{self, Window, wait};
use crate::stage::settle;
use egui_kittest::kittest::Queryable;
use image::RgbaImage;

/// A window on the sample, its map at rest.
fn on_the_sample(pixels_per_point: f32) -> Window {
    let (size, theme) = (egui::vec2(1024.0, 700.0), egui::Theme::Light);
    let mut window = common::open_fine(Vec::new(), size, theme, pixels_per_point);
    wait(&mut window, |app| app.findings().forecast.is_some() && !app.is_busy());
    window.get_by_label("Close welcome").click();
    settle(&mut window);
    window
}

fn map(window: &Window) -> egui::Rect {
    window.query_all_by_label_contains("Map of ").next().expect("the map").rect()
}

/// Pairs of neighboring pixels on the map between which light and dark change within one step.
fn sharp_edges(image: &RgbaImage, map: egui::Rect, pixels_per_point: f32) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "on the window")]
    let bound = |points: f32| (points * pixels_per_point) as u32;
    let columns = bound(map.left())..bound(map.right()) - 1;
    let light =
        |x: u32, y: u32| image.get_pixel(x, y).0[..3].iter().map(|&it| i32::from(it)).sum::<i32>();
    (bound(map.top())..bound(map.bottom()))
        .flat_map(|y| columns.clone().map(move |x| (x, y)))
        .filter(|&(x, y)| (light(x, y) - light(x + 1, y)).abs() > 200)
        .count()
}

#[test]
fn with_two_pixels_per_point_the_map_is_the_same_and_twice_as_sharp() {
    let mut coarse = on_the_sample(1.0);
    let mut fine = on_the_sample(2.0);
    assert_eq!(map(&coarse), map(&fine), "the same place in points");

    let app = fine.state();
    let seeds = app.project().seeds();
    assert_eq!(seeds, coarse.state().project().seeds());
    let people = &app.project().results().network.people;
    for &seed in &seeds[..3] {
        let id = &people[seed as usize].id;
        let [here, there] = [&fine, &coarse].map(|it| it.state().position_on_window(id));
        let apart = here.expect("a place").distance(there.expect("a place"));
        assert!(apart < 0.01, "{id} is {apart} points away");
    }

    let (one, two) = (coarse.render().expect("a picture"), fine.render().expect("a picture"));
    assert_eq!((two.width(), two.height()), (2 * one.width(), 2 * one.height()));
    let area = map(&fine);
    let [before, after] = [(&one, 1.0), (&two, 2.0)].map(|(it, by)| sharp_edges(it, area, by));
    assert!(before > 500 && after > before * 3 / 2, "{before} sharp edges, then {after}");

    // Seen with as many pixels both are alike, so no name and no disc is elsewhere.
    let mut other = 0;
    let on_map = |x: u32, y: u32| area.contains(egui::pos2(x as f32, y as f32));
    for (x, y, pixel) in one.enumerate_pixels().filter(|it| on_map(it.0, it.1)) {
        let four =
            [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(dx, dy)| two.get_pixel(2 * x + dx, 2 * y + dy));
        let differs = |channel: usize| {
            let mean = four.iter().map(|it| i32::from(it.0[channel])).sum::<i32>() / 4;
            (mean - i32::from(pixel.0[channel])).abs() > 70
        };
        other += usize::from((0..3).any(differs));
    }
    let share = other as f32 / area.area();
    assert!(share < 0.02, "{share} of the pixels differ");

    let person = seeds[0];
    let id = fine.state().project().results().network.people[person as usize].id.clone();
    let at = fine.state().position_on_window(&id).expect("a place");
    common::click_at(&mut fine, at);
    let selected = &fine.state().view_state().selected;
    assert_eq!(selected.iter().copied().collect::<Vec<_>>(), [person]);
    common::picture(&mut fine, "two-pixels-per-point");
}
