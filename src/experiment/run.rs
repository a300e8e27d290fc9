//! The experiment: cases, trials, and the comparison with the theorem's bound.
//!
//! Owns: which cases there are, what is reported of each. Must not know: the command line. The bound is that of the theorem of a
//! specification, evaluated at the case by the checker's arithmetic.

use super::binomial;
use super::sample::{Law, Sizes, class, happens};
use crate::diagnostic::{Code, Diagnostic};
use crate::prover::enclosure::number::to_f64;
use crate::regime::point::answer::{Evaluator, region};
use crate::regime::point::digits::Shown;
use crate::regime::point::region::Precisions;
use crate::regime::{Model, Regime, Value};
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::Measure;
use num_traits::Signed;
use rayon::prelude::*;
use serde::Serialize;
use std::path::Path;

/// The most numbers that one trial may draw and multiply.
const MOST_WORK: u128 = 20_000_000_000;

/// A case: a law and the values of its parameters.
#[derive(Clone, Debug)]
pub struct Case {
    /// The law.
    pub law: Law,
    /// Points.
    pub n: u64,
    /// Dimension.
    pub d: u64,
    /// Functions.
    pub functions: u64,
    /// Their Lipschitz constant.
    pub lipschitz: Rational,
    /// How far below the noise level.
    pub eps: Rational,
    /// `|g|`
    pub tau: Rational,
}

/// How it is run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Trials a case.
    pub trials: u64,
    /// Where the random numbers begin.
    pub seed: u64,
    /// One minus the confidence.
    pub alpha: Rational,
}

/// What came of a case.
#[derive(Clone, Debug, Serialize)]
pub struct Outcome {
    /// The law.
    pub law: Law,
    /// Points.
    pub n: u64,
    /// Dimension.
    pub d: u64,
    /// The constant of isoperimetry.
    pub c: String,
    /// Functions.
    pub functions: u64,
    /// Their Lipschitz constant.
    pub lipschitz: String,
    /// How far below the noise level.
    pub eps: String,
    /// `|g|`
    pub tau: String,
    /// Trials.
    pub trials: u64,
    /// In how many the event happened.
    pub events: u64,
    /// The exact confidence interval of its probability.
    pub confidence: [Shown; 2],
    /// The theorem's bound; a probability is at most 1 besides.
    pub bound: Shown,
    /// Whether the bound is less than 1.
    pub informative: bool,
    /// Whether the whole interval lies above the bound: with that confidence, the bound is false.
    pub contradicted: bool,
}

/// The cases that are run if none is given: samples that are too small for the bound to say anything, where the event is frequent,
/// and samples where it says something.
#[must_use]
pub fn cases() -> Vec<Case> {
    let ratio = |top: i64, bottom: i64| Rational::new(top.into(), bottom.into());
    let table = [
        // n, d, N, L, eps, tau
        (8, 3, 64, ratio(4, 1), ratio(1, 2), ratio(0, 1)),
        (32, 3, 64, ratio(4, 1), ratio(1, 4), ratio(0, 1)),
        (128, 10, 32, ratio(2, 1), ratio(1, 4), ratio(1, 2)),
        (2048, 10, 16, ratio(1, 1), ratio(9, 10), ratio(0, 1)),
        (4096, 50, 16, ratio(1, 1), ratio(9, 10), ratio(0, 1)),
        (8192, 20, 8, ratio(1, 2), ratio(7, 10), ratio(1, 4)),
    ];
    [Law::Sphere, Law::Gaussian]
        .into_iter()
        .flat_map(|law| {
            table.clone().map(|(n, d, functions, lipschitz, eps, tau)| Case {
                law,
                n,
                d,
                functions,
                lipschitz,
                eps,
                tau,
            })
        })
        .collect()
}

