//! The rows of a part of a grid.
//!
//! Owns: which row has which regime, runs of lanes along the fastest axis. Must not know: files.

use super::columns::{self, Kind};
use super::plan::Plan;
use super::run::Regimes;
use crate::diagnostic::{Code, Diagnostic};
use crate::prover::enclosure::number::{nearest, neighbours};
use crate::regime::batch::{Batch, Form, Input, Machine, Row};
use crate::regime::model::Model;
use crate::regime::point::region::Region;
use crate::regime::value::Value;
use arrow::record_batch::RecordBatch;
use boundproof_kernels::{Block, LANES, kernels};
use std::path::Path;

/// Values as doubles.
#[derive(Default)]
struct Column {
    /// The doubles nearest to them, where they are single numbers.
    near: Vec<f64>,
    /// The doubles around them.
    lo: Vec<f64>,
    hi: Vec<f64>,
}

impl Column {
    fn of<'v>(values: impl Iterator<Item = &'v Value>) -> (Column, Form) {
        let (mut column, mut form) = (Column::default(), Form::Exact);
        for value in values {
            let (lo, hi) = (neighbours(&value.lower).0, neighbours(&value.upper).1);
            let near = value.as_point().map_or(f64::NAN, nearest);
            if lo != hi {
                // a number that is not a double: its nearest one must be normal
                form = if near.is_normal() && form != Form::Interval { Form::Nearest } else { Form::Interval };
            }
            column.near.push(near);
            column.lo.push(lo);
            column.hi.push(hi);
        }
        (column, form)
    }

    fn input(&self, level: u8, form: Form) -> Input {
        let least = self.lo.iter().copied().fold(f64::INFINITY, f64::min);
        let most = self.hi.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Input { level, form, range: (least, most) }
    }
}

/// Where the values of a variable come from.
enum Source {
    Fixed(Value, Column),
    /// An axis.
    Axis(usize, Column),
}

/// What one thread needs to compute rows: it keeps its room from part to part, since asking the system for fresh pages
/// takes as long as computing what is written there.
pub struct Worker<'a> {
    machine: Machine<'a>,
    rows: Row,
}

/// A plan with the theorem prepared for it.
pub struct Grid<'a> {
    /// The plan.
    pub plan: &'a Plan,
    model: &'a Model,
    batch: Batch<'a>,
    /// By variable of the theorem.
    sources: Vec<Source>,
    /// By axis: what is written of its values.
    shown: Vec<Shown>,
}

/// The values of an axis as files have them: the doubles nearest to their ends.
pub struct Shown {
    /// To the lower ends.
    pub lower: Vec<f64>,
    /// To the upper ends; `None` where all values are single numbers.
    pub upper: Option<Vec<f64>>,
}

impl Shown {
    fn of(values: &[Value]) -> Shown {
        let points = values.iter().all(|value| value.as_point().is_some());
        let lower = values.iter().map(|value| nearest(&value.lower)).collect();
        let upper = (!points).then(|| values.iter().map(|value| nearest(&value.upper)).collect());
        Shown { lower, upper }
    }
}

impl<'a> Grid<'a> {
    /// Prepares a plan; `None` if a variable has neither an axis nor a value.
    #[must_use]
    pub fn new(plan: &'a Plan, model: &'a Model) -> Option<Grid<'a>> {
        let (mut sources, mut inputs) = (Vec::new(), Vec::new());
        for variable in model.variables() {
            if let Some(number) = plan.axes.iter().position(|axis| axis.name == variable.name) {
                let (column, form) = Column::of(plan.axes[number].values.iter());
                let level = if number + 1 == plan.axes.len() { 2 } else { 1 };
                inputs.push(column.input(level, form));
                sources.push(Source::Axis(number, column));
            } else {
                let value = &plan.fixed.iter().find(|(name, _)| *name == variable.name)?.1;
                let (column, form) = Column::of(std::iter::once(value));
                // set with the row: a machine does not know values when it is made
                inputs.push(column.input(1, form));
                sources.push(Source::Fixed(value.clone(), column));
            }
        }
        let batch = Batch::new(model, &inputs, kernels())?;
        let shown = plan.axes.iter().map(|axis| Shown::of(&axis.values)).collect();
        Some(Grid { plan, model, batch, sources, shown })
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

