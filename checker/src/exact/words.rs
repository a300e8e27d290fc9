//! Elementary functions at up to 80 bits, in fixed point on machine words.
//!
//! Owns: exp, log, arctan, sin and cos of numbers of moderate size, with errors that are stated and then added. Where an
//! argument or the precision does not fit, the answer is `None` and the caller goes on with long integers.
//! Must not know: intervals other than the one around a result.
//! Reference: Brent & Zimmermann, *Modern Computer Arithmetic*, sections 4.3 and 4.4; DLMF chapter 4.
//!
//! A *fraction* is a number in `[0, 1)`, as a number of units of `2^-128`; errors are counted in units. A product of
//! fractions is rounded down, with an error below 1, and so is each coefficient of a series. In Horner's scheme
//! `h_n = c_n ± t h_(n+1)` with `0 <= t <= 5/8`, `0 <= h <= 1` and an error `u` of `t`, an error `e` of `h_(n+1)` gives
//! one below `2 + u + 5/8 e`; so the errors of all are below `6 + 3u`.

use super::dyadic::Dyadic;
use super::interval::{End, Interval};
use super::rounding::Direction;
use super::short::{Short, high_product, rounded};

/// `ln 2`, `pi/4` and the arctangents of 1/4, 1/2, 3/4 as fractions, rounded down.
const LN_2: u128 = 0xb172_17f7_d1cf_79ab_c9e3_b398_03f2_f6af;
const QUARTER_PI: u128 = 0xc90f_daa2_2168_c234_c4c6_628b_80dc_1cd1;
const ARCTANGENTS: [u128; 5] = [
    0,
    0x3eb6_ebf2_5901_bac5_5b71_e7bd_7de8_85f9,
    0x76b1_9c15_86ed_3da2_b7f2_22f6_5e1d_4681,
    0xa4bc_7d19_34f7_0924_19a8_7f2a_457d_ac9e,
    QUARTER_PI,
];

/// The most mantissa bits for which these functions serve.
pub(super) const MOST_BITS: u32 = 80;

/// Digits after the point of the arguments of exp, sin and cos, which are below `2^14` in size.
const SCALE: u32 = 112;
const LARGEST: i64 = 14;

/// `1/(2k+1)` as a fraction, rounded down, for `k >= 1`.
const fn odd(k: u128) -> u128 {
    u128::MAX / (2 * k + 1)
}

/// `1/n!` as a fraction, rounded down, for `n >= 2`; 1/2 is one unit less.
const fn factorial(n: u128) -> u128 {
    let (mut product, mut factor) = (1, 2);
    while factor <= n {
        product *= factor;
        factor += 1;
    }
    u128::MAX / product
}

/// `1/3, 1/5, …, 1/45`
const ODD: [u128; 22] = [
    odd(1),
    odd(2),
    odd(3),
    odd(4),
    odd(5),
    odd(6),
    odd(7),
    odd(8),
    odd(9),
    odd(10),
    odd(11),
    odd(12),
    odd(13),
    odd(14),
    odd(15),
    odd(16),
    odd(17),
    odd(18),
    odd(19),
    odd(20),
    odd(21),
    odd(22),
];
/// `1/2!, 1/3!, …, 1/12!`
const EXP: [u128; 11] = [
    factorial(2),
    factorial(3),
    factorial(4),
    factorial(5),
    factorial(6),
    factorial(7),
    factorial(8),
    factorial(9),
    factorial(10),
    factorial(11),
    factorial(12),
];
/// `1/3!, 1/5!, …, 1/31!`
const SIN: [u128; 15] = [
    factorial(3),
    factorial(5),
    factorial(7),
    factorial(9),
    factorial(11),
    factorial(13),
    factorial(15),
    factorial(17),
    factorial(19),
    factorial(21),
    factorial(23),
    factorial(25),
    factorial(27),
    factorial(29),
    factorial(31),
];
/// `1/2!, 1/4!, …, 1/30!`
const COS: [u128; 15] = [
    factorial(2),
    factorial(4),
    factorial(6),
    factorial(8),
    factorial(10),
    factorial(12),
    factorial(14),
    factorial(16),
    factorial(18),
    factorial(20),
    factorial(22),
    factorial(24),
    factorial(26),
    factorial(28),
    factorial(30),
];

/// `t (c_1 + t (c_2 + …))`
fn sum(coefficients: &[u128], t: u128) -> Option<u128> {
    coefficients.iter().rev().try_fold(0, |rest: u128, c| Some(high_product(t, c.checked_add(rest)?)))
}

