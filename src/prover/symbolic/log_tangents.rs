//! Tangents of the logarithm, at the points where inequalities with logarithms touch.
//!
//! Owns: at which points. Must not know: what the tangents will be used for.

use super::super::budget::Budget;
use super::super::script::Script;
use super::{lemmas, signs};
use boundproof_checker::certificate::{Product, Reference};
use boundproof_checker::exact::Rational;
use boundproof_checker::normal::{Monomial, Polynomial};
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use num_traits::Signed;
use std::collections::BTreeSet;

/// How fine rational bounds for logarithms of numbers are.
const ROUNDED_BITS: u32 = 6;

/// `log(t/s) <= t/s - 1` and `log(s/t) <= s/t - 1` for the positive constants s that occur as exponentials, and
/// `log(r/2) <= r/2 - 1` for the square roots r: tangents at the points where inequalities with such terms touch.
pub fn state(script: &mut Script, goal: &Relation, found: &BTreeSet<Term>, budget: &Budget) {
    let is_constant = |term: &Term| {
        let mut variables = BTreeSet::new();
        term.collect_variables(&mut variables);
        variables.is_empty()
    };
    let mut points: Vec<Term> = Vec::new();
    for application in found {
        match application.node() {
            Node::Apply(Function::Log, arguments) => {
                let Some(t) = arguments.first().filter(|t| !is_constant(t)) else { continue };
                let constants =
                    found.iter().filter(|s| matches!(s.node(), Node::Apply(Function::Exp, _)) && is_constant(s));
                for s in constants {
                    points.extend([t / s, s / t]);
                }
            }
            Node::Apply(Function::Sqrt, _) => points.push(application / &Term::integer(2)),
            _ => {}
        }
    }
    points.extend(ratios_to_hypotheses(script, found).into_iter().take(6));
    points.extend(ratios_to_coefficients(script, goal).into_iter().take(3));
    // where there are logarithms, the roots of their arguments may meet
    let is_root = |t: &&&Term| matches!(t.node(), Node::Apply(Function::Sqrt, _)) && !is_constant(t);
    let roots: Vec<&Term> = found.iter().filter(|t| is_root(&t)).take(4).collect();
    if found.iter().any(|t| matches!(t.node(), Node::Apply(Function::Log, _))) {
        for a in &roots {
            points.extend(roots.iter().filter(|b| *b != a).map(|b| *a / *b));
        }
    }
    for point in points.iter().take(14) {
        let _ = tangent_at(script, point, budget);
    }
}

/// `t/s` for logarithms of t, where a hypothesis says how large another logarithm, of s, is.
fn ratios_to_hypotheses(script: &Script, found: &BTreeSet<Term>) -> Vec<Term> {
    let arguments = |terms: &BTreeSet<Term>| -> Vec<Term> {
        let logs = terms.iter().filter_map(|t| match t.node() {
            Node::Apply(Function::Log, inner) => inner.first().cloned(),
            _ => None,
        });
        logs.filter(|t| t.as_number().is_none()).collect()
    };
    let mut sides: Vec<&Term> = Vec::new();
    for known in script.known().iter().filter(|k| matches!(k.reference, Reference::Hypothesis(_))) {
        sides.extend([&known.relation.left, &known.relation.right]);
    }
    let supposed = arguments(&lemmas::applications(&sides));
    let all = arguments(found);
    let mut ratios = Vec::new();
    for t in all.iter().filter(|t| !supposed.contains(t)) {
        ratios.extend(supposed.iter().map(|s| t / s));
    }
    ratios
}

/// `t/(2c)` for `c*log(t)` where an upper bound on it would help, t not in c: there half of t is its tangent's rise.
fn ratios_to_coefficients(script: &mut Script, goal: &Relation) -> Vec<Term> {
    let mut differences = vec![&Term::integer(0) - &goal.difference()];
    let hypotheses = script.known().iter().filter(|k| matches!(k.reference, Reference::Hypothesis(_)));
    differences.extend(hypotheses.map(|known| known.relation.difference()));
    let mut found = Vec::new();
    for difference in differences {
        let Some(polynomial) = script.normal(&difference) else { continue };
        for (monomial, value) in polynomial.terms().filter(|(_, value)| value.is_positive()) {
            let logs = monomial.factors().filter(|(a, e)| *e == 1 && matches!(a.node(), Node::Apply(Function::Log, _)));
            let [(logarithm, _)] = logs.collect::<Vec<_>>()[..] else { continue };
            let Node::Apply(_, arguments) = logarithm.node() else { continue };
            let Some(t) = arguments.first().filter(|t| matches!(t.node(), Node::Variable(_))) else { continue };
            let inverse = Monomial::atom(logarithm.clone(), -1);
            let Some(c) = monomial.times(&inverse, &mut BTreeSet::new()) else { continue };
            let c = Polynomial::monomial(c, value * Rational::from_integer(2.into())).to_term();
            let ratio = t / &c;
            if !signs::contains(&c, t) && !found.contains(&ratio) {
                found.push(ratio);
            }
        }
    }
    found
}

/// `expansion of log(t) <= t - 1`
fn tangent_at(script: &mut Script, point: &Term, budget: &Budget) -> Option<()> {
    let premise = signs::positive(script, point, budget)?;
    let tangent = script.derive("log_tangent", &[], &[premise])?;
    lemmas::log_product(script, point, budget)?;
    let logarithm = lemmas::log(point);
    let expansion = script
        .known()
        .iter()
        .find(|known| known.relation.left == logarithm && known.relation.comparison == Comparison::Equal)?;
    let (equation, expanded) = (expansion.reference, expansion.relation.right.clone());
    let mut step = script.step("combine");
    step.shows = Some(Relation::at_most(&expanded, &(point - &Term::integer(1))));
    let minus = Product { coefficient: Term::integer(-1), ..Script::once(equation) };
    step.products = vec![Script::once(tangent), minus];
    let expanded = script.push(step)?;
    without_constants(script, expanded);
    Some(())
}

/// The same with a rational bound for each logarithm of a number.
fn without_constants(script: &mut Script, fact: Reference) -> Option<Reference> {
    let difference = script.relation(fact)?.difference();
    let mut polynomial = script.normal(&difference)?;
    let mut products = vec![Script::once(fact)];
    for (monomial, value) in polynomial.clone().terms() {
        let mut factors = monomial.factors();
        let (Some((logarithm, 1)), None) = (factors.next(), factors.next()) else { continue };
        let Node::Apply(Function::Log, arguments) = logarithm.node() else { continue };
        if arguments.first().is_none_or(|argument| argument.as_number().is_none()) {
            continue;
        }
        let (low, high) = lemmas::constant_bounds(logarithm, ROUNDED_BITS)?;
        // upwards, since 0 <= difference is what is known
        let bound = if value.is_positive() { high } else { low };
        let number = Term::number(bound.clone());
        let compared = if value.is_positive() {
            Relation::at_most(logarithm, &number)
        } else {
            Relation::at_most(&number, logarithm)
        };
        let compared = signs::enclose(script, &compared)?;
        products.push(Product { coefficient: Term::number(value.abs()), ..Script::once(compared) });
        let shift = Polynomial::monomial(monomial.clone(), -value.clone());
        polynomial = polynomial.plus(&shift).plus(&Polynomial::constant(value * bound));
    }
    if products.len() == 1 {
        return None;
    }
    let mut step = script.step("combine");
    step.shows = Some(Relation::nonnegative(&polynomial.to_term()));
    step.products = products;
    script.push(step)
}
