//! Specifications and certificates in the formats of other systems.
//!
//! Owns: one room a system. Must not know: how anything was found. Nothing here is trusted: the other system judges.

pub mod coq;
