//! Sums of terms in different variables: each is shown to be at least its least value, or a number a little below it.
//!
//! Owns: the parts of the sum, how much below its least value each may be bounded. Must not know: how a part is bounded.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::super::witness::{least_value, plainest_between};
use boundproof_checker::certificate::Reference;
use boundproof_checker::exact::Rational;
use boundproof_checker::normal::Polynomial;
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::term::{Comparison, Relation, Term};
use std::collections::BTreeSet;

/// The depth below which a goal is no longer worth this.
const LOWEST: u32 = Budget::DEPTH - 2;

/// Sums of more parts are left alone.
const MOST_PARTS: usize = 16;

/// Shows `0 <= c + f(x) + g(y) + …` from lower bounds of f, g, ….
///
/// # Errors
/// The difference is no such sum, or the least values found do not add up to anything above 0, or one was not shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) || budget.depth < LOWEST {
        return Err(Refusal::NotApplicable);
    }
    let difference = script.normal(&goal.difference()).ok_or(Refusal::NotApplicable)?;
    let (constant, parts) = parts(&difference).ok_or(Refusal::NotApplicable)?;
    let bounds = bounds(script, &constant, &parts, budget).ok_or(Refusal::NotApplicable)?;
    let inner = budget.deeper().ok_or(Refusal::Budget)?;
    let mut products = Vec::new();
    for (number, (part, bound)) in parts.iter().zip(&bounds).enumerate() {
        #[allow(clippy::cast_precision_loss)] // a share of the time need not be exact
        let share = 1.0 / (parts.len() - number) as f64;
        let bounded = Relation::new(Term::number(bound.clone()), goal.comparison, part.to_term());
        products.push(Script::once(search::prove(script, &bounded, &inner.part(share))?));
    }
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    step.products = products;
    script.push(step).ok_or(Refusal::NothingFound)
}

/// The constant of a sum, and its parts in different variables, two at least.
fn parts(sum: &Polynomial) -> Option<(Rational, Vec<Polynomial>)> {
    let mut constant = Rational::from_integer(0.into());
    let mut parts: Vec<(BTreeSet<Name>, Polynomial)> = Vec::new();
    for (monomial, coefficient) in sum.terms() {
        let term = Polynomial::monomial(monomial.clone(), coefficient.clone());
        if monomial.is_one() {
            constant = coefficient.clone();
            continue;
        }
        let mut names = BTreeSet::new();
        term.to_term().collect_variables(&mut names);
        let (tied, others): (Vec<_>, Vec<_>) = parts
            .into_iter()
            .partition(|(known, _)| !known.is_disjoint(&names) || known.is_empty() && names.is_empty());
        let mut joined = term;
        for (known, part) in tied {
            names.extend(known);
            joined.add(&part);
        }
        parts = others;
        parts.push((names, joined));
    }
    let about_variables = parts.iter().filter(|(names, _)| !names.is_empty()).count();
    let fits = about_variables >= 2 && parts.len() <= MOST_PARTS;
    fits.then(|| (constant, parts.into_iter().map(|(_, part)| part).collect()))
}

/// A lower bound for each part, such that they add up to nothing below 0 with the constant.
fn bounds(script: &Script, constant: &Rational, parts: &[Polynomial], budget: &Budget) -> Option<Vec<Rational>> {
    let (variables, hypotheses) = (script.variables(), script.hypotheses());
    #[allow(clippy::cast_precision_loss)] // a share of the time need not be exact
    let share = 0.3 / parts.len() as f64;
    let mut least = Vec::new();
    for part in parts {
        let term = part.to_term();
        let mut names = BTreeSet::new();
        term.collect_variables(&mut names);
        // what is known of other variables says nothing here, but for contradictions
        let own: Vec<_> = variables.iter().filter(|v| names.contains(&v.name)).cloned().collect();
        let given: Vec<Relation> =
            hypotheses.iter().filter(|r| r.variables().iter().all(|n| names.contains(n))).cloned().collect();
        let (value, attained) = least_value(&term, &own, &given, &budget.part(share))?;
        least.push((Rational::from_float(value)?, attained.map(|end| end.value)));
    }
    let sum = |least: &[(Rational, Option<Rational>)]| {
        least.iter().fold(constant.clone(), |sum, (value, exact)| sum + exact.as_ref().unwrap_or(value))
    };
    let slack = sum(&least);
    let rough = least.iter().filter(|(_, exact)| exact.is_none()).count();
    if rough > 0 {
        let zero = Rational::from_integer(0.into());
        if slack <= zero {
            return None;
        }
        let most = &slack / Rational::from_integer(rough.into());
        let fewest = &most / Rational::from_integer(4.into());
        for (value, exact) in &mut least {
            exact.get_or_insert_with(|| plainest_between(&(&*value - &most), &(&*value - &fewest)));
        }
    }
    (sum(&least) >= Rational::from_integer(0.into()))
        .then(|| least.into_iter().filter_map(|(_, exact)| exact).collect())
}
