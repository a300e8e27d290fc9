//! Certified norms of the layers of a network with given weights.
//!
//! Owns: which tensor belongs to which layer, the bound of a layer's operator norm from its tensor. Must not know: how files are
//! read, how a matrix's norm is bounded.
//!
//! A convolution's tensor `[out, in/groups, rows, columns]` is, group by group, a matrix `K` of `out/groups` rows; its columns
//! `K_t` for the cells `t` of the window are matrices too. [`super::linear`] says why
//! `||A|| <= min(sqrt(overlap) ||K||, sum over t of ||K_t||, sqrt(max hits) ||K||_F)`.

use super::architecture::{Architecture, Node, Operation};
use super::linear::Linear;
use super::norm::{Entrywise, add_up, mul_up, sqrt_up};
use super::propagate::Sizes;
use super::safetensors::{Tensor, Weights};
use super::spectral;
use super::symbol::{self, Kernel};
use boundproof_checker::exact::{Dyadic, Interval, Rational};
use serde::Serialize;
use std::collections::BTreeMap;

/// The most columns whose sums are kept.
const MOST_COLUMNS: u64 = 1 << 24;

/// How hard spectral norms are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// Where it takes seconds.
    Moderate,
    /// Never: one reading of the weights.
    Reading,
}

/// A matrix and the bounds of its norm; each is a double that the norm does not exceed.
#[derive(Clone, Debug, Serialize)]
pub struct Normed {
    /// The name of its tensor.
    pub tensor: String,
    /// The shape of its tensor.
    pub shape: Vec<u64>,
    /// `max |a_ij|`
    pub greatest: f64,
    /// `||A||_F`
    pub frobenius: f64,
    /// `sqrt(||A||_1 ||A||_inf)`, where the tensor is a matrix
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mixed: Option<f64>,
    /// A verified bound of the spectral norm, where it was computed
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spectral: Option<f64>,
    /// The least bound of the operator norm of the layer.
    pub operator: f64,
}

/// What the weights of a network are known to be.
#[derive(Clone, Debug)]
pub struct Measured {
    /// By node.
    pub layers: BTreeMap<usize, Normed>,
    /// By node: `|b|` over all units.
    pub bias: BTreeMap<usize, f64>,
    /// No parameter of the network is greater in absolute value.
    pub greatest: f64,
    /// Tensors that no layer uses.
    pub unused: Vec<String>,
}

impl Measured {
    /// As sizes for [`super::propagate::propagate`].
    #[must_use]
    pub fn sizes(&self) -> Sizes {
        Sizes {
            operator: self.layers.iter().map(|(number, normed)| (*number, point(normed.operator))).collect(),
            bias: self.bias.iter().map(|(number, bias)| (*number, point(*bias))).collect(),
        }
    }
}

/// The number as an interval; of one that is not finite, all numbers that are not negative.
#[must_use]
pub fn point(value: f64) -> Interval {
    let exact = Rational::from_float(value);
    let dyadic = exact.and_then(|exact| {
        let shift = i64::try_from(exact.denom().bits()).ok()?.checked_sub(1)?;
        Dyadic::new(exact.numer().clone(), shift.checked_neg()?)
    });
    dyadic.map_or_else(|| Interval::at_least(Dyadic::zero()), Interval::point)
}

