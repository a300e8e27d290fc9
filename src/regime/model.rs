//! A theorem made ready to be evaluated: its variables, domains, assumptions, definitions, claims and bounds as terms in
//! its variables.
//!
//! Owns: taking these from a specification. Must not know: values. The checker's own elaboration makes the terms, of the
//! theorem with every assumption turned into a claim and every bound into a definition, so that a name has here the
//! meaning that it has in an audit.

use crate::diagnostic::{Code, Diagnostic};
use crate::specification::Specification;
use boundproof_checker::load::NoFiles;
use boundproof_checker::syntax::ast::{
    Attributes, Claim, Expr, ExprKind, File, Ident, Item, Measure, Name, Relation as Written, RelationSymbol, Sort,
    Span, Statement, Theorem,
};
use boundproof_checker::syntax::{parse, print};
use boundproof_checker::theorem::elaborate;
use boundproof_checker::theorem::term::{Relation, Term};
use boundproof_checker::theorem::{Context, Document, Statement as Stated, Variable};
use std::collections::BTreeSet;

/// Relations with a name, and as they are written.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its name; that of an assumption without one is its text.
    pub name: String,
    /// As it is written.
    pub written: String,
    /// What it says.
    pub relations: Vec<Relation>,
    /// For each relation whether its sides were exchanged: `a >= b` is read as `b <= a`.
    pub exchanged: Vec<bool>,
}

/// What a name stands for.
#[derive(Clone, Debug)]
pub struct Defined {
    /// The name.
    pub name: Name,
    /// As it is written.
    pub written: String,
    /// What it stands for.
    pub term: Term,
}

/// A bound that the theorem states.
#[derive(Clone, Debug)]
pub struct Bounded {
    /// Its name.
    pub name: Name,
    /// What is bounded.
    pub measure: Measure,
    /// The event or quantity, in words.
    pub event: String,
    /// The bound as it is written.
    pub written: String,
    /// The bound.
    pub term: Term,
}

/// A theorem, ready to be evaluated.
#[derive(Clone, Debug)]
pub struct Model {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<String>,
    /// Its variables and their domains.
    pub context: Context,
    /// What it assumes.
    pub assumptions: Vec<Named>,
    /// What it defines.
    pub defines: Vec<Defined>,
    /// What it claims of its own variables only.
    pub claims: Vec<Named>,
    /// What it bounds.
    pub bounds: Vec<Bounded>,
    /// What has no value at a regime, since it speaks of random quantities or of variables of its own.
    pub without_value: Vec<Name>,
}

impl Model {
    /// Takes a theorem from a specification; without a name, its only one.
    ///
    /// # Errors
    /// There is no such theorem, or there are several.
    pub fn of(specification: &Specification, theorem: Option<&str>) -> Result<Model, Diagnostic> {
        let names: Vec<&str> = specification.document.theorems.iter().map(|t| &*t.name).collect();
        let chosen = match (theorem, names.as_slice()) {
            (Some(name), _) => name,
            (None, [only]) => only,
            (None, []) => return Err(unknown(specification, "it states no theorem".into(), &names)),
            (None, _) => {
                return Err(unknown(specification, format!("it has {} theorems", names.len()), &names));
            }
        };
        let file = parse(&specification.text).file;
        let written = file.items.iter().find_map(|item| match item {
            Item::Theorem(theorem) if &*theorem.name.node == chosen => Some(theorem),
            _ => None,
        });
        let Some(written) = written else {
            return Err(unknown(specification, format!("it has no theorem `{chosen}`"), &names));
        };
        build(written, &specification.document).ok_or_else(|| {
            unknown(specification, format!("theorem `{chosen}` has nothing that could be evaluated"), &names)
        })
    }

