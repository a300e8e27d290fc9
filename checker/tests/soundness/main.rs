//! Attacks: specifications with certificates that try to have a false claim proved, a true one refuted, or the checker
//! exhausted. Each test is named for what would be broken.

#[path = "../support/mod.rs"]
mod support;

mod algebra;
mod limits;
mod scoping;
mod statements;
