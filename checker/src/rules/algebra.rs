//! Exact polynomial identities with nonnegative multipliers.
//!
//! Reference: Krivine 1964, Stengle 1974 (Positivstellensatz); Handelman 1988; Farkas 1902 for the linear case.

use super::rejection::Cause;
use super::scope::Scope;
use super::{Argument, Rule, premises, shows, terms};
use crate::certificate::{Factor, Product, Step};
use crate::normal::{Polynomial, cost_of_product, cost_of_sum};
use crate::theorem::term::{Comparison, Relation, Term};
use num_traits::{One, Signed, Zero};
use std::collections::BTreeSet;

/// The rules of the family.
pub const RULES: &[Rule] = &[
    Rule { name: "combine", family: "algebra", reads: &[Argument::Shows, Argument::Products], apply: combine },
    Rule { name: "different", family: "algebra", reads: &[Argument::Shows, Argument::Premises], apply: different },
    Rule { name: "congruence", family: "algebra", reads: &[Argument::Terms, Argument::Premises], apply: congruence },
    Rule { name: "reciprocal", family: "algebra", reads: &[Argument::Premises], apply: reciprocal },
    Rule { name: "rewrite", family: "algebra", reads: &[Argument::Premises], apply: rewrite },
];

/// What is known of a product of facts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Zero,
    Nonnegative,
    Positive,
}

/// ```text
/// facts  l_i <= r_i,  l_j < r_j,  l_e = r_e
/// right - left = Σ c · Π (r_i - l_i) · Π t²   as polynomials over atoms
/// --------------------------------------------------------------------
/// left <= right    if every c is a number >= 0, or any term where the product contains an equality
/// left <  right    if moreover one c > 0 stands before a product of strict facts only (or no facts)
/// left =  right    if every product contains an equality
/// ```
/// Side condition: atoms that cancel against their inverses are known to be non-zero.
fn combine(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let goal = shows(step)?;
    let wanted = scope.normal(&goal.difference())?;
    let mut sum = Polynomial::default();
    let (mut all_zero, mut some_positive) = (true, false);
    for product in &step.products {
        let (value, sign) = multiply(scope, product)?;
        scope.spend(cost_of_sum(&sum, &value))?;
        sum.add(&value);
        all_zero &= sign == Sign::Zero;
        some_positive |= sign == Sign::Positive;
    }
    let allowed = match goal.comparison {
        Comparison::AtMost => true,
        Comparison::Less => some_positive,
        Comparison::Equal => all_zero,
        Comparison::Different => false,
    };
    if !allowed {
        return Err(Cause::WrongSign);
    }
    if sum == wanted { Ok(goal.clone()) } else { Err(Cause::IdentityFails) }
}

/// The value of a product and its sign.
fn multiply(scope: &mut Scope, product: &Product) -> Result<(Polynomial, Sign), Cause> {
    let mut value = scope.normal(&product.coefficient)?;
    let mut sign = Sign::Positive;
    let mut cancelled = BTreeSet::new();
    for factor in &product.factors {
        let (term, factor_sign) = match factor {
            Factor::Square(term) => (term.powi(2), Sign::Nonnegative),
            Factor::Fact(reference) => {
                let fact = scope.fact(*reference)?;
                let factor_sign = match fact.comparison {
                    Comparison::AtMost => Sign::Nonnegative,
                    Comparison::Less => Sign::Positive,
                    Comparison::Equal => Sign::Zero,
                    Comparison::Different => return Err(Cause::WrongSign),
                };
                (fact.difference(), factor_sign)
            }
        };
        let factor = scope.normal(&term)?;
        scope.spend(cost_of_product(&value, &factor))?;
        value = value.times(&factor, &mut cancelled).ok_or(Cause::TooLarge)?;
        sign = match (sign, factor_sign) {
            (Sign::Zero, _) | (_, Sign::Zero) => Sign::Zero,
            (Sign::Nonnegative, _) | (_, Sign::Nonnegative) => Sign::Nonnegative,
            (Sign::Positive, Sign::Positive) => Sign::Positive,
        };
    }
    scope.require_nonzero(&cancelled)?;
    if sign == Sign::Zero {
        return Ok((value, sign));
    }
    match product.coefficient.as_number() {
        Some(c) if c.is_positive() => Ok((value, sign)),
        Some(c) if c.is_zero() => Ok((value, Sign::Zero)),
        _ => Err(Cause::NegativeCoefficient(product.coefficient.clone())),
    }
}

/// ```text
/// a < b   or   b < a
/// ------------------   (up to algebra)
///      a != b
/// ```
fn different(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let goal = shows(step)?;
    let [premise] = premises(scope, step)?;
    if goal.comparison != Comparison::Different {
        return Err(Cause::WrongSign);
    }
    if premise.comparison != Comparison::Less && premise.comparison != Comparison::Different {
        return Err(Cause::PremiseMismatch { found: premise, needed: "a < b" });
    }
    let wanted = scope.normal(&goal.difference())?;
    let known = scope.normal(&premise.difference())?;
    let minus = known.scaled(&-crate::exact::Rational::one());
    if wanted == known || wanted == minus { Ok(goal.clone()) } else { Err(Cause::IdentityFails) }
}

/// ```text
/// a = b    R
/// ----------   every occurrence of the term a in R replaced by b
///  R[a := b]
/// ```
fn rewrite(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [equation, relation] = premises(scope, step)?;
    if equation.comparison != Comparison::Equal {
        return Err(Cause::PremiseMismatch { found: equation, needed: "a = b" });
    }
    scope.spend(cost_of_replacing(&equation, relation.size()))?;
    let replace = |term: &Term| term.replace(&equation.left, &equation.right);
    Ok(Relation::new(replace(&relation.left), relation.comparison, replace(&relation.right)))
}

/// ```text
///     a = b
/// -------------   (t)   every occurrence of the term a in t replaced by b on the right
/// t = t[a := b]
/// ```
fn congruence(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [t] = terms(step)?;
    let [equation] = premises(scope, step)?;
    if equation.comparison != Comparison::Equal {
        return Err(Cause::PremiseMismatch { found: equation, needed: "a = b" });
    }
    scope.spend(cost_of_replacing(&equation, Relation::equal(t, t).size()))?;
    Ok(Relation::equal(t, &t.replace(&equation.left, &equation.right)))
}

/// Each place is compared with what is replaced.
fn cost_of_replacing(equation: &Relation, size: u64) -> u64 {
    size.saturating_mul(equation.size() / 16)
}

/// ```text
/// t != 0  or  0 < t  or  t < 0
/// ----------------------------
///        t * (1/t) = 1
/// ```
fn reciprocal(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let strict = matches!(premise.comparison, Comparison::Different | Comparison::Less);
    let zero = |term: &Term| term.as_number().is_some_and(Zero::is_zero);
    let t = match (strict, zero(&premise.left), zero(&premise.right)) {
        (true, true, false) => &premise.right,
        (true, false, true) => &premise.left,
        _ => return Err(Cause::PremiseMismatch { found: premise, needed: "0 < t, t < 0 or t != 0" }),
    };
    let one = Term::integer(1);
    Ok(Relation::equal(&(t * &(&one / t)), &one))
}