    /// The relations that a text spells in the theorem's variables and definitions.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn condition(&self, text: &str) -> Result<Vec<Relation>, String> {
        if text.contains(['{', '}', '#', '"', ';', '\n', '\r']) {
            return Err(format!("`{text}` is no condition: a relation is needed"));
        }
        let mut source = String::from("theorem t {\n");
        for variable in self.variables() {
            let sort = if variable.sort == Sort::Nat { "nat" } else { "real" };
            source += &format!("let {} : {sort}\n", variable.name);
        }
        for defined in &self.defines {
            source += &format!("define {} := {}\n", defined.name, defined.term);
        }
        source += &format!("claim condition: {text} }}");
        let document = boundproof_checker::load::document(source.as_bytes(), &NoFiles)
            .map_err(|defects| defects.first().map_or_else(String::new, |d| format!("`{text}`: {}", d.message)))?;
        match document.theorems.first().and_then(|t| t.items.first()).map(|item| &item.statement) {
            Some(Stated::Claim(claim)) if claim.context == Context::default() && claim.links.is_empty() => {
                Ok(claim.conclusions.clone())
            }
            _ => Err(format!("`{text}` is no condition: a relation is needed")),
        }
    }

    /// Its variables.
    #[must_use]
    pub fn variables(&self) -> &[Variable] {
        &self.context.variables
    }

    /// The names by which a condition may be chosen.
    pub fn conditions(&self) -> impl Iterator<Item = &Named> {
        self.assumptions.iter().chain(&self.claims)
    }
}

fn unknown(specification: &Specification, message: String, names: &[&str]) -> Diagnostic {
    let error = Diagnostic::of_path(Code::UnknownTheorem, &specification.path, message);
    if names.is_empty() { error } else { error.with_help(&format!("name one: --theorem {}", names.join(" | "))) }
}

/// What each item of the rewritten theorem stands for.
enum Source {
    Assumption(Option<Name>),
    Define(Name, String),
    Bound(Bounded),
    Claim(Name),
}

/// An item of the rewritten theorem.
struct Origin {
    /// Its name there.
    key: Name,
    source: Source,
    /// Its relations as they are written.
    text: String,
    exchanged: Vec<bool>,
}

impl Origin {
    fn new(number: usize, source: Source, relations: &[Written]) -> Origin {
        // a name that nobody can write
        let key = format!("item {number}").into();
        let text = relations.iter().map(print::relation).collect::<Vec<_>>().join(", ");
        let greater = |r: &Written| matches!(r.symbol, RelationSymbol::Greater | RelationSymbol::GreaterEqual);
        Origin { key, source, text, exchanged: relations.iter().map(greater).collect() }
    }
}

fn build(written: &Theorem, document: &Document) -> Option<Model> {
    let mut sources: Vec<Origin> = Vec::new();
    let mut statements = Vec::new();
    for statement in &written.statements {
        rewrite(statement, &mut statements, &mut sources);
    }
    let theorem = Theorem { statements, ..written.clone() };
    let file = File { items: vec![Item::Theorem(theorem)] };
    let (probe, _) = elaborate::document(&file, &mut |_| Err("nothing is used".into()));
    let probe = probe.theorems.into_iter().next()?;
    let original = document.theorem(&written.name.node)?;
    let mut model = Model {
        name: written.name.node.clone(),
        title: original.title.clone(),
        context: probe.context.clone(),
        assumptions: Vec::new(),
        defines: Vec::new(),
        claims: Vec::new(),
        bounds: Vec::new(),
        without_value: Vec::new(),
    };
    let own: BTreeSet<Name> = model.context.variables.iter().map(|v| v.name.clone()).collect();
    for Origin { key, source, text, exchanged } in sources {
        let Some(item) = probe.item(&key) else { continue };
        let Stated::Claim(claim) = &item.statement else { continue };
        let mentioned: BTreeSet<Name> = claim.conclusions.iter().flat_map(Relation::variables).collect();
        let evaluable = claim.context == Context::default() && mentioned.is_subset(&own);
        let first = claim.conclusions.first().map(|relation| relation.left.clone());
        match (source, first) {
            (Source::Define(name, _) | Source::Claim(name), _) if !evaluable => model.without_value.push(name),
            (Source::Bound(bound), _) if !evaluable => model.without_value.push(bound.name),
            (Source::Assumption(name), _) => {
                let name = name.map_or_else(|| text.clone(), |name| name.to_string());
                let relations = claim.conclusions.clone();
                model.assumptions.push(Named { name, written: text, relations, exchanged });
            }
            (Source::Define(name, written), Some(term)) if claim.conclusions.len() == 1 => {
                model.defines.push(Defined { name, written, term });
            }
            // a vector: its components, by the names that components have
            (Source::Define(name, written), _) => {
                for (relation, place) in claim.conclusions.iter().zip(1..) {
                    let name = format!("{name}_{place}").into();
                    model.defines.push(Defined { name, written: written.clone(), term: relation.left.clone() });
                }
            }
            (Source::Bound(bound), Some(term)) => model.bounds.push(Bounded { term, ..bound }),
            (Source::Claim(name), _) => {
                let relations = claim.conclusions.clone();
                model.claims.push(Named { name: name.to_string(), written: text, relations, exchanged });
            }
            _ => {}
        }
    }
    Some(model)
}

