//! Products of atoms with integer exponents.

use crate::theorem::term::{LARGEST_TERM, Term};
use std::collections::{BTreeMap, BTreeSet};

/// A product of atoms with non-zero integer exponents.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Monomial(BTreeMap<Term, i32>);

impl Monomial {
    /// The empty product.
    #[must_use]
    pub fn one() -> Monomial {
        Monomial::default()
    }

    /// `atom ^ exponent`
    #[must_use]
    pub fn atom(atom: Term, exponent: i32) -> Monomial {
        let mut factors = BTreeMap::new();
        if exponent != 0 {
            factors.insert(atom, exponent);
        }
        Monomial(factors)
    }

    /// Whether this is the empty product.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.0.is_empty()
    }

    /// The atoms with their exponents.
    pub fn factors(&self) -> impl Iterator<Item = (&Term, i32)> {
        self.0.iter().map(|(atom, exponent)| (atom, *exponent))
    }

    /// The exponent of an atom, 0 if absent.
    #[must_use]
    pub fn exponent(&self, atom: &Term) -> i32 {
        self.0.get(atom).copied().unwrap_or(0)
    }

    /// The sizes of its atoms together.
    #[must_use]
    pub fn weight(&self) -> u64 {
        let sizes = self.0.keys().map(|atom| u64::try_from(atom.size(LARGEST_TERM)).unwrap_or(u64::MAX));
        sizes.fold(0, u64::saturating_add)
    }

    /// Sum of the absolute exponents.
    #[must_use]
    pub fn degree(&self) -> u32 {
        self.0.values().fold(0, |sum: u32, e| sum.saturating_add(e.unsigned_abs()))
    }

    /// The product; atoms whose positive and negative powers met are added to `cancelled`. `None` on overflow.
    #[must_use]
    pub fn times(&self, other: &Monomial, cancelled: &mut BTreeSet<Term>) -> Option<Monomial> {
        let mut factors = self.0.clone();
        for (atom, exponent) in &other.0 {
            let before = factors.get(atom).copied().unwrap_or(0);
            if before.signum() * exponent.signum() < 0 {
                cancelled.insert(atom.clone());
            }
            match before.checked_add(*exponent)? {
                0 => factors.remove(atom),
                sum => factors.insert(atom.clone(), sum),
            };
        }
        Some(Monomial(factors))
    }

    /// The product of the inverses of the factors. `None` on overflow.
    #[must_use]
    pub fn inverse(&self) -> Option<Monomial> {
        let negated = self.0.iter().map(|(atom, e)| Some((atom.clone(), e.checked_neg()?)));
        Some(Monomial(negated.collect::<Option<BTreeMap<_, _>>>()?))
    }

    /// The power; with exponent 0 the empty product, for `0^0 = 1` too. `None` on overflow.
    #[must_use]
    pub fn power(&self, exponent: i32) -> Option<Monomial> {
        // an atom may not stay behind with exponent 0: a product that is non-zero would show it to be non-zero
        if exponent == 0 {
            return Some(Monomial::one());
        }
        let raised = self.0.iter().map(|(atom, e)| Some((atom.clone(), e.checked_mul(exponent)?)));
        Some(Monomial(raised.collect::<Option<BTreeMap<_, _>>>()?))
    }

    /// The greatest product that divides both in the sense that no power changes its side: for each atom the exponent
    /// nearer to 0 if both have the same sign, else none.
    #[must_use]
    pub fn common(&self, other: &Monomial) -> Monomial {
        let mut factors = BTreeMap::new();
        for (atom, a) in &self.0 {
            let b = other.exponent(atom);
            if a.signum() == b.signum() {
                factors.insert(atom.clone(), if a.unsigned_abs() <= b.unsigned_abs() { *a } else { b });
            }
        }
        Monomial(factors)
    }
}
