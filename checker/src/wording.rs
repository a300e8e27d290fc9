//! Verdicts and numbers in words, on one line, and whether a verdict is the expected one.
//!
//! Owns: what is printed for a verdict, and directed decimal rounding. Must not know: how a verdict was reached, files,
//! colours, layouts. Decimals are for readers only: nothing is computed from them.

use crate::evaluate::point::{Point, exact};
use crate::exact::{Dyadic, Interval, Rational};
use crate::rules::rejection::Rejection;
use crate::syntax::ast::{Expectation, Name};
use crate::syntax::print::expectation;
use crate::theorem::term::Term;
use crate::verdict::{Condition, Defect, Failure, Finding, Reason, Verdict};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Pow, Signed, Zero};
use std::fmt;

/// Whether the verdict is what the author expects. A conditional verdict counts as proved: what it rests on is listed.
#[must_use]
pub fn is_expected(expected: Expectation, verdict: &Verdict) -> bool {
    match verdict {
        Verdict::Proved(_) | Verdict::Conditional(..) => expected == Expectation::Proved,
        Verdict::Refuted(_) => expected == Expectation::Refuted,
        Verdict::Undefined(_) => expected == Expectation::Undefined,
        Verdict::Vacuous(_) => expected == Expectation::Vacuous,
        Verdict::Undecided(_) => expected == Expectation::Undecided,
        Verdict::Supposed | Verdict::Noted => true,
    }
}

impl Verdict {
    /// The verdict in one word.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Verdict::Proved(_) => "proved",
            Verdict::Conditional(..) => "conditional",
            Verdict::Refuted(_) => "refuted",
            Verdict::Undefined(_) => "undefined",
            Verdict::Vacuous(_) => "vacuous",
            Verdict::Undecided(_) => "undecided",
            Verdict::Supposed => "supposed",
            Verdict::Noted => "noted",
        }
    }
}

/// `verdict unit, and why`
impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:<11} {}", self.verdict.word(), self.unit.name)?;
        match &self.verdict {
            Verdict::Conditional(_, conditions) => {
                write!(out, " given ")?;
                list(conditions.iter(), out)?;
            }
            Verdict::Refuted(failure) | Verdict::Undefined(failure) => write!(out, " {failure}")?,
            Verdict::Undecided(reason) => write!(out, ": {reason}")?,
            Verdict::Proved(_) | Verdict::Vacuous(_) | Verdict::Supposed | Verdict::Noted => {}
        }
        if is_expected(self.unit.expect, &self.verdict) {
            return Ok(());
        }
        write!(out, " (expected {})", expectation(self.unit.expect))
    }
}

fn list<T: fmt::Display>(items: impl Iterator<Item = T>, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (position, item) in items.enumerate() {
        write!(out, "{}{item}", if position > 0 { ", " } else { "" })?;
    }
    Ok(())
}

impl fmt::Display for Condition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Condition::Fact(name) => write!(out, "fact:{name}"),
            Condition::Supposed(name) => write!(out, "supposed:{name}"),
            Condition::Model(name) => write!(out, "model:{name}"),
            Condition::Inclusion(name) => write!(out, "inclusion:{name}"),
        }
    }
}

/// `at x = 1/2: conclusion x^2 <= 1/5 fails: 1/4 against 1/5`
impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.point.is_empty() {
            write!(out, "at {}", Place(&self.point))?;
        }
        write!(out, ": {} {} fails", self.role, self.relation)?;
        let there = self.relation.substitute_all(&self.point);
        let value = |side: &Term, enclosed: &Interval| {
            exact(side, &Point::new()).map_or_else(|| enclosure(enclosed), |value| number(&value))
        };
        match &self.sides {
            Some((left, right)) => {
                let (left, right) = (value(&there.left, left), value(&there.right, right));
                write!(out, ": {left} against {right}")
            }
            None => Ok(()),
        }
    }
}

/// `x = 1/2, y = 3`
pub struct Place<'a, V>(pub &'a [(Name, V)]);

impl<V: fmt::Display> fmt::Display for Place<'_, V> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        list(self.0.iter().map(|(name, value)| format!("{name} = {value}")), out)
    }
}

impl Reason {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Reason::NoAnswer => "no-answer",
            Reason::Rejected(defect) => defect.code(),
            Reason::RestsOn(_) => "rests-on-unproved",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::NoAnswer => write!(out, "there is no answer")?,
            Reason::Rejected(defect) => write!(out, "the answer is rejected: {defect}")?,
            Reason::RestsOn(name) => write!(out, "it rests on `{name}`, which is not proved")?,
        }
        write!(out, " [{}]", self.code())
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Defect::Step { part, rejection } => {
                write!(out, "part {part}")?;
                rejected(rejection, out)
            }
            Defect::AtPoint { number, rejection } => {
                write!(out, "relation {number} at the point")?;
                rejected(rejection, out)
            }
            Defect::ProofCount { found, wanted } => write!(out, "it has {found} proofs for {wanted} parts"),
            Defect::Ranges => {
                write!(out, "its ranges are not one for each random argument, constant in the random quantities")
            }
            Defect::PointMissing => write!(out, "no point shows that the hypotheses can hold"),
            Defect::PointShape(name) => write!(out, "the point does not give `{name}` exactly one value of its sort"),
            Defect::PointOutside(relation) => {
                write!(out, "the hypothesis {relation} does not certainly hold at the point")
            }
            Defect::NotViolated(relation) => write!(out, "{relation} is not certainly false at the point"),
            Defect::NoSuchPart => write!(out, "there is no part with that number"),
            Defect::RangeNotAttained => write!(out, "a range is not shown to be attained"),
        }
    }
}

