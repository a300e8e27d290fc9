//! Bounds on sums, products, quotients and roots from operations that round to nearest.
//!
//! Owns: one lane of the field operations. Must not know: intervals. Reference: Rump, Zimmermann, Boldo & Melquiond,
//! *Computing predecessor and successor in rounding to nearest*, BIT 49 (2009), for [`below`] and [`above`]; Boldo &
//! Daumas, *Representable correcting terms for possibly underflowing floating point operations* (2003), for the
//! remainders.
//!
//! Each function returns `(d, u)` with `d <= x <= u` for the exact result x. `d = u` where x was seen to be a double;
//! otherwise they are neighbours, or a little further apart near the ends of the range. If an argument is infinite or
//! NaN, or the result overflows, `d` or `u` may be NaN: nothing is known then.

/// `2^-53 (1 + 2^-52)`: half a unit in the last place of 1, and a little more.
const PHI: f64 = f64::EPSILON / 2.0 * (1.0 + f64::EPSILON);
/// The least positive number.
const ETA: f64 = f64::from_bits(1);
/// Products, dividends and squares at least this large have remainders that are doubles: `2^-960`.
const SAFE: f64 = f64::from_bits((1023 - 960) << 52);

/// A double below `c` by at least half the distance to the next one: `below(c) <= x` for every real x that rounds to c.
#[inline(always)]
#[must_use]
pub fn below(c: f64) -> f64 {
    c - (PHI * c.abs() + ETA)
}

/// A double above `c`: `x <= above(c)` for every real x that rounds to c.
#[inline(always)]
#[must_use]
pub fn above(c: f64) -> f64 {
    c + (PHI * c.abs() + ETA)
}

/// Bounds from a rounded result and the sign of what rounding took away; `exactly` is whether that sign is right.
#[inline(always)]
fn around(rounded: f64, remainder: f64, exactly: bool) -> (f64, f64) {
    let down = below(rounded);
    let up = above(rounded);
    // a remainder that is NaN compares as false: both ends move
    let low = if exactly & (remainder >= 0.0) { rounded } else { down };
    let high = if exactly & (remainder <= 0.0) { rounded } else { up };
    (low, high)
}

/// Bounds on `a + b`.
#[inline(always)]
#[must_use]
pub fn add(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    // Knuth's exact error of a sum: it is always a double, unless the sum overflows
    let other = sum - a;
    let error = (a - (sum - other)) + (b - other);
    around(sum, error, true)
}

/// Bounds on `a * b`.
#[inline(always)]
#[must_use]
pub fn multiply(a: f64, b: f64) -> (f64, f64) {
    let product = a * b;
    let error = a.mul_add(b, -product);
    let exactly = (product.abs() >= SAFE) | (a == 0.0) | (b == 0.0);
    around(product, error, exactly)
}

/// Bounds on `a / b` for `b > 0`.
#[inline(always)]
#[must_use]
pub fn divide(a: f64, b: f64) -> (f64, f64) {
    let quotient = a / b;
    // a - q b has the sign of a/b - q
    let remainder = (-quotient).mul_add(b, a);
    let exactly = ((quotient.abs() >= SAFE) & (a.abs() >= SAFE)) | (a == 0.0);
    around(quotient, remainder, exactly)
}

/// Bounds on the root of `a >= 0`.
#[inline(always)]
#[must_use]
pub fn square_root(a: f64) -> (f64, f64) {
    let root = a.sqrt();
    // a - r^2 has the sign of sqrt(a) - r
    let remainder = (-root).mul_add(root, a);
    let (low, high) = around(root, remainder, (a >= SAFE) | (a == 0.0));
    // roots are not negative: `below` a subnormal root could be
    (if low < 0.0 { 0.0 } else { low }, high)
}
