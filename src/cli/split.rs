//! `boundproof tighten` without a claim: the best split of a theorem's free variables, as a point or along a curve.
//!
//! Owns: reading names, objective and values; certifying and printing. Must not know: how a split is found.

use super::{CurveFormat, Tighten, output};
use crate::diagnostic::{Code, Diagnostic};
use crate::regime::value;
use crate::specification::Specification;
use crate::store::write_whole;
use crate::tighten::candidates::Candidate;
use crate::tighten::constant::read;
use crate::tighten::split::{Curve, Kept, Optimal, Question, csv, optimise, table};
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::{Name, Sense};
use boundproof_checker::theorem::Theorem;
use indicatif::ProgressBar;
use serde::Serialize;
use std::path::Path;
use std::time::Duration;

/// The most points of a curve.
const MOST: usize = 200;

/// What `--format json` prints.
#[derive(Serialize)]
struct Printed<'a> {
    schema: &'static str,
    spec: String,
    theorem: &'a str,
    objective: &'a str,
    sense: &'static str,
    digits: u32,
    points: &'a [Kept],
}

/// Whether free variables are to be chosen: they, or what belongs to them, are named; or nothing is named, and a theorem
/// declares some.
pub fn is_meant(options: &Tighten) -> bool {
    let names_a_split = !options.free.is_empty()
        || options.theorem.is_some()
        || options.minimise.is_some()
        || options.maximise.is_some()
        || options.along.is_some();
    let names_a_constant = options.claim.is_some() || !options.literal.is_empty() || !options.vary.is_empty();
    names_a_split || (!names_a_constant && declares_free(&options.spec))
}

fn declares_free(path: &Path) -> bool {
    Specification::load(path).is_ok_and(|found| found.document.theorems.iter().any(|theorem| !theorem.free.is_empty()))
}

/// Runs the command; the result is the exit code.
pub fn split(options: &Tighten) -> u8 {
    match curve(options) {
        Ok((question, curve)) => {
            curve.tied.iter().for_each(|why| output::eprint(&format!("note: {why}\n")));
            print(options, &question, &curve)
        }
        Err(errors) => {
            errors.iter().for_each(output::print_error);
            2
        }
    }
}

fn curve(options: &Tighten) -> Result<(Question, Curve), Vec<Diagnostic>> {
    let specification = Specification::load(&options.spec)?;
    let question = question(options, &specification).map_err(|error| vec![error])?;
    let spinner = ProgressBar::new_spinner();
    spinner.enable_steady_tick(Duration::from_millis(200));
    let tell = |what: &str| spinner.set_message(what.to_owned());
    let curve = optimise(&specification, &question, options.time_limit, &tell)?;
    spinner.finish_and_clear();
    if let Some(path) = &options.certify {
        let cert = path.with_extension("cert");
        if cert == *path {
            let message = "the specification and its certificate would be one file".to_owned();
            let error = Diagnostic::of_path(Code::FileUnwritable, path, message);
            return Err(vec![error.with_help("name a file that ends in .spec")]);
        }
        if let Some(point) = curve.points.iter().find(|point| !point.open.is_empty()) {
            let message = format!("no certificate: not proved is {}", point.open.join(", "));
            return Err(vec![Diagnostic::of_path(Code::CertificateUnfinished, path, message)]);
        }
        write_whole(path, curve.spec.as_bytes()).map_err(|error| vec![error])?;
        write_whole(&cert, curve.cert.as_bytes()).map_err(|error| vec![error])?;
    }
    Ok((question, curve))
}

