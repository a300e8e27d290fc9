//! `boundproof plot`: pictures of a sweep.
//!
//! Owns: options, reading or running a sweep, which axis is which, files. Must not know: how pictures are drawn.

use super::output;
use super::sweep::{check_domains, fingerprint};
use crate::diagnostic::{Code, Diagnostic};
use crate::plot::frame::Labels;
use crate::plot::scale::{Spread, short};
use crate::plot::table::{Choice, Table};
use crate::plot::{Picture, curves, phase, raster, svg, tradeoff};
use crate::prover::enclosure::number::nearest;
use crate::regime::Model;
use crate::regime::sweep::Plan;
use crate::regime::sweep::columns::batch;
use crate::regime::sweep::grid::Grid;
use crate::regime::sweep::reading::{Columns, read};
use crate::regime::value::{self, Value};
use crate::specification::Specification;
use crate::store::write_whole;
use clap::ValueEnum;
use std::path::PathBuf;

/// The most rows that are drawn.
const MOST_ROWS: usize = 4_000_000;
/// Rows that are computed at once.
const ROWS: u64 = 1 << 18;

/// Examples at the end of the help.
pub const EXAMPLES: &str = "Examples:
  boundproof plot law.csv --kind phase --x n --y p --out law.svg --out law.png
  boundproof plot law.spec --theorem theorem_3 --plan plan.toml --kind curve --series d --out law.svg
  boundproof plot law.parquet --kind tradeoff --x p --y n --series eps --level 1 --out law.svg

phase     for each cell of two axes: an assumption fails; the theorem applies and the quantity is below the level; it
          applies and the quantity is at least the level (both by the ends of certified enclosures); not decided
curve     the quantity along one axis, with its certified band, a curve for each value of --series
tradeoff  for each value of --x the least value of --y on the grid from which on the quantity is at least the level

Axes with more than one value that are not drawn are held: --where eps=0.1. The quantity is the last definition or
bound that varies, unless --quantity names one. The same rows give the same bytes.

Exit codes: 0 drawn, 2 bad input or usage.";

