//! A verified bound of the operator norm of a convolution by its symbol.
//!
//! Owns: the symbol on a grid, and the proof that its values there bound the norm. Must not know: files, networks.
//!
//! With zero padding, stride `s` and dilation `d`, a convolution `A` takes an image with zeros around it, as an element of l^2(Z^2)
//! of the same norm, to its convolution over all of Z^2 by the matrices `K_t` of the cells, and leaves out places. So
//! `||A|| <= ||C||`, and by Plancherel `||C|| = sup ||S(x)||` over `x` in R^2 with `S(x) = sum over t of K_t e^(i <t, x>)`; dilation
//! puts `d x` in the place of `x`. (H. Sedghi, V. Gupta & P. M. Long, *The singular values of convolutional layers*, ICLR 2019, have
//! equality for circular padding, where `x` runs over the frequencies of the image; that is bounded by the same supremum.)
//!
//! The supremum from a grid: for unit vectors `u`, `v` and a phase, `Re(e^(ia) u* S(x) v)` is, in each of the two coordinates and up to
//! a phase, a trigonometric polynomial of degree `n = (k - 1)/2` with half-integer frequencies if `k` is even. M. Riesz: around a place
//! where such a polynomial has its greatest absolute value `m`, it is at least `m cos(n h)` at distance `h <= pi/n`. One of `N`
//! equidistant places is at distance `pi/N` at most, so that the greatest value on the grid is at least `m cos(pi (k - 1)/(2 N))`, once
//! for each coordinate (H. Ehlich & K. Zeller, *Schwankung von Polynomen zwischen Gitterpunkten*, Math. Z. 86 (1964)).
//!
//! Rounding: the entries of `S` are sums of `c` products with factors `e^(i..)` that are off by `10^-14` at most, hence off by
//! `(2 10^-14 + 4 10^-16 c) sum |k_t|` in each part; the norm of that error is at most its Frobenius norm, and that at most
//! `1.5 (2 10^-14 + 4 10^-16 c) sqrt(c) ||K||_F` (Cauchy and Schwarz).

use super::norm::{add_up, mul_up, sqrt_up};
use super::spectral;
use rayon::prelude::*;
use std::f64::consts::PI;

/// How many places of the grid there are for each cell but one along an axis; the more, the closer.
const DENSITIES: [usize; 3] = [16, 8, 4];
/// Windows with more cells are not looked at.
const MOST_CELLS: usize = 10_000;
/// How many multiplications are worth it: a second, since a network has many convolutions.
const MOST_WORK: u128 = spectral::MOST_WORK / 16;
/// What estimating a norm costs beside verifying it, for each entry of the smaller Gram matrix.
const ESTIMATE: u128 = 300;

/// A kernel: its entries in the order of output channel, input channel, row, column.
#[derive(Clone, Copy, Debug)]
pub struct Kernel<'a> {
    /// The entries.
    pub entries: &'a [f64],
    /// Output channels.
    pub out: usize,
    /// Input channels.
    pub input: usize,
    /// Rows and columns of the window.
    pub window: [usize; 2],
    /// Not below the Frobenius norm.
    pub frobenius: f64,
}

/// A number that the operator norm of the convolution does not exceed, whatever its stride, dilation and zero padding; `None` if that
/// would take too long or is not verified.
#[must_use]
pub fn bound(kernel: &Kernel<'_>) -> Option<f64> {
    let cells = kernel.window[0].checked_mul(kernel.window[1]).filter(|cells| (1..=MOST_CELLS).contains(cells))?;
    if kernel.entries.len() != kernel.out.checked_mul(kernel.input)?.checked_mul(cells)? {
        return None;
    }
    let [rows, columns] = grid(kernel)?;
    let waves = [waves(rows), waves(columns)];
    // S(-x) is the conjugate of S(x), since the entries are real
    let places: Vec<(usize, usize)> = (0..=rows / 2).flat_map(|i| (0..columns).map(move |j| (i, j))).collect();
    let norms = places.par_iter().map(|place| {
        let symbol = symbol(kernel, *place, &waves);
        spectral::bound(&symbol, 2 * kernel.out, 2 * kernel.input)
    });
    let greatest = norms.try_reduce(|| 0.0, |a, b| Some(a.max(b)))?;
    #[allow(clippy::cast_precision_loss)] // at most 10^4
    let count = cells as f64;
    let off = mul_up(1.5 * (2e-14 + 4e-16 * count), mul_up(sqrt_up(count), kernel.frobenius));
    let between = mul_up(spread(kernel.window[0], rows), spread(kernel.window[1], columns));
    Some(mul_up(between, add_up(greatest, off)))
}

/// How many places along each axis.
fn grid(kernel: &Kernel<'_>) -> Option<[usize; 2]> {
    let (out, input) = (2 * kernel.out as u64, 2 * kernel.input as u64);
    let small = u128::from(out.min(input));
    let one = spectral::work(out, input) + ESTIMATE * small * small;
    let places = |density: usize| kernel.window.map(|size| (density * (size - 1)).max(1));
    let worth = |[rows, columns]: &[usize; 2]| one * ((rows / 2 + 1) * columns) as u128 <= MOST_WORK;
    DENSITIES.iter().map(|density| places(*density)).find(worth)
}

/// `e^(2 pi i j/N)` for each j.
fn waves(count: usize) -> Vec<(f64, f64)> {
    #[allow(clippy::cast_precision_loss)] // at most 10^6
    let angle = |j: usize| 2.0 * PI * j as f64 / count as f64;
    (0..count).map(|j| (core_math::cos(angle(j)), core_math::sin(angle(j)))).collect()
}

