//! Laws of powers with real exponents.
//!
//! Reference: Hardy, Littlewood & Pólya 1952, chapter II.

use super::exponential::{exp, log, positive_term};
use super::rejection::Cause;
use super::scope::Scope;
use super::{Argument, Rule, premises, terms};
use crate::certificate::Step;
use crate::theorem::definedness::is_natural;
use crate::theorem::term::{Comparison, Relation, Term};
use num_traits::{One, Signed, Zero};

/// The rules of the family.
pub const RULES: &[Rule] = &[
    Rule { name: "power_exp", family: "power", reads: &[Argument::Terms, Argument::Premises], apply: power_exp },
    Rule {
        name: "power_positive",
        family: "power",
        reads: &[Argument::Terms, Argument::Premises],
        apply: power_positive,
    },
    Rule { name: "power_monotone", family: "power", reads: &[Argument::Premises], apply: power_monotone },
    Rule { name: "power_exponent", family: "power", reads: &[Argument::Premises], apply: power_exponent },
    Rule { name: "power_sum", family: "power", reads: &[Argument::Terms, Argument::Premises], apply: power_sum },
    Rule { name: "bernoulli", family: "power", reads: &[Argument::Terms, Argument::Premises], apply: bernoulli },
    Rule { name: "power_of_zero", family: "power", reads: &[Argument::Premises], apply: power_of_zero },
    Rule { name: "power_of_one", family: "power", reads: &[Argument::Terms], apply: power_of_one },
    Rule { name: "natural_power_sum", family: "power", reads: &[Argument::Terms], apply: natural_power_sum },
    Rule { name: "natural_power_product", family: "power", reads: &[Argument::Terms], apply: natural_power_product },
    Rule {
        name: "natural_power_nonnegative",
        family: "power",
        reads: &[Argument::Terms, Argument::Premises],
        apply: natural_power_nonnegative,
    },
    Rule {
        name: "natural_power_monotone",
        family: "power",
        reads: &[Argument::Terms, Argument::Premises],
        apply: natural_power_monotone,
    },
];

/// ```text
///           0 < b
/// -------------------------   (e)
/// b^e = exp(e * log(b))
/// ```
fn power_exp(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [e] = terms(step)?;
    let [premise] = premises(scope, step)?;
    let b = positive_term(&premise)?;
    Ok(Relation::equal(&b.power(e.clone()), &exp(&(e * &log(b)))))
}

/// ```text
///  0 < b
/// -------   (e)
/// 0 < b^e
/// ```
fn power_positive(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [e] = terms(step)?;
    let [premise] = premises(scope, step)?;
    let b = positive_term(&premise)?;
    Ok(Relation::positive(&b.power(e.clone())))
}

/// ```text
/// 0 < a    a <= b    0 <= e
/// -------------------------
///       a^e <= b^e
/// ```
fn power_monotone(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [positive, base, exponent] = premises(scope, step)?;
    let below = matches!(base.comparison, Comparison::AtMost | Comparison::Less);
    if *positive_term(&positive)? != base.left || !below {
        return Err(Cause::PremiseMismatch { found: base, needed: "a <= b, where the first is 0 < a" });
    }
    let e = nonnegative_term(&exponent)?;
    Ok(Relation::at_most(&base.left.power(e.clone()), &base.right.power(e.clone())))
}

/// The term that a premise `0 <= t` shows to be nonnegative.
fn nonnegative_term(premise: &Relation) -> Result<&Term, Cause> {
    let known = premise.left.as_number().is_some_and(|q| !q.is_negative())
        && matches!(premise.comparison, Comparison::AtMost | Comparison::Less);
    if known { Ok(&premise.right) } else { Err(Cause::PremiseMismatch { found: premise.clone(), needed: "0 <= t" }) }
}

/// ```text
/// 1 <= b    e <= f
/// ----------------
///    b^e <= b^f
/// ```
fn power_exponent(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [base, exponents] = premises(scope, step)?;
    let at_least_one = base.left.as_number().is_some_and(|q| *q >= crate::exact::Rational::one())
        && matches!(base.comparison, Comparison::AtMost | Comparison::Less);
    if !at_least_one {
        return Err(Cause::PremiseMismatch { found: base, needed: "1 <= b" });
    }
    if !matches!(exponents.comparison, Comparison::AtMost | Comparison::Less) {
        return Err(Cause::PremiseMismatch { found: exponents, needed: "e <= f" });
    }
    let b = base.right;
    Ok(Relation::at_most(&b.power(exponents.left), &b.power(exponents.right)))
}

