//! Exponential, logarithm, real powers, and the hyperbolic functions.
//!
//! Owns: their argument reduction, the choice of series, and their limits at infinite ends.
//! Must not know: trigonometric functions, how a series is summed.
//! Reference: Brent & Zimmermann, *Modern Computer Arithmetic*, sections 4.3 and 4.4; DLMF chapter 4.

use num_integer::Integer as _;
use num_traits::Signed;

use super::dyadic::Dyadic;
use super::fixed::{Fixed, PowerSeries, Signs};
use super::interval::{End, Interval};
use super::precision::{ARTANH, Precision};
use super::Integer;

/// From `|x| >= 2^40` on, only `exp(x) > 2^(2^40)` or `exp(x) < 2^-(2^40)` is told.
const EXP_MAGNITUDE_LIMIT: i64 = 40;

/// A dyadic exponent `m / 2^j` goes by integer power and integer root for `j <= 6` and `|m| <= 2^20`.
const ROOT_DEPTH: i64 = 6;
const ROOT_POWER_LIMIT: u64 = 1 << 20;

/// `sum t^k / k!`, which is `exp(t)`.
const EXP: PowerSeries =
    PowerSeries { signs: Signs::Positive, divisor: |k| k.saturating_add(1), weight: |_| 1 };

/// `sum t^k / (2k+1)!`, which is `sinh(x)/x` for `t = x^2`.
const SINH: PowerSeries = PowerSeries {
    signs: Signs::Positive,
    divisor: |k| k.saturating_mul(2).saturating_add(2).saturating_mul(k.saturating_mul(2).saturating_add(3)),
    weight: |_| 1,
};

fn positive() -> Interval {
    Interval::greater_than(Dyadic::zero())
}

impl Interval {
    /// Encloses `{exp(x)}`: increasing, with limits 0 and infinity; `exp(0) = 1` exactly.
    ///
    /// `x = k ln 2 + r` with `0 <= r <= 1`, `exp(x) = 2^k exp(r/2^s)^(2^s)`; the Taylor series of `exp(t)`, `0 <= t <= 1`, is
    /// cut where its terms halve, with remainder at most twice the first term left out. From `|x| >= 2^40` on:
    /// `exp(x) > 2^x` for `x > 0`.
    pub fn exp(&self, precision: &Precision) -> Interval {
        self.increasing(End::open(Dyadic::zero()), End::Infinite, |value| exp_at(value, precision))
    }

    /// Encloses `{log(x)}`, or `None` unless `X > 0`: increasing, with limits minus infinity at 0 and infinity;
    /// `log(1) = 0` exactly.
    ///
    /// `x = 2^k f` with `3/4 <= f < 3/2`, `log x = k ln 2 + 2 artanh z`, `z = (f-1)/(f+1)`, `|z| <= 1/5`, and
    /// `artanh(z)/z = sum z^(2j)/(2j+1)` with remainder at most twice the first power left out. For `k = 0` the error is
    /// relative, so that the result near `x = 1` keeps its digits.
    pub fn log(&self, precision: &Precision) -> Option<Interval> {
        if !self.certainly_positive() {
            return None;
        }
        Some(self.increasing(End::Infinite, End::Infinite, |value| log_at(value, precision)))
    }

    /// Encloses `{b^e}` for real powers: `None` unless `B > 0`, or `B >= 0` and `E > 0`, or `E` is one integer that
    /// [`Interval::pow_int`] takes.
    ///
    /// `b^e = exp(e log b)`: in `log b` and `e`, which vary independently, the exponent is a product, so its interval
    /// product has no excess but rounding. `0^e = 0` for `e > 0`. Exponents `m/2^j` with small `j` go by integer powers
    /// and roots, exact where the value is.
    pub fn pow(&self, exponent: &Interval, precision: &Precision) -> Option<Interval> {
        if let Some(point) = exponent.as_point() {
            if let Some(n) = point.to_i64() {
                return self.pow_int(n, precision);
            }
            if self.certainly_nonnegative()
                && let Some(power) = self.pow_by_root(point, precision)
            {
                return Some(power);
            }
        }
        if self.certainly_positive() {
            return self.pow_positive(exponent, precision);
        }
        if self.certainly_nonnegative() && exponent.certainly_positive() {
            return match self.intersect(&positive()) {
                Some(rest) => Some(rest.pow_positive(exponent, precision)?.hull(&Interval::zero())),
                None => Some(Interval::zero()),
            };
        }
        None
    }

