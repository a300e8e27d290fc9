//! Dyadic numbers `mantissa * 2^exponent`: the number, its order, and exact arithmetic.
//!
//! Owns: the normal form (odd mantissa, or `0 * 2^0`), the order by value, and exact operations that refuse to expand
//! far-apart exponents.
//! Must not know: rounding, intervals, series.
//! Reference: Muller et al., *Handbook of Floating-Point Arithmetic*, section 2.1 (numbers of unbounded precision).

use std::cmp::Ordering;
use std::fmt;

use num_traits::{One, Zero};

use super::mantissa::Mantissa;
use super::short::Short;
use super::{Integer, Rational};

/// Numbers kept in interval ends satisfy `2^-LIMIT <= |x| <= 2^LIMIT` or `x = 0`, so that sums and products of
/// exponents stay far inside `i64`.
pub(super) const MAGNITUDE_LIMIT: i64 = 1 << 60;

/// Exact operations refuse to shift a mantissa by more than this many bits.
const EXPANSION_LIMIT: i64 = 1 << 20;

/// The number `mantissa * 2^exponent`, with an odd mantissa, or `0 * 2^0`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Dyadic {
    mantissa: Mantissa,
    exponent: i64,
}

/// `integer * 2^shift` for `shift >= 0`; a negative shift counts as 0. Callers bound the shift.
pub(super) fn shifted_left(integer: &Integer, shift: i64) -> Integer {
    match u64::try_from(shift) {
        Ok(0) | Err(_) => integer.clone(),
        Ok(shift) => integer << shift,
    }
}

impl Dyadic {
    /// The number 0.
    pub fn zero() -> Dyadic {
        Dyadic { mantissa: Mantissa::ZERO, exponent: 0 }
    }

    /// The number 1.
    pub fn one() -> Dyadic {
        Dyadic { mantissa: Mantissa::ONE, exponent: 0 }
    }

    /// The given integer, exactly.
    pub fn from_integer(integer: &Integer) -> Dyadic {
        Dyadic::normalised(integer.clone(), 0)
    }

    /// The given integer, exactly.
    pub fn from_i64(integer: i64) -> Dyadic {
        Dyadic::normalised(Integer::from(integer), 0)
    }

    /// `mantissa * 2^exponent`, or `None` if it is neither 0 nor between `2^-(2^60)` and `2^(2^60)` in size.
    pub fn new(mantissa: Integer, exponent: i64) -> Option<Dyadic> {
        if exponent.checked_abs()? > MAGNITUDE_LIMIT.saturating_mul(2) {
            return if mantissa.is_zero() { Some(Dyadic::zero()) } else { None };
        }
        Some(Dyadic::normalised(mantissa, exponent)).filter(Dyadic::is_in_range)
    }

    /// `2^exponent`; internal, for exponents that stem from numbers in range.
    pub(super) fn power_of_two(exponent: i64) -> Dyadic {
        Dyadic { mantissa: Mantissa::ONE, exponent }
    }

    /// `mantissa * 2^exponent` in normal form; internal, for exponents that stem from numbers in range.
    pub(super) fn normalised(mantissa: Integer, exponent: i64) -> Dyadic {
        match mantissa.trailing_zeros() {
            None => Dyadic::zero(),
            Some(0) => Dyadic { mantissa: Mantissa::from_integer(mantissa), exponent },
            Some(zeros) => Dyadic {
                mantissa: Mantissa::from_integer(mantissa >> zeros),
                exponent: exponent.saturating_add(i64::try_from(zeros).unwrap_or(i64::MAX)),
            },
        }
    }

    /// The number of a mantissa that is odd, or of 0 and the exponent 0.
    pub(super) fn from_parts(mantissa: Mantissa, exponent: i64) -> Dyadic {
        Dyadic { mantissa, exponent }
    }

    /// The number in machine words, if it fits.
    pub(super) fn short(&self) -> Option<Short> {
        match self.mantissa {
            Mantissa::Short { negative, magnitude } => Some(Short { negative, magnitude, exponent: self.exponent }),
            Mantissa::Long(_) => None,
        }
    }

    /// The odd mantissa, or 0.
    pub fn mantissa(&self) -> Integer {
        self.mantissa.to_integer()
    }

    /// The number of bits of the mantissa; 0 for 0.
    pub(super) fn length(&self) -> i64 {
        self.mantissa.bit_length()
    }

    /// The exponent of 2 that goes with the odd mantissa; 0 for the number 0.
    pub fn exponent(&self) -> i64 {
        self.exponent
    }

    /// The `g` with `2^(g-1) <= |x| < 2^g`; `i64::MIN` for 0.
    pub fn magnitude(&self) -> i64 {
        if self.is_zero() { i64::MIN } else { self.exponent.saturating_add(self.length()) }
    }

