//! boundproof: verifies the explicit constants and inequality chains of theorems.
//!
//! The pipeline on one page: [`specification::Specification`] reads a file into a document; [`prover::answer`] looks for
//! an answer to each unit of it; [`boundproof_checker::verdict::judge`] checks the answers and says what was shown
//! ([`audit::Auditor`] ties these three together); [`report`] puts it into words. Everything in this crate is untrusted:
//! whatever it gets wrong, the checker rejects.
//!
//! ```
//! let text = "theorem t { let x : real in [0, 1]  claim square: x^2 <= 2 }";
//! let specification = boundproof::Specification::parse("square.spec", text).expect("it is well formed");
//! let auditor = boundproof::Auditor::new(boundproof::Settings::default()).expect("there are threads");
//! let audit = auditor.audit(&specification);
//! assert_eq!(audit.verdict("t/square").expect("it is a unit").word(), "proved");
//! ```

#![warn(missing_docs)]

pub mod audit;
pub mod cli;
pub mod diagnostic;
pub mod experiment;
pub mod export;
pub mod ledger;
pub mod network;
pub mod plot;
pub mod prover;
pub mod regime;
pub mod report;
pub mod specification;
pub mod statement;
pub mod store;

pub use audit::{Audit, Auditor, Search, Settings};
pub use boundproof_checker as checker;
pub use diagnostic::Malformed;
pub use report::{ClaimReport, Report};
pub use specification::Specification;

/// Audits one specification file from nothing and reports on each of its units. The report depends on the file only:
/// it has no times, so that it can be compared with an earlier one.
///
/// # Errors
/// The file cannot be read, or is no specification.
pub fn check(path: impl AsRef<std::path::Path>) -> Result<Report, Malformed> {
    let specification = Specification::load(path.as_ref()).map_err(Malformed)?;
    let auditor = Auditor::new(Settings::default()).map_err(|error| {
        let message = format!("cannot start threads: {error}");
        Malformed(vec![diagnostic::Diagnostic::of_path(diagnostic::Code::FileUnreadable, path.as_ref(), message)])
    })?;
    let audit = auditor.audit(&specification);
    let claims = report::build::claims(&specification, &audit, None, report::build::Timing::Omitted);
    Ok(Report::new(claims, Vec::new(), Vec::new()))
}
