//! For which values of one parameter a condition holds, the others fixed or in intervals.
//!
//! Owns: cells of the parameter's domain ([`cell`]), the places where a monotone relation changes ([`turn`]), the set of
//! all solutions ([`set`]), what only the prover can close ([`tail`]), the answer as data ([`answer`]) and as a specification ([`certificate`]). Must not know:
//! files, the command line. All arithmetic is the checker's.
//!
//! A condition counts as held at a value if it holds there for all values of the other parameters.

pub mod answer;
pub mod cell;
pub mod certificate;
pub mod set;
pub mod tail;
pub mod turn;

pub use answer::{Request, Solution, solve};
