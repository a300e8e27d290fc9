//! Where a relation that is monotone in a parameter begins or ceases to hold.
//!
//! Owns: the search outward from a cell's finite end, and bisection. Must not know: why the relation is monotone.
//! Every value that is named was decided by [`Judge`]; monotonicity does the rest.

use super::cell::{Cell, short_between};
use crate::regime::point::decide::{Judge, Truth};
use crate::regime::point::region::Region;
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::term::Relation;
use num_traits::{One, Signed, Zero};

/// How often the distance is doubled or halved in search of a value of the other kind.
const DOUBLINGS: u32 = 1_100;

/// Where a relation that begins to hold does so: it fails up to `fails` and holds from `holds` on, within its cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It holds in the whole cell.
    Always,
    /// It fails in the whole cell, for one choice of the other parameters.
    Never,
    /// Between these two values, of which natural ones are neighbours.
    Between {
        /// The last at which it was seen to fail.
        fails: Rational,
        /// The first at which it was seen to hold.
        holds: Rational,
    },
    /// No value of the one kind was found, or one was not decided.
    Lost,
}

/// A relation in one parameter over a box.
pub struct Line<'a> {
    /// Decides it at values.
    pub judge: &'a Judge<'a>,
    /// The relation.
    pub relation: &'a Relation,
    /// The box of the other parameters.
    pub region: &'a Region,
    /// The parameter.
    pub parameter: &'a Name,
    /// Its sort.
    pub sort: Sort,
    /// How many digits of a real turn are wanted.
    pub digits: u32,
}

impl Line<'_> {
    /// Whether the relation holds at a value for all values of the other parameters.
    #[must_use]
    pub fn holds(&self, value: &Rational) -> Option<bool> {
        match self.judge.judge(self.relation, &self.region.with(self.parameter, value)) {
            Truth::Holds => Some(true),
            Truth::Fails | Truth::Straddles(..) | Truth::Undefined(_) => Some(false),
            Truth::Open(_) => None,
        }
    }

    /// The turn in a cell in which it never ceases to hold as the parameter rises (`rises`), or falls.
    #[must_use]
    pub fn turn(&self, cell: &Cell, rises: bool) -> Turn {
        let (fail_end, hold_end) = if rises { (&cell.lower, &cell.upper) } else { (&cell.upper, &cell.lower) };
        // one look at each end that is a value settles most cells
        if let Some((value, true)) = fail_end
            && self.holds(value) == Some(true)
        {
            return Turn::Always;
        }
        if let Some((value, true)) = hold_end
            && self.holds(value) == Some(false)
        {
            return Turn::Never;
        }
        let fails = self.reach(cell, rises, false);
        let holds = self.reach(cell, rises, true);
        match (fails, holds) {
            (Some(fails), Some(holds)) => self.narrowed(fails, holds),
            _ => Turn::Lost,
        }
    }

    /// A value at which it holds, or fails, on the side of the cell where that is to be expected.
    fn reach(&self, cell: &Cell, rises: bool, wanted: bool) -> Option<Rational> {
        let upward = rises == wanted;
        let (target, other) = if upward { (&cell.upper, &cell.lower) } else { (&cell.lower, &cell.upper) };
        if let Some((value, true)) = target {
            return (self.holds(value) == Some(wanted)).then(|| value.clone());
        }
        let sign = if upward { Rational::one() } else { -Rational::one() };
        let two = Rational::from_integer(2.into());
        let (mut value, towards) = match (target, other) {
            // an open end: ever nearer to it
            (Some((end, _)), Some((start, _))) => ((start + end) / &two, Some(end.clone())),
            (Some((end, _)), None) => (end - &sign, Some(end.clone())),
            // an infinite end: ever further out
            (None, Some((start, _))) => (start + &sign, None),
            (None, None) => (sign.clone(), None),
        };
        let mut step = sign * &two;
        for _ in 0..DOUBLINGS {
            if self.holds(&value) == Some(wanted) {
                return Some(value);
            }
            match &towards {
                Some(end) => value = (value + end) / &two,
                None => {
                    value += &step;
                    step *= &two;
                }
            }
        }
        None
    }

    fn narrowed(&self, mut fails: Rational, mut holds: Rational) -> Turn {
        loop {
            let gap = (&holds - &fails).abs();
            let size = holds.abs().max(fails.abs());
            let done = match self.sort {
                Sort::Nat => gap <= Rational::one(),
                Sort::Real => {
                    gap.is_zero() || gap * Rational::from_integer(num_bigint::BigInt::from(10).pow(self.digits)) <= size
                }
            };
            if done {
                return Turn::Between { fails, holds };
            }
            let (low, high) = if fails < holds { (&fails, &holds) } else { (&holds, &fails) };
            let middle = match self.sort {
                Sort::Nat => ((low + high) / Rational::from_integer(2.into())).floor(),
                Sort::Real => {
                    let whole = Cell { lower: Some((low.clone(), true)), upper: Some((high.clone(), true)) };
                    whole
                        .middle()
                        .filter(|m| low < m && m < high && !whole.is_narrow(1))
                        .unwrap_or_else(|| short_between(low, high))
                }
            };
            match self.holds(&middle) {
                Some(true) => holds = middle,
                Some(false) => fails = middle,
                // at a real turn itself the sides may be equal beyond all digits: next to it they are not
                None if self.sort == Sort::Real => return Turn::Between { fails, holds },
                None => return Turn::Lost,
            }
        }
    }
}
