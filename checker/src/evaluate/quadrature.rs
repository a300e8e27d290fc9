//! Enclosures of integrals.
//!
//! Owns: the sum over cells, and which cells are cut. Must not know: where the integral stands.
//! Reference: Moore, Kearfott & Cloud 2009, *Introduction to Interval Analysis*, chapter 9; Tucker 2011, section 5.3.
//!
//! On a cell [c - r, c + r], with c_j the Taylor coefficients at c, C the k-th over the cell, and k even,
//! ∫ f lies in Σ_{j < k, j even} 2 c_j r^(j+1)/(j+1) + 2 C r^(k+1)/(k+1), since f(t) - Σ_{j < k} c_j (t - c)^j is
//! C' (t - c)^k with C' in C (Lagrange) and (t - c)^k >= 0. Where the coefficients do not exist (kinks, a root at 0), it lies
//! in 2r times the range of f. Both need f to be defined on the whole cell, and continuous; then it is integrable.
//!
//! The number of cells is bounded, and which of them is cut next depends on the enclosures alone.

use super::point::{Point, exact};
use super::range::{Ranges, range};
use super::series::{coefficients, is_continuous, unfolded};
use crate::exact::{Dyadic, Interval, Precision};
use crate::syntax::ast::Name;
use crate::theorem::term::{BOUND, Term};

/// At most so many times a cell is enclosed.
const MOST_CELLS: usize = 96;

/// After so many cuts in a row that do not help, a cell is left as it is.
const MOST_FAILURES: u8 = 3;

/// An integrand with its parameters named, which are enclosed or known beforehand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Integrand {
    /// The integrand, in the variable of integration and the names of the parameters.
    body: Term,
    /// How many parameters there are.
    count: usize,
}

/// The name of a parameter.
fn parameter(place: usize) -> Name {
    format!("{BOUND}{place}").into()
}

impl Integrand {
    /// Takes the parameters out of an integrand; those with an exact value at the point stay, as numbers.
    pub(super) fn new(written: &Term, point: &Point) -> (Integrand, Vec<Term>) {
        let mut parameters: Vec<Term> = Vec::new();
        let body = written.map_parameters(&mut |term| {
            if let Some(value) = exact(term, point) {
                return Term::number(value);
            }
            let place = parameters.iter().position(|known| known == term).unwrap_or_else(|| {
                parameters.push(term.clone());
                parameters.len().saturating_sub(1)
            });
            Term::variable(&parameter(place))
        });
        (Integrand { body, count: parameters.len() }, parameters)
    }
}

/// A cell and an enclosure of the integral over it.
struct Cell {
    lower: Dyadic,
    upper: Dyadic,
    value: Option<Interval>,
    /// How many cuts in a row, of the cells that it comes from, did not help.
    failures: u8,
}

/// What an enclosure needs.
struct Quadrature<'a> {
    body: &'a Term,
    ranges: Ranges,
    order: usize,
    precision: &'a Precision,
}

/// The set of the values of the integral from a member of `lower` to one of `upper`, for parameters in the `values`.
/// `None`: the integrand may have no value between them, or is not known to be continuous, or nothing bounds it.
pub(super) fn integral(
    integrand: &Integrand,
    lower: &Interval,
    upper: &Interval,
    values: &[&Interval],
    precision: &Precision,
) -> Option<Interval> {
    if values.len() != integrand.count || !is_continuous(&integrand.body) {
        return None;
    }
    let mut ranges = Ranges::default();
    for (place, value) in values.iter().enumerate() {
        ranges.variables.insert(parameter(place), (*value).clone());
    }
    // an even order at which the remainder of a cell of half the distance to a singularity is below the precision
    let order = usize::try_from(precision.bits() / 16).ok()?.saturating_add(2).min(32).saturating_mul(2);
    let mut quadrature = Quadrature { body: &integrand.body, ranges, order, precision };
    let (a, b) = (ends(lower)?, ends(upper)?);
    if a.1 <= b.0 {
        quadrature.between(&a, &b)
    } else if b.1 <= a.0 {
        quadrature.between(&b, &a).map(|value| value.neg())
    } else {
        // ∫_a^b f = (b - a) f(ξ) for a ξ between a and b
        let hull = lower.hull(upper);
        Some(upper.sub(lower, precision).mul(&quadrature.bounded(&hull)?, precision))
    }
}

/// The ends of a bounded set.
fn ends(set: &Interval) -> Option<(Dyadic, Dyadic)> {
    Some((set.lower_value()?.clone(), set.upper_value()?.clone()))
}

/// The distance of the ends.
fn width(set: &Interval) -> Option<Dyadic> {
    set.upper_value()?.sub(set.lower_value()?)
}

