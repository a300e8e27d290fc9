//! Powers with real exponents whose base may be zero: the base is zero or positive, and `0^e = 0` for positive e.
//!
//! Owns: on which base is distinguished, what becomes of the goal where it is zero. Must not know: how a case is shown.

use super::super::budget::Budget;
use super::super::naturals::recurrences::rewrite;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::signs;
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::theorem::Context;
use boundproof_checker::theorem::definedness::is_natural;
use boundproof_checker::theorem::term::{Node, Relation, Term};

/// Shows the goal where the first such base is zero and where it is positive.
///
/// # Errors
/// There is no such base, or a case was not shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let powers = real_powers(script, goal);
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

/// The bases and exponents of the powers in the goal that are no repeated products, inner ones and variables first.
fn real_powers(script: &Script, goal: &Relation) -> Vec<(Term, Term)> {
    let context = Context { variables: script.variables().to_vec(), ..Context::default() };
    let mut found = Vec::new();
    collect(&goal.left, &context, &mut found);
    collect(&goal.right, &context, &mut found);
    found.sort_by_key(|(base, _)| !matches!(base.node(), Node::Variable(_)));
    found
}

fn collect(term: &Term, context: &Context, found: &mut Vec<(Term, Term)>) {
    for child in term.children() {
        collect(child, context, found);
    }
    if let Node::Power(base, exponent) = term.node()
        && exponent.as_number().is_none()
        && !is_natural(exponent, context)
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
        rewrite_hypotheses(script, base, zero);
    }
    without(script, goal, &equations, budget)
}

/// What the hypotheses say where the variable is zero.
fn rewrite_hypotheses(script: &mut Script, variable: &Term, zero: Reference) {
    let Node::Variable(name) = variable.node() else { return };
    let affected: Vec<Reference> = script
        .known()
        .iter()
        .filter(|known| {
            known.reference != zero
                && matches!(known.reference, Reference::Hypothesis(_))
                && known.relation.mentions(name)
                && known.bounds.as_ref() != Some(variable)
        })
        .map(|known| known.reference)
        .collect();
    for reference in affected {
        let _ = script.derive("rewrite", &[], &[zero, reference]);
    }
}

/// The goal by way of what the equations make of it.
fn without(
    script: &mut Script,
    goal: &Relation,
    equations: &[Reference],
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let (mut left, mut right) = (goal.left.clone(), goal.right.clone());
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for equation in equations {
        before.extend(rewrite(script, &mut left, *equation));
        after.extend(rewrite(script, &mut right, *equation));
    }
    let simpler = Relation::new(left, goal.comparison, right);
    if simpler == *goal {
        return Err(Refusal::NotApplicable);
    }
    let shown = search::prove(script, &simpler, budget)?;
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    // left = left', left' <= right', right = right'
    let times = |equation: &Reference, sign| Product {
        coefficient: Term::integer(sign),
        factors: vec![Factor::Fact(*equation)],
    };
    step.products = std::iter::once(Script::once(shown))
        .chain(before.iter().map(|equation| times(equation, 1)))
        .chain(after.iter().map(|equation| times(equation, -1)))
        .collect();
    script.push(step).ok_or(Refusal::NothingFound)
}
