//! `u <= log(a)` from `exp(u) <= a`, where a is a sum: what compares as sums need not be compared as logarithms.
//!
//! Owns: which logarithm is undone, the way back. Must not know: how the exponentials are compared.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::super::symbolic::{lemmas, signs};
use super::forms::linear_in;
use super::tidy::{self, tidy};
use boundproof_checker::certificate::{Product, Reference};
use boundproof_checker::theorem::term::{Function, Node, Relation, Term};
use num_traits::Signed;

/// Shows the goal, whose core is a number times the logarithm of a sum plus a rest, from a comparison of exponentials.
///
/// # Errors
/// It has no such form, or the exponentials were not compared.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let inner = Budget { depth: budget.depth.checked_sub(2).ok_or(Refusal::Budget)?, ..*budget };
    let tidied = tidy(script, goal, &inner).ok_or(Refusal::NotApplicable)?;
    let sums: Vec<Term> = tidied
        .polynomial
        .terms()
        .flat_map(|(m, _)| m.factors().map(|(atom, _)| atom.clone()))
        .filter(|atom| log_of_sum(atom).is_some())
        .collect();
    let [logarithm] = sums.as_slice() else { return Err(Refusal::NotApplicable) };
    let argument = log_of_sum(logarithm).ok_or(Refusal::NotApplicable)?.clone();
    let (c, rest) = linear_in(&tidied.polynomial, logarithm).ok_or(Refusal::NotApplicable)?;
    let c = c.as_constant().ok_or(Refusal::NotApplicable)?;
    // core = c*log(a) + r: log(a) is compared with u = -r/c
    let u = rest.scaled(&-c.recip()).to_term();
    let (exponential, comparison) = (lemmas::exp(&u), tidied.core.comparison);
    let compared = if c.is_positive() {
        Relation::new(exponential, comparison, argument)
    } else {
        Relation::new(argument, comparison, exponential)
    };
    let core = script.attempt(&mut |script| {
        let shown = search::prove(script, &compared, &inner)?;
        let positive = signs::positive(script, &compared.left, &inner).ok_or(Refusal::NothingFound)?;
        let logs = script.derive("log_monotone", &[], &[positive, shown]).ok_or(Refusal::NothingFound)?;
        let undone = script.lemma("log_exp", &[&u]).ok_or(Refusal::NothingFound)?;
        let mut step = script.step("combine");
        step.shows = Some(tidied.core.clone());
        let scale = |number| Term::number(number);
        step.products = vec![
            Product { coefficient: scale(c.abs()), ..Script::once(logs) },
            Product { coefficient: scale(-c.clone()), ..Script::once(undone) },
        ];
        script.push(step).ok_or(Refusal::NothingFound)
    })?;
    tidy::conclude(script, goal, &tidied, core).ok_or(Refusal::NothingFound)
}

/// The sum whose logarithm the atom is.
fn log_of_sum(atom: &Term) -> Option<&Term> {
    let Node::Apply(Function::Log, arguments) = atom.node() else { return None };
    arguments.first().filter(|a| matches!(a.node(), Node::Add(..) | Node::Subtract(..)))
}
