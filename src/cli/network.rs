//! `boundproof network`: what the law of robustness needs to know of a network.
//!
//! Owns: options, reading, what is printed where. Must not know: how anything is derived.

use super::output;
use crate::diagnostic::{Code, Diagnostic};
use crate::network::answer::{Answer, Question};
use crate::network::presets::{self, Data};
use crate::network::safetensors::{Tensor, Weights};
use crate::network::weights::{Effort, Measured, Normed, matrix, measure};
use crate::network::{Architecture, infer, read, text};
use crate::regime::value::Value;
use crate::specification::read_file;
use crate::store::write_whole;
use boundproof_checker::exact::Rational;
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use num_traits::Signed;
use serde::Serialize;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "Examples:
  boundproof network net.toml
  boundproof network net.toml --weights model.safetensors
  boundproof network model.safetensors --radius 28 --weight-bound 1
  boundproof network --preset madry-mnist-4 --data mnist --out net.regime.toml
  boundproof eval law.spec --theorem theorem_3 --at net.regime.toml k=1 c=1 eps=0.1 delta=0.01
  boundproof network --list

An architecture is a TOML file (docs/networks.md):
  input = [1, 28, 28]
  R = 28
  W = 1
  [[layer]]
  kind = \"conv\"
  out = 8
  kernel = 5
  padding = 2
  activation = \"relu\"
  [[layer]]
  kind = \"dense\"
  out = 10

Exit codes: 0 derived, 1 Lemma 3.1 was asked for and does not apply, weights outside the class, or a file of weights that does
not say how it is connected, 2 bad input or usage.";

