//! Networks: what is derived against networks that are evaluated, and the command from end to end.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod support;

use boundproof::network::architecture::{Architecture, Bias, Node, Operation, Shape, Source, Window};
use boundproof::network::count::Counts;
use boundproof::network::propagate::{cube, propagate};
use boundproof::network::read;
use boundproof::network::safetensors::Weights;
use boundproof::network::weights::{Effort, measure};
use boundproof_checker::exact::{Interval, Rational};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use support::boundproof;

const LAW: &str = "specs/bubeck-sellke-2021/repaired/law_of_robustness.spec";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Parameters by their owner: weights and biases.
type Parameters = BTreeMap<usize, [Vec<f64>; 2]>;
/// How often each parameter was multiplied with, or added.
type Uses = BTreeMap<(usize, usize, usize), u64>;

fn upper(interval: &Interval) -> f64 {
    let value = interval.upper_value().unwrap().to_rational().unwrap();
    boundproof::prover::enclosure::number::neighbours(&value).1
}

fn sides(shape: Shape) -> (usize, usize, usize) {
    let number = |n: u64| usize::try_from(n).unwrap();
    match shape {
        Shape::Flat(units) => (number(units), 1, 1),
        Shape::Image { channels, size } => (number(channels), number(size[0]), number(size[1])),
    }
}

/// A network, evaluated by its definition.
struct Evaluation<'a> {
    architecture: &'a Architecture,
    parameters: &'a Parameters,
    uses: Uses,
}

impl Evaluation<'_> {
    fn output(&mut self, input: &[f64]) -> Vec<f64> {
        let mut values: Vec<Vec<f64>> = Vec::new();
        for (number, node) in self.architecture.nodes.iter().enumerate() {
            let sources: Vec<&[f64]> = node
                .sources
                .iter()
                .map(|source| match source {
                    Source::Input => input,
                    Source::Node(n) => values[*n].as_slice(),
                })
                .collect();
            let mut out = self.node(number, node, &sources);
            for value in &mut out {
                *value = match node.activation.name.as_str() {
                    "identity" => *value,
                    "relu" => value.max(0.0),
                    "tanh" => value.tanh(),
                    "cos" => value.cos(),
                    "sigmoid" => 1.0 / (1.0 + (-*value).exp()),
                    "softplus" => value.exp().ln_1p(),
                    "silu" => *value / (1.0 + (-*value).exp()),
                    other => panic!("{other}"),
                };
            }
            values.push(out);
        }
        values.pop().unwrap()
    }

    fn parameter(&mut self, owner: usize, which: usize, index: usize) -> f64 {
        *self.uses.entry((owner, which, index)).or_default() += 1;
        self.parameters[&owner][which][index]
    }

    fn node(&mut self, number: usize, node: &Node, sources: &[&[f64]]) -> Vec<f64> {
        let owner = self.architecture.owner(number);
        let (channels, rows, columns) = sides(node.gives);
        let input = sources[0];
        let mut out: Vec<f64> = match &node.operation {
            Operation::Add => (0..input.len()).map(|i| sources.iter().map(|s| s[i]).sum()).collect(),
            Operation::Concatenate => sources.concat(),
            Operation::PadChannels { .. } => {
                let mut out = input.to_vec();
                out.resize(channels * rows * columns, 0.0);
                out
            }
            Operation::Scale => {
                (0..input.len()).map(|i| input[i] * self.parameter(owner, 0, i / (rows * columns))).collect()
            }
            Operation::Dense { .. } => (0..channels)
                .map(|o| (0..input.len()).map(|i| self.parameter(owner, 0, o * input.len() + i) * input[i]).sum())
                .collect(),
            Operation::MaxPool(window) => pooled(window, node, input, &|cells| cells.fold(f64::NEG_INFINITY, f64::max)),
            Operation::AveragePool(window) => {
                pooled(window, node, input, &|cells| cells.sum::<f64>() / window.cells() as f64)
            }
            Operation::Convolution { window, groups, .. } => self.convolution(owner, node, window, *groups, input),
        };
        if node.bias == Bias::Present {
            for (i, value) in out.iter_mut().enumerate() {
                *value += self.parameter(owner, 1, i / (rows * columns));
            }
        }
        out
    }

    fn convolution(&mut self, owner: usize, node: &Node, window: &Window, groups: u64, input: &[f64]) -> Vec<f64> {
        let ((channels, rows, columns), (inputs, _, _)) = (sides(node.gives), sides(node.takes));
        let groups = usize::try_from(groups).unwrap();
        let (each_in, each_out) = (inputs / groups, channels / groups);
        let mut out = Vec::new();
        for o in 0..channels {
            for (row, column) in (0..rows).flat_map(|r| (0..columns).map(move |c| (r, c))) {
                let mut sum = 0.0;
                for i in 0..each_in {
                    for (cell, at) in under(window, node.takes, row, column) {
                        if let Some(at) = at {
                            let index = (o * each_in + i) * usize::try_from(window.cells()).unwrap() + cell;
                            let (_, h, w) = sides(node.takes);
                            let channel = o / each_out * each_in + i;
                            sum += self.parameter(owner, 0, index) * input[channel * h * w + at];
                        }
                    }
                }
                out.push(sum);
            }
        }
        out
    }
}

