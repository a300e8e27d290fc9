//! Best constants: how far a number in a claim can go before the claim turns false, as a certified bracket.
//!
//! A constant is a literal, a definition or a variable ([`constant`]) of one claim or bound, taken by itself
//! ([`isolate`]). Numbers say where the claim turns ([`numeric`]); plain values there are tried first ([`candidates`],
//! [`bracket`]), and what is said of a value is what the checker says of the specification with that value
//! ([`examiner`]). Several variables at once are optimised for an objective, and the theorem is proved at each point
//! ([`split`]). Nothing here can make a verdict.

pub mod barrier;
pub mod bracket;
pub mod candidates;
pub mod certificate;
pub mod constant;
pub mod edit;
pub mod examiner;
pub mod isolate;
pub mod numeric;
pub mod result;
pub mod split;
pub mod text;
