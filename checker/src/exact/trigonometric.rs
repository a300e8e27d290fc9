//! Sine, cosine and arctangent.
//!
//! Owns: reduction by multiples of `pi/2`, the counting of extremes inside an interval, and the two series.
//! Must not know: exponentials, how a series is summed.
//! Reference: Brent & Zimmermann, *Modern Computer Arithmetic*, sections 4.3 and 4.4; DLMF chapter 4.

use std::cmp::Ordering;

use num_integer::Integer as _;
use num_traits::Zero;

use super::Integer;
use super::dyadic::Dyadic;
use super::fixed::{Fixed, PowerSeries, Signs};
use super::interval::{End, Interval};
use super::precision::{ARCTAN, Precision};
use super::words;

/// `sum (-t)^k / (2k+1)!`, which is `sin(x)/x` for `t = x^2`.
const SIN: PowerSeries = PowerSeries {
    signs: Signs::Alternating,
    divisor: |k| k.saturating_mul(2).saturating_add(2).saturating_mul(k.saturating_mul(2).saturating_add(3)),
    weight: |_| 1,
};

/// `sum (-t)^k / (2k)!`, which is `cos(x)` for `t = x^2`.
const COS: PowerSeries = PowerSeries {
    signs: Signs::Alternating,
    divisor: |k| k.saturating_mul(2).saturating_add(1).saturating_mul(k.saturating_mul(2).saturating_add(2)),
    weight: |_| 1,
};

/// Digits that the reduction by `pi/2` must leave after the point beyond the precision.
const REDUCTION_SLACK: u32 = 32;

/// Which of the two waves; the sine is the cosine a quarter of a turn later.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wave {
    Sine,
    Cosine,
}

/// The extremes that an interval may hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Extremes {
    None,
    OneMaximum,
    OneMinimum,
    Several,
}

impl Extremes {
    /// The extremes of these numbers, of which the even ones are maxima.
    fn between<T: Ord + num_integer::Integer>(first: T, last: T) -> Extremes {
        match first.cmp(&last) {
            Ordering::Greater => Extremes::None,
            Ordering::Equal if first.is_even() => Extremes::OneMaximum,
            Ordering::Equal => Extremes::OneMinimum,
            Ordering::Less => Extremes::Several,
        }
    }
}

fn unit_range() -> Interval {
    Interval::enclosing(End::closed(Dyadic::one().neg()), End::closed(Dyadic::one()))
}

impl Interval {
    /// Encloses `{sin(x)}`; `sin(0) = 0` exactly.
    ///
    /// `x = n pi/2 + r`, `|r| <= 1`; `sin r = r sum (-1)^k r^(2k)/(2k+1)!`, `cos r = sum (-1)^k r^(2k)/(2k)!`, each with
    /// remainder at most twice the first term left out. For `n = 0` the error is relative. Sine is monotone between
    /// neighbouring extremes `pi/2 + j pi`; an interval that may hold one takes 1 (even `j`) or -1 (odd `j`) in.
    /// Beyond about `2^280` (or unbounded): `[-1, 1]`.
    pub fn sin(&self, precision: &Precision) -> Interval {
        self.wave(Wave::Sine, precision)
    }

    /// Encloses `{cos(x)}`; `cos(0) = 1` exactly. As for the sine, with extremes `j pi`.
    pub fn cos(&self, precision: &Precision) -> Interval {
        self.wave(Wave::Cosine, precision)
    }

    fn wave(&self, wave: Wave, precision: &Precision) -> Interval {
        if let Some(point) = self.as_point() {
            return wave_at(wave, point, precision);
        }
        let (End::Finite { value: a, closed: a_closed }, End::Finite { value: b, closed: b_closed }) =
            (self.lower(), self.upper())
        else {
            return unit_range();
        };
        // Without an extreme inside, every value lies between those at the ends, strictly if not at an end; with one
        // inside, the other bound still comes from an end.
        let (at_a, at_b) = (wave_at(wave, a, precision), wave_at(wave, b, precision));
        let lowest = Interval::new(at_a.lower().clone().attained(*a_closed), End::Infinite);
        let lowest_b = Interval::new(at_b.lower().clone().attained(*b_closed), End::Infinite);
        let highest = Interval::new(End::Infinite, at_a.upper().clone().attained(*a_closed));
        let highest_b = Interval::new(End::Infinite, at_b.upper().clone().attained(*b_closed));
        let (Some(lowest), Some(lowest_b), Some(highest), Some(highest_b)) = (lowest, lowest_b, highest, highest_b)
        else {
            return unit_range();
        };
        let lower = lowest.hull(&lowest_b).lower().clone();
        let upper = highest.hull(&highest_b).upper().clone();
        let enclosure = match self.extremes(wave, precision) {
            Extremes::None => Interval::enclosing(lower, upper),
            Extremes::OneMaximum => Interval::enclosing(lower, End::closed(Dyadic::one())),
            Extremes::OneMinimum => Interval::enclosing(End::closed(Dyadic::one().neg()), upper),
            Extremes::Several => unit_range(),
        };
        enclosure.within(&unit_range())
    }

