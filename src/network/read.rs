//! Architectures as they are written: TOML files.
//!
//! Owns: the keys and what is said about wrong ones, with their places. Must not know: what follows from an architecture.
//! `docs/networks.md` describes the format.

use super::architecture::{
    Activation, Architecture, Bias, MOST_NODES, MOST_SIDE, Node, Operation, Shape, Source, Window, shaped,
};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::regime::given::written;
use crate::regime::value::Value;
use boundproof_checker::exact::Rational;
use num_traits::Signed;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;
use toml_edit::{Document, Item, TableLike};

/// What is wrong, and where.
type Fault = (String, Option<Range<usize>>);

/// Reads an architecture.
///
/// # Errors
/// What is wrong with the text.
pub fn architecture(path: &Path, text: &str) -> Result<Architecture, Diagnostic> {
    let located = |code: Code, message: String, span: Option<Range<usize>>| {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let mut diagnostic = Diagnostic::of_path(code, path, message);
        diagnostic.place = span.map(|span| Place::of(text, offset(span.start), offset(span.end)));
        diagnostic.text = Some(text.to_owned());
        diagnostic
    };
    let document: Document<&str> = Document::parse(text)
        .map_err(|error| located(Code::ArchitectureUnreadable, error.message().to_owned(), error.span()))?;
    read(document.as_table(), text).map_err(|(message, span)| located(Code::BadArchitecture, message, span))
}

fn read(table: &dyn TableLike, text: &str) -> Result<Architecture, Fault> {
    known_keys(table, &["name", "source", "input", "R", "W", "layer"])?;
    let top = Table { table, text, span: None };
    let input = top
        .item("input")
        .ok_or(("`input` is missing: `input = 784`, or [channels, rows, columns]".to_owned(), None))?;
    let input = shape(input).map_err(|why| (format!("input: {why}"), input.span()))?;
    let mut architecture = Architecture {
        name: top.text("name")?.unwrap_or_else(|| "network".into()),
        source: top.text("source")?,
        input,
        radius: top.positive("R")?,
        weight_bound: top.positive("W")?,
        nodes: Vec::new(),
    };
    let layers = top.item("layer").and_then(Item::as_array_of_tables);
    let layers = layers.ok_or(("there is no layer: each is a table `[[layer]]`".to_owned(), None))?;
    if layers.len() > MOST_NODES {
        return Err((format!("it has {} layers: at most {MOST_NODES} are allowed", layers.len()), None));
    }
    let mut names = BTreeMap::new();
    for layer in layers {
        let table = Table { table: layer, text, span: layer.span() };
        let node = node(&table, &architecture, &names)?;
        if names.insert(node.name.clone(), architecture.nodes.len()).is_some() || node.name == "input" {
            return Err((format!("there are two layers `{}`", node.name), table.place("name")));
        }
        architecture.nodes.push(node);
    }
    unused(&architecture)?;
    Ok(architecture)
}

/// A table with the text that it stands in.
struct Table<'a> {
    table: &'a dyn TableLike,
    text: &'a str,
    span: Option<Range<usize>>,
}

