//! Sums of monomials with rational coefficients.

use super::monomial::Monomial;
use crate::exact::Rational;
use crate::theorem::term::Term;
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
        sum.add(other);
        sum
    }

    /// Adds another one.
    pub fn add(&mut self, other: &Polynomial) {
        for (monomial, coefficient) in &other.0 {
            self.add_term(monomial.clone(), coefficient.clone());
        }
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

    /// The polynomial as a term of the same value. Its normal form is another polynomial where a sum is divided by more
    /// than once: `(x + y)^-2` is written `1/(x + y)^2`, whose divisor is then expanded.
    #[must_use]
    pub fn to_term(&self) -> Term {
        let mut parts = self.0.iter().map(|(monomial, coefficient)| {
            let part = monomial_term(monomial, &coefficient.abs());
            (part, coefficient.is_negative())
        });
        // a leading minus, then a chain of + and -; long sums are sums of such chains, lest they be deep
        let chains = std::iter::from_fn(|| {
            let (first, minus) = parts.next()?;
            let start = if minus { -&first } else { first };
            let rest = parts.by_ref().take(LONGEST_CHAIN.saturating_sub(1));
            Some(rest.fold(start, |sum, (part, minus)| if minus { &sum - &part } else { &sum + &part }))
        });
        Term::sum(chains.collect())
    }

    /// What it costs to go through the polynomial once: its atoms counted with their sizes, its coefficients with their
    /// lengths in words.
    #[must_use]
    pub fn weight(&self) -> u64 {
        let words = |q: &Rational| q.numer().bits().saturating_add(q.denom().bits()) / 64;
        self.0.iter().fold(0, |sum: u64, (monomial, coefficient)| {
            sum.saturating_add(1).saturating_add(monomial.weight()).saturating_add(words(coefficient))
        })
    }

    /// The length in words of the longest coefficient.
    #[must_use]
    pub fn longest_coefficient(&self) -> u64 {
        self.0.values().map(|q| q.numer().bits().max(q.denom().bits()) / 64).max().unwrap_or(0)
    }
}

/// The longest chain of + and - in [`Polynomial::to_term`].
const LONGEST_CHAIN: usize = 64;

fn monomial_term(monomial: &Monomial, coefficient: &Rational) -> Term {
    let (mut over, mut under) = (Vec::new(), Vec::new());
    for (atom, exponent) in monomial.factors() {
        let size = i64::from(exponent.unsigned_abs());
        let factor = if size == 1 { atom.clone() } else { atom.powi(size) };
        if exponent > 0 { over.push(factor) } else { under.push(factor) }
    }
    let number = Term::number(coefficient.clone());
    let over = match over.is_empty() {
        true => number,
        false if coefficient.is_one() => Term::product(over),
        false => &number * &Term::product(over),
    };
    if under.is_empty() { over } else { &over / &Term::product(under) }
}
