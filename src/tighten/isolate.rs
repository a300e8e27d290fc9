//! One claim or bound by itself: a specification with nothing but what it needs.
//!
//! Owns: what is kept of a specification. Bounds that the statement uses are taken for granted, as the verdict then says;
//! claims that it cites are kept and proved. Must not know: which values are tried.

use super::constant::{Constant, item_name};
use crate::diagnostic::Diagnostic;
use crate::specification::{Specification, read_file};
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::{
    Attributes, Binder, Bound, Domain, Expectation, Expr, ExprKind, Fact, File, Ident, Item, Justification, Name,
    Operator, Sort, Span, Spanned, Statement, Text, Theorem,
};
use boundproof_checker::syntax::{parse, print};
use num_traits::Signed;
use std::collections::BTreeSet;
use std::path::Path;

/// A claim or bound of a specification, and what it needs.
#[derive(Clone, Debug)]
pub struct Isolated {
    /// Where the statement comes from.
    sources: Vec<Text>,
    /// The facts that it cites.
    facts: Vec<Fact>,
    /// Earlier theorems whose bounds it applies.
    others: Vec<Theorem>,
    /// The statements of its theorem that it needs, in order.
    statements: Vec<Statement>,
    /// The theorem's name.
    theorem: Name,
    /// Its own name.
    pub item: Name,
}

/// Whether the author's links are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// They are, and are to be shown too.
    Kept,
    /// They are not.
    Dropped,
}

/// The claim at one value.
#[derive(Clone, Debug)]
pub struct Variant<'v> {
    /// The value.
    pub value: &'v Expr,
    /// The name of its theorem.
    pub theorem: &'v str,
    /// What is said of it.
    pub title: Option<String>,
    /// What is expected.
    pub expect: Expectation,
    /// Whether links are kept.
    pub links: Links,
}

impl Isolated {
    /// Takes an item from a specification.
    ///
    /// # Errors
    /// A file that the specification uses cannot be read.
    pub fn of(specification: &Specification, theorem: &Name, item: &Name) -> Result<Isolated, Diagnostic> {
        let (mut facts, theorems) = facts_and_theorems(specification)?;
        let own = theorems.iter().find(|t| t.name.node == *theorem);
        let statements = own.map(|own| connected(needed(&own.statements, item))).unwrap_or_default();
        let justifications = || {
            statements.iter().filter_map(|s| match s {
                Statement::Bound(Bound { by: Some(by), .. }) => Some(by),
                _ => None,
            })
        };
        let applied = |by: &Justification| match by {
            Justification::Apply { theorem: Some(theorem), name, .. } => {
                Some((theorem.node.clone(), name.node.clone()))
            }
            _ => None,
        };
        let others: Vec<(Name, Name)> = justifications().filter_map(applied).collect();
        let others = theorems
            .iter()
            .filter_map(|t| {
                let (_, bound) = others.iter().find(|(name, _)| t.name.node == *name)?;
                Some(Theorem { statements: taken_for_granted(&t.statements, bound), ..t.clone() })
            })
            .collect();
        let cited = |by: &Justification| match by {
            Justification::Apply { theorem: None, name, .. } => Some(name.node.clone()),
            _ => None,
        };
        let cited: Vec<Name> = justifications().filter_map(cited).collect();
        facts.retain(|fact| cited.contains(&fact.name.node));
        facts.dedup_by(|a, b| a.name.node == b.name.node);
        let sources = parse(&specification.text).file.items.into_iter().filter_map(|item| match item {
            Item::Source(text) => Some(text),
            _ => None,
        });
        Ok(Isolated {
            sources: sources.collect(),
            facts,
            others,
            statements,
            theorem: theorem.clone(),
            item: item.clone(),
        })
    }

    /// Whether the author gives links.
    #[must_use]
    pub fn has_links(&self) -> bool {
        self.statements.iter().any(|s| match s {
            Statement::Claim(claim) => claim.name.node == self.item && !claim.proof.is_empty(),
            _ => false,
        })
    }

