//! What is to be swept: an axis for every parameter that varies, a value for every other one.
//!
//! Owns: reading a plan from TOML, the values of an axis. Must not know: results.
//!
//! Values that a plan lists are exact decimals. Values between `from` and `to` are doubles (natural numbers for natural
//! parameters), computed with correct rounding, the same on every machine.

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::prover::enclosure::number::{from_gmp, to_gmp};
use crate::regime::given::written;
use crate::regime::model::Model;
use crate::regime::value::{self, Value};
use crate::specification::read_file;
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::{Name, Sort};
use num_traits::Signed;
use rug::Float;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use toml_edit::{Document, Item, TableLike};

/// An axis may have at most this many values, and a plan this many regimes.
const MOST_VALUES: u64 = 100_000_000;
const MOST_REGIMES: u64 = 1 << 50;
/// Doubles are computed to this many digits before they are rounded once.
const BITS: u32 = 300;

/// Counts the ways in which rows have been computed: parts of an interrupted run whose last digits another version of
/// boundproof computed differently are not taken up.
pub const EVALUATION: u32 = 2;

/// The values of one parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    /// The parameter.
    pub name: Name,
    /// Its values in order.
    pub values: Vec<Value>,
}

/// A grid: the last axis moves fastest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The axes, in the order of the file.
    pub axes: Vec<Axis>,
    /// A file with the regimes, instead of axes.
    pub table: Option<PathBuf>,
    /// The other parameters.
    pub fixed: Vec<(Name, Value)>,
    /// What identifies the plan.
    pub digest: String,
}

impl Plan {
    /// Reads a plan for a theorem.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn read(path: &Path, model: &Model, theorem_digest: &str) -> Result<Plan, Vec<Diagnostic>> {
        let bytes = read_file(path).map_err(|error| vec![error])?;
        let whole = |message: String| Diagnostic::of_path(Code::RegimeUnreadable, path, message);
        let text = String::from_utf8(bytes).map_err(|_| vec![whole("it is not UTF-8 text".into())])?;
        let document: Document<&str> = Document::parse(text.as_str())
            .map_err(|error| vec![located(whole(error.message().to_owned()), &text, error.span())])?;
        let mut plan = Plan { axes: Vec::new(), table: None, fixed: Vec::new(), digest: String::new() };
        let mut errors = Vec::new();
        for (key, item) in document.as_table() {
            let table = item.as_table_like();
            let outcome = match (key, table) {
                ("axes", Some(table)) => plan.read_axes(table, model, &text),
                ("fixed", Some(table)) => plan.read_fixed(table, &text),
                ("table", _) => match item.as_str() {
                    Some(file) => {
                        // beside the plan
                        plan.table = Some(path.parent().unwrap_or(Path::new("")).join(file));
                        Ok(())
                    }
                    None => Err(("table: the name of a .csv or .parquet file is needed".to_owned(), item.span())),
                },
                _ => Err(("a plan has [axes] or `table = \"regimes.csv\"`, and [fixed]".to_owned(), item.span())),
            };
            if let Err((message, span)) = outcome {
                errors.push(located(Diagnostic::of_path(Code::BadValue, path, message), &text, span));
            }
        }
        if plan.table.is_some() && !plan.axes.is_empty() {
            errors.push(whole("it has axes and a table: the parameters of one grid or one table are swept".into()));
        }
        if plan.axes.is_empty() && plan.table.is_none() && errors.is_empty() {
            errors.push(
                whole("it has no axis".into())
                    .with_help("[axes]\nn = { from = 1e4, to = 1e9, steps = 100, scale = \"log\" }"),
            );
        }
        if plan.rows().is_none() {
            errors.push(whole(format!("it has more than {MOST_REGIMES} regimes")));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        plan.digest = plan.fingerprint(theorem_digest);
        Ok(plan)
    }

    /// Gives parameters values, in the place of those that the plan fixes.
    pub fn fix(&mut self, values: &[(Name, Value)], theorem_digest: &str) {
        for (name, value) in values {
            match self.fixed.iter_mut().find(|(known, _)| known == name) {
                Some((_, old)) => *old = value.clone(),
                None => self.fixed.push((name.clone(), value.clone())),
            }
        }
        self.digest = self.fingerprint(theorem_digest);
    }

    fn read_fixed(&mut self, table: &dyn TableLike, text: &str) -> Result<(), Fault> {
        for (key, item) in table.iter() {
            let fault = |message: String| (format!("{key}: {message}"), item.span());
            let name = value::name(key).map_err(fault)?;
            let value = Value::parse(&written(item, text).map_err(fault)?).map_err(fault)?;
            self.fixed.push((name, value));
        }
        Ok(())
    }