    /// Is the number 0, or its size between `2^-LIMIT` and `2^LIMIT`?
    pub(super) fn is_in_range(&self) -> bool {
        self.is_zero() || (-MAGNITUDE_LIMIT..=MAGNITUDE_LIMIT).contains(&self.magnitude())
    }

    /// -1, 0 or 1.
    pub fn signum(&self) -> i8 {
        match self.mantissa.sign() {
            num_bigint::Sign::Minus => -1,
            num_bigint::Sign::NoSign => 0,
            num_bigint::Sign::Plus => 1,
        }
    }

    /// Is the number > 0?
    pub fn is_positive(&self) -> bool {
        self.signum() > 0
    }

    /// Is the number < 0?
    pub fn is_negative(&self) -> bool {
        self.signum() < 0
    }

    /// Is the number 0?
    pub fn is_zero(&self) -> bool {
        self.mantissa.is_zero()
    }

    /// Is the number an integer?
    pub fn is_integer(&self) -> bool {
        self.exponent >= 0
    }

    /// The number as an integer, if it is one and below about `2^(2^20)` in size.
    pub fn to_integer(&self) -> Option<Integer> {
        if (0..=EXPANSION_LIMIT).contains(&self.exponent) {
            Some(shifted_left(&self.mantissa(), self.exponent))
        } else {
            None
        }
    }

    /// The number as an `i64`, if it is an integer of that size.
    pub fn to_i64(&self) -> Option<i64> {
        if self.magnitude() > 64 {
            return None;
        }
        i64::try_from(self.to_integer()?).ok()
    }

    /// The number as a rational, or `None` if the exponent is beyond `2^20` in size.
    pub fn to_rational(&self) -> Option<Rational> {
        if (-EXPANSION_LIMIT..0).contains(&self.exponent) {
            // An odd mantissa over a power of two is in lowest terms.
            let denominator = shifted_left(&Integer::one(), self.exponent.saturating_neg());
            Some(Rational::new_raw(self.mantissa(), denominator))
        } else {
            self.to_integer().map(Rational::from_integer)
        }
    }

    /// `-x`, exactly.
    pub fn neg(&self) -> Dyadic {
        Dyadic { mantissa: self.mantissa.neg(), exponent: self.exponent }
    }

    /// `|x|`, exactly.
    pub fn abs(&self) -> Dyadic {
        Dyadic { mantissa: self.mantissa.abs(), exponent: self.exponent }
    }

    /// `x + y`, exactly, or `None` if the exponents are more than `2^20` apart.
    pub fn add(&self, other: &Dyadic) -> Option<Dyadic> {
        let gap = self.exponent.checked_sub(other.exponent)?.checked_abs()?;
        if gap > EXPANSION_LIMIT && !self.is_zero() && !other.is_zero() {
            return None;
        }
        Some(self.aligned_sum(other)).filter(Dyadic::is_in_range)
    }

    /// `x - y`, exactly, or `None` if the exponents are more than `2^20` apart.
    pub fn sub(&self, other: &Dyadic) -> Option<Dyadic> {
        self.add(&other.neg())
    }

    /// `x * y`, exactly, or `None` if the product leaves the range of exponents.
    pub fn mul(&self, other: &Dyadic) -> Option<Dyadic> {
        Some(self.product(other)).filter(Dyadic::is_in_range)
    }

    /// `x + y`, exactly; the caller has bounded the distance of the exponents.
    pub(super) fn aligned_sum(&self, other: &Dyadic) -> Dyadic {
        if self.is_zero() {
            return other.clone();
        }
        if other.is_zero() {
            return self.clone();
        }
        let gap = self.exponent.saturating_sub(other.exponent);
        if gap >= 0 {
            Dyadic::normalised(shifted_left(&self.mantissa(), gap) + other.mantissa(), other.exponent)
        } else {
            let gap = gap.saturating_neg();
            Dyadic::normalised(shifted_left(&other.mantissa(), gap) + self.mantissa(), self.exponent)
        }
    }

    /// `x * y`, exactly, for factors in range: the product of odd mantissas is odd.
    pub(super) fn product(&self, other: &Dyadic) -> Dyadic {
        if self.is_zero() || other.is_zero() {
            return Dyadic::zero();
        }
        let exponent = self.exponent.saturating_add(other.exponent);
        if let (Some(a), Some(b)) = (self.short(), other.short())
            && let Some(size) = u128::from(a.magnitude).checked_mul(u128::from(b.magnitude))
        {
            return Dyadic { mantissa: Mantissa::from_size(a.negative != b.negative, size), exponent };
        }
        Dyadic { mantissa: Mantissa::from_integer(self.mantissa() * other.mantissa()), exponent }
    }