impl Table<'_> {
    fn item(&self, key: &str) -> Option<&Item> {
        self.table.get(key)
    }

    fn place(&self, key: &str) -> Option<Range<usize>> {
        self.item(key).and_then(Item::span).or_else(|| self.span.clone())
    }

    fn fault<T>(&self, key: &str, message: &str) -> Result<T, Fault> {
        Err((format!("{key}: {message}"), self.place(key)))
    }

    fn text(&self, key: &str) -> Result<Option<String>, Fault> {
        match self.item(key) {
            None => Ok(None),
            Some(item) => match item.as_str() {
                Some(text) => Ok(Some(text.to_owned())),
                None => self.fault(key, "a text is needed"),
            },
        }
    }

    /// An exact number.
    fn number(&self, key: &str) -> Result<Option<Rational>, Fault> {
        let Some(item) = self.item(key) else { return Ok(None) };
        let value = written(item, self.text).and_then(|text| Value::parse(&text));
        match value.as_ref().map(Value::as_point) {
            Ok(Some(value)) => Ok(Some(value.clone())),
            Ok(None) => self.fault(key, "one number is needed"),
            Err(why) => self.fault(key, why),
        }
    }

    fn positive(&self, key: &str) -> Result<Option<Rational>, Fault> {
        match self.number(key)? {
            Some(value) if !value.is_positive() => self.fault(key, "a positive number is needed"),
            value => Ok(value),
        }
    }

    fn natural(&self, key: &str) -> Result<Option<u64>, Fault> {
        let Some(item) = self.item(key) else { return Ok(None) };
        match item.as_integer().and_then(side) {
            Some(value) => Ok(Some(value)),
            None => self.fault(key, &format!("a whole number between 1 and {MOST_SIDE} is needed")),
        }
    }

    /// One number for both axes, or two.
    fn pair(&self, key: &str, least: u64) -> Result<Option<[u64; 2]>, Fault> {
        let Some(item) = self.item(key) else { return Ok(None) };
        let number = |value: i64| u64::try_from(value).ok().filter(|n| (least..=MOST_SIDE).contains(n));
        let pair = match (item.as_integer(), item.as_array()) {
            (Some(value), _) => number(value).map(|value| [value, value]),
            (None, Some(list)) if list.len() == 2 => {
                let mut values = list.iter().filter_map(|v| v.as_integer().and_then(number));
                values.next().zip(values.next()).map(|(a, b)| [a, b])
            }
            _ => None,
        };
        match pair {
            Some(pair) => Ok(Some(pair)),
            None => {
                self.fault(key, &format!("a whole number from {least} to {MOST_SIDE}, or two in brackets, is needed"))
            }
        }
    }

    /// `"name"` or `["name", ...]`
    fn names(&self, key: &str) -> Result<Option<Vec<String>>, Fault> {
        let Some(item) = self.item(key) else { return Ok(None) };
        let list = match (item.as_str(), item.as_array()) {
            (Some(name), _) => Some(vec![name.to_owned()]),
            (None, Some(list)) => list.iter().map(|name| name.as_str().map(str::to_owned)).collect(),
            _ => None,
        };
        match list {
            Some(list) if !list.is_empty() => Ok(Some(list)),
            _ => self.fault(key, "the name of a layer, or a list of names, is needed"),
        }
    }
}

fn side(value: i64) -> Option<u64> {
    u64::try_from(value).ok().filter(|n| (1..=MOST_SIDE).contains(n))
}

fn shape(item: &Item) -> Result<Shape, String> {
    let wanted = || format!("a number of units, or [channels, rows, columns], each at most {MOST_SIDE}, is needed");
    match (item.as_integer(), item.as_array()) {
        (Some(units), _) => side(units).map(Shape::Flat).ok_or_else(wanted),
        (None, Some(list)) => {
            let sides: Vec<u64> = list.iter().filter_map(|value| value.as_integer().and_then(side)).collect();
            match (sides.as_slice(), list.len()) {
                ([channels, rows, columns], 3) => {
                    let units = u128::from(*channels) * u128::from(*rows) * u128::from(*columns);
                    let shape = Shape::Image { channels: *channels, size: [*rows, *columns] };
                    if units > u128::from(super::architecture::MOST_UNITS) { Err(wanted()) } else { Ok(shape) }
                }
                _ => Err(wanted()),
            }
        }
        _ => Err(wanted()),
    }
}

fn known_keys(table: &dyn TableLike, known: &[&str]) -> Result<(), Fault> {
    for (key, item) in table.iter() {
        if !known.contains(&key) {
            return Err((format!("`{key}` is none of {}", known.join(", ")), item.span()));
        }
    }
    Ok(())
}

const COMMON: [&str; 4] = ["name", "kind", "from", "activation"];
const WEIGHTED: [&str; 4] = ["bias", "same-as", "norm", "weight"];

