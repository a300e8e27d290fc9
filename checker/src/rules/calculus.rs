//! The ladder: from a value and a slope to an inequality on a half-line.
//!
//! Reference: the mean value theorem; Rudin 1976, Theorem 5.11.

use super::rejection::Cause;
use super::scope::Scope;
use super::{Argument, Rule, premises, replay, shows, terms};
use crate::certificate::Step;
use crate::evaluate::derivative::{continuity, derivative, smoothness};
use crate::syntax::ast::Sort;
use crate::theorem::term::{Comparison, Node, Relation, Term};

/// The rules of the family.
pub const RULES: &[Rule] = &[Rule {
    name: "ladder",
    family: "calculus",
    reads: &[Argument::Terms, Argument::Shows, Argument::Premises, Argument::Variable, Argument::Blocks],
    apply: ladder,
}];

/// How often a derivative with its conditions goes through a term, about.
pub(super) const COST_OF_DERIVATIVE: u64 = 100;

/// With f := right - left, x a variable, a a term without x, ξ new:
/// ```text
/// a <= x      f(a) >= 0      [a <= ξ, ξ <= x]      [a < ξ, ξ < x]     [a < ξ, ξ < x]
///                                  ⋮                     ⋮                  ⋮
///                            f continuous at ξ    f smooth at ξ        0 <= f'(ξ)
/// ---------------------------------------------------------------------------------
///                                  left <= right
/// ```
/// Strictly if f(a) > 0. With `x <= a` in place of `a <= x` the slope must be `f'(ξ) <= 0`. The blocks are: the base,
/// one for each condition of continuity, one for each further condition of smoothness, the slope.
fn ladder(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let goal = shows(step)?;
    let [x, a] = terms(step)?;
    let Node::Variable(name) = x.node() else { return Err(Cause::ArgumentMismatch("a variable, and where it starts")) };
    if a.mentions(name) || !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) {
        return Err(Cause::ArgumentMismatch("a start without the variable, and <= or < to show"));
    }
    let [premise] = premises(scope, step)?;
    let upwards = premise == Relation::at_most(a, x);
    if !upwards && premise != Relation::at_most(x, a) {
        return Err(Cause::PremiseMismatch { found: premise, needed: "start <= variable, or variable <= start" });
    }
    let fresh = step.variable.as_ref().ok_or(Cause::WrongArgumentCount { what: Argument::Variable, wanted: 1 })?;
    let xi = Term::variable(fresh);
    let f = goal.difference();
    scope.spend(goal.size().saturating_mul(COST_OF_DERIVATIVE))?;
    let slope = derivative(&f, name).ok_or_else(|| Cause::NotDifferentiable(f.clone()))?;
    if !slope.fits() {
        return Err(Cause::TooLarge);
    }
    let slope = slope.substitute(name, &xi);
    let continuous: Vec<Relation> = continuity(&f, name).iter().map(|r| r.substitute(name, &xi)).collect();
    let smooth: Vec<Relation> = smoothness(&f, name).iter().map(|r| r.substitute(name, &xi)).collect();
    let wanted = continuous.len().saturating_add(smooth.len()).saturating_add(2);
    if step.blocks.len() != wanted {
        return Err(Cause::WrongArgumentCount { what: Argument::Blocks, wanted });
    }
    let mut blocks = step.blocks.iter();
    let mut run = |scope: &mut Scope, between: Option<Comparison>, goal: &Relation| {
        let proof = blocks.next().ok_or(Cause::WrongArgumentCount { what: Argument::Blocks, wanted })?;
        let mark = scope.mark();
        let outcome = (|| {
            if let Some(comparison) = between {
                scope.declare(fresh, Sort::Real)?;
                let (low, high) = if upwards { (a, x) } else { (x, a) };
                scope.assume(Relation::new(low.clone(), comparison, xi.clone()));
                scope.assume(Relation::new(xi.clone(), comparison, high.clone()));
            }
            replay(scope, proof, goal).map_err(|inner| Cause::Inside(Box::new(inner)))
        })();
        scope.reset(mark);
        outcome
    };
    run(scope, None, &goal.substitute(name, a))?;
    for condition in &continuous {
        run(scope, Some(Comparison::AtMost), condition)?;
    }
    for condition in &smooth {
        run(scope, Some(Comparison::Less), condition)?;
    }
    let rising = if upwards { Relation::nonnegative(&slope) } else { Relation::at_most(&slope, &Term::integer(0)) };
    run(scope, Some(Comparison::Less), &rising)?;
    Ok(goal.clone())
}
