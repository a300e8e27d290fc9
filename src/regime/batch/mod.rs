//! A theorem at many regimes: its formulas compiled once, run over blocks of regimes.
//!
//! Owns: the flat program ([`program`]) and what runs it ([`machine`]), how terms become one ([`lower`]; [`product`] arranges products,
//! [`value`] chooses between numbers with a static error bound and intervals), what it says of each lane ([`outcome`]), record batches
//! of regimes to record batches of results ([`records`]; [`cells`] reads values). Must not know: where regimes come from or where results
//! go.

pub mod cells;
mod lower;
mod machine;
pub mod outcome;
mod product;
pub mod program;
pub mod records;
mod survey;
mod value;

pub use machine::Machine;
pub use outcome::{Batch, Flag, Row};
pub use program::{Form, Input, Program};
