//! Trigonometric and hyperbolic identities, and the error function.

use super::exponential::positive_term;
use super::rejection::Cause;
use super::scope::Scope;
use super::{Argument, Rule, premises, terms};
use crate::certificate::Step;
use crate::theorem::term::{Function, Relation, Term};

/// The rules of the family.
pub const RULES: &[Rule] = &[
    Rule { name: "pythagoras", family: "trigonometric", reads: &[Argument::Terms], apply: pythagoras },
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
