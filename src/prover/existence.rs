//! Points at which relations hold, with coordinates that need not be rational: an equation gives a variable by the others,
//! and each relation is proved there.
//!
//! Owns: the proofs at the point. Must not know: how equations are solved, how rational points are found.

use super::budget::Budget;
use super::script::{Script, trimmed};
use super::{search, witness};
use boundproof_checker::certificate::{Construction, Existence, Proof};
use boundproof_checker::exact::Rational;
use boundproof_checker::obligation::Part;
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::{Relation, Term};

/// A point at which all the hypotheses hold: a rational one if one is found, else one that solves their equations.
#[must_use]
pub fn satisfy(variables: &[Variable], hypotheses: &[Relation], budget: &Budget) -> Option<Existence> {
    if let Some(witness) = witness::satisfy(variables, hypotheses, &budget.part(0.6)) {
        return Some(Existence::At(witness));
    }
    let values = witness::solution(variables, hypotheses, None, &budget.part(0.5))?;
    construction(values, hypotheses, budget)
}

/// A point at which what the part is given holds and its goal fails: a rational one if one is found, else one that solves
/// the equations among what is given, or that lies on the goal's boundary.
#[must_use]
pub fn violate(part: &Part, hint: &[(Name, Rational)], budget: &Budget) -> Option<Existence> {
    if let Some(witness) = witness::refute(part, hint, &budget.part(0.8)) {
        return Some(Existence::At(witness));
    }
    let values = witness::solution(&part.variables, &part.given, Some(&part.goal), &budget.part(0.5))?;
    let relations: Vec<Relation> = part.given.iter().cloned().chain([part.goal.negation()]).collect();
    construction(values, &relations, budget)
}

/// The point with these coordinates, where each of the relations is proved.
fn construction(values: Vec<(Name, Term)>, relations: &[Relation], budget: &Budget) -> Option<Existence> {
    #[allow(clippy::cast_precision_loss)] // a share of the time need not be exact
    let share = 1.0 / (relations.len() as f64 + 1.0);
    let proofs: Option<Vec<Proof>> =
        relations.iter().map(|relation| proved(&relation.substitute_all(&values), &budget.part(share))).collect();
    Some(Existence::By(Construction { values, proofs: proofs? }))
}

/// A proof of a relation without variables.
fn proved(relation: &Relation, budget: &Budget) -> Option<Proof> {
    let mut script = Script::new(&[], &[]);
    let found = search::prove(&mut script, relation, budget).ok()?;
    let proof = script.finished(found, relation).ok()?;
    trimmed(&proof, &[], &[], relation)
}
