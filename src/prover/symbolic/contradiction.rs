//! The negation of the goal among the facts: for hypotheses that have to be multiplied by it.
//!
//! Owns: the case distinction, what is combined. Must not know: other strategies.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::{linear, signs};
use boundproof_checker::certificate::Reference;
use boundproof_checker::theorem::term::{Comparison, Relation, Term};

/// Shows the goal by combining its negation with what is known to `0 < 0`.
///
/// # Errors
/// It is not an inequality, or no combination was found.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) {
        return Err(Refusal::NotApplicable);
    }
    signs::prepare(script, &goal.left, budget);
    signs::prepare(script, &goal.right, budget);
    // cases(a, b) are a <= b and b < a
    let (a, b) = match goal.comparison {
        Comparison::AtMost => (&goal.left, &goal.right),
        _ => (&goal.right, &goal.left),
    };
    let weak = Relation::at_most(a, b);
    let mut blocks = Vec::new();
    for hypothesis in [weak.clone(), weak.negation()] {
        blocks.push(script.block(None, std::slice::from_ref(&hypothesis), goal, &mut |script| {
            if hypothesis == *goal {
                return script.find(goal).ok_or(Refusal::NothingFound);
            }
            refuted(script, &hypothesis, goal, budget)
        })?);
    }
    let mut step = script.step("cases");
    step.terms = vec![a.clone(), b.clone()];
    step.shows = Some(goal.clone());
    step.blocks = blocks;
    script.push(step).ok_or(Refusal::NothingFound)
}

/// Shows anything from a hypothesis that contradicts the others.
fn refuted(script: &mut Script, hypothesis: &Relation, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let zero = Term::integer(0);
    let nothing = Relation::less(&zero, &zero);
    let found = linear::contradict(script, &nothing, hypothesis, budget)?;
    let mut step = script.step("absurd");
    step.shows = Some(goal.clone());
    step.premises = vec![found];
    script.push(step).ok_or(Refusal::NothingFound)
}
