//! Natural numbers: the least value by itself, then the rest.
//!
//! Owns: which variable is split off at its lower bound. Must not know: how the pieces are shown.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use boundproof_checker::certificate::Reference;
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::term::{Comparison, Relation, Term};
use num_traits::One;

/// Shows the goal at the least value of a natural number, and beyond it.
///
/// # Errors
/// There is no such variable, or a piece was not shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    // at most twice: each time the bound is raised by one
    if budget.depth < 7 {
        return Err(Refusal::NotApplicable);
    }
    let inner = Budget { depth: budget.depth - 5, ..*budget };
    let names: Vec<Name> = script
        .variables()
        .iter()
        .filter(|v| v.sort == Sort::Nat && goal.mentions(&v.name))
        .map(|v| v.name.clone())
        .collect();
    for name in names {
        let Some((least, lower)) = least_value(script, &name) else { continue };
        if let Ok(reference) = split_off(script, goal, &name, &least, lower, &inner) {
            return Ok(reference);
        }
    }
    Err(Refusal::NotApplicable)
}

/// The greatest integer that is known to be a lower bound of the variable.
fn least_value(script: &Script, name: &Name) -> Option<(Rational, Reference)> {
    let variable = Term::variable(name);
    script
        .known()
        .iter()
        .filter(|known| known.relation.right == variable && known.relation.comparison == Comparison::AtMost)
        .filter_map(|known| {
            let bound = known.relation.left.as_number().filter(|value| value.is_integer())?;
            Some((bound.clone(), known.reference))
        })
        .max_by(|a, b| a.0.cmp(&b.0))
}

fn split_off(
    script: &mut Script,
    goal: &Relation,
    name: &Name,
    least: &Rational,
    lower: Reference,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let variable = Term::variable(name);
    let number = Term::number(least.clone());
    let at_least_value = Relation::at_most(&variable, &number);
    let first = script.block(None, std::slice::from_ref(&at_least_value), goal, &mut |script| {
        let upper = script.find(&at_least_value).ok_or(Refusal::NothingFound)?;
        let instance = goal.substitute(name, &number);
        let equation = Relation::equal(&variable, &number);
        let proof = script.block(None, std::slice::from_ref(&equation), &instance, &mut |script| {
            search::prove(script, &instance, &budget.part(0.3))
        })?;
        let mut step = script.step("enumerate");
        step.terms = vec![variable.clone()];
        step.shows = Some(goal.clone());
        step.premises = vec![lower, upper];
        step.blocks = vec![proof];
        script.push(step).ok_or(Refusal::NothingFound)
    })?;
    let beyond = at_least_value.negation();
    let second = script.block(None, std::slice::from_ref(&beyond), goal, &mut |script| {
        let strict = script.find(&beyond).ok_or(Refusal::NothingFound)?;
        let gap = script.derive("integer_gap", &[], &[strict]).ok_or(Refusal::NothingFound)?;
        // written with the next number, so that enclosures can read it
        let next = Relation::at_most(&Term::number(least + Rational::one()), &variable);
        let mut step = script.step("combine");
        step.shows = Some(next);
        step.products = vec![Script::once(gap)];
        script.push(step).ok_or(Refusal::NothingFound)?;
        search::prove(script, goal, budget)
    })?;
    let mut step = script.step("cases");
    step.terms = vec![variable, number];
    step.shows = Some(goal.clone());
    step.blocks = vec![first, second];
    script.push(step).ok_or(Refusal::NothingFound)
}