/// The cells of a window at a place, with the pixel under each; none on added zeros.
fn under(window: &Window, shape: Shape, row: usize, column: usize) -> Vec<(usize, Option<usize>)> {
    let (_, height, width) = sides(shape);
    let place = |axis: usize, o: usize, cell: u64, side: usize| {
        let at = o as u64 * window.stride[axis] + cell * window.dilation[axis];
        at.checked_sub(window.padding[axis]).map(|at| usize::try_from(at).unwrap()).filter(|at| *at < side)
    };
    let mut cells = Vec::new();
    for (r, c) in (0..window.size[0]).flat_map(|r| (0..window.size[1]).map(move |c| (r, c))) {
        let at = place(0, row, r, height).zip(place(1, column, c, width)).map(|(y, x)| y * width + x);
        cells.push((cells.len(), at));
    }
    cells
}

fn pooled(
    window: &Window,
    node: &Node,
    input: &[f64],
    reduce: &dyn Fn(&mut dyn Iterator<Item = f64>) -> f64,
) -> Vec<f64> {
    let ((channels, rows, columns), (_, height, width)) = (sides(node.gives), sides(node.takes));
    let mut out = Vec::new();
    for channel in 0..channels {
        for (row, column) in (0..rows).flat_map(|r| (0..columns).map(move |c| (r, c))) {
            let cells = under(window, node.takes, row, column);
            let mut values = cells.iter().filter_map(|(_, at)| at.map(|at| input[channel * height * width + at]));
            out.push(reduce(&mut values));
        }
    }
    out
}

/// A layer that may or may not fit where it is put.
#[derive(Clone, Debug)]
struct Choice {
    kind: u8,
    numbers: [u64; 6],
    bias: bool,
    activation: &'static str,
    other: usize,
}

fn choices() -> impl Strategy<Value = Vec<Choice>> {
    let activation = prop::sample::select(vec!["identity", "relu", "tanh", "cos", "sigmoid", "softplus", "silu"]);
    let one = (0u8..10, prop::array::uniform6(0u64..6), any::<bool>(), activation, any::<prop::sample::Index>());
    let one = one.prop_map(|(kind, numbers, bias, activation, other)| Choice {
        kind,
        numbers,
        bias,
        activation,
        other: other.index(8),
    });
    proptest::collection::vec(one, 1..8)
}

