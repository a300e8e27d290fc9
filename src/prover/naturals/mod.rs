//! Proofs about natural numbers: induction, recurrences, enumeration, integer gaps, and the gamma function.
//!
//! Owns: which variable an induction or an enumeration runs over and from where, how what belongs to n + 1 is written
//! with what belongs to n, which facts about factorials, binomial coefficients and gamma are stated. Must not know:
//! units of a specification, how inequalities between reals are shown.

pub mod differences;
pub mod eliminate;
pub mod factors;
pub mod gammas;
pub mod induction;
pub mod integers;
pub mod laws;
pub mod least;
pub mod logarithms;
pub mod products;
pub mod recurrences;
pub mod sequences;
pub mod small;
pub mod stirling;
