//! Jaywalk.

pub mod assemble;
pub mod diffusion;
pub mod import;
pub mod jobs;
pub mod layout;
pub mod measure;
pub mod network;
pub mod picture;
pub mod project;
pub mod random;
pub mod report;
pub mod seeding;

#[cfg(feature = "gui")]
pub mod app;
#[cfg(feature = "gui")]
pub mod ui;
