//! Pictures of sweeps.
//!
//! Owns: what is drawn ([`phase`] diagrams, [`curves`] with their certified bands, [`tradeoff`]s of one parameter against another, from
//! a [`table`] of rows), how it is laid out ([`scale`], [`frame`]), as a [`picture`] of areas, lines and texts, and how that is written
//! ([`svg`], [`raster`]). Must not know: theorems; how rows were computed. What a colour claims (`at least 1`) is decided by
//! the ends of the rows' enclosures, never by their middle.

pub mod curves;
pub mod frame;
pub mod phase;
pub mod picture;
pub mod raster;
pub mod scale;
pub mod svg;
pub mod table;
pub mod tradeoff;

pub use picture::Picture;