/// The keys that a kind of layer has beside the common ones.
fn keys(kind: &str) -> Option<&'static [&'static str]> {
    Some(match kind {
        "dense" => &["out"],
        "conv" => &["out", "kernel", "stride", "padding", "dilation", "groups"],
        "max-pool" => &["size", "stride", "padding"],
        "average-pool" => &["size", "stride"],
        "pad-channels" => &["out"],
        "scale" | "add" | "concatenate" => &[],
        _ => return None,
    })
}

fn node(table: &Table<'_>, architecture: &Architecture, names: &BTreeMap<String, usize>) -> Result<Node, Fault> {
    let number = architecture.nodes.len() + 1;
    let kind = table.text("kind")?.unwrap_or_default();
    let Some(own) = keys(&kind) else {
        return table.fault(
            "kind",
            "one of dense, conv, scale, max-pool, average-pool, pad-channels, add, concatenate is needed",
        );
    };
    let mut allowed = [COMMON.as_slice(), own].concat();
    if matches!(kind.as_str(), "dense" | "conv" | "scale") {
        allowed.extend(WEIGHTED);
    }
    known_keys(table.table, &allowed)?;
    let name = table.text("name")?.unwrap_or_else(|| format!("{kind}-{number}"));
    let sources = sources(table, architecture, names)?;
    let shares = match table.text("same-as")? {
        None => None,
        Some(other) => match names.get(&other) {
            Some(owner) => Some(architecture.owner(*owner)),
            None => return table.fault("same-as", &format!("there is no earlier layer `{other}`")),
        },
    };
    let operation = operation(table, &kind)?;
    let takes: Vec<Shape> = sources.iter().filter_map(|source| architecture.shape(*source)).collect();
    let (takes, gives) = shaped(&operation, &takes).map_err(|why| (format!("{name}: {why}"), table.span.clone()))?;
    let (bias, bias_tensor) = bias(table)?;
    let tensors = [
        table.text("weight")?.or_else(|| Some(format!("{name}.weight"))),
        bias_tensor.or_else(|| Some(format!("{name}.bias"))),
    ];
    let norm = table.positive("norm")?;
    let activation = activation(table)?;
    let node = Node { name, operation, sources, bias, activation, shares, norm, tensors, takes, gives };
    if let Some(owner) = shares.and_then(|owner| architecture.nodes.get(owner)) {
        shareable(&node, owner).map_err(|why| (format!("same-as: {why}"), table.place("same-as")))?;
    }
    Ok(node)
}

fn sources(
    table: &Table<'_>,
    architecture: &Architecture,
    names: &BTreeMap<String, usize>,
) -> Result<Vec<Source>, Fault> {
    let before = architecture.nodes.len().checked_sub(1).map_or(Source::Input, Source::Node);
    let Some(given) = table.names("from")? else { return Ok(vec![before]) };
    let mut sources = Vec::new();
    for name in given {
        match names.get(&name) {
            _ if name == "input" => sources.push(Source::Input),
            Some(number) => sources.push(Source::Node(*number)),
            None => return table.fault("from", &format!("there is no earlier layer `{name}`")),
        }
    }
    if sources.len() > MOST_NODES {
        return table.fault("from", &format!("at most {MOST_NODES} sources are allowed"));
    }
    Ok(sources)
}

/// `true`, `false`, or the name of the bias in a file of weights.
fn bias(table: &Table<'_>) -> Result<(Bias, Option<String>), Fault> {
    match table.item("bias") {
        None => Ok((Bias::Absent, None)),
        Some(item) => match (item.as_bool(), item.as_str()) {
            (Some(true), _) => Ok((Bias::Present, None)),
            (Some(false), _) => Ok((Bias::Absent, None)),
            (None, Some(name)) => Ok((Bias::Present, Some(name.to_owned()))),
            _ => table.fault("bias", "true, false, or the name of a tensor is needed"),
        },
    }
}

