//! `exp` and `log` with error bounds that are proved here, in operations that vectorise.
//!
//! Owns: one lane of both. Must not know: intervals of arguments. Reference: the argument reductions are those of
//! fdlibm (Sun Microsystems 1993); the bounds are derived below. u = 2^-53.
//!
//! # exp
//!
//! For |x| <= 709, k = rint(x/ln 2) up to what one rounding moves, r = x - k ln 2 with |r| <= 0.34658, exp x = 2^k exp r.
//!
//! 1. `k LN2_HIGH` is exact, since LN2_HIGH has 21 trailing zeros and |k| <= 1024. It is a multiple of 2^-32, and for
//!    k != 0 x is one of 2^-54; so is the difference, which is less than 0.35 in size and hence a double. With LN2_LOW
//!    correct to 2^-86 absolutely, the r that is used is off by at most 0.501 u (`proofs/exp_reduction.g`).
//! 2. q = 1/2 + r/6 + … + r^11/13!. What is cut off of exp r is at most |r|^14/14! * 1.03 <= 5e-18 < 0.05 u.
//! 3. `1 + (r q r + r)` as it is computed, with r off as in step 1, is off by at most 2.16 u of the polynomial
//!    (`proofs/exp_polynomial.g`): relatively to exp r >= 0.707, with step 2, at most 2.24 u. Scaling by 2^k is exact.
//!
//! So |computed - exp x| <= 2.3 u exp x ([`EXP_ERROR`]; terms in u^2 included), exp x is off the computed value by at most
//! 2.31 u of it, and widening that by 3.4 u of itself to both sides, the ends rounded by at most u, encloses exp x.
//!
//! # log
//!
//! For normal x > 0, x = 2^k m with m in [0.7071, 1.4143), f = m - 1 exactly, s = f/(2 + f), z = s^2, and
//! log m = f - (h - s (h + R)), h = f^2/2, R = 2 z (1/3 + z/5 + …) so that log m = 2 s + s R.
//!
//! 1. |s| <= 0.17158 and z <= 0.02945. R = z P(z) with a polynomial P that is off by at most 2.9 u (`proofs/cut.sollya`):
//!    s R is off by at most 0.015 u, and since |s| <= 0.59 |f| by at most 0.06 u |f|.
//! 2. k = 0: s is off by at most 2.01 u of itself, h by u, R by 7.36 u (`proofs/log_terms.g`), hence h + R by 4.7 u and
//!    s (h + R) by 7.7 u (there too). What is subtracted from f is then off by at most 0.53 u |f| (`proofs/log_near_one.g`, for 8 u).
//!    Since |log m| >= 0.836 |f|, and the last subtraction rounds by u: at most 0.59/0.836 u + u <= 1.8 u relatively.
//! 3. k != 0: without its last rounding the result is off by at most 0.48 u absolutely (`proofs/log_sum.g`), to which step
//!    1 adds 0.015 u and LN2_LOW less than 1e-6 u. So it is off by 0.5 u and then by u of itself; it is at least
//!    ln 2 - 0.3466 = 0.3465 in size: at most 2.45 u relatively.
//!
//! So |computed - log x| <= 2.5 u |log x| ([`LOG_ERROR`]), and for |log x| >= 0.35, where k != 0, at most 0.5 u + u |log x|
//! ([`log_error`]). Widening by 3.6 u of the computed value encloses log x. For x = 1 both are 0.
//!
//! The scripts in `kernels/proofs/` are for Gappa 1.4, which proves them; `kernels/proofs/check.sh` runs them, and
//! `tests/kernels.rs` compares their constants with the ones here.

/// ln 2 with 21 trailing zeros.
const LN2_HIGH: f64 = f64::from_bits(0x3fe6_2e42_fee0_0000);
/// The rest, to 2^-86.
const LN2_LOW: f64 = f64::from_bits(0x3dea_39ef_3579_3c76);
/// Both parts.
pub const LN2: [f64; 2] = [LN2_HIGH, LN2_LOW];
/// `1/13!` to `1/3!`
pub const EXP_COEFFICIENTS: [f64; 11] = [
    1.0 / 6_227_020_800.0,
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
];
/// A polynomial in z close to `2/3 + 2 z/5 + 2 z^2/7 + …`, the highest coefficient first: Sollya's `fpminimax`.
pub const LOG_COEFFICIENTS: [f64; 7] = [
    f64::from_bits(0x3fc2_b594_9cff_c14e),
    f64::from_bits(0x3fc3_9fe4_eb5b_5a49),
    f64::from_bits(0x3fc7_462b_50a9_7ca2),
    f64::from_bits(0x3fcc_71c6_2e54_1c4e),
    f64::from_bits(0x3fd2_4924_92de_fb07),
    f64::from_bits(0x3fd9_9999_9999_531c),
    f64::from_bits(0x3fe5_5555_5555_5558),
];
/// 1/ln 2.
const INVERSE_LN2: f64 = std::f64::consts::LOG2_E;
/// Adding and subtracting `1.5 * 2^52` rounds to an integer.
const MAGIC: f64 = 6_755_399_441_055_744.0;
/// How far an exponential may be off, in u of itself.
pub const EXP_ERROR: f64 = 2.3;
/// How far a logarithm may be off, in u of itself.
pub const LOG_ERROR: f64 = 2.5;
/// By how much an exponential is widened, relatively.
pub(crate) const EXP_WIDTH: f64 = 3.4 * f64::EPSILON / 2.0;
/// By how much a logarithm is widened, relatively.
pub(crate) const LOG_WIDTH: f64 = 3.6 * f64::EPSILON / 2.0;
/// Above, the exponential may overflow.
pub(crate) const EXP_MOST: f64 = 709.0;
/// Below, it may be subnormal.
pub(crate) const EXP_LEAST: f64 = -708.0;
/// `2^-1021`, more than `exp(-708)`.
const TINY: f64 = f64::MIN_POSITIVE * 2.0;
/// Less than `exp(709)`.
const HUGE: f64 = 8.2e307;

