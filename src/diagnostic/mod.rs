//! What is wrong with the input, as data: a stable code, a place, a sentence and a cure.
//!
//! Owns: [`Diagnostic`], the codes that are not the checker's, and the pages that explain codes ([`pages`]). Rendering
//! is in [`render`]. Must not know: verdicts, how a command ends.

pub mod pages;
pub mod render;

use boundproof_checker::load::Defect;
use serde::Serialize;
use std::path::Path;

/// The codes of diagnostics that arise outside the checker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// A file cannot be read.
    FileUnreadable,
    /// A file is larger than any specification may be.
    FileTooLarge,
    /// A file or directory cannot be written.
    FileUnwritable,
    /// The paths contain no specification.
    NoSpecifications,
    /// The ledger of verdicts cannot be read.
    LedgerUnreadable,
    /// A certificate cannot be read.
    CertificateUnreadable,
    /// There is no such diagnostic code.
    UnknownCode,
    /// There is no such unit.
    UnknownUnit,
    /// Several claims, and room for one.
    UnitNotNamed,
    /// A claim cannot be said in another tool's language.
    NotExpressible,
    /// There is no such theorem, or none was named and there are several.
    UnknownTheorem,
    /// A regime cannot be read.
    RegimeUnreadable,
    /// A parameter has a value that cannot be read.
    BadValue,
    /// The theorem has no such parameter.
    UnknownParameter,
    /// A parameter of the theorem has no value.
    MissingParameter,
    /// A value lies outside the domain of its parameter.
    ValueOutsideDomain,
    /// The theorem has no such condition.
    UnknownCondition,
    /// What was found at a regime could not be put into a certificate.
    CertificateUnfinished,
    /// The architecture of a network cannot be read.
    ArchitectureUnreadable,
    /// Something in the architecture of a network is not as it should be.
    BadArchitecture,
    /// A file of weights cannot be read, or does not fit the architecture.
    BadWeights,
    /// There is no such preset.
    UnknownPreset,
}

impl Code {
    /// Every code.
    pub const ALL: [Code; 22] = [
        Code::FileUnreadable,
        Code::FileTooLarge,
        Code::FileUnwritable,
        Code::NoSpecifications,
        Code::LedgerUnreadable,
        Code::CertificateUnreadable,
        Code::UnknownCode,
        Code::UnknownUnit,
        Code::UnitNotNamed,
        Code::NotExpressible,
        Code::UnknownTheorem,
        Code::RegimeUnreadable,
        Code::BadValue,
        Code::UnknownParameter,
        Code::MissingParameter,
        Code::ValueOutsideDomain,
        Code::UnknownCondition,
        Code::CertificateUnfinished,
        Code::ArchitectureUnreadable,
        Code::BadArchitecture,
        Code::BadWeights,
        Code::UnknownPreset,
    ];

    /// The code as it is printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Code::FileUnreadable => "file-unreadable",
            Code::FileTooLarge => "file-too-large",
            Code::FileUnwritable => "file-unwritable",
            Code::NoSpecifications => "no-specifications",
            Code::LedgerUnreadable => "ledger-unreadable",
            Code::CertificateUnreadable => "certificate-unreadable",
            Code::UnknownCode => "unknown-code",
            Code::UnknownUnit => "unknown-unit",
            Code::UnitNotNamed => "unit-not-named",
            Code::NotExpressible => "not-expressible",
            Code::UnknownTheorem => "unknown-theorem",
            Code::RegimeUnreadable => "regime-unreadable",
            Code::BadValue => "bad-value",
            Code::UnknownParameter => "unknown-parameter",
            Code::MissingParameter => "missing-parameter",
            Code::ValueOutsideDomain => "value-outside-domain",
            Code::UnknownCondition => "unknown-condition",
            Code::CertificateUnfinished => "certificate-unfinished",
            Code::ArchitectureUnreadable => "architecture-unreadable",
            Code::BadArchitecture => "bad-architecture",
            Code::BadWeights => "bad-weights",
            Code::UnknownPreset => "unknown-preset",
        }
    }
}

/// Something wrong with the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// A stable code, which `boundproof explain` knows.
    pub code: &'static str,
    /// The file.
    pub path: String,
    /// The place within it, if it is about one.
    pub place: Option<Place>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The file's text.
    #[serde(skip)]
    pub text: Option<String>,
}

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Offset of the first byte.
    pub start: usize,
    /// Offset after the last byte.
    pub end: usize,
}

impl Place {
    /// The place of a span of bytes in a text. A span beyond the text is taken to be at its end.
    #[must_use]
    pub fn of(text: &str, start: u32, end: u32) -> Place {
        let start = floor_boundary(text, start as usize);
        let end = floor_boundary(text, end as usize).max(start);
        let before = &text[..start];
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Place { line, column: before[line_start..].chars().count() + 1, start, end }
    }
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

impl Diagnostic {
    /// A diagnostic about a file as a whole.
    #[must_use]
    pub fn of_path(code: Code, path: &Path, message: String) -> Diagnostic {
        let path = path.display().to_string();
        Diagnostic { code: code.as_str(), path, place: None, message, help: None, text: None }
    }

    /// The same with a cure.
    #[must_use]
    pub fn with_help(self, help: &str) -> Diagnostic {
        Diagnostic { help: Some(help.to_owned()), ..self }
    }

    /// A defect that the checker found in a specification.
    #[must_use]
    pub fn of_defect(path: &Path, text: &str, defect: Defect) -> Diagnostic {
        Diagnostic {
            code: defect.code,
            path: path.display().to_string(),
            place: Some(Place::of(text, defect.span.start, defect.span.end)),
            message: defect.message,
            help: defect.help,
            text: Some(text.to_owned()),
        }
    }
}

/// Everything that is wrong with one input; it prints as the drawings of its diagnostics.
#[derive(Clone, PartialEq, Eq)]
pub struct Malformed(pub Vec<Diagnostic>);

impl std::fmt::Display for Malformed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for diagnostic in &self.0 {
            writeln!(out, "{}\n", render::diagnostic(diagnostic, render::Style::Plain))?;
        }
        Ok(())
    }
}

/// The same as `Display`, so that `unwrap` in a test shows the place.
impl std::fmt::Debug for Malformed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "\n{self}")
    }
}

impl std::error::Error for Malformed {}