/// The layers that fit, as a file.
fn written(choices: &[Choice], weight_bound: &str) -> (String, Architecture) {
    let mut text = format!("input = [2, 5, 4]\nR = 2\nW = {weight_bound}\n");
    let mut found = None;
    for (number, choice) in choices.iter().enumerate() {
        let [a, b, c, d, e, f] = choice.numbers;
        let before = if number == 0 { "input".to_owned() } else { format!("l{}", number - 1) };
        let other = format!("l{}", choice.other);
        let own = match choice.kind {
            0..3 => format!(
                "kind = \"conv\"\nout = {}\nkernel = [{}, {}]\nstride = {}\npadding = {}\ndilation = {}\ngroups = {}",
                2 * (a % 2 + 1),
                b % 3 + 1,
                c % 3 + 1,
                d % 2 + 1,
                e % 2,
                f % 2 + 1,
                a % 2 + 1
            ),
            3 => format!(
                "kind = \"conv\"\nout = 2\nkernel = [{}, {}]\npadding = 1\nsame-as = \"{other}\"",
                b % 3 + 1,
                c % 3 + 1
            ),
            4 => "kind = \"scale\"".into(),
            5 => format!("kind = \"max-pool\"\nsize = {}\nstride = {}", a % 2 + 1, b % 2 + 1),
            6 => format!("kind = \"average-pool\"\nsize = {}\nstride = {}", a % 2 + 1, b % 2 + 1),
            7 => format!("kind = \"add\"\nfrom = [\"l{}\", \"{other}\"]", number.max(1) - 1),
            8 => format!("kind = \"concatenate\"\nfrom = [\"{other}\", \"l{}\"]", number.max(1) - 1),
            _ => format!("kind = \"dense\"\nout = {}", a % 3 + 1),
        };
        let bias = if matches!(choice.kind, 0..5 | 9) { format!("\nbias = {}", choice.bias) } else { String::new() };
        let layer = format!("\n[[layer]]\nname = \"l{number}\"\n{own}{bias}\nactivation = \"{}\"\n", choice.activation);
        let pass = format!("\n[[layer]]\nname = \"l{number}\"\nkind = \"scale\"\nfrom = \"{before}\"\n");
        for layer in [layer, pass] {
            let longer = text.clone() + &layer;
            if let Ok(architecture) = read::architecture(Path::new("net.toml"), &longer) {
                (text, found) = (longer, Some(architecture));
                break;
            }
        }
    }
    (text, found.expect("a layer fits"))
}

/// Numbers in [-1, 1], one after the other.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / f64::exp2(52.0) - 1.0
    }

    fn parameters(&mut self, architecture: &Architecture, size: f64) -> Parameters {
        let owners = architecture.layers().filter(|(_, node)| node.shares.is_none());
        owners
            .map(|(number, node)| {
                let mut some = |count: u64| (0..count).map(|_| size * self.next()).collect::<Vec<f64>>();
                (number, [some(node.weights()), some(node.biases())])
            })
            .collect()
    }

    fn input(&mut self, units: u64, radius: f64) -> Vec<f64> {
        let values: Vec<f64> = (0..units).map(|_| self.next()).collect();
        let size = norm(&values);
        values.into_iter().map(|x| x * radius / size).collect()
    }
}

fn norm(values: &[f64]) -> f64 {
    values.iter().map(|x| x * x).sum::<f64>().sqrt()
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    norm(&a.iter().zip(b).map(|(x, y)| x - y).collect::<Vec<_>>())
}

fn flat(parameters: &Parameters) -> Vec<f64> {
    parameters.values().flatten().flatten().copied().collect()
}

fn output(architecture: &Architecture, parameters: &Parameters, input: &[f64]) -> Vec<f64> {
    Evaluation { architecture, parameters, uses: Uses::new() }.output(input)
}

/// A file with the parameters, as doubles.
fn safetensors(architecture: &Architecture, parameters: &Parameters) -> Vec<u8> {
    let (mut header, mut data) = (serde_json::Map::new(), Vec::new());
    for (number, node) in architecture.layers().filter(|(_, node)| node.shares.is_none()) {
        let inputs = node.takes.units();
        let shape = match &node.operation {
            Operation::Dense { out } => vec![*out, inputs],
            Operation::Convolution { out, window, groups } => {
                vec![*out, node.takes.channels() / groups, window.size[0], window.size[1]]
            }
            _ => vec![node.weights()],
        };
        let shapes = [shape, vec![node.biases()]];
        for ((name, shape), values) in ["weight", "bias"].iter().zip(shapes).zip(&parameters[&number]) {
            let from = data.len();
            values.iter().for_each(|value| data.extend_from_slice(&value.to_le_bytes()));
            let entry = serde_json::json!({"dtype": "F64", "shape": shape, "data_offsets": [from, data.len()]});
            header.insert(format!("{}.{name}", node.name), entry);
        }
    }
    let header = serde_json::to_string(&header).unwrap();
    [&(header.len() as u64).to_le_bytes(), header.as_bytes(), &data].concat()
}

