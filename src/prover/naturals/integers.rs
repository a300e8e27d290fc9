//! Inequalities between integers: `a < b + 1` is enough for `a <= b`, and of two floors one is the greater or they differ
//! by 1 at least.
//!
//! Owns: when the gap is used, what floors and ceilings say with divisors multiplied out, which cases are told apart. Must not know: how the weaker statement is shown.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::symbolic::{lemmas, linear, signs};
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::exact::Rational;
use boundproof_checker::theorem::Context;
use boundproof_checker::theorem::definedness::is_integer;
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::One;

/// How many floors and ceilings are compared with each other.
const MOST_ROUNDED: usize = 4;

/// Shows a goal between integers from the weaker one.
///
/// # Errors
/// A side is not plainly an integer, or the weaker goal was not shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let context = Context { variables: script.variables().to_vec(), ..Context::default() };
    let rounds = |term: &Term| matches!(term.node(), Node::Apply(Function::Floor | Function::Ceil, _));
    let any = lemmas::applications(&[&goal.left, &goal.right]).iter().all(rounds);
    let (left, right) = (&goal.left, &goal.right);
    if !any || !is_integer(left, &context) || !is_integer(right, &context) {
        return Err(Refusal::NotApplicable);
    }
    script.attempt(&mut |script| match goal.comparison {
        Comparison::AtMost => by_gap_or_cases(script, goal, budget),
        Comparison::Equal => {
            let up = by_gap_or_cases(script, &Relation::at_most(left, right), budget)?;
            let down = by_gap_or_cases(script, &Relation::at_most(right, left), budget)?;
            script.derive("antisymmetry", &[], &[up, down]).ok_or(Refusal::NothingFound)
        }
        _ => Err(Refusal::NotApplicable),
    })
}

fn by_gap_or_cases(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    script.attempt(&mut |s| by_gap(s, goal, &budget.part(0.5))).or_else(|_| by_cases(script, goal, budget))
}

/// Whether one floor or ceiling of the goal is at most another, or greater by 1 at least.
fn by_cases(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let rounded: Vec<Term> = lemmas::applications(&[&goal.left, &goal.right])
        .into_iter()
        .filter(|t| matches!(t.node(), Node::Apply(Function::Floor | Function::Ceil, _)))
        .take(MOST_ROUNDED)
        .collect();
    for (index, a) in rounded.iter().enumerate() {
        for b in rounded.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, b)| b) {
            if budget.is_over() {
                return Err(Refusal::Budget);
            }
            let found = script.attempt(&mut |script| {
                let at_most = Relation::at_most(a, b);
                let mut blocks = Vec::new();
                for hypothesis in [at_most.clone(), at_most.negation()] {
                    blocks.push(script.block(None, std::slice::from_ref(&hypothesis), goal, &mut |script| {
                        if let Some(reference) = script.find(&hypothesis)
                            && hypothesis.comparison == Comparison::Less
                        {
                            script.derive("integer_gap", &[], &[reference]).ok_or(Refusal::NothingFound)?;
                        }
                        by_gap(script, goal, &budget.part(0.5))
                    })?);
                }
                let mut step = script.step("cases");
                step.terms = vec![a.clone(), b.clone()];
                step.shows = Some(goal.clone());
                step.blocks = blocks;
                script.push(step).ok_or(Refusal::NothingFound)
            });
            if found.is_ok() {
                return found;
            }
        }
    }
    Err(Refusal::NothingFound)
}

/// `p + 1 <= q floor(t) + q` from `t < floor(t) + 1` where `t = p/q` for an integer term p, and `q ceil(t) + 1 <= p + q`.
pub fn without_divisor(script: &mut Script, application: &Term) -> Option<Reference> {
    let Node::Apply(function, arguments) = application.node() else { return None };
    let argument = arguments.first()?;
    let normal = script.normal(argument)?;
    let divisor = normal.terms().fold(BigInt::one(), |divisor, (_, c)| divisor.lcm(c.denom()));
    if divisor.is_one() {
        return None;
    }
    let divisor = Term::number(Rational::from_integer(divisor));
    let over = script.normal(&(&divisor * argument))?.to_term();
    let times = &divisor * application;
    let (rule, shown) = match function {
        Function::Floor => ("floor_upper", Relation::less(&over, &(&times + &divisor))),
        Function::Ceil => ("ceil_upper", Relation::less(&times, &(&over + &divisor))),
        _ => return None,
    };
    let law = script.lemma(rule, &[argument])?;
    let mut step = script.step("combine");
    step.shows = Some(shown);
    step.products = vec![Product { coefficient: divisor, factors: vec![Factor::Fact(law)] }];
    let scaled = script.push(step)?;
    script.derive("integer_gap", &[], &[scaled])
}

/// `0 <= floor(t)` from `0 <= t`.
fn nonnegative_floor(script: &mut Script, application: &Term, budget: &Budget) -> Option<Reference> {
    let Node::Apply(Function::Floor, arguments) = application.node() else { return None };
    let argument = arguments.first()?;
    let lower = signs::non_negative(script, argument, budget)?;
    let upper = script.lemma("floor_upper", &[argument])?;
    let mut step = script.step("combine");
    step.shows = Some(Relation::less(&Term::integer(-1), application));
    step.products = [lower, upper].map(Script::once).to_vec();
    let above = script.push(step)?;
    let gap = script.derive("integer_gap", &[], &[above])?;
    let mut step = script.step("combine");
    step.shows = Some(Relation::nonnegative(application));
    step.products = vec![Script::once(gap)];
    script.push(step)
}

/// `a <= b` from `a < b + 1`.
fn by_gap(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let (left, right) = (&goal.left, &goal.right);
    let one = Term::integer(1);
    let weaker = Relation::less(left, &(right + &one));
    signs::prepare(script, left, budget);
    signs::prepare(script, right, budget);
    lemmas::saturate(script, &weaker, budget);
    for application in lemmas::relevant_applications(script, &weaker) {
        let _ = nonnegative_floor(script, &application, budget);
    }
    let shown = linear::prove_moderately(script, &weaker, budget)?;
    let gap = script.derive("integer_gap", &[], &[shown]).ok_or(Refusal::NothingFound)?;
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    step.products = vec![Script::once(gap)];
    script.push(step).ok_or(Refusal::NothingFound)
}
