//! Sums of monomials with rational coefficients.

use super::monomial::Monomial;
use crate::exact::Rational;
use crate::theorem::term::{Node, Term};
use num_traits::{One, Signed, Zero};
use std::collections::{BTreeMap, BTreeSet};

/// A sum of monomials with non-zero rational coefficients.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Polynomial(BTreeMap<Monomial, Rational>);

/// A normal form may have at most this many monomials.
pub const MOST_MONOMIALS: usize = 20_000;

impl Polynomial {
    /// The constant.
    #[must_use]
    pub fn constant(value: Rational) -> Polynomial {
        Polynomial::monomial(Monomial::one(), value)
    }

    /// `coefficient * monomial`
    #[must_use]
    pub fn monomial(monomial: Monomial, coefficient: Rational) -> Polynomial {
        let mut terms = BTreeMap::new();
        if !coefficient.is_zero() {
            terms.insert(monomial, coefficient);
        }
        Polynomial(terms)
    }

    /// The atom itself.
    #[must_use]
    pub fn atom(atom: Term) -> Polynomial {
        Polynomial::monomial(Monomial::atom(atom, 1), Rational::one())
    }

    /// Whether it is the zero polynomial.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// The constant that it is, if it is one.
    #[must_use]
    pub fn as_constant(&self) -> Option<Rational> {
        match self.as_single() {
            Some((monomial, coefficient)) if monomial.is_one() => Some(coefficient.clone()),
            None if self.is_zero() => Some(Rational::zero()),
            _ => None,
        }
    }

    /// Its only monomial, if it has exactly one.
    #[must_use]
    pub fn as_single(&self) -> Option<(&Monomial, &Rational)> {
        let mut terms = self.0.iter();
        match (terms.next(), terms.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }

    /// The monomials with their coefficients, in a fixed order.
    pub fn terms(&self) -> impl Iterator<Item = (&Monomial, &Rational)> {
        self.0.iter()
    }

    /// Number of monomials.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it has no monomials.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn add_term(&mut self, monomial: Monomial, coefficient: Rational) {
        let sum = self.0.get(&monomial).map_or_else(|| coefficient.clone(), |old| old + &coefficient);
        if sum.is_zero() {
            self.0.remove(&monomial);
        } else {
            self.0.insert(monomial, sum);
        }
    }

    /// The sum.
    #[must_use]
    pub fn plus(&self, other: &Polynomial) -> Polynomial {
        let mut sum = self.clone();
        for (monomial, coefficient) in &other.0 {
            sum.add_term(monomial.clone(), coefficient.clone());
        }
        sum
    }

    /// The multiple by a constant.
    #[must_use]
    pub fn scaled(&self, factor: &Rational) -> Polynomial {
        if factor.is_zero() {
            return Polynomial::default();
        }
        Polynomial(self.0.iter().map(|(m, c)| (m.clone(), c * factor)).collect())
    }

    /// The negative.
    #[must_use]
    pub fn negated(&self) -> Polynomial {
        self.scaled(&-Rational::one())
    }

    /// The product. `None` beyond [`MOST_MONOMIALS`] or on exponent overflow.
    #[must_use]
    pub fn times(&self, other: &Polynomial, cancelled: &mut BTreeSet<Term>) -> Option<Polynomial> {
        let mut product = Polynomial::default();
        for (m, a) in &self.0 {
            for (n, b) in &other.0 {
                product.add_term(m.times(n, cancelled)?, a * b);
            }
            if product.0.len() > MOST_MONOMIALS {
                return None;
            }
        }
        Some(product)
    }

    /// The power with a natural exponent. `None` as for [`Polynomial::times`].
    #[must_use]
    pub fn power(&self, exponent: u32, cancelled: &mut BTreeSet<Term>) -> Option<Polynomial> {
        if let Some((monomial, coefficient)) = self.as_single() {
            let exponent = i32::try_from(exponent).ok()?;
            let size = coefficient.numer().bits().max(coefficient.denom().bits());
            if size.saturating_mul(u64::from(exponent.unsigned_abs())) > 1 << 20 {
                return None;
            }
            return Some(Polynomial::monomial(monomial.power(exponent)?, num_traits::Pow::pow(coefficient, exponent)));
        }
        if exponent > 256 && !self.is_zero() {
            return None;
        }
        let mut result = Polynomial::constant(Rational::one());
        // powers of zero are settled by the first factor
        for _ in 0..exponent.min(256) {
            result = result.times(self, cancelled)?;
        }
        Some(result)
    }

    /// `(coefficient, common monomial, primitive part)` with `self = coefficient * common * primitive` at every point,
    /// where the primitive part's first coefficient is 1. `None` for zero or overflow.
    #[must_use]
    pub fn split_content(&self) -> Option<(Rational, Monomial, Polynomial)> {
        let (first, leading) = self.0.iter().next()?;
        let common = self.0.keys().fold(first.clone(), |common, monomial| common.common(monomial));
        // a^e = a^c * a^(e-c) holds also for a = 0 where c and e have one sign and |c| <= |e|: nothing is cancelled
        let inverse = Polynomial::monomial(common.inverse()?, leading.recip());
        let primitive = self.times(&inverse, &mut BTreeSet::new())?;
        Some((leading.clone(), common, primitive))
    }

    /// The polynomial as a term; [`super::Normaliser::normalise`] gives it back.
    #[must_use]
    pub fn to_term(&self) -> Term {
        let mut sum: Option<Term> = None;
        for (monomial, coefficient) in &self.0 {
            let size = coefficient.abs();
            let part = monomial_term(monomial, &size);
            sum = Some(match sum {
                None if coefficient.is_negative() => match part.as_number() {
                    Some(value) => Term::number(-value.clone()),
                    None => -&part,
                },
                None => part,
                Some(so_far) if coefficient.is_negative() => &so_far - &part,
                Some(so_far) => &so_far + &part,
            });
        }
        sum.unwrap_or_else(|| Term::integer(0))
    }
}

fn monomial_term(monomial: &Monomial, coefficient: &Rational) -> Term {
    let mut over: Option<Term> = None;
    let mut under: Option<Term> = None;
    let times = |so_far: Option<Term>, factor: Term| Some(so_far.map_or(factor.clone(), |t| &t * &factor));
    for (atom, exponent) in monomial.factors() {
        let size = i64::from(exponent.unsigned_abs());
        let factor = if size == 1 { atom.clone() } else { Term::new(Node::Power(atom.clone(), Term::integer(size))) };
        if exponent > 0 { over = times(over, factor) } else { under = times(under, factor) }
    }
    let over = match over {
        Some(term) if coefficient.is_one() => term,
        Some(term) => &Term::number(coefficient.clone()) * &term,
        None => Term::number(coefficient.clone()),
    };
    under.map_or(over.clone(), |under| &over / &under)
}
