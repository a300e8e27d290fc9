//! Symmetric polynomials: cases for every order of the variables.
//!
//! Owns: when an order is worth knowing, the tree of cases. Must not know: how a case is shown.

use super::super::super::budget::Budget;
use super::super::super::outcome::Refusal;
use super::super::super::script::Script;
use super::polynomial::Polynomial;
use super::problem::Problem;
use super::reading::{self, Reading};
use super::{Effort, combination, state};
use boundproof_checker::certificate::Reference;
use boundproof_checker::theorem::term::{Relation, Term};

/// How many variables are put in order.
const MOST: usize = 5;

/// Shows the goal for each order of its variables.
///
/// # Errors
/// A cyclic change of the variables changes the polynomial, or a case was not shown.
pub fn prove(
    script: &mut Script,
    goal: &Relation,
    reading: &Reading,
    effort: Effort,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let problem = &reading.problem;
    let occurring: Vec<usize> = (0..problem.variables).filter(|v| problem.target.degree_in(*v) > 0).collect();
    if !(3..=MOST).contains(&occurring.len()) || !is_cyclic(problem, &occurring) {
        return Err(Refusal::NotApplicable);
    }
    let terms: Vec<Term> = occurring.iter().map(|v| reading.variable(*v).clone()).collect();
    insert(script, goal, &[], &terms, effort, budget)
}

/// Whether the target stays the same if each variable takes the place of the next.
fn is_cyclic(problem: &Problem, occurring: &[usize]) -> bool {
    let mut moved = Polynomial::default();
    for (exponents, coefficient) in problem.target.terms() {
        let mut next = exponents.clone();
        for (place, variable) in occurring.iter().enumerate() {
            next[occurring[(place + 1) % occurring.len()]] = exponents[*variable];
        }
        moved.add_term(next, coefficient.clone());
    }
    moved == problem.target
}

/// Puts the first of the `left` terms into its place among the `sorted` ones, and so on.
fn insert(
    script: &mut Script,
    goal: &Relation,
    sorted: &[Term],
    left: &[Term],
    effort: Effort,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    if budget.is_over() {
        return Err(Refusal::Budget);
    }
    let Some((first, rest)) = left.split_first() else {
        let reading = reading::read(script, goal).ok_or(Refusal::NotApplicable)?;
        let found = combination(&reading.problem, goal.comparison, effort, budget).ok_or(Refusal::NothingFound)?;
        return state(script, goal, reading.products(&found)).ok_or(Refusal::NothingFound);
    };
    below(
        script,
        goal,
        sorted,
        sorted.len(),
        &mut |script, place| {
            let mut longer = sorted.to_vec();
            longer.insert(place, first.clone());
            insert(script, goal, &longer, rest, effort, budget)
        },
        first,
    )
}

/// Cases for the place of the term among the first `end` of the sorted ones, given that it belongs below the others.
fn below(
    script: &mut Script,
    goal: &Relation,
    sorted: &[Term],
    end: usize,
    show: &mut dyn FnMut(&mut Script, usize) -> Result<Reference, Refusal>,
    term: &Term,
) -> Result<Reference, Refusal> {
    let Some(last) = end.checked_sub(1) else { return show(script, 0) };
    let is_below = Relation::at_most(term, &sorted[last]);
    let mut blocks = Vec::new();
    for hypothesis in [is_below.clone(), is_below.negation()] {
        let proof = script.block(None, std::slice::from_ref(&hypothesis), goal, &mut |script| {
            if hypothesis == is_below { below(script, goal, sorted, last, show, term) } else { show(script, end) }
        })?;
        blocks.push(proof);
    }
    let mut step = script.step("cases");
    step.terms = vec![term.clone(), sorted[last].clone()];
    step.shows = Some(goal.clone());
    step.blocks = blocks;
    script.push(step).ok_or(Refusal::NothingFound)
}