/// Measures the weights of a network.
///
/// # Errors
/// A tensor is missing, has another shape, or cannot be read.
pub fn measure(
    architecture: &Architecture,
    weights: &Weights,
    effort: Effort,
    progress: &dyn Fn(&str),
) -> Result<Measured, String> {
    let mut measured = Measured { layers: BTreeMap::new(), bias: BTreeMap::new(), greatest: 0.0, unused: Vec::new() };
    let mut used: Vec<&str> = Vec::new();
    for (number, node) in architecture.layers() {
        progress(&node.name);
        let owner = &architecture.nodes[architecture.owner(number)];
        let tensor = named(weights, owner, 0)?;
        let linear = Linear::of(node).ok_or_else(|| format!("layer `{}` has no weights", node.name))?;
        let mut normed = operator(node, &linear, weights, tensor, effort)?;
        // the bound of the cube whose side is the greatest entry: `cube_squared` rounded upward
        #[allow(clippy::cast_precision_loss)]
        let of_cube = mul_up(normed.greatest, sqrt_up((linear.cube_squared as f64).next_up()));
        normed.operator = normed.operator.min(of_cube);
        measured.greatest = measured.greatest.max(normed.greatest);
        measured.layers.insert(number, normed);
        used.push(&tensor.name);
        if node.biases() > 0 {
            let tensor = named(weights, owner, 1)?;
            if tensor.shape != [node.biases()] {
                return Err(misshapen(node, tensor, &[vec![node.biases()]]));
            }
            let mut norms = Entrywise::new(1);
            weights.numbers(tensor, &mut |values| norms.take(values))?;
            measured.greatest = measured.greatest.max(norms.greatest());
            #[allow(clippy::cast_precision_loss)] // rounded upward
            let pixels = (linear.bias_hits as f64).next_up();
            measured.bias.insert(number, mul_up(norms.frobenius(), sqrt_up(pixels)));
            used.push(&tensor.name);
        }
    }
    measured.unused =
        weights.tensors.iter().map(|t| t.name.clone()).filter(|name| !used.contains(&name.as_str())).collect();
    Ok(measured)
}

fn named<'a>(weights: &'a Weights, node: &Node, which: usize) -> Result<&'a Tensor, String> {
    let name = node.tensors[which].as_deref().unwrap_or_default();
    weights.get(name).ok_or_else(|| {
        let key = if which == 0 { "weight" } else { "bias" };
        let near: Vec<&str> = weights.tensors.iter().take(8).map(|t| t.name.as_str()).collect();
        let more = if weights.tensors.len() > near.len() { ", …" } else { "" };
        format!(
            "layer `{}`: there is no tensor `{name}` in {}; `{key} = \"…\"` names another: {}{more}",
            node.name,
            weights.path.display(),
            near.join(", ")
        )
    })
}

fn misshapen(node: &Node, tensor: &Tensor, wanted: &[Vec<u64>]) -> String {
    let wanted: Vec<String> = wanted.iter().map(|shape| format!("{shape:?}")).collect();
    format!("layer `{}`: tensor `{}` has shape {:?}, not {}", node.name, tensor.name, tensor.shape, wanted.join(" or "))
}

fn operator(
    node: &Node,
    linear: &Linear,
    weights: &Weights,
    tensor: &Tensor,
    effort: Effort,
) -> Result<Normed, String> {
    match node.operation {
        Operation::Dense { out } => {
            let input = node.takes.units();
            // a matrix and its transpose have one norm
            if tensor.shape != [out, input] && tensor.shape != [input, out] {
                return Err(misshapen(node, tensor, &[vec![out, input], vec![input, out]]));
            }
            matrix(weights, tensor, effort)
        }
        Operation::Convolution { out, window, groups } => {
            let shape = vec![out, node.takes.channels() / groups, window.size[0], window.size[1]];
            if tensor.shape != shape {
                return Err(misshapen(node, tensor, &[shape]));
            }
            convolution(linear, groups, weights, tensor, effort)
        }
        _ => {
            if tensor.shape != [node.weights()] {
                return Err(misshapen(node, tensor, &[vec![node.weights()]]));
            }
            let mut normed = matrix(weights, tensor, Effort::Reading)?;
            // a diagonal matrix
            normed.operator = normed.greatest;
            Ok(normed)
        }
    }
}

fn count(value: u64) -> Result<usize, String> {
    usize::try_from(value).map_err(|_| "a tensor is too large".to_owned())
}

fn is_worth(effort: Effort, rows: u64, columns: u64, copies: u64) -> bool {
    effort == Effort::Moderate
        && rows.saturating_mul(columns).saturating_mul(copies) <= spectral::MOST_ENTRIES
        && spectral::work(rows, columns).saturating_mul(copies.into()) <= spectral::MOST_WORK
}

