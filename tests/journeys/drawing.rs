//! The map as one reads it: the spread that plays on it, who converted whom.

use crate::common::{self, Window};
use crate::stage::{click, on_the_sample, settle};
use egui::Key;
use egui_kittest::kittest::Queryable;
use jaywalk::diffusion::NEVER;

/// Pixels in the color that lights up what is new.
fn lit(window: &mut Window) -> usize {
    let accent = jaywalk::ui::theme::palette(&egui::Visuals::light()).accent.to_array();
    let image = window.render().expect("the window can be drawn");
    let is_accent = |pixel: &&image::Rgba<u8>| {
        pixel.0.iter().zip(accent).take(3).all(|(&one, other)| one.abs_diff(other) < 40)
    };
    image.pixels().filter(is_accent).count()
}

#[test]
fn who_adopts_at_a_step_flashes_and_the_ties_that_carried_it_light_up() {
    let mut window = on_the_sample();
    let before = lit(&mut window);
    window.key_press(Key::Home);
    settle(&mut window);
    window.key_press(Key::ArrowRight);
    window.run_steps(2);
    let fresh = lit(&mut window);
    let course = window.state().findings().course.clone().expect("a course");
    let times = &course.replicate.time_of_adoption;
    let newest = (0..).zip(times).filter(|it| *it.1 == 1).map(|it: (u32, _)| it.0);
    let newest: Vec<u32> = newest.collect();
    assert!(!newest.is_empty(), "somebody adopts at the first step");
    for &person in &newest {
        let by = course.conversions.by[person as usize].expect("somebody converted them");
        assert_eq!(times[by as usize], 0, "who adopted the step before");
    }
    settle(&mut window);
    window.run_steps(25);
    let rested = lit(&mut window);
    common::picture(&mut window, "spread");
    assert!(fresh > before + 100 && rested > before + 100, "{before} {fresh} {rested}");
    // Looking at the whole course nothing flashes.
    let watched = window.state().view_state().playback.step;
    assert_eq!(watched, Some(1));
    let never = times.iter().filter(|&&it| it == NEVER).count();
    assert!(never < times.len());
}

#[test]
fn a_course_is_followed_from_the_seeds_on_as_a_tree() {
    let mut window = on_the_sample();
    click(&mut window, "Who converted whom");
    let course = window.state().findings().course.clone().expect("a course");
    let adopters = course.cumulative.last().copied().expect("a step");
    let told = format!("Course 1 · {adopters} adopters");
    assert!(window.query_by_label(&told).is_some(), "{told}");
    common::picture(&mut window, "conversions");
    let found = &course.conversions;
    let roots = found.roots();
    let brought: u32 = roots.iter().map(|&it| found.through[it as usize] + 1).sum();
    assert_eq!(brought, adopters, "everyone stands somewhere in the tree");
    let most = roots.iter().copied().max_by_key(|&it| found.through[it as usize]);
    let first = found.converted_by(most.expect("a seed"))[0];
    let more = found.others[first as usize];
    let people = &window.state().project().results().network.people;
    let name = people[first as usize].name.to_string();
    let label = if more > 0 { format!("{name} +{more}") } else { name };
    click(&mut window, &label);
    assert!(window.state().view_state().selected.contains(&first), "{label} is shown");
    click(&mut window, "Another course");
    assert!(window.query_by_label_contains("Course 2 · ").is_some());
}
