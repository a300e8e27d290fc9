//! `exp(u) <= a` from `u <= log(a)`, where a is a sum and u has logarithms itself: u compares best as it stands.
//!
//! Owns: which exponential stands alone, the way back. Must not know: how the logarithms are compared.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::super::symbolic::{lemmas, signs};
use super::forms::linear_in;
use boundproof_checker::certificate::{Product, Reference};
use boundproof_checker::exact::Rational;
use boundproof_checker::normal::Polynomial;
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use num_traits::Signed;

/// The depth below which a goal is no longer worth this.
const LOWEST: u32 = 6;

/// Shows the goal, in which one exponential of a term with logarithms stands beside a sum without it.
///
/// # Errors
/// It has no such form, the sum is not known to be positive, or the logarithms were not compared.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if budget.depth < LOWEST || !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) {
        return Err(Refusal::NotApplicable);
    }
    let inner = budget.deeper().ok_or(Refusal::Budget)?;
    let (u, scale, sum) = alone(script, goal).ok_or(Refusal::NotApplicable)?;
    // 0 <= c*exp(u) + r, where the sum is -r/c
    let positive = match signs::positive(script, &sum, &inner) {
        Some(reference) => reference,
        None => search::prove(script, &Relation::positive(&sum), &inner.part(0.3))?,
    };
    let (logarithm, undone) = (lemmas::log(&sum), script.derive("exp_log", &[], &[positive]));
    let undone = undone.ok_or(Refusal::NothingFound)?;
    let compared = if scale.is_negative() {
        Relation::new(u, goal.comparison, logarithm)
    } else {
        Relation::new(logarithm, goal.comparison, u)
    };
    let shown = search::prove(script, &compared, &inner)?;
    let raised = script.derive("exp_monotone", &[], &[shown]).ok_or(Refusal::NothingFound)?;
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    let times = |number| Term::number(number);
    step.products = vec![
        Product { coefficient: times(scale.abs()), ..Script::once(raised) },
        // exp(log(a)) = a, on the side where it stands
        Product { coefficient: times(-scale), ..Script::once(undone) },
    ];
    script.push(step).ok_or(Refusal::NothingFound)
}

/// `(u, c, -r/c)` where the difference is `c*exp(u) + r`, u has logarithms, r is a sum without the exponential.
fn alone(script: &mut Script, goal: &Relation) -> Option<(Term, Rational, Term)> {
    let polynomial: Polynomial = script.normal(&goal.difference())?;
    let atoms = polynomial.terms().flat_map(|(m, _)| m.factors().map(|(atom, _)| atom.clone()));
    let has_logarithm =
        |term: &Term| lemmas::applications(&[term]).iter().any(|t| matches!(t.node(), Node::Apply(Function::Log, _)));
    let exponential = atoms.into_iter().find(|atom| match atom.node() {
        Node::Apply(Function::Exp, arguments) => arguments.first().is_some_and(has_logarithm),
        _ => false,
    })?;
    let Node::Apply(_, arguments) = exponential.node() else { return None };
    let (c, rest) = linear_in(&polynomial, &exponential)?;
    let c = c.as_constant().filter(|c| c.numer() != &0.into())?;
    let is_alone = rest.len() > 1 && rest.terms().all(|(m, _)| m.exponent(&exponential) == 0);
    is_alone.then(|| (arguments[0].clone(), c.clone(), rest.scaled(&-c.recip()).to_term()))
}
