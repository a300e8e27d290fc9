//! Signs of terms, by enclosure with what is known, else part by part.

use super::super::budget::Budget;
use super::super::calculus::forms::linear_in;
use super::super::naturals::laws;
use super::super::numeric;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::witness::plausible::seems_true;
use super::{linear, trigonometric};
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use std::collections::BTreeSet;

pub(super) fn contains(term: &Term, part: &Term) -> bool {
    term == part || term.children().into_iter().any(|child| contains(child, part))
}

/// The known bounds that an enclosure of these terms can use.
#[must_use]
pub fn relevant_bounds(script: &Script, terms: &[&Term]) -> Vec<Reference> {
    let relevant = |target: &Term| terms.iter().any(|term| contains(term, target));
    let known = script.known().iter().filter(|known| known.bounds.as_ref().is_some_and(relevant));
    known.map(|known| known.reference).collect()
}

/// Shows a relation by one enclosure over everything known about its parts.
pub fn enclose(script: &mut Script, relation: &Relation) -> Option<Reference> {
    if relation.comparison == Comparison::Equal {
        return None;
    }
    if let Some(reference) = script.find(relation) {
        return Some(reference);
    }
    let premises = relevant_bounds(script, &[&relation.left, &relation.right]);
    let mut step = script.step("enclose");
    step.shows = Some(relation.clone());
    step.premises = premises;
    script.push(step)
}

/// Shows `0 < t`.
pub fn positive(script: &mut Script, term: &Term, budget: &Budget) -> Option<Reference> {
    let goal = Relation::positive(term);
    if let Some(reference) = enclose(script, &goal) {
        return Some(reference);
    }
    if script.is_vain(&goal) {
        return None;
    }
    let deeper = budget.deeper()?;
    let found = positive_by_parts(script, term, &goal, &deeper).or_else(|| of_sum(script, term, &goal, &deeper));
    if found.is_none() {
        script.give_up(&goal);
    }
    found
}

/// The sign of a sum: times `1 + a` for a positive atom a it may be plain, and a few boxes may decide it.
fn of_sum(script: &mut Script, term: &Term, goal: &Relation, budget: &Budget) -> Option<Reference> {
    let is_sum = matches!(term.node(), Node::Add(..) | Node::Subtract(..));
    if !is_sum || budget.is_over() || !seems_true(script.variables(), &script.hypotheses(), goal) {
        return None;
    }
    mixture(script, term, goal, budget).or_else(|| {
        let few = Budget { boxes: 300, ..budget.part(0.1) };
        numeric::prove(script, goal, &few).ok()
    })
}

/// `0 < a + b*e` for e > 0, where a and b are nonnegative and a + b is positive, as in `1 - p + p*e`:
/// `(a + b*e) * (1 + e) = (a + b)*e + a + b*e^2`.
fn mixture(script: &mut Script, term: &Term, goal: &Relation, budget: &Budget) -> Option<Reference> {
    let normal = script.normal(term)?;
    let atoms: BTreeSet<Term> = normal.terms().flat_map(|(m, _)| m.factors().map(|(a, _)| a.clone())).collect();
    let one = Term::integer(1);
    for e in atoms.iter().filter(|a| matches!(a.node(), Node::Apply(Function::Exp, _) | Node::Power(..))) {
        let Some((b, a)) = linear_in(&normal, e) else { continue };
        let (sum, a, b) = (a.plus(&b).to_term(), a.to_term(), b.to_term());
        let parts = (|| {
            let (a, b) = (non_negative(script, &a, budget)?, non_negative(script, &b, budget)?);
            let (sum, e) = (positive(script, &sum, budget)?, positive(script, e, budget)?);
            Some([vec![sum, e], vec![a], vec![b, e, e]])
        })();
        let Some(parts) = parts else { continue };
        let factor = &one + e;
        let above = enclose(script, &Relation::positive(&factor))?;
        let reciprocal = script.derive("reciprocal", &[], &[above])?;
        let inverse = enclose(script, &Relation::positive(&(&one / &factor)))?;
        let mut step = script.step("combine");
        step.shows = Some(goal.clone());
        for part in parts {
            let factors = part.into_iter().chain([inverse]).map(Factor::Fact).collect();
            step.products.push(Product { coefficient: one.clone(), factors });
        }
        step.products.push(Product { coefficient: term.clone(), factors: vec![Factor::Fact(reciprocal)] });
        if let Some(found) = script.push(step) {
            return Some(found);
        }
    }
    None
}

