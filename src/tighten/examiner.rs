//! One value of the constant: what the checker says of the statement there.
//!
//! Owns: asking for an answer at a value and handing it to the checker. Must not know: why a value is tried. A verdict
//! comes from `verdict::judge` over the specification that is printed, and from nothing else.

use super::constant::Constant;
use super::isolate::{Isolated, Links, Variant};
use crate::audit::{Auditor, Search, Settings, Silent};
use crate::prover::Budget;
use crate::prover::witness::threshold::witness_near;
use crate::specification::Specification;
use boundproof_checker::certificate::{Answer, Body, Certificate, Existence};
use boundproof_checker::obligation::{Role, parts, units};
use boundproof_checker::syntax::ast::{Expectation, Expr, Name, Span};
use boundproof_checker::verdict::{Failure, Verdict};
use std::num::NonZeroUsize;
use std::time::Duration;

/// Asks about values.
pub struct Examiner<'e> {
    /// The statement.
    pub isolated: &'e Isolated,
    /// What is varied.
    pub constant: &'e Constant,
    /// Answers that were accepted before; those for the statement itself belong to the printed value.
    pub known: Certificate,
}

/// What the checker says at a value.
#[derive(Clone, Debug)]
pub struct Examined {
    /// The verdict on the statement.
    pub verdict: Verdict,
    /// The answer that it accepted.
    pub answer: Option<Answer>,
    /// Whether the author's links were kept.
    pub links: Links,
}

impl Examined {
    /// Whether the statement was proved, perhaps given cited facts and what is taken for granted.
    #[must_use]
    pub fn is_proved(&self) -> bool {
        matches!(self.verdict, Verdict::Proved(_) | Verdict::Conditional(..))
    }

    /// The point at which it fails, if it does.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        match &self.verdict {
            Verdict::Refuted(failure) | Verdict::Undefined(failure) => Some(failure),
            _ => None,
        }
    }
}

/// Where the statement is likely to fail.
pub struct Suspicion<'s> {
    /// What fails.
    pub role: Role,
    /// Points.
    pub points: &'s [Vec<(Name, f64)>],
}

impl Examiner<'_> {
    fn name(&self) -> String {
        format!("{}/{}", self.isolated.theorem(), self.isolated.item)
    }

    fn specification(&self, value: &Expr, links: Links) -> Option<Specification> {
        let theorem = self.isolated.theorem();
        let variant = Variant { value, theorem, title: None, expect: Expectation::Proved, links };
        Specification::parse("value", &self.isolated.at(self.constant, &[variant])).ok()
    }

    /// Looks for a proof or a refutation at a value, with the author's links and then without.
    pub fn decide(&mut self, value: &Expr, limit: Duration) -> Option<Examined> {
        let mut last = None;
        if self.isolated.has_links() {
            let examined = self.examine(value, Links::Kept, None, limit.mul_f64(0.5))?;
            let about_a_link = examined.failure().is_some_and(|failure| matches!(failure.role, Role::Link(_)));
            if examined.is_proved() || (examined.failure().is_some() && !about_a_link) {
                return Some(examined);
            }
            last = Some(examined);
        }
        let left = if last.is_some() { limit.mul_f64(0.5) } else { limit };
        self.examine(value, Links::Dropped, None, left)
    }

    /// Looks for a refutation at a value, first near a point.
    pub fn refute(&mut self, value: &Expr, suspicion: Option<&Suspicion<'_>>, limit: Duration) -> Option<Examined> {
        if let Some(answer) = suspicion.and_then(|suspicion| self.failing(value, suspicion, limit)) {
            let examined = self.examine(value, Links::Dropped, Some(answer), Duration::ZERO)?;
            if examined.failure().is_some() {
                return Some(examined);
            }
        }
        self.examine(value, Links::Dropped, None, limit)
    }

    /// The answer that a part fails near the suspicious point.
    fn failing(&self, value: &Expr, suspicion: &Suspicion<'_>, limit: Duration) -> Option<Answer> {
        let specification = self.specification(value, Links::Dropped)?;
        let name = self.name();
        let unit = units(&specification.document).into_iter().find(|unit| unit.name == name)?;
        if !unit.random.is_empty() {
            return None;
        }
        let parts = parts(&unit, &specification.document, &[]);
        // a number in the place of an unknown needs no proof that it is defined: parts are told by what they are
        let budget = Budget::lasting(limit);
        let alike = parts.iter().enumerate().filter(|(_, part)| part.role == suspicion.role);
        let (index, witness) =
            alike.filter_map(|(index, part)| Some((index, witness_near(part, suspicion.points, &budget)?))).next()?;
        let part = u32::try_from(index + 1).ok()?;
        let body = Body::Fails { part, point: Existence::At(witness), proofs: Vec::new(), attained: Vec::new() };
        Some(Answer { unit: name, ranges: Vec::new(), body, span: Span::default() })
    }

    /// What the checker says at a value, of an answer that is offered or searched for.
    pub fn examine(
        &mut self,
        value: &Expr,
        links: Links,
        offered: Option<Answer>,
        limit: Duration,
    ) -> Option<Examined> {
        let specification = self.specification(value, links)?;
        let name = self.name();
        let mut known = self.known.clone();
        if let Some(offered) = offered {
            known.answers.retain(|answer| answer.unit != name);
            known.answers.push(offered);
        }
        let settings = Settings { search: Search::Missing, time_limit: limit, jobs: NonZeroUsize::new(1) };
        let audit = Auditor::new(settings).ok()?.audit_with(&specification, &known, &Silent);
        let finding = audit.findings.iter().find(|finding| finding.unit.name == name)?;
        let answer = audit.certificate.answers.iter().find(|answer| answer.unit == name).cloned();
        let verdict = finding.verdict.clone();
        // what else had to be shown is shown once
        let others = audit.certificate.answers.into_iter().filter(|answer| answer.unit != name);
        for other in others {
            self.known.answers.retain(|answer| answer.unit != other.unit);
            self.known.answers.push(other);
        }
        Some(Examined { verdict, answer, links })
    }
}
