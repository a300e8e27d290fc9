//! One unit: ranges, parts, and for each part a proof or a counterexample.

use super::budget::Budget;
use super::outcome::{Attempt, Outcome, Refusal};
use super::script::{Script, trimmed};
use super::search;
use boundproof_checker::certificate::{Answer, Body, Proof};
use boundproof_checker::obligation::{Part, Unit, UnitKind, parts};
use boundproof_checker::syntax::ast::Span;
use boundproof_checker::theorem::Document;
use boundproof_checker::theorem::term::Relation;
use std::time::Instant;

/// Looks for an answer to a unit within the budget.
#[must_use]
pub fn answer(unit: &Unit, document: &Document, budget: &Budget) -> Outcome {
    let start = Instant::now();
    let mut attempts = Vec::new();
    let body = if matches!(unit.kind, UnitKind::Note(_)) { None } else { body(unit, document, budget, &mut attempts) };
    let answer = body.map(|body| Answer { unit: unit.name.clone(), ranges: Vec::new(), body, span: Span::default() });
    Outcome { answer, attempts, time: start.elapsed() }
}

fn body(unit: &Unit, document: &Document, budget: &Budget, attempts: &mut Vec<Attempt>) -> Option<Body> {
    let parts = parts(unit, document, &[]);
    let mut proofs = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        proofs.push(prove_part(part, index + 1, budget, attempts)?);
    }
    Some(Body::Proved { satisfiable: None, proofs })
}

/// A proof of one part.
fn prove_part(part: &Part, number: usize, budget: &Budget, attempts: &mut Vec<Attempt>) -> Option<Proof> {
    let hypotheses: Vec<Relation> = part.given.iter().chain(&part.established).cloned().collect();
    let mut script = Script::new(&part.variables, &hypotheses);
    let mut tried = Vec::new();
    let found = search::prove_and_tell(&mut script, &part.goal, budget, &mut tried);
    for (strategy, refusal) in tried {
        attempts.push(Attempt { part: number, strategy, refusal });
    }
    let end: Result<_, Refusal> = found;
    let proof = script.finished(end.ok()?, &part.goal).ok()?;
    Some(trimmed(&proof, &part.variables, &hypotheses, &part.goal))
}
