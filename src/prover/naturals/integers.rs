//! Inequalities between integers: `a < b + 1` is enough for `a <= b`.
//!
//! Owns: when the gap is used. Must not know: how the weaker statement is shown.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::symbolic::{lemmas, linear, signs};
use boundproof_checker::certificate::Reference;
use boundproof_checker::theorem::Context;
use boundproof_checker::theorem::definedness::is_integer;
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};

/// Shows a goal between integers from the weaker one.
///
/// # Errors
/// A side is not plainly an integer, or the weaker goal was not shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let context = Context { variables: script.variables().to_vec(), ..Context::default() };
    let rounds = |term: &Term| matches!(term.node(), Node::Apply(Function::Floor | Function::Ceil, _));
    let any = lemmas::applications(&[&goal.left, &goal.right]).iter().all(rounds);
    let (left, right) = (&goal.left, &goal.right);
    if !any || !is_integer(left, &context) || !is_integer(right, &context) {
        return Err(Refusal::NotApplicable);
    }
    script.attempt(&mut |script| match goal.comparison {
        Comparison::AtMost => by_gap(script, goal, budget),
        Comparison::Equal => {
            let up = by_gap(script, &Relation::at_most(left, right), budget)?;
            let down = by_gap(script, &Relation::at_most(right, left), budget)?;
            script.derive("antisymmetry", &[], &[up, down]).ok_or(Refusal::NothingFound)
        }
        _ => Err(Refusal::NotApplicable),
    })
}

/// `a <= b` from `a < b + 1`.
fn by_gap(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let (left, right) = (&goal.left, &goal.right);
    let one = Term::integer(1);
    let weaker = Relation::less(left, &(right + &one));
    signs::prepare(script, left, budget);
    signs::prepare(script, right, budget);
    lemmas::saturate(script, &weaker, budget);
    let shown = linear::prove_moderately(script, &weaker, budget)?;
    let gap = script.derive("integer_gap", &[], &[shown]).ok_or(Refusal::NothingFound)?;
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    step.products = vec![Script::once(gap)];
    script.push(step).ok_or(Refusal::NothingFound)
}
