//! Whether a verdict is right, by evaluation alone.
//!
//! Owns: what would make each verdict wrong. Must not know: generators, how verdicts are reached.

use super::evaluate::Truth;
use super::expression::{Claim, Name, Point, Relation};
use super::place::Place;
use super::points::{Ground, Violation};
use super::random::Random;
use super::trial::Trial;
use boundproof::checker::obligation::Role;
use boundproof::checker::theorem::term::Term;
use boundproof::checker::verdict::{Failure, Verdict};

/// What evaluation says of a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// Nothing speaks against it; if it can be confirmed by evaluation, it was.
    Right,
    /// The evaluator cannot tell.
    Open,
    /// It was reached where the language gives the statement no value: nothing true was refuted.
    Odd(String),
    /// It is wrong, and why.
    Wrong(String),
}

/// The judgement on a trial of the claim. `samples` points are looked at; `hints` are points worth a look.
pub fn judge(claim: &Claim, trial: &Trial, hints: &[Point], samples: usize, random: &mut Random) -> Judgement {
    let ground = Ground::new(claim);
    let before = claim.before();
    for (unit, values) in &trial.satisfying {
        if let Some(words) = unsatisfied(claim, unit, values) {
            return Judgement::Wrong(words);
        }
    }
    for finding in &trial.findings {
        let claim = if finding.unit.name == "t/lemma" { before.as_ref().unwrap_or(claim) } else { claim };
        let judgement = match &finding.verdict {
            Verdict::Proved(_) if finding.unit.name != "t" => proved(&Ground::new(claim), hints, samples, random),
            Verdict::Refuted(failure) => refuted(claim, failure),
            Verdict::Undefined(failure) => undefined(claim, failure),
            Verdict::Vacuous(_) => vacuous(&ground, hints, samples, random),
            _ => Judgement::Right,
        };
        if judgement != Judgement::Right {
            return judgement;
        }
    }
    Judgement::Right
}

/// A hypothesis of the unit that does not hold at the point that is to satisfy them.
fn unsatisfied(claim: &Claim, unit: &str, values: &[(Name, Term)]) -> Option<String> {
    let point = Place::of(claim, values);
    let known =
        |relation: &Relation| claim.variables.iter().all(|v| point.gives(&v.name) || !mentions(relation, &v.name));
    let failing = claim
        .hypotheses()
        .into_iter()
        .filter(known)
        .find(|hypothesis| matches!(point.truth(hypothesis), Truth::Fails | Truth::Undefined))?;
    // the theorem's own unit does not have the claim's hypotheses
    let own = unit == "t/it" || !claim.assumed.contains(&failing);
    own.then(|| format!("`{unit}` is satisfied at {point}, but {failing:?} fails there"))
}

fn mentions(relation: &Relation, name: &str) -> bool {
    relation.left.mentions(name) || relation.right.mentions(name)
}

fn proved(ground: &Ground<'_>, hints: &[Point], samples: usize, random: &mut Random) -> Judgement {
    match ground.search(hints, samples, random) {
        Some(Violation { point, relation, truth }) => {
            Judgement::Wrong(format!("proved, but at {point} the relation {relation:?} is {truth:?}"))
        }
        None => Judgement::Right,
    }
}

fn refuted(claim: &Claim, failure: &Failure) -> Judgement {
    let point = Place::of(claim, &failure.point);
    if let Err(judgement) = inside(claim, &point) {
        return judgement;
    }
    let stated = match failure.role {
        Role::Link(number) => claim.links.get(number),
        Role::Conclusion(number) => claim.conclusions.get(number),
        _ => None,
    };
    let Some(stated) = stated else { return Judgement::Wrong(format!("there is no {} to refute", failure.role)) };
    match point.truth(stated) {
        Truth::Fails => Judgement::Right,
        Truth::Holds => Judgement::Wrong(format!("refuted at {point}, but {stated:?} holds there")),
        Truth::Undefined => Judgement::Odd(format!("refuted at {point}, where {stated:?} is undefined")),
        Truth::Unclear => Judgement::Open,
    }
}

/// Whether the hypotheses hold at a witness.
fn inside(claim: &Claim, point: &Place) -> Result<(), Judgement> {
    if let Some(name) = point.unnatural(claim) {
        return Err(Judgement::Wrong(format!("at the witness {point} {name} is no natural number")));
    }
    for hypothesis in claim.hypotheses() {
        match point.truth(&hypothesis) {
            Truth::Holds => {}
            Truth::Fails => return Err(Judgement::Wrong(format!("at the witness {point} {hypothesis:?} fails"))),
            Truth::Undefined => return Err(Judgement::Odd(format!("at {point} {hypothesis:?} is undefined"))),
            Truth::Unclear => return Err(Judgement::Open),
        }
    }
    Ok(())
}

fn undefined(claim: &Claim, failure: &Failure) -> Judgement {
    let point = Place::of(claim, &failure.point);
    for hypothesis in claim.hypotheses() {
        let missing = claim.variables.iter().any(|v| !point.gives(&v.name) && mentions(&hypothesis, &v.name));
        if missing {
            continue;
        }
        match point.truth(&hypothesis) {
            Truth::Undefined => return Judgement::Right,
            Truth::Holds => {}
            // the hypothesis after the one that is undefined need not hold; it stands further down, or nowhere
            Truth::Fails if later_is_undefined(claim, &point) => return Judgement::Right,
            Truth::Fails => return Judgement::Wrong(format!("at the witness {point} {hypothesis:?} fails")),
            Truth::Unclear => return Judgement::Open,
        }
    }
    let stated = || claim.links.iter().chain(&claim.conclusions);
    let all: Vec<Truth> = stated().map(|relation| point.truth(relation)).collect();
    if all.contains(&Truth::Undefined) {
        return Judgement::Right;
    }
    if all.contains(&Truth::Unclear) {
        return Judgement::Open;
    }
    Judgement::Wrong(format!("undefined at {point}, but everything has a value there"))
}

/// Whether an assumption is undefined at the point: one of the theorem's is shown to be defined where those before hold.
fn later_is_undefined(claim: &Claim, point: &Place) -> bool {
    claim.assumed.iter().any(|relation| point.truth(relation) == Truth::Undefined)
}

fn vacuous(ground: &Ground<'_>, hints: &[Point], samples: usize, random: &mut Random) -> Judgement {
    let sampled: Vec<Point> = (0..samples * 4).filter_map(|_| ground.sample(hints, random)).collect();
    match hints.iter().chain(&sampled).find(|point| ground.is_inside(point)) {
        Some(point) => Judgement::Wrong(format!("vacuous, but {point} satisfies everything")),
        None => Judgement::Right,
    }
}
