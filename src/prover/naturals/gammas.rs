//! Gamma at real arguments, and factorials against Stirling's formula: the facts that logarithms are compared with.
//!
//! Owns: which arguments are brought together, between which points convexity is used. Must not know: how the
//! logarithms are combined. Reference: Wendel 1948; Robbins 1955.

use super::super::budget::Budget;
use super::super::calculus::expand;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::symbolic::{lemmas, signs};
use super::products::Effort;
use super::{laws, logarithms, products, recurrences};
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::theorem::term::{Function, Node, Relation, Term};

/// Shows a goal about gamma or factorials by the facts about their logarithms.
///
/// # Errors
/// There is no gamma in it, or the facts do not suffice.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let inner = budget.part(0.5).deeper().ok_or(Refusal::Budget)?;
    script.afresh(&mut |script| by_facts(script, goal, &inner))
}

fn by_facts(script: &mut Script, goal: &Relation, inner: &Budget) -> Result<Reference, Refusal> {
    let applications = lemmas::applications(&[&goal.left, &goal.right]);
    let mut arguments = Vec::new();
    for application in &applications {
        if let Some((factorials, _)) = factorials(script, application, inner) {
            factorials.iter().for_each(|factorial| note(script, factorial, &mut arguments, inner));
        } else {
            note(script, application, &mut arguments, inner);
        }
    }
    if arguments.is_empty() {
        return Err(Refusal::NotApplicable);
    }
    for application in &applications {
        if let Some(argument) = laws::argument(application, Function::Log) {
            let _ = expand::logarithm(script, argument, inner);
        }
    }
    let has_logarithm = applications.iter().any(is_logarithm_of_gamma);
    for argument in &arguments {
        stirling(script, argument, inner);
    }
    for first in &arguments {
        for second in &arguments {
            if first != second {
                between(script, first, second, inner);
            }
        }
    }
    if has_logarithm {
        return logarithms::compared(script, goal, Effort::Facts, inner);
    }
    products::prove_by(script, goal, &|s, sums, budget| logarithms::compared(s, sums, Effort::Facts, budget), inner)
}

/// Whether it is the logarithm of a factorial or of gamma.
pub fn is_logarithm_of_gamma(application: &Term) -> bool {
    let inner = laws::argument(application, Function::Log);
    inner
        .is_some_and(|t| matches!(t.node(), Node::Apply(Function::Factorial | Function::Binomial | Function::Gamma, _)))
}

/// The factorials of which a binomial coefficient is made, and the equation between the logarithm of the first and
/// those of the coefficient and of the others.
pub fn factorials(script: &mut Script, application: &Term, budget: &Budget) -> Option<([Term; 3], Reference)> {
    let (n, k) = laws::binomial_arguments(application)?;
    let (lower, upper) = (signs::non_negative(script, k, budget)?, laws::at_most(script, k, n, budget)?);
    let equation = script.derive("binomial_factorial", &[], &[lower, upper])?;
    let rest = script.normal(&(n - k))?.to_term();
    let [whole, chosen, left] = [n, k, &rest].map(|t| Term::apply(Function::Factorial, vec![t.clone()]));
    let one = Term::integer(1);
    let positive = |script: &mut Script, term: &Term| signs::positive(script, term, budget);
    let mut premises = vec![positive(script, application)?, positive(script, &chosen)?, positive(script, &left)?];
    positive(script, &whole)?;
    let product = &(&(&one * &application.powi(1)) * &chosen.powi(1)) * &left.powi(1);
    let mut step = script.step("combine");
    step.shows = Some(Relation::equal(&whole, &product));
    step.products = vec![Product { coefficient: Term::integer(-1), factors: vec![Factor::Fact(equation)] }];
    premises.insert(0, script.push(step)?);
    let logarithms = script.derive("log_factors", &[&one, application, &one, &chosen, &one, &left], &premises)?;
    Some(([whole, chosen, left], logarithms))
}

/// Adds the argument of gamma, or of the factorial that is written as gamma.
fn note(script: &mut Script, application: &Term, found: &mut Vec<Term>, budget: &Budget) {
    let argument = if let Some(n) = laws::argument(application, Function::Factorial) {
        let Some(natural) = signs::non_negative(script, n, budget) else { return };
        let Some(equation) = script.derive("factorial_gamma", &[], &[natural]) else { return };
        let _ = script.derive("congruence", &[&lemmas::log(application)], &[equation]);
        n + &Term::integer(1)
    } else if let Some(t) = laws::argument(application, Function::Gamma) {
        t.clone()
    } else {
        return;
    };
    let Some(lowest) = lowered(script, &argument, budget) else { return };
    let Some(normal) = script.normal(&argument).map(|p| p.to_term()) else { return };
    join(script, &lowest, &normal, budget);
    if !found.contains(&lowest) {
        found.push(lowest);
    }
}

