//! What the matrix of a layer is as a function of its parameters.
//!
//! Owns: how often each parameter stands in it, bounds of its operator norm for all parameters in a cube. Must not know:
//! other layers, weights that were learned. All numbers here are exact.
//!
//! A convolution whose window is moved to the places `o` computes `y_o = sum over cells t of K_t x_(o s + t d - p)`, zeros
//! outside. Let `K` be the matrix with the `K_t` side by side. Then `|y_o| <= ||K||` times the norm of the pixels under the
//! window at `o`, and a pixel lies under at most `overlap` of them, hence
//!
//! `||A|| <= sqrt(overlap) ||K||` and, each cell by itself, `||A|| <= sum over t of ||K_t||`;
//!
//! and since a parameter of cell `t` stands in `A` `hits_t` times, `||A||^2 <= ||A||_F^2 = sum over t of hits_t ||K_t||_F^2`.
//! With groups, `A` is block-diagonal, and each of these holds for the greatest block.

use super::architecture::{Architecture, Node, Operation};

/// A layer's matrix, `A(w)`, and its bias as an array of numbers, `b(w)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linear {
    /// For each cell of the window (one, if there is none) how many entries of `A` a parameter is tied to.
    pub hits: Vec<u64>,
    /// To how many entries a parameter of the bias is tied.
    pub bias_hits: u64,
    /// `||A(w)||^2 <= cube_squared W^2` for all `w` with entries in `[-W, W]`
    pub cube_squared: u128,
    /// `||A(w)||^2 <= unit_squared |w|^2`; `A` is linear, so that differences are bounded too
    pub unit_squared: u128,
    /// `|b(w)|^2 <= bias_cube_squared W^2` for all `w` with entries in `[-W, W]`
    pub bias_cube_squared: u128,
    /// `|b(w)|^2 <= bias_unit_squared |w|^2`
    pub bias_unit_squared: u128,
    /// In how many places of the window a pixel lies at most; 1 where there is no window.
    pub overlap: u64,
}

impl Linear {
    /// The matrix of a node, if it has weights.
    #[must_use]
    pub fn of(node: &Node) -> Option<Linear> {
        let wide = u128::from;
        let (bias_hits, has_bias) = (node.gives.pixels(), u128::from(node.biases() > 0));
        let (hits, overlap, entries_of_a_unit, cube) = match node.operation {
            // ||A|| <= ||A||_F
            Operation::Dense { .. } => (vec![1], 1, 1, wide(node.weights())),
            // a diagonal matrix: its greatest entry
            Operation::Scale => (vec![node.gives.pixels()], 1, 1, 1),
            Operation::Convolution { out, window, groups } => {
                let side = |axis: usize| match node.takes {
                    super::architecture::Shape::Image { size, .. } => window.hits(axis, size[axis]),
                    super::architecture::Shape::Flat(_) => Vec::new(),
                };
                let (rows, columns) = (side(0), side(1));
                let hits: Vec<u64> = rows.iter().flat_map(|a| columns.iter().map(move |b| a * b)).collect();
                let most = hits.iter().copied().max().unwrap_or(0);
                let overlap = window.overlap();
                let pairs = wide(node.takes.channels() / groups) * wide(out / groups);
                let by_window = wide(overlap) * wide(window.cells()) * pairs;
                let by_entries = hits.iter().map(|n| wide(*n)).sum::<u128>() * pairs;
                (hits, overlap, wide(overlap.min(most)), by_window.min(by_entries))
            }
            _ => return None,
        };
        Some(Linear {
            hits,
            bias_hits,
            cube_squared: cube,
            unit_squared: entries_of_a_unit,
            bias_cube_squared: has_bias * wide(node.gives.units()),
            bias_unit_squared: has_bias * wide(bias_hits),
            overlap,
        })
    }
}

/// The parameters that a node owns, and in how many entries of all matrices and biases one of them stands at most.
///
/// Nodes that share parameters have windows of one size, so that a parameter is one cell of all of them.
#[must_use]
pub fn sharing(architecture: &Architecture, owner: usize) -> u64 {
    let users = architecture.layers().filter(|(number, _)| architecture.owner(*number) == owner);
    let mut cells: Vec<u64> = Vec::new();
    let mut biases = 0u64;
    for (_, node) in users {
        let Some(linear) = Linear::of(node) else { continue };
        if cells.len() < linear.hits.len() {
            cells.resize(linear.hits.len(), 0);
        }
        cells.iter_mut().zip(&linear.hits).for_each(|(sum, hits)| *sum = sum.saturating_add(*hits));
        if node.biases() > 0 {
            biases = biases.saturating_add(linear.bias_hits);
        }
    }
    cells.into_iter().max().unwrap_or(0).max(biases)
}
