//! Pairs of applications of one monotone function: `f(u) <= f(v)` from `u <= v`.
//!
//! Owns: which pairs of the goal are compared, and in which direction. Must not know: how the arguments are compared.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::{lemmas, linear, signs};
use boundproof_checker::certificate::Reference;
use boundproof_checker::theorem::term::{Function, Node, Relation, Term};
use num_traits::Signed;

/// Compares the applications in the goal that carry opposite signs, then combines.
///
/// # Errors
/// No pair helped.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let inner = budget.deeper().ok_or(Refusal::Budget)?;
    let target = script.normal(&goal.difference()).ok_or(Refusal::NotApplicable)?;
    let (mut small, mut large) = (Vec::new(), Vec::new());
    for (monomial, coefficient) in target.terms() {
        for (atom, exponent) in monomial.factors() {
            // the atom should be large where it helps the goal
            let helps = coefficient.is_positive() == (exponent > 0);
            let list = if helps { &mut large } else { &mut small };
            if is_monotone(atom) && !list.contains(atom) {
                list.push(atom.clone());
            }
        }
    }
    let mut found = false;
    for u in &small {
        for v in &large {
            if budget.is_over() {
                return Err(Refusal::Budget);
            }
            found |= u != v && compare(script, u, v, &inner).is_some();
        }
    }
    if !found {
        return Err(Refusal::NotApplicable);
    }
    linear::prove(script, goal, budget)
}

fn is_monotone(atom: &Term) -> bool {
    matches!(atom.node(), Node::Apply(Function::Exp | Function::Log | Function::Sqrt, _) | Node::Power(..))
}

/// Shows `u <= v` for two applications of one function.
fn compare(script: &mut Script, u: &Term, v: &Term, budget: &Budget) -> Option<Reference> {
    match (u.node(), v.node()) {
        (Node::Apply(f, a), Node::Apply(g, b)) if f == g => {
            let (a, b) = (a.first()?, b.first()?);
            let premise = search::prove(script, &Relation::at_most(a, b), &budget.part(0.3)).ok()?;
            match f {
                Function::Exp => script.derive("exp_monotone", &[], &[premise]),
                Function::Log => {
                    let positive = signs::positive(script, a, budget)?;
                    script.derive("log_monotone", &[], &[positive, premise])
                }
                Function::Sqrt => {
                    let lower = signs::non_negative(script, a, budget)?;
                    script.derive("sqrt_monotone", &[], &[lower, premise])
                }
                _ => None,
            }
        }
        (Node::Power(a, e), Node::Power(b, f)) if e == f => {
            let premise = search::prove(script, &Relation::at_most(a, b), &budget.part(0.3)).ok()?;
            let positive = signs::positive(script, a, budget)?;
            let exponent = signs::non_negative(script, e, budget)?;
            script.derive("power_monotone", &[], &[positive, premise, exponent])
        }
        (Node::Power(a, e), Node::Power(b, f)) if a == b => {
            let base = signs::enclose(script, &Relation::at_most(&Term::integer(1), a))?;
            let premise = search::prove(script, &Relation::at_most(e, f), &budget.part(0.3)).ok()?;
            script.derive("power_exponent", &[], &[base, premise])
        }
        _ => None,
    }
}

/// `1 <= b^e` and `b^e <= 1` for the powers in the goal, then combines: for goals that compare a power with a number.
///
/// # Errors
/// Nothing helped.
pub fn powers_against_one(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let inner = budget.deeper().ok_or(Refusal::Budget)?;
    let one = Term::integer(1);
    let mut found = false;
    for application in lemmas::applications(&[&goal.left, &goal.right]) {
        let Node::Power(base, exponent) = application.node() else { continue };
        let Some(premise) = search::prove(script, &Relation::at_most(&one, base), &inner.part(0.3)).ok() else {
            continue;
        };
        let Some(positive) = signs::non_negative(script, exponent, &inner) else { continue };
        // 1 = b^0 <= b^e
        found |= script.derive("power_exponent", &[], &[premise, positive]).is_some();
    }
    if found { linear::prove(script, goal, budget) } else { Err(Refusal::NotApplicable) }
}