/// The least positive argument that differs from this one by a small integer, as far as is known.
fn lowered(script: &mut Script, argument: &Term, budget: &Budget) -> Option<Term> {
    let mut lowest = script.normal(argument)?.to_term();
    signs::positive(script, &lowest, budget)?;
    for _ in 0..4 {
        let below = script.normal(&(&lowest - &Term::integer(1)))?.to_term();
        if signs::enclose(script, &Relation::positive(&below)).is_none() {
            break;
        }
        lowest = below;
    }
    Some(lowest)
}

fn gamma(argument: &Term) -> Term {
    Term::apply(Function::Gamma, vec![argument.clone()])
}

/// Stirling's bounds for `gamma(x + 1)`.
fn stirling(script: &mut Script, x: &Term, budget: &Budget) {
    let Some(positive) = signs::positive(script, x, budget) else { return };
    let _ = script.derive("stirling_lower", &[], &[positive]);
    let _ = script.derive("stirling_upper", &[], &[positive]);
    if let Some(large) = signs::enclose(script, &Relation::at_most(&Term::integer(1), x)) {
        let _ = script.derive("robbins_lower", &[], &[large]);
    }
    let _ = expand::logarithm(script, x, budget);
    let two_pi = &Term::integer(2) * &Term::apply(Function::Pi, Vec::new());
    let _ = lemmas::log_product(script, &two_pi, budget);
    logarithms::bounds(script, &lemmas::log(&two_pi));
    if let Some(next) = script.normal(&(x + &Term::integer(1))).map(|p| p.to_term()) {
        join(script, x, &next, budget);
    }
}

/// Convexity between the two arguments where they are less than a few units apart: the second, moved by an integer,
/// lies between the first, moved by an integer, and the next after it.
fn between(script: &mut Script, first: &Term, second: &Term, budget: &Budget) {
    let (zero, one) = (Term::integer(0), Term::integer(1));
    for shift in -2..=2 {
        let share = second - &(first + &Term::integer(shift));
        let Some(share) = script.normal(&share).map(|p| p.to_term()) else { return };
        if share.as_number().is_some_and(|s| s.is_integer()) {
            join(script, first, second, budget);
            return;
        }
        let lower = laws::at_most(script, &zero, &share, budget);
        let upper = laws::at_most(script, &share, &one, budget);
        if let (Some(lower), Some(upper)) = (lower, upper) {
            let start = (-shift).max(0);
            for j in [start, start + 1] {
                let _ = convex(script, (first, shift + j), (&share, lower, upper), (second, j), budget);
            }
            return;
        }
    }
}

/// `log gamma(middle + j) <= (1 - share) log gamma(low + i) + share log gamma(low + i + 1)`, with every gamma brought
/// back to that of the two arguments.
fn convex(
    script: &mut Script,
    (low, i): (&Term, i64),
    (share, lower, upper): (&Term, Reference, Reference),
    (middle, j): (&Term, i64),
    budget: &Budget,
) -> Option<Reference> {
    let at = |script: &mut Script, t: &Term, k: i64| script.normal(&(t + &Term::integer(k))).map(|p| p.to_term());
    let (a, b, c) = (at(script, low, i)?, at(script, low, i + 1)?, at(script, middle, j)?);
    let (first, second) = (signs::positive(script, &a, budget)?, signs::positive(script, &b, budget)?);
    let law = script.derive("gamma_log_convex", &[], &[first, second, lower, upper])?;
    let one = Term::integer(1);
    let mut step = script.step("combine");
    step.products = vec![Script::once(law)];
    let mut sides = Vec::new();
    for (anchor, moved, weight) in [(low, &a, &one - share), (low, &b, share.clone()), (middle, &c, Term::integer(-1))]
    {
        let log = lemmas::log(&gamma(moved));
        let Some(equation) = join(script, anchor, moved, budget) else {
            sides.push(log);
            continue;
        };
        sides.push(script.relation(equation)?.right.clone());
        step.products.push(Product { coefficient: weight, factors: vec![Factor::Fact(equation)] });
    }
    let [left, right, between] = sides.as_slice() else { return None };
    step.shows = Some(Relation::at_most(between, &(&(&(&one - share) * left) + &(share * right))));
    script.push(step)
}

/// `log gamma(high) = Σ log(low + i) + log gamma(low)` where they differ by a positive integer.
fn join(script: &mut Script, low: &Term, high: &Term, budget: &Budget) -> Option<Reference> {
    let stride = recurrences::stride(script, low, high).filter(|s| *s > 0)?;
    signs::positive(script, low, budget)?;
    let next = gamma(high);
    let equation = recurrences::product(script, Function::Gamma, low, stride, &next, budget)?;
    let mut parts = vec![gamma(low)];
    for i in 0..stride {
        parts.push(script.normal(&(low + &Term::integer(i)))?.to_term());
    }
    for pair in parts.windows(2).skip(1) {
        if let [first, second] = pair {
            let _ = logarithms::ordered(script, first, second, budget);
        }
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
    script.derive("log_factors", &terms, &premises)
}
