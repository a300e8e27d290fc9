//! Interval arithmetic on `f64`: in blocks, for a formula at many regimes at once, and one interval at a time.
//!
//! Owns: directed rounding without changing the rounding mode ([`directed`]), `exp` and `log` with proved error bounds
//! ([`elementary`]), loops over blocks ([`block`]), numbers with an error known beforehand ([`near`], [`fused`]), the choice of
//! instructions at run time ([`dispatch`]), single intervals with open ends and all functions ([`scalar`]). Must not know:
//! formulas, programs, regimes.
//!
//! **Contract of blocks.** If a lane of every argument encloses a real number (`lo <= x <= hi`), the lane of the result encloses
//! the value of the operation, or has NaN at both ends: then nothing is known. Ends may be infinite. The result has the
//! same bits whatever instructions compute it: only additions, multiplications, divisions, square roots and fused
//! multiply-adds of IEEE 754 in a fixed order are used.
//!
//! **Unsafe.** Functions compiled for more instructions than the target has may only be called where the CPU has them.
//! [`dispatch`] is the only place that does so, after asking the CPU.

pub mod block;
pub mod directed;
pub mod dispatch;
pub mod elementary;
pub mod fused;
pub mod near;
pub mod scalar;

pub use block::{Block, LANES};
pub use dispatch::{Kernels, available, kernels};
pub use near::{Cancels, Error};