impl Quadrature<'_> {
    /// The range of the integrand over a set, if it is bounded.
    fn bounded(&mut self, set: &Interval) -> Option<Interval> {
        self.ranges.variables.insert(BOUND.into(), set.clone());
        let found = range(self.body, &self.ranges, self.precision)?;
        ends(&found)?;
        Some(found)
    }

    /// From a number in the first set to one in the second, which lies above: from the end of the first to the beginning of
    /// the second, and what lies within the sets.
    fn between(&mut self, a: &(Dyadic, Dyadic), b: &(Dyadic, Dyadic)) -> Option<Interval> {
        let mut sum = self.over(&a.1, &b.0)?;
        for (low, high) in [a, b] {
            if low < high {
                let length = Interval::between(Dyadic::zero(), high.sub(low)?)?;
                let part = length.mul(&self.bounded(&Interval::between(low.clone(), high.clone())?)?, self.precision);
                sum = sum.add(&part, self.precision);
            }
        }
        Some(sum)
    }

    /// The integral from one number to another that is at least as large.
    fn over(&mut self, lower: &Dyadic, upper: &Dyadic) -> Option<Interval> {
        if lower == upper {
            self.bounded(&Interval::point(lower.clone()))?;
            return Some(Interval::zero());
        }
        let mut cells = vec![self.cell(lower, upper)?];
        let mut enclosed: usize = 1;
        while enclosed < MOST_CELLS {
            let Some(widest) = self.widest(&cells) else { break };
            let Some(halves) = cells.get(widest).map(|cell| self.halves(cell)) else { break };
            let [first, second] = halves?;
            enclosed = enclosed.saturating_add(2);
            if let Some(slot) = cells.get_mut(widest) {
                *slot = first;
            }
            cells.insert(widest.saturating_add(1), second);
        }
        let mut sum = Interval::zero();
        for cell in &cells {
            sum = sum.add(cell.value.as_ref()?, self.precision);
        }
        Some(sum)
    }

    /// The cell to be cut: one that is not enclosed at all, else the widest enclosure, unless that does not matter.
    fn widest(&self, cells: &[Cell]) -> Option<usize> {
        if let Some(unknown) = cells.iter().position(|cell| cell.value.is_none()) {
            return Some(unknown);
        }
        let mut sum = Interval::zero();
        let mut found: Option<(usize, Dyadic)> = None;
        for (place, cell) in cells.iter().enumerate() {
            let value = cell.value.as_ref()?;
            sum = sum.add(value, self.precision);
            let own = width(value)?;
            if cell.failures < MOST_FAILURES && found.as_ref().is_none_or(|(_, known)| *known < own) {
                found = Some((place, own));
            }
        }
        let (place, widest) = found?;
        let size = sum.lower_value()?.magnitude().max(sum.upper_value()?.magnitude());
        let wanted = size.saturating_sub(i64::from(self.precision.bits()).saturating_mul(3) / 4);
        (widest.magnitude() > wanted).then_some(place)
    }

    fn halves(&mut self, cell: &Cell) -> Option<[Cell; 2]> {
        let middle = midpoint(&cell.lower, &cell.upper)?;
        let (mut first, mut second) = (self.cell(&cell.lower, &middle)?, self.cell(&middle, &cell.upper)?);
        if let (Some(whole), Some(a), Some(b)) = (&cell.value, &first.value, &second.value) {
            let both = width(a)?.add(&width(b)?)?;
            // more than 7/8 of the width is left: it comes from the parameters or from rounding
            if both.mul(&Dyadic::from_i64(8))? > width(whole)?.mul(&Dyadic::from_i64(7))? {
                first.failures = cell.failures.saturating_add(1);
                second.failures = first.failures;
            }
        }
        Some([first, second])
    }

    fn cell(&mut self, lower: &Dyadic, upper: &Dyadic) -> Option<Cell> {
        let value = self.enclose(lower, upper);
        Some(Cell { lower: lower.clone(), upper: upper.clone(), value, failures: 0 })
    }

    /// The integral over one cell.
    fn enclose(&mut self, lower: &Dyadic, upper: &Dyadic) -> Option<Interval> {
        let precision = self.precision;
        let set = Interval::between(lower.clone(), upper.clone())?;
        let length = Interval::point(upper.sub(lower)?);
        let plain = self.bounded(&set).map(|range| length.mul(&range, precision));
        match (self.expanded(lower, upper, &set), plain) {
            // both hold; they can only miss each other if nothing satisfies the ranges of the parameters
            (Some(a), Some(b)) => Some(a.intersect(&b).unwrap_or(a)),
            (a, b) => a.or(b),
        }
    }

    /// The integral over one cell by a Taylor expansion about its midpoint.
    fn expanded(&mut self, lower: &Dyadic, upper: &Dyadic, set: &Interval) -> Option<Interval> {
        let precision = self.precision;
        let middle = midpoint(lower, upper)?;
        let radius = Interval::point(upper.sub(&middle)?);
        self.ranges.variables.insert(BOUND.into(), set.clone());
        let smooth = unfolded(self.body, &self.ranges, precision)?;
        let over_cell = coefficients(&smooth, &self.ranges, self.order, precision)?;
        self.ranges.variables.insert(BOUND.into(), Interval::point(middle));
        let at_middle = coefficients(&smooth, &self.ranges, self.order, precision)?;
        let mut sum = Interval::zero();
        let mut power = radius.clone();
        let square = radius.square(precision);
        for place in (0..=self.order).step_by(2) {
            let from = if place == self.order { &over_cell } else { &at_middle };
            if let Some(coefficient) = from.get(place) {
                let divisor = Interval::integer(i64::try_from(place.saturating_add(1)).ok()?);
                let term = coefficient.mul(&power, precision).div(&divisor, precision)?;
                sum = sum.add(&term.add(&term, precision), precision);
            }
            power = power.mul(&square, precision);
        }
        ends(&sum)?;
        Some(sum)
    }
}

/// (a + b)/2, exactly
fn midpoint(a: &Dyadic, b: &Dyadic) -> Option<Dyadic> {
    a.add(b)?.mul(&Dyadic::new(1.into(), -1)?)
}
