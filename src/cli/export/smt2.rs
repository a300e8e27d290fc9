//! `boundproof export smt2`: claims as questions for solvers.
//!
//! Owns: which claims, and where they are written. Must not know: the language.

use crate::cli::output;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::export::smt2::dialect::Dialect;
use crate::export::smt2::{Question, needs_definedness, script};
use crate::export::{NotExpressible, claims};
use crate::specification::Specification;
use crate::store::write_whole;
use boundproof_checker::obligation::{Unit, units};
use clap::ValueEnum;
use std::path::{Path, PathBuf};

/// Shown below the options.
pub const EXAMPLES: &str = "Examples:
  boundproof export smt2 a.spec --unit bernoulli/second | z3 -in
  boundproof export smt2 a.spec --unit sampling/threshold --dialect dreal -o threshold.smt2
  boundproof export smt2 a.spec --dialect cvc5 -o claims/     every claim, each in a file

A solver is asked for a violation: unsat = it proves the claim, sat = its model claims a violation. Neither is a verdict of
boundproof. docs/export.md says how terms are written.

Exit codes: 0 all is written, 2 something cannot be expressed, bad input or usage.";

/// The options of `export smt2`.
#[derive(clap::Args)]
pub struct Smt2 {
    /// The specification
    spec: PathBuf,
    /// Only this claim: `theorem/claim`
    #[arg(long, value_name = "NAME")]
    unit: Option<String>,
    /// Whose SMT-LIB
    #[arg(long, value_enum, default_value_t = DialectName::Smtlib)]
    dialect: DialectName,
    /// What is asked; a directory gets both where both arise
    #[arg(long, value_enum)]
    question: Option<QuestionName>,
    /// A file, or a directory for one file a claim [default: standard output]
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum DialectName {
    /// The standard: polynomials, quotients, roots, min, max, abs, floor
    Smtlib,
    /// And exp, log, powers, sin, cos, atan, sinh, cosh, tanh, pi
    Cvc5,
    /// The same functions, without floor
    Dreal,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum QuestionName {
    /// Is there a point at which a conclusion fails?
    Conclusion,
    /// Is there a point at which a term has no value?
    Definedness,
}

/// Runs `export smt2`; the result is the exit code.
pub fn export(options: &Smt2) -> u8 {
    let errors = match Specification::load(&options.spec) {
        Ok(specification) => smt2(&specification, options),
        Err(errors) => errors,
    };
    errors.iter().for_each(output::print_error);
    if errors.is_empty() { 0 } else { 2 }
}

/// Writes what can be written and gives what is wrong.
fn smt2(specification: &Specification, options: &Smt2) -> Vec<Diagnostic> {
    let chosen = match chosen(specification, options.unit.as_deref()) {
        Ok(chosen) => chosen,
        Err(error) => return vec![error],
    };
    let directory =
        options.output.as_deref().filter(|path| path.is_dir() || path.as_os_str().to_string_lossy().ends_with('/'));
    let outcome = match (directory, chosen.as_slice()) {
        (Some(directory), units) => return write_all(specification, units, directory, options),
        (None, [unit]) => write_one(specification, unit, options),
        (None, units) => Err(several(specification, units)),
    };
    outcome.err().into_iter().collect()
}

fn chosen(specification: &Specification, name: Option<&str>) -> Result<Vec<Unit>, Diagnostic> {
    let path = &specification.path;
    let Some(name) = name else {
        let claims = claims(&specification.document);
        if claims.is_empty() {
            return Err(Diagnostic::of_path(Code::NotExpressible, path, "it has no claims".to_owned()));
        }
        return Ok(claims);
    };
    let units = units(&specification.document);
    let known: Vec<&str> = units.iter().map(|unit| unit.name.as_str()).collect();
    let help = format!("its units are {}", known.join(", "));
    let unit = units.iter().find(|unit| unit.name == name).cloned();
    let message = format!("it has no unit `{name}`");
    unit.map(|unit| vec![unit]).ok_or_else(|| Diagnostic::of_path(Code::UnknownUnit, path, message).with_help(&help))
}

fn several(specification: &Specification, units: &[Unit]) -> Diagnostic {
    let names: Vec<&str> = units.iter().map(|unit| unit.name.as_str()).collect();
    let message = format!("it has {} claims: {}", names.len(), names.join(", "));
    let error = Diagnostic::of_path(Code::UnitNotNamed, &specification.path, message);
    error.with_help("`--unit NAME` takes one of them, `-o DIR/` writes them all")
}

fn write_one(specification: &Specification, unit: &Unit, options: &Smt2) -> Result<(), Diagnostic> {
    let question = options.question.unwrap_or(QuestionName::Conclusion);
    let text = written(specification, unit, question, options.dialect)?;
    match &options.output {
        Some(path) => write_whole(path, text.as_bytes()),
        None => {
            output::print(&text);
            Ok(())
        }
    }
}

/// A file for each claim and question: `theorem.claim.smt2`, `theorem.claim.defined.smt2`. What cannot be written does not
/// keep the rest from being written.
fn write_all(specification: &Specification, units: &[Unit], directory: &Path, options: &Smt2) -> Vec<Diagnostic> {
    let mut errors = Vec::new();
    for unit in units {
        let asked: &[QuestionName] = match options.question {
            Some(QuestionName::Conclusion) => &[QuestionName::Conclusion],
            Some(QuestionName::Definedness) => &[QuestionName::Definedness],
            None if needs_definedness(unit) => &[QuestionName::Conclusion, QuestionName::Definedness],
            None => &[QuestionName::Conclusion],
        };
        for &question in asked {
            let suffix = if question == QuestionName::Definedness { ".defined" } else { "" };
            let path = directory.join(format!("{}{suffix}.smt2", unit.name.replace('/', ".")));
            let written = written(specification, unit, question, options.dialect);
            if let Err(error) = written.and_then(|text| write_whole(&path, text.as_bytes())) {
                errors.push(error);
                break;
            }
        }
    }
    errors
}

fn written(
    specification: &Specification,
    unit: &Unit,
    question: QuestionName,
    dialect: DialectName,
) -> Result<String, Diagnostic> {
    let question = match question {
        QuestionName::Conclusion => Question::Conclusion,
        QuestionName::Definedness => Question::Definedness,
    };
    let dialect = match dialect {
        DialectName::Smtlib => Dialect::Standard,
        DialectName::Cvc5 => Dialect::Cvc5,
        DialectName::Dreal => Dialect::DReal,
    };
    script(unit, &specification.document, question, dialect).map_err(|error| refused(specification, unit, &error))
}

fn refused(specification: &Specification, unit: &Unit, error: &NotExpressible) -> Diagnostic {
    let text = &specification.text;
    let refused = Diagnostic::of_path(Code::NotExpressible, &specification.path, error.what.clone());
    let place = Place::of(text, unit.span.start, unit.span.end);
    let named = text.get(place.start..place.end).is_some_and(|name| !name.is_empty());
    let refused = refused.with_help(&error.cure);
    if named { Diagnostic { place: Some(place), text: Some(text.clone()), ..refused } } else { refused }
}
