//! Semidefinite programming in floating point: the solution of linear equations in symmetric blocks that is farthest
//! from not being positive semidefinite.
//!
//! Owns: a primal-dual interior point method with the HKM direction and Mehrotra's corrector. Must not know: where the
//! equations come from. Nothing rests on its answers. Reference: Helmberg, Rendl, Vanderbei & Wolkowicz 1996;
//! Kojima, Shindoh & Hara 1997; Monteiro 1997.

use super::super::super::budget::Budget;
use super::matrix::Matrix;

/// An entry of a symmetric matrix, row <= column: it contributes `value * X[row][column]` to its equation.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The block.
    pub block: usize,
    /// The row in it.
    pub row: usize,
    /// The column in it.
    pub column: usize,
    /// The factor.
    pub value: f64,
}

/// `Σ entries = right` for each equation; the blocks are to be positive semidefinite.
#[derive(Clone, Debug, Default)]
pub struct Equations {
    /// The sizes of the blocks.
    pub sizes: Vec<usize>,
    /// The left sides.
    pub rows: Vec<Vec<Entry>>,
    /// The right sides.
    pub right: Vec<f64>,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Solution {
    /// The blocks; their eigenvalues are about at least `margin`.
    pub blocks: Vec<Matrix>,
    /// The greatest t with all `block - t * identity` positive semidefinite, at most 1; negative if there is no
    /// solution.
    pub margin: f64,
    /// The precision that was reached.
    pub precision: f64,
}

/// How often a step is taken.
const MOST_STEPS: usize = 70;

/// The most definite solution; `None` if the method fails or the budget ends.
#[must_use]
pub fn solve(equations: &Equations, budget: &Budget) -> Option<Solution> {
    let mut iteration = Iteration::new(equations);
    let mut best: Option<Solution> = None;
    for _ in 0..MOST_STEPS {
        if budget.is_over() {
            return None;
        }
        let state = iteration.state();
        if state.primal < 1e-6 {
            let better = best.as_ref().is_none_or(|b| state.precision() < b.precision);
            if better {
                best = Some(iteration.solution(&state));
            }
        }
        if state.is_decided() || iteration.advance(&state).is_none() {
            break;
        }
    }
    best
}

/// Residuals and objectives at an iterate.
struct State {
    /// `C - S - A^T y`
    dual_residual: Vec<Matrix>,
    primal: f64,
    dual: f64,
    /// The values of the two problems.
    value: (f64, f64),
    mu: f64,
}

impl State {
    fn gap(&self) -> f64 {
        (self.value.0 - self.value.1).abs() / (1.0 + self.value.0.abs())
    }

    fn precision(&self) -> f64 {
        self.primal.max(self.gap())
    }

    /// Whether the sign of the margin is clear, or nothing more can be gained.
    fn is_decided(&self) -> bool {
        let margin = 1.0 - self.value.0;
        let infeasible = self.dual < 1e-9 && self.value.1 > 1.0 + 1e-4;
        let feasible = self.primal < 1e-10 && margin > 1e-4 && self.gap() < 0.1 * margin;
        infeasible || feasible || (self.primal < 1e-12 && self.dual < 1e-12 && self.gap() < 1e-12)
    }
}

/// The iterate. The last block is the number s in `X = Q - (1 - s) * identity`, to be minimised.
struct Iteration {
    rows: Vec<Vec<Entry>>,
    right: Vec<f64>,
    x: Vec<Matrix>,
    s: Vec<Matrix>,
    y: Vec<f64>,
}

impl Iteration {
    fn new(equations: &Equations) -> Iteration {
        let mut rows = Vec::new();
        let mut right = Vec::new();
        let last = equations.sizes.len();
        for (row, value) in equations.rows.iter().zip(&equations.right) {
            let norm = row.iter().map(|e| e.value * e.value).sum::<f64>().sqrt();
            let scale = if norm > 0.0 { 1.0 / norm } else { 1.0 };
            let mut row: Vec<Entry> = row.iter().map(|e| Entry { value: e.value * scale, ..*e }).collect();
            let trace: f64 = row.iter().filter(|e| e.row == e.column).map(|e| e.value).sum();
            row.push(Entry { block: last, row: 0, column: 0, value: -trace });
            rows.push(row);
            right.push(value * scale - trace);
        }
        let sizes: Vec<usize> = equations.sizes.iter().copied().chain([1]).collect();
        let large = right.iter().fold(1.0_f64, |m, b| m.max(b.abs()));
        let x = sizes.iter().map(|n| Matrix::scalar(*n, 4.0 * large)).collect();
        let s = sizes.iter().map(|n| Matrix::scalar(*n, 1.0)).collect();
        let y = vec![0.0; rows.len()];
        Iteration { rows, right, x, s, y }
    }

