//! Random steps with blocks: ladders, enumerations, case distinctions.
//!
//! Owns: blocks that have a chance to be accepted, each a proof by enclosure. Must not know: whether they are.

use super::expression::{Expr, Variable};
use super::generate::wild;
use super::random::Random;
use super::steps::{Facts, number, term};
use super::walk::value_at;
use boundproof::checker::certificate::{Proof, Reference, Step};
use boundproof::checker::evaluate::derivative::{continuity, derivative, smoothness};
use boundproof::checker::theorem::term::{Comparison, Relation, Term};
use rug::Rational;

/// Steps in blocks have labels beyond those outside.
const INNER_LABEL: u32 = 1_000_000;

/// A proof of one step: an enclosure.
fn enclosed(goal: &Relation, using: &[Reference]) -> Proof {
    let mut step = Step::new(INNER_LABEL, "enclose");
    step.shows = Some(goal.clone());
    step.premises = using.to_vec();
    Proof { steps: vec![step] }
}

/// An expression in one variable only.
fn in_one(name: &str, random: &mut Random) -> Expr {
    let variables = [Variable::real(name)];
    let depth = 1 + random.below(3);
    let tame = !random.once_in(3);
    loop {
        let expr = wild::expression(&variables, depth, tame, random);
        let mut folds = false;
        expr.walk(&mut |part| folds |= matches!(part, Expr::Fold(..)));
        if !folds && expr.mentions(name) {
            return expr;
        }
    }
}

/// A number near the value of the expression, on either side.
fn near_value(expr: &Expr, name: &str, at: &Rational, random: &mut Random) -> Option<Rational> {
    let point = super::expression::Point(vec![(name.into(), false, at.clone())]);
    let value = wild::rounded(&value_at(expr, &point)?, 3 + random.below(12))?;
    let step = random.tiny(1, 12);
    Some(if random.once_in(2) { value + step } else { value - step })
}

/// A ladder from an end of a variable's range that a fact gives.
pub fn ladder(facts: &Facts, random: &mut Random) -> Option<Step> {
    let name = *random.pick(&["x", "y", "n"]);
    let x = Term::variable(name);
    let ends: Vec<(Reference, Relation)> = facts.all().filter(|(_, r)| is_end(r, &x)).cloned().collect();
    if ends.is_empty() {
        return None;
    }
    let (premise, relation) = random.pick(&ends).clone();
    let upwards = relation.right == x;
    let start = if upwards { relation.left } else { relation.right };
    let from = super::expression::rational_of(start.as_number()?);
    let expr = in_one(name, random);
    let constant = Term::number(number(&near_value(&expr, name, &from, random)?));
    let f = term(&expr);
    let comparison = if random.once_in(3) { Comparison::Less } else { Comparison::AtMost };
    let goal =
        if random.once_in(2) { Relation::new(constant, comparison, f) } else { Relation::new(f, comparison, constant) };
    let difference = goal.difference();
    let slope = derivative(&difference, name)?;
    let xi = Term::variable("z");
    let mut step = Step::new(1, "ladder");
    step.terms = vec![x, start.clone()];
    step.premises = vec![premise];
    step.variable = Some("z".into());
    // the first hypothesis of a block bounds the new variable on the side of the start if upwards, else the second
    let inner = Reference::Hypothesis(facts.hypotheses() + if upwards { 1 } else { 2 });
    step.blocks.push(enclosed(&goal.substitute(name, &start), &[]));
    let conditions = [continuity(&difference, name), smoothness(&difference, name)].concat();
    for condition in conditions {
        step.blocks.push(enclosed(&condition.substitute(name, &xi), &[inner]));
    }
    let slope = slope.substitute(name, &xi);
    let zero = Term::integer(0);
    let rising = if upwards { Relation::nonnegative(&slope) } else { Relation::at_most(&slope, &zero) };
    step.blocks.push(enclosed(&rising, &[inner]));
    step.shows = Some(goal);
    Some(step)
}

fn is_end(relation: &Relation, x: &Term) -> bool {
    let constant = |t: &Term| t.as_number().is_some();
    relation.comparison == Comparison::AtMost
        && ((relation.right == *x && constant(&relation.left)) || (relation.left == *x && constant(&relation.right)))
}

