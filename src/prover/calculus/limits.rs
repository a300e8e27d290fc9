//! Ladders from ends that are only approached: infinity, and open ends of a range.
//!
//! Owns: towards which end, with which bound. Must not know: how slope and bound are shown.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::witness::plausible::seems_true;
use super::climb::{Shape, signed};
use super::starts;
use boundproof_checker::certificate::Reference;
use boundproof_checker::evaluate::derivative::derivative;
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::{Function, Relation, Term};

/// Bounds `-c/ξ^(1/k)` that are tried: (c, k).
const BOUNDS: [(i64, i64); 3] = [(1, 1), (10, 1), (4, 2)];

/// Shows the goal from infinity or from an open end.
///
/// # Errors
/// No end served.
pub fn prove(script: &mut Script, goal: &Relation, name: &Name, budget: &Budget) -> Result<Reference, Refusal> {
    if let Ok(reference) = from_infinity(script, goal, name, budget) {
        return Ok(reference);
    }
    let variable = Term::variable(name);
    for end in starts::ends(script, name) {
        for premise in [Relation::less(&end, &variable), Relation::less(&variable, &end)] {
            if let Some(fact) = script.find(&premise)
                && let Ok(reference) = from_open_end(script, goal, name, &end, fact, budget)
            {
                return Ok(reference);
            }
        }
    }
    Err(Refusal::NothingFound)
}

/// Whether the statement about ξ may be true under those hypotheses.
fn is_plausible(script: &Script, fresh: &Name, hypotheses: &[Relation], goal: &Relation) -> bool {
    let mut variables = script.variables().to_vec();
    variables.push(Variable { name: fresh.clone(), sort: Sort::Real });
    let given: Vec<Relation> = script.hypotheses().into_iter().chain(hypotheses.iter().cloned()).collect();
    seems_true(&variables, &given, goal)
}

fn from_infinity(script: &mut Script, goal: &Relation, name: &Name, budget: &Budget) -> Result<Reference, Refusal> {
    let variable = Term::variable(name);
    // nothing that bounds the variable from above says anything about the way to infinity
    let mut shape = Shape::of(script, goal, name).ok_or(Refusal::NotApplicable)?;
    let xi = shape.between();
    let (weak, strict) = (vec![Relation::at_most(&variable, &xi)], vec![Relation::less(&variable, &xi)]);
    let falling = signed(&shape.slope, goal.comparison, false);
    if !is_plausible(script, &shape.fresh, &strict, &falling) {
        return Err(Refusal::NotApplicable);
    }
    let at_xi = goal.difference().substitute(name, &xi);
    let far = [strict[0].clone(), Relation::at_most(&Term::integer(1), &xi)];
    if !is_plausible(script, &shape.fresh, &far, &Relation::nonnegative(&at_xi)) {
        return Err(Refusal::NotApplicable);
    }
    shape.conditions(script, &weak, &strict, budget)?;
    shape.show(script, &strict, &falling, budget)?;
    for (c, k) in BOUNDS {
        let bound = Relation::at_most(&vanishing(c, k, &xi), &at_xi);
        if shape.show(script, &far, &bound, &budget.part(0.3)).is_ok() {
            return shape.from_infinity(script, goal, variable, (c, k)).ok_or(Refusal::NothingFound);
        }
    }
    Err(Refusal::NothingFound)
}

/// `-c/ξ^(1/k)`
pub fn vanishing(c: i64, k: i64, xi: &Term) -> Term {
    let root = if k == 1 { xi.clone() } else { Term::apply(Function::Sqrt, vec![xi.clone()]) };
    -&(&Term::integer(c) / &root)
}

fn from_open_end(
    script: &mut Script,
    goal: &Relation,
    name: &Name,
    end: &Term,
    premise: Reference,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let variable = Term::variable(name);
    let upwards = script.relation(premise) == Some(&Relation::less(end, &variable));
    let mut shape = Shape::of(script, goal, name).ok_or(Refusal::NotApplicable)?;
    let xi = shape.between();
    let rising = signed(&shape.slope, goal.comparison, upwards);
    let (closed, open, distance) = if upwards {
        let away = Relation::less(end, &xi);
        (vec![away.clone(), Relation::at_most(&xi, &variable)], vec![away, Relation::less(&xi, &variable)], &xi - end)
    } else {
        let away = Relation::less(&xi, end);
        (vec![away.clone(), Relation::at_most(&variable, &xi)], vec![away, Relation::less(&variable, &xi)], end - &xi)
    };
    if !is_plausible(script, &shape.fresh, &open, &rising) || derivative(&goal.difference(), name).is_none() {
        return Err(Refusal::NotApplicable);
    }
    shape.conditions(script, &closed, &open, budget)?;
    shape.show(script, &open, &rising, budget)?;
    let root = Term::apply(Function::Sqrt, vec![distance]);
    for c in [1, 4] {
        let c = Term::integer(c);
        let bound = Relation::at_most(&-&(&c * &root), &goal.difference().substitute(name, &xi));
        if !is_plausible(script, &shape.fresh, &open, &bound) {
            continue;
        }
        if shape.show(script, &open, &bound, &budget.part(0.3)).is_ok() {
            let mut step = script.step("ladder_from_limit");
            step.terms = vec![variable, end.clone(), c];
            step.shows = Some(goal.clone());
            step.premises = vec![premise];
            step.variable = Some(shape.fresh);
            step.blocks = shape.blocks;
            return script.push(step).ok_or(Refusal::NothingFound);
        }
    }
    Err(Refusal::NothingFound)
}
