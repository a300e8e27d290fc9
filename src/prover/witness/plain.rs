//! The plainest rational in an interval.
//!
//! Owns: what counts as plain. Must not know: why the interval matters.
//! Reference: Graham, Knuth & Patashnik, *Concrete Mathematics*, section 4.5 (Stern and Brocot).

use rug::{Integer, Rational};

/// How long a number is to read: the digits of numerator and denominator, trailing zeros counting little.
#[must_use]
pub fn length(value: &Rational) -> u32 {
    let sign = if *value < 0 { 2 } else { 0 };
    if value.is_integer() {
        digits_of(value.numer()) + sign
    } else {
        2 + digits_of(value.numer()) + digits_of(value.denom()) + sign
    }
}

fn digits_of(n: &Integer) -> u32 {
    // most numbers fit a word, and need no text
    if let Some(n) = n.to_i64().map(i64::unsigned_abs) {
        if n == 0 {
            return 1;
        }
        let all = n.ilog10() + 1;
        let (mut rest, mut zeros) = (n, 0);
        while rest.is_multiple_of(10) {
            rest /= 10;
            zeros += 1;
        }
        return weight(rest == 1, all - zeros) + all;
    }
    let digits = n.to_string();
    let significant = digits.trim_start_matches('-').trim_end_matches('0');
    let count = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX / 16);
    weight(significant == "1", count(significant)) + count(digits.trim_start_matches('-'))
}

fn weight(is_one: bool, significant: u32) -> u32 {
    if is_one { 2 } else { 4 * significant }
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
    fn lengths_count_digits_and_trailing_zeros_little() {
        for (value, expected) in
            [("0", 1), ("1", 3), ("7", 5), ("10", 4), ("1000", 6), ("1200", 12), ("-3", 7), ("1/2", 10), ("-1/10", 11)]
        {
            assert_eq!(length(&value.parse().unwrap()), expected, "{value}");
        }
        // beyond a word the text is counted
        let long: Rational = "120000000000000000000000".parse().unwrap();
        assert_eq!(length(&long), 8 + 24);
        assert_eq!(length(&-long), 8 + 24 + 2);
    }

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
