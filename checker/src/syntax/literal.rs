//! Decimal literals: the exact rational that they denote, and back.
//!
//! Owns: reading and writing of decimals, the caps on their size. Must not know: where they stand in a text.

use super::error::SyntaxCode;
use crate::exact::Rational;
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, Zero};

/// The largest number of digits and the largest exponent of a literal.
pub const MAX_DIGITS: usize = 10_000;

/// Literals up to this length do not count towards the total.
const SHORT: u64 = 40;

/// Why a literal is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is no decimal.
    Malformed,
    /// It has too many digits.
    Digits,
    /// Its exponent is too large.
    Exponent,
    /// The long literals of the text have too many digits together.
    Total,
}

impl Refusal {
    pub(super) fn code(self) -> SyntaxCode {
        match self {
            Self::Malformed => SyntaxCode::BadNumber,
            Self::Digits | Self::Exponent | Self::Total => SyntaxCode::NumberTooLarge,
        }
    }

    pub(super) fn message(self) -> String {
        match self {
            Self::Malformed => "expected a decimal number".to_owned(),
            Self::Digits => format!("a number with more than {MAX_DIGITS} digits"),
            Self::Exponent => format!("a number whose power of ten lies beyond {MAX_DIGITS}"),
            Self::Total => "the long numbers of this text have too many digits together".to_owned(),
        }
    }

    pub(super) fn help(self) -> Option<&'static str> {
        match self {
            Self::Malformed => None,
            Self::Digits | Self::Exponent => Some("write it as a power, such as `10^20000`"),
            Self::Total => Some("name the number once with `define`, or write it as a power"),
        }
    }
}

/// The rational that `digits[.digits][e[±]digits]` denotes: `N * 10^E` with at most [`MAX_DIGITS`] digits in `N` and
/// `|E|` at most [`MAX_DIGITS`]. Long ones are deducted from `budget`.
pub(super) fn decimal(written: &str, budget: &mut u64) -> Result<Rational, Refusal> {
    let (mantissa, exponent) = match written.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent_value(exponent)?),
        None => (written, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = whole.len().saturating_add(fraction.len());
    if digits > MAX_DIGITS {
        return Err(Refusal::Digits);
    }
    let cap = i64::try_from(MAX_DIGITS).unwrap_or(i64::MAX);
    let scale = i64::try_from(fraction.len()).unwrap_or(i64::MAX);
    let exponent = exponent.saturating_sub(scale);
    if exponent.abs() > cap {
        return Err(Refusal::Exponent);
    }
    let length = exponent.unsigned_abs().saturating_add(u64::try_from(digits).unwrap_or(u64::MAX));
    if length > SHORT {
        *budget = budget.checked_sub(length).ok_or(Refusal::Total)?;
    }
    if exponent == 0
        && fraction.is_empty()
        && let Ok(short) = whole.parse::<u64>()
    {
        return Ok(Rational::from_integer(short.into()));
    }
    let joined = [whole, fraction].concat();
    let number = BigUint::parse_bytes(joined.as_bytes(), 10).ok_or(Refusal::Malformed)?;
    let number = BigInt::from_biguint(Sign::Plus, number);
    let power = BigInt::from(10).pow(u32::try_from(exponent.unsigned_abs()).map_err(|_| Refusal::Exponent)?);
    Ok(if exponent >= 0 { Rational::from_integer(number * power) } else { Rational::new(number, power) })
}

fn exponent_value(written: &str) -> Result<i64, Refusal> {
    let (negative, digits) = match written.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, written.strip_prefix('+').unwrap_or(written)),
    };
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(Refusal::Malformed);
    }
    let mut value: i64 = 0;
    for digit in digits.chars().filter_map(|digit| digit.to_digit(10)) {
        value = value.saturating_mul(10).saturating_add(i64::from(digit));
    }
    Ok(if negative { value.saturating_neg() } else { value })
}

/// How a rational was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// As one literal.
    Decimal(String),
    /// As a quotient of integers, for want of a finite decimal.
    Quotient(String),
}

/// The shortest usual spelling of a rational that is not negative: a decimal if it is a finite one.
pub(super) fn write_magnitude(value: &Rational) -> Written {
    let magnitude = value.numer().magnitude();
    let denominator = value.denom().magnitude();
    let Some((factor, places)) = to_power_of_ten(denominator) else {
        return Written::Quotient(format!("{magnitude}/{denominator}"));
    };
    let digits = (magnitude * factor).to_string();
    Written::Decimal(place_point(&digits, places))
}

/// `(f, k)` with `denominator * f = 10^k`, for the least `k`; `None` if there is none.
fn to_power_of_ten(denominator: &BigUint) -> Option<(BigUint, u32)> {
    let twos = denominator.trailing_zeros().unwrap_or(0);
    let mut rest = denominator >> twos;
    let five = BigUint::from(5_u32);
    let mut fives: u64 = 0;
    while rest > BigUint::one() {
        let (quotient, remainder) = rest.div_rem(&five);
        if !remainder.is_zero() {
            return None;
        }
        rest = quotient;
        fives = fives.saturating_add(1);
    }
    let places = u32::try_from(twos.max(fives)).ok()?;
    Some((BigUint::from(10_u32).pow(places) / denominator, places))
}

/// The decimal `digits * 10^-places`. Beyond 12 zeros an exponent is written.
fn place_point(digits: &str, places: u32) -> String {
    let places = usize::try_from(places).unwrap_or(usize::MAX);
    if places == 0 {
        let trimmed = digits.trim_end_matches('0');
        let zeros = digits.len().saturating_sub(trimmed.len());
        let long = zeros > 12 || digits.len() > MAX_DIGITS;
        return if long && !trimmed.is_empty() { format!("{trimmed}e{zeros}") } else { digits.to_owned() };
    }
    let Some(point) = digits.len().checked_sub(places) else {
        let zeros = places.saturating_sub(digits.len());
        let long = zeros > 12 || places >= MAX_DIGITS;
        return if long { format!("{digits}e-{places}") } else { format!("0.{}{digits}", "0".repeat(zeros)) };
    };
    if point == 0 && places >= MAX_DIGITS {
        return format!("{digits}e-{places}");
    }
    match digits.split_at_checked(point) {
        Some(("", fraction)) => format!("0.{fraction}"),
        Some((whole, fraction)) => format!("{whole}.{fraction}"),
        None => digits.to_owned(),
    }
}
