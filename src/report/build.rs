//! From an audit to its report.
//!
//! Owns: what of an audit is shown. Must not know: how it is laid out.

use super::used::assumptions_used;
use super::{AttemptReport, CitedFact, ClaimReport, FailureReport, Kind, Model, UndecidedReport};
use crate::audit::{Audit, Effort, Mishap};
use crate::diagnostic::Place;
use crate::prover::Refusal;
use crate::specification::Specification;
use crate::statement::{digest, statement};
use boundproof_checker::certificate::{Answer, Body, Existence};
use boundproof_checker::evaluate::point::{Point, exact};
use boundproof_checker::exact::Interval;
use boundproof_checker::obligation::{Part, Unit, UnitKind, parts};
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::syntax::print::expectation;
use boundproof_checker::theorem::Document;
use boundproof_checker::theorem::term::{Comparison, Relation, Term};
use boundproof_checker::verdict::{Condition, Failure, Finding, Reason, Verdict};
use boundproof_checker::wording::{Rounding, decimal, enclosure, is_expected, number};
use num_traits::Signed;
use std::fmt::Display;

/// Whether times are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// They are not: the report depends on the texts only.
    Omitted,
    /// They are.
    Reported,
}

/// A result for each unit of an audit. `certificate` is the file in which its certificate is kept.
#[must_use]
pub fn claims(
    specification: &Specification,
    audit: &Audit,
    certificate: Option<&str>,
    timing: Timing,
) -> Vec<ClaimReport> {
    let each = audit.findings.iter().zip(&audit.efforts);
    each.map(|(finding, effort)| claim(specification, audit, finding, effort, certificate, timing)).collect()
}

fn claim(
    specification: &Specification,
    audit: &Audit,
    finding: &Finding,
    effort: &Effort,
    certificate: Option<&str>,
    timing: Timing,
) -> ClaimReport {
    let (unit, document) = (&finding.unit, &specification.document);
    let answer = audit.certificate.answers.iter().find(|answer| answer.unit == unit.name);
    let (theorem, item) = match unit.name.split_once('/') {
        Some((theorem, item)) => (theorem, Some(item)),
        None => (unit.name.as_str(), None),
    };
    let place = match item {
        Some(_) => Some(Place::of(&specification.text, unit.span.start, unit.span.end)),
        None => specification.theorem_places.iter().find(|(name, _)| **name == *theorem).map(|(_, place)| *place),
    };
    let failure = match &finding.verdict {
        Verdict::Refuted(failure) | Verdict::Undefined(failure) => Some(failure),
        _ => None,
    };
    let mut report = ClaimReport {
        spec: specification.path.display().to_string(),
        theorem: theorem.to_owned(),
        claim: item.map(str::to_owned),
        kind: kind(unit),
        reference: unit.reference.clone(),
        title: unit.title.clone(),
        line: place.map(|place| place.line),
        column: place.map(|place| place.column),
        statement: statement(unit),
        statement_digest: digest(unit, document),
        verdict: finding.verdict.word(),
        expected: expectation(unit.expect),
        as_expected: is_expected(unit.expect, &finding.verdict),
        witness: failure.map(|failure| written(&failure.point)),
        failure: failure.map(failed),
        satisfied_at: satisfied_at(&finding.verdict, answer),
        cited_facts: Vec::new(),
        supposed: Vec::new(),
        models: Vec::new(),
        inclusions: Vec::new(),
        assumptions_used: answer.map_or_else(Vec::new, |answer| assumptions_used(unit, document, answer)),
        free: if item.is_none() { free(theorem, document) } else { Vec::new() },
        undecided: undecided(finding, effort, document),
        seconds: (timing == Timing::Reported).then_some(effort.time.as_secs_f64()),
        certificate: certificate.filter(|_| answer.is_some()).map(str::to_owned),
        place,
    };
    if let Verdict::Conditional(_, conditions) = &finding.verdict {
        conditions.iter().for_each(|condition| add_condition(&mut report, condition, document));
    }
    report
}

fn free(theorem: &str, document: &Document) -> Vec<String> {
    document.theorem(theorem).map_or_else(Vec::new, |theorem| theorem.free.iter().map(ToString::to_string).collect())
}

fn kind(unit: &Unit) -> Kind {
    match unit.kind {
        UnitKind::Assumptions => Kind::Assumptions,
        UnitKind::Claim(_) => Kind::Claim,
        UnitKind::Bound(_) => Kind::Bound,
        UnitKind::Note(_) => Kind::Note,
    }
}

fn add_condition(report: &mut ClaimReport, condition: &Condition, document: &Document) {
    match condition {
        Condition::Fact(name) => {
            let fact = document.facts.get(name);
            report.cited_facts.push(CitedFact {
                name: name.to_string(),
                source: fact.map(|fact| fact.source.clone()).unwrap_or_default(),
                sentence: fact.map(|fact| fact.sentence.clone()).unwrap_or_default(),
            });
        }
        Condition::Supposed(name) => report.supposed.push(name.clone()),
        Condition::Model(name) => {
            let sentence = name.split_once('/').and_then(|(theorem, model)| {
                let models = &document.theorem(theorem)?.models;
                models.iter().find(|(name, _)| **name == *model).map(|(_, sentence)| sentence.clone())
            });
            report.models.push(Model { name: name.clone(), sentence: sentence.unwrap_or_default() });
        }
        Condition::Inclusion(name) => report.inclusions.push(name.clone()),
    }
}

