//! What a person does, start to end, through the real window by accessible label.

#![cfg(feature = "gui")]

mod by_hand;
#[path = "../common/mod.rs"]
mod common;
mod drawing;
mod filters;
mod forecast;
mod frame;
mod gestures;
mod importing;
mod keys;
mod learn;
mod neighborhoods;
mod people;
mod rest;
mod seeds;
mod selection;
mod stage;
mod table;
mod ties;
