//! Numbers with a relative error that is known before they are computed.
//!
//! Owns: operations on numbers that round to nearest, one operation of the formula one operation of the CPU, and how
//! far their results may be off ([`Error`]). Must not know: which lanes they are used for. A block stands here for the
//! numbers in its lower ends; its upper ends are neither read nor written.
//!
//! **Contract.** u = 2^-53. A double v *has error e* for a real x if `|v - x| <= e u |x|`. If the lanes of the arguments
//! have errors a and b, and the exact results lie in [`SAFE`] in size, then the lanes of the result have the error that
//! [`Error`] gives. Rounding to nearest in the normal range moves a number by at most u of itself; all the bounds below
//! follow from that. A lane that is NaN in an argument is NaN in the result.
//!
//! Signs: `e u < 1`, so v has the sign of x, and v = 0 only for x = 0.

use crate::block::{Block, LANES};
use crate::elementary;

/// `2^-53`
const U: f64 = f64::EPSILON / 2.0;

/// Exact results that are this large and this small in size are normal numbers, and so are doubles that have an error
/// for them: `2^-1000` and `2^1000`.
pub const SAFE: (f64, f64) = (f64::from_bits(23 << 52), f64::from_bits(2023 << 52));

/// At most this many u: then `e u <= 2^-33`, and its square is nothing.
const MOST: f64 = 1_048_576.0;

/// How far a double may be from a number, in units of u of the number.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Error(f64);

impl Error {
    /// The double is the number.
    pub const NONE: Error = Error(0.0);
    /// The double is the number, rounded to nearest.
    pub const ROUNDED: Error = Error(1.0);

    /// That many units of u; `None` where it is too much to be reckoned with.
    ///
    /// A bound that was computed here by a few operations on positive numbers is off by less than `2^-48` of itself.
    fn of(units: f64) -> Option<Error> {
        let units = units * (1.0 + f64::EPSILON * 16.0);
        (units <= MOST).then_some(Error(units))
    }

    /// In units of u.
    #[must_use]
    pub fn units(self) -> f64 {
        self.0
    }

    /// Of `x y`: `(1 + a u)(1 + b u)(1 + u) - 1`.
    #[must_use]
    pub fn product(self, other: Error) -> Option<Error> {
        let (a, b) = (self.0, other.0);
        Error::of(a + b + 1.0 + (a * b + a + b) * U + a * b * U * U)
    }

    /// Of `x / y`: `(1 + a u)(1 + u)/(1 - b u) - 1`.
    #[must_use]
    pub fn quotient(self, other: Error) -> Option<Error> {
        let (a, b) = (self.0, other.0);
        Error::of((a + b + 1.0 + a * U) / (1.0 - b * U))
    }

    /// Of `sqrt(x)`, since `1 - t/2 - t^2/2 <= sqrt(1 - t)` and `sqrt(1 + t) <= 1 + t/2`.
    #[must_use]
    pub fn root(self) -> Option<Error> {
        let a = self.0;
        Error::of(a / 2.0 + 1.0 + (a + a * a) * U)
    }

    /// Of `x + y` and `x - y`, where the exact arguments are at most `sizes` and the exact result at least `least` in
    /// size: `(1 + r u)(1 + u) - 1` with `r = (a |x| + b |y|)/|x + y|`. Where nothing cancels r is at most the greater
    /// of a and b.
    #[must_use]
    pub fn sum(self, other: Error, sizes: (f64, f64), least: f64, cancels: Cancels) -> Option<Error> {
        let (a, b) = (self.0, other.0);
        if a == 0.0 && b == 0.0 {
            return Some(Error::ROUNDED);
        }
        let apart = (a * sizes.0 + b * sizes.1) / least;
        let before = match cancels {
            Cancels::No => a.max(b),
            Cancels::Perhaps => apart,
        };
        if before.is_nan() { None } else { Error::of(before + 1.0 + before * U) }
    }

    /// Of `min(x, y)` and `max(x, y)`: they are monotone, and `z - e |z|` and `z + e |z|` increase with z.
    #[must_use]
    pub fn either(self, other: Error) -> Error {
        Error(self.0.max(other.0))
    }

    /// Of `exp(x)` for `|x| <= size`: `exp v = exp x exp(v - x)`, `|v - x| <= a u size = t`, `exp t <= 1 + t + t^2`.
    #[must_use]
    pub fn exponential(self, size: f64) -> Option<Error> {
        let moved = self.0 * size;
        let before = moved + moved * moved * U;
        if before <= MOST {
            Error::of(before).and_then(|error| error.product(Error(elementary::EXP_ERROR - 1.0)))
        } else {
            None
        }
    }

    /// Of `log(x)` for `|log x| >= least`: `|log v - log x| <= -log(1 - a u) <= a u + (a u)^2`, and the kernel adds
    /// what [`elementary`] proves.
    #[must_use]
    pub fn logarithm(self, least: f64) -> Option<Error> {
        let moved = self.0 + self.0 * self.0 * U;
        let (fixed, relative) = elementary::log_error(least);
        Error::of(relative + (moved + fixed + relative * moved * U) / least)
    }

    /// By what part of v an interval around v that holds x must reach to both sides, its ends rounded to nearest.
    ///
    /// With `w = (e + 1) u + 2 ((e + 1) u)^2`: `(1 - w)(1 + u) <= 1/(1 + e u)` and `1/(1 - e u) <= (1 + w)(1 - u)`.
    #[must_use]
    pub fn width(self) -> f64 {
        let reach = (self.0 + 1.0) * U;
        (reach + 2.0 * reach * reach) * (1.0 + f64::EPSILON * 4.0)
    }
}

