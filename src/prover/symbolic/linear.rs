//! Linear programming over monomials: the goal as a nonnegative combination of facts.
//!
//! Owns: the system that says which combinations equal the goal, and the step that states the one found. Must not
//! know: laws of functions (see `lemmas`). Reference: Farkas 1902, Handelman 1988, Krivine 1964.

use super::super::budget::Budget;
use super::super::enclosure::number::{from_gmp, to_gmp};
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::columns::{self, Candidate, Fact, Generator, Kind};
use super::signs;
use super::simplex::{self, Column};
use boundproof_checker::certificate::{Product, Reference};
use boundproof_checker::exact::Rational;
use boundproof_checker::normal::{Monomial, Polynomial};
use boundproof_checker::theorem::term::{Comparison, Relation, Term};
use std::collections::{BTreeMap, BTreeSet};

/// How much is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effort {
    /// Facts and their multiples by monomials.
    Low,
    /// Also products of two facts.
    Products,
    /// Also squares.
    Squares,
}

impl Effort {
    /// How many candidates are formed.
    fn most_candidates(self) -> usize {
        match self {
            Effort::Low => 300,
            Effort::Products => 500,
            Effort::Squares => 900,
        }
    }

    /// The work that one linear programme may take, in entries of its table that change.
    fn most_work(self) -> usize {
        match self {
            Effort::Low => 60_000,
            Effort::Products => 200_000,
            Effort::Squares => 1_000_000,
        }
    }
}

/// Shows the goal as a combination of what is known.
///
/// # Errors
/// No combination was found.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    with_efforts(script, goal, &[Effort::Low, Effort::Products, Effort::Squares], budget)
}

/// As [`prove`], without products and squares.
///
/// # Errors
/// No combination was found.
pub fn prove_quickly(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    with_efforts(script, goal, &[Effort::Low], budget)
}

/// As [`prove`], without squares.
///
/// # Errors
/// No combination was found.
pub fn prove_moderately(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    with_efforts(script, goal, &[Effort::Low, Effort::Products], budget)
}

/// As [`prove`], with these products of facts among what may be combined.
///
/// # Errors
/// No combination was found.
pub fn prove_with(
    script: &mut Script,
    goal: &Relation,
    products: &[&[Reference]],
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let target = script.normal(&goal.difference()).ok_or(Refusal::NotApplicable)?;
    let facts = columns::facts(script);
    let linked = columns::linked(&target, &facts, 60);
    let mut generator = Generator::new(script, &target, 400);
    for product in products {
        let chosen: Vec<&Fact> = product.iter().filter_map(|r| facts.iter().find(|f| f.reference == *r)).collect();
        generator.seed(&chosen);
    }
    generator.equations(&linked);
    generator.plain(&linked);
    let candidates = std::mem::take(&mut generator.candidates);
    let products = solved(script, goal, &target, candidates, Effort::Low, budget).ok_or(Refusal::NothingFound)?;
    state(script, goal, products)
}

/// The step that states a combination.
fn state(script: &mut Script, goal: &Relation, products: Vec<Product>) -> Result<Reference, Refusal> {
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    step.products = products;
    script.push(step).ok_or(Refusal::NothingFound)
}

fn with_efforts(
    script: &mut Script,
    goal: &Relation,
    efforts: &[Effort],
    budget: &Budget,
) -> Result<Reference, Refusal> {
    if let Some(reference) = script.find(goal) {
        return Ok(reference);
    }
    if goal.comparison == Comparison::Different {
        return Err(Refusal::NotApplicable);
    }
    let Some(target) = script.normal(&goal.difference()) else { return Err(Refusal::NotApplicable) };
    let facts = columns::facts(script);
    let linked = columns::linked(&target, &facts, 60);
    for effort in efforts.iter().copied() {
        if budget.is_over() {
            return Err(Refusal::Budget);
        }
        if goal.comparison == Comparison::Equal && effort != Effort::Low {
            break;
        }
        if let Some(products) = attempt(script, goal, &target, &linked, effort, budget)
            && let Ok(reference) = state(script, goal, products)
        {
            return Ok(reference);
        }
    }
    Err(Refusal::NothingFound)
}

