//! `boundproof experiment`: the event of Theorem 2 in simulations, beside the certified bound.
//!
//! Owns: options, threads, the progress bar. Must not know: how samples are drawn.

use super::{Format, output};
use crate::diagnostic::{Code, Diagnostic};
use crate::experiment::run::{Case, Outcome, Settings, cases, run};
use crate::experiment::sample::Law;
use crate::experiment::text;
use crate::regime::{Model, Regime, Value};
use crate::specification::Specification;
use boundproof_checker::exact::Rational;
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use num_traits::ToPrimitive;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "Examples:
  boundproof experiment law.spec
  boundproof experiment law.spec --trials 10000 --seed 7 --format json > experiment.json
  boundproof experiment law.spec --law sphere --at n=4096 d=20 N=16 L=1 eps=0.9

Points are uniform on the unit sphere or N(0, I/d); labels are +1 and -1 with E[y|x] = tau sign(x_1); the class has N fixed
functions max(-1, min(1, L <u, x>)). The event is that one of them has a mean square error of at most sigma^2 - eps. The
theorem must have the parameters n, d, k, N, c, L, eps and bound the probability of that event. The same seed gives the
same numbers on every machine, with any number of threads.

Exit codes: 0 no interval lies above the bound, 1 one does, 2 bad input or usage.";

/// The options of `experiment`.
#[derive(clap::Args)]
pub struct Experiment {
    /// The specification
    spec: PathBuf,
    /// The theorem
    #[arg(long, value_name = "NAME", default_value = "theorem_2")]
    theorem: String,
    /// One case instead of the table: n, d, N, L, eps, and tau [default: 0]
    #[arg(long, value_name = "NAME=VALUE", num_args = 1..)]
    at: Vec<String>,
    /// The law of the points [default: both]
    #[arg(long, value_enum)]
    law: Option<Laws>,
    /// Trials a case
    #[arg(long, value_name = "N", default_value = "400", value_parser = clap::value_parser!(u64).range(1..=100_000))]
    trials: u64,
    /// Where the random numbers begin
    #[arg(long, value_name = "N", default_value = "1")]
    seed: u64,
    /// The confidence of the intervals
    #[arg(long, value_name = "VALUE", default_value = "0.99", value_parser = confidence)]
    confidence: Rational,
    /// How the outcomes are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Laws {
    /// Uniform on the unit sphere
    Sphere,
    /// N(0, I/d)
    Gaussian,
}

fn confidence(text: &str) -> Result<Rational, String> {
    let value = Value::parse(text)?.as_point().cloned();
    let (zero, one) = (Rational::from_integer(0.into()), Rational::from_integer(1.into()));
    value.filter(|value| *value > zero && *value < one).ok_or_else(|| "a number between 0 and 1 is needed".into())
}

#[derive(Serialize)]
struct Printed<'a> {
    version: u32,
    spec: String,
    theorem: &'a str,
    seed: u64,
    confidence: String,
    outcomes: &'a [Outcome],
}

/// Runs the command; the result is the exit code.
pub fn experiment(options: &Experiment) -> u8 {
    match outcomes(options) {
        Ok(outcomes) => print(options, &outcomes),
        Err(errors) => {
            errors.iter().for_each(output::print_error);
            2
        }
    }
}

fn outcomes(options: &Experiment) -> Result<Vec<Outcome>, Vec<Diagnostic>> {
    let specification = Specification::load(&options.spec)?;
    let model = Model::of(&specification, Some(&options.theorem)).map_err(|error| vec![error])?;
    let laws: &[Law] = match options.law {
        None => &[Law::Sphere, Law::Gaussian],
        Some(Laws::Sphere) => &[Law::Sphere],
        Some(Laws::Gaussian) => &[Law::Gaussian],
    };
    let cases: Vec<Case> = if options.at.is_empty() {
        cases().into_iter().filter(|case| laws.contains(&case.law)).collect()
    } else {
        let case = given(&options.at).map_err(|error| vec![error])?;
        laws.iter().map(|law| Case { law: *law, ..case.clone() }).collect()
    };
    let one = Rational::from_integer(1.into());
    let settings = Settings { trials: options.trials, seed: options.seed, alpha: one - &options.confidence };
    let bar = ProgressBar::new(cases.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} cases, {eta} left") {
        bar.set_style(style);
    }
    let outcomes = cases.iter().map(|case| {
        let outcome = run(&model, case, &settings);
        bar.inc(1);
        outcome
    });
    let outcomes = outcomes.collect();
    bar.finish_and_clear();
    outcomes
}

/// The case that was typed; its law is replaced.
fn given(at: &[String]) -> Result<Case, Diagnostic> {
    let about = |code: Code, why: String| Diagnostic::of_path(code, Path::new("--at"), why);
    let regime = Regime::read(at)?;
    let known = ["n", "d", "N", "L", "eps", "tau"];
    if let Some((name, _)) = regime.values.iter().find(|(name, _)| !known.contains(&&**name)) {
        return Err(about(Code::UnknownParameter, format!("`{name}` is none of {}", known.join(", "))));
    }
    let value = |name: &str| match regime.get(name).map(Value::as_point) {
        Some(Some(value)) => Ok(value.clone()),
        Some(None) => Err(about(Code::BadValue, format!("{name}: one number is needed"))),
        None if name == "tau" => Ok(Rational::from_integer(0.into())),
        None => Err(about(Code::MissingParameter, format!("no value is given for {name}"))),
    };
    let whole = |name: &str| {
        let number = value(name)?;
        let whole = if number.is_integer() { number.to_integer().to_u64().filter(|n| *n < 1 << 32) } else { None };
        whole.ok_or_else(|| about(Code::BadValue, format!("{name}: a natural number below 2^32 is needed")))
    };
    Ok(Case {
        law: Law::Sphere,
        n: whole("n")?,
        d: whole("d")?,
        functions: whole("N")?,
        lipschitz: value("L")?,
        eps: value("eps")?,
        tau: value("tau")?,
    })
}

fn print(options: &Experiment, outcomes: &[Outcome]) -> u8 {
    match options.format {
        Format::Text => output::print(&text::table(outcomes, &options.confidence)),
        Format::Json => {
            let printed = Printed {
                version: 1,
                spec: options.spec.display().to_string(),
                theorem: &options.theorem,
                seed: options.seed,
                confidence: options.confidence.to_string(),
                outcomes,
            };
            match serde_json::to_string_pretty(&printed) {
                Ok(json) => output::print(&(json + "\n")),
                Err(error) => {
                    output::eprint(&format!("error: {error}\n"));
                    return 2;
                }
            }
        }
    }
    u8::from(outcomes.iter().any(|outcome| outcome.contradicted))
}