/// p, Q by counting what is multiplied; J and the Lipschitz bounds by moving parameters and inputs.
fn bounds_hold(choices: &[Choice], seed: u64, small: bool) -> Result<(), TestCaseError> {
    let (bound, size) = if small { ("0.3", 0.3) } else { ("1.5", 1.5) };
    let (text, architecture) = written(choices, bound);
    let mut numbers = Numbers(seed);
    let first = numbers.parameters(&architecture, size);
    let input = numbers.input(architecture.input.units(), 2.0);
    let mut evaluation = Evaluation { architecture: &architecture, parameters: &first, uses: Uses::new() };
    let at_first = evaluation.output(&input);
    let counts = Counts::of(&architecture);
    prop_assert_eq!(counts.p, flat(&first).len() as u128, "{}", text);
    prop_assert_eq!(counts.q, evaluation.uses.values().copied().max().unwrap_or(0), "{}", text);

    let radius = Rational::from_integer(2.into());
    let known =
        propagate(&architecture, &cube(&architecture, architecture.weight_bound.as_ref().unwrap()), Some(&radius));
    let (j, lipschitz, most) =
        (upper(known.j.as_ref().unwrap()), upper(&known.lipschitz), upper(known.norm.as_ref().unwrap()));
    prop_assert!(norm(&at_first) <= most * (1.0 + 1e-9), "{}", text);
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("net.safetensors");
    std::fs::write(&file, safetensors(&architecture, &first)).unwrap();
    let measured = measure(&architecture, &Weights::open(&file).unwrap(), Effort::Moderate, &|_| ()).unwrap();
    let of_weights = upper(&propagate(&architecture, &measured.sizes(), None).lipschitz);
    prop_assert!(of_weights <= lipschitz * (1.0 + 1e-4) + 1e-50, "{} {} {}", of_weights, lipschitz, text);
    for step in [1.0, 1e-3] {
        let mut second = numbers.parameters(&architecture, size);
        for (owner, both) in &mut second {
            for (mine, theirs) in both.iter_mut().flatten().zip(first[owner].iter().flatten()) {
                *mine = theirs + step * (*mine - theirs);
            }
        }
        let moved = distance(&output(&architecture, &second, &input), &at_first);
        let by = distance(&flat(&second), &flat(&first));
        prop_assert!(moved <= j * by * (1.0 + 1e-6) + 1e-12, "{} > {} * {} for {}", moved, j, by, text);
        let other: Vec<f64> = numbers
            .input(architecture.input.units(), 2.0)
            .iter()
            .zip(&input)
            .map(|(a, b)| b + step * (a - b))
            .collect();
        let moved = distance(&output(&architecture, &first, &other), &at_first);
        prop_assert!(
            moved <= of_weights * distance(&other, &input) * (1.0 + 1e-6) + 1e-12,
            "{} > {} for {}",
            moved,
            of_weights,
            text
        );
    }
    Ok(())
}

proptest! {
    #[test]
    fn bounds_hold_for_networks_that_are_evaluated(choices in choices(), seed in any::<u64>(), small in any::<bool>()) {
        bounds_hold(&choices, seed, small)?;
    }

    /// No text makes the reader panic.
    #[test]
    fn damaged_architectures_are_read_or_refused(choices in choices(), at in any::<prop::sample::Index>(), byte in 32u8..127) {
        let (text, _) = written(&choices, "1");
        let mut bytes = text.into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(architecture) = read::architecture(Path::new("net.toml"), &String::from_utf8(bytes).unwrap()) {
            let _ = Counts::of(&architecture);
        }
    }
}

/// The bound from the weights of a convolution was above the one for all networks of the class: the greatest weight was left out.
#[test]
fn the_greatest_weight_bounds_a_convolution() {
    let numbers = [5, 1, 2, 1, 5, 1];
    let choice = Choice { kind: 0, numbers, bias: false, activation: "identity", other: 0 };
    bounds_hold(&[choice], 7_395_989_576_430_332_312, false).unwrap();
}

/// `|1 + z - z^2| <= sqrt 5`, and the sum of the cells is 3: the symbol tells, with padding and stride.
#[test]
fn a_convolution_is_bounded_by_its_symbol() {
    for stride in [1, 2] {
        let layer = format!("kind = \"conv\"\nout = 1\nkernel = [1, 3]\npadding = [0, 1]\nstride = [1, {stride}]");
        let architecture = read::architecture(Path::new("net.toml"), &layers("[1, 1, 40]", &[&layer])).unwrap();
        let parameters: Parameters = BTreeMap::from([(0, [vec![1.0, 1.0, -1.0], vec![]])]);
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("net.safetensors");
        std::fs::write(&file, safetensors(&architecture, &parameters)).unwrap();
        let measured = measure(&architecture, &Weights::open(&file).unwrap(), Effort::Moderate, &|_| ()).unwrap();
        let norm = measured.layers.values().next().unwrap().operator;
        assert!(norm <= 5f64.sqrt() * 1.011, "stride {stride}: {norm}");
        // sqrt 3 is the norm of one row of the matrix
        assert!(norm >= 3f64.sqrt(), "stride {stride}: {norm}");
    }
}

