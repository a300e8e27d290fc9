//! The plainest rational in an interval.
//!
//! Owns: what counts as plain. Must not know: why the interval matters.
//! Reference: Graham, Knuth & Patashnik, *Concrete Mathematics*, section 4.5 (Stern and Brocot).

use rug::{Integer, Rational};

/// How long a number is to read: the digits of numerator and denominator, trailing zeros counting little.
#[must_use]
pub fn length(value: &Rational) -> u32 {
    let of = |n: &Integer| {
        let digits = n.to_string();
        let significant = digits.trim_start_matches('-').trim_end_matches('0');
        let count = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX / 16);
        let weight = if significant == "1" { 2 } else { 4 * count(significant) };
        weight + count(&digits)
    };
    let sign = u32::from(*value < 0);
    if value.is_integer() { of(value.numer()) + sign } else { 2 + of(value.numer()) + of(value.denom()) + sign }
}

/// The plainest number in `[low, high]`, for `low <= high`.
#[must_use]
pub fn plainest(low: &Rational, high: &Rational) -> Rational {
    if *low <= 0 && *high >= 0 {
        return Rational::new();
    }
    if *high < 0 {
        return -plainest(&Rational::from(-high), &Rational::from(-low));
    }
    let mut found = vec![simplest(low, high)];
    found.extend(roundest(low, high));
    if let Some(inverse) = roundest(&Rational::from(high.recip_ref()), &Rational::from(low.recip_ref())) {
        found.push(inverse.recip());
    }
    found.into_iter().min_by_key(length).unwrap_or_else(|| low.clone())
}

/// The fraction with the least denominator in `[low, high]`, `0 < low <= high`.
fn simplest(low: &Rational, high: &Rational) -> Rational {
    let whole = Rational::from(low.ceil_ref());
    if whole <= *high {
        return whole;
    }
    let floor = Rational::from(low.floor_ref());
    let (a, b) = (Rational::from(low - &floor), Rational::from(high - &floor));
    // both lie strictly between 0 and 1: turn them over
    floor + simplest(&b.recip(), &a.recip()).recip()
}

/// The integer or decimal with the fewest significant digits in `[low, high]`, `0 < low <= high`.
fn roundest(low: &Rational, high: &Rational) -> Option<Rational> {
    let digits = Rational::from(high.ceil_ref()).numer().to_string().len();
    for exponent in (0..digits).rev() {
        let unit = Rational::from(Integer::from(Integer::u_pow_u(10, u32::try_from(exponent).ok()?)));
        let multiple = Rational::from((Rational::from(low / &unit)).ceil_ref()) * &unit;
        if multiple <= *high {
            return Some(multiple);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plainest_is_found() {
        for (low, high, found) in [
            ("1/3", "1/2", "1/2"),
            ("3/10", "34/100", "1/3"),
            ("-34/100", "-3/10", "-1/3"),
            ("-1", "1", "0"),
            ("998244353", "1050000000", "1000000000"),
            ("1/1100", "1/900", "1/1000"),
            ("314/100", "315/100", "22/7"),
            ("7", "7", "7"),
            ("7/100", "7/100", "7/100"),
        ] {
            let [low, high, found] = [low, high, found].map(|t| t.parse::<Rational>().unwrap());
            assert_eq!(plainest(&low, &high), found);
        }
    }
}
