//! Polynomials that are no weighted sums of squares themselves: a contradiction from the negated goal.
//!
//! Owns: which products of positive facts are shown to be at most 0, the case distinctions around that. Must not know:
//! how representations are found. Reference: Stengle 1974; Reznick 1995 and Pólya 1928 for the multipliers of forms.

use super::super::super::budget::Budget;
use super::super::super::outcome::Refusal;
use super::super::super::script::Script;
use super::Effort;
use super::levels::{self, Level};
use super::polynomial::Polynomial;
use super::problem::{Combination, Problem};
use super::reading::Reading;
use super::state;
use boundproof_checker::certificate::{Factor, Product, Proof, Reference};
use boundproof_checker::theorem::term::{Comparison, Relation, Term};
use rug::Rational;

/// The highest power of a multiplier.
const MOST_POWER: u32 = 3;

/// Shows the goal, which the reading has read.
///
/// # Errors
/// Nothing was found.
pub fn prove(
    script: &mut Script,
    goal: &Relation,
    reading: &Reading,
    effort: Effort,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    if let Some(multiplier) = multiplier(&reading.problem)
        && let Some(found) = multiplied(&reading.problem, &multiplier, effort, &budget.part(0.5))
        && let Ok(reference) = with_multiplier(script, goal, reading, &multiplier, &found, effort, budget)
    {
        return Ok(reference);
    }
    let proof = from_negation(script, goal, &mut |script| {
        let negation = script.find(&goal.negation()).ok_or(Refusal::NothingFound)?;
        let mut reading = reading.clone();
        let opposite = reading.problem.target.scaled(&Rational::from(-1));
        let cone = reading.know(opposite, goal.comparison == Comparison::AtMost, negation);
        let found = [1, 2].into_iter().find_map(|power| refuted(&reading, cone, power, effort, budget));
        found.ok_or(Refusal::NothingFound)
    })?;
    distinguish(script, goal, proof)
}

/// Products that add up to 0, among them that power of the cone.
fn refuted(reading: &Reading, cone: usize, power: u32, effort: Effort, budget: &Budget) -> Option<Vec<Product>> {
    let mut problem = reading.problem.clone();
    let value = problem.cones[cone].value.power(problem.variables, power);
    problem.target = value.scaled(&Rational::from(-1));
    let reduced = problem.reduced();
    let degree = reduced.problem.target.degree();
    for more in 0..=4 {
        for cones in [1, 2] {
            if budget.is_over() {
                return None;
            }
            let level = Level { degree: degree + more, cones, bounds: problem.variables };
            if let Some(found) = levels::attempt(&problem, &reduced, level, effort, budget) {
                let factors = (0..power).map(|_| Factor::Fact(reading.cone(cone))).collect();
                let mut products = reading.products(&found);
                products.push(Product { coefficient: Term::integer(1), factors });
                return Some(products);
            }
        }
    }
    None
}

/// For forms: a form that is positive everywhere but at 0.
fn multiplier(problem: &Problem) -> Option<Polynomial> {
    let n = problem.variables;
    let forms = problem.cones.iter().map(|c| &c.value).chain([&problem.target]);
    let degree = problem.target.homogeneous_degree()?;
    if degree < 2 || !problem.equations.is_empty() || forms.into_iter().any(|p| p.homogeneous_degree().is_none()) {
        return None;
    }
    let reduced = problem.reduced();
    let occurs = |v: &usize| reduced.problem.target.degree_in(*v) > 0;
    let bounds: Option<Vec<usize>> = (0..n).filter(occurs).map(|v| reduced.bounds[v]).collect();
    match bounds {
        Some(bounds) => Some(bounds.iter().fold(Polynomial::default(), |sum, c| sum.plus(&problem.cones[*c].value))),
        None if degree % 2 == 1 => None,
        None => {
            let squares =
                (0..n).filter(|v| problem.target.degree_in(*v) > 0).map(|v| Polynomial::variable(n, v).power(n, 2));
            Some(squares.fold(Polynomial::default(), |sum, square| sum.plus(&square)))
        }
    }
}

