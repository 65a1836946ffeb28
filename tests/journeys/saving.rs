//! The map as a picture file.

use crate::common::{Window, wait};
use crate::stage::{click, on_the_sample, settle};
use egui::Key;
use egui_kittest::kittest::Queryable;

fn save_as(window: &mut Window, path: &std::path::Path) {
    click(window, "File");
    window.get_by_label_contains("Save the picture").click_accesskit();
    settle(window);
    window.get_by_label("Path").type_text(&path.to_string_lossy());
    window.step();
    click(window, "Save");
    wait(window, |app| !app.is_busy());
}

#[test]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places on a picture")]
fn the_picture_is_what_the_window_shows_with_its_legend_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = on_the_sample();
    for _ in 0..3 {
        window.key_press(Key::Plus);
        settle(&mut window);
    }
    let app = window.state();
    let view = app.view_state().view;
    let people = &app.project().results().network.people;
    // Somebody well inside the map.
    let inside = |it: &[f32; 2]| {
        (0..2).all(|side| it[side] > 60.0 && it[side] + 60.0 < view.size_px[side] as f32)
    };
    let seen = app
        .project()
        .seeds()
        .into_iter()
        .map(|it| (it as usize, view.to_screen(app.findings().positions[it as usize])));
    let (person, at) = seen.into_iter().find(|(_, at)| inside(at)).expect("a seed in view");
    let place = app.position_on_window(&people[person].id).expect("a place");
    let screen = window.render().expect("the window can be drawn");
    let path = folder.path().join("map");
    save_as(&mut window, &path);
    let picture = image::open(path.with_extension("png")).expect("a picture").to_rgba8();

    let [width, height] = view.size_px.map(|it| it * 2);
    assert!(picture.width() > width && picture.height() >= height, "{:?}", picture.dimensions());
    let corner = [picture.width() - width, (picture.height() - height) / 2];
    let pixel = |at: f32, corner: u32| corner + (2.0 * at).round() as u32;
    let there = picture.get_pixel(pixel(at[0], corner[0]), pixel(at[1], corner[1]));
    let here = screen.get_pixel(place.x as u32, place.y as u32);
    let far = there.0.iter().zip(here.0).map(|(&one, other)| one.abs_diff(other)).max();
    assert!(far < Some(12), "{there:?} {here:?}");

    let path = folder.path().join("map.svg");
    save_as(&mut window, &path);
    let text = std::fs::read_to_string(&path).expect("a picture");
    assert!(text.contains("Neighborhoods") && text.contains("<text"), "with its legend");

    save_as(&mut window, &folder.path().join("map.jpeg"));
    assert!(window.query_by_label_contains("must end in .png, .svg or .pdf").is_some());
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 2);
}