    /// The theorem's name.
    #[must_use]
    pub fn theorem(&self) -> &Name {
        &self.theorem
    }

    /// The specification with a theorem for each variant, as text.
    #[must_use]
    pub fn at(&self, constant: &Constant, variants: &[Variant<'_>]) -> String {
        let mut file = self.base();
        file.items.extend(variants.iter().map(|variant| Item::Theorem(self.variant(constant, variant))));
        print::file(&file)
    }

    /// The theorem of a variant.
    #[must_use]
    pub fn variant(&self, constant: &Constant, variant: &Variant<'_>) -> Theorem {
        let statements = self.statements.iter().flat_map(|s| constant.replaced(s, variant.value));
        let statements = statements.map(|s| self.dressed(s, variant)).collect();
        self.named(variant.theorem, variant.title.as_deref(), statements)
    }

    /// The specification in which the constant is a variable, as text; the links are dropped.
    #[must_use]
    pub fn open(&self, constant: &Constant, unknown: &Name, domain: Domain) -> String {
        let mut statements = Vec::new();
        if constant.written().is_some() {
            let names = vec![ident(unknown)];
            statements.push(Statement::Let(Binder {
                names,
                sort: Sort::Real,
                dimension: None,
                domain,
                span: Span::default(),
            }));
        }
        let variant = Variant {
            value: &number(&Rational::from_integer(0.into())),
            theorem: &self.theorem,
            title: None,
            expect: Expectation::Proved,
            links: Links::Dropped,
        };
        let opened = self.statements.iter().flat_map(|s| constant.opened(s, unknown));
        statements.extend(opened.map(|s| self.dressed(s, &variant)));
        let mut file = self.base();
        file.items.push(Item::Theorem(self.named(&self.theorem, None, statements)));
        print::file(&file)
    }

    /// What stands before the theorems: sources, facts, and theorems of which bounds are applied.
    #[must_use]
    pub fn base(&self) -> File {
        let sources = self.sources.iter().cloned().map(Item::Source);
        let facts = self.facts.iter().cloned().map(Item::Fact);
        let others = self.others.iter().cloned().map(Item::Theorem);
        File { items: sources.chain(facts).chain(others).collect() }
    }

    fn named(&self, name: &str, title: Option<&str>, statements: Vec<Statement>) -> Theorem {
        let title = title.map(|title| Spanned { node: title.to_owned(), span: Span::default() });
        Theorem { name: ident(&name.into()), title, statements, span: Span::default() }
    }

    /// The item with the expectation and the links of a variant; other statements as they are.
    fn dressed(&self, mut statement: Statement, variant: &Variant<'_>) -> Statement {
        let attributes = match &mut statement {
            Statement::Claim(claim) if claim.name.node == self.item => {
                if variant.links == Links::Dropped {
                    claim.proof.clear();
                }
                &mut claim.attributes
            }
            Statement::Bound(bound) if bound.name.node == self.item => &mut bound.attributes,
            _ => return statement,
        };
        let expect =
            (variant.expect != Expectation::Proved).then(|| Spanned { node: variant.expect, span: Span::default() });
        *attributes = Attributes { expect, at: Vec::new(), ..attributes.clone() };
        statement
    }
}

/// The facts of a specification, those that it uses included, and its theorems.
///
/// # Errors
/// A file that the specification uses cannot be read.
pub fn facts_and_theorems(specification: &Specification) -> Result<(Vec<Fact>, Vec<Theorem>), Diagnostic> {
    let file = parse(&specification.text).file;
    let (mut facts, mut theorems) = (Vec::new(), Vec::new());
    for item in file.items {
        match item {
            Item::Use(path) => {
                let beside = specification.path.parent().unwrap_or(Path::new("")).join(&path.node);
                let text = String::from_utf8_lossy(&read_file(&beside)?).into_owned();
                facts.extend(parse(&text).file.items.into_iter().filter_map(|item| match item {
                    Item::Fact(fact) => Some(fact),
                    _ => None,
                }));
            }
            Item::Fact(fact) => facts.push(fact),
            Item::Theorem(theorem) => theorems.push(theorem),
            Item::Source(_) => {}
        }
    }
    Ok((facts, theorems))
}

fn ident(name: &Name) -> Ident {
    Ident { node: name.clone(), span: Span::default() }
}

/// The expression that denotes a number: an integer, a decimal if it is a short one, or a fraction.
#[must_use]
pub fn number(value: &Rational) -> Expr {
    let plain = |kind| Expr { kind, span: Span::default() };
    let whole = |n: &boundproof_checker::exact::Integer| {
        let magnitude = plain(ExprKind::Number(Rational::from_integer(n.abs())));
        if n.is_negative() { plain(ExprKind::Negate(Box::new(magnitude))) } else { magnitude }
    };
    if value.is_integer() || is_decimal(value) {
        let magnitude = plain(ExprKind::Number(value.abs()));
        return if value.is_negative() { plain(ExprKind::Negate(Box::new(magnitude))) } else { magnitude };
    }
    let (top, bottom) = (whole(value.numer()), whole(value.denom()));
    plain(ExprKind::Binary(Operator::Divide, Box::new(top), Box::new(bottom)))
}

/// Whether the denominator divides a power of ten.
fn is_decimal(value: &Rational) -> bool {
    let mut rest = value.denom().clone();
    for prime in [2, 5] {
        let prime = boundproof_checker::exact::Integer::from(prime);
        while (&rest % &prime) == boundproof_checker::exact::Integer::from(0) {
            rest /= &prime;
        }
    }
    rest == boundproof_checker::exact::Integer::from(1)
}

/// The statements that the item needs: variables, definitions and assumptions; models that it names; bounds that it
/// uses, taken for granted; claims that it cites.
fn needed(statements: &[Statement], item: &Name) -> Vec<Statement> {
    let Some(position) = statements.iter().position(|s| item_name(s) == Some(item)) else { return Vec::new() };
    let mut wanted = mentioned(&statements[position]);
    // definitions and bounds may use earlier ones
    for statement in statements.iter().take(position).rev() {
        let uses = match statement {
            Statement::Define { name, .. } => wanted.contains(&name.node),
            Statement::Bound(bound) | Statement::Suppose(bound) => wanted.contains(&bound.name.node),
            Statement::Claim(claim) => wanted.contains(&claim.name.node),
            Statement::Assume { .. } | Statement::Let(_) | Statement::Free { .. } => true,
            _ => false,
        };
        if uses {
            let granted = granted(statement);
            wanted.extend(mentioned(granted.as_ref().unwrap_or(statement)));
        }
    }
    let mut kept = Vec::new();
    for (index, statement) in statements.iter().enumerate() {
        let before = index < position;
        let keep = match statement {
            Statement::Let(_) | Statement::Free { .. } | Statement::Random { .. } | Statement::Assume { .. } => true,
            // what may be chosen is varied like any other variable
            Statement::Objective { .. } => false,
            Statement::Distribution { .. } | Statement::Drawn { .. } => true,
            Statement::Define { name, .. } => !before || wanted.contains(&name.node),
            Statement::Model { name, .. } => before && wanted.contains(&name.node),
            Statement::Claim(claim) => index == position || (before && wanted.contains(&claim.name.node)),
            Statement::Bound(bound) => index == position || (before && wanted.contains(&bound.name.node)),
            Statement::Suppose(bound) => before && wanted.contains(&bound.name.node),
            Statement::Note { .. } => false,
        };
        if keep {
            let granted = if before { granted(statement) } else { None };
            kept.push(granted.unwrap_or_else(|| statement.clone()));
        }
    }
    kept
}

/// Without the variables and assumptions that have nothing to do with the claims among the statements: those of which no
/// assumption or domain, by way of others, connects to what the claims mention. A bound may use any variable by its name, and
/// what is drawn or has components is not looked into: then all is kept.
fn connected(statements: Vec<Statement>) -> Vec<Statement> {
    let plain = |statement: &Statement| match statement {
        Statement::Let(binder) | Statement::Free { binder, .. } | Statement::Random { binder, .. } => {
            binder.dimension.is_none()
        }
        Statement::Define { .. } | Statement::Assume { .. } | Statement::Claim(_) => true,
        _ => false,
    };
    if !statements.iter().all(plain) {
        return statements;
    }
    let is_stated = |s: &&Statement| matches!(s, Statement::Define { .. } | Statement::Claim(_));
    let mut wanted: BTreeSet<Name> = statements.iter().filter(is_stated).flat_map(mentioned).collect();
    loop {
        let before = wanted.len();
        for statement in statements.iter().filter(|s| !is_stated(s)) {
            let names = mentioned(statement);
            let bound = bound_by(statement);
            if names.iter().any(|name| wanted.contains(name)) {
                wanted.extend(names);
                wanted.extend(bound);
            } else if bound.iter().any(|name| wanted.contains(name)) {
                wanted.extend(names);
            }
        }
        if wanted.len() == before {
            break;
        }
    }
    let kept = |mut statement: Statement| match &mut statement {
        Statement::Let(binder) | Statement::Free { binder, .. } | Statement::Random { binder, .. } => {
            binder.names.retain(|name| wanted.contains(&name.node));
            (!binder.names.is_empty()).then_some(statement)
        }
        Statement::Assume { .. } => {
            let names = mentioned(&statement);
            (names.is_empty() || names.iter().any(|name| wanted.contains(name))).then_some(statement)
        }
        _ => Some(statement),
    };
    statements.into_iter().filter_map(kept).collect()
}

/// The names that a statement introduces as variables.
fn bound_by(statement: &Statement) -> Vec<Name> {
    match statement {
        Statement::Let(binder) | Statement::Free { binder, .. } | Statement::Random { binder, .. } => {
            binder.names.iter().map(|name| name.node.clone()).collect()
        }
        _ => Vec::new(),
    }
}

/// A bound without its reasons.
fn granted(statement: &Statement) -> Option<Statement> {
    match statement {
        Statement::Bound(bound) => {
            let attributes = Attributes { expect: None, at: Vec::new(), ..bound.attributes.clone() };
            Some(Statement::Suppose(Bound { by: None, attributes, ..bound.clone() }))
        }
        _ => None,
    }
}

/// What another theorem says up to a bound of it, which is taken for granted.
fn taken_for_granted(statements: &[Statement], bound: &Name) -> Vec<Statement> {
    let kept = needed(statements, bound).into_iter().filter(|s| !matches!(s, Statement::Claim(_)));
    kept.map(|s| granted(&s).unwrap_or(s)).collect()
}

/// The names that a statement uses.
fn mentioned(statement: &Statement) -> BTreeSet<Name> {
    let mut names = BTreeSet::new();
    super::edit::statement(&mut statement.clone(), &mut |expr, _| {
        if let ExprKind::Name(name) = &expr.kind {
            names.insert(name.clone());
        }
        None
    });
    match statement {
        Statement::Claim(claim) => {
            names.extend(claim.proof.iter().flat_map(|link| &link.from).map(|name| name.node.clone()));
        }
        Statement::Bound(bound) => match &bound.by {
            Some(Justification::Apply { using, .. }) => names.extend(using.iter().map(|n| n.node.clone())),
            Some(Justification::Union { parts, using }) => {
                names.extend(using.iter().map(|n| n.node.clone()));
                names.extend(parts.iter().map(|(_, name)| name.node.clone()));
            }
            None => {}
        },
        _ => {}
    }
    names
}
