//! Intervals over f64 with outward rounding: the field operations and the piecewise functions.
//!
//! Owns: which corner of two intervals gives which end, and whether the end belongs to the set. Must not know: terms, how a
//! corner is rounded.
//! Reference: Hickey, Ju & van Emden, *Interval arithmetic: from principles to implementation*, JACM 48 (2001).
//!
//! An end is open if every member differs from it: a rounded end is open, an exactly computed one as its operands are.

use super::rounding::{self, Bound, Toward};

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    /// Its place; minus infinity at the left, plus infinity at the right if there is none.
    pub value: f64,
    /// Whether it does not belong to the set.
    pub open: bool,
}

impl End {
    /// An end that belongs to the set.
    #[must_use]
    #[inline]
    pub fn closed(value: f64) -> End {
        End { value, open: value.is_infinite() }
    }

    /// An end that does not.
    #[must_use]
    #[inline]
    pub fn open(value: f64) -> End {
        End { value, open: true }
    }

    /// The end that a bound on an end gives; `open`: whether the end that it bounds is open.
    #[must_use]
    #[inline]
    pub fn of(bound: Bound, open: bool) -> End {
        End { value: bound.value, open: open || !bound.exact || bound.value.is_infinite() }
    }

    #[inline]
    fn neg(self) -> End {
        End { value: -self.value, open: self.open }
    }
}

/// The numbers between two ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The left end.
    pub lower: End,
    /// The right end.
    pub upper: End,
}

impl Interval {
    /// All reals.
    pub const WHOLE: Interval = Interval {
        lower: End { value: f64::NEG_INFINITY, open: true },
        upper: End { value: f64::INFINITY, open: true },
    };

    /// One number.
    #[must_use]
    #[inline]
    pub fn point(value: f64) -> Interval {
        Interval { lower: End::closed(value), upper: End::closed(value) }
    }

    /// `[lower, upper]`, for `lower <= upper`.
    #[must_use]
    #[inline]
    pub fn closed(lower: f64, upper: f64) -> Interval {
        Interval { lower: End::closed(lower), upper: End::closed(upper) }
    }

    /// The end in that direction.
    #[must_use]
    #[inline]
    pub fn end(&self, toward: Toward) -> End {
        match toward {
            Toward::Down => self.lower,
            Toward::Up => self.upper,
        }
    }

    /// The number, if there is only one.
    #[must_use]
    #[inline]
    pub fn as_point(&self) -> Option<f64> {
        (self.lower.value == self.upper.value).then_some(self.lower.value)
    }

    /// Whether both ends are finite.
    #[must_use]
    #[inline]
    pub fn is_bounded(&self) -> bool {
        self.lower.value.is_finite() && self.upper.value.is_finite()
    }

    /// The distance of the ends.
    #[must_use]
    #[inline]
    pub fn width(&self) -> f64 {
        self.upper.value - self.lower.value
    }

    /// The same with its finite ends included.
    #[must_use]
    #[inline]
    pub fn closure(&self) -> Interval {
        Interval::closed(self.lower.value, self.upper.value)
    }

    /// Whether a finite end is open.
    #[must_use]
    #[inline]
    pub fn is_closed(&self) -> bool {
        (!self.lower.open || self.lower.value.is_infinite()) && (!self.upper.open || self.upper.value.is_infinite())
    }

    /// The members that lie in the other too; `None` if there are none.
    #[must_use]
    #[inline]
    pub fn intersect(&self, other: &Interval) -> Option<Interval> {
        let later = |a: End, b: End, sign: f64| {
            if a.value == b.value {
                End { value: a.value, open: a.open || b.open }
            } else if sign * a.value > sign * b.value {
                a
            } else {
                b
            }
        };
        let (lower, upper) = (later(self.lower, other.lower, 1.0), later(self.upper, other.upper, -1.0));
        let empty = lower.value > upper.value || (lower.value == upper.value && (lower.open || upper.open));
        (!empty).then_some(Interval { lower, upper })
    }

    /// The least interval that holds both.
    #[must_use]
    #[inline]
    pub fn hull(&self, other: &Interval) -> Interval {
        self.max(other).with_lower(self.min(other).lower)
    }

