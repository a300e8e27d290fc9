//! Verdicts, and the only place where one is reached.
//!
//! Owns: [`Proved`], which cannot be built anywhere else, and [`judge`]. Must not know: how certificates are found.

use crate::certificate::{Answer, Body, Certificate, Existence, Proof, Witness};
use crate::evaluate::point::{Point, decide, enclose};
use crate::exact::{Interval, Precision};
use crate::existence;
use crate::obligation::{Part, Role, Unit, UnitKind, parts, units};
use crate::rules::rejection::Rejection;
use crate::rules::replay;
use crate::rules::scope::Scope;
use crate::syntax::ast::Name;
use crate::theorem::definedness::conditions;
use crate::theorem::term::{Relation, Term};
use crate::theorem::{Context, Document, Justification};
use std::collections::{BTreeMap, BTreeSet};

/// Evidence that a unit was proved. Only this module can make one:
///
/// ```compile_fail
/// let forged = boundproof_checker::verdict::Proved { parts: 1, seal: () };
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proved {
    parts: usize,
    seal: Seal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seal;

impl Proved {
    /// How many parts were shown.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.parts
    }
}

/// Something that a conditional verdict rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    /// A cited fact.
    Fact(Name),
    /// A bound that was supposed: `theorem/item`.
    Supposed(String),
    /// A modelling sentence: `theorem/name`.
    Model(String),
    /// That the event of this item lies in the union of the events of its parts, or is the event of the bound that it
    /// applies, as the item's text says.
    Inclusion(String),
}

/// The outcome for a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every part was shown.
    Proved(Proved),
    /// Every part was shown, and what it says rests on these.
    Conditional(Proved, BTreeSet<Condition>),
    /// A part fails at an exact point.
    Refuted(Failure),
    /// A term has no value at an exact point.
    Undefined(Failure),
    /// The hypotheses contradict each other.
    Vacuous(Proved),
    /// Not decided, and why.
    Undecided(Reason),
    /// Taken for granted by the author.
    Supposed,
    /// Recorded only.
    Noted,
}

/// Why nothing was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The certificate has no answer for the unit.
    NoAnswer,
    /// The answer was rejected.
    Rejected(Box<Defect>),
    /// Something that the unit rests on was not proved: its name.
    RestsOn(String),
}

/// Why an answer was rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Defect {
    /// A step of a proof.
    Step {
        /// The number of the part, from 1.
        part: usize,
        /// The step and the cause.
        rejection: Rejection,
    },
    /// The answer has another number of proofs than the unit has parts.
    ProofCount {
        /// How many it has.
        found: usize,
        /// How many it needs.
        wanted: usize,
    },
    /// The answer has another number of ranges than the unit has random arguments, or a range that is no constant
    /// of the theorem.
    Ranges,
    /// A step of the proof of a relation at a point.
    AtPoint {
        /// The number of the relation, from 1.
        number: usize,
        /// The step and the cause.
        rejection: Rejection,
    },
    /// A point is required and not given.
    PointMissing,
    /// The point does not give each variable one value of its sort.
    PointShape(Name),
    /// This hypothesis is not certainly true at the point.
    PointOutside(Relation),
    /// This relation is not certainly false at the point.
    NotViolated(Relation),
    /// There is no such part.
    NoSuchPart,
    /// A range is not attained, so that a failing value refutes nothing.
    RangeNotAttained,
}

impl Defect {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Defect::Step { rejection, .. } | Defect::AtPoint { rejection, .. } => rejection.cause.code(),
            Defect::ProofCount { .. } => "proof-count",
            Defect::Ranges => "range-shape",
            Defect::PointMissing => "point-missing",
            Defect::PointShape(_) => "point-shape",
            Defect::PointOutside(_) => "point-outside",
            Defect::NotViolated(_) => "not-violated",
            Defect::NoSuchPart => "no-such-part",
            Defect::RangeNotAttained => "range-not-attained",
        }
    }
}