fn positive_by_parts(script: &mut Script, term: &Term, goal: &Relation, deeper: &Budget) -> Option<Reference> {
    match term.node() {
        Node::Multiply(a, b) | Node::Divide(a, b) => {
            positive(script, a, deeper)?;
            positive(script, b, deeper)?;
            enclose(script, goal)
        }
        Node::Power(a, _) if not_zero(script, a).is_some() => by_sign(script, a, goal),
        Node::Power(a, e) => {
            positive(script, a, deeper)?;
            enclose(script, goal).or_else(|| {
                let premise = script.find(&Relation::positive(a))?;
                script.derive("power_positive", &[e], &[premise])
            })
        }
        Node::Apply(Function::Sqrt, arguments) => {
            let premise = positive(script, arguments.first()?, deeper)?;
            script.derive("sqrt_positive", &[], &[premise])
        }
        Node::Apply(Function::Exp, arguments) => script.lemma("exp_positive", &[arguments.first()?]),
        Node::Apply(Function::Sin | Function::Cos, _) => trigonometric::sign(script, term, Comparison::Less, deeper),
        Node::Apply(Function::Factorial | Function::Binomial | Function::Gamma, _) => {
            laws::positive(script, term, deeper)
        }
        Node::Add(a, b) => {
            let both = (non_negative(script, a, deeper), non_negative(script, b, deeper));
            let _ = (positive(script, a, deeper), both.0.is_some() && positive(script, b, deeper).is_some());
            enclose(script, goal).or_else(|| linear::prove(script, goal, deeper).ok())
        }
        Node::Apply(Function::Log, arguments) => {
            let argument = arguments.first()?;
            logarithm(script, goal, &Relation::less(&Term::integer(1), argument), deeper)
        }
        _ => linear::prove(script, goal, deeper).ok(),
    }
}

/// The fact that the term is not 0, if it is known in these words.
fn not_zero(script: &Script, term: &Term) -> Option<Reference> {
    let zero = Term::integer(0);
    script
        .find(&Relation::new(term.clone(), Comparison::Different, zero.clone()))
        .or_else(|| script.find(&Relation::new(zero, Comparison::Different, term.clone())))
}

/// Shows the goal for a negative and for a positive value of a term that is not 0.
fn by_sign(script: &mut Script, term: &Term, goal: &Relation) -> Option<Reference> {
    let zero = Term::integer(0);
    let below = Relation::at_most(term, &zero);
    let mut blocks = Vec::new();
    for hypothesis in [below.clone(), below.negation()] {
        let proof = script.block(None, std::slice::from_ref(&hypothesis), goal, &mut |script| {
            if hypothesis == below {
                let weak = script.find(&below).ok_or(Refusal::NothingFound)?;
                let different = not_zero(script, term).ok_or(Refusal::NothingFound)?;
                script.derive("strengthen", &[], &[weak, different]).ok_or(Refusal::NothingFound)?;
            }
            enclose(script, goal).ok_or(Refusal::NothingFound)
        });
        blocks.push(proof.ok()?);
    }
    let mut step = script.step("cases");
    step.terms = vec![term.clone(), zero];
    step.shows = Some(goal.clone());
    step.blocks = blocks;
    script.push(step)
}

/// Shows `0 <= t`.
pub fn non_negative(script: &mut Script, term: &Term, budget: &Budget) -> Option<Reference> {
    let goal = Relation::nonnegative(term);
    if let Some(reference) = enclose(script, &goal) {
        return Some(reference);
    }
    if script.is_vain(&goal) {
        return None;
    }
    let found = non_negative_by_parts(script, term, &goal, &budget.deeper()?);
    if found.is_none() {
        script.give_up(&goal);
    }
    found
}

