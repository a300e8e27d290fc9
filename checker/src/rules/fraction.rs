//! Identities between fractions.
//!
//! Reference: the field axioms; equality of a/b and c/d by a*d = c*b.

use super::rejection::Cause;
use super::scope::Scope;
use super::{Argument, Rule, shows};
use crate::certificate::Step;
use crate::exact::Rational;
use crate::normal::{Polynomial, cost_of_product, cost_of_sum};
use crate::theorem::term::{Comparison, Node, Relation, Term};
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::collections::BTreeSet;

/// The rules of the family.
pub const RULES: &[Rule] =
    &[Rule { name: "equal_fractions", family: "fraction", reads: &[Argument::Shows], apply: equal_fractions }];

/// Numerator, and the factors of the denominator with their exponents. Every factor is known to be non-zero.
struct Fraction {
    over: Polynomial,
    under: Vec<(Polynomial, u32)>,
}

impl Fraction {
    fn whole(over: Polynomial) -> Fraction {
        Fraction { over, under: Vec::new() }
    }

    /// Adds a factor to the denominator.
    fn divide_by(&mut self, factor: Polynomial, exponent: u32) -> Result<(), Cause> {
        match self.under.iter_mut().find(|(known, _)| *known == factor) {
            Some((_, sum)) => *sum = sum.checked_add(exponent).ok_or(Cause::TooLarge)?,
            None => self.under.push((factor, exponent)),
        }
        Ok(())
    }
}

/// The exponent of the factor.
fn exponent_of(factors: &[(Polynomial, u32)], factor: &Polynomial) -> u32 {
    factors.iter().find(|(known, _)| known == factor).map_or(0, |(_, exponent)| *exponent)
}

/// The product of those factors of `wanted` that `present` lacks: `lcm / present`.
fn missing(
    scope: &mut Scope,
    wanted: &[(Polynomial, u32)],
    present: &[(Polynomial, u32)],
) -> Result<Polynomial, Cause> {
    let mut product = Polynomial::constant(Rational::one());
    for (factor, exponent) in wanted {
        let more = exponent.saturating_sub(exponent_of(present, factor));
        if more > 0 {
            let raised = power(scope, factor, more)?;
            product = times(scope, &product, &raised)?;
        }
    }
    Ok(product)
}

/// With a = p/q and b = r/s after everything is brought over common denominators:
/// ```text
/// p * s = r * q  as polynomials over atoms
/// ----------------------------------------
///                 a = b
/// ```
/// Side condition: every divisor that occurs (also the base of a negative power) is known to be non-zero.
fn equal_fractions(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let goal = shows(step)?;
    if goal.comparison != Comparison::Equal {
        return Err(Cause::WrongSign);
    }
    let (left, right) = (fraction(scope, &goal.left)?, fraction(scope, &goal.right)?);
    // both over the least common denominator
    let (for_left, for_right) =
        (missing(scope, &right.under, &left.under)?, missing(scope, &left.under, &right.under)?);
    let (first, second) = (times(scope, &left.over, &for_left)?, times(scope, &right.over, &for_right)?);
    if first == second { Ok(goal.clone()) } else { Err(Cause::IdentityFails) }
}

/// A product. The polynomials have no divisors, so that nothing can cancel; were it otherwise, the rule refuses.
fn times(scope: &mut Scope, a: &Polynomial, b: &Polynomial) -> Result<Polynomial, Cause> {
    scope.spend(cost_of_product(a, b))?;
    let mut cancelled = BTreeSet::new();
    let product = a.times(b, &mut cancelled).ok_or(Cause::TooLarge)?;
    match cancelled.into_iter().next() {
        Some(atom) => Err(Cause::PossiblyZero(atom)),
        None => Ok(product),
    }
}

fn power(scope: &mut Scope, base: &Polynomial, exponent: u32) -> Result<Polynomial, Cause> {
    if exponent > 64 {
        return Err(Cause::TooLarge);
    }
    let mut product = Polynomial::constant(Rational::one());
    for _ in 0..exponent {
        product = times(scope, &product, base)?;
    }
    Ok(product)
}