    /// `b^(m/2^j)` as the `2^j`-th root of `b^m`, for small `m` and `j`.
    fn pow_by_root(&self, exponent: &Dyadic, precision: &Precision) -> Option<Interval> {
        let depth = exponent.exponent().checked_neg().filter(|depth| (1..=ROOT_DEPTH).contains(depth))?;
        let n = i64::try_from(exponent.mantissa()).ok().filter(|n| n.unsigned_abs() <= ROOT_POWER_LIMIT)?;
        let degree = 1_u32.checked_shl(u32::try_from(depth).ok()?)?;
        self.pow_int(n, &precision.widened(16))?.root(degree, precision)
    }

    /// `exp(e log b)` for `B > 0`. The 64 further bits make up for exponents up to `2^40` in size.
    fn pow_positive(&self, exponent: &Interval, precision: &Precision) -> Option<Interval> {
        let wide = precision.widened(64);
        Some(exponent.mul(&self.log(&wide)?, &wide).exp(precision))
    }

    /// Encloses `{sinh(x)}`: increasing and unbounded; `sinh(0) = 0` exactly.
    ///
    /// For `|x| < 1`: `sinh(x) = x sum x^(2k)/(2k+1)!`, remainder at most twice the first term left out; else
    /// `(exp(x) - exp(-x))/2`.
    pub fn sinh(&self, precision: &Precision) -> Interval {
        self.increasing(End::Infinite, End::Infinite, |value| sinh_at(value, precision))
    }

    /// Encloses `{cosh(x)}`: `cosh(|x|)` is increasing; `cosh(0) = 1` exactly. `(exp(x) + exp(-x))/2`, and `>= 1`.
    pub fn cosh(&self, precision: &Precision) -> Interval {
        self.abs().increasing(End::closed(Dyadic::one()), End::Infinite, |value| cosh_at(value, precision))
    }

    /// Encloses `{tanh(x)}`: increasing, with limits -1 and 1; `tanh(0) = 0` exactly.
    ///
    /// For `|x| < 1`: `sinh(x)/cosh(x)`; else `tanh(x) = 1 - 2/(exp(2x) + 1)` for `x > 0`, and odd.
    pub fn tanh(&self, precision: &Precision) -> Interval {
        let one = Dyadic::one();
        self.increasing(End::open(one.neg()), End::open(one), |value| tanh_at(value, precision))
    }
}

fn exp_at(x: &Dyadic, precision: &Precision) -> Interval {
    if x.is_zero() {
        return Interval::one();
    }
    let beyond_one = if x.is_positive() {
        Interval::greater_than(Dyadic::one())
    } else {
        Interval::enclosing(End::open(Dyadic::zero()), End::open(Dyadic::one()))
    };
    if x.magnitude() > EXP_MAGNITUDE_LIMIT {
        // |x| >= 2^40, and e > 2.
        let power: i64 = 1 << EXP_MAGNITUDE_LIMIT;
        return if x.is_positive() {
            Interval::greater_than(Dyadic::power_of_two(power))
        } else {
            let tiny = Dyadic::power_of_two(power.saturating_neg());
            Interval::enclosing(End::open(Dyadic::zero()), End::open(tiny))
        };
    }
    match exp_reduced(x, precision) {
        Some(enclosure) => enclosure.within(&beyond_one),
        None => beyond_one,
    }
}

/// `2^k exp(r/2^s)^(2^s)`; `None` if the reduction `x = k ln 2 + r` does not give `0 <= r <= 1`.
fn exp_reduced(x: &Dyadic, precision: &Precision) -> Option<Interval> {
    let argument = Fixed::from_dyadic(x, precision.scale())?;
    let ln2 = precision.ln2();
    let mut k = argument.lower.div_floor(&ln2.upper);
    let mut rest = argument.sub(&ln2.times(&k));
    if rest.lower.is_negative() {
        // Any integer k will do; this one makes the rest positive whatever the error of `ln 2`.
        k -= 1_u32;
        rest = rest.add(ln2);
    }
    if rest.lower.is_negative() || rest.upper > Integer::from(1_u32) << rest.scale {
        return None;
    }
    let halvings = precision.bits().isqrt();
    // Each squaring doubles the relative error: `halvings` bits, and 16 for the roundings of the terms.
    let scale = precision.bits().saturating_add(halvings).saturating_add(16);
    let mut power = EXP.sum(&rest.rescaled(scale).halved(halvings))?;
    for _ in 0..halvings {
        power = power.square();
    }
    Some(power.to_interval(i64::try_from(k).ok()?, precision.bits()))
}