fn non_negative_by_parts(script: &mut Script, term: &Term, goal: &Relation, deeper: &Budget) -> Option<Reference> {
    match term.node() {
        Node::Multiply(a, b) => {
            non_negative(script, a, deeper)?;
            non_negative(script, b, deeper)?;
            enclose(script, goal)
        }
        Node::Divide(a, b) => {
            non_negative(script, a, deeper)?;
            positive(script, b, deeper)?;
            enclose(script, goal)
        }
        Node::Power(a, _) => {
            non_negative(script, a, deeper)?;
            enclose(script, goal).or_else(|| laws::non_negative(script, term, deeper))
        }
        Node::Apply(Function::Factorial | Function::Binomial | Function::Gamma, _) => {
            laws::non_negative(script, term, deeper)
        }
        Node::Apply(Function::Sqrt, arguments) => {
            let premise = non_negative(script, arguments.first()?, deeper)?;
            script.derive("sqrt_nonnegative", &[], &[premise])
        }
        Node::Apply(Function::Sin | Function::Cos, _) => trigonometric::sign(script, term, Comparison::AtMost, deeper),
        Node::Apply(Function::Log, arguments) => {
            let argument = arguments.first()?;
            logarithm(script, goal, &Relation::at_most(&Term::integer(1), argument), deeper)
        }
        Node::Add(a, b) => {
            let parts = non_negative(script, a, deeper).and(non_negative(script, b, deeper));
            parts.and_then(|_| enclose(script, goal)).or_else(|| linear::prove(script, goal, deeper).ok())
        }
        _ => linear::prove(script, goal, deeper).ok(),
    }
}

/// The sign of a logarithm from the comparison of its argument with 1.
fn logarithm(script: &mut Script, goal: &Relation, with_one: &Relation, budget: &Budget) -> Option<Reference> {
    let one = Term::integer(1);
    prepare(script, &with_one.right, budget);
    let compared = match enclose(script, with_one) {
        Some(reference) => reference,
        None => linear::prove(script, with_one, budget).ok()?,
    };
    let positive = enclose(script, &Relation::positive(&one))?;
    script.derive("log_monotone", &[], &[positive, compared])?;
    script.derive("log_product", &[&one], &[])?;
    linear::prove(script, goal, budget).ok()
}

/// Makes known whatever is needed for algebra with the term: signs of divisors, of arguments of sqrt and log, and the
/// elementary facts that follow from them.
pub fn prepare(script: &mut Script, term: &Term, budget: &Budget) {
    for child in term.children() {
        prepare(script, child, budget);
    }
    if budget.is_over() {
        return;
    }
    match term.node() {
        Node::Divide(_, b) if b.as_number().is_none() => {
            if positive(script, b, budget).is_none() {
                let _ = enclose(script, &Relation::less(b, &Term::integer(0)));
            }
            factors_of_divisor(script, b, budget);
        }
        Node::Power(_, e) if e.as_number().is_none_or(|k| !k.is_integer()) => laws::state_signs(script, term, budget),
        Node::Apply(Function::Factorial | Function::Binomial | Function::Gamma, _) => {
            laws::state_signs(script, term, budget);
        }
        Node::Apply(Function::Sqrt, arguments) => {
            if let Some(argument) = arguments.first() {
                if let Some(premise) = positive(script, argument, budget) {
                    let _ = script.derive("sqrt_positive", &[], &[premise]);
                    if let Some(square) = script.derive("sqrt_square", &[], &[premise]) {
                        let _ = script.derive("congruence", &[&(&Term::integer(1) / &term.powi(2))], &[square]);
                    }
                } else if let Some(premise) = non_negative(script, argument, budget) {
                    let _ = script.derive("sqrt_nonnegative", &[], &[premise]);
                    let _ = script.derive("sqrt_square", &[], &[premise]);
                }
            }
        }
        Node::Apply(Function::Log, arguments) => {
            if let Some(argument) = arguments.first() {
                let _ = positive(script, argument, budget);
            }
        }
        Node::Apply(Function::Sin | Function::Cos, _) => {
            let _ = positive(script, term, budget).or_else(|| non_negative(script, term, budget));
        }
        Node::Apply(Function::Exp, arguments) => {
            if let Some(argument) = arguments.first() {
                let _ = script.lemma("exp_positive", &[argument]);
            }
        }
        _ => {}
    }
}

/// The checker cancels atoms one by one: each factor of a divisor must be known to be non-zero.
fn factors_of_divisor(script: &mut Script, divisor: &Term, budget: &Budget) {
    match divisor.node() {
        Node::Multiply(a, b) | Node::Divide(a, b) => {
            factors_of_divisor(script, a, budget);
            factors_of_divisor(script, b, budget);
        }
        Node::Power(a, _) => factors_of_divisor(script, a, budget),
        Node::Number(_) => {}
        _ => {
            let sign = positive(script, divisor, budget);
            if let (Some(premise), Node::Add(..) | Node::Subtract(..)) = (sign, divisor.node()) {
                let _ = script.derive("reciprocal", &[], &[premise]);
            }
        }
    }
}
