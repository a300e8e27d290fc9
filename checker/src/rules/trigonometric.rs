//! Trigonometric and hyperbolic identities, and the error function.

use super::exponential::positive_term;
use super::rejection::Cause;
use super::scope::Scope;
use super::{Argument, Rule, premises, terms};
use crate::certificate::Step;
use crate::exact::Integer;
use crate::theorem::term::{Comparison, Function, Relation, Term};
use num_integer::Integer as _;
use num_traits::ToPrimitive;

/// The rules of the family.
pub const RULES: &[Rule] = &[
    Rule { name: "pythagoras", family: "trigonometric", reads: &[Argument::Terms], apply: pythagoras },
    Rule { name: "sin_positive", family: "trigonometric", reads: &[Argument::Premises], apply: sin_positive },
    Rule { name: "cos_positive", family: "trigonometric", reads: &[Argument::Premises], apply: cos_positive },
    Rule { name: "sin_of_quarters", family: "trigonometric", reads: &[Argument::Terms], apply: sin_of_quarters },
    Rule { name: "cos_of_quarters", family: "trigonometric", reads: &[Argument::Terms], apply: cos_of_quarters },
    Rule { name: "cosh_definition", family: "trigonometric", reads: &[Argument::Terms], apply: cosh_definition },
    Rule { name: "sinh_definition", family: "trigonometric", reads: &[Argument::Terms], apply: sinh_definition },
    Rule { name: "tanh_definition", family: "trigonometric", reads: &[Argument::Terms], apply: tanh_definition },
    Rule { name: "normal_tail_erf", family: "trigonometric", reads: &[Argument::Terms], apply: normal_tail_erf },
    Rule { name: "mills_ratio", family: "trigonometric", reads: &[Argument::Premises], apply: mills_ratio },
];

fn apply1(function: Function, t: &Term) -> Term {
    Term::apply(function, vec![t.clone()])
}

/// `⊢ sin(t)^2 + cos(t)^2 = 1`
fn pythagoras(_: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [t] = terms(step)?;
    let sum = &apply1(Function::Sin, t).powi(2) + &apply1(Function::Cos, t).powi(2);
    Ok(Relation::equal(&sum, &Term::integer(1)))
}

/// ```text
/// 0 < t    t < pi          (<= in a premise gives <=)
/// ---------------
///    0 < sin(t)
/// ```
fn sin_positive(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [above, below] = premises(scope, step)?;
    let comparison = chained(&above, &below, "0 < t and t < pi")?;
    let t = &above.right;
    if above.left != Term::integer(0) || below.right != pi() {
        return Err(Cause::PremiseMismatch { found: above.clone(), needed: "0 < t and t < pi" });
    }
    Ok(Relation::new(Term::integer(0), comparison, apply1(Function::Sin, t)))
}

/// ```text
/// -(pi/2) < t    t < pi/2          (<= in a premise gives <=)
/// -----------------------
///        0 < cos(t)
/// ```
fn cos_positive(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [above, below] = premises(scope, step)?;
    let comparison = chained(&above, &below, "-(pi/2) < t and t < pi/2")?;
    let t = &above.right;
    let quarter = &pi() / &Term::integer(2);
    if above.left != -&quarter || below.right != quarter {
        return Err(Cause::PremiseMismatch { found: above.clone(), needed: "-(pi/2) < t and t < pi/2" });
    }
    Ok(Relation::new(Term::integer(0), comparison, apply1(Function::Cos, t)))
}

fn pi() -> Term {
    Term::apply(Function::Pi, Vec::new())
}

/// The comparison that follows from `a < t` and `t < b`, or with `<=`: strict if both are.
fn chained(above: &Relation, below: &Relation, needed: &'static str) -> Result<Comparison, Cause> {
    if above.right != below.left {
        return Err(Cause::PremiseMismatch { found: below.clone(), needed });
    }
    match (above.comparison, below.comparison) {
        (Comparison::Less, Comparison::Less) => Ok(Comparison::Less),
        (Comparison::Less | Comparison::AtMost, Comparison::Less | Comparison::AtMost) => Ok(Comparison::AtMost),
        _ => Err(Cause::PremiseMismatch { found: above.clone(), needed }),
    }
}

