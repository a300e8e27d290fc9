//! Terms to numbers: exactly at a rational point, enclosed over a box; and symbolic derivatives.
//!
//! Owns: the meaning of every function as a number. Must not know: hypotheses, rules.

pub mod derivative;
pub mod point;
pub mod program;
mod quadrature;
pub mod range;
pub mod series;
