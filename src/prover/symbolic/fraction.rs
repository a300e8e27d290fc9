//! Rationals that are kept in two machine words as long as they fit, and by GMP where they do not.
//!
//! Owns: the arithmetic that an exact elimination needs. Must not know: systems. A value has one representation, so that
//! equality is that of the fields.

use num_integer::Integer;
use rug::Rational;
use std::cmp::Ordering;

/// A rational.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fraction {
    /// `numerator / denominator` in lowest terms, the denominator positive.
    Short(i64, i64),
    /// One that does not fit.
    Long(Box<Rational>),
}

impl Default for Fraction {
    fn default() -> Fraction {
        Fraction::ZERO
    }
}

impl From<&Rational> for Fraction {
    fn from(value: &Rational) -> Fraction {
        match (value.numer().to_i64(), value.denom().to_i64()) {
            (Some(numerator), Some(denominator)) => Fraction::Short(numerator, denominator),
            _ => Fraction::Long(Box::new(value.clone())),
        }
    }
}

impl From<Rational> for Fraction {
    fn from(value: Rational) -> Fraction {
        match (value.numer().to_i64(), value.denom().to_i64()) {
            (Some(numerator), Some(denominator)) => Fraction::Short(numerator, denominator),
            _ => Fraction::Long(Box::new(value)),
        }
    }
}

impl From<&Fraction> for Rational {
    fn from(value: &Fraction) -> Rational {
        match value {
            Fraction::Short(numerator, denominator) => Rational::from((*numerator, *denominator)),
            Fraction::Long(value) => (**value).clone(),
        }
    }
}

impl Fraction {
    /// 0
    pub const ZERO: Fraction = Fraction::Short(0, 1);
    /// 1
    pub const ONE: Fraction = Fraction::Short(1, 1);

    /// Its sign, against 0.
    #[must_use]
    pub fn sign(&self) -> Ordering {
        match self {
            Fraction::Short(numerator, _) => numerator.cmp(&0),
            Fraction::Long(value) => value.cmp0(),
        }
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        matches!(self, Fraction::Short(0, _))
    }

    /// Whether it is greater than 0.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.sign() == Ordering::Greater
    }

    /// `-self`
    #[must_use]
    pub fn negated(&self) -> Fraction {
        Fraction::ZERO.minus_product(self, &Fraction::ONE)
    }

    /// `self + other`
    #[must_use]
    pub fn plus(&self, other: &Fraction) -> Fraction {
        self.minus_product(other, &Fraction::Short(-1, 1))
    }

    /// `self - a * b`
    #[must_use]
    pub fn minus_product(&self, a: &Fraction, b: &Fraction) -> Fraction {
        short_minus_product(self, a, b)
            .unwrap_or_else(|| Fraction::from(Rational::from(self) - Rational::from(a) * Rational::from(b)))
    }

    /// `self / other`, which is not 0.
    #[must_use]
    pub fn over(&self, other: &Fraction) -> Fraction {
        if let (Fraction::Short(n, d), Fraction::Short(m, e)) = (self, other)
            && let (Some(numerator), Some(denominator)) = (n.checked_mul(*e), d.checked_mul(*m))
            && let Some(quotient) = reduced(numerator, denominator)
        {
            return quotient;
        }
        Fraction::from(Rational::from(self) / Rational::from(other))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Fraction) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Fraction) -> Ordering {
        match (self, other) {
            // products of two numbers of 64 bits fit 128
            (Fraction::Short(n, d), Fraction::Short(m, e)) => {
                (i128::from(*n) * i128::from(*e)).cmp(&(i128::from(*m) * i128::from(*d)))
            }
            _ => Rational::from(self).cmp(&Rational::from(other)),
        }
    }
}

/// `x - a * b`, if all that is met on the way fits.
fn short_minus_product(x: &Fraction, a: &Fraction, b: &Fraction) -> Option<Fraction> {
    let (Fraction::Short(xn, xd), Fraction::Short(an, ad), Fraction::Short(bn, bd)) = (x, a, b) else { return None };
    let (numerator, denominator) = (an.checked_mul(*bn)?, ad.checked_mul(*bd)?);
    if *xd == denominator {
        return reduced(xn.checked_sub(numerator)?, denominator);
    }
    let left = xn.checked_mul(denominator)?;
    let right = numerator.checked_mul(*xd)?;
    reduced(left.checked_sub(right)?, denominator.checked_mul(*xd)?)
}

/// The fraction in lowest terms, if it fits; the denominator is not 0.
fn reduced(numerator: i64, denominator: i64) -> Option<Fraction> {
    if denominator == 1 {
        return Some(Fraction::Short(numerator, 1));
    }
    if numerator == 0 {
        return Some(Fraction::ZERO);
    }
    // the greatest common divisor of least numbers need not fit
    if numerator == i64::MIN || denominator == i64::MIN {
        return None;
    }
    let divisor = numerator.gcd(&denominator) * denominator.signum();
    Some(Fraction::Short(numerator / divisor, denominator / divisor))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Numbers at and around the ends of a machine word, and small ones.
    fn whole() -> impl Strategy<Value = i64> {
        prop_oneof![
            4 => -12..12_i64,
            1 => any::<i64>(),
            1 => prop::sample::select(vec![i64::MIN, i64::MIN + 1, i64::MAX, i64::MAX - 1, 1 << 32, -(1 << 32)]),
        ]
    }

    fn rational() -> impl Strategy<Value = Rational> {
        let denominator = whole().prop_filter("not 0", |d| *d != 0);
        (whole(), denominator).prop_map(|(n, d)| Rational::from((n, d)))
    }

    proptest! {
        #[test]
        fn agrees_with_gmp(x in rational(), a in rational(), b in rational()) {
            let (fx, fa, fb) = (Fraction::from(&x), Fraction::from(&a), Fraction::from(&b));
            prop_assert_eq!(fx.cmp(&fa), x.cmp(&a));
            prop_assert_eq!(fx.sign(), x.cmp0());
            prop_assert_eq!(fx.plus(&fa), Fraction::from(Rational::from(&x + &a)));
            prop_assert_eq!(fx.negated(), Fraction::from(Rational::from(-&x)));
            let product = Rational::from(&a * &b);
            prop_assert_eq!(fx.minus_product(&fa, &fb), Fraction::from(x.clone() - product));
            if b != 0 {
                prop_assert_eq!(fx.over(&fb), Fraction::from(Rational::from(&x / &b)));
            }
            prop_assert_eq!(Rational::from(&fx), x);
        }
    }
}