    /// Which extremes the interval may hold: the integers `j` in an enclosure of `X/pi` (cosine, value `(-1)^j` there) or
    /// `X/pi - 1/2` (sine).
    fn extremes(&self, wave: Wave, precision: &Precision) -> Extremes {
        if let (Some(a), Some(b)) = (self.lower_value(), self.upper_value())
            && let (Some(a), Some(b)) = (words::quarters(a), words::quarters(b))
        {
            // the numbers m pi/2 with a < m <= b: m = 2j is an extreme of the cosine, m = 2j + 1 of the sine
            let before = if wave == Wave::Sine { 1 } else { 0 };
            let first = a.saturating_sub(before).div_euclid(2).saturating_add(1);
            return Extremes::between(first, b.saturating_sub(before).div_euclid(2));
        }
        let wide = precision.widened(32);
        let Some(turns) = self.div(&Interval::pi(&wide), &wide) else {
            return Extremes::Several;
        };
        let turns = match wave {
            Wave::Sine => turns.sub(&Interval::one().scaled(-1), &wide),
            Wave::Cosine => turns,
        };
        let first = match turns.lower() {
            End::Infinite => None,
            End::Finite { value, closed: true } => value.ceil().to_integer(),
            End::Finite { value, closed: false } => value.floor().to_integer().map(|below| below + 1_u32),
        };
        let last = match turns.upper() {
            End::Infinite => None,
            End::Finite { value, closed: true } => value.floor().to_integer(),
            End::Finite { value, closed: false } => value.ceil().to_integer().map(|above| above - 1_u32),
        };
        match (first, last) {
            (Some(first), Some(last)) => Extremes::between(first, last),
            _ => Extremes::Several,
        }
    }

    /// Encloses `{arctan(x)}`: increasing, with limits `-pi/2` and `pi/2`; `arctan(0) = 0` exactly.
    ///
    /// `arctan x = pi/2 - arctan(1/x)` for `x > 1`; `arctan x = 2 arctan(x/(1 + sqrt(1+x^2)))` three times unless
    /// `x < 1/8`; then `arctan(z)/z = sum (-1)^k z^(2k)/(2k+1)`, `z^2 < 1/64`, with remainder at most twice the first
    /// power left out.
    pub fn atan(&self, precision: &Precision) -> Interval {
        let above = if *self.lower() == End::Infinite || *self.upper() == End::Infinite {
            Interval::pi(precision).scaled(-1).upper().clone().attained(false)
        } else {
            // not used: both ends are finite
            End::Infinite
        };
        self.increasing(above.neg(), above, |value| atan_at(value, precision))
    }
}

/// The wave at one point, within `[-1, 1]`.
fn wave_at(wave: Wave, x: &Dyadic, precision: &Precision) -> Interval {
    if x.is_zero() {
        return match wave {
            Wave::Sine => Interval::zero(),
            Wave::Cosine => Interval::one(),
        };
    }
    wave_reduced(wave, x, precision).map_or_else(unit_range, |enclosure| enclosure.within(&unit_range()))
}

/// `sin(n pi/2 + r)` is `sin r`, `cos r`, `-sin r`, `-cos r` for `n = 0, 1, 2, 3` modulo 4; the cosine counts from `n + 1`.
/// `None` if the argument is too large for the digits of `pi`.
fn wave_reduced(wave: Wave, x: &Dyadic, precision: &Precision) -> Option<Interval> {
    let quarters = if wave == Wave::Sine { 0 } else { 1 };
    let quick = x.short().and_then(|x| words::sine(x, quarters));
    let quick = quick.and_then(|(negative, near)| near.to_interval(negative, precision.bits()));
    if quick.is_some() {
        return quick;
    }
    let wide = precision.widened(16);
    let room = precision.scale().checked_sub(precision.bits().saturating_add(REDUCTION_SLACK))?;
    if x.magnitude() > i64::from(room) {
        return None;
    }
    let argument = Fixed::from_dyadic(x, precision.scale())?;
    let quarter = precision.pi().halved(1);
    // The nearest multiple of `pi/2`; any other would do as well, as `r` is enclosed and its size checked.
    let turns = ((&argument.lower << 1_u32) + &quarter.lower).div_floor(&(&quarter.lower << 1_u32));
    let rest = if turns.is_zero() {
        Interval::point(x.clone())
    } else {
        argument.sub(&quarter.times(&turns)).to_interval(0, wide.bits())
    };
    if !rest.is_subset_of(&unit_range()) {
        return None;
    }
    let square = Fixed::from_interval(&rest.square(&wide), wide.bits())?;
    let phase = match wave {
        Wave::Sine => turns,
        Wave::Cosine => turns + 1_u32,
    };
    let size = if phase.is_even() {
        rest.mul(&SIN.sum(&square)?.to_interval(0, wide.bits()), precision)
    } else {
        COS.sum(&square)?.to_interval(0, precision.bits())
    };
    let opposite = phase.mod_floor(&Integer::from(4_u32)) >= Integer::from(2_u32);
    Some(if opposite { size.neg() } else { size })
}

