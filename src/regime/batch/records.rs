//! A theorem as a function from record batches to record batches, for engines that move data so.
//!
//! Owns: domains, the evaluation of a batch ([`Evaluator`]), the columns of results. Must not know: files, threads.
//!
//! A program is made for the ranges of its inputs, so batches are surveyed first: all of them, or some that are like
//! them. Rows outside the ranges that were surveyed are evaluated all the same, by the exact path and thus slowly, and so
//! what a row gives does not depend on the batch in which it stands.
//!
//! ```
//! use arrow::array::{Float64Array, Int64Array};
//! use arrow::record_batch::RecordBatch;
//! use boundproof::regime::batch::records::Survey;
//! use boundproof::regime::{Model, Value};
//! use std::sync::Arc;
//!
//! let text = "theorem t { let n : nat >= 1  let eps : real in (0, 1)  let c : real > 0
//!             define width := c*sqrt(log(2/eps)/n)  assume many: n*eps >= 8  claim positive: eps > 0 }";
//! let specification = boundproof::Specification::parse("t.spec", text).expect("it is well formed");
//! let model = Model::of(&specification, None).expect("it can be evaluated");
//! let regimes = RecordBatch::try_from_iter([
//!     ("n", Arc::new(Int64Array::from(vec![10, 10_000])) as _),
//!     ("eps", Arc::new(Float64Array::from(vec![0.5, 0.125])) as _),
//! ]).expect("the columns have one length");
//!
//! let fixed = [("c".into(), Value::parse("1/3").expect("it is a value"))];
//! let mut survey = Survey::new(&model, regimes.schema(), &fixed).expect("every parameter is given");
//! survey.add(&regimes).expect("every cell has a value");
//! let evaluator = survey.finish().expect("all regimes lie in the domain");
//! let mut worker = evaluator.worker(); // one for each thread
//! let results = evaluator.evaluate(&mut worker, &regimes).expect("every cell has a value");
//!
//! let names: Vec<String> = results.schema().fields().iter().map(|field| field.name().clone()).collect();
//! assert_eq!(names, ["n", "eps", "applies", "many", "width_lower", "width_upper"]);
//! ```

use super::cells::{Cell, Cells};
use super::machine::Machine;
use super::outcome::{Batch, Flag, Row};
pub use super::survey::{Fault, Survey};
use super::survey::{Known, Source, natural, same};
use crate::prover::enclosure::number;
use crate::regime::model::Model;
use crate::regime::point::answer::{FIRST_BITS, MOST_BITS};
use crate::regime::point::decide::{Judge, Truth};
use crate::regime::point::region::{Precisions, Region};
use arrow::array::{ArrayRef, Float64Array, StringArray};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::record_batch::RecordBatch;
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::term::Relation;
use boundproof_kernels::{Block, LANES};
use std::sync::Arc;

/// What one thread needs to evaluate batches.
pub struct Worker<'e> {
    machine: Machine<'e>,
    rows: Row,
    precisions: Precisions,
}

/// A theorem prepared for batches of regimes.
pub struct Evaluator<'a> {
    model: &'a Model,
    schema: SchemaRef,
    sources: Vec<Source>,
    known: Vec<Known>,
    batch: Batch<'a>,
    /// Conditions of the domain that were not seen to hold in the whole box of the survey.
    by_row: Vec<Relation>,
    /// Whether the whole box of doubles around the survey lies in the domain, up to `by_row`.
    everywhere: bool,
}

