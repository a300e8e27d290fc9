//! A theorem at one regime: which assumptions hold there, and enclosures of all that it speaks of.
//!
//! Owns: boxes ([`region`]), decisions ([`decide`]), enclosures ([`enclose`]), their digits ([`digits`]), the answer as
//! data ([`answer`]) and as text ([`text`]). Must not know: files, certificates. All arithmetic is the checker's.

pub mod answer;
pub mod decide;
pub mod digits;
pub mod enclose;
pub mod region;
pub mod text;