    #[inline]
    fn with_lower(self, lower: End) -> Interval {
        Interval { lower, ..self }
    }

    /// Whether the number is a member.
    #[must_use]
    #[inline]
    pub fn contains(&self, value: f64) -> bool {
        let above = value > self.lower.value || (value == self.lower.value && !self.lower.open);
        let below = value < self.upper.value || (value == self.upper.value && !self.upper.open);
        above && below
    }

    /// Whether every member is positive.
    #[must_use]
    #[inline]
    pub fn is_positive(&self) -> bool {
        self.lower.value > 0.0 || (self.lower.value == 0.0 && self.lower.open)
    }

    /// Whether every member is negative.
    #[must_use]
    #[inline]
    pub fn is_negative(&self) -> bool {
        self.neg().is_positive()
    }

    /// Whether no member is negative.
    #[must_use]
    #[inline]
    pub fn is_nonnegative(&self) -> bool {
        self.lower.value >= 0.0
    }

    /// Whether no member is positive.
    #[must_use]
    #[inline]
    pub fn is_nonpositive(&self) -> bool {
        self.upper.value <= 0.0
    }

    /// Whether every member is at most every member of the other.
    #[must_use]
    #[inline]
    pub fn at_most(&self, other: &Interval) -> bool {
        self.upper.value <= other.lower.value && self.upper.value.is_finite()
    }

    /// Whether every member is less than every member of the other.
    #[must_use]
    #[inline]
    pub fn below(&self, other: &Interval) -> bool {
        let (a, b) = (self.upper, other.lower);
        a.value < b.value || (a.value == b.value && a.value.is_finite() && (a.open || b.open))
    }

    /// `-X`
    #[must_use]
    #[inline]
    pub fn neg(&self) -> Interval {
        Interval { lower: self.upper.neg(), upper: self.lower.neg() }
    }

    /// `X + Y`
    #[must_use]
    #[inline]
    pub fn add(&self, other: &Interval) -> Interval {
        let sum = |toward: Toward| {
            let (a, b) = (self.end(toward), other.end(toward));
            End::of(rounding::add(a.value, b.value, toward), a.open || b.open)
        };
        Interval { lower: sum(Toward::Down), upper: sum(Toward::Up) }
    }

    /// `X - Y`
    #[must_use]
    #[inline]
    pub fn sub(&self, other: &Interval) -> Interval {
        self.add(&other.neg())
    }

    /// `X * Y`
    #[must_use]
    #[inline]
    pub fn mul(&self, other: &Interval) -> Interval {
        let corner = |a: End, b: End, toward: Toward| {
            let zero = (a.value == 0.0 && !a.open) || (b.value == 0.0 && !b.open);
            End::of(rounding::multiply(a.value, b.value, toward), (a.open || b.open) && !zero)
        };
        let end = |toward: Toward| {
            if self.is_nonnegative() && other.is_nonnegative() {
                return corner(self.end(toward), other.end(toward), toward);
            }
            let mut best: Option<End> = None;
            for a in [self.lower, self.upper] {
                for b in [other.lower, other.upper] {
                    let next = corner(a, b, toward);
                    best = Some(best.map_or(next, |old| outermost(old, next, toward)));
                }
            }
            best.unwrap_or(End::open(f64::INFINITY))
        };
        Interval { lower: end(Toward::Down), upper: end(Toward::Up) }
    }

    /// `X / Y`; `None` if `Y` may be 0.
    #[must_use]
    #[inline]
    pub fn div(&self, other: &Interval) -> Option<Interval> {
        if other.is_negative() {
            return Some(self.neg().div_positive(&other.neg()));
        }
        other.is_positive().then(|| self.div_positive(other))
    }

