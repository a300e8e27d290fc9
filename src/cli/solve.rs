//! `boundproof solve`: for which values of a parameter a condition holds.
//!
//! Owns: the order of reading, solving, certifying and printing. Must not know: how any of them is done.

use super::eval::{Input, Written, read, write_certified};
use super::{Format, Solve, output};
use crate::diagnostic::{Code, Diagnostic};
use crate::regime::solve::answer::{Outcome, table};
use crate::regime::solve::certificate::of_solution;
use crate::regime::solve::tail::close;
use crate::regime::solve::{Request, Solution};
use crate::regime::value;
use serde::Serialize;
use std::path::Path;

/// A solution with the places of its certificate, as `--format json` prints it.
#[derive(Serialize)]
struct Printed<'a> {
    #[serde(flatten)]
    solution: &'a Solution,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<&'a Written>,
}

/// Runs the command; the result is the exit code.
pub fn solve(options: &Solve) -> u8 {
    match solved(options) {
        Ok((solution, written)) => print(options, &solution, written.as_ref()),
        Err(errors) => {
            errors.iter().for_each(output::print_error);
            2
        }
    }
}

fn solved(options: &Solve) -> Result<(Solution, Option<Written>), Vec<Diagnostic>> {
    let Input { specification, model, regime } = read(&options.place)?;
    let bad = |why| vec![Diagnostic::of_path(Code::UnknownParameter, Path::new("--for"), why)];
    let parameter = value::name(&options.parameter).map_err(bad)?;
    let request = Request {
        model: &model,
        regime: &regime,
        parameter: &parameter,
        condition: options.condition.as_deref(),
        digits: options.digits,
    };
    let mut solution = crate::regime::solve::solve(&request)?;
    if solution.outcome == Outcome::Open {
        close(&specification, &model, &mut solution, options.time_limit);
    }
    let Some(path) = &options.certify else { return Ok((solution, None)) };
    let stated = of_solution(&specification, &model, &solution).map_err(|error| vec![error])?;
    let written = write_certified(path, &specification, &stated, options.time_limit)?;
    Ok((solution, Some(written)))
}

fn print(options: &Solve, solution: &Solution, written: Option<&Written>) -> u8 {
    match options.format {
        Format::Text => {
            output::print(&table(solution));
            if let Some(written) = written {
                output::print(&written.words());
            }
        }
        Format::Json => match serde_json::to_string_pretty(&Printed { solution, certificate: written }) {
            Ok(json) => output::print(&(json + "\n")),
            Err(error) => {
                output::eprint(&format!("error: {error}\n"));
                return 2;
            }
        },
    }
    u8::from(solution.outcome != Outcome::Solved)
}