/// `t (c_1 - t (c_2 - …))` for decreasing coefficients.
fn alternating(coefficients: &[u128], t: u128) -> Option<u128> {
    coefficients.iter().rev().try_fold(0, |rest: u128, c| Some(high_product(t, c.checked_sub(rest)?)))
}

/// The fraction `n/d` for `0 <= n < d`, rounded down to 112 bits: an error below `2^16`. Long division by as many bits as
/// there is room for.
fn fraction(n: u128, d: u128) -> Option<u128> {
    let (mut quotient, mut rest, mut left) = (0_u128, n, SCALE);
    if n >= d || d.leading_zeros() == 0 {
        return None;
    }
    while left > 0 {
        let step = left.min(d.leading_zeros());
        let numerator = rest.checked_shl(step)?;
        let digits = numerator.checked_div(d)?;
        rest = numerator.checked_sub(digits.checked_mul(d)?)?;
        quotient = quotient.checked_shl(step)?.checked_add(digits)?;
        left = left.checked_sub(step)?;
    }
    quotient.checked_shl(u128::BITS.checked_sub(SCALE)?)
}

/// A positive number within `error * 2^exponent` of `magnitude * 2^exponent`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Near {
    magnitude: u128,
    error: u128,
    exponent: i64,
}

impl Near {
    /// The enclosure, its ends rounded outward to `bits`; `None` if the error is not far below the last bit.
    pub(super) fn to_interval(self, negative: bool, bits: u32) -> Option<Interval> {
        if bits > MOST_BITS || self.error > self.magnitude.checked_shr(bits.checked_add(4)?).unwrap_or(0) {
            return None;
        }
        let least = self.magnitude.checked_sub(self.error)?;
        let most = self.magnitude.checked_add(self.error)?;
        let (low, high) = if negative { (most, least) } else { (least, most) };
        let lower = rounded(negative, low, self.exponent, bits, Direction::Down);
        let upper = rounded(negative, high, self.exponent, bits, Direction::Up);
        Interval::new(End::lower(lower, true), End::upper(upper, true))
    }
}

/// `floor(x * 2^112)`
fn scaled(x: Short) -> Option<i128> {
    let length = u64::BITS.saturating_sub(x.magnitude.leading_zeros());
    if x.exponent.checked_add(i64::from(length))? > LARGEST {
        return None;
    }
    let shift = x.exponent.checked_add(i64::from(SCALE))?;
    let size = u128::from(x.magnitude);
    let by = u32::try_from(shift.unsigned_abs()).unwrap_or(u32::MAX);
    if shift >= 0 {
        let size = i128::try_from(size.checked_shl(by)?).ok()?;
        return Some(if x.negative { size.checked_neg()? } else { size });
    }
    let whole = size.checked_shr(by).unwrap_or(0);
    let exact = by < u128::BITS && whole.checked_shl(by)? == size;
    let whole = i128::try_from(whole).ok()?;
    Some(match (x.negative, exact) {
        (false, _) => whole,
        (true, true) => whole.checked_neg()?,
        (true, false) => whole.checked_neg()?.checked_sub(1)?,
    })
}

/// A fraction rounded down to 112 digits: `floor(c * 2^112)`.
fn shortened(c: u128) -> Option<i128> {
    i128::try_from(c >> (u128::BITS - SCALE)).ok()
}

/// `floor(2^112 pi/2)`
fn half_pi() -> Option<i128> {
    i128::try_from(QUARTER_PI >> (u128::BITS - 1 - SCALE)).ok()
}

/// `exp(x)`, with a relative error below `2^-91`.
///
/// `X = floor(2^112 x) = k L + r`, `0 <= r < L = floor(2^112 ln 2)`: `x - k ln 2` is within `1 + |k| <= 2^15` of `r`, in
/// `2^-112`. With `s = r 2^-119 < 2^-7` as a fraction, an error below `2^24`: `y = exp(s) - 1 = s + s sum s^n/(n+1)!` to
/// `n = 11`, remainder at most `2 s^13/13! < 2^-122`, that is `2^6`. Seven times `y <- 2y + y^2`, the last time to
/// `exp(r) - 1 < 1`: an error of `y` counts `128 (1+y)^127 < 2^8` times at the end, each of the roundings less; all are
/// below `2^34`.
pub(super) fn exp(x: Short) -> Option<Near> {
    let (argument, ln_2) = (scaled(x)?, shortened(LN_2)?);
    let (k, rest) = (argument.div_euclid(ln_2), argument.rem_euclid(ln_2));
    let small = u128::try_from(rest).ok()?.checked_shl(9)?;
    let mut power = small.checked_add(high_product(small, sum(&EXP, small)?))?;
    for _ in 0..7 {
        power = power.checked_mul(2)?.checked_add(high_product(power, power))?;
    }
    let exponent = i64::try_from(k).ok()?.checked_sub(127)?;
    Some(Near { magnitude: (power >> 1).checked_add(1 << 127)?, error: 1 << 35, exponent })
}

