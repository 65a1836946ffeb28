//! A window in which nothing moves sleeps: it asks for no frame, so it uses no processor.

use std::time::Duration;

use egui::{Role, vec2};
use egui_kittest::kittest::Queryable;

use crate::common::Window;
use crate::stage::{a_person, on_the_sample, settle};

/// How long the window would sleep if nothing came from outside.
fn sleeps_for(window: &mut Window) -> Duration {
    settle(window);
    // Panels slide, messages fade, the pointer comes to rest.
    window.run_steps(300);
    window.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay
}

#[test]
fn nothing_moves_so_no_frame_is_asked_for() {
    let mut window = on_the_sample();
    for tab in ["Person", "Seeds", "Forecast", "Learn"] {
        window.get_by_role_and_label(Role::Tab, tab).click_accesskit();
        assert_eq!(sleeps_for(&mut window), Duration::MAX, "{tab}");
    }
    let (_, person) = a_person(&window);
    for (at, where_to) in [(person, "on a person"), (person + vec2(9.0, 25.0), "beside them")] {
        window.hover_at(at);
        assert_eq!(sleeps_for(&mut window), Duration::MAX, "the pointer rests {where_to}");
    }
}
