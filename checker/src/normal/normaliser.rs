//! Term to polynomial.

use super::monomial::Monomial;
use super::polynomial::{MOST_MONOMIALS, Polynomial};
use crate::exact::Rational;
use crate::theorem::term::{BOUND, LARGEST_TERM, Node, Relation, Term};
use num_traits::{One, Signed, ToPrimitive};
use std::collections::{BTreeMap, BTreeSet};

/// The normal form of a term, and the atoms that must be non-zero for it to equal the term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Normal {
    /// The normal form.
    pub polynomial: Polynomial,
    /// The atoms whose positive and negative powers were cancelled.
    pub cancelled: BTreeSet<Term>,
}

/// The term has no normal form within the limits (size, exponent, work, or division by a literal zero).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

/// Computes normal forms and remembers them.
#[derive(Clone, Debug, Default)]
pub struct Normaliser {
    memory: BTreeMap<Term, Normal>,
    /// The weight of what is remembered.
    remembered: u64,
    /// The work for the normal form that is being computed.
    present: u64,
    /// The work done since it was last asked for.
    work: u64,
}

/// How heavy the remembered normal forms may be before the memory is emptied.
const LARGEST_MEMORY: u64 = 2_000_000;

/// The largest exponent of a sum that is expanded.
const LARGEST_POWER_OF_SUM: u32 = 256;

/// The work that one normal form may take, in units of about 100 ns.
pub const MOST_WORK: u64 = 100_000_000;

/// How long a product of polynomials takes: each pair of monomials meets, and their coefficients are multiplied.
pub fn cost_of_product(a: &Polynomial, b: &Polynomial) -> u64 {
    let count = |p: &Polynomial| u64::try_from(p.len()).unwrap_or(u64::MAX);
    let (m, n) = (count(a), count(b));
    let words = a.longest_coefficient().saturating_add(b.longest_coefficient());
    let numbers = m.saturating_mul(n).saturating_mul(words.saturating_mul(words).saturating_add(4));
    numbers.saturating_add(m.saturating_mul(b.weight())).saturating_add(n.saturating_mul(a.weight()))
}

/// How long a sum takes.
pub fn cost_of_sum(a: &Polynomial, b: &Polynomial) -> u64 {
    let words = a.longest_coefficient().saturating_add(b.longest_coefficient());
    let numbers = u64::try_from(b.len()).unwrap_or(u64::MAX).saturating_mul(words.saturating_mul(words));
    numbers.saturating_add(a.weight()).saturating_add(b.weight())
}

impl Normaliser {
    /// The normal form of the term. For every point at which the `cancelled` atoms are non-zero, the polynomial's
    /// value is the term's.
    ///
    /// # Errors
    /// Beyond the limits.
    pub fn normalise(&mut self, term: &Term) -> Result<Normal, TooLarge> {
        self.present = 0;
        if !term.fits() {
            return Err(TooLarge);
        }
        self.remember(term)
    }

    /// The work done since it was last asked for.
    pub fn take_work(&mut self) -> u64 {
        std::mem::take(&mut self.work)
    }

    fn charge(&mut self, amount: u64) -> Result<(), TooLarge> {
        self.work = self.work.saturating_add(amount);
        self.present = self.present.saturating_add(amount);
        if self.present > MOST_WORK { Err(TooLarge) } else { Ok(()) }
    }

    fn remember(&mut self, term: &Term) -> Result<Normal, TooLarge> {
        if matches!(term.node(), Node::Number(_) | Node::Variable(_)) {
            return self.fresh(term);
        }
        self.charge(u64::try_from(term.size(LARGEST_TERM)).unwrap_or(u64::MAX))?;
        if let Some(known) = self.memory.get(term).cloned() {
            self.charge(known.polynomial.weight())?;
            return Ok(known);
        }
        let normal = self.fresh(term)?;
        let weight = normal.polynomial.weight().saturating_add(1);
        self.remembered = self.remembered.saturating_add(weight);
        if self.remembered > LARGEST_MEMORY {
            self.memory.clear();
            self.remembered = weight;
        }
        self.memory.insert(term.clone(), normal.clone());
        Ok(normal)
    }

