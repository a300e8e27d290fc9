//! Bytes to document: parsing, imports and elaboration in one call.
//!
//! Owns: the order of the stages and the limit on imports. Must not know: where files come from (see [`Files`]).

use crate::syntax::ast::{Item, Span};
use crate::syntax::{SyntaxError, parse_bytes};
use crate::theorem::Document;
use crate::theorem::elaborate;
use crate::theorem::error::ElaborationError;

/// Gives the bytes of a file that a specification names in `use`, or says why not.
pub trait Files {
    /// The bytes of `path`, which is relative to the specification.
    ///
    /// # Errors
    /// The reason why there are none.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;
}

/// No files: every import fails.
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("no files can be read here".into())
    }
}

/// What is wrong with a specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect {
    /// A stable code.
    pub code: &'static str,
    /// Where.
    pub span: Span,
    /// What.
    pub message: String,
    /// The cure.
    pub help: Option<String>,
}

impl From<SyntaxError> for Defect {
    fn from(error: SyntaxError) -> Defect {
        Defect { code: error.code.as_str(), span: error.span, message: error.message, help: error.help }
    }
}

impl From<ElaborationError> for Defect {
    fn from(error: ElaborationError) -> Defect {
        Defect { code: error.code.as_str(), span: error.span, message: error.message, help: error.help }
    }
}

/// Reads a specification.
///
/// # Errors
/// All defects found, in order of place. A document is returned only if there are none.
pub fn document(bytes: &[u8], files: &dyn Files) -> Result<Document, Vec<Defect>> {
    let parsed = parse_bytes(bytes);
    let mut defects: Vec<Defect> = parsed.errors.into_iter().map(Defect::from).collect();
    let mut import = |path: &str| {
        let bytes = files.read(path)?;
        let parsed = parse_bytes(&bytes);
        if let Some(error) = parsed.errors.first() {
            return Err(error.message.clone());
        }
        if parsed.file.items.iter().any(|item| matches!(item, Item::Use(_))) {
            return Err("a file that is used may not use others".into());
        }
        Ok(parsed.file)
    };
    let (document, errors) = elaborate::document(&parsed.file, &mut import);
    // errors of names are reported only where the text itself could be read: others would be consequences
    if defects.is_empty() {
        defects.extend(errors.into_iter().map(Defect::from));
    }
    if defects.is_empty() && document.theorems.is_empty() && document.facts.is_empty() {
        defects.push(Defect {
            code: "nothing-to-check",
            span: Span::default(),
            message: "this file states no theorem and no fact".into(),
            help: Some("docs/spec-language.md shows how one is written".into()),
        });
    }
    defects.sort_by_key(|defect| defect.span);
    if defects.is_empty() { Ok(document) } else { Err(defects) }
}
