//! F7: the window's views.
//!
//! A view reads what is there and pushes [`actions::Action`]s; it never changes the project.
//! Every file shows one thing and can be read alone.

pub mod actions;
pub mod commands;
pub mod help;
pub mod icon;
pub mod theme;
pub mod welcome;
pub mod widgets;
