//! Enclosures over boxes: f64 intervals, and the search for trees that the checker's rule `split` accepts.
//!
//! Owns: programs of interval operations, branch and bound, the step of the certificate. Must not know: specifications,
//! other strategies, how an operation is rounded: the operations are those of `kernels/src/scalar`. Reference: Tucker 2011, *Validated Numerics*; Kearfott 1996, *Rigorous Global Search*.
//!
//! Nothing here is trusted: a step is handed out only after the checker's own rule has accepted it.

mod compare;
mod contract;
pub mod cut;
mod frontier;
pub mod integral;
mod lower;
pub mod number;
pub mod program;
mod quadratic;
pub mod region;
mod slab;
pub mod split;
pub mod step;
mod task;

use boundproof_kernels::scalar::{elementary, interval, rounding};

pub use interval::Interval;
pub use lower::lower_bounds;
pub use program::{Evaluation, Program};
pub use region::Region;
pub use split::split;
pub use step::{Accept, Statement, prove, prove_refined};

#[cfg(test)]
pub(crate) mod tests;
