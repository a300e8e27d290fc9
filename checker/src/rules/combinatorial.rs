//! Factorials and binomial coefficients of natural numbers.
//!
//! Reference: Graham, Knuth & Patashnik 1994, chapter 5. `binomial(n, k)` is 0 for natural numbers `k > n`.
//!
//! In these rules n and k are terms whose shapes show them to be integers; the premises show that they are not
//! negative. Any number `q >= 0` may stand for the 0 of a premise, and `<` for its `<=`.

use super::exponential::positive_term;
use super::rejection::Cause;
use super::scope::Scope;
use super::{Argument, Rule, premises};
use crate::certificate::Step;
use crate::theorem::definedness::is_integer;
use crate::theorem::term::{Comparison, Function, Relation, Term};
use num_traits::Signed;

const fn from_premises(name: &'static str, apply: fn(&mut Scope, &Step) -> Result<Relation, Cause>) -> Rule {
    Rule { name, family: "combinatorial", reads: &[Argument::Premises], apply }
}

/// The rules of the family.
pub const RULES: &[Rule] = &[
    from_premises("factorial_next", factorial_next),
    from_premises("factorial_positive", factorial_positive),
    from_premises("factorial_gamma", factorial_gamma),
    from_premises("binomial_factorial", binomial_factorial),
    from_premises("binomial_symmetry", binomial_symmetry),
    from_premises("binomial_positive", binomial_positive),
    from_premises("binomial_nonnegative", binomial_nonnegative),
    from_premises("binomial_beyond", binomial_beyond),
    from_premises("binomial_of_zero", binomial_of_zero),
    from_premises("binomial_diagonal", binomial_diagonal),
    from_premises("binomial_row", binomial_row),
    from_premises("binomial_column", binomial_column),
    from_premises("binomial_pascal", binomial_pascal),
    from_premises("binomial_term", binomial_term),
    from_premises("binomial_bound", binomial_bound),
];

fn factorial(n: &Term) -> Term {
    Term::apply(Function::Factorial, vec![n.clone()])
}

fn binomial(n: &Term, k: &Term) -> Term {
    Term::apply(Function::Binomial, vec![n.clone(), k.clone()])
}

fn next(n: &Term) -> Term {
    n + &Term::integer(1)
}

/// The natural number of a premise `0 <= n`: its shape shows it to be an integer.
pub(super) fn natural_of<'a>(scope: &Scope, premise: &'a Relation) -> Result<&'a Term, Cause> {
    let ordered = matches!(premise.comparison, Comparison::AtMost | Comparison::Less);
    let known = ordered && premise.left.as_number().is_some_and(|q| !q.is_negative());
    if known && is_integer(&premise.right, scope.context()) {
        Ok(&premise.right)
    } else {
        Err(Cause::PremiseMismatch { found: premise.clone(), needed: "0 <= n for an integer n" })
    }
}

/// The integers k and n of premises `0 <= k` and `k <= n`.
fn chosen_of<'a>(scope: &Scope, lower: &'a Relation, upper: &'a Relation) -> Result<(&'a Term, &'a Term), Cause> {
    let k = natural_of(scope, lower)?;
    let ordered = matches!(upper.comparison, Comparison::AtMost | Comparison::Less);
    if ordered && upper.left == *k && is_integer(&upper.right, scope.context()) {
        Ok((k, &upper.right))
    } else {
        Err(Cause::PremiseMismatch { found: upper.clone(), needed: "k <= n for integers, where the first is 0 <= k" })
    }
}

/// ```text
///                 0 <= n
/// -----------------------------------------
/// factorial(n + 1) = (n + 1) * factorial(n)
/// ```
fn factorial_next(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let n = natural_of(scope, &premise)?;
    Ok(Relation::equal(&factorial(&next(n)), &(&next(n) * &factorial(n))))
}

/// ```text
///      0 <= n
/// -----------------
/// 1 <= factorial(n)
/// ```
fn factorial_positive(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let n = natural_of(scope, &premise)?;
    Ok(Relation::at_most(&Term::integer(1), &factorial(n)))
}

/// ```text
///            0 <= n
/// ---------------------------
/// factorial(n) = gamma(n + 1)
/// ```
fn factorial_gamma(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let n = natural_of(scope, &premise)?;
    Ok(Relation::equal(&factorial(n), &Term::apply(Function::Gamma, vec![next(n)])))
}

/// ```text
///                      0 <= k    k <= n
/// -------------------------------------------------------------
/// binomial(n, k) * (factorial(k) * factorial(n - k)) = factorial(n)
/// ```
fn binomial_factorial(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [lower, upper] = premises(scope, step)?;
    let (k, n) = chosen_of(scope, &lower, &upper)?;
    let product = &factorial(k) * &factorial(&(n - k));
    Ok(Relation::equal(&(&binomial(n, k) * &product), &factorial(n)))
}

/// ```text
///          0 <= k    k <= n
/// ----------------------------------
/// binomial(n, k) = binomial(n, n - k)
/// ```
fn binomial_symmetry(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [lower, upper] = premises(scope, step)?;
    let (k, n) = chosen_of(scope, &lower, &upper)?;
    Ok(Relation::equal(&binomial(n, k), &binomial(n, &(n - k))))
}

