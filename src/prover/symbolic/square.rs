//! Squaring both sides, where a square root is in the way.
//!
//! Owns: when to square. Must not know: how the squares are compared.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::{lemmas, linear, signs};
use boundproof_checker::certificate::Reference;
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};

/// Shows `a <= b` from `0 <= b` and `a^2 <= b^2`.
///
/// # Errors
/// There is no square root, b may be negative, or the squares could not be compared.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let inner = budget.deeper().ok_or(Refusal::Budget)?;
    let has_root = |term: &Term| {
        let found = lemmas::applications(&[term]);
        found.iter().any(|t| matches!(t.node(), Node::Apply(Function::Sqrt, _)))
    };
    let ordered = matches!(goal.comparison, Comparison::AtMost | Comparison::Less);
    if !ordered || !(has_root(&goal.left) || has_root(&goal.right)) {
        return Err(Refusal::NotApplicable);
    }
    signs::prepare(script, &goal.left, &inner);
    signs::prepare(script, &goal.right, &inner);
    let lower = signs::non_negative(script, &goal.right, &inner).ok_or(Refusal::NotApplicable)?;
    // a negative left side needs no square, a nonnegative one is worth knowing
    let _ = signs::non_negative(script, &goal.left, &inner);
    let squares = Relation::new(goal.left.powi(2), goal.comparison, goal.right.powi(2));
    let compared = linear::prove(script, &squares, &inner)?;
    script.derive("square_cancel", &[&goal.left, &goal.right], &[lower, compared]).ok_or(Refusal::NothingFound)
}