/// The options of `network`.
#[derive(clap::Args)]
pub struct Network {
    /// An architecture (.toml) or weights (.safetensors)
    #[arg(required_unless_present_any = ["preset", "list"])]
    file: Option<PathBuf>,
    /// A ready-made architecture
    #[arg(long, value_name = "NAME", conflicts_with = "file")]
    preset: Option<String>,
    /// A data set: its n, for the regime, and a check of its d
    #[arg(long, value_name = "NAME")]
    data: Option<String>,
    /// List the presets with their sources
    #[arg(long, conflicts_with_all = ["file", "preset", "out"])]
    list: bool,
    /// The weights of the architecture
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// Every parameter lies in [-W, W] [default: W of the file]
    #[arg(long, value_name = "W", value_parser = positive)]
    weight_bound: Option<Rational>,
    /// Every input has norm at most R [default: R of the file]
    #[arg(long, value_name = "R", value_parser = positive)]
    radius: Option<Rational>,
    /// Which constant is written to the regime
    #[arg(long, value_enum, default_value_t = Constant::Proved)]
    constant: Constant,
    /// Whether spectral norms are computed
    #[arg(long, value_enum, default_value_t = Spectral::Auto, value_name = "WHEN")]
    spectral: Spectral,
    /// How many digits of each number
    #[arg(long, value_name = "N", default_value = "7", value_parser = clap::value_parser!(u32).range(1..=1000))]
    digits: u32,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t = Printed::Text)]
    format: Printed,
    /// Write a regime for `eval`, `solve` and `sweep` to FILE
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Constant {
    /// The one that is proved layer by layer
    Proved,
    /// R (W Q p)^D of Lemma 3.1, where the lemma applies
    Paper,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Spectral {
    /// Where it takes seconds
    Auto,
    /// Never
    Never,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Printed {
    /// Lines for people
    Text,
    /// One document, described in docs/report-format.md
    Json,
    /// A regime for `eval --at`
    Regime,
    /// The architecture as a file to start from
    Toml,
}

fn positive(text: &str) -> Result<Rational, String> {
    let value = Value::parse(text)?;
    let number = value.as_point().filter(|number| number.is_positive());
    number.cloned().ok_or_else(|| "a positive number is needed".into())
}

/// Runs the command; the result is the exit code.
pub fn network(options: &Network) -> u8 {
    if options.list {
        output::print(&listed());
        return 0;
    }
    match derived(options) {
        Ok(code) => code,
        Err(error) => {
            output::print_error(&error);
            2
        }
    }
}

fn listed() -> String {
    let mut list = String::from("Architectures (--preset):\n");
    for (name, what) in presets::architectures() {
        let _ = writeln!(list, "  {name:<20} {what}");
    }
    list += "\nData sets (--data):\n";
    for Data { name, n, d, source } in presets::DATA {
        let _ = writeln!(list, "  {name:<20} n = {n}, d = {d}\n{:<23}{source}", "");
    }
    list
}

/// What was read: a network, or weights that are none.
enum Given {
    Network(Box<Architecture>, Option<Weights>),
    Loose(Weights, String),
}

fn derived(options: &Network) -> Result<u8, Diagnostic> {
    let data = options.data.as_deref().map(data).transpose()?;
    if options.format == Printed::Toml {
        return print_toml(options);
    }
    let (mut architecture, weights) = match given(options)? {
        Given::Network(architecture, weights) => (architecture, weights),
        Given::Loose(weights, why) => return loose(options, &weights, &why),
    };
    architecture.weight_bound = options.weight_bound.clone().or(architecture.weight_bound);
    architecture.radius = options.radius.clone().or(architecture.radius);
    let path = options.file.clone().unwrap_or_else(|| PathBuf::from("--preset"));
    if let Some(data) = data.filter(|data| data.d != architecture.input.units()) {
        let message = format!("{} has d = {}, and the network takes {}", data.name, data.d, architecture.input);
        return Err(Diagnostic::of_path(Code::BadArchitecture, &path, message));
    }
    let measured = match &weights {
        Some(weights) => Some(measured(options, &architecture, weights)?),
        None => None,
    };
    let question = Question { architecture: &architecture, measured: measured.as_ref(), data, digits: options.digits };
    let answer = question.answer();
    let refused = options.constant == Constant::Paper && !answer.lemma_3_1.applies;
    let regime = if refused { None } else { regime(options, &answer, &path)? };
    match options.format {
        Printed::Json => print_json(&answer),
        Printed::Regime => output::print(regime.as_deref().unwrap_or_default()),
        _ => {
            output::print(&text::table(&answer));
            if weights.is_some() && options.file.as_deref().is_some_and(is_weights) {
                output::print(
                    "Assumed: the matrices are applied in the order of their names, with 1-Lipschitz functions between them that are 0 at 0.\n",
                );
            }
        }
    }
    if refused {
        let reasons = answer.lemma_3_1.reasons.join("; ");
        output::eprint(&format!("no regime: Lemma 3.1 does not apply: {reasons}\n"));
        return Ok(1);
    }
    if let (Some(out), Some(regime)) = (&options.out, &regime) {
        write_whole(out, regime.as_bytes())?;
        output::eprint(&format!("{}: written\n", out.display()));
    }
    let outside = answer.weights.as_ref().is_some_and(|weights| weights.in_class == Some(false));
    Ok(u8::from(outside))
}

/// The regime, if one is asked for.
fn regime(options: &Network, answer: &Answer, path: &Path) -> Result<Option<String>, Diagnostic> {
    if options.out.is_none() && options.format != Printed::Regime {
        return Ok(None);
    }
    let constant = match options.constant {
        Constant::Proved => answer.j.as_ref(),
        Constant::Paper => answer.lemma_3_1.j.as_ref(),
    };
    let text = constant.ok_or_else(|| "a regime needs W and R".to_owned()).and_then(|j| answer.regime(j));
    text.map(Some).map_err(|why| {
        Diagnostic::of_path(Code::BadArchitecture, path, why)
            .with_help("W and R stand at the top of the file, or are given by --weight-bound and --radius")
    })
}

fn print_json(value: &impl Serialize) {
    match serde_json::to_string_pretty(value) {
        Ok(json) => output::print(&(json + "\n")),
        Err(error) => output::eprint(&format!("error: {error}\n")),
    }
}

fn data(name: &str) -> Result<&'static Data, Diagnostic> {
    presets::DATA.iter().find(|data| data.name == name).ok_or_else(|| {
        let names: Vec<&str> = presets::DATA.iter().map(|data| data.name).collect();
        unknown("--data", name, &names.join(", "))
    })
}

fn unknown(option: &str, name: &str, names: &str) -> Diagnostic {
    Diagnostic::of_path(Code::UnknownPreset, Path::new(option), format!("there is no preset `{name}`"))
        .with_help(&format!("one of {names}"))
}

fn preset(name: &str) -> Result<String, Diagnostic> {
    presets::architecture(name).ok_or_else(|| {
        let names: Vec<String> = presets::architectures().into_iter().map(|(name, _)| name).collect();
        unknown("--preset", name, &names.join(", "))
    })
}

fn print_toml(options: &Network) -> Result<u8, Diagnostic> {
    let Some(name) = &options.preset else {
        let message = "only presets are printed as TOML".to_owned();
        return Err(Diagnostic::of_path(Code::UnknownPreset, Path::new("--format"), message));
    };
    output::print(&preset(name)?);
    Ok(0)
}

fn is_weights(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "safetensors")
}

