//! Finite sums, products, minima and maxima, written out.
//!
//! Owns: what an index runs over. Must not know: what the terms mean.

use super::super::error::ElaborationCode;
use super::super::term::{Function, LARGEST_TERM, Node, Term};
use super::expression::{Result, build, concrete, error};
use super::names::Names;
use super::value::{Value, extremum};
use super::{expression, laws};
use crate::evaluate::series::is_continuous;
use crate::syntax::ast::{Expr, Fold, Ident, Range, Span};
use std::collections::BTreeSet;

/// A finite sum or product may have at most this many parts.
pub const LONGEST_FOLD: i64 = 1_000;

/// `sum(i = a..b, e)` and its like. A sum of vectors is a vector.
pub(super) fn fold(fold: Fold, index: &Ident, over: &Range, body: &Expr, span: Span, names: &Names) -> Result<Value> {
    if let (Fold::Integral, Range::Between(from, to)) = (fold, over) {
        return integral(index, from, to, body, names).map(Value::Real);
    }
    names.only_written(body.span)?;
    let values = values(over, body.span, names)?;
    if values.is_empty() && matches!(fold, Fold::Min | Fold::Max) {
        let help = "a smallest or largest value needs at least one".to_owned();
        return Err(error(ElaborationCode::EmptyDomain, span, "this ranges over nothing".into(), Some(help)));
    }
    let mut inner = names.clone();
    let mut parts: Vec<Value> = Vec::new();
    let mut size: usize = 0;
    for value in values {
        inner.insert(&index.node, value);
        let part = build(body, &inner)?;
        size = part.terms().iter().fold(size, |size, term| size.saturating_add(term.size(LARGEST_TERM)));
        if size >= LARGEST_TERM {
            return Err(error(ElaborationCode::TermTooLarge, body.span, "written out, this is too large".into(), None));
        }
        parts.push(part);
    }
    join(fold, parts, body.span)
}

fn join(fold: Fold, parts: Vec<Value>, span: Span) -> Result<Value> {
    if let (Fold::Sum, Some(Value::Vector(first))) = (fold, parts.first()) {
        let dimension = first.len();
        let mut columns: Vec<Vec<Term>> = vec![Vec::new(); dimension];
        for part in parts {
            let Value::Vector(components) = part else {
                return Err(expression::mismatch(span, "some of these are vectors, some are numbers".into(), None));
            };
            if components.len() != dimension {
                return Err(expression::mismatch(span, "these vectors have different dimensions".into(), None));
            }
            columns.iter_mut().zip(components).for_each(|(column, component)| column.push(component));
        }
        return Ok(Value::Vector(columns.into_iter().map(Term::sum).collect()));
    }
    let parts: Result<Vec<Term>> = parts.into_iter().map(|part| part.into_real(span)).collect();
    let parts = parts?;
    Ok(Value::Real(match fold {
        Fold::Sum => Term::sum(parts),
        Fold::Product => Term::product(parts),
        Fold::Min => extremum(Function::Min, different(parts)),
        Fold::Max => extremum(Function::Max, different(parts)),
        Fold::Integral => return Err(unsupported(span)),
    }))
}

/// The terms with literals worked out, each once.
fn different(parts: Vec<Term>) -> impl Iterator<Item = Term> {
    let mut seen = BTreeSet::new();
    parts.into_iter().map(|part| laws::folded(&part)).filter(move |part| seen.insert(part.clone()))
}

/// `integral(t = a..b, e)`
fn integral(index: &Ident, from: &Expr, to: &Expr, body: &Expr, names: &Names) -> Result<Term> {
    let (lower, upper) = (expression::real(from, names)?, expression::real(to, names)?);
    let (inner, bound) = names.integrating(&index.node);
    let integrand = expression::real(body, &inner)?;
    let Some(integral) = Term::integral(&bound, lower, upper, &integrand) else {
        let message = format!("an integral within this one depends on `{}`", index.node);
        let help = "only integrals of one variable are supported".to_owned();
        return Err(error(ElaborationCode::NotContinuous, body.span, message, Some(help)));
    };
    match integral.node() {
        // what a certificate says is checked where it is used
        Node::Integral(_, _, integrand) if names.is_written() && !is_continuous(integrand) => {
            let message = format!("this need not be continuous in `{}`", index.node);
            let help =
                "`floor`, `ceil`, `factorial` and `binomial` may not depend on it; split the integral where it jumps";
            Err(error(ElaborationCode::NotContinuous, body.span, message, Some(help.to_owned())))
        }
        _ => Ok(integral),
    }
}

fn unsupported(span: Span) -> super::super::error::ElaborationError {
    error(ElaborationCode::UnknownFunction, span, "an integral goes from one number to another".into(), None)
}

/// The values of an index, in order.
fn values(over: &Range, span: Span, names: &Names) -> Result<Vec<Value>> {
    match over {
        Range::Between(from, to) => {
            let (first, last) =
                (concrete(from, names, "a bound of the index")?, concrete(to, names, "a bound of the index")?);
            if last.saturating_sub(first) >= LONGEST_FOLD {
                return Err(error(
                    ElaborationCode::FoldTooLong,
                    span,
                    format!("an index may have at most {LONGEST_FOLD} values"),
                    None,
                ));
            }
            Ok((first..=last).map(|value| Value::Real(Term::integer(value))).collect())
        }
        Range::Listed(elements) => elements.iter().map(|element| build(element, names)).collect(),
        Range::Points(law, power) => laws::points(law, power.as_deref(), names),
    }
}
