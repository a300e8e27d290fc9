//! What a network is: nodes in the order in which they are computed.
//!
//! Owns: the nodes, their shapes, the activations that are known. Must not know: how an architecture is written down, what
//! follows from it. Sizes are bounded when a node is added, so that what is derived from them cannot overflow.

use boundproof_checker::exact::Rational;

/// A network has at most this many nodes.
pub const MOST_NODES: usize = 1000;
/// A side of anything has at most this length, and an array at most `MOST_UNITS` entries.
pub const MOST_SIDE: u64 = 1 << 24;
/// The most entries of an array of activations, or of a tensor of weights.
pub const MOST_UNITS: u64 = 1 << 40;
/// The most cells of the kernel of a convolution.
const MOST_CELLS: u64 = 1 << 16;

/// What a node puts out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A vector.
    Flat(u64),
    /// Channels of images.
    Image {
        /// How many.
        channels: u64,
        /// Rows and columns.
        size: [u64; 2],
    },
}

impl Shape {
    /// How many numbers.
    #[must_use]
    pub fn units(self) -> u64 {
        match self {
            Shape::Flat(units) => units,
            Shape::Image { channels, size } => channels * size[0] * size[1],
        }
    }

    /// How many numbers share a bias or a scale: the pixels of a channel.
    #[must_use]
    pub fn pixels(self) -> u64 {
        match self {
            Shape::Flat(_) => 1,
            Shape::Image { size, .. } => size[0] * size[1],
        }
    }

    /// How many biases or scales there are.
    #[must_use]
    pub fn channels(self) -> u64 {
        match self {
            Shape::Flat(units) => units,
            Shape::Image { channels, .. } => channels,
        }
    }
}

impl std::fmt::Display for Shape {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Shape::Flat(units) => write!(out, "{units}"),
            Shape::Image { channels, size } => write!(out, "{channels} x {} x {}", size[0], size[1]),
        }
    }
}

/// A window that moves over an image: zeros are added at the sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its rows and columns.
    pub size: [u64; 2],
    /// By how much it moves.
    pub stride: [u64; 2],
    /// How many zeros are added at each side.
    pub padding: [u64; 2],
    /// The distance of its cells.
    pub dilation: [u64; 2],
}

impl Window {
    /// How many cells it has.
    #[must_use]
    pub fn cells(&self) -> u64 {
        self.size[0] * self.size[1]
    }

    /// How many places it has along a side of that length; `None` if it does not fit.
    #[must_use]
    pub fn places(&self, axis: usize, side: u64) -> Option<u64> {
        let padded = side + 2 * self.padding[axis];
        let extent = self.dilation[axis] * (self.size[axis] - 1) + 1;
        (padded >= extent).then(|| (padded - extent) / self.stride[axis] + 1)
    }

    /// For each cell along an axis, at how many of the places it lies on the image and not on added zeros.
    #[must_use]
    pub fn hits(&self, axis: usize, side: u64) -> Vec<u64> {
        let (stride, padding) = (self.stride[axis], self.padding[axis]);
        let places = self.places(axis, side).unwrap_or(0);
        let hit = |cell: u64| {
            // places o with padding <= o stride + cell dilation < padding + side
            let offset = cell * self.dilation[axis];
            let first = padding.saturating_sub(offset).div_ceil(stride);
            let end = (padding + side).saturating_sub(offset).div_ceil(stride).min(places);
            end.saturating_sub(first)
        };
        (0..self.size[axis]).map(hit).collect()
    }

    /// In how many places of the window one pixel can lie at most: a cell `t` with `o stride + t dilation` at the pixel
    /// fixes the place `o`, and such cells have one remainder modulo `stride/gcd(stride, dilation)`.
    #[must_use]
    pub fn overlap(&self) -> u64 {
        (0..2)
            .map(|axis| {
                let step = self.stride[axis] / num_integer::gcd(self.stride[axis], self.dilation[axis]);
                self.size[axis].div_ceil(step)
            })
            .product()
    }
}

