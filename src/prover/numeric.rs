//! Splitting with enclosures, as a strategy.

use super::budget::{Budget, Forecast};
use super::enclosure::{self, Statement};
use super::outcome::Refusal;
use super::script::{Known, Script};
use boundproof_checker::certificate::{Reference, Step};
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use num_traits::Zero;

/// How many boxes are tried before bounds on the arguments of roots and logarithms are looked for.
const FEW_BOXES: usize = 3_000;

/// When a first splitting of the goal itself is given up: its boxes cost less than a look for other ways.
const WHOLE: Forecast = Forecast { after: 200, most: 8_000 };
/// The same for what a strategy asks for, which may be one of many goals.
const PART: Forecast = Forecast { after: 24, most: 500 };

/// Shows the goal by splitting if few boxes will do, as far as the first ones tell.
///
/// # Errors
/// Why it could not.
pub fn at_a_glance(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let forecast = if budget.depth == Budget::DEPTH { WHOLE } else { PART };
    let budget = Budget { forecast: Some(forecast), ..*budget };
    without_root(script, goal, &budget, |script, goal, budget| split(script, goal, &[], budget))
}

/// Shows the goal by splitting with at most so many boxes, if the first ones promise that these will do.
///
/// # Errors
/// Why it could not.
pub fn briefly(script: &mut Script, goal: &Relation, boxes: usize, budget: &Budget) -> Result<Reference, Refusal> {
    let forecast = Forecast { after: PART.after, most: boxes };
    let budget = Budget { boxes, forecast: Some(forecast), ..*budget };
    without_root(script, goal, &budget, |script, goal, budget| split(script, goal, &[], budget))
}

/// Boxes that the goal of a whole search is worth before the strategies that may take seconds: where a goal touches, a
/// splitting is stuck long before, and what is left is mostly decided by as many.
const MANY_BOXES: usize = 8_000;

/// Shows the goal of a whole search by splitting with a moderate number of boxes.
///
/// # Errors
/// Why it could not.
pub fn moderately(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if goal.comparison == Comparison::Equal || budget.depth < Budget::DEPTH {
        return Err(Refusal::NotApplicable);
    }
    match split(script, goal, &[], &Budget { boxes: budget.boxes.min(MANY_BOXES), ..*budget }) {
        Err(Refusal::Budget) if !budget.is_over() => {}
        outcome => return outcome,
    }
    with_bounds(script, goal, &Budget { boxes: budget.boxes.min(8 * MANY_BOXES), ..*budget })
}

/// Shows the goal by splitting with bounds on the arguments of roots and logarithms: on a large box an argument may look
/// as if it left the domain, so that a bound that holds on all of it is shown first.
fn with_bounds(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let bounds = bounds_on_arguments(script, goal, budget);
    if bounds.is_empty() { Err(Refusal::Budget) } else { split(script, goal, &bounds, budget) }
}

/// Shows the goal by splitting the box of its variables.
///
/// # Errors
/// Why it could not.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    without_root(script, goal, budget, |script, goal, budget| {
        let few = Budget { boxes: budget.boxes.min(FEW_BOXES), ..*budget };
        match split(script, goal, &[], &few) {
            Err(Refusal::Budget) if !budget.is_over() => {}
            outcome => return outcome,
        }
        with_bounds(script, goal, budget).or_else(|_| split(script, goal, &[], budget))
    })
}

/// A comparison by `splitting`; of a root with 0, by its argument.
fn without_root(
    script: &mut Script,
    goal: &Relation,
    budget: &Budget,
    splitting: impl Fn(&mut Script, &Relation, &Budget) -> Result<Reference, Refusal>,
) -> Result<Reference, Refusal> {
    if goal.comparison == Comparison::Equal {
        return Err(Refusal::NotApplicable);
    }
    let (mut goal, mut roots) = (goal.clone(), 0);
    while let Some(argument) = positive_root(&goal).cloned() {
        goal = Relation::positive(&argument);
        roots += 1;
    }
    let mut shown = splitting(script, &goal, budget)?;
    for _ in 0..roots {
        shown = script.derive("sqrt_positive", &[], &[shown]).ok_or(Refusal::NothingFound)?;
    }
    Ok(shown)
}

/// Splits; where bounds on terms of the goal are given, with these.
fn split(script: &mut Script, goal: &Relation, bounds: &[Reference], budget: &Budget) -> Result<Reference, Refusal> {
    let facts = facts(script, bounds);
    let variables = script.variables().to_vec();
    let label = script.step("").label;
    let statement = Statement { goal, variables: &variables, facts: &facts, label };
    let mut accept = |step: &Step| script.push(step.clone());
    if bounds.is_empty() {
        enclosure::prove(&statement, budget, &mut accept)
    } else {
        enclosure::prove_refined(&statement, budget, &mut accept)
    }
}

/// Hypotheses, what was found out about single variables, and the facts listed.
fn facts(script: &Script, listed: &[Reference]) -> Vec<(Reference, Relation)> {
    let serves = |known: &&Known| {
        matches!(known.reference, Reference::Hypothesis(_))
            || is_bound(&known.relation)
            || listed.contains(&known.reference)
    };
    script.known().iter().filter(serves).map(|known| (known.reference, known.relation.clone())).collect()
}

/// The `t` of `0 < sqrt(t)`.
fn positive_root(goal: &Relation) -> Option<&Term> {
    let zero = goal.left.as_number().is_some_and(Zero::is_zero);
    match goal.right.node() {
        Node::Apply(Function::Sqrt, arguments) if zero && goal.comparison == Comparison::Less => arguments.first(),
        _ => None,
    }
}

/// Positive lower bounds on the arguments of roots and logarithms in the goal that are positive on the box, but not seen
/// to be so at once.
fn bounds_on_arguments(script: &mut Script, goal: &Relation, budget: &Budget) -> Vec<Reference> {
    let mut arguments = Vec::new();
    guarded(&goal.left, &mut arguments);
    guarded(&goal.right, &mut arguments);
    let mut found = Vec::new();
    for argument in arguments {
        let facts = facts(script, &[]);
        let region = enclosure::Region::of(script.variables(), &facts);
        for bound in enclosure::lower_bounds(&argument, &region) {
            let part = Budget { boxes: budget.boxes.min(2 * FEW_BOXES), ..budget.part(0.3) };
            let goal = Relation::at_most(&Term::number(bound), &argument);
            if let Ok(reference) = split(script, &goal, &[], &part) {
                found.push(reference);
                break;
            }
        }
    }
    found
}

/// The arguments of roots and logarithms, each once.
fn guarded(term: &Term, found: &mut Vec<Term>) {
    for child in term.children() {
        guarded(child, found);
    }
    if let Node::Apply(Function::Sqrt | Function::Log, arguments) = term.node()
        && let Some(argument) = arguments.first()
        && !found.contains(argument)
    {
        found.push(argument.clone());
    }
}

/// Whether the relation compares a variable with a number.
fn is_bound(relation: &Relation) -> bool {
    let pair = (relation.left.node(), relation.right.node());
    matches!(pair, (Node::Number(_), Node::Variable(_)) | (Node::Variable(_), Node::Number(_)))
}
