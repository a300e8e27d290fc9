//! boundproof: verifies the explicit constants and inequality chains of theorems.
//!
//! The pipeline on one page: [`specification::load`] reads a file into a document; [`prover::answer`] looks for an
//! answer to each unit of it; [`boundproof_checker::verdict::judge`] checks the answers and says what was shown;
//! [`report`] prints it. Everything in this crate is untrusted: whatever it gets wrong, the checker rejects.

pub mod prover;