fn layers(input: &str, layers: &[&str]) -> String {
    let layers: String = layers.iter().map(|layer| format!("[[layer]]\n{layer}\n")).collect();
    format!("input = {input}\nR = 1\nW = 1\n{layers}")
}

#[test]
fn constants_of_small_networks() {
    let dense = |out: u64| format!("kind = \"dense\"\nout = {out}");
    let biased = |out: u64| format!("kind = \"dense\"\nout = {out}\nbias = true");
    let (d1, d2, b1) = (dense(1), dense(2), biased(1));
    // J^2 by hand: w x: R^2; with a bias R^2 + 1; two matrices of norm sqrt(6), sqrt(2): (2^2) 1 + 6 for a b x
    let table: [(&str, Vec<&str>, f64, bool); 5] = [
        ("3", vec![&d1], 1.0, true),
        ("3", vec![&b1], 2.0, false),
        ("3", vec![&d2, &d1], 2.0 + 6.0, true),
        // skip: x + A x, kappa 1
        ("3", vec!["name = \"a\"\nkind = \"dense\"\nout = 3", "kind = \"add\"\nfrom = [\"a\", \"input\"]"], 1.0, false),
        // one number in all cells of a window of 1 x 1: 4 pixels of one kernel, but |A| <= |w|
        ("[1, 2, 2]", vec!["kind = \"conv\"\nout = 1\nkernel = 1"], 1.0, true),
    ];
    for (input, list, squared, applies) in table {
        let text = layers(input, &list);
        let architecture = read::architecture(Path::new("net.toml"), &text).unwrap();
        let one = Rational::from_integer(1.into());
        let j = upper(&propagate(&architecture, &cube(&architecture, &one), Some(&one)).j.unwrap());
        assert!((j * j - squared).abs() < 1e-9, "{j}^2 is not {squared} for {text}");
        let obstacles = boundproof::network::paper::obstacles(&architecture, Some(&one));
        assert_eq!(obstacles.is_empty(), applies, "{obstacles:?}");
    }
}

