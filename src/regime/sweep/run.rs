//! A sweep from its plan to its file: part after part, so that it can be interrupted at any moment and resumed.
//!
//! Owns: parts and where they lie, shards, the summary. Must not know: what is in a column.
//!
//! A part is a file that is written beside its place and renamed, in a directory that carries the plan's digest. A run
//! computes the parts that are not there; when all are, they are joined, and the directory goes. So a run that is killed
//! loses at most the part that it was computing, and what is written in the end does not depend on how often it was.

use super::columns::{self, Headed, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::regime::batch::{Flag, Row};
use crate::specification::system_words;
use arrow::record_batch::RecordBatch;
use rayon::prelude::*;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Rows in a part. Each core has one in memory.
pub const PART: u64 = 1 << 16;

/// Regimes that are swept: a grid, or a table.
pub trait Regimes: Sync {
    /// What one thread needs. It keeps its room from part to part.
    type Worker<'r>
    where
        Self: 'r;

    /// How many rows it has.
    fn count(&self) -> u64;

    /// What identifies it, together with the theorem.
    fn digest(&self) -> &str;

    /// The names of the quantities in the results.
    fn quantities(&self) -> Vec<&str>;

    /// How many rows are best summed up at a time; a divisor of [`PART`].
    fn task(&self) -> u64;

    /// What a thread needs.
    fn worker(&self) -> Self::Worker<'_>;

    /// The results of some rows.
    ///
    /// # Errors
    /// Why they cannot be read.
    fn results<'w>(&self, worker: &'w mut Self::Worker<'_>, from: u64, to: u64) -> Result<&'w Row, Diagnostic>;

    /// Their parameters and results, as they are to be written into a file of that kind.
    ///
    /// # Errors
    /// Why they cannot be read.
    fn batch(&self, worker: &mut Self::Worker<'_>, kind: Kind, from: u64, to: u64) -> Result<RecordBatch, Diagnostic>;
}

/// Which parts a run is to compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    pub number: u64,
    /// Of how many.
    pub of: u64,
}

impl Shard {
    /// Everything.
    pub const WHOLE: Shard = Shard { number: 1, of: 1 };

    /// The parts of the shard, among that many: a range, so that shards joined in their order are the whole.
    #[must_use]
    pub fn parts(self, all: u64) -> std::ops::Range<u64> {
        let start =
            |number: u64| u64::try_from(u128::from(all) * u128::from(number) / u128::from(self.of)).unwrap_or(all);
        start(self.number - 1)..start(self.number)
    }
}

/// What a sweep came to.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// How many regimes.
    pub regimes: u64,
    /// At how many the theorem applies.
    pub applies: u64,
    /// At how many it does not.
    pub not: u64,
    /// At how many to a part of the values only.
    pub straddles: u64,
    /// At how many that was not decided.
    pub undecided: u64,
    /// For each quantity, where the theorem applies: the least lower and the greatest upper end.
    pub ranges: Vec<(String, Option<(f64, f64)>)>,
}

impl Summary {
    fn new(names: &[&str]) -> Summary {
        Summary { ranges: names.iter().map(|name| ((*name).to_owned(), None)).collect(), ..Summary::default() }
    }

    /// Both together; the order does not matter.
    fn with(mut self, other: Summary) -> Summary {
        self.regimes += other.regimes;
        self.applies += other.applies;
        self.not += other.not;
        self.straddles += other.straddles;
        self.undecided += other.undecided;
        for ((_, range), (_, more)) in self.ranges.iter_mut().zip(other.ranges) {
            *range = match (*range, more) {
                (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
                (one, other) => one.or(other),
            };
        }
        self
    }

    fn add(&mut self, rows: &Row, count: usize) {
        self.regimes += count as u64;
        let flags: Vec<Flag> = (0..count).map(|row| rows.applies(row)).collect();
        for flag in &flags {
            *match flag {
                Flag::Met => &mut self.applies,
                Flag::NotMet => &mut self.not,
                Flag::Straddles => &mut self.straddles,
                Flag::Undecided => &mut self.undecided,
            } += 1;
        }
        for ((_, range), (lower, upper)) in self.ranges.iter_mut().zip(rows.lower.iter().zip(&rows.upper)) {
            for (flag, (low, high)) in flags.iter().zip(lower.iter().zip(upper)) {
                if *flag == Flag::Met && !low.is_nan() {
                    *range = Some(range.map_or((*low, *high), |(a, b)| (a.min(*low), b.max(*high))));
                }
            }
        }
    }
}

/// Is told how many rows are done.
pub type Progress<'a> = &'a (dyn Fn(u64) + Sync);

/// A sweep to a file, or to a summary only.
pub struct Run<'a, R> {
    /// What is computed.
    pub regimes: &'a R,
    /// Which parts of it.
    pub shard: Shard,
}