    fn read_axes(&mut self, table: &dyn TableLike, model: &Model, text: &str) -> Result<(), Fault> {
        for (key, item) in table.iter() {
            let fault = |message: String| (format!("{key}: {message}"), item.span());
            let name = value::name(key).map_err(fault)?;
            let natural = model.variables().iter().any(|v| v.name == name && v.sort == Sort::Nat);
            let values = match (item.as_array(), item.as_table_like()) {
                (Some(list), _) => {
                    let read = |value: &toml_edit::Value| Value::parse(&written(&Item::Value(value.clone()), text)?);
                    list.iter().map(read).collect::<Result<Vec<Value>, String>>()
                }
                (None, Some(range)) => between(range, natural, text),
                (None, None) => Err("an axis is a list of values, or { from, to, steps, scale }".into()),
            };
            let values = values.map_err(fault)?;
            if values.is_empty() {
                return Err(fault("an axis needs a value".into()));
            }
            self.axes.push(Axis { name, values });
        }
        Ok(())
    }

    /// How many regimes there are.
    #[must_use]
    pub fn rows(&self) -> Option<u64> {
        let sizes = self.axes.iter().map(|axis| axis.values.len() as u64);
        let rows = sizes.into_iter().try_fold(1u64, u64::checked_mul)?;
        (rows <= MOST_REGIMES).then_some(rows)
    }

    fn fingerprint(&self, theorem_digest: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(format!("{EVALUATION}\n{theorem_digest}").as_bytes());
        let mut add =
            |name: &str, value: &Value| hash.update(format!("\n{name} {} {}", value.lower, value.upper).as_bytes());
        self.fixed.iter().for_each(|(name, value)| add(name, value));
        self.axes.iter().for_each(|axis| axis.values.iter().for_each(|value| add(&axis.name, value)));
        hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// What is wrong, and where.
type Fault = (String, Option<std::ops::Range<usize>>);

fn located(mut diagnostic: Diagnostic, text: &str, span: Option<std::ops::Range<usize>>) -> Diagnostic {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    diagnostic.place = span.map(|span| Place::of(text, offset(span.start), offset(span.end)));
    diagnostic.text = Some(text.to_owned());
    diagnostic
}

/// The values of `{ from, to, steps, scale }`.
fn between(range: &dyn TableLike, natural: bool, text: &str) -> Result<Vec<Value>, String> {
    let (mut from, mut to, mut steps, mut logarithmic) = (None, None, None, false);
    for (key, item) in range.iter() {
        match key {
            "from" => from = Some(single(item, text)?),
            "to" => to = Some(single(item, text)?),
            "steps" => steps = item.as_integer().and_then(|n| u64::try_from(n).ok()),
            "scale" => {
                logarithmic = match item.as_str() {
                    Some("log") => true,
                    Some("linear") => false,
                    _ => return Err("scale is \"linear\" or \"log\"".into()),
                }
            }
            other => return Err(format!("`{other}` is none of from, to, steps, scale")),
        }
    }
    let (Some(from), Some(to), Some(steps)) = (from, to, steps) else {
        return Err("from, to and steps are needed; steps is a natural number".into());
    };
    if !(2..=MOST_VALUES).contains(&steps) || from >= to {
        return Err(format!("steps must lie between 2 and {MOST_VALUES}, and from below to"));
    }
    if logarithmic && !from.is_positive() {
        return Err("on a logarithmic scale, from must be positive".into());
    }
    let mut values: Vec<Value> =
        (0..steps).map(|step| Value::exact(spaced(&from, &to, step, steps - 1, logarithmic, natural))).collect();
    values.dedup();
    Ok(values)
}

fn single(item: &Item, text: &str) -> Result<Rational, String> {
    let value = Value::parse(&written(item, text)?)?;
    value.as_point().cloned().ok_or_else(|| "a single number is needed".into())
}

/// The value at `step/last` of the way, rounded once.
fn spaced(from: &Rational, to: &Rational, step: u64, last: u64, logarithmic: bool, natural: bool) -> Rational {
    let (low, high) = (Float::with_val(BITS, to_gmp(from)), Float::with_val(BITS, to_gmp(to)));
    let part = rug::Rational::from((step, last));
    let value = match (step, logarithmic) {
        (0, _) => low,
        (_, _) if step == last => high,
        (_, true) => {
            let (start, end) = (low.ln(), high.ln());
            let span = Float::with_val(BITS, &end - &start);
            (start + span * part).exp()
        }
        (_, false) => {
            let span = Float::with_val(BITS, &high - &low);
            low + span * part
        }
    };
    let rounded = if natural { value.round() } else { Float::with_val(BITS, value.to_f64()) };
    rounded.to_rational().map_or_else(|| from.clone(), |exact| from_gmp(&exact))
}
