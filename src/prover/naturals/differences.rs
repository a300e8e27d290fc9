//! Two natural numbers in order, `m <= n`: the greater one written as `m + z` for a natural number z, over which an
//! induction can run while the other stays.
//!
//! Owns: which pair, the way back. Must not know: how the goal with z is shown.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::{Known, Script};
use super::super::symbolic::lemmas;
use super::{laws, least, sequences};
use boundproof_checker::certificate::Reference;
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::Context;
use boundproof_checker::theorem::definedness::is_integer;
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use std::collections::BTreeSet;

/// The nesting that is needed below.
const DEPTH: u32 = 9;

/// Shows a goal about factorials or binomial coefficients of two ordered natural numbers.
///
/// # Errors
/// There is no such pair in it, or the goal with their difference was not shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let applications = lemmas::applications(&[&goal.left, &goal.right]);
    let discrete = |t: &Term| matches!(t.node(), Node::Apply(Function::Factorial | Function::Binomial, _));
    let ordered = matches!(goal.comparison, Comparison::AtMost | Comparison::Less);
    if !ordered || budget.depth < DEPTH || !applications.iter().any(discrete) {
        return Err(Refusal::NotApplicable);
    }
    let mut outcome = Refusal::NotApplicable;
    for name in least::naturals(script, goal) {
        let pairs: Vec<Known> = script.known().iter().filter(|k| is_pair(script, k, &name, goal)).cloned().collect();
        for known in pairs {
            if budget.is_over() {
                return Err(Refusal::Budget);
            }
            outcome = Refusal::NothingFound;
            let part = budget.part(0.6);
            if let Ok(shown) = script.attempt(&mut |script| by_difference(script, goal, &name, &known, &part)) {
                return Ok(shown);
            }
        }
    }
    Err(outcome)
}

/// Whether the fact says that the variable is at least another integer of the goal.
fn is_pair(script: &Script, known: &Known, name: &Name, goal: &Relation) -> bool {
    let relation = &known.relation;
    let context = Context { variables: script.variables().to_vec(), ..Context::default() };
    let ordered = matches!(relation.comparison, Comparison::AtMost | Comparison::Less);
    let mut others = BTreeSet::new();
    relation.left.collect_variables(&mut others);
    ordered
        && relation.right == Term::variable(name)
        && !others.is_empty()
        && others.iter().all(|other| *other != *name && goal.mentions(other))
        && is_integer(&relation.left, &context)
}

/// The goal from the one with `m + z` for n, where `m <= n` is known.
fn by_difference(
    script: &mut Script,
    goal: &Relation,
    name: &Name,
    known: &Known,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let (lower, n) = (&known.relation.left, Term::variable(name));
    let difference = &n - lower;
    let mut step = script.step("combine");
    step.shows = Some(Relation::nonnegative(&difference));
    step.products = vec![Script::once(known.reference)];
    let natural = script.push(step).ok_or(Refusal::NothingFound)?;
    let z = script.fresh("z");
    let variable = Term::variable(&z);
    let equation = Relation::equal(&variable, &difference);
    let sum = lower + &variable;
    let block = script.block(Some((&z, Sort::Nat)), std::slice::from_ref(&equation), goal, &mut |script| {
        let named = script.find(&equation).ok_or(Refusal::NothingFound)?;
        let zero = Term::integer(0);
        laws::at_most(script, &zero, &variable, budget).ok_or(Refusal::NothingFound)?;
        if known.relation.comparison == Comparison::Less {
            script.derive("integer_gap", &[], &[known.reference]).ok_or(Refusal::NothingFound)?;
            laws::at_most(script, &Term::integer(1), &variable, budget).ok_or(Refusal::NothingFound)?;
        }
        let mut step = script.step("combine");
        step.shows = Some(Relation::equal(&sum, &n));
        step.products = vec![Script::once(named)];
        let back = script.push(step).ok_or(Refusal::NothingFound)?;
        let shown = sequences::in_scope(script, &goal.substitute(name, &sum), budget)?;
        script.derive("rewrite", &[], &[back, shown]).ok_or(Refusal::NothingFound)
    })?;
    let mut step = script.step("abbreviate_natural");
    step.shows = Some(goal.clone());
    step.premises = vec![natural];
    step.variable = Some(z);
    step.blocks = vec![block];
    script.push(step).ok_or(Refusal::NothingFound)
}
