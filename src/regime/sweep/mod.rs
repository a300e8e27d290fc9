//! Sweeps: a theorem over a grid or a table of regimes, in parts, to CSV or Parquet.
//!
//! Owns: the plan ([`plan`]), its evaluation part by part ([`grid`]), tables ([`table`]), columns and files of them ([`columns`], read back by [`reading`]), resuming,
//! shards and merging ([`run`]). Must not know: the command line. The rows of a part depend on the plan or table and the number of
//! the part only: not on threads, shards or earlier runs.

pub mod columns;
pub mod grid;
pub mod plan;
pub mod reading;
pub mod run;
pub mod table;

pub use plan::Plan;
pub use run::{Regimes, Run, Summary};
pub use table::Table;
