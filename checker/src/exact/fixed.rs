//! Fixed-point enclosures `[lower, upper] * 2^-scale` and the one loop that sums power series.
//!
//! Owns: directed fixed-point arithmetic on integers and the remainder of a power series with decreasing terms.
//! Must not know: which function a series stands for.
//! Reference: Brent & Zimmermann, *Modern Computer Arithmetic*, section 4.4.

use num_traits::{One, Signed, Zero};

use super::Integer;
use super::dyadic::Dyadic;
use super::interval::{End, Interval};
use super::rounding::{Direction, Rounded};

/// A real number `x` with `lower <= x * 2^scale <= upper`.
#[derive(Clone, Debug)]
pub(super) struct Fixed {
    pub(super) lower: Integer,
    pub(super) upper: Integer,
    pub(super) scale: u32,
}

/// `ceil(numerator * 2^-shift)`, from `ceil(t) = -floor(-t)`; a right shift of a `BigInt` is the floor.
fn shifted_up(numerator: Integer, shift: u32) -> Integer {
    -((-numerator) >> shift)
}

/// `ceil(numerator / divisor)` for `numerator >= 0`, `divisor >= 1`.
fn divided_up(numerator: Integer, divisor: u64) -> Integer {
    match divisor.checked_sub(1) {
        None | Some(0) => numerator,
        Some(less) => (numerator + less) / divisor,
    }
}

/// `floor(numerator / divisor)` for `numerator >= 0`, `divisor >= 1`.
fn divided_down(numerator: Integer, divisor: u64) -> Integer {
    if divisor <= 1 { numerator } else { numerator / divisor }
}

impl Fixed {
    /// An integer, exactly.
    pub(super) fn from_integer(integer: &Integer, scale: u32) -> Fixed {
        let scaled = integer << scale;
        Fixed { lower: scaled.clone(), upper: scaled, scale }
    }

    /// A dyadic number, to `2^-scale`; `None` from size `2^4096` on.
    pub(super) fn from_dyadic(value: &Dyadic, scale: u32) -> Option<Fixed> {
        if value.magnitude() > 4096 {
            return None;
        }
        Some(Fixed {
            lower: value.fixed_toward(scale, Direction::Down),
            upper: value.fixed_toward(scale, Direction::Up),
            scale,
        })
    }

    /// The fixed-point hull of a bounded interval; `None` if unbounded or from size `2^4096` on.
    pub(super) fn from_interval(interval: &Interval, scale: u32) -> Option<Fixed> {
        let (lower, upper) = (interval.lower_value()?, interval.upper_value()?);
        if lower.magnitude() > 4096 || upper.magnitude() > 4096 {
            return None;
        }
        Some(Fixed {
            lower: lower.fixed_toward(scale, Direction::Down),
            upper: upper.fixed_toward(scale, Direction::Up),
            scale,
        })
    }

    /// The same enclosure as an interval, times `2^power`, its ends rounded outward to `bits` mantissa bits.
    pub(super) fn to_interval(&self, power: i64, bits: u32) -> Interval {
        let exponent = power.saturating_sub(i64::from(self.scale));
        let end = |integer: &Integer, direction: Direction| -> Rounded {
            Dyadic::normalised(integer.clone(), exponent).rounded(bits, direction)
        };
        Interval::enclosing(
            End::lower(end(&self.lower, Direction::Down), true),
            End::upper(end(&self.upper, Direction::Up), true),
        )
    }

    /// The same number at another scale: `floor` and `ceil` when digits are dropped.
    pub(super) fn rescaled(&self, scale: u32) -> Fixed {
        match scale.checked_sub(self.scale) {
            Some(more) => Fixed { lower: &self.lower << more, upper: &self.upper << more, scale },
            None => {
                let fewer = self.scale.saturating_sub(scale);
                Fixed { lower: &self.lower >> fewer, upper: shifted_up(self.upper.clone(), fewer), scale }
            }
        }
    }

