//! The ladder: a value and a slope, for inequalities that touch.
//!
//! Owns: which form of the goal is climbed, from where, in which variable. Must not know: how base and slope are shown.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::super::symbolic::signs;
use super::super::witness::plausible::seems_true;
use super::forms::forms;
use super::starts::starts;
use super::tidy::{self, Tidied, tidy};
use super::{climb, limits, unimodal};
use boundproof_checker::certificate::Reference;
use boundproof_checker::evaluate::derivative::derivative;
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::{Comparison, Relation, Term};
use std::collections::BTreeSet;

/// How much deeper a ladder is than what it rests on.
const DEPTH: u32 = 2;

/// Shows the goal from its simpler form.
///
/// # Errors
/// The goal is as simple as can be, or the simpler one was not shown.
pub fn simplified(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let inner = budget.deeper().ok_or(Refusal::Budget)?;
    let tidied = tidy(script, goal, &inner).ok_or(Refusal::NotApplicable)?;
    if is_same(script, goal, &tidied) {
        return Err(Refusal::NotApplicable);
    }
    let shown = search::prove(script, &tidied.core, &inner)?;
    tidy::conclude(script, goal, &tidied, shown).ok_or(Refusal::NothingFound)
}

/// Shows the goal, through its simpler form first: for slopes, which come as derivatives leave them.
///
/// # Errors
/// Neither form was shown.
pub fn prove_simplified(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if let Some(reference) = signs::enclose(script, goal) {
        return Ok(reference);
    }
    let Some(tidied) = tidy(script, goal, budget) else { return search::prove(script, goal, budget) };
    let shown = search::prove(script, &tidied.core, budget)?;
    tidy::conclude(script, goal, &tidied, shown).ok_or(Refusal::NothingFound)
}

/// Whether the goal is its own core, up to the order of its terms.
fn is_same(script: &mut Script, goal: &Relation, tidied: &Tidied) -> bool {
    script.normal(&goal.difference()).is_some_and(|p| p == tidied.polynomial)
}

/// Shows the goal by climbing from a point in one of its variables.
///
/// # Errors
/// No form, start and variable served.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) {
        return Err(Refusal::NotApplicable);
    }
    let depth = budget.depth.checked_sub(DEPTH).ok_or(Refusal::Budget)?;
    let inner = Budget { depth, ..budget.part(0.8) };
    let tidied = tidy(script, goal, &inner).ok_or(Refusal::NotApplicable)?;
    if !is_same(script, goal, &tidied) {
        // the simpler form has had its turn
        return Err(Refusal::NotApplicable);
    }
    for form in forms(script, &tidied, &inner) {
        if budget.is_over() {
            return Err(Refusal::Budget);
        }
        if let Ok(shown) = form_shown(script, &form.goal, &inner)
            && let Some(core) = form.conclude(script, &tidied.core, shown)
        {
            return tidy::conclude(script, goal, &tidied, core).ok_or(Refusal::NothingFound);
        }
    }
    Err(Refusal::NothingFound)
}

/// A form by a ladder in one of its variables.
fn form_shown(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let mut names = BTreeSet::new();
    goal.left.collect_variables(&mut names);
    goal.right.collect_variables(&mut names);
    for name in names {
        if derivative(&goal.difference(), &name).is_none() {
            continue;
        }
        for start in starts(script, goal, &name, budget) {
            if budget.is_over() {
                return Err(Refusal::Budget);
            }
            if let Ok(reference) = script.attempt(&mut |s| from_start(s, goal, &name, &start, budget)) {
                return Ok(reference);
            }
        }
        if let Ok(reference) = script.attempt(&mut |s| limits::prove(s, goal, &name, budget)) {
            return Ok(reference);
        }
        if let Ok(reference) = script.attempt(&mut |s| unimodal::prove(s, goal, &name, budget)) {
            return Ok(reference);
        }
    }
    Err(Refusal::NothingFound)
}

/// On which side of the start the variable is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// `start <= variable`
    Above,
    /// `variable <= start`
    Below,
}

/// Whether base and slope may have the signs that a ladder needs.
pub fn is_plausible(script: &Script, goal: &Relation, name: &Name, start: &Term, side: Side) -> bool {
    let given = script.hypotheses();
    let mut variables = script.variables().to_vec();
    if !seems_true(&variables, &given, &goal.substitute(name, start)) {
        return false;
    }
    let Some(slope) = derivative(&goal.difference(), name) else { return false };
    let fresh: Name = format!("{name}_between").into();
    variables.push(Variable { name: fresh.clone(), sort: Sort::Real });
    let (x, xi) = (Term::variable(name), Term::variable(&fresh));
    let slope = slope.substitute(name, &xi);
    let (between, wanted) = match side {
        Side::Above => ([Relation::less(start, &xi), Relation::less(&xi, &x)], Relation::nonnegative(&slope)),
        Side::Below => {
            ([Relation::less(&x, &xi), Relation::less(&xi, start)], Relation::at_most(&slope, &Term::integer(0)))
        }
    };
    let given: Vec<Relation> = given.into_iter().chain(between).collect();
    seems_true(&variables, &given, &wanted)
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
    for (relation, side) in [(&above, Side::Above), (&below, Side::Below)] {
        if let Some(premise) = signs::enclose(script, relation) {
            if !is_plausible(script, goal, name, start, side) {
                return Err(Refusal::NothingFound);
            }
            return climb::climb(script, goal, name, start, premise, budget);
        }
    }
    if !is_plausible(script, goal, name, start, Side::Above) || !is_plausible(script, goal, name, start, Side::Below) {
        return Err(Refusal::NothingFound);
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
            climb::climb(script, goal, name, start, premise, budget)
        })?;
        blocks.push(proof);
    }
    let mut step = script.step("cases");
    step.terms = vec![variable, start.clone()];
    step.shows = Some(goal.clone());
    step.blocks = blocks;
    script.push(step).ok_or(Refusal::NothingFound)
}
