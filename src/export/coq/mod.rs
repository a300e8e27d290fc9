//! Certificates as files of Coq.
//!
//! Owns: the file as a whole. Must not know: how a certificate was found. The theorem of a unit is what the specification
//! claims, its proof replays the certificate through the lemmas of `proofs/coq/`; coqc judges it.

mod algebra;
mod blocks;
mod bound;
mod bounds;
mod calculus;
mod combine;
mod functions;
mod lemmas;
mod mean;
mod products;
mod real;
mod replay;
mod rules;
mod script;
mod special;
mod text;
mod tree;
mod unit;

use crate::statement::statement;
use boundproof_checker::certificate::Certificate;
use boundproof_checker::obligation::{Part, UnitKind, parts, units};
use boundproof_checker::theorem::{Document, Justification};
use std::fmt::Write;
use text::comment;
pub use unit::lemma;

/// How numerical values are computed in Coq.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// By the processor's floating point: fast; `Print Assumptions` then lists its axioms.
    Floats,
    /// By integers: slower; no axiom on floating point.
    Integers,
}

/// An exported file.
#[derive(Clone, Debug)]
pub struct Exported {
    /// Its text.
    pub text: String,
    /// How many units are in it.
    pub units: usize,
    /// The units of which something is missing, and why.
    pub missing: Vec<(String, String)>,
}

/// What stands before the lemmas of a file.
#[must_use]
pub fn preamble(arithmetic: Arithmetic) -> String {
    let tactic = match arithmetic {
        Arithmetic::Floats => "interval",
        Arithmetic::Integers => "interval with (i_prec 60)",
    };
    format!("From Boundproof Require Import replay.\nOpen Scope R_scope.\n\nLtac numerical := {tactic}.\n")
}

/// Writes the certificate of a document, or of one unit of it.
#[must_use]
pub fn export(
    name: &str,
    document: &Document,
    certificate: &Certificate,
    only: Option<&str>,
    arithmetic: Arithmetic,
) -> Exported {
    let mut text = format!(
        "(** {}, with the answers of its certificate. Written by [boundproof export coq]; the lemmas are those of proofs/coq. *)\n\n{}",
        comment(name),
        preamble(arithmetic)
    );
    let (mut missing, mut count) = (Vec::new(), 0);
    for unit in units(document).iter().filter(|unit| only.is_none_or(|only| unit.name == only)) {
        let supposed = matches!(&unit.kind, UnitKind::Bound(bound) if bound.why == Justification::Supposed);
        if matches!(unit.kind, UnitKind::Note(_)) || supposed {
            continue;
        }
        let _ = write!(text, "\n(** * {}\n\n    {} *)\n", unit.name, comment(&statement(unit)));
        count += 1;
        let Some(answer) = certificate.answers.iter().find(|answer| answer.unit == unit.name) else {
            missing.push((unit.name.clone(), "the certificate has no answer for it".into()));
            continue;
        };
        if parts(unit, document, &answer.ranges).iter().any(integrates) {
            let reason = "it has an integral, which proofs/coq does not define";
            let _ = write!(text, "\n(** Not exported: {reason}. *)\n");
            missing.push((unit.name.clone(), reason.into()));
            continue;
        }
        let written = unit::unit(unit, answer, document);
        text += &written.text;
        for reason in written.missing {
            let _ = write!(text, "\n(** Not exported: {}. *)\n", comment(&reason));
            missing.push((unit.name.clone(), reason));
        }
    }
    Exported { text, units: count, missing }
}

/// Whether a part speaks of an integral.
fn integrates(part: &Part) -> bool {
    let mut relations = part.given.iter().chain(&part.established).chain([&part.goal]);
    relations.any(|relation| relation.left.has_integral() || relation.right.has_integral())
}
