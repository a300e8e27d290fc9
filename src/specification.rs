//! Specification files: from a path to an elaborated document, or to diagnostics.
//!
//! Owns: reading files, with limits. Must not know: provers, certificates, how a diagnostic is shown.

use crate::diagnostic::{Code, Diagnostic, Place};
use boundproof_checker::load::{Files, NoFiles, document};
use boundproof_checker::syntax::ast::{Item, Name};
use boundproof_checker::syntax::parse;
use boundproof_checker::theorem::Document;
use std::io::Read;
use std::path::{Path, PathBuf};

/// No specification may be larger. The language's own limit on texts is smaller; this one bounds what is read at all.
const MOST_BYTES: u64 = 64 << 20;

/// A specification that was read and elaborated.
#[derive(Clone, Debug)]
pub struct Specification {
    /// Where it was read, as given.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// What it states.
    pub document: Document,
    /// The places of the names of its theorems.
    pub theorem_places: Vec<(Name, Place)>,
}

impl Specification {
    /// Reads a file. A `use "path"` in it is relative to the file.
    ///
    /// # Errors
    /// Everything that is wrong with the file, in order of place.
    pub fn load(path: &Path) -> Result<Specification, Vec<Diagnostic>> {
        let bytes = read_file(path).map_err(|diagnostic| vec![diagnostic])?;
        let directory = path.parent().map(Path::to_path_buf).unwrap_or_default();
        Specification::elaborate(path, &bytes, &Beside(directory))
    }

    /// Reads a text that uses no other files. `name` stands in the place of a path.
    ///
    /// # Errors
    /// Everything that is wrong with the text, in order of place.
    pub fn parse(name: &str, text: &str) -> Result<Specification, Vec<Diagnostic>> {
        Specification::elaborate(Path::new(name), text.as_bytes(), &NoFiles)
    }

    fn elaborate(path: &Path, bytes: &[u8], files: &dyn Files) -> Result<Specification, Vec<Diagnostic>> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        match document(bytes, files) {
            Ok(document) => {
                let theorem_places = theorem_places(&text);
                Ok(Specification { path: path.to_owned(), text, document, theorem_places })
            }
            Err(defects) => Err(defects.into_iter().map(|d| Diagnostic::of_defect(path, &text, d)).collect()),
        }
    }

    /// Whether the file only lists cited facts: then there is nothing to prove and no certificate.
    #[must_use]
    pub fn is_facts_only(&self) -> bool {
        self.document.theorems.is_empty()
    }
}

/// The document has no places for theorems as a whole, the syntax tree has.
fn theorem_places(text: &str) -> Vec<(Name, Place)> {
    let place = |item: Item| match item {
        Item::Theorem(theorem) => {
            Some((theorem.name.node, Place::of(text, theorem.name.span.start, theorem.name.span.end)))
        }
        _ => None,
    };
    parse(text).file.items.into_iter().filter_map(place).collect()
}

/// Files beside the specification.
struct Beside(PathBuf);

impl Files for Beside {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        read_file(&self.0.join(path)).map_err(|diagnostic| diagnostic.message)
    }
}

/// The bytes of a regular file of bounded size.
///
/// # Errors
/// Why there are none.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let unreadable = |why: String| Diagnostic::of_path(Code::FileUnreadable, path, why);
    // before opening: a pipe would block
    let kind = std::fs::metadata(path).map_err(|error| unreadable(system_words(&error)))?;
    if kind.is_dir() {
        return Err(unreadable("this is a directory, not a file".into()));
    }
    if !kind.is_file() {
        return Err(unreadable("this is not a regular file".into()));
    }
    let file = std::fs::File::open(path).map_err(|error| unreadable(system_words(&error)))?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| unreadable(system_words(&error)))?;
    if bytes.len() as u64 > MOST_BYTES {
        let message = format!("the file has more than {} MiB", MOST_BYTES >> 20);
        return Err(Diagnostic::of_path(Code::FileTooLarge, path, message));
    }
    Ok(bytes)
}

/// The system's reason, without its error number.
pub fn system_words(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or directory".into(),
        ErrorKind::PermissionDenied => "permission denied".into(),
        _ => error.to_string(),
    }
}
