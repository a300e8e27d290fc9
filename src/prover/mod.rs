//! The candidate: looks for answers to the units of a specification.
//!
//! Owns: the order of the strategies, budgets, typed outcomes. Must not know: names of claims, files or problems.
//! It calls the checker to try its steps, and computes by other code (f64 with outward rounding, rug).

mod answer;
pub mod budget;
pub mod calculus;
pub mod enclosure;
mod existence;
mod naming;
pub mod naturals;
mod numeric;
pub mod outcome;
pub(crate) mod relevance;
pub mod script;
pub mod search;
pub mod symbolic;
pub mod witness;

pub use answer::answer;
pub use budget::Budget;
pub use outcome::{Attempt, Outcome, Refusal};
