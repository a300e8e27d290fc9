//! Elementary facts about factorials, binomial coefficients, gamma and natural powers: signs above all.
//!
//! Owns: which rule shows which sign. Must not know: what the signs are needed for.

use super::super::budget::Budget;
use super::super::script::Script;
use super::super::symbolic::{linear, signs};
use boundproof_checker::certificate::Reference;
use boundproof_checker::theorem::term::{Function, Node, Relation, Term};
use num_traits::{One, ToPrimitive};
use std::collections::BTreeSet;

/// Up to which column binomial coefficients are written as polynomials.
const LAST_COLUMN: i64 = 4;

/// `a <= b` between terms, by enclosure or by few facts.
pub fn at_most(script: &mut Script, a: &Term, b: &Term, budget: &Budget) -> Option<Reference> {
    compared(script, &Relation::at_most(a, b), budget)
}

/// `a < b` between terms, by enclosure or by few facts.
pub fn less(script: &mut Script, a: &Term, b: &Term, budget: &Budget) -> Option<Reference> {
    compared(script, &Relation::less(a, b), budget)
}

fn compared(script: &mut Script, relation: &Relation, budget: &Budget) -> Option<Reference> {
    if let Some(reference) = signs::enclose(script, relation) {
        return Some(reference);
    }
    if script.is_vain(relation) {
        return None;
    }
    let found = linear::prove_quickly(script, relation, budget).ok();
    if found.is_none() {
        script.give_up(relation);
    }
    found
}

/// The arguments of `binomial(n, k)`.
pub fn binomial_arguments(term: &Term) -> Option<(&Term, &Term)> {
    match term.node() {
        Node::Apply(Function::Binomial, arguments) => match arguments.as_slice() {
            [n, k] => Some((n, k)),
            _ => None,
        },
        _ => None,
    }
}

/// The argument of a function of one argument.
pub fn argument(term: &Term, function: Function) -> Option<&Term> {
    match term.node() {
        Node::Apply(found, arguments) if *found == function => arguments.first(),
        _ => None,
    }
}

/// `0 < t` for a factorial, a binomial coefficient or a value of gamma.
pub fn positive(script: &mut Script, term: &Term, budget: &Budget) -> Option<Reference> {
    let goal = Relation::positive(term);
    if let Some(n) = argument(term, Function::Factorial) {
        let natural = signs::non_negative(script, n, budget)?;
        script.derive("factorial_positive", &[], &[natural])?;
        return signs::enclose(script, &goal);
    }
    if let Some(t) = argument(term, Function::Gamma) {
        let premise = signs::positive(script, t, budget)?;
        return script.derive("gamma_positive", &[], &[premise]);
    }
    let (n, k) = binomial_arguments(term)?;
    let lower = signs::non_negative(script, k, budget)?;
    let upper = at_most(script, k, n, budget)?;
    script.derive("binomial_positive", &[], &[lower, upper])?;
    signs::enclose(script, &goal)
}

/// `0 <= t` for the same, and for powers with natural exponents.
pub fn non_negative(script: &mut Script, term: &Term, budget: &Budget) -> Option<Reference> {
    if let Node::Power(base, exponent) = term.node() {
        let premise = signs::non_negative(script, base, budget)?;
        return script.derive("natural_power_nonnegative", &[exponent], &[premise]);
    }
    if let Some((n, k)) = binomial_arguments(term) {
        let (upper, lower) = (signs::non_negative(script, n, budget)?, signs::non_negative(script, k, budget)?);
        return script.derive("binomial_nonnegative", &[], &[upper, lower]);
    }
    let strict = positive(script, term, budget)?;
    script.derive("weaken", &[], &[strict])
}

/// States the sign of a factorial, a binomial coefficient, a value of gamma, or of the base of a power, or else of the
/// power.
pub fn state_signs(script: &mut Script, term: &Term, budget: &Budget) {
    let known = match term.node() {
        Node::Apply(Function::Factorial | Function::Binomial | Function::Gamma, _) => positive(script, term, budget),
        Node::Power(base, _) => signs::positive(script, base, budget),
        _ => return,
    };
    if known.is_none() {
        let _ = non_negative(script, term, budget);
    }
}

/// States bounds and symmetries of the binomial coefficients among the applications.
pub fn state_binomials(script: &mut Script, applications: &BTreeSet<Term>, budget: &Budget) {
    for application in applications {
        let Some((n, k)) = binomial_arguments(application) else { continue };
        let upper = signs::non_negative(script, n, budget);
        let Some(lower) = signs::non_negative(script, k, budget) else { continue };
        if let Some(upper) = upper {
            let _ = script.derive("binomial_bound", &[], &[upper, lower]);
        }
        let _ = pascal(script, n, k, budget);
        let _ = descent(script, n, k, budget);
        let Some(chosen) = at_most(script, k, n, budget) else { continue };
        let _ = script.derive("binomial_positive", &[], &[lower, chosen]);
        let _ = script.derive("binomial_symmetry", &[], &[lower, chosen]);
        state_terms(script, application, applications, (lower, chosen), budget);
    }
}

/// `binomial(n, k) = binomial(n - 1, k - 1) + binomial(n - 1, k)`
fn pascal(script: &mut Script, n: &Term, k: &Term, budget: &Budget) -> Option<Reference> {
    let one = Term::integer(1);
    let [above, left] = [n, k].map(|t| script.normal(&(t - &one)).map(|p| p.to_term()));
    let (above, left) = (above?, left?);
    let upper = signs::non_negative(script, &above, budget)?;
    let lower = signs::non_negative(script, &left, budget)?;
    script.derive("binomial_pascal", &[], &[upper, lower])
}

/// The columns from 0 to a small number k, each from the one before.
pub fn descent(script: &mut Script, n: &Term, k: &Term, budget: &Budget) -> Option<()> {
    let last = k.as_number()?.to_i64().filter(|k| (0..=LAST_COLUMN).contains(k))?;
    let upper = signs::non_negative(script, n, budget)?;
    script.derive("binomial_of_zero", &[], &[upper])?;
    for column in 0..last {
        let lower = signs::enclose(script, &Relation::nonnegative(&Term::integer(column)))?;
        script.derive("binomial_column", &[], &[upper, lower])?;
    }
    Some(())
}

/// The binomial theorem for the bases of powers with the exponents k and n - k.
fn state_terms(
    script: &mut Script,
    application: &Term,
    applications: &BTreeSet<Term>,
    (lower, chosen): (Reference, Reference),
    budget: &Budget,
) -> Option<()> {
    let (n, k) = binomial_arguments(application)?;
    let rest = script.normal(&(n - k))?;
    let chosen_form = script.normal(k)?;
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for power in applications {
        let Node::Power(base, exponent) = power.node() else { continue };
        let exponent = script.normal(exponent);
        if exponent.as_ref() == Some(&chosen_form) {
            first.push(base.clone());
        } else if exponent.as_ref() == Some(&rest) {
            second.push(base.clone());
        }
    }
    for x in first.iter().take(2) {
        for y in second.iter().take(2) {
            let premises = (signs::positive(script, x, budget), signs::positive(script, y, budget));
            let (Some(a), Some(b)) = premises else { continue };
            let _ = script.derive("binomial_term", &[], &[a, b, lower, chosen]);
            if script.normal(&(x + y))?.as_constant().is_some_and(|sum| sum.is_one()) {
                let _ = script.lemma("power_of_one", &[n]);
            }
        }
    }
    Some(())
}
