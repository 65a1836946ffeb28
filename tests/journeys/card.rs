//! Who draws the map.

use jaywalk::picture::Drawing;

use crate::stage::{on_the_sample, settle};

#[test]
fn where_the_card_cannot_draw_the_processor_does() {
    let mut window = on_the_sample();
    let before = window.render().expect("a picture");
    assert_eq!(window.state().is_drawn_by_card(), Ok(false));
    // A window without a display has no card.
    window.state_mut().draw_by(Drawing::Card);
    settle(&mut window);
    let refusal = window.state().is_drawn_by_card().map_err(str::to_owned);
    assert_eq!(refusal, Err("the window is not drawn by OpenGL".to_owned()));
    assert!(window.render().expect("a picture") == before, "the map is drawn as before");
}
