//! Case distinctions on signs: of a variable that may be negative, and of a factor of the smaller side.
//!
//! Owns: on whose sign to distinguish. Must not know: how a case is shown.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::signs;
use boundproof_checker::certificate::Reference;
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};

/// How deep a search may be in which signs are still distinguished: at its outset only.
const OUTSET: u32 = Budget::DEPTH - 1;

/// Shows the goal for `x <= 0` and for `0 < x`, for a variable x of either sign.
///
/// # Errors
/// There is no such variable, or a case was not shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if budget.depth < OUTSET {
        return Err(Refusal::NotApplicable);
    }
    let names = script.variables().iter().map(|v| &v.name).filter(|name| goal.mentions(name));
    let variables: Vec<Term> = names.map(|name| Term::variable(name)).collect();
    by_sign_of(script, goal, variables, budget)
}

/// Shows `t * u <= v` with `0 < v` for `t <= 0`, where it is plain, and for `0 < t`, where logarithms can be taken.
///
/// # Errors
/// There is no such factor, or a case was not shown.
pub fn of_factors(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let applies = matches!(goal.comparison, Comparison::AtMost | Comparison::Less) && budget.depth >= OUTSET;
    if !applies || goal.right.as_number().is_some() || signs::positive(script, &goal.right, budget).is_none() {
        return Err(Refusal::NotApplicable);
    }
    by_sign_of(script, goal, factors(&goal.left), budget)
}

/// The factors of a product.
fn factors(term: &Term) -> Vec<Term> {
    match term.node() {
        Node::Multiply(a, b) => [factors(a), factors(b)].concat(),
        Node::Divide(a, _) | Node::Negate(a) => factors(a),
        Node::Number(_) => Vec::new(),
        _ => vec![term.clone()],
    }
}

/// Shows the goal by the sign of the first of the terms that may have either and for which both cases are shown.
fn by_sign_of(script: &mut Script, goal: &Relation, terms: Vec<Term>, budget: &Budget) -> Result<Reference, Refusal> {
    let inner = Budget { depth: budget.depth - 2, ..*budget };
    let zero = Term::integer(0);
    for term in terms {
        let below = Relation::at_most(&term, &zero);
        let open = [below.clone(), Relation::at_most(&zero, &term)].iter().all(|r| signs::enclose(script, r).is_none());
        if !open {
            continue;
        }
        let found = script.attempt(&mut |script| {
            let mut blocks = Vec::new();
            for hypothesis in [below.clone(), below.negation()] {
                blocks.push(script.block(None, std::slice::from_ref(&hypothesis), goal, &mut |script| {
                    search::prove(script, goal, &inner.part(0.5))
                })?);
            }
            let mut step = script.step("cases");
            step.terms = vec![term.clone(), zero.clone()];
            step.shows = Some(goal.clone());
            step.blocks = blocks;
            script.push(step).ok_or(Refusal::NothingFound)
        });
        if found.is_ok() {
            return found;
        }
    }
    Err(Refusal::NotApplicable)
}
