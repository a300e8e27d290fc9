//! Factorials, binomial coefficients and gamma in products: the logarithms of both sides, then induction on them or
//! Stirling's bounds.
//!
//! Owns: which goals are taken to their logarithms. Must not know: how sums of logarithms are compared.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::symbolic::lemmas;
use super::{gammas, induction, products, stirling};
use boundproof_checker::certificate::Reference;
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use std::collections::BTreeSet;

/// The nesting that is needed below.
const DEPTH: u32 = 8;

/// Shows a goal about factorials and the like by the logarithms of both sides.
///
/// # Errors
/// There are none in it that depend on variables, or the logarithms could not be compared.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let applications = lemmas::applications(&[&goal.left, &goal.right]);
    let ordered = matches!(goal.comparison, Comparison::AtMost | Comparison::Less);
    if !ordered || budget.depth < DEPTH || !applications.iter().any(is_sequence) {
        return Err(Refusal::NotApplicable);
    }
    script.afresh(&mut |script| in_logarithms(script, goal, budget))
}

/// The same with all that is known in sight, or by induction on the goal itself.
///
/// # Errors
/// As [`prove`].
pub fn in_scope(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    script
        .attempt(&mut |script| induction::prove(script, goal, &budget.part(0.3)))
        .or_else(|_| script.attempt(&mut |script| in_logarithms(script, goal, budget)))
}

fn in_logarithms(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if lemmas::applications(&[&goal.left, &goal.right]).iter().any(gammas::is_logarithm_of_gamma) {
        compared(script, goal, budget)
    } else {
        products::prove_by(script, goal, &compared, budget)
    }
}

/// Whether it is a factorial, a binomial coefficient or a value of gamma that depends on variables.
fn is_sequence(application: &Term) -> bool {
    let mut names = BTreeSet::new();
    application.collect_variables(&mut names);
    let discrete =
        matches!(application.node(), Node::Apply(Function::Factorial | Function::Binomial | Function::Gamma, _));
    discrete && !names.is_empty()
}

/// Compares sums of logarithms among which are those of factorials.
fn compared(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    script
        .attempt(&mut |script| induction::prove(script, goal, &budget.part(0.5)))
        .or_else(|_| script.attempt(&mut |script| stirling::prove(script, goal, budget)))
}
