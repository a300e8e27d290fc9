//! Induction in one natural number: the first values one by one, then from each to the next.
//!
//! Owns: the variable, where the induction starts, what the step comes down to. Must not know: how that is shown.

use super::super::budget::Budget;
use super::super::calculus::ladder;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::super::symbolic::{lemmas, linear, signs};
use super::super::witness::plausible::seems_true;
use super::eliminate::{Elimination, eliminations};
use super::recurrences::{has_recurrence, recurs, taken_back};
use super::{least, products, small};
use boundproof_checker::certificate::{Factor, Product, Proof, Reference};
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use num_traits::Signed;

/// How much deeper an induction is than its step.
const DEPTH: u32 = 5;

/// Shows the goal by induction in one of its natural numbers.
///
/// # Errors
/// Nothing in it recurs, or no variable served.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if goal.comparison == Comparison::Different || budget.depth < DEPTH + 2 {
        return Err(Refusal::NotApplicable);
    }
    let inner = Budget { depth: budget.depth - DEPTH, ..budget.part(0.9) };
    let mut outcome = Refusal::NotApplicable;
    for name in least::naturals(script, goal) {
        if !has_recurrence(goal, &name) {
            continue;
        }
        let Some(bound) = least::least_value(script, &name) else { continue };
        outcome = Refusal::NothingFound;
        let k = script.fresh(&name);
        let induction = Induction { goal, name: &name, k: &k, bound, budget: &inner.part(0.6) };
        if let Ok(reference) = script.attempt(&mut |script| induction.prove(script)) {
            return Ok(reference);
        }
    }
    Err(outcome)
}

/// One goal, and the variable over which an induction is to run.
struct Induction<'a> {
    goal: &'a Relation,
    name: &'a Name,
    /// The variable of the step.
    k: &'a Name,
    /// The least value, and the fact that it is one.
    bound: (i64, Reference),
    budget: &'a Budget,
}