impl Case {
    /// The constant of isoperimetry: see the module.
    fn isoperimetry(&self) -> Rational {
        match self.law {
            Law::Gaussian => Rational::from_integer(1.into()),
            Law::Sphere => Rational::new(self.d.into(), self.d.saturating_sub(1).max(1).into()),
        }
    }

    fn check(&self) -> Result<(), String> {
        let one = Rational::from_integer(1.into());
        if self.n == 0 || self.functions == 0 || self.d < 2 {
            return Err("n >= 1, d >= 2 and N >= 1 are needed".into());
        }
        if !self.lipschitz.is_positive() || !self.eps.is_positive() || self.tau.is_negative() || self.tau > one {
            return Err("L > 0, eps > 0 and tau in [0, 1] are needed".into());
        }
        let work = u128::from(self.n) * u128::from(self.d) * u128::from(self.functions);
        if work > MOST_WORK {
            return Err(format!("a trial of {work} steps is too much: n d N is at most {MOST_WORK}"));
        }
        Ok(())
    }

    fn regime(&self) -> Regime {
        let whole = |value: u64| Rational::from_integer(value.into());
        let values = [
            ("n", whole(self.n)),
            ("d", whole(self.d)),
            ("k", whole(1)),
            ("N", whole(self.functions)),
            ("c", self.isoperimetry()),
            ("L", self.lipschitz.clone()),
            ("eps", self.eps.clone()),
        ];
        Regime { values: values.into_iter().map(|(name, value)| (name.into(), Value::exact(value))).collect() }
    }
}

/// Runs a case.
///
/// # Errors
/// The case makes no sense, or the theorem is not one about it.
pub fn run(model: &Model, case: &Case, settings: &Settings) -> Result<Outcome, Vec<Diagnostic>> {
    let about = |code: Code, why: String| vec![Diagnostic::of_path(code, Path::new("--at"), why)];
    case.check().map_err(|why| about(Code::BadValue, why))?;
    let regime = case.regime();
    let precisions = Precisions::default();
    let region = region(model, &regime, &precisions, None)?;
    let evaluator = Evaluator { model, region: &region, precisions: &precisions, digits: 6 };
    let answer = evaluator.answer("", &regime, &|_| None);
    let last = model.bounds.iter().rposition(|bound| bound.measure == Measure::Probability);
    let bound = last.and_then(|at| answer.bounds.get(at)).and_then(|bound| bound.value.clone());
    let bound = bound.ok_or_else(|| about(Code::UnknownTheorem, "the theorem bounds no probability here".into()))?;
    let upper = bound.upper.as_deref().and_then(|text| Value::parse(text).ok());
    let upper = upper.map(|value| value.upper).ok_or_else(|| about(Code::BadValue, "the bound has no value".into()))?;
    let size = |value: u64| usize::try_from(value).unwrap_or(usize::MAX);
    let sizes = Sizes {
        n: size(case.n),
        d: size(case.d),
        functions: size(case.functions),
        lipschitz: to_f64(&case.lipschitz),
        eps: to_f64(&case.eps),
        tau: to_f64(&case.tau),
    };
    let class = class(&sizes, settings.seed);
    let trials = 0..settings.trials;
    let events =
        trials.into_par_iter().filter(|trial| happens(&sizes, case.law, &class, settings.seed, *trial)).count();
    let events = u64::try_from(events).unwrap_or(u64::MAX);
    let confidence = binomial::interval(events, settings.trials, &settings.alpha);
    let shown = |value: &Rational| Shown::exact(value, 6);
    Ok(Outcome {
        law: case.law,
        n: case.n,
        d: case.d,
        c: case.isoperimetry().to_string(),
        functions: case.functions,
        lipschitz: shown(&case.lipschitz).text,
        eps: shown(&case.eps).text,
        tau: shown(&case.tau).text,
        trials: settings.trials,
        events,
        informative: upper < Rational::from_integer(1.into()),
        contradicted: confidence.lower > upper,
        confidence: [shown(&confidence.lower), shown(&confidence.upper)],
        bound,
    })
}
