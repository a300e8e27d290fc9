//! Induction in one natural number: the first values one by one, then from each to the next.
//!
//! Owns: the variable, where the induction starts, what the step comes down to. Must not know: how that is shown.

use super::super::budget::Budget;
use super::super::calculus::ladder;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::super::symbolic::{linear, signs};
use super::super::witness::plausible::seems_true;
use super::eliminate::{Elimination, eliminations};
use super::{least, products};
use super::recurrences::{has_recurrence, recurs, taken_back};
use boundproof_checker::certificate::{Proof, Reference};
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};

/// How many values before the start are gone through at most.
const LATEST: i64 = 24;

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
        if let Ok(reference) = script.attempt(&mut |s| in_variable(s, goal, &name, bound, &inner.part(0.6))) {
            return Ok(reference);
        }
    }
    Err(outcome)
}

fn in_variable(
    script: &mut Script,
    goal: &Relation,
    name: &Name,
    (lowest, lower): (i64, Reference),
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let k = script.fresh(name);
    // from where on the step seems possible, for some way to take it
    let mut starts = Vec::new();
    let _ = within_step(script, goal, name, &k, lowest, &mut |script, step| {
        starts = plausible_starts(script, &k, &step, lowest);
        eprintln!("DBG {goal} in {name}: starts {starts:?}"); for e in &step.eliminations { eprintln!("DBG   mult {} rem {}", e.multiplier, e.remainder); }
        Err(Refusal::NotApplicable)
    });
    for (start, choice) in starts {
        if budget.is_over() {
            return Err(Refusal::Budget);
        }
        let attempt = script.attempt(&mut |script| {
            let inductive = within_step(script, goal, name, &k, start, &mut |script, step| {
                let elimination = step.eliminations.get(choice).ok_or(Refusal::NothingFound)?;
                step.taken(script, elimination, &budget.part(0.7))
            })?;
            let mut rest = |script: &mut Script, premise| conclude(script, goal, name, &k, start, premise, &inductive, budget);
            least::from(script, goal, name, (lowest, lower), start, &mut rest, budget)
        });
        eprintln!("DBG attempt {attempt:?}"); if attempt.is_ok() {
            return attempt;
        }
    }
    Err(Refusal::NothingFound)
}

/// The rule itself, once its step is there.
#[allow(clippy::too_many_arguments)] // the parts of one rule
fn conclude(
    script: &mut Script,
    goal: &Relation,
    name: &Name,
    k: &Name,
    start: i64,
    premise: Reference,
    inductive: &Proof,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let first = Term::integer(start);
    let base = goal.substitute(name, &first);
    let base = script.block(None, &[], &base, &mut |script| search::prove(script, &base, &budget.part(0.5)))?;
    let mut step = script.step("induction");
    step.terms = vec![Term::variable(name), first];
    step.shows = Some(goal.clone());
    step.premises = vec![premise];
    step.variable = Some(k.clone());
    step.blocks = vec![base, inductive.clone()];
    script.push(step).ok_or(Refusal::NothingFound)
}

/// The step of an induction while it is being written.
struct Step {
    goal: Relation,
    known: Reference,
    equations: Vec<Reference>,
    eliminations: Vec<Elimination>,
}

/// A block for the step: what belongs to k + 1 is written with what belongs to k, then `write` goes on.
fn within_step(
    script: &mut Script,
    goal: &Relation,
    name: &Name,
    k: &Name,
    start: i64,
    write: &mut dyn FnMut(&mut Script, Step) -> Result<Reference, Refusal>,
) -> Result<Proof, Refusal> {
    let variable = Term::variable(k);
    let next = goal.substitute(name, &(&variable + &Term::integer(1)));
    let given = [Relation::at_most(&Term::integer(start), &variable), goal.substitute(name, &variable)];
    let budget = Budget::lasting(std::time::Duration::from_secs(5));
    script.block(Some((k, Sort::Nat)), &given, &next, &mut |script| {
        let step = step(script, goal, &next, name, &variable, &budget).ok_or(Refusal::NotApplicable)?;
        write(script, step)
    })
}