impl<R: Regimes> Run<'_, R> {
    fn all(&self) -> (u64, u64) {
        let rows = self.regimes.count();
        (rows, rows.div_ceil(PART))
    }

    /// How many rows the shard has.
    #[must_use]
    pub fn rows(&self) -> u64 {
        let (rows, parts) = self.all();
        let range = self.shard.parts(parts);
        (range.end * PART).min(rows) - (range.start * PART).min(rows)
    }

    /// Sums up without writing, on all cores.
    ///
    /// # Errors
    /// What could not be read.
    pub fn summary(&self, progress: Progress<'_>) -> Result<Summary, Diagnostic> {
        let (rows, parts) = self.all();
        let range = self.shard.parts(parts);
        let (from, to) = ((range.start * PART).min(rows), (range.end * PART).min(rows));
        let none = || Summary::new(&self.regimes.quantities());
        let size = self.regimes.task();
        let tasks = (to - from).div_ceil(size);
        let summed = (0..tasks).into_par_iter().map_init(
            || self.regimes.worker(),
            |worker, task| {
                let (start, end) = (from + task * size, (from + (task + 1) * size).min(to));
                let mut summary = none();
                let results = self.regimes.results(worker, start, end)?;
                summary.add(results, usize::try_from(end - start).unwrap_or(0));
                progress(end - start);
                Ok(summary)
            },
        );
        summed.try_reduce(none, |one, other| Ok(one.with(other)))
    }

    /// Computes what is missing and writes the file; gives how many rows were there from an earlier run.
    ///
    /// # Errors
    /// What could not be read or written.
    pub fn write(&self, path: &Path, progress: Progress<'_>) -> Result<u64, Diagnostic> {
        let kind = Kind::of(path)?;
        let (rows, parts) = self.all();
        let directory = self.directory(path);
        std::fs::create_dir_all(&directory)
            .map_err(|error| Diagnostic::of_path(Code::FileUnwritable, &directory, system_words(&error)))?;
        let name = |part: u64| directory.join(format!("{part:012}"));
        let ends = |part: u64| (part * PART, ((part + 1) * PART).min(rows));
        let (there, missing): (Vec<u64>, Vec<u64>) = self.shard.parts(parts).partition(|part| name(*part).exists());
        let found: u64 = there.iter().map(|part| ends(*part).1 - ends(*part).0).sum();
        progress(found);
        missing.into_par_iter().with_max_len(1).try_for_each_init(
            || self.regimes.worker(),
            |worker, part| {
                let (from, to) = ends(part);
                let batch = self.regimes.batch(worker, kind, from, to)?;
                columns::write_part(kind, &name(part), &batch)?;
                progress(to - from);
                Ok(())
            },
        )?;
        let mut names: Vec<PathBuf> = self.shard.parts(parts).map(name).collect();
        let empty = self.regimes.batch(&mut self.regimes.worker(), kind, 0, 0)?;
        if names.is_empty() {
            // a shard without rows is a file without rows
            let name = directory.join("none");
            columns::write_part(kind, &name, &empty)?;
            names.push(name);
        }
        columns::joined(kind, path, &names, &columns::header(&empty), Headed::No)?;
        std::fs::remove_dir_all(&directory)
            .map_err(|error| Diagnostic::of_path(Code::FileUnwritable, &directory, system_words(&error)))?;
        Ok(found)
    }

    /// Where the parts of this plan and shard lie until they are joined.
    fn directory(&self, path: &Path) -> PathBuf {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".parts-{}", self.regimes.digest()));
        PathBuf::from(name)
    }
}

/// Joins the files of shards, in the order given.
///
/// # Errors
/// Files of different kinds, or with different columns, or what could not be read or written.
pub fn merge(out: &Path, shards: &[PathBuf]) -> Result<(), Diagnostic> {
    let kind = Kind::of(out)?;
    let mut header: Option<String> = None;
    for shard in shards {
        let unlike = |why: &str| Diagnostic::of_path(Code::RegimeUnreadable, shard, why.to_owned());
        if Kind::of(shard)? != kind {
            return Err(unlike("it is of another kind than the file that is to be written"));
        }
        let first = columns::first_line(kind, shard).map_err(|why| unlike(&why))?;
        match &header {
            Some(known) if *known != first => return Err(unlike("it has other columns than the first file")),
            _ => header = Some(first),
        }
    }
    columns::joined(kind, out, shards, &header.unwrap_or_default(), Headed::Yes)
}