    /// `A(X)`, also for matrices that are not symmetric.
    fn image(&self, blocks: &[Matrix]) -> Vec<f64> {
        let one = |e: &Entry| {
            let block = &blocks[e.block];
            e.value * f64::midpoint(block.get(e.row, e.column), block.get(e.column, e.row))
        };
        self.rows.iter().map(|row| row.iter().map(one).sum()).collect()
    }

    /// `target += factor * A^T y`
    fn add_adjoint(&self, target: &mut [Matrix], factor: f64, y: &[f64]) {
        for (row, y) in self.rows.iter().zip(y) {
            for e in row {
                let block = &mut target[e.block];
                if e.row == e.column {
                    block.add(e.row, e.row, factor * e.value * y);
                } else {
                    let half = 0.5 * factor * e.value * y;
                    block.add(e.row, e.column, half);
                    block.add(e.column, e.row, half);
                }
            }
        }
    }

    fn state(&self) -> State {
        let image = self.image(&self.x);
        let mut dual_residual: Vec<Matrix> = self.s.iter().map(|s| Matrix::zero(s.size)).collect();
        if let Some(last) = dual_residual.last_mut() {
            last.set(0, 0, 1.0);
        }
        for (rest, s) in dual_residual.iter_mut().zip(&self.s) {
            rest.add_scaled(-1.0, s);
        }
        self.add_adjoint(&mut dual_residual, -1.0, &self.y);
        let largest = self.right.iter().fold(0.0_f64, |m, b| m.max(b.abs()));
        let primal = self.right.iter().zip(&image).fold(0.0_f64, |m, (b, a)| m.max((b - a).abs())) / (1.0 + largest);
        let dual = dual_residual.iter().fold(0.0_f64, |m, r| m.max(r.greatest()));
        let value =
            (self.x.last().map_or(0.0, |s| s.get(0, 0)), self.right.iter().zip(&self.y).map(|(b, y)| b * y).sum());
        let total: usize = self.x.iter().map(|x| x.size).sum();
        #[allow(clippy::cast_precision_loss)]
        let mu = self.x.iter().zip(&self.s).map(|(x, s)| x.inner(s)).sum::<f64>() / total as f64;
        State { dual_residual, primal, dual, value, mu }
    }

    fn solution(&self, state: &State) -> Solution {
        let margin = 1.0 - state.value.0;
        let blocks = self.x[..self.x.len() - 1].iter().map(|x| {
            let mut block = x.clone();
            block.add_scaled(margin, &Matrix::scalar(x.size, 1.0));
            block
        });
        Solution { blocks: blocks.collect(), margin, precision: state.precision() }
    }

    /// `M_kl = <A_k, X A_l S^-1>`
    fn schur(&self, inverses: &[Matrix]) -> Matrix {
        let mut by_block: Vec<Vec<(usize, Entry)>> = vec![Vec::new(); self.x.len()];
        for (number, row) in self.rows.iter().enumerate() {
            for e in row {
                by_block[e.block].push((number, *e));
            }
        }
        let mut schur = Matrix::zero(self.rows.len());
        for ((x, inverse), entries) in self.x.iter().zip(inverses).zip(&by_block) {
            let mut start = 0;
            while start < entries.len() {
                let number = entries[start].0;
                let end = start + entries[start..].iter().take_while(|(k, _)| *k == number).count();
                let image = image_of(x, inverse, &entries[start..end]);
                for (l, e) in &entries[start..] {
                    let value = e.value * f64::midpoint(image.get(e.row, e.column), image.get(e.column, e.row));
                    schur.add(*l, number, value);
                }
                start = end;
            }
        }
        for i in 0..schur.size {
            for j in 0..i {
                let value = schur.get(i, j);
                schur.set(j, i, value);
            }
        }
        schur
    }

