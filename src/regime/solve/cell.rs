//! Intervals of one parameter, with exact ends, possibly infinite.
//!
//! Owns: [`Cell`], cutting it, its image in the checker's arithmetic. Must not know: relations.

use crate::regime::point::region::{Region, between};
use boundproof_checker::evaluate::range::Ranges;
use boundproof_checker::exact::{End, Interval, Precision, Rational};
use boundproof_checker::syntax::ast::{Name, Sort};
use num_traits::{One, Signed, Zero};

/// An end: where, and whether it belongs to the cell; `None` is infinite.
pub type Edge = Option<(Rational, bool)>;

/// The values between two ends. Cells of natural numbers have natural, closed ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The lower end.
    pub lower: Edge,
    /// The upper end.
    pub upper: Edge,
}

impl Cell {
    /// Whether nothing lies in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match (&self.lower, &self.upper) {
            (Some((low, low_in)), Some((high, high_in))) => low > high || (low == high && !(*low_in && *high_in)),
            _ => false,
        }
    }

    /// What the checker knows of a box whose one parameter lies in the cell; without the ends of the cell if `open`.
    #[must_use]
    pub fn ranges(&self, region: &Region, parameter: &Name, open: Ends, precision: &Precision) -> Ranges {
        let mut ranges =
            Region { ends: region.ends.iter().filter(|(n, _)| *n != parameter).map(own).collect() }.ranges(precision);
        let closed = |belongs: bool| belongs && open == Ends::Included;
        let lower = match &self.lower {
            None => End::Infinite,
            Some((low, belongs)) => match between(low, low, precision).lower() {
                End::Finite { value, closed: exact } => {
                    End::Finite { value: value.clone(), closed: *exact && closed(*belongs) }
                }
                End::Infinite => End::Infinite,
            },
        };
        let upper = match &self.upper {
            None => End::Infinite,
            Some((high, belongs)) => match between(high, high, precision).upper() {
                End::Finite { value, closed: exact } => {
                    End::Finite { value: value.clone(), closed: *exact && closed(*belongs) }
                }
                End::Infinite => End::Infinite,
            },
        };
        match self.only() {
            Some(value) => {
                ranges.variables.insert(parameter.clone(), Interval::from_rational(&value, precision));
                ranges.exact.insert(parameter.clone(), value);
            }
            None => {
                ranges.variables.insert(parameter.clone(), Interval::new(lower, upper).unwrap_or_else(Interval::whole));
            }
        }
        ranges
    }

    /// The value, if there is only one.
    #[must_use]
    pub fn only(&self) -> Option<Rational> {
        match (&self.lower, &self.upper) {
            (Some((low, true)), Some((high, true))) if low == high => Some(low.clone()),
            _ => None,
        }
    }

    /// Two cells that together are this one, real ones with the cut in both; `None` if it is too small to be cut.
    #[must_use]
    pub fn halves(&self, sort: Sort) -> Option<(Cell, Cell)> {
        let middle = self.middle()?;
        let (below, above) = match sort {
            Sort::Nat => (middle.floor(), middle.floor() + Rational::one()),
            Sort::Real => (middle.clone(), middle),
        };
        let below = Cell { lower: self.lower.clone(), upper: Some((below, true)) };
        let above = Cell { lower: Some((above, true)), upper: self.upper.clone() };
        (!below.is_empty() && !above.is_empty() && below != *self && above != *self).then_some((below, above))
    }

    /// A value within, about the geometric mean where the ends have one sign and differ much.
    #[must_use]
    pub fn middle(&self) -> Option<Rational> {
        let two = || Rational::from_integer(2.into());
        let (low, high) = match (&self.lower, &self.upper) {
            (None, None) => return Some(Rational::zero()),
            (Some((low, _)), None) => return Some(if low.is_positive() { low * two() * two() } else { low + two() }),
            (None, Some((high, _))) => {
                return Some(if high.is_negative() { high * two() * two() } else { high - two() });
            }
            (Some((low, _)), Some((high, _))) => (low, high),
        };
        if low.is_positive() && *high > low * Rational::from_integer(16.into()) {
            return Some(geometric(low, high));
        }
        if high.is_negative() && *low < high * Rational::from_integer(16.into()) {
            return Some(-geometric(&-high, &-low));
        }
        Some((low + high) / two())
    }

    /// Whether a finite cell is narrower than `1/10^digits` of its size.
    #[must_use]
    pub fn is_narrow(&self, digits: u32) -> bool {
        match (&self.lower, &self.upper) {
            (Some((low, _)), Some((high, _))) => {
                let size = low.abs().max(high.abs());
                (high - low) * Rational::from_integer(num_bigint::BigInt::from(10).pow(digits)) <= size
            }
            _ => false,
        }
    }
}

/// Whether the ends of a cell are meant too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// Those that belong to it are.
    Included,
    /// They are not.
    LeftOut,
}

fn own((name, ends): (&Name, &(Rational, Rational))) -> (Name, (Rational, Rational)) {
    (name.clone(), ends.clone())
}

/// A power of two times `low`, about halfway to `high` in the exponent.
fn geometric(low: &Rational, high: &Rational) -> Rational {
    let ratio = (high / low).to_integer();
    let doublings = ratio.bits() / 2;
    low * Rational::from_integer(num_bigint::BigInt::one() << doublings)
}

/// The fewest binary digits after the point that bring a number between two others, at or above the lower one: bisection
/// with all its digits would make them longer at every step.
#[must_use]
pub fn short_between(low: &Rational, high: &Rational) -> Rational {
    let middle = (low + high) / Rational::from_integer(2.into());
    let gap = high - low;
    if gap.is_zero() {
        return middle;
    }
    // 2^-k <= gap/4: rounding the middle to k digits moves it by less than a quarter of the gap
    let inverse = (Rational::from_integer(4.into()) / &gap).to_integer();
    let digits = inverse.bits() + 1;
    let scale = Rational::from_integer(num_bigint::BigInt::one() << digits);
    (middle * &scale).floor() / scale
}
