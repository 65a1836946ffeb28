//! Neighborhoods: how they fill, in the forecast and in truth.

use crate::common::{self, Window};
use crate::stage::{click, on_the_sample, settle};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

#[test]
fn neighborhoods_fill_in_the_forecast_and_in_truth() {
    let mut window = on_the_sample();
    window.get_by_role_and_label(egui::Role::Tab, "Forecast").click();
    settle(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::G);
    settle(&mut window);
    click(&mut window, "Filled by week");
    settle(&mut window);
    let filling = window.state().findings().filling.clone().expect("the forecast by group");
    let groups = window.state().findings().neighborhoods.clone();
    assert_eq!(filling.groups(), groups.worth_listing());
    let row = |window: &Window, share: f64| {
        let name = format!("{}: {:.0} % filled at the end", groups.names[0], 100.0 * share);
        window.query_by_label(&name).is_some()
    };
    assert!(row(&window, filling.share(filling.last_step(), 0)));
    common::picture(&mut window, "neighborhoods-forecast");
    // What happened by the dates of the files, group by group.
    click(&mut window, "Observed");
    window.step();
    let Some(Ok(lessons)) = window.state().findings().lessons.clone() else { panic!("dates") };
    let of_first = |person: usize| groups.of[person] == Some(0);
    let times = lessons.history.times.iter().enumerate();
    let mut first = times.filter(|(person, _)| of_first(*person)).map(|(_, time)| *time);
    let (mut people, mut adopters) = (0.0, 0.0);
    first.by_ref().for_each(|time| {
        people += 1.0;
        adopters += f64::from(u8::from(time != jaywalk::diffusion::NEVER));
    });
    assert!(row(&window, adopters / people), "{adopters} of {people}");
    common::picture(&mut window, "neighborhoods-observed");
    click(&mut window, "How evenly");
    window.step();
    common::picture(&mut window, "neighborhoods-evenly");
}

#[test]
fn deciding_has_room_in_a_small_light_window() {
    let mut window = common::open(Vec::new(), 1024.0, 700.0, egui::Theme::Light);
    settle(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::G);
    settle(&mut window);
    click(&mut window, "Filled by week");
    settle(&mut window);
    common::picture(&mut window, "small-neighborhoods");
    window.get_by_role_and_label(egui::Role::Tab, "Seeds").click();
    settle(&mut window);
    click(&mut window, "Compare strategies");
    settle(&mut window);
    click(&mut window, "Say what a seed costs");
    click(&mut window, "Compare again");
    settle(&mut window);
    common::picture(&mut window, "small-strategies");
}

#[test]
fn captains_become_the_seeds_and_the_filling_follows_them() {
    let mut window = on_the_sample();
    window.key_press_modifiers(Modifiers::COMMAND, Key::G);
    settle(&mut window);
    let before = window.state().findings().filling.clone().expect("the forecast by group");
    let captains = window.state().findings().captains.clone().expect("captains");
    let people: Vec<u32> = captains.captains.iter().flatten().map(|it| it.person).collect();
    click(&mut window, &format!("Make the {} captains the seeds", people.len()));
    settle(&mut window);
    assert_eq!(window.state().project().seeds(), people);
    let after = window.state().findings().filling.clone().expect("of the new seeds");
    assert!((0..after.groups()).all(|group| after.share(0, group) > 0.0), "a captain in each");
    assert!((0..before.groups()).any(|group| before.share(0, group) == 0.0));
}