fn step(
    script: &mut Script,
    goal: &Relation,
    next: &Relation,
    name: &Name,
    k: &Term,
    budget: &Budget,
) -> Option<Step> {
    let here = goal.substitute(name, k);
    let known = script.find(&here)?;
    for side in [&here.left, &here.right, &next.left, &next.right] {
        signs::prepare(script, side, budget);
    }
    let difference = goal.difference();
    let (term, equations) = taken_back(script, &difference, name, k, budget)?;
    signs::prepare(script, &term, budget);
    let (wanted, old) = (script.normal(&term)?, script.normal(&here.difference())?);
    let Node::Variable(k) = k.node() else { return None };
    let eliminations = eliminations(script, &wanted, &old, &|atom| recurs(atom, k));
    Some(Step { goal: next.clone(), known, equations, eliminations })
}

/// For each way to take the step, the first start from which it seems possible; early starts first.
fn plausible_starts(script: &Script, k: &Name, step: &Step, lowest: i64) -> Vec<(i64, usize)> {
    let mut found = Vec::new();
    for (choice, elimination) in step.eliminations.iter().enumerate() {
        let wanted = elimination.wanted(weak(step.goal.comparison));
        let multiplier = Relation::nonnegative(&elimination.multiplier);
        let possible = |start: i64| {
            let from = Relation::at_most(&Term::integer(start), &Term::variable(k));
            let facts: Vec<Relation> = script.hypotheses().into_iter().chain([from]).collect();
            let is_equation = step.goal.comparison == Comparison::Equal;
            seems_true(script.variables(), &facts, &wanted)
                && (is_equation || seems_true(script.variables(), &facts, &multiplier))
        };
        let starts = (lowest..=lowest + 6).chain([8, 12, 16, LATEST].map(|more| lowest + more));
        if let Some(start) = starts.into_iter().find(|start| possible(*start)) {
            found.push((start, choice));
        }
    }
    found.sort();
    found
}

impl Step {
    /// Shows the goal at k + 1 in one of the ways.
    fn taken(&self, script: &mut Script, elimination: &Elimination, budget: &Budget) -> Result<Reference, Refusal> {
        let comparison = self.goal.comparison;
        let sign = match comparison {
            Comparison::Equal => None,
            Comparison::Less => Some(signed(script, &Relation::positive(&elimination.multiplier), budget)?),
            _ => Some(signed(script, &Relation::nonnegative(&elimination.multiplier), budget)?),
        };
        let wanted = elimination.wanted(weak(comparison));
        eprintln!("DBG sign ok, wanted {wanted}");let t0=std::time::Instant::now();
        let remainder = remainder_shown(script, &wanted, &budget.part(0.8)); eprintln!("DBG -> {:?} {:?}", remainder, t0.elapsed()); let remainder=remainder?;
        let r=elimination.conclude(script, &self.goal, &self.equations, self.known, (remainder, sign), budget); eprintln!("DBG concl {r:?}"); for e in &self.equations { eprintln!("DBG eq {}", script.relation(*e).unwrap()); } r
    }
}

/// What remains once the application is gone.
fn remainder_shown(script: &mut Script, wanted: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if let Some(reference) = signs::enclose(script, wanted) {
        return Ok(reference);
    }
    let t0=std::time::Instant::now();
    let r=linear::prove_quickly(script, wanted, budget); eprintln!("DBG    linear {:?}", t0.elapsed());
    r   .or_else(|_| {let r=products::prove(script, wanted, &budget.part(0.6)); eprintln!("DBG    products {r:?} {:?}", t0.elapsed()); r})
        .or_else(|_| ladder::prove_simplified(script, wanted, budget))
}

/// The sign of a multiplier.
fn signed(script: &mut Script, relation: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let plain = match relation.comparison {
        Comparison::Less => signs::positive(script, &relation.right, budget),
        _ => signs::non_negative(script, &relation.right, budget),
    };
    plain.map_or_else(|| search::prove(script, relation, &budget.part(0.3)), Ok)
}

/// What is enough of the remainder: the known relation may carry the strictness.
fn weak(comparison: Comparison) -> Comparison {
    if comparison == Comparison::Less { Comparison::AtMost } else { comparison }
}
