//! Why a step is rejected: a code and what it is about.

use super::Argument;
use crate::certificate::{Reference, Step};
use crate::syntax::ast::{Name, Span};
use crate::theorem::term::{Relation, Term};
use std::fmt;

/// A rejected step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The step's label and place; absent if the proof has no steps.
    pub label: Option<(u32, Span)>,
    /// The rule.
    pub rule: Option<Name>,
    /// Why.
    pub cause: Cause,
}

impl Rejection {
    /// A rejection of that step; a cause that already comes from an inner step keeps its place.
    #[must_use]
    pub fn at(step: &Step, cause: Cause) -> Rejection {
        match cause {
            Cause::Inside(inner) => *inner,
            cause => Rejection { label: Some((step.label, step.span)), rule: Some(step.rule.clone()), cause },
        }
    }
}

/// The causes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A proof without steps.
    EmptyProof,
    /// No rule has that name.
    UnknownRule(Name),
    /// The rule does not read that argument.
    UnusedArgument(Argument),
    /// The rule needs another number of those.
    WrongArgumentCount {
        /// Of what.
        what: Argument,
        /// How many.
        wanted: usize,
    },
    /// No such fact is in scope.
    UnknownReference(Reference),
    /// A label does not increase.
    LabelOrder(u32),
    /// A variable that is not in scope.
    UnknownVariable(Name),
    /// A variable that should be new is not.
    NotFresh(Name),
    /// The last step concludes something else.
    WrongConclusion {
        /// What it concludes.
        found: Relation,
        /// What is to be shown.
        wanted: Relation,
    },
    /// A premise does not have the form that the rule needs.
    PremiseMismatch {
        /// The premise.
        found: Relation,
        /// The form that is needed.
        needed: &'static str,
    },
    /// An argument does not have the form that the rule needs.
    ArgumentMismatch(&'static str),
    /// The two sides of the stated combination differ.
    IdentityFails,
    /// A coefficient that must be a nonnegative number is not.
    NegativeCoefficient(Term),
    /// The combination is only `>=`, and `>` or `=` or another comparison is stated.
    WrongSign,
    /// The algebra divides by something that is not known to be non-zero.
    PossiblyZero(Term),
    /// The enclosure does not decide the relation.
    NotEnclosed(Relation),
    /// The function cannot be differentiated by the rule.
    NotDifferentiable(Term),
    /// A normal form beyond the limits.
    TooLarge,
    /// More work than a certificate may ask for.
    Budget,
    /// An inner step was rejected.
    Inside(Box<Rejection>),
}

impl Cause {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Cause::EmptyProof => "empty-proof",
            Cause::UnknownRule(_) => "unknown-rule",
            Cause::UnusedArgument(_) => "unused-argument",
            Cause::WrongArgumentCount { .. } => "step-argument-count",
            Cause::UnknownReference(_) => "unknown-reference",
            Cause::LabelOrder(_) => "label-order",
            Cause::UnknownVariable(_) => "unknown-variable",
            Cause::NotFresh(_) => "variable-not-fresh",
            Cause::WrongConclusion { .. } => "wrong-conclusion",
            Cause::PremiseMismatch { .. } => "premise-mismatch",
            Cause::ArgumentMismatch(_) => "argument-mismatch",
            Cause::IdentityFails => "identity-fails",
            Cause::NegativeCoefficient(_) => "negative-coefficient",
            Cause::WrongSign => "wrong-sign",
            Cause::PossiblyZero(_) => "possibly-zero",
            Cause::NotEnclosed(_) => "not-enclosed",
            Cause::NotDifferentiable(_) => "not-differentiable",
            Cause::TooLarge => "normal-form-too-large",
            Cause::Budget => "certificate-budget",
            Cause::Inside(inner) => inner.cause.code(),
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cause::EmptyProof => write!(out, "the proof has no steps"),
            Cause::UnknownRule(name) => write!(out, "there is no rule `{name}`"),
            Cause::UnusedArgument(what) => write!(out, "the rule does not read its {what:?}"),
            Cause::WrongArgumentCount { what, wanted } => write!(out, "the rule needs {wanted} of its {what:?}"),
            Cause::UnknownReference(Reference::Hypothesis(n)) => write!(out, "there is no hypothesis h{n} in scope"),
            Cause::UnknownReference(Reference::Step(n)) => write!(out, "there is no step s{n} in scope"),
            Cause::LabelOrder(n) => write!(out, "the label s{n} does not increase"),
            Cause::UnknownVariable(name) => write!(out, "the variable `{name}` is not in scope"),
            Cause::NotFresh(name) => write!(out, "the variable `{name}` is not new"),
            Cause::WrongConclusion { found, wanted } => write!(out, "this concludes `{found}`, not `{wanted}`"),
            Cause::PremiseMismatch { found, needed } => {
                write!(out, "the premise `{found}` should have the form {needed}")
            }
            Cause::ArgumentMismatch(needed) => write!(out, "the arguments should be: {needed}"),
            Cause::IdentityFails => write!(out, "the two sides of the combination are different polynomials"),
            Cause::NegativeCoefficient(term) => write!(out, "the coefficient `{term}` is not a nonnegative number"),
            Cause::WrongSign => write!(out, "the combination does not show a relation of this kind"),
            Cause::PossiblyZero(term) => write!(out, "`{term}` is cancelled but not known to be non-zero"),
            Cause::NotEnclosed(relation) => write!(out, "the enclosure does not decide `{relation}`"),
            Cause::NotDifferentiable(term) => write!(out, "`{term}` is not differentiated"),
            Cause::TooLarge => write!(out, "a normal form is beyond the limits"),
            Cause::Budget => write!(out, "the certificate asks for too much work"),
            Cause::Inside(inner) => write!(out, "{}", inner.cause),
        }
    }
}
