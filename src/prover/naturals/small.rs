//! Binomial coefficients near the edges of Pascal's triangle, written out as polynomials.
//!
//! Owns: which coefficients are written out. Must not know: how the rest of a goal is shown.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::symbolic::{lemmas, linear, signs, substitution};
use super::laws;
use boundproof_checker::certificate::Reference;
use boundproof_checker::theorem::term::{Relation, Term};
use num_traits::ToPrimitive;

/// Up to which distance from an edge.
const FARTHEST: i64 = 4;

/// Shows a goal in which such coefficients stand from the one in which they are written out.
///
/// # Errors
/// There are none, or that goal was not shown.
pub fn written_out(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let applications = lemmas::applications(&[&goal.left, &goal.right]);
    let binomials: Vec<Term> = applications.into_iter().filter(|t| laws::binomial_arguments(t).is_some()).collect();
    if binomials.is_empty() {
        return Err(Refusal::NotApplicable);
    }
    let equations: Vec<Reference> = binomials.iter().filter_map(|t| polynomial(script, t, budget)).collect();
    substitution::in_goal(script, goal, &equations, budget)
}

/// `binomial(n, k) = p(n)` for a number k or a number n - k.
fn polynomial(script: &mut Script, binomial: &Term, budget: &Budget) -> Option<Reference> {
    let (n, k) = laws::binomial_arguments(binomial)?;
    let small = |term: Option<Term>| {
        let number = term?.as_number().filter(|k| k.is_integer())?.to_integer().to_i64()?;
        (0..=FARTHEST).contains(&number).then_some(number)
    };
    let rest = script.normal(&(n - k)).map(|p| p.to_term());
    let column = match (small(Some(k.clone())), small(rest)) {
        (Some(column), _) => column,
        (None, Some(column)) => {
            let (lower, upper) = (signs::non_negative(script, k, budget)?, laws::at_most(script, k, n, budget)?);
            script.derive("binomial_symmetry", &[], &[lower, upper])?;
            column
        }
        _ => return None,
    };
    laws::descent(script, n, &Term::integer(column), budget)?;
    let (mut falling, mut product) = (Term::integer(1), 1);
    for i in 0..column {
        falling = &falling * &(n - &Term::integer(i));
        product *= i + 1;
    }
    let value = script.normal(&(&falling / &Term::integer(product)))?.to_term();
    linear::prove_quickly(script, &Relation::equal(binomial, &value), budget).ok()
}