    fn fresh(&mut self, term: &Term) -> Result<Normal, TooLarge> {
        let mut cancelled = BTreeSet::new();
        let polynomial = self.compute(term, &mut cancelled)?;
        Ok(Normal { polynomial, cancelled })
    }

    /// The normal form of `right - left`.
    ///
    /// # Errors
    /// Beyond the size limits.
    pub fn difference(&mut self, relation: &Relation) -> Result<Normal, TooLarge> {
        self.normalise(&relation.difference())
    }

    /// The term rebuilt from its normal form.
    ///
    /// # Errors
    /// Beyond the size limits.
    pub fn canonical(&mut self, term: &Term) -> Result<(Term, BTreeSet<Term>), TooLarge> {
        let normal = self.normalise(term)?;
        Ok((normal.polynomial.to_term(), normal.cancelled))
    }

    /// The normal form of a subterm. Sums and products are not looked up: that would compare every part of a long
    /// chain with what is remembered.
    fn part(&mut self, term: &Term, cancelled: &mut BTreeSet<Term>) -> Result<Polynomial, TooLarge> {
        let costly = matches!(term.node(), Node::Apply(..) | Node::Power(..) | Node::Divide(..));
        let normal = if costly { self.remember(term)? } else { self.fresh(term)? };
        cancelled.extend(normal.cancelled);
        Ok(normal.polynomial)
    }

    fn compute(&mut self, term: &Term, cancelled: &mut BTreeSet<Term>) -> Result<Polynomial, TooLarge> {
        match term.node() {
            Node::Number(value) => Ok(Polynomial::constant(value.clone())),
            Node::Variable(_) => Ok(Polynomial::atom(term.clone())),
            Node::Negate(a) => Ok(self.part(a, cancelled)?.negated()),
            Node::Add(a, b) => {
                let (a, b) = (self.part(a, cancelled)?, self.part(b, cancelled)?);
                self.plus(a, &b)
            }
            Node::Subtract(a, b) => {
                let (a, b) = (self.part(a, cancelled)?, self.part(b, cancelled)?);
                self.plus(a, &b.negated())
            }
            Node::Multiply(a, b) => {
                let (a, b) = (self.part(a, cancelled)?, self.part(b, cancelled)?);
                self.times(&a, &b, cancelled)
            }
            Node::Divide(a, b) => {
                let (a, b) = (self.part(a, cancelled)?, self.part(b, cancelled)?);
                let inverse = self.inverse(&b, cancelled)?;
                self.times(&a, &inverse, cancelled)
            }
            Node::Power(base, exponent) => self.power(base, exponent, cancelled),
            Node::Apply(function, arguments) => {
                let mut normalised = Vec::new();
                for argument in arguments {
                    normalised.push(self.part(argument, cancelled)?.to_term());
                }
                self.atom(Term::new(Node::Apply(*function, normalised)))
            }
            Node::Integral(lower, upper, integrand) => {
                let (lower, upper) = (self.part(lower, cancelled)?.to_term(), self.part(upper, cancelled)?.to_term());
                // as functions of the variable of integration they must agree everywhere
                let mut inside = BTreeSet::new();
                let normal = self.part(integrand, &mut inside)?.to_term();
                let everywhere = !inside.iter().any(|atom| atom.mentions(BOUND));
                let integrand = if everywhere { normal } else { integrand.clone() };
                cancelled.extend(inside.into_iter().filter(|_| everywhere));
                self.atom(Term::new(Node::Integral(lower, upper, integrand)))
            }
        }
    }

    /// The polynomial that is this atom. What is made of normal forms may be much larger than what it was made from.
    fn atom(&mut self, atom: Term) -> Result<Polynomial, TooLarge> {
        self.charge(u64::try_from(atom.size(LARGEST_TERM)).unwrap_or(u64::MAX))?;
        if atom.fits() { Ok(Polynomial::atom(atom)) } else { Err(TooLarge) }
    }

