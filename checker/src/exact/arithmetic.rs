//! Interval arithmetic with outward rounding: the four operations, powers, roots, and the piecewise functions.
//!
//! Owns: which corner of two intervals gives which end of the result, and whether that end is attained.
//! Must not know: series, constants.
//! Reference: Hickey, Ju & van Emden, *Interval arithmetic: from principles to implementation*, JACM 48 (2001), for
//! the corner rules with infinite and open ends.
//!
//! Every end is one directed-rounded operation on dyadic numbers (see `dyadic`): no other error arises.

use std::cmp::Ordering;

use super::Precision;
use super::dyadic::Dyadic;
use super::interval::{End, Interval};
use super::rounding::{Direction, Rounded};

/// The largest degree for which a root is taken on integers; beyond, `exp(log(x)/k)`.
const INTEGER_ROOT_LIMIT: u32 = 64;

/// A corner of a product as a bound on one side: an end, or the infinity on the other side, which bounds nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Corner {
    Bound(End),
    Beyond,
}

impl Corner {
    /// The corner of two ends, rounded to the side of `direction`. `0 * inf = 0`, as the value 0 is the limit of products
    /// with a member near 0 and any fixed member of the other set. It is attained if both ends are members, or if one is
    /// a member and 0.
    fn of(x: &End, x_side: Direction, y: &End, y_side: Direction, direction: Direction, bits: u32) -> Corner {
        let zero_at = |end: &End| end.value().is_some_and(Dyadic::is_zero);
        if zero_at(x) || zero_at(y) {
            let attained =
                (x.is_closed() && y.is_closed()) || (zero_at(x) && x.is_closed()) || (zero_at(y) && y.is_closed());
            return Corner::Bound(End::Finite { value: Dyadic::zero(), closed: attained });
        }
        match (x, y) {
            (End::Finite { value: a, closed: a_closed }, End::Finite { value: b, closed: b_closed }) => {
                let product = a.mul_toward(b, bits, direction);
                Corner::Bound(End::outward(direction, product, *a_closed && *b_closed))
            }
            _ => {
                let negative = |end: &End, side: Direction| match end {
                    End::Infinite => side == Direction::Down,
                    End::Finite { value, .. } => value.is_negative(),
                };
                let below = negative(x, x_side) != negative(y, y_side);
                if below == (direction == Direction::Down) { Corner::Bound(End::Infinite) } else { Corner::Beyond }
            }
        }
    }

    /// Of two corners the one further in the direction; of equal ones one that is attained.
    fn further(self, other: Corner, direction: Direction) -> Corner {
        let order = match (&self, &other) {
            (Corner::Beyond, _) => return other,
            (_, Corner::Beyond) => return self,
            (Corner::Bound(a), Corner::Bound(b)) => match direction {
                Direction::Down => a.cmp_lower(b),
                Direction::Up => b.cmp_upper(a),
            },
        };
        if order == Ordering::Greater { other } else { self }
    }