/// Turns assumptions into claims and bounds into definitions; every definition is followed by a claim that names it.
fn rewrite(statement: &Statement, statements: &mut Vec<Statement>, sources: &mut Vec<Origin>) {
    let mut claim = |source: Source, relations: Vec<Written>, statements: &mut Vec<Statement>| {
        let origin = Origin::new(sources.len(), source, &relations);
        statements.push(Statement::Claim(plain_claim(&origin.key, relations)));
        sources.push(origin);
    };
    match statement {
        Statement::Let(_) | Statement::Random { .. } | Statement::Distribution { .. } | Statement::Drawn { .. } => {
            statements.push(statement.clone());
        }
        Statement::Objective { .. } => {}
        Statement::Free { binder, constraints } => {
            statements.push(Statement::Let(binder.clone()));
            if !constraints.is_empty() {
                claim(Source::Assumption(None), constraints.clone(), statements);
            }
        }
        Statement::Define { name, value } => {
            statements.push(statement.clone());
            let source = Source::Define(name.node.clone(), print::expression(value));
            claim(source, vec![itself(name)], statements);
        }
        Statement::Assume { name, relations } => {
            claim(Source::Assumption(name.as_ref().map(|name| name.node.clone())), relations.clone(), statements);
        }
        Statement::Suppose(bound) | Statement::Bound(bound) => {
            statements.push(Statement::Define { name: bound.name.clone(), value: bound.value.clone() });
            let stated = Bounded {
                name: bound.name.node.clone(),
                measure: bound.measure,
                event: bound.event.node.clone(),
                written: print::expression(&bound.value),
                term: Term::integer(0),
            };
            claim(Source::Bound(stated), vec![itself(&bound.name)], statements);
        }
        Statement::Claim(written) => {
            let origin = Origin::new(sources.len(), Source::Claim(written.name.node.clone()), &written.conclusions);
            let name = Ident { node: origin.key.clone(), span: written.name.span };
            let probe = Claim { name, attributes: Attributes::default(), proof: Vec::new(), ..written.clone() };
            statements.push(Statement::Claim(probe));
            sources.push(origin);
        }
        Statement::Model { .. } | Statement::Note { .. } => {}
    }
}

fn plain_claim(key: &Name, conclusions: Vec<Written>) -> Claim {
    Claim {
        name: Ident { node: key.clone(), span: Span::default() },
        attributes: Attributes::default(),
        binders: Vec::new(),
        hypotheses: Vec::new(),
        conclusions,
        proof: Vec::new(),
        span: Span::default(),
    }
}

/// `name = name`
fn itself(name: &Ident) -> Written {
    let side = || Expr { kind: ExprKind::Name(name.node.clone()), span: name.span };
    Written { left: side(), symbol: RelationSymbol::Equal, right: side(), span: name.span }
}
