//! `exp` and `log` with error bounds that are proved here, in operations that vectorise.
//!
//! Owns: one lane of both. Must not know: intervals of arguments. Reference: the argument reductions are those of
//! fdlibm (Sun Microsystems 1993); the bounds are derived below. u = 2^-53.
//!
//! # exp
//!
//! For |x| <= 709, k = rint(x/ln 2) up to one unit, r = x - k ln 2 with |r| <= 0.35, and exp x = 2^k exp r.
//!
//! 1. `k LN2_HIGH` is exact, since LN2_HIGH has 21 trailing zeros and |k| <= 1024. It is a multiple of 2^-32, and for
//!    k != 0 x is one of 2^-54; so is the difference, which is less than 0.35 in size and hence a double. With LN2_LOW correct to 2^-86 absolutely,
//!    `k LN2_LOW` is at most 2e-7 and off by less than 1e-7 u. Rounding r adds at most u |r| <= 0.35 u. So the r that is
//!    used is off by at most 0.351 u, which moves exp r by a factor 1 + 0.352 u.
//! 2. q = 1/2 + r/6 + … + r^11/13!. What is cut off of exp r is at most |r|^14/14! * 1.03 <= 5e-18 < 0.05 u.
//! 3. Horner's rule in fused multiply-adds: |q| <= 0.57, and each of its steps is off by at most u times its size, in
//!    all by less than 0.57 u (1 + 0.07 + …) <= 0.65 u. r^2 <= 0.1225 is off by 0.1225 u. Hence r^2 q + r, one
//!    fused step of size at most 0.42: off by at most 0.1225*0.65 u + 0.57*0.1225 u + 0.42 u <= 0.57 u.
//! 4. Adding 1 rounds once: at most u times the result, and exp r >= 0.704: the error so far is at most
//!    (0.57 + 0.05)/0.704 u + u <= 1.89 u relatively, and with step 1 at most 2.25 u. Scaling by 2^k is exact.
//!
//! So |computed - exp x| <= 2.3 u exp x (terms in u^2 included), and widening the computed value by 4 u of itself to both
//! sides, with roundings of at most u, encloses exp x.
//!
//! # log
//!
//! For normal x > 0, x = 2^k m with m in [0.7071, 1.4143), f = m - 1 exactly, s = f/(2 + f), z = s^2, and
//! log m = f - (h - s (h + R)), h = f^2/2, R = 2 z (1/3 + z/5 + … ) so that log m = 2 s + s R.
//!
//! 1. |s| <= 0.17158 and z <= 0.02944: R is cut off after z^10, by at most 2 z^11/23/(1 - z) <= 2e-18 < 0.02 u; times s,
//!    which is at most 0.59 |f|, less than 0.02 u |f|. R <= 0.0201 is off by at most 4 u R; h <= 0.0858 by u h; s by 2.1 u s.
//! 2. s (h + R) is at most 0.0182 (|f| * 0.044) and off by at most 7 u of itself: 0.31 u |f|. h <= 0.2072 |f| is off by
//!    0.21 u |f|. With k = 0: the difference h - s (h + R) is at most 0.18 |f| and rounds by 0.18 u |f|; the last
//!    subtraction rounds by u of the result. Since |log m| >= 0.836 |f|, all is at most (0.31 + 0.21 + 0.18 + 0.02)/0.836 u
//!    + u <= 1.87 u relatively.
//! 3. With k != 0: `k LN2_HIGH` is exact; `k LN2_LOW` is off by 1e-7 u, and added to s (h + R) rounds by 0.0183 u;
//!    h - (…) rounds by 0.09 u, then minus f, of size at most 0.347 + 2e-7, by 0.35 u. With step 2 these are at most
//!    (0.31 + 0.21 + 0.02) * 0.4143 u + 0.0183 u + 0.09 u + 0.35 u <= 0.69 u absolutely. The result is at least
//!    ln 2 - 0.3466 = 0.3465 in size: at most 2 u relatively, and its own rounding u: 3 u.
//!
//! So |computed - log x| <= 3.1 u |log x|, and widening by 5 u of the computed value encloses log x. For x = 1 both are 0.

