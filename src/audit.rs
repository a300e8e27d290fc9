//! The pipeline: a specification and what is known of it, to answers, to verdicts.
//!
//! Owns: which units are searched, in which threads, under which budget, and what an [`Audit`] holds. Must not know:
//! files of certificates, ledgers, how results are shown. Nothing that happens here can make a verdict: answers come
//! from the prover or from an earlier certificate, and [`judge`] checks each of them.

use crate::prover::budget::threads;
use crate::prover::{self, Attempt, Budget, Outcome};
use crate::specification::Specification;
use boundproof_checker::certificate::{Answer, Certificate};
use boundproof_checker::obligation::{Unit, UnitKind, units};
use boundproof_checker::theorem::Document;
use boundproof_checker::verdict::{Defect, Finding, Reason, Verdict, alone, judge};
use rayon::prelude::*;
use std::cell::Cell;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Terms are trees, and what works on them recurses: to a bounded depth, for which this stack is ample.
pub const STACK_BYTES: usize = 64 << 20;

thread_local! {
    static SEARCHING: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is within a prover, whose panics become the outcome of its unit.
#[must_use]
pub fn is_searching() -> bool {
    SEARCHING.get()
}

/// Which units are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Search {
    /// None: only known answers are replayed.
    Never,
    /// Those that no known answer decides.
    Missing,
    /// All.
    Everything,
}

/// How an audit is made.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Which units are searched.
    pub search: Search,
    /// The time for the search of one unit.
    pub time_limit: Duration,
    /// The number of threads; `None` for one a processor.
    pub jobs: Option<NonZeroUsize>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { search: Search::Missing, time_limit: Duration::from_secs(20), jobs: None }
    }
}

/// Where the answer for a unit came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It was searched for.
    Searched,
    /// It was known before.
    Known,
}

/// How the answer for one unit came about.
#[derive(Clone, Debug)]
pub struct Effort {
    /// Where the answer came from.
    pub origin: Origin,
    /// What the prover tried.
    pub attempts: Vec<Attempt>,
    /// What went wrong in the prover itself: an answer that the checker rejects, or a panic.
    pub mishap: Option<Mishap>,
    /// How long it took, checking included.
    pub time: Duration,
}

/// A defect of the prover that an audit came across. It can cost an answer, never a wrong verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mishap {
    /// The prover handed in an answer that the checker rejects.
    Rejected(Box<Defect>),
    /// The prover panicked, with this message.
    Panicked(String),
}

/// The result for one specification.
#[derive(Clone, Debug)]
pub struct Audit {
    /// The accepted answers.
    pub certificate: Certificate,
    /// The checker's verdicts, in the order of the file.
    pub findings: Vec<Finding>,
    /// How the answers came about, in the same order.
    pub efforts: Vec<Effort>,
    /// The names in the known certificate that are no units of the specification.
    pub unused: Vec<String>,
}

impl Audit {
    /// The verdict for a unit: `theorem` for its assumptions, or `theorem/item`.
    #[must_use]
    pub fn verdict(&self, unit: &str) -> Option<&Verdict> {
        self.findings.iter().find(|finding| finding.unit.name == unit).map(|finding| &finding.verdict)
    }

    /// Whether every verdict is what its author expects.
    #[must_use]
    pub fn is_as_expected(&self) -> bool {
        self.findings.iter().all(|f| boundproof_checker::wording::is_expected(f.unit.expect, &f.verdict))
    }
}

/// Is told about the progress of audits, from several threads.
pub trait Progress: Sync {
    /// A unit is done.
    fn unit_done(&self, name: &str);
}

/// Tells nobody.
pub struct Silent;

impl Progress for Silent {
    fn unit_done(&self, _: &str) {}
}

/// Looks for an answer to a unit. Nothing that it hands in is believed.
pub type Prover = fn(&Unit, &Document, &Budget) -> Outcome;

/// Makes audits, in threads of its own.
pub struct Auditor {
    settings: Settings,
    prover: Prover,
    pool: rayon::ThreadPool,
    /// The same threads, for searches that can use more than one.
    _threads: threads::Pool,
}

impl Auditor {
    /// An auditor with these settings.
    ///
    /// # Errors
    /// The system gives no threads.
    pub fn new(settings: Settings) -> Result<Auditor, rayon::ThreadPoolBuildError> {
        Auditor::with_prover(settings, prover::answer)
    }