fn activation(table: &Table<'_>) -> Result<Activation, Fault> {
    let Some(item) = table.item("activation") else { return Ok(Activation::identity()) };
    if let Some(name) = item.as_str() {
        let known = Activation::named(name);
        let wanted = || {
            let names = Activation::NAMES.join(", ");
            (
                format!("activation: `{name}` is none of {names}; another one is {{ lipschitz = 1, at-zero = 0 }}"),
                item.span(),
            )
        };
        return known.ok_or_else(wanted);
    }
    let Some(inner) = item.as_table_like() else {
        return table.fault("activation", "a name, or { lipschitz = 1, at-zero = 0 }, is needed");
    };
    known_keys(inner, &["lipschitz", "at-zero", "most"])?;
    let inner = Table { table: inner, text: table.text, span: item.span() };
    let Some(lipschitz) = inner.positive("lipschitz")? else {
        return inner.fault("lipschitz", "the Lipschitz constant is missing");
    };
    let at_zero = inner.number("at-zero")?.unwrap_or_else(|| Rational::from_integer(0.into())).abs();
    let most = inner.positive("most")?;
    Ok(Activation { name: "its own".into(), lipschitz, at_zero, most })
}

fn operation(table: &Table<'_>, kind: &str) -> Result<Operation, Fault> {
    let out = || match table.natural("out")? {
        Some(out) => Ok(out),
        None => table.fault("out", "how many units or channels it puts out is missing"),
    };
    Ok(match kind {
        "dense" => Operation::Dense { out: out()? },
        "conv" => {
            let window = window(table, "kernel", Stride::One)?;
            Operation::Convolution { out: out()?, window, groups: table.natural("groups")?.unwrap_or(1) }
        }
        "scale" => Operation::Scale,
        "max-pool" => {
            let window = window(table, "size", Stride::Size)?;
            if (0..2).any(|axis| 2 * window.padding[axis] > window.size[axis]) {
                return table.fault("padding", "at most half of the window's size is allowed");
            }
            Operation::MaxPool(window)
        }
        "average-pool" => Operation::AveragePool(window(table, "size", Stride::Size)?),
        "pad-channels" => Operation::PadChannels { out: out()? },
        "add" => Operation::Add,
        _ => Operation::Concatenate,
    })
}

/// What the stride is where none is given.
enum Stride {
    One,
    Size,
}

fn window(table: &Table<'_>, key: &str, default: Stride) -> Result<Window, Fault> {
    let Some(size) = table.pair(key, 1)? else { return table.fault(key, "the size of the window is missing") };
    let default = match default {
        Stride::One => [1, 1],
        Stride::Size => size,
    };
    Ok(Window {
        size,
        stride: table.pair("stride", 1)?.unwrap_or(default),
        padding: table.pair("padding", 0)?.unwrap_or([0, 0]),
        dilation: table.pair("dilation", 1)?.unwrap_or([1, 1]),
    })
}

/// Whether a layer can use the parameters of another one.
fn shareable(node: &Node, owner: &Node) -> Result<(), String> {
    let cells = |operation: &Operation| match operation {
        Operation::Convolution { window, groups, .. } => Some((window.size, *groups)),
        _ => None,
    };
    let weights = |node: &Node| match node.operation {
        Operation::Dense { out } => (out, node.takes.units()),
        _ => (node.gives.channels(), node.takes.channels()),
    };
    if node.operation.word() != owner.operation.word()
        || cells(&node.operation) != cells(&owner.operation)
        || weights(node) != weights(owner)
    {
        return Err(format!("its weights are not of the shape of those of `{}`", owner.name));
    }
    if node.bias != owner.bias {
        return Err(format!("it has a bias, or `{}` has one, and not both", owner.name));
    }
    Ok(())
}

/// Every layer but the last one is used.
fn unused(architecture: &Architecture) -> Result<(), Fault> {
    let used: BTreeSet<usize> = architecture
        .nodes
        .iter()
        .flat_map(|node| &node.sources)
        .filter_map(|source| match source {
            Source::Node(number) => Some(*number),
            Source::Input => None,
        })
        .collect();
    let last = architecture.nodes.len().saturating_sub(1);
    match (0..last).find(|number| !used.contains(number)) {
        Some(number) => Err((format!("nothing uses the layer `{}`", architecture.nodes[number].name), None)),
        None => Ok(()),
    }
}
