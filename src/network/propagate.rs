//! How far the output of a network moves with its parameters and with its input.
//!
//! Owns: the proved constant J and the Lipschitz bound of the network, for any network of nodes. Must not know: the paper's
//! lemma. Every number is an enclosure of the value of a formula, so that its upper end is a bound.
//!
//! For two vectors of parameters `w, v` of the class and one input `x` with `|x| <= R`, let `h_u` be what node `u` puts out and
//! `delta_g = |w_g - v_g|` for each owner `g` of parameters. By induction over the nodes, three bounds:
//!
//! - `|h_u| <= rho_u`, for both,
//! - `|h_u(w, x) - h_u(w, x')| <= lip_u |x - x'|`,
//! - `|h_u(w) - h_u(v)| <= sum over g of kappa_(u,g) delta_g`.
//!
//! A layer `A h + b` of a source with `(rho, lip, kappa)`, where `||A|| <= a`, `|b| <= beta`, and where `A` and `b` are linear in the
//! parameters with `||A(w)|| <= lambda |w|`, `|b(w)| <= mu |w|`: from `A h + b - A'h' - b' = A(h - h') + (A - A')h' + (b - b')` follow
//!
//! - `rho_u = a rho + beta`, `lip_u = a lip`, `kappa_u = a kappa`, and `sqrt(lambda^2 rho^2 + mu^2)` more for its own parameters,
//!
//! since `lambda rho |s| + mu |t| <= sqrt(lambda^2 rho^2 + mu^2) |(s, t)|`. An activation multiplies by its Lipschitz constant and
//! adds `|s(0)| sqrt(units)` to `rho`, which `most sqrt(units)` bounds. Sums add; what stands side by side adds in squares.
//! A pooling window is 1-Lipschitz for the greatest number and `cells^(-1/2)`-Lipschitz for the mean, and a pixel lies in at
//! most `overlap` windows: the factor is `sqrt(overlap)` or `sqrt(overlap/cells)`.
//!
//! At the output, by Cauchy's inequality, `|f_w(x) - f_v(x)| <= J |w - v|` with `J^2 = sum over g of kappa_g^2`. The class needs to be
//! no more than the set of parameters with these bounds; on no segment between two of them is anything assumed.

use super::architecture::{Activation, Architecture, Bias, Node, Operation, Source};
use super::linear::Linear;
use boundproof_checker::exact::{Dyadic, Integer, Interval, Precision, Rational};
use std::collections::BTreeMap;

/// What is known of each layer's size.
#[derive(Clone, Debug)]
pub struct Sizes {
    /// By node: `||A|| <= operator`.
    pub operator: BTreeMap<usize, Interval>,
    /// By node: `|b| <= bias`.
    pub bias: BTreeMap<usize, Interval>,
}

/// What follows at the output.
#[derive(Clone, Debug)]
pub struct Propagated {
    /// `|f_w(x)| <= rho`, if `|x| <= R` is known.
    pub norm: Option<Interval>,
    /// `|f_w(x) - f_w(x')| <= lipschitz |x - x'|`
    pub lipschitz: Interval,
    /// `|f_w(x) - f_v(x)| <= j |w - v|`, if `|x| <= R` is known.
    pub j: Option<Interval>,
}

/// Arithmetic with one precision.
pub struct Arithmetic {
    precision: Precision,
}

impl Default for Arithmetic {
    fn default() -> Arithmetic {
        Arithmetic { precision: Precision::new(128) }
    }
}

impl Arithmetic {
    /// Its precision.
    #[must_use]
    pub fn precision(&self) -> &Precision {
        &self.precision
    }

    /// A whole number.
    #[must_use]
    pub fn whole(&self, value: u128) -> Interval {
        Interval::from_rational(&Rational::from_integer(Integer::from(value)), &self.precision)
    }

    /// A fraction.
    #[must_use]
    pub fn fraction(&self, value: &Rational) -> Interval {
        Interval::from_rational(value, &self.precision)
    }