/// A relation that fails at an exact point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What the relation is within its unit.
    pub role: Role,
    /// The relation.
    pub relation: Relation,
    /// The point: for each variable a term without variables, most often a number.
    pub point: Vec<(Name, Term)>,
    /// The values of the two sides at the point, where they have one.
    pub sides: Option<(Interval, Interval)>,
}

/// The verdict for one unit.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The unit.
    pub unit: Unit,
    /// Its verdict.
    pub verdict: Verdict,
}

/// The verdicts for all units of a document, in order. `certificate` is only an offer: every part of it is checked.
#[must_use]
pub fn judge(document: &Document, certificate: &Certificate) -> Vec<Finding> {
    let mut answers: BTreeMap<&str, &Answer> = BTreeMap::new();
    for answer in &certificate.answers {
        answers.entry(answer.unit.as_str()).or_insert(answer);
    }
    let mut findings: Vec<Finding> = Vec::new();
    for unit in units(document) {
        let alone = alone(&unit, document, answers.get(unit.name.as_str()).copied());
        let verdict = connect(&unit, alone, &findings);
        findings.push(Finding { unit, verdict });
    }
    findings
}

/// The verdict for one unit, as if everything that it rests on were proved.
#[must_use]
pub fn alone(unit: &Unit, document: &Document, answer: Option<&Answer>) -> Verdict {
    if matches!(unit.kind, UnitKind::Note(_)) {
        return Verdict::Noted;
    }
    let Some(answer) = answer else { return Verdict::Undecided(Reason::NoAnswer) };
    match check(unit, document, answer) {
        Ok(verdict) => verdict,
        Err(defect) => Verdict::Undecided(Reason::Rejected(Box::new(defect))),
    }
}

fn check(unit: &Unit, document: &Document, answer: &Answer) -> Result<Verdict, Defect> {
    check_ranges(unit, &answer.ranges)?;
    let parts = parts(unit, document, &answer.ranges);
    match &answer.body {
        Body::Proved { satisfiable, proofs } => {
            if proofs.len() != parts.len() {
                return Err(Defect::ProofCount { found: proofs.len(), wanted: parts.len() });
            }
            check_proofs(&parts, proofs)?;
            if unit.needs_point && satisfiable.is_none() {
                return Err(Defect::PointMissing);
            }
            if let Some(existence) = satisfiable {
                let hypotheses: Vec<Relation> = unit.context.hypotheses.iter().map(|h| h.relation.clone()).collect();
                existence::satisfies(&unit.context.variables, &hypotheses, existence)?;
            }
            let proved = Proved { parts: parts.len(), seal: Seal };
            Ok(Verdict::Proved(proved))
        }
        Body::Fails { part, point, proofs, attained } => {
            let index = usize::try_from(*part).ok().and_then(|p| p.checked_sub(1)).ok_or(Defect::NoSuchPart)?;
            let failing = parts.get(index).ok_or(Defect::NoSuchPart)?;
            existence::violates(&failing.variables, &failing.given, &failing.goal, point)?;
            match (answer.ranges.is_empty(), point) {
                // nothing reads them: an answer may not carry what is not checked
                (true, _) if !proofs.is_empty() => {
                    return Err(Defect::ProofCount { found: proofs.len(), wanted: 0 });
                }
                (true, _) if attained.is_empty() => {}
                (false, Existence::At(witness)) => {
                    let point = witness.values.iter().cloned().collect();
                    check_attained(unit, &parts, index, answer, proofs, attained, &point)?;
                }
                _ => return Err(Defect::RangeNotAttained),
            }
            Ok(failed(failing, point))
        }
        Body::Vacuous { proof } => {
            let hypotheses: Vec<Relation> = unit.context.hypotheses.iter().map(|h| h.relation.clone()).collect();
            let mut scope = Scope::new(&unit.context.variables, &hypotheses);
            let goal = Relation::at_most(&Term::integer(1), &Term::integer(0));
            replay(&mut scope, proof, &goal).map_err(|rejection| Defect::Step { part: 0, rejection })?;
            Ok(Verdict::Vacuous(Proved { parts: 0, seal: Seal }))
        }
    }
}