    /// One step; `None` if the arithmetic breaks down.
    fn advance(&mut self, state: &State) -> Option<()> {
        let inverses: Option<Vec<Matrix>> = self.s.iter().map(|s| Some(s.cholesky()?.inverse_cholesky())).collect();
        let inverses = inverses?;
        let mut schur = self.schur(&inverses);
        let factor = factor(&mut schur)?;
        let steered: Vec<Matrix> = self.products(&state.dual_residual, &inverses);
        let base: Vec<f64> = self.right.iter().zip(self.image(&steered)).map(|(b, a)| b + a).collect();
        let (_, ds, dx) = self.direction(state, &factor, &base, &inverses, 0.0, None);
        let lengths = (reach(&self.x, &dx), reach(&self.s, &ds));
        let mut after = 0.0;
        for ((x, s), (dx, ds)) in self.x.iter().zip(&self.s).zip(dx.iter().zip(&ds)) {
            after +=
                x.inner(s) + lengths.0 * dx.inner(s) + lengths.1 * x.inner(ds) + lengths.0 * lengths.1 * dx.inner(ds);
        }
        let total: usize = self.x.iter().map(|x| x.size).sum();
        #[allow(clippy::cast_precision_loss)]
        let ratio = (after / total as f64 / state.mu).clamp(0.0, 1.0);
        let sigma = if lengths.0.min(lengths.1) < 0.1 { 0.5 } else { ratio.powi(2).clamp(1e-6, 0.5) };
        let second: Vec<Matrix> =
            dx.iter().zip(&ds).zip(&inverses).map(|((dx, ds), inverse)| dx.times(ds).times(inverse)).collect();
        let (dy, ds, dx) = self.direction(state, &factor, &base, &inverses, sigma * state.mu, Some(&second));
        let lengths = (0.95 * reach(&self.x, &dx), 0.95 * reach(&self.s, &ds));
        let lengths = (lengths.0.min(1.0), lengths.1.min(1.0));
        if lengths.0.max(lengths.1) < 1e-6 {
            return None;
        }
        for (x, dx) in self.x.iter_mut().zip(&dx) {
            x.add_scaled(lengths.0, dx);
        }
        for (s, ds) in self.s.iter_mut().zip(&ds) {
            s.add_scaled(lengths.1, ds);
        }
        self.y.iter_mut().zip(&dy).for_each(|(y, d)| *y += lengths.1 * d);
        self.y.iter().all(|y| y.is_finite()).then_some(())
    }

    /// `X M S^-1` for each block.
    fn products(&self, matrices: &[Matrix], inverses: &[Matrix]) -> Vec<Matrix> {
        let each = self.x.iter().zip(matrices).zip(inverses);
        each.map(|((x, m), inverse)| x.times(m).times(inverse)).collect()
    }

