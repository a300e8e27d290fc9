//! The least values of a natural number one by one, then the rest.
//!
//! Owns: which variable is split where. Must not know: how the pieces are shown.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::super::witness::plausible::seems_true;
use boundproof_checker::certificate::Reference;
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::term::{Comparison, Relation, Term};
use num_traits::ToPrimitive;

/// How shows the rest.
pub type Rest<'a> = &'a mut dyn FnMut(&mut Script, Reference) -> Result<Reference, Refusal>;

/// How many values are split off before the rest is tried.
const FIRST: [i64; 3] = [1, 4, 12];

/// Shows the goal at the least values of a natural number, and beyond them.
///
/// # Errors
/// There is no such variable, or a piece was not shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    // at most twice: each time the bound is raised
    if budget.depth < 7 {
        return Err(Refusal::NotApplicable);
    }
    let inner = Budget { depth: budget.depth - 5, ..*budget };
    for name in naturals(script, goal) {
        let Some((least, lower)) = least_value(script, &name) else { continue };
        for count in FIRST {
            if budget.is_over() {
                return Err(Refusal::Budget);
            }
            let part = inner.part(0.5);
            let mut rest = |script: &mut Script, _| search::prove(script, goal, &part);
            if let Ok(reference) = from(script, goal, &name, (least, lower), least + count, &mut rest, &inner) {
                return Ok(reference);
            }
        }
    }
    Err(Refusal::NotApplicable)
}

/// The natural numbers of the goal.
pub fn naturals(script: &Script, goal: &Relation) -> Vec<Name> {
    let mentioned = script.variables().iter().filter(|v| v.sort == Sort::Nat && goal.mentions(&v.name));
    mentioned.map(|v| v.name.clone()).collect()
}

/// The greatest integer that is known to be a lower bound of the variable.
pub fn least_value(script: &Script, name: &Name) -> Option<(i64, Reference)> {
    let variable = Term::variable(name);
    let bounds = script.known().iter().filter_map(|known| {
        let relation = &known.relation;
        let is_bound = relation.right == variable && relation.comparison == Comparison::AtMost;
        let bound = relation.left.as_number().filter(|value| is_bound && value.is_integer())?;
        Some((bound.to_integer().to_i64().filter(|value| *value >= 0)?, known.reference))
    });
    bounds.max_by_key(|(bound, _)| *bound)
}

/// A number as a term.
fn number(value: i64) -> Term {
    Term::number(Rational::from_integer(value.into()))
}

/// Shows the goal at the values from the least one to `start - 1` one by one, and with `start <= n` by `rest`.
///
/// # Errors
/// A piece was not shown.
pub fn from(
    script: &mut Script,
    goal: &Relation,
    name: &Name,
    (least, lower): (i64, Reference),
    start: i64,
    rest: Rest<'_>,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    if start <= least {
        return rest(script, lower);
    }
    let variable = Term::variable(name);
    let last = number(start - 1);
    let small = Relation::at_most(&variable, &last);
    let large = small.negation();
    // what cannot be true beyond is not worth the values before
    let given: Vec<Relation> = script.hypotheses().into_iter().chain([large.clone()]).collect();
    if !seems_true(script.variables(), &given, goal) {
        return Err(Refusal::NothingFound);
    }
    let second = script.block(None, std::slice::from_ref(&large), goal, &mut |script| {
        let beyond = next_bound(script, &large, start, &variable).ok_or(Refusal::NothingFound)?;
        rest(script, beyond)
    })?;
    let first = script.block(None, std::slice::from_ref(&small), goal, &mut |script| {
        let upper = script.find(&small).ok_or(Refusal::NothingFound)?;
        enumerated(script, goal, name, (lower, upper), (least, start - 1), budget)
    })?;
    let mut step = script.step("cases");
    step.terms = vec![variable, last];
    step.shows = Some(goal.clone());
    step.blocks = vec![first, second];
    script.push(step).ok_or(Refusal::NothingFound)
}

/// `start <= n` from `start - 1 < n`, written with the next number, so that enclosures can read it.
fn next_bound(script: &mut Script, strict: &Relation, start: i64, variable: &Term) -> Option<Reference> {
    let strict = script.find(strict)?;
    let gap = script.derive("integer_gap", &[], &[strict])?;
    let mut step = script.step("combine");
    step.shows = Some(Relation::at_most(&number(start), variable));
    step.products = vec![Script::once(gap)];
    script.push(step)
}

/// Shows the goal at each value between the two.
pub fn enumerated(
    script: &mut Script,
    goal: &Relation,
    name: &Name,
    (lower, upper): (Reference, Reference),
    (first, last): (i64, i64),
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let variable = Term::variable(name);
    let mut blocks = Vec::new();
    for value in first..=last {
        let value = number(value);
        let instance = goal.substitute(name, &value);
        let equation = Relation::equal(&variable, &value);
        let proof = script.block(None, std::slice::from_ref(&equation), &instance, &mut |script| {
            search::prove(script, &instance, &budget.part(0.3))
        })?;
        blocks.push(proof);
    }
    let mut step = script.step("enumerate");
    step.terms = vec![variable];
    step.shows = Some(goal.clone());
    step.premises = vec![lower, upper];
    step.blocks = blocks;
    script.push(step).ok_or(Refusal::NothingFound)
}
