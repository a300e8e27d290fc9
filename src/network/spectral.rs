//! A verified bound of the spectral norm of a matrix of doubles.
//!
//! Owns: the computation and the proof that its result is a bound. Must not know: files, networks.
//!
//! Let `A` be `m x n` with `m <= n` and `max |a_ij|` in `[1/2, 1)` (a power of two is taken out), `u = 2^-53`,
//! `gamma_k = k u/(1 - k u)`.
//!
//! 1. `G = fl(A A^T)` has `|G - A A^T| <= gamma_n |A| |A|^T` entry by entry, in whatever order sums are taken (Higham, *Accuracy and
//!    Stability of Numerical Algorithms*, 2nd ed., (3.13)), so that `||G - A A^T|| <= gamma_n ||A||_F^2`.
//! 2. For a number `t`, `M = fl(t I - G)` differs from `t I - G` by at most `u t` on the diagonal (`0 <= g_ii <= t`), else by nothing.
//! 3. If Cholesky's algorithm in doubles runs to its end on `M`, then `R^T R = M + E` with `|E| <= gamma_(m+1) |R^T| |R|` (Theorem 10.3
//!    there), and `||E|| <= gamma_(m+1)/(1 - gamma_(m+1)) tr M`, since the columns of `R` have `|r_j|^2 <= m_jj/(1 - gamma_(m+1))`
//!    (S. M. Rump, *Verification of positive definiteness*, BIT 46 (2006), Theorem 2.3). Hence `M >= -||E|| I`.
//!
//! Together `||A||^2 <= t + u t + gamma_(m+1)/(1 - gamma_(m+1)) tr M + gamma_n ||A||_F^2`. Underflow: each of the at most `2^60` operations
//! may add `2^-1074` more, divided by a diagonal entry at most; pivots below `10^-120` count as a failure of
//! step 3, and `10^-120` is added at the end (`||A||^2 >= 1/4`).
//!
//! `t` comes from the power method and proves nothing; a `t` that is too small makes step 3 fail, and a greater one is tried.

use super::norm::{add_up, mul_up, sqrt_up};
use rayon::prelude::*;

/// How many multiplications are worth a tighter bound: some ten seconds.
pub const MOST_WORK: u128 = 30_000_000_000;
/// Matrices with more entries are not taken into memory.
pub const MOST_ENTRIES: u64 = 1 << 24;
/// Pivots below this are not trusted.
const LEAST_PIVOT: f64 = 1e-120;
const UNDERFLOW: f64 = 1e-120;
/// How much above the estimate `t` is tried.
const STEPS: [f64; 5] = [1e-5, 1e-3, 1e-2, 0.1, 0.5];

/// What bounding a matrix of that shape costs, in multiplications.
#[must_use]
pub fn work(rows: u64, columns: u64) -> u128 {
    let (small, large) = (u128::from(rows.min(columns)), u128::from(rows.max(columns)));
    small * small * large / 2 + small * small * small / 3
}

/// A number that `||A||` does not exceed, for the entries of `A` row by row; `None` if no factorisation came to its end.
#[must_use]
pub fn bound(entries: &[f64], rows: usize, columns: usize) -> Option<f64> {
    if rows == 0 || columns == 0 || entries.len() != rows.checked_mul(columns)? {
        return None;
    }
    let greatest = entries.iter().fold(0.0f64, |most, entry| most.max(entry.abs()));
    if greatest == 0.0 {
        return Some(0.0);
    }
    if !(1e-140..1e140).contains(&greatest) {
        return None; // the bounds by entries must do
    }
    // greatest < scale <= 2 greatest: a power of two, so that scaling is exact but for underflow
    let scale = f64::from_bits((greatest.to_bits() >> 52) << 52) * 2.0;
    let wide = rows <= columns;
    let (m, n) = if wide { (rows, columns) } else { (columns, rows) };
    let a: Vec<f64> = if wide {
        entries.iter().map(|entry| entry / scale).collect()
    } else {
        (0..entries.len()).map(|at| entries[(at % n) * columns + at / n] / scale).collect()
    };
    let gram = gram(&a, m, n);
    let trace = (0..m).fold(0.0, |sum, i| add_up(sum, gram[i * m + i]));
    // ||A||_F^2 = tr A A^T <= tr G/(1 - gamma_n)
    let frobenius_squared = mul_up(trace, (1.0 / (1.0 - gamma(n))).next_up().next_up());
    let estimate = power(&gram, m);
    STEPS.iter().find_map(|step| {
        let t = (estimate * (1.0 + step)).min(trace * 2.0);
        let trace_of_shifted = positive_definite(&gram, m, t)?;
        let g = gamma(m + 1);
        let factorised = mul_up((g / (1.0 - g)).next_up().next_up(), trace_of_shifted);
        let shifted = mul_up(t, f64::EPSILON);
        let multiplied = mul_up(gamma(n), frobenius_squared);
        let squared = [shifted, factorised, multiplied, UNDERFLOW].iter().fold(t, |sum, term| add_up(sum, *term));
        Some(mul_up(sqrt_up(squared), scale))
    })
}

