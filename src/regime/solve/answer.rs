//! The values of one parameter that satisfy a condition, as data and in words.
//!
//! Owns: [`Request`], [`Solution`], the domain of the parameter. Must not know: the command line.

use super::cell::{Cell, Edge};
use super::set::{Known, Piece, Problem, Way, merged};
use crate::diagnostic::{Code, Diagnostic};
use crate::regime::given::Regime;
use crate::regime::model::{Model, Named};
use crate::regime::point::answer::{FIRST_BITS, MOST_BITS, nearest, region};
use crate::regime::point::decide::Judge;
use crate::regime::point::enclose::exact_value;
use crate::regime::point::region::{Precisions, Region};
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::definedness::conditions;
use boundproof_checker::theorem::term::{Comparison, Node, Relation};
use boundproof_checker::wording::{Rounding, decimal};
use num_traits::{One, Zero};
use serde::Serialize;
use std::fmt::Write;
use std::path::Path;

/// What is asked.
pub struct Request<'a> {
    /// The theorem.
    pub model: &'a Model,
    /// The values of the other parameters.
    pub regime: &'a Regime,
    /// The parameter.
    pub parameter: &'a str,
    /// The assumption or claim; `None` for all assumptions together.
    pub condition: Option<&'a str>,
    /// How many digits of a real number.
    pub digits: u32,
}

/// A part of the parameter's domain, as it is printed: its ends are rounded into it.
#[derive(Clone, Debug, Serialize)]
pub struct PieceAnswer {
    /// The lower end; absent if there is none.
    pub lower: Option<String>,
    /// Whether it belongs to the part.
    pub lower_included: bool,
    /// The upper end; absent if there is none.
    pub upper: Option<String>,
    /// Whether it belongs to the part.
    pub upper_included: bool,
    /// `holds`, `fails`, `turns` or `open`.
    pub known: &'static str,
    /// The relation that fails in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
}

/// What was found.
#[derive(Clone, Debug, Serialize)]
pub struct Solution {
    /// The version of this format.
    pub version: u32,
    /// The theorem.
    pub theorem: String,
    /// The parameter.
    pub parameter: String,
    /// What was asked of it.
    pub condition: String,
    /// The values of the other parameters.
    pub at: Vec<(String, String)>,
    /// `solved`, `unreachable` or `open`.
    pub outcome: Outcome,
    /// The smallest value, if there is one that is not the domain's own end.
    pub smallest: Option<String>,
    /// The largest value, likewise.
    pub largest: Option<String>,
    /// The whole domain in its order.
    pub pieces: Vec<PieceAnswer>,
    /// Why this is so.
    pub shown_by: &'static str,
    /// The same in a sentence.
    pub sentence: String,
    /// The pieces with exact ends.
    #[serde(skip)]
    pub exact: Vec<Piece>,
    /// The box of the other parameters.
    #[serde(skip)]
    pub region: Region,
    /// What has to hold.
    #[serde(skip)]
    pub relations: Vec<Relation>,
    /// The parameter's domain.
    #[serde(skip)]
    pub domain: Cell,
    /// Its sort.
    #[serde(skip)]
    pub sort: Sort,
    /// How many digits of a real number.
    #[serde(skip)]
    pub digits: u32,
}

impl Solution {
    /// Says of the pieces what is said of them elsewhere.
    pub(super) fn renew(&mut self) {
        self.exact = merged(std::mem::take(&mut self.exact), self.sort);
        self.outcome = outcome(&self.exact);
        self.smallest = end_of(&self.exact, &self.domain, self.sort, self.digits, Side::Smallest);
        self.largest = end_of(&self.exact, &self.domain, self.sort, self.digits, Side::Largest);
        self.pieces = self.exact.iter().map(|piece| printed(piece, self.sort, self.digits)).collect();
        self.sentence = sentence(self, self.sort);
    }
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The condition holds for some value, and its smallest and largest are known.
    Solved,
    /// It holds for none.
    Unreachable,
    /// A part of the domain was not decided.
    Open,
}

