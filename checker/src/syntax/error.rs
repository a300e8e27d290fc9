//! What can be wrong with a text, as data.
//!
//! Owns: the codes of syntax errors, the errors themselves and their collection. Must not know: how an error is
//! rendered.

use super::ast::Span;
use std::fmt;

/// How many errors are reported before reading stops.
pub const MAX_ERRORS: usize = 50;

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident $code:literal)*) => {
        /// What kind of defect an error is. The spelled code is stable and has a page in `docs/diagnostics/`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum SyntaxCode {
            $($(#[$doc])* $variant,)*
        }

        impl SyntaxCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code as it is printed.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }
        }
    };
}

codes! {
    /// The grammar has no place for this token here.
    UnexpectedToken "unexpected-token"
    /// A bracket, brace, bar or `proof` is never closed.
    UnclosedDelimiter "unclosed-delimiter"
    /// A text in quotes does not end on its line.
    UnclosedText "unclosed-text"
    /// A character that the language does not have.
    BadCharacter "bad-character"
    /// A malformed number.
    BadNumber "bad-number"
    /// A number with too many digits or too large an exponent.
    NumberTooLarge "number-too-large"
    /// Two terms stand side by side.
    ImplicitMultiplication "implicit-multiplication"
    /// A notation that readers take in two ways.
    AmbiguousNotation "ambiguous-notation"
    /// Something that must be named is not.
    MissingName "missing-name"
    /// A fact without a reference.
    MissingSource "missing-source"
    /// A fact without its sentence.
    MissingSentence "missing-sentence"
    /// A fact without its bound.
    MissingValue "missing-value"
    /// A bound variable with neither sort nor domain.
    MissingSort "missing-sort"
    /// `for all` that binds nothing.
    MissingBinder "missing-binder"
    /// An expression where a relation belongs.
    MissingRelation "missing-relation"
    /// A bound without `by`.
    MissingJustification "missing-justification"
    /// An attribute or clause that is given twice.
    DuplicateClause "duplicate-clause"
    /// `expect` with a word that is no verdict.
    UnknownExpectation "unknown-expectation"
    /// A reserved word where a name belongs.
    ReservedWord "reserved-word"
    /// `oo` elsewhere than at the open end of an interval.
    InfinityAsValue "infinity-as-value"
    /// An expression that is nested too deeply, or a chain of operators that is too long.
    NestedTooDeeply "nested-too-deeply"
    /// A text with too many bytes or tokens.
    TextTooLarge "text-too-large"
    /// Bytes that are not UTF-8.
    NotUtf8 "not-utf8"
    /// Reading stopped because there were too many errors.
    TooManyErrors "too-many-errors"
}

impl fmt::Display for SyntaxCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// A defect of a text, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Its kind.
    pub code: SyntaxCode,
    /// Where it is.
    pub span: Span,
    /// The defect in words.
    pub message: String,
    /// The cure in words, if one is known.
    pub help: Option<String>,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}..{}: {}: {}", self.span.start, self.span.end, self.code, self.message)?;
        match &self.help {
            Some(help) => write!(out, " (help: {help})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for SyntaxError {}

/// The errors found so far, at most [`MAX_ERRORS`] and a last one that says so.
#[derive(Clone, Debug, Default)]
pub(super) struct Errors {
    list: Vec<SyntaxError>,
}

impl Errors {
    /// Records an error unless there are too many already.
    pub(super) fn push(&mut self, error: SyntaxError) {
        if self.list.len() < MAX_ERRORS {
            self.list.push(error);
        } else if !self.is_full() {
            let message = format!("more than {MAX_ERRORS} errors; reading stopped here");
            self.list.push(SyntaxError { code: SyntaxCode::TooManyErrors, span: error.span, message, help: None });
        }
    }

    /// Whether there were too many errors.
    pub(super) fn is_full(&self) -> bool {
        self.list.len() > MAX_ERRORS
    }

    /// The errors in the order found.
    pub(super) fn as_slice(&self) -> &[SyntaxError] {
        &self.list
    }

    /// The errors in the order of their places; the error that says that there were too many stays last.
    pub(super) fn into_sorted(mut self) -> Vec<SyntaxError> {
        self.list.sort_by_key(|error| (error.code == SyntaxCode::TooManyErrors, error.span));
        self.list
    }
}
