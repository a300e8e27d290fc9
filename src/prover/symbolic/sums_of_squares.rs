//! Perfect squares, and positive monomials times them.
//!
//! Owns: the square root of a polynomial. Must not know: where the polynomial comes from.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::signs;
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::exact::Rational;
use boundproof_checker::normal::{Monomial, Polynomial};
use boundproof_checker::theorem::term::{Comparison, Relation, Term};
use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};
use std::collections::BTreeSet;

/// Shows that the difference of the goal, a number times a positive monomial times a square, is nonnegative.
///
/// # Errors
/// It is not of that form.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if goal.comparison != Comparison::AtMost || budget.is_over() {
        return Err(Refusal::NotApplicable);
    }
    let target = script.normal(&goal.difference()).ok_or(Refusal::NotApplicable)?;
    let (coefficient, common, primitive) = target.split_content().ok_or(Refusal::NotApplicable)?;
    for scale in [Rational::one(), -Rational::one()] {
        let factor = &coefficient * &scale;
        let Some((root, lead)) = square_root(&primitive.scaled(&scale)) else { continue };
        let number = factor * lead;
        if !number.is_positive() {
            continue;
        }
        let mut factors = vec![Factor::Square(root.to_term())];
        if !common.is_one() {
            let monomial = Polynomial::monomial(common.clone(), Rational::one()).to_term();
            let Some(positive) = signs::enclose(script, &Relation::nonnegative(&monomial)) else { continue };
            factors.push(Factor::Fact(positive));
        }
        let mut step = script.step("combine");
        step.shows = Some(goal.clone());
        step.products = vec![Product { coefficient: Term::number(number), factors }];
        if let Some(reference) = script.push(step) {
            return Ok(reference);
        }
    }
    Err(Refusal::NotApplicable)
}

/// `(s, c)` with `polynomial = c * s^2`, c > 0 a number.
#[must_use]
pub fn square_root(polynomial: &Polynomial) -> Option<(Polynomial, Rational)> {
    let (first, lead) = leading(polynomial)?;
    if !lead.is_positive() {
        return None;
    }
    // make the leading coefficient 1; its square root is then rational
    let monic = polynomial.scaled(&lead.recip());
    let root_of_first = half(&first)?;
    let mut root = Polynomial::monomial(root_of_first.clone(), Rational::one());
    let inverse = root_of_first.inverse()?;
    // a root with more terms than its square is not looked for: the series would go on for ever
    for _ in 0..=polynomial.len().min(24) {
        let square = root.times(&root, &mut BTreeSet::new())?;
        let rest = monic.plus(&square.negated());
        let Some((monomial, coefficient)) = leading(&rest) else {
            return Some((root, lead));
        };
        // the next term t of the root satisfies 2 * first * t = leading term of the rest
        let next = monomial.times(&inverse, &mut BTreeSet::new())?;
        let half_coefficient = coefficient / Rational::from_integer(BigInt::from(2));
        if half_coefficient.is_zero() || root.terms().any(|(m, _)| *m == next) {
            return None;
        }
        root = root.plus(&Polynomial::monomial(next, half_coefficient));
    }
    None
}

/// The monomial whose square this is.
fn half(monomial: &Monomial) -> Option<Monomial> {
    let mut result = Monomial::one();
    for (atom, exponent) in monomial.factors() {
        if exponent % 2 != 0 {
            return None;
        }
        result = result.times(&Monomial::atom(atom.clone(), exponent / 2), &mut BTreeSet::new())?;
    }
    Some(result)
}

/// The leading term in an order that multiplication respects: by exponents, first atom first.
fn leading(polynomial: &Polynomial) -> Option<(Monomial, Rational)> {
    polynomial.terms().max_by(|a, b| lexicographic(a.0, b.0)).map(|(m, c)| (m.clone(), c.clone()))
}

fn lexicographic(a: &Monomial, b: &Monomial) -> std::cmp::Ordering {
    let atoms: BTreeSet<&Term> = a.factors().chain(b.factors()).map(|(atom, _)| atom).collect();
    for atom in atoms {
        match a.exponent(atom).cmp(&b.exponent(atom)) {
            std::cmp::Ordering::Equal => {}
            other => return other,
        }
    }
    std::cmp::Ordering::Equal
}
