//! Sums of logarithms against each other: tangents between the arguments, bounds of what is bounded.
//!
//! Owns: which facts about the logarithms are stated. Must not know: where the logarithms come from.

use super::super::budget::Budget;
use super::super::calculus::ladder;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::symbolic::{lemmas, linear, signs};
use super::products::{Effort, is_discrete};
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::evaluate::range::{Ranges, range};
use boundproof_checker::exact::{Precision, Rational};
use boundproof_checker::normal::Monomial;
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use num_traits::{One, Signed};
use std::collections::BTreeSet;

/// How many arguments are compared with each other.
const MOST_ARGUMENTS: usize = 6;

/// Compares sums of logarithms.
///
/// # Errors
/// Nothing was found.
pub fn compared(script: &mut Script, goal: &Relation, effort: Effort, budget: &Budget) -> Result<Reference, Refusal> {
    let difference = script.normal(&goal.difference()).ok_or(Refusal::NotApplicable)?;
    if difference.is_zero() {
        return linear::prove_quickly(script, goal, budget);
    }
    // those that the goal wants to be small, and those that it wants to be large
    let (mut small, mut large): (Vec<Term>, Vec<Term>) = (Vec::new(), Vec::new());
    for (monomial, coefficient) in difference.terms() {
        for (atom, _) in monomial.factors() {
            let list = if coefficient.is_negative() { &mut small } else { &mut large };
            if let Node::Apply(Function::Log, inner) = atom.node()
                && let Some(argument) = inner.first()
                && !list.contains(argument)
            {
                list.push(argument.clone());
            }
        }
    }
    let mut arguments = small.clone();
    arguments.extend(large.iter().filter(|t| !small.contains(t)).cloned());
    for argument in &arguments {
        bounds(script, &lemmas::log(argument));
        if matches!(argument.node(), Node::Add(..) | Node::Subtract(..) | Node::Variable(_)) {
            bounds(script, &(&Term::integer(1) / argument));
        }
    }
    for first in small.iter().take(MOST_ARGUMENTS) {
        for second in large.iter().take(MOST_ARGUMENTS) {
            if first != second && !is_discrete(first) && !is_discrete(second) && !budget.is_over() {
                let _ = ordered(script, first, second, budget);
                let _ = quotient_tangent(script, first, second, budget);
            }
        }
    }
    let shown = linear::prove_moderately(script, goal, &budget.part(0.4));
    if shown.is_ok() || effort == Effort::Facts {
        return shown;
    }
    ladder::prove_simplified(script, goal, &budget.part(0.8))
}

/// Short rational bounds of a term, as far as the known bounds of its parts give any.
pub fn bounds(script: &mut Script, term: &Term) {
    let precision = Precision::new(64);
    let mut ranges = Ranges::default();
    for reference in signs::relevant_bounds(script, &[term]) {
        if let Some(fact) = script.relation(reference).cloned() {
            let _ = ranges.narrow(&fact, &precision);
        }
    }
    let Some(interval) = range(term, &ranges, &precision) else { return };
    let low = interval.lower_value().and_then(|v| v.round_down(30).value.to_rational());
    let high = interval.upper_value().and_then(|v| v.round_up(30).value.to_rational());
    if let Some(low) = low {
        let _ = signs::enclose(script, &Relation::at_most(&Term::number(low), term));
    }
    if let Some(high) = high {
        let _ = signs::enclose(script, &Relation::at_most(term, &Term::number(high)));
    }
}

/// `log(a) <= log(b)`, where `a <= b` is plain to see.
pub fn ordered(script: &mut Script, a: &Term, b: &Term, budget: &Budget) -> Option<Reference> {
    let below = signs::positive(script, a, budget)?;
    let relation = Relation::at_most(a, b);
    let ordered = signs::enclose(script, &relation).or_else(|| {
        let difference = script.normal(&(b - a))?.to_term();
        signs::enclose(script, &Relation::nonnegative(&difference))?;
        linear::prove_quickly(script, &relation, budget).ok()
    })?;
    script.derive("log_monotone", &[], &[below, ordered])
}

