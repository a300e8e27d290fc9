//! Intervals one at a time, with ends that may be open, and all functions of the specification language.
//!
//! Owns: directed rounding that says whether a bound is exact ([`rounding`]), intervals with open and closed ends
//! ([`interval`]), functions on them ([`elementary`]). Must not know: terms, boxes, blocks.
//!
//! The blocks' [`crate::directed`] takes remainders by fused multiply-adds, which [`crate::dispatch`] compiles for CPUs that
//! have them. Code that runs one interval at a time is compiled for every CPU, where a fused multiply-add is a call, so
//! [`rounding`] splits factors instead (Dekker). `tests/kernels` holds both to one description of the operations.
//!
//! **Contract.** If x and y are members of X and Y and the operation has a value at them, that value is a member of the
//! result. What is at an open end is no member.

pub mod elementary;
pub mod interval;
pub mod rounding;

pub use interval::{End, Interval};
pub use rounding::{Bound, Toward};
