//! Polynomials in one variable as products of given polynomials.
//!
//! Owns: exact division. Must not know: where the candidates come from.

use boundproof_checker::exact::Rational;
use boundproof_checker::normal::{Monomial, Polynomial};
use boundproof_checker::theorem::term::{Node, Term};
use num_traits::{One, ToPrimitive, Zero};

/// The coefficients by increasing power of the only variable of the polynomial.
fn dense(polynomial: &Polynomial) -> Option<(Term, Vec<Rational>)> {
    let mut variable: Option<Term> = None;
    let mut coefficients = Vec::new();
    for (monomial, value) in polynomial.terms() {
        let mut factors = monomial.factors();
        let degree = match (factors.next(), factors.next()) {
            (None, _) => 0,
            (Some((atom, exponent)), None) if matches!(atom.node(), Node::Variable(_)) => {
                if variable.as_ref().is_some_and(|known| known != atom) {
                    return None;
                }
                variable = Some(atom.clone());
                usize::try_from(exponent).ok().filter(|degree| *degree <= 16)?
            }
            _ => return None,
        };
        if coefficients.len() <= degree {
            coefficients.resize(degree + 1, Rational::zero());
        }
        *coefficients.get_mut(degree)? = value.clone();
    }
    Some((variable?, coefficients))
}

fn polynomial(variable: &Term, coefficients: &[Rational]) -> Polynomial {
    let mut sum = Polynomial::default();
    for (degree, value) in coefficients.iter().enumerate() {
        let monomial = degree.to_i32().map_or_else(Monomial::one, |e| Monomial::atom(variable.clone(), e));
        sum.add(&Polynomial::monomial(monomial, value.clone()));
    }
    sum
}

/// `a / b`, if the division leaves nothing.
fn quotient(a: &[Rational], b: &[Rational]) -> Option<Vec<Rational>> {
    let steps = a.len().checked_sub(b.len())?;
    let last = b.last().filter(|c| !c.is_zero())?;
    let mut rest = a.to_vec();
    let mut found = vec![Rational::zero(); steps + 1];
    for shift in (0..=steps).rev() {
        let factor = rest.get(shift + b.len() - 1)? / last;
        for (place, coefficient) in b.iter().enumerate() {
            *rest.get_mut(shift + place)? -= coefficient * &factor;
        }
        *found.get_mut(shift)? = factor;
    }
    rest.iter().all(Zero::is_zero).then_some(found)
}

/// `polynomial = rest * Π candidate^exponent`, with the exponents as large as can be.
pub fn divided(whole: &Polynomial, candidates: &[Polynomial]) -> (Polynomial, Vec<(Polynomial, i32)>) {
    let mut found = Vec::new();
    let Some((variable, mut rest)) = dense(whole) else { return (whole.clone(), found) };
    for candidate in candidates {
        let Some((other, divisor)) = dense(candidate) else { continue };
        if other != variable || divisor.len() < 2 {
            continue;
        }
        let mut exponent = 0;
        while let Some(next) = quotient(&rest, &divisor) {
            rest = next;
            exponent += 1;
        }
        if exponent > 0 {
            found.push((candidate.clone(), exponent));
        }
    }
    (polynomial(&variable, &rest), found)
}

/// Whether the polynomial is the number 1.
pub fn is_one(polynomial: &Polynomial) -> bool {
    polynomial.as_constant().is_some_and(|value| value.is_one())
}
