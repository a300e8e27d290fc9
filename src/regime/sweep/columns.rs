//! Results as Arrow record batches, and files of them.
//!
//! Owns: everything that touches arrow, parquet and csv. Must not know: plans beyond their axes, tables. The last of a file's
//! columns are, for each quantity q, `q_lower` and `q_upper`: absent where it has no value.

use super::grid::Grid;
use crate::diagnostic::{Code, Diagnostic};
use crate::regime::batch::Row;
use crate::regime::batch::records::append_results;
use arrow::array::{ArrayRef, Float64Array, Int64Array, StringArray};
use arrow::datatypes::{DataType, Field, Schema};
use arrow::record_batch::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;
use std::fs::File;
use std::io::{BufRead, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The kinds of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Comma-separated values, with a header.
    Csv,
    /// Parquet, one row group a part.
    Parquet,
}

impl Kind {
    /// By the end of the name.
    ///
    /// # Errors
    /// It is neither `.csv` nor `.parquet`.
    pub fn of(path: &Path) -> Result<Kind, Diagnostic> {
        match path.extension().and_then(|e| e.to_str()) {
            Some("csv") => Ok(Kind::Csv),
            Some("parquet") => Ok(Kind::Parquet),
            _ => {
                let message = "the kind of the file is not known".to_owned();
                Err(Diagnostic::of_path(Code::FileUnwritable, path, message).with_help("name a .csv or .parquet file"))
            }
        }
    }
}

/// The rows from `from` on, as a record batch.
///
/// # Errors
/// The columns do not fit together: a defect.
pub fn batch(grid: &Grid<'_>, from: u64, rows: &Row) -> Result<RecordBatch, String> {
    let count = rows.flags.first().map(Vec::len).or(rows.lower.first().map(Vec::len)).unwrap_or(0);
    let (mut fields, mut columns): (Vec<Field>, Vec<ArrayRef>) = (Vec::new(), Vec::new());
    for (number, (axis, shown)) in grid.plan.axes.iter().zip(grid.shown()).enumerate() {
        let column = |ends: &[f64]| -> ArrayRef {
            Arc::new(Float64Array::from_iter_values(grid.along(number, from, count).map(|place| ends[place])))
        };
        match &shown.upper {
            None => {
                fields.push(Field::new(&*axis.name, DataType::Float64, false));
                columns.push(column(&shown.lower));
            }
            Some(upper) => {
                fields.push(Field::new(format!("{}_lower", axis.name), DataType::Float64, false));
                fields.push(Field::new(format!("{}_upper", axis.name), DataType::Float64, false));
                columns.extend([column(&shown.lower), column(upper)]);
            }
        }
    }
    append_results(rows, count, &grid.assumptions(), &grid.quantities(), &mut fields, &mut columns);
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).map_err(|error| error.to_string())
}

/// Writes one part, beside its place and then renamed. Parts of CSV have no header: [`joined`] writes it.
///
/// # Errors
/// The system's reason.
pub fn write_part(kind: Kind, path: &Path, batch: &RecordBatch) -> Result<(), Diagnostic> {
    atomically(path, |file| match kind {
        Kind::Csv => csv_rows(file, batch),
        Kind::Parquet => {
            let mut properties = WriterProperties::builder()
                .set_compression(Compression::SNAPPY)
                .set_created_by("boundproof".into())
                .set_max_row_group_row_count(Some(batch.num_rows().max(1)));
            // the ends of quantities are all different: a dictionary of them costs time and room
            for field in batch.schema().fields().iter().filter(|field| field.is_nullable()) {
                properties = properties.set_column_dictionary_enabled(ColumnPath::from(field.name().as_str()), false);
            }
            let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties.build())).map_err(words)?;
            writer.write(batch).map_err(words)?;
            writer.close().map_err(words)?;
            Ok(())
        }
    })
}

fn csv_rows(file: &mut File, batch: &RecordBatch) -> Result<(), String> {
    let mut writer = csv::WriterBuilder::new().from_writer(BufWriter::new(file));
    for row in 0..batch.num_rows() {
        for column in batch.columns() {
            let any = column.as_any();
            let text = if column.is_null(row) {
                String::new()
            } else if let Some(numbers) = any.downcast_ref::<Float64Array>() {
                // the shortest decimal that reads back as the same double
                format!("{:?}", numbers.value(row))
            } else if let Some(numbers) = any.downcast_ref::<Int64Array>() {
                numbers.value(row).to_string()
            } else {
                any.downcast_ref::<StringArray>().map(|texts| texts.value(row).to_owned()).unwrap_or_default()
            };
            writer.write_field(text).map_err(words)?;
        }
        writer.write_record(None::<&[u8]>).map_err(words)?;
    }
    writer.flush().map_err(words)
}