    fn plus(&mut self, mut a: Polynomial, b: &Polynomial) -> Result<Polynomial, TooLarge> {
        self.charge(cost_of_sum(&a, b))?;
        a.add(b);
        if a.len() > MOST_MONOMIALS { Err(TooLarge) } else { Ok(a) }
    }

    fn times(
        &mut self,
        a: &Polynomial,
        b: &Polynomial,
        cancelled: &mut BTreeSet<Term>,
    ) -> Result<Polynomial, TooLarge> {
        self.charge(cost_of_product(a, b))?;
        a.times(b, cancelled).ok_or(TooLarge)
    }

    fn power(&mut self, base: &Term, exponent: &Term, cancelled: &mut BTreeSet<Term>) -> Result<Polynomial, TooLarge> {
        let base = self.part(base, cancelled)?;
        let exponent = self.part(exponent, cancelled)?;
        let literal = exponent.as_constant().filter(Rational::is_integer);
        let Some(literal) = literal else {
            return self.atom(base.to_term().power(exponent.to_term()));
        };
        let size = literal.abs().to_integer().to_u32().ok_or(TooLarge)?;
        if literal.is_negative() {
            let inverse = self.inverse(&base, cancelled)?;
            self.repeated(&inverse, size, cancelled)
        } else {
            self.repeated(&base, size, cancelled)
        }
    }

    /// The power with a natural exponent, by [`Polynomial::power`] for one monomial, else by repeated products.
    fn repeated(
        &mut self,
        base: &Polynomial,
        exponent: u32,
        cancelled: &mut BTreeSet<Term>,
    ) -> Result<Polynomial, TooLarge> {
        if base.len() <= 1 {
            let power = base.power(exponent, cancelled).ok_or(TooLarge)?;
            let words = power.longest_coefficient();
            self.charge(words.saturating_mul(words).saturating_add(power.weight()))?;
            return Ok(power);
        }
        if exponent > LARGEST_POWER_OF_SUM {
            return Err(TooLarge);
        }
        let mut result = Polynomial::constant(Rational::one());
        for _ in 0..exponent {
            result = self.times(&result, base, cancelled)?;
        }
        Ok(result)
    }

    /// `1/p`: monomials are inverted factor by factor; a sum becomes an atom with exponent -1 once its content is out.
    fn inverse(&mut self, polynomial: &Polynomial, cancelled: &mut BTreeSet<Term>) -> Result<Polynomial, TooLarge> {
        if polynomial.is_zero() {
            return Err(TooLarge);
        }
        if let Some((monomial, coefficient)) = polynomial.as_single() {
            return self.inverse_of_monomial(monomial, coefficient, cancelled);
        }
        self.charge(cost_of_product(polynomial, polynomial))?;
        let (coefficient, common, primitive) = polynomial.split_content().ok_or(TooLarge)?;
        let content = self.inverse_of_monomial(&common, &coefficient, cancelled)?;
        let divisor = primitive.to_term();
        if !divisor.fits() {
            return Err(TooLarge);
        }
        let divisor = Polynomial::monomial(Monomial::atom(divisor, -1), Rational::one());
        self.times(&content, &divisor, cancelled)
    }

    /// `1/(c * Π a^e) = 1/c * Π a^-e`, where a divisor that is a sum comes back as that sum: `1/(1/t) = t`.
    fn inverse_of_monomial(
        &mut self,
        monomial: &Monomial,
        coefficient: &Rational,
        cancelled: &mut BTreeSet<Term>,
    ) -> Result<Polynomial, TooLarge> {
        let mut result = Polynomial::constant(coefficient.recip());
        for (atom, exponent) in monomial.factors() {
            let is_sum = matches!(atom.node(), Node::Add(..) | Node::Subtract(..));
            let factor = if is_sum && exponent < 0 {
                let sum = self.part(atom, cancelled)?;
                self.repeated(&sum, exponent.unsigned_abs(), cancelled)?
            } else {
                let inverse = exponent.checked_neg().ok_or(TooLarge)?;
                Polynomial::monomial(Monomial::atom(atom.clone(), inverse), Rational::one())
            };
            result = self.times(&result, &factor, cancelled)?;
        }
        Ok(result)
    }
}
