//! The candidate: looks for answers to the units of a specification.
//!
//! Owns: the order of the strategies, budgets, typed outcomes. Must not know: names of claims, files or problems.
//! It calls the checker's types, never its rules, and computes by other code (f64 with outward rounding, rug).

pub mod budget;
pub mod outcome;

pub use budget::Budget;
pub use outcome::{Attempt, Outcome, Refusal};

use boundproof_checker::certificate::{Answer, Body, Proof, Reference, Step, Witness};
use boundproof_checker::evaluate::point::{Point, decide};
use boundproof_checker::exact::{Precision, Rational};
use boundproof_checker::obligation::{Part, Unit, UnitKind, parts};
use boundproof_checker::syntax::ast::Span;
use boundproof_checker::theorem::Document;
use boundproof_checker::theorem::term::Relation;
use std::time::Instant;

/// Stub for the development of the command line: one `enclose` step for each part, witnesses from a small grid.
#[must_use]
pub fn answer(unit: &Unit, document: &Document, budget: &Budget) -> Outcome {
    let start = Instant::now();
    let parts = parts(unit, document, &[]);
    let mut attempts = Vec::new();
    let outcome = |answer, attempts| Outcome { answer, attempts, time: start.elapsed() };
    if matches!(unit.kind, UnitKind::Note(_)) || !unit.random.is_empty() {
        return outcome(None, attempts);
    }
    let finish = |body| Answer { unit: unit.name.clone(), ranges: Vec::new(), body, span: Span::default() };
    let hypotheses: Vec<Relation> = unit.context.hypotheses.iter().map(|h| h.relation.clone()).collect();
    let points = grid(unit, budget);
    for (index, part) in parts.iter().enumerate() {
        for point in &points {
            let precision = Precision::new(64);
            let inside = part.given.iter().all(|h| decide(h, point, &precision) == Some(true));
            if inside && decide(&part.goal, point, &precision) == Some(false) {
                let body = Body::Fails {
                    part: index as u32 + 1,
                    witness: witness(unit, point),
                    proofs: Vec::new(),
                    attained: Vec::new(),
                };
                return outcome(Some(finish(body)), attempts);
            }
        }
        attempts.push(Attempt { part: index + 1, strategy: "enclose", refusal: None });
    }
    let precision = Precision::new(64);
    let satisfiable = points.iter().find(|p| hypotheses.iter().all(|h| decide(h, p, &precision) == Some(true)));
    let body = Body::Proved {
        satisfiable: satisfiable.filter(|_| unit.needs_point).map(|p| witness(unit, p)),
        proofs: parts.iter().map(proof).collect(),
    };
    let offered = finish(body);
    let verdict = boundproof_checker::verdict::alone(unit, document, Some(&offered));
    if matches!(verdict, boundproof_checker::verdict::Verdict::Undecided(_)) {
        let stuck = Refusal::Stuck { margin: -0.25, at: vec![("x".into(), 0.5)] };
        for attempt in &mut attempts {
            attempt.refusal = Some(stuck.clone());
        }
        return outcome(None, attempts);
    }
    outcome(Some(offered), attempts)
}

fn witness(unit: &Unit, point: &Point) -> Witness {
    let values = unit.context.variables.iter().map(|v| (v.name.clone(), point[&v.name].clone())).collect();
    Witness { values, bits: 64 }
}

fn grid(unit: &Unit, budget: &Budget) -> Vec<Point> {
    let values = [(1, 1), (1, 2), (0, 1), (2, 1), (1, 8), (-1, 1), (10, 1)];
    let mut points = vec![Point::new()];
    for variable in &unit.context.variables {
        if points.len() > 5_000 || budget.is_over() {
            break;
        }
        points = points
            .iter()
            .flat_map(|point| {
                values.iter().map(move |(n, d)| {
                    let mut point = point.clone();
                    point.insert(variable.name.clone(), Rational::new((*n).into(), (*d).into()));
                    point
                })
            })
            .collect();
    }
    points.retain(|p| p.len() == unit.context.variables.len());
    points
}

fn proof(part: &Part) -> Proof {
    let mut step = Step::new(1, "enclose");
    step.shows = Some(part.goal.clone());
    for (index, hypothesis) in part.given.iter().chain(&part.established).enumerate() {
        if hypothesis.left.as_number().is_some() || hypothesis.right.as_number().is_some() {
            step.premises.push(Reference::Hypothesis(index as u32 + 1));
        }
    }
    Proof { steps: vec![step] }
}
