//! Regimes that stand in a file: CSV or Parquet, a column for each parameter that varies.
//!
//! Owns: reading parts of such files, where in the file a fault is. Must not know: what a column means
//! ([`crate::regime::batch::records`]), what is done with results.
//!
//! A file is read twice: once to see between which values its columns lie and where its parts begin, once part by part. So
//! memory is bounded by the parts that are computed at a time, and results do not depend on which part is computed when.

use super::columns::Kind;
use super::plan::EVALUATION;
use super::run::{PART, Progress, Regimes};
use crate::diagnostic::{Code, Diagnostic};
use crate::regime::batch::Row;
use crate::regime::batch::records::{Evaluator, Fault, Survey, Worker};
use crate::regime::model::Model;
use crate::regime::value::Value;
use crate::specification::system_words;
use arrow::array::{ArrayRef, StringArray};
use arrow::compute::concat_batches;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::record_batch::RecordBatch;
use boundproof_checker::syntax::ast::Name;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where the parts of a file are.
enum Index {
    /// The position at which each part begins.
    Csv(Vec<csv::Position>),
    /// The first row of each row group, and how many it has.
    Parquet(ArrowReaderMetadata, Vec<(u64, u64)>),
}

/// Some rows of a file.
struct Chunk {
    batch: RecordBatch,
    /// Where each row begins, perhaps after empty lines; none for Parquet.
    places: Vec<csv::Position>,
}

/// A table of regimes with the theorem prepared for it.
pub struct Table<'a> {
    file: Source,
    evaluator: Evaluator<'a>,
    rows: u64,
    digest: String,
}

/// A file that can be read part by part.
struct Source {
    path: PathBuf,
    schema: SchemaRef,
    index: Index,
}

impl<'a> Table<'a> {
    /// Surveys a file; tells how many rows were read.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn survey(
        path: &Path,
        model: &'a Model,
        fixed: &[(Name, Value)],
        theorem_digest: &str,
        progress: Progress<'_>,
    ) -> Result<Table<'a>, Diagnostic> {
        let unreadable = |why: String| Diagnostic::of_path(Code::RegimeUnreadable, path, why);
        let kind = Kind::of(path)?;
        if !std::fs::metadata(path).map_err(|error| unreadable(system_words(&error)))?.is_file() {
            return Err(unreadable("this is not a regular file".into()));
        }
        let digest = digest(path, fixed, theorem_digest).map_err(unreadable)?;
        let mut file = Source::open(path, kind).map_err(unreadable)?;
        let mut survey = Survey::new(model, file.schema.clone(), fixed).map_err(|fault| file.located(fault, 0, &[]))?;
        file.each(&mut |source, chunk| {
            let before = survey.rows();
            survey.add(&chunk.batch).map_err(|fault| source.located(fault, before, &chunk.places))?;
            progress(chunk.batch.num_rows() as u64);
            Ok(())
        })?;
        let rows = survey.rows();
        let evaluator = survey.finish().map_err(|fault| {
            // the line of a row that was seen long ago: read its part again
            let part = fault.row.map(|row| row / PART * PART);
            let chunk = part.and_then(|from| file.part(from, (from + PART).min(rows)).ok());
            file.located(fault, part.unwrap_or(0), chunk.as_ref().map_or(&[], |chunk| &chunk.places))
        })?;
        Ok(Table { file, evaluator, rows, digest })
    }

    fn chunk(&self, from: u64, to: u64) -> Result<Chunk, Diagnostic> {
        let unreadable = |why: String| Diagnostic::of_path(Code::RegimeUnreadable, &self.file.path, why);
        let chunk = self.file.part(from, to).map_err(unreadable)?;
        if chunk.batch.num_rows() as u64 == to - from {
            return Ok(chunk);
        }
        Err(unreadable("it has changed since the sweep began".into()))
    }

    fn fault(&self, fault: Fault, from: u64, chunk: &Chunk) -> Diagnostic {
        let row = fault.row.map(|row| from + row);
        self.file.located(Fault { row, ..fault }, from, &chunk.places)
    }
}

/// What identifies the theorem, the values that are fixed and the bytes of the file.
fn digest(path: &Path, fixed: &[(Name, Value)], theorem_digest: &str) -> Result<String, String> {
    let mut hash = Sha256::new();
    hash.update(format!("{EVALUATION}\ntable\n{theorem_digest}").as_bytes());
    for (name, value) in fixed {
        hash.update(format!("\n{name} {} {}", value.lower, value.upper).as_bytes());
    }
    let mut file = File::open(path).map_err(|error| system_words(&error))?;
    let mut room = vec![0; 1 << 16];
    loop {
        match file.read(&mut room).map_err(|error| system_words(&error))? {
            0 => break,
            count => hash.update(&room[..count]),
        }
    }
    Ok(hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect())
}

