//! The gamma function at positive arguments.
//!
//! Reference: Artin 1931, *Einführung in die Theorie der Gammafunktion*; Robbins 1955, *A remark on Stirling's
//! formula*; Wendel 1948, *Note on the gamma function*, for what follows from convexity.
//!
//! For Stirling's bounds let `r(x) = log(gamma(x + 1)) - (x + 1/2)*log(x) + x - log(2*pi)/2` for real x > 0. By the
//! functional equation and the series of `artanh` at `y = 1/(2x + 1)`,
//! `r(x) - r(x + 1) = (x + 1/2)*log(1 + 1/x) - 1 = Σ_{j >= 1} y^(2j)/(2j + 1) > 0`, and `r(x) -> 0` for x to infinity
//! (Stirling's formula), so that `r(x)` is the sum of these differences at x, x + 1, x + 2, …

use super::exponential::{log, positive_term};
use super::rejection::Cause;
use super::scope::Scope;
use super::{Argument, Rule, premises};
use crate::certificate::Step;
use crate::exact::Rational;
use crate::theorem::term::{Comparison, Function, Relation, Term};
use num_traits::{One, Signed};

const fn from_premises(name: &'static str, apply: fn(&mut Scope, &Step) -> Result<Relation, Cause>) -> Rule {
    Rule { name, family: "gamma", reads: &[Argument::Premises], apply }
}

/// The rules of the family.
pub const RULES: &[Rule] = &[
    from_premises("gamma_positive", gamma_positive),
    from_premises("gamma_next", gamma_next),
    from_premises("gamma_log_convex", gamma_log_convex),
    from_premises("stirling_lower", stirling_lower),
    from_premises("stirling_upper", stirling_upper),
    from_premises("robbins_lower", robbins_lower),
];

fn gamma(t: &Term) -> Term {
    Term::apply(Function::Gamma, vec![t.clone()])
}

/// ```text
///    0 < t
/// ------------
/// 0 < gamma(t)
/// ```
fn gamma_positive(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let t = positive_term(&premise)?;
    Ok(Relation::positive(&gamma(t)))
}

/// ```text
///            0 < t
/// ---------------------------
/// gamma(t + 1) = t * gamma(t)
/// ```
fn gamma_next(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let t = positive_term(&premise)?;
    Ok(Relation::equal(&gamma(&(t + &Term::integer(1))), &(t * &gamma(t))))
}

/// Hölder's inequality for the integral of `u^(t - 1)*exp(-u)`, with the exponents 1/(1 - s) and 1/s; for s = 0 and
/// s = 1 both sides are equal:
/// ```text
///                  0 < a    0 < b    0 <= s    s <= 1
/// --------------------------------------------------------------------------
/// log(gamma((1 - s)*a + s*b)) <= (1 - s)*log(gamma(a)) + s*log(gamma(b))
/// ```
fn gamma_log_convex(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [first, second, lower, upper] = premises(scope, step)?;
    let (a, b) = (positive_term(&first)?, positive_term(&second)?);
    let weak = |r: &Relation| matches!(r.comparison, Comparison::AtMost | Comparison::Less);
    let s = &lower.right;
    let not_negative = weak(&lower) && lower.left.as_number().is_some_and(|q| !q.is_negative());
    if !not_negative {
        return Err(Cause::PremiseMismatch { found: lower, needed: "0 <= s" });
    }
    let at_most_one = weak(&upper) && upper.right.as_number().is_some_and(|q| *q <= Rational::one());
    if !at_most_one || upper.left != *s {
        return Err(Cause::PremiseMismatch { found: upper, needed: "s <= 1, where the third is 0 <= s" });
    }
    let rest = &Term::integer(1) - s;
    let between = &(&rest * a) + &(s * b);
    let mean = &(&rest * &log(&gamma(a))) + &(s * &log(&gamma(b)));
    Ok(Relation::at_most(&log(&gamma(&between)), &mean))
}

/// `(x + 1/2)*log(x) - x + log(2*pi)/2`
fn stirling(x: &Term) -> Term {
    let half = Term::number(Rational::new(1.into(), 2.into()));
    let constant = &log(&(&Term::integer(2) * &Term::apply(Function::Pi, Vec::new()))) / &Term::integer(2);
    &(&(&(x + &half) * &log(x)) - x) + &constant
}

/// Stirling's formula from below; `r(x) > 0` as a sum of positive differences:
/// ```text
///                               0 < x
/// -----------------------------------------------------------------
/// (x + 1/2)*log(x) - x + log(2*pi)/2 < log(gamma(x + 1))
/// ```
fn stirling_lower(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let x = positive_term(&premise)?;
    Ok(Relation::less(&stirling(x), &log(&gamma(&(x + &Term::integer(1))))))
}

/// Stirling's formula from above; with 3 for each `2j + 1` the differences of r become the geometric sum
/// `1/(12*x) - 1/(12*(x + 1))`, so that `r(x) < 1/(12*x)`:
/// ```text
///                               0 < x
/// -----------------------------------------------------------------
/// log(gamma(x + 1)) < (x + 1/2)*log(x) - x + log(2*pi)/2 + 1/(12*x)
/// ```
fn stirling_upper(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let x = positive_term(&premise)?;
    let correction = &Term::integer(1) / &(&Term::integer(12) * x);
    Ok(Relation::less(&log(&gamma(&(x + &Term::integer(1)))), &(&stirling(x) + &correction)))
}

/// Robbins' bound from below. With `3^j >= 2j + 1` for each `2j + 1` the differences of r are greater than
/// `1/(3*(2*x + 1)^2 - 1) = 1/(12*x^2 + 12*x + 2)`, and that is at least `1/(12*x + 1) - 1/(12*(x + 1) + 1) =
/// 1/(12*x^2 + 14*x + 13/12)` where `x >= 11/24`; so there `r(x) > 1/(12*x + 1)`:
/// ```text
///                             1/2 <= x
/// -----------------------------------------------------------------------
/// (x + 1/2)*log(x) - x + log(2*pi)/2 + 1/(12*x + 1) < log(gamma(x + 1))
/// ```
/// Any number `q >= 1/2` may stand for the 1/2.
fn robbins_lower(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let ordered = matches!(premise.comparison, Comparison::AtMost | Comparison::Less);
    let half = Rational::new(1.into(), 2.into());
    let large = ordered && premise.left.as_number().is_some_and(|q| *q >= half);
    if !large {
        return Err(Cause::PremiseMismatch { found: premise, needed: "1/2 <= x" });
    }
    let (x, one) = (&premise.right, Term::integer(1));
    let correction = &one / &(&(&Term::integer(12) * x) + &one);
    Ok(Relation::less(&(&stirling(x) + &correction), &log(&gamma(&(x + &one)))))
}