    /// `a + b`
    #[must_use]
    pub fn add(&self, a: &Interval, b: &Interval) -> Interval {
        a.add(b, &self.precision)
    }

    /// `a b`
    #[must_use]
    pub fn mul(&self, a: &Interval, b: &Interval) -> Interval {
        a.mul(b, &self.precision)
    }

    /// The root of a number that is not negative: an enclosure that reaches below zero is cut off there.
    #[must_use]
    pub fn sqrt(&self, a: &Interval) -> Interval {
        let positive = a.max(&Interval::zero());
        positive.sqrt(&self.precision).unwrap_or_else(|| Interval::at_least(Dyadic::zero()))
    }

    /// `sqrt(a^2 + b^2)`
    #[must_use]
    pub fn hypotenuse(&self, a: &Interval, b: &Interval) -> Interval {
        self.sqrt(&self.add(&a.square(&self.precision), &b.square(&self.precision)))
    }

    /// `a^n`
    #[must_use]
    pub fn power(&self, a: &Interval, n: u64) -> Interval {
        i64::try_from(n)
            .ok()
            .and_then(|n| a.pow_int(n, &self.precision))
            .unwrap_or_else(|| Interval::at_least(Dyadic::zero()))
    }
}

/// The sizes that follow from `|w_a| <= W` for each parameter, and from the norms that the class is known to obey.
#[must_use]
pub fn cube(architecture: &Architecture, weight_bound: &Rational) -> Sizes {
    let numbers = Arithmetic::default();
    let side = numbers.fraction(weight_bound);
    let mut sizes = Sizes { operator: BTreeMap::new(), bias: BTreeMap::new() };
    for (number, node) in architecture.layers() {
        let Some(linear) = Linear::of(node) else { continue };
        let scaled = |squared: u128| numbers.mul(&side, &numbers.sqrt(&numbers.whole(squared)));
        let mut operator = scaled(linear.cube_squared);
        if let Some(norm) = &node.norm {
            operator = operator.min(&numbers.fraction(norm));
        }
        sizes.operator.insert(number, operator);
        sizes.bias.insert(number, scaled(linear.bias_cube_squared));
    }
    sizes
}

/// What is known of one node.
#[derive(Clone)]
struct Known {
    rho: Option<Interval>,
    lipschitz: Interval,
    /// By owner of parameters.
    kappa: BTreeMap<usize, Interval>,
}

/// Bounds at the output. Without a radius, only the Lipschitz bound.
#[must_use]
pub fn propagate(architecture: &Architecture, sizes: &Sizes, radius: Option<&Rational>) -> Propagated {
    let numbers = Arithmetic::default();
    let input = Known { rho: radius.map(|r| numbers.fraction(r)), lipschitz: Interval::one(), kappa: BTreeMap::new() };
    let mut left = vec![0usize; architecture.nodes.len()];
    for source in architecture.nodes.iter().flat_map(|node| &node.sources) {
        if let Source::Node(number) = source {
            left[*number] += 1;
        }
    }
    let mut known: Vec<Option<Known>> = Vec::with_capacity(architecture.nodes.len());
    for (number, node) in architecture.nodes.iter().enumerate() {
        let sources: Vec<Known> = node
            .sources
            .iter()
            .filter_map(|source| match source {
                Source::Input => Some(input.clone()),
                Source::Node(number) => known.get(*number).cloned().flatten(),
            })
            .collect();
        let joined = join(&numbers, node, &sources);
        let linear = layer(&numbers, architecture, number, node, sizes, joined);
        known.push(Some(activated(&numbers, node, linear)));
        // what nobody needs any more is given up: memory is bounded by what is still to be used
        for source in &node.sources {
            if let Source::Node(number) = source {
                left[*number] -= 1;
                if left[*number] == 0 {
                    known[*number] = None;
                }
            }
        }
    }
    let output = known.into_iter().next_back().flatten().unwrap_or(input);
    let squared = output.kappa.values().fold(Interval::zero(), |sum, k| {
        let square = k.square(numbers.precision());
        numbers.add(&sum, &square)
    });
    let j = output.rho.as_ref().map(|_| numbers.sqrt(&squared));
    Propagated { norm: output.rho, lipschitz: output.lipschitz, j }
}