    /// `x * 2^power`, exactly; internal, for exponents that stem from numbers in range.
    pub(super) fn scaled(&self, power: i64) -> Dyadic {
        if self.is_zero() {
            return Dyadic::zero();
        }
        Dyadic { mantissa: self.mantissa.clone(), exponent: self.exponent.saturating_add(power) }
    }
}

impl Ord for Dyadic {
    /// The order of the numbers: by sign, then by magnitude, then by mantissas aligned; when magnitudes agree the
    /// shift is the difference of the mantissas' lengths.
    fn cmp(&self, other: &Dyadic) -> Ordering {
        if let (Some(a), Some(b)) = (self.short(), other.short()) {
            return a.cmp(b);
        }
        let by_sign = self.signum().cmp(&other.signum());
        if by_sign != Ordering::Equal || self.is_zero() {
            return by_sign;
        }
        let by_magnitude = self.magnitude().cmp(&other.magnitude());
        if by_magnitude != Ordering::Equal {
            return if self.is_negative() { by_magnitude.reverse() } else { by_magnitude };
        }
        let gap = self.exponent.saturating_sub(other.exponent);
        if gap == 0 {
            self.mantissa().cmp(&other.mantissa())
        } else if gap > 0 {
            shifted_left(&self.mantissa(), gap).cmp(&other.mantissa())
        } else {
            self.mantissa().cmp(&shifted_left(&other.mantissa(), gap.saturating_neg()))
        }
    }
}

impl PartialOrd for Dyadic {
    fn partial_cmp(&self, other: &Dyadic) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Dyadic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.exponent == 0 {
            write!(formatter, "{}", self.mantissa())
        } else {
            write!(formatter, "{}*2^{}", self.mantissa(), self.exponent)
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use num_traits::Signed;
    use proptest::prelude::*;

    use super::super::notation::{dyadic, numbers};
    use super::*;

    #[test]
    fn normal_form_is_unique() {
        let table = [(12, 0, 3, 2), (-8, -3, -1, 0), (0, 77, 0, 0), (5, -1, 5, -1)];
        for (mantissa, exponent, normal, shifted) in table {
            let number = Dyadic::new(mantissa.into(), exponent).unwrap();
            assert_eq!((number.mantissa(), number.exponent()), (Integer::from(normal), shifted));
        }
    }

    #[test]
    fn exact_operations_refuse_what_is_too_long_or_out_of_range() {
        let one = Dyadic::one();
        let huge = Dyadic::new(1.into(), (1 << 60) - 1).unwrap();
        let tiny = Dyadic::new(1.into(), -(1 << 60)).unwrap();
        assert_eq!(Dyadic::new(1.into(), 1 << 60), None);
        assert_eq!(Dyadic::new(1.into(), i64::MIN), None);
        assert_eq!(Dyadic::new(3.into(), i64::MAX), None);
        assert_eq!(huge.add(&one), None);
        assert_eq!(one.add(&tiny), None);
        assert_eq!(huge.mul(&huge), None);
        assert_eq!(tiny.mul(&tiny), None);
        assert_eq!(huge.add(&Dyadic::zero()), Some(huge.clone()));
        assert_eq!(huge.to_rational(), None);
        assert_eq!(tiny.to_rational(), None);
        assert_eq!(huge.to_i64(), None);
        assert!(tiny.is_positive() && tiny < one && one < huge && huge.neg() < tiny.neg());
    }

    #[test]
    fn display_shows_mantissa_and_exponent() {
        assert_eq!(dyadic("3/8").to_string(), "3*2^-3");
        assert_eq!(dyadic("-5").to_string(), "-5");
    }

    proptest! {
        #[test]
        fn exact_operations_agree_with_rationals(a in numbers(40, -90..90), b in numbers(40, -90..90)) {
            let (x, y) = (a.to_rational().unwrap(), b.to_rational().unwrap());
            prop_assert_eq!(a.add(&b).unwrap().to_rational().unwrap(), &x + &y);
            prop_assert_eq!(a.sub(&b).unwrap().to_rational().unwrap(), &x - &y);
            prop_assert_eq!(a.mul(&b).unwrap().to_rational().unwrap(), &x * &y);
            prop_assert_eq!(a.cmp(&b), x.cmp(&y));
            prop_assert_eq!(a.abs().to_rational().unwrap(), x.abs());
            prop_assert_eq!(a.is_integer(), x.is_integer());
        }

        #[test]
        fn order_agrees_on_close_numbers(m in -99_i64..99, n in -99_i64..99, e in -6_i64..6, f in -6_i64..6) {
            let (a, b) = (Dyadic::new(m.into(), e).unwrap(), Dyadic::new(n.into(), f).unwrap());
            prop_assert_eq!(a.cmp(&b), a.to_rational().unwrap().cmp(&b.to_rational().unwrap()));
            prop_assert_eq!(a == b, a.cmp(&b) == Ordering::Equal);
        }
    }
}
