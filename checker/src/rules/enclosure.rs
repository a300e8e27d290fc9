//! Enclosures over boxes, split where needed.
//!
//! Reference: Moore 1966; Makino & Berz 2003 for the mean value form; Tucker 2011, chapters 2 and 3.

use super::rejection::Cause;
use super::scope::Scope;
use super::tree::Replay;
use super::{Argument, Rule, shows};
use crate::certificate::{Reference, Step};
use crate::evaluate::range::{Ranges, range};
use crate::exact::{Dyadic, Interval, Precision};
use crate::theorem::term::{Comparison, Relation};

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
pub(super) struct Enclosing {
    pub(super) precision: Precision,
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

    /// The work for enclosing terms of that size.
    pub(super) fn cost(&self, size: u64) -> u64 {
        size.saturating_mul(self.price)
    }
}

/// The box that the premises describe. Each must bound a variable or another term by a constant.
fn ranges(scope: &mut Scope, references: &[Reference], enclosing: &Enclosing) -> Result<Option<Ranges>, Cause> {
    let mut ranges = Ranges::default();
    let mut empty = false;
    for reference in references {
        let fact = scope.fact(*reference)?.clone();
        scope.spend(enclosing.cost(fact.effort()))?;
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
    scope.spend(enclosing.cost(goal.effort().saturating_mul(2)))?;
    // contradictory bounds: nothing satisfies the premises, so anything follows
    let Some(ranges) = ranges(scope, &step.premises, &enclosing)? else { return Ok(goal.clone()) };
    if holds(goal, &ranges, &enclosing.precision) { Ok(goal.clone()) } else { Err(Cause::NotEnclosed(goal.clone())) }
}

/// ```text
/// bounds on variables and terms;   at every leaf of the tree the relation is decided by enclosure (or by a mean
/// value form, or a Taylor form of the second order; perhaps after fixing a variable in which it is monotone, or, at
/// both of its ends, one in which it is concave), or a fact is false on the whole leaf
/// --------------------------------------------------------------------------------------------------------------
///                                        a <= b  (<, !=)
/// ```
fn split(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let goal = shows(step)?;
    let enclosing = Enclosing::of(scope, step)?;
    let tree = step.tree.as_ref().ok_or(Cause::WrongArgumentCount { what: Argument::Tree, wanted: 1 })?;
    let Some(ranges) = ranges(scope, &step.premises, &enclosing)? else { return Ok(goal.clone()) };
    Replay::new(scope, goal, &enclosing, &ranges).run(tree)?;
    Ok(goal.clone())
}

/// Whether enclosures over the box decide the relation: those of both sides, or that of the difference.
fn holds(relation: &Relation, ranges: &Ranges, precision: &Precision) -> bool {
    let sides = (range(&relation.left, ranges, precision), range(&relation.right, ranges, precision));
    if let (Some(left), Some(right)) = sides
        && sides_decide(relation.comparison, &left, &right)
    {
        return true;
    }
    range(&relation.difference(), ranges, precision).is_some_and(|d| sign_decides(relation.comparison, &d))
}

/// Whether every member of the one set compares so with every member of the other.
pub(super) fn sides_decide(comparison: Comparison, left: &Interval, right: &Interval) -> bool {
    match comparison {
        Comparison::AtMost => left.certainly_at_most(right),
        Comparison::Less => left.certainly_less(right),
        Comparison::Different => left.certainly_less(right) || right.certainly_less(left),
        Comparison::Equal => left.as_point().is_some() && left.as_point() == right.as_point(),
    }
}

/// Whether the sign of `right - left`, which lies in the interval, decides the relation.
pub(super) fn sign_decides(comparison: Comparison, difference: &Interval) -> bool {
    match comparison {
        Comparison::AtMost => difference.certainly_nonnegative(),
        Comparison::Less => difference.certainly_positive(),
        Comparison::Different => difference.certainly_nonzero(),
        Comparison::Equal => difference.as_point().is_some_and(Dyadic::is_zero),
    }
}
