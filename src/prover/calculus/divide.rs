//! Exact division of polynomials.
//!
//! Owns: the quotient, if there is no remainder. Must not know: what is divided by what.
//! Reference: Cox, Little & O'Shea 2015, chapter 2, section 3.

use boundproof_checker::exact::Rational;
use boundproof_checker::normal::{Monomial, Polynomial};
use boundproof_checker::theorem::term::Term;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// How many terms a quotient may have.
const MOST: usize = 120;

/// `p / d`, if d divides p and no exponent is negative.
#[must_use]
pub fn exact_quotient(p: &Polynomial, d: &Polynomial) -> Option<Polynomial> {
    let atoms: BTreeSet<Term> =
        p.terms().chain(d.terms()).flat_map(|(m, _)| m.factors().map(|(a, _)| a.clone())).collect();
    let atoms: Vec<Term> = atoms.into_iter().collect();
    let ordinary = |q: &Polynomial| q.terms().all(|(m, _)| m.factors().all(|(_, e)| e > 0));
    if d.is_zero() || !ordinary(p) || !ordinary(d) {
        return None;
    }
    let (lead, coefficient) = leading(d, &atoms)?;
    let mut rest = p.clone();
    let mut quotient = Polynomial::default();
    while !rest.is_zero() {
        let (monomial, value) = leading(&rest, &atoms)?;
        let factor = monomial.times(&lead.inverse()?, &mut BTreeSet::new())?;
        if factor.factors().any(|(_, e)| e < 0) || quotient.len() >= MOST {
            return None;
        }
        let term = Polynomial::monomial(factor, value / &coefficient);
        rest = rest.plus(&term.times(d, &mut BTreeSet::new())?.negated());
        quotient.add(&term);
    }
    Some(quotient)
}

/// The leading term in the lexicographic order of these atoms.
fn leading(p: &Polynomial, atoms: &[Term]) -> Option<(Monomial, Rational)> {
    let order = |a: &Monomial, b: &Monomial| {
        atoms.iter().map(|atom| a.exponent(atom).cmp(&b.exponent(atom))).find(|o| *o != Ordering::Equal)
    };
    let largest = p.terms().max_by(|a, b| order(a.0, b.0).unwrap_or(Ordering::Equal));
    largest.map(|(m, c)| (m.clone(), c.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_is_divided_by_its_factors() {
        let (x, y) = (Term::variable("x"), Term::variable("y"));
        let one = Polynomial::constant(Rational::from_integer(1.into()));
        let a = Polynomial::atom(x.clone()).plus(&Polynomial::atom(y.clone()).negated());
        let b = Polynomial::atom(x).plus(&Polynomial::atom(y)).plus(&one);
        let product = a.times(&b, &mut BTreeSet::new()).unwrap();
        assert_eq!(exact_quotient(&product, &a), Some(b.clone()));
        assert_eq!(exact_quotient(&product, &b), Some(a.clone()));
        assert_eq!(exact_quotient(&product.plus(&one), &a), None);
    }
}
