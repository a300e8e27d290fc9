//! `by fact(…)`, `by theorem.bound(…)`, `by union(…)`: arguments matched with parameters.

use super::super::error::ElaborationCode;
use super::super::term::Term;
use super::super::{Argument, Fact, Justification, Parameter, Statement};
use super::expression::{self, Result, error};
use super::statement::Builder;
use crate::syntax::ast::{self, ExprKind, Ident, Measure, Name, Span};

/// Elaborates the justification of a bound.
pub fn justification(builder: &Builder<'_>, by: &ast::Justification, bound: &ast::Bound) -> Result<Justification> {
    match by {
        ast::Justification::Union { parts, using } => {
            let using = using_names(builder, using)?;
            if !matches!(bound.measure, Measure::Probability | Measure::Count) {
                return Err(error(
                    ElaborationCode::MeasureMismatch,
                    bound.event.span,
                    "only probabilities and counts add up over a union".into(),
                    Some("cite a fact about sums for other quantities".into()),
                ));
            }
            let mut elaborated = Vec::new();
            for (factor, name) in parts {
                let value = require_measure(builder, name, bound.measure)?;
                let factor = match factor {
                    None => None,
                    Some(factor) => {
                        let term = expression::term(factor, &builder.names)?;
                        builder.forbid_random(&term, factor.span)?;
                        Some(term)
                    }
                };
                elaborated.push((factor, name.node.clone(), value));
            }
            Ok(Justification::Union { parts: elaborated, using })
        }
        ast::Justification::Apply { theorem: None, name, arguments, using } => {
            let Some(fact) = builder.document.facts.get(&name.node) else { return Err(unknown_fact(builder, name)) };
            measures_agree(bound.measure, fact.measure, name)?;
            let arguments = fact_arguments(builder, fact, arguments, name.span)?;
            Ok(Justification::Fact { fact: name.node.clone(), arguments, using: using_names(builder, using)? })
        }
        ast::Justification::Apply { theorem: Some(theorem), name, arguments, using } => {
            let using = using_names(builder, using)?;
            apply_theorem(builder, theorem, name, arguments, using, bound.measure)
        }
    }
}

/// The justification with further names among those on which it rests.
pub fn citing(mut why: Justification, names: Vec<Name>) -> Justification {
    if let Justification::Fact { using, .. }
    | Justification::Theorem { using, .. }
    | Justification::Union { using, .. } = &mut why
    {
        for name in names {
            if !using.contains(&name) {
                using.push(name);
            }
        }
    }
    why
}

fn unknown_fact(builder: &Builder<'_>, name: &Ident) -> crate::theorem::error::ElaborationError {
    let known: Vec<&str> = builder.document.facts.keys().map(|k| &**k).collect();
    let help = if known.is_empty() {
        "no facts are known here: write `use \"path.spec\"` for a file of cited facts, or a `fact` of your own"
            .to_owned()
    } else {
        format!("the facts known here are {}", known.join(", "))
    };
    error(ElaborationCode::UnknownFact, name.span, format!("there is no fact `{}`", name.node), Some(help))
}

fn using_names(builder: &Builder<'_>, using: &[Ident]) -> Result<Vec<Name>> {
    let theorem = &builder.theorem;
    using
        .iter()
        .map(|ident| {
            let stated = theorem.item(&ident.node).is_some_and(|item| !matches!(item.statement, Statement::Note(_)));
            if stated || theorem.models.iter().any(|(name, _)| *name == ident.node) {
                return Ok(ident.node.clone());
            }
            Err(error(
                ElaborationCode::UnknownUsing,
                ident.span,
                format!("`{}` is no claim, bound or model of this theorem so far", ident.node),
                None,
            ))
        })
        .collect()
}

/// The value of an earlier bound of that measure.
fn require_measure(builder: &Builder<'_>, name: &Ident, wanted: Measure) -> Result<Term> {
    let Some((measure, value)) = builder.bounds.get(&name.node) else {
        return Err(error(
            ElaborationCode::UnknownBound,
            name.span,
            format!("`{}` is no bound of this theorem so far", name.node),
            None,
        ));
    };
    measures_agree(wanted, *measure, name)?;
    Ok(value.clone())
}

fn measures_agree(wanted: Measure, found: Measure, name: &Ident) -> Result<()> {
    if wanted == found {
        return Ok(());
    }
    Err(error(
        ElaborationCode::MeasureMismatch,
        name.span,
        format!("`{}` bounds {}, but {} is wanted here", name.node, describe(found), describe(wanted)),
        None,
    ))
}

fn describe(measure: Measure) -> &'static str {
    match measure {
        Measure::Probability => "a probability",
        Measure::Subgaussian => "a subgaussian constant",
        Measure::Count => "a count",
        Measure::Mean => "a mean",
    }
}

