//! Files of sweeps, read back.
//!
//! Owns: the columns of CSV and Parquet files that [`super::columns`] wrote. Must not know: what is done with them.

use super::columns::Kind;
use crate::diagnostic::{Code, Diagnostic};
use crate::regime::batch::Flag;
use crate::specification::system_words;
use arrow::array::{Array, ArrayRef, Float64Array, Int64Array, StringArray};
use arrow::record_batch::RecordBatch;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;
use std::path::Path;

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// Numbers; NaN where there is none.
    Numbers(Vec<f64>),
    /// Whether something holds.
    Flags(Vec<Flag>),
}

/// The columns of a file, with their names.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// Them, in the order of the file.
    pub columns: Vec<(String, Column)>,
    /// How many rows each has.
    pub rows: usize,
}

/// Reads a file of at most that many rows.
///
/// # Errors
/// It cannot be read, or is no file of a sweep.
pub fn read(path: &Path, most: usize) -> Result<Columns, Diagnostic> {
    let bad = |why: String| Diagnostic::of_path(Code::RegimeUnreadable, path, why);
    let kind = Kind::of(path)?;
    let is_file = std::fs::metadata(path).map_err(|error| bad(system_words(&error)))?.is_file();
    if !is_file {
        return Err(bad("this is not a regular file".into()));
    }
    let columns = match kind {
        Kind::Csv => csv(path, most),
        Kind::Parquet => parquet(path, most),
    };
    let columns = columns.map_err(bad)?;
    if !columns.columns.iter().any(|(name, column)| name == "applies" && matches!(column, Column::Flags(_))) {
        return Err(bad("it is no file of a sweep: it has no column `applies`".into()));
    }
    Ok(columns)
}

fn flag(word: &str) -> Option<Flag> {
    [Flag::Met, Flag::NotMet, Flag::Straddles, Flag::Undecided].into_iter().find(|flag| flag.word() == word)
}

fn too_many(most: usize) -> String {
    format!("it has more than {most} rows: sweep a coarser grid")
}

fn csv(path: &Path, most: usize) -> Result<Columns, String> {
    let mut reader = csv::Reader::from_path(path).map_err(|error| error.to_string())?;
    let names: Vec<String> = reader.headers().map_err(|error| error.to_string())?.iter().map(str::to_owned).collect();
    let mut columns: Vec<Column> = Vec::new();
    let mut rows = 0;
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        if rows == most {
            return Err(too_many(most));
        }
        if rows == 0 {
            // what the first row has says what a column is
            let kind =
                |cell: &str| if flag(cell).is_some() { Column::Flags(Vec::new()) } else { Column::Numbers(Vec::new()) };
            columns = record.iter().map(kind).collect();
        }
        rows += 1;
        for ((cell, column), name) in record.iter().zip(&mut columns).zip(&names) {
            let wrong = || format!("line {}, {name}: `{cell}` is not expected there", rows + 1);
            match column {
                Column::Flags(flags) => flags.push(flag(cell).ok_or_else(wrong)?),
                Column::Numbers(numbers) if cell.is_empty() => numbers.push(f64::NAN),
                Column::Numbers(numbers) => numbers.push(cell.parse().map_err(|_| wrong())?),
            }
        }
    }
    Ok(Columns { columns: names.into_iter().zip(columns).collect(), rows })
}

fn parquet(path: &Path, most: usize) -> Result<Columns, String> {
    let words = |error: &dyn std::fmt::Display| error.to_string();
    let file = File::open(path).map_err(|error| system_words(&error))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| words(&error))?;
    if usize::try_from(builder.metadata().file_metadata().num_rows()).is_ok_and(|rows| rows > most) {
        return Err(too_many(most));
    }
    let mut columns = Columns { columns: Vec::new(), rows: 0 };
    for batch in builder.build().map_err(|error| words(&error))? {
        columns.add(&batch.map_err(|error| words(&error))?)?;
        if columns.rows > most {
            return Err(too_many(most));
        }
    }
    Ok(columns)
}

impl Columns {
    /// Adds the rows of a record batch.
    ///
    /// # Errors
    /// Its columns are not those of a sweep, or not those of the rows before.
    pub fn add(&mut self, batch: &RecordBatch) -> Result<(), String> {
        let schema = batch.schema();
        let names = schema.fields().iter().map(|field| field.name());
        if self.rows == 0 {
            let empty = |array: &ArrayRef| match array.as_any().downcast_ref::<StringArray>() {
                Some(_) => Column::Flags(Vec::new()),
                None => Column::Numbers(Vec::new()),
            };
            self.columns = names.cloned().zip(batch.columns().iter().map(empty)).collect();
        }
        self.rows += batch.num_rows();
        for (array, (name, column)) in batch.columns().iter().zip(&mut self.columns) {
            let any = array.as_any();
            match column {
                // tables may have whole numbers; drawn and compared as doubles
                #[allow(clippy::cast_precision_loss)]
                Column::Numbers(all) if any.is::<Int64Array>() => {
                    let numbers = any.downcast_ref::<Int64Array>().into_iter().flatten();
                    all.extend(numbers.map(|value| value.map_or(f64::NAN, |value| value as f64)));
                }
                Column::Numbers(all) => {
                    let numbers = any.downcast_ref::<Float64Array>();
                    let numbers = numbers.ok_or_else(|| format!("column {name} has neither numbers nor texts"))?;
                    all.extend(numbers.iter().map(|value| value.unwrap_or(f64::NAN)));
                }
                Column::Flags(all) => {
                    let texts = any.downcast_ref::<StringArray>();
                    for text in texts.ok_or_else(|| format!("column {name} changes its kind"))? {
                        let text = text.unwrap_or_default();
                        all.push(flag(text).ok_or_else(|| format!("column {name}: `{text}` is not expected there"))?);
                    }
                }
            }
        }
        Ok(())
    }
}