/// A function that rises and then falls between two ends that facts give.
pub fn unimodal(facts: &Facts, random: &mut Random) -> Option<Step> {
    let name = *random.pick(&["x", "y", "n"]);
    let x = Term::variable(name);
    let lower: Vec<_> = facts.all().filter(|(_, r)| is_end(r, &x) && r.right == x).collect();
    let upper: Vec<_> = facts.all().filter(|(_, r)| is_end(r, &x) && r.left == x).collect();
    if lower.is_empty() || upper.is_empty() {
        return None;
    }
    let (lower, upper) = (*random.pick(&lower), *random.pick(&upper));
    let (a, b) = (lower.1.left.clone(), upper.1.right.clone());
    let end = if random.once_in(2) { &a } else { &b };
    let expr = in_one(name, random);
    let constant = near_value(&expr, name, &super::expression::rational_of(end.as_number()?), random)?;
    let constant = Term::number(number(&constant));
    let comparison = if random.once_in(3) { Comparison::Less } else { Comparison::AtMost };
    let goal = if random.once_in(2) {
        Relation::new(constant, comparison, term(&expr))
    } else {
        Relation::new(term(&expr), comparison, constant)
    };
    let weight = term(&super::parse::expression(random.pick::<&str>(&["1", "1", "x", "exp(x)", "1/x", "1 + x^2"])));
    let weight = weight.substitute("x", &x);
    let weighted = &weight * &derivative(&goal.difference(), name)?;
    let mut falling = [continuity(&weighted, name), smoothness(&weighted, name)].concat();
    falling.push(Relation::positive(&weight));
    falling.push(Relation::at_most(&derivative(&weighted, name)?, &Term::integer(0)));
    let between = [continuity(&goal.difference(), name), smoothness(&goal.difference(), name), falling].concat();
    let inner = [1, 2].map(|n| Reference::Hypothesis(facts.hypotheses() + n));
    let xi = Term::variable("z");
    let mut step = Step::new(1, "unimodal");
    step.terms = vec![x, a.clone(), b.clone(), weight];
    step.premises = vec![lower.0, upper.0];
    step.variable = Some("z".into());
    step.blocks = [&a, &b].map(|end| enclosed(&goal.substitute(name, end), &[])).into();
    step.blocks.extend(between.iter().map(|r| enclosed(&r.substitute(name, &xi), &inner)));
    step.shows = Some(goal);
    Some(step)
}

/// The exponential of a sum that is written otherwise.
pub fn exp_product(facts: &Facts, random: &mut Random) -> Step {
    let mut step = Step::new(1, "exp_product");
    let mut sum = Term::integer(0);
    for _ in 0..1 + random.below(2) {
        let k = Term::integer(random.between(-3, 3));
        let u = super::steps::small(facts, random);
        sum = &sum + &(&k * &u);
        step.terms.extend([k, u]);
    }
    step.terms.insert(0, super::steps::rewritten(&sum, random));
    step
}

/// An enumeration of the values of a natural variable between two facts.
pub fn enumerate(facts: &Facts, random: &mut Random) -> Option<Step> {
    let name = *random.pick(&["n", "k"]);
    let n = Term::variable(name);
    let below = |r: &&(Reference, Relation)| r.1.right == n && r.1.left.as_number().is_some();
    let above = |r: &&(Reference, Relation)| r.1.left == n && r.1.right.as_number().is_some();
    let lower: Vec<_> = facts.all().filter(below).collect();
    let upper: Vec<_> = facts.all().filter(above).collect();
    if lower.is_empty() || upper.is_empty() {
        return None;
    }
    let (lower, upper) = (*random.pick(&lower), *random.pick(&upper));
    let (first, last) = (lower.1.left.as_number()?.ceil(), upper.1.right.as_number()?.floor());
    let (first, last): (i64, i64) = (first.to_string().parse().ok()?, last.to_string().parse().ok()?);
    if last - first > 20 {
        return None;
    }
    let expr = in_one(name, random);
    let at = Rational::from(random.between(first.min(last), last.max(first)));
    let constant = Term::number(number(&near_value(&expr, name, &at, random)?));
    let comparison = *random.pick(&[Comparison::AtMost, Comparison::Less, Comparison::Different]);
    let goal = if random.once_in(2) {
        Relation::new(term(&expr), comparison, constant)
    } else {
        Relation::new(constant, comparison, term(&expr))
    };
    let mut step = Step::new(1, "enumerate");
    step.terms = vec![n];
    step.premises = vec![lower.0, upper.0];
    step.blocks = (first..=last).map(|v| enclosed(&goal.substitute(name, &Term::integer(v)), &[])).collect();
    step.shows = Some(goal);
    Some(step)
}

/// A case distinction in which one case learns that something is not 0, which must be forgotten afterwards.
pub fn cases(facts: &Facts, random: &mut Random) -> Step {
    let t = term(&super::parse::expression(random.pick::<&str>(&["x", "y", "x - y", "x*y", "x + 1", "n - k", "n"])));
    let zero = Term::integer(0);
    let last = |label: u32| {
        let mut step = Step::new(label, "exp_positive");
        step.terms = vec![t.clone()];
        step
    };
    let mut learnt = Step::new(INNER_LABEL, "different");
    learnt.shows = Some(Relation::new(t.clone(), Comparison::Different, zero.clone()));
    learnt.premises = vec![Reference::Hypothesis(facts.hypotheses() + 1)];
    let mut step = Step::new(1, "cases");
    step.terms = vec![t.clone(), zero];
    step.blocks = vec![Proof { steps: vec![last(INNER_LABEL)] }, Proof { steps: vec![learnt, last(INNER_LABEL + 1)] }];
    step.shows = Some(Relation::positive(&Term::apply(boundproof::checker::theorem::term::Function::Exp, vec![t])));
    step
}
