//! Interval arithmetic with outward rounding: the four operations, powers, roots, and the piecewise functions.
//!
//! Owns: which corner of two intervals gives which end of the result, and whether that end is attained.
//! Must not know: series, constants.
//! Reference: Hickey, Ju & van Emden, *Interval arithmetic: from principles to implementation*, JACM 48 (2001), for
//! the corner rules with infinite and open ends.
//!
//! Every end is one directed-rounded operation on dyadic numbers (see `dyadic`): no other error arises.

use std::cmp::Ordering;

use super::dyadic::{Direction, Dyadic, Rounded};
use super::interval::{End, Interval};
use super::Precision;

/// The largest degree for which a root is taken on integers; beyond, `exp(log(x)/k)`.
const INTEGER_ROOT_LIMIT: u32 = 64;

/// A corner of a product: its value as an extended real, and whether some pair of members attains it.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Corner {
    MinusInfinity,
    Finite { product: Dyadic, attained: bool },
    PlusInfinity,
}

impl Corner {
    /// The corner of two ends. `0 * inf = 0`, as the value 0 is the limit of products with a member near 0 and any fixed
    /// member of the other set. It is attained if both ends are members, or if one is a member and 0.
    fn of(x: &End, x_side: Direction, y: &End, y_side: Direction) -> Corner {
        let zero_at = |end: &End| end.value().is_some_and(Dyadic::is_zero);
        if zero_at(x) || zero_at(y) {
            let attained = (x.is_closed() && y.is_closed())
                || (zero_at(x) && x.is_closed())
                || (zero_at(y) && y.is_closed());
            return Corner::Finite { product: Dyadic::zero(), attained };
        }
        match (x, y) {
            (End::Finite { value: a, closed: a_closed }, End::Finite { value: b, closed: b_closed }) => {
                Corner::Finite { product: a.product(b), attained: *a_closed && *b_closed }
            }
            _ => {
                let negative = |end: &End, side: Direction| match end {
                    End::Infinite => side == Direction::Down,
                    End::Finite { value, .. } => value.is_negative(),
                };
                if negative(x, x_side) == negative(y, y_side) { Corner::PlusInfinity } else { Corner::MinusInfinity }
            }
        }
    }

    fn cmp_value(&self, other: &Corner) -> Ordering {
        match (self, other) {
            (Corner::Finite { product: a, .. }, Corner::Finite { product: b, .. }) => a.cmp(b),
            (Corner::MinusInfinity, Corner::MinusInfinity) | (Corner::PlusInfinity, Corner::PlusInfinity) => {
                Ordering::Equal
            }
            (Corner::MinusInfinity, _) | (_, Corner::PlusInfinity) => Ordering::Less,
            (Corner::PlusInfinity, _) | (_, Corner::MinusInfinity) => Ordering::Greater,
        }
    }

    /// Of two corners the one further in the direction; of equal ones one that is attained.
    fn further(self, other: Corner, direction: Direction) -> Corner {
        let order = match direction {
            Direction::Down => other.cmp_value(&self),
            Direction::Up => self.cmp_value(&other),
        };
        match order {
            Ordering::Less => other,
            Ordering::Greater => self,
            Ordering::Equal => match &self {
                Corner::Finite { attained: true, .. } => self,
                _ => other,
            },
        }
    }

    /// The end of the result on the side of `direction`. An infinity on the wrong side cannot be; it gives no bound.
    fn end(self, direction: Direction, precision: &Precision) -> End {
        match self {
            Corner::Finite { product, attained } => {
                End::outward(direction, product.rounded(precision.bits(), direction), attained)
            }
            Corner::MinusInfinity | Corner::PlusInfinity => End::Infinite,
        }
    }
}

impl Interval {
    /// `-X`, exactly.
    pub fn neg(&self) -> Interval {
        Interval::enclosing(self.upper().neg(), self.lower().neg())
    }

    /// Encloses `X + Y`: lower plus lower rounded down, upper plus upper rounded up; closed iff both are and the
    /// rounding was exact.
    pub fn add(&self, other: &Interval, precision: &Precision) -> Interval {
        let sum = |x: &End, y: &End, direction: Direction| match (x, y) {
            (End::Finite { value: a, closed: a_closed }, End::Finite { value: b, closed: b_closed }) => {
                let rounded = a.add_toward(b, precision.bits(), direction);
                End::outward(direction, rounded, *a_closed && *b_closed)
            }
            _ => End::Infinite,
        };
        let lower = sum(self.lower(), other.lower(), Direction::Down);
        if lower.is_closed() && self.as_point().is_some() && other.as_point().is_some() {
            return Interval::enclosing(lower.clone(), lower);
        }
        Interval::enclosing(lower, sum(self.upper(), other.upper(), Direction::Up))
    }

    /// Encloses `X - Y`.
    pub fn sub(&self, other: &Interval, precision: &Precision) -> Interval {
        self.add(&other.neg(), precision)
    }