/// Finds for which values of a parameter a condition holds.
///
/// # Errors
/// What is wrong with the request.
pub fn solve(request: &Request<'_>) -> Result<Solution, Vec<Diagnostic>> {
    let model = request.model;
    let Some(variable) = model.variables().iter().find(|v| *v.name == *request.parameter) else {
        let names: Vec<&str> = model.variables().iter().map(|v| &*v.name).collect();
        let message = format!("theorem `{}` has no parameter `{}`", model.name, request.parameter);
        let error = Diagnostic::of_path(Code::UnknownParameter, Path::new("--for"), message);
        let near = nearest(request.parameter, names.iter().copied());
        let help =
            near.map_or_else(|| format!("its parameters are {}", names.join(", ")), |n| format!("did you mean `{n}`?"));
        return Err(vec![error.with_help(&help)]);
    };
    let (title, relations) = wanted(request).map_err(|error| vec![error])?;
    let precisions = Precisions::default();
    let region = region(model, request.regime, &precisions, Some(&variable.name))?;
    let (domain, mut all) = domain(model, &region, &variable.name, variable.sort);
    for relation in &relations {
        let defined =
            conditions(&relation.left, &model.context).into_iter().chain(conditions(&relation.right, &model.context));
        for condition in defined.chain([relation.clone()]) {
            if !all.contains(&condition) {
                all.push(condition);
            }
        }
    }
    let judge = Judge { context: &model.context, precisions: &precisions, bits: (FIRST_BITS, MOST_BITS) };
    let problem = Problem {
        judge: &judge,
        region: &region,
        parameter: &variable.name,
        sort: variable.sort,
        relations: &all,
        digits: request.digits,
    };
    let (exact, way) = problem.pieces(&domain);
    let at = model.variables().iter().filter(|v| v.name != variable.name);
    let at = at.filter_map(|v| Some((v.name.to_string(), request.regime.get(&v.name)?.to_string()))).collect();
    let mut solution = Solution {
        version: 1,
        theorem: model.name.to_string(),
        parameter: variable.name.to_string(),
        condition: title,
        at,
        outcome: Outcome::Open,
        smallest: None,
        largest: None,
        pieces: Vec::new(),
        shown_by: match way {
            Way::Monotone => "monotonicity over the whole domain, and values decided at its turns",
            Way::Cells => "enclosures and monotonicity over cells of the domain, and values decided at its turns",
        },
        sentence: String::new(),
        exact,
        region,
        relations,
        domain,
        sort: variable.sort,
        digits: request.digits,
    };
    solution.renew();
    Ok(solution)
}

/// The condition that was named, or all assumptions.
fn wanted(request: &Request<'_>) -> Result<(String, Vec<Relation>), Diagnostic> {
    let model = request.model;
    let Some(name) = request.condition else {
        let relations = model.assumptions.iter().flat_map(|a| a.relations.clone()).collect();
        return Ok(("every assumption".to_owned(), relations));
    };
    let found: Option<&Named> = model.conditions().find(|c| c.name == name);
    if let Some(condition) = found {
        return Ok((format!("{}: {}", condition.name, condition.written), condition.relations.clone()));
    }
    if name.contains(['<', '>', '=', '≤', '≥']) {
        return model.condition(name).map(|relations| (name.to_owned(), relations)).map_err(|why| {
            Diagnostic::of_path(Code::UnknownCondition, Path::new("--condition"), why).with_help(
                "a condition of your own speaks of the theorem's variables and definitions: \"threshold >= 1\"",
            )
        });
    }
    let names: Vec<&str> = model.conditions().map(|c| c.name.as_str()).collect();
    let message = format!("theorem `{}` has no assumption or claim `{name}` that has a value at a regime", model.name);
    let help = format!("name one of {}, or write one: \"threshold >= 1\"", names.join(", "));
    Err(Diagnostic::of_path(Code::UnknownCondition, Path::new("--condition"), message).with_help(&help))
}