    /// `x * 2^-halvings`, at the same scale.
    pub(super) fn halved(&self, halvings: u32) -> Fixed {
        Fixed { lower: &self.lower >> halvings, upper: shifted_up(self.upper.clone(), halvings), scale: self.scale }
    }

    /// `x + y`, for equal scales.
    pub(super) fn add(&self, other: &Fixed) -> Fixed {
        let other = other.rescaled(self.scale);
        Fixed { lower: &self.lower + other.lower, upper: &self.upper + other.upper, scale: self.scale }
    }

    /// `x - y`, for equal scales.
    pub(super) fn sub(&self, other: &Fixed) -> Fixed {
        let other = other.rescaled(self.scale);
        Fixed { lower: &self.lower - other.upper, upper: &self.upper - other.lower, scale: self.scale }
    }

    /// `n * x` for an integer `n`: a negative factor swaps the ends.
    pub(super) fn times(&self, factor: &Integer) -> Fixed {
        let (a, b) = (&self.lower * factor, &self.upper * factor);
        if factor.is_negative() {
            Fixed { lower: b, upper: a, scale: self.scale }
        } else {
            Fixed { lower: a, upper: b, scale: self.scale }
        }
    }

    /// `x / n` for `x >= 0`, `n >= 1`.
    pub(super) fn divided(&self, divisor: u64) -> Fixed {
        Fixed {
            lower: divided_down(self.lower.clone(), divisor),
            upper: divided_up(self.upper.clone(), divisor),
            scale: self.scale,
        }
    }

    /// `x^2` for `x >= 0`: squaring is increasing there.
    pub(super) fn square(&self) -> Fixed {
        Fixed {
            lower: (&self.lower * &self.lower) >> self.scale,
            upper: shifted_up(&self.upper * &self.upper, self.scale),
            scale: self.scale,
        }
    }
}

/// Whether the terms of a series all count positive, or alternately positive and negative.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Signs {
    Positive,
    Alternating,
}

/// The series `sum over k >= 0 of (+-1)^k p_k / weight(k)`, with `p_0 = 1` and `p_(k+1) = p_k * t / divisor(k)`.
///
/// `divisor` and `weight` must be at least 1 and non-decreasing in `k`.
pub(super) struct PowerSeries {
    pub(super) signs: Signs,
    pub(super) divisor: fn(u64) -> u64,
    pub(super) weight: fn(u64) -> u64,
}

