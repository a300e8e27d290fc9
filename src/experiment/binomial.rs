//! Exact confidence intervals for a probability (C. J. Clopper, E. S. Pearson, Biometrika 26 (1934)).
//!
//! Owns: the intervals. Must not know: what was counted. For `s` successes in `n` trials the interval reaches from the greatest `p` with
//! `P(X >= s) <= alpha/2` to the least `p` with `P(X <= s) <= alpha/2`, `X` binomial with `n` and `p`. Both tails are monotone in `p`; each end is
//! found by bisection on multiples of `2^-40`, where an enclosure of the tail certifies the inequality, so that an end is never
//! inside of the exact one.

use boundproof_checker::exact::{Interval, Precision, Rational};

/// Binary digits of an end.
const DIGITS: u32 = 40;

/// An interval for a probability.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confidence {
    /// Its lower end.
    pub lower: Rational,
    /// Its upper end.
    pub upper: Rational,
}

/// The interval that contains the probability with confidence `1 - alpha`.
#[must_use]
pub fn interval(successes: u64, trials: u64, alpha: &Rational) -> Confidence {
    let half = alpha / Rational::from_integer(2.into());
    let failures = trials.saturating_sub(successes);
    let one = Rational::from_integer(1.into());
    Confidence { lower: lower(successes, trials, &half), upper: one - lower(failures, trials, &half) }
}

/// The greatest multiple of `2^-DIGITS` that is seen to have `P(X >= s) <= most`; the other end is this one for failures.
fn lower(successes: u64, trials: u64, most: &Rational) -> Rational {
    let grid = |k: u64| Rational::new(k.into(), (1u64 << DIGITS).into());
    if successes == 0 {
        return grid(0);
    }
    let precision = Precision::new(128);
    let most = Interval::from_rational(most, &precision);
    let small =
        |k: u64| upper_tail(successes, trials, &grid(k), &precision).is_some_and(|tail| tail.certainly_at_most(&most));
    let (mut is, mut is_not) = (0u64, 1u64 << DIGITS);
    while is_not - is > 1 {
        let middle = u64::midpoint(is, is_not);
        if small(middle) { is = middle } else { is_not = middle }
    }
    grid(is)
}

/// An enclosure of `P(X >= s)` for `0 < p < 1`: the terms `binom(n, i) p^i (1 - p)^(n - i)` from `i = n` down.
fn upper_tail(successes: u64, trials: u64, p: &Rational, precision: &Precision) -> Option<Interval> {
    let q = Interval::from_rational(&(Rational::from_integer(1.into()) - p), precision);
    let p = Interval::from_rational(p, precision);
    let ratio = q.div(&p, precision)?;
    let mut term = p.pow_int(i64::try_from(trials).ok()?, precision)?;
    let mut sum = term.clone();
    for i in (successes..trials).rev() {
        // from i + 1 to i: times (i + 1)/(n - i) and q/p
        let factor = Interval::from_rational(&Rational::new((i + 1).into(), (trials - i).into()), precision);
        term = term.mul(&factor, precision).mul(&ratio, precision);
        sum = sum.add(&term, precision);
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_traits::ToPrimitive;

    #[test]
    fn known_intervals() {
        let alpha = Rational::new(1.into(), 20.into());
        // closed forms: 1 - (alpha/2)^(1/n) for none; and for 1 of 2: 1 - sqrt(1 - alpha/2) and its mirror image
        let table = [
            (0, 10, 0.0, 1.0 - 0.025f64.powf(0.1)),
            (10, 10, 0.025f64.powf(0.1), 1.0),
            (1, 2, 1.0 - 0.975f64.sqrt(), 0.975f64.sqrt()),
            (0, 1000, 0.0, 1.0 - 0.025f64.powf(0.001)),
            (1, 1, 0.025, 1.0),
        ];
        for (s, n, low, high) in table {
            let found = interval(s, n, &alpha);
            let (lower, upper) = (found.lower.to_f64().unwrap(), found.upper.to_f64().unwrap());
            assert!((lower - low).abs() < 1e-11 && (upper - high).abs() < 1e-11, "{s} of {n}: {lower} {upper}");
        }
    }

    /// Coverage by summation: for each p, the s whose interval contains p have probability at least 1 - alpha.
    #[test]
    fn they_cover() {
        let (n, alpha) = (12u64, Rational::new(1.into(), 10.into()));
        let intervals: Vec<Confidence> = (0..=n).map(|s| interval(s, n, &alpha)).collect();
        for k in 1..40i64 {
            let p = Rational::new(k.into(), 40.into());
            let one = Rational::from_integer(1.into());
            let mut covered = Rational::from_integer(0.into());
            let mut binomial = Rational::from_integer(1.into());
            for s in 0..=n {
                let power = |base: &Rational, e: u64| base.pow(i32::try_from(e).unwrap());
                if intervals[usize::try_from(s).unwrap()].lower <= p
                    && p <= intervals[usize::try_from(s).unwrap()].upper
                {
                    covered += &binomial * power(&p, s) * power(&(&one - &p), n - s);
                }
                binomial *= Rational::new((n - s).into(), (s + 1).into());
            }
            assert!(covered >= &one - &alpha, "{p}: {covered}");
        }
    }
}