/// The parameter's domain, and those of its conditions that are no ends of an interval.
fn domain(model: &Model, region: &Region, parameter: &Name, sort: Sort) -> (Cell, Vec<Relation>) {
    let mut cell = Cell { lower: (sort == Sort::Nat).then(|| (Rational::zero(), true)), upper: None };
    let mut rest = Vec::new();
    let is_it = |node: &Node| matches!(node, Node::Variable(name) if name == parameter);
    for relation in model.context.hypotheses.iter().map(|h| &h.relation).filter(|r| r.mentions(parameter)) {
        let closed = relation.comparison == Comparison::AtMost;
        let ordered = closed || relation.comparison == Comparison::Less;
        let value = |term| exact_value(term, &fixed(region, term));
        if ordered
            && is_it(relation.right.node())
            && let Some(end) = value(&relation.left)
        {
            let end = if sort == Sort::Nat { natural_from(&end, closed) } else { (end, closed) };
            cell.lower = Some(later(cell.lower.take(), end));
        } else if ordered
            && is_it(relation.left.node())
            && let Some(end) = value(&relation.right)
        {
            let end = if sort == Sort::Nat { natural_to(&end, closed) } else { (end, closed) };
            cell.upper = Some(earlier(cell.upper.take(), end));
        } else {
            rest.push(relation.clone());
        }
    }
    (cell, rest)
}

/// The box with what the term does not mention fixed.
fn fixed(region: &Region, term: &boundproof_checker::theorem::term::Term) -> Region {
    let mut region = region.clone();
    region.ends.retain(|name, _| term.mentions(name));
    region
}

fn natural_from(end: &Rational, closed: bool) -> (Rational, bool) {
    let first = if closed { end.ceil() } else { end.floor() + Rational::one() };
    (first, true)
}

fn natural_to(end: &Rational, closed: bool) -> (Rational, bool) {
    let last = if closed { end.floor() } else { end.ceil() - Rational::one() };
    (last, true)
}

fn later(old: Edge, new: (Rational, bool)) -> (Rational, bool) {
    match old {
        Some(old) if old.0 > new.0 || (old.0 == new.0 && !old.1) => old,
        _ => new,
    }
}

fn earlier(old: Edge, new: (Rational, bool)) -> (Rational, bool) {
    match old {
        Some(old) if old.0 < new.0 || (old.0 == new.0 && !old.1) => old,
        _ => new,
    }
}

fn outcome(pieces: &[Piece]) -> Outcome {
    if pieces.iter().any(|piece| piece.known == Known::Open) {
        Outcome::Open
    } else if pieces.iter().all(|piece| matches!(piece.known, Known::Fails(_))) {
        Outcome::Unreachable
    } else {
        Outcome::Solved
    }
}

/// Which end of the set is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Smallest,
    Largest,
}

/// The smallest or largest value at which the condition holds, unless the domain or something undecided ends there.
fn end_of(pieces: &[Piece], domain: &Cell, sort: Sort, digits: u32, side: Side) -> Option<String> {
    let in_order: Vec<&Piece> = match side {
        Side::Smallest => pieces.iter().collect(),
        Side::Largest => pieces.iter().rev().collect(),
    };
    let first = in_order.iter().position(|piece| matches!(piece.known, Known::Holds))?;
    if in_order.iter().take(first).any(|piece| piece.known == Known::Open) {
        return None;
    }
    let (edge, whole, rounding) = match side {
        Side::Smallest => (&in_order.get(first)?.cell.lower, &domain.lower, Rounding::Up),
        Side::Largest => (&in_order.get(first)?.cell.upper, &domain.upper, Rounding::Down),
    };
    if edge == whole {
        return None;
    }
    edge.as_ref().map(|(value, _)| written(value, sort, digits, rounding))
}

