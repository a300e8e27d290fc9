//! Powers whose base may be zero: the base is zero or positive, and `0^e = 0` for positive e.
//!
//! Owns: on which base is distinguished, what becomes of the goal where it is zero. Must not know: how a case is shown.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::{signs, substitution};
use boundproof_checker::certificate::Reference;
use boundproof_checker::theorem::Context;
use boundproof_checker::theorem::definedness::is_natural;
use boundproof_checker::theorem::term::{Node, Relation, Term};

/// Exponents of which kind are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Exponents {
    /// Those of repeated products, but for literals: the power has a value at zero anyhow, its logarithm has not.
    Natural,
    /// All others, but for literals.
    Real,
}

/// Shows the goal where the first base with a real exponent is zero and where it is positive.
///
/// # Errors
/// There is no such base, or a case was not shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    distinguish(script, goal, Exponents::Real, budget)
}

/// The same for natural exponents.
///
/// # Errors
/// There is no such base, or a case was not shown.
pub fn natural(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    distinguish(script, goal, Exponents::Natural, budget)
}

fn distinguish(
    script: &mut Script,
    goal: &Relation,
    exponents: Exponents,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let powers = powers(script, goal, exponents);
    let base = powers.iter().map(|(base, _)| base).find(|base| is_open(script, base, budget));
    let base = base.ok_or(Refusal::NotApplicable)?.clone();
    let zero = Term::integer(0);
    let at_most_zero = Relation::at_most(&base, &zero);
    if signs::enclose(script, &at_most_zero).is_some() {
        return where_zero(script, goal, &base, &powers, budget);
    }
    let inner = budget.deeper().ok_or(Refusal::Budget)?;
    let vanishing = script.block(None, std::slice::from_ref(&at_most_zero), goal, &mut |script| {
        where_zero(script, goal, &base, &powers, &inner.part(0.4))
    })?;
    let positive = script
        .block(None, &[at_most_zero.negation()], goal, &mut |script| search::prove(script, goal, &inner.part(0.9)))?;
    let mut step = script.step("cases");
    step.terms = vec![base, zero];
    step.shows = Some(goal.clone());
    step.blocks = vec![vanishing, positive];
    script.push(step).ok_or(Refusal::NothingFound)
}

/// The bases and exponents of such powers in the goal, inner ones and variables first.
fn powers(script: &Script, goal: &Relation, exponents: Exponents) -> Vec<(Term, Term)> {
    let context = Context { variables: script.variables().to_vec(), ..Context::default() };
    let mut found = Vec::new();
    let wanted = |exponent: &Term| is_natural(exponent, &context) == (exponents == Exponents::Natural);
    collect(&goal.left, &wanted, &mut found);
    collect(&goal.right, &wanted, &mut found);
    found.sort_by_key(|(base, _)| !matches!(base.node(), Node::Variable(_)));
    found
}

fn collect(term: &Term, wanted: &dyn Fn(&Term) -> bool, found: &mut Vec<(Term, Term)>) {
    for child in term.children() {
        collect(child, wanted, found);
    }
    if let Node::Power(base, exponent) = term.node()
        && exponent.as_number().is_none()
        && wanted(exponent)
        && !found.iter().any(|(b, e)| b == base && e == exponent)
    {
        found.push((base.clone(), exponent.clone()));
    }
}

/// Whether the base is known to be nonnegative, and not to be positive.
fn is_open(script: &mut Script, base: &Term, budget: &Budget) -> bool {
    let positive = Relation::positive(base);
    script.find(&positive).is_none()
        && signs::enclose(script, &positive).is_none()
        && signs::non_negative(script, base, budget).is_some()
        && signs::positive(script, base, budget).is_none()
}

/// The goal, where `base <= 0` is known.
fn where_zero(
    script: &mut Script,
    goal: &Relation,
    base: &Term,
    powers: &[(Term, Term)],
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let below = Relation::at_most(base, &Term::integer(0));
    let below = script.find(&below).or_else(|| signs::enclose(script, &below)).ok_or(Refusal::NothingFound)?;
    let above = signs::non_negative(script, base, budget).ok_or(Refusal::NothingFound)?;
    let zero = script.derive("antisymmetry", &[], &[below, above]).ok_or(Refusal::NothingFound)?;
    let mut equations = Vec::new();
    for (_, exponent) in powers.iter().filter(|(b, _)| b == base) {
        let positive = Relation::positive(exponent);
        let positive = match signs::positive(script, exponent, budget) {
            Some(positive) => positive,
            None => search::prove(script, &positive, &budget.part(0.3))?,
        };
        equations.push(script.derive("power_of_zero", &[], &[zero, positive]).ok_or(Refusal::NothingFound)?);
    }
    if matches!(base.node(), Node::Variable(_)) {
        equations.push(zero);
        substitution::in_hypotheses(script, zero);
    }
    substitution::in_goal(script, goal, &equations, budget)
}
