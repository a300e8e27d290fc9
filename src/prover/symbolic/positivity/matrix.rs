//! Small dense matrices in floating point.
//!
//! Owns: products, Cholesky factors, eigenvalues of symmetric matrices. Must not know: what they are used for.
//! Reference: Golub & Van Loan 2013, sections 4.2 and 8.5.

/// A square matrix, by rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// The number of rows.
    pub size: usize,
    entries: Vec<f64>,
}

impl Matrix {
    /// The matrix 0.
    #[must_use]
    pub fn zero(size: usize) -> Matrix {
        Matrix { size, entries: vec![0.0; size * size] }
    }

    /// A multiple of the identity.
    #[must_use]
    pub fn scalar(size: usize, value: f64) -> Matrix {
        let mut matrix = Matrix::zero(size);
        (0..size).for_each(|i| matrix.set(i, i, value));
        matrix
    }

    /// An entry.
    #[must_use]
    pub fn get(&self, row: usize, column: usize) -> f64 {
        self.entries[row * self.size + column]
    }

    /// Sets an entry.
    pub fn set(&mut self, row: usize, column: usize, value: f64) {
        self.entries[row * self.size + column] = value;
    }

    /// Adds to an entry.
    pub fn add(&mut self, row: usize, column: usize, value: f64) {
        self.entries[row * self.size + column] += value;
    }

    /// A row.
    #[must_use]
    pub fn row(&self, row: usize) -> &[f64] {
        &self.entries[row * self.size..(row + 1) * self.size]
    }

    /// `self += factor * other`
    pub fn add_scaled(&mut self, factor: f64, other: &Matrix) {
        self.entries.iter_mut().zip(&other.entries).for_each(|(a, b)| *a += factor * b);
    }

    /// `Σ a_ij b_ij`
    #[must_use]
    pub fn inner(&self, other: &Matrix) -> f64 {
        self.entries.iter().zip(&other.entries).map(|(a, b)| a * b).sum()
    }

    /// The greatest absolute value of an entry.
    #[must_use]
    pub fn greatest(&self) -> f64 {
        self.entries.iter().fold(0.0, |greatest, a| greatest.max(a.abs()))
    }

    /// The product.
    #[must_use]
    pub fn times(&self, other: &Matrix) -> Matrix {
        let n = self.size;
        let mut product = Matrix::zero(n);
        for i in 0..n {
            let target = &mut product.entries[i * n..(i + 1) * n];
            for (k, a) in self.row(i).iter().enumerate() {
                if *a != 0.0 {
                    target.iter_mut().zip(other.row(k)).for_each(|(t, b)| *t += a * b);
                }
            }
        }
        product
    }

    /// `(self + transpose) / 2`
    #[must_use]
    pub fn symmetric(&self) -> Matrix {
        let mut result = Matrix::zero(self.size);
        for i in 0..self.size {
            for j in 0..self.size {
                result.set(i, j, f64::midpoint(self.get(i, j), self.get(j, i)));
            }
        }
        result
    }

    /// The lower triangular factor L with L L^T = self; `None` unless the matrix is positive definite.
    #[must_use]
    pub fn cholesky(&self) -> Option<Matrix> {
        let n = self.size;
        let mut factor = Matrix::zero(n);
        for i in 0..n {
            for j in 0..=i {
                let (a, b) = (&factor.row(i)[..j], &factor.row(j)[..j]);
                let rest = self.get(i, j) - a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
                if i == j {
                    if rest.is_nan() || rest <= 0.0 {
                        return None;
                    }
                    factor.set(i, i, rest.sqrt());
                } else {
                    let lead = factor.get(j, j);
                    factor.set(i, j, rest / lead);
                }
            }
        }
        Some(factor)
    }

    /// Solves L L^T x = right for this lower triangular L.
    #[must_use]
    pub fn solve_cholesky(&self, right: &[f64]) -> Vec<f64> {
        let n = self.size;
        let mut x = right.to_vec();
        for i in 0..n {
            let known: f64 = self.row(i)[..i].iter().zip(&x).map(|(a, b)| a * b).sum();
            x[i] = (x[i] - known) / self.get(i, i);
        }
        for i in (0..n).rev() {
            x[i] /= self.get(i, i);
            let value = x[i];
            for (j, a) in self.row(i)[..i].iter().enumerate() {
                x[j] -= a * value;
            }
        }
        x
    }

