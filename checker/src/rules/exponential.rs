//! Laws of exp and log.
//!
//! Reference: Rudin 1976, chapter 8; every law is an elementary consequence of `exp' = exp`, `exp 0 = 1`.

use super::rejection::Cause;
use super::scope::Scope;
use super::{Argument, Rule, premises, terms};
use crate::certificate::Step;
use crate::exact::{Integer, Rational};
use crate::theorem::term::{Comparison, Function, Node, Relation, Term};
use num_traits::{One, Signed, Zero};

/// The rules of the family.
pub const RULES: &[Rule] = &[
    Rule { name: "exp_positive", family: "exponential", reads: &[Argument::Terms], apply: exp_positive },
    Rule { name: "exp_tangent", family: "exponential", reads: &[Argument::Terms], apply: exp_tangent },
    Rule { name: "exp_tangent_strict", family: "exponential", reads: &[Argument::Premises], apply: exp_tangent_strict },
    Rule { name: "exp_monotone", family: "exponential", reads: &[Argument::Premises], apply: exp_monotone },
    Rule { name: "exp_cancel", family: "exponential", reads: &[Argument::Premises], apply: exp_cancel },
    Rule { name: "exp_sum", family: "exponential", reads: &[Argument::Terms], apply: exp_sum },
    Rule { name: "exp_product", family: "exponential", reads: &[Argument::Terms], apply: exp_product },
    Rule { name: "exp_log", family: "exponential", reads: &[Argument::Premises], apply: exp_log },
    Rule { name: "log_exp", family: "exponential", reads: &[Argument::Terms], apply: log_exp },
    Rule { name: "log_tangent", family: "exponential", reads: &[Argument::Premises], apply: log_tangent },
    Rule { name: "log_tangent_strict", family: "exponential", reads: &[Argument::Premises], apply: log_tangent_strict },
    Rule { name: "log_monotone", family: "exponential", reads: &[Argument::Premises], apply: log_monotone },
    Rule { name: "log_cancel", family: "exponential", reads: &[Argument::Premises], apply: log_cancel },
    Rule {
        name: "log_product",
        family: "exponential",
        reads: &[Argument::Terms, Argument::Premises],
        apply: log_product,
    },
    Rule {
        name: "log_factors",
        family: "exponential",
        reads: &[Argument::Terms, Argument::Premises],
        apply: log_factors,
    },
];

/// `exp(t)`
#[must_use]
pub fn exp(t: &Term) -> Term {
    Term::apply(Function::Exp, vec![t.clone()])
}

/// `log(t)`
#[must_use]
pub fn log(t: &Term) -> Term {
    Term::apply(Function::Log, vec![t.clone()])
}

/// The argument of `function(t)`.
fn argument(term: &Term, function: Function) -> Option<&Term> {
    match term.node() {
        Node::Apply(found, arguments) if *found == function => arguments.first(),
        _ => None,
    }
}

/// The term that a premise `0 < t` shows to be positive; `q < t`, `q <= t` with a number q > 0 (or q >= 0 for `<`) count.
pub(super) fn positive_term(premise: &Relation) -> Result<&Term, Cause> {
    let known = match (premise.left.as_number(), premise.comparison) {
        (Some(q), Comparison::Less) => !q.is_negative(),
        (Some(q), Comparison::AtMost) => q.is_positive(),
        _ => false,
    };
    if known { Ok(&premise.right) } else { Err(Cause::PremiseMismatch { found: premise.clone(), needed: "0 < t" }) }
}

/// ```text
///
/// ----------
/// 0 < exp(t)
/// ```
fn exp_positive(_: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [t] = terms(step)?;
    Ok(Relation::positive(&exp(t)))
}

/// ```text
///
/// ---------------
/// 1 + t <= exp(t)
/// ```
fn exp_tangent(_: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [t] = terms(step)?;
    Ok(Relation::at_most(&(&Term::integer(1) + t), &exp(t)))
}

/// ```text
///    t != 0     (or 0 < t, or t < 0)
/// ---------------
/// 1 + t < exp(t)
/// ```
fn exp_tangent_strict(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let t = differing(&premise, &Term::integer(0), "t != 0, 0 < t or t < 0")?;
    Ok(Relation::less(&(&Term::integer(1) + t), &exp(t)))
}

/// The term that the premise shows to differ from that number: `t != q`, `q < t` or `t < q`.
fn differing<'a>(premise: &'a Relation, number: &Term, needed: &'static str) -> Result<&'a Term, Cause> {
    let told_apart = matches!(premise.comparison, Comparison::Less | Comparison::Different);
    match (told_apart, premise.left == *number, premise.right == *number) {
        (true, true, false) => Ok(&premise.right),
        (true, false, true) => Ok(&premise.left),
        _ => Err(Cause::PremiseMismatch { found: premise.clone(), needed }),
    }
}

