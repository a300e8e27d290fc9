//! Exact arithmetic: dyadic numbers, intervals of reals with open, closed and infinite ends, and enclosures of the
//! elementary functions by series with remainders.
//!
//! Owns: the meaning of an enclosure. For every function `f` here and intervals `X, Y`: each real `f(x, y)` with `x` in `X`,
//! `y` in `Y` is a member of `f(X, Y)`. `None` means that `f` may be undefined there (or that a cap is exceeded); it is never
//! an enclosure.
//! Must not know: terms, theorems, certificates, variables.
//! Reference: Brent & Zimmermann, *Modern Computer Arithmetic*; Moore, Kearfott & Cloud, *Introduction to Interval
//! Analysis*; DLMF for the functions.
//!
//! # How an end comes about
//!
//! 1. `dyadic`: exact operations on `m * 2^e`. `rounding`: one directed rounding each, from `q = floor(n/d)`,
//!    `q <= n/d < q+1`. Mantissas of up to 64 bits (`mantissa`) are computed with in machine words (`short`), digit by
//!    digit as longer ones.
//! 2. `fixed`: integers `lower <= x * 2^s <= upper`; one loop sums every power series.
//! 3. `interval`, `arithmetic`: ends of results from ends of operands. An end is closed only if both operands' ends are
//!    and the rounding was exact; a point whose exact result is short stays a point.
//! 4. The functions: enclosed at each finite end of the argument; infinite ends have limits; monotonicity does the rest.
//!    Up to 80 bits and for arguments of moderate size, `words` encloses exp, log, sin, cos and atan in fixed point of 128
//!    bits, by the reductions of the table below; each function there states its error, which is added to the result.
//!
//! # Which inequality bounds which function
//!
//! Let `p_k` be the first power left out of a series; the loop goes on until later powers at most halve, so that what is
//! left out is at most `2 p_k` (`fixed::PowerSeries::sum`).
//!
//! | function | reduction | bound |
//! |---|---|---|
//! | `add, sub, mul, div, recip, square` | corners | one rounding per end |
//! | `pow_int` | `abs(x)` if even | each squaring rounded in one direction: `0 <= a <= b` implies `a^2 <= b^2` |
//! | `sqrt, root` | `n = x 2^(ks)` | `r^k <= n < (r+1)^k`, verified |
//! | `exp` | `2^k exp(r/2^s)^(2^s)` | Taylor, `2 p_k`; beyond `2^40`: `exp(x) > 2^x` |
//! | `log` | `k ln 2 + 2 artanh((f-1)/(f+1))` | `sum z^(2j)/(2j+1)`, `2 p_k`, `z^2 <= 1/25` |
//! | `pow` | `exp(e log b)` | product of independent intervals has no excess |
//! | `sinh, cosh, tanh` | `exp`; series of `sinh(x)/x` for `abs(x) < 1` | `2 p_k` |
//! | `sin, cos` | `x - n pi/2`, enclosed and its size checked | Taylor, `2 p_k`; extremes counted in an enclosure of `X/pi` |
//! | `atan` | `pi/2 - atan(1/x)`; half angle three times | `sum (-z^2)^j/(2j+1)`, `2 p_k` |
//! | `pi, ln 2` | Machin; `2 artanh(1/3)` | `2 p_k` |
//! | `erf, normal_tail` | `v phi(v) sum v^(2k)/(2k+1)!!` | `2 p_k` |
//! | the same, far out | Laplace's continued fraction | its rests `R_n` lie in `(0, 1/v)` |
//! | `gamma` | `Gamma(x+n)/(x...(x+n-1))`, Stirling | remainder between 0 and the first term left out |
//! | `factorial, binomial` | | integers |
//! | `abs, min, max, floor, ceil, neg` | | exact |
//!
//! # Size
//!
//! Results have at most `Precision::bits` mantissa bits (gamma beyond 2048 or off the integers: at most 1024). Magnitudes stay within `2^(+-2^60)`; beyond, ends become 0 (open)
//! or infinite. No operation expands far-apart exponents. [`Precision`]
//! carries `ln 2` and `pi`, computed when first needed; nothing else is cached.

/// A whole number of any size.
pub type Integer = num_bigint::BigInt;
/// A fraction of whole numbers of any size.
pub type Rational = num_rational::BigRational;

mod arithmetic;
mod dyadic;
mod exponential;
mod fixed;
mod gamma;
mod gaussian;
mod interval;
mod mantissa;
mod precision;
mod rounding;
mod short;
mod trigonometric;
mod words;

#[cfg(test)]
mod literature;
#[cfg(test)]
mod notation;

pub use dyadic::Dyadic;
pub use interval::{End, Interval};
pub use precision::Precision;
pub use rounding::Rounded;
