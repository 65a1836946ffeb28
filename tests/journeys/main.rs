//! What a person does, start to end, through the real window by accessible label.
//!
//! Where each gesture and key of the design is performed:
//!
//! | gesture or key | test |
//! |---|---|
//! | wheel zooms to the pointer | `gestures::the_wheel_zooms_to_the_pointer` |
//! | left drag on the ground, right drag | `gestures::dragging_the_ground_pans_with_either_button` |
//! | click | `gestures::a_click_on_the_map_selects_and_a_click_beside_it_does_not` |
//! | Ctrl+click, Shift+click | `selection::clicks_with_ctrl_or_shift_add_to_the_selection_and_take_out_again` |
//! | Shift+drag, a box | `gestures::a_box_selects_whom_it_holds` |
//! | Alt+drag, a lasso | `selection::a_loop_drawn_with_alt_selects_whom_it_goes_around` |
//! | drag a person | `gestures::a_dragged_person_stays_where_put_and_undo_lets_go` |
//! | drag all who are selected | `selection::selected_people_are_dragged_together_kept_in_place_and_released` |
//! | right click | `selection::a_right_click_offers_what_can_be_done_with_what_is_there` |
//! | right and double click on a neighborhood | `selection::a_neighborhood_has_a_menu_and_a_double_click_shows_it` |
//! | hover | `selection::pointing_at_somebody_dims_the_others` |
//! | double click | `selection::a_double_click_shows_a_person_and_everyone_tied_to_them` |
//! | Ctrl+F | `people::search_finds_and_selects` |
//! | Ctrl+Z, Ctrl+Shift+Z | `seeds::seeds_are_added_undone_and_done_again` |
//! | Ctrl+S | `frame::a_project_is_saved_and_opened` |
//! | Ctrl+O, `?`, F1 | `keys::help_opens_and_closes_by_its_keys_and_files_by_ctrl_o` |
//! | Ctrl+0, Ctrl+9 | `keys::the_map_is_fitted_by_keys` |
//! | Ctrl+K | `keys::any_command_is_found_by_its_name_and_done` |
//! | Space, arrows | `forecast::a_course_is_played_step_by_step` |
//! | files let go over the window | `importing::a_dropped_edge_list_becomes_the_map_without_a_further_click` |

#![cfg(feature = "gui")]

mod arranging;
mod by_hand;
mod card;
#[path = "../common/mod.rs"]
mod common;
mod drawing;
mod filters;
mod fine;
mod forecast;
mod frame;
mod gestures;
mod importing;
mod keys;
mod learn;
mod neighborhoods;
mod people;
mod rest;
mod saving;
mod seeds;
mod selection;
mod stage;
mod table;
mod ties;
