//! Rules of the checker applied at random: whatever they conclude must hold wherever the hypotheses do.
//!
//! Owns: hypotheses with points that satisfy them, random steps, the evaluation of each conclusion at the points, with the
//! meaning that terms have in certificates. Must not know: proofs, provers.

use super::evaluate::{Evaluator, Meaning, Truth, truth};
use super::expression::{Expr, Point, Relation};
use super::parse;
use super::random::Random;
use super::steps::{self, Facts};
use boundproof::checker::certificate::{Answer, Body, Certificate, Proof, Step};
use boundproof::checker::rules::apply;
use boundproof::checker::rules::scope::Scope;
use boundproof::checker::syntax::ast::{Sort, Span};
use boundproof::checker::theorem::Variable;
use rug::Rational;
use std::collections::BTreeMap;

/// Steps that were accepted, by rule, and those that were tried.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    pub tried: u64,
    pub accepted: BTreeMap<String, u64>,
}

/// Larger conclusions are not built upon: normal forms of products of them take long.
const LARGEST_FACT: u64 = 30;
/// Larger relations are not shown.
const LARGEST_SHOWN: u64 = 250;

/// Hypotheses to start from.
const HYPOTHESES: [&str; 40] = [
    "x > 0",
    "x >= 0",
    "x < 0",
    "x <= 0",
    "x != 0",
    "x <= 1",
    "x < 1",
    "x >= 1",
    "x >= -1",
    "x <= 3",
    "y > 0",
    "y >= 0",
    "y <= 2",
    "y >= -2",
    "y != 0",
    "y < x",
    "x <= y",
    "x*y > 0",
    "x*y >= 0",
    "x*y != 0",
    "1/x > 0",
    "x + y > 0",
    "x - y != 0",
    "x = y",
    "x^2 = y",
    "x*y = 1",
    "x/y >= 1",
    "n >= 1",
    "n <= 4",
    "k <= n",
    "k < n",
    "n > 0",
    "x^2 <= 4",
    "exp(x) >= 2",
    "log(x) <= 1",
    "sqrt(x) <= 2",
    "x^2 != 1",
    "x + 1 > 0",
    "y = 2*x",
    "n != 2",
];

/// Values at which points are taken; zero often.
const VALUES: [(i32, i32); 16] = [
    (0, 1),
    (0, 1),
    (1, 1),
    (-1, 1),
    (2, 1),
    (-2, 1),
    (1, 2),
    (-1, 2),
    (3, 1),
    (1, 3),
    (4, 1),
    (1, 10),
    (7, 5),
    (-3, 2),
    (10, 1),
    (99, 100),
];

/// Points at which all hypotheses hold.
fn points(hypotheses: &[Relation], random: &mut Random) -> Vec<Point> {
    let mut found: Vec<Point> = Vec::new();
    for _ in 0..400 {
        let mut value = || Rational::from(*random.pick(&VALUES));
        let (mut x, mut y) = (value(), value());
        if random.once_in(6) {
            x = y.clone();
        }
        if random.once_in(10) && x != 0 {
            y = x.clone().recip();
        }
        let natural = |random: &mut Random| Rational::from(random.between(0, 5));
        let (n, k) = (natural(random), natural(random));
        let point =
            Point(vec![("x".into(), false, x), ("y".into(), false, y), ("n".into(), true, n), ("k".into(), true, k)]);
        let holds = |h: &Relation| Evaluator::new(&point, 96, Meaning::Total).truth(h) == Truth::Holds;
        if hypotheses.iter().all(holds) && !found.contains(&point) {
            found.push(point);
        }
        if found.len() >= 20 {
            break;
        }
    }
    found
}

/// A walk of that many tries. What was concluded wrongly, if anything.
pub fn walk(random: &mut Random, tries: usize, applied: &mut Applied) -> Option<String> {
    let mut hypotheses = parse::relations("n >= 0, k >= 0");
    for _ in 0..1 + random.below(5) {
        hypotheses.extend(parse::relations(random.pick::<&str>(&HYPOTHESES)));
    }
    let points = points(&hypotheses, random);
    if points.is_empty() {
        return None;
    }
    let variables: Vec<Variable> = [("x", Sort::Real), ("y", Sort::Real), ("n", Sort::Nat), ("k", Sort::Nat)]
        .map(|(name, sort)| Variable { name: name.into(), sort })
        .into();
    let assumed: Vec<_> = hypotheses.iter().map(steps::relation).collect();
    let mut scope = Scope::new(&variables, &assumed);
    let mut facts = Facts::of(&assumed);
    let mut taken: Vec<Step> = Vec::new();
    for label in 1..=tries as u32 {
        let mut step = steps::random(&facts, &points, random);
        step.label = label;
        if step.shows.as_ref().is_some_and(|shown| shown.size() > LARGEST_SHOWN) {
            continue;
        }
        applied.tried += 1;
        let Ok(conclusion) = apply(&mut scope, &step) else { continue };
        if !conclusion.fits() || scope.conclude(label, conclusion.clone()).is_err() {
            continue;
        }
        *applied.accepted.entry(step.rule.to_string()).or_default() += 1;
        taken.push(step);
        let stated = Relation::of_checker(&conclusion);
        if let Some(point) = points.iter().find(|point| fails(&stated, point)) {
            let words: Vec<String> = assumed.iter().map(ToString::to_string).collect();
            let steps = text(&taken);
            return Some(format!("from {}\n{steps}\n`{conclusion}` was concluded, false at {point}", words.join(", ")));
        }
        if conclusion.size() <= LARGEST_FACT {
            facts.add(label, conclusion);
        }
    }
    None
}

fn fails(relation: &Relation, point: &Point) -> bool {
    let screen = Evaluator::new(point, 64, Meaning::Total).truth(relation);
    matches!(screen, Truth::Fails) && truth(relation, point, Meaning::Total) == Truth::Fails
}

fn text(steps: &[Step]) -> String {
    let proofs = vec![Proof { steps: steps.to_vec() }];
    let body = Body::Proved { satisfiable: None, proofs };
    let answer = Answer { unit: "walk".into(), ranges: Vec::new(), body, span: Span::default() };
    Certificate { answers: vec![answer] }.to_string()
}

/// The value of an expression at a point, for constants that are nearly wrong.
pub fn value_at(expr: &Expr, point: &Point) -> Option<rug::Float> {
    Evaluator::new(point, 160, Meaning::Total).middle(expr)
}
