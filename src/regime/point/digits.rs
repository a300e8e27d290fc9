//! Enclosures in decimal: as many digits as are certain, and no more.
//!
//! Owns: what is printed of a number. Must not know: where it comes from.
//!
//! Of one number x that is known to lie in `[a, b]`, `0.0238…` says that the decimal expansion of x begins so: the digits
//! printed are common to a and b. `about 0.5000` says that a and b both round to this decimal. `[l, u]` has l <= a and b <= u. A number without `…` is exact.

use boundproof_checker::exact::{Dyadic, Interval, Precision, Rational};
use boundproof_checker::wording::{Rounding, decimal};
use num_traits::Signed;
use serde::Serialize;

/// Numbers with more binary digits before or after the point are scaled by a power of ten first.
const PLAIN_BITS: i64 = 20_000;
/// Exact decimals of at most so many digits are shown in full.
const SHORT: u32 = 20;

/// A number, or a set of numbers, as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// For people.
    pub text: String,
    /// A decimal that is not greater; absent if there is none.
    pub lower: Option<String>,
    /// A decimal that is not smaller.
    pub upper: Option<String>,
    /// The exact value, if it is a rational and short.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact: Option<String>,
}

impl Shown {
    /// An exact number.
    #[must_use]
    pub fn exact(value: &Rational, digits: u32) -> Shown {
        let (lower, upper) = (decimal(value, digits, Rounding::Down), decimal(value, digits, Rounding::Up));
        // the digits before the point are written out
        let whole = u32::try_from(value.to_integer().magnitude().to_string().len()).unwrap_or(SHORT);
        let first = if value.numer().bits() < 64 && whole <= SHORT { whole } else { 1 };
        let short = (first..=SHORT).find_map(|digits| {
            let down = decimal(value, digits, Rounding::Down);
            (down == decimal(value, digits, Rounding::Up)).then_some(down)
        });
        let text = short.clone().unwrap_or_else(|| dotted(&truncated(value, digits)));
        let fraction = value.to_string();
        let exact = if fraction.len() <= 100 { Some(fraction) } else { None };
        match short {
            Some(short) => Shown { text, lower: Some(short.clone()), upper: Some(short), exact },
            None => Shown { text, lower: Some(lower), upper: Some(upper), exact },
        }
    }

    /// One number that lies in the interval.
    #[must_use]
    pub fn number(interval: &Interval, digits: u32, precision: &Precision) -> Shown {
        if let Some(value) = interval.as_point().and_then(near) {
            return Shown::exact(&value, digits);
        }
        let mut shown = Shown::set(interval, digits, precision);
        if let Some(text) = agreed(interval, digits, precision).or_else(|| rounded(interval, digits)) {
            shown.text = text;
        } else if let Some(text) = (2..digits).rev().find_map(|digits| agreed(interval, digits, precision)) {
            shown.text = text;
        }
        shown
    }

    /// All numbers of the interval.
    #[must_use]
    pub fn set(interval: &Interval, digits: u32, precision: &Precision) -> Shown {
        let end = |value: &Dyadic, rounding| end(value, digits, rounding, precision);
        let lower = interval.lower_value().and_then(|value| end(value, Rounding::Down));
        let upper = interval.upper_value().and_then(|value| end(value, Rounding::Up));
        let text = match (&lower, &upper) {
            (Some(lower), Some(upper)) if lower == upper => lower.clone(),
            (Some(lower), Some(upper)) => format!("[{lower}, {upper}]"),
            (Some(lower), None) => format!("at least {lower}"),
            (None, Some(upper)) => format!("at most {upper}"),
            (None, None) => "any number".into(),
        };
        Shown { text, lower, upper, exact: None }
    }
}

/// Whether that many digits of a number in the interval are certain.
#[must_use]
pub fn is_certain(interval: &Interval, digits: u32, precision: &Precision) -> bool {
    interval.as_point().is_some() || agreed(interval, digits, precision).or_else(|| rounded(interval, digits)).is_some()
}

/// The common digits of both ends, `…` behind them.
fn agreed(interval: &Interval, digits: u32, precision: &Precision) -> Option<String> {
    let (low, high) = (interval.lower_value()?, interval.upper_value()?);
    if low.signum() != high.signum() || low.is_zero() {
        return None;
    }
    if let (Some(low), Some(high)) = (near(low), near(high)) {
        let text = truncated(&low, digits);
        return (text == truncated(&high, digits)).then(|| dotted(&text));
    }
    let (inner, outer) = if low.is_negative() { (high, low) } else { (low, high) };
    let ((inner, _, power), (_, outer, same)) = (scaled(inner, precision)?, scaled(outer, precision)?);
    let text = truncated(&inner, digits);
    let sign = if low.is_negative() { "-" } else { "" };
    (power == same && text == truncated(&outer, digits)).then(|| format!("{sign}{text}…e{power}"))
}

/// The decimal to which all numbers of the interval round: no common digits are found just around a short decimal.
fn rounded(interval: &Interval, digits: u32) -> Option<String> {
    let (low, high) = (near(interval.lower_value()?)?, near(interval.upper_value()?)?);
    let text = decimal(&low, digits, Rounding::Nearest);
    (text == decimal(&high, digits, Rounding::Nearest) && !interval.contains(&Rational::from_integer(0.into())))
        .then(|| format!("about {text}"))
}

