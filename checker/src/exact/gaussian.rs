//! The error function and the upper tail of the standard normal distribution.
//!
//! Owns: the series for the central mass and the continued fraction for the tail.
//! Must not know: which random quantity is meant.
//! Reference: DLMF 7.6.2 (series) and 7.9.1 (Laplace's continued fraction).

use super::dyadic::Dyadic;
use super::fixed::{Fixed, PowerSeries, Signs};
use super::interval::{End, Interval};
use super::precision::Precision;

/// `sum s^k / (1*3*5*...*(2k+1))`.
const CENTRAL: PowerSeries =
    PowerSeries { signs: Signs::Positive, divisor: |k| k.saturating_mul(2).saturating_add(3), weight: |_| 1 };

fn unit_interval() -> Interval {
    Interval::enclosing(End::open(Dyadic::zero()), End::open(Dyadic::one()))
}

impl Interval {
    /// Encloses `{erf(x)}`: increasing and odd, with limits -1 and 1; `erf(0) = 0` exactly.
    ///
    /// With `v = x sqrt 2`, `phi` the normal density and `Q` its upper tail: `erf(x) = 2 v phi(v) sum v^(2k)/(2k+1)!!` with
    /// remainder at most twice the first term left out, for `v^2` up to about the number of bits; else `1 - 2 Q(v)`.
    pub fn erf(&self, precision: &Precision) -> Interval {
        let one = Dyadic::one();
        self.increasing(End::open(one.neg()), End::open(one), |value| erf_at(value, precision))
    }

    /// Encloses `{Q(x)}`, `Q(x) = P(Z >= x)` for standard normal `Z`: decreasing, with limits 1 and 0; `Q(0) = 1/2` exactly.
    ///
    /// `Q(x) = 1/2 - x phi(x) sum x^(2k)/(2k+1)!!`, with as many more bits as cancel, for `x^2` up to about the number of
    /// bits; else `Q(x) = phi(x) R_0(x)`. There, with `I_n = int_x^inf (t-x)^n/n! phi(t) dt > 0` and `I_(-1) = phi`,
    /// `R_n = I_n/I_(n-1)`: integration by parts gives `R_(n-1) = 1/(x + n R_n)`, hence `0 < R_n < 1/x` for all `n >= 0`;
    /// the recurrence is run down from `R_N` in `(0, 1/x)`. The error is relative for `x > 0`.
    pub fn normal_tail(&self, precision: &Precision) -> Interval {
        // Q(x) increases in -x.
        let mirrored = self.neg();
        mirrored.increasing(End::open(Dyadic::zero()), End::open(Dyadic::one()), |value| {
            normal_tail_at(&value.neg(), precision)
        })
    }
}

/// `phi(v) = exp(-v^2/2) / sqrt(2 pi)`, given `v^2`.
fn density(square: &Interval, precision: &Precision) -> Option<Interval> {
    let wide = precision.widened(32);
    let root = Interval::pi(&wide).scaled(1).sqrt(&wide)?;
    square.scaled(-1).neg().exp(&wide).div(&root, precision)
}

/// `P(0 <= Z <= v) = v phi(v) sum v^(2k)/(2k+1)!!` for `v > 0`, given `v^2` too.
fn central_mass(v: &Interval, square: &Interval, precision: &Precision) -> Option<Interval> {
    let wide = precision.widened(32);
    let series = CENTRAL.sum(&Fixed::from_interval(square, wide.bits())?)?;
    let sum = series.to_interval(0, wide.bits());
    Some(v.mul(&density(square, &wide)?, &wide).mul(&sum, precision))
}

