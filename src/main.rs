//! Jaywalk.

fn main() {}
