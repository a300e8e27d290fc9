//! Enclosures over boxes, split where needed.
//!
//! Reference: Moore 1966; Makino & Berz 2003 for the mean value form; Tucker 2011, chapters 2 and 3.

use super::calculus::COST_OF_DERIVATIVE;
use super::rejection::Cause;
use super::scope::Scope;
use super::{Argument, Rule, shows};
use crate::certificate::{Reference, Step, Tree};
use crate::evaluate::derivative::{continuity, derivative, smoothness};
use crate::evaluate::range::{Ranges, range};
use crate::exact::{Dyadic, End, Interval, Precision};
use crate::syntax::ast::Name;
use crate::theorem::term::{Comparison, LARGEST_TERM, Relation, Term};

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

/// How terms are enclosed in a step.
struct Enclosing {
    precision: Precision,
    /// The work for one node: an operation at that precision, and a look-up among the premises.
    price: u64,
}

impl Enclosing {
    fn of(scope: &Scope, step: &Step) -> Result<Enclosing, Cause> {
        let precision = precision(step)?;
        let mut premises: u64 = 0;
        for reference in &step.premises {
            premises = premises.saturating_add(scope.fact(*reference)?.size());
        }
        let words = u64::from(precision.bits()) / 64;
        let price = words.saturating_mul(words).saturating_mul(4).saturating_add(20).saturating_add(premises / 16);
        Ok(Enclosing { precision, price })
    }

    fn cost(&self, size: u64) -> u64 {
        size.saturating_mul(self.price)
    }
}