/// The target times a power of the multiplier as a combination.
fn multiplied(
    problem: &Problem,
    multiplier: &Polynomial,
    effort: Effort,
    budget: &Budget,
) -> Option<(u32, Combination)> {
    for power in 1..=MOST_POWER {
        if budget.is_over() {
            return None;
        }
        let mut problem = problem.clone();
        problem.target = problem.target.times(&multiplier.power(problem.variables, power));
        let reduced = problem.reduced();
        for cones in [0, 1] {
            let level = Level { degree: problem.target.degree(), cones, bounds: problem.variables };
            if let Some(found) = levels::attempt(&problem, &reduced, level, effort, budget) {
                return Some((power, found));
            }
        }
    }
    None
}

/// The goal by distinguishing whether the multiplier is positive.
fn with_multiplier(
    script: &mut Script,
    goal: &Relation,
    reading: &Reading,
    multiplier: &Polynomial,
    (power, combination): &(u32, Combination),
    effort: Effort,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let term = reading.term(multiplier);
    let vanishes = Relation::at_most(&term, &Term::integer(0));
    let at_zero = script.block(None, std::slice::from_ref(&vanishes), goal, &mut |script| {
        let reference = script.find(&vanishes).ok_or(Refusal::NothingFound)?;
        let mut reading = reading.clone();
        reading.know(multiplier.scaled(&Rational::from(-1)), false, reference);
        let reduced = reading.problem.reduced();
        let level = Level { degree: reading.problem.target.degree(), cones: 1, bounds: reading.problem.variables };
        let found = levels::attempt(&reading.problem, &reduced, level, effort, budget).ok_or(Refusal::NothingFound)?;
        state(script, goal, reading.products(&found)).ok_or(Refusal::NothingFound)
    })?;
    let positive = vanishes.negation();
    let elsewhere = script.block(None, std::slice::from_ref(&positive), goal, &mut |script| {
        let factor = script.find(&positive).ok_or(Refusal::NothingFound)?;
        let proof = from_negation(script, goal, &mut |script| {
            let negation = script.find(&goal.negation()).ok_or(Refusal::NothingFound)?;
            let factors = (0..*power).map(|_| Factor::Fact(factor)).chain([Factor::Fact(negation)]).collect();
            let mut products = reading.products(combination);
            products.push(Product { coefficient: Term::integer(1), factors });
            Ok(products)
        })?;
        distinguish(script, goal, proof)
    })?;
    let mut step = script.step("cases");
    step.shows = Some(goal.clone());
    step.terms = vec![term, Term::integer(0)];
    step.blocks = vec![at_zero, elsewhere];
    script.push(step).ok_or(Refusal::NothingFound)
}

/// A proof of the goal from its negation: `write` finds products that add up to 0, one of them positive.
fn from_negation(
    script: &mut Script,
    goal: &Relation,
    write: &mut dyn FnMut(&mut Script) -> Result<Vec<Product>, Refusal>,
) -> Result<Proof, Refusal> {
    script.block(None, &[goal.negation()], goal, &mut |script| {
        let products = write(script)?;
        let zero = Term::integer(0);
        let absurd = state(script, &Relation::less(&zero, &zero), products).ok_or(Refusal::NothingFound)?;
        let mut step = script.step("absurd");
        step.shows = Some(goal.clone());
        step.premises = vec![absurd];
        script.push(step).ok_or(Refusal::NothingFound)
    })
}

/// The goal, given its proof from its negation.
fn distinguish(script: &mut Script, goal: &Relation, from_negation: Proof) -> Result<Reference, Refusal> {
    let itself = script
        .block(None, std::slice::from_ref(goal), goal, &mut |script| script.find(goal).ok_or(Refusal::NothingFound))?;
    let mut step = script.step("cases");
    step.shows = Some(goal.clone());
    if goal.comparison == Comparison::AtMost {
        step.terms = vec![goal.left.clone(), goal.right.clone()];
        step.blocks = vec![itself, from_negation];
    } else {
        step.terms = vec![goal.right.clone(), goal.left.clone()];
        step.blocks = vec![from_negation, itself];
    }
    script.push(step).ok_or(Refusal::NothingFound)
}
