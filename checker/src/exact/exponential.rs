//! Exponential, logarithm, real powers, and the hyperbolic functions.
//!
//! Owns: their argument reduction, the choice of series, and their limits at infinite ends.
//! Must not know: trigonometric functions, how a series is summed.
//! Reference: Brent & Zimmermann, *Modern Computer Arithmetic*, sections 4.3 and 4.4; DLMF chapter 4.

use num_integer::Integer as _;
use num_traits::Signed;

use super::Integer;
use super::dyadic::Dyadic;
use super::fixed::{Fixed, PowerSeries, Signs};
use super::interval::{End, Interval};
use super::precision::{ARTANH, Precision};
use super::words;

/// From `|x| >= 2^40` on, only `exp(x) > 2^(2^40)` or `exp(x) < 2^-(2^40)` is told.
const EXP_MAGNITUDE_LIMIT: i64 = 40;

/// A dyadic exponent `m / 2^j` goes by integer power and integer root for `j <= 6` and `|m| <= 2^20`.
const ROOT_DEPTH: i64 = 6;
const ROOT_POWER_LIMIT: u64 = 1 << 20;

/// `sum t^k / k!`, which is `exp(t)`.
const EXP: PowerSeries = PowerSeries { signs: Signs::Positive, divisor: |k| k.saturating_add(1), weight: |_| 1 };

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
        let n = i64::try_from(&exponent.mantissa()).ok().filter(|n| n.unsigned_abs() <= ROOT_POWER_LIMIT)?;
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
    let quick = x.short().and_then(words::exp).and_then(|near| near.to_interval(false, precision.bits()));
    if quick.is_some() {
        return quick;
    }
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
    let quick = x.short().and_then(words::log);
    let quick = quick.and_then(|(negative, near)| near.to_interval(negative, precision.bits()));
    if quick.is_some() {
        return quick;
    }
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

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use num_traits::{One, Zero};
    use proptest::prelude::*;

    use super::super::Rational;
    use super::super::notation::{agree, check_enclosure, dyadic, interval, is_tight, numbers, positive_numbers};
    use super::*;

    fn point(x: &Dyadic) -> Interval {
        Interval::point(x.clone())
    }

    /// `exp(x)` by the bare Taylor series in rationals, for `|x| <= 4`: error at most `2 |x|^80/80!` below `2^-200`.
    fn taylor_exp(x: &Rational) -> Rational {
        let mut term = Rational::one();
        let mut sum = Rational::zero();
        for k in 1..=80 {
            sum += &term;
            term = term * x / Rational::from_integer(k.into());
        }
        sum
    }

    #[test]
    fn exact_values_and_limits() {
        let p = &Precision::new(64);
        for (x, exp) in [("0", "1"), ("(-inf, 0)", "(0, 1)"), ("[0, inf)", "[1, inf)"), ("(-inf, inf)", "(0, inf)")] {
            assert_eq!(interval(x).exp(p), interval(exp), "{x}");
        }
        for (x, log) in [("1", "0"), ("(0, 1)", "(-inf, 0)"), ("[1, inf)", "[0, inf)"), ("(0, inf)", "(-inf, inf)")] {
            assert_eq!(interval(x).log(p), Some(interval(log)), "{x}");
        }
        for x in ["0", "[0, 1]", "(-1, 2)", "-3", "(-inf, inf)"] {
            assert_eq!(interval(x).log(p), None, "{x}");
        }
        assert!(!interval("(8, inf)").log(p).unwrap().lower().is_closed());
        for (x, tanh) in [("0", "0"), ("(-inf, inf)", "(-1, 1)"), ("[0, inf)", "[0, 1)")] {
            assert_eq!(interval(x).tanh(p), interval(tanh), "{x}");
        }
        assert_eq!(interval("(0, inf)").sinh(p), interval("(0, inf)"));
        assert_eq!(interval("(-inf, inf)").cosh(p), interval("[1, inf)"));
        assert_eq!(interval("0").cosh(p), interval("1"));
    }

    #[test]
    fn powers_at_corners() {
        let p = &Precision::new(64);
        for (base, exponent, power) in [
            ("16", "3/4", Some("8")),
            ("9/4", "-1/2", None),
            ("9/4", "3/2", Some("27/8")),
            ("4", "1/2", Some("2")),
            ("1", "(-inf, inf)", Some("1")),
            ("-2", "3", Some("-8")),
            ("0", "3/2", Some("0")),
            ("0", "(0, inf)", Some("0")),
            ("[0, 1)", "(0, 1)", Some("[0, 1)")),
            ("(0, 1)", "(0, inf)", Some("(0, 1)")),
            ("(0, 1)", "[0, inf)", Some("(0, 1]")),
            ("(1, inf)", "(-inf, 0)", Some("(0, 1)")),
            ("[1, inf)", "[0, inf)", Some("[1, inf)")),
            ("[0, 1]", "[0, 1]", None),
            ("0", "-1", None),
            ("[-1, 1]", "1/2", None),
            ("[-1, 1]", "[1, 2]", None),
            ("[0, 16]", "1/4", Some("[0, 2]")),
            ("(2, 3)", "0", Some("1")),
        ] {
            let got = interval(base).pow(&interval(exponent), p);
            if exponent == "-1/2" {
                assert!(agree(&got.unwrap(), &Interval::integer(2).div(&Interval::integer(3), p).unwrap()));
            } else {
                assert_eq!(got, power.map(interval), "{base}^{exponent}");
            }
        }
    }

    #[test]
    fn huge_and_tiny_arguments() {
        let p = &Precision::new(64);
        let large = point(&dyadic("1000000000")).exp(p);
        assert!(is_tight(&large, 62), "{large}");
        assert!(agree(&large.log(p).unwrap(), &interval("1000000000")));
        let huge = point(&Dyadic::power_of_two(1 << 50));
        let image = huge.exp(p);
        assert!(*image.upper() == End::Infinite && image.lower_value().unwrap().magnitude() > 1 << 40);
        let image = huge.neg().exp(p);
        assert!(image.certainly_positive() && image.upper_value().unwrap().magnitude() < -(1 << 39));
        assert!(huge.tanh(p).certainly_less(&Interval::one()));
        assert!(huge.log(p).unwrap().upper_value().unwrap().magnitude() == 50);
        let tiny = Dyadic::power_of_two(-(1 << 50));
        assert!(Interval::one().certainly_less(&point(&tiny).exp(p)));
        assert!(point(&tiny.neg()).exp(p).certainly_less(&Interval::one()));
        for image in [point(&tiny).sinh(p), point(&tiny).tanh(p)] {
            assert!(image.certainly_positive() && is_tight(&image, 61));
        }
        let near_one = Dyadic::one().add(&Dyadic::power_of_two(-5000)).unwrap();
        assert!(is_tight(&point(&near_one).log(p).unwrap(), 61));
        let power = point(&Dyadic::power_of_two(1 << 59)).pow(&point(&Dyadic::power_of_two(-(1 << 58))), p).unwrap();
        assert!(power.certainly_positive() && is_tight(&power, 62));
    }

    proptest! {
        #[test]
        fn functions_enclose(a in numbers(30, -50..-24), b in numbers(30, -50..-24)) {
            check_enclosure(|x, p| x.exp(p), &a, &b)?;
            check_enclosure(|x, p| x.sinh(p), &a, &b)?;
            check_enclosure(|x, p| x.cosh(p), &a, &b)?;
            check_enclosure(|x, p| x.tanh(p), &a, &b)?;
        }

        #[test]
        fn logarithms_and_powers_enclose(a in positive_numbers(30, -50..10), b in positive_numbers(30, -50..10), e in numbers(20, -17..-15)) {
            check_enclosure(|x, p| x.log(p).unwrap(), &a, &b)?;
            check_enclosure(|x, p| x.pow(&point(&e), p).unwrap(), &a, &b)?;
            check_enclosure(|x, p| point(&a).pow(x, p).unwrap(), &b.scaled(-20), &e)?;
        }

        #[test]
        fn log_undoes_exp(x in numbers(40, -60..-20)) {
            let p = &Precision::new(64);
            prop_assert!(point(&x).exp(p).log(p).unwrap().contains_dyadic(&x));
        }

        #[test]
        fn exp_undoes_log(x in positive_numbers(40, -300..300)) {
            let p = &Precision::new(64);
            prop_assert!(point(&x).log(p).unwrap().exp(p).contains_dyadic(&x));
        }

        #[test]
        fn roots_agree_with_exponentials(x in positive_numbers(30, -40..10), m in -40_i64..40, j in 1_i64..6) {
            let p = &Precision::new(64);
            let exponent = point(&Dyadic::new((2 * m + 1).into(), -j).unwrap());
            let by_root = point(&x).pow(&exponent, p).unwrap();
            let by_exp = point(&x).pow_positive(&exponent, p).unwrap();
            prop_assert!(agree(&by_root, &by_exp));
            prop_assert!(is_tight(&by_root, 62) && is_tight(&by_exp, 62));
        }

        #[test]
        fn laws_of_hyperbolic_functions(x in numbers(30, -40..-27)) {
            let p = &Precision::new(80);
            let (x, double) = (point(&x), point(&x.scaled(1)));
            let (sinh, cosh) = (x.sinh(p), x.cosh(p));
            prop_assert!(cosh.square(p).sub(&sinh.square(p), p).contains_dyadic(&Dyadic::one()));
            prop_assert!(agree(&double.sinh(p), &sinh.mul(&cosh, p).scaled(1)));
            prop_assert!(agree(&x.tanh(p), &sinh.div(&cosh, p).unwrap()));
            prop_assert!(agree(&x.exp(p), &sinh.add(&cosh, p)));
        }
    }
    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn exp_agrees_with_its_bare_series(x in numbers(20, -25..-18)) {
            let p = &Precision::new(150);
            let image = point(&x).exp(p);
            prop_assert!(image.contains(&taylor_exp(&x.to_rational().unwrap())));
            prop_assert!(is_tight(&image, 147));
        }

        #[test]
        fn log_agrees_with_its_bare_series(m in 600_i64..1700) {
            // log x = 2 artanh((x-1)/(x+1)), |z| <= 1/3, without reduction.
            let p = &Precision::new(120);
            let x = Rational::new(m.into(), 1024.into());
            let z = (&x - Rational::one()) / (&x + Rational::one());
            let mut sum = Rational::zero();
            let mut power = z.clone();
            for k in 0..60 {
                sum += &power / Rational::from_integer((2 * k + 1).into());
                power = power * &z * &z;
            }
            let image = Interval::from_rational(&x, p).log(p).unwrap();
            prop_assert!(image.contains(&(sum * Rational::from_integer(2.into()))));
            prop_assert!(is_tight(&image, 116));
        }
    }
}
