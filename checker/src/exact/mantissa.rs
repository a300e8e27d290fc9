//! Mantissas: of up to 64 bits in a machine word, of more on the heap.
//!
//! Owns: which of the two a mantissa is (never both: the longer form is kept for `|m| >= 2^64` only).
//! Must not know: exponents, rounding.
//! Reference: Muller et al., *Handbook of Floating-Point Arithmetic*, section 2.1.

use num_bigint::Sign;
use num_traits::{Signed, Zero};

use super::Integer;

/// A whole number, of which the common short ones need no allocation.
///
/// Invariant: `Short` iff `|m| < 2^64`, and 0 is not negative; so equal numbers are equal as data.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Mantissa {
    /// `|m| < 2^64`.
    Short {
        /// Is `m < 0`?
        negative: bool,
        /// `|m|`.
        magnitude: u64,
    },
    /// `|m| >= 2^64`.
    Long(Box<Integer>),
}

impl Mantissa {
    pub(super) const ZERO: Mantissa = Mantissa::Short { negative: false, magnitude: 0 };
    pub(super) const ONE: Mantissa = Mantissa::Short { negative: false, magnitude: 1 };

    /// The number with that sign and size; 0 has no sign.
    pub(super) fn short(negative: bool, magnitude: u64) -> Mantissa {
        Mantissa::Short { negative: negative && magnitude != 0, magnitude }
    }

    /// The same number.
    pub(super) fn from_integer(integer: Integer) -> Mantissa {
        match u64::try_from(integer.magnitude()) {
            Ok(magnitude) => Mantissa::short(integer.is_negative(), magnitude),
            Err(_) => Mantissa::Long(Box::new(integer)),
        }
    }

    /// The number with that sign and size.
    pub(super) fn from_size(negative: bool, magnitude: u128) -> Mantissa {
        match u64::try_from(magnitude) {
            Ok(magnitude) => Mantissa::short(negative, magnitude),
            Err(_) => {
                let size = Integer::from(magnitude);
                Mantissa::Long(Box::new(if negative { -size } else { size }))
            }
        }
    }

    /// The same number.
    pub(super) fn to_integer(&self) -> Integer {
        match self {
            Mantissa::Short { negative: false, magnitude } => Integer::from(*magnitude),
            Mantissa::Short { negative: true, magnitude } => -Integer::from(*magnitude),
            Mantissa::Long(integer) => Integer::clone(integer),
        }
    }

    /// The number of bits of `|m|`; 0 for 0.
    pub(super) fn bit_length(&self) -> i64 {
        match self {
            Mantissa::Short { magnitude, .. } => i64::from(u64::BITS.saturating_sub(magnitude.leading_zeros())),
            Mantissa::Long(integer) => bit_length(integer),
        }
    }

    /// The sign of the number.
    pub(super) fn sign(&self) -> Sign {
        match self {
            Mantissa::Short { magnitude: 0, .. } => Sign::NoSign,
            Mantissa::Short { negative: true, .. } => Sign::Minus,
            Mantissa::Short { negative: false, .. } => Sign::Plus,
            Mantissa::Long(integer) => integer.sign(),
        }
    }

    /// `-m`
    pub(super) fn neg(&self) -> Mantissa {
        match self {
            Mantissa::Short { negative, magnitude } => Mantissa::short(!negative, *magnitude),
            Mantissa::Long(integer) => Mantissa::Long(Box::new(-Integer::clone(integer))),
        }
    }

    /// `|m|`
    pub(super) fn abs(&self) -> Mantissa {
        match self {
            Mantissa::Short { magnitude, .. } => Mantissa::Short { negative: false, magnitude: *magnitude },
            Mantissa::Long(integer) => Mantissa::Long(Box::new(integer.abs())),
        }
    }

    /// Is the number 0?
    pub(super) fn is_zero(&self) -> bool {
        match self {
            Mantissa::Short { magnitude, .. } => *magnitude == 0,
            Mantissa::Long(integer) => integer.is_zero(),
        }
    }
}

/// The number of bits of `|integer|`; 0 for 0.
pub(super) fn bit_length(integer: &Integer) -> i64 {
    i64::try_from(integer.bits()).unwrap_or(i64::MAX)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_mean_the_same_number() {
        let edge = Integer::from(1) << 64_u32;
        for centre in [Integer::zero(), edge.clone(), -&edge, Integer::from(u128::MAX), edge.clone() >> 1_u32] {
            for step in -2..=2 {
                let integer: Integer = &centre + step;
                let mantissa = Mantissa::from_integer(integer.clone());
                assert_eq!(mantissa.to_integer(), integer);
                assert_eq!(matches!(mantissa, Mantissa::Short { .. }), integer.abs() < edge, "{integer}");
                assert_eq!(mantissa.neg(), Mantissa::from_integer(-&integer));
                assert_eq!(mantissa.abs(), Mantissa::from_integer(integer.abs()));
                assert_eq!(mantissa.bit_length(), bit_length(&integer));
                assert_eq!(mantissa.sign(), integer.sign());
                assert_eq!(mantissa.is_zero(), integer.is_zero());
                if let Ok(size) = u128::try_from(integer.magnitude()) {
                    assert_eq!(Mantissa::from_size(integer.is_negative(), size), mantissa);
                }
            }
        }
    }
}
