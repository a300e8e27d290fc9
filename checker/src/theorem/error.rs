//! What can be wrong with a specification that parses.

use crate::syntax::ast::Span;

/// The kinds of defect, each with a stable code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // `docs/diagnostics/<code>.md` documents each
pub enum ElaborationCode {
    UnknownName,
    UnknownFunction,
    WrongArgumentCount,
    DuplicateName,
    CyclicDefine,
    UnknownFact,
    UnknownBound,
    UnknownUsing,
    MissingArgument,
    UnknownArgument,
    WrongArgumentKind,
    MeasureMismatch,
    RandomOutsideBound,
    EmptyDomain,
    ConcreteBoundsNeeded,
    FoldTooLong,
    TermTooLarge,
    ImportFailed,
    NothingToCheck,
    DivisionByZero,
    DimensionMismatch,
    NotADistribution,
    NotContinuous,
    BadObjective,
}

impl ElaborationCode {
    /// Every code.
    pub const ALL: [ElaborationCode; 24] = [
        Self::UnknownName,
        Self::UnknownFunction,
        Self::WrongArgumentCount,
        Self::DuplicateName,
        Self::CyclicDefine,
        Self::UnknownFact,
        Self::UnknownBound,
        Self::UnknownUsing,
        Self::MissingArgument,
        Self::UnknownArgument,
        Self::WrongArgumentKind,
        Self::MeasureMismatch,
        Self::RandomOutsideBound,
        Self::EmptyDomain,
        Self::ConcreteBoundsNeeded,
        Self::FoldTooLong,
        Self::TermTooLarge,
        Self::ImportFailed,
        Self::NothingToCheck,
        Self::DivisionByZero,
        Self::DimensionMismatch,
        Self::NotADistribution,
        Self::NotContinuous,
        Self::BadObjective,
    ];

    /// The code as it is printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UnknownName => "unknown-name",
            Self::UnknownFunction => "unknown-function",
            Self::WrongArgumentCount => "wrong-argument-count",
            Self::DuplicateName => "duplicate-name",
            Self::CyclicDefine => "cyclic-define",
            Self::UnknownFact => "unknown-fact",
            Self::UnknownBound => "unknown-bound",
            Self::UnknownUsing => "unknown-using",
            Self::MissingArgument => "missing-argument",
            Self::UnknownArgument => "unknown-argument",
            Self::WrongArgumentKind => "wrong-argument-kind",
            Self::MeasureMismatch => "measure-mismatch",
            Self::RandomOutsideBound => "random-outside-bound",
            Self::EmptyDomain => "empty-domain",
            Self::ConcreteBoundsNeeded => "concrete-bounds-needed",
            Self::FoldTooLong => "fold-too-long",
            Self::TermTooLarge => "term-too-large",
            Self::ImportFailed => "import-failed",
            Self::NothingToCheck => "nothing-to-check",
            Self::DivisionByZero => "division-by-zero",
            Self::DimensionMismatch => "dimension-mismatch",
            Self::NotADistribution => "not-a-distribution",
            Self::NotContinuous => "not-continuous",
            Self::BadObjective => "bad-objective",
        }
    }
}

/// A defect, its place, and the cure if one is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElaborationError {
    /// Its kind.
    pub code: ElaborationCode,
    /// Its place.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}
