//! Log-linearisation: two products of positive factors compare as their logarithms do.
//!
//! Owns: the passage to logarithms and back. Must not know: how the logarithms are compared.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::{lemmas, linear, monotone, signs};
use boundproof_checker::certificate::Reference;
use boundproof_checker::normal::Polynomial;
use boundproof_checker::theorem::term::{Comparison, Relation, Term};
use num_traits::Signed;

/// Shows a goal whose difference is one positive product minus another.
///
/// # Errors
/// It is not of that form, or the logarithms could not be compared.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let inner = budget.deeper().ok_or(Refusal::Budget)?;
    let (small, large) = two_products(script, goal).ok_or(Refusal::NotApplicable)?;
    let positive_small = signs::positive(script, &small, &inner).ok_or(Refusal::NothingFound)?;
    let positive_large = signs::positive(script, &large, &inner).ok_or(Refusal::NothingFound)?;
    lemmas::log_product(script, &small, &inner).ok_or(Refusal::NothingFound)?;
    lemmas::log_product(script, &large, &inner).ok_or(Refusal::NothingFound)?;
    let logs = Relation::new(lemmas::log(&small), goal.comparison, lemmas::log(&large));
    lemmas::saturate(script, &logs, &inner);
    lemmas::logarithms_of_hypotheses(script, &inner);
    lemmas::saturate(script, &logs, &inner);
    let compared =
        linear::prove(script, &logs, &inner).or_else(|_| with_expanded_pairs(script, &logs, &small, &large, &inner))?;
    let reference =
        script.derive("log_cancel", &[], &[positive_small, positive_large, compared]).ok_or(Refusal::NothingFound)?;
    if script.relation(reference) == Some(goal) { Ok(reference) } else { linear::prove(script, goal, budget) }
}

/// Logarithms of sums are left as atoms by the expansion: compares them with each other.
fn with_expanded_pairs(
    script: &mut Script,
    logs: &Relation,
    small: &Term,
    large: &Term,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    // the two expansions stand as `log(t) = …`: compare their right sides
    let expansion = |script: &Script, term: &Term| {
        let left = lemmas::log(term);
        let found =
            script.known().iter().find(|k| k.relation.left == left && k.relation.comparison == Comparison::Equal);
        found.map(|k| k.relation.right.clone())
    };
    let (a, b) = (expansion(script, small), expansion(script, large));
    let (Some(a), Some(b)) = (a, b) else { return Err(Refusal::NothingFound) };
    let expanded = Relation::new(a, logs.comparison, b);
    monotone::prove(script, &expanded, budget)?;
    linear::prove(script, logs, budget)
}

/// The two products, if the difference of the goal is a positive one minus a positive one.
fn two_products(script: &mut Script, goal: &Relation) -> Option<(Term, Term)> {
    let single = |script: &mut Script, term: &Term| {
        script.normal(term)?.as_single().filter(|(_, c)| c.is_positive()).map(|_| ())
    };
    if single(script, &goal.left).is_some() && single(script, &goal.right).is_some() {
        return Some((goal.left.clone(), goal.right.clone()));
    }
    let target = script.normal(&goal.difference())?;
    if target.len() != 2 {
        return None;
    }
    let mut parts = target.terms();
    let (first, second) = (parts.next()?, parts.next()?);
    let (plus, minus) = match (first.1.is_positive(), second.1.is_positive()) {
        (true, false) => (first, second),
        (false, true) => (second, first),
        _ => return None,
    };
    let small = Polynomial::monomial(minus.0.clone(), -minus.1.clone()).to_term();
    let large = Polynomial::monomial(plus.0.clone(), plus.1.clone()).to_term();
    Some((small, large))
}
