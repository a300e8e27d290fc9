//! Linear algebra over polynomials as vectors of their coefficients: which of them span the others.
//!
//! Owns: coordinates, and the sets of vectors that are tried as a basis. Must not know: what the polynomials weigh.

use boundproof_checker::exact::Rational;
use boundproof_checker::normal::{Monomial, Polynomial};
use num_traits::Zero;
use std::collections::BTreeSet;

/// How many polynomials are looked at, and how many sets of them are tried.
const MOST_VECTORS: usize = 6;
const MOST_SETS: usize = 20;

/// The numbers k with `target = Σ k_j basis_j`; `None` if there are none or more than one.
#[must_use]
pub fn coordinates(basis: &[Polynomial], target: &Polynomial) -> Option<Vec<Rational>> {
    let mut monomials: BTreeSet<&Monomial> = target.terms().map(|(m, _)| m).collect();
    basis.iter().for_each(|vector| monomials.extend(vector.terms().map(|(m, _)| m)));
    let value =
        |p: &Polynomial, m: &Monomial| p.terms().find(|(n, _)| *n == m).map_or_else(Rational::zero, |(_, c)| c.clone());
    let mut rows: Vec<Vec<Rational>> =
        monomials.iter().map(|m| basis.iter().chain([target]).map(|p| value(p, m)).collect()).collect();
    for column in 0..basis.len() {
        let pivot = (column..rows.len()).find(|row| !rows[*row][column].is_zero())?;
        rows.swap(column, pivot);
        let pivot = rows[column].clone();
        for (index, row) in rows.iter_mut().enumerate() {
            if index != column && !row[column].is_zero() {
                let factor = &row[column] / &pivot[column];
                row.iter_mut().zip(&pivot).for_each(|(a, b)| *a -= &factor * b);
            }
        }
    }
    let last = basis.len();
    if rows.iter().skip(last).any(|row| !row[last].is_zero()) {
        return None;
    }
    Some((0..last).map(|j| &rows[j][last] / &rows[j][j]).collect())
}

/// Sets of the polynomials that may span all of them, as small as can be: those that do not are left to the caller.
#[must_use]
pub fn subsets(vectors: &[Polynomial]) -> Vec<Vec<Polynomial>> {
    let rank = rank(vectors);
    let count = vectors.len().min(MOST_VECTORS);
    let chosen = (1_u32..1 << count).filter(|set| usize::try_from(set.count_ones()).is_ok_and(|n| n == rank));
    let members = |set: u32| (0..count).filter(|i| set >> i & 1 == 1).map(|i| vectors[i].clone()).collect();
    chosen.take(MOST_SETS).map(members).collect()
}

fn rank(vectors: &[Polynomial]) -> usize {
    let mut basis: Vec<Polynomial> = Vec::new();
    for vector in vectors {
        if !vector.is_zero() && (basis.is_empty() || coordinates(&basis, vector).is_none()) {
            basis.push(vector.clone());
        }
    }
    basis.len()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;
    use boundproof_checker::theorem::term::Term;

    fn linear(constant: i64, slope: i64) -> Polynomial {
        let x = Polynomial::atom(Term::variable("x")).scaled(&Rational::from_integer(slope.into()));
        x.plus(&Polynomial::constant(Rational::from_integer(constant.into())))
    }

    #[test]
    fn coordinates_are_found_exactly_where_there_are_any() {
        let (p, rest, one) = (linear(0, 1), linear(1, -1), linear(1, 0));
        let numbers = |values: [i64; 2]| values.map(|v| Rational::from_integer(v.into())).to_vec();
        assert_eq!(coordinates(&[p.clone(), rest.clone()], &one), Some(numbers([1, 1])));
        assert_eq!(coordinates(&[p.clone(), one.clone()], &rest), Some(numbers([-1, 1])));
        assert_eq!(coordinates(std::slice::from_ref(&p), &one), None);
        assert_eq!(coordinates(&[p.clone(), p.scaled(&Rational::from_integer(2.into()))], &p), None);
    }

    #[test]
    fn bases_have_as_many_members_as_the_span_has_dimensions() {
        let sets = subsets(&[linear(0, 1), linear(1, -1), linear(1, 0)]);
        assert_eq!(sets.len(), 3);
        assert!(sets.iter().all(|set| set.len() == 2));
    }
}
