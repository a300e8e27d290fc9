//! Intervals and dyadic numbers as one writes them, for the tests of this room.
//!
//! Owns: reading `[0, 1)`, `(-inf, 1/2]`, `3/4`, `0.125`, and the random numbers that properties range over.
//! Must not know: any operation under test.
//! Reference: none; test code only.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use num_traits::Zero;
use proptest::prelude::*;

use super::{Dyadic, End, Integer, Interval, Precision, Rational};

/// `n/d`.
pub(super) fn ratio(n: i64, d: i64) -> Rational {
    Rational::new(n.into(), d.into())
}

/// A decimal such as `-12.034e-5`.
pub(super) fn decimal(text: &str) -> Rational {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: Integer = format!("{whole}{fraction}").parse().unwrap();
    let power = exponent.parse::<i32>().unwrap() - i32::try_from(fraction.len()).unwrap();
    Rational::from_integer(digits) * Rational::from_integer(10.into()).pow(power)
}

/// A dyadic number such as `-3`, `5/8`.
pub(super) fn dyadic(text: &str) -> Dyadic {
    let (n, d) = text.split_once('/').unwrap_or((text, "1"));
    let d: u64 = d.parse().unwrap();
    assert!(d.is_power_of_two());
    Dyadic::new(n.parse().unwrap(), -i64::from(d.trailing_zeros())).unwrap()
}

/// An interval such as `(-inf, 1/2]`, or a point such as `3/4`.
pub(super) fn interval(text: &str) -> Interval {
    if !text.contains(',') {
        return Interval::point(dyadic(text));
    }
    let (a, b) = text[1..text.len() - 1].split_once(',').unwrap();
    let end = |text: &str, closed: bool| match text.trim() {
        "inf" | "-inf" => End::Infinite,
        number => End::Finite { value: dyadic(number), closed },
    };
    Interval::new(end(a, text.starts_with('[')), end(b, text.ends_with(']'))).unwrap()
}

/// Do two enclosures of one number agree?
pub(super) fn agree(a: &Interval, b: &Interval) -> bool {
    a.intersect(b).is_some()
}

/// Is the width of a bounded interval at most `2^-bits` of its greater end's size?
pub(super) fn is_tight(x: &Interval, bits: i64) -> bool {
    let (Some(a), Some(b)) = (x.lower_value(), x.upper_value()) else { return false };
    let width = b.sub(a).unwrap();
    width.is_zero() || width.magnitude() + bits <= a.magnitude().max(b.magnitude())
}

/// Members of an interval: its closed ends, numbers near its ends and between, large ones where it is unbounded.
pub(super) fn members(x: &Interval) -> Vec<Rational> {
    let mut numbers = vec![Rational::zero()];
    for end in [x.lower_value(), x.upper_value()] {
        let value = end.map_or_else(Rational::zero, |value| value.to_rational().unwrap());
        for step in [ratio(0, 1), ratio(1, 1000), ratio(1, 3), ratio(1, 1), ratio(5, 2), ratio(1000, 1)] {
            numbers.push(&value + &step);
            numbers.push(&value - &step);
        }
    }
    numbers.retain(|number| x.contains(number));
    numbers
}

/// All intervals with ends among a few numbers and infinities, open and closed.
pub(super) fn small_intervals() -> Vec<Interval> {
    let mut ends = vec![End::Infinite];
    for value in ["-2", "-1", "-1/2", "0", "1/2", "1", "3"] {
        for closed in [false, true] {
            ends.push(End::Finite { value: dyadic(value), closed });
        }
    }
    let mut intervals = Vec::new();
    for lower in &ends {
        for upper in &ends {
            intervals.extend(Interval::new(lower.clone(), upper.clone()));
        }
    }
    intervals
}

/// Numbers `m * 2^e` with `|m| < 2^mantissa_bits` and `e` in the range, for use as arguments.
pub(super) fn numbers(mantissa_bits: u32, exponents: std::ops::Range<i64>) -> impl Strategy<Value = Dyadic> {
    let most = 1_i64 << mantissa_bits;
    (-most..most, exponents).prop_map(|(mantissa, exponent)| Dyadic::new(mantissa.into(), exponent).unwrap())
}

/// The same, positive.
pub(super) fn positive_numbers(mantissa_bits: u32, exponents: std::ops::Range<i64>) -> impl Strategy<Value = Dyadic> {
    let most = 1_i64 << mantissa_bits;
    (1..most, exponents).prop_map(|(mantissa, exponent)| Dyadic::new(mantissa.into(), exponent).unwrap())
}

/// Checks a function at a point and on the interval between two points: the enclosure at few bits holds that at many,
/// is tight, and the image of the interval holds the images of its members.
pub(super) fn check_enclosure(
    f: impl Fn(&Interval, &Precision) -> Interval,
    a: &Dyadic,
    b: &Dyadic,
) -> Result<(), TestCaseError> {
    let (few, many) = (Precision::new(40), Precision::new(150));
    let at = |x: &Dyadic, precision: &Precision| f(&Interval::point(x.clone()), precision);
    prop_assert!(at(a, &many).is_subset_of(&at(a, &few)), "{} in {}", at(a, &many), at(a, &few));
    let (low, high) = if a <= b { (a, b) } else { (b, a) };
    let between = Interval::between(low.clone(), high.clone()).unwrap();
    let image = f(&between, &few);
    let quarter = Dyadic::new(1.into(), -2).unwrap();
    let width = high.sub(low).unwrap();
    let mut member = low.clone();
    for _ in 0..5 {
        prop_assert!(at(&member, &many).is_subset_of(&image), "f({member}) in {image}");
        member = member.add(&width.mul(&quarter).unwrap()).unwrap();
    }
    if low < high {
        let inside = Interval::new(End::open(low.clone()), End::open(high.clone())).unwrap();
        prop_assert!(f(&inside, &few).is_subset_of(&image));
    }
    Ok(())
}