/// How far a logarithm of at least that size may be off: `(a, b)` for `a u + b u |log x|`.
#[must_use]
pub fn log_error(least: f64) -> (f64, f64) {
    if least >= 0.35 { (0.5, 1.0 + f64::EPSILON) } else { (0.0, LOG_ERROR) }
}

/// The exponential to [`EXP_ERROR`], for -708 <= x <= 709; NaN for NaN.
#[inline(always)]
pub(crate) fn exp_near(x: f64) -> f64 {
    let shifted = x.mul_add(INVERSE_LN2, MAGIC);
    let k = shifted - MAGIC;
    let r = k.mul_add(-LN2_LOW, k.mul_add(-LN2_HIGH, x));
    let mut q = EXP_COEFFICIENTS[0];
    for coefficient in &EXP_COEFFICIENTS[1..] {
        q = q.mul_add(r, *coefficient);
    }
    q = q.mul_add(r, 0.5);
    let value = 1.0 + (r * r).mul_add(q, r);
    // the low bits of `shifted` hold k; 1 <= k + 1023 <= 2046 for the arguments that are meant
    let scale = f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52);
    value * scale
}

/// `(d, u)` with `d <= exp x <= u`; both NaN for a NaN.
#[inline(always)]
#[must_use]
pub fn exp(x: f64) -> (f64, f64) {
    let within = x.clamp(EXP_LEAST, EXP_MOST);
    let value = exp_near(within);
    let width = EXP_WIDTH * value;
    let (low, high) = beyond(x, value - width, value + width);
    (if x == 0.0 { 1.0 } else { low }, if x == 0.0 { 1.0 } else { high })
}

/// Bounds on `exp x`, where those that are given are right between the ends of the range that is computed.
#[inline(always)]
pub(crate) fn beyond(x: f64, mut low: f64, mut high: f64) -> (f64, f64) {
    low = if x < EXP_LEAST { 0.0 } else { low };
    high = if x < EXP_LEAST { TINY } else { high };
    low = if x > EXP_MOST { HUGE } else { low };
    high = if x > EXP_MOST { f64::INFINITY } else { high };
    (low, high)
}

/// The logarithm to [`LOG_ERROR`], for normal positive x; anything for others, NaN among them.
#[inline(always)]
pub(crate) fn log_near(x: f64) -> f64 {
    // m between sqrt(1/2) and sqrt(2): the exponent that is taken off is that of x*sqrt(2), roughly
    let bits = x.to_bits();
    let offset = bits.wrapping_sub(0x3fe6_a09e_0000_0000);
    let exponent = (offset as i64) >> 52;
    let m = f64::from_bits(bits.wrapping_sub((exponent as u64) << 52));
    // an integer below 2^51 in size as a double, without a conversion
    let k = f64::from_bits((exponent as u64).wrapping_add(MAGIC.to_bits())) - MAGIC;
    let f = m - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    let mut r = LOG_COEFFICIENTS[0];
    for coefficient in &LOG_COEFFICIENTS[1..] {
        r = r.mul_add(z, *coefficient);
    }
    r *= z;
    let half = 0.5 * f;
    let t = s.mul_add(half * f + r, k * LN2_LOW);
    k.mul_add(LN2_HIGH, f - half.mul_add(f, -t))
}

/// `(d, u)` with `d <= log x <= u` for x > 0; both NaN for a NaN, and for what is negative, zero or infinite.
/// Subnormal arguments are treated as unknown.
#[inline(always)]
#[must_use]
pub fn log(x: f64) -> (f64, f64) {
    let usual = (f64::MIN_POSITIVE..=f64::MAX).contains(&x);
    let value = if usual { log_near(x) } else { f64::NAN };
    let width = LOG_WIDTH * value.abs();
    (value - width, value + width)
}