    /// The direction that aims at `X S = target * identity`.
    fn direction(
        &self,
        state: &State,
        factor: &Factor,
        base: &[f64],
        inverses: &[Matrix],
        target: f64,
        second: Option<&[Matrix]>,
    ) -> (Vec<f64>, Vec<Matrix>, Vec<Matrix>) {
        let mut right = base.to_vec();
        if target > 0.0 {
            right.iter_mut().zip(self.image(inverses)).for_each(|(r, a)| *r -= target * a);
        }
        if let Some(second) = second {
            right.iter_mut().zip(self.image(second)).for_each(|(r, a)| *r += a);
        }
        let dy = factor.solve(&right);
        let mut ds = state.dual_residual.clone();
        self.add_adjoint(&mut ds, -1.0, &dy);
        let mut dx = self.products(&ds, inverses);
        for (number, dx) in dx.iter_mut().enumerate() {
            if let Some(second) = second {
                dx.add_scaled(1.0, &second[number]);
            }
            let mut next = Matrix::zero(dx.size);
            next.add_scaled(-1.0, &dx.symmetric());
            next.add_scaled(-1.0, &self.x[number]);
            next.add_scaled(target, &inverses[number]);
            *dx = next;
        }
        (dy, ds, dx)
    }
}

/// `X A S^-1` for a sparse symmetric A.
fn image_of(x: &Matrix, inverse: &Matrix, entries: &[(usize, Entry)]) -> Matrix {
    let n = x.size;
    let mut product = Matrix::zero(n);
    let mut rows: Vec<Option<Vec<f64>>> = vec![None; n];
    for (_, e) in entries {
        let pairs = if e.row == e.column {
            vec![(e.row, e.row, e.value)]
        } else {
            vec![(e.row, e.column, 0.5 * e.value), (e.column, e.row, 0.5 * e.value)]
        };
        for (i, j, value) in pairs {
            let row = rows[i].get_or_insert_with(|| vec![0.0; n]);
            row.iter_mut().zip(inverse.row(j)).for_each(|(r, v)| *r += value * v);
        }
    }
    for (k, row) in rows.iter().enumerate() {
        let Some(row) = row else { continue };
        for i in 0..n {
            let a = x.get(i, k);
            if a != 0.0 {
                for (j, r) in row.iter().enumerate() {
                    product.add(i, j, a * r);
                }
            }
        }
    }
    product
}

/// A factorised symmetric matrix with its diagonal scaled to 1.
struct Factor {
    factor: Matrix,
    scale: Vec<f64>,
    matrix: Matrix,
}

impl Factor {
    /// The solution, refined.
    fn solve(&self, right: &[f64]) -> Vec<f64> {
        let scaled: Vec<f64> = right.iter().zip(&self.scale).map(|(r, s)| r * s).collect();
        let mut x = self.factor.solve_cholesky(&scaled);
        for _ in 0..2 {
            let rest: Vec<f64> = (0..x.len())
                .map(|i| scaled[i] - self.matrix.row(i).iter().zip(&x).map(|(a, b)| a * b).sum::<f64>())
                .collect();
            let correction = self.factor.solve_cholesky(&rest);
            x.iter_mut().zip(correction).for_each(|(x, c)| *x += c);
        }
        x.iter().zip(&self.scale).map(|(x, s)| x * s).collect()
    }
}

fn factor(matrix: &mut Matrix) -> Option<Factor> {
    let scale: Vec<f64> = (0..matrix.size).map(|i| 1.0 / matrix.get(i, i).abs().max(1e-300).sqrt()).collect();
    for i in 0..matrix.size {
        for j in 0..matrix.size {
            let value = matrix.get(i, j) * scale[i] * scale[j];
            matrix.set(i, j, value);
        }
    }
    for shift in [1e-15, 1e-13, 1e-11, 1e-9] {
        let mut shifted = matrix.clone();
        shifted.add_scaled(shift, &Matrix::scalar(matrix.size, 1.0));
        if let Some(factor) = shifted.cholesky() {
            return Some(Factor { factor, scale, matrix: matrix.clone() });
        }
    }
    None
}

/// About the greatest step, at most 1.05, that keeps the blocks positive definite.
fn reach(blocks: &[Matrix], direction: &[Matrix]) -> f64 {
    let mut length = 1.05;
    for (block, direction) in blocks.iter().zip(direction) {
        let holds = |length: f64| {
            let mut moved = block.clone();
            moved.add_scaled(length, direction);
            moved.cholesky().is_some()
        };
        if holds(length) {
            continue;
        }
        let (mut low, mut high) = (0.0, length);
        for _ in 0..40 {
            let middle = f64::midpoint(low, high);
            if holds(middle) {
                low = middle;
            } else {
                high = middle;
            }
            if low > 0.0 && high - low < 0.03 * low {
                break;
            }
        }
        length = low;
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// The most definite 2 x 2 matrix with given entries: row, column, value.
    fn margin(entries: &[(usize, usize, f64)]) -> f64 {
        let row = |(row, column, _): &(usize, usize, f64)| {
            vec![Entry { block: 0, row: *row, column: *column, value: if row == column { 1.0 } else { 2.0 } }]
        };
        let right = entries.iter().map(|(r, c, v)| if r == c { *v } else { 2.0 * v }).collect();
        let equations = Equations { sizes: vec![2], rows: entries.iter().map(row).collect(), right };
        let solution = solve(&equations, &Budget::lasting(Duration::from_secs(5))).unwrap();
        for (row, column, value) in entries {
            assert!((solution.blocks[0].get(*row, *column) - value).abs() < 1e-4, "{entries:?}");
        }
        solution.margin
    }

    #[test]
    fn the_margin_is_the_least_eigenvalue_at_best() {
        // a free entry off the diagonal is best 0: the margin approaches 1/2 from below, closely enough to be clear
        let free = margin(&[(0, 0, 0.5), (1, 1, 0.75)]);
        assert!(free > 0.4 && free <= 0.5 + 1e-6, "{free}");
        // [[1, 1], [1, 1]] is singular
        assert!(margin(&[(0, 0, 1.0), (1, 1, 1.0), (0, 1, 1.0)]).abs() < 1e-5);
        // [[1, 2], [2, 1]] and [[-1, ?], [?, 1]] are not definite
        assert!(margin(&[(0, 0, 1.0), (1, 1, 1.0), (0, 1, 2.0)]) < -1e-2);
        assert!(margin(&[(0, 0, -1.0), (1, 1, 1.0)]) < -1e-2);
    }
}
