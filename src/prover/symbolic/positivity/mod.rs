//! Nonnegative polynomials: sums of squares, also with products of what is known as weights, found by semidefinite
//! programming in floating point and made exact.
//!
//! Owns: the strategy, the combination for the goal itself; before all that, Bernstein coefficients. Must not know: what the goal is part of. Reference: Parrilo
//! 2003; Peyrl & Parrilo 2008; Stengle 1974.

pub mod basis;
pub mod bernstein;
pub mod definite;
pub mod elimination;
pub mod indirect;
pub mod levels;
pub mod matrix;
pub mod ordered;
pub mod polynomial;
pub mod problem;
pub mod reading;
pub mod recognition;
pub mod repeated;
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

/// How much is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Entries of all Gram matrices together.
    pub entries: usize,
    /// Products of facts in one weight, besides bounds of variables.
    pub cones: usize,
}

impl Effort {
    /// For polynomials in variables.
    pub const FULL: Effort = Effort { entries: 2_400, cones: 2 };
    /// For polynomials in logarithms and the like, and for parts of other proofs.
    pub const LOW: Effort = Effort { entries: 150, cones: 1 };
}

/// Shows a goal between polynomials.
///
/// # Errors
/// It is not one, or nothing was found.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) || budget.depth + 3 < Budget::DEPTH {
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
    if let Some(products) = bernstein::products(script, &reading, goal.comparison)
        && let Some(reference) = state(script, goal, products)
    {
        return Ok(reference);
    }
    let full = reading.is_algebraic() && budget.depth + 1 >= Budget::DEPTH;
    let (effort, budget) = if full { (Effort::FULL, budget.part(0.7)) } else { (Effort::LOW, budget.part(0.03)) };
    if let Some(combination) = combination(problem, goal.comparison, effort, &budget.part(0.5))
        && let Some(reference) = state(script, goal, reading.products(&combination))
    {
        return Ok(reference);
    }
    if !full {
        return Err(Refusal::NothingFound);
    }
    if budget.is_over() {
        return Err(Refusal::Budget);
    }
    indirect::prove(script, goal, &reading, effort, &budget.part(0.6))
        .or_else(|_| ordered::prove(script, goal, &reading, effort, &budget))
}

/// The step that states a combination.
fn state(script: &mut Script, goal: &Relation, products: Vec<Product>) -> Option<Reference> {
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    step.products = products;
    script.push(step)
}

/// A combination that equals the target, strict if the goal is.
fn combination(problem: &Problem, comparison: Comparison, effort: Effort, budget: &Budget) -> Option<Combination> {
    if comparison == Comparison::AtMost
        && let Some((root, rest)) = repeated::without_squares(&problem.target)
    {
        let rest = Problem { target: rest, ..problem.clone() };
        return Some(combination(&rest, comparison, effort, budget)?.times_square(&root));
    }
    let reduced = problem.reduced();
    for level in levels::levels(&reduced).into_iter().filter(|level| level.cones <= effort.cones) {
        if budget.is_over() {
            return None;
        }
        if let Some(found) = levels::attempt(problem, &reduced, level, effort, budget)
            && (comparison == Comparison::AtMost || found.is_strict(problem))
        {
            return Some(found);
        }
    }
    None
}
