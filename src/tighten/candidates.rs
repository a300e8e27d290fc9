//! Numbers that a threshold may be: plain fractions and closed forms near it, and decimals on either side.
//!
//! Owns: what is tried. Must not know: whether any of it is right.

use super::constant::{read, value};
use super::isolate::number;
use crate::prover::witness::plainest_between;
use boundproof_checker::exact::{Integer, Rational};
use boundproof_checker::syntax::ast::Expr;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// How near, relatively, a plain number must be to the numeric threshold.
const NEAR: f64 = 2e-9;
/// Fractions with larger numbers are no plainer than chance makes them.
const PLAIN: u32 = 3_000;
/// Fractions with numbers up to this size are plainer than closed forms.
const PLAINEST: u32 = 100;
/// How far beyond it, relatively, plainer numbers are looked for.
const BEYOND: [f64; 4] = [1e-7, 1e-5, 1e-3, 1e-2];
/// What plain fractions are multiplied with.
const FACTORS: [&str; 12] = [
    "exp(1)",
    "exp(-1)",
    "pi",
    "1/pi",
    "sqrt(2)",
    "sqrt(3)",
    "sqrt(pi)",
    "log(2)",
    "1/log(2)",
    "exp(2)",
    "exp(-2)",
    "sqrt(exp(1))",
];
/// Multiples of these may have so large numerators and denominators.
const SMALL: u32 = 24;

/// A number to try.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// As it is written.
    pub expr: Expr,
    /// Its value, if it is rational.
    pub exact: Option<Rational>,
    /// Its value in f64.
    pub approximate: f64,
}

impl Candidate {
    /// A rational.
    #[must_use]
    pub fn rational(value: &Rational) -> Candidate {
        let approximate = value.to_f64().unwrap_or(f64::NAN);
        Candidate { expr: number(value), exact: Some(value.clone()), approximate }
    }

    /// An expression without variables.
    #[must_use]
    pub fn expression(expr: &Expr) -> Option<Candidate> {
        let (exact, approximate) = value(expr)?;
        Some(Candidate { expr: expr.clone(), exact, approximate })
    }
}

/// Plain numbers near the threshold, the plainest first.
#[must_use]
pub fn plain(threshold: f64) -> Vec<Candidate> {
    let fractions = |most| -> Vec<Candidate> { fraction(threshold, most).iter().map(Candidate::rational).collect() };
    let mut found = fractions(PLAINEST);
    if !found.is_empty() {
        return found;
    }
    for factor in FACTORS {
        let Some((_, size)) = read(factor).as_ref().and_then(value) else { continue };
        let Some(multiple) = fraction(threshold / size, SMALL) else { continue };
        let text = if multiple.is_one() { factor.to_owned() } else { format!("{}*{factor}", written(&multiple)) };
        found.extend(read(&text).as_ref().and_then(Candidate::expression));
    }
    // convergents of square roots come near to them: closed forms go first
    found.extend(fractions(PLAIN));
    found
}

/// Plain fractions a little beyond the threshold, on the side of `sign`: a limit may only be approached by what was
/// found.
#[must_use]
pub fn plain_beyond(threshold: f64, sign: f64) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for width in BEYOND {
        let mut ends = [threshold, threshold + sign * width * threshold.abs()];
        ends.sort_by(f64::total_cmp);
        let [Some(low), Some(high)] = ends.map(Rational::from_float) else { continue };
        let plainest = plainest_between(&low, &high);
        if is_plain(&plainest, SMALL) && found.iter().all(|c| c.exact.as_ref() != Some(&plainest)) {
            found.push(Candidate::rational(&plainest));
        }
    }
    found
}

fn written(value: &Rational) -> String {
    if value.is_integer() { value.to_string() } else { format!("{}/{}", value.numer(), value.denom()) }
}

/// The plain fraction at that number, if there is one with numbers of at most that size.
fn fraction(near: f64, most: u32) -> Option<Rational> {
    let slack = near.abs() * NEAR;
    let (low, high) = (Rational::from_float(near - slack)?, Rational::from_float(near + slack)?);
    let found = plainest_between(&low, &high);
    is_plain(&found, most).then_some(found)
}

/// Whether numerator and denominator are small, zeros at the end not counted.
fn is_plain(value: &Rational, most: u32) -> bool {
    let small = |n: &Integer| {
        let digits = n.abs().to_string();
        let significant = digits.trim_end_matches('0');
        significant.len() <= 9 && significant.parse::<u64>().is_ok_and(|n| n <= u64::from(most) * 100)
    };
    small(value.numer()) && *value.denom() <= Integer::from(most) && !value.is_zero()
}

/// `10^exponent`
#[must_use]
pub fn power_of_ten(exponent: i32) -> Rational {
    let power = Rational::from_integer(num_traits::pow(Integer::from(10), exponent.unsigned_abs() as usize));
    if exponent < 0 { power.recip() } else { power }
}

/// The unit that is at most `10^-digits` of the number.
#[must_use]
pub fn unit(near: f64, digits: u32) -> Rational {
    let exponent = if near == 0.0 || !near.is_finite() { 0.0 } else { near.abs().log10().floor() };
    #[allow(clippy::cast_possible_truncation)] // an exponent of an f64
    power_of_ten(exponent as i32 - i32::try_from(digits).unwrap_or(i32::MAX / 2))
}

/// The greatest multiple of the unit that is at most the number.
#[must_use]
pub fn floor(value: &Rational, unit: &Rational) -> Rational {
    (value / unit).floor() * unit
}

/// The least multiple of the unit that is at least the number.
#[must_use]
pub fn ceil(value: &Rational, unit: &Rational) -> Rational {
    (value / unit).ceil() * unit
}