impl Induction<'_> {
    fn prove(&self, script: &mut Script) -> Result<Reference, Refusal> {
        // from where on the step seems possible, for some way to take it
        let mut starts = Vec::new();
        let _ = self.within_step(script, self.bound.0, &mut |script, step| {
            starts = self.plausible_starts(script, &step);
            Err(Refusal::NotApplicable)
        });
        let mut without_base = None;
        // what is not seen at the first start is as hard at the next where there are other variables
        let speaks_of_others = self.goal.variables().iter().any(|other| other != self.name);
        for (start, choice) in starts {
            if self.budget.is_over() {
                return Err(Refusal::Budget);
            }
            if without_base == Some(start) || without_base.is_some() && speaks_of_others {
                continue;
            }
            let attempt = script.attempt(&mut |script| {
                let Ok(base) = self.base(script, start) else {
                    without_base = Some(start);
                    return Err(Refusal::NothingFound);
                };
                let inductive = self.within_step(script, start, &mut |script, step| {
                    let elimination = step.eliminations.get(choice).ok_or(Refusal::NothingFound)?;
                    step.taken(script, elimination, &self.budget.part(0.5))
                })?;
                let mut rest =
                    |script: &mut Script, premise| self.conclude(script, start, premise, [&base, &inductive]);
                least::from(script, self.goal, self.name, self.bound, start, &mut rest, self.budget)
            });
            if attempt.is_ok() {
                return attempt;
            }
        }
        Err(Refusal::NothingFound)
    }

    /// A block for the goal at the start.
    fn base(&self, script: &mut Script, start: i64) -> Result<Proof, Refusal> {
        let goal = self.goal.substitute(self.name, &Term::integer(start));
        let budget = self.budget.part(0.5);
        script.block(None, &[], &goal, &mut |script| {
            small::written_out(script, &goal, &budget).or_else(|_| search::prove(script, &goal, &budget))
        })
    }

    /// The rule itself, once base and step are there.
    fn conclude(
        &self,
        script: &mut Script,
        start: i64,
        premise: Reference,
        blocks: [&Proof; 2],
    ) -> Result<Reference, Refusal> {
        let first = Term::integer(start);
        let mut step = script.step("induction");
        step.terms = vec![Term::variable(self.name), first];
        step.shows = Some(self.goal.clone());
        step.premises = vec![premise];
        step.variable = Some(self.k.clone());
        step.blocks = blocks.map(Proof::clone).to_vec();
        script.push(step).ok_or(Refusal::NothingFound)
    }

    /// A block for the step: what belongs to k + 1 is written with what belongs to k, then `write` goes on.
    fn within_step(
        &self,
        script: &mut Script,
        start: i64,
        write: &mut dyn FnMut(&mut Script, Step) -> Result<Reference, Refusal>,
    ) -> Result<Proof, Refusal> {
        let variable = Term::variable(self.k);
        let next = self.goal.substitute(self.name, &(&variable + &Term::integer(1)));
        let given = [Relation::at_most(&Term::integer(start), &variable), self.goal.substitute(self.name, &variable)];
        script.block(Some((self.k, Sort::Nat)), &given, &next, &mut |script| {
            let step = self.step(script, &next, &variable).ok_or(Refusal::NotApplicable)?;
            write(script, step)
        })
    }

    fn step(&self, script: &mut Script, next: &Relation, k: &Term) -> Option<Step> {
        let here = self.goal.substitute(self.name, k);
        let known = script.find(&here)?;
        for side in [&here.left, &here.right, &next.left, &next.right] {
            signs::prepare(script, side, self.budget);
        }
        let (term, equations) = taken_back(script, &self.goal.difference(), self.name, k, self.budget)?;
        signs::prepare(script, &term, self.budget);
        let (wanted, old) = (script.normal(&term)?, script.normal(&here.difference())?);
        let Node::Variable(k) = k.node() else { return None };
        let eliminations = eliminations(script, &wanted, &old, &|atom| recurs(atom, k));
        Some(Step { goal: next.clone(), known, term, equations, eliminations })
    }

    /// Where the step seems possible from, for each way to take it; early starts first.
    fn plausible_starts(&self, script: &Script, step: &Step) -> Vec<(i64, usize)> {
        let lowest = self.bound.0;
        let mut found = Vec::new();
        for (choice, elimination) in step.eliminations.iter().enumerate() {
            let wanted = elimination.wanted(step.goal.comparison);
            let possible = |start: i64| {
                let from = Relation::at_most(&Term::integer(start), &Term::variable(self.k));
                let facts: Vec<Relation> = script.hypotheses().into_iter().chain([from]).collect();
                seems_true(script.variables(), &facts, &wanted)
            };
            let starts = (lowest..=lowest + 6).chain([8, 12, 16, 24].map(|more| lowest + more));
            if let Some(start) = starts.into_iter().find(|start| possible(*start)) {
                // what holds from there on may be easier to see further on
                found.extend([start, start + 1, start + 3].map(|start| (start, choice)));
            }
        }
        found.sort();
        found
    }
}

/// The step of an induction while it is being written.
struct Step {
    /// What is to be shown of k + 1.
    goal: Relation,
    /// The same of k.
    known: Reference,
    /// The difference of the goal, written with what belongs to k, and the equations that lead there.
    term: Term,
    equations: Vec<Reference>,
    eliminations: Vec<Elimination>,
}

impl Step {
    /// Shows the goal at k + 1 in one of the ways.
    fn taken(&self, script: &mut Script, elimination: &Elimination, budget: &Budget) -> Result<Reference, Refusal> {
        signs::prepare(script, &elimination.multiplier, budget);
        if self.goal.comparison == Comparison::Equal {
            return self.finished(script, elimination, None, budget);
        }
        if let Some(sign) = self.sign(script, elimination, budget) {
            return self.finished(script, elimination, Some(sign), budget);
        }
        let doubtful = doubtful_factor(script, &elimination.multiplier, budget).ok_or(Refusal::NothingFound)?;
        self.by_cases(script, elimination, &doubtful, budget)
    }

    /// That the multiplier is not negative, or is positive where the goal is strict.
    fn sign(&self, script: &mut Script, elimination: &Elimination, budget: &Budget) -> Option<Reference> {
        let multiplier = &elimination.multiplier;
        if self.goal.comparison == Comparison::Less {
            signs::positive(script, multiplier, budget)
        } else {
            signs::non_negative(script, multiplier, budget)
        }
    }

