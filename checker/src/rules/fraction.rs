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
use num_traits::{One, Signed, ToPrimitive};
use std::collections::BTreeSet;

/// The rules of the family.
pub const RULES: &[Rule] =
    &[Rule { name: "equal_fractions", family: "fraction", reads: &[Argument::Shows], apply: equal_fractions }];

/// Numerator and denominator.
struct Fraction {
    over: Polynomial,
    under: Polynomial,
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
    if left.under == right.under && left.over == right.over {
        return Ok(goal.clone());
    }
    let (first, second) = (times(scope, &left.over, &right.under)?, times(scope, &right.over, &left.under)?);
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
    let one = || Polynomial::constant(Rational::one());
    match term.node() {
        Node::Negate(a) => {
            let a = fraction(scope, a)?;
            Ok(Fraction { over: a.over.negated(), under: a.under })
        }
        Node::Add(a, b) => {
            let (a, b) = (fraction(scope, a)?, fraction(scope, b)?);
            sum(scope, &a, &b)
        }
        Node::Subtract(a, b) => {
            let (a, b) = (fraction(scope, a)?, fraction(scope, b)?);
            sum(scope, &a, &Fraction { over: b.over.negated(), under: b.under })
        }
        Node::Multiply(a, b) => {
            let (a, b) = (fraction(scope, a)?, fraction(scope, b)?);
            Ok(Fraction { over: times(scope, &a.over, &b.over)?, under: times(scope, &a.under, &b.under)? })
        }
        Node::Divide(a, b) => {
            require_nonzero(scope, b)?;
            let (a, b) = (fraction(scope, a)?, fraction(scope, b)?);
            Ok(Fraction { over: times(scope, &a.over, &b.under)?, under: times(scope, &a.under, &b.over)? })
        }
        Node::Power(a, exponent) => match exponent.as_number().filter(|k| k.is_integer()) {
            None => Ok(Fraction { over: scope.normal(term)?, under: one() }),
            Some(k) => {
                let size = k.abs().to_integer().to_u32().ok_or(Cause::TooLarge)?;
                if k.is_negative() {
                    require_nonzero(scope, a)?;
                }
                let base = fraction(scope, a)?;
                let (over, under) = (power(scope, &base.over, size)?, power(scope, &base.under, size)?);
                Ok(if k.is_negative() { Fraction { over: under, under: over } } else { Fraction { over, under } })
            }
        },
        Node::Number(_) | Node::Variable(_) | Node::Apply(..) => {
            Ok(Fraction { over: scope.normal(term)?, under: one() })
        }
    }
}

fn sum(scope: &mut Scope, a: &Fraction, b: &Fraction) -> Result<Fraction, Cause> {
    if a.under == b.under {
        scope.spend(cost_of_sum(&a.over, &b.over))?;
        return Ok(Fraction { over: a.over.plus(&b.over), under: a.under.clone() });
    }
    let (left, right) = (times(scope, &a.over, &b.under)?, times(scope, &b.over, &a.under)?);
    scope.spend(cost_of_sum(&left, &right))?;
    let over = left.plus(&right);
    Ok(Fraction { over, under: times(scope, &a.under, &b.under)? })
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
