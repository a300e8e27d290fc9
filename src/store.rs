//! Where certificates are kept: `specs/a/b.spec` has `proofs/a/b.cert`, and `proofs/LEDGER` lists every verdict.
//!
//! Owns: that layout, finding specifications, writing files so that no reader ever sees half of one. Must not know: what
//! is in the files.

use crate::diagnostic::{Code, Diagnostic};
use crate::specification::system_words;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The directory that specifications are in.
const SPECS: &str = "specs";
/// The directory that certificates are in.
const PROOFS: &str = "proofs";
/// The file that lists the verdicts.
const LEDGER: &str = "LEDGER";

/// Where a specification stands and where what is known of it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The directory to which its name is relative.
    pub specs: PathBuf,
    /// The directory of its certificate and its ledger.
    pub proofs: PathBuf,
    /// Its name: the path below `specs`, without the extension, with `/` on every system.
    pub name: String,
}

impl Home {
    /// The home of a specification that was found under `given`. Without `proofs`, it has one only if a directory above
    /// it is called `specs`.
    #[must_use]
    pub fn of(spec: &Path, given: &Path, proofs: Option<&Path>) -> Option<Home> {
        let above = |path: &Path| {
            path.ancestors().skip(1).find(|a| a.file_name() == Some(OsStr::new(SPECS))).map(Path::to_path_buf)
        };
        // as it is written if possible: then output does not depend on where the project lies
        let absolute = || spec.canonicalize().ok();
        let (spec, specs) = match above(spec) {
            Some(specs) => (spec.to_path_buf(), Some(specs)),
            None => match absolute().and_then(|absolute| Some((above(&absolute)?, absolute))) {
                Some((specs, absolute)) => (absolute, Some(specs)),
                None => (spec.to_path_buf(), None),
            },
        };
        let specs = match (specs, proofs) {
            (Some(specs), _) => specs,
            (None, None) => return None,
            (None, Some(_)) if given.is_dir() => given.to_path_buf(),
            (None, Some(_)) => spec.parent().map(Path::to_path_buf).unwrap_or_default(),
        };
        let name = spec.strip_prefix(&specs).ok()?.with_extension("");
        let name = name.iter().map(OsStr::to_string_lossy).collect::<Vec<_>>().join("/");
        let proofs = proofs.map_or_else(|| specs.with_file_name(PROOFS), Path::to_path_buf);
        Some(Home { specs, proofs, name })
    }

    /// The file of its certificate.
    #[must_use]
    pub fn certificate(&self) -> PathBuf {
        self.proofs.join(format!("{}.cert", self.name))
    }

    /// The file of its ledger.
    #[must_use]
    pub fn ledger(&self) -> PathBuf {
        self.proofs.join(LEDGER)
    }
}

/// The specifications among `paths`: files as they are, directories with all `*.spec` below them. Each comes with the
/// path under which it was found, in alphabetical order within a directory, and once.
///
/// # Errors
/// The paths that cannot be read, and an error if there is no specification at all.
pub fn find(paths: &[PathBuf]) -> (Vec<(PathBuf, PathBuf)>, Vec<Diagnostic>) {
    let (mut found, mut errors, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for path in paths {
        if !path.is_dir() {
            add(path, path, &mut found, &mut seen);
            continue;
        }
        let before = found.len() + errors.len();
        match files_below(path, "spec") {
            Err(error) => errors.push(error),
            Ok(files) => files.iter().for_each(|file| add(file, path, &mut found, &mut seen)),
        }
        if found.len() + errors.len() == before && seen.is_empty() {
            let message = "there is no *.spec file in this directory or below it".to_owned();
            let error = Diagnostic::of_path(Code::NoSpecifications, path, message);
            errors.push(error.with_help("`boundproof check FILE` takes a single file of any name"));
        }
    }
    (found, errors)
}

fn add(file: &Path, given: &Path, found: &mut Vec<(PathBuf, PathBuf)>, seen: &mut BTreeSet<PathBuf>) {
    let identity = file.canonicalize().unwrap_or_else(|_| file.to_path_buf());
    if seen.insert(identity) {
        found.push((file.to_path_buf(), given.to_path_buf()));
    }
}

/// All files below a directory that end in `.extension`, in alphabetical order; hidden directories are left out, and
/// links to directories are not followed.
///
/// # Errors
/// A directory that cannot be read.
pub fn files_below(directory: &Path, extension: &str) -> Result<Vec<PathBuf>, Diagnostic> {
    let mut files = Vec::new();
    let mut directories = vec![directory.to_path_buf()];
    while let Some(directory) = directories.pop() {
        let unreadable =
            |error: std::io::Error| Diagnostic::of_path(Code::FileUnreadable, &directory, system_words(&error));
        for entry in std::fs::read_dir(&directory).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let path = entry.path();
            if entry.file_type().map_err(unreadable)?.is_dir() {
                if !entry.file_name().as_encoded_bytes().starts_with(b".") {
                    directories.push(path);
                }
            } else if path.extension() == Some(OsStr::new(extension)) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Writes a file beside its place and then renames it, so that it is whole or as it was. A file that already has these
/// bytes is left alone.
///
/// # Errors
/// The system's reason.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    if std::fs::read(path).is_ok_and(|present| present == bytes) {
        return Ok(());
    }
    let failed = |error: std::io::Error| Diagnostic::of_path(Code::FileUnwritable, path, system_words(&error));
    if let Some(directory) = path.parent() {
        std::fs::create_dir_all(directory).map_err(failed)?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".part-{}", std::process::id()));
    let beside = PathBuf::from(beside);
    let written = std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path));
    written.map_err(|error| {
        // the part that was written is of no use
        let _ = std::fs::remove_file(&beside);
        failed(error)
    })
}