    /// The end of the result. An infinity on the wrong side cannot be the outermost corner; it gives no bound.
    fn end(self) -> End {
        match self {
            Corner::Bound(end) => end,
            Corner::Beyond => End::Infinite,
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
    /// extreme attained elsewhere is 0 with a factor 0, which the rule for corners counts. The signs of the ends tell
    /// which corners may be extreme. Rounding is monotone, so the outermost of the rounded corners bounds the others.
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
        let corner = |x_side: Direction, y_side: Direction, direction: Direction| {
            Corner::of(self.end(x_side), x_side, other.end(y_side), y_side, direction, precision.bits())
        };
        let (down, up) = (Direction::Down, Direction::Up);
        // a factor of one sign goes with its end further from 0
        if self.certainly_nonnegative() {
            return Interval::enclosing(corner(up, down, down).end(), corner(up, up, up).end());
        }
        if other.certainly_nonnegative() {
            return Interval::enclosing(corner(down, up, down).end(), corner(up, up, up).end());
        }
        if self.certainly_nonpositive() {
            return Interval::enclosing(corner(down, up, down).end(), corner(down, down, up).end());
        }
        if other.certainly_nonpositive() {
            return Interval::enclosing(corner(up, down, down).end(), corner(down, down, up).end());
        }
        let lower = corner(down, up, down).further(corner(up, down, down), down);
        let upper = corner(down, down, up).further(corner(up, up, up), up);
        Interval::enclosing(lower.end(), upper.end())
    }

    /// `X * Y` for `X, Y >= 0`: increasing in both, so lower times lower and upper times upper.
    fn mul_nonnegative(&self, other: &Interval, precision: &Precision) -> Interval {
        let end = |direction: Direction| {
            let (x, y) = (self.end(direction), other.end(direction));
            Corner::of(x, direction, y, direction, direction, precision.bits()).end()
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
            _ if n.is_multiple_of(2) => self.abs().power_nonnegative(n, precision),
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
            let upper =
                if mirrored.cmp_upper(self.upper()) == Ordering::Greater { mirrored } else { self.upper().clone() };
            Interval::enclosing(End::closed(Dyadic::zero()), upper)
        }
    }

    /// `{max(x, y)}`, exactly. `max = v` at the greater of the lower ends; if they are equal, both must be members. At
    /// the upper ends one suffices.
    pub fn max(&self, other: &Interval) -> Interval {
        let lower = if self.lower().cmp_lower(other.lower()) == Ordering::Less { other.lower() } else { self.lower() };
        let upper = if self.upper().cmp_upper(other.upper()) == Ordering::Less { other.upper() } else { self.upper() };
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

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use num_traits::{Signed, Zero};
    use proptest::prelude::*;

    use super::super::Rational;
    use super::super::notation::{
        check_enclosure, dyadic, interval, members, numbers, positive_numbers, small_intervals,
    };
    use super::*;

    type Operation = fn(&Rational, &Rational) -> Rational;

    #[test]
    fn ends_of_binary_operations() {
        let p = &Precision::new(64);
        for (x, operation, y, result) in [
            ("(0, inf)", "*", "(0, inf)", "(0, inf)"),
            ("[0, 1]", "*", "(0, 1)", "[0, 1)"),
            ("[0, inf)", "*", "(0, inf)", "[0, inf)"),
            ("0", "*", "(-inf, inf)", "0"),
            ("(0, 1]", "*", "[1, inf)", "(0, inf)"),
            ("(-1, 2]", "*", "[-3, 1]", "[-6, 3)"),
            ("[-1, 1]", "*", "(-inf, 0)", "(-inf, inf)"),
            ("(-2, -1]", "*", "[3, 4)", "(-8, -3]"),
            ("(-1, 1)", "*", "(-1, 1)", "(-1, 1)"),
            ("(-inf, -1]", "*", "(-inf, -2)", "(2, inf)"),
            ("(0, 1)", "+", "[0, 1]", "(0, 2)"),
            ("[0, 1]", "+", "[1, inf)", "[1, inf)"),
            ("[0, 1)", "-", "[0, 1]", "[-1, 1)"),
            ("1", "/", "(0, 1)", "(1, inf)"),
            ("1", "/", "(-1, 0)", "(-inf, -1)"),
            ("6", "/", "3", "2"),
            ("-6", "/", "4", "-3/2"),
            ("[0, 1]", "/", "(0, 1]", "[0, inf)"),
            ("[1, 2]", "/", "[1, inf)", "(0, 2]"),
            ("(-4, -2]", "/", "[1, 2)", "(-4, -1)"),
            ("[-4, 2)", "/", "[1, 2]", "[-4, 2)"),
            ("0", "/", "(0, inf)", "0"),
            ("(-inf, -1]", "/", "(0, inf)", "(-inf, 0)"),
        ] {
            let (a, b) = (interval(x), interval(y));
            let got = match operation {
                "+" => a.add(&b, p),
                "-" => a.sub(&b, p),
                "*" => a.mul(&b, p),
                _ => a.div(&b, p).unwrap(),
            };
            assert_eq!(got, interval(result), "{x} {operation} {y}");
        }
    }

    #[test]
    fn ends_of_unary_operations() {
        let p = &Precision::new(64);
        for (x, square, abs, floor, ceil) in [
            ("(-1, 1)", "[0, 1)", "[0, 1)", "[-1, 0]", "[0, 1]"),
            ("(-2, 1]", "[0, 4)", "[0, 2)", "[-2, 1]", "[-1, 1]"),
            ("[-3, 3)", "[0, 9]", "[0, 3]", "[-3, 2]", "[-3, 3]"),
            ("(-inf, -1)", "(1, inf)", "(1, inf)", "(-inf, -2]", "(-inf, -1]"),
            ("(1/2, 1)", "(1/4, 1)", "(1/2, 1)", "0", "1"),
            ("(0, inf)", "(0, inf)", "(0, inf)", "[0, inf)", "[1, inf)"),
            ("-3/2", "9/4", "3/2", "-2", "-1"),
        ] {
            let number = interval(x);
            assert_eq!(number.square(p), interval(square), "{x}");
            assert_eq!(number.abs(), interval(abs), "{x}");
            assert_eq!(number.floor(), interval(floor), "{x}");
            assert_eq!(number.ceil(), interval(ceil), "{x}");
        }
    }

    #[test]
    fn integer_powers() {
        let p = &Precision::new(64);
        for (x, n, result) in [
            ("(-1, 2]", 3, Some("(-1, 8]")),
            ("(-1, 2]", 4, Some("[0, 16]")),
            ("[-2, 2)", 0, Some("1")),
            ("(0, 1)", -2, Some("(1, inf)")),
            ("-2", -3, Some("-1/8")),
            ("[2, inf)", -1, Some("(0, 1/2]")),
            ("[0, 1]", -1, None),
            ("0", 0, Some("1")),
            ("1", i64::MIN, Some("1")),
            ("-1", i64::MAX, Some("-1")),
        ] {
            assert_eq!(interval(x).pow_int(n, p), result.map(interval), "{x}^{n}");
        }
    }

    #[test]
    fn huge_powers_stay_small() {
        let p = &Precision::new(64);
        let up = interval("3").pow_int(i64::MAX, p).unwrap();
        assert!(up.lower_value().unwrap().magnitude() > 1 << 58 && *up.upper() == End::Infinite);
        let down = interval("1/4").pow_int(i64::MAX, p).unwrap();
        assert!(down.certainly_positive() && down.upper_value().unwrap().magnitude() < -(1 << 58));
        let near = interval("4503599627370497/4503599627370496").pow_int(1 << 40, p).unwrap();
        assert!(near.upper_value().unwrap().mantissa().bits() <= 64);
    }

    #[test]
    fn roots() {
        let p = &Precision::new(64);
        for (x, k, result) in [
            ("9/4", 2, Some("3/2")),
            ("(0, 4)", 2, Some("(0, 2)")),
            ("[0, 27]", 3, Some("[0, 3]")),
            ("[1, inf)", 7, Some("[1, inf)")),
            ("(-1, 1)", 2, None),
            ("4", 0, None),
            ("1", 1000, Some("1")),
            ("0", 1000, Some("0")),
        ] {
            assert_eq!(interval(x).root(k, p), result.map(interval), "{x} {k}");
        }
    }

    #[test]
    fn operations_hold_for_members() {
        let p = &Precision::new(12);
        let intervals = small_intervals();
        for x in &intervals {
            let x_members = members(x);
            let (square, floor, ceil, abs) = (x.square(p), x.floor(), x.ceil(), x.abs());
            let (cube, inverse) = (x.pow_int(3, p).unwrap(), x.pow_int(-2, p));
            for a in &x_members {
                assert!(square.contains(&(a * a)) && cube.contains(&(a * a * a)) && abs.contains(&a.abs()), "{x} {a}");
                assert!(floor.contains(&a.floor()) && ceil.contains(&a.ceil()), "{x} {a}");
                assert_eq!(inverse.is_some(), x.certainly_nonzero());
                assert!(inverse.as_ref().is_none_or(|inverse| inverse.contains(&(a * a).recip())), "{x} {a}");
            }
            for y in intervals.iter().step_by(3) {
                let (sum, difference, product) = (x.add(y, p), x.sub(y, p), x.mul(y, p));
                let (quotient, least, greatest) = (x.div(y, p), x.min(y), x.max(y));
                assert_eq!(quotient.is_some(), y.certainly_nonzero());
                for b in members(y) {
                    for a in &x_members {
                        assert!(sum.contains(&(a + &b)) && difference.contains(&(a - &b)), "{x} + {y}: {a} {b}");
                        assert!(product.contains(&(a * &b)), "{x} * {y} = {product}: {a} {b}");
                        assert!(quotient.as_ref().is_none_or(|quotient| quotient.contains(&(a / &b))), "{x} / {y}");
                        assert!(least.contains(a.min(&b)) && greatest.contains(a.max(&b)), "{x} {y}");
                    }
                }
            }
        }
    }

    #[test]
    fn attained_ends_are_closed_and_only_they() {
        // With ends that need no rounding, each end of a product, sum or maximum must be a member exactly if some pair of
        // members gives it, which the ends of the operands decide.
        let p = &Precision::new(64);
        let intervals = small_intervals();
        for x in &intervals {
            for y in intervals.iter().step_by(5) {
                let operations: [(Interval, Operation); 3] =
                    [(x.mul(y, p), |a, b| a * b), (x.add(y, p), |a, b| a + b), (x.max(y), |a, b| a.max(b).clone())];
                for (result, operation) in operations {
                    let (x_members, y_members) = (members(x), members(y));
                    for end in [result.lower(), result.upper()] {
                        let Some(value) = end.value() else { continue };
                        let value = value.to_rational().unwrap();
                        let attained = x_members.iter().any(|a| y_members.iter().any(|b| operation(a, b) == value));
                        assert_eq!(end.is_closed(), attained, "{x} {y} {result}");
                    }
                }
            }
        }
    }

    proptest! {
        #[test]
        fn sums_and_products_of_points(a in numbers(40, -60..60), b in numbers(40, -60..60)) {
            let (x, y) = (a.to_rational().unwrap(), b.to_rational().unwrap());
            let (u, v) = (Interval::point(a), Interval::point(b));
            for bits in [8, 30, 200] {
                let p = &Precision::new(bits);
                prop_assert!(u.add(&v, p).contains(&(&x + &y)));
                prop_assert!(u.mul(&v, p).contains(&(&x * &y)));
                if !y.is_zero() {
                    prop_assert!(u.div(&v, p).unwrap().contains(&(&x / &y)));
                }
                prop_assert!(bits < 200 || (u.add(&v, p).as_point().is_some() && u.mul(&v, p).as_point().is_some()));
            }
        }

        #[test]
        fn powers_and_roots_enclose(a in numbers(30, -40..10), b in numbers(30, -40..10), c in positive_numbers(30, -40..10)) {
            check_enclosure(|x, p| x.pow_int(5, p).unwrap(), &a, &b)?;
            check_enclosure(|x, p| x.pow_int(6, p).unwrap(), &a, &b)?;
            check_enclosure(|x, p| x.pow_int(-3, p).unwrap(), &c, &c.add(&b.abs()).unwrap())?;
            check_enclosure(|x, p| x.sqrt(p).unwrap(), &c, &b.abs())?;
            check_enclosure(|x, p| x.root(5, p).unwrap(), &c, &b.abs())?;
            check_enclosure(|x, p| x.root(70, p).unwrap(), &c, &b.abs())?;
        }

        #[test]
        fn roots_undo_powers(c in positive_numbers(20, -30..10), k in 1_u32..80) {
            let p = &Precision::new(64);
            let power = Interval::point(c.clone()).pow_int(i64::from(k), p).unwrap();
            prop_assert!(power.root(k, p).unwrap().contains_dyadic(&c));
        }
    }

    #[test]
    fn scaling_is_exact() {
        assert_eq!(interval("[3, 5)").scaled(-2), interval("[3/4, 5/4)"));
        assert_eq!(dyadic("3").scaled(2), dyadic("12"));
    }
}
