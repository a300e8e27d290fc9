//! Polynomials over numbered atoms: the checker's normal forms in a shape that is quick to multiply and to look up.
//!
//! Owns: the numbers of the atoms, products with their side conditions. Must not know: what is combined with what.

use super::super::enclosure::number::to_gmp;
use super::super::script::Script;
use boundproof_checker::exact::Rational;
use boundproof_checker::normal::{Monomial, Polynomial};
use boundproof_checker::theorem::term::{Relation, Term};
use num_traits::One;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The number of an atom.
pub type Atom = u32;

/// `Π atom^exponent`, by increasing number; no exponent is 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mono(Vec<(Atom, i32)>);

impl Mono {
    /// Whether it is the empty product.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.0.is_empty()
    }

    /// Atoms and exponents.
    pub fn factors(&self) -> impl Iterator<Item = (Atom, i32)> + '_ {
        self.0.iter().copied()
    }

    /// The exponent of the atom.
    #[must_use]
    pub fn exponent(&self, atom: Atom) -> i32 {
        self.0.binary_search_by_key(&atom, |(a, _)| *a).map_or(0, |place| self.0[place].1)
    }

    /// `1/self`; `None` beyond the range of exponents.
    #[must_use]
    pub fn inverse(&self) -> Option<Mono> {
        self.0.iter().map(|(a, e)| Some((*a, e.checked_neg()?))).collect::<Option<Vec<_>>>().map(Mono)
    }

    /// The product, and whether some atom met its own inverse.
    #[must_use]
    pub fn times(&self, other: &Mono, cancelled: &mut BTreeSet<Atom>) -> Option<Mono> {
        let mut product = Vec::with_capacity(self.0.len() + other.0.len());
        let (mut i, mut j) = (0, 0);
        while i < self.0.len() && j < other.0.len() {
            let ((a, e), (b, f)) = (self.0[i], other.0[j]);
            if a < b {
                product.push((a, e));
                i += 1;
            } else if b < a {
                product.push((b, f));
                j += 1;
            } else {
                if (e > 0) != (f > 0) {
                    cancelled.insert(a);
                }
                let sum = e.checked_add(f)?;
                if sum != 0 {
                    product.push((a, sum));
                }
                i += 1;
                j += 1;
            }
        }
        product.extend_from_slice(&self.0[i..]);
        product.extend_from_slice(&other.0[j..]);
        Some(Mono(product))
    }

    /// Whether the two have an atom in common.
    #[must_use]
    pub fn meets(&self, other: &Mono) -> bool {
        self.0.iter().any(|(atom, _)| other.exponent(*atom) != 0)
    }
}

/// A polynomial.
pub type Poly = BTreeMap<Mono, rug::Rational>;

/// The atoms that have numbers.
#[derive(Debug, Default)]
pub struct Table {
    atoms: Vec<Term>,
    sizes: Vec<u64>,
    numbers: HashMap<Term, Atom>,
    nonzero: HashMap<Atom, bool>,
    positive: HashMap<Atom, bool>,
}

impl Table {
    /// The number of the atom.
    pub fn number(&mut self, atom: &Term) -> Atom {
        if let Some(number) = self.numbers.get(atom) {
            return *number;
        }
        let number = Atom::try_from(self.atoms.len()).unwrap_or(Atom::MAX);
        self.atoms.push(atom.clone());
        self.sizes.push(atom.size(1_000) as u64);
        self.numbers.insert(atom.clone(), number);
        number
    }

    /// The atom of that number.
    #[must_use]
    pub fn atom(&self, number: Atom) -> &Term {
        &self.atoms[number as usize]
    }

    /// The monomial over numbers.
    pub fn mono(&mut self, monomial: &Monomial) -> Mono {
        let mut factors: Vec<(Atom, i32)> = monomial.factors().map(|(a, e)| (self.number(a), e)).collect();
        factors.sort_unstable();
        Mono(factors)
    }

    /// The polynomial over numbers.
    pub fn poly(&mut self, polynomial: &Polynomial) -> Poly {
        polynomial.terms().map(|(m, c)| (self.mono(m), to_gmp(c))).collect()
    }

    /// The monomial as a term.
    #[must_use]
    pub fn term(&self, mono: &Mono) -> Term {
        let mut monomial = Monomial::one();
        for (atom, exponent) in mono.factors() {
            let factor = Monomial::atom(self.atom(atom).clone(), exponent);
            monomial = monomial.times(&factor, &mut BTreeSet::new()).unwrap_or(monomial);
        }
        Polynomial::monomial(monomial, Rational::one()).to_term()
    }

    /// How heavy a monomial is: rewriting by an equation should make things lighter.
    #[must_use]
    pub fn weight(&self, mono: &Mono) -> u64 {
        mono.factors().map(|(atom, e)| u64::from(e.unsigned_abs()) * self.sizes[atom as usize]).sum()
    }

    /// The product of the two, if all that it cancels is known to be non-zero.
    pub fn product(&mut self, script: &mut Script, a: &Poly, b: &Poly) -> Option<Poly> {
        let mut cancelled = BTreeSet::new();
        let mut product = Poly::new();
        for (m, c) in a {
            for (n, d) in b {
                *product.entry(m.times(n, &mut cancelled)?).or_default() += rug::Rational::from(c * d);
            }
        }
        product.retain(|_, c| *c != 0);
        cancelled.into_iter().all(|atom| self.is_nonzero(script, atom)).then_some(product)
    }

    fn is_nonzero(&mut self, script: &Script, atom: Atom) -> bool {
        let term = &self.atoms[atom as usize];
        *self.nonzero.entry(atom).or_insert_with(|| script.is_nonzero(term))
    }

    /// Whether an enclosure shows the atom to be positive.
    pub fn is_positive(&mut self, script: &mut Script, atom: Atom) -> bool {
        if let Some(known) = self.positive.get(&atom) {
            return *known;
        }
        let goal = Relation::positive(self.atom(atom));
        let known = super::signs::enclose(script, &goal).is_some();
        self.positive.insert(atom, known);
        known
    }
}
