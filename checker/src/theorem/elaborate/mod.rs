//! Syntax to [`Document`]: every name bound, every domain a hypothesis.
//!
//! Owns: scoping and the errors of it. Must not know: proofs. Total: any syntax tree gives a document, or errors.

mod expression;
mod folds;
mod justification;
mod laws;
mod names;
mod statement;
mod tails;
mod value;

pub use expression::{binary, compare, negate, relation, term};
pub use names::Names;

use super::error::{ElaborationCode, ElaborationError};
use super::term::Term;
use super::{Document, Fact, Parameter};
use crate::syntax::ast::{self, Item, ParameterKind, Sort};
use expression::error;
use value::Value;

/// Gives the parsed text of an imported file, or says why not. Paths are as written in `use`.
pub type Import<'a> = dyn FnMut(&str) -> Result<ast::File, String> + 'a;

/// Elaborates a file. Everything that could be elaborated is returned beside the errors.
pub fn document(file: &ast::File, import: &mut Import<'_>) -> (Document, Vec<ElaborationError>) {
    let mut document = Document::default();
    let mut errors = Vec::new();
    for item in &file.items {
        match item {
            Item::Source(text) => document.sources.push(text.node.clone()),
            Item::Use(path) => import_facts(path, import, &mut document, &mut errors),
            Item::Fact(written) => match fact(written) {
                Ok(fact) => insert_fact(fact, written, &mut document, &mut errors),
                Err(error) => errors.push(error),
            },
            Item::Theorem(written) => {
                if document.theorem(&written.name.node).is_some() {
                    errors.push(duplicate(&written.name));
                }
                let theorem = statement::theorem(written, &document, &mut errors);
                document.theorems.push(theorem);
            }
        }
    }
    (document, errors)
}

fn duplicate(name: &ast::Ident) -> ElaborationError {
    error(
        ElaborationCode::DuplicateName,
        name.span,
        format!("`{}` is already taken", name.node),
        Some("every name may be introduced once".into()),
    )
}

fn import_facts(
    path: &ast::Text,
    import: &mut Import<'_>,
    document: &mut Document,
    errors: &mut Vec<ElaborationError>,
) {
    let failed = |why: String| error(ElaborationCode::ImportFailed, path.span, why, None);
    match import(&path.node) {
        Err(why) => errors.push(failed(format!("cannot use \"{}\": {why}", path.node))),
        Ok(file) => {
            for item in &file.items {
                if let Item::Fact(written) = item {
                    match fact(written) {
                        Ok(fact) => insert_fact(fact, written, document, errors),
                        Err(inner) => errors.push(failed(format!("in \"{}\": {}", path.node, inner.message))),
                    }
                }
            }
        }
    }
}

fn insert_fact(fact: Fact, written: &ast::Fact, document: &mut Document, errors: &mut Vec<ElaborationError>) {
    if let Some(before) = document.facts.get(&fact.name) {
        if *before != fact {
            errors.push(duplicate(&written.name));
        }
        return;
    }
    document.facts.insert(fact.name.clone(), fact);
}

/// Elaborates a cited fact.
fn fact(written: &ast::Fact) -> Result<Fact, ElaborationError> {
    let mut names = Names::default();
    let mut params = Vec::new();
    let declare = |ident: &ast::Ident, names: &mut Names| {
        if names.get(&ident.node).is_some() {
            return Err(duplicate(ident));
        }
        names.insert(&ident.node, Value::Real(Term::variable(&ident.node)));
        Ok(())
    };
    for parameter in &written.params {
        let kind = match &parameter.kind {
            ParameterKind::Real => Parameter::Value(Sort::Real),
            ParameterKind::Nat => Parameter::Value(Sort::Nat),
            ParameterKind::Bound(measure) => Parameter::Bound(*measure),
            ParameterKind::Random { lower, upper } => {
                declare(lower, &mut names)?;
                declare(upper, &mut names)?;
                params.push((
                    parameter.name.node.clone(),
                    Parameter::Random { lower: lower.node.clone(), upper: upper.node.clone() },
                ));
                continue;
            }
        };
        declare(&parameter.name, &mut names)?;
        params.push((parameter.name.node.clone(), kind));
    }
    let mut requires = Vec::new();
    for relation in &written.requires {
        requires.push(expression::relation(relation, &names)?);
    }
    Ok(Fact {
        name: written.name.node.clone(),
        params,
        source: written.source.node.clone(),
        sentence: written.sentence.node.clone(),
        requires,
        measure: written.measure,
        value: expression::term(&written.value, &names)?,
    })
}
