//! From a tree to a step of a certificate that the checker has accepted.
//!
//! Owns: the precision of the step and which bounds it names. Must not know: how the tree was found.

use super::region::{Region, bound};
use super::split::{search, split};
use crate::prover::{Budget, Refusal};
use boundproof_checker::certificate::{Proof, Reference, Step, Tree};
use boundproof_checker::rules::replay;
use boundproof_checker::rules::scope::Scope;
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::{Relation, Term};
use std::collections::BTreeSet;

/// The precisions that are tried.
const BITS: [Option<u32>; 3] = [None, Some(128), Some(256)];

/// How many points may be left to the checker's precision.
const MOST_HOPES: u32 = 4;

/// A statement to be shown by a step of its own.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'s> {
    /// What is to be shown.
    pub goal: &'s Relation,
    /// The variables in scope.
    pub variables: &'s [Variable],
    /// What may be used.
    pub facts: &'s [(Reference, Relation)],
    /// The label of the step.
    pub label: u32,
}

/// Who decides whether a step serves: the checker, by way of a script or not.
pub type Accept<'a, T> = dyn FnMut(&Step) -> Option<T> + 'a;

/// What `accept` makes of a step that concludes the goal from the facts: `enclose`, or `split` with a tree.
///
/// # Errors
/// As [`split`]; [`Refusal::NothingFound`] if the tree is accepted at none of the precisions.
pub fn prove<T>(statement: &Statement, budget: &Budget, accept: &mut Accept<T>) -> Result<T, Refusal> {
    let Statement { goal, variables, facts, .. } = *statement;
    let region = Region::of(variables, facts);
    let refusal = match split(goal, &region, facts, budget) {
        Ok(tree) => match offer(statement, &tree, &region, budget, accept) {
            Some(found) => return Ok(found),
            None => Refusal::NothingFound,
        },
        Err(refusal) => refusal,
    };
    if let Some(refined) = region.refined(goal, facts)
        && let Ok(tree) = split(goal, &refined, facts, budget)
        && let Some(found) = offer(statement, &tree, &refined, budget, accept)
    {
        return Ok(found);
    }
    if matches!(refusal, Refusal::Stuck { .. })
        && let Ok(tree) = search(goal, &region, facts, budget, MOST_HOPES)
        && let Some(found) = offer(statement, &tree, &region, budget, accept)
    {
        return Ok(found);
    }
    Err(refusal)
}

/// As [`prove`], but with the bounds that the facts give for terms of the goal, and only with these.
///
/// # Errors
/// As [`prove`]; [`Refusal::NotApplicable`] if there are no such bounds.
pub fn prove_refined<T>(statement: &Statement, budget: &Budget, accept: &mut Accept<T>) -> Result<T, Refusal> {
    let Statement { goal, variables, facts, .. } = *statement;
    let region = Region::of(variables, facts).refined(goal, facts).ok_or(Refusal::NotApplicable)?;
    let tree = split(goal, &region, facts, budget)?;
    offer(statement, &tree, &region, budget, accept).ok_or(Refusal::NothingFound)
}

/// What `accept` makes of the step for a tree, at the first precision at which it serves; one precision is always tried.
fn offer<T>(statement: &Statement, tree: &Tree, region: &Region, budget: &Budget, accept: &mut Accept<T>) -> Option<T> {
    let mut step = Step::new(statement.label, if *tree == Tree::Leaf { "enclose" } else { "split" });
    step.shows = Some(statement.goal.clone());
    step.premises = premises(statement.goal, tree, region, statement.facts);
    step.tree = (*tree != Tree::Leaf).then(|| tree.clone());
    BITS.into_iter().take_while(|bits| bits.is_none() || !budget.is_over()).find_map(|bits| {
        step.bits = bits;
        accept(&step)
    })
}

/// The bounds on the variables that matter.
fn premises(goal: &Relation, tree: &Tree, region: &Region, facts: &[(Reference, Relation)]) -> Vec<Reference> {
    if region.contradictory {
        return region.using.clone();
    }
    let mut names = goal.variables();
    mentioned(tree, facts, &mut names);
    let matters = |reference: &&Reference| {
        facts.iter().any(|(r, fact)| r == *reference && bound(fact).is_some_and(|(name, _)| names.contains(name)))
    };
    let refinements = region.refinements.iter().map(|(reference, ..)| *reference);
    region.using.iter().filter(matters).copied().chain(refinements).collect()
}

fn mentioned(tree: &Tree, facts: &[(Reference, Relation)], names: &mut BTreeSet<Name>) {
    match tree {
        Tree::Leaf | Tree::MeanValue | Tree::Taylor { .. } => {}
        Tree::Empty(reference) => {
            for (_, fact) in facts.iter().filter(|(r, _)| r == reference) {
                names.extend(fact.variables());
            }
        }
        Tree::Monotone { rest, .. } => mentioned(rest, facts, names),
        Tree::Split { variable, below, above, .. } | Tree::Concave { variable, below, above } => {
            names.insert(variable.clone());
            mentioned(below, facts, names);
            mentioned(above, facts, names);
        }
    }
}

/// The step, if the checker accepts it where those facts are known.
#[must_use]
pub fn accepted(step: &Step, goal: &Relation, variables: &[Variable], facts: &[(Reference, Relation)]) -> Option<Step> {
    // gaps in the numbering are filled with a fact that says nothing
    let nothing = Relation::at_most(&Term::integer(0), &Term::integer(0));
    let mut hypotheses = Vec::new();
    let mut steps = Vec::new();
    for (reference, fact) in facts {
        match reference {
            Reference::Hypothesis(number) => {
                let place = usize::try_from(*number).ok()?.checked_sub(1)?;
                if hypotheses.len() <= place {
                    hypotheses.resize(place + 1, nothing.clone());
                }
                hypotheses[place] = fact.clone();
            }
            Reference::Step(label) => steps.push((*label, fact.clone())),
        }
    }
    steps.sort_by_key(|(label, _)| *label);
    let mut scope = Scope::new(variables, &hypotheses);
    let concluded = steps.into_iter().all(|(label, fact)| scope.conclude(label, fact).is_ok());
    (concluded && replay(&mut scope, &Proof { steps: vec![step.clone()] }, goal).is_ok()).then(|| step.clone())
}