/// `log(x)` for `x > 0`, with its sign (is it negative?).
///
/// `x = 2^k M/Q`, `3/4 <= M/Q < 3/2`: `log x = k ln 2 + 2 artanh z`, `z = (M-Q)/(M+Q)`, `|z| <= 1/5`, with an error below
/// `2^16`, which counts less than 1.05 times; `artanh z = z + z sum t^j/(2j+1)`, `t = z^2 <= 1/25`, to `j = 22`, remainder
/// below `2^-114`, that is `2^14`. So `artanh z` is within `2^17`. For `k != 0` in `2^-112`: `|k| <= 2^14` from `ln 2`, and 6.
pub(super) fn log(x: Short) -> Option<(bool, Near)> {
    let zeros = x.magnitude.leading_zeros();
    let mantissa = u128::from(x.magnitude.checked_shl(zeros)?);
    let top = x.exponent.checked_sub(i64::from(zeros))?.checked_add(i64::from(u64::BITS))?;
    let (unit, k) = if mantissa < 3 << 62 { (1 << 63, top.checked_sub(1)?) } else { (1 << 64, top) };
    let below = mantissa < unit;
    let z = fraction(mantissa.abs_diff(unit), mantissa.checked_add(unit)?)?;
    let artanh = z.checked_add(high_product(z, sum(&ODD, high_product(z, z))?))?;
    if k == 0 {
        return Some((below, Near { magnitude: artanh, error: 1 << 17, exponent: -127 }));
    }
    if k.unsigned_abs() > 1 << LARGEST {
        return None;
    }
    let twice = shortened(artanh)?.checked_mul(2)?;
    let multiple = shortened(LN_2)?.checked_mul(i128::from(k))?;
    let value = if below { multiple.checked_sub(twice)? } else { multiple.checked_add(twice)? };
    Some((value < 0, Near { magnitude: value.unsigned_abs(), error: 1 << 15, exponent: -i64::from(SCALE) }))
}

/// `arctan(x)` for `x > 0`.
///
/// `arctan x = pi/2 - arctan(1/x)` for `x >= 1`. For `p/q <= 1`: `arctan(p/q) = arctan(k/4) + arctan z`,
/// `z = (4p - kq)/(4q + kp)`, with `k` such that `|p/q - k/4| <= 1/8`; so `|z| <= 1/8`, with an error below `2^16`. `arctan z =
/// z - z (t/3 - t^2/5 + …)`, `t = z^2 <= 1/64`, to `t^22/45`, remainder below `2^-140`. All errors together, doubled for
/// `pi/2` in `2^-127`, are below `2^18`.
pub(super) fn arctan(x: Short) -> Option<Near> {
    let zeros = x.magnitude.leading_zeros();
    let mantissa = u128::from(x.magnitude.checked_shl(zeros)?);
    let exponent = x.exponent.checked_sub(i64::from(zeros))?;
    let power = 1_u128.checked_shl(u32::try_from(exponent.checked_neg()?).ok()?)?;
    let inverted = power <= mantissa;
    let (p, q) = if inverted { (power, mantissa) } else { (mantissa, power) };
    // p < 2^64, q < 2^91
    if q.leading_zeros() < 37 {
        return None;
    }
    let nearest = |at: &u128| at.wrapping_mul(q) <= p.wrapping_mul(8);
    let k = [1_u128, 3, 5, 7].iter().filter(|at| nearest(at)).count();
    let (start, k) = (*ARCTANGENTS.get(k)?, u128::try_from(k).ok()?);
    let (left, right) = (p.checked_mul(4)?, k.checked_mul(q)?);
    let z = fraction(left.abs_diff(right), q.checked_mul(4)?.checked_add(k.checked_mul(p)?)?)?;
    let part = z.checked_sub(high_product(z, alternating(&ODD, high_product(z, z))?))?;
    let angle = if left >= right { start.checked_add(part)? } else { start.checked_sub(part)? };
    Some(if inverted {
        Near { magnitude: QUARTER_PI.checked_sub(angle >> 1)?, error: 1 << 18, exponent: -127 }
    } else {
        Near { magnitude: angle, error: 1 << 18, exponent: -128 }
    })
}

