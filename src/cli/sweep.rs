//! `boundproof sweep` and `boundproof merge`: a theorem over a grid or a table of regimes.
//!
//! Owns: threads, the progress bar, what is printed at the end. Must not know: how rows are computed.

use super::{Sweep, output};
use crate::diagnostic::{Code, Diagnostic};
use crate::regime::point::answer::region;
use crate::regime::point::region::Precisions;
use crate::regime::sweep::grid::Grid;
use crate::regime::sweep::run::{self, Run, Shard, Summary};
use crate::regime::sweep::{Plan, Regimes, Table};
use crate::regime::{Model, Regime};
use crate::specification::Specification;
use crate::statement::statement;
use boundproof_checker::obligation::units;
use indicatif::{ProgressBar, ProgressStyle};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Runs `sweep`; the result is the exit code.
pub fn sweep(options: &Sweep) -> u8 {
    match swept(options) {
        Ok(text) => {
            output::print(&text);
            0
        }
        Err(errors) => {
            errors.iter().for_each(output::print_error);
            2
        }
    }
}

/// Runs `merge`; the result is the exit code.
pub fn merge(out: &Path, shards: &[PathBuf]) -> u8 {
    match run::merge(out, shards) {
        Ok(()) => 0,
        Err(error) => {
            output::print_error(&error);
            2
        }
    }
}

fn swept(options: &Sweep) -> Result<String, Vec<Diagnostic>> {
    let specification = Specification::load(&options.spec)?;
    let model = Model::of(&specification, options.theorem.as_deref()).map_err(|error| vec![error])?;
    let fingerprint = fingerprint(&specification, &model);
    let given = Regime::read(&options.at).map_err(|error| vec![error])?;
    let plan = match &options.plan {
        Some(path) => {
            let mut plan = Plan::read(path, &model, &fingerprint)?;
            plan.fix(&given.values, &fingerprint);
            plan
        }
        None => Plan { axes: Vec::new(), table: None, fixed: given.values, digest: String::new() },
    };
    let shard = options.shard.unwrap_or(Shard::WHOLE);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.jobs.map_or(0, NonZeroUsize::get))
        .stack_size(crate::audit::STACK_BYTES)
        .build()
        .map_err(|error| {
            vec![Diagnostic::of_path(Code::FileUnreadable, &options.spec, format!("cannot start threads: {error}"))]
        })?;
    let place = options.plan.as_deref().unwrap_or(Path::new("--at"));
    match options.table.as_ref().or(plan.table.as_ref()) {
        Some(_) if !plan.axes.is_empty() => {
            let message = "it has axes, and a table is given: one of them is swept".to_owned();
            Err(vec![Diagnostic::of_path(Code::RegimeUnreadable, place, message)])
        }
        Some(path) => {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("reading the table: {human_pos} regimes, {per_sec}") {
                bar.set_style(style);
            }
            let table = Table::survey(path, &model, &plan.fixed, &fingerprint, &|rows| bar.inc(rows));
            bar.finish_and_clear();
            let table = table.map_err(|error| vec![error])?;
            report(&Run { regimes: &table, shard }, options, &pool)
        }
        None => {
            check_domains(&model, &plan, place)?;
            let Some(grid) = Grid::new(&plan, &model) else {
                let message = "this theorem cannot be evaluated".to_owned();
                return Err(vec![Diagnostic::of_path(Code::RegimeUnreadable, place, message)]);
            };
            report(&Run { regimes: &grid, shard }, options, &pool)
        }
    }
}

/// Runs it with a progress bar; gives what is to be printed.
fn report<R: Regimes>(run: &Run<'_, R>, options: &Sweep, pool: &rayon::ThreadPool) -> Result<String, Vec<Diagnostic>> {
    let bar = ProgressBar::new(run.rows());
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {human_pos}/{human_len} regimes, {per_sec}, {eta} left") {
        bar.set_style(style);
    }
    let start = Instant::now();
    let progress = |rows| bar.inc(rows);
    let text = match &options.out {
        None => pool.install(|| run.summary(&progress)).map(|sums| summary(&sums)),
        Some(path) => pool.install(|| run.write(path, &progress)).map(|found| {
            let again = if found > 0 { format!(" ({found} were there already)") } else { String::new() };
            format!("{}: {} regimes{again}\n", path.display(), run.rows())
        }),
    };
    bar.finish_and_clear();
    let text = text.map_err(|error| vec![error])?;
    let seconds = start.elapsed().as_secs_f64();
    #[allow(clippy::cast_precision_loss)]
    output::eprint(&format!("{:.3e} regimes/s, {seconds:.2} s\n", run.rows() as f64 / seconds));
    Ok(text)
}

/// What identifies the theorem, so that parts of another one are not taken for its own.
pub fn fingerprint(specification: &Specification, model: &Model) -> String {
    let own = format!("{}/", model.name);
    let units = units(&specification.document);
    let mine = units.iter().filter(|unit| unit.name == *model.name || unit.name.starts_with(&own));
    let defines = model.defines.iter().map(|d| format!("{} := {}", d.name, d.term));
    mine.map(statement).chain(defines).collect::<Vec<_>>().join("\n")
}

/// Every parameter has a value or an axis, once, and every value lies in the domain.
pub fn check_domains(model: &Model, plan: &Plan, path: &Path) -> Result<(), Vec<Diagnostic>> {
    let precisions = Precisions::default();
    // one box that holds the ends of all axes: domains are intervals
    let mut regime = Regime { values: plan.fixed.clone() };
    for axis in &plan.axes {
        if regime.get(&axis.name).is_some() {
            let message = format!("`{}` is given twice", axis.name);
            return Err(vec![
                Diagnostic::of_path(Code::BadValue, path, message).with_help("give it an axis or a fixed value"),
            ]);
        }
        for value in &axis.values {
            if model
                .variables()
                .iter()
                .any(|v| v.name == axis.name && v.sort == boundproof_checker::syntax::ast::Sort::Nat)
                && !(value.lower.is_integer() && value.upper.is_integer())
            {
                let message = format!("{} = {value} is no natural number", axis.name);
                return Err(vec![Diagnostic::of_path(Code::ValueOutsideDomain, path, message)]);
            }
        }
        let lower = axis.values.iter().map(|v| &v.lower).min().cloned();
        let upper = axis.values.iter().map(|v| &v.upper).max().cloned();
        if let (Some(lower), Some(upper)) = (lower, upper) {
            let written = format!("[{lower}, {upper}]");
            regime.set(axis.name.clone(), crate::regime::Value { lower, upper, written });
        }
    }
    let named = |error: Diagnostic| Diagnostic { path: path.display().to_string(), ..error };
    region(model, &regime, &precisions, None).map(drop).map_err(|errors| errors.into_iter().map(named).collect())
}

fn summary(summary: &Summary) -> String {
    let mut text = format!(
        "{} regimes: applies at {}, not at {}, straddles at {}, undecided at {}\n",
        summary.regimes, summary.applies, summary.not, summary.straddles, summary.undecided
    );
    for (name, range) in &summary.ranges {
        if let Some((low, high)) = range {
            text += &format!("  where it applies, {name} lies in [{low:?}, {high:?}]\n");
        }
    }
    text
}
