//! The rows of a part of a grid.
//!
//! Owns: which row has which regime, runs of lanes along the fastest axis. Must not know: files.

use super::plan::Plan;
use crate::regime::batch::outcome::around;
use crate::regime::batch::{Batch, Input, Row};
use crate::regime::model::Model;
use crate::regime::point::region::Region;
use crate::regime::value::Value;
use boundproof_kernels::{Block, LANES, kernels};
use rayon::prelude::*;

/// Rows that one task computes.
const TASK: u64 = 1 << 13;

/// Where the values of a variable come from.
enum Source {
    Fixed(Value, (f64, f64)),
    /// An axis, with its values as doubles.
    Axis(usize, Vec<(f64, f64)>),
}

/// A plan with the theorem prepared for it.
pub struct Grid<'a> {
    /// The plan.
    pub plan: &'a Plan,
    model: &'a Model,
    batch: Batch<'a>,
    /// By variable of the theorem.
    sources: Vec<Source>,
}

impl<'a> Grid<'a> {
    /// Prepares a plan; `None` if a variable has neither an axis nor a value.
    #[must_use]
    pub fn new(plan: &'a Plan, model: &'a Model) -> Option<Grid<'a>> {
        let ends = |value: &Value| around(&value.lower, &value.upper);
        let (mut sources, mut inputs) = (Vec::new(), Vec::new());
        for variable in model.variables() {
            if let Some(number) = plan.axes.iter().position(|axis| axis.name == variable.name) {
                let values: Vec<(f64, f64)> = plan.axes[number].values.iter().map(ends).collect();
                let level = if number + 1 == plan.axes.len() { 2 } else { 1 };
                inputs.push(Input { level, is_point: values.iter().all(|(lo, hi)| lo == hi) });
                sources.push(Source::Axis(number, values));
            } else {
                let value = &plan.fixed.iter().find(|(name, _)| *name == variable.name)?.1;
                let (lo, hi) = ends(value);
                inputs.push(Input { level: 0, is_point: lo == hi });
                sources.push(Source::Fixed(value.clone(), (lo, hi)));
            }
        }
        // what is fixed is set with the row: a machine does not know values when it is made
        for input in inputs.iter_mut().filter(|input| input.level == 0) {
            input.level = 1;
        }
        let batch = Batch::new(model, &inputs, kernels())?;
        Some(Grid { plan, model, batch, sources })
    }

    /// The names of the quantities in the results.
    #[must_use]
    pub fn quantities(&self) -> Vec<&str> {
        self.batch.quantities.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The names of the assumptions.
    #[must_use]
    pub fn assumptions(&self) -> Vec<&str> {
        self.model.assumptions.iter().map(|a| a.name.as_str()).collect()
    }

    /// The place on each axis of a row.
    #[must_use]
    pub fn places(&self, row: u64) -> Vec<usize> {
        let mut rest = row;
        let mut places = vec![0; self.plan.axes.len()];
        for (place, axis) in places.iter_mut().zip(&self.plan.axes).rev() {
            let size = axis.values.len() as u64;
            *place = usize::try_from(rest % size).unwrap_or(0);
            rest /= size;
        }
        places
    }

    /// The box of a row.
    #[must_use]
    pub fn region(&self, row: u64) -> Region {
        let places = self.places(row);
        let value = |source: &Source| match source {
            Source::Fixed(value, _) => (value.lower.clone(), value.upper.clone()),
            Source::Axis(axis, _) => {
                let value = &self.plan.axes[*axis].values[places[*axis]];
                (value.lower.clone(), value.upper.clone())
            }
        };
        let ends = self.model.variables().iter().zip(&self.sources);
        Region { ends: ends.map(|(variable, source)| (variable.name.clone(), value(source))).collect() }
    }

    /// The results of some rows, on all cores.
    #[must_use]
    pub fn rows(&self, from: u64, to: u64) -> Row {
        let tasks: Vec<u64> = (from..to).step_by(usize::try_from(TASK).unwrap_or(1)).collect();
        let parts: Vec<Row> = tasks.into_par_iter().map(|start| self.task(start, (start + TASK).min(to))).collect();
        let mut all = self.batch.rows(usize::try_from(to - from).unwrap_or(0));
        for part in parts {
            let columns = |all: &mut Vec<Vec<f64>>, part: Vec<Vec<f64>>| {
                all.iter_mut().zip(part).for_each(|(all, part)| all.extend(part));
            };
            all.flags.iter_mut().zip(part.flags).for_each(|(all, part)| all.extend(part));
            columns(&mut all.lower, part.lower);
            columns(&mut all.upper, part.upper);
            all.precise += part.precise;
        }
        all
    }

    /// The results of some rows, on one core.
    #[must_use]
    pub fn task(&self, from: u64, to: u64) -> Row {
        let mut machine = self.batch.machine();
        let mut rows = self.batch.rows(usize::try_from(to - from).unwrap_or(0));
        let inner = self.plan.axes.last().map_or(1, |axis| axis.values.len() as u64);
        let mut row = from;
        let mut outer = None;
        while row < to {
            let (line, start) = (row / inner, row % inner);
            let count = (LANES as u64).min(inner - start).min(to - row);
            let lanes = usize::try_from(count).unwrap_or(0);
            if outer != Some(line) {
                outer = Some(line);
                let places = self.places(row);
                self.set(&mut machine, |source| match source {
                    Source::Fixed(_, ends) => Some(*ends),
                    Source::Axis(axis, values) if axis + 1 < places.len() => Some(values[places[*axis]]),
                    Source::Axis(..) => None,
                });
                machine.run(1);
            }
            let first = usize::try_from(start).unwrap_or(0);
            for (number, source) in self.sources.iter().enumerate() {
                if let Source::Axis(axis, values) = source
                    && axis + 1 == self.plan.axes.len()
                    && let Some(block) = machine.variable(number)
                {
                    fill(block, &values[first..first + lanes]);
                }
            }
            machine.run(2);
            self.batch.collect(&machine, lanes, &mut rows, &|lane| self.region(row + lane as u64));
            row += count;
        }
        rows
    }

    /// Sets the variables that stay as they are in a row.
    fn set(&self, machine: &mut crate::regime::batch::Machine<'_>, ends: impl Fn(&Source) -> Option<(f64, f64)>) {
        for (number, source) in self.sources.iter().enumerate() {
            if let Some((lo, hi)) = ends(source)
                && let Some(block) = machine.variable(number)
            {
                *block = Block::splat(lo, hi);
            }
        }
    }
}

/// The values in the first lanes; the others repeat the last, so that nothing unusual happens there.
fn fill(block: &mut Block, values: &[(f64, f64)]) {
    let last = values.last().copied().unwrap_or((f64::NAN, f64::NAN));
    for lane in 0..LANES {
        (block.lo[lane], block.hi[lane]) = values.get(lane).copied().unwrap_or(last);
    }
}