/// `sin(x + quarters pi/2)`, with its sign (is it negative?).
///
/// `X = floor(2^112 x) = n H + r`, `H = floor(2^112 pi/2)`, `|r| <= H/2`: `x - n pi/2` is within `1 + |n|` of `r`, in
/// `2^-112`. With `R = |r|` as a fraction, an error `u <= 2^16 (1 + |n|)`, and `t = R^2 <= 0.617`: `sin R = R - R (t/3! - …)` to
/// `31!`, `cos R = 1 - (t/2! - …)` to `30!`, remainders below `2^-110 * 2^-10`, that is `2^8`. As slopes are at most 1, the
/// error is below `u`, and `2^8` for the remainder, and `2^5` for the roundings.
pub(super) fn sine(x: Short, quarters: u8) -> Option<(bool, Near)> {
    let (argument, half_pi) = (scaled(x)?, half_pi()?);
    let turns = argument.checked_mul(2)?.checked_add(half_pi)?.div_euclid(half_pi.checked_mul(2)?);
    let rest = argument.checked_sub(turns.checked_mul(half_pi)?)?;
    let size = rest.unsigned_abs().checked_mul(1 << (u128::BITS - SCALE))?;
    let error = turns.unsigned_abs().checked_add(2)?.checked_mul(1 << (u128::BITS - SCALE))?;
    let square = high_product(size, size);
    let phase = turns.checked_add(i128::from(quarters))?.rem_euclid(4);
    let (below, near) = if phase % 2 == 0 {
        let sine = size.checked_sub(high_product(size, alternating(&SIN, square)?))?;
        (rest < 0, Near { magnitude: sine, error, exponent: -128 })
    } else {
        let less = alternating(&COS, square)?;
        (false, Near { magnitude: (1_u128 << 127).checked_sub(less >> 1)?, error, exponent: -127 })
    };
    Some((below != (phase >= 2), near))
}

