//! Fixed-point enclosures `[lower, upper] * 2^-scale` and the one loop that sums power series.
//!
//! Owns: directed fixed-point arithmetic on integers and the remainder of a power series with decreasing terms.
//! Must not know: which function a series stands for.
//! Reference: Brent & Zimmermann, *Modern Computer Arithmetic*, section 4.4.

use num_traits::{One, Signed, Zero};

use super::Integer;
use super::dyadic::{Direction, Dyadic, Rounded};
use super::interval::{End, Interval};

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