/// Not below `k u/(1 - k u)`, for `k` below `2^40`: `k u` is exact, and the difference and the quotient, each rounded to nearest, are
/// off by `2^-54` and `2^-53` of the result at most, while each step upward adds at least `2^-53` of it.
fn gamma(k: usize) -> f64 {
    #[allow(clippy::cast_precision_loss)] // k < 2^40 is a double
    let ku = k as f64 * (f64::EPSILON / 2.0);
    (ku / (1.0 - ku)).next_up().next_up()
}

/// `x^T y` in eight sums.
fn dot(x: &[f64], y: &[f64]) -> f64 {
    let mut sums = [0.0f64; 8];
    let (xs, ys) = (x.chunks_exact(8), y.chunks_exact(8));
    let rest: f64 = xs.remainder().iter().zip(ys.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in xs.zip(ys) {
        for lane in 0..8 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum::<f64>() + rest
}

/// The lower half of `A A^T`, row by row.
fn gram(a: &[f64], m: usize, n: usize) -> Vec<f64> {
    let mut gram = vec![0.0; m * m];
    gram.par_chunks_mut(m).enumerate().for_each(|(i, row)| {
        let own = &a[i * n..(i + 1) * n];
        for (j, entry) in row.iter_mut().enumerate().take(i + 1) {
            *entry = dot(own, &a[j * n..(j + 1) * n]);
        }
    });
    gram
}

/// About the greatest eigenvalue of the symmetric matrix whose lower half is given.
fn power(gram: &[f64], m: usize) -> f64 {
    // a start that is orthogonal to no eigenvector in practice, and the same on every machine
    let mut seed = 0x9e37_79b9_7f4a_7c15u64;
    let mut vector: Vec<f64> = (0..m)
        .map(|_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            1.0 + f64::from((seed >> 40) as u32) * f64::exp2(-24.0)
        })
        .collect();
    let mut value = 0.0f64;
    for _ in 0..300 {
        let mut next = vec![0.0; m];
        for i in 0..m {
            let row = &gram[i * m..i * m + i];
            next[i] += dot(row, &vector[..i]) + gram[i * m + i] * vector[i];
            let own = vector[i];
            next[..i].iter_mut().zip(row).for_each(|(sum, entry)| *sum += entry * own);
        }
        let size = next.iter().map(|x| x * x).sum::<f64>().sqrt();
        if size == 0.0 {
            return value;
        }
        let before = value;
        value = size / vector.iter().map(|x| x * x).sum::<f64>().sqrt();
        vector = next.into_iter().map(|x| x / size).collect();
        if (value - before).abs() <= 1e-9 * value {
            break;
        }
    }
    value
}

/// Runs Cholesky's algorithm on `t I - G`; not below the trace of it if it comes to its end.
fn positive_definite(gram: &[f64], m: usize, t: f64) -> Option<f64> {
    let mut factor = vec![0.0; m * m];
    let mut trace = 0.0;
    for i in 0..m {
        let (done, row) = factor.split_at_mut(i * m);
        for j in 0..i {
            let other = &done[j * m..j * m + m];
            row[j] = (-gram[i * m + j] - dot(&row[..j], &other[..j])) / other[j];
        }
        let diagonal = t - gram[i * m + i];
        let pivot = diagonal - dot(&row[..i], &row[..i]);
        if pivot.is_nan() || pivot <= LEAST_PIVOT {
            return None;
        }
        trace = add_up(trace, diagonal);
        row[i] = pivot.sqrt();
    }
    Some(trace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use boundproof_checker::exact::Rational;
    use num_traits::{Signed, Zero};
    use proptest::prelude::*;

    fn exact(value: f64) -> Rational {
        Rational::from_float(value).unwrap()
    }

    /// Whether `t^2 I - A A^T` is positive semidefinite, by exact elimination.
    fn is_bound(t: f64, entries: &[f64], rows: usize, columns: usize) -> bool {
        let a = |i: usize, j: usize| exact(entries[i * columns + j]);
        let mut matrix: Vec<Vec<Rational>> = (0..rows)
            .map(|i| {
                (0..rows)
                    .map(|j| {
                        let sum: Rational = (0..columns).map(|k| a(i, k) * a(j, k)).sum();
                        let square = exact(t) * exact(t);
                        if i == j { square - sum } else { -sum }
                    })
                    .collect()
            })
            .collect();
        for k in 0..rows {
            let pivot = matrix[k][k].clone();
            if pivot.is_negative() {
                return false;
            }
            if pivot.is_zero() {
                if matrix[k].iter().skip(k).any(|x| !x.is_zero()) {
                    return false;
                }
                continue;
            }
            for i in k + 1..rows {
                let factor = &matrix[i][k] / &pivot;
                let row = matrix[k].clone();
                matrix[i].iter_mut().zip(&row).skip(k).for_each(|(entry, other)| *entry -= &factor * other);
            }
        }
        true
    }

    fn matrices() -> impl Strategy<Value = (usize, usize, Vec<f64>)> {
        let entry = prop_oneof![4 => -1.0f64..1.0, 1 => Just(0.0), 1 => -1e-9f64..1e-9, 1 => -100.0f64..100.0];
        (1usize..7, 1usize..7)
            .prop_flat_map(move |(m, n)| (Just(m), Just(n), proptest::collection::vec(entry.clone(), m * n)))
    }

    proptest! {
        #[test]
        fn the_bound_holds_by_exact_arithmetic((m, n, entries) in matrices()) {
            let t = bound(&entries, m, n).unwrap();
            prop_assert!(is_bound(t, &entries, m, n), "{} is no bound", t);
            // and it is not far off
            prop_assert!(t == 0.0 || !is_bound(t * 0.6, &entries, m, n), "{} is more than it needs to be", t);
        }

        #[test]
        fn the_other_norms_bound_too((m, n, entries) in matrices()) {
            let mut norms = crate::network::norm::Entrywise::new(n);
            norms.take(&entries);
            prop_assert!(is_bound(norms.frobenius(), &entries, m, n));
            prop_assert!(is_bound(norms.mixed(), &entries, m, n));
        }
    }

    #[test]
    fn known_norms() {
        // (rows, columns, entries, ||A||)
        let table: [(usize, usize, Vec<f64>, f64); 5] = [
            (1, 1, vec![-3.0], 3.0),
            (2, 2, vec![1.0, 1.0, 1.0, 1.0], 2.0),
            (2, 2, vec![0.0, -1.0, 1.0, 0.0], 1.0),
            (2, 3, vec![3.0, 0.0, 0.0, 0.0, 4.0, 0.0], 4.0),
            (3, 1, vec![1.0, 2.0, 2.0], 3.0),
        ];
        for (m, n, entries, wanted) in table {
            let t = bound(&entries, m, n).unwrap();
            assert!(wanted <= t && t <= wanted * 1.0001, "{t} for {wanted}");
        }
        assert_eq!(bound(&[0.0; 6], 2, 3), Some(0.0));
    }

    #[test]
    fn a_number_that_is_too_small_is_not_accepted() {
        // G has eigenvalues 4 and 0
        let gram = [2.0, 0.0, 2.0, 2.0];
        assert!(positive_definite(&gram, 2, 3.999).is_none());
        assert!(positive_definite(&gram, 2, 4.001).is_some());
    }
}