fn log_at(x: &Dyadic, precision: &Precision) -> Interval {
    if !x.is_positive() {
        // The open lower end 0 of the argument: the limit is minus infinity.
        return Interval::whole();
    }
    let one = Dyadic::one();
    match x.cmp(&one) {
        std::cmp::Ordering::Equal => Interval::zero(),
        std::cmp::Ordering::Greater => {
            let known = positive();
            log_reduced(x, precision).map_or(known.clone(), |enclosure| enclosure.within(&known))
        }
        std::cmp::Ordering::Less => {
            let known = Interval::less_than(Dyadic::zero());
            log_reduced(x, precision).map_or(known.clone(), |enclosure| enclosure.within(&known))
        }
    }
}

/// `k ln 2 + 2 artanh((f-1)/(f+1))` for `x = 2^k f > 0`.
fn log_reduced(x: &Dyadic, precision: &Precision) -> Option<Interval> {
    let wide = precision.widened(16);
    let mut k = x.magnitude();
    let mut fraction = x.scaled(k.saturating_neg());
    if fraction < Dyadic::normalised(Integer::from(3_u32), -2) {
        k = k.saturating_sub(1);
        fraction = fraction.scaled(1);
    }
    let fraction = Interval::point(fraction);
    let one = Interval::one();
    let z = fraction.sub(&one, &wide).div(&fraction.add(&one, &wide), &wide)?;
    let series = ARTANH.sum(&Fixed::from_interval(&z.square(&wide), wide.bits())?)?;
    let log_fraction = z.scaled(1).mul(&series.to_interval(0, wide.bits()), &wide);
    if k == 0 {
        return Some(log_fraction.rounded(precision));
    }
    Some(Interval::ln2(&wide).mul(&Interval::integer(k), &wide).add(&log_fraction, precision))
}

fn sinh_at(x: &Dyadic, precision: &Precision) -> Interval {
    if x.is_zero() {
        return Interval::zero();
    }
    if x.is_negative() {
        return sinh_at(&x.neg(), precision).neg();
    }
    let wide = precision.widened(16);
    let x_interval = Interval::point(x.clone());
    let enclosure = if x.magnitude() <= 0 {
        Fixed::from_interval(&x_interval.square(&wide), wide.bits())
            .and_then(|t| SINH.sum(&t))
            .map(|series| x_interval.mul(&series.to_interval(0, wide.bits()), precision))
    } else {
        let exp = x_interval.exp(&wide);
        exp.recip(&wide).map(|inverse| exp.sub(&inverse, precision).scaled(-1))
    };
    enclosure.map_or_else(positive, |enclosure| enclosure.within(&positive()))
}

fn cosh_at(x: &Dyadic, precision: &Precision) -> Interval {
    if x.is_zero() {
        return Interval::one();
    }
    let wide = precision.widened(16);
    let exp = Interval::point(x.clone()).exp(&wide);
    let above_one = Interval::greater_than(Dyadic::one());
    match exp.recip(&wide) {
        Some(inverse) => exp.add(&inverse, precision).scaled(-1).within(&above_one),
        None => above_one,
    }
}

fn tanh_at(x: &Dyadic, precision: &Precision) -> Interval {
    if x.is_zero() {
        return Interval::zero();
    }
    if x.is_negative() {
        return tanh_at(&x.neg(), precision).neg();
    }
    let wide = precision.widened(16);
    let x_interval = Interval::point(x.clone());
    let one = Interval::one();
    let quotient = if x.magnitude() <= 0 {
        x_interval.sinh(&wide).div(&x_interval.cosh(&wide), precision)
    } else {
        let divisor = x_interval.scaled(1).exp(&wide).add(&one, &wide);
        Interval::integer(2).div(&divisor, &wide).map(|less| one.sub(&less, precision))
    };
    let known = Interval::enclosing(End::open(Dyadic::zero()), End::open(Dyadic::one()));
    quotient.map_or(known.clone(), |enclosure| enclosure.within(&known))
}
