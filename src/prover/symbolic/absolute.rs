//! Upper bounds on abs and max, lower bounds on min, side by side; and squares of t as squares of `abs(t)`.
//!
//! Owns: what the bounds on the sides are, the cases that join them. Must not know: how a side is shown.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::signs;
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::normal::{Monomial, Polynomial};
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use std::collections::BTreeSet;

/// Shows `max(a, b) <= r` from `a <= r` and `b <= r`, `abs(a) <= r` from `a <= r` and `-a <= r`, `r <= min(a, b)` from
/// `r <= a` and `r <= b`; likewise with `<`.
///
/// # Errors
/// The goal has no such form, or a side was not shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) {
        return Err(Refusal::NotApplicable);
    }
    let inner = budget.deeper().ok_or(Refusal::Budget)?;
    if let Ok(reference) = squares(script, goal, &inner) {
        return Ok(reference);
    }
    let Some(split) = Split::of(goal) else { return Err(Refusal::NotApplicable) };
    let sides = split.sides.clone();
    let first = search::prove(script, &sides[0], &inner.part(0.5))?;
    let second = search::prove(script, &sides[1], &inner)?;
    let case = Relation::at_most(&split.cases.0, &split.cases.1);
    let mut blocks = Vec::new();
    for (hypothesis, rule, shown) in [
        (case.clone(), split.rules[0], if split.first_when_ordered { first } else { second }),
        (case.negation(), split.rules[1], if split.first_when_ordered { second } else { first }),
    ] {
        blocks.push(script.block(None, std::slice::from_ref(&hypothesis), goal, &mut |script| {
            let fact = script.find(&hypothesis).ok_or(Refusal::NothingFound)?;
            let value = script.derive(rule, &[], &[fact]).ok_or(Refusal::NothingFound)?;
            let sign = if split.above { 1 } else { -1 };
            let mut step = script.step("combine");
            step.shows = Some(goal.clone());
            step.products = vec![
                Script::once(shown),
                Product { coefficient: Term::integer(sign), factors: vec![Factor::Fact(value)] },
            ];
            script.push(step).ok_or(Refusal::NothingFound)
        })?);
    }
    let mut step = script.step("cases");
    step.terms = vec![split.cases.0, split.cases.1];
    step.shows = Some(goal.clone());
    step.blocks = blocks;
    script.push(step).ok_or(Refusal::NothingFound)
}