/// A range for each random argument, made of the theorem's own variables.
fn check_ranges(unit: &Unit, ranges: &[(Term, Term)]) -> Result<(), Defect> {
    if ranges.len() != unit.random.len() {
        return Err(Defect::Ranges);
    }
    let mut mentioned = BTreeSet::new();
    for (low, high) in ranges {
        low.collect_variables(&mut mentioned);
        high.collect_variables(&mut mentioned);
    }
    if mentioned.iter().all(|name| unit.context.sort(name).is_some()) { Ok(()) } else { Err(Defect::Ranges) }
}

fn check_proofs(parts: &[Part], proofs: &[Proof]) -> Result<(), Defect> {
    for (index, (part, proof)) in parts.iter().zip(proofs).enumerate() {
        let hypotheses: Vec<Relation> = part.given.iter().chain(&part.established).cloned().collect();
        let mut scope = Scope::new(&part.variables, &hypotheses);
        let number = index.saturating_add(1);
        replay(&mut scope, proof, &part.goal).map_err(|rejection| Defect::Step { part: number, rejection })?;
    }
    Ok(())
}

/// A failing value of a fact refutes something only if the ranges of its random arguments are proved and sharp.
fn check_attained(
    unit: &Unit,
    parts: &[Part],
    failing: usize,
    answer: &Answer,
    proofs: &[Proof],
    attained: &[Witness],
    point: &Point,
) -> Result<(), Defect> {
    let before = parts.get(..failing).unwrap_or_default();
    if before.len() != proofs.len() {
        return Err(Defect::ProofCount { found: proofs.len(), wanted: before.len() });
    }
    check_proofs(before, proofs)?;
    let mut witnesses = attained.iter();
    for ((term, context), (low, high)) in unit.random.iter().zip(&answer.ranges) {
        for end in [low, high] {
            let witness = witnesses.next().ok_or(Defect::RangeNotAttained)?;
            attains(context, witness, point, term, end)?;
        }
    }
    if witnesses.next().is_some() { Err(Defect::RangeNotAttained) } else { Ok(()) }
}

fn attains(context: &Context, witness: &Witness, point: &Point, term: &Term, end: &Term) -> Result<(), Defect> {
    let there = existence::coordinates(&context.variables, witness)?;
    let agrees = point.iter().all(|(name, value)| there.get(name) == Some(value));
    let precision = Precision::new(witness.bits);
    let hypotheses: Vec<Relation> = context.hypotheses.iter().map(|h| h.relation.clone()).collect();
    existence::all_hold(&hypotheses, &context.variables, &there, &precision)?;
    // the answer chose the term for the end: that it is not defined would show nothing of the specification
    let mut needed = conditions(end, context);
    needed.push(Relation::equal(term, end));
    let holds = |relation: &Relation| decide(relation, &there, &precision) == Some(true);
    if agrees && needed.iter().all(holds) { Ok(()) } else { Err(Defect::RangeNotAttained) }
}

/// Precision with which the sides are shown at a point whose coordinates are terms.
const SHOWN_BITS: u32 = 64;

/// The verdict on a relation that was seen to fail at the point.
fn failed(failing: &Part, point: &Existence) -> Verdict {
    let (point, precision) = match point {
        Existence::At(witness) => {
            let number = |(name, value): &(Name, _)| (name.clone(), Term::number(Clone::clone(value)));
            (witness.values.iter().map(number).collect(), Precision::new(witness.bits))
        }
        Existence::By(construction) => (construction.values.clone(), Precision::new(SHOWN_BITS)),
    };
    let there = failing.goal.substitute_all(&point);
    let value = |side: &Term| enclose(side, &Point::new(), &precision);
    let sides = value(&there.left).zip(value(&there.right));
    let failure = Failure { role: failing.role, relation: failing.goal.clone(), point, sides };
    if failing.role == Role::Defined { Verdict::Undefined(failure) } else { Verdict::Refuted(failure) }
}