    /// An auditor that asks another prover.
    ///
    /// # Errors
    /// The system gives no threads.
    pub fn with_prover(settings: Settings, prover: Prover) -> Result<Auditor, rayon::ThreadPoolBuildError> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(settings.jobs.map_or(0, NonZeroUsize::get))
            .stack_size(STACK_BYTES)
            .thread_name(|number| format!("audit-{number}"))
            .build()?;
        let threads = threads::Pool::of(pool.current_num_threads());
        Ok(Auditor { settings, prover, pool, _threads: threads })
    }

    /// Audits one specification from nothing.
    #[must_use]
    pub fn audit(&self, specification: &Specification) -> Audit {
        self.audit_with(specification, &Certificate::default(), &Silent)
    }

    /// Audits one specification, given a certificate of earlier answers, in which nothing is trusted.
    #[must_use]
    pub fn audit_with(&self, specification: &Specification, known: &Certificate, progress: &dyn Progress) -> Audit {
        self.pool.install(|| self.audit_here(specification, known, progress))
    }

    /// Audits many specifications; `done` gets the position and the result of each, in the order of completion, from
    /// several threads.
    pub fn audit_all(
        &self,
        specifications: &[(Specification, Certificate)],
        progress: &dyn Progress,
        done: &(dyn Fn(usize, Audit) + Sync),
    ) {
        self.pool.install(|| {
            specifications.par_iter().with_max_len(1).enumerate().for_each(|(position, (specification, known))| {
                done(position, self.audit_here(specification, known, progress));
            });
        });
    }

    /// Audits in the present thread pool.
    fn audit_here(&self, specification: &Specification, known: &Certificate, progress: &dyn Progress) -> Audit {
        let units = units(&specification.document);
        let results: Vec<(Option<Answer>, Effort)> = units
            .par_iter()
            .with_max_len(1)
            .map(|unit| {
                let start = Instant::now();
                let _busy = threads::Busy::here();
                let known = known.answers.iter().find(|answer| answer.unit == unit.name);
                let (answer, mut effort) = self.answer(unit, &specification.document, known);
                effort.time = start.elapsed();
                progress.unit_done(&unit.name);
                (answer, effort)
            })
            .collect();
        let (answers, efforts): (Vec<_>, Vec<_>) = results.into_iter().unzip();
        let certificate = Certificate { answers: answers.into_iter().flatten().collect() };
        let findings = judge(&specification.document, &certificate);
        let is_unit = |name: &String| units.iter().any(|unit| unit.name == *name);
        let unused = known.answers.iter().map(|answer| answer.unit.clone()).filter(|name| !is_unit(name)).collect();
        Audit { certificate, findings, efforts, unused }
    }

    /// The answer to hand in for a unit, and how it came about.
    fn answer(&self, unit: &Unit, document: &Document, known: Option<&Answer>) -> (Option<Answer>, Effort) {
        let effort = |origin, attempts, mishap| Effort { origin, attempts, mishap, time: Duration::ZERO };
        if !has_obligations(unit) {
            return (None, effort(Origin::Known, Vec::new(), None));
        }
        if self.settings.search == Search::Never {
            // handed in whatever it is worth: the verdict says why it is rejected
            return (known.cloned(), effort(Origin::Known, Vec::new(), None));
        }
        if self.settings.search == Search::Missing
            && let Some(known) = known
            && !matches!(alone(unit, document, Some(known)), Verdict::Undecided(_))
        {
            return (Some(known.clone()), effort(Origin::Known, Vec::new(), None));
        }
        let budget = Budget::lasting(self.settings.time_limit);
        SEARCHING.set(true);
        let caught = catch_unwind(AssertUnwindSafe(|| (self.prover)(unit, document, &budget)));
        SEARCHING.set(false);
        let outcome = match caught {
            Ok(outcome) => outcome,
            Err(payload) => {
                let mishap = Mishap::Panicked(panic_words(payload.as_ref()));
                return (None, effort(Origin::Searched, Vec::new(), Some(mishap)));
            }
        };
        let Some(found) = outcome.answer else { return (None, effort(Origin::Searched, outcome.attempts, None)) };
        match alone(unit, document, Some(&found)) {
            Verdict::Undecided(Reason::Rejected(defect)) => {
                (None, effort(Origin::Searched, outcome.attempts, Some(Mishap::Rejected(defect))))
            }
            _ => (Some(found), effort(Origin::Searched, outcome.attempts, None)),
        }
    }
}

/// Whether there is anything to be shown.
fn has_obligations(unit: &Unit) -> bool {
    !matches!(unit.kind, UnitKind::Note(_))
}

fn panic_words(payload: &(dyn std::any::Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic without a message".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use boundproof_checker::certificate::{Body, Proof};
    use boundproof_checker::syntax::ast::Span;

    const TEXT: &str = "theorem t { let x : real in [0, 1]  claim c: x <= 1  note n \"a remark\" }";

    fn audit(prover: Prover) -> Audit {
        let specification = Specification::parse("t.spec", TEXT).unwrap();
        let settings = Settings { jobs: NonZeroUsize::new(2), ..Settings::default() };
        Auditor::with_prover(settings, prover).unwrap().audit(&specification)
    }

    #[test]
    fn a_panic_of_the_prover_is_an_outcome() {
        let audit = audit(|unit, _, _| panic!("no idea about {}", unit.name));
        assert_eq!(audit.efforts[0].mishap, Some(Mishap::Panicked("no idea about t".into())));
        assert!(matches!(audit.findings[1].verdict, Verdict::Undecided(Reason::NoAnswer)));
        assert!(matches!(audit.findings[2].verdict, Verdict::Noted));
        assert!(audit.certificate.answers.is_empty());
    }

    #[test]
    fn a_prover_that_lies_is_not_believed() {
        let audit = audit(|unit, _, _| {
            let body = Body::Proved { satisfiable: None, proofs: vec![Proof::default()] };
            let answer = Answer { unit: unit.name.clone(), ranges: Vec::new(), body, span: Span::default() };
            Outcome { answer: Some(answer), attempts: Vec::new(), time: Duration::ZERO }
        });
        assert!(matches!(audit.efforts[1].mishap, Some(Mishap::Rejected(_))));
        assert!(matches!(audit.findings[1].verdict, Verdict::Undecided(_)));
        assert!(audit.certificate.answers.is_empty(), "nothing that was rejected is kept");
    }
}