/// For an integer k:
/// ```text
///
/// -------------------------------------
/// sin(k*(pi/2)) = 0, 1, 0 or -1
/// ```
/// for k of the form 4m, 4m + 1, 4m + 2, 4m + 3. The terms are t, whose difference from `k*(pi/2)` is 0 as a polynomial
/// over atoms, and k.
fn sin_of_quarters(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [t, k] = terms(step)?;
    let value = match quarters(scope, t, k)? {
        1 => 1,
        3 => -1,
        _ => 0,
    };
    Ok(Relation::equal(&apply1(Function::Sin, t), &Term::integer(value)))
}

/// For an integer k:
/// ```text
///
/// -------------------------------------
/// cos(k*(pi/2)) = 1, 0, -1 or 0
/// ```
/// for k of the form 4m, 4m + 1, 4m + 2, 4m + 3. The terms are as in `sin_of_quarters`.
fn cos_of_quarters(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [t, k] = terms(step)?;
    let value = match quarters(scope, t, k)? {
        0 => 1,
        2 => -1,
        _ => 0,
    };
    Ok(Relation::equal(&apply1(Function::Cos, t), &Term::integer(value)))
}

/// What the integer k leaves when divided by 4, if `t = k*(pi/2)` as polynomials over atoms.
fn quarters(scope: &mut Scope, t: &Term, k: &Term) -> Result<u32, Cause> {
    let number = k.as_number().filter(|number| number.is_integer());
    let number = number.ok_or(Cause::ArgumentMismatch("an integer"))?.to_integer();
    let angle = k * &(&pi() / &Term::integer(2));
    if !scope.normal(&(t - &angle))?.is_zero() {
        return Err(Cause::IdentityFails);
    }
    let rest = number.mod_floor(&Integer::from(4));
    rest.to_u32().ok_or(Cause::ArgumentMismatch("an integer"))
}

/// `⊢ cosh(t) = (exp(t) + exp(-t))/2`
fn cosh_definition(_: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [t] = terms(step)?;
    let sum = &apply1(Function::Exp, t) + &apply1(Function::Exp, &-t);
    Ok(Relation::equal(&apply1(Function::Cosh, t), &(&sum / &Term::integer(2))))
}

/// `⊢ sinh(t) = (exp(t) - exp(-t))/2`
fn sinh_definition(_: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [t] = terms(step)?;
    let difference = &apply1(Function::Exp, t) - &apply1(Function::Exp, &-t);
    Ok(Relation::equal(&apply1(Function::Sinh, t), &(&difference / &Term::integer(2))))
}

/// `⊢ tanh(t) * (exp(2t) + 1) = exp(2t) - 1`
fn tanh_definition(_: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [t] = terms(step)?;
    let one = Term::integer(1);
    let square = apply1(Function::Exp, &(&Term::integer(2) * t));
    Ok(Relation::equal(&(&apply1(Function::Tanh, t) * &(&square + &one)), &(&square - &one)))
}

/// `⊢ normal_tail(t) = (1 - erf(t/sqrt(2)))/2`
fn normal_tail_erf(_: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [t] = terms(step)?;
    let (one, two) = (Term::integer(1), Term::integer(2));
    let erf = apply1(Function::Erf, &(t / &apply1(Function::Sqrt, &two)));
    Ok(Relation::equal(&apply1(Function::NormalTail, t), &(&(&one - &erf) / &two)))
}

/// The upper bound on Mills' ratio (Gordon 1941): `normal_tail(t) = ∫_t^∞ φ(s) ds <= ∫_t^∞ (s/t) φ(s) ds = φ(t)/t`.
/// ```text
///                       0 < t
/// -------------------------------------------------
/// normal_tail(t) <= exp(-(t^2/2)) / (t*sqrt(2*pi))
/// ```
fn mills_ratio(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let t = positive_term(&premise)?;
    let two = Term::integer(2);
    let bell = apply1(Function::Exp, &-&(&t.powi(2) / &two));
    let root = apply1(Function::Sqrt, &(&two * &Term::apply(Function::Pi, Vec::new())));
    Ok(Relation::at_most(&apply1(Function::NormalTail, t), &(&bell / &(t * &root))))
}