/// The sources of a node as one.
fn join(numbers: &Arithmetic, node: &Node, sources: &[Known]) -> Known {
    let combine = |a: &Interval, b: &Interval| match node.operation {
        Operation::Concatenate => numbers.hypotenuse(a, b),
        _ => numbers.add(a, b),
    };
    let mut sources = sources.iter();
    let nothing = Known { rho: None, lipschitz: Interval::zero(), kappa: BTreeMap::new() };
    let first = sources.next().cloned().unwrap_or(nothing);
    sources.fold(first, |mut joined, next| {
        joined.rho = joined.rho.zip(next.rho.as_ref()).map(|(a, b)| combine(&a, b));
        joined.lipschitz = combine(&joined.lipschitz, &next.lipschitz);
        for (owner, kappa) in &next.kappa {
            let sum = joined.kappa.get(owner).map_or_else(|| kappa.clone(), |present| combine(present, kappa));
            joined.kappa.insert(*owner, sum);
        }
        joined
    })
}

/// Everything times a factor.
fn stretched(numbers: &Arithmetic, known: &Known, factor: &Interval) -> Known {
    Known {
        rho: known.rho.as_ref().map(|rho| numbers.mul(rho, factor)),
        lipschitz: numbers.mul(&known.lipschitz, factor),
        kappa: known.kappa.iter().map(|(owner, kappa)| (*owner, numbers.mul(kappa, factor))).collect(),
    }
}

fn layer(
    numbers: &Arithmetic,
    architecture: &Architecture,
    number: usize,
    node: &Node,
    sizes: &Sizes,
    source: Known,
) -> Known {
    let pooled = |overlap: u64, cells: u64| {
        let ratio = numbers.fraction(&Rational::new(overlap.into(), cells.into()));
        stretched(numbers, &source, &numbers.sqrt(&ratio))
    };
    match node.operation {
        Operation::Add | Operation::Concatenate | Operation::PadChannels { .. } => source,
        Operation::MaxPool(window) => pooled(window.overlap(), 1),
        Operation::AveragePool(window) => pooled(window.overlap(), window.cells()),
        Operation::Dense { .. } | Operation::Convolution { .. } | Operation::Scale => {
            let (Some(linear), Some(operator)) = (Linear::of(node), sizes.operator.get(&number)) else { return source };
            let mut out = stretched(numbers, &source, operator);
            if let Some(rho) = &source.rho {
                let moved = numbers.mul(rho, &numbers.sqrt(&numbers.whole(linear.unit_squared)));
                let shifted = numbers.sqrt(&numbers.whole(linear.bias_unit_squared));
                let own = numbers.hypotenuse(&moved, &shifted);
                let owner = architecture.owner(number);
                let kappa = out.kappa.get(&owner).map_or_else(|| own.clone(), |present| numbers.add(present, &own));
                out.kappa.insert(owner, kappa);
            }
            if let (Bias::Present, Some(bias)) = (node.bias, sizes.bias.get(&number)) {
                out.rho = out.rho.map(|rho| numbers.add(&rho, bias));
            }
            out
        }
    }
}

fn activated(numbers: &Arithmetic, node: &Node, known: Known) -> Known {
    let Activation { lipschitz, at_zero, most, .. } = &node.activation;
    let units = numbers.sqrt(&numbers.whole(node.gives.units().into()));
    let mut out = stretched(numbers, &known, &numbers.fraction(lipschitz));
    out.rho = out.rho.map(|rho| {
        let rho = numbers.add(&rho, &numbers.mul(&units, &numbers.fraction(at_zero)));
        most.as_ref().map_or_else(|| rho.clone(), |most| rho.min(&numbers.mul(&units, &numbers.fraction(most))))
    });
    out
}