/// What the unit's verdict becomes once the verdicts of what it rests on are known.
fn connect(unit: &Unit, verdict: Verdict, before: &[Finding]) -> Verdict {
    let find = |name: &str| before.iter().find(|finding| finding.unit.name == name);
    let theorem = unit.name.split('/').next().unwrap_or_default();
    if let Some(assumptions) = find(theorem) {
        match (&assumptions.verdict, &verdict) {
            (Verdict::Vacuous(proved), _) => return Verdict::Vacuous(proved.clone()),
            (Verdict::Proved(_), _) => {}
            (_, Verdict::Proved(_)) => return Verdict::Undecided(Reason::RestsOn(theorem.to_owned())),
            _ => {}
        }
    }
    let decided = !matches!(verdict, Verdict::Undecided(_) | Verdict::Supposed | Verdict::Noted);
    for name in unit.laws.iter().filter(|_| decided) {
        let name = format!("{theorem}/{name}");
        if !find(&name).is_some_and(|finding| matches!(finding.verdict, Verdict::Proved(_))) {
            return Verdict::Undecided(Reason::RestsOn(name));
        }
    }
    // a failure within ranges rests on the proofs of these, which may use what is cited
    let uses_proofs = match verdict {
        Verdict::Proved(_) => true,
        Verdict::Refuted(_) | Verdict::Undefined(_) => !unit.random.is_empty(),
        _ => false,
    };
    if uses_proofs {
        for (name, _) in &unit.cited {
            let name = format!("{theorem}/{name}");
            if !find(&name).is_some_and(|finding| matches!(finding.verdict, Verdict::Proved(_))) {
                return Verdict::Undecided(Reason::RestsOn(name));
            }
        }
    }
    let (Verdict::Proved(proved), UnitKind::Bound(bound)) = (&verdict, &unit.kind) else { return verdict };
    let mut conditions = BTreeSet::new();
    let local = |name: &Name| format!("{theorem}/{name}");
    let mut rests_on: Vec<String> = Vec::new();
    let using_names: &[Name];
    match &bound.why {
        Justification::Supposed => return Verdict::Supposed,
        Justification::Fact { fact, arguments, using } => {
            conditions.insert(Condition::Fact(fact.clone()));
            using_names = using;
            for argument in arguments {
                if let crate::theorem::Argument::Bound(name, _) = argument {
                    rests_on.push(local(name));
                }
            }
        }
        Justification::Theorem { theorem, bound, using, .. } => {
            using_names = using;
            conditions.insert(Condition::Inclusion(unit.name.clone()));
            rests_on.push(theorem.to_string());
            rests_on.push(format!("{theorem}/{bound}"));
        }
        Justification::Union { parts, using } => {
            using_names = using;
            rests_on.extend(parts.iter().map(|(_, name, _)| local(name)));
            conditions.insert(Condition::Inclusion(unit.name.clone()));
        }
    }
    for name in using_names {
        let name = local(name);
        if find(&name).is_some() {
            rests_on.push(name)
        } else {
            conditions.insert(Condition::Model(name));
        }
    }
    for name in rests_on {
        match find(&name).map(|finding| &finding.verdict) {
            Some(Verdict::Proved(_)) => {}
            Some(Verdict::Conditional(_, inner)) => conditions.extend(inner.iter().cloned()),
            Some(Verdict::Supposed) => {
                conditions.insert(Condition::Supposed(name));
            }
            _ => return Verdict::Undecided(Reason::RestsOn(name)),
        }
    }
    if conditions.is_empty() { verdict } else { Verdict::Conditional(proved.clone(), conditions) }
}
