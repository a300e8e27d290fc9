//! Regimes: what a theorem says at concrete parameters.
//!
//! Owns: reading a regime ([`given`]), a theorem made ready to be evaluated ([`model`]), its evaluation at one regime
//! ([`point`]), the specification that states the answer ([`certificate`]), for
//! which values of a parameter a condition holds ([`solve`]), many regimes at once
//! ([`batch`]), grids of them ([`sweep`]). Must not know: how certificates are searched, how the command line is spelled. Numbers
//! that are printed as certain are ends of enclosures that the checker's own arithmetic computed.

pub mod batch;
pub mod certificate;
pub mod given;
pub mod model;
pub mod point;
pub mod solve;
pub mod sweep;
pub mod value;

pub use given::Regime;
pub use model::Model;
pub use value::Value;