/// `Q(v) = phi(v) R_0(v)` for `v > 0`, given `v^2` too.
fn outer_mass(v: &Interval, square: &Interval, precision: &Precision) -> Option<Interval> {
    let wide = precision.widened(32);
    // The relative error is about n!/v^(2n): for v^2 >= bits and n = 3/8 bits below 2^-bits. Too few only widen the result.
    let terms = i64::from(wide.bits()).saturating_mul(3).checked_div(8)?.saturating_add(8);
    let mut ratio = Interval::enclosing(End::open(Dyadic::zero()), v.recip(&wide)?.upper().clone());
    for n in (1..=terms).rev() {
        ratio = v.add(&ratio.mul(&Interval::integer(n), &wide), &wide).recip(&wide)?;
    }
    Some(density(square, &wide)?.mul(&ratio, precision))
}

/// The continued fraction serves from `v^2` about the number of bits on; both formulas are valid everywhere.
fn region(square: &Interval, precision: &Precision) -> Option<Region> {
    let size = square.lower_value()?;
    let limit = Dyadic::from_i64(i64::from(precision.bits()).saturating_add(16));
    Some(if *size > limit { Region::Outer } else { Region::Central })
}

/// Which formula serves an argument.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Region {
    Outer,
    Central,
}

fn erf_at(x: &Dyadic, precision: &Precision) -> Interval {
    if x.is_zero() {
        return Interval::zero();
    }
    if x.is_negative() {
        return erf_at(&x.neg(), precision).neg();
    }
    erf_positive(x, precision).map_or_else(unit_interval, |enclosure| enclosure.within(&unit_interval()))
}

fn erf_positive(x: &Dyadic, precision: &Precision) -> Option<Interval> {
    let wide = precision.widened(32);
    let x_interval = Interval::point(x.clone());
    let square = x_interval.square(&wide).scaled(1);
    let v = x_interval.mul(&Interval::integer(2).sqrt(&wide)?, &wide);
    match region(&square, precision)? {
        Region::Outer => {
            let tail = outer_mass(&v, &square, &wide)?;
            Some(Interval::one().sub(&tail.scaled(1), precision))
        }
        Region::Central => Some(central_mass(&v, &square, precision)?.scaled(1)),
    }
}

fn normal_tail_at(x: &Dyadic, precision: &Precision) -> Interval {
    let half = Interval::one().scaled(-1);
    if x.is_zero() {
        return half;
    }
    if x.is_negative() {
        // Q(-x) = 1 - Q(x), between 1/2 and 1.
        let tail = normal_tail_at(&x.neg(), &precision.widened(8));
        return Interval::one().sub(&tail, precision).within(&unit_interval());
    }
    let known = Interval::enclosing(End::open(Dyadic::zero()), half.upper().clone().attained(false));
    normal_tail_positive(x, precision).map_or(known.clone(), |enclosure| enclosure.within(&known))
}