/// ```text
///      a <= b              (<, =, !=)
/// ----------------
/// exp(a) <= exp(b)
/// ```
fn exp_monotone(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    Ok(Relation::new(exp(&premise.left), premise.comparison, exp(&premise.right)))
}

/// ```text
/// exp(a) <= exp(b)         (<, =, !=)
/// ----------------
///      a <= b
/// ```
fn exp_cancel(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    match (argument(&premise.left, Function::Exp), argument(&premise.right, Function::Exp)) {
        (Some(a), Some(b)) => Ok(Relation::new(a.clone(), premise.comparison, b.clone())),
        _ => Err(Cause::PremiseMismatch { found: premise, needed: "exp(a) <= exp(b)" }),
    }
}

/// ```text
///
/// ----------------------------
/// exp(a + b) = exp(a) * exp(b)
/// ```
fn exp_sum(_: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [a, b] = terms(step)?;
    Ok(Relation::equal(&exp(&(a + b)), &(&exp(a) * &exp(b))))
}

/// For integers k_1, …, k_m of at most 4 digits; the terms are t, k_1, u_1, …, k_m, u_m:
/// ```text
/// t = Σ k_i * u_i   as polynomials over atoms
/// -------------------------------------------
///     exp(t) = Π exp(u_i)^k_i
/// ```
fn exp_product(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let Some((t, parts)) = step.terms.split_first() else {
        return Err(Cause::WrongArgumentCount { what: Argument::Terms, wanted: 3 });
    };
    let (mut sum, mut product) = (Term::integer(0), Term::integer(1));
    for part in parts.chunks(2) {
        let [k, u] = part else { return Err(Cause::ArgumentMismatch("an exponent with each part")) };
        let small = |k: &&Rational| k.is_integer() && k.abs() < Rational::from_integer(Integer::from(10_000));
        if k.as_number().filter(small).is_none() {
            return Err(Cause::ArgumentMismatch("integers of at most 4 digits as exponents"));
        }
        sum = &sum + &(k * u);
        product = &product * &exp(u).power(k.clone());
    }
    if !scope.normal(&(t - &sum))?.is_zero() {
        return Err(Cause::IdentityFails);
    }
    Ok(Relation::equal(&exp(t), &product))
}

/// ```text
///      0 < t
/// ---------------
/// exp(log(t)) = t
/// ```
fn exp_log(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let t = positive_term(&premise)?;
    Ok(Relation::equal(&exp(&log(t)), t))
}

/// ```text
///
/// ---------------
/// log(exp(t)) = t
/// ```
fn log_exp(_: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [t] = terms(step)?;
    Ok(Relation::equal(&log(&exp(t)), t))
}

/// ```text
///      0 < t
/// ---------------
/// log(t) <= t - 1
/// ```
fn log_tangent(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let t = positive_term(&premise)?;
    Ok(Relation::at_most(&log(t), &(t - &Term::integer(1))))
}

/// ```text
/// 0 < t    t != 1     (or 1 < t, or t < 1)
/// ---------------
/// log(t) < t - 1
/// ```
fn log_tangent_strict(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [positive, apart] = premises(scope, step)?;
    let one = Term::integer(1);
    let t = positive_term(&positive)?;
    if differing(&apart, &one, "t != 1, 1 < t or t < 1")? != t {
        return Err(Cause::PremiseMismatch { found: apart.clone(), needed: "t != 1 for the same t" });
    }
    Ok(Relation::less(&log(t), &(t - &one)))
}

/// ```text
/// 0 < a    a <= b          (<, =)
/// ----------------
/// log(a) <= log(b)
/// ```
fn log_monotone(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [positive, premise] = premises(scope, step)?;
    if *positive_term(&positive)? != premise.left || premise.comparison == Comparison::Different {
        return Err(Cause::PremiseMismatch { found: premise, needed: "a <= b, where the first is 0 < a" });
    }
    Ok(Relation::new(log(&premise.left), premise.comparison, log(&premise.right)))
}

/// ```text
/// 0 < a    0 < b    log(a) <= log(b)   (<, =)
/// ----------------------------------
///             a <= b
/// ```
fn log_cancel(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [left, right, premise] = premises(scope, step)?;
    let (a, b) = (positive_term(&left)?, positive_term(&right)?);
    if premise.left != log(a) || premise.right != log(b) {
        return Err(Cause::PremiseMismatch { found: premise, needed: "log(a) <= log(b)" });
    }
    Ok(Relation::new(a.clone(), premise.comparison, b.clone()))
}

