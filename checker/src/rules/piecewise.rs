//! abs, min, max, floor, ceil.

use super::rejection::Cause;
use super::scope::Scope;
use super::{Argument, Rule, premises, terms};
use crate::certificate::Step;
use crate::theorem::definedness::is_integer;
use crate::theorem::term::{Comparison, Function, Relation, Term};
use num_traits::Zero;

/// The rules of the family.
pub const RULES: &[Rule] = &[
    Rule { name: "abs_of_nonnegative", family: "piecewise", reads: &[Argument::Premises], apply: abs_of_nonnegative },
    Rule { name: "abs_of_nonpositive", family: "piecewise", reads: &[Argument::Premises], apply: abs_of_nonpositive },
    Rule { name: "abs_upper", family: "piecewise", reads: &[Argument::Terms], apply: abs_upper },
    Rule { name: "abs_lower", family: "piecewise", reads: &[Argument::Terms], apply: abs_lower },
    Rule { name: "abs_square", family: "piecewise", reads: &[Argument::Terms], apply: abs_square },
    Rule { name: "max_of_ordered", family: "piecewise", reads: &[Argument::Premises], apply: max_of_ordered },
    Rule { name: "max_of_reversed", family: "piecewise", reads: &[Argument::Premises], apply: max_of_reversed },
    Rule { name: "min_of_ordered", family: "piecewise", reads: &[Argument::Premises], apply: min_of_ordered },
    Rule { name: "min_of_reversed", family: "piecewise", reads: &[Argument::Premises], apply: min_of_reversed },
    Rule { name: "floor_lower", family: "piecewise", reads: &[Argument::Terms], apply: floor_lower },
    Rule { name: "floor_upper", family: "piecewise", reads: &[Argument::Terms], apply: floor_upper },
    Rule { name: "ceil_lower", family: "piecewise", reads: &[Argument::Terms], apply: ceil_lower },
    Rule { name: "ceil_upper", family: "piecewise", reads: &[Argument::Terms], apply: ceil_upper },
    Rule { name: "floor_of_integer", family: "piecewise", reads: &[Argument::Terms], apply: floor_of_integer },
];

fn apply1(function: Function, t: &Term) -> Term {
    Term::apply(function, vec![t.clone()])
}

fn ordered(premise: &Relation) -> Result<(&Term, &Term), Cause> {
    match premise.comparison {
        Comparison::AtMost | Comparison::Less => Ok((&premise.left, &premise.right)),
        _ => Err(Cause::PremiseMismatch { found: premise.clone(), needed: "a <= b" }),
    }
}

/// `0 <= t ⊢ abs(t) = t`
fn abs_of_nonnegative(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let (zero, t) = ordered(&premise)?;
    if !zero.as_number().is_some_and(Zero::is_zero) {
        return Err(Cause::PremiseMismatch { found: premise, needed: "0 <= t" });
    }
    Ok(Relation::equal(&apply1(Function::Abs, t), t))
}

/// `t <= 0 ⊢ abs(t) = -t`
fn abs_of_nonpositive(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let (t, zero) = ordered(&premise)?;
    if !zero.as_number().is_some_and(Zero::is_zero) {
        return Err(Cause::PremiseMismatch { found: premise, needed: "t <= 0" });
    }
    Ok(Relation::equal(&apply1(Function::Abs, t), &-t))
}

/// `⊢ t <= abs(t)`
fn abs_upper(_: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [t] = terms(step)?;
    Ok(Relation::at_most(t, &apply1(Function::Abs, t)))
}

/// `⊢ -t <= abs(t)`
fn abs_lower(_: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [t] = terms(step)?;
    Ok(Relation::at_most(&-t, &apply1(Function::Abs, t)))
}

/// `⊢ abs(t)^2 = t^2`
fn abs_square(_: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [t] = terms(step)?;
    Ok(Relation::equal(&apply1(Function::Abs, t).powi(2), &t.powi(2)))
}

/// `a <= b ⊢ max(a, b) = b`
fn max_of_ordered(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let (a, b) = ordered(&premise)?;
    Ok(Relation::equal(&Term::apply(Function::Max, vec![a.clone(), b.clone()]), b))
}

/// `b <= a ⊢ max(a, b) = a`
fn max_of_reversed(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let (b, a) = ordered(&premise)?;
    Ok(Relation::equal(&Term::apply(Function::Max, vec![a.clone(), b.clone()]), a))
}

/// `a <= b ⊢ min(a, b) = a`
fn min_of_ordered(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let (a, b) = ordered(&premise)?;
    Ok(Relation::equal(&Term::apply(Function::Min, vec![a.clone(), b.clone()]), a))
}

/// `b <= a ⊢ min(a, b) = b`
fn min_of_reversed(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let (b, a) = ordered(&premise)?;
    Ok(Relation::equal(&Term::apply(Function::Min, vec![a.clone(), b.clone()]), b))
}

/// `⊢ floor(t) <= t`
fn floor_lower(_: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [t] = terms(step)?;
    Ok(Relation::at_most(&apply1(Function::Floor, t), t))
}

/// `⊢ t < floor(t) + 1`
fn floor_upper(_: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [t] = terms(step)?;
    Ok(Relation::less(t, &(&apply1(Function::Floor, t) + &Term::integer(1))))
}

/// `⊢ t <= ceil(t)`
fn ceil_lower(_: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [t] = terms(step)?;
    Ok(Relation::at_most(t, &apply1(Function::Ceil, t)))
}

/// `⊢ ceil(t) < t + 1`
fn ceil_upper(_: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [t] = terms(step)?;
    Ok(Relation::less(&apply1(Function::Ceil, t), &(t + &Term::integer(1))))
}

/// `⊢ floor(t) = t` for a term whose shape shows it to be an integer.
fn floor_of_integer(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [t] = terms(step)?;
    if is_integer(t, scope.context()) {
        Ok(Relation::equal(&apply1(Function::Floor, t), t))
    } else {
        Err(Cause::ArgumentMismatch("a term whose shape shows it to be an integer"))
    }
}