fn written(value: &Rational, sort: Sort, digits: u32, rounding: Rounding) -> String {
    match sort {
        Sort::Nat => value.to_string(),
        Sort::Real => decimal(value, digits, rounding),
    }
}

fn printed(piece: &Piece, sort: Sort, digits: u32) -> PieceAnswer {
    // a piece in which something was shown is rounded inward, one in which nothing was outward
    let inward = matches!(piece.known, Known::Holds | Known::Fails(_));
    let (at_lower, at_upper) = if inward { (Rounding::Up, Rounding::Down) } else { (Rounding::Down, Rounding::Up) };
    let end = |edge: &Edge, rounding| edge.as_ref().map(|(value, _)| written(value, sort, digits, rounding));
    let included = |edge: &Edge| edge.as_ref().is_some_and(|(_, belongs)| *belongs);
    PieceAnswer {
        lower: end(&piece.cell.lower, at_lower),
        lower_included: included(&piece.cell.lower),
        upper: end(&piece.cell.upper, at_upper),
        upper_included: included(&piece.cell.upper),
        known: match piece.known {
            Known::Holds => "holds",
            Known::Fails(_) => "fails",
            Known::Turns => "turns",
            Known::Open => "open",
        },
        relation: match &piece.known {
            Known::Fails(relation) => Some(relation.to_string()),
            _ => None,
        },
    }
}

fn sentence(solution: &Solution, sort: Sort) -> String {
    let x = &solution.parameter;
    let nearly = if sort == Sort::Real { " (to these digits)" } else { "" };
    match (solution.outcome, &solution.smallest, &solution.largest) {
        (Outcome::Unreachable, ..) => format!("Unreachable: no {x} of the domain will do."),
        (Outcome::Open, smallest, largest) => {
            let known = smallest.as_ref().map(|s| format!(" The smallest {x} is {s}.")).unwrap_or_default();
            let known = known + &largest.as_ref().map(|l| format!(" The largest {x} is {l}.")).unwrap_or_default();
            format!("A part of the domain was not decided.{known}")
        }
        (Outcome::Solved, Some(smallest), Some(largest)) => {
            format!("The smallest {x} is {smallest}, the largest {largest}{nearly}.")
        }
        (Outcome::Solved, Some(smallest), None) => format!("The smallest {x} is {smallest}{nearly}."),
        (Outcome::Solved, None, Some(largest)) => format!("The largest {x} is {largest}{nearly}."),
        (Outcome::Solved, None, None) if solution.exact.len() == 1 => format!("Every {x} of the domain will do."),
        (Outcome::Solved, None, None) => format!("See the parts of the domain of {x} above."),
    }
}

/// The solution as text.
#[must_use]
pub fn table(solution: &Solution) -> String {
    let at: Vec<String> = solution.at.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let x = &solution.parameter;
    let mut text = format!("{}, for {x}\n  {}\n", solution.theorem, solution.condition);
    if !at.is_empty() {
        let _ = writeln!(text, "  at {}", at.join(", "));
    }
    text.push('\n');
    for piece in &solution.pieces {
        let _ = write!(text, "  {:5}  {}", piece.known, range(piece, x));
        if let Some(relation) = &piece.relation {
            let _ = write!(text, "   not {relation}");
        }
        text.push('\n');
    }
    let _ = write!(text, "\n{} Shown by {}.\n", solution.sentence, solution.shown_by);
    text
}

fn range(piece: &PieceAnswer, x: &str) -> String {
    let below = if piece.lower_included { "<=" } else { "<" };
    let above = if piece.upper_included { "<=" } else { "<" };
    match (&piece.lower, &piece.upper) {
        (Some(low), Some(high)) if low == high => format!("{x} = {low}"),
        (Some(low), Some(high)) => format!("{low} {below} {x} {above} {high}"),
        (Some(low), None) => format!("{low} {below} {x}"),
        (None, Some(high)) => format!("{x} {above} {high}"),
        (None, None) => format!("every {x}"),
    }
}
