//! Points that satisfy hypotheses, with coordinates that need not be rational: an equation among the hypotheses gives a
//! variable by the others, and each hypothesis is proved there.
//!
//! Owns: the proofs at the point. Must not know: how equations are solved, how rational points are found.

use super::budget::Budget;
use super::script::{Script, trimmed};
use super::{search, witness};
use boundproof_checker::certificate::{Construction, Existence, Proof};
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::Relation;

/// A point at which all the hypotheses hold: a rational one if one is found, else one that solves their equations.
#[must_use]
pub fn satisfy(variables: &[Variable], hypotheses: &[Relation], budget: &Budget) -> Option<Existence> {
    if let Some(witness) = witness::satisfy(variables, hypotheses, &budget.part(0.6)) {
        return Some(Existence::At(witness));
    }
    let values = witness::solution(variables, hypotheses, &budget.part(0.5))?;
    #[allow(clippy::cast_precision_loss)] // a share of the time need not be exact
    let share = 1.0 / (hypotheses.len() as f64 + 1.0);
    let proofs: Option<Vec<Proof>> =
        hypotheses.iter().map(|hypothesis| proved(&hypothesis.substitute_all(&values), &budget.part(share))).collect();
    Some(Existence::By(Construction { values, proofs: proofs? }))
}

/// A proof of a relation without variables.
fn proved(relation: &Relation, budget: &Budget) -> Option<Proof> {
    let mut script = Script::new(&[], &[]);
    let found = search::prove(&mut script, relation, budget).ok()?;
    let proof = script.finished(found, relation).ok()?;
    trimmed(&proof, &[], &[], relation)
}
