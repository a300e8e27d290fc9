//! Conversions between the checker's rationals, GMP's, and f64.
//!
//! Owns: exact conversions, and the f64 neighbours of a rational. Must not know: terms.

use boundproof_checker::exact::{Integer, Rational};
use boundproof_kernels::scalar::{End, Interval};

/// The same number in GMP.
#[must_use]
pub fn to_gmp(value: &Rational) -> rug::Rational {
    rug::Rational::from((integer_to_gmp(value.numer()), integer_to_gmp(value.denom())))
}

fn integer_to_gmp(value: &Integer) -> rug::Integer {
    let (_, digits) = value.to_bytes_le();
    let magnitude = rug::Integer::from_digits(&digits, rug::integer::Order::Lsf);
    if *value < Integer::from(0) { -magnitude } else { magnitude }
}

/// The same number for the checker.
#[must_use]
pub fn from_gmp(value: &rug::Rational) -> Rational {
    Rational::new(integer_from_gmp(value.numer()), integer_from_gmp(value.denom()))
}

fn integer_from_gmp(value: &rug::Integer) -> Integer {
    // a leading zero byte keeps the sign bit of the two's complement clear
    let mut digits = value.to_digits::<u8>(rug::integer::Order::Lsf);
    digits.push(0);
    let magnitude = Integer::from_signed_bytes_le(&digits);
    if value.is_negative() { -magnitude } else { magnitude }
}

/// The f64 next to the number towards zero; infinite beyond the range.
#[must_use]
pub fn to_f64(value: &Rational) -> f64 {
    to_gmp(value).to_f64()
}

/// The greatest f64 at most the number and the least at least it.
#[must_use]
pub fn neighbours(value: &Rational) -> (f64, f64) {
    let value = to_gmp(value);
    let near = value.to_f64();
    if !near.is_finite() {
        return if near > 0.0 { (f64::MAX, f64::INFINITY) } else { (f64::NEG_INFINITY, f64::MIN) };
    }
    match rug::Rational::from_f64(near) {
        Some(exact) if exact == value => (near, near),
        Some(exact) if exact < value => (near, near.next_up()),
        _ => (near.next_down(), near),
    }
}

/// The narrowest interval that holds the number.
#[must_use]
pub fn enclosing(value: &Rational) -> Interval {
    let (lower, upper) = neighbours(value);
    if lower == upper { Interval::point(lower) } else { Interval { lower: End::open(lower), upper: End::open(upper) } }
}

/// The f64 nearest to the number, the one towards zero of two; infinite beyond the range.
#[must_use]
pub fn nearest(value: &Rational) -> f64 {
    let (low, high) = neighbours(value);
    match (from_f64(low), from_f64(high)) {
        (Some(below), Some(above)) => {
            let (down, up) = (value - below, above - value);
            if down < up || (down == up && low.abs() < high.abs()) { low } else { high }
        }
        _ => to_f64(value),
    }
}

/// The rational that the f64 denotes.
#[must_use]
pub fn from_f64(value: f64) -> Option<Rational> {
    Rational::from_float(value)
}