/// `, step s3 (combine): the cause`
fn rejected(rejection: &Rejection, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    if let Some((label, _)) = rejection.label {
        write!(out, ", step s{label}")?;
    }
    if let Some(rule) = &rejection.rule {
        write!(out, " ({rule})")?;
    }
    write!(out, ": {}", rejection.cause)
}

/// Which way a decimal is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// To a decimal that is not greater.
    Down,
    /// To a decimal that is not smaller.
    Up,
    /// To one of the nearest decimals.
    Nearest,
}

/// Numbers with more binary digits than this, before or after the point, are shown as a power of two.
const SHOWN_BITS: i64 = 20_000;

/// The decimal of `digits` significant digits (at least one) next to `value`: not greater for `Down`, not smaller for
/// `Up`, at most half a unit of the last digit away for `Nearest`.
#[must_use]
pub fn decimal(value: &Rational, digits: u32, rounding: Rounding) -> String {
    if value.is_zero() {
        return "0".into();
    }
    let digits = i64::from(digits.clamp(1, 1_000));
    let negative = value.is_negative();
    let (top, bottom) = (value.numer().magnitude().clone().into(), value.denom().clone());
    // 10^exponent <= |value| < 10^(exponent + 2): log10(2) lies between 0.30102 and 0.30103
    let mut exponent = magnitude_of_ten(&top, &bottom);
    loop {
        let mantissa = scaled(&top, &bottom, digits.saturating_sub(1).saturating_sub(exponent), rounding, negative);
        if mantissa >= power_of_ten(digits) {
            exponent = exponent.saturating_add(1);
            // rounding up to a power of ten: the same number with one digit less is exact
            if mantissa == power_of_ten(digits) {
                return written(&power_of_ten(digits.saturating_sub(1)).to_string(), exponent, negative);
            }
        } else {
            return written(&mantissa.to_string(), exponent, negative);
        }
    }
}

/// An `e` with `10^e <= top/bottom`, and seldom much less.
fn magnitude_of_ten(top: &BigInt, bottom: &BigInt) -> i64 {
    let bits = |n: &BigInt| i64::try_from(n.bits()).unwrap_or(i64::MAX);
    let binary = bits(top).saturating_sub(bits(bottom)).saturating_sub(1);
    let mut exponent = Integer::div_floor(&binary.saturating_mul(30_103), &100_000).saturating_sub(1);
    let reaches = |e: i64| {
        if e >= 0 { *top >= bottom * power_of_ten(e) } else { top * power_of_ten(e.saturating_neg()) >= *bottom }
    };
    while !reaches(exponent) {
        exponent = exponent.saturating_sub(1);
    }
    while reaches(exponent.saturating_add(1)) {
        exponent = exponent.saturating_add(1);
    }
    exponent
}

fn power_of_ten(exponent: i64) -> BigInt {
    Pow::pow(BigInt::from(10), u64::try_from(exponent).unwrap_or(0))
}

/// `top / bottom * 10^shift` as an integer; `rounding` is meant for the number with its sign.
fn scaled(top: &BigInt, bottom: &BigInt, shift: i64, rounding: Rounding, negative: bool) -> BigInt {
    let (top, bottom) = if shift >= 0 {
        (top * power_of_ten(shift), bottom.clone())
    } else {
        (top.clone(), bottom * power_of_ten(shift.saturating_neg()))
    };
    match (rounding, negative) {
        (Rounding::Nearest, _) => BigInt::div_floor(&(top * 2 + &bottom), &(bottom * 2)),
        (Rounding::Down, false) | (Rounding::Up, true) => BigInt::div_floor(&top, &bottom),
        (Rounding::Up, false) | (Rounding::Down, true) => BigInt::div_ceil(&top, &bottom),
    }
}

/// The digits `d.ddd` times `10^exponent`, plain or with an exponent.
fn written(digits: &str, exponent: i64, negative: bool) -> String {
    let sign = if negative { "-" } else { "" };
    let count = i64::try_from(digits.len()).unwrap_or(i64::MAX);
    let split = |at: i64| digits.split_at(usize::try_from(at).unwrap_or(0).min(digits.len()));
    if (-6..0).contains(&exponent) {
        let zeros = "0".repeat(usize::try_from(exponent.saturating_neg().saturating_sub(1)).unwrap_or(0));
        return format!("{sign}0.{zeros}{digits}");
    }
    if (0..count).contains(&exponent) {
        let (whole, rest) = split(exponent.saturating_add(1));
        return if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") };
    }
    let (first, rest) = split(1);
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{first}{point}{rest}e{exponent}")
}