/// The quotient of the coefficients of the highest monomial of the two, if that is the same.
fn leading_ratio(script: &mut Script, a: &Term, b: &Term) -> Option<Rational> {
    let (a, b) = (script.normal(a)?, script.normal(b)?);
    let degree = |m: &Monomial| m.degree();
    let top = |p: &boundproof_checker::normal::Polynomial| {
        p.terms().max_by_key(|(m, _)| degree(m)).map(|(m, c)| (m.clone(), c.clone()))
    };
    let ((m, c), (n, d)) = (top(&a)?, top(&b)?);
    (m == n && !m.is_one()).then(|| c / d).filter(Signed::is_positive)
}

/// With `r = lim a/b`: `log(a) - log(b) - log(r) <= (a - r*b)/(r*b)`, and the same times b, where both are positive and
/// speak of variables.
fn quotient_tangent(script: &mut Script, a: &Term, b: &Term, budget: &Budget) -> Option<Reference> {
    let speaks = |term: &Term| {
        let mut names = BTreeSet::new();
        term.collect_variables(&mut names);
        !names.is_empty()
    };
    if !speaks(a) || !speaks(b) {
        return None;
    }
    let limit = leading_ratio(script, a, b).unwrap_or_else(Rational::one);
    let r = Term::number(limit.clone());
    let over = if limit.is_one() { b.clone() } else { script.normal(&(&r * b))?.to_term() };
    let ratio = a / &over;
    let (first, second) = (signs::positive(script, a, budget)?, signs::positive(script, b, budget)?);
    signs::positive(script, &over, budget)?;
    let positive = signs::positive(script, &ratio, budget)?;
    let tangent = script.derive("log_tangent", &[], &[positive])?;
    let (one, minus) = (Term::integer(1), Term::integer(-1));
    let mut product = &(&one * &a.powi(1)) * &b.powi(-1);
    let (mut terms, mut premises) = (vec![&one, a, &minus, b], vec![first, second]);
    let mut logs = &lemmas::log(a) - &lemmas::log(b);
    if !limit.is_one() {
        product = &product * &r.powi(-1);
        terms.extend([&minus, &r]);
        premises.push(signs::enclose(script, &Relation::positive(&r))?);
        logs = &logs - &lemmas::log(&r);
        bounds(script, &lemmas::log(&r));
    }
    let identity = by_fractions(script, &ratio, &product)?;
    premises.insert(0, identity);
    let expansion = script.derive("log_factors", &terms, &premises)?;
    // a/b - 1 = (a - b)/b, which is short where the two differ by little
    let difference = script.normal(&(a - &over))?.to_term();
    let short = by_fractions(script, &(&ratio - &one), &(&difference / &over))?;
    let mut step = script.step("combine");
    step.shows = Some(Relation::at_most(&logs, &(&difference / &over)));
    let less = |fact| Product { coefficient: minus.clone(), factors: vec![Factor::Fact(fact)] };
    step.products = vec![Script::once(tangent), less(expansion), Script::once(short)];
    let divided = script.push(step)?;
    bounds(script, &(&one / &over));
    let cleared = by_fractions(script, &(b * &(&difference / &over)), &(&difference / &r))?;
    let mut step = script.step("combine");
    step.shows = Some(Relation::new(b * &logs, Comparison::AtMost, &difference / &r));
    let factors = vec![Factor::Fact(second), Factor::Fact(divided)];
    step.products = vec![Product { coefficient: one.clone(), factors }, Script::once(cleared)];
    script.push(step)
}

fn by_fractions(script: &mut Script, a: &Term, b: &Term) -> Option<Reference> {
    let mut step = script.step("equal_fractions");
    step.shows = Some(Relation::equal(a, b));
    script.push(step)
}
