//! Numbers and vectors of concrete dimension, and what can be done with them.
//!
//! Owns: that a vector is the list of its components, and the functions of vectors. Must not know: names.

use super::super::term::{Function, Term};
use super::expression::{self, Result, mismatch};
use crate::exact::Rational;
use crate::syntax::ast::{Operator, Span};

/// What an expression denotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number.
    Real(Term),
    /// A vector: its components.
    Vector(Vec<Term>),
}

impl Value {
    /// The number, if it is one.
    #[must_use]
    pub fn as_real(&self) -> Option<&Term> {
        match self {
            Value::Real(term) => Some(term),
            Value::Vector(_) => None,
        }
    }

    /// The number itself, or the components.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        match self {
            Value::Real(term) => std::slice::from_ref(term),
            Value::Vector(components) => components,
        }
    }

    /// The number, where one is needed.
    pub(super) fn into_real(self, span: Span) -> Result<Term> {
        match self {
            Value::Real(term) => Ok(term),
            Value::Vector(components) => {
                let message = format!("this is a vector of dimension {}, not a number", components.len());
                Err(mismatch(span, message, Some("take a component `x[1]`, `norm(x)` or `dot(x, y)`".into())))
            }
        }
    }

    /// The same with every number replaced.
    pub(super) fn map(self, mut f: impl FnMut(Term) -> Term) -> Value {
        match self {
            Value::Real(term) => Value::Real(f(term)),
            Value::Vector(components) => Value::Vector(components.into_iter().map(f).collect()),
        }
    }

    /// What it is, in a message.
    fn kind(&self) -> String {
        match self {
            Value::Real(_) => "a number".into(),
            Value::Vector(components) => format!("a vector of dimension {}", components.len()),
        }
    }
}

/// `a operator b`: sums of vectors, multiples and quotients by numbers.
pub(super) fn binary(operator: Operator, a: Value, b: Value, span: Span) -> Result<Value> {
    let of = |a: &Term, b: &Term| expression::binary(operator, a, b);
    match (operator, a, b) {
        (_, Value::Real(a), Value::Real(b)) => Ok(Value::Real(of(&a, &b))),
        (Operator::Add | Operator::Subtract, Value::Vector(a), Value::Vector(b)) if a.len() == b.len() => {
            Ok(Value::Vector(a.iter().zip(&b).map(|(a, b)| of(a, b)).collect()))
        }
        (Operator::Multiply, Value::Real(a), Value::Vector(b)) => {
            Ok(Value::Vector(b.iter().map(|b| of(&a, b)).collect()))
        }
        (Operator::Multiply | Operator::Divide, Value::Vector(a), Value::Real(b)) => {
            Ok(Value::Vector(a.iter().map(|a| of(a, &b)).collect()))
        }
        (operator, a, b) => {
            let doing = match operator {
                Operator::Add => "added to",
                Operator::Subtract => "diminished by",
                Operator::Multiply => "multiplied by",
                Operator::Divide => "divided by",
                Operator::Power => "raised to",
            };
            let help = match operator {
                Operator::Multiply => Some("the product of two vectors is `dot(x, y)`".to_owned()),
                Operator::Power => Some("the square of its length is `norm(x)^2` or `dot(x, x)`".to_owned()),
                _ => None,
            };
            Err(mismatch(span, format!("{} cannot be {doing} {}", a.kind(), b.kind()), help))
        }
    }
}

/// A function that only elaboration knows; `None` if it has none of that name for these arguments.
pub(super) fn call(name: &str, arguments: &[Value], span: Span) -> Result<Option<Term>> {
    let abs = |x: &Term| Term::apply(Function::Abs, vec![x.clone()]);
    Ok(Some(match (name, arguments) {
        ("dot", [Value::Vector(x), Value::Vector(y)]) if x.len() == y.len() => dot(x, y),
        ("norm", [Value::Vector(x)]) => Term::apply(Function::Sqrt, vec![dot(x, x)]),
        ("norm1", [Value::Vector(x)]) => Term::sum(x.iter().map(abs).collect()),
        ("norm_max", [Value::Vector(x)]) => extremum(Function::Max, x.iter().map(abs)),
        ("dim", [Value::Vector(x)]) => Term::number(Rational::from_integer(x.len().into())),
        ("min", [Value::Vector(x)]) => extremum(Function::Min, x.iter().cloned()),
        ("max", [Value::Vector(x)]) => extremum(Function::Max, x.iter().cloned()),
        ("dot" | "norm" | "norm1" | "norm_max" | "dim", _) => {
            let wanted = if name == "dot" { "two vectors of one dimension" } else { "a vector" };
            let given: Vec<String> = arguments.iter().map(Value::kind).collect();
            return Err(mismatch(span, format!("`{name}` takes {wanted}, not {}", given.join(" and ")), None));
        }
        _ => return Ok(None),
    }))
}

/// The sum of the products of the components.
fn dot(x: &[Term], y: &[Term]) -> Term {
    Term::sum(x.iter().zip(y).map(|(x, y)| if x == y { x.powi(2) } else { x * y }).collect())
}

/// The smallest or largest of the terms; there is at least one. Of many, in groups, so that it is not deep.
pub(super) fn extremum(function: Function, parts: impl Iterator<Item = Term>) -> Term {
    let mut parts: Vec<Term> = parts.collect();
    while parts.len() > 1 {
        parts = parts
            .chunks(64)
            .filter_map(|chunk| chunk.iter().cloned().reduce(|a, b| Term::apply(function, vec![a, b])))
            .collect();
    }
    parts.pop().unwrap_or_else(|| Term::integer(0))
}
