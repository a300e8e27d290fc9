//! Linear programming over monomials: the goal as a nonnegative combination of facts.
//!
//! Owns: the system that says which combinations equal the goal, and the step that states the one found. Must not
//! know: laws of functions (see `lemmas`). Reference: Farkas 1902, Handelman 1988, Krivine 1964.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::witness::plausible::seems_true;
use super::columns::{self, Candidate, Fact, Generator, Kind};
use super::interned::{Mono, Poly, Table};
use super::signs;
use super::simplex::{self, Column};
use boundproof_checker::certificate::{Product, Reference};
use boundproof_checker::theorem::term::{Comparison, Relation, Term};
use std::collections::{BTreeMap, HashMap};

/// How many facts are combined.
const MOST_FACTS: usize = 80;

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
    let mut table = Table::default();
    let target = table.poly(&target);
    let facts = columns::facts(script, &mut table);
    let linked = columns::linked(&target, &facts, MOST_FACTS);
    let mut generator = Generator::new(table, &target, budget);
    generator.most = 400;
    for product in products {
        let chosen: Vec<&Fact> = product.iter().filter_map(|r| facts.iter().find(|f| f.reference == *r)).collect();
        generator.seed(script, &chosen);
    }
    generator.equations(script, &linked);
    generator.plain(&linked);
    let system = System { target: &target, table: &generator.table, candidates: generator.candidates.clone() };
    let products = system.solved(script, goal, Effort::Low, budget).ok_or(Refusal::NothingFound)?;
    state(script, goal, products)
}

/// Shows `0 < 0`, with products and squares, looking at what is linked with the hypothesis.
///
/// # Errors
/// No combination was found.
pub fn contradict(
    script: &mut Script,
    nothing: &Relation,
    hypothesis: &Relation,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let near = script.normal(&hypothesis.difference()).ok_or(Refusal::NotApplicable)?;
    let mut table = Table::default();
    let near = table.poly(&near);
    let facts = columns::facts(script, &mut table);
    let facts = columns::linked(&near, &facts, 30);
    let mut generator = Generator::new(table, &near, budget);
    let target = Poly::new();
    for effort in [Effort::Low, Effort::Products, Effort::Squares] {
        if budget.is_over() {
            return Err(Refusal::Budget);
        }
        generator.most = effort.most_candidates();
        if effort == Effort::Products {
            // the hypothesis times everything else comes first
            generator.products_with(script, &facts, hypothesis);
        }
        extend(&mut generator, script, nothing, &facts, effort);
        let candidates = generator.candidates.clone();
        let system = System { target: &target, table: &generator.table, candidates };
        if let Some(products) = system.solved(script, nothing, effort, budget)
            && let Ok(reference) = state(script, nothing, products)
        {
            return Ok(reference);
        }
    }
    Err(Refusal::NothingFound)
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
    let mut table = Table::default();
    let target = table.poly(&target);
    let facts = columns::facts(script, &mut table);
    let facts = columns::linked(&target, &facts, MOST_FACTS);
    let mut generator = Generator::new(table, &target, budget);
    for effort in efforts.iter().copied() {
        if budget.is_over() {
            return Err(Refusal::Budget);
        }
        if goal.comparison == Comparison::Equal && effort != Effort::Low {
            break;
        }
        if effort == Effort::Products && !is_plausible(script, goal) {
            break;
        }
        generator.most = effort.most_candidates();
        extend(&mut generator, script, goal, &facts, effort);
        let candidates = generator.candidates.clone();
        let system = System { target: &target, table: &generator.table, candidates };
        if let Some(products) = system.solved(script, goal, effort, budget)
            && let Ok(reference) = state(script, goal, products)
        {
            return Ok(reference);
        }
    }
    Err(Refusal::NothingFound)
}

/// Whether no point was found at which the hypotheses hold and the goal does not: what follows from facts holds wherever
/// they do. The look at some points costs less than a programme with products.
fn is_plausible(script: &Script, goal: &Relation) -> bool {
    seems_true(script.variables(), &script.hypotheses(), goal)
}