fn normal_tail_positive(x: &Dyadic, precision: &Precision) -> Option<Interval> {
    let wide = precision.widened(32);
    let v = Interval::point(x.clone());
    let square = v.square(&wide);
    match region(&square, precision)? {
        Region::Outer => outer_mass(&v, &square, precision),
        Region::Central => {
            // Q(x) is about exp(-x^2/2): x^2 / (2 ln 2) < 3/4 x^2 bits cancel.
            let cancelled = square.upper_value()?.ceil().to_i64()?.max(1);
            let more = u32::try_from(cancelled).ok()?.saturating_add(32);
            let wider = precision.widened(more);
            let square = v.square(&wider);
            let mass = central_mass(&v, &square, &wider)?;
            Some(Interval::one().scaled(-1).sub(&mass, precision))
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use num_traits::Zero;
    use proptest::prelude::*;

    use super::super::Rational;
    use super::super::notation::{agree, check_enclosure, dyadic, interval, is_tight, numbers, positive_numbers};
    use super::*;

    fn point(x: &Dyadic) -> Interval {
        Interval::point(x.clone())
    }

    #[test]
    fn exact_values_and_limits() {
        let p = &Precision::new(64);
        for (x, erf, tail) in [
            ("0", "0", "1/2"),
            ("(-inf, inf)", "(-1, 1)", "(0, 1)"),
            ("[0, inf)", "[0, 1)", "(0, 1/2]"),
            ("(-inf, 0)", "(-1, 0)", "(1/2, 1)"),
        ] {
            assert_eq!(interval(x).erf(p), interval(erf), "{x}");
            assert_eq!(interval(x).normal_tail(p), interval(tail), "{x}");
        }
    }

    #[test]
    fn far_out() {
        let p = &Precision::new(64);
        for x in ["4", "6", "9", "10", "12", "30", "1000", "5000"] {
            let tail = interval(x).normal_tail(p);
            assert!(tail.certainly_positive() && is_tight(&tail, 60), "{x}: {tail}");
            // Gordon 1941: x/(1+x^2) < Q(x)/phi(x) < 1/x.
            let v = interval(x);
            let phi = density(&v.square(p), p).unwrap();
            assert!(tail.certainly_less(&phi.div(&v, p).unwrap()), "{x}");
            let least = phi.mul(&v, p).div(&v.square(p).add(&Interval::one(), p), p).unwrap();
            assert!(least.certainly_less(&tail), "{x}");
            assert!(v.erf(p).certainly_less(&Interval::one()));
            assert!(v.neg().normal_tail(p).certainly_less(&Interval::one()));
        }
        let huge = point(&Dyadic::power_of_two(1 << 50));
        assert!(huge.normal_tail(p).certainly_positive() && huge.erf(p).certainly_less(&Interval::one()));
        let tiny = point(&Dyadic::power_of_two(-(1 << 50)));
        assert!(tiny.erf(p).certainly_positive() && is_tight(&tiny.erf(p), 61));
        assert!(tiny.normal_tail(p).certainly_less(&Interval::point(dyadic("1/2"))));
    }

    proptest! {
        #[test]
        fn functions_enclose(a in numbers(30, -45..-25), b in numbers(30, -45..-25)) {
            check_enclosure(|x, p| x.erf(p), &a, &b)?;
            check_enclosure(|x, p| x.normal_tail(p), &a, &b)?;
        }

        #[test]
        fn both_formulas_agree(x in positive_numbers(20, -20..-16)) {
            // On 0 < x < 16, where either may be the worse one.
            let p = &Precision::new(300);
            let v = point(&x);
            let square = v.square(p);
            let central = central_mass(&v, &square, p).unwrap();
            let outer = outer_mass(&v, &square, p).unwrap();
            prop_assert!(agree(&Interval::point(dyadic("1/2")).sub(&central, p), &outer));
        }

        #[test]
        fn error_function_and_tail_agree(x in numbers(30, -40..-26)) {
            // erf(x) = 1 - 2 Q(x sqrt 2), through the enclosure of x sqrt 2.
            let p = &Precision::new(64);
            let v = point(&x).mul(&Interval::integer(2).sqrt(p).unwrap(), p);
            let other = Interval::one().sub(&v.normal_tail(p).scaled(1), p);
            prop_assert!(agree(&point(&x).erf(p), &other));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn error_function_agrees_with_its_alternating_series(x in numbers(20, -25..-18)) {
            // erf(x) = 2/sqrt(pi) sum (-1)^k x^(2k+1)/(k! (2k+1)), |x| <= 4: the 115th term is below 2^-160.
            let p = &Precision::new(80);
            let t = x.to_rational().unwrap();
            let (mut sum, mut power) = (Rational::zero(), t.clone());
            for k in 0..115_i64 {
                sum += &power / Rational::from_integer((2 * k + 1).into());
                power = -(power * &t * &t) / Rational::from_integer((k + 1).into());
            }
            let scaled = Interval::from_rational(&sum, &p.widened(40)).scaled(1).div(&Interval::pi(p).sqrt(p).unwrap(), p);
            prop_assert!(agree(&point(&x).erf(p), &scaled.unwrap()));
        }
    }
}