impl<'a> Evaluator<'a> {
    /// For what a survey has found.
    ///
    /// # Errors
    /// A surveyed row lies outside the domain of the theorem.
    pub(super) fn new(
        model: &'a Model,
        schema: SchemaRef,
        sources: Vec<Source>,
        known: Vec<Known>,
        batch: Batch<'a>,
    ) -> Result<Evaluator<'a>, Fault> {
        let by_row = Vec::new();
        let mut evaluator = Evaluator { model, schema, sources, known, batch, by_row, everywhere: false };
        evaluator.domain()?;
        Ok(evaluator)
    }

    /// The names of the quantities in the results.
    #[must_use]
    pub fn quantities(&self) -> Vec<&str> {
        self.batch.quantities.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// What a thread needs.
    #[must_use]
    pub fn worker(&self) -> Worker<'_> {
        let mut machine = self.batch.machine();
        for (at, source) in self.sources.iter().enumerate() {
            if let Source::Fixed(value) = source {
                let cell = Cell::of(value);
                if let Some(near) = machine.near(at) {
                    near.fill(cell.near);
                }
                if let Some(ends) = machine.ends(at) {
                    *ends = Block::splat(cell.lo, cell.hi);
                }
            }
        }
        machine.run(1);
        Worker { machine, rows: self.batch.rows(0), precisions: Precisions::default() }
    }

    /// Evaluates a batch: its columns, followed by `applies`, a column for each assumption, and `q_lower` and `q_upper` for
    /// each quantity.
    ///
    /// # Errors
    /// Other columns than announced, or the first row that has no value or lies outside the domain.
    pub fn evaluate(&self, worker: &mut Worker<'_>, batch: &RecordBatch) -> Result<RecordBatch, Fault> {
        let rows = self.rows(worker, batch)?;
        let mut fields: Vec<Field> = batch.schema().fields().iter().map(|field| field.as_ref().clone()).collect();
        let mut arrays = batch.columns().to_vec();
        self.append(rows, batch.num_rows(), &mut fields, &mut arrays)
    }

    /// As [`Evaluator::evaluate`], with the parameters as doubles, as axes of a grid are written: the double nearest to
    /// each value, or to both of its ends.
    ///
    /// # Errors
    /// As there.
    pub fn evaluate_as_doubles(&self, worker: &mut Worker<'_>, batch: &RecordBatch) -> Result<RecordBatch, Fault> {
        let rows = self.rows(worker, batch)?;
        let (mut fields, mut arrays): (Vec<Field>, Vec<ArrayRef>) = (Vec::new(), Vec::new());
        for (place, field) in batch.schema().fields().iter().enumerate() {
            let owner = self.sources.iter().position(|s| matches!(s, Source::Columns(at, _) if *at == place));
            let (Some(owner), DataType::Utf8) = (owner, field.data_type()) else {
                fields.push(field.as_ref().clone());
                arrays.push(batch.column(place).clone());
                continue;
            };
            let cells = Cells::of(batch, (place, None)).map_err(|(_, why)| Fault::whole(why))?;
            let cell = |row: usize| cells.cell(row).map_err(|why| Fault::at(row as u64, field.name().clone(), why));
            let cells: Vec<Cell> = (0..batch.num_rows()).map(cell).collect::<Result<_, _>>()?;
            let mut push = |name: String, values: Vec<f64>| {
                fields.push(Field::new(name, DataType::Float64, false));
                arrays.push(Arc::new(Float64Array::from(values)) as ArrayRef);
            };
            if self.known[owner].points {
                push(field.name().clone(), cells.iter().map(|cell| cell.near).collect());
            } else {
                let near = |x: &Rational| number::nearest(x);
                push(format!("{}_lower", field.name()), cells.iter().map(|cell| near(&cell.ends().0)).collect());
                push(format!("{}_upper", field.name()), cells.iter().map(|cell| near(&cell.ends().1)).collect());
            }
        }
        self.append(rows, batch.num_rows(), &mut fields, &mut arrays)
    }

    fn append(
        &self,
        rows: &Row,
        count: usize,
        fields: &mut Vec<Field>,
        arrays: &mut Vec<ArrayRef>,
    ) -> Result<RecordBatch, Fault> {
        let assumptions: Vec<&str> = self.model.assumptions.iter().map(|a| a.name.as_str()).collect();
        append_results(rows, count, &assumptions, &self.quantities(), fields, arrays);
        let schema = Schema::new(std::mem::take(fields));
        RecordBatch::try_new(Arc::new(schema), std::mem::take(arrays)).map_err(|error| Fault::whole(error.to_string()))
    }

    /// The results for the rows of a batch, by column.
    ///
    /// # Errors
    /// As [`Evaluator::evaluate`].
    pub fn rows<'w>(&self, worker: &'w mut Worker<'_>, batch: &RecordBatch) -> Result<&'w Row, Fault> {
        same(&self.schema, batch)?;
        let Worker { machine, rows, precisions } = worker;
        rows.clear();
        let mut columns: Vec<Option<Cells<'_>>> = Vec::new();
        for source in &self.sources {
            columns.push(match source {
                Source::Fixed(_) => None,
                Source::Columns(lower, upper) => Some(Cells::of(batch, (*lower, *upper)).map_err(|(at, why)| {
                    Fault { column: Some(self.schema.field(at).name().clone()), ..Fault::whole(why) }
                })?),
            });
        }
        let mut from = 0;
        while from < batch.num_rows() {
            let lanes = LANES.min(batch.num_rows() - from);
            let mut inside = [true; LANES];
            for (at, cells) in columns.iter().enumerate() {
                if let Some(cells) = cells {
                    self.place(machine, at, cells, from, lanes, &mut inside)?;
                }
            }
            for (lane, inside) in inside.iter().enumerate().take(lanes) {
                let given: &[Relation] = if *inside { &self.by_row } else { &[] };
                if !inside || !given.is_empty() {
                    self.check(&self.region(&columns, from + lane), *inside, precisions, (from + lane) as u64)?;
                }
            }
            machine.run(2);
            self.batch.collect(machine, lanes, rows, &|lane| self.region(&columns, from + lane));
            from += lanes;
        }
        Ok(rows)
    }

    /// Puts the values of a parameter into the lanes; those for which the program was not made are unknown to it.
    fn place(
        &self,
        machine: &mut Machine<'_>,
        variable: usize,
        cells: &Cells<'_>,
        from: usize,
        lanes: usize,
        inside: &mut [bool; LANES],
    ) -> Result<(), Fault> {
        let known = &self.known[variable];
        let mut values = [[f64::NAN; LANES]; 3];
        for lane in 0..lanes {
            let fault = |why: String| Fault::at((from + lane) as u64, self.column(variable), why);
            let cell = cells.cell(from + lane).map_err(fault)?;
            natural(self.model, variable, &cell, "").map_err(fault)?;
            if known.suits(&cell) {
                (values[0][lane], values[1][lane], values[2][lane]) = (cell.near, cell.lo, cell.hi);
            }
            inside[lane] &= self.is_inside(known, &cell);
        }
        // the lanes behind repeat the last, so that nothing unusual happens there
        for values in &mut values {
            let last = values[lanes - 1];
            values[lanes..].fill(last);
        }
        if let Some(near) = machine.near(variable) {
            *near = values[0];
        }
        if let Some(block) = machine.ends(variable) {
            (block.lo, block.hi) = (values[1], values[2]);
        }
        Ok(())
    }

    /// Whether the survey has shown that the cell lies in the domain.
    fn is_inside(&self, known: &Known, cell: &Cell) -> bool {
        let (least, most) = known.range;
        if cell.lo > least && cell.hi < most {
            return true;
        }
        let exactly = || {
            let ((a, b), (c, d)) = (known.ends(), cell.ends());
            a <= c && d <= b
        };
        cell.lo >= least && cell.hi <= most && (self.everywhere || exactly())
    }

    fn column(&self, variable: usize) -> String {
        match self.sources[variable] {
            Source::Columns(place, _) => self.schema.field(place).name().clone(),
            Source::Fixed(_) => self.model.variables()[variable].name.to_string(),
        }
    }

    /// The box of a row whose cells have values.
    fn region(&self, columns: &[Option<Cells<'_>>], row: usize) -> Region {
        let ends = |(source, cells): (&Source, &Option<Cells<'_>>)| match (source, cells) {
            (Source::Fixed(value), _) => (value.lower.clone(), value.upper.clone()),
            (_, Some(cells)) => cells.cell(row).map(|cell| cell.ends()).unwrap_or_default(),
            (_, None) => Default::default(),
        };
        let all = self.sources.iter().zip(columns).map(ends);
        Region { ends: self.model.variables().iter().map(|v| v.name.clone()).zip(all).collect() }
    }

    /// Which conditions of the domain hold in the whole box of the survey; those of one parameter must.
    fn domain(&mut self) -> Result<(), Fault> {
        let precisions = Precisions::default();
        let judge = Judge { context: &self.model.context, precisions: &precisions, bits: (FIRST_BITS, MOST_BITS) };
        let names = || self.model.variables().iter().map(|v| v.name.clone());
        let around = |known: &Known| {
            let double = |x: f64, exact: Rational| number::from_f64(x).unwrap_or(exact);
            let (a, b) = known.ends();
            (double(known.range.0, a), double(known.range.1, b))
        };
        let region = Region { ends: names().zip(self.known.iter().map(Known::ends)).collect() };
        let wide = Region { ends: names().zip(self.known.iter().map(around)).collect() };
        self.everywhere = true;
        for hypothesis in &self.model.context.hypotheses {
            let relation = &hypothesis.relation;
            if judge.judge(relation, &wide) == Truth::Holds {
                continue;
            }
            self.everywhere = false;
            if judge.judge(relation, &region) == Truth::Holds {
                continue;
            }
            let mut mentioned = self.model.variables().iter().enumerate().filter(|(_, v)| relation.mentions(&v.name));
            match (mentioned.next(), mentioned.next()) {
                (Some((at, variable)), None) => {
                    return Err(self.outside(at, &variable.name, relation, &judge, &region));
                }
                _ => self.by_row.push(relation.clone()),
            }
        }
        Ok(())
    }

    /// The row that makes a condition of one parameter fail.
    fn outside(&self, at: usize, name: &Name, relation: &Relation, judge: &Judge<'_>, region: &Region) -> Fault {
        let (least, most) = self.known[at].ends();
        let rows = self.known[at].extremes.as_ref().map_or((0, 0), |[least, most]| (least.1, most.1));
        let holds = |value: &Rational| judge.judge(relation, &region.with(name, value)) == Truth::Holds;
        let (value, row) = if holds(&least) { (most, rows.1) } else { (least, rows.0) };
        let message = format!("{name} = {value}: the theorem is stated for {relation}");
        match self.sources[at] {
            Source::Fixed(_) => Fault::whole(message),
            Source::Columns(..) => Fault::at(row, self.column(at), message),
        }
    }

    /// The conditions of the domain at a row: all, or those that the survey left open.
    fn check(&self, region: &Region, surveyed: bool, precisions: &Precisions, row: u64) -> Result<(), Fault> {
        let judge = Judge { context: &self.model.context, precisions, bits: (FIRST_BITS, MOST_BITS) };
        let all = self.model.context.hypotheses.iter().map(|hypothesis| &hypothesis.relation);
        let mut open: Box<dyn Iterator<Item = &Relation>> =
            if surveyed { Box::new(self.by_row.iter()) } else { Box::new(all) };
        match open.find(|relation| judge.judge(relation, region) != Truth::Holds) {
            None => Ok(()),
            Some(relation) => {
                let named = self.model.variables().iter().enumerate().rev().find(|(_, v)| relation.mentions(&v.name));
                let column = named.map_or_else(String::new, |(at, _)| self.column(at));
                Err(Fault::at(row, column, format!("the theorem is stated for {relation}")))
            }
        }
    }
}

/// Appends the columns of results: `applies`, one for each assumption, two for each quantity.
pub fn append_results(
    rows: &Row,
    count: usize,
    assumptions: &[&str],
    quantities: &[&str],
    fields: &mut Vec<Field>,
    columns: &mut Vec<ArrayRef>,
) {
    let words = |flags: &mut dyn Iterator<Item = Flag>| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(flags.map(Flag::word)))
    };
    fields.push(Field::new("applies", DataType::Utf8, false));
    columns.push(words(&mut (0..count).map(|row| rows.applies(row))));
    for (name, flags) in assumptions.iter().zip(&rows.flags) {
        fields.push(Field::new(*name, DataType::Utf8, false));
        columns.push(words(&mut flags.iter().copied()));
    }
    for ((name, lower), upper) in quantities.iter().zip(&rows.lower).zip(&rows.upper) {
        for (end, values) in [("lower", lower), ("upper", upper)] {
            fields.push(Field::new(format!("{name}_{end}"), DataType::Float64, true));
            let values: Float64Array = values.iter().map(|x| (!x.is_nan()).then_some(*x)).collect();
            columns.push(Arc::new(values));
        }
    }
}
