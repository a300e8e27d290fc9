//! What is learned of record batches before a program is made for them.
//!
//! Owns: which column gives which parameter, what the cells of each have in common ([`Survey`]), what can be wrong with a batch
//! ([`Fault`]). Must not know: results, files, threads.

use super::cells::{Cell, Cells};
use super::outcome::Batch;
use super::program::{Form, Input};
use super::records::Evaluator;
use crate::regime::model::Model;
use crate::regime::point::answer::nearest;
use crate::regime::value::{self, Value};
use arrow::datatypes::{DataType, SchemaRef};
use arrow::record_batch::RecordBatch;
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_kernels::kernels;

/// What is wrong with a batch, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The row, from 0: of the batch, or of all that were surveyed.
    pub row: Option<u64>,
    /// The column.
    pub column: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What can be done about it.
    pub help: Option<String>,
}

impl Fault {
    pub(super) fn whole(message: String) -> Fault {
        Fault { row: None, column: None, message, help: None }
    }

    pub(super) fn at(row: u64, column: String, message: String) -> Fault {
        Fault { row: Some(row), column: Some(column), message, help: None }
    }
}

/// Where a parameter has its values.
#[derive(Clone, Debug)]
pub(super) enum Source {
    Fixed(Value),
    /// The places of its columns.
    Columns(usize, Option<usize>),
}

/// What the cells of a parameter have in common.
#[derive(Clone, Debug)]
pub(super) struct Known {
    form: Form,
    /// Between which doubles they lie.
    pub range: (f64, f64),
    /// The cells with the least and the greatest value, and their rows.
    pub extremes: Option<[(Cell, u64); 2]>,
    /// Whether each is a single number.
    pub points: bool,
}

impl Known {
    fn nothing() -> Known {
        Known { form: Form::Exact, range: (f64::INFINITY, f64::NEG_INFINITY), extremes: None, points: true }
    }

    fn take(&mut self, cell: &Cell, row: u64) {
        self.points &= cell.is_point();
        self.form = match (self.form, cell.form()) {
            (Form::Interval, _) | (_, Form::Interval) => Form::Interval,
            (Form::Nearest, _) | (_, Form::Nearest) => Form::Nearest,
            _ => Form::Exact,
        };
        // not strictly between: a first cell is neither
        if cell.lo > self.range.0 && cell.hi < self.range.1 {
            return;
        }
        self.range = (self.range.0.min(cell.lo), self.range.1.max(cell.hi));
        let Some([least, most]) = &mut self.extremes else {
            self.extremes = Some([(cell.clone(), row), (cell.clone(), row)]);
            return;
        };
        // rationals are made for the few cells that may be extremes and differ from those that are
        if *cell != least.0 && cell.lo <= least.0.lo && cell.ends().0 < least.0.ends().0 {
            *least = (cell.clone(), row);
        }
        if *cell != most.0 && cell.hi >= most.0.hi && cell.ends().1 > most.0.ends().1 {
            *most = (cell.clone(), row);
        }
    }

    /// The least and the greatest value.
    pub fn ends(&self) -> (Rational, Rational) {
        self.extremes.as_ref().map(|[least, most]| (least.0.ends().0, most.0.ends().1)).unwrap_or_default()
    }

    /// Whether a program that was made for these cells is right for that one.
    pub fn suits(&self, cell: &Cell) -> bool {
        let form = match self.form {
            Form::Exact => cell.form() == Form::Exact,
            Form::Nearest => cell.form() != Form::Interval,
            Form::Interval => true,
        };
        form && cell.lo >= self.range.0 && cell.hi <= self.range.1
    }
}

/// What is learned of batches before a program is made for them.
pub struct Survey<'a> {
    model: &'a Model,
    schema: SchemaRef,
    /// By variable of the theorem.
    sources: Vec<Source>,
    known: Vec<Known>,
    rows: u64,
}

