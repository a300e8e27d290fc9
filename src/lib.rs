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
//! let audit = boundproof::Auditor::new(boundproof::Settings::default()).expect("there are threads").audit(&specification);
//! assert_eq!(audit.verdict("t/square").expect("it is a unit").word(), "proved");
//! ```

#![warn(missing_docs)]

pub mod audit;
pub mod cli;
pub mod diagnostic;
pub mod ledger;
pub mod prover;
pub mod report;
pub mod specification;
pub mod statement;
pub mod store;

pub use audit::{Audit, Auditor, Search, Settings};
pub use boundproof_checker as checker;
pub use report::{ClaimReport, Report};
pub use specification::Specification;