/// `1.23…e7`
fn dotted(text: &str) -> String {
    match text.split_once('e') {
        Some((mantissa, exponent)) => format!("{mantissa}…e{exponent}"),
        None => format!("{text}…"),
    }
}

/// The first digits of the number.
fn truncated(value: &Rational, digits: u32) -> String {
    decimal(value, digits, if value.is_negative() { Rounding::Up } else { Rounding::Down })
}

/// The number, if it has not too many digits to be written out.
fn near(value: &Dyadic) -> Option<Rational> {
    let near = value.is_zero() || (-PLAIN_BITS..PLAIN_BITS).contains(&value.magnitude());
    if near { value.to_rational() } else { None }
}

/// A decimal on that side of the number; of a very large or small one with an exponent of its own.
fn end(value: &Dyadic, digits: u32, rounding: Rounding, precision: &Precision) -> Option<String> {
    if let Some(value) = near(value) {
        return Some(decimal(&value, digits, rounding));
    }
    let (low, high, power) = scaled(value, precision)?;
    let (sign, outward) = match (value.is_negative(), rounding) {
        (false, rounding) => ("", rounding),
        (true, Rounding::Down) => ("-", Rounding::Up),
        (true, Rounding::Up) => ("-", Rounding::Down),
        (true, Rounding::Nearest) => ("-", Rounding::Nearest),
    };
    let mantissa = if outward == Rounding::Up { high } else { low };
    Some(format!("{sign}{}e{power}", decimal(&mantissa, digits, outward)))
}

/// `(l, h, k)` with `l <= |x|/10^k <= h`, and `1 <= l`, `h < 10` where the precision suffices to see so.
fn scaled(value: &Dyadic, precision: &Precision) -> Option<(Rational, Rational, i64)> {
    // 2^(m-1) <= |x| < 2^m, and log10(2) = 0.30102999566…: a first guess, put right below
    let magnitude = i128::from(value.magnitude());
    let mut power = i64::try_from((magnitude * 30_102_999_566).div_euclid(100_000_000_000)).ok()?;
    let ten = Interval::integer(10);
    let one = Rational::from_integer(1.into());
    for _ in 0..64 {
        let size = Interval::point(value.abs());
        let mantissa = size.mul(&ten.pow_int(power.checked_neg()?, precision)?, precision);
        let (low, high) = (near(mantissa.lower_value()?)?, near(mantissa.upper_value()?)?);
        if low < one {
            power = power.checked_sub(1)?;
        } else if high >= Rational::from_integer(10.into()) {
            power = power.checked_add(1)?;
        } else {
            return Some((low, high, power));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;

    fn ratio(a: i64, b: i64) -> Rational {
        Rational::new(a.into(), b.into())
    }

    fn between(low: &Rational, high: &Rational) -> Interval {
        let precision = Precision::new(200);
        let (low, high) = (Interval::from_rational(low, &precision), Interval::from_rational(high, &precision));
        low.hull(&high)
    }

    #[test]
    fn exact_numbers_carry_no_dots() {
        let table = [
            (ratio(1, 10), "0.1"),
            (ratio(60_000, 1), "60000"),
            (ratio(-5, 2), "-2.5"),
            (ratio(1, 3), "0.333333…"),
            (ratio(-2, 3), "-0.666666…"),
            (ratio(0, 1), "0"),
        ];
        for (value, wanted) in table {
            assert_eq!(Shown::exact(&value, 6).text, wanted);
        }
    }

    #[test]
    fn only_common_digits_are_printed() {
        let precision = Precision::new(128);
        let table = [
            (ratio(12_345, 10_000), ratio(12_346, 10_000), "1.234…"),
            (ratio(-12_346, 10_000), ratio(-12_345, 10_000), "-1.234…"),
            (ratio(999, 1000), ratio(1001, 1000), "[0.998999, 1.00101]"),
            (ratio(-1, 1000), ratio(1, 1000), "[-0.00100001, 0.00100001]"),
        ];
        for (low, high, wanted) in table {
            let shown = Shown::number(&between(&low, &high), 6, &precision);
            if wanted.starts_with('[') {
                assert!(shown.text.starts_with('['), "{}", shown.text);
            } else {
                assert_eq!(shown.text, wanted);
            }
        }
    }

    #[test]
    fn very_large_and_small_numbers_have_an_exponent() {
        let precision = Precision::new(256);
        let seven = Interval::integer(7).pow_int(1_000_000, &precision).unwrap();
        let shown = Shown::number(&seven, 8, &precision);
        // 1000000 log10 7 = 845098.0400142568307…
        assert!(shown.text.starts_with("1.0965") && shown.text.ends_with("…e845098"), "{}", shown.text);
        let small = seven.recip(&precision).unwrap().neg();
        let shown = Shown::number(&small, 8, &precision);
        assert!(shown.text.starts_with("-9.119") && shown.text.ends_with("…e-845099"), "{}", shown.text);
        let lower = shown.lower.unwrap();
        assert!(lower.ends_with("e-845099"), "{lower}");
    }

    #[test]
    fn the_ends_lie_on_their_sides() {
        let precision = Precision::new(64);
        let value = Interval::from_rational(&Rational::new(BigInt::from(2), BigInt::from(7)), &precision);
        let shown = Shown::set(&value, 5, &precision);
        assert_eq!((shown.lower.as_deref(), shown.upper.as_deref()), (Some("0.28571"), Some("0.28572")));
    }
}