impl<'a> Survey<'a> {
    /// For batches with these columns, which are parameters of the theorem; the others are fixed.
    ///
    /// # Errors
    /// A column that is no parameter, a parameter without a value or with two.
    pub fn new(model: &'a Model, schema: SchemaRef, fixed: &[(Name, Value)]) -> Result<Survey<'a>, Fault> {
        let parameters: Vec<&str> = model.variables().iter().map(|v| &*v.name).collect();
        let is_parameter = |name: &str| value::name(name).ok().filter(|name| parameters.contains(&&**name));
        // which parameter a column belongs to, and whether it has the upper ends
        let owner = |column: &str| -> Option<(Name, Option<bool>)> {
            if let Some(name) = is_parameter(column) {
                return Some((name, None));
            }
            let ends = [("_lower", false), ("_upper", true)];
            ends.iter().find_map(|(end, upper)| Some((is_parameter(column.strip_suffix(end)?)?, Some(*upper))))
        };
        let mut owned: Vec<(Name, Option<bool>, usize)> = Vec::new();
        for (place, field) in schema.fields().iter().enumerate() {
            let Some((name, end)) = owner(field.name()) else {
                let near = nearest(field.name(), parameters.iter().copied());
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("its parameters are {}", parameters.join(", ")),
                };
                let message = format!("theorem `{}` has no parameter `{}`", model.name, field.name());
                return Err(Fault { column: Some(field.name().clone()), help: Some(help), ..Fault::whole(message) });
            };
            owned.push((name, end, place));
        }
        for (name, _) in fixed {
            if !parameters.contains(&&**name) {
                let message = format!("theorem `{}` has no parameter `{name}`", model.name);
                let help = Some(format!("its parameters are {}", parameters.join(", ")));
                return Err(Fault { help, ..Fault::whole(message) });
            }
        }
        let mut sources = Vec::new();
        let mut missing: Vec<&str> = Vec::new();
        for name in &parameters {
            let places = |end: Option<bool>| -> Vec<usize> {
                owned.iter().filter(|(n, e, _)| **n == **name && *e == end).map(|(.., place)| *place).collect()
            };
            let fixed = fixed.iter().find(|(n, _)| **n == **name).map(|(_, value)| value);
            let found = (places(None), places(Some(false)), places(Some(true)));
            match (found.0.as_slice(), found.1.as_slice(), found.2.as_slice(), fixed) {
                ([], [], [], None) => missing.push(name),
                ([], [], [], Some(value)) => sources.push(Source::Fixed(value.clone())),
                ([place], [], [], None) => sources.push(Source::Columns(*place, None)),
                ([], [lower], [upper], None) => sources.push(Source::Columns(*lower, Some(*upper))),
                ([], [_], [], None) | ([], [], [_], None) => {
                    return Err(Fault::whole(format!("`{name}_lower` and `{name}_upper` are needed together")));
                }
                _ => {
                    let help = Some("give it one column, or a lower and an upper one, or a fixed value".into());
                    return Err(Fault { help, ..Fault::whole(format!("`{name}` is given twice")) });
                }
            }
        }
        if !missing.is_empty() {
            let help = Some("add columns, or fix values with --at or in [fixed] of a plan".into());
            return Err(Fault { help, ..Fault::whole(format!("no value is given for {}", missing.join(", "))) });
        }
        let known = vec![Known::nothing(); sources.len()];
        let mut survey = Survey { model, schema, sources, known, rows: 0 };
        for at in 0..survey.sources.len() {
            if let Source::Fixed(value) = &survey.sources[at] {
                let cell = Cell::of(value);
                natural(model, at, &cell, &value.written).map_err(Fault::whole)?;
                survey.known[at].take(&cell, 0);
            }
        }
        Ok(survey)
    }

    /// Looks at the cells of a batch.
    ///
    /// # Errors
    /// The first cell that has no value.
    pub fn add(&mut self, batch: &RecordBatch) -> Result<(), Fault> {
        same(&self.schema, batch)?;
        for (at, source) in self.sources.iter().enumerate() {
            let Source::Columns(lower, upper) = source else { continue };
            let cells = Cells::of(batch, (*lower, *upper)).map_err(|(place, why)| self.column_fault(place, why))?;
            for row in 0..batch.num_rows() {
                let fault = |why: String| Fault::at(self.rows + row as u64, self.column(*lower), why);
                let cell = cells.cell(row).map_err(fault)?;
                natural(self.model, at, &cell, "").map_err(fault)?;
                self.known[at].take(&cell, self.rows + row as u64);
            }
        }
        self.rows += batch.num_rows() as u64;
        Ok(())
    }

    /// How many rows were surveyed.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    fn column(&self, place: usize) -> String {
        self.schema.field(place).name().clone()
    }

    fn column_fault(&self, place: usize, message: String) -> Fault {
        Fault { column: Some(self.column(place)), ..Fault::whole(message) }
    }

    /// Makes the program.
    ///
    /// # Errors
    /// No row was surveyed, or one lies outside the domain of the theorem.
    pub fn finish(self) -> Result<Evaluator<'a>, Fault> {
        if self.rows == 0 {
            return Err(Fault::whole("there is no row".into()));
        }
        let level = |source: &Source| if matches!(source, Source::Fixed(_)) { 1 } else { 2 };
        let input =
            |(source, known): (&Source, &Known)| Input { level: level(source), form: known.form, range: known.range };
        let inputs: Vec<Input> = self.sources.iter().zip(&self.known).map(input).collect();
        let batch = Batch::new(self.model, &inputs, kernels())
            .ok_or_else(|| Fault::whole("this theorem cannot be evaluated".into()))?;
        Evaluator::new(self.model, self.schema, self.sources, self.known, batch)
    }
}

/// Natural parameters have natural values.
pub(super) fn natural(model: &Model, variable: usize, cell: &Cell, written: &str) -> Result<(), String> {
    let variable = &model.variables()[variable];
    if variable.sort != Sort::Nat || cell.is_natural() {
        return Ok(());
    }
    let shown = if written.is_empty() { cell.ends().0.to_string() } else { written.to_owned() };
    Err(format!("{} = {shown} is no natural number", variable.name))
}

/// Batches have the columns for which they were announced.
pub(super) fn same(schema: &SchemaRef, batch: &RecordBatch) -> Result<(), Fault> {
    let own = batch.schema();
    let columns = |schema: &SchemaRef| -> Vec<(String, DataType)> {
        schema.fields().iter().map(|field| (field.name().clone(), field.data_type().clone())).collect()
    };
    if columns(&own) == columns(schema) { Ok(()) } else { Err(Fault::whole("the batch has other columns".into())) }
}