/// What a node computes from its sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// A matrix, all of its entries parameters.
    Dense {
        /// Its rows.
        out: u64,
    },
    /// A convolution.
    Convolution {
        /// Channels that it puts out.
        out: u64,
        /// The window of its kernel.
        window: Window,
        /// Into how many groups the channels fall.
        groups: u64,
    },
    /// A factor for each channel, as a batch normalisation is when it is applied.
    Scale,
    /// The greatest number in each window.
    MaxPool(Window),
    /// The mean of each window.
    AveragePool(Window),
    /// Channels of zeros beside the source.
    PadChannels {
        /// Channels that it puts out.
        out: u64,
    },
    /// The sum of the sources.
    Add,
    /// The sources side by side.
    Concatenate,
}

impl Operation {
    /// Whether it has weights.
    #[must_use]
    pub fn has_weights(&self) -> bool {
        matches!(self, Operation::Dense { .. } | Operation::Convolution { .. } | Operation::Scale)
    }

    /// The word for it in a file.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Operation::Dense { .. } => "dense",
            Operation::Convolution { .. } => "conv",
            Operation::Scale => "scale",
            Operation::MaxPool(_) => "max-pool",
            Operation::AveragePool(_) => "average-pool",
            Operation::PadChannels { .. } => "pad-channels",
            Operation::Add => "add",
            Operation::Concatenate => "concatenate",
        }
    }
}

/// What is known of a function of one number that is applied to each unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activation {
    /// Its name.
    pub name: String,
    /// `|s(a) - s(b)| <= lipschitz |a - b|`
    pub lipschitz: Rational,
    /// `|s(0)| <= at_zero`
    pub at_zero: Rational,
    /// `|s| <= most` everywhere, if there is such a number.
    pub most: Option<Rational>,
}

fn ratio(top: i64, bottom: i64) -> Rational {
    Rational::new(top.into(), bottom.into())
}

impl Activation {
    /// The names that [`Activation::named`] knows.
    pub const NAMES: [&str; 14] = [
        "identity",
        "relu",
        "leaky-relu",
        "elu",
        "abs",
        "tanh",
        "hard-tanh",
        "sin",
        "softsign",
        "sigmoid",
        "softplus",
        "cos",
        "gelu",
        "silu",
    ];

    /// A known function. `leaky-relu` has a slope of at most 1 below zero, `elu` has parameter 1, `hard-tanh` clips to
    /// [-1, 1].
    ///
    /// The derivative of `gelu`, `Phi(x) + x phi(x)`, is greatest at `sqrt 2`: 1.12890… < 1.129. That of `silu`,
    /// `s(x)(1 + x(1 - s(x)))` with the sigmoid `s`, is greatest near 2.3994: 1.09983… < 1.1. `softplus(0) = log 2 < 0.6932`.
    #[must_use]
    pub fn named(name: &str) -> Option<Activation> {
        let (one, zero) = (ratio(1, 1), ratio(0, 1));
        let (lipschitz, at_zero, most) = match name {
            "identity" | "relu" | "leaky-relu" | "elu" | "abs" => (one, zero, None),
            "tanh" | "hard-tanh" | "sin" | "softsign" => (one.clone(), zero, Some(one)),
            "sigmoid" => (ratio(1, 4), ratio(1, 2), Some(one)),
            "softplus" => (one, ratio(6932, 10_000), None),
            "cos" => (one.clone(), one.clone(), Some(one)),
            "gelu" => (ratio(1129, 1000), zero, None),
            "silu" => (ratio(11, 10), zero, None),
            _ => return None,
        };
        Some(Activation { name: name.to_owned(), lipschitz, at_zero, most })
    }

    /// The function that changes nothing.
    #[must_use]
    pub fn identity() -> Activation {
        let name = "identity".to_owned();
        Activation { name, lipschitz: ratio(1, 1), at_zero: ratio(0, 1), most: None }
    }
}

/// Where a number that a node takes comes from: the input, or an earlier node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The input of the network.
    Input,
    /// The node with that number.
    Node(usize),
}

