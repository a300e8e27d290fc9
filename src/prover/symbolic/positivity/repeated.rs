//! Repeated factors of polynomials in one variable: their squares are taken out before anything is looked for.
//!
//! Owns: greatest common divisors and exact quotients. Must not know: what is nonnegative where. Reference: Yun 1976.

use super::polynomial::Polynomial;
use rug::Rational;

/// The one variable that occurs, if there is only one.
#[must_use]
pub fn only_variable(polynomial: &Polynomial) -> Option<usize> {
    let n = polynomial.terms().next()?.0.len();
    let mut occurring = (0..n).filter(|v| polynomial.degree_in(*v) > 0);
    let first = occurring.next()?;
    occurring.next().is_none().then_some(first)
}

/// `(s, r)` with `polynomial = s^2 r`, s as large as can be; `None` unless s has a variable.
#[must_use]
pub fn without_squares(polynomial: &Polynomial) -> Option<(Polynomial, Polynomial)> {
    let variable = only_variable(polynomial)?;
    let n = polynomial.terms().next()?.0.len();
    let dense: Dense = (0..=polynomial.degree())
        .map(|e| polynomial.coefficient(&(0..n).map(|v| if v == variable { e } else { 0 }).collect::<Vec<_>>()))
        .collect();
    // p / Π (distinct factors) and so on: each round takes one from every exponent
    let mut root = vec![Rational::from(1)];
    let mut rest = dense.clone();
    loop {
        let once = gcd(&rest, &derivative(&rest));
        let twice = gcd(&once, &derivative(&once));
        // factors with exponent >= 2 in the rest
        let repeated = quotient(&once, &twice)?;
        if repeated.len() < 2 {
            break;
        }
        root = product(&root, &repeated);
        rest = quotient(&rest, &product(&repeated, &repeated))?;
    }
    if root.len() < 2 {
        return None;
    }
    let sparse = |dense: &Dense| {
        let mut result = Polynomial::default();
        for (e, c) in (0_u32..).zip(dense) {
            result.add_term((0..n).map(|v| if v == variable { e } else { 0 }).collect(), c.clone());
        }
        result
    };
    Some((sparse(&root), sparse(&rest)))
}

/// Coefficients from the constant upwards; the last is not 0.
type Dense = Vec<Rational>;

fn trimmed(mut dense: Dense) -> Dense {
    while dense.last().is_some_and(|c| *c == 0) {
        dense.pop();
    }
    dense
}

fn derivative(dense: &Dense) -> Dense {
    trimmed((0_u32..).zip(dense).skip(1).map(|(e, c)| Rational::from(c * e)).collect())
}

fn product(a: &Dense, b: &Dense) -> Dense {
    let mut result = vec![Rational::new(); a.len() + b.len() - 1];
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            result[i + j] += Rational::from(x * y);
        }
    }
    result
}

/// Quotient and remainder.
fn divide(a: &Dense, b: &Dense) -> (Dense, Dense) {
    let mut rest = a.clone();
    let mut quotient = vec![Rational::new(); (a.len() + 1).saturating_sub(b.len())];
    let Some(lead) = b.last() else { return (quotient, rest) };
    for place in (0..quotient.len()).rev() {
        let factor = Rational::from(&rest[place + b.len() - 1] / lead);
        for (i, c) in b.iter().enumerate() {
            rest[place + i] -= Rational::from(&factor * c);
        }
        quotient[place] = factor;
    }
    (trimmed(quotient), trimmed(rest))
}

fn quotient(a: &Dense, b: &Dense) -> Option<Dense> {
    let (quotient, rest) = divide(a, b);
    rest.is_empty().then_some(quotient)
}

/// The monic greatest common divisor.
fn gcd(a: &Dense, b: &Dense) -> Dense {
    let (mut a, mut b) = (a.clone(), b.clone());
    while !b.is_empty() {
        let (_, rest) = divide(&a, &b);
        a = b;
        b = rest;
        if let Some(lead) = b.last().cloned() {
            b.iter_mut().for_each(|c| *c /= &lead);
        }
    }
    if let Some(lead) = a.last().cloned() {
        a.iter_mut().for_each(|c| *c /= &lead);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    fn polynomial(coefficients: &[i32]) -> Polynomial {
        let mut result = Polynomial::default();
        for (e, c) in (0_u32..).zip(coefficients) {
            result.add_term(vec![e], Rational::from(*c));
        }
        result
    }

    #[test]
    fn squares_are_taken_out() {
        // (x^3 - 2)^2 (x^2 + 1) (x - 1)^3
        let (a, b, c) = (polynomial(&[-2, 0, 0, 1]), polynomial(&[1, 0, 1]), polynomial(&[-1, 1]));
        let all = a.power(1, 2).times(&b).times(&c.power(1, 3));
        let (root, rest) = without_squares(&all).unwrap();
        assert_eq!(root.times(&root).times(&rest), all);
        assert_eq!(root.degree(), 4);
        assert!(without_squares(&b).is_none());
        assert!(without_squares(&c).is_none());
    }
}
