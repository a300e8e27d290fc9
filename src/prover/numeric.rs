//! Splitting with enclosures, as a strategy.

use super::budget::Budget;
use super::enclosure;
use super::outcome::Refusal;
use super::script::Script;
use boundproof_checker::certificate::Reference;
use boundproof_checker::theorem::term::{Comparison, Node, Relation};

/// Shows the goal by splitting the box of its variables.
///
/// # Errors
/// Why it could not.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if goal.comparison == Comparison::Equal {
        return Err(Refusal::NotApplicable);
    }
    // hypotheses, and what was found out about single variables
    let facts: Vec<(Reference, Relation)> = script
        .known()
        .iter()
        .filter(|known| matches!(known.reference, Reference::Hypothesis(_)) || is_bound(&known.relation))
        .map(|known| (known.reference, known.relation.clone()))
        .collect();
    let variables = script.variables().to_vec();
    let label = script.step("").label;
    let step = enclosure::prove(goal, &variables, &facts, label, budget)?;
    script.push(step).ok_or(Refusal::NothingFound)
}

/// Whether the relation compares a variable with a number.
fn is_bound(relation: &Relation) -> bool {
    let pair = (relation.left.node(), relation.right.node());
    matches!(pair, (Node::Number(_), Node::Variable(_)) | (Node::Variable(_), Node::Number(_)))
}