/// Not below `1/cos(pi (k - 1)/(2 N))`, for `N >= 4 (k - 1)`.
fn spread(size: usize, count: usize) -> f64 {
    if size == 1 {
        return 1.0;
    }
    #[allow(clippy::cast_precision_loss)] // at most 10^6
    let angle = PI * (size - 1) as f64 / (2 * count) as f64;
    // the angle is off by a few roundings; the cosine decreases
    let least = core_math::cos(angle * (1.0 + 8.0 * f64::EPSILON)).next_down();
    (1.0 / least).next_up()
}

/// The symbol at a place of the grid as a real matrix of the same norm: `[[Re S, -Im S], [Im S, Re S]]`.
fn symbol(kernel: &Kernel<'_>, (i, j): (usize, usize), waves: &[Vec<(f64, f64)>; 2]) -> Vec<f64> {
    let [rows, columns] = kernel.window;
    let mut factors = Vec::with_capacity(rows * columns);
    for row in 0..rows {
        for column in 0..columns {
            let (a, b) = waves[0][i * row % waves[0].len()];
            let (c, d) = waves[1][j * column % waves[1].len()];
            factors.push((a * c - b * d, a * d + b * c));
        }
    }
    let (out, input) = (kernel.out, kernel.input);
    let mut matrix = vec![0.0; 4 * out * input];
    for (at, cells) in kernel.entries.chunks_exact(rows * columns).enumerate() {
        let (o, n) = (at / input, at % input);
        let (mut real, mut imaginary) = (0.0, 0.0);
        for (entry, (c, s)) in cells.iter().zip(&factors) {
            real += entry * c;
            imaginary += entry * s;
        }
        matrix[o * 2 * input + n] = real;
        matrix[o * 2 * input + input + n] = -imaginary;
        matrix[(out + o) * 2 * input + n] = imaginary;
        matrix[(out + o) * 2 * input + input + n] = real;
    }
    matrix
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kernel(entries: &[f64], out: usize, input: usize, window: [usize; 2]) -> Kernel<'_> {
        let frobenius = entries.iter().map(|x| x * x).sum::<f64>().sqrt() * (1.0 + 1e-12);
        Kernel { entries, out, input, window, frobenius }
    }

    /// Norms that are known: `|1 + z - z^2|^2 = 3 - 2 cos 2x`, and a single cell.
    #[test]
    fn known_symbols() {
        let root = 5f64.sqrt();
        let found = bound(&kernel(&[1.0, 1.0, -1.0], 1, 1, [1, 3])).unwrap();
        assert!((root..root * 1.02).contains(&found), "{found}");
        let found = bound(&kernel(&[1.0, 1.0], 1, 1, [2, 1])).unwrap();
        assert!((2.0..2.02).contains(&found), "{found}");
        let found = bound(&kernel(&[3.0, 4.0], 2, 1, [1, 1])).unwrap();
        assert!((5.0..5.001).contains(&found), "{found}");
    }

    /// The matrix of a convolution of an image with zero padding, written out.
    fn written_out(
        entries: &[f64],
        out: usize,
        input: usize,
        k: usize,
        size: usize,
        stride: usize,
    ) -> (Vec<f64>, usize) {
        let padding = k / 2;
        let places = (size + 2 * padding - k) / stride + 1;
        let (rows, columns) = (out * places * places, input * size * size);
        let mut matrix = vec![0.0; rows * columns];
        for o in 0..out {
            for (y, x) in (0..places).flat_map(|y| (0..places).map(move |x| (y, x))) {
                for (n, (r, c)) in (0..input).flat_map(|n| (0..k * k).map(move |t| (n, (t / k, t % k)))) {
                    let (py, px) = ((y * stride + r).checked_sub(padding), (x * stride + c).checked_sub(padding));
                    if let (Some(py), Some(px)) = (py.filter(|p| *p < size), px.filter(|p| *p < size)) {
                        let row = (o * places + y) * places + x;
                        matrix[row * columns + (n * size + py) * size + px] =
                            entries[((o * input + n) * k + r) * k + c];
                    }
                }
            }
        }
        (matrix, rows)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

        /// No matrix of a convolution has a greater norm, and the sum of the norms of the cells is not smaller than what was found,
        /// up to what the grid costs.
        #[test]
        fn norms_of_matrices_are_bounded(
            entries in proptest::collection::vec(-1.0f64..1.0, 2 * 3 * 9),
            k in 2usize..4,
            size in 4usize..7,
            stride in 1usize..3,
        ) {
            let entries = &entries[..6 * k * k];
            let found = bound(&kernel(entries, 2, 3, [k, k])).unwrap();
            let (matrix, rows) = written_out(entries, 2, 3, k, size, stride);
            let norm = spectral::bound(&matrix, rows, matrix.len() / rows).unwrap();
            // the verified bound of the matrix is a little above its norm
            prop_assert!(norm <= found * (1.0 + 2e-3), "{norm} {found}");
            let cell = |t: usize| entries.iter().skip(t).step_by(k * k).copied().collect::<Vec<f64>>();
            let sum: f64 = (0..k * k).map(|t| spectral::bound(&cell(t), 2, 3).unwrap()).sum();
            prop_assert!(found <= sum * 1.02, "{found} {sum}");
        }
    }
}