/// ```text
///  0 <= k    k <= n
/// -------------------
/// 1 <= binomial(n, k)
/// ```
fn binomial_positive(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [lower, upper] = premises(scope, step)?;
    let (k, n) = chosen_of(scope, &lower, &upper)?;
    Ok(Relation::at_most(&Term::integer(1), &binomial(n, k)))
}

/// ```text
///  0 <= n    0 <= k
/// -------------------
/// 0 <= binomial(n, k)
/// ```
fn binomial_nonnegative(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [upper, lower] = premises(scope, step)?;
    let (n, k) = (natural_of(scope, &upper)?, natural_of(scope, &lower)?);
    Ok(Relation::nonnegative(&binomial(n, k)))
}

/// ```text
///  0 <= n    n < k
/// ------------------
/// binomial(n, k) = 0
/// ```
fn binomial_beyond(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [lower, upper] = premises(scope, step)?;
    let (n, k) = chosen_of(scope, &lower, &upper)?;
    if upper.comparison != Comparison::Less {
        return Err(Cause::PremiseMismatch { found: upper, needed: "n < k" });
    }
    Ok(Relation::equal(&binomial(n, k), &Term::integer(0)))
}

/// ```text
///       0 <= n
/// ------------------
/// binomial(n, 0) = 1
/// ```
fn binomial_of_zero(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let n = natural_of(scope, &premise)?;
    Ok(Relation::equal(&binomial(n, &Term::integer(0)), &Term::integer(1)))
}

/// Absorption, for k > n too, where both sides are 0:
/// ```text
///                      0 <= n    0 <= k
/// ---------------------------------------------------------
/// binomial(n + 1, k + 1) * (k + 1) = (n + 1) * binomial(n, k)
/// ```
fn binomial_diagonal(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [upper, lower] = premises(scope, step)?;
    let (n, k) = (natural_of(scope, &upper)?, natural_of(scope, &lower)?);
    let left = &binomial(&next(n), &next(k)) * &next(k);
    Ok(Relation::equal(&left, &(&next(n) * &binomial(n, k))))
}

/// For k = n + 1, where both sides are 0, and for k > n + 1 too:
/// ```text
///                      0 <= n    0 <= k
/// ---------------------------------------------------------
/// binomial(n + 1, k) * (n + 1 - k) = (n + 1) * binomial(n, k)
/// ```
fn binomial_row(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [upper, lower] = premises(scope, step)?;
    let (n, k) = (natural_of(scope, &upper)?, natural_of(scope, &lower)?);
    let left = &binomial(&next(n), k) * &(&next(n) - k);
    Ok(Relation::equal(&left, &(&next(n) * &binomial(n, k))))
}

/// For k = n, where both sides are 0, and for k > n too:
/// ```text
///                    0 <= n    0 <= k
/// -----------------------------------------------------
/// binomial(n, k + 1) * (k + 1) = (n - k) * binomial(n, k)
/// ```
fn binomial_column(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [upper, lower] = premises(scope, step)?;
    let (n, k) = (natural_of(scope, &upper)?, natural_of(scope, &lower)?);
    let left = &binomial(n, &next(k)) * &next(k);
    Ok(Relation::equal(&left, &(&(n - k) * &binomial(n, k))))
}

/// Pascal's triangle:
/// ```text
///                       0 <= n    0 <= k
/// -------------------------------------------------------------
/// binomial(n + 1, k + 1) = binomial(n, k) + binomial(n, k + 1)
/// ```
fn binomial_pascal(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [upper, lower] = premises(scope, step)?;
    let (n, k) = (natural_of(scope, &upper)?, natural_of(scope, &lower)?);
    let sum = &binomial(n, k) + &binomial(n, &next(k));
    Ok(Relation::equal(&binomial(&next(n), &next(k)), &sum))
}

/// One of the terms of the binomial theorem, none of which is negative:
/// ```text
///   0 < x    0 < y    0 <= k    k <= n
/// ------------------------------------------------
/// binomial(n, k) * (x^k * y^(n - k)) <= (x + y)^n
/// ```
fn binomial_term(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [first, second, lower, upper] = premises(scope, step)?;
    let (x, y) = (positive_term(&first)?, positive_term(&second)?);
    let (k, n) = chosen_of(scope, &lower, &upper)?;
    let powers = &x.power(k.clone()) * &y.power(n - k);
    Ok(Relation::at_most(&(&binomial(n, k) * &powers), &(x + y).power(n.clone())))
}

/// One of the nonnegative summands of `2^n`; for k > n it is 0:
/// ```text
///    0 <= n    0 <= k
/// ---------------------
/// binomial(n, k) <= 2^n
/// ```
fn binomial_bound(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [upper, lower] = premises(scope, step)?;
    let (n, k) = (natural_of(scope, &upper)?, natural_of(scope, &lower)?);
    Ok(Relation::at_most(&binomial(n, k), &Term::integer(2).power(n.clone())))
}