fn atan_at(x: &Dyadic, precision: &Precision) -> Interval {
    if x.is_zero() {
        return Interval::zero();
    }
    if x.is_negative() {
        return atan_at(&x.neg(), precision).neg();
    }
    if let Some(quick) = x.short().and_then(words::arctan).and_then(|near| near.to_interval(false, precision.bits())) {
        return quick;
    }
    let half_pi = Interval::pi(precision).scaled(-1);
    let known = Interval::enclosing(End::open(Dyadic::zero()), half_pi.upper().clone());
    atan_reduced(x, precision).map_or(known.clone(), |enclosure| enclosure.within(&known))
}

/// `arctan x` for `x > 0`.
fn atan_reduced(x: &Dyadic, precision: &Precision) -> Option<Interval> {
    let wide = precision.widened(24);
    let one = Interval::one();
    let mut z = Interval::point(x.clone());
    let inverted = *x > Dyadic::one();
    if inverted {
        z = z.recip(&wide)?;
    }
    let halvings: i64 = if z.certainly_less(&one.scaled(-3)) { 0 } else { 3 };
    for _ in 0..halvings {
        let root = one.add(&z.square(&wide), &wide).sqrt(&wide)?;
        z = z.div(&one.add(&root, &wide), &wide)?;
    }
    let series = ARCTAN.sum(&Fixed::from_interval(&z.square(&wide), wide.bits())?)?;
    let angle = z.mul(&series.to_interval(0, wide.bits()), &wide).scaled(halvings);
    if inverted { Some(Interval::pi(&wide).scaled(-1).sub(&angle, precision)) } else { Some(angle.rounded(precision)) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use num_traits::One;
    use proptest::prelude::*;

    use super::super::Rational;
    use super::super::notation::{agree, check_enclosure, interval, is_tight, numbers};
    use super::*;

    fn point(x: &Dyadic) -> Interval {
        Interval::point(x.clone())
    }

    #[test]
    fn exact_values_and_whole_ranges() {
        let p = &Precision::new(64);
        for (x, sin, cos) in [
            ("0", Some("0"), Some("1")),
            ("(-inf, inf)", Some("[-1, 1]"), Some("[-1, 1]")),
            ("[5, inf)", Some("[-1, 1]"), Some("[-1, 1]")),
            ("[0, 7]", Some("[-1, 1]"), Some("[-1, 1]")),
            ("(-10, 100)", Some("[-1, 1]"), Some("[-1, 1]")),
        ] {
            let x = interval(x);
            assert_eq!(Some(x.sin(p)), sin.map(interval), "{x}");
            assert_eq!(Some(x.cos(p)), cos.map(interval), "{x}");
        }
        assert_eq!(interval("0").atan(p), interval("0"));
    }

    #[test]
    fn extremes_inside_and_signs_at_open_ends() {
        let p = &Precision::new(64);
        let sin = interval("(0, 3)").sin(p);
        assert!(sin.certainly_positive() && sin.upper() == &End::closed(Dyadic::one()), "{sin}");
        let sin = interval("[0, 4]").sin(p);
        assert!(!sin.certainly_nonnegative() && sin.upper() == &End::closed(Dyadic::one()), "{sin}");
        let sin = interval("[4, 5]").sin(p);
        assert!(sin.certainly_negative() && sin.lower() == &End::closed(Dyadic::one().neg()), "{sin}");
        let sin = interval("(0, 1)").sin(p);
        assert!(sin.certainly_positive() && sin.certainly_less(&Interval::one()), "{sin}");
        let cos = interval("(0, 1)").cos(p);
        assert!(cos.upper() == &End::open(Dyadic::one()) && cos.certainly_positive(), "{cos}");
        let cos = interval("[-1, 1]").cos(p);
        assert!(cos.upper() == &End::closed(Dyadic::one()) && cos.certainly_positive(), "{cos}");
        let cos = interval("[3, 4]").cos(p);
        assert!(cos.lower() == &End::closed(Dyadic::one().neg()) && cos.certainly_negative(), "{cos}");
        let cos = interval("[0, 1]").cos(p);
        assert!(cos.upper() == &End::closed(Dyadic::one()), "{cos}");
        assert!(interval("[1, 3/2]").cos(p).certainly_positive());
        let atan = interval("(-inf, inf)").atan(p);
        assert!(atan.upper_value().unwrap() == Interval::pi(p).scaled(-1).upper_value().unwrap(), "{atan}");
        assert!(interval("(0, inf)").atan(p).certainly_positive());
    }

    #[test]
    fn large_arguments() {
        let p = &Precision::new(64);
        for magnitude in [10, 100, 250] {
            let x = Dyadic::power_of_two(magnitude);
            assert!(is_tight(&point(&x).sin(p), 50), "{magnitude}");
            let sum = point(&x).sin(p).square(p).add(&point(&x).cos(p).square(p), p);
            assert!(sum.contains_dyadic(&Dyadic::one()));
        }
        for magnitude in [1000, 1 << 50] {
            let x = point(&Dyadic::power_of_two(magnitude));
            assert_eq!((x.sin(p), x.cos(p)), (unit_range(), unit_range()));
            assert!(agree(&x.atan(p), &Interval::pi(p).scaled(-1)));
        }
        let tiny = point(&Dyadic::power_of_two(-(1 << 50)));
        assert!(tiny.sin(p).certainly_positive() && is_tight(&tiny.sin(p), 61));
        assert!(tiny.atan(p).certainly_positive() && is_tight(&tiny.atan(p), 61));
        assert!(is_tight(&tiny.cos(p), 61));
    }

    proptest! {
        #[test]
        fn functions_enclose(a in numbers(30, -45..-26), b in numbers(30, -45..-26)) {
            check_enclosure(|x, p| x.sin(p), &a, &b)?;
            check_enclosure(|x, p| x.cos(p), &a, &b)?;
            check_enclosure(|x, p| x.atan(p), &a, &b)?;
        }

        #[test]
        fn short_intervals_far_out(n in 0_i64..4000, length in 1_i64..40) {
            // Ends at multiples of 1/8 around all extremes up to 500.
            let a = Dyadic::new(n.into(), -3).unwrap();
            let b = Dyadic::new((n + length).into(), -3).unwrap();
            check_enclosure(|x, p| x.sin(p), &a, &b)?;
            check_enclosure(|x, p| x.cos(p), &a, &b)?;
        }

        #[test]
        fn laws_of_sine_and_cosine(x in numbers(30, -30..40), y in numbers(30, -30..40)) {
            let p = &Precision::new(80);
            let (u, v) = (point(&x), point(&y));
            let sum = point(&x.add(&y).unwrap());
            prop_assert!(u.sin(p).square(p).add(&u.cos(p).square(p), p).contains_dyadic(&Dyadic::one()));
            let expanded = u.sin(p).mul(&v.cos(p), p).add(&u.cos(p).mul(&v.sin(p), p), p);
            prop_assert!(agree(&sum.sin(p), &expanded));
            let expanded = u.cos(p).mul(&v.cos(p), p).sub(&u.sin(p).mul(&v.sin(p), p), p);
            prop_assert!(agree(&sum.cos(p), &expanded));
        }

        #[test]
        fn tangent_undoes_arctangent(x in numbers(30, -60..60)) {
            let p = &Precision::new(100);
            let angle = point(&x).atan(p);
            let tangent = angle.sin(p).div(&angle.cos(p), p);
            prop_assert!(tangent.is_none_or(|tangent| tangent.contains_dyadic(&x)));
        }
    }
    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn sine_agrees_with_its_bare_series(x in numbers(20, -25..-18)) {
            // |x| <= 4, no reduction: the terms from 4^90/90! < 2^-250 on are left out.
            let p = &Precision::new(120);
            let t = x.to_rational().unwrap();
            let (mut sine, mut cosine, mut term) = (Rational::from_integer(0.into()), Rational::from_integer(0.into()), Rational::one());
            for k in 0..90_i64 {
                let signed = if k % 4 < 2 { term.clone() } else { -term.clone() };
                if k % 2 == 0 { cosine += signed } else { sine += signed }
                term = term * &t / Rational::from_integer((k + 1).into());
            }
            prop_assert!(point(&x).sin(p).contains(&sine));
            prop_assert!(point(&x).cos(p).contains(&cosine));
        }

        #[test]
        fn arctangent_agrees_with_its_bare_series(m in -512_i64..512) {
            let p = &Precision::new(100);
            let t = Rational::new(m.into(), 1024.into());
            let (mut sum, mut power) = (Rational::from_integer(0.into()), t.clone());
            for k in 0..70_i64 {
                sum += &power / Rational::from_integer((2 * k + 1).into());
                power = -(power * &t * &t);
            }
            let image = Interval::from_rational(&t, p).atan(p);
            prop_assert!(image.contains(&sum) && is_tight(&image, 96));
        }
    }
}