    /// The remainder, and the conclusion.
    fn finished(
        &self,
        script: &mut Script,
        elimination: &Elimination,
        sign: Option<Reference>,
        budget: &Budget,
    ) -> Result<Reference, Refusal> {
        let wanted = elimination.wanted(self.goal.comparison);
        let remainder = remainder_shown(script, &wanted, &budget.part(0.8))?;
        elimination.conclude(script, (&self.goal, &self.term, &self.equations), self.known, (remainder, sign))
    }

    /// Where a factor of the multiplier is positive, by what is known of k; elsewhere without it.
    fn by_cases(
        &self,
        script: &mut Script,
        elimination: &Elimination,
        doubtful: &Term,
        budget: &Budget,
    ) -> Result<Reference, Refusal> {
        let zero = Term::integer(0);
        let small = Relation::at_most(doubtful, &zero);
        let without = script.block(None, std::slice::from_ref(&small), &self.goal, &mut |script| {
            let shown = parts_shown(script, &elimination.taken, budget).ok_or(Refusal::NothingFound)?;
            elimination.conclude_without(script, (&self.goal, &self.term, &self.equations), shown)
        })?;
        let large = small.negation();
        let with = script.block(None, std::slice::from_ref(&large), &self.goal, &mut |script| {
            let sign = self.sign(script, elimination, budget).ok_or(Refusal::NothingFound)?;
            self.finished(script, elimination, Some(sign), budget)
        })?;
        let mut step = script.step("cases");
        step.terms = vec![doubtful.clone(), zero];
        step.shows = Some(self.goal.clone());
        step.blocks = vec![without, with];
        script.push(step).ok_or(Refusal::NothingFound)
    }
}

/// `0 <= coefficient*application + rest`, where none of the three is negative.
fn parts_shown(
    script: &mut Script,
    (application, coefficient, rest): &(Term, Term, Term),
    budget: &Budget,
) -> Option<Reference> {
    for factor in coefficient.children() {
        let _ = linear::prove_quickly(script, &Relation::nonnegative(factor), budget);
    }
    let signs = [coefficient, application, rest].map(|part| signs::non_negative(script, part, budget));
    let [Some(coefficient_sign), Some(application_sign), Some(rest_sign)] = signs else { return None };
    let mut step = script.step("combine");
    step.shows = Some(Relation::nonnegative(&(&(coefficient * application) + rest)));
    let factors = vec![Factor::Fact(coefficient_sign), Factor::Fact(application_sign)];
    step.products = vec![Product { coefficient: Term::integer(1), factors }, Script::once(rest_sign)];
    script.push(step)
}

/// A factor of the term whose sign is not known.
fn doubtful_factor(script: &mut Script, term: &Term, budget: &Budget) -> Option<Term> {
    let normal = script.normal(term)?;
    let (coefficient, _, primitive) = normal.split_content()?;
    let single = primitive.as_single().is_some();
    let factor = if coefficient.is_negative() { primitive.negated().to_term() } else { primitive.to_term() };
    (!single && signs::non_negative(script, &factor, budget).is_none()).then_some(factor)
}

/// What remains once the application is gone.
fn remainder_shown(script: &mut Script, wanted: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if let Some(reference) = signs::enclose(script, wanted) {
        return Ok(reference);
    }
    let shown = linear::prove_quickly(script, wanted, budget);
    if shown.is_ok() || speaks_of_logarithms(wanted) {
        return shown.or_else(|_| ladder::prove_simplified(script, wanted, budget));
    }
    shown
        .or_else(|_| products::prove(script, wanted, &budget.part(0.6)))
        .or_else(|_| ladder::prove_simplified(script, wanted, budget))
}

/// Whether of all functions and powers only logarithms are in the relation.
fn speaks_of_logarithms(relation: &Relation) -> bool {
    let applications = lemmas::applications(&[&relation.left, &relation.right]);
    let logarithm = |term: &Term| matches!(term.node(), Node::Apply(Function::Log, _));
    !applications.is_empty() && applications.iter().all(logarithm)
}