/// What is known of a number in that interval: the number itself if it is short, or its decimal to as many digits as
/// are certain (at most ten), or two decimals between which it lies.
#[must_use]
pub fn enclosure(interval: &Interval) -> String {
    let (lower, upper) = match (interval.lower_value(), interval.upper_value()) {
        (Some(lower), Some(upper)) => (lower, upper),
        (Some(lower), None) => return format!("at least {}", bound(lower, Rounding::Down)),
        (None, Some(upper)) => return format!("at most {}", bound(upper, Rounding::Up)),
        (None, None) => return "unknown".into(),
    };
    if let (Some(low), Some(high)) = (showable(lower), showable(upper)) {
        if low == high {
            return number(&low);
        }
        let agreed = (2..=10).rev().find_map(|digits| {
            let decimal = decimal(&low, digits, Rounding::Nearest);
            (decimal == self::decimal(&high, digits, Rounding::Nearest)).then_some(decimal)
        });
        if let Some(agreed) = agreed {
            return format!("about {agreed}");
        }
    }
    format!("between {} and {}", bound(lower, Rounding::Down), bound(upper, Rounding::Up))
}

/// The number: exactly if that is short, else its decimal to ten digits.
#[must_use]
pub fn number(value: &Rational) -> String {
    let bits = value.numer().bits().saturating_add(value.denom().bits());
    if bits <= 100 { value.to_string() } else { format!("about {}", decimal(value, 10, Rounding::Nearest)) }
}

fn showable(value: &Dyadic) -> Option<Rational> {
    let near = value.is_zero() || (-SHOWN_BITS..SHOWN_BITS).contains(&value.magnitude());
    if near { value.to_rational() } else { None }
}

/// A decimal of three digits on that side of the number, or a power of two.
fn bound(value: &Dyadic, rounding: Rounding) -> String {
    if let Some(value) = showable(value) {
        return decimal(&value, 3, rounding);
    }
    let magnitude = value.magnitude();
    let smaller = magnitude.saturating_sub(1);
    match (value.is_negative(), rounding) {
        (false, Rounding::Up) => format!("2^{magnitude}"),
        (false, _) => format!("2^{smaller}"),
        (true, Rounding::Up) => format!("-2^{smaller}"),
        (true, _) => format!("-2^{magnitude}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::Precision;

    fn rational(top: i64, bottom: i64) -> Rational {
        Rational::new(top.into(), bottom.into())
    }

    #[test]
    fn decimals_are_on_the_stated_side() {
        let table = [
            (rational(1, 3), 3, Rounding::Down, "0.333"),
            (rational(1, 3), 3, Rounding::Up, "0.334"),
            (rational(-1, 3), 3, Rounding::Down, "-0.334"),
            (rational(-1, 3), 3, Rounding::Up, "-0.333"),
            (rational(2, 3), 3, Rounding::Nearest, "0.667"),
            (rational(999_999, 1_000_000), 3, Rounding::Nearest, "1.00"),
            (rational(999_999, 1_000_000), 3, Rounding::Down, "0.999"),
            (rational(99_999, 1), 3, Rounding::Up, "1.00e5"),
            (rational(512, 1), 3, Rounding::Down, "512"),
            (rational(512, 1), 5, Rounding::Down, "512.00"),
            (rational(1, 1_000_000_000), 2, Rounding::Down, "1.0e-9"),
            (rational(12_345, 1), 2, Rounding::Up, "1.3e4"),
            (rational(0, 1), 4, Rounding::Up, "0"),
            (rational(1, 1_000), 1, Rounding::Nearest, "0.001"),
        ];
        for (value, digits, rounding, wanted) in table {
            assert_eq!(decimal(&value, digits, rounding), wanted, "{value} {digits} {rounding:?}");
        }
    }

    #[test]
    fn enclosures_show_certain_digits_only() {
        let third = Interval::from_rational(&rational(1, 3), &Precision::new(16));
        assert_eq!(enclosure(&third), "about 0.3333");
        let wide = Interval::between(Dyadic::from_i64(1), Dyadic::from_i64(3)).unwrap();
        assert_eq!(enclosure(&wide), "between 1.00 and 3.00");
        assert_eq!(enclosure(&Interval::integer(7)), "7");
        assert_eq!(enclosure(&Interval::whole()), "unknown");
        let huge = Dyadic::new(3.into(), 1 << 40).unwrap();
        assert_eq!(enclosure(&Interval::at_least(huge)), format!("at least 2^{}", (1_u64 << 40) + 1));
    }

    #[test]
    fn large_and_small_decimals_take_no_time() {
        let large = Rational::from_integer(Pow::pow(BigInt::from(7), 5_000_u32));
        assert_eq!(decimal(&large, 4, Rounding::Down).split('e').count(), 2);
        assert!(decimal(&large.recip(), 4, Rounding::Down).contains("e-"));
    }
}
