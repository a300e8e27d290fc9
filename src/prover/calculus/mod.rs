//! Proofs by calculus: from values and slopes to inequalities, for goals that touch.
//!
//! Owns: integrals by antiderivatives, simpler forms of a goal, from where to climb and in which variable, critical points, ends that are only
//! approached, where a range is cut. Must not know: units of a specification.

pub mod cells;
pub mod climb;
pub mod descent;
pub mod divide;
pub mod eliminate;
pub mod expand;
pub mod exponentiate;
pub mod forms;
pub mod integrals;
pub mod ladder;
pub mod limits;
pub mod meeting;
pub mod pythagorean;
pub mod starts;
pub mod take_logarithms;
pub mod tangents;
pub mod tidy;
pub mod touching;
pub mod unimodal;
