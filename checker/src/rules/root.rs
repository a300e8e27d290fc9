//! Square roots and squares.

use super::exponential::positive_term;
use super::rejection::Cause;
use super::scope::Scope;
use super::{Argument, Rule, premises, terms};
use crate::certificate::Step;
use crate::theorem::term::{Comparison, Function, Relation, Term};
use num_traits::Signed;

/// The rules of the family.
pub const RULES: &[Rule] = &[
    Rule { name: "sqrt_nonnegative", family: "root", reads: &[Argument::Premises], apply: sqrt_nonnegative },
    Rule { name: "sqrt_positive", family: "root", reads: &[Argument::Premises], apply: sqrt_positive },
    Rule { name: "sqrt_square", family: "root", reads: &[Argument::Premises], apply: sqrt_square },
    Rule { name: "sqrt_monotone", family: "root", reads: &[Argument::Premises], apply: sqrt_monotone },
    Rule { name: "square_cancel", family: "root", reads: &[Argument::Terms, Argument::Premises], apply: square_cancel },
];

fn sqrt(t: &Term) -> Term {
    Term::apply(Function::Sqrt, vec![t.clone()])
}

fn nonnegative(premise: &Relation) -> Result<&Term, Cause> {
    let known = premise.left.as_number().is_some_and(|q| !q.is_negative())
        && matches!(premise.comparison, Comparison::AtMost | Comparison::Less);
    if known { Ok(&premise.right) } else { Err(Cause::PremiseMismatch { found: premise.clone(), needed: "0 <= t" }) }
}

/// ```text
///    0 <= t
/// ------------
/// 0 <= sqrt(t)
/// ```
fn sqrt_nonnegative(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    Ok(Relation::nonnegative(&sqrt(nonnegative(&premise)?)))
}

/// ```text
///    0 < t
/// -----------
/// 0 < sqrt(t)
/// ```
fn sqrt_positive(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    Ok(Relation::positive(&sqrt(positive_term(&premise)?)))
}

/// ```text
///    0 <= t
/// -------------
/// sqrt(t)^2 = t
/// ```
fn sqrt_square(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let t = nonnegative(&premise)?;
    Ok(Relation::equal(&sqrt(t).powi(2), t))
}

/// ```text
/// 0 <= a    a <= b       (<, =)
/// ------------------
/// sqrt(a) <= sqrt(b)
/// ```
fn sqrt_monotone(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [lower, premise] = premises(scope, step)?;
    if *nonnegative(&lower)? != premise.left || premise.comparison == Comparison::Different {
        return Err(Cause::PremiseMismatch { found: premise, needed: "a <= b, where the first is 0 <= a" });
    }
    Ok(Relation::new(sqrt(&premise.left), premise.comparison, sqrt(&premise.right)))
}

/// ```text
/// 0 <= b    a^2 <= b^2       (up to algebra; < gives <)
/// --------------------   (a, b)
///        a <= b
/// ```
fn square_cancel(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [a, b] = terms(step)?;
    let [lower, premise] = premises(scope, step)?;
    if nonnegative(&lower)? != b {
        return Err(Cause::PremiseMismatch { found: lower, needed: "0 <= b" });
    }
    if !matches!(premise.comparison, Comparison::AtMost | Comparison::Less) {
        return Err(Cause::PremiseMismatch { found: premise, needed: "a^2 <= b^2" });
    }
    let wanted = &b.powi(2) - &a.powi(2);
    if !scope.same(&wanted, &premise.difference())? {
        return Err(Cause::PremiseMismatch { found: premise, needed: "a^2 <= b^2" });
    }
    Ok(Relation::new(a.clone(), premise.comparison, b.clone()))
}