fn question(options: &Tighten, specification: &Specification) -> Result<Question, Diagnostic> {
    let bad = |option: &str, why: String| Diagnostic::of_path(Code::BadValue, Path::new(option), why);
    let theorem = theorem(options, specification)?;
    let free = options.free.iter().map(|name| value::name(name));
    let mut free: Vec<Name> = free.collect::<Result<_, _>>().map_err(|why| bad("--free", why))?;
    if free.is_empty() {
        free.clone_from(&theorem.free);
    }
    if free.is_empty() {
        let why = format!("theorem `{}` declares no `free` variables; name those that may be chosen", theorem.name);
        return Err(bad("--free", why));
    }
    let (objective, sense) = match (&options.minimise, &options.maximise, &theorem.objective) {
        (Some(objective), ..) => (objective.clone(), Sense::Minimise),
        (_, Some(objective), _) => (objective.clone(), Sense::Maximise),
        (.., Some((sense, objective))) => (objective.to_string(), *sense),
        (None, None, None) => {
            let why =
                "what is to be least or greatest? name it with --minimise or --maximise, or state it in the theorem";
            return Err(bad("--free", why.into()));
        }
    };
    let along = options.along.as_deref().map(along).transpose().map_err(|why| bad("--along", why))?;
    // what a curve fixes is not chosen
    free.retain(|name| along.as_ref().is_none_or(|(fixed, _)| fixed != name));
    Ok(Question { theorem: theorem.name.clone(), free, objective, sense, along, digits: options.digits })
}

/// The theorem that is named, else the only one that declares free variables, else the only one.
fn theorem<'s>(options: &Tighten, specification: &'s Specification) -> Result<&'s Theorem, Diagnostic> {
    let all = &specification.document.theorems;
    let free: Vec<&Theorem> = all.iter().filter(|theorem| !theorem.free.is_empty()).collect();
    let message = match (&options.theorem, all.as_slice(), free.as_slice()) {
        (Some(name), all, _) => match all.iter().find(|theorem| *theorem.name == **name) {
            Some(theorem) => return Ok(theorem),
            None => format!("it has no theorem `{name}`"),
        },
        (None, [only], _) => return Ok(only),
        (None, _, [only]) => return Ok(only),
        (None, _, _) => format!("it has {} theorems", all.len()),
    };
    let names: Vec<&str> = all.iter().map(|theorem| &*theorem.name).collect();
    let error = Diagnostic::of_path(Code::UnknownTheorem, &specification.path, message);
    Err(error.with_help(&format!("name one with --theorem: {}", names.join(", "))))
}

/// `A=256,512,1024` or `A=256..1024/4`: that many equal steps.
fn along(text: &str) -> Result<(Name, Vec<Rational>), String> {
    let wrong = || "write NAME=VALUE,VALUE,… or NAME=LOW..HIGH/STEPS".to_owned();
    let (name, values) = text.split_once('=').ok_or_else(wrong)?;
    let name = value::name(name.trim())?;
    let number = |text: &str| {
        let candidate = read(text.trim()).as_ref().and_then(Candidate::expression);
        candidate
            .and_then(|candidate| candidate.exact)
            .ok_or_else(|| format!("`{}` is no rational number", text.trim()))
    };
    let values: Vec<Rational> = match values.split_once("..") {
        None => values.split(',').map(number).collect::<Result<_, _>>()?,
        Some((low, rest)) => {
            let (high, steps) = rest.split_once('/').ok_or_else(wrong)?;
            let (low, high) = (number(low)?, number(high)?);
            let steps: u32 = steps.trim().parse().ok().filter(|s| (1..=MOST as u32).contains(s)).ok_or_else(wrong)?;
            let whole = |n: u32| Rational::from_integer(n.into());
            (0..=steps).map(|k| &low + (&high - &low) * whole(k) / whole(steps)).collect()
        }
    };
    if values.len() > MOST {
        return Err(format!("at most {MOST} values"));
    }
    Ok((name, values))
}

fn print(options: &Tighten, question: &Question, curve: &Curve) -> u8 {
    let points = &curve.points;
    match options.format {
        CurveFormat::Text => {
            output::print(&table(points, &options.spec));
            if let Some(path) = &options.certify {
                let cert = path.with_extension("cert");
                output::print(&format!("certified; replay: recheck {} {}\n", path.display(), cert.display()));
            }
        }
        CurveFormat::Csv => output::print(&csv(points)),
        CurveFormat::Json => {
            let printed = Printed {
                schema: "boundproof-split/1",
                spec: options.spec.display().to_string(),
                theorem: &question.theorem,
                objective: &question.objective,
                sense: if question.sense == Sense::Minimise { "least" } else { "greatest" },
                digits: question.digits,
                points,
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
    let good = |point: &Kept| point.open.is_empty() && point.optimal == Optimal::Proved;
    u8::from(!points.iter().all(good))
}