/// The box that the premises describe. Each must bound a variable or another term by a constant.
fn ranges(scope: &mut Scope, references: &[Reference], enclosing: &Enclosing) -> Result<Option<Ranges>, Cause> {
    let mut ranges = Ranges::default();
    let mut empty = false;
    for reference in references {
        let fact = scope.fact(*reference)?.clone();
        scope.spend(enclosing.cost(fact.size()))?;
        match ranges.narrow(&fact, &enclosing.precision) {
            Ok(nonempty) => empty |= !nonempty,
            Err(_) => return Err(Cause::PremiseMismatch { found: fact, needed: "a bound by a constant" }),
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
    let enclosing = Enclosing::of(scope, step)?;
    scope.spend(enclosing.cost(goal.size().saturating_mul(2)))?;
    // contradictory bounds: nothing satisfies the premises, so anything follows
    let Some(ranges) = ranges(scope, &step.premises, &enclosing)? else { return Ok(goal.clone()) };
    if holds(goal, &ranges, &enclosing.precision) { Ok(goal.clone()) } else { Err(Cause::NotEnclosed(goal.clone())) }
}

/// ```text
/// bounds on variables and terms;   at every leaf of the tree the relation is decided by enclosure (or by a mean
/// value form, or after fixing a variable in which it is monotone), or a fact is false on the whole leaf
/// ------------------------------------------------------------------------------------------------------------
///                                        a <= b  (<, !=)
/// ```
fn split(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let goal = shows(step)?;
    let enclosing = Enclosing::of(scope, step)?;
    let tree = step.tree.as_ref().ok_or(Cause::WrongArgumentCount { what: Argument::Tree, wanted: 1 })?;
    let Some(ranges) = ranges(scope, &step.premises, &enclosing)? else { return Ok(goal.clone()) };
    descend(scope, goal, tree, &ranges, &enclosing, Place::InTheBox)?;
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
    enclosing: &Enclosing,
    place: Place,
) -> Result<(), Cause> {
    let precision = &enclosing.precision;
    // the ranges are copied at every split
    let copied = ranges.variables.len().saturating_add(ranges.refinements.len());
    scope.spend(u64::try_from(copied).unwrap_or(u64::MAX))?;
    let failed = || Cause::NotEnclosed(goal.clone());
    let on_goal = enclosing.cost(goal.size().saturating_mul(2));
    match tree {
        Tree::Leaf => {
            scope.spend(on_goal)?;
            holds(goal, ranges, precision).then_some(()).ok_or_else(failed)
        }
        Tree::Empty(_) if place == Place::Moved => Err(Cause::ArgumentMismatch("no `empty` below a `monotone`")),
        Tree::Empty(reference) => {
            let fact = scope.fact(*reference)?.clone();
            scope.spend(enclosing.cost(fact.size().saturating_mul(2)))?;
            holds(&fact.negation(), ranges, precision).then_some(()).ok_or_else(failed)
        }
        Tree::MeanValue => {
            scope.spend(on_goal)?;
            mean_value(scope, goal, ranges, enclosing)?.then_some(()).ok_or_else(failed)
        }
        Tree::Monotone { variable, rest } => {
            let fixed = fix_monotone(scope, goal, variable, ranges, enclosing)?.ok_or_else(failed)?;
            descend(scope, goal, rest, &fixed, enclosing, Place::Moved)
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
                    descend(scope, goal, rest, &inner, enclosing, place)?;
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

/// A function's derivative, and relations under which it is one.
struct Slope {
    derivative: Term,
    conditions: Vec<Relation>,
}

/// `Ok(None)`: there is none, or it is too large. The work for enclosing all of it is counted.
fn slope(scope: &mut Scope, f: &Term, variable: &Name, enclosing: &Enclosing) -> Result<Option<Slope>, Cause> {
    let size = |term: &Term| u64::try_from(term.size(LARGEST_TERM)).unwrap_or(u64::MAX);
    scope.spend(size(f).saturating_mul(COST_OF_DERIVATIVE))?;
    let Some(derivative) = derivative(f, variable).filter(Term::fits) else { return Ok(None) };
    let conditions = [continuity(f, variable), smoothness(f, variable)].concat();
    let sizes = conditions.iter().map(Relation::size).fold(size(&derivative), u64::saturating_add);
    scope.spend(enclosing.cost(sizes.saturating_mul(2)))?;
    Ok(Some(Slope { derivative, conditions }))
}

/// If `right - left` is monotone in the variable over the box, the box with the variable fixed at the end at which the
/// difference is least. The end must be finite and belong to the range, or the difference be continuous there.
fn fix_monotone(
    scope: &mut Scope,
    goal: &Relation,
    variable: &Name,
    ranges: &Ranges,
    enclosing: &Enclosing,
) -> Result<Option<Ranges>, Cause> {
    if !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) {
        return Ok(None);
    }
    // a refinement holds on the box, not necessarily at its ends
    if ranges.refinements.keys().any(|term| term.mentions(variable)) {
        return Ok(None);
    }
    let Some(slope) = slope(scope, &goal.difference(), variable, enclosing)? else { return Ok(None) };
    Ok(fixed(&slope, variable, ranges, &enclosing.precision))
}

fn fixed(slope: &Slope, variable: &Name, ranges: &Ranges, precision: &Precision) -> Option<Ranges> {
    let interval = ranges.variables.get(variable)?;
    // closed at its finite ends: the conditions and the slope's sign are then needed on the closure
    let closed = Interval::new(closed(interval.lower()), closed(interval.upper()))?;
    let mut closure = ranges.clone();
    closure.variables.insert(variable.clone(), closed.clone());
    if !slope.conditions.iter().all(|condition| holds(condition, &closure, precision)) {
        return None;
    }
    let rise = range(&slope.derivative, &closure, precision)?;
    let end = if rise.certainly_nonnegative() {
        closed.lower()
    } else if rise.certainly_nonpositive() {
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
fn mean_value(scope: &mut Scope, goal: &Relation, ranges: &Ranges, enclosing: &Enclosing) -> Result<bool, Cause> {
    let f = goal.difference();
    let mut names = std::collections::BTreeSet::new();
    f.collect_variables(&mut names);
    let mut slopes = Vec::new();
    for name in names {
        match slope(scope, &f, &name, enclosing)? {
            Some(slope) => slopes.push((name, slope)),
            None => return Ok(false),
        }
    }
    Ok(mean_value_range(&f, &slopes, ranges, &enclosing.precision).is_some_and(|d| sign_decides(goal.comparison, &d)))
}

fn mean_value_range(f: &Term, slopes: &[(Name, Slope)], ranges: &Ranges, precision: &Precision) -> Option<Interval> {
    let mut middle = Ranges::default();
    if !ranges.refinements.is_empty() {
        return None;
    }
    // differentiable along the segment from m to x, which stays in the closure of the box
    let mut closure = ranges.clone();
    for (name, _) in slopes {
        let interval = ranges.variables.get(name)?;
        closure.variables.insert(name.clone(), Interval::new(closed(interval.lower()), closed(interval.upper()))?);
    }
    let mut deviation: Option<Interval> = None;
    for (name, slope) in slopes {
        let interval = closure.variables.get(name)?;
        let centre = midpoint(interval)?;
        middle.variables.insert(name.clone(), Interval::point(centre.clone()));
        if !slope.conditions.iter().all(|condition| holds(condition, &closure, precision)) {
            return None;
        }
        let rise = range(&slope.derivative, &closure, precision)?;
        let part = rise.mul(&interval.sub(&Interval::point(centre), precision), precision);
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