/// `over/under` equals the term wherever its divisors are non-zero; they are known to be, and so is `under`.
fn fraction(scope: &mut Scope, term: &Term) -> Result<Fraction, Cause> {
    scope.spend(1)?;
    match term.node() {
        Node::Negate(a) => {
            let a = fraction(scope, a)?;
            Ok(Fraction { over: a.over.negated(), under: a.under })
        }
        Node::Add(a, b) => {
            let (a, b) = (fraction(scope, a)?, fraction(scope, b)?);
            sum(scope, a, &b)
        }
        Node::Subtract(a, b) => {
            let (a, b) = (fraction(scope, a)?, fraction(scope, b)?);
            sum(scope, a, &Fraction { over: b.over.negated(), under: b.under })
        }
        Node::Multiply(a, b) => {
            let (a, b) = (fraction(scope, a)?, fraction(scope, b)?);
            product(scope, a, b)
        }
        Node::Divide(a, b) => {
            require_nonzero(scope, b)?;
            let (a, b) = (fraction(scope, a)?, fraction(scope, b)?);
            let inverse = inverse(scope, b)?;
            product(scope, a, inverse)
        }
        Node::Power(a, exponent) => match exponent.as_number().filter(|k| k.is_integer()) {
            None => Ok(Fraction::whole(scope.normal(term)?)),
            Some(k) => {
                let size = k.abs().to_integer().to_u32().ok_or(Cause::TooLarge)?;
                if k.is_negative() {
                    require_nonzero(scope, a)?;
                }
                let mut base = fraction(scope, a)?;
                if k.is_negative() {
                    base = inverse(scope, base)?;
                }
                let over = power(scope, &base.over, size)?;
                let raised = |(factor, e): (Polynomial, u32)| Some((factor, e.checked_mul(size)?));
                let under: Option<Vec<_>> = base.under.into_iter().map(raised).collect();
                Ok(Fraction { over, under: under.ok_or(Cause::TooLarge)? })
            }
        },
        Node::Number(_) | Node::Variable(_) | Node::Apply(..) | Node::Integral(..) => {
            Ok(Fraction::whole(scope.normal(term)?))
        }
    }
}

fn product(scope: &mut Scope, a: Fraction, b: Fraction) -> Result<Fraction, Cause> {
    let mut result = Fraction { over: times(scope, &a.over, &b.over)?, under: a.under };
    for (factor, exponent) in b.under {
        result.divide_by(factor, exponent)?;
    }
    Ok(result)
}

/// `1/t` for a fraction that is known not to be 0: its numerator, which then is not 0 either, in factors.
fn inverse(scope: &mut Scope, t: Fraction) -> Result<Fraction, Cause> {
    let over = missing(scope, &t.under, &[])?;
    let Some((coefficient, common, primitive)) = t.over.split_content() else { return Err(Cause::TooLarge) };
    if coefficient.is_zero() {
        return Err(Cause::IdentityFails);
    }
    let mut result = Fraction::whole(over.scaled(&coefficient.recip()));
    for (atom, exponent) in common.factors() {
        // what has no divisors has no negative exponents
        let exponent = u32::try_from(exponent).map_err(|_| Cause::PossiblyZero(atom.clone()))?;
        result.divide_by(Polynomial::atom(atom.clone()), exponent)?;
    }
    if primitive.as_constant().is_none() {
        result.divide_by(primitive, 1)?;
    } else if let Some(value) = primitive.as_constant().filter(|value| !value.is_zero()) {
        result.over = result.over.scaled(&value.recip());
    }
    Ok(result)
}

fn sum(scope: &mut Scope, a: Fraction, b: &Fraction) -> Result<Fraction, Cause> {
    let (for_a, for_b) = (missing(scope, &b.under, &a.under)?, missing(scope, &a.under, &b.under)?);
    let (left, right) = (times(scope, &a.over, &for_a)?, times(scope, &b.over, &for_b)?);
    scope.spend(cost_of_sum(&left, &right))?;
    let mut result = Fraction { over: left.plus(&right), under: a.under };
    for (factor, exponent) in &b.under {
        let more = exponent.saturating_sub(exponent_of(&result.under, factor));
        if more > 0 {
            result.divide_by(factor.clone(), more)?;
        }
    }
    Ok(result)
}

/// The term is known to be non-zero: a product of atoms that are, or a multiple by such of a sum that is.
fn require_nonzero(scope: &mut Scope, term: &Term) -> Result<(), Cause> {
    let normal = scope.normal(term)?;
    let Some((_, common, primitive)) = normal.split_content() else { return Err(Cause::PossiblyZero(term.clone())) };
    let mut atoms: BTreeSet<Term> = common.factors().map(|(atom, _)| atom.clone()).collect();
    if primitive.as_constant().is_none() {
        atoms.insert(primitive.to_term());
    }
    scope.require_nonzero(&atoms)
}
