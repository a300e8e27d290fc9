//! Term to polynomial.

use super::monomial::Monomial;
use super::polynomial::Polynomial;
use crate::exact::Rational;
use crate::theorem::term::{Node, Relation, Term};
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

/// The term has no normal form within the limits (size, exponent, or division by a literal zero).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

/// Computes normal forms and remembers them.
#[derive(Clone, Debug, Default)]
pub struct Normaliser {
    memory: BTreeMap<Term, Normal>,
}

/// How many normal forms are remembered before the memory is emptied.
const LARGEST_MEMORY: usize = 20_000;

impl Normaliser {
    /// The normal form of the term. For every point at which the `cancelled` atoms are non-zero, the polynomial's
    /// value is the term's.
    ///
    /// # Errors
    /// Beyond the size limits.
    pub fn normalise(&mut self, term: &Term) -> Result<Normal, TooLarge> {
        match term.node() {
            Node::Number(value) => return Ok(Normal { polynomial: Polynomial::constant(value.clone()), ..Normal::default() }),
            Node::Variable(_) => return Ok(Normal { polynomial: Polynomial::atom(term.clone()), ..Normal::default() }),
            _ => {}
        }
        if let Some(known) = self.memory.get(term) {
            return Ok(known.clone());
        }
        let mut cancelled = BTreeSet::new();
        let polynomial = self.compute(term, &mut cancelled)?;
        let normal = Normal { polynomial, cancelled };
        if self.memory.len() >= LARGEST_MEMORY {
            self.memory.clear();
        }
        self.memory.insert(term.clone(), normal.clone());
        Ok(normal)
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

    fn part(&mut self, term: &Term, cancelled: &mut BTreeSet<Term>) -> Result<Polynomial, TooLarge> {
        let normal = self.normalise(term)?;
        cancelled.extend(normal.cancelled);
        Ok(normal.polynomial)
    }

    fn compute(&mut self, term: &Term, cancelled: &mut BTreeSet<Term>) -> Result<Polynomial, TooLarge> {
        match term.node() {
            Node::Number(value) => Ok(Polynomial::constant(value.clone())),
            Node::Variable(_) => Ok(Polynomial::atom(term.clone())),
            Node::Negate(a) => Ok(self.part(a, cancelled)?.negated()),
            Node::Add(a, b) => Ok(self.part(a, cancelled)?.plus(&self.part(b, cancelled)?)),
            Node::Subtract(a, b) => Ok(self.part(a, cancelled)?.plus(&self.part(b, cancelled)?.negated())),
            Node::Multiply(a, b) => {
                let (a, b) = (self.part(a, cancelled)?, self.part(b, cancelled)?);
                a.times(&b, cancelled).ok_or(TooLarge)
            }
            Node::Divide(a, b) => {
                let (a, b) = (self.part(a, cancelled)?, self.part(b, cancelled)?);
                a.times(&self.inverse(&b, cancelled)?, cancelled).ok_or(TooLarge)
            }
            Node::Power(base, exponent) => self.power(base, exponent, cancelled),
            Node::Apply(function, arguments) => {
                let mut normalised = Vec::new();
                for argument in arguments {
                    normalised.push(self.part(argument, cancelled)?.to_term());
                }
                Ok(Polynomial::atom(Term::new(Node::Apply(*function, normalised))))
            }
        }
    }

    fn power(&mut self, base: &Term, exponent: &Term, cancelled: &mut BTreeSet<Term>) -> Result<Polynomial, TooLarge> {
        let base = self.part(base, cancelled)?;
        let exponent = self.part(exponent, cancelled)?;
        let literal = exponent.as_constant().filter(Rational::is_integer);
        let Some(literal) = literal else {
            return Ok(Polynomial::atom(base.to_term().power(exponent.to_term())));
        };
        let size = literal.abs().to_integer().to_u32().ok_or(TooLarge)?;
        if literal.is_negative() {
            self.inverse(&base, cancelled)?.power(size, cancelled).ok_or(TooLarge)
        } else {
            base.power(size, cancelled).ok_or(TooLarge)
        }
    }

    /// `1/p`: monomials are inverted factor by factor; a sum becomes an atom with exponent -1 once its content is out.
    fn inverse(&mut self, polynomial: &Polynomial, cancelled: &mut BTreeSet<Term>) -> Result<Polynomial, TooLarge> {
        if polynomial.is_zero() {
            return Err(TooLarge);
        }
        if let Some((monomial, coefficient)) = polynomial.as_single() {
            return self.inverse_of_monomial(monomial, coefficient, cancelled);
        }
        let (coefficient, common, primitive) = polynomial.split_content().ok_or(TooLarge)?;
        let content = self.inverse_of_monomial(&common, &coefficient, cancelled)?;
        let divisor = Polynomial::monomial(Monomial::atom(primitive.to_term(), -1), Rational::one());
        content.times(&divisor, cancelled).ok_or(TooLarge)
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
                sum.power(exponent.unsigned_abs(), cancelled).ok_or(TooLarge)?
            } else {
                let inverse = exponent.checked_neg().ok_or(TooLarge)?;
                Polynomial::monomial(Monomial::atom(atom.clone(), inverse), Rational::one())
            };
            result = result.times(&factor, cancelled).ok_or(TooLarge)?;
        }
        Ok(result)
    }
}