fn words(error: impl std::fmt::Display) -> String {
    error.to_string()
}

impl Source {
    fn open(path: &Path, kind: Kind) -> Result<Source, String> {
        match kind {
            Kind::Csv => {
                let mut reader = rows(path)?;
                let mut header = csv::StringRecord::new();
                if !reader.read_record(&mut header).map_err(words)? {
                    return Err("it is empty: a header with the names of parameters is needed".into());
                }
                let fields: Vec<Field> = header
                    .iter()
                    .map(|name| Field::new(name.trim_start_matches('\u{feff}'), DataType::Utf8, false))
                    .collect();
                let schema = Arc::new(Schema::new(fields));
                Ok(Source { path: path.to_owned(), schema, index: Index::Csv(Vec::new()) })
            }
            Kind::Parquet => {
                let file = File::open(path).map_err(|error| system_words(&error))?;
                let metadata = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()).map_err(words)?;
                let mut from = 0;
                let mut groups = Vec::new();
                for group in metadata.metadata().row_groups() {
                    let rows = u64::try_from(group.num_rows()).map_err(words)?;
                    groups.push((from, rows));
                    from += rows;
                }
                let schema = metadata.schema().clone();
                Ok(Source { path: path.to_owned(), schema, index: Index::Parquet(metadata, groups) })
            }
        }
    }

    /// Reads all parts in order and notes where they begin.
    fn each(&mut self, take: &mut dyn FnMut(&Source, &Chunk) -> Result<(), Diagnostic>) -> Result<(), Diagnostic> {
        let path = self.path.clone();
        let unreadable = |why: String| Diagnostic::of_path(Code::RegimeUnreadable, &path, why);
        if let Index::Parquet(_, groups) = &self.index {
            let rows = groups.last().map_or(0, |(from, rows)| from + rows);
            for from in (0..rows).step_by(PART as usize) {
                let chunk = self.part(from, (from + PART).min(rows)).map_err(unreadable)?;
                take(self, &chunk)?;
            }
            return Ok(());
        }
        let mut reader = rows(&path).map_err(unreadable)?;
        reader.read_record(&mut csv::StringRecord::new()).map_err(|error| unreadable(words(error)))?;
        loop {
            let (chunk, position) = some_rows(&mut reader, &self.schema, PART).map_err(unreadable)?;
            let Some(position) = position else { return Ok(()) };
            if let Index::Csv(starts) = &mut self.index {
                starts.push(position);
            }
            take(self, &chunk)?;
        }
    }

    /// The rows between two places in one part.
    fn part(&self, from: u64, to: u64) -> Result<Chunk, String> {
        match &self.index {
            _ if from == to => Ok(Chunk { batch: RecordBatch::new_empty(self.schema.clone()), places: Vec::new() }),
            Index::Csv(starts) => {
                let mut reader = rows(&self.path)?;
                let part = usize::try_from(from / PART).map_err(words)?;
                let start = starts.get(part).ok_or("there is no such part")?;
                reader.seek(start.clone()).map_err(words)?;
                Ok(some_rows(&mut reader, &self.schema, to - from)?.0)
            }
            Index::Parquet(metadata, groups) => {
                let file = File::open(&self.path).map_err(|error| system_words(&error))?;
                let touched = |(start, rows): &(u64, u64)| *start < to && from < start + rows;
                let wanted: Vec<usize> =
                    groups.iter().enumerate().filter(|(_, group)| touched(group)).map(|(number, _)| number).collect();
                let first = wanted.first().map_or(0, |group| groups[*group].0);
                let size = |rows: u64| usize::try_from(rows).map_err(words);
                let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata.clone())
                    .with_row_groups(wanted)
                    .with_offset(size(from - first)?)
                    .with_limit(size(to - from)?)
                    .with_batch_size(size(to - from)?)
                    .build()
                    .map_err(words)?;
                let batches: Vec<RecordBatch> = reader.collect::<Result<_, _>>().map_err(words)?;
                let batch = concat_batches(&self.schema, &batches).map_err(words)?;
                Ok(Chunk { batch, places: Vec::new() })
            }
        }
    }

    /// The line at which a row begins.
    fn line(&self, place: &csv::Position) -> Option<u64> {
        let mut file = File::open(&self.path).ok()?;
        file.seek(SeekFrom::Start(place.byte())).ok()?;
        let bytes = std::io::BufReader::new(file).bytes().map_while(Result::ok);
        let empty = bytes.take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|byte| *byte == b'\n');
        Some(place.line() + empty.count() as u64)
    }

    /// The message for a fault in a row of the file, some of whose places are known: those from row `first` on.
    fn located(&self, fault: Fault, first: u64, places: &[csv::Position]) -> Diagnostic {
        let mut place = String::new();
        if let Some(row) = fault.row {
            let known = row.checked_sub(first).and_then(|at| places.get(usize::try_from(at).ok()?));
            place += &match known.and_then(|known| self.line(known)) {
                Some(line) => format!("row {} (line {line})", row + 1),
                None => format!("row {}", row + 1),
            };
        }
        if let (Some(column), Some(_)) = (&fault.column, fault.row) {
            place += &format!(", column {column}: ");
        } else if let Some(column) = &fault.column {
            place += &format!("column {column}: ");
        } else if fault.row.is_some() {
            place += ": ";
        }
        let code = if fault.row.is_some() { Code::BadValue } else { Code::RegimeUnreadable };
        let diagnostic = Diagnostic::of_path(code, &self.path, format!("{place}{}", fault.message));
        match fault.help {
            Some(help) => diagnostic.with_help(&help),
            None => diagnostic,
        }
    }
}