fn words(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Writes a file from parts in their order. `headed`: whether parts of CSV begin with a header, as finished files do.
///
/// # Errors
/// A part that cannot be read, or the system's reason.
pub fn joined(kind: Kind, path: &Path, parts: &[PathBuf], header: &str, headed: Headed) -> Result<(), Diagnostic> {
    atomically(path, |file| match kind {
        Kind::Csv => {
            let mut out = BufWriter::new(file);
            writeln!(out, "{header}").map_err(words)?;
            for part in parts {
                let mut text = String::new();
                File::open(part).and_then(|mut f| f.read_to_string(&mut text)).map_err(words)?;
                let rows = match headed {
                    Headed::No => text.as_str(),
                    Headed::Yes => text.split_once('\n').map_or("", |(_, rows)| rows),
                };
                out.write_all(rows.as_bytes()).map_err(words)?;
            }
            out.flush().map_err(words)
        }
        Kind::Parquet => {
            let Some(first) = parts.first() else { return Err("there is no part".into()) };
            let open = |part: &PathBuf| SerializedFileReader::new(File::open(part).map_err(words)?).map_err(words);
            let metadata = open(first)?.metadata().file_metadata().clone();
            let properties = WriterProperties::builder()
                .set_created_by("boundproof".into())
                .set_key_value_metadata(metadata.key_value_metadata().cloned())
                .build();
            let schema = metadata.schema_descr().root_schema_ptr();
            let mut writer = SerializedFileWriter::new(file, schema, Arc::new(properties)).map_err(words)?;
            for part in parts {
                let reader = open(part)?;
                let source = File::open(part).map_err(words)?;
                for group in reader.metadata().row_groups() {
                    let mut out = writer.next_row_group().map_err(words)?;
                    for column in group.columns() {
                        let result = parquet::column::writer::ColumnCloseResult {
                            bytes_written: u64::try_from(column.compressed_size()).map_err(words)?,
                            rows_written: u64::try_from(group.num_rows()).map_err(words)?,
                            metadata: column.clone(),
                            bloom_filter: None,
                            column_index: None,
                            offset_index: None,
                        };
                        out.append_column(&source, result).map_err(words)?;
                    }
                    out.close().map_err(words)?;
                }
            }
            writer.close().map_err(words)?;
            Ok(())
        }
    })
}

/// The names of the columns of a finished file.
///
/// # Errors
/// Why it cannot be read.
pub fn first_line(kind: Kind, path: &Path) -> Result<String, String> {
    let mut file = File::open(path).map_err(words)?;
    match kind {
        Kind::Csv => {
            let mut line = String::new();
            std::io::BufReader::new(&mut file).read_line(&mut line).map_err(words)?;
            Ok(line.trim_end().to_owned())
        }
        Kind::Parquet => {
            let reader = SerializedFileReader::new(file).map_err(words)?;
            let schema = reader.metadata().file_metadata().schema_descr();
            Ok(schema.columns().iter().map(|column| column.name().to_owned()).collect::<Vec<_>>().join(","))
        }
    }
}

/// Whether files of CSV begin with a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Headed {
    /// They do.
    Yes,
    /// They do not.
    No,
}

/// The names of the columns, as a line.
#[must_use]
pub fn header(batch: &RecordBatch) -> String {
    let quoted = |name: &str| {
        if name.contains([',', '"']) { format!("\"{}\"", name.replace('"', "\"\"")) } else { name.to_owned() }
    };
    batch.schema().fields().iter().map(|field| quoted(field.name())).collect::<Vec<_>>().join(",")
}

/// Lets `write` fill a file beside the place, then renames it.
fn atomically(path: &Path, write: impl FnOnce(&mut File) -> Result<(), String>) -> Result<(), Diagnostic> {
    let failed = |why: String| Diagnostic::of_path(Code::FileUnwritable, path, why);
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".part-{}", std::process::id()));
    let beside = PathBuf::from(beside);
    let written = File::create(&beside)
        .map_err(words)
        .and_then(|mut file| write(&mut file).and_then(|()| file.sync_all().map_err(words)))
        .and_then(|()| std::fs::rename(&beside, path).map_err(words));
    written.map_err(|why| {
        // the part that was written is of no use
        let _ = std::fs::remove_file(&beside);
        failed(why)
    })
}
