//! Gamma at real arguments, and factorials against Stirling's formula: the facts that logarithms are compared with.
//!
//! Owns: which arguments are brought together, between which points convexity is used. Must not know: how the
//! logarithms are combined. Reference: Wendel 1948; Robbins 1955.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::symbolic::{lemmas, signs};
use super::{laws, products, recurrences};
use boundproof_checker::certificate::Reference;
use boundproof_checker::theorem::term::{Function, Node, Relation, Term};

/// Shows a goal about gamma or factorials by the facts about their logarithms.
///
/// # Errors
/// There is no gamma in it, or the facts do not suffice.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let inner = budget.deeper().ok_or(Refusal::Budget)?;
    let arguments = arguments(script, goal, &inner);
    if arguments.is_empty() {
        return Err(Refusal::NotApplicable);
    }
    let has_logarithm = lemmas::applications(&[&goal.left, &goal.right]).iter().any(is_logarithm_of_gamma);
    for argument in &arguments {
        stirling(script, argument, &inner);
    }
    for first in &arguments {
        for second in &arguments {
            if first != second {
                between(script, first, second, &inner);
            }
        }
    }
    if has_logarithm {
        return products::compared(script, goal, &inner);
    }
    products::prove_by_facts(script, goal, &inner)
}

/// Whether it is the logarithm of a factorial or of gamma.
fn is_logarithm_of_gamma(application: &Term) -> bool {
    let inner = laws::argument(application, Function::Log);
    inner.is_some_and(|t| matches!(t.node(), Node::Apply(Function::Factorial | Function::Gamma, _)))
}

/// The arguments of gamma in the goal, factorials included, which are written as gamma.
fn arguments(script: &mut Script, goal: &Relation, budget: &Budget) -> Vec<Term> {
    let mut found = Vec::new();
    for application in lemmas::applications(&[&goal.left, &goal.right]) {
        let argument = if let Some(n) = laws::argument(&application, Function::Factorial) {
            let Some(natural) = signs::non_negative(script, n, budget) else { continue };
            let Some(equation) = script.derive("factorial_gamma", &[], &[natural]) else { continue };
            let _ = script.derive("congruence", &[&lemmas::log(&application)], &[equation]);
            n + &Term::integer(1)
        } else if let Some(t) = laws::argument(&application, Function::Gamma) {
            t.clone()
        } else {
            continue;
        };
        let Some(normal) = script.normal(&argument).map(|p| p.to_term()) else { continue };
        if signs::positive(script, &normal, budget).is_some() && !found.contains(&normal) {
            found.push(normal);
        }
    }
    found
}

fn gamma(argument: &Term) -> Term {
    Term::apply(Function::Gamma, vec![argument.clone()])
}

/// Stirling's bounds for `gamma(t)`, where t - 1 is positive.
fn stirling(script: &mut Script, t: &Term, budget: &Budget) {
    let Some(x) = script.normal(&(t - &Term::integer(1))).map(|p| p.to_term()) else { return };
    let Some(positive) = signs::positive(script, &x, budget) else { return };
    let _ = script.derive("stirling_lower", &[], &[positive]);
    let _ = script.derive("stirling_upper", &[], &[positive]);
    if let Some(large) = signs::enclose(script, &Relation::at_most(&Term::integer(1), &x)) {
        let _ = script.derive("robbins_lower", &[], &[large]);
    }
    let two_pi = &Term::integer(2) * &Term::apply(Function::Pi, Vec::new());
    let _ = lemmas::log_product(script, &two_pi, budget);
}

/// Convexity between the two arguments where they are less than a few units apart: the second, moved by an integer,
/// lies between the first and the next after it, and the first's next between the second and the next after that.
fn between(script: &mut Script, first: &Term, second: &Term, budget: &Budget) {
    for shift in -2..=2 {
        let share = second - &(first + &Term::integer(shift));
        let Some(share) = script.normal(&share).map(|p| p.to_term()) else { return };
        let one = Term::integer(1);
        if share.as_number().is_some_and(|s| s.is_integer()) {
            join(script, first, second, budget);
            return;
        }
        let lower = laws::at_most(script, &Term::integer(0), &share, budget);
        let upper = laws::at_most(script, &share, &one, budget);
        if let (Some(lower), Some(upper)) = (lower, upper) {
            let shares = (&share, lower, upper);
            for start in [-1, 0, 1, 2] {
                convex(script, first, start + shift, shares, (second, start), budget);
            }
            return;
        }
    }
}

/// `log gamma(low + i + share) <= (1 - share) log gamma(low + i) + share log gamma(low + i + 1)`, with every gamma
/// brought back to that of the two arguments.
fn convex(
    script: &mut Script,
    low: &Term,
    i: i64,
    (_, lower, upper): (&Term, Reference, Reference),
    (middle, j): (&Term, i64),
    budget: &Budget,
) {
    let at = |script: &mut Script, k: i64| script.normal(&(low + &Term::integer(k))).map(|p| p.to_term());
    let (Some(a), Some(b)) = (at(script, i), at(script, i + 1)) else { return };
    let (Some(first), Some(second)) = (signs::positive(script, &a, budget), signs::positive(script, &b, budget)) else {
        return;
    };
    let _ = script.derive("gamma_log_convex", &[], &[first, second, lower, upper]);
    for moved in [&a, &b] {
        join(script, low, moved, budget);
    }
    if let Some(moved) = script.normal(&(middle + &Term::integer(j))).map(|p| p.to_term()) {
        join(script, middle, &moved, budget);
    }
}

/// `log gamma(b) = Σ log(a + i) + log gamma(a)` where b is a plus a natural number, or the same the other way round.
fn join(script: &mut Script, a: &Term, b: &Term, budget: &Budget) -> Option<()> {
    let (low, high) = if recurrences::stride(script, a, b).is_some() { (a, b) } else { (b, a) };
    let stride = recurrences::stride(script, low, high).filter(|s| *s > 0)?;
    signs::positive(script, low, budget)?;
    let next = gamma(high);
    let equation = recurrences::product(script, Function::Gamma, low, stride, &next, budget)?;
    let mut parts = vec![gamma(low)];
    for i in 0..stride {
        parts.push(script.normal(&(low + &Term::integer(i)))?.to_term());
    }
    let one = Term::integer(1);
    let (mut product, mut terms, mut premises) = (one.clone(), Vec::new(), Vec::new());
    for part in &parts {
        premises.push(signs::positive(script, part, budget)?);
        product = &product * &part.powi(1);
        terms.extend([&one, part]);
    }
    let mut step = script.step("combine");
    step.shows = Some(Relation::equal(&next, &product));
    step.products = vec![Script::once(equation)];
    premises.insert(0, script.push(step)?);
    script.derive("log_factors", &terms, &premises).map(|_| ())
}