/// Adds the candidates of an effort to those of smaller ones.
fn extend(generator: &mut Generator, script: &mut Script, goal: &Relation, facts: &[Fact], effort: Effort) {
    match effort {
        Effort::Low => {
            generator.plain(facts);
            generator.equations(script, facts);
            if goal.comparison != Comparison::Equal {
                generator.scaled(script, facts);
            }
        }
        Effort::Products => generator.products(script, facts, 14),
        Effort::Squares => generator.squares(script, facts),
    }
}

/// `target = Σ coefficient * candidate`, to be solved.
struct System<'a> {
    target: &'a Poly,
    table: &'a Table,
    candidates: Vec<Candidate>,
}

impl System<'_> {
    /// The products of a combination of the candidates that equals the target.
    fn solved(mut self, script: &mut Script, goal: &Relation, effort: Effort, budget: &Budget) -> Option<Vec<Product>> {
        if goal.comparison == Comparison::Equal {
            self.candidates.retain(|c| c.kind == Kind::Zero);
        }
        self.prune();
        let coefficients = self.combination(goal.comparison, effort.most_work(), budget)?;
        let mut products = Vec::new();
        for (candidate, coefficient) in self.candidates.iter().zip(coefficients) {
            if coefficient != 0 {
                let mut positive = |term: &Term| signs::enclose(script, &Relation::positive(term));
                products.push(candidate.product(&coefficient, self.table, &mut positive)?);
            }
        }
        Some(products)
    }

    /// Drops candidates that cannot take part: one of their monomials occurs nowhere else, or only with one sign among
    /// candidates that must be nonnegative.
    fn prune(&mut self) {
        loop {
            // for each monomial outside the target: how often it occurs, and whether both signs are within reach
            let mut seen: HashMap<&Mono, (usize, bool, bool)> = HashMap::new();
            for candidate in &self.candidates {
                for (monomial, coefficient) in &candidate.value {
                    if self.target.contains_key(monomial) {
                        continue;
                    }
                    let entry = seen.entry(monomial).or_insert((0, false, false));
                    entry.0 += 1;
                    let negative = *coefficient < 0;
                    entry.1 |= !negative || candidate.kind == Kind::Zero;
                    entry.2 |= negative || candidate.kind == Kind::Zero;
                }
            }
            let useless = |m: &Mono| seen.get(m).is_some_and(|(count, plus, minus)| *count < 2 || !plus || !minus);
            let kept: Vec<bool> = self.candidates.iter().map(|c| !c.value.keys().any(useless)).collect();
            if kept.iter().all(|k| *k) {
                return;
            }
            let mut kept = kept.into_iter();
            self.candidates.retain(|_| kept.next().unwrap_or(true));
        }
    }

    /// Coefficients with `target = Σ coefficient * candidate`.
    fn combination(&self, comparison: Comparison, work: usize, budget: &Budget) -> Option<Vec<rug::Rational>> {
        let mut rows: HashMap<&Mono, usize> = HashMap::new();
        let mut system = Vec::new();
        for candidate in &self.candidates {
            let mut entries = BTreeMap::new();
            for (monomial, value) in &candidate.value {
                let next = rows.len();
                entries.insert(*rows.entry(monomial).or_insert(next), value.clone());
            }
            let wanted = comparison == Comparison::Less && candidate.kind == Kind::Positive;
            system.push(Column { entries, free: candidate.kind == Kind::Zero, wanted });
        }
        let mut right = BTreeMap::new();
        for (monomial, value) in self.target {
            let next = rows.len();
            right.insert(*rows.entry(monomial).or_insert(next), value.clone());
        }
        let solution = simplex::solve(rows.len(), &system, &right, work, budget);
        let solution = solution?;
        let strict = system.iter().zip(&solution).any(|(c, x)| c.wanted && *x > 0);
        (comparison != Comparison::Less || strict).then_some(solution)
    }
}