    /// What is written of the values of each axis.
    #[must_use]
    pub fn shown(&self) -> &[Shown] {
        &self.shown
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

    /// What a thread needs to compute rows.
    #[must_use]
    pub fn worker(&self) -> Worker<'_> {
        Worker { machine: self.batch.machine(), rows: self.batch.rows(0) }
    }

    /// The places on an axis of rows from `from` on.
    pub fn along(&self, axis: usize, from: u64, count: usize) -> impl Iterator<Item = usize> + use<'_> {
        let size = |axis: &super::plan::Axis| axis.values.len() as u64;
        let stride: u64 = self.plan.axes[axis + 1..].iter().map(size).product();
        let length = size(&self.plan.axes[axis]);
        (from..from + count as u64).map(move |row| usize::try_from(row / stride % length).unwrap_or(0))
    }

    /// The results of some rows, on one core.
    pub fn rows<'w>(&self, worker: &'w mut Worker<'_>, from: u64, to: u64) -> &'w Row {
        let Worker { machine, rows } = worker;
        rows.clear();
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
                for (number, source) in self.sources.iter().enumerate() {
                    match source {
                        Source::Fixed(_, column) => constant(machine, number, column, 0),
                        Source::Axis(axis, column) if axis + 1 < places.len() => {
                            constant(machine, number, column, places[*axis]);
                        }
                        Source::Axis(..) => {}
                    }
                }
                machine.run(1);
            }
            let first = usize::try_from(start).unwrap_or(0);
            for (number, source) in self.sources.iter().enumerate() {
                if let Source::Axis(axis, column) = source
                    && axis + 1 == self.plan.axes.len()
                {
                    moving(machine, number, column, first..first + lanes);
                }
            }
            machine.run(2);
            self.batch.collect(machine, lanes, rows, &|lane| self.region(row + lane as u64));
            row += count;
        }
        rows
    }
}

/// Rows that are summed up at a time.
const TASK: u64 = 1 << 13;

impl Regimes for Grid<'_> {
    type Worker<'r>
        = Worker<'r>
    where
        Self: 'r;

    fn count(&self) -> u64 {
        self.plan.rows().unwrap_or(0)
    }

    fn digest(&self) -> &str {
        &self.plan.digest
    }

    fn quantities(&self) -> Vec<&str> {
        Grid::quantities(self)
    }

    fn task(&self) -> u64 {
        TASK
    }

    fn worker(&self) -> Worker<'_> {
        Grid::worker(self)
    }

    fn results<'w>(&self, worker: &'w mut Worker<'_>, from: u64, to: u64) -> Result<&'w Row, Diagnostic> {
        Ok(self.rows(worker, from, to))
    }

    fn batch(&self, worker: &mut Worker<'_>, _: Kind, from: u64, to: u64) -> Result<RecordBatch, Diagnostic> {
        columns::batch(self, from, self.rows(worker, from, to)).map_err(|why| {
            let message = format!("this is a defect of boundproof: {why}");
            Diagnostic::of_path(Code::RegimeUnreadable, Path::new("--plan"), message)
        })
    }
}

/// One value in every lane.
fn constant(machine: &mut Machine<'_>, variable: usize, column: &Column, at: usize) {
    if let Some(near) = machine.near(variable) {
        near.fill(column.near[at]);
    }
    if let Some(block) = machine.ends(variable) {
        *block = Block::splat(column.lo[at], column.hi[at]);
    }
}

/// The values of a range in the first lanes.
fn moving(machine: &mut Machine<'_>, variable: usize, column: &Column, range: std::ops::Range<usize>) {
    if let Some(near) = machine.near(variable) {
        fill(near, &column.near[range.clone()]);
    }
    if let Some(block) = machine.ends(variable) {
        fill(&mut block.lo, &column.lo[range.clone()]);
        fill(&mut block.hi, &column.hi[range]);
    }
}

/// The values in the first lanes; the others repeat the last, so that nothing unusual happens there.
fn fill(lanes: &mut [f64; LANES], values: &[f64]) {
    let last = values.last().copied().unwrap_or(f64::NAN);
    lanes[..values.len()].copy_from_slice(values);
    lanes[values.len()..].fill(last);
}
