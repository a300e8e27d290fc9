//! The trusted part of boundproof: reads specifications, says what is to be shown, and checks certificates.
//!
//! Text goes through [`syntax`] and [`theorem`] to [`obligation`]s; a [`certificate`] is replayed by [`rules`] over
//! [`normal`] forms and enclosures ([`evaluate`], [`exact`]); [`verdict`] says what was shown. Nothing here searches.
//!
//! Absent on purpose: floating point, `unsafe`, threads, clocks, GMP, and any other crate of ours.

pub mod certificate;
pub mod evaluate;
pub mod exact;
mod existence;
pub mod load;
pub mod normal;
pub mod obligation;
pub mod recheck;
pub mod rules;
pub mod syntax;
pub mod theorem;
pub mod verdict;
pub mod wording;