    #[inline]
    fn div_positive(&self, divisor: &Interval) -> Interval {
        let quotient = |x: End, y: End, toward: Toward| {
            if x.value == 0.0 {
                return x;
            }
            if y.value.is_infinite() {
                return End::open(0.0);
            }
            if x.value.is_infinite() || y.value == 0.0 {
                return End::open(x.value.signum() * f64::INFINITY);
            }
            End::of(rounding::divide(x.value, y.value, toward), x.open || y.open)
        };
        let below = if self.is_nonnegative() { divisor.upper } else { divisor.lower };
        let above = if self.is_nonpositive() { divisor.upper } else { divisor.lower };
        Interval { lower: quotient(self.lower, below, Toward::Down), upper: quotient(self.upper, above, Toward::Up) }
    }

    /// `{|x|}`
    #[must_use]
    #[inline]
    pub fn abs(&self) -> Interval {
        if self.is_nonnegative() {
            return *self;
        }
        if self.is_nonpositive() {
            return self.neg();
        }
        Interval { lower: End::closed(0.0), upper: outermost(self.lower.neg(), self.upper, Toward::Up) }
    }

    /// `{min(x, y)}`
    #[must_use]
    #[inline]
    pub fn min(&self, other: &Interval) -> Interval {
        self.neg().max(&other.neg()).neg()
    }

    /// `{max(x, y)}`
    #[must_use]
    #[inline]
    pub fn max(&self, other: &Interval) -> Interval {
        let (a, b) = (self.lower, other.lower);
        let lower = if a.value == b.value {
            End { value: a.value, open: a.open || b.open }
        } else if a.value > b.value {
            a
        } else {
            b
        };
        // max of the lower ends is attained only where both are; hull needs the wider end, which openness decides
        Interval { lower, upper: outermost(self.upper, other.upper, Toward::Up) }
    }

    /// `{floor(x)}`, its hull.
    #[must_use]
    #[inline]
    pub fn floor(&self) -> Interval {
        let upper = self.upper.value;
        let top = if self.upper.open && upper.is_finite() { upper.ceil() - 1.0 } else { upper.floor() };
        Interval::closed(self.lower.value.floor(), top.max(self.lower.value.floor()))
    }

    /// `{ceil(x)}`, its hull.
    #[must_use]
    #[inline]
    pub fn ceil(&self) -> Interval {
        self.neg().floor().neg()
    }

    /// The image under an increasing function given by its bounds at a number.
    #[must_use]
    #[inline]
    pub fn increasing(&self, at: impl Fn(f64, Toward) -> Bound) -> Interval {
        let image = |toward: Toward| {
            let end = self.end(toward);
            End::of(at(end.value, toward), end.open)
        };
        Interval { lower: image(Toward::Down), upper: image(Toward::Up) }
    }

    /// `{sqrt(x)}`; `None` unless no member is negative.
    #[must_use]
    #[inline]
    pub fn sqrt(&self) -> Option<Interval> {
        self.is_nonnegative().then(|| self.increasing(rounding::square_root))
    }

    /// `{x^n}`; `None` for negative `n` if 0 may be a member.
    #[must_use]
    #[inline]
    pub fn powi(&self, n: i64) -> Option<Interval> {
        if n < 0 {
            return Interval::point(1.0).div(&self.power(n.unsigned_abs()));
        }
        Some(self.power(n.unsigned_abs()))
    }

    #[inline]
    fn power(&self, n: u64) -> Interval {
        let nonnegative = |x: &Interval| x.increasing(|a, toward| rounding::power(a, n, toward));
        match n {
            0 => Interval::point(1.0),
            1 => *self,
            _ if n.is_multiple_of(2) || self.is_nonnegative() => nonnegative(&self.abs()),
            _ if self.is_nonpositive() => nonnegative(&self.neg()).neg(),
            _ => {
                let down = Interval { lower: End::closed(0.0), upper: self.lower.neg() };
                let up = Interval { lower: End::closed(0.0), upper: self.upper };
                Interval { lower: nonnegative(&down).upper.neg(), upper: nonnegative(&up).upper }
            }
        }
    }
}

/// The end further out; of two at one place the closed one.
#[inline]
fn outermost(a: End, b: End, toward: Toward) -> End {
    let further = match toward {
        Toward::Down => b.value < a.value,
        Toward::Up => b.value > a.value,
    };
    if further || (a.value == b.value && a.open) { b } else { a }
}