/// The norms of a tensor that is a matrix: its first axis has the rows.
///
/// # Errors
/// It cannot be read.
pub fn matrix(weights: &Weights, tensor: &Tensor, effort: Effort) -> Result<Normed, String> {
    let rows = tensor.shape.first().copied().unwrap_or(1);
    let columns = tensor.count.checked_div(rows).unwrap_or(0);
    // a sum for each column is kept: of a matrix with very many columns only the other norms are taken
    let few = (1..=MOST_COLUMNS).contains(&columns);
    let mut norms = Entrywise::new(if few { count(columns)? } else { 1 });
    let keep = is_worth(effort, rows, columns, 1);
    let entries = read(weights, tensor, &mut norms, keep.then(Vec::new))?.unwrap_or_default();
    let spectral = if keep { spectral::bound(&entries, count(rows)?, count(columns)?) } else { None };
    let (frobenius, mixed) = (norms.frobenius(), few.then(|| norms.mixed()));
    let others = [mixed, spectral].into_iter().flatten();
    let operator = others.fold(frobenius, f64::min);
    Ok(Normed {
        tensor: tensor.name.clone(),
        shape: tensor.shape.clone(),
        greatest: norms.greatest(),
        frobenius,
        mixed,
        spectral,
        operator,
    })
}

/// Lets the norms see all numbers of a tensor once, and keeps them where there is a place for them.
fn read(
    weights: &Weights,
    tensor: &Tensor,
    norms: &mut Entrywise,
    mut entries: Option<Vec<f64>>,
) -> Result<Option<Vec<f64>>, String> {
    weights.numbers(tensor, &mut |values| {
        norms.take(values);
        if let Some(entries) = &mut entries {
            entries.extend_from_slice(values);
        }
    })?;
    Ok(entries)
}

fn convolution(
    linear: &Linear,
    groups: u64,
    weights: &Weights,
    tensor: &Tensor,
    effort: Effort,
) -> Result<Normed, String> {
    let [out, input, rows, columns] = tensor.shape[..] else { return Err("a kernel has four axes".into()) };
    let cells = rows.saturating_mul(columns);
    let height = out / groups;
    let mut norms = Entrywise::new(1);
    let keep = is_worth(effort, height, input.saturating_mul(cells), groups)
        && spectral::work(height, input).saturating_mul(u128::from(groups) * u128::from(cells)) <= spectral::MOST_WORK;
    let entries = read(weights, tensor, &mut norms, keep.then(Vec::new))?.unwrap_or_default();
    let frobenius = norms.frobenius();
    #[allow(clippy::cast_precision_loss)] // rounded upward
    let root = |n: u64| sqrt_up((n as f64).next_up());
    let most = linear.hits.iter().copied().max().unwrap_or(0);
    let by_entries = mul_up(root(most), frobenius);
    let spectral = if keep {
        let sizes = GroupSizes { out: count(height)?, input: count(input)?, window: [count(rows)?, count(columns)?] };
        blocks(&entries, count(groups)?, &sizes, root(linear.overlap), frobenius)
    } else {
        None
    };
    let by_window = mul_up(root(linear.overlap), frobenius);
    let operator = by_entries.min(by_window).min(spectral.unwrap_or(f64::INFINITY));
    Ok(Normed {
        tensor: tensor.name.clone(),
        shape: tensor.shape.clone(),
        greatest: norms.greatest(),
        frobenius,
        mixed: None,
        spectral,
        operator,
    })
}

/// The sizes of the kernel of one group.
struct GroupSizes {
    out: usize,
    input: usize,
    window: [usize; 2],
}

/// The greatest over the groups of `min(sqrt(overlap) ||K||, sum over t of ||K_t||, sup ||S||)`, S being the symbol.
fn blocks(entries: &[f64], groups: usize, sizes: &GroupSizes, root_of_overlap: f64, frobenius: f64) -> Option<f64> {
    let GroupSizes { out, input, window } = *sizes;
    let cells = window[0] * window[1];
    let mut greatest = 0.0f64;
    for group in entries.chunks_exact((out * input * cells).max(1)).take(groups) {
        let whole = spectral::bound(group, out, input * cells).map(|norm| mul_up(root_of_overlap, norm));
        let by_cell = (0..cells).try_fold(0.0, |sum, cell| {
            let one: Vec<f64> = group.iter().skip(cell).step_by(cells).copied().collect();
            Some(add_up(sum, spectral::bound(&one, out, input)?))
        });
        // the Frobenius norm of all groups is not below that of one
        let by_symbol = symbol::bound(&Kernel { entries: group, out, input, window, frobenius });
        greatest = greatest.max([whole, by_cell, by_symbol].into_iter().flatten().reduce(f64::min)?);
    }
    Some(greatest)
}
