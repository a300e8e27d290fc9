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
            (Some(first), Some(last)) => match first.cmp(&last) {
                Ordering::Greater => Extremes::None,
                Ordering::Equal if first.is_even() => Extremes::OneMaximum,
                Ordering::Equal => Extremes::OneMinimum,
                Ordering::Less => Extremes::Several,
            },
            _ => Extremes::Several,
        }
    }

    /// Encloses `{arctan(x)}`: increasing, with limits `-pi/2` and `pi/2`; `arctan(0) = 0` exactly.
    ///
    /// `arctan x = pi/2 - arctan(1/x)` for `x > 1`; `arctan x = 2 arctan(x/(1 + sqrt(1+x^2)))` three times unless
    /// `x < 1/8`; then `arctan(z)/z = sum (-1)^k z^(2k)/(2k+1)`, `z^2 < 1/64`, with remainder at most twice the first
    /// power left out.
    pub fn atan(&self, precision: &Precision) -> Interval {
        let half_pi = Interval::pi(precision).scaled(-1);
        let above = half_pi.upper().clone().attained(false);
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
    if inverted {
        Some(Interval::pi(&wide).scaled(-1).sub(&angle, precision))
    } else {
        Some(angle.rounded(precision))
    }
}