/// A comparison with max, min or abs as two.
struct Split {
    sides: [Relation; 2],
    /// `a <= b` and `b < a` are told apart.
    cases: (Term, Term),
    /// What max, min or abs is in these cases.
    rules: [&'static str; 2],
    /// Whether the first side serves where `a <= b`.
    first_when_ordered: bool,
    /// Whether the bound is an upper one.
    above: bool,
}

impl Split {
    fn of(goal: &Relation) -> Option<Split> {
        let at = |left: &Term, right: &Term| Relation::new(left.clone(), goal.comparison, right.clone());
        if let Node::Apply(function, arguments) = goal.left.node() {
            match (function, arguments.as_slice()) {
                (Function::Max, [a, b]) => {
                    return Some(Split {
                        sides: [at(a, &goal.right), at(b, &goal.right)],
                        cases: (a.clone(), b.clone()),
                        rules: ["max_of_ordered", "max_of_reversed"],
                        first_when_ordered: false,
                        above: true,
                    });
                }
                (Function::Abs, [a]) => {
                    return Some(Split {
                        sides: [at(a, &goal.right), at(&-a, &goal.right)],
                        cases: (a.clone(), Term::integer(0)),
                        rules: ["abs_of_nonpositive", "abs_of_nonnegative"],
                        first_when_ordered: false,
                        above: true,
                    });
                }
                _ => {}
            }
        }
        match goal.right.node() {
            Node::Apply(Function::Min, arguments) => match arguments.as_slice() {
                [a, b] => Some(Split {
                    sides: [at(&goal.left, a), at(&goal.left, b)],
                    cases: (a.clone(), b.clone()),
                    rules: ["min_of_ordered", "min_of_reversed"],
                    first_when_ordered: true,
                    above: false,
                }),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Shows `0 <= p`, where t occurs beside `abs(t)` in even powers only, with `abs(t)^2` for `t^2`.
fn squares(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let polynomial = script.normal(&goal.difference()).ok_or(Refusal::NotApplicable)?;
    let atoms: BTreeSet<Term> = polynomial.terms().flat_map(|(m, _)| m.factors().map(|(a, _)| a.clone())).collect();
    let mut current = polynomial.clone();
    let mut products = Vec::new();
    for modulus in &atoms {
        let Node::Apply(Function::Abs, arguments) = modulus.node() else { continue };
        let Some(t) = arguments.first().filter(|t| atoms.contains(t)) else { continue };
        let Some((next, quotient)) = replaced(&current, t, modulus) else { continue };
        let equation = script.lemma("abs_square", &[t]).ok_or(Refusal::NothingFound)?;
        // abs(t)^2 = t^2, times the quotient
        products.push(Product { coefficient: quotient.to_term(), factors: vec![Factor::Fact(equation)] });
        let _ = signs::enclose(script, &Relation::nonnegative(modulus));
        current = next;
    }
    if products.is_empty() {
        return Err(Refusal::NotApplicable);
    }
    let simpler = Relation::new(Term::integer(0), goal.comparison, current.to_term());
    let shown = search::prove(script, &simpler, budget)?;
    products.push(Script::once(shown));
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    step.products = products;
    script.push(step).ok_or(Refusal::NothingFound)
}

/// `(q, c)` with `p = q + (t^2 - s^2) c` and no t in q; `None` if t occurs in an odd power, or not at all.
fn replaced(p: &Polynomial, t: &Term, s: &Term) -> Option<(Polynomial, Polynomial)> {
    let (mut q, mut c) = (Polynomial::default(), Polynomial::default());
    let mut unused = BTreeSet::new();
    let mut occurs = false;
    for (monomial, value) in p.terms() {
        let exponent = monomial.exponent(t);
        if exponent % 2 != 0 || !(0..=12).contains(&exponent) {
            return None;
        }
        let rest = monomial.times(&Monomial::atom(t.clone(), -exponent), &mut unused)?;
        let with = |of_t: i32, of_s: i32, unused: &mut BTreeSet<Term>| {
            rest.times(&Monomial::atom(t.clone(), of_t), unused)?.times(&Monomial::atom(s.clone(), of_s), unused)
        };
        q.add(&Polynomial::monomial(with(0, exponent, &mut unused)?, value.clone()));
        // t^2k - s^2k = (t^2 - s^2) Σ t^2i s^(2(k - 1 - i))
        for i in 0..exponent / 2 {
            occurs = true;
            c.add(&Polynomial::monomial(with(2 * i, exponent - 2 - 2 * i, &mut unused)?, value.clone()));
        }
    }
    occurs.then_some((q, c))
}

/// `a <= max(a, b)` and `b <= max(a, b)`; `min(a, b) <= a` and `min(a, b) <= b`.
pub fn state_bounds(script: &mut Script, application: &Term) {
    let Node::Apply(function, arguments) = application.node() else { return };
    let [a, b] = arguments.as_slice() else { return };
    let (rules, is_max) = match function {
        Function::Max => (["max_of_ordered", "max_of_reversed"], true),
        Function::Min => (["min_of_ordered", "min_of_reversed"], false),
        _ => return,
    };
    for side in [a, b] {
        let goal = if is_max { Relation::at_most(side, application) } else { Relation::at_most(application, side) };
        if script.find(&goal).is_none() {
            let _ = bound_by_cases(script, &goal, (a, b), rules);
        }
    }
}

fn bound_by_cases(script: &mut Script, goal: &Relation, (a, b): (&Term, &Term), rules: [&str; 2]) -> Option<Reference> {
    let case = Relation::at_most(a, b);
    let mut blocks = Vec::new();
    for (hypothesis, rule) in [(case.clone(), rules[0]), (case.negation(), rules[1])] {
        let block = script.block(None, std::slice::from_ref(&hypothesis), goal, &mut |script| {
            let fact = script.find(&hypothesis).ok_or(Refusal::NothingFound)?;
            let value = script.derive(rule, &[], &[fact]).ok_or(Refusal::NothingFound)?;
            // the side is the value, or the other side is, which is on the right side of it
            for (facts, sign) in [(vec![], 1), (vec![], -1), (vec![fact], 1), (vec![fact], -1)] {
                let mut step = script.step("combine");
                step.shows = Some(goal.clone());
                step.products = facts.into_iter().map(Script::once).collect();
                let equation = vec![Factor::Fact(value)];
                step.products.push(Product { coefficient: Term::integer(sign), factors: equation });
                if let Some(shown) = script.push(step) {
                    return Ok(shown);
                }
            }
            Err(Refusal::NothingFound)
        });
        blocks.push(block.ok()?);
    }
    let mut step = script.step("cases");
    step.terms = vec![a.clone(), b.clone()];
    step.shows = Some(goal.clone());
    step.blocks = blocks;
    script.push(step)
}