    /// Encloses `X * Y`: the product is linear in each factor, so its extremes over the closed box are at corners; an
    /// extreme attained elsewhere is 0 with a factor 0, which the rule for corners counts.
    pub fn mul(&self, other: &Interval, precision: &Precision) -> Interval {
        if self.certainly_nonnegative() {
            if other.certainly_nonnegative() {
                return self.mul_nonnegative(other, precision);
            }
            if other.certainly_nonpositive() {
                return self.mul_nonnegative(&other.neg(), precision).neg();
            }
        } else if self.certainly_nonpositive() {
            if other.certainly_nonnegative() {
                return self.neg().mul_nonnegative(other, precision).neg();
            }
            if other.certainly_nonpositive() {
                return self.neg().mul_nonnegative(&other.neg(), precision);
            }
        }
        let end = |direction: Direction| {
            let corner = |x_side: Direction, y_side: Direction| {
                Corner::of(self.end(x_side), x_side, other.end(y_side), y_side)
            };
            corner(Direction::Down, Direction::Down)
                .further(corner(Direction::Down, Direction::Up), direction)
                .further(corner(Direction::Up, Direction::Down), direction)
                .further(corner(Direction::Up, Direction::Up), direction)
                .end(direction, precision)
        };
        Interval::enclosing(end(Direction::Down), end(Direction::Up))
    }

    /// `X * Y` for `X, Y >= 0`: increasing in both, so lower times lower and upper times upper.
    fn mul_nonnegative(&self, other: &Interval, precision: &Precision) -> Interval {
        let end = |direction: Direction| {
            Corner::of(self.end(direction), direction, other.end(direction), direction).end(direction, precision)
        };
        let lower = end(Direction::Down);
        if lower.is_closed() && self.as_point().is_some() && other.as_point().is_some() {
            return Interval::enclosing(lower.clone(), lower);
        }
        Interval::enclosing(lower, end(Direction::Up))
    }

    /// The end on the side of `direction`.
    fn end(&self, direction: Direction) -> &End {
        match direction {
            Direction::Down => self.lower(),
            Direction::Up => self.upper(),
        }
    }

    /// Encloses `X / Y`, or `None` if `Y` may be 0.
    pub fn div(&self, other: &Interval, precision: &Precision) -> Option<Interval> {
        if other.certainly_negative() {
            return Some(self.neg().div_positive(&other.neg(), precision));
        }
        if other.certainly_positive() { Some(self.div_positive(other, precision)) } else { None }
    }

    /// `X / Y` for `Y > 0`: increasing in `x`; in `y`, decreasing where `x > 0` and increasing where `x < 0`.
    ///
    /// So a non-negative lower end of `X` goes with the upper end of `Y`, a negative one with the lower; the upper end of
    /// `X` the other way round. `1/y` at an open `y = 0` is infinite, at `y = inf` it is 0 and not attained.
    fn div_positive(&self, divisor: &Interval, precision: &Precision) -> Interval {
        let quotient = |x: &End, y: &End, direction: Direction| -> End {
            match (x, y) {
                (End::Finite { value, closed }, _) if value.is_zero() => {
                    End::Finite { value: Dyadic::zero(), closed: *closed }
                }
                (_, End::Infinite) => End::open(Dyadic::zero()),
                (End::Infinite, End::Finite { .. }) => End::Infinite,
                (End::Finite { value: a, closed: a_closed }, End::Finite { value: b, closed: b_closed }) => {
                    match a.div_toward(b, precision.bits(), direction) {
                        Some(rounded) => End::outward(direction, rounded, *a_closed && *b_closed),
                        None => End::Infinite,
                    }
                }
            }
        };
        let below = if self.certainly_nonnegative() { divisor.upper() } else { divisor.lower() };
        let above = if self.certainly_nonpositive() { divisor.upper() } else { divisor.lower() };
        let lower = quotient(self.lower(), below, Direction::Down);
        if lower.is_closed() && self.as_point().is_some() && divisor.as_point().is_some() {
            return Interval::enclosing(lower.clone(), lower);
        }
        Interval::enclosing(lower, quotient(self.upper(), above, Direction::Up))
    }

    /// Encloses `1 / X`, or `None` if `X` may be 0.
    pub fn recip(&self, precision: &Precision) -> Option<Interval> {
        Interval::one().div(self, precision)
    }

    /// `X * 2^power`, exactly (outward to the range of exponents); `|power|` at most `2^60`.
    pub(super) fn scaled(&self, power: i64) -> Interval {
        self.increasing_rounded(|value, _| Rounded { value: value.scaled(power), exact: true })
    }

    /// Encloses `{x^2}`; never below 0.
    pub fn square(&self, precision: &Precision) -> Interval {
        self.abs().power_nonnegative(2, precision)
    }

