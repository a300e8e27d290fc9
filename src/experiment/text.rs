//! The outcomes of an experiment as a table.
//!
//! Owns: the wording. Must not know: how they came about.

use super::run::Outcome;
use super::sample::Law;
use boundproof_checker::exact::Rational;
use boundproof_checker::wording::{Rounding, decimal};
use std::fmt::Write;

/// The table.
#[must_use]
pub fn table(outcomes: &[Outcome], confidence: &Rational) -> String {
    let hundred = Rational::from_integer(100.into());
    let percent = decimal(&(confidence * hundred), 4, Rounding::Down);
    let mut text = format!(
        "{:<9} {:>6} {:>4} {:>5} {:>6} {:>6} {:>6} {:>7} {:>9}  {:<27} {}\n",
        "law",
        "n",
        "d",
        "N",
        "L",
        "eps",
        "tau",
        "events",
        "frequency",
        format!("{percent} % interval"),
        "certified bound"
    );
    for outcome in outcomes {
        let law = match outcome.law {
            Law::Sphere => "sphere",
            Law::Gaussian => "gaussian",
        };
        let [lower, upper] = &outcome.confidence;
        let end = |shown: &str| shown.trim_end_matches('…').to_owned();
        let frequency = Rational::new(outcome.events.into(), outcome.trials.max(1).into());
        let remark = match (outcome.contradicted, outcome.informative) {
            (true, _) => "  CONTRADICTED",
            (false, false) => "  (says nothing)",
            (false, true) => "",
        };
        let _ = writeln!(
            text,
            "{law:<9} {:>6} {:>4} {:>5} {:>6} {:>6} {:>6} {:>7} {:>9}  {:<27} {}{remark}",
            outcome.n,
            outcome.d,
            outcome.functions,
            outcome.lipschitz,
            outcome.eps,
            outcome.tau,
            outcome.events,
            decimal(&frequency, 4, Rounding::Nearest),
            format!("[{}, {}]", end(&lower.text), end(upper.upper.as_deref().unwrap_or("1"))),
            outcome.bound.upper.as_deref().unwrap_or("no number"),
        );
    }
    let trials = outcomes.first().map_or(0, |outcome| outcome.trials);
    let contradicted = outcomes.iter().filter(|outcome| outcome.contradicted).count();
    let _ = writeln!(
        text,
        "\n{trials} trials a case. An interval contains the probability of the event with that confidence, exactly (Clopper and Pearson)."
    );
    if contradicted == 0 {
        text.push_str("No interval lies above the bound.\n");
    } else {
        let _ = writeln!(text, "{contradicted} of {} intervals lie above the bound.", outcomes.len());
    }
    text
}
