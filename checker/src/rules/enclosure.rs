//! Enclosures over boxes, split where needed.
//!
//! Reference: Moore 1966; Makino & Berz 2003 for the mean value form; Tucker 2011, chapters 2 and 3.

use super::rejection::Cause;
use super::scope::Scope;
use super::{Argument, Rule, shows};
use crate::certificate::{Reference, Step, Tree};
use crate::evaluate::derivative::{continuity, derivative, smoothness};
use crate::evaluate::range::{Ranges, range};
use crate::exact::{Dyadic, End, Interval, Precision};
use crate::syntax::ast::Name;
use crate::theorem::term::{Comparison, Relation, Term};

/// The rules of the family.
pub const RULES: &[Rule] = &[
    Rule {
        name: "enclose",
        family: "enclosure",
        reads: &[Argument::Shows, Argument::Premises, Argument::Bits],
        apply: enclose,
    },
    Rule {
        name: "split",
        family: "enclosure",
        reads: &[Argument::Shows, Argument::Premises, Argument::Bits, Argument::Tree],
        apply: split,
    },
];

/// The greatest precision that a step may ask for.
pub const MOST_BITS: u32 = 4_096;

fn precision(step: &Step) -> Result<Precision, Cause> {
    match step.bits {
        None => Ok(Precision::new(64)),
        Some(bits) if (8..=MOST_BITS).contains(&bits) => Ok(Precision::new(bits)),
        Some(_) => Err(Cause::ArgumentMismatch("bits between 8 and 4096")),
    }
}

/// The box that the premises describe. Each must bound a variable or another term by a constant.
fn ranges(scope: &Scope, references: &[Reference], precision: &Precision) -> Result<Option<Ranges>, Cause> {
    let mut ranges = Ranges::default();
    let mut empty = false;
    for reference in references {
        let fact = scope.fact(*reference)?;
        match ranges.narrow(fact, precision) {
            Ok(nonempty) => empty |= !nonempty,
            Err(_) => return Err(Cause::PremiseMismatch { found: fact.clone(), needed: "a bound by a constant" }),
        }
    }
    Ok((!empty).then_some(ranges))
}

/// ```text
/// bounds on variables and terms;   enclosures of a and b over the box they describe lie in the order stated
/// --------------------------------------------------------------------------------------------------------
///                                        a <= b  (<, !=)
/// ```
fn enclose(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let goal = shows(step)?;
    let precision = precision(step)?;
    // contradictory bounds: nothing satisfies the premises, so anything follows
    let Some(ranges) = ranges(scope, &step.premises, &precision)? else { return Ok(goal.clone()) };
    if holds(goal, &ranges, &precision) { Ok(goal.clone()) } else { Err(Cause::NotEnclosed(goal.clone())) }
}

/// ```text
/// bounds on variables and terms;   at every leaf of the tree the relation is decided by enclosure (or by a mean
/// value form, or after fixing a variable in which it is monotone), or a fact is false on the whole leaf
/// ------------------------------------------------------------------------------------------------------------
///                                        a <= b  (<, !=)
/// ```
fn split(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let goal = shows(step)?;
    let precision = precision(step)?;
    let tree = step.tree.as_ref().ok_or(Cause::WrongArgumentCount { what: Argument::Tree, wanted: 1 })?;
    let Some(ranges) = ranges(scope, &step.premises, &precision)? else { return Ok(goal.clone()) };
    descend(scope, goal, tree, &ranges, &precision, Place::InTheBox)?;
    Ok(goal.clone())
}

/// Whether the ranges still contain the point that the proof speaks about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// They do.
    InTheBox,
    /// A variable was moved to an end of its range: only the goal may be evaluated, no fact used.
    Moved,
}

fn descend(
    scope: &mut Scope,
    goal: &Relation,
    tree: &Tree,
    ranges: &Ranges,
    precision: &Precision,
    place: Place,
) -> Result<(), Cause> {
    scope.spend()?;
    let failed = || Cause::NotEnclosed(goal.clone());
    match tree {
        Tree::Leaf => holds(goal, ranges, precision).then_some(()).ok_or_else(failed),
        Tree::Empty(_) if place == Place::Moved => Err(Cause::ArgumentMismatch("no `empty` below a `monotone`")),
        Tree::Empty(reference) => {
            let fact = scope.fact(*reference)?;
            holds(&fact.negation(), ranges, precision).then_some(()).ok_or_else(failed)
        }
        Tree::MeanValue => mean_value(goal, ranges, precision).then_some(()).ok_or_else(failed),
        Tree::Monotone { variable, rest } => {
            let fixed = fix_monotone(goal, variable, ranges, precision).ok_or_else(failed)?;
            descend(scope, goal, rest, &fixed, precision, Place::Moved)
        }
        Tree::Split { variable, at, below, above } => {
            if scope.context().sort(variable).is_none() {
                return Err(Cause::UnknownVariable(variable.clone()));
            }
            let at = Dyadic::from_rational_down(at, precision.bits()).ok_or_else(failed)?.value;
            for (half, rest) in [(Interval::at_most(at.clone()), below), (Interval::at_least(at), above)] {
                let whole = ranges.variables.get(variable).cloned().unwrap_or_else(Interval::whole);
                // a half that does not meet the box has no points to speak about
                if let Some(part) = whole.intersect(&half) {
                    let mut inner = ranges.clone();
                    inner.variables.insert(variable.clone(), part);
                    descend(scope, goal, rest, &inner, precision, place)?;
                }
            }
            Ok(())
        }
    }
}

