//! A solution as a specification: in each piece of the domain the condition holds, or a relation of it fails.
//!
//! Owns: these claims. Must not know: how they are proved.

use super::answer::Solution;
use super::cell::Cell;
use super::set::{Known, Piece};
use crate::diagnostic::Diagnostic;
use crate::regime::certificate::{Bounds, Stated, Wanted, stated};
use crate::regime::model::Model;
use crate::regime::point::decide::{Judge, Truth};
use crate::regime::point::region::Precisions;
use crate::specification::Specification;

/// The precision at which a point is looked for at which the condition fails.
const BITS: (u32, u32) = (128, 4096);

/// The specification that states a solution.
///
/// # Errors
/// A file that the specification uses cannot be read.
pub fn of_solution(specification: &Specification, model: &Model, solution: &Solution) -> Result<Stated, Diagnostic> {
    let mut wanted = Vec::new();
    for (number, piece) in (1..).zip(&solution.exact) {
        let within = within(&piece.cell, &solution.parameter);
        match &piece.known {
            Known::Holds => {
                let all: Vec<String> = solution.relations.iter().map(ToString::to_string).collect();
                wanted.push(claim(&format!("holds_{number}"), &within, &all.join(", ")));
            }
            Known::Fails(relation) => {
                let mut given = within;
                given.extend(witness(model, solution, piece));
                wanted.push(claim(&format!("fails_{number}"), &given, &relation.negation().to_string()));
            }
            Known::Turns | Known::Open => {}
        }
    }
    stated(specification, model, &solution.region, &wanted, Bounds::LeftOut)
}

pub(super) fn claim(name: &str, given: &[String], conclusion: &str) -> Wanted {
    let given = if given.is_empty() { String::new() } else { format!(" where {}", given.join(", ")) };
    Wanted { text: format!("claim {name}{given}: {conclusion}") }
}

pub(super) fn within(cell: &Cell, parameter: &str) -> Vec<String> {
    let mut given = Vec::new();
    if let Some((low, belongs)) = &cell.lower {
        given.push(format!("{low} {} {parameter}", if *belongs { "<=" } else { "<" }));
    }
    if let Some((high, belongs)) = &cell.upper {
        given.push(format!("{parameter} {} {high}", if *belongs { "<=" } else { "<" }));
    }
    given
}

/// The values of the other parameters at which a relation fails all over the piece, where they are not fixed.
fn witness(model: &Model, solution: &Solution, piece: &Piece) -> Vec<String> {
    let free = solution.region.free();
    let Known::Fails(relation) = &piece.known else { return Vec::new() };
    let value = piece.cell.upper.as_ref().or(piece.cell.lower.as_ref()).map(|(value, _)| value.clone());
    let Some(value) = value.or_else(|| piece.cell.middle()) else { return Vec::new() };
    let precisions = Precisions::default();
    let judge = Judge { context: &model.context, precisions: &precisions, bits: BITS };
    let name = solution.parameter.as_str().into();
    match judge.judge(relation, &solution.region.with(&name, &value)) {
        Truth::Straddles(_, fails) => fails
            .iter()
            .filter(|(name, _)| free.contains(name))
            .map(|(name, value)| format!("{name} = {value}"))
            .collect(),
        _ => Vec::new(),
    }
}