/// ln 2 with 21 trailing zeros.
const LN2_HIGH: f64 = f64::from_bits(0x3fe6_2e42_fee0_0000);
/// The rest, to 2^-86.
const LN2_LOW: f64 = f64::from_bits(0x3dea_39ef_3579_3c76);
/// 1/ln 2.
const INVERSE_LN2: f64 = std::f64::consts::LOG2_E;
/// Adding and subtracting `1.5 * 2^52` rounds to an integer.
const MAGIC: f64 = 6_755_399_441_055_744.0;
/// By how much an exponential is widened: `4 u`, and a little for the rounding of the width itself.
const EXP_WIDTH: f64 = 4.01 * f64::EPSILON / 2.0;
/// By how much a logarithm is widened.
const LOG_WIDTH: f64 = 5.01 * f64::EPSILON / 2.0;
/// Above, the exponential may overflow.
const EXP_MOST: f64 = 709.0;
/// Below, it may be subnormal.
const EXP_LEAST: f64 = -708.0;
/// `2^-1021`, more than `exp(-708)`.
const TINY: f64 = f64::MIN_POSITIVE * 2.0;
/// Less than `exp(709)`.
const HUGE: f64 = 8.2e307;

/// The exponential to 2.3 u relatively, for -708 <= x <= 709.
#[inline(always)]
fn exp_near(x: f64) -> f64 {
    let shifted = x.mul_add(INVERSE_LN2, MAGIC);
    let k = shifted - MAGIC;
    let r = k.mul_add(-LN2_LOW, k.mul_add(-LN2_HIGH, x));
    let mut q: f64 = 1.0 / 6_227_020_800.0;
    q = q.mul_add(r, 1.0 / 479_001_600.0);
    q = q.mul_add(r, 1.0 / 39_916_800.0);
    q = q.mul_add(r, 1.0 / 3_628_800.0);
    q = q.mul_add(r, 1.0 / 362_880.0);
    q = q.mul_add(r, 1.0 / 40_320.0);
    q = q.mul_add(r, 1.0 / 5_040.0);
    q = q.mul_add(r, 1.0 / 720.0);
    q = q.mul_add(r, 1.0 / 120.0);
    q = q.mul_add(r, 1.0 / 24.0);
    q = q.mul_add(r, 1.0 / 6.0);
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
    let (mut low, mut high) = (value - width, value + width);
    low = if x < EXP_LEAST { 0.0 } else { low };
    high = if x < EXP_LEAST { TINY } else { high };
    low = if x > EXP_MOST { HUGE } else { low };
    high = if x > EXP_MOST { f64::INFINITY } else { high };
    (if x == 0.0 { 1.0 } else { low }, if x == 0.0 { 1.0 } else { high })
}

/// The logarithm to 3.1 u relatively, for normal positive x.
#[inline(always)]
fn log_near(x: f64) -> f64 {
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
    let mut r: f64 = 2.0 / 21.0;
    r = r.mul_add(z, 2.0 / 19.0);
    r = r.mul_add(z, 2.0 / 17.0);
    r = r.mul_add(z, 2.0 / 15.0);
    r = r.mul_add(z, 2.0 / 13.0);
    r = r.mul_add(z, 2.0 / 11.0);
    r = r.mul_add(z, 2.0 / 9.0);
    r = r.mul_add(z, 2.0 / 7.0);
    r = r.mul_add(z, 2.0 / 5.0);
    r = r.mul_add(z, 2.0 / 3.0);
    r *= z;
    let h = 0.5 * f * f;
    k * LN2_HIGH - ((h - (s * (h + r) + k * LN2_LOW)) - f)
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
