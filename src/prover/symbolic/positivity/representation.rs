//! `target = Σ weight * σ + Σ multiplier * equation` with sums of squares σ: found in floating point, made exact.
//!
//! Owns: the equations for the Gram matrices, the reduction to a face of the cone where they are singular, the exact
//! recovery. Must not know: which weights and bases are worth trying. Reference: Parrilo 2003; Peyrl & Parrilo 2008;
//! Kaltofen, Li, Yang & Zhi 2012 for the recovery; Borwein & Wolkowicz 1981 for facial reduction.

use super::super::super::budget::Budget;
use super::definite;
use super::elimination::{Row, Triangular};
use super::matrix::Matrix;
use super::polynomial::{Exponents, Polynomial};
use super::recognition::rational_basis;
use super::semidefinite::{self, Entry, Equations, Solution};
use rug::Rational;
use std::collections::{BTreeMap, BTreeSet};

/// A weight times a sum of squares of combinations of the polynomials in the basis.
#[derive(Clone, Debug)]
pub struct Block {
    /// The weight.
    pub weight: Polynomial,
    /// The basis.
    pub basis: Vec<Polynomial>,
}

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// What is to be represented.
    pub target: Polynomial,
    /// The weighted sums of squares.
    pub blocks: Vec<Block>,
    /// Polynomials that may be added with any factor: multiples of equations.
    pub free: Vec<Polynomial>,
}

/// An exact representation of the target.
#[derive(Clone, Debug, Default)]
pub struct Representation {
    /// Block, positive coefficient, root of the square.
    pub squares: Vec<(usize, Rational, Polynomial)>,
    /// The factor of each free polynomial.
    pub factors: Vec<Rational>,
}

/// An entry of a Gram matrix: block, row, column.
type Place = (usize, usize, usize);

/// What contributes to the coefficient of a monomial.
#[derive(Default)]
struct Diagonals {
    /// Whether anything but diagonal entries of one sign does.
    mixed: bool,
    positive: Option<bool>,
    /// Block and row of the diagonal entries.
    places: Vec<(usize, usize)>,
}

/// How often the blocks are reduced to a face.
const MOST_FACES: usize = 6;
/// Equations.
const MOST_ROWS: usize = 600;

