//! Attacks: specifications with certificates that try to have a false claim proved, a true one refuted, or the checker
//! exhausted. Each test is named for what would be broken.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing,
    clippy::string_slice
)] // a test that cannot go on fails

#[path = "../support/mod.rs"]
mod support;

mod algebra;
mod existence;
mod fuzz;
mod limits;
mod scoping;
mod statements;