    /// Encloses `{x^n}`, with `x^0 = 1`; `None` for `n < 0` if `X` may be 0. Even powers are those of `|x|`; odd ones are
    /// increasing.
    pub fn pow_int(&self, exponent: i64, precision: &Precision) -> Option<Interval> {
        let n = exponent.unsigned_abs();
        if exponent < 0 {
            if !self.certainly_nonzero() {
                return None;
            }
            let wide = precision.widened(8);
            return Some(self.power(n, &wide).recip(&wide)?.rounded(precision));
        }
        Some(self.power(n, precision))
    }

    fn power(&self, n: u64, precision: &Precision) -> Interval {
        match n {
            0 => Interval::one(),
            1 => self.rounded(precision),
            _ if n % 2 == 0 => self.abs().power_nonnegative(n, precision),
            _ => self.power_nonnegative(n, precision),
        }
    }

    /// `{x^n}` for `n >= 1` and `X >= 0` or `n` odd: increasing, by [`Dyadic::power_toward`] at the ends.
    fn power_nonnegative(&self, n: u64, precision: &Precision) -> Interval {
        let bits = precision.bits();
        self.increasing_rounded(|value, direction| {
            value.oddly(direction, |value, direction| value.power_toward(n, bits, direction))
        })
    }

    /// `{|x|}`, exactly.
    pub fn abs(&self) -> Interval {
        if self.certainly_nonnegative() {
            self.clone()
        } else if self.certainly_nonpositive() {
            self.neg()
        } else {
            // 0 lies strictly inside.
            let mirrored = self.lower().neg();
            let upper = if mirrored.cmp_upper(self.upper()) == Ordering::Greater { mirrored } else { self.upper().clone() };
            Interval::enclosing(End::closed(Dyadic::zero()), upper)
        }
    }

    /// `{max(x, y)}`, exactly. `max = v` at the greater of the lower ends; if they are equal, both must be members. At
    /// the upper ends one suffices.
    pub fn max(&self, other: &Interval) -> Interval {
        let lower =
            if self.lower().cmp_lower(other.lower()) == Ordering::Less { other.lower() } else { self.lower() };
        let upper =
            if self.upper().cmp_upper(other.upper()) == Ordering::Less { other.upper() } else { self.upper() };
        Interval::enclosing(lower.clone(), upper.clone())
    }

    /// `{min(x, y)} = -{max(-x, -y)}`, exactly.
    pub fn min(&self, other: &Interval) -> Interval {
        self.neg().max(&other.neg()).neg()
    }

    /// The hull of `{floor(x)}`, exactly: floor is non-decreasing, and below an open upper end `b` its greatest value
    /// is `ceil(b) - 1`.
    pub fn floor(&self) -> Interval {
        let lower = match self.lower() {
            End::Infinite => End::Infinite,
            End::Finite { value, .. } => End::closed(value.floor()),
        };
        let upper = match self.upper() {
            End::Infinite => End::Infinite,
            End::Finite { value, closed: true } => End::closed(value.floor()),
            End::Finite { value, closed: false } => {
                // Far from 0 the subtraction is not worth its digits: `ceil(b)` itself bounds, unattained.
                let ceiling = value.ceil();
                match ceiling.sub(&Dyadic::one()) {
                    Some(less) => End::closed(less),
                    None => End::open(ceiling),
                }
            }
        };
        Interval::enclosing(lower, upper)
    }

    /// The hull of `{ceil(x)} = {-floor(-x)}`, exactly.
    pub fn ceil(&self) -> Interval {
        self.neg().floor().neg()
    }

    /// Encloses `{sqrt(x)}`, or `None` unless `X >= 0`: increasing; integer square roots `r^2 <= n < (r+1)^2` at the ends.
    pub fn sqrt(&self, precision: &Precision) -> Option<Interval> {
        self.root(2, precision)
    }

    /// Encloses `{x^(1/k)}`, or `None` unless `X >= 0` and `k >= 1`: increasing; integer roots `r^k <= n < (r+1)^k` at the
    /// ends for `k <= 64`, else `exp(log(x)/k)`.
    pub fn root(&self, k: u32, precision: &Precision) -> Option<Interval> {
        if !self.certainly_nonnegative() || k == 0 {
            return None;
        }
        if k > INTEGER_ROOT_LIMIT {
            let exponent = Interval::one().div(&Interval::integer(i64::from(k)), &precision.widened(64))?;
            return self.pow(&exponent, precision);
        }
        let bits = precision.bits();
        Some(self.increasing_rounded(|value, direction| match value.root_toward(k, bits, direction) {
            Some(rounded) => rounded,
            // Unreachable for `value >= 0`; were it reached, `max(1, x)` and 0 bound the root of `x >= 0`.
            None if direction == Direction::Up => Rounded { value: value.clone().max(Dyadic::one()), exact: false },
            None => Rounded { value: Dyadic::zero(), exact: false },
        }))
    }
}
