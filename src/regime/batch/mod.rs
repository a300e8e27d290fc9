//! A theorem at many regimes: its formulas compiled once, run over blocks of regimes.
//!
//! Owns: the flat program and its machine ([`program`]), what it says of each lane ([`outcome`]). Must not know: where
//! regimes come from or where results go.

pub mod outcome;
pub mod program;

pub use outcome::{Batch, Flag, Row};
pub use program::{Input, Machine, Program};
