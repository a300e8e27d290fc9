//! The candidate: looks for answers to the units of a specification.
//!
//! Owns: the order of the strategies, budgets, typed outcomes. Must not know: names of claims, files or problems.
//! It calls the checker's types, never its rules, and computes by other code (f64 with outward rounding, rug).

pub mod budget;
pub mod enclosure;
pub mod outcome;
pub mod witness;

pub use budget::Budget;
pub use outcome::{Attempt, Outcome, Refusal};