fn written(point: &[(Name, impl Display)]) -> Vec<(String, String)> {
    point.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
}

fn satisfied_at(verdict: &Verdict, answer: Option<&Answer>) -> Option<Vec<(String, String)>> {
    let (Verdict::Proved(_) | Verdict::Conditional(..)) = verdict else { return None };
    match &answer?.body {
        Body::Proved { satisfiable: Some(Existence::At(witness)), .. } => Some(written(&witness.values)),
        Body::Proved { satisfiable: Some(Existence::By(construction)), .. } => Some(written(&construction.values)),
        _ => None,
    }
}

fn failed(failure: &Failure) -> FailureReport {
    let there = failure.relation.substitute_all(&failure.point);
    let value = |term: &Term, enclosed: Option<&Interval>| {
        exact(term, &Point::new()).map(|value| number(&value)).or_else(|| enclosed.map(enclosure))
    };
    let sides = failure.sides.as_ref();
    FailureReport {
        role: failure.role.to_string(),
        relation: failure.relation.to_string(),
        left: value(&there.left, sides.map(|(left, _)| left)),
        right: value(&there.right, sides.map(|(_, right)| right)),
        violation: violation(failure, &there),
    }
}

/// How much the sides, at the point, differ in the wrong direction: exactly where both are rational, else a decimal that is not more.
fn violation(failure: &Failure, there: &Relation) -> Option<String> {
    if there.comparison == Comparison::Different {
        return None;
    }
    if let (Some(left), Some(right)) = (exact(&there.left, &Point::new()), exact(&there.right, &Point::new())) {
        let difference = left - right;
        return Some(number(&if there.comparison == Comparison::Equal { difference.abs() } else { difference }));
    }
    let (left, right) = failure.sides.as_ref()?;
    let over = |a: &Interval, b: &Interval| a.lower_value()?.sub(b.upper_value()?)?.to_rational();
    let least = match there.comparison {
        Comparison::Equal => over(left, right).into_iter().chain(over(right, left)).max(),
        _ => over(left, right),
    };
    // of sides that are equal nothing is to be said
    let shown = least
        .filter(|least| !least.is_negative() && least.numer().bits().max(least.denom().bits()) <= MOST_SHOWN_BITS)?;
    Some(format!("at least {}", decimal(&shown, 6, Rounding::Down)))
}

/// Differences with more bits are not shown as decimals.
const MOST_SHOWN_BITS: u64 = 40_000;

fn undecided(finding: &Finding, effort: &Effort, document: &Document) -> Option<UndecidedReport> {
    let Verdict::Undecided(reason) = &finding.verdict else { return None };
    let (code, words) = match (reason, &effort.mishap) {
        (Reason::NoAnswer, Some(Mishap::Rejected(defect))) => {
            (defect.code(), format!("the prover's answer was rejected: {defect}"))
        }
        (Reason::NoAnswer, Some(Mishap::Panicked(message))) => {
            ("internal-error", format!("the prover failed with an internal error: {message}"))
        }
        (Reason::NoAnswer, None) if effort.attempts.is_empty() => ("no-answer", "there is no answer for it".to_owned()),
        (Reason::NoAnswer, None) => ("no-answer", "no strategy found a proof or a counterexample".to_owned()),
        (Reason::Rejected(defect), _) => (defect.code(), format!("the answer is rejected: {defect}")),
        (Reason::RestsOn(name), _) => ("rests-on-unproved", format!("it rests on `{name}`, which is not proved")),
    };
    // only units without random arguments have parts that do not depend on what the prover finds
    let parts = if finding.unit.random.is_empty() { parts(&finding.unit, document, &[]) } else { Vec::new() };
    let attempts = effort.attempts.iter().map(|attempt| {
        let part: Option<&Part> = attempt.part.checked_sub(1).and_then(|index| parts.get(index));
        let (outcome, stuck) = match &attempt.refusal {
            None => ("succeeded", None),
            Some(Refusal::NotApplicable) => ("not applicable", None),
            Some(Refusal::Budget) => ("budget spent", None),
            Some(Refusal::Stuck { margin, at }) => ("stuck", Some((*margin, at.clone()))),
            Some(Refusal::NothingFound) => ("nothing found", None),
        };
        AttemptReport {
            part: attempt.part,
            role: part.map(|part| part.role.to_string()),
            goal: part.map(|part| part.goal.to_string()),
            strategy: attempt.strategy,
            outcome,
            margin: stuck.as_ref().map(|(margin, _)| *margin),
            at: stuck.map(|(_, at)| at),
        }
    });
    let rests_on = if let Reason::RestsOn(name) = reason { Some(name.clone()) } else { None };
    Some(UndecidedReport { code: code.to_owned(), reason: words, rests_on, attempts: attempts.collect() })
}