/// The options of `plot`.
#[derive(clap::Args)]
pub struct Plot {
    /// What a sweep wrote (.csv, .parquet), or a specification (.spec) with --plan
    input: PathBuf,
    /// The plan of a sweep to run; nothing is written but the picture
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
    /// The theorem [default: the only one]
    #[arg(long, value_name = "NAME", requires = "plan")]
    theorem: Option<String>,
    /// What is drawn
    #[arg(long, value_enum, default_value_t = Kind::Phase)]
    kind: Kind,
    /// The horizontal axis
    #[arg(long, value_name = "NAME")]
    x: Option<String>,
    /// The vertical axis of a phase diagram; the parameter whose least value a trade-off shows
    #[arg(long, value_name = "NAME")]
    y: Option<String>,
    /// The axis with a curve for each value
    #[arg(long, value_name = "NAME")]
    series: Option<String>,
    /// The quantity [default: the last one that varies]
    #[arg(long, value_name = "NAME")]
    quantity: Option<String>,
    /// The level of the quantity
    #[arg(long, value_name = "VALUE", default_value = "1", value_parser = number)]
    level: f64,
    /// Axes that are held: `name=value`
    #[arg(long = "where", value_name = "NAME=VALUE", num_args = 1..)]
    held: Vec<String>,
    /// How the horizontal axis is spread [default: by its values]
    #[arg(long, value_enum, value_name = "SCALE")]
    x_scale: Option<Spreads>,
    /// How the vertical axis is spread [default: by its values]
    #[arg(long, value_enum, value_name = "SCALE")]
    y_scale: Option<Spreads>,
    /// The title
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// A line below the title [default: the values that are fixed]
    #[arg(long, value_name = "TEXT")]
    note: Vec<String>,
    /// The name of the horizontal axis, with its unit
    #[arg(long, value_name = "TEXT")]
    x_label: Option<String>,
    /// The name of the vertical axis, with its unit
    #[arg(long, value_name = "TEXT")]
    y_label: Option<String>,
    /// The file to write, .svg or .png; may be given twice
    #[arg(long, short, value_name = "FILE", required = true)]
    out: Vec<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// For each cell of two axes what the theorem says
    Phase,
    /// The quantity along one axis
    Curve,
    /// The least value of one parameter for each value of another
    Tradeoff,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Spreads {
    /// Evenly
    Linear,
    /// By logarithms
    Log,
}

impl From<Spreads> for Spread {
    fn from(spread: Spreads) -> Spread {
        match spread {
            Spreads::Linear => Spread::Linear,
            Spreads::Log => Spread::Log,
        }
    }
}

fn number(text: &str) -> Result<f64, String> {
    let value = Value::parse(text)?;
    value.as_point().map(nearest).ok_or_else(|| "one number is needed".into())
}

/// Runs the command; the result is the exit code.
pub fn plot(options: &Plot) -> u8 {
    match drawn(options) {
        Ok(()) => 0,
        Err(errors) => {
            errors.iter().for_each(output::print_error);
            2
        }
    }
}

/// The rows, and what is known of them beside.
struct Rows {
    columns: Columns,
    title: String,
    fixed: Vec<String>,
}

fn drawn(options: &Plot) -> Result<(), Vec<Diagnostic>> {
    let bad = |code: Code| move |why: String| vec![Diagnostic::of_path(code, &options.input, why)];
    for out in &options.out {
        if !out.extension().is_some_and(|extension| extension == "svg" || extension == "png") {
            let error = Diagnostic::of_path(Code::FileUnwritable, out, "the kind of the file is not known".into());
            return Err(vec![error.with_help("name a .svg or .png file")]);
        }
    }
    let rows = rows(options)?;
    let mut choice = Choice { quantity: options.quantity.clone(), held: Vec::new() };
    for held in &options.held {
        let (name, text) =
            held.split_once('=').ok_or("name=value is needed").map_err(str::to_owned).map_err(bad(Code::BadValue))?;
        let name = value::name(name.trim()).map_err(bad(Code::BadValue))?;
        choice.held.push((name.to_string(), number(text).map_err(bad(Code::BadValue))?));
    }
    let table = Table::of(&rows.columns, &choice).map_err(bad(Code::UnknownParameter))?;
    let picture = picture(options, &rows, &choice, &table).map_err(bad(Code::UnknownParameter))?;
    for out in &options.out {
        let bytes = if out.extension().is_some_and(|extension| extension == "png") {
            raster::png(&picture).map_err(bad(Code::FileUnwritable))?
        } else {
            svg::text(&picture).into_bytes()
        };
        write_whole(out, &bytes).map_err(|error| vec![error])?;
    }
    Ok(())
}

fn rows(options: &Plot) -> Result<Rows, Vec<Diagnostic>> {
    let Some(path) = &options.plan else {
        if options.input.extension().is_some_and(|extension| extension == "spec") {
            let error = Diagnostic::of_path(
                Code::RegimeUnreadable,
                &options.input,
                "a specification is drawn along a plan".into(),
            );
            return Err(vec![error.with_help("add --plan plan.toml, or name what a sweep wrote")]);
        }
        let columns = read(&options.input, MOST_ROWS).map_err(|error| vec![error])?;
        let title = options.input.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        return Ok(Rows { columns, title: title.unwrap_or_default(), fixed: Vec::new() });
    };
    let specification = Specification::load(&options.input)?;
    let model = Model::of(&specification, options.theorem.as_deref()).map_err(|error| vec![error])?;
    let plan = Plan::read(path, &model, &fingerprint(&specification, &model))?;
    check_domains(&model, &plan, path)?;
    let bad = |why: String| vec![Diagnostic::of_path(Code::RegimeUnreadable, path, why)];
    let grid = Grid::new(&plan, &model).ok_or_else(|| bad("this theorem cannot be evaluated".into()))?;
    let all = plan.rows().filter(|rows| usize::try_from(*rows).is_ok_and(|rows| rows <= MOST_ROWS));
    let all = all.ok_or_else(|| bad(format!("a picture has at most {MOST_ROWS} rows: take fewer steps")))?;
    let mut columns = Columns { columns: Vec::new(), rows: 0 };
    let (mut worker, mut from) = (grid.worker(), 0);
    while from < all {
        let to = all.min(from + ROWS);
        let rows = grid.rows(&mut worker, from, to);
        batch(&grid, from, rows).and_then(|batch| columns.add(&batch)).map_err(bad)?;
        from = to;
    }
    let title = match &model.title {
        Some(title) => format!("{}: {title}", model.name),
        None => model.name.to_string(),
    };
    let fixed = plan.fixed.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    Ok(Rows { columns, title, fixed })
}

fn picture(options: &Plot, rows: &Rows, choice: &Choice, table: &Table) -> Result<Picture, String> {
    let axis = |name: &Option<String>| name.as_deref().map(|name| table.axis(name)).transpose();
    let (x, y, series) = (axis(&options.x)?, axis(&options.y)?, axis(&options.series)?);
    let spreads = [options.x_scale.map(Spread::from), options.y_scale.map(Spread::from)];
    let level = options.level;
    // axes that vary and are not named, in their order
    let free = table.free();
    let mut left = free.iter().copied().filter(|axis| ![x, y, series].contains(&Some(*axis)));
    let missing = |what: &str| format!("{what} is missing: name it; the axes that vary are {}", named(table, &free));
    let fixed =
        rows.fixed.iter().cloned().chain(choice.held.iter().map(|(name, value)| format!("{name} = {}", short(*value))));
    let fixed: Vec<String> = fixed.collect();
    let notes = match (&options.note[..], fixed.is_empty()) {
        ([], true) => Vec::new(),
        ([], false) => vec![fixed.join(", ")],
        (notes, _) => notes.to_vec(),
    };
    let labels = |x: usize, y: &str| Labels {
        title: options.title.clone().unwrap_or_else(|| rows.title.clone()),
        notes: notes.clone(),
        x: options.x_label.clone().unwrap_or_else(|| table.axes[x].clone()),
        y: options.y_label.clone().unwrap_or_else(|| y.to_owned()),
        legend: Vec::new(),
    };
    match options.kind {
        Kind::Phase => {
            let y = y.or_else(|| left.next()).ok_or_else(|| missing("--y"))?;
            let x = x.or_else(|| left.next()).ok_or_else(|| missing("--x"))?;
            let plan = phase::Plan { x, y, level, spreads };
            phase::draw(table, &plan, labels(x, &table.axes[y]))
        }
        Kind::Curve => {
            let x = x.or_else(|| left.next_back()).ok_or_else(|| missing("--x"))?;
            let series = series.or_else(|| left.next());
            let plan = curves::Plan { x, series, level, spreads };
            curves::draw(table, &plan, labels(x, &table.quantity))
        }
        Kind::Tradeoff => {
            let y = y.or_else(|| left.next_back()).ok_or_else(|| missing("--y"))?;
            let x = x.or_else(|| left.next_back()).ok_or_else(|| missing("--x"))?;
            let series = series.or_else(|| left.next());
            let plan = tradeoff::Plan { x, y, series, level, spreads };
            let name = format!("least {} with {} >= {}", table.axes[y], table.quantity, short(level));
            tradeoff::draw(table, &plan, labels(x, &name))
        }
    }
}

fn named(table: &Table, axes: &[usize]) -> String {
    axes.iter().map(|axis| table.axes[*axis].as_str()).collect::<Vec<_>>().join(", ")
}