impl Form {
    /// The number of unknowns in the Gram matrices.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.blocks.iter().map(|b| b.basis.len() * (b.basis.len() + 1) / 2).sum()
    }

    /// An exact representation.
    #[must_use]
    pub fn represent(mut self, budget: &Budget) -> Option<Representation> {
        let original = self.blocks.len();
        let mut numbers: Vec<usize> = (0..original).collect();
        for _ in 0..MOST_FACES {
            if budget.is_over() {
                return None;
            }
            self.prune(&mut numbers);
            let (columns, triangular) = self.equations()?;
            let equations = self.numeric(&columns, &triangular);
            let solution = if equations.sizes.is_empty() {
                Solution { blocks: Vec::new(), margin: 1.0, precision: 0.0 }
            } else if equations.rows.is_empty() {
                let blocks = equations.sizes.iter().map(|n| Matrix::scalar(*n, 1.0)).collect();
                Solution { blocks, margin: 1.0, precision: 0.0 }
            } else {
                semidefinite::solve(&equations, budget)?
            };
            if solution.margin < -1e-4 {
                return None;
            }
            let is_definite = solution.margin > 1e-7 || solution.margin > 10.0 * solution.precision;
            if is_definite && let Some(found) = self.recover(&columns, &triangular, &solution, budget) {
                return Some(found.renumbered(&numbers));
            }
            if !self.reduce(&solution) {
                return None;
            }
        }
        None
    }

    /// Removes basis elements that must have coefficient 0, until there are none.
    fn prune(&mut self, numbers: &mut Vec<usize>) {
        loop {
            let useless = self.useless();
            if useless.is_empty() {
                break;
            }
            for (b, block) in self.blocks.iter_mut().enumerate() {
                let mut place = 0;
                block.basis.retain(|_| {
                    place += 1;
                    !useless.contains(&(b, place - 1))
                });
            }
        }
        let kept: Vec<bool> = self.blocks.iter().map(|b| !b.basis.is_empty()).collect();
        let mut each = kept.iter();
        numbers.retain(|_| each.next().copied().unwrap_or(true));
        self.blocks.retain(|b| !b.basis.is_empty());
    }

    /// The basis elements, by block, on the diagonal of an equation `Σ c * diagonal = 0` with all c of one sign.
    fn useless(&self) -> BTreeSet<(usize, usize)> {
        let mut sums: BTreeMap<Exponents, Diagonals> = BTreeMap::new();
        for (monomial, _) in self.free.iter().chain([&self.target]).flat_map(Polynomial::terms) {
            sums.entry(monomial.clone()).or_default().mixed = true;
        }
        for (b, block) in self.blocks.iter().enumerate() {
            for i in 0..block.basis.len() {
                let weighted = block.weight.times(&block.basis[i]);
                for j in i..block.basis.len() {
                    for (monomial, coefficient) in weighted.times(&block.basis[j]).terms() {
                        let sum = sums.entry(monomial.clone()).or_default();
                        let positive = *coefficient > 0;
                        sum.mixed |= i != j || sum.positive.is_some_and(|sign| sign != positive);
                        sum.positive = Some(positive);
                        sum.places.push((b, i));
                    }
                }
            }
        }
        sums.into_values().filter(|sum| !sum.mixed).flat_map(|sum| sum.places).collect()
    }

    /// Gram entries by column number (after the free columns), and the equations in triangular form.
    fn equations(&self) -> Option<(Vec<Place>, Triangular)> {
        let mut rows: BTreeMap<Exponents, Row> = BTreeMap::new();
        for (monomial, coefficient) in self.target.terms() {
            rows.entry(monomial.clone()).or_default().right = coefficient.clone();
        }
        let mut put = |column: usize, polynomial: &Polynomial, factor: u32| {
            for (monomial, coefficient) in polynomial.terms() {
                let value = Rational::from(coefficient * factor);
                rows.entry(monomial.clone()).or_default().entries.insert(column, value);
            }
        };
        for (column, polynomial) in self.free.iter().enumerate() {
            put(column, polynomial, 1);
        }
        let mut columns = Vec::new();
        for (b, block) in self.blocks.iter().enumerate() {
            for i in 0..block.basis.len() {
                let weighted = block.weight.times(&block.basis[i]);
                for j in i..block.basis.len() {
                    let factor = if i == j { 1 } else { 2 };
                    put(self.free.len() + columns.len(), &weighted.times(&block.basis[j]), factor);
                    columns.push((b, i, j));
                }
            }
        }
        if rows.len() > MOST_ROWS {
            return None;
        }
        let triangular = Triangular::of(rows.into_values().collect(), self.free.len())?;
        Some((columns, triangular))
    }

    /// The equations without the free columns, in floating point, for a target of size 1.
    fn numeric(&self, columns: &[Place], triangular: &Triangular) -> Equations {
        let free = self.free.len();
        let scale = self.target.size().to_f64().max(1e-300);
        let mut equations =
            Equations { sizes: self.blocks.iter().map(|b| b.basis.len()).collect(), ..Equations::default() };
        for (_, row) in triangular.rows.iter().filter(|(pivot, _)| *pivot >= free) {
            let entry = |(column, value): (&usize, &Rational)| {
                let (block, row, column) = columns[column - free];
                Entry { block, row, column, value: value.to_f64() }
            };
            equations.rows.push(row.entries.iter().map(entry).collect());
            equations.right.push(row.right.to_f64() / scale);
        }
        equations
    }

    /// Rounds the numerical solution to an exact one.
    fn recover(
        &self,
        columns: &[Place],
        triangular: &Triangular,
        solution: &Solution,
        budget: &Budget,
    ) -> Option<Representation> {
        let scale = if self.target.is_empty() { Rational::from(1) } else { self.target.size() };
        let free = self.free.len();
        for denominator in [1_u32, 2, 6, 12, 60, 1_000, 1 << 14, 1 << 20, 1 << 30] {
            if budget.is_over() {
                return None;
            }
            if solution.margin * f64::from(denominator) < 0.02 {
                continue;
            }
            let mut values = vec![Rational::new(); free];
            for (b, i, j) in columns {
                let value = solution.blocks[*b].get(*i, *j) * f64::from(denominator);
                let rounded = rug::Float::with_val(53, value).to_integer().unwrap_or_default();
                values.push(Rational::from((rounded, denominator)) * &scale);
            }
            triangular.complete(&mut values);
            if let Some(squares) = self.squares(columns, &values) {
                values.truncate(free);
                return Some(Representation { squares, factors: values });
            }
        }
        None
    }

    /// The squares of Gram matrices with those entries, if they are positive semidefinite.
    fn squares(&self, columns: &[Place], values: &[Rational]) -> Option<Vec<(usize, Rational, Polynomial)>> {
        let zero = |n: usize| vec![vec![Rational::new(); n]; n];
        let mut matrices: Vec<Vec<Vec<Rational>>> = self.blocks.iter().map(|b| zero(b.basis.len())).collect();
        for ((b, i, j), value) in columns.iter().zip(&values[self.free.len()..]) {
            matrices[*b][*i][*j].clone_from(value);
            matrices[*b][*j][*i].clone_from(value);
        }
        let mut squares = Vec::new();
        for (number, (block, matrix)) in self.blocks.iter().zip(&matrices).enumerate() {
            for (coefficient, form) in definite::squares(matrix)? {
                let mut root = Polynomial::default();
                for (factor, element) in form.iter().zip(&block.basis) {
                    root.add_scaled(factor, element);
                }
                squares.push((number, coefficient, root));
            }
        }
        Some(squares)
    }

    /// Restricts the bases to the complement of the null spaces, as far as these are recognised; whether anything
    /// changed.
    fn reduce(&mut self, solution: &Solution) -> bool {
        let values: Vec<Vec<(f64, Vec<f64>)>> = solution.blocks.iter().map(Matrix::eigen).collect();
        let greatest = values.iter().flatten().fold(1e-300_f64, |m, (v, _)| m.max(*v));
        let mut sorted: Vec<f64> = values.iter().flatten().map(|(v, _)| (v / greatest).max(1e-16)).collect();
        sorted.sort_by(f64::total_cmp);
        // thresholds in the widest gaps between small eigenvalues and others
        let mut gaps: Vec<(f64, f64)> = sorted
            .windows(2)
            .filter(|w| w[0] < 1e-3 && w[1] > 3.0 * w[0])
            .map(|w| (w[1] / w[0], (w[0] * w[1]).sqrt()))
            .collect();
        gaps.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (_, threshold) in gaps.into_iter().take(3) {
            for (tolerance, most) in [(1e-7, 3_000), (1e-5, 200), (1e-3, 24)] {
                if self.reduce_below(&values, threshold * greatest, tolerance, most) {
                    return true;
                }
            }
        }
        false
    }

    fn reduce_below(&mut self, values: &[Vec<(f64, Vec<f64>)>], threshold: f64, tolerance: f64, most: u32) -> bool {
        let mut bases = Vec::new();
        let mut changed = false;
        for (block, values) in self.blocks.iter().zip(values) {
            let null: Vec<Vec<f64>> = values.iter().filter(|(v, _)| *v < threshold).map(|(_, v)| v.clone()).collect();
            let Some(null) = rational_basis(&null, tolerance, most) else { return false };
            changed |= !null.is_empty();
            let mut basis = Vec::new();
            for (j, element) in block.basis.iter().enumerate() {
                if null.iter().any(|(lead, _)| *lead == j) {
                    continue;
                }
                let mut element = element.clone();
                for (lead, vector) in &null {
                    element.add_scaled(&Rational::from(-&vector[j]), &block.basis[*lead]);
                }
                basis.push(element);
            }
            bases.push(basis);
        }
        if changed {
            self.blocks.iter_mut().zip(bases).for_each(|(block, basis)| block.basis = basis);
        }
        changed
    }
}

impl Representation {
    fn renumbered(mut self, numbers: &[usize]) -> Representation {
        for (block, _, _) in &mut self.squares {
            *block = numbers[*block];
        }
        self
    }
}