/// With biases and small inputs the printed constant is too small: f = w x + b moves by 1 with b, and R (W Q p)^D = 0.2.
#[test]
fn the_printed_constant_can_be_too_small() {
    let directory = tempfile::tempdir().unwrap();
    let text = layers("1", &["kind = \"dense\"\nout = 1\nbias = true"]).replace("R = 1", "R = 0.1");
    std::fs::write(directory.path().join("net.toml"), text).unwrap();
    let ran = boundproof(directory.path(), &["network", "net.toml"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("R (W Q p)^D = 0.2000001, is less than J and is not used"), "{}", ran.out);
    let refused = boundproof(directory.path(), &["network", "net.toml", "--constant", "paper", "--out", "regime.toml"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("biases") && !directory.path().join("regime.toml").exists(), "{}", refused.err);
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let directory = tempfile::tempdir().unwrap();
    let good = layers("[1, 4, 4]", &["kind = \"conv\"\nout = 2\nkernel = 3", "kind = \"dense\"\nout = 1"]);
    let table = [
        ("kernel = 3", "kernel = 7", "the window of 7 x 7 does not fit into 1 x 4 x 4"),
        ("kernel = 3", "", "kernel: the size of the window is missing"),
        ("kernel = 3", "kernel = 3\ngroups = 2", "do not fall into 2 equal groups"),
        ("kernel = 3", "kernel = 3\nfrom = \"x\"", "from: there is no earlier layer `x`"),
        ("kernel = 3", "kernel = 3\nactivation = \"softmax\"", "activation: `softmax` is none of identity"),
        ("kernel = 3", "kernel = 99999999999", "kernel: a whole number from 1 to 16777216"),
        ("out = 1", "out = 0", "out: a whole number between 1 and 16777216"),
        ("out = 1", "out = 1\nwidth = 3", "`width` is none of name, kind"),
        ("W = 1", "W = -1", "W: a positive number is needed"),
        ("W = 1", "W = [1, 2]", "W: one number is needed"),
        ("input = [1, 4, 4]", "", "`input` is missing"),
        ("input = [1, 4, 4]", "input = [1, 4", "missing comma between array elements"),
        ("\"dense\"", "\"lstm\"", "kind: one of dense, conv"),
    ];
    for (from, to, wanted) in table {
        assert!(good.contains(from), "{from}");
        std::fs::write(directory.path().join("net.toml"), good.replacen(from, to, 1)).unwrap();
        let ran = boundproof(directory.path(), &["network", "net.toml"]);
        assert_eq!(ran.code, Some(2), "{to}: {}", ran.out);
        let flat = ran.err.replace('\n', " ");
        assert!(flat.contains(wanted), "{wanted:?} is not in {}", ran.err);
    }
}

#[test]
fn a_preset_feeds_eval() {
    let directory = tempfile::tempdir().unwrap();
    let out = directory.path().join("net.toml");
    let out = out.to_str().unwrap();
    let ran = boundproof(root(), &["network", "--preset", "madry-mnist-4", "--data", "mnist", "--out", out]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    insta::assert_snapshot!(ran.out);
    insta::assert_snapshot!(std::fs::read_to_string(out).unwrap());
    let at = ["--at", out, "k=1", "c=1", "eps=0.99", "delta=0.5"];
    let eval = boundproof(root(), &[&["eval", LAW, "--theorem", "theorem_3"], at.as_slice()].concat());
    assert_eq!(eval.code, Some(0), "{}{}", eval.out, eval.err);
    let data = boundproof(root(), &["network", "--preset", "madry-mnist-4", "--data", "cifar-10"]);
    assert_eq!(data.code, Some(2));
}

#[test]
fn weights_alone_are_a_chain_or_are_listed() {
    let directory = tempfile::tempdir().unwrap();
    let text = layers(
        "3",
        &["name = \"fc1\"\nkind = \"dense\"\nout = 2\nbias = true", "name = \"fc2\"\nkind = \"dense\"\nout = 1"],
    );
    let architecture = read::architecture(Path::new("net.toml"), &text).unwrap();
    // norms 2 and sqrt 2
    let parameters: Parameters =
        BTreeMap::from([(0, [vec![2.0, 0.0, 0.0, 0.0, 1.0, 0.0], vec![0.5, 0.25]]), (1, [vec![1.0, 1.0], vec![]])]);
    let bytes = safetensors(&architecture, &parameters);
    // an empty tensor is no bias
    let file = directory.path().join("net.safetensors");
    std::fs::write(&file, &bytes).unwrap();
    std::fs::write(directory.path().join("net.toml"), &text).unwrap();
    let json = |arguments: &[&str]| {
        let ran = boundproof(directory.path(), &[&["network", "--format", "json"], arguments].concat());
        (ran.code, serde_json::from_str::<serde_json::Value>(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err)))
    };
    let (code, answer) = json(&["net.toml", "--weights", "net.safetensors"]);
    assert_eq!(code, Some(1), "2 is greater than W = 1");
    assert_eq!(answer["weights"]["in_class"], false);
    let product: f64 = answer["weights"]["product_of_norms"]["upper"].as_str().unwrap().parse().unwrap();
    assert!((8f64.sqrt()..8f64.sqrt() * 1.0001).contains(&product), "{product}");
    let (code, _) = json(&["net.toml", "--weights", "net.safetensors", "--weight-bound", "2"]);
    assert_eq!(code, Some(0));
    let (code, answer) = json(&["net.safetensors"]);
    assert_eq!(code, Some(1));
    assert!(answer["not_a_chain"].as_str().unwrap().contains("fc2.bias"), "{answer}");
    for (at, wanted) in [(bytes.len() - 3, "net.safetensors"), (3, "it has 3 bytes")] {
        std::fs::write(&file, &bytes[..at]).unwrap();
        let ran = boundproof(directory.path(), &["network", "net.safetensors"]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.err.contains(wanted) && ran.err.contains("bad-weights"), "{}", ran.err);
    }
    let mut infinite = bytes.clone();
    let at = infinite.len() - 8;
    infinite[at..].copy_from_slice(&f64::INFINITY.to_le_bytes());
    std::fs::write(&file, infinite).unwrap();
    let ran = boundproof(directory.path(), &["network", "net.toml", "--weights", "net.safetensors"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("tensor `fc2.weight`: number 1 is not finite"), "{}", ran.err);
}