/// ```text
///         0 < b
/// ---------------------   (e, f)
/// b^(e + f) = b^e * b^f
/// ```
fn power_sum(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [e, f] = terms(step)?;
    let [premise] = premises(scope, step)?;
    let b = positive_term(&premise)?;
    let product = &b.power(e.clone()) * &b.power(f.clone());
    Ok(Relation::equal(&b.power(e + f), &product))
}

/// Bernoulli's inequality, for n whose shape shows it to be a natural number, n = 0 included:
/// ```text
///      -1 <= t
/// -------------------   (n)
/// 1 + n*t <= (1 + t)^n
/// ```
fn bernoulli(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [n] = terms(step)?;
    let [premise] = premises(scope, step)?;
    let at_least = premise.left.as_number().is_some_and(|q| *q >= -crate::exact::Rational::one())
        && matches!(premise.comparison, Comparison::AtMost | Comparison::Less);
    if !at_least {
        return Err(Cause::PremiseMismatch { found: premise, needed: "-1 <= t" });
    }
    if !is_natural(n, scope.context()) {
        return Err(Cause::ArgumentMismatch("a natural exponent"));
    }
    let (t, one) = (premise.right, Term::integer(1));
    Ok(Relation::at_most(&(&one + &(n * &t)), &(&one + &t).power(n.clone())))
}

/// ```text
/// b = 0    0 < e
/// --------------
///    b^e = 0
/// ```
fn power_of_zero(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [zero, exponent] = premises(scope, step)?;
    if zero.comparison != Comparison::Equal || !zero.right.as_number().is_some_and(Zero::is_zero) {
        return Err(Cause::PremiseMismatch { found: zero, needed: "b = 0" });
    }
    let e = positive_term(&exponent)?;
    Ok(Relation::equal(&zero.left.power(e.clone()), &Term::integer(0)))
}

/// ```text
///
/// -------   (e)
/// 1^e = 1
/// ```
fn power_of_one(_: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [e] = terms(step)?;
    let one = Term::integer(1);
    Ok(Relation::equal(&one.power(e.clone()), &one))
}

/// The term, if its shape shows it to be a natural number.
fn natural<'a>(scope: &Scope, n: &'a Term) -> Result<&'a Term, Cause> {
    if is_natural(n, scope.context()) { Ok(n) } else { Err(Cause::ArgumentMismatch("a natural exponent")) }
}

/// For every b, and m, n whose shapes show them to be natural numbers; `0^0 = 1`:
/// ```text
///
/// ---------------------   (b, m, n)
/// b^(m + n) = b^m * b^n
/// ```
fn natural_power_sum(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [b, m, n] = terms(step)?;
    let (m, n) = (natural(scope, m)?, natural(scope, n)?);
    Ok(Relation::equal(&b.power(m + n), &(&b.power(m.clone()) * &b.power(n.clone()))))
}

/// For all a, b, and n whose shape shows it to be a natural number:
/// ```text
///
/// ---------------------   (a, b, n)
/// (a * b)^n = a^n * b^n
/// ```
fn natural_power_product(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [a, b, n] = terms(step)?;
    let n = natural(scope, n)?;
    Ok(Relation::equal(&(a * b).power(n.clone()), &(&a.power(n.clone()) * &b.power(n.clone()))))
}

/// For n whose shape shows it to be a natural number:
/// ```text
///  0 <= b
/// --------   (n)
/// 0 <= b^n
/// ```
fn natural_power_nonnegative(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [n] = terms(step)?;
    let [premise] = premises(scope, step)?;
    let b = nonnegative_term(&premise)?;
    Ok(Relation::nonnegative(&b.power(natural(scope, n)?.clone())))
}

/// For n whose shape shows it to be a natural number:
/// ```text
/// 0 <= a    a <= b
/// ----------------   (n)
///    a^n <= b^n
/// ```
fn natural_power_monotone(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [n] = terms(step)?;
    let [lower, base] = premises(scope, step)?;
    let below = matches!(base.comparison, Comparison::AtMost | Comparison::Less);
    if *nonnegative_term(&lower)? != base.left || !below {
        return Err(Cause::PremiseMismatch { found: base, needed: "a <= b, where the first is 0 <= a" });
    }
    let n = natural(scope, n)?;
    Ok(Relation::at_most(&base.left.power(n.clone()), &base.right.power(n.clone())))
}