/// One node.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its name.
    pub name: String,
    /// What it computes.
    pub operation: Operation,
    /// From what.
    pub sources: Vec<Source>,
    /// Whether it adds a bias to each channel.
    pub bias: Bias,
    /// What is applied to the result.
    pub activation: Activation,
    /// The earlier node whose parameters it uses.
    pub shares: Option<usize>,
    /// A bound on its operator norm that the class of networks is known to obey.
    pub norm: Option<Rational>,
    /// The names of its weights and of its bias in a file of weights.
    pub tensors: [Option<String>; 2],
    /// What it takes, together.
    pub takes: Shape,
    /// What it puts out.
    pub gives: Shape,
}

/// Whether there is a bias.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bias {
    /// There is none.
    Absent,
    /// One a channel.
    Present,
}

impl Node {
    /// How many weights it has, those that it shares included.
    #[must_use]
    pub fn weights(&self) -> u64 {
        match self.operation {
            Operation::Dense { out } => out * self.takes.units(),
            Operation::Convolution { out, window, groups } => out * (self.takes.channels() / groups) * window.cells(),
            Operation::Scale => self.gives.channels(),
            _ => 0,
        }
    }

    /// How many biases it has.
    #[must_use]
    pub fn biases(&self) -> u64 {
        if self.bias == Bias::Present { self.gives.channels() } else { 0 }
    }
}

/// A network without weights.
#[derive(Clone, Debug)]
pub struct Architecture {
    /// Its name.
    pub name: String,
    /// Where it is described.
    pub source: Option<String>,
    /// What it takes.
    pub input: Shape,
    /// `|x| <= R` for each input `x`.
    pub radius: Option<Rational>,
    /// Each parameter lies in `[-W, W]`.
    pub weight_bound: Option<Rational>,
    /// Its nodes; the last one's output is the network's.
    pub nodes: Vec<Node>,
}

impl Architecture {
    /// The nodes with weights.
    pub fn layers(&self) -> impl Iterator<Item = (usize, &Node)> {
        self.nodes.iter().enumerate().filter(|(_, node)| node.operation.has_weights())
    }

    /// The shape of a source.
    #[must_use]
    pub fn shape(&self, source: Source) -> Option<Shape> {
        match source {
            Source::Input => Some(self.input),
            Source::Node(number) => self.nodes.get(number).map(|node| node.gives),
        }
    }

    /// The node whose parameters a node uses: itself, if it has its own.
    #[must_use]
    pub fn owner(&self, number: usize) -> usize {
        self.nodes.get(number).and_then(|node| node.shares).unwrap_or(number)
    }

    /// What it puts out.
    #[must_use]
    pub fn output(&self) -> Shape {
        self.nodes.last().map_or(self.input, |node| node.gives)
    }
}