impl PowerSeries {
    /// Encloses the sum at `t >= 0`, or gives `None` if `t` may be negative or the terms do not come to decrease.
    ///
    /// The powers are enclosed by `floor` and `ceil` of each product and quotient, which is monotone since all are
    /// `>= 0`. Remainder: once `2t <= divisor(k)`, also `2t <= divisor(j)` for `j >= k`, so `p_(j+1) <= p_j / 2` and
    /// `sum over j >= k of p_j / weight(j) <= 2 p_k`; the loop ends when `p_k` is at most one unit `2^-scale`.
    pub(super) fn sum(&self, t: &Fixed) -> Option<Fixed> {
        if t.lower.is_negative() || t.upper < t.lower {
            return None;
        }
        let scale = t.scale;
        let unit = Integer::one();
        let twice = &t.upper << 1_u32;
        // Each term at least halves once the divisor has outgrown 2t, which it does within 2t terms or never.
        let most = u64::from(scale).saturating_mul(2).saturating_add(64);
        let most = most.saturating_add(u64::try_from(&twice >> scale).ok()?.saturating_mul(2));
        let mut power = Fixed::from_integer(&Integer::one(), scale);
        let mut sum = Fixed { lower: Integer::zero(), upper: Integer::zero(), scale };
        let mut positive = true;
        for k in 0..most {
            let divisor = (self.divisor)(k);
            if power.upper <= unit && twice <= Integer::from(divisor) << scale {
                let remainder = power.upper << 1_u32;
                if self.signs == Signs::Alternating {
                    sum.lower -= &remainder;
                }
                sum.upper += remainder;
                return Some(sum);
            }
            let term = power.divided((self.weight)(k));
            if positive {
                sum.lower += term.lower;
                sum.upper += term.upper;
            } else {
                sum.lower -= term.upper;
                sum.upper -= term.lower;
            }
            positive = positive || self.signs == Signs::Positive;
            if self.signs == Signs::Alternating {
                positive = k % 2 == 1;
            }
            power = Fixed {
                lower: divided_down((power.lower * &t.lower) >> scale, divisor),
                upper: divided_up(shifted_up(power.upper * &t.upper, scale), divisor),
                scale,
            };
        }
        None
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use proptest::prelude::*;

    use super::super::Rational;
    use super::super::notation::{dyadic, interval, numbers};
    use super::*;

    const GEOMETRIC: PowerSeries = PowerSeries { signs: Signs::Positive, divisor: |_| 1, weight: |_| 1 };

    fn at(text: &str, scale: u32) -> Fixed {
        Fixed::from_dyadic(&dyadic(text), scale).unwrap()
    }

    #[test]
    fn geometric_series_is_enclosed_up_to_one_half() {
        for (t, sum) in [("0", "1"), ("1/2", "2"), ("1/4", "4/3"), ("3/8", "8/5")] {
            let (n, d) = sum.split_once('/').unwrap_or((sum, "1"));
            let truth = Rational::new(n.parse().unwrap(), d.parse().unwrap());
            let enclosure = GEOMETRIC.sum(&at(t, 40)).unwrap().to_interval(0, 200);
            assert!(enclosure.contains(&truth), "{t}: {enclosure}");
            let width = enclosure.upper_value().unwrap().sub(enclosure.lower_value().unwrap()).unwrap();
            assert!(width.is_zero() || width.magnitude() < -30, "{t}: {enclosure}");
        }
    }

    #[test]
    fn series_that_may_diverge_or_start_below_zero_are_refused() {
        for t in ["3/4", "1", "5", "-1/4"] {
            assert!(GEOMETRIC.sum(&at(t, 40)).is_none(), "{t}");
        }
        let reversed = Fixed { lower: 2.into(), upper: 1.into(), scale: 10 };
        assert!(GEOMETRIC.sum(&reversed).is_none());
    }

    #[test]
    fn unbounded_and_huge_intervals_are_refused() {
        assert!(Fixed::from_interval(&interval("[0, inf)"), 10).is_none());
        assert!(Fixed::from_dyadic(&Dyadic::power_of_two(5000), 10).is_none());
        assert!(Fixed::from_dyadic(&Dyadic::power_of_two(-(1 << 50)), 10).unwrap().upper == Integer::one());
    }

    proptest! {
        #[test]
        fn operations_enclose(a in numbers(40, -60..0), b in numbers(40, -60..0), n in -9_i64..9, q in 1_u64..99, s in 3_u32..70) {
            let (x, y) = (a.to_rational().unwrap(), b.to_rational().unwrap());
            let (u, v) = (Fixed::from_dyadic(&a, s).unwrap(), Fixed::from_dyadic(&b, s).unwrap());
            let holds = |fixed: Fixed, truth: Rational| fixed.to_interval(0, 300).contains(&truth);
            prop_assert!(holds(u.clone(), x.clone()));
            prop_assert!(holds(u.add(&v), &x + &y));
            prop_assert!(holds(u.sub(&v), &x - &y));
            prop_assert!(holds(u.times(&n.into()), &x * Rational::from_integer(n.into())));
            prop_assert!(holds(u.rescaled(s / 2), x.clone()) && holds(u.rescaled(2 * s), x.clone()));
            prop_assert!(holds(u.halved(3), &x / Rational::from_integer(8.into())));
            let positive = Fixed::from_dyadic(&a.abs(), s).unwrap();
            prop_assert!(holds(positive.square(), &x * &x));
            prop_assert!(holds(positive.divided(q), x.abs() / Rational::from_integer(q.into())));
        }
    }
}