/// Puts positional arguments first, then named ones, then variables of the parameter's own name.
fn fact_arguments(builder: &Builder<'_>, fact: &Fact, given: &[ast::Argument], span: Span) -> Result<Vec<Argument>> {
    let mut slots: Vec<Option<&ast::Expr>> = vec![None; fact.params.len()];
    let mut position: usize = 0;
    for argument in given {
        let index = match &argument.name {
            Some(name) => fact.params.iter().position(|(n, _)| *n == name.node).ok_or_else(|| {
                let known: Vec<&str> = fact.params.iter().map(|(n, _)| &**n).collect();
                error(
                    ElaborationCode::UnknownArgument,
                    name.span,
                    format!("`{}` has no parameter `{}`", fact.name, name.node),
                    Some(format!("its parameters are {}", known.join(", "))),
                )
            })?,
            None => position,
        };
        position = position.saturating_add(usize::from(argument.name.is_none()));
        match slots.get_mut(index) {
            Some(slot @ None) => *slot = Some(&argument.value),
            Some(Some(_)) => {
                return Err(error(ElaborationCode::DuplicateName, argument.value.span, "given twice".into(), None));
            }
            None => {
                return Err(error(
                    ElaborationCode::UnknownArgument,
                    argument.value.span,
                    format!("`{}` takes only {} arguments", fact.name, fact.params.len()),
                    None,
                ));
            }
        }
    }
    fact.params.iter().zip(slots).map(|((name, kind), slot)| argument(builder, name, kind, slot, fact, span)).collect()
}

fn argument(
    builder: &Builder<'_>,
    name: &Name,
    kind: &Parameter,
    given: Option<&ast::Expr>,
    fact: &Fact,
    span: Span,
) -> Result<Argument> {
    let missing = || {
        error(
            ElaborationCode::MissingArgument,
            span,
            format!("`{}` needs `{name}`", fact.name),
            Some(format!("write `{name} = …`; it may be left out only if a variable has that name")),
        )
    };
    match kind {
        Parameter::Value(_) => {
            let term = match given {
                Some(expr) => expression::term(expr, &builder.names)?,
                None => builder.names.number(name).cloned().ok_or_else(missing)?,
            };
            builder.forbid_random(&term, given.map_or(span, |e| e.span))?;
            Ok(Argument::Value(term))
        }
        Parameter::Random { .. } => {
            let expr = given.ok_or_else(missing)?;
            Ok(Argument::Random(expression::term(expr, &builder.names)?))
        }
        Parameter::Bound(measure) => {
            let expr = given.ok_or_else(missing)?;
            let ExprKind::Name(bound) = &expr.kind else {
                return Err(error(
                    ElaborationCode::WrongArgumentKind,
                    expr.span,
                    format!("`{name}` takes the name of an earlier bound"),
                    None,
                ));
            };
            let value = require_measure(builder, &Ident { node: bound.clone(), span: expr.span }, *measure)?;
            Ok(Argument::Bound(bound.clone(), value))
        }
    }
}

fn apply_theorem(
    builder: &Builder<'_>,
    theorem: &Ident,
    bound: &Ident,
    given: &[ast::Argument],
    using: Vec<Name>,
    measure: Measure,
) -> Result<Justification> {
    let unknown = |what: String, span| error(ElaborationCode::UnknownBound, span, what, None);
    let source = builder
        .document
        .theorem(&theorem.node)
        .ok_or_else(|| unknown(format!("there is no theorem `{}` above", theorem.node), theorem.span))?;
    match source.item(&bound.node).map(|item| &item.statement) {
        Some(Statement::Bound(found)) => measures_agree(measure, found.measure, bound)?,
        _ => return Err(unknown(format!("`{}` has no bound `{}`", theorem.node, bound.node), bound.span)),
    }
    for (position, argument) in given.iter().enumerate() {
        let name = argument.name.as_ref().map(|n| &n.node);
        if given.iter().take(position).any(|other| other.name.as_ref().map(|n| &n.node) == name) {
            return Err(error(ElaborationCode::DuplicateName, argument.value.span, "given twice".into(), None));
        }
        let known = argument.name.as_ref().is_some_and(|n| source.context.sort(&n.node).is_some());
        if !known {
            return Err(error(
                ElaborationCode::UnknownArgument,
                argument.name.as_ref().map_or(argument.value.span, |n| n.span),
                format!("`{}` has no such variable", theorem.node),
                Some("arguments of a theorem are given by name: `variable = term`".into()),
            ));
        }
    }
    let mut arguments = Vec::new();
    for variable in &source.context.variables {
        let name = &variable.name;
        let given = given.iter().find(|a| a.name.as_ref().is_some_and(|n| n.node == *name));
        let term: Term = match given {
            Some(argument) => expression::term(&argument.value, &builder.names)?,
            None => builder.names.number(name).cloned().ok_or_else(|| {
                error(
                    ElaborationCode::MissingArgument,
                    bound.span,
                    format!("`{}` needs `{name}`", theorem.node),
                    Some(format!("write `{name} = …`")),
                )
            })?,
        };
        builder.forbid_random(&term, given.map_or(bound.span, |a| a.value.span))?;
        arguments.push((name.clone(), term));
    }
    Ok(Justification::Theorem { theorem: theorem.node.clone(), bound: bound.node.clone(), arguments, using })
}
