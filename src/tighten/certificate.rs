//! A bracket as a specification with a certificate: the claim at the value that was proved, and at the one refuted.
//!
//! Owns: the names of the theorems in it. Must not know: how values were found.

use super::bracket::{Decided, Tightened, shown};
use super::constant::Constant;
use super::isolate::{Isolated, Variant};
use crate::audit::{Auditor, Search, Settings, Silent};
use crate::diagnostic::{Code, Diagnostic};
use crate::specification::Specification;
use boundproof_checker::certificate::{Answer, Certificate};
use boundproof_checker::syntax::ast::{Expectation, Item};
use boundproof_checker::syntax::print;
use boundproof_checker::verdict::Verdict;
use boundproof_checker::wording::is_expected;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

/// A specification with its certificate, both as text.
#[derive(Clone, Debug)]
pub struct Certified {
    /// The specification.
    pub spec: String,
    /// The certificate.
    pub cert: String,
    /// How many statements it decides.
    pub statements: usize,
}

/// The specification that states what was found of each constant, with what was known of it, and its certificate, which the
/// checker has accepted.
///
/// # Errors
/// Something in it was not decided as stated.
pub fn certify(
    isolated: &Isolated,
    found: &[(&Constant, Tightened, Certificate)],
    limit: Duration,
    path: &Path,
) -> Result<Certified, Vec<Diagnostic>> {
    let failed = |message: String| vec![Diagnostic::of_path(Code::CertificateUnfinished, path, message)];
    let mut file = isolated.base();
    let mut answers = Vec::new();
    let mut number = 0;
    for (constant, result, known) in found {
        let own = format!("{}/{}", isolated.theorem(), isolated.item);
        for decided in all(result) {
            number += 1;
            let name = format!("{}_{number}", isolated.theorem());
            file.items.push(Item::Theorem(isolated.variant(constant, &variant(decided, &constant.label(), &name))));
            let others = known.answers.iter().filter(|answer| answer.unit != own);
            answers.extend(others.filter_map(|answer| renamed(answer, isolated.theorem(), &name)));
            answers
                .extend(decided.examined.answer.as_ref().and_then(|answer| renamed(answer, isolated.theorem(), &name)));
        }
        answers.extend(known.answers.iter().filter(|a| !belongs(&a.unit, isolated.theorem())).cloned());
    }
    if number == 0 {
        return Err(failed("nothing was proved or refuted: there is nothing to certify".into()));
    }
    let text = print::file(&file);
    let specification = Specification::parse(&path.display().to_string(), &text)?;
    let settings = Settings { search: Search::Missing, time_limit: limit, ..Settings::default() };
    let auditor = Auditor::new(settings).map_err(|error| failed(format!("cannot start threads: {error}")))?;
    let audit = auditor.audit_with(&specification, &Certificate { answers }, &Silent);
    let open = audit.findings.iter().find(|finding| !is_expected(finding.unit.expect, &finding.verdict));
    if let Some(finding) = open {
        let word = finding.verdict.word();
        return Err(failed(format!("no certificate: `{}` is {word}", finding.unit.name)));
    }
    Ok(Certified { spec: text, cert: audit.certificate.to_string(), statements: audit.findings.len() })
}

/// The claim at a value about which something was decided.
fn variant<'v>(decided: &'v Decided, label: &str, theorem: &'v str) -> Variant<'v> {
    Variant {
        value: &decided.value.expr,
        theorem,
        title: Some(format!("with {} for {label}", shown(&decided.value))),
        expect: expectation(&decided.examined.verdict),
        links: decided.examined.links,
    }
}

/// What was decided, each value once.
fn all(found: &Tightened) -> Vec<&Decided> {
    let mut seen = BTreeSet::new();
    let printed = found.printed.iter().filter(|d| d.examined.is_proved() || d.examined.failure().is_some());
    let ends = found.brackets.iter().flat_map(|bracket| bracket.proved.iter().chain(&bracket.refuted));
    printed.chain(ends).filter(|decided| seen.insert(shown(&decided.value))).collect()
}

fn expectation(verdict: &Verdict) -> Expectation {
    match verdict {
        Verdict::Refuted(_) => Expectation::Refuted,
        Verdict::Undefined(_) => Expectation::Undefined,
        _ => Expectation::Proved,
    }
}

fn belongs(unit: &str, theorem: &str) -> bool {
    unit == theorem || unit.strip_prefix(theorem).is_some_and(|rest| rest.starts_with('/'))
}

/// The answer for the unit of the same item in another theorem.
fn renamed(answer: &Answer, from: &str, to: &str) -> Option<Answer> {
    if !belongs(&answer.unit, from) {
        return None;
    }
    let rest = answer.unit.strip_prefix(from)?;
    Some(Answer { unit: format!("{to}{rest}"), ..answer.clone() })
}
