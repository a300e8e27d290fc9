//! Enclosures of terms over the box of a regime, as tight as monotonicity and some splitting make them.
//!
//! Owns: which corners and parts of a box are looked at. Must not know: relations, texts. Reference: Moore, Kearfott &
//! Cloud, *Introduction to Interval Analysis*, chapter 6. For all x in the box, the value of the term at x lies in the
//! result, and is defined: the checker's natural extension says so for every part of the box, and for corners by its
//! derivatives, where its conditions for them hold.

use super::region::{Precisions, Region};
use boundproof_checker::evaluate::derivative::{continuity, derivative, smoothness};
use boundproof_checker::evaluate::point::exact;
use boundproof_checker::evaluate::range::{Ranges, range};
use boundproof_checker::exact::{Interval, Precision, Rational};
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::{Comparison, Relation, Term};

/// Terms larger than this are not differentiated.
const LARGEST: usize = 2_000;
/// Into so many parts a box is split.
const PARTS: usize = 64;

/// How a term moves with a variable over a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// It never decreases.
    Rises,
    /// It never increases.
    Falls,
    /// Neither is shown.
    Unknown,
}

/// The exact value of the term, where rational arithmetic reaches it and the box is a point.
#[must_use]
pub fn exact_value(term: &Term, region: &Region) -> Option<Rational> {
    exact(term, &region.as_point()?)
}

/// An enclosure of the values of the term over the box.
#[must_use]
pub fn enclosure(term: &Term, region: &Region, variables: &[Variable], precision: &Precision) -> Option<Interval> {
    if let Some(value) = exact_value(term, region) {
        return Some(Interval::from_rational(&value, precision));
    }
    let free: Vec<Name> = region.free().into_iter().filter(|name| term.mentions(name)).collect();
    if free.is_empty() {
        return range(term, &region.ranges(precision), precision);
    }
    let (mut least, mut greatest, mut rest) = (region.clone(), region.clone(), Vec::new());
    for name in free {
        let (low, high) = region.ends.get(&name)?;
        let (below, above) = match motion(term, &name, region, precision) {
            Motion::Rises => (low, high),
            Motion::Falls => (high, low),
            Motion::Unknown => {
                rest.push(name);
                continue;
            }
        };
        least = least.with(&name, below);
        greatest = greatest.with(&name, above);
    }
    let lower = parts(term, &least, &rest, variables, precision)?;
    let upper = if least == greatest { lower.clone() } else { parts(term, &greatest, &rest, variables, precision)? };
    Interval::new(lower.lower().clone(), upper.upper().clone())
}

/// The hull of the natural extensions over the parts of a box that is split along some variables.
fn parts(
    term: &Term,
    region: &Region,
    along: &[Name],
    variables: &[Variable],
    precision: &Precision,
) -> Option<Interval> {
    let mut pieces = vec![region.clone()];
    while !along.is_empty() && pieces.len() < PARTS {
        let next: Vec<Region> = pieces
            .iter()
            .flat_map(|piece| match piece.halves(along, variables) {
                Some((below, above)) => vec![below, above],
                None => vec![piece.clone()],
            })
            .collect();
        if next.len() == pieces.len() {
            break;
        }
        pieces = next;
    }
    let of = |piece: &Region| match exact_value(term, piece) {
        Some(value) => Some(Interval::from_rational(&value, precision)),
        None => range(term, &piece.ranges(precision), precision),
    };
    let mut hull: Option<Interval> = None;
    for piece in &pieces {
        let image = of(piece)?;
        hull = Some(hull.map_or_else(|| image.clone(), |hull| hull.hull(&image)));
    }
    hull
}

/// How the term moves with the variable over the box.
#[must_use]
pub fn motion(term: &Term, variable: &Name, region: &Region, precision: &Precision) -> Motion {
    let ranges = region.ranges(precision);
    motion_over(term, variable, &ranges, &ranges, precision)
}

/// The same where the ranges are given: those over which the term is to be compared, and the same without the ends of
/// the variable. (A function that is continuous on an interval and has a slope of one sign inside is monotone on it.)
#[must_use]
pub fn motion_over(term: &Term, variable: &Name, ranges: &Ranges, inside: &Ranges, precision: &Precision) -> Motion {
    if term.size(LARGEST) >= LARGEST {
        return Motion::Unknown;
    }
    let Some(slope) = derivative(term, variable) else { return Motion::Unknown };
    let continuous = continuity(term, variable).iter().all(|condition| certainly(condition, ranges, precision));
    let smooth = smoothness(term, variable).iter().all(|condition| certainly(condition, inside, precision));
    if !continuous || !smooth {
        return Motion::Unknown;
    }
    match range(&slope, inside, precision) {
        Some(slope) if slope.certainly_nonnegative() => Motion::Rises,
        Some(slope) if slope.certainly_nonpositive() => Motion::Falls,
        _ => Motion::Unknown,
    }
}

/// Whether the natural extensions of the sides, or of their difference, show the relation over the ranges.
#[must_use]
pub fn certainly(relation: &Relation, ranges: &Ranges, precision: &Precision) -> bool {
    let sides = range(&relation.left, ranges, precision).zip(range(&relation.right, ranges, precision));
    let apart = |a: &Interval, b: &Interval| a.certainly_less(b) || b.certainly_less(a);
    let shown = sides.is_some_and(|(left, right)| match relation.comparison {
        Comparison::AtMost => left.certainly_at_most(&right),
        Comparison::Less => left.certainly_less(&right),
        Comparison::Different => apart(&left, &right),
        Comparison::Equal => left.as_point().is_some() && left == right,
    });
    shown
        || range(&relation.difference(), ranges, precision).is_some_and(|difference| match relation.comparison {
            Comparison::AtMost => difference.certainly_nonnegative(),
            Comparison::Less => difference.certainly_positive(),
            Comparison::Different => difference.certainly_nonzero(),
            Comparison::Equal => difference == Interval::zero(),
        })
}

/// Enclosures at rising precision until one is narrower than `2^-digits` times its size, or the last is reached.
#[must_use]
pub fn tight(
    term: &Term,
    region: &Region,
    variables: &[Variable],
    precisions: &Precisions,
    bits: (u32, u32),
    enough: impl Fn(&Interval) -> bool,
) -> Option<Interval> {
    let mut best: Option<Interval> = None;
    for bits in Precisions::ladder(bits.0, bits.1) {
        let Some(next) = enclosure(term, region, variables, &precisions.of(bits)) else { continue };
        best = Some(match best {
            Some(old) => old.intersect(&next).unwrap_or(next),
            None => next,
        });
        // over a box that is no point, more digits do not help
        if best.as_ref().is_some_and(&enough) || !region.free().is_empty() {
            break;
        }
    }
    best
}