/// For a term t whose normal form is one monomial `c * Π a_i^e_i` with c > 0:
/// ```text
/// 0 < a_i    for every atom a_i of t that is not of the form exp(u), sqrt(u) or u^v
/// 0 < u      for every atom sqrt(u) or u^v
/// -----------------------------------------------------------------------------------
/// log(t) = Σ f_j log(p_j) + Σ e_i log(a_i)
/// ```
/// where `c = Π p_j^f_j` (small primes taken out), and log(exp(u)) is written u, log(sqrt(u)) is log(u)/2, log(u^v) is
/// v log(u).
fn log_product(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [t] = terms(step)?;
    let mut positive = Vec::new();
    for reference in &step.premises {
        let fact = scope.fact(*reference)?.clone();
        let term = positive_term(&fact)?.clone();
        let canonical = scope.normal(&term)?.to_term();
        positive.push(canonical);
    }
    let normal = scope.normal(t)?;
    let Some((monomial, coefficient)) = normal.as_single().filter(|(_, c)| c.is_positive()) else {
        return Err(Cause::ArgumentMismatch("a term that is one product with a positive coefficient"));
    };
    let words = normal.longest_coefficient();
    scope.spend(words.saturating_mul(words).saturating_add(1_000))?;
    let mut sum = log_of_rational(coefficient);
    for (atom, exponent) in monomial.factors() {
        let part = log_of_atom(atom, &positive)?;
        sum = &sum + &(&Term::integer(i64::from(exponent)) * &part);
    }
    Ok(Relation::equal(&log(t), &sum))
}

/// The terms are e_1, u_1, …, e_m, u_m:
/// ```text
/// t = Π u_i^e_i    0 < u_1   …   0 < u_m
/// --------------------------------------
///       log(t) = Σ e_i * log(u_i)
/// ```
fn log_factors(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let mut facts = Vec::new();
    for reference in &step.premises {
        facts.push(scope.fact(*reference)?.clone());
    }
    let Some((equation, positive)) = facts.split_first() else {
        return Err(Cause::WrongArgumentCount { what: Argument::Premises, wanted: 2 });
    };
    if positive.len().saturating_mul(2) != step.terms.len() {
        return Err(Cause::WrongArgumentCount { what: Argument::Premises, wanted: step.terms.len() / 2 });
    }
    let (mut product, mut sum) = (Term::integer(1), Term::integer(0));
    for (part, fact) in step.terms.chunks(2).zip(positive) {
        let [e, u] = part else { return Err(Cause::ArgumentMismatch("an exponent with each factor")) };
        if positive_term(fact)? != u {
            return Err(Cause::PremiseMismatch { found: fact.clone(), needed: "0 < u, for each factor in order" });
        }
        product = &product * &u.power(e.clone());
        sum = &sum + &(e * &log(u));
    }
    if *equation != Relation::equal(&equation.left, &product) {
        return Err(Cause::PremiseMismatch { found: equation.clone(), needed: "t = 1 * u^e * … for these factors" });
    }
    Ok(Relation::equal(&log(&equation.left), &sum))
}

fn log_of_atom(atom: &Term, positive: &[Term]) -> Result<Term, Cause> {
    let known = |term: &Term| {
        let literal = term.as_number().is_some_and(Signed::is_positive);
        if literal || positive.contains(term) { Ok(()) } else { Err(Cause::PossiblyZero(term.clone())) }
    };
    if let Some(u) = argument(atom, Function::Exp) {
        return Ok(u.clone());
    }
    if let Some(u) = argument(atom, Function::Sqrt) {
        known(u)?;
        return Ok(&log(u) / &Term::integer(2));
    }
    if let Node::Power(u, v) = atom.node() {
        known(u)?;
        return Ok(v * &log(u));
    }
    known(atom)?;
    Ok(log(atom))
}

/// `Σ f_j log(p_j)` for a positive rational: the primes below 1000, and what is left of numerator and denominator.
fn log_of_rational(value: &Rational) -> Term {
    let mut sum = Term::integer(0);
    for (number, sign) in [(value.numer(), 1), (value.denom(), -1)] {
        for (factor, multiplicity) in small_factors(number) {
            let part = log(&Term::number(Rational::from_integer(factor)));
            sum = &sum + &(&Term::integer(multiplicity * sign) * &part);
        }
    }
    sum
}

/// A positive integer as powers of primes below 1000 and one remaining factor.
fn small_factors(number: &Integer) -> Vec<(Integer, i64)> {
    let mut rest = number.clone();
    let mut factors = Vec::new();
    for candidate in 2_u32..1_000 {
        if rest.is_one() {
            break;
        }
        let candidate = Integer::from(candidate);
        let mut multiplicity = 0;
        while (&rest % &candidate).is_zero() {
            rest /= &candidate;
            multiplicity += 1;
        }
        if multiplicity > 0 {
            factors.push((candidate, multiplicity));
        }
    }
    if !rest.is_one() {
        factors.push((rest, 1));
    }
    factors
}