/// The integer part of `x / (pi/2)`, where it is certain: `X = floor(2^112 x)` is within `1 + |n|` of `n pi/2 + r`, so
/// `r` is required to be at least `2^16` from both ends of a quarter.
pub(super) fn quarters(x: &Dyadic) -> Option<i128> {
    let (argument, half_pi) = (scaled(x.short()?)?, half_pi()?);
    let (whole, rest) = (argument.div_euclid(half_pi), argument.rem_euclid(half_pi));
    let inside = rest >= 1 << 16 && rest < half_pi.checked_sub(1 << 16)?;
    inside.then_some(whole)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Integer, Precision};
    use super::*;

    fn dyadic(x: Short) -> Dyadic {
        let size = Integer::from(x.magnitude);
        Dyadic::new(if x.negative { -size } else { size }, x.exponent).unwrap()
    }

    fn short(x: &Dyadic) -> Short {
        x.short().unwrap()
    }

    /// Both ends of what is claimed, without rounding.
    fn claimed(negative: bool, near: Near) -> Interval {
        let (magnitude, error) = (Integer::from(near.magnitude), Integer::from(near.error));
        let end = |size: Integer| Dyadic::new(size, near.exponent).unwrap();
        let between = Interval::between(end(&magnitude - &error), end(magnitude + error)).unwrap();
        if negative { between.neg() } else { between }
    }

    /// The claims at a number hold, by the long integers at 300 bits.
    fn check(x: Short) {
        let exact = Interval::point(dyadic(x));
        let long = &Precision::new(300);
        let holds = |what: &str, truth: Interval, (negative, near): (bool, Near)| {
            let claim = claimed(negative, near);
            assert!(truth.is_subset_of(&claim), "{what}({exact}): {truth} in {claim}");
            for bits in [8, 64, 80] {
                if let Some(found) = near.to_interval(negative, bits) {
                    assert!(truth.is_subset_of(&found), "{what}({exact}): {truth} in {found}");
                }
            }
        };
        if let Some(near) = exp(x) {
            holds("exp", exact.exp(long), (false, near));
        }
        if !x.negative {
            if let Some(found) = log(x) {
                holds("log", exact.log(long).unwrap(), found);
            }
            if let Some(near) = arctan(x) {
                holds("atan", exact.atan(long), (false, near));
            }
        }
        if let Some(found) = sine(x, 0) {
            holds("sin", exact.sin(long), found);
        }
        if let Some(found) = sine(x, 1) {
            holds("cos", exact.cos(long), found);
        }
        if let Some(whole) = quarters(&dyadic(x)) {
            let quarter = Interval::pi(long).scaled(-1);
            let at = |n: i128| quarter.mul(&Interval::integer(i64::try_from(n).unwrap()), long);
            assert!(at(whole).certainly_less(&exact) && exact.certainly_less(&at(whole + 1)), "{exact}");
        }
    }

    #[test]
    fn constants_are_rounded_down() {
        let p = &Precision::new(300);
        let check = |constant: u128, truth: Interval| {
            let at = |size: Integer| Interval::point(Dyadic::new(size, -128).unwrap());
            let next = at(Integer::from(constant) + 1);
            assert!(at(constant.into()).certainly_less(&truth) && truth.certainly_less(&next), "{constant:x}");
        };
        check(LN_2, Interval::ln2(p));
        check(QUARTER_PI, Interval::pi(p).scaled(-2));
        for (k, constant) in ARCTANGENTS.iter().enumerate().skip(1) {
            check(*constant, Interval::integer(i64::try_from(k).unwrap()).scaled(-2).atan(p));
        }
        assert_eq!(ARCTANGENTS[0], 0);
        for (k, coefficient) in (1_u128..).zip(ODD) {
            assert_eq!(coefficient, u128::MAX / (2 * k + 1));
        }
        let reciprocal = |n: u128| u128::MAX / (2..=n).product::<u128>();
        assert!((2..).zip(EXP).all(|(n, c)| c == reciprocal(n)));
        assert!((1..).zip(SIN).all(|(k, c)| c == reciprocal(2 * k + 1)));
        assert!((1..).zip(COS).all(|(k, c)| c == reciprocal(2 * k)));
    }

    #[test]
    fn numbers_at_which_a_case_begins() {
        let p = &Precision::new(64);
        let mut numbers = Vec::new();
        for n in 0..40_i64 {
            let n = Interval::integer(n);
            // multiples of pi/2 and pi/4, of ln 2, the eighths and their inverses, three quarters of powers of two
            numbers.extend([
                n.mul(&Interval::pi(p), p).scaled(-2),
                n.mul(&Interval::ln2(p), p),
                n.scaled(-3),
                n.scaled(6),
                n.scaled(-26),
                Interval::integer(3).scaled(-20).mul(&n, p),
            ]);
            if n.certainly_positive() {
                numbers.push(Interval::integer(8).div(&n, p).unwrap());
            }
        }
        for x in numbers {
            for value in [x.lower_value().unwrap(), x.upper_value().unwrap()] {
                for unit in [-63_i64, -40, -20] {
                    for steps in -2..=2 {
                        let step = Dyadic::new(steps.into(), unit + value.magnitude().max(-30)).unwrap();
                        let y = value.add(&step).unwrap().round_down(64).value;
                        if !y.is_zero() {
                            check(short(&y));
                            check(short(&y.neg()));
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn every_power_of_two_and_its_neighbours() {
        for exponent in -200..80 {
            for magnitude in [1, 3, u64::MAX, 1 << 63, (1 << 63) + 1] {
                for negative in [false, true] {
                    check(Short { negative, magnitude, exponent });
                }
            }
        }
    }

    #[test]
    fn results_are_tight_where_they_are_given() {
        let at = |magnitude, exponent| Short { negative: false, magnitude, exponent };
        for x in [at(5, -2), at(3, -1), at(11, 0), at(1, 6), at(3, -8), at(u64::MAX, -70)] {
            for (negative, near) in [(false, exp(x).unwrap()), log(x).unwrap(), (false, arctan(x).unwrap())] {
                assert!(near.to_interval(negative, 80).is_some(), "{x:?}");
                assert!(near.to_interval(negative, 81).is_none(), "{x:?}");
            }
            assert!(sine(x, 0).unwrap().1.to_interval(false, 72).is_some(), "{x:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn claims_hold(negative: bool, bits in 1_u64.., shift in 0_u32..64, exponent in -130_i64..20) {
            let magnitude = (bits >> shift).max(1);
            check(Short { negative, magnitude, exponent });
            // of moderate size
            let length = i64::from(64 - magnitude.leading_zeros());
            check(Short { negative, magnitude, exponent: exponent.rem_euclid(40) - 30 - length });
        }
    }
}
