//! Sweeps: a theorem over a grid of regimes, in parts, to CSV or Parquet.
//!
//! Owns: the plan ([`plan`]), its evaluation part by part ([`grid`]), columns and files of them ([`columns`], read back by [`reading`]), resuming,
//! shards and merging ([`run`]). Must not know: the command line. The rows of a part depend on the plan and the number of
//! the part only: not on threads, shards or earlier runs.

pub mod columns;
pub mod grid;
pub mod plan;
pub mod reading;
pub mod run;

pub use plan::Plan;
pub use run::{Run, Summary};