fn open(path: &Path) -> Result<Weights, Diagnostic> {
    Weights::open(path).map_err(|why| Diagnostic::of_path(Code::BadWeights, path, why))
}

fn given(options: &Network) -> Result<Given, Diagnostic> {
    let weights = options.weights.as_deref().map(open).transpose()?;
    let (path, text) = match (&options.preset, &options.file) {
        (Some(name), _) => (PathBuf::from(name), preset(name)?),
        (None, Some(path)) if is_weights(path) => {
            if options.weights.is_some() {
                let message = "there are two files of weights".to_owned();
                return Err(Diagnostic::of_path(Code::BadWeights, path, message)
                    .with_help("name an architecture and its weights"));
            }
            let own = open(path)?;
            return Ok(match infer::chain(&own, &path.display().to_string()) {
                Ok(architecture) => Given::Network(Box::new(architecture), Some(own)),
                Err(why) => Given::Loose(own, why),
            });
        }
        (None, Some(path)) => {
            let bytes = read_file(path)?;
            let unreadable = |_| Diagnostic::of_path(Code::ArchitectureUnreadable, path, "it is not UTF-8 text".into());
            (path.clone(), String::from_utf8(bytes).map_err(unreadable)?)
        }
        // clap asks for one of them
        (None, None) => return Err(unknown("--preset", "", "those that --list shows")),
    };
    Ok(Given::Network(Box::new(read::architecture(&path, &text)?), weights))
}

fn effort(options: &Network) -> Effort {
    match options.spectral {
        Spectral::Auto => Effort::Moderate,
        Spectral::Never => Effort::Reading,
    }
}

fn measured(options: &Network, architecture: &Architecture, weights: &Weights) -> Result<Measured, Diagnostic> {
    let bar = ProgressBar::new(architecture.layers().count() as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} norms, {msg}") {
        bar.set_style(style);
    }
    let progress = |name: &str| {
        bar.set_message(name.to_owned());
        bar.inc(1);
    };
    let measured = measure(architecture, weights, effort(options), &progress);
    bar.finish_and_clear();
    measured.map_err(|why| Diagnostic::of_path(Code::BadWeights, &weights.path, why))
}

/// Weights whose connections are not known.
#[derive(Serialize)]
struct Loose<'a> {
    parameters: u64,
    tensors: Vec<Normed>,
    unread: Vec<&'a str>,
    not_a_chain: &'a str,
}

fn loose(options: &Network, weights: &Weights, why: &str) -> Result<u8, Diagnostic> {
    let bad = |why: String| Diagnostic::of_path(Code::BadWeights, &weights.path, why);
    let (read, unread): (Vec<&Tensor>, Vec<&Tensor>) = weights.tensors.iter().partition(|tensor| tensor.kind.is_ok());
    let tensors: Result<Vec<Normed>, String> =
        read.into_iter().map(|tensor| matrix(weights, tensor, effort(options))).collect();
    let tensors = tensors.map_err(bad)?;
    let parameters = weights.tensors.iter().map(|tensor| tensor.count).sum();
    let unread = unread.into_iter().map(|tensor| tensor.name.as_str()).collect();
    let loose = Loose { parameters, tensors, unread, not_a_chain: why };
    if options.format == Printed::Json {
        print_json(&loose);
    } else {
        output::print(&lines(&loose));
    }
    output::eprint(&format!(
        "Q, D, J and the product of norms need an architecture: {why}; boundproof network net.toml --weights {}\n",
        weights.path.display()
    ));
    Ok(1)
}

fn lines(loose: &Loose<'_>) -> String {
    let width = loose.tensors.iter().map(|t| t.tensor.chars().count()).max().unwrap_or(0).clamp(6, 60);
    let row = |name: &str, shape: &str, numbers: [&str; 3]| {
        let [greatest, frobenius, norm] = numbers;
        format!("  {name:<width$} {shape:<18} {greatest:>14} {frobenius:>14} {norm:>14}\n")
    };
    let mut table = row("tensor", "shape", ["max |a_ij|", "Frobenius", "norm"]);
    for Normed { tensor, shape, greatest, frobenius, operator, .. } in &loose.tensors {
        let numbers = [*greatest, *frobenius, *operator].map(text::upward);
        table += &row(tensor, &format!("{shape:?}"), [&numbers[0], &numbers[1], &numbers[2]]);
    }
    let _ = writeln!(
        table,
        "\n{} parameters. The norm is that of the matrix with the first axis as rows.",
        loose.parameters
    );
    if !loose.unread.is_empty() {
        let _ = writeln!(table, "No numbers with a binary point, and not read: {}", loose.unread.join(", "));
    }
    table
}
