#![doc = include_str!("../ARCHITECTURE.md")]

// F0: what everything is made of.
pub mod random;

pub mod words;

pub mod network;

// F1 and F2: files → records → one network.
pub mod import;

pub mod assemble;

// F3: numbers, places and spread on a network.
pub mod measure;

pub mod layout;

pub mod diffusion;

// F4: whom to choose, what it looks like, and what happened.
pub mod seeding;

pub mod picture;

pub mod learning;

// F5: what a person works on, and what is written about it.
pub mod project;

pub mod report;

// F6: work beside the window.
pub mod jobs;

// F7 and F8: the command line, and the window on top.
pub mod cli;

#[cfg(feature = "gui")]
pub mod ui;

#[cfg(feature = "gui")]
pub mod app;