/// A reader of the records of a CSV file, the header being the first of them.
fn rows(path: &Path) -> Result<csv::Reader<File>, String> {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).trim(csv::Trim::All);
    builder.from_path(path).map_err(words)
}

/// Up to that many rows from where the reader is, and the position of the first.
fn some_rows(
    reader: &mut csv::Reader<File>,
    schema: &SchemaRef,
    most: u64,
) -> Result<(Chunk, Option<csv::Position>), String> {
    let names = schema.fields();
    let mut cells: Vec<Vec<String>> = vec![Vec::new(); names.len()];
    let mut places: Vec<csv::Position> = Vec::new();
    let mut record = csv::StringRecord::new();
    while (places.len() as u64) < most && reader.read_record(&mut record).map_err(words)? {
        let place = record.position().cloned().unwrap_or_else(csv::Position::new);
        if record.len() != names.len() {
            let quote = if record.len() > names.len() { "; an interval is quoted, as in 1,\"[2, 3]\",4" } else { "" };
            let (line, cells) = (place.line(), record.len());
            return Err(format!("the row at line {line} has {cells} cells, and the header has {}{quote}", names.len()));
        }
        cells.iter_mut().zip(&record).for_each(|(column, cell)| column.push(cell.to_owned()));
        places.push(place);
    }
    let first = places.first().cloned();
    let columns = cells.into_iter().map(|cells| Arc::new(StringArray::from(cells)) as ArrayRef).collect();
    let batch = RecordBatch::try_new(schema.clone(), columns).map_err(words)?;
    Ok((Chunk { batch, places }, first))
}

impl Regimes for Table<'_> {
    type Worker<'r>
        = Worker<'r>
    where
        Self: 'r;

    fn count(&self) -> u64 {
        self.rows
    }

    fn digest(&self) -> &str {
        &self.digest
    }

    fn quantities(&self) -> Vec<&str> {
        self.evaluator.quantities()
    }

    fn task(&self) -> u64 {
        // a part is what can be found in the file
        PART
    }

    fn worker(&self) -> Worker<'_> {
        self.evaluator.worker()
    }

    fn results<'w>(&self, worker: &'w mut Worker<'_>, from: u64, to: u64) -> Result<&'w Row, Diagnostic> {
        let chunk = self.chunk(from, to)?;
        self.evaluator.rows(worker, &chunk.batch).map_err(|fault| self.fault(fault, from, &chunk))
    }

    fn batch(&self, worker: &mut Worker<'_>, kind: Kind, from: u64, to: u64) -> Result<RecordBatch, Diagnostic> {
        let chunk = self.chunk(from, to)?;
        let results = match kind {
            // as it was written
            Kind::Csv => self.evaluator.evaluate(worker, &chunk.batch),
            Kind::Parquet => self.evaluator.evaluate_as_doubles(worker, &chunk.batch),
        };
        results.map_err(|fault| self.fault(fault, from, &chunk))
    }
}