/// The shape that an operation makes of others.
///
/// # Errors
/// Why they do not fit.
pub fn shaped(operation: &Operation, takes: &[Shape]) -> Result<(Shape, Shape), String> {
    let (Some(first), rest) = (takes.first().copied(), takes.get(1..).unwrap_or_default()) else {
        return Err("it takes nothing".into());
    };
    let single = || if rest.is_empty() { Ok(first) } else { Err(format!("`{}` takes one source", operation.word())) };
    let windowed = |window: &Window, channels: u64, shape: Shape| match shape {
        Shape::Flat(_) => Err(format!("`{}` takes an image, and this is a vector", operation.word())),
        Shape::Image { size, .. } => match (window.places(0, size[0]), window.places(1, size[1])) {
            (Some(rows), Some(columns)) => Ok(Shape::Image { channels, size: [rows, columns] }),
            _ => Err(format!("the window of {} x {} does not fit into {shape}", window.size[0], window.size[1])),
        },
    };
    let (takes, gives) = match operation {
        Operation::Dense { out } => (single()?, Shape::Flat(*out)),
        Operation::Convolution { out, window, groups } => {
            let shape = single()?;
            if window.cells() > MOST_CELLS {
                return Err(format!("a kernel has at most {MOST_CELLS} cells"));
            }
            if !shape.channels().is_multiple_of(*groups) || !out.is_multiple_of(*groups) {
                return Err(format!("{} and {out} channels do not fall into {groups} equal groups", shape.channels()));
            }
            (shape, windowed(window, *out, shape)?)
        }
        Operation::Scale => (single()?, single()?),
        Operation::MaxPool(window) | Operation::AveragePool(window) => {
            let shape = single()?;
            (shape, windowed(window, shape.channels(), shape)?)
        }
        Operation::PadChannels { out } => match single()? {
            Shape::Image { channels, size } if channels <= *out => (single()?, Shape::Image { channels: *out, size }),
            Shape::Flat(units) if units <= *out => (single()?, Shape::Flat(*out)),
            shape => return Err(format!("{} channels are more than {out}", shape.channels())),
        },
        Operation::Add => match rest.iter().find(|shape| **shape != first) {
            _ if rest.is_empty() => return Err("`add` takes two sources or more".into()),
            Some(other) => return Err(format!("{first} and {other} cannot be added")),
            None => (first, first),
        },
        Operation::Concatenate => {
            let joined = concatenated(first, rest)?;
            (joined, joined)
        }
    };
    let weights = match operation {
        Operation::Dense { out } => u128::from(*out) * u128::from(takes.units()),
        Operation::Convolution { out, window, groups } => {
            u128::from(*out) * u128::from(takes.channels() / groups) * u128::from(window.cells())
        }
        _ => 0,
    };
    if weights > u128::from(MOST_UNITS) {
        return Err(format!("it would have {weights} weights: at most {MOST_UNITS} are allowed"));
    }
    for shape in [takes, gives] {
        let units = u128::from(shape.channels()) * u128::from(shape.pixels());
        if shape.channels() > MOST_SIDE || units > u128::from(MOST_UNITS) {
            return Err(format!("{shape} is too large: at most {MOST_SIDE} channels and {MOST_UNITS} numbers"));
        }
    }
    Ok((takes, gives))
}

fn concatenated(first: Shape, rest: &[Shape]) -> Result<Shape, String> {
    rest.iter().try_fold(first, |joined, shape| match (joined, *shape) {
        (Shape::Flat(a), Shape::Flat(b)) => Ok(Shape::Flat(a.saturating_add(b))),
        (Shape::Image { channels: a, size }, Shape::Image { channels: b, size: other }) if size == other => {
            Ok(Shape::Image { channels: a.saturating_add(b), size })
        }
        (a, b) => Err(format!("{a} and {b} cannot be put side by side")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Windows by running over all places.
    fn counted(window: &Window, side: u64) -> (Vec<u64>, u64) {
        let places = window.places(0, side).unwrap();
        let mut hits = vec![0; usize::try_from(window.size[0]).unwrap()];
        let mut pixels = vec![0u64; usize::try_from(side).unwrap()];
        for place in 0..places {
            for cell in 0..window.size[0] {
                let at = place * window.stride[0] + cell * window.dilation[0];
                if (window.padding[0]..window.padding[0] + side).contains(&at) {
                    hits[usize::try_from(cell).unwrap()] += 1;
                    pixels[usize::try_from(at - window.padding[0]).unwrap()] += 1;
                }
            }
        }
        (hits, pixels.into_iter().max().unwrap())
    }

    #[test]
    fn windows_are_counted_right() {
        for (size, stride, padding, dilation, side) in (1..5)
            .flat_map(|k| (1..4).flat_map(move |s| (0..4).flat_map(move |p| (1..4).map(move |d| (k, s, p, d)))))
            .flat_map(|(k, s, p, d)| [5, 8, 13].map(|n| (k, s, p, d, n)))
        {
            let window =
                Window { size: [size, 1], stride: [stride, 1], padding: [padding, 0], dilation: [dilation, 1] };
            if window.places(0, side).is_none() {
                continue;
            }
            let (hits, most) = counted(&window, side);
            assert_eq!(window.hits(0, side), hits, "{window:?} over {side}");
            assert!(most <= window.overlap(), "{window:?} over {side}: {most}");
        }
    }

    #[test]
    fn every_named_activation_is_known() {
        for name in Activation::NAMES {
            assert!(Activation::named(name).is_some(), "{name}");
        }
        assert!(Activation::named("softmax").is_none());
    }
}