/// Whether a sum may be smaller than its terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cancels {
    /// Both have one sign.
    No,
    /// They may have different ones.
    Perhaps,
}

#[inline(always)]
fn one(out: &mut Block, a: &Block, f: impl Fn(f64) -> f64) {
    for lane in 0..LANES {
        out.lo[lane] = f(a.lo[lane]);
    }
}

#[inline(always)]
fn two(out: &mut Block, a: &Block, b: &Block, f: impl Fn(f64, f64) -> f64) {
    for lane in 0..LANES {
        out.lo[lane] = f(a.lo[lane], b.lo[lane]);
    }
}

/// `-x`
#[inline(always)]
pub fn negate(out: &mut Block, a: &Block) {
    one(out, a, |x| -x);
}

/// `|x|`
#[inline(always)]
pub fn abs(out: &mut Block, a: &Block) {
    one(out, a, f64::abs);
}

/// `x + y`
#[inline(always)]
pub fn add(out: &mut Block, a: &Block, b: &Block) {
    two(out, a, b, |x, y| x + y);
}

/// `x - y`
#[inline(always)]
pub fn subtract(out: &mut Block, a: &Block, b: &Block) {
    two(out, a, b, |x, y| x - y);
}

/// `x y`
#[inline(always)]
pub fn multiply(out: &mut Block, a: &Block, b: &Block) {
    two(out, a, b, |x, y| x * y);
}

/// `x / y`
#[inline(always)]
pub fn divide(out: &mut Block, a: &Block, b: &Block) {
    two(out, a, b, |x, y| x / y);
}

/// `sqrt(x)`
#[inline(always)]
pub fn square_root(out: &mut Block, a: &Block) {
    one(out, a, f64::sqrt);
}

/// `min(x, y)`
#[inline(always)]
pub fn min(out: &mut Block, a: &Block, b: &Block) {
    // NaN in either: `x < y` is false and gives y, so x is looked at
    two(out, a, b, |x, y| if (x < y) | x.is_nan() { x } else { y });
}

/// `max(x, y)`
#[inline(always)]
pub fn max(out: &mut Block, a: &Block, b: &Block) {
    two(out, a, b, |x, y| if (x > y) | x.is_nan() { x } else { y });
}

/// `exp(x)` for `|x| <= 708`
#[inline(always)]
pub fn exp(out: &mut Block, a: &Block) {
    one(out, a, exp_of);
}

/// `log(x)` for normal positive x
#[inline(always)]
pub fn log(out: &mut Block, a: &Block) {
    one(out, a, log_of);
}

#[inline(always)]
pub(crate) fn exp_of(x: f64) -> f64 {
    elementary::exp_near(x)
}

/// `log_near` takes bits apart and would make a number of NaN.
#[inline(always)]
pub(crate) fn log_of(x: f64) -> f64 {
    let value = elementary::log_near(x);
    if x.is_nan() { x } else { value }
}

/// The numbers as intervals without width.
#[inline(always)]
pub fn points(out: &mut Block, a: &Block) {
    for lane in 0..LANES {
        (out.lo[lane], out.hi[lane]) = (a.lo[lane], a.lo[lane]);
    }
}

/// The intervals that reach by `width` of the number to both sides: see [`Error::width`].
#[inline(always)]
pub fn widen(out: &mut Block, a: &Block, width: f64) {
    for lane in 0..LANES {
        (out.lo[lane], out.hi[lane]) = around(a.lo[lane], width);
    }
}

#[inline(always)]
pub(crate) fn around(x: f64, width: f64) -> (f64, f64) {
    ((-width).mul_add(x.abs(), x), width.mul_add(x.abs(), x))
}

/// Enclosures of `exp(x)` for numbers of any size that have an error of `units` u, at most `2^20`.
///
/// As [`Error::exponential`], with the size of each lane: `|v - x| <= e u |v| (1 + 2^-32)`. Beyond the ends the bounds of
/// [`elementary::exp`] hold still, since `709 e u <= 2^-23` and they have more room than that.
#[inline(always)]
pub fn exp_interval(out: &mut Block, a: &Block, units: f64) {
    for lane in 0..LANES {
        let x = a.lo[lane];
        let within = x.clamp(elementary::EXP_LEAST, elementary::EXP_MOST);
        let value = elementary::exp_near(within);
        let moved = (units * (U * (1.0 + 1e-6))).mul_add(within.abs(), elementary::EXP_WIDTH);
        let width = moved * value;
        let (low, high) = (value - width, value + width);
        (out.lo[lane], out.hi[lane]) = elementary::beyond(x, low, high);
    }
}

/// Enclosures of `log(x)` for normal positive numbers that have an error of `units` u, at most `2^20`: as
/// [`Error::logarithm`].
#[inline(always)]
pub fn log_interval(out: &mut Block, a: &Block, units: f64) {
    let moved = units * (U * (1.0 + 1e-6));
    for lane in 0..LANES {
        let value = log_of(a.lo[lane]);
        let width = elementary::LOG_WIDTH.mul_add(value.abs(), moved);
        (out.lo[lane], out.hi[lane]) = (value - width, value + width);
    }
}

/// Numbers from outside: those that are not between the ends become NaN.
#[inline(always)]
pub fn within(out: &mut Block, values: &[f64; LANES], (least, most): (f64, f64)) {
    for (out, x) in out.lo.iter_mut().zip(values) {
        *out = if (*x >= least) & (*x <= most) { *x } else { f64::NAN };
    }
}
