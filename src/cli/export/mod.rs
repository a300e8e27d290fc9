//! `boundproof export`: claims and certificates in the languages of other tools.
//!
//! Owns: one subcommand a language. Must not know: the languages.

mod coq;
mod smt2;

/// The languages.
#[derive(clap::Subcommand)]
pub enum Export {
    /// Claims in SMT-LIB 2.6, for Z3, cvc5, dReal and others
    #[command(after_help = smt2::EXAMPLES)]
    Smt2(smt2::Smt2),
    /// Claims with their certificates for Coq: each a theorem whose proof replays the certificate
    #[command(after_help = coq::EXAMPLES)]
    Coq(coq::Coq),
}

/// Runs the command; the result is the exit code.
pub fn export(export: &Export) -> u8 {
    match export {
        Export::Smt2(options) => smt2::export(options),
        Export::Coq(options) => coq::export(options),
    }
}
