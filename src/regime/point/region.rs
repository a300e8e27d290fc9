//! The parameters of a regime as a box, and the precisions at which it is looked at.
//!
//! Owns: [`Region`], [`Precisions`]. Must not know: relations.

use boundproof_checker::evaluate::point::Point;
use boundproof_checker::evaluate::range::Ranges;
use boundproof_checker::exact::{End, Interval, Precision, Rational};
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::Variable;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The least and the greatest value of each variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// By variable.
    pub ends: BTreeMap<Name, (Rational, Rational)>,
}

impl Region {
    /// The one point, if it is one.
    #[must_use]
    pub fn as_point(&self) -> Option<Point> {
        self.ends.iter().map(|(name, (low, high))| (low == high).then(|| (name.clone(), low.clone()))).collect()
    }

    /// The variables that are not fixed.
    #[must_use]
    pub fn free(&self) -> Vec<Name> {
        self.ends.iter().filter(|(_, (low, high))| low < high).map(|(name, _)| name.clone()).collect()
    }

    /// The box with one variable fixed.
    #[must_use]
    pub fn with(&self, name: &Name, value: &Rational) -> Region {
        let mut region = self.clone();
        region.ends.insert(name.clone(), (value.clone(), value.clone()));
        region
    }

    /// What the checker knows of the box at a precision.
    #[must_use]
    pub fn ranges(&self, precision: &Precision) -> Ranges {
        let mut ranges = Ranges::default();
        for (name, (low, high)) in &self.ends {
            ranges.variables.insert(name.clone(), between(low, high, precision));
            if low == high {
                ranges.exact.insert(name.clone(), low.clone());
            }
        }
        ranges
    }

    /// The two halves, across the variable among `free` that is widest in relation to its size; natural variables are
    /// cut at natural numbers, which then lie in both halves.
    #[must_use]
    pub fn halves(&self, free: &[Name], variables: &[Variable]) -> Option<(Region, Region)> {
        let width = |name: &Name| {
            let (low, high) = self.ends.get(name)?;
            let size = Rational::from_integer(1.into()) + magnitude(low).max(magnitude(high));
            Some((high - low) / size)
        };
        let widest = free.iter().filter_map(|name| Some((width(name)?, name))).max_by(|a, b| a.0.cmp(&b.0))?.1;
        let (low, high) = self.ends.get(widest)?;
        let mut middle = (low + high) / Rational::from_integer(2.into());
        if variables.iter().any(|v| v.name == *widest && v.sort == Sort::Nat) {
            middle = middle.floor();
        }
        if middle <= *low || middle >= *high {
            return None;
        }
        let (mut below, mut above) = (self.clone(), self.clone());
        below.ends.insert(widest.clone(), (low.clone(), middle.clone()));
        above.ends.insert(widest.clone(), (middle, high.clone()));
        Some((below, above))
    }
}

fn magnitude(value: &Rational) -> Rational {
    if *value < Rational::from_integer(0.into()) { -value } else { value.clone() }
}

/// An interval that holds both numbers and all between them.
#[must_use]
pub fn between(low: &Rational, high: &Rational, precision: &Precision) -> Interval {
    let below = Interval::from_rational(low, precision);
    if low == high {
        return below;
    }
    let (lower, upper) = (below.lower().clone(), Interval::from_rational(high, precision).upper().clone());
    // both ends are members: an end that was rounded outward may stay open, one that was not is closed already
    Interval::new(lower, upper).unwrap_or_else(|| Interval::new(End::Infinite, End::Infinite).unwrap_or(below))
}

/// The precisions that are tried one after another; each is set up once.
#[derive(Debug, Default)]
pub struct Precisions {
    known: RefCell<BTreeMap<u32, std::rc::Rc<Precision>>>,
}

impl Precisions {
    /// The precision of that many binary digits.
    #[must_use]
    pub fn of(&self, bits: u32) -> std::rc::Rc<Precision> {
        self.known.borrow_mut().entry(bits).or_insert_with(|| std::rc::Rc::new(Precision::new(bits))).clone()
    }

    /// `first`, doubled until `last`.
    pub fn ladder(first: u32, last: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(first), |bits| bits.checked_mul(2)).take_while(move |bits| *bits <= last)
    }
}
