//! Nonnegative polynomials: sums of squares, also with products of what is known as weights, found by semidefinite
//! programming in floating point and made exact.
//!
//! Owns: the strategy, the combination for the goal itself. Must not know: what the goal is part of. Reference: Parrilo 2003; Peyrl & Parrilo 2008; Stengle 1974.

pub mod basis;
pub mod definite;
pub mod elimination;
pub mod indirect;
pub mod levels;
pub mod matrix;
pub mod polynomial;
pub mod problem;
pub mod reading;
pub mod recognition;
pub mod representation;
pub mod semidefinite;

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::witness::plausible::seems_true;
use boundproof_checker::certificate::{Product, Reference};
use boundproof_checker::theorem::term::{Comparison, Relation};
use polynomial::Polynomial;
use problem::{Combination, Problem};

/// Shows a goal between polynomials.
///
/// # Errors
/// It is not one, or nothing was found.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) {
        return Err(Refusal::NotApplicable);
    }
    let reading = reading::read(script, goal).ok_or(Refusal::NotApplicable)?;
    let problem = &reading.problem;
    let linear = |p: &Polynomial| p.degree() < 2;
    if linear(&problem.target) && problem.cones.iter().all(|c| linear(&c.value)) && problem.equations.iter().all(linear)
    {
        return Err(Refusal::NotApplicable);
    }
    if !seems_true(script.variables(), &script.hypotheses(), goal) {
        return Err(Refusal::NotApplicable);
    }
    if let Some(combination) = combination(problem, goal.comparison, &budget.part(0.5))
        && let Some(reference) = state(script, goal, reading.products(&combination))
    {
        return Ok(reference);
    }
    if budget.is_over() {
        return Err(Refusal::Budget);
    }
    indirect::prove(script, goal, &reading, budget)
}

/// The step that states a combination.
fn state(script: &mut Script, goal: &Relation, products: Vec<Product>) -> Option<Reference> {
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    step.products = products;
    script.push(step)
}

/// A combination that equals the target, strict if the goal is.
fn combination(problem: &Problem, comparison: Comparison, budget: &Budget) -> Option<Combination> {
    let reduced = problem.reduced();
    for level in levels::levels(&reduced) {
        if budget.is_over() {
            return None;
        }
        if let Some(found) = levels::attempt(problem, &reduced, level, budget)
            && (comparison == Comparison::AtMost || found.is_strict(problem))
        {
            return Some(found);
        }
    }
    None
}