fn attempt(
    script: &mut Script,
    goal: &Relation,
    target: &Polynomial,
    facts: &[Fact],
    effort: Effort,
    budget: &Budget,
) -> Option<Vec<Product>> {
    let mut generator = Generator::new(script, target, effort.most_candidates());
    generator.plain(facts);
    generator.equations(facts);
    if goal.comparison != Comparison::Equal {
        generator.scaled(facts);
        if effort != Effort::Low {
            generator.products(facts, 14);
        }
        if effort == Effort::Squares {
            generator.squares(facts);
        }
    }
    let candidates = std::mem::take(&mut generator.candidates);
    solved(script, goal, target, candidates, effort, budget)
}

/// The products of a combination of the candidates that equals the target.
fn solved(
    script: &mut Script,
    goal: &Relation,
    target: &Polynomial,
    mut candidates: Vec<Candidate>,
    effort: Effort,
    budget: &Budget,
) -> Option<Vec<Product>> {
    if goal.comparison == Comparison::Equal {
        candidates.retain(|c| c.kind == Kind::Zero);
    }
    let candidates = prune(target, candidates);
    let coefficients = combination(target, &candidates, goal.comparison, effort.most_work(), budget)?;
    let mut products = Vec::new();
    for (candidate, coefficient) in candidates.iter().zip(coefficients) {
        if coefficient == 0 {
            continue;
        }
        let coefficient = from_gmp(&coefficient);
        let mut positive = |term: &Term| signs::enclose(script, &Relation::positive(term));
        products.push(candidate.product(coefficient, &mut positive)?);
    }
    Some(products)
}

/// Drops candidates that cannot take part: one of their monomials occurs nowhere else, or only with one sign among
/// candidates that must be nonnegative.
fn prune(target: &Polynomial, mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let wanted: BTreeSet<&Monomial> = target.terms().map(|(m, _)| m).collect();
    loop {
        // for each monomial outside the target: how often it occurs, and whether both signs are within reach
        let mut seen: BTreeMap<Monomial, (usize, bool, bool)> = BTreeMap::new();
        for candidate in &candidates {
            for (monomial, coefficient) in candidate.value.terms() {
                if wanted.contains(monomial) {
                    continue;
                }
                let entry = seen.entry(monomial.clone()).or_insert((0, false, false));
                entry.0 += 1;
                let negative = coefficient < &Rational::from_integer(0.into());
                entry.1 |= !negative || candidate.kind == Kind::Zero;
                entry.2 |= negative || candidate.kind == Kind::Zero;
            }
        }
        let useless: BTreeSet<&Monomial> =
            seen.iter().filter(|(_, (count, plus, minus))| *count < 2 || !plus || !minus).map(|(m, _)| m).collect();
        if useless.is_empty() {
            return candidates;
        }
        candidates.retain(|c| !c.value.terms().any(|(m, _)| useless.contains(m)));
    }
}

/// Coefficients with `target = Σ coefficient * candidate`.
fn combination(
    target: &Polynomial,
    candidates: &[Candidate],
    comparison: Comparison,
    work: usize,
    budget: &Budget,
) -> Option<Vec<rug::Rational>> {
    let mut rows: BTreeMap<Monomial, usize> = BTreeMap::new();
    let mut row = |monomial: &Monomial| {
        let next = rows.len();
        *rows.entry(monomial.clone()).or_insert(next)
    };
    let mut system = Vec::new();
    for candidate in candidates {
        let entries = candidate.value.terms().map(|(m, c)| (row(m), to_gmp(c))).collect();
        let wanted = comparison == Comparison::Less && candidate.kind == Kind::Positive;
        system.push(Column { entries, free: candidate.kind == Kind::Zero, wanted });
    }
    let right: BTreeMap<usize, rug::Rational> = target.terms().map(|(m, c)| (row(m), to_gmp(c))).collect();
    let count = rows.len();
    let solution = simplex::solve(count, &system, &right, work, budget)?;
    let strict = system.iter().zip(&solution).any(|(c, x)| c.wanted && *x > 0);
    (comparison != Comparison::Less || strict).then_some(solution)
}