    /// The inverse of L L^T for this lower triangular L.
    #[must_use]
    pub fn inverse_cholesky(&self) -> Matrix {
        let n = self.size;
        let mut inverse = Matrix::zero(n);
        for column in 0..n {
            let unit: Vec<f64> = (0..n).map(|i| f64::from(u8::from(i == column))).collect();
            for (row, value) in self.solve_cholesky(&unit).into_iter().enumerate() {
                inverse.set(row, column, value);
            }
        }
        inverse.symmetric()
    }

    /// Eigenvalues and unit eigenvectors of a symmetric matrix, by Jacobi's rotations; least first.
    #[must_use]
    pub fn eigen(&self) -> Vec<(f64, Vec<f64>)> {
        let n = self.size;
        let mut matrix = self.clone();
        let mut vectors = Matrix::scalar(n, 1.0);
        for _ in 0..30 {
            let mut off = 0.0;
            for p in 0..n {
                for q in p + 1..n {
                    off += matrix.get(p, q).abs();
                    matrix.rotate(p, q, &mut vectors);
                }
            }
            if off <= 1e-300 {
                break;
            }
        }
        let mut pairs: Vec<(f64, Vec<f64>)> = (0..n).map(|i| (matrix.get(i, i), vectors.row(i).to_vec())).collect();
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        pairs
    }

    /// Makes the entry (p, q) zero by a rotation; the rows of `vectors` follow.
    fn rotate(&mut self, p: usize, q: usize, vectors: &mut Matrix) {
        let (app, aqq, apq) = (self.get(p, p), self.get(q, q), self.get(p, q));
        if apq.abs() <= 1e-18 * (app.abs() + aqq.abs()) {
            self.set(p, q, 0.0);
            self.set(q, p, 0.0);
            return;
        }
        let theta = (aqq - app) / (2.0 * apq);
        let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
        let t = if theta == 0.0 { 1.0 } else { t };
        let c = 1.0 / (t * t + 1.0).sqrt();
        let s = t * c;
        for k in 0..self.size {
            let (a, b) = (self.get(k, p), self.get(k, q));
            self.set(k, p, c * a - s * b);
            self.set(k, q, s * a + c * b);
        }
        for k in 0..self.size {
            let (a, b) = (self.get(p, k), self.get(q, k));
            self.set(p, k, c * a - s * b);
            self.set(q, k, s * a + c * b);
            let (a, b) = (vectors.get(p, k), vectors.get(q, k));
            vectors.set(p, k, c * a - s * b);
            vectors.set(q, k, s * a + c * b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(n: usize) -> Matrix {
        // (min(i, j) + 1): positive definite
        let mut matrix = Matrix::zero(n);
        for i in 0..n {
            for j in 0..n {
                #[allow(clippy::cast_precision_loss)]
                matrix.set(i, j, (i.min(j) + 1) as f64);
            }
        }
        matrix
    }

    #[test]
    fn cholesky_gives_the_inverse() {
        let matrix = sample(6);
        let inverse = matrix.cholesky().unwrap().inverse_cholesky();
        let mut rest = matrix.times(&inverse);
        rest.add_scaled(-1.0, &Matrix::scalar(6, 1.0));
        assert!(rest.greatest() < 1e-10);
        let mut indefinite = matrix;
        indefinite.set(0, 0, -1.0);
        assert!(indefinite.cholesky().is_none());
    }

    #[test]
    fn eigenvectors_are_eigenvectors() {
        let matrix = sample(7);
        for (value, vector) in matrix.eigen() {
            for i in 0..7 {
                let image: f64 = matrix.row(i).iter().zip(&vector).map(|(a, b)| a * b).sum();
                assert!((image - value * vector[i]).abs() < 1e-9);
            }
        }
    }
}