/// Whether enclosures over the box decide the relation: those of both sides, or that of the difference.
fn holds(relation: &Relation, ranges: &Ranges, precision: &Precision) -> bool {
    let sides = (range(&relation.left, ranges, precision), range(&relation.right, ranges, precision));
    if let (Some(left), Some(right)) = sides {
        let decided = match relation.comparison {
            Comparison::AtMost => left.certainly_at_most(&right),
            Comparison::Less => left.certainly_less(&right),
            Comparison::Different => left.certainly_less(&right) || right.certainly_less(&left),
            Comparison::Equal => left.as_point().is_some() && left.as_point() == right.as_point(),
        };
        if decided {
            return true;
        }
    }
    range(&relation.difference(), ranges, precision).is_some_and(|d| sign_decides(relation.comparison, &d))
}

fn sign_decides(comparison: Comparison, difference: &Interval) -> bool {
    match comparison {
        Comparison::AtMost => difference.certainly_nonnegative(),
        Comparison::Less => difference.certainly_positive(),
        Comparison::Different => difference.certainly_nonzero(),
        Comparison::Equal => difference.as_point().is_some_and(Dyadic::is_zero),
    }
}

/// If `right - left` is monotone in the variable over the box, the box with the variable fixed at the end at which the
/// difference is least. The end must be finite and belong to the range, or the difference be continuous there.
fn fix_monotone(goal: &Relation, variable: &Name, ranges: &Ranges, precision: &Precision) -> Option<Ranges> {
    if !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) {
        return None;
    }
    // a refinement holds on the box, not necessarily at its ends
    if ranges.refinements.keys().any(|term| term.mentions(variable)) {
        return None;
    }
    let difference = goal.difference();
    let slope = derivative(&difference, variable)?;
    let interval = ranges.variables.get(variable)?;
    // closed at its finite ends: the conditions and the slope's sign are then needed on the closure
    let closed = Interval::new(closed(interval.lower()), closed(interval.upper()))?;
    let mut closure = ranges.clone();
    closure.variables.insert(variable.clone(), closed.clone());
    let conditions = [continuity(&difference, variable), smoothness(&difference, variable)].concat();
    if !conditions.iter().all(|condition| holds(condition, &closure, precision)) {
        return None;
    }
    let slope = range(&slope, &closure, precision)?;
    let end = if slope.certainly_nonnegative() {
        closed.lower()
    } else if slope.certainly_nonpositive() {
        closed.upper()
    } else {
        return None;
    };
    let End::Finite { value, .. } = end else { return None };
    closure.variables.insert(variable.clone(), Interval::point(value.clone()));
    Some(closure)
}

fn closed(end: &End) -> End {
    match end {
        End::Infinite => End::Infinite,
        End::Finite { value, .. } => End::Finite { value: value.clone(), closed: true },
    }
}

/// Mean value form: for f differentiable on a box B with midpoint m,
/// `f(x) ∈ f(m) + Σ_i f_i'(B) (B_i - m_i)` for every x in B.
fn mean_value(goal: &Relation, ranges: &Ranges, precision: &Precision) -> bool {
    mean_value_range(&goal.difference(), ranges, precision).is_some_and(|d| sign_decides(goal.comparison, &d))
}

fn mean_value_range(f: &Term, ranges: &Ranges, precision: &Precision) -> Option<Interval> {
    let mut middle = Ranges::default();
    let mut names = std::collections::BTreeSet::new();
    f.collect_variables(&mut names);
    if !ranges.refinements.is_empty() {
        return None;
    }
    // differentiable along the segment from m to x, which stays in the closure of the box
    let mut closure = ranges.clone();
    for name in &names {
        let interval = ranges.variables.get(name)?;
        closure.variables.insert(name.clone(), Interval::new(closed(interval.lower()), closed(interval.upper()))?);
    }
    let mut deviation: Option<Interval> = None;
    for name in &names {
        let interval = closure.variables.get(name)?;
        let centre = midpoint(interval)?;
        middle.variables.insert(name.clone(), Interval::point(centre.clone()));
        let conditions = [continuity(f, name), smoothness(f, name)].concat();
        if !conditions.iter().all(|condition| holds(condition, &closure, precision)) {
            return None;
        }
        let slope = range(&derivative(f, name)?, &closure, precision)?;
        let part = slope.mul(&interval.sub(&Interval::point(centre), precision), precision);
        deviation = Some(deviation.map_or(part.clone(), |sum| sum.add(&part, precision)));
    }
    let value = range(f, &middle, precision)?;
    Some(deviation.map_or(value.clone(), |deviation| value.add(&deviation, precision)))
}

/// The midpoint of a bounded interval, or a point of it near the midpoint.
fn midpoint(interval: &Interval) -> Option<Dyadic> {
    let (End::Finite { value: a, .. }, End::Finite { value: b, .. }) = (interval.lower(), interval.upper()) else {
        return None;
    };
    let half = a.add(b)?.mul(&Dyadic::new(1.into(), -1)?)?.round_down(64).value;
    // rounding may have left the interval by a little: any point of it serves
    Some(if half >= *a { half } else { a.clone() })
}
