//! The ladder: a value and a slope, for inequalities that touch.
//!
//! Owns: from where to climb, in which variable. Must not know: how base and slope are shown.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::signs;
use boundproof_checker::certificate::{Proof, Reference};
use boundproof_checker::evaluate::derivative::{continuity, derivative, smoothness};
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};
use std::collections::BTreeSet;

/// Shows the goal by climbing from a point in one of its variables.
///
/// # Errors
/// No start and variable served.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) {
        return Err(Refusal::NotApplicable);
    }
    let inner = ladder_budget(budget).ok_or(Refusal::Budget)?;
    let mut names = BTreeSet::new();
    goal.left.collect_variables(&mut names);
    goal.right.collect_variables(&mut names);
    for name in names {
        for start in starts(script, goal, &name) {
            if budget.is_over() {
                return Err(Refusal::Budget);
            }
            if let Ok(reference) = from_start(script, goal, &name, &start, &inner) {
                return Ok(reference);
            }
        }
    }
    Err(Refusal::NothingFound)
}

/// Ladders nest at most a few times.
fn ladder_budget(budget: &Budget) -> Option<Budget> {
    Some(Budget { depth: budget.depth.checked_sub(3)?, ..budget.part(0.7) })
}

/// Where a ladder in the variable may start: ends of its range, 0 and 1.
fn starts(script: &Script, goal: &Relation, name: &Name) -> Vec<Term> {
    let mut starts = Vec::new();
    let variable = Term::variable(name);
    for known in script.known() {
        let relation = &known.relation;
        if relation.comparison == Comparison::Different {
            continue;
        }
        for (side, other) in [(&relation.left, &relation.right), (&relation.right, &relation.left)] {
            if *side == variable && !other.mentions(name) && !starts.contains(other) {
                starts.push(other.clone());
            }
        }
    }
    // where two variables meet
    for other in script.variables() {
        if other.name != *name {
            let meeting = Term::variable(&other.name);
            if !starts.contains(&meeting) && goal.mentions(&other.name) {
                starts.push(meeting);
            }
        }
    }
    for number in [Term::integer(0), Term::integer(1)] {
        if !starts.contains(&number) {
            starts.push(number);
        }
    }
    starts.truncate(6);
    starts
}

/// Both directions from the start, as far as the variable can be on either side.
fn from_start(
    script: &mut Script,
    goal: &Relation,
    name: &Name,
    start: &Term,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let variable = Term::variable(name);
    let (above, below) = (Relation::at_most(start, &variable), Relation::at_most(&variable, start));
    // the base must hold, or nothing else matters
    for side in [&above, &below] {
        if let Some(premise) = signs::enclose(script, side) {
            return climb(script, goal, name, start, premise, budget);
        }
    }
    let mut blocks = Vec::new();
    // cases variable <= start, start < variable
    for hypothesis in [below.clone(), below.negation()] {
        let proof = script.block(None, std::slice::from_ref(&hypothesis), goal, &mut |script| {
            let premise = if hypothesis == below {
                script.find(&below).ok_or(Refusal::NothingFound)?
            } else {
                let fact = script.find(&hypothesis).ok_or(Refusal::NothingFound)?;
                script.derive("weaken", &[], &[fact]).ok_or(Refusal::NothingFound)?
            };
            climb(script, goal, name, start, premise, budget)
        })?;
        blocks.push(proof);
    }
    let mut step = script.step("cases");
    step.terms = vec![variable, start.clone()];
    step.shows = Some(goal.clone());
    step.blocks = blocks;
    script.push(step).ok_or(Refusal::NothingFound)
}

/// One ladder, given `start <= variable` or `variable <= start`.
pub fn climb(
    script: &mut Script,
    goal: &Relation,
    name: &Name,
    start: &Term,
    premise: Reference,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let variable = Term::variable(name);
    let upwards = script.relation(premise) == Some(&Relation::at_most(start, &variable));
    let fresh = script.fresh(name);
    let xi = Term::variable(&fresh);
    let f = goal.difference();
    let slope = derivative(&f, name).ok_or(Refusal::NotApplicable)?.substitute(name, &xi);
    let (low, high) = if upwards { (start, &variable) } else { (&variable, start) };
    let between = |comparison: Comparison| {
        [Relation::new(low.clone(), comparison, xi.clone()), Relation::new(xi.clone(), comparison, high.clone())]
    };
    let mut blocks: Vec<Proof> = Vec::new();
    let base = goal.substitute(name, start);
    blocks.push(script.block(None, &[], &base, &mut |script| search::prove(script, &base, &budget.part(0.2)))?);
    for (conditions, comparison) in
        [(continuity(&f, name), Comparison::AtMost), (smoothness(&f, name), Comparison::Less)]
    {
        for condition in conditions {
            let wanted = condition.substitute(name, &xi);
            let hypotheses = between(comparison);
            blocks.push(script.block(Some((&fresh, Sort::Real)), &hypotheses, &wanted, &mut |script| {
                inherit_bounds(script, &hypotheses);
                search::prove(script, &wanted, &budget.part(0.2))
            })?);
        }
    }
    let rising = if upwards { Relation::nonnegative(&slope) } else { Relation::at_most(&slope, &Term::integer(0)) };
    let hypotheses = between(Comparison::Less);
    blocks.push(script.block(Some((&fresh, Sort::Real)), &hypotheses, &rising, &mut |script| {
        inherit_bounds(script, &hypotheses);
        search::prove(script, &rising, budget)
    })?);
    let mut step = script.step("ladder");
    step.terms = vec![variable, start.clone()];
    step.shows = Some(goal.clone());
    step.premises = vec![premise];
    step.variable = Some(fresh);
    step.blocks = blocks;
    script.push(step).ok_or(Refusal::NothingFound)
}

/// Constant bounds on the new variable, from those of the variable between which it lies.
fn inherit_bounds(script: &mut Script, hypotheses: &[Relation; 2]) {
    for hypothesis in hypotheses {
        let Some(first) = script.find(hypothesis) else { continue };
        let known: Vec<_> = script.known().to_vec();
        for fact in known {
            let bound = match (hypothesis.left.node(), hypothesis.right.node()) {
                // q <= x <= ξ
                (Node::Variable(_), _)
                    if fact.relation.right == hypothesis.left && is_constant(&fact.relation.left) =>
                {
                    Relation::new(
                        fact.relation.left.clone(),
                        joined(&fact.relation, hypothesis),
                        hypothesis.right.clone(),
                    )
                }
                (_, Node::Variable(_))
                    if fact.relation.left == hypothesis.right && is_constant(&fact.relation.right) =>
                {
                    Relation::new(
                        hypothesis.left.clone(),
                        joined(&fact.relation, hypothesis),
                        fact.relation.right.clone(),
                    )
                }
                _ => continue,
            };
            let mut step = script.step("combine");
            step.shows = Some(bound);
            step.products = [first, fact.reference].map(Script::once).to_vec();
            let _ = script.push(step);
        }
    }
}

fn joined(a: &Relation, b: &Relation) -> Comparison {
    if a.comparison == Comparison::Less || b.comparison == Comparison::Less {
        Comparison::Less
    } else {
        Comparison::AtMost
    }
}

fn is_constant(term: &Term) -> bool {
    let mut variables = BTreeSet::new();
    term.collect_variables(&mut variables);
    variables.is_empty()
}
