//! The full path of one claim: text, specification, prover, certificate text, verdict.
//!
//! Owns: that every stage starts again from text. Must not know: whether a verdict is right.

use boundproof::audit::Mishap;
use boundproof::checker::certificate::{Body, Existence, read};
use boundproof::checker::syntax::ast::Name;
use boundproof::checker::theorem::term::Term;
use boundproof::checker::verdict::{Finding, Verdict, judge};
use boundproof::{Auditor, Search, Settings, Specification};
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

/// What became of a specification.
pub struct Trial {
    /// The verdicts of the checker over the two texts, in order: `t`, `t/it`.
    pub findings: Vec<Finding>,
    /// The text of the certificate.
    pub certificate: String,
    /// The points that proved answers give to show that their hypotheses can be met: unit and values.
    pub satisfying: Vec<(String, Vec<(Name, Term)>)>,
    /// Defects of the prover.
    pub mishaps: Vec<String>,
}

/// Why there is no trial.
pub enum Spoilt {
    /// The text was refused with these codes and messages.
    Refused(String),
    /// Something panicked.
    Panicked(String),
    /// The second reading gives other verdicts than the first.
    Changed(String),
}

/// Makes trials.
pub struct Bench {
    auditor: Auditor,
}

impl Bench {
    /// One that gives the prover that much time for each unit.
    ///
    /// # Errors
    /// The system gives no threads.
    pub fn new(seconds: f64) -> Result<Bench, String> {
        let time_limit = Duration::from_secs_f64(seconds);
        let settings = Settings { search: Search::Everything, time_limit, jobs: NonZeroUsize::new(1) };
        Ok(Bench { auditor: Auditor::new(settings).map_err(|error| error.to_string())? })
    }

    /// Takes a text all the way.
    pub fn trial(&self, text: &str) -> Result<Trial, Spoilt> {
        match catch_unwind(AssertUnwindSafe(|| self.whole(text))) {
            Ok(result) => result,
            Err(payload) => {
                let words = payload.downcast_ref::<String>().cloned();
                let words = words.or_else(|| payload.downcast_ref::<&str>().map(|w| (*w).to_owned()));
                Err(Spoilt::Panicked(words.unwrap_or_default()))
            }
        }
    }

    fn whole(&self, text: &str) -> Result<Trial, Spoilt> {
        let parsed = |text: &str| {
            Specification::parse("t.spec", text).map_err(|all| {
                let words: Vec<String> = all.iter().map(|d| format!("{}: {}", d.code, d.message)).collect();
                Spoilt::Refused(words.join("; "))
            })
        };
        let audit = self.auditor.audit(&parsed(text)?);
        let mishap = |mishap: &Mishap| match mishap {
            Mishap::Rejected(defect) => format!("an answer that the checker rejects: {defect}"),
            Mishap::Panicked(words) => format!("the prover panicked: {words}"),
        };
        let mishaps = audit.efforts.iter().filter_map(|effort| effort.mishap.as_ref()).map(mishap).collect();
        let certificate = audit.certificate.to_string();
        let findings = replay(&parsed(text)?, &certificate).map_err(Spoilt::Changed)?;
        let differs = findings.iter().zip(&audit.findings).find(|(a, b)| a.verdict != b.verdict);
        if let Some((again, first)) = differs {
            return Err(Spoilt::Changed(format!("{} is {} at first", again, first.verdict.word())));
        }
        let satisfying = audit.certificate.answers.iter().filter_map(|answer| match &answer.body {
            Body::Proved { satisfiable: Some(Existence::At(witness)), .. } => {
                let number = |(name, value): &(Name, _)| (name.clone(), Term::number(Clone::clone(value)));
                Some((answer.unit.clone(), witness.values.iter().map(number).collect()))
            }
            Body::Proved { satisfiable: Some(Existence::By(construction)), .. } => {
                Some((answer.unit.clone(), construction.values.clone()))
            }
            _ => None,
        });
        let satisfying = satisfying.collect();
        Ok(Trial { findings, certificate, satisfying, mishaps })
    }
}

/// The verdicts over two texts.
fn replay(specification: &Specification, certificate: &str) -> Result<Vec<Finding>, String> {
    match read::certificate(certificate.as_bytes()) {
        Ok(certificate) => Ok(judge(&specification.document, &certificate)),
        Err(error) => Err(format!("the certificate cannot be read again: {} {}", error.code, error.message)),
    }
}

/// The verdict on `t/it` that a certificate text gets, if it can be read.
pub fn verdict_of(specification: &Specification, certificate: &str) -> Option<Verdict> {
    let certificate = read::certificate(certificate.as_bytes()).ok()?;
    let findings = judge(&specification.document, &certificate);
    findings.into_iter().find(|finding| finding.unit.name == "t/it").map(|finding| finding.verdict)
}
