//! Claims in the languages of other tools: as the same question (`smt2`), or with their proofs (`coq`).
//!
//! Owns: which units can be exported, and how an export says that it cannot express one. Must not know: verdicts,
//! files, how anything was found. What another tool answers is never a verdict here.

pub mod coq;
pub mod smt2;

use boundproof_checker::obligation::{Unit, UnitKind, units};
use boundproof_checker::theorem::{Claim, Document};

/// A claim cannot be said in the language that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotExpressible {
    /// What is missing, as a sentence without its end.
    pub what: String,
    /// What to do about it.
    pub cure: String,
}

impl NotExpressible {
    fn new(what: impl Into<String>, cure: impl Into<String>) -> NotExpressible {
        NotExpressible { what: what.into(), cure: cure.into() }
    }
}

/// The units that an export can take: the claims of a document, in order.
#[must_use]
pub fn claims(document: &Document) -> Vec<Unit> {
    units(document).into_iter().filter(|unit| matches!(unit.kind, UnitKind::Claim(_))).collect()
}

/// The claim that a unit is.
fn claim(unit: &Unit) -> Result<&Claim, NotExpressible> {
    let kind = match &unit.kind {
        UnitKind::Claim(claim) => return Ok(claim),
        UnitKind::Assumptions => "are the assumptions of a theorem",
        UnitKind::Bound(_) => "is a bound, which rests on what is said in words",
        UnitKind::Note(_) => "is a note",
    };
    Err(NotExpressible::new(format!("`{}` {kind}", unit.name), "only claims are exported: state its inequality as one"))
}
